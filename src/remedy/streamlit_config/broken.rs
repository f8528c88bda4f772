//! Whether Streamlit can read a settings file, and where it is broken.

use crate::project::streamlit::BrokenToml;
use toml_edit::Document;

/// `None`: it can be read.
pub(super) fn find(text: &str) -> Option<BrokenToml> {
    let (place, reason) = if text.starts_with('\u{feff}') {
        (0, "byte order mark at the start of the file".to_owned())
    } else {
        let error = Document::parse(text).err()?;
        (error.span().map_or(0, |span| span.start), error.message().to_owned())
    };
    let place = text.floor_char_boundary(place);
    let start = text[..place].rfind('\n').map_or(0, |newline| newline + 1);
    let line = text[start..].split('\n').next().unwrap_or_default().trim_end_matches('\r');
    let suggestion = line.split_once('=').and_then(|(key, rest)| {
        let (value, comment) = rest.find('#').map_or((rest, ""), |hash| rest.split_at(hash));
        let word = value.trim();
        let plain = !word.is_empty() && word.chars().all(|letter| letter.is_ascii_alphanumeric());
        let right = match word {
            "True" => "true".to_owned(),
            "False" => "false".to_owned(),
            _ => format!("\"{word}\""),
        };
        plain.then(|| format!("{key}={}{comment}", value.replacen(word, &right, 1)))
    });
    let column = text[start..place].chars().count() + 1;
    Some(BrokenToml {
        line: text[..start].matches('\n').count() + 1,
        column,
        text: line.to_owned(),
        reason,
        suggestion,
    })
}
