//! The picture of a week: a row for each weekday on one axis of time.

use aftalebog_booking::record::{WeekdayNumber, Weeks};
use aftalebog_booking::time::Interval;
use aftalebog_booking::week_plan::{Parity, WEEKDAYS, WeekPlan, minutes};
use aftalebog_texts::{Texts, fl};
use iced::widget::{column, container, row, space, stack, text};
use iced::{Center, Element, Fill, FillPortion};

use crate::ui::theme::{self, size, space as gap};

/// What an ordinary day needs, in hours; the axis is longer where the hours are.
const USUAL: (u16, u16) = (8, 16);
/// How wide the bars' part is about, in px: words that need more are left out.
const ABOUT: u16 = 480;
/// What «12.30–16.00» needs, in px.
const WORDS: u16 = 76;
const ROW: f32 = 26.0;
const BAR: f32 = 20.0;
const DAY: f32 = 88.0;
const WEEKS: f32 = 84.0;
const SUM: f32 = 96.0;

/// A week as it is drawn.
#[derive(Debug, Default)]
pub struct Picture {
    /// The whole hours at both ends of the axis.
    from: u16,
    to: u16,
    rows: Vec<Row>,
    /// Some weekday is another in even weeks than in odd ones.
    alternates: bool,
    /// «37 t 30 min. om ugen».
    pub sum: String,
}

#[derive(Debug)]
struct Row {
    day: String,
    weeks: String,
    parts: Vec<Part>,
    sum: String,
}

/// A stretch of the axis, in minutes.
#[derive(Debug)]
enum Part {
    Off(u16),
    Worked(u16, Option<String>),
}

impl Picture {
    /// Saturday and Sunday are seen where there is work on one of them.
    pub fn of(plan: &WeekPlan, texts: &Texts) -> Self {
        let span = plan.span();
        let from = span.map_or(USUAL.0, |span| span.from().hour().min(USUAL.0));
        let to = span.map_or(USUAL.1, |span| span.to().minutes().div_ceil(60).max(USUAL.1));
        let alternates = WEEKDAYS.iter().any(|weekday| !plan.is_same_each_week(*weekday));
        let mut picture = Self { from, to, rows: Vec::new(), alternates, sum: sum(plan, texts) };
        let works = |weekday: &WeekdayNumber| Parity::BOTH.iter().any(|parity| !plan.day(*parity, *weekday).is_empty());
        let weekend = WEEKDAYS[5..].iter().any(works);
        for weekday in WEEKDAYS.iter().copied().take(if weekend { 7 } else { 5 }) {
            let day = texts.weekday_heading(weekday);
            if plan.is_same_each_week(weekday) {
                picture.add(day, String::new(), plan.day(Parity::Even, weekday), texts);
            } else {
                picture.add(day, texts.weeks(Weeks::Even), plan.day(Parity::Even, weekday), texts);
                picture.add(String::new(), texts.weeks(Weeks::Odd), plan.day(Parity::Odd, weekday), texts);
            }
        }
        picture
    }

    fn add(&mut self, day: String, weeks: String, intervals: &[Interval], texts: &Texts) {
        let mut parts = Vec::new();
        let mut at = self.from * 60;
        for interval in intervals {
            let (from, to) = (interval.from().minutes(), interval.to().minutes());
            parts.push(Part::Off(from - at));
            let room = u32::from(to - from) * u32::from(ABOUT) / u32::from((self.to - self.from) * 60);
            parts.push(Part::Worked(to - from, (room >= WORDS.into()).then(|| texts.interval(*interval))));
            at = to;
        }
        parts.push(Part::Off(self.to * 60 - at));
        let sum = if intervals.is_empty() { fl!(texts, "hours-off") } else { texts.duration(minutes(intervals)) };
        self.rows.push(Row { day, weeks, parts, sum });
    }

    pub fn view<'a, M: 'a>(&'a self) -> Element<'a, M> {
        let rows = self.rows.iter().map(|row| self.row(row));
        column(std::iter::once(self.axis()).chain(rows)).into()
    }

    /// Room for the weekday and, where weeks alternate, for which weeks are meant.
    fn labels<'a, M: 'a>(&self, day: &'a str, weeks: &'a str) -> Element<'a, M> {
        let weeks = text(weeks).size(size::SMALL).style(theme::muted).wrapping(text::Wrapping::None);
        let weeks = self.alternates.then(|| container(weeks).width(WEEKS));
        row![text(day).width(DAY).wrapping(text::Wrapping::None)].push(weeks).align_y(Center).into()
    }

    /// The hours, each above its line.
    fn axis<'a, M: 'a>(&self) -> Element<'a, M> {
        let hours = (self.from..self.to).map(|hour| {
            let hour = text(hour).size(size::SMALL).style(theme::muted).wrapping(text::Wrapping::None);
            container(hour).width(FillPortion(60)).clip(true).into()
        });
        row![self.labels("", ""), row(hours).width(Fill), space().width(SUM)].spacing(gap::S).height(18).into()
    }

    fn row<'a, M: 'a>(&'a self, shown: &'a Row) -> Element<'a, M> {
        let hours = (self.from..self.to).map(|_| {
            let line = container(space().width(1)).height(Fill).style(theme::divider);
            container(line).width(FillPortion(60)).height(Fill).into()
        });
        let bars = row(shown.parts.iter().filter_map(Part::view)).height(BAR);
        let bars = stack![row(hours).width(Fill).height(ROW), container(bars).center_y(ROW)].width(Fill);
        let sum = text(&shown.sum).size(size::SMALL).style(theme::muted).wrapping(text::Wrapping::None);
        row![self.labels(&shown.day, &shown.weeks), bars, container(sum).width(SUM).align_right(SUM)]
            .spacing(gap::S)
            .height(ROW)
            .align_y(Center)
            .into()
    }
}

impl Part {
    fn view<'a, M: 'a>(&'a self) -> Option<Element<'a, M>> {
        match self {
            // A portion of nothing would take a share all the same.
            Self::Off(0) => None,
            Self::Off(minutes) => Some(space().width(FillPortion(*minutes)).into()),
            Self::Worked(minutes, words) => {
                let words = words.as_ref().map(|words| text(words).size(size::SMALL).wrapping(text::Wrapping::None));
                let bar = container(row![].push(words)).center(Fill).clip(true).style(theme::worked);
                Some(container(bar).width(FillPortion(*minutes)).height(Fill).into())
            }
        }
    }
}

/// «37 t 30 min. om ugen», or what even and odd weeks come to.
pub fn sum(plan: &WeekPlan, texts: &Texts) -> String {
    let [even, odd] = Parity::BOTH.map(|parity| plan.minutes(parity));
    match even == odd {
        true => fl!(texts, "hours-a-week", sum = texts.duration(even)),
        false => fl!(texts, "hours-even-and-odd", even = texts.duration(even), odd = texts.duration(odd)),
    }
}
