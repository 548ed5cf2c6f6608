//! How the book is seen: which days beside each other, and who. It is remembered on this PC.

use aftalebog_booking::agenda::{closed, working_intervals};
use aftalebog_booking::record::{Entry, Practitioner, PractitionerGroup};
use aftalebog_booking::zone::day_start;
use aftalebog_booking::{Id, Setup};
use aftalebog_texts::{Texts, fl};
use chrono::{DateTime, Datelike, Days, NaiveDate, TimeDelta, Utc, Weekday};
use serde_json::{Value, json};
use uuid::Uuid;

/// What is remembered for the next start.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Seen {
    pub stretch: Stretch,
    pub whom: Whom,
}

/// How many days stand beside each other.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Stretch {
    #[default]
    Day,
    Week,
}

/// Whose columns are shown.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Whom {
    #[default]
    All,
    Group(Id<PractitionerGroup>),
    Practitioners(Vec<Id<Practitioner>>),
}

/// From one date to another, both included.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Dates {
    pub first: NaiveDate,
    pub last: NaiveDate,
}

impl Dates {
    /// The day, or the week from its Monday to its Sunday.
    pub fn around(day: NaiveDate, stretch: Stretch) -> Self {
        match stretch {
            Stretch::Day => Self { first: day, last: day },
            Stretch::Week => {
                let week = day.week(Weekday::Mon);
                Self { first: week.checked_first_day().unwrap_or(day), last: week.checked_last_day().unwrap_or(day) }
            }
        }
    }

    pub fn iter(self) -> impl Iterator<Item = NaiveDate> {
        self.first.iter_days().take_while(move |date| *date <= self.last)
    }

    /// From the midnight at which the first day begins to the one at which the last ends: days of 23 and 25 hours are
    /// whole days too.
    pub fn instants(self, setup: &Setup) -> (DateTime<Utc>, DateTime<Utc>) {
        let zone = setup.clinic.value.time_zone;
        let last = day_start(zone, self.last);
        let to = self.last.succ_opt().map_or(last + TimeDelta::days(1), |next| day_start(zone, next));
        (day_start(zone, self.first), to)
    }
}

impl Stretch {
    /// The day that a turn leads to from this one.
    pub fn turned(self, day: NaiveDate, forward: bool) -> Option<NaiveDate> {
        let days = Days::new(match self {
            Self::Day => 1,
            Self::Week => 7,
        });
        if forward { day.checked_add_days(days) } else { day.checked_sub_days(days) }
    }

    /// Whether a date of the week has columns: on a Saturday or Sunday somebody must work.
    pub fn shows(self, setup: &Setup, whom: &Whom, date: NaiveDate) -> bool {
        let is_weekend = matches!(date.weekday(), Weekday::Sat | Weekday::Sun);
        let works = |entry: &Entry<Practitioner>| {
            whom.shows(setup, entry)
                && closed(setup, entry.id, date).is_none()
                && !working_intervals(setup, entry.id, date).is_empty()
        };
        self == Self::Day || !is_weekend || setup.staff().any(works)
    }
}

impl Whom {
    /// The same, as far as it still exists; a group or a practitioner that has gone leaves everybody.
    pub fn standing(&self, setup: &Setup) -> Self {
        let works = |id: &Id<Practitioner>| setup.staff().any(|entry| entry.id == *id);
        match self {
            Self::All => Self::All,
            Self::Group(id) => {
                let group = setup.practitioner_groups.iter().find(|group| group.id == *id);
                let is_there = group.is_some_and(|group| group.value.practitioners.iter().any(works));
                if is_there { Self::Group(*id) } else { Self::All }
            }
            Self::Practitioners(ids) => {
                let ids: Vec<Id<Practitioner>> = ids.iter().copied().filter(works).collect();
                if ids.is_empty() { Self::All } else { Self::Practitioners(ids) }
            }
        }
    }

    /// Whether somebody is shown, where it is [`Self::standing`].
    pub fn shows(&self, setup: &Setup, who: &Entry<Practitioner>) -> bool {
        match self {
            Self::All => true,
            Self::Group(id) => {
                let group = setup.practitioner_groups.iter().find(|group| group.id == *id);
                group.is_some_and(|group| group.value.practitioners.contains(&who.id))
            }
            Self::Practitioners(ids) => ids.contains(&who.id),
        }
    }

    /// With somebody ticked, or no longer; somebody must be left.
    pub fn toggled(&self, setup: &Setup, id: Id<Practitioner>) -> Self {
        let before = self.standing(setup);
        let is_ticked = |entry: &&Entry<Practitioner>| before.shows(setup, entry) != (entry.id == id);
        let ticked: Vec<Id<Practitioner>> = setup.staff().filter(is_ticked).map(|entry| entry.id).collect();
        match ticked.len() {
            0 => before,
            all if all == setup.staff().count() => Self::All,
            _ => Self::Practitioners(ticked),
        }
    }

