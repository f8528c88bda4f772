//! Recognition of a program from its name and command line.

use super::kind::{Kind, base_name, runtime};
use super::tool::Tool;
use std::ffi::OsString;

impl Kind {
    /// Recognises what runs under the name `program` with the command line `argv` (which begins with the program).
    /// A program that starts another one (`uv run streamlit run app.py`, `sh -c "…"`) is not that other one.
    #[must_use]
    pub fn of(program: &str, argv: &[OsString]) -> Self {
        let words = words(argv);
        let named = words.first().map_or(program, |first| base_name(first));
        let names = [unwrapped(program), unwrapped(named)];
        let arguments = words.get(1..).unwrap_or_default();
        let by_tool = names.iter().find_map(|name| Tool::of(name, &words)?.kind());
        let by_name = || names.iter().find_map(|name| by_name(name));
        let by_arguments = || is_jetbrains_java(arguments).then_some(Self::Jetbrains);
        let by_runtime = || names.iter().find_map(|name| runtime(name));
        by_tool.or_else(by_name).or_else(by_arguments).or_else(by_runtime).unwrap_or(Self::Other)
    }
}

/// The arguments as text. Chromium and others join theirs to one title, which is taken apart at the spaces.
fn words(argv: &[OsString]) -> Vec<String> {
    match argv {
        [title] => title.to_string_lossy().split_ascii_whitespace().map(str::to_owned).collect(),
        argv => argv.iter().map(|argument| argument.to_string_lossy().into_owned()).collect(),
    }
}

/// NixOS starts `.nautilus-wrapped` for `nautilus`, systemd marks some of its services with an @, titles end in a
/// colon.
fn unwrapped(name: &str) -> &str {
    let name = name.trim_start_matches('@').trim_end_matches(':');
    name.strip_prefix('.').and_then(|name| name.strip_suffix("-wrapped")).unwrap_or(name)
}

fn is_jetbrains_java(arguments: &[String]) -> bool {
    arguments
        .iter()
        .any(|argument| argument == "com.intellij.idea.Main" || argument.starts_with("-Didea.paths.selector="))
}

fn by_name(name: &str) -> Option<Kind> {
    let name = name.to_ascii_lowercase();
    let begins = |prefixes: &[&str]| prefixes.iter().any(|prefix| name.starts_with(prefix));
    Some(match name.as_str() {
        "code" | "code-insiders" | "code-oss" | "code-server" | "code-tunnel" | "codium" | "vscodium" | "cursor" => {
            Kind::Vscode
        }
        "fsnotifier" | "fsnotifier64" | "idea" | "pycharm" | "webstorm" | "phpstorm" | "clion" | "goland" | "rider"
        | "rubymine" | "rustrover" | "datagrip" | "dataspell" => Kind::Jetbrains,
        "localsearch-3" | "localsearch" | "recollindex" | "recoll" => Kind::FileIndexer,
        "dropbox" | "dropboxd" | "syncthing" | "nextcloud" | "owncloud" | "insync" | "onedrive" | "seaf-daemon"
        | "megasync" => Kind::FileSync,
        "nautilus" | "dolphin" | "thunar" | "nemo" | "caja" | "pcmanfm" | "pcmanfm-qt" => Kind::FileManager,
        "plasmashell" | "ksmserver" | "krunner" | "cinnamon" | "xfdesktop" | "xfsettingsd" | "xfwm4" | "pulseaudio"
        | "pipewire" | "wireplumber" | "dconf-service" => Kind::Desktop,
        "systemd" | "(sd-pam)" | "udevd" | "dbus-daemon" | "dbus-broker" | "dbus-broker-launch" => Kind::Systemd,
        "dockerd" | "docker-proxy" | "containerd" => Kind::Docker,
        _ if begins(&["tracker-miner", "tracker-extract", "baloo_file", "localsearch-"]) => Kind::FileIndexer,
        _ if begins(&["systemd-"]) => Kind::Systemd,
        _ if begins(&["containerd-shim"]) => Kind::Docker,
        _ if begins(&DESKTOP_PREFIXES) => Kind::Desktop,
        _ => return None,
    })
}

