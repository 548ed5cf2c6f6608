use aftalebog_booking::broken::Fault;
use aftalebog_booking::demo::{SEED, demo_clinic};
use aftalebog_texts::Language;

use super::*;
use serde_json::Value as Json;

/// The demo clinic of 23 November 2026, a Monday in week 48.
fn demo() -> Json {
    serde_json::to_value(demo_clinic("2026-11-23".parse().unwrap(), SEED)).unwrap()
}

fn question(patient: &str, code: &str) -> Question {
    Question {
        patient: patient.to_owned(),
        appointment_type: code.to_owned(),
        from: "2026-11-24".parse().unwrap(),
        days: 1,
        need: None,
        practitioner: None,
        now: "2026-11-23T08:10:00Z".parse().unwrap(),
    }
}

fn asked(snapshot: &Json, question: &Question) -> Result<Json, NoAnswer> {
    let said = answer(snapshot.to_string().as_bytes(), question, Form::Json)?;
    Ok(serde_json::from_str(&said.out).unwrap())
}

fn records<'a>(snapshot: &'a mut Json, kind: &str) -> Vec<&'a mut Json> {
    let records = snapshot["records"].as_array_mut().unwrap();
    records.iter_mut().filter(|record| record["kind"] == kind).collect()
}

/// A need of the type with this code, open or not.
fn need_of(snapshot: &mut Json, code: &str) -> Json {
    let id = id_of(snapshot, "appointment_type", "code", code);
    records(snapshot, "need").into_iter().find(|need| need["value"]["appointment_type"] == id).unwrap().clone()
}

fn id_of(snapshot: &mut Json, kind: &str, field: &str, word: &str) -> Json {
    records(snapshot, kind).into_iter().find(|record| record["value"][field] == word).unwrap()["id"].clone()
}

fn number_of(snapshot: &mut Json, patient: &Json) -> String {
    let patients = records(snapshot, "patient");
    let patient = patients.into_iter().find(|record| record["id"] == *patient).unwrap();
    patient["value"]["number"].as_str().unwrap().to_owned()
}

#[test]
fn an_answer_has_every_key_and_says_blank_as_null() {
    let answer = asked(&demo(), &question("new", "AKUT")).unwrap();
    let keys: Vec<&String> = answer.as_object().unwrap().keys().collect();
    assert_eq!(keys, ["earliest", "last", "need", "offers", "refused", "time_zone", "unavailable"]);
    assert_eq!(answer["time_zone"], "Europe/Copenhagen");
    assert_eq!(answer["earliest"], "2026-11-23");
    for key in ["last", "need", "unavailable"] {
        assert_eq!(answer[key], Json::Null, "{key}");
    }
    let offer = &answer["offers"][0];
    assert_eq!(offer["minutes"], 30);
    assert!(offer["start"].as_str().unwrap().ends_with(":00Z"), "{offer}");
    assert!(["JH", "SA"].iter().any(|initials| offer["practitioner"] == *initials), "{offer}");
    let refused = &answer["refused"][0];
    assert_eq!(refused.as_object().unwrap().keys().collect::<Vec<_>>(), ["practitioner", "reason", "start"]);
}

#[test]
fn both_lists_are_by_start_and_then_by_the_clinics_order() {
    let mut demo = demo();
    let need = need_of(&mut demo, "TR");
    let mut question = question(&number_of(&mut demo, &need["value"]["patient"]), "TR");
    question.days = 14;
    let answer = asked(&demo, &question).unwrap();
    assert_eq!(answer["need"], need["id"]);
    let order = ["JH", "MK", "SA", "LB", "CN", "AP", "PV"];
    for list in ["offers", "refused"] {
        let list = answer[list].as_array().unwrap();
        let place = |line: &Json| order.iter().position(|initials| line["practitioner"] == *initials).unwrap();
        let keys: Vec<_> = list.iter().map(|line| (line["start"].as_str().unwrap(), place(line))).collect();
        assert!(keys.is_sorted(), "{keys:?}");
        assert!(keys.len() > 20);
    }
    // The filter leaves out the others, and changes nothing else.
    let all = answer["offers"].as_array().unwrap().iter().filter(|offer| offer["practitioner"] == "MK").count();
    let only = asked(&demo, &Question { practitioner: Some("MK".to_owned()), ..question.clone() }).unwrap();
    assert_eq!(only["offers"].as_array().unwrap().len(), all);
    assert!(all > 0);
    assert!(only["refused"].as_array().unwrap().iter().all(|line| line["practitioner"] == "MK"));
    assert_eq!((&only["need"], &only["last"]), (&answer["need"], &answer["last"]));
}

