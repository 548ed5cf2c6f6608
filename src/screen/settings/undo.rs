//! What a save is called beside «Fortryd».

use aftalebog_booking::record::{AppointmentType, Kind};
use aftalebog_booking::{Id, Setup};
use aftalebog_local::{SavedChange, SavedWrite, Subject};
use aftalebog_texts::{Texts, fl};
use serde_json::Value;

mod book;

/// «SU ændret», «Klinik indstillinger ændret», «online booking stoppet», «SU Karen Mikkelsen flyttet».
pub fn words(texts: &Texts, setup: &Setup, change: &SavedChange, subject: &Subject) -> String {
    if let Some(words) = book::words(texts, setup, change, subject) {
        return words;
    }
    let all = |kind: Kind| change.writes.iter().all(|write| write.kind == kind);
    let any = |kind: Kind| change.writes.iter().any(|write| write.kind == kind);
    match change.writes.as_slice() {
        [write] if write.kind == Kind::OnlineType => one_type(texts, setup, write),
        [write] if write.kind == Kind::Service => service(texts, write),
        _ if all(Kind::OnlineType) => fl!(texts, "undo-order"),
        _ if all(Kind::Analytics) => fl!(texts, "undo-analytics"),
        _ if any(Kind::Practitioner) || any(Kind::Clinic) => fl!(texts, "undo-clinic"),
        _ => fl!(texts, "undo-other"),
    }
}

fn one_type(texts: &Texts, setup: &Setup, write: &SavedWrite) -> String {
    let fields = write.before.as_ref().or(write.after.as_ref());
    let named = fields.and_then(|fields| fields.get("appointment_type")).and_then(Value::as_str);
    let named = named.and_then(|id| id.parse().ok()).map(Id::<AppointmentType>::new);
    let kept = setup.online_types.iter().find(|entry| entry.id.uuid() == write.id);
    let id = kept.map(|entry| entry.value.appointment_type).or(named);
    let code = id.and_then(|id| setup.appointment_type(id)).map(|of| of.code.to_string()).unwrap_or_default();
    match (&write.before, &write.after) {
        (None, _) => fl!(texts, "undo-type-created", code = code),
        (Some(_), None) => fl!(texts, "undo-type-deleted", code = code),
        (Some(_), Some(after)) if after.keys().all(|field| field == "position") => fl!(texts, "undo-order"),
        (Some(_), Some(_)) => fl!(texts, "undo-type-changed", code = code),
    }
}

fn service(texts: &Texts, write: &SavedWrite) -> String {
    let after = |field| write.after.as_ref().and_then(|after| after.get(field));
    match (after("running").and_then(Value::as_bool), after("closed_text")) {
        (Some(true), _) => fl!(texts, "undo-started"),
        (Some(false), _) => fl!(texts, "undo-stopped"),
        (None, Some(_)) => fl!(texts, "undo-clinic"),
        (None, None) => fl!(texts, "undo-server"),
    }
}
