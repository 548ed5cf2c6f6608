//! What the mouse does to a sheet.

use iced::advanced::{Shell, mouse};
use iced::time::{Duration, Instant};
use iced::{Point, Vector};

use super::hold::{Grip, Part, part_at};
use super::places::Places;
use super::{By, Chosen, Focus, Gesture, Spot, State, Timetable, Touch, is_still, scroll_to};

/// How close to an edge of the body something is held when the sheet scrolls by itself, in px.
const EDGE: f32 = 28.0;
/// How fast it then scrolls at most, in px a second, and how much of a late frame counts.
const PACE: f32 = 900.0;
const LATEST: Duration = Duration::from_millis(100);
const FRAME: Duration = Duration::from_millis(16);

/// What the pressed button holds.
#[derive(Clone, Copy, Debug)]
pub(super) enum Hold {
    Bar(Bar),
    /// A free time; `reached`: once the pointer has moved far enough.
    Over {
        column: super::Whose,
        anchor: u16,
        from: Point,
        reached: Option<u16>,
    },
    Booking(Grip),
}

/// A thumb of a scrollbar in hand: where the pointer and the scroll were.
#[derive(Clone, Copy, Debug)]
pub(super) struct Bar {
    from: Point,
    scroll: Vector,
    /// How far the content moves for each px of the pointer.
    pace: Vector,
}

