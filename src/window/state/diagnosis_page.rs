//! Choices on the second step.

use super::derived::{Address, Derived};
use super::growth::Growth;
use super::shading::Shading;
use super::tiles::{Map, Tile};
use super::watched::Watched;
use super::{Judged, Tab};
use crate::machine::Holders;
use crate::project::tree::Heavy;
use crate::report::Section;
use crate::window::widgets::table::SortOrder;
use crate::words::Language;
use std::ffi::OsString;
use std::sync::Arc;

/// The column of the process table that it is sorted by at first.
pub const WATCHES_COLUMN: usize = 5;

/// Facts that the list of processes is made from.
#[derive(PartialEq)]
pub struct Listing {
    /// The survey's facts.
    pub surveyed: Address<Judged>,
    /// The holders that were read since.
    pub read: Option<Address<Holders>>,
    /// Text to be found in the processes shown.
    pub filter: String,
    /// The order of the processes.
    pub sort: SortOrder,
    /// The language in which they are found and sorted.
    pub language: Language,
}

/// Choices on the second step.
pub struct DiagnosisPage {
    /// The table shown.
    pub tab: Tab,
    /// Whether everything that the judgement rests on is shown.
    pub details: bool,
    /// Holders newer than the survey's own: the table of processes refreshes itself.
    pub holders: Option<Arc<Holders>>,
    /// The order of the processes.
    pub sort: SortOrder,
    /// Text to be found in the processes shown.
    pub filter: String,
    /// The process whose command line is shown.
    pub selected: Option<u32>,
    /// The folder looked into, name by name from the project's root.
    pub inside: Vec<OsString>,
    /// The project's heaviest folders.
    pub heaviest: Derived<Address<Judged>, Vec<Heavy>>,
    /// The processes that are listed, by their place in the facts.
    pub listed: Derived<Listing, Vec<usize>>,
    /// Sections of the report on the settings, or of the system.
    pub sections: Derived<(Address<Judged>, Language, Tab), Vec<Section>>,
    /// The areas of the map of folders.
    pub map: Derived<Map, Vec<Tile>>,
    /// The gauge is shown as a table, too.
    pub gauge_table: bool,
    /// The watches over time, since the window was opened.
    pub watched: Watched,
    /// Who only ever takes more, since the window was opened.
    pub growth: Growth,
    /// The watches over time are shown as a table, too.
    pub watched_table: bool,
    /// The shading in the map of folders.
    pub shading: Shading,
}

impl Default for DiagnosisPage {
    fn default() -> Self {
        let sort = SortOrder { column: WATCHES_COLUMN, descending: true };
        let (filter, inside) = (String::new(), Vec::new());
        let (gauge_table, watched_table) = (false, false);
        let (watched, growth, shading) = (Watched::default(), Growth::default(), Shading::default());
        let (tab, details, holders, selected) = (Tab::default(), false, None, None);
        let (heaviest, listed, map) = (Derived::default(), Derived::default(), Derived::default());
        let sections = Derived::default();
        Self {
            tab,
            details,
            holders,
            sort,
            filter,
            selected,
            inside,
            heaviest,
            listed,
            map,
            sections,
            gauge_table,
            watched,
            growth,
            watched_table,
            shading,
        }
    }
}
