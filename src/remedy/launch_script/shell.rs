//! A shell script cut into its simple commands, far enough to see which of them runs Streamlit and which sets a
//! variable. Quotes, comments, continued lines, substitutions and here-documents are understood; nothing is expanded.

use std::ops::Range;

/// One word, operator or line ending.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Token {
    pub(super) kind: TokenKind,
    pub(super) range: Range<usize>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum TokenKind {
    Word,
    /// `<`, `>` and their like: the command goes on.
    Redirection,
    /// `;`, `&&`, `(` and their like.
    Operator,
    Newline,
}

/// Cuts `script` into tokens.
pub(super) fn tokens(script: &[u8]) -> Vec<Token> {
    let mut cutter = Cutter { script, at: 0, tokens: Vec::new(), documents: Vec::new() };
    while cutter.at < script.len() {
        cutter.next();
    }
    cutter.tokens
}

struct Cutter<'a> {
    script: &'a [u8],
    at: usize,
    tokens: Vec<Token>,
    /// Here-documents that begin on the next line: their last line, and whether tabs before it are cut.
    documents: Vec<(Vec<u8>, bool)>,
}

impl Cutter<'_> {
    fn peek(&self, ahead: usize) -> Option<u8> {
        self.script.get(self.at + ahead).copied()
    }

    fn next(&mut self) {
        match self.script[self.at] {
            b'\n' => {
                self.push(TokenKind::Newline, 1);
                for (last, tabs) in std::mem::take(&mut self.documents) {
                    self.skip_document(&last, tabs);
                }
            }
            b' ' | b'\t' | b'\r' => self.at += 1,
            b'\\' if self.continued() > 0 => self.at += self.continued(),
            b'#' => self.at += self.script[self.at..].iter().take_while(|byte| **byte != b'\n').count(),
            b'<' | b'>' => self.redirection(),
            b';' | b'&' | b'|' => {
                let length = if self.peek(1) == self.peek(0) || self.peek(1) == Some(b'&') { 2 } else { 1 };
                self.push(TokenKind::Operator, length);
            }
            b'(' | b')' => self.push(TokenKind::Operator, 1),
            _ => self.word(),
        }
    }

    fn push(&mut self, kind: TokenKind, length: usize) {
        self.tokens.push(Token { kind, range: self.at..self.at + length });
        self.at += length;
    }

    /// The length of a backslash and the line ending it takes away.
    fn continued(&self) -> usize {
        match (self.peek(1), self.peek(2)) {
            (Some(b'\n'), _) => 2,
            (Some(b'\r'), Some(b'\n')) => 3,
            _ => 0,
        }
    }

    fn redirection(&mut self) {
        let rest = &self.script[self.at..];
        if !rest.starts_with(b"<<") || rest.starts_with(b"<<<") {
            let length = rest.iter().take_while(|byte| b"<>&|".contains(byte)).count();
            return self.push(TokenKind::Redirection, length);
        }
        let tabs = rest.get(2) == Some(&b'-');
        self.push(TokenKind::Redirection, if tabs { 3 } else { 2 });
        while matches!(self.peek(0), Some(b' ' | b'\t')) {
            self.at += 1;
        }
        let start = self.at;
        self.skip_word();
        let last = self.script[start..self.at].iter().copied().filter(|byte| !b"'\"\\".contains(byte)).collect();
        self.documents.push((last, tabs));
    }

    fn skip_document(&mut self, last: &[u8], tabs: bool) {
        while self.at < self.script.len() {
            let rest = &self.script[self.at..];
            let line = rest.split_inclusive(|byte| *byte == b'\n').next().unwrap_or(rest);
            self.at += line.len();
            let mut text = line.strip_suffix(b"\n").unwrap_or(line);
            text = text.strip_suffix(b"\r").unwrap_or(text);
            while tabs && text.first() == Some(&b'\t') {
                text = &text[1..];
            }
            if text == last {
                return;
            }
        }
    }

    fn word(&mut self) {
        let start = self.at;
        self.skip_word();
        // Whatever the byte was, the cut goes on behind it.
        self.at = self.at.max(start + 1);
        self.tokens.push(Token { kind: TokenKind::Word, range: start..self.at });
    }

    fn skip_word(&mut self) {
        while let Some(byte) = self.peek(0) {
            match byte {
                b' ' | b'\t' | b'\r' | b'\n' | b';' | b'&' | b'|' | b'<' | b'>' | b'(' | b')' => return,
                _ => self.skip_piece(),
            }
        }
    }

    /// One character, escape, quotation or substitution.
    fn skip_piece(&mut self) {
        match (self.peek(0), self.peek(1)) {
            (Some(b'\\'), _) => self.at += self.continued().max(2),
            (Some(b'\''), _) => self.skip_past(b'\'', false),
            (Some(b'$'), Some(b'\'')) => {
                self.at += 1;
                self.skip_past(b'\'', true);
            }
            (Some(b'"'), _) => self.skip_nested(b'"'),
            (Some(b'`'), _) => self.skip_past(b'`', true),
            (Some(b'$'), Some(b'(')) => {
                self.at += 1;
                self.skip_nested(b')');
            }
            (Some(b'$'), Some(b'{')) => {
                self.at += 1;
                self.skip_nested(b'}');
            }
            _ => self.at += 1,
        }
        self.at = self.at.min(self.script.len());
    }

    /// Skips from an opening mark past its closing one.
    fn skip_past(&mut self, close: u8, escapes: bool) {
        self.at += 1;
        while let Some(byte) = self.peek(0) {
            self.at += if escapes && byte == b'\\' { 2 } else { 1 };
            if byte == close {
                return;
            }
        }
    }

    /// The same, for what may hold quotations and substitutions of its own. A quotation mark inside `"…"` ends it.
    fn skip_nested(&mut self, close: u8) {
        // Deeper than anyone writes; beyond it the rest of the script counts as part of this word.
        let mut open = vec![close];
        self.at += 1;
        while let (Some(byte), Some(closing)) = (self.peek(0), open.last().copied()) {
            self.at += 1;
            match byte {
                b'\\' => self.at += 1,
                _ if byte == closing => drop(open.pop()),
                b'$' if self.peek(0) == Some(b'(') => {
                    self.at += 1;
                    open.push(b')');
                }
                b'$' if self.peek(0) == Some(b'{') => {
                    self.at += 1;
                    open.push(b'}');
                }
                b'(' if closing == b')' => open.push(b')'),
                b'"' => open.push(b'"'),
                b'\'' if closing != b'"' => {
                    self.at -= 1;
                    self.skip_past(b'\'', false);
                }
                _ => {}
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn words(script: &str) -> Vec<&str> {
        let words = tokens(script.as_bytes()).into_iter().filter(|token| token.kind == TokenKind::Word);
        words.map(|token| &script[token.range]).collect()
    }

    #[test]
    fn words_are_cut_as_the_shell_cuts_them() {
        for (script, expected) in [
            ("a 'b c' \"d $(e \"f g\") h\" # i", vec!["a", "'b c'", "\"d $(e \"f g\") h\""]),
            ("a \\\n  b\\ c&&d", vec!["a", "b\\ c", "d"]),
            ("A=${B:-\"x y\"} c", vec!["A=${B:-\"x y\"}", "c"]),
            ("cat <<'END' x\nit's text\nEND\nb", vec!["cat", "x", "b"]),
            ("cat <<-E\n\tq'\n\tE\nb", vec!["cat", "b"]),
            ("a#b #c\nd", vec!["a#b", "d"]),
            ("cat <<< \"a b\" c", vec!["cat", "\"a b\"", "c"]),
        ] {
            assert_eq!(words(script), expected, "{script}");
        }
    }

    proptest! {
        #[test]
        fn any_bytes_are_cut_in_order(script: Vec<u8>) {
            let tokens = tokens(&script);
            prop_assert!(tokens.windows(2).all(|pair| pair[0].range.end <= pair[1].range.start));
            prop_assert!(tokens.iter().all(|token| token.range.end <= script.len()));
        }

        #[test]
        fn any_marks_are_cut(script in "[a\\\\'\"$(){}`#<>&|; \n-]{0,40}") {
            let _ = tokens(script.as_bytes());
        }
    }
}
