//! A plan as text for a terminal: what will be done, the diffs, the script with its values, the promise.

use crate::remedy::diff::LineKind;
use crate::remedy::raise_limits::{Way, argv_raise, script_text};
use crate::remedy::{Change, Diff, Plan};
use crate::say;
use crate::words::{Words, visible};
use std::fmt::Write as _;

const BOLD: &str = "\x1b[1m";
const GREEN: &str = "\x1b[32m";
const RED: &str = "\x1b[31m";
const PLAIN: &str = "\x1b[0m";

/// The whole plan. `notes` are worth knowing beforehand.
pub(super) fn text(plan: &Plan, notes: &[String], way: Way, words: &Words, colour: bool) -> String {
    let mut text = paint(&plan.remedy.title(words), BOLD, colour);
    text.push('\n');
    for change in &plan.changes {
        for line in change.lines(words) {
            push_line(&mut text, &format!("  {line}"));
        }
        if let Some(diff) = change.diff() {
            text.push_str(&diff_text(&diff, colour));
        }
        if let Change::RaiseLimits(request) = change {
            text.push_str(&script(&argv_raise(request, way), words));
        }
    }
    push_line(&mut text, "");
    let tags: Vec<String> = plan.promise.tags(words).into_iter().map(|(tag, _)| tag).collect();
    push_line(&mut text, &tags.join(" · "));
    push_line(&mut text, &plan.promise.watches_sentence(words));
    for note in notes {
        push_line(&mut text, note);
    }
    text
}

/// The script as it will run, then the command that runs it, the script's text left out.
fn script(command: &[String], words: &Words) -> String {
    let mut text = format!("\n{}\n", say!(words, "cli-script-heading"));
    for line in script_text().lines() {
        push_line(&mut text, &format!("  | {line}"));
    }
    let shown = command.iter().map(|word| if word == script_text() { "…" } else { word.as_str() });
    push_line(&mut text, &say!(words, "cli-script-command", command = shown.collect::<Vec<_>>().join(" ")));
    text
}

/// A diff with `+` and `-`, each hunk set apart.
pub(super) fn diff_text(diff: &Diff, colour: bool) -> String {
    let mut text = String::new();
    for (number, hunk) in diff.hunks.iter().enumerate() {
        if number > 0 {
            text.push_str("    …\n");
        }
        for line in &hunk.lines {
            let (sign, paint_with) = match line.kind {
                LineKind::Kept => (' ', ""),
                LineKind::Removed => ('-', RED),
                LineKind::Added => ('+', GREEN),
            };
            let shown = format!("    {sign} {}", visible(&line.text));
            push_line(&mut text, &if paint_with.is_empty() { shown } else { paint(&shown, paint_with, colour) });
        }
    }
    text
}

fn paint(text: &str, with: &str, colour: bool) -> String {
    if colour { format!("{with}{text}{PLAIN}") } else { text.to_owned() }
}

fn push_line(text: &mut String, line: &str) {
    // Writing to a string cannot fail.
    let _ = writeln!(text, "{line}");
}
