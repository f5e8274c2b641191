# Cyflenwi: y daflen sifft a’i stori, gofyn ac ateb, beth sydd angen penderfyniad.

## Geiriau ar gyfer sawl lle

bar-cover = Cyflenwi
cover-you = chi
names-two = { $vowel ->
    [yes] { $first } ac { $last }
   *[no] { $first } a { $last }
}
names-more = { $count ->
    [one] { $names } ac { $count } arall
   *[other] { $names } a { $count } arall
}
cover-when = { $day }, { $time }
cover-with = { $when }, ar gyfer { $name }
cover-back = Yn ôl i’r rota
cover-shift = Sifft
cover-see-rota = Gweld y rota

## Y daflen: pwy sy’n gyfrifol

responsible-is = { $me ->
    [yes] Cyfrifol: chi
   *[no] Cyfrifol: { $names }
}
responsible-and-open = { $count ->
    [one] Cyfrifol: { $names }. Mae angen un arall
   *[other] Cyfrifol: { $names }. Mae angen { $count } arall
}
responsible-open = Agored: nid oes neb yn gyfrifol
responsible-draft = Drafft: heb ei gyhoeddi eto
responsible-draft-meant = Ar gyfer { $names }
responsible-draft-open = Does neb wedi’i enwi eto
responsible-cancelled = Wedi’i chanslo
responsible-cancelled-words = Nid oes angen i neb ddod
responsible-stay = Chi sy’n gyfrifol o hyd
until-confirmed = Nes bod rhywun arall wedi’i gadarnhau
until-you-confirmed = Nes eich bod chi wedi’ch cadarnhau
until-taken = Nes bod eich cydweithiwr wedi’i chymryd
until-taken-over = Nes bod cydweithiwr yn cymryd drosodd: nid oes neb wedi clocio i mewn
until-yes = Nes i { $person } gytuno i { $name }
until-your-yes = Nes i chi gytuno i { $name }
open-since = Ers { $when }
here-clocked-in = Clocioch i mewn am { $time }
after-all = { $me ->
    [yes] Clocioch i mewn am { $time } wedi’r cyfan
   *[no] Clociodd { $who } i mewn am { $time } wedi’r cyfan
}
after-all-words = { $me ->
    [yes] Roedd cydweithiwr wedi cymryd drosodd. Mae’r ddau ymweliad yn cyfrif. Siaradwch am bwy sy’n aros.
   *[no] Roedd cydweithiwr wedi cymryd drosodd yn lle { $who }. Mae’r ddau ymweliad yn cyfrif. Siaradwch am bwy sy’n aros.
}
shadows = Mae { $names } yn dod i ddysgu
pooled-with = Hefyd ar gyfer { $name }, { $time }
travel-from = { $length } o’ch sifft ar gyfer { $name }
shift-standby = Wrth gefn

## Y daflen: beth sy’n aros gen i

mine-asked = Gofynnoch chi am y sifft hon
mine-asked-saved = Mae wedi’i gadw ar y ffôn hwn a bydd yn mynd pan fydd signal. Arhoswch am yr ateb cyn cynllunio gyda hi.
mine-asked-sent = Mae wedi’i anfon. Arhoswch am yr ateb cyn cynllunio gyda hi.
mine-waits = Yn aros i { $name } gytuno
mine-waits-words = Mae { $name } am i rywun ofyn yn gyntaf. Byddwch yn gweld yr ateb yma.
mine-standby = Rydych chi wrth gefn
mine-standby-words = { $place ->
    [one] Roedd cydweithiwr yn gyntaf. Os na allant, gofynnir i chi nesaf.
   *[other] Roedd cydweithiwr yn gyntaf. Os na allant, gofynnir i eraill o’ch blaen: chi yw rhif { $place }.
}
mine-reason = Dywedwch pam mae’n iawn
mine-reason-words = Gofynnoch chi am y sifft hon. Oherwydd y rheolau gorffwys mae angen ychydig eiriau gennych chi yn gyntaf.
mine-not-possible = Chawsoch chi mo’r sifft hon
offered-alone = Mae { $name } yn ei chynnig i chi yn unig, tan { $when }
offered-alone-words = Wedyn gall fynd i eraill. Os na allwch, dywedwch: mae’n help.
offered-standby = Eich tro chi, tan { $when }
offered-standby-words = Roeddech chi wrth gefn, ac mae’r sifft yn agored eto. Mae wedi’i chadw i chi tan hynny.
kept-for = Wedi’i chadw i { $name } tan { $when }
kept-for-words = Os dywedwch y gallwch ei gwneud, byddwch wrth gefn.
ask-person-first = Gofynnir i { $name } yn gyntaf.
begun-words = Mae’r sifft wedi dechrau, felly ni ellir ei chyflenwi na’i chyfnewid. Os oes rhaid i chi adael, trosglwyddwch hi: chi sy’n gyfrifol nes bod cydweithiwr wedi’i chymryd.
swap-both = Y cyfnewid: y ddwy neu ddim un
swap-you-take = Byddech chi’n cymryd { $when }
swap-they-take = Byddai { $name } yn cymryd { $when }