/// Families of programs that belong to a desktop, its services and its input methods.
const DESKTOP_PREFIXES: [&str; 16] = [
    "gnome-",
    "gsd-",
    "gvfs",
    "xdg-",
    "plasma-",
    "plasma_",
    "kwin_",
    "kded",
    "kactivitymanager",
    "xfce4-",
    "mate-",
    "cinnamon-",
    "evolution-",
    "goa-",
    "ibus-",
    "fcitx",
];

#[cfg(test)]
mod tests {
    use super::*;
    use crate::machine::processes::kind::of_line as kind;
    use proptest::prelude::*;

    #[test]
    fn editors_are_known_with_their_helpers() {
        for (line, expected) in [
            ("/usr/share/code/code --type=utility --utility-sub-type=node.mojom.NodeService", Kind::Vscode),
            ("/home/a/.vscode-server/cli/servers/Stable-1/server/node /x/out/bootstrap-fork", Kind::Vscode),
            ("node /x/bootstrap-fork --type=fileWatcher", Kind::Vscode),
            ("/usr/lib/code-server/lib/node /usr/lib/code-server", Kind::Vscode),
            ("/opt/idea/bin/fsnotifier", Kind::Jetbrains),
            ("/opt/idea/jbr/bin/java -Xmx2g com.intellij.idea.Main", Kind::Jetbrains),
        ] {
            assert_eq!(kind(line), expected, "{line}");
        }
        let title = [OsString::from("/opt/code/codium --type=renderer --enable-x")];
        assert_eq!(Kind::of("codium", &title), Kind::Vscode);
    }

    #[test]
    fn a_title_is_believed_before_the_executable_below_it() {
        let of_node = |title: &str| Kind::of("node", &[OsString::from(title)]);
        assert_eq!(of_node("next-server (v15.0.1)"), Kind::Next);
        assert_eq!(of_node("npm exec vite"), Kind::Node);
        assert_eq!(of_node("anything else"), Kind::Node);
        assert_eq!(Kind::of("npx", &["npx", "vite"].map(OsString::from)), Kind::Node, "it only starts vite");
    }

    #[test]
    fn the_desktop_and_the_system_are_known() {
        for (line, expected) in [
            ("/usr/libexec/tracker-miner-fs-3", Kind::FileIndexer),
            ("/usr/libexec/localsearch-3", Kind::FileIndexer),
            ("/usr/bin/baloo_file", Kind::FileIndexer),
            ("/usr/bin/syncthing serve", Kind::FileSync),
            ("/usr/bin/Thunar --daemon", Kind::FileManager),
            ("/nix/store/x/bin/.nautilus-wrapped --gapplication-service", Kind::FileManager),
            ("/usr/libexec/gvfsd-trash --spawner :1.2", Kind::Desktop),
            ("/usr/libexec/xdg-desktop-portal", Kind::Desktop),
            ("/usr/lib/systemd/systemd --user", Kind::Systemd),
            ("(sd-pam)", Kind::Systemd),
            ("@dbus-daemon --system", Kind::Systemd),
            ("/usr/bin/containerd-shim-runc-v2 -id 1", Kind::Docker),
            ("/usr/bin/dockerd", Kind::Docker),
            ("", Kind::Other),
        ] {
            assert_eq!(kind(line), expected, "{line}");
        }
    }

    proptest! {
        #[test]
        fn any_command_line_gets_an_answer(
            program in "(python3?|node|streamlit|.{0,6})",
            argv in proptest::collection::vec("(-m|-W|-r|debugpy|streamlit|run|--|.{0,6})", 0..6),
        ) {
            let argv: Vec<_> = argv.into_iter().map(OsString::from).collect();
            prop_assert!(Kind::of(&program, &argv) <= Kind::Other);
        }
    }
}
