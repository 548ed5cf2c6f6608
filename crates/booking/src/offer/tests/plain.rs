//! The rules once more, slow and obvious: minute by minute, asking everything anew.

use chrono::{DateTime, Datelike, Days, NaiveDate, NaiveDateTime, NaiveTime, TimeDelta, Utc};

use crate::broken::Concerns;
use crate::holiday::holiday;
use crate::id::Id;
use crate::record::{Practitioner, Status, Weeks};
use crate::scene::{Scene, TYPE};
use crate::terms::{Purpose, Standing, Withheld};

/// A candidate: its start, its practitioner, and `offered` or the reason's name.
pub(super) type Line = (DateTime<Utc>, Id<Practitioner>, &'static str);

/// Every candidate of some dates in the order of a listing; or why there is none at all.
pub(super) fn explain(scene: &Scene, from: NaiveDate, days: u64) -> Result<Vec<Line>, &'static str> {
    let running = running(scene)?;
    let mut lines = Vec::new();
    for date in (0..days).filter_map(|day| from.checked_add_days(Days::new(day))) {
        let clock = Clock::of(scene, date);
        for (place, (who, minutes)) in running.iter().enumerate() {
            let mut last_offered: Option<DateTime<Utc>> = None;
            for (start, end_of_work) in candidates(scene, *who, &clock) {
                let reason = reason(scene, *who, i64::from(*minutes), date, start, end_of_work);
                let spacing = scene.setup.online_types[0].value.min_spacing_minutes.map_or(0, |it| i64::from(it.get()));
                let near = last_offered.is_some_and(|last| start - last < TimeDelta::minutes(spacing));
                let word = match reason {
                    Some(reason) => reason,
                    None if near => "too_close",
                    None => {
                        last_offered = Some(start);
                        "offered"
                    }
                };
                lines.push((date, start, place, *who, word));
            }
        }
    }
    lines.sort_by_key(|(date, start, place, ..)| (*date, *start, *place));
    Ok(lines.into_iter().map(|(_, start, _, who, word)| (start, who, word)).collect())
}

fn today(scene: &Scene) -> NaiveDate {
    scene.now.with_timezone(&scene.setup.clinic.value.time_zone).date_naive()
}

/// With whom, in the order of the list, and for how many minutes.
fn running(scene: &Scene) -> Result<Vec<(Id<Practitioner>, u16)>, &'static str> {
    let setup = &scene.setup;
    let value = &setup.online_types[0].value;
    if !setup.service.value.running {
        return Err("service_stopped");
    }
    let in_order = |who: Id<Practitioner>| {
        let entry = setup.practitioners.iter().find(|entry| entry.id == who);
        (entry.map_or(u32::MAX, |entry| entry.value.position), who)
    };
    let mut running = Vec::new();
    if value.need_driven {
        let is_expired = |sunday: NaiveDate| match value.max_days_after_recall_week {
            None => false,
            Some(days) => today(scene) > sunday + Days::new(days.get().into()),
        };
        let mut needs: Vec<_> =
            scene.visitor.open_needs.iter().filter(|need| need.value.appointment_type == TYPE).collect();
        needs.sort_by_key(|need| (need.value.recall, need.id));
        let need = match scene.need {
            Some(asked) => needs.iter().find(|need| need.id == asked),
            None => needs.iter().find(|need| !is_expired(need.value.recall.sunday())).or(needs.first()),
        };
        let Some(need) = need else { return Err("no_need") };
        if is_expired(need.value.recall.sunday()) {
            return Err("need_expired");
        }
        running.push((need.value.practitioner, need.value.minutes.get()));
        if value.choose_practitioner {
            let mut others: Vec<_> = setup.practitioners.iter().map(|entry| entry.id).collect();
            others.sort_by_key(|who| in_order(*who));
            others.retain(|who| *who != need.value.practitioner);
            running.extend(others.into_iter().map(|who| (who, need.value.minutes.get())));
        }
    } else {
        for row in value.practitioners.iter().filter(|row| row.active) {
            let minutes = row.minutes.unwrap_or(setup.appointment_types[0].value.minutes);
            running.push((row.practitioner, minutes.get()));
        }
        running.sort_by_key(|(who, _)| in_order(*who));
        if running.is_empty() {
            return Err("no_practitioner");
        }
    }
    if scene.withheld == Withheld::Everything {
        return Err("withheld");
    }
    if running.iter().all(|(who, _)| !is_registered(scene, *who)) {
        return Err("practitioner_not_registered");
    }
    if running.iter().all(|(who, _)| !is_registered(scene, *who) || !takes(scene, *who)) {
        return Err("practitioner_takes_no_new_patients");
    }
    if scene.broken.iter().any(|broken| broken.concerns == Concerns::Everything) {
        return Err("unreadable");
    }
    assert_eq!(scene.purpose, Purpose::Book);
    Ok(running)
}

fn is_registered(scene: &Scene, who: Id<Practitioner>) -> bool {
    scene.setup.practitioners.iter().any(|entry| entry.id == who && entry.value.registered)
}

fn takes(scene: &Scene, who: Id<Practitioner>) -> bool {
    let takes_new = scene.setup.practitioners.iter().any(|entry| entry.id == who && entry.value.takes_new_patients);
    scene.visitor.standing == Standing::Known || takes_new
}

/// What the wall clock shows at each minute around a date.
struct Clock {
    date: NaiveDate,
    minutes: Vec<(DateTime<Utc>, NaiveDateTime)>,
}

