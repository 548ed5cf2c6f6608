//! The bar above the book. In a narrow window its parts give way one after the other.

use aftalebog_texts::guide::Topic;
use aftalebog_texts::{Language, fl};
use iced::widget::text::Wrapping;
use iced::widget::{Row, Space, button, container, responsive, row, stack, text};
use iced::{Alignment, Element, Length};
use lucide_icons::Icon;

use super::{AppointmentBook, Asked, Desk, Message, SeenAs, Stretch, view};
use crate::screen::settings::Editing;
use crate::screen::synchronising::{Standing, Tone};
use crate::ui::focus::focusable;
use crate::ui::form::{hinted, icon, push, push_icon};
use crate::ui::menu::anchored;
use crate::ui::theme::{self, size, space};
use crate::ui::timetable::Turn;
use crate::ui::topic::explained_by;
use crate::ui::words::{Face, Widths};

/// The id of the button that says how it stands with the server.
const STATUS: &str = "sync-status";
const GAP: f32 = space::S;
/// A button that is only an icon, and what a word in one takes beside its letters.
const BUTTON: f32 = theme::CONTROL;
const AROUND_WORD: f32 = 2.0 * space::M + size::ICON + space::S;
/// The sign of the status.
const SIGN: f32 = 14.0;
/// What tells beside a sign alone that there is news.
const DOT: f32 = 8.0;
/// Between the status and the news.
const BETWEEN: &str = "·";
const AROUND_STATUS: f32 = 2.0 * space::XS + SIGN + space::XS;

/// What the bar says, and how much room it takes.
#[derive(Debug, Default)]
pub struct Bar {
    whom: String,
    whom_means: String,
    /// «Fortryd «SU ændret» (Ctrl+Z)»
    undo: String,
    /// «2 nye patienter»; `None`: there is nobody.
    new_patients: Option<String>,
    new_patients_means: String,
    day: String,
    week: String,
    day_means: String,
    week_means: String,
    patient: String,
    patient_means: String,
    more: String,
    more_means: String,
    /// «Gemt lokalt», and what pressing it does.
    status: String,
    status_means: String,
    /// «Nyt (1)»; `None`: there is no news of patients.
    news: Option<String>,
    /// The room of the widest of what the status usually says, so that the bar never jumps.
    status_width: f32,
    /// What the status and the news beside it take beyond that.
    beside_width: f32,
    language: &'static str,
    widths: [f32; Part::ALL.len()],
    /// Of what never gives way.
    fixed: f32,
}

/// What gives way, the first one first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Part {
    Title,
    Language,
    /// Both the status and the news, where one of them will do.
    Beside,
    /// The calendar beside the book has the year.
    Date,
    More,
    AsPatient,
    Patient,
    Status,
    /// The week, or of a week its dates.
    Month,
    NewPatients,
    Whom,
    /// And half of the room between the parts: nothing else is left to give way.
    Weekday,
}

impl Part {
    const ALL: [Self; 12] = [
        Self::Title,
        Self::Language,
        Self::Beside,
        Self::Date,
        Self::More,
        Self::AsPatient,
        Self::Patient,
        Self::Status,
        Self::Month,
        Self::NewPatients,
        Self::Whom,
        Self::Weekday,
    ];
}

/// The parts that have given way.
#[derive(Clone, Copy)]
struct Given(usize);

impl Given {
    fn has(self, part: Part) -> bool {
        (part as usize) < self.0
    }
}

impl Bar {
    pub fn new(book: &AppointmentBook, widths: &Widths, desk: Desk<'_>) -> Self {
        let Desk { texts, setup, .. } = desk;
        let language = match texts.language() {
            Language::Danish => Language::English,
            Language::English => Language::Danish,
        };
        let undo = match desk.undoable {
            Some(undoable) => fl!(texts, "book-undo-hint", what = undoable.words.clone()),
            None => fl!(texts, "book-undo-nothing"),
        };
        let (count, news) = (desk.new_patients, desk.fresh.count());
        let means = desk.standing.means.clone();
        let means = if news > 0 { format!("{} {means}", fl!(texts, "sync-hint-news", count = news)) } else { means };
        let status_means = fl!(texts, "sync-hint", means = means);
        let mut bar = Self {
            whom: book.seen.whom.words(setup, texts),
            whom_means: fl!(texts, "book-whom-means"),
            undo,
            new_patients: (count > 0).then(|| fl!(texts, "book-new-patients", count = count)),
            new_patients_means: fl!(texts, "book-new-patients-means"),
            day: fl!(texts, "book-day"),
            week: fl!(texts, "book-week"),
            day_means: fl!(texts, "book-day-means"),
            week_means: fl!(texts, "book-week-means"),
            patient: fl!(texts, "book-find-patient"),
            patient_means: fl!(texts, "book-find-patient-means"),
            more: fl!(texts, "book-more"),
            more_means: fl!(texts, "book-more-means"),
            status: desk.standing.words.clone(),
            news: (news > 0).then(|| fl!(texts, "sync-bar-news", count = news)),
            status_means,
            status_width: 0.0,
            beside_width: 0.0,
            language: language.name(),
            widths: [0.0; Part::ALL.len()],
            fixed: 0.0,
        };
        bar.measure(book, widths, desk);
        bar
    }

