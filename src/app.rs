//! The program: which page is shown, and everything that touches the file, the clock or the
//! window on the screens' behalf.

use std::fmt::Display;
use std::path::PathBuf;
use std::sync::Arc;

use aftalebog_booking::Change;
use aftalebog_booking::program::Version;
use aftalebog_local::backup::Backup;
use aftalebog_local::folder::Folder;
use aftalebog_local::sync;
use aftalebog_local::{OpenError, SaveError, Store, StoreError};
use aftalebog_texts::guide::Topic;
use aftalebog_texts::{Language, Texts, fl};
use chrono::{DateTime, Utc};
use iced::widget::{Stack, column, container, text};
use iced::{Element, Fill, Subscription, Task, Theme, window};
use lucide_icons::Icon;

use crate::clock::Clock;
use crate::first_instance::Shown;
use crate::log::{self, Log};
use crate::outside::Opener;
use crate::preferences::Preferences;
use crate::screen::about;
use crate::screen::appointment_book::Seen;
use crate::screen::help;
use crate::screen::new_clinic::{self, NewClinic};
use crate::screen::open_clinic::{self as clinic, Desk, OpenClinic, Read};
use crate::screen::problem::{self, Offer, Problem, Remedy, Trouble};
use crate::screen::restore::{self, Restore};
use crate::screen::synchronising::Again;
use crate::screen::welcome::{self, Welcome};
use crate::ui::focus::inert;
use crate::ui::form::push;
use crate::ui::theme;
use crate::ui::topic::{helpful, layer_explained_by};
use crate::ui::whole_frame::{WholeFrame, noticing};
use crate::{failure, first_instance, outside, wake};

mod closing;
mod opening;
mod over;
mod restoring;
mod saving;

use over::Over;

/// How the program was started.
#[derive(Clone, Debug)]
pub struct Start {
    pub folder: Folder,
    pub file: File,
    pub clock: Clock,
    /// This PC's name, for the history.
    pub made_by: String,
    pub language: Language,
    /// How the book was last seen on this PC.
    pub seen: Seen,
    /// Whoever was told of this new version does not want to hear of it again.
    pub put_away: Option<Version>,
    pub keys: Keys,
    /// The file that the program was started with, until it is asked whether its clinic is to be fetched.
    pub given: Option<PathBuf>,
    pub log: Log,
    pub opener: Opener,
}

/// Where this PC's key to its server is kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Keys {
    /// In the system's vault, where there is one.
    Vault,
    /// In a file beside the clinic's, for tests.
    File,
}

/// Which of the folder's files is opened.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum File {
    Clinic,
    Demo,
}

pub struct App {
    start: Start,
    now: DateTime<Utc>,
    texts: Texts,
    theme: iced::theme::Mode,
    page: Page,
    /// Above the page: a clinic is fetched from a copy.
    restore: Option<Box<Restore>>,
    /// The window is to close as soon as what is being restored has been answered.
    closing: bool,
    /// What lies over the page, the lowest first.
    over: Vec<Over>,
    /// The number of the last opening; the answer to an earlier one comes too late.
    opening: u32,
    /// The last change as long as it is not known to be saved: saving it again is harmless.
    unanswered: Option<Change>,
    /// Whether the file is being read again, because it has become another one.
    reading: Reading,
    whole_frame: WholeFrame,
    /// For who starts the program once more, or asks for a copy from a command line.
    shown: Shown,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Reading {
    #[default]
    Idle,
    UnderWay,
    /// Something has come meanwhile.
    OnceMore,
}

enum Page {
    Opening(Wait),
    Welcome(Welcome),
    NewClinic(Box<NewClinic>),
    Problem(Box<Problem>),
    Clinic(Box<OpenClinic>),
}

/// How long the file has been on its way.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Wait {
    Short,
    /// More than half a second: it is said.
    Long,
}

