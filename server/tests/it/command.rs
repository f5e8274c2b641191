//! The command itself: a separate process, a real store, real signals.

use crate::{
    harness::{Relay, read},
    roster::exported,
};
use kith_shared::api::{Invited, Join, Joined, path};
use std::{
    io::{BufRead as _, BufReader},
    path::Path,
    process::{Child, ChildStdout, Command, Output, Stdio},
    time::{Duration, Instant},
};

pub fn command(data: &Path) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_kith-relay"));
    command.arg("--data").arg(data);
    for (name, _) in std::env::vars().filter(|(name, _)| name.starts_with("KITH_")) {
        command.env_remove(name);
    }
    command
}

pub fn run(data: &Path, args: &[&str]) -> Output {
    command(data).args(args).output().unwrap()
}

pub fn said(output: &Output) -> String {
    let both = [&*output.stdout, &*output.stderr].concat();
    String::from_utf8(both).unwrap()
}

pub struct Running {
    child: Child,
    lines: std::io::Lines<BufReader<ChildStdout>>,
    before_ready: Vec<String>,
    pub url: String,
}

impl Running {
    pub fn start(data: &Path) -> Self {
        Self::start_with(data, &[])
    }

    pub fn start_with(data: &Path, args: &[&str]) -> Self {
        let mut serve = command(data);
        serve.args(["serve", "--listen", "127.0.0.1:0", "--log", "warn"]);
        serve.args(args);
        Self::of(serve)
    }

    pub fn of(mut serve: Command) -> Self {
        let mut child = serve.stdout(Stdio::piped()).spawn().unwrap();
        let mut lines = BufReader::new(child.stdout.take().unwrap()).lines();
        let mut before_ready = vec![];
        let url = loop {
            let line = lines.next().expect("it gets ready").unwrap();
            if let Some(url) = line.strip_prefix("ready ") {
                break url.to_owned();
            }
            before_ready.push(line);
        };
        Self {
            child,
            lines,
            before_ready,
            url,
        }
    }

    pub fn signal(&mut self, signal: &str) -> std::process::ExitStatus {
        let pid = self.child.id().to_string();
        let sent = Command::new("kill").args([signal, &pid]).status().unwrap();
        assert!(sent.success());
        self.child.wait().unwrap()
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        // A test that failed leaves no relay behind.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

#[tokio::test]
async fn from_the_first_start_to_the_last_word() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path();
    let mut relay = Running::start(data);
    let link = relay
        .before_ready
        .iter()
        .find_map(|line| line.trim().strip_prefix("link"))
        .unwrap();
    let (page, code) = link.trim().split_once('#').unwrap();
    assert_eq!(page, format!("{}/join", relay.url));

    // The founder joins with what was printed.
    let client = reqwest::Client::new();
    let join = Join {
        code: code.into(),
        device: kith_shared::ids::DeviceId::from_bytes([5; 16]),
        key: kith_shared::bytes::Array([1; 32]),
    };
    let post = client.post(format!("{}{}", relay.url, path::JOIN));
    let founder: Joined = read(crate::harness::send(post, &join).await).await;
    assert_eq!(
        (&*founder.team_name, founder.role.name()),
        ("Our team", "pa")
    );

    // Invitations go through the running relay…
    let person = run(
        data,
        &[
            "invite", "--role", "person", "--name", "Gwen", "--goal", "Swim", "--json",
        ],
    );
    assert!(person.status.success(), "{}", said(&person));
    let person: Invited = serde_json::from_slice(&person.stdout).unwrap();
    assert!(person.person.is_some());
    let wrong = run(
        data,
        &["invite", "--role", "family-contact", "--name", "Mair"],
    );
    assert!(!wrong.status.success());
    assert!(said(&wrong).contains("say whose"), "{}", said(&wrong));
    let checked = run(data, &["check"]);
    assert!(checked.status.success(), "{}", said(&checked));
    assert!(
        said(&checked).starts_with("as it was on 20"),
        "{}",
        said(&checked)
    );
    assert!(said(&checked).ends_with("ok\n"));

    assert!(relay.signal("-TERM").success());
    assert!(relay.lines.next().is_none());
    assert!(!data.join("relay.address").exists());

    // … and past a stopped one.
    let family = run(
        data,
        &[
            "invite",
            "--team",
            "Our team",
            "--role",
            "family-contact",
            "--person",
            "Gwen",
            "--name",
            "Mair",
            "--public-url",
            "https://kith.example/",
        ],
    );
    assert!(
        said(&family).contains("https://kith.example/join#"),
        "{}",
        said(&family)
    );
    let nowhere = run(data, &["invite", "--team", "Nobody's", "--name", "Mair"]);
    assert!(
        said(&nowhere).contains("The teams are:"),
        "{}",
        said(&nowhere)
    );

    let checked = run(data, &["check"]);
    assert!(checked.status.success(), "{}", said(&checked));
    assert!(said(&checked).ends_with("ok\n"));
    let out = folder.path().join("out");
    for (format, file) in [("automerge", "team.automerge"), ("json", "team.json")] {
        let exported = run(
            data,
            &["export", "--format", format, "--out", out.to_str().unwrap()],
        );
        assert!(exported.status.success(), "{}", said(&exported));
        assert!(out.join(file).exists());
    }
    let roster = exported(data);
    assert_eq!(roster.people.values().next().unwrap().goals, ["Swim"]);
    assert_eq!(roster.members.len(), 1);

    // A second start asks nothing and is quick.
    let started = Instant::now();
    let relay = Running::start(data);
    assert!(relay.before_ready.is_empty(), "{:?}", relay.before_ready);
    assert!(started.elapsed() < Duration::from_secs(5));
}

/// What was answered for outlives the process, whenever it is killed.
#[tokio::test]
async fn a_relay_that_is_killed_has_all_that_it_answered_for() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path();
    let mut invited = vec![];
    for round in 0..3u64 {
        let mut relay = Running::start(data);
        let until = Instant::now() + Duration::from_millis(300 + 70 * round);
        let mut round = vec![];
        while Instant::now() < until {
            let one = run(data, &["invite", "--name", "Nia", "--json"]);
            assert!(one.status.success(), "{}", said(&one));
            round.push(serde_json::from_slice::<Invited>(&one.stdout).unwrap());
        }
        // The last were answered for just before the kill.
        invited.extend(round.into_iter().rev().take(20));
        assert!(!relay.signal("-KILL").success());
        assert!(
            data.join("relay.address").exists(),
            "a killed relay leaves it behind"
        );
    }
    let checked = run(data, &["check"]);
    assert!(checked.status.success(), "{}", said(&checked));
    let relay = Running::start(data);
    let client = reqwest::Client::new();
    assert!(invited.len() > 3);
    for (n, invited) in (1u8..).zip(&invited) {
        let join = Join {
            code: invited.code.clone(),
            device: kith_shared::ids::DeviceId::from_bytes([n; 16]),
            key: kith_shared::bytes::Array([n; 32]),
        };
        let post = client.post(format!("{}{}", relay.url, path::JOIN));
        let joined: Joined = read(crate::harness::send(post, &join).await).await;
        assert_eq!(joined.member, invited.member);
    }
}

