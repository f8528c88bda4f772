//! Setting an exported variable in a shell script that runs Streamlit, leaving every other byte as it is.

use super::super::watcher::{FILE_WATCHER_KEY, FILE_WATCHER_VARIABLE};
use super::nesting::Nesting;
use super::shell::{Token, TokenKind, tokens};
use std::ops::Range;

/// A simple command: its words, and where its first token stands among all of them.
struct Command {
    first: usize,
    words: Vec<Range<usize>>,
}

/// A script, cut and looked through.
pub(super) struct Script<'a> {
    text: &'a [u8],
    tokens: Vec<Token>,
    nesting: Nesting,
    commands: Vec<Command>,
    /// Indices of the commands that run Streamlit.
    launches: Vec<usize>,
}

/// An assignment of the variable.
struct VariableAssignment {
    command: usize,
    /// The word, name included.
    word: Range<usize>,
    how: How,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum How {
    /// `export NAME=value`, or a shell variable that is exported before the first launch.
    Exported,
    /// `NAME=value command`, `env NAME=value command`.
    ForOneCommand,
    /// A shell variable that no program sees.
    NotExported,
}

impl<'a> Script<'a> {
    pub(super) fn read(text: &'a [u8]) -> Self {
        let tokens = tokens(text);
        let commands = commands(&tokens);
        let nesting = Nesting::of(&tokens, |token| &text[tokens[token].range.clone()]);
        let mut script = Self { text, tokens, nesting, commands, launches: Vec::new() };
        script.launches = (0..script.commands.len()).filter(|command| script.launches_streamlit(*command)).collect();
        script
    }

    pub(super) fn runs_streamlit(&self) -> bool {
        !self.launches.is_empty()
    }

    /// The value that the script's own command line sets, which wins over every variable.
    pub(super) fn flag(&self) -> Option<String> {
        let words = self.launches.iter().flat_map(|launch| &self.commands[*launch].words);
        let words: Vec<_> = words.map(|word| self.plain(word)).collect();
        let name = format!("--{FILE_WATCHER_KEY}");
        words.iter().enumerate().find_map(|(place, word)| match word.strip_prefix(&name)? {
            "" => words.get(place + 1).cloned(),
            rest => rest.strip_prefix('=').map(str::to_owned),
        })
    }

    /// The script with the variable set to `value` for every launch; `None` when nothing in it runs Streamlit.
    pub(super) fn with_variable(&self, value: &str) -> Option<Vec<u8>> {
        let first = *self.launches.first()?;
        let assignments = self.assignments();
        let mut cuts: Vec<(Range<usize>, Vec<u8>)> = Vec::new();
        for assignment in &assignments {
            let export = if assignment.how == How::NotExported { "export " } else { "" };
            let new = format!("{export}{FILE_WATCHER_VARIABLE}={value}");
            // An assignment that says the same already keeps its spelling.
            if self.plain(&assignment.word) != new {
                cuts.push((assignment.word.clone(), new.into_bytes()));
            }
        }
        let own = |launch: &usize| assignments.iter().any(|one| one.command == *launch);
        let counts = |one: &VariableAssignment| one.how != How::ForOneCommand && self.covers_all(one.command);
        let before = assignments.iter().any(counts);
        if !before && !self.launches.iter().all(own) {
            cuts.push(self.new_line(first, value));
        }
        Some(self.cut(cuts))
    }

    fn cut(&self, mut cuts: Vec<(Range<usize>, Vec<u8>)>) -> Vec<u8> {
        cuts.sort_by_key(|(range, _)| (range.start, range.end));
        let (mut whole, mut at) = (Vec::with_capacity(self.text.len() + 64), 0);
        for (range, new) in cuts {
            whole.extend_from_slice(&self.text[at..range.start]);
            whole.extend_from_slice(&new);
            at = range.end;
        }
        whole.extend_from_slice(&self.text[at..]);
        whole
    }

    /// `export …` before the line of the launch; where a line there would be read by another branch, or where several
    /// lines launch, before everything that is not a comment.
    fn new_line(&self, first: usize, value: &str) -> (Range<usize>, Vec<u8>) {
        let line = (self.launches.len() == 1).then(|| self.line_before(first)).flatten();
        let at = line.unwrap_or_else(|| self.below_the_head());
        let rest = &self.text[at..];
        let indentation = rest.iter().take_while(|byte| matches!(byte, b' ' | b'\t')).count();
        let mut new = Vec::new();
        // Only a head without line ending has none before it.
        if at > 0 && self.text[at - 1] != b'\n' {
            new.extend_from_slice(self.ending());
        }
        new.extend_from_slice(&rest[..indentation]);
        new.extend_from_slice(format!("export {FILE_WATCHER_VARIABLE}={value}").as_bytes());
        new.extend_from_slice(self.ending());
        (at..at, new)
    }

    /// Finds where the line begins that leads to this command, unless an inserted line would belong to something else.
    fn line_before(&self, command: usize) -> Option<usize> {
        let own = self.commands[command].first;
        let goes_on = |index: usize| index > 0 && matches!(self.bytes(index - 1), b"&&" | b"||" | b"|" | b"|&");
        let newline = (0..own).rev().find(|index| self.tokens[*index].kind == TokenKind::Newline && !goes_on(*index));
        let start = newline.map_or(0, |newline| newline + 1);
        if self.nesting.has_branch(start, own) {
            return None;
        }
        let place = self.tokens[start].range.start;
        let line = self.text[..place].iter().rposition(|byte| *byte == b'\n').map_or(0, |newline| newline + 1);
        // A here-document or a quotation may end on this line: then it is not a place of its own.
        self.text[line..place].iter().all(|byte| matches!(byte, b' ' | b'\t')).then_some(line)
    }

