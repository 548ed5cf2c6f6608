//! A sheet of the appointment book: a column for each practitioner, of one day or of each day of a week, a row for
//! each «tidsperiode».
//!
//! One widget draws it all, as a day has more fields than widgets are cheap for. What it shows
//! is prepared in a [`Sheet`]; it keeps only the scroll, the focus and what the pointer does, and
//! says what a person does to it as a [`Gesture`].

mod chosen;
mod draw;
mod gesture;
mod hold;
mod keys;
mod model;
mod offers;
mod places;
mod pointer;

use chrono::NaiveDate;
use iced::advanced::layout::{self, Layout};
use iced::advanced::widget::operation::{Focusable, Operation};
use iced::advanced::widget::{Id, Tree, tree};
use iced::advanced::{Clipboard, Shell, Widget, mouse, renderer};
use iced::keyboard::{self, Modifiers};
use iced::time::Instant;
use iced::{Element, Event, Length, Point, Rectangle, Renderer, Size, Theme, Vector, window};
use uuid::Uuid;

use crate::ui::carry::THRESHOLD;
use crate::ui::words::Widths;
pub use chosen::{Chosen, Spot};
pub use gesture::{By, Carried, Command, Gesture, Touch, Turn};
use hold::lasting;
pub use model::{Booking, Column, Day, Edge, Mark, Sheet, Sign, Span, Whose};
pub use offers::{Offered, Offers, Time};
use places::Places;
use pointer::Hold;

/// The moment that a line marks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Now {
    pub date: NaiveDate,
    pub minute: u16,
}

pub struct Timetable<'a, Message> {
    sheet: &'a Sheet,
    now: Now,
    day: Option<NaiveDate>,
    id: Option<Id>,
    on_gesture: Box<dyn Fn(Gesture) -> Message + 'a>,
    chosen: Option<Chosen>,
    led_to: Option<Uuid>,
    carried: Option<&'a Carried>,
    touch: Touch,
    patient: Option<AsPatient<'a, Message>>,
}

/// The sheet is seen as a patient would see it.
struct AsPatient<'a, Message> {
    offers: &'a Offers,
    on_asked: Box<dyn Fn(Spot) -> Message + 'a>,
}

pub fn timetable<'a, Message>(
    sheet: &'a Sheet,
    now: Now,
    on_gesture: impl Fn(Gesture) -> Message + 'a,
) -> Timetable<'a, Message> {
    Timetable {
        sheet,
        now,
        day: None,
        id: None,
        on_gesture: Box::new(on_gesture),
        chosen: None,
        led_to: None,
        carried: None,
        touch: Touch::Changes,
        patient: None,
    }
}

impl<'a, Message> Timetable<'a, Message> {
    pub fn id(mut self, id: impl Into<Id>) -> Self {
        self.id = Some(id.into());
        self
    }

    /// The day that is brought into sight when the sheet is opened, and when it is another one.
    pub fn day(mut self, day: NaiveDate) -> Self {
        self.day = Some(day);
        self
    }

    pub fn chosen(mut self, chosen: Option<Chosen>) -> Self {
        self.chosen = chosen;
        self
    }

    /// A booking that is brought into sight as soon as it is there.
    pub fn led_to(mut self, led_to: Option<Uuid>) -> Self {
        self.led_to = led_to;
        self
    }

    /// What is to be put on a time of the sheet.
    pub fn carried(mut self, carried: Option<&'a Carried>) -> Self {
        self.carried = carried;
        self
    }

    pub fn touch(mut self, touch: Touch) -> Self {
        self.touch = touch;
        self
    }

    /// Marks the offered times, where there are `offers`; a press and Enter then ask about a time
    /// of a column, and the arrows go from one to the next.
    pub fn as_patient(mut self, offers: Option<&'a Offers>, on_asked: impl Fn(Spot) -> Message + 'a) -> Self {
        self.patient = offers.map(|offers| AsPatient { offers, on_asked: Box::new(on_asked) });
        self
    }
}