## Y daflen: beth y gellir ei wneud

also = Gallwch chi hefyd
act-ask = Gofyn am gyflenwi
act-swap = Cyfnewid am sifft arall
act-offer = Cynnig i un cydweithiwr
act-cannot = Ni allaf ddod
act-cannot-hint = Salwch, damwain, argyfwng
act-claim = Gallaf ei gwneud
act-claim-offer = Iawn, fe’i cymeraf
act-claim-swap = Iawn, cyfnewid y ddwy
act-claim-handover = Cymeraf drosodd
act-claim-silent = Gallaf fynd
act-claim-standby = Gallwn fod wrth gefn
act-decline = Ni allaf
act-decline-offer = Na, ni allaf
act-decline-swap = Na, rwy’n cadw fy un i
act-take-back = { $what ->
    [ask] Tynnu fy nghais yn ôl
    [offer] Tynnu fy nghynnig yn ôl
    [handover] Gallaf aros wedi’r cyfan
    [claim] Ni allaf ei gwneud wedi’r cyfan
   *[veto] Tynnu fy “na” yn ôl
}
act-hand-over = Trosglwyddo
act-yes = Iawn, { $name }
act-no = Na, nid { $name }
act-no-holder = Nid wyf am gael { $name } y tro hwn
act-plan = Ei newid neu ei chanslo
act-story = Ymweliadau a nodiadau { $name }

## Y stori

