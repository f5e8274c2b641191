# Y rota fesul wythnos a mis, pa wythnosau sy’n denau, pwy sydd wedi cyflenwi pa mor aml.

## Y rota

rota-view = Beth i’w weld
rota-week = Wythnos
rota-month = Mis
rota-looking = Edrych ymlaen ac yn ôl
rota-travel = { $takes } o deithio
rota-travel-tight = Dim ond { $there }, mae’r daith yn cymryd { $takes }
rota-draft = Drafft
rota-redraft = Mae newid mewn drafft
rota-missing = { $missing } o { $needs } ar goll
rota-offered-you = Wedi’i chynnig i chi
rota-offered = Wedi’i chynnig i { $name }
rota-wanted-you = Rydych wedi gofyn am gyflenwi
rota-wanted-by = { $name } yn gofyn am gyflenwi
rota-wanted = Angen cyflenwi
rota-asked = Rydych wedi gofyn amdani
rota-waits-yours = Yn aros am eich cytundeb: { $pa }
rota-waits-you = Chi, os yw { $name } yn cytuno
rota-waits = Yn aros am gytundeb { $name }: { $pa }
rota-standby = Rydych wrth gefn
rota-covers-you = Rydych yn cyflenwi dros { $name }
rota-covers-for-you = { $name } yn cyflenwi drosoch chi
rota-covers = Yn cyflenwi dros { $name }
rota-took-you = Chi gamodd i mewn
rota-took = { $name } wedi camu i mewn
rota-swapped = Wedi’i chyfnewid
rota-problem = Edrychwch ar orffwys ac oriau
rota-together = { $count ->
    [2] Dau gynorthwyydd
   *[other] Cynorthwywyr: { $count }
}
rota-shadow-you = Rydych yn dod i ddysgu
rota-shadow = { $name } yn dod i ddysgu
rota-pooled = Gyda { $count } o bobl
month-day = { $day }: { $count ->
    [0] dim sifftiau
   *[other] sifftiau: { $count }
}
month-day-open = { $day }: sifftiau: { $count }, agored: { $open }
month-legend = Pwy a beth

## Y 4 wythnos nesaf

coverage = Y 4 wythnos nesaf
coverage-about = Pa ddyddiau sy’n denau
coverage-back = Yn ôl i gyflenwi
coverage-first = Edrychwch yma gyntaf
coverage-none = Dim byd i edrych arno
coverage-none-words = Mae rhywun i bob sifft, a gallai rhywun arall gamu i mewn.
coverage-more = Mae { $count } arall gyda’u dyddiau.
coverage-held = Rhywun yn dod
coverage-waiting = Yn aros
coverage-thin = Prin neb arall
coverage-look = { $day }, { $part ->
    [morning] bore
    [afternoon] prynhawn
    [evening] min nos
   *[night] nos
}: { $why }
coverage-look-more = { $time }, ar gyfer { $name }.
coverage-why-open = neb eto
coverage-why-waits = yn aros am gytundeb { $name }
coverage-why-waits-yours = yn aros am eich cytundeb
coverage-why-wanted-you = rydych wedi gofyn am gyflenwi
coverage-why-wanted = { $name } yn gofyn am gyflenwi
coverage-why-nobody = ni allai neb arall ddod
coverage-why-only = dim ond { $name } allai gamu i mewn
coverage-why-only-you = dim ond chi allai gamu i mewn
coverage-could = { $count ->
    [0] Nid oes neb yn rhydd.
    [one] Gallai 1 cydweithiwr.
    [two] Gallai 2 gydweithiwr.
   *[other] Gallai { $count } o gydweithwyr.
}
coverage-would = Byddai { $name } yn dod.
coverage-held-by = Gan { $names } y mae hi.
coverage-n-open = neb eto: { $count }
coverage-n-waiting = yn aros: { $count }
coverage-n-thin = tenau: { $count }
coverage-n-draft = heb eu cyhoeddi: { $count }
coverage-n-held = rhywun yn dod: { $count }
coverage-all-held = Rhywun i bob un
coverage-week = Yr wythnos gyfan
coverage-week-held = Sifftiau: { $count }, rhywun i bob un
coverage-week-draft = Sifftiau: { $count }, heb eu cyhoeddi eto
coverage-rest = Mae dyddiau eraill yr wythnos hon yn iawn.
coverage-day-held = Sifftiau: { $count }, rhywun i bob un
coverage-day-thin = I { $count } ohonynt, prin y gallai neb arall gamu i mewn.

## Pwy sydd wedi cyflenwi

fairness = Pwy sydd wedi cyflenwi
fairness-about = Y 3 mis diwethaf
fairness-what = Beth i’w gyfrif
fairness-covered = Cyflenwi
fairness-nights = Nosau
fairness-weekends = Penwythnos
fairness-covered-since = Sifftiau a gyflenwyd ers { $day }
fairness-nights-since = Nosau ar ddihun ers { $day }
fairness-weekends-since = Penwythnosau a weithiwyd ers { $day }
fairness-covered-words = Sifftiau a gymerodd rhywun gan gydweithiwr, neu nad oedd gan neb. Nid yw cyfnewid yn cyfrif. Chi sy’n dod gyntaf, yna pawb yn ôl enw.
fairness-nights-words = Nosau ar ddihun yn ôl y rota. Mae nosau cysgu i mewn wrth eu hochr. Chi sy’n dod gyntaf, yna pawb yn ôl enw.
fairness-weekends-words = Penwythnosau gydag o leiaf un sifft ddydd Sadwrn neu ddydd Sul. Chi sy’n dod gyntaf, yna pawb yn ôl enw.
fairness-n-covered = cyflenwi: { $count }
fairness-n-nights = { $count ->
    [one] 1 noson
    [two] 2 noson
   *[other] { $count } noson
}
fairness-n-sleep-ins = cysgu i mewn: { $count }
fairness-n-weekends = { $count ->
    [one] 1 penwythnos
    [two] 2 benwythnos
   *[other] { $count } penwythnos
}
fairness-in-all = { $length } i gyd
