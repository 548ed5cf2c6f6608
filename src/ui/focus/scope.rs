use iced::advanced::widget::{Id, Tree, tree};
use iced::advanced::{Clipboard, Layout, Shell, Widget, mouse};
use iced::keyboard::{self, Key, key::Named};
use iced::{Element, Event, Rectangle, Renderer, Theme};

use super::{as_its_content, walk};

/// The keys of one layer of the window: Tab and Shift+Tab go round inside it.
pub fn focus_scope<'a, M>(content: impl Into<Element<'a, M>>) -> FocusScope<'a, M> {
    FocusScope {
        id: None,
        content: content.into(),
        autofocus: Autofocus::Never,
        arrows: false,
        on_escape: None,
        on_enter: None,
    }
}

/// See [`focus_scope`].
pub struct FocusScope<'a, M> {
    id: Option<Id>,
    content: Element<'a, M>,
    autofocus: Autofocus,
    arrows: bool,
    on_escape: Option<M>,
    on_enter: Option<M>,
}

enum Autofocus {
    Never,
    First,
    On(Id),
}

impl<M> FocusScope<'_, M> {
    /// Says which dialog this is. Where one dialog takes another's place at once, only a new id lets the new one
    /// begin afresh, instead of keeping the other's focus and scroll.
    pub fn id(mut self, id: impl Into<Id>) -> Self {
        self.id = Some(id.into());
        self
    }

    /// The first control gets the focus when the scope appears.
    pub fn autofocus(mut self) -> Self {
        self.autofocus = Autofocus::First;
        self
    }

    /// The control named `id` gets the focus when the scope appears.
    pub fn autofocus_on(mut self, id: impl Into<Id>) -> Self {
        self.autofocus = Autofocus::On(id.into());
        self
    }

    /// Up, Down, Home and End move the focus too, as in a menu.
    pub fn arrows(mut self) -> Self {
        self.arrows = true;
        self
    }

    pub fn on_escape(mut self, message: M) -> Self {
        self.on_escape = Some(message);
        self
    }

    /// What Enter does, as a dialog's OK, from a text field too; but a control that does something itself on Enter
    /// goes before.
    pub fn on_enter(mut self, message: M) -> Self {
        self.on_enter = Some(message);
        self
    }
}

/// What a scope remembers.
struct Seen {
    id: Option<Id>,
    focus_given: bool,
}

/// Where a key moves the focus.
enum Step {
    Next,
    Previous,
    First,
    Last,
}

impl<M: Clone> FocusScope<'_, M> {
    /// Gives the first focus, once, unless the program gave it already.
    fn begin(&mut self, tree: &mut Tree, layout: Layout<'_>, renderer: &Renderer, shell: &mut Shell<'_, M>) {
        if matches!(self.autofocus, Autofocus::Never) || tree.state.downcast_ref::<Seen>().focus_given {
            return;
        }
        let stops = walk::stops(&mut self.content, tree, layout, renderer);
        if stops.is_empty() {
            return;
        }
        tree.state.downcast_mut::<Seen>().focus_given = true;
        if stops.iter().any(|stop| stop.focused) {
            return;
        }
        let target = match &self.autofocus {
            Autofocus::On(id) => stops.iter().position(|stop| stop.id.as_ref() == Some(id)).unwrap_or(0),
            Autofocus::First | Autofocus::Never => 0,
        };
        walk::run(&mut self.content, tree, layout, renderer, &mut walk::Give::arriving(target));
        shell.request_redraw();
    }

    fn go(&mut self, step: Step, tree: &mut Tree, layout: Layout<'_>, renderer: &Renderer) {
        let stops = walk::stops(&mut self.content, tree, layout, renderer);
        let Some(last) = stops.len().checked_sub(1) else { return };
        let target = match (step, stops.iter().position(|stop| stop.focused)) {
            (Step::Next, Some(at)) if at < last => at + 1,
            (Step::Previous, Some(at)) if at > 0 => at - 1,
            (Step::Next | Step::First, _) => 0,
            (Step::Previous | Step::Last, _) => last,
        };
        walk::run(&mut self.content, tree, layout, renderer, &mut walk::Give::arriving(target));
    }

    /// A text input keeps its focus when something else is pressed with the right button: only one may have it.
    fn keep_one(&mut self, tree: &mut Tree, layout: Layout<'_>, renderer: &Renderer) {
        let stops = walk::stops(&mut self.content, tree, layout, renderer);
        if stops.iter().filter(|stop| stop.focused).count() > 1
            && let Some(target) = stops.iter().position(|stop| stop.focused && !stop.text_input)
        {
            let mut give = walk::Give::only(target, stops[target].ring);
            walk::run(&mut self.content, tree, layout, renderer, &mut give);
        }
    }

    /// What a key does that must not reach the content: a text input with the focus swallows Escape (iced #2678), and
    /// Enter if it has something to submit.
    fn before(&mut self, key: &Key, tree: &mut Tree, layout: Layout<'_>, renderer: &Renderer) -> Option<M> {
        match key {
            Key::Named(Named::Escape) => self.on_escape.clone(),
            Key::Named(Named::Enter) => {
                let message = self.on_enter.clone()?;
                let stops = walk::stops(&mut self.content, tree, layout, renderer);
                stops.iter().any(|stop| stop.focused && stop.text_input).then_some(message)
            }
            _ => None,
        }
    }
}

