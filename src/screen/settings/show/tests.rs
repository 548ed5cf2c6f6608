#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

use aftalebog_booking::demo::{SEED, demo_clinic};
use aftalebog_booking::setting::TypeField;
use aftalebog_booking::{Entry, Id, Setup};
use aftalebog_local::ThisPc;
use aftalebog_local::sync::{Connection, Status};
use aftalebog_texts::{Language, Texts};
use chrono::NaiveDate;

use super::*;
use crate::clock::Clock;
use crate::screen::settings::{Editing, service};

/// The demo clinic, with everything the settings are shown with.
struct Clinic {
    texts: Texts,
    setup: Setup,
    this_pc: ThisPc,
    status: Status,
}

impl Clinic {
    fn new() -> Self {
        let setup = Setup::gather(demo_clinic(today(), SEED).records).unwrap();
        let connection = Connection::NotPaired;
        let status = Status { connection, ..Status::NOT_PAIRED };
        Self { texts: Texts::new(Language::Danish), setup, this_pc: ThisPc::default(), status }
    }

    fn situation(&self) -> Situation<'_> {
        let now = "2026-11-23T08:10:00Z".parse().unwrap();
        Situation {
            texts: &self.texts,
            setup: &self.setup,
            today: today(),
            now,
            clock: Clock::Fixed(now),
            needs: Some(&[]),
            waiting_changes: 0,
            this_pc: &self.this_pc,
            link: None,
            status: &self.status,
            service_waits: false,
            running_at_server: None,
            not_saved: None,
            undoable: None,
            editing: Editing::Allowed,
        }
    }

    /// A field of an online type, by its place in the list.
    fn field(&self, index: usize, field: TypeField) -> Setting {
        Setting::OnlineType(self.setup.online_types[index].id, field)
    }

    /// The settings with the editor of the first type open, and something typed in it.
    fn edited(&self) -> Settings {
        let mut settings = Settings::new(&self.situation());
        let _focus = settings.show(self.field(0, TypeField::Alias), &self.situation());
        let _none = settings.update(Message::Editor(online_type::Message::NeedDrivenTicked(false)), &self.situation());
        assert!(settings.is_edited());
        settings
    }
}

fn today() -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, 11, 23).unwrap()
}

fn pressed(pressed: Pressed) -> Message {
    Message::Editor(online_type::Message::Pressed(pressed))
}

/// Which dialog is open, and whether it asks.
fn open(settings: &Settings) -> &'static str {
    match &settings.layer {
        None => "",
        Some(Layer::Editor(_)) if settings.is_asking() => "editor, asking",
        Some(Layer::Editor(_)) => "editor",
        Some(Layer::Clinic(_)) => "clinic",
        Some(Layer::Analytics(_)) => "analytics",
        Some(Layer::Server(_)) => "server",
        Some(Layer::Service(_)) => "service",
        Some(Layer::Delete(_)) => "delete",
    }
}

#[test]
fn every_setting_has_its_dialog() {
    let clinic = Clinic::new();
    let jh = clinic.setup.practitioners[0].id;
    let not_set_up = |entry: &&Entry<_>| clinic.setup.online_type_of(entry.id).is_none();
    let kir = clinic.setup.appointment_types.iter().find(not_set_up).unwrap().id;
    let su = clinic.setup.online_types[0].value.appointment_type;
    for (setting, expected) in [
        (Setting::Service, "service"),
        (Setting::SelfRegistration, "server"),
        (Setting::ClinicPhone, "clinic"),
        (Setting::ClinicEmail, "clinic"),
        (Setting::Registered(jh), "clinic"),
        (Setting::TakesNewPatients(jh), "clinic"),
        (Setting::NotSetUp(kir), "editor"),
        (Setting::NotSetUp(su), "editor"), // it has been set up meanwhile
        (clinic.field(3, TypeField::Move), "editor"),
        // Gone meanwhile.
        (Setting::NotSetUp(Id::random()), ""),
        (Setting::OnlineType(Id::random(), TypeField::Alias), ""),
    ] {
        let mut settings = Settings::new(&clinic.situation());
        let action = settings.show(setting, &clinic.situation());
        assert_eq!(open(&settings), expected, "{setting:?}");
        assert_eq!(matches!(action, Action::Run(_)), !expected.is_empty(), "{setting:?}");
    }
}