story = Beth ddigwyddodd
story-you = chi
story-waits = Heb ei anfon eto
story-drafted = { $me ->
    [yes] Gwnaethoch chi ddrafft ohoni
   *[no] Gwnaeth { $who } ddrafft ohoni
}
story-published = { $me ->
    [yes] Cyhoeddoch chi hi
   *[no] Cyhoeddodd { $who } hi
}
story-changed = { $me ->
    [yes] Newidioch chi hi
   *[no] Newidiodd { $who } hi
}
story-was = { $time } oedd hi.
story-now-for = Ar gyfer { $names } mae hi nawr.
story-now-open = Does neb wedi’i enwi nawr.
story-cancelled = { $me ->
    [yes] Canslwyd hi gennych chi
   *[no] Canslodd { $who } hi
}
story-asked = { $me ->
    [yes] Gofynnoch chi am gyflenwi
   *[no] Gofynnodd { $who } am gyflenwi
}
story-asked-whom = { $me ->
    [yes] Gofynnoch chi i { $names } gyflenwi
   *[no] Gofynnodd { $who } i { $names } gyflenwi
}
story-asked-swap = { $me ->
    [yes] Gofynnoch chi i { $names } gyfnewid
   *[no] Gofynnodd { $who } i { $names } gyfnewid
}
story-swap-for = Am { $when }.
story-cannot = { $me ->
    [yes] Ni allwch chi ddod
   *[no] Ni all { $who } ddod
}
story-offered = { $me ->
    [yes] Cynigioch chi hi i { $names } yn unig
   *[no] Cynigiodd { $who } hi i { $names } yn unig
}
story-kept = Mae wedi’i chadw i { $names }
story-until = Tan { $when }.
story-handover = { $me ->
    [yes] Ni allwch chi aros
   *[no] Ni all { $who } aros
}
story-handover-to = { $me ->
    [yes] Rydych chi’n trosglwyddo i { $names }
   *[no] Mae { $who } yn trosglwyddo i { $names }
}
story-claimed = { $me ->
    [yes] Dywedoch chi: gallaf ei gwneud
   *[no] Dywedodd { $who }: gallaf ei gwneud
}
story-declined = { $me ->
    [yes] Ni allwch chi ei gwneud
   *[no] Ni all { $who } ei gwneud
}
story-took-back = { $me ->
    [yes] { $what ->
        [ask] Tynnoch chi’r cais yn ôl
        [offer] Tynnoch chi’r cynnig yn ôl
        [handover] Gallwch chi aros wedi’r cyfan
        [claim] Ni allwch chi ei gwneud wedi’r cyfan
        [veto] Tynnoch chi’r “na” yn ôl
       *[other] Tynnoch chi rywbeth yn ôl
    }
   *[no] { $what ->
        [ask] Tynnodd { $who } y cais yn ôl
        [offer] Tynnodd { $who } y cynnig yn ôl
        [handover] Gall { $who } aros wedi’r cyfan
        [claim] Ni all { $who } ei gwneud wedi’r cyfan
        [veto] Tynnodd { $who } y “na” yn ôl
       *[other] Tynnodd { $who } rywbeth yn ôl
    }
}
story-yes = { $me ->
    [yes] Cytunoch chi i { $names }
   *[no] Cytunodd { $who } i { $names }
}
story-no = { $me ->
    [yes] Dywedoch chi na wrth { $names }
   *[no] Dywedodd { $who } na wrth { $names }
}
story-responsible = { $how ->
    [me] Chi sy’n gyfrifol
    [one] { $names } sy’n gyfrifol
   *[many] { $names } sy’n gyfrifol
}
story-open = Nid oes neb yn gyfrifol
cause-plan = Fel y mae’r rota’n dweud.
cause-open = Roedd hi’n agored.
cause-covers = { $me ->
    [yes] Yn eich lle chi.
   *[no] Yn lle { $name }.
}
cause-silent = { $me ->
    [yes] Yn eich lle chi, gan nad oedd neb wedi clocio i mewn.
   *[no] Yn lle { $name }, gan nad oedd neb wedi clocio i mewn.
}
cause-owed = Mae { $length } o orffwys yn ddyledus.
cause-swapped = Wedi’i chyfnewid am { $when }.
cause-double = { $me ->
    [yes] Mae gennych chi sifft arall bryd hynny: { $when }.
   *[no] Mae gan { $name } sifft arall bryd hynny: { $when }.
}
cause-not-wanted = { $me ->
    [yes] Nid ydych chi i ddod i hon.
   *[no] Nid yw { $name } i ddod i hon.
}
cause-left = Nid yw { $name } yn y tîm mwyach.
story-standby = { $me ->
    [yes] Rydych chi wrth gefn
   *[no] Mae { $who } wrth gefn
}
story-standby-why = Roedd cydweithiwr yn gyntaf.
story-not-possible = { $me ->
    [yes] Chawsoch chi mohoni
   *[no] Chafodd { $who } mohoni
}
story-needs-reason = { $me ->
    [yes] Gofynnwyd i chi pam mae’n iawn
   *[no] Gofynnwyd i { $who } pam mae’n iawn
}
story-needs-reason-why = Mae’n mynd yn erbyn y rheolau gorffwys ac oriau.
story-lapsed = { $me ->
    [yes] Nid oes eich angen chi mwyach
   *[no] Nid oes angen { $who } mwyach
}
story-ask-late = Daeth y cais yn rhy hwyr
story-ask-late-why = Roedd y sifft wedi dechrau, neu drosodd.
story-yes-wanted = { $me ->
    [yes] Gofynnwyd i chi gytuno i { $names }
   *[no] Gofynnwyd i { $who } gytuno i { $names }
}
story-told = { $news ->
    [asked] Gofynnwyd i: { $names }
    [open] Gofynnwyd, gan ei bod yn agored, i: { $names }
    [unfilled] Clywodd nad oes neb yn dod eto: { $names }
    [handover] Gofynnwyd am gymryd drosodd i: { $names }
    [filled] Clywodd ei bod wedi’i llenwi: { $names }
    [cancelled] Clywodd ei bod wedi’i chanslo: { $names }
    [no-answer] Clywodd na ddaeth ateb: { $names }
    [not-started] Clywodd nad oes neb wedi clocio i mewn: { $names }
    [late] Clywodd iddi ddechrau’n hwyr: { $names }
    [started] Clywodd ei bod wedi dechrau: { $names }
   *[changed] Clywodd: { $names }
}
story-asked-nobody = Nid oedd modd gofyn i neb
not-heard = Clywyd gan y ffôn ddiwethaf { $when }. Efallai nad oes ganddo signal.
not-heard-ever = Ni chlywyd gan y ffôn. Efallai nad oes ganddo signal.

