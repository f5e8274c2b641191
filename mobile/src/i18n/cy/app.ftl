# Cymraeg. Geiriau plaen, oed darllen 9 i 11: "chi", berfau, dim bai.
# Mae'r allweddi yn yr un drefn ag yn ffeiliau `en/`. Nid yw enwau pobl yn treiglo.

## Amser

weekday-long = { $n ->
    [0] Dydd Llun
    [1] Dydd Mawrth
    [2] Dydd Mercher
    [3] Dydd Iau
    [4] Dydd Gwener
    [5] Dydd Sadwrn
   *[6] Dydd Sul
}
weekday-short = { $n ->
    [0] Llun
    [1] Maw
    [2] Mer
    [3] Iau
    [4] Gwe
    [5] Sad
   *[6] Sul
}
# Ar ba ddydd: mae "dydd" yn treiglo.
weekday-on = { $n ->
    [0] ddydd Llun
    [1] ddydd Mawrth
    [2] ddydd Mercher
    [3] ddydd Iau
    [4] ddydd Gwener
    [5] ddydd Sadwrn
   *[6] ddydd Sul
}
month-long = { $n ->
    [1] Ionawr
    [2] Chwefror
    [3] Mawrth
    [4] Ebrill
    [5] Mai
    [6] Mehefin
    [7] Gorffennaf
    [8] Awst
    [9] Medi
    [10] Hydref
    [11] Tachwedd
   *[12] Rhagfyr
}
month-short = { $n ->
    [1] Ion
    [2] Chwef
    [3] Maw
    [4] Ebr
    [5] Mai
    [6] Meh
    [7] Gorff
    [8] Awst
    [9] Medi
    [10] Hyd
    [11] Tach
   *[12] Rhag
}
day-long = { $weekday } { $day } { $month }
day-on = { $weekday } { $day } { $month }
day-short = { $weekday } { $day } { $month }
in-line-today = heddiw
in-line-yesterday = ddoe
in-line-tomorrow = yfory
title-today = Heddiw
title-yesterday = Ddoe
title-tomorrow = Yfory
month-year = { $month } { $year }
# Mae "munud" yn treiglo ar ôl dwy; nid yw "awr" yn treiglo.
length-minutes = { $minutes ->
    [two] { $minutes } funud
   *[other] { $minutes } munud
}
length-hours = { $hours } awr
length-both = { $minutes ->
    [two] { $hours } awr { $minutes } funud
   *[other] { $hours } awr { $minutes } munud
}
since = ers { $time }
until = tan { $time }
planned = Wedi’i gynllunio { $time }
planned-inline = wedi’i gynllunio { $time }
not-planned = heb ei gynllunio
to-next-day = tan drannoeth

## Ym mhobman

skip = Neidio i’r cynnwys
close = Cau
back = Yn ôl
back-to-today = Yn ôl i heddiw
back-to-me = Yn ôl i’r dudalen Fi
back-to-people = Yn ôl at y bobl
back-to-records = Yn ôl at y cofnodion
back-to-needs-me = Yn ôl at yr hyn sydd angen sylw
back-to-notes = Yn ôl at y nodiadau
back-to-story = Yn ôl at { $name }
try-again = Rhoi cynnig arall arni
go-home = Mynd i heddiw
copied = Wedi’i gopïo
copy-words = Copïo’r geiriau
you = Chi
nobody-yet = Neb eto
bar-name = Prif
bar-today = Heddiw
bar-rota = Rota
bar-people = Pobl
bar-notes = Nodiadau
bar-records = Cofnodion
bar-needs-me = Angen sylw
bar-me = Fi
role-pa = Cynorthwyydd personol
role-person = Chi sy’n cyfarwyddo’ch cymorth
role-authorised = Person awdurdodedig
role-family = Teulu neu ffrind
role-manager = Rheolwr cofrestredig
kind-sleep-in = Cysgu i mewn
kind-waking-night = Noson effro
mark-late = Hwyr
mark-late-by = { $length } yn hwyr
mark-missed = Collwyd
mark-cut-short = Byrrach na’r cynllun
mark-amended = Newidiwyd
double-up = Dau gynorthwyydd

## Geiriau ar gyfer adegau anodd

