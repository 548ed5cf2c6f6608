use std::collections::{BTreeMap, BTreeSet};

use fluent_syntax::ast::{Entry, Expression, InlineExpression, Pattern, PatternElement};

use super::*;

fn day(year: i32, month: u32, day: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(year, month, day).unwrap()
}

#[test]
fn dates_read_as_a_dane_writes_them() {
    let texts = Texts::new(Language::Danish);
    assert_eq!(texts.date(day(2027, 3, 1)), "1. marts 2027");
    assert_eq!(texts.date_weekday(day(2026, 11, 24)), "tirsdag 24. november");
    assert_eq!(texts.date_weekday_year(day(2026, 12, 5)), "lørdag 5. december 2026");
    assert_eq!(texts.date_short(day(2026, 11, 23)), "man. 23. nov.");
    assert_eq!(texts.month_year(day(2026, 5, 1)), "maj 2026");
    assert_eq!(Texts::new(Language::English).date_weekday(day(2026, 11, 24)), "Tuesday 24 November");
}

/// Each text's id and the names that are put into it.
fn texts_of(language: Language) -> BTreeMap<String, BTreeSet<String>> {
    let file = Locales::get(&format!("{}/aftalebog.ftl", language.code())).unwrap();
    let source = std::str::from_utf8(&file.data).unwrap().to_owned();
    let resource = fluent_syntax::parser::parse(source).map_err(|(_, faults)| faults).unwrap();
    let mut texts = BTreeMap::new();
    for entry in resource.body {
        if let Entry::Message(message) = entry {
            let mut names = BTreeSet::new();
            collect(message.value.as_ref().expect("every id has a text"), &mut names);
            let twice = texts.insert(message.id.name.clone(), names);
            assert_eq!(twice, None, "{} stands there twice", message.id.name);
        }
    }
    texts
}

fn collect(pattern: &Pattern<String>, names: &mut BTreeSet<String>) {
    for element in &pattern.elements {
        let PatternElement::Placeable { expression } = element else { continue };
        let (Expression::Inline(inline) | Expression::Select { selector: inline, .. }) = expression;
        if let InlineExpression::VariableReference { id } = inline {
            names.extend([id.name.clone()]);
        }
        if let Expression::Select { variants, .. } = expression {
            variants.iter().for_each(|variant| collect(&variant.value, names));
        }
    }
}

#[test]
fn english_has_every_text_of_danish_with_the_same_names_in_it() {
    let (danish, english) = (texts_of(Language::Danish), texts_of(Language::English));
    let ids = |texts: &BTreeMap<String, BTreeSet<String>>| texts.keys().cloned().collect::<BTreeSet<_>>();
    let (da, en) = (ids(&danish), ids(&english));
    assert_eq!(da.difference(&en).collect::<Vec<_>>(), Vec::<&String>::new(), "only in Danish");
    assert_eq!(en.difference(&da).collect::<Vec<_>>(), Vec::<&String>::new(), "only in English");
    for (id, names) in &danish {
        assert_eq!(&english[id], names, "{id}");
    }
}

#[test]
fn no_text_shouts() {
    for language in Language::ALL {
        let file = Locales::get(&format!("{}/aftalebog.ftl", language.code())).unwrap();
        assert!(!file.data.contains(&b'!'), "{language:?}");
    }
}
