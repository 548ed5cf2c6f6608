//! The appointment book of the demo clinic, by click and by key.

use std::collections::{HashMap, HashSet};

use aftalebog::screen::appointment_book::{Action, AppointmentBook, Asked, Dates, Desk, Message, Transfer};
use aftalebog::screen::settings::Editing;
use aftalebog::screen::synchronising::{Fresh, Standing};
use aftalebog::ui::focus::{focus_scope, inert};
use aftalebog::ui::theme;
use aftalebog_booking::bounded::{Code, Detail, Name};
use aftalebog_booking::demo::demo_clinic;
use aftalebog_booking::record::{Appointment, Closure, Overlap, Practitioner};
use aftalebog_booking::zone::local;
use aftalebog_booking::{Entry, Id, Setup, Value};
use aftalebog_local::{Booked, OpenNeed};
use aftalebog_texts::{Language, Texts};
use chrono::{DateTime, NaiveDate, TimeDelta, Utc};
use iced::keyboard::{Modifiers, key::Named};
use iced::widget::stack;
use iced::{Element, Point, Task, Theme};
use uuid::Uuid;

use crate::harness::{Driven, Driver, fonts};

static STANDING: Standing = Standing::UNSAID;
static FRESH: Fresh = Fresh::NOTHING;

/// The book with the demo clinic for its file, and nothing above it.
pub struct Office {
    pub setup: Setup,
    pub booked: Vec<Booked>,
    pub needs: Vec<OpenNeed>,
    texts: Texts,
    now: DateTime<Utc>,
    theme: Theme,
    book: AppointmentBook,
    pub editing: Editing,
    pub new_patients: usize,
    pub settings_opened: bool,
    /// What was to be answered above the book.
    pub asked: Vec<Asked>,
    pub transfers: Vec<Transfer>,
    /// How often dates were loaded.
    pub loaded: usize,
}

pub fn date(year: i32, month: u32, day: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(year, month, day).expect("a day of the calendar")
}

impl Office {
    pub fn new(day: NaiveDate) -> Self {
        // The book measures its words as it is made.
        drop(fonts());
        let records = demo_clinic(date(2026, 11, 23), 7).records;
        let setup = Setup::gather(records.iter().cloned()).expect("the demo clinic is whole");
        let names: HashMap<Uuid, Name> = records.iter().filter_map(|it| Some((it.id, patient(&it.value)?))).collect();
        let used: HashSet<Uuid> = records.iter().filter_map(|it| used_need(&it.value)).collect();
        let (mut booked, mut needs) = (vec![], vec![]);
        for record in records {
            match record.value {
                Value::Appointment(value) => {
                    let patient = value.patient.map(|id| names[&id.uuid()].clone());
                    booked.push(Booked { entry: Entry { id: Id::new(record.id), value }, patient });
                }
                Value::Need(value) if !used.contains(&record.id) => {
                    let patient = names[&value.patient.uuid()].clone();
                    needs.push(OpenNeed { entry: Entry { id: Id::new(record.id), value }, patient });
                }
                _ => {}
            }
        }
        // As the file orders them.
        needs.sort_by_key(|need| (need.entry.value.recall, need.patient.clone(), need.entry.id));
        let texts = Texts::new(Language::Danish);
        let now = "2026-11-23T09:20:00Z".parse().expect("a time");
        let book = AppointmentBook::at(
            Desk {
                setup: &setup,
                texts: &texts,
                now,
                editing: Editing::Allowed,
                undoable: None,
                new_patients: 0,
                standing: &STANDING,
                fresh: &FRESH,
            },
            day,
        );
        Self {
            setup,
            booked,
            needs,
            texts,
            now,
            theme: theme::light(),
            book,
            editing: Editing::Allowed,
            new_patients: 0,
            settings_opened: false,
            asked: vec![],
            transfers: vec![],
            loaded: 0,
        }
    }

    /// With five more practitioners, long names, initials as long as can be, one away and appointments that clash.
    pub fn crowded(mut self) -> Self {
        let day = self.book.day();
        let name = Name::new("Anne-Margrethe Christoffersen-Vestergaard").expect("a name");
        for (number, mut entry) in self.setup.practitioners.clone().into_iter().take(5).enumerate() {
            let model = std::mem::replace(&mut entry.id, Id::new(Uuid::from_u128(number as u128 + 1)));
            entry.value.name = name.clone();
            let hours = self.setup.working_hours.iter().filter(|hours| hours.value.practitioner == model);
            let mut hours: Vec<_> = hours.cloned().collect();
            hours.iter_mut().for_each(|hours| hours.value.practitioner = entry.id);
            self.setup.working_hours.extend(hours);
            self.setup.practitioners.push(entry);
        }
        for entry in &mut self.setup.practitioners {
            entry.value.initials = Code::new(&entry.value.initials.as_str().repeat(4)).expect("eight letters");
        }
        let practitioner = Some(self.setup.practitioners[1].id);
        let reason = Detail::new("Kursus i København").expect("a reason");
        self.setup.closures.push(Entry::new(Closure { practitioner, from: day, to: day, reason }));
        let clashes = self.booked.iter().step_by(3).cloned().map(|mut booked| {
            booked.entry.value.start += TimeDelta::minutes(15);
            booked.entry.value.overlap = Overlap::Clash;
            booked
        });
        self.booked.extend(clashes.collect::<Vec<_>>());
        self
    }

