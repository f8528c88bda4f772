//! The document to share: one model, one file per format.
