//! The place of each folder in the map of folders: only what is large enough to be seen, at most some hundred of them,
//! the rest as one area.

use super::Judged;
use super::derived::Address;
use crate::project::tree::Folder;
use crate::remedy::Relieving;
use crate::remedy::relief::Gone;
use crate::window::widgets::treemap;
use eframe::egui::{Pos2, Rect, Vec2, vec2};
use std::ffi::OsString;

/// Areas of one map at most.
const MOST_TILES: usize = 300;
/// Parts of one folder at most.
const MOST_PARTS: usize = 40;
/// A part with less than this many square points is not drawn by itself.
const LEAST_AREA: f64 = 260.0;
/// Height of a folder's name above what is in it.
pub const NAME: f32 = 24.0;
/// A folder smaller than this is drawn as one area.
const OPENS_FROM: Vec2 = vec2(150.0, 96.0);

/// Things that an area stands for.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum TileKind {
    /// A folder, closed.
    Folder,
    /// A folder with its parts inside.
    Opened,
    /// The parts of a folder that are too small.
    Rest,
}

/// One area.
pub struct Tile {
    /// The area's place, from the map's upper left corner.
    pub area: Rect,
    /// The thing that it stands for.
    pub kind: TileKind,
    /// The folder's name; of the rest, the name of the folder it is in.
    pub name: String,
    /// The way to that folder, name by name.
    pub way: Vec<OsString>,
    /// The folder can be looked into.
    pub opens: bool,
    /// Directories in it, itself included.
    pub directories: u64,
    /// Files in it.
    pub files: u64,
    /// Directories in it that the chosen remedy takes away.
    pub gone: u64,
}

/// Facts that a map is made from.
#[derive(PartialEq)]
pub struct Map {
    /// The facts.
    pub facts: Address<Judged>,
    /// The folder that is looked into.
    pub inside: Vec<OsString>,
    /// The map's size in points.
    pub size: Vec2,
    /// The remedy whose directories are shaded.
    pub shaded: Option<Relieving>,
}

/// Lays out what is in `folder`. `gone` is what the chosen remedy takes away of it.
#[must_use]
pub fn tiles(folder: &Folder, size: Vec2, gone: Share<'_>) -> Vec<Tile> {
    let mut tiles = Vec::new();
    inside(&mut tiles, folder, Rect::from_min_size(Pos2::ZERO, size), gone, &mut Vec::new());
    tiles
}

/// The share of a folder that goes.
#[derive(Clone, Copy)]
#[allow(missing_docs, reason = "the names say it")]
pub enum Share<'a> {
    Nothing,
    All,
    Some(&'a Gone),
}

impl<'a> Share<'a> {
    /// The share that a remedy takes, `None` without one.
    #[must_use]
    pub fn of(gone: Option<&'a Gone>) -> Self {
        match gone {
            None => Self::Nothing,
            Some(gone) if gone.directories == 0 => Self::Nothing,
            Some(gone) if gone.whole => Self::All,
            Some(gone) => Self::Some(gone),
        }
    }

    /// The share of the folder of this name inside.
    #[must_use]
    pub fn inside(self, name: &std::ffi::OsStr) -> Self {
        match self {
            Self::Some(gone) => Self::of(gone.inside.get(name)),
            Self::Nothing | Self::All => self,
        }
    }

    /// Directories that go, of this many.
    #[must_use]
    pub fn count(self, directories: u64) -> u64 {
        match self {
            Self::Nothing => 0,
            Self::All => directories,
            Self::Some(gone) => gone.directories.min(directories),
        }
    }
}

