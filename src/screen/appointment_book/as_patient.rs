//! «Vis som patient» in the appointment book: the times that a patient would be offered, over the
//! clinic's day and month, and why not the others.

mod panel;

use aftalebog_booking::offer::Offer;
use aftalebog_booking::record::{AppointmentType, Practitioner};
use aftalebog_booking::setting::Setting;
use aftalebog_booking::time::TimeOfDay;
use aftalebog_booking::zone::{instant, local};
use aftalebog_booking::{Id, Setup};
use aftalebog_local::OpenNeed;
use aftalebog_texts::{Texts, fl};
use chrono::{NaiveDate, Timelike};
use iced::Task;
use iced::widget::operation::{self, AbsoluteOffset, RelativeOffset};

use super::{Desk, view};
use crate::screen::patient_view::{self, Column, PatientView, Place, Question, Reason, Stretch};
use crate::ui::choice::{self, Choice, Item};
use crate::ui::month_calendar::Month;
use crate::ui::timetable::{Offered, Offers, Spot, Time, Whose};

const PATIENT: &str = "view-patient";
const TYPE: &str = "view-type";
/// A line that is full ends with the dot; none begins with it.
const BETWEEN_TIMES: &str = "\u{a0}· ";

/// Who is looking, for what, and at which day.
pub struct AsPatient {
    patient: PatientView,
    appointment_type: Option<Id<AppointmentType>>,
    types: Choice<Id<AppointmentType>>,
    day: NaiveDate,
    /// The time of the day that «Hvorfor ikke?» speaks of.
    asked: Option<Asked>,
    seen: Seen,
}

/// A time with whom, wherever they stand in the book.
#[derive(Clone, Copy, Debug)]
struct Asked {
    practitioner: Id<Practitioner>,
    minute: u16,
}

/// Everything in words and places.
#[derive(Debug)]
struct Seen {
    offers: Offers,
    /// «tirsdag 24. november».
    date: String,
    /// «7 tider»; empty while that is not known.
    count: String,
    /// All in the running, in the order in which patients see them.
    lines: Vec<Line>,
    answer: Option<Answer>,
}

/// What there is on the day.
#[derive(Debug)]
enum Line {
    Times {
        initials: String,
        /// «8.15 · 9.00».
        times: String,
    },
    /// Those who have nothing for the same reason.
    Nothing { initials: Vec<String>, why: Reason },
}

/// About the time that was asked about.
#[derive(Debug)]
struct Answer {
    /// «Hvorfor ikke LB kl. 9.15?»
    heading: String,
    /// `None`: it is offered.
    why: Option<Reason>,
}

#[derive(Clone, Debug)]
pub enum Message {
    Patient(patient_view::Message),
    Type(choice::Message<Id<AppointmentType>>),
    TimeAsked(Spot),
    /// What is told of the day scrolls.
    DayKeyPressed {
        lines: f32,
    },
}

pub enum Action {
    None,
    Run(Task<Message>),
    /// Lead the person to this setting.
    Show(Setting),
}

impl AsPatient {
    /// The first type that somebody can book, as the patient who is called in next for it sees it. `needs`: the open
    /// ones, once they have been read.
    pub fn new(day: NaiveDate, month: &Month, needs: Option<&[OpenNeed]>, desk: Desk<'_>) -> Self {
        let mut new = Self {
            patient: PatientView::new(PATIENT, stretch(day, month)),
            appointment_type: needs.and_then(|needs| first_bookable(desk.setup, needs)),
            types: Choice::new(TYPE.into()),
            day,
            asked: None,
            seen: Seen::nothing(),
        };
        new.refresh(desk);
        new
    }

    /// What is to be asked of the file; see [`PatientView::take_questions`].
    pub fn take_questions(&mut self) -> Vec<Question> {
        self.patient.take_questions()
    }

    pub fn update(&mut self, message: Message, desk: Desk<'_>) -> Action {
        let action = match message {
            Message::Patient(message) => self.patient_message(message, desk),
            Message::Type(message) => self.type_message(message, desk),
            Message::TimeAsked(spot) => {
                self.close_lists(desk);
                self.time_asked(spot)
            }
            Message::DayKeyPressed { lines } => {
                let by = AbsoluteOffset { x: 0.0, y: lines * panel::LINE };
                return Action::Run(operation::scroll_by(panel::DAY, by));
            }
        };
        self.seen = self.see(desk);
        action
    }

    fn time_asked(&mut self, Spot { column, minute }: Spot) -> Action {
        self.asked = Some(Asked { practitioner: Id::new(column.key), minute });
        Action::Run(Task::batch([
            operation::snap_to(panel::ANSWER, RelativeOffset::START),
            // In a low window the answer stands below what is in sight.
            operation::snap_to(view::PATIENTS_PANEL, RelativeOffset::END),
        ]))
    }

