//! The public holidays of this year and the next, and the ordinary days on which many close.

use aftalebog_booking::agenda::{clinic_closure, public_holiday};
use aftalebog_booking::holiday::{OftenClosed, holidays_of};
use aftalebog_texts::fl;
use chrono::{Datelike, NaiveDate};
use iced::widget::{container, row, text};
use iced::{Center, Element, Fill};

use super::Message;
use crate::screen::settings::{Editing, Situation};
use crate::ui::form::push;
use crate::ui::rows::Rows;
use crate::ui::theme::{self, size, space as gap};

pub struct Holidays {
    pub rows: Rows<NaiveDate>,
    days: Vec<Day>,
}

/// A day as the list says it.
struct Day {
    date: NaiveDate,
    words: String,
    name: String,
    standing: Standing,
    /// «lukket», «åben».
    state: String,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Standing {
    Closed,
    /// A public holiday on which the clinic is open.
    Open,
    /// An ordinary day that can be closed.
    Ordinary,
}

impl Holidays {
    pub fn new() -> Self {
        Self { rows: Rows::new("days-holidays"), days: Vec::new() }
    }

    /// From today on: what has been needs no decision.
    pub fn refresh(&mut self, situation: &Situation<'_>) {
        let Situation { texts, setup, today, .. } = *situation;
        let years = [today.year(), today.year() + 1];
        let holidays = years.into_iter().flat_map(holidays_of).map(|(date, holiday)| {
            let closed = public_holiday(setup, date).or_else(|| clinic_closure(setup, date)).is_some();
            let standing = if closed { Standing::Closed } else { Standing::Open };
            (date, texts.holiday(holiday), standing)
        });
        let often = years.into_iter().flat_map(|year| OftenClosed::ALL.map(|day| (day, year)));
        let often = often.filter_map(|(day, year)| {
            let date = day.date(year)?;
            let closed = clinic_closure(setup, date).is_some();
            let standing = if closed { Standing::Closed } else { Standing::Ordinary };
            Some((date, texts.often_closed(day), standing))
        });
        let mut days: Vec<Day> = holidays
            .chain(often)
            .filter(|(date, ..)| *date >= today)
            .map(|(date, name, standing)| Day {
                date,
                words: texts.date_span(today, date, date),
                name,
                standing,
                state: match standing {
                    Standing::Closed => fl!(texts, "days-closed"),
                    Standing::Open => fl!(texts, "days-open"),
                    Standing::Ordinary => fl!(texts, "days-ordinary"),
                },
            })
            .collect();
        // Whit Sunday can be the fifth of June: then it is named once, as the holiday it is.
        days.sort_by_key(|day| (day.date, day.standing == Standing::Ordinary));
        days.dedup_by_key(|day| day.date);
        self.rows.set(days.iter().map(|day| day.date).collect());
        self.days = days;
    }

    /// What a day is called; nothing where it is not among them.
    pub fn name_of(&self, date: NaiveDate) -> Option<&str> {
        self.days.iter().find(|day| day.date == date).map(|day| day.name.as_str())
    }

    /// The chosen one, if it is an ordinary day that can be closed.
    pub fn chosen_to_close(&self) -> Option<NaiveDate> {
        let day = self.days.get(self.rows.chosen_index()?)?;
        (day.standing == Standing::Ordinary).then_some(day.date)
    }

    pub fn view<'a>(&'a self, situation: &Situation<'a>) -> Element<'a, Message> {
        let texts = situation.texts;
        let writable = situation.editing == Editing::Allowed;
        let close = fl!(texts, "days-close");
        let faces = self.days.iter().map(|day| day.view(&close, writable));
        self.rows.view_of(faces, String::new(), Message::Holidays)
    }
}

impl Day {
    fn view<'a>(&'a self, close: &str, writable: bool) -> Element<'a, Message> {
        let state: Element<'a, Message> = match self.standing {
            Standing::Ordinary => {
                let id = format!("days-close-{}", self.date);
                push(id, close.to_owned(), writable.then_some(Message::ClosePressed(self.date)))
                    .style(theme::quiet)
                    .hint(self.state.clone())
                    .into()
            }
            Standing::Closed => text(&self.state).size(size::SMALL).font(theme::SEMIBOLD).into(),
            Standing::Open => text(&self.state).size(size::SMALL).style(theme::muted).into(),
        };
        let words = |words: &'a str| text(words).wrapping(text::Wrapping::None);
        row![
            words(&self.words).size(size::SMALL).style(theme::muted).width(114),
            container(words(&self.name)).width(Fill).clip(true),
            state,
        ]
        .spacing(gap::S)
        .align_y(Center)
        .into()
    }
}
