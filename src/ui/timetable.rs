//! One day of the appointment book: a column for each practitioner, a row for each «tidsperiode».
//!
//! One widget draws it all, as a day has more fields than widgets are cheap for. What it shows
//! is prepared in a [`Day`]; it keeps only the scroll, the focus and what lies under the pointer.

mod draw;
mod model;
mod places;

use chrono::NaiveDate;
use iced::advanced::layout::{self, Layout};
use iced::advanced::widget::operation::{Focusable, Operation};
use iced::advanced::widget::{Id, Tree, tree};
use iced::advanced::{Clipboard, Shell, Widget, mouse, renderer};
use iced::keyboard::{self, Key, Modifiers, key::Named};
use iced::{Element, Event, Length, Point, Rectangle, Renderer, Size, Theme, Vector};

use crate::ui::words::Widths;
pub use model::{Booking, Column, Day, Mark, Span};
use places::Places;

/// Where the keyboard asks to go.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Turn {
    Back,
    Forward,
    Today,
}

pub struct Timetable<'a, Message> {
    day: &'a Day,
    /// The minute of the day that it is now, when this day is today.
    now: Option<u16>,
    id: Option<Id>,
    on_turn: Box<dyn Fn(Turn) -> Message + 'a>,
}

pub fn timetable<'a, Message>(
    day: &'a Day,
    now: Option<u16>,
    on_turn: impl Fn(Turn) -> Message + 'a,
) -> Timetable<'a, Message> {
    Timetable { day, now, id: None, on_turn: Box::new(on_turn) }
}

impl<Message> Timetable<'_, Message> {
    pub fn id(mut self, id: impl Into<Id>) -> Self {
        self.id = Some(id.into());
        self
    }
}

#[derive(Debug, Default)]
struct State {
    /// The day the scroll belongs to, and the minute it was opened at.
    opened: Option<(NaiveDate, u16)>,
    scroll: Vector,
    /// The height of a row to which the scroll belongs.
    row: f32,
    focus: Focus,
    /// Column and place in it of the booking under the pointer.
    hovered: Option<(usize, usize)>,
    drag: Option<Drag>,
    modifiers: Modifiers,
    widths: Widths,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Focus {
    #[default]
    None,
    /// By a click: no ring.
    Pointer,
    Keyboard,
}

/// A thumb of a scrollbar in hand: where the pointer and the scroll were.
#[derive(Clone, Copy, Debug)]
struct Drag {
    from: Point,
    scroll: Vector,
    /// How far the content moves for each px of the pointer.
    pace: Vector,
}

impl Focusable for State {
    fn is_focused(&self) -> bool {
        self.focus != Focus::None
    }

    fn focus(&mut self) {
        self.focus = Focus::Keyboard;
    }

    fn unfocus(&mut self) {
        self.focus = Focus::None;
    }
}

impl<Message> Widget<Message, Theme, Renderer> for Timetable<'_, Message> {
    fn tag(&self) -> tree::Tag {
        tree::Tag::of::<State>()
    }

    fn state(&self) -> tree::State {
        tree::State::new(State::default())
    }

    fn size(&self) -> Size<Length> {
        Size::new(Length::Fill, Length::Fill)
    }

    fn layout(&mut self, tree: &mut Tree, _: &Renderer, limits: &layout::Limits) -> layout::Node {
        let size = limits.resolve(Length::Fill, Length::Fill, Size::ZERO);
        let state = tree.state.downcast_mut::<State>();
        let bounds = Rectangle::with_size(size);
        let opening = (self.day.date, self.day.opens.from);
        let row = Places::new(self.day, bounds, state.scroll).row;
        if state.opened != Some(opening) {
            state.opened = Some(opening);
            state.scroll = Vector::new(state.scroll.x, Places::opening(self.day, bounds).y);
            state.hovered = None;
        } else if row != state.row {
            // In a window of another size the same hour stays at the top.
            state.scroll.y *= row / state.row;
        }
        state.row = row;
        state.scroll = Places::new(self.day, bounds, state.scroll).scroll();
        if state.hovered.is_some_and(|(column, index)| self.day.booking(column, index).is_none()) {
            state.hovered = None;
        }
        layout::Node::new(size)
    }

