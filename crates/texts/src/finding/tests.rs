use aftalebog_booking::bounded::Whole;
use aftalebog_booking::demo::{SEED, demo_clinic};
use aftalebog_booking::record::Practitioner;
use aftalebog_booking::setting::TypeField;

use super::*;
use crate::Language;

/// In Danish and in English, of the demo clinic on a Monday.
#[track_caller]
fn reads(finding: &Finding, danish: &str, english: &str) {
    let today = today();
    for (language, expected) in [(Language::Danish, danish), (Language::English, english)] {
        assert_eq!(Texts::new(language).finding(finding, &setup(), today), expected);
    }
}

fn today() -> NaiveDate {
    day(11, 23)
}

fn day(month: u32, day: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, month, day).unwrap()
}

fn setup() -> Setup {
    Setup::gather(demo_clinic(today(), SEED).records).unwrap()
}

fn online_type(code: &str) -> Id<OnlineType> {
    let setup = setup();
    let of = setup.appointment_types.iter().find(|of| of.value.code.as_str() == code).unwrap();
    setup.online_type_of(of.id).unwrap().id
}

fn practitioner(initials: &str) -> Id<Practitioner> {
    setup().practitioners.iter().find(|entry| entry.value.initials.as_str() == initials).unwrap().id
}

#[test]
fn of_the_service() {
    reads(
        &Finding::NobodyRegistered { first: None },
        "Ingen behandler er tilmeldt, så patienterne kan ikke booke noget.",
        "No practitioner is registered, so patients cannot book anything.",
    );
    reads(
        &Finding::NoTypeSetUp { first: Id::random() },
        "Ingen aftaletype er sat op til online booking, så patienterne har intet at booke. Sæt den første op.",
        "No appointment type is set up for online booking, so patients have nothing to book. Set up the first.",
    );
    reads(
        &Finding::NoTypes,
        "Klinikken har ingen aftaletyper, så patienterne har intet at booke. Opret den første.",
        "The clinic has no appointment types, so patients have nothing to book. Make the first.",
    );
    reads(
        &Finding::AllTypesDeactivated,
        "Alle aftaletyper er deaktiveret, så patienterne har intet at booke. Genaktivér en, eller opret en ny.",
        "All appointment types are deactivated, so patients have nothing to book. Reactivate one, or make a new one.",
    );
    reads(
        &Finding::NothingForNewPatients,
        "Nye patienter kan oprette sig selv, men der er ingen type, de kan booke.",
        "New patients can register themselves, but there is no type they can book.",
    );
    reads(
        &Finding::PhoneMissing,
        "Klinikkens telefonnummer mangler, så patienter, der skal ringe, kan ikke se hvortil.",
        "The clinic’s telephone number is missing, so patients who are to ring cannot see where.",
    );
    reads(
        &Finding::NotATelephone,
        "Patienter, der skal ringe, læser «00 00 00 00». Skriv kun nummeret, med mindst 8 cifre.",
        "Patients who are to ring read “00 00 00 00”. Type only the number, with at least 8 digits.",
    );
    reads(
        &Finding::NotAnEmail,
        "Klinikkens e-mail er skrevet som «klinik@moellesoeen.example», og det er ikke en e-mailadresse.",
        "The clinic’s e-mail is written as “klinik@moellesoeen.example”, which is no e-mail address.",
    );
}

#[test]
fn of_two_types_with_one_alias() {
    let same = |weight| Finding::SameAlias { online_type: online_type("FU"), other: online_type("SU"), weight };
    reads(
        &same(SameAlias::Warned),
        "SU og FU hedder begge «Kontrol» for patienterne. Den, der kan booke dem begge, kan ikke se forskel.",
        "Patients read “Kontrol” for both SU and FU. Whoever can book both cannot tell them apart.",
    );
    reads(
        &same(SameAlias::Refused),
        "SU og FU hedder begge «Kontrol», og begge kan bookes uden behov. Patienterne kan ikke kende forskel på dem.",
        "SU and FU are both called “Kontrol”, and both can be booked without a need. Patients cannot tell them apart.",
    );
}

#[test]
fn of_a_spacing_that_is_rounded() {
    let finding =
        Finding::SpacingRounded { online_type: online_type("BLEG"), setting: Whole::new(20).unwrap(), works_as: 30 };
    reads(
        &finding,
        "BLEG: På en ledig dag får patienterne tider hver 30 min., ikke hver 20, fordi aftalebogens tidsperiode er 15 min.",
        "BLEG: on a free day patients get a time every 30 min., not every 20, because the appointment book’s rows are 15 min.",
    );
}

