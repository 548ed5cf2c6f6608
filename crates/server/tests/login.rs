//! A patient shows who they are, and nobody else can.

use std::sync::atomic::{AtomicI64, Ordering};

use aftalebog_booking::Kind;
use aftalebog_booking::wire::{SentWrite, SyncSnapshot, WireDeed};
use aftalebog_server::clock::Clock;
use chrono::TimeDelta;
use futures::future::join_all;
use serde_json::{Value as Json, json};

use crate::clinic_pc::{demo, object, set};
use crate::patients::{Clinic, ParseLine, Visitor, code, letter, telephone, with_telephones};
use crate::test_server::{TestServer, monday, problem};

/// A clock that the test puts forward.
fn clock() -> &'static AtomicI64 {
    Box::leak(Box::new(AtomicI64::new(monday().timestamp())))
}

fn passes(clock: &AtomicI64, time: TimeDelta) {
    let _before = clock.fetch_add(time.num_seconds(), Ordering::SeqCst);
}

/// Whether a token still opens something: logging out asks nothing, so a patient's own bookings are asked for.
async fn is_open(clinic: &Clinic<'_>, token: &str) -> bool {
    let answer = clinic.server.get("/api/v1/patient/bookings").bearer_auth(token).send().await.unwrap();
    answer.status() == 200
}

#[tokio::test]
async fn a_code_is_sent_and_opens_a_session_once() {
    let server = TestServer::start().await;
    let clinic = Clinic::start(&server).await;
    let ida = &clinic.patient("Ida").value;
    let challenge = clinic.challenge(ida).await;
    let sent = letter(&server, "+4501430002").await.unwrap();
    assert!(sent.contains("Din kode til Tandlægerne ved Møllesøen (demo) er "), "{sent}");
    let right = code(&server, "+4501430002").await;
    let wrong = if right == "000000" { "000001" } else { "000000" };
    assert_eq!(problem(clinic.verify(&challenge, wrong).await).await, (403, "no_such_code".to_owned()));
    assert_eq!(problem(clinic.verify("ch1_nobody", &right).await).await, (403, "no_such_code".to_owned()));
    let spaced = format!("{} {}", &right[..3], &right[3..]);
    let answer = clinic.verify(&challenge, &spaced).await;
    assert_eq!(answer.status(), 200);
    let verified: Json = answer.json().await.unwrap();
    assert_eq!(verified["patients"][0]["first_name"], "Ida");
    assert_eq!(verified["patients"][0]["expires_at"], "2026-11-23T09:10:00Z");
    assert!(is_open(&clinic, verified["patients"][0]["token"].as_str().unwrap()).await);
    // Once.
    assert_eq!(problem(clinic.verify(&challenge, &right).await).await, (403, "no_such_code".to_owned()));
    server.stop().await;
}

#[tokio::test]
async fn a_code_bears_five_tries_ten_minutes_and_no_newer_one() {
    let hand = clock();
    let server = TestServer::start_at(Clock::ByHand(hand)).await;
    let clinic = Clinic::start(&server).await;
    let ida = &clinic.patient("Ida").value;
    let refused = (403, "no_such_code".to_owned());

    let challenge = clinic.challenge(ida).await;
    let right = code(&server, "+4501430002").await;
    for tried in 0..5 {
        let wrong = format!("{:06}", (right.parse::<u32>().unwrap() + 1 + tried) % 1_000_000);
        assert_eq!(problem(clinic.verify(&challenge, &wrong).await).await, refused);
    }
    assert_eq!(problem(clinic.verify(&challenge, &right).await).await, refused, "the sixth try");

    let challenge = clinic.challenge(ida).await;
    let right = code(&server, "+4501430002").await;
    passes(hand, TimeDelta::minutes(10));
    assert_eq!(problem(clinic.verify(&challenge, &right).await).await, refused, "ten minutes later");

    let older = clinic.challenge(ida).await;
    let first = code(&server, "+4501430002").await;
    let newer = clinic.challenge(ida).await;
    let second = code(&server, "+4501430002").await;
    assert_eq!(problem(clinic.verify(&older, &first).await).await, refused, "a newer one was sent");
    passes(hand, TimeDelta::seconds(599));
    assert_eq!(clinic.verify(&newer, &second).await.status(), 200);
    server.stop().await;
}

