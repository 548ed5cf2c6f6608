//! «Tidsperiode»: how many minutes one row of the appointment book is.

use aftalebog_booking::time::{Raster, TimeOfDay};
use aftalebog_texts::{Texts, fl};
use iced::keyboard::{Key, key::Named};
use iced::widget::{Id, button, column, container, row, space, text};
use iced::{Center, Element, Fill, Task};

use crate::ui::focus::{self, focusable};
use crate::ui::theme::{self, size, space as gap};

/// The clinic most in use: four rows to the hour.
const USUAL: u16 = 15;
/// How high a row of the picture is, in px.
const ROW: f32 = 22.0;
/// The hour of the picture.
const HOUR: u16 = 8;
/// How long the appointment in the picture lasts, in minutes.
const LASTS: u16 = 30;

pub struct RasterStep {
    chosen: Raster,
    words: Words,
}

/// What the choice means.
#[derive(Default)]
struct Words {
    row: String,
    starts: String,
    appointment: String,
    /// The times at the left of the picture.
    times: Vec<String>,
}

#[derive(Clone, Debug)]
pub enum Message {
    Chosen(Raster),
    /// By an arrow key: the focus goes along.
    Turned(Raster),
}

impl Default for RasterStep {
    fn default() -> Self {
        let usual = Raster::ALL.into_iter().find(|raster| raster.minutes() == USUAL);
        Self { chosen: usual.unwrap_or(Raster::ALL[0]), words: Words::default() }
    }
}

impl RasterStep {
    pub fn refresh(&mut self, texts: &Texts) {
        let minutes = self.chosen.minutes();
        let times: Vec<String> = (0..60)
            .step_by(minutes.into())
            .filter_map(|minute| TimeOfDay::new(HOUR, minute))
            .map(|time| texts.time_in_field(time))
            .collect();
        let first = times.iter().take(4).cloned().collect::<Vec<_>>().join(", ");
        self.words = Words {
            row: meaning(self.chosen, texts),
            starts: fl!(texts, "new-raster-starts", times = first),
            appointment: fl!(texts, "new-raster-appointment", minutes = LASTS),
            times,
        };
    }

    pub fn update(&mut self, message: Message) -> Task<Message> {
        match message {
            Message::Chosen(raster) => {
                self.chosen = raster;
                Task::none()
            }
            Message::Turned(raster) => {
                self.chosen = raster;
                focus::set(self.first())
            }
        }
    }

    pub fn is_edited(&self) -> bool {
        self.chosen != Self::default().chosen
    }

    pub fn chosen(&self) -> Raster {
        self.chosen
    }

    pub fn first(&self) -> Id {
        id(self.chosen)
    }

    pub fn view<'a>(&'a self, texts: &'a Texts) -> Element<'a, Message> {
        let choices = Raster::ALL.into_iter().map(|raster| self.choice(raster, texts));
        let means = column![text(&self.words.row), text(&self.words.starts).style(theme::muted)].spacing(gap::XS);
        column![row(choices).spacing(gap::S), means.height(40), self.picture()].spacing(gap::L).into()
    }

    fn choice<'a>(&self, raster: Raster, texts: &Texts) -> Element<'a, Message> {
        let words = fl!(texts, "new-raster-minutes", minutes = raster.minutes());
        let face = button(container(text(words)).center(Fill))
            .width(96)
            .height(theme::CONTROL)
            .padding(0)
            .style(if raster == self.chosen { theme::chosen } else { theme::secondary })
            .on_press(Message::Chosen(raster));
        focusable(face)
            .id(id(raster))
            .on_toggle(Message::Chosen(raster))
            .on_key(move |key, modifiers| {
                let by = match key {
                    Key::Named(Named::ArrowLeft | Named::ArrowUp) => Raster::ALL.len() - 1,
                    Key::Named(Named::ArrowRight | Named::ArrowDown) => 1,
                    _ => return None,
                };
                let place = Raster::ALL.iter().position(|it| *it == raster)?;
                let beside = Raster::ALL[(place + by) % Raster::ALL.len()];
                modifiers.is_empty().then_some(Message::Turned(beside))
            })
            .into()
    }

    /// One hour of the book, with an appointment in it.
    fn picture<'a>(&'a self) -> Element<'a, Message> {
        let rows = self.words.times.iter().map(|time| {
            let time = container(text(time).size(size::SMALL).style(theme::muted)).center_y(ROW - 1.0).width(56);
            let line = container(space().height(1)).width(Fill).style(theme::divider);
            column![row![time].padding([0.0, gap::S]), line].into()
        });
        let height = f32::from(LASTS) / f32::from(self.chosen.minutes()) * ROW;
        let bar = container(space().width(3)).height(Fill).style(|theme| theme::filled(theme::colors(theme).accent));
        let words = container(text(&self.words.appointment).size(size::SMALL)).padding([2.0, gap::S]);
        let appointment = container(row![bar, words].align_y(iced::Top))
            .width(220)
            .height(height - 1.0)
            .clip(true)
            .style(|theme| theme::filled(theme::tint(theme, theme::colors(theme).accent)));
        let appointment = row![space().width(72), appointment];
        let picture = iced::widget::stack![column(rows).width(320), appointment];
        container(picture).padding(1).style(theme::surface).align_y(Center).into()
    }
}

/// What a raster makes of an hour.
pub fn meaning(raster: Raster, texts: &Texts) -> String {
    let (minutes, rows) = (raster.minutes(), 60 / raster.minutes());
    fl!(texts, "new-raster-row", minutes = minutes, rows = rows)
}

fn id(raster: Raster) -> Id {
    format!("new-raster-{}", raster.minutes()).into()
}
