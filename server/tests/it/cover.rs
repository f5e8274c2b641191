//! Cover over HTTP: phones say what they would like, the relay says who is responsible.

use crate::{
    harness::{Phone, Relay, words},
    storing::Batches,
};
use kith_relay::{
    journal::MemoryJournal,
    relay::{Team, now, roll},
};
use kith_shared::{
    documents::{DocumentId, profile::ProfileRecord, rota::RotaRecord},
    domain::{
        cover::{Board, ClaimState, Cover, News, Outcome, ShiftRef, ShiftState, Why},
        profile::Choice,
        shift::{Shift, ShiftKind},
    },
    ids::{MemberId, PersonId, RecordId, ShiftId, TeamId},
    intent::Intent,
    time::{Moment, Span},
};
use std::sync::Arc;

struct World {
    relay: Relay,
    id: TeamId,
    /// Holds the rota.
    nia: Phone,
    cai: Phone,
    dai: Phone,
    gwen: Phone,
}

impl World {
    async fn new() -> Self {
        Self::on(Relay::start().await).await
    }

    async fn on(relay: Relay) -> Self {
        let team = relay.server.app.teams.found("River team").await.unwrap();
        let id = team.read(Team::id).await.unwrap();
        let nia = relay.joined(id, "pa", "Nia", None).await;
        let gwen = relay.joined(id, "person", "Gwen", None).await;
        let cai = relay.joined(id, "pa", "Cai", None).await;
        let dai = relay.joined(id, "pa", "Dai", None).await;
        let mut world = Self {
            relay,
            id,
            nia,
            cai,
            dai,
            gwen,
        };
        for phone in world.phones() {
            phone.sync().await;
        }
        world
    }

    fn phones(&mut self) -> [&mut Phone; 4] {
        [&mut self.nia, &mut self.cai, &mut self.dai, &mut self.gwen]
    }

    async fn all_sync(&mut self) {
        for phone in self.phones() {
            phone.sync().await;
        }
    }

    /// A shift in two days that begins at this hour, published by whoever holds the rota.
    async fn shift(&mut self, person: PersonId, hour: i8, pa: MemberId) -> ShiftRef {
        let start = Moment::at(now().day().plus(2), hour, 0);
        let shift = ShiftId::new(now(), roll());
        let times = (start, start + Span::hours(3));
        let plain = Shift::plain(shift, person, times, vec![pa], ShiftKind::Day);
        self.nia.write(&Intent::publish(plain));
        assert_eq!(words(&self.nia.sync().await), ["accepted"]);
        ShiftRef {
            person,
            month: start.month(),
            shift,
        }
    }

    /// A shift of Nia's with Gwen for which she asks for cover, and her ask.
    async fn asked(&mut self) -> (ShiftRef, RecordId) {
        let (person, nia) = (person(&self.gwen), me(&self.nia));
        let at = self.shift(person, 9, nia).await;
        let ask = say(&mut self.nia, at, |shift| RotaRecord::Ask {
            shift,
            cover: Cover::Anyone,
            until: None,
            reason: "A wedding".into(),
        });
        self.nia.sync().await;
        self.cai.sync().await;
        self.dai.sync().await;
        (at, ask)
    }

    /// Whoever knows Gwen may come without being asked about.
    async fn automatic(&mut self) {
        let person = person(&self.gwen);
        automatic(&mut self.gwen, person).await;
    }
}

fn me(phone: &Phone) -> MemberId {
    phone.me().member
}

fn person(phone: &Phone) -> PersonId {
    phone.me().role.person().unwrap()
}

async fn automatic(phone: &mut Phone, person: PersonId) {
    let says = ProfileRecord::Choice {
        pa: None,
        choice: Choice::Automatic,
    };
    phone.write(&Intent::Profile { person, says });
    assert_eq!(words(&phone.sync().await), ["accepted"]);
}

fn say(phone: &mut Phone, at: ShiftRef, says: impl Fn(ShiftId) -> RotaRecord) -> RecordId {
    phone.write(&Intent::say(at, says(at.shift)))
}

fn claim(phone: &mut Phone, at: ShiftRef, ask: RecordId) -> RecordId {
    say(phone, at, |shift| RotaRecord::Claim {
        shift,
        answers: Some(ask),
        reason: "It is fine".into(),
    })
}