/// Somebody could create themself with anybody's e-mail address, and have mail sent there.
#[tokio::test]
async fn until_the_clinic_accepts_them_somebody_new_is_written_to_where_they_answered_the_code() {
    const PHONE: &str = "+45 01 43 77 77";
    const EMAIL: &str = "somebody.else@patient.example";
    let server = TestServer::start().await;
    let clinic = Clinic::start(&server).await;
    let body = json!({"name": "Ny Patient", "birth_date": "1990-02-28", "phone": PHONE, "email": EMAIL});
    let begun: Json = clinic.post("register", &body).send().await.unwrap().json().await.unwrap();
    assert_eq!(begun["channel"], "sms");
    let code = code(&server, PHONE).await;
    let answer = clinic.verify(begun["challenge"].as_str().unwrap(), &code).await;
    let verified: Json = answer.json().await.unwrap();
    let token = verified["patients"][0]["token"].as_str().unwrap().to_owned();

    let book = async |clinic: &Clinic<'_>, key: &str| {
        let visitor = Visitor { clinic, token: token.clone() };
        let types = visitor.types().await;
        let for_all = types.last().unwrap();
        let offer = visitor.offers(for_all).await.remove(0);
        assert_eq!(visitor.book(key, for_all, &offer).await.status(), 201);
    };
    book(&clinic, "before").await;
    assert_eq!(letter(&server, EMAIL).await, None, "nobody has shown that this address is theirs");
    let told = letter(&server, PHONE).await.expect("a confirmation");
    assert!(told.contains("Du har en tid hos"), "{told}");

    let snapshot: SyncSnapshot = clinic.pc.get("/api/v1/snapshot").send().await.unwrap().json().await.unwrap();
    let new = snapshot.records.iter().find(|it| it.value.get("email") == Some(&json!(EMAIL))).unwrap();
    let accepts = WireDeed::Set(object(json!({"accepted": true})));
    let accepts = SentWrite { kind: Kind::Patient, id: new.id, base: Some(new.revision), deed: accepts };
    let _revision = clinic.pc.save(vec![accepts]).await;
    book(&clinic, "after").await;
    let told = letter(&server, EMAIL).await.expect("the clinic knows the address now");
    assert!(told.contains("Du har en tid hos"), "{told}");
    server.stop().await;
}

#[tokio::test]
async fn a_session_ends_by_itself_by_logging_out_and_with_the_patient() {
    let hand = clock();
    let server = TestServer::start_at(Clock::ByHand(hand)).await;
    let clinic = Clinic::start(&server).await;
    let (ida, karen) = (clinic.patient("Ida").clone(), clinic.patient("Karen").clone());

    let idle = clinic.log_in(&ida.value).await;
    let used = clinic.log_in(&karen.value).await;
    for minutes in 1..=11 {
        passes(hand, TimeDelta::minutes(5));
        assert!(is_open(&clinic, &used).await, "{minutes}");
    }
    assert!(!is_open(&clinic, &idle).await, "a quarter of an hour without a call");
    passes(hand, TimeDelta::minutes(5));
    assert!(!is_open(&clinic, &used).await, "an hour");

    let token = clinic.log_in(&ida.value).await;
    let log_out = |slug: &str| server.post(&format!("/api/v1/clinics/{slug}/logout"), &json!({})).bearer_auth(&token);
    assert_eq!(log_out("another").send().await.unwrap().status(), 404);
    assert!(is_open(&clinic, &token).await);
    assert_eq!(log_out(&clinic.new.slug).send().await.unwrap().status(), 204);
    assert!(!is_open(&clinic, &token).await);
    assert_eq!(log_out(&clinic.new.slug).send().await.unwrap().status(), 204);

    // Nothing hangs on this one.
    let new = with_telephones(vec![clinic.patient("Emil").clone().into_record()]).remove(0);
    let mut gone = new.clone();
    gone.id = uuid::Uuid::new_v4();
    if let aftalebog_booking::Value::Patient(patient) = &mut gone.value {
        patient.phone = Some(telephone(999).parse_line());
    }
    let _made = clinic.pc.save(vec![crate::clinic_pc::create(&gone)]).await;
    let aftalebog_booking::Value::Patient(patient) = &gone.value else { panic!("a patient") };
    let token = clinic.log_in(patient).await;
    assert!(is_open(&clinic, &token).await);
    let _gone = clinic.pc.save(vec![crate::clinic_pc::delete(&gone, 2)]).await;
    assert!(!is_open(&clinic, &token).await);
    server.stop().await;
}

