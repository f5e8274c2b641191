# Cynllunio’r rota, pryd y gall rhywun weithio, pwy mae’r person am eu cael.

## Y cynllun

plan = Cynllunio’r rota
plan-about = Drafftiau, sifftiau newydd a newidiadau
back-to-rota = Yn ôl i’r rota
back-to-plan = Yn ôl i’r cynllun
plan-hat = Chi sy’n dal y rota tan { $day }. Nid yw drafft ar y rota eto.
plan-holds = Mae { $name } yn dal y rota tan { $day }
plan-ask = Deiliad y rota, y person a’i berson awdurdodedig sy’n cynllunio. Gofynnwch i { $name }, neu codwch y peth gyda’r tîm.
plan-nobody = Nid oes neb yn dal y rota nawr
plan-nobody-words = Deiliad y rota, y person a’i berson awdurdodedig sy’n cynllunio. Codwch y peth gyda’r tîm, i rywun ei chymryd.
plan-none = Dim drafftiau
plan-none-words = Ychwanegwch sifft. Mae’n aros yn ddrafft, heb neb yn gweithio wrthi, nes i chi ei chyhoeddi.
plan-drafts = { $count ->
    [one] { $count } drafft
   *[other] { $count } drafft
}
plan-changes = Newidiadau i’r hyn a gyhoeddwyd
plan-add = Ychwanegu sifft
plan-publish = { $count ->
    [one] Cyhoeddi { $count } sifft
   *[other] Cyhoeddi { $count } sifft
}
plan-tells = Ar ôl ei gyhoeddi, bydd { $names } yn ei weld ar y rota.
plan-tells-nobody = Ar ôl ei gyhoeddi, bydd y tîm yn ei weld ar y rota.
plan-tells-open = { $count ->
    [one] Mae lle rhydd ar { $count } sifft: gofynnir i’r tîm.
   *[other] Mae lle rhydd ar { $count } sifft: gofynnir i’r tîm.
}
plan-and = { $first }, { $last }
plan-row = { $pas }, ar gyfer { $person }
plan-row-nobody = Neb eto, ar gyfer { $person }
plan-was = Cyn hynny: { $when }
plan-every = { $count ->
    [one] { $days } tan { $until }: { $count } sifft
   *[other] { $days } tan { $until }: { $count } sifft
}
plan-two = Dau gynorthwyydd
plan-pooled = { $count ->
    [two] Gyda { $count } berson
   *[other] Gyda { $count } person
}
plan-shadowed = Mae { $name } yn dod hefyd i ddysgu
plan-open = Agored
plan-published = { $count ->
    [one] Cyhoeddwyd { $count } sifft. Wedi’i gadw ar y ffôn hwn.
   *[other] Cyhoeddwyd { $count } sifft. Wedi’i gadw ar y ffôn hwn.
}
plan-drafted = { $count ->
    [one] Cadwyd { $count } drafft ar y ffôn hwn.
   *[other] Cadwyd { $count } drafft ar y ffôn hwn.
}
plan-draft-changed = Cadwyd y drafft ar y ffôn hwn.
plan-changed = Wedi’i newid. Wedi’i gadw ar y ffôn hwn.
plan-cancelled = Wedi’i chanslo. Wedi’i gadw ar y ffôn hwn.
plan-dropped = Mae’r drafft wedi mynd.
plan-moved = Symudwyd i { $day }

## Sifft

