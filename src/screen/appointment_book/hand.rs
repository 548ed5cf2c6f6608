//! What is chosen in the book, what is taken up to be put on another time, and what comes of it.

use aftalebog_booking::bounded::Length;
use aftalebog_booking::record::{Appointment, Need, Practitioner};
use aftalebog_booking::time::TimeOfDay;
use aftalebog_booking::zone::instant;
use aftalebog_booking::{Entry, Id, Setup};
use aftalebog_local::Booked;
use aftalebog_texts::{Texts, fl};
use chrono::NaiveDate;
use uuid::Uuid;

use super::menu::Menu;
use super::{Action, AppointmentBook, Asked, Desk, Place, SeenAs, Whom, view};
use crate::screen::settings::Editing;
use crate::ui::focus;
use crate::ui::timetable::{By, Carried, Chosen, Command, Gesture, Span, Spot, Whose};

/// What is on its way to a time.
#[derive(Debug)]
pub struct TakenUp {
    what: What,
    pub carried: Carried,
    /// «Vælg den nye tid for … og tryk Enter. Esc fortryder.»
    pub told: String,
}

#[derive(Clone, Debug)]
enum What {
    Appointment(Entry<Appointment>),
    Need(Id<Need>),
}

/// Where somebody is led.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Led {
    pub appointment: Id<Appointment>,
    pub practitioner: Id<Practitioner>,
    pub day: NaiveDate,
}

impl AppointmentBook {
    /// The appointment's day as the clinic sees it, with its column, and it is chosen when it has been read.
    pub(super) fn lead_to(&mut self, led: Led, desk: Desk<'_>) -> Action {
        if matches!(self.seen_as, SeenAs::Patient(_)) {
            // What it would load is loaded with the day below.
            let _turned = self.view_as_patient_pressed(desk);
        }
        self.led_to = Some(led.appointment.uuid());
        self.taken_up = None;
        let stands = desk.setup.practitioners.iter().find(|entry| entry.id == led.practitioner);
        let shown = self.seen.whom.standing(desk.setup);
        let others = stands.is_some_and(|entry| !shown.shows(desk.setup, entry));
        let before = self.dates();
        let _turned = self.choose(led.day, desk);
        let load = (self.dates() != before).then(|| self.dates());
        let seen = others.then(|| {
            self.seen.whom = Whom::All;
            self.prepare_bar(desk);
            self.prepare_sheet(desk);
            self.seen.clone()
        });
        self.choose_booking(led.appointment.uuid());
        match (seen, load) {
            (Some(seen), load) => Action::Remember { seen, load },
            (None, Some(dates)) => Action::Load(dates),
            (None, None) => Action::None,
        }
    }

    /// The appointment that is chosen.
    pub fn chosen_appointment(&self) -> Option<Uuid> {
        match self.chosen {
            Some(Chosen::Booking { key, .. }) => Some(key),
            Some(Chosen::Time { .. }) | None => None,
        }
    }

    pub(super) fn gestured(&mut self, gesture: Gesture, desk: Desk<'_>) -> Action {
        match gesture {
            Gesture::Chosen(chosen) => {
                self.chosen = Some(chosen);
                self.led_to = None;
                Action::None
            }
            Gesture::Opened(chosen) => self.opened(chosen, desk),
            Gesture::Dropped { key, at } => match self.appointment(key) {
                Some(entry) => self.reschedule(&entry.clone(), at, desk),
                None => Action::None,
            },
            Gesture::Stretched { key, column, span } => self.stretched(key, column, span, desk),
            Gesture::Put(at) => self.put(at, desk),
            Gesture::LetGo => self.put_away(),
            Gesture::MenuAsked { on, at } => {
                self.chosen = Some(on);
                self.menu = Some(Menu::of_sheet(on, at));
                Action::None
            }
            Gesture::Commanded(command) => self.commanded(command, desk),
            Gesture::Turned(turn) => self.turned_by_key(turn, desk),
            Gesture::DayPressed(day) => self.day_pressed(day, desk),
            // The window draws itself anew after every message.
            Gesture::Scrolled => Action::None,
        }
    }

    fn opened(&mut self, chosen: Chosen, desk: Desk<'_>) -> Action {
        self.chosen = Some(chosen);
        match chosen {
            Chosen::Booking { key, .. } => Action::Asked(Asked::Edit(Id::new(key))),
            Chosen::Time { .. } => self.new_at(chosen, desk, |at, minutes| Asked::NewAppointment { at, minutes }),
        }
    }

