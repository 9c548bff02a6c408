# Komandų eilutė. $name yra failo vardas, $site – svetainės.

# Pagalba

cli-about = Nuo paveikslėlio iki nuorodos.
cli-upload = Įkelti paveikslėlius ir vaizdo įrašus ir išvesti jų nuorodas
cli-sites = Parodyti nustatytas svetaines
cli-key = Laikyti arba pamiršti svetainės raktą
cli-history = Eksportuoti istoriją į failą arba importuoti iš jo
cli-history-export = Įrašyti istoriją į naują failą
cli-history-import = Importuoti eksportuotą istoriją; kas čia jau yra, praleidžiama
cli-key-set = Laikyti raktą sistemos raktinėje; jis skaitomas iš terminalo arba standartinės įvesties
cli-key-forget = Išimti raktą iš raktinės
cli-help-files = Failai ir aplankai
cli-help-title = Pavadinimas; be jo sudaromas iš failo vardo
cli-help-description = Aprašymas
cli-help-tag = Žyma; galima nurodyti kelis kartus
cli-help-album = Albumas, jo kodas arba adresas
cli-help-category = Kategorija, jos numeris
cli-help-width = Plotis pikseliais, iki kurio mažinti
cli-help-expire = Pačiam išsitrinti po 30m, 12h, 3d, 2w, 6mo arba 1y
cli-help-nsfw = Netinka žiūrėti darbe
cli-help-format = Nuorodų pavidalas
cli-help-kind = Kuri nuoroda
cli-help-archive = Failas
cli-help-csv = Lentelė skaičiuoklėms vietoj JSON
cli-help-delete-links = Su trynimo nuorodomis: kas turės failą, galės ištrinti nuotraukas
cli-help-site = Svetainės adresas

# Dirbant; į standartinę klaidų išvestį

cli-adding = Žiūrimi failai…
cli-sending = { $count ->
    [one] Įkeliamas { $count } failas į { $site }
    [few] Įkeliami { $count } failai į { $site }
    [many] Įkeliama { $count } failo į { $site }
   *[other] Įkeliama { $count } failų į { $site }
}
cli-done = { $name }: įkelta
cli-duplicate = { $name }: jau yra { $site }
cli-approval = { $name }: laukia patvirtinimo, nuorodos dar nėra
cli-changed = { $name }: { $detail }
cli-problem = { $name }: { $detail }
cli-said = Svetainė atsakė: „{ $said }“
cli-cancelled = Sustabdyta. Kas neišsiųsta, neįkelta.
cli-instead = { $name }: tokios nuorodos svetainė neturi, todėl duota kita
cli-expire-unreadable = „{ $typed }“ nėra laikas. Rašykite 30m, 12h, 3d, 2w, 6mo arba 1y.

# Istorija

cli-exported = { $count ->
    [one] Eksportuotas { $count } įkėlimas į { $name }
    [few] Eksportuoti { $count } įkėlimai į { $name }
    [many] Eksportuota { $count } įkėlimo į { $name }
   *[other] Eksportuota { $count } įkėlimų į { $name }
}
cli-exported-links = { $count ->
    [one] Faile yra { $count } trynimo nuoroda: kas turės failą, galės ištrinti nuotrauką. Niekam jo neduokite.
    [few] Faile yra { $count } trynimo nuorodos: kas turės failą, galės ištrinti nuotraukas. Niekam jo neduokite.
    [many] Faile yra { $count } trynimo nuorodos: kas turės failą, galės ištrinti nuotraukas. Niekam jo neduokite.
   *[other] Faile yra { $count } trynimo nuorodų: kas turės failą, galės ištrinti nuotraukas. Niekam jo neduokite.
}
cli-imported = { $count ->
    [one] Importuotas { $count } įkėlimas iš { $name }; jau buvo: { $known }; trynimo nuorodų: { $links }
    [few] Importuoti { $count } įkėlimai iš { $name }; jau buvo: { $known }; trynimo nuorodų: { $links }
    [many] Importuota { $count } įkėlimo iš { $name }; jau buvo: { $known }; trynimo nuorodų: { $links }
   *[other] Importuota { $count } įkėlimų iš { $name }; jau buvo: { $known }; trynimo nuorodų: { $links }
}

# Raktai

cli-key-ask = { $site } raktas (nerodomas):
cli-keyring-none = Šiame kompiuteryje neveikia jokia raktinė, o komanda raktą ima tik iš jos. Paleiskite raktinę ir bandykite vėl.
cli-key-kept = { $site } priėmė raktą. Jis raktinėje.
cli-key-gone = { $site } raktas pamirštas.
cli-key-how = Raktą įrašo: keltas key set --site { $site }
cli-no-home = Šioje sistemoje nėra aplanko, kur viską laikyti. Nustatykite KELTAS_HOME.
