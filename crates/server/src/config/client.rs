//! Which program the clinics' PCs should have.

use aftalebog_booking::program::{Download, Version};
use serde::Deserialize;

/// The newest program for the clinics' PCs. Each of them tells its people when it is an older one.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ClientProgram {
    pub newest: Version,
    /// The page that it is fetched from.
    pub download: Option<Download>,
}
