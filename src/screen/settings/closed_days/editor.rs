//! The editor of a closing period of the clinic, or of somebody's absence.

use std::collections::BTreeMap;

use aftalebog_booking::bounded::Detail;
use aftalebog_booking::record::{Closure, Entry, Practitioner};
use aftalebog_booking::time::days_after;
use aftalebog_booking::week_plan::Placed;
use aftalebog_booking::zone::day_start;
use aftalebog_booking::{Id, Setup, Write};
use aftalebog_texts::guide::Topic;
use aftalebog_texts::{Texts, fl};
use chrono::NaiveDate;
use iced::widget::{column, container, mouse_area, pin, row, space, stack};
use iced::{Element, Fill, Task};

use crate::screen::settings::Situation;
use crate::screen::settings::booked::{Booked, Known, Span};
use crate::screen::settings::form::{Face, Form, Next, Pressed};
use crate::screen::settings::working_hours::date;
use crate::ui::choice::{self, Choice, Item};
use crate::ui::focus::{self, inert};
use crate::ui::form::{LABEL, NOTHING, Sentence, field, labelled, push, under};
use crate::ui::theme::{self, Standing, space as gap};

const WHO: &str = "days-who";
const FROM: &str = "days-from";
const TO: &str = "days-to";
const REASON: &str = "days-reason";
const WIDTH: f32 = 680.0;
/// How wide a field for a date is, in px.
const DATE: f32 = 120.0;

/// Whose days they are; `None`: the whole clinic's.
type Who = Option<Id<Practitioner>>;

pub struct Editor {
    pub form: Form,
    opened: Option<Entry<Closure>>,
    /// Of the new one: a save that is tried again creates nothing twice.
    new: Id<Closure>,
    who: Choice<Who>,
    draft: Draft,
    untouched: Draft,
    /// «OK» was pressed.
    tried: bool,
    from: Sentence,
    to: Sentence,
    reason: Sentence,
    /// The appointments that lie in the period.
    booked: Option<Sentence>,
    /// What is often written as the reason.
    usual: Vec<String>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
struct Draft {
    who: Who,
    from: String,
    /// Empty: the same day.
    to: String,
    reason: String,
}

#[derive(Clone, Debug)]
pub enum Message {
    Who(choice::Message<Who>),
    FromTyped(String),
    ToTyped(String),
    ReasonTyped(String),
    /// One of the usual ones.
    ReasonChosen(String),
    Pressed(Pressed),
}

pub enum Action {
    None,
    Run(Task<Message>),
    Save(Write),
    Close,
}

impl Editor {
    pub fn new(who: Who, situation: &Situation<'_>) -> Self {
        let draft = Draft { who, from: String::new(), to: String::new(), reason: String::new() };
        Self::with(None, draft, situation)
    }

    /// The whole clinic is to be closed on this day, which has a name.
    pub fn of_day(date: NaiveDate, name: &str, situation: &Situation<'_>) -> Self {
        let from = situation.texts.date_in_field(date);
        let draft = Draft { who: None, from, to: String::new(), reason: name.to_owned() };
        Self::with(None, draft, situation)
    }

    pub fn open(entry: &Entry<Closure>, situation: &Situation<'_>) -> Self {
        let Closure { practitioner, from, to, reason } = &entry.value;
        let date = |date: NaiveDate| situation.texts.date_in_field(date);
        let to = if to == from { String::new() } else { date(*to) };
        let draft = Draft { who: *practitioner, from: date(*from), to, reason: reason.to_string() };
        Self::with(Some(entry.clone()), draft, situation)
    }

    fn with(opened: Option<Entry<Closure>>, draft: Draft, situation: &Situation<'_>) -> Self {
        let mut who = Choice::new(WHO.into());
        who.set_items(everybody(&draft, situation));
        Self {
            form: Form::default(),
            opened,
            new: Id::random(),
            who,
            untouched: draft.clone(),
            draft,
            tried: false,
            from: Sentence::none(),
            to: Sentence::none(),
            reason: Sentence::none(),
            booked: None,
            usual: Vec::new(),
        }
    }

