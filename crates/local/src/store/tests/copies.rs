//! Backups, restoring, importing.

use std::collections::BTreeSet;
use std::fs;

use aftalebog_booking::{Entry, Record};
use chrono::{Days, TimeDelta};

use super::sample::line;
use super::*;
use crate::backup::{KEPT, backups, last_good_backup, restore, set_aside};
use crate::error::Refusal;

fn names(clinic: &Clinic) -> BTreeSet<String> {
    let names = fs::read_dir(clinic.folder().join("backups")).unwrap();
    names.map(|name| name.unwrap().file_name().into_string().unwrap()).collect()
}

#[test]
fn one_backup_a_local_day_and_the_newest_fourteen_are_kept() {
    let clinic = Clinic::new();
    let backup = |now| wait(clinic.store.daily_backup(now)).unwrap();
    // 23:30 in Copenhagen, and a quarter past midnight: another date, though in UTC the same.
    let late = instant("2026-11-01T22:30:00Z");
    assert_eq!(backup(late), Some(clinic.folder().join("backups/clinic-2026-11-01.db")));
    assert_eq!(backup(late + TimeDelta::minutes(29)), None);
    assert_eq!(backup(late + TimeDelta::minutes(45)), Some(clinic.folder().join("backups/clinic-2026-11-02.db")));
    let _copy = wait(clinic.store.replace(clinic.sample.snapshot(), late)).unwrap();
    for day in 1..20 {
        let _backup = backup(late + Days::new(day));
    }
    let mut expected: BTreeSet<_> = (20 - KEPT + 1..=20).map(|day| format!("clinic-2026-11-{day:02}.db")).collect();
    let _new = expected.insert("clinic-before-import-20261101T223000Z.db".to_owned());
    assert_eq!(names(&clinic), expected);
    assert_eq!(backups(&clinic.file()).len(), KEPT + 1);
    assert_eq!(backups(&clinic.folder().join("demo.db")), []);
}

#[test]
fn the_newest_fourteen_copies_made_before_an_import_are_kept_and_no_other_is_touched() {
    let clinic = Clinic::new();
    let daily = wait(clinic.store.daily_backup(now())).unwrap().unwrap();
    let others = ["clinic-before-V0002-20200101T000000Z.db", "demo-before-import-20200101T000000Z.db", "notes.txt"];
    for name in others {
        fs::write(clinic.folder().join("backups").join(name), "another").unwrap();
    }
    let import = |snapshot, minute| wait(clinic.store.replace(snapshot, now() + TimeDelta::minutes(minute)));
    let name = |copy: &Path| copy.file_name().unwrap().to_str().unwrap().to_owned();
    let copies: Vec<_> = (0..17).map(|minute| name(&import(clinic.sample.snapshot(), minute).unwrap())).collect();
    let mut expected: BTreeSet<_> = copies[17 - KEPT..].iter().cloned().collect();
    expected.extend(others.map(str::to_owned).into_iter().chain([name(&daily)]));
    assert_eq!(names(&clinic), expected);
    // A refused import leaves its copy and takes none away; the next one that succeeds tidies up.
    assert!(import(Snapshot::new(vec![]), 17).is_err());
    assert!(names(&clinic).is_superset(&expected));
    let _copy = import(clinic.sample.snapshot(), 18).unwrap();
    assert_eq!(names(&clinic).len(), expected.len());
    assert!(!names(&clinic).contains(&copies[17 - KEPT + 1]));
}

