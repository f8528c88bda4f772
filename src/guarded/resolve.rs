//! Which file system a path leads to, found out without touching one that may not answer: links are read one by one,
//! and only where the folder they lie in is known to answer.

use super::mounts::{Mount, Table};
use std::ffi::{OsStr, OsString};
use std::os::unix::ffi::OsStringExt;
use std::path::{Component, Path, PathBuf};

/// Where a path leads.
#[derive(Debug)]
pub(super) enum Location<'t> {
    /// To a file system that answers, by this path.
    Here(PathBuf),
    /// To one that may not, or over it.
    There { mount: &'t Mount, path: PathBuf },
}

/// Links that the kernel follows in one path (`path_resolution(7)`).
const MOST_LINKS: usize = 40;

/// Finds where `path` leads. `follow`: also where its last component is a link.
pub(super) fn location<'t>(path: &Path, follow: bool, table: &'t Table) -> Location<'t> {
    let Ok(path) = std::path::absolute(path) else { return Location::Here(path.to_path_buf()) };
    let mut at = PathBuf::from("/");
    if let Some(mount) = table.may_hang_at(&at) {
        return Location::There { mount, path };
    }
    // What is still to be gone, the next step last.
    let mut steps = steps(&path);
    let mut links = 0;
    while let Some(step) = steps.pop() {
        if step == ".." {
            at.pop();
            continue;
        }
        at.push(&step);
        if let Some(mount) = table.may_hang_at(&at) {
            return Location::There { mount, path: with(at, steps) };
        }
        // The links below /proc lead to what their texts do not tell.
        if table.is_proc(&at) || (steps.is_empty() && !follow) {
            break;
        }
        match rustix::fs::readlink(&at, Vec::new()) {
            Ok(target) if links < MOST_LINKS => {
                links += 1;
                let target = PathBuf::from(OsString::from_vec(target.into_bytes()));
                at.pop();
                if target.is_absolute() {
                    at = PathBuf::from("/");
                }
                steps.extend(self::steps(&target));
            }
            Err(rustix::io::Errno::INVAL) => {}
            // A loop, or nothing there that can be asked: the kernel says so without waiting.
            Ok(_) | Err(_) => break,
        }
    }
    Location::Here(with(at, steps))
}

/// The steps of a path, the first one last.
fn steps(path: &Path) -> Vec<OsString> {
    let mut steps: Vec<OsString> = path
        .components()
        .filter_map(|step| match step {
            Component::Normal(name) => Some(name.to_owned()),
            Component::ParentDir => Some(OsStr::new("..").to_owned()),
            Component::RootDir | Component::CurDir | Component::Prefix(_) => None,
        })
        .collect();
    steps.reverse();
    steps
}

fn with(mut path: PathBuf, steps: Vec<OsString>) -> PathBuf {
    path.extend(steps.into_iter().rev());
    path
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::os::unix::fs::symlink;

    /// A table where `below/far` of a folder may hang.
    fn fixture() -> (tempfile::TempDir, PathBuf, Table) {
        let folder = tempfile::tempdir().unwrap();
        let root = folder.path().canonicalize().unwrap();
        std::fs::create_dir_all(root.join("below/far")).unwrap();
        let text = format!("1 0 8:1 / / rw - ext4 x rw\n7 1 0:9 / {}/below/far rw - nfs4 h:/ rw\n", root.display());
        let table = Table::parse(text.as_bytes());
        (folder, root, table)
    }

    fn is_there(path: &Path, table: &Table) -> Option<PathBuf> {
        match location(path, true, table) {
            Location::There { path, .. } => Some(path),
            Location::Here(_) => None,
        }
    }

    #[test]
    fn a_path_into_a_mount_that_may_hang_is_seen_through_any_links() {
        let (_folder, root, table) = fixture();
        let far = root.join("below/far");
        symlink("below", root.join("by-name")).unwrap();
        symlink(far.join("x"), root.join("absolute")).unwrap();
        symlink("../absolute/y/../z", root.join("below/up")).unwrap();
        for (path, led_to) in [
            ("below/far", "below/far"),
            ("below/far/a/b", "below/far/a/b"),
            ("by-name/far/a", "below/far/a"),
            ("absolute/b", "below/far/x/b"),
            ("below/up", "below/far/x/y/../z"),
            ("by-name/../by-name/far", "below/far"),
        ] {
            assert_eq!(is_there(&root.join(path), &table), Some(root.join(led_to)), "{path}");
        }
        for path in ["", "below", "below/farther", "by-name", "missing/far"] {
            assert_eq!(is_there(&root.join(path), &table), None, "{path}");
        }
    }

    #[test]
    fn a_link_is_not_followed_where_it_is_asked_for_itself() {
        let (_folder, root, table) = fixture();
        symlink(root.join("below/far"), root.join("link")).unwrap();
        assert!(
            matches!(location(&root.join("link"), false, &table), Location::Here(path) if path == root.join("link"))
        );
        assert!(is_there(&root.join("link"), &table).is_some());
    }

    #[test]
    fn links_in_a_circle_end() {
        let (_folder, root, table) = fixture();
        symlink("two", root.join("one")).unwrap();
        symlink("one", root.join("two")).unwrap();
        assert_eq!(is_there(&root.join("one/x"), &table), None);
    }
}