impl Clock {
    fn of(scene: &Scene, date: NaiveDate) -> Self {
        let zone = scene.setup.clinic.value.time_zone;
        let noon_before = date.pred_opt().expect("a date").and_hms_opt(12, 0, 0).expect("noon").and_utc();
        let minutes = (0..48 * 60).map(|minute| noon_before + TimeDelta::minutes(minute));
        Self { date, minutes: minutes.map(|utc| (utc, utc.with_timezone(&zone).naive_local())).collect() }
    }

    fn local(&self, minute: u16) -> NaiveDateTime {
        self.date.and_time(NaiveTime::MIN) + TimeDelta::minutes(minute.into())
    }

    /// When the wall clock first shows exactly this minute of the date.
    fn exactly(&self, minute: u16) -> Option<DateTime<Utc>> {
        self.minutes.iter().find(|(_, local)| *local == self.local(minute)).map(|(utc, _)| *utc)
    }

    /// When it first shows this minute of the date or a later one.
    fn reaches(&self, minute: u16) -> DateTime<Utc> {
        self.minutes.iter().find(|(_, local)| *local >= self.local(minute)).expect("it comes").0
    }
}

/// The candidates of a practitioner's date, and when the working interval of each ends.
fn candidates(scene: &Scene, who: Id<Practitioner>, clock: &Clock) -> Vec<(DateTime<Utc>, DateTime<Utc>)> {
    let raster = scene.setup.clinic.value.raster_minutes.minutes();
    let works = |minute: u16| {
        scene.setup.working_hours.iter().map(|entry| &entry.value).any(|hours| {
            let week = clock.date.iso_week().week();
            hours.practitioner == who
                && hours.weekday.weekday() == clock.date.weekday()
                && (hours.weeks != Weeks::Even || week.is_multiple_of(2))
                && (hours.weeks != Weeks::Odd || !week.is_multiple_of(2))
                && hours.valid_from.is_none_or(|from| clock.date >= from)
                && hours.valid_to.is_none_or(|to| clock.date <= to)
                && hours.intervals.iter().any(|it| it.from().minutes() <= minute && minute < it.to().minutes())
        })
    };
    let mut found = Vec::new();
    let mut minute = 0;
    while minute < 24 * 60 {
        if !works(minute) {
            minute += 1;
            continue;
        }
        let from = minute;
        while minute < 24 * 60 && works(minute) {
            minute += 1;
        }
        let end = clock.reaches(minute);
        let steps = (from..minute).step_by(raster.into());
        found.extend(steps.filter_map(|step| clock.exactly(step)).map(|start| (start, end)));
    }
    found
}

fn reason(
    scene: &Scene,
    who: Id<Practitioner>,
    minutes: i64,
    date: NaiveDate,
    start: DateTime<Utc>,
    end_of_work: DateTime<Utc>,
) -> Option<&'static str> {
    let setup = &scene.setup;
    let value = &setup.online_types[0].value;
    if matches!(scene.withheld, Withheld::Through(last) if date <= last) {
        return Some("withheld");
    }
    if !is_registered(scene, who) {
        return Some("practitioner_not_registered");
    }
    if !takes(scene, who) {
        return Some("practitioner_takes_no_new_patients");
    }
    if start <= scene.now {
        return Some("past");
    }
    let days_ahead = (date - today(scene)).num_days();
    if value.earliest_booking_days.is_some_and(|days| days_ahead < i64::from(days.get()) + 1) || days_ahead < 0 {
        return Some("before_earliest_date");
    }
    if let Some(need) = judged(scene).filter(|_| value.need_driven) {
        let (monday, sunday) = (need.monday(), need.sunday());
        if value.max_days_before_recall_week.is_some_and(|days| (monday - date).num_days() > i64::from(days.get())) {
            return Some("need_not_yet_open");
        }
        if value.max_days_after_recall_week.is_some_and(|days| (date - sunday).num_days() > i64::from(days.get())) {
            return Some("after_last_date");
        }
    }
    let closed = setup.closures.iter().map(|entry| &entry.value).any(|closure| {
        closure.practitioner.is_none_or(|away| away == who) && closure.from <= date && date <= closure.to
    });
    if closed || setup.clinic.value.closed_on_public_holidays && holiday(date).is_some() {
        return Some("closed_day");
    }
    if scene.broken.iter().any(|broken| broken.concerns == Concerns::Column(who)) {
        return Some("unreadable");
    }
    let is_busy = |moment: DateTime<Utc>| {
        scene.appointments.iter().any(|it| {
            it.status == Status::Booked
                && (it.practitioner == who || it.patient.is_some() && it.patient == scene.visitor.patient)
                && it.start <= moment
                && moment < it.start + TimeDelta::minutes(it.minutes.get().into())
        })
    };
    if is_busy(start) {
        return Some("taken");
    }
    let all = (0..minutes).map(|minute| start + TimeDelta::minutes(minute));
    if start + TimeDelta::minutes(minutes) > end_of_work || all.into_iter().any(is_busy) {
        return Some("does_not_fit");
    }
    None
}

/// The recall week that counts.
fn judged(scene: &Scene) -> Option<crate::time::Week> {
    let value = &scene.setup.online_types[0].value;
    let mut weeks: Vec<_> = scene
        .visitor
        .open_needs
        .iter()
        .filter(|need| need.value.appointment_type == TYPE && scene.need.is_none_or(|asked| asked == need.id))
        .map(|need| (need.value.recall, need.id))
        .collect();
    weeks.sort();
    let open = weeks.iter().find(|(week, _)| {
        value.max_days_after_recall_week.is_none_or(|days| today(scene) <= week.sunday() + Days::new(days.get().into()))
    });
    open.or(weeks.first()).map(|(week, _)| *week)
}
