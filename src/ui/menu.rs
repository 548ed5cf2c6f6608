//! Context menus: where one is asked for, and the menu itself.

use iced::advanced::text::{Alignment, LineHeight, Paragraph as _, Renderer as TextRenderer, Shaping, Text, Wrapping};
use iced::advanced::widget::{Tree, tree};
use iced::advanced::{Clipboard, Layout, Shell, Widget, layout, mouse, overlay};
use iced::alignment::Vertical;
use iced::keyboard::{self, Key, key::Named};
use iced::widget::{button, column, container, mouse_area, opaque, row, space, stack, text};
use iced::{Center, Element, Event, Fill, Point, Rectangle, Renderer, Shrink, Size, Theme, Vector};
use lucide_icons::Icon;

use super::focus::{as_its_content, focus_scope, focusable, stops};
use super::theme;

/// The narrowest a menu gets, in px.
const NARROWEST: f32 = 180.0;

/// Asks for a menu: on a right press at the pointer, on the Menu key or Shift+F10 under the control inside that has
/// the focus. The point is in window coordinates.
pub fn context_area<'a, M>(
    content: impl Into<Element<'a, M>>,
    on_open: impl Fn(Point) -> M + 'a,
) -> ContextArea<'a, M> {
    ContextArea { content: content.into(), on_open: Box::new(on_open) }
}

/// One line of a menu.
#[derive(Clone, Debug)]
pub enum MenuItem<M> {
    Choice {
        icon: Option<Icon>,
        label: String,
        /// The keys that do the same, as the user knows them: «Ctrl+N».
        shortcut: Option<String>,
        /// `None` shows it greyed.
        on_choose: Option<M>,
        /// Whether it destroys something.
        danger: bool,
    },
    Separator,
}

impl<M> MenuItem<M> {
    pub fn new(label: impl Into<String>, on_choose: M) -> Self {
        Self::maybe(label, Some(on_choose))
    }

    /// Greyed where there is nothing to choose.
    pub fn maybe(label: impl Into<String>, on_choose: Option<M>) -> Self {
        Self::Choice { icon: None, label: label.into(), shortcut: None, on_choose, danger: false }
    }

    pub fn icon(mut self, with: Icon) -> Self {
        if let Self::Choice { icon, .. } = &mut self {
            *icon = Some(with);
        }
        self
    }

    pub fn shortcut(mut self, keys: impl Into<String>) -> Self {
        if let Self::Choice { shortcut, .. } = &mut self {
            *shortcut = Some(keys.into());
        }
        self
    }

    pub fn danger(mut self) -> Self {
        if let Self::Choice { danger, .. } = &mut self {
            *danger = true;
        }
        self
    }
}

/// The menu as the topmost layer of the window; what lies below must be `inert`.
pub fn menu_layer<'a, M: Clone + 'a>(at: Point, items: Vec<MenuItem<M>>, on_close: M) -> Element<'a, M> {
    let columns = Columns::of(&items);
    let lines = column(items.into_iter().map(|item| line(item, columns)));
    let panel = container(lines.width(columns.width())).padding(theme::space::XS).style(theme::raised);
    let menu = focus_scope(panel).autofocus().arrows().on_escape(on_close.clone());
    popup(at, menu, on_close)
}

