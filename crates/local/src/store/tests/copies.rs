//! Backups, restoring, importing.

use std::collections::BTreeSet;
use std::fs;

use aftalebog_booking::{Entry, Record};
use chrono::{Days, TimeDelta};

use super::sample::line;
use super::*;
use crate::backup::{
    Backup, Chosen, KEPT, Moment, Occasion, backups, contents, last_good_backup, look_at, records, restore, set_aside,
};
use crate::error::{CopyError, Refusal};

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
    let _copy = wait(clinic.store.replace(clinic.sample.snapshot(), WhenPaired::Refuse, late)).unwrap();
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
    let import =
        |snapshot, minute| wait(clinic.store.replace(snapshot, WhenPaired::Refuse, now() + TimeDelta::minutes(minute)));
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
    // Ten in the morning in Copenhagen: its name says no time of day.
    let made = Moment::At(day(1).naive_utc() + TimeDelta::hours(1));
    assert_eq!(found, Backup { file: newer, made, occasion: Occasion::Daily });
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
    let copy = wait(clinic.store.replace(other.snapshot(), WhenPaired::Refuse, now())).unwrap();
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
    let refused = |snapshot| wait(clinic.store.replace(snapshot, WhenPaired::Refuse, now())).unwrap_err();
    assert!(matches!(refused(without(Kind::Clinic)), SaveError::Incomplete));
    let dangling = refused(without(Kind::Patient));
    let reason = Refusal::Dangling { kind: Kind::Patient };
    assert!(matches!(&dangling, SaveError::Refused { reason: found, .. } if *found == reason), "{dangling:?}");
    let twice: Vec<Record> = all.iter().chain(&all[3..4]).cloned().collect();
    assert!(matches!(refused(Snapshot::new(twice)), SaveError::Refused { reason: Refusal::Exists, .. }));
    assert_eq!(clinic.snapshot(), clinic.sample.snapshot());
}

#[test]
fn a_copy_that_is_asked_for_is_one_more_and_the_newest_fourteen_are_kept() {
    let clinic = Clinic::new();
    let daily = wait(clinic.store.daily_backup(now())).unwrap().unwrap();
    let copies: Vec<_> =
        (0..17).map(|hour| wait(clinic.store.back_up(now() + TimeDelta::hours(hour))).unwrap()).collect();
    assert_eq!(copies[0], clinic.folder().join("backups/clinic-copy-20261123T090000Z.db"));
    let kept: Vec<_> = backups(&clinic.file()).into_iter().map(|backup| (backup.file, backup.occasion)).collect();
    let asked = copies[17 - KEPT..].iter().map(|copy| (copy.clone(), Occasion::Asked));
    assert_eq!(kept, [(daily, Occasion::Daily)].into_iter().chain(asked).collect::<Vec<_>>());
    assert_eq!(wait(records(copies[16].clone(), clinic.file())).unwrap(), clinic.sample.snapshot());
}

#[test]
fn a_daily_copy_stands_among_the_others_of_its_day_by_when_it_was_made() {
    let clinic = Clinic::new();
    let hour = |hour| now() + TimeDelta::hours(hour);
    let before = wait(clinic.store.back_up(hour(-1))).unwrap();
    let daily = wait(clinic.store.daily_backup(now())).unwrap().unwrap();
    let after = wait(clinic.store.back_up(hour(1))).unwrap();
    let order = || backups(&clinic.file()).into_iter().map(|backup| backup.file).collect::<Vec<_>>();
    assert_eq!(order(), [before.clone(), daily.clone(), after.clone()]);
    // Somebody has written it on another day: its name says which day it is of.
    let touched = fs::File::options().write(true).open(&daily).unwrap();
    touched.set_modified((now() + Days::new(1)).into()).unwrap();
    assert_eq!(order(), [daily, before, after]);
}

