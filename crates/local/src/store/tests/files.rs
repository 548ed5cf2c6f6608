//! Files that are missing, foreign, damaged, held, newer or older.

use std::fs;

use aftalebog_booking::record::{Patient, Recorded};
use refinery::{Migration, Runner};

use super::*;
use crate::open::{self, migrations};

fn open_error(file: impl Into<PathBuf>) -> OpenError {
    match wait(Store::open(file.into(), now())) {
        Err(error) => error,
        Ok(_) => panic!("it opened"),
    }
}

const FILE: &str = "AFTALEBOG_ANOTHER_PROGRAM_OPENS";

/// Whether another program finds the file in use. It is this one, started once more with the name of the file: within
/// one program, SQLite knows by itself.
pub fn is_held_for_others(file: &Path) -> bool {
    let mut another = std::process::Command::new(std::env::current_exe().unwrap());
    let another = another.args(["--exact", "store::tests::files::another_program", "--nocapture"]).env(FILE, file);
    let said = String::from_utf8(another.output().unwrap().stdout).unwrap();
    assert!(said.contains("it is in use: "), "{said}");
    said.contains("it is in use: true")
}

/// The other program; nothing when the tests are run.
#[test]
fn another_program() {
    use std::io::Write as _;
    let Some(file) = std::env::var_os(FILE) else { return };
    let in_use = match wait(Store::open(file.into(), now())) {
        Ok(_) => false,
        Err(OpenError::InUse) => true,
        Err(error) => panic!("{error}"),
    };
    writeln!(std::io::stdout(), "\nit is in use: {in_use}").unwrap();
}

#[test]
fn bad_files_are_named_and_left_as_they_are() {
    let clinic = Clinic::new();
    wait(clinic.store.clone().close());
    let good = fs::read(clinic.file()).unwrap();
    let foreign = clinic.folder().join("foreign.db");
    rusqlite::Connection::open(&foreign).unwrap().execute_batch("create table clinic (id)").unwrap();
    let foreign = fs::read(foreign).unwrap();
    let mut holed = good.clone();
    holed[4096..8192].fill(0);
    type Check = fn(&Damage) -> bool;
    let rows: [(&str, Vec<u8>, Check); 8] = [
        ("0 bytes", vec![], |damage| *damage == Damage::Empty),
        ("text", b"Dear clinic\n".repeat(500), |damage| *damage == Damage::NotADatabase),
        ("short text", b"x".to_vec(), |damage| *damage == Damage::NotADatabase),
        ("JPEG", [&[0xFF, 0xD8, 0xFF, 0xE0][..], &[0; 9000]].concat(), |damage| *damage == Damage::NotADatabase),
        ("cut off", good[..good.len() / 2].to_vec(), |damage| matches!(damage, Damage::Malformed { .. })),
        ("cut in the header", good[..50].to_vec(), |damage| *damage == Damage::NotADatabase),
        ("a page of zeros", holed, |damage| matches!(damage, Damage::Malformed { .. })),
        ("another program's", foreign, |damage| *damage == Damage::OtherProgram { application_id: 0 }),
    ];
    for (what, bytes, is) in rows {
        let file = clinic.folder().join("bad.db");
        fs::write(&file, &bytes).unwrap();
        match open_error(&file) {
            OpenError::Damaged { reason } => assert!(is(&reason), "{what}: {reason:?}"),
            error => panic!("{what}: {error:?}"),
        }
        assert_eq!(fs::read(&file).unwrap(), bytes, "{what}");
    }
}

#[test]
fn a_large_file_opens_at_once_and_what_it_has_grown_by_is_looked_through_afterwards() {
    let clinic = Clinic::new();
    let grow = "insert into change (id, made_at, made_by) select randomblob(16), 0, printf('%.10000c', 'x')
        from (with recursive one(n) as (select 1 union all select n + 1 from one where n < 1000) select n from one)";
    clinic.sql(grow).unwrap();
    clinic.sql("pragma wal_checkpoint(truncate)").unwrap();
    let root = |table: &str| {
        let sql = format!("select rootpage from sqlite_schema where name = '{table}'");
        let root = wait(clinic.store.owner.ask(move |connection| connection.query_row(&sql, [], |row| row.get(0))));
        root.ok().unwrap().map(|page: i64| page as usize).unwrap()
    };
    let (grown, settings) = (root("patient"), root("practitioner"));
    wait(clinic.store.clone().close());
    let good = fs::read(clinic.file()).unwrap();
    assert!(good.len() > 8 << 20);
    let with_hole_at = |page: usize| {
        let mut holed = good.clone();
        holed[(page - 1) * 4096..page * 4096].fill(0);
        let file = clinic.folder().join("holed.db");
        fs::write(&file, holed).unwrap();
        file
    };
    let store = wait(Store::open(clinic.file(), now())).unwrap();
    assert!(wait(store.look_through()).is_ok());
    let store = wait(Store::open(with_hole_at(grown), now())).unwrap();
    assert!(wait(store.setup()).is_ok());
    let found = wait(store.look_through());
    assert!(matches!(found, Err(StoreError::Damaged { reason: Damage::Malformed { .. } })), "{found:?}");
    wait(store.close());
    let error = open_error(with_hole_at(settings));
    assert!(matches!(error, OpenError::Damaged { reason: Damage::Malformed { .. } }), "{error:?}");
}