#[derive(Clone, Debug)]
pub enum Message {
    Opened {
        opening: u32,
        opened: Arc<Result<(Store, Read), NotOpened>>,
    },
    BegunAgain {
        opening: u32,
        begun: Arc<Result<Read, NotSaved>>,
    },
    Restore(restore::Message),
    /// The clinic was fetched from a copy; what it replaced is in another.
    Replaced {
        opening: u32,
        replaced: Arc<Result<Replacement, NotReplaced>>,
    },
    OpeningIsSlow,
    /// A large file was looked through after it was opened.
    LookedThrough(Arc<Result<(), StoreError>>),
    /// There is no file; a backup says that there was one.
    LostFileSearched(Option<Backup>),
    BackupFound(Option<Backup>),
    /// The newest copy is in place, and what was there has this name now.
    Restored {
        offer: Offer,
        restored: Arc<Result<Option<PathBuf>, StoreError>>,
    },
    Welcome(welcome::Message),
    NewClinic(new_clinic::Message),
    Problem(problem::Message),
    Clinic(clinic::Message),
    Saved {
        opening: u32,
        saved: Arc<Result<Read, NotSaved>>,
    },
    Settled {
        opening: u32,
        settled: Arc<Result<Read, NotSaved>>,
    },
    /// The clinic is open: its server's thread is listened to.
    ServerListened {
        opening: u32,
    },
    ServerTold {
        opening: u32,
        event: sync::Event,
    },
    /// What the file holds after something came from the server.
    ReadAnew {
        opening: u32,
        read: Arc<Result<Read, StoreError>>,
    },
    /// A notice of what patients did has stood long enough.
    NoticePassed(u32),
    /// What went as it was meant has been told long enough.
    ConfirmationPassed(u32),
    /// A change to decide about that came by itself has stood long enough to be answered.
    CaseRead(u32),
    /// Which of the clinic's PCs are open is to be asked.
    DevicesWanted,
    ThemeTurned(iced::theme::Mode),
    TimePassed,
    FileDropped(PathBuf),
    /// The program was started once more, perhaps with a file to fetch the clinic from.
    SecondStart(Option<PathBuf>),
    /// F1: of what has the focus, or else of what is shown.
    HelpPressed(Option<Topic>),
    Help(help::Message),
    About(about::Message),
    /// The page of the new version.
    PageOpened(Result<(), outside::NotOpened>),
    CloseRequested,
    Closed,
    /// A part of the window that keeps its own state, such as how far it is scrolled.
    Scrolled,
    /// Something was done that nobody waits for.
    Done,
    /// A line was added to the log.
    Noted,
}

/// Why no clinic is shown.
#[derive(Debug)]
pub enum NotOpened {
    Open(OpenError),
    Read(StoreError),
}

/// Why a save is not shown as saved.
#[derive(Debug)]
pub enum NotSaved {
    Save(SaveError),
    /// Somebody else has saved the same meanwhile, and this was to be saved.
    ChangedSince(SaveError, Again),
    /// It is saved, but could not be read again.
    Read(StoreError),
}

/// The clinic that was fetched, and the copy of what it has replaced.
pub type Replacement = (Store, Read, Option<PathBuf>);

/// Why a clinic was not fetched from a copy.
#[derive(Debug)]
pub enum NotReplaced {
    /// A new file could not be made.
    Open(OpenError),
    Save(SaveError),
    /// It is fetched, but could not be read again.
    Read(StoreError),
}

/// Nothing can be read of it any more: it is to be opened again, or a backup.
const fn is_lost(error: &StoreError) -> bool {
    matches!(error, StoreError::Closed | StoreError::Damaged { .. })
}

/// The window's size when the program starts, in px.
pub const WINDOW: (f32, f32) = (1280.0, 800.0);

/// What iced is set up with.
pub fn settings() -> iced::Settings {
    iced::Settings {
        fonts: theme::FONTS.map(Into::into).into(),
        default_font: theme::REGULAR,
        default_text_size: theme::size::TEXT.into(),
        ..iced::Settings::default()
    }
}

impl App {
    /// The program as it begins, and the work that begins with it.
    pub fn new(start: Start) -> (Self, Task<Message>) {
        let now = start.clock.now();
        let texts = Texts::new(start.language);
        let (page, theme) = (Page::Opening(Wait::Short), iced::theme::Mode::None);
        let whole_frame = WholeFrame::default();
        let mut app = Self {
            start,
            now,
            texts,
            theme,
            page,
            restore: None,
            over: Vec::new(),
            closing: false,
            opening: 0,
            unanswered: None,
            reading: Reading::Idle,
            whole_frame,
            shown: Shown::default(),
        };
        let opening = app.open();
        let started = app.note(log::version());
        (app, Task::batch([started, opening, iced::system::theme().map(Message::ThemeTurned)]))
    }

