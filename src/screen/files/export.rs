//! Patients, needs and the book as files that other programs read, and all of the clinic as one that Aftalebog reads.

mod work;

use std::collections::HashSet;
use std::path::{Path, PathBuf};

use aftalebog_booking::Id;
use aftalebog_booking::record::Practitioner;
use aftalebog_booking::time::days_after;
use aftalebog_local::Store;
use aftalebog_local::exchange::calendar::Span;
use aftalebog_texts::guide::Topic;
use aftalebog_texts::{Texts, fl, typed};
use chrono::NaiveDate;
use iced::widget::{column, container, mouse_area, pin, row, space, stack, text};
use iced::{Center, Element, Fill, Task};

use super::calendar::FAR;
use super::place::{Kind, Place};
use super::save_as::{self, SaveAs};
use crate::screen::settings::Situation;
use crate::ui::choice::{self, Choice, Item};
use crate::ui::focus::{self, inert};
use crate::ui::form::{Sentence, field, tick, under};
use crate::ui::theme::{self, size, space as gap};

pub struct Export {
    what: What,
    save_as: SaveAs,
}

/// What is written.
enum What {
    Patients,
    Needs,
    Calendar(Box<CalendarExport>),
    /// All of it, as a snapshot.
    Everything,
}

/// Which part of the book.
struct CalendarExport {
    /// `None`: everybody.
    practitioner: Option<Id<Practitioner>>,
    practitioners: Choice<Option<Id<Practitioner>>>,
    from: String,
    to: String,
    names: bool,
    period: Sentence,
    warning: Sentence,
}

#[derive(Clone, Debug)]
pub enum Message {
    SaveAs(save_as::Message),
    Practitioner(choice::Message<Option<Id<Practitioner>>>),
    FromTyped(String),
    ToTyped(String),
    NamesTicked(bool),
    ClosePressed,
}

pub enum Action {
    None,
    Run(Task<Message>),
    /// Written here.
    Saved(PathBuf),
    Close,
}

impl Export {
    pub fn patients(situation: &Situation<'_>) -> Self {
        Self::new(What::Patients, "csv", fl!(situation.texts, "files-export-patients-file"))
    }

    pub fn needs(situation: &Situation<'_>) -> Self {
        Self::new(What::Needs, "csv", fl!(situation.texts, "files-export-needs-file"))
    }

    pub fn calendar(situation: &Situation<'_>) -> Self {
        let texts = situation.texts;
        let calendar = CalendarExport {
            practitioner: None,
            practitioners: Choice::new("files-practitioner".into()),
            from: texts.date_in_field(situation.today),
            to: texts.date_in_field(days_after(situation.today, 365)),
            names: false,
            period: Sentence::none(),
            warning: Sentence::none(),
        };
        let what = What::Calendar(Box::new(calendar));
        let mut export = Self::new(what, "ics", fl!(texts, "files-export-calendar-file"));
        export.refresh(situation);
        export
    }

    /// Under the clinic's name and today's date.
    pub fn everything(situation: &Situation<'_>) -> Self {
        let name = name_of_everything(situation.setup.clinic.value.name.as_str(), situation.today);
        Self::new(What::Everything, "aftalebog.json", name)
    }

    fn new(what: What, ending: &'static str, name: String) -> Self {
        Self { what, save_as: SaveAs::new(Place::new(Kind::Write { ending, name })) }
    }

    pub fn refresh(&mut self, situation: &Situation<'_>) {
        if let What::Calendar(calendar) = &mut self.what {
            calendar.refresh(situation);
        }
    }

    pub fn update(&mut self, message: Message, situation: &Situation<'_>, store: &Store) -> Action {
        let texts = situation.texts;
        let action = match message {
            Message::ClosePressed => return self.close(),
            Message::SaveAs(save_as::Message::OkPressed) => return self.ok_pressed(situation, store),
            Message::SaveAs(message) => match self.save_as.update(message, texts, || Vec::new) {
                save_as::Action::None => Action::None,
                save_as::Action::Run(task) => Action::Run(task.map(Message::SaveAs)),
                save_as::Action::Saved(path) => return Action::Saved(path),
            },
            message => match &mut self.what {
                What::Calendar(calendar) => calendar.update(message),
                What::Patients | What::Needs | What::Everything => Action::None,
            },
        };
        self.refresh(situation);
        action
    }

    fn close(&mut self) -> Action {
        if let What::Calendar(calendar) = &mut self.what
            && calendar.practitioners.is_open()
        {
            calendar.practitioners.close();
            return Action::Run(calendar.practitioners.focus().map(Message::Practitioner));
        }
        if self.save_as.is_busy() { Action::None } else { Action::Close }
    }

