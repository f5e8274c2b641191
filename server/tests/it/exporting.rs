//! What leaves the relay for people to keep, from a real relay while it runs.

use crate::{
    command::{Running, run, said},
    harness::{Phone, note, read, shift, words},
};
use kith_relay::relay::{now, roll};
use kith_shared::{
    api::Invited,
    documents::{Author, Document, DocumentId, availability::AvailabilityRecord, rota::RotaRecord},
    domain::{
        availability::Leave,
        cover::{Cover, ShiftRef},
        note::{Audience, Eaten, Meal, NoteText},
    },
    ids::{PersonId, RecordId},
    intent::{Intent, Stamp},
    policy::Refusal,
    time::Span,
};
use std::{collections::BTreeMap, fs, os::unix::fs::PermissionsExt as _, path::Path};

struct World {
    folder: tempfile::TempDir,
    _relay: Running,
    gwen: PersonId,
    refused: String,
}

fn invite(data: &Path, role: &str, name: &str, more: &[&str]) -> Invited {
    let args = [&["invite", "--role", role, "--name", name, "--json"], more].concat();
    let invited = run(data, &args);
    assert!(invited.status.success(), "{}", said(&invited));
    serde_json::from_slice(&invited.stdout).unwrap()
}

async fn joined(relay: &Running, invited: &Invited) -> Phone {
    let mut phone = Phone::at(&relay.url);
    let joined = phone.join(&invited.code).await;
    phone.joined = Some(read(joined).await);
    phone.sync().await;
    phone
}

/// Under somebody else's name: it is kept aside.
async fn hand_in_a_lie(phone: &mut Phone, other: &Phone, person: PersonId) {
    let mut forged = Document::new(DocumentId::team_notes(person, now().month()));
    let author = Author {
        device: phone.device,
        life: 0,
    };
    let id = RecordId::new(now(), roll());
    let lie = note(person, Audience::Team, "nobody came");
    let change = lie.write(
        &mut forged,
        author,
        &other.member(),
        id,
        Stamp::plain(now()),
    );
    let held = phone.held(forged.id());
    held.waiting.push(change.unwrap());
    let refused = words(&phone.sync().await);
    assert!(refused[0].contains("kept"), "{refused:?}");
}

impl World {
    /// A team with two persons, in which much was written.
    async fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let data = &folder.path().join("data");
        let relay = Running::start(data);
        let goal = ["--goal", "Swim <b>again</b>", "--address", "12 Mill Lane"];
        let gwen = invite(data, "person", "Gwen", &goal).person.unwrap();
        let hari = invite(data, "person", "Hari", &[]).person.unwrap();
        let family = invite(data, "family-contact", "Mair", &["--person", "Gwen"]);
        invite(data, "family-contact", "Ravi", &["--person", "Hari"]);
        let mut nia = joined(&relay, &invite(data, "pa", "=Nia()", &[])).await;
        let mut cai = joined(&relay, &invite(data, "pa", "Cai", &[])).await;
        joined(&relay, &family).await;

