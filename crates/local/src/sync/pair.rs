//! Pairing this PC with a booking server.

/// What a person typed and agreed to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PairRequest {
    pub address: String,
    /// The private authority whose fingerprint was compared, as [`Looked`](super::Looked) gave it.
    pub authority: Option<String>,
    /// As it was typed: capitals, blanks and hyphens make no difference.
    pub code: String,
    pub replace: Replace,
}

/// Whether the records at the server may take the place of this PC's own.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Replace {
    /// Not yet: ask the person, if there are any.
    Ask,
    /// A copy is made first.
    Agreed,
}
