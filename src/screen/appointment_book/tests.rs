use aftalebog_booking::Id;
use aftalebog_booking::bounded::{Length, Name};
use aftalebog_booking::demo::demo_clinic;
use aftalebog_booking::record::{AppointmentType, Entry, Need, Value};
use aftalebog_booking::terms::Visitor;
use aftalebog_booking::time::Week;
use aftalebog_local::Grounds;
use aftalebog_texts::Language;

use super::as_patient::AsPatient;
use super::needs::Due;
use super::*;
use crate::ui::choice;
use crate::ui::timetable::{Spot, Whose};

static STANDING: Standing = Standing::UNSAID;
static FRESH: Fresh = Fresh::NOTHING;

fn date(year: i32, month: u32, day: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(year, month, day).unwrap()
}

fn one(day: NaiveDate) -> Dates {
    Dates { first: day, last: day }
}

struct Office {
    setup: Setup,
    texts: Texts,
    now: DateTime<Utc>,
}

impl Office {
    fn new() -> Self {
        let setup = Setup::gather(demo_clinic(date(2026, 11, 23), 7).records).unwrap();
        Self { setup, texts: Texts::new(Language::Danish), now: "2026-11-23T09:20:00Z".parse().unwrap() }
    }

    fn desk(&self) -> Desk<'_> {
        Desk {
            setup: &self.setup,
            texts: &self.texts,
            now: self.now,
            editing: Editing::Allowed,
            undoable: None,
            new_patients: 0,
            standing: &STANDING,
            fresh: &FRESH,
        }
    }

    /// The appointments of the demo clinic, without their patients' names.
    fn booked(&self) -> Vec<Booked> {
        let records = demo_clinic(date(2026, 11, 23), 7).records.into_iter();
        let booked = records.filter_map(|record| match record.value {
            Value::Appointment(value) => Some(Booked { entry: Entry { id: Id::new(record.id), value }, patient: None }),
            _ => None,
        });
        booked.collect()
    }

    fn need(&self, patient: &str, recall: Week) -> OpenNeed {
        let value = Need {
            patient: Id::random(),
            appointment_type: self.setup.appointment_types[0].id,
            practitioner: self.setup.practitioners[0].id,
            minutes: Length::new(45).unwrap(),
            recall,
        };
        OpenNeed { entry: Entry::new(value), patient: Name::new(patient).unwrap() }
    }
}

fn boxes(book: &AppointmentBook) -> usize {
    book.shown.sheet.columns.iter().map(|column| column.bookings.len()).sum()
}

#[test]
fn the_book_opens_at_the_clinics_today() {
    let mut office = Office::new();
    // Half past eleven in the evening in UTC is the next day in the clinic.
    office.now = "2026-11-23T23:30:00Z".parse().unwrap();
    let book = AppointmentBook::new(Seen::default(), office.desk());
    assert_eq!(book.day(), date(2026, 11, 24));
    assert_eq!(book.clock.minute, 30);
    assert_eq!(book.shown.heading.whole, "tirsdag 24. november 2026 · uge 48");
}

#[test]
fn turning_days_asks_for_them() {
    let office = Office::new();
    let mut book = AppointmentBook::new(Seen::default(), office.desk());
    let mut turn = |message| match book.update(message, office.desk()) {
        Action::Load(dates) => Some(dates.first),
        Action::None => None,
        other => panic!("{other:?}"),
    };
    assert_eq!(turn(Message::DayTurned(Turn::Today)), None, "it is open at today");
    assert_eq!(turn(Message::DayTurned(Turn::Forward)), Some(date(2026, 11, 24)));
    assert_eq!(turn(Message::DayTurned(Turn::Back)), Some(date(2026, 11, 23)));
    assert_eq!(turn(Message::CalendarAsked(month_calendar::Asked::Month(date(2027, 1, 1)))), None);
    assert_eq!(turn(Message::CalendarAsked(month_calendar::Asked::Day(date(2027, 1, 1)))), Some(date(2027, 1, 1)));
    assert_eq!(turn(Message::DayTurned(Turn::Today)), Some(date(2026, 11, 23)));
    assert!(book.shown.month.shows(date(2026, 11, 1)), "the calendar goes along");
}

