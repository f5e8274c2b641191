# English. Plain words, reading age 9 to 11: "you", verbs, no blame.
# Keys stand in the order of the screens; The files of `cy/` have the same ones in the same order.

## Times

weekday-long = { $n ->
    [0] Monday
    [1] Tuesday
    [2] Wednesday
    [3] Thursday
    [4] Friday
    [5] Saturday
   *[6] Sunday
}
weekday-short = { $n ->
    [0] Mon
    [1] Tue
    [2] Wed
    [3] Thu
    [4] Fri
    [5] Sat
   *[6] Sun
}
weekday-on = { $n ->
    [0] on Monday
    [1] on Tuesday
    [2] on Wednesday
    [3] on Thursday
    [4] on Friday
    [5] on Saturday
   *[6] on Sunday
}
month-long = { $n ->
    [1] January
    [2] February
    [3] March
    [4] April
    [5] May
    [6] June
    [7] July
    [8] August
    [9] September
    [10] October
    [11] November
   *[12] December
}
month-short = { $n ->
    [1] Jan
    [2] Feb
    [3] Mar
    [4] Apr
    [5] May
    [6] Jun
    [7] Jul
    [8] Aug
    [9] Sep
    [10] Oct
    [11] Nov
   *[12] Dec
}
day-long = { $weekday } { $day } { $month }
day-on = { $weekday } { $day } { $month }
day-short = { $weekday } { $day } { $month }
in-line-today = today
in-line-yesterday = yesterday
in-line-tomorrow = tomorrow
title-today = Today
title-yesterday = Yesterday
title-tomorrow = Tomorrow
month-year = { $month } { $year }
length-minutes = { $minutes } min
length-hours = { $hours } h
length-both = { $hours } h { $minutes } min
since = since { $time }
until = until { $time }
planned = Planned { $time }
planned-inline = planned { $time }
not-planned = not planned
to-next-day = to the next day

## Everywhere

skip = Skip to content
close = Close
back = Back
back-to-today = Back to today
back-to-me = Back to me
back-to-people = Back to people
back-to-records = Back to records
back-to-needs-me = Back to what needs you
back-to-notes = Back to notes
back-to-story = Back to { $name }
try-again = Try again
go-home = Go to today
copied = Copied
copy-words = Copy the words
you = You
nobody-yet = Nobody yet
bar-name = Main
bar-today = Today
bar-rota = Rota
bar-people = People
bar-notes = Notes
bar-records = Records
bar-needs-me = Needs me
bar-me = Me
role-pa = Personal assistant
role-person = You direct your own support
role-authorised = Authorised person
role-family = Family or friend
role-manager = Registered manager
kind-sleep-in = Sleep-in
kind-waking-night = Waking night
mark-late = Late
mark-late-by = { $length } late
mark-missed = Missed
mark-cut-short = Cut short
mark-amended = Amended
double-up = Two PAs

## Words for bad moments

full-title = This phone is full
full-words = Nothing was lost: what you wrote is still here on the screen. Free some room on the phone (photos and films take most), then try again.
not-allowed-title = That was not saved
not-allowed-words = Something changed while this screen was open. Go back, look again, and try once more.
failed-title = That was not saved
failed-words = This phone could not save it just now. What you wrote is still here on the screen. Try again.
update-title = A new version is ready
update-words = What you have written stays.
update-use = Use the new version
update-later = Later
strip-offline = No signal. Carry on: everything is saved on this phone.
strip-unreachable = The team’s computer does not answer. Carry on: Kith tries again by itself.
strip-not-ours = This phone is no longer in the team.
start-denied-title = This browser keeps nothing
start-denied-words = Kith must save your visits and notes on this phone, and the browser does not let it. In a private window it cannot. Open Kith in a normal window, or allow it to store data in the browser’s settings.
start-full-title = This phone is full
start-full-words = Kith needs a little room to begin. Free some room on the phone (photos and films take most), then try again.
start-unreadable-title = Kith cannot read what is saved here
start-unreadable-words = Nothing was deleted. Perhaps this phone has an older version of Kith. Close all Kith windows, open it again with signal, and it updates. If it does not help, show this screen to your team.
start-failed-title = Kith cannot open what is saved here
start-failed-words = Nothing was deleted. Close other Kith windows, then try again. If it does not help, start the phone again.
not-found = Nothing here
not-found-title = There is nothing at this address
not-found-words = Perhaps the link is old, or a letter is missing.
unknown-title = This is not on your phone
unknown-words = Perhaps it is not for you to see, or it has not arrived yet. Ask your team.

