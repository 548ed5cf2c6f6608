//! What the check of the settings found: the strip under the list of types, and the lines in the
//! small window behind «Aktiv».

use aftalebog_booking::Setup;
use aftalebog_booking::check::check;
use aftalebog_booking::setting::Setting;
use aftalebog_texts::{Texts, fl};
use iced::widget::{Row, column, container, row, scrollable, space, text};
use iced::{Center, Element, Fill, Padding};
use lucide_icons::Icon;

use super::Situation;
use crate::ui::form::{icon, push};
use crate::ui::theme::{self, size, space as gap};

/// The unfolded list shows four lines, whatever it holds: the types above it stay where they are.
const UNFOLDED: f32 = 4.0 * theme::CONTROL + 3.0 * gap::XS + 2.0 * gap::S;

pub struct Findings {
    lines: Vec<Line>,
    needs: Needs,
    start: Start,
    list: List,
}

/// Whether there is anything left to do but «Start».
enum Start {
    /// Booking is stopped, and nothing would be in its way.
    Ready,
    Running,
    /// What is to be done first.
    NotReady(Line),
}

/// Whether the needs were among what was checked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Needs {
    Checked,
    /// They have not been read, or could not be.
    Unread,
}

/// One finding, said.
struct Line {
    words: String,
    setting: Setting,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum List {
    #[default]
    Folded,
    Unfolded,
}

#[derive(Clone, Debug)]
pub enum Message {
    FoldPressed,
    ShowPressed(Setting),
}

pub enum Action {
    None,
    Show(Setting),
}

impl Findings {
    pub fn new(situation: &Situation<'_>) -> Self {
        Self::of(situation.setup, situation)
    }

    /// What there would be to look at if booking ran.
    pub fn if_started(situation: &Situation<'_>) -> Self {
        Self::of(&situation.setup.if_started(), situation)
    }

    fn of(setup: &Setup, situation: &Situation<'_>) -> Self {
        let needs = if situation.needs.is_some() { Needs::Checked } else { Needs::Unread };
        let start = match situation.setup.service.value.running {
            true => Start::Running,
            false => lines(&setup.if_started(), situation).into_iter().next().map_or(Start::Ready, Start::NotReady),
        };
        Self { lines: lines(setup, situation), needs, start, list: List::default() }
    }

    /// Checks everything again.
    pub fn refresh(&mut self, situation: &Situation<'_>) {
        *self = Self { list: self.list, ..Self::new(situation) };
    }

    pub fn update(&mut self, message: Message) -> Action {
        match message {
            Message::FoldPressed => {
                self.list = match self.list {
                    List::Folded => List::Unfolded,
                    List::Unfolded => List::Folded,
                };
                Action::None
            }
            Message::ShowPressed(setting) => Action::Show(setting),
        }
    }