impl<Message> Timetable<'_, Message> {
    pub(super) fn pointed(
        &self,
        state: &mut State,
        places: &Places,
        event: mouse::Event,
        cursor: mouse::Cursor,
        over: Option<Point>,
        shell: &mut Shell<'_, Message>,
    ) {
        match event {
            mouse::Event::ButtonPressed(button @ (mouse::Button::Left | mouse::Button::Right)) => {
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
                    match button {
                        mouse::Button::Left => self.pressed(state, places, at, shell),
                        _ => self.right_pressed(state, places, at, shell),
                    }
                }
            }
            mouse::Event::ButtonReleased(mouse::Button::Left) => self.released(state, places, over, shell),
            mouse::Event::CursorMoved { .. } => {
                if let Some(at) = cursor.position()
                    && (state.hold.is_some() || self.carried.is_some())
                {
                    self.follow(state, places, at, shell);
                }
                if state.hold.is_none() {
                    self.hover(state, places, over, shell);
                }
            }
            mouse::Event::CursorLeft => self.hover(state, places, None, shell),
            mouse::Event::WheelScrolled { delta } if over.is_some() && !shell.is_event_captured() => {
                let by = match delta {
                    mouse::ScrollDelta::Lines { x, y } => Vector::new(-x * 60.0, -y * 60.0),
                    mouse::ScrollDelta::Pixels { x, y } => Vector::new(-x, -y),
                };
                let by = if state.modifiers.shift() { Vector::new(by.y, by.x) } else { by };
                scroll_to(state, places, state.scroll + by, shell);
                let moved = Places::new(self.sheet, places.bounds(), state.scroll);
                self.hover(state, &moved, over, shell);
                if let Some(at) = over {
                    self.follow(state, &moved, at, shell);
                }
                shell.capture_event();
            }
            _ => {}
        }
    }

    fn pressed(&self, state: &mut State, places: &Places, at: Point, shell: &mut Shell<'_, Message>) {
        if let Some(bar) = grip(places, at) {
            state.hold = Some(Hold::Bar(bar));
            return shell.capture_event();
        }
        if self.patient.is_some() {
            return self.patient_pressed(state, places, at, shell);
        }
        if places.headings.contains(at) {
            let day = self.sheet.days.iter().find(|day| places.heading(day).contains(at));
            if let Some(day) = day {
                shell.publish((self.on_gesture)(Gesture::DayPressed(day.date)));
                shell.capture_event();
            }
            return;
        }
        if !places.body.contains(at) {
            return;
        }
        shell.capture_event();
        if self.carried.is_some_and(|carried| carried.by == By::Keys) {
            if let Some(at) = self.spot(places, at) {
                shell.publish((self.on_gesture)(Gesture::Put(at)));
            }
            return;
        }
        let Some(chosen) = self.chosen_at(places, at) else { return };
        let click = mouse::Click::new(at, mouse::Button::Left, state.click.take());
        state.click = Some(click);
        shell.publish((self.on_gesture)(Gesture::Chosen(chosen)));
        match click.kind() {
            mouse::click::Kind::Double => shell.publish((self.on_gesture)(Gesture::Opened(chosen))),
            _ if self.touch == Touch::Changes => state.hold = self.taken(places, chosen, at),
            _ => {}
        }
    }

    /// What is chosen becomes what is held.
    fn taken(&self, places: &Places, chosen: Chosen, at: Point) -> Option<Hold> {
        match chosen {
            Chosen::Time { column, anchor, .. } => Some(Hold::Over { column, anchor, from: at, reached: None }),
            Chosen::Booking { key, column, .. } => {
                let (place, booking) = self.sheet.find_in(column, key)?;
                let part = part_at(places, place, booking, at);
                let (span, minute) = (booking.span(), places.minute(at.y));
                Some(Hold::Booking(Grip { key, column, span, part, from: at, minute, to: None }))
            }
        }
    }

    fn right_pressed(&self, state: &mut State, places: &Places, at: Point, shell: &mut Shell<'_, Message>) {
        let drags = match &state.hold {
            Some(Hold::Booking(grip)) => grip.to.is_some(),
            Some(Hold::Over { reached, .. }) => reached.is_some(),
            _ => false,
        };
        if drags {
            state.hold = None;
            shell.request_redraw();
            return shell.capture_event();
        }
        if self.patient.is_some() || !places.body.contains(at) {
            return;
        }
        let Some(pressed) = self.chosen_at(places, at) else { return };
        // A time of several rows stays chosen under its own menu.
        let on = self.chosen.filter(|chosen| self.holds(*chosen, pressed)).unwrap_or(pressed);
        // The hint would lie under the menu.
        state.hovered = None;
        shell.publish((self.on_gesture)(Gesture::MenuAsked { on, at }));
        shell.capture_event();
    }

    fn holds(&self, chosen: Chosen, pressed: Chosen) -> bool {
        match (chosen, pressed) {
            (Chosen::Time { column, anchor, reached }, Chosen::Time { column: other, anchor: minute, .. }) => {
                column == other && self.sheet.span(column, anchor, reached).holds(minute)
            }
            _ => false,
        }
    }

    /// What lies under the pointer: a box as it is drawn, else a free time.
    pub(super) fn chosen_at(&self, places: &Places, at: Point) -> Option<Chosen> {
        let place = places.column_at(at.x)?;
        let column = self.sheet.columns.get(place)?;
        let minute = places.minute(at.y);
        Some(match places.booking_at(self.sheet, place, at) {
            Some(index) => {
                let booking = &column.bookings[index];
                let minute = minute.clamp(booking.from, booking.to.saturating_sub(1));
                Chosen::Booking { key: booking.key, column: column.whose, minute }
            }
            None => self.sheet.at(Spot { column: column.whose, minute }),
        })
    }

    /// The row under the pointer, whatever stands there.
    fn spot(&self, places: &Places, at: Point) -> Option<Spot> {
        let column = self.sheet.columns.get(places.column_at(at.x)?)?;
        Some(Spot { column: column.whose, minute: self.sheet.row_of(places.minute(at.y)) })
    }

    fn released(&self, state: &mut State, places: &Places, over: Option<Point>, shell: &mut Shell<'_, Message>) {
        let mut say = |gesture| shell.publish((self.on_gesture)(gesture));
        match state.hold.take() {
            Some(Hold::Booking(Grip { key, column, span, part, to: Some(to), .. })) if to != (column, span) => {
                say(match part {
                    Part::Whole => Gesture::Dropped { key, at: Spot { column: to.0, minute: to.1.from } },
                    Part::Upper | Part::Lower => Gesture::Stretched { key, column, span: to.1 },
                });
                shell.request_redraw();
            }
            Some(Hold::Over { column, anchor, reached: Some(reached), .. })
                if self.sheet.row_of(reached) != self.sheet.row_of(anchor) =>
            {
                let time = Chosen::Time { column, anchor, reached };
                say(Gesture::Chosen(time));
                say(Gesture::Opened(time));
            }
            Some(_) => shell.request_redraw(),
            None => {}
        }
        if self.carried.is_some_and(|carried| carried.by == By::Pointer) {
            let spot = over.filter(|at| places.body.contains(*at)).and_then(|at| self.spot(places, at));
            shell.publish((self.on_gesture)(spot.map_or(Gesture::LetGo, Gesture::Put)));
        }
    }

    /// What is held goes along with the pointer.
    fn follow(&self, state: &mut State, places: &Places, at: Point, shell: &mut Shell<'_, Message>) {
        let body = places.body;
        let inside = Point::new(
            at.x.clamp(body.x, (body.x + body.width - 1.0).max(body.x)),
            at.y.clamp(body.y, (body.y + body.height - 1.0).max(body.y)),
        );
        let minute = places.minute(inside.y);
        let column = places.column_at(inside.x).and_then(|place| self.sheet.columns.get(place));
        let aimed = (self.carried.is_some() && body.contains(at)).then(|| self.spot(places, at)).flatten();
        let mut changed = aimed != state.aimed;
        state.aimed = aimed;
        match &mut state.hold {
            Some(Hold::Bar(bar)) => {
                let moved = at - bar.from;
                let to = bar.scroll + Vector::new(moved.x * bar.pace.x, moved.y * bar.pace.y);
                scroll_to(state, places, to, shell);
            }
            Some(Hold::Booking(grip)) if grip.to.is_some() || !is_still(grip.from, at) => {
                let is_near = places.bounds().expand(EDGE).contains(at);
                let to = match column.filter(|_| is_near) {
                    Some(column) => grip.over(self.sheet, column.whose, minute),
                    None => (grip.column, grip.span),
                };
                changed |= grip.to.replace(to) != Some(to);
            }
            Some(Hold::Over { column, anchor, from, reached }) if reached.is_some() || !is_still(*from, at) => {
                let gap = self.sheet.place_of(*column).and_then(|place| self.sheet.gap(place, *anchor));
                let to = gap.map_or(*anchor, |gap| minute.clamp(gap.from, gap.to - 1));
                changed |= reached.replace(to) != Some(to);
            }
            _ => {}
        }
        if changed {
            // What was dragged meanwhile is not pressed twice.
            (state.hovered, state.click) = (None, None);
            shell.request_redraw();
        }
    }

    /// The sheet scrolls by itself under what is held near one of its edges.
    pub(super) fn drift(
        &self,
        state: &mut State,
        places: &Places,
        at: Option<Point>,
        now: Instant,
        shell: &mut Shell<'_, Message>,
    ) {
        let drags = match &state.hold {
            Some(Hold::Booking(grip)) => grip.to.is_some(),
            Some(Hold::Over { reached, .. }) => reached.is_some(),
            Some(Hold::Bar(_)) => false,
            None => self.carried.is_some_and(|carried| carried.by == By::Pointer),
        };
        let body = places.body;
        let at = at.filter(|at| drags && places.bounds().expand(EDGE).contains(*at));
        let push = at.map_or(Vector::ZERO, |at| {
            let push = |at: f32, first: f32, length: f32| {
                let (before, after) = (first + EDGE - at, at - (first + length - EDGE));
                if before > 0.0 { -(before / EDGE).min(1.0) } else { (after.max(0.0) / EDGE).min(1.0) }
            };
            let aside =
                if matches!(state.hold, Some(Hold::Over { .. })) { 0.0 } else { push(at.x, body.x, body.width) };
            Vector::new(aside, push(at.y, body.y, body.height))
        });
        let (Some(at), true) = (at, push != Vector::ZERO) else {
            state.drifted = None;
            return;
        };
        let since = state.drifted.replace(now).map_or(Duration::ZERO, |before| now.saturating_duration_since(before));
        let before = state.scroll;
        scroll_to(state, places, before + push * (PACE * since.min(LATEST).as_secs_f32()), shell);
        if state.scroll != before {
            self.follow(state, &Places::new(self.sheet, places.bounds(), state.scroll), at, shell);
            shell.publish((self.on_gesture)(Gesture::Scrolled));
        }
        if places.within(state.scroll + push * PACE) != state.scroll {
            shell.request_redraw_at(now + FRAME);
        }
    }

    fn hover(&self, state: &mut State, places: &Places, over: Option<Point>, shell: &mut Shell<'_, Message>) {
        let hovered = over.filter(|at| places.body.contains(*at) && self.carried.is_none()).and_then(|at| {
            let column = places.column_at(at.x)?;
            Some((column, places.booking_at(self.sheet, column, at)?))
        });
        if hovered != state.hovered {
            state.hovered = hovered;
            shell.request_redraw();
        }
    }

    pub(super) fn interaction(&self, state: &State, places: &Places, cursor: mouse::Cursor) -> mouse::Interaction {
        if self.patient.is_some() {
            return if cursor.is_over(places.body) { mouse::Interaction::Pointer } else { mouse::Interaction::None };
        }
        match &state.hold {
            Some(Hold::Booking(grip)) if grip.part != Part::Whole => return mouse::Interaction::ResizingVertically,
            Some(Hold::Booking(grip)) if grip.to.is_some() => return mouse::Interaction::Grabbing,
            _ => {}
        }
        let Some(at) = cursor.position_over(places.bounds()) else { return mouse::Interaction::None };
        if self.carried.is_some() && places.body.contains(at) {
            return mouse::Interaction::Grabbing;
        }
        if places.headings.contains(at) {
            return mouse::Interaction::Pointer;
        }
        let hovered = state.hovered.and_then(|(column, index)| Some((column, self.sheet.booking(column, index)?)));
        match hovered {
            Some((column, booking)) if self.touch == Touch::Changes => match part_at(places, column, booking, at) {
                Part::Whole => mouse::Interaction::Pointer,
                Part::Upper | Part::Lower => mouse::Interaction::ResizingVertically,
            },
            Some(_) => mouse::Interaction::Pointer,
            None => mouse::Interaction::None,
        }
    }

    /// A time of a column is asked about, where the day is seen as a patient.
    fn patient_pressed(&self, state: &mut State, places: &Places, at: Point, shell: &mut Shell<'_, Message>) {
        let Some(patient) = self.patient.as_ref().filter(|_| places.body.contains(at)) else { return };
        if let Some(spot) = patient.offers.spot_at(self.sheet, places, at) {
            state.cursor = Some(spot);
            shell.publish((patient.on_asked)(spot));
            shell.capture_event();
        }
    }
}

