//! Keys that nothing inside has a use for: F2 on a list, the arrows under a search field.

use iced::advanced::layout::Layout;
use iced::advanced::widget::Tree;
use iced::advanced::{Clipboard, Shell, Widget, mouse};
use iced::keyboard::{self, Key, Modifiers};
use iced::{Element, Event, Rectangle, Renderer, Theme};

use super::focus::as_its_content;

type OnKey<'a, M> = Box<dyn Fn(&Key, Modifiers) -> Option<M> + 'a>;

/// Hands on the keys that `content` leaves; `None` leaves them too.
pub struct Keys<'a, M> {
    content: Element<'a, M>,
    on_key: OnKey<'a, M>,
}

pub fn keys<'a, M: 'a>(
    content: impl Into<Element<'a, M>>,
    on_key: impl Fn(&Key, Modifiers) -> Option<M> + 'a,
) -> Element<'a, M> {
    Element::new(Keys { content: content.into(), on_key: Box::new(on_key) })
}

impl<M> Widget<M, Theme, Renderer> for Keys<'_, M> {
    as_its_content!();
    as_its_content!(diff);
    as_its_content!(layout);
    as_its_content!(operate);
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
        let tree = &mut tree.children[0];
        let content = self.content.as_widget_mut();
        content.update(tree, event, layout, cursor, renderer, clipboard, shell, viewport);
        if shell.is_event_captured() {
            return;
        }
        if let Event::Keyboard(keyboard::Event::KeyPressed { key, modifiers, .. }) = event
            && let Some(message) = (self.on_key)(key, *modifiers)
        {
            shell.publish(message);
            shell.capture_event();
        }
    }
}
