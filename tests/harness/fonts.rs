use std::sync::{Arc, Once, RwLockWriteGuard};

use iced::advanced::graphics::text::cosmic_text::{self, fontdb};
use iced::advanced::graphics::text::{FontSystem, font_system};

use aftalebog::ui::theme;

/// The fonts, without those of the machine: a letter looks the same on every one.
pub fn fonts() -> RwLockWriteGuard<'static, FontSystem> {
    static ONLY_OURS: Once = Once::new();
    let mut fonts = font_system().write().expect("no test panics while it holds the fonts");
    ONLY_OURS.call_once(|| {
        let mut database = fontdb::Database::new();
        // iced draws its ticks and arrows with this one.
        let ticks = fonts.raw().db().faces().find(|face| face.families.iter().any(|(name, _)| name == "Iced-Icons"));
        database.load_font_source(ticks.expect("iced brings it along").source.clone()).truncate(0);
        for font in theme::FONTS {
            let _ = database.load_font_source(fontdb::Source::Binary(Arc::new(font)));
        }
        *fonts.raw() = cosmic_text::FontSystem::new_with_locale_and_db("da-DK".to_owned(), database);
    });
    fonts
}