    /// Says again what everything means, and asks for the appointments that it concerns.
    pub fn refresh(&mut self, situation: &Situation<'_>, booked: &mut Booked) {
        let Situation { texts, today, .. } = *situation;
        self.form.compare(self.opened.as_ref(), |id| situation.setup.closure(id));
        self.who.set_items(everybody(&self.draft, situation));
        let period = self.period(today);
        self.from = match date(&self.draft.from, today) {
            None => Sentence::Refuses(fl!(texts, "hours-no-date")),
            Some(None) if self.tried => Sentence::Refuses(fl!(texts, "days-from-missing")),
            Some(None) => Sentence::none(),
            Some(Some(from)) => Sentence::Means(texts.date_weekday_year(from)),
        };
        self.to = self.under_to(period, today, texts);
        self.reason = match Detail::new(&self.draft.reason) {
            Err(fault) => Sentence::Refuses(texts.not_a_line(fault)),
            Ok(_) => Sentence::Means(fl!(texts, "days-reason-means")),
        };
        // What has been needs no new time.
        let ahead = period.ok().map(|(from, to)| (from.max(today), to)).filter(|(from, to)| from <= to);
        let zone = situation.setup.clinic.value.time_zone;
        booked.want(ahead.map(|(from, to)| Span {
            practitioners: self.draft.who.map(|whom| vec![whom]),
            from: day_start(zone, from),
            to: day_start(zone, days_after(to, 1)),
            zone,
        }));
        self.booked = match booked.known() {
            Known::NotYet => None,
            Known::Failed => Some(Sentence::Warns(fl!(texts, "days-booked-unread"))),
            Known::Read(appointments) => in_the_way(appointments, situation.setup, texts),
        };
        let common = [fl!(texts, "days-usual-holiday"), fl!(texts, "days-usual-course")];
        let own = match self.draft.who {
            None => fl!(texts, "days-usual-christmas"),
            Some(_) => fl!(texts, "days-usual-off"),
        };
        self.usual = common.into_iter().chain([own]).collect();
    }

    fn under_to(&self, period: Result<(NaiveDate, NaiveDate), &str>, today: NaiveDate, texts: &Texts) -> Sentence {
        match (period, date(&self.draft.from, today).flatten(), date(&self.draft.to, today)) {
            (_, _, None) => Sentence::Refuses(fl!(texts, "hours-no-date")),
            (Ok((_, to)), ..) if to < today => Sentence::Warns(fl!(texts, "days-over")),
            (Ok((from, to)), ..) => {
                let count = (to - from).num_days() + 1;
                Sentence::Means(fl!(texts, "days-means", count = count, last = texts.date_seen_from(today, to)))
            }
            (Err(TO), Some(from), _) => Sentence::Refuses(fl!(texts, "days-to-before-from", from = texts.date(from))),
            (Err(_), ..) => Sentence::Means(fl!(texts, "days-to-blank")),
        }
    }

    /// The first day and the last, or the field that is wrong.
    fn period(&self, today: NaiveDate) -> Result<(NaiveDate, NaiveDate), &'static str> {
        let from = date(&self.draft.from, today).flatten().ok_or(FROM)?;
        let to = date(&self.draft.to, today).ok_or(TO)?.unwrap_or(from);
        if to < from { Err(TO) } else { Ok((from, to)) }
    }

    pub fn is_edited(&self) -> bool {
        self.draft != self.untouched
    }

    pub fn update(&mut self, message: Message, situation: &Situation<'_>) -> Action {
        match message {
            Message::Who(message) => return self.who_message(message),
            Message::FromTyped(typed) => self.draft.from = typed,
            Message::ToTyped(typed) => self.draft.to = typed,
            Message::ReasonTyped(typed) => self.draft.reason = typed,
            Message::ReasonChosen(reason) => {
                self.draft.reason = reason;
                return Action::Run(focus::set(REASON));
            }
            Message::Pressed(Pressed::Cancel) if self.who.is_open() => {
                self.who.close();
                return Action::Run(focus::set(WHO));
            }
            Message::Pressed(pressed) => {
                return match self.form.pressed(pressed, self.is_edited(), situation.editing) {
                    Next::Nothing => Action::None,
                    Next::Save => self.save(situation.today),
                    Next::Close => Action::Close,
                };
            }
        }
        Action::None
    }

    fn who_message(&mut self, message: choice::Message<Who>) -> Action {
        match self.who.update(message) {
            choice::Action::None => Action::None,
            choice::Action::Run(task) | choice::Action::Search(_, task) => Action::Run(task.map(Message::Who)),
            choice::Action::Chosen(who) => {
                self.draft.who = who;
                Action::Run(focus::set(WHO))
            }
        }
    }

    fn save(&mut self, today: NaiveDate) -> Action {
        self.tried = true;
        let closure = self.period(today).and_then(|(from, to)| {
            let reason = Detail::new(&self.draft.reason).map_err(|_| REASON)?;
            Ok(Closure { practitioner: self.draft.who, from, to, reason })
        });
        let write = match (closure, &self.opened) {
            (Err(field), _) => return Action::Run(focus::set(field)),
            (Ok(closure), Some(opened)) => Write::edit(opened, &closure),
            (Ok(closure), None) => Some(Write::create(&Entry { id: self.new, value: closure })),
        };
        match write {
            None => Action::Close,
            Some(write) => {
                self.form.begin();
                Action::Save(write)
            }
        }
    }

