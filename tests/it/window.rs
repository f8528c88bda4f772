//! The window, used as its users do: by accessible names and keys, without a display, and once for real.

mod fix;
mod fixtures;
mod journeys;
mod password;
mod person;
mod project;
mod real;
mod restart;
mod tables;
mod verify;