#[test]
fn a_daily_copy_that_is_made_after_midnight_stands_where_the_clinics_clock_puts_it() {
    let clinic = Clinic::new();
    // Half past midnight in Copenhagen: in UTC it is still the day before.
    let night = instant("2026-11-23T23:30:00Z");
    let before = wait(clinic.store.back_up(night - TimeDelta::minutes(45))).unwrap();
    let daily = wait(clinic.store.daily_backup(night)).unwrap().unwrap();
    let after = wait(clinic.store.back_up(night + TimeDelta::minutes(15))).unwrap();
    let at = |text: &str| Moment::At(text.parse().unwrap());
    let made: Vec<_> = backups(&clinic.file()).into_iter().map(|backup| (backup.file, backup.made)).collect();
    assert_eq!(
        made,
        [(before, at("2026-11-23T23:45:00")), (daily, at("2026-11-24T00:30:00")), (after, at("2026-11-24T00:45:00"))]
    );
}

#[test]
fn the_last_good_backup_may_be_of_a_newer_program() {
    let mut clinic = Clinic::new();
    let _old = wait(clinic.store.daily_backup(now() - Days::new(20))).unwrap().unwrap();
    let newest = wait(clinic.store.daily_backup(now())).unwrap().unwrap();
    raise_version(&newest);
    wait(clinic.store.clone().close());
    fs::write(clinic.file(), [7; 5000]).unwrap();
    let found = wait(last_good_backup(clinic.file())).unwrap();
    assert_eq!(found.file, newest, "not the one of three weeks ago");
    let _damaged = wait(restore(clinic.file(), found.file, now())).unwrap();
    clinic.store = wait(Store::open(clinic.file(), now())).unwrap();
    assert!(matches!(clinic.store.access(), Access::ReadOnly(_)));
    assert_eq!(clinic.snapshot(), clinic.sample.snapshot());
}

/// As a program with one more migration leaves it.
fn raise_version(copy: &Path) {
    let connection = rusqlite::Connection::open(copy).unwrap();
    let newer = "insert into refinery_schema_history select version + 1, name, applied_on, checksum
        from refinery_schema_history order by version desc limit 1";
    assert_eq!(connection.execute(newer, []).unwrap(), 1);
}

#[test]
fn what_is_in_a_copy_is_told_without_opening_it() {
    let clinic = Clinic::new();
    let copy = wait(clinic.store.back_up(now())).unwrap();
    let bytes = fs::read(&copy).unwrap();
    let here = wait(clinic.store.content()).unwrap();
    assert_eq!(Some(&here), Content::of(&clinic.sample.snapshot()).as_ref());
    let expected = Content {
        clinic: clinic.sample.clinic.value.name.to_string(),
        time_zone: clinic.sample.clinic.value.time_zone,
        // One of two is in use.
        appointment_types: 1,
        online_types: 1,
        practitioners: 2,
        practitioner_groups: 1,
        closures: 1,
        patients: 1,
        needs: 1,
        appointments: 1,
        blocks: 1,
    };
    assert_eq!(here, expected);
    let damaged = wait(clinic.store.back_up(now() + TimeDelta::hours(1))).unwrap();
    fs::write(&damaged, "no database").unwrap();
    let told = wait(contents(clinic.file()));
    assert_eq!(told.len(), 2);
    assert!(matches!(&told[0], (newest, Err(CopyError::Unreadable(_))) if newest.file == damaged), "{told:?}");
    assert!(matches!(&told[1], (_, Ok(content)) if *content == here), "{told:?}");
    assert!(matches!(wait(records(damaged, clinic.file())), Err(CopyError::Unreadable(_))));
    assert_eq!(fs::read(&copy).unwrap(), bytes, "it stays as it is");
}

#[test]
fn the_records_of_another_pcs_file_are_had_with_what_is_in_its_journal() {
    let (here, left) = (Clinic::new(), Clinic::new());
    let added = Entry::new(left.sample.patient.value.clone());
    let _id = left.save(vec![Write::create(&added)]).unwrap();
    // As it stands on a disk that was taken out of a PC.
    let disk = tempfile::tempdir().unwrap();
    let taken_out = disk.path().join("clinic.db");
    let _bytes = fs::copy(left.file(), &taken_out).unwrap();
    let _bytes = fs::copy(left.folder().join("clinic.db-wal"), disk.path().join("clinic.db-wal")).unwrap();
    let mut permissions = fs::metadata(&taken_out).unwrap().permissions();
    permissions.set_readonly(true);
    fs::set_permissions(&taken_out, permissions).unwrap();
    assert_eq!(wait(records(taken_out, here.file())).unwrap(), left.snapshot());
    assert!(matches!(wait(records(here.file(), here.file())), Err(CopyError::Own)));
    let names = |folder: &Path| fs::read_dir(folder).unwrap().count();
    assert_eq!(names(disk.path()), 2, "nothing is left beside it");
    assert!(
        fs::read_dir(here.folder()).unwrap().all(|it| !it.unwrap().path().to_string_lossy().contains("looked-into"))
    );
}

