# Po įkėlimo: nuorodos, kas nepavyko, kas toliau.
done-title = Įkėlimas baigtas
done-sent-to-album = Įkeltas turinys nusiųstas į albumą { $album }. Iš ką tik įkelto turinio galite { $create }.
done-new-album = Iš ką tik įkelto turinio galite { $create }.
done-create-album = sukurti naują albumą
done-format = Nuorodos formatas
done-format-links = Nuorodos
done-format-html = HTML
done-format-markdown = Markdown
done-format-bbcode = BBCode
done-kind = Nuorodos rūšis
done-kind-viewer = Peržiūros puslapis
done-kind-direct = Tiesioginė
done-kind-thumbnail = Miniatiūra
done-kind-full = Visas dydis
done-kind-medium = Vidutinis dydis
done-kind-thumbnail-linked = Miniatiūra
done-rows = Nuorodos eilės tvarka
done-row-copy = Kopijuoti: { $name }
done-row-open = Atidaryti: { $name }
done-row-approval = Laukia patvirtinimo
done-row-no-link = Svetainė tokios nuorodos nedavė
done-row-instead = { $kind ->
    [viewer] Svetainė tokios nuorodos nedavė, tai peržiūros puslapis
    [direct] Svetainė tokios nuorodos nedavė, tai tiesioginė
    [thumbnail] Svetainė tokios nuorodos nedavė, tai miniatiūra
    [medium] Svetainė tokio paveikslėlio nedavė, tai vidutinis
    [thumbnail-linked] Svetainė tokio paveikslėlio nedavė, tai miniatiūra
   *[full] Svetainė tokio paveikslėlio nedavė, tai visas
}
done-outcome = Kas bus nukopijuota
done-outcome-empty = Kol kas nieko
done-partly = Pastaba: kai kurių failų įkelti nepavyko.
done-learn-more = Sužinoti daugiau
done-learn-more-hint = Peržiūrėkite klaidų ataskaitas, jei norite sužinoti daugiau
done-retry = Kartoti { $count ->
    [one] { $count } failą
    [few] { $count } failus
    [many] { $count } failo
   *[other] { $count } failų
}
done-vault = { $count ->
    [one] { $count } trynimo nuoroda laikoma saugykloje
    [few] { $count } trynimo nuorodos laikomos saugykloje
    [many] { $count } trynimo nuorodos laikoma saugykloje
   *[other] { $count } trynimo nuorodų laikoma saugykloje
}
done-vault-none = Svetainė trynimo nuorodų nedavė
done-left-out = { $count ->
    [one] { $count } failas laukia patvirtinimo, jo nuoroda neįtraukta.
    [few] { $count } failai laukia patvirtinimo, jų nuorodos neįtrauktos.
    [many] { $count } failo laukia patvirtinimo, jų nuorodos neįtrauktos.
   *[other] { $count } failų laukia patvirtinimo, jų nuorodos neįtrauktos.
}
done-new-upload = Naujas įkėlimas
done-copy-all = { $count ->
    [0] Kopijuoti visas nuorodas
    [1] Kopijuoti 1 nuorodą
    [one] Kopijuoti visą { $count } nuorodą
    [few] Kopijuoti visas { $count } nuorodas
    [many] Kopijuoti visas { $count } nuorodos
   *[other] Kopijuoti visas { $count } nuorodų
}
done-copied = { $count ->
    [1] 1 nuoroda nukopijuota
    [one] { $count } nuoroda nukopijuota eilės tvarka
    [few] { $count } nuorodos nukopijuotos eilės tvarka
    [many] { $count } nuorodos nukopijuota eilės tvarka
   *[other] { $count } nuorodų nukopijuota eilės tvarka
}
done-copied-said = { $count ->
    [1] 1 nuoroda nukopijuota.
    [one] { $count } nuoroda nukopijuota eilės tvarka.
    [few] { $count } nuorodos nukopijuotos eilės tvarka.
    [many] { $count } nuorodos nukopijuota eilės tvarka.
   *[other] { $count } nuorodų nukopijuota eilės tvarka.
}
done-copied-left-out = { $count ->
    [one] { $count } neįtraukta.
    [few] { $count } neįtrauktos.
    [many] { $count } neįtraukta.
   *[other] { $count } neįtraukta.
}
done-nothing-copied = Dar nėra ką kopijuoti.
done-ended = Įkėlimas baigtas. { $uploaded } iš { $count ->
    [one] { $count } failo
    [few] { $count } failų
    [many] { $count } failo
   *[other] { $count } failų
} yra { $site }.
done-ended-failed = { $count ->
    [one] { $count } failo įkelti nepavyko.
    [few] { $count } failų įkelti nepavyko.
    [many] { $count } failo įkelti nepavyko.
   *[other] { $count } failų įkelti nepavyko.
}
done-ended-unknown = { $count ->
    [one] { $count } failo baigtis nežinoma.
    [few] { $count } failų baigtis nežinoma.
    [many] { $count } failo baigtis nežinoma.
   *[other] { $count } failų baigtis nežinoma.
}

done-report-title = Klaidų ataskaita
done-report-lead = Peržiūrėkite klaidų ataskaitą, jei norite sužinoti daugiau. Nepavyko įkelti { $failed } iš { $count ->
    [one] { $count } failo
    [few] { $count } failų
    [many] { $count } failo
   *[other] { $count } failų
}. Šį tekstą galite nusiųsti svetainės prižiūrėtojams arba pridėti prie pranešimo apie klaidą. Raktas ir aplankų pavadinimai užtušuoti.
done-report-copy = Kopijuoti ataskaitą
done-report-copied = Ataskaita nukopijuota.
done-report-loading = Rengiama ataskaita…

done-none-title = Nė vienas failas neįkeltas
done-none-lead = Įvyko klaidų, todėl sistema negalėjo įvykdyti jūsų užklausos.
done-none-key-replaced = Galbūt jis pakeistas puslapyje { $page }.
done-none-key-kept = Išsaugotas raktas neištrintas, o { $count ->
    [1] failas tebelaukia eilėje.
    [one] visas { $count } failas tebelaukia eilėje.
    [few] visi { $count } failai tebelaukia eilėje.
    [many] { $count } failo tebelaukia eilėje.
   *[other] eilėje tebelaukia visi failai, jų { $count }.
}
done-none-new-key = Įvesti naują raktą
done-none-report = Žiūrėti klaidų ataskaitą
done-none-waiting = { $count ->
    [one] Laukia { $count } failas, { $size }
    [few] Laukia { $count } failai, { $size }
    [many] Laukia { $count } failo, { $size }
   *[other] Laukia { $count } failų, { $size }
}
done-none-back = Grįžti į eilę
done-none-again = Bandyti dar kartą
done-none-files = { $count ->
    [one] { $count } failas
    [few] { $count } failai
    [many] { $count } failo
   *[other] { $count } failų
}
done-this-computer = šis kompiuteris
done-none-unknown-title = Nė vienas įkėlimas nepatvirtintas
done-unknown-note = galbūt įkeltas, galbūt ne: svetainė neatsakė. Prieš siųsdami dar kartą, pažiūrėkite joje.
done-unknown = { $count ->
    [one] Nežinoma, ar įkeltas { $count } failas.
    [few] Nežinoma, ar įkelti { $count } failai.
    [many] Nežinoma, ar įkelta { $count } failo.
   *[other] Nežinoma, ar įkelta { $count } failų.
}
done-unknown-look = Žiūrėti…
done-unknown-title = Baigtis nežinoma
done-unknown-check = Pažiūrėti svetainėje
done-unknown-there = Jis ten yra
done-unknown-again = Siųsti dar kartą
