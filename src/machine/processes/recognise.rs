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
        let by_arguments = || by_arguments(&names, arguments);
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

/// What Java or Electron has been told to run.
fn by_arguments(names: &[&str], arguments: &[String]) -> Option<Kind> {
    let any = |is: fn(&str) -> bool| arguments.iter().any(|argument| is(argument));
    if any(|argument| argument == "com.intellij.idea.Main" || argument.starts_with("-Didea.paths.selector=")) {
        Some(Kind::Jetbrains)
    } else if any(is_gradle) && names.iter().any(|name| runtime(name) == Some(Kind::Java)) {
        Some(Kind::Gradle)
    } else if any(is_of_code) && names.iter().any(|name| name.starts_with("electron")) {
        Some(Kind::Vscode)
    } else {
        None
    }
}

/// `org.gradle.launcher.daemon.bootstrap.GradleDaemon`, `…/lib/gradle-launcher-8.5.jar`, `gradle/wrapper/gradle-wrapper.jar`.
fn is_gradle(argument: &str) -> bool {
    let is_jar = |part: &str| base_name(part).starts_with("gradle-") && part.ends_with(".jar");
    argument.split('.').any(|part| part == "gradle" || part == "GradleWorkerMain") || argument.split(':').any(is_jar)
}

/// `/usr/lib/code/out/cli.js`: distributions start Code with the Electron they have.
fn is_of_code(argument: &str) -> bool {
    argument.split('/').any(|folder| matches!(folder, "code" | "Code" | "code-oss" | "vscodium" | "VSCodium"))
}

