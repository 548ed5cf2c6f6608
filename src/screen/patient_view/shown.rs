//! What a patient is offered, prepared to be shown.

use aftalebog_booking::busy::Busy;
use aftalebog_booking::offer::Offer;
use aftalebog_booking::record::Practitioner;
use aftalebog_booking::refusal::Refusal;
use aftalebog_booking::setting::{Setting, TypeField};
use aftalebog_booking::terms::Terms;
use aftalebog_booking::zone::local;
use aftalebog_booking::{Id, Setup};
use aftalebog_texts::{Texts, fl};
use chrono::NaiveDate;

use super::{Desk, PatientView, Place, Stretch};

#[derive(Clone, Debug, Default)]
pub struct Shown {
    /// Booking is stopped: this is what it will be once it is started.
    pub stopped: Option<Reason>,
    /// Why nothing can be booked, whenever and with whomever.
    pub barred: Option<Reason>,
    /// One for each date of the stretch, in order; none while they are not known.
    pub dates: Vec<Date>,
    /// The date that was pressed.
    pub opened: Option<Opened>,
}

#[derive(Clone, Debug)]
pub struct Date {
    pub date: NaiveDate,
    /// By start, at equal times in the order in which patients see the practitioners.
    pub offers: Vec<Offer>,
}

#[derive(Clone, Debug)]
pub struct Opened {
    pub date: NaiveDate,
    /// Those in the running, in the order in which patients see them.
    pub columns: Vec<Column>,
    /// Of the one who was pressed, else of the first who has any.
    pub times: Option<Times>,
}

/// One practitioner's date.
#[derive(Clone, Debug)]
pub struct Column {
    pub practitioner: Id<Practitioner>,
    pub initials: String,
    /// «3 tider».
    pub count: String,
    /// Why there are no times.
    pub why: Option<Reason>,
}

/// Every candidate of one practitioner's date, in order of time.
#[derive(Clone, Debug)]
pub struct Times {
    pub practitioner: Id<Practitioner>,
    pub times: Vec<Time>,
    pub asked: Option<Asked>,
}

#[derive(Clone, Debug)]
pub struct Time {
    pub place: Place,
    /// «10.15».
    pub words: String,
    /// Why it is not offered; `None`: it is.
    pub refused: Option<Refusal>,
}

/// A time that was asked about.
#[derive(Clone, Debug)]
pub struct Asked {
    pub place: Place,
    /// «Hvorfor ikke kl. 10.30?»
    pub title: String,
    pub reason: Reason,
}

/// Why not, and where to change it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reason {
    pub words: String,
    pub link: Option<Link>,
}

/// A setting and the words of the button that leads there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Link {
    pub setting: Setting,
    pub words: String,
}

impl Shown {
    pub(super) fn of(terms: &Terms<'_>, busy: &Busy, view: &PatientView, desk: Desk<'_>) -> Self {
        let barred = terms.barred.map(|barred| {
            let words = desk.texts.refusal(barred, None, desk.setup, desk.today());
            Reason::new(words, barred, terms, None, desk.texts)
        });
        let opened = view.opened.map(|date| Opened::new(terms, busy, date, view, desk));
        let stopped = (!desk.setup.service.value.running).then(|| Reason::stopped(desk.texts));
        Self { stopped, barred, dates: dates(terms, busy, view.stretch, desk.setup), opened }
    }
}

/// The offers of each date, in order.
fn dates(terms: &Terms<'_>, busy: &Busy, stretch: Stretch, setup: &Setup) -> Vec<Date> {
    let zone = setup.clinic.value.time_zone;
    let offers = terms.suggestions(busy, stretch.first, stretch.days);
    let mut rest = offers.as_slice();
    let dates = stretch.dates().map(|date| {
        let of_date = rest.iter().take_while(|offer| local(zone, offer.start).date() == date).count();
        let (offers, later) = rest.split_at(of_date);
        rest = later;
        Date { date, offers: offers.to_vec() }
    });
    dates.collect()
}

