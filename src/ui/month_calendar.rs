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

/// The room of a week's number.
const WEEK: f32 = 28.0;
/// The height of the line under the number of a closed day.
const LINE: f32 = 2.0;
/// The height of the number of times under it.
const COUNT: f32 = 13.0;

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
    counting: Counting,
    /// The first and the last of the dates that are shown elsewhere, where they are several.
    marked: Option<(NaiveDate, NaiveDate)>,
    earlier: String,
    later: String,
}

/// Whether there is room for a number of times under each day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Counting {
    No,
    Yes,
}

impl Counting {
    /// The height of a day.
    const fn cell(self) -> f32 {
        match self {
            Self::No => 28.0,
            Self::Yes => 34.0,
        }
    }

    /// Between the days, which are filled where they have times.
    const fn gap(self) -> f32 {
        match self {
            Self::No => 0.0,
            Self::Yes => 2.0,
        }
    }
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
    /// How many times there are to choose from; `None` where that is not known, or not asked.
    times: Option<Times>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
enum Times {
    None,
    /// «12».
    Some(String),
}

impl Month {
    /// The month `day` lies in; `closed` says why the clinic is closed on a day.
    pub fn new(day: NaiveDate, texts: &Texts, closed: impl Fn(NaiveDate) -> Option<String>) -> Self {
        let first = first_of_month(day);
        let monday = first.week(Weekday::Mon).first_day();
        let week = |number: u64| {
            let days = (0..7).map(|day| monday + Days::new(7 * number + day));
            let days = days.map(|date| Day { date, number: date.day().to_string(), closed: closed(date), times: None });
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
            counting: Counting::No,
            marked: None,
            earlier: fl!(texts, "book-month-earlier"),
            later: fl!(texts, "book-month-later"),
        }
    }

    /// With the number of times that each day has; the room for it is there for every day, known
    /// or not.
    pub fn counted(mut self, times: impl Fn(NaiveDate) -> Option<usize>) -> Self {
        self.counting = Counting::Yes;
        for day in self.weeks.iter_mut().flat_map(|week| &mut week.days) {
            day.times = times(day.date).map(|count| match count {
                0 => Times::None,
                count => Times::Some(count.to_string()),
            });
        }
        self
    }

    /// Marks the dates from one to another.
    pub fn mark(&mut self, dates: Option<(NaiveDate, NaiveDate)>) {
        self.marked = dates;
    }

    fn is_marked(&self, date: NaiveDate) -> bool {
        self.marked.is_some_and(|(first, last)| first <= date && date <= last)
    }