    /// Something new at a time: as long as was chosen, where that are several rows.
    pub(super) fn new_at(
        &self,
        chosen: Chosen,
        desk: Desk<'_>,
        asked: impl FnOnce(Place, Option<Length>) -> Asked,
    ) -> Action {
        if desk.editing == Editing::ReadOnly {
            return Action::None;
        }
        let (at, minutes) = match chosen {
            Chosen::Time { column, anchor, reached } => {
                let sheet = &self.shown.sheet;
                let span = sheet.span(column, anchor, reached);
                let several = sheet.row_of(anchor) != sheet.row_of(reached);
                (Spot { column, minute: span.from }, several.then(|| length(span.minutes().into())))
            }
            Chosen::Booking { .. } => (chosen.spot(), None),
        };
        place(desk.setup, at).map_or(Action::None, |at| Action::Asked(asked(at, minutes)))
    }

    fn commanded(&mut self, command: Command, desk: Desk<'_>) -> Action {
        let Some(chosen) = self.chosen else { return Action::None };
        let booking = match chosen {
            Chosen::Booking { key, .. } => self.appointment(key).cloned(),
            Chosen::Time { .. } => None,
        };
        let changes = desk.editing == Editing::Allowed;
        match (command, booking) {
            (Command::New, _) => self.new_at(chosen, desk, |at, minutes| Asked::NewAppointment { at, minutes }),
            (Command::Edit, Some(entry)) => Action::Asked(Asked::Edit(entry.id)),
            (Command::Cancel, Some(entry)) if changes => Action::Asked(Asked::Cancel(entry.id)),
            (Command::Delete, Some(entry)) if changes => Action::Asked(Asked::Delete(entry.id)),
            (Command::TakeUp, Some(entry)) => self.take_up_appointment(entry.id, desk),
            (Command::Shorter, Some(entry)) => self.lengthen(&entry, -1, desk),
            (Command::Longer, Some(entry)) => self.lengthen(&entry, 1, desk),
            _ => Action::None,
        }
    }

    /// By so many rows; it stays as high as one.
    fn lengthen(&self, entry: &Entry<Appointment>, rows: i64, desk: Desk<'_>) -> Action {
        let raster = i64::from(desk.setup.clinic.value.raster_minutes.minutes());
        let before = i64::from(entry.value.minutes.get());
        let minutes = (before + rows * raster).max(raster.min(before));
        self.change(entry, Place { practitioner: entry.value.practitioner, start: entry.value.start }, minutes, desk)
    }

    fn stretched(&self, key: Uuid, column: Whose, span: Span, desk: Desk<'_>) -> Action {
        let Some(entry) = self.appointment(key) else { return Action::None };
        let drawn = self.shown.sheet.find_in(column, key).map(|(_, booking)| booking.span());
        let Some(drawn) = drawn else { return Action::None };
        // The edge that was left alone stays the very instant, also where the clock shows it twice.
        let at = |minute| place(desk.setup, Spot { column, minute }).map(|place| place.start);
        let start = if span.from == drawn.from { Some(entry.value.start) } else { at(span.from) };
        let end = if span.to == drawn.to { Some(entry.value.end()) } else { at(span.to) };
        let (Some(start), Some(end)) = (start, end) else { return Action::None };
        let at = Place { practitioner: entry.value.practitioner, start };
        self.change(entry, at, (end - start).num_minutes(), desk)
    }

    fn reschedule(&mut self, entry: &Entry<Appointment>, at: Spot, desk: Desk<'_>) -> Action {
        self.chosen = Some(Chosen::Booking { key: entry.id.uuid(), column: at.column, minute: at.minute });
        let minutes = entry.value.minutes.get().into();
        place(desk.setup, at).map_or(Action::None, |at| self.change(entry, at, minutes, desk))
    }

    /// Asks for what differs from what stands in the book; for nothing where nothing does.
    fn change(&self, entry: &Entry<Appointment>, at: Place, minutes: i64, desk: Desk<'_>) -> Action {
        let minutes = length(minutes);
        let before = (Place { practitioner: entry.value.practitioner, start: entry.value.start }, entry.value.minutes);
        if desk.editing == Editing::ReadOnly || (at, minutes) == before {
            return Action::None;
        }
        Action::Asked(Asked::Reschedule { appointment: entry.id, at, minutes })
    }

    /// «Flyt»: the next time that is pressed, or Enter is pressed on, is its new one.
    pub(super) fn take_up_appointment(&mut self, id: Id<Appointment>, desk: Desk<'_>) -> Action {
        let Some(booked) = self.booked_of(id.uuid()) else { return Action::None };
        let entry = booked.entry.clone();
        let title = title(booked, desk);
        let told = fl!(desk.texts, "book-move-told", what = title.clone());
        let minutes = entry.value.minutes.get();
        // The keyboard begins at its place, wherever it was pressed.
        self.choose_booking(id.uuid());
        self.take_up(What::Appointment(entry), told, Carried { title, minutes, by: By::Keys }, desk)
    }

