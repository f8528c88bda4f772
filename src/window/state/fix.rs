//! State of the step Fix: the choices made in it, the offers made of them, what came of what was done.

mod choices;
mod offers;
mod page;

pub use choices::{Choices, VariablePlace};
pub use offers::{History, Offers, SettingsOffer};
pub use page::{Card, Doing, FixPage, LOG, Open, Told};