    /// The first and the last date that can be seen.
    pub fn dates(&self) -> Option<(NaiveDate, NaiveDate)> {
        let mut days = self.weeks.iter().flat_map(|week| &week.days);
        Some((days.next()?.date, days.next_back()?.date))
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
    let (height, gap) = (month.counting.cell(), month.counting.gap());
    let letters = row(month.letters.iter().map(|letters| small(letters).into())).spacing(gap);
    let letters = row![Space::new().width(WEEK), letters.width(Length::Fill)].height(22);
    let weeks = month.weeks.iter().map(|week| {
        let number = text(&week.number).size(size::SMALL).style(theme::muted).width(WEEK).center();
        // On the same line as the numbers of its days.
        let count = (month.counting == Counting::Yes).then(|| Space::new().height(COUNT).into());
        let number = container(lines(number, Space::new().height(LINE), count)).center_y(height);
        let days = week.days.iter().map(|day| cell(month, day, chosen, today, on_asked));
        row![number, row(days).spacing(gap).width(Length::Fill)].into()
    });
    let days = column![letters, column(weeks).spacing(gap)];

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
    let (closed, times) = (day.closed.is_some(), day.times.as_ref());
    let font = if is_chosen || is_today { theme::SEMIBOLD } else { theme::REGULAR };
    let number = text(&day.number).size(size::SMALL).font(font);
    // A closed day is underlined: its paler number alone would not tell.
    let line = container(Space::new()).width(12).height(LINE).style(move |theme: &Theme| {
        let colors = theme::colors(theme);
        let color = if is_chosen { colors.on_accent } else { colors.warning };
        if closed { theme::filled(color) } else { container::Style::default() }
    });
    let count = (month.counting == Counting::Yes).then(|| count(times, is_chosen));
    let content = container(lines(number, line, count)).center(Length::Fill);
    let has_times = matches!(times, Some(Times::Some(_))) || month.is_marked(day.date);
    let over = month.counting == Counting::Yes && day.date < today;
    let paler = closed || over || matches!(times, Some(Times::None));
    let cell = button(content)
        .padding(0)
        .width(Length::Fill)
        .height(month.counting.cell())
        .on_press(on_asked(Asked::Day(day.date)))
        .style(move |theme, status| {
            let colors = theme::colors(theme);
            let base = theme::quiet(theme, status);
            let text_color = match (is_chosen, inside, paler) {
                (true, ..) => colors.on_accent,
                (_, false, _) => colors.asleep(),
                (_, _, true) => colors.muted,
                _ => colors.text,
            };
            let background = match (is_chosen, has_times, status) {
                (true, ..) => Some(colors.accent.into()),
                (false, true, button::Status::Active) => Some(theme::mix(colors.surface, colors.accent, 0.1).into()),
                _ => base.background,
            };
            let width = if is_today { 1.0 } else { 0.0 };
            let border = Border { color: colors.accent, width, radius: border::radius(theme::RADIUS) };
            button::Style { text_color, background, border, ..base }
        });
    match &day.closed {
        Some(reason) => hinted(cell, reason.as_str()),
        None => cell.into(),
    }
}

/// A number with what stands under it.
fn lines<'a, Message: 'a>(
    number: text::Text<'a>,
    line: impl Into<Element<'a, Message>>,
    count: Option<Element<'a, Message>>,
) -> Element<'a, Message> {
    column![Space::new().height(LINE), number, line.into(), count].align_x(Alignment::Center).into()
}

/// The number under a day; its room stays where there is none.
fn count<'a, Message: 'a>(times: Option<&'a Times>, is_chosen: bool) -> Element<'a, Message> {
    let (words, font, has_times) = match times {
        Some(Times::Some(count)) => (count.as_str(), theme::SEMIBOLD, true),
        Some(Times::None) => ("0", theme::REGULAR, false),
        None => ("", theme::REGULAR, false),
    };
    let style = move |theme: &Theme| {
        let colors = theme::colors(theme);
        let color = match (is_chosen, has_times) {
            (true, _) => colors.on_accent,
            (false, true) => colors.accent,
            (false, false) => colors.asleep(),
        };
        text::Style { color: Some(color) }
    };
    text(words).size(size::SMALL - 1.0).line_height(iced::Pixels(COUNT)).height(COUNT).font(font).style(style).into()
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
    fn each_day_in_view_is_counted_where_that_is_known() {
        let texts = Texts::new(Language::Danish);
        let november = Month::new(day(2026, 11, 23), &texts, |_| None);
        assert_eq!(november.dates(), Some((day(2026, 10, 26), day(2026, 12, 6))));
        assert!(november.weeks.iter().flat_map(|week| &week.days).all(|day| day.times.is_none()));
        let counted = november.counted(|date| (date >= day(2026, 11, 23)).then(|| date.day() as usize % 10));
        let times: Vec<&Option<Times>> = counted.weeks[4].days.iter().map(|day| &day.times).collect();
        let some = |count: &str| Some(Times::Some(count.to_owned()));
        assert_eq!(times[..2], [&some("3"), &some("4")]);
        assert_eq!(counted.weeks[5].days[0].times, Some(Times::None), "the 30th");
        assert_eq!(counted.weeks[3].days[6].times, None, "the 22nd is not known");
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
