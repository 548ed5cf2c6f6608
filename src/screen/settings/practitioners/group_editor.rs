//! The dialog of one group: its name, and who is in it.

use aftalebog_booking::bounded::{Name, NotALine};
use aftalebog_booking::record::{Entry, Practitioner, PractitionerGroup};
use aftalebog_booking::{Id, Write};
use aftalebog_texts::fl;
use aftalebog_texts::guide::Topic;
use iced::widget::{column, text};
use iced::{Element, Fill, Task};

use crate::screen::settings::Situation;
use crate::screen::settings::form::{Face, Form, Next, Pressed};
use crate::ui::focus;
use crate::ui::form::{Sentence, field, heading, labelled, tick, under};
use crate::ui::theme::{self, space as gap};

const NAME: &str = "group-name";

pub struct GroupEditor {
    pub(super) form: Form,
    /// The id of a new one, made once: saving it again is harmless.
    new: Id<PractitionerGroup>,
    /// `None` for a new one.
    opened: Option<Entry<PractitionerGroup>>,
    untouched: Draft,
    draft: Draft,
    /// OK has been pressed: what is missing is said as well.
    tried: bool,
    name: Sentence,
    members: Sentence,
}

#[derive(Clone, Debug, PartialEq, Eq)]
struct Draft {
    name: String,
    rows: Vec<Row>,
}

/// One of those who work here.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Row {
    practitioner: Id<Practitioner>,
    words: String,
    ticked: bool,
}

#[derive(Clone, Debug)]
pub enum Message {
    NameTyped(String),
    Ticked(usize, bool),
    Pressed(Pressed),
}

pub enum Action {
    None,
    Run(Task<Message>),
    Save(Id<PractitionerGroup>, Vec<Write>),
    Close,
}

/// Which part is wrong.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Wrong {
    Name,
    Members,
}

impl GroupEditor {
    pub fn new(situation: &Situation<'_>) -> Self {
        Self::with(None, situation)
    }

    pub fn open(entry: &Entry<PractitionerGroup>, situation: &Situation<'_>) -> Self {
        Self::with(Some(entry.clone()), situation)
    }

    fn with(opened: Option<Entry<PractitionerGroup>>, situation: &Situation<'_>) -> Self {
        let value = opened.as_ref().map(|opened| &opened.value);
        let row = |entry: &Entry<Practitioner>| Row {
            practitioner: entry.id,
            words: format!("{} ({})", entry.value.name, entry.value.initials),
            ticked: value.is_some_and(|group| group.practitioners.contains(&entry.id)),
        };
        let name = value.map(|group| group.name.to_string()).unwrap_or_default();
        let draft = Draft { name, rows: situation.setup.staff().map(row).collect() };
        let mut editor = Self {
            form: Form::default(),
            new: Id::random(),
            opened,
            untouched: draft.clone(),
            draft,
            tried: false,
            name: Sentence::none(),
            members: Sentence::none(),
        };
        editor.refresh(situation);
        editor
    }

    fn id(&self) -> Id<PractitionerGroup> {
        self.opened.as_ref().map_or(self.new, |opened| opened.id)
    }

    /// Says everything again.
    pub fn refresh(&mut self, situation: &Situation<'_>) {
        let Situation { texts, setup, .. } = *situation;
        let now = |id| setup.practitioner_groups.iter().find(|it| it.id == id).map(|it| &it.value);
        self.form.compare(self.opened.as_ref(), now);
        self.name = match Name::new(&self.draft.name) {
            Ok(name) if situation.setup.group_name_taken(&name, self.id()).is_some() => {
                Sentence::Refuses(fl!(texts, "group-name-taken"))
            }
            Err(NotALine::Missing) if self.tried => Sentence::Refuses(fl!(texts, "group-name-missing")),
            Ok(_) | Err(NotALine::Missing) => Sentence::Means(fl!(texts, "group-name-means")),
            Err(fault) => Sentence::Refuses(texts.not_a_line(fault)),
        };
        self.members = match self.draft.rows.iter().any(|row| row.ticked) {
            false if self.tried => Sentence::Refuses(fl!(texts, "group-members-missing")),
            _ => Sentence::Means(fl!(texts, "group-members-mean")),
        };
    }