        let month = now().month();
        let visit = nia.clock_in(gwen).into();
        nia.write(&Intent::ClockOut {
            person: gwen,
            month,
            visit,
        });
        let earlier = now() - Span::hours(3);
        nia.write(&Intent::AmendClock {
            person: gwen,
            month,
            visit,
            start: earlier,
            end: Some(now()),
            reason: "The phone was off".into(),
        });
        let says = |text: &str| NoteText {
            text: text.into(),
            meals: [(Meal::Lunch, Eaten::Little)].into(),
            ..NoteText::default()
        };
        let first = nia.write(&Intent::WriteNote {
            person: gwen,
            month,
            visit: None,
            audience: Audience::Team,
            says: says("<script>alert(1)</script> slept until seven"),
        });
        nia.write(&Intent::AmendNote {
            person: gwen,
            month,
            note: first.into(),
            audience: Audience::Team,
            says: says("slept until eight"),
            reason: "=1+1".into(),
        });
        nia.note(hari, Audience::Team, "a fall by the door");
        let (me, colleague) = (nia.me().member, cai.me().member);
        let planned = shift(gwen, vec![me]);
        nia.write(&planned);
        let replies = words(&nia.sync().await);
        assert!(replies.iter().all(|w| w == "accepted"), "{replies:?}");
        let Intent::Rota { month, says, .. } = &planned else {
            panic!("a shift");
        };
        let at = ShiftRef {
            person: gwen,
            month: *month,
            shift: says.shift(),
        };
        nia.write(&Intent::say(
            at,
            RotaRecord::Ask {
                shift: at.shift,
                cover: Cover::Anyone,
                until: None,
                reason: "an operation on my knee".into(),
            },
        ));
        nia.sync().await;
        let leave = Leave {
            id: RecordId::from_bytes([0; 16]),
            from: now().day(),
            to: now().day().plus(1),
        };
        cai.write(&Intent::Availability {
            pa: colleague,
            says: AvailabilityRecord::Leave { leave },
        });
        let replies = words(&cai.sync().await);
        assert!(replies.iter().all(|w| w == "accepted"), "{replies:?}");
        hand_in_a_lie(&mut cai, &nia, gwen).await;
        Self {
            gwen,
            _relay: relay,
            refused: Refusal::NotYou.to_string(),
            folder,
        }
    }

    /// What this writes, by the names of the files.
    fn export(&self, args: &[&str]) -> BTreeMap<String, Vec<u8>> {
        let to = self.folder.path().join("out");
        let to = to.to_str().unwrap();
        let data = &self.folder.path().join("data");
        let output = run(data, &[&["export", "--to", to], args].concat());
        assert!(output.status.success(), "{}", said(&output));
        let files = fs::read_dir(to).unwrap().map(|file| {
            let file = file.unwrap();
            let mode = file.metadata().unwrap().permissions().mode();
            assert_eq!(mode & 0o777, 0o600, "others can read {file:?}");
            let name = file.file_name().to_string_lossy().into_owned();
            (name, fs::read(file.path()).unwrap())
        });
        let files = files.collect();
        fs::remove_dir_all(to).unwrap();
        files
    }
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8(bytes.to_vec()).unwrap()
}

#[tokio::test]
async fn everything_about_one_person_and_nothing_that_is_others() {
    let world = World::new().await;
    let files = world.export(&["--person", "Gwen", "--audit"]);
    let page = text(&files["records.html"]);
    for there in [
        "<html lang=\"en-GB\">",
        "<title>Records about Gwen</title>",
        "12 Mill Lane",
        "Swim &lt;b&gt;again&lt;/b&gt;",
        "=Nia()",
        "&lt;script&gt;alert(1)&lt;/script&gt; slept until seven",
        "slept until eight",
        "a little",
        "The phone was off",
        "Mair",
        "family contact",
        "put on the rota: ",
        "asked for somebody else to come",
        "kept by the team&#39;s computer since",
        "<th scope=\"row\">",
    ] {
        let plain = there.replace("&#39;", "'");
        assert!(
            page.contains(there) || page.contains(&plain),
            "{there:?} is missing"
        );
    }
    for missing in [
        "<script", "http://", "https://", "Hari", "Ravi", "a fall", "knee", "src=",
    ] {
        assert!(!page.contains(missing), "{missing:?} is in it");
    }
    // The clock on the wall, not that of programs.
    let (hour, minute) = (now() - Span::hours(3)).clock();
    let _ = minute;
    assert!(page.contains(&format!(", {hour:02}:")), "{hour}");

    let json: serde_json::Value = serde_json::from_slice(&files["records.json"]).unwrap();
    assert_eq!(json["visits"][0]["minutes"], 180);
    assert_eq!(json["visits"][0]["amended"][0]["by"], "=Nia()");
    assert_eq!(json["notes"][0]["earlier"][0]["reason"], "=1+1");
    assert_eq!(json["rota"].as_array().unwrap().len(), 1);
    let around: Vec<_> = json["around"].as_array().unwrap().iter().collect();
    let reads = |name: &str| {
        let one = around.iter().find(|a| a["name"] == name).unwrap();
        one["reads"].to_string()
    };
    assert!(reads("Cai").contains("notes for the team"));
    assert!(!reads("Mair").contains("notes for the team"));
    for missing in ["Hari", "Ravi", "a fall", "knee"] {
        assert!(!text(&files["records.json"]).contains(missing), "{missing}");
    }

    // Their documents, which load, and nobody else's.
    let mut kinds = vec![];
    for (name, bytes) in &files {
        if let Some(name) = name.strip_suffix(".automerge") {
            let id: DocumentId = name.replace('_', "/").parse().unwrap();
            assert_eq!(id.person(), Some(world.gwen), "{id}");
            kinds.push(id.kind());
            Document::load(id, bytes).unwrap();
        }
    }
    assert_eq!(kinds.len(), 5, "{kinds:?}");
    let audit = text(&files["audit.csv"]);
    assert!(audit.contains("Gwen") && !audit.contains("Hari"));
    assert!(!audit.contains("availability"));
    let left = fs::read_dir(std::env::temp_dir()).unwrap();
    let mine = left.filter(|f| {
        let name = f.as_ref().unwrap().file_name();
        name.to_string_lossy().starts_with("kith-copy-")
    });
    assert!(mine.count() < 2, "copies are left behind");
}

