# The rota by week and month, which weeks are thin, who has covered how often.

## The rota

rota-view = What to see
rota-week = Week
rota-month = Month
rota-looking = Looking ahead and back
rota-travel = { $takes } travel
rota-travel-tight = Only { $there }, travel takes { $takes }
rota-draft = Draft
rota-redraft = A change is drafted
rota-missing = { $missing } of { $needs } missing
rota-offered-you = Offered to you
rota-offered = Offered to { $name }
rota-wanted-you = You asked for cover
rota-wanted-by = { $name } asks for cover
rota-wanted = Cover wanted
rota-asked = You asked for it
rota-waits-yours = Waits for your yes: { $pa }
rota-waits-you = You, if { $name } says yes
rota-waits = Waits for { $name }’s yes: { $pa }
rota-standby = You are standby
rota-covers-you = You cover for { $name }
rota-covers-for-you = { $name } covers for you
rota-covers = Covers for { $name }
rota-took-you = You stepped in
rota-took = { $name } stepped in
rota-swapped = Swapped
rota-problem = Look at rest and hours
rota-together = { $count ->
    [2] Two PAs
   *[other] { $count } PAs
}
rota-shadow-you = You come along to learn
rota-shadow = { $name } comes along to learn
rota-pooled = With { $count } persons
month-day = { $day }: { $count ->
    [0] no shifts
    [one] 1 shift
   *[other] { $count } shifts
}
month-day-open = { $day }: { $count ->
    [one] 1 shift
   *[other] { $count } shifts
}, { $open } open
month-legend = Who and what

## Coverage

coverage = The next 4 weeks
coverage-about = Which days are thin
coverage-back = Back to cover
coverage-first = Look here first
coverage-none = Nothing to look at
coverage-none-words = Every shift is held, and someone could step in.
coverage-more = { $count ->
    [one] { $count } more stands with its day.
   *[other] { $count } more stand with their days.
}
coverage-held = Held
coverage-waiting = Waiting
coverage-thin = Hardly anyone else
coverage-look = { $day }, { $part ->
    [morning] morning
    [afternoon] afternoon
    [evening] evening
   *[night] night
}: { $why }
coverage-look-more = { $time }, with { $name }.
coverage-why-open = nobody yet
coverage-why-waits = waits for { $name }’s yes
coverage-why-waits-yours = waits for your yes
coverage-why-wanted-you = you asked for cover
coverage-why-wanted = { $name } asks for cover
coverage-why-nobody = nobody else could come
coverage-why-only = only { $name } could step in
coverage-why-only-you = only you could step in
coverage-could = { $count ->
    [0] Nobody is free.
    [one] 1 colleague could.
   *[other] { $count } colleagues could.
}
coverage-would = { $name } would come.
coverage-held-by = It is held by { $names }.
coverage-n-open = { $count } nobody yet
coverage-n-waiting = { $count } waiting
coverage-n-thin = { $count } thin
coverage-n-draft = { $count } not published
coverage-n-held = { $count } held
coverage-all-held = All held
coverage-week = The whole week
coverage-week-held = { $count ->
    [one] 1 shift, and it is held
   *[other] { $count } shifts, all held
}
coverage-week-draft = { $count ->
    [one] 1 shift, not published yet
   *[other] { $count } shifts, not published yet
}
coverage-rest = The other days of this week are all right.
coverage-day-held = { $count ->
    [one] 1 shift, held
   *[other] All { $count } held
}
coverage-day-thin = For { $count }, hardly anyone else could step in.

## Who has covered

fairness = Who has covered
fairness-about = The last 3 months
fairness-what = What to count
fairness-covered = Covered
fairness-nights = Nights
fairness-weekends = Weekends
fairness-covered-since = Shifts covered since { $day }
fairness-nights-since = Waking nights since { $day }
fairness-weekends-since = Weekends worked since { $day }
fairness-covered-words = Shifts that someone took from a colleague, or that nobody had. Swaps do not count. You come first, then all by name.
fairness-nights-words = Waking nights by the rota. Sleep-ins stand beside them. You come first, then all by name.
fairness-weekends-words = Weekends with at least one shift on Saturday or Sunday. You come first, then all by name.
fairness-n-covered = { $count } covered
fairness-n-nights = { $count ->
    [one] 1 night
   *[other] { $count } nights
}
fairness-n-sleep-ins = { $count ->
    [one] 1 sleep-in
   *[other] { $count } sleep-ins
}
fairness-n-weekends = { $count ->
    [one] 1 weekend
   *[other] { $count } weekends
}
fairness-in-all = { $length } in all
