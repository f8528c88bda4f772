//! The installed version of a package, from the metadata that installers leave beside it.

use super::Version;
use crate::guarded;
use std::path::{Path, PathBuf};
use std::time::SystemTime;

/// The headers stand at the beginning; the rest of a METADATA file is the package's README.
const HEADER_BYTES: u64 = 64 * 1024;

/// The version of `package` (a normalised name: lower case, `_` between words) that is imported from `folders`.
pub(super) fn installed(package: &str, folders: &[PathBuf]) -> Option<Version> {
    folders.iter().find_map(|folder| in_folder(package, folder))
}

/// Finds the version in one folder: where several are left (an upgrade that broke off), the one installed last.
fn in_folder(package: &str, folder: &Path) -> Option<Version> {
    let entries = guarded::entries(folder).ok()?.into_iter();
    let found = entries.filter_map(|entry| MetadataRecord::read(package, folder, &folder.join(entry.name)));
    found
        .max_by(|a, b| {
            (a.complete, a.installed_at, &a.version.release).cmp(&(b.complete, b.installed_at, &b.version.release))
        })
        .map(|record| record.version)
}

/// Tells whether a distribution of this name (in any spelling) is installed in one of the folders.
pub(super) fn is_installed(distribution: &str, folders: &[PathBuf]) -> bool {
    let wanted = normalised(distribution);
    let is_wanted = |entry: guarded::Entry| {
        let name = entry.name.to_string_lossy();
        let stem = [".dist-info", ".egg-info", ".egg-link"].iter().find_map(|end| name.strip_suffix(end));
        stem.is_some_and(|stem| normalised(stem.split_once('-').map_or(stem, |(project, _)| project)) == wanted)
    };
    folders.iter().filter_map(|folder| guarded::entries(folder).ok()).flatten().any(is_wanted)
}

/// One `….dist-info`, `….egg-info` or `….egg-link`.
struct MetadataRecord {
    version: Version,
    /// An installer finished: the list of files is there.
    complete: bool,
    installed_at: Option<SystemTime>,
}

impl MetadataRecord {
    fn read(package: &str, folder: &Path, path: &Path) -> Option<Self> {
        let name = path.file_name()?.to_str()?;
        let (stem, kind) = name.rsplit_once('.')?;
        let (project, named_version) = stem.split_once('-').unwrap_or((stem, ""));
        if normalised(project) != package {
            return None;
        }
        let file = match kind {
            "dist-info" => path.join("METADATA"),
            "egg-info" if guarded::is_folder(path) => path.join("PKG-INFO"),
            "egg-info" => path.to_path_buf(),
            "egg-link" => linked(package, path)?,
            _ => return None,
        };
        if kind == "dist-info" && !is_importable(package, folder, path) {
            return None;
        }
        // A broken METADATA still has its version in the folder's name: `streamlit-1.67.0.dist-info`.
        let version = header(&file, "version")
            .and_then(|text| Version::parse(&text))
            .or_else(|| Version::parse(named_version))?;
        let installed_at = guarded::about(path).ok().map(|about| about.modified());
        Some(Self { version, complete: guarded::exists(&path.join("RECORD")), installed_at })
    }
}

/// Metadata whose package is gone is what a broken uninstall leaves. An editable install has its package elsewhere.
fn is_importable(package: &str, folder: &Path, info: &Path) -> bool {
    guarded::is_folder(&folder.join(package))
        || guarded::is_file(&folder.join(package).with_extension("py"))
        || guarded::exists(&info.join("direct_url.json"))
}

/// `streamlit.egg-link` holds the folder of an editable install in its first line.
fn linked(package: &str, link: &Path) -> Option<PathBuf> {
    let text = read_start(link)?;
    let folder = PathBuf::from(text.lines().next()?.trim());
    Some(folder.join(format!("{package}.egg-info")).join("PKG-INFO"))
}

/// One header of the e-mail-like format; names in any case, the first one counts, the body is not looked at.
fn header(file: &Path, name: &str) -> Option<String> {
    let text = read_start(file)?;
    find_header(&text, name).map(str::to_owned)
}