## Joining

join-welcome = Welcome
join-welcome-words = Ask someone in your team for a joining link. Open it on this phone, or paste it here.
join-title = Join your team
join-words = Your joining link is here. One tap, and this phone belongs to the team.
join-code = Joining link or code
join-code-hint = It is long. Copy all of it.
join-do = Join the team
join-trying = Joining …
join-other = Use another link
join-signal = Needs signal this one time.
join-done = You are in, { $name }
join-mistyped-title = This is not a whole joining link
join-mistyped-words = A part may be missing. Copy the link again, all of it, and paste it here.
join-unknown-title = The team does not know this link
join-unknown-words = A part may be missing, or it is for another team. Copy it again, or ask the person who sent it for a new one.
join-expired-title = This link is too old
join-expired-words = A link works for some days only. Ask the person who sent it for a new one.
join-used-title = This link has been used
join-used-words = Each link works once, on one phone. Ask the person who sent it for a new one. If you did not use it yourself, tell them that too.
join-devices-title = You have joined on too many phones
join-devices-words = Ask your team to take an old phone off the list, then try again.
join-members-title = The team is full
join-members-words = Ask the person who sent the link to make room, then try again.
join-busy-title = The team’s computer is busy
join-busy-words = Your link is kept on this phone and is still good. Wait a minute, then try again.
join-version-title = App and team do not understand each other
join-version-words = One of them is newer. Close Kith, open it again with signal, then try again. Your link is kept on this phone.
join-unreachable-title = No signal just now
join-unreachable-words = Joining is the one thing that needs signal. Your link is kept on this phone. Try again when there is signal; you can close Kith until then.
join-not-kept-title = This phone could not keep it
join-not-kept-words = Free some room on the phone (photos and films take most), then try again.
join-already-title = This phone is in a team already
join-already-words = You are { $name } in { $team }. A new link is not needed here.
join-already-go = Go on

## Today

today = Today
today-first = You are in, { $name }
today-first-words = Your next visit will be here. There is none for you yet: the rota shows the shifts of the team.
today-none = No visit today
today-none-words = The next one is { $day } at { $time }, with { $name }.
see-rota = See the rota
next-visit = Next visit
next-in = In { $length }
next-now = Begins now
next-since = Began { $length } ago
with-partner = Together with { $name }
later-today = Later today
coming-up = Coming up
running = You are with
running-forgotten = This has been running for long. If you have left, put the end right.
news-since = New since you were here
news-latest = Latest notes
news-words = { $name }: “{ $words }”
news-mood = { $name }: { $mood }
news-note = { $name } wrote a note
news-more = { $count ->
    [one] and { $count } more
   *[other] and { $count } more
}
clock-in = Clock in
clock-in-at = Clock in at { $time }
clock-in-planned = Planned { $time } · now { $now }
clock-in-unplanned = Not planned
clock-in-over = This shift is over. Clock in now, then put the times right.
clocked-in = Clocked in at { $time }. Saved on this phone.
clocked-in-no-place = Clocked in at { $time }, without the place. Saved on this phone.
clock-out = Clock out
clocked-out = Clocked out at { $time }. Saved on this phone.
place-question = Keep where you are?
place-hint = Only now, once. Kith never follows you.
place-no = No, just the time
place-yes = Yes, add where I am
place-yes-hint = The team and the manager can see it
place-looking = Finding the place …
unplanned = Visit without a shift
unplanned-words = Who are you with?
not-clocked = { $time } with { $name }: you did not clock in
not-clocked-words = If you were there, add it now. You can say what the times really were.
not-clocked-add = I was there
note-due = Your last visit
note-write = Write the note
note-go-on = Go on with your note

