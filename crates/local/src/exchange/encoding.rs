//! Which characters the bytes of a text file mean.

/// The encodings that Danish programs write. ISO-8859-1 is part of Windows-1252.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Encoding {
    Utf8,
    Windows1252,
    Utf16Le,
    Utf16Be,
}

/// Stands for what a file has that its encoding does not know.
pub const UNREADABLE: char = char::REPLACEMENT_CHARACTER;

impl Encoding {
    pub const ALL: [Self; 4] = [Self::Utf8, Self::Windows1252, Self::Utf16Le, Self::Utf16Be];

    /// The most likely one: what the mark at the beginning says, else UTF-8 where the bytes are valid
    /// as such, which text of another encoding hardly ever is.
    pub fn guess(bytes: &[u8]) -> Self {
        match encoding_rs::Encoding::for_bom(bytes) {
            Some((encoding, _)) if encoding == encoding_rs::UTF_16LE => Self::Utf16Le,
            Some((encoding, _)) if encoding == encoding_rs::UTF_16BE => Self::Utf16Be,
            Some(_) => Self::Utf8,
            None if std::str::from_utf8(bytes).is_ok() => Self::Utf8,
            None => Self::Windows1252,
        }
    }

    /// The text, without the mark at its beginning. What cannot be read becomes [`UNREADABLE`].
    pub fn read(self, bytes: &[u8]) -> String {
        let encoding = match self {
            Self::Utf8 => encoding_rs::UTF_8,
            Self::Windows1252 => encoding_rs::WINDOWS_1252,
            Self::Utf16Le => encoding_rs::UTF_16LE,
            Self::Utf16Be => encoding_rs::UTF_16BE,
        };
        let (text, _unreadable) = encoding.decode_with_bom_removal(bytes);
        text.into_owned()
    }
}