/// The shift as this phone sees it.
fn state(phone: &Phone, at: ShiftRef) -> ShiftState {
    let mut board = Board::default();
    board.read(&phone.held[&at.rota()].document);
    board.state(at).unwrap().clone()
}

fn holders(phone: &Phone, at: ShiftRef) -> Vec<MemberId> {
    state(phone, at).shift.pas
}

fn claimed(phone: &Phone, at: ShiftRef, claim: RecordId) -> ClaimState {
    state(phone, at).claim(claim).unwrap().state.clone()
}

fn is_granted(state: &ClaimState) -> bool {
    matches!(state, ClaimState::Answered(Outcome::Granted { .. }))
}

const STANDBY: ClaimState = ClaimState::Answered(Outcome::Standby);

#[tokio::test]
async fn of_two_claims_the_first_to_arrive_is_granted_and_the_other_waits_in_line() {
    let mut world = World::new().await;
    world.automatic().await;
    let (at, ask) = world.asked().await;
    // Dai wrote first, without signal; Cai's phone was in touch first.
    let dais = claim(&mut world.dai, at, ask);
    let cais = claim(&mut world.cai, at, ask);
    // Each reads the answer in the reply to the very request that brought the claim.
    world.cai.sync().await;
    assert!(is_granted(&claimed(&world.cai, at, cais)));
    world.dai.sync().await;
    assert_eq!(claimed(&world.dai, at, dais), STANDBY);
    world.all_sync().await;
    let cai = me(&world.cai);
    for phone in world.phones() {
        assert_eq!(holders(phone, at), [cai]);
        assert!(is_granted(&claimed(phone, at, cais)));
        assert_eq!(claimed(phone, at, dais), STANDBY);
        let told = state(phone, at).told;
        let filled = told.iter().find(|n| n.news == News::Filled);
        let filled = filled.unwrap_or_else(|| panic!("{told:?}"));
        assert_eq!(filled.about, Some(cais));
        assert_eq!(
            filled.to.len(),
            4,
            "the asker, both who were asked, the person"
        );
    }
}

#[tokio::test]
async fn the_person_is_asked_and_says_yes() {
    let mut world = World::new().await;
    let (at, ask) = world.asked().await;
    let cais = claim(&mut world.cai, at, ask);
    world.cai.sync().await;
    let waits = ClaimState::Answered(Outcome::Waits);
    assert_eq!(claimed(&world.cai, at, cais), waits);
    assert_eq!(
        holders(&world.cai, at),
        [me(&world.nia)],
        "until then it is hers"
    );
    world.gwen.sync().await;
    let question = state(&world.gwen, at).questions[0];
    assert_eq!((question.claim, question.pa), (cais, me(&world.cai)));
    say(&mut world.gwen, at, |shift| RotaRecord::Yes {
        shift,
        what: question.id,
    });
    world.gwen.sync().await;
    assert_eq!(holders(&world.gwen, at), [me(&world.cai)]);
    world.all_sync().await;
    for phone in world.phones() {
        assert!(is_granted(&claimed(phone, at, cais)));
    }
}

#[tokio::test]
async fn the_person_says_no_and_the_next_in_line_is_asked() {
    let mut world = World::new().await;
    world.automatic().await;
    let (at, ask) = world.asked().await;
    claim(&mut world.cai, at, ask);
    world.cai.sync().await;
    claim(&mut world.dai, at, ask);
    world.dai.sync().await;
    world.gwen.sync().await;
    let cai = me(&world.cai);
    say(&mut world.gwen, at, |shift| RotaRecord::Veto {
        shift,
        pa: cai,
        reason: String::new(),
    });
    world.gwen.sync().await;
    assert_eq!(state(&world.gwen, at).missing(), 1, "open for all to see");
    world.dai.sync().await;
    let state_now = state(&world.dai, at);
    let offer = state_now
        .asks
        .iter()
        .find(|a| a.is_open(now()) && a.is_for(me(&world.dai)));
    let offer = offer.expect("the standby is asked").id;
    let told = state_now
        .told
        .iter()
        .find(|n| n.about == Some(offer))
        .unwrap();
    assert_eq!(
        (told.news, &told.to),
        (News::Offered, &vec![me(&world.dai)])
    );
    claim(&mut world.dai, at, offer);
    world.dai.sync().await;
    world.all_sync().await;
    let dai = me(&world.dai);
    for phone in world.phones() {
        assert_eq!(holders(phone, at), [dai]);
    }
}

