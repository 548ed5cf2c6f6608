//! «Aftalebehov»: the open needs, prepared to be listed, and what the keys do to the chosen one.

use std::ops::Range;

use aftalebog_booking::Id;
use aftalebog_booking::record::Need;
use aftalebog_booking::time::Week;
use aftalebog_local::OpenNeed;
use aftalebog_texts::fl;
use chrono::NaiveDate;
use iced::keyboard::{Key, Modifiers, key::Named};
use iced::widget::operation::{self, AbsoluteOffset};

use super::{Action, AppointmentBook, Asked, Desk, view};
use crate::screen::settings::Editing;
use crate::ui::theme::{size, space};
use crate::ui::timetable::By;
use crate::ui::words::{Face, Widths};

/// The height of a line of the list.
pub const LINE: f32 = 44.0;
/// More lines than the highest window shows.
const AT_ONCE: usize = 48;

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    pub id: Id<Need>,
    pub code: String,
    pub patient: String,
    /// «uge 49/2026 · LB · 45 min.»
    pub details: String,
    pub due: Due,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Due {
    InTime,
    /// The recall week lies before this one.
    Overdue,
}

/// What a key on the list does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Command {
    /// So many lines on, or back.
    Go(isize),
    First,
    Last,
    Place,
    New,
    Edit,
    Delete,
}

pub fn command(key: &Key, modifiers: Modifiers) -> Option<Command> {
    match (key.as_ref(), modifiers) {
        (Key::Character("x" | "X"), Modifiers::CTRL) => Some(Command::Place),
        _ if !modifiers.is_empty() => None,
        (Key::Named(Named::ArrowUp), _) => Some(Command::Go(-1)),
        (Key::Named(Named::ArrowDown), _) => Some(Command::Go(1)),
        (Key::Named(Named::PageUp), _) => Some(Command::Go(-8)),
        (Key::Named(Named::PageDown), _) => Some(Command::Go(8)),
        (Key::Named(Named::Home), _) => Some(Command::First),
        (Key::Named(Named::End), _) => Some(Command::Last),
        (Key::Named(Named::Enter), _) => Some(Command::Place),
        (Key::Named(Named::Insert), _) => Some(Command::New),
        (Key::Named(Named::F2), _) => Some(Command::Edit),
        (Key::Named(Named::Delete), _) => Some(Command::Delete),
        _ => None,
    }
}

impl AppointmentBook {
    pub(super) fn need_commanded(&mut self, command: Command, desk: Desk<'_>) -> Action {
        let needs = self.needs.rows();
        let last = needs.len().saturating_sub(1);
        let place = self.chosen_need.and_then(|id| needs.iter().position(|need| need.entry.id == id));
        let changes = desk.editing == Editing::Allowed;
        let to = match (command, self.chosen_need) {
            // The first arrow only shows where the keyboard is.
            (Command::Go(by), _) => place.map_or(0, |place| place.saturating_add_signed(by).min(last)),
            (Command::First, _) => 0,
            (Command::Last, _) => last,
            (Command::New, _) if changes => return Action::Asked(Asked::NewNeed(None)),
            (Command::Place, Some(need)) => return self.take_up_need(need, By::Keys, desk),
            (Command::Edit, Some(need)) => return Action::Asked(Asked::EditNeed(need)),
            (Command::Delete, Some(need)) if changes => return Action::Asked(Asked::DeleteNeed(need)),
            _ => return Action::None,
        };
        self.chosen_need = needs.get(to).map(|need| need.entry.id);
        let scroll = |y| operation::scroll_to(view::NEEDS, AbsoluteOffset { x: 0.0, y });
        self.needs_sight.revealing(to).map_or(Action::None, |y| Action::Run(scroll(y)))
    }
}

/// How far the list is scrolled, and how high it is, in px.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Sight {
    pub offset: f32,
    pub height: f32,
}

impl Default for Sight {
    /// Before the list has told, it is taken for a low one.
    fn default() -> Self {
        Self { offset: 0.0, height: 4.0 * LINE }
    }
}

impl Sight {
    /// Where to scroll to show a line; nowhere, if it is in sight.
    fn revealing(self, line: usize) -> Option<f32> {
        let top = line as f32 * LINE;
        match (top < self.offset, top + LINE > self.offset + self.height) {
            (true, _) => Some(top),
            (false, true) => Some(top + LINE - self.height),
            (false, false) => None,
        }
    }
}

/// Those of the list that are in sight; the others are only room, however many they are.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Lines {
    pub all: usize,
    pub first: usize,
    pub seen: Vec<Line>,
}

impl Lines {
    /// Of needs in the order of the file: the earliest recall week first, of one week by patient.
    pub fn new(desk: Desk<'_>, today: NaiveDate, needs: &[OpenNeed], sight: Sight, widths: &Widths) -> Self {
        let Desk { setup, texts, .. } = desk;
        let this_week = Week::of(today);
        let minutes = fl!(texts, "book-minutes");
        let small = |words: &str| widths.of(words, Face::Regular, size::SMALL);
        let overdue_room = view::NEED - small(&fl!(texts, "book-need-overdue")) - size::SMALL - space::XS - space::S;
        let line = |need: &OpenNeed| {
            let value = &need.entry.value;
            let code = setup.appointment_type(value.appointment_type).map(|it| it.code.to_string());
            let initials = setup.practitioner(value.practitioner).map(|it| it.initials.to_string());
            let recall = value.recall;
            let week = fl!(texts, "book-need-week", week = recall.week().to_string(), year = recall.year().to_string());
            let details = format!("{week} · {} · {} {minutes}", initials.unwrap_or_default(), value.minutes);
            let (due, room) = if recall < this_week { (Due::Overdue, overdue_room) } else { (Due::InTime, view::NEED) };
            Line {
                id: need.entry.id,
                code: code.unwrap_or_default(),
                patient: need.patient.to_string(),
                details: widths.fit(&details, Face::Regular, size::SMALL, room).into_owned(),
                due,
            }
        };
        let range = in_sight(needs.len(), sight.offset);
        Self { all: needs.len(), first: range.start, seen: needs[range].iter().map(line).collect() }
    }
}

/// The lines that are built when the list is scrolled to `offset`.
fn in_sight(lines: usize, offset: f32) -> Range<usize> {
    let first = ((offset / LINE) as usize).saturating_sub(4).min(lines.saturating_sub(AT_ONCE));
    first..lines.min(first + AT_ONCE)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_list_scrolls_only_to_what_is_out_of_sight() {
        let sight = Sight { offset: 2.0 * LINE, height: 5.0 * LINE };
        assert_eq!(sight.revealing(2), None);
        assert_eq!(sight.revealing(6), None);
        assert_eq!(sight.revealing(7), Some(3.0 * LINE));
        assert_eq!(sight.revealing(1), Some(LINE));
    }

    #[test]
    fn only_the_lines_in_sight_are_built() {
        assert_eq!(in_sight(0, 0.0), 0..0);
        assert_eq!(in_sight(10, 0.0), 0..10);
        assert_eq!(in_sight(3000, 0.0), 0..48);
        assert_eq!(in_sight(3000, 100.0 * LINE), 96..144);
        assert_eq!(in_sight(3000, 2999.0 * LINE), 2952..3000);
    }
}