    /// Adds a line to the log.
    fn note(&self, what: impl Display) -> Task<Message> {
        let (log, now, what) = (self.start.log.clone(), self.start.clock.now(), what.to_string());
        Task::future(async move {
            // There is no other place where it could be told that it cannot be.
            drop(log.write(now, what));
            Message::Noted
        })
    }

    pub fn title(&self) -> String {
        match &self.page {
            Page::Clinic(clinic) => fl!(self.texts, "window-title", clinic = clinic.name()),
            _ => fl!(self.texts, "book-title"),
        }
    }

    pub fn theme(&self) -> Theme {
        if self.theme == iced::theme::Mode::Dark { theme::dark() } else { theme::light() }
    }

    pub fn subscription(&self) -> Subscription<Message> {
        let running = match (&self.page, self.start.clock) {
            (Page::Clinic(_), Clock::Running(now)) => {
                wake::at_next_quarter(now, self.now).map(|()| Message::TimePassed)
            }
            _ => Subscription::none(),
        };
        let second_start = match self.file_listened_for() {
            Some(file) => {
                first_instance::second_starts(file, self.shown.clone(), self.start.clock).map(Message::SecondStart)
            }
            None => Subscription::none(),
        };
        let slow = match &self.page {
            _ if self.restore.as_ref().is_some_and(|restore| restore.may_be_slow()) => {
                wake::when_slow().map(|()| Message::Restore(restore::Message::TimePassed))
            }
            Page::Opening(Wait::Short) => wake::when_slow().map(|()| Message::OpeningIsSlow),
            Page::NewClinic(new) if new.may_be_slow() => {
                wake::when_slow().map(|()| Message::NewClinic(new_clinic::Message::CreatingIsSlow))
            }
            _ => Subscription::none(),
        };
        let (notice, devices) = match &self.page {
            Page::Clinic(clinic) => {
                let notice = clinic.notice_number().map(|number| wake::after_notice(number).map(Message::NoticePassed));
                let devices = clinic.is_online().then(|| wake::now_and_then().map(|()| Message::DevicesWanted));
                (notice.unwrap_or_else(Subscription::none), devices.unwrap_or_else(Subscription::none))
            }
            _ => (Subscription::none(), Subscription::none()),
        };
        let sending = match &self.page {
            Page::Clinic(clinic) if clinic.is_sending() => {
                wake::after_time_to_send().map(|()| Message::Clinic(clinic::Message::SendingEnded))
            }
            _ => Subscription::none(),
        };
        let counting = match (&self.page, self.start.clock) {
            (Page::Clinic(clinic), Clock::Running(_)) if clinic.counts_down() => {
                wake::every_second().map(|()| Message::TimePassed)
            }
            _ => Subscription::none(),
        };
        let case = match &self.page {
            Page::Clinic(clinic) => clinic.unread_case().map(|number| wake::after_case(number).map(Message::CaseRead)),
            _ => None,
        };
        let confirmation = match &self.page {
            Page::Clinic(clinic) => clinic.confirmation_number(),
            _ => None,
        };
        let confirmation = confirmation.map(|number| wake::after_confirmation(number).map(Message::ConfirmationPassed));
        let dropped = iced::event::listen_with(|event, _, _| match event {
            iced::Event::Window(window::Event::FileDropped(path)) => Some(Message::FileDropped(path)),
            _ => None,
        });
        Subscription::batch([
            running,
            slow,
            second_start,
            notice,
            case.unwrap_or_else(Subscription::none),
            confirmation.unwrap_or_else(Subscription::none),
            devices,
            sending,
            counting,
            dropped,
            window::close_requests().map(|_| Message::CloseRequested),
            iced::system::theme_changes().map(Message::ThemeTurned),
        ])
    }

    /// The file on which a second start shows this window: the one that is open, or that is to be. Not one that
    /// somebody else may have.
    fn file_listened_for(&self) -> Option<PathBuf> {
        match &self.page {
            Page::Clinic(clinic) => Some(clinic.store().file().to_owned()),
            // The first page belongs to the clinic, whatever the program was started for.
            Page::Welcome(_) | Page::NewClinic(_) => Some(self.start.folder.clinic()),
            Page::Problem(problem) => (!matches!(problem.remedy, Remedy::Retry)).then(|| self.path()),
            Page::Opening(_) => None,
        }
    }