    /// Tells what can be read here, so that it can be looked for.
    fn operate(&mut self, tree: &mut Tree, layout: Layout<'_>, _: &Renderer, operation: &mut dyn Operation) {
        let state = tree.state.downcast_mut::<State>();
        operation.focusable(self.id.as_ref(), layout.bounds(), state);
        let places = Places::new(self.day, layout.bounds(), state.scroll);
        let mut tell = |bounds: Rectangle, within: Rectangle, words: &str| {
            if let Some(seen) = bounds.intersection(&within) {
                operation.text(None, seen, words);
            }
        };
        let (header, body) = (places.header, places.body);
        for (number, column) in self.day.columns.iter().enumerate() {
            let (x, width, height) = (places.x(number), places.column_width(), header.height / 2.0);
            tell(Rectangle { x, width, height, ..header }, header, &column.initials);
            tell(Rectangle { x, width, height, y: header.y + height }, header, &column.name);
            for booking in &column.bookings {
                tell(places.booking(number, booking), body, &booking.words);
            }
        }
        for (columns, closed) in self.day.closed() {
            let minutes = places.minutes_in_sight();
            tell(places.field(columns, minutes.start, minutes.end), body, closed);
        }
        if let Some(notice) = &self.day.notice {
            tell(body, body, notice);
        }
        // The first line of the hint says what the box itself has just said.
        let hovered = state.hovered.and_then(|(column, index)| self.day.booking(column, index));
        for line in hovered.into_iter().flat_map(|booking| booking.hint.iter().skip(1)) {
            tell(body, body, line);
        }
    }

    fn update(
        &mut self,
        tree: &mut Tree,
        event: &Event,
        layout: Layout<'_>,
        cursor: mouse::Cursor,
        _: &Renderer,
        _: &mut dyn Clipboard,
        shell: &mut Shell<'_, Message>,
        viewport: &Rectangle,
    ) {
        let state = tree.state.downcast_mut::<State>();
        let places = Places::new(self.day, layout.bounds(), state.scroll);
        let pointer = cursor.position_over(layout.bounds()).filter(|at| viewport.contains(*at));
        match event {
            Event::Mouse(event) => self.pointed(state, &places, *event, cursor, pointer, shell),
            Event::Keyboard(keyboard::Event::ModifiersChanged(modifiers)) => state.modifiers = *modifiers,
            Event::Keyboard(keyboard::Event::KeyPressed { key: Key::Named(key), modifiers, .. })
                if state.is_focused() && !shell.is_event_captured() =>
            {
                self.key_pressed(state, &places, *key, *modifiers, shell);
            }
            _ => {}
        }
    }

    fn draw(
        &self,
        tree: &Tree,
        renderer: &mut Renderer,
        theme: &Theme,
        _: &renderer::Style,
        layout: Layout<'_>,
        _: mouse::Cursor,
        _: &Rectangle,
    ) {
        let state = tree.state.downcast_ref::<State>();
        let places = Places::new(self.day, layout.bounds(), state.scroll);
        let mut pen = draw::Pen::new(renderer, theme, &state.widths, places);
        pen.day(self.day, self.now, layout.bounds());
        if let Some((column, index)) = state.hovered
            && state.drag.is_none()
            && let Some(booking) = self.day.booking(column, index)
        {
            pen.hint(column, booking);
        }
        if state.focus == Focus::Keyboard {
            pen.ring(layout.bounds());
        }
    }
}

