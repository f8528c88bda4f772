//! Settings files of watchers, read whole where they are regular files of a sensible size.

use crate::project::files::read_start;
use std::path::Path;

/// Bytes of a settings file that are read; what is longer is none.
const MOST_BYTES: u64 = 1_000_000;

/// The text of a settings file.
pub(super) fn read(path: &Path) -> Option<String> {
    let bytes = read_start(path, MOST_BYTES + 1).filter(|bytes| bytes.len() as u64 <= MOST_BYTES)?;
    let text = String::from_utf8(bytes).ok()?;
    Some(text.strip_prefix('\u{feff}').map(str::to_owned).unwrap_or(text))
}

/// The value of a file in JSON, comments and trailing commas allowed, as the editors of the VS Code family read it.
pub(super) fn json(path: &Path) -> Option<serde_json::Value> {
    jsonc_parser::parse_to_serde_value(&read(path)?, &jsonc_parser::ParseOptions::default()).ok()
}
