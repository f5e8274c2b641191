//! A member's shifts, for their calendar program.

use crate::harness::{Phone, Relay, opened, problem, read};
use kith_relay::relay::{now, roll};
use kith_shared::{
    api::{CalendarFeed, ProblemCode, path},
    domain::shift::{Shift, ShiftKind},
    ids::{MemberId, PersonId, ShiftId},
    intent::Intent,
    limits,
    time::{Moment, Span},
};
use reqwest::{Method, Response, StatusCode};

fn ask(phone: &Phone, method: Method) -> reqwest::RequestBuilder {
    let url = format!("{}{}", phone.url, path::CALENDAR);
    let request = phone.client.request(method, url);
    request.bearer_auth(&phone.me().pass.token)
}

async fn feed(phone: &Phone, method: Method) -> CalendarFeed {
    read(ask(phone, method).send().await.unwrap()).await
}

/// The last part of a new address.
async fn address(phone: &Phone) -> String {
    let made = feed(phone, Method::POST).await;
    let url = made.url.unwrap();
    let address = url.strip_prefix("https://kith.example/v1/calendar/");
    address.unwrap().to_owned()
}

async fn get(relay: &Relay, address: &str, headers: &[(&str, &str)]) -> Response {
    let url = relay.url(&format!("{}/{address}", path::CALENDAR));
    let mut request = relay.client.get(url);
    for (name, value) in headers {
        request = request.header(*name, *value);
    }
    request.send().await.unwrap()
}

/// What programs would show, and nothing else.
async fn events(relay: &Relay, address: &str) -> Vec<String> {
    let file = get(relay, address, &[]).await;
    assert_eq!(file.status(), StatusCode::OK);
    let text = file.text().await.unwrap().replace("\r\n ", "");
    let summaries = text.lines().filter_map(|l| l.strip_prefix("SUMMARY:"));
    summaries.map(|s| s.replace("\\,", ",")).collect()
}

/// The value of a property of the only event.
async fn property(relay: &Relay, address: &str, name: &str) -> String {
    let text = get(relay, address, &[]).await.text().await.unwrap();
    let mut values = text
        .lines()
        .filter_map(|l| l.strip_prefix(&format!("{name}:")));
    let value = values.next().unwrap().to_owned();
    assert_eq!(values.next(), None, "{name}");
    value
}

fn shift(person: PersonId, start: Moment, pas: &[MemberId]) -> Shift {
    let times = (start, start + Span::hours(8));
    let id = ShiftId::new(now(), roll());
    Shift::plain(id, person, times, pas.to_vec(), ShiftKind::Day)
}

fn publish(shift: Shift) -> Intent {
    Intent::publish(shift)
}

/// Days from now, at nine.
fn in_days(days: i32) -> Moment {
    Moment::at(now().day().plus(days), 9, 0)
}

#[tokio::test]
async fn everyone_reads_what_concerns_them() {
    let relay = Relay::start().await;
    let (team, gwen, mut nia) = relay.team().await;
    let cai = relay.joined(team, "pa", "Cai Ïorwerth", None).await;
    let mair = relay
        .joined(team, "authorised-person", "Mair", Some("Gwen"))
        .await;
    let huw = relay
        .joined(team, "family-contact", "Huw", Some("Gwen"))
        .await;
    let manager = relay.joined(team, "manager", "Rhian", None).await;
    let other = relay
        .invite(team, "person", "Dewi Siôn Prys", None)
        .await
        .person
        .unwrap();
    let (n, c) = (nia.me().member, cai.me().member);
    for (person, day, pas) in [
        (gwen, 1, &[n][..]),
        (gwen, 2, &[c]),
        (gwen, 3, &[n, c]),
        (gwen, 4, &[]),
        (other, 5, &[n]),
    ] {
        nia.write(&publish(shift(person, in_days(day), pas)));
    }
    nia.sync().await;
    let day = |with: &str| format!("{with}, 09:00–17:00 day");
    for (phone, expected) in [
        (&nia, vec![day("Gwen"), day("Gwen"), day("Dewi P.")]),
        (&cai, vec![day("Gwen"), day("Gwen")]),
        (
            &mair,
            vec![
                day("Nia"),
                day("Cai Ï."),
                day("Nia, Cai Ï."),
                day("Nobody yet"),
            ],
        ),
        (
            &huw,
            vec![
                day("Nia"),
                day("Cai Ï."),
                day("Nia, Cai Ï."),
                day("Nobody yet"),
            ],
        ),
        (&manager, vec![]),
    ] {
        let read = events(&relay, &address(phone).await).await;
        assert_eq!(read, expected, "{}", phone.me().name);
    }
    let welsh = format!("{}?lang=cy", address(&cai).await);
    assert_eq!(events(&relay, &welsh).await[0], "Gwen, 09:00–17:00 dydd");
}

