//! How «Vis som patient» looks.

use aftalebog_texts::{Texts, fl};
use chrono::{Days, NaiveDate};
use iced::keyboard::{Key, Modifiers, key::Named};
use iced::widget::{button, column, container, mouse_area, pin, responsive, row, scrollable, space, stack, text};
use iced::{Center, Element, Fill, Padding, Theme};
use lucide_icons::Icon;

use super::{Day, GLANCE, Message, PatientPane, Row, Seen, Typed, day_id};
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
/// What stands above the days at a glance.
const GLANCE_HEAD: f32 = 46.0;
/// What stands before the days of a week: its number.
const WEEK: f32 = 28.0;
/// A day of the list.
const ROW: f32 = 28.0;
const LABEL: f32 = 100.0;
/// How much of the height the days have at most while one of them is open.
const DAYS_PART: f32 = 0.38;
/// What stands below the days while none is open: what to press, and the line above it.
const INVITATION: f32 = 60.0;
/// «Hvorfor ikke?» has its room before a time is pressed, so that the times stay where they are.
const ANSWER: f32 = 116.0;
const ANSWER_PART: f32 = 0.25;
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
        let stopped = self.view.shown().stopped.as_ref().map(|stopped| stopped_line(stopped).map(Message::View));
        let told = match &self.view.shown().barred {
            Some(barred) => reason("preview-barred-setting", barred).map(Message::View),
            None => {
                let situation = *situation;
                responsive(move |room| self.dates(&situation, room.height)).into()
            }
        };
        // Of a field that is wrong nothing is known: what stands here is of an earlier moment.
        let before =
            (self.typed == Typed::Before).then(|| container(space()).width(Fill).height(Fill).style(theme::veil));
        stack![column![].push(stopped).push(told).spacing(gap::M)].push(before).into()
    }

    /// The days, and all of the one that is open.
    fn dates<'a>(&'a self, situation: &Situation<'a>, height: f32) -> Element<'a, Message> {
        let texts = situation.texts;
        let opened = self.view.shown().opened.as_ref();
        let room = if opened.is_some() { height * DAYS_PART } else { height - INVITATION };
        let (days, room) = match self.seen {
            // No day is cut in two.
            Seen::List => (self.list(), (room / ROW).floor() * ROW),
            Seen::Glance => (self.glance(situation), ((room - GLANCE_HEAD) / DAY).floor() * DAY + GLANCE_HEAD),
        };
        let days = container(days.map(Message::View)).max_height(room);
        let Some(opened) = opened else {
            let invitation = text(fl!(texts, "preview-press-a-day")).style(theme::muted);
            return column![days, divider(), invitation].spacing(gap::S).into();
        };
        let told = container(scrolled(OPENED, self.opened(opened))).height(Fill);
        let answer = answer(opened, texts).map(|it| it.map(Message::View));
        let answer = answer.map(|answer| container(answer).height(ANSWER.min(height * ANSWER_PART)));
        column![days, divider(), told].push(answer).spacing(gap::S).into()
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
        let weeks = container(column![letters, column(weeks)].spacing(2)).padding(gap::XS);
        let days = focusable(scrolled("preview-dates", weeks.into()))
            .id("preview-glance")
            .on_key(move |key, modifiers| {
                glance_key(key, modifiers, opened, first, stretch).map(view::Message::DatePressed)
            })
            .ring_inside();
        column![counts, days].spacing(gap::XS).into()
    }

    /// The two weeks, each day with its first times: one Tab stop as well.
    fn list(&self) -> Element<'_, view::Message> {
        let opened = self.view.opened();
        let rows = column(self.shown.rows.iter().map(|row| list_row(row, opened)));
        let dates: Vec<NaiveDate> = self.shown.rows.iter().map(|row| row.date).collect();
        focusable(scrolled("preview-dates", rows.into()))
            .id("preview-days")
            .on_key(move |key, modifiers| {
                step(key, modifiers, &dates, opened, LIST_KEYS).map(view::Message::DatePressed)
            })
            .ring_inside()
            .into()
    }

    /// The date that was pressed: who has how many times, or why none, and every time of one of them.
    fn opened<'a>(&'a self, opened: &'a Opened) -> Element<'a, Message> {
        let several =
            (opened.columns.len() > 1).then(|| columns(&opened.columns, looked_at(opened)).map(Message::View));
        let times = opened.times.as_ref().filter(|times| !times.times.is_empty()).map(times);
        let title = text(self.shown.heading.as_str()).font(theme::SEMIBOLD);
        column![title, several, times].spacing(gap::S).into()
    }
}

fn glance_day<'a>(day: &'a Day, opened: Option<NaiveDate>, today: NaiveDate) -> Element<'a, view::Message> {
    let (is_opened, is_today) = (opened == Some(day.date), day.date == today);
    let font = if is_today { theme::SEMIBOLD } else { theme::REGULAR };
    let number = text(&day.number).size(size::SMALL).font(font).style(theme::muted).line_height(1.1);
    let count = text(&day.count).size(size::SMALL).font(theme::SEMIBOLD).line_height(1.1);
    let words = column![number, count].align_x(Center);
    button(container(words).id(day_id(day.date)).center_x(Fill))
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
    let face = row![label, container(words).width(Fill).clip(true)];
    let face = container(face).id(day_id(row_shown.date)).center_y(Fill);
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
        .ring_inside()
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
    focusable(container(cells).width(Fill).padding(gap::XS)).id("preview-times").on_key(reached).ring_inside().into()
}

/// The one whose times are shown.
fn looked_at(opened: &Opened) -> Option<&Column> {
    let whose = opened.times.as_ref()?.practitioner;
    opened.columns.iter().find(|column| column.practitioner == whose)
}

/// «Hvorfor ikke?» of the time that was asked about, else of the day, else that a time can be pressed.
fn answer<'a>(opened: &'a Opened, texts: &Texts) -> Option<Element<'a, view::Message>> {
    let times = opened.times.as_ref();
    let why = looked_at(opened).and_then(|column| column.why.as_ref());
    // What stands in the list of practitioners is not said once more.
    let why = why.filter(|why| why.link.is_some() || opened.columns.len() == 1);
    let told: Element<'a, view::Message> = match (times.and_then(|times| times.asked.as_ref()), why) {
        (Some(Asked { title, reason: why, .. }), _) => {
            let title = text(title.as_str()).font(theme::SEMIBOLD);
            column![title, reason("preview-time-setting", why)].spacing(gap::XS).into()
        }
        (None, Some(why)) => reason("preview-day-setting", why),
        (None, None) if times.is_some_and(|times| !times.times.is_empty()) => {
            text(fl!(texts, "preview-press-a-time")).style(theme::muted).into()
        }
        (None, None) => return None,
    };
    Some(column![divider(), scrolled("preview-answer", told)].spacing(gap::XS).into())
}

/// That booking is stopped, and the way to start it.
fn stopped_line(stopped: &Reason) -> Element<'_, view::Message> {
    let words = text(stopped.words.as_str()).size(size::SMALL).width(Fill);
    let link = stopped.link.as_ref().map(|link| {
        let words = text::Fragment::from(link.words.as_str());
        push("preview-stopped-setting", words, Some(view::Message::SettingPressed(link.setting)))
    });
    row![icon(Icon::CircleStop).size(14).style(theme::warning), words].push(link).spacing(gap::S).align_y(Center).into()
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

fn scrolled<'a, M: 'a>(id: &'static str, part: Element<'a, M>) -> Element<'a, M> {
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
