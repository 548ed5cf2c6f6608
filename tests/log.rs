//! What stands in `aftalebog.log`: what went wrong, and nobody's name.

use std::fs;

use aftalebog::app::{Message, Start};
use aftalebog::log::{self, Log};
use aftalebog_booking::bounded::Line;
use aftalebog_booking::record::Patient;
use aftalebog_booking::{Change, Write};
use aftalebog_local::sync::{Cause, Connection, Event, Status};
use futures::executor::block_on;

use crate::harness::Driver;
use crate::program::{Pc, Program, now, start};

#[test]
fn starts_and_what_went_wrong_are_noted_without_anybodys_name() {
    let pc = Pc::with_demo();
    let begin = || -> Driver<Program> { start(Start { log: Log::in_folder(pc.path()), ..pc.begin() }) };
    let mut program = begin();
    program.open_card("1001");
    let patient = program.patient("1001");
    let married = Patient { name: Line::new("Karen Mikkelsen Aagaard").unwrap(), ..patient.value.clone() };
    let elsewhere = Write::edit(&patient, &married).into_iter().collect();
    block_on(program.store().save(Change::new(now(), "KONTOR-2", elsewhere))).unwrap();
    program.fill("Navn", "Karen Mikkelsen Bjerregaard");
    program.click("OK");
    let offline = Connection::Offline { since: now(), cause: Cause::NotTheServer };
    let event = Event::Status(Status { connection: offline, ..Status::NOT_PAIRED });
    program.send(Message::ServerTold { opening: 1, event });
    block_on(program.store().close());
    drop(program);
    fs::write(pc.demo(), "Karen Mikkelsen".repeat(500)).unwrap();
    let mut program = begin();
    assert!(program.sees_part("beskadiget"), "{:?}", program.texts());
    let written = fs::read_to_string(pc.path().join("aftalebog.log")).unwrap();
    let noted: Vec<_> = written.lines().map(|line| line.strip_prefix("2026-11-23T08:10:00Z ").unwrap()).collect();
    let not_saved = format!("not saved: patient {} has changed since: name", patient.id.uuid());
    for line in [
        &log::version(),
        "the demo clinic is open",
        &not_saved,
        "server: offline, not_the_server",
        "not opened: the file is damaged: it is no database",
    ] {
        assert!(noted.contains(&line), "«{line}» is not in {noted:#?}");
    }
    assert_eq!(noted.iter().filter(|line| **line == log::version()).count(), 2, "a line for each start");
    let folder = pc.path().to_str().unwrap();
    for name in ["Karen", "Mikkelsen", "Aagaard", "Bjerregaard", "1001", folder] {
        assert!(!written.contains(name), "{name} is in {written}");
    }
}
