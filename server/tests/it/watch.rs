//! What the relay says by itself, as time goes by.

use crate::{
    harness::{Phone, Relay, keys, words},
    push_service::{Service, until},
};
use kith_relay::{
    journal::{Journal, MemoryJournal},
    metrics::Metrics,
    relay::{Done, Team, TeamHandle, Teams, now, roll},
};
use kith_shared::{
    documents::{DocumentId, circle::circle, profile::ProfileRecord, rota::RotaRecord},
    domain::{
        cover::{
            Block, Board, ClaimState, News, Notice, Outcome, ShiftRef, came_after_all, may_step_in,
        },
        shift::{Shift, ShiftKind},
        visit::GRACE,
    },
    ids::{MemberId, PersonId, RecordId, ShiftId, VisitId},
    intent::{Intent, Stamp},
    limits,
    sync::Seq,
    time::{Moment, Span},
};
use std::{sync::Arc, time::Duration};

/// A shift of three hours.
fn shift(person: PersonId, start: Moment, pas: Vec<MemberId>) -> (ShiftRef, Intent) {
    let shift = ShiftId::new(now(), roll());
    let times = (start, start + Span::hours(3));
    let month = start.month();
    let at = ShiftRef {
        person,
        month,
        shift,
    };
    let plain = Shift::plain(shift, person, times, pas, ShiftKind::Day);
    (at, Intent::publish(plain))
}

/// As the phone writes it an hour before the shift begins.
async fn publish_before(phone: &mut Phone, start: Moment, publish: &Intent) {
    let (author, member) = (phone.author(), phone.member());
    let id = RecordId::new(now(), roll());
    let stamp = Stamp::plain(start - Span::hours(1));
    let held = phone.held(publish.document());
    let change = publish.write(&mut held.document, author, &member, id, stamp);
    held.waiting.push(change.unwrap());
    assert_eq!(words(&phone.sync().await), ["accepted"]);
}

async fn tick(team: &TeamHandle, at: Moment) -> usize {
    let ticked = team.act(move |team: &mut Team, _, dice| {
        let done = team.tick(at, dice);
        let reply = done.entries.len();
        let entries = done.entries;
        Ok(Done { entries, reply })
    });
    ticked.await.unwrap()
}

async fn end(team: &TeamHandle) -> Seq {
    team.read(|team| team.end().seq).await.unwrap()
}

fn board(phone: &Phone) -> Board {
    let mut board = Board::default();
    for held in phone.held.values() {
        board.read(&held.document);
    }
    board
}

fn told(phone: &Phone, at: ShiftRef) -> Vec<Notice> {
    board(phone).state(at).unwrap().told.clone()
}

fn claim(phone: &mut Phone, at: ShiftRef, answers: Option<RecordId>) -> RecordId {
    let claim = RotaRecord::Claim {
        shift: at.shift,
        answers,
        reason: String::new(),
    };
    phone.write(&Intent::say(at, claim))
}

fn answer(phone: &Phone, at: ShiftRef, claim: RecordId) -> Outcome {
    let board = board(phone);
    match &board.state(at).unwrap().claim(claim).unwrap().state {
        ClaimState::Answered(outcome) => outcome.clone(),
        other => panic!("no answer: {other:?}"),
    }
}

fn minutes(n: i64) -> Span {
    GRACE + Span::minutes(n)
}