    /// «Alle», «Tandlæger», «JH, MK», «4 behandlere».
    pub fn words(&self, setup: &Setup, texts: &Texts) -> String {
        const NAMED: usize = 3;
        match self.standing(setup) {
            Self::All => fl!(texts, "book-whom-all"),
            Self::Group(id) => {
                let group = setup.practitioner_groups.iter().find(|group| group.id == id);
                group.map(|group| group.value.name.to_string()).unwrap_or_default()
            }
            Self::Practitioners(ids) if ids.len() > NAMED => fl!(texts, "book-whom-several", count = ids.len()),
            Self::Practitioners(ids) => {
                let initials = ids.iter().filter_map(|id| setup.practitioner(*id)).map(|it| it.initials.to_string());
                initials.collect::<Vec<_>>().join(", ")
            }
        }
    }
}

impl Seen {
    /// Everybody's day, where it is not what was remembered.
    pub fn from_json(value: &Value) -> Self {
        let id = |value: &Value| value.as_str().and_then(|id| id.parse::<Uuid>().ok());
        let whom = match &value["whom"] {
            Value::String(group) => group.parse().ok().map(|id: Uuid| Whom::Group(Id::new(id))),
            Value::Array(ids) => Some(Whom::Practitioners(ids.iter().filter_map(id).map(Id::new).collect())),
            _ => None,
        };
        let stretch = if value["stretch"] == "week" { Stretch::Week } else { Stretch::Day };
        Self { stretch, whom: whom.unwrap_or_default() }
    }

    pub fn to_json(&self) -> Value {
        let stretch = match self.stretch {
            Stretch::Day => "day",
            Stretch::Week => "week",
        };
        let whom = match &self.whom {
            Whom::All => Value::Null,
            Whom::Group(id) => json!(id.uuid().to_string()),
            Whom::Practitioners(ids) => json!(ids.iter().map(|id| id.uuid().to_string()).collect::<Vec<_>>()),
        };
        json!({ "stretch": stretch, "whom": whom })
    }
}

/// The chosen dates, in the bar.
#[derive(Debug)]
pub struct Heading {
    /// «tirsdag 24. november 2026 · uge 48», «23.–29. november 2026 · uge 48».
    pub whole: String,
    /// «tirs. 24. nov. · uge 48», «23.–29. nov. · uge 48»: of a narrow bar no number is cut in two.
    pub short: String,
    /// «tirs. 24. nov.», «uge 48».
    pub shorter: String,
    /// «24. nov.», «uge 48».
    pub shortest: String,
}