    /// What iced draws the page with.
    pub fn style(&self, theme: &Theme) -> iced::theme::Style {
        self.whole_frame.style(theme)
    }

    pub fn update(&mut self, message: Message) -> Task<Message> {
        self.whole_frame.ask();
        let updated = self.updated(message);
        self.restore_stands();
        self.shown.becomes(match &self.page {
            Page::Clinic(clinic) => Some(clinic.store().clone()),
            _ => None,
        });
        Task::batch([updated, self.ask_about_given()])
    }

    fn updated(&mut self, message: Message) -> Task<Message> {
        match message {
            Message::Opened { opening, opened } if opening == self.opening => self.opened(&opened),
            Message::Opened { .. } => Task::none(),
            Message::BegunAgain { opening, begun } if opening == self.opening => self.begun_again(&begun),
            Message::BegunAgain { begun, .. } => self.saved_before("begun again", &begun),
            Message::OpeningIsSlow => {
                if let Page::Opening(wait) = &mut self.page {
                    *wait = Wait::Long;
                }
                Task::none()
            }
            Message::LookedThrough(found) => match found.as_ref() {
                Err(error @ StoreError::Damaged { .. }) => self.lost(error),
                // What cannot be read just now will be said by whoever needs it.
                Ok(()) => self.back_up(),
                Err(_) => Task::none(),
            },
            Message::LostFileSearched(None) => {
                self.page = Page::Welcome(Welcome::default());
                Task::none()
            }
            // A file that was there is never taken for a first start.
            Message::LostFileSearched(Some(copy)) => {
                let (heading, explanation) = failure::open(&self.texts, &OpenError::Missing);
                let offer = Offer { copy, trouble: Trouble::Missing };
                self.show_problem(heading, explanation, Remedy::Restore(offer));
                Task::none()
            }
            Message::BackupFound(found) => {
                self.backup_found(found);
                Task::none()
            }
            Message::Restored { offer, restored } => self.restored(offer, &restored),
            Message::Welcome(message) => self.welcome_message(message),
            Message::NewClinic(message) => self.new_clinic_message(message),
            Message::Problem(message) => self.problem_message(message),
            Message::Clinic(message) => self.clinic_message(message),
            Message::Saved { opening, saved } if opening == self.opening => self.saved(&saved),
            Message::Saved { saved, .. } => self.saved_before("saved", &saved),
            Message::Settled { opening, settled } if opening == self.opening => self.settled(&settled),
            Message::Settled { settled, .. } => self.saved_before("settled", &settled),
            Message::ServerListened { opening } => self.listen(opening),
            Message::ServerTold { opening, event } if opening == self.opening => self.server_told(event),
            Message::ReadAnew { opening, read } if opening == self.opening => self.read_anew(&read),
            // Of a clinic that is open no longer.
            Message::ServerTold { .. } | Message::ReadAnew { .. } => Task::none(),
            Message::CaseRead(number) => {
                if let Page::Clinic(clinic) = &mut self.page {
                    clinic.case_read(number);
                }
                Task::none()
            }
            Message::NoticePassed(number) => {
                if let Page::Clinic(clinic) = &mut self.page {
                    clinic.notice_passed(number);
                }
                Task::none()
            }
            Message::ConfirmationPassed(number) => {
                if let Page::Clinic(clinic) = &mut self.page {
                    clinic.confirmation_passed(number);
                }
                Task::none()
            }
            Message::DevicesWanted => match &self.page {
                Page::Clinic(clinic) => clinic.ask_for_devices().map(Message::Clinic),
                _ => Task::none(),
            },
            Message::ThemeTurned(mode) => {
                self.theme = mode;
                Task::none()
            }
            Message::TimePassed => self.time_passed(),
            Message::Restore(message) => self.restore_message(message),
            Message::Replaced { opening, replaced } if opening == self.opening => self.replaced(&replaced),
            Message::Replaced { replaced, .. } => self.replaced_too_late(&replaced),
            Message::HelpPressed(topic) => self.help_asked(topic.unwrap_or(Topic::Start)),
            Message::Help(message) => self.help_message(message),
            Message::About(message) => self.about_message(message),
            Message::PageOpened(opened) => self.page_opened(opened),
            // Whoever reads does not see what would be asked about the file.
            Message::FileDropped(_) if !self.over.is_empty() => Task::none(),
            Message::FileDropped(path) => self.dropped(path),
            Message::SecondStart(given) => {
                let shown = |id| Task::batch([window::minimize(id, false), window::gain_focus(id)]);
                // Whoever only starts it once more takes back nothing.
                self.start.given = given.or_else(|| self.start.given.take());
                window::latest().and_then(shown)
            }
            Message::CloseRequested => self.close_requested(),
            Message::Closed => iced::exit(),
            Message::Scrolled | Message::Done | Message::Noted => Task::none(),
        }
    }