    pub fn dark(mut self) -> Self {
        self.theme = theme::dark();
        self
    }

    pub fn open(self) -> Driver<Self> {
        let date = self.book.day();
        let (booked, needs) = (Ok(self.booked.clone()), Ok(self.needs.clone()));
        let mut driver = Driver::new(self);
        driver.send(Message::DeskChanged);
        driver.send(Message::BookedRead { dates: Dates { first: date, last: date }, booked });
        driver.send(Message::NeedsRead(needs));
        driver
    }
}

impl Driver<Office> {
    /// The place of a practitioner's time in the first of their columns.
    #[track_caller]
    pub fn place(&mut self, initials: &str, time: &str) -> Point {
        let x = self.all_bounds_of(initials)[0].x;
        Point::new(x + 40.0, self.height_of(time))
    }

    /// Where a time begins, measured by a booking that is in sight: «9.15».
    #[track_caller]
    pub fn height_of(&mut self, time: &str) -> f32 {
        let (hours, minutes) = time.split_once('.').expect("hours and minutes");
        let minute = hours.parse::<f32>().expect("hours") * 60.0 + minutes.parse::<f32>().expect("minutes");
        let ruler = self.bounds_of("SU Vibeke Højgaard");
        // 8.15 to 9.00
        let of_a_minute = (ruler.height + 1.0) / 45.0;
        (ruler.y - 1.0 + (minute - 495.0) * of_a_minute).round() + 2.0
    }

    pub fn asked(&mut self) -> Option<Asked> {
        self.app.asked.pop()
    }

    /// The id of the only booking with this patient's name.
    #[track_caller]
    pub fn appointment(&self, patient: &str) -> Entry<Appointment> {
        let day = self.app.day();
        let found = self.app.booked.iter().filter(|booked| {
            booked.patient.as_ref().is_some_and(|name| name.as_str() == patient)
                && local(self.app.setup.clinic.value.time_zone, booked.entry.value.start).date() == day
        });
        let found: Vec<_> = found.collect();
        assert_eq!(found.len(), 1, "{patient}");
        found[0].entry.clone()
    }

    pub fn practitioner(&self, initials: &str) -> Id<Practitioner> {
        let found = self.app.setup.practitioners.iter().find(|it| it.value.initials.as_str() == initials);
        found.expect("the initials are known").id
    }
}

impl Office {
    pub fn day(&self) -> NaiveDate {
        self.book.day()
    }
}

fn patient(value: &Value) -> Option<Name> {
    if let Value::Patient(patient) = value { Some(patient.name.clone()) } else { None }
}

fn used_need(value: &Value) -> Option<Uuid> {
    if let Value::Appointment(appointment) = value { Some(appointment.need?.uuid()) } else { None }
}

impl Driven for Office {
    type Message = Message;

    fn view(&self) -> Element<'_, Message> {
        let desk = Desk {
            setup: &self.setup,
            texts: &self.texts,
            now: self.now,
            editing: self.editing,
            undoable: None,
            new_patients: self.new_patients,
            standing: &STANDING,
            fresh: &FRESH,
        };
        let mut page = focus_scope(self.book.view(desk));
        if let Some(leave) = self.book.escape() {
            page = page.on_escape(leave);
        }
        let menu = self.book.layer(desk);
        stack![inert(menu.is_some(), page)].push(menu).into()
    }

    fn update(&mut self, message: Message) -> Task<Message> {
        let desk = Desk {
            setup: &self.setup,
            texts: &self.texts,
            now: self.now,
            editing: self.editing,
            undoable: None,
            new_patients: self.new_patients,
            standing: &STANDING,
            fresh: &FRESH,
        };
        match self.book.update(message, desk) {
            Action::None => Task::none(),
            Action::Run(task) => task,
            Action::Load(dates) | Action::Remember { load: Some(dates), .. } => {
                self.loaded += 1;
                Task::done(Message::BookedRead { dates, booked: Ok(self.booked.clone()) })
            }
            Action::Remember { load: None, .. } => Task::none(),
            Action::LoadNeeds => Task::done(Message::NeedsRead(Ok(self.needs.clone()))),
            Action::Asked(asked) => {
                self.asked.push(asked);
                Task::none()
            }
            Action::Transfer(transfer) => {
                self.transfers.push(transfer);
                Task::none()
            }
            Action::OpenSynchronising
            | Action::TurnLanguage
            | Action::ShowSetting(_)
            | Action::Undo
            | Action::Restore
            | Action::Help(_)
            | Action::About => Task::none(),
            Action::OpenSettings => {
                self.settings_opened = true;
                Task::none()
            }
        }
    }

    fn theme(&self) -> Theme {
        self.theme.clone()
    }
}

