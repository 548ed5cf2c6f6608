//! One day of the appointment book: a column for each practitioner, a row for each «tidsperiode».
//!
//! One widget draws it all, as a day has more fields than widgets are cheap for. What it shows
//! is prepared in a [`Day`]; it keeps only the scroll, the focus and what lies under the pointer.

mod draw;
mod model;
mod offers;
mod places;

use chrono::NaiveDate;
use iced::advanced::layout::{self, Layout};
use iced::advanced::widget::operation::{Focusable, Operation};
use iced::advanced::widget::{Id, Tree, tree};
use iced::advanced::{Clipboard, Shell, Widget, mouse, renderer};
use iced::keyboard::{self, Key, Modifiers, key::Named};
use iced::{Element, Event, Length, Point, Rectangle, Renderer, Size, Theme, Vector};
use uuid::Uuid;

use crate::ui::words::Widths;
pub use model::{Booking, Column, Day, Mark, Span};
pub use offers::{Cell, Offered, Offers, Time};
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
    patient: Option<AsPatient<'a, Message>>,
}

/// The day is seen as a patient would see it.
struct AsPatient<'a, Message> {
    offers: &'a Offers,
    on_asked: Box<dyn Fn(Cell) -> Message + 'a>,
}

pub fn timetable<'a, Message>(
    day: &'a Day,
    now: Option<u16>,
    on_turn: impl Fn(Turn) -> Message + 'a,
) -> Timetable<'a, Message> {
    Timetable { day, now, id: None, on_turn: Box::new(on_turn), patient: None }
}

impl<'a, Message> Timetable<'a, Message> {
    pub fn id(mut self, id: impl Into<Id>) -> Self {
        self.id = Some(id.into());
        self
    }

    /// Marks the offered times, where there are `offers`; a press and Enter then ask about a time
    /// of a column, and the arrows go from one to the next.
    pub fn as_patient(mut self, offers: Option<&'a Offers>, on_asked: impl Fn(Cell) -> Message + 'a) -> Self {
        self.patient = offers.map(|offers| AsPatient { offers, on_asked: Box::new(on_asked) });
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
    /// Where the arrows have led, while the day is seen as a patient: a column stays itself wherever it stands.
    cursor: Option<Reached>,
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

/// A minute of the column with this key.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Reached {
    key: Uuid,
    minute: u16,
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
            (state.hovered, state.cursor) = (None, None);
        } else if row != state.row {
            // In a window of another size the same hour stays at the top.
            state.scroll.y *= row / state.row;
        }
        state.row = row;
        state.scroll = Places::new(self.day, bounds, state.scroll).scroll();
        if state.hovered.is_some_and(|(column, index)| self.day.booking(column, index).is_none()) {
            state.hovered = None;
        }
        if self.patient.is_none() {
            state.cursor = None;
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
            let offered = self.patient.as_ref().and_then(|patient| patient.offers.columns.get(number));
            let below = offered.map_or(&column.name, |offered| &offered.summary);
            tell(Rectangle { x, width, height, y: header.y + height }, header, below);
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
        if let Some(AsPatient { offers, .. }) = &self.patient {
            for (number, offered) in offers.columns.iter().enumerate() {
                for time in &offered.times {
                    tell(offers.place(&places, self.day.raster, number, time), body, &time.words);
                }
            }
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
        let offers = self.patient.as_ref().map(|patient| patient.offers);
        pen.day(self.day, self.now, offers, layout.bounds());
        if let Some((column, index)) = state.hovered
            && state.drag.is_none()
            && let Some(booking) = self.day.booking(column, index)
        {
            pen.hint(column, booking);
        }
        if state.focus == Focus::Keyboard {
            if let Some(cell) = self.cursor(state) {
                pen.cursor(self.day, cell);
            }
            pen.ring(layout.bounds());
        }
    }

    fn mouse_interaction(
        &self,
        tree: &Tree,
        layout: Layout<'_>,
        cursor: mouse::Cursor,
        _: &Rectangle,
        _: &Renderer,
    ) -> mouse::Interaction {
        let state = tree.state.downcast_ref::<State>();
        let places = Places::new(self.day, layout.bounds(), state.scroll);
        match &self.patient {
            Some(_) if cursor.is_over(places.body) => mouse::Interaction::Pointer,
            _ => mouse::Interaction::None,
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
                    } else {
                        self.pressed(state, places, at, shell);
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

    /// A time of a column is asked about, where the day is seen as a patient.
    fn pressed(&self, state: &mut State, places: &Places, at: Point, shell: &mut Shell<'_, Message>) {
        let Some(patient) = self.patient.as_ref().filter(|_| places.body.contains(at)) else { return };
        if let Some(cell) = patient.offers.cell_at(self.day, places, at) {
            state.cursor = reached(self.day, cell);
            shell.publish((patient.on_asked)(cell));
            shell.capture_event();
        }
    }

    /// Where the keyboard is in a day that is seen as a patient.
    fn cursor(&self, state: &State) -> Option<Cell> {
        let patient = self.patient.as_ref().filter(|_| !self.day.columns.is_empty())?;
        let reached = state.cursor.and_then(|reached| {
            let column = self.day.columns.iter().position(|column| column.key == reached.key)?;
            Some(Cell { column, minute: reached.minute })
        });
        Some(reached.unwrap_or_else(|| patient.offers.first_cell(self.day)))
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
        if let (Some(patient), Some(cell)) = (&self.patient, self.cursor(state))
            && patient.key_pressed(self.day, state, places, cell, (key, modifiers), shell)
        {
            return;
        }
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
            (Named::ArrowLeft, Modifiers::CTRL) => turn(Turn::Back),
            (Named::ArrowRight, Modifiers::CTRL) => turn(Turn::Forward),
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

impl<Message> AsPatient<'_, Message> {
    /// Whether the key was one for the cells.
    fn key_pressed(
        &self,
        day: &Day,
        state: &mut State,
        places: &Places,
        cell: Cell,
        (key, modifiers): (Named, Modifiers),
        shell: &mut Shell<'_, Message>,
    ) -> bool {
        let rows = (places.body.height / places.row) as u16;
        let cell = match (key, offers::stepped(self.offers, day, cell, (key, modifiers), rows)) {
            (_, Some(reached)) => reached,
            (Named::Enter | Named::Space, None) if modifiers.is_empty() => {
                shell.publish((self.on_asked)(cell));
                cell
            }
            _ => return false,
        };
        (state.cursor, state.focus, state.hovered) = (reached(day, cell), Focus::Keyboard, None);
        scroll_to(state, places, offers::revealing(places, day.raster, cell), shell);
        shell.capture_event();
        shell.request_redraw();
        true
    }
}

fn reached(day: &Day, cell: Cell) -> Option<Reached> {
    Some(Reached { key: day.columns.get(cell.column)?.key, minute: cell.minute })
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
