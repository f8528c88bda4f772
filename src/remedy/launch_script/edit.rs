//! Setting an exported variable in a shell script that runs Streamlit or another watcher, leaving every other byte as it
//! is.

use super::super::watcher::FILE_WATCHER_VARIABLE;
use super::launches::{Launch, launches, sets};
use super::place;
use super::variable::{Assignment, How, Uses};
use crate::project::launch::shell::{Script, plain};
use crate::watchers::WatcherKind;
use std::ops::Range;

/// A script, read, with what in it runs Streamlit.
pub(in crate::remedy) struct LaunchScript<'a> {
    script: Script<'a>,
    launches: Vec<Launch>,
    kind: WatcherKind,
    variable: &'static str,
}

/// Reasons not to change a script.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::remedy) enum Unchanged {
    /// Nothing in it runs Streamlit.
    NoLaunch,
    /// It handles the variable in a way in which no change is sure to do what it should and nothing else.
    Unclear,
}

/// Bytes to put in the place of others.
type Cut = (Range<usize>, Vec<u8>);

impl<'a> LaunchScript<'a> {
    pub(in crate::remedy) fn read(text: &'a [u8]) -> Self {
        Self::read_for(text, WatcherKind::Streamlit)
    }

    /// Reads it for the launches of this watcher.
    pub(in crate::remedy) fn read_for(text: &'a [u8], kind: WatcherKind) -> Self {
        let variable = kind.polling().map_or(FILE_WATCHER_VARIABLE, |polling| polling.name);
        let script = Script::read(text);
        let launches = launches(&script, kind, variable);
        Self { script, launches, kind, variable }
    }

    pub(in crate::remedy) fn has_launch(&self) -> bool {
        !self.launches.is_empty()
    }

    /// The value that the script's own command line sets, which wins over every variable.
    pub(in crate::remedy) fn flag(&self) -> Option<String> {
        self.launches.iter().find_map(Launch::flag)
    }

    /// The program that starts Streamlit with an environment of its own, in which the variable is not.
    pub(in crate::remedy) fn own_environment(&self) -> Option<String> {
        self.launches.iter().find_map(Launch::own_environment)
    }

    /// The script with the variable set to `value` for every launch.
    pub(in crate::remedy) fn with_variable(&self, value: &str) -> Result<Vec<u8>, Unchanged> {
        if self.launches.is_empty() {
            return Err(Unchanged::NoLaunch);
        }
        let after = self.set_once(value)?;
        // Beside bytes that are no text the grammar may divide a script in another way once a line stands above, and a
        // value of such bytes falls into several words, of which one would stay.
        let again = LaunchScript::read_for(&after, self.kind);
        let is_settled = again.launches.len() == self.launches.len()
            && again.set_once(value).as_ref() == Ok(&after)
            && (!self.script.is_clear() || again.script.is_clear() && again.commands() == self.commands());
        if is_settled { Ok(after) } else { Err(Unchanged::Unclear) }
    }

    /// The commands without the variable.
    pub(super) fn commands(&self) -> Vec<Vec<Vec<u8>>> {
        let commands = self.script.commands().into_iter().map(|command| {
            let words = command.words.into_iter().map(|word| word.text);
            words.filter(|word| !sets(self.variable, word)).collect::<Vec<_>>()
        });
        commands.filter(|words| !words.is_empty() && *words != [b"export".to_vec()]).collect()
    }

    fn set_once(&self, value: &str) -> Result<Vec<u8>, Unchanged> {
        let cuts = if self.script.is_clear() { self.cuts(value)? } else { self.cuts_of_unclear(value)? };
        Ok(self.cut(cuts))
    }

    /// The text with the variable set to `value` on each launch's own command: for a line that stands alone.
    pub(in crate::remedy) fn with_prefix(&self, value: &str) -> Result<Vec<u8>, Unchanged> {
        if self.launches.is_empty() {
            return Err(Unchanged::NoLaunch);
        }
        if !self.script.is_clear() {
            return Err(Unchanged::Unclear);
        }
        let new = format!("{}={value}", self.variable);
        let mut cuts: Vec<Cut> = Vec::new();
        for launch in &self.launches {
            let own: Vec<Range<usize>> = launch.assignments().map(|word| word.range.clone()).collect();
            if own.is_empty() {
                let start = launch.words.first().map_or(0, |word| word.range.start);
                cuts.push((start..start, format!("{new} ").into_bytes()));
            }
            cuts.extend(own.into_iter().map(|word| (word, new.clone().into_bytes())));
        }
        Ok(self.cut(cuts))
    }