plan-new = Sifft newydd
plan-draft = Drafft o sifft
plan-change = Newid y sifft
plan-person = Gyda phwy?
plan-person-hint = Dau berson: mae un cynorthwyydd gyda’r ddau, ac maen nhw’n ei rannu.
plan-day = Diwrnod
plan-from = O
plan-to = Tan
plan-until = { $length }, tan { $time } ar { $day }
plan-kind = Pa fath?
plan-kind-day = Dydd
plan-kind-sleep-in-hint = Yn cysgu yn y tŷ, yn codi pan fo angen
plan-kind-night-hint = Yn effro drwy’r nos
plan-needs = Faint o gynorthwywyr?
plan-needs-one = Un
plan-needs-two = Dau
plan-who = Pwy?
plan-nobody-hint = Agored: gofynnir i’r tîm pan gyhoeddwch
plan-shadow = Oes rhywun yn dod hefyd i ddysgu?
plan-shadow-hint = Maen nhw yno, heb fod yn gyfrifol.
plan-shadow-nobody = Neb
plan-often = Pa mor aml?
plan-once = Unwaith
plan-weekly = Bob wythnos
plan-fortnightly = Bob yn ail wythnos
plan-weekdays = Ar ba ddyddiau?
plan-last = Tan
plan-except = Ond nid ar
plan-except-add = Gadael y diwrnod hwn allan
plan-count = { $count ->
    [one] { $days }: { $count } sifft
   *[other] { $days }: { $count } sifft
}
plan-keep = Cadw fel drafft
plan-publish-now = Cyhoeddi nawr
plan-change-do = Ei newid
plan-cancel = Canslo’r sifft hon
plan-drop = Gollwng y drafft hwn
plan-which = Pa sifftiau?
plan-only = Dim ond { $when }
plan-following = Hon a’r rhai sy’n dilyn
plan-following-count = { $count ->
    [one] { $count } sifft.
   *[other] { $count } sifft.
}
plan-following-left = { $count ->
    [one] Mae { $count } lle gofynnwyd am gyflenwi, neu lle’i cafwyd, yn aros fel y mae.
   *[other] Mae { $count } lle gofynnwyd am gyflenwi, neu lle’i cafwyd, yn aros fel y maen nhw.
}
plan-cancel-means = Ni fydd neb yn dod wedyn
plan-cancel-told = Dywedir ar unwaith wrth bwy oedd i ddod, ac wrth y person.
plan-why = Pam?
plan-why-hint = Mae’n aros gyda’r sifft.
plan-why-missing = Dywedwch pam mewn ychydig eiriau.
plan-wrong-person = Dewiswch gyda phwy mae’r sifft.
plan-wrong-day = Rhowch y diwrnod.
plan-wrong-times = Rhowch y ddau amser, o a tan.
plan-wrong-over = Byddai hon drosodd erbyn hyn. Dewiswch ddiwrnod diweddarach.
plan-wrong-until = Rhowch y diwrnod olaf.
plan-wrong-taken = Ni all rhywun a ddewisoch ddod bryd hynny. Dewiswch rywun arall, neu newidiwch yr amserau.
plan-wrong-ends-first = Mae’r diwrnod olaf cyn y cyntaf. Dewiswch un diweddarach.
plan-wrong-long = Cynlluniwch { $weeks } wythnos ar y mwyaf ar unwaith. Dewiswch ddiwrnod olaf cynharach.
plan-wrong-many = Mae’r rhain yn fwy na { $count } sifft. Dewiswch ddiwrnod olaf cynharach.
plan-wrong-no-day = Nid oes diwrnod ar ôl. Dewiswch ddiwrnod arall o’r wythnos, neu ddiwrnod olaf diweddarach.
plan-fit-holds = Mae sifft arall ganddynt bryd hynny: { $when }
plan-fit-cannot = Methu dod bryd hynny
plan-fit-leave = Ar wyliau
plan-fit-never = Ddim i ddod yma
plan-fit-says-no = Wedi dweud na allant bryd hynny
plan-fit-rather-not = Byddai’n well ganddynt beidio
plan-fit-rest = Gorffwys byr, { $length }
plan-fit-no-day-off = Dim diwrnod rhydd yr wythnos honno
plan-fit-week = { $length } mewn wythnos ar gyfartaledd
plan-fit-night = { $length } mewn 24 awr, gormod ar gyfer nosweithiau
plan-fit-own-most = { $length } yr wythnos honno, mwy nag y maen nhw ei eisiau
plan-fit-ask = Rhaid gofyn i’r person yn gyntaf
plan-fit-not-all = { $count ->
    [one] Methu dod ar { $count } diwrnod arall
   *[other] Methu dod ar { $count } diwrnod arall
}
plan-fit-free = Yn rhydd bryd hynny

## Pryd y gallaf weithio