    pub fn update(&mut self, message: Message, situation: &Situation<'_>) -> Action {
        let action = match message {
            Message::NameTyped(typed) => {
                self.draft.name = typed;
                Action::None
            }
            Message::Ticked(place, ticked) => {
                self.draft.rows[place].ticked = ticked;
                Action::None
            }
            Message::Pressed(pressed) => match self.form.pressed(pressed, self.is_edited(), situation.editing) {
                Next::Nothing => Action::None,
                Next::Save => self.save(situation),
                Next::Close => Action::Close,
            },
        };
        self.refresh(situation);
        action
    }

    pub fn is_edited(&self) -> bool {
        self.draft != self.untouched
    }

    fn save(&mut self, situation: &Situation<'_>) -> Action {
        self.tried = true;
        let (name, practitioners) = match self.parse(situation) {
            Ok(parsed) => parsed,
            Err(Wrong::Name) => return Action::Run(focus::set(NAME)),
            Err(Wrong::Members) => return Action::Run(focus::set(member_id(0))),
        };
        let write = match &self.opened {
            Some(opened) => Write::edit(opened, &PractitionerGroup { name, practitioners, ..opened.value.clone() }),
            None => {
                let last = situation.setup.practitioner_groups.last();
                let position = last.map_or(1, |last| last.value.position.saturating_add(1));
                let value = PractitionerGroup { name, practitioners, position };
                Some(Write::create(&Entry { id: self.new, value }))
            }
        };
        match write {
            None => Action::Close,
            Some(write) => {
                self.form.begin();
                Action::Save(self.id(), vec![write])
            }
        }
    }

    fn parse(&self, situation: &Situation<'_>) -> Result<(Name, Vec<Id<Practitioner>>), Wrong> {
        let name = Name::new(&self.draft.name).map_err(|_| Wrong::Name)?;
        if situation.setup.group_name_taken(&name, self.id()).is_some() {
            return Err(Wrong::Name);
        }
        let ticked = self.draft.rows.iter().filter(|row| row.ticked).map(|row| row.practitioner);
        let mut members: Vec<Id<Practitioner>> = ticked.collect();
        if members.is_empty() {
            return Err(Wrong::Members);
        }
        // Who works here no more is not shown, and keeps the place for the day they come back.
        let before = self.opened.as_ref().map(|opened| opened.value.practitioners.as_slice()).unwrap_or_default();
        members.extend(before.iter().filter(|id| situation.setup.is_deactivated(**id)));
        let place = |id: &Id<Practitioner>| before.iter().position(|before| before == id).unwrap_or(usize::MAX);
        members.sort_by_key(place);
        Ok((name, members))
    }

    pub fn view<'a>(&'a self, situation: &Situation<'a>) -> Vec<Element<'a, Message>> {
        let texts = situation.texts;
        let name = field(NAME, "", &self.draft.name, self.name.standing(), Some(Message::NameTyped));
        let rows = self.draft.rows.iter().enumerate().map(|(place, row)| {
            let ticked = move |ticked| Message::Ticked(place, ticked);
            tick(member_id(place), row.words.as_str(), row.ticked, Some(ticked))
        });
        let nobody = self.draft.rows.is_empty().then(|| text(fl!(texts, "type-no-practitioners")).style(theme::muted));
        let body = column![
            labelled(fl!(texts, "group-name"), name.width(Fill), None, &self.name),
            heading(fl!(texts, "tab-practitioners")),
            column(rows).push(nobody).spacing(gap::XS),
            under(&self.members),
        ]
        .spacing(gap::S);
        let face = Face {
            name: "group",
            topic: Topic::Groups,
            title: match &self.opened {
                None => fl!(texts, "group-new-title"),
                Some(opened) => fl!(texts, "group-edit-title", name = opened.value.name.to_string()),
            },
            width: 640.0,
            body: body.into(),
            first: NAME,
            enter: None,
            leaving: None,
        };
        self.form.layers(situation, face, Message::Pressed)
    }
}

fn member_id(place: usize) -> String {
    format!("group-member-{place}")
}
