//! What is wrong with a settings file, in words.

use crate::project::streamlit::TomlMistake;
use crate::say;
use crate::words::Words;

impl TomlMistake {
    /// The mistake, as a part of a sentence.
    #[must_use]
    pub fn in_words(self, words: &Words) -> String {
        match self {
            Self::ByteOrderMark => say!(words, "toml-byte-order-mark"),
            Self::OpenQuote => say!(words, "toml-open-quote"),
            Self::OpenBracket => say!(words, "toml-open-bracket"),
            Self::NoEquals => say!(words, "toml-no-equals"),
            Self::NoValue => say!(words, "toml-no-value"),
            Self::NoQuotes => say!(words, "toml-no-quotes"),
            Self::Twice => say!(words, "toml-twice"),
            Self::BrokenBraces => say!(words, "toml-broken-braces"),
            Self::Other => say!(words, "toml-other"),
        }
    }
}
