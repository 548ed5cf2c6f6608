//! A day of the book that is seen as a patient: which times are marked, and which one a press or a key asks about.

use aftalebog::ui::focus::focus_scope;
use aftalebog::ui::month_calendar::{Month, month_calendar};
use aftalebog::ui::theme;
use aftalebog::ui::timetable::{
    Booking, Column, Day, Gesture, Mark, Now, Offered, Offers, Sheet, Span, Spot, Time, Turn, Whose, timetable,
};
use aftalebog_texts::{Language, Texts};
use chrono::{Datelike, NaiveDate, Weekday};
use iced::keyboard::{Modifiers, key::Named};
use iced::widget::{container, row};
use iced::{Element, Point, Task, Theme};
use uuid::Uuid;

use crate::harness::{Driven, Driver};

/// Three practitioners; the last is closed.
struct Sample {
    sheet: Sheet,
    offers: Option<Offers>,
    month: Month,
    dark: bool,
    /// The place of the column, and the minute.
    asked: Vec<(usize, u16)>,
    turned: Vec<Turn>,
}

#[derive(Clone, Debug)]
enum Message {
    TimeAsked(Spot),
    Gestured(Gesture),
    CalendarAsked,
}

const LUNCH: Span = Span { from: 12 * 60, to: 12 * 60 + 30 };

impl Sample {
    fn new(raster: u16) -> Self {
        let date = NaiveDate::from_ymd_opt(2026, 11, 24).expect("a date");
        let column = |initials: &str, name: &str, closed: Option<&str>| Column {
            whose: Whose { key: key(initials), date },
            initials: initials.to_owned(),
            name: name.to_owned(),
            working: vec![Span { from: 480, to: LUNCH.from }, Span { from: LUNCH.to, to: 960 }],
            closed: closed.map(str::to_owned),
            bookings: vec![],
        };
        let booked = |from, to, title: &str| {
            Booking::new(
                key(title),
                Span { from, to },
                Mark::Type(theme::LIGHT.warning),
                "SU".to_owned(),
                title.to_owned(),
            )
        };
        let columns = vec![
            column("JH", "Jens Holm", None).with_bookings(vec![booked(480, 525, "Karen Mikkelsen")]),
            column("MK", "Mette Kjærgaard", None).with_bookings(vec![booked(600, 720, "Åse Østergård")]),
            column("SA", "Sara Ahmadi", Some("Fraværende · Kursus")),
        ];
        let sheet = Sheet {
            days: vec![Day { date, heading: String::new(), columns: 0..columns.len() }],
            raster,
            opens: Span { from: 480, to: 960 },
            columns,
            notice: None,
            time_mark: ".".to_owned(),
        };
        let texts = Texts::new(Language::Danish);
        let times = |date: NaiveDate| match date.weekday() {
            _ if date.month() == 10 => None,
            Weekday::Sat | Weekday::Sun => Some(0),
            _ => Some(7 * date.day() as usize % 41),
        };
        let month = Month::new(date, &texts, |date| (date.day() == 27).then(|| "Lukket".to_owned())).counted(times);
        let offers = Some(offers(&[&[540, 555, 570, 630, 780], &[480, 525, 750], &[]]));
        Self { sheet, offers, month, dark: false, asked: vec![], turned: vec![] }
    }

    fn open(self) -> Driver<Self> {
        let mut driver = Driver::new(self);
        driver.resize(900.0, 640.0);
        driver
    }
}

fn key(words: &str) -> Uuid {
    Uuid::new_v5(&Uuid::NAMESPACE_OID, words.as_bytes())
}

/// Of JH, MK and SA.
fn offers(columns: &[&[u16]]) -> Offers {
    let time = |from: &u16| Time { from: *from, words: format!("{}.{:02}", from / 60, from % 60) };
    let offered = |(times, initials): (&&[u16], &str)| Offered {
        key: key(initials),
        times: times.iter().map(time).collect(),
        summary: format!("{} tider", times.len()),
    };
    Offers { columns: columns.iter().zip(["JH", "MK", "SA"]).map(offered).collect(), asked: None }
}

impl Driven for Sample {
    type Message = Message;

