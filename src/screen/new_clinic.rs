//! «Ny klinik»: from nothing to a clinic's file in a few steps, each of which can be skipped.

mod clinic;
mod hours;
mod raster;
mod staff;
mod summary;
mod types;

use aftalebog_booking::Snapshot;
use aftalebog_booking::proposal::{Employee, NewClinic as Chosen};
use aftalebog_texts::{Texts, fl};
use iced::widget::{Id, column, container, row, scrollable, space, text};
use iced::{Center, Element, Fill, Padding, Task};
use lucide_icons::Icon;

use crate::ui::dialog::{Saving, question};
use crate::ui::focus::{self, focus_scope, inert};
use crate::ui::form::{NOTHING, divider, icon, push};
use crate::ui::frame::{Height, frame};
use crate::ui::theme::{self, size, space as gap};
use clinic::ClinicStep;
use hours::HoursStep;
use raster::RasterStep;
use staff::StaffStep;
use summary::Summary;
use types::TypesStep;

/// The page's width in px.
const WIDTH: f32 = 880.0;
/// The height of a step's heading and explanation in px.
const HEAD: f32 = 64.0;
/// The button that goes on: what Enter does too.
const NEXT: &str = "new-next";

pub struct NewClinic {
    at: Step,
    clinic: ClinicStep,
    raster: RasterStep,
    staff: StaffStep,
    hours: HoursStep,
    types: TypesStep,
    summary: Summary,
    /// What has become of the steps before the last, in their order.
    passed: [Passed; 5],
    creating: Creating,
    asking: Option<Asking>,
}

/// The steps, in their order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Step {
    Clinic,
    Raster,
    Staff,
    Hours,
    Types,
    Summary,
}

/// What has become of a step.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Passed {
    #[default]
    NotYet,
    Done,
    /// What is typed in it is kept, and not used.
    Skipped,
}

/// How the making of the clinic's file goes.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
enum Creating {
    #[default]
    Idle,
    Busy {
        waiting: Waiting,
        /// The window is to close as soon as the clinic is made.
        closing: bool,
    },
    /// Why it could not be made; everything chosen still stands.
    Failed(String),
}

/// How long the file has been on its way.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Waiting {
    Short,
    /// More than half a second: it is said.
    Long,
}

/// Whether the window may close.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Closing {
    Now,
    /// When the file that is being made, or the person, has answered.
    Later,
}

/// A question before what is typed is lost.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Asking {
    /// On the way back to the first page.
    Leave,
    /// The window is to close.
    Quit,
}

#[derive(Clone, Debug)]
pub enum Message {
    Clinic(clinic::Message),
    Raster(raster::Message),
    Staff(staff::Message),
    Hours(hours::Message),
    Types(types::Message),
    NextPressed,
    BackPressed,
    SkipPressed,
    /// On the path, or «Ret» on the last page.
    StepPressed(Step),
    LeavePressed,
    QuestionConfirmed,
    QuestionDeclined,
    CreatingIsSlow,
    LanguagePressed,
}

pub enum Action {
    None,
    Run(Task<Message>),
    TurnLanguage,
    /// Back to the first page.
    Leave,
    /// Make the clinic's file.
    Create(Snapshot),
    Quit,
}

impl Message {
    /// Something is typed or chosen in a step, and not only looked at.
    fn fills_in(&self) -> bool {
        match self {
            Self::Clinic(_) | Self::Raster(_) | Self::Types(_) => true,
            Self::Staff(message) => !matches!(message, staff::Message::TitlesPressed(_)),
            Self::Hours(message) => !matches!(message, hours::Message::Chosen(_)),
            _ => false,
        }
    }
}

impl Step {
    const ALL: [Self; 6] = [Self::Clinic, Self::Raster, Self::Staff, Self::Hours, Self::Types, Self::Summary];

    const fn place(self) -> usize {
        self as usize
    }

