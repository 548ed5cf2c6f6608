//! What is asked before a need, a patient, or somebody who created themself goes away; or why it cannot.

use aftalebog_booking::patient::{self, Attended, Depending, PatientRecords};
use aftalebog_booking::record::{Appointment, Entry, Need, Patient};
use aftalebog_booking::{Id, Write};
use aftalebog_texts::fl;
use iced::Element;
use iced::widget::{column, text};

use super::words;
use crate::screen::settings::{Editing, Situation};
use crate::ui::dialog::{Saving, dialog, question};
use crate::ui::form::{Sentence, push, under};
use crate::ui::theme::{self, space as gap};

pub struct Question {
    subject: Subject,
    saving: Saving,
    shown: Shown,
}

/// What is to go away, with what is to be saved for it, or what is in the way.
enum Subject {
    Need {
        need: Entry<Need>,
        patient: Entry<Patient>,
        plan: Result<Vec<Write>, Entry<Appointment>>,
    },
    Patient {
        patient: Entry<Patient>,
        plan: Result<Vec<Write>, Depending>,
    },
    Rejected {
        records: Box<PatientRecords>,
        plan: Result<Vec<Write>, Attended>,
    },
    /// It could not be read, or is there no more.
    Nothing,
}

/// In words.
struct Shown {
    title: String,
    explanation: String,
    consequence: Sentence,
    lose: String,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Message {
    Confirmed,
    Declined,
}

pub enum Action {
    None,
    Save(Vec<Write>),
    Close,
}

impl Question {
    /// Whether a need of this patient is to be deleted.
    pub fn delete_need(records: Option<&PatientRecords>, need: Id<Need>, situation: &Situation<'_>) -> Self {
        let found = records.and_then(|records| Some((records, records.needs.iter().find(|it| it.id == need)?)));
        let Some((records, need)) = found else {
            return Self::told(fl!(situation.texts, "need-title"), fl!(situation.texts, "need-gone"));
        };
        let plan = patient::delete_need(need, &records.appointments).map_err(Entry::clone);
        Self::with(Subject::Need { need: need.clone(), patient: records.patient.clone(), plan }, situation)
    }

    /// That there is nothing to be asked.
    pub fn told(title: String, explanation: String) -> Self {
        let shown = Shown { title, explanation, consequence: Sentence::none(), lose: String::new() };
        Self { subject: Subject::Nothing, saving: Saving::Idle, shown }
    }

    pub fn delete_patient(
        patient: Entry<Patient>,
        plan: Result<Vec<Write>, Depending>,
        situation: &Situation<'_>,
    ) -> Self {
        Self::with(Subject::Patient { patient, plan }, situation)
    }

    /// Whether somebody who created themself is to be turned away.
    pub fn reject(records: PatientRecords, situation: &Situation<'_>) -> Self {
        let plan = patient::reject(&records, situation.now);
        Self::with(Subject::Rejected { records: Box::new(records), plan }, situation)
    }

    fn with(subject: Subject, situation: &Situation<'_>) -> Self {
        let mut question = Self { subject, ..Self::told(String::new(), String::new()) };
        question.refresh(situation);
        question
    }

    pub fn is_saving(&self) -> bool {
        self.saving == Saving::Busy
    }

    /// The patient goes away with this.
    pub fn takes_patient(&self) -> bool {
        matches!(self.subject, Subject::Patient { .. } | Subject::Rejected { .. })
    }

    pub fn failed(&mut self, words: String) {
        self.saving = Saving::Failed(words);
    }

    pub fn refresh(&mut self, situation: &Situation<'_>) {
        if let Some(shown) = self.subject.shown(situation) {
            self.shown = shown;
        }
    }

    pub fn update(&mut self, message: Message, situation: &Situation<'_>) -> Action {
        match (message, self.subject.plan()) {
            // Whether it could be saved must be seen.
            _ if self.is_saving() => Action::None,
            (Message::Declined, _) => Action::Close,
            (Message::Confirmed, Some(writes)) if situation.editing == Editing::Allowed => {
                self.saving = Saving::Busy;
                Action::Save(writes)
            }
            (Message::Confirmed, _) => Action::None,
        }
    }

