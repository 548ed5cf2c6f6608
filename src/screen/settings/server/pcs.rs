//! «Klinikkens pc’er»: who can see the clinic's patients, and the way to take that away.

use aftalebog_booking::wire::DeviceInfo;
use aftalebog_booking::zone;
use aftalebog_local::sync::Fault;
use aftalebog_texts::guide::Topic;
use aftalebog_texts::{Texts, fl};
use chrono::{DateTime, Utc};
use iced::widget::{column, container, row, space, text};
use iced::{Center, Element, Fill, Padding, Task};
use lucide_icons::Icon;
use uuid::Uuid;

use super::asked::{Asked, Ticket};
use crate::connection;
use crate::screen::settings::Situation;
use crate::ui::dialog::{Saving, dialog, question};
use crate::ui::focus::inert;
use crate::ui::form::{Sentence, push};
use crate::ui::rows::{self, Rows};
use crate::ui::theme::{self, size, space as gap};
use crate::ui::words::{Face, Widths};

/// The height of the list, in px.
const HEIGHT: f32 = 260.0;
/// How wide the two columns of times are, in px.
const PAIRED: f32 = 184.0;
const SEEN: f32 = 150.0;
const WIDTH: f32 = 720.0;
/// What is left for a name, beside the times and the air around them.
const NAME: f32 = WIDTH - PAIRED - SEEN - 112.0;

pub struct Pcs {
    ticket: Ticket,
    fetched: Fetched,
    rows: Rows<Uuid>,
    removing: Option<Removing>,
}

enum Fetched {
    NotYet,
    Pcs { pcs: Vec<DeviceInfo>, lines: Vec<Line> },
    Failed(Fault),
}

/// «Fjern …» asks first.
struct Removing {
    pc: Uuid,
    title: String,
    /// How to find the right one among those of the same name.
    which: Sentence,
    explanation: String,
    saving: Saving,
}

/// A PC as the list says it.
struct Line {
    name: String,
    /// «KONTOR (2)», cut where there is no room for all of it.
    shown_name: String,
    this: Option<String>,
    /// With the time, as that PC says it itself.
    paired: String,
    seen: String,
}

#[derive(Clone, Debug)]
pub enum Message {
    Rows(rows::Message),
    RemovePressed,
    RemoveDeclined,
    RemoveConfirmed,
    NewCodePressed,
    AgainPressed,
    ClosePressed,
}

pub enum Action {
    None,
    Run(Task<Message>),
    Ask(Asked, Ticket),
    /// The chosen one is this PC.
    Unpair,
    NewCode,
    Close,
}

impl Pcs {
    /// The list, and the question that fills it.
    pub fn new() -> (Self, Asked, Ticket) {
        let ticket = Ticket::default();
        let pcs = Self { ticket: ticket.clone(), fetched: Fetched::NotYet, rows: Rows::new("pcs"), removing: None };
        (pcs, Asked::Pcs, ticket)
    }

    /// What came; the first time, the list gets the focus.
    pub fn fetched(
        &mut self,
        fetched: Result<Vec<DeviceInfo>, Fault>,
        ticket: &Ticket,
        situation: &Situation<'_>,
    ) -> Task<Message> {
        if self.ticket != *ticket {
            return Task::none();
        }
        let first = matches!((&self.fetched, &fetched), (Fetched::NotYet, Ok(_)));
        self.fetched = match fetched {
            Ok(mut pcs) => {
                pcs.retain(|pc| pc.revoked_at.is_none());
                // The one somebody sits at comes first; the others stay in the server's order.
                pcs.sort_by_key(|pc| !pc.this);
                Fetched::Pcs { pcs, lines: Vec::new() }
            }
            Err(fault) => Fetched::Failed(fault),
        };
        self.refresh(situation);
        if first { self.rows.reveal_chosen() } else { Task::none() }
    }

    pub fn removed(&mut self, removed: &Result<(), Fault>, ticket: &Ticket, texts: &Texts) -> Action {
        let Some(removing) = self.removing.as_mut().filter(|_| self.ticket == *ticket) else { return Action::None };
        match removed {
            Ok(()) => {
                self.removing = None;
                self.fetch()
            }
            Err(fault) => {
                removing.saving = Saving::Failed(connection::fault(texts, fault));
                Action::None
            }
        }
    }

    /// The list as it is now; until it has come, the one before stays.
    fn fetch(&mut self) -> Action {
        self.ticket = Ticket::default();
        Action::Ask(Asked::Pcs, self.ticket.clone())
    }

