//! Who looks at the book: the clinic, or somebody of the clinic as one of its patients.

use super::as_patient::{self, AsPatient};
use super::view;
use super::{Action, AppointmentBook, Desk, Message, month};
use crate::ui::focus;

/// Who looks at the book.
pub(super) enum SeenAs {
    /// The clinic. Who it was looked at as before is chosen again next time.
    Clinic { before: Option<Box<AsPatient>> },
    /// «Vis som patient».
    Patient(Box<AsPatient>),
}

impl AppointmentBook {
    pub(super) fn view_as_patient_pressed(&mut self, desk: Desk<'_>) -> Action {
        let before = self.dates();
        let leaving = matches!(self.seen_as, SeenAs::Patient(_));
        let nobody = SeenAs::Clinic { before: None };
        self.seen_as = match std::mem::replace(&mut self.seen_as, nobody) {
            SeenAs::Patient(patient) => SeenAs::Clinic { before: Some(patient) },
            SeenAs::Clinic { before: Some(mut patient) } => {
                self.shown.month = month(desk, self.day);
                patient.turn_to(self.day, &self.shown.month, desk);
                patient.read_again(desk);
                SeenAs::Patient(patient)
            }
            SeenAs::Clinic { before: None } => {
                self.shown.month = month(desk, self.day);
                SeenAs::Patient(Box::new(AsPatient::new(self.day, &self.shown.month, self.needs.known(), desk)))
            }
        };
        if leaving {
            self.shown.month = self.month(desk, self.day);
        }
        self.count_times(desk);
        self.taken_up = None;
        match self.dates() == before {
            false => Action::Load(self.turned(desk)),
            // What had the focus has perhaps gone with the patient.
            true if leaving => Action::Run(focus::set_if_lost(view::AS_PATIENT)),
            true => Action::None,
        }
    }

    pub(super) fn as_patient_message(&mut self, message: as_patient::Message, desk: Desk<'_>) -> Action {
        let SeenAs::Patient(patient) = &mut self.seen_as else { return Action::None };
        let action = patient.update(message, desk);
        self.count_times(desk);
        match action {
            as_patient::Action::None => Action::None,
            as_patient::Action::Run(task) => Action::Run(task.map(Message::AsPatient)),
            as_patient::Action::Show(setting) => Action::ShowSetting(setting),
        }
    }

    /// What the patient is to be told of the chosen day and its month.
    pub(super) fn turn_patient(&mut self, desk: Desk<'_>) {
        if let SeenAs::Patient(patient) = &mut self.seen_as {
            patient.turn_to(self.day, &self.shown.month, desk);
        }
        self.count_times(desk);
    }

    /// The calendar, with the number of the patient's times.
    pub(super) fn count_times(&mut self, desk: Desk<'_>) {
        if let SeenAs::Patient(patient) = &self.seen_as {
            self.shown.month =
                month(desk, self.shown.month.first()).counted(|date| patient.times(date, self.clock.today));
        }
    }

    pub(super) fn refresh_patient(&mut self, desk: Desk<'_>) {
        if let SeenAs::Patient(patient) = &mut self.seen_as {
            patient.refresh(desk);
        }
        self.count_times(desk);
    }
}
