//! One course of events.

use std::collections::HashMap;
use std::fs;
use std::ops::{AddAssign, ControlFlow};
use std::path::PathBuf;

use aftalebog_booking::change::{Change, Deed, Write};
use aftalebog_booking::wire::{Accepted, FeedPage, Problem, SentChange};
use aftalebog_booking::{Kind, Record};
use aftalebog_local::{Decision, Import, SaveError, State, Store};
use aftalebog_server::access::Device;
use aftalebog_server::store::{self, backup};
use chrono::{DateTime, TimeDelta};
use serde_json::{Value as Json, json};
use tempfile::TempDir;
use uuid::Uuid;

use super::chance::Chance;
use super::clinic::{
    APPOINTMENT_TYPE, CLINIC, PATIENTS, PCS, PRACTITIONERS, Template, fields, folder, id, now, patient, pc_file,
    record, server_file, snapshot,
};
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

/// What the network does to a request and its answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Network {
    Works,
    LosesRequest,
    LosesAnswer,
    Repeats,
    Delays,
}

const NETWORK: [(usize, Network); 5] = [
    (10, Network::Works),
    (2, Network::LosesRequest),
    (2, Network::LosesAnswer),
    (2, Network::Repeats),
    (1, Network::Delays),
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

    /// A value that nobody has written before.
    fn token(&mut self) -> String {
        self.tokens += 1;
        format!("{}", self.tokens)
    }

    /// What somebody does in the window of a PC; empty where there is nothing to do it with.
    fn writes(&mut self, event: Event, pc: usize) -> Vec<Write> {
        let records = self.pcs[pc].records.clone();
        let of = |kind: Kind| records.iter().filter(move |it| it.value.kind() == kind).collect::<Vec<&Record>>();
        let set = |record: &Record, edit: Json| Write::of(record.value.kind(), record.id, Deed::Set(fields(edit)));
        let delete = |kind, id| Write::of(kind, id, Deed::Delete);
        let token = self.token();
        let (patients, appointments) = (of(Kind::Patient), of(Kind::Appointment));
        let live: Vec<_> = appointments.iter().filter(|it| it.fields()["status"] == "booked").collect();
        let patient_of = |chance: &mut Chance| chance.of(&patients).copied();
        match event {
            Event::Edit => match patient_of(&mut self.chance) {
                Some(it) if self.chance.one_in(2) => vec![set(it, json!({"phone": token}))],
                Some(it) => vec![set(it, json!({"phone": token, "email": token}))],
                None => vec![],
            },
            Event::EditTwo => match (patient_of(&mut self.chance), patient_of(&mut self.chance)) {
                (Some(one), Some(other)) if one.id != other.id => {
                    vec![set(one, json!({"phone": token})), set(other, json!({"email": token}))]
                }
                _ => vec![],
            },
            Event::Greeting => {
                let greeting = Deed::Set(fields(json!({"greeting": token})));
                vec![Write::of(Kind::Clinic, Uuid::from_u128(CLINIC), greeting)]
            }
            Event::Reorder => {
                let practitioners = of(Kind::Practitioner);
                let (one, other) = (practitioners[self.chance.below(3)], practitioners[self.chance.below(3)]);
                let position = |record: &Record| json!({"position": record.fields()["position"]});
                if one.id == other.id { vec![] } else { vec![set(one, position(other)), set(other, position(one))] }
            }
            Event::CreatePair => {
                let (person, need) = (self.chance.id(), self.chance.id());
                self.pairs.push((person, need));
                let value = json!({
                    "patient": person, "appointment_type": id(APPOINTMENT_TYPE), "practitioner": id(PRACTITIONERS[0]),
                    "minutes": 30, "recall_year": 2027, "recall_week": 10,
                });
                let create = |kind, id, value| Write::of(kind, id, Deed::Create(fields(value)));
                vec![create(Kind::Patient, person, patient(&token)), create(Kind::Need, need, value)]
            }
            Event::DeletePair => {
                let there = |id: &Uuid| records.iter().any(|record| record.id == *id);
                let there: Vec<_> = self.pairs.iter().filter(|(person, _)| there(person)).copied().collect();
                match self.chance.of(&there) {
                    Some((person, need)) => vec![delete(Kind::Need, *need), delete(Kind::Patient, *person)],
                    None => vec![],
                }
            }
            Event::DeletePatient => vec![delete(Kind::Patient, Uuid::from_u128(PATIENTS[self.chance.below(3)]))],
            Event::Book => {
                let whom = patient_of(&mut self.chance).map(|it| it.id);
                let needs = of(Kind::Need);
                let need = self.chance.of(&needs).filter(|_| token.ends_with('3')).map(|need| need.id);
                let whom = need
                    .and_then(|need| self.pairs.iter().find(|(_, it)| *it == need).map(|(person, _)| *person))
                    .or(whom);
                let value = json!({
                    "practitioner": id(PRACTITIONERS[self.chance.below(2)]),
                    "appointment_type": whom.map(|_| id(APPOINTMENT_TYPE)), "patient": whom, "need": need,
                    "start": self.start(), "minutes": 30, "origin": "clinic", "status": "booked",
                    "overlap": if self.chance.one_in(8) { "deliberate" } else { "none" }, "note": token,
                });
                vec![Write::of(Kind::Appointment, self.chance.id(), Deed::Create(fields(value)))]
            }
            Event::Move => match self.chance.of(&live).copied() {
                Some(it) => vec![set(it, json!({"start": self.start(), "note": token}))],
                None => vec![],
            },
            Event::Cancel => match self.chance.of(&live) {
                Some(it) => vec![set(it, json!({"status": "cancelled"}))],
                None => vec![],
            },
            other => unreachable!("{other:?} writes nothing by itself"),
        }
    }

    fn start(&mut self) -> String {
        format!("2026-12-01T{:02}:{}:00Z", 8 + self.chance.below(3), ["00", "15", "30"][self.chance.below(3)])
    }

    async fn save(&mut self, pc: usize, writes: Vec<Write>) -> Result<(), String> {
        let id = self.chance.id();
        let change = Change { id, made_at: now(), made_by: format!("PC {pc}"), writes };
        let saved = self.pcs[pc].store.save(change).await;
        self.saved(pc, id, saved).await.map(drop)
    }

    /// What the file answered to a save: that it is saved, or that it cannot be.
    async fn saved(&mut self, pc: usize, id: Uuid, saved: Result<(), SaveError>) -> Result<bool, String> {
        match saved {
            Ok(()) => {
                let before = self.pcs[pc].rows.clone();
                let seen = self.pcs[pc].seen.clone();
                self.look(pc).await?;
                self.ledger.saved(id, pc, &seen, &before, &self.pcs[pc].rows);
                self.course.saves += 1;
                Ok(true)
            }
            Err(SaveError::Refused { .. } | SaveError::ChangedSince { .. } | SaveError::NotUndoable { .. }) => {
                Ok(false)
            }
            Err(error) => Err(error.to_string()),
        }
    }

    async fn import(&mut self, pc: usize) -> Result<(), String> {
        let mut creations = vec![];
        for _ in 0..4 {
            let (id, number) = (self.chance.id(), self.token());
            creations.push(record(Kind::Patient, id.as_u128(), patient(&number)));
        }
        let id = self.chance.id();
        let import = Import { id, creations, edits: vec![] };
        let watch = |_done| ControlFlow::Continue(());
        let saved = self.pcs[pc].store.import(import.into(), now(), format!("PC {pc}"), watch).await;
        self.saved(pc, id, saved).await.map(drop)
    }

    async fn undo(&mut self, pc: usize) -> Result<(), String> {
        let store = self.pcs[pc].store.clone();
        let Some(last) = store.last_change().await.map_err(|error| error.to_string())? else { return Ok(()) };
        let undone = store.undo(last.id, now(), format!("PC {pc}")).await;
        if self.saved(pc, Uuid::new_v5(&last.id, b"undo"), undone).await? {
            self.course.undone += 1;
        }
        Ok(())
    }

    /// A request reaches the server.
    async fn deliver(&mut self, pc: usize, mut sent: SentChange) -> Result<Result<Accepted, Problem>, String> {
        let original = sent.clone();
        match self.mutant {
            Mutant::ServerIgnoresBases => {
                for write in sent.writes.iter_mut().filter(|write| write.base.is_some()) {
                    write.base = Some(self.revision);
                }
            }
            Mutant::ServerForgetsChangeIds => {
                (sent.id, sent.sequence) = (self.chance.id(), sent.sequence + self.tokens as u64 * 1000);
                self.tokens += 1;
            }
            _ => {}
        }
        match self.server().take_change(self.pcs[pc].device, sent, now()).await {
            Ok(accepted) => {
                self.revision = self.revision.max(accepted.revision);
                if self.truth.accepted.insert(original.id) {
                    self.course.accepted += 1;
                    self.truth.carried_out(&original, &self.ledger)?;
                }
                Ok(Ok(accepted))
            }
            Err(error) => {
                let problem = error.problem();
                if self.tell {
                    println!("  {} {:?} {:?}", problem.code(), problem.reason, problem.detail);
                }
                Ok(Err(problem))
            }
        }
    }

    /// A PC sends what waits, as far as the network lets it.
    async fn push(&mut self, pc: usize, network: Option<Network>) -> Result<(), String> {
        for _ in 0..1000 {
            let next = self.pcs[pc].store.next_to_send().await.map_err(|error| error.to_string())?;
            let Some(sent) = next else { return Ok(()) };
            let id = sent.id;
            let network = network.unwrap_or_else(|| self.chance.weighed(&NETWORK));
            match network {
                Network::LosesRequest if self.mutant == Mutant::AnswerIsTakenForGranted => {
                    let acknowledged = self.pcs[pc].store.acknowledged(id, self.revision + 1, now()).await;
                    return acknowledged.map_err(|error| error.to_string());
                }
                Network::LosesRequest => {
                    self.course.lost_requests += 1;
                    return Ok(());
                }
                Network::Delays => {
                    self.course.late += 1;
                    self.late.push((pc, sent));
                    return Ok(());
                }
                _ => {}
            }
            let answer = self.deliver(pc, sent.clone()).await?;
            if network == Network::Repeats {
                self.course.repeated += 1;
                let again = self.deliver(pc, sent).await?;
                if let (Ok(first), Ok(again)) = (&answer, &again)
                    && first != again
                    && self.mutant == Mutant::None
                {
                    return Err(format!("the same change at {} and {}", first.revision, again.revision));
                }
            }
            if network == Network::LosesAnswer {
                self.course.lost_answers += 1;
                return Ok(());
            }
            self.answered(pc, id, answer).await?;
        }
        Err(format!("PC {pc} sends for ever"))
    }

    /// The answer to a change reaches the PC.
    async fn answered(&mut self, pc: usize, id: Uuid, answer: Result<Accepted, Problem>) -> Result<(), String> {
        let store = self.pcs[pc].store.clone();
        let done = match answer {
            Ok(accepted) => store.acknowledged(id, accepted.revision, now()).await,
            Err(problem) if problem.code() == "device_rewound" => {
                let rewound = store.rewound(problem.last_sequence.unwrap_or_default()).await;
                rewound.map_err(|error| error.to_string())?;
                return self.take_snapshot(pc).await;
            }
            Err(problem) if problem.code() == "position_gone" => return self.take_snapshot(pc).await,
            Err(problem) if matches!(problem.status, 409 | 422) => {
                let conflict = problem.code() == "conflict";
                if conflict {
                    self.course.conflicts += 1
                } else {
                    self.course.refused += 1
                }
                let aside = store.set_aside(id, problem).await;
                if conflict && self.mutant == Mutant::ConflictIsGivenUp {
                    store
                        .settle(id, Decision::Discard, vec![], now(), "nobody")
                        .await
                        .map_err(|error| error.to_string())?;
                }
                aside
            }
            Err(problem) => return Err(format!("PC {pc}: {problem:?}")),
        };
        done.map_err(|error| error.to_string())?;
        self.look(pc).await
    }

    async fn pull(&mut self, pc: usize, network: Option<Network>) -> Result<(), String> {
        let link = self.pcs[pc].store.link().await.map_err(|error| error.to_string())?.ok_or("not paired")?;
        let most = if network.is_some() { 100 } else { 1 + self.chance.below(4) };
        let network = network.unwrap_or_else(|| self.chance.weighed(&NETWORK));
        let page = match self.server().feed(self.pcs[pc].device, link.position, most, now()).await {
            Ok(page) => page.json,
            Err(error) if error.problem().code() == "position_gone" => return self.take_snapshot(pc).await,
            Err(error) => return Err(error.to_string()),
        };
        let mut page: FeedPage = serde_json::from_str(&page).map_err(|error| error.to_string())?;
        match network {
            Network::LosesRequest | Network::LosesAnswer => return Ok(()),
            Network::Delays => {
                self.pcs[pc].late.push(page);
                return Ok(());
            }
            Network::Repeats => self.apply(pc, page.clone()).await?,
            Network::Works if self.mutant == Mutant::PageIsLost && self.chance.one_in(6) => page.changes.clear(),
            Network::Works => {}
        }
        self.apply(pc, page).await
    }

    async fn apply(&mut self, pc: usize, page: FeedPage) -> Result<(), String> {
        let (store, epoch) = (self.pcs[pc].store.clone(), page.position.epoch);
        match store.apply_page(page, now()).await {
            Ok(_arrived) => self.look(pc).await,
            // An old page, of a server that has been restored since.
            Err(SaveError::OutOfStep { .. })
                if store.link().await.ok().flatten().is_some_and(|link| link.position.epoch != epoch) =>
            {
                Ok(())
            }
            Err(error) => Err(format!("PC {pc} does not take a page: {error}")),
        }
    }

    async fn take_snapshot(&mut self, pc: usize) -> Result<(), String> {
        self.course.snapshots += 1;
        let snapshot = snapshot(self.server(), self.pcs[pc].device).await;
        let taken = self.pcs[pc].store.apply_snapshot(snapshot, now()).await;
        let _arrived = taken.map_err(|error| format!("PC {pc} does not take the snapshot: {error}"))?;
        self.look(pc).await
    }

    /// A request that was under way for long arrives at last; nobody waits for the answer any more.
    async fn late_push(&mut self) -> Result<(), String> {
        if self.late.is_empty() {
            return Ok(());
        }
        let (pc, sent) = self.late.swap_remove(self.chance.below(self.late.len()));
        self.deliver(pc, sent).await.map(drop)
    }

    async fn late_page(&mut self, pc: usize) -> Result<(), String> {
        if self.pcs[pc].late.is_empty() {
            return Ok(());
        }
        let page = self.chance.below(self.pcs[pc].late.len());
        let page = self.pcs[pc].late.swap_remove(page);
        self.apply(pc, page).await
    }

    /// Somebody decides about a change that is set aside. Whether there was one.
    async fn settle_one(&mut self, pc: usize) -> Result<bool, String> {
        let store = self.pcs[pc].store.clone();
        let aside = store.set_aside_changes().await.map_err(|error| error.to_string())?;
        let Some(aside) = self.chance.of(&aside) else { return Ok(false) };
        let mut theirs = vec![];
        for conflict in &aside.problem.conflicts {
            for field in &conflict.fields {
                let place = (conflict.id, field.field.clone());
                self.ledger.sees(&mut self.pcs[pc].seen, &place, &field.present.to_string());
                if self.chance.one_in(2) {
                    theirs.push((conflict.id, Some(field.field.clone())));
                }
            }
        }
        let decision = match (aside.state, self.chance.below(4)) {
            (_, 0) => Decision::Discard,
            (State::Conflict, 1) => Decision::Theirs,
            (State::Conflict, 2) => Decision::Mixed { theirs },
            (State::Refused, 1) => Decision::TryAgain,
            // What is refused time and again is given up some day.
            (State::Refused, _) => Decision::Discard,
            _ => Decision::Mine,
        };
        if self.tell {
            println!("  {decision:?} about {} of PC {pc}", aside.change.id);
        }
        let waiting = async || store.outbox().await.map(|counts| counts.waiting).map_err(|error| error.to_string());
        let before = waiting().await?;
        let settled =
            store.settle(aside.change.id, decision, aside.problem.conflicts.clone(), now(), format!("PC {pc}")).await;
        settled.map_err(|error| error.to_string())?;
        self.course.settled += 1;
        // What goes together is somebody's to take apart.
        let about = |id: &Uuid| aside.change.writes.iter().any(|write| write.id == *id);
        self.pairs.retain(|(one, other)| !about(one) && !about(other));
        if let Some(saved) = self.ledger.saves.get_mut(&aside.change.id) {
            saved.fate = Fate::Settled;
        }
        if waiting().await? > before {
            let _saved = self.saved(pc, Uuid::new_v5(&aside.change.id, b"settled"), Ok(())).await?;
        }
        Ok(true)
    }

    async fn settle_all(&mut self) -> Result<bool, String> {
        let mut any = false;
        for pc in 0..self.pcs.len() {
            while self.settle_one(pc).await? {
                any = true;
            }
        }
        Ok(any)
    }

    async fn crash(&mut self, pc: usize) -> Result<(), String> {
        self.course.crashes += 1;
        self.pcs[pc].store.clone().close().await;
        let opened = Store::open(self.pcs[pc].file.clone(), now()).await;
        self.pcs[pc].store = opened.map_err(|error| error.to_string())?;
        self.look(pc).await
    }

    fn new_file(&mut self, what: &str) -> PathBuf {
        self.files += 1;
        self.folder.path().join(format!("{what}-{}.db", self.files))
    }

    async fn copy_pc(&mut self, pc: usize) -> Result<(), String> {
        let copy = self.new_file("copy");
        self.pcs[pc].store.clone().close().await;
        let _bytes = fs::copy(&self.pcs[pc].file, &copy).map_err(|error| error.to_string())?;
        let opened = Store::open(self.pcs[pc].file.clone(), now()).await;
        self.pcs[pc].store = opened.map_err(|error| error.to_string())?;
        let saves = self.ledger.saves.iter().filter(|(_, saved)| saved.pc == pc && saved.fate != Fate::Forgotten);
        let saves = saves.map(|(id, _)| *id).collect();
        let seen = self.pcs[pc].seen.clone();
        self.pcs[pc].copies.push((copy, seen, saves));
        Ok(())
    }

    async fn restore_pc(&mut self, pc: usize) -> Result<(), String> {
        let Some((copy, seen, saves)) = self.chance.of(&self.pcs[pc].copies).cloned() else { return Ok(()) };
        self.course.restored_pcs += 1;
        self.pcs[pc].store.clone().close().await;
        let _bytes = fs::copy(&copy, &self.pcs[pc].file).map_err(|error| error.to_string())?;
        let opened = Store::open(self.pcs[pc].file.clone(), now()).await;
        self.pcs[pc].store = opened.map_err(|error| error.to_string())?;
        self.pcs[pc].seen = seen;
        for (id, saved) in self.ledger.saves.iter_mut().filter(|(_, saved)| saved.pc == pc) {
            saved.fate = match saved.fate {
                _ if !saves.contains(id) => Fate::Forgotten,
                // Somebody has decided, but the copy may not know.
                fate => fate,
            };
        }
        self.look(pc).await
    }

    fn back_up(&mut self) -> Result<(), String> {
        let copy = self.new_file("backup");
        let _contents = backup::back_up(&self.server_file, &copy).map_err(|error| error.to_string())?;
        self.backups.push((copy, self.truth.clone()));
        Ok(())
    }

    async fn restore_server(&mut self) -> Result<(), String> {
        let Some((copy, truth)) = self.chance.of(&self.backups).cloned() else { return Ok(()) };
        self.course.restored_servers += 1;
        self.server = None;
        let file = self.new_file("server");
        let later = now() + TimeDelta::seconds(i64::try_from(self.files).unwrap_or_default());
        let when = if self.mutant == Mutant::RestoreGoesOnCounting { DateTime::UNIX_EPOCH } else { later };
        let _restored = backup::restore(&copy, &file, when).map_err(|error| error.to_string())?;
        self.server = Some(store::Store::open(&file).await.map_err(|error| error.to_string())?);
        (self.server_file, self.truth) = (file, truth);
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
