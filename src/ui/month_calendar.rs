//! A month with its ISO weeks, Monday first. Its days are one Tab stop: the arrows choose the day.

use aftalebog_texts::{Texts, fl};
use chrono::{Datelike, Days, Months, NaiveDate, Weekday};
use iced::keyboard::{Key, Modifiers, key::Named};
use iced::widget::{Space, button, column, container, row, text};
use iced::{Alignment, Border, Element, Length, Theme, border};
use lucide_icons::Icon;

use crate::ui::focus::focusable;
use crate::ui::form::{hinted, push_icon};
use crate::ui::theme::{self, size};

const CELL: f32 = 28.0;

/// What the calendar is asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Asked {
    Day(NaiveDate),
    /// To show the month of this day.
    Month(NaiveDate),
}

/// A month, ready to be shown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Month {
    first: NaiveDate,
    title: String,
    letters: [String; 7],
    weeks: Vec<Week>,
    earlier: String,
    later: String,
}

#[derive(Clone, Debug, PartialEq, Eq)]
struct Week {
    number: String,
    days: Vec<Day>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
struct Day {
    date: NaiveDate,
    number: String,
    /// Why the clinic is closed.
    closed: Option<String>,
}

impl Month {
    /// The month `day` lies in; `closed` says why the clinic is closed on a day.
    pub fn new(day: NaiveDate, texts: &Texts, closed: impl Fn(NaiveDate) -> Option<String>) -> Self {
        let first = first_of_month(day);
        let monday = first.week(Weekday::Mon).first_day();
        let week = |number: u64| {
            let days = (0..7).map(|day| monday + Days::new(7 * number + day));
            let days = days.map(|date| Day { date, number: date.day().to_string(), closed: closed(date) });
            Week { number: (monday + Days::new(7 * number)).iso_week().week().to_string(), days: days.collect() }
        };
        let weekdays =
            [Weekday::Mon, Weekday::Tue, Weekday::Wed, Weekday::Thu, Weekday::Fri, Weekday::Sat, Weekday::Sun];
        Self {
            first,
            title: texts.month_year(first),
            letters: weekdays.map(|weekday| texts.weekday_letters(weekday)),
            // Six weeks, whatever the month needs: what lies below stays where it is.
            weeks: (0..6).map(week).collect(),
            earlier: fl!(texts, "book-month-earlier"),
            later: fl!(texts, "book-month-later"),
        }
    }

    pub fn first(&self) -> NaiveDate {
        self.first
    }

    pub fn shows(&self, day: NaiveDate) -> bool {
        first_of_month(day) == self.first
    }
}

fn first_of_month(day: NaiveDate) -> NaiveDate {
    day.with_day(1).unwrap_or(day)
}

/// The calendar of `month` with the day `chosen` filled and `today` framed.
pub fn month_calendar<'a, Message: Clone + 'a>(
    month: &'a Month,
    chosen: NaiveDate,
    today: NaiveDate,
    on_asked: impl Fn(Asked) -> Message + Copy + 'a,
) -> Element<'a, Message> {
    let turn = |id: &'static str, icon, words: &'a str, to: Option<NaiveDate>| {
        push_icon(id, icon, words.to_owned(), to.map(|day| on_asked(Asked::Month(day))))
    };
    let title = text(&month.title).font(theme::SEMIBOLD).size(size::TEXT).width(Length::Fill).center();
    let head = row![
        turn("month-earlier", Icon::ChevronLeft, &month.earlier, month.first.checked_sub_months(Months::new(1))),
        title,
        turn("month-later", Icon::ChevronRight, &month.later, month.first.checked_add_months(Months::new(1))),
    ]
    .align_y(Alignment::Center);

    let small = |words: &'a str| text(words).size(size::SMALL).style(theme::muted).width(Length::Fill).center();
    let letters = row(month.letters.iter().map(|letters| small(letters).into()));
    let letters = row![Space::new().width(CELL), letters.width(Length::Fill)].height(CELL - 6.0);
    let weeks = month.weeks.iter().map(|week| {
        let number = text(&week.number).size(size::SMALL).style(theme::muted).width(CELL).center();
        let days = week.days.iter().map(|day| cell(month, day, chosen, today, on_asked));
        row![number, row(days).width(Length::Fill)].align_y(Alignment::Center).into()
    });
    let days = column![letters, column(weeks)];

    let days = focusable(container(days).padding(3))
        .id("month")
        .on_key(move |key, modifiers| key_day(key, modifiers, chosen, today).map(|day| on_asked(Asked::Day(day))));
    column![head, days].into()
}

