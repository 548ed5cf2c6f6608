//! «Behandlere»: who works here, and with whom patients can book.

use aftalebog_booking::bounded::{Code, Detail, Name, NotALine};
use aftalebog_booking::proposal::{self, DENTIST, TITLES, sees_patients_online};
use aftalebog_texts::{Texts, fl};
use iced::keyboard::{self, Modifiers, key::Named};
use iced::widget::{Id, button, column, container, row, space, text};
use iced::{Center, Element, Fill, Padding, Task};
use lucide_icons::Icon;

use super::hours::Person;
use crate::ui::focus::{self, focusable};
use crate::ui::form::{BELOW_FIELD, SENTENCE, Sentence, field, hinted, icon, push, push_icon, tick, under};
use crate::ui::keys::keys;
use crate::ui::theme::{self, Standing, size, space as gap};

pub const FIRST: &str = "new-staff-name-0";

const INITIALS: f32 = 80.0;
const TITLE: f32 = 176.0;
const TICK: f32 = 72.0;
/// What stands to the right of the initials, but for the gap.
const AFTER_INITIALS: f32 = TITLE + gap::XS + 2.0 * TICK + 2.0 * theme::CONTROL + 3.0 * gap::S;
/// What stands to the right of the name, but for the gap.
const AFTER_NAME: f32 = INITIALS + gap::S + AFTER_INITIALS;

pub struct StaffStep {
    rows: Vec<Row>,
    /// Which row's title is being chosen from the list.
    choosing: Option<usize>,
    /// «Næste» was pressed: what is missing is said.
    tried: bool,
    /// The next row's.
    key: Key,
}

/// Who a row is, whatever is written in it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Key(u32);

struct Row {
    key: Key,
    name: String,
    initials: String,
    initials_by: By,
    title: String,
    registered: bool,
    takes_new_patients: bool,
    ticks_by: By,
    /// The field that is wrong, and why.
    fault: Option<(Field, String)>,
    sentence: Sentence,
}

/// Who has filled in a field: what a person has written stays.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum By {
    Proposal,
    Person,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Field {
    Name,
    Initials,
    Title,
}

#[derive(Clone, Debug)]
pub enum Message {
    Typed(usize, Field, String),
    RegisteredTicked(usize, bool),
    TakesNewPatientsTicked(usize, bool),
    /// The list of titles is opened, or closed again.
    TitlesPressed(usize),
    TitleChosen(usize, &'static str),
    Added,
    Removed(Key),
}

impl Message {
    fn row(&self) -> Option<usize> {
        match self {
            Self::Typed(row, ..)
            | Self::RegisteredTicked(row, _)
            | Self::TakesNewPatientsTicked(row, _)
            | Self::TitlesPressed(row)
            | Self::TitleChosen(row, _) => Some(*row),
            Self::Added | Self::Removed(_) => None,
        }
    }
}

/// What a row comes to.
pub struct Answer {
    pub initials: Code,
    pub name: Name,
    pub title: Detail,
    pub registered: bool,
    pub takes_new_patients: bool,
}

impl Field {
    fn id(self, row: usize) -> Id {
        match self {
            Self::Name => format!("new-staff-name-{row}"),
            Self::Initials => format!("new-staff-initials-{row}"),
            Self::Title => format!("new-staff-title-{row}"),
        }
        .into()
    }
}

impl Default for StaffStep {
    fn default() -> Self {
        Self { rows: vec![Row::new(Key(0))], choosing: None, tried: false, key: Key(1) }
    }
}

impl Row {
    fn new(key: Key) -> Self {
        Self {
            key,
            name: String::new(),
            initials: String::new(),
            initials_by: By::Proposal,
            title: DENTIST.to_owned(),
            registered: true,
            takes_new_patients: true,
            ticks_by: By::Proposal,
            fault: None,
            sentence: Sentence::none(),
        }
    }

