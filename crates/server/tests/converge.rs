//! Two to five PCs and a server, and everything that can go wrong between them: whatever happens, they end up
//! equal, and nobody's work is lost or written over by somebody who has not seen it.
//!
//! Real files, the real server's store, and in the place of the network a hand that loses, repeats and delays. Each
//! seed is one course of events; `CONVERGE_SEED=7` runs one again and tells it, `CONVERGE_SEEDS=50000` runs more.

mod chance;
mod clinic;
mod truth;
mod world;

use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Mutex, OnceLock};

use tokio::runtime::{Builder, Runtime};

use self::clinic::Template;
use self::world::{Course, Mutant, World};

/// So many courses of events, where nothing else is said.
const SEEDS: u64 = 1_000;

fn runtime() -> Runtime {
    Builder::new_current_thread().build().unwrap()
}

/// Made once: every course begins with copies of it.
fn template() -> &'static Template {
    static TEMPLATE: OnceLock<Template> = OnceLock::new();
    TEMPLATE.get_or_init(|| runtime().block_on(Template::new()))
}

fn number(variable: &str) -> Option<u64> {
    std::env::var(variable).ok()?.parse().ok()
}

/// Runs the seeds on all processors. What went wrong first, with its seed.
fn run(seeds: std::ops::Range<u64>, mutant: Mutant) -> Result<Course, String> {
    let next = AtomicU64::new(seeds.start);
    let (wrong, whole) = (Mutex::new(None), Mutex::new(Course::default()));
    let template = template();
    let work = || {
        let runtime = runtime();
        loop {
            let seed = next.fetch_add(1, Ordering::Relaxed);
            if seed >= seeds.end || wrong.lock().unwrap().is_some() {
                return;
            }
            match runtime.block_on(async { World::new(template, seed, mutant).run().await }) {
                Ok(course) => whole.lock().unwrap().add(&course),
                Err(fault) => drop(wrong.lock().unwrap().get_or_insert(format!("CONVERGE_SEED={seed}: {fault}"))),
            }
        }
    };
    std::thread::scope(|scope| {
        for _ in 0..std::thread::available_parallelism().map_or(2, usize::from) {
            let _joined = scope.spawn(work);
        }
    });
    match wrong.into_inner().unwrap() {
        Some(fault) => Err(fault),
        None => Ok(whole.into_inner().unwrap()),
    }
}

#[test]
fn whatever_happens_between_them_the_pcs_end_up_equal_and_no_work_is_lost() {
    let began = std::time::Instant::now();
    let seeds = match (number("CONVERGE_SEED"), number("CONVERGE_SEEDS")) {
        (Some(seed), _) => seed..seed + 1,
        (None, seeds) => 0..seeds.unwrap_or(SEEDS),
    };
    let count = seeds.end - seeds.start;
    match run(seeds, Mutant::None) {
        Ok(course) => println!("{count} seeds in {:.0} s: {course:?}", began.elapsed().as_secs_f64()),
        Err(fault) => panic!("{fault}"),
    }
}

/// The law is worth something only if it notices when one of them does it wrong.
#[test]
fn whoever_does_it_wrong_is_caught() {
    for mutant in [
        Mutant::ServerIgnoresBases,
        Mutant::ServerForgetsChangeIds,
        Mutant::PageIsLost,
        Mutant::AnswerIsTakenForGranted,
        Mutant::ConflictIsGivenUp,
        Mutant::RestoreGoesOnCounting,
    ] {
        let caught = run(0..300, mutant);
        let fault = caught.expect_err(&format!("{mutant:?} was not noticed"));
        println!("{mutant:?}: {fault}");
    }
}
