//! What is asked before an appointment is put on another one, cancelled or deleted.

use aftalebog_booking::Write;
use aftalebog_booking::bounded::Name;
use aftalebog_booking::overlap::{OnTop, Shared, Step};
use aftalebog_booking::record::Appointment;
use aftalebog_booking::zone::local;
use aftalebog_local::AppointmentCard;
use aftalebog_texts::guide::Topic;
use aftalebog_texts::{capital, fl};
use iced::Element;

use super::{Message, is_block, placement_of};
use crate::screen::settings::Situation;
use crate::ui::dialog::{Saving, question};
use crate::ui::form::Sentence;
use crate::ui::topic::layer_explained_by;

/// More than these are only counted.
const NAMED: usize = 4;

pub(super) struct Question {
    about: About,
    /// The save, if the answer is yes.
    pub(super) writes: Vec<Write>,
    pub(super) saving: Saving,
    words: Words,
}

enum About {
    /// What is put somewhere, if it is one, and what stands there with the patient's name.
    Overlap {
        put: Option<Appointment>,
        on_top: Vec<(OnTop, Option<Name>)>,
        /// What is unusual about its time, in words.
        unusual: Option<String>,
    },
    Cancel(AppointmentCard),
    Delete(AppointmentCard),
    /// A block.
    Remove(AppointmentCard),
}

struct Words {
    title: String,
    why: String,
    consequence: Sentence,
    keep: String,
    lose: String,
}

impl Question {
    pub(super) fn overlap(
        put: Option<&Appointment>,
        on_top: Vec<(OnTop, Option<Name>)>,
        unusual: Option<String>,
        writes: Vec<Write>,
        situation: &Situation<'_>,
    ) -> Self {
        Self::about(About::Overlap { put: put.cloned(), on_top, unusual }, writes, situation)
    }

    /// Whether what is on the card is to be cancelled or deleted, as the step says.
    pub(super) fn removal(step: &Step, card: &AppointmentCard, writes: Vec<Write>, situation: &Situation<'_>) -> Self {
        let card = card.clone();
        let about = match step.after() {
            _ if is_block(&card.entry.value) => About::Remove(card),
            Some(_) => About::Cancel(card),
            None => About::Delete(card),
        };
        Self::about(about, writes, situation)
    }

    fn about(about: About, writes: Vec<Write>, situation: &Situation<'_>) -> Self {
        let words = about.words(situation);
        Self { about, writes, saving: Saving::Idle, words }
    }

    /// Says it again, in another language.
    pub(super) fn refresh(&mut self, situation: &Situation<'_>) {
        self.words = self.about.words(situation);
    }

    pub(super) fn view(&self) -> Element<'_, Message> {
        let Words { title, why, consequence, keep, lose } = &self.words;
        // Not greyed while it saves, which would take the focus away: it is answered once.
        let confirm = Some(Message::QuestionConfirmed);
        let topic = match self.about {
            About::Overlap { .. } => Topic::Overlap,
            About::Cancel(_) | About::Delete(_) => Topic::Cancelling,
            About::Remove(_) => Topic::Block,
        };
        let question = question(
            title.as_str(),
            consequence,
            why.as_str(),
            (keep.clone(), Message::QuestionDeclined),
            (lose.clone(), confirm),
            &self.saving,
        );
        layer_explained_by(topic, question)
    }
}

impl About {
    fn words(&self, situation: &Situation<'_>) -> Words {
        match self {
            Self::Overlap { put, on_top, unusual } => Words {
                consequence: unusual.clone().map_or_else(Sentence::none, Sentence::Warns),
                ..overlap(put.as_ref(), on_top, situation)
            },
            Self::Cancel(card) => cancel(card, situation),
            Self::Delete(card) => delete(card, situation),
            Self::Remove(card) => remove(card, situation),
        }
    }
}

