//! Which times are kept back because no PC of the clinic has been in touch.
//!
//! «After two opening hours without contact today's and the next working day's, after two working
//! days all. Nights, weekends and closed days do not count.» Source: design, "One change": no
//! constraint can see an appointment that the server was never told of.

use chrono::{DateTime, NaiveDate, Utc};

use crate::agenda::{closed, united, working_intervals};
use crate::setup::Setup;
use crate::terms::Withheld;
use crate::time::{Interval, days_after};
use crate::zone::{instant, local};

/// So many opening hours without contact, and near times are kept back.
pub const OPENING_HOURS: i64 = 2;

/// So many whole working days without contact, and all times are kept back.
pub const WORKING_DAYS: usize = 2;

/// A silence of more days than this is not counted through.
const LONG: i64 = 60;

/// Which times are kept back now. `None`: no PC has ever been in touch.
pub fn withheld(setup: &Setup, last_contact: Option<DateTime<Utc>>, now: DateTime<Utc>) -> Withheld {
    let Some(contact) = last_contact else { return Withheld::Everything };
    let zone = setup.clinic.value.time_zone;
    let today = local(zone, now).date();
    let first = local(zone, contact).date();
    if (today - first).num_days() > LONG {
        return Withheld::Everything;
    }
    let (mut seconds, mut whole_days) = (0, 0);
    let mut date = first;
    while date <= today {
        let hours = opening_hours(setup, date);
        let span = |interval: &Interval| (instant(zone, date, interval.from()), instant(zone, date, interval.to()));
        let spans: Vec<_> = hours.iter().map(span).collect();
        for (from, to) in &spans {
            seconds += ((*to).min(now) - (*from).max(contact)).num_seconds().max(0);
        }
        let whole = spans.first().zip(spans.last()).is_some_and(|((from, _), (_, to))| contact <= *from && *to <= now);
        whole_days += usize::from(whole);
        date = days_after(date, 1);
    }
    if whole_days >= WORKING_DAYS {
        Withheld::Everything
    } else if seconds >= OPENING_HOURS * 60 * 60 {
        Withheld::Through(next_working_day(setup, today))
    } else {
        Withheld::Nothing
    }
}

/// When somebody works at the clinic on a date: in order of time, without what overlaps.
pub fn opening_hours(setup: &Setup, date: NaiveDate) -> Vec<Interval> {
    let working = setup.staff().filter(|entry| closed(setup, entry.id, date).is_none());
    let mut hours: Vec<_> = working.flat_map(|entry| working_intervals(setup, entry.id, date)).collect();
    united(&mut hours);
    hours
}

/// The first date after today on which somebody works; today when nobody does for long.
fn next_working_day(setup: &Setup, today: NaiveDate) -> NaiveDate {
    let mut dates = (1..=LONG.unsigned_abs()).map(|days| days_after(today, days));
    dates.find(|date| !opening_hours(setup, *date).is_empty()).unwrap_or(today)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::demo::demo_clinic;
    use crate::scene;

    /// The demo clinic: working days are Monday to Friday.
    fn setup() -> Setup {
        Setup::gather(demo_clinic(scene::date("2026-11-23"), 1).records).expect("a set-up")
    }

    #[track_caller]
    fn check(contact: &str, now: &str, expected: Withheld) {
        let (contact, now) = (scene::instant(contact), scene::instant(now));
        assert_eq!(withheld(&setup(), Some(contact), now), expected);
    }

    #[test]
    fn only_opening_hours_count() {
        use Withheld::{Everything, Nothing, Through};
        let setup = setup();
        let hours = opening_hours(&setup, scene::date("2026-11-23"));
        let opens = hours.first().expect("open on a Monday").from().to_string();
        let minute = |time: &str, minutes: i64| {
            let at = scene::instant(&format!("2026-11-23 {time}")) + chrono::TimeDelta::minutes(minutes);
            local(setup.clinic.value.time_zone, at).format("%Y-%m-%d %H:%M").to_string()
        };
        let tuesday = Through(scene::date("2026-11-24"));
        check(&minute(&opens, 0), &minute(&opens, 119), Nothing);
        check(&minute(&opens, 0), &minute(&opens, 120), tuesday);
        // The night before counts for nothing, and neither does a weekend.
        check("2026-11-22 12:00", &minute(&opens, 119), Nothing);
        check("2026-11-20 23:00", &minute(&opens, 119), Nothing);
        check("2026-11-20 23:00", "2026-11-23 23:00", tuesday);
        check("2026-11-20 23:00", "2026-11-24 23:00", Everything);
        // On a Friday the next working day is Monday.
        check("2026-11-27 00:00", "2026-11-27 23:00", Through(scene::date("2026-11-30")));
        check("2026-11-27 00:00", "2026-11-29 23:00", Through(scene::date("2026-11-30")));
        check("2025-01-01 00:00", "2026-11-23 00:00", Everything);
        // A PC whose clock runs ahead has been in touch.
        check("2026-11-24 12:00", "2026-11-23 12:00", Nothing);
        assert_eq!(withheld(&setup, None, scene::instant("2026-11-23 08:00")), Everything);
    }

    #[test]
    fn two_whole_working_days_keep_everything_back() {
        use Withheld::{Everything, Through};
        check("2026-11-23 12:00", "2026-11-24 23:00", Through(scene::date("2026-11-25")));
        check("2026-11-23 12:00", "2026-11-25 23:00", Everything);
        // Over Christmas nobody works.
        let mut closed = setup();
        closed.working_hours.clear();
        let (contact, now) = (scene::instant("2026-11-23 12:00"), scene::instant("2026-11-25 23:00"));
        assert_eq!(withheld(&closed, Some(contact), now), Withheld::Nothing);
    }
}