#[tokio::test]
async fn a_swap_over_two_persons_is_written_at_once() {
    let journal = Arc::new(Batches::default());
    let mut world = World::on(Relay::on(journal.clone()).await).await;
    world.automatic().await;
    let mut hari = world.relay.joined(world.id, "person", "Hari", None).await;
    hari.sync().await;
    let with_hari = person(&hari);
    automatic(&mut hari, with_hari).await;
    let (nia, cai) = (me(&world.nia), me(&world.cai));
    let gwen = person(&world.gwen);
    let hers = world.shift(gwen, 9, nia).await;
    let his = world.shift(with_hari, 14, cai).await;
    let ask = say(&mut world.nia, hers, |shift| RotaRecord::Ask {
        shift,
        cover: Cover::Swap { with: his, pa: cai },
        until: None,
        reason: String::new(),
    });
    world.nia.sync().await;
    world.cai.sync().await;
    assert_eq!(journal.of(world.id, &[hers.rota(), his.rota()]), 0);
    let claim = claim(&mut world.cai, hers, ask);
    world.cai.sync().await;
    world.all_sync().await;
    for phone in [&world.nia, &world.cai, &world.dai] {
        assert_eq!(holders(phone, hers), [cai]);
        assert_eq!(holders(phone, his), [nia]);
        for (at, other) in [(hers, his), (his, hers)] {
            let why = Why::Swapped { claim, with: other };
            assert_eq!(state(phone, at).word.unwrap().why, why);
        }
    }
    // One append has both words, and there is none with only one: no crash comes in between.
    assert_eq!(journal.of(world.id, &[hers.rota(), his.rota()]), 1);
}

#[tokio::test]
async fn a_relay_that_was_started_again_goes_on_the_same() {
    let journal = Arc::new(MemoryJournal::default());
    let mut world = World::on(Relay::on(journal.clone()).await).await;
    world.automatic().await;
    let (at, ask) = world.asked().await;
    let cais = claim(&mut world.cai, at, ask);
    world.cai.sync().await;
    // Said before there is any plan of it: a story without a shift, so far.
    let unplanned = ShiftRef {
        shift: ShiftId::new(now(), roll()),
        ..at
    };
    say(&mut world.cai, unplanned, |shift| RotaRecord::Offer {
        shift,
        to: me(&world.dai),
        until: now() + Span::days(1),
    });
    world.cai.sync().await;
    let states = |team: &Team| -> Vec<_> {
        let states = team.board().states();
        states.map(|(at, state)| (at, state.clone())).collect()
    };
    let handle = world.relay.server.app.teams.get(world.id).unwrap();
    let (before, end) = handle.read(move |t| (states(t), t.end())).await.unwrap();
    drop(handle);
    world.relay.server.stop().await;
    world.relay = Relay::on(journal).await;
    let url = world.relay.url("");
    for phone in world.phones() {
        phone.url.clone_from(&url);
    }
    let handle = world.relay.server.app.teams.get(world.id).unwrap();
    let (after, same) = handle.read(move |t| (states(t), t.end())).await.unwrap();
    assert_eq!((after, same), (before, end));
    let dais = claim(&mut world.dai, at, ask);
    world.dai.sync().await;
    assert_eq!(claimed(&world.dai, at, dais), STANDBY);
    assert!(is_granted(&claimed(&world.dai, at, cais)));
}

#[tokio::test]
async fn who_may_not_plan_is_told_so() {
    let mut world = World::new().await;
    let start = now() + Span::days(2);
    let shift = Shift::plain(
        ShiftId::new(now(), roll()),
        person(&world.gwen),
        (start, start + Span::hours(3)),
        vec![me(&world.cai)],
        ShiftKind::Day,
    );
    // His phone thinks that he wears the hat: it is the relay's word that counts.
    world.cai.write(&Intent::publish(shift));
    assert_eq!(words(&world.cai.sync().await), ["NotYourHat, kept"]);
    world.nia.sync().await;
    let rota = DocumentId::rota(person(&world.gwen), start.month());
    assert!(!world.nia.held.contains_key(&rota));
}