#[test]
fn the_turn_of_the_year_is_in_week_53() {
    let office = Office::new();
    let mut book = AppointmentBook::at(office.desk(), date(2026, 12, 31));
    assert_eq!(book.shown.heading.whole, "torsdag 31. december 2026 · uge 53");
    let _ = book.update(Message::DayTurned(Turn::Forward), office.desk());
    assert_eq!(book.shown.heading.whole, "fredag 1. januar 2027 · uge 53");
    let _ = book.update(Message::CalendarAsked(month_calendar::Asked::Day(date(2027, 1, 4))), office.desk());
    assert_eq!(book.shown.heading.whole, "mandag 4. januar 2027 · uge 1");
}

#[test]
fn an_answer_for_another_day_is_dropped() {
    let office = Office::new();
    let mut book = AppointmentBook::new(Seen::default(), office.desk());
    let _ = book.update(Message::DayTurned(Turn::Forward), office.desk());
    let late = Message::BookedRead { dates: one(date(2026, 11, 23)), booked: Ok(office.booked()) };
    let _ = book.update(late, office.desk());
    assert_eq!(boxes(&book), 0);
    let late = Message::BookedRead { dates: one(date(2026, 11, 23)), booked: Err(closed()) };
    let _ = book.update(late, office.desk());
    assert!(matches!(book.booked, Read::Waiting));
    let answer = Message::BookedRead { dates: one(date(2026, 11, 24)), booked: Ok(office.booked()) };
    let _ = book.update(answer, office.desk());
    assert!(boxes(&book) > 10);
    let _ = book.update(Message::DayTurned(Turn::Forward), office.desk());
    assert_eq!(boxes(&book), 0, "yesterday's appointments do not stand under tomorrow's date");
}

#[test]
fn what_could_not_be_read_can_be_tried_again() {
    let office = Office::new();
    let mut book = AppointmentBook::new(Seen::default(), office.desk());
    let _ = book.update(Message::BookedRead { dates: one(book.day()), booked: Err(closed()) }, office.desk());
    assert!(matches!(book.booked, Read::Failed { .. }));
    let again = book.update(Message::BookedRetryPressed, office.desk());
    assert!(matches!(again, Action::Load(dates) if dates == one(date(2026, 11, 23))));
    assert!(book.open_needs().is_none());
    let _ = book.update(Message::NeedsRead(Err(closed())), office.desk());
    assert!(book.open_needs().is_none(), "not the same as none");
    let needs = vec![office.need("Karen", Week::new(2026, 50).unwrap())];
    let _ = book.update(Message::NeedsRead(Ok(needs)), office.desk());
    for _ in 0..2 {
        let _ = book.update(Message::NeedsRead(Err(closed())), office.desk());
        assert_eq!(book.open_needs().map(<[OpenNeed]>::len), Some(1), "what was read stays");
        assert_eq!(book.shown.needs.all, 1);
    }
    assert!(matches!(book.update(Message::NeedsRetryPressed, office.desk()), Action::LoadNeeds));
    assert!(matches!(book.update(Message::SettingsPressed, office.desk()), Action::OpenSettings));
}

