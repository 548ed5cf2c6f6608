//! Something that the pointer takes from one part of the window to another.

use iced::advanced::renderer::Quad;
use iced::advanced::widget::{Tree, tree};
use iced::advanced::{Clipboard, Layout, Renderer as _, Shell, Widget, mouse};
use iced::{Element, Event, Point, Rectangle, Renderer, Size, Theme};

use super::focus::as_its_content;
use super::theme::{self, size, space};
use super::words::{Face, Widths, write};

/// How far the pointer moves before a press becomes a drag, in px.
pub const THRESHOLD: f32 = 4.0;
const CHIP: f32 = 24.0;
/// From the pointer to what it carries, so that it points at a place.
const ASIDE: f32 = 12.0;

/// Can be pressed, opened by two presses, and dragged away.
pub fn source<'a, M: Clone + 'a>(
    content: impl Into<Element<'a, M>>,
    on_press: M,
    on_open: M,
    on_lift: M,
) -> Element<'a, M> {
    Element::new(Source { content: content.into(), on_press, on_open, on_lift })
}

struct Source<'a, M> {
    content: Element<'a, M>,
    on_press: M,
    on_open: M,
    on_lift: M,
}

#[derive(Default)]
struct Pressed {
    at: Option<Point>,
    click: Option<mouse::Click>,
}

impl<M: Clone> Widget<M, Theme, Renderer> for Source<'_, M> {
    as_its_content!();
    as_its_content!(layout);
    as_its_content!(operate);
    as_its_content!(diff);
    as_its_content!(draw);
    as_its_content!(overlay);

    fn tag(&self) -> tree::Tag {
        tree::Tag::of::<Pressed>()
    }

    fn state(&self) -> tree::State {
        tree::State::new(Pressed::default())
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
        let child = &mut tree.children[0];
        self.content.as_widget_mut().update(child, event, layout, cursor, renderer, clipboard, shell, viewport);
        let pressed = tree.state.downcast_mut::<Pressed>();
        match event {
            Event::Mouse(mouse::Event::ButtonPressed(mouse::Button::Left)) if !shell.is_event_captured() => {
                let Some(at) = cursor.position_over(layout.bounds()).filter(|at| viewport.contains(*at)) else {
                    *pressed = Pressed::default();
                    return;
                };
                let click = mouse::Click::new(at, mouse::Button::Left, pressed.click.take());
                *pressed = Pressed { at: Some(at), click: Some(click) };
                shell.publish(self.on_press.clone());
                if click.kind() == mouse::click::Kind::Double {
                    pressed.at = None;
                    shell.publish(self.on_open.clone());
                }
                shell.capture_event();
            }
            Event::Mouse(mouse::Event::ButtonReleased(mouse::Button::Left)) => pressed.at = None,
            Event::Mouse(mouse::Event::CursorMoved { .. }) => {
                // Outside the list around it the pointer has no place.
                let is_far = |from: &Point| cursor.position().is_none_or(|at| at.distance(*from) > THRESHOLD);
                if pressed.at.take_if(|from| is_far(from)).is_some() {
                    shell.publish(self.on_lift.clone());
                }
            }
            _ => {}
        }
    }

    fn mouse_interaction(
        &self,
        _: &Tree,
        layout: Layout<'_>,
        cursor: mouse::Cursor,
        viewport: &Rectangle,
        _: &Renderer,
    ) -> mouse::Interaction {
        if cursor.is_over(layout.bounds()) && cursor.is_over(*viewport) {
            mouse::Interaction::Grab
        } else {
            mouse::Interaction::None
        }
    }
}

/// Shows what is carried beside the pointer, wherever the content does not show it itself: there it says `Grabbing`.
pub fn carrying<'a, M: 'a>(content: impl Into<Element<'a, M>>, what: Option<&'a str>) -> Element<'a, M> {
    Element::new(Carrying { content: content.into(), what })
}

struct Carrying<'a, M> {
    content: Element<'a, M>,
    what: Option<&'a str>,
}

impl<M> Widget<M, Theme, Renderer> for Carrying<'_, M> {
    as_its_content!();
    as_its_content!(layout);
    as_its_content!(operate);
    as_its_content!(diff);
    as_its_content!(overlay);

    fn tag(&self) -> tree::Tag {
        tree::Tag::of::<Widths>()
    }

    fn state(&self) -> tree::State {
        tree::State::new(Widths::default())
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
        let child = &mut tree.children[0];
        self.content.as_widget_mut().update(child, event, layout, cursor, renderer, clipboard, shell, viewport);
        if self.what.is_some() && matches!(event, Event::Mouse(mouse::Event::CursorMoved { .. })) {
            shell.request_redraw();
        }
    }

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
        let child = &tree.children[0];
        self.content.as_widget().draw(child, renderer, theme, style, layout, cursor, viewport);
        let (Some(what), Some(at)) = (self.what, cursor.position()) else { return };
        let content = self.content.as_widget();
        if content.mouse_interaction(child, layout, cursor, viewport, renderer) == mouse::Interaction::Grabbing {
            return;
        }
        let widths = tree.state.downcast_ref::<Widths>();
        let width = widths.of(what, Face::SemiBold, size::SMALL) + 2.0 * space::M;
        let corner = Point::new(
            (at.x + ASIDE).min(viewport.x + viewport.width - width).max(viewport.x).round(),
            (at.y + ASIDE).min(viewport.y + viewport.height - CHIP).round(),
        );
        let chip = Rectangle::new(corner, Size::new(width, CHIP));
        let colors = theme::colors(theme);
        renderer.with_layer(*viewport, |renderer| {
            let quad = Quad { bounds: chip, border: theme::hint(theme).border, ..Quad::default() };
            renderer.fill_quad(quad, theme::mix(colors.surface, colors.text, 0.06));
            let at = Rectangle { x: chip.x + space::M, ..chip };
            write(renderer, what, Face::SemiBold.font(), size::SMALL, at, colors.text);
        });
    }

    fn mouse_interaction(
        &self,
        tree: &Tree,
        layout: Layout<'_>,
        cursor: mouse::Cursor,
        viewport: &Rectangle,
        renderer: &Renderer,
    ) -> mouse::Interaction {
        let inside = self.content.as_widget().mouse_interaction(&tree.children[0], layout, cursor, viewport, renderer);
        if self.what.is_some() { mouse::Interaction::Grabbing } else { inside }
    }
}
