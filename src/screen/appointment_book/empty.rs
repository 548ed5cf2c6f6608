//! What a book says that is still empty: how it is begun.

use aftalebog_booking::Setup;
use aftalebog_texts::{Texts, fl};
use iced::widget::{column, container, text};
use iced::{Center, Element, Fill};
use lucide_icons::Icon;

use super::Message;
use crate::ui::form::{heading, push};
use crate::ui::theme::{self, size, space as gap};
use crate::ui::timetable::Sheet;

/// Nobody works here yet: the book has no columns.
pub fn has_nobody(setup: &Setup) -> bool {
    setup.practitioners.is_empty()
}

/// In the place of the columns: the way to «Behandlere».
pub fn nobody<'a>(texts: &Texts) -> Element<'a, Message> {
    let to_them = push("book-practitioners", fl!(texts, "book-to-practitioners"), Some(Message::PractitionersPressed));
    let told = column![
        heading(fl!(texts, "book-no-practitioners")),
        text(fl!(texts, "book-no-practitioners-why")).size(size::TEXT).style(theme::muted),
        to_them.icon(Icon::UserPlus).style(theme::primary),
    ];
    container(told.spacing(gap::M).align_x(Center)).center(Fill).style(theme::surface).into()
}

/// On days on which somebody works and nothing is booked, how an appointment is made.
pub fn hint<'a>(sheet: &Sheet, texts: &Texts) -> Option<Element<'a, Message>> {
    let works = sheet.columns.iter().any(|column| !column.working.is_empty() && column.closed.is_none());
    let booked = sheet.columns.iter().any(|column| !column.bookings.is_empty());
    let words = (works && !booked).then(|| fl!(texts, "book-first-appointment"))?;
    Some(text(words).size(size::SMALL).style(theme::muted).into())
}
