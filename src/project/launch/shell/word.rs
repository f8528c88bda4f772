//! Words as the shell sees them after it took the quotes away.

/// The length of the word at the beginning of `text`: up to a blank or an operator that is not quoted. A carriage return
/// is part of a word, as it is for the shells.
pub(super) fn length(text: &[u8]) -> usize {
    let mut at = 0;
    while let Some(byte) = text.get(at) {
        match byte {
            b' ' | b'\t' | b'\n' | b';' | b'&' | b'|' | b'<' | b'>' | b'(' | b')' => break,
            b'\\' => at += 2,
            quote @ (b'\'' | b'"') => at += closing(&text[at + 1..], *quote) + 2,
            _ => at += 1,
        }
    }
    at.min(text.len())
}

/// The length of what stands before the closing quote.
fn closing(text: &[u8], quote: u8) -> usize {
    let mut at = 0;
    while let Some(byte) = text.get(at) {
        match byte {
            b'\\' if quote == b'"' => at += 2,
            byte if *byte == quote => break,
            _ => at += 1,
        }
    }
    at.min(text.len())
}

/// The word without quotes and backslashes. What would be expanded stays as it is written.
pub(crate) fn plain(word: &[u8]) -> Vec<u8> {
    let mut plain = Vec::with_capacity(word.len());
    let mut rest = word;
    while let Some((byte, tail)) = rest.split_first() {
        rest = match (byte, tail) {
            (b'\\', [b'\n', tail @ ..]) => tail,
            (b'\\', [escaped, tail @ ..]) => {
                plain.push(*escaped);
                tail
            }
            (b'$', [b'\'' | b'"', ..]) => tail,
            (b'\'', _) => {
                let length = closing(tail, b'\'');
                plain.extend_from_slice(&tail[..length]);
                tail.get(length + 1..).unwrap_or_default()
            }
            (b'"', _) => {
                let length = closing(tail, b'"');
                push_double_quoted(&tail[..length], &mut plain);
                tail.get(length + 1..).unwrap_or_default()
            }
            _ => {
                plain.push(*byte);
                tail
            }
        };
    }
    plain
}

/// In double quotes a backslash escapes a few characters only.
fn push_double_quoted(text: &[u8], plain: &mut Vec<u8>) {
    let mut rest = text;
    while let Some((byte, tail)) = rest.split_first() {
        rest = match (byte, tail) {
            (b'\\', [b'\n', tail @ ..]) => tail,
            (b'\\', [escaped @ (b'"' | b'\\' | b'$' | b'`'), tail @ ..]) => {
                plain.push(*escaped);
                tail
            }
            _ => {
                plain.push(*byte);
                tail
            }
        };
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quotes_are_taken_away_as_the_shell_does() {
        for (word, expected) in [
            ("a\\ b", "a b"),
            ("'a\\b'c", "a\\bc"),
            ("\"a\\b\\\"$c\"", "a\\b\"$c"),
            ("''", ""),
            ("a\\\nb", "ab"),
            ("$'a'", "a"),
            ("'a", "a"),
            ("a\\", "a\\"),
        ] {
            assert_eq!(plain(word.as_bytes()), expected.as_bytes(), "{word}");
        }
    }
}