fn by_name(name: &str) -> Option<Kind> {
    let name = name.to_ascii_lowercase();
    let begins = |prefixes: &[&str]| prefixes.iter().any(|prefix| name.starts_with(prefix));
    Some(match name.as_str() {
        "code" | "code-insiders" | "code-oss" | "code-server" | "code-tunnel" | "codium" | "vscodium" | "cursor"
        | "windsurf" | "windsurf-next" | "trae" | "kiro" | "positron" | "antigravity" => Kind::Vscode,
        "jetbrains_client" | "jetbrains_client64" | "idea" | "pycharm" | "webstorm" | "phpstorm" | "clion"
        | "goland" | "rider" | "rubymine" | "rustrover" | "datagrip" | "dataspell" | "aqua" => Kind::Jetbrains,
        "claude" | "codex" | "opencode" | "gemini" | "aider" | "cursor-agent" | "copilot" => Kind::AiAgent,
        "watchman" => Kind::Watchman,
        "gradle" => Kind::Gradle,
        "jellyfin" | "sonarr" | "radarr" | "lidarr" | "readarr" | "prowlarr" | "jackett" | "embyserver"
        | "omnisharp" => Kind::Dotnet,
        "tail" => Kind::Tail,
        "inotifywait" | "inotifywatch" | "fsnotifywait" => Kind::Inotifywait,
        "kubelet" | "kubelite" | "k3s" | "k3s-server" | "k3s-agent" | "rke2" => Kind::Kubelet,
        "promtail" | "alloy" | "grafana-agent" | "fluent-bit" | "fluentd" | "td-agent" | "filebeat" | "vector"
        | "otelcol" | "otelcol-contrib" | "rsyslogd" => Kind::LogCollector,
        "localsearch-3" | "localsearch" | "recollindex" | "recoll" => Kind::FileIndexer,
        "dropbox"
        | "dropboxd"
        | "syncthing"
        | "nextcloud"
        | "owncloud"
        | "insync"
        | "onedrive"
        | "seaf-daemon"
        | "megasync"
        | "maestral"
        | "owncloud-client"
        | "nextcloud-client"
        | "desktop-client.nextcloud" => Kind::FileSync,
        "nautilus" | "dolphin" | "thunar" | "nemo" | "caja" | "pcmanfm" | "pcmanfm-qt" => Kind::FileManager,
        "plasmashell" | "ksmserver" | "krunner" | "cinnamon" | "xfdesktop" | "xfsettingsd" | "xfwm4" | "pulseaudio"
        | "pipewire" | "wireplumber" | "dconf-service" => Kind::Desktop,
        "systemd" | "(sd-pam)" | "udevd" | "dbus-daemon" | "dbus-broker" | "dbus-broker-launch" => Kind::Systemd,
        "dockerd" | "docker-proxy" | "containerd" => Kind::Docker,
        _ if begins(&["tracker-miner", "tracker-extract", "tracker-store", "baloo", "localsearch-"]) => {
            Kind::FileIndexer
        }
        _ if begins(&["fsnotifier"]) => Kind::Jetbrains,
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
            ("/opt/Cursor/cursor --type=zygote --no-zygote-sandbox", Kind::Vscode),
            ("/tmp/.mount_CursorX/usr/share/cursor/cursor --type=utility --utility-sub-type=x", Kind::Vscode),
            ("/home/a/.cursor-server/bin/1/node /home/a/.cursor-server/bin/1/out/server-main.js", Kind::Vscode),
            ("/usr/share/windsurf/windsurf --type=renderer", Kind::Vscode),
            ("/home/a/.windsurf-server/bin/1/node /x/out/bootstrap-fork", Kind::Vscode),
            ("/usr/lib/electron37/electron /usr/lib/code/out/cli.js /usr/lib/code/code.mjs", Kind::Vscode),
            ("/usr/lib/electron37/electron /usr/lib/signal/app.asar", Kind::Other),
            ("/opt/idea/bin/fsnotifier", Kind::Jetbrains),
            ("/opt/pycharm/bin/pycharm /p", Kind::Jetbrains),
            ("/opt/studio/jbr/bin/java -Didea.paths.selector=AndroidStudio2025.1 com.android.Main", Kind::Jetbrains),
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
    fn services_and_build_tools_are_known() {
        for (line, expected) in [
            ("/usr/local/bin/watchman --foreground --logfile=/x/log --no-save-state", Kind::Watchman),
            (
                "/usr/lib/jvm/17/bin/java -cp /h/.gradle/gradle-launcher-8.5.jar \
                 org.gradle.launcher.daemon.bootstrap.GradleDaemon 8.5",
                Kind::Gradle,
            ),
            ("java -jar /opt/gradle/lib/gradle-launcher-9.2.jar build", Kind::Gradle),
            ("java -classpath /p/gradle/wrapper/gradle-wrapper.jar org.gradle.wrapper.GradleWrapperMain", Kind::Gradle),
            ("java worker.org.gradle.process.internal.worker.GradleWorkerMain 'Worker", Kind::Gradle),
            ("java -jar server.jar", Kind::Java),
            ("/usr/lib/jellyfin/bin/jellyfin --webdir=/x", Kind::Dotnet),
            ("dotnet /app/Jellyfin.Server.dll", Kind::Dotnet),
            ("/app/sonarr/bin/Sonarr -nobrowser", Kind::Dotnet),
            ("/usr/bin/kubelet --config=/var/lib/kubelet/config.yaml", Kind::Kubelet),
            ("/usr/local/bin/k3s server", Kind::Kubelet),
            ("/usr/bin/promtail -config.file=/etc/promtail/config.yml", Kind::LogCollector),
            ("/usr/bin/alloy run /etc/alloy", Kind::LogCollector),
            ("/fluent-bit/bin/fluent-bit -c /x.conf", Kind::LogCollector),
            ("tail -F /var/log/syslog", Kind::Tail),
            ("inotifywait -mr .", Kind::Inotifywait),
            ("/home/a/.dropbox-dist/dropbox-lnx.x86_64-1/dropbox", Kind::FileSync),
            ("/usr/bin/nextcloud --background", Kind::FileSync),
            ("/v/bin/python /v/bin/maestral start -f", Kind::FileSync),
            ("/usr/libexec/baloorunner", Kind::FileIndexer),
            ("vim tail.c", Kind::Other),
        ] {
            assert_eq!(kind(line), expected, "{line}");
        }
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