## Rheolau

rest-short = Dim ond { $length } o orffwys
rest-short-words = 11 awr rhwng dwy sifft yw’r rheol. Os gwnewch chi hi, mae { $owed } o orffwys yn ddyledus i chi.
rest-week = Dim diwrnod cyfan yn rhydd yr wythnos honno
rest-week-words = Un diwrnod rhydd yr wythnos yw’r rheol. Os gwnewch chi hi, mae { $owed } o orffwys yn ddyledus i chi.
rest-break = { $length } ar y tro
rest-break-words = Cymerwch egwyl o { $due } o leiaf.
hours-week = { $length } yr wythnos ar gyfartaledd
hours-week-words = Dros 17 wythnos, gan gynnwys swyddi eraill. { $most } yw’r mwyaf.
hours-night = { $length } y dydd ar gyfartaledd, gyda nosweithiau
hours-night-words = { $most } yw’r mwyaf i’r rhai sy’n gweithio’r nos.
hours-own = { $length } yn yr wythnos honno
hours-own-words = { $most } yw’r mwyaf rydych chi ei eisiau.
block-mine = { $why ->
    [overlap] Mae gennych sifft bryd hynny
    [leave] Rydych chi ar wyliau bryd hynny
    [vetoed] Dywedodd { $name } na wrthych ar gyfer y sifft hon
    [not-wanted] Mae { $name } wedi dewis bod eraill yn dod
    [not-asked] Nid oes neb yn gofyn amdani mwyach
    [swap-changed] Mae’r sifft arall wedi newid ers hynny
    [started] Mae’r sifft wedi dechrau
    [over] Mae’r sifft drosodd, neu wedi’i chanslo
    [holder] Chi sydd â hi eisoes
   *[not-a-pa] Dim ond cynorthwywyr sy’n cymryd sifftiau
}
block-mine-words = { $why ->
    [overlap] Gofynnwch am gyflenwi i’r un honno yn gyntaf, neu gadewch i gydweithiwr gymryd hon.
    [leave] Os yw hynny wedi newid, tynnwch y gwyliau o’ch calendr yn gyntaf.
    [vetoed] Gofynnir i gydweithiwr. Does dim angen i chi wneud dim.
    [not-wanted] Gofynnir i gydweithiwr. Does dim angen i chi wneud dim.
    [not-asked] Cafodd ei dynnu’n ôl, daeth ei amser i ben, neu roedd i rywun arall.
    [swap-changed] Bydd y ddwy sifft yn newid dwylo, neu ddim un. Gofynnwch eto i’ch cydweithiwr os hoffech.
    [started] Nawr dim ond y sawl sydd yno all ei throsglwyddo.
    [over] Does dim angen i chi wneud dim.
    [holder] Does dim angen i chi wneud dim.
   *[not-a-pa] Gofynnwch i’ch tîm.
}
block-theirs = { $why ->
    [overlap] Mae gan { $who } sifft bryd hynny.
    [leave] Mae { $who } ar wyliau.
    [vetoed] Dywedodd { $name } na wrth { $who } y tro hwn.
    [not-wanted] Mae { $name } wedi dewis bod eraill yn dod.
   *[other] Ni all { $who } ei chymryd nawr.
}

