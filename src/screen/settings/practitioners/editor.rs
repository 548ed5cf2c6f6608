//! The dialog of one practitioner: who they are in the book, and to patients.

use aftalebog_booking::bounded::{Code, Detail, Name, NotALine};
use aftalebog_booking::record::{Entry, Practitioner};
use aftalebog_booking::{Id, Write};
use aftalebog_texts::guide::Topic;
use aftalebog_texts::{Texts, fl};
use iced::widget::{column, container, row, space};
use iced::{Element, Fill, Task};

use crate::screen::settings::Situation;
use crate::screen::settings::form::{Face, Form, Next, Pressed};
use crate::ui::focus;
use crate::ui::form::{LABEL, Sentence, divider, field, labelled, push, under};
use crate::ui::theme::{self, space as gap};

pub struct PractitionerEditor {
    pub(super) form: Form,
    /// The id of a new one, made once: saving it again is harmless.
    new: Id<Practitioner>,
    /// `None` for a new one.
    opened: Option<Entry<Practitioner>>,
    untouched: Draft,
    draft: Draft,
    /// OK has been pressed: what is missing is said as well.
    tried: bool,
    /// In the order of [`Field::ALL`].
    sentences: [Sentence; 3],
    /// Whether patients can book with them, and where that is decided.
    registered: Sentence,
    /// The trade's titles, in words.
    titles: [String; 4],
}

#[derive(Clone, Debug, Default, PartialEq, Eq)]
struct Draft {
    initials: String,
    name: String,
    title: String,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Field {
    Initials,
    Name,
    Title,
}

impl Field {
    const ALL: [Self; 3] = [Self::Initials, Self::Name, Self::Title];

    const fn id(self) -> &'static str {
        match self {
            Self::Initials => "practitioner-initials",
            Self::Name => "practitioner-name",
            Self::Title => "practitioner-title",
        }
    }
}

#[derive(Clone, Debug)]
pub enum Message {
    Typed(Field, String),
    /// One of the titles under the field, by its place.
    TitlePressed(usize),
    Pressed(Pressed),
}

pub enum Action {
    None,
    Run(Task<Message>),
    Save(Id<Practitioner>, Vec<Write>),
    Close,
}

impl PractitionerEditor {
    pub fn new(situation: &Situation<'_>) -> Self {
        Self::with(None, Draft::default(), situation)
    }

    pub fn open(entry: &Entry<Practitioner>, situation: &Situation<'_>) -> Self {
        let Practitioner { initials, name, title, .. } = &entry.value;
        let draft = Draft { initials: initials.to_string(), name: name.to_string(), title: title.to_string() };
        Self::with(Some(entry.clone()), draft, situation)
    }

    fn with(opened: Option<Entry<Practitioner>>, draft: Draft, situation: &Situation<'_>) -> Self {
        let mut editor = Self {
            form: Form::default(),
            new: Id::random(),
            opened,
            untouched: draft.clone(),
            draft,
            tried: false,
            sentences: [Sentence::none(), Sentence::none(), Sentence::none()],
            registered: Sentence::none(),
            titles: Default::default(),
        };
        editor.refresh(situation);
        editor
    }

    /// Says everything again.
    pub fn refresh(&mut self, situation: &Situation<'_>) {
        let texts = situation.texts;
        self.form.compare(self.opened.as_ref(), |id| situation.setup.practitioner(id));
        self.sentences = Field::ALL.map(|field| self.sentence(field, situation));
        self.titles = [
            fl!(texts, "practitioner-dentist"),
            fl!(texts, "practitioner-hygienist"),
            fl!(texts, "practitioner-assistant"),
            fl!(texts, "practitioner-specialist"),
        ];
        let current = situation.setup.practitioner(self.id());
        let who = current.map(|current| current.initials.to_string()).unwrap_or_default();
        self.registered = Sentence::Means(match current {
            None => fl!(texts, "practitioner-new-not-registered"),
            Some(current) if current.deactivated => fl!(texts, "practitioner-is-deactivated", who = who),
            Some(current) if current.registered => fl!(texts, "practitioner-is-registered", who = who),
            Some(_) => fl!(texts, "practitioner-is-not-registered", who = who),
        });
    }

    fn id(&self) -> Id<Practitioner> {
        self.opened.as_ref().map_or(self.new, |opened| opened.id)
    }