/// Something small as the topmost layer of the window, until another place is pressed; what lies below must be `inert`.
pub fn popup<'a, M: Clone + 'a>(at: Point, content: impl Into<Element<'a, M>>, on_close: M) -> Element<'a, M> {
    let outside = mouse_area(space().width(Fill).height(Fill))
        .on_press(on_close.clone())
        .on_right_press(on_close.clone())
        .on_middle_press(on_close);
    stack![opaque(outside), Element::new(Placed { at, content: opaque(content) })].into()
}

/// How wide the columns of a menu are: each as its widest word.
#[derive(Clone, Copy, Debug, Default)]
struct Columns {
    icon: f32,
    label: f32,
    shortcut: f32,
}

impl Columns {
    fn of<M>(items: &[MenuItem<M>]) -> Self {
        items.iter().fold(Self::default(), |columns, item| match item {
            MenuItem::Choice { icon, label, shortcut, .. } => Self {
                icon: columns.icon.max(if icon.is_some() { theme::size::ICON + theme::space::S } else { 0.0 }),
                label: columns.label.max(width_of(label)),
                shortcut: columns
                    .shortcut
                    .max(shortcut.as_deref().map_or(0.0, |keys| width_of(keys) + theme::space::XL)),
            },
            MenuItem::Separator => columns,
        })
    }

    fn width(self) -> f32 {
        (theme::space::S + self.icon + self.label + self.shortcut + theme::space::S).max(NARROWEST)
    }
}

fn width_of(word: &str) -> f32 {
    let paragraph = <Renderer as TextRenderer>::Paragraph::with_text(Text {
        content: word,
        bounds: Size::INFINITE,
        size: theme::size::TEXT.into(),
        line_height: LineHeight::default(),
        font: theme::REGULAR,
        align_x: Alignment::Default,
        align_y: Vertical::Top,
        shaping: Shaping::Auto,
        wrapping: Wrapping::None,
    });
    paragraph.min_width().ceil()
}

fn line<'a, M: Clone + 'a>(item: MenuItem<M>, columns: Columns) -> Element<'a, M> {
    let MenuItem::Choice { icon, label, shortcut, on_choose, danger } = item else {
        let divider = container(space()).width(Fill).height(1).style(theme::divider);
        return container(divider).padding([theme::space::XS, 0.0]).into();
    };
    let enabled = on_choose.is_some();
    let icon: Element<'a, M> = match icon {
        Some(icon) => icon.widget().size(theme::size::ICON).into(),
        None => space().into(),
    };
    let shortcut = shortcut.map(|keys| text(keys).style(if enabled { theme::muted } else { text::default }));
    let content = row![container(icon).width(columns.icon), text(label).width(Fill).wrapping(Wrapping::None), shortcut]
        .height(Fill)
        .align_y(Center);
    let row = button(content)
        .width(Fill)
        .height(theme::CONTROL)
        .padding([0.0, theme::space::S])
        .style(move |theme, status| {
            let quiet = theme::quiet(theme, status);
            if danger && enabled { button::Style { text_color: theme::colors(theme).bad, ..quiet } } else { quiet }
        })
        .on_press_maybe(on_choose.clone());
    match on_choose {
        Some(message) => focusable(row).on_activate(message).ring_inside().into(),
        None => row.into(),
    }
}

/// See [`context_area`].
pub struct ContextArea<'a, M> {
    content: Element<'a, M>,
    on_open: Box<dyn Fn(Point) -> M + 'a>,
}

/// How far the scrollables around have scrolled: inside them, all positions are those of their content.
#[derive(Default)]
struct Scrolled(Vector);

impl<M> Widget<M, Theme, Renderer> for ContextArea<'_, M> {
    as_its_content!();
    as_its_content!(layout);
    as_its_content!(operate);
    as_its_content!(diff);
    as_its_content!(draw);
    as_its_content!(mouse_interaction);

    fn tag(&self) -> tree::Tag {
        tree::Tag::of::<Scrolled>()
    }

    fn state(&self) -> tree::State {
        tree::State::new(Scrolled::default())
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
        if shell.is_event_captured() {
            return;
        }
        let at = match event {
            Event::Mouse(mouse::Event::ButtonPressed(mouse::Button::Right)) => cursor.position_over(layout.bounds()),
            Event::Keyboard(keyboard::Event::KeyPressed { key: Key::Named(key), modifiers, .. })
                if *key == Named::ContextMenu || *key == Named::F10 && modifiers.shift() =>
            {
                stops(&mut self.content, tree, layout, renderer)
                    .into_iter()
                    .find(|stop| stop.focused)
                    .map(|stop| Point::new(stop.bounds.x + theme::space::S, stop.bounds.y + stop.bounds.height))
            }
            _ => None,
        };
        if let Some(at) = at {
            let Scrolled(translation) = *tree.state.downcast_ref::<Scrolled>();
            shell.publish((self.on_open)(at + translation));
            shell.capture_event();
        }
    }

    /// Shows nothing, but is asked before every event, and only here iced says how far it is scrolled.
    fn overlay<'b>(
        &'b mut self,
        tree: &'b mut Tree,
        layout: Layout<'b>,
        renderer: &Renderer,
        viewport: &Rectangle,
        translation: Vector,
    ) -> Option<overlay::Element<'b, M, Theme, Renderer>> {
        *tree.state.downcast_mut::<Scrolled>() = Scrolled(translation);
        self.content.as_widget_mut().overlay(&mut tree.children[0], layout, renderer, viewport, translation)
    }
}

