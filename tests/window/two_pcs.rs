//! Two PCs of a clinic and their booking server: two programs, each with a display and a file of its own, and a
//! server to which both speak. What is done at the PCs is done by keyboard.
//!
//! The twins have a server of their own, to which the same is done.

use std::io;
use std::net::{Shutdown, SocketAddr, TcpListener, TcpStream};
use std::os::unix::fs::MetadataExt as _;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};

use aftalebog_booking::record::{Origin, Patient};

use super::*;
use crate::booking_server::BookingServer;
use crate::visitor::{Visitor, reachable};

/// The windows' server and their twins'; and how the second PC comes to each.
struct Servers([BookingServer; 2], [Wire; 2]);

impl Servers {
    fn start() -> Self {
        let servers = [BookingServer::start(), BookingServer::start()];
        let wires = [Wire::to(servers[0].address), Wire::to(servers[1].address)];
        Self(servers, wires)
    }

    fn cut(&self, cut: bool) {
        for wire in &self.1 {
            wire.cut(cut);
        }
    }
}

/// A line to a server that can be cut.
struct Wire {
    address: SocketAddr,
    is_cut: Arc<AtomicBool>,
    ends: Arc<Mutex<Vec<TcpStream>>>,
}

impl Wire {
    fn to(server: SocketAddr) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = listener.local_addr().unwrap();
        let (is_cut, ends) = (Arc::new(AtomicBool::new(false)), Arc::new(Mutex::new(Vec::new())));
        let (refuses, open) = (is_cut.clone(), ends.clone());
        drop(std::thread::spawn(move || {
            for near in listener.incoming().map_while(Result::ok) {
                let mut open = open.lock().unwrap();
                if refuses.load(Ordering::SeqCst) {
                    continue;
                }
                let far = TcpStream::connect(server).unwrap();
                for (from, to) in [(&near, &far), (&far, &near)] {
                    let (mut from, mut to) = (from.try_clone().unwrap(), to.try_clone().unwrap());
                    drop(std::thread::spawn(move || {
                        // Whichever end is closed, or cut, closes the other.
                        drop(io::copy(&mut from, &mut to));
                        drop(to.shutdown(Shutdown::Both));
                    }));
                }
                open.extend([near, far]);
            }
        }));
        Self { address, is_cut, ends }
    }

    fn cut(&self, cut: bool) {
        let mut ends = self.ends.lock().unwrap();
        self.is_cut.store(cut, Ordering::SeqCst);
        for end in ends.drain(..) {
            // It may have been closed already.
            drop(end.shutdown(Shutdown::Both));
        }
    }
}

impl Reception<'_> {
    fn open_server_settings(&mut self) {
        self.choose("gear");
        self.choose("settings-server");
    }

    fn pair(&mut self, addresses: [String; 2], codes: [&str; 2]) {
        self.tab_to("server-address");
        self.write_apart(addresses.each_ref().map(String::as_str));
        self.tab_to("server-code");
        self.write_apart(codes);
        self.press(Named::Enter);
    }

    /// The code that another PC is paired with, from the list of the clinic's PCs, as it is copied.
    fn new_code(&mut self) -> [String; 2] {
        self.choose("server-pcs");
        self.until("denne pc");
        self.keep_picture("two-pcs-2-list.png");
        self.tab_to("pcs-code");
        self.strike(Named::Enter);
        self.driver.wait_until("the code is there", |driver| driver.sees_part("Gælder til"));
        let is_code = |text: &String| text.len() == 9 && text.as_bytes()[4] == b'-';
        let twin = self.driver.texts().into_iter().find(is_code).expect("a code is shown");
        self.apart.push(twin.clone());
        self.in_step("the code is there");
        self.keep_picture("two-pcs-3-code.png");
        self.choose("code-copy");
        self.until("Kopieret");
        assert_eq!(self.driver.clipboard.0.as_deref(), Some(twin.as_str()));
        [self.desktop.clipboard(), twin]
    }

    /// Back to the book.
    fn leave_settings(&mut self) {
        while !self.driver.sees("Synkroniseret 9.10") {
            self.press(Named::Escape);
            if self.driver.find_id("gear").is_some() {
                return self.until("Synkroniseret 9.10");
            }
        }
    }

    fn rename_first_type(&mut self, alias: &str) {
        self.choose("gear");
        self.choose("types-row-0");
        self.tab_to("type-alias");
        self.overwrite(alias);
        self.choose("type-ok");
        self.press(Named::Escape);
    }
}

fn karen(clinic: &mut Snapshot) -> &mut Patient {
    let patients = clinic.records.iter_mut().filter_map(|record| match &mut record.value {
        Value::Patient(patient) => Some(patient),
        _ => None,
    });
    patients.into_iter().find(|patient| patient.name.as_str() == "Karen Mikkelsen").unwrap()
}

