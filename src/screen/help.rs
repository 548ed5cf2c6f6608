//! «Hjælp»: the topics at the left, what one of them says at the right. It lies above everything, and whatever lies
//! below stays as it was.

use aftalebog_texts::guide::{Chapter, Guide, Page, Part, Topic};
use aftalebog_texts::{Texts, fl};
use iced::keyboard::{Key, Modifiers, key::Named};
use iced::widget::{Id, button, column, container, operation, row, scrollable, space, text};
use iced::{Element, Fill, Padding, Task};
use lucide_icons::Icon;

use crate::ui::dialog::dialog;
use crate::ui::focus;
use crate::ui::form::{divider, field, heading, push};
use crate::ui::keys::keys;
use crate::ui::theme::{self, Standing, size, space as gap};

/// In px: the dialog, the list of the topics, and what one turn of the page scrolls.
const WIDTH: f32 = 960.0;
const LIST: f32 = 296.0;
const TURN: f32 = 240.0;
/// The number of a step, or the dot of a point.
const MARK: f32 = 20.0;

const SEARCH: &str = "help-search";
const TEXT: &str = "help-text";

pub struct Help {
    guide: Guide,
    typed: String,
    /// In the order of the list.
    found: Vec<Topic>,
    shown: Topic,
}

#[derive(Clone, Debug)]
pub enum Message {
    Typed(String),
    TopicPressed(Topic),
    Stepped(Step),
    TextTurned(Step),
    AboutPressed,
    ClosePressed,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step {
    Back,
    Forward,
}

pub enum Action {
    None,
    Run(Task<Message>),
    OpenAbout,
    Close,
}

impl Help {
    /// Opened at a topic, and what brings it into view.
    pub fn new(topic: Topic, texts: &Texts) -> (Self, Task<Message>) {
        let guide = Guide::new(texts.language());
        let mut help = Self { guide, typed: String::new(), found: Vec::new(), shown: topic };
        help.search();
        (help, reveal(topic))
    }

    /// Leads to another topic, in the list of all of them.
    pub fn show(&mut self, topic: Topic) -> Task<Message> {
        if !self.found.contains(&topic) {
            self.typed.clear();
            self.search();
        }
        self.shown = topic;
        Task::batch([reveal(topic), operation::snap_to(TEXT, scrollable::RelativeOffset::START)])
    }

    pub fn update(&mut self, message: Message) -> Action {
        match message {
            Message::Typed(typed) => {
                self.typed = typed;
                self.search();
                // What is shown is what was looked for.
                match self.found.first() {
                    Some(first) if !self.typed.trim().is_empty() => Action::Run(self.show(*first)),
                    Some(_) => Action::Run(reveal(self.shown)),
                    None => Action::None,
                }
            }
            Message::TopicPressed(topic) => Action::Run(self.show(topic)),
            Message::Stepped(step) => self.beside(step).map_or(Action::None, |topic| Action::Run(self.show(topic))),
            Message::TextTurned(step) => {
                let y = match step {
                    Step::Back => -TURN,
                    Step::Forward => TURN,
                };
                Action::Run(operation::scroll_by(TEXT, scrollable::AbsoluteOffset { x: 0.0, y }))
            }
            Message::AboutPressed => Action::OpenAbout,
            Message::ClosePressed => Action::Close,
        }
    }

    fn search(&mut self) {
        self.found = self.guide.found(&self.typed).iter().map(|page| page.topic).collect();
    }

    /// The topic before or after this one in the list.
    fn beside(&self, step: Step) -> Option<Topic> {
        let Some(at) = self.found.iter().position(|topic| *topic == self.shown) else {
            return self.found.first().copied();
        };
        let at = match step {
            Step::Back => at.checked_sub(1)?,
            Step::Forward => at + 1,
        };
        self.found.get(at).copied()
    }

