//! Why something went wrong, in words that say what is safe and what to do.

use aftalebog_local::{Damage, OpenError, Refusal, SaveError, StoreError};
use aftalebog_texts::{Texts, fl};

/// For the dialog that wanted to save; what was typed still stands in it.
pub fn save(texts: &Texts, error: &SaveError) -> String {
    match error {
        SaveError::DiskFull => fl!(texts, "save-disk-full"),
        SaveError::InUse => fl!(texts, "save-in-use"),
        SaveError::ReadOnly => fl!(texts, "save-read-only"),
        SaveError::Refused { reason: Refusal::SecondSetup, .. } => fl!(texts, "save-second-setup"),
        SaveError::Refused { reason: Refusal::StillUsed { .. }, .. } => fl!(texts, "save-still-used"),
        SaveError::Refused { reason, .. } => fl!(texts, "save-refused", detail = refusal(texts, reason)),
        SaveError::ChangedSince { .. } => fl!(texts, "save-changed-since"),
        SaveError::NotUndoable { .. } => fl!(texts, "save-not-undoable"),
        SaveError::Incomplete => fl!(texts, "snapshot-incomplete"),
        SaveError::Stopped => fl!(texts, "import-stopped"),
        SaveError::Paired => fl!(texts, "replace-paired"),
        SaveError::Damaged { .. } => fl!(texts, "save-damaged"),
        SaveError::Closed => fl!(texts, "save-closed"),
        // Only what comes from the server can be that, and the next contact mends it.
        SaveError::OutOfStep { detail } | SaveError::Io { detail } => fl!(texts, "save-io", detail = detail.clone()),
    }
}

/// Why a snapshot was not put in the place of everything.
pub fn replace(texts: &Texts, error: &SaveError) -> String {
    match error {
        SaveError::Refused { kind, id, reason } => {
            fl!(texts, "snapshot-refused", record = format!("{kind} {id}"), reason = refusal(texts, reason))
        }
        SaveError::Stopped => fl!(texts, "restore-stopped"),
        error => save(texts, error),
    }
}

/// The heading and the explanation of the page that stands where the file should be.
pub fn open(texts: &Texts, error: &OpenError) -> (String, String) {
    match error {
        OpenError::Missing => (fl!(texts, "open-missing"), fl!(texts, "open-missing-why")),
        OpenError::Exists => (fl!(texts, "open-exists"), fl!(texts, "open-exists-why")),
        OpenError::InUse => (fl!(texts, "open-in-use"), fl!(texts, "open-in-use-why")),
        OpenError::Damaged { reason } => (fl!(texts, "open-damaged"), damage(texts, reason)),
        OpenError::Denied { path } => {
            (fl!(texts, "open-denied"), fl!(texts, "open-denied-why", path = path.display().to_string()))
        }
        OpenError::Full => (fl!(texts, "open-full"), fl!(texts, "open-full-why")),
        OpenError::Unsuitable(unsuitable) => (fl!(texts, "open-unsuitable"), self::unsuitable(texts, unsuitable)),
        OpenError::Migration { copy, reason } => (
            fl!(texts, "open-migration"),
            fl!(texts, "open-migration-why", copy = copy.display().to_string(), reason = reason.clone()),
        ),
        OpenError::Refused { kind, id, reason } => (
            fl!(texts, "open-refused"),
            fl!(texts, "snapshot-refused", record = format!("{kind} {id}"), reason = refusal(texts, reason)),
        ),
        OpenError::Incomplete => (fl!(texts, "open-refused"), fl!(texts, "snapshot-incomplete")),
        OpenError::Stopped => (fl!(texts, "open-refused"), fl!(texts, "restore-stopped")),
        OpenError::Io { detail } => (fl!(texts, "open-io"), fl!(texts, "open-io-why", detail = detail.clone())),
    }
}

/// Why nothing could be read from a file that was opened.
pub fn read(texts: &Texts, error: &StoreError) -> (String, String) {
    match error {
        StoreError::Damaged { reason } => (fl!(texts, "open-damaged"), damage(texts, reason)),
        StoreError::Full => (fl!(texts, "open-full"), fl!(texts, "open-full-why")),
        StoreError::InUse => (fl!(texts, "open-in-use"), fl!(texts, "open-in-use-why")),
        StoreError::Closed | StoreError::Denied | StoreError::Io { .. } => {
            (fl!(texts, "open-io"), fl!(texts, "open-io-why", detail = error.to_string()))
        }
    }
}

/// Why the file that is open could not be read for a moment, in words that go on after a colon.
pub fn not_read(texts: &Texts, error: &StoreError) -> String {
    match error {
        StoreError::InUse => fl!(texts, "not-read-in-use"),
        StoreError::Full => fl!(texts, "not-read-full"),
        StoreError::Denied => fl!(texts, "not-read-denied"),
        StoreError::Damaged { .. } => fl!(texts, "not-read-damaged"),
        StoreError::Closed | StoreError::Io { .. } => fl!(texts, "not-read-io"),
    }
}

/// Why a folder cannot hold the clinic's file.
pub fn unsuitable(texts: &Texts, unsuitable: &aftalebog_local::folder::Unsuitable) -> String {
    use aftalebog_local::folder::Unsuitable;
    match unsuitable {
        Unsuitable::NetworkShare { path, .. } => {
            fl!(texts, "folder-network", path = path.display().to_string())
        }
        Unsuitable::Synchronised { path, service } => {
            fl!(texts, "folder-synchronised", path = path.display().to_string(), service = service.to_string())
        }
    }
}

/// What does not fit in a record, in words that go on after a colon.
fn refusal(texts: &Texts, refusal: &Refusal) -> String {
    match refusal {
        Refusal::PractitionerTaken | Refusal::PatientTaken => fl!(texts, "refusal-taken"),
        Refusal::NeedUsed => fl!(texts, "refusal-need-used"),
        Refusal::Dangling { .. } => fl!(texts, "refusal-dangling"),
        Refusal::OutsideLimits { .. } => fl!(texts, "refusal-limits"),
        Refusal::Unknown
        | Refusal::Exists
        | Refusal::OnlyOne
        | Refusal::Malformed { .. }
        | Refusal::UnknownField { .. }
        | Refusal::SecondSetup
        | Refusal::PractitionerTwice
        | Refusal::StillUsed { .. } => fl!(texts, "refusal-other"),
    }
}

fn damage(texts: &Texts, damage: &Damage) -> String {
    match damage {
        Damage::Empty => fl!(texts, "damage-empty"),
        Damage::NotADatabase => fl!(texts, "damage-not-a-database"),
        Damage::OtherProgram { .. } => fl!(texts, "damage-other-program"),
        Damage::Malformed { .. } => fl!(texts, "damage-malformed"),
        Damage::Incomplete => fl!(texts, "damage-incomplete"),
    }
}