## Ffurflenni

form-whom = I bwy rydych chi’n gofyn?
whom-anyone = Unrhyw un yn y tîm
whom-anyone-hint = Pwy bynnag all
whom-some = Rhai ohonynt
whom-some-hint = Chi sy’n dewis pwy
whom-swap-hint = Bydd y ddwy sifft yn newid dwylo, neu ddim un
form-until = Tan pryd?
until-today = Heddiw { $time }
until-tomorrow = Yfory { $time }
until-start = Nes iddi ddechrau
until-other = Amser arall
until-other-label = Dydd ac amser
until-wrong = Rhowch ddydd ac amser rhwng nawr a dechrau’r sifft.
form-why = Pam?
form-why-hint = Dim ond os hoffech ddweud. Gall { $name } a’r tîm ei ddarllen.
form-long = Mae hwn yn rhy hir. Mae ychydig eiriau’n ddigon.
ask-do = Gofyn i’r tîm
ask-do-some = { $count ->
    [one] Gofyn i { $count } cydweithiwr
   *[other] Gofyn i { $count } cydweithiwr
}
ask-choose = Dewiswch o leiaf un cydweithiwr.
colleague-standby = Wrth gefn.
colleague-free = Does dim yn ei erbyn.
colleague-rather-not = Byddai’n well ganddynt beidio bryd hynny.
colleague-cannot = Dywedodd na all bryd hynny.
colleague-rules = Byddai’n mynd yn erbyn y rheolau gorffwys ac oriau.
colleagues-none = Ni all neb arall yn y tîm ei chymryd.
offer-whom = I bwy?
offer-hint = Tan ddiwedd yr amser nhw sy’n cael dweud ie neu na. Wedyn gallwch ofyn i’r lleill.
offer-do = Ei chynnig i { $name }
offer-choose = Dewiswch gydweithiwr.
swap-which = Am ba sifft?
swap-do = Gofyn i { $name } gyfnewid
swap-none = Nid oes sifft i gyfnewid amdani
swap-none-words = Nid oes gan neb sifft i ddod y gallech chi ei chymryd ac a allai gymryd eich un chi. Gofynnwch am gyflenwi yn lle hynny.
swap-choose = Dewiswch sifft.
swap-row = { $who }, ar gyfer { $name }
swap-rules-mine = Byddai’n mynd yn erbyn y rheolau gorffwys ac oriau i chi
swap-rules-theirs = Byddai’n mynd yn erbyn y rheolau gorffwys ac oriau i { $name }
cannot-open = Mae’r sifft ar gyfer { $name } yn agored o nawr ymlaen
cannot-open-words = Nid chi sy’n gyfrifol mwyach. Bydd cydweithwyr yn clywed cyn gynted ag y bydd gan eich ffôn signal. Os yw’n fuan, ffoniwch { $name } hefyd.
cannot-open-two = Mae eich lle ar sifft { $name } yn agored o nawr ymlaen
cannot-what = Beth ddigwyddodd?
cannot-ill = Salwch
cannot-accident = Damwain
cannot-home = Argyfwng gartref
cannot-other = Rhywbeth arall
cannot-more = Unrhyw beth y dylai’r tîm ei wybod?
cannot-more-hint = Dim ond os hoffech ddweud.
claim-why = Pam mae’n iawn?
claim-why-hint = Ychydig eiriau. Maent yn aros gyda’r sifft.
claim-why-missing = Dywedwch mewn ychydig eiriau pam mae’n iawn.
claim-do = Gallaf ei gwneud er hynny
hand-why = Beth mae angen iddynt ei wybod?
hand-why-hint = Ble mae pethau, beth a roddwyd, beth sy’n dod nesaf.
hand-anyone = Pwy bynnag all ddod
hand-do = Trosglwyddo
no-why = Pam ddim?
no-why-hint = Dim ond os hoffech ddweud. Gall { $name } a’r tîm ei ddarllen.
no-holder-words = Bydd { $name } yn ei weld, ac mae’r sifft yn agored o nawr ymlaen: bydd y tîm yn chwilio am rywun arall.
no-asked-words = Bydd { $name } yn ei weld. Mae pwy sy’n gyfrifol nawr yn aros felly.
no-do = Dweud na

