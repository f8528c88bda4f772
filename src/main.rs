//! The program `inotify-doctor`. Everything is in the library.

use std::process::ExitCode;

fn main() -> ExitCode {
    inotify_doctor::cli::main()
}
