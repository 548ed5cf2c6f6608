//! What the server answers about a patient's times is what `aftalebog explain` says of the same records.

use aftalebog_booking::explained::{Columns, Explained};
use aftalebog_booking::reading::Reading;
use aftalebog_booking::record::{Appointment, Overlap, Status};
use aftalebog_booking::terms::{Purpose, Request, Terms, Visitor, Withheld};
use aftalebog_booking::wire::{SentWrite, WireDeed};
use aftalebog_booking::{Entry, Id, Kind, Snapshot, Write};
use chrono::NaiveDate;
use serde_json::json;
use uuid::Uuid;

use crate::bare_pc::BarePc;
use crate::clinic_pc::{demo, first, set};
use crate::test_server::{TestServer, monday, problem};

impl BarePc {
    async fn offers(&self, query: &str) -> reqwest::Response {
        self.get(&format!("/api/v1/offers?{query}")).send().await.unwrap()
    }

    async fn offered(&self, query: &str) -> Explained {
        let answer = self.offers(query).await;
        assert_eq!(answer.status(), 200, "{query}");
        answer.json().await.unwrap()
    }
}

/// What `aftalebog explain` says, but for reading the words of the question.
fn expected(reading: &Reading, patient: Option<Uuid>, online_type: Uuid, from: NaiveDate, days: u32) -> Explained {
    let types = &reading.setup.online_types;
    let appointment_type = types.iter().find(|it| it.id.uuid() == online_type).unwrap().value.appointment_type;
    let visitor = patient.map_or(Visitor::new_patient(), |id| reading.visitor(Id::new(id)));
    let terms = Terms::of(Request {
        setup: &reading.setup,
        broken: &reading.broken,
        visitor: &visitor,
        appointment_type,
        need: None,
        purpose: Purpose::Book,
        withheld: Withheld::Nothing,
        now: monday(),
    });
    let mut explanation = terms.explanation(&reading.busy(), from, days);
    let columns = Columns::of(&reading.setup, &reading.broken);
    columns.sort(&mut explanation, None);
    Explained::of(&terms, &columns, &explanation.offers, Some(&explanation.refused))
}

#[tokio::test]
async fn the_server_explains_a_time_as_explain_does() {
    let server = TestServer::start().await;
    let clinic = server.clinic("Ågade").await;
    let pc = BarePc::of(&server, &clinic, "Reception").await;
    let _revision = pc.give_demo().await;
    let snapshot = serde_json::to_vec(&Snapshot::new(demo())).unwrap();
    let reading = Reading::of(&snapshot).unwrap();
    let from = monday().date_naive();
    let known: Vec<_> =
        reading.patients.iter().step_by(reading.patients.len() / 8).map(|it| Some(it.id.uuid())).collect();
    let needs: Vec<_> = reading.needs.iter().take(4).map(|it| Some(it.value.patient.uuid())).collect();
    let (mut asked, mut offered) = (0, 0);
    for patient in [None].into_iter().chain(known).chain(needs) {
        for online_type in &reading.setup.online_types {
            let online_type = online_type.id.uuid();
            let who = patient.map_or("new".to_owned(), |id| id.to_string());
            let query = format!("patient={who}&online_type={online_type}&from={from}&days=20&explain=true");
            let answer = pc.offered(&query).await;
            assert_eq!(answer, expected(&reading, patient, online_type, from, 20), "{query}");
            // Kept, and said again.
            assert_eq!(pc.offered(&query).await, answer);
            (asked, offered) = (asked + 1, offered + answer.offers.len());
        }
    }
    assert!(asked > 50 && offered > 100, "{asked} questions with {offered} offers");
    server.stop().await;
}