full-title = Mae’r ffôn hwn yn llawn
full-words = Ni chollwyd dim: mae’r hyn a ysgrifennoch yma ar y sgrin o hyd. Gwnewch le ar y ffôn (lluniau a ffilmiau sy’n cymryd fwyaf), yna rhowch gynnig arall arni.
not-allowed-title = Ni chafodd hynny ei gadw
not-allowed-words = Newidiodd rhywbeth tra oedd y sgrin hon ar agor. Ewch yn ôl, edrychwch eto, a rhowch gynnig arall arni.
failed-title = Ni chafodd hynny ei gadw
failed-words = Nid oedd y ffôn hwn yn gallu ei gadw y tro hwn. Mae’r hyn a ysgrifennoch yma ar y sgrin o hyd. Rhowch gynnig arall arni.
update-title = Mae fersiwn newydd yn barod
update-words = Bydd yr hyn rydych wedi’i ysgrifennu yn aros.
update-use = Defnyddio’r fersiwn newydd
update-later = Yn nes ymlaen
strip-offline = Dim signal. Daliwch ati: mae popeth yn cael ei gadw ar y ffôn hwn.
strip-unreachable = Nid yw cyfrifiadur y tîm yn ateb. Daliwch ati: bydd Kith yn rhoi cynnig arall arni.
strip-not-ours = Nid yw’r ffôn hwn yn y tîm mwyach.
start-denied-title = Nid yw’r porwr hwn yn cadw dim
start-denied-words = Mae’n rhaid i Kith gadw’ch ymweliadau a’ch nodiadau ar y ffôn hwn, ac nid yw’r porwr yn gadael iddo. Mewn ffenestr breifat nid yw’n bosibl. Agorwch Kith mewn ffenestr arferol, neu gadewch iddo storio data yng ngosodiadau’r porwr.
start-full-title = Mae’r ffôn hwn yn llawn
start-full-words = Mae angen ychydig o le ar Kith i ddechrau. Gwnewch le ar y ffôn (lluniau a ffilmiau sy’n cymryd fwyaf), yna rhowch gynnig arall arni.
start-unreadable-title = Nid yw Kith yn gallu darllen yr hyn sydd wedi’i gadw yma
start-unreadable-words = Ni chafodd dim ei ddileu. Efallai fod fersiwn hŷn o Kith ar y ffôn hwn. Caewch bob ffenestr Kith, agorwch e eto gyda signal, a bydd yn diweddaru. Os nad yw’n helpu, dangoswch y sgrin hon i’ch tîm.
start-failed-title = Nid yw Kith yn gallu agor yr hyn sydd wedi’i gadw yma
start-failed-words = Ni chafodd dim ei ddileu. Caewch ffenestri Kith eraill, yna rhowch gynnig arall arni. Os nad yw’n helpu, ailgychwynnwch y ffôn.
not-found = Dim byd yma
not-found-title = Does dim byd yn y cyfeiriad hwn
not-found-words = Efallai fod y ddolen yn hen, neu fod llythyren ar goll.
unknown-title = Nid yw hwn ar eich ffôn
unknown-words = Efallai nad yw i chi ei weld, neu nad yw wedi cyrraedd eto. Gofynnwch i’ch tîm.

## Ymuno