#[tokio::test]
async fn check_finds_what_was_changed() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path();
    assert!(
        run(data, &["init", "--team", "River team"])
            .status
            .success()
    );
    {
        let db = sled::open(data.join("journal")).unwrap();
        let (key, entry) = db.scan_prefix(b"e").next().unwrap().unwrap();
        let mut bytes = entry.to_vec();
        *bytes.last_mut().unwrap() ^= 1;
        db.insert(key, bytes).unwrap();
        db.flush().unwrap();
    }
    let checked = run(data, &["check"]);
    assert_eq!(checked.status.code(), Some(1), "{}", said(&checked));
    assert!(said(&checked).contains("not ok"), "{}", said(&checked));
}

/// The key lies in the data folder, then in a file elsewhere, then in the environment, then it is
/// what a command says.
#[tokio::test]
async fn the_master_key_can_lie_elsewhere_and_nothing_opens_without_it() {
    let (folder, elsewhere) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let data = folder.path();
    let made = run(data, &["init", "--team", "River team"]);
    assert!(said(&made).contains("master.key"), "{}", said(&made));
    let key = elsewhere.path().join("key");
    std::fs::rename(data.join("master.key"), &key).unwrap();
    let text = std::fs::read_to_string(&key).unwrap();
    let check = |name: &str, value: &str| {
        let mut check = command(data);
        check.env(name, value).arg("check").output().unwrap()
    };
    for (name, value) in [
        ("KITH_MASTER_KEY_FILE", key.to_str().unwrap()),
        ("KITH_MASTER_KEY", &text),
        ("KITH_MASTER_KEY_COMMAND", &format!("echo {text}")),
    ] {
        let checked = check(name, value);
        assert!(checked.status.success(), "{name}: {}", said(&checked));
        let wrong = "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=";
        std::fs::write(elsewhere.path().join("wrong"), wrong).unwrap();
        let wrong = match name {
            "KITH_MASTER_KEY_FILE" => elsewhere.path().join("wrong").display().to_string(),
            "KITH_MASTER_KEY" => wrong.to_owned(),
            _ => format!("echo {wrong}"),
        };
        let checked = check(name, &wrong);
        assert!(!checked.status.success());
        let said = said(&checked);
        assert!(said.contains("last ran, with --master-key-file"), "{said}");
    }
    // None at all: none is made for what another one has sealed.
    let served = run(data, &["serve", "--listen", "127.0.0.1:0"]);
    assert!(!served.status.success() && !data.join("master.key").exists());
    assert!(said(&served).contains("is missing"), "{}", said(&served));
}

