//! The program's sentences: Fluent messages from `assets/locale`, whose ids are checked when compiling.
//!
//! [`say!`](crate::say) makes a sentence. Numbers passed to it as numbers are grouped the way the language does
//! and still choose the plural form; process ids and other names that happen to be digits go in as strings.

use fluent_bundle::types::FluentValue;
use i18n_embed::fluent::FluentLanguageLoader;
use i18n_embed::{LanguageLoader, unic_langid::LanguageIdentifier};
use rust_embed::RustEmbed;
use std::path::{Path, PathBuf};

#[derive(RustEmbed)]
#[folder = "assets/locale"]
struct Locales;

/// The languages the program speaks.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Language {
    /// English.
    #[default]
    English,
    /// Simplified Chinese.
    Chinese,
}

impl Language {
    /// All languages, in the order in which a menu offers them.
    pub const ALL: [Self; 2] = [Self::English, Self::Chinese];

    /// The BCP 47 tag, which is also the folder below `assets/locale`.
    #[must_use]
    pub const fn tag(self) -> &'static str {
        match self {
            Self::English => "en",
            Self::Chinese => "zh-CN",
        }
    }

    /// The language's name in the language itself.
    #[must_use]
    pub const fn own_name(self) -> &'static str {
        match self {
            Self::English => "English",
            Self::Chinese => "简体中文",
        }
    }

    /// Chooses as gettext does: `LANGUAGE` (a list) unless the locale is "C", then `LC_ALL`, `LC_MESSAGES`, `LANG`.
    /// `variable` looks one up in the environment.
    pub fn from_environment(variable: impl Fn(&str) -> Option<String>) -> Self {
        let set = |name: &str| variable(name).filter(|value| !value.is_empty());
        let locale = ["LC_ALL", "LC_MESSAGES", "LANG"].into_iter().find_map(set).unwrap_or_default();
        if matches!(locale.split('.').next(), Some("" | "C" | "POSIX")) {
            return Self::English;
        }
        let list = set("LANGUAGE").unwrap_or_default();
        list.split(':').chain([locale.as_str()]).find_map(Self::from_locale).unwrap_or_default()
    }

    fn from_locale(locale: &str) -> Option<Self> {
        match locale.split(['_', '.', '@', '-']).next()? {
            "en" => Some(Self::English),
            "zh" => Some(Self::Chinese),
            _ => None,
        }
    }
}

/// The sentences of one language, ready for [`say!`](crate::say).
pub struct Words {
    language: Language,
    home: Option<PathBuf>,
    /// Used by [`say!`](crate::say); not meant to be used directly.
    pub loader: FluentLanguageLoader,
}

impl Words {
    /// Loads the sentences of `language`; a sentence that is missing there is said in English.
    #[must_use]
    pub fn new(language: Language) -> Self {
        let loader = FluentLanguageLoader::new("inotify_doctor", identifier(Language::English));
        // English is loaded behind any other: named here it would be read twice.
        loader
            .load_languages(&Locales, &[identifier(language)])
            .expect("the locale files are compiled in and tests load each of them");
        loader.set_use_isolating(false);
        loader.with_bundles_mut(|bundle| bundle.set_formatter(Some(|value, _| grouped_value(value))));
        Self { language, home: None, loader }
    }

    /// Writes `~` for this folder in paths, as a window does. What goes into a file or a terminal names it in full.
    #[must_use]
    pub fn at_home(mut self, home: Option<PathBuf>) -> Self {
        self.home = home.filter(|home| home.parent().is_some());
        self
    }

    /// A path as text for people: as [`shown`], with `~` for the home folder.
    #[must_use]
    pub fn path(&self, path: &Path) -> String {
        shown_at_home(path, self.home.as_deref())
    }

    /// One name after the other, as the language separates them.
    #[must_use]
    pub fn list(&self, names: &[String]) -> String {
        names.join(&crate::say!(self, "list-separator"))
    }

    /// The first few of `names` in a row, and how many more there are out of `count`.
    pub fn first_few(&self, names: impl Iterator<Item = String>, count: u64) -> String {
        const FEW: usize = 3;
        let mut parts: Vec<String> = names.take(FEW).collect();
        let rest = count.saturating_sub(parts.len() as u64);
        if rest > 0 {
            parts.push(crate::say!(self, "list-more", count = rest));
        }
        self.list(&parts)
    }

