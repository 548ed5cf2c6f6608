//! The panel behind the bar's status: what it means, what waits, what is to be decided, and what patients did.

use aftalebog_local::sync::Connection;
use aftalebog_texts::guide::Topic;
use aftalebog_texts::{capital, fl};
use iced::widget::{column, container, row, scrollable, text};
use iced::{Center, Element, Fill, Padding};
use lucide_icons::Icon;

use super::{Message, Synchronising};
use crate::screen::settings::Situation;
use crate::ui::dialog::dialog;
use crate::ui::form::{self, heading, icon, push};
use crate::ui::theme::{self, size, space as gap};
use crate::ui::topic::explained_by;

/// The panel's width in px.
const WIDTH: f32 = 600.0;
/// How wide the labels of its facts are.
const LABEL: f32 = 200.0;
/// So much of a list is seen without scrolling.
const LIST: f32 = 220.0;
/// More than anybody looks through; the rest is counted.
const AT_ONCE: usize = 100;

/// What the panel says, in words.
#[derive(Debug, Default)]
pub struct Lines {
    facts: Vec<(String, String)>,
    set_aside: Vec<Line>,
    clashes: Vec<Line>,
    news: Vec<Line>,
    /// Those that are not listed.
    more_news: Option<String>,
}

#[derive(Debug)]
struct Line {
    words: String,
    details: String,
}

impl Lines {
    pub fn new(of: &Synchronising, situation: &Situation<'_>) -> Self {
        let texts = situation.texts;
        let more = of.news().count().saturating_sub(AT_ONCE);
        Self {
            facts: facts(situation),
            set_aside: of
                .cases
                .iter()
                .map(|case| Line { words: case.in_one_line(), details: case.made.clone() })
                .collect(),
            clashes: of.received.clashes.iter().map(|clash| Line::of_clash(clash, situation)).collect(),
            news: of
                .news()
                .take(AT_ONCE)
                .map(|news| Line { words: news.words(situation), details: news.details(situation) })
                .collect(),
            more_news: (more > 0).then(|| fl!(texts, "news-more", count = more)),
        }
    }
}

impl Line {
    fn of_clash(clash: &aftalebog_local::Booked, situation: &Situation<'_>) -> Self {
        let texts = situation.texts;
        let value = &clash.entry.value;
        let place = texts.placement(situation.setup, crate::screen::appointments::placement_of(value), situation.today);
        Self { words: texts.appointment(situation.setup, value, clash.patient.as_ref()), details: capital(&place) }
    }
}

/// When the server last answered, what it does not have, and when it is asked again.
fn facts(situation: &Situation<'_>) -> Vec<(String, String)> {
    let (texts, status) = (situation.texts, situation.status);
    if status.connection == Connection::NotPaired {
        return Vec::new();
    }
    let contact = status.last_contact.map(|at| super::standing::when_whole(texts, situation.setup, at, situation.now));
    let contact = contact.unwrap_or_else(|| fl!(texts, "service-never"));
    let waiting = fl!(texts, "service-waiting-changes", count = status.waiting);
    let mut facts =
        vec![(fl!(texts, "service-last-contact"), capital(&contact)), (fl!(texts, "service-waiting"), waiting)];
    if matches!(status.connection, Connection::Offline { .. }) {
        facts.push((fl!(texts, "sync-next-try"), capital(&situation.next_try())));
    }
    facts
}