    /// What each part takes beyond what is left of it.
    fn measure(&mut self, book: &AppointmentBook, widths: &Widths, desk: Desk<'_>) {
        let texts = desk.texts;
        let small = |words: &str| widths.of(words, Face::Regular, size::SMALL);
        let usual = desk.standing.usual.iter().map(|words| small(words)).fold(0.0, f32::max);
        let status = small(&self.status);
        let (one, both) = match &self.news {
            None => (status, status),
            Some(news) => {
                let news = widths.of(news, Face::SemiBold, size::SMALL);
                let one = if is_pressing(desk) { status + space::XS + DOT } else { news };
                (one, status + space::XS + small(BETWEEN) + space::XS + news)
            }
        };
        self.status_width = usual.max(one).ceil() + 1.0;
        self.beside_width = (both.ceil() + 1.0 - self.status_width).max(0.0);
        let word = |words: &str| widths.of(words, Face::Regular, size::TEXT) + AROUND_WORD - BUTTON;
        let bold = |words: &str, size: f32| widths.of(words, Face::SemiBold, size);
        let words = |words: &str| widths.of(words, Face::Regular, size::TEXT);
        let heading = &book.shown.heading;
        let short = bold(&heading.short, size::HEADING);
        let shorter = bold(&heading.shorter, size::HEADING);
        let shortest = bold(&heading.shortest, size::HEADING);
        let width = |part| match part {
            Part::Title => bold(&book.shown.words.title, size::TITLE) + GAP,
            Part::Beside => self.beside_width,
            Part::Status => self.status_width + AROUND_STATUS - BUTTON,
            Part::AsPatient => word(&fl!(texts, "book-view-as-patient")),
            Part::Language => word(self.language),
            Part::More => word(&self.more),
            Part::Patient => word(&self.patient),
            Part::Date => bold(&heading.whole, size::HEADING) - short,
            Part::NewPatients => self.new_patients.as_deref().map_or(0.0, word),
            Part::Whom => word(&self.whom) + size::ICON,
            Part::Month => short - shorter,
            Part::Weekday => shorter - shortest,
        };
        let parts = Part::ALL.map(width);
        let turns = 2.0 * BUTTON + words(&book.shown.words.today) + 2.0 * space::M + 2.0 * space::XS;
        let switch = words(&self.day) + words(&self.week) + 4.0 * space::M + space::XS;
        // Patient, undo, more, as a patient, who, the status, language and the gear.
        let icons = 8.0 * BUTTON + self.new_patients.as_ref().map_or(0.0, |_| BUTTON + GAP);
        self.fixed = turns + switch + shortest + icons + 10.0 * GAP + space::M;
        self.widths = parts;
    }

    /// As many parts give way as it takes.
    fn given_way(&self, room: f32) -> Given {
        let needs = |given: usize| self.fixed + self.widths[given..].iter().sum::<f32>();
        Given((0..Part::ALL.len()).find(|given| needs(*given) <= room).unwrap_or(Part::ALL.len()))
    }
}

