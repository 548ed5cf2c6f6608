//! «Analytics indstillinger»: counting visits, without a word about who they were.

use aftalebog_booking::Write;
use aftalebog_booking::bounded::{MeasurementId, NotAMeasurementId};
use aftalebog_booking::record::{Analytics, Entry};
use aftalebog_texts::guide::Topic;
use aftalebog_texts::{Texts, fl};
use iced::widget::{column, container, row, text};
use iced::{Center, Element, Fill, Padding, Task};
use lucide_icons::Icon;

use super::Situation;
use super::form::{Elsewhere, Face, Form, Next, Pressed};
use crate::ui::focus::{self, inert};
use crate::ui::form::{self, Sentence, field, heading, hinted, icon, labelled, tick};
use crate::ui::theme::{self, size, space as gap};

pub struct AnalyticsForm {
    pub(super) form: Form,
    opened: Entry<Analytics>,
    enabled: bool,
    measurement_id: String,
    means: Sentence,
}

#[derive(Clone, Debug)]
pub enum Message {
    EnabledTicked(bool),
    MeasurementIdTyped(String),
    Pressed(Pressed),
}

pub enum Action {
    None,
    Run(Task<Message>),
    Save(Vec<Write>),
    Close,
}

impl AnalyticsForm {
    pub fn new(situation: &Situation<'_>) -> Self {
        let opened = situation.setup.analytics.clone();
        let measurement_id = opened.value.measurement_id.as_ref().map(MeasurementId::to_string).unwrap_or_default();
        let enabled = opened.value.enabled;
        let (form, means) = (Form::default(), Sentence::none());
        let mut form = Self { form, opened, enabled, measurement_id, means };
        form.refresh(situation);
        form
    }

    pub fn refresh(&mut self, situation: &Situation<'_>) {
        let texts = situation.texts;
        self.form.elsewhere(Elsewhere::of(&self.opened, Some(&situation.setup.analytics)));
        self.means = match measurement_id(&self.measurement_id) {
            Ok(None) => Sentence::Means(fl!(texts, "analytics-id-blank")),
            Ok(Some(_)) => Sentence::Means(fl!(texts, "analytics-id-means")),
            Err(_) if !self.enabled => Sentence::none(),
            Err(_) => {
                let (min, max) = (MeasurementId::MIN, MeasurementId::MAX);
                Sentence::Refuses(fl!(texts, "analytics-id-refused", min = min, max = max))
            }
        };
    }

    pub fn update(&mut self, message: Message, situation: &Situation<'_>) -> Action {
        let action = match message {
            Message::EnabledTicked(ticked) => {
                self.enabled = ticked;
                Action::None
            }
            Message::MeasurementIdTyped(typed) => {
                self.measurement_id = typed;
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
        let saved = self.opened.value.measurement_id.as_ref().map_or("", MeasurementId::as_str);
        self.enabled != self.opened.value.enabled || self.measurement_id.trim() != saved
    }

    fn save(&mut self) -> Action {
        let measurement_id = match measurement_id(&self.measurement_id) {
            Ok(measurement_id) => measurement_id,
            // A greyed field bars nothing; the saved id stays.
            Err(_) if !self.enabled => self.opened.value.measurement_id.clone(),
            Err(_) => return Action::Run(focus::set("analytics-id")),
        };
        match Write::edit(&self.opened, &Analytics { enabled: self.enabled, measurement_id }) {
            None => Action::Close,
            Some(write) => {
                self.form.begin();
                Action::Save(vec![write])
            }
        }
    }

    pub fn view<'a>(&'a self, situation: &Situation<'a>) -> Vec<Element<'a, Message>> {
        let texts = situation.texts;
        let body =
            column![self.switch(texts), form::divider(), self.own_analytics(texts), form::divider(), counts(situation)]
                .spacing(gap::M);
        let face = Face {
            name: "analytics",
            topic: Topic::Analytics,
            title: fl!(texts, "analytics-settings"),
            width: 680.0,
            body: body.into(),
            first: "analytics-enabled",
            enter: None,
            leaving: None,
        };
        self.form.layers(situation, face, Message::Pressed)
    }

    fn switch<'a>(&'a self, texts: &'a Texts) -> Element<'a, Message> {
        let words = fl!(texts, "analytics-enabled");
        let ticked = tick("analytics-enabled", words, self.enabled, Some(Message::EnabledTicked));
        let explained = text(fl!(texts, "analytics-explained")).size(size::SMALL).style(theme::muted);
        column![ticked, container(explained).padding(Padding::ZERO.left(24.0))].spacing(gap::XS).into()
    }

    /// The clinic's own web analytics.
    fn own_analytics<'a>(&'a self, texts: &'a Texts) -> Element<'a, Message> {
        let on_input = self.enabled.then_some(Message::MeasurementIdTyped);
        let input = field("analytics-id", "G-XXXXXXXXXX", &self.measurement_id, self.means.standing(), on_input);
        let line = labelled(fl!(texts, "analytics-id"), inert(!self.enabled, input.width(200)), None, &self.means);
        let line = if self.enabled { line } else { hinted(line, fl!(texts, "analytics-id-asleep")) };
        column![heading(fl!(texts, "analytics-own")), line].spacing(gap::S).width(Fill).into()
    }
}

/// Where the counts will stand once the clinic has a server that counts.
fn counts<'a>(situation: &Situation<'a>) -> Element<'a, Message> {
    let texts = situation.texts;
    let (sign, words) = match situation.link {
        None => (Icon::CloudOff, fl!(texts, "analytics-no-counts")),
        Some(_) => (Icon::ChartColumn, fl!(texts, "analytics-no-counts-yet")),
    };
    let empty = row![icon(sign).style(theme::muted), text(words).style(theme::muted).width(Fill)];
    let empty = container(empty.spacing(gap::S).align_y(Center)).padding(gap::L).width(Fill).style(theme::surface);
    column![heading(fl!(texts, "analytics-counts")), empty].spacing(gap::S).into()
}

fn measurement_id(typed: &str) -> Result<Option<MeasurementId>, NotAMeasurementId> {
    if typed.trim().is_empty() { Ok(None) } else { MeasurementId::new(typed).map(Some) }
}