    /// The button on the path.
    const fn id(self) -> &'static str {
        match self {
            Self::Clinic => "new-step-clinic",
            Self::Raster => "new-step-raster",
            Self::Staff => "new-step-staff",
            Self::Hours => "new-step-hours",
            Self::Types => "new-step-types",
            Self::Summary => "new-step-summary",
        }
    }

    fn name(self, texts: &Texts) -> String {
        match self {
            Self::Clinic => fl!(texts, "new-step-clinic"),
            Self::Raster => fl!(texts, "new-step-raster"),
            Self::Staff => fl!(texts, "new-step-staff"),
            Self::Hours => fl!(texts, "new-step-hours"),
            Self::Types => fl!(texts, "new-step-types"),
            Self::Summary => fl!(texts, "new-step-summary"),
        }
    }

    /// What is asked for, above the step.
    fn explanation(self, texts: &Texts) -> String {
        match self {
            Self::Clinic => fl!(texts, "new-clinic-explanation"),
            Self::Raster => fl!(texts, "new-raster-explanation"),
            Self::Staff => fl!(texts, "new-staff-explanation"),
            Self::Hours => fl!(texts, "new-hours-explanation"),
            Self::Types => fl!(texts, "new-types-explanation"),
            Self::Summary => fl!(texts, "new-summary-explanation"),
        }
    }

    fn after(self) -> Self {
        Self::ALL.get(self.place() + 1).copied().unwrap_or(self)
    }

    fn before(self) -> Self {
        self.place().checked_sub(1).map_or(self, |place| Self::ALL[place])
    }
}

impl NewClinic {
    pub fn new(texts: &Texts) -> Self {
        let mut new = Self {
            at: Step::Clinic,
            clinic: ClinicStep::default(),
            raster: RasterStep::default(),
            staff: StaffStep::default(),
            hours: HoursStep::new(texts),
            types: TypesStep::default(),
            summary: Summary::default(),
            passed: [Passed::NotYet; 5],
            creating: Creating::Idle,
            asking: None,
        };
        new.refresh(texts);
        new
    }

    /// Says everything again, as in another language.
    pub fn refresh(&mut self, texts: &Texts) {
        self.clinic.refresh(texts);
        self.raster.refresh(texts);
        self.staff.refresh(texts);
        self.hours.refresh(self.people(), texts);
        self.types.refresh(texts);
        if let Ok(chosen) = self.chosen(texts) {
            self.summary = Summary::of(&chosen, self.passed, texts);
        }
    }

    /// Those whose hours are asked for.
    fn people(&self) -> Vec<hours::Person> {
        if self.passed[Step::Staff.place()] == Passed::Skipped { Vec::new() } else { self.staff.people() }
    }

    /// The file is being made, and nobody has been told yet that it takes long.
    pub fn may_be_slow(&self) -> bool {
        matches!(self.creating, Creating::Busy { waiting: Waiting::Short, .. })
    }

    /// The clinic could not be made, for the reason that `words` say.
    pub fn failed(&mut self, words: String) -> Task<Message> {
        self.creating = Creating::Failed(words);
        focus::set(NEXT)
    }

    /// The window was to close while the clinic was being made.
    pub fn closes_when_made(&self) -> bool {
        matches!(self.creating, Creating::Busy { closing: true, .. })
    }

    pub fn close_requested(&mut self) -> Closing {
        if let Creating::Busy { closing, .. } = &mut self.creating {
            *closing = true;
            return Closing::Later;
        }
        if self.is_edited() {
            self.asking = Some(Asking::Quit);
            return Closing::Later;
        }
        Closing::Now
    }

    /// The file is being made.
    pub fn is_busy(&self) -> bool {
        matches!(self.creating, Creating::Busy { .. })
    }

    /// Something was typed or chosen.
    pub fn is_edited(&self) -> bool {
        self.clinic.is_edited()
            || self.raster.is_edited()
            || self.staff.is_edited()
            || self.hours.is_edited()
            || self.types.is_edited()
    }