impl AppointmentBook {
    pub(super) fn bar<'a>(&'a self, desk: Desk<'a>) -> Element<'a, Message> {
        let bar = &self.shown.bar;
        let row = responsive(move |room| {
            let given = bar.given_way(room.width);
            let words = &self.shown.words;
            let title = (!given.has(Part::Title))
                .then(|| text(&words.title).font(theme::SEMIBOLD).size(size::TITLE).wrapping(Wrapping::None));
            let heading = &self.shown.heading;
            let date = [(Part::Date, &heading.whole), (Part::Month, &heading.short), (Part::Weekday, &heading.shorter)];
            let date = date.into_iter().find(|(part, _)| !given.has(*part)).map_or(&heading.shortest, |(_, date)| date);
            let date = text(date).font(theme::SEMIBOLD).size(size::HEADING).wrapping(Wrapping::None);
            let date = container(date).padding([0.0, space::XS]).clip(true).width(Length::Fill);
            row![
                title,
                self.turns(),
                self.switch(),
                date,
                self.new_patients(given).map(|button| explained_by(Topic::NewPatients, button)),
                explained_by(Topic::Whom, self.whom(given)),
                explained_by(Topic::FindPatient, self.find_patient(given)),
                explained_by(Topic::Undo, self.undo(desk)),
                explained_by(Topic::AsPatient, self.as_patient(given)),
                self.more(given),
                explained_by(Topic::Connection, self.status(given, desk)),
                self.language(given),
                push_icon("gear", Icon::Settings, words.settings.clone(), Some(Message::SettingsPressed))
                    .style(theme::secondary),
            ]
            .spacing(if given.has(Part::Weekday) { space::XS } else { GAP })
            .height(theme::CONTROL)
            .align_y(Alignment::Center)
            .into()
        });
        row.height(theme::CONTROL).into()
    }