#[test]
fn a_file_that_is_not_there_is_not_created() {
    let folder = tempfile::tempdir().unwrap();
    for file in ["clinic.db", "no folder/clinic.db"] {
        let file = folder.path().join(file);
        assert!(matches!(open_error(&file), OpenError::Missing));
        assert!(!file.exists());
    }
    assert!(matches!(open_error(folder.path()), OpenError::Damaged { reason: Damage::NotADatabase }));
    assert!(matches!(open_error(folder.path().join("Dropbox/clinic.db")), OpenError::Unsuitable(_)));
}

#[test]
fn a_path_with_danish_letters_and_blanks_is_created_and_opened() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("Tandlægerne på Åen/æ ø å #%.db");
    let store = wait(Store::create(file.clone(), sample().snapshot(), now())).unwrap();
    let _backup = wait(store.daily_backup(now())).unwrap().unwrap();
    wait(store.close());
    let store = wait(Store::open(file, now())).unwrap();
    assert_eq!(wait(store.snapshot()).unwrap(), sample().snapshot());
}

#[test]
fn an_existing_file_is_never_overwritten_and_half_a_one_never_left() {
    let clinic = Clinic::new();
    let create = |file, snapshot| match wait(Store::create(file, snapshot, now())) {
        Err(error) => error,
        Ok(_) => panic!("it was created"),
    };
    assert!(matches!(create(clinic.file(), clinic.sample.snapshot()), OpenError::Exists));
    assert_eq!(clinic.snapshot(), clinic.sample.snapshot());
    let other = clinic.folder().join("other.db");
    assert!(matches!(create(other.clone(), Snapshot::new(vec![])), OpenError::Incomplete));
    let mut dangling = clinic.sample.snapshot();
    dangling.records.retain(|record| record.value.kind() != Kind::Patient);
    assert!(matches!(create(other.clone(), dangling), OpenError::Refused { .. }));
    let names: Vec<_> = fs::read_dir(clinic.folder()).unwrap().map(|name| name.unwrap().file_name()).collect();
    assert!(!names.iter().any(|name| name.to_string_lossy().starts_with("other")), "{names:?}");
    // What a crash left of an earlier attempt is in nobody's way.
    fs::write(clinic.folder().join("other.db.unfinished"), "half").unwrap();
    assert!(wait(Store::create(other, clinic.sample.snapshot(), now())).is_ok());
}

#[test]
fn one_program_at_a_time_owns_the_file_and_there_is_no_shared_memory() {
    let clinic = Clinic::new();
    assert!(matches!(open_error(clinic.file()), OpenError::InUse));
    assert_eq!(clinic.snapshot(), clinic.sample.snapshot());
    assert!(!clinic.folder().join("clinic.db-shm").exists());
    let other = clinic.store.clone();
    wait(clinic.store.clone().close());
    assert!(matches!(wait(other.setup()), Err(StoreError::Closed)));
    assert!(matches!(wait(other.save(change(vec![]))), Err(SaveError::Closed)));
    assert!(!clinic.folder().join("clinic.db-wal").exists(), "closed cleanly");
    let again = wait(Store::open(clinic.file(), now())).unwrap();
    drop(again);
    // The last handle is gone: the thread closes the file, which the next one waits for.
    assert!(wait(Store::open(clinic.file(), now())).is_ok());
}

#[test]
fn the_file_is_set_up_for_durable_commits() {
    let clinic = Clinic::new();
    let pragma = |name: &'static str| {
        let value = wait(clinic.store.owner.ask(move |connection| {
            connection.pragma_query_value(None, name, |row| row.get::<_, rusqlite::types::Value>(0)).unwrap()
        }));
        value.ok().unwrap()
    };
    for (name, value) in [("synchronous", 2), ("foreign_keys", 1), ("trusted_schema", 0)] {
        assert_eq!(pragma(name), value.into(), "{name}");
    }
    for (name, value) in [("journal_mode", "wal"), ("locking_mode", "exclusive")] {
        assert_eq!(pragma(name), value.to_owned().into(), "{name}");
    }
}

