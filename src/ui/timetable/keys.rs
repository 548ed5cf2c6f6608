//! What keys do to a sheet.

use iced::advanced::Shell;
use iced::keyboard::{Key, Modifiers, key::Named};
use iced::{Point, Rectangle};

use super::places::Places;
use super::pointer::Hold;
use super::{By, Chosen, Command, Focus, Gesture, Spot, State, Timetable, Turn, scroll_to};

impl<Message> Timetable<'_, Message> {
    pub(super) fn key_pressed(
        &self,
        state: &mut State,
        places: &Places,
        key: &Key,
        modifiers: Modifiers,
        shell: &mut Shell<'_, Message>,
    ) {
        let holds = matches!(state.hold, Some(Hold::Booking(_) | Hold::Over { .. }));
        if *key == Key::Named(Named::Escape) && holds {
            state.hold = None;
            shell.request_redraw();
            return shell.capture_event();
        }
        if state.focus == Focus::None {
            return;
        }
        let known = match self.patient {
            Some(_) => self.patient_key(state, places, key, modifiers, shell),
            None => self.clinic_key(state, places, key, modifiers, shell),
        };
        if known || self.turn_key(key, modifiers, shell) {
            (state.hovered, state.aimed) = (None, None);
            state.focus = Focus::Keyboard;
            shell.capture_event();
            shell.request_redraw();
        }
    }

    fn turn_key(&self, key: &Key, modifiers: Modifiers, shell: &mut Shell<'_, Message>) -> bool {
        let turn = match (key, modifiers) {
            (Key::Named(Named::ArrowLeft), Modifiers::CTRL) => Turn::Back,
            (Key::Named(Named::ArrowRight), Modifiers::CTRL) => Turn::Forward,
            (Key::Named(Named::Home), modifiers) if modifiers.is_empty() => Turn::Today,
            _ => return false,
        };
        shell.publish((self.on_gesture)(Gesture::Turned(turn)));
        true
    }

    /// Whether it is a key that has a meaning in the clinic's own book.
    fn clinic_key(
        &self,
        state: &mut State,
        places: &Places,
        key: &Key,
        modifiers: Modifiers,
        shell: &mut Shell<'_, Message>,
    ) -> bool {
        let rows = places.rows_in_sight();
        let carries = self.carried.is_some_and(|carried| carried.by == By::Keys);
        let stepped = match key {
            Key::Named(named) if carries => {
                let from = self.aim(state).or_else(|| self.begin());
                from.and_then(|from| self.sheet.row_stepped(from, *named, modifiers, rows)).map(Chosen::time)
            }
            Key::Named(named) => match self.chosen {
                Some(chosen) => self.sheet.stepped(chosen, *named, modifiers, rows),
                // The first arrow only shows where the keyboard is.
                None if is_step(*named) && modifiers.is_empty() => self.begin().map(|spot| self.sheet.at(spot)),
                None => None,
            },
            _ => None,
        };
        if let Some(chosen) = stepped {
            scroll_to(state, places, self.revealing(places, chosen), shell);
            shell.publish((self.on_gesture)(Gesture::Chosen(chosen)));
            return true;
        }
        let gesture = match (key.as_ref(), modifiers) {
            (Key::Named(Named::Enter), modifiers) if carries && modifiers.is_empty() => {
                self.aim(state).map(Gesture::Put)
            }
            (Key::Character("v" | "V"), Modifiers::CTRL) if carries => self.aim(state).map(Gesture::Put),
            _ if carries => None,
            (Key::Named(Named::Enter), modifiers) if modifiers.is_empty() => self.chosen.map(Gesture::Opened),
            (Key::Named(Named::ContextMenu), _) | (Key::Named(Named::F10), Modifiers::SHIFT) => {
                self.chosen.map(|on| Gesture::MenuAsked { on, at: self.below(places, on) })
            }
            (key, modifiers) => command(key, modifiers).filter(|_| self.chosen.is_some()).map(Gesture::Commanded),
        };
        match gesture {
            Some(gesture) => {
                shell.publish((self.on_gesture)(gesture));
                true
            }
            None => false,
        }
    }

    /// Where the keyboard begins: now, where that is in sight, else where the sheet opens.
    fn begin(&self) -> Option<Spot> {
        let today = self.sheet.columns.iter().find(|column| column.whose.date == self.now.date);
        let opens = self.sheet.opens;
        let now = today.filter(|_| opens.holds(self.now.minute));
        self.sheet.first_spot(now.map(|column| Spot { column: column.whose, minute: self.now.minute }))
    }

    /// Under what is chosen, as far as it is in sight.
    fn below(&self, places: &Places, chosen: Chosen) -> Point {
        let spot = chosen.spot();
        let Some(place) = self.sheet.place_of(spot.column) else { return places.body.position() };
        let field = match chosen {
            Chosen::Time { column, anchor, reached } => {
                let span = self.sheet.span(column, anchor, reached);
                places.field(place..place + 1, span.from, span.to)
            }
            Chosen::Booking { key, .. } => match self.sheet.find_in(spot.column, key) {
                Some((place, booking)) => places.booking(place, booking),
                None => places.field(place..place + 1, spot.minute, spot.minute),
            },
        };
        let seen: Rectangle = field.intersection(&places.body).unwrap_or(places.body);
        Point::new(seen.x + 8.0, seen.y + seen.height)
    }

    /// Where the keyboard is in a day that is seen as a patient.
    pub(super) fn cursor(&self, state: &State) -> Option<Spot> {
        let patient = self.patient.as_ref().filter(|_| !self.sheet.columns.is_empty())?;
        let reached = state.cursor.filter(|spot| self.sheet.place_of(spot.column).is_some());
        reached.or_else(|| patient.offers.first_spot(self.sheet))
    }

    fn patient_key(
        &self,
        state: &mut State,
        places: &Places,
        key: &Key,
        modifiers: Modifiers,
        shell: &mut Shell<'_, Message>,
    ) -> bool {
        let (Some(patient), Some(from), Key::Named(key)) = (&self.patient, self.cursor(state), key) else {
            return false;
        };
        let spot = match (key, patient.offers.stepped(self.sheet, from, (*key, modifiers), places.rows_in_sight())) {
            (_, Some(reached)) => reached,
            (Named::Enter | Named::Space, None) if modifiers.is_empty() => {
                shell.publish((patient.on_asked)(from));
                from
            }
            _ => return false,
        };
        state.cursor = Some(spot);
        scroll_to(state, places, self.revealing(places, Chosen::time(spot)), shell);
        true
    }
}

fn is_step(key: Named) -> bool {
    matches!(
        key,
        Named::ArrowUp | Named::ArrowDown | Named::ArrowLeft | Named::ArrowRight | Named::PageUp | Named::PageDown
    )
}

fn command(key: Key<&str>, modifiers: Modifiers) -> Option<Command> {
    match (key, modifiers) {
        (Key::Character("x" | "X"), Modifiers::CTRL) => Some(Command::TakeUp),
        (Key::Named(Named::ArrowUp), Modifiers::ALT) => Some(Command::Shorter),
        (Key::Named(Named::ArrowDown), Modifiers::ALT) => Some(Command::Longer),
        (Key::Named(Named::Delete), Modifiers::SHIFT) => Some(Command::Delete),
        _ if !modifiers.is_empty() => None,
        (Key::Named(Named::Insert), _) => Some(Command::New),
        (Key::Named(Named::F2), _) => Some(Command::Edit),
        (Key::Named(Named::Delete), _) => Some(Command::Cancel),
        _ => None,
    }
}
