//! What commands change about a team, while its relay runs and while it does not.

use crate::{
    command::{Running, command, run, said},
    harness::read,
};
use kith_shared::api::{Invited, Join, Joined, path};
use std::path::Path;

/// The team as an export tells it.
pub fn exported(data: &Path) -> kith_shared::domain::team::Roster {
    use kith_shared::{
        documents::{Document, DocumentId},
        domain::cover::Board,
    };
    let out = data.join("out");
    let args = ["export", "--format", "automerge", "--out"];
    let exported = command(data).args(args).arg(&out).output().unwrap();
    assert!(exported.status.success(), "{}", said(&exported));
    let mut board = Board::default();
    for file in std::fs::read_dir(&out).unwrap() {
        let path = file.unwrap().path();
        let name = path
            .file_stem()
            .unwrap()
            .to_str()
            .unwrap()
            .replace('_', "/");
        let is_one = path.extension().is_some_and(|e| e == "automerge");
        if let (true, Ok(id)) = (is_one, name.parse::<DocumentId>()) {
            board.read(&Document::load(id, &std::fs::read(&path).unwrap()).unwrap());
        }
    }
    board.roster
}

/// What is asked for, and what is said to it.
type Asked = (&'static [&'static str], Result<&'static str, &'static str>);

const CHANGES: [Asked; 18] = [
    (
        &["hat", "--member", "Cai", "--days", "30"],
        Ok("Cai is rota holder until 20"),
    ),
    (
        &["hat", "--member", "Nia", "--off"],
        Ok("Nia is not rota holder any more"),
    ),
    (
        &["hat", "--member", "Cai", "--days", "365"],
        Ok("Cai is rota holder"),
    ),
    (
        &["hat", "--member", "Cai", "--days", "366"],
        Err("1 to 365 days"),
    ),
    (
        &["hat", "--member", "Cai", "--days", "0"],
        Err("1 to 365 days"),
    ),
    (
        &["hat", "--member", "Cai", "--days", "3", "--off"],
        Err("cannot be used with"),
    ),
    (&["hat", "--member", "Mair"], Err("Nobody of this name")),
    (&["hat", "--member", "Gwen"], Err("Only a PA")),
    (
        &[
            "travel",
            "--from",
            "Gwen",
            "--to",
            "Hari",
            "--minutes",
            "1440",
        ],
        Ok("1440 minutes"),
    ),
    (
        &[
            "travel",
            "--from",
            "Gwen",
            "--to",
            "Hari",
            "--minutes",
            "1441",
        ],
        Err("at most 1440"),
    ),
    (
        &["travel", "--from", "Gwen", "--to", "Gwen", "--minutes", "5"],
        Err("name two"),
    ),
    (
        &["travel", "--from", "Gwen", "--to", "Mair", "--minutes", "5"],
        Err("nobody of this name"),
    ),
    (&["revoke"], Err("required")),
    (
        &["revoke", "--member", "Mair", "--device", "1"],
        Err("cannot be used with"),
    ),
    (&["revoke", "--device", "?"], Err("(Dai, since 20")),
    (&["revoke", "--member", "Mair"], Err("Nobody of this name")),
    (
        &["revoke", "--member", "Dai"],
        Ok("Dai does not belong to the team any more"),
    ),
    (&["revoke", "--member", "Dai"], Err("Nobody of this name")),
];

#[tokio::test]
async fn hats_and_travel_and_leaving() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path();
    let made = run(
        data,
        &["init", "--team", "River team", "--name", "Nia", "--json"],
    );
    let made: serde_json::Value = serde_json::from_slice(&made.stdout).unwrap();
    let mut relay = Running::start(data);
    let client = reqwest::Client::new();
    let mut codes = vec![made["invited"]["code"].as_str().unwrap().to_owned()];
    for (role, name) in [
        ("pa", "Cai"),
        ("pa", "Dai"),
        ("person", "Gwen"),
        ("person", "Hari"),
    ] {
        let invited = run(data, &["invite", "--role", role, "--name", name, "--json"]);
        codes.push(
            serde_json::from_slice::<Invited>(&invited.stdout)
                .unwrap()
                .code,
        );
    }
    for (n, code) in (1..).zip(codes) {
        let join = Join {
            code,
            device: kith_shared::ids::DeviceId::from_bytes([n; 16]),
            key: kith_shared::bytes::Array([n; 32]),
        };
        let post = client.post(format!("{}{}", relay.url, path::JOIN));
        read::<Joined>(crate::harness::send(post, &join).await).await;
    }
    assert_eq!(kith_shared::limits::TRAVEL_MINUTES, 1440);
    for (args, words) in CHANGES {
        let output = run(data, args);
        assert_eq!(
            output.status.success(),
            words.is_ok(),
            "{args:?}: {}",
            said(&output)
        );
        let (Ok(words) | Err(words)) = words;
        assert!(said(&output).contains(words), "{args:?}: {}", said(&output));
    }
    assert!(relay.signal("-TERM").success());
    // Past a stopped relay as well.
    let args = [
        "travel",
        "--from",
        "Hari",
        "--to",
        "Gwen",
        "--minutes",
        "25",
    ];
    let output = run(data, &args);
    assert!(output.status.success(), "{}", said(&output));
    let roster = exported(data);
    let person = |name: &str| roster.people.values().find(|p| p.name == name).unwrap().id;
    let travel = roster.travel(person("Gwen"), person("Hari"));
    assert_eq!(travel.whole_minutes(), 25);
    let holders = roster.members.values().filter(|m| !m.hats.is_empty());
    let holders: Vec<_> = holders.map(|m| &*m.name).collect();
    assert_eq!(holders, ["Cai"]);
}
