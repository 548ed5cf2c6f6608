//! What a new Danish clinic is proposed, and the records that are made of what it chose.
//!
//! The types are those of the trade, set up so that the check of the settings has nothing to say:
//! a time can be cancelled and moved online for as long as it can be booked. Source: design, "The
//! demo clinic"; the values that differ are marked *ours* there.

use chrono::Weekday;
use chrono_tz::Europe::Copenhagen;

use crate::bounded::{Code, Detail, Length, Line, Name, Whole};
use crate::record::{
    Analytics, AppointmentType, Clinic, Color, Entry, OnlineType, Practitioner, Service, Snapshot, WeekdayNumber,
    Weeks, WithoutNeed, WorkingHours,
};
use crate::time::{Interval, Raster, TimeOfDay};

/// What somebody chose for a new clinic.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewClinic {
    pub name: Name,
    pub address: Detail,
    pub phone: Detail,
    pub email: Detail,
    pub raster: Raster,
    pub closed_on_public_holidays: bool,
    /// In the order in which patients see them.
    pub staff: Vec<Employee>,
    pub types: Vec<ChosenType>,
}

/// A practitioner of the new clinic.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Employee {
    pub initials: Code,
    pub name: Name,
    pub title: Detail,
    pub registered: bool,
    pub takes_new_patients: bool,
    pub week: WorkingWeek,
}

/// What somebody works from Monday to Sunday; `None` is a day off.
pub type WorkingWeek = [Option<WorkingDay>; 7];

/// One day's work, with the lunch in it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct WorkingDay {
    work: Interval,
    lunch: Option<Interval>,
}

/// Why times make no working day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NotAWorkingDay {
    EndsBeforeItBegins,
    LunchEndsBeforeItBegins,
    /// It must leave work before it and after it.
    LunchOutsideWork,
}

impl WorkingDay {
    /// From, to, and the lunch's from and to.
    pub fn new(
        (from, to): (TimeOfDay, TimeOfDay),
        lunch: Option<(TimeOfDay, TimeOfDay)>,
    ) -> Result<Self, NotAWorkingDay> {
        let work = Interval::new(from, to).map_err(|_| NotAWorkingDay::EndsBeforeItBegins)?;
        let lunch = lunch.map(|(from, to)| Interval::new(from, to)).transpose();
        let lunch = lunch.map_err(|_| NotAWorkingDay::LunchEndsBeforeItBegins)?;
        match lunch {
            Some(lunch) if lunch.from() <= from || lunch.to() >= to => Err(NotAWorkingDay::LunchOutsideWork),
            _ => Ok(Self { work, lunch }),
        }
    }

    pub const fn work(self) -> Interval {
        self.work
    }

    pub const fn lunch(self) -> Option<Interval> {
        self.lunch
    }

    /// How long the work is, without the lunch.
    pub fn minutes(self) -> u16 {
        self.intervals().iter().map(|part| part.to().minutes() - part.from().minutes()).sum()
    }

    /// The lunch is the gap between two.
    fn intervals(self) -> Vec<Interval> {
        let Some(lunch) = self.lunch else { return vec![self.work] };
        let parts = [(self.work.from(), lunch.from()), (lunch.to(), self.work.to())];
        parts.into_iter().filter_map(|(from, to)| Interval::new(from, to).ok()).collect()
    }
}

/// Monday to Thursday 8–16 with half an hour of lunch, Friday 8–13. Source: design, what most of
/// the demo clinic works.
pub fn usual_week() -> WorkingWeek {
    let at = |hour, minute| TimeOfDay::new(hour, minute).expect("the usual week has times that exist");
    let day = |to, lunch| Some(WorkingDay::new((at(8, 0), to), lunch).expect("the usual week keeps to the rules"));
    let long = day(at(16, 0), Some((at(12, 0), at(12, 30))));
    let friday = day(at(13, 0), None);
    [long, long, long, long, friday, None, None]
}

