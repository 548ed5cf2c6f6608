//! One course of events.

mod mishaps;
mod network;
mod people;

use std::collections::HashMap;
use std::ops::AddAssign;
use std::path::PathBuf;

use aftalebog_booking::Record;
use aftalebog_booking::wire::{FeedPage, SentChange};
use aftalebog_local::Store;
use aftalebog_server::access::Device;
use aftalebog_server::store;
use serde_json::Value as Json;
use tempfile::TempDir;
use uuid::Uuid;

use self::network::Network;
use super::chance::Chance;
use super::clinic::{PCS, Template, folder, now, pc_file, server_file, snapshot};
use super::truth::{Fate, Field, Ledger, Seen, Truth, values};

/// So many events, before all is brought to an end.
const EVENTS: usize = 40;

/// Who does it wrong.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mutant {
    None,
    /// Whoever comes last, wins.
    ServerIgnoresBases,
    /// The same again is another change.
    ServerForgetsChangeIds,
    /// The PC goes on behind a page that it has not applied.
    PageIsLost,
    /// The PC thinks that the server has what it sent.
    AnswerIsTakenForGranted,
    /// What meets a conflict is dropped.
    ConflictIsGivenUp,
    /// A restored server gives the numbers of what was lost once more.
    RestoreGoesOnCounting,
}

/// How often what happened: a law about what never happens says little.
#[derive(Clone, Copy, Debug, Default)]
pub struct Course {
    saves: usize,
    undone: usize,
    accepted: usize,
    conflicts: usize,
    refused: usize,
    settled: usize,
    clashes: usize,
    lost_requests: usize,
    lost_answers: usize,
    repeated: usize,
    late: usize,
    crashes: usize,
    restored_pcs: usize,
    restored_servers: usize,
    snapshots: usize,
}

impl Course {
    pub fn add(&mut self, other: &Self) {
        let add = |to: &mut usize, from: usize| to.add_assign(from);
        add(&mut self.saves, other.saves);
        add(&mut self.undone, other.undone);
        add(&mut self.accepted, other.accepted);
        add(&mut self.conflicts, other.conflicts);
        add(&mut self.refused, other.refused);
        add(&mut self.settled, other.settled);
        add(&mut self.clashes, other.clashes);
        add(&mut self.lost_requests, other.lost_requests);
        add(&mut self.lost_answers, other.lost_answers);
        add(&mut self.repeated, other.repeated);
        add(&mut self.late, other.late);
        add(&mut self.crashes, other.crashes);
        add(&mut self.restored_pcs, other.restored_pcs);
        add(&mut self.restored_servers, other.restored_servers);
        add(&mut self.snapshots, other.snapshots);
    }
}

struct Pc {
    store: Store,
    file: PathBuf,
    device: Device,
    seen: Seen,
    /// What it shows.
    records: Vec<Record>,
    rows: HashMap<Field, String>,
    /// Copies of its file, with what was seen then and the saves of that time.
    copies: Vec<(PathBuf, Seen, Vec<Uuid>)>,
    /// Pages that are still under way.
    late: Vec<FeedPage>,
}

pub struct World<'a> {
    template: &'a Template,
    mutant: Mutant,
    chance: Chance,
    folder: TempDir,
    server: Option<store::Store>,
    server_file: PathBuf,
    pcs: Vec<Pc>,
    ledger: Ledger,
    truth: Truth,
    backups: Vec<(PathBuf, Truth)>,
    /// Requests that are still under way.
    late: Vec<(usize, SentChange)>,
    /// Records that were made together: one is never there without the other.
    pairs: Vec<(Uuid, Uuid)>,
    course: Course,
    /// The last revision that the server gave.
    revision: u64,
    files: usize,
    tokens: usize,
    tell: bool,
}

#[derive(Clone, Copy, Debug)]
enum Event {
    Edit,
    EditTwo,
    Greeting,
    Reorder,
    CreatePair,
    DeletePair,
    DeletePatient,
    Book,
    Move,
    Cancel,
    Import,
    Undo,
    Push,
    Pull,
    LatePush,
    LatePage,
    Settle,
    Crash,
    CopyPc,
    RestorePc,
    BackUp,
    RestoreServer,
}

const EVENTS_BY_WEIGHT: [(usize, Event); 22] = [
    (14, Event::Edit),
    (6, Event::EditTwo),
    (4, Event::Greeting),
    (3, Event::Reorder),
    (5, Event::CreatePair),
    (3, Event::DeletePair),
    (2, Event::DeletePatient),
    (10, Event::Book),
    (6, Event::Move),
    (3, Event::Cancel),
    (1, Event::Import),
    (6, Event::Undo),
    (24, Event::Push),
    (24, Event::Pull),
    (3, Event::LatePush),
    (3, Event::LatePage),
    (8, Event::Settle),
    (4, Event::Crash),
    (4, Event::CopyPc),
    (4, Event::RestorePc),
    (3, Event::BackUp),
    (3, Event::RestoreServer),
];

impl<'a> World<'a> {
    pub fn new(template: &'a Template, seed: u64, mutant: Mutant) -> Self {
        let folder = folder();
        let server_file = server_file(folder.path());
        Self {
            template,
            mutant,
            chance: Chance::new(seed),
            folder,
            server: None,
            server_file,
            pcs: vec![],
            ledger: Ledger::default(),
            truth: Truth::default(),
            backups: vec![],
            late: vec![],
            pairs: vec![],
            course: Course::default(),
            revision: 1,
            files: 0,
            tokens: 0,
            tell: std::env::var_os("CONVERGE_SEED").is_some(),
        }
    }

