//! Typefaces: Inter and Hack are built in, everything else comes from the system.

use super::theme::Weight;
use crate::guarded;
use eframe::egui::{Context, FontData, FontDefinitions, FontFamily};
use std::io;
use std::path::PathBuf;
use std::process::{Child, Command};
use std::sync::Arc;

const INTER: [(&str, &[u8]); 4] = [
    ("inter", include_bytes!("../../assets/fonts/Inter-Regular.otf")),
    ("inter-medium", include_bytes!("../../assets/fonts/Inter-Medium.otf")),
    ("inter-semibold", include_bytes!("../../assets/fonts/Inter-SemiBold.otf")),
    ("inter-bold", include_bytes!("../../assets/fonts/Inter-Bold.otf")),
];
/// The typeface for code; stands behind Inter for Greek, Cyrillic and what else it has.
const HACK: &[u8] = include_bytes!("../../assets/fonts/Hack-Regular.ttf");
const LANGUAGE_NAME: &[u8] = include_bytes!("../../assets/fonts/NotoSansSC-language-name.otf");

/// A font file of the system, read.
pub struct SystemFont {
    bytes: Arc<Vec<u8>>,
    index: u32,
}

/// A system font for Chinese: the regular one, and the bold one where there is one of its own.
pub struct Chinese {
    regular: SystemFont,
    bold: SystemFont,
}

/// Gives egui the typefaces; `chinese` stands behind Inter where it is given.
pub fn install(ctx: &Context, chinese: Option<&Chinese>) {
    let mut fonts = FontDefinitions::empty();
    let add = |fonts: &mut FontDefinitions, name: &str, data: FontData| {
        fonts.font_data.insert(name.to_owned(), Arc::new(data));
    };
    for (name, bytes) in INTER {
        add(&mut fonts, name, FontData::from_static(bytes));
    }
    add(&mut fonts, "hack", FontData::from_static(HACK));
    add(&mut fonts, "language-name", FontData::from_static(LANGUAGE_NAME));
    if let Some(Chinese { regular, bold }) = chinese {
        for (name, font) in [("chinese", regular), ("chinese-bold", bold)] {
            add(&mut fonts, name, FontData::from_blob(Arc::clone(&font.bytes) as _, font.index));
        }
    }
    for (weight, (name, _)) in Weight::ALL.into_iter().zip(INTER) {
        let chinese_name = if matches!(weight, Weight::Regular) { "chinese" } else { "chinese-bold" };
        let chinese_name = chinese.map_or("language-name", |_| chinese_name);
        fonts.families.insert(weight.family(), [name, chinese_name, "hack"].map(str::to_owned).into());
    }
    let chinese_name = chinese.map_or("language-name", |_| "chinese");
    fonts.families.insert(FontFamily::Monospace, ["hack", "inter", chinese_name].map(str::to_owned).into());
    ctx.set_fonts(fonts);
}

/// The question whether the system has any font at all. Where fontconfig knows none, the library that looks for missing
/// letters ends the program, so it must not be asked. Without `fc-list` nothing is known, and it is left to that library.
pub struct AnyFont(io::Result<Child>);

impl AnyFont {
    /// Asks; the answer takes some ten milliseconds.
    #[must_use]
    pub fn ask() -> Self {
        Self(Command::new("fc-list").arg("--quiet").spawn())
    }

    /// Waits for the answer.
    #[must_use]
    pub fn answer(self) -> bool {
        self.0.and_then(|mut asked| asked.wait()).map_or(true, |status| status.success())
    }
}

/// Bytes of a font; the largest collections of Chinese faces have some hundred million.
const LARGEST_FONT_BYTES: u64 = 512 << 20;

/// Asks fontconfig for the system's Chinese fonts and reads them. Slow: for a background thread.
/// `None` where there is none, or no fontconfig.
#[must_use]
pub fn find_chinese() -> Option<Chinese> {
    let (file, index) = fontconfig("sans-serif:lang=zh-cn")?;
    let regular = SystemFont { bytes: Arc::new(guarded::read(&file, LARGEST_FONT_BYTES).ok()?), index };
    let bold = fontconfig("sans-serif:lang=zh-cn:bold").and_then(|(bold, index)| {
        let same = bold == file;
        let bytes =
            if same { Arc::clone(&regular.bytes) } else { Arc::new(guarded::read(&bold, LARGEST_FONT_BYTES).ok()?) };
        Some(SystemFont { bytes, index })
    });
    let bold = bold.unwrap_or_else(|| SystemFont { bytes: Arc::clone(&regular.bytes), index });
    Some(Chinese { regular, bold })
}

/// Asks for the file and face of the best match. fontconfig always matches something, so the answer has to name the
/// language.
fn fontconfig(pattern: &str) -> Option<(PathBuf, u32)> {
    let answer = Command::new("fc-match").args(["-f", "%{file}\n%{index}\n%{lang}", pattern]).output().ok()?;
    parse_match(std::str::from_utf8(&answer.stdout).ok()?)
}

fn parse_match(answer: &str) -> Option<(PathBuf, u32)> {
    let mut lines = answer.lines();
    let (file, index, languages) = (lines.next()?, lines.next()?, lines.next()?);
    // The upper half of the index names an instance of a variable font; the face is in the lower one.
    let face = u32::try_from(index.parse::<i64>().ok()? & 0xffff).ok()?;
    languages.split('|').any(|language| language == "zh-cn").then(|| (PathBuf::from(file), face))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_match_counts_only_when_the_font_knows_the_language() {
        let noto = "/usr/share/fonts/NotoSansCJK-Regular.ttc\n2\naa|en|zh-cn|zh-sg";
        assert_eq!(parse_match(noto), Some((PathBuf::from("/usr/share/fonts/NotoSansCJK-Regular.ttc"), 2)));
        let variable = "/usr/share/fonts/NotoSansCJK-VF.otf.ttc\n131074\nzh-cn";
        assert_eq!(parse_match(variable), Some((PathBuf::from("/usr/share/fonts/NotoSansCJK-VF.otf.ttc"), 2)));
        assert_eq!(parse_match("/usr/share/fonts/DejaVuSans.ttf\n0\naa|en|de"), None);
        assert_eq!(parse_match(""), None);
    }
}