    /// The text with an option behind `switch` in each launch that has that, once for each of `values`, which are plain
    /// words. Where it stands already, those values are taken in its place.
    pub(in crate::remedy) fn with_options(
        &self,
        switch: &str,
        option: &str,
        values: &[String],
    ) -> Result<Vec<u8>, Unchanged> {
        if !self.script.is_clear() {
            return Err(Unchanged::Unclear);
        }
        let (mut cuts, mut found): (Vec<Cut>, bool) = (Vec::new(), false);
        for launch in &self.launches {
            let Some((word, _)) = launch.option(switch).filter(|(word, _)| word.text == switch.as_bytes()) else {
                continue;
            };
            found = true;
            let own = launch.options(option);
            for (at, (name, value)) in own.iter().enumerate() {
                let whole = name.range.start..value.map_or(name.range.end, |value| value.range.end);
                cuts.push(match (values.get(at), value) {
                    (Some(new), Some(value)) => (value.range.clone(), new.clone().into_bytes()),
                    (Some(new), None) => (whole, format!("{option}={new}").into_bytes()),
                    (None, _) => (self.blank_before(whole.start)..whole.end, Vec::new()),
                });
            }
            let last = own.last().map_or(word, |(name, value)| value.unwrap_or(name)).range.end;
            let further = values.iter().skip(own.len()).map(|value| format!(" {option} {value}")).collect::<String>();
            if !further.is_empty() {
                cuts.push((last..last, further.into_bytes()));
            }
        }
        if found { Ok(self.cut(cuts)) } else { Err(Unchanged::NoLaunch) }
    }

    /// Where the blanks before a word begin.
    fn blank_before(&self, at: usize) -> usize {
        let blanks = self.script.text()[..at].iter().rev().take_while(|byte| matches!(byte, b' ' | b'\t')).count();
        at - blanks
    }

    /// The text with these places cut out and filled.
    fn cut(&self, mut cuts: Vec<Cut>) -> Vec<u8> {
        cuts.sort_by_key(|(range, _)| (range.start, range.end));
        let (text, mut whole, mut at) = (self.script.text(), Vec::new(), 0);
        for (range, new) in cuts {
            whole.extend_from_slice(&text[at..range.start]);
            whole.extend_from_slice(&new);
            at = range.end;
        }
        whole.extend_from_slice(&text[at..]);
        whole
    }

    fn cuts(&self, value: &str) -> Result<Vec<Cut>, Unchanged> {
        let uses = Uses::of(&self.script, &self.launches, self.variable);
        let exported = |node: usize| uses.exports.contains(&node);
        let exported_by_name = uses.exports.iter().any(|export| self.leads_to_all(*export));
        let mut cuts: Vec<Cut> = Vec::new();
        let mut is_set = false;
        for one in &uses.assignments {
            let becomes_export = one.how == How::Alone && !exported_by_name && !uses.read_only;
            cuts.extend(self.changed(one, value, becomes_export));
            let seen = exported(one.node) || becomes_export || (exported_by_name && one.how != How::ForOneCommand);
            is_set |= seen && self.leads_to_all(one.node);
        }
        let open: Vec<_> = self.launches.iter().filter(|launch| !launch.has_own()).collect();
        if open.is_empty() || (is_set && !uses.taken_away) {
            return Ok(cuts);
        }
        let near = match open[..] {
            [launch] if !uses.read_only => place::line_before(&self.script, launch.node, self.variable),
            _ => None,
        };
        if uses.taken_away {
            // Only a line after which it is not taken away again before the launch is sure to be the last word.
            let near = near.filter(|place| place.is_reached_at_once).ok_or(Unchanged::Unclear)?;
            let is_there = uses.assignments.iter().any(|one| one.how == How::Exported && self.ends_at(one, near.line));
            cuts.extend((!is_there).then(|| self.new_line(near.line, value)));
        } else {
            let line = near.map_or_else(|| place::below_the_head(self.script.text()), |place| place.line);
            cuts.push(self.new_line(line, value));
        }
        Ok(cuts)
    }

