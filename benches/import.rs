//! A CSV file of 50,000 patients, from its bytes to durable: read, checked and saved by the program, and read
//! with `csv` and inserted bare. How often the program tells how far it is. Goals: `benches/README.md`.

mod figures;
mod large_clinic;

use std::ops::ControlFlow;
use std::path::Path;
use std::sync::mpsc;
use std::time::Instant;

use aftalebog_booking::Entry;
use aftalebog_local::exchange::patient::{Existing, Mapping, Subject, check};
use aftalebog_local::exchange::table::{Layout, Table};
use aftalebog_local::{Import, Store};
use figures::{Times, goal, heading, milliseconds, ratio};
use futures::executor::block_on;
use large_clinic::{Size, now};
use rusqlite::{Connection, params};
use uuid::Uuid;

const PATIENTS: usize = 50_000;
const TIMES: usize = 7;

fn main() {
    let bytes = file();
    let folder = tempfile::tempdir().expect("a folder");
    let empty = folder.path().join("empty.db");
    let clinic = large_clinic::clinic(Size::default());
    block_on(async { Store::create(empty.clone(), clinic, now()).await.expect("a clinic").close().await });
    let (ours, bare) = (folder.path().join("ours.db"), folder.path().join("bare.db"));

    let mut times = Parts::default();
    for number in 0..TIMES {
        for file in [&ours, &bare] {
            let _bytes = std::fs::copy(&empty, file).expect("a copy");
        }
        if number % 2 == 0 {
            times.import(&ours, &bytes);
            times.insert_bare(&bare, &bytes);
        } else {
            times.insert_bare(&bare, &bytes);
            times.import(&ours, &bytes);
        }
    }
    heading("50,000 patients of a CSV file");
    times.checked.line("the program: read and checked");
    times.saved.line("the program: saved, to durable");
    times.whole.line("the program: all of it");
    times.bare.line("csv and bare inserts in one transaction, durable");
    times.gaps.line("from one word about its progress to the next");
    times.read_last.line("the last change, read after every save");
    times.undone.line("taken back");
    goal("an import, of the bare one", ratio(&times.whole, &times.bare), 5.0);
    goal("silent for at most, ms", milliseconds(times.gaps.percentile(100)), 250.0);
}

/// What each part took, each time.
#[derive(Default)]
struct Parts {
    checked: Times,
    saved: Times,
    whole: Times,
    bare: Times,
    gaps: Times,
    read_last: Times,
    undone: Times,
}

impl Parts {
    fn import(&mut self, file: &Path, bytes: &[u8]) {
        let store = block_on(Store::open(file.to_owned(), now())).expect("it opens");
        let began = Instant::now();
        let import = self.checked.take(|| {
            let table = Table::read(bytes, Layout::guess(bytes)).expect("a table");
            let known = block_on(store.patients()).expect("they can be read");
            let mapping = Mapping::guess(&table, Subject::Patients);
            let checked = check(&table, &mapping, &known, Existing::Skip, now().date_naive());
            assert_eq!((checked.creations.len(), checked.faults.len()), (PATIENTS, 0));
            Import::new(checked.creations.into_iter().map(Entry::into_record).collect(), checked.edits)
        });
        let id = import.id;
        let (told, telling) = mpsc::channel();
        let _first = told.send(Instant::now());
        self.saved.take(|| {
            let watch = move |_done| {
                let _listening = told.send(Instant::now());
                ControlFlow::Continue(())
            };
            block_on(store.import(import.into(), now(), "bench", watch)).expect("it is imported");
        });
        self.whole.push(began.elapsed());
        let mut moments: Vec<Instant> = telling.iter().collect();
        moments.push(Instant::now());
        moments.windows(2).for_each(|two| self.gaps.push(two[1] - two[0]));
        let last = self.read_last.take(|| block_on(store.last_change()).expect("it can be read"));
        assert_eq!(last.map(|change| change.writes_in_all), Some(PATIENTS));
        self.undone.take(|| block_on(store.undo(id, now(), "bench")).expect("it is taken back"));
        block_on(store.close());
    }

    fn insert_bare(&mut self, file: &Path, bytes: &[u8]) {
        let mut connection = connect(file).expect("it opens");
        let inserted = self.bare.take(|| insert(&mut connection, bytes)).expect("they are inserted");
        assert_eq!(inserted, PATIENTS);
    }
}

/// As a Danish program writes it.
fn file() -> Vec<u8> {
    let names = ["Hansen, Åse", "Ørsted Møller, Søren", "Bæk, Bo", "Lund, Cilie"];
    let mut text = "\u{FEFF}Patientnr.;Navn;Født;Mobil;E-mail\r\n".to_owned();
    for number in 0..PATIENTS {
        let (name, day, year) = (names[number % names.len()], number % 28 + 1, 1930 + number % 90);
        text.push_str(&format!(
            "{};\"{name}\";{day:02}-03-{year};00 00 00 00;nr{number}@eksempel.dk\r\n",
            100_000 + number
        ));
    }
    text.into_bytes()
}

/// What the program does to a file before it writes.
fn connect(file: &Path) -> rusqlite::Result<Connection> {
    let connection = Connection::open(file)?;
    connection.pragma_update(None, "foreign_keys", true)?;
    let _mode: String = connection.pragma_update_and_check(None, "locking_mode", "exclusive", |row| row.get(0))?;
    let _mode: String = connection.pragma_update_and_check(None, "journal_mode", "wal", |row| row.get(0))?;
    connection.pragma_update(None, "synchronous", "full")?;
    Ok(connection)
}

/// Each row as it stands, but for the date's order.
fn insert(connection: &mut Connection, bytes: &[u8]) -> rusqlite::Result<usize> {
    let mut rows = csv::ReaderBuilder::new().delimiter(b';').from_reader(bytes);
    let transaction = connection.transaction()?;
    let mut inserted = 0;
    {
        let mut statement = transaction.prepare(
            "insert into patient (id, number, name, birth_date, phone, email, self_registered, accepted) \
             values (?1, ?2, ?3, ?4, ?5, ?6, 0, 1)",
        )?;
        for row in rows.records() {
            let row = row.expect("a row");
            let (day, month, year) = (&row[2][..2], &row[2][3..5], &row[2][6..]);
            let birth_date = format!("{year}-{month}-{day}");
            let id = Uuid::new_v4();
            inserted +=
                statement.execute(params![&id.as_bytes()[..], &row[0], &row[1], birth_date, &row[3], &row[4]])?;
        }
    }
    transaction.commit()?;
    Ok(inserted)
}