#[tokio::test]
async fn nobody_learns_who_is_a_patient() {
    let server = TestServer::start().await;
    let clinic = Clinic::start(&server).await;
    let ida = &clinic.patient("Ida").value;
    let ask = async |call: &str, body: Json| {
        let answer = clinic.post(call, &body).send().await.unwrap();
        let (status, headers) = (answer.status(), answer.headers().len());
        let mut begun: Json = answer.json().await.unwrap();
        let challenge = begun.as_object_mut().unwrap().remove("challenge").unwrap();
        (status, headers, challenge.as_str().unwrap().len(), begun)
    };
    let hit = ask("login", json!({"birth_date": ida.birth_date, "phone": ida.phone})).await;
    let miss = ask("login", json!({"birth_date": ida.birth_date, "phone": "+45 01 43 99 99"})).await;
    let other_day = ask("login", json!({"birth_date": "1970-01-01", "phone": ida.phone})).await;
    assert_eq!((&hit, &hit), (&miss, &other_day));
    assert_eq!(
        hit.3["words"]["da"],
        "Hvis oplysningerne passer, er der sendt en kode. Kommer den ikke, så ring til klinikken."
    );
    assert_eq!(letter(&server, "+4501439999").await, None);
    // The last one was sent to Ida's own number, for a birth date that is not hers: not sent.
    let folder = std::fs::read_dir(server.folder.path().join("messages")).unwrap();
    assert_eq!(folder.count(), 1);
    // Whoever is known and creates themself is no news either.
    let known = ask("register", json!({"name": "Ida", "birth_date": ida.birth_date, "phone": ida.phone})).await;
    let new = ask("register", json!({"name": "Ida", "birth_date": ida.birth_date, "phone": "01 43 99 98"})).await;
    assert_eq!(known, new);
    for (body, field) in [
        (json!({"birth_date": ida.birth_date}), "phone"),
        (json!({"birth_date": ida.birth_date, "phone": ida.phone, "email": "a@b.example"}), "phone"),
        (json!({"birth_date": ida.birth_date, "phone": "112"}), "phone"),
        (json!({"birth_date": ida.birth_date, "email": "nobody"}), "email"),
        (json!({"birth_date": "1899-12-31", "phone": ida.phone}), "birth_date"),
        (json!({"birth_date": "2026-11-25", "phone": ida.phone}), "birth_date"),
    ] {
        let answer = clinic.post("login", &body).send().await.unwrap();
        let wrong: Json = answer.json().await.unwrap();
        assert_eq!((&wrong["status"], &wrong["field"]), (&json!(400), &json!(field)), "{body}");
        assert!(!wrong.to_string().contains(ida.birth_date.to_string().as_str()), "{wrong}");
    }
    server.stop().await;
}

#[tokio::test]
async fn twins_with_one_telephone_choose_who_they_are() {
    let server = TestServer::start().await;
    let mut records = with_telephones(demo());
    let mut patients = records.iter_mut().filter_map(|record| match &mut record.value {
        aftalebog_booking::Value::Patient(patient) => Some(patient),
        _ => None,
    });
    let (one, other) = (patients.next().unwrap(), patients.next().unwrap());
    (other.birth_date, other.phone) = (one.birth_date, one.phone.clone());
    let one = one.clone();
    let clinic = Clinic::with(&server, records).await;
    let challenge = clinic.challenge(&one).await;
    let answer = clinic.verify(&challenge, &code(&server, "+4501430000").await).await;
    let verified: Json = answer.json().await.unwrap();
    let names: Vec<&str> =
        verified["patients"].as_array().unwrap().iter().map(|it| it["first_name"].as_str().unwrap()).collect();
    assert_eq!(names, ["Karen", "Bent"]);
    assert_ne!(verified["patients"][0]["token"], verified["patients"][1]["token"]);
    server.stop().await;
}

