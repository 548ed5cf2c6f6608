//! The dialog: what can be chosen, and what is in it.

use aftalebog_local::backup::Occasion;
use aftalebog_local::{Content, CopyError};
use aftalebog_texts::{Texts, fl};
use iced::widget::{column, container, row, space, text};
use iced::{Center, Element, Fill};
use lucide_icons::Icon;

use super::{Copies, Made, Message, Restore, Standing, Step, Taken};
use crate::screen::files::place;
use crate::ui::dialog::{Dialog, Saving, dialog};
use crate::ui::focus::inert;
use crate::ui::form::{divider, heading, icon, push};
use crate::ui::rows;
use crate::ui::theme::{self, size, space as gap};

/// The dialog's width in px.
const WIDTH: f32 = 820.0;
/// How wide the label of a line is, and each of what is compared.
const LABEL: f32 = 164.0;
const SIDE: f32 = 278.0;
/// How high the list of the copies is, and how wide its columns are.
const LIST: f32 = 210.0;
const MADE: f32 = 272.0;
const OCCASION: f32 = 172.0;

impl Restore {
    pub fn layer<'a>(&'a self, texts: &'a Texts) -> Element<'a, Message> {
        match &self.step {
            _ if self.ground.standing.is_barred() => self.barred(texts),
            Step::Choosing => self.choosing(texts, false),
            Step::Reading(_) => self.choosing(texts, true),
            Step::Asking(taken, saving) => self.asking(taken, saving, texts),
            Step::Taking(taken, progress) => {
                let how_far = if self.slow { progress.view() } else { space().height(theme::CONTROL).into() };
                let body = column![self.compared(taken, texts), how_far].spacing(gap::L);
                let stop = (!progress.is_stopping()).then_some(Message::StopPressed);
                self.dialog(body, texts).button(push("restore-stop", fl!(texts, "files-stop"), stop)).layer()
            }
        }
    }

    fn title(&self, texts: &Texts) -> String {
        match self.ground.standing {
            Standing::Nothing | Standing::Unreadable | Standing::UnreadableDemo | Standing::Missing => {
                fl!(texts, "restore-fetch-title")
            }
            Standing::Clinic | Standing::Demo | Standing::Paired | Standing::ReadOnly => fl!(texts, "restore-title"),
        }
    }