join-welcome = Croeso
join-welcome-words = Gofynnwch i rywun o’ch tîm am ddolen ymuno. Agorwch hi ar y ffôn hwn, neu gludwch hi yma.
join-title = Ymuno â’ch tîm
join-words = Mae’ch dolen ymuno yma. Un tap, a bydd y ffôn hwn yn perthyn i’r tîm.
join-code = Dolen neu god ymuno
join-code-hint = Mae’n hir. Copïwch y cyfan.
join-do = Ymuno â’r tîm
join-trying = Wrthi’n ymuno …
join-other = Defnyddio dolen arall
join-signal = Mae angen signal y tro hwn yn unig.
join-done = Rydych chi i mewn, { $name }
join-mistyped-title = Nid yw hon yn ddolen ymuno gyfan
join-mistyped-words = Efallai fod darn ar goll. Copïwch y ddolen eto, y cyfan ohoni, a’i gludo yma.
join-unknown-title = Nid yw’r tîm yn adnabod y ddolen hon
join-unknown-words = Efallai fod darn ar goll, neu ei bod ar gyfer tîm arall. Copïwch hi eto, neu gofynnwch i’r sawl a’i hanfonodd am un newydd.
join-expired-title = Mae’r ddolen hon yn rhy hen
join-expired-words = Mae dolen yn gweithio am rai dyddiau yn unig. Gofynnwch i’r sawl a’i hanfonodd am un newydd.
join-used-title = Mae’r ddolen hon wedi’i defnyddio
join-used-words = Mae pob dolen yn gweithio unwaith, ar un ffôn. Gofynnwch i’r sawl a’i hanfonodd am un newydd. Os nad chi a’i defnyddiodd, dywedwch hynny hefyd.
join-devices-title = Rydych wedi ymuno ar ormod o ffonau
join-devices-words = Gofynnwch i’ch tîm dynnu hen ffôn oddi ar y rhestr, yna rhowch gynnig arall arni.
join-members-title = Mae’r tîm yn llawn
join-members-words = Gofynnwch i’r sawl a anfonodd y ddolen wneud lle, yna rhowch gynnig arall arni.
join-busy-title = Mae cyfrifiadur y tîm yn brysur
join-busy-words = Mae’ch dolen wedi’i chadw ar y ffôn hwn ac yn dal yn dda. Arhoswch funud, yna rhowch gynnig arall arni.
join-version-title = Nid yw’r ap a’r tîm yn deall ei gilydd
join-version-words = Mae un ohonynt yn fwy newydd. Caewch Kith, agorwch e eto gyda signal, yna rhowch gynnig arall arni. Mae’ch dolen wedi’i chadw ar y ffôn hwn.
join-unreachable-title = Dim signal ar hyn o bryd
join-unreachable-words = Ymuno yw’r un peth sydd angen signal. Mae’ch dolen wedi’i chadw ar y ffôn hwn. Rhowch gynnig arall arni pan fydd signal; gallwch gau Kith tan hynny.
join-not-kept-title = Nid oedd y ffôn hwn yn gallu ei chadw
join-not-kept-words = Gwnewch le ar y ffôn (lluniau a ffilmiau sy’n cymryd fwyaf), yna rhowch gynnig arall arni.
join-already-title = Mae’r ffôn hwn mewn tîm yn barod
join-already-words = { $name } ydych chi yn { $team }. Does dim angen dolen newydd yma.
join-already-go = Ymlaen

## Heddiw

today = Heddiw
today-first = Rydych chi i mewn, { $name }
today-first-words = Bydd eich ymweliad nesaf yma. Does dim un i chi eto: mae’r rota yn dangos sifftiau’r tîm.
today-none = Does dim ymweliad heddiw
today-none-words = Mae’r un nesaf { $day } am { $time }, ar gyfer { $name }.
see-rota = Gweld y rota
next-visit = Ymweliad nesaf
next-in = Ymhen { $length }
next-now = Yn dechrau nawr
next-since = Dechreuodd { $length } yn ôl
with-partner = Hefyd yn gweithio: { $name }
later-today = Yn nes ymlaen heddiw
coming-up = I ddod
running = Ar ymweliad nawr
running-forgotten = Mae hwn wedi bod ar waith ers amser. Os ydych wedi gadael, cywirwch y diwedd.
news-since = Newydd ers i chi fod yma
news-latest = Y nodiadau diweddaraf
news-words = { $name }: “{ $words }”
news-mood = { $name }: { $mood }
news-note = Ysgrifennodd { $name } nodyn
news-more = { $count ->
    [zero] a dim mwy
    [one] ac { $count } arall
    [two] a { $count } arall
    [few] a { $count } arall
    [many] a { $count } arall
   *[other] a { $count } arall
}
clock-in = Clocio i mewn
clock-in-at = Clocio i mewn am { $time }
clock-in-planned = Wedi’i gynllunio { $time } · nawr { $now }
clock-in-unplanned = Heb ei gynllunio
clock-in-over = Mae’r sifft hon drosodd. Clociwch i mewn nawr, yna cywirwch yr amserau.
clocked-in = Clociwyd i mewn am { $time }. Wedi’i gadw ar y ffôn hwn.
clocked-in-no-place = Clociwyd i mewn am { $time }, heb y lle. Wedi’i gadw ar y ffôn hwn.
clock-out = Clocio allan
clocked-out = Clociwyd allan am { $time }. Wedi’i gadw ar y ffôn hwn.
place-question = Cadw ble’r ydych chi?
place-hint = Dim ond nawr, unwaith. Nid yw Kith byth yn eich dilyn.
place-no = Na, dim ond yr amser
place-yes = Ie, ychwanegu’r lle
place-yes-hint = Bydd y tîm a’r rheolwr yn gallu ei weld
place-looking = Wrthi’n dod o hyd i’r lle …
unplanned = Ymweliad heb sifft
unplanned-words = Gyda phwy ydych chi?
not-clocked = { $time }, { $name }: ni wnaethoch glocio i mewn
not-clocked-words = Os oeddech yno, ychwanegwch hynny nawr. Gallwch ddweud beth oedd yr amserau go iawn.
not-clocked-add = Roeddwn i yno
note-due = Eich ymweliad diwethaf
note-write = Ysgrifennu’r nodyn
note-go-on = Mynd ymlaen â’ch nodyn

