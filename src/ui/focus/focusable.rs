use iced::advanced::widget::operation::{self, Operation};
use iced::advanced::widget::{Id, Tree, tree};
use iced::advanced::{Clipboard, Layout, Renderer as _, Shell, Widget, mouse, renderer};
use iced::keyboard::{self, Key, Modifiers, key::Named};
use iced::{Border, Color, Element, Event, Rectangle, Renderer, Theme};

use super::{as_its_content, walk};
use crate::ui::theme;

/// The ring around what has the focus, and the air between. Source: design, "How it looks".
const RING: f32 = 2.0;
const AIR: f32 = 2.0;

/// Makes `content` a Tab stop.
pub fn focusable<'a, M>(content: impl Into<Element<'a, M>>) -> Focusable<'a, M> {
    Focusable {
        id: None,
        content: content.into(),
        on_activate: None,
        on_key: None,
        enabled: true,
        enter: Enter::Activates,
        ring: Ring::Around,
    }
}

/// See [`focusable`].
pub struct Focusable<'a, M> {
    id: Option<Id>,
    content: Element<'a, M>,
    on_activate: Option<M>,
    on_key: Option<OnKey<'a, M>>,
    enabled: bool,
    enter: Enter,
    ring: Ring,
}

/// Whose key Enter is.
#[derive(Clone, Copy, PartialEq)]
enum Enter {
    Activates,
    /// The dialog's: it means OK.
    GoesOn,
}

#[derive(Clone, Copy)]
enum Ring {
    Around,
    Inside,
}

type OnKey<'a, M> = Box<dyn Fn(&Key, Modifiers) -> Option<M> + 'a>;

impl<'a, M> Focusable<'a, M> {
    pub fn id(mut self, id: impl Into<Id>) -> Self {
        self.id = Some(id.into());
        self
    }

    /// What Space and Enter do; a key that is held down does it once.
    pub fn on_activate(mut self, message: M) -> Self {
        self.on_activate = Some(message);
        self
    }

    /// What Space does to a box that is ticked. Enter is left to the dialog, as only buttons have a use for it.
    pub fn on_toggle(mut self, message: M) -> Self {
        self.on_activate = Some(message);
        self.enter = Enter::GoesOn;
        self
    }

    /// What other keys do: arrows, F2, Delete, Alt+Up. A key it answers with `None` goes on to the scope.
    pub fn on_key(mut self, on_key: impl Fn(&Key, Modifiers) -> Option<M> + 'a) -> Self {
        self.on_key = Some(Box::new(on_key));
        self
    }

    /// Draws the ring inside the edge: for the rows of a list, which lie close together.
    pub fn ring_inside(mut self) -> Self {
        self.ring = Ring::Inside;
        self
    }

    /// Whether Tab stops here.
    pub fn enabled(mut self, enabled: bool) -> Self {
        self.enabled = enabled;
        self
    }
}

/// Whether a control has the focus, and whether it shows it: only once the keyboard is in use.
#[derive(Default)]
pub struct Held {
    pub focused: bool,
    pub ring: bool,
}

impl operation::Focusable for Held {
    fn is_focused(&self) -> bool {
        self.focused
    }

    fn focus(&mut self) {
        *self = Self { focused: true, ring: true };
    }

    fn unfocus(&mut self) {
        *self = Self::default();
    }
}

impl<M: Clone> Focusable<'_, M> {
    /// A press inside moves the focus here, though the button inside captures it, unless a control inside took it.
    fn press(
        &mut self,
        tree: &mut Tree,
        layout: Layout<'_>,
        over: bool,
        renderer: &Renderer,
        shell: &mut Shell<'_, M>,
    ) {
        let taken = over && walk::stops(&mut self.content, tree, layout, renderer).iter().any(|stop| stop.focused);
        let focused = over && !taken;
        let held = tree.state.downcast_mut::<Held>();
        if held.focused != focused || held.ring {
            *held = Held { focused, ring: false };
            shell.request_redraw();
        }
    }

    fn key(&self, held: &mut Held, key: &Key, modifiers: Modifiers, repeat: bool, shell: &mut Shell<'_, M>) {
        let activates = modifiers.is_empty()
            && match key.as_ref() {
                Key::Named(Named::Space) => true,
                Key::Named(Named::Enter) => self.enter == Enter::Activates,
                Key::Character(character) => character == " ",
                _ => false,
            };
        let message = match &self.on_activate {
            Some(_) if activates && repeat => return shell.capture_event(),
            Some(message) if activates => Some(message.clone()),
            _ => self.on_key.as_ref().and_then(|on_key| on_key(key, modifiers)),
        };
        if let Some(message) = message {
            held.ring = true;
            shell.publish(message);
            shell.capture_event();
            shell.request_redraw();
        }
    }
}

