# Cover: the shift's sheet and its story, asking and answering, what needs a decision.

## Words for many places

bar-cover = Cover
cover-you = you
names-two = { $vowel ->
    [yes] { $first } and { $last }
   *[no] { $first } and { $last }
}
names-more = { $names } and { $count } more
cover-when = { $day }, { $time }
cover-with = { $when }, with { $name }
cover-back = Back to the rota
cover-shift = A shift
cover-see-rota = See the rota

## The sheet: who is responsible

responsible-is = { $me ->
    [yes] Responsible: you
   *[no] Responsible: { $names }
}
responsible-and-open = { $count ->
    [one] Responsible: { $names }. One more is needed
   *[other] Responsible: { $names }. { $count } more are needed
}
responsible-open = Open: nobody is responsible
responsible-draft = Draft: not published yet
responsible-draft-meant = Meant for { $names }
responsible-draft-open = Nobody is named yet
responsible-cancelled = Cancelled
responsible-cancelled-words = Nobody needs to come
responsible-stay = You stay responsible
until-confirmed = Until someone else is confirmed
until-you-confirmed = Until you are confirmed
until-taken = Until your colleague has taken it
until-taken-over = Until a colleague takes over: nobody has clocked in
until-yes = Until { $person } says yes to { $name }
until-your-yes = Until you say yes to { $name }
open-since = Since { $when }
here-clocked-in = You clocked in at { $time }
after-all = { $me ->
    [yes] You clocked in at { $time } after all
   *[no] { $who } clocked in at { $time } after all
}
after-all-words = { $me ->
    [yes] A colleague had taken over. Both visits count. Talk to each other about who stays.
   *[no] A colleague had taken over from { $who }. Both visits count. Talk to each other about who stays.
}
shadows = { $names } comes along to learn
pooled-with = Also with { $name }, { $time }
travel-from = { $length } from your shift with { $name }
shift-standby = Standby

## The sheet: what of mine waits

mine-asked = You asked for this shift
mine-asked-saved = It is saved on this phone and goes out when there is signal. Wait for the answer before you plan with it.
mine-asked-sent = It is sent. Wait for the answer before you plan with it.
mine-waits = Waiting for a yes from { $name }
mine-waits-words = { $name } wants to be asked first. You will see the answer here.
mine-standby = You are standby
mine-standby-words = { $place ->
    [one] A colleague was first. If they cannot, you are asked next.
   *[other] A colleague was first. If they cannot, others are asked before you: you are number { $place } in line.
}
mine-reason = Say why it is all right
mine-reason-words = You asked for this shift. With the rules on rest it needs a few words from you first.
mine-not-possible = You did not get this shift
offered-alone = { $name } offers it to you alone, until { $when }
offered-alone-words = After that it can go to others. If you cannot, say so: it helps.
offered-standby = It is your turn, until { $when }
offered-standby-words = You were standby, and the shift is open again. It is kept for you until then.
kept-for = Kept for { $name } until { $when }
kept-for-words = If you say that you can do it, you are standby.
ask-person-first = { $name } is asked first.
begun-words = The shift has begun, so it cannot be covered or swapped. If you must leave, hand it over: you stay responsible until a colleague has taken it.
swap-both = The swap: both or neither
swap-you-take = You would take { $when }
swap-they-take = { $name } would take { $when }

## The sheet: what one can do

also = You can also
act-ask = Ask for cover
act-swap = Swap for another shift
act-offer = Offer to one colleague
act-cannot = I cannot come
act-cannot-hint = Ill, an accident, an emergency
act-claim = I can do it
act-claim-offer = Yes, I take it
act-claim-swap = Yes, swap both
act-claim-handover = I take over
act-claim-silent = I can go
act-claim-standby = I could stand by
act-decline = I can’t
act-decline-offer = No, I can’t
act-decline-swap = No, I keep mine
act-take-back = { $what ->
    [ask] Take back what I asked
    [offer] Take back my offer
    [handover] I can stay after all
    [claim] I can’t do it after all
   *[veto] Take back my no
}
act-hand-over = Hand over
act-yes = Yes, { $name }
act-no = No, not { $name }
act-no-holder = I do not want { $name } this time
act-plan = Change or cancel it
act-story = Visits and notes of { $name }

## The story