#[tokio::test]
async fn a_time_that_was_taken_meanwhile_is_offered_no_more_and_the_lists_can_be_of_one_practitioner() {
    let server = TestServer::start().await;
    let clinic = server.clinic("Ågade").await;
    let pc = BarePc::of(&server, &clinic, "Reception").await;
    let base = pc.give_demo().await;
    let records = demo();
    let setup = aftalebog_booking::Setup::gather(records.clone()).unwrap();
    let free = setup.online_types.iter().find(|it| !it.value.need_driven && it.value.alias.as_str().contains("akut"));
    let query = format!("patient=new&online_type={}&from=2026-11-23&days=62", free.unwrap().id);
    let before = pc.offered(&query).await;
    assert!(before.refused.is_none(), "nobody asked why");
    let first_offer = before.offers[0].clone();
    let whose = setup.practitioners.iter().find(|it| it.value.initials.as_str() == first_offer.practitioner).unwrap();
    let only = pc.offered(&format!("{query}&practitioner={}", whose.id)).await;
    assert!(only.offers.iter().all(|it| it.practitioner == first_offer.practitioner));
    let block = Entry::new(Appointment {
        practitioner: whose.id,
        appointment_type: None,
        patient: None,
        need: None,
        start: first_offer.start,
        minutes: first_offer.minutes,
        origin: aftalebog_booking::record::Origin::Clinic,
        status: Status::Booked,
        overlap: Overlap::None,
        note: String::new().try_into().unwrap(),
    });
    let Write { kind, id, deed: aftalebog_booking::change::Deed::Create(all), .. } = Write::create(&block) else {
        panic!()
    };
    let _taken = pc.save(vec![SentWrite { kind, id, base: None, deed: WireDeed::Set(all) }]).await;
    let after = pc.offered(&query).await;
    assert!(!after.offers.contains(&first_offer));
    // Settings too: nothing is kept beyond the change that it depends on.
    let service = first(&records, Kind::Service).clone();
    let _stopped = pc.save(vec![set(&service, base, json!({"running": false}))]).await;
    assert_eq!(pc.offered(&query).await.unavailable.as_deref(), Some("service_stopped"));
    server.stop().await;
}

#[tokio::test]
async fn what_is_not_there_is_not_found_and_what_is_no_question_is_refused() {
    let server = TestServer::start().await;
    let (a, b) = (server.clinic("A").await, server.clinic("B").await);
    let pc = BarePc::of(&server, &a, "A").await;
    let of_b = BarePc::of(&server, &b, "B").await;
    let query = |patient: &str, online_type: Uuid| {
        format!("patient={patient}&online_type={online_type}&from=2026-11-23&days=7")
    };
    let records = demo();
    let of = |kind| first(&records, kind).id;
    let right = query("new", of(Kind::OnlineType));
    assert_eq!(problem(pc.offers(&right).await).await, (503, "not_set_up".to_owned()));
    let _revision = pc.give_demo().await;
    assert_eq!(problem(of_b.offers(&right).await).await, (503, "not_set_up".to_owned()));
    let nobody = Uuid::new_v4();
    let practitioner = of(Kind::Practitioner);
    for (query, expected) in [
        (query(&nobody.to_string(), of(Kind::OnlineType)), 404),
        // There is such a record, of another kind.
        (query(&practitioner.to_string(), of(Kind::OnlineType)), 404),
        (query("new", nobody), 404),
        (format!("{right}&need={nobody}"), 404),
        (format!("{right}&practitioner={nobody}"), 404),
        (query("1234", of(Kind::OnlineType)), 400),
        (right.replace("days=7", "days=0"), 400),
        (right.replace("days=7", "days=732"), 400),
        (right.replace("2026-11-23", "2026-11-31"), 400),
        (right.replace("2026-11-23", "%2B262142-12-31"), 400),
        (right.replace("&days=7", ""), 400),
        (right.replace("days=7", "days=731"), 200),
        (right.replace("2026-11-23", "9999-12-31"), 200),
        (format!("{right}&need={}", of(Kind::Need)), 200),
    ] {
        assert_eq!(pc.offers(&query).await.status(), expected, "{query}");
    }
    server.stop().await;
}