    fn ok_pressed(&mut self, situation: &Situation<'_>, store: &Store) -> Action {
        if self.save_as.is_busy() {
            return Action::None;
        }
        let span = match &self.what {
            What::Calendar(calendar) => match calendar.span(situation) {
                Ok(span) => Some(span),
                Err(_) => return Action::Run(focus::set("files-from")),
            },
            What::Patients | What::Needs | What::Everything => None,
        };
        let given = match self.save_as.begin(situation.texts) {
            Ok(given) => given,
            Err(focus) => return Action::Run(focus.map(Message::SaveAs)),
        };
        let (store, setup) = (store.clone(), situation.setup.clone());
        let written = |written| Message::SaveAs(save_as::Message::Written(written));
        Action::Run(match (&self.what, span) {
            (What::Calendar(calendar), Some(span)) => {
                let job = work::Job {
                    practitioner: calendar.practitioner,
                    span,
                    names: calendar.names,
                    busy: fl!(situation.texts, "files-busy"),
                    closed: fl!(situation.texts, "files-closed"),
                    away: fl!(situation.texts, "files-away"),
                    now: situation.clock.now(),
                    setup,
                };
                Task::perform(save_as::write(given, work::calendar(store, job)), written)
            }
            (What::Needs, _) => Task::perform(save_as::write(given, work::needs(store, setup)), written),
            (What::Everything, _) => {
                Task::perform(save_as::write(given, work::everything(store, situation.clock.now())), written)
            }
            _ => Task::perform(save_as::write(given, work::patients(store)), written),
        })
    }

    /// What is told when it is written.
    pub fn saved(&self, path: &Path, texts: &Texts) -> String {
        let file = path.display().to_string();
        match self.what {
            What::Everything => fl!(texts, "files-back-up-saved", file = file),
            What::Patients | What::Needs | What::Calendar(_) => fl!(texts, "files-export-saved", file = file),
        }
    }

    pub fn layers<'a>(&'a self, situation: &Situation<'a>) -> Vec<Element<'a, Message>> {
        let texts = situation.texts;
        let (title, explained) = match self.what {
            What::Patients => {
                (fl!(texts, "files-export-patients-title"), fl!(texts, "files-export-patients-explained"))
            }
            What::Needs => (fl!(texts, "files-export-needs-title"), fl!(texts, "files-export-needs-explained")),
            What::Calendar(_) => {
                (fl!(texts, "files-export-calendar-title"), fl!(texts, "files-export-calendar-explained"))
            }
            What::Everything => (fl!(texts, "files-back-up-title"), fl!(texts, "files-back-up-explained")),
        };
        let explained = text(explained).size(size::SMALL).style(theme::muted);
        let place = self.save_as.place(texts).map(Message::SaveAs);
        let choosing = match &self.what {
            What::Calendar(calendar) => calendar.practitioners.is_open(),
            What::Patients | What::Needs | What::Everything => false,
        };
        let body: Element<'a, Message> = match &self.what {
            What::Calendar(calendar) => calendar.view(texts, explained.into(), place),
            What::Patients | What::Needs | What::Everything => column![explained, place].spacing(gap::M).into(),
        };
        let dialog = self.save_as.dialog(title, body, Message::SaveAs, Message::ClosePressed, texts);
        let dialog = match choosing {
            true => dialog.on_enter(Some(Message::Practitioner(choice::Message::MarkedChosen))),
            false => dialog,
        };
        vec![dialog.explained_by(Topic::Export).layer()]
    }
}

fn name_of_everything(clinic: &str, today: NaiveDate) -> String {
    // What no system allows in the name of a file.
    let unfit = |letter: char| letter.is_control() || r#"<>:"/\|?*"#.contains(letter);
    let clinic = clinic.split(|letter: char| letter.is_whitespace() || unfit(letter)).filter(|word| !word.is_empty());
    let date = today.to_string();
    let words: Vec<_> = clinic.chain([date.as_str()]).collect();
    format!("{}.aftalebog.json", words.join(" "))
}

impl CalendarExport {
    fn refresh(&mut self, situation: &Situation<'_>) {
        let texts = situation.texts;
        let everybody = Item { value: None, code: String::new(), name: fl!(texts, "files-everybody"), note: None };
        // Who works here no more still stands in the book.
        let staff: HashSet<_> = situation.setup.staff().map(|entry| entry.id).collect();
        let (working, gone): (Vec<_>, Vec<_>) =
            situation.setup.practitioners.iter().partition(|entry| staff.contains(&entry.id));
        let item = |entry: &aftalebog_booking::Entry<Practitioner>| Item {
            value: Some(entry.id),
            code: entry.value.initials.to_string(),
            name: entry.value.name.to_string(),
            note: None,
        };
        let people = working.into_iter().chain(gone).map(item);
        self.practitioners.set_items(std::iter::once(everybody).chain(people).collect());
        self.period = match self.span(situation) {
            Ok(_) => Sentence::none(),
            Err(words) => Sentence::Refuses(words),
        };
        self.warning = match self.names {
            true => Sentence::Warns(fl!(texts, "files-export-names-warning")),
            false => Sentence::none(),
        };
    }