story = What happened
story-you = You
story-waits = Not sent yet
story-drafted = { $me ->
    [yes] You drafted it
   *[no] { $who } drafted it
}
story-published = { $me ->
    [yes] You published it
   *[no] { $who } published it
}
story-changed = { $me ->
    [yes] You changed it
   *[no] { $who } changed it
}
story-was = It was { $time }.
story-now-for = It is for { $names } now.
story-now-open = It names nobody now.
story-cancelled = { $me ->
    [yes] You cancelled it
   *[no] { $who } cancelled it
}
story-asked = { $me ->
    [yes] You asked for cover
   *[no] { $who } asked for cover
}
story-asked-whom = { $me ->
    [yes] You asked { $names } for cover
   *[no] { $who } asked { $names } for cover
}
story-asked-swap = { $me ->
    [yes] You asked { $names } to swap
   *[no] { $who } asked { $names } to swap
}
story-swap-for = For { $when }.
story-cannot = { $me ->
    [yes] You cannot come
   *[no] { $who } cannot come
}
story-offered = { $me ->
    [yes] You offered it to { $names } alone
   *[no] { $who } offered it to { $names } alone
}
story-kept = It is kept for { $names }
story-until = Until { $when }.
story-handover = { $me ->
    [yes] You cannot stay
   *[no] { $who } cannot stay
}
story-handover-to = { $me ->
    [yes] You hand over to { $names }
   *[no] { $who } hands over to { $names }
}
story-claimed = { $me ->
    [yes] You said: I can do it
   *[no] { $who } said: I can do it
}
story-declined = { $me ->
    [yes] You can’t do it
   *[no] { $who } can’t do it
}
story-took-back = { $me ->
    [yes] { $what ->
        [ask] You took the ask back
        [offer] You took the offer back
        [handover] You can stay after all
        [claim] You can’t do it after all
        [veto] You took the no back
       *[other] You took something back
    }
   *[no] { $what ->
        [ask] { $who } took the ask back
        [offer] { $who } took the offer back
        [handover] { $who } can stay after all
        [claim] { $who } can’t do it after all
        [veto] { $who } took the no back
       *[other] { $who } took something back
    }
}
story-yes = { $me ->
    [yes] You said yes to { $names }
   *[no] { $who } said yes to { $names }
}
story-no = { $me ->
    [yes] You said no to { $names }
   *[no] { $who } said no to { $names }
}
story-responsible = { $how ->
    [me] You are responsible
    [one] { $names } is responsible
   *[many] { $names } are responsible
}
story-open = Nobody is responsible
cause-plan = As the rota says.
cause-open = It was open.
cause-covers = { $me ->
    [yes] In your place.
   *[no] In the place of { $name }.
}
cause-silent = { $me ->
    [yes] In your place, because nobody had clocked in.
   *[no] In the place of { $name }, because nobody had clocked in.
}
cause-owed = { $length } of rest is owed.
cause-swapped = Swapped for { $when }.
cause-double = { $me ->
    [yes] You have another shift then: { $when }.
   *[no] { $name } has another shift then: { $when }.
}
cause-not-wanted = { $me ->
    [yes] You are not to come to this one.
   *[no] { $name } is not to come to this one.
}
cause-left = { $name } is not in the team any more.
story-standby = { $me ->
    [yes] You are standby
   *[no] { $who } is standby
}
story-standby-why = A colleague was first.
story-not-possible = { $me ->
    [yes] You did not get it
   *[no] { $who } did not get it
}
story-needs-reason = { $me ->
    [yes] You were asked why it is all right
   *[no] { $who } was asked why it is all right
}
story-needs-reason-why = It goes against the rules on rest and hours.
story-lapsed = { $me ->
    [yes] You are not needed any more
   *[no] { $who } is not needed any more
}
story-ask-late = The ask came too late
story-ask-late-why = The shift had begun, or was over.
story-yes-wanted = { $me ->
    [yes] You were asked for a yes to { $names }
   *[no] { $who } was asked for a yes to { $names }
}
story-told = { $news ->
    [asked] Asked: { $names }
    [open] Asked, because it is open: { $names }
    [unfilled] Told that nobody comes yet: { $names }
    [handover] Asked to take over: { $names }
    [filled] Told that it is filled: { $names }
    [cancelled] Told that it is cancelled: { $names }
    [no-answer] Told that no answer came: { $names }
    [not-started] Told that nobody has clocked in: { $names }
    [late] Told that it began late: { $names }
    [started] Told that it has begun: { $names }
   *[changed] Told: { $names }
}
story-asked-nobody = Nobody could be asked
not-heard = The phone was last in touch { $when }. It may only have no signal.
not-heard-ever = The phone has not been in touch. It may only have no signal.

## Rules

