//! Writes the manual pages and the shells' completions, both from the definition of the command line, in the layout
//! of `/usr/share`: `cargo run --example manual -- FOLDER`. Packages contain what it writes; the program does not
//! contain this.

use clap_complete::Shell;
use inotify_doctor::cli::definition;
use inotify_doctor::words::{Language, Words};
use std::path::PathBuf;
use std::{env, fs, io};

const NAME: &str = "inotify-doctor";

fn main() -> io::Result<()> {
    let folder = env::args_os().nth(1).map(PathBuf::from);
    let folder = folder.ok_or_else(|| io::Error::other("usage: manual FOLDER"))?;
    for language in Language::ALL {
        let pages = folder.join(match language {
            Language::English => "man/man1",
            Language::Chinese => "man/zh_CN/man1",
        });
        fs::create_dir_all(&pages)?;
        clap_mangen::generate_to(definition(&Words::new(language)), pages)?;
    }
    // Where bash, zsh and fish look for those of packages.
    for (shell, place) in [
        (Shell::Bash, "bash-completion/completions/inotify-doctor"),
        (Shell::Zsh, "zsh/vendor-completions/_inotify-doctor"),
        (Shell::Fish, "fish/vendor_completions.d/inotify-doctor.fish"),
    ] {
        let mut text = Vec::new();
        clap_complete::generate(shell, &mut definition(&Words::new(Language::English)), NAME, &mut text);
        let place = folder.join(place);
        fs::create_dir_all(place.parent().expect("it is in a folder"))?;
        fs::write(place, text)?;
    }
    Ok(())
}
