//! Icons: an outline set (Lucide, ISC), one path a file, drawn in `currentColor`.

/// Declares the set once: variant, its doc and the file in `icons/` it stands for.
macro_rules! icons {
    ($($(#[$doc:meta])* $variant:ident = $file:literal,)*) => {
        /// A sign of the set; on screen it always stands beside a word.
        ///
        /// Draw it as `<svg class="icon" viewBox="0 0 24 24" aria-hidden="true"><path d=…/></svg>`;
        /// stroke, caps and size come from the class.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        pub enum Icon {
            $($(#[$doc])* $variant,)*
        }

        impl Icon {
            /// Every icon, in file-name order.
            pub const ALL: &'static [Self] = &[$(Self::$variant,)*];

            /// The file's name in `icons/`, without `.svg`.
            pub const fn name(self) -> &'static str {
                match self {
                    $(Self::$variant => $file,)*
                }
            }

            /// The whole SVG file.
            pub const fn svg(self) -> &'static str {
                match self {
                    $(Self::$variant => include_str!(concat!("../icons/", $file, ".svg")),)*
                }
            }
        }
    };
}

icons! {
    /// Look here first.
    Alert = "alert",
    /// Amended.
    Amended = "amended",
    /// When I can work.
    Availability = "availability",
    /// Back.
    Back = "back",
    /// Tell me.
    Bell = "bell",
    /// Do not tell me.
    BellOff = "bell-off",
    /// My calendar.
    Calendar = "calendar",
    /// I can work then.
    Can = "can",
    /// A cancelled shift.
    Cancelled = "cancelled",
    /// I cannot.
    Cannot = "cannot",
    /// Chevron down.
    ChevronDown = "chevron-down",
    /// Chevron left.
    ChevronLeft = "chevron-left",
    /// Chevron right.
    ChevronRight = "chevron-right",
    /// Chevron up.
    ChevronUp = "chevron-up",
    /// Clock in.
    ClockIn = "clock-in",
    /// Clock out.
    ClockOut = "clock-out",
    /// Close.
    Close = "close",
    /// Coffee.
    Coffee = "coffee",
    /// Copy.
    Copy = "copy",
    /// Cover: one asks, another takes the shift.
    Cover = "cover",
    /// Which days are thin.
    Coverage = "coverage",
    /// Cut short.
    CutShort = "cut-short",
    /// Needs your decision.
    Decision = "decision",
    /// Keep a copy.
    Download = "download",
    /// A draft: not published yet.
    Draft = "draft",
    /// An evening.
    Evening = "evening",
    /// Who can see.
    Eye = "eye",
    /// Who has covered how often.
    Fairness = "fairness",
    /// Shared with family.
    Family = "family",
    /// Mood: low.
    Frown = "frown",
    /// A goal.
    Goal = "goal",
    /// A shift handed over while it runs.
    Handover = "handover",
    /// A hat: who looks after something for a while.
    Hat = "hat",
    /// Hours, a time.
    Hours = "hours",
    /// Ill, or hurt.
    Ill = "ill",
    /// Good to know.
    Info = "info",
    /// Join a team.
    Join = "join",
    /// A joining code.
    Key = "key",
    /// Language.
    Language = "language",
    /// Late.
    Late = "late",
    /// Mood: great.
    Laugh = "laugh",
    /// Leave.
    Leave = "leave",
    /// A link.
    Link = "link",
    /// Team only.
    Lock = "lock",
    /// Write a mail.
    Mail = "mail",
    /// Me.
    Me = "me",
    /// Meals.
    Meal = "meal",
    /// Mood: so-so.
    Meh = "meh",
    /// Missed.
    Missed = "missed",
    /// More.
    More = "more",
    /// A morning.
    Morning = "morning",
    /// Music.
    Music = "music",
    /// Needs me.
    NeedsMe = "needs-me",
    /// A night shift.
    Night = "night",
    /// No, please not.
    No = "no",
    /// A note.
    Note = "note",
    /// An offer to one colleague.
    Offer = "offer",
    /// No signal.
    Offline = "offline",
    /// Nobody holds this shift.
    OpenShift = "open-shift",
    /// Paste.
    Paste = "paste",
    /// People.
    People = "people",
    /// One person.
    Person = "person",
    /// Call.
    Phone = "phone",
    /// A place.
    Place = "place",
    /// Add.
    Plus = "plus",
    /// Publish.
    Publish = "publish",
    /// I would rather not.
    RatherNot = "rather-not",
    /// Reading.
    Reading = "reading",
    /// Records.
    Records = "records",
    /// Take away.
    Remove = "remove",
    /// Every week.
    Repeat = "repeat",
    /// Try again.
    Retry = "retry",
    /// The rota.
    Rota = "rota",
    /// Saved on this phone.
    Saved = "saved",
    /// Search.
    Search = "search",
    /// Seen by the team.
    Seen = "seen",
    /// Sent.
    Sent = "sent",
    /// Settings.
    Settings = "settings",
    /// Kept safe.
    Shield = "shield",
    /// Shopping.
    Shopping = "shopping",
    /// There is signal.
    Signal = "signal",
    /// A sleep-in.
    SleepIn = "sleep-in",
    /// Mood: good.
    Smile = "smile",
    /// Standby: next in line.
    Standby = "standby",
    /// Room on this phone.
    Storage = "storage",
    /// Swap: two shifts change hands.
    Swap = "swap",
    /// Television.
    Television = "television",
    /// Light and dark.
    Theme = "theme",
    /// What happened so far.
    Timeline = "timeline",
    /// Mood: tired.
    Tired = "tired",
    /// Today.
    Today = "today",
    /// Travel.
    Travel = "travel",
    /// Undo.
    Undo = "undo",
    /// The team cannot be reached.
    Unreachable = "unreachable",
    /// Waits to be sent.
    Waiting = "waiting",
    /// Out for a walk.
    Walk = "walk",
    /// Washing.
    Washing = "washing",
    /// Yes, that is all right.
    Yes = "yes",
}

impl Icon {
    /// The outline on a 24 × 24 grid: the value of the one path's `d`.
    pub fn path(self) -> &'static str {
        // The files are ours and a test holds their form, so there is no error to hand on.
        self.svg()
            .split_once(" d=\"")
            .and_then(|(_, rest)| rest.split_once('"'))
            .map_or("", |(path, _)| path)
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;
    use std::fs;
    use std::path::{Path, PathBuf};

    use super::Icon;

    fn folder(name: &str) -> PathBuf {
        Path::new(env!("CARGO_MANIFEST_DIR")).join(name)
    }

    #[test]
    fn every_file_is_listed_and_every_listed_icon_has_a_file() {
        let files: BTreeSet<String> = fs::read_dir(folder("icons"))
            .expect("icons/ is there")
            .map(|entry| entry.expect("readable").path())
            .filter(|path| path.extension().is_some_and(|ext| ext == "svg"))
            .map(|path| {
                path.file_stem()
                    .expect("a name")
                    .to_string_lossy()
                    .into_owned()
            })
            .collect();
        let listed: Vec<&str> = Icon::ALL.iter().map(|icon| icon.name()).collect();
        assert!(listed.is_sorted(), "icons are listed in file-name order");
        assert_eq!(files, listed.into_iter().map(String::from).collect());
    }

    #[test]
    fn every_file_is_one_outline_on_the_same_grid() {
        const HEAD: &str = "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 24 24\" fill=\"none\" \
            stroke=\"currentColor\" stroke-width=\"2\" stroke-linecap=\"round\" \
            stroke-linejoin=\"round\"><path d=\"";
        for icon in Icon::ALL {
            let inner = icon
                .svg()
                .strip_prefix(HEAD)
                .and_then(|rest| rest.strip_suffix("\"/></svg>\n"))
                .unwrap_or_else(|| panic!("{icon:?} has another form"));
            assert_eq!(inner, icon.path(), "{icon:?}");
            assert!(
                inner.starts_with('M'),
                "{icon:?} starts with an absolute move"
            );
            let odd = inner
                .chars()
                .find(|c| !c.is_ascii_digit() && !"MmLlHhVvCcSsQqTtAaZz.,- ".contains(*c));
            assert_eq!(odd, None, "{icon:?} holds what is no path data");
        }
    }

    #[test]
    fn the_gallery_draws_the_same_outlines() {
        let script = fs::read_to_string(folder("gallery/icons.js")).expect("gallery/icons.js");
        for icon in Icon::ALL {
            let line = format!("\"{}\": \"{}\"", icon.name(), icon.path());
            assert!(
                script.contains(&line),
                "gallery/icons.js is behind for {icon:?}"
            );
        }
    }
}
