//! «Klinik indstillinger»: who takes part, who takes new patients, in which order patients see
//! them, and what patients read of the clinic.

use aftalebog_booking::bounded::{Detail, Line, Name, NotALine};
use aftalebog_booking::contact::ReachedBy;
use aftalebog_booking::leaving;
use aftalebog_booking::record::{Clinic, Entry, Practitioner, Service};
use aftalebog_booking::setting::Setting;
use aftalebog_booking::{Id, Write};
use aftalebog_texts::guide::Topic;
use aftalebog_texts::{Texts, fl};
use iced::keyboard::{Key, key::Named};
use iced::widget::{column, container, row, text};
use iced::{Center, Element, Fill, Padding, Task};
use lucide_icons::Icon;

use super::Situation;
use super::form::{Elsewhere, Face, Form, Next, Pressed};
use crate::ui::focus;
use crate::ui::form::{Sentence, field, heading, hinted, labelled, push_icon, tick, under};
use crate::ui::reorder::{self, Reorder};
use crate::ui::theme::{self, size, space as gap};
use crate::ui::topic::explained_by;

pub struct ClinicForm {
    pub(super) form: Form,
    opened: Opened,
    draft: Draft,
    reorder: Reorder,
    /// OK has been pressed: what nobody can be reached by is said as well, and not while it is half typed.
    tried: bool,
    /// For patients and new patients, in words.
    order: Sentence,
    new_patients: Sentence,
    /// In the order of [`Field::ALL`].
    sentences: Vec<Sentence>,
}

struct Opened {
    clinic: Entry<Clinic>,
    service: Entry<Service>,
    /// All of them; those who work here no more are not in the draft.
    practitioners: Vec<Entry<Practitioner>>,
    draft: Draft,
}

#[derive(Clone, Debug, PartialEq, Eq)]
struct Draft {
    practitioners: Vec<Row>,
    name: String,
    address: String,
    phone: String,
    email: String,
    greeting: String,
    closed_text: String,
}

#[derive(Clone, Debug, PartialEq, Eq)]
struct Row {
    id: Id<Practitioner>,
    initials: String,
    name: String,
    registered: bool,
    takes_new_patients: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Field {
    Name,
    Address,
    Phone,
    Email,
    Greeting,
    ClosedText,
}

impl Field {
    const ALL: [Self; 6] = [Self::Name, Self::Address, Self::Phone, Self::Email, Self::Greeting, Self::ClosedText];

    const fn id(self) -> &'static str {
        match self {
            Self::Name => "clinic-name",
            Self::Address => "clinic-address",
            Self::Phone => "clinic-phone",
            Self::Email => "clinic-email",
            Self::Greeting => "clinic-greeting",
            Self::ClosedText => "clinic-closed-text",
        }
    }

    const fn reached_by(self) -> Option<ReachedBy> {
        match self {
            Self::Phone => Some(ReachedBy::Telephone),
            Self::Email => Some(ReachedBy::Email),
            Self::Name | Self::Address | Self::Greeting | Self::ClosedText => None,
        }
    }
}

#[derive(Clone, Debug)]
pub enum Message {
    RegisteredTicked(usize, bool),
    TakesNewPatientsTicked(usize, bool),
    Reordered(reorder::Message),
    Typed(Field, String),
    Pressed(Pressed),
}

pub enum Action {
    None,
    Run(Task<Message>),
    Save(Vec<Write>),
    Close,
}

impl ClinicForm {
    pub fn new(situation: &Situation<'_>) -> Self {
        let setup = situation.setup;
        let clinic = setup.clinic.clone();
        let service = setup.service.clone();
        let practitioners = setup.practitioners.clone();
        let draft = Draft {
            practitioners: setup.staff().map(Row::of).collect(),
            name: clinic.value.name.to_string(),
            address: clinic.value.address.to_string(),
            phone: clinic.value.phone.to_string(),
            email: clinic.value.email.to_string(),
            greeting: clinic.value.greeting.to_string(),
            closed_text: service.value.closed_text.as_ref().map(Detail::to_string).unwrap_or_default(),
        };
        let mut form = Self {
            opened: Opened { clinic, service, practitioners, draft: draft.clone() },
            draft,
            reorder: Reorder::default(),
            tried: false,
            form: Form::default(),
            order: Sentence::none(),
            new_patients: Sentence::none(),
            sentences: Vec::new(),
        };
        form.refresh(situation);
        form
    }