    fn span(&self, situation: &Situation<'_>) -> Result<Span, String> {
        let texts = situation.texts;
        let latest = days_after(situation.today, FAR);
        let date = |typed: &str| typed::date(typed, latest).ok_or_else(|| fl!(texts, "files-date-wrong"));
        let span = Span { from: date(&self.from)?, to: date(&self.to)? };
        if span.to < span.from { Err(fl!(texts, "files-period-reversed")) } else { Ok(span) }
    }

    fn update(&mut self, message: Message) -> Action {
        match message {
            Message::Practitioner(message) => match self.practitioners.update(message) {
                choice::Action::None => Action::None,
                choice::Action::Run(task) | choice::Action::Search(_, task) => {
                    Action::Run(task.map(Message::Practitioner))
                }
                choice::Action::Chosen(chosen) => {
                    self.practitioner = chosen;
                    Action::Run(self.practitioners.focus().map(Message::Practitioner))
                }
            },
            Message::FromTyped(typed) => {
                self.from = typed;
                Action::None
            }
            Message::ToTyped(typed) => {
                self.to = typed;
                Action::None
            }
            Message::NamesTicked(ticked) => {
                self.names = ticked;
                Action::None
            }
            Message::SaveAs(_) | Message::ClosePressed => Action::None,
        }
    }

    fn view<'a>(
        &'a self,
        texts: &Texts,
        explained: Element<'a, Message>,
        place: Element<'a, Message>,
    ) -> Element<'a, Message> {
        const LABEL: f32 = 120.0;
        let button = self.practitioners.button(
            Some(&self.practitioner),
            fl!(texts, "files-everybody"),
            crate::ui::theme::Standing::Good,
        );
        let button = container(button.map(Message::Practitioner)).width(320);
        let example = fl!(texts, "date-example");
        let date = |id: &'static str, value: &'a str, on: fn(String) -> Message| {
            field(id, &example, value, self.period.standing(), Some(on)).width(112)
        };
        let period = row![
            date("files-from", &self.from, Message::FromTyped),
            text(fl!(texts, "files-period-to")),
            date("files-to", &self.to, Message::ToTyped),
            under(&self.period)
        ];
        let names = tick("files-names", fl!(texts, "files-export-names"), self.names, Some(Message::NamesTicked));
        let form = column![
            row![text(fl!(texts, "files-practitioner")).width(LABEL), button].align_y(Center),
            row![text(fl!(texts, "files-period")).width(LABEL), period.spacing(gap::S).align_y(Center)].align_y(Center),
            names,
            under(&self.warning),
            explained,
            place,
        ]
        .spacing(gap::M);
        let open = self.practitioners.is_open();
        // Room for the list of a clinic's people.
        let form = column![form].push(open.then(|| space().height(120)));
        let list = self.practitioners.list(&fl!(texts, "files-search"), fl!(texts, "files-nobody-found"));
        let list = list.map(|list| {
            pin(container(list.map(Message::Practitioner)).width(320)).x(LABEL).y(theme::CONTROL + gap::XS)
        });
        let outside = open.then(|| {
            mouse_area(space().width(Fill).height(Fill)).on_press(Message::Practitioner(choice::Message::Left))
        });
        stack![inert(open, form)].push(outside).push(list).into()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_name_of_the_file_is_the_clinics_and_the_date_without_what_no_system_allows() {
        let day = NaiveDate::from_ymd_opt(2026, 1, 5).unwrap();
        for (clinic, name) in [
            ("Tandlægerne ved Møllesøen", "Tandlægerne ved Møllesøen 2026-01-05.aftalebog.json"),
            ("Tand & Mund ApS, 2. sal", "Tand & Mund ApS, 2. sal 2026-01-05.aftalebog.json"),
            ("Hansen/Jensen", "Hansen Jensen 2026-01-05.aftalebog.json"),
            (r#"a<b>c:d"e/f\g|h?i*j"#, "a b c d e f g h i j 2026-01-05.aftalebog.json"),
            ("Klinik: «Æ, ø» / å?", "Klinik «Æ, ø» å 2026-01-05.aftalebog.json"),
            ("  to\u{0}ord\t", "to ord 2026-01-05.aftalebog.json"),
            (r"..\..\hemmelig", ".. .. hemmelig 2026-01-05.aftalebog.json"),
            ("CON", "CON 2026-01-05.aftalebog.json"),
            ("???", "2026-01-05.aftalebog.json"),
        ] {
            assert_eq!(name_of_everything(clinic, day), name, "{clinic}");
        }
    }
}
