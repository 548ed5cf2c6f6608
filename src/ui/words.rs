//! How much room words take, and which of them fit.
//!
//! The renderer does not cut a text at its box, and measuring each text anew costs more than
//! drawing it. So each character is measured once, and texts are cut by their sum.

use std::borrow::Cow;
use std::cell::RefCell;
use std::collections::HashMap;

use iced::advanced::text::{self, Paragraph, Renderer as _};
use iced::{Font, Pixels, Size, alignment};

use crate::ui::theme;

type Line = <iced::Renderer as text::Renderer>::Paragraph;

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Face {
    Regular,
    SemiBold,
}

impl Face {
    pub const fn font(self) -> Font {
        match self {
            Self::Regular => theme::REGULAR,
            Self::SemiBold => theme::SEMIBOLD,
        }
    }
}

/// What a character takes at a text size of 1.
#[derive(Debug, Default)]
pub struct Widths(RefCell<HashMap<(char, Face), f32>>);

/// Large enough that rounding does not matter.
const MEASURED_AT: f32 = 64.0;

impl Widths {
    pub fn of(&self, words: &str, face: Face, size: f32) -> f32 {
        words.chars().map(|character| self.one(character, face)).sum::<f32>() * size
    }

    fn one(&self, character: char, face: Face) -> f32 {
        let measure = || {
            // A blank at the end of a line has no width: it is measured between two letters.
            let words = format!("n{character}n");
            (line_width(&words, face) - line_width("nn", face)).max(0.0) / MEASURED_AT
        };
        *self.0.borrow_mut().entry((character, face)).or_insert_with(measure)
    }

    /// The words, cut with «…» when they need more room; nothing when not even a letter fits.
    pub fn fit<'a>(&self, words: &'a str, face: Face, size: f32, room: f32) -> Cow<'a, str> {
        if self.of(words, face, size) <= room {
            return Cow::Borrowed(words);
        }
        let mut left = room - self.of("…", face, size);
        let mut end = 0;
        for (at, character) in words.char_indices() {
            left -= self.one(character, face) * size;
            if left < 0.0 {
                break;
            }
            end = at + character.len_utf8();
        }
        match words[..end].trim_end() {
            "" => Cow::Borrowed(""),
            cut => Cow::Owned(format!("{cut}…")),
        }
    }

    /// The words on as many lines as they need.
    pub fn wrap(&self, words: &str, face: Face, size: f32, room: f32) -> Vec<String> {
        let mut lines: Vec<String> = vec![];
        for word in words.split_whitespace() {
            match lines.last_mut() {
                Some(line) if self.of(line, face, size) + self.of(word, face, size) + size * 0.3 <= room => {
                    line.push(' ');
                    line.push_str(word);
                }
                _ => lines.push(self.fit(word, face, size, room).into_owned()),
            }
        }
        lines
    }
}

fn line_width(words: &str, face: Face) -> f32 {
    Line::with_text(text::Text {
        content: words,
        bounds: Size::INFINITE,
        size: Pixels(MEASURED_AT),
        line_height: text::LineHeight::default(),
        font: face.font(),
        align_x: text::Alignment::Default,
        align_y: alignment::Vertical::Top,
        shaping: text::Shaping::Auto,
        wrapping: text::Wrapping::None,
    })
    .min_width()
}

const NEVER_BROKEN: f32 = 10_000.0;

/// One line of text whose upper left corner is at `at`.
pub fn write(
    renderer: &mut iced::Renderer,
    words: &str,
    font: Font,
    size: f32,
    at: iced::Rectangle,
    color: iced::Color,
) {
    renderer.fill_text(
        text::Text {
            content: words.to_owned(),
            // The renderer breaks lines by these bounds; what is written here has been cut before.
            bounds: Size::new(NEVER_BROKEN, at.height),
            size: Pixels(size),
            line_height: text::LineHeight::Absolute(Pixels(at.height)),
            font,
            align_x: text::Alignment::Default,
            align_y: alignment::Vertical::Top,
            shaping: text::Shaping::Auto,
            wrapping: text::Wrapping::None,
        },
        at.position(),
        color,
        at,
    );
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The same on every machine.
    fn widths() -> Widths {
        let mut fonts = iced::advanced::graphics::text::font_system().write().unwrap();
        for font in theme::FONTS {
            fonts.load_font(font.into());
        }
        Widths::default()
    }

    #[test]
    fn words_are_cut_where_the_room_ends() {
        let widths = widths();
        let name = "Karen Møller-Sørensen";
        let whole = widths.of(name, Face::Regular, 12.0);
        assert_eq!(widths.fit(name, Face::Regular, 12.0, whole + 0.1), name);
        let cut = widths.fit(name, Face::Regular, 12.0, whole / 2.0);
        assert!(cut.ends_with('…') && widths.of(&cut, Face::Regular, 12.0) <= whole / 2.0, "{cut}");
        assert_eq!(widths.fit(name, Face::Regular, 12.0, 4.0), "");
        assert_eq!(
            widths.fit("Karen Møller", Face::Regular, 12.0, widths.of("Karen ……", Face::Regular, 12.0)),
            "Karen…"
        );
    }

    #[test]
    fn long_notes_go_on_below() {
        let widths = widths();
        let note = "Ring dagen før og husk at spørge til medicin";
        let lines = widths.wrap(note, Face::Regular, 12.0, 120.0);
        assert!(lines.len() > 1);
        assert!(lines.iter().all(|line| widths.of(line, Face::Regular, 12.0) <= 120.0));
        assert_eq!(lines.join(" "), note);
    }
}