#[tokio::test]
async fn who_does_not_begin_is_asked_and_the_family_hears_of_it_in_their_circle() {
    let relay = Relay::start().await;
    let (id, gwen, mut nia) = relay.team().await;
    let team = relay.server.app.teams.get(id).unwrap();
    let mut person = relay
        .joined(id, "authorised-person", "Ifan", Some("Gwen"))
        .await;
    let mut mair = relay
        .joined(id, "family-contact", "Mair", Some("Gwen"))
        .await;
    let member = Some(mair.me().member);
    let says = ProfileRecord::Contact { member };
    person.sync().await;
    person.write(&Intent::Profile { person: gwen, says });
    person.sync().await;
    nia.sync().await;
    let start = now() + Span::hours(1);
    let (at, publish) = shift(gwen, start, vec![nia.me().member]);
    nia.write(&publish);
    nia.sync().await;
    assert_eq!(tick(&team, start + minutes(-1)).await, 0);

    // Her phone was in touch an hour before, and not since.
    assert_eq!(tick(&team, start + minutes(0)).await, 1);
    assert_eq!(tick(&team, start + minutes(0)).await, 0, "once");
    nia.sync().await;
    let notice = told(&nia, at).pop().unwrap();
    assert_eq!(notice.to, [nia.me().member]);
    let News::NotHeard { last: Some(last) } = notice.news else {
        panic!("{notice:?}");
    };
    assert!(now() - last < Span::minutes(2), "when it was last in touch");

    tick(&team, start + minutes(60)).await;
    mair.sync().await;
    assert!(!mair.held.contains_key(&at.rota()), "she does not read it");
    let circle_of = |phone: &Phone| circle(&phone.held[&DocumentId::circle(gwen)].document);
    let alert = circle_of(&mair).alerts[&at.shift].last().unwrap().clone();
    assert_eq!(alert.to, [mair.me().member]);
    assert_eq!(alert.of, Some(nia.me().member));
    assert!(matches!(alert.news, News::NotHeard { .. }));

    // The clock-in comes at last: all who were told are told.
    nia.write(&Intent::ClockIn {
        person: gwen,
        month: at.month,
        shift: Some(at.shift),
        place: None,
    });
    nia.sync().await;
    tick(&team, start + minutes(61)).await;
    mair.sync().await;
    nia.sync().await;
    let alerts = circle_of(&mair).alerts[&at.shift].clone();
    assert_eq!(alerts.len(), 2, "what was told before stays");
    assert_eq!(alerts[1].news, News::Started);
    assert_eq!(told(&nia, at).last().unwrap().news, News::Started);
    assert_eq!(tick(&team, start + minutes(62)).await, 0);
}

#[tokio::test]
async fn a_tick_at_rest_writes_nothing() {
    let relay = Relay::start().await;
    let (id, gwen, mut nia) = relay.team().await;
    let team = relay.server.app.teams.get(id).unwrap();
    let (_, publish) = shift(gwen, now() + Span::days(3), vec![nia.me().member]);
    nia.sync().await;
    nia.write(&publish);
    nia.sync().await;
    let before = end(&team).await;
    assert_eq!(tick(&team, now() + Span::days(1)).await, 0);
    assert_eq!(end(&team).await, before);
}

#[tokio::test]
async fn time_passes_for_a_team_at_work() {
    let relay = Relay::start().await;
    let (id, gwen, mut nia) = relay.team().await;
    let team = relay.server.app.teams.get(id).unwrap();
    nia.sync().await;
    // A few seconds short of being late.
    let start = now() - GRACE + Span::from_millis(4_000);
    let (_, publish) = shift(gwen, start, vec![nia.me().member]);
    publish_before(&mut nia, start, &publish).await;
    let before = end(&team).await;
    tokio::time::sleep(Duration::from_millis(4_100)).await;
    assert_eq!(end(&team).await, before, "nobody has asked for anything");
    tokio::time::pause();
    let pace = Duration::from_millis(limits::TICK.millis().unsigned_abs());
    tokio::time::advance(pace).await;
    let team = &team;
    until("it is told", || async move { end(team).await > before }).await;
}

#[tokio::test]
async fn a_team_that_nobody_can_ask_has_no_time() {
    let journal = Arc::new(MemoryJournal::default());
    let metrics = Arc::new(Metrics::default());
    let teams = Teams::open(journal.clone(), keys().proof(), metrics).unwrap();
    drop(teams.found("River team").await.unwrap());
    assert_eq!(journal.teams().unwrap().len(), 1);
    drop(teams);
    let journal = &journal;
    let alone = || async move { Arc::strong_count(journal) == 1 };
    until("its work ends", alone).await;
}