## Cyflenwi: beth sydd angen penderfyniad

cover-needs = Angen eich penderfyniad: { $count }
cover-needs-none = Does dim angen dim gennych
group-yes = Angen i chi gytuno
group-open = Nid oes neb yn gyfrifol
group-silent = Nid oes neb wedi clocio i mewn
group-offered = Cynnig i chi
group-asked = Mae rhywun yn gofyn am gyflenwi
group-problem = Nid yw’n ffitio
group-plan = I’r sawl sy’n cynllunio
need-open-with = Ar gyfer { $name }
need-open-mark = Agored
need-until = Tan { $when }
need-offer = Mae { $who } yn cynnig y sifft hon i chi
need-turn = Eich tro chi
need-swap = Mae { $who } yn gofyn am gyfnewid
need-swap-words = Chi: { $mine }. { $who }: { $theirs }.
need-swap-mark = Y ddwy neu ddim un
need-ask = Mae { $who } yn gofyn am gyflenwi
need-handover = Ni all { $who } aros
need-handover-mark = Mae wedi dechrau
need-silent-words = { $heard ->
    [yes] Sifft { $who } yw hon, ac nid oes clocio i mewn wedi bod.
   *[no] Sifft { $who } yw hon, ac nid ydym wedi clywed dim.
}
need-silent-can = Allwch chi fynd?
need-person = Gofynnir i { $name } yn gyntaf
need-reason = Pam mae’n iawn?
need-reason-words = Gofynnoch chi amdani. Oherwydd y rheolau gorffwys mae angen ychydig eiriau gennych chi.
need-reason-do = Dweud pam
need-problem-words = Ffordd ymlaen: gofynnwch am gyflenwi ar gyfer { $name }, { $when }.
need-way-out = Angen ffordd ymlaen
need-see = Gweld y sifft
need-double = Mae gan { $name } sifft arall bryd hynny
need-double-mark = Dwy sifft yr un pryd
need-no-answer = Dim ateb am { $name }
need-no-answer-words = Nid yw { $person } wedi dweud ie na na. Ffoniwch, a gofynnwch.
need-offer-one = Cynnig i un
need-yes = Gall { $name } ddod
need-yes-instead = Gall { $name } ddod yn lle { $names }
need-yes-until = Nes i chi gytuno, { $names } sy’n gyfrifol.
need-yes-open = Nid oes neb arall yn dod eto.
need-story = Gweld y stori i gyd
need-none = Does dim yn aros amdanoch
need-none-words = Pan fydd rhywun yn gofyn am gyflenwi, neu’n cynnig sifft i chi, bydd yma.
need-none-person = Pan allai rhywun newydd ddod, gofynnir i chi yma.
answered = Atebwyd
answered-none = Bydd hanes yr hyn a ofynnoch yma.
answer-asked = Wedi gofyn
answer-asked-saved = Wedi’i gadw ar y ffôn hwn, heb ei anfon eto.
answer-asked-sent = Wedi’i anfon. Dim ateb eto.
answer-cover = Gofynnoch chi am gyflenwi
answer-cover-words = Does neb wedi’i chymryd eto. Chi sy’n gyfrifol o hyd.
answer-waits = Yn aros i { $name } gytuno
answer-granted = Chi sydd â’r sifft
answer-granted-owed = Mae { $length } o orffwys yn ddyledus i chi.
answer-standby = Rydych chi wrth gefn
answer-standby-words = Roedd cydweithiwr yn gyntaf.
answer-not-possible = Chawsoch chi mohoni
answer-lapsed = Nid oes ei hangen mwyach
answer-no = Nid y tro hwn
answer-no-words = Dywedodd { $name } na. Rydych chi’n rhydd.
answer-covered = Mae { $name } yn cyflenwi ar eich rhan
answer-covered-words = Rydych chi’n rhydd.
answer-taken-over = Mae { $name } wedi cymryd drosodd
answer-taken-over-words = Nid oedd neb wedi clocio i mewn. Os ydych chi yno, dywedwch wrth { $name } a chlociwch i mewn.
answer-told = { $news ->
    [filled] Mae wedi’i llenwi. Diolch
    [unfilled] Nid oes neb yn dod eto
    [cancelled] Wedi’i chanslo
    [late] Dechreuodd yn hwyr
    [started] Mae rhywun yno nawr
    [not-started] Nid oes neb wedi clocio i mewn
    [not-heard] Ni chlywyd a yw wedi dechrau
   *[changed] Newidiodd rhywbeth
}
said-claim = Wedi gofyn. Wedi’i gadw ar y ffôn hwn.
said-decline = Diolch am ddweud. Wedi’i gadw ar y ffôn hwn.
said-taken-back = Wedi’i dynnu’n ôl. Wedi’i gadw ar y ffôn hwn.
said-ask = Gofynnoch chi am gyflenwi. Wedi’i gadw ar y ffôn hwn.
said-offer = Wedi’i chynnig. Wedi’i gadw ar y ffôn hwn.
said-cannot = Wedi’i gadw ar y ffôn hwn. Bydd y tîm yn clywed cyn gynted ag y bydd signal.
said-yes = Cytunoch chi. Wedi’i gadw ar y ffôn hwn.
said-no = Dywedoch chi na. Wedi’i gadw ar y ffôn hwn.
today-open = Agored heddiw
today-asking = Gofynnoch chi am gyflenwi
taken-over = Mae { $name } wedi cymryd yr ymweliad hwn drosodd
taken-over-words = Nid oedd neb wedi clocio i mewn. Os ydych chi yno, dywedwch wrth { $name } a chlociwch i mewn.
taken-over-here = Rydw i yno

