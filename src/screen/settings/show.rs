//! The way to a setting: from a warning, or from the reason why a time is not offered.

use aftalebog_booking::setting::Setting;
use iced::Task;

use super::clinic::ClinicForm;
use super::form::Pressed;
use super::online_type::{self, Editor};
use super::server::ServerForm;
use super::service::ServicePanel;
use super::tabs::Tab;
use super::{Action, From, Layer, Message, Settings, Situation, clinic, server, tabs};
use crate::ui::focus;

impl Settings {
    /// Opens the dialog that a setting stands in, with its field focused. A dialog that holds it
    /// already stays, with all that is typed; of another one, what is typed and not saved is asked
    /// about first. A setting of what is gone by now leads nowhere.
    pub fn show(&mut self, setting: Setting, situation: &Situation<'_>) -> Action {
        if self.is_saving() {
            return Action::None;
        }
        if let Some(Layer::Editor(editor)) = &self.layer
            && let Some(field) = editor.field_of(setting)
        {
            return Action::Run(focus::set(field));
        }
        if self.is_edited() {
            let action = self.cancel_pressed(situation);
            self.leading_to = self.is_asking().then_some(setting);
            return action;
        }
        self.lead_to(setting, situation)
    }

    /// Opens «Server indstillinger»; the connection of a PC that has one is tested there at once.
    pub fn show_connection(&mut self, situation: &Situation<'_>) -> Action {
        self.tabs.choose(Tab::OnlineBooking);
        self.layer = Some(Layer::Server(Box::new(ServerForm::new(situation.this_pc, situation))));
        match situation.link {
            Some(_) => self.update(Message::Server(server::Message::TestPressed), situation),
            None => Action::None,
        }
    }

    /// Opens «Server indstillinger» where the server's address is typed.
    pub fn show_pairing(&mut self, situation: &Situation<'_>) -> Action {
        self.tabs.choose(Tab::OnlineBooking);
        self.layer = Some(Layer::Server(Box::new(ServerForm::new(situation.this_pc, situation))));
        Action::Run(focus::set(server::ADDRESS))
    }

    /// The same as [`Self::show`], when nothing typed is in the way.
    pub(super) fn lead_to(&mut self, setting: Setting, situation: &Situation<'_>) -> Action {
        let setup = situation.setup;
        self.tabs.choose(Tab::OnlineBooking);
        let (layer, field) = match setting {
            Setting::Service => (Layer::Service(ServicePanel::new(situation)), None),
            Setting::SelfRegistration => {
                let form = ServerForm::new(situation.this_pc, situation);
                (Layer::Server(Box::new(form)), Some(server::SELF_REGISTRATION.into()))
            }
            Setting::ClinicPhone | Setting::ClinicEmail | Setting::Registered(_) | Setting::TakesNewPatients(_) => {
                let form = ClinicForm::new(situation);
                let field = form.field_of(setting);
                (Layer::Clinic(Box::new(form)), field)
            }
            Setting::Practitioners => return self.led_to_list(Tab::Practitioners),
            Setting::AppointmentTypes => return self.led_to_list(Tab::AppointmentTypes),
            Setting::Deactivated(id) => {
                let shown = self.tabs.show_deactivated(id, situation);
                return self.led_to_tab(Some(shown));
            }
            Setting::OnlineType(id, _) => {
                let Some(entry) = setup.online_types.iter().find(|entry| entry.id == id) else { return Action::None };
                self.list.choose(id);
                let editor = Editor::open(entry, situation);
                let field = editor.field_of(setting);
                (Layer::Editor(Box::new(editor)), field)
            }
            Setting::NotSetUp(id) => {
                if setup.appointment_type(id).is_none_or(|of| of.deactivated) {
                    return Action::None;
                }
                let editor = Editor::chosen(id, situation);
                let field = editor.field_of(setting);
                (Layer::Editor(Box::new(editor)), field)
            }
            Setting::Hours(practitioner) => {
                let shown = self.tabs.show_hours(practitioner, situation);
                return self.led_to_tab(shown);
            }
            Setting::Closure(closure) => {
                let shown = self.tabs.show_closure(closure, situation);
                return self.led_to_tab(shown);
            }
            Setting::PublicHolidays => {
                let shown = self.tabs.show_holidays();
                return self.led_to_tab(Some(shown));
            }
        };
        let from = if matches!(self.layer, Some(Layer::Service(_))) { From::Service } else { From::Tab };
        self.layer = None;
        let _none = self.open(layer);
        self.from = from;
        Action::Run(field.map_or_else(Task::none, focus::set))
    }

    /// A tab comes into view as a whole.
    fn led_to_list(&mut self, tab: Tab) -> Action {
        self.layer = None;
        self.tabs.choose(tab);
        Action::Run(focus::set(tab.id()))
    }

    /// A tab has come into view, or what was asked for is gone by now.
    fn led_to_tab(&mut self, shown: Option<Task<tabs::Message>>) -> Action {
        match shown {
            None => Action::None,
            Some(task) => {
                self.layer = None;
                self.list.close_menu();
                Action::Run(task.map(Message::Tabs))
            }
        }
    }

    /// The dialog asks whether what is typed in it may be lost.
    pub(super) fn is_asking(&self) -> bool {
        match &self.layer {
            Some(Layer::Editor(editor)) => editor.form.is_asking(),
            Some(Layer::Clinic(form)) => form.form.is_asking(),
            Some(Layer::Analytics(form)) => form.form.is_asking(),
            Some(Layer::Server(form)) => form.form.is_asking(),
            Some(Layer::Service(_) | Layer::Delete(_)) | None => false,
        }
    }

    /// As if «Annuller» were pressed in the dialog above.
    fn cancel_pressed(&mut self, situation: &Situation<'_>) -> Action {
        let message = match &self.layer {
            Some(Layer::Editor(_)) => Message::Editor(online_type::Message::Pressed(Pressed::Cancel)),
            Some(Layer::Clinic(_)) => Message::Clinic(clinic::Message::Pressed(Pressed::Cancel)),
            Some(Layer::Analytics(_)) => Message::Analytics(super::analytics::Message::Pressed(Pressed::Cancel)),
            Some(Layer::Server(_)) => Message::Server(server::Message::Pressed(Pressed::Cancel)),
            Some(Layer::Service(_) | Layer::Delete(_)) | None => return Action::None,
        };
        self.update(message, situation)
    }
}

#[cfg(test)]
mod tests;