    /// Looks at another day, and at the dates of its month.
    pub fn turn_to(&mut self, day: NaiveDate, month: &Month, desk: Desk<'_>) {
        self.close_lists(desk);
        if day != self.day {
            self.day = day;
            self.asked = None;
        }
        let patients_desk = self.desk(desk);
        self.patient.turn_to(stretch(day, month), patients_desk);
        self.patient.open(day, patients_desk);
        self.seen = self.see(desk);
    }

    /// Asks the file again, as after a time in which the book was not seen as a patient.
    pub fn read_again(&mut self, desk: Desk<'_>) {
        self.set_types(desk);
        let again = Message::Patient(patient_view::Message::RetryPressed);
        let _none = self.update(again, desk);
    }

    /// Decides and says everything again: another patient, type, day, setting, language or time.
    pub fn refresh(&mut self, desk: Desk<'_>) {
        self.set_types(desk);
        let patients_desk = self.desk(desk);
        self.patient.open(self.day, patients_desk);
        self.patient.refresh(patients_desk);
        self.seen = self.see(desk);
    }

    fn set_types(&mut self, desk: Desk<'_>) {
        let types = types(desk.setup, desk.texts);
        let chosen = self.appointment_type.filter(|id| types.iter().any(|item| item.value == *id));
        self.appointment_type = chosen.or_else(|| types.first().map(|item| item.value));
        self.types.set_items(types);
    }

    /// The times of the day, for its columns.
    pub fn offers(&self) -> &Offers {
        &self.seen.offers
    }

    /// How many times a date has; `None` while that is not known, and for dates that are over.
    pub fn times(&self, date: NaiveDate, today: NaiveDate) -> Option<usize> {
        self.offers_on(date).filter(|_| date >= today).map(<[Offer]>::len)
    }

    fn offers_on(&self, date: NaiveDate) -> Option<&[Offer]> {
        let dates = &self.patient.shown().dates;
        let at = usize::try_from((date - dates.first()?.date).num_days()).ok()?;
        dates.get(at).map(|date| date.offers.as_slice())
    }

    #[cfg(test)]
    pub fn failed(&self) -> bool {
        matches!(self.patient.state(), patient_view::State::Failed(_))
    }

    /// What Escape says while a list is open.
    pub fn escape(&self) -> Option<Message> {
        self.is_choosing().then(|| match self.types.is_open() {
            true => Message::Type(choice::Message::Left),
            false => Message::Patient(patient_view::Message::Patients(choice::Message::Left)),
        })
    }

    /// What Enter says while a list is open.
    pub fn enter(&self) -> Option<Message> {
        match self.types.is_open() {
            true => Some(Message::Type(choice::Message::MarkedChosen)),
            false => self.patient.enter().map(Message::Patient),
        }
    }

    fn is_choosing(&self) -> bool {
        self.types.is_open() || self.patient.is_choosing()
    }

    fn close_lists(&mut self, desk: Desk<'_>) {
        self.types.close();
        if self.patient.is_choosing() {
            let left = patient_view::Message::Patients(choice::Message::Left);
            let patients_desk = self.desk(desk);
            let _focus_stays = self.patient.update(left, patients_desk);
        }
    }

