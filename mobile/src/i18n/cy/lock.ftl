## Y clo

lock-closed = Mae Kith ar glo
lock-pin = Eich PIN
lock-typed = { $count ->
    [0] Dim rhifau eto
    [one] Un rhif
   *[other] Nifer y rhifau: { $count }
}
lock-delete = Dileu
lock-next = Nesaf
lock-opening = Yn agor …
lock-wrong = Nid dyna’r PIN.
lock-wrong-free = { $count ->
    [one] Un PIN anghywir arall, a bydd rhaid aros cyn y nesaf.
   *[other] Cynigion eraill cyn bod rhaid aros: { $count }.
}
lock-wait-short = Gormod o PINs anghywir. Arhoswch hanner munud, yna rhowch gynnig arall arni.
lock-wait = { $minutes ->
    [one] Gormod o PINs anghywir. Arhoswch un funud, yna rhowch gynnig arall arni.
   *[other] Gormod o PINs anghywir. Munudau i aros cyn rhoi cynnig arall arni: { $minutes }.
}
lock-failed = Ni weithiodd hynny, ac nid oes dim ar goll. Caewch ffenestri Kith eraill, yna rhowch gynnig arall arni.
lock-waiting = { $count ->
    [one] Mae un peth a ysgrifennoch yn aros ar y ffôn hwn. Caiff ei anfon pan agorwch Kith.
   *[other] Pethau a ysgrifennoch sy’n aros ar y ffôn hwn: { $count }. Cânt eu hanfon pan agorwch Kith.
}
lock-drafts = { $count ->
    [one] Mae un nodyn ar ei hanner. Mae wedi’i gadw.
   *[other] Nodiadau ar eu hanner, ac wedi’u cadw: { $count }.
}
lock-level = Tra bydd Kith ar glo, nid yw’n cael newyddion nac yn anfon dim.
lock-forgot = Rwyf wedi anghofio fy PIN

## Wedi anghofio PIN

forgot-title = Wedi anghofio’ch PIN?
forgot-words = Ni all neb ddod o hyd iddo, ac nid oes dim yn agor hebddo. Gallwch wagio’r ffôn hwn ac ymuno â’ch tîm eto.
forgot-lost = { $count ->
    [0] Nid oes dim yn aros i gael ei anfon, felly ni chaiff dim ei golli.
    [one] Mae un peth a ysgrifennoch heb ei anfon. Caiff ei golli am byth.
   *[other] Pethau a ysgrifennoch sydd heb eu hanfon: { $count }. Cânt eu colli am byth.
}
forgot-unknown = Caiff yr hyn a ysgrifennoch yma heb ei anfon ei golli am byth.
forgot-again = Mae’r hyn a anfonwyd gan eich tîm. Gofynnwch iddynt am wahoddiad newydd.
forgot-wipe = Gwagio’r ffôn hwn

## Mae allwedd y ffôn hwn wedi mynd

lost-title = Mae’r allwedd i’r hyn a gadwyd yma wedi mynd
lost-words = Cafodd ei dileu o’r ffôn hwn, efallai gyda data arall y porwr. Ni all neb agor yr hyn a gadwyd yma mwyach. Gwagiwch y ffôn hwn, ac ymunwch â’ch tîm eto.
lost-sure = Gwagio’r ffôn hwn?
lost-sure-words = Nid yw’r hyn sydd yma’n agor i neb. Ar ôl ei wagio, bydd y ffôn hwn fel un newydd.

## Y clo, a sut i’w osod

applock = Clo’r ap
me-lock = Cloi Kith â PIN
me-lock-off = I ffwrdd
me-lock-on = Ymlaen
lock-now = Cloi nawr
lock-off-words = Gyda PIN, ni all neb sy’n dod o hyd i’r ffôn hwn agor Kith. Ni ellir darllen yr hyn sydd arno heb y PIN.
lock-on-words = Mae Kith yn gofyn am eich PIN wrth ddechrau, a phan nad ydych wedi’i gyffwrdd ers tro.
lock-no-way-back = Ni all neb ddod o hyd i PIN sydd wedi’i anghofio. Caiff yr hyn sydd heb ei anfon erbyn hynny ei golli.
lock-set = Gosod PIN
lock-change = Newid y PIN
lock-take-away = Tynnu’r PIN i ffwrdd
lock-after = Cloi pan nad wyf wedi cyffwrdd â Kith ers
lock-after-minutes = { $minutes ->
    [60] 1 awr
   *[other] { $minutes } mun
}
lock-now-pin = Y PIN sydd gennych nawr
lock-new-pin = PIN newydd
lock-new-words = Rhwng { $least } a { $most } rhif. Gorau po fwyaf.
lock-again-pin = Y PIN newydd unwaith eto
lock-not-same = Dau PIN gwahanol oedd y rhain. Dewiswch un eto.
lock-weak = Dyna un y byddai llawer yn ei ddyfalu’n gyntaf. Cewch ei ddefnyddio, ond mae un arall yn well.
lock-is-set = Mae’ch PIN wedi’i osod.
lock-is-off = Mae Kith yn agor heb PIN.
