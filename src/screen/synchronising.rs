//! How it stands with the booking server: what the bar says, the panel behind it, what patients did, and
//! what is told before the window closes.

mod both;
mod case;
mod clash;
mod closing;
mod decide;
mod meanwhile;
mod news;
mod notice;
mod panel;
mod refused;
mod standing;
mod strip;

use std::collections::BTreeSet;
use std::sync::Arc;

use aftalebog_booking::Id;
use aftalebog_booking::record::Patient;
use aftalebog_booking::wire::{Conflict, DeviceInfo};
use aftalebog_local::sync::{Arrived, Fault, NoticeKind};
use aftalebog_local::{Booked, Decision, SaveError, SetAside, Store, Unseen};
use iced::{Element, Task};
use uuid::Uuid;

use crate::failure;
use crate::screen::appointment_book::Led;
use crate::screen::settings::Situation;
use crate::ui::focus::inert;
use case::Case;
pub use closing::Leaving;
use decide::{Deciding, Left};
pub use meanwhile::{Again, Answer, Meanwhile};
pub use news::{Fresh, News};
use notice::Notice;
use panel::Lines;
pub use standing::{Standing, Tone};

/// What has come from the server and waits for somebody here, as the file holds it.
#[derive(Clone, Debug, Default)]
pub struct Received {
    /// The newest first.
    pub news: Vec<News>,
    /// Appointments that stand on others until somebody decides, by start.
    pub clashes: Vec<Booked>,
    /// Saves that the server did not take, the oldest first.
    pub set_aside: Vec<SetAside>,
}

impl Received {
    /// `unseen`: the oldest first.
    pub fn new(unseen: Vec<(Unseen, Option<Booked>)>, clashes: Vec<Booked>, set_aside: Vec<SetAside>) -> Self {
        // What has been deleted since is no news.
        let news = unseen
            .into_iter()
            .rev()
            .filter_map(|(it, booked)| Some(News { what: it.what, arrived_at: it.arrived_at, booked: booked? }));
        Self { news: news.collect(), clashes, set_aside }
    }
}

pub struct Synchronising {
    received: Arc<Received>,
    /// What was looked at since that was read.
    looked_at: BTreeSet<Uuid>,
    /// The clinic's PCs, as the server last told; `None`: it has not.
    devices: Option<Vec<DeviceInfo>>,
    standing: Standing,
    fresh: Fresh,
    lines: Lines,
    /// What somebody has to decide about, in words.
    cases: Vec<Case>,
    open: bool,
    deciding: Option<Deciding>,
    /// How many came by themselves into the place of one that was decided: the time of an earlier one is not a later one's.
    turns: u32,
    notice: Option<Notice>,
    /// How many notices there were: the time of an earlier one does not end a later one.
    notices: u32,
    /// Who created themselves since the last notice.
    registered: Vec<Id<Patient>>,
    /// Something has come since the file was read: what is saved here is known to whoever saved it.
    came: bool,
}

#[derive(Clone, Debug)]
pub enum Message {
    PanelClosed,
    SynchroniseNowPressed,
    ConnectionPressed,
    /// «Vis», by its line.
    ClashShown(usize),
    NewsShown(usize),
    AllLookedAtPressed,
    /// «Afgør …», by its line.
    DecidePressed(usize),
    /// The same in the strip above a dialog.
    StripPressed,
    Deciding(decide::Message),
    NoticeShown,
    NoticeClosed,
    DevicesRead(Result<Vec<DeviceInfo>, Fault>),
    LookedAtKept(Result<(), Arc<SaveError>>),
}

pub enum Action {
    None,
    /// Somebody has decided about a change that was set aside.
    Settle {
        id: Uuid,
        decision: Decision,
        /// What they were shown.
        shown: Vec<Conflict>,
    },
    /// Ask the server now, and not when its turn comes.
    SynchroniseNow,
    /// Lead to the settings of the connection.
    ShowConnection,
    Show(Led),
    ShowNewPatient(Id<Patient>),
    /// These have been looked at.
    LookedAt(Vec<Uuid>),
    /// What could not be done, in words.
    Told(String),
}

impl Synchronising {
    pub fn new(received: Arc<Received>, situation: &Situation<'_>) -> Self {
        let mut synchronising = Self {
            received,
            looked_at: BTreeSet::new(),
            devices: None,
            standing: Standing::UNSAID,
            fresh: Fresh::default(),
            lines: Lines::default(),
            cases: Vec::new(),
            open: false,
            deciding: None,
            turns: 0,
            notice: None,
            notices: 0,
            registered: Vec::new(),
            came: false,
        };
        synchronising.refresh(situation);
        synchronising
    }

    pub fn standing(&self) -> &Standing {
        &self.standing
    }

    pub fn fresh(&self) -> &Fresh {
        &self.fresh
    }

    pub fn open_panel(&mut self, situation: &Situation<'_>) {
        self.open = true;
        self.notice = None;
        self.refresh(situation);
    }

    pub fn is_open(&self) -> bool {
        self.open
    }