    /// Says again what the ticks and the order mean.
    pub fn refresh(&mut self, situation: &Situation<'_>) {
        let texts = situation.texts;
        let Opened { clinic, service, practitioners, .. } = &self.opened;
        let setup = situation.setup;
        let same = *clinic == setup.clinic && service.value.closed_text == setup.service.value.closed_text;
        let elsewhere = (!same || *practitioners != setup.practitioners).then_some(Elsewhere::Changed);
        self.form.elsewhere(elsewhere);
        let rows = || self.draft.practitioners.iter().filter(|row| row.registered);
        let names = |rows: Vec<&Row>| rows.iter().map(|row| row.initials.as_str()).collect::<Vec<_>>().join(", ");
        let registered = names(rows().collect());
        self.order = match registered.as_str() {
            "" => Sentence::Warns(fl!(texts, "clinic-nobody-registered")),
            registered => Sentence::Means(fl!(texts, "clinic-order-means", initials = registered)),
        };
        let open = names(rows().filter(|row| row.takes_new_patients).collect());
        self.new_patients = Sentence::Means(match open.as_str() {
            "" => fl!(texts, "clinic-no-new-patients"),
            open => fl!(texts, "clinic-new-patients-mean", initials = open),
        });
        self.sentences = Field::ALL.map(|field| self.sentence(field, texts)).into();
    }

    /// The control of a setting that stands in this dialog. One that is greyed is woken by the tick
    /// beside it.
    pub fn field_of(&self, setting: Setting) -> Option<iced::widget::Id> {
        let row = |id| self.draft.practitioners.iter().enumerate().find(|(_, row)| row.id == id);
        match setting {
            Setting::ClinicPhone => Some(Field::Phone.id().into()),
            Setting::ClinicEmail => Some(Field::Email.id().into()),
            Setting::Registered(id) => row(id).map(|(index, _)| registered_id(index).into()),
            Setting::TakesNewPatients(id) => {
                row(id).map(
                    |(index, row)| {
                        if row.registered { takes_new_id(index).into() } else { registered_id(index).into() }
                    },
                )
            }
            Setting::Service
            | Setting::SelfRegistration
            | Setting::Practitioners
            | Setting::Deactivated(_)
            | Setting::OnlineType(..)
            | Setting::AppointmentTypes
            | Setting::NotSetUp(_)
            | Setting::Hours(_)
            | Setting::Closure(_)
            | Setting::PublicHolidays => None,
        }
    }

    pub fn update(&mut self, message: Message, situation: &Situation<'_>) -> Action {
        let action = match message {
            Message::RegisteredTicked(row, ticked) => {
                self.draft.practitioners[row].registered = ticked;
                Action::None
            }
            Message::TakesNewPatientsTicked(row, ticked) => {
                self.draft.practitioners[row].takes_new_patients = ticked;
                Action::None
            }
            Message::Reordered(message) => self.reordered(message),
            Message::Typed(field, typed) => {
                *self.draft.text(field) = typed;
                Action::None
            }
            Message::Pressed(Pressed::Cancel) if self.reorder.is_dragging() => {
                self.reorder.cancel();
                Action::None
            }
            Message::Pressed(pressed) => match self.form.pressed(pressed, self.is_edited(), situation.editing) {
                Next::Nothing => Action::None,
                Next::Save => self.save(),
                Next::Close => Action::Close,
            },
        };
        self.refresh(situation);
        action
    }

    pub fn is_edited(&self) -> bool {
        self.draft != self.opened.draft
    }

    fn reordered(&mut self, message: reorder::Message) -> Action {
        let Some(moved) = self.reorder.update(message, self.draft.practitioners.len()) else {
            return Action::None;
        };
        let row = self.draft.practitioners.remove(moved.from);
        self.draft.practitioners.insert(moved.to, row);
        Action::Run(focus::set(row_id(moved.to)))
    }

    fn save(&mut self) -> Action {
        match self.writes() {
            Err(field) => {
                self.tried = true;
                Action::Run(focus::set(field.id()))
            }
            Ok(writes) if writes.is_empty() => Action::Close,
            Ok(writes) => {
                self.form.begin();
                Action::Save(writes)
            }
        }
    }