#[test]
fn a_copy_of_a_newer_program_is_told_from_a_damaged_one() {
    let clinic = Clinic::new();
    let copy = wait(clinic.store.back_up(now())).unwrap();
    raise_version(&copy);
    assert!(matches!(wait(contents(clinic.file()))[..], [(_, Err(CopyError::Newer(_)))]));
    assert!(matches!(wait(records(copy, clinic.file())), Err(CopyError::Newer(_))));
}

#[test]
fn replacing_tells_how_far_it_is_and_can_be_stopped() {
    let clinic = Clinic::new();
    let (told, telling) = std::sync::mpsc::channel();
    let all = clinic.sample.snapshot().records.len();
    let watch = move |done| {
        told.send(done).unwrap();
        if done == all { std::ops::ControlFlow::Break(()) } else { std::ops::ControlFlow::Continue(()) }
    };
    let mut other = clinic.sample.clone();
    other.clinic = Entry::new(aftalebog_booking::record::Clinic { name: line("En anden"), ..other.clinic.value });
    let stopped = wait(clinic.store.replace_watched(other.snapshot(), WhenPaired::Refuse, now(), watch)).unwrap_err();
    assert!(matches!(stopped, SaveError::Stopped));
    assert_eq!(telling.iter().collect::<Vec<_>>(), (0..=all).collect::<Vec<_>>());
    assert_eq!(clinic.snapshot(), clinic.sample.snapshot());
}

#[test]
fn a_file_that_cannot_be_read_is_set_aside_only_for_one_that_is_whole() {
    let clinic = Clinic::new();
    wait(clinic.store.clone().close());
    fs::write(clinic.file(), [7; 5000]).unwrap();
    let go_on = |_| std::ops::ControlFlow::Continue(());
    let instead = |snapshot| wait(Store::create_watched(clinic.file(), snapshot, Present::SetAside, now(), go_on));
    assert!(matches!(instead(Snapshot::new(vec![])), Err(OpenError::Incomplete)));
    assert_eq!(fs::read(clinic.file()).unwrap(), [7; 5000]);
    let store = instead(clinic.sample.snapshot()).unwrap();
    assert_eq!(wait(store.snapshot()).unwrap(), clinic.sample.snapshot());
    assert_eq!(fs::read(clinic.folder().join("clinic.db.damaged-20261123T090000Z")).unwrap(), [7; 5000]);
    assert!(matches!(instead(clinic.sample.snapshot()), Err(OpenError::InUse)), "somebody has a clinic there by now");
    assert_eq!(wait(store.snapshot()).unwrap(), clinic.sample.snapshot());
}

#[test]
fn the_file_that_is_open_is_never_opened_once_more_by_whatever_path_it_is_chosen() {
    let clinic = Clinic::new();
    let file = clinic.file();
    let mut paths =
        vec![file.clone(), clinic.folder().join("../").join(clinic.folder().file_name().unwrap()).join("clinic.db")];
    #[cfg(unix)]
    {
        let elsewhere = tempfile::tempdir_in(clinic.folder()).unwrap().keep();
        let (link, hard_link) = (elsewhere.join("link.db"), elsewhere.join("hard.db"));
        std::os::unix::fs::symlink(&file, &link).unwrap();
        fs::hard_link(&file, &hard_link).unwrap();
        paths.extend([link, hard_link]);
    }
    for path in paths {
        assert_eq!(wait(look_at(path.clone(), file.clone())).unwrap(), Chosen::Own, "{path:?}");
        assert!(matches!(wait(records(path.clone(), file.clone())), Err(CopyError::Own)), "{path:?}");
        assert!(super::files::is_held_for_others(&file), "{path:?}");
    }
    // The controls: a copy is a file of its own, and a file that is closed can be had.
    let copy = wait(clinic.store.back_up(now())).unwrap();
    assert_eq!(wait(look_at(copy, file.clone())).unwrap(), Chosen::Database);
    wait(clinic.store.clone().close());
    assert!(!super::files::is_held_for_others(&file));
}