## Y nodyn

note-title = Nodyn am { $name }
note-amend-title = Newid y nodyn am { $name }
note-amend = Newid y nodyn
note-mood = Sut oedd { $name }?
note-meals = Prydau a diodydd
note-how-much = { $meal }: faint?
note-activities = Beth wnaethoch chi?
note-goals = Nodau { $name }
note-words = Yn eich geiriau chi
draft-hint = Yn cael ei gadw ar y ffôn hwn wrth i chi ysgrifennu.
draft-kept = Wedi’i gadw ar y ffôn hwn. Heb ei rannu eto.
note-save = Cadw’r nodyn
note-saved = Nodyn wedi’i gadw ar y ffôn hwn
note-missing = Tapiwch rywbeth neu ysgrifennwch air yn gyntaf.
note-missing-reason = Dywedwch mewn ychydig eiriau pam rydych yn ei newid.
note-too-long = Mae hwn yn rhy hir o { $count } o lythrennau. Does dim ar goll: gwnewch e’n fyrrach, neu ysgrifennwch ail nodyn.
note-amended = Newidiwyd { $when }: “{ $reason }”. Cyn hynny:
mood-great = Gwych
mood-good = Da
mood-mixed = Gweddol
mood-low = Isel
mood-poorly = Sâl
meal-breakfast = Brecwast
meal-lunch = Cinio
meal-dinner = Te
meal-snack = Byrbryd
meal-drinks = Diodydd
eaten-all = Y cyfan
eaten-some = Peth
eaten-little = Ychydig
eaten-none = Dim
did-personal-care = Ymolchi a gwisgo
did-cooking = Coginio
did-housework = Gwaith tŷ
did-shopping = Siopa
did-outing = Mynd allan
did-exercise = Ymarfer corff
did-social = Gweld pobl
did-rest = Gorffwys
did-appointment = Apwyntiad
goal-well = Aeth yn dda
goal-partly = Gyda chymorth
goal-not-today = Nid heddiw
share-question = Pwy sy’n cael ei ddarllen?
share-family = Rhannu â’r teulu
share-family-hint = Bydd { $names } yn cael ei ddarllen hefyd
share-family-later = Bydd y teulu y mae’r person yn ei ddewis yn cael ei ddarllen hefyd
share-team = Y tîm yn unig
share-team-hint = { $name }, y tîm a’r rheolwr
shared-family = Wedi’i rannu â’r teulu
reason = Pam rydych yn ei newid?
reason-hint = Bydd y tîm yn gweld sut yr oedd o’r blaen, a pham.

## Ymweliad

visit-title = Ymweliad: { $name }
visit-with = ar gyfer { $name }
visit-start = Clocio i mewn
visit-end = Clocio allan
visit-runs = Yno o hyd
visit-length = Hyd
visit-planned = Cynllun
visit-place = Lle
visit-see = Gweld yr ymweliad
before-times = Yr amserau oedd
before-why = Pam: “{ $reason }”
reason-quoted = “{ $reason }”
trace-clock = { $act }: { $time } oedd ar gloc y ffôn ei hun.
trace-received = { $act }: cyrhaeddodd y tîm { $time }.
times-change = Newid yr amserau
times-title = Newid yr amserau
times-words = Mae’r hyn a glociwyd yn aros yn y cofnod. Bydd yr amserau go iawn wrth ei ymyl.
times-start = Dechreuodd
times-end = Gorffennodd
times-end-hint = Gadewch hwn yn wag tra bo’r ymweliad yn mynd ymlaen.
times-save = Cadw’r amserau
times-saved = Amserau wedi’u cadw ar y ffôn hwn
times-wrong-missing = Rhowch y dydd a’r amser.
times-wrong-order = Rhaid i’r diwedd ddod ar ôl y dechrau.
times-wrong-long = Mae hynny’n hirach nag unrhyw ymweliad. Edrychwch ar y dyddiau.
times-wrong-same = Dyma’r amserau fel yr oeddent.
times-wrong-reason = Dywedwch mewn ychydig eiriau pam.
times-wrong-reason-long = Mae hwn yn rhy hir. Mae ychydig eiriau’n ddigon.