impl Heading {
    pub fn new(texts: &Texts, day: NaiveDate, stretch: Stretch) -> Self {
        let week = fl!(texts, "week", week = day.iso_week().week());
        match stretch {
            Stretch::Day => Self {
                whole: fl!(texts, "book-heading", date = texts.date_weekday_year(day), week = week.clone()),
                short: fl!(texts, "book-heading", date = texts.date_short(day), week = week),
                shorter: texts.date_short(day),
                shortest: texts.day_of_month(day),
            },
            Stretch::Week => {
                let Dates { first, last } = Dates::around(day, stretch);
                let same = (first.year(), first.month()) == (last.year(), last.month());
                let dates = |from: String, to: String| match same {
                    true => fl!(texts, "book-dates-of-a-month", from = first.day(), to = to),
                    false => fl!(texts, "book-dates", from = from, to = to),
                };
                let whole = dates(texts.date_short(first), texts.date(last));
                let short = dates(texts.day_of_month(first), texts.day_of_month(last));
                Self {
                    whole: fl!(texts, "book-heading", date = whole, week = week.clone()),
                    short: fl!(texts, "book-heading", date = short, week = week.clone()),
                    shorter: week.clone(),
                    shortest: week,
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use aftalebog_booking::bounded::Name;
    use aftalebog_booking::demo::demo_clinic;
    use aftalebog_texts::Language;

    use super::*;

    fn date(year: i32, month: u32, day: u32) -> NaiveDate {
        NaiveDate::from_ymd_opt(year, month, day).unwrap()
    }

    fn demo() -> Setup {
        Setup::gather(demo_clinic(date(2026, 11, 23), 7).records).unwrap()
    }

    #[test]
    fn a_week_is_from_monday_to_sunday_and_named_by_its_dates() {
        let texts = Texts::new(Language::Danish);
        let sunday = date(2026, 11, 29);
        assert_eq!(Dates::around(sunday, Stretch::Week), Dates { first: date(2026, 11, 23), last: sunday });
        let heading = |day| Heading::new(&texts, day, Stretch::Week).whole;
        assert_eq!(heading(sunday), "23.–29. november 2026 · uge 48");
        assert_eq!(heading(date(2026, 12, 1)), "man. 30. nov. – 6. december 2026 · uge 49");
        assert_eq!(heading(date(2027, 1, 1)), "man. 28. dec. – 3. januar 2027 · uge 53");
        let short = |day, stretch| Heading::new(&texts, day, stretch).short;
        assert_eq!(short(sunday, Stretch::Week), "23.–29. nov. · uge 48");
        assert_eq!(short(date(2027, 1, 1), Stretch::Week), "28. dec. – 3. jan. · uge 53");
        assert_eq!(short(sunday, Stretch::Day), "søn. 29. nov. · uge 48");
        let Heading { shorter, shortest, .. } = Heading::new(&texts, sunday, Stretch::Week);
        assert_eq!((shorter.as_str(), shortest.as_str()), ("uge 48", "uge 48"));
        let Heading { shorter, shortest, .. } = Heading::new(&texts, sunday, Stretch::Day);
        assert_eq!((shorter.as_str(), shortest.as_str()), ("søn. 29. nov.", "29. nov."));
    }

    #[test]
    fn the_week_in_which_the_clock_changes_is_an_hour_longer_or_shorter() {
        let hours = |day, stretch| {
            let (from, to) = Dates::around(day, stretch).instants(&demo());
            (to - from).num_hours()
        };
        assert_eq!(hours(date(2026, 11, 24), Stretch::Week), 168);
        assert_eq!(hours(date(2026, 3, 29), Stretch::Week), 167);
        assert_eq!(hours(date(2026, 10, 25), Stretch::Week), 169);
        assert_eq!(hours(date(2026, 3, 29), Stretch::Day), 23);
        assert_eq!(hours(date(2026, 10, 25), Stretch::Day), 25);
    }

    #[test]
    fn whom_has_gone_leaves_everybody() {
        let mut setup = demo();
        let [jh, mk] = [setup.practitioners[0].id, setup.practitioners[1].id];
        let group = Entry::new(PractitionerGroup {
            name: Name::new("Tandlæger").unwrap(),
            practitioners: vec![jh],
            position: 1,
        });
        let of_group = Whom::Group(group.id);
        assert_eq!(of_group.standing(&setup), Whom::All, "no such group");
        setup.practitioner_groups.push(group);
        assert_eq!(of_group.standing(&setup), of_group);
        let two = Whom::Practitioners(vec![jh, mk]);
        setup.practitioners[0].value.deactivated = true;
        assert_eq!(of_group.standing(&setup), Whom::All, "nobody of it is left");
        assert_eq!(two.standing(&setup), Whom::Practitioners(vec![mk]));
        assert_eq!(Whom::Practitioners(vec![jh]).standing(&setup), Whom::All);
    }

    #[test]
    fn ticks_make_a_selection_of_ones_own() {
        let setup = demo();
        let texts = Texts::new(Language::Danish);
        let [jh, mk] = [setup.practitioners[0].id, setup.practitioners[1].id];
        let all_but = Whom::All.toggled(&setup, jh);
        assert_eq!(all_but.words(&setup, &texts), "6 behandlere");
        assert_eq!(all_but.toggled(&setup, jh), Whom::All);
        let one = Whom::Practitioners(vec![mk]);
        assert_eq!(one.toggled(&setup, mk), one, "somebody is always shown");
        assert_eq!(one.toggled(&setup, jh).words(&setup, &texts), "JH, MK", "in the clinic's order");
    }

    #[test]
    fn what_is_remembered_is_read_again_and_rubbish_is_everybodys_day() {
        let setup = demo();
        for whom in [
            Whom::All,
            Whom::Group(Id::new(Uuid::from_u128(7))),
            Whom::Practitioners(vec![setup.practitioners[0].id, setup.practitioners[1].id]),
        ] {
            for stretch in [Stretch::Day, Stretch::Week] {
                let seen = Seen { stretch, whom: whom.clone() };
                assert_eq!(Seen::from_json(&seen.to_json()), seen);
            }
        }
        for rubbish in ["null", "[]", "{\"stretch\": 7, \"whom\": \"nobody\"}", "\"week\""] {
            assert_eq!(Seen::from_json(&rubbish.parse().unwrap()), Seen::default(), "{rubbish}");
        }
    }

    #[test]
    fn a_saturday_has_columns_when_somebody_who_is_shown_works() {
        let mut setup = demo();
        let saturday = date(2026, 11, 28);
        assert!(!Stretch::Week.shows(&setup, &Whom::All, saturday));
        assert!(Stretch::Day.shows(&setup, &Whom::All, saturday));
        let mut hours = setup.working_hours[0].clone();
        hours.value.weekday = aftalebog_booking::record::WeekdayNumber::new(Weekday::Sat);
        (hours.value.valid_from, hours.value.valid_to) = (None, None);
        hours.value.weeks = aftalebog_booking::record::Weeks::Every;
        let whose = hours.value.practitioner;
        setup.working_hours.push(hours);
        assert!(Stretch::Week.shows(&setup, &Whom::All, saturday));
        let other = setup.practitioners.iter().map(|entry| entry.id).find(|id| *id != whose).unwrap();
        assert!(!Stretch::Week.shows(&setup, &Whom::Practitioners(vec![other]), saturday));
    }
}