impl<M: Clone> Widget<M, Theme, Renderer> for FocusScope<'_, M> {
    as_its_content!();
    as_its_content!(layout);
    as_its_content!(operate);
    as_its_content!(draw);
    as_its_content!(mouse_interaction);
    as_its_content!(overlay);

    fn tag(&self) -> tree::Tag {
        tree::Tag::of::<Seen>()
    }

    fn state(&self) -> tree::State {
        tree::State::new(Seen { id: self.id.clone(), focus_given: false })
    }

    fn diff(&self, tree: &mut Tree) {
        if tree.state.downcast_ref::<Seen>().id == self.id {
            tree.diff_children(std::slice::from_ref(&self.content));
        } else {
            tree.state = self.state();
            tree.children = self.children();
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
        self.begin(tree, layout, renderer, shell);
        let pressed = match event {
            Event::Keyboard(keyboard::Event::KeyPressed { key, modifiers, repeat, .. }) => {
                Some((key, *modifiers, *repeat))
            }
            _ => None,
        };
        if let Some((key, modifiers, repeat)) = pressed
            && modifiers.is_empty()
            && !shell.is_event_captured()
            && let Some(message) = self.before(key, tree, layout, renderer)
        {
            // Held down, it must not close the next dialog too.
            if !repeat {
                shell.publish(message);
            }
            return shell.capture_event();
        }
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
        if matches!(event, Event::Mouse(mouse::Event::ButtonPressed(_))) {
            self.keep_one(tree, layout, renderer);
        }
        let Some((Key::Named(key), modifiers, repeat)) = pressed else { return };
        if shell.is_event_captured() || modifiers.control() || modifiers.alt() || modifiers.logo() {
            return;
        }
        let step = match key {
            Named::Tab if modifiers.shift() => Step::Previous,
            Named::Tab => Step::Next,
            Named::ArrowDown if self.arrows => Step::Next,
            Named::ArrowUp if self.arrows => Step::Previous,
            Named::Home if self.arrows => Step::First,
            Named::End if self.arrows => Step::Last,
            Named::Enter if modifiers.is_empty() && !repeat => {
                if let Some(message) = &self.on_enter {
                    shell.publish(message.clone());
                    shell.capture_event();
                }
                return;
            }
            _ => return,
        };
        self.go(step, tree, layout, renderer);
        shell.capture_event();
        shell.request_redraw();
    }
}

impl<'a, M: Clone + 'a> From<FocusScope<'a, M>> for Element<'a, M> {
    fn from(scope: FocusScope<'a, M>) -> Self {
        Element::new(scope)
    }
}
