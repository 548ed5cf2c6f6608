//! How «Vis som patient» looks.

use aftalebog_texts::fl;
use chrono::{Days, NaiveDate};
use iced::keyboard::{Key, Modifiers, key::Named};
use iced::widget::{button, column, container, mouse_area, pin, responsive, row, scrollable, space, stack, text};
use iced::{Center, Element, Fill, Padding, Theme};
use lucide_icons::Icon;

use super::{Day, GLANCE, Message, PatientPane, Row, Seen, Typed};
use crate::screen::patient_view::{self as view, Asked, Column, Opened, Reason, State, Stretch, Time, Times};
use crate::screen::settings::Situation;
use crate::ui::choice;
use crate::ui::focus::{focusable, inert};
use crate::ui::form::{divider, heading, icon, push, push_icon};
use crate::ui::theme::{self, size, space as gap};

/// What scrolls below the days.
pub(super) const OPENED: &str = "preview-opened";

/// A day at a glance, in px.
const DAY: f32 = 34.0;
/// What stands before the days of a week: its number.
const WEEK: f32 = 28.0;
/// A day of the list.
const ROW: f32 = 28.0;
const LABEL: f32 = 100.0;
/// How much of the height the days have at most.
const DAYS_PART: f32 = 0.58;
/// A time that can be asked about.
const TIME: f32 = 54.0;
const INITIALS: f32 = 48.0;

impl PatientPane {
    pub(in super::super) fn view<'a>(&'a self, situation: &Situation<'a>) -> Element<'a, Message> {
        let texts = situation.texts;
        let title = heading(fl!(texts, "preview-title"));
        if self.typed == Typed::Nothing {
            return column![title, text(fl!(texts, "preview-invitation")).style(theme::muted)].spacing(gap::S).into();
        }
        let told = match self.typed {
            Typed::Before => fl!(texts, "preview-last-valid"),
            Typed::AsItStands | Typed::Nothing => fl!(texts, "preview-with-typed"),
        };
        let head = column![title, text(told).size(size::SMALL).style(theme::muted)].spacing(gap::XS);
        let chooser = container(self.view.chooser().map(Message::View)).width(Fill);
        let below = column![chooser, self.range(situation), self.body(situation)].spacing(gap::S);
        let list = self.view.chooser_list(texts);
        let choosing = list.is_some();
        let left = Message::View(view::Message::Patients(choice::Message::Left));
        let outside = choosing.then(|| mouse_area(space().width(Fill).height(Fill)).on_press(left));
        let list = list.map(|list| pin(list.map(Message::View)).y(theme::CONTROL + gap::XS));
        let below = stack![inert(choosing, below)].push(outside).push(list);
        column![head, below].spacing(gap::S).into()
    }