#[test]
fn a_file_of_a_newer_program_can_be_read_but_not_written() {
    let clinic = Clinic::new();
    clinic
        .sql(
            "insert into refinery_schema_history values (99, 'later', '2030-01-01T00:00:00Z', '1');
              alter table patient add column later text; create table later (id)",
        )
        .unwrap();
    wait(clinic.store.clone().close());
    let store = wait(Store::open(clinic.file(), now())).unwrap();
    assert_eq!(store.access(), &Access::ReadOnly(NewerProgram { file: 99, program: version() }));
    assert_eq!(wait(store.snapshot()).unwrap(), clinic.sample.snapshot());
    let save = change(vec![Write::delete(&clinic.sample.closure)]);
    assert!(matches!(wait(store.save(save)), Err(SaveError::ReadOnly)));
    assert!(matches!(wait(store.daily_backup(now())), Ok(None)));
    let past_the_handle = wait(store.owner.ask(|connection| connection.execute("delete from closure", [])));
    assert!(past_the_handle.ok().unwrap().is_err());
}

/// Root may write everywhere: then it is tried once more as nobody.
#[test]
#[cfg(unix)]
fn a_file_or_folder_that_may_only_be_read_is_denied_by_name() {
    use std::os::unix::fs::{MetadataExt, PermissionsExt};
    use std::os::unix::process::CommandExt;
    let clinic = Clinic::new();
    if fs::metadata(clinic.folder()).unwrap().uid() == 0 {
        let test = std::env::current_exe().unwrap();
        let name = "store::tests::files::a_file_or_folder_that_may_only_be_read_is_denied_by_name";
        let as_nobody = std::process::Command::new(test).args(["--exact", name]).uid(65534).gid(65534).output();
        // Nobody may not even start a program that lies in root's own folder.
        if let Ok(output) = as_nobody {
            assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stdout));
        }
        return;
    }
    wait(clinic.store.clone().close());
    let may = |path: &Path, mode| fs::set_permissions(path, fs::Permissions::from_mode(mode)).unwrap();
    for (file, folder) in [(0o444, 0o755), (0o644, 0o555), (0o444, 0o555), (0o000, 0o755)] {
        may(&clinic.file(), file);
        may(clinic.folder(), folder);
        let error = open_error(clinic.file());
        assert!(matches!(error, OpenError::Denied { .. }), "{file:o} {folder:o}: {error:?}");
        let other = Store::create(clinic.folder().join("new/other.db"), clinic.sample.snapshot(), now());
        if folder == 0o555 {
            assert!(matches!(wait(other), Err(OpenError::Denied { .. })));
        }
        may(clinic.folder(), 0o755);
        may(&clinic.file(), 0o644);
    }
    assert!(wait(Store::open(clinic.file(), now())).is_ok());
}

/// The last migration that this program knows.
fn version() -> i64 {
    migrations().get_migrations().len() as i64
}

/// This program's migrations and one more.
fn with_another(sql: &str) -> Runner {
    let another = Migration::unapplied(&format!("V{:04}__another", version() + 1), sql).unwrap();
    let mut all = migrations().get_migrations().clone();
    all.push(another);
    Runner::new(&all).set_grouped(true)
}

#[test]
fn a_migration_comes_after_a_copy_and_takes_itself_back() {
    let clinic = Clinic::new();
    wait(clinic.store.clone().close());
    let copy = clinic.folder().join(format!("backups/clinic-before-V{:04}-20261123T090000Z.db", version() + 1));
    let broken = with_another("create table good (id integer) strict; create table bad (id nonsense) strict;");
    match open::open(&clinic.file(), now(), &broken) {
        Err(OpenError::Migration { copy: made, reason }) => {
            assert_eq!(made, copy);
            assert!(reason.contains("nonsense"), "{reason}");
        }
        other => panic!("{other:?}"),
    }
    let store = wait(Store::open(clinic.file(), now())).unwrap();
    assert_eq!(wait(store.snapshot()).unwrap(), clinic.sample.snapshot());
    wait(store.close());
    let fine = with_another("alter table patient add column nickname text not null default '';");
    let (connection, access) = open::open(&clinic.file(), now(), &fine).unwrap();
    assert_eq!(access, Access::ReadWrite);
    drop(connection);
    let copied = wait(Store::open(copy, now())).unwrap();
    assert_eq!((copied.access(), wait(copied.snapshot()).unwrap()), (&Access::ReadWrite, clinic.sample.snapshot()));
    let newer = wait(Store::open(clinic.file(), now())).unwrap();
    assert_eq!(newer.access(), &Access::ReadOnly(NewerProgram { file: version() + 1, program: version() }));
}