    fn clinic_message(&mut self, message: clinic::Message) -> Task<Message> {
        let desk = Desk { texts: &self.texts, now: self.now, clock: self.start.clock };
        let Page::Clinic(clinic) = &mut self.page else { return Task::none() };
        let action = clinic.update(message, desk);
        self.carry_out(action)
    }

    fn carry_out(&mut self, action: clinic::Action) -> Task<Message> {
        match action {
            clinic::Action::None => Task::none(),
            clinic::Action::Run(task) => task.map(Message::Clinic),
            clinic::Action::Save { writes, this_pc } => self.save(writes, this_pc),
            clinic::Action::Import { import, watch, telling } => {
                Task::batch([telling.map(Message::Clinic), self.import(import, watch)])
            }
            clinic::Action::Undo(id) => self.undo(id),
            clinic::Action::Settle { id, decision, shown } => self.settle(id, decision, shown),
            clinic::Action::ReadAnew { first } => Task::batch([first.map(Message::Clinic), self.ask_anew()]),
            clinic::Action::BeginAgain => self.begin_again(),
            clinic::Action::Restore => self.ask_to_restore(),
            clinic::Action::Quit => self.quit(),
            clinic::Action::Remember { seen, then } => {
                self.start.seen = seen;
                Task::batch([then.map(Message::Clinic), self.remember()])
            }
            clinic::Action::TurnLanguage => self.language_pressed(),
            clinic::Action::Help(topic) => self.help_asked(topic),
            clinic::Action::About => self.about_asked(),
            clinic::Action::Download => self.download_asked(),
            clinic::Action::PutAway(version) => {
                self.start.put_away = Some(version);
                self.remember()
            }
        }
    }

    /// Whatever the server's thread tells from now on.
    fn listen(&self, opening: u32) -> Task<Message> {
        let Page::Clinic(clinic) = &self.page else { return Task::none() };
        let Some(sync) = clinic.sync() else { return Task::none() };
        Task::run(sync.events(), move |event| Message::ServerTold { opening, event })
    }

    fn server_told(&mut self, event: sync::Event) -> Task<Message> {
        let desk = Desk { texts: &self.texts, now: self.now, clock: self.start.clock };
        let Page::Clinic(clinic) = &mut self.page else { return Task::none() };
        let before = clinic.standing_with_server();
        let action = clinic.server_told(event, desk);
        let after = clinic.standing_with_server();
        let noted = if before == after { Task::none() } else { self.note(format!("server: {after}")) };
        Task::batch([noted, self.carry_out(action)])
    }

    /// Reads the file again, which has become another one without a save of this window. What comes while it is read
    /// is read together afterwards.
    fn ask_anew(&mut self) -> Task<Message> {
        let Page::Clinic(clinic) = &self.page else { return Task::none() };
        if self.reading != Reading::Idle {
            self.reading = Reading::OnceMore;
            return Task::none();
        }
        self.reading = Reading::UnderWay;
        let (store, opening) = (clinic.store().clone(), self.opening);
        let reading = async move { Read::all(&store).await };
        Task::perform(reading, move |read| Message::ReadAnew { opening, read: Arc::new(read) })
    }

    fn read_anew(&mut self, read: &Result<Read, StoreError>) -> Task<Message> {
        let once_more = std::mem::take(&mut self.reading) == Reading::OnceMore;
        let desk = Desk { texts: &self.texts, now: self.now, clock: self.start.clock };
        let Page::Clinic(clinic) = &mut self.page else { return Task::none() };
        let shown = match read {
            Ok(read) => {
                let action = clinic.read_anew(read.clone(), desk);
                self.carry_out(action)
            }
            Err(error) if is_lost(error) => return self.lost(error),
            Err(error) => {
                clinic.could_not_read(error);
                Task::none()
            }
        };
        let again = if once_more { self.ask_anew() } else { Task::none() };
        Task::batch([shown, again])
    }