/// The day a key goes to.
fn key_day(key: &Key, modifiers: Modifiers, chosen: NaiveDate, today: NaiveDate) -> Option<NaiveDate> {
    let Key::Named(key) = key else { return None };
    if !modifiers.is_empty() {
        return None;
    }
    match key {
        Named::ArrowLeft => chosen.checked_sub_days(Days::new(1)),
        Named::ArrowRight => chosen.checked_add_days(Days::new(1)),
        Named::ArrowUp => chosen.checked_sub_days(Days::new(7)),
        Named::ArrowDown => chosen.checked_add_days(Days::new(7)),
        Named::PageUp => chosen.checked_sub_months(Months::new(1)),
        Named::PageDown => chosen.checked_add_months(Months::new(1)),
        Named::Home => Some(today),
        _ => None,
    }
}

fn cell<'a, Message: Clone + 'a>(
    month: &'a Month,
    day: &'a Day,
    chosen: NaiveDate,
    today: NaiveDate,
    on_asked: impl Fn(Asked) -> Message,
) -> Element<'a, Message> {
    let (is_chosen, is_today) = (day.date == chosen, day.date == today);
    let inside = month.shows(day.date);
    let closed = day.closed.is_some();
    let font = if is_chosen || is_today { theme::SEMIBOLD } else { theme::REGULAR };
    let number = text(&day.number).size(size::SMALL).font(font);
    // A closed day is underlined: its paler number alone would not tell.
    let line = container(Space::new()).width(12).height(2).style(move |theme: &Theme| {
        let colors = theme::colors(theme);
        let color = if is_chosen { colors.on_accent } else { colors.warning };
        if closed { theme::filled(color) } else { container::Style::default() }
    });
    let content = column![Space::new().height(2), number, line].align_x(Alignment::Center);
    let content = container(content).center(Length::Fill);
    let cell =
        button(content).padding(0).width(Length::Fill).height(CELL).on_press(on_asked(Asked::Day(day.date))).style(
            move |theme, status| {
                let colors = theme::colors(theme);
                let base = theme::quiet(theme, status);
                let text_color = match (is_chosen, inside, closed) {
                    (true, ..) => colors.on_accent,
                    (_, false, _) => colors.asleep(),
                    (_, _, true) => colors.muted,
                    _ => colors.text,
                };
                let background = if is_chosen { Some(colors.accent.into()) } else { base.background };
                let width = if is_today { 1.0 } else { 0.0 };
                let border = Border { color: colors.accent, width, radius: border::radius(theme::RADIUS) };
                button::Style { text_color, background, border, ..base }
            },
        );
    match &day.closed {
        Some(reason) => hinted(cell, reason.as_str()),
        None => cell.into(),
    }
}

#[cfg(test)]
mod tests {
    use aftalebog_texts::Language;

    use super::*;

    fn day(year: i32, month: u32, day: u32) -> NaiveDate {
        NaiveDate::from_ymd_opt(year, month, day).unwrap()
    }

    #[test]
    fn a_month_begins_on_a_monday_and_knows_its_weeks() {
        let texts = Texts::new(Language::Danish);
        let december =
            Month::new(day(2026, 12, 24), &texts, |date| (date.day() == 25).then(|| "1. juledag".to_owned()));
        assert_eq!(december.title, "december 2026");
        assert_eq!(december.letters.join(" "), "ma ti on to fr lø sø");
        assert_eq!(december.weeks[0].days[0].date, day(2026, 11, 30));
        let numbers: Vec<&str> = december.weeks.iter().map(|week| week.number.as_str()).collect();
        assert_eq!(numbers, ["49", "50", "51", "52", "53", "1"], "2026 has a week 53");
        assert_eq!(december.weeks[3].days[4].closed.as_deref(), Some("1. juledag"));
        assert!(december.shows(day(2026, 12, 1)) && !december.shows(day(2027, 1, 1)));
    }

    #[test]
    fn keys_choose_days() {
        let (chosen, today) = (day(2026, 3, 31), day(2026, 11, 23));
        let pressed = |key| key_day(&Key::Named(key), Modifiers::empty(), chosen, today);
        assert_eq!(pressed(Named::ArrowLeft), Some(day(2026, 3, 30)));
        assert_eq!(pressed(Named::ArrowRight), Some(day(2026, 4, 1)));
        assert_eq!(pressed(Named::ArrowUp), Some(day(2026, 3, 24)));
        assert_eq!(pressed(Named::ArrowDown), Some(day(2026, 4, 7)));
        assert_eq!(pressed(Named::PageUp), Some(day(2026, 2, 28)), "the last day of a shorter month");
        assert_eq!(pressed(Named::PageDown), Some(day(2026, 4, 30)));
        assert_eq!(pressed(Named::Home), Some(today));
        assert_eq!(key_day(&Key::Named(Named::ArrowLeft), Modifiers::ALT, chosen, today), None);
    }
}
