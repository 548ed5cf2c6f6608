//! What the PCs and the server tell each other, and what becomes of it on the way.

use aftalebog_booking::wire::{Accepted, FeedPage, Problem, SentChange};
use aftalebog_local::{Decision, SaveError};
use uuid::Uuid;

use super::{Mutant, World};
use crate::converge::clinic::{now, snapshot};

/// What the network does to a request and its answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Network {
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

impl World<'_> {
    /// A request reaches the server.
    pub(super) async fn deliver(
        &mut self,
        pc: usize,
        mut sent: SentChange,
    ) -> Result<Result<Accepted, Problem>, String> {
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
    pub(super) async fn push(&mut self, pc: usize, network: Option<Network>) -> Result<(), String> {
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
    pub(super) async fn answered(
        &mut self,
        pc: usize,
        id: Uuid,
        answer: Result<Accepted, Problem>,
    ) -> Result<(), String> {
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

    pub(super) async fn pull(&mut self, pc: usize, network: Option<Network>) -> Result<(), String> {
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

    pub(super) async fn apply(&mut self, pc: usize, page: FeedPage) -> Result<(), String> {
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

    pub(super) async fn take_snapshot(&mut self, pc: usize) -> Result<(), String> {
        self.course.snapshots += 1;
        let snapshot = snapshot(self.server(), self.pcs[pc].device).await;
        let taken = self.pcs[pc].store.apply_snapshot(snapshot, now()).await;
        let _arrived = taken.map_err(|error| format!("PC {pc} does not take the snapshot: {error}"))?;
        self.look(pc).await
    }

    /// A request that was under way for long arrives at last; nobody waits for the answer any more.
    pub(super) async fn late_push(&mut self) -> Result<(), String> {
        if self.late.is_empty() {
            return Ok(());
        }
        let (pc, sent) = self.late.swap_remove(self.chance.below(self.late.len()));
        self.deliver(pc, sent).await.map(drop)
    }

    pub(super) async fn late_page(&mut self, pc: usize) -> Result<(), String> {
        if self.pcs[pc].late.is_empty() {
            return Ok(());
        }
        let page = self.chance.below(self.pcs[pc].late.len());
        let page = self.pcs[pc].late.swap_remove(page);
        self.apply(pc, page).await
    }
}