impl<M: Clone> Widget<M, Theme, Renderer> for Focusable<'_, M> {
    as_its_content!();
    as_its_content!(layout);
    as_its_content!(mouse_interaction);
    as_its_content!(overlay);

    fn tag(&self) -> tree::Tag {
        tree::Tag::of::<Held>()
    }

    fn state(&self) -> tree::State {
        tree::State::new(Held::default())
    }

    fn diff(&self, tree: &mut Tree) {
        if !self.enabled {
            *tree.state.downcast_mut::<Held>() = Held::default();
        }
        tree.diff_children(std::slice::from_ref(&self.content));
    }

    fn operate(&mut self, tree: &mut Tree, layout: Layout<'_>, renderer: &Renderer, operation: &mut dyn Operation) {
        if self.enabled {
            let held = tree.state.downcast_mut::<Held>();
            operation.focusable(self.id.as_ref(), layout.bounds(), held);
            operation.custom(self.id.as_ref(), layout.bounds(), held);
        } else {
            operation.container(self.id.as_ref(), layout.bounds());
        }
        operation.traverse(&mut |operation| {
            self.content.as_widget_mut().operate(&mut tree.children[0], layout, renderer, operation);
        });
    }

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
        let was_captured = shell.is_event_captured();
        self.content.as_widget_mut().update(
            &mut tree.children[0],
            event,
            layout,
            cursor,
            renderer,
            clipboard,
            shell,
            viewport,
        );
        if !self.enabled {
            return;
        }
        match event {
            Event::Mouse(mouse::Event::ButtonPressed(_)) => {
                let over = !was_captured && cursor.is_over(layout.bounds()) && cursor.is_over(*viewport);
                self.press(tree, layout, over, renderer, shell);
            }
            Event::Keyboard(keyboard::Event::KeyPressed { key, modifiers, repeat, .. })
                if !shell.is_event_captured() =>
            {
                let held = tree.state.downcast_mut::<Held>();
                if held.focused {
                    self.key(held, key, *modifiers, *repeat, shell);
                }
            }
            _ => {}
        }
    }

    fn draw(
        &self,
        tree: &Tree,
        renderer: &mut Renderer,
        theme: &Theme,
        style: &renderer::Style,
        layout: Layout<'_>,
        cursor: mouse::Cursor,
        viewport: &Rectangle,
    ) {
        self.content.as_widget().draw(&tree.children[0], renderer, theme, style, layout, cursor, viewport);
        if !tree.state.downcast_ref::<Held>().ring {
            return;
        }
        let bounds = layout.bounds();
        let reach = match self.ring {
            Ring::Around => AIR + RING,
            Ring::Inside => 0.0,
        };
        // A layer of its own lies above the text too. What is wholly in view shows its whole ring, over the edge of
        // the scrollable it is in; of what is half in view the ring is cut as it is.
        let clip = if bounds.is_within(viewport) { viewport.expand(reach) } else { *viewport };
        let radius = if reach > 0.0 { theme::RADIUS + AIR } else { theme::RADIUS };
        renderer.with_layer(clip, |renderer| {
            renderer.fill_quad(
                renderer::Quad {
                    bounds: on_pixels(bounds.expand(reach)),
                    border: Border { color: theme::colors(theme).accent, width: RING, radius: radius.into() },
                    ..renderer::Quad::default()
                },
                Color::TRANSPARENT,
            );
        });
    }
}

/// Between pixels a thin line would be blurred.
fn on_pixels(bounds: Rectangle) -> Rectangle {
    let (x, y) = (bounds.x.round(), bounds.y.round());
    let (right, bottom) = ((bounds.x + bounds.width).round(), (bounds.y + bounds.height).round());
    Rectangle { x, y, width: right - x, height: bottom - y }
}

impl<'a, M: Clone + 'a> From<Focusable<'a, M>> for Element<'a, M> {
    fn from(focusable: Focusable<'a, M>) -> Self {
        Element::new(focusable)
    }
}
