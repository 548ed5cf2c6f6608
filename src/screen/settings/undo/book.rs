//! What a save is called that changed the appointment book: its appointments, needs and patients.

use aftalebog_booking::Setup;
use aftalebog_booking::record::{Appointment, Kind};
use aftalebog_local::{SavedChange, SavedWrite, Subject};
use aftalebog_texts::{Texts, fl};
use serde_json::Value;

/// «aftale oprettet: SU Karen Mikkelsen»; `None` for a change of something else.
pub(super) fn words(texts: &Texts, setup: &Setup, change: &SavedChange, subject: &Subject) -> Option<String> {
    const BOOK: [Kind; 3] = [Kind::Patient, Kind::Need, Kind::Appointment];
    if change.writes.iter().any(|write| !BOOK.contains(&write.kind)) {
        return None;
    }
    let need = || deletes_need(change).then(|| needs(texts, setup, change, subject)).flatten();
    patients(texts, change, subject)
        .or_else(need)
        .or_else(|| appointments(texts, setup, change, subject))
        .or_else(|| needs(texts, setup, change, subject))
}

fn of(change: &SavedChange, kind: Kind) -> Vec<&SavedWrite> {
    change.writes.iter().filter(|write| write.kind == kind).collect()
}

fn patients(texts: &Texts, change: &SavedChange, subject: &Subject) -> Option<String> {
    let writes = of(change, Kind::Patient);
    let about = change.about(Kind::Patient)?;
    let who = subject.patient.as_ref().map(ToString::to_string).unwrap_or_default();
    let gone = writes.iter().any(|write| write.after.is_none());
    let others = change.writes.len() > writes.len();
    // What was theirs belongs to somebody else now, or another's name or telephone has changed.
    let handed_over = change.writes.iter().any(|write| write.before.is_some() && sets(write, "patient"));
    let kept_another = writes.iter().any(|write| write.before.is_some() && write.after.is_some());
    let never_accepted = about.before.as_ref().is_some_and(|before| {
        before.get("self_registered") == Some(&Value::Bool(true)) && before.get("accepted") == Some(&Value::Bool(false))
    });
    Some(if gone && (handed_over || kept_another) {
        fl!(texts, "undo-patient-merged", who = who)
    } else if writes.len() > 1 {
        fl!(texts, "undo-import-patients", count = change.writes_in_all)
    } else if gone && (others || never_accepted) {
        fl!(texts, "undo-patient-rejected", who = who)
    } else if gone {
        fl!(texts, "undo-patient-deleted", who = who)
    } else if about.before.is_none() && subject.restored {
        fl!(texts, "undo-patient-restored", who = who)
    } else if about.before.is_none() {
        fl!(texts, "undo-patient-created", who = who)
    } else if about.after.as_ref().and_then(|after| after.get("accepted")) == Some(&Value::Bool(true)) {
        fl!(texts, "undo-patient-accepted", who = who)
    } else {
        fl!(texts, "undo-patient-changed", who = who)
    })
}

fn appointments(texts: &Texts, setup: &Setup, change: &SavedChange, subject: &Subject) -> Option<String> {
    let about = change.about(Kind::Appointment)?;
    let appointment = subject.appointment.as_ref()?;
    let what = texts.appointment(setup, appointment, subject.patient.as_ref());
    let writes = of(change, Kind::Appointment);
    let created: Vec<_> =
        writes.iter().filter_map(|write| write.after.as_ref().filter(|_| write.before.is_none())).collect();
    if created.len() > 1 {
        // Those of one save of the dialog are alike; those of a calendar are not.
        let alike = |field: &str| created.iter().all(|one| one.get(field) == created[0].get(field));
        return Some(if alike("start") && alike("minutes") && alike("note") {
            fl!(texts, "undo-block-created", count = created.len(), what = what)
        } else {
            fl!(texts, "undo-import-times", count = change.writes_in_all)
        });
    }
    let moved = sets(about, "start") || sets(about, "practitioner");
    Some(match (is_block(appointment), &about.before, &about.after) {
        (true, None, _) if subject.restored => fl!(texts, "undo-block-restored", what = what),
        (false, None, _) if subject.restored => fl!(texts, "undo-appointment-restored", what = what),
        (true, None, _) => fl!(texts, "undo-block-created", count = 1, what = what),
        (true, _, None) => fl!(texts, "undo-block-deleted", what = what),
        (true, ..) if moved => fl!(texts, "undo-block-moved", what = what),
        (true, ..) => fl!(texts, "undo-block-changed", what = what),
        (false, None, _) => fl!(texts, "undo-appointment-created", what = what),
        (false, _, None) => fl!(texts, "undo-appointment-deleted", what = what),
        (false, ..) if sets(about, "status") => fl!(texts, "undo-appointment-cancelled", what = what),
        (false, ..) if moved => fl!(texts, "undo-appointment-moved", what = what),
        (false, _, Some(after)) if after.keys().all(|it| it == "minutes" || it == "overlap" || !sets(about, it)) => {
            if sets(about, "minutes") {
                fl!(texts, "undo-appointment-length", what = what)
            } else {
                fl!(texts, "undo-appointment-kept", what = what)
            }
        }
        (false, ..) => fl!(texts, "undo-appointment-changed", what = what),
    })
}

fn needs(texts: &Texts, setup: &Setup, change: &SavedChange, subject: &Subject) -> Option<String> {
    let about = change.about(Kind::Need)?;
    let writes = of(change, Kind::Need);
    if writes.len() > 1 {
        return Some(fl!(texts, "undo-import-needs", count = change.writes_in_all));
    }
    let code = subject.need.as_ref().and_then(|need| setup.appointment_type(need.appointment_type));
    let code = code.map(|of| of.code.to_string());
    let name = subject.patient.as_ref().map(ToString::to_string);
    let what = [code, name].into_iter().flatten().collect::<Vec<_>>().join(" ");
    Some(match (&about.before, &about.after) {
        (None, _) if subject.restored => fl!(texts, "undo-need-restored", what = what),
        (None, _) => fl!(texts, "undo-need-created", what = what),
        (_, None) => fl!(texts, "undo-need-deleted", what = what),
        _ => fl!(texts, "undo-need-changed", what = what),
    })
}

/// Cancelled appointments that were made for a need forget it when it goes.
fn deletes_need(change: &SavedChange) -> bool {
    of(change, Kind::Need).iter().any(|write| write.after.is_none())
        && of(change, Kind::Appointment).iter().all(|write| sets(write, "need") && write.before.is_some())
}

/// Whether it gave this field of a record another value. What is decided together is also written together.
fn sets(write: &SavedWrite, field: &str) -> bool {
    let SavedWrite { before, after, .. } = write;
    let was = before.as_ref().and_then(|before| before.get(field));
    after.as_ref().and_then(|after| after.get(field)).is_some_and(|value| was != Some(value))
}

fn is_block(appointment: &Appointment) -> bool {
    appointment.patient.is_none() && appointment.appointment_type.is_none()
}
