//! When much changes at once, the whole window is drawn anew.
//!
//! iced's software renderer draws each changed area by itself, and each time fills all that lies
//! under it at its full size through a mask (iced #3368): a day of the appointment book with some
//! hundred changed areas took a second, all of it takes ten milliseconds. It draws everything when
//! the window's background colour is another; so the colour goes to and fro, too little to be seen.

use iced::advanced::widget::{Tree, tree};
use iced::advanced::{Clipboard, Layout, Shell, Widget, mouse};
use iced::theme::{Base, Style};
use iced::{Color, Element, Event, Rectangle, Renderer, Theme, keyboard, window};

use super::focus::as_its_content;

/// Whether the next frame is drawn whole.
#[derive(Clone, Copy, Debug, Default)]
pub struct WholeFrame {
    nudged: bool,
}

impl WholeFrame {
    /// Much may have changed: the next frame is a whole one.
    pub fn ask(&mut self) {
        self.nudged = !self.nudged;
    }

    /// The theme's own style, but for the last digits of its background.
    pub fn style(self, theme: &Theme) -> Style {
        const TOO_LITTLE_TO_SEE: f32 = 1e-5;
        let style = theme.base();
        let Color { r, .. } = style.background_color;
        let nudge = if self.nudged { TOO_LITTLE_TO_SEE } else { 0.0 };
        Style { background_color: Color { r: (r - nudge).max(0.0), ..style.background_color }, ..style }
    }
}

/// Says `on_change` when a key, the wheel or a drag has changed something in `content` that the
/// program is not told of: what has scrolled.
pub fn noticing<'a, M: Clone + 'a>(content: impl Into<Element<'a, M>>, on_change: M) -> Element<'a, M> {
    Element::new(Noticing { content: content.into(), on_change })
}

struct Noticing<'a, M> {
    content: Element<'a, M>,
    on_change: M,
}

/// Whether a button is held down.
#[derive(Default)]
struct Held(bool);

impl<M: Clone> Widget<M, Theme, Renderer> for Noticing<'_, M> {
    as_its_content!();
    as_its_content!(layout);
    as_its_content!(operate);
    as_its_content!(diff);
    as_its_content!(draw);
    as_its_content!(mouse_interaction);
    as_its_content!(overlay);

    fn tag(&self) -> tree::Tag {
        tree::Tag::of::<Held>()
    }

    fn state(&self) -> tree::State {
        tree::State::new(Held::default())
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
        let Held(held) = tree.state.downcast_mut::<Held>();
        let scrolls = match event {
            Event::Mouse(mouse::Event::ButtonPressed(_)) => {
                *held = true;
                true
            }
            Event::Mouse(mouse::Event::ButtonReleased(_)) => {
                *held = false;
                false
            }
            Event::Mouse(mouse::Event::CursorMoved { .. }) => *held,
            Event::Mouse(mouse::Event::WheelScrolled { .. }) => true,
            Event::Keyboard(keyboard::Event::KeyPressed { .. }) => true,
            _ => false,
        };
        if scrolls && shell.redraw_request() == window::RedrawRequest::NextFrame {
            shell.publish(self.on_change.clone());
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ui::theme;

    #[test]
    fn the_background_changes_and_nobody_sees_it() {
        for theme in [theme::light(), theme::dark()] {
            let mut whole = WholeFrame::default();
            let one = whole.style(&theme).background_color;
            whole.ask();
            let other = whole.style(&theme).background_color;
            assert_ne!(one, other);
            assert_eq!(one.into_rgba8(), other.into_rgba8());
        }
    }
}