#[test]
fn two_pcs_share_a_clinic_settle_what_both_have_edited_and_see_what_a_patient_books() {
    let servers = Servers::start();
    let mut clinic = demo::demo_clinic(now().date_naive(), demo::SEED);
    let patient = reachable(karen(&mut clinic));
    *karen(&mut clinic) = patient.clone();
    let (desktop_of_one, desktop_of_other) = (Desktop::start(), Desktop::start());
    let mut one = Reception::new(&desktop_of_one, File::Demo, clinic.clone());
    let mut other = Reception::new(&desktop_of_other, File::Demo, clinic);
    one.park();
    other.park();

    // The first gives its clinic to the server, the second takes it from there.
    let codes = servers.0.each_ref().map(BookingServer::clinic);
    one.open_server_settings();
    one.pair(servers.0.each_ref().map(BookingServer::url), codes.each_ref().map(String::as_str));
    one.until("Forbundet. Klinikkens oplysninger på denne pc bliver sendt til serveren.");
    one.until("Ligger i en fil, som kun du kan læse");
    one.keep_picture("two-pcs-1-given.png");
    let tokens: Vec<_> = fs::read_dir(one.folder.path().join("token")).unwrap().map(Result::unwrap).collect();
    assert_eq!(tokens.len(), 1, "this display has no vault");
    assert_eq!(tokens[0].metadata().unwrap().mode() & 0o777, 0o600);
    let codes = one.new_code();
    one.leave_settings();
    other.open_server_settings();
    let addresses = servers.1.each_ref().map(|wire| format!("http://{}", wire.address));
    other.pair(addresses, codes.each_ref().map(String::as_str));
    other.until("Hent klinikken?");
    other.keep_picture("two-pcs-4-asked.png");
    other.choose("question-lose");
    other.until("Forbundet. Klinikken er hentet. Det, der stod på denne pc, er gemt i en kopi.");
    other.keep_picture("two-pcs-5-taken.png");
    other.leave_settings();

    // What is saved on the first is seen on the second.
    other.choose("gear");
    one.rename_first_type("Eftersyn");
    other.until("Eftersyn");
    other.keep_picture("two-pcs-6-seen.png");
    other.press(Named::Escape);
    one.until("Synkroniseret 9.10");

    // Both edit the same while the second hears nothing of the first.
    servers.cut(true);
    other.until("Offline siden 9.10");
    one.rename_first_type("Eftersyn hos os");
    one.until("Synkroniseret 9.10");
    other.rename_first_type("Kontrol og rensning");
    other.keep_picture("two-pcs-7-offline.png");
    // When each asks again is left to chance.
    other.apart.push("Om ".to_owned());
    other.choose("sync-status");
    other.until("1 ændring");
    other.tab_to("sync-now");
    servers.cut(false);
    other.press(Named::Enter);
    other.until("1 ændring skal afgøres");
    other.keep_picture("two-pcs-8-told.png");
    other.choose("decide-0");
    assert!(other.driver.sees("Eftersyn hos os") && other.driver.sees("Kontrol og rensning"));
    assert!(other.driver.sees_part(" · i dag kl. 9.10"), "by whom and when");
    other.keep_picture("two-pcs-9-conflict.png");
    other.choose("decide-mine");
    other.press(Named::Escape);
    other.until("Synkroniseret 9.10");
    one.choose("gear");
    one.until("Kontrol og rensning");
    one.keep_picture("two-pcs-10-decided.png");
    one.press(Named::Escape);

    // A patient books. The twins' server hears of it first: the windows' notice goes by itself after half a minute.
    let books = |server| Visitor::log_in(server, &patient).books("Kontrol og rensning");
    const NOTICE: &str = "Karen Mikkelsen har booket ";
    let expected = books(&servers.0[1]);
    for desk in [&mut one, &mut other] {
        desk.driver.wait_until(NOTICE, |driver| driver.sees_part(NOTICE));
    }
    assert_eq!(books(&servers.0[0])["start"], expected["start"]);
    one.in_step("the notice of a booking");
    other.in_step("the notice of a booking");
    one.keep_picture("two-pcs-11-notice.png");
    other.keep_picture("two-pcs-12-notice.png");
    one.click_id("news-show");
    one.until("SU Karen Mikkelsen");
    one.keep_picture("two-pcs-13-shown.png");
    other.driver.send(Message::NoticePassed(1));
    other.in_step("the notice has gone");
    other.choose("sync-status");
    other.until("Nyt fra patienterne (1)");
    other.keep_picture("two-pcs-14-list.png");
    other.choose("news-show-line-0");
    other.until("SU Karen Mikkelsen");
    other.keep_picture("two-pcs-15-shown.png");

    // Nothing is left to send, so both have the same.
    let (one, other) = (one.export("one.json").records, other.export("other.json").records);
    assert_eq!(one, other);
    let setup = Setup::gather(one.clone()).unwrap();
    assert_eq!(setup.online_types[0].value.alias.as_str(), "Kontrol og rensning");
    let online =
        one.iter().filter(|record| matches!(&record.value, Value::Appointment(it) if it.origin == Origin::Online));
    let before = demo::demo_clinic(now().date_naive(), demo::SEED).records;
    let before =
        before.iter().filter(|record| matches!(&record.value, Value::Appointment(it) if it.origin == Origin::Online));
    assert_eq!(online.count(), before.count() + 1);
}
