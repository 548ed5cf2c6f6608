//! The dialog of one line of the catalogue: code, name, minutes and colour.

use aftalebog_booking::bounded::{Code, Length, Name, NotALine};
use aftalebog_booking::record::{AppointmentType, Color, Entry};
use aftalebog_booking::{Id, Write};
use aftalebog_texts::fl;
use aftalebog_texts::guide::Topic;
use iced::widget::{column, container, row, space, text};
use iced::{Center, Element, Fill, Task};

use super::colors::{self, PALETTE, picture, swatch_id, swatches};
use crate::screen::settings::Situation;
use crate::screen::settings::form::{Face, Form, Next, Pressed};
use crate::ui::focus;
use crate::ui::form::{LABEL, NUMBER, Sentence, divider, field, labelled, under};
use crate::ui::theme::{self, space as gap};

pub struct CatalogueEditor {
    pub(super) form: Form,
    /// The id of a new one, made once: saving it again is harmless.
    new: Id<AppointmentType>,
    /// `None` for a new one.
    opened: Option<Entry<AppointmentType>>,
    untouched: Draft,
    draft: Draft,
    /// OK has been pressed: what is missing is said as well.
    tried: bool,
    /// In the order of [`Field::ALL`].
    sentences: [Sentence; 3],
    /// What can be chosen, with the names.
    colors: Vec<(Color, String)>,
    /// What becomes of what is in the book already.
    kept: Sentence,
    /// «45 min.» in the picture.
    lasts: String,
}

#[derive(Clone, Debug, PartialEq, Eq)]
struct Draft {
    code: String,
    name: String,
    minutes: String,
    color: Color,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Field {
    Code,
    Name,
    Minutes,
}

impl Field {
    const ALL: [Self; 3] = [Self::Code, Self::Name, Self::Minutes];

    const fn id(self) -> &'static str {
        match self {
            Self::Code => "catalogue-code",
            Self::Name => "catalogue-name",
            Self::Minutes => "catalogue-minutes",
        }
    }
}

#[derive(Clone, Debug)]
pub enum Message {
    Typed(Field, String),
    /// By its place in the row.
    ColorChosen(usize),
    Pressed(Pressed),
}

pub enum Action {
    None,
    Run(Task<Message>),
    Save(Id<AppointmentType>, Vec<Write>),
    Close,
}

impl CatalogueEditor {
    /// A new one, in the first colour that no other type has.
    pub fn new(situation: &Situation<'_>) -> Self {
        let has = |color: &&Color| situation.setup.catalogue().any(|entry| entry.value.color == **color);
        let color = PALETTE.iter().find(|color| !has(color)).copied().unwrap_or(PALETTE[0]);
        let draft = Draft { code: String::new(), name: String::new(), minutes: String::new(), color };
        Self::with(None, draft, situation)
    }

    pub fn open(entry: &Entry<AppointmentType>, situation: &Situation<'_>) -> Self {
        let AppointmentType { code, name, minutes, color, .. } = &entry.value;
        let draft =
            Draft { code: code.to_string(), name: name.to_string(), minutes: minutes.to_string(), color: *color };
        Self::with(Some(entry.clone()), draft, situation)
    }

    fn with(opened: Option<Entry<AppointmentType>>, draft: Draft, situation: &Situation<'_>) -> Self {
        let mut editor = Self {
            form: Form::default(),
            new: Id::random(),
            opened,
            untouched: draft.clone(),
            draft,
            tried: false,
            sentences: [Sentence::none(), Sentence::none(), Sentence::none()],
            colors: Vec::new(),
            kept: Sentence::none(),
            lasts: String::new(),
        };
        editor.refresh(situation);
        editor
    }

    fn id(&self) -> Id<AppointmentType> {
        self.opened.as_ref().map_or(self.new, |opened| opened.id)
    }

    /// Says everything again.
    pub fn refresh(&mut self, situation: &Situation<'_>) {
        let texts = situation.texts;
        self.form.compare(self.opened.as_ref(), |id| situation.setup.appointment_type(id));
        self.sentences = Field::ALL.map(|field| self.sentence(field, situation));
        let own = Some(self.untouched.color).filter(|color| !PALETTE.contains(color));
        let named = |color: Color| (color, colors::name(color, texts));
        self.colors = PALETTE.into_iter().chain(own).map(named).collect();
        self.kept = match self.opened {
            None => Sentence::none(),
            Some(_) => Sentence::Means(fl!(texts, "catalogue-kept")),
        };
        self.lasts = match Length::parse_optional(&self.draft.minutes) {
            Ok(Some(minutes)) => fl!(texts, "catalogue-minutes-short", minutes = minutes.get()),
            Ok(None) | Err(_) => String::new(),
        };
    }

