//! What patients just did, in one line over the lower edge of the book. It pushes nothing aside, takes no
//! focus, and goes away by itself.

use aftalebog_booking::Id;
use aftalebog_booking::record::Patient;
use aftalebog_texts::fl;
use iced::widget::text::Wrapping;
use iced::widget::{container, row, text};
use iced::{Center, Element};
use lucide_icons::Icon;
use uuid::Uuid;

use super::Message;
use super::news::{News, summed_up};
use crate::screen::settings::Situation;
use crate::ui::form::{icon, push, push_icon};
use crate::ui::theme::{self, space as gap};

#[derive(Debug, Default)]
pub struct Notice {
    news: Vec<Uuid>,
    /// The patients who created themselves.
    registered: Vec<Id<Patient>>,
    words: String,
}

/// What «Vis» leads to.
pub enum Only {
    News(Uuid),
    /// The first of those who created themselves.
    Registered(Id<Patient>),
    Several,
}

impl Notice {
    /// What comes while it is shown is summed up with it.
    pub fn add(&mut self, news: Vec<Uuid>, registered: Vec<Id<Patient>>) {
        self.news.retain(|id| !news.contains(id));
        self.news.extend(news);
        self.registered.extend(registered);
    }

    pub fn only(&self) -> Only {
        match (self.news.as_slice(), self.registered.as_slice()) {
            ([one], []) => Only::News(*one),
            ([], [first, ..]) => Only::Registered(*first),
            _ => Only::Several,
        }
    }

    /// Says it again, of what nobody has looked at; `false`: there is nothing left.
    pub fn say(&mut self, fresh: &[&News], situation: &Situation<'_>) -> bool {
        self.news.retain(|id| fresh.iter().any(|news| news.id().uuid() == *id));
        let told: Vec<&News> = fresh.iter().copied().filter(|news| self.news.contains(&news.id().uuid())).collect();
        match summed_up(&told, self.registered.len(), situation) {
            Some(words) => {
                self.words = words;
                true
            }
            None => false,
        }
    }

    pub fn view<'a>(&'a self, situation: &Situation<'a>) -> Element<'a, Message> {
        let texts = situation.texts;
        let line = row![
            icon(Icon::CalendarHeart).style(theme::muted),
            text(&self.words).wrapping(Wrapping::Word),
            push("news-show", fl!(texts, "news-show"), Some(Message::NoticeShown)),
            push_icon("news-close", Icon::X, fl!(texts, "told-close"), Some(Message::NoticeClosed)),
        ];
        let line = line.spacing(gap::M).align_y(Center);
        container(line).padding([gap::S, gap::M]).max_width(760).style(theme::raised).into()
    }
}