/// «Jens Holm har allerede SU Karen Mikkelsen 9.00–9.45. Gem alligevel?»
fn overlap(put: Option<&Appointment>, on_top: &[(OnTop, Option<Name>)], situation: &Situation<'_>) -> Words {
    let Situation { texts, setup, today, .. } = *situation;
    let place = |put| capital(&texts.placement(setup, placement_of(put), today));
    let mut lines: Vec<String> = put.map(|put| fl!(texts, "overlap-for", place = place(put))).into_iter().collect();
    lines.extend(on_top.iter().take(NAMED).map(|(on_top, patient)| stands_there(on_top, patient.as_ref(), situation)));
    let more = on_top.len().saturating_sub(NAMED);
    if more > 0 {
        lines.push(fl!(texts, "overlap-more", count = more));
    }
    lines.push(fl!(texts, "overlap-anyway"));
    Words {
        title: fl!(texts, "overlap-title"),
        why: lines.join("\n"),
        consequence: Sentence::none(),
        keep: fl!(texts, "cancel"),
        lose: fl!(texts, "overlap-confirm"),
    }
}

fn stands_there(on_top: &OnTop, patient: Option<&Name>, situation: &Situation<'_>) -> String {
    let Situation { texts, setup, .. } = *situation;
    let on = &on_top.on.value;
    let (who, times) = (texts.practitioner_name(on.practitioner, setup), texts.times(setup, placement_of(on)));
    let code = on.appointment_type.and_then(|id| setup.appointment_type(id)).map(|of| of.code.to_string());
    match (on_top.shared, patient) {
        (Shared::Patient, Some(patient)) => {
            let what = code.unwrap_or_else(|| fl!(texts, "book-block"));
            fl!(texts, "overlap-patient", patient = patient.to_string(), what = what, times = times, who = who)
        }
        _ => fl!(texts, "overlap-practitioner", who = who, what = what(on, patient, situation), times = times),
    }
}

/// «SU Karen Mikkelsen», «Frokost».
fn what(appointment: &Appointment, patient: Option<&Name>, situation: &Situation<'_>) -> String {
    situation.texts.appointment(situation.setup, appointment, patient)
}

fn cancel(card: &AppointmentCard, situation: &Situation<'_>) -> Words {
    let Situation { texts, setup, today, .. } = *situation;
    let value = &card.entry.value;
    let local = local(setup.clinic.value.time_zone, value.start);
    let (date, time) = (texts.date_seen_from(today, local.date()), texts.time_of(local.time()));
    let (title, why) = match card.patient.as_ref().map(|patient| patient.value.name.as_str()) {
        Some(name) => (
            fl!(texts, "cancel-title", patient = name),
            fl!(texts, "cancel-why", whose = texts.whose(name), date = date, time = time),
        ),
        None => (fl!(texts, "cancel-title-nobody"), fl!(texts, "cancel-why-nobody", date = date, time = time)),
    };
    Words {
        title,
        why: with_need(why, value, situation),
        consequence: Sentence::none(),
        keep: fl!(texts, "cancel-keep"),
        lose: fl!(texts, "cancel-confirm"),
    }
}

fn delete(card: &AppointmentCard, situation: &Situation<'_>) -> Words {
    let Situation { texts, setup, today, .. } = *situation;
    let value = &card.entry.value;
    let what = what(value, card.patient.as_ref().map(|patient| &patient.value.name), situation);
    let why = fl!(texts, "remove-why", what = what, place = texts.placement(setup, placement_of(value), today));
    Words {
        title: fl!(texts, "remove-title"),
        why: with_need(why, value, situation),
        consequence: Sentence::Means(fl!(texts, "remove-history")),
        keep: fl!(texts, "cancel"),
        lose: fl!(texts, "delete"),
    }
}

fn remove(card: &AppointmentCard, situation: &Situation<'_>) -> Words {
    let Situation { texts, setup, today, .. } = *situation;
    let value = &card.entry.value;
    let place = texts.placement(setup, placement_of(value), today);
    Words {
        title: fl!(texts, "block-remove-title"),
        why: fl!(texts, "block-remove-why", what = what(value, None, situation), place = place),
        consequence: Sentence::none(),
        keep: fl!(texts, "block-remove-keep"),
        lose: fl!(texts, "block-remove-confirm"),
    }
}

/// Whoever uses a need gives it back.
fn with_need(why: String, appointment: &Appointment, situation: &Situation<'_>) -> String {
    match appointment.need {
        Some(_) => format!("{why} {}", fl!(situation.texts, "cancel-need")),
        None => why,
    }
}
