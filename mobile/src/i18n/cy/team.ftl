## Ffonau a phobl

team = Ffonau a phobl
me-team = Eich ffonau, a phwy sydd yn y tîm
team-my-phones = Eich ffonau
team-other-phone = Ffôn arall sydd gennych
team-phone = Ffôn
team-since = Yn y tîm ers { $day }
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
