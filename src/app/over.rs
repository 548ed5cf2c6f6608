//! What lies over every page: «Hjælp» and «Om Aftalebog». Whatever lies below stays as it was, with its focus.

use aftalebog_texts::fl;
use aftalebog_texts::guide::Topic;
use iced::{Element, Task};

use super::{App, Message, Page};
use crate::outside::NotOpened;
use crate::screen::about::{self, About};
use crate::screen::help::{self, Help};
use crate::ui::focus::inert;

pub(super) enum Over {
    Help(Help),
    About(Box<About>),
}

impl App {
    /// Opens «Hjælp», or leads it to the topic.
    pub(super) fn help_asked(&mut self, topic: Topic) -> Task<Message> {
        let task = match self.over.iter().position(|over| matches!(over, Over::Help(_))) {
            None => {
                let (help, task) = Help::new(topic, &self.texts);
                self.over.push(Over::Help(help));
                task
            }
            Some(at) => {
                self.over.truncate(at + 1);
                match self.over.last_mut() {
                    Some(Over::Help(help)) => help.show(topic),
                    _ => Task::none(),
                }
            }
        };
        task.map(Message::Help)
    }

    pub(super) fn about_asked(&mut self) -> Task<Message> {
        match self.over.iter().position(|over| matches!(over, Over::About(_))) {
            Some(at) => self.over.truncate(at + 1),
            None => {
                let about = About::new(self.path(), std::env::home_dir());
                self.over.push(Over::About(Box::new(about)));
            }
        }
        Task::none()
    }

    pub(super) fn help_message(&mut self, message: help::Message) -> Task<Message> {
        let Some(Over::Help(help)) = self.over.last_mut() else { return Task::none() };
        match help.update(message) {
            help::Action::None => Task::none(),
            help::Action::Run(task) => task.map(Message::Help),
            help::Action::OpenAbout => self.about_asked(),
            help::Action::Close => {
                let _closed = self.over.pop();
                Task::none()
            }
        }
    }

    pub(super) fn about_message(&mut self, message: about::Message) -> Task<Message> {
        let Some(Over::About(about)) = self.over.last_mut() else { return Task::none() };
        match about.update(message, &known_of_server(&self.page), &self.texts) {
            about::Action::None => Task::none(),
            about::Action::Run(task) => task.map(Message::About),
            about::Action::OpenFolder(place, folder) => {
                let opening = self.start.opener.clone().open_folder(folder);
                Task::perform(opening, move |opened| Message::About(about::Message::FolderOpened(place, opened)))
            }
            about::Action::Download => self.download_asked(),
            about::Action::Close => {
                let _closed = self.over.pop();
                Task::none()
            }
        }
    }

    /// Opens the page of the new version in the browser.
    pub(super) fn download_asked(&self) -> Task<Message> {
        let Page::Clinic(clinic) = &self.page else { return Task::none() };
        let Some(page) = clinic.new_version().and_then(|newer| newer.download.clone()) else { return Task::none() };
        let opening = self.start.opener.clone().open_page(page);
        Task::perform(opening, Message::PageOpened)
    }

    /// Where there is no browser to be had, the address is copied instead.
    pub(super) fn page_opened(&mut self, opened: Result<(), NotOpened>) -> Task<Message> {
        let Page::Clinic(clinic) = &mut self.page else { return Task::none() };
        let download = clinic.new_version().and_then(|newer| newer.download.as_ref());
        let (Err(_), Some(page)) = (opened, download) else { return Task::none() };
        let page = page.as_str().to_owned();
        let words = fl!(self.texts, "new-version-no-browser", page = page.as_str());
        match self.over.last_mut() {
            Some(Over::About(about)) => about.page_not_opened(words),
            _ => clinic.tell(words),
        }
        iced::clipboard::write(page)
    }

    /// The layers over the page, the lowest first.
    pub(super) fn layers_over(&self) -> Vec<Element<'_, Message>> {
        let mut layers = Vec::new();
        for (at, over) in self.over.iter().enumerate() {
            let covered = at + 1 < self.over.len();
            match over {
                Over::Help(help) => layers.push(inert(covered, help.layer(&self.texts).map(Message::Help)).into()),
                Over::About(about) => {
                    let about = about.layers(&known_of_server(&self.page), &self.texts).into_iter();
                    layers.extend(about.map(|layer| inert(covered, layer.map(Message::About)).into()));
                }
            }
        }
        layers
    }
}

fn known_of_server(page: &Page) -> about::Known<'_> {
    match page {
        Page::Clinic(clinic) => about::Known { server: clinic.server(), new_version: clinic.new_version() },
        Page::Opening(_) | Page::Welcome(_) | Page::NewClinic(_) | Page::Problem(_) => about::Known::default(),
    }
}
