//! Dialogs: layers over the window, with their buttons at the lower right.

use aftalebog_texts::guide::Topic;
use iced::widget::text::IntoFragment;
use iced::widget::{center, column, container, opaque, row, scrollable, space, text};
use iced::{Center, Element, Fill, Padding};
use lucide_icons::Icon;

use super::dimmed::dimmed;
use super::focus::focus_scope;
use super::form::{self, Sentence, divider, push, push_icon, under};
use super::frame::{Height, frame};
use super::theme::{self, size, space as gap};
use super::topic::layer_explained_by;

/// Whether a form's values are on their way to the file.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Saving {
    #[default]
    Idle,
    Busy,
    /// What went wrong, in words; everything typed still stands in the form.
    Failed(String),
}

/// A dialog that is built from its parts and then becomes a layer.
pub struct Dialog<'a, M> {
    title: text::Fragment<'a>,
    body: Element<'a, M>,
    buttons: Vec<Element<'a, M>>,
    failure: Option<&'a str>,
    telling: Option<String>,
    width: f32,
    on_close: M,
    close_hint: String,
    on_enter: Option<M>,
    first: Option<&'static str>,
    topic: Option<Topic>,
    shape: Shape<'a, M>,
}

/// How high a dialog is, and what of it scrolls.
enum Shape<'a, M> {
    /// As high as its body, which scrolls when it must.
    Content,
    /// As high as the window lets it; the body sees to its own scrolling.
    Room,
    /// As high as the window lets it. The body scrolls, and so may another part to its right.
    Parts(Option<(Element<'a, M>, f32)>),
}

/// A dialog with a title, a body that scrolls when it must, and no buttons yet. `on_close` is
/// what Esc and the cross at the upper right say.
pub fn dialog<'a, M: Clone + 'a>(
    title: impl IntoFragment<'a>,
    width: f32,
    body: impl Into<Element<'a, M>>,
    on_close: M,
    close_hint: String,
) -> Dialog<'a, M> {
    Dialog {
        title: title.into_fragment(),
        body: body.into(),
        buttons: Vec::new(),
        failure: None,
        telling: None,
        width,
        on_close,
        close_hint,
        on_enter: None,
        first: None,
        topic: None,
        shape: Shape::Content,
    }
}

