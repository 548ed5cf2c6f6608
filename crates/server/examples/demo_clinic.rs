//! Prints the demo clinic as an export has it, for trying `booking-server import`.

use aftalebog_booking::Snapshot;
use aftalebog_booking::demo::{SEED, demo_clinic};
use chrono::NaiveDate;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let date: NaiveDate = std::env::args().nth(1).as_deref().unwrap_or("2026-11-23").parse()?;
    let demo = Snapshot::new(demo_clinic(date, SEED).records);
    Ok(serde_json::to_writer(std::io::stdout().lock(), &demo)?)
}