#[test]
fn needs_stand_by_recall_week_and_tell_when_it_has_passed() {
    let mut office = Office::new();
    let week = |year, week| Week::new(year, week).unwrap();
    // In the order of the file.
    let needs = vec![
        office.need("Ida", week(2026, 47)),
        office.need("Åse", week(2026, 48)),
        office.need("Bo", week(2026, 53)),
        office.need("Karen", week(2027, 1)),
    ];
    let mut book = AppointmentBook::new(Seen::default(), office.desk());
    let _ = book.update(Message::NeedsRead(Ok(needs)), office.desk());
    let lines = |book: &AppointmentBook| {
        let lines = book.shown.needs.seen.iter();
        lines.map(|line| (line.patient.clone(), line.due == Due::Overdue)).collect::<Vec<_>>()
    };
    let owned = |expected: [(&str, bool); 4]| expected.map(|(name, overdue)| (name.to_owned(), overdue));
    assert_eq!(lines(&book), owned([("Ida", true), ("Åse", false), ("Bo", false), ("Karen", false)]));
    assert_eq!(book.shown.needs.seen[2].details, "uge 53/2026 · JH · 45 min.");

    office.now = "2026-11-29T23:00:00Z".parse().unwrap();
    let _ = book.update(Message::DeskChanged, office.desk());
    assert_eq!(lines(&book)[1], ("Åse".to_owned(), true), "a new week has begun");
}

#[test]
fn another_language_changes_every_word() {
    let mut office = Office::new();
    let mut book = AppointmentBook::at(office.desk(), date(2026, 11, 29));
    office.texts = Texts::new(Language::English);
    let _ = book.update(Message::DeskChanged, office.desk());
    assert_eq!(book.shown.heading.whole, "Sunday 29 November 2026 · week 48");
    assert_eq!(book.shown.sheet.notice.as_deref(), Some("Nobody works on this day"));
}

/// The questions of a book that is just seen as a patient who wants the type that needs no recall.
fn seen_as_patient(book: &mut AppointmentBook, office: &Office) -> Vec<Question> {
    let _ = book.update(Message::ViewAsPatientPressed, office.desk());
    let is_new = |entry: &&Entry<AppointmentType>| entry.value.code.as_str() == "DG";
    let new_patients = office.setup.appointment_types.iter().find(is_new).unwrap().id;
    let chosen = as_patient::Message::Type(choice::Message::Chosen(new_patients));
    let _ = book.update(Message::AsPatient(chosen), office.desk());
    book.take_questions()
}

fn answer(question: &Question, office: &Office) -> Message {
    let Question::Grounds(reading) = question else { panic!("{question:?}") };
    let appointments = office.booked().into_iter().map(|booked| booked.entry.value).collect();
    let grounds = Grounds { visitor: Visitor::new_patient(), appointments };
    Message::patient_answered(patient_view::Message::GroundsRead { reading: *reading, grounds: Ok(Arc::new(grounds)) })
}

fn patient(book: &AppointmentBook) -> &AsPatient {
    let SeenAs::Patient(patient) = &book.seen_as else { panic!("the book is seen as the clinic") };
    patient
}

#[test]
fn the_whole_month_is_asked_for_at_once() {
    let office = Office::new();
    let mut book = AppointmentBook::new(Seen::default(), office.desk());
    let questions = seen_as_patient(&mut book, &office);
    let Some(Question::Grounds(reading)) = questions.last() else { panic!("{questions:?}") };
    assert_eq!(reading.patient, None);
    assert_eq!(reading.from.to_rfc3339(), "2026-10-25T23:00:00+00:00", "the Monday before November, in Denmark");
    assert_eq!((reading.to - reading.from).num_days(), 42);
    let _ = book.update(answer(&questions[questions.len() - 1], &office), office.desk());
    let today = date(2026, 11, 23);
    assert!(patient(&book).times(date(2026, 12, 2), today).is_some_and(|times| times > 5));
    assert_eq!(patient(&book).times(date(2026, 11, 22), today), None, "it is over");
    let _ = book.update(Message::DayTurned(Turn::Forward), office.desk());
    assert_eq!(book.take_questions(), [], "a day of the month is known");
    let _ = book.update(Message::CalendarAsked(month_calendar::Asked::Month(date(2027, 2, 1))), office.desk());
    assert_eq!(book.day(), date(2027, 2, 24), "the day goes along");
    assert_eq!(book.take_questions().len(), 1);
    let _ = book.update(Message::CalendarAsked(month_calendar::Asked::Day(date(2027, 1, 31))), office.desk());
    let _ = book.update(Message::CalendarAsked(month_calendar::Asked::Month(date(2027, 2, 1))), office.desk());
    assert_eq!(book.day(), date(2027, 2, 28), "or to the last of a shorter month");
}