    fn dialog<'a>(&self, body: impl Into<Element<'a, Message>>, texts: &Texts) -> Dialog<'a, Message> {
        dialog(self.title(texts), WIDTH, body, Message::ClosePressed, fl!(texts, "cancel"))
    }

    /// Why nothing is restored here, and what to do instead.
    fn barred<'a>(&'a self, texts: &'a Texts) -> Element<'a, Message> {
        let paired = self.ground.standing == Standing::Paired;
        let (why, ways) = match paired {
            true => (fl!(texts, "restore-paired"), Some(fl!(texts, "restore-paired-ways"))),
            false => (fl!(texts, "restore-read-only"), None),
        };
        let body = column![text(why), ways.map(text)].spacing(gap::M);
        let server =
            paired.then(|| push("restore-server", fl!(texts, "server-settings"), Some(Message::ServerPressed)));
        let close = push("restore-close", fl!(texts, "close"), Some(Message::ClosePressed)).style(theme::primary);
        let dialog = dialog(self.title(texts), WIDTH, body, Message::ClosePressed, fl!(texts, "close"));
        let dialog = match server {
            Some(server) => dialog.button(server),
            None => dialog,
        };
        dialog.button(close).on_enter(Some(Message::ClosePressed)).first("restore-close").layer()
    }

    fn choosing<'a>(&'a self, texts: &'a Texts, reading: bool) -> Element<'a, Message> {
        let standing = self.ground.standing;
        let explained = match standing {
            Standing::Demo | Standing::UnreadableDemo => fl!(texts, "restore-demo-explained"),
            Standing::Unreadable | Standing::Missing => fl!(texts, "restore-damaged-explained"),
            Standing::Clinic => fl!(texts, "restore-explained"),
            _ => fl!(texts, "restore-fetch-explained"),
        };
        let place = standing.takes_files().then(|| self.place.view(texts).map(Message::Place));
        let body = column![text(explained).size(size::SMALL).style(theme::muted), place, self.copies(texts)];
        let said = if reading && self.slow { fl!(texts, "restore-reading") } else { fl!(texts, "restore-show") };
        let show = (!reading).then_some(Message::ShowPressed);
        let dialog = self
            .dialog(inert(reading, body.spacing(gap::M)), texts)
            .button(push("restore-cancel", fl!(texts, "cancel"), Some(Message::ClosePressed)))
            .button(push("restore-show", said, show.clone()).style(theme::primary))
            .on_enter(show);
        let dialog = match &self.fault {
            Some(fault) => dialog.failing(fault),
            None => dialog,
        };
        match standing.takes_files() {
            true => dialog.first(place::ID).layer(),
            false => dialog.layer(),
        }
    }

    /// The copies on this PC; nothing where none can be: on the first page there are hardly any.
    fn copies<'a>(&'a self, texts: &'a Texts) -> Option<Element<'a, Message>> {
        let list: Element<'a, Message> = match &self.copies {
            Some(copies) if copies.is_empty() && self.ground.standing == Standing::Nothing => return None,
            Some(copies) => {
                let none = match self.ground.standing {
                    // Of what cannot be read none will be made.
                    Standing::Unreadable | Standing::UnreadableDemo | Standing::Missing => {
                        fl!(texts, "restore-damaged-copies-none")
                    }
                    _ => fl!(texts, "restore-copies-none"),
                };
                self.rows.view(faces(copies, texts), none).map(Message::Rows)
            }
            None if self.ground.standing == Standing::Nothing => return None,
            None => container(text(fl!(texts, "restore-copies-reading")).style(theme::muted)).center(Fill).into(),
        };
        let list = container(list).height(LIST);
        Some(column![heading(fl!(texts, "restore-copies")), list].spacing(gap::S).into())
    }

    fn asking<'a>(&'a self, taken: &'a Taken, saving: &'a Saving, texts: &'a Texts) -> Element<'a, Message> {
        let body = column![self.compared(taken, texts), self.consequences(taken, texts)].spacing(gap::L);
        let replaces = self.replaces();
        let take = match replaces {
            true => push("restore-take", fl!(texts, "restore-take"), Some(Message::TakePressed)).style(theme::danger),
            false => {
                push("restore-take", fl!(texts, "restore-fetch"), Some(Message::TakePressed)).style(theme::primary)
            }
        };
        let dialog = self
            .dialog(body, texts)
            .saving(saving)
            .button(push("restore-another", fl!(texts, "restore-another"), Some(Message::AnotherPressed)))
            .button(push("restore-cancel", fl!(texts, "cancel"), Some(Message::ClosePressed)))
            .button(take);
        match replaces {
            true => dialog.first("restore-cancel").layer(),
            false => dialog.on_enter(Some(Message::TakePressed)).first("restore-take").layer(),
        }
    }

    /// What is in the copy, beside what is here: where the number differs, it stands out. Two that are as many may still
    /// not be the same.
    fn compared<'a>(&'a self, taken: &'a Taken, texts: &Texts) -> Element<'a, Message> {
        let Taken { content, made, here, .. } = taken;
        let side = |words: String| text(words).width(SIDE);
        let line = |label: String, copy: String, now: Option<String>| {
            let differs = now.as_ref().is_some_and(|now| *now != copy);
            let side = |words| side(words).font(if differs { theme::SEMIBOLD } else { theme::REGULAR });
            row![text(label).style(theme::muted).width(LABEL), side(copy), now.map(side)].spacing(gap::M)
        };
        let head = |words: String| heading(words).width(SIDE);
        let heads = row![
            space().width(LABEL),
            head(fl!(texts, "restore-in-copy")),
            here.as_ref().map(|_| head(fl!(texts, "restore-here")))
        ];
        let saved = row![
            text(fl!(texts, "restore-made")).style(theme::muted).width(LABEL),
            side(made.words(texts)),
            here.as_ref().map(|here| side(fl!(texts, "restore-now", time = texts.time_of(here.read.time()))))
        ];
        let of = |label: String, words: fn(&Content, &Texts) -> String| {
            line(label, words(content, texts), here.as_ref().map(|here| words(&here.content, texts)))
        };
        column![
            heads.spacing(gap::M),
            divider(),
            of(fl!(texts, "restore-clinic"), |it, _| it.clinic.clone()),
            saved.spacing(gap::M),
            of(fl!(texts, "restore-appointment-types"), |it, texts| {
                fl!(texts, "restore-types-count", count = it.appointment_types, online = it.online_types)
            }),
            of(fl!(texts, "restore-practitioners"), |it, texts| {
                fl!(texts, "restore-practitioners-count", count = it.practitioners, groups = it.practitioner_groups)
            }),
            of(fl!(texts, "restore-closures"), |it, texts| fl!(texts, "restore-closures-count", count = it.closures)),
            of(fl!(texts, "restore-patients"), |it, _| it.patients.to_string()),
            of(fl!(texts, "restore-needs"), |it, _| it.needs.to_string()),
            of(fl!(texts, "restore-appointments"), |it, texts| {
                fl!(texts, "restore-appointments-count", count = it.appointments, blocks = it.blocks)
            }),
        ]
        .spacing(gap::S)
        .into()
    }

    /// What is lost, what is kept, and what else is to be known.
    fn consequences<'a>(&'a self, taken: &'a Taken, texts: &Texts) -> Element<'a, Message> {
        let warned = |words: String| {
            let sign = icon(Icon::TriangleAlert).style(theme::warning);
            row![sign, text(words).width(Fill)].spacing(gap::S)
        };
        let mut lines = column![].spacing(gap::S);
        if let Some(here) = &taken.here {
            if here.content.clinic != taken.content.clinic {
                lines = lines.push(warned(fl!(texts, "restore-another-clinic", clinic = taken.content.clinic.clone())));
            }
            lines = lines.push(warned(fl!(texts, "restore-lost")));
            if self.ground.typed {
                lines = lines.push(warned(fl!(texts, "restore-typed")));
            }
            lines = lines.push(text(fl!(texts, "restore-copy-first")));
        } else if matches!(self.ground.standing, Standing::Unreadable | Standing::UnreadableDemo) {
            lines = lines.push(text(fl!(texts, "restore-set-aside")));
            if self.ground.standing == Standing::Unreadable {
                lines = lines.push(warned(fl!(texts, "restore-damaged-server")));
            }
        } else if self.ground.standing == Standing::Missing {
            lines = lines.push(text(fl!(texts, "restore-nothing-there")));
            lines = lines.push(warned(fl!(texts, "restore-damaged-server")));
        } else {
            lines = lines.push(warned(fl!(texts, "restore-fetch-server")));
            if self.ground.typed {
                lines = lines.push(warned(fl!(texts, "restore-typed")));
            }
        }
        lines.into()
    }
}