/// While the relay runs and while it does not: what the old key opened, the new one opens.
#[tokio::test]
async fn the_master_key_is_changed_at_any_time() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path();
    let mut relay = Running::start(data);
    let file = data.join("master.key");
    let first = std::fs::read_to_string(&file).unwrap();
    let old_secrets = std::fs::read(data.join("relay.key")).unwrap();
    let rotated = run(data, &["rotate-master-key"]);
    assert!(rotated.status.success(), "{}", said(&rotated));
    let second = std::fs::read_to_string(&file).unwrap();
    assert_ne!(first, second);
    assert_ne!(std::fs::read(data.join("relay.key")).unwrap(), old_secrets);
    assert!(run(data, &["invite", "--name", "Nia"]).status.success());
    assert!(!relay.signal("-KILL").success());
    let checked = run(data, &["check"]);
    assert!(checked.status.success(), "{}", said(&checked));

    // To a key of the operator's own, with the relay down and up again.
    for round in 0..2 {
        let own = folder.path().join(format!("own-{round}"));
        let text = kith_shared::bytes::to_base64(&[round; 32]);
        std::fs::write(&own, &text).unwrap();
        let mut rotate = command(data);
        let from = folder.path().join(format!("own-{}", round.wrapping_sub(1)));
        if round > 0 {
            rotate.env("KITH_MASTER_KEY_FILE", &from);
        }
        let rotated = rotate.arg("rotate-master-key").arg("--to").arg(&own);
        let rotated = rotated.output().unwrap();
        assert!(rotated.status.success(), "{}", said(&rotated));
        let mut check = command(data);
        let checked = check.env("KITH_MASTER_KEY", &text).arg("check").output();
        let checked = checked.unwrap();
        assert!(checked.status.success(), "{}", said(&checked));
        let checked = run(data, &["check"]);
        assert!(said(&checked).contains("not sealed with this master key"));
    }
    // A file that holds none changes nothing.
    let own = folder.path().join("own-1");
    let mut rotate = command(data);
    let rotate = rotate.env("KITH_MASTER_KEY_FILE", &own);
    let refused = rotate
        .args(["rotate-master-key", "--to"])
        .arg(data.join("relay.key"));
    let refused = refused.output().unwrap();
    assert!(!refused.status.success());
    assert!(
        said(&refused).contains("openssl rand"),
        "{}",
        said(&refused)
    );
    let mut check = command(data);
    let checked = check
        .env("KITH_MASTER_KEY_FILE", &own)
        .arg("check")
        .output();
    assert!(checked.unwrap().status.success());
}

/// With the relay up and on a real disk; afterwards the command finds nothing of them.
#[tokio::test]
async fn a_person_is_erased_for_good() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path();
    let mut relay = Running::start(data);
    let invited = run(data, &["invite", "--role", "person", "--name", "Gwen"]);
    assert!(invited.status.success(), "{}", said(&invited));
    let asked = run(data, &["erase-person", "Gwen"]);
    assert!(!asked.status.success());
    assert!(said(&asked).contains("--for-good"), "{}", said(&asked));
    let erased = run(data, &["erase-person", "Gwen", "--for-good"]);
    assert!(erased.status.success(), "{}", said(&erased));
    assert!(!relay.signal("-KILL").success());
    let checked = run(data, &["check"]);
    assert!(checked.status.success(), "{}", said(&checked));
    assert!(
        said(&checked).contains("of erased persons"),
        "{}",
        said(&checked)
    );
    let people = exported(data).people;
    assert!(people.is_empty(), "{people:?}");
    let names = std::fs::read_dir(data.join("out")).unwrap();
    let names: Vec<_> = names.map(|f| f.unwrap().file_name()).collect();
    assert_eq!(names, ["team.automerge"]);
}

#[tokio::test]
async fn mistakes_are_told_with_their_remedy() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path();
    for (args, words) in [
        (&["check"][..], "kith-relay init"),
        (&["serve", "--web", "nowhere"], "index.html is missing"),
        (&["--config", "nowhere.toml", "check"], "nowhere.toml"),
        (&["invite"], "--name"),
    ] {
        let output = run(data, args);
        assert!(!output.status.success(), "{args:?}");
        assert!(said(&output).contains(words), "{args:?}: {}", said(&output));
    }
    assert!(
        run(data, &["init", "--team", "River team"])
            .status
            .success()
    );
    // A journal without its secret: a new one would part it from its phones.
    std::fs::remove_file(data.join("relay.key")).unwrap();
    let output = run(data, &["serve"]);
    assert!(said(&output).contains("backup"), "{}", said(&output));
    // An address that is taken.
    let relay = Relay::start().await;
    let other = tempfile::tempdir().unwrap();
    let output = run(
        other.path(),
        &["serve", "--listen", &relay.server.address.to_string()],
    );
    assert!(said(&output).contains("--listen"), "{}", said(&output));
}