    /// What was edited, or the first field that is wrong.
    fn writes(&self) -> Result<Vec<Write>, Field> {
        let Draft { practitioners, name, address, phone, email, greeting, closed_text } = &self.draft;
        let detail = |typed: &str, field| match Detail::new(typed) {
            Ok(detail) if self.reaches_nobody(field).is_none() || self.is_as_opened(field) => Ok(detail),
            _ => Err(field),
        };
        let clinic = Clinic {
            name: Name::new(name).map_err(|_| Field::Name)?,
            address: detail(address, Field::Address)?,
            phone: detail(phone, Field::Phone)?,
            email: detail(email, Field::Email)?,
            greeting: detail(greeting, Field::Greeting)?,
            ..self.opened.clinic.value.clone()
        };
        let closed_text = detail(closed_text, Field::ClosedText)?;
        let closed_text = (!closed_text.as_str().is_empty()).then_some(closed_text);
        let service = Service { closed_text, ..self.opened.service.value.clone() };
        let mut writes: Vec<Write> = Vec::new();
        writes.extend(Write::edit(&self.opened.clinic, &clinic));
        writes.extend(Write::edit(&self.opened.service, &service));
        let order = |draft: &Draft| draft.practitioners.iter().map(|row| row.id).collect::<Vec<_>>();
        let (shown, reordered) = (order(&self.draft), order(&self.draft) != order(&self.opened.draft));
        for (before, place) in leaving::in_order(&self.opened.practitioners, &shown) {
            let mut after = before.value.clone();
            if reordered {
                after.position = place;
            }
            if let Some(row) = practitioners.iter().find(|row| row.id == before.id) {
                (after.registered, after.takes_new_patients) = (row.registered, row.takes_new_patients);
            }
            writes.extend(Write::edit(before, &after));
        }
        Ok(writes)
    }

    fn sentence(&self, field: Field, texts: &Texts) -> Sentence {
        match (self.draft.sentence(field, texts), self.reaches_nobody(field)) {
            (fault @ Sentence::Refuses(_), _) => fault,
            (_, Some(by)) if self.is_as_opened(field) => Sentence::Warns(texts.reaches_nobody(by)),
            (_, Some(by)) if self.tried => Sentence::Refuses(texts.reaches_nobody(by)),
            (sentence, _) => sentence,
        }
    }

    /// What the field should be, where the clinic can be reached by nobody with what is typed.
    fn reaches_nobody(&self, field: Field) -> Option<ReachedBy> {
        field.reached_by().filter(|by| !by.takes(self.draft.get(field)))
    }

    /// What an older program has saved keeps nothing else from being saved.
    fn is_as_opened(&self, field: Field) -> bool {
        self.draft.get(field).trim() == self.opened.draft.get(field)
    }

    pub fn view<'a>(&'a self, situation: &Situation<'a>) -> Vec<Element<'a, Message>> {
        let texts = situation.texts;
        let body = column![
            self.practitioners(texts),
            heading(fl!(texts, "clinic-shown-to-patients")),
            explained_by(Topic::ShownToPatients, self.fields(texts))
        ]
        .spacing(gap::M);
        let face = Face {
            name: "clinic",
            topic: Topic::Clinic,
            title: fl!(texts, "clinic-settings"),
            width: 760.0,
            body: body.into(),
            first: "clinic-registered-0",
            enter: None,
            leaving: None,
        };
        self.form.layers(situation, face, Message::Pressed)
    }

    fn practitioners<'a>(&'a self, texts: &'a Texts) -> Element<'a, Message> {
        let head = row![
            text(fl!(texts, "clinic-practitioner")).width(Fill),
            text(fl!(texts, "clinic-registered")).width(80),
            text(fl!(texts, "clinic-takes-new")).width(80),
            text(fl!(texts, "clinic-order")).width(2.0 * theme::CONTROL + gap::S),
        ]
        .spacing(gap::S)
        .padding(Padding::ZERO.horizontal(gap::M).left(gap::XXL));
        let count = self.draft.practitioners.len();
        let rows = self.draft.practitioners.iter().enumerate();
        let rows = rows.map(|(index, row)| self.practitioner(texts, index, row, count));
        let list = self.reorder.list(rows.collect(), Message::Reordered);
        let empty = (count == 0).then(|| text(fl!(texts, "clinic-no-practitioners")).style(theme::muted));
        let explained = text(fl!(texts, "clinic-ticks-explained")).size(size::SMALL).style(theme::muted);
        column![explained, head, list, empty, under(&self.order), under(&self.new_patients)].spacing(gap::XS).into()
    }