## Rota

rota = Rota
rota-whose = Sifftiau pwy
rota-mine = Fy rhai i
rota-all = Pawb
rota-none = Dim sifftiau
week-before = Yr wythnos flaenorol
week-after = Yr wythnos nesaf
shift-who = { $holders }, ar gyfer { $name }
shift-open = Agored, ar gyfer { $name }
shift-before = Cynt
shift-after = Wedyn
shift-until = { $names }, tan { $time }
shift-from = { $names }, o { $time }

## Pobl a beth ddigwyddodd

people = Pobl
people-choose = Dewiswch berson
people-choose-words = Bydd yr ymweliadau a’r nodiadau yma.
people-none = Neb yma eto
people-none-words = Bydd y bobl y mae’r tîm yn eu cefnogi yma.
people-mine = Byddwch yma nesaf: { $when }
people-last = Roedd { $name } yma { $when }
story-more = Ymweliadau a nodiadau
story-none = Dim byd yma eto
story-none-words = Ar ôl yr ymweliad cyntaf gallwch ddarllen yma sut oedd pethau i { $name }.
story-older = Dangos rhai hŷn
missed-title = Nid oes dim wedi cyrraedd
notes = Nodiadau
notes-none = Dim nodiadau eto
notes-none-words = Ar ôl yr ymweliad cyntaf gallwch ddarllen yma sut oedd hi.

## Oriau

hours = Fy oriau
hours-sum = Y mis hwn
hours-worked = Wedi’u gweithio y mis hwn.
hours-to-come = Wedi’u gweithio hyd yma. Ar y cynllun tan ddiwedd y mis: { $length } arall.
hours-awake = Ar ddihun
hours-sleep-ins = { $count ->
    [zero] Cysgu i mewn ({ $count })
    [one] Cysgu i mewn ({ $count } noson)
    [two] Cysgu i mewn ({ $count } noson)
    [few] Cysgu i mewn ({ $count } noson)
    [many] Cysgu i mewn ({ $count } noson)
   *[other] Cysgu i mewn ({ $count } noson)
}
hours-none = Dim oriau eto
hours-none-words = Pan fyddwch yn clocio allan, bydd yr amser yma.
month-before = Y mis blaenorol
month-after = Y mis nesaf

## Pwy sy’n dod

hello = Helo { $name }
coming-to = Pwy sy’n dod at { $name }
coming-none = Neb arall heddiw
coming-none-words = Pan fydd yr ymweliad nesaf ar y rota, bydd yma.
coming-next-words = { $names } sy’n dod nesaf, { $day } am { $time }.
here-since = Yma ers { $time }
phase-now = Nawr
phase-next = Yn dod nesaf
phase-later = Yn nes ymlaen
team-looks = Mae’r tîm yn chwilio
family-title = Sut oedd hi?
family-none = Dim nodiadau ers ddoe
family-none-words = Pan fydd { $name } yn rhannu nodyn, cewch ei ddarllen yma.
family-all = Nodiadau hŷn

## Y rheolwr cofrestredig

needs-me = Angen sylw
exceptions = Nid yn ôl y cynllun, y 14 diwrnod diwethaf
exceptions-none = Popeth yn ôl y cynllun
exceptions-none-words = Bydd ymweliadau hwyr, rhai a gollwyd, rhai byr a rhai a newidiwyd yma.
counts = Y 14 diwrnod diwethaf
count-visits = { $count ->
    [zero] ymweliad
    [one] ymweliad
    [two] ymweliad
    [few] ymweliad
    [many] ymweliad
   *[other] ymweliad
}
count-missed = { $count ->
    [one] a gollwyd
   *[other] a gollwyd
}
count-late = { $count ->
    [one] yn hwyr
   *[other] yn hwyr
}
count-cut-short = { $count ->
    [one] yn fyrrach
   *[other] yn fyrrach
}
count-amended = { $count ->
    [one] a newidiwyd
   *[other] a newidiwyd
}
records = Cofnodion
records-show = Dangos yn unig
records-none = Dim yn y 14 diwrnod diwethaf

