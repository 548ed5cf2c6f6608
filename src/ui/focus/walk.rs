//! Operations that walk through the controls of a part of the window, in Tab order.

use std::any::Any;

use iced::advanced::Layout;
use iced::advanced::widget::operation::scrollable::AbsoluteOffset;
use iced::advanced::widget::operation::{Focusable, Operation, Outcome, Scrollable, TextInput};
use iced::advanced::widget::{Id, Tree};
use iced::{Element, Rectangle, Renderer, Theme, Vector};

use super::focusable::Held;

/// What stays visible around a control that is scrolled into view: its ring, and a little air.
const MARGIN: f32 = 8.0;

/// A place where Tab stops.
#[derive(Clone, Debug)]
pub struct Stop {
    pub id: Option<Id>,
    /// As it stands now, wherever the scrollables inside have scrolled to.
    pub bounds: Rectangle,
    pub focused: bool,
    pub ring: bool,
    pub text_input: bool,
}

/// Runs `operation`, and what it is followed by, on the content of a wrapper.
pub fn run<M>(
    content: &mut Element<'_, M, Theme, Renderer>,
    tree: &mut Tree,
    layout: Layout<'_>,
    renderer: &Renderer,
    operation: &mut dyn Operation,
) {
    content.as_widget_mut().operate(&mut tree.children[0], layout, renderer, operation);
    let mut outcome = operation.finish();
    while let Outcome::Chain(mut next) = outcome {
        content.as_widget_mut().operate(&mut tree.children[0], layout, renderer, next.as_mut());
        outcome = next.finish();
    }
}

/// The stops inside a wrapper's content, in Tab order.
pub fn stops<M>(
    content: &mut Element<'_, M, Theme, Renderer>,
    tree: &mut Tree,
    layout: Layout<'_>,
    renderer: &Renderer,
) -> Vec<Stop> {
    let mut survey = Survey::default();
    run(content, tree, layout, renderer, &mut survey);
    survey.stops
}

#[derive(Default)]
struct Survey {
    stops: Vec<Stop>,
    text_input: bool,
    scrolled: Vector,
    entering: Vector,
}

impl<T> Operation<T> for Survey {
    fn traverse(&mut self, operate: &mut dyn FnMut(&mut dyn Operation<T>)) {
        let outside = self.scrolled;
        self.scrolled = outside + std::mem::take(&mut self.entering);
        operate(self);
        self.scrolled = outside;
    }

    fn scrollable(&mut self, _: Option<&Id>, _: Rectangle, _: Rectangle, translation: Vector, _: &mut dyn Scrollable) {
        self.entering = translation;
    }

    // A text input shows itself here first, and then as focusable.
    fn text_input(&mut self, _: Option<&Id>, _: Rectangle, _: &mut dyn TextInput) {
        self.text_input = true;
    }

    fn focusable(&mut self, id: Option<&Id>, bounds: Rectangle, state: &mut dyn Focusable) {
        let text_input = std::mem::take(&mut self.text_input);
        let bounds = bounds - self.scrolled;
        self.stops.push(Stop { id: id.cloned(), bounds, focused: state.is_focused(), ring: false, text_input });
    }

    // Our own focusable shows itself once more, with its ring.
    fn custom(&mut self, _: Option<&Id>, _: Rectangle, state: &mut dyn Any) {
        if let (Some(held), Some(stop)) = (state.downcast_ref::<Held>(), self.stops.last_mut()) {
            stop.ring = held.ring;
        }
    }
}

/// Finds the stop named `id`, and gives it the focus.
pub struct Find {
    id: Id,
    /// Only where nothing has the focus.
    if_lost: bool,
    survey: Survey,
}

impl Find {
    pub fn new(id: Id) -> Self {
        Self { id, if_lost: false, survey: Survey::default() }
    }

    /// Where nothing else has the focus.
    pub fn if_lost(id: Id) -> Self {
        Self { if_lost: true, ..Self::new(id) }
    }
}

impl<T> Operation<T> for Find {
    fn traverse(&mut self, operate: &mut dyn FnMut(&mut dyn Operation<T>)) {
        operate(self);
    }

    fn focusable(&mut self, id: Option<&Id>, bounds: Rectangle, state: &mut dyn Focusable) {
        Operation::<T>::focusable(&mut self.survey, id, bounds, state);
    }

    fn finish(&self) -> Outcome<T> {
        let stops = &self.survey.stops;
        let stays = self.if_lost && stops.iter().any(|stop| stop.focused);
        match stops.iter().position(|stop| !stays && stop.id.as_ref() == Some(&self.id)) {
            Some(target) => Outcome::Chain(Box::new(Give::arriving(target))),
            None => Outcome::None,
        }
    }
}

/// Gives the focus to one stop and takes it from all others.
pub struct Give {
    target: Option<usize>,
    ring: bool,
    arriving: bool,
    at: usize,
    way: Way,
    scrolls: Vec<(usize, AbsoluteOffset)>,
}

impl Give {
    fn new(target: Option<usize>, ring: bool, arriving: bool) -> Self {
        Self { target, ring, arriving, at: 0, way: Way::default(), scrolls: Vec::new() }
    }

    /// The keyboard or the program goes to this stop: its ring shows, it comes into view, its text is selected.
    pub fn arriving(target: usize) -> Self {
        Self::new(Some(target), true, true)
    }

    /// Only the focus changes.
    pub fn only(target: usize, ring: bool) -> Self {
        Self::new(Some(target), ring, false)
    }

    /// Nothing has the focus any longer.
    pub fn nothing() -> Self {
        Self::new(None, false, false)
    }
}

impl<T> Operation<T> for Give {
    fn traverse(&mut self, operate: &mut dyn FnMut(&mut dyn Operation<T>)) {
        let entered = self.way.enter();
        operate(self);
        self.way.leave(entered);
    }

