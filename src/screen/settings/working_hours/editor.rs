//! The editor of working hours: one weekday's, or several at once when they are new.

use aftalebog_booking::record::{Entry, Practitioner, Weeks, WorkingHours};
use aftalebog_booking::week_plan::{
    Revision, WEEKDAYS, hold_together, minutes, newly_outside, next_open_date, off_the_raster,
};
use aftalebog_booking::zone::day_start;
use aftalebog_booking::{Id, Write};
use aftalebog_texts::fl;
use aftalebog_texts::guide::Topic;
use chrono::{DateTime, Utc};
use iced::widget::{button, column, container, row, space, text};
use iced::{Center, Element, Fill, Task};
use lucide_icons::Icon;

use super::draft::{Asked, Draft, Field};
use crate::screen::settings::Situation;
use crate::screen::settings::booked::{Booked, Known, Span};
use crate::screen::settings::form::{Face, Form, Next, Pressed};
use crate::ui::focus;
use crate::ui::form::{self, LABEL, Sentence, field, hinted, icon, labelled, tick, under};
use crate::ui::options::options;
use crate::ui::theme::{self, CONTROL, Standing, space as gap};

const WEEKS: [Weeks; 3] = [Weeks::Every, Weeks::Even, Weeks::Odd];
/// How wide a field for a time and one for a date are, in px.
const TIME: f32 = 80.0;
const DATE: f32 = 120.0;

pub struct Editor {
    pub form: Form,
    /// `None`: new ones are made.
    opened: Option<Entry<WorkingHours>>,
    practitioner: Id<Practitioner>,
    draft: Draft,
    untouched: Draft,
    asked: Asked,
    /// Of what is made here: a save that is tried again creates nothing twice.
    ids: Vec<Id<WorkingHours>>,
    sentences: Sentences,
}

/// What stands under the fields.
#[derive(Debug)]
struct Sentences {
    weekdays: Sentence,
    /// And which field of the row is refused.
    rows: Vec<(Sentence, Option<Field>)>,
    /// What all of it means today.
    means: Sentence,
    valid_from: Sentence,
    valid_to: Sentence,
    warnings: Vec<Sentence>,
}

#[derive(Clone, Debug)]
pub enum Message {
    WeekdayTicked(usize, bool),
    WeeksChosen(Weeks),
    Typed(Field, String),
    RowRemoved(usize),
    Pressed(Pressed),
}

pub enum Action {
    None,
    Run(Task<Message>),
    Save(Vec<Write>),
    Close,
}

impl Editor {
    /// Of a new entry.
    pub fn new(practitioner: Id<Practitioner>, situation: &Situation<'_>) -> Self {
        Self::with(None, practitioner, Draft::proposed(situation.texts))
    }

    pub fn open(entry: &Entry<WorkingHours>, situation: &Situation<'_>) -> Self {
        let draft = Draft::of(&entry.value, situation.texts);
        Self::with(Some(entry.clone()), entry.value.practitioner, draft)
    }

    fn with(opened: Option<Entry<WorkingHours>>, practitioner: Id<Practitioner>, draft: Draft) -> Self {
        Self {
            form: Form::default(),
            opened,
            practitioner,
            untouched: draft.clone(),
            draft,
            asked: Asked::NotYet,
            ids: Vec::new(),
            sentences: Sentences {
                weekdays: Sentence::none(),
                rows: Vec::new(),
                means: Sentence::none(),
                valid_from: Sentence::none(),
                valid_to: Sentence::none(),
                warnings: Vec::new(),
            },
        }
    }

    /// Says again what everything means, and asks for the appointments that it concerns.
    pub fn refresh(&mut self, situation: &Situation<'_>, booked: &mut Booked) {
        let Situation { texts, setup, today, .. } = *situation;
        let now = |id| setup.working_hours.iter().find(|it| it.id == id).map(|it| &it.value);
        self.form.compare(self.opened.as_ref(), now);
        booked.want(Some(from_today_on(vec![self.practitioner], situation)));
        let draft = &self.draft;
        let none_ticked = draft.ticked().next().is_none() && self.asked == Asked::ForOk;
        self.sentences = Sentences {
            weekdays: match none_ticked {
                true => Sentence::Refuses(fl!(texts, "hours-no-weekday")),
                false => Sentence::none(),
            },
            rows: (0..draft.rows.len()).map(|row| draft.under_row(row, self.asked, texts)).collect(),
            means: self.means(situation),
            valid_from: draft.under_valid_from(today, texts),
            valid_to: draft.under_valid_to(today, texts),
            warnings: self.warnings(situation, booked),
        };
    }