/// The titles that are proposed; any other can be written.
pub const TITLES: [&str; 4] = [DENTIST, HYGIENIST, ASSISTANT, "specialtandlæge"];
pub const DENTIST: &str = "tandlæge";
const HYGIENIST: &str = "tandplejer";
const ASSISTANT: &str = "klinikassistent";

/// Whether patients are proposed to book times with somebody of this title.
pub fn sees_patients_online(title: &str) -> bool {
    !title.to_lowercase().contains("assistent")
}

/// Initials made of a name: «Jens Holm» is JH, and where there is a JH already, JHO.
pub fn initials(name: &str, taken: &[&str]) -> String {
    let words: Vec<Vec<char>> = name
        .split(|character: char| character.is_whitespace() || character == '-')
        .map(|word| word.chars().filter(|character| character.is_alphabetic()).collect::<Vec<_>>())
        .filter(|word| !word.is_empty())
        .collect();
    let Some((last, before)) = words.split_last() else { return String::new() };
    let first = before.first().and_then(|word| word.first());
    let of_last = |count: usize| {
        let letters = first.into_iter().chain(last.iter().take(count));
        letters.flat_map(|letter| letter.to_uppercase()).take(Code::MAX).collect::<String>()
    };
    // Of one name alone, two letters.
    let fewest = if before.is_empty() { 2 } else { 1 };
    let is_taken = |initials: &String| taken.iter().any(|taken| taken.to_uppercase() == *initials);
    let free = (fewest..=last.len()).map(of_last).find(|initials| !is_taken(initials));
    free.unwrap_or_else(|| of_last(fewest))
}

/// An appointment type of the trade, with a set-up for online booking.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ProposedType {
    pub code: &'static str,
    pub name: &'static str,
    pub minutes: u16,
    pub color: Color,
    /// What patients read.
    pub alias: &'static str,
    /// Whether it is proposed to patients too; it can be set up for them all the same.
    pub online: bool,
    by: By,
    spacing: u16,
    max_after: Option<u16>,
    booking: Option<u16>,
    /// «Afbud» and «Flytning muligt».
    change: u16,
}

/// What decides who a type can be booked with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum By {
    Need,
    NeedWithChoice,
    Anyone,
    Dentists,
    Hygienists,
}

/// A type of the list, as it was chosen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ChosenType {
    pub of: &'static ProposedType,
    pub minutes: Length,
    /// Whether patients can book it.
    pub online: bool,
}

/// The trade's usual types.
pub static TYPES: [ProposedType; 12] = [
    ProposedType { booking: Some(1), ..by_need("SU", "Statusundersøgelse", 45, "Undersøgelse", [0x0B, 0x6B, 0x7C]) },
    ProposedType {
        booking: Some(1),
        max_after: Some(60),
        ..by_need("FU", "Fokuseret undersøgelse", 30, "Kontrol", [0x2F, 0x6F, 0xB3])
    },
    ProposedType {
        by: By::Anyone,
        spacing: 60,
        max_after: None,
        ..by_need("DG", "Diagnostisk grundundersøgelse", 60, "Ny patient – første undersøgelse", [0xA0, 0x3E, 0x7A])
    },
    ProposedType {
        by: By::NeedWithChoice,
        booking: Some(0),
        change: 1,
        ..by_need("TR", "Tandrensning", 30, "Tandrensning", [0x1B, 0x73, 0x47])
    },
    ProposedType {
        spacing: 60,
        max_after: Some(30),
        ..by_need("PAR", "Parodontosebehandling", 60, "Parodontosebehandling", [0x5B, 0x4B, 0xA8])
    },
    ProposedType {
        spacing: 0,
        max_after: Some(60),
        ..by_need("TB", "Tandbehandling", 45, "Behandling", [0x8A, 0x5A, 0x00])
    },
    ProposedType {
        by: By::Dentists,
        spacing: 0,
        max_after: None,
        booking: None,
        change: 0,
        ..by_need("AKUT", "Tandpine", 30, "Tandpine / akut", [0xB3, 0x26, 0x1E])
    },
    ProposedType {
        by: By::Dentists,
        spacing: 15,
        max_after: None,
        booking: None,
        change: 0,
        ..by_need("KNÆK", "Knækket tand", 30, "Knækket tand eller tabt fyldning", [0xC0, 0x56, 0x1A])
    },
    ProposedType {
        by: By::Hygienists,
        spacing: 20,
        max_after: None,
        booking: Some(0),
        change: 1,
        ..by_need("BLEG", "Tandblegning, samtale", 20, "Tandblegning – samtale", [0x5E, 0x7A, 0x12])
    },
    ProposedType { online: false, ..by_need("RB", "Rodbehandling", 60, "Rodbehandling", [0x6B, 0x4A, 0x2B]) },
    ProposedType { online: false, ..by_need("KRO", "Krone og bro", 60, "Krone eller bro", [0x8C, 0x3B, 0x4A]) },
    ProposedType { online: false, ..by_need("KIR", "Kirurgi", 60, "Lille operation", [0x4B, 0x5D, 0x67]) },
];