#[tokio::test]
async fn it_reaches_from_four_weeks_ago_to_half_a_year_ahead() {
    let relay = Relay::start().await;
    let (team, gwen, mut nia) = relay.team().await;
    let cai = relay.joined(team, "pa", "Cai", None).await;
    let (n, c) = ([nia.me().member], [cai.me().member]);
    let (minute, length) = (Span::minutes(1), Span::hours(8));
    let (from, to) = (
        now() - limits::CALENDAR_BACK,
        now() + limits::CALENDAR_AHEAD,
    );
    // The longest began long before the calendar does.
    let mut long = shift(gwen, from - limits::LONGEST_SHIFT + minute, &c);
    long.end = long.start + limits::LONGEST_SHIFT;
    let ends_within = shift(gwen, from - length + minute, &n);
    let begins_within = shift(gwen, to - minute, &n);
    let ended_before = shift(gwen, from - length - length, &n);
    let begins_after = shift(gwen, to + minute, &c);
    let read = |of: &[&Shift]| -> Vec<String> {
        let start = |shift: &&Shift| shift.start.to_utc().replace(['-', ':'], "");
        of.iter().map(start).collect()
    };
    let expected = [read(&[&ends_within, &begins_within]), read(&[&long])];
    for shift in [long, ends_within, begins_within, ended_before, begins_after] {
        nia.write(&publish(shift));
    }
    nia.sync().await;
    for (phone, expected) in [&nia, &cai].into_iter().zip(expected) {
        let text = get(&relay, &address(phone).await, &[]).await.text().await;
        let text = text.unwrap();
        let starts = text.lines().filter_map(|l| l.strip_prefix("DTSTART:"));
        assert_eq!(starts.collect::<Vec<_>>(), expected, "{}", phone.me().name);
    }
}

#[tokio::test]
async fn a_change_keeps_the_event_and_is_told_once() {
    let relay = Relay::start().await;
    let (team, gwen, mut nia) = relay.team().await;
    let cai = relay.joined(team, "pa", "Cai", None).await;
    let mut planned = shift(gwen, in_days(2), &[nia.me().member]);
    let first = nia.write(&publish(planned.clone()));
    nia.sync().await;
    let address = address(&nia).await;
    let uid = property(&relay, &address, "UID").await;
    assert_eq!(uid, format!("{}@kith", planned.shift));
    let sequence = async || -> u32 {
        let sequence = property(&relay, &address, "SEQUENCE").await;
        sequence.parse().unwrap()
    };
    let before = sequence().await;

    let fresh = get(&relay, &address, &[]).await;
    assert_eq!(
        fresh.headers()["content-type"],
        "text/calendar; charset=utf-8"
    );
    assert_eq!(
        fresh.headers()["cache-control"],
        "private, max-age=0, must-revalidate"
    );
    assert_eq!(fresh.headers()["referrer-policy"], "no-referrer");
    let tag = fresh.headers()["etag"].to_str().unwrap().to_owned();
    let known = get(&relay, &address, &[("if-none-match", &tag)]).await;
    assert_eq!(known.status(), StatusCode::NOT_MODIFIED);
    assert!(known.bytes().await.unwrap().is_empty());

    planned.replaces = Some(first);
    planned.end = planned.end + Span::hours(1);
    let second = nia.write(&publish(planned.clone()));
    nia.sync().await;
    assert_eq!(property(&relay, &address, "UID").await, uid);
    assert!(sequence().await > before);
    let changed = get(&relay, &address, &[("if-none-match", &tag)]).await;
    assert_eq!(changed.status(), StatusCode::OK);

    planned.replaces = Some(second);
    planned.pas = vec![cai.me().member];
    nia.write(&publish(planned));
    nia.sync().await;
    assert_eq!(events(&relay, &address).await, Vec::<String>::new());
}

