//! What the screens share: the phone, the time, the language, and words about what just happened.

pub mod lock;
pub mod say;
mod start;
mod status;

#[cfg(any(feature = "web", feature = "desktop", feature = "mobile"))]
pub use start::start;
pub use start::{Begin, Opened, StartError, unlocked};
pub use status::{StatusLine, link, status_line};

use crate::{
    engine::{ActError, Draft, Found, JoinError, Link, Me, Phone, Shell},
    i18n::{Args, Lang, text},
    page, platform,
    platform::{PhoneStore, store::StoreError},
    view::availability,
};
use dioxus::prelude::*;
use futures_util::StreamExt;
use kith_shared::{
    api::{Code, ProblemCode},
    domain::availability::Can,
    ids::{RecordId, VisitId},
    intent::Intent,
    time::{Day, Moment},
};
use std::{
    cell::{Ref, RefCell},
    collections::BTreeMap,
    rc::Rc,
};

/// Counts what the phone learned: a screen that read it draws itself again when it moves.
static CHANGES: GlobalSignal<u64> = Signal::global(|| 0);
/// The time that the screens show; it moves every few seconds.
static NOW: GlobalSignal<Moment> = Signal::global(Moment::default);
/// The language that the screens speak.
static LANG: GlobalSignal<Lang> = Signal::global(Lang::default);
/// A new version of the app waits.
pub static UPDATE: GlobalSignal<bool> = Signal::global(|| false);
/// What just happened, said once and quietly.
pub static TOAST: GlobalSignal<Option<String>> = Signal::global(|| None);
/// An act that could not be saved, and why, until it is.
pub static TROUBLE: GlobalSignal<Option<Trouble>> = Signal::global(|| None);
/// This phone is joining.
pub static JOINING: GlobalSignal<bool> = Signal::global(|| false);
/// The sheet that says what is saved and sent is open.
pub static SENT_SHEET: GlobalSignal<bool> = Signal::global(|| false);

/// Settings that the phone keeps.
pub mod setting {
    /// `en-GB` or `cy`; nothing: as the phone.
    pub const LANGUAGE: &str = "language";
    /// `light`, `dark`; anything else: as the phone.
    pub const THEME: &str = "theme";
    /// The address of my calendar, where this phone made it; the relay does not keep it.
    pub const CALENDAR: &str = "calendar";
    /// A joining code that waits for signal.
    pub const CODE: &str = "joining-code";
}

/// Why nothing was saved.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Trouble {
    /// The phone is full.
    Full,
    /// The rules forbid it: they were other when the screen was drawn.
    NotAllowed,
    /// Something else.
    Failed,
}

impl From<ActError> for Trouble {
    fn from(error: ActError) -> Self {
        match error {
            ActError::Store(StoreError::Full) => Self::Full,
            ActError::Intent(_) => Self::NotAllowed,
            ActError::Store(_) | ActError::Unreadable(_) => Self::Failed,
        }
    }
}

/// The app, as every screen reaches it.
#[derive(Clone)]
pub struct App {
    shell: Rc<Shell<PhoneStore>>,
    /// What was typed since the draft was last kept.
    typed: Rc<RefCell<Option<(VisitId, Draft)>>>,
    /// The days of my usual week (0 for Monday) that were painted since they were last kept.
    painted: Rc<RefCell<BTreeMap<u8, [Can; 4]>>>,
}

impl PartialEq for App {
    fn eq(&self, other: &Self) -> bool {
        Rc::ptr_eq(&self.shell, &other.shell)
    }
}

/// The app; the screen is drawn again whenever the phone learns something.
pub fn use_app() -> App {
    use_context::<App>()
}

impl App {
    pub(crate) fn new(shell: Rc<Shell<PhoneStore>>) -> Self {
        Self {
            shell,
            typed: Rc::default(),
            painted: Rc::default(),
        }
    }