/// A planned visit: the need decides, from the day after tomorrow, and it can be changed until two
/// days before.
const fn by_need(
    code: &'static str,
    name: &'static str,
    minutes: u16,
    alias: &'static str,
    color: [u8; 3],
) -> ProposedType {
    ProposedType {
        code,
        name,
        minutes,
        color: Color(color),
        alias,
        online: true,
        by: By::Need,
        spacing: 30,
        max_after: Some(100),
        booking: Some(1),
        change: 2,
    }
}

impl By {
    /// Whether somebody of this title takes the type without a need.
    fn fits(self, title: &str) -> bool {
        match self {
            Self::Need | Self::NeedWithChoice => false,
            Self::Anyone => sees_patients_online(title),
            Self::Dentists => title.to_lowercase().contains(DENTIST),
            Self::Hygienists => title.to_lowercase().contains(HYGIENIST),
        }
    }
}

impl NewClinic {
    /// The whole clinic as records with new ids. Online booking is not started: that is for the
    /// clinic to do when it has looked at everything.
    pub fn snapshot(&self) -> Snapshot {
        let clinic = Clinic {
            name: self.name.clone(),
            address: self.address.clone(),
            phone: self.phone.clone(),
            email: self.email.clone(),
            greeting: line(""),
            time_zone: Copenhagen,
            raster_minutes: self.raster,
            closed_on_public_holidays: self.closed_on_public_holidays,
        };
        let service = Service { running: false, self_registration: false, closed_text: None };
        let analytics = Analytics { enabled: false, measurement_id: None };
        let mut records = vec![
            Entry::new(clinic).into_record(),
            Entry::new(service).into_record(),
            Entry::new(analytics).into_record(),
        ];
        let staff: Vec<Entry<Practitioner>> =
            self.staff.iter().zip(1..).map(|(of, position)| Entry::new(of.practitioner(position))).collect();
        for (practitioner, employee) in staff.iter().zip(&self.staff) {
            let hours = employee.hours(practitioner);
            records.push(practitioner.clone().into_record());
            records.extend(hours.into_iter().map(|hours| Entry::new(hours).into_record()));
        }
        let mut position = 0;
        for chosen in &self.types {
            let appointment_type = Entry::new(chosen.appointment_type());
            if chosen.online {
                position += 1;
                let online = chosen.of.online_type(&appointment_type, &staff, self.raster, position);
                records.push(Entry::new(online).into_record());
            }
            records.push(appointment_type.into_record());
        }
        Snapshot::new(records)
    }
}

