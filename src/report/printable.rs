//! Text from elsewhere made safe to show: nothing in it can steer a terminal or change the order of a line.

use std::borrow::Cow;
use std::fmt::Write as _;

/// `text` on one line, with control and direction characters written out: `\n`, `\u{1b}`.
pub(super) fn printable(text: &str) -> Cow<'_, str> {
    if !text.chars().any(is_harmful) {
        return Cow::Borrowed(text);
    }
    let mut safe = String::with_capacity(text.len() + 8);
    for character in text.chars() {
        match character {
            '\n' => safe.push_str("\\n"),
            '\r' => safe.push_str("\\r"),
            '\t' => safe.push_str("\\t"),
            _ if is_harmful(character) => {
                let _ = write!(safe, "\\u{{{:x}}}", u32::from(character));
            }
            _ => safe.push(character),
        }
    }
    Cow::Owned(safe)
}

/// Controls (C0, DEL, C1), line and paragraph separators, and what changes the direction of writing.
pub(super) const fn is_harmful(character: char) -> bool {
    matches!(character,
        '\0'..='\x1f' | '\x7f'..='\u{9f}' | '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{2028}'..='\u{202e}'
        | '\u{2066}'..='\u{2069}' | '\u{feff}')
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn what_steers_a_terminal_is_written_out() {
        assert_eq!(printable("plain 中文 ~/a"), "plain 中文 ~/a");
        assert_eq!(printable("a\nb\x1b[31mc\u{9b}d\u{202e}e\tf\rg"), "a\\nb\\u{1b}[31mc\\u{9b}d\\u{202e}e\\tf\\rg");
    }

    proptest! {
        #[test]
        fn nothing_harmful_is_left(text in any::<String>()) {
            prop_assert!(!printable(&text).chars().any(|character| character.is_control() || is_harmful(character)));
        }
    }
}