    fn sentence(&self, field: Field, situation: &Situation<'_>) -> Sentence {
        let texts = situation.texts;
        let Draft { code, name, minutes, .. } = &self.draft;
        match field {
            Field::Code => match Code::new(code) {
                Ok(typed) => match situation.setup.code_taken(&typed, self.id()) {
                    Some(other) => {
                        let AppointmentType { code, name, deactivated, .. } = &other.value;
                        let (code, name) = (code.to_string(), name.to_string());
                        Sentence::Refuses(if *deactivated {
                            fl!(texts, "catalogue-code-taken-deactivated", code = code, name = name)
                        } else {
                            fl!(texts, "catalogue-code-taken", code = code, name = name)
                        })
                    }
                    None => Sentence::Means(fl!(texts, "catalogue-code-means")),
                },
                Err(NotALine::Missing) if self.tried => Sentence::Refuses(fl!(texts, "catalogue-code-missing")),
                Err(NotALine::Missing) => Sentence::Means(fl!(texts, "catalogue-code-means")),
                Err(fault) => Sentence::Refuses(texts.not_a_line(fault)),
            },
            Field::Name => match Name::new(name) {
                Err(NotALine::Missing) if self.tried => Sentence::Refuses(fl!(texts, "catalogue-name-missing")),
                Ok(_) | Err(NotALine::Missing) => Sentence::Means(fl!(texts, "catalogue-name-means")),
                Err(fault) => Sentence::Refuses(texts.not_a_line(fault)),
            },
            Field::Minutes => {
                let raster = situation.setup.clinic.value.raster_minutes.minutes();
                match Length::parse_optional(minutes) {
                    Ok(Some(minutes)) if !minutes.get().is_multiple_of(raster) => Sentence::Warns(fl!(
                        texts,
                        "catalogue-minutes-off-raster",
                        minutes = minutes.get(),
                        raster = raster
                    )),
                    Ok(None) if self.tried => {
                        Sentence::Refuses(fl!(texts, "catalogue-minutes-missing", min = Length::MIN, max = Length::MAX))
                    }
                    Ok(Some(_) | None) => Sentence::Means(fl!(texts, "catalogue-minutes-mean")),
                    Err(_) => {
                        Sentence::Refuses(fl!(texts, "catalogue-minutes-missing", min = Length::MIN, max = Length::MAX))
                    }
                }
            }
        }
    }

    pub fn update(&mut self, message: Message, situation: &Situation<'_>) -> Action {
        let action = match message {
            Message::Typed(field, typed) => {
                match field {
                    Field::Code => self.draft.code = typed,
                    Field::Name => self.draft.name = typed,
                    Field::Minutes => self.draft.minutes = typed,
                }
                Action::None
            }
            Message::ColorChosen(place) => match self.colors.get(place) {
                Some((color, _)) => {
                    self.draft.color = *color;
                    Action::Run(focus::set(swatch_id(place)))
                }
                None => Action::None,
            },
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
            Ok(value) => match &self.opened {
                Some(opened) => Write::edit(opened, &value),
                None => Some(Write::create(&Entry { id: self.new, value })),
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
    fn parse(&self, situation: &Situation<'_>) -> Result<AppointmentType, Field> {
        let code = Code::new(&self.draft.code).map_err(|_| Field::Code)?;
        if situation.setup.code_taken(&code, self.id()).is_some() {
            return Err(Field::Code);
        }
        let name = Name::new(&self.draft.name).map_err(|_| Field::Name)?;
        let minutes = Length::parse_optional(&self.draft.minutes).ok().flatten().ok_or(Field::Minutes)?;
        let deactivated = self.opened.as_ref().is_some_and(|opened| opened.value.deactivated);
        Ok(AppointmentType { code, name, minutes, color: self.draft.color, deactivated })
    }

    pub fn view<'a>(&'a self, situation: &Situation<'a>) -> Vec<Element<'a, Message>> {
        let texts = situation.texts;
        let Draft { code, name, minutes, color } = &self.draft;
        let [code_means, name_means, minutes_mean] = &self.sentences;
        let input = |of: Field, value: &'a str, sentence: &'a Sentence| {
            field(of.id(), "", value, sentence.standing(), Some(move |typed| Message::Typed(of, typed)))
        };
        let chosen = self.colors.iter().position(|(one, _)| one == color).unwrap_or_default();
        let color_name = self.colors.get(chosen).map(|(_, name)| name.as_str()).unwrap_or_default();
        let line = row![
            text(fl!(texts, "catalogue-color")).width(LABEL),
            swatches(&self.colors, chosen, Message::ColorChosen),
        ];
        let below = row![
            space().width(LABEL),
            picture(code, fl!(texts, "catalogue-somebody"), self.lasts.clone(), *color),
            text(color_name).size(theme::size::SMALL).style(theme::muted),
        ];
        let body = column![
            labelled(fl!(texts, "catalogue-code"), input(Field::Code, code, code_means).width(120), None, code_means),
            labelled(fl!(texts, "catalogue-name"), input(Field::Name, name, name_means).width(Fill), None, name_means),
            labelled(
                fl!(texts, "type-row-minutes"),
                input(Field::Minutes, minutes, minutes_mean).width(NUMBER).align_x(iced::Right),
                Some(fl!(texts, "unit-minutes")),
                minutes_mean
            ),
            line.spacing(gap::S).align_y(Center),
            container(below.spacing(gap::S).align_y(Center)).padding([gap::S, 0.0]),
        ]
        .push(self.opened.as_ref().map(|_| divider()))
        .push(self.opened.as_ref().map(|_| under(&self.kept)))
        .spacing(gap::XS);
        let face = Face {
            name: "catalogue",
            topic: Topic::AppointmentTypes,
            title: match &self.opened {
                None => fl!(texts, "catalogue-new-title"),
                Some(opened) => fl!(texts, "catalogue-edit-title", code = opened.value.code.to_string()),
            },
            width: 840.0,
            body: body.into(),
            first: Field::Code.id(),
            enter: None,
            leaving: None,
        };
        self.form.layers(situation, face, Message::Pressed)
    }
}
