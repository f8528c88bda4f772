//! Tools that an interpreter or a program has been told to run, told from its command line.

use super::kind::{Kind, base_name, runtime, tool};

/// The tool that an interpreter has been told to run, or the program itself, with the arguments that follow.
pub(super) struct Tool<'a> {
    name: &'a str,
    arguments: &'a [String],
}

impl<'a> Tool<'a> {
    pub(super) fn of(program: &'a str, words: &'a [String]) -> Option<Self> {
        let arguments = words.get(1..).unwrap_or_default();
        match runtime(program) {
            Some(Kind::Python) => python_tool(arguments),
            Some(Kind::Node) if is_node(program) && words.first().is_some_and(|first| is_node(base_name(first))) => {
                node_tool(words)
            }
            Some(_) => None,
            None => Some(Self { name: program, arguments }),
        }
    }

    pub(super) fn kind(&self) -> Option<Kind> {
        let first = self.arguments.iter().map(String::as_str).find(|argument| !argument.starts_with('-'));
        match self.name {
            "streamlit" if is_app(self.arguments) => Some(Kind::Streamlit),
            "fastapi" if matches!(first, Some("dev" | "run")) => Some(Kind::Uvicorn),
            "manage.py" | "django-admin" | "django" if first == Some("runserver") => Some(Kind::Django),
            "flask" if self.arguments.iter().any(|argument| argument == "run") => Some(Kind::Flask),
            "jupyter" | "jupyterhub" | "jupyterlab" => Some(Kind::Jupyter),
            name if name.starts_with("jupyter-") => Some(Kind::Jupyter),
            "@anthropic-ai/claude-code"
            | "@openai/codex"
            | "opencode-ai"
            | "@google/gemini-cli"
            | "@github/copilot"
            | "claude"
            | "codex"
            | "opencode"
            | "gemini"
            | "copilot"
            | "aider" => Some(Kind::AiAgent),
            name => tool(name),
        }
    }
}

/// `streamlit [options] run …` or `hello`. Of the options before the command only `--log_level` takes a word.
fn is_app(arguments: &[String]) -> bool {
    let mut arguments = arguments.iter().map(String::as_str);
    while let Some(argument) = arguments.next() {
        match argument {
            "run" | "hello" => return true,
            "--log_level" => _ = arguments.next(),
            option if option.starts_with('-') => {}
            _ => return false,
        }
    }
    false
}

/// The module behind `-m`, or the script; for debugpy, what it debugs.
fn python_tool(arguments: &[String]) -> Option<Tool<'_>> {
    let mut at = 0;
    let (name, rest) = loop {
        match arguments.get(at)?.as_str() {
            "-m" => break (module_name(arguments.get(at + 1)?), &arguments[at + 2..]),
            "-c" => return None,
            "-W" | "-X" => at += 2,
            option if option.starts_with('-') => at += 1,
            script => break (script_name(script), &arguments[at + 1..]),
        }
    };
    if name != "debugpy" {
        return Some(Tool { name, arguments: rest });
    }
    let debugged = rest.iter().position(|argument| argument == "-m")?;
    Some(Tool { name: module_name(rest.get(debugged + 1)?), arguments: &rest[debugged + 2..] })
}

/// `streamlit.web.cli` is streamlit.
fn module_name(module: &str) -> &str {
    module.split('.').next().unwrap_or(module)
}

/// `…/bin/streamlit` and `…/streamlit/__main__.py` are streamlit, `…/debugpy` is a folder that Python runs.
fn script_name(script: &str) -> &str {
    base_name(script.strip_suffix("/__main__.py").unwrap_or(script))
}

/// Node itself: what npm, yarn and the like are told to start runs in a process of its own.
fn is_node(name: &str) -> bool {
    matches!(name, "node" | "nodejs")
}

/// The package whose script node runs; anything below a Visual Studio Code server's folder is that.
fn node_tool(words: &[String]) -> Option<Tool<'_>> {
    if words.iter().any(|word| word == "--type=fileWatcher" || word.split('/').any(is_vscode_folder)) {
        return Some(Tool { name: "vscode", arguments: &[] });
    }
    let mut at = 1;
    loop {
        match words.get(at)?.as_str() {
            "-e" | "--eval" | "-p" | "--print" => return None,
            "-r" | "--require" | "--import" | "--loader" | "--experimental-loader" => at += 2,
            option if option.starts_with('-') => at += 1,
            script => return Some(Tool { name: package_name(script), arguments: &words[at + 1..] }),
        }
    }
}

fn is_vscode_folder(folder: &str) -> bool {
    matches!(
        folder,
        ".vscode-server"
            | ".vscode-server-insiders"
            | ".vscode-remote"
            | ".vscodium-server"
            | ".cursor-server"
            | ".windsurf-server"
            | ".trae-server"
            | ".positron-server"
            | "code-server"
    )
}