impl<'a, M: 'a> From<ContextArea<'a, M>> for Element<'a, M> {
    fn from(area: ContextArea<'a, M>) -> Self {
        Element::new(area)
    }
}

/// A button under which a list opens: it says where its lower left corner is, in a part of the window that does not
/// scroll.
pub fn anchored<'a, M>(button: impl Into<Element<'a, ()>>, on_press: impl Fn(Point) -> M + 'a) -> Anchored<'a, M> {
    Anchored { content: button.into(), on_press: Box::new(on_press), key: None }
}

/// See [`anchored`].
pub struct Anchored<'a, M> {
    content: Element<'a, ()>,
    on_press: Box<dyn Fn(Point) -> M + 'a>,
    key: Option<char>,
}

impl<M> Anchored<'_, M> {
    /// Ctrl with this letter presses it too, wherever the focus is.
    pub fn key(self, letter: char) -> Self {
        Self { key: Some(letter), ..self }
    }
}

impl<M> Widget<M, Theme, Renderer> for Anchored<'_, M> {
    as_its_content!();
    as_its_content!(layout);
    as_its_content!(operate);
    as_its_content!(diff);
    as_its_content!(draw);
    as_its_content!(mouse_interaction);

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
        let mut presses = Vec::new();
        let mut inside = Shell::new(&mut presses);
        let content = self.content.as_widget_mut();
        content.update(&mut tree.children[0], event, layout, cursor, renderer, clipboard, &mut inside, viewport);
        let bounds = layout.bounds();
        let at = Point::new(bounds.x, bounds.y + bounds.height + theme::space::XS);
        shell.merge(inside, |()| (self.on_press)(at));
        if let Event::Keyboard(keyboard::Event::KeyPressed { key: Key::Character(letter), modifiers, .. }) = event
            && *modifiers == keyboard::Modifiers::CTRL
            && self.key.is_some_and(|key| letter.eq_ignore_ascii_case(key.encode_utf8(&mut [0; 4])))
            && !shell.is_event_captured()
        {
            shell.publish((self.on_press)(at));
            shell.capture_event();
        }
    }
}

impl<'a, M: 'a> From<Anchored<'a, M>> for Element<'a, M> {
    fn from(anchored: Anchored<'a, M>) -> Self {
        Element::new(anchored)
    }
}

/// Lays its content with one corner at a point, and wholly inside the window.
struct Placed<'a, M> {
    at: Point,
    content: Element<'a, M>,
}

/// Where along one axis: after the point, or before it where the room ends.
fn fit(at: f32, length: f32, room: f32) -> f32 {
    let start = if at + length > room { at - length } else { at };
    start.min(room - length).max(0.0)
}

impl<M> Widget<M, Theme, Renderer> for Placed<'_, M> {
    as_its_content!();
    as_its_content!(diff);
    as_its_content!(operate);
    as_its_content!(update);
    as_its_content!(draw);
    as_its_content!(mouse_interaction);
    as_its_content!(overlay);

    fn layout(&mut self, tree: &mut Tree, renderer: &Renderer, limits: &layout::Limits) -> layout::Node {
        let room = limits.max();
        let loose = limits.loose().width(Shrink).height(Shrink);
        let node = self.content.as_widget_mut().layout(&mut tree.children[0], renderer, &loose);
        let size = node.size();
        node.move_to(Point::new(fit(self.at.x, size.width, room.width), fit(self.at.y, size.height, room.height)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_menu_flips_where_the_room_ends_and_never_leaves_it() {
        assert_eq!(fit(10.0, 50.0, 100.0), 10.0);
        assert_eq!(fit(50.0, 50.0, 100.0), 50.0);
        assert_eq!(fit(51.0, 50.0, 100.0), 1.0);
        assert_eq!(fit(30.0, 80.0, 100.0), 0.0);
        assert_eq!(fit(150.0, 20.0, 100.0), 80.0);
    }
}
