//! What lies above the book: which dialog answers what, and who waits for a save.

use aftalebog_booking::record::{Patient, Recorded};
use aftalebog_booking::setting::Setting;
use aftalebog_booking::{Entry, Id, Kind as RecordKind, Record};
use aftalebog_local::{SavedChange, SavedWrite};
use iced::Task;

use super::told::Told;
use super::{Action, Desk, Message, OpenClinic, UndoneIn};
use crate::screen::appointment_book::{self, Asked, Transfer};
use crate::screen::settings::server::asked::{Answer, Ticket};
use crate::screen::settings::{self, Settings};
use crate::screen::{appointments, files, patients};
use crate::ui::month_calendar;

impl OpenClinic {
    /// Whatever waits above the book for the save is told that it is durable.
    pub(super) fn above_saved(&mut self, desk: Desk<'_>) -> Task<Message> {
        let situation = self.known.situation(&self.book, desk);
        if self.files.is_saving() {
            self.files.saved(&situation).map(Message::Files)
        } else if self.patients.is_saving() {
            let closed = self.patients.saved(&situation, &self.known.store).map(Message::Patients);
            match self.known.read.last_change.as_ref().and_then(created_patient) {
                Some(patient) => {
                    let chosen = self.appointments.patient_created(patient, &situation, &self.known.store);
                    Task::batch([closed, chosen.map(Message::Appointments)])
                }
                None => closed,
            }
        } else if self.appointments.is_saving() {
            let closed = self.appointments.saved(&situation).map(Message::Appointments);
            self.told = self.appointments.take_told().map(Told::ToRead);
            closed
        } else if let Some(settings) = &mut self.settings {
            settings.saved(&situation).map(Message::Settings)
        } else {
            Task::none()
        }
    }

    pub(super) fn refresh_above(&mut self, desk: Desk<'_>) {
        let situation = self.known.situation(&self.book, desk);
        self.synchronising.refresh(&situation);
        self.appointments.refresh(&situation);
        self.patients.refresh(&situation);
        self.files.refresh(&situation);
        if let Some(settings) = &mut self.settings {
            settings.refresh(&situation);
        }
    }

    pub fn open_settings(&mut self, desk: Desk<'_>) {
        self.settings = Some(Settings::new(&self.known.situation(&self.book, desk)));
    }

    /// Opens the settings where this PC is connected with a booking server.
    pub fn connect(&mut self, desk: Desk<'_>) -> Action {
        let situation = self.known.situation(&self.book, desk);
        let mut settings = Settings::new(&situation);
        let action = settings.show_pairing(&situation);
        self.settings_action(settings, action)
    }

    pub(super) fn settings_message(&mut self, message: settings::Message, desk: Desk<'_>) -> Action {
        let Some(mut settings) = self.settings.take() else { return Action::None };
        let action = settings.update(message, &self.known.situation(&self.book, desk));
        self.settings_action(settings, action)
    }

    /// An answer that turns what this PC knows of its server holds, whether its dialog is still there or not.
    pub(super) fn server_answered(&mut self, ticket: Ticket, answer: Answer, desk: Desk<'_>) -> Action {
        let turns_link = answer.turns_link();
        let action = self.settings_message(settings::Message::ServerAnswered(ticket, answer), desk);
        match (turns_link, action) {
            (true, Action::Run(task)) => Action::ReadAnew { first: task },
            (true, _) => Action::ReadAnew { first: Task::none() },
            (false, action) => action,
        }
    }

    /// Opens the settings at the one that is the reason for something in the book.
    pub(super) fn show_setting(&mut self, setting: Setting, desk: Desk<'_>) -> Action {
        let situation = self.known.situation(&self.book, desk);
        let mut settings = Settings::new(&situation);
        let action = settings.show(setting, &situation);
        self.settings_action(settings, action)
    }

    pub(super) fn settings_action(&mut self, settings: Settings, action: settings::Action) -> Action {
        if !matches!(action, settings::Action::Close) {
            self.settings = Some(settings);
        }
        match action {
            settings::Action::None | settings::Action::Close => Action::Run(self.ask_for_settings()),
            settings::Action::Run(task) => {
                Action::Run(Task::batch([task.map(Message::Settings), self.ask_for_settings()]))
            }
            settings::Action::Save { writes, this_pc } => Action::Save { writes, this_pc },
            settings::Action::Ask(asked, ticket) => match &self.known.sync {
                Some(sync) => {
                    let answered = asked.ask(sync.clone(), self.known.store.clone());
                    Action::Run(answered.map(move |answer| Message::ServerAnswered(ticket.clone(), answer)))
                }
                None => Action::None,
            },
            settings::Action::Help(topic) => Action::Help(topic),
            settings::Action::Undo(id) => {
                self.undoing = Some(UndoneIn::Settings);
                Action::Undo(id)
            }
        }
    }

