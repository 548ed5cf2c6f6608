//! What the view asks and shows, without a window and without a file.

use aftalebog_booking::demo::{SEED, demo_clinic};
use aftalebog_booking::record::{Appointment, Need, Recorded, WithoutNeed};
use aftalebog_booking::setting::TypeField;
use aftalebog_booking::terms::Standing;
use aftalebog_booking::{Record, Snapshot};
use aftalebog_texts::Language;

use super::*;

/// A Monday morning in week 48.
fn now() -> DateTime<Utc> {
    "2026-11-23T08:10:00Z".parse().unwrap()
}

fn date(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn all<T: Recorded>(snapshot: &Snapshot) -> Vec<Entry<T>> {
    let one = |record: Record| Some(Entry { id: Id::new(record.id), value: T::from_value(record.value)? });
    snapshot.records.iter().cloned().filter_map(one).collect()
}

/// The demo clinic, with a file that answers at once.
struct Clinic {
    setup: Setup,
    snapshot: Snapshot,
    texts: Texts,
    view: PatientView,
    appointment_type: Option<Id<AppointmentType>>,
}

impl Clinic {
    fn new(code: &str) -> Self {
        let snapshot = demo_clinic(now().date_naive(), SEED);
        let setup = Setup::gather(snapshot.records.clone()).unwrap();
        let view = PatientView::new("patient", Stretch { first: date("2026-11-23"), days: 14 });
        let texts = Texts::new(Language::Danish);
        let mut clinic = Self { setup, snapshot, texts, view, appointment_type: None };
        clinic.choose_type(code);
        clinic
    }

    fn tell(&mut self, message: Message) -> Action {
        let (setup, texts, appointment_type) = (&self.setup, &self.texts, self.appointment_type);
        let desk = Desk { texts, setup, appointment_type, now: now() };
        self.view.update(message, desk)
    }

    fn choose_type(&mut self, code: &str) {
        let chosen = self.setup.appointment_types.iter().find(|of| of.value.code.as_str() == code).map(|of| of.id);
        self.appointment_type = chosen;
        let (setup, texts, appointment_type) = (&self.setup, &self.texts, self.appointment_type);
        self.view.refresh(Desk { texts, setup, appointment_type, now: now() });
    }

    /// The only question that is asked.
    #[track_caller]
    fn question(&mut self) -> Question {
        let mut questions = self.view.take_questions();
        assert_eq!(questions.len(), 1, "{questions:?}");
        questions.remove(0)
    }

    fn patient(&self, name: &str) -> Entry<Patient> {
        all::<Patient>(&self.snapshot).into_iter().find(|entry| entry.value.name.as_str() == name).unwrap()
    }

    /// What the file answers to a question.
    fn answer(&self, question: Question) -> Message {
        let patients = all::<Patient>(&self.snapshot);
        match question {
            Question::Patients { search } => {
                let found = patients.into_iter().filter(|it| it.value.name.as_str().contains(search.as_str()));
                Message::PatientsFound { found: Ok(found.collect()), search }
            }
            Question::CalledIn { appointment_type, .. } => {
                Message::CalledInFound { appointment_type, found: Ok(Some(self.patient("Karen Mikkelsen"))) }
            }
            Question::Grounds(reading) => {
                let Reading { patient, from, to, .. } = reading;
                let appointments = all::<Appointment>(&self.snapshot).into_iter().map(|entry| entry.value);
                let appointments = appointments.filter(|it| it.start < to && it.end() > from).collect();
                let open_needs =
                    all::<Need>(&self.snapshot).into_iter().filter(|need| Some(need.value.patient) == patient);
                let visitor = match patient {
                    None => Visitor::new_patient(),
                    Some(_) => Visitor { patient, standing: Standing::Known, open_needs: open_needs.collect() },
                };
                Message::GroundsRead { reading, grounds: Ok(Arc::new(Grounds { visitor, appointments })) }
            }
        }
    }

    /// Everything that is asked is answered.
    fn settle(&mut self) {
        loop {
            let questions = self.view.take_questions();
            if questions.is_empty() {
                return;
            }
            for question in questions {
                let _ = self.tell(self.answer(question));
            }
        }
    }

    fn offers(&self) -> usize {
        self.view.shown().dates.iter().map(|date| date.offers.len()).sum()
    }
}

#[test]
fn a_need_driven_type_is_seen_as_the_one_who_is_called_in_next() {
    let mut clinic = Clinic::new("SU");
    let question = clinic.question();
    assert!(matches!(question, Question::CalledIn { week, .. } if week == Week::of(date("2026-11-23"))));
    assert_eq!(clinic.view.state(), State::Waiting);
    let _ = clinic.tell(clinic.answer(question));
    assert_eq!(clinic.view.who(), Who::Patient(clinic.patient("Karen Mikkelsen").id));
    clinic.settle();
    assert_eq!(clinic.view.state(), State::Ready);
    assert_eq!(clinic.view.shown().dates.len(), 14);
    assert!(clinic.offers() > 0);
    assert!(clinic.view.shown().barred.is_none());
}

#[test]
fn another_type_is_seen_as_a_new_patient() {
    let mut clinic = Clinic::new("AKUT");
    assert!(matches!(clinic.question(), Question::Grounds(Reading { patient: None, .. })));
    assert_eq!(clinic.view.who(), Who::NewPatient);
    assert_eq!(clinic.view.patient.name, "Ny patient");
}

#[test]
fn nobody_is_proposed_before_a_type_is_chosen_and_nobody_once_a_person_has_chosen() {
    let mut clinic = Clinic::new("no such type");
    assert_eq!(clinic.view.take_questions(), []);
    assert_eq!(clinic.view.state(), State::Waiting);
    clinic.choose_type("AKUT");
    clinic.settle();
    let Action::Run(_) = clinic.tell(Message::Patients(choice::Message::Pressed)) else { panic!("the search opens") };
    clinic.settle();
    let ida = Who::Patient(clinic.patient("Ida Rosenkvist").id);
    let _ = clinic.tell(Message::Patients(choice::Message::Chosen(ida)));
    assert_eq!(clinic.view.who(), ida);
    clinic.settle();
    clinic.choose_type("SU");
    assert_eq!(clinic.view.take_questions(), []);
    assert_eq!(clinic.view.who(), ida);
    let barred = clinic.view.shown().barred.clone().expect("she has no need of it");
    assert_eq!(barred.words, "Typen styres af behov, og patienten har intet åbent behov af den.");
    assert!(matches!(barred.link.map(|it| it.setting), Some(Setting::OnlineType(_, TypeField::NeedDriven))));
}

#[test]
fn an_answer_about_other_dates_or_another_patient_is_dropped() {
    let mut clinic = Clinic::new("AKUT");
    let first = clinic.question();
    let later = Stretch { first: date("2026-12-07"), days: 7 };
    let _ = clinic.tell(Message::StretchAsked(later));
    let second = clinic.question();
    let _ = clinic.tell(clinic.answer(first));
    assert_eq!(clinic.view.state(), State::Waiting, "the first answer comes too late");
    assert!(clinic.view.shown().dates.is_empty());
    let _ = clinic.tell(clinic.answer(second));
    assert_eq!(clinic.view.shown().dates.first().map(|date| date.date), Some(later.first));

    clinic.choose_type("SU");
    let called_in = clinic.question();
    clinic.choose_type("AKUT");
    let _ = clinic.question();
    let _ = clinic.tell(clinic.answer(called_in));
    assert_eq!(clinic.view.who(), Who::NewPatient, "it was for another type");
}

#[test]
fn an_answer_to_a_view_that_has_closed_is_dropped() {
    let mut closed = Clinic::new("AKUT");
    let question = closed.question();
    let answer = closed.answer(question);
    let mut clinic = Clinic::new("SU");
    let called_in = clinic.question();
    let _ = clinic.tell(clinic.answer(called_in));
    let _ = clinic.tell(answer);
    assert_eq!(clinic.view.state(), State::Waiting, "the first reading of each, but not of the same patient");
    clinic.settle();
    assert!(clinic.view.shown().barred.is_none());
}

#[test]
fn what_was_found_for_an_earlier_search_cannot_be_chosen() {
    let mut clinic = Clinic::new("AKUT");
    clinic.settle();
    let _ = clinic.tell(Message::Patients(choice::Message::LetterTyped("Ida".to_owned())));
    clinic.settle();
    let _ = clinic.tell(Message::Patients(choice::Message::SearchTyped("Else".to_owned())));
    let else_ = clinic.question();
    let _ = clinic.tell(Message::Patients(choice::Message::MarkedChosen));
    assert!(clinic.view.is_choosing(), "Ida is not meant any longer");
    let _ = clinic.tell(Message::Patients(choice::Message::SearchTyped("Bent".to_owned())));
    let bent = clinic.question();
    let _ = clinic.tell(clinic.answer(else_));
    let _ = clinic.tell(Message::Patients(choice::Message::MarkedChosen));
    assert!(clinic.view.is_choosing(), "nor is Else");
    let _ = clinic.tell(clinic.answer(bent));
    let _ = clinic.tell(Message::Patients(choice::Message::MarkedChosen));
    assert_eq!(clinic.view.patient.name, "Bent Thorsen");
}

#[test]
fn nobody_is_said_to_be_missing_before_the_file_has_answered() {
    let mut clinic = Clinic::new("AKUT");
    clinic.settle();
    let nothing = |clinic: &Clinic| clinic.view.nothing_found(&clinic.texts);
    let search = |clinic: &mut Clinic, words: &str| {
        let _ = clinic.tell(Message::Patients(choice::Message::SearchTyped(words.to_owned())));
        clinic.question()
    };
    let failed = |words: &str| {
        let found = Err(Arc::new(StoreError::Full));
        Message::PatientsFound { search: words.to_owned(), found }
    };
    let _ = search(&mut clinic, "xy");
    assert_eq!(nothing(&clinic), "Søger …");
    let _ = clinic.tell(failed("x"));
    let _ = clinic.tell(failed("xyz"));
    assert_eq!(nothing(&clinic), "Søger …", "another search");
    let _ = clinic.tell(failed("xy"));
    assert!(nothing(&clinic).starts_with("Patienterne kunne ikke hentes."), "{}", nothing(&clinic));
    let question = search(&mut clinic, "xyz");
    assert_eq!(nothing(&clinic), "Søger …");
    let _ = clinic.tell(clinic.answer(question));
    assert_eq!(nothing(&clinic), "Ingen patient passer til søgningen.");
    let _ = clinic.tell(failed("xy"));
    assert_eq!(nothing(&clinic), "Ingen patient passer til søgningen.", "a late answer changes nothing");
}

#[test]
fn a_file_that_cannot_be_read_can_be_tried_again() {
    let mut clinic = Clinic::new("SU");
    let Question::CalledIn { appointment_type, .. } = clinic.question() else { panic!("who is asked first") };
    let _ = clinic.tell(Message::CalledInFound { appointment_type, found: Err(Arc::new(StoreError::Full)) });
    assert!(matches!(clinic.view.state(), State::Failed(words) if words.starts_with("Tiderne kunne ikke hentes.")));
    let _ = clinic.tell(Message::RetryPressed);
    let question = clinic.question();
    let _ = clinic.tell(clinic.answer(question));
    let Question::Grounds(reading) = clinic.question() else { panic!("then what decides") };
    let _ = clinic.tell(Message::GroundsRead { reading, grounds: Err(Arc::new(StoreError::Full)) });
    assert!(matches!(clinic.view.state(), State::Failed(_)));
    let _ = clinic.tell(Message::RetryPressed);
    clinic.settle();
    assert_eq!(clinic.view.state(), State::Ready);
}

#[test]
fn a_pressed_date_says_of_each_practitioner_why_not() {
    let mut clinic = Clinic::new("SU");
    clinic.settle();
    let friday = date("2026-11-27");
    let _ = clinic.tell(Message::DatePressed(friday));
    let opened = clinic.view.shown().opened.as_ref().expect("it is open");
    let [lb] = opened.columns.as_slice() else { panic!("only the need's practitioner is in the running") };
    assert_eq!(lb.initials, "LB");
    assert_eq!(lb.why.as_ref().map(|why| why.words.as_str()), Some("LB arbejder ikke fredag 27. november."));
    let link = lb.why.as_ref().and_then(|why| why.link.clone()).expect("a way there");
    let whose = clinic.setup.practitioners.iter().find(|entry| entry.value.initials.as_str() == "LB").unwrap().id;
    assert_eq!((link.setting, link.words.as_str()), (Setting::Hours(whose), "Til «Arbejdstider»"));
}

#[test]
fn a_time_that_is_not_offered_says_why() {
    let mut clinic = Clinic::new("SU");
    clinic.settle();
    let _ = clinic.tell(Message::DatePressed(date("2026-11-23")));
    let times = |clinic: &Clinic| clinic.view.shown().opened.as_ref().unwrap().times.clone().unwrap();
    let late = times(&clinic).times.last().unwrap().place;
    let _ = clinic.tell(Message::TimePressed(late));
    let Asked { place, reason, .. } = times(&clinic).asked.unwrap();
    assert_eq!(place, late);
    assert_eq!(reason.words, "Typen kan tidligst bookes til i morgen (tirs. 24. nov.).");
    let Link { setting, words } = reason.link.unwrap();
    assert_eq!(words, "Til «Booking muligt»");
    assert!(matches!(setting, Setting::OnlineType(_, TypeField::EarliestBooking)));
    let Action::Show(shown) = clinic.tell(Message::SettingPressed(setting)) else { panic!("it leads there") };
    assert_eq!(shown, setting);
}

#[test]
fn those_who_do_not_work_are_named_as_far_as_there_is_room() {
    for (code, expected) in [
        ("BLEG", "ingen tider · LB, CN arbejder ikke"),
        ("AKUT", "ingen tider · JH, SA arbejder ikke"),
        ("everybody", "ingen tider · ingen af de 7 arbejder"),
    ] {
        let mut clinic = Clinic::new(if code == "everybody" { "BLEG" } else { code });
        clinic.setup.working_hours.clear();
        let everybody = clinic.setup.practitioners.iter_mut();
        let everybody = everybody.map(|it| {
            (it.value.registered, it.value.takes_new_patients) = (true, true);
            WithoutNeed { practitioner: it.id, active: true, minutes: None }
        });
        let everybody: Vec<_> = everybody.collect();
        if code == "everybody" {
            let bleg = clinic
                .setup
                .online_types
                .iter_mut()
                .find(|it| Some(it.value.appointment_type) == clinic.appointment_type);
            bleg.unwrap().value.practitioners = everybody;
        }
        clinic.settle();
        let desk =
            Desk { texts: &clinic.texts, setup: &clinic.setup, appointment_type: clinic.appointment_type, now: now() };
        let (terms, busy) = clinic.view.decision(desk).unwrap();
        assert_eq!(in_short(&terms, busy, date("2026-12-01"), desk), expected);
    }
}

#[test]
fn while_booking_is_stopped_the_times_are_those_it_is_started_with() {
    let mut clinic = Clinic::new("AKUT");
    clinic.settle();
    let offers = clinic.offers();
    assert!(offers > 0 && clinic.view.shown().stopped.is_none());
    clinic.setup.service.value.running = false;
    clinic.choose_type("AKUT");
    assert_eq!(clinic.offers(), offers);
    assert!(clinic.view.shown().barred.is_none());
    let stopped = clinic.view.shown().stopped.clone().expect("and that is told");
    assert_eq!(stopped.link.map(|link| link.setting), Some(Setting::Service));
    let friday = date("2026-11-27");
    let _ = clinic.tell(Message::DatePressed(friday));
    assert!(clinic.view.shown().opened.as_ref().unwrap().columns.iter().any(|column| column.why.is_none()));
    clinic.setup.service.value.running = true;
    clinic.choose_type("AKUT");
    assert!(clinic.view.shown().stopped.is_none());
}

#[test]
fn what_happened_is_noted_before_anything_is_decided() {
    let mut clinic = Clinic::new("AKUT");
    clinic.settle();
    let (setup, texts, appointment_type) = (&clinic.setup, &clinic.texts, clinic.appointment_type);
    let desk = Desk { texts, setup, appointment_type, now: now() };
    let _none = clinic.view.note(Message::DatePressed(date("2026-11-24")), desk);
    assert!(clinic.view.shown().opened.is_none(), "who refreshes afterwards decides once");
    clinic.view.refresh(desk);
    assert!(clinic.view.shown().opened.is_some());
}
