//! Programs that print how fast the server is: all, or the one that is named. How to run them is said in
//! `benches/README.md`.
#![allow(clippy::unwrap_used, reason = "a benchmark that cannot go on ends")]

#[path = "../tests/bare_pc.rs"]
mod bare_pc;
mod bookings;
mod clinics;
#[path = "../../../benches/figures/mod.rs"]
mod figures;
#[path = "../../../benches/large_clinic/mod.rs"]
mod large_clinic;
mod line;
mod many_clinics;
#[path = "../tests/real_pc.rs"]
mod real_pc;
mod served_offers;
#[path = "../tests/server_program.rs"]
mod server_program;
mod two_pcs;

use tokio::runtime::{Builder, Runtime};

/// Its name, and what it does.
type Benchmark = (&'static str, fn(&Runtime));

const ALL: [Benchmark; 4] = [
    ("served_offers", served_offers::run),
    ("bookings", bookings::run),
    ("two_pcs", two_pcs::run),
    ("many_clinics", many_clinics::run),
];

fn main() {
    let _set_already = rustls::crypto::ring::default_provider().install_default();
    // What cargo adds begins with a line.
    let named: Vec<String> = std::env::args().skip(1).filter(|argument| !argument.starts_with('-')).collect();
    for unknown in named.iter().filter(|name| ALL.iter().all(|(known, _)| known != name)) {
        println!("There is no {unknown} among {:?}.", ALL.map(|(name, _)| name));
    }
    let runtime = Builder::new_multi_thread().worker_threads(2).enable_all().build().unwrap();
    for (name, run) in ALL {
        if named.is_empty() || named.iter().any(|it| it == name) {
            run(&runtime);
        }
    }
}