    /// Asks the file what the settings want to know.
    pub(super) fn ask_for_settings(&mut self) -> Task<Message> {
        let Some(settings) = &mut self.settings else { return Task::none() };
        let store = &self.known.store;
        let asked = settings.take_questions().into_iter().map(|question| question.ask(store.clone()));
        let asked = asked.map(|answer| answer.map(settings::Message::Answered));
        let of_tabs = settings.take_tab_questions().into_iter().map(|question| question.ask(store.clone()));
        let of_tabs = of_tabs.map(|answer| answer.map(settings::Message::Tabs));
        Task::batch(asked.chain(of_tabs)).map(Message::Settings)
    }

    /// Opens the dialog that answers what is asked of the book.
    pub(super) fn asked(&mut self, asked: Asked, desk: Desk<'_>) -> Action {
        let looked_at = match asked {
            Asked::Edit(appointment) => self.look_at(appointment.uuid(), desk),
            _ => Task::none(),
        };
        self.answer(asked, desk).along_with(looked_at)
    }

    fn answer(&mut self, asked: Asked, desk: Desk<'_>) -> Action {
        let situation = self.known.situation(&self.book, desk);
        match asked {
            Asked::NewAppointment { .. }
            | Asked::NewBlock { .. }
            | Asked::UseNeed { .. }
            | Asked::Edit(_)
            | Asked::Reschedule { .. }
            | Asked::Cancel(_)
            | Asked::Delete(_) => {
                let action = self.appointments.ask(asked, &situation, &self.known.store);
                self.appointments_action(action, desk)
            }
            Asked::FindPatient
            | Asked::NewPatient
            | Asked::OpenPatient(_)
            | Asked::OpenNewPatients(_)
            | Asked::NewNeed(_)
            | Asked::EditNeed(_)
            | Asked::DeleteNeed(_) => {
                let action = self.patients.ask(asked, &situation, &self.known.store);
                self.patients_action(action, desk)
            }
        }
    }

    pub(super) fn transfer(&mut self, transfer: Transfer, desk: Desk<'_>) -> Action {
        let situation = self.known.situation(&self.book, desk);
        self.files.ask(transfer, &situation);
        Action::None
    }

    pub(super) fn appointments_message(&mut self, message: appointments::Message, desk: Desk<'_>) -> Action {
        let situation = self.known.situation(&self.book, desk);
        let action = self.appointments.update(message, &situation, &self.known.store);
        self.appointments_action(action, desk)
    }

    pub(super) fn appointments_action(&mut self, action: appointments::Action, desk: Desk<'_>) -> Action {
        let told = self.appointments.take_told();
        if told.is_some() || matches!(action, appointments::Action::Save(_)) {
            self.told = told.map(Told::ToRead);
        }
        match action {
            appointments::Action::None => Action::None,
            appointments::Action::Run(task) => Action::Run(task.map(Message::Appointments)),
            appointments::Action::Save(writes) => Action::Save { writes, this_pc: None },
            appointments::Action::Asked(asked) => self.asked(asked, desk),
        }
    }

    pub(super) fn patients_message(&mut self, message: patients::Message, desk: Desk<'_>) -> Action {
        let situation = self.known.situation(&self.book, desk);
        let action = self.patients.update(message, &situation, &self.known.store);
        self.patients_action(action, desk)
    }

    pub(super) fn patients_action(&mut self, action: patients::Action, desk: Desk<'_>) -> Action {
        match action {
            patients::Action::None => Action::None,
            patients::Action::Run(task) => Action::Run(task.map(Message::Patients)),
            patients::Action::Save(writes) => Action::Save { writes, this_pc: None },
            patients::Action::ShowDay(date) => {
                let day = month_calendar::Asked::Day(date);
                self.book_message(appointment_book::Message::CalendarAsked(day), desk)
            }
            patients::Action::Asked(asked) => self.asked(asked, desk),
        }
    }

    pub(super) fn files_message(&mut self, message: files::Message, desk: Desk<'_>) -> Action {
        let situation = self.known.situation(&self.book, desk);
        let action = self.files.update(message, &situation, &self.known.store);
        self.files_action(action)
    }

    pub(super) fn files_action(&mut self, action: files::Action) -> Action {
        match action {
            files::Action::Done(words) => {
                self.tell_done(words);
                Action::None
            }
            files::Action::None => Action::None,
            files::Action::Run(task) => Action::Run(task.map(Message::Files)),
            files::Action::Import { import, watch, telling } => {
                Action::Import { import, watch, telling: telling.map(Message::Files) }
            }
        }
    }
}

/// The patient that a change has created, if it is one.
fn created_patient(change: &SavedChange) -> Option<Entry<Patient>> {
    let mut created = change.writes.iter().filter(|write| write.kind == RecordKind::Patient && write.before.is_none());
    let (Some(SavedWrite { kind, id, after: Some(fields), .. }), None) = (created.next(), created.next()) else {
        return None;
    };
    let record = Record::from_fields(*kind, *id, fields.clone()).ok()?;
    Some(Entry { id: Id::new(record.id), value: Patient::from_value(record.value)? })
}