## Ydy’r cofnodion yn gyfan?

whole = Ydy’r cofnodion yn gyfan?
whole-yes = Mae’r cofnodion o { $from } hyd { $to } yn gyfan
whole-yes-day = Mae cofnodion { $day } yn gyfan
whole-yes-words = { $count ->
    [zero] Nid oes dim i’w wirio eto.
    [one] Gwiriwyd un cofnod: mae fel y llofnododd cyfrifiadur y tîm ef pan ddaeth.
    [two] Gwiriwyd { $count } gofnod: nid oes dim ar goll, ac mae popeth fel y llofnododd cyfrifiadur y tîm nhw pan ddaethant.
    [few] Gwiriwyd { $count } chofnod: nid oes dim ar goll, ac mae popeth fel y llofnododd cyfrifiadur y tîm nhw pan ddaethant.
    [many] Gwiriwyd { $count } chofnod: nid oes dim ar goll, ac mae popeth fel y llofnododd cyfrifiadur y tîm nhw pan ddaethant.
   *[other] Gwiriwyd { $count } cofnod: nid oes dim ar goll, ac mae popeth fel y llofnododd cyfrifiadur y tîm nhw pan ddaethant.
}
whole-unknown = Heb ei wirio ar hyn o bryd
whole-unknown-words = Mae’r ffôn hwn yn gwirio’r cofnodion ei hun pan fydd signal. Edrychwch eto ymhen munud.
whole-late = { $count ->
    [zero] Ni ddaeth dim yn hwyr
    [one] Daeth 1 cofnod yn hwyr
    [two] Daeth 2 gofnod yn hwyr
    [few] Daeth { $count } chofnod yn hwyr
    [many] Daeth { $count } chofnod yn hwyr
   *[other] Daeth { $count } cofnod yn hwyr
}
whole-late-words = Hwyr yw mwy na diwrnod ar ôl ei wneud. Gan amlaf, ffôn heb signal oedd yr achos.
whole-times = Gwnaed { $made }, yma { $here }
whole-times-from = Gwnaed { $from } hyd { $to }, yma { $here }
whole-clocks = { $count ->
    [zero] Roedd pob cloc yn iawn
    [one] Roedd 1 cloc o’i le
    [two] Roedd 2 gloc o’u lle
    [few] Roedd { $count } chloc o’u lle
    [many] Roedd { $count } chloc o’u lle
   *[other] Roedd { $count } cloc o’u lle
}
whole-clocks-words = Pan fydd cloc ffôn o’i le, mae Kith yn cywiro’r amserau ac yn cadw’r hyn a ddangosodd y ffôn.
whole-fast = Hyd at { $length } ar y blaen
whole-slow = Hyd at { $length } ar ei hôl hi
whole-clock-last = { $count ->
    [one] 1 cofnod, { $when }
    [two] 2 gofnod, yr olaf { $when }
    [few] { $count } chofnod, yr olaf { $when }
    [many] { $count } chofnod, yr olaf { $when }
   *[other] { $count } cofnod, yr olaf { $when }
}
whole-about = { $count ->
    [one] 1 cofnod am { $name }
    [two] 2 gofnod am { $name }
    [few] { $count } chofnod am { $name }
    [many] { $count } chofnod am { $name }
   *[other] { $count } cofnod am { $name }
}
whole-records = { $count ->
    [one] 1 cofnod
    [two] 2 gofnod
    [few] { $count } chofnod
    [many] { $count } chofnod
   *[other] { $count } cofnod
}

## Wedi’i gadw a’i anfon

