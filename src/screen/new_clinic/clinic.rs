//! «Klinikken»: what patients read of it.

use aftalebog_booking::bounded::{Detail, Line, Name, NotALine};
use aftalebog_booking::contact::ReachedBy;
use aftalebog_texts::{Texts, fl};
use iced::widget::{Id, column};
use iced::{Element, Fill};

use crate::ui::form::{Sentence, field, labelled};
use crate::ui::theme::space as gap;

pub const FIRST: &str = "new-clinic-name";

#[derive(Default)]
pub struct ClinicStep {
    draft: Draft,
    /// «Næste» was pressed: what is missing is said, and what nobody can be reached by.
    tried: bool,
    /// In the order of [`Field::ALL`].
    sentences: Vec<Sentence>,
}

#[derive(Debug, Default, PartialEq, Eq)]
struct Draft {
    name: String,
    address: String,
    phone: String,
    email: String,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Field {
    Name,
    Address,
    Phone,
    Email,
}

#[derive(Clone, Debug)]
pub enum Message {
    Typed(Field, String),
}

/// What the step comes to.
pub struct Answer {
    pub name: Name,
    pub address: Detail,
    pub phone: Detail,
    pub email: Detail,
}

impl Answer {
    pub fn skipped(texts: &Texts) -> Self {
        let blank = || Detail::new("").expect("a detail may be empty");
        let name = Name::new(&fl!(texts, "new-clinic-unnamed")).expect("the text is a name");
        Self { name, address: blank(), phone: blank(), email: blank() }
    }
}

impl Field {
    const ALL: [Self; 4] = [Self::Name, Self::Address, Self::Phone, Self::Email];

    const fn id(self) -> &'static str {
        match self {
            Self::Name => FIRST,
            Self::Address => "new-clinic-address",
            Self::Phone => "new-clinic-phone",
            Self::Email => "new-clinic-email",
        }
    }

    const fn reached_by(self) -> Option<ReachedBy> {
        match self {
            Self::Phone => Some(ReachedBy::Telephone),
            Self::Email => Some(ReachedBy::Email),
            Self::Name | Self::Address => None,
        }
    }
}

impl ClinicStep {
    pub fn refresh(&mut self, texts: &Texts) {
        self.sentences = Field::ALL.map(|field| self.sentence(field, texts)).into();
    }

    pub fn update(&mut self, message: Message) {
        let Message::Typed(field, typed) = message;
        *match field {
            Field::Name => &mut self.draft.name,
            Field::Address => &mut self.draft.address,
            Field::Phone => &mut self.draft.phone,
            Field::Email => &mut self.draft.email,
        } = typed;
    }

    pub fn is_edited(&self) -> bool {
        self.draft != Draft::default()
    }

    /// The first field that is wrong. From now on what is missing is said.
    pub fn fault(&mut self) -> Option<Id> {
        self.tried = true;
        self.answer().err().map(|field| field.id().into())
    }

    pub fn answer(&self) -> Result<Answer, Field> {
        let detail = |field| match Detail::new(self.typed(field)) {
            Ok(detail) if self.reaches_nobody(field).is_none() => Ok(detail),
            _ => Err(field),
        };
        Ok(Answer {
            name: Name::new(&self.draft.name).map_err(|_| Field::Name)?,
            address: detail(Field::Address)?,
            phone: detail(Field::Phone)?,
            email: detail(Field::Email)?,
        })
    }

    fn typed(&self, field: Field) -> &str {
        match field {
            Field::Name => &self.draft.name,
            Field::Address => &self.draft.address,
            Field::Phone => &self.draft.phone,
            Field::Email => &self.draft.email,
        }
    }

    /// What the field should be, where nobody can be reached by what is typed.
    fn reaches_nobody(&self, field: Field) -> Option<ReachedBy> {
        field.reached_by().filter(|by| !by.takes(self.typed(field)))
    }

    fn sentence(&self, field: Field, texts: &Texts) -> Sentence {
        let fault = match field {
            Field::Name => fault::<{ Name::MIN }, { Name::MAX }>(&self.draft.name),
            _ => fault::<{ Detail::MIN }, { Detail::MAX }>(self.typed(field)),
        };
        if self.tried
            && fault.is_none()
            && let Some(by) = self.reaches_nobody(field)
        {
            return Sentence::Refuses(texts.reaches_nobody(by));
        }
        match (fault, field) {
            (Some(NotALine::Missing), _) if self.tried => Sentence::Refuses(fl!(texts, "new-clinic-name-missing")),
            (Some(NotALine::Missing) | None, Field::Name) => Sentence::Means(fl!(texts, "new-clinic-name-means")),
            (Some(NotALine::Missing) | None, Field::Phone) => Sentence::Means(fl!(texts, "new-clinic-phone-means")),
            (Some(NotALine::Missing) | None, _) => Sentence::none(),
            (Some(fault), _) => Sentence::Refuses(texts.not_a_line(fault)),
        }
    }

    pub fn view<'a>(&'a self, texts: &Texts) -> Element<'a, Message> {
        let mut fields = column![].spacing(gap::S);
        for (of, sentence) in Field::ALL.into_iter().zip(&self.sentences) {
            let label = match of {
                Field::Name => fl!(texts, "clinic-name"),
                Field::Address => fl!(texts, "clinic-address"),
                Field::Phone => fl!(texts, "clinic-phone"),
                Field::Email => fl!(texts, "clinic-email"),
            };
            let typed = move |typed| Message::Typed(of, typed);
            let input = field(of.id(), "", self.typed(of), sentence.standing(), Some(typed));
            fields = fields.push(labelled(label, input.width(Fill), None, sentence));
        }
        fields.into()
    }
}

fn fault<const MIN: usize, const MAX: usize>(typed: &str) -> Option<NotALine> {
    Line::<MIN, MAX>::new(typed).err()
}