/// Takes hold of the scrollbar at this point.
fn grip(places: &Places, at: Point) -> Option<Bar> {
    let pace = |content: f32, seen: f32, thumb: f32| (content - seen) / (seen - thumb).max(1.0);
    let (content, body) = (places.content(), places.body);
    let pace = match (places.upright_bar(), places.level_bar()) {
        (Some((rail, thumb)), _) if rail.contains(at) => {
            Vector::new(0.0, pace(content.height, body.height, thumb.height))
        }
        (_, Some((rail, thumb))) if rail.contains(at) => Vector::new(pace(content.width, body.width, thumb.width), 0.0),
        _ => return None,
    };
    Some(Bar { from: at, scroll: places.scroll(), pace })
}

#[cfg(test)]
mod tests {
    use iced::{Rectangle, Size};
    use proptest::prelude::*;

    use super::*;
    use crate::ui::timetable::model::samples::sheet;
    use crate::ui::timetable::{Now, Sheet, timetable};

    prop_compose! {
        /// Of one day or of several, each with as many columns.
        fn any_sheet()(
            raster in prop::sample::select(vec![5u16, 10, 15, 20, 30]),
            days in prop::collection::vec(
                prop::collection::vec(prop::collection::vec((0..287u16, 1..24u16), 0..14), 3),
                1..6,
            ),
        ) -> Sheet {
            let span = |(from, length): &(u16, u16)| (from * 5, ((from + length) * 5).min(1440));
            let days: Vec<Vec<Vec<(u16, u16)>>> =
                days.iter().map(|day| day.iter().map(|column| column.iter().map(span).collect()).collect()).collect();
            let days: Vec<Vec<&[(u16, u16)]>> =
                days.iter().map(|day| day.iter().map(Vec::as_slice).collect()).collect();
            let days: Vec<&[&[(u16, u16)]]> = days.iter().map(Vec::as_slice).collect();
            sheet(raster, &days)
        }
    }

