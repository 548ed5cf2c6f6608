//! What «Hjælp» says about a part of the window: the part says it of itself, and F1 finds it.

use std::any::Any;

use aftalebog_texts::guide::Topic;
use iced::advanced::widget::operation::{Focusable, Operation};
use iced::advanced::widget::{Id, Tree};
use iced::advanced::{Clipboard, Layout, Shell, Widget, mouse};
use iced::keyboard::{self, Key, key::Named};
use iced::{Element, Event, Rectangle, Renderer, Theme};

use super::focus::{as_its_content, run};

/// Says what explains a part of the window while it has the focus. What lies further in may have a topic of its own,
/// which goes before.
pub fn explained_by<'a, M: 'a>(topic: Topic, part: impl Into<Element<'a, M>>) -> Element<'a, M> {
    Element::new(Explained { means: Means { topic, of: Of::Part }, content: part.into() })
}

/// Says what explains a page or a dialog, also where nothing in it has the focus.
pub fn layer_explained_by<'a, M: 'a>(topic: Topic, layer: impl Into<Element<'a, M>>) -> Element<'a, M> {
    Element::new(Explained { means: Means { topic, of: Of::Layer }, content: layer.into() })
}

/// Asks for help on F1, before anybody else has the key. The topic is that of the control with the focus; where none
/// has it, that of the topmost layer in use.
pub fn helpful<'a, M: 'a>(
    content: impl Into<Element<'a, M>>,
    on_asked: impl Fn(Option<Topic>) -> M + 'a,
) -> Element<'a, M> {
    Element::new(Helpful { content: content.into(), on_asked: Box::new(on_asked) })
}

/// What is said of some content.
#[derive(Clone, Copy)]
struct Means {
    topic: Topic,
    of: Of,
}

#[derive(Clone, Copy, PartialEq)]
enum Of {
    Part,
    Layer,
}

struct Explained<'a, M> {
    means: Means,
    content: Element<'a, M>,
}

impl<M> Widget<M, Theme, Renderer> for Explained<'_, M> {
    as_its_content!();
    as_its_content!(layout);
    as_its_content!(update);
    as_its_content!(diff);
    as_its_content!(draw);
    as_its_content!(mouse_interaction);
    as_its_content!(overlay);

    fn operate(&mut self, tree: &mut Tree, layout: Layout<'_>, renderer: &Renderer, operation: &mut dyn Operation) {
        operation.custom(None, layout.bounds(), &mut self.means);
        operation.traverse(&mut |operation| {
            self.content.as_widget_mut().operate(&mut tree.children[0], layout, renderer, operation);
        });
    }
}

/// Which topic is asked for.
#[derive(Default)]
struct Search {
    entering: Option<Topic>,
    inside: Vec<Topic>,
    /// Of the control with the focus.
    focused: Option<Topic>,
    /// Of the last layer: what is covered is not met.
    topmost: Option<Topic>,
}

impl Search {
    fn found(&self) -> Option<Topic> {
        self.focused.or(self.topmost)
    }
}

impl<T> Operation<T> for Search {
    fn traverse(&mut self, operate: &mut dyn FnMut(&mut dyn Operation<T>)) {
        let entered = self.entering.take();
        self.inside.extend(entered);
        operate(self);
        if entered.is_some() {
            let _left = self.inside.pop();
        }
    }

    fn custom(&mut self, _: Option<&Id>, _: Rectangle, state: &mut dyn Any) {
        if let Some(Means { topic, of }) = state.downcast_ref::<Means>() {
            self.entering = Some(*topic);
            if *of == Of::Layer {
                self.topmost = Some(*topic);
            }
        }
    }

    fn focusable(&mut self, _: Option<&Id>, _: Rectangle, state: &mut dyn Focusable) {
        if state.is_focused() {
            self.focused = self.inside.last().copied();
        }
    }
}

type OnAsked<'a, M> = Box<dyn Fn(Option<Topic>) -> M + 'a>;

struct Helpful<'a, M> {
    content: Element<'a, M>,
    on_asked: OnAsked<'a, M>,
}

impl<M> Widget<M, Theme, Renderer> for Helpful<'_, M> {
    as_its_content!();
    as_its_content!(layout);
    as_its_content!(operate);
    as_its_content!(diff);
    as_its_content!(draw);
    as_its_content!(mouse_interaction);
    as_its_content!(overlay);

    fn update(
        &mut self,
        tree: &mut Tree,
        event: &Event,
        layout: Layout<'_>,
        cursor: mouse::Cursor,
        renderer: &Renderer,
        clipboard: &mut dyn Clipboard,
        shell: &mut Shell<'_, M>,
        viewport: &Rectangle,
    ) {
        if let Event::Keyboard(keyboard::Event::KeyPressed { key: Key::Named(Named::F1), modifiers, repeat, .. }) =
            event
            && modifiers.is_empty()
        {
            if !repeat {
                let mut search = Search::default();
                run(&mut self.content, tree, layout, renderer, &mut search);
                shell.publish((self.on_asked)(search.found()));
            }
            return shell.capture_event();
        }
        let tree = &mut tree.children[0];
        self.content.as_widget_mut().update(tree, event, layout, cursor, renderer, clipboard, shell, viewport);
    }
}
