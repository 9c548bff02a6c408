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
history-remove-body = Kartu su istorijos įrašu dings ir trynimo nuoroda, o svetainė jos daugiau neparodys. Be jos nuotrauką galės ištrinti tik svetainės prižiūrėtojai arba jūs pats savo paskyroje. Paliktą nuorodą rasite istorijos meniu, skyrelyje „Paliktos trynimo nuorodos“.
history-remove-body-plain = Dings tik šios istorijos įrašas. Jo nuorodų čia daugiau nebus.
history-remove-both = Šalinti abu
history-remove-keep = Šalinti, trynimo nuorodą palikti
history-remove-yes = Šalinti iš istorijos
history-cancel = Atšaukti
history-removed-kept = Pašalinta iš istorijos. Trynimo nuoroda – tarp paliktų trynimo nuorodų.
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
    [one] Kartu su sąrašu dings { $count } trynimo nuoroda, o svetainė jos daugiau neparodys. Paliktą rasite istorijos meniu, skyrelyje „Paliktos trynimo nuorodos“.
    [few] Kartu su sąrašu dings { $count } trynimo nuorodos, o svetainės jų daugiau neparodys. Paliktas rasite istorijos meniu, skyrelyje „Paliktos trynimo nuorodos“.
    [many] Kartu su sąrašu dings { $count } trynimo nuorodos, o svetainės jų daugiau neparodys. Paliktas rasite istorijos meniu, skyrelyje „Paliktos trynimo nuorodos“.
   *[other] Kartu su sąrašu dings { $count } trynimo nuorodų, o svetainės jų daugiau neparodys. Paliktas rasite istorijos meniu, skyrelyje „Paliktos trynimo nuorodos“.
}
history-clear-both = Išvalyti abi
history-clear-keep = Išvalyti, trynimo nuorodas palikti
history-clear-yes = Išvalyti istoriją
history-cleared = Istorija išvalyta.
history-cleared-kept = Istorija išvalyta. Trynimo nuorodos – tarp paliktų trynimo nuorodų.

history-kept = Paliktos trynimo nuorodos
history-kept-menu = { $count ->
    [one] Paliktos trynimo nuorodos… ({ $count })
    [few] Paliktos trynimo nuorodos… ({ $count })
    [many] Paliktos trynimo nuorodos… ({ $count })
   *[other] Paliktos trynimo nuorodos… ({ $count })
}
history-kept-lead = Įkėlimai, kurių istorijoje nebėra, bet juos dar galima ištrinti iš svetainių.
history-kept-none = Be savo įkėlimų paliktų trynimo nuorodų nėra.
history-kept-empty = { $count ->
    [one] Iš to, kas čia buvo, palikta { $count } trynimo nuoroda.
    [few] Iš to, kas čia buvo, paliktos { $count } trynimo nuorodos.
    [many] Iš to, kas čia buvo, palikta { $count } trynimo nuorodos.
   *[other] Iš to, kas čia buvo, palikta { $count } trynimo nuorodų.
}
history-kept-show = Rodyti paliktas trynimo nuorodas
history-kept-where = { $time }, { $site }
history-kept-more = Rodyti daugiau
history-kept-acts = Daugiau: { $name }
history-kept-open = Atidaryti nuotraukos puslapį
history-kept-copy = Kopijuoti trynimo nuorodą
history-kept-copied = Trynimo nuoroda nukopijuota. Kas ją atidarys, ištrins nuotrauką.
history-kept-forget = Pamiršti…
history-kept-forget-title = Pamiršti šią trynimo nuorodą?
history-kept-forget-stays = { $name } lieka svetainėje { $site }.
history-kept-forget-body = Svetainė trynimo nuorodos daugiau neparodys. Be jos nuotrauką galės ištrinti tik svetainės prižiūrėtojai arba jūs pats savo paskyroje.
history-kept-forget-yes = Pamiršti trynimo nuorodą
history-kept-forgotten = Trynimo nuoroda pamiršta.

history-export = Eksportuoti…
history-export-title = Eksportuoti istoriją
history-export-what = Įkėlimai
history-export-all = { $count ->
    [one] Visi, { $count } įkėlimas
    [few] Visi, { $count } įkėlimai
    [many] Visi, { $count } įkėlimo
   *[other] Visi, { $count } įkėlimų
}
history-export-shown = { $count ->
    [one] Rodomi, { $count } įkėlimas
    [few] Rodomi, { $count } įkėlimai
    [many] Rodomi, { $count } įkėlimo
   *[other] Rodomi, { $count } įkėlimų
}
history-export-form = Formatas
history-export-json = JSON
history-export-json-hint = Viskas; Keltas moka perskaityti atgal.
history-export-csv = CSV
history-export-csv-hint = Lentelė skaičiuoklėms, be pačių svetainių atsakymų.
history-export-links = Su trynimo nuorodomis
history-export-links-all = Kas turės failą, galės ištrinti nuotraukas iš svetainių. Jame bus ir paliktos trynimo nuorodos. Laikykite jį ten, kur skaityti galite tik jūs.
history-export-links-shown = Kas turės failą, galės ištrinti šias nuotraukas iš svetainių. Laikykite jį ten, kur skaityti galite tik jūs.
history-export-links-none = Be jų failą galima duoti kitiems: nieko su juo ištrinti nepavyks.
history-export-go = Pasirinkti vietą…
history-exported = { $count ->
    [one] Eksportuotas { $count } įkėlimas į { $name }.
    [few] Eksportuoti { $count } įkėlimai į { $name }.
    [many] Eksportuota { $count } įkėlimo į { $name }.
   *[other] Eksportuota { $count } įkėlimų į { $name }.
}
history-exported-links = { $count ->
    [one] Į { $name } eksportuotas { $count } įkėlimas, trynimo nuorodų: { $links }. Niekam jo neduokite.
    [few] Į { $name } eksportuoti { $count } įkėlimai, trynimo nuorodų: { $links }. Niekam jo neduokite.
    [many] Į { $name } eksportuota { $count } įkėlimo, trynimo nuorodų: { $links }. Niekam jo neduokite.
   *[other] Į { $name } eksportuota { $count } įkėlimų, trynimo nuorodų: { $links }. Niekam jo neduokite.
}
history-import = Importuoti…
history-importing = Importuojama…
history-imported = { $count ->
    [0] Nieko naujo: visi failo įkėlimai jau buvo čia.
    [one] Importuotas { $count } įkėlimas.
    [few] Importuoti { $count } įkėlimai.
    [many] Importuota { $count } įkėlimo.
   *[other] Importuota { $count } įkėlimų.
}
history-imported-known = { $count ->
    [one] { $count } jau buvo čia.
    [few] { $count } jau buvo čia.
    [many] { $count } jau buvo čia.
   *[other] { $count } jau buvo čia.
}
history-imported-links = { $count ->
    [one] Kartu gauta { $count } trynimo nuoroda.
    [few] Kartu gautos { $count } trynimo nuorodos.
    [many] Kartu gauta { $count } trynimo nuorodos.
   *[other] Kartu gauta { $count } trynimo nuorodų.
}