#[test]
fn the_need_asked_for_is_the_one_that_is_judged() {
    let mut demo = demo();
    let need = need_of(&mut demo, "SU");
    let number = number_of(&mut demo, &need["value"]["patient"]);
    let id = |json: &Json| Some(json["id"].as_str().unwrap().parse().unwrap());
    let own = Question { need: id(&need), ..question(&number, "SU") };
    assert_eq!(asked(&demo, &own).unwrap()["need"], need["id"]);
    // Another type's need is no open need of this one; without need-driving it is passed over.
    let other = Question { need: id(&need_of(&mut demo, "TB")), ..own.clone() };
    let answer = asked(&demo, &other).unwrap();
    assert_eq!(
        (&answer["unavailable"], &answer["need"], &answer["last"]),
        (&json!("no_need"), &Json::Null, &Json::Null)
    );
    let free = asked(&demo, &Question { appointment_type: "AKUT".to_owned(), ..other }).unwrap();
    assert_eq!(free["unavailable"], Json::Null);
}

#[test]
fn nothing_is_listed_of_what_is_unavailable() {
    let mut demo = demo();
    let refused = |patient: &str, code: &str, expected: &str| {
        let answer = asked(&demo, &question(patient, code)).unwrap();
        assert_eq!(answer["unavailable"], expected);
        assert_eq!((&answer["offers"], &answer["refused"]), (&json!([]), &json!([])));
        answer
    };
    let _no_need = refused("new", "SU", "no_need");
    let not_set_up = refused("new", "KIR", "type_not_set_up");
    assert_eq!(not_set_up["earliest"], "2026-11-23");
    records(&mut demo, "service")[0]["value"]["running"] = json!(false);
    assert_eq!(asked(&demo, &question("new", "AKUT")).unwrap()["unavailable"], "service_stopped");
}

#[test]
fn what_cannot_be_resolved_is_said_before_anything_is_judged() {
    let mut demo = demo();
    // Whatever the reason would be: the service is stopped.
    records(&mut demo, "service")[0]["value"]["running"] = json!(false);
    let fault = |question: Question| asked(&demo, &question).unwrap_err();
    assert_eq!(fault(question("0", "AKUT")), NoAnswer::NoSuchPatient);
    assert_eq!(fault(question("new", "TANDPINE")), NoAnswer::NoSuchType { code: "TANDPINE".to_owned() });
    let stranger = Some(Uuid::from_u128(7));
    assert_eq!(fault(Question { need: stranger, ..question("new", "AKUT") }), NoAnswer::NoSuchNeed);
    let who = Some("XX".to_owned());
    let unknown = NoAnswer::NoSuchPractitioner { initials: "XX".to_owned() };
    assert_eq!(fault(Question { practitioner: who, ..question("new", "AKUT") }), unknown);
}

#[test]
fn records_that_share_a_name_or_a_type_leave_the_question_open() {
    let fault = |edit: fn(&mut Json)| {
        let mut demo = demo();
        edit(&mut demo);
        asked(&demo, &question("1001", "AKUT")).unwrap_err()
    };
    let twin = |demo: &mut Json, kind: &str| {
        let mut twin = records(demo, kind)[0].clone();
        twin["id"] = json!(Uuid::from_u128(7));
        demo["records"].as_array_mut().unwrap().push(twin);
    };
    let _known = asked(&demo(), &question("1001", "AKUT")).unwrap();
    assert_eq!(fault(|demo| records(demo, "patient")[1]["value"]["number"] = json!("1001")), ambiguous("1001"));
    assert_eq!(
        fault(|demo| {
            let kir = records(demo, "appointment_type").into_iter().find(|it| it["value"]["code"] == "KIR").unwrap();
            kir["value"]["code"] = json!("AKUT");
        }),
        ambiguous("AKUT")
    );
    let mut twice = demo();
    twin(&mut twice, "online_type");
    assert!(matches!(asked(&twice, &question("1001", "AKUT")), Err(NoAnswer::TwoSetUps { .. })));
    // One of the two cannot be read.
    twice["records"].as_array_mut().unwrap().last_mut().unwrap()["value"]["alias"] = json!("");
    assert!(matches!(asked(&twice, &question("1001", "AKUT")), Err(NoAnswer::TwoSetUps { .. })));
}

fn ambiguous(word: &str) -> NoAnswer {
    NoAnswer::Ambiguous { word: word.to_owned() }
}

