# Viskas, kas įkelta, ir nuorodos.
history-search = Ieškoti įkėlimų
history-search-in = { $count ->
    [one] Ieškoti iš { $count } įkėlimo
    [few] Ieškoti iš { $count } įkėlimų
    [many] Ieškoti iš { $count } įkėlimo
   *[other] Ieškoti iš { $count } įkėlimų
}
history-all-sites = Visos svetainės
history-any-album = Visi albumai
history-any-type = Visos rūšys
history-type-picture = Nuotraukos
history-type-animation = Animacijos
history-type-clip = Vaizdo įrašai
history-expiring = Greitai išsitrins
history-has-delete-link = Su trynimo nuoroda
history-more = Daugiau
history-clear = Išvalyti istoriją…
history-today = Šiandien
history-yesterday = Vakar
history-uploads = { $count ->
    [one] { $count } įkėlimas
    [few] { $count } įkėlimai
    [many] { $count } įkėlimo
   *[other] { $count } įkėlimų
}
history-found = { $count ->
    [0] Įkėlimų nerasta.
    [one] Rastas { $count } įkėlimas.
    [few] Rasti { $count } įkėlimai.
    [many] Rasta { $count } įkėlimo.
   *[other] Rasta { $count } įkėlimų.
}
history-opened = { $name }, atverta.
history-wall = Įkėlimai
history-empty = Dar nieko neįkelta
history-empty-hint = Čia bus visi jūsų įkėlimai ir jų nuorodos.
history-empty-go = Pasirinkti failus
history-none-found = Tokių įkėlimų nėra
history-none-found-hint = Ieškoma failų pavadinimuose, antraštėse ir žymose.
history-show-all = Rodyti visus įkėlimus
history-not-read = Istorijos nepavyko perskaityti.
history-again = Bandyti dar kartą

history-detail = Apie įkėlimą
history-previous = Ankstesnis įkėlimas
history-next = Kitas įkėlimas
history-close = Uždaryti
history-when = { $time }, { $site }
history-when-album = { $time }, { $site }, nusiųsta į albumą { $album }
history-time-today = Šiandien { $time }
history-time-yesterday = Vakar { $time }
history-days-left = { $count ->
    [one] { $count } diena
    [few] { $count } dienos
    [many] { $count } dienos
   *[other] { $count } dienų
}
history-hours-left = { $count ->
    [one] { $count } valanda
    [few] { $count } valandos
    [many] { $count } valandos
   *[other] { $count } valandų
}
history-minutes-left = { $count ->
    [one] { $count } minutė
    [few] { $count } minutės
    [many] { $count } minutės
   *[other] { $count } minučių
}
history-expires = Išsitrins pati, liko { $left }, { $time }
history-expired = Svetainė ištrynė pati, { $time }
history-expired-badge = Ištrinta
history-approval = Laukia patvirtinimo
history-link-viewer = Peržiūra
history-link-short = Trumpoji
history-link-direct = Tiesioginė
history-link-medium = Vidutinė
history-link-thumbnail = Miniatiūra
history-copy-kind = Kopijuoti: { $kind }
history-copy-link = Kopijuoti
history-open = Atidaryti
history-no-links = Svetainė dar nedavė tinkamos nuorodos.
history-copied = Nukopijuota
history-copied-said = Nuoroda nukopijuota: { $kind }.
history-changed = { $site } kai ką pakeitė.
history-delete-kept = Trynimo nuoroda yra
history-delete-kept-hint = Keltas gali paprašyti svetainės ištrinti
history-delete = Ištrinti iš svetainės…
history-delete-none = Trynimo nuorodos nėra
history-delete-none-hint = Ištrinti galima tik svetainėje, iš savo paskyros
history-delete-title = Ištrinti iš { $site }?
history-delete-body = { $name } iškart dings iš { $site }, ir visos nuorodos nustos veikti.
history-delete-body-2 = Atšaukti to nebus galima.
history-delete-yes = Ištrinti iš { $site }
history-deleting = Trinama…
history-deleted = Ištrinta iš { $site }
history-gone-already = { $site } sako, kad to ten jau nebėra
history-not-deleted = Ištrinti nepavyko.

history-remove = Šalinti iš istorijos…
history-remove-title = Šalinti iš istorijos?
history-remove-stays = Nuotrauka lieka svetainėje { $site }.
history-remove-body = Kartu su istorijos įrašu dings ir trynimo nuoroda, o svetainė jos daugiau neparodys. Be jos nuotrauką galės ištrinti tik svetainės prižiūrėtojai arba jūs pats savo paskyroje.
history-remove-body-plain = Dings tik šios istorijos įrašas. Jo nuorodų čia daugiau nebus.
history-remove-both = Šalinti abu
history-remove-keep = Šalinti, trynimo nuorodą palikti
history-remove-yes = Šalinti iš istorijos
history-cancel = Atšaukti
history-removed-kept = Pašalinta iš istorijos, trynimo nuoroda palikta.
history-removed = Pašalinta iš istorijos.
history-clear-title = Išvalyti istoriją?
history-clear-stays = { $count ->
    [1] Nuotrauka lieka svetainėje.
    [one] { $count } nuotrauka lieka svetainėse.
    [few] Visos { $count } nuotraukos lieka svetainėse.
    [many] { $count } nuotraukos lieka svetainėse.
   *[other] Visos nuotraukos lieka svetainėse, jų { $count }.
}
history-clear-body = { $count ->
    [0] Dings tik sąrašas. Nuorodų čia daugiau nebus.
    [one] Saugykloje laikoma { $count } trynimo nuoroda. Svetainė jos daugiau neparodys, todėl palikite, jei abejojate.
    [few] Saugykloje laikomos { $count } trynimo nuorodos. Svetainės jų daugiau neparodys, todėl palikite, jei abejojate.
    [many] Saugykloje laikoma { $count } trynimo nuorodos. Svetainės jų daugiau neparodys, todėl palikite, jei abejojate.
   *[other] Saugykloje laikoma { $count } trynimo nuorodų. Svetainės jų daugiau neparodys, todėl palikite, jei abejojate.
}
history-clear-both = Išvalyti abi
history-clear-keep = Išvalyti, trynimo nuorodas palikti
history-clear-yes = Išvalyti istoriją
history-cleared = Istorija išvalyta.
history-cleared-kept = Istorija išvalyta, trynimo nuorodos paliktos.
