# Komandų eilutė. $name yra failo vardas, $site – svetainės.

# Pagalba

cli-about = Nuo paveikslėlio iki nuorodos.
cli-upload = Įkelti paveikslėlius ir vaizdo įrašus ir išvesti jų nuorodas
cli-sites = Išvardyti svetaines, naudotas iš komandų eilutės
cli-key = Laikyti arba pamiršti svetainės raktą
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

# Raktai

cli-key-ask = { $site } raktas (nerodomas):
cli-key-kept = { $site } priėmė raktą. Jis raktinėje.
cli-key-gone = { $site } raktas pamirštas.
cli-key-how = Raktą įrašo: keltas key set --site { $site }
cli-no-home = Šioje sistemoje nėra aplanko, kur viską laikyti. Nustatykite KELTAS_HOME.
