# Planning the rota, when one can work, whom a person wants.

## The plan

plan = Plan the rota
plan-about = Drafts, new shifts and changes
back-to-rota = Back to the rota
back-to-plan = Back to the plan
plan-hat = You are rota holder until { $day }. What is a draft is not on the rota yet.
plan-holds = { $name } holds the rota until { $day }
plan-ask = Only the rota holder, the person and their authorised person plan. Ask { $name }, or bring it to the team.
plan-nobody = Nobody holds the rota now
plan-nobody-words = The rota holder, the person and their authorised person plan. Bring it to the team, so that someone takes it on.
plan-none = No drafts
plan-none-words = Add a shift. It stays a draft, and nobody works by it, until you publish it.
plan-drafts = { $count ->
    [one] { $count } draft
   *[other] { $count } drafts
}
plan-changes = Changes to what is published
plan-add = Add a shift
plan-publish = { $count ->
    [one] Publish { $count } shift
   *[other] Publish { $count } shifts
}
plan-tells = When you publish, it is shown to { $names }.
plan-tells-nobody = When you publish, the team sees it on the rota.
plan-tells-open = { $count ->
    [one] { $count } shift has a free place: the team is asked.
   *[other] { $count } shifts have a free place: the team is asked.
}
plan-and = { $first } and { $last }
plan-row = { $pas }, with { $person }
plan-row-nobody = Nobody yet, with { $person }
plan-was = It was { $when }
plan-every = { $count ->
    [one] { $days } until { $until }: { $count } shift
   *[other] { $days } until { $until }: { $count } shifts
}
plan-two = Two PAs
plan-pooled = { $count ->
    [one] With { $count } person
   *[other] With { $count } persons
}
plan-shadowed = { $name } comes along
plan-open = Open
plan-published = { $count ->
    [one] { $count } shift published. Saved on this phone.
   *[other] { $count } shifts published. Saved on this phone.
}
plan-drafted = { $count ->
    [one] { $count } draft saved on this phone.
   *[other] { $count } drafts saved on this phone.
}
plan-draft-changed = Draft saved on this phone.
plan-changed = Changed. Saved on this phone.
plan-cancelled = Cancelled. Saved on this phone.
plan-dropped = The draft is gone.
plan-moved = Moved to { $day }

## A shift

plan-new = New shift
plan-draft = Draft of a shift
plan-change = Change the shift
plan-person = With whom?
plan-person-hint = Two persons: one PA is with both, and they share it.
plan-day = Day
plan-from = From
plan-to = To
plan-until = { $length }, until { $time } on { $day }
plan-kind = What kind?
plan-kind-day = Day
plan-kind-sleep-in-hint = Asleep in the house, gets up when needed
plan-kind-night-hint = Awake all night
plan-needs = How many PAs?
plan-needs-one = One
plan-needs-two = Two
plan-who = Who?
plan-nobody-hint = Open: the team is asked when you publish
plan-shadow = Does someone come along to learn?
plan-shadow-hint = They are there, and not responsible.
plan-shadow-nobody = Nobody
plan-often = How often?
plan-once = Once
plan-weekly = Every week
plan-fortnightly = Every second week
plan-weekdays = On which days?
plan-last = Until
plan-except = But not on
plan-except-add = Leave this day out
plan-count = { $count ->
    [one] { $days }: { $count } shift
   *[other] { $days }: { $count } shifts
}
plan-keep = Keep as a draft
plan-publish-now = Publish now
plan-change-do = Change it
plan-cancel = Cancel this shift
plan-drop = Drop this draft
plan-which = Which shifts?
plan-only = Only { $when }
plan-following = This and the following
plan-following-count = { $count ->
    [one] { $count } shift.
   *[other] { $count } shifts.
}
plan-following-left = { $count ->
    [one] { $count } with cover asked or given stays as it is.
   *[other] { $count } with cover asked or given stay as they are.
}
plan-cancel-means = Nobody comes then
plan-cancel-told = Who was to come, and the person, are told at once.
plan-why = Why?
plan-why-hint = It stays with the shift.
plan-why-missing = Say in a few words why.
plan-wrong-person = Choose with whom the shift is.
plan-wrong-day = Give the day.
plan-wrong-times = Give both times, from and to.
plan-wrong-over = This would be over by now. Choose a later day.
plan-wrong-until = Give the last day.
plan-wrong-taken = Someone you chose cannot come then. Choose someone else, or change the times.
plan-wrong-ends-first = The last day is before the first. Choose a later one.
plan-wrong-long = Plan at most { $weeks } weeks at once. Choose an earlier last day.
plan-wrong-many = These are more than { $count } shifts. Choose an earlier last day.
plan-wrong-no-day = No day is left. Choose another day of the week, or a later last day.
plan-fit-holds = Holds another shift then: { $when }
plan-fit-cannot = Cannot come then
plan-fit-leave = On leave
plan-fit-never = Is not to come here
plan-fit-says-no = Has said they cannot then
plan-fit-rather-not = Would rather not then
plan-fit-rest = Short rest, { $length }
plan-fit-no-day-off = No day off that week
plan-fit-week = { $length } in an average week
plan-fit-night = { $length } in 24 hours, too much for nights
plan-fit-own-most = { $length } that week, more than they want
plan-fit-ask = Wants to be asked first
plan-fit-not-all = { $count ->
    [one] Cannot come on { $count } other day
   *[other] Cannot come on { $count } other days
}
plan-fit-free = Free then