#[tokio::test]
async fn who_a_new_plan_names_is_woken_and_who_only_reads_that_it_was_late_is_not() {
    let service = Service::start().await;
    let relay = service.relay(Arc::new(MemoryJournal::default())).await;
    let (id, gwen, mut nia) = relay.team().await;
    let team = relay.server.app.teams.get(id).unwrap();
    let mut cai = relay.joined(id, "pa", "Cai", None).await;
    for (phone, path) in [(&nia, "/nia"), (&cai, "/cai")] {
        service.subscribe(phone, path).await;
    }
    nia.sync().await;
    cai.sync().await;
    let start = now() - GRACE + Span::minutes(1);
    let (at, publish) = shift(gwen, start, vec![cai.me().member]);
    publish_before(&mut nia, start, &publish).await;
    service.wait_for("/cai", 1).await;
    // He clocks in, and says later that he was late.
    cai.sync().await;
    cai.write(&Intent::ClockIn {
        person: gwen,
        month: at.month,
        shift: Some(at.shift),
        place: None,
    });
    let level = cai.sync().await;
    assert!(!level.outcomes.is_empty());
    let amended = Intent::AmendClock {
        person: gwen,
        month: at.month,
        visit: visit(&cai, gwen, at),
        start: start + GRACE + Span::minutes(1),
        end: None,
        reason: "The bus".into(),
    };
    cai.write(&amended);
    cai.sync().await;
    tick(&team, start + minutes(1)).await;
    nia.sync().await;
    let late = told(&nia, at).pop().unwrap();
    assert_eq!(late.news, News::Late);
    assert_eq!(late.to.len(), 2, "the holder, and who holds the rota");
    // What is woken is woken in order: were it for this, it would be before that.
    let (_, another) = shift(gwen, now() + Span::days(2), vec![cai.me().member]);
    nia.write(&another);
    nia.sync().await;
    service.wait_for("/cai", 2).await;
    assert_eq!(service.pushed("/nia").len(), 0);
    drop(team);
    relay.server.stop().await;
}

fn visit(phone: &Phone, person: PersonId, at: ShiftRef) -> VisitId {
    let mut board = Board::default();
    board.read(&phone.held[&DocumentId::visits(person, at.month)].document);
    let visit = board.visits().next().unwrap();
    visit.id
}

#[tokio::test]
async fn a_colleague_steps_in_for_who_says_nothing_and_hears_that_they_were_there() {
    let relay = Relay::start().await;
    let (id, gwen, mut nia) = relay.team().await;
    let mut cai = relay.joined(id, "pa", "Cai", None).await;
    let mut dai = relay.joined(id, "pa", "Dai", None).await;
    cai.sync().await;
    nia.sync().await;
    let (cais, dais, nias) = (cai.me().member, dai.me().member, nia.me().member);
    // As long ago as the team is told of who is not in touch.
    let start = now() - Span::minutes(50);
    let (at, publish) = shift(gwen, start, vec![cais]);
    let lately = now() - Span::minutes(16);
    let (other, early) = shift(gwen, lately, vec![cais]);
    // Cai alone has been told of the later one.
    publish_before(&mut nia, lately, &early).await;
    dai.sync().await;
    assert_eq!(told(&dai, other).last().unwrap().to, [cais]);
    assert_eq!(may_step_in(&board(&dai), other, dais, now()), None);
    let notice = told(&dai, other).last().unwrap().id;
    let too_soon = claim(&mut dai, other, Some(notice));
    dai.sync().await;
    let block = Block::Started;
    let started = Outcome::NotPossible { block };
    assert_eq!(answer(&dai, other, too_soon), started);

    publish_before(&mut nia, start, &publish).await;
    dai.sync().await;
    nia.sync().await;
    let silence = may_step_in(&board(&dai), at, dais, now()).unwrap();
    assert_eq!(silence.of.pa, cais);
    let openly = claim(&mut dai, at, None);
    let goes = claim(&mut dai, at, Some(silence.notice));
    let second = claim(&mut nia, at, Some(silence.notice));
    dai.sync().await;
    assert_eq!(answer(&dai, at, openly), started, "it answers nothing");
    let granted = Outcome::Granted { warnings: vec![] };
    assert_eq!(answer(&dai, at, goes), granted);
    nia.sync().await;
    assert_eq!(answer(&nia, at, second), Outcome::Standby);
    cai.sync().await;
    for phone in [&cai, &dai, &nia] {
        assert_eq!(board(phone).state(at).unwrap().shift.pas, [dais]);
        let told = told(phone, at);
        let filled = told.iter().find(|n| n.news == News::Filled).unwrap();
        for member in [cais, dais, nias] {
            assert!(filled.to.contains(&member), "{filled:?}");
        }
    }

    // Cai was there all along.
    cai.write(&Intent::ClockIn {
        person: gwen,
        month: at.month,
        shift: Some(at.shift),
        place: None,
    });
    cai.sync().await;
    dai.sync().await;
    let notice = told(&dai, at).pop().unwrap();
    assert_eq!((notice.news, notice.of), (News::Started, Some(cais)));
    assert!(notice.to.contains(&dais), "{notice:?}");
    let came = board(&dai);
    assert_eq!(came_after_all(&came, at)[0].pa, cais);
    assert_eq!(
        came.state(at).unwrap().shift.pas,
        [dais],
        "nothing is undone"
    );
}