    fn scrollable(
        &mut self,
        _: Option<&Id>,
        bounds: Rectangle,
        content: Rectangle,
        translation: Vector,
        _: &mut dyn Scrollable,
    ) {
        self.way.meet(bounds, content, translation);
    }

    fn focusable(&mut self, _: Option<&Id>, bounds: Rectangle, state: &mut dyn Focusable) {
        if self.target == Some(self.at) {
            state.focus();
            self.scrolls = reveal(bounds.expand(MARGIN), &self.way.inside);
        } else {
            state.unfocus();
        }
        self.at += 1;
    }

    fn custom(&mut self, _: Option<&Id>, _: Rectangle, state: &mut dyn Any) {
        if let Some(held) = state.downcast_mut::<Held>() {
            held.ring = held.focused && self.ring;
        }
    }

    fn finish(&self) -> Outcome<T> {
        match self.target {
            Some(target) if self.arriving => {
                let scrolls = self.scrolls.clone();
                Outcome::Chain(Box::new(Arrive { target: Some(target), at: 0, scrollables: 0, scrolls }))
            }
            _ => Outcome::None,
        }
    }
}

/// Scrolls what is named `id` into view.
pub struct Reveal {
    id: Id,
    way: Way,
    scrolls: Vec<(usize, AbsoluteOffset)>,
}

impl Reveal {
    pub fn new(id: Id) -> Self {
        Self { id, way: Way::default(), scrolls: Vec::new() }
    }

    fn see(&mut self, id: Option<&Id>, bounds: Rectangle) {
        if id == Some(&self.id) {
            self.scrolls = reveal(bounds, &self.way.inside);
        }
    }
}

impl<T> Operation<T> for Reveal {
    fn traverse(&mut self, operate: &mut dyn FnMut(&mut dyn Operation<T>)) {
        let entered = self.way.enter();
        operate(self);
        self.way.leave(entered);
    }

    fn scrollable(
        &mut self,
        _: Option<&Id>,
        bounds: Rectangle,
        content: Rectangle,
        translation: Vector,
        _: &mut dyn Scrollable,
    ) {
        self.way.meet(bounds, content, translation);
    }

    fn container(&mut self, id: Option<&Id>, bounds: Rectangle) {
        self.see(id, bounds);
    }

    fn focusable(&mut self, id: Option<&Id>, bounds: Rectangle, _: &mut dyn Focusable) {
        self.see(id, bounds);
    }

    fn finish(&self) -> Outcome<T> {
        let scrolls = self.scrolls.clone();
        Outcome::Chain(Box::new(Arrive { target: None, at: 0, scrollables: 0, scrolls }))
    }
}

/// What must wait until the focus is given: a text input drops its selection when it is focused.
struct Arrive {
    target: Option<usize>,
    at: usize,
    scrollables: usize,
    scrolls: Vec<(usize, AbsoluteOffset)>,
}

impl<T> Operation<T> for Arrive {
    fn traverse(&mut self, operate: &mut dyn FnMut(&mut dyn Operation<T>)) {
        operate(self);
    }

    fn scrollable(
        &mut self,
        _: Option<&Id>,
        bounds: Rectangle,
        content: Rectangle,
        _: Vector,
        state: &mut dyn Scrollable,
    ) {
        if let Some((_, by)) = self.scrolls.iter().find(|(index, _)| *index == self.scrollables) {
            state.scroll_by(*by, bounds, content);
        }
        self.scrollables += 1;
    }

    fn text_input(&mut self, _: Option<&Id>, _: Rectangle, state: &mut dyn TextInput) {
        if Some(self.at) == self.target {
            state.select_all();
        }
    }

    fn focusable(&mut self, _: Option<&Id>, _: Rectangle, _: &mut dyn Focusable) {
        self.at += 1;
    }
}

/// The scrollables around the place that an operation has come to.
#[derive(Default)]
struct Way {
    met: usize,
    entering: Option<View>,
    inside: Vec<View>,
}

impl Way {
    fn meet(&mut self, bounds: Rectangle, content: Rectangle, translation: Vector) {
        self.entering = Some(View { index: self.met, bounds, content, translation });
        self.met += 1;
    }

    fn enter(&mut self) -> bool {
        self.entering.take().map(|view| self.inside.push(view)).is_some()
    }

    fn leave(&mut self, entered: bool) {
        if entered {
            let _ = self.inside.pop();
        }
    }
}

/// A scrollable on the way to a control.
struct View {
    index: usize,
    bounds: Rectangle,
    content: Rectangle,
    translation: Vector,
}

/// How far each scrollable around `bounds`, from the innermost outwards, must go to show it.
fn reveal(mut bounds: Rectangle, views: &[View]) -> Vec<(usize, AbsoluteOffset)> {
    let mut scrolls = Vec::new();
    for View { index, bounds: view, content, translation } in views.iter().rev() {
        let x = distance(bounds.x - translation.x, bounds.width, view.x, view.width)
            .clamp(-translation.x, (content.width - view.width - translation.x).max(-translation.x));
        let y = distance(bounds.y - translation.y, bounds.height, view.y, view.height)
            .clamp(-translation.y, (content.height - view.height - translation.y).max(-translation.y));
        if x != 0.0 || y != 0.0 {
            scrolls.push((*index, AbsoluteOffset { x, y }));
        }
        bounds = bounds - *translation - Vector::new(x, y);
    }
    scrolls
}

/// How far to scroll along one axis; of what is too long to show, the beginning.
fn distance(start: f32, length: f32, view_start: f32, view_length: f32) -> f32 {
    let before = start - view_start;
    let after = before + length - view_length;
    if before < 0.0 { before } else { after.clamp(0.0, before) }
}