/// A line of the list for each copy.
fn faces<'a>(copies: &Copies, texts: &Texts) -> Vec<Element<'a, rows::Message>> {
    let face = |(backup, content): &(_, Result<Content, CopyError>)| {
        let said = match content {
            Ok(content) => fl!(
                texts,
                "restore-copy-content",
                practitioners = content.practitioners,
                patients = content.patients,
                appointments = content.appointments
            ),
            Err(CopyError::Newer(_)) => fl!(texts, "restore-copy-newer"),
            Err(CopyError::Own | CopyError::Unreadable(_)) => fl!(texts, "restore-copy-unreadable"),
        };
        row![
            text(Made::of(backup).words(texts)).width(MADE),
            text(occasion(backup.occasion, texts)).size(size::SMALL).width(OCCASION).style(theme::muted),
            text(said).size(size::SMALL).style(theme::muted)
        ]
        .spacing(gap::S)
        .align_y(Center)
        .into()
    };
    copies.iter().map(face).collect()
}

fn occasion(occasion: Occasion, texts: &Texts) -> String {
    match occasion {
        Occasion::Daily => fl!(texts, "restore-copy-daily"),
        Occasion::Asked => fl!(texts, "restore-copy-asked"),
        Occasion::Migration => fl!(texts, "restore-copy-migration"),
        Occasion::Import => fl!(texts, "restore-copy-import"),
        Occasion::Pairing => fl!(texts, "restore-copy-pairing"),
    }
}