## The note

note-title = Note about { $name }
note-amend-title = Change the note about { $name }
note-amend = Change the note
note-mood = How was { $name }?
note-meals = Meals and drinks
note-how-much = { $meal }: how much?
note-activities = What did you do?
note-goals = { $name }’s goals
note-words = In your words
draft-hint = Kept on this phone as you write.
draft-kept = Kept on this phone. Not shared yet.
note-save = Save note
note-saved = Note saved on this phone
note-missing = Tap something or write a word first.
note-missing-reason = Say in a few words why you change it.
note-too-long = This is too long by { $count } signs. Nothing is lost: make it shorter, or write a second note.
note-amended = Changed { $when }: “{ $reason }”. Before:
mood-great = Great
mood-good = Good
mood-mixed = So-so
mood-low = Low
mood-poorly = Poorly
meal-breakfast = Breakfast
meal-lunch = Lunch
meal-dinner = Tea
meal-snack = Snack
meal-drinks = Drinks
eaten-all = All
eaten-some = Some
eaten-little = A little
eaten-none = None
did-personal-care = Washed and dressed
did-cooking = Cooking
did-housework = Housework
did-shopping = Shopping
did-outing = Out and about
did-exercise = Exercise
did-social = Saw people
did-rest = Rest
did-appointment = Appointment
goal-well = Went well
goal-partly = With help
goal-not-today = Not today
share-question = Who can read it?
share-family = Share with family
share-family-hint = { $names } can read it too
share-family-later = Family whom the person chooses can read it too
share-team = Team only
share-team-hint = { $name }, the team and the manager
shared-family = Shared with family
reason = Why do you change it?
reason-hint = The team sees what it was before, and why.

## A visit

visit-title = Visit with { $name }
visit-with = with { $name }
visit-start = Clocked in
visit-end = Clocked out
visit-runs = Still there
visit-length = Length
visit-planned = Planned
visit-place = Place
visit-see = See the visit
before-times = The times were
before-why = Why: “{ $reason }”
reason-quoted = “{ $reason }”
trace-clock = { $act }: the phone’s own clock showed { $time }.
trace-received = { $act }: it reached the team { $time }.
times-change = Change the times
times-title = Change the times
times-words = What was clocked stays in the record. The true times stand beside it.
times-start = Began
times-end = Ended
times-end-hint = Leave it empty while the visit goes on.
times-save = Save the times
times-saved = Times saved on this phone
times-wrong-missing = Give the day and the time.
times-wrong-order = The end must come after the start.
times-wrong-long = That is longer than any visit. Look at the days.
times-wrong-same = These are the times as they were.
times-wrong-reason = Say in a few words why.
times-wrong-reason-long = This is too long. A few words are enough.

## Rota

rota = Rota
rota-whose = Whose shifts
rota-mine = Mine
rota-all = All
rota-none = No shifts
week-before = Week before
week-after = Week after
shift-who = { $holders }, with { $name }
shift-open = Open, with { $name }
shift-before = Before
shift-after = After
shift-until = { $names }, until { $time }
shift-from = { $names }, from { $time }

## People and what happened

people = People
people-choose = Choose a person
people-choose-words = Their visits and notes will be here.
people-none = Nobody here yet
people-none-words = The people whom the team supports will be here.
people-mine = You are next here: { $when }
people-last = { $name } was here { $when }
story-more = Visits and notes
story-none = Nothing here yet
story-none-words = After the first visit you can read here how it was with { $name }.
story-older = Show older ones
missed-title = Nothing has arrived
notes = Notes
notes-none = No notes yet
notes-none-words = After the first visit you can read here how it was.

## Hours

