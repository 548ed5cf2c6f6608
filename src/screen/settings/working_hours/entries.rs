//! The entries of one practitioner's hours, as the list under the picture says them.

use aftalebog_booking::Id;
use aftalebog_booking::record::{Entry, Practitioner, WorkingHours};
use aftalebog_booking::week_plan::has_ended;
use aftalebog_texts::{Texts, fl};
use chrono::NaiveDate;
use iced::widget::{container, row, text};
use iced::{Center, Element, Fill};

use crate::screen::settings::Situation;
use crate::ui::rows::{self, Rows};
use crate::ui::theme::{self, size, space as gap};

pub struct Entries {
    pub rows: Rows<Id<WorkingHours>>,
    faces: Vec<Face>,
    /// Whether those that have ended are seen too.
    pub shows_ended: bool,
    pub any_ended: bool,
}

/// One entry, said.
struct Face {
    day: String,
    weeks: String,
    intervals: String,
    validity: String,
    /// It holds at the date whose week is drawn.
    holds: bool,
}

impl Entries {
    pub fn new() -> Self {
        Self { rows: Rows::new("hours"), faces: Vec::new(), shows_ended: false, any_ended: false }
    }

    /// By weekday, then in the order in which they hold. `at`: the date whose week is drawn.
    pub fn refresh(&mut self, of: Option<Id<Practitioner>>, at: NaiveDate, situation: &Situation<'_>) {
        let Situation { setup, today, .. } = *situation;
        let own = |entry: &&Entry<WorkingHours>| Some(entry.value.practitioner) == of;
        let mut entries: Vec<&Entry<WorkingHours>> = setup.working_hours.iter().filter(own).collect();
        self.any_ended = entries.iter().any(|entry| has_ended(&entry.value, today));
        entries.retain(|entry| self.shows_ended || !has_ended(&entry.value, today));
        entries.sort_by_key(|entry| {
            let WorkingHours { weekday, valid_from, ref intervals, .. } = entry.value;
            let begins = intervals.iter().map(|interval| interval.from()).min();
            (u8::from(weekday), valid_from, entry.value.valid_to, begins, entry.id)
        });
        self.rows.set(entries.iter().map(|entry| entry.id).collect());
        self.faces = entries.into_iter().map(|entry| Face::of(&entry.value, at, situation)).collect();
    }

    pub fn view<'a>(&'a self, invitation: String) -> Element<'a, rows::Message> {
        self.rows.view(self.faces.iter().map(Face::view), invitation)
    }
}

impl Face {
    fn of(hours: &WorkingHours, at: NaiveDate, situation: &Situation<'_>) -> Self {
        let Situation { texts, today, .. } = *situation;
        let begun = hours.valid_from.is_none_or(|from| from <= at);
        Self {
            day: texts.weekday_heading(hours.weekday),
            weeks: texts.weeks(hours.weeks),
            intervals: texts.intervals(&hours.intervals),
            validity: texts.validity(today, hours.valid_from, hours.valid_to),
            holds: begun && !has_ended(hours, at),
        }
    }

    fn view<'a>(&'a self) -> Element<'a, rows::Message> {
        let style: fn(&iced::Theme) -> text::Style = if self.holds { theme::plain } else { theme::muted };
        let words = |words: &'a str| text(words).style(style).wrapping(text::Wrapping::None);
        let small = |words: &'a str| text(words).size(size::SMALL).style(theme::muted).wrapping(text::Wrapping::None);
        let day = words(&self.day).font(theme::SEMIBOLD);
        row![
            day.width(88),
            small(&self.weeks).width(76),
            container(words(&self.intervals)).width(Fill).clip(true),
            small(&self.validity),
        ]
        .spacing(gap::S)
        .align_y(Center)
        .into()
    }
}

/// «Mandag · hver uge · 8.00–12.00, 12.30–16.00».
pub fn in_words(hours: &WorkingHours, texts: &Texts) -> String {
    let (day, weeks) = (texts.weekday_heading(hours.weekday), texts.weeks(hours.weeks));
    fl!(texts, "hours-in-words", day = day, weeks = weeks, times = texts.intervals(&hours.intervals))
}