availability = Pryd y gallaf weithio
available-week = Fy wythnos arferol
available-week-of = Wythnos arferol { $name }
available-brush = Dewiswch, yna tapiwch rannau’r dydd
available-brush-hint = Tapiwch un eto i’w newid. Mae nosweithiau’n rhedeg i’r diwrnod wedyn.
can-yes = Gallaf
can-rather-not = Gwell peidio
can-no = Ni allaf
part-morning = Bore
part-afternoon = Pnawn
part-evening = Min nos
part-night = Nos
available-copy = Copïo diwrnod
available-copy-from = Pa ddiwrnod?
available-copy-to = I ba ddyddiau?
available-copy-do = { $count ->
    [two] Copïo { $day } i { $count } ddiwrnod
   *[other] Copïo { $day } i { $count } diwrnod
}
available-clear = Clirio’r wythnos
available-days = Dyddiau eraill, a gwyliau
available-days-none = Nid oes diwrnod gwahanol i’r arfer.
available-leave-row = Gwyliau. Ni ofynnir.
available-held = { $count ->
    [one] Mae gennych sifft yn ystod eich gwyliau
   *[other] Mae gennych { $count } sifft yn ystod eich gwyliau
}
available-held-words = Chi sy’n gyfrifol o hyd. Gofynnwch am gyflenwi, neu dywedwch na allwch ddod.
available-whole-day = { $how }, y diwrnod cyfan
available-take-away = Tynnu i ffwrdd: { $when }
available-add = Ychwanegu dyddiau
available-from = O
available-to = Hyd at, gan gynnwys
available-what = Beth yw e?
available-leave = Gwyliau
available-leave-hint = Y dyddiau cyfan. Ni ofynnir i chi.
available-cannot-hint = Chi sy’n dewis rhannau’r dydd
available-rather-hint = Gofynnir i chi, a gallwch wrthod
available-can-hint = Er bod eich wythnos arferol yn dweud na
available-parts = Pa rannau o’r dydd?
available-add-do = Ychwanegu’r dyddiau hyn
available-added = Cadwyd y dyddiau ar y ffôn hwn.
available-wrong-missing = Rhowch y diwrnod.
available-wrong-order = Mae’r diwrnod olaf cyn y cyntaf. Dewiswch un diweddarach.
available-wrong-over = Mae’r dyddiau hyn drosodd. Dewiswch rai diweddarach.
available-wrong-many = Mae hynny’n fwy na { $count } diwrnod. Newidiwch eich wythnos arferol, neu archebwch wyliau.
available-wrong-parts = Dewiswch o leiaf un rhan o’r dydd.
available-much = Faint
available-most = Uchafswm oriau’r wythnos
available-most-hint = Gallwch ddweud ie i fwy o hyd.
available-elsewhere = Oriau mewn swydd arall
available-elsewhere-hint = Maen nhw’n cyfrif tuag at eich 48 awr.
available-hours = awr
available-hours-week = awr yr wythnos
available-hours-wrong = Rhowch oriau cyfan, o 0 i { $most }.
available-most-read = { $count ->
    [one] { $count } awr yr wythnos ar y mwyaf
   *[other] { $count } awr yr wythnos ar y mwyaf
}
available-elsewhere-read = { $count ->
    [one] { $count } awr yr wythnos mewn swydd arall
   *[other] { $count } awr yr wythnos mewn swydd arall
}
opt-out = Mwy na 48 awr yr wythnos
opt-out-words = Yn ôl y gyfraith nid oes rhaid i neb weithio mwy na 48 awr yr wythnos, wedi’i gyfrif dros 17 wythnos. Cewch gytuno i fwy, yn ysgrifenedig. Ni chaiff neb bwyso arnoch, a gallwch ei dynnu’n ôl unrhyw bryd, { $days } diwrnod ymlaen llaw.
opt-out-think = Meddwl am hyn
opt-out-since = Cytunoch ar { $day }
opt-out-undo = Ei dynnu’n ôl
opt-out-ends = Wedi’i dynnu’n ôl. Mae’r terfyn yn cyfrif eto ar ôl { $day }.
opt-out-keep = Ei gadw wedi’r cyfan
opt-out-law = Yn ôl y gyfraith nid oes rhaid i neb weithio mwy na 48 awr yr wythnos, wedi’i gyfrif dros 17 wythnos. Cewch gytuno i fwy, yn ysgrifenedig.
opt-out-free = Ni chaiff neb bwyso arnoch, na’ch trin yn waeth os gwrthodwch.
opt-out-back = Gallwch ei dynnu’n ôl unrhyw bryd, { $days } diwrnod ymlaen llaw.
opt-out-rest = Mae gorffwys o 11 awr y dydd ac un diwrnod yr wythnos yn aros.
opt-out-night = Nid yw’n cyfrif ar gyfer gwaith nos.
opt-out-agree = Rwy’n cytuno i weithio mwy na 48 awr
opt-out-date = Mae’n sefyll yma gyda dyddiad heddiw, { $day }.
opt-out-save = Cadw fy mod yn cytuno
opt-out-saved = Wedi’i gadw ar y ffôn hwn.

