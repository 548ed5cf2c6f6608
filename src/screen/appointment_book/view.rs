//! The appointment book as it is seen.

use aftalebog_texts::guide::Topic;
use aftalebog_texts::{Texts, fl};
use iced::keyboard::{Key, Modifiers};
use iced::widget::text::Wrapping;
use iced::widget::{Space, button, column, container, responsive, row, scrollable, text};
use iced::{Alignment, Element, Length, Padding};
use lucide_icons::Icon;
use lucide_icons::iced::icon_triangle_alert;

use super::needs::{self, Due, Line, Lines};
use super::{AppointmentBook, Asked, Desk, Message, Read, SeenAs, Stretch, as_patient, empty};
use crate::screen::settings::Editing;
use crate::ui::carry::{carrying, source};
use crate::ui::focus::focusable;
use crate::ui::form::{self, push};
use crate::ui::keys::keys;
use crate::ui::menu::context_area;
use crate::ui::month_calendar::month_calendar;
use crate::ui::theme::{self, size, space};
use crate::ui::timetable::{By, Now, Touch, timetable};
use crate::ui::topic::explained_by;

pub const TIMETABLE: &str = "timetable";
/// The list of needs, to be scrolled by the keyboard.
pub const NEEDS: &str = "needs";
/// The button «Vis som patient».
pub const AS_PATIENT: &str = "view-as-patient";
/// The calendar and what a patient is told, where they have to be scrolled.
pub const PATIENTS_PANEL: &str = "patients-panel";
const PANEL: f32 = 280.0;
/// What is left of it for the words of a need: without the border of the list, the room at both ends and a point
/// for rounding.
pub const NEED: f32 = PANEL - 2.0 * (space::M + 2.0);
/// Wider, though the columns of the day give way to it: the list of patients has a number, a name and a date of birth
/// in a line. The clinic's own book, which is open all day, keeps that room for its appointments.
const PATIENTS_WIDTH: f32 = 336.0;
/// A narrower window shows the clinic the day alone.
const ROOM_FOR_PANEL: f32 = 820.0;
/// In a lower window the calendar and what a patient is told scroll; the latter is as high as this.
const ROOM_FOR_PATIENT: f32 = 620.0;
const PATIENT: f32 = 360.0;

/// The words that are always the same.
#[derive(Debug)]
pub struct Words {
    pub title: String,
    pub today: String,
    pub day_earlier: String,
    pub day_later: String,
    pub week_earlier: String,
    pub week_later: String,
    pub settings: String,
    pub as_patient: String,
    pub as_patient_means: String,
    pub leave: String,
    needs: String,
    needs_none: String,
    overdue: String,
    retry: String,
    put_away: String,
}

impl Words {
    pub fn new(texts: &Texts) -> Self {
        Self {
            title: fl!(texts, "book-title"),
            today: fl!(texts, "book-today"),
            day_earlier: fl!(texts, "book-day-earlier"),
            day_later: fl!(texts, "book-day-later"),
            week_earlier: fl!(texts, "book-week-earlier"),
            week_later: fl!(texts, "book-week-later"),
            settings: fl!(texts, "book-settings"),
            as_patient: fl!(texts, "book-view-as-patient"),
            as_patient_means: fl!(texts, "book-view-means"),
            leave: fl!(texts, "book-view-leave"),
            needs: fl!(texts, "book-needs"),
            needs_none: fl!(texts, "book-needs-none"),
            overdue: fl!(texts, "book-need-overdue"),
            retry: fl!(texts, "book-retry"),
            put_away: fl!(texts, "cancel"),
        }
    }
}

impl AppointmentBook {
    pub fn view<'a>(&'a self, desk: Desk<'a>) -> Element<'a, Message> {
        let Desk { setup, texts, editing, .. } = desk;
        let parts = responsive(move |room| {
            let patient = matches!(self.seen_as, SeenAs::Patient(_));
            let panel = (patient || room.width >= ROOM_FOR_PANEL).then(|| self.panel(texts, room.height));
            let day = if empty::has_nobody(setup) { empty::nobody(texts) } else { self.timetable(editing) };
            row![day, panel].spacing(space::M).into()
        });
        let failed = match &self.booked {
            Read::Failed { words, .. } => Some(self.failed(words, Message::BookedRetryPressed)),
            Read::Waiting | Read::Done(_) => None,
        };
        // What comes and goes stands in a part of its own, so that the timetable keeps its place and with it its state.
        let told = [failed, self.taken_up()].into_iter().flatten();
        let told = column(told.map(|told| container(told).padding(Padding::ZERO.bottom(space::M)).into()));
        let bar = container(self.bar(desk)).padding(Padding::ZERO.bottom(space::M));
        let book = column![bar, told, parts].padding([space::M, space::L]);
        let book = container(book).width(Length::Fill).height(Length::Fill).style(theme::background);
        let held = self.taken_up.as_ref().filter(|taken| taken.carried.by == By::Pointer);
        keys(carrying(book, held.map(|taken| taken.carried.title.as_str())), book_key)
    }