#[tokio::test]
async fn the_audit_trail_is_whole_and_holds_no_formula() {
    let world = World::new().await;
    let files = world.export(&["--audit"]);
    let mut csv = csv::Reader::from_reader(&*files["audit.csv"]);
    let headers = csv.headers().unwrap().clone();
    let rows: Vec<csv::StringRecord> = csv.records().map(Result::unwrap).collect();
    let column = |name: &str| headers.iter().position(|h| h == name).unwrap();
    let cell = |row: &csv::StringRecord, name: &str| row[column(name)].to_owned();
    for row in &rows {
        for text in row {
            assert!(
                !text.starts_with(['=', '+', '@', '\t']),
                "{text:?} is a formula"
            );
        }
        assert!(cell(row, "relay_time_utc").ends_with('Z'));
    }
    // Every place from the first to the last.
    let mut places: Vec<u64> = rows
        .iter()
        .map(|r| cell(r, "place").parse().unwrap())
        .collect();
    places.dedup();
    assert_eq!(places, (1..=places.len() as u64).collect::<Vec<_>>());
    let found = |what: &str| {
        let row = rows.iter().find(|row| cell(row, "what") == what);
        row.unwrap_or_else(|| panic!("no {what:?}")).clone()
    };
    let amended = rows.iter().find(|r| cell(r, "why") == "'=1+1").unwrap();
    assert_eq!(cell(amended, "by"), "'=Nia()");
    assert_eq!(cell(amended, "about"), "Gwen");
    assert_eq!(cell(amended, "clock_put_right_by_seconds"), "0");
    assert_eq!(cell(&found("clock in"), "late"), "");
    let aside = found("kept aside");
    assert_eq!(cell(&aside, "state"), "not accepted");
    assert_eq!(
        (cell(&aside, "why"), cell(&aside, "by")),
        (world.refused.clone(), "Cai".into())
    );
    found("somebody was invited");
    // As before, and for the team as a whole.
    assert!(files.contains_key("team.json"));
}

#[tokio::test]
async fn who_is_not_there_is_told_so() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path();
    assert!(
        run(data, &["init", "--team", "River team"])
            .status
            .success()
    );
    let to = data.join("out");
    let args = ["export", "--person", "Gwen", "--to", to.to_str().unwrap()];
    let output = run(data, &args);
    assert!(!output.status.success());
    assert!(
        said(&output).contains("nobody of this name"),
        "{}",
        said(&output)
    );
}