    /// What the phone knows. Not to be held across an await.
    pub fn phone(&self) -> Ref<'_, Phone> {
        let _seen = CHANGES.read();
        self.shell.phone()
    }

    /// Who this phone is.
    pub fn me(&self) -> Option<Me> {
        self.phone().me().cloned()
    }

    /// How it stands with the relay.
    pub fn link(&self) -> Link {
        let _seen = CHANGES.read();
        self.shell.link()
    }

    /// The phone itself, to act on.
    pub fn shell(&self) -> &Rc<Shell<PhoneStore>> {
        &self.shell
    }

    /// Someone does something. `Some` says that it is saved; `None` that it is not, which the
    /// screen then shows.
    pub async fn act(&self, intent: Intent) -> Option<RecordId> {
        let shell = self.shell.clone();
        self.tried(to_the_end(async move { shell.act(intent).await }).await)
    }

    /// Someone does several things at once: all are saved, or none.
    pub async fn act_all(&self, intents: Vec<Intent>) -> Option<Vec<RecordId>> {
        let shell = self.shell.clone();
        self.tried(to_the_end(async move { shell.act_all(intents).await }).await)
    }

    /// Something was typed into a note: it is kept at the next pause.
    pub fn typed(&self, visit: VisitId, draft: Draft) {
        *self.typed.borrow_mut() = Some((visit, draft));
    }

    /// Keeps what was typed.
    pub async fn keep_typed(&self) -> Option<()> {
        let Some((visit, draft)) = self.typed.take() else {
            return Some(());
        };
        let (shell, keep) = (self.shell.clone(), draft.clone());
        let kept = to_the_end(async move { shell.keep_draft(visit, Some(keep)).await }).await;
        if kept.is_err() {
            // It is tried again at the next pause, unless something newer was typed.
            self.typed.borrow_mut().get_or_insert((visit, draft));
        }
        self.tried(kept)
    }

    /// A day of my usual week was painted: it is kept at the next pause.
    pub fn paint(&self, weekday: u8, cells: [Can; 4]) {
        self.painted.borrow_mut().insert(weekday, cells);
    }

    /// What was painted of this day and is not kept yet.
    pub fn painted(&self, weekday: u8) -> Option<[Can; 4]> {
        self.painted.borrow().get(&weekday).copied()
    }

    /// Keeps what was painted, a record a day.
    pub async fn keep_painted(&self) -> Option<()> {
        let days = self.painted.take();
        let Some(me) = self.shell.phone().me().map(|me| me.joined.member) else {
            return Some(());
        };
        if days.is_empty() {
            return Some(());
        }
        let write = |(day, cells): (&u8, &[Can; 4])| availability::weekday(me, *day, *cells);
        let kept = self.act_all(days.iter().map(write).collect()).await;
        if kept.is_none() {
            // It is tried again at the next pause, but for days that were painted anew.
            let mut painted = self.painted.borrow_mut();
            for (day, cells) in days {
                painted.entry(day).or_insert(cells);
            }
        }
        kept.map(drop)
    }

    /// The note was written, or given up: what was typed for it goes.
    pub async fn drop_draft(&self, visit: VisitId) {
        self.typed.take();
        // Should this fail, the draft comes up once more: nothing is lost.
        let shell = self.shell.clone();
        let _ = to_the_end(async move { shell.keep_draft(visit, None).await }).await;
    }

    /// Lets go of an act that was put aside.
    pub async fn let_go(&self, record: RecordId) -> Option<()> {
        let shell = self.shell.clone();
        self.tried(to_the_end(async move { shell.let_go(record).await }).await)
    }

    /// All doubts of this kind were read.
    pub async fn read_doubts(&self, found: Found) -> Option<()> {
        let shell = self.shell.clone();
        self.tried(to_the_end(async move { shell.read_doubts(found).await }).await)
    }

    /// Keeps a choice on this phone.
    pub async fn set(&self, key: &'static str, value: &str) -> Option<()> {
        let (shell, value) = (self.shell.clone(), value.to_owned());
        let kept = to_the_end(async move { shell.set(key, &value).await }).await;
        let kept = self.tried(kept);
        self.follow_settings();
        kept
    }

    /// Joins a team. Until `after` has returned, the way in stays on the screen.
    pub async fn join(&self, code: Code, after: impl FnOnce()) -> Result<(), JoinError> {
        *JOINING.write() = true;
        let shell = self.shell.clone();
        let joined = to_the_end(async move {
            let code = code.to_string();
            // Kept first, so that it outlives a closed app when there is no signal.
            shell
                .set(setting::CODE, &code)
                .await
                .map_err(JoinError::Act)?;
            let joined = shell.join(&code).await;
            if joined.as_ref().err().is_none_or(|error| !may_pass(error)) {
                // It has done its work, or never will. Should this fail, it is tried once more,
                // which does no harm.
                let _ = shell.set(setting::CODE, "").await;
            }
            joined
        })
        .await;
        if joined.is_ok() {
            after();
        }
        *JOINING.write() = false;
        joined
    }

    #[allow(clippy::unused_self)] // It belongs to acts.
    fn tried<T>(&self, result: Result<T, ActError>) -> Option<T> {
        match result {
            Ok(done) => {
                *TROUBLE.write() = None;
                Some(done)
            }
            Err(error) => {
                *TOAST.write() = None;
                *TROUBLE.write() = Some(error.into());
                None
            }
        }
    }

    /// Moves the time that the screens show. They speak in minutes, so less is not worth drawing.
    fn read_clock(&self) {
        let now = self.shell.now();
        if now.millis() / 60_000 != NOW.peek().millis() / 60_000 {
            *NOW.write() = now;
        }
    }

    /// Speaks and looks as was chosen on this phone.
    pub fn follow_settings(&self) {
        let phone = self.shell.phone();
        speak(|name| phone.setting(name));
    }
}