## Fy mhobl

my-people = Fy mhobl
my-people-cover = Pwy gaiff ddod pan na all rhywun arall
my-people-words = “Caiff ddod”: dywedir wrthych, ac nid oes rhaid gwneud dim. “Gofyn i mi”: ni ddaw neb heb eich ie chi. “Byth”: ni ofynnir iddynt.
people-times = { $count ->
    [two] { $count } waith, ddiwethaf { $day }
   *[other] { $count } gwaith, ddiwethaf { $day }
}
people-never-here = Heb fod gyda chi
my-people-others = Pawb arall
my-people-others-hint = Pwy sy’n newydd, neu heb ei ddewis yma
choice-automatic = Caiff ddod
choice-ask-me = Gofyn i mi
choice-never = Byth
my-people-contact = Pan nad oes neb wedi dod
my-people-tell = Dweud wrth { $name }
my-people-tell-me = Dweud wrthyf fi yn unig

## Ar y dudalen Fi

me-availability = Pryd y gallwch weithio, gwyliau, faint
me-my-people = Pwy gaiff ddod, a phwy sy’n cael gwybod pan na ddaw neb
me-plan = Ychwanegu a newid eich sifftiau eich hun
me-hats = Fy hetiau
me-rota-holder = Deiliad y rota
me-until = Tan { $day }
me-team-availability = Pryd y gall y cynorthwywyr weithio
bell = Pan fydd rhywbeth angen fy sylw
bell-on = Dweud wrthyf ar y ffôn hwn
bell-hint = Hefyd pan fydd Kith ar gau. Dim ond bod rhywbeth yn aros mae’n ei ddweud, byth beth.
bell-unknown = Ni all y porwr hwn ddweud wrthych
bell-unknown-words = Mae’r hyn sydd angen eich sylw yn sefyll yn Kith pan agorwch ef. Ar iPhone, ychwanegwch Kith at y sgrin gartref yn gyntaf.
bell-blocked = Nid yw’r porwr hwn yn gadael i Kith ddweud wrthych
bell-blocked-words = Caniatewch negeseuon ar gyfer Kith yng ngosodiadau’r porwr, yna dewch yn ôl yma. Tan hynny, mae’r hyn sydd angen eich sylw yn sefyll yn Kith.
bell-offline = Mae angen signal ar gyfer hyn. Rhowch gynnig arall arni pan fydd.
bell-failed = Ni weithiodd yn y porwr hwn. Mae’r hyn sydd angen eich sylw yn sefyll yn Kith pan agorwch ef.
calendar = Fy sifftiau yn fy nghalendr fy hun
calendar-make = Gwneud dolen calendr
calendar-make-hint = Eich sifftiau yn y calendr rydych yn ei ddefnyddio beth bynnag. Mae angen signal.
calendar-make-anew = Gwnaeth ffôn arall o’ch eiddo un. Mae dolen newydd yn rhoi diwedd ar yr hen un.
calendar-words = Rhowch y ddolen hon i’ch calendr. Mae’n dangos pryd a gyda phwy, wrth eu henw cyntaf.
calendar-link = Fy nolen calendr
calendar-copy = Copïo’r ddolen
calendar-stop = Stopio’r ddolen
calendar-hint = Gall pwy bynnag sydd â’r ddolen weld eich sifftiau. Stopiwch hi, ac ni fydd yn dangos dim mwy.
calendar-made = Mae eich dolen calendr yn barod.
calendar-stopped = Nid yw’r ddolen yn dangos dim mwy.
calendar-offline = Mae angen signal ar gyfer hyn. Rhowch gynnig arall arni pan fydd.