rest-short = Only { $length } of rest
rest-short-words = 11 hours between two shifts are the rule. If you do it, { $owed } of rest is owed to you.
rest-week = No full day off that week
rest-week-words = One day off a week is the rule. If you do it, { $owed } of rest is owed to you.
rest-break = { $length } in one go
rest-break-words = Take a break of at least { $due }.
hours-week = { $length } a week on average
hours-week-words = Over 17 weeks, other jobs included. { $most } is the most.
hours-night = { $length } a day on average, with nights
hours-night-words = { $most } is the most for who works at night.
hours-own = { $length } in that week
hours-own-words = You want at most { $most }.
block-mine = { $why ->
    [overlap] You have a shift then
    [leave] You are on leave then
    [vetoed] { $name } said no to you for this shift
    [not-wanted] { $name } has chosen that others come
    [not-asked] Nobody asks for it any more
    [swap-changed] The other shift has changed since
    [started] The shift has begun
    [over] The shift is over, or cancelled
    [holder] It is yours already
   *[not-a-pa] Only PAs take shifts
}
block-mine-words = { $why ->
    [overlap] Ask for cover for that one first, or let a colleague take this one.
    [leave] If that has changed, take the leave out of your calendar first.
    [vetoed] A colleague is asked. You need do nothing.
    [not-wanted] A colleague is asked. You need do nothing.
    [not-asked] It was taken back, it ran out, or it was for someone else.
    [swap-changed] Both shifts change hands, or neither. Ask your colleague again if you like.
    [started] Now it can only be handed over by who is there.
    [over] You need do nothing.
    [holder] You need do nothing.
   *[not-a-pa] Ask your team.
}
block-theirs = { $why ->
    [overlap] { $who } has a shift then.
    [leave] { $who } is on leave.
    [vetoed] { $name } said no to { $who } this time.
    [not-wanted] { $name } has chosen that others come.
   *[other] { $who } cannot take it now.
}

## Forms

form-whom = Whom do you ask?
whom-anyone = Anyone in the team
whom-anyone-hint = Whoever can
whom-some = Some of them
whom-some-hint = You choose who
whom-swap-hint = Both shifts change hands, or neither
form-until = Until when?
until-today = Today { $time }
until-tomorrow = Tomorrow { $time }
until-start = Until it starts
until-other = Another time
until-other-label = Day and time
until-wrong = Give a day and a time between now and the start of the shift.
form-why = Why?
form-why-hint = Only if you want to say. The team and { $name } can read it.
form-long = This is too long. A few words are enough.
ask-do = Ask the team
ask-do-some = { $count ->
    [one] Ask { $count } colleague
   *[other] Ask { $count } colleagues
}
ask-choose = Choose at least one colleague.
colleague-standby = Standby.
colleague-free = Nothing speaks against it.
colleague-rather-not = Would rather not then.
colleague-cannot = Said that they cannot then.
colleague-rules = It would go against the rules on rest and hours.
colleagues-none = Nobody else in the team can take it.
offer-whom = To whom?
offer-hint = Until the time is up it is theirs to say yes or no to. After that you can ask the others.
offer-do = Offer it to { $name }
offer-choose = Choose a colleague.
swap-which = For which shift?
swap-do = Ask { $name } to swap
swap-none = There is no shift to swap for
swap-none-words = Nobody has a shift to come that you could take and who could take yours. Ask for cover instead.
swap-choose = Choose a shift.
swap-row = { $who }, with { $name }
swap-rules-mine = It would go against the rules on rest and hours for you
swap-rules-theirs = It would go against the rules on rest and hours for { $name }
cannot-open = The shift with { $name } is open from now
cannot-open-words = You are no longer responsible. Colleagues are told as soon as your phone has signal. If it is soon, call { $name } too.
cannot-open-two = Your place with { $name } is open from now
cannot-what = What happened?
cannot-ill = Ill
cannot-accident = Accident
cannot-home = Emergency at home
cannot-other = Something else
cannot-more = Anything the team should know?
cannot-more-hint = Only if you want to say.
claim-why = Why is it all right?
claim-why-hint = A few words. They stay with the shift.
claim-why-missing = Say in a few words why it is all right.
claim-do = I can do it all the same
hand-why = What must they know?
hand-why-hint = Where things are, what was given, what comes next.
hand-anyone = Whoever can come
hand-do = Hand over
no-why = Why not?
no-why-hint = Only if you want to say. { $name } and the team can read it.
no-holder-words = { $name } sees it, and the shift is open from now: the team looks for someone else.
no-asked-words = { $name } sees it. Who is responsible now stays so.
no-do = Say no

## Cover: what needs a decision