    /// Which dates are seen, and how.
    fn range<'a>(&'a self, situation: &Situation<'a>) -> Element<'a, Message> {
        let texts = situation.texts;
        let turn = |id: &'static str, sign, words, to: Option<Stretch>| {
            push_icon(id, sign, words, to.map(|to| Message::View(view::Message::StretchAsked(to))))
        };
        let (sign, words, seen) = match self.seen {
            Seen::List => (Icon::CalendarDays, fl!(texts, "preview-glance"), Seen::Glance),
            Seen::Glance => (Icon::List, fl!(texts, "preview-list"), Seen::List),
        };
        row![
            turn("preview-earlier", Icon::ChevronLeft, fl!(texts, "preview-earlier"), self.shown.earlier),
            text(self.shown.range.as_str()).font(theme::SEMIBOLD).width(Fill).center(),
            turn("preview-later", Icon::ChevronRight, fl!(texts, "preview-later"), self.shown.later),
            push_icon("preview-seen", sign, words, Some(Message::SeenAs(seen))).style(theme::secondary),
        ]
        .spacing(gap::XS)
        .align_y(Center)
        .into()
    }

    fn body<'a>(&'a self, situation: &Situation<'a>) -> Element<'a, Message> {
        let texts = situation.texts;
        if let State::Failed(words) = self.view.state() {
            let words = row![icon(Icon::CircleAlert).size(14).style(theme::bad), text(words).width(Fill)];
            let again = Message::View(view::Message::RetryPressed);
            let retry = push("preview-retry", fl!(texts, "book-retry"), Some(again));
            return column![words.spacing(gap::S), retry].spacing(gap::S).into();
        }
        if let Some(barred) = &self.view.shown().barred {
            return reason("preview-barred-setting", barred).map(Message::View);
        }
        let situation = *situation;
        // The days keep to the upper part, so that what is said of the one that is pressed is in view.
        let parts = responsive(move |room| {
            let days = match self.seen {
                Seen::List => self.list(),
                Seen::Glance => self.glance(&situation),
            };
            let days = scrolled("preview-dates", days.map(Message::View));
            let days = container(days).max_height(room.height * DAYS_PART);
            let opened = match &self.view.shown().opened {
                Some(opened) => scrolled(OPENED, self.opened(opened)),
                None => text(fl!(situation.texts, "preview-press-a-day")).style(theme::muted).into(),
            };
            let times = self.view.shown().opened.as_ref().and_then(|opened| opened.times.as_ref());
            // Below the times, so that they stay where they are under the pointer.
            let answer = times.and_then(|times| times.asked.as_ref()).map(|asked| answer(asked).map(Message::View));
            column![days, divider(), container(opened).height(Fill), answer].spacing(gap::S).into()
        });
        parts.into()
    }

    /// Five weeks with how many times each day has: one Tab stop, the arrows choose the day.
    fn glance<'a>(&'a self, situation: &Situation<'a>) -> Element<'a, view::Message> {
        let shown = &self.shown;
        let opened = self.view.opened();
        let small = |words: &'a str| text(words).size(size::SMALL).style(theme::muted).width(Fill).center();
        let letters = row(shown.letters.iter().map(|letters| small(letters).into()));
        let letters = row![space().width(WEEK), letters.width(Fill)];
        let weeks = shown.weeks.iter().map(|week| {
            let number = text(&week.number).size(size::SMALL).style(theme::muted).width(WEEK).center();
            let days = week.days.iter().map(|day| glance_day(day, opened, situation.today));
            row![number, row(days).width(Fill)].align_y(Center).into()
        });
        let counts = text(fl!(situation.texts, "preview-counts")).size(size::SMALL).style(theme::muted);
        let stretch = self.view.stretch();
        let first = shown.rows.first().map_or(stretch.first, |row| row.date);
        let days = focusable(container(column![letters, column(weeks)].spacing(2)).padding(2))
            .id("preview-glance")
            .on_key(move |key, modifiers| {
                glance_key(key, modifiers, opened, first, stretch).map(view::Message::DatePressed)
            });
        column![counts, days].spacing(gap::XS).into()
    }

    /// The two weeks, each day with its first times: one Tab stop as well.
    fn list(&self) -> Element<'_, view::Message> {
        let opened = self.view.opened();
        let rows = column(self.shown.rows.iter().map(|row| list_row(row, opened)));
        let dates: Vec<NaiveDate> = self.shown.rows.iter().map(|row| row.date).collect();
        focusable(container(rows))
            .id("preview-days")
            .on_key(move |key, modifiers| {
                step(key, modifiers, &dates, opened, LIST_KEYS).map(view::Message::DatePressed)
            })
            .into()
    }

    /// The date that was pressed: who has how many times, or why none, and every time of one of them.
    fn opened<'a>(&'a self, opened: &'a Opened) -> Element<'a, Message> {
        let whose = opened.times.as_ref().map(|times| times.practitioner);
        let looked_at = opened.columns.iter().find(|column| Some(column.practitioner) == whose);
        let several = (opened.columns.len() > 1).then(|| columns(&opened.columns, looked_at).map(Message::View));
        let why = looked_at.and_then(|column| column.why.as_ref());
        // What stands in the list of practitioners is not said once more.
        let why = why.map(|why| match (&several, &why.link) {
            (Some(_), None) => space().into(),
            _ => reason("preview-day-setting", why).map(Message::View),
        });
        let times = opened.times.as_ref().filter(|times| !times.times.is_empty()).map(times);
        let title = text(self.shown.heading.as_str()).font(theme::SEMIBOLD);
        column![title, several, why, times].spacing(gap::S).into()
    }
}