    pub(super) fn take_up_need(&mut self, id: Id<Need>, by: By, desk: Desk<'_>) -> Action {
        let need = self.needs.rows().iter().find(|need| need.entry.id == id);
        let Some(need) = need else { return Action::None };
        let value = &need.entry.value;
        let code = desk.setup.appointment_type(value.appointment_type).map(|it| it.code.to_string());
        let title = format!("{} {}", code.unwrap_or_default(), need.patient);
        let told = fl!(desk.texts, "book-place-told", what = title.clone());
        let (minutes, practitioner) = (value.minutes.get(), value.practitioner.uuid());
        let is_chosen_theirs = self.chosen.is_some_and(|chosen| chosen.spot().column.key == practitioner);
        let theirs = self.shown.sheet.columns.iter().find(|column| column.whose.key == practitioner);
        if let Some(column) = theirs.filter(|_| by == By::Keys && !is_chosen_theirs) {
            let minute = self.shown.sheet.opens.from;
            self.chosen = Some(Chosen::time(Spot { column: column.whose, minute }));
        }
        self.take_up(What::Need(id), told, Carried { title, minutes, by }, desk)
    }

    fn take_up(&mut self, what: What, told: String, carried: Carried, desk: Desk<'_>) -> Action {
        if desk.editing == Editing::ReadOnly {
            return Action::None;
        }
        let by = carried.by;
        self.taken_up = Some(TakenUp { what, carried, told });
        match by {
            By::Keys => Action::Run(focus::set(view::TIMETABLE)),
            By::Pointer => Action::None,
        }
    }

    pub(super) fn put_away(&mut self) -> Action {
        let taken = self.taken_up.take();
        if let Some(TakenUp { what: What::Appointment(entry), .. }) = taken {
            // The keyboard goes on from what was to be moved, where it is in sight.
            self.choose_booking(entry.id.uuid());
        }
        self.settle_chosen();
        Action::None
    }

    pub(super) fn put(&mut self, at: Spot, desk: Desk<'_>) -> Action {
        let Some(TakenUp { what, .. }) = self.taken_up.take() else { return Action::None };
        match what {
            What::Appointment(entry) => self.reschedule(&entry, at, desk),
            What::Need(need) => {
                self.chosen = Some(Chosen::time(at));
                place(desk.setup, at).map_or(Action::None, |at| Action::Asked(Asked::UseNeed { need, at }))
            }
        }
    }

    /// What was chosen, in the sheet as it is now.
    pub(super) fn settle_chosen(&mut self) {
        // While something is taken up, the arrows lead over whatever stands in the book.
        if self.taken_up.is_none() {
            self.chosen = self.chosen.and_then(|chosen| self.shown.sheet.settled(chosen));
        }
    }

    pub(super) fn choose_booking(&mut self, key: Uuid) {
        if let Some((place, booking)) = self.shown.sheet.find(key) {
            let column = self.shown.sheet.columns[place].whose;
            self.chosen = Some(Chosen::Booking { key, column, minute: booking.from });
        }
    }

    pub(super) fn appointment(&self, key: Uuid) -> Option<&Entry<Appointment>> {
        self.booked_of(key).map(|booked| &booked.entry)
    }

    fn booked_of(&self, key: Uuid) -> Option<&Booked> {
        self.booked.rows().iter().find(|booked| booked.entry.id.uuid() == key)
    }
}

/// The instant of a time of a column: one that a clock change skips is the end of the gap, one that it doubles its
/// first occurrence, as for working hours.
pub(super) fn place(setup: &Setup, at: Spot) -> Option<Place> {
    let time = TimeOfDay::from_minutes(at.minute)?;
    let start = instant(setup.clinic.value.time_zone, at.column.date, time);
    Some(Place { practitioner: Id::new(at.column.key), start })
}

/// The nearest an appointment can last.
fn length(minutes: i64) -> Length {
    let minutes = minutes.clamp(Length::MIN.into(), Length::MAX.into());
    Length::new(minutes as u16).expect("it was put within the limits")
}

/// «SU Karen Mikkelsen», or what a block is for.
fn title(booked: &Booked, desk: Desk<'_>) -> String {
    let value = &booked.entry.value;
    let code = value.appointment_type.and_then(|id| desk.setup.appointment_type(id)).map(|it| it.code.to_string());
    let patient = booked.patient.as_ref().map(ToString::to_string);
    match (code, patient) {
        (Some(code), Some(patient)) => format!("{code} {patient}"),
        (Some(only), None) | (None, Some(only)) => only,
        (None, None) => block_title(value.note.as_str(), desk.texts),
    }
}

fn block_title(note: &str, texts: &Texts) -> String {
    if note.is_empty() { fl!(texts, "book-block") } else { note.to_owned() }
}
