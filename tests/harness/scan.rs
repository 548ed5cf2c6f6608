use iced::advanced::widget::Id;
use iced::advanced::widget::operation::{Focusable, Operation, Scrollable, TextInput};
use iced::{Rectangle, Vector};

/// A widget in view: with a text, an id, or the focus.
#[derive(Clone, Debug)]
pub struct Seen {
    pub id: Option<String>,
    pub text: Option<String>,
    /// The part in view, in window coordinates.
    pub bounds: Rectangle,
    /// Nothing of it is cut off by the window or a scrollable.
    pub whole: bool,
    pub focused: bool,
}

/// Collects what is in view: inside the window and every scrollable around.
pub struct Scan {
    pub seen: Vec<Seen>,
    view: View,
    entering: Option<View>,
}

#[derive(Clone, Copy)]
struct View {
    bounds: Rectangle,
    translation: Vector,
}

impl Scan {
    pub fn new(window: Rectangle) -> Self {
        Self { seen: Vec::new(), view: View { bounds: window, translation: Vector::ZERO }, entering: None }
    }

    fn see(&mut self, id: Option<&Id>, text: Option<&str>, bounds: Rectangle, focused: bool) {
        let all = bounds + self.view.translation;
        let Some(bounds) = self.view.bounds.intersection(&all) else { return };
        let whole = all.is_within(&self.view.bounds.expand(0.5));
        let text = text.filter(|text| !text.chars().all(is_icon));
        if id.is_some() || text.is_some() || focused {
            self.seen.push(Seen { id: id.and_then(name), text: text.map(str::to_owned), bounds, whole, focused });
        }
    }
}

/// Icons are letters of a font of their own, which nobody reads.
fn is_icon(letter: char) -> bool {
    ('\u{e000}'..='\u{f8ff}').contains(&letter)
}

/// The name in an id, which iced shows only in its debug text.
fn name(id: &Id) -> Option<String> {
    format!("{id:?}").split('"').nth(1).map(str::to_owned)
}

impl Operation for Scan {
    fn traverse(&mut self, operate: &mut dyn FnMut(&mut dyn Operation)) {
        let outside = self.view;
        self.view = self.entering.take().unwrap_or(outside);
        operate(self);
        self.view = outside;
    }

    fn container(&mut self, id: Option<&Id>, bounds: Rectangle) {
        self.see(id, None, bounds, false);
    }

    fn scrollable(
        &mut self,
        id: Option<&Id>,
        bounds: Rectangle,
        _: Rectangle,
        translation: Vector,
        _: &mut dyn Scrollable,
    ) {
        self.see(id, None, bounds, false);
        let view = self.view;
        self.entering = Some(View {
            bounds: view.bounds.intersection(&(bounds + view.translation)).unwrap_or_default(),
            translation: view.translation - translation,
        });
    }

    fn focusable(&mut self, id: Option<&Id>, bounds: Rectangle, state: &mut dyn Focusable) {
        self.see(id, None, bounds, state.is_focused());
    }

    fn text_input(&mut self, id: Option<&Id>, bounds: Rectangle, state: &mut dyn TextInput) {
        self.see(id, Some(state.text()), bounds, false);
    }

    fn text(&mut self, id: Option<&Id>, bounds: Rectangle, text: &str) {
        self.see(id, Some(text), bounds, false);
    }
}

/// Line by line, each from the left: what overlaps by half its height with the line's first stands in that line.
pub fn in_reading_order(mut seen: Vec<Seen>) -> Vec<Seen> {
    seen.sort_by(|one, other| one.bounds.center_y().total_cmp(&other.bounds.center_y()));
    let mut lines: Vec<Vec<Seen>> = Vec::new();
    for seen in seen {
        match lines.last_mut() {
            Some(line) if seen.bounds.center_y() - line[0].bounds.center_y() < line[0].bounds.height / 2.0 => {
                line.push(seen);
            }
            _ => lines.push(vec![seen]),
        }
    }
    for line in &mut lines {
        line.sort_by(|one, other| one.bounds.x.total_cmp(&other.bounds.x));
    }
    lines.into_iter().flatten().collect()
}
