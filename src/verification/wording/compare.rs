//! Figures before and now, one by one.

use crate::say;
use crate::verification::{BeforeAfter, Figures, Row};
use crate::words::Words;

impl BeforeAfter {
    /// Returns every figure with its name.
    #[must_use]
    pub fn rows(&self, words: &Words) -> Vec<Row> {
        let mut rows = vec![
            self.watches(say!(words, "verify-compare-limit"), |figures| figures.limit, words),
            self.at_boot(words),
            self.other(say!(words, "verify-compare-instances"), |figures| figures.instance_limit, words),
            self.other(say!(words, "verify-compare-queue"), |figures| figures.queue, words),
            self.watches(say!(words, "verify-compare-held"), |figures| Some(figures.held), words),
            self.watches(say!(words, "verify-compare-need"), |figures| Some(figures.need), words),
            self.watches(say!(words, "verify-compare-missing"), |figures| Some(figures.missing), words),
        ];
        // Figures of which only one is known cannot be compared.
        if self.before.gaps.is_some() == self.after.gaps.is_some() {
            rows.push(self.other(say!(words, "verify-compare-gaps"), |figures| figures.gaps, words));
        }
        rows
    }

    fn watches(&self, name: String, of: fn(&Figures) -> Option<u64>, words: &Words) -> Row {
        let watches = of(&self.before).zip(of(&self.after)).map(|(before, after)| [before, after]);
        Row { watches, ..self.other(name, of, words) }
    }

    fn other(&self, name: String, of: fn(&Figures) -> Option<u64>, words: &Words) -> Row {
        let figure = |figures: &Figures| {
            of(figures).map_or_else(|| say!(words, "verify-compare-unknown"), |value| words.number(value))
        };
        Row { name, figures: [figure(&self.before), figure(&self.after)], watches: None }
    }

    /// Draws the row of the next boot: where no file sets the limit, that is known.
    fn at_boot(&self, words: &Words) -> Row {
        let figures = [self.before, self.after].map(|figures| {
            figures.limit_at_boot.map_or_else(|| say!(words, "verify-compare-no-file"), |limit| words.number(limit))
        });
        Row { name: say!(words, "verify-compare-at-boot"), figures, watches: None }
    }
}