    proptest! {
        /// However the sheet is scrolled, and whatever stands in it.
        #[test]
        fn a_press_chooses_what_is_seen_there(
            sheet in any_sheet(),
            (width, height) in (300.0..1600.0f32, 200.0..1000.0f32),
            (aside, down) in (0.0..1.0f32, 0.0..1.0f32),
            (x, y) in (0.0..1.0f32, 0.0..1.0f32),
        ) {
            let bounds = Rectangle::new(Point::new(16.0, 56.0), Size::new(width, height));
            let all = Places::new(&sheet, bounds, Vector::ZERO);
            let (content, body) = (all.content(), all.body);
            let scroll = Vector::new((content.width - body.width) * aside, (content.height - body.height) * down);
            let places = Places::new(&sheet, bounds, scroll);
            let body = places.body;
            let at = Point::new(body.x + (body.width - 1.0) * x, body.y + (body.height - 1.0) * y);
            let now = Now { date: sheet.days[0].date, minute: 600 };
            let timetable = timetable::<()>(&sheet, now, |_| ());
            let boxes = || sheet.columns.iter().enumerate().flat_map(|(place, column)| {
                column.bookings.iter().map(move |booking| (place, booking))
            });
            let drawn_here = || boxes().filter(|(place, booking)| places.booking(*place, booking).contains(at));
            match timetable.chosen_at(&places, at) {
                Some(Chosen::Booking { key, column, minute }) => {
                    let (place, booking) = sheet.find_in(column, key).unwrap();
                    prop_assert!(booking.span().holds(minute));
                    // Between two boxes side by side lies a line that belongs to what stands at this time.
                    let around = places.field(place..place + 1, booking.from, booking.to).expand(1.0);
                    prop_assert!(around.contains(at) || places.booking(place, booking).contains(at));
                    if drawn_here().next().is_some() {
                        prop_assert!(drawn_here().any(|(_, drawn)| drawn.key == key));
                    }
                }
                Some(Chosen::Time { column, anchor, reached }) => {
                    prop_assert_eq!(drawn_here().count(), 0);
                    let place = sheet.place_of(column).unwrap();
                    let span = sheet.span(column, anchor, reached);
                    let field = places.field(place..place + 1, span.from, span.to);
                    prop_assert!(field.expand(1.0).contains(at), "{:?} is not at {:?}", field, at);
                }
                None => prop_assert!(at.x >= places.x(sheet.columns.len())),
            }
        }
    }
}
