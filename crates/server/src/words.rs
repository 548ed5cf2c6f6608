//! What the server says to people, in both languages at once.

use aftalebog_booking::wire::Titles;
use aftalebog_texts::{Language, Texts};

thread_local! {
    /// Reading the words costs more than answering.
    static TEXTS: [Texts; 2] = [Texts::new(Language::Danish), Texts::new(Language::English)];
}

/// A sentence in Danish and in English.
pub fn both(say: impl Fn(&Texts) -> String) -> Titles {
    TEXTS.with(|[danish, english]| Titles { da: say(danish), en: say(english) })
}

/// A sentence in the clinic's language.
pub fn danish(say: impl Fn(&Texts) -> String) -> String {
    TEXTS.with(|[danish, _]| say(danish))
}