    fn language_pressed(&mut self) -> Task<Message> {
        let language = match self.texts.language() {
            Language::Danish => Language::English,
            Language::English => Language::Danish,
        };
        self.start.language = language;
        self.texts = Texts::new(language);
        if let Some(restore) = &mut self.restore {
            restore.refresh(&self.texts);
        }
        let desk = Desk { texts: &self.texts, now: self.now, clock: self.start.clock };
        let asking = match &mut self.page {
            Page::Clinic(clinic) => clinic.refresh(desk).map(Message::Clinic),
            Page::NewClinic(new) => {
                new.refresh(&self.texts);
                Task::none()
            }
            _ => Task::none(),
        };
        Task::batch([asking, self.remember()])
    }

    /// What was chosen holds until the program ends even where it cannot be remembered.
    fn remember(&self) -> Task<Message> {
        let Start { folder, language, seen, put_away, .. } = &self.start;
        let preferences = Preferences { language: *language, seen: seen.clone(), put_away: *put_away };
        Task::perform(preferences.remember(folder.path().to_owned()), |_| Message::Done)
    }

    /// A quarter of an hour has begun: a new row of the book, perhaps a new day.
    fn time_passed(&mut self) -> Task<Message> {
        self.now = self.start.clock.now();
        let desk = Desk { texts: &self.texts, now: self.now, clock: self.start.clock };
        let Page::Clinic(clinic) = &mut self.page else { return Task::none() };
        match clinic.time_passed(desk) {
            clinic::Passed::SameDay => Task::none(),
            clinic::Passed::NewDay(task) => Task::batch([task.map(Message::Clinic), self.back_up()]),
        }
    }

    fn desk(&self) -> Desk<'_> {
        Desk { texts: &self.texts, now: self.now, clock: self.start.clock }
    }

    pub fn view(&self) -> Element<'_, Message> {
        let layers: Vec<Element<'_, Message>> = match &self.page {
            Page::Opening(wait) => {
                let words = (*wait == Wait::Long).then(|| text(fl!(self.texts, "opening")).style(theme::muted));
                vec![container(column![words]).center(Fill).style(theme::background).into()]
            }
            Page::Welcome(welcome) => {
                let language = language_button(&self.texts).map(|()| welcome::Message::LanguagePressed);
                vec![layer_explained_by(Topic::Start, welcome.view(&self.texts, language).map(Message::Welcome))]
            }
            Page::NewClinic(new) => {
                let language = language_button(&self.texts).map(|()| new_clinic::Message::LanguagePressed);
                let layers = new.view(&self.texts, language).into_iter();
                layers.map(|layer| layer_explained_by(Topic::NewClinic, layer.map(Message::NewClinic))).collect()
            }
            Page::Problem(problem) => {
                let language = language_button(&self.texts).map(|()| problem::Message::LanguagePressed);
                let problem = problem.view(&self.texts, language).map(Message::Problem);
                vec![layer_explained_by(Topic::NotOpened, problem)]
            }
            Page::Clinic(clinic) => {
                let clock = self.start.clock.is_fixed();
                clinic.view(self.desk(), clock).into_iter().map(|layer| layer.map(Message::Clinic)).collect()
            }
        };
        // Always there, so that what lies below keeps its focus and its scroll when something comes to lie above it.
        let below = layers.into_iter().map(|layer| inert(self.restore.is_some(), layer).into());
        let above = self.restore.as_ref().map(|restore| restore.layer(&self.texts).map(Message::Restore));
        let explained = if let Page::Welcome(_) = self.page { Topic::NewPc } else { Topic::Copies };
        let above = above.map(|layer| layer_explained_by(explained, layer));
        let page: Vec<Element<'_, Message>> = below.chain(above).collect();
        let over = self.layers_over();
        let page = inert(!over.is_empty(), Stack::with_children(page).width(Fill).height(Fill));
        let all = Stack::with_children(std::iter::once(page.into()).chain(over)).width(Fill).height(Fill);
        noticing(helpful(all, Message::HelpPressed), Message::Scrolled)
    }
}

/// The language the window is not in.
pub fn language_button<'a>(texts: &'a Texts) -> Element<'a, ()> {
    let other = match texts.language() {
        Language::Danish => Language::English,
        Language::English => Language::Danish,
    };
    push("language", other.name(), Some(())).icon(Icon::Languages).style(theme::quiet).into()
}