    pub fn update(&mut self, message: Message, texts: &Texts) -> Action {
        if message.fills_in() {
            self.take_up();
        }
        let action = match message {
            Message::LanguagePressed => return Action::TurnLanguage,
            Message::CreatingIsSlow => {
                if let Creating::Busy { waiting, .. } = &mut self.creating {
                    *waiting = Waiting::Long;
                }
                return Action::None;
            }
            // What is being made can neither be changed nor stopped.
            _ if self.is_busy() => return Action::None,
            Message::Clinic(message) => {
                self.clinic.update(message);
                Action::None
            }
            Message::Raster(message) => Action::Run(self.raster.update(message).map(Message::Raster)),
            Message::Staff(message) => Action::Run(self.staff.update(message).map(Message::Staff)),
            Message::Hours(message) => Action::Run(self.hours.update(message).map(Message::Hours)),
            Message::Types(message) => {
                self.types.update(message);
                Action::None
            }
            Message::NextPressed => self.next_pressed(texts),
            Message::BackPressed => {
                self.at = self.at.before();
                Action::None
            }
            Message::SkipPressed => self.passed(Passed::Skipped),
            Message::StepPressed(step) => self.step_pressed(step),
            Message::LeavePressed => self.leave_pressed(),
            Message::QuestionConfirmed => match self.asking {
                Some(Asking::Quit) => Action::Quit,
                _ => Action::Leave,
            },
            Message::QuestionDeclined => {
                self.asking = None;
                Action::None
            }
        };
        self.refresh(texts);
        action
    }

    /// What is typed into a step that was skipped is meant to be used.
    fn take_up(&mut self) {
        if let Some(passed) = self.passed.get_mut(self.at.place())
            && *passed == Passed::Skipped
        {
            *passed = Passed::Done;
        }
    }

    fn next_pressed(&mut self, texts: &Texts) -> Action {
        match self.at {
            Step::Summary => self.create(texts),
            at => match self.fault(at) {
                Some(field) => Action::Run(focus::set(field)),
                None => self.passed(Passed::Done),
            },
        }
    }

    fn passed(&mut self, how: Passed) -> Action {
        if let Some(passed) = self.passed.get_mut(self.at.place()) {
            *passed = how;
            self.at = self.at.after();
        }
        Action::None
    }

    /// Back to a step, or on to one that was seen before: then what is typed here must be right.
    fn step_pressed(&mut self, step: Step) -> Action {
        if !self.is_open(step) {
            return Action::None;
        }
        // A look back blames nobody.
        let fault = if step > self.at && self.used(self.at) { self.fault(self.at) } else { None };
        match fault {
            Some(field) => Action::Run(focus::set(field)),
            None => {
                self.at = step;
                Action::None
            }
        }
    }

    /// Every step before it has been passed.
    fn is_open(&self, step: Step) -> bool {
        self.passed.iter().take(step.place()).all(|passed| *passed != Passed::NotYet)
    }

    fn used(&self, step: Step) -> bool {
        self.passed.get(step.place()).is_some_and(|passed| *passed != Passed::Skipped)
    }

    /// The first field of a step that is wrong. From now on it says so.
    fn fault(&mut self, step: Step) -> Option<Id> {
        match step {
            Step::Clinic => self.clinic.fault(),
            Step::Raster | Step::Summary => None,
            Step::Staff => self.staff.fault(),
            Step::Hours => self.hours.fault(),
            Step::Types => self.types.fault(),
        }
    }

    fn leave_pressed(&mut self) -> Action {
        if let Some(focusing) = self.staff.close_list() {
            return Action::Run(focusing.map(Message::Staff));
        }
        if self.is_edited() {
            self.asking = Some(Asking::Leave);
            return Action::None;
        }
        Action::Leave
    }

    fn create(&mut self, texts: &Texts) -> Action {
        match self.chosen(texts) {
            Ok(chosen) => {
                self.creating = Creating::Busy { waiting: Waiting::Short, closing: false };
                Action::Create(chosen.snapshot())
            }
            // Something was changed on the way back, and left by «Tilbage».
            Err(step) => {
                self.at = step;
                let field = self.fault(step);
                Action::Run(field.map_or_else(Task::none, focus::set))
            }
        }
    }