    pub fn refresh(&mut self, situation: &Situation<'_>) {
        if let Fetched::Pcs { pcs, lines } = &mut self.fetched {
            // By the server's own clock: whoever asked is the one it saw last.
            let seen_now = pcs.iter().filter_map(|pc| pc.last_seen).max();
            let widths = Widths::default();
            *lines = pcs.iter().map(|pc| Line::of(pc, namesake(pc, pcs), seen_now, &widths, situation)).collect();
            self.rows.set(pcs.iter().map(|pc| pc.id).collect());
        }
    }

    pub fn update(&mut self, message: Message, texts: &Texts) -> Action {
        match message {
            Message::Rows(message) => match self.rows.update(message) {
                rows::Action::None | rows::Action::Edit | rows::Action::Menu(..) => Action::None,
                rows::Action::Run(task) => Action::Run(task.map(Message::Rows)),
                rows::Action::New => Action::NewCode,
                rows::Action::Delete => self.ask_to_remove(texts),
            },
            Message::RemovePressed => self.ask_to_remove(texts),
            // Whether it went well must be seen.
            Message::RemoveDeclined | Message::ClosePressed if self.is_removing() => Action::None,
            Message::RemoveDeclined => {
                self.removing = None;
                Action::None
            }
            Message::RemoveConfirmed => match &mut self.removing {
                Some(removing) if removing.saving != Saving::Busy => {
                    removing.saving = Saving::Busy;
                    let pc = removing.pc;
                    self.ticket = Ticket::default();
                    Action::Ask(Asked::Remove(pc), self.ticket.clone())
                }
                _ => Action::None,
            },
            Message::NewCodePressed => Action::NewCode,
            Message::AgainPressed => {
                self.fetched = Fetched::NotYet;
                self.fetch()
            }
            Message::ClosePressed => Action::Close,
        }
    }

    fn is_removing(&self) -> bool {
        self.removing.as_ref().is_some_and(|removing| removing.saving == Saving::Busy)
    }

    fn ask_to_remove(&mut self, texts: &Texts) -> Action {
        let Fetched::Pcs { pcs, lines } = &self.fetched else { return Action::None };
        let chosen = pcs.iter().zip(lines).find(|(pc, _)| Some(pc.id) == self.rows.chosen());
        let Some((pc, line)) = chosen else { return Action::None };
        if pc.this {
            return Action::Unpair;
        }
        let which = match namesake(pc, pcs) {
            Some(_) => Sentence::Means(fl!(texts, "pcs-remove-which", since = line.paired.clone())),
            None => Sentence::none(),
        };
        self.removing = Some(Removing {
            pc: pc.id,
            title: fl!(texts, "pcs-remove-title", name = line.name.clone()),
            which,
            explanation: fl!(texts, "pcs-remove-explained"),
            saving: Saving::Idle,
        });
        Action::None
    }

    pub fn view<'a>(&'a self, situation: &Situation<'a>) -> Vec<Element<'a, Message>> {
        let texts = situation.texts;
        let mut layers = vec![inert(self.removing.is_some(), self.list(texts)).into()];
        layers.extend(self.removing.as_ref().map(|removing| {
            let confirm = (removing.saving != Saving::Busy).then_some(Message::RemoveConfirmed);
            question(
                removing.title.as_str(),
                &removing.which,
                removing.explanation.as_str(),
                (fl!(texts, "cancel"), Message::RemoveDeclined),
                (fl!(texts, "pcs-remove-confirm"), confirm),
                &removing.saving,
            )
        }));
        layers
    }

    fn list<'a>(&'a self, texts: &'a Texts) -> Element<'a, Message> {
        let (lines, empty): (&[Line], _) = match &self.fetched {
            Fetched::NotYet => (&[], fl!(texts, "pcs-fetching")),
            Fetched::Pcs { lines, .. } => (lines, fl!(texts, "pcs-none")),
            Fetched::Failed(fault) => (&[], connection::fault(texts, fault)),
        };
        let list = self.rows.view(lines.iter().map(Line::view), empty).map(Message::Rows);
        let small = |words: String| text(words).size(size::SMALL).style(theme::muted);
        // In line with what stands in the rows below.
        let heads = row![
            small(fl!(texts, "pcs-name")).width(Fill),
            small(fl!(texts, "pcs-paired")).width(PAIRED),
            small(fl!(texts, "pcs-seen")).width(SEEN),
        ]
        .spacing(gap::M)
        .padding(Padding::ZERO.horizontal(gap::M + gap::XS + 2.0));
        let may = self.rows.chosen().filter(|_| !lines.is_empty()).map(|_| Message::RemovePressed);
        let failed = matches!(self.fetched, Fetched::Failed(_));
        let again = failed.then(|| push("pcs-again", fl!(texts, "problem-retry"), Some(Message::AgainPressed)));
        let buttons = row![space::horizontal()]
            .push(again)
            .push(push("pcs-code", fl!(texts, "code-new"), Some(Message::NewCodePressed)).icon(Icon::Plus))
            .push(push("pcs-remove", fl!(texts, "pcs-remove"), may).icon(Icon::Trash2))
            .spacing(gap::S);
        let body = column![small(fl!(texts, "pcs-explained")), buttons, heads, container(list).height(HEIGHT)];
        dialog(fl!(texts, "pcs-title"), WIDTH, body.spacing(gap::S), Message::ClosePressed, fl!(texts, "close"))
            .button(push("pcs-close", fl!(texts, "close"), Some(Message::ClosePressed)).style(theme::primary))
            .first("pcs-close")
            .explained_by(Topic::Pcs)
            .layer()
    }
}

