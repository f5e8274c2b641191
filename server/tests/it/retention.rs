//! Until when records are kept, as the commands say it.

use crate::command::{Running, run, said};

#[tokio::test]
async fn care_that_ended_starts_a_clock_and_a_return_stops_it() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path();
    let relay = Running::start(data);
    for name in ["Gwen", "Hari"] {
        let invited = run(data, &["invite", "--role", "person", "--name", name]);
        assert!(invited.status.success(), "{}", said(&invited));
    }
    let care = |args: &[&str], words: Result<&str, &str>| {
        let output = run(data, &[&["care"], args].concat());
        assert_eq!(
            output.status.success(),
            words.is_ok(),
            "{args:?}: {}",
            said(&output)
        );
        let (Ok(words) | Err(words)) = words;
        assert!(said(&output).contains(words), "{args:?}: {}", said(&output));
    };
    care(&["Gwen"], Err("required"));
    care(&["Gwen", "--ended", "yesterday"], Err("2026-11-24"));
    care(&["Gwen", "--ended", "2099-01-01"], Err("not in the future"));
    care(&["Gwen", "--ended", "2014-12-31"], Err("from 2015"));
    care(&["Gwen", "--returned", "2018-01-01"], Err("has not ended"));
    care(
        &["Mair", "--ended", "2018-01-01"],
        Err("nobody of this name"),
    );
    care(
        &["Gwen", "--ended", "2016-02-29"],
        Ok("ended on 2016-02-29"),
    );
    care(
        &["Gwen", "--returned", "2016-02-28"],
        Err("ended on 2016-02-29"),
    );
    care(
        &["Hari", "--ended", "2017-05-01"],
        Ok("ended on 2017-05-01"),
    );
    care(
        &["Hari", "--returned", "2019-01-01"],
        Ok("all records are kept"),
    );
    care(
        &["Hari", "--ended", "2018-12-31"],
        Err("came back on 2019-01-01"),
    );
    drop(relay);

    let report = |args: &[&str]| {
        let output = run(data, &[&["retention"], args].concat());
        assert!(output.status.success(), "{}", said(&output));
        said(&output)
    };
    let before = report(&["--on", "2024-02-28"]);
    assert!(
        before.contains("due on 2024-02-29") && before.contains("0 due."),
        "{before}"
    );
    let after = report(&["--on", "2024-02-29"]);
    assert!(
        after.contains("DUE since 2024-02-29") && after.contains("1 due."),
        "{after}"
    );
    assert!(after.contains("Hari (Our team): care goes on"), "{after}");
    assert!(after.contains("Nothing was deleted"), "{after}");
    let shorter = report(&["--on", "2022-03-01", "--care-years", "6"]);
    assert!(shorter.contains("DUE since 2022-03-01"), "{shorter}");
    let json: serde_json::Value = serde_json::from_str(&report(&["--json"])).unwrap();
    assert_eq!(json["people"][0]["name"], "Gwen");
    assert_eq!(json["people"][0]["due"], "2024-02-29");
    assert_eq!(json["people"][1]["due"], serde_json::Value::Null);
    let checked = run(data, &["check"]);
    assert!(checked.status.success(), "{}", said(&checked));
}
