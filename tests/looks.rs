//! How the dialogs look, in every state.

use aftalebog::app::{Message, language_button};
use aftalebog::screen::problem::{self, Offer, Problem, Remedy, Trouble};
use aftalebog::ui::theme;
use aftalebog_booking::Write;
use aftalebog_booking::bounded::{Alias, Name};
use aftalebog_booking::record::{OnlineType, Practitioner};
use aftalebog_local::SaveError;
use aftalebog_local::backup::{Backup, Moment, Occasion};
use aftalebog_texts::{Language, Texts, fl};
use iced::keyboard::key::Named;
use iced::theme::Mode;
use iced::{Element, Task, Theme};

use crate::harness::{Driven, Driver};
use crate::program::{Pc, Program, online_type, practitioner, start};

fn dark(program: &mut Driver<Program>) {
    program.send(Message::ThemeTurned(Mode::Dark));
}

#[test]
fn the_settings() {
    let pc = Pc::with_demo();
    let mut program = pc.settings();
    program.picture("settings");
    program.click("TR");
    program.tap(Named::ArrowDown);
    program.key(Named::ArrowUp, iced::keyboard::Modifiers::ALT);
    program.picture("settings-undo");
    program.not_saved(SaveError::DiskFull);
    program.picture("settings-save-failed");
    program.right_click("AKUT");
    program.picture("settings-menu");
    dark(&mut program);
    program.picture("settings-menu-dark");
    program.tap(Named::Escape);
    program.resize(900.0, 650.0);
    program.picture("settings-narrow-dark");
}

#[test]
fn the_settings_without_a_type() {
    let pc = Pc::with_changed_demo(|setup| setup.online_types.iter().map(Write::delete).collect());
    let mut program = pc.settings();
    program.picture("settings-empty");
}

#[test]
fn the_type_editor() {
    let pc = Pc::with_demo();
    let mut program = pc.settings();
    program.new_type();
    program.picture("type-new");
    program.tap(Named::Space);
    program.type_text("tand");
    program.picture("type-choosing");
    dark(&mut program);
    program.picture("type-choosing-dark");
    program.tap(Named::Escape);
    program.click("Annuller");
    program.edit("SU");
    program.picture("type-su-dark");
    program.picture_at("type-su-dark-at-150-percent", 1.5);
    program.send(Message::ThemeTurned(Mode::Light));
    program.picture("type-su");
    program.fill("Online alias", "");
    program.fill("Minimum tid mellem foreslåede tider", "500");
    program.fill("Afbud muligt", "1,5");
    program.click("OK");
    program.picture("type-faults");
    program.resize(900.0, 650.0);
    program.picture("type-faults-narrow");
}

#[test]
fn the_type_editor_without_a_need() {
    let pc = Pc::with_demo();
    let mut program = pc.settings();
    program.edit("AKUT");
    program.picture("type-akut");
    program.bring_into_view("PV");
    program.picture("type-akut-bottom");
    program.fill("Online alias", "Tandpine");
    program.click("Annuller");
    program.picture("type-discard");
    dark(&mut program);
    program.picture("type-discard-dark");
}

#[test]
fn the_view_as_a_patient() {
    let pc = Pc::with_demo();
    let mut program = pc.settings();
    program.edit("SU");
    program.choose_patient("Karen Mikkelsen");
    program.click("man. 23. nov.");
    program.picture("patient-why-not");
    program.picture_at("patient-why-not-at-150-percent", 1.5);
    program.choose_patient("Bent Thorsen");
    program.picture("patient-expired");
    program.click_id("preview-patient");
    program.type_text("mik");
    program.picture("patient-choosing");
    program.tap(Named::Escape);
    program.tap(Named::Escape);
    program.edit("AKUT");
    program.click("tirs. 24. nov.");
    program.click_id("preview-times");
    program.tap(Named::Home);
    program.picture("patient-times");
    dark(&mut program);
    program.click_id("preview-seen");
    // A hint would come when the pointer has rested long enough.
    program.move_to(iced::Point::new(640.0, 30.0));
    program.picture("patient-glance-dark");
    program.picture_at("patient-glance-dark-at-150-percent", 1.5);
    program.resize(900.0, 650.0);
    program.click("Vis som patient");
    program.picture("patient-narrow-dark");
}

#[test]
fn the_type_editor_in_english() {
    let pc = Pc::with_demo();
    let begin = aftalebog::app::Start { language: Language::English, ..pc.begin() };
    let mut program = start(begin);
    program.open_settings();
    program.picture("settings-english");
    program.click("AKUT");
    program.tap(Named::F2);
    program.picture("type-english");
}

#[test]
fn the_question_before_a_type_is_deleted() {
    let pc = Pc::with_demo();
    let mut program = pc.settings();
    program.click("SU");
    program.tap(Named::Delete);
    program.picture("type-delete");
    dark(&mut program);
    program.picture("type-delete-dark");
}