    pub fn view<'a>(&'a self, situation: &Situation<'a>) -> Element<'a, Message> {
        let texts = situation.texts;
        let Shown { title, explanation, consequence, lose } = &self.shown;
        if self.subject.plan().is_none() {
            let body = column![text(explanation), under(consequence)].spacing(gap::S);
            let close = push("question-keep", fl!(texts, "close"), Some(Message::Declined)).style(theme::primary);
            return dialog(title.as_str(), 480.0, body, Message::Declined, fl!(texts, "close")).button(close).layer();
        }
        let confirm = (!self.is_saving()).then_some(Message::Confirmed);
        question(
            title.as_str(),
            consequence,
            explanation.as_str(),
            (fl!(texts, "cancel"), Message::Declined),
            (lose.clone(), confirm),
            &self.saving,
        )
    }
}

impl Subject {
    /// What is to be saved; `None` when it cannot be.
    fn plan(&self) -> Option<Vec<Write>> {
        match self {
            Self::Need { plan, .. } => plan.as_ref().ok().cloned(),
            Self::Patient { plan, .. } => plan.as_ref().ok().cloned(),
            Self::Rejected { plan, .. } => plan.as_ref().ok().cloned(),
            Self::Nothing => None,
        }
    }

    /// `None`: it was said when it was told.
    fn shown(&self, situation: &Situation<'_>) -> Option<Shown> {
        let texts = situation.texts;
        Some(match self {
            Self::Nothing => return None,
            Self::Need { need, patient, plan } => {
                let title = fl!(
                    texts,
                    "need-delete-title",
                    code = words::need_code(&need.value, situation),
                    patient = patient.value.name.to_string()
                );
                let explanation = match plan {
                    Ok(_) => words::need_details(&need.value, situation),
                    Err(using) => {
                        fl!(texts, "need-delete-used", appointment = words::when_with_whom(using, situation))
                    }
                };
                Shown { title, explanation, consequence: Sentence::none(), lose: fl!(texts, "delete") }
            }
            Self::Patient { patient, plan } => {
                let title = fl!(texts, "card-delete-title", patient = words::numbered(&patient.value));
                let explanation = match plan {
                    Ok(_) => fl!(texts, "card-delete-why"),
                    Err(Depending { appointments, needs }) => {
                        let depending = words::counted(*appointments, *needs, situation);
                        fl!(texts, "card-delete-depending", depending = depending)
                    }
                };
                Shown { title, explanation, consequence: Sentence::none(), lose: fl!(texts, "delete") }
            }
            Self::Rejected { records, plan } => {
                let name = records.patient.value.name.to_string();
                let title = fl!(texts, "reject-title", patient = name.clone());
                let (explanation, consequence) = match *plan {
                    Err(Attended { appointments }) => {
                        let why = fl!(texts, "reject-attended", patient = name, count = appointments);
                        (why, Sentence::none())
                    }
                    Ok(_) => (reject_explanation(records, situation), reject_consequence(records, situation)),
                };
                Shown { title, explanation, consequence, lose: fl!(texts, "reject") }
            }
        })
    }
}

/// «Patientens egne oplysninger slettes. 1 behov slettes.»
fn reject_explanation(records: &PatientRecords, situation: &Situation<'_>) -> String {
    let texts = situation.texts;
    let entered = fl!(texts, "reject-why");
    match records.needs.len() {
        0 => entered,
        count => format!("{entered} {}", fl!(texts, "reject-needs", count = count)),
    }
}

/// «Aftalen onsdag 25. november kl. 9.00 hos MK slettes, og tiden bliver ledig.»
fn reject_consequence(records: &PatientRecords, situation: &Situation<'_>) -> Sentence {
    let texts = situation.texts;
    let coming: Vec<_> = records.upcoming(situation.now).collect();
    match coming.as_slice() {
        [] => Sentence::none(),
        [one] => Sentence::Warns(fl!(texts, "reject-one", appointment = words::when_with_whom(one, situation))),
        [first, ..] => Sentence::Warns(fl!(
            texts,
            "reject-several",
            count = coming.len(),
            appointment = words::when_with_whom(first, situation)
        )),
    }
}