#[test]
fn a_broken_record_is_told_of_and_spoils_only_its_own() {
    let mut demo = demo();
    let jh = id_of(&mut demo, "practitioner", "initials", "JH");
    let hours = records(&mut demo, "working_hours");
    hours.into_iter().find(|it| it["value"]["practitioner"] == jh).unwrap()["value"]["weekday"] = json!(0);
    let question = question("new", "AKUT");
    let said = answer(demo.to_string().as_bytes(), &question, Form::Json).unwrap();
    let [broken] = said.broken.as_slice() else { panic!("{:?}", said.broken) };
    assert_eq!((broken.record.kind, &broken.fault), (Some(Kind::WorkingHours), &Fault::Field("weekday".to_owned())));
    let answer: Json = serde_json::from_str(&said.out).unwrap();
    assert!(answer["offers"].as_array().unwrap().iter().all(|offer| offer["practitioner"] == "SA"));
    assert!(!answer["offers"].as_array().unwrap().is_empty());
    let of_jh: Vec<_> = answer["refused"].as_array().unwrap().iter().filter(|it| it["practitioner"] == "JH").collect();
    assert!(!of_jh.is_empty() && of_jh.iter().all(|it| it["reason"] == "unreadable"), "{of_jh:?}");
    // Those whose own record cannot be read are still known by what they are called.
    let patient = records(&mut demo, "patient").remove(0);
    patient["value"]["birth_date"] = json!("ukendt");
    let number = patient["value"]["number"].as_str().unwrap().to_owned();
    for code in ["AKUT", "SU"] {
        let broken = Question { patient: number.clone(), appointment_type: code.to_owned(), ..question.clone() };
        assert_eq!(asked(&demo, &broken).unwrap()["unavailable"], "unreadable", "{code}");
    }
    records(&mut demo, "practitioner")[0]["value"]["position"] = json!(-1);
    let nameless = asked(&demo, &Question { practitioner: Some("JH".to_owned()), ..question }).unwrap();
    let refused = nameless["refused"].as_array().unwrap();
    assert!(!refused.is_empty() && refused.iter().all(|it| it["practitioner"] == "JH" && it["reason"] == "unreadable"));
}

#[test]
fn the_words_are_those_of_the_preview_by_the_clinics_clock() {
    let mut demo = demo();
    let texts = Texts::new(Language::Danish);
    let words = |demo: &Json, question: &Question| {
        answer(demo.to_string().as_bytes(), question, Form::Words(&texts)).unwrap().out
    };
    let need = need_of(&mut demo, "SU");
    let number = number_of(&mut demo, &need["value"]["patient"]);
    let said = words(&demo, &Question { days: 2, ..question(&number, "SU") });
    let lines: Vec<&str> = said.lines().collect();
    assert_eq!(lines[0], "Regnet ud mandag 23. november 2026 kl. 9.10");
    assert!(lines[1].starts_with("Behov: uge "), "{said}");
    assert!(lines[2].starts_with("Tidligst: i morgen"), "{said}");
    assert!(lines[3].starts_with("Senest: "), "{said}");
    assert!(lines.contains(&"tirsdag 24. november 2026") && lines.contains(&"onsdag 25. november 2026"), "{said}");
    assert!(said.contains(" er optaget til kl. "), "{said}");
    assert!(said.contains("Tiden er ledig, men ligger mindre end 30 minutter efter"), "{said}");
    let barred = words(&demo, &question("new", "SU"));
    assert!(barred.contains("patienten har intet åbent behov af den"), "{barred}");
}

#[test]
fn nothing_that_stands_in_a_broken_record_is_told() {
    for (field, value) in [
        ("phone", json!("Peter Hansen 12345678")),
        ("number", json!(["Peter Hansen"])),
        ("accepted", json!("Peter Hansen")),
    ] {
        let mut demo = demo();
        records(&mut demo, "patient")[0]["value"][field] = value;
        records(&mut demo, "patient")[0]["value"]["name"] = json!(["Peter Hansen"]);
        let said = answer(demo.to_string().as_bytes(), &question("new", "AKUT"), Form::Json).unwrap();
        let words: Vec<String> = said.broken.iter().map(|it| Texts::new(Language::Danish).broken(it)).collect();
        assert_eq!(words.len(), 1);
        assert!(words[0].contains("kan ikke læses") || words[0].contains("passer ikke"), "{words:?}");
        assert!(!words[0].contains("Hansen") && !said.out.contains("Hansen"), "{words:?}");
    }
}

#[test]
fn a_day_without_candidates_says_why_in_words() {
    let mut demo = demo();
    let texts = Texts::new(Language::Danish);
    let words = |demo: &Json, from: &str| {
        let question = Question { from: from.parse().unwrap(), ..question("new", "AKUT") };
        answer(demo.to_string().as_bytes(), &question, Form::Words(&texts)).unwrap().out
    };
    let sunday = words(&demo, "2026-11-29");
    assert!(sunday.contains("ingen tider\n  JH arbejder ikke søndag 29. november.\n  SA arbejder"), "{sunday}");
    let closed = words(&demo, "2026-12-27");
    assert!(closed.contains("JH: Lukket mellem jul og nytår.\n"), "{closed}");
    let jh = id_of(&mut demo, "practitioner", "initials", "JH");
    for hours in records(&mut demo, "working_hours") {
        if hours["value"]["practitioner"] == jh {
            hours["value"]["weekday"] = json!(0);
        }
    }
    let broken = words(&demo, "2026-11-24");
    assert!(broken.contains("JH: En post i klinikkens data kan ikke læses (working_hours "), "{broken}");
}