impl Employee {
    fn practitioner(&self, position: u32) -> Practitioner {
        Practitioner {
            initials: self.initials.clone(),
            name: self.name.clone(),
            title: self.title.clone(),
            registered: self.registered,
            takes_new_patients: self.takes_new_patients,
            position,
            deactivated: false,
        }
    }

    fn hours(&self, practitioner: &Entry<Practitioner>) -> Vec<WorkingHours> {
        const DAYS: [Weekday; 7] =
            [Weekday::Mon, Weekday::Tue, Weekday::Wed, Weekday::Thu, Weekday::Fri, Weekday::Sat, Weekday::Sun];
        let works = DAYS.into_iter().zip(self.week).filter_map(|(weekday, day)| Some((weekday, day?)));
        works
            .map(|(weekday, day)| WorkingHours {
                practitioner: practitioner.id,
                weekday: WeekdayNumber::new(weekday),
                weeks: Weeks::Every,
                intervals: day.intervals(),
                valid_from: None,
                valid_to: None,
            })
            .collect()
    }
}

impl ChosenType {
    /// As it is proposed.
    pub fn proposed(of: &'static ProposedType) -> Self {
        Self { of, minutes: of.length(), online: of.online }
    }

    fn appointment_type(&self) -> AppointmentType {
        AppointmentType {
            code: line(self.of.code),
            name: line(self.of.name),
            minutes: self.minutes,
            color: self.of.color,
            deactivated: false,
        }
    }
}

impl ProposedType {
    /// «Oprettelse/behandlere styres af behov».
    pub fn is_need_driven(&self) -> bool {
        matches!(self.by, By::Need | By::NeedWithChoice)
    }

    fn length(&self) -> Length {
        Length::new(self.minutes).expect("the proposed minutes keep to the limits")
    }

    fn online_type(
        &self,
        appointment_type: &Entry<AppointmentType>,
        staff: &[Entry<Practitioner>],
        raster: Raster,
        position: u32,
    ) -> OnlineType {
        let who = self.without_need(staff).into_iter();
        OnlineType {
            appointment_type: appointment_type.id,
            alias: line(self.alias),
            // What does not fit the rows of the book would work as the next that does.
            min_spacing_minutes: number(Some(self.spacing.next_multiple_of(raster.minutes()))),
            need_driven: self.is_need_driven(),
            choose_practitioner: self.by == By::NeedWithChoice,
            practitioners: who.map(|of| WithoutNeed { practitioner: of.id, active: true, minutes: None }).collect(),
            max_days_before_recall_week: None,
            max_days_after_recall_week: number(self.max_after),
            earliest_booking_days: number(self.booking),
            cancel_days: number(Some(self.change)),
            move_days: number(Some(self.change)),
            position,
        }
    }

    /// With whom it can be booked without a need: of those who are «Tilmeldt» the ones whose title
    /// fits, or all of them when none fits. While nobody is «Tilmeldt» it is ready for those who may
    /// be later: the check says what is missing once, and not for every type.
    fn without_need<'a>(&self, staff: &'a [Entry<Practitioner>]) -> Vec<&'a Entry<Practitioner>> {
        if self.is_need_driven() {
            return Vec::new();
        }
        let registered: Vec<_> = staff.iter().filter(|of| of.value.registered).collect();
        let all = if registered.is_empty() { staff.iter().collect() } else { registered };
        let fitting: Vec<_> = all.iter().copied().filter(|of| self.by.fits(of.value.title.as_str())).collect();
        if fitting.is_empty() { all } else { fitting }
    }
}

fn line<const MIN: usize, const MAX: usize>(text: &str) -> Line<MIN, MAX> {
    Line::new(text).expect("the proposed texts keep to the limits")
}

fn number<const MIN: u16, const MAX: u16>(number: Option<u16>) -> Option<Whole<MIN, MAX>> {
    number.map(|number| Whole::new(number).expect("the proposed numbers keep to the limits"))
}

#[cfg(test)]
mod tests;