hours = My hours
hours-sum = This month
hours-worked = Worked this month.
hours-to-come = Worked so far. Planned to the end of the month: { $length } more.
hours-awake = Awake
hours-sleep-ins = { $count ->
    [one] Sleep-ins ({ $count })
   *[other] Sleep-ins ({ $count })
}
hours-none = No hours yet
hours-none-words = When you clock out, the time stands here.
month-before = Month before
month-after = Month after

## Who is coming

hello = Hello { $name }
coming-to = Who comes to { $name }
coming-none = Nobody more today
coming-none-words = When the rota has the next visit, it stands here.
coming-next-words = { $names } comes next, { $day } at { $time }.
here-since = Here since { $time }
phase-now = Now
phase-next = Coming next
phase-later = Later
team-looks = The team is looking
family-title = How was it?
family-none = No notes since yesterday
family-none-words = When { $name } shares a note, you read it here.
family-all = Older notes

## The registered manager

needs-me = Needs me
exceptions = Not as planned, last 14 days
exceptions-none = All as planned
exceptions-none-words = Late, missed, short and amended visits will be here.
counts = Last 14 days
count-visits = { $count ->
    [one] visit
   *[other] visits
}
count-missed = { $count ->
    [one] missed
   *[other] missed
}
count-late = { $count ->
    [one] late
   *[other] late
}
count-cut-short = { $count ->
    [one] cut short
   *[other] cut short
}
count-amended = { $count ->
    [one] amended
   *[other] amended
}
records = Records
records-show = Show only
records-none = None in the last 14 days

## Are the records whole?

whole = Are the records whole?
whole-yes = The records from { $from } to { $to } are whole
whole-yes-day = The records of { $day } are whole
whole-yes-words = { $count ->
    [one] One entry was checked: it is as the team’s computer signed it when it came.
   *[other] { $count } entries were checked: none is missing, and all are as the team’s computer signed them when they came.
}
whole-unknown = Not checked just now
whole-unknown-words = This phone checks the records by itself when there is signal. Look again in a minute.
whole-late = { $count ->
    [0] Nothing came late
    [one] 1 record came late
   *[other] { $count } records came late
}
whole-late-words = Late means more than a day after it was made. Most often a phone had no signal.
whole-times = Made { $made }, here { $here }
whole-times-from = Made { $from } to { $to }, here { $here }
whole-clocks = { $count ->
    [0] All clocks were right
    [one] 1 clock was off
   *[other] { $count } clocks were off
}
whole-clocks-words = When a phone’s clock is off, Kith puts the times right and keeps what the phone showed.
whole-fast = Up to { $length } ahead
whole-slow = Up to { $length } behind
whole-clock-last = { $count ->
    [one] 1 record, { $when }
   *[other] { $count } records, the last { $when }
}
whole-about = { $count ->
    [one] 1 record about { $name }
   *[other] { $count } records about { $name }
}
whole-records = { $count ->
    [one] 1 record
   *[other] { $count } records
}

## Saved and sent