    fn turns(&self) -> Element<'_, Message> {
        let words = &self.shown.words;
        let (earlier, later) = match self.stretch() {
            Stretch::Day => (&words.day_earlier, &words.day_later),
            Stretch::Week => (&words.week_earlier, &words.week_later),
        };
        let turn = |id, icon, words: &String, turn| {
            push_icon(id, icon, words.clone(), Some(Message::DayTurned(turn))).style(theme::secondary)
        };
        row![
            turn("day-earlier", Icon::ChevronLeft, earlier, Turn::Back),
            push("today", words.today.as_str(), Some(Message::DayTurned(Turn::Today))),
            turn("day-later", Icon::ChevronRight, later, Turn::Forward),
        ]
        .spacing(space::XS)
        .into()
    }

    /// «Dag | Uge».
    fn switch(&self) -> Element<'_, Message> {
        let bar = &self.shown.bar;
        let one = |id, words: &String, hint: &String, stretch| {
            let style = if self.stretch() == stretch { theme::chosen } else { theme::secondary };
            push(id, words.clone(), Some(Message::StretchChosen(stretch))).style(style).hint(hint.clone())
        };
        row![
            one("stretch-day", &bar.day, &bar.day_means, Stretch::Day),
            one("stretch-week", &bar.week, &bar.week_means, Stretch::Week),
        ]
        .spacing(space::XS)
        .into()
    }

    /// Who wait for the clinic's word.
    fn new_patients(&self, given: Given) -> Option<Element<'_, Message>> {
        let bar = &self.shown.bar;
        let words = bar.new_patients.as_ref()?;
        let message = Some(Message::Asked(Asked::OpenNewPatients(None)));
        let hint = named(words, &bar.new_patients_means);
        Some(labelled("new-patients", Icon::UserPlus, words, hint, message, given.has(Part::NewPatients)))
    }

    fn whom(&self, given: Given) -> Element<'_, Message> {
        let bar = &self.shown.bar;
        let button = match given.has(Part::Whom) {
            true => push_icon("whom", Icon::Users, String::new(), Some(())).no_hint().style(theme::secondary),
            false => push("whom", bar.whom.as_str(), Some(())).icon(Icon::Users),
        };
        let button = anchored(button, Message::WhomAsked).key('b');
        hinted(button, bar.whom_means.as_str())
    }

    fn find_patient(&self, given: Given) -> Element<'_, Message> {
        let bar = &self.shown.bar;
        let message = Some(Message::Asked(Asked::FindPatient));
        let hint = bar.patient_means.clone();
        labelled("find-patient", Icon::Search, &bar.patient, hint, message, given.has(Part::Patient))
    }

    fn undo(&self, desk: Desk<'_>) -> Element<'_, Message> {
        let can = desk.undoable.is_some() && desk.editing == Editing::Allowed;
        let message = can.then_some(Message::UndoPressed);
        push_icon("undo", Icon::Undo2, self.shown.bar.undo.clone(), message).style(theme::secondary).into()
    }

    /// Turns the book into what a patient sees, and back.
    fn as_patient(&self, given: Given) -> Element<'_, Message> {
        let words = &self.shown.words;
        let (sign, style, hint): (_, fn(&_, _) -> _, _) = match self.seen_as {
            SeenAs::Patient(_) => (Icon::X, theme::primary, words.leave.clone()),
            SeenAs::Clinic { .. } if given.has(Part::AsPatient) => {
                (Icon::Eye, theme::secondary, named(&words.as_patient, &words.as_patient_means))
            }
            SeenAs::Clinic { .. } => (Icon::Eye, theme::secondary, words.as_patient_means.clone()),
        };
        let message = Some(Message::ViewAsPatientPressed);
        let button = match given.has(Part::AsPatient) {
            false => push(view::AS_PATIENT, words.as_patient.as_str(), message).icon(sign).hint(hint),
            true => push_icon(view::AS_PATIENT, sign, hint, message),
        };
        button.style(style).into()
    }

    /// What is done now and then.
    fn more(&self, given: Given) -> Element<'_, Message> {
        let bar = &self.shown.bar;
        let (button, hint) = match given.has(Part::More) {
            true => {
                let dots = push_icon("more", Icon::Ellipsis, String::new(), Some(())).no_hint();
                (dots.style(theme::secondary), named(&bar.more, &bar.more_means))
            }
            false => (push("more", bar.more.as_str(), Some(())).icon(Icon::Ellipsis), bar.more_means.clone()),
        };
        hinted(anchored(button, Message::MoreAsked), hint)
    }

    /// How it stands with the server; pressed, it tells more.
    fn status<'a>(&'a self, given: Given, desk: Desk<'a>) -> Element<'a, Message> {
        let bar = &self.shown.bar;
        let Standing { sign, tone, .. } = *desk.standing;
        let sign = icon(sign).size(SIGN).style(tone.style());
        let only_sign = given.has(Part::Status);
        let small = |words| text(words).size(size::SMALL).wrapping(Wrapping::None);
        let words = small(bar.status.as_str()).style(tone.style());
        let news = bar.news.as_deref().map(|news| small(news).font(theme::SEMIBOLD));
        let dot = || container(Space::new().width(DOT).height(DOT)).style(theme::dot);
        let beside = if given.has(Part::Beside) { 0.0 } else { bar.beside_width };
        let width = if only_sign { BUTTON } else { bar.status_width + beside + AROUND_STATUS };
        let (face, says_status): (Element<'_, Message>, _) = match news {
            None if only_sign => (container(sign).center_x(Length::Fill).into(), false),
            Some(_) if only_sign => {
                let dot = container(dot()).width(Length::Fill).align_x(Alignment::End).padding([0.0, space::XS]);
                (stack![container(sign).center_x(Length::Fill), dot].into(), false)
            }
            None => (in_line(row![sign, words]), true),
            Some(news) if !given.has(Part::Beside) => {
                (in_line(row![sign, words, small(BETWEEN).style(theme::muted), news]), true)
            }
            // What somebody is to do is said before what is new.
            Some(_) if is_pressing(desk) => (in_line(row![sign, words, dot()]), true),
            Some(news) => (in_line(row![sign, news]), false),
        };
        let face = button(container(face).center_y(Length::Fill))
            .height(theme::CONTROL)
            .width(width)
            .padding([0.0, if only_sign { 0.0 } else { space::XS }])
            .style(theme::quiet)
            .on_press(Message::SynchronisingPressed);
        let face = focusable(face).id(STATUS).on_activate(Message::SynchronisingPressed);
        let hint = if says_status { bar.status_means.clone() } else { format!("{}. {}", bar.status, bar.status_means) };
        hinted(face, hint)
    }

    fn language(&self, given: Given) -> Element<'_, Message> {
        let message = Some(Message::LanguagePressed);
        let words = self.shown.bar.language;
        match given.has(Part::Language) {
            true => push_icon("language", Icon::Languages, words.to_owned(), message).into(),
            false => push("language", words, message).icon(Icon::Languages).style(theme::quiet).into(),
        }
    }
}

fn in_line(face: Row<'_, Message>) -> Element<'_, Message> {
    face.spacing(space::XS).align_y(Alignment::Center).into()
}

/// Whether the status asks somebody to do something.
fn is_pressing(desk: Desk<'_>) -> bool {
    desk.standing.tone == Tone::Wrong
}

/// The hint of a button that may have no word.
fn named(word: &str, means: &str) -> String {
    format!("{word}: {means}")
}

/// A button with a word, or only its icon.
fn labelled<'a>(
    id: &'static str,
    icon: Icon,
    words: &'a str,
    hint: String,
    message: Option<Message>,
    only_icon: bool,
) -> Element<'a, Message> {
    match only_icon {
        true => push_icon(id, icon, hint, message).style(theme::secondary).into(),
        false => push(id, words, message).icon(icon).hint(hint).into(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_parts_give_way_in_their_order() {
        assert!(Part::ALL.iter().enumerate().all(|(place, part)| *part as usize == place));
        assert!(Given(2).has(Part::Language) && !Given(2).has(Part::Beside));
    }
}
