use std::collections::BTreeSet;

use fluent_syntax::ast::{Entry, Expression, InlineExpression, Pattern, PatternElement};

use super::*;

/// A text of the screen: what stands between the values that are put into it.
type Label = Vec<String>;

/// Every text of the screen, each variant by itself.
fn labels(language: Language) -> Vec<Label> {
    let file = Locales::get(&format!("{}/aftalebog.ftl", language.code())).unwrap();
    let source = std::str::from_utf8(&file.data).unwrap().to_owned();
    let resource = fluent_syntax::parser::parse(source).map_err(|(_, faults)| faults).unwrap();
    let messages = resource.body.into_iter().filter_map(|entry| match entry {
        Entry::Message(message) => message.value,
        _ => None,
    });
    messages.flat_map(|pattern| variants(&pattern)).collect()
}

fn variants(pattern: &Pattern<String>) -> Vec<Label> {
    let mut all: Vec<Label> = vec![vec![String::new()]];
    for element in &pattern.elements {
        match element {
            PatternElement::TextElement { value } => all.iter_mut().for_each(|label| put(label, value)),
            PatternElement::Placeable { expression: Expression::Inline(InlineExpression::StringLiteral { value }) } => {
                all.iter_mut().for_each(|label| put(label, value));
            }
            PatternElement::Placeable { expression: Expression::Inline(_) } => {
                all.iter_mut().for_each(|label| label.push(String::new()));
            }
            PatternElement::Placeable { expression: Expression::Select { variants: choices, .. } } => {
                let choices: Vec<Label> = choices.iter().flat_map(|choice| variants(&choice.value)).collect();
                let joined = |label: &Label| {
                    let label = label.clone();
                    choices.clone().into_iter().map(move |choice| join(label.clone(), choice)).collect::<Vec<_>>()
                };
                all = all.iter().flat_map(joined).collect();
            }
        }
    }
    all
}

fn put(label: &mut Label, value: &str) {
    if let Some(last) = label.last_mut() {
        last.push_str(value);
    }
}

fn join(mut label: Label, choice: Label) -> Label {
    let mut choice = choice.into_iter();
    if let Some(first) = choice.next() {
        put(&mut label, &first);
    }
    label.extend(choice);
    label
}

/// Whether a text of the screen can read so. In the place of a value there may stand anything, but for nothing at all.
fn reads(label: &Label, told: &str) -> bool {
    let [first, rest @ ..] = label.as_slice() else { return false };
    let Some(mut left) = told.strip_prefix(first.as_str()) else { return false };
    // A value alone would read as everything.
    if rest.is_empty() {
        return left.is_empty();
    }
    if label.iter().map(|part| part.trim().chars().count()).sum::<usize>() < 6 {
        return false;
    }
    for (at, part) in rest.iter().enumerate() {
        let from = left.char_indices().nth(1).map_or(left.len(), |(from, _)| from);
        if at + 1 == rest.len() {
            return left.len() > part.len() && left.ends_with(part.as_str());
        }
        let Some(found) = left[from..].find(part.as_str()) else { return false };
        left = &left[from + found + part.len()..];
    }
    true
}

/// What stands in «…».
fn told(text: &str) -> BTreeSet<&str> {
    text.split('«').skip(1).map(|rest| rest.split_once('»').expect("each « has its »").0).collect()
}

#[test]
fn what_stands_in_guillemets_is_on_the_screen() {
    for language in Language::ALL {
        let (labels, text) = (labels(language), text_of(language));
        let is_there = |told: &&str| labels.iter().any(|label| reads(label, told));
        let strange: Vec<&str> = told(&text).into_iter().filter(|told| !is_there(told)).collect();
        assert_eq!(strange, Vec::<&str>::new(), "{language:?}: no text of the screen reads so");
        assert!(told(&text).len() > 100, "{language:?}: the texts were read");
    }
}

#[test]
fn a_label_that_is_spelled_otherwise_is_found_out() {
    let labels = labels(Language::Danish);
    let is_there = |told: &str| labels.iter().any(|label| reads(label, told));
    for right in ["Klinik indstillinger", "Slet …", "Synkroniseret 14.02", "1 dobbeltbooking", "Vis deaktiverede (…)"]
    {
        assert!(is_there(right), "{right}");
    }
    for wrong in ["Klinikindstillinger", "Slet...", "klinik indstillinger", "Synkroniseret", "Synkronisering 14.02", ""]
    {
        assert!(!is_there(wrong), "{wrong}");
    }
}