#[tokio::test]
async fn whoever_creates_themself_waits_for_the_clinic_and_is_there_once() {
    let server = TestServer::start().await;
    let clinic = Clinic::start(&server).await;
    let body = json!({
        "name": " Sofie Ærø-Lund ", "birth_date": "1990-02-28", "phone": "01 43 77 77", "email": "Sofie@patient.example",
    });
    let mut tokens = vec![];
    for _ in 0..2 {
        let begun: Json = clinic.post("register", &body).send().await.unwrap().json().await.unwrap();
        assert_eq!(begun["channel"], "sms");
        let challenge = begun["challenge"].as_str().unwrap();
        let answer = clinic.verify(challenge, &code(&server, "+4501437777").await).await;
        let verified: Json = answer.json().await.unwrap();
        assert_eq!(verified["patients"][0]["first_name"], "Sofie");
        tokens.push(verified["patients"][0]["token"].as_str().unwrap().to_owned());
    }
    // A new patient may have this, and nothing that one must be called in for.
    let visitor = Visitor { clinic: &clinic, token: tokens.remove(0) };
    let types = visitor.types().await;
    let aliases: Vec<&str> = types.iter().map(|it| it["alias"].as_str().unwrap()).collect();
    let for_all = ["Tandpine / akut", "Knækket tand eller tabt fyldning", "Tandblegning – samtale"];
    assert_eq!(aliases, [&["Ny patient – første undersøgelse"], &for_all[..]].concat());
    let offer = visitor.offers(&types[3]).await.remove(0);
    let booked = visitor.book("a key", &types[3], &offer).await;
    assert_eq!(booked.status(), 201);
    let again = Visitor { clinic: &clinic, token: tokens.remove(0) };
    assert_eq!(again.bookings().await.len(), 1, "the second time it is the same patient");

    for (name, value) in [
        ("name", json!("Sofie\u{202E}")),
        ("name", json!(" ")),
        ("name", json!("æ".repeat(101))),
        ("name", json!(format!("010203-{}", "0".repeat(4)))),
        ("phone", json!("nej")),
        ("email", json!("nej")),
        ("birth_date", json!("2027-01-01")),
    ] {
        let mut wrong = body.clone();
        wrong[name] = value;
        let answer: Json = clinic.post("register", &wrong).send().await.unwrap().json().await.unwrap();
        assert_eq!((&answer["status"], &answer["field"]), (&json!(400), &json!(name)), "{wrong}");
    }
    for body in [json!({"name": "Sofie"}), json!({"name": "S", "birth_date": "1990-02-28", "accepted": true})] {
        assert_eq!(clinic.post("register", &body).send().await.unwrap().status(), 400, "{body}");
    }

    let records = demo();
    let service = crate::clinic_pc::first(&records, Kind::Service);
    let _off = clinic.pc.save(vec![set(service, 1, json!({"self_registration": false}))]).await;
    let answer = clinic.post("register", &body).send().await.unwrap();
    assert_eq!(problem(answer).await, (403, "self_registration_off".to_owned()));
    let shown: Json =
        server.get(&format!("/api/v1/clinics/{}", clinic.new.slug)).send().await.unwrap().json().await.unwrap();
    assert_eq!(shown["self_registration"], false);
    assert_eq!(shown["name"], "Tandlægerne ved Møllesøen (demo)");
    assert_eq!(shown["codes_by"], json!(["sms", "email"]));
    assert_eq!(server.get("/api/v1/clinics/ingen").send().await.unwrap().status(), 404);
    server.stop().await;
}

#[tokio::test]
async fn a_clinics_code_opens_no_other_clinic() {
    let server = TestServer::start().await;
    let clinic = Clinic::start(&server).await;
    let other = Clinic::with(&server, demo()).await;
    let ida = &clinic.patient("Ida").value;
    let challenge = clinic.challenge(ida).await;
    let right = code(&server, "+4501430002").await;
    assert_eq!(other.verify(&challenge, &right).await.status(), 403);
    assert_eq!(clinic.verify(&challenge, &right).await.status(), 200);
    // The other clinic knows no such telephone.
    let _challenge = other.challenge(ida).await;
    let folder = || std::fs::read_dir(server.folder.path().join("messages")).unwrap().count();
    assert_eq!((letter(&server, "+4501430002").await.is_some(), folder()), (true, 1));
    server.stop().await;
}