/// Speaks and looks as these settings say.
fn speak<'a>(setting: impl Fn(&str) -> Option<&'a str>) {
    let chosen = setting(setting::LANGUAGE).and_then(Lang::of);
    let lang = chosen.unwrap_or_else(phone_language);
    if *LANG.peek() != lang {
        *LANG.write() = lang;
    }
    page::set_language(lang.code());
    page::set_theme(setting(setting::THEME).unwrap_or_default());
}

/// Whether the same code may work later.
pub fn may_pass(error: &JoinError) -> bool {
    match error {
        JoinError::NotACode => false,
        JoinError::Act(_) => true,
        JoinError::Relay(error) => error.code().is_none_or(|code| {
            !matches!(
                code,
                ProblemCode::InvitationUnknown
                    | ProblemCode::InvitationExpired
                    | ProblemCode::InvitationUsed
                    | ProblemCode::Malformed
            )
        }),
    }
}

/// Carries out a task whatever becomes of the screen that asked for it: Dioxus drops what a screen
/// waits for together with the screen, and half a transaction helps nobody.
async fn to_the_end<T: 'static>(task: impl Future<Output = T> + 'static) -> T {
    let (tell, told) = futures_channel::oneshot::channel();
    dioxus::core::spawn_forever(async move {
        // Nobody waits any more when the screen is gone.
        let _ = tell.send(task.await);
    });
    match told.await {
        Ok(result) => result,
        // The sender goes only with the task, and the task only with the page.
        Err(_) => std::future::pending().await,
    }
}

/// The language that the phone's user prefers.
pub fn phone_language() -> Lang {
    Lang::choose(page::languages().iter().map(String::as_str))
}

/// The language that the screens speak.
pub fn lang() -> Lang {
    LANG()
}

/// The time.
pub fn now() -> Moment {
    NOW()
}

/// Today, by London's wall clock.
pub fn today() -> Day {
    now().day()
}

/// Today, in full.
pub fn long_today() -> String {
    say::long_day(today())
}

/// A message in the language of the screens: behind the macro `t!`.
pub fn message(key: &str, args: &Args<'_>) -> String {
    text(lang(), key, args)
}

/// Keeps the screens in step with phone and clock; for the root of the app.
pub fn use_steps(app: &App) {
    let told = use_coroutine({
        let app = app.clone();
        move |mut changes: UnboundedReceiver<()>| {
            let app = app.clone();
            async move {
                while changes.next().await.is_some() {
                    *CHANGES.write() += 1;
                    // The relay may just have put this phone's clock right.
                    app.read_clock();
                    // Another window may have chosen another language.
                    app.follow_settings();
                }
            }
        }
    });
    let update = use_coroutine(|mut waits: UnboundedReceiver<()>| async move {
        while waits.next().await.is_some() {
            *UPDATE.write() = true;
        }
    });
    let leaving = use_coroutine({
        let app = app.clone();
        move |mut leaves: UnboundedReceiver<()>| {
            let app = app.clone();
            async move {
                while leaves.next().await.is_some() {
                    app.keep_typed().await;
                    app.keep_painted().await;
                }
            }
        }
    });
    let the_app = app.clone();
    use_hook(move || {
        *NOW.write() = the_app.shell.now();
        the_app.follow_settings();
        // The callbacks come from outside of Dioxus, so they only leave a message.
        let told = told.tx();
        the_app.shell.on_change(move || {
            let _ = told.unbounded_send(());
        });
        let update = update.tx();
        if page::update_waits() {
            let _ = update.unbounded_send(());
        }
        let leaving = leaving.tx();
        page::on_leave(move || {
            let _ = leaving.unbounded_send(());
        });
        page::on_update(move || {
            let _ = update.unbounded_send(());
        });
    });
    let the_app = app.clone();
    use_future(move || {
        let app = the_app.clone();
        async move {
            loop {
                platform::sleep(kith_shared::time::Span::from_millis(5000)).await;
                app.read_clock();
            }
        }
    });
}
