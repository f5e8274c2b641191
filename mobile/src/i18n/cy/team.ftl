## Ffonau a phobl

team = Ffonau a phobl
me-team = Eich ffonau, a phwy sydd yn y tîm
team-my-phones = Eich ffonau
team-other-phone = Ffôn arall sydd gennych
team-phone = Ffôn
team-since = Yn y tîm ers { $day }
team-held-back = Anfonodd lawer mwy nag y mae neb yn ei ysgrifennu mewn diwrnod, y tro diwethaf ar { $day }. Mae’r gormodedd yn aros. Os nad yw’r perchennog yn gwybod pam, dywedwch ei fod ar goll.
team-asking = Yn gofyn i gyfrifiadur y tîm …
team-no-signal = Bydd eich ffonau i’w gweld yma pan fydd signal.
team-lost-hint = Wedi colli ffôn? Dywedwch yma: bydd yn anghofio popeth y tro nesaf y daw i gysylltiad.
team-lost = Mae ar goll
team-wipe = Gwagio’r ffôn
team-people = Pobl
team-no-notes = nodiadau heb eu rhannu
team-stop-notes = Peidio â rhannu nodiadau
team-share-notes = Rhannu nodiadau eto
team-leaves = Mae { $name } yn gadael y tîm

## Cyn tynnu rhywbeth i ffwrdd

cancel = Canslo
sure-lost = Ydy’r ffôn hwn ar goll?
sure-lost-words = Y tro nesaf y daw i gysylltiad, bydd yn anghofio popeth. Caiff yr hyn a ysgrifennwyd arno heb ei anfon ei gadw o’r neilltu i’r rheolwr.
sure-wipe = Gwagio’r ffôn hwn?
sure-wipe-words = Bydd popeth sy’n perthyn i’r tîm yn mynd o’r ffôn hwn. Caiff yr hyn sydd heb ei anfon ei anfon yn gyntaf.
sure-for-ever = Ni ellir dadwneud hyn. Mae gwahoddiad newydd yn gadael rhywun i mewn eto.
sure-lost-done = Wedi’i wneud. Nid yw’r ffôn hwnnw yn y tîm mwyach.
sure-stop = Peidio â rhannu nodiadau: { $name }?
sure-stop-words = Bydd y nodiadau’n mynd o’u ffonau y tro nesaf y dônt i gysylltiad. Bydd { $name } yn dal i weld pwy sy’n dod. Gallwch rannu nodiadau eto.
sure-stop-done = Nid yw { $name } yn gweld nodiadau mwyach.
sure-share = Rhannu nodiadau eto: { $name }?
sure-share-words = Bydd { $name } yn darllen pob nodyn sy’n cael ei rannu â’r teulu, y rhai cynharach hefyd.
sure-share-done = Mae { $name } yn gweld nodiadau eto.
sure-leaves = Ydy { $name } yn gadael y tîm?
sure-leaves-words = Bydd eu ffonau’n anghofio popeth y tro nesaf y dônt i gysylltiad. Mae eu henw’n aros o dan yr hyn a ysgrifennwyd ganddynt.
sure-leaves-shifts = Bydd eu sifftiau’n agored ar unwaith, a dywedir wrth y rhai a allai ddod.
sure-leaves-done = Nid yw { $name } yn y tîm mwyach.
sure-no-signal = Nid oes ateb. Rhowch gynnig arall arni pan fydd signal.
sure-not-allowed = Heb ei wneud: mater i rywun arall yn y tîm yw hyn, neu byddai’r tîm heb reolwr.

## Nid yw’r ffôn hwn yn y tîm

gone-title = Nid yw’r ffôn hwn yn perthyn i { $team } mwyach
gone-words = Mae popeth oedd arno o’r tîm wedi mynd.
gone-handed-in = { $count ->
    [one] Rhoddwyd un peth a ysgrifennwyd heb ei anfon i’r rheolwr.
   *[other] Nifer y pethau a ysgrifennwyd heb eu hanfon ac a roddwyd i’r rheolwr: { $count }.
}
gone-why = Os yw hyn yn annisgwyl, gofynnwch i’ch tîm.
gone-join = Ymuno â gwahoddiad newydd

## Wedi’i roi o’r neilltu, i’r rheolwr

kept = Wedi’i roi o’r neilltu
kept-count = { $count ->
    [one] Rhoddwyd un peth o’r neilltu
    [two] Rhoddwyd dau beth o’r neilltu
    [few] Rhoddwyd tri pheth o’r neilltu
    [many] Rhoddwyd chwe pheth o’r neilltu
   *[other] Rhoddwyd { $count } peth o’r neilltu
}
kept-look = { $count ->
    [one] Daeth i mewn ac nid yw yn y cofnodion. Edrychwch arno.
   *[other] Daethant i mewn ac nid ydynt yn y cofnodion. Edrychwch arnynt.
}
kept-no-signal = Rhestrir yr hyn a roddwyd o’r neilltu pan fydd signal.
kept-not-yours = Y rheolwr sy’n edrych ar yr hyn a roddwyd o’r neilltu.
kept-none = Does dim wedi’i roi o’r neilltu
kept-none-words = Mae popeth a ddaeth i mewn yn y cofnodion, neu mae rhywun wedi edrych arno.
kept-words = Daeth hyn i mewn ac nid yw yn y cofnodion. Derbyniwch e, neu gadewch e allan a dweud pam. Bydd pwy bynnag a’i ysgrifennodd yn cael gwybod.
kept-more = Daw { $count } arall ar ôl i chi edrych ar y rhain.
kept-sent = Daeth i mewn { $when }
kept-named = yn enw { $name }
kept-unreadable = Nid oes modd ei ddarllen.
kept-unknown = Nid yw’r ap hwn yn adnabod y math hwn o gofnod.
kept-bar = Nid oes modd ei dderbyn nawr.
kept-let-in = Derbyn
kept-in-done = Mae yn y cofnodion nawr.
kept-leave-out = Gadael allan
kept-out-done = Mae’n aros allan.
kept-why = Pam mae’n aros allan?
kept-why-hint = Bydd { $name } yn darllen hyn.
kept-profile = Dewisiadau i { $name }
kept-availability = Pryd y gallant weithio
kept-revoked = Roedd y ffôn ar goll, neu roeddent wedi gadael y tîm.
kept-not-them = Mae’n enwi rhywun arall, neu ffôn arall.
kept-role = Nid yw eu rôl yn ysgrifennu hyn.
kept-hat = Nid nhw oedd yn cadw’r rota bryd hynny.
kept-not-theirs = Mae’n newid yr hyn a ysgrifennodd rhywun arall.
kept-nothing = Nid yw’r hyn y mae’n perthyn iddo yn y cofnodion.
kept-follows = Mae’n dilyn rhywbeth a roddwyd o’r neilltu.
kept-times = Ni all yr amserau fod yn gywir.
kept-elsewhere = Mae’n perthyn i berson neu fis arall.
kept-erased = Mae cofnodion y person hwn wedi’u dileu.
kept-unsound = Nid oedd modd ei ddarllen, neu ei ychwanegu’n ddiogel.
