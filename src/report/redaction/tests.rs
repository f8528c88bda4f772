use super::*;
use proptest::prelude::*;
use std::path::PathBuf;

fn identity() -> Identity {
    let names = |names: &[&str]| names.iter().map(|name| (*name).to_owned()).collect();
    Identity {
        homes: vec![PathBuf::from("/home/mia")],
        users: names(&["mia", "dev"]),
        hosts: names(&["mias-laptop.lan", "mias-laptop"]),
    }
}

fn text(text: &str) -> String {
    let mut text = text.to_owned();
    Redactor::new(&identity()).text(&mut text);
    text
}

fn command(line: &str) -> String {
    let mut arguments: Vec<String> = line.split(' ').map(|argument| argument.replace('·', " ")).collect();
    Redactor::new(&identity()).command(&mut arguments);
    arguments.join(" ")
}

#[test]
fn ordinary_command_lines_survive_unharmed() {
    for line in [
        "streamlit run app.py --server.port=8501",
        "/usr/bin/python3.11 -m streamlit run app.py --server.address=127.0.0.1 --server.sslKeyFile=key.pem",
        "node /srv/app/node_modules/.pnpm/vite@5.0.0/node_modules/vite/bin/vite.js --host 0.0.0.0",
        "docker run -p 8501:8501 image:1.2.3",
        "mkdir -p /srv/x",
        "ssh -p 22 git@host",
        "systemd-run --unit user@1000.service",
        "code --type=utility --lang=en --field-trial-handle=3,i,12:34:56",
        "perl -MData::Dumper -e x",
        "java -jar idea-2024.1.4.0.jar -Dversion=17",
        "git clone ssh://git@example.org/x.git",
        "bash -c cd·/dev/shm·&&·make·-j4",
        "docker run --user node:node -u 1000:1000 image",
        "dotnet build /p:Configuration=Release",
        "sort --key 2,2n --key=name",
        "sysctl fs.inotify.max_user_watches=524288",
        "node http://localhost:8501/@vite/client",
        "webpack node_modules/.cache/0a1b2c3d4e5f60718293a4b5c6d7e8f901234567/index.js",
        "app --max-tokens 4096 --cpu-pinning 0-3",
    ] {
        assert_eq!(command(line), line.replace('·', " "), "nothing private stands in it");
    }
}

#[test]
fn names_and_addresses_are_replaced_where_they_stand_alone() {
    for (before, after) in [
        ("/home/mia/app", "~/app"),
        ("/home/mia", "~"),
        ("file:///home/mia/app", "file://~/app"),
        ("/home/miaou/app", "/home/user/app"),
        ("/mnt/c/Users/Mia Mink/app", "/mnt/c/Users/user/app"),
        ("file%3A%2F%2F%2Fhome%2Fmia%2Fapp", "file%3A%2F%2F%2Fhome%2Fuser%2Fapp"),
        ("/media/mia/disk", "/media/user/disk"),
        ("-home-mia-app", "-home-user-app"),
        ("premiaxis", "premiaxis"),
        ("进程属于mia。", "进程属于user。"),
        ("on mias-laptop.lan and MIAS-LAPTOP", "on host and host"),
        ("mail mia@example.org now", "mail [e-mail] now"),
        ("192.168.1.7:8501, 10.0.0.1. fe80::1%eth0", "[address]:8501, [address]. [address]%eth0"),
        ("http://[fd00::17]:8501", "http://[[address]]:8501"),
    ] {
        assert_eq!(text(before), after);
    }
}

#[test]
fn a_name_that_is_also_a_word_does_not_spoil_the_sentences() {
    let names = ["max", "will", "may"].map(str::to_owned).to_vec();
    let mut redactor = Redactor::new(&Identity { users: names, ..Identity::default() });
    let mut sentence = "Your account may hold what max_user_watches allows; /srv/max/app will fit.".to_owned();
    redactor.sentence(&mut sentence);
    assert_eq!(sentence, "Your account may hold what max_user_watches allows; /srv/user/app will fit.");
    let mut elsewhere = "app --user max --data /srv/will fs.inotify.max_user_watches=1".to_owned();
    redactor.text(&mut elsewhere);
    assert_eq!(elsewhere, "app --user user --data /srv/user fs.inotify.max_user_watches=1");
}

