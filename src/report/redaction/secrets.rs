//! Secrets told by where they stand (after `--password`, in a URL, in a header) or by their known shape.

use super::ranges::Ranges;
use super::{assignments, commands, shapes, urls};

/// The secrets in a command line, by argument: those that only their neighbour announces, and those of each text.
pub(super) fn in_arguments(arguments: &[String]) -> Vec<Ranges> {
    let mut found: Vec<Ranges> = arguments.iter().map(|argument| in_text(argument)).collect();
    for (place, range) in commands::announced(arguments) {
        found[place].push(range);
    }
    found
}

/// The secrets in any text.
pub(super) fn in_text(text: &str) -> Ranges {
    let mut found = Ranges::new();
    shapes::find(text, &mut found);
    urls::find(text, &mut found);
    assignments::find(text, &mut found);
    commands::find(text, &mut found);
    found
}