    /// Something has come; the file is about to be read anew.
    pub fn arrived(&mut self, arrived: &Arrived) {
        self.came = true;
        let registered = arrived.notices.iter().filter(|notice| notice.kind == NoticeKind::SelfRegistered);
        self.registered.extend(registered.filter_map(|notice| notice.patient));
    }

    /// The file was read anew: what is new in it is told.
    pub fn read_anew(&mut self, received: Arc<Received>, situation: &Situation<'_>) {
        let before: BTreeSet<Uuid> = self.received.news.iter().map(|news| news.id().uuid()).collect();
        let known = |news: &&News| {
            // The same appointment may come again, moved by now.
            let same = |it: &News| (it.id(), it.what, it.arrived_at) == (news.id(), news.what, news.arrived_at);
            self.received.news.iter().any(same)
        };
        let new: Vec<Uuid> = received.news.iter().filter(|it| !known(it)).map(|it| it.id().uuid()).collect();
        let clashed: BTreeSet<Uuid> = self.received.clashes.iter().map(|clash| clash.entry.id.uuid()).collect();
        let came = std::mem::take(&mut self.came);
        let double_bookings = clash::double_bookings(&received.clashes).into_iter().filter(|_| came);
        let new_in = |group: Vec<Uuid>| group.into_iter().find(|id| !clashed.contains(id));
        let clashes: Vec<Uuid> = double_bookings.filter_map(new_in).collect();
        self.looked_at.retain(|id| before.contains(id) && !new.contains(id));
        self.received = received;
        let cases = cases(&self.received, situation);
        if let Some(deciding) = &mut self.deciding {
            match deciding.left(&self.cases, &cases) {
                Left::Nothing => self.deciding = None,
                Left::Same => {}
                Left::Another => self.turns += 1,
            }
        }
        let registered = std::mem::take(&mut self.registered);
        // Whoever has the list before them needs no notice.
        let nothing = new.is_empty() && registered.is_empty() && clashes.is_empty();
        if !self.open && !nothing {
            let notice = self.notice.get_or_insert_default();
            notice.add(new, registered, clashes);
            self.notices += 1;
        }
        self.refresh(situation);
    }

    /// An appointment was chosen or opened: it is news no longer. Whether it was any.
    pub fn look_at(&mut self, appointment: Uuid, situation: &Situation<'_>) -> Option<Vec<Uuid>> {
        if !self.fresh.holds(appointment) {
            return None;
        }
        let _new = self.looked_at.insert(appointment);
        self.refresh(situation);
        Some(vec![appointment])
    }

    /// Says everything again.
    pub fn refresh(&mut self, situation: &Situation<'_>) {
        self.standing = Standing::new(situation, clash::double_bookings(&self.received.clashes).len());
        self.fresh = Fresh::of_those(self.news());
        self.cases = cases(&self.received, situation);
        self.lines = if self.open { Lines::new(self, situation) } else { Lines::default() };
        if let Some(notice) = &mut self.notice {
            let news = |news: &&News| !self.looked_at.contains(&news.id().uuid());
            let standing: Vec<&News> = self.received.news.iter().filter(news).collect();
            if !notice.say(&standing, &self.received.clashes, situation) {
                self.notice = None;
            }
        }
    }

    /// What nobody has looked at, the newest first.
    fn news(&self) -> impl Iterator<Item = &News> {
        self.received.news.iter().filter(|news| !self.looked_at.contains(&news.id().uuid()))
    }

    pub fn update(&mut self, message: Message, situation: &Situation<'_>) -> Action {
        let action = self.updated(message, situation);
        self.refresh(situation);
        action
    }

    fn updated(&mut self, message: Message, situation: &Situation<'_>) -> Action {
        match message {
            Message::PanelClosed => {
                self.open = false;
                Action::None
            }
            Message::SynchroniseNowPressed => Action::SynchroniseNow,
            Message::ConnectionPressed => {
                self.open = false;
                Action::ShowConnection
            }
            Message::ClashShown(line) => {
                let place = self.received.clashes.get(line).map(|clash| news::place_of(clash, situation));
                self.show(place)
            }
            Message::NewsShown(line) => {
                let place = self.news().nth(line).map(|news| news.place(situation));
                self.show(place)
            }
            Message::AllLookedAtPressed => {
                let all: Vec<Uuid> = self.news().map(|news| news.id().uuid()).collect();
                self.looked_at.extend(&all);
                Action::LookedAt(all)
            }
            Message::DecidePressed(line) => {
                self.deciding = self.cases.get(line).map(|case| Deciding::new(case.id));
                Action::None
            }
            Message::StripPressed => {
                let first = self.cases.first().filter(|_| self.deciding.is_none());
                if let Some(case) = first {
                    self.deciding = Some(Deciding::new(case.id));
                }
                Action::None
            }
            Message::Deciding(message) => self.deciding_message(message, situation),
            Message::NoticeShown => self.notice_shown(situation),
            Message::NoticeClosed => {
                self.notice = None;
                Action::None
            }
            Message::DevicesRead(Ok(devices)) => {
                self.devices = Some(devices);
                Action::None
            }
            // The bar says what is wrong with the connection.
            Message::DevicesRead(Err(_)) => Action::None,
            Message::LookedAtKept(Ok(())) => Action::None,
            Message::LookedAtKept(Err(error)) => Action::Told(failure::save(situation.texts, &error)),
        }
    }