#[test]
fn a_patients_times_that_could_not_be_read_can_be_asked_for_again() {
    let office = Office::new();
    let mut book = AppointmentBook::new(Seen::default(), office.desk());
    let questions = seen_as_patient(&mut book, &office);
    let Some(Question::Grounds(reading)) = questions.last() else { panic!("{questions:?}") };
    let failed = patient_view::Message::GroundsRead { reading: *reading, grounds: Err(closed().0) };
    let _ = book.update(Message::patient_answered(failed), office.desk());
    assert!(patient(&book).failed());
    let retry = Message::AsPatient(as_patient::Message::Patient(patient_view::Message::RetryPressed));
    let _ = book.update(retry, office.desk());
    let again = book.take_questions();
    assert_eq!(again.len(), 1);
    let _ = book.update(answer(&again[0], &office), office.desk());
    assert!(!patient(&book).failed());
    assert_eq!(patient(&book).times(date(2026, 11, 24), date(2026, 11, 23)), Some(0));
}

#[test]
fn what_is_answered_after_the_view_was_left_is_asked_again_when_it_comes_back() {
    let office = Office::new();
    let mut book = AppointmentBook::new(Seen::default(), office.desk());
    let questions = seen_as_patient(&mut book, &office);
    let _ = book.update(Message::ViewAsPatientPressed, office.desk());
    let _ = book.update(answer(&questions[questions.len() - 1], &office), office.desk());
    assert_eq!(book.take_questions(), []);
    let _ = book.update(Message::ViewAsPatientPressed, office.desk());
    let again = book.take_questions();
    assert_eq!(again.len(), 1);
    let _ = book.update(answer(&again[0], &office), office.desk());
    assert!(patient(&book).times(date(2026, 12, 2), date(2026, 11, 23)).is_some());
}

fn closed() -> CouldNotRead {
    CouldNotRead(std::sync::Arc::new(aftalebog_local::StoreError::Closed))
}

/// The book at a day on which JH has one appointment.
fn with_appointment(office: &Office, day: NaiveDate, start: &str, minutes: u16) -> (AppointmentBook, Booked) {
    let mut booked = office.booked().swap_remove(0);
    booked.entry.value.practitioner = office.setup.practitioners[0].id;
    booked.entry.value.start = start.parse().unwrap();
    booked.entry.value.minutes = Length::new(minutes).unwrap();
    let mut book = AppointmentBook::at(office.desk(), day);
    let read = Message::BookedRead { dates: one(day), booked: Ok(vec![booked.clone()]) };
    let _ = book.update(read, office.desk());
    (book, booked)
}

/// The start and the minutes that dragging an edge asks for.
#[track_caller]
fn stretched(day: NaiveDate, (start, minutes): (&str, u16), to: (u16, u16), expected: Option<(&str, u16)>) {
    let office = Office::new();
    let (mut book, booked) = with_appointment(&office, day, start, minutes);
    let column = Whose { key: office.setup.practitioners[0].id.uuid(), date: day };
    let span = crate::ui::timetable::Span { from: to.0, to: to.1 };
    let gesture = Gesture::Stretched { key: booked.entry.id.uuid(), column, span };
    let asked = match book.update(Message::Gestured(gesture), office.desk()) {
        Action::Asked(Asked::Reschedule { at, minutes, .. }) => Some((at.start, minutes.get())),
        Action::None => None,
        other => panic!("{other:?}"),
    };
    assert_eq!(asked, expected.map(|(start, minutes)| (start.parse().unwrap(), minutes)));
}