#[test]
fn the_clinic_settings() {
    let pc = Pc::with_demo();
    let mut program = pc.settings();
    program.click("Klinik indstillinger");
    program.picture("clinic-settings");
    dark(&mut program);
    program.picture("clinic-settings-dark");
}

#[test]
fn the_clinic_settings_with_nobody_registered() {
    let pc = Pc::with_changed_demo(|setup| {
        let off = |entry: &aftalebog_booking::Entry<Practitioner>| {
            Write::edit(entry, &Practitioner { registered: false, ..entry.value.clone() })
        };
        setup.practitioners.iter().filter_map(off).collect()
    });
    let mut program = pc.settings();
    program.click("Klinik indstillinger");
    program.picture("clinic-nobody-registered");
}

#[test]
fn the_analytics_settings() {
    let pc = Pc::with_demo();
    let mut program = pc.settings();
    program.click("Analytics indstillinger");
    program.picture("analytics-settings");
    dark(&mut program);
    program.picture("analytics-settings-dark");
}

#[test]
fn the_server_settings() {
    let pc = Pc::with_demo();
    let mut program = pc.settings();
    program.click("Server indstillinger");
    program.fill("Serverens adresse", "http://booking.klinikken.dk");
    program.picture("server-fault");
    dark(&mut program);
    program.picture("server-fault-dark");
}

#[test]
fn the_service() {
    let pc = Pc::with_demo();
    let mut program = pc.settings();
    program.click("Aktiv");
    program.picture("service-active");
    program.click("Stop");
    program.picture("service-stopped");
    dark(&mut program);
    program.picture("service-stopped-dark");
    program.click("Luk");
    program.picture("settings-stopped-dark");
}

#[test]
fn the_welcome() {
    let pc = Pc::new();
    let mut program = pc.first_start();
    program.picture("welcome");
    program.click("Hent fra en sikkerhedskopi …");
    program.type_text("/findes/ikke.json");
    program.click("Se kopien");
    program.picture("welcome-fetch-fault");
    dark(&mut program);
    program.picture("welcome-fetch-fault-dark");
}

#[test]
fn long_names() {
    let pc = Pc::with_changed_demo(|setup| {
        let long = "Akut tandpine, hævelse, knækket tand, tabt fyldning og andet, der ikke kan vente";
        let entry = online_type(setup, "AKUT");
        let alias = Alias::new(long).unwrap();
        let renamed = Write::edit(&entry, &OnlineType { alias, ..entry.value.clone() });
        let entry = practitioner(setup, "PV");
        let name = Name::new("Anne-Margrethe Christoffersen-Vestergaard Kjærgaard-Sørensen").unwrap();
        let married = Write::edit(&entry, &Practitioner { name, ..entry.value.clone() });
        renamed.into_iter().chain(married).collect()
    });
    let mut program = pc.settings();
    program.resize(900.0, 650.0);
    program.picture("settings-long-names");
    program.click("Klinik indstillinger");
    program.picture("clinic-long-names");
    program.click("Annuller");
    program.edit("AKUT");
    program.bring_into_view("PV");
    program.picture("type-long-names");
}

/// The page where the clinic's file should be, with a file as Windows names it.
struct Page {
    problem: Problem,
    texts: Texts,
    theme: Theme,
}

impl Driven for Page {
    type Message = problem::Message;

    fn view(&self) -> Element<'_, problem::Message> {
        let language = language_button(&self.texts).map(|()| problem::Message::LanguagePressed);
        self.problem.view(&self.texts, language)
    }

    fn update(&mut self, _: problem::Message) -> Task<problem::Message> {
        Task::none()
    }

    fn theme(&self) -> Theme {
        self.theme.clone()
    }
}

#[test]
fn the_page_where_the_file_should_be() {
    let texts = Texts::new(Language::Danish);
    let copy = Backup {
        file: "clinic-2026-11-22.db".into(),
        made: Moment::At("2026-11-22T07:52:00".parse().unwrap()),
        occasion: Occasion::Daily,
    };
    let problem = Problem {
        file: r"C:\Users\Reception\AppData\Local\Aftalebog\data\clinic.db".into(),
        heading: fl!(texts, "open-damaged"),
        explanation: fl!(texts, "damage-malformed"),
        remedy: Remedy::Restore(Offer { copy, trouble: Trouble::Damaged }),
    };
    let mut page = Driver::new(Page { problem, texts, theme: theme::light() });
    page.picture("problem-backup");
    page.app.theme = theme::dark();
    page.picture("problem-backup-dark");
    page.app.problem.remedy = Remedy::NoBackup;
    page.picture("problem-no-backup-dark");
    page.app.theme = theme::light();
    page.picture("problem-no-backup");
}
