//! The message bus of the desktop.

use zbus::blocking::{Connection, connection::Builder};

/// Buses that the desktop is asked on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Bus {
    /// The one of the person's session.
    Session,
    /// The one at this address.
    At(String),
}

impl Bus {
    /// Connects. May block: never on the drawing thread.
    ///
    /// # Errors
    /// Whatever zbus says when there is no such bus or it lets nobody in.
    pub fn connect(&self) -> zbus::Result<Connection> {
        match self {
            Self::Session => Connection::session(),
            Self::At(address) => Builder::address(address.as_str())?.build(),
        }
    }
}
