## The lock

lock-closed = Kith is locked
lock-pin = Your PIN
lock-typed = { $count ->
    [0] No digits yet
    [one] One digit
   *[other] { $count } digits
}
lock-delete = Delete
lock-next = Next
lock-opening = Opening …
lock-wrong = That is not the PIN.
lock-wrong-free = { $count ->
    [one] One more wrong PIN, and you have to wait before the next.
   *[other] { $count } more tries before you have to wait.
}
lock-wait-short = Too many wrong PINs. Wait half a minute, then try again.
lock-wait = { $minutes ->
    [one] Too many wrong PINs. Wait one minute, then try again.
   *[other] Too many wrong PINs. Wait { $minutes } minutes, then try again.
}
lock-failed = That did not work, and nothing is lost. Close other Kith windows, then try again.
lock-waiting = { $count ->
    [one] One thing that you wrote waits on this phone. It is sent when you open Kith.
   *[other] { $count } things that you wrote wait on this phone. They are sent when you open Kith.
}
lock-drafts = { $count ->
    [one] One note is half written. It is kept.
   *[other] { $count } notes are half written. They are kept.
}
lock-level = While Kith is locked it gets no news and sends nothing.
lock-forgot = I forgot my PIN

## A PIN is forgotten

forgot-title = Forgot your PIN?
forgot-words = Nobody can find it out, and nothing opens without it. You can wipe this phone and join your team again.
forgot-lost = { $count ->
    [0] Nothing waits to be sent, so nothing is lost.
    [one] One thing that you wrote was not sent. It is lost for ever.
   *[other] { $count } things that you wrote were not sent. They are lost for ever.
}
forgot-unknown = What you wrote here and was not sent is lost for ever.
forgot-again = What was sent is with your team. Ask them for a new invitation.
forgot-wipe = Wipe this phone

## The key of this phone is gone

lost-title = The key to what is saved here is gone
lost-words = It was deleted from this phone, perhaps with other data of the browser. What was saved here cannot be opened by anybody any more. Wipe this phone, and join your team again.
lost-sure = Wipe this phone?
lost-sure-words = What is here opens for nobody. Wiped, this phone is as new.

## The lock, and how it is set

applock = App lock
me-lock = Lock Kith with a PIN
me-lock-off = Off
me-lock-on = On
lock-now = Lock now
lock-off-words = With a PIN, nobody who finds this phone can open Kith. What it holds cannot be read without the PIN.
lock-on-words = Kith asks for your PIN when it starts, and when you have not touched it for a while.
lock-no-way-back = Nobody can find out a PIN that you forgot. What was not sent by then is lost.
lock-set = Set a PIN
lock-change = Change the PIN
lock-take-away = Take the PIN away
lock-after = Lock when I have not touched Kith for
lock-after-minutes = { $minutes ->
    [60] 1 hour
   *[other] { $minutes } min
}
lock-now-pin = The PIN that you have now
lock-new-pin = A new PIN
lock-new-words = { $least } to { $most } digits. More are better.
lock-again-pin = The new PIN once more
lock-not-same = These were two different PINs. Choose one again.
lock-weak = Many people would guess that one first. You can use it, but another is better.
lock-is-set = Your PIN is set.
lock-is-off = Kith opens without a PIN.
