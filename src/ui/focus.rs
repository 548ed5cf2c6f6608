//! The keyboard's way through a window, for any control of iced: who has the focus, where Tab goes, and who gets it
//! back when a dialog closes.
//!
//! A window is a `stack!` of layers: `stack![inert(dialog_is_open, base), dialog]`. Each layer is one [`focus_scope`];
//! none lies inside another. Each control that iced does not focus itself is wrapped in [`focusable`]: everything but
//! `text_input` and `text_editor`.

mod focusable;
mod inert;
mod scope;
mod walk;

use iced::Task;
use iced::advanced::widget::{self, Id};

pub use focusable::{Focusable, focusable};
pub use inert::{Inert, inert};
pub use scope::{FocusScope, focus_scope};
pub(super) use walk::{run, stops};

/// Gives the focus to the control named `id`, scrolls it into view and selects its text. Without such a control the
/// focus stays where it is.
///
/// Return it from `update` itself, not at the end of a task that waits: iced draws anew after an `update`, but not
/// after an operation that comes later (iced #3029).
pub fn set<M: Send + 'static>(id: impl Into<Id>) -> Task<M> {
    widget::operate(walk::Find::new(id.into()))
}

/// Gives the focus to the control named `id` if nothing has it any longer, as when what had it has gone.
pub fn set_if_lost<M: Send + 'static>(id: impl Into<Id>) -> Task<M> {
    widget::operate(walk::Find::if_lost(id.into()))
}

/// Scrolls the container or control named `id` into view, and leaves the focus where it is.
pub fn reveal<M: Send + 'static>(id: impl Into<Id>) -> Task<M> {
    widget::operate(walk::Reveal::new(id.into()))
}

/// The parts of `Widget` that a wrapper of one `content` leaves to it.
macro_rules! as_its_content {
    () => {
        fn children(&self) -> Vec<Tree> {
            vec![Tree::new(&self.content)]
        }
        fn size(&self) -> iced::Size<iced::Length> {
            self.content.as_widget().size()
        }
        fn size_hint(&self) -> iced::Size<iced::Length> {
            self.content.as_widget().size_hint()
        }
    };
    (layout) => {
        fn layout(
            &mut self,
            tree: &mut Tree,
            renderer: &Renderer,
            limits: &iced::advanced::layout::Limits,
        ) -> iced::advanced::layout::Node {
            self.content.as_widget_mut().layout(&mut tree.children[0], renderer, limits)
        }
    };
    (operate) => {
        fn operate(
            &mut self,
            tree: &mut Tree,
            layout: Layout<'_>,
            renderer: &Renderer,
            operation: &mut dyn iced::advanced::widget::Operation,
        ) {
            self.content.as_widget_mut().operate(&mut tree.children[0], layout, renderer, operation);
        }
    };
    (update) => {
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
    };
    (diff) => {
        fn diff(&self, tree: &mut Tree) {
            tree.diff_children(std::slice::from_ref(&self.content));
        }
    };
    (draw) => {
        fn draw(
            &self,
            tree: &Tree,
            renderer: &mut Renderer,
            theme: &Theme,
            style: &iced::advanced::renderer::Style,
            layout: Layout<'_>,
            cursor: mouse::Cursor,
            viewport: &Rectangle,
        ) {
            self.content.as_widget().draw(&tree.children[0], renderer, theme, style, layout, cursor, viewport);
        }
    };
    (mouse_interaction) => {
        fn mouse_interaction(
            &self,
            tree: &Tree,
            layout: Layout<'_>,
            cursor: mouse::Cursor,
            viewport: &Rectangle,
            renderer: &Renderer,
        ) -> mouse::Interaction {
            self.content.as_widget().mouse_interaction(&tree.children[0], layout, cursor, viewport, renderer)
        }
    };
    (overlay) => {
        fn overlay<'b>(
            &'b mut self,
            tree: &'b mut Tree,
            layout: Layout<'b>,
            renderer: &Renderer,
            viewport: &Rectangle,
            translation: iced::Vector,
        ) -> Option<iced::advanced::overlay::Element<'b, M, Theme, Renderer>> {
            self.content.as_widget_mut().overlay(&mut tree.children[0], layout, renderer, viewport, translation)
        }
    };
}
pub(super) use as_its_content;