    /// Nothing is written in it that would be missed.
    fn is_blank(&self) -> bool {
        self.name.trim().is_empty() && self.initials.trim().is_empty()
    }

    fn set_title(&mut self, title: String) {
        if self.ticks_by == By::Proposal {
            let online = sees_patients_online(&title);
            (self.registered, self.takes_new_patients) = (online, online);
        }
        self.title = title;
    }
}

impl StaffStep {
    pub fn refresh(&mut self, texts: &Texts) {
        for index in 0..self.rows.len() {
            let fault = self.fault_of(index, texts);
            let row = &mut self.rows[index];
            row.sentence = fault.as_ref().map_or_else(Sentence::none, |(_, words)| Sentence::Refuses(words.clone()));
            row.fault = fault;
        }
    }

    pub fn update(&mut self, message: Message) -> Task<Message> {
        // The row may have been removed since the message was sent.
        if message.row().is_some_and(|row| row >= self.rows.len()) {
            return Task::none();
        }
        match message {
            Message::Typed(index, field, typed) => {
                self.typed(index, field, typed);
                Task::none()
            }
            Message::RegisteredTicked(index, ticked) => {
                let row = &mut self.rows[index];
                (row.registered, row.ticks_by) = (ticked, By::Person);
                Task::none()
            }
            Message::TakesNewPatientsTicked(index, ticked) => {
                let row = &mut self.rows[index];
                (row.takes_new_patients, row.ticks_by) = (ticked, By::Person);
                Task::none()
            }
            Message::TitlesPressed(index) if self.choosing == Some(index) => {
                self.close_list().unwrap_or_else(Task::none)
            }
            Message::TitlesPressed(index) => {
                self.choosing = Some(index);
                focus::set(title_id(0))
            }
            Message::TitleChosen(index, title) => {
                self.choosing = None;
                self.rows[index].set_title(title.to_owned());
                focus::set(Field::Title.id(index))
            }
            Message::Added => {
                self.choosing = None;
                self.rows.push(Row::new(self.key));
                self.key = Key(self.key.0 + 1);
                focus::set(Field::Name.id(self.rows.len() - 1))
            }
            Message::Removed(key) => {
                self.choosing = None;
                // A second press may come before the row is seen to be gone.
                let Some(index) = self.rows.iter().position(|row| row.key == key) else { return Task::none() };
                let _row = self.rows.remove(index);
                if self.rows.is_empty() {
                    return self.update(Message::Added);
                }
                focus::set(Field::Name.id(index.min(self.rows.len() - 1)))
            }
        }
    }

    fn typed(&mut self, index: usize, field: Field, typed: String) {
        let others = self.rows.iter().enumerate().filter(|(other, _)| *other != index);
        let taken: Vec<&str> = others.map(|(_, row)| row.initials.as_str()).collect();
        let proposed = (field == Field::Name).then(|| proposal::initials(&typed, &taken));
        let row = &mut self.rows[index];
        match field {
            Field::Name => {
                row.name = typed;
                if let (By::Proposal, Some(proposed)) = (row.initials_by, proposed) {
                    row.initials = proposed;
                }
            }
            Field::Initials => {
                row.initials_by = if typed.is_empty() { By::Proposal } else { By::Person };
                row.initials = typed;
            }
            Field::Title => row.set_title(typed),
        }
    }

    /// The list of titles closes, and its field has the focus; `None`: no list is open.
    pub fn close_list(&mut self) -> Option<Task<Message>> {
        let index = self.choosing.take()?;
        Some(focus::set(Field::Title.id(index)))
    }

    pub fn is_edited(&self) -> bool {
        self.rows.iter().any(|row| !row.is_blank() || row.title != DENTIST || row.ticks_by == By::Person)
    }

    pub fn people(&self) -> Vec<Person> {
        let named = self.rows.iter().filter(|row| !row.is_blank());
        named.map(|row| Person { key: row.key, initials: row.initials.trim().to_owned() }).collect()
    }