#[test]
fn a_list_is_come_to_as_a_tab() {
    let clinic = Clinic::new();
    let tabs = [(Setting::Practitioners, Tab::Practitioners), (Setting::AppointmentTypes, Tab::AppointmentTypes)];
    for (setting, tab) in tabs {
        let mut settings = Settings::new(&clinic.situation());
        assert!(matches!(settings.show(setting, &clinic.situation()), Action::Run(_)), "{setting:?}");
        assert_eq!((open(&settings), settings.tabs.chosen()), ("", tab));
    }
}

#[test]
fn hours_and_closed_days_have_their_tabs() {
    let mut clinic = Clinic::new();
    let (jh, christmas) = (clinic.setup.practitioners[0].id, clinic.setup.closures[0].id);
    for (setting, tab) in [
        (Setting::Hours(jh), Tab::WorkingHours),
        (Setting::Closure(christmas), Tab::ClosedDays),
        (Setting::PublicHolidays, Tab::ClosedDays),
    ] {
        let mut settings = Settings::new(&clinic.situation());
        assert!(matches!(settings.show(setting, &clinic.situation()), Action::Run(_)), "{setting:?}");
        assert_eq!((open(&settings), settings.tabs.chosen()), ("", tab));
        // From a dialog in which something is typed that is asked about first.
        let mut settings = clinic.edited();
        assert!(matches!(settings.show(setting, &clinic.situation()), Action::None));
        assert_eq!(open(&settings), "editor, asking");
        assert!(matches!(settings.update(pressed(Pressed::Discard), &clinic.situation()), Action::Run(_)));
        assert_eq!((open(&settings), settings.tabs.chosen()), ("", tab));
    }
    // Who works here no more has no hours to look at, and what is gone has no row.
    clinic.setup.practitioners[0].value.deactivated = true;
    for gone in [Setting::Hours(jh), Setting::Hours(Id::random()), Setting::Closure(Id::random())] {
        let mut settings = Settings::new(&clinic.situation());
        assert!(matches!(settings.show(gone, &clinic.situation()), Action::None), "{gone:?}");
        assert_eq!(settings.tabs.chosen(), Tab::OnlineBooking);
    }
}

#[test]
fn somebody_who_works_here_no_more_stands_in_a_tab_of_their_own() {
    let mut clinic = Clinic::new();
    let pv = clinic.setup.practitioners[6].id;
    clinic.setup.practitioners[6].value.deactivated = true;
    let mut settings = Settings::new(&clinic.situation());
    assert!(matches!(settings.show(Setting::Deactivated(pv), &clinic.situation()), Action::Run(_)));
    assert_eq!((open(&settings), settings.tabs.chosen()), ("", Tab::Practitioners));
    // What is typed is not lost on the way.
    let mut settings = clinic.edited();
    assert!(matches!(settings.show(Setting::Deactivated(pv), &clinic.situation()), Action::None));
    assert_eq!(open(&settings), "editor, asking");
    assert!(matches!(settings.update(pressed(Pressed::Discard), &clinic.situation()), Action::Run(_)));
    assert_eq!((open(&settings), settings.tabs.chosen()), ("", Tab::Practitioners));
}