#[tokio::test]
async fn codes_are_asked_for_and_sent_so_often_and_no_oftener() {
    let hand = clock();
    let server = TestServer::start_with(Clock::ByHand(hand), |config| {
        config.patients.sms_per_clinic_and_day = 11;
        config.patients.registrations_per_clinic_and_day = 1;
    })
    .await;
    let clinic = Clinic::start(&server).await;
    let (ida, karen) = (&clinic.patient("Ida").value, &clinic.patient("Karen").value);
    let sent = async || {
        let _last = letter(&server, "nobody").await;
        std::fs::read_dir(server.folder.path().join("messages")).unwrap().count()
    };
    for _ in 0..10 {
        let _challenge = clinic.challenge(ida).await;
    }
    assert_eq!(sent().await, 10);
    let body = json!({"birth_date": ida.birth_date, "phone": ida.phone});
    let answer = clinic.post("login", &body).send().await.unwrap();
    let wait: i64 = answer.headers()["retry-after"].to_str().unwrap().parse().unwrap();
    assert!(wait > 0 && wait <= 24 * 60 * 60);
    assert_eq!(problem(answer).await, (429, "too_many_tries".to_owned()));
    // Somebody else is served, until the clinic has sent as many as it sends in a day.
    let _challenge = clinic.challenge(karen).await;
    assert_eq!(sent().await, 11);
    let _challenge = clinic.challenge(karen).await;
    assert_eq!(sent().await, 11, "the answer is the same, and nothing is sent");
    // By e-mail they are.
    let mail = json!({"birth_date": "1990-02-28", "name": "S", "email": "s@patient.example"});
    assert_eq!(clinic.post("register", &mail).send().await.unwrap().status(), 202);
    assert_eq!(sent().await, 12);
    let mail = json!({"birth_date": "1990-02-28", "name": "S", "email": "t@patient.example"});
    assert_eq!(clinic.post("register", &mail).send().await.unwrap().status(), 202);
    assert_eq!(sent().await, 12, "one a day");
    passes(hand, TimeDelta::days(2));
    let _challenge = clinic.challenge(ida).await;
    assert_eq!(sent().await, 13);
    // A text message abroad is dear.
    let abroad = json!({"birth_date": "1990-02-28", "name": "S", "phone": "+46 70 123 45 67"});
    assert_eq!(clinic.post("register", &abroad).send().await.unwrap().status(), 202);
    assert_eq!(sent().await, 13);
    server.stop().await;
}

/// Threat: a stranger who knows a telephone and a birth date, and 50 machines.
#[tokio::test]
async fn ten_thousand_tries_from_fifty_addresses_open_nothing() {
    let server = TestServer::start_with(Clock::Fixed(monday()), |config| {
        config.trusted_proxies = vec!["127.0.0.1".parse().unwrap()];
        config.patients.tries_per_address_and_hour = 40;
    })
    .await;
    let clinic = &Clinic::start(&server).await;
    let (ida, server) = (&clinic.patient("Ida").value, &server);
    let attack = (0..50).map(|machine: u32| async move {
        let from = format!("192.0.2.{machine}");
        let (mut opened, mut tried, mut locked, mut challenge) = (0, 0, 0, String::new());
        for guess in 0..200 {
            if guess % 5 == 0 {
                let body = json!({"birth_date": ida.birth_date, "phone": ida.phone});
                let answer = clinic.post("login", &body).header("x-forwarded-for", &from).send().await.unwrap();
                if answer.status() == 202 {
                    challenge = answer.json::<Json>().await.unwrap()["challenge"].as_str().unwrap().to_owned();
                } else {
                    assert_eq!(answer.status(), 429);
                }
            }
            let code = format!("{:06}", machine * 200 + guess);
            let body = json!({"challenge": challenge, "code": code});
            let answer = clinic.post("verify", &body).header("x-forwarded-for", &from).send().await.unwrap();
            match answer.status().as_u16() {
                200 => opened += 1,
                403 => tried += 1,
                429 => locked += 1,
                other => panic!("{other}"),
            }
        }
        (opened, tried, locked)
    });
    let outcome = join_all(attack).await;
    let sum = |of: fn(&(u32, u32, u32)) -> u32| outcome.iter().map(of).sum::<u32>();
    let (opened, tried, locked) = (sum(|it| it.0), sum(|it| it.1), sum(|it| it.2));
    println!("10,000 guesses: {opened} accepted, {tried} refused, {locked} not even looked at");
    // One in twenty thousand is what ten codes with five tries each give a stranger.
    assert_eq!((opened, tried + locked), (0, 10_000));
    assert!(locked >= 50 * (200 - 40), "{locked}");
    let codes = std::fs::read_dir(server.folder.path().join("messages")).unwrap().count();
    assert!(codes <= 10, "{codes}");
    // The patient is served another way.
    let karen = &clinic.patient("Karen").value;
    assert!(is_open(clinic, &clinic.log_in(karen).await).await);
    assert_eq!(server.store.letters_waiting().await.unwrap(), 0);
}