    /// Finds the line below `#!` and the comments that follow it.
    fn below_the_head(&self) -> usize {
        let lines = self.text.split_inclusive(|byte| *byte == b'\n');
        lines.take_while(|line| line.starts_with(b"#")).map(<[u8]>::len).sum()
    }

    fn ending(&self) -> &'static [u8] {
        match self.text.iter().position(|byte| *byte == b'\n') {
            Some(newline) if self.text[..newline].ends_with(b"\r") => b"\r\n",
            _ => b"\n",
        }
    }

    fn assignments(&self) -> Vec<VariableAssignment> {
        let exports = |command: usize| self.exports(&self.commands[command]) && self.covers_all(command);
        let exported = (0..self.commands.len()).any(exports);
        let mut all = Vec::new();
        for (index, command) in self.commands.iter().enumerate() {
            for (place, word) in command.words.iter().enumerate() {
                if self.is_assignment(word) {
                    let how = self.how(command, place, exported);
                    all.push(VariableAssignment { command: index, word: word.clone(), how });
                }
            }
        }
        all
    }

    fn is_assignment(&self, word: &Range<usize>) -> bool {
        self.text[word.clone()]
            .strip_prefix(FILE_WATCHER_VARIABLE.as_bytes())
            .is_some_and(|rest| rest.starts_with(b"="))
    }

    fn how(&self, command: &Command, place: usize, exported: bool) -> How {
        let word = |at: usize| self.plain(&command.words[at]);
        let declares = |text: &str| matches!(text, "export" | "declare" | "typeset");
        if (0..place).any(|at| declares(&word(at))) {
            return How::Exported;
        }
        if (place + 1..command.words.len()).any(|at| !is_any_assignment(&word(at))) {
            return How::ForOneCommand;
        }
        if exported { How::Exported } else { How::NotExported }
    }

    /// Tells whether every launch comes after this command has run.
    fn covers_all(&self, command: usize) -> bool {
        let Some(launch) = self.launches.first().map(|launch| self.commands[*launch].first) else { return false };
        let own = self.commands[command].first;
        let newline = |index: &usize| self.tokens[*index].kind == TokenKind::Newline;
        let operator = (0..own).rev().find(|index| !newline(index)).map(|index| self.bytes(index));
        own < launch
            && !matches!(operator, Some(b"&&" | b"||" | b"|" | b"|&"))
            && self.nesting.leads(own, launch)
            && (self.launches.len() == 1 || self.nesting.is_outside(own))
    }

    /// `export NAME`, `declare -x NAME`, `set -a`.
    fn exports(&self, command: &Command) -> bool {
        let words: Vec<_> = command.words.iter().map(|word| self.plain(word)).collect();
        let named = || words.iter().any(|word| word.split('=').next() == Some(FILE_WATCHER_VARIABLE));
        match words.first().map(String::as_str) {
            Some("export") => named(),
            Some("declare" | "typeset") => words.iter().any(|word| word == "-x") && named(),
            Some("set") => words.iter().any(|word| word == "-a" || word == "allexport"),
            _ => false,
        }
    }

    fn launches_streamlit(&self, command: usize) -> bool {
        let words: Vec<_> = self.commands[command].words.iter().map(|word| self.plain(word)).collect();
        let says =
            words.iter().find(|word| !is_any_assignment(word)).is_some_and(|word| word == "echo" || word == "printf");
        let program = words.iter().position(|word| word.rsplit('/').next() == Some("streamlit"));
        let after = program.map(|program| words[program + 1..].iter().find(|word| !word.starts_with('-')));
        !says && after.flatten().is_some_and(|word| word == "run")
    }

    /// The word without quotation marks and backslashes: enough for the plain words that are looked for.
    fn plain(&self, word: &Range<usize>) -> String {
        let bytes = self.text[word.clone()].iter().copied().filter(|byte| !b"'\"\\".contains(byte)).collect::<Vec<_>>();
        String::from_utf8_lossy(&bytes).into_owned()
    }

    fn bytes(&self, token: usize) -> &[u8] {
        &self.text[self.tokens[token].range.clone()]
    }
}

fn is_any_assignment(word: &str) -> bool {
    word.split_once('=').is_some_and(|(name, _)| {
        !name.is_empty() && name.chars().all(|letter| letter.is_ascii_alphanumeric() || letter == '_')
    })
}

fn commands(tokens: &[Token]) -> Vec<Command> {
    let mut commands: Vec<Command> = Vec::new();
    let mut open = false;
    for (index, token) in tokens.iter().enumerate() {
        match token.kind {
            TokenKind::Operator | TokenKind::Newline => open = false,
            TokenKind::Redirection => {}
            TokenKind::Word => {
                if !open {
                    commands.push(Command { first: index, words: Vec::new() });
                    open = true;
                }
                if let Some(command) = commands.last_mut() {
                    command.words.push(token.range.clone());
                }
            }
        }
    }
    commands
}