#[test]
fn of_needs_that_run_out_too_early() {
    let late = |count, earliest| {
        let cause = TypeField::EarliestBooking;
        Finding::NeedsOutOfReach { online_type: online_type("PAR"), count, earliest, cause }
    };
    reads(
        &late(1, day(12, 24)),
        "PAR: Det ene åbne behov kan ikke bookes. Patienten kan tidligst få en tid torsdag 24. december, og da er behovet udløbet.",
        "PAR: the one open need cannot be booked. The earliest time the patient can get is Thursday 24 December, and by then the need has expired.",
    );
    reads(
        &late(2, day(11, 23)),
        "PAR: Ingen af de 2 åbne behov kan bookes. Patienterne kan tidligst få en tid i dag, og da er behovene udløbet.",
        "PAR: none of the 2 open needs can be booked. The earliest time patients can get is today, and by then the needs have expired.",
    );
}

#[test]
fn of_times_that_cannot_be_changed() {
    let fixed = |earliest, change| Finding::CannotBeChanged { online_type: online_type("KNÆK"), earliest, change };
    reads(
        &fixed(day(11, 23), Change::Cancel),
        "KNÆK: Patienterne kan booke en tid i dag, men ikke melde afbud til den online.",
        "KNÆK: patients can book a time today, but cannot cancel it online.",
    );
    reads(
        &fixed(day(11, 24), Change::Move),
        "KNÆK: Patienterne kan booke en tid i morgen, men ikke flytte den online.",
        "KNÆK: patients can book a time tomorrow, but cannot move it online.",
    );
    reads(
        &fixed(day(11, 25), Change::CancelAndMove),
        "KNÆK: Patienterne kan booke en tid i overmorgen, men hverken melde afbud til den eller flytte den online.",
        "KNÆK: patients can book a time the day after tomorrow, but can neither cancel nor move it online.",
    );
}

#[test]
fn of_types_that_nobody_can_book() {
    let akut = online_type("AKUT");
    let off = |initials: &[&str]| Finding::TickedNotRegistered {
        online_type: akut,
        ticked: initials.iter().copied().map(practitioner).collect(),
    };
    reads(
        &Finding::NobodyTicked { online_type: akut },
        "AKUT: Ingen kan booke typen, for der er ikke sat flueben ud for nogen behandler.",
        "AKUT: nobody can book the type, because no practitioner is ticked.",
    );
    reads(
        &off(&["JH"]),
        "AKUT: Ingen kan booke typen, for JH, som har flueben, er ikke tilmeldt.",
        "AKUT: nobody can book the type, because JH, who is ticked, is not registered.",
    );
    for ticked in [off(&["JH", "SA"]), off(&[])] {
        reads(
            &ticked,
            "AKUT: Ingen kan booke typen, for ingen af de behandlere, der har flueben, er tilmeldt.",
            "AKUT: nobody can book the type, because none of the ticked practitioners is registered.",
        );
    }
}

#[test]
fn of_practitioners() {
    let pointing = |count| Finding::NeedsOnUnregistered { practitioner: practitioner("PV"), count };
    reads(
        &pointing(1),
        "1 behov peger på PV, som ikke er tilmeldt. Patienten får ingen tider.",
        "1 need points to PV, who is not registered. The patient gets no times.",
    );
    reads(
        &pointing(3),
        "3 behov peger på PV, som ikke er tilmeldt. Patienterne får ingen tider.",
        "3 needs point to PV, who is not registered. The patients get no times.",
    );
    let left =
        |count| Finding::NeedsOnDeactivated { practitioner: practitioner("PV"), online_type: online_type("SU"), count };
    reads(
        &left(1),
        "1 behov peger på PV, som er deaktiveret. Patienten får ingen tider.",
        "1 need points to PV, who is deactivated. The patient gets no times.",
    );
    reads(
        &left(2),
        "2 behov peger på PV, som er deaktiveret. Patienterne får ingen tider.",
        "2 needs point to PV, who is deactivated. The patients get no times.",
    );
    let unknown = |count| Finding::NeedsOnUnknown { online_type: online_type("SU"), count };
    reads(
        &unknown(1),
        "1 behov peger på en behandler, som ikke findes i aftalebogen. Patienten får ingen tider.",
        "1 need points to a practitioner who is not in the appointment book. The patient gets no times.",
    );
    reads(
        &unknown(2),
        "2 behov peger på behandlere, som ikke findes i aftalebogen. Patienterne får ingen tider.",
        "2 needs point to practitioners who are not in the appointment book. The patients get no times.",
    );
    reads(
        &Finding::NoWorkingHours { practitioner: practitioner("LB") },
        "LB er tilmeldt, men har ingen arbejdstid fra i dag og frem. Patienterne får ingen tider hos LB.",
        "LB is registered, but has no working hours from today on. Patients get no times with LB.",
    );
}