impl<Message> Timetable<'_, Message> {
    fn pointed(
        &self,
        state: &mut State,
        places: &Places,
        event: mouse::Event,
        cursor: mouse::Cursor,
        over: Option<Point>,
        shell: &mut Shell<'_, Message>,
    ) {
        match event {
            mouse::Event::ButtonPressed(mouse::Button::Left) => {
                let focus = match over {
                    Some(_) if state.focus == Focus::Keyboard => Focus::Keyboard,
                    Some(_) => Focus::Pointer,
                    None => Focus::None,
                };
                if focus != state.focus {
                    state.focus = focus;
                    shell.request_redraw();
                }
                if let Some(at) = over.filter(|_| !shell.is_event_captured()) {
                    state.drag = grip(places, at);
                    if state.drag.is_some() {
                        shell.capture_event();
                    }
                }
            }
            mouse::Event::ButtonReleased(mouse::Button::Left) => state.drag = None,
            mouse::Event::CursorMoved { .. } => match (state.drag, cursor.position()) {
                (Some(drag), Some(at)) => {
                    let moved = at - drag.from;
                    let by = Vector::new(moved.x * drag.pace.x, moved.y * drag.pace.y);
                    scroll_to(state, places, drag.scroll + by, shell);
                }
                _ => self.hover(state, places, over, shell),
            },
            mouse::Event::CursorLeft => self.hover(state, places, None, shell),
            mouse::Event::WheelScrolled { delta } if over.is_some() && !shell.is_event_captured() => {
                let by = match delta {
                    mouse::ScrollDelta::Lines { x, y } => Vector::new(-x * 60.0, -y * 60.0),
                    mouse::ScrollDelta::Pixels { x, y } => Vector::new(-x, -y),
                };
                let by = if state.modifiers.shift() { Vector::new(by.y, by.x) } else { by };
                scroll_to(state, places, state.scroll + by, shell);
                let moved = Places::new(self.day, places.bounds(), state.scroll);
                self.hover(state, &moved, over, shell);
                shell.capture_event();
            }
            _ => {}
        }
    }

    fn hover(&self, state: &mut State, places: &Places, over: Option<Point>, shell: &mut Shell<'_, Message>) {
        let hovered = over.filter(|at| places.body.contains(*at)).and_then(|at| {
            places.columns_in_sight().find_map(|column| {
                let bookings = &self.day.columns.get(column)?.bookings;
                let index = bookings.iter().position(|booking| places.booking(column, booking).contains(at))?;
                Some((column, index))
            })
        });
        if hovered != state.hovered {
            state.hovered = hovered;
            shell.request_redraw();
        }
    }

    fn key_pressed(
        &self,
        state: &mut State,
        places: &Places,
        key: Named,
        modifiers: Modifiers,
        shell: &mut Shell<'_, Message>,
    ) {
        let (row, page) = (2.0 * places.row, places.body.height - places.row);
        let down = |by| Some(Vector::new(0.0, by));
        let aside = |by| Some(Vector::new(by, 0.0));
        let mut turn = |to| {
            shell.publish((self.on_turn)(to));
            None
        };
        let by = match (key, modifiers) {
            (Named::ArrowLeft, Modifiers::SHIFT) => aside(-places.column_width()),
            (Named::ArrowRight, Modifiers::SHIFT) => aside(places.column_width()),
            (Named::ArrowLeft, modifiers) if modifiers.is_empty() => turn(Turn::Back),
            (Named::ArrowRight, modifiers) if modifiers.is_empty() => turn(Turn::Forward),
            (Named::Home, modifiers) if modifiers.is_empty() => turn(Turn::Today),
            (Named::ArrowUp, modifiers) if modifiers.is_empty() => down(-row),
            (Named::ArrowDown, modifiers) if modifiers.is_empty() => down(row),
            (Named::PageUp, modifiers) if modifiers.is_empty() => down(-page),
            (Named::PageDown, modifiers) if modifiers.is_empty() => down(page),
            _ => return,
        };
        if let Some(by) = by {
            scroll_to(state, places, state.scroll + by, shell);
        }
        state.hovered = None;
        state.focus = Focus::Keyboard;
        shell.capture_event();
        shell.request_redraw();
    }
}

fn scroll_to<Message>(state: &mut State, places: &Places, to: Vector, shell: &mut Shell<'_, Message>) {
    let to = places.within(to);
    if to != state.scroll {
        state.scroll = to;
        shell.request_redraw();
    }
}

/// Takes hold of the scrollbar at this point.
fn grip(places: &Places, at: Point) -> Option<Drag> {
    let pace = |content: f32, seen: f32, thumb: f32| (content - seen) / (seen - thumb).max(1.0);
    let (content, body) = (places.content(), places.body);
    let pace = match (places.upright_bar(), places.level_bar()) {
        (Some((rail, thumb)), _) if rail.contains(at) => {
            Vector::new(0.0, pace(content.height, body.height, thumb.height))
        }
        (_, Some((rail, thumb))) if rail.contains(at) => Vector::new(pace(content.width, body.width, thumb.width), 0.0),
        _ => return None,
    };
    Some(Drag { from: at, scroll: places.scroll(), pace })
}

impl<'a, Message: 'a> From<Timetable<'a, Message>> for Element<'a, Message> {
    fn from(timetable: Timetable<'a, Message>) -> Self {
        Element::new(timetable)
    }
}
