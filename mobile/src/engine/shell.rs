//! The shell around the engine: it stores and sends what the engine decided, in that order, and
//! lets nothing be shown before it is stored.

use super::{Draft, Found, Me, Phone, Unreadable};
use crate::platform::{
    self,
    http::{Relay, RelayError, Wish},
    store::{Batch, Store, StoreError},
};
use futures_util::{FutureExt, lock::Mutex, select_biased, task::AtomicWaker};
use kith_shared::{
    api::{CalendarFeed, Code, Join, KnownDevice, Pass, ProblemCode, PushOn, PushStatus, Revoke},
    aside::{End, Page, Review},
    bytes::Array,
    ids::{DeviceId, RecordId, VisitId},
    intent::{Intent, IntentError},
    sync::{SyncRequest, TeamReply},
    time::{Moment, Span},
};
use std::{
    cell::{Cell, Ref, RefCell},
    rc::Rc,
};

/// Without events the relay is asked this often.
const POLL: Span = Span::minutes(1);
/// How soon others learn that this phone has what they sent.
const ACKNOWLEDGE: Span = Span::from_millis(1500);
/// The wait after a failed attempt: it doubles from the first to the last.
const RETRY: (Span, Span) = (Span::from_millis(1000), Span::from_millis(30_000));

/// How it stands between this phone and the relay.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum Link {
    /// Not tried yet.
    #[default]
    Unknown,
    /// The last exchange went through.
    Reached,
    /// No answer.
    Unreachable,
    /// It answered that it cannot.
    Trouble(ProblemCode),
    /// This phone does not belong to the team any more.
    NotOurs,
}

