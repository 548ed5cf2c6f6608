//! «Færdig»: what will be made, in a few lines, each with a way back to its step.

use aftalebog_booking::proposal::NewClinic as Chosen;
use aftalebog_texts::{Texts, fl};
use iced::widget::{column, container, row, text};
use iced::{Center, Element, Fill};
use lucide_icons::Icon;

use super::{Passed, Step, hours, raster};
use crate::ui::form::{divider, icon, push};
use crate::ui::theme::{self, size, space as gap};

const NAME: f32 = 128.0;
/// How high a line is in px.
const LINE: f32 = 44.0;

#[derive(Default)]
pub struct Summary {
    lines: Vec<Line>,
}

/// What one step has come to.
struct Line {
    step: Step,
    passed: Passed,
    name: String,
    words: String,
    more: String,
}

impl Summary {
    pub fn of(chosen: &Chosen, passed: [Passed; 5], texts: &Texts) -> Self {
        let lines = Step::ALL.into_iter().zip(passed).map(|(step, passed)| {
            let skipped = passed == Passed::Skipped;
            let (words, more) = match step {
                Step::Clinic if skipped => (
                    fl!(texts, "new-summary-clinic-skipped", name = chosen.name.as_str()),
                    fl!(texts, "new-summary-clinic-later"),
                ),
                Step::Clinic => clinic(chosen, texts),
                Step::Raster => (raster::meaning(chosen.raster, texts), String::new()),
                Step::Staff if skipped => (fl!(texts, "new-summary-none"), fl!(texts, "new-summary-staff-later")),
                Step::Staff => staff(chosen, texts),
                Step::Hours if skipped => (fl!(texts, "new-summary-none"), fl!(texts, "new-summary-hours-later")),
                Step::Hours => working_hours(chosen, texts),
                Step::Types if skipped => (fl!(texts, "new-summary-none"), fl!(texts, "new-summary-types-later")),
                Step::Types | Step::Summary => types(chosen, texts),
            };
            Line { step, passed, name: step.name(texts), words, more }
        });
        Self { lines: lines.collect() }
    }

    pub fn view<'a>(&'a self, texts: &Texts) -> Element<'a, Step> {
        let lines = self.lines.iter().flat_map(|line| [line.view(texts), divider()]);
        let after = row![icon(Icon::Info).size(14).style(theme::muted), text(fl!(texts, "new-summary-after"))];
        column![column(lines).spacing(gap::XS), after.spacing(gap::S).align_y(Center)].spacing(gap::L).into()
    }
}

impl Line {
    fn view<'a>(&'a self, texts: &Texts) -> Element<'a, Step> {
        let sign = match self.passed {
            Passed::Skipped => icon(Icon::Minus).style(theme::muted),
            _ => icon(Icon::Check).style(theme::good),
        };
        let more = (!self.more.is_empty()).then(|| text(&self.more).size(size::SMALL).style(theme::muted));
        let words = column![text(&self.words)].push(more).spacing(2);
        let change =
            push(format!("new-change-{}", self.step.place()), fl!(texts, "new-summary-change"), Some(self.step));
        row![sign, text(&self.name).font(theme::SEMIBOLD).width(NAME), container(words).width(Fill), change]
            .spacing(gap::M)
            .align_y(Center)
            .height(LINE)
            .into()
    }
}

fn clinic(chosen: &Chosen, texts: &Texts) -> (String, String) {
    let details = [&chosen.address, &chosen.phone, &chosen.email].map(|detail| detail.as_str().to_owned());
    let mut details: Vec<String> = details.into_iter().filter(|detail| !detail.is_empty()).collect();
    if chosen.phone.as_str().is_empty() {
        details.push(fl!(texts, "new-summary-no-phone"));
    }
    (chosen.name.to_string(), details.join(" · "))
}

fn staff(chosen: &Chosen, texts: &Texts) -> (String, String) {
    let initials = |of: fn(&aftalebog_booking::proposal::Employee) -> bool| {
        let named = chosen.staff.iter().filter(|employee| of(employee));
        named.map(|employee| employee.initials.as_str()).collect::<Vec<_>>().join(", ")
    };
    let all = chosen.staff.iter().map(|of| format!("{} ({})", of.name, of.initials)).collect::<Vec<_>>().join(", ");
    let registered = initials(|of| of.registered);
    let more = if registered.is_empty() {
        fl!(texts, "clinic-nobody-registered")
    } else {
        fl!(texts, "new-summary-registered", initials = registered)
    };
    (all, more)
}

fn working_hours(chosen: &Chosen, texts: &Texts) -> (String, String) {
    let idle: Vec<&str> =
        chosen.staff.iter().filter(|of| of.week.iter().all(Option::is_none)).map(|of| of.initials.as_str()).collect();
    let words = match (chosen.staff.is_empty(), idle.as_slice()) {
        (true, _) => fl!(texts, "new-summary-hours-nobody"),
        (false, []) => {
            let each = chosen.staff.iter().map(|of| {
                let minutes: u16 = of.week.iter().flatten().map(|day| day.minutes()).sum();
                let length = hours::length(minutes, texts);
                fl!(texts, "new-summary-hours-of", initials = of.initials.as_str(), length = length)
            });
            each.collect::<Vec<_>>().join(" · ")
        }
        (false, idle) => fl!(texts, "new-summary-hours-idle", initials = idle.join(", ")),
    };
    let more = if chosen.closed_on_public_holidays {
        fl!(texts, "new-summary-holidays-closed")
    } else {
        fl!(texts, "new-summary-holidays-open")
    };
    (words, more)
}

fn types(chosen: &Chosen, texts: &Texts) -> (String, String) {
    let online = chosen.types.iter().filter(|of| of.online).count();
    let codes: Vec<&str> = chosen.types.iter().map(|of| of.of.code).collect();
    (fl!(texts, "new-summary-types", count = chosen.types.len(), online = online), codes.join(", "))
}