    pub fn layer<'a>(&'a self, texts: &Texts) -> Element<'a, Message> {
        let list = column![self.search_field(texts), self.list(texts)].spacing(gap::M).width(LIST);
        let line = container(space().width(1)).height(Fill).style(theme::divider);
        let body = row![list, line, self.page(texts)].spacing(gap::L).height(Fill);
        let help = dialog(fl!(texts, "help-title"), WIDTH, body, Message::ClosePressed, fl!(texts, "close"))
            .fills()
            .explained_by(Topic::Help)
            .first(SEARCH)
            .button(push("help-about", fl!(texts, "about-title"), Some(Message::AboutPressed)))
            .button(push("help-close", fl!(texts, "close"), Some(Message::ClosePressed)).style(theme::primary))
            .layer();
        keys(help, key)
    }

    fn search_field<'a>(&'a self, texts: &Texts) -> Element<'a, Message> {
        field(SEARCH, &fl!(texts, "help-search"), &self.typed, Standing::Good, Some(Message::Typed)).into()
    }

    /// By chapter, or what was found.
    fn list<'a>(&'a self, texts: &Texts) -> Element<'a, Message> {
        let rows = if self.typed.trim().is_empty() {
            column(self.guide.chapters().iter().map(|chapter| self.chapter(chapter))).spacing(gap::M)
        } else if self.found.is_empty() {
            column![text(fl!(texts, "help-nothing", typed = self.typed.trim())).style(theme::muted)]
        } else {
            column(self.found.iter().filter_map(|topic| self.guide.page(*topic)).map(|page| self.row(page)))
        };
        // Beside the rows there is room for the bar.
        let rows = rows.width(Fill).padding(Padding::ZERO.right(gap::M));
        scrollable(rows).style(theme::scroll).height(Fill).into()
    }

    fn chapter<'a>(&self, chapter: &'a Chapter) -> Element<'a, Message> {
        let title = text(&chapter.title).size(size::SMALL).font(theme::SEMIBOLD).style(theme::muted);
        let title = container(title).padding([gap::XS, gap::S]);
        column![title].extend(chapter.pages.iter().map(|page| self.row(page))).into()
    }

    /// The arrows go through the rows from anywhere, so that Tab need not stop at each.
    fn row<'a>(&self, page: &'a Page) -> Element<'a, Message> {
        let is_shown = page.topic == self.shown;
        let style = if is_shown { theme::chosen } else { theme::quiet };
        let face = button(container(text(&page.title)).center_y(iced::Shrink).padding([gap::XS, 0.0]))
            .width(Fill)
            .padding(Padding::ZERO.horizontal(gap::S))
            .style(style)
            .on_press(Message::TopicPressed(page.topic));
        container(face).id(row_id(page.topic)).into()
    }

    fn page<'a>(&'a self, texts: &Texts) -> Element<'a, Message> {
        let Some(page) = self.guide.page(self.shown) else { return space().into() };
        let parts = column(page.parts.iter().map(part)).spacing(gap::S);
        let leads = page.leads_to.iter().filter_map(|topic| self.guide.page(*topic));
        let leads = leads.map(|page| {
            let link = push(link_id(page.topic), page.title.as_str(), Some(Message::TopicPressed(page.topic)));
            link.icon(Icon::ArrowRight).style(theme::quiet).wrapping().into()
        });
        let see_also = text(fl!(texts, "help-see-also")).size(size::SMALL).style(theme::muted);
        let leads = column![divider(), container(see_also).padding(Padding::ZERO.top(gap::S))].extend(leads);
        let title = container(heading(&page.title)).id(format!("help-page-{}", page.topic.name()));
        let all = column![title, parts, leads.spacing(2)].spacing(gap::M).width(Fill);
        // The air keeps focus rings from being cut off at the edge of the scrolled part.
        let all = all.padding(Padding { top: 0.0, right: gap::L, bottom: gap::S, left: gap::XS });
        scrollable(all).id(Id::new(TEXT)).style(theme::scroll).width(Fill).height(Fill).into()
    }
}

fn part(part: &Part) -> Element<'_, Message> {
    let marked = |mark: &'static str, words| row![text(mark).width(MARK), text(words).width(Fill)].into();
    match part {
        Part::Paragraph(words) => text(words).into(),
        Part::Point(words) => marked("•", words),
        Part::Step(number, words) => row![text(number).width(MARK), text(words).width(Fill)].into(),
    }
}

/// What Up and Down, Page Up and Page Down do wherever the focus is.
fn key(key: &Key, modifiers: Modifiers) -> Option<Message> {
    match key {
        _ if !modifiers.is_empty() => None,
        Key::Named(Named::ArrowUp) => Some(Message::Stepped(Step::Back)),
        Key::Named(Named::ArrowDown) => Some(Message::Stepped(Step::Forward)),
        Key::Named(Named::PageUp) => Some(Message::TextTurned(Step::Back)),
        Key::Named(Named::PageDown) => Some(Message::TextTurned(Step::Forward)),
        _ => None,
    }
}

fn reveal(topic: Topic) -> Task<Message> {
    focus::reveal(row_id(topic))
}

fn row_id(topic: Topic) -> String {
    format!("help-topic-{}", topic.name())
}

fn link_id(topic: Topic) -> String {
    format!("help-link-{}", topic.name())
}
