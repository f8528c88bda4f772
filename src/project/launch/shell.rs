//! Splits a shell line into commands and words, as far as a launch command needs it: quotes, escapes, comments,
//! operators, redirections. Nothing is expanded: `$VAR` stays as it is written.

use std::ffi::OsString;
use std::os::unix::ffi::OsStringExt;

/// The commands of `text` with their words, in order. What is not closed at the end counts as closed.
pub(super) fn commands(text: &[u8]) -> Vec<Vec<OsString>> {
    let mut splitter = Splitter { rest: text, commands: vec![Vec::new()], word: None, skip_next: false };
    while let Some(byte) = splitter.next() {
        splitter.take(byte);
    }
    splitter.end_word();
    splitter.commands.retain(|command| !command.is_empty());
    splitter.commands
}

struct Splitter<'t> {
    rest: &'t [u8],
    commands: Vec<Vec<OsString>>,
    /// The word being read; an empty one is a word too when it was quoted.
    word: Option<Vec<u8>>,
    /// The next word is the file of a redirection.
    skip_next: bool,
}

impl Splitter<'_> {
    fn next(&mut self) -> Option<u8> {
        let (first, rest) = self.rest.split_first()?;
        self.rest = rest;
        Some(*first)
    }

    fn take(&mut self, byte: u8) {
        match byte {
            b' ' | b'\t' | b'\r' => self.end_word(),
            b'#' if self.word.is_none() => self.skip_comment(),
            b'\n' | b';' | b'&' | b'|' | b'(' | b')' => self.end_command(),
            b'<' | b'>' => self.redirect(),
            b'\\' => match self.next() {
                Some(b'\n') | None => {}
                Some(escaped) => self.push(escaped),
            },
            b'\'' => self.quoted(b'\''),
            b'"' => self.quoted(b'"'),
            plain => self.push(plain),
        }
    }

    fn push(&mut self, byte: u8) {
        self.word.get_or_insert_default().push(byte);
    }

    /// Reads up to the closing quote. In double quotes a backslash escapes a few characters.
    fn quoted(&mut self, quote: u8) {
        self.word.get_or_insert_default();
        while let Some(byte) = self.next() {
            match byte {
                closing if closing == quote => return,
                b'\\' if quote == b'"' => match self.next() {
                    Some(b'\n') | None => {}
                    Some(escaped @ (b'"' | b'\\' | b'$' | b'`')) => self.push(escaped),
                    Some(other) => {
                        self.push(b'\\');
                        self.push(other);
                    }
                },
                plain => self.push(plain),
            }
        }
    }

    /// `>file`, `2>file`, `>>file`, `2>&1`, `<file`: neither the number nor the file is a word of the command.
    fn redirect(&mut self) {
        if self.word.as_ref().is_some_and(|word| word.iter().all(u8::is_ascii_digit)) {
            self.word = None;
        }
        self.end_word();
        while let Some(b'<' | b'>' | b'&' | b'|') = self.rest.first() {
            self.next();
        }
        self.skip_next = true;
    }

    fn end_word(&mut self) {
        let Some(word) = self.word.take() else { return };
        if std::mem::take(&mut self.skip_next) {
            return;
        }
        if let Some(command) = self.commands.last_mut() {
            command.push(OsString::from_vec(word));
        }
    }

    fn end_command(&mut self) {
        self.end_word();
        self.skip_next = false;
        self.commands.push(Vec::new());
    }

    fn skip_comment(&mut self) {
        let end = self.rest.iter().position(|byte| *byte == b'\n').unwrap_or(self.rest.len());
        self.rest = &self.rest[end..];
    }
}