#[test]
fn each_topic_is_explained_in_both_languages_and_in_the_same_order() {
    let of = |language| read(&text_of(language)).unwrap();
    let (danish, english) = (of(Language::Danish), of(Language::English));
    let topics = |guide: &Guide| guide.pages().map(|page| page.topic).collect::<Vec<_>>();
    assert_eq!(topics(&danish), Topic::ALL);
    assert_eq!(topics(&english), Topic::ALL);
    let count = |guide: &Guide| guide.chapters().iter().map(|chapter| chapter.pages.len()).collect::<Vec<_>>();
    assert_eq!(count(&danish), count(&english), "the chapters have the same topics");
    for (danish, english) in danish.pages().zip(english.pages()) {
        assert_eq!(danish.leads_to, english.leads_to, "{:?}", danish.topic);
        let shape = |page: &Page| page.parts.iter().map(std::mem::discriminant).collect::<Vec<_>>();
        assert_eq!(shape(danish), shape(english), "{:?} says the same in both", danish.topic);
    }
}

#[test]
fn a_topic_is_short_and_leads_on() {
    for language in Language::ALL {
        for page in Guide::new(language).pages() {
            let (topic, parts) = (page.topic, page.parts.len());
            assert!((1..=14).contains(&parts), "{topic:?} has {parts} parts");
            assert!(!page.leads_to.is_empty() && !page.leads_to.contains(&topic), "{topic:?}");
            let numbers = page.parts.iter().filter_map(|part| match part {
                Part::Step(number, _) => Some(number.as_str()),
                _ => None,
            });
            let mut next = 1;
            for number in numbers {
                // Two ways to do it begin at 1 each.
                next = if number == "1." { 1 } else { next };
                assert_eq!(number, format!("{next}."), "{topic:?}");
                next += 1;
            }
        }
    }
}

#[test]
fn topics_are_found_by_their_words() {
    let guide = Guide::new(Language::Danish);
    let found = |typed: &str| guide.found(typed).iter().map(|page| page.topic).collect::<Vec<_>>();
    assert_eq!(found("").len(), Topic::ALL.len());
    assert_eq!(found("  ").len(), Topic::ALL.len());
    assert_eq!(found("selvoprettelse").first(), Some(&Topic::SelfRegistration), "its title says so");
    assert_eq!(found("STJÅLET"), [Topic::Pcs], "by a word that only helps to find it");
    assert_eq!(found("flytning muligt").first(), Some(&Topic::Deadlines));
    assert!(found("overmorgen").contains(&Topic::Earliest));
    assert_eq!(found("ravnkrog"), []);
}

#[test]
fn what_is_no_guide_is_refused() {
    for wrong in [
        "## start: Før kapitlet",
        "# Kapitel\nFør emnet",
        "# Kapitel\n## start Uden titel",
        "# Kapitel\n## ukendt: Emne",
        "# Kapitel\n## start: Emne\n> ingen-steder",
    ] {
        assert!(read(wrong).is_err(), "{wrong}");
    }
}

/// In the guide for clinics: words of Windows, of its installer, of a browser, or only stressed.
const OF_OTHERS: [&str; 30] = [
    "Aftalebog-Setup-…exe",
    "«Windows beskyttede din pc»",
    "Flere oplysninger",
    "Kør alligevel",
    "…",
    "Behold",
    "Gentag",
    "Installer",
    "Afslut",
    "Installerede apps",
    "Har klinikken ingen bookingserver, så gem jævnligt en kopi et andet sted.",
    "Har klinikken en bookingserver",
    "og",
    "sin egen bog",
    "Legitimationsstyring",
    "Windows-legitimationsoplysninger",
    "“Windows protected your PC”",
    "More info",
    "Run anyway",
    "Keep",
    "Install",
    "Finish",
    "Retry",
    "Installed apps",
    "If the clinic has no booking server, save a copy somewhere else regularly.",
    "If the clinic has a booking server",
    "and",
    "their own book",
    "Credential Manager",
    "Windows Credentials",
];

#[test]
fn what_the_guide_for_clinics_tells_to_press_is_on_the_screen() {
    for (language, guide) in [
        (Language::Danish, include_str!("../../../../docs/klinik.md")),
        (Language::English, include_str!("../../../../docs/clinic.md")),
    ] {
        let labels = labels(language);
        let stressed: Vec<&str> = guide.split("**").skip(1).step_by(2).collect();
        let own = stressed.iter().filter(|told| !OF_OTHERS.contains(told));
        let strange: Vec<_> = own.clone().filter(|told| !labels.iter().any(|label| reads(label, told))).collect();
        assert_eq!(strange, Vec::<&&str>::new(), "{language:?}: no text of the screen reads so");
        assert!(own.count() > 15, "{language:?}: the guide was read");
    }
}