## Rhybuddion: ni ddaeth neb, neu nid oes neb i ddod

alert-silent = { $me ->
    [yes] Nid oes neb wedi clocio i mewn gyda chi eto
   *[no] { $name }: nid oes neb wedi clocio i mewn eto
}
alert-open = { $me ->
    [yes] Nid oes neb yn dod atoch chi eto
   *[no] { $name }: nid oes neb yn dod eto
}
alert-one-more = { $me ->
    [yes] Mae angen i un arall ddod atoch chi
   *[no] { $name }: mae angen i un arall ddod
}
alert-due = { $me ->
    [yes] Roeddech chi i fod i ddod am { $time }.
   *[no] Roedd { $who } i fod i ddod am { $time }.
}
alert-team = Mae’r tîm yn gwybod, ac yn chwilio am rywun.
alert-call = Os gallwch, ffoniwch { $name }.
alert-told = Cawsoch wybod { $when }.
alert-came = Mae { $who } wedi clocio i mewn
alert-someone-came = Mae rhywun wedi clocio i mewn
alert-came-at = Am { $time }.
alert-heard-at = Clywsom am { $time }.
alert-others = Yn dod nawr: { $names }
alert-cancelled = Mae’r ymweliad hwn wedi’i ganslo
alert-before = { $what ->
    [open] Cawsoch wybod { $when } nad oedd neb yn dod.
   *[silent] Cawsoch wybod { $when } nad oedd neb wedi clocio i mewn.
}
alert-was-open = Nid oedd neb yn dod
alert-was-silent = Nid oedd neb wedi clocio i mewn