const MIGRATIONS: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../db/local");

#[test]
fn every_migration_file_is_applied() {
    let names = fs::read_dir(MIGRATIONS).unwrap().map(|name| name.unwrap().file_name().into_string().unwrap());
    let files = names.filter(|name| name != "schema.sql").count();
    assert_eq!(migrations().get_migrations().len(), files);
    let clinic = Clinic::new();
    let count = wait(clinic.store.owner.ask(|connection| {
        connection.query_row("select count(*) from refinery_schema_history", [], |row| row.get::<_, i64>(0)).unwrap()
    }));
    assert_eq!(count.ok(), Some(files as i64));
}

/// The tables, indexes and triggers, without regard to blanks and comments.
fn schema(connection: &Connection) -> Vec<String> {
    let sql = "select sql from sqlite_schema where sql is not null and tbl_name not like 'refinery%'
        and name not like 'sqlite_%' order by type, name";
    let mut statement = connection.prepare(sql).unwrap();
    let rows = statement.query_map([], |row| row.get::<_, String>(0)).unwrap();
    let bare = |line: &str| line.split("--").next().unwrap_or_default().split_whitespace().collect::<String>();
    rows.map(|sql| sql.unwrap().lines().map(bare).collect()).collect()
}

#[test]
fn the_readable_schema_is_the_sum_of_the_migrations() {
    let readable = Connection::open_in_memory().unwrap();
    readable.execute_batch(&fs::read_to_string(format!("{MIGRATIONS}/schema.sql")).unwrap()).unwrap();
    let clinic = Clinic::new();
    let sum = wait(clinic.store.owner.ask(|connection| schema(connection))).ok().unwrap();
    assert_eq!(schema(&readable), sum);
}

const RELEASED: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/data");

/// Writes the file of this version and its records, to be kept for ever once it is released.
#[test]
#[ignore = "only when a version is released: see db/README.md"]
fn keep_a_released_file() {
    let clinic = Clinic::new();
    let edited = Patient { accepted: true, ..clinic.sample.patient.value.clone() };
    let _id = clinic.save(vec![Write::edit(&clinic.sample.patient, &edited).unwrap()]).unwrap();
    let records = serde_json::to_string_pretty(&clinic.snapshot()).unwrap();
    let version = migrations().get_migrations().len();
    let name = format!("{RELEASED}/local-v{version:04}");
    let copy = format!("vacuum into '{name}.db'");
    fs::create_dir_all(RELEASED).unwrap();
    clinic.sql(&copy).unwrap();
    fs::write(format!("{name}.json"), records + "\n").unwrap();
}

/// Which migrations a file has seen, with the sums of what they were then: a file whose sums are others is
/// refused as soon as there is one more to carry out.
fn history(file: &Path) -> Vec<(i64, String)> {
    let connection = Connection::open(file).unwrap();
    let sql = "select version, checksum from refinery_schema_history order by version";
    let mut statement = connection.prepare(sql).unwrap();
    let rows = statement.query_map([], |row| Ok((row.get(0)?, row.get(1)?))).unwrap();
    rows.map(Result::unwrap).collect()
}

#[test]
fn every_released_file_opens_with_all_its_records() {
    let ours = migrations();
    let ours = ours.get_migrations().iter().map(|it| (i64::from(it.version()), it.checksum().to_string()));
    let today: Vec<_> = ours.collect();
    let mut opened = 0;
    for name in fs::read_dir(RELEASED).unwrap() {
        let kept = name.unwrap().path();
        if kept.extension().is_none_or(|extension| extension != "db") {
            continue;
        }
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("clinic.db");
        let _bytes = fs::copy(&kept, &file).unwrap();
        assert_eq!(history(&file), today[..history(&file).len()], "a migration was edited after {}", kept.display());
        let content = crate::open::content(&file).unwrap();
        let store = wait(Store::open(file, now())).unwrap();
        let expected: Snapshot =
            serde_json::from_str(&fs::read_to_string(kept.with_extension("json")).unwrap()).unwrap();
        assert_eq!(Some(content), Content::of(&expected), "before it is opened, of {}", kept.display());
        assert_eq!(wait(store.snapshot()).unwrap(), expected, "{}", kept.display());
        let change = wait(store.last_change()).unwrap().unwrap();
        assert_eq!(change.writes[0].kind, Patient::KIND);
        wait(store.undo(change.id, now(), "Eva")).unwrap();
        opened += 1;
    }
    assert!(opened > 0);
}
