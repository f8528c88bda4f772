//! The window, used as its users do: by accessible names and keys, without a display, and once for real.

mod atspi;
mod fix;
mod fixtures;
mod idle;
mod journeys;
mod password;
mod person;
mod project;
mod real;
mod story;
mod tab_order;
mod tables;
mod verify;