impl Synchronising {
    pub(super) fn panel<'a>(&'a self, situation: &Situation<'a>) -> Element<'a, Message> {
        let (texts, status) = (situation.texts, situation.status);
        let standing = &self.standing;
        let head = row![
            icon(standing.sign).style(standing.tone.style()),
            text(&standing.words).size(size::HEADING).font(theme::SEMIBOLD).style(standing.tone.style()),
        ];
        let head = head.spacing(gap::S).align_y(Center);
        let fact = |(label, value): &'a (String, String)| {
            row![text(label).width(LABEL).style(theme::muted), text(value)].spacing(gap::S).into()
        };
        let facts = column(self.lines.facts.iter().map(fact)).spacing(gap::XS);
        let mut body = column![head, text(&standing.means), facts].spacing(gap::M);
        if !self.lines.set_aside.is_empty() {
            let count = fl!(texts, "sync-set-aside", count = self.lines.set_aside.len());
            let decide = fl!(texts, "sync-decide");
            let rows = self.lines.set_aside.iter().enumerate();
            let rows = rows.map(|(at, line)| line.view(("decide", at), decide.clone(), Message::DecidePressed(at)));
            body = body.push(form::divider()).push(heading(count)).push(explained_by(Topic::Conflicts, list(rows)));
        }
        if !self.lines.clashes.is_empty() {
            let count = fl!(texts, "sync-clashes", count = self.lines.clashes.len());
            let show = fl!(texts, "news-show");
            let rows = self.lines.clashes.iter().enumerate();
            let rows = rows.map(|(at, line)| line.view(("clash-show", at), show.clone(), Message::ClashShown(at)));
            body = body.push(form::divider()).push(heading(count)).push(explained_by(Topic::Clashes, list(rows)));
        }
        if status.connection != Connection::NotPaired || !self.lines.news.is_empty() {
            body = body.push(form::divider()).push(explained_by(Topic::News, self.news_part(situation)));
        }
        let now = status.connection != Connection::NotPaired;
        let connection = match now {
            true => fl!(texts, "sync-test"),
            false => fl!(texts, "sync-to-settings"),
        };
        let close = push("sync-close", fl!(texts, "close"), Some(Message::PanelClosed)).style(theme::primary);
        let mut panel = dialog(fl!(texts, "sync-title"), WIDTH, body, Message::PanelClosed, fl!(texts, "close"))
            .button(push("sync-connection", connection, Some(Message::ConnectionPressed)));
        if now {
            let words = fl!(texts, "sync-now");
            panel = panel.button(push("sync-now", words, Some(Message::SynchroniseNowPressed)).icon(Icon::RefreshCw));
        }
        panel.button(close).first("sync-close").explained_by(Topic::Connection).layer()
    }

    /// «Nyt fra patienterne».
    fn news_part<'a>(&'a self, situation: &Situation<'a>) -> Element<'a, Message> {
        let texts = situation.texts;
        let lines = &self.lines.news;
        if lines.is_empty() {
            let nothing = text(fl!(texts, "news-none")).style(theme::muted);
            return column![heading(fl!(texts, "news-heading")), nothing].spacing(gap::S).into();
        }
        let all = push("news-all", fl!(texts, "news-all-looked-at"), Some(Message::AllLookedAtPressed));
        let all = all.icon(Icon::CheckCheck).style(theme::quiet);
        let head = row![heading(fl!(texts, "news-heading-count", count = lines.len())).width(Fill), Element::from(all)];
        let show = fl!(texts, "news-show");
        let rows = lines.iter().enumerate();
        let rows = rows.map(|(at, line)| line.view(("news-show-line", at), show.clone(), Message::NewsShown(at)));
        let more = self.lines.more_news.as_ref().map(|more| text(more).size(size::SMALL).style(theme::muted));
        column![head.align_y(Center), list(rows)].push(more).spacing(gap::S).into()
    }
}

impl Line {
    /// With a button, whose id has the line's number.
    fn view<'a>(&'a self, (id, at): (&str, usize), words: String, pressed: Message) -> Element<'a, Message> {
        let told = column![text(&self.words), text(&self.details).size(size::SMALL).style(theme::muted)].spacing(2);
        let button = push(format!("{id}-{at}"), words, Some(pressed));
        row![told.width(Fill), Element::from(button)].spacing(gap::M).align_y(Center).into()
    }
}

fn list<'a>(rows: impl Iterator<Item = Element<'a, Message>>) -> Element<'a, Message> {
    // Beside the buttons there is room for the bar.
    let rows = column(rows).spacing(gap::S).padding(Padding::ZERO.right(gap::M).vertical(3.0));
    container(scrollable(rows).style(theme::scroll)).max_height(LIST).into()
}