    fn desk<'a>(&self, desk: Desk<'a>) -> patient_view::Desk<'a> {
        let Desk { setup, texts, now, .. } = desk;
        patient_view::Desk { texts, setup, appointment_type: self.appointment_type, now }
    }

    fn patient_message(&mut self, message: patient_view::Message, desk: Desk<'_>) -> Action {
        let patients_desk = self.desk(desk);
        match self.patient.update(message, patients_desk) {
            patient_view::Action::None => Action::None,
            patient_view::Action::Run(task) => Action::Run(task.map(Message::Patient)),
            patient_view::Action::Show(setting) => Action::Show(setting),
        }
    }

    fn type_message(&mut self, message: choice::Message<Id<AppointmentType>>, desk: Desk<'_>) -> Action {
        let task = match self.types.update(message) {
            choice::Action::None => return Action::None,
            choice::Action::Run(task) | choice::Action::Search(_, task) => task,
            choice::Action::Chosen(chosen) => {
                self.appointment_type = Some(chosen);
                self.refresh(desk);
                self.types.focus()
            }
        };
        Action::Run(task.map(Message::Type))
    }

    fn see(&self, desk: Desk<'_>) -> Seen {
        let Desk { setup, texts, .. } = desk;
        let zone = setup.clinic.value.time_zone;
        let offers = self.offers_on(self.day);
        let count = |count: usize| offers.map(|_| fl!(texts, "book-view-times", count = count)).unwrap_or_default();
        let times = |practitioner: Id<Practitioner>| {
            let own = offers.unwrap_or_default().iter().filter(move |offer| offer.practitioner == practitioner);
            let times = own.map(|offer| {
                let at = local(zone, offer.start).time();
                Time { from: (at.hour() * 60 + at.minute()) as u16, words: texts.time_of(at) }
            });
            times.collect::<Vec<Time>>()
        };
        let offered = setup.practitioners.iter().map(|practitioner| {
            let times = times(practitioner.id);
            Offered { key: practitioner.id.uuid(), summary: count(times.len()), times }
        });
        let opened = self.patient.shown().opened.as_ref();
        let columns = opened.map_or(&[][..], |opened| &opened.columns);
        Seen {
            offers: Offers { columns: offered.collect(), asked: self.asked.map(|asked| spot(asked, self.day)) },
            date: texts.date_weekday(self.day),
            count: count(offers.map_or(0, <[Offer]>::len)),
            lines: lines(columns, times),
            answer: self.asked.and_then(|asked| self.answer(asked, desk)),
        }
    }

    /// About any time of the day, with whomever.
    fn answer(&self, asked: Asked, desk: Desk<'_>) -> Option<Answer> {
        let Desk { setup, texts, .. } = desk;
        let whom = setup.practitioner(asked.practitioner)?;
        let time = TimeOfDay::from_minutes(asked.minute)?;
        let start = instant(setup.clinic.value.time_zone, self.day, time);
        let place = Place { practitioner: asked.practitioner, start };
        let why = self.patient.answer(place, self.desk(desk))?.err();
        let (who, time) = (whom.initials.to_string(), texts.time(time));
        let heading = match why {
            Some(_) => fl!(texts, "book-view-why-this", who = who, time = time),
            None => fl!(texts, "book-view-offered", who = who, time = time),
        };
        Some(Answer { heading, why })
    }
}

impl Seen {
    fn nothing() -> Self {
        Self { offers: Offers::default(), date: String::new(), count: String::new(), lines: Vec::new(), answer: None }
    }
}

/// Where a time stands in the book.
fn spot(Asked { practitioner, minute }: Asked, date: NaiveDate) -> Spot {
    Spot { column: Whose { key: practitioner.uuid(), date }, minute }
}

/// What is told of each column; those who have nothing for the same reason are told of together.
fn lines(columns: &[Column], times: impl Fn(Id<Practitioner>) -> Vec<Time>) -> Vec<Line> {
    let mut lines: Vec<Line> = Vec::new();
    for column in columns {
        let own = column.initials.as_str();
        if let Some(reason) = &column.why {
            let same = lines.iter_mut().find_map(|line| match line {
                Line::Nothing { initials, why } if why == reason => Some(initials),
                _ => None,
            });
            match same {
                Some(initials) => initials.push(own.to_owned()),
                None => lines.push(Line::Nothing { initials: vec![own.to_owned()], why: reason.clone() }),
            }
            continue;
        }
        let times: Vec<String> = times(column.practitioner).into_iter().map(|time| time.words).collect();
        lines.push(Line::Times { initials: own.to_owned(), times: times.join(BETWEEN_TIMES) });
    }
    lines
}

/// The dates of a month's calendar.
fn stretch(day: NaiveDate, month: &Month) -> Stretch {
    let (first, last) = month.dates().unwrap_or((day, day));
    Stretch { first, days: u32::try_from((last - first).num_days()).unwrap_or_default() + 1 }
}

/// Where nobody has a need yet, a type that is driven by needs has times for nobody.
fn first_bookable(setup: &Setup, needs: &[OpenNeed]) -> Option<Id<AppointmentType>> {
    let needed = |of| needs.iter().any(|need| need.entry.value.appointment_type == of);
    let mut types = setup.online_types.iter().map(|entry| &entry.value);
    types.find(|it| !it.need_driven || needed(it.appointment_type)).map(|it| it.appointment_type)
}

/// What patients can book in the order in which they see it, then the other types.
fn types(setup: &Setup, texts: &Texts) -> Vec<Item<Id<AppointmentType>>> {
    let online: Vec<Id<AppointmentType>> =
        setup.online_types.iter().map(|online_type| online_type.value.appointment_type).collect();
    let others = setup.catalogue().map(|entry| entry.id).filter(|id| !online.contains(id));
    let item = |id: &Id<AppointmentType>, note: Option<String>| {
        let value = setup.appointment_type(*id)?;
        Some(Item { value: *id, code: value.code.to_string(), name: value.name.to_string(), note })
    };
    let not_online = |id| item(&id, Some(fl!(texts, "book-view-not-online")));
    online.iter().filter_map(|id| item(id, None)).chain(others.filter_map(not_online)).collect()
}