    fn view(&self) -> Element<'_, Message> {
        let date = self.sheet.days[0].date;
        let sheet = timetable(&self.sheet, Now { date, minute: 500 }, Message::Gestured).id("timetable");
        let sheet = sheet.as_patient(self.offers.as_ref(), Message::TimeAsked);
        let today = date.pred_opt().expect("a day before");
        let month = month_calendar(&self.month, date, today, |_| Message::CalendarAsked);
        let month = container(month).padding(8).width(280).style(theme::surface);
        focus_scope(row![sheet, month].spacing(12).padding(12)).into()
    }

    fn update(&mut self, message: Message) -> Task<Message> {
        match message {
            Message::TimeAsked(spot) => {
                self.asked.push((self.sheet.place_of(spot.column).expect("a column"), spot.minute));
                if let Some(offers) = &mut self.offers {
                    offers.asked = Some(spot);
                }
            }
            Message::Gestured(Gesture::Turned(turn)) => self.turned.push(turn),
            Message::Gestured(_) | Message::CalendarAsked => {}
        }
        Task::none()
    }

    fn theme(&self) -> Theme {
        if self.dark { theme::dark() } else { theme::light() }
    }
}

#[test]
fn offered_times_are_marked_with_the_time_and_a_sign() {
    let mut driver = Sample::new(15).open();
    assert!(driver.sees("9.00") && driver.sees("12.30") && driver.sees("5 tider") && driver.sees("0 tider"));
    assert!(!driver.sees("Jens Holm"), "the head tells how many there are instead");
    driver.picture("offered-times");
    driver.app.dark = true;
    driver.picture("offered-times-dark");
    driver.app.offers = None;
    assert!(driver.sees("Jens Holm") && !driver.sees("9.00"));
}

#[test]
fn many_times_on_a_fine_raster_can_be_read() {
    let mut sample = Sample::new(5);
    let all: Vec<u16> = (540..720).step_by(5).collect();
    sample.offers = Some(offers(&[&all, &[485, 495], &[]]));
    sample.open().picture("offered-times-fine-raster");
}

#[test]
fn a_press_asks_about_the_time_under_the_pointer() {
    let mut driver = Sample::new(15).open();
    driver.click("9.15");
    let taken = driver.bounds_of("SU Karen Mikkelsen");
    driver.click_at(Point::new(taken.center_x(), taken.y + 2.0));
    driver.click_at(Point::new(taken.center_x(), taken.y + taken.height - 2.0));
    driver.click("Fraværende · Kursus");
    assert_eq!(driver.app.asked[..3], [(0, 555), (0, 480), (0, 510)]);
    assert_eq!(driver.app.asked[3].0, 2);
    driver.click("JH");
    assert_eq!(driver.app.asked.len(), 4, "the head is no time");
    driver.app.offers = None;
    driver.click("SU Karen Mikkelsen");
    assert_eq!(driver.app.asked.len(), 4, "the ordinary day answers nothing");
}

#[test]
fn keys_go_from_time_to_time_and_ask() {
    let mut driver = Sample::new(15).open();
    driver.tap(Named::Tab);
    assert_eq!(driver.focused().as_deref(), Some("timetable"));
    driver.tap(Named::Enter);
    driver.tap(Named::ArrowDown);
    driver.tap(Named::ArrowDown);
    driver.tap(Named::ArrowLeft);
    driver.tap(Named::Space);
    assert_eq!(driver.app.asked, [(1, 480), (0, 510)], "from the earliest offered time on");
    driver.tap(Named::ArrowDown);
    driver.tap(Named::ArrowDown);
    driver.picture("offered-times-keyboard");
    assert!(driver.app.turned.is_empty());
    driver.key(Named::ArrowRight, Modifiers::CTRL);
    assert_eq!(driver.app.turned, [Turn::Forward]);
    driver.app.offers = None;
    driver.key(Named::ArrowLeft, Modifiers::CTRL);
    driver.tap(Named::Enter);
    assert_eq!(driver.app.turned, [Turn::Forward, Turn::Back], "the ordinary day is turned by the same keys");
    assert_eq!(driver.app.asked.len(), 2);
}

#[test]
fn the_keyboard_stays_with_whom_it_has_reached() {
    let mut driver = Sample::new(15).open();
    driver.tap(Named::Tab);
    driver.tap(Named::ArrowDown);
    driver.app.sheet.columns.swap(0, 1);
    driver.tap(Named::Enter);
    assert_eq!(driver.app.asked, [(0, 495)], "MK stands first now");
    let _mk = driver.app.sheet.columns.remove(0);
    driver.app.offers = Some(offers(&[&[600], &[]]));
    driver.tap(Named::Enter);
    assert_eq!(driver.app.asked[1..], [(0, 600)], "and has gone");
}