    pub async fn run(mut self) -> Result<Course, String> {
        let count = 2 + self.chance.below(PCS - 1);
        self.template.copy(self.folder.path(), count);
        self.server = Some(store::Store::open(&self.server_file).await.map_err(|error| error.to_string())?);
        for number in 0..count {
            let file = pc_file(self.folder.path(), number);
            let store = Store::open(file.clone(), now()).await.map_err(|error| error.to_string())?;
            let (device, rows) = (self.template.devices[number], HashMap::new());
            let (seen, records) = (Seen::new(), vec![]);
            let pc = Pc { store, file, device, seen, records, rows, copies: vec![], late: vec![] };
            self.pcs.push(pc);
            self.look(number).await?;
        }
        for _ in 0..EVENTS {
            let (mut event, pc) = (self.chance.weighed(&EVENTS_BY_WEIGHT), self.chance.below(count));
            if self.mutant == Mutant::RestoreGoesOnCounting && self.chance.one_in(6) {
                event = if self.backups.is_empty() { Event::BackUp } else { Event::RestoreServer };
            }
            if self.tell {
                println!("PC {pc}: {event:?}");
            }
            self.happens(event, pc).await?;
        }
        self.come_to_rest().await?;
        while self.settle_all().await? {
            self.come_to_rest().await?;
        }
        self.check_end().await?;
        Ok(self.course)
    }

    async fn happens(&mut self, event: Event, pc: usize) -> Result<(), String> {
        match event {
            Event::Undo => self.undo(pc).await,
            Event::Push => self.push(pc, None).await,
            Event::Pull => self.pull(pc, None).await,
            Event::LatePush => self.late_push().await,
            Event::LatePage => self.late_page(pc).await,
            Event::Settle => self.settle_one(pc).await.map(drop),
            Event::Crash => self.crash(pc).await,
            Event::CopyPc => self.copy_pc(pc).await,
            Event::RestorePc => self.restore_pc(pc).await,
            Event::BackUp => self.back_up(),
            Event::RestoreServer => self.restore_server().await,
            Event::Import => self.import(pc).await,
            event => {
                let writes = self.writes(event, pc);
                if writes.is_empty() { Ok(()) } else { self.save(pc, writes).await }
            }
        }
    }

    fn server(&self) -> &store::Store {
        self.server.as_ref().expect("it runs")
    }

    /// Somebody looks at what a PC shows.
    async fn look(&mut self, pc: usize) -> Result<(), String> {
        let records = self.pcs[pc].store.snapshot().await.map_err(|error| error.to_string())?.records;
        for (one, other) in &self.pairs {
            let there = |id: &Uuid| records.iter().any(|record| record.id == *id);
            if there(one) != there(other) {
                return Err(format!("PC {pc} has half a change: {one} and {other}"));
            }
        }
        let pc = &mut self.pcs[pc];
        (pc.rows, pc.records) = (values(&records), records);
        self.ledger.sees_all(&mut pc.seen, &pc.rows);
        Ok(())
    }

    /// The network works, and everybody exchanges everything.
    async fn come_to_rest(&mut self) -> Result<(), String> {
        while !self.late.is_empty() {
            self.late_push().await?;
        }
        for _ in 0..20 {
            for pc in 0..self.pcs.len() {
                self.push(pc, Some(Network::Works)).await?;
                self.pull(pc, Some(Network::Works)).await?;
            }
            let mut positions = std::collections::HashSet::new();
            let mut waiting = 0;
            for pc in &self.pcs {
                let link = pc.store.link().await.map_err(|error| error.to_string())?.ok_or("not paired")?;
                let _new = positions.insert(link.position);
                waiting += pc.store.outbox().await.map_err(|error| error.to_string())?.waiting;
            }
            if positions.len() == 1 && waiting == 0 {
                return Ok(());
            }
        }
        Err("they do not come to rest".to_owned())
    }

    async fn check_end(&mut self) -> Result<(), String> {
        let server = snapshot(self.server(), self.pcs[0].device).await;
        let mut there: Vec<_> = server.records.into_iter().map(|it| (it.kind, it.id, Json::Object(it.value))).collect();
        there.sort_by(|a, b| (&a.0, a.1).cmp(&(&b.0, b.1)));
        self.course.clashes += there.iter().filter(|(_, _, value)| value["overlap"] == "clash").count();
        for (number, pc) in self.pcs.iter().enumerate() {
            let records = pc.store.snapshot().await.map_err(|error| error.to_string())?.records;
            let mut here: Vec<_> = records
                .iter()
                .map(|it| (it.value.kind().name().to_owned(), it.id, Json::Object(it.fields())))
                .collect();
            here.sort_by(|a, b| (&a.0, a.1).cmp(&(&b.0, b.1)));
            if here != there {
                let differs =
                    |(here, there): (&(String, Uuid, Json), _)| (here != there).then(|| format!("{here:?} {there:?}"));
                let first = here.iter().zip(&there).find_map(differs);
                return Err(format!("PC {number} is not equal to the server: {first:?}"));
            }
        }
        for (id, saved) in &self.ledger.saves {
            if saved.fate == Fate::Lives && !self.truth.accepted.contains(id) {
                return Err(format!("change {id} of PC {} is lost", saved.pc));
            }
        }
        Ok(())
    }
}