    /// What is to be done with what was taken up, and the way to leave it.
    fn taken_up(&self) -> Option<Element<'_, Message>> {
        let taken = self.taken_up.as_ref().filter(|taken| taken.carried.by == By::Keys)?;
        let told = text(&taken.told).size(size::TEXT).width(Length::Fill);
        let leave = push("put-away", self.shown.words.put_away.as_str(), Some(Message::PutAwayPressed));
        let line =
            row![form::icon(Icon::Move), told, Element::from(leave)].spacing(space::S).align_y(Alignment::Center);
        Some(container(line).padding([space::XS, space::M]).style(theme::mode).into())
    }

    fn timetable(&self, editing: Editing) -> Element<'_, Message> {
        let now = Now { date: self.clock.today, minute: self.clock.minute };
        let offers = match &self.seen_as {
            SeenAs::Patient(patient) => Some(patient.offers()),
            SeenAs::Clinic { .. } => None,
        };
        let touch = match editing {
            Editing::Allowed => Touch::Changes,
            Editing::ReadOnly => Touch::OnlyLooks,
        };
        let timetable = timetable(&self.shown.sheet, now, Message::Gestured)
            .day(self.day)
            .chosen(self.chosen)
            .led_to(self.led_to)
            .carried(self.taken_up.as_ref().map(|taken| &taken.carried))
            .touch(touch)
            .as_patient(offers, |spot| Message::AsPatient(as_patient::Message::TimeAsked(spot)))
            .id(TIMETABLE);
        explained_by(self.topic(), timetable)
    }

    /// What explains what is done in the timetable just now.
    fn topic(&self) -> Topic {
        match (&self.seen_as, &self.taken_up) {
            (SeenAs::Patient(_), _) => Topic::AsPatient,
            (SeenAs::Clinic { .. }, Some(_)) => Topic::Moving,
            (SeenAs::Clinic { .. }, None) => Topic::ByKeyboard,
        }
    }

    fn panel<'a>(&'a self, texts: &'a Texts, height: f32) -> Element<'a, Message> {
        let month = month_calendar(&self.shown.month, self.day, self.clock.today, Message::CalendarAsked);
        let month = container(month).padding(space::S).style(theme::surface);
        match &self.seen_as {
            SeenAs::Clinic { .. } => {
                column![month, explained_by(Topic::Need, self.needs(texts))].spacing(space::M).width(PANEL).into()
            }
            SeenAs::Patient(patient) => {
                let below = explained_by(Topic::AsPatient, patient.panel(texts).map(Message::AsPatient));
                let panel =
                    |height| column![month, container(below).height(height)].spacing(space::M).width(PATIENTS_WIDTH);
                if height >= ROOM_FOR_PATIENT {
                    return panel(Length::Fill).into();
                }
                let bar = scrollable::Scrollbar::new().width(8).scroller_width(6).spacing(space::XS);
                scrollable(panel(Length::Fixed(PATIENT)))
                    .id(PATIENTS_PANEL)
                    .direction(scrollable::Direction::Vertical(bar))
                    .style(theme::scroll)
                    .into()
            }
        }
    }

    fn needs<'a>(&'a self, texts: &Texts) -> Element<'a, Message> {
        let words = &self.shown.words;
        let lines = &self.shown.needs;
        let title = text(&words.needs).font(theme::SEMIBOLD).size(size::HEADING).width(Length::Fill);
        let count = (lines.all > 0).then(|| text(lines.all).size(size::SMALL).style(theme::muted));
        let head = container(row![title, count].align_y(Alignment::Center)).padding([space::S, space::M]);
        let list: Element<'a, Message> = match &self.needs {
            Read::Failed { words, .. } => {
                let failed = container(self.failed(words, Message::NeedsRetryPressed)).padding(space::S);
                column![failed].push((lines.all > 0).then(|| self.list(lines))).into()
            }
            Read::Done(_) if lines.all == 0 => {
                let none = text(&words.needs_none).size(size::TEXT).style(theme::muted);
                let none = column![none].push(empty::hint(&self.shown.sheet, texts)).spacing(space::S);
                container(none).padding([space::S, space::M]).into()
            }
            _ => self.list(lines),
        };
        let rule = container(Space::new().width(Length::Fill).height(1)).style(theme::divider);
        container(column![head, rule, list])
            .padding(1)
            .width(Length::Fill)
            .height(Length::Fill)
            .style(theme::surface)
            .into()
    }

    fn list<'a>(&'a self, lines: &'a Lines) -> Element<'a, Message> {
        let after = lines.all - lines.first - lines.seen.len();
        let above = Space::new().height(lines.first as f32 * needs::LINE);
        let below = Space::new().height(after as f32 * needs::LINE);
        let seen = lines.seen.iter().map(|line| self.need(line));
        let list = scrollable(column![above, column(seen), below].width(Length::Fill))
            .id(NEEDS)
            .width(Length::Fill)
            .height(Length::Fill)
            .direction(scrollable::Direction::Vertical(scrollable::Scrollbar::new().width(8).scroller_width(6)))
            .style(theme::scroll)
            .on_scroll(|seen| {
                let sight = needs::Sight { offset: seen.absolute_offset().y, height: seen.bounds().height };
                Message::NeedsScrolled(sight)
            });
        let list = focusable(list)
            .id("needs-list")
            .on_key(|key, modifiers| needs::command(key, modifiers).map(Message::NeedCommanded));
        context_area(list, |at| Message::NeedMenuAsked(None, at)).into()
    }

    fn need<'a>(&'a self, line: &'a Line) -> Element<'a, Message> {
        let code = text(&line.code).font(theme::SEMIBOLD).size(size::TEXT).wrapping(Wrapping::None);
        let patient = text(&line.patient).size(size::TEXT).wrapping(Wrapping::None);
        let overdue = (line.due == Due::Overdue).then(|| {
            let icon = icon_triangle_alert().size(size::SMALL).style(theme::warning);
            let word = text(&self.shown.words.overdue).size(size::SMALL).style(theme::warning);
            row![icon, word].spacing(space::XS).align_y(Alignment::Center)
        });
        let details = text(&line.details).size(size::SMALL).style(theme::muted).wrapping(Wrapping::None);
        let details = container(details).width(Length::Fill).clip(true);
        let details = row![details, overdue].spacing(space::S).align_y(Alignment::Center);
        let lines = column![row![code, patient].spacing(space::S), details].spacing(2);
        let rule = container(Space::new().width(Length::Fill).height(1)).style(theme::divider);
        let lines = container(lines).clip(true).padding([0.0, space::M]).center_y(Length::Fill);
        let id = line.id;
        let is_chosen = self.chosen_need == Some(id);
        let line =
            container(column![lines, rule].height(needs::LINE)).style(move |theme| theme::list_row(theme, is_chosen));
        let line = source(line, Message::NeedPressed(id), Message::NeedOpened(id), Message::NeedLifted(id));
        context_area(line, move |at| Message::NeedMenuAsked(Some(id), at)).into()
    }

    /// What could not be read, and the way to try it again.
    fn failed<'a>(&'a self, words: &'a str, again: Message) -> Element<'a, Message> {
        let retry =
            button(text(&self.shown.words.retry).size(size::TEXT)).style(theme::secondary).on_press(again.clone());
        let retry = focusable(retry).on_activate(again);
        let icon = icon_triangle_alert().size(size::ICON).style(theme::bad);
        let line = row![icon, text(words).size(size::TEXT).width(Length::Fill), retry];
        container(line.spacing(space::S).align_y(Alignment::Center)).padding(space::S).style(theme::notice).into()
    }
}

/// What the keys do wherever the focus is in the book.
fn book_key(key: &Key, modifiers: Modifiers) -> Option<Message> {
    let Key::Character(letter) = key.as_ref() else { return None };
    if modifiers != Modifiers::CTRL {
        return None;
    }
    match letter {
        "f" | "F" => Some(Message::Asked(Asked::FindPatient)),
        "z" | "Z" => Some(Message::UndoPressed),
        "1" => Some(Message::StretchChosen(Stretch::Day)),
        "2" => Some(Message::StretchChosen(Stretch::Week)),
        _ => None,
    }
}
