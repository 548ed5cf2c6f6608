//! A head, a body and a foot: the body gets the height that the other two leave. A column would
//! let a long body push the foot out of the window.

use iced::advanced::layout::{self, Layout};
use iced::advanced::widget::{Operation, Tree};
use iced::advanced::{Clipboard, Shell, Widget, mouse, overlay, renderer};
use iced::{Element, Event, Length, Point, Rectangle, Renderer, Size, Theme, Vector};

/// How high the body is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Height {
    /// As high as what it holds, and at most as high as there is room.
    Content,
    /// As high as there is room.
    Room,
}

const HEAD: usize = 0;
const BODY: usize = 1;
const FOOT: usize = 2;

struct Frame<'a, M> {
    parts: [Element<'a, M>; 3],
    width: f32,
    height: Height,
}

/// `width` in px.
pub fn frame<'a, M: 'a>(
    head: Element<'a, M>,
    body: Element<'a, M>,
    foot: Element<'a, M>,
    width: f32,
    height: Height,
) -> Element<'a, M> {
    Element::new(Frame { parts: [head, body, foot], width, height })
}

impl<M> Widget<M, Theme, Renderer> for Frame<'_, M> {
    fn children(&self) -> Vec<Tree> {
        self.parts.iter().map(Tree::new).collect()
    }

    fn diff(&self, tree: &mut Tree) {
        tree.diff_children(&self.parts);
    }

    fn size(&self) -> Size<Length> {
        let height = match self.height {
            Height::Content => Length::Shrink,
            Height::Room => Length::Fill,
        };
        Size::new(Length::Fixed(self.width), height)
    }

    fn layout(&mut self, tree: &mut Tree, renderer: &Renderer, limits: &layout::Limits) -> layout::Node {
        let width = self.width.min(limits.max().width);
        let most = limits.max().height;
        let mut part = |index: usize, height: f32, least: f32| {
            let limits = layout::Limits::new(Size::new(width, least), Size::new(width, height));
            self.parts[index].as_widget_mut().layout(&mut tree.children[index], renderer, &limits)
        };
        let head = part(HEAD, most, 0.0);
        let foot = part(FOOT, most - head.size().height, 0.0);
        let room = (most - head.size().height - foot.size().height).max(0.0);
        let least = if self.height == Height::Room { room } else { 0.0 };
        let body = part(BODY, room, least);
        let below_head = head.size().height;
        let below_body = below_head + body.size().height;
        let height = below_body + foot.size().height;
        let parts = vec![head, body.move_to(Point::new(0.0, below_head)), foot.move_to(Point::new(0.0, below_body))];
        layout::Node::with_children(Size::new(width, height), parts)
    }

    fn operate(&mut self, tree: &mut Tree, layout: Layout<'_>, renderer: &Renderer, operation: &mut dyn Operation) {
        for ((part, tree), layout) in self.parts.iter_mut().zip(&mut tree.children).zip(layout.children()) {
            part.as_widget_mut().operate(tree, layout, renderer, operation);
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
        for ((part, tree), layout) in self.parts.iter_mut().zip(&mut tree.children).zip(layout.children()) {
            part.as_widget_mut().update(tree, event, layout, cursor, renderer, clipboard, shell, viewport);
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
        for ((part, tree), layout) in self.parts.iter().zip(&tree.children).zip(layout.children()) {
            part.as_widget().draw(tree, renderer, theme, style, layout, cursor, viewport);
        }
    }

    fn mouse_interaction(
        &self,
        tree: &Tree,
        layout: Layout<'_>,
        cursor: mouse::Cursor,
        viewport: &Rectangle,
        renderer: &Renderer,
    ) -> mouse::Interaction {
        let parts = self.parts.iter().zip(&tree.children).zip(layout.children());
        parts
            .map(|((part, tree), layout)| part.as_widget().mouse_interaction(tree, layout, cursor, viewport, renderer))
            .max()
            .unwrap_or_default()
    }

    fn overlay<'b>(
        &'b mut self,
        tree: &'b mut Tree,
        layout: Layout<'b>,
        renderer: &Renderer,
        viewport: &Rectangle,
        translation: Vector,
    ) -> Option<overlay::Element<'b, M, Theme, Renderer>> {
        overlay::from_children(&mut self.parts, tree, layout, renderer, viewport, translation)
    }
}