impl Opened {
    fn new(terms: &Terms<'_>, busy: &Busy, date: NaiveDate, view: &PatientView, desk: Desk<'_>) -> Self {
        let Desk { texts, setup, .. } = desk;
        let day = terms.day(busy, date);
        let pressed = day.iter().find(|column| Some(column.practitioner) == view.practitioner);
        let first = || day.iter().find(|column| column.offers > 0);
        let only = || day.first().filter(|_| day.len() == 1);
        let whose = pressed.or_else(first).or_else(only).map(|column| column.practitioner);
        let columns = day.iter().map(|column| Column {
            practitioner: column.practitioner,
            initials: setup.practitioner(column.practitioner).map(|it| it.initials.to_string()).unwrap_or_default(),
            count: fl!(texts, "preview-count", count = column.offers),
            why: column.reason.map(|reason| Reason::of_day(reason, column.practitioner, date, terms, desk)),
        });
        let columns = columns.collect();
        Self { date, columns, times: whose.map(|whose| Times::new(whose, terms, busy, date, view.asked, desk)) }
    }
}

impl Times {
    fn new(
        practitioner: Id<Practitioner>,
        terms: &Terms<'_>,
        busy: &Busy,
        date: NaiveDate,
        asked: Option<Place>,
        desk: Desk<'_>,
    ) -> Self {
        let Desk { texts, setup, .. } = desk;
        let explanation = terms.explanation(busy, date, 1);
        let offered = explanation.offers.iter().map(|it| (it.practitioner, it.start, None));
        let refused = explanation.refused.iter().map(|it| (it.practitioner, it.start, Some(it.reason)));
        let own = offered.chain(refused).filter(|(of, ..)| *of == practitioner);
        let mut times: Vec<Time> = own
            .map(|(practitioner, start, refused)| Time {
                place: Place { practitioner, start },
                words: texts.time_of(local(setup.clinic.value.time_zone, start).time()),
                refused,
            })
            .collect();
        times.sort_by_key(|time| time.place.start);
        let asked = asked.and_then(|place| times.iter().find(|time| time.place == place));
        let asked = asked.map(|time| Asked::new(time, terms, desk));
        Self { practitioner, times, asked }
    }
}

impl Asked {
    fn new(time: &Time, terms: &Terms<'_>, desk: Desk<'_>) -> Self {
        let Desk { texts, setup, .. } = desk;
        let (title, reason) = match time.refused {
            Some(refused) => {
                let practitioner = Some(time.place.practitioner);
                let words = texts.refusal(refused, practitioner, setup, desk.today());
                let title = fl!(texts, "preview-why-not-time", time = time.words.clone());
                (title, Reason::new(words, refused, terms, practitioner, texts))
            }
            None => {
                let reason = Reason { words: fl!(texts, "preview-time-offered"), link: None };
                (fl!(texts, "preview-time", time = time.words.clone()), reason)
            }
        };
        Self { place: time.place, title, reason }
    }
}

impl Reason {
    pub fn new(
        words: String,
        refusal: Refusal,
        terms: &Terms<'_>,
        practitioner: Option<Id<Practitioner>>,
        texts: &Texts,
    ) -> Self {
        let setting = Setting::behind(refusal, terms, practitioner);
        Self { words, link: setting.map(|setting| Link::to(setting, texts)) }
    }

    fn stopped(texts: &Texts) -> Self {
        Self { words: fl!(texts, "preview-stopped"), link: Some(Link::to(Setting::Service, texts)) }
    }

    /// Why a practitioner has no times all day long.
    pub fn of_day(
        refusal: Refusal,
        practitioner: Id<Practitioner>,
        date: NaiveDate,
        terms: &Terms<'_>,
        desk: Desk<'_>,
    ) -> Self {
        let Desk { texts, setup, .. } = desk;
        let who = || setup.practitioner(practitioner).map(|it| it.initials.to_string()).unwrap_or_default();
        let day = || texts.date_weekday(date);
        let words = match refusal {
            Refusal::OutsideWorkingHours => texts.does_not_work_on(practitioner, setup, date),
            Refusal::Past => fl!(texts, "preview-day-past"),
            Refusal::Taken { .. } => fl!(texts, "preview-day-taken", who = who(), date = day()),
            Refusal::DoesNotFit { minutes, .. } => {
                fl!(texts, "preview-day-full", who = who(), minutes = minutes.get(), date = day())
            }
            _ => texts.refusal(refusal, Some(practitioner), setup, desk.today()),
        };
        Self::new(words, refusal, terms, Some(practitioner), texts)
    }
}