    /// The strip, as high with findings as without; above it the list while it is unfolded, so that
    /// the button stays under the pointer.
    pub fn strip<'a>(&'a self, texts: &Texts) -> Element<'a, Message> {
        let strip = match self.lines.as_slice() {
            [] if self.needs == Needs::Unread => row![needs_unread(texts)],
            [] => match &self.start {
                Start::Ready => nothing_to_see(fl!(texts, "findings-ready")),
                Start::Running => nothing_to_see(fl!(texts, "findings-none")),
                // Nothing is wrong yet, as no patient is asked to book; but nobody is to think that it is done.
                Start::NotReady(first) => {
                    let words = fl!(texts, "findings-not-ready", finding = first.words.clone());
                    let words = text(words).size(size::SMALL).style(theme::muted).width(Fill);
                    row![words, first.button("finding-0", texts)]
                }
            },
            [only] => {
                let words = fl!(texts, "findings-one", finding = only.words.clone());
                row![warning_sign(), text(words).size(size::SMALL).width(Fill), only.button("finding-0", texts)]
            }
            several => {
                let words = fl!(texts, "findings-count", count = several.len());
                row![warning_sign(), text(words).size(size::SMALL), space::horizontal(), self.fold_button(texts)]
            }
        };
        let strip = container(strip.spacing(gap::S).align_y(Center)).center_y(theme::CONTROL);
        // Always two parts: the focus stays with its place among them.
        column![self.unfolded(texts).unwrap_or_else(|| space().into()), strip].into()
    }

    fn fold_button<'a>(&self, texts: &Texts) -> Element<'a, Message> {
        let (words, sign) = match self.list {
            List::Folded => (fl!(texts, "findings-show-all"), Icon::ChevronUp),
            List::Unfolded => (fl!(texts, "findings-hide"), Icon::ChevronDown),
        };
        push("findings-fold", words, Some(Message::FoldPressed)).icon(sign).into()
    }

    fn unfolded<'a>(&'a self, texts: &Texts) -> Option<Element<'a, Message>> {
        if self.list == List::Folded || self.lines.len() < 2 {
            return None;
        }
        let lines = self.lines.iter().enumerate().map(|(index, line)| {
            let words = text(&line.words).size(size::SMALL).width(Fill);
            let line = row![words, line.button(format!("finding-{index}"), texts)].spacing(gap::L);
            line.align_y(Center).into()
        });
        // The bar of the scrolled part lies beside the buttons.
        let lines = column(lines).spacing(gap::XS).padding(Padding::from(gap::S).left(gap::M).right(gap::L));
        let list = scrollable(lines).style(theme::scroll).width(Fill).height(Fill);
        let list = container(list).height(UNFOLDED).width(Fill).style(theme::surface);
        Some(container(list).padding(Padding::ZERO.bottom(gap::XS)).into())
    }

    /// The findings under each other, with how many they are; nothing where there are none.
    pub fn lines<'a>(&'a self, texts: &Texts) -> Option<Element<'a, Message>> {
        if self.lines.is_empty() {
            return (self.needs == Needs::Unread).then(|| needs_unread(texts));
        }
        let count = self.lines.len();
        let heading = match self.start {
            Start::Running => fl!(texts, "findings-count", count = count),
            Start::Ready | Start::NotReady(_) => fl!(texts, "findings-before-start", count = count),
        };
        let heading = row![warning_sign(), text(heading).font(theme::SEMIBOLD)].spacing(gap::S).align_y(Center);
        let lines = self.lines.iter().enumerate().map(|(index, line)| {
            let words = text(&line.words).size(size::SMALL).width(Fill);
            let line = row![words, line.button(format!("service-finding-{index}"), texts)].spacing(gap::L);
            line.align_y(Center).into()
        });
        Some(column![heading, column(lines).spacing(gap::S)].spacing(gap::S).into())
    }
}

impl Line {
    fn button<'a>(&self, id: impl Into<iced::widget::Id>, texts: &Texts) -> Element<'a, Message> {
        push(id, fl!(texts, "findings-show"), Some(Message::ShowPressed(self.setting))).into()
    }
}

fn lines(setup: &Setup, situation: &Situation<'_>) -> Vec<Line> {
    let needs = situation.needs.unwrap_or_default().iter().map(|need| &need.entry.value);
    let findings = check(setup, needs, situation.today);
    let line =
        |finding| Line { words: situation.texts.finding(&finding, setup, situation.today), setting: finding.setting() };
    findings.into_iter().map(line).collect()
}

/// Instead of «Ingen advarsler», which would be more than is known.
fn needs_unread<'a, M: 'a>(texts: &Texts) -> Element<'a, M> {
    text(fl!(texts, "findings-needs-unread")).size(size::SMALL).style(theme::muted).into()
}

fn nothing_to_see<'a, M: 'a>(words: String) -> Row<'a, M> {
    let words = text(words).size(size::SMALL).style(theme::muted);
    row![icon(Icon::Check).size(14).style(theme::muted), words]
}

fn warning_sign<'a, M: 'a>() -> Element<'a, M> {
    icon(Icon::TriangleAlert).size(14).style(theme::warning).into()
}