fn glance_day<'a>(day: &'a Day, opened: Option<NaiveDate>, today: NaiveDate) -> Element<'a, view::Message> {
    let (is_opened, is_today) = (opened == Some(day.date), day.date == today);
    let font = if is_today { theme::SEMIBOLD } else { theme::REGULAR };
    let number = text(&day.number).size(size::SMALL).font(font).style(theme::muted).line_height(1.1);
    let count = text(&day.count).size(size::SMALL).font(theme::SEMIBOLD).line_height(1.1);
    let words = column![number, count].align_x(Center);
    button(container(words).center_x(Fill))
        .padding([3.0, 0.0])
        .width(Fill)
        .height(DAY)
        .style(if is_opened { theme::chosen } else { theme::quiet })
        .on_press(view::Message::DatePressed(day.date))
        .into()
}

fn list_row<'a>(row_shown: &'a Row, opened: Option<NaiveDate>) -> Element<'a, view::Message> {
    let style = if row_shown.has_times { theme::plain } else { theme::muted };
    let label = text(row_shown.label.as_str()).width(LABEL);
    let words = text(row_shown.words.as_str()).style(style).wrapping(text::Wrapping::None);
    let face = container(row![label, container(words).width(Fill).clip(true)]).center_y(Fill);
    button(face)
        .padding([0.0, gap::XS])
        .width(Fill)
        .height(ROW)
        .style(if opened == Some(row_shown.date) { theme::chosen } else { theme::quiet })
        .on_press(view::Message::DatePressed(row_shown.date))
        .into()
}

/// Those in the running, one Tab stop.
fn columns<'a>(columns: &'a [Column], looked_at: Option<&'a Column>) -> Element<'a, view::Message> {
    let chosen = looked_at.map(|column| column.practitioner);
    let rows = columns.iter().map(|it| {
        let initials = text(it.initials.as_str()).font(theme::SEMIBOLD).width(INITIALS);
        let words = match &it.why {
            Some(why) => text(why.words.as_str()).style(theme::muted),
            None => text(it.count.as_str()),
        };
        button(row![initials, words.width(Fill)])
            .padding([gap::XS, gap::XS])
            .width(Fill)
            .style(if chosen == Some(it.practitioner) { theme::chosen } else { theme::quiet })
            .on_press(view::Message::PractitionerPressed(it.practitioner))
            .into()
    });
    let all: Vec<_> = columns.iter().map(|column| column.practitioner).collect();
    focusable(column(rows))
        .id("preview-practitioners")
        .on_key(move |key, modifiers| {
            step(key, modifiers, &all, chosen, LIST_KEYS).map(view::Message::PractitionerPressed)
        })
        .into()
}

/// Every time of a practitioner's date, those that are not offered greyed and without a frame: one
/// Tab stop.
fn times(times: &Times) -> Element<'_, Message> {
    let asked = times.asked.as_ref().map(|asked| asked.place);
    let all: Vec<_> = times.times.iter().map(|time| time.place).collect();
    let cells = times.times.iter().map(|time| time_cell(time, asked == Some(time.place)).map(Message::View));
    let cells = row(cells).spacing(gap::XS).wrap().vertical_spacing(gap::XS);
    let reached = move |key: &Key, modifiers| {
        let place = step(key, modifiers, &all, asked, TIME_KEYS)?;
        let index = all.iter().position(|one| *one == place)?;
        Some(Message::TimeReached { place, down: index as f32 / (all.len() - 1).max(1) as f32 })
    };
    focusable(container(cells).width(Fill).padding(2)).id("preview-times").on_key(reached).into()
}

