//! The window, used as its users do: by accessible names and keys, without a display, and once for real.

mod export;
mod fix;
mod fixtures;
mod journeys;
mod layout;
mod manners;
mod password;
mod people;
mod person;
mod pictures;
mod project;
mod real;
mod restart;
mod scenes;
mod snapshots;
mod tables;
mod theme;
mod verify;