    /// All that was chosen, or the first step with something wrong in it. Of a step that was skipped
    /// nothing is taken.
    fn chosen(&self, texts: &Texts) -> Result<Chosen, Step> {
        let clinic = match self.passed[Step::Clinic.place()] {
            Passed::Skipped => clinic::Answer::skipped(texts),
            _ => self.clinic.answer().map_err(|_| Step::Clinic)?,
        };
        let raster = match self.passed[Step::Raster.place()] {
            Passed::Skipped => RasterStep::default().chosen(),
            _ => self.raster.chosen(),
        };
        let hours = match self.passed[Step::Hours.place()] {
            Passed::Skipped => hours::Answer::skipped(),
            _ => self.hours.answer().map_err(|_| Step::Hours)?,
        };
        let staff = match self.passed[Step::Staff.place()] {
            Passed::Skipped => Vec::new(),
            _ => self.staff.answer().map_err(|_| Step::Staff)?,
        };
        let types = match self.passed[Step::Types.place()] {
            Passed::Skipped => Vec::new(),
            _ => self.types.answer().map_err(|_| Step::Types)?,
        };
        let employee = |(key, of): (staff::Key, staff::Answer)| Employee {
            initials: of.initials,
            name: of.name,
            title: of.title,
            registered: of.registered,
            takes_new_patients: of.takes_new_patients,
            week: hours.week_of(key),
        };
        Ok(Chosen {
            name: clinic.name,
            address: clinic.address,
            phone: clinic.phone,
            email: clinic.email,
            raster,
            closed_on_public_holidays: hours.closed_on_public_holidays(),
            staff: staff.into_iter().map(employee).collect(),
            types,
        })
    }

    /// What is made when every step is skipped: a clinic to be filled in, or to be replaced by one from elsewhere.
    pub fn with_nothing_in_it(texts: &Texts) -> Snapshot {
        let clinic = clinic::Answer::skipped(texts);
        let nothing = Chosen {
            name: clinic.name,
            address: clinic.address,
            phone: clinic.phone,
            email: clinic.email,
            raster: RasterStep::default().chosen(),
            closed_on_public_holidays: hours::Answer::skipped().closed_on_public_holidays(),
            staff: Vec::new(),
            types: Vec::new(),
        };
        nothing.snapshot()
    }
}

// ------------------------------------------------------------------------ view