    /// The first field that is wrong. From now on what is missing is said.
    pub fn fault(&mut self) -> Option<Id> {
        self.tried = true;
        self.answer().err()
    }

    /// Rows in which nothing is written are passed over, but not all of them.
    pub fn answer(&self) -> Result<Vec<(Key, Answer)>, Id> {
        let rows: Vec<usize> = (0..self.rows.len()).filter(|index| !self.rows[*index].is_blank()).collect();
        if rows.is_empty() {
            return Err(FIRST.into());
        }
        rows.into_iter().map(|index| Ok((self.rows[index].key, self.answer_of(index)?))).collect()
    }

    fn answer_of(&self, index: usize) -> Result<Answer, Id> {
        let row = &self.rows[index];
        let wrong = |field: Field| move |_: NotALine| field.id(index);
        let name = Name::new(&row.name).map_err(wrong(Field::Name))?;
        let initials = Code::new(&row.initials).map_err(wrong(Field::Initials))?;
        if self.is_taken(index) {
            return Err(Field::Initials.id(index));
        }
        let title = Detail::new(&row.title).map_err(wrong(Field::Title))?;
        let Row { registered, takes_new_patients, .. } = *row;
        Ok(Answer { initials, name, title, registered, takes_new_patients })
    }

    /// An earlier row has the same initials.
    fn is_taken(&self, index: usize) -> bool {
        let same = |one: &Row, other: &Row| one.initials.trim().to_lowercase() == other.initials.trim().to_lowercase();
        let row = &self.rows[index];
        !row.initials.trim().is_empty() && self.rows[..index].iter().any(|earlier| same(earlier, row))
    }

    /// What is wrong in a row, in words. What is missing is only said once somebody wants to go on.
    fn fault_of(&self, index: usize, texts: &Texts) -> Option<(Field, String)> {
        let row = &self.rows[index];
        if row.is_blank() {
            let nobody = self.tried && index == 0 && self.rows.iter().all(Row::is_blank);
            return nobody.then(|| (Field::Name, fl!(texts, "new-staff-nobody")));
        }
        let missing = |field, words: String| self.tried.then_some((field, words));
        match Name::new(&row.name) {
            Err(NotALine::Missing) => return missing(Field::Name, fl!(texts, "new-staff-name-missing")),
            Err(fault) => return Some((Field::Name, texts.not_a_line(fault))),
            Ok(_) => {}
        }
        match Code::new(&row.initials) {
            Err(NotALine::Missing) => return missing(Field::Initials, fl!(texts, "new-staff-initials-missing")),
            Err(fault) => return Some((Field::Initials, texts.not_a_line(fault))),
            Ok(_) if self.is_taken(index) => {
                let initials = row.initials.trim();
                return Some((Field::Initials, fl!(texts, "new-staff-initials-taken", initials = initials)));
            }
            Ok(_) => {}
        }
        Detail::new(&row.title).err().map(|fault| (Field::Title, texts.not_a_line(fault)))
    }

    pub fn view<'a>(&'a self, texts: &'a Texts) -> Element<'a, Message> {
        let head = row![
            text(fl!(texts, "new-staff-name")).width(Fill),
            text(fl!(texts, "new-staff-initials")).width(INITIALS),
            text(fl!(texts, "new-staff-title")).width(TITLE + theme::CONTROL + gap::XS),
            text(fl!(texts, "clinic-registered")).width(TICK),
            text(fl!(texts, "clinic-takes-new")).width(TICK),
            space().width(theme::CONTROL),
        ]
        .spacing(gap::S)
        .height(20);
        let rows = (0..self.rows.len()).map(|index| self.row(index, texts));
        let explained = text(fl!(texts, "clinic-ticks-explained")).size(size::SMALL).style(theme::muted);
        let add = push("new-staff-add", fl!(texts, "new-staff-add"), Some(Message::Added))
            .icon(Icon::Plus)
            .hint(fl!(texts, "new-staff-add-hint"));
        let step = column![head, column(rows).spacing(2), row![add, explained].spacing(gap::L).align_y(Center)];
        keys(step.spacing(gap::S), |key, modifiers: Modifiers| match key {
            keyboard::Key::Named(Named::Insert) if modifiers.is_empty() => Some(Message::Added),
            _ => None,
        })
    }