    pub fn layers<'a>(&'a self, situation: &Situation<'a>) -> Vec<Element<'a, Message>> {
        let texts = situation.texts;
        let face = Face {
            name: "days",
            topic: Topic::ClosedDays,
            title: match self.opened {
                Some(_) => fl!(texts, "days-title"),
                None => fl!(texts, "days-title-new"),
            },
            width: WIDTH,
            body: self.body(situation),
            first: if self.opened.is_some() { FROM } else { WHO },
            // While one searches, Enter chooses.
            enter: self.who.is_open().then_some(Message::Who(choice::Message::MarkedChosen)),
            leaving: None,
        };
        self.form.layers(situation, face, Message::Pressed)
    }

    fn body<'a>(&'a self, situation: &Situation<'a>) -> Element<'a, Message> {
        let texts = situation.texts;
        let who = self.who.button(Some(&self.draft.who), fl!(texts, "days-who-choose"), Standing::Good);
        let who = container(who.map(Message::Who)).width(Fill);
        let example = fl!(texts, "date-example");
        let from = field(FROM, &example, &self.draft.from, self.from.standing(), Some(Message::FromTyped));
        let to = field(TO, &example, &self.draft.to, self.to.standing(), Some(Message::ToTyped));
        let reason = field(REASON, "", &self.draft.reason, self.reason.standing(), Some(Message::ReasonTyped));
        let usual = self.usual.iter().enumerate().map(|(index, words)| {
            let chosen = Message::ReasonChosen(words.clone());
            push(format!("days-usual-{index}"), words.as_str(), Some(chosen)).style(theme::quiet).into()
        });
        let form = column![
            labelled(fl!(texts, "days-who"), who, None, &NOTHING),
            labelled(fl!(texts, "days-from"), from.width(DATE), None, &self.from),
            labelled(fl!(texts, "days-to"), to.width(DATE), None, &self.to),
            labelled(fl!(texts, "days-reason"), reason.width(Fill), None, &self.reason),
            row![space().width(LABEL), row(usual).spacing(gap::XS)].spacing(gap::S),
            self.booked.as_ref().map(under),
        ]
        .spacing(gap::XS);
        let list = self.who.list(&fl!(texts, "days-who-search"), fl!(texts, "days-who-nothing"));
        // Below the button, which is the first row of the form.
        let list = list.map(|list| {
            let list = container(list.map(Message::Who)).width(WIDTH - 2.0 * gap::XL - LABEL - gap::S);
            pin(list).x(LABEL + gap::S).y(theme::CONTROL + gap::XS)
        });
        let choosing = list.is_some();
        let outside = choosing.then(|| {
            let left = Message::Who(choice::Message::Left);
            mouse_area(space().width(Fill).height(Fill)).on_press(left)
        });
        // The list needs more room than the form may have.
        let room = choosing.then(|| space().height(380));
        stack![inert(choosing, form)].push(room).push(outside).push(list).into()
    }
}

/// The whole clinic and those who work here, and whoever the closure is of.
fn everybody(draft: &Draft, situation: &Situation<'_>) -> Vec<Item<Who>> {
    let Situation { texts, setup, .. } = *situation;
    let clinic = Item { value: None, code: String::new(), name: fl!(texts, "days-whole-clinic"), note: None };
    let here = |entry: &&Entry<Practitioner>| !entry.value.deactivated || Some(entry.id) == draft.who;
    let person = |entry: &Entry<Practitioner>| Item {
        value: Some(entry.id),
        code: entry.value.initials.to_string(),
        name: entry.value.name.to_string(),
        note: None,
    };
    std::iter::once(clinic).chain(setup.practitioners.iter().filter(here).map(person)).collect()
}

/// «12 aftaler er booket i perioden: JH 5, MK 7.»
fn in_the_way(appointments: &[Placed], setup: &Setup, texts: &Texts) -> Option<Sentence> {
    let mut counts: BTreeMap<usize, usize> = BTreeMap::new();
    for appointment in appointments {
        // Whoever no record describes any longer comes last.
        let place = setup.practitioners.iter().position(|entry| entry.id == appointment.practitioner);
        *counts.entry(place.unwrap_or(setup.practitioners.len())).or_default() += 1;
    }
    let total: usize = counts.values().sum();
    let each = counts.iter().map(|(place, count)| {
        let initials = setup.practitioners.get(*place).map_or("?", |entry| entry.value.initials.as_str());
        format!("{initials} {count}")
    });
    let each = each.collect::<Vec<_>>().join(", ");
    (total > 0).then(|| Sentence::Warns(fl!(texts, "days-booked", count = total, each = each)))
}