impl<'a, M: Clone + 'a> Dialog<'a, M> {
    /// Adds a button, from left to right; the primary one comes last.
    pub fn button(mut self, button: impl Into<Element<'a, M>>) -> Self {
        self.buttons.push(button.into());
        self
    }

    /// What Enter does unless a button has the focus.
    pub fn on_enter(self, on_enter: Option<M>) -> Self {
        Self { on_enter, ..self }
    }

    /// Which control has the focus when the dialog opens, if not the first.
    pub fn first(self, id: &'static str) -> Self {
        Self { first: Some(id), ..self }
    }

    /// What «Hjælp» shows for it.
    pub fn explained_by(self, topic: Topic) -> Self {
        Self { topic: Some(topic), ..self }
    }

    /// As high as the window lets it, instead of as high as its body.
    pub fn fills(self) -> Self {
        Self { shape: Shape::Room, ..self }
    }

    /// As high as the window lets it, with the body scrolled.
    pub fn fills_scrolled(self) -> Self {
        Self { shape: Shape::Parts(None), ..self }
    }

    /// The same with a part to the right of the body, which is `width` wide with the line between
    /// them, and sees to its own scrolling.
    pub fn beside(self, part: impl Into<Element<'a, M>>, width: f32) -> Self {
        Self { shape: Shape::Parts(Some((part.into(), width))), ..self }
    }

    /// Shows how the saving goes.
    pub fn saving(self, saving: &'a Saving) -> Self {
        let failure = match saving {
            Saving::Failed(words) => Some(words.as_str()),
            Saving::Idle | Saving::Busy => None,
        };
        Self { failure, ..self }
    }

    /// Says what went wrong.
    pub fn failing(self, words: &'a str) -> Self {
        Self { failure: Some(words), ..self }
    }

    /// Says something worth knowing where it would say what went wrong.
    pub fn telling(self, words: Option<String>) -> Self {
        Self { telling: words, ..self }
    }

    /// The dialog above everything else, with what lies behind it dimmed.
    pub fn layer(self) -> Element<'a, M> {
        let Self { title, body, buttons, failure, telling, width, on_close, close_hint, on_enter, first, topic, shape } =
            self;
        let cross = push_icon("dialog-close", Icon::X, close_hint, Some(on_close.clone()));
        let head = row![text(title).size(size::TITLE).font(theme::SEMIBOLD), space::horizontal(), cross]
            .align_y(Center)
            .padding(Padding { top: gap::S, right: gap::S, bottom: gap::S, left: gap::XL });
        // The air inside keeps focus rings from being cut off at the edge of the scrolled part.
        let padding = Padding { top: gap::M, right: gap::XL, bottom: gap::L, left: gap::XL };
        let body = container(body).padding(padding);
        let (body, width, height): (Element<'a, M>, _, _) = match shape {
            Shape::Content => (scrollable(body).style(theme::scroll).into(), width, Height::Content),
            Shape::Room => (body.height(Fill).into(), width, Height::Room),
            // A row of one: a window that becomes narrow keeps the focus and the scroll of what stays.
            Shape::Parts(None) => {
                let body = scrollable(body).style(theme::scroll).width(Fill).height(Fill);
                (row![body].height(Fill).into(), width, Height::Room)
            }
            Shape::Parts(Some((part, beside))) => {
                let body = scrollable(body).style(theme::scroll).width(Fill).height(Fill);
                let line = container(space().width(1)).height(Fill).style(theme::divider);
                let part = container(part).padding(padding).width(beside - 1.0).height(Fill);
                (row![body, line, part].height(Fill).into(), width + beside, Height::Room)
            }
        };
        let mut foot = row![].spacing(gap::S).align_y(Center);
        if let Some(words) = failure {
            let words = row![
                form::icon(Icon::CircleAlert).style(theme::bad),
                text(words).size(size::SMALL).style(theme::bad).width(Fill)
            ];
            foot = foot.push(words.spacing(gap::S).width(Fill));
        } else if let Some(words) = telling {
            let words = row![form::icon(Icon::Info).style(theme::muted), text(words).size(size::SMALL).width(Fill)];
            foot = foot.push(words.spacing(gap::S).align_y(Center).width(Fill));
        } else {
            foot = foot.push(space::horizontal());
        }
        let has_foot = !buttons.is_empty();
        let foot = container(foot.extend(buttons)).padding([gap::M, gap::XL]);
        let foot = if has_foot { column![divider(), foot] } else { column![] };
        let card = frame(column![head, divider()].into(), body, foot.into(), width, height);
        let card = container(card).padding(1).style(theme::raised);
        let mut scope = focus_scope(opaque(card)).on_escape(on_close);
        scope = match first {
            Some(id) => scope.autofocus_on(id),
            None => scope.autofocus(),
        };
        if let Some(on_enter) = on_enter {
            scope = scope.on_enter(on_enter);
        }
        let layer = opaque(dimmed(center(scope).padding(gap::XL)));
        match topic {
            Some(topic) => layer_explained_by(topic, layer),
            None => layer,
        }
    }
}

/// The dialog that asks before something is lost. Its first button keeps things as they are.
pub fn question<'a, M: Clone + 'a>(
    title: impl IntoFragment<'a>,
    consequence: &'a Sentence,
    explanation: impl IntoFragment<'a>,
    keep: (String, M),
    lose: (String, Option<M>),
    saving: &'a Saving,
) -> Element<'a, M> {
    let body = column![text(explanation), under(consequence)].spacing(gap::S);
    let (keep_words, keep) = keep;
    dialog(title, 480.0, body, keep.clone(), keep_words.clone())
        .saving(saving)
        .button(push("question-keep", keep_words, Some(keep)))
        .button(push("question-lose", lose.0, lose.1).style(theme::danger))
        .first("question-keep")
        .layer()
}