    fn row<'a>(&'a self, index: usize, texts: &'a Texts) -> Element<'a, Message> {
        let of = &self.rows[index];
        let input = |field_of: Field, value: &'a str| {
            let refused = of.fault.as_ref().is_some_and(|(wrong, _)| *wrong == field_of);
            let standing = if refused { Standing::Refused } else { Standing::Good };
            field(field_of.id(index), "", value, standing, Some(move |typed| Message::Typed(index, field_of, typed)))
        };
        let registered = move |ticked| Message::RegisteredTicked(index, ticked);
        let takes_new = of.registered.then_some(move |ticked| Message::TakesNewPatientsTicked(index, ticked));
        let takes_new = tick(format!("new-staff-takes-new-{index}"), "", of.takes_new_patients, takes_new);
        let takes_new =
            if of.registered { takes_new } else { hinted(takes_new, fl!(texts, "clinic-takes-new-asleep")) };
        let titles = if self.choosing == Some(index) {
            open_list(index)
        } else {
            push_icon(
                titles_id(index),
                Icon::ChevronDown,
                fl!(texts, "new-staff-titles"),
                Some(Message::TitlesPressed(index)),
            )
            .into()
        };
        let remove = push_icon(
            format!("new-staff-remove-{index}"),
            Icon::X,
            fl!(texts, "new-staff-remove"),
            Some(Message::Removed(of.key)),
        );
        let fields = row![
            input(Field::Name, &of.name).width(Fill),
            input(Field::Initials, &of.initials).width(INITIALS),
            row![input(Field::Title, &of.title).width(TITLE), titles].spacing(gap::XS),
            container(tick(format!("new-staff-registered-{index}"), "", of.registered, Some(registered))).width(TICK),
            container(takes_new).width(TICK),
            remove,
        ];
        let below: Element<'a, Message> = if self.choosing == Some(index) {
            let choice = |(place, title)| {
                push(title_id(place), title, Some(Message::TitleChosen(index, title)))
                    .style(theme::quiet)
                    .width(Fill)
                    .into()
            };
            let choices = container(column(TITLES.into_iter().enumerate().map(choice))).width(TITLE);
            let choices = container(choices.padding(gap::XS).style(theme::raised)).width(AFTER_INITIALS);
            row![space::horizontal(), choices].padding(Padding::ZERO.bottom(gap::XS)).into()
        } else {
            // Under its own field.
            let under = container(under(&of.sentence)).height(SENTENCE);
            match of.fault {
                Some((Field::Initials | Field::Title, _)) => row![space::horizontal(), under.width(AFTER_NAME)].into(),
                _ => under.into(),
            }
        };
        column![fields.spacing(gap::S).align_y(Center), below].spacing(BELOW_FIELD).into()
    }
}

/// The button while its list is open: without its hint, which would lie over the list.
fn open_list<'a>(index: usize) -> Element<'a, Message> {
    let face = button(container(icon(Icon::ChevronUp)).center(Fill))
        .width(theme::CONTROL)
        .height(theme::CONTROL)
        .padding(0)
        .style(theme::chosen)
        .on_press(Message::TitlesPressed(index));
    focusable(face).id(titles_id(index)).on_activate(Message::TitlesPressed(index)).into()
}

fn titles_id(index: usize) -> Id {
    format!("new-staff-titles-{index}").into()
}

fn title_id(place: usize) -> Id {
    format!("new-staff-title-choice-{place}").into()
}
