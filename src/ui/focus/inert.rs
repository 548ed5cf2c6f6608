use iced::advanced::widget::operation::Operation;
use iced::advanced::widget::{Id, Tree, tree};
use iced::advanced::{Clipboard, Layout, Shell, Widget, mouse, overlay, renderer};
use iced::{Element, Event, Rectangle, Renderer, Theme, Vector, keyboard};

use super::{as_its_content, walk};

/// Like HTML's `inert`: while `on`, the content is drawn but cannot be used. It remembers which control had the focus
/// and gives it back afterwards, so that a dialog that closes leaves the keyboard where it was.
///
/// Wrap what can lie under a dialog always, and switch `on`: else the content would forget its scroll and its focus.
pub fn inert<'a, M>(on: bool, content: impl Into<Element<'a, M>>) -> Inert<'a, M> {
    Inert { content: content.into(), on }
}

/// See [`inert`].
pub struct Inert<'a, M> {
    content: Element<'a, M>,
    on: bool,
}

/// Who had the focus.
struct Holder {
    index: usize,
    id: Option<Id>,
    ring: bool,
}

#[derive(Default)]
struct Memory {
    on: bool,
    holder: Option<Holder>,
}

impl<M> Inert<'_, M> {
    /// Takes the focus away, or gives it back.
    fn settle(&mut self, tree: &mut Tree, layout: Layout<'_>, renderer: &Renderer) -> bool {
        let was_on = std::mem::replace(&mut tree.state.downcast_mut::<Memory>().on, self.on);
        if !self.on && !was_on {
            return false;
        }
        let stops = walk::stops(&mut self.content, tree, layout, renderer);
        let focused = stops.iter().position(|stop| stop.focused);
        let memory = tree.state.downcast_mut::<Memory>();
        if !was_on {
            memory.holder = None;
        }
        let mut give = match (self.on, focused) {
            (true, Some(index)) => {
                let stop = &stops[index];
                memory.holder = Some(Holder { index, id: stop.id.clone(), ring: stop.ring });
                walk::Give::nothing()
            }
            (false, None) => {
                let Some(holder) = memory.holder.take() else { return false };
                let Some(last) = stops.len().checked_sub(1) else { return false };
                // What was deleted meanwhile leaves the focus to what stands in its place.
                let named = holder.id.and_then(|id| stops.iter().position(|stop| stop.id.as_ref() == Some(&id)));
                walk::Give::only(named.unwrap_or(holder.index.min(last)), holder.ring)
            }
            // Nothing to take, or the program gave the focus away already.
            (true, None) | (false, Some(_)) => return false,
        };
        walk::run(&mut self.content, tree, layout, renderer, &mut give);
        true
    }
}

impl<M> Widget<M, Theme, Renderer> for Inert<'_, M> {
    as_its_content!();
    as_its_content!(layout);
    as_its_content!(diff);

    fn tag(&self) -> tree::Tag {
        tree::Tag::of::<Memory>()
    }

    fn state(&self) -> tree::State {
        tree::State::new(Memory::default())
    }

    fn operate(&mut self, tree: &mut Tree, layout: Layout<'_>, renderer: &Renderer, operation: &mut dyn Operation) {
        if !self.on {
            self.content.as_widget_mut().operate(&mut tree.children[0], layout, renderer, operation);
        }
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
        if self.settle(tree, layout, renderer) {
            shell.request_redraw();
        }
        // Without what ends a press or a key, the content would believe it still lasts.
        let passes = match event {
            Event::Window(_)
            | Event::Mouse(mouse::Event::ButtonReleased(_))
            | Event::Keyboard(keyboard::Event::ModifiersChanged(_)) => true,
            _ => !self.on,
        };
        if passes {
            let cursor = if self.on { mouse::Cursor::Unavailable } else { cursor };
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
        let cursor = if self.on { mouse::Cursor::Unavailable } else { cursor };
        self.content.as_widget().draw(&tree.children[0], renderer, theme, style, layout, cursor, viewport);
    }

    fn mouse_interaction(
        &self,
        tree: &Tree,
        layout: Layout<'_>,
        cursor: mouse::Cursor,
        viewport: &Rectangle,
        renderer: &Renderer,
    ) -> mouse::Interaction {
        if self.on {
            return mouse::Interaction::None;
        }
        self.content.as_widget().mouse_interaction(&tree.children[0], layout, cursor, viewport, renderer)
    }

    fn overlay<'b>(
        &'b mut self,
        tree: &'b mut Tree,
        layout: Layout<'b>,
        renderer: &Renderer,
        viewport: &Rectangle,
        translation: Vector,
    ) -> Option<overlay::Element<'b, M, Theme, Renderer>> {
        if self.on {
            return None;
        }
        self.content.as_widget_mut().overlay(&mut tree.children[0], layout, renderer, viewport, translation)
    }
}

impl<'a, M: 'a> From<Inert<'a, M>> for Element<'a, M> {
    fn from(inert: Inert<'a, M>) -> Self {
        Element::new(inert)
    }
}