/// What is said of the time that was asked about.
fn answer(asked: &Asked) -> Element<'_, view::Message> {
    let title = text(asked.title.as_str()).font(theme::SEMIBOLD);
    column![divider(), title, reason("preview-time-setting", &asked.reason)].spacing(gap::XS).into()
}

fn time_cell(time: &Time, is_asked: bool) -> Element<'_, view::Message> {
    let offered = time.refused.is_none();
    let words = container(text(time.words.as_str()).size(size::SMALL)).center(Fill);
    let style = move |theme: &Theme, status| match (is_asked, offered) {
        (true, _) => theme::chosen(theme, status),
        (false, true) => theme::secondary(theme, status),
        (false, false) => button::Style { text_color: theme::colors(theme).asleep(), ..theme::quiet(theme, status) },
    };
    button(words)
        .padding(0)
        .width(TIME)
        .height(ROW - 2.0)
        .style(style)
        .on_press(view::Message::TimePressed(time.place))
        .into()
}

fn scrolled<'a>(id: &'static str, part: Element<'a, Message>) -> Element<'a, Message> {
    let part = container(part).padding(Padding::ZERO.right(gap::M)).width(Fill);
    scrollable(part).id(id).style(theme::scroll).into()
}

/// A sentence, and the button to the setting behind it.
fn reason<'a>(id: &'static str, reason: &'a Reason) -> Element<'a, view::Message> {
    let link = reason.link.as_ref().map(|link| {
        let words = text::Fragment::from(link.words.as_str());
        push(id, words, Some(view::Message::SettingPressed(link.setting)))
    });
    column![text(reason.words.as_str()), link].spacing(gap::S).into()
}

/// The keys that go back and forth in a group.
type BackAndForth = ([Named; 2], [Named; 2]);

const LIST_KEYS: BackAndForth = ([Named::ArrowUp, Named::PageUp], [Named::ArrowDown, Named::PageDown]);
const TIME_KEYS: BackAndForth = ([Named::ArrowLeft, Named::ArrowUp], [Named::ArrowRight, Named::ArrowDown]);

/// The one that a key goes to from the chosen one; from none to the first.
fn step<T: Copy + PartialEq>(
    key: &Key,
    modifiers: Modifiers,
    all: &[T],
    chosen: Option<T>,
    (back, forth): BackAndForth,
) -> Option<T> {
    let Key::Named(key) = key else { return None };
    let last = all.len().checked_sub(1).filter(|_| modifiers.is_empty())?;
    let place = all.iter().position(|one| Some(*one) == chosen);
    let to = match (key, place) {
        (Named::Home, _) => 0,
        (Named::End, _) => last,
        (key, None) if back.contains(key) || forth.contains(key) => 0,
        (key, Some(place)) if back.contains(key) => place.saturating_sub(1),
        (key, Some(place)) if forth.contains(key) => (place + 1).min(last),
        _ => return None,
    };
    Some(all[to])
}

/// The day a key goes to, among those at a glance.
fn glance_key(
    key: &Key,
    modifiers: Modifiers,
    opened: Option<NaiveDate>,
    first: NaiveDate,
    stretch: Stretch,
) -> Option<NaiveDate> {
    let Key::Named(key) = key else { return None };
    let (back, days) = match key {
        Named::ArrowLeft => (true, 1),
        Named::ArrowRight => (false, 1),
        Named::ArrowUp => (true, 7),
        Named::ArrowDown => (false, 7),
        _ => return None,
    };
    if !modifiers.is_empty() {
        return None;
    }
    let Some(opened) = opened else { return Some(first) };
    let days = Days::new(days);
    let to = if back { opened.checked_sub_days(days) } else { opened.checked_add_days(days) }?;
    let last = stretch.first.checked_add_days(Days::new(u64::from(GLANCE) - 1))?;
    (stretch.first <= to && to <= last).then_some(to)
}