impl Link {
    fn to(setting: Setting, texts: &Texts) -> Self {
        let words = match setting {
            Setting::NotSetUp(_) => fl!(texts, "preview-to-not-set-up"),
            _ => fl!(texts, "preview-to", place = place(setting, texts)),
        };
        Self { setting, words }
    }
}

/// What the place of a setting is called.
pub fn place(setting: Setting, texts: &Texts) -> String {
    match setting {
        Setting::Service => fl!(texts, "service-title"),
        Setting::SelfRegistration => fl!(texts, "server-settings"),
        Setting::ClinicPhone | Setting::ClinicEmail | Setting::Registered(_) | Setting::TakesNewPatients(_) => {
            fl!(texts, "clinic-settings")
        }
        Setting::Practitioners | Setting::Deactivated(_) => fl!(texts, "tab-practitioners"),
        Setting::AppointmentTypes => fl!(texts, "tab-appointment-types"),
        Setting::NotSetUp(_) => fl!(texts, "types-heading"),
        Setting::OnlineType(_, field) => match field {
            TypeField::Alias => fl!(texts, "type-alias"),
            TypeField::Spacing => fl!(texts, "type-spacing"),
            TypeField::NeedDriven => fl!(texts, "type-need-driven"),
            TypeField::ChoosePractitioner => fl!(texts, "preview-to-choose"),
            TypeField::AfterRecallWeek => fl!(texts, "type-after"),
            TypeField::BeforeRecallWeek => fl!(texts, "type-before"),
            TypeField::EarliestBooking => fl!(texts, "type-earliest"),
            TypeField::Cancel => fl!(texts, "type-cancel"),
            TypeField::Move => fl!(texts, "type-move"),
            TypeField::Practitioners | TypeField::Practitioner(_) => fl!(texts, "preview-to-practitioners"),
        },
        Setting::Hours(_) => fl!(texts, "tab-working-hours"),
        Setting::Closure(_) | Setting::PublicHolidays => fl!(texts, "tab-closed-days"),
    }
}

/// So many practitioners who do not work are named; of more there is only room for how many.
const NAMED: usize = 3;

/// Why nobody has times on a date, in two or three words.
pub fn in_short(terms: &Terms<'_>, busy: &Busy, date: NaiveDate, desk: Desk<'_>) -> String {
    let Desk { texts, setup, .. } = desk;
    let day = terms.day(busy, date);
    // The reason that is nearest to an offer.
    let reason = day.iter().filter_map(|column| column.reason).max_by_key(Refusal::order);
    let why = match reason {
        Some(Refusal::OutsideWorkingHours) => {
            // Who is away on another's day off does not work either.
            let works_not = |reason| matches!(reason, Some(Refusal::OutsideWorkingHours | Refusal::ClosedDay(_)));
            let off = day.iter().filter(|column| works_not(column.reason));
            let off = off.filter_map(|column| setup.practitioner(column.practitioner));
            let off: Vec<&str> = off.map(|it| it.initials.as_str()).collect();
            match off.len() {
                ..=NAMED => fl!(texts, "preview-why-works-not", who = off.join(", ")),
                count => fl!(texts, "preview-why-nobody-works", count = count),
            }
        }
        Some(Refusal::ClosedDay(because)) => texts.closed(setup, because),
        Some(Refusal::Taken { .. } | Refusal::DoesNotFit { .. }) => fl!(texts, "preview-why-booked"),
        Some(Refusal::Past) => fl!(texts, "preview-why-past"),
        Some(Refusal::BeforeEarliestDate { .. }) => fl!(texts, "preview-why-before-earliest"),
        Some(Refusal::NeedNotYetOpen { .. }) => fl!(texts, "preview-why-not-yet"),
        Some(Refusal::AfterLastDate { .. }) => fl!(texts, "preview-why-too-late"),
        Some(Refusal::PractitionerNotRegistered { .. }) => fl!(texts, "preview-why-not-registered"),
        Some(Refusal::PractitionerTakesNoNewPatients { .. }) => fl!(texts, "preview-why-no-new"),
        Some(Refusal::Unreadable(_)) => fl!(texts, "preview-why-unreadable"),
        _ => return fl!(texts, "preview-no-times"),
    };
    fl!(texts, "preview-no-times-because", why = why)
}