#[test]
fn what_was_removed_is_counted_by_sort() {
    let mut redactor = Redactor::new(&identity());
    redactor.text(&mut "/home/mia/a /home/mia/b mia API_KEY=abc".to_owned());
    let counts: Vec<_> = redactor.counts.into_iter().collect();
    assert_eq!(counts, [(Sort::Secret, 1), (Sort::HomeFolder, 2), (Sort::UserName, 1)]);
}

#[test]
fn a_secret_is_removed_from_every_sentence_that_quotes_it() {
    let mut redactor = Redactor::new(&identity());
    redactor.value("server.cookieSecret", &mut "correct horse 1".to_owned());
    redactor.known = known(&redactor.found);
    let mut sentence = "In effect: correct horse 1.".to_owned();
    redactor.text(&mut sentence);
    assert_eq!(sentence, "In effect: [removed].");
}

#[test]
fn a_text_too_long_to_be_looked_through_is_cut_and_counted() {
    for long in ["a".repeat(LONGEST + 1), format!("{} --password", "a ".repeat(LONGEST))] {
        let mut redactor = Redactor::new(&identity());
        let mut text = long.clone();
        redactor.text(&mut text);
        assert!(text.len() <= LONGEST + CUT.len() && text.ends_with(CUT), "{} bytes are left", text.len());
        assert_eq!(redactor.counts.get(&Sort::LongText), Some(&1));
    }
}

/// Places in command lines and texts where a secret may stand; `{}` is the secret, `·` a space inside an argument.
const PLACES: [&str; 40] = [
    "app --password={}",
    "app --password {}",
    "app --db-password '{}'",
    "app --api-key {} --verbose",
    "app -token {}",
    "API_KEY={} streamlit run app.py",
    "env PGPASSWORD={} psql",
    "mysql -u root -p{} db",
    "mysql -u root -p {} db",
    "sudo sshpass -p {} ssh host",
    "docker login -u x -p {}",
    "curl -u x:{} http://host",
    "redis-cli -a {}",
    "sh -c mysql·-p{}·db",
    "sh -c export·SECRET_TOKEN=\"a·{}\";·run",
    "sh -c app·--password·\"a·{}\"",
    "app --password a·{}·b",
    "app postgresql://x:{}@host/db",
    "app postgresql://x:@{}@host/db",
    "git clone https://{}@example.org/x.git",
    "app https://host/?token={}",
    "app https://host/?a=1&access_token={}&b=2",
    "app https://host/x?sig={}",
    "app https://host/?key={}",
    "curl -H Authorization:·Bearer·{}",
    "curl -H Authorization:·Basic·{}",
    "curl -H X-Api-Key:·{}",
    "curl -H Cookie:·a=b;·c={}",
    "app --header=bearer·{}",
    "app {\"password\":·\"{}\"}",
    "app {'apiKey':'{}'}",
    "app sk-{}",
    "app ghp_{}",
    "app xoxb-{}",
    "app hf_{}",
    "app eyJ{}.{}.{}",
    "app --opt=eyJ{}.a.b",
    "OSError·password:·{}·refused",
    "password·=·{}",
    "cookieSecret·=·\"{}\"",
];

proptest! {
    #[test]
    fn a_secret_does_not_survive_wherever_it_is_planted(secret in "[A-Za-z][A-Za-z0-9]{22}[0-9]", place in 0..PLACES.len()) {
        let line = PLACES[place].replace("{}", &secret);
        let as_arguments = command(&line);
        prop_assert!(!as_arguments.contains(&secret), "{as_arguments}");
        let as_text = text(&line.replace('·', " "));
        // As text, a value with spaces and without quotes has no known end.
        prop_assert!(PLACES[place].contains("a·{}·b") || !as_text.contains(&secret), "{as_text}");
    }

    #[test]
    fn any_text_is_redacted_without_a_panic(anything in any::<String>(), arguments in any::<Vec<String>>()) {
        text(&anything);
        let mut arguments = arguments;
        Redactor::new(&identity()).command(&mut arguments);
    }

    #[test]
    fn odd_mixtures_are_redacted_without_a_panic(anything in "[-a-z=:@/ \"'{}?&%.0-9é中]{0,60}") {
        let once = text(&format!("mysql -p --token {anything} password={anything}"));
        text(&once);
    }
}
