//! How patients, needs and appointments are said in these dialogs.

use aftalebog_booking::record::{Appointment, Entry, Need, Origin, Patient, Status};
use aftalebog_booking::time::Week;
use aftalebog_booking::zone::local;
use aftalebog_texts::fl;
use chrono::{Datelike, NaiveDate};

use crate::screen::settings::Situation;

/// «1001 Karen Mikkelsen».
pub fn numbered(patient: &Patient) -> String {
    format!("{} {}", patient.number, patient.name)
}

/// «SU».
pub fn need_code(need: &Need, situation: &Situation<'_>) -> String {
    situation.setup.appointment_type(need.appointment_type).map(|of| of.code.to_string()).unwrap_or_default()
}

/// «Statusundersøgelse».
pub fn need_name(need: &Need, situation: &Situation<'_>) -> String {
    situation.setup.appointment_type(need.appointment_type).map(|of| of.name.to_string()).unwrap_or_default()
}

/// «uge 49/2026 · LB · 45 min.».
pub fn need_details(need: &Need, situation: &Situation<'_>) -> String {
    let texts = situation.texts;
    let initials = situation.setup.practitioner(need.practitioner).map(|it| it.initials.to_string());
    let week = week_year(need.recall, situation);
    format!("{week} · {} · {} {}", initials.unwrap_or_default(), need.minutes, fl!(texts, "book-minutes"))
}

/// «uge 49/2026».
pub fn week_year(week: Week, situation: &Situation<'_>) -> String {
    fl!(situation.texts, "book-need-week", week = week.week().to_string(), year = week.year().to_string())
}

/// «mandag 28. december 2026 – søndag 3. januar 2027»; a year that is the same for both once.
pub fn days_of(week: Week, situation: &Situation<'_>) -> String {
    let texts = situation.texts;
    let (monday, sunday) = (week.monday(), week.sunday());
    let first =
        if monday.year() == sunday.year() { texts.date_weekday(monday) } else { texts.date_weekday_year(monday) };
    fl!(texts, "need-week-days", first = first, last = texts.date_weekday_year(sunday))
}

/// The clinic's date on which an appointment begins.
pub fn day_of(appointment: &Appointment, situation: &Situation<'_>) -> NaiveDate {
    local(situation.setup.clinic.value.time_zone, appointment.start).date()
}

/// «tirsdag 24. november 2026 kl. 9.00».
pub fn when(appointment: &Appointment, situation: &Situation<'_>) -> String {
    let texts = situation.texts;
    let start = local(situation.setup.clinic.value.time_zone, appointment.start);
    fl!(texts, "patient-when", date = texts.date_weekday_year(start.date()), time = texts.time_of(start.time()))
}

/// «SU · 45 min. hos LB».
pub fn what(appointment: &Appointment, situation: &Situation<'_>) -> String {
    let texts = situation.texts;
    let code = appointment.appointment_type.and_then(|id| situation.setup.appointment_type(id));
    let initials = situation.setup.practitioner(appointment.practitioner).map(|it| it.initials.to_string());
    fl!(
        texts,
        "patient-what",
        code = code.map(|of| of.code.to_string()).unwrap_or_default(),
        minutes = appointment.minutes.get(),
        initials = initials.unwrap_or_default()
    )
}

/// «tirsdag 24. november 2026 kl. 9.00 hos LB».
pub fn when_with_whom(appointment: &Entry<Appointment>, situation: &Situation<'_>) -> String {
    let initials = situation.setup.practitioner(appointment.value.practitioner).map(|it| it.initials.to_string());
    fl!(
        situation.texts,
        "patient-when-with-whom",
        when = when(&appointment.value, situation),
        initials = initials.unwrap_or_default()
    )
}

/// «02-05-1968».
pub fn born(patient: &Patient, situation: &Situation<'_>) -> String {
    situation.texts.date_in_field(patient.birth_date)
}

/// «tirs. 24. nov. kl. 9.00».
pub fn when_short(appointment: &Appointment, situation: &Situation<'_>) -> String {
    let texts = situation.texts;
    let start = local(situation.setup.clinic.value.time_zone, appointment.start);
    fl!(texts, "patient-when", date = texts.date_short(start.date()), time = texts.time_of(start.time()))
}

/// «Uge 49: mandag 30. november – søndag 6. december 2026».
pub fn week_means(week: Week, situation: &Situation<'_>) -> String {
    fl!(situation.texts, "need-week-means", week = week.week().to_string(), days = days_of(week, situation))
}

/// «Uge 47 er forbi: mandag 16. november – søndag 22. november 2026».
pub fn week_passed(week: Week, situation: &Situation<'_>) -> String {
    fl!(situation.texts, "need-week-passed", week = week.week().to_string(), days = days_of(week, situation))
}

/// «Brugt til aftalen tirsdag 24. november 2026 kl. 9.00 hos LB».
pub fn used_by(appointment: &Entry<Appointment>, situation: &Situation<'_>) -> String {
    fl!(situation.texts, "need-used-by", appointment = when_with_whom(appointment, situation))
}

/// «Afbud», «Booket online», and what is noted.
pub fn appointment_note(appointment: &Appointment, situation: &Situation<'_>) -> String {
    let texts = situation.texts;
    let cancelled = (appointment.status == Status::Cancelled).then(|| fl!(texts, "patient-cancelled"));
    let online = (appointment.origin == Origin::Online).then(|| fl!(texts, "patient-booked-online"));
    let note = Some(appointment.note.to_string()).filter(|note| !note.is_empty());
    [cancelled, online, note].into_iter().flatten().collect::<Vec<_>>().join(" · ")
}

/// «2 aftaler og 1 behov».
pub fn counted(appointments: usize, needs: usize, situation: &Situation<'_>) -> String {
    let texts = situation.texts;
    let appointments_words = fl!(texts, "patients-appointments", count = appointments);
    let needs_words = fl!(texts, "patients-needs", count = needs);
    match (appointments, needs) {
        (_, 0) => appointments_words,
        (0, _) => needs_words,
        _ => fl!(texts, "patients-both", appointments = appointments_words, needs = needs_words),
    }
}