    fn deciding_message(&mut self, message: decide::Message, situation: &Situation<'_>) -> Action {
        let Some(deciding) = &mut self.deciding else { return Action::None };
        match deciding.update(message, &self.cases, situation) {
            decide::Action::None => Action::None,
            decide::Action::Settle(id, decision) => {
                let aside = self.received.set_aside.iter().find(|aside| aside.change.id == id);
                let shown = aside.map(|aside| aside.problem.conflicts.clone()).unwrap_or_default();
                Action::Settle { id, decision, shown }
            }
            decide::Action::Close => {
                self.deciding = None;
                Action::None
            }
        }
    }

    /// The decision is in the file, and this is what it holds now: the next one is shown, if there is one.
    pub fn settled(&mut self) -> Task<Message> {
        match &mut self.deciding {
            Some(deciding) => {
                deciding.rest();
                Deciding::focus()
            }
            None => Task::none(),
        }
    }

    /// The decision could not be saved, for the reason that `words` say.
    pub fn not_settled(&mut self, words: String) {
        if let Some(deciding) = &mut self.deciding {
            deciding.failed(words);
        }
    }

    pub fn is_saving(&self) -> bool {
        self.deciding.as_ref().is_some_and(Deciding::is_saving)
    }

    /// Leads to the one it is about; several are listed in the panel.
    fn notice_shown(&mut self, situation: &Situation<'_>) -> Action {
        let Some(notice) = self.notice.take() else { return Action::None };
        match notice.only() {
            notice::Only::News(id) => {
                let place = self.news().find(|news| news.id().uuid() == id).map(|news| news.place(situation));
                self.show(place)
            }
            notice::Only::Registered(patient) => Action::ShowNewPatient(patient),
            notice::Only::Clash(id) => {
                let clash = self.received.clashes.iter().find(|clash| clash.entry.id.uuid() == id);
                let place = clash.map(|clash| news::place_of(clash, situation));
                self.show(place)
            }
            notice::Only::Several => {
                self.open = true;
                Action::None
            }
        }
    }

    /// Nothing lies above the book to which somebody is led.
    fn show(&mut self, place: Option<Led>) -> Action {
        let Some(place) = place else { return Action::None };
        self.open = false;
        Action::Show(place)
    }

    /// Which change has come into the place of another one a moment ago.
    pub fn unread_case(&self) -> Option<u32> {
        self.deciding.as_ref().filter(|deciding| deciding.is_unread()).map(|_| self.turns)
    }

    /// It has stood long enough.
    pub fn case_read(&mut self, number: u32) {
        if let Some(deciding) = self.deciding.as_mut().filter(|_| number == self.turns) {
            deciding.read();
        }
    }

    /// Which notice is shown, for its time to pass.
    pub fn notice_number(&self) -> Option<u32> {
        self.notice.as_ref().map(|_| self.notices)
    }

    /// Whoever needs it has seen it; it stays in the list.
    pub fn notice_passed(&mut self, number: u32) {
        if number == self.notices {
            self.notice = None;
        }
    }

    /// What is to be told before the window closes, by what is known already.
    pub fn leaving(&self, waiting: usize, situation: &Situation<'_>) -> Option<Leaving> {
        let unsent = (&situation.status.connection, waiting);
        Leaving::of(unsent, self.devices.as_deref(), situation.setup, situation.now)
    }

    /// What lies above the book, the lowest first.
    pub fn layers<'a>(&'a self, situation: &Situation<'a>) -> Vec<Element<'a, Message>> {
        let deciding = self.deciding.as_ref().and_then(|deciding| deciding.view(&self.cases, situation));
        let deciding = deciding.map(|layer| layer.map(Message::Deciding));
        let panel = self.open.then(|| inert(deciding.is_some(), self.panel(situation)).into());
        panel.into_iter().chain(deciding).collect()
    }

    /// The strip over the upper edge of the window, for whoever has a dialog before them and does not see the bar.
    pub fn strip<'a>(&'a self, situation: &Situation<'a>) -> Option<Element<'a, Message>> {
        let [first, more @ ..] = self.cases.as_slice() else { return None };
        (self.deciding.is_none() && !self.open).then(|| strip::view(first, more.len(), situation))
    }

    /// The line over the lower edge of the book.
    pub fn notice_line<'a>(&'a self, situation: &Situation<'a>) -> Option<Element<'a, Message>> {
        self.notice.as_ref().map(|notice| notice.view(situation))
    }
}

/// Marks appointments as looked at in the file.
pub fn keep_looked_at(store: Store, ids: Vec<Uuid>) -> Task<Message> {
    let ids = ids.into_iter().map(Id::new).collect();
    let keeping = async move { store.seen(ids).await.map_err(Arc::new) };
    Task::perform(keeping, Message::LookedAtKept)
}

/// What is set aside, in words.
fn cases(received: &Received, situation: &Situation<'_>) -> Vec<Case> {
    received.set_aside.iter().map(|aside| Case::new(aside, situation)).collect()
}