#[tokio::test]
async fn an_address_is_good_until_the_next_or_until_it_is_revoked() {
    let folder = tempfile::tempdir().unwrap();
    let relay = Relay::on_disk(folder.path()).await;
    let (_, _, mut nia) = relay.team().await;
    let none = CalendarFeed {
        active: false,
        url: None,
    };
    assert_eq!(feed(&nia, Method::GET).await, none);
    let old = address(&nia).await;
    let new = address(&nia).await;
    let kept = feed(&nia, Method::GET).await;
    assert_eq!((kept.active, kept.url), (true, None), "it is said once");
    assert_eq!(get(&relay, &new, &[]).await.status(), StatusCode::OK);
    let mut wrong = new.clone();
    // Of the secret, not of the team.
    let at = wrong.len() - 10;
    let letter = if &wrong[at..=at] == "A" { "B" } else { "A" };
    wrong.replace_range(at..=at, letter);
    let mut elsewhere = new.clone();
    elsewhere.replace_range(..4, "AAAA");
    let bare = new.strip_suffix(".ics").unwrap();
    for gone in [
        &*old,
        &*wrong,
        &*elsewhere,
        bare,
        ".ics",
        "x.ics",
        "%00.ics",
        "AAAA.ics",
    ] {
        let response = get(&relay, gone, &[]).await;
        assert_eq!(problem(response).await, ProblemCode::NotFound, "{gone}");
    }
    for method in [Method::GET, Method::POST, Method::DELETE] {
        let request = relay.client.request(method, relay.url(path::CALENDAR));
        let refused = request.send().await.unwrap();
        assert_eq!(problem(refused).await, ProblemCode::NotAuthorised);
    }
    relay.server.stop().await;
    drop(relay.client);

    let relay = Relay::on_disk(folder.path()).await;
    nia.url = relay.url("");
    assert_eq!(get(&relay, &new, &[]).await.status(), StatusCode::OK);
    for _ in 0..2 {
        assert_eq!(feed(&nia, Method::DELETE).await, none);
        let response = get(&relay, &new, &[]).await;
        assert_eq!(problem(response).await, ProblemCode::NotFound);
    }
    relay.server.stop().await;
    drop(relay.client);
    // Who reads the journal learns no address.
    drop(opened(folder.path()).await);
    let secret = kith_shared::bytes::from_base64(bare).unwrap()[16..].to_vec();
    let mut files = vec![folder.path().to_owned()];
    while let Some(path) = files.pop() {
        if path.is_dir() {
            files.extend(path.read_dir().unwrap().map(|entry| entry.unwrap().path()));
        } else {
            let bytes = std::fs::read(&path).unwrap();
            assert!(!bytes.windows(16).any(|part| part == secret), "{path:?}");
        }
    }
}

#[tokio::test]
async fn it_is_read_so_often_and_no_more() {
    let relay = Relay::start().await;
    let (_, _, nia) = relay.team().await;
    let address = address(&nia).await;
    for _ in 0..limits::REQUESTS_PER_DEVICE {
        assert_eq!(get(&relay, &address, &[]).await.status(), StatusCode::OK);
    }
    let refused = get(&relay, &address, &[]).await;
    assert_eq!(problem(refused).await, ProblemCode::TooManyRequests);
    // Nia herself is not held up by who reads her calendar.
    assert!(feed(&nia, Method::GET).await.active);
}