status-saved = Saved on this phone
status-sent = Sent
status-seen = Seen by the team
status-level = Up to date
status-offline = No signal
status-decide = Needs you
sent-title = Saved and sent
sent-count = { $count ->
    [one] Sent, and not yet on another phone: { $count }
   *[other] Sent, and not yet on another phone: { $count }
}
sent-all = Everything is sent, and seen by the team.
sent-heard = Last news from the team: { $when }
checked = All records on this phone have been checked: they are as they were signed.
checked-since = All records on this phone have been checked since: they are as they were signed.
doubt-past-title = The team’s records were put back or changed
doubt-past-words = Noticed { $when }: what the team’s computer keeps is not what it had signed. Perhaps a backup was put back. This phone has given back all that it holds. Ask whoever looks after Kith for your team whether they know of it.
doubt-other-title = A phone found the records put back or changed
doubt-other-words = Noticed { $when }: what the team’s computer keeps is not what one of the team’s phones knew. Perhaps a backup was put back. The phones give back what they hold. Ask whoever looks after Kith for your team whether they know of it.
doubt-signed-title = What came is not what was signed
doubt-signed-words = Noticed { $when }: the records that came do not match their signature, even after this phone fetched all of them again. Compare with a colleague before you rely on them, and tell whoever looks after Kith for your team.
waiting = Waiting
waiting-title = Waiting on this phone
offline-since = No signal since { $when }
offline-words = What you write is saved on this phone. It goes to the team by itself when there is signal.
not-ours-title = You are no longer in this team
not-ours-words = What you had not sent is still on this phone. Ask the team if that is a surprise.
clock-slow = This phone’s clock is { $length } behind
clock-fast = This phone’s clock is { $length } ahead
clock-words = You can go on: the team sees both times. To put it right, turn on automatic date and time in the phone’s settings.
act-clock-in = Clock in, { $name }
act-clock-out = Clock out, { $name }
act-amend-clock = Changed times, { $name }
act-note = Note about { $name }
act-amend-note = Changed note about { $name }
act-rota = { $what ->
    [drafted] Draft of a shift with { $name }
    [cancelled] Cancelled shift with { $name }
    [ask] Asked for cover with { $name }
    [cannot-come] You cannot come to { $name }
    [they-cannot] Cannot come to { $name }
    [offer] Offer of a shift with { $name }
    [handover] Handing over at { $name }’s
    [claim] Asked to take a shift with { $name }
    [withdraw] Taken back: shift with { $name }
    [decline] Said no to a shift with { $name }
    [yes] Said yes: shift with { $name }
    [veto] Said no: shift with { $name }
   *[published] Shift with { $name }
}
act-profile = Your choices for { $name }
act-availability = When you can work
aside-title = Needs your decision
aside-kept = It is kept aside. The manager looks at it, and you read here what they decide.
aside-in = It is in the records.
aside-let-in = { $name } let it in: it is in the records.
aside-left-out = { $name } looked at it and left it out: “{ $reason }”
aside-let-go = I have read this
aside-not-you = Not taken: it came from another phone or name than yours. Ask your team to look at it.
aside-role = Not taken: you were not allowed to write this when it arrived. Ask your team or the manager.
aside-erased = Not taken: this person’s records were erased. Nothing more is kept about them.
aside-visit = Not taken: the visit is somebody else’s. Ask them to change it.
aside-note = Not taken: the note is somebody else’s. Ask them to change it.
aside-not-yours = Not taken: somebody else said this. Only they can take it back.
aside-hat = Not taken: the rota is planned by whoever holds it, and by the person. Ask them.
aside-nothing = Not taken: what it belongs to is not there. Write it again where it belongs.
aside-times = Not taken: the times cannot be right. Look at the times and the phone’s clock, then do it again.
aside-long = Not taken: it is too long. Copy the words, make them shorter, and write it again.
aside-empty = Not taken: it says nothing. Write it again.
aside-unreadable = Not taken: the team’s computer could not read it. Copy the words and write it again. Tell your team.
aside-damaged = Not taken: it was damaged on its way. Copy the words and write it again.
aside-full = Not taken: so much was written here that there is no room for more. Copy the words and tell your team.
aside-elsewhere = Not taken: it belongs to another person or month. Write it again where it belongs.
aside-place = Not taken: this phone had gone back to how it was earlier. Copy the words and write it again.
aside-unknown = Not taken: the team’s computer does not know this kind of entry. Update the app, then write it again.
aside-unsound = Not taken: the team’s computer could not add it safely. Copy the words and write it again. Tell your team.

## Me

me = Me
me-role = { $role } · { $team }
me-hours = { $length } in { $month }
language = Language
theme = Light or dark
theme-auto = As the phone
theme-light = Light
theme-dark = Dark
this-phone = This phone
phone-heard = Last news from the team
phone-clock = The phone’s clock
phone-room = Room used
phone-windows = Kith is open in
phone-windows-count = { $count ->
    [one] { $count } window
   *[other] { $count } windows
}
phone-version = Version
clock-right = Right
clock-slow-short = { $length } behind
clock-fast-short = { $length } ahead