#[test]
fn each_field_of_a_type_has_its_control_and_a_greyed_one_what_wakes_it() {
    use TypeField::*;
    let clinic = Clinic::new();
    let by_need = [
        "type-alias",
        "type-spacing",
        "type-need-driven",
        "type-choose-practitioner",
        "type-after",
        "type-before",
        "type-earliest",
        "type-cancel-days",
        "type-move-days",
        "type-need-driven",
    ];
    let without_need = [
        "type-alias",
        "type-spacing",
        "type-need-driven",
        "type-need-driven",
        "type-need-driven",
        "type-need-driven",
        "type-earliest",
        "type-cancel-days",
        "type-move-days",
        "type-row-0",
    ];
    let fields = [
        Alias,
        Spacing,
        NeedDriven,
        ChoosePractitioner,
        AfterRecallWeek,
        BeforeRecallWeek,
        EarliestBooking,
        Cancel,
        Move,
        Practitioners,
    ];
    for (index, ids) in [(0, by_need), (6, without_need)] {
        let editor = Editor::open(&clinic.setup.online_types[index], &clinic.situation());
        for (field, id) in fields.into_iter().zip(ids) {
            assert_eq!(editor.field_of(clinic.field(index, field)), Some(id.into()), "{field:?}");
        }
        let third = Practitioner(clinic.setup.practitioners[2].id);
        let row = if index == 0 { "type-need-driven" } else { "type-row-2" };
        assert_eq!(editor.field_of(clinic.field(index, third)), Some(row.into()), "one of the rows");
        assert_eq!(editor.field_of(clinic.field(1, Alias)), None, "another type's");
        assert_eq!(editor.field_of(Setting::ClinicPhone), None);
    }
}

#[test]
fn who_takes_new_patients_is_ticked_once_they_are_registered() {
    let clinic = Clinic::new();
    let form = ClinicForm::new(&clinic.situation());
    let field = |index: usize| form.field_of(Setting::TakesNewPatients(clinic.setup.practitioners[index].id));
    assert_eq!(field(1), Some("clinic-takes-new-1".into()));
    assert_eq!(field(6), Some("clinic-registered-6".into()), "PV is not");
    assert_eq!(form.field_of(Setting::Registered(Id::random())), None);
}

#[test]
fn a_setting_of_the_open_editor_is_only_focused() {
    let clinic = Clinic::new();
    let mut settings = clinic.edited();
    let action = settings.show(clinic.field(0, TypeField::Move), &clinic.situation());
    assert!(matches!(action, Action::Run(_)));
    assert_eq!(open(&settings), "editor");
    assert!(settings.is_edited(), "nothing typed is lost");
}

#[test]
fn what_is_typed_is_asked_about_before_another_dialog_opens() {
    let clinic = Clinic::new();
    for (setting, expected) in [(Setting::ClinicPhone, "clinic"), (clinic.field(1, TypeField::Alias), "editor")] {
        let mut settings = clinic.edited();
        let _none = settings.show(setting, &clinic.situation());
        assert_eq!(open(&settings), "editor, asking");
        let _focus = settings.update(pressed(Pressed::Discard), &clinic.situation());
        assert_eq!((open(&settings), settings.is_edited()), (expected, false));
    }
}

#[test]
fn who_keeps_what_is_typed_is_led_nowhere_later() {
    let clinic = Clinic::new();
    let mut settings = clinic.edited();
    let _none = settings.show(Setting::ClinicPhone, &clinic.situation());
    let _none = settings.update(pressed(Pressed::Keep), &clinic.situation());
    assert_eq!((open(&settings), settings.is_edited()), ("editor", true));
    let _none = settings.update(pressed(Pressed::Cancel), &clinic.situation());
    let _none = settings.update(pressed(Pressed::Discard), &clinic.situation());
    assert_eq!(open(&settings), "");
}

#[test]
fn while_something_is_saved_nothing_else_opens() {
    let mut clinic = Clinic::new();
    clinic.setup.service.value.running = false;
    let mut settings = Settings::new(&clinic.situation());
    let _focus = settings.show(Setting::Service, &clinic.situation());
    let save = settings.update(Message::Service(service::Message::StartPressed), &clinic.situation());
    assert!(matches!(save, Action::Save { .. }));
    let _none = settings.show(Setting::ClinicPhone, &clinic.situation());
    assert_eq!(open(&settings), "service");
}
