//! What lies behind a dialog is dimmed, all around its card.

use iced::advanced::widget::Tree;
use iced::advanced::{Clipboard, Layout, Renderer as _, Shell, Widget, mouse, renderer};
use iced::{Element, Event, Rectangle, Renderer, Theme};

use super::focus::as_its_content;
use super::theme;

/// How far the dimming reaches under the card: more than its corners are rounded.
const UNDER: f32 = 2.0 * theme::RADIUS;
/// The edges under the card are multiples of it, in px: sharp at 100, 125, 150 and 175 %.
const GRID: f32 = 4.0;

/// Dims all that `content` covers. Its one child is the card, which nothing shines through: there
/// nothing is dimmed, for blending a pixel costs far more than painting it.
pub fn dimmed<'a, M: 'a>(content: impl Into<Element<'a, M>>) -> Element<'a, M> {
    Element::new(Dimmed { content: content.into() })
}

struct Dimmed<'a, M> {
    content: Element<'a, M>,
}

impl<M> Widget<M, Theme, Renderer> for Dimmed<'_, M> {
    as_its_content!();
    as_its_content!(layout);
    as_its_content!(operate);
    as_its_content!(diff);
    as_its_content!(update);
    as_its_content!(mouse_interaction);
    as_its_content!(overlay);

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
        let card = layout.children().next().map(|card| card.bounds());
        for bounds in around(layout.bounds(), card.unwrap_or_default()) {
            renderer.fill_quad(renderer::Quad { bounds, ..renderer::Quad::default() }, theme::DIMMED);
        }
        self.content.as_widget().draw(&tree.children[0], renderer, theme, style, layout, cursor, viewport);
    }
}

/// The parts of `all` that are not deep under the card: above, below, left and right of it.
fn around(all: Rectangle, card: Rectangle) -> Vec<Rectangle> {
    let (right, bottom) = (all.x + all.width, all.y + all.height);
    let up = |edge: f32| ((edge + UNDER) / GRID).ceil() * GRID;
    let down = |edge: f32| ((edge - UNDER) / GRID).floor() * GRID;
    let (hole_left, hole_right) = (up(card.x), down(card.x + card.width));
    let (hole_top, hole_bottom) = (up(card.y), down(card.y + card.height));
    if hole_left >= hole_right || hole_top >= hole_bottom {
        return vec![all];
    }
    let between = |left: f32, top: f32, right: f32, bottom: f32| Rectangle {
        x: left,
        y: top,
        width: right - left,
        height: bottom - top,
    };
    let parts = [
        between(all.x, all.y, right, hole_top),
        between(all.x, hole_bottom, right, bottom),
        between(all.x, hole_top, hole_left, hole_bottom),
        between(hole_right, hole_top, right, hole_bottom),
    ];
    parts.into_iter().filter(|part| part.width > 0.0 && part.height > 0.0).collect()
}

#[cfg(test)]
mod tests {
    use iced::{Point, Size};

    use super::*;

    #[test]
    fn every_pixel_beside_the_card_is_dimmed_once() {
        let all = Rectangle::with_size(Size::new(1280.0, 800.0));
        let card = Rectangle { x: 139.0, y: 24.0, width: 1002.0, height: 752.0 };
        let parts = around(all, card);
        for x in 0..1280 {
            for y in 0..800 {
                let at = Point::new(x as f32 + 0.5, y as f32 + 0.5);
                let times = parts.iter().filter(|part| part.contains(at)).count();
                assert!(times == 1 || times == 0 && card.shrink(theme::RADIUS).contains(at), "{at:?}: {times}");
            }
        }
        assert!(parts.iter().map(Rectangle::area).sum::<f32>() < 0.3 * all.area());
    }

    #[test]
    fn without_a_card_everything_is_dimmed() {
        let all = Rectangle::with_size(Size::new(1280.0, 800.0));
        assert_eq!(around(all, Rectangle::default()), [all]);
    }
}
