//! A save, from OK to durable: through the program's store, and by bare SQLite that writes the
//! same rows. And whether the window waits for it. Goals: `benches/README.md`.

mod figures;
mod large_clinic;
mod window;

use std::path::Path;

use aftalebog_booking::bounded::Alias;
use aftalebog_booking::record::OnlineType;
use aftalebog_booking::{Change, Entry, Snapshot, Write};
use aftalebog_local::Store;
use figures::{Times, goal, heading, milliseconds, ratio};
use futures::executor::block_on;
use iced::keyboard::key::Named;
use large_clinic::{Size, now};
use rusqlite::{Connection, params};
use uuid::Uuid;
use window::{key, letter, program};

const TIMES: usize = 300;
const PRESSES: usize = 20;

fn main() {
    let demo = Size::default();
    let large = Size { types: 200, practitioners: 40, appointments: 0, days_around: 0 };
    for (title, size) in [("the demo clinic", demo), ("200 types, 40 practitioners", large)] {
        compare(title, large_clinic::clinic(size));
        press_ok(title, large_clinic::clinic(size));
    }
}

/// One edit of a type, again and again, by turns in one file and in a copy of it.
fn compare(title: &str, snapshot: Snapshot) {
    let folder = tempfile::tempdir().expect("a folder");
    let (ours, bare) = (folder.path().join("ours.db"), folder.path().join("bare.db"));
    block_on(async { Store::create(ours.clone(), snapshot, now()).await.expect("a clinic").close().await });
    let _bytes = std::fs::copy(&ours, &bare).expect("a copy");
    let store = block_on(Store::open(ours, now())).expect("it opens");
    let bare = connect(&bare).expect("it opens");
    let setup = block_on(store.setup()).expect("it can be read");
    let mut before = setup.online_types[0].clone();

    let (mut saved, mut written) = (Times::default(), Times::default());
    for number in 0..TIMES {
        let alias = Alias::new(&format!("Undersøgelse {number}")).expect("short");
        let after = OnlineType { alias, ..before.value.clone() };
        let write = Write::edit(&before, &after).expect("the alias is another");
        let change = Change::new(now(), "bench", vec![write]);
        let logged = Logged::of(&before.value, &after);
        let edit = || block_on(store.save(change)).expect("it is saved");
        let bare_edit = || write_rows(&bare, &before, &after, &logged).expect("it is written");
        if number % 2 == 0 {
            saved.take(edit);
            written.take(bare_edit);
        } else {
            written.take(bare_edit);
            saved.take(edit);
        }
        before.value = after;
    }
    block_on(store.close());
    heading(&format!("One save: {title}"));
    saved.line("the program's store, to durable");
    written.line("bare SQLite, the same rows");
    goal("a save, of the bare one", ratio(&saved, &written), 2.0);
}

/// What the program does to a file before it writes.
fn connect(file: &Path) -> rusqlite::Result<Connection> {
    let connection = Connection::open(file)?;
    connection.set_prepared_statement_cache_capacity(128);
    connection.pragma_update(None, "foreign_keys", true)?;
    let _mode: String = connection.pragma_update_and_check(None, "locking_mode", "exclusive", |row| row.get(0))?;
    let _mode: String = connection.pragma_update_and_check(None, "journal_mode", "wal", |row| row.get(0))?;
    connection.pragma_update(None, "synchronous", "full")?;
    Ok(connection)
}

/// What the history says of the edit.
struct Logged {
    before: String,
    after: String,
}

impl Logged {
    fn of(before: &OnlineType, after: &OnlineType) -> Self {
        let json = |value: &OnlineType| serde_json::json!({ "alias": value.alias.as_str() }).to_string();
        Self { before: json(before), after: json(after) }
    }
}

fn write_rows(
    connection: &Connection,
    entry: &Entry<OnlineType>,
    after: &OnlineType,
    logged: &Logged,
) -> rusqlite::Result<()> {
    let id = |id: Uuid| id.as_bytes().to_vec();
    let number = |number: Option<u16>| number.map(i64::from);
    connection.execute_batch("begin immediate")?;
    let position = connection
        .prepare_cached("insert into change (id, made_at, made_by, undoes) values (?1, ?2, ?3, null)")?
        .insert(params![id(Uuid::new_v4()), now().timestamp(), "bench"])?;
    let _one = connection
        .prepare_cached(
            "update online_type set appointment_type = ?2, alias = ?3, min_spacing_minutes = ?4, need_driven = ?5, \
             choose_practitioner = ?6, max_days_before_recall_week = ?7, max_days_after_recall_week = ?8, \
             earliest_booking_days = ?9, cancel_days = ?10, move_days = ?11, position = ?12 where id = ?1",
        )?
        .execute(params![
            id(entry.id.uuid()),
            id(after.appointment_type.uuid()),
            after.alias.as_str(),
            number(after.min_spacing_minutes.map(u16::from)),
            after.need_driven,
            after.choose_practitioner,
            number(after.max_days_before_recall_week.map(u16::from)),
            number(after.max_days_after_recall_week.map(u16::from)),
            number(after.earliest_booking_days.map(u16::from)),
            number(after.cancel_days.map(u16::from)),
            number(after.move_days.map(u16::from)),
            after.position,
        ])?;
    let mut row = connection.prepare_cached(
        "insert into online_type_practitioner (online_type, practitioner, number, active, minutes) \
         values (?1, ?2, ?3, ?4, ?5) \
         on conflict do update set number = excluded.number, active = excluded.active, minutes = excluded.minutes",
    )?;
    for (place, without_need) in after.practitioners.iter().enumerate() {
        let _one = row.execute(params![
            id(entry.id.uuid()),
            id(without_need.practitioner.uuid()),
            place as i64,
            without_need.active,
            number(without_need.minutes.map(u16::from)),
        ])?;
    }
    let _one = connection
        .prepare_cached(
            "insert into change_write (change, number, kind, record, before, after) \
             values (?1, 0, 'online_type', ?2, ?3, ?4)",
        )?
        .execute(params![position, id(entry.id.uuid()), logged.before, logged.after])?;
    connection.execute_batch("commit")
}

/// OK in the type editor: what the window's thread does itself, before and after the save.
fn press_ok(title: &str, snapshot: Snapshot) {
    let mut program = program(snapshot);
    let window = &mut program.window;
    window.click_id("gear");
    let (mut pressed, mut answered) = (Times::default(), Times::default());
    for _ in 0..PRESSES {
        // The chosen row has the focus: F2 opens it. Its alias becomes a letter longer.
        window.click_id("types-row-0");
        window.event(key(Named::F2));
        window.settle();
        window.event(key(Named::End));
        window.event(letter('a'));
        window.settle();
        let _typing = window.take_slowest_update();
        window.event(key(Named::Enter));
        pressed.push(window.take_slowest_update());
        window.settle();
        answered.push(window.take_slowest_update());
        assert!(!window.sees_id("type-ok"), "the editor closes when the type is saved");
    }
    heading(&format!("The window's thread: {title}"));
    pressed.line("OK pressed: the task is handed on");
    answered.line("the save has been answered: all is said again");
    goal("OK pressed, ms", milliseconds(pressed.percentile(95)), 16.0);
}