    /// A script that the grammar may have misread: all that is sure is that a line above its first command is seen by
    /// all of it, and lasts unless the variable is named once more.
    fn cuts_of_unclear(&self, value: &str) -> Result<Vec<Cut>, Unchanged> {
        let text = self.script.text();
        let at = place::below_the_head(text);
        let named = memchr::memmem::find_iter(text, self.variable).count();
        let start = format!("export {}=", self.variable);
        let line = text[at..].trim_ascii_start();
        let ours = line.strip_prefix(start.as_bytes()).map(|rest| {
            let length = rest.iter().take_while(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit()).count();
            text.len() - rest.len()..text.len() - rest.len() + length
        });
        match (named, ours) {
            (0, _) => Ok(vec![self.new_line(at, value)]),
            (1, Some(word)) if matches!(text.get(word.end), None | Some(b'\n' | b' ')) => {
                Ok(vec![(word, value.into())])
            }
            (_, Some(_)) if self.says_only(value) => Ok(Vec::new()),
            _ => Err(Unchanged::Unclear),
        }
    }

    /// Tells whether the variable has this value wherever it is named.
    fn says_only(&self, value: &str) -> bool {
        let (text, assignment) = (self.script.text(), format!("{}={value}", self.variable));
        memchr::memmem::find_iter(text, self.variable).all(|place| {
            let rest = text[place..].strip_prefix(assignment.as_bytes());
            rest.is_some_and(|rest| matches!(rest.first(), None | Some(b' ' | b'\n' | b';' | b'\t' | b')')))
        })
    }

    fn leads_to_all(&self, statement: usize) -> bool {
        self.launches
            .iter()
            .filter(|launch| !launch.has_own())
            .all(|launch| place::leads(&self.script, statement, launch.node))
    }

    /// The assignment with the new value; `None` where it says the same already, in its own spelling.
    fn changed(&self, one: &Assignment, value: &str, becomes_export: bool) -> Option<Cut> {
        let export = if becomes_export { "export " } else { "" };
        let new = format!("{}={value}", self.variable);
        let text = self.script.text();
        let ends_line = text[one.word.end..].starts_with(b"\r\n");
        let same = plain(&text[one.word.clone()]) == new.as_bytes() && !becomes_export;
        // The shell would take the carriage return for a part of the value.
        let shield = if ends_line { " #" } else { "" };
        (!same || ends_line).then(|| (one.word.clone(), format!("{export}{new}{shield}").into_bytes()))
    }

    /// Tells whether nothing but the line's end stands between an assignment and this place.
    fn ends_at(&self, one: &Assignment, at: usize) -> bool {
        let between = self.script.text().get(one.word.end..at);
        between.is_some_and(|between| between.iter().all(|byte| b" #\r\n".contains(byte)))
    }

    /// `export …` as a line of its own, with the line ending and the indentation of what follows.
    fn new_line(&self, at: usize, value: &str) -> Cut {
        let text = self.script.text();
        let rest = &text[at..];
        let indentation = rest.iter().take_while(|byte| matches!(byte, b' ' | b'\t')).count();
        let mut new = Vec::new();
        // Only a head without line ending has none before it.
        if at > 0 && text[at - 1] != b'\n' {
            new.extend_from_slice(self.ending());
        }
        new.extend_from_slice(&rest[..indentation]);
        new.extend_from_slice(format!("export {}={value}", self.variable).as_bytes());
        new.extend_from_slice(self.ending());
        (at..at, new)
    }

    /// The script's line ending. The shells of Linux take a carriage return for a part of the last word: a comment keeps
    /// it from being one.
    fn ending(&self) -> &'static [u8] {
        let text = self.script.text();
        match text.iter().position(|byte| *byte == b'\n') {
            Some(newline) if text[..newline].ends_with(b"\r") => b" #\r\n",
            _ => b"\n",
        }
    }
}
