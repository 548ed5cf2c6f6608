//! A list whose rows are put in order: by dragging a grip, by buttons, by Alt and the arrows.

use iced::keyboard::{Key, Modifiers};
use iced::widget::{column, container, mouse_area, row};
use iced::{Center, Element, Fill, Point, mouse};
use lucide_icons::Icon;

use super::focus::focusable;
use super::form::icon;
use super::theme::{self, space as gap};

/// Which row is being dragged, if any.
#[derive(Clone, Debug)]
pub struct Reorder {
    /// Of a row, in px.
    height: f32,
    drag: Option<Move>,
}

/// A row goes from one place in the list to another.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Move {
    pub from: usize,
    pub to: usize,
}

#[derive(Clone, Debug)]
pub enum Message {
    Grasped(usize),
    Dragged(Point),
    Dropped,
    DragLeft,
    /// By a button or a key.
    Moved(Move),
}

type OnKey<'a, M> = Box<dyn Fn(&Key, Modifiers) -> Option<M> + 'a>;

pub struct Row<'a, M> {
    pub id: String,
    pub content: Element<'a, M>,
    pub on_key: OnKey<'a, M>,
}

impl Default for Reorder {
    /// With room for controls in the rows.
    fn default() -> Self {
        Self::of_rows(theme::CONTROL + gap::XS)
    }
}

impl Reorder {
    /// Each row is `height` px high.
    pub const fn of_rows(height: f32) -> Self {
        Self { height, drag: None }
    }

    pub fn is_dragging(&self) -> bool {
        self.drag.is_some()
    }

    /// Esc while dragging: everything stays where it was.
    pub fn cancel(&mut self) {
        self.drag = None;
    }

    /// The move that is to be made now, in a list of `count` rows.
    pub fn update(&mut self, message: Message, count: usize) -> Option<Move> {
        match message {
            Message::Grasped(row) => self.drag = Some(Move { from: row, to: row }),
            Message::Dragged(at) => {
                if let Some(drag) = &mut self.drag {
                    drag.to = ((at.y / self.height).max(0.0) as usize).min(count.saturating_sub(1));
                }
            }
            Message::Dropped => return self.drag.take().filter(|moved| moved.from != moved.to),
            Message::DragLeft => self.drag = None,
            Message::Moved(moved) => return Some(moved),
        }
        None
    }

    /// The rows, each with its grip; while one is dragged it is drawn where it would land.
    pub fn list<'a, M: Clone + 'a>(
        &self,
        rows: Vec<Row<'a, M>>,
        on_message: impl Fn(Message) -> M + Copy + 'a,
    ) -> Element<'a, M> {
        let dragged = self.drag.map(|drag| drag.from);
        let height = self.height;
        let rows = rows.into_iter().enumerate().map(|(index, Row { id, content, on_key })| {
            let line = row![grip(index, on_message), content].align_y(Center).height(height).width(Fill);
            let line = container(line)
                .padding([0.0, gap::S])
                .style(move |theme| theme::list_row(theme, dragged == Some(index)));
            focusable(line).id(id).on_key(on_key).into()
        });
        self.area(rows.collect(), on_message)
    }

    /// The same for rows of any look, each as high as was said, with its own [`grip`].
    pub fn area<'a, M: Clone + 'a>(
        &self,
        mut rows: Vec<Element<'a, M>>,
        on_message: impl Fn(Message) -> M + Copy + 'a,
    ) -> Element<'a, M> {
        if let Some(Move { from, to }) = self.drag
            && from < rows.len()
        {
            let row = rows.remove(from);
            rows.insert(to.min(rows.len()), row);
        }
        let mut area = mouse_area(column(rows));
        if self.drag.is_some() {
            area = area
                .on_move(move |at| on_message(Message::Dragged(at)))
                .on_release(on_message(Message::Dropped))
                .on_exit(on_message(Message::DragLeft))
                .interaction(mouse::Interaction::Grabbing);
        }
        area.into()
    }
}

/// What a row is grasped by.
pub fn grip<'a, M: Clone + 'a>(index: usize, on_message: impl Fn(Message) -> M) -> Element<'a, M> {
    let sign = container(icon(Icon::GripVertical).style(theme::muted)).center_y(Fill).center_x(gap::XL);
    mouse_area(sign).on_press(on_message(Message::Grasped(index))).interaction(mouse::Interaction::Grab).into()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_row_lands_where_it_is_dropped() {
        let mut reorder = Reorder::default();
        assert_eq!(reorder.update(Message::Grasped(0), 4), None);
        assert_eq!(reorder.update(Message::Dragged(Point::new(5.0, 2.5 * (theme::CONTROL + gap::XS))), 4), None);
        assert_eq!(reorder.update(Message::Dropped, 4), Some(Move { from: 0, to: 2 }));
        assert!(!reorder.is_dragging());
    }

    #[test]
    fn a_drag_stays_inside_the_list_and_can_be_given_up() {
        let mut reorder = Reorder::default();
        let _ = reorder.update(Message::Grasped(1), 3);
        let _ = reorder.update(Message::Dragged(Point::new(0.0, 900.0)), 3);
        assert_eq!(reorder.drag, Some(Move { from: 1, to: 2 }));
        reorder.cancel();
        assert_eq!(reorder.update(Message::Dropped, 3), None);
        let _ = reorder.update(Message::Grasped(1), 3);
        assert_eq!(reorder.update(Message::Dropped, 3), None, "dropped where it was");
    }
}