fn find_header<'t>(text: &'t str, name: &str) -> Option<&'t str> {
    let headers = text.lines().take_while(|line| !line.trim().is_empty());
    let mut pairs = headers.filter_map(|line| line.split_once(':'));
    pairs.find(|(key, _)| key.eq_ignore_ascii_case(name)).map(|(_, value)| value.trim())
}

fn read_start(file: &Path) -> Option<String> {
    let bytes = guarded::read_start(file, HEADER_BYTES).ok()?;
    Some(String::from_utf8_lossy(&bytes).into_owned())
}

/// The name as PEP 503 compares it, with `_` as in the names of folders.
fn normalised(name: &str) -> String {
    let words = name.split(['-', '_', '.']).filter(|word| !word.is_empty());
    words.collect::<Vec<_>>().join("_").to_ascii_lowercase()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use std::fs;

    /// A folder of packages with Streamlit's code in it.
    fn site() -> tempfile::TempDir {
        let folder = tempfile::tempdir().expect("a temporary folder");
        fs::create_dir(folder.path().join("streamlit")).expect("a package");
        folder
    }

    fn install(site: &Path, info: &str, file: &str, text: &str) {
        fs::create_dir_all(site.join(info)).expect("a metadata folder");
        fs::write(site.join(info).join(file), text).expect("a metadata file");
    }

    fn found(site: &Path) -> Option<String> {
        installed("streamlit", &[site.to_path_buf()]).map(|version| version.text)
    }

    #[test]
    fn the_version_stands_in_the_headers() {
        let site = site();
        install(
            site.path(),
            "streamlit-1.67.0.dist-info",
            "METADATA",
            "Name: streamlit\nVERSION: 1.67.0\n\nVersion: 9\n",
        );
        install(site.path(), "streamlit_extras-0.4.0.dist-info", "METADATA", "Version: 0.4.0\n\n");
        assert_eq!(found(site.path()).as_deref(), Some("1.67.0"));
    }

    #[test]
    fn a_broken_metadata_leaves_the_version_of_the_folder_name() {
        let site = site();
        install(site.path(), "Streamlit-1.40.2.dist-info", "METADATA", "\0\u{fffd} no header at all");
        assert_eq!(found(site.path()).as_deref(), Some("1.40.2"));
    }

    #[test]
    fn of_several_the_finished_one_counts() {
        let site = site();
        install(site.path(), "streamlit-1.57.0.dist-info", "RECORD", "");
        install(site.path(), "streamlit-1.67.0.dist-info", "METADATA", "Version: 1.67.0\n\n");
        assert_eq!(found(site.path()).as_deref(), Some("1.57.0"));
    }

    #[test]
    fn metadata_without_its_package_is_what_an_uninstall_left() {
        let folder = tempfile::tempdir().expect("a temporary folder");
        install(folder.path(), "streamlit-1.67.0.dist-info", "METADATA", "Version: 1.67.0\n\n");
        assert_eq!(found(folder.path()), None);
        install(folder.path(), "streamlit-1.67.0.dist-info", "direct_url.json", "{}");
        assert_eq!(found(folder.path()).as_deref(), Some("1.67.0"), "an editable install has its package elsewhere");
    }

    #[test]
    fn older_formats_are_read_too() {
        let site = site();
        install(site.path(), "streamlit-1.2.0-py3.9.egg-info", "PKG-INFO", "Version: 1.2.0\n\n");
        assert_eq!(found(site.path()).as_deref(), Some("1.2.0"));

        let (links, source) = (site_without_package(), tempfile::tempdir().expect("a temporary folder"));
        install(source.path(), "streamlit.egg-info", "PKG-INFO", "Version: 1.3.0\n\n");
        fs::write(links.path().join("streamlit.egg-link"), format!("{}\n.", source.path().display())).expect("a link");
        assert_eq!(found(links.path()).as_deref(), Some("1.3.0"));
    }

    fn site_without_package() -> tempfile::TempDir {
        tempfile::tempdir().expect("a temporary folder")
    }

    proptest! {
        #[test]
        fn any_metadata_is_survived(text in "(?s).{0,200}", name in "[vV]ersion") {
            let _ = find_header(&text, &name);
        }
    }
}