    fn practitioner<'a>(
        &'a self,
        texts: &'a Texts,
        index: usize,
        row: &'a Row,
        count: usize,
    ) -> reorder::Row<'a, Message> {
        let name = text(&row.name).wrapping(text::Wrapping::None);
        let name = row![text(&row.initials).font(theme::SEMIBOLD).width(40), name].spacing(gap::S);
        let registered = move |ticked| Message::RegisteredTicked(index, ticked);
        let takes_new = row.registered.then_some(move |ticked| Message::TakesNewPatientsTicked(index, ticked));
        let moved = move |to: usize| Message::Reordered(reorder::Message::Moved(reorder::Move { from: index, to }));
        let up = (index > 0).then(|| moved(index - 1));
        let down = (index + 1 < count).then(|| moved(index + 1));
        let arrows = row![
            push_icon(format!("clinic-up-{index}"), Icon::ChevronUp, fl!(texts, "move-up"), up),
            push_icon(format!("clinic-down-{index}"), Icon::ChevronDown, fl!(texts, "move-down"), down),
        ];
        let takes_new = tick(takes_new_id(index), "", row.takes_new_patients, takes_new);
        let takes_new =
            if row.registered { takes_new } else { hinted(takes_new, fl!(texts, "clinic-takes-new-asleep")) };
        let content = row![
            container(name).width(Fill).clip(true),
            container(tick(registered_id(index), "", row.registered, Some(registered))).width(80),
            container(takes_new).width(80),
            arrows,
        ]
        .spacing(gap::S)
        .align_y(Center);
        reorder::Row {
            id: row_id(index),
            content: content.into(),
            on_key: Box::new(move |key, modifiers| match key {
                Key::Named(Named::ArrowUp) if modifiers.alt() && index > 0 => Some(moved(index - 1)),
                Key::Named(Named::ArrowDown) if modifiers.alt() && index + 1 < count => Some(moved(index + 1)),
                _ => None,
            }),
        }
    }

    fn fields<'a>(&'a self, texts: &'a Texts) -> Element<'a, Message> {
        let mut fields = column![].spacing(gap::XS);
        for (of, sentence) in Field::ALL.into_iter().zip(&self.sentences) {
            let value = self.draft.get(of);
            let (label, placeholder) = match of {
                Field::Name => (fl!(texts, "clinic-name"), String::new()),
                Field::Address => (fl!(texts, "clinic-address"), String::new()),
                Field::Phone => (fl!(texts, "clinic-phone"), String::new()),
                Field::Email => (fl!(texts, "clinic-email"), String::new()),
                Field::Greeting => (fl!(texts, "clinic-greeting"), String::new()),
                Field::ClosedText => (fl!(texts, "clinic-closed-text"), fl!(texts, "patient-service-stopped")),
            };
            let input =
                field(of.id(), &placeholder, value, sentence.standing(), Some(move |typed| Message::Typed(of, typed)));
            fields = fields.push(labelled(label, input.width(Fill), None, sentence));
        }
        fields.into()
    }
}

impl Row {
    fn of(entry: &Entry<Practitioner>) -> Self {
        Self {
            id: entry.id,
            initials: entry.value.initials.to_string(),
            name: entry.value.name.to_string(),
            registered: entry.value.registered,
            takes_new_patients: entry.value.takes_new_patients,
        }
    }
}

impl Draft {
    fn get(&self, field: Field) -> &str {
        match field {
            Field::Name => &self.name,
            Field::Address => &self.address,
            Field::Phone => &self.phone,
            Field::Email => &self.email,
            Field::Greeting => &self.greeting,
            Field::ClosedText => &self.closed_text,
        }
    }

    fn sentence(&self, field: Field, texts: &Texts) -> Sentence {
        match field {
            Field::Name => refusal::<{ Name::MIN }, { Name::MAX }>(&self.name, texts),
            _ => refusal::<{ Detail::MIN }, { Detail::MAX }>(self.get(field), texts),
        }
    }

    fn text(&mut self, field: Field) -> &mut String {
        match field {
            Field::Name => &mut self.name,
            Field::Address => &mut self.address,
            Field::Phone => &mut self.phone,
            Field::Email => &mut self.email,
            Field::Greeting => &mut self.greeting,
            Field::ClosedText => &mut self.closed_text,
        }
    }
}

/// What is wrong with a line, in words.
fn refusal<const MIN: usize, const MAX: usize>(typed: &str, texts: &Texts) -> Sentence {
    match Line::<MIN, MAX>::new(typed) {
        Ok(_) => Sentence::none(),
        Err(NotALine::Missing) => Sentence::Refuses(fl!(texts, "clinic-name-missing")),
        Err(fault) => Sentence::Refuses(texts.not_a_line(fault)),
    }
}

fn registered_id(index: usize) -> String {
    format!("clinic-registered-{index}")
}

fn takes_new_id(index: usize) -> String {
    format!("clinic-takes-new-{index}")
}

fn row_id(index: usize) -> String {
    format!("clinic-row-{index}")
}
