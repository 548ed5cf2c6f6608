//! No PC in touch for long, and times are kept back: no constraint sees an appointment that the server
//! was never told of.

use std::sync::atomic::{AtomicI64, Ordering};

use aftalebog_server::clock::Clock;
use serde_json::{Value as Json, json};

use crate::clinic_pc::refused;
use crate::patients::{Clinic, Visitor, question};
use crate::test_server::{TestServer, monday};

#[tokio::test]
async fn the_times_nobody_vouches_for_are_neither_offered_nor_booked() {
    let hand: &AtomicI64 = Box::leak(Box::new(AtomicI64::new(monday().timestamp())));
    let at = |instant: &str| {
        hand.store(instant.parse::<chrono::DateTime<chrono::Utc>>().unwrap().timestamp(), Ordering::SeqCst);
    };
    let server = TestServer::start_at(Clock::ByHand(hand)).await;
    let clinic = Clinic::start(&server).await;
    // At 9.10 on Monday the PC was in touch for the last time. The clinic is open from 8.
    let days = async |visitor: &Visitor<'_>| {
        let types = visitor.types().await;
        let broken = types.into_iter().find(|it| it["alias"] == "Knækket tand eller tabt fyldning").unwrap();
        let asked = visitor.get(&question(&broken, "2026-11-23", 7)).send().await.unwrap();
        let answer: Json = asked.json().await.unwrap();
        let mut days: Vec<String> = answer["offers"]
            .as_array()
            .unwrap()
            .iter()
            .map(|it| it["start"].as_str().unwrap()[..10].to_owned())
            .collect();
        days.dedup();
        (broken, answer, days)
    };
    at("2026-11-23T10:09:59Z");
    let karen = Visitor { clinic: &clinic, token: clinic.log_in(&clinic.patient("Karen").value).await };
    let (broken, answer, open) = days(&karen).await;
    assert_eq!(open[..2], ["2026-11-23", "2026-11-24"]);
    let today = answer["offers"][0].clone();
    assert_eq!(today["start"].as_str().map(|start| &start[..10]), Some("2026-11-23"));

    // Two opening hours.
    at("2026-11-23T10:10:00Z");
    let (_, _, open) = days(&karen).await;
    assert_eq!(open[0], "2026-11-25");
    let withheld = refused(karen.book("a", &broken, &today).await).await;
    assert_eq!((withheld.status, withheld.reason.as_deref()), (422, Some("withheld")));
    assert_eq!(
        withheld.title,
        "Tider til og med tirsdag 24. november kan ikke vises lige nu. Vælg en senere dag, eller ring til klinikken."
    );

    // The PC is in touch again.
    let _devices = clinic.pc.get("/api/v1/devices").send().await.unwrap();
    assert_eq!(days(&karen).await.2[0], "2026-11-23");

    // Two working days, over a night and with a patient who asks on Wednesday evening.
    at("2026-11-25T20:00:00Z");
    let karen = Visitor { clinic: &clinic, token: clinic.log_in(&clinic.patient("Karen").value).await };
    let (broken, answer, open) = days(&karen).await;
    assert_eq!((open.len(), &answer["why_none"]["reason"], &answer["next_day"]), (0, &json!("withheld"), &Json::Null));
    assert_eq!(broken["unavailable"]["words"]["da"], "Klinikkens tider kan ikke vises lige nu. Ring til klinikken.");
    // What a patient has can still be cancelled.
    let ulla = Visitor { clinic: &clinic, token: clinic.log_in(&clinic.patient("Ulla").value).await };
    assert!(!ulla.bookings().await.is_empty());
    server.stop().await;
}
