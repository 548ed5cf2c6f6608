//! «Licenser»: what the program is built of, and under which terms.

use aftalebog_texts::{Texts, fl};
use iced::widget::{column, container, row, text};
use iced::{Center, Element, Fill, Padding, Task};
use serde_json::Value;

use crate::ui::dialog::dialog;
use crate::ui::form::push;
use crate::ui::long_list::{self, LongList};
use crate::ui::theme::{self, size, space as gap};

/// What `packaging/licences/list` has made of `Cargo.lock`.
const LIST: &str = include_str!("../../../assets/licences.json");

const WIDTH: f32 = 680.0;
/// How wide the version is.
const VERSION: f32 = 140.0;

pub struct Licences {
    parts: Vec<Part>,
    list: LongList,
}

#[derive(Debug)]
struct Part {
    name: String,
    version: String,
    licence: String,
}

#[derive(Clone, Debug)]
pub enum Message {
    List(long_list::Message),
    ClosePressed,
}

impl Licences {
    pub fn new() -> Self {
        Self { parts: parts(LIST), list: LongList::new("licences") }
    }

    pub fn update<M: Send + 'static>(&mut self, message: long_list::Message) -> Task<M> {
        self.list.update(message)
    }

    pub fn layer<'a>(&'a self, texts: &Texts) -> Element<'a, Message> {
        let words = text(fl!(texts, "licences-explained", count = self.parts.len()));
        let row = |at: usize| self.parts.get(at).map_or_else(|| text("").into(), Part::view);
        let list = self.list.view(self.parts.len(), row, Message::List);
        let list = container(list).padding(1).style(theme::surface);
        let body = column![words.size(size::SMALL).style(theme::muted), list].spacing(gap::M).height(Fill);
        dialog(fl!(texts, "licences-title"), WIDTH, body, Message::ClosePressed, fl!(texts, "close"))
            .fills()
            .first("licences-keys")
            .button(push("licences-close", fl!(texts, "close"), Some(Message::ClosePressed)).style(theme::primary))
            .layer()
    }
}

impl Part {
    fn view(&self) -> Element<'_, Message> {
        let words = |words| text(words).wrapping(text::Wrapping::None);
        let licence = words(self.licence.as_str()).style(theme::muted).width(Fill);
        row![words(self.name.as_str()).width(Fill), words(self.version.as_str()).width(VERSION), licence]
            .spacing(gap::S)
            .align_y(Center)
            .padding(Padding::ZERO.horizontal(gap::M))
            .height(long_list::ROW)
            .into()
    }
}

/// Those that are in the window's program; the list has the others too, so that a test can hold it against `Cargo.lock`.
fn parts(list: &str) -> Vec<Part> {
    let list: Value = serde_json::from_str(list).unwrap_or_default();
    let word = |part: &Value, name: &str| part[name].as_str().unwrap_or_default().to_owned();
    let is_in = |part: &&Value| part["in"].as_array().is_some_and(|all| all.iter().any(|one| one == "aftalebog"));
    let part = |part| Part { name: word(part, "name"), version: word(part, "version"), licence: word(part, "licence") };
    list.as_array().into_iter().flatten().filter(is_in).map(part).collect()
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    /// Name and version of what comes from elsewhere.
    fn locked(lock: &str) -> BTreeSet<(String, String)> {
        let blocks = lock.split("[[package]]").skip(1).filter(|block| block.contains("\nsource = "));
        let value = |block: &str, name: &str| {
            let line = block.lines().find_map(|line| line.strip_prefix(name)?.strip_prefix(" = "));
            line.unwrap_or_default().trim_matches('"').to_owned()
        };
        blocks.map(|block| (value(block, "name"), value(block, "version"))).collect()
    }

    #[test]
    fn the_list_is_that_of_cargo_lock() {
        let locked = locked(include_str!("../../../Cargo.lock"));
        let list: Value = serde_json::from_str(LIST).unwrap();
        let word = |part: &Value, name: &str| part[name].as_str().unwrap().to_owned();
        let listed: BTreeSet<_> =
            list.as_array().unwrap().iter().map(|part| (word(part, "name"), word(part, "version"))).collect();
        let missing: Vec<_> = locked.difference(&listed).collect();
        let left: Vec<_> = listed.difference(&locked).collect();
        assert!(
            missing.is_empty() && left.is_empty(),
            "run packaging/licences/list: missing {missing:?}, left {left:?}"
        );
        assert!(locked.len() > 300, "Cargo.lock was read");
    }

    #[test]
    fn each_part_has_a_licence_and_no_address_of_this_workplace() {
        let parts = parts(LIST);
        assert!(parts.iter().any(|part| part.name == "iced" && part.licence == "MIT"), "{}", parts.len());
        assert!(parts.iter().any(|part| part.name == "windows-sys"), "Windows is among them");
        assert!(!parts.iter().any(|part| part.name == "criterion"), "what only measures is not");
        assert!(parts.iter().all(|part| !part.name.is_empty() && !part.version.is_empty() && !part.licence.is_empty()));
        assert!(!LIST.contains("://") && !LIST.contains("/root") && !LIST.contains("/home"));
    }

    #[test]
    fn what_is_locked_is_what_comes_from_elsewhere() {
        let lock = "version = 4\n\n[[package]]\nname = \"ours\"\nversion = \"0.1.0\"\n\n[[package]]\nname = \"iced\"\nversion = \"0.14.0\"\nsource = \"registry\"\n";
        assert_eq!(locked(lock), BTreeSet::from([("iced".to_owned(), "0.14.0".to_owned())]));
    }
}
