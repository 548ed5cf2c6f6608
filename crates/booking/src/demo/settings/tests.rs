use std::collections::BTreeSet;

use super::*;
use crate::agenda::working_intervals;
use crate::setup::Setup;
use crate::time::days_after;

fn date(text: &str) -> NaiveDate {
    text.parse().expect(text)
}

fn setup(today: NaiveDate) -> Setup {
    Setup::gather(records(today)).expect("a set-up")
}

#[test]
fn practitioners_as_the_table_lists_them() {
    let setup = setup(date("2026-11-23"));
    let rows: Vec<_> = setup
        .practitioners
        .iter()
        .map(|Entry { value, .. }| {
            let Practitioner { initials, name, title, registered, takes_new_patients, position, deactivated: _ } =
                value;
            format!("{position} {initials} {name}, {title} {registered} {takes_new_patients}")
        })
        .collect();
    assert_eq!(
        rows,
        [
            "1 JH Jens Holm, tandlæge true true",
            "2 MK Mette Kjærgaard, tandlæge true false",
            "3 SA Sara Ahmadi, tandlæge true true",
            "4 LB Line Bech, tandplejer true false",
            "5 CN Camilla Nørgaard, tandplejer true true",
            "6 AP Anne Poulsen, klinikassistent false false",
            "7 PV Peter Vestergaard, specialtandlæge false false",
        ]
    );
}

#[test]
fn working_hours_as_the_table_lists_them() {
    let setup = setup(date("2026-11-23"));
    let table = [
        // Monday to Friday of week 48, which is even
        (
            "JH",
            [
                "08:00-12:00 12:30-16:00",
                "08:00-12:00 12:30-16:00",
                "10:00-13:30 14:00-18:00",
                "08:00-12:00 12:30-16:00",
                "",
            ],
        ),
        (
            "MK",
            [
                "08:00-12:00 12:30-16:00",
                "08:00-12:00 12:30-16:00",
                "08:00-12:00 12:30-16:00",
                "08:00-12:00 12:30-16:00",
                "08:00-13:00",
            ],
        ),
        ("SA", ["", "08:00-12:30 13:00-16:00", "08:00-12:30 13:00-16:00", "08:00-12:30 13:00-16:00", "08:00-13:00"]),
        (
            "LB",
            [
                "07:45-11:45 12:15-15:30",
                "07:45-11:45 12:15-15:30",
                "07:45-11:45 12:15-15:30",
                "07:45-11:45 12:15-15:30",
                "",
            ],
        ),
        ("CN", ["11:00-14:00 14:30-18:00", "", "08:00-12:00 12:30-15:30", "08:00-12:00 12:30-15:30", "08:00-13:00"]),
        ("AP", ["08:00-12:00 12:30-15:00"; 5]),
        ("PV", ["", "09:00-12:00 12:30-15:00", "", "", ""]),
    ];
    let monday = date("2026-11-23");
    for (practitioner, (initials, hours)) in setup.practitioners.iter().zip(table) {
        assert_eq!(practitioner.value.initials.as_str(), initials);
        for offset in 0..7 {
            let intervals = working_intervals(&setup, practitioner.id, days_after(monday, offset));
            let shown: Vec<_> = intervals.iter().map(|it| format!("{}-{}", it.from(), it.to())).collect();
            assert_eq!(shown.join(" "), *hours.get(offset as usize).unwrap_or(&""), "{initials} {offset}");
        }
    }
    let pv = setup.practitioners[6].id;
    assert!(working_intervals(&setup, pv, date("2026-12-01")).is_empty(), "week 49 is odd");
}