    /// Sentences one after the other, as the language writes them.
    #[must_use]
    pub fn sentences(&self, sentences: &[String]) -> String {
        sentences.join(&crate::say!(self, "between-sentences"))
    }

    /// The language these words are in.
    #[must_use]
    pub const fn language(&self) -> Language {
        self.language
    }

    /// An amount of memory or disk space, with one decimal below ten: `3.4 MiB`, `120 KiB`.
    #[must_use]
    pub fn bytes(&self, bytes: u64) -> String {
        const UNIT: u64 = 1024;
        let in_units = |unit: u64| {
            let tenths = bytes.saturating_mul(10) / unit;
            if tenths < 100 { format!("{}.{}", tenths / 10, tenths % 10) } else { self.number(bytes / unit) }
        };
        match bytes {
            0..UNIT => crate::say!(self, "size-bytes", value = bytes),
            UNIT..0x10_0000 => crate::say!(self, "size-kib", value = in_units(UNIT)),
            0x10_0000..0x4000_0000 => crate::say!(self, "size-mib", value = in_units(UNIT * UNIT)),
            _ => crate::say!(self, "size-gib", value = in_units(UNIT * UNIT * UNIT)),
        }
    }

    /// A whole number with the language's thousands separators. English and Chinese both use the comma.
    #[must_use]
    pub fn number(&self, value: u64) -> String {
        grouped_number(value)
    }
}

/// The same without a language, since all of ours use the comma: for what stands in a field.
#[must_use]
pub fn grouped_number(value: u64) -> String {
    grouped(&value.to_string())
}

/// A path as text for people: what is no UTF-8 becomes U+FFFD, control characters are escaped.
#[must_use]
pub fn shown(path: &Path) -> String {
    visible(&path.to_string_lossy())
}

/// The same with `~` for the folder `home`.
#[must_use]
pub fn shown_at_home(path: &Path, home: Option<&Path>) -> String {
    match home.and_then(|home| path.strip_prefix(home).ok()) {
        Some(inner) if inner.as_os_str().is_empty() => "~".to_owned(),
        Some(inner) => format!("~/{}", shown(inner)),
        None => shown(path),
    }
}

