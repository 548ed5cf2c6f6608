//! Which dates the book shows: from day to day, by the calendar, a day or a week at a time.

use chrono::{Datelike as _, NaiveDate};

use super::month;
use super::{Action, AppointmentBook, Dates, Desk, Heading, Read, SeenAs, Stretch};
use crate::ui::month_calendar::Month;
use crate::ui::timetable::{Chosen, Spot, Turn, Whose};

impl AppointmentBook {
    pub(super) fn day_turned(&mut self, turn: Turn, desk: Desk<'_>) -> Action {
        let day = match turn {
            Turn::Back => self.stretch().turned(self.day, false),
            Turn::Forward => self.stretch().turned(self.day, true),
            Turn::Today => Some(self.clock.today),
        };
        day.map_or(Action::None, |day| self.choose(day, desk))
    }

    pub(super) fn choose(&mut self, day: NaiveDate, desk: Desk<'_>) -> Action {
        let before = self.dates();
        self.day = day;
        if self.shown.month.shows(day) {
            self.mark_dates();
        } else {
            self.shown.month = self.month(desk, day);
        }
        self.turn_patient(desk);
        if self.dates() == before { Action::None } else { Action::Load(self.turned(desk)) }
    }

    /// Other dates are shown, which are still to be loaded.
    pub(super) fn turned(&mut self, desk: Desk<'_>) -> Dates {
        self.booked = Read::Waiting;
        self.chosen = None;
        self.shown.heading = Heading::new(desk.texts, self.day, self.stretch());
        self.prepare_sheet(desk);
        self.prepare_bar(desk);
        self.dates()
    }

    pub(super) fn stretch_chosen(&mut self, stretch: Stretch, desk: Desk<'_>) -> Action {
        let before = self.stretch();
        if stretch == Stretch::Week && matches!(self.seen_as, SeenAs::Patient(_)) {
            // A patient is shown no week.
            let _shown_below = self.view_as_patient_pressed(desk);
        }
        self.seen.stretch = stretch;
        if before == stretch {
            return Action::None;
        }
        let spot = self.chosen.map(Chosen::spot);
        self.mark_dates();
        let load = Some(self.turned(desk));
        // The keyboard stays at its time, where that is still shown.
        self.chosen = spot.filter(|spot| self.shown.sheet.place_of(spot.column).is_some()).map(Chosen::time);
        Action::Remember { seen: self.seen.clone(), load }
    }

    /// By a key: the keyboard goes along to the same time of the other day.
    pub(super) fn turned_by_key(&mut self, turn: Turn, desk: Desk<'_>) -> Action {
        let (before, spot) = (self.day, self.chosen.map(Chosen::spot));
        let action = self.day_turned(turn, desk);
        let by = self.day - before;
        self.chosen = spot.and_then(|spot| {
            let column = Whose { date: spot.column.date + by, ..spot.column };
            let _stands = self.shown.sheet.place_of(column)?;
            Some(Chosen::time(Spot { column, minute: spot.minute }))
        });
        action
    }

    /// The heading of a day of the week leads to it.
    pub(super) fn day_pressed(&mut self, day: NaiveDate, desk: Desk<'_>) -> Action {
        self.day = day;
        self.stretch_chosen(Stretch::Day, desk)
    }

    /// A patient's times are told of the days of one month: the chosen one goes along.
    pub(super) fn month_turned(&mut self, month_of: NaiveDate, desk: Desk<'_>) -> Action {
        match &self.seen_as {
            SeenAs::Patient(_) => self.choose(same_day_of(month_of, self.day), desk),
            SeenAs::Clinic { .. } => {
                self.shown.month = self.month(desk, month_of);
                Action::None
            }
        }
    }

    /// The month of a day with the dates that are shown.
    pub(super) fn month(&self, desk: Desk<'_>, day: NaiveDate) -> Month {
        let mut month = month(desk, day);
        month.mark(self.marked());
        month
    }

    pub(super) fn mark_dates(&mut self) {
        let marked = self.marked();
        self.shown.month.mark(marked);
    }

    /// One day is marked by being the chosen one.
    pub(super) fn marked(&self) -> Option<(NaiveDate, NaiveDate)> {
        let Dates { first, last } = self.dates();
        (first < last).then_some((first, last))
    }
}

/// In another month, the day with the same number, or its last one.
fn same_day_of(month_of: NaiveDate, day: NaiveDate) -> NaiveDate {
    (28..=day.day()).rev().chain([day.day().min(28)]).find_map(|number| month_of.with_day(number)).unwrap_or(month_of)
}