fn inside(tiles: &mut Vec<Tile>, folder: &Folder, area: Rect, gone: Share<'_>, way: &mut Vec<OsString>) {
    let count = large_enough(folder, area);
    let parts = &folder.children[..count];
    let named: u64 = parts.iter().map(|part| part.directories).sum();
    let rest = folder.directories.saturating_sub(named);
    let weights = parts.iter().map(|part| part.directories).chain((rest > 0).then_some(rest));
    #[allow(clippy::cast_precision_loss, reason = "areas on the screen")]
    let weights: Vec<f64> = weights.map(|directories| directories as f64).collect();
    let mut gone_inside = 0;
    for (place, rect) in treemap::squarify(&weights, area).into_iter().enumerate() {
        let Some(part) = parts.get(place) else {
            let gone = gone.count(folder.directories).saturating_sub(gone_inside).min(rest);
            tiles.push(Tile { directories: rest, gone, opens: false, ..tile(folder, rect, TileKind::Rest, way) });
            continue;
        };
        let goes = gone.inside(&part.name);
        gone_inside += goes.count(part.directories);
        way.push(part.name.clone());
        let opens = rect.width() > OPENS_FROM.x && rect.height() > OPENS_FROM.y;
        let opens = opens && !part.children.is_empty() && tiles.len() + MOST_PARTS < MOST_TILES;
        let kind = if opens { TileKind::Opened } else { TileKind::Folder };
        tiles.push(Tile { gone: goes.count(part.directories), ..tile(part, rect, kind, way) });
        if opens {
            let inner = Rect::from_min_max(rect.min + vec2(5.0, NAME + 1.0), rect.max - vec2(5.0, 5.0));
            inside(tiles, part, inner, goes, way);
        }
        way.pop();
    }
}

fn tile(folder: &Folder, area: Rect, kind: TileKind, way: &[OsString]) -> Tile {
    let name = folder.name.to_string_lossy().into_owned();
    let (opens, way) = (!folder.children.is_empty(), way.to_vec());
    Tile { area, kind, name, way, opens, directories: folder.directories, files: folder.files, gone: 0 }
}

/// Counts the heaviest parts that get an area of their own.
fn large_enough(folder: &Folder, area: Rect) -> usize {
    #[allow(clippy::cast_precision_loss, reason = "areas on the screen")]
    let points = |part: &Folder| part.directories as f64 / folder.directories.max(1) as f64 * f64::from(area.area());
    folder.children.iter().take(MOST_PARTS).take_while(|part| points(part) >= LEAST_AREA).count()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn wide(name: &str, levels: u32) -> Folder {
        let children: Vec<Folder> =
            if levels == 0 { vec![] } else { (0..25).map(|number| wide(&number.to_string(), levels - 1)).collect() };
        let directories = 1 + children.iter().map(|child| child.directories).sum::<u64>();
        Folder { name: name.into(), directories, files: 0, children }
    }

    #[test]
    fn a_huge_tree_is_a_few_hundred_areas_that_add_up() {
        let folder = wide("", 3);
        assert!(folder.directories > 16_000, "it is a large one");
        for size in [vec2(540.0, 220.0), vec2(1_080.0, 420.0), vec2(4_000.0, 2_000.0)] {
            let area = Rect::from_min_size(Pos2::ZERO, size);
            let tiles = tiles(&folder, size, Share::Nothing);
            assert!(tiles.len() <= MOST_TILES + MOST_PARTS, "{} areas", tiles.len());
            let top = tiles.iter().filter(|tile| tile.way.len() == usize::from(tile.kind != TileKind::Rest));
            let sum: u64 = top.map(|tile| tile.directories).sum();
            assert_eq!(sum, folder.directories, "what is not drawn by itself is in the rest");
            assert!(tiles.iter().all(|tile| area.expand(0.5).contains_rect(tile.area)), "all of it lies in the map");
        }
    }

    #[test]
    fn what_goes_is_told_for_each_area_and_for_the_rest() {
        let folder = wide("", 2);
        let whole = Gone { whole: true, directories: 26, ..Gone::default() };
        let gone = Gone { whole: false, directories: 30, inside: [("3".into(), whole)].into() };
        let tiles = tiles(&folder, vec2(1_080.0, 300.0), Share::of(Some(&gone)));
        let of = |name: &str| tiles.iter().find(|tile| tile.way == [OsString::from(name)]).map(|tile| tile.gone);
        assert_eq!((of("3"), of("4")), (Some(26), Some(0)));
        let rest = tiles.iter().find(|tile| tile.kind == TileKind::Rest && tile.way.is_empty());
        assert_eq!(rest.map(|rest| (rest.directories, rest.gone)), Some((1, 1)), "never more than there are");
    }
}
