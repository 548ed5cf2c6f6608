//! «Ny plan fra dato …»: the present hours end the day before, and begin anew, to be changed.

use aftalebog_booking::record::{Entry, Practitioner, WorkingHours};
use aftalebog_booking::week_plan::{Revision, new_plan};
use aftalebog_booking::{Id, Write};
use aftalebog_texts::fl;
use aftalebog_texts::guide::Topic;
use chrono::NaiveDate;
use iced::widget::{column, text};
use iced::{Element, Task};

use super::draft::date;
use crate::screen::settings::Situation;
use crate::screen::settings::form::{Face, Form, Next, Pressed};
use crate::ui::focus;
use crate::ui::form::{Sentence, field, labelled};
use crate::ui::theme::{self, size, space as gap};

const FROM: &str = "plan-from";

pub struct NewPlan {
    pub form: Form,
    practitioner: Id<Practitioner>,
    from: String,
    tried: bool,
    /// Of what is made here: a save that is tried again creates nothing twice.
    ids: Vec<Id<WorkingHours>>,
    under_from: Sentence,
}

#[derive(Clone, Debug)]
pub enum Message {
    FromTyped(String),
    Pressed(Pressed),
}

pub enum Action {
    None,
    Run(Task<Message>),
    /// And the date on which the new plan begins.
    Save(Vec<Write>, NaiveDate),
    Close,
}

impl NewPlan {
    pub fn new(practitioner: Id<Practitioner>) -> Self {
        let form = Form::default();
        Self { form, practitioner, from: String::new(), tried: false, ids: Vec::new(), under_from: Sentence::none() }
    }

    pub fn refresh(&mut self, situation: &Situation<'_>) {
        let texts = situation.texts;
        self.under_from = match date(&self.from, situation.today) {
            None => Sentence::Refuses(fl!(texts, "hours-no-date")),
            Some(None) if self.tried => Sentence::Refuses(fl!(texts, "hours-plan-missing")),
            Some(None) => Sentence::none(),
            Some(Some(from)) => match (self.revision(from, situation).created.len(), from.pred_opt()) {
                (0, _) | (_, None) => Sentence::Refuses(fl!(texts, "hours-plan-nothing")),
                (count, Some(last)) => Sentence::Means(fl!(
                    texts,
                    "hours-plan-means",
                    count = count,
                    last = texts.date_weekday_year(last),
                    from = texts.date_weekday_year(from)
                )),
            },
        };
    }

    fn revision(&self, from: NaiveDate, situation: &Situation<'_>) -> Revision {
        let own = |entry: &&Entry<WorkingHours>| entry.value.practitioner == self.practitioner;
        new_plan(situation.setup.working_hours.iter().filter(own), from)
    }

    pub fn is_edited(&self) -> bool {
        !self.from.trim().is_empty()
    }

    pub fn update(&mut self, message: Message, situation: &Situation<'_>) -> Action {
        match message {
            Message::FromTyped(typed) => {
                self.from = typed;
                Action::None
            }
            Message::Pressed(pressed) => match self.form.pressed(pressed, self.is_edited(), situation.editing) {
                Next::Nothing => Action::None,
                Next::Save => self.save(situation),
                Next::Close => Action::Close,
            },
        }
    }

    fn save(&mut self, situation: &Situation<'_>) -> Action {
        self.tried = true;
        let from = date(&self.from, situation.today).flatten();
        let planned = from.map(|from| (self.revision(from, situation).with_ids(&mut self.ids).writes(), from));
        match planned.filter(|(writes, _)| !writes.is_empty()) {
            None => Action::Run(focus::set(FROM)),
            Some((writes, from)) => {
                self.form.begin();
                Action::Save(writes, from)
            }
        }
    }

    pub fn layers<'a>(&'a self, situation: &Situation<'a>) -> Vec<Element<'a, Message>> {
        let texts = situation.texts;
        let placeholder = fl!(texts, "date-example");
        let from = field(FROM, &placeholder, &self.from, self.under_from.standing(), Some(Message::FromTyped));
        let explained = text(fl!(texts, "hours-plan-explained")).size(size::SMALL).style(theme::muted);
        let from = labelled(fl!(texts, "hours-plan-from"), from.width(120), None, &self.under_from);
        let face = Face {
            name: "plan",
            topic: Topic::NewPlan,
            title: fl!(texts, "hours-plan-title", who = super::name_of(self.practitioner, situation.setup)),
            width: 680.0,
            body: column![explained, from].spacing(gap::M).into(),
            first: FROM,
            enter: None,
            leaving: None,
        };
        self.form.layers(situation, face, Message::Pressed)
    }
}