#[test]
fn the_restore_drill() {
    let mut clinic = Clinic::new();
    let day = |day| now() + Days::new(day);
    let old = wait(clinic.store.daily_backup(day(0))).unwrap().unwrap();
    let added = Entry::new(clinic.sample.patient.value.clone());
    let _id = clinic.save(vec![Write::create(&added)]).unwrap();
    let good = clinic.snapshot();
    let newer = wait(clinic.store.daily_backup(day(1))).unwrap().unwrap();
    let bad = wait(clinic.store.daily_backup(day(2))).unwrap().unwrap();
    fs::write(&bad, "no database").unwrap();
    wait(clinic.store.clone().close());
    fs::write(clinic.file(), [7; 5000]).unwrap();
    fs::write(clinic.folder().join("clinic.db-wal"), "a journal").unwrap();
    assert!(matches!(wait(Store::open(clinic.file(), now())), Err(OpenError::Damaged { .. })));

    let found = wait(last_good_backup(clinic.file())).unwrap();
    assert_eq!(found.file, newer);
    let kept = wait(restore(clinic.file(), found.file, now())).unwrap().unwrap();
    assert_eq!(kept, clinic.folder().join("clinic.db.damaged-20261123T090000Z"));
    assert_eq!(fs::read(&kept).unwrap(), [7; 5000]);
    assert_eq!(fs::read(clinic.folder().join("clinic.db.damaged-20261123T090000Z-wal")).unwrap(), b"a journal");
    clinic.store = wait(Store::open(clinic.file(), now())).unwrap();
    assert_eq!(clinic.snapshot(), good);
    let last = wait(clinic.store.last_change()).unwrap().unwrap();
    clinic.undo(last.id).unwrap();

    // Again in the same second: the first damaged file stays.
    wait(clinic.store.clone().close());
    let again = wait(restore(clinic.file(), old, now())).unwrap().unwrap();
    assert_ne!(again, kept);
    assert_eq!(fs::read(&kept).unwrap(), [7; 5000]);
    clinic.store = wait(Store::open(clinic.file(), now())).unwrap();
    assert_eq!(clinic.snapshot(), clinic.sample.snapshot());
}

#[test]
fn without_a_good_backup_nothing_is_restored() {
    let clinic = Clinic::new();
    assert_eq!(wait(last_good_backup(clinic.file())), None);
    wait(clinic.store.clone().close());
    let bad = clinic.folder().join("bad.db");
    fs::write(&bad, "no database").unwrap();
    let before = fs::read(clinic.file()).unwrap();
    assert!(wait(restore(clinic.file(), bad, now())).is_err());
    assert_eq!(fs::read(clinic.file()).unwrap(), before);
    assert_eq!(set_aside(&clinic.folder().join("none.db"), now()).unwrap(), None);
}

#[test]
fn an_import_keeps_the_old_file_and_what_this_pc_knows() {
    let mut clinic = Clinic::new();
    let this_pc = ThisPc { server_address: "https://example".to_owned() };
    let added = Write::create(&Entry::new(clinic.sample.patient.value.clone()));
    wait(clinic.store.save_this_pc(this_pc.clone(), Some(change(vec![added])))).unwrap();
    let old = clinic.snapshot();
    let mut other = clinic.sample.clone();
    other.clinic = Entry::new(aftalebog_booking::record::Clinic { name: line("En anden"), ..other.clinic.value });
    let copy = wait(clinic.store.replace(other.snapshot(), now())).unwrap();
    clinic.reopen();
    assert_eq!(clinic.snapshot(), other.snapshot());
    assert_eq!(wait(clinic.store.history(9)).unwrap(), []);
    assert_eq!(wait(clinic.store.this_pc()).unwrap(), this_pc);
    let copied = wait(Store::open(copy, now())).unwrap();
    assert_eq!(wait(copied.snapshot()).unwrap(), old);
}

#[test]
fn a_refused_import_changes_nothing() {
    let clinic = Clinic::new();
    let all = clinic.sample.snapshot().records;
    let without = |kind| Snapshot::new(all.iter().filter(|record| record.value.kind() != kind).cloned().collect());
    let refused = |snapshot| wait(clinic.store.replace(snapshot, now())).unwrap_err();
    assert!(matches!(refused(without(Kind::Clinic)), SaveError::Incomplete));
    let dangling = refused(without(Kind::Patient));
    let reason = Refusal::Dangling { kind: Kind::Patient };
    assert!(matches!(&dangling, SaveError::Refused { reason: found, .. } if *found == reason), "{dangling:?}");
    let twice: Vec<Record> = all.iter().chain(&all[3..4]).cloned().collect();
    assert!(matches!(refused(Snapshot::new(twice)), SaveError::Refused { reason: Refusal::Exists, .. }));
    assert_eq!(clinic.snapshot(), clinic.sample.snapshot());
}