#[test]
fn the_day_as_it_looks() {
    Office::new(date(2026, 11, 23)).open().picture("book-today");
    Office::new(date(2026, 11, 24)).dark().open().picture("book-dark");
    Office::new(date(2026, 12, 25)).open().picture("book-closed");
    Office::new(date(2026, 11, 29)).open().picture("book-sunday");
}

#[test]
fn the_day_in_a_narrow_and_in_a_wide_window() {
    let mut narrow = Office::new(date(2026, 11, 24)).open();
    narrow.resize(700.0, 600.0);
    narrow.picture("book-narrow");
    let mut wide = Office::new(date(2026, 11, 24)).crowded().open();
    wide.resize(1920.0, 1080.0);
    wide.picture("book-crowded");
}

#[test]
fn the_words_on_the_buttons_are_seen_in_a_window_as_it_opens() {
    let pc = crate::program::Pc::with_demo();
    let mut program = pc.start();
    for words in ["1 ny patient", "Alle", "Patient", "Vis som patient", "Mere", "Gemt lokalt"] {
        assert!(program.sees(words), "«{words}» is not in {:?}", program.texts());
    }
    program.resize(700.0, 600.0);
    assert!(!program.sees("Vis som patient") && program.find_id("view-as-patient").is_some());
}

#[test]
fn days_are_turned_by_button_and_by_key() {
    let mut office = Office::new(date(2026, 11, 23)).open();
    assert!(office.sees("mandag 23. november 2026 · uge 48"));
    office.click_id("day-later");
    assert!(office.sees("tirsdag 24. november 2026 · uge 48"));
    office.click("JH");
    assert_eq!(office.focused().as_deref(), Some("timetable"));
    office.key(Named::ArrowRight, Modifiers::CTRL);
    office.key(Named::ArrowRight, Modifiers::CTRL);
    assert!(office.sees("torsdag 26. november 2026 · uge 48"));
    office.key(Named::ArrowLeft, Modifiers::CTRL);
    assert!(office.sees("onsdag 25. november 2026 · uge 48"));
    office.tap(Named::Home);
    assert!(office.sees("mandag 23. november 2026 · uge 48"));
}

#[test]
fn the_calendar_chooses_the_day() {
    let mut office = Office::new(date(2026, 11, 23)).open();
    office.click_nth("26", 1);
    assert!(office.sees("torsdag 26. november 2026 · uge 48"));
    office.tap(Named::ArrowDown);
    assert!(office.sees("torsdag 3. december 2026 · uge 49"));
    assert!(office.sees("december 2026"));
    office.tap(Named::PageUp);
    assert!(office.sees("tirsdag 3. november 2026 · uge 45"));
}

#[test]
fn bookings_are_found_by_their_words_and_told_whole_under_the_pointer() {
    let mut office = Office::new(date(2026, 11, 24)).open();
    let at = office.bounds_of("SU Vibeke Højgaard").center();
    assert!(!office.sees("8.15–9.00 · 45 min."));
    office.move_to(at);
    assert!(office.sees("8.15–9.00 · 45 min.") && office.sees("MK · Mette Kjærgaard"));
    office.picture("book-hint");
    office.scroll(3000.0);
    assert!(!office.sees("SU Vibeke Højgaard"), "the day is scrolled to its night");
    office.click("JH");
    for _ in 0..2 {
        office.tap(Named::PageUp);
    }
    assert!(office.sees("SU Vibeke Højgaard"));
}

#[test]
fn the_same_hour_stays_at_the_top_of_a_larger_window() {
    let mut office = Office::new(date(2026, 11, 24)).open();
    let first = "SU Birgit Dreyer";
    let before = office.bounds_of(first);
    office.resize(1920.0, 1080.0);
    let after = office.bounds_of(first);
    assert!(after.height > before.height, "there is room for higher rows");
    assert_eq!(after.y, before.y);
}

#[test]
fn a_closed_day_and_a_day_off_say_so() {
    let mut office = Office::new(date(2026, 12, 24)).open();
    assert!(office.sees("Lukket mellem jul og nytår"));
    office.send(Message::CalendarAsked(aftalebog::ui::month_calendar::Asked::Day(date(2026, 11, 29))));
    assert!(office.sees("Ingen på arbejde denne dag"));
}

#[test]
fn the_gear_opens_the_settings() {
    let mut office = Office::new(date(2026, 11, 23)).open();
    office.click_id("gear");
    assert!(office.app.settings_opened);
}

#[test]
fn tab_walks_through_the_book() {
    let mut office = Office::new(date(2026, 11, 23)).open();
    let mut stops = vec![];
    for _ in 0..17 {
        office.tap(Named::Tab);
        stops.extend(office.focused());
    }
    let turns = ["day-earlier", "today", "day-later", "stretch-day", "stretch-week"];
    let bar = ["whom", "find-patient", "view-as-patient", "more", "sync-status", "language", "gear"];
    let book = ["timetable", "month-earlier", "month-later", "month", "needs-list"];
    assert_eq!(stops, [&turns[..], &bar[..], &book[..]].concat());
    office.tap(Named::PageDown);
    office.picture("book-needs-scrolled");
}
