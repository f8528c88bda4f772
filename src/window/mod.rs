//! The wizard. The only place that knows egui.

use crate::survey::Request;
use crate::words::Words;

/// Why there is no window.
#[derive(Debug, thiserror::Error)]
#[error("no window")]
pub struct WindowError;

impl WindowError {
    /// The reason in a sentence.
    #[must_use]
    pub fn sentence(&self, _words: &Words) -> String {
        String::new()
    }
}

/// Shows the window until it is closed.
///
/// # Errors
/// When there is no display or no OpenGL.
pub fn run(_request: Request, _words: Words) -> Result<(), WindowError> {
    Err(WindowError)
}