#[test]
fn a_chosen_file_is_known_by_what_it_begins_with() {
    let clinic = Clinic::new();
    let path = clinic.folder().join("kopi.db");
    let look = || wait(look_at(path.clone(), clinic.file()));
    assert_eq!(look().unwrap_err().kind(), std::io::ErrorKind::NotFound);
    for (bytes, chosen) in [
        (&b"SQLite format 3\0 and so on"[..], Chosen::Database),
        (b"SQLite format 3", Chosen::Other),
        (b"", Chosen::Other),
    ] {
        fs::write(&path, bytes).unwrap();
        assert_eq!(look().unwrap(), chosen);
    }
}

#[test]
fn two_copies_are_looked_into_at_the_same_time() {
    let clinic = Clinic::new();
    let one = (wait(clinic.store.back_up(now())).unwrap(), clinic.snapshot());
    let added = Entry::new(clinic.sample.patient.value.clone());
    let _id = clinic.save(vec![Write::create(&added)]).unwrap();
    let other = (wait(clinic.store.back_up(now() + TimeDelta::hours(1))).unwrap(), clinic.snapshot());
    let together = std::sync::Barrier::new(2);
    let look = |(copy, expected): &(PathBuf, Snapshot)| {
        let _first = together.wait();
        for _ in 0..20 {
            assert_eq!(wait(records(copy.clone(), clinic.file())).unwrap(), *expected);
        }
    };
    std::thread::scope(|scope| [&one, &other].into_iter().for_each(|copy| drop(scope.spawn(|| look(copy)))));
}

#[test]
fn what_a_crash_left_of_a_copy_that_was_looked_into_goes_when_the_file_is_opened() {
    let mut clinic = Clinic::new();
    let left = ["clinic.db.looked-into-a", "clinic.db.looked-into-a-wal", "clinic.db.looked-into-b-journal"];
    let others = ["demo.db.looked-into-c", "clinic.db.damaged-20261123T090000Z", "looked-into-d"];
    for name in left.iter().chain(&others) {
        fs::write(clinic.folder().join(name), "left").unwrap();
    }
    clinic.reopen();
    assert!(left.iter().all(|name| !clinic.folder().join(name).exists()));
    assert!(others.iter().all(|name| clinic.folder().join(name).exists()));
}

#[test]
fn a_pc_that_is_paired_is_replaced_only_by_who_says_so() {
    let paired = Paired::new();
    let clinic = &paired.clinic;
    let before = clinic.snapshot();
    let mut other = clinic.sample.clone();
    other.clinic = Entry::new(aftalebog_booking::record::Clinic { name: line("En anden"), ..other.clinic.value });
    let replace = |when_paired| wait(clinic.store.replace(other.snapshot(), when_paired, now()));
    assert!(matches!(replace(WhenPaired::Refuse), Err(SaveError::Paired)));
    assert!(clinic.snapshot() == before && wait(clinic.store.link()).unwrap().is_some());
    let copies = || backups(&clinic.file()).into_iter().filter(|copy| copy.occasion == Occasion::Import).count();
    assert_eq!(copies(), 0, "nothing was about to be done");
    let _copy = replace(WhenPaired::Unpair).unwrap();
    assert!(clinic.snapshot() == other.snapshot() && wait(clinic.store.link()).unwrap().is_none());
    // One that is paired no more has a book of its own.
    wait(clinic.store.begin_link(new_link(0), FirstSync::Give, now())).unwrap();
    wait(clinic.store.unlink()).unwrap();
    assert!(replace(WhenPaired::Refuse).is_ok());
}