    /// «7 t 30 min. Næste gang: mandag 30. november.»
    fn means(&self, situation: &Situation<'_>) -> Sentence {
        let Situation { texts, setup, today, .. } = *situation;
        let Ok(intervals) = self.draft.intervals() else { return Sentence::none() };
        let sum = texts.duration(minutes(&intervals));
        let Ok(hours) = self.draft.parse(self.practitioner, today) else { return Sentence::Means(sum) };
        let next = next_open_date(setup, self.practitioner, &hours, today);
        Sentence::Means(match (next, hours.len()) {
            (None, _) => fl!(texts, "hours-means-never", sum = sum),
            (Some(next), 1) => fl!(texts, "hours-means", sum = sum, date = texts.date_seen_from(today, next)),
            (Some(next), _) => fl!(texts, "hours-means-each", sum = sum, date = texts.date_seen_from(today, next)),
        })
    }

    fn warnings(&self, situation: &Situation<'_>, booked: &Booked) -> Vec<Sentence> {
        let Situation { texts, setup, today, .. } = *situation;
        let Ok(hours) = self.draft.parse(self.practitioner, today) else { return Vec::new() };
        let mut warnings = Vec::new();
        let raster = setup.clinic.value.raster_minutes;
        if let Some(time) = hours.first().and_then(|hours| off_the_raster(&hours.intervals, raster)) {
            warnings.push(fl!(texts, "hours-off-raster", time = texts.time(time), raster = raster.minutes()));
        }
        let own = self.opened.as_ref().map(|opened| opened.id);
        let others = || setup.working_hours.iter().filter(|entry| Some(entry.id) != own);
        warnings.extend(hours.iter().filter_map(|hours| {
            let other = others().find(|other| hold_together(hours, &other.value))?;
            let (day, times) = (texts.weekday_heading(hours.weekday), texts.intervals(&other.value.intervals));
            Some(fl!(texts, "hours-together", day = day, times = times, weeks = texts.weeks(other.value.weeks)))
        }));
        let mut warnings: Vec<Sentence> = warnings.into_iter().map(Sentence::Warns).collect();
        warnings.extend(outside(&self.revision(hours), situation, booked));
        warnings
    }

    /// What saving these hours does.
    fn revision(&self, hours: Vec<WorkingHours>) -> Revision {
        match (&self.opened, hours.into_iter()) {
            (Some(opened), hours) => {
                Revision { edited: hours.map(|hours| (opened.clone(), hours)).collect(), ..Revision::default() }
            }
            (None, hours) => Revision { created: hours.map(Entry::new).collect(), ..Revision::default() },
        }
    }

    pub fn is_edited(&self) -> bool {
        self.draft != self.untouched
    }

    pub fn update(&mut self, message: Message, situation: &Situation<'_>) -> Action {
        match message {
            Message::WeekdayTicked(day, ticked) => {
                match self.opened {
                    // An entry is of one day: ticking another moves it there.
                    Some(_) => self.draft.weekdays = std::array::from_fn(|other| other == day),
                    None => self.draft.weekdays[day] = ticked,
                }
                Action::None
            }
            Message::WeeksChosen(weeks) => {
                self.draft.weeks = weeks;
                Action::None
            }
            Message::Typed(field, typed) => {
                self.typed(field, typed);
                Action::None
            }
            Message::RowRemoved(row) => {
                self.draft.remove(row);
                Action::Run(focus::set(Field::From(row.min(self.draft.rows.len() - 1)).id()))
            }
            Message::Pressed(pressed) => match self.form.pressed(pressed, self.is_edited(), situation.editing) {
                Next::Nothing => Action::None,
                Next::Save => self.save(situation),
                Next::Close => Action::Close,
            },
        }
    }

    fn typed(&mut self, field: Field, typed: String) {
        match field {
            Field::From(row) => self.draft.type_in(row, |row| row.from = typed),
            Field::To(row) => self.draft.type_in(row, |row| row.to = typed),
            Field::ValidFrom => self.draft.valid_from = typed,
            Field::ValidTo => self.draft.valid_to = typed,
            // Ticked, never typed.
            Field::Weekday(_) => {}
        }
    }

    fn save(&mut self, situation: &Situation<'_>) -> Action {
        self.asked = Asked::ForOk;
        match self.draft.parse(self.practitioner, situation.today) {
            Err(field) => Action::Run(focus::set(field.id())),
            Ok(hours) => match self.revision(hours).with_ids(&mut self.ids).writes() {
                writes if writes.is_empty() => Action::Close,
                writes => {
                    self.form.begin();
                    Action::Save(writes)
                }
            },
        }
    }

    pub fn layers<'a>(&'a self, situation: &Situation<'a>) -> Vec<Element<'a, Message>> {
        let texts = situation.texts;
        let whose = super::name_of(self.practitioner, situation.setup);
        let title = match self.opened {
            Some(_) => fl!(texts, "hours-title", who = whose),
            None => fl!(texts, "hours-title-new", who = whose),
        };
        let face = Face {
            name: "hours",
            topic: Topic::WorkingHours,
            title,
            width: 680.0,
            body: self.body(situation),
            first: if self.opened.is_some() { "hours-from-0" } else { "hours-weekday-0" },
            enter: None,
            leaving: None,
        };
        self.form.layers(situation, face, Message::Pressed)
    }