## When I can work

availability = Availability
available-week = My usual week
available-week-of = { $name }’s usual week
available-brush = Choose, then tap the parts of the day
available-brush-hint = Tap one again to change it. Nights run into the next day.
can-yes = Can
can-rather-not = Rather not
can-no = Cannot
part-morning = Early
part-afternoon = Day
part-evening = Evening
part-night = Night
available-copy = Copy a day
available-copy-from = Which day?
available-copy-to = To which days?
available-copy-do = { $count ->
    [one] Copy { $day } to { $count } day
   *[other] Copy { $day } to { $count } days
}
available-clear = Clear the week
available-days = Other days, and leave
available-days-none = No day is other than usual.
available-leave-row = Leave. Not asked.
available-held = { $count ->
    [one] You hold a shift in your leave
   *[other] You hold { $count } shifts in your leave
}
available-held-words = You stay responsible. Ask for cover, or say that you cannot come.
available-whole-day = { $how }, the whole day
available-take-away = Take away: { $when }
available-add = Add days
available-from = From
available-to = To, and with
available-what = What is it?
available-leave = Leave
available-leave-hint = The whole days. You are not asked.
available-cannot-hint = You choose the parts of the day
available-rather-hint = You are asked, and can say no
available-can-hint = Although your usual week says no
available-parts = Which parts of the day?
available-add-do = Add these days
available-added = Days saved on this phone.
available-wrong-missing = Give the day.
available-wrong-order = The last day is before the first. Choose a later one.
available-wrong-over = These days are over. Choose later ones.
available-wrong-many = That is more than { $count } days. Change your usual week, or book leave.
available-wrong-parts = Choose at least one part of the day.
available-much = How much
available-most = Most hours a week
available-most-hint = You can still say yes to more.
available-elsewhere = Hours at another job
available-elsewhere-hint = They count towards your 48 hours.
available-hours = hours
available-hours-week = hours a week
available-hours-wrong = Give whole hours, from 0 to { $most }.
available-most-read = { $count ->
    [one] At most { $count } hour a week
   *[other] At most { $count } hours a week
}
available-elsewhere-read = { $count ->
    [one] { $count } hour a week at another job
   *[other] { $count } hours a week at another job
}
opt-out = More than 48 hours a week
opt-out-words = By law nobody has to work more than 48 hours a week, counted over 17 weeks. You may agree to more, in writing. Nobody may press you, and you can take it back at any time, { $days } days ahead.
opt-out-think = Think about it
opt-out-since = You agreed on { $day }
opt-out-undo = Take it back
opt-out-ends = Taken back. The limit counts again after { $day }.
opt-out-keep = Keep it after all
opt-out-law = By law nobody has to work more than 48 hours a week, counted over 17 weeks. You may agree to more, in writing.
opt-out-free = Nobody may press you, or treat you worse if you say no.
opt-out-back = You can take it back at any time, { $days } days ahead.
opt-out-rest = Rest of 11 hours a day and one day a week stays.
opt-out-night = It does not count for night work.
opt-out-agree = I agree to work more than 48 hours
opt-out-date = It stands here with today’s date, { $day }.
opt-out-save = Save that I agree
opt-out-saved = Saved on this phone.

## My people

my-people = My people
my-people-cover = Who may come when someone else cannot
my-people-words = “Can come”: you are told, and need do nothing. “Ask me first”: nobody comes without your yes. “Never”: they are not asked.
people-times = { $count ->
    [one] { $count } time, last { $day }
   *[other] { $count } times, last { $day }
}
people-never-here = Has not been with you
my-people-others = Everyone else
my-people-others-hint = Who is new, or not chosen here
choice-automatic = Can come
choice-ask-me = Ask me first
choice-never = Never
my-people-contact = When nobody has come
my-people-tell = Tell { $name }
my-people-tell-me = Only tell me

## On the page Me

me-availability = When you can work, leave, how much
me-my-people = Who may come, and who is told when nobody does
me-plan = Add and change your own shifts
me-hats = My hats
me-rota-holder = Rota holder
me-until = Until { $day }
me-team-availability = When the PAs can work
bell = When something needs me
bell-on = Tell me on this phone
bell-hint = Also when Kith is closed. It says only that something waits, never what.
bell-unknown = This browser cannot tell you
bell-unknown-words = What needs you stands in Kith when you open it. On an iPhone, add Kith to the home screen first.
bell-blocked = This browser does not let Kith tell you
bell-blocked-words = Allow messages for Kith in the browser’s settings, then come back here. Until then, what needs you stands in Kith.
bell-offline = This needs signal. Try again when there is.
bell-failed = It did not work in this browser. What needs you stands in Kith when you open it.
calendar = My shifts in my own calendar
calendar-make = Make a calendar link
calendar-make-hint = Your shifts in the calendar you use anyway. Needs signal.
calendar-make-anew = Another phone of yours made one. A new link ends the old one.
calendar-words = Give this link to your calendar. It shows when and with whom, by first name.
calendar-link = My calendar link
calendar-copy = Copy the link
calendar-stop = Stop the link
calendar-hint = Who has the link can see your shifts. Stop it, and it shows nothing any more.
calendar-made = Your calendar link is ready.
calendar-stopped = The link shows nothing any more.
calendar-offline = This needs signal. Try again when there is.
