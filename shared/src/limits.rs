//! Every limit, in one place. Each has a test that reaches it.

use crate::time::Span;

/// Bytes of a request body as it comes in, compressed or not.
pub const BODY_BYTES: usize = 1024 * 1024;
/// Bytes of a request body after decompression.
pub const INFLATED_BYTES: usize = 4 * 1024 * 1024;
/// Bytes of a body, inflated, from which on it is a large one.
pub const LARGE_BODY: usize = 64 * 1024;
/// Large bodies that are in memory once inflated; who sends another waits.
pub const LARGE_BODIES: usize = 4;
/// Lists and maps inside each other in a message. Ours have eleven; JSON is read to 128.
pub const MESSAGE_DEPTH: usize = 32;
/// Bytes of a reply that a phone unpacks: far more than [`REPLY_BYTES`] and all that goes with it.
pub const INFLATED_REPLY_BYTES: usize = 16 * 1024 * 1024;
/// Changes in one push.
pub const CHANGES_PER_PUSH: usize = 512;
/// Bytes of one change. A note of 8,000 characters takes about a fifth of it.
pub const CHANGE_BYTES: usize = 64 * 1024;
/// Operations in one change; the fullest record has fewer than a hundred.
pub const OPS_PER_CHANGE: usize = 512;
/// Records that one change may make.
pub const RECORDS_PER_CHANGE: usize = 64;
/// Characters of a note or a reason.
pub const TEXT_CHARS: usize = 8_000;
/// Characters of a name, an address, a goal, a label.
pub const NAME_CHARS: usize = 200;
/// Entries of a list or a map inside one record.
pub const ITEMS: usize = 64;
/// Maps and lists inside each other in one record, itself counted. Of ours, the meals of a note
/// and the goals of a person are the deepest, with three.
pub const DEPTH: u8 = 4;
/// Changes of one part of a document from which on writers go on in the next part.
pub const ROLL_CHANGES: usize = 1_000;
/// Bytes of such changes, uncompressed.
pub const ROLL_BYTES: usize = 256 * 1024;
/// Authors of such changes: devices, each in each of its lives.
pub const ROLL_ACTORS: usize = 64;
/// Changes of one part of a document: half as much again as [`ROLL_CHANGES`], for phones that have
/// been away and do not know how long it is.
pub const PART_CHANGES: usize = 1_500;
/// Bytes of one part of a document, as of [`ROLL_BYTES`].
pub const PART_BYTES: usize = 384 * 1024;
/// Authors in one part of a document, as of [`ROLL_ACTORS`].
pub const PART_ACTORS: usize = 96;
/// Parts of one document: a person's month of a hundred thousand records.
pub const PARTS: u16 = 100;
/// Parts of one document that one member fills in [`RATION_WINDOW`], all their devices together.
/// What is beyond that waits. More than a thousand records a day about one person's month are no
/// one's honest work, and at this pace the [`PARTS`] of a month last longer than the month.
pub const RATION_OF_DOCUMENT: u16 = 3;
/// The same of all documents: whoever first plans half a year for five persons fills some eight.
pub const RATION_OF_TEAM: u16 = 20;
/// Within which that comes back.
pub const RATION_WINDOW: Span = Span::days(1);
/// Operations of a document that vetting one push may go through again and again: each refusal that
/// comes after a change was applied costs a copy of the document, each look at whether it loads one
/// of another kind. What is left then is not decided; its phone hands it in again.
pub const VETTING_OPS: usize = 4_000_000;
/// Bytes of changes in one reply, about; the rest follows when asked with `more`.
pub const REPLY_BYTES: usize = 1024 * 1024;
/// Teams in one request.
pub const TEAMS_PER_REQUEST: usize = 16;
/// Sent changes that one request may ask about ("seen by the team?").
pub const UNSEEN_PER_REQUEST: usize = 256;
/// Devices that one member may have joined with.
pub const DEVICES_PER_MEMBER: usize = 16;
/// Members of a team, all roles together.
pub const MEMBERS_PER_TEAM: usize = 500;
/// Open connections that wait for events, a device.
pub const LISTENERS_PER_DEVICE: usize = 4;
/// Open connections of the relay, all together.
pub const CONNECTIONS: usize = 4096;
/// Open connections from one address (of IPv6, one /64) that is neither this machine nor a proxy of
/// ours: an office full of phones has fewer, and nobody has all alone.
pub const CONNECTIONS_PER_ADDRESS: usize = 512;
/// Requests that a device may make in [`RATE_WINDOW`], and all readers of one calendar together.
pub const REQUESTS_PER_DEVICE: u32 = 240;
/// The relay's time that one device may cost it in [`RATE_WINDOW`] by what it does not take in; one that is put right costs some milliseconds a change. Over it they wait.
pub const EFFORT_PER_DEVICE: Span = Span::from_millis(500);
/// For [`RATE_WINDOW`] after something of theirs was refused, all devices of a team share one part in
/// so many of its time at the relay, one request each: everyone else goes first.
pub const REFUSED_SHARE: u32 = 20;
/// What a request counts as for that which cannot be read at all.
pub const EFFORT_UNREADABLE: Span = Span::from_millis(10);
/// Requests from one address in [`RATE_WINDOW`] that do not say who makes them (joining, coming back,
/// signing in, calendars), or say it wrongly. Whoever proves who they are is let in however many
/// come from the same address: a whole town can have one.
pub const STRANGERS_PER_ADDRESS: u32 = 600;
/// Devices, members and addresses whose requests are counted, each.
pub const RATES_KEPT: usize = 10_000;
/// The window in which requests are counted.
pub const RATE_WINDOW: Span = Span::minutes(1);
/// How long a token is good for.
pub const TOKEN_LIFE: Span = Span::minutes(15);
/// How long a challenge may be answered: longer than the longest leave, so that a phone that was
/// away needs no round trip of its own to be let in again.
pub const CHALLENGE_LIFE: Span = Span::days(90);
/// How long an invitation is open unless it says otherwise.
pub const INVITATION_LIFE: Span = Span::days(7);
/// Earliest and latest year (inclusive) that a record may speak of.
pub const YEARS: std::ops::RangeInclusive<i16> = 2015..=2100;
/// Longest shift or visit: sleep-ins with two days joined stay below it.
pub const LONGEST_SHIFT: Span = Span::hours(72);
/// How long a hat is worn unless it is handed on or taken on again.
pub const HAT_TERM: Span = Span::days(365);
/// Minutes of travel from one person to another.
pub const TRAVEL_MINUTES: u16 = 24 * 60;
/// PAs whom one shift needs at most, and who come along to learn.
pub const PAS_PER_SHIFT: usize = 8;
/// Days from the first to the last of a series of shifts: half a year can be seen ahead, and what
/// is planned further changes before it comes.
pub const SERIES_DAYS: i32 = 26 * 7;
/// Shifts that are planned in one go: a shift each day for half a year, and some.
pub const SHIFTS_PER_SERIES: usize = 200;
/// Days that a PA says are other than usual in one go: more is a usual week, or leave.
pub const DAYS_AT_ONCE: i32 = 62;
/// How often the relay looks at what time alone decides. All that is told by it is told after
/// minutes or hours, so a third of a minute later is soon; and a team at rest costs little.
pub const TICK: Span = Span::from_millis(20_000);
/// Decisions that the relay takes one after the other before it looks at the next request.
pub const DECISIONS_PER_TURN: usize = 4096;
/// Refused changes that the relay keeps of one member, all their devices together, and that nobody
/// has settled; what comes after is refused and not kept.
pub const QUARANTINE_PER_MEMBER: usize = 256;
/// Bytes that they have together.
pub const QUARANTINE_BYTES: usize = 1024 * 1024;
/// Refused changes that a manager gets to read in one reply; the rest follows when asked for.
pub const QUARANTINE_PER_PAGE: usize = 32;
/// Times that a phone found the relay's records other than signed, of which it keeps the latest.
pub const DOUBTS_KEPT: usize = 16;
/// Phones that come back one after the other tell of the same lost past: a manager is told anew of what
/// comes later than this after the one before.
pub const SAME_DOUBT: Span = Span::hours(24);
/// Bytes of changes in those documents of one team that the relay keeps loaded; the others are loaded
/// when they are needed. Some hundred documents of a month each: all that a team writes in.
pub const LOADED_BYTES: usize = 4 * 1024 * 1024;
/// What a loaded document counts for on top of its changes: an empty one takes memory too.
pub const LOADED_EACH: usize = 8 * 1024;
/// Bytes that the relay leaves free on its disk: a store that runs into the end of a disk is in
/// doubt afterwards.
pub const DISK_RESERVE: u64 = 64 * 1024 * 1024;
/// Bytes of one piece of a backup: an entry is the largest, with a change in it.
pub const BACKUP_PIECE_BYTES: usize = 1024 * 1024;
/// Files with entries in one backup: each adds one, and the next is written anew as one file.
pub const BACKUP_FILES: usize = 1_000;
/// How long the body of a request may take to arrive.
pub const BODY_PATIENCE: Span = Span::from_millis(60_000);
/// How long a connection stays open on which nothing moves in either direction.
pub const IDLE_PATIENCE: Span = Span::from_millis(90_000);
/// How long the handshake of TLS may take.
pub const HANDSHAKE_PATIENCE: Span = Span::from_millis(10_000);
/// How often the relay looks whether its certificate has changed.
pub const CERTIFICATE_LOOK: Span = Span::from_millis(5_000);
/// How long before its certificate ends the relay begins to say so, once a day. Who renews by
/// themselves has done so a month before.
pub const CERTIFICATE_ENDS_SOON: Span = Span::days(14);
/// How often an open stream of events says that it is alive.
pub const HEARTBEAT: Span = Span::from_millis(20_000);
/// Bytes of the address at which a push service takes pushes for a device.
pub const PUSH_ENDPOINT_BYTES: usize = 2_048;
/// Devices that wait for a push; one that comes then gets none, and finds its news all the same.
pub const PUSHES_WAITING: usize = 1_024;
/// Pushes that are under way at once: a push service that hangs holds up no more than these.
pub const PUSHES_AT_ONCE: usize = 16;
/// How long a push service has for one answer.
pub const PUSH_PATIENCE: Span = Span::from_millis(10_000);
/// Tries of one push.
pub const PUSH_TRIES: u32 = 5;
/// The wait after the first try; it doubles with each.
pub const PUSH_BACK_OFF: Span = Span::from_millis(5_000);
/// A push service that asks to wait longer than this is not asked again.
pub const PUSH_LONGEST_WAIT: Span = Span::hours(1);
/// How long a push service keeps a push for a phone that it cannot reach.
pub const PUSH_TTL: Span = Span::hours(12);
/// How long the relay's word to a push service is good for; RFC 8292 allows no more than a day.
pub const PUSH_WORD_LIFE: Span = Span::hours(12);
/// A calendar has the shifts that ended no longer ago than this.
pub const CALENDAR_BACK: Span = Span::days(28);
/// A calendar has the shifts that begin no later than this: half a year.
pub const CALENDAR_AHEAD: Span = Span::days(182);
/// Digits of the PIN that locks the app.
pub const PIN_DIGITS: std::ops::RangeInclusive<usize> = 4..=12;
/// Wrong PINs before there is a wait.
pub const PIN_FREE_TRIES: u32 = 5;
/// The wait after each wrong PIN from then on; the last one again and again.
pub const PIN_WAITS: [Span; 5] = [
    Span::from_millis(30_000),
    Span::minutes(1),
    Span::minutes(5),
    Span::minutes(15),
    Span::hours(1),
];
/// KiB of memory that turning a new PIN into a key takes.
pub const PIN_MEMORY: u32 = 19 * 1024;
/// How often that memory is gone through.
pub const PIN_PASSES: u32 = 2;
/// The same at most: what asks for more is not from us.
pub const PIN_MEMORY_MOST: u32 = 64 * 1024;
/// The same at most.
pub const PIN_PASSES_MOST: u32 = 8;
