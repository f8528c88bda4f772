//! Distributions that may have Streamlit components, by their `.dist-info` and `.egg-info`, wherever `sys.path` leads.

use crate::guarded;
use crate::project::files::read_start;
use std::ffi::OsStr;
use std::path::{Path, PathBuf};

/// The headers stand at the beginning; the rest of a METADATA file is the package's README.
const HEADER_BYTES: u64 = 64 * 1024;
const RECORD_BYTES: u64 = 16 * 1024 * 1024;

/// One distribution.
pub(super) struct Distribution {
    /// The name as its metadata has it: `streamlit-extras`.
    pub(super) name: String,
    info: PathBuf,
    /// The folder that the paths of RECORD start from.
    site: PathBuf,
}

/// Lists the distributions that Streamlit looks into, in the order of their folders.
pub(super) fn installed(search_path: &[PathBuf]) -> Vec<Distribution> {
    let mut found = Vec::new();
    for site in search_path {
        let is_info = |path: &PathBuf| ["dist-info", "egg-info"].map(OsStr::new).map(Some).contains(&path.extension());
        let mut infos: Vec<PathBuf> = guarded::paths_in(site).into_iter().filter(is_info).collect();
        infos.sort();
        found.extend(infos.into_iter().filter_map(|info| Distribution::read(site, info)));
    }
    found
}

impl Distribution {
    /// `None` where it has no name, or nothing to do with Streamlit.
    fn read(site: &Path, info: PathBuf) -> Option<Self> {
        // An `.egg-info` may be a file: it is the metadata then.
        let places = [info.join("METADATA"), info.join("PKG-INFO"), info.clone()];
        let metadata = places.iter().find_map(|place| read_start(place, HEADER_BYTES))?;
        let metadata = String::from_utf8_lossy(&metadata).into_owned();
        let headers: Vec<(&str, &str)> = metadata
            .lines()
            .take_while(|line| !line.trim().is_empty())
            .filter_map(|line| line.split_once(':'))
            .map(|(key, value)| (key.trim(), value.trim()))
            .collect();
        let all = |name: &'static str| headers.iter().filter(move |(key, _)| key.eq_ignore_ascii_case(name));
        let name = all("Name").next()?.1.to_owned();
        let speaks_of_it = |text: &str| text.to_lowercase().contains("streamlit");
        let likely = speaks_of_it(&name)
            || all("Summary").take(1).any(|(_, text)| speaks_of_it(text))
            || all("Requires-Dist").any(|(_, text)| speaks_of_it(text))
            || ["st-", "st_"].iter().any(|start| name.to_lowercase().starts_with(start));
        likely.then(|| Self { name, info, site: site.to_path_buf() })
    }

    /// The name under which Streamlit tries to import it.
    pub(super) fn package_name(&self) -> String {
        self.name.replace('-', "_")
    }

    /// The folder of the package that is imported under that name; of a module in one file, the folder it lies in.
    pub(super) fn package_folder(&self, search_path: &[PathBuf]) -> Option<PathBuf> {
        let name = self.package_name();
        let edited = self.edited_folder().into_iter().flat_map(|folder| [folder.join("src"), folder]);
        search_path.iter().cloned().chain(edited).find_map(|folder| {
            let package = folder.join(&name);
            if guarded::is_file(&package.join("__init__.py")) {
                Some(package)
            } else {
                guarded::is_file(&folder.join(format!("{name}.py"))).then_some(folder)
            }
        })
    }

    /// The first package of that name in its list of files.
    pub(super) fn recorded_package(&self) -> Option<PathBuf> {
        let name = self.package_name();
        let init = self.recorded().find(|path| path.contains(&name) && path.contains("__init__.py"))?;
        self.site.join(init).parent().map(Path::to_path_buf)
    }

    /// The manifests in its list of files, in its order.
    pub(super) fn recorded_manifests(&self) -> impl Iterator<Item = PathBuf> {
        self.recorded().filter(|path| path.ends_with("pyproject.toml")).map(|path| self.site.join(path))
    }

    fn recorded(&self) -> impl Iterator<Item = String> + use<> {
        let lists = ["RECORD", "installed-files.txt", "SOURCES.txt"].map(|name| self.info.join(name));
        let bytes = lists.iter().find_map(|list| read_start(list, RECORD_BYTES)).unwrap_or_default();
        let text = String::from_utf8_lossy(&bytes).into_owned();
        text.lines().filter_map(first_field).collect::<Vec<_>>().into_iter()
    }

    /// The project of an editable install (PEP 610).
    fn edited_folder(&self) -> Option<PathBuf> {
        let bytes = read_start(&self.info.join("direct_url.json"), HEADER_BYTES)?;
        let direct: serde_json::Value = serde_json::from_slice(&bytes).ok()?;
        direct.pointer("/dir_info/editable")?.as_bool()?.then_some(())?;
        let path = direct.get("url")?.as_str()?.strip_prefix("file://")?;
        let path = percent_encoding::percent_decode_str(path).decode_utf8().ok()?;
        Some(PathBuf::from(path.into_owned()))
    }
}

/// The path of one line of RECORD, which is CSV: quoted where it has a comma or a quote in it.
fn first_field(line: &str) -> Option<String> {
    let Some(quoted) = line.strip_prefix('"') else { return line.split(',').next().map(str::to_owned) };
    let mut field = String::new();
    let mut letters = quoted.chars().peekable();
    while let Some(letter) = letters.next() {
        if letter == '"' && letters.next_if_eq(&'"').is_none() {
            return Some(field);
        }
        field.push(letter);
    }
    None
}

#[cfg(test)]
mod tests {
    use super::first_field;

    #[test]
    fn paths_of_a_record_may_be_quoted() {
        for (line, path) in [
            ("a/pyproject.toml,sha256=x,1", Some("a/pyproject.toml")),
            ("\"a,b/\"\"c\"\".toml\",,", Some("a,b/\"c\".toml")),
            ("\"never closed", None),
            ("", Some("")),
        ] {
            assert_eq!(first_field(line).as_deref(), path, "{line}");
        }
    }
}
