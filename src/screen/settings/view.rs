//! How the settings dialog itself looks.

use aftalebog_texts::fl;
use aftalebog_texts::guide::Topic;
use iced::keyboard::{Key, Modifiers};
use iced::widget::{button, column, container, row, space, text};
use iced::{Center, Element, Fill};
use lucide_icons::Icon;

use super::tabs::{self, Tab};
use super::{Editing, Message, Settings, Situation};
use crate::ui::dialog::{Saving, dialog};
use crate::ui::focus::focusable;
use crate::ui::form::{divider, icon, notice, push, told};
use crate::ui::keys::keys;
use crate::ui::theme::{self, size, space as gap};
use crate::ui::topic::explained_by;

/// The dialog's width in px.
const WIDTH: f32 = 1000.0;

impl Settings {
    pub(super) fn dialog<'a>(&'a self, situation: &Situation<'a>) -> Element<'a, Message> {
        let texts = situation.texts;
        let parts = match self.tabs.body(situation) {
            Some(tab) => column![tab.map(Message::Tabs)],
            None => column![
                four_buttons(situation),
                explained_by(Topic::OnlineType, self.list.view(situation).map(Message::List)),
                explained_by(Topic::Findings, self.findings.strip(texts).map(Message::Findings)),
            ],
        };
        let body = column![
            column![self.tabs.bar(texts).map(Message::Tabs), divider()],
            (situation.editing == Editing::ReadOnly).then(|| notice(told(Icon::Lock, fl!(texts, "notice-read-only")))),
            parts.spacing(gap::M).height(Fill),
        ]
        .spacing(gap::M);
        let title = fl!(texts, "settings-title");
        let settings = dialog(title, WIDTH, body, Message::ClosePressed, fl!(texts, "close"))
            .fills()
            .explained_by(self.tabs.chosen().topic())
            .saving(&self.saving)
            .first(if self.tabs.chosen() == Tab::OnlineBooking { "settings-service" } else { self.tabs.chosen().id() })
            .button(self.undo_button(situation))
            .button(push("settings-help", fl!(texts, "help-title"), Some(Message::HelpPressed)).style(theme::quiet))
            .button(push("settings-close", fl!(texts, "close"), Some(Message::ClosePressed)).style(theme::primary))
            .layer();
        keys(settings, |key, modifiers| match key.as_ref() {
            Key::Character("z") if modifiers == Modifiers::COMMAND => Some(Message::UndoPressed),
            _ => tabs::key(key, modifiers).map(Message::Tabs),
        })
    }

    fn undo_button<'a>(&'a self, situation: &Situation<'a>) -> Element<'a, Message> {
        let texts = situation.texts;
        match situation.undoable {
            None => space().into(),
            Some(undoable) => {
                let may = self.saving != Saving::Busy && situation.editing == Editing::Allowed;
                let words = fl!(texts, "undo", what = undoable.words.clone());
                push("settings-undo", words, may.then_some(Message::UndoPressed))
                    .icon(Icon::Undo2)
                    .hint(fl!(texts, "undo-hint"))
                    .into()
            }
        }
    }
}

/// The guide's four buttons, in its order; the first one's words are the state of the service.
fn four_buttons<'a>(situation: &Situation<'a>) -> Element<'a, Message> {
    let texts = situation.texts;
    let running = situation.setup.service.value.running;
    let (words, sign) = if running {
        (fl!(texts, "service-active"), Icon::CircleCheck)
    } else {
        (fl!(texts, "service-inactive"), Icon::CircleStop)
    };
    let style: fn(&iced::Theme) -> text::Style = if running { theme::good } else { theme::warning };
    let face = row![icon(sign).style(style), text(words).font(theme::SEMIBOLD)].spacing(gap::S).align_y(Center);
    let face = button(container(face).center_y(Fill))
        .height(theme::CONTROL)
        .padding([0.0, gap::M])
        .style(theme::secondary)
        .on_press(Message::ServicePressed);
    let service = focusable(face).id("settings-service").on_activate(Message::ServicePressed);
    row![
        explained_by(Topic::Service, service),
        explained_by(
            Topic::Clinic,
            push("settings-clinic", fl!(texts, "clinic-settings"), Some(Message::ClinicPressed))
        ),
        explained_by(
            Topic::Analytics,
            push("settings-analytics", fl!(texts, "analytics-settings"), Some(Message::AnalyticsPressed))
        ),
        explained_by(
            Topic::Server,
            push("settings-server", fl!(texts, "server-settings"), Some(Message::ServerPressed))
        ),
        space::horizontal(),
        situation.connection(size::SMALL),
    ]
    .spacing(gap::S)
    .align_y(Center)
    .into()
}
