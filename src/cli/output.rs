//! Results on standard output, questions and complaints on standard error.

use crate::report::Style;
use crate::say;
use crate::words::Words;
use anyhow::Context as _;
use std::io::{self, BufRead as _, IsTerminal as _, Read as _, Write as _};

/// A line on standard error. That it cannot be written is nothing anyone could be told.
pub(super) fn complain(line: &str) {
    let _ = writeln!(io::stderr(), "{line}");
}

/// Prints text on standard output. A reader that has seen enough (`| head`) is no error.
pub(super) fn print(text: &str) -> anyhow::Result<()> {
    match io::stdout().write_all(text.as_bytes()).and_then(|()| io::stdout().flush()) {
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => Ok(()),
        result => result.context("standard output"),
    }
}

/// Returns the style: colour only on a terminal, and not where `NO_COLOR` asks for none.
pub(super) fn style() -> Style {
    let terminal = io::stdout().is_terminal();
    let colour = terminal && std::env::var_os("NO_COLOR").is_none_or(|value| value.is_empty());
    let usual = Style::default().columns;
    let columns = rustix::termios::tcgetwinsize(io::stdout()).map_or(usual, |size| size.ws_col.into());
    Style { colour, columns: if terminal { columns } else { usual } }
}

/// Bytes of an answer; a yes in any language is shorter.
const LONGEST_ANSWER_BYTES: u64 = 4096;

/// Asks on standard error and reads one line. Anything but a clear yes is a no: the end of the input and
/// bytes that are no text, too.
pub(super) fn agrees(question: &str, words: &Words) -> anyhow::Result<bool> {
    write!(io::stderr(), "{question} {} ", say!(words, "cli-yes-or-no")).context("standard error")?;
    let mut answer = Vec::new();
    // A line without end is no answer either.
    io::stdin().lock().take(LONGEST_ANSWER_BYTES).read_until(b'\n', &mut answer).context("standard input")?;
    let answer = String::from_utf8_lossy(&answer);
    let yes = say!(words, "cli-answers-yes");
    Ok(yes.split(' ').any(|word| word == answer.trim().to_lowercase()))
}