    fn body<'a>(&'a self, situation: &Situation<'a>) -> Element<'a, Message> {
        let texts = situation.texts;
        let days = WEEKDAYS.into_iter().enumerate().map(|(day, weekday)| {
            let words = texts.weekday_letters(weekday.weekday());
            let ticked = move |ticked| Message::WeekdayTicked(day, ticked);
            tick(Field::Weekday(day).id(), words, self.draft.weekdays[day], Some(ticked))
        });
        let weeks = WEEKS.map(|weeks| (texts.weeks(weeks), Message::WeeksChosen(weeks)));
        let chosen = WEEKS.iter().position(|weeks| *weeks == self.draft.weeks).unwrap_or_default();
        let nothing = &form::NOTHING;
        let rows = (0..self.draft.rows.len()).map(|index| self.interval(index, situation));
        let dates = [
            (Field::ValidFrom, fl!(texts, "hours-valid-from"), &self.draft.valid_from, &self.sentences.valid_from),
            (Field::ValidTo, fl!(texts, "hours-valid-to"), &self.draft.valid_to, &self.sentences.valid_to),
        ];
        let dates = dates.map(|(of, label, value, sentence)| {
            let on_input = move |typed| Message::Typed(of, typed);
            let input = field(of.id(), &fl!(texts, "date-example"), value, sentence.standing(), Some(on_input));
            labelled(label, input.width(DATE), None, sentence)
        });
        column![
            labelled(fl!(texts, "hours-weekdays"), row(days).spacing(gap::M), None, &self.sentences.weekdays),
            labelled(fl!(texts, "hours-weeks"), options("hours-weeks", weeks.into(), chosen), None, nothing),
            column(rows).spacing(gap::XS),
            row![space().width(LABEL + gap::S).height(18), under(&self.sentences.means)],
        ]
        .extend(dates)
        .push(column(self.sentences.warnings.iter().map(under)).spacing(gap::XS))
        .spacing(gap::S)
        .into()
    }

    /// A row of «Tider»: from, to, and what removes it.
    fn interval<'a>(&'a self, index: usize, situation: &Situation<'a>) -> Element<'a, Message> {
        let texts = situation.texts;
        // A message may be of a draft that the sentences do not know yet.
        let Some((sentence, refused)) = self.sentences.rows.get(index) else { return space().into() };
        let time = |of: Field, placeholder: String, value: &'a str| {
            let standing = if *refused == Some(of) { Standing::Refused } else { Standing::Good };
            field(of.id(), &placeholder, value, standing, Some(move |typed| Message::Typed(of, typed))).width(TIME)
        };
        let typed = &self.draft.rows[index];
        // No Tab stop between the times: by keyboard a row goes when it is emptied.
        let remove = button(container(icon(Icon::X)).center(Fill)).width(CONTROL).height(CONTROL).padding(0);
        let remove = remove.style(theme::quiet).on_press(Message::RowRemoved(index));
        let remove = (!typed.is_empty()).then(|| hinted(remove, fl!(texts, "hours-remove")));
        let fields = row![
            time(Field::From(index), fl!(texts, "hours-from-placeholder"), &typed.from),
            text("–"),
            time(Field::To(index), fl!(texts, "hours-to-placeholder"), &typed.to),
        ]
        .push(remove);
        let label = if index == 0 { fl!(texts, "hours-times") } else { String::new() };
        labelled(label, fields.spacing(gap::S).align_y(Center), None, sentence)
    }
}

/// The appointments from today on of these practitioners.
pub fn from_today_on(practitioners: Vec<Id<Practitioner>>, situation: &Situation<'_>) -> Span {
    let zone = situation.setup.clinic.value.time_zone;
    let from = day_start(zone, situation.today);
    Span { practitioners: Some(practitioners), from, to: DateTime::<Utc>::MAX_UTC, zone }
}

/// «3 aftaler ligger uden for de nye tider.»
pub fn outside(revision: &Revision, situation: &Situation<'_>, booked: &Booked) -> Option<Sentence> {
    let Situation { texts, setup, .. } = *situation;
    match booked.known() {
        Known::NotYet => None,
        Known::Failed => Some(Sentence::Warns(fl!(texts, "hours-outside-unread"))),
        Known::Read(appointments) => {
            let zone = setup.clinic.value.time_zone;
            match newly_outside(zone, &setup.working_hours, revision, appointments) {
                0 => None,
                count => Some(Sentence::Warns(fl!(texts, "hours-outside", count = count))),
            }
        }
    }
}
