//! Every letter the program writes is in the fonts it brings along.

use iced::advanced::graphics::text::cosmic_text::fontdb::{FaceInfo, Weight};
use lucide_icons::Icon;

use crate::harness::fonts;

const DANISH: &str = include_str!("../assets/locales/da/aftalebog.ftl");
const ENGLISH: &str = include_str!("../assets/locales/en/aftalebog.ftl");
const GUIDES: [&str; 2] =
    [include_str!("../assets/locales/da/guide.md"), include_str!("../assets/locales/en/guide.md")];
const ALSO: &str = "æøåÆØÅéüäöÉ–—«»…✓·‹›§½×•";

fn missing(family: &str, weight: Weight, letters: &str) -> String {
    let mut fonts = fonts();
    let raw = fonts.raw();
    let of_family = |face: &&FaceInfo| face.weight == weight && face.families.iter().any(|(name, _)| name == family);
    let id = raw.db().faces().find(of_family).expect("the font is loaded").id;
    let font = raw.get_font(id, weight).expect("the font can be read");
    let known = font.as_swash().charmap();
    letters.chars().filter(|letter| !letter.is_control() && known.map(*letter) == 0).collect()
}

#[test]
fn inter_has_every_letter_of_every_language() {
    for weight in [Weight::NORMAL, Weight::SEMIBOLD] {
        for letters in [DANISH, ENGLISH, GUIDES[0], GUIDES[1], ALSO] {
            assert_eq!(missing("Inter", weight, letters), "", "in weight {weight:?}");
        }
    }
}

#[test]
fn lucide_has_its_icons() {
    let icons: String = [Icon::Settings, Icon::Check, Icon::Undo2, Icon::Trash2].map(Icon::unicode).iter().collect();
    assert_eq!(missing("lucide", Weight::NORMAL, &icons), "");
}

#[test]
fn no_other_font_is_there_to_help_out() {
    let mut families: Vec<String> =
        fonts().raw().db().faces().flat_map(|face| face.families.iter().map(|(name, _)| name.clone())).collect();
    families.sort();
    families.dedup();
    assert_eq!(families, ["Iced-Icons", "Inter", "lucide"]);
}
