//! State of the step Fix: the choices made in it, the offers made of them, what came of what was done.

mod choices;
mod offers;
mod order;
mod page;

pub use choices::{Choices, TypedNumber, VariablePlace};
pub use offers::{History, Offers, SettingsOffer};
pub use order::{cards, recommended, recommended_plan};
pub use page::{Card, Doing, FixPage, LOG, Open, Told};