#[derive(Debug, Default)]
struct State {
    /// What the scroll belongs to: the first date, how many there are, and the minute the sheet was opened at.
    opened: Option<(Option<NaiveDate>, usize, u16)>,
    /// The day that was last brought into sight.
    day: Option<NaiveDate>,
    /// The booking that was.
    led_to: Option<Uuid>,
    scroll: Vector,
    /// The height of a row to which the scroll belongs.
    row: f32,
    focus: Focus,
    /// Where the arrows have led, while the day is seen as a patient: a column stays itself wherever it stands.
    cursor: Option<Spot>,
    /// Column and place in it of the booking under the pointer.
    hovered: Option<(usize, usize)>,
    hold: Option<Hold>,
    /// Over which time the pointer carries something.
    aimed: Option<Spot>,
    click: Option<mouse::Click>,
    /// When the sheet last scrolled by itself, under something that is held near an edge.
    drifted: Option<Instant>,
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
        let opening = (self.sheet.days.first().map(|day| day.date), self.sheet.days.len(), self.sheet.opens.from);
        let row = Places::new(self.sheet, bounds, state.scroll).row;
        if state.opened != Some(opening) {
            state.opened = Some(opening);
            state.scroll = Vector::new(state.scroll.x, Places::opening(self.sheet, bounds).y);
            (state.hovered, state.cursor, state.day) = (None, None, None);
            let places = Places::new(self.sheet, bounds, state.scroll);
            if let Some(chosen) = self.chosen.filter(|_| state.focus == Focus::Keyboard) {
                state.scroll = self.revealing(&places, chosen);
            }
        } else if row != state.row {
            // In a window of another size the same hour stays at the top.
            state.scroll.y *= row / state.row;
        }
        if state.day != self.day {
            state.day = self.day;
            let places = Places::new(self.sheet, bounds, state.scroll);
            let day = self.sheet.days.iter().find(|day| Some(day.date) == self.day);
            if let Some(day) = day.filter(|_| self.sheet.has_headings()) {
                state.scroll.x = places.aside_to(day.columns.start);
            }
        }
        state.row = row;
        match self.led_to.and_then(|key| self.sheet.find(key)) {
            Some((place, booking)) if state.led_to != self.led_to => {
                let places = Places::new(self.sheet, bounds, state.scroll);
                state.scroll = places.revealing(place, booking.span());
                state.led_to = self.led_to;
            }
            Some(_) => {}
            None => state.led_to = None,
        }
        state.scroll = Places::new(self.sheet, bounds, state.scroll).scroll();
        if state.hovered.is_some_and(|(column, index)| self.sheet.booking(column, index).is_none()) {
            state.hovered = None;
        }
        if self.patient.is_none() {
            state.cursor = None;
        }
        if self.carried.is_none() {
            state.aimed = None;
        }
        layout::Node::new(size)
    }

    /// Tells what can be read here, so that it can be looked for.
    fn operate(&mut self, tree: &mut Tree, layout: Layout<'_>, _: &Renderer, operation: &mut dyn Operation) {
        let state = tree.state.downcast_mut::<State>();
        operation.focusable(self.id.as_ref(), layout.bounds(), state);
        let places = Places::new(self.sheet, layout.bounds(), state.scroll);
        let mut tell = |bounds: Rectangle, within: Rectangle, words: &str| {
            if let Some(seen) = bounds.intersection(&within) {
                operation.text(None, seen, words);
            }
        };
        let (header, body) = (places.header, places.body);
        if self.sheet.has_headings() {
            for day in &self.sheet.days {
                tell(places.heading(day), places.headings, &day.heading);
            }
        }
        let heads = places.heads();
        let height = if self.sheet.has_headings() { heads.height } else { heads.height / 2.0 };
        for number in places.columns_in_sight() {
            let column = &self.sheet.columns[number];
            let (x, width) = (places.x(number), places.column_width());
            tell(Rectangle { x, width, height, ..heads }, header, &column.initials);
            if !self.sheet.has_headings() {
                let offered = self.patient.as_ref().and_then(|patient| patient.offers.of(column.whose.key));
                let below = offered.map_or(&column.name, |offered| &offered.summary);
                tell(Rectangle { x, width, height, y: heads.y + height }, header, below);
            }
            for booking in &column.bookings {
                tell(places.booking(number, booking), body, &booking.words);
            }
        }
        for (columns, closed) in self.sheet.closed() {
            let minutes = places.minutes_in_sight();
            tell(places.field(columns, minutes.start, minutes.end), body, closed);
        }
        if let Some(notice) = &self.sheet.notice {
            tell(body, body, notice);
        }
        if let Some(AsPatient { offers, .. }) = &self.patient {
            for number in 0..self.sheet.columns.len() {
                for time in offers.times(self.sheet, number) {
                    tell(offers.place(&places, self.sheet, number, time), body, &time.words);
                }
            }
        }
        if let Some((column, span, words)) = self.ghost(state) {
            tell(places.field(column..column + 1, span.from, span.to), body, &words);
        }
        // The first line of the hint says what the box itself has just said.
        let hovered = state.hovered.and_then(|(column, index)| self.sheet.booking(column, index));
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
        let places = Places::new(self.sheet, layout.bounds(), state.scroll);
        let pointer = cursor.position_over(layout.bounds()).filter(|at| viewport.contains(*at));
        match event {
            Event::Mouse(event) => self.pointed(state, &places, *event, cursor, pointer, shell),
            Event::Window(window::Event::RedrawRequested(now)) => {
                self.drift(state, &places, cursor.position(), *now, shell);
            }
            Event::Keyboard(keyboard::Event::ModifiersChanged(modifiers)) => state.modifiers = *modifiers,
            Event::Keyboard(keyboard::Event::KeyPressed { key, modifiers, .. }) if !shell.is_event_captured() => {
                self.key_pressed(state, &places, key, *modifiers, shell);
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
        let places = Places::new(self.sheet, layout.bounds(), state.scroll);
        let mut pen = draw::Pen::new(renderer, theme, &state.widths, places);
        let offers = self.patient.as_ref().map(|patient| patient.offers);
        pen.sheet(self.sheet, self.now, offers);
        let ghost = self.ghost(state);
        match (&ghost, self.chosen) {
            (Some((column, span, words)), _) => pen.ghost(*column, *span, words, self.held_title(state)),
            (None, Some(chosen)) if self.patient.is_none() => pen.chosen(self.sheet, chosen),
            _ => {}
        }
        pen.frame_around(self.sheet, self.now, offers);
        if let Some((column, index)) = state.hovered
            && state.hold.is_none()
            && ghost.is_none()
            && let Some(booking) = self.sheet.booking(column, index)
        {
            pen.hint(column, booking);
        }
        if state.focus == Focus::Keyboard {
            if let Some(spot) = self.cursor(state) {
                pen.cursor(self.sheet, spot);
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
        let places = Places::new(self.sheet, layout.bounds(), state.scroll);
        self.interaction(state, &places, cursor)
    }
}

impl<Message> Timetable<'_, Message> {
    /// What is being dragged, or is to be put somewhere: in which column, at which time, and how that is said.
    fn ghost(&self, state: &State) -> Option<(usize, Span, String)> {
        let (column, span) = match (&state.hold, self.carried) {
            (Some(Hold::Booking(grip)), _) => grip.to?,
            (Some(Hold::Over { column, anchor, reached: Some(reached), .. }), _) => {
                (*column, self.sheet.span(*column, *anchor, *reached))
            }
            (_, Some(carried)) => {
                let spot = self.aim(state)?;
                (spot.column, lasting(spot, carried.minutes))
            }
            _ => match self.chosen? {
                Chosen::Time { column, anchor, reached } if self.sheet.row_of(anchor) != self.sheet.row_of(reached) => {
                    (column, self.sheet.span(column, anchor, reached))
                }
                _ => return None,
            },
        };
        let place = self.sheet.place_of(column)?;
        let day = self.sheet.days.iter().find(|day| day.date == column.date);
        let day = day.filter(|_| self.sheet.has_headings()).map(|day| format!(" · {}", day.heading));
        let words =
            format!("{} · {}{}", self.sheet.words(span), self.sheet.columns[place].initials, day.unwrap_or_default());
        Some((place, span, words))
    }

    /// Whose appointment it is that is on its way.
    fn held_title(&self, state: &State) -> Option<&str> {
        match &state.hold {
            Some(Hold::Booking(grip)) => self.sheet.find(grip.key).map(|(_, booking)| booking.words.as_str()),
            _ => self.carried.map(|carried| carried.title.as_str()),
        }
    }

    /// Where what is carried would come to.
    fn aim(&self, state: &State) -> Option<Spot> {
        match self.carried?.by {
            By::Pointer => state.aimed,
            By::Keys => state.aimed.or_else(|| self.chosen.map(Chosen::spot)),
        }
    }

    /// The least scroll from the present one that shows what is chosen.
    fn revealing(&self, places: &Places, chosen: Chosen) -> Vector {
        let Some(place) = self.sheet.place_of(chosen.spot().column) else { return places.scroll() };
        let span = match chosen {
            Chosen::Time { reached, .. } => {
                let row = self.sheet.row_of(reached);
                Span { from: row, to: row + self.sheet.raster }
            }
            Chosen::Booking { key, .. } => match self.sheet.find(key) {
                Some((_, booking)) => booking.span(),
                None => return places.scroll(),
            },
        };
        places.revealing(place, span)
    }
}

fn scroll_to<Message>(state: &mut State, places: &Places, to: Vector, shell: &mut Shell<'_, Message>) {
    let to = places.within(to);
    if to != state.scroll {
        state.scroll = to;
        shell.request_redraw();
    }
}

/// Whether two points lie so close that a press is no drag.
fn is_still(one: Point, other: Point) -> bool {
    one.distance(other) <= THRESHOLD
}

impl<'a, Message: 'a> From<Timetable<'a, Message>> for Element<'a, Message> {
    fn from(timetable: Timetable<'a, Message>) -> Self {
        Element::new(timetable)
    }
}
