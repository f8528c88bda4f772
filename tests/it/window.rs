//! The window, used as its users do: by accessible names and keys, without a display, and once for real.

mod atspi;
mod error_text;
mod export;
mod fix;
mod fix_elsewhere;
mod fix_files;
mod fixtures;
mod idle;
mod journeys;
mod layout;
mod manners;
mod notice;
mod password;
mod people;
mod person;
mod pictures;
mod project;
mod real;
mod restart;
mod scenes;
mod snapshots;
mod story;
mod tab_order;
mod tables;
mod theme;
mod verify;