/// Returns text from outside on one line: what nobody would see is escaped, such as control characters, marks that
/// change the direction of writing, and the byte-order mark.
#[must_use]
pub fn visible(text: &str) -> String {
    let unseen = |character: char| {
        let marks = matches!(character, '\u{200e}' | '\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
        character.is_control() || marks || character == '\u{feff}'
    };
    let mut line = String::with_capacity(text.len());
    for character in text.chars() {
        if unseen(character) { line.extend(character.escape_default()) } else { line.push(character) }
    }
    line
}

fn identifier(language: Language) -> LanguageIdentifier {
    language.tag().parse().expect("the tags above are valid BCP 47")
}

fn grouped_value(value: &FluentValue<'_>) -> Option<String> {
    let FluentValue::Number(number) = value else { return None };
    Some(grouped(&number.as_string()))
}

/// Puts a comma before every third digit of the whole part.
fn grouped(number: &str) -> String {
    let (sign, digits) = number.strip_prefix('-').map_or(("", number), |rest| ("-", rest));
    let (whole, fraction) = digits.find('.').map_or((digits, ""), |dot| digits.split_at(dot));
    let mut text = String::from(sign);
    for (place, digit) in whole.chars().enumerate() {
        if place > 0 && (whole.len() - place) % 3 == 0 {
            text.push(',');
        }
        text.push(digit);
    }
    text.push_str(fraction);
    text
}

/// One sentence: `say!(words, "message-id", name = value, …)`. An unknown id or argument does not compile.
#[macro_export]
macro_rules! say {
    ($words:expr, $id:literal $(, $name:ident = $value:expr)* $(,)?) => {
        i18n_embed_fl::fl!($words.loader, $id $(, $name = { $value })*)
    };
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_grouped_by_three() {
        for (number, text) in
            [("0", "0"), ("999", "999"), ("1000", "1,000"), ("41233", "41,233"), ("-1234567.5", "-1,234,567.5")]
        {
            assert_eq!(grouped(number), text);
        }
    }

    #[test]
    fn the_home_folder_is_a_tilde_where_it_is_known() {
        let words = Words::new(Language::English);
        assert_eq!(words.path(Path::new("/home/mia/x")), "/home/mia/x");
        let words = words.at_home(Some("/home/mia".into()));
        let shown = ["/home/mia/x", "/home/mia", "/home/miau/x"].map(|path| words.path(Path::new(path)));
        assert_eq!(shown, ["~/x", "~", "/home/miau/x"]);
        assert_eq!(Words::new(Language::English).at_home(Some("/".into())).path(Path::new("/srv")), "/srv");
    }

    #[test]
    fn what_nobody_would_see_is_written_out() {
        assert_eq!(visible("\u{feff}[server]\t\u{202e}x 家"), "\\u{feff}[server]\\t\\u{202e}x 家");
    }

    #[test]
    fn the_language_follows_the_environment_as_gettext_does() {
        let choose = |pairs: &[(&str, &str)]| {
            Language::from_environment(|name| pairs.iter().find(|(n, _)| *n == name).map(|(_, v)| (*v).to_owned()))
        };
        // LANGUAGE, LC_ALL, LC_MESSAGES, LANG: what is not there is not set.
        for (set, language) in [
            (["-", "-", "-", "-"], Language::English),
            (["", "", "", ""], Language::English),
            (["-", "-", "-", "zh_CN.UTF-8"], Language::Chinese),
            (["-", "-", "-", "zh_CN"], Language::Chinese),
            (["-", "-", "-", "zh-Hans-CN"], Language::Chinese),
            (["-", "-", "-", "zh_SG.UTF-8@pinyin"], Language::Chinese),
            (["-", "-", "-", "de_DE.UTF-8"], Language::English),
            // The more particular variable wins; an empty one is none.
            (["-", "-", "zh_CN.UTF-8", "en_US.UTF-8"], Language::Chinese),
            (["-", "en_US.UTF-8", "zh_CN.UTF-8", "zh_CN.UTF-8"], Language::English),
            (["-", "", "zh_CN.UTF-8", "en_US.UTF-8"], Language::Chinese),
            // LANGUAGE is a list; the first one that is spoken counts, the locale is the last resort.
            (["de:zh_CN:en", "-", "-", "de_DE.UTF-8"], Language::Chinese),
            (["en_GB:zh_CN", "zh_CN.UTF-8", "-", "zh_CN.UTF-8"], Language::English),
            (["de:fr", "-", "-", "zh_CN.UTF-8"], Language::Chinese),
            (["", "-", "-", "zh_CN.UTF-8"], Language::Chinese),
            // Without a language asked for there is none, whatever LANGUAGE says.
            (["zh_CN", "C", "-", "zh_CN.UTF-8"], Language::English),
            (["zh_CN", "-", "-", "C.UTF-8"], Language::English),
            (["zh_CN", "POSIX", "-", "-"], Language::English),
            (["zh_CN", "-", "-", "-"], Language::English),
        ] {
            let names = ["LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG"];
            let pairs = names.into_iter().zip(set).filter(|(_, value)| *value != "-").collect::<Vec<_>>();
            assert_eq!(choose(&pairs), language, "{pairs:?}");
        }
    }

    #[test]
    fn amounts_are_written_as_the_language_does() {
        for (language, bytes, text) in [
            (Language::English, 1, "1 B"),
            (Language::English, 1_023, "1,023 B"),
            (Language::English, 3_500, "3.4 KiB"),
            (Language::English, 120 * 1024, "120 KiB"),
            (Language::English, 3 << 30, "3.0 GiB"),
            (Language::English, 5_000 << 30, "5,000 GiB"),
            (Language::Chinese, 1_023, "1,023 B"),
            (Language::Chinese, 3_500, "3.4 KiB"),
        ] {
            assert_eq!(Words::new(language).bytes(bytes), text);
        }
    }
}