    fn sentence(&self, field: Field, situation: &Situation<'_>) -> Sentence {
        let texts = situation.texts;
        let Draft { initials, name, title } = &self.draft;
        match field {
            Field::Initials => match Code::new(initials) {
                Ok(typed) => match situation.setup.initials_taken(&typed, self.id()) {
                    Some(other) => Sentence::Refuses(taken(other, texts)),
                    None => Sentence::Means(fl!(texts, "practitioner-initials-mean")),
                },
                Err(NotALine::Missing) if self.tried => Sentence::Refuses(fl!(texts, "practitioner-initials-missing")),
                Err(NotALine::Missing) => Sentence::Means(fl!(texts, "practitioner-initials-mean")),
                Err(fault) => Sentence::Refuses(texts.not_a_line(fault)),
            },
            Field::Name => match Name::new(name) {
                Err(NotALine::Missing) if self.tried => Sentence::Refuses(fl!(texts, "practitioner-name-missing")),
                Ok(_) | Err(NotALine::Missing) => Sentence::Means(fl!(texts, "practitioner-name-means")),
                Err(fault) => Sentence::Refuses(texts.not_a_line(fault)),
            },
            Field::Title => match Detail::new(title) {
                Ok(_) => Sentence::Means(fl!(texts, "practitioner-title-means")),
                Err(fault) => Sentence::Refuses(texts.not_a_line(fault)),
            },
        }
    }

    pub fn update(&mut self, message: Message, situation: &Situation<'_>) -> Action {
        let action = match message {
            Message::Typed(field, typed) => {
                match field {
                    Field::Initials => self.draft.initials = typed,
                    Field::Name => self.draft.name = typed,
                    Field::Title => self.draft.title = typed,
                }
                Action::None
            }
            Message::TitlePressed(place) => {
                self.draft.title.clone_from(&self.titles[place]);
                // There one can go on writing, and Enter is OK.
                Action::Run(focus::set(Field::Title.id()))
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
        let write = match self.parse(situation) {
            Err(field) => return Action::Run(focus::set(field.id())),
            Ok((initials, name, title)) => match &self.opened {
                Some(opened) => Write::edit(opened, &Practitioner { initials, name, title, ..opened.value.clone() }),
                None => {
                    let last = situation.setup.practitioners.iter().map(|entry| entry.value.position).max();
                    let value = Practitioner {
                        initials,
                        name,
                        title,
                        registered: false,
                        takes_new_patients: false,
                        position: last.map_or(1, |last| last.saturating_add(1)),
                        deactivated: false,
                    };
                    Some(Write::create(&Entry { id: self.new, value }))
                }
            },
        };
        match write {
            None => Action::Close,
            Some(write) => {
                self.form.begin();
                Action::Save(self.id(), vec![write])
            }
        }
    }

    /// What can be saved, or the first field that is wrong.
    fn parse(&self, situation: &Situation<'_>) -> Result<(Code, Name, Detail), Field> {
        let initials = Code::new(&self.draft.initials).map_err(|_| Field::Initials)?;
        if situation.setup.initials_taken(&initials, self.id()).is_some() {
            return Err(Field::Initials);
        }
        let name = Name::new(&self.draft.name).map_err(|_| Field::Name)?;
        let title = Detail::new(&self.draft.title).map_err(|_| Field::Title)?;
        Ok((initials, name, title))
    }

    pub fn view<'a>(&'a self, situation: &Situation<'a>) -> Vec<Element<'a, Message>> {
        let texts = situation.texts;
        let [initials, name, title] = &self.sentences;
        let typed = |of: Field| move |typed| Message::Typed(of, typed);
        let line = |label, of: Field, value: &'a str, sentence: &'a Sentence, width: iced::Length| {
            let input = field(of.id(), "", value, sentence.standing(), Some(typed(of)));
            labelled(label, input.width(width), None, sentence)
        };
        let titles = self.titles.iter().enumerate().map(|(place, words)| {
            let chosen = *words == self.draft.title;
            push(format!("practitioner-title-{place}"), words.as_str(), Some(Message::TitlePressed(place)))
                .style(if chosen { theme::chosen } else { theme::secondary })
                .into()
        });
        let titles = row![space().width(LABEL), row(titles).spacing(gap::XS)].spacing(gap::S);
        let body = column![
            line(fl!(texts, "practitioner-initials"), Field::Initials, &self.draft.initials, initials, 120.into()),
            line(fl!(texts, "practitioner-name"), Field::Name, &self.draft.name, name, Fill),
            line(fl!(texts, "practitioner-title"), Field::Title, &self.draft.title, title, Fill),
            titles,
            container(divider()).padding([gap::S, 0.0]),
            under(&self.registered),
        ]
        .spacing(gap::XS);
        let face = Face {
            name: "practitioner",
            topic: Topic::Practitioners,
            title: match &self.opened {
                None => fl!(texts, "practitioner-new-title"),
                Some(opened) => fl!(texts, "practitioner-edit-title", who = opened.value.initials.to_string()),
            },
            width: 800.0,
            body: body.into(),
            first: Field::Initials.id(),
            enter: None,
            leaving: None,
        };
        self.form.layers(situation, face, Message::Pressed)
    }
}

/// Who has the initials already. One who is deactivated is in no list that is open.
fn taken(other: &Entry<Practitioner>, texts: &Texts) -> String {
    let Practitioner { initials, name, deactivated, .. } = &other.value;
    let (initials, name) = (initials.to_string(), name.to_string());
    if *deactivated {
        fl!(texts, "practitioner-initials-taken-deactivated", initials = initials, name = name)
    } else {
        fl!(texts, "practitioner-initials-taken", initials = initials, name = name)
    }
}
