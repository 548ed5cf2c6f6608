//! «Hjælp»: what each part of the program is for, by topic, in the words of the screen.
//!
//! The texts stand in `assets/locales/<language>/guide.md`: a chapter is `# Title`, a topic `## name: Title`, and below
//! it stand paragraphs, points (`- …`), steps (`1. …`), words that are searched by but not shown (`? …`), and
//! the topics it leads to (`> name, name`). What stands in «…» is on the screen, letter for letter; a test sees to that.

use std::fmt;

use crate::{Language, Locales};

/// Everything that is explained, in one language.
pub struct Guide {
    chapters: Vec<Chapter>,
}

/// Topics that belong together.
#[derive(Debug, PartialEq, Eq)]
pub struct Chapter {
    pub title: String,
    pub pages: Vec<Page>,
}

/// One topic.
#[derive(Debug, PartialEq, Eq)]
pub struct Page {
    pub topic: Topic,
    pub title: String,
    pub parts: Vec<Part>,
    /// What else is worth reading.
    pub leads_to: Vec<Topic>,
    /// All of it in small letters, to be searched.
    searched: String,
}

#[derive(Debug, PartialEq, Eq)]
pub enum Part {
    Paragraph(String),
    Point(String),
    /// Its number, as it is written.
    Step(String, String),
}

macro_rules! topics {
    ($($(#[$doc:meta])* $topic:ident = $name:literal,)*) => {
        /// What can be asked about.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        pub enum Topic {
            $($(#[$doc])* $topic,)*
        }

        impl Topic {
            pub const ALL: &[Self] = &[$(Self::$topic,)*];

            /// As the texts name it.
            pub const fn name(self) -> &'static str {
                match self {
                    $(Self::$topic => $name,)*
                }
            }
        }
    };
}

topics! {
    Start = "start",
    NewClinic = "new-clinic",
    /// «Hjælp» itself.
    Help = "help",
    Keyboard = "keyboard",
    Book = "book",
    Whom = "whom",
    ByMouse = "by-mouse",
    ByKeyboard = "by-keyboard",
    Appointment = "appointment",
    Moving = "moving",
    Cancelling = "cancelling",
    Block = "block",
    Overlap = "overlap",
    Undo = "undo",
    AsPatient = "as-patient",
    WhyNot = "why-not",
    FindPatient = "find-patient",
    Patient = "patient",
    Need = "need",
    NewPatients = "new-patients",
    OnlineBooking = "online-booking",
    Service = "service",
    OnlineType = "online-type",
    Alias = "alias",
    Spacing = "spacing",
    NeedDriven = "need-driven",
    ChoosePractitioner = "choose-practitioner",
    WithoutNeed = "without-need",
    RecallDays = "recall-days",
    Earliest = "earliest",
    Deadlines = "deadlines",
    Clinic = "clinic",
    ShownToPatients = "shown-to-patients",
    SelfRegistration = "self-registration",
    Analytics = "analytics",
    Findings = "findings",
    Practitioners = "practitioners",
    Groups = "groups",
    Deactivating = "deactivating",
    AppointmentTypes = "appointment-types",
    WorkingHours = "working-hours",
    NewPlan = "new-plan",
    ClosedDays = "closed-days",
    Holidays = "holidays",
    Server = "server",
    Pairing = "pairing",
    Pcs = "pcs",
    Connection = "connection",
    ConnectionTest = "connection-test",
    Conflicts = "conflicts",
    Meanwhile = "meanwhile",
    Clashes = "clashes",
    News = "news",
    ImportTable = "import-table",
    ImportCalendar = "import-calendar",
    Export = "export",
    Copies = "copies",
    NewPc = "new-pc",
    NoTimes = "no-times",
    NotSaved = "not-saved",
    NotOpened = "not-opened",
    Update = "update",
    Support = "support",
}

impl Topic {
    fn named(name: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|topic| topic.name() == name)
    }
}

impl Guide {
    pub fn new(language: Language) -> Self {
        read(&text_of(language)).expect("both guides are part of the program, and a test reads them")
    }

    pub fn chapters(&self) -> &[Chapter] {
        &self.chapters
    }

    pub fn page(&self, topic: Topic) -> Option<&Page> {
        self.pages().find(|page| page.topic == topic)
    }

    /// The topics with each of the words that were typed in them: those first that have them in their title, else in
    /// the guide's order. Nothing typed: all of them.
    pub fn found(&self, typed: &str) -> Vec<&Page> {
        let words: Vec<String> = typed.split_whitespace().map(str::to_lowercase).collect();
        let all_in = |text: &str| words.iter().all(|word| text.contains(word.as_str()));
        let mut found: Vec<&Page> = self.pages().filter(|page| all_in(&page.searched)).collect();
        if !words.is_empty() {
            found.sort_by_key(|page| !all_in(&page.title.to_lowercase()));
        }
        found
    }

    fn pages(&self) -> impl Iterator<Item = &Page> {
        self.chapters.iter().flat_map(|chapter| &chapter.pages)
    }
}

impl fmt::Debug for Guide {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_struct("Guide").field("chapters", &self.chapters.len()).finish()
    }
}

fn text_of(language: Language) -> String {
    let file = Locales::get(&format!("{}/guide.md", language.code()));
    file.map(|file| String::from_utf8_lossy(&file.data).into_owned()).unwrap_or_default()
}

/// What is wrong with a guide, for the test.
fn read(text: &str) -> Result<Guide, String> {
    let mut chapters: Vec<Chapter> = Vec::new();
    for line in text.lines().map(str::trim).filter(|line| !line.is_empty()) {
        if let Some(title) = line.strip_prefix("# ") {
            chapters.push(Chapter { title: title.to_owned(), pages: Vec::new() });
            continue;
        }
        let chapter = chapters.last_mut().ok_or_else(|| format!("before the first chapter: {line}"))?;
        if let Some(head) = line.strip_prefix("## ") {
            let (name, title) = head.split_once(": ").ok_or_else(|| format!("without a title: {line}"))?;
            let topic = Topic::named(name).ok_or_else(|| format!("no topic has this name: {name}"))?;
            let searched = title.to_lowercase();
            let page = Page { topic, title: title.to_owned(), parts: Vec::new(), leads_to: Vec::new(), searched };
            chapter.pages.push(page);
            continue;
        }
        let page = chapter.pages.last_mut().ok_or_else(|| format!("before the first topic: {line}"))?;
        let words = match line.split_once(' ') {
            Some((">", names)) => {
                for name in names.split(", ") {
                    page.leads_to.push(Topic::named(name).ok_or_else(|| format!("leads nowhere: {name}"))?);
                }
                continue;
            }
            Some(("?", words)) => words,
            Some(("-", words)) => {
                page.parts.push(Part::Point(words.to_owned()));
                words
            }
            Some((number, words)) if is_number(number) => {
                page.parts.push(Part::Step(number.to_owned(), words.to_owned()));
                words
            }
            _ => {
                page.parts.push(Part::Paragraph(line.to_owned()));
                line
            }
        };
        page.searched.push('\n');
        page.searched.push_str(&words.to_lowercase());
    }
    Ok(Guide { chapters })
}

/// `1.`
fn is_number(text: &str) -> bool {
    text.strip_suffix('.').is_some_and(|number| !number.is_empty() && number.bytes().all(|byte| byte.is_ascii_digit()))
}

#[cfg(test)]
mod tests;
