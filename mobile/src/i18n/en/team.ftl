## Phones and people

team = Phones and people
me-team = Your phones, and who belongs to the team
team-my-phones = Your phones
team-other-phone = Another phone of yours
team-phone = Phone
team-since = In the team since { $day }
team-held-back = It sent far more than anyone writes in a day, last on { $day }. What is too much waits. If its owner does not know why, say that it is lost.
team-asking = Asking the team’s computer …
team-no-signal = Your phones are listed when there is signal.
team-lost-hint = Lost a phone? Say so here: it forgets everything the next time it is in touch.
team-lost = It is lost
team-wipe = Wipe it
team-people = People
team-no-notes = notes not shared
team-stop-notes = Stop sharing notes
team-share-notes = Share notes again
team-leaves = { $name } leaves the team

## Before something is taken away

cancel = Cancel
sure-lost = Is this phone lost?
sure-lost-words = The next time it is in touch, it forgets everything. What was written on it and not sent yet is kept aside for the manager.
sure-wipe = Wipe this phone?
sure-wipe-words = Everything of the team goes from this phone. What is not sent yet is sent first.
sure-for-ever = This cannot be undone. A new invitation lets someone in again.
sure-lost-done = Done. That phone is out.
sure-stop = Stop sharing notes with { $name }?
sure-stop-words = The notes go from their phones the next time they are in touch. { $name } still sees who is coming. You can share notes again.
sure-stop-done = Notes are not shared with { $name } any more.
sure-share = Share notes with { $name } again?
sure-share-words = { $name } reads all notes that are shared with family, earlier ones too.
sure-share-done = Notes are shared with { $name }.
sure-leaves = Does { $name } leave the team?
sure-leaves-words = Their phones forget everything the next time they are in touch. Their name stays under what they wrote.
sure-leaves-shifts = Shifts that they hold stand open at once, and those who could come are told.
sure-leaves-done = { $name } is not in the team any more.
sure-no-signal = There is no answer. Try again when there is signal.
sure-not-allowed = Not done: this is for somebody else in the team to say, or the team would be without a manager.

## This phone is out

gone-title = This phone does not belong to { $team } any more
gone-words = All that it held of the team is gone from it.
gone-handed-in = { $count ->
    [one] One thing that you had written and not sent was handed in to the manager.
   *[other] { $count } things that you had written and not sent were handed in to the manager.
}
gone-why = If that is a surprise, ask your team.
gone-join = Join with a new invitation

## Put aside, for the manager

kept = Put aside
kept-count = { $count ->
    [one] One thing was put aside
   *[other] { $count } things were put aside
}
kept-look = { $count ->
    [one] It came in and is not in the records. Have a look at it.
   *[other] They came in and are not in the records. Have a look at them.
}
kept-no-signal = What was put aside is listed when there is signal.
kept-not-yours = The manager looks at what was put aside.
kept-none = Nothing is put aside
kept-none-words = All that came in is in the records, or was looked at.
kept-words = This came in and is not in the records. Let it in, or leave it out and say why. Who wrote it is told.
kept-more = { $count } more follow when you have looked at these.
kept-sent = Came in { $when }
kept-named = in the name of { $name }
kept-unreadable = It cannot be read.
kept-unknown = This app does not know this kind of entry.
kept-bar = It cannot be let in now.
kept-let-in = Let it in
kept-in-done = It is in the records now.
kept-leave-out = Leave it out
kept-out-done = It stays out.
kept-why = Why does it stay out?
kept-why-hint = { $name } reads this.
kept-profile = Choices for { $name }
kept-availability = When they can work
kept-revoked = The phone was lost, or they had left the team.
kept-not-them = It names somebody else, or another phone.
kept-role = Their role does not write this.
kept-hat = They did not hold the rota then.
kept-not-theirs = It changes what somebody else wrote.
kept-nothing = What it belongs to is not in the records.
kept-follows = It follows something that was put aside.
kept-times = The times cannot be right.
kept-elsewhere = It belongs to another person or month.
kept-erased = This person’s records were erased.
kept-unsound = It could not be read, or not be added safely.