/// Why an act did not happen.
#[derive(Debug, thiserror::Error)]
pub enum ActError {
    /// The rules forbid it.
    #[error(transparent)]
    Intent(#[from] IntentError),
    /// It could not be saved.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// The store holds what cannot be read.
    #[error(transparent)]
    Unreadable(#[from] Unreadable),
}

/// Why joining failed.
#[derive(Debug, thiserror::Error)]
pub enum JoinError {
    /// What was typed or opened is no joining code.
    #[error("this is not a joining code")]
    NotACode,
    /// The relay said no, or nothing.
    #[error(transparent)]
    Relay(#[from] RelayError),
    /// It could not be saved.
    #[error(transparent)]
    Act(#[from] ActError),
}

/// A phone that stores and sends.
pub struct Shell<S> {
    store: S,
    relay: Relay,
    phone: RefCell<Phone>,
    link: RefCell<Link>,
    /// One change at a time: each is worked out from the one before.
    turn: Mutex<()>,
    awake: Cell<bool>,
    #[allow(clippy::type_complexity)] // Callbacks of the screens.
    changed: RefCell<Vec<Rc<dyn Fn()>>>,
    waker: AtomicWaker,
}

impl<S: Store> Shell<S> {
    /// Opens the phone in this store, which talks to this relay.
    pub async fn open(store: S, relay: Relay) -> Result<Rc<Self>, ActError> {
        let phone = Phone::open(&store.load().await?)?;
        Ok(Rc::new(Self {
            store,
            relay,
            phone: RefCell::new(phone),
            link: RefCell::default(),
            turn: Mutex::new(()),
            awake: Cell::new(true),
            changed: RefCell::default(),
            waker: AtomicWaker::new(),
        }))
    }

    /// Where it is stored.
    pub fn store(&self) -> &S {
        &self.store
    }

    /// Returns when nothing is being stored any more.
    pub async fn at_rest(&self) {
        let _turn = self.turn.lock().await;
    }

    /// Says outside of a lock how it stands with this phone.
    pub async fn say_outside(&self) -> Result<(), ActError> {
        self.change(|phone| Ok(((), phone.say_outside()))).await
    }

    /// What the phone knows now. Do not hold it across an await.
    pub fn phone(&self) -> Ref<'_, Phone> {
        self.phone.borrow()
    }

    /// How it stands with the relay.
    pub fn link(&self) -> Link {
        self.link.borrow().clone()
    }

    /// The relay.
    pub fn relay(&self) -> &Relay {
        &self.relay
    }

    /// The time by this device's clock, put right.
    pub fn now(&self) -> Moment {
        self.phone().now(platform::clock())
    }

    /// Calls `back` after each change of what is known, own changes included.
    pub fn on_change(&self, back: impl Fn() + 'static) {
        self.changed.borrow_mut().push(Rc::new(back));
    }

    /// There may be something to do: exchange with the relay soon.
    pub fn wake(&self) {
        self.awake.set(true);
        self.waker.wake();
    }

    /// Joins a team with a code or a whole joining link.
    pub async fn join(&self, code: &str) -> Result<(), JoinError> {
        let code: Code = code.parse().map_err(|_| JoinError::NotACode)?;
        let key = Array(platform::random());
        let device = DeviceId::new(platform::clock(), platform::dice());
        let join = Join {
            code: code.to_string(),
            device,
            key: platform::public_key(&key),
        };
        let joined = self.relay.join(&join).await?;
        let me = Me {
            device,
            key,
            joined,
        };
        self.change(|phone| Ok(((), phone.join(me.clone(), platform::clock()))))
            .await?;
        self.wake();
        Ok(())
    }

    /// Someone does something. When this returns, it is saved on this phone.
    pub async fn act(&self, intent: Intent) -> Result<RecordId, ActError> {
        let dice = platform::dice();
        let record = self
            .change(|phone| phone.act(intent.clone(), platform::clock(), dice))
            .await?;
        self.wake();
        Ok(record)
    }

    /// Someone does several things at once: all are saved on this phone, or none.
    pub async fn act_all(&self, intents: Vec<Intent>) -> Result<Vec<RecordId>, ActError> {
        let dice = platform::dice();
        let records = self
            .change(|phone| phone.act_all(intents.clone(), platform::clock(), dice))
            .await?;
        self.wake();
        Ok(records)
    }

    /// Keeps a half-written note, or lets it go.
    pub async fn keep_draft(&self, visit: VisitId, draft: Option<Draft>) -> Result<(), ActError> {
        self.change(|phone| Ok(((), phone.keep_draft(visit, draft.clone()))))
            .await
    }

    /// Keeps a choice on this phone.
    pub async fn set(&self, key: &str, value: &str) -> Result<(), ActError> {
        self.change(|phone| Ok(((), phone.set(key, value)))).await
    }

    /// The author has read why an act was put aside.
    pub async fn let_go(&self, record: RecordId) -> Result<(), ActError> {
        self.change(|phone| Ok(((), phone.let_go(record)))).await
    }

    /// Who has this phone has read of all doubts of this kind.
    pub async fn read_doubts(&self, found: Found) -> Result<(), ActError> {
        self.change(|phone| Ok(((), phone.read_doubts(found))))
            .await
    }

    /// Whether, and where, this device is woken. Needs signal.
    pub async fn push(&self, wish: &Wish<PushOn>) -> Result<PushStatus, RelayError> {
        let me = self.joined()?;
        let (status, pass) = self.relay.push(&me, wish, self.now()).await?;
        self.keep_pass(pass).await;
        Ok(status)
    }

    /// The address at which calendar programs read my shifts. Needs signal.
    pub async fn calendar(&self, wish: &Wish) -> Result<CalendarFeed, RelayError> {
        let me = self.joined()?;
        let (feed, pass) = self.relay.calendar(&me, wish, self.now()).await?;
        self.keep_pass(pass).await;
        Ok(feed)
    }

    /// The devices that I may revoke. Needs signal.
    pub async fn devices(&self) -> Result<Vec<KnownDevice>, RelayError> {
        let me = self.joined()?;
        let (devices, pass) = self.relay.devices(&me, self.now()).await?;
        self.keep_pass(pass).await;
        Ok(devices)
    }

    /// Says that someone or something does not belong to the team any more. Needs signal.
    pub async fn revoke(&self, what: &Revoke) -> Result<(), RelayError> {
        let me = self.joined()?;
        let (_, pass) = self.relay.revoke(&me, what, self.now()).await?;
        self.keep_pass(pass).await;
        self.wake();
        Ok(())
    }

    /// What was refused and is kept, so many at most. Needs signal.
    pub async fn kept_aside(&self, most: usize) -> Result<Page, RelayError> {
        let me = self.joined()?;
        let (page, pass) = self.relay.kept_aside(&me, most, self.now()).await?;
        self.keep_pass(pass).await;
        Ok(page)
    }

    /// Says what becomes of something that is kept, and hears how it stands then. Needs signal.
    pub async fn review(&self, review: &Review) -> Result<End, RelayError> {
        let me = self.joined()?;
        let (end, pass) = self.relay.review(&me, review, self.now()).await?;
        self.keep_pass(pass).await;
        self.wake();
        Ok(end)
    }

    /// Who has this phone has read that it does not belong to the team any more.
    pub async fn let_go_of_team(&self) -> Result<(), ActError> {
        self.change(|phone| Ok(((), phone.let_go_of_team()))).await
    }

    fn joined(&self) -> Result<Me, RelayError> {
        let nobody = || RelayError::Unreachable("this phone has not joined".to_owned());
        self.phone().me().cloned().ok_or_else(nobody)
    }

    async fn keep_pass(&self, pass: Option<Pass>) {
        if let Some(pass) = pass {
            // Should this fail, the next request renews it once more.
            let _ = self
                .change(|phone| Ok(((), phone.renew(pass.clone()))))
                .await;
        }
    }

    /// Another tab has changed the store: read it again.
    pub async fn reload(&self) -> Result<(), ActError> {
        let _turn = self.turn.lock().await;
        self.read_store().await?;
        self.tell();
        Ok(())
    }

    /// Exchanges with the relay until there is nothing left to exchange. `Ok` says whether the
    /// others should soon hear that their news arrived.
    pub async fn exchange(&self) -> Result<bool, ActError> {
        let (mut acknowledge, mut rejoined) = (false, false);
        // Each round does something for good; the bound is for a relay that makes no sense.
        for _ in 0..1000 {
            let Some((me, sent)) = ({
                let phone = self.phone();
                phone.me().cloned().zip(phone.request())
            }) else {
                return Ok(false);
            };
            let request = SyncRequest::new(vec![sent.request.clone()]);
            match self.relay.sync(&me, &request, self.now()).await {
                Err(RelayError::Problem(p)) if !rejoined && lets_in_again(p.code) => {
                    rejoined = true;
                    if !self.rejoin(&me).await? {
                        return Ok(false);
                    }
                }
                Err(error) => {
                    self.set_link(match error {
                        RelayError::Problem(problem) => Link::Trouble(problem.code),
                        RelayError::Unreachable(_) | RelayError::Strange(_) => Link::Unreachable,
                    });
                    return Ok(false);
                }
                Ok((reply, pass)) => {
                    if let Some(pass) = pass {
                        self.change(|phone| Ok(((), phone.renew(pass.clone()))))
                            .await?;
                    }
                    let team = reply.teams.first().unwrap_or(&TeamReply::NotYours);
                    let progress = self
                        .change(|phone| {
                            let got = phone.receive(&sent, team, reply.now, platform::clock());
                            let batch = got.batch.clone();
                            Ok((got, batch))
                        })
                        .await?;
                    acknowledge |= progress.acknowledge;
                    self.set_link(if progress.not_ours {
                        Link::NotOurs
                    } else {
                        Link::Reached
                    });
                    if !progress.again {
                        return Ok(acknowledge);
                    }
                }
            }
        }
        Ok(acknowledge)
    }

    async fn rejoin(&self, me: &Me) -> Result<bool, ActError> {
        match self.relay.rejoin(me).await {
            Ok(joined) => {
                self.change(|phone| Ok(((), phone.renew(joined.pass.clone()))))
                    .await?;
                Ok(true)
            }
            Err(RelayError::Problem(p)) => {
                self.set_link(match p.code {
                    ProblemCode::TooManyRequests
                    | ProblemCode::TooManyConnections
                    | ProblemCode::StorageFull
                    | ProblemCode::Internal => Link::Trouble(p.code),
                    _ => Link::NotOurs,
                });
                Ok(false)
            }
            Err(_) => {
                self.set_link(Link::Unreachable);
                Ok(false)
            }
        }
    }

    /// Exchanges with the relay for as long as the app runs: at once when there is something to
    /// send or to fetch, otherwise now and then.
    pub async fn run(self: Rc<Self>) {
        futures_util::join!(self.keep_level(), self.keep_listening());
    }

    async fn keep_level(&self) {
        let mut wait = RETRY.0;
        loop {
            self.awake.set(false);
            let acknowledge = self.exchange().await.unwrap_or(false);
            let pause = match self.link() {
                Link::Reached | Link::Unknown => {
                    wait = RETRY.0;
                    if acknowledge { ACKNOWLEDGE } else { POLL }
                }
                _ => {
                    let now = wait;
                    wait = Span::from_millis((wait.millis() * 2).min(RETRY.1.millis()));
                    now
                }
            };
            select_biased! {
                () = self.woken().fuse() => {}
                () = platform::sleep(pause).fuse() => {}
            }
        }
    }

    /// Hears from the relay that there is something new. Missing it costs time, never data.
    async fn keep_listening(&self) {
        loop {
            let me = self.phone().me().cloned();
            if let (Some(me), Link::Reached) = (me, self.link()) {
                let silence = self.relay.patience().silence;
                let listening = within(silence, self.relay.listen(&me, self.now())).await;
                if let Some(Some(mut events)) = listening {
                    while let Some(Some(is_news)) = within(silence, events.next()).await {
                        if is_news {
                            self.wake();
                        }
                    }
                    // It ended: the network or the relay went. Find out, and catch up.
                    self.wake();
                }
            }
            platform::sleep(RETRY.0).await;
        }
    }

    fn woken(&self) -> impl Future<Output = ()> + '_ {
        std::future::poll_fn(|cx| {
            self.waker.register(cx.waker());
            if self.awake.get() {
                std::task::Poll::Ready(())
            } else {
                std::task::Poll::Pending
            }
        })
    }

    /// Works a change out on a copy, stores it, and only then makes it what the phone knows. When
    /// another tab was faster, works it out again from what that tab stored.
    async fn change<T>(
        &self,
        decide: impl Fn(&mut Phone) -> Result<(T, Batch), IntentError>,
    ) -> Result<T, ActError> {
        let _turn = self.turn.lock().await;
        loop {
            let mut next = self.phone().clone();
            let (result, batch) = decide(&mut next)?;
            match self.store.commit(&batch).await {
                Ok(()) => {
                    *self.phone.borrow_mut() = next;
                    self.tell();
                    return Ok(result);
                }
                Err(StoreError::Behind) => self.read_store().await?,
                Err(error) => return Err(error.into()),
            }
        }
    }

    async fn read_store(&self) -> Result<(), ActError> {
        let phone = Phone::open(&self.store.load().await?)?;
        *self.phone.borrow_mut() = phone;
        Ok(())
    }

    fn set_link(&self, link: Link) {
        if *self.link.borrow() != link {
            *self.link.borrow_mut() = link;
            self.tell();
        }
    }

    fn tell(&self) {
        let listeners = self.changed.borrow().clone();
        for changed in listeners {
            changed();
        }
    }
}

/// Whether the credential helps: the relay forgot this device, or neither token nor challenge is
/// good any more. They are not after months away, or where this device's clock was set back and a
/// token that has run out looks good here.
fn lets_in_again(code: ProblemCode) -> bool {
    matches!(code, ProblemCode::DeviceUnknown | ProblemCode::TokenExpired)
}

/// What `work` comes to, unless it takes longer than this.
async fn within<T>(span: Span, work: impl Future<Output = T>) -> Option<T> {
    select_biased! {
        done = work.fuse() => Some(done),
        () = platform::sleep(span).fuse() => None,
    }
}
