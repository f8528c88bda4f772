//! A message for whoever started the program by a double-click where no window can be opened: nobody sees what it says
//! on standard error then. One of the desktop's own small programs shows it.

use super::WindowError;
use crate::say;
use crate::words::Words;
use std::ffi::OsString;
use std::io::IsTerminal as _;
use std::process::{Command, Stdio};

/// A program that shows a message.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Messenger {
    Zenity,
    Kdialog,
    NotifySend,
}

/// Shows why there is no window, unless someone reads along in a terminal. It is not waited for: whoever started this
/// program by a script gets its result all the same.
pub fn show(error: &WindowError, words: &Words) {
    if std::io::stderr().is_terminal() || std::io::stdout().is_terminal() {
        return;
    }
    let kde = std::env::var("XDG_CURRENT_DESKTOP").is_ok_and(|names| names.split(':').any(|name| name == "KDE"));
    let title = say!(words, "window-none");
    let text = say!(words, "window-none-detail", reason = error.sentence(words));
    for messenger in messengers(error, kde) {
        if start(*messenger, &title, &text) {
            break;
        }
    }
}

/// A dialog needs a display; a notification only the session's bus.
const fn messengers(error: &WindowError, kde: bool) -> &'static [Messenger] {
    use Messenger::{Kdialog, NotifySend, Zenity};
    match (error, kde) {
        (WindowError::NoDisplay(_), _) => &[NotifySend],
        (_, true) => &[Kdialog, Zenity, NotifySend],
        (_, false) => &[Zenity, Kdialog, NotifySend],
    }
}

/// Starts a program; returns `false` where it is not installed.
fn start(messenger: Messenger, title: &str, text: &str) -> bool {
    let (program, arguments) = command(messenger, title, text);
    let mut command = Command::new(program);
    command.args(arguments).stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
    command.spawn().is_ok()
}

fn command(messenger: Messenger, title: &str, text: &str) -> (&'static str, Vec<OsString>) {
    let (title_is, text_is) = (format!("--title={title}"), format!("--text={text}"));
    match messenger {
        Messenger::Zenity => ("zenity", words(&["--error", "--no-markup", "--width=480", &title_is, &text_is])),
        Messenger::Kdialog => ("kdialog", words(&["--title", title, "--error", text])),
        Messenger::NotifySend => ("notify-send", words(&["--app-name=Inotify Doctor", "--", title, text])),
    }
}

fn words(words: &[&str]) -> Vec<OsString> {
    words.iter().map(OsString::from).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn without_a_display_no_dialog_is_tried_and_a_kde_desktop_is_given_its_own() {
        let no_display = WindowError::NoDisplay(String::new());
        let no_opengl = WindowError::NoOpenGl(String::new());
        assert_eq!(messengers(&no_display, true), [Messenger::NotifySend]);
        assert_eq!(messengers(&no_opengl, false)[0], Messenger::Zenity);
        assert_eq!(messengers(&no_opengl, true)[0], Messenger::Kdialog);
    }

    #[test]
    fn a_text_is_one_argument_whatever_it_says() {
        let odd = "$(id); --help 'x'\n<b>";
        for messenger in [Messenger::Zenity, Messenger::Kdialog, Messenger::NotifySend] {
            let (_, arguments) = command(messenger, "title", odd);
            let text = arguments.last().and_then(|last| last.to_str()).expect("plain text");
            assert!(text == odd || text == format!("--text={odd}"), "{messenger:?}: {text}");
        }
    }
}