cover-needs = Needs your decision: { $count }
cover-needs-none = Nothing needs you
group-yes = Needs your yes
group-open = Nobody holds it
group-silent = Nobody has clocked in
group-offered = Offered to you
group-asked = Someone asks for cover
group-problem = Does not fit
group-plan = For who plans
need-open-with = With { $name }
need-open-mark = Open
need-until = Until { $when }
need-offer = { $who } offers you this shift
need-turn = It is your turn
need-swap = { $who } asks you to swap
need-swap-words = You take { $mine }. { $who } takes { $theirs }.
need-swap-mark = Both or neither
need-ask = { $who } asks for cover
need-handover = { $who } cannot stay
need-handover-mark = It has begun
need-silent-words = { $heard ->
    [yes] { $who } holds this shift and has not clocked in.
   *[no] { $who } holds this shift, and we have not heard from them.
}
need-silent-can = Can you go?
need-person = { $name } is asked first
need-reason = Why is it all right?
need-reason-words = You asked for it. With the rules on rest it needs a few words from you.
need-reason-do = Say why
need-problem-words = A way out: ask for cover for { $when }, with { $name }.
need-way-out = Needs a way out
need-see = See the shift
need-double = { $name } has another shift then
need-double-mark = Double-booked
need-no-answer = No answer about { $name }
need-no-answer-words = { $person } has not said yes or no. Call, and ask.
need-offer-one = Offer to one
need-yes = { $name } can come
need-yes-instead = { $name } can come instead of { $names }
need-yes-until = Until you say yes, { $names } stays responsible.
need-yes-open = Nobody else is coming yet.
need-story = See the whole story
need-none = Nothing waits for you
need-none-words = When someone asks for cover, or offers you a shift, it stands here.
need-none-person = When someone new could come, you are asked here.
answered = Answered
answered-none = What became of what you asked stands here.
answer-asked = Asked for
answer-asked-saved = Saved on this phone, not sent yet.
answer-asked-sent = Sent. No answer yet.
answer-cover = You asked for cover
answer-cover-words = Nobody has it yet. You stay responsible.
answer-waits = Waiting for a yes from { $name }
answer-granted = You have the shift
answer-granted-owed = { $length } of rest is owed to you.
answer-standby = You are standby
answer-standby-words = A colleague was first.
answer-not-possible = You did not get it
answer-lapsed = Not needed any more
answer-no = Not this time
answer-no-words = { $name } said no. You are free.
answer-covered = { $name } covers for you
answer-covered-words = You are free.
answer-taken-over = { $name } has taken over
answer-taken-over-words = Nobody had clocked in. If you are there, tell { $name } and clock in.
answer-told = { $news ->
    [filled] It is filled. Thank you
    [unfilled] Nobody comes yet
    [cancelled] Cancelled
    [late] It began late
    [started] Someone is there now
    [not-started] Nobody has clocked in
    [not-heard] Not heard whether it has begun
   *[changed] Something changed
}
said-claim = Asked for. Saved on this phone.
said-decline = Thank you for saying so. Saved on this phone.
said-taken-back = Taken back. Saved on this phone.
said-ask = You asked for cover. Saved on this phone.
said-offer = Offered. Saved on this phone.
said-cannot = Saved on this phone. The team is told as soon as there is signal.
said-yes = You said yes. Saved on this phone.
said-no = You said no. Saved on this phone.
today-open = Open today
today-asking = You asked for cover
taken-over = { $name } has taken over this visit
taken-over-words = Nobody had clocked in. If you are there, tell { $name } and clock in.
taken-over-here = I am there

## Alerts: nobody came, or is to come

alert-silent = { $me ->
    [yes] Nobody has clocked in with you yet
   *[no] Nobody has clocked in at { $name }’s yet
}
alert-open = { $me ->
    [yes] Nobody is coming to you yet
   *[no] Nobody is coming to { $name } yet
}
alert-one-more = { $me ->
    [yes] You need one more to come
   *[no] { $name } needs one more to come
}
alert-due = { $me ->
    [yes] You were to come at { $time }.
   *[no] { $who } was to come at { $time }.
}
alert-team = The team knows and is looking for someone.
alert-call = If you can, call { $name }.
alert-told = You were told { $when }.
alert-came = { $who } has clocked in
alert-someone-came = Someone has clocked in
alert-came-at = At { $time }.
alert-heard-at = We heard at { $time }.
alert-others = Now coming: { $names }
alert-cancelled = This visit is cancelled
alert-before = { $what ->
    [open] You were told { $when } that nobody was coming.
   *[silent] You were told { $when } that nobody had clocked in.
}
alert-was-open = Nobody was coming
alert-was-silent = Nobody had clocked in