impl NewClinic {
    /// The page, and above it a question; `language` is the program's own switch.
    pub fn view<'a>(&'a self, texts: &'a Texts, language: Element<'a, Message>) -> Vec<Element<'a, Message>> {
        let title = text(fl!(texts, "welcome-new")).size(size::TITLE).font(theme::SEMIBOLD);
        let bar = row![title, space::horizontal(), language].align_y(Center);
        let busy = self.is_busy();
        let card = frame(self.head(texts), inert(busy, self.body(texts)).into(), self.foot(texts), WIDTH, Height::Room);
        let card = container(card).padding(1).style(theme::surface);
        let page = column![bar, self.path(texts), card].spacing(gap::M).max_width(WIDTH + 2.0);
        let page = container(page).padding([gap::M, gap::L]).center_x(Fill).height(Fill).style(theme::background);
        let page = focus_scope(page)
            .id(self.at.id())
            .autofocus_on(self.first())
            .on_escape(Message::LeavePressed)
            .on_enter(Message::NextPressed);
        let mut layers = vec![inert(self.asking.is_some(), page).into()];
        layers.extend(self.asking.map(|asking| asking.view(texts)));
        layers
    }

    /// What has the focus when a step comes.
    fn first(&self) -> Id {
        match self.at {
            Step::Clinic => clinic::FIRST.into(),
            Step::Raster => self.raster.first(),
            Step::Staff => staff::FIRST.into(),
            Step::Hours => self.hours.first(),
            Step::Types => types::FIRST.into(),
            Step::Summary => NEXT.into(),
        }
    }

    /// Where one is, and what lies behind and ahead.
    fn path<'a>(&self, texts: &Texts) -> Element<'a, Message> {
        let steps = Step::ALL.into_iter().map(|step| {
            let words = format!("{} {}", step.place() + 1, step.name(texts));
            let message = self.is_open(step).then_some(Message::StepPressed(step));
            let button = push(step.id(), words, message);
            let button = match self.passed.get(step.place()) {
                Some(Passed::Done) => button.icon(Icon::Check),
                Some(Passed::Skipped) => button.icon(Icon::Minus).hint(fl!(texts, "new-step-skipped")),
                _ => button,
            };
            button.style(if step == self.at { theme::chosen } else { theme::quiet }).into()
        });
        row(steps).spacing(gap::XS).wrap().vertical_spacing(gap::XS).into()
    }

    fn head<'a>(&self, texts: &Texts) -> Element<'a, Message> {
        let words = column![
            text(self.at.name(texts)).size(size::HEADING).font(theme::SEMIBOLD),
            text(self.at.explanation(texts)).size(size::SMALL).style(theme::muted),
        ];
        // Whole pixels: a line between two of them would be drawn paler when only its part is drawn anew.
        column![container(words.spacing(gap::XS)).padding([0.0, gap::XL]).center_y(HEAD), divider()].into()
    }

    fn body<'a>(&'a self, texts: &'a Texts) -> Element<'a, Message> {
        let step = match self.at {
            Step::Clinic => self.clinic.view(texts).map(Message::Clinic),
            Step::Raster => self.raster.view(texts).map(Message::Raster),
            Step::Staff => self.staff.view(texts).map(Message::Staff),
            Step::Hours => self.hours.view(texts).map(Message::Hours),
            Step::Types => self.types.view(texts).map(Message::Types),
            Step::Summary => self.summary.view(texts).map(Message::StepPressed),
        };
        // The air inside keeps focus rings from being cut off at the edge.
        let step = container(step).padding(Padding::from([gap::L, gap::XL])).width(Fill);
        scrollable(step).id(self.at.id()).style(theme::scroll).width(Fill).height(Fill).into()
    }

    fn foot<'a>(&'a self, texts: &Texts) -> Element<'a, Message> {
        let busy = self.is_busy();
        let idle = |message: Message| (!busy).then_some(message);
        let last = self.at == Step::Summary;
        let told: Element<'a, Message> = match &self.creating {
            Creating::Failed(words) => row![
                icon(Icon::CircleAlert).style(theme::bad),
                text(words).size(size::SMALL).style(theme::bad).width(Fill)
            ]
            .spacing(gap::S)
            .align_y(Center)
            .width(Fill)
            .into(),
            Creating::Busy { waiting: Waiting::Long, .. } => {
                text(fl!(texts, "new-creating-long")).size(size::SMALL).style(theme::muted).width(Fill).into()
            }
            _ => space::horizontal().into(),
        };
        let skip = push("new-skip", fl!(texts, "new-skip"), idle(Message::SkipPressed));
        let next = match (last, busy) {
            (true, true) => fl!(texts, "new-creating"),
            (true, false) => fl!(texts, "new-create"),
            (false, _) => fl!(texts, "new-next"),
        };
        let back =
            push("new-back", fl!(texts, "new-back"), idle(Message::BackPressed).filter(|_| self.at != Step::Clinic));
        let foot = row![
            push("new-leave", fl!(texts, "cancel"), idle(Message::LeavePressed)).style(theme::quiet),
            told,
            back.icon(Icon::ChevronLeft),
        ]
        .push((!last).then_some(skip))
        .push(push(NEXT, next, idle(Message::NextPressed)).style(theme::primary))
        .spacing(gap::S)
        .align_y(Center);
        column![divider(), container(foot).padding([gap::M, gap::XL])].into()
    }
}

impl Asking {
    fn view<'a>(self, texts: &Texts) -> Element<'a, Message> {
        let (title, lose) = match self {
            Self::Leave => (fl!(texts, "new-leave-title"), fl!(texts, "discard-lose")),
            Self::Quit => (fl!(texts, "quit-title"), fl!(texts, "quit-lose")),
        };
        question(
            title,
            &NOTHING,
            fl!(texts, "new-leave-explanation"),
            (fl!(texts, "new-leave-keep"), Message::QuestionDeclined),
            (lose, Some(Message::QuestionConfirmed)),
            &Saving::Idle,
        )
    }
}
