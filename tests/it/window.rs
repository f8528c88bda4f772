//! The window, used as its users do: by accessible names and keys, without a display, and once for real.

mod error_text;
mod fix;
mod fix_elsewhere;
mod fix_files;
mod fixtures;
mod journeys;
mod notice;
mod password;
mod person;
mod project;
mod real;
mod tables;
mod verify;
