//! What patients just did, and what has come to stand on something else, in one line over the lower edge of the
//! book. It goes away by itself.

use aftalebog_booking::Id;
use aftalebog_booking::record::Patient;
use aftalebog_local::Booked;
use aftalebog_texts::fl;
use iced::widget::text::Wrapping;
use iced::widget::{row, text};
use iced::{Element, Fill, Shrink};
use lucide_icons::Icon;
use uuid::Uuid;

use super::Message;
use super::news::{News, summed_up};
use crate::screen::appointments::placement_of;
use crate::screen::settings::Situation;
use crate::ui::form::{icon, push, push_icon, slip};
use crate::ui::theme;

#[derive(Debug, Default)]
pub struct Notice {
    news: Vec<Uuid>,
    /// The patients who created themselves.
    registered: Vec<Id<Patient>>,
    /// Appointments that have come to stand on others: of each double booking one.
    clashes: Vec<Uuid>,
    words: String,
}

/// What «Vis» leads to.
pub enum Only {
    News(Uuid),
    Clash(Uuid),
    /// The first of those who created themselves.
    Registered(Id<Patient>),
    Several,
}

impl Notice {
    /// What comes while it is shown is summed up with it.
    pub fn add(&mut self, news: Vec<Uuid>, registered: Vec<Id<Patient>>, clashes: Vec<Uuid>) {
        self.news.retain(|id| !news.contains(id));
        self.news.extend(news);
        self.registered.extend(registered);
        self.clashes.retain(|id| !clashes.contains(id));
        self.clashes.extend(clashes);
    }

    pub fn only(&self) -> Only {
        match (self.news.as_slice(), self.registered.as_slice(), self.clashes.as_slice()) {
            ([one], [], []) => Only::News(*one),
            ([], [], [one]) => Only::Clash(*one),
            ([], [first, ..], []) => Only::Registered(*first),
            _ => Only::Several,
        }
    }

    /// Says it again, of what nobody has looked at and nobody has decided; `false`: there is nothing left.
    pub fn say(&mut self, fresh: &[&News], clashes: &[Booked], situation: &Situation<'_>) -> bool {
        self.news.retain(|id| fresh.iter().any(|news| news.id().uuid() == *id));
        let told: Vec<&News> = fresh.iter().copied().filter(|news| self.news.contains(&news.id().uuid())).collect();
        let standing = clashes.iter().filter(|clash| self.clashes.contains(&clash.entry.id.uuid())).collect::<Vec<_>>();
        self.clashes.retain(|id| standing.iter().any(|clash| clash.entry.id.uuid() == *id));
        let words = [clashes_summed_up(&standing, situation), summed_up(&told, self.registered.len(), situation)];
        self.words = words.into_iter().flatten().collect::<Vec<_>>().join(" · ");
        !self.words.is_empty()
    }

    pub fn view<'a>(&'a self, situation: &Situation<'a>) -> Element<'a, Message> {
        let texts = situation.texts;
        // Long words leave the buttons their room.
        let (sign, width) = match self.clashes.is_empty() {
            true => (icon(Icon::CalendarHeart).style(theme::muted), Shrink),
            false => (icon(Icon::TriangleAlert).style(theme::bad), Fill),
        };
        let line = row![
            sign,
            text(&self.words).wrapping(Wrapping::Word).width(width),
            push("news-show", fl!(texts, "news-show"), Some(Message::NoticeShown)),
            push_icon("news-close", Icon::X, fl!(texts, "told-close"), Some(Message::NoticeClosed)),
        ];
        slip(line)
    }
}

/// One as it is, several as a number.
fn clashes_summed_up(clashes: &[&Booked], situation: &Situation<'_>) -> Option<String> {
    let Situation { texts, setup, today, .. } = *situation;
    match clashes {
        [] => None,
        [one] => {
            let value = &one.entry.value;
            let what = texts.appointment(setup, value, one.patient.as_ref());
            let place = texts.placement(setup, placement_of(value), today);
            Some(fl!(texts, "notice-clash", what = what, place = place))
        }
        several => Some(fl!(texts, "notice-clashes", count = several.len())),
    }
}