impl Line {
    fn of(
        pc: &DeviceInfo,
        namesake: Option<usize>,
        seen_now: Option<DateTime<Utc>>,
        widths: &Widths,
        situation: &Situation<'_>,
    ) -> Self {
        let Situation { texts, setup, .. } = *situation;
        let local = |at| zone::local(setup.clinic.value.time_zone, at);
        let date = |at| texts.date(local(at).date());
        let seen = match (pc.last_seen, seen_now) {
            (Some(seen), Some(now)) => ago(texts, now, seen).unwrap_or_else(|| date(seen)),
            _ => fl!(texts, "pcs-never"),
        };
        let this = pc.this.then(|| fl!(texts, "pcs-this"));
        let beside = this.as_ref().map_or(0.0, |this| widths.of(this, Face::Regular, size::SMALL) + gap::S);
        let number = namesake.map(|number| format!(" ({number})")).unwrap_or_default();
        let bold = |words: &str| widths.of(words, Face::SemiBold, size::TEXT);
        let shown = widths.fit(&pc.name, Face::SemiBold, size::TEXT, NAME - beside - bold(&number));
        let time = texts.time_of(local(pc.paired_at).time());
        Self {
            name: format!("{}{number}", pc.name),
            shown_name: format!("{shown}{number}"),
            this,
            paired: fl!(texts, "connection-day-time", date = date(pc.paired_at), time = time),
            seen,
        }
    }

    fn view(&self) -> Element<'_, rows::Message> {
        let word = |words| text(words).wrapping(text::Wrapping::None);
        let this = self.this.as_ref().map(|this| word(this).size(size::SMALL).style(theme::muted));
        let name = row![word(&self.shown_name).font(theme::SEMIBOLD)].push(this).spacing(gap::S).align_y(Center);
        row![container(name).width(Fill).clip(true), word(&self.paired).width(PAIRED), word(&self.seen).width(SEEN)]
            .spacing(gap::M)
            .align_y(Center)
            .into()
    }
}

/// Which one it is of those of the same name, in the order in which they were paired; `None`: its name is its own.
fn namesake(pc: &DeviceInfo, pcs: &[DeviceInfo]) -> Option<usize> {
    // Windows makes no difference between large and small letters.
    let name = |pc: &DeviceInfo| pc.name.trim().to_lowercase();
    let same = || pcs.iter().filter(|other| name(other) == name(pc));
    let before = same().filter(|other| (other.paired_at, other.id) < (pc.paired_at, pc.id)).count();
    (same().count() > 1).then_some(before + 1)
}

/// «for 3 minutter siden», as long as that says more than a date.
fn ago(texts: &Texts, now: DateTime<Utc>, seen: DateTime<Utc>) -> Option<String> {
    let past = now - seen;
    match (past.num_minutes(), past.num_hours()) {
        (..=0, _) => Some(fl!(texts, "pcs-now")),
        (minutes @ 1..60, _) => Some(fl!(texts, "pcs-minutes", count = minutes)),
        (_, hours @ ..24) => Some(fl!(texts, "pcs-hours", count = hours)),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use aftalebog_texts::Language;
    use chrono::TimeDelta;

    use super::*;

    #[test]
    fn the_nearer_the_finer() {
        let texts = Texts::new(Language::Danish);
        let now = DateTime::UNIX_EPOCH + TimeDelta::days(20_000);
        let said = |seconds: i64| ago(&texts, now, now - TimeDelta::seconds(seconds));
        assert_eq!(said(0).as_deref(), Some("Nu"));
        assert_eq!(said(59).as_deref(), Some("Nu"));
        assert_eq!(said(60).as_deref(), Some("for 1 minut siden"));
        assert_eq!(said(3 * 60 + 20).as_deref(), Some("for 3 minutter siden"));
        assert_eq!(said(60 * 60 - 1).as_deref(), Some("for 59 minutter siden"));
        assert_eq!(said(60 * 60).as_deref(), Some("for 1 time siden"));
        assert_eq!(said(24 * 60 * 60 - 1).as_deref(), Some("for 23 timer siden"));
        assert_eq!(said(24 * 60 * 60), None);
    }
}