status-saved = Wedi’i gadw ar y ffôn hwn
status-sent = Anfonwyd
status-seen = Gwelwyd gan y tîm
status-level = Yn gyfredol
status-offline = Dim signal
status-decide = Eich angen chi
sent-title = Beth sydd wedi’i gadw a’i anfon
sent-count = { $count ->
    [one] Wedi’i anfon, a heb gyrraedd ffôn arall eto: { $count }
   *[other] Wedi’u hanfon, a heb gyrraedd ffôn arall eto: { $count }
}
sent-all = Mae popeth wedi’i anfon, a’r tîm wedi’i weld.
sent-heard = Y newyddion diwethaf gan y tîm: { $when }
checked = Mae pob cofnod ar y ffôn hwn wedi’i wirio: maen nhw fel y’u llofnodwyd.
checked-since = Mae pob cofnod ar y ffôn hwn wedi’i wirio ers hynny: maen nhw fel y’u llofnodwyd.
doubt-past-title = Cafodd cofnodion y tîm eu hadfer neu eu newid
doubt-past-words = Sylwyd { $when }: nid yr hyn a lofnododd cyfrifiadur y tîm yw’r hyn y mae’n ei gadw nawr. Efallai bod copi wrth gefn wedi’i adfer. Mae’r ffôn hwn wedi rhoi’r cyfan sydd ganddo yn ôl. Gofynnwch i bwy bynnag sy’n gofalu am Kith i’ch tîm a ydyn nhw’n gwybod am hyn.
doubt-other-title = Gwelodd ffôn fod y cofnodion wedi’u hadfer neu eu newid
doubt-other-words = Sylwyd { $when }: nid yr hyn y mae cyfrifiadur y tîm yn ei gadw yw’r hyn yr oedd un o ffonau’r tîm yn ei adnabod. Efallai bod copi wrth gefn wedi’i adfer. Mae’r ffonau’n rhoi’r hyn sydd ganddyn nhw yn ôl. Gofynnwch i bwy bynnag sy’n gofalu am Kith i’ch tîm a ydyn nhw’n gwybod am hyn.
doubt-signed-title = Nid yr hyn a lofnodwyd yw’r hyn a ddaeth
doubt-signed-words = Sylwyd { $when }: nid yw’r cofnodion a ddaeth yn cyfateb i’w llofnod, hyd yn oed ar ôl i’r ffôn hwn eu nôl i gyd eto. Cymharwch â chydweithiwr cyn dibynnu arnyn nhw, a dywedwch wrth bwy bynnag sy’n gofalu am Kith i’ch tîm.
waiting = Yn aros
waiting-title = Yn aros ar y ffôn hwn
offline-since = Dim signal ers { $when }
offline-words = Mae’r hyn a ysgrifennwch wedi’i gadw ar y ffôn hwn. Bydd yn mynd at y tîm ei hun pan fydd signal.
not-ours-title = Nid ydych yn y tîm hwn mwyach
not-ours-words = Mae’r hyn nad oeddech wedi’i anfon ar y ffôn hwn o hyd. Gofynnwch i’r tîm os yw hyn yn annisgwyl.
clock-slow = Mae cloc y ffôn hwn { $length } ar ei hôl hi
clock-fast = Mae cloc y ffôn hwn { $length } ar y blaen
clock-words = Gallwch fynd ymlaen: bydd y tîm yn gweld y ddau amser. I’w gywiro, trowch ddyddiad ac amser awtomatig ymlaen yng ngosodiadau’r ffôn.
act-clock-in = Clocio i mewn, { $name }
act-clock-out = Clocio allan, { $name }
act-amend-clock = Amserau a newidiwyd, { $name }
act-note = Nodyn am { $name }
act-amend-note = Nodyn a newidiwyd am { $name }
act-rota = { $what ->
    [drafted] Drafft o sifft ar gyfer { $name }
    [cancelled] Canslo sifft ar gyfer { $name }
    [ask] Gofyn am gyflenwi ar gyfer { $name }
    [cannot-come] Ni allwch ddod at { $name }
    [they-cannot] Methu dod at { $name }
    [offer] Cynnig sifft ar gyfer { $name }
    [handover] Trosglwyddo sifft { $name }
    [claim] Gofyn am gael sifft ar gyfer { $name }
    [withdraw] Tynnu’n ôl: sifft ar gyfer { $name }
    [decline] Dweud na i sifft ar gyfer { $name }
    [yes] Dweud ie: sifft ar gyfer { $name }
    [veto] Dweud na: sifft ar gyfer { $name }
   *[published] Sifft ar gyfer { $name }
}
act-profile = Eich dewisiadau i { $name }
act-availability = Pryd y gallwch weithio
aside-title = Angen eich penderfyniad
aside-kept = Mae wedi’i gadw o’r neilltu. Bydd y rheolwr yn edrych arno, a byddwch yn darllen y penderfyniad yma.
aside-in = Mae yn y cofnodion.
aside-let-in = Derbyniodd { $name } hyn: mae yn y cofnodion.
aside-left-out = Edrychodd { $name } arno a’i adael allan: “{ $reason }”
aside-let-go = Rwyf wedi darllen hwn
aside-not-you = Heb ei dderbyn: daeth o ffôn neu enw arall, nid eich un chi. Gofynnwch i’ch tîm edrych arno.
aside-role = Heb ei dderbyn: nid oedd gennych hawl i ysgrifennu hwn pan gyrhaeddodd. Gofynnwch i’ch tîm neu’r rheolwr.
aside-erased = Heb ei dderbyn: mae cofnodion y person hwn wedi’u dileu. Nid oes dim mwy’n cael ei gadw amdanyn nhw.
aside-visit = Heb ei dderbyn: ymweliad rhywun arall yw hwn. Gofynnwch iddyn nhw ei newid.
aside-note = Heb ei dderbyn: nodyn rhywun arall yw hwn. Gofynnwch iddyn nhw ei newid.
aside-not-yours = Heb ei dderbyn: rhywun arall ddywedodd hyn. Dim ond nhw all ei dynnu’n ôl.
aside-hat = Heb ei dderbyn: y person a phwy bynnag sy’n cadw’r rota sy’n ei gynllunio. Gofynnwch iddyn nhw.
aside-nothing = Heb ei dderbyn: nid yw’r hyn y mae’n perthyn iddo yno. Ysgrifennwch e eto lle mae’n perthyn.
aside-times = Heb ei dderbyn: ni all yr amserau fod yn gywir. Edrychwch ar yr amserau ac ar gloc y ffôn, yna gwnewch e eto.
aside-long = Heb ei dderbyn: mae’n rhy hir. Copïwch y geiriau, gwnewch nhw’n fyrrach, ac ysgrifennwch e eto.
aside-empty = Heb ei dderbyn: nid yw’n dweud dim. Ysgrifennwch e eto.
aside-unreadable = Heb ei dderbyn: nid oedd cyfrifiadur y tîm yn gallu ei ddarllen. Copïwch y geiriau ac ysgrifennwch e eto. Dywedwch wrth eich tîm.
aside-damaged = Heb ei dderbyn: cafodd ei ddifrodi ar y ffordd. Copïwch y geiriau ac ysgrifennwch e eto.
aside-full = Heb ei dderbyn: mae cymaint wedi’i ysgrifennu yma fel nad oes lle i ragor. Copïwch y geiriau a dywedwch wrth eich tîm.
aside-elsewhere = Heb ei dderbyn: mae’n perthyn i berson neu fis arall. Ysgrifennwch e eto lle mae’n perthyn.
aside-place = Heb ei dderbyn: roedd y ffôn hwn wedi mynd yn ôl i’r hyn oedd e’n gynharach. Copïwch y geiriau ac ysgrifennwch e eto.
aside-unknown = Heb ei dderbyn: nid yw cyfrifiadur y tîm yn adnabod y math hwn o gofnod. Diweddarwch yr ap, yna ysgrifennwch e eto.
aside-unsound = Heb ei dderbyn: nid oedd cyfrifiadur y tîm yn gallu ei ychwanegu’n ddiogel. Copïwch y geiriau ac ysgrifennwch e eto. Dywedwch wrth eich tîm.

## Fi

me = Fi
me-role = { $role } · { $team }
me-hours = { $length } ym mis { $month }
language = Iaith
theme = Golau neu dywyll
theme-auto = Fel y ffôn
theme-light = Golau
theme-dark = Tywyll
this-phone = Y ffôn hwn
phone-heard = Y newyddion diwethaf gan y tîm
phone-clock = Cloc y ffôn
phone-room = Lle a ddefnyddir
phone-windows = Mae Kith ar agor mewn
phone-windows-count = { $count ->
    [one] { $count } ffenestr
   *[other] { $count } ffenestr
}
phone-version = Fersiwn
clock-right = Yn gywir
clock-slow-short = { $length } ar ei hôl hi
clock-fast-short = { $length } ar y blaen