/// `node_modules/vite/bin/vite.js` and `node_modules/.bin/vite` are vite, `node_modules/@openai/codex/bin/codex.js` is
/// @openai/codex.
fn package_name(script: &str) -> &str {
    let Some((_, inside)) = script.rsplit_once("node_modules/") else {
        let name = base_name(script);
        return [".js", ".mjs", ".cjs"].iter().find_map(|end| name.strip_suffix(end)).unwrap_or(name);
    };
    let inside = inside.trim_start_matches(".bin/");
    let slashes = if inside.starts_with('@') { 1 } else { 0 };
    inside.match_indices('/').nth(slashes).map_or(inside, |(end, _)| &inside[..end])
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::machine::processes::kind::of_line as kind;

    #[test]
    fn a_streamlit_app_is_known_however_it_is_started() {
        for line in [
            "/v/bin/python3 /v/bin/streamlit run app.py",
            "/v/bin/python3.13t -X dev -W error -m streamlit run app.py --server.port=1",
            "python -u -m streamlit.web.cli run app.py",
            "python -Xfrozen_modules=off /v/site-packages/streamlit/__main__.py run app.py",
            "python /v/bin/streamlit hello",
            "python /v/bin/streamlit --log_level debug run app.py",
            "/v/bin/streamlit run app.py",
            "python /x/launcher/../../debugpy --connect 127.0.0.1:4 --configure-qt none -m streamlit run app.py",
            "python -m debugpy --listen 5678 -m streamlit run app.py",
        ] {
            assert_eq!(kind(line), Kind::Streamlit, "{line}");
        }
    }

    #[test]
    fn what_only_mentions_streamlit_is_no_app() {
        for (line, expected) in [
            ("uv run streamlit run app.py", Kind::Other),
            ("sh -c streamlit\u{a0}run\u{a0}app.py", Kind::Other),
            ("python app.py streamlit run", Kind::Python),
            ("python -m streamlit config show", Kind::Python),
            ("python -m streamlit --version", Kind::Python),
            ("python -c import\u{a0}streamlit run", Kind::Python),
            ("vim streamlit run", Kind::Other),
            ("python -m pip install streamlit", Kind::Python),
        ] {
            assert_eq!(kind(line), expected, "{line}");
        }
    }

    #[test]
    fn the_tools_of_web_developers_are_known() {
        for (line, expected) in [
            ("python /v/bin/uvicorn main:app --reload", Kind::Uvicorn),
            ("python -m uvicorn main:app", Kind::Uvicorn),
            ("python /v/bin/fastapi dev main.py", Kind::Uvicorn),
            ("python -m ipykernel_launcher -f x.json", Kind::Jupyter),
            ("python /v/bin/jupyter-lab", Kind::Jupyter),
            ("python manage.py runserver 8000", Kind::Django),
            ("python manage.py migrate", Kind::Python),
            ("python /v/bin/flask --app web run --debug", Kind::Flask),
            ("node /p/node_modules/.bin/vite --host", Kind::Vite),
            ("node --import x /p/node_modules/vite/bin/vite.js", Kind::Vite),
            ("node /p/node_modules/webpack-dev-server/bin/webpack-dev-server.js", Kind::Webpack),
            ("node /p/node_modules/.bin/next dev", Kind::Next),
            ("next-server (v15.0.1)", Kind::Next),
            ("node /p/node_modules/.pnpm/vite@8.3.0/node_modules/vite/bin/vite.js", Kind::Vite),
            ("node /p/node_modules/.bin/nodemon server.js", Kind::Nodemon),
            ("/usr/bin/node /usr/lib/node_modules/nodemon/bin/nodemon.js -L server.js", Kind::Nodemon),
            ("node /p/node_modules/.bin/jest --watch", Kind::Jest),
            ("/usr/bin/node /p/node_modules/jest-worker/build/workers/processChild.js", Kind::Jest),
            ("node /p/node_modules/react-scripts/scripts/start.js", Kind::Webpack),
            ("node /p/node_modules/@vue/cli-service/bin/vue-cli-service.js serve", Kind::Webpack),
            ("node /usr/lib/node_modules/@anthropic-ai/claude-code/cli.js", Kind::AiAgent),
            ("node /usr/local/bin/codex exec", Kind::AiAgent),
            ("node /usr/lib/node_modules/@openai/codex/bin/codex.js", Kind::AiAgent),
            ("/p/node_modules/@openai/codex/vendor/x86_64-unknown-linux-musl/codex/codex", Kind::AiAgent),
            ("/home/a/.opencode/bin/opencode", Kind::AiAgent),
            ("claude", Kind::AiAgent),
            ("python /v/bin/aider --model x", Kind::AiAgent),
            ("python /v/bin/watchmedo auto-restart -- python app.py", Kind::Watchmedo),
            ("python -m watchdog.watchmedo log .", Kind::Watchmedo),
            ("/v/bin/python3 /v/bin/watchfiles app.main", Kind::Watchfiles),
            ("python3 -m watchfiles ls src", Kind::Watchfiles),
            ("node server.js", Kind::Node),
            ("node tail.js", Kind::Node),
            ("dotnet watch run", Kind::Dotnet),
            ("java -jar x.jar", Kind::Java),
            ("pypy3 x.py", Kind::Python),
            ("pythonista x.py", Kind::Other),
        ] {
            assert_eq!(kind(line), expected, "{line}");
        }
    }
}
