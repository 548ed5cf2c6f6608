//! A database with any number of clinics, and the server on it as a process of its own.
//!
//! The first clinic is given to the server by a PC. The others are its rows again under another
//! clinic's id: every row of a clinic begins with it. Their PCs and patients have tokens already.

use aftalebog_server::clock::Clock;
use std::net::SocketAddr;
use std::path::PathBuf;

use aftalebog_booking::wire::Position;
use aftalebog_booking::{Kind, Snapshot};
use aftalebog_server::secret;
use aftalebog_server::store::Store;
use rusqlite::config::DbConfig;
use rusqlite::{Connection, params};
use tempfile::TempDir;
use uuid::Uuid;

use crate::bare_pc::BarePc;
use crate::server_program::ServerProgram;

/// Whatever a clinic's records are kept in.
const TABLES: [&str; 4] = ["record", "record_reference", "record_unique", "appointment"];

pub struct Clinics {
    pub folder: TempDir,
    pub file: PathBuf,
    /// The first one's id is the first of them.
    pub ids: Vec<Uuid>,
    pub patients: Vec<Uuid>,
    position: Position,
}

impl Clinics {
    /// One clinic, given as a PC does.
    pub async fn one(clinic: &Snapshot) -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        let file = folder.path().join("server.db");
        let store = Store::open(&file).await.expect("a database");
        let new = store.add_clinic("Tandlægerne".to_owned(), Clock::Running.now()).await.expect("a clinic");
        let server = ServerProgram::start(&file, &[]);
        let first = BarePc::pair(&server.url(), new.code.reveal(), "Reception 1").await;
        first.give(clinic).await;
        let position = first.snapshot().await.position;
        drop(server);
        let patients = clinic.records.iter().filter(|it| it.value.kind() == Kind::Patient).map(|it| it.id).collect();
        Self { folder, file, ids: vec![new.id], patients, position }
    }

    /// So many in all, each with some PCs, and with sessions of its first patients.
    pub fn multiply(&mut self, count: usize, pcs: usize, sessions: usize) {
        let mut connection = Connection::open(&self.file).expect("the database");
        let _off = connection.set_db_config(DbConfig::SQLITE_DBCONFIG_ENABLE_TRIGGER, false).expect("no triggers");
        connection.pragma_update(None, "foreign_keys", false).expect("no foreign keys");
        let transaction = connection.transaction().expect("a transaction");
        let first = self.ids[0];
        for number in self.ids.len()..count {
            let id = Uuid::from_u128(number as u128);
            copy(
                &transaction,
                "clinic",
                &[("id", "?1"), ("slug", "slug || '-' || lower(hex(substr(?1, 13)))")],
                first,
                id,
            );
            for table in TABLES {
                copy(&transaction, table, &[("clinic", "?1")], first, id);
            }
            self.ids.push(id);
        }
        let now = Clock::Running.now().timestamp();
        for (clinic, id) in self.ids.iter().enumerate() {
            for pc in 0..pcs {
                let token = secret::hash(&pc_token(clinic, pc));
                let _one = transaction
                    .prepare_cached(
                        "insert or ignore into device (id, clinic, name, token_hash, token_made_at, paired_at, last_seen)
                            values (?1, ?2, 'PC', ?3, ?4, ?4, ?4)",
                    )
                    .and_then(|mut device| {
                        let name = Uuid::from_u128(1 << 100 | (clinic as u128) << 32 | pc as u128);
                        device.execute(params![name.as_bytes(), id.as_bytes(), token, now])
                    })
                    .expect("a PC");
            }
            for (number, patient) in self.patients.iter().take(sessions).enumerate() {
                let token = secret::hash(&patient_token(clinic, number));
                let _one = transaction
                    .prepare_cached(
                        "insert or ignore into session (token_hash, clinic, patient, channel, created_at, last_used, expires_at)
                            values (?1, ?2, ?3, 'sms', ?4, ?4, ?4 + 3600)",
                    )
                    .and_then(|mut session| session.execute(params![token, id.as_bytes(), patient.as_bytes(), now]))
                    .expect("a session");
            }
        }
        transaction.commit().expect("it is kept");
    }

    /// Where all of them stand in their feeds.
    pub const fn position(&self) -> Position {
        self.position
    }

    pub fn serve(&self) -> Served {
        let program = ServerProgram::start(&self.file, &[]);
        Served { address: program.address, program }
    }
}

/// The server as a process.
pub struct Served {
    pub address: SocketAddr,
    program: ServerProgram,
}

impl Served {
    /// The memory that it has in use, in KiB.
    pub fn memory(&self) -> u64 {
        let status = std::fs::read_to_string(format!("/proc/{}/status", self.program.child.id())).expect("Linux");
        let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:")).expect("a size");
        line.trim().trim_end_matches(" kB").parse().expect("a number")
    }
}

pub fn pc_token(clinic: usize, pc: usize) -> String {
    format!("dk1_{clinic}_{pc}")
}

pub fn patient_token(clinic: usize, patient: usize) -> String {
    format!("ps1_{clinic}_{patient}")
}

/// Copies the rows of a clinic, with other values in some columns.
fn copy(connection: &Connection, table: &str, others: &[(&str, &str)], from: Uuid, to: Uuid) {
    let columns = connection.prepare_cached(&format!("select name from pragma_table_info('{table}')"));
    let columns: Vec<String> = columns
        .and_then(|mut columns| columns.query_map([], |row| row.get(0))?.collect())
        .expect("the table has columns");
    let values = columns.iter().map(|column| {
        let other = others.iter().find(|(name, _)| name == column);
        other.map_or(format!("\"{column}\""), |(_, value)| (*value).to_owned())
    });
    let values: Vec<String> = values.collect();
    let columns: Vec<String> = columns.iter().map(|column| format!("\"{column}\"")).collect();
    let key = others[0].0;
    let sql = format!(
        "insert into {table} ({}) select {} from {table} where {key} = ?2",
        columns.join(", "),
        values.join(", ")
    );
    let _rows = connection
        .prepare_cached(&sql)
        .and_then(|mut copy| copy.execute(params![to.as_bytes(), from.as_bytes()]))
        .expect("rows are copied");
}
