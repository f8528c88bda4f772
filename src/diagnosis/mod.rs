//! Judgement: pure functions from facts to findings, verdict and recommendation. No I/O at all.

pub mod error_text;