#[test]
fn online_types_as_the_table_lists_them() {
    let setup = setup(date("2026-11-23"));
    let show = |number: Option<u16>| number.map_or("–".to_owned(), |number| number.to_string());
    let initials = |id| setup.practitioner(id).map_or("?", |practitioner| practitioner.initials.as_str());
    let row = |entry: &Entry<OnlineType>| {
        let OnlineType { appointment_type, alias, min_spacing_minutes, need_driven, .. } = &entry.value;
        let OnlineType { choose_practitioner, practitioners, max_days_after_recall_week, .. } = &entry.value;
        let OnlineType { earliest_booking_days, cancel_days, move_days, position, .. } = &entry.value;
        let yes = |yes: bool| if yes { "yes" } else { "no" };
        let ticked: Vec<_> =
            practitioners.iter().filter(|row| row.active).map(|row| initials(row.practitioner)).collect();
        let kind = setup.appointment_type(*appointment_type).expect("a type");
        format!(
            "{position} {} | {} | {alias} | {} | {} | {} | {} | {} | {} | {} | {} | {}",
            kind.code,
            kind.name,
            kind.minutes,
            show(min_spacing_minutes.map(Into::into)),
            yes(*need_driven),
            yes(*choose_practitioner),
            ticked.join(" "),
            show(max_days_after_recall_week.map(Into::into)),
            show(earliest_booking_days.map(Into::into)),
            show(cancel_days.map(Into::into)),
            show(move_days.map(Into::into)),
        )
    };
    let rows: Vec<_> = setup.online_types.iter().map(row).collect();
    assert_eq!(
        rows,
        [
            "1 SU | Statusundersøgelse | Undersøgelse | 45 | 30 | yes | no |  | 100 | 0 | 2 | 2",
            "2 FU | Fokuseret undersøgelse | Kontrol | 30 | 30 | yes | no |  | 60 | 0 | 2 | 2",
            "3 TR | Tandrensning | Tandrensning | 30 | 15 | yes | yes |  | 100 | 0 | 1 | 1",
            "4 PAR | Parodontosebehandling | Parodontosebehandling | 60 | 60 | yes | no |  | 30 | 1 | 2 | 2",
            "5 TB | Tandbehandling | Behandling | 45 | 0 | yes | no |  | 60 | 1 | 2 | 2",
            "6 DG | Diagnostisk grundundersøgelse | Ny patient – første undersøgelse | 60 | 60 | no | no | JH SA CN | – | 1 | 2 | 2",
            "7 AKUT | Tandpine | Tandpine / akut | 30 | 0 | no | no | JH SA | – | – | 0 | –",
            "8 KNÆK | Knækket tand | Knækket tand eller tabt fyldning | 30 | 15 | no | no | MK JH SA | – | – | 0 | 0",
            "9 BLEG | Tandblegning, samtale | Tandblegning – samtale | 20 | 20 | no | no | LB CN | – | 0 | 1 | 1",
        ]
    );
    let kir = setup.appointment_types.iter().find(|entry| entry.value.code.as_str() == "KIR").expect("KIR");
    assert_eq!((kir.value.minutes.get(), setup.online_type_of(kir.id)), (60, None));
    let colours: BTreeSet<_> = setup.appointment_types.iter().map(|entry| entry.value.color.to_string()).collect();
    assert_eq!(colours.len(), 10);
}

#[test]
fn the_christmas_closure_is_the_running_or_the_coming_one() {
    for (today, from) in [
        ("2026-01-01", "2025-12-23"),
        ("2026-01-02", "2026-12-23"),
        ("2026-12-22", "2026-12-23"),
        ("2026-12-23", "2026-12-23"),
        ("2026-12-31", "2026-12-23"),
        ("2027-01-01", "2026-12-23"),
        ("2028-12-31", "2028-12-23"),
    ] {
        let closures = setup(date(today)).closures;
        let [closure] = closures.as_slice() else { panic!("{closures:?}") };
        let to = NaiveDate::from_ymd_opt(date(from).year() + 1, 1, 1).expect("a date");
        assert_eq!((closure.value.from, closure.value.to), (date(from), to), "{today}");
    }
}