#[test]
fn an_edge_is_dragged_in_the_minutes_that_pass_also_when_the_clock_changes() {
    let tuesday = date(2026, 11, 24);
    stretched(tuesday, ("2026-11-24T07:00:00Z", 45), (480, 540), Some(("2026-11-24T07:00:00Z", 60)));
    stretched(tuesday, ("2026-11-24T07:00:00Z", 45), (495, 525), Some(("2026-11-24T07:15:00Z", 30)));
    stretched(tuesday, ("2026-11-24T07:00:00Z", 45), (480, 525), None);
    stretched(tuesday, ("2026-11-24T22:00:00Z", 30), (1380, 1440), Some(("2026-11-24T22:00:00Z", 60)));
    // From 1.30 to 3.15 only 45 minutes pass on 29 March, and from 1.30 to 3.00 on 25 October two hours and a half.
    stretched(date(2026, 3, 29), ("2026-03-29T00:30:00Z", 15), (90, 195), Some(("2026-03-29T00:30:00Z", 45)));
    stretched(date(2026, 10, 25), ("2026-10-24T23:30:00Z", 15), (90, 180), Some(("2026-10-24T23:30:00Z", 150)));
    // What begins at 2.30 for the second time stays there.
    stretched(date(2026, 10, 25), ("2026-10-25T01:30:00Z", 30), (150, 210), Some(("2026-10-25T01:30:00Z", 60)));
}

#[test]
fn a_time_that_the_clock_skips_is_the_end_of_the_gap_and_one_it_shows_twice_the_first() {
    let office = Office::new();
    for (day, expected) in [
        (date(2026, 3, 29), "2026-03-29T01:00:00Z"),
        (date(2026, 10, 25), "2026-10-25T00:30:00Z"),
        (date(2026, 11, 24), "2026-11-24T01:30:00Z"),
    ] {
        let mut book = AppointmentBook::at(office.desk(), day);
        let column = Whose { key: office.setup.practitioners[0].id.uuid(), date: day };
        let opened = Gesture::Opened(Chosen::time(Spot { column, minute: 150 }));
        let asked = book.update(Message::Gestured(opened), office.desk());
        let Action::Asked(Asked::NewAppointment { at, minutes: None }) = asked else { panic!("{asked:?}") };
        assert_eq!(at.start, expected.parse::<DateTime<Utc>>().unwrap());
    }
}

#[test]
fn what_is_put_back_where_it_stands_asks_nothing() {
    let office = Office::new();
    let (mut book, booked) = with_appointment(&office, date(2026, 11, 24), "2026-11-24T07:00:00Z", 45);
    let column = Whose { key: office.setup.practitioners[0].id.uuid(), date: date(2026, 11, 24) };
    let dropped = Gesture::Dropped { key: booked.entry.id.uuid(), at: Spot { column, minute: 480 } };
    assert!(matches!(book.update(Message::Gestured(dropped), office.desk()), Action::None));
    let gone = Gesture::Dropped { key: uuid::Uuid::nil(), at: Spot { column, minute: 480 } };
    assert!(matches!(book.update(Message::Gestured(gone), office.desk()), Action::None), "deleted meanwhile");
}

#[test]
fn a_late_answer_for_the_day_does_not_fill_the_week() {
    let office = Office::new();
    let mut book = AppointmentBook::at(office.desk(), date(2026, 11, 24));
    let chosen = book.update(Message::StretchChosen(Stretch::Week), office.desk());
    let week = Dates { first: date(2026, 11, 23), last: date(2026, 11, 29) };
    assert!(matches!(chosen, Action::Remember { load: Some(dates), .. } if dates == week));
    let late = Message::BookedRead { dates: one(date(2026, 11, 24)), booked: Ok(office.booked()) };
    let _ = book.update(late, office.desk());
    assert_eq!(boxes(&book), 0);
    let _ = book.update(Message::BookedRead { dates: week, booked: Ok(office.booked()) }, office.desk());
    assert!(boxes(&book) > 100);
}
