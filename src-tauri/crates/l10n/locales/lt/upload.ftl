### Įkėlimo ekranas: tuščias, eilė, skydelis, siuntimas, kas laukia jūsų.

## Tuščias ekranas ir virš lango laikomi failai

upload-empty-title = Numeskite čia paveikslėlius ar vaizdo įrašus
upload-empty-paste = arba įklijuokite juos klavišais <kbd>{ $key }</kbd> <kbd>V</kbd>
upload-choose-files = Pasirinkti failus
upload-add-urls = Pridėti URL adresus
upload-paste = Įkelti iš iškarpinės
upload-clipboard = Iškarpinė
upload-promise = Prieš siunčiant pašalinami vietos duomenys.
upload-promise-more = Kas dar pašalinama
upload-promise-keep = Failai siunčiami tokie, kokie yra, kartu su vietos duomenimis.
upload-promise-change = Pakeisti
upload-drag-title =
    { $count ->
        [one] Paleiskite, kad pridėtumėte { $count } failą
        [few] Paleiskite, kad pridėtumėte { $count } failus
        [many] Paleiskite, kad pridėtumėte { $count } failo
       *[other] Paleiskite, kad pridėtumėte { $count } failų
    }
upload-drag-text = Jie lauks eilėje, kol paspausite „Įkelti“

## Įrankių juosta

upload-says-click = Spustelėkite bet kurią peržiūrą, kad pritaikytumėte įkėlimą
upload-says-touch = Palieskite bet kurią peržiūrą, kad pritaikytumėte įkėlimą
upload-says-arrows = Rodyklių klavišai veda prie kitos peržiūros
upload-says-uploading = Eilė įkeliama, tai turėtų trukti vos kelias sekundes.
upload-says-paused = Įkėlimas pristabdytas. Nieko naujo nesiunčiama, kol nepratęsite.
upload-selection = Žymėjimas
upload-selected =
    { $count ->
        [one] Pažymėtas { $count } failas
        [few] Pažymėti { $count } failai
        [many] Pažymėta { $count } failo
       *[other] Pažymėta { $count } failų
    }
upload-customize = Pritaikyti
upload-clear = Atžymėti
upload-add = Pridėti

## Plytelės

upload-queue = Eilė
upload-preparing = Ruošiamas
upload-becomes = { $size }, bus { $format }
upload-place-removed = { $size }, vieta pašalinta
upload-place-stays = { $size }, vieta lieka
upload-make-fit = Pakankamai sumažinti
upload-duplicate = Jau įkeltas
upload-copy-short = Nuoroda
upload-copy-name = Nuoroda į { $name }, kopijuoti
upload-waiting = Laukia
upload-paused = Pristabdytas
upload-goes-on = Tęsis po { $time }
upload-sending = { $percent } %, { $size }
upload-answering = Svetainė galvoja
upload-unknown = Baigtis nežinoma
upload-approval = Laukia patvirtinimo
upload-uploaded = Įkeltas
upload-selected-one = pažymėtas
upload-select-name = Pažymėti { $name }
upload-remove-name = Pašalinti { $name }

## Veiksmai su failu

upload-edit-title = Keisti pavadinimą
upload-select = Pažymėti
upload-unselect = Atžymėti
upload-retry = Kartoti
upload-check-site = Patikrinti svetainę
upload-it-is-there = Jis ten yra
upload-send-again = Siųsti dar kartą
upload-send-anyway = Vis tiek siųsti
upload-open-page = Atverti jo puslapį

## Pridėjimas ir šalinimas

upload-added =
    { $count ->
        [one] Pridėtas { $count } failas, { $size }.
        [few] Pridėti { $count } failai, { $size }.
        [many] Pridėta { $count } failo, { $size }.
       *[other] Pridėta { $count } failų, { $size }.
    }
upload-added-none = Siųstinų failų nepridėta.
upload-added-still = Tai nejudantis animacijos kadras. Norėdami siųsti animaciją, nutempkite jos failą arba pridėkite jos adresą.
upload-intake =
    { $count ->
        [one] Peržiūrimi aplankai, kol kas { $count } failas
        [few] Peržiūrimi aplankai, kol kas { $count } failai
        [many] Peržiūrimi aplankai, kol kas { $count } failo
       *[other] Peržiūrimi aplankai, kol kas { $count } failų
    }
upload-intake-stop = Čia sustoti
upload-removed =
    { $count ->
        [1] { $name } pašalintas iš eilės
        [one] Iš eilės pašalintas { $count } failas
        [few] Iš eilės pašalinti { $count } failai
        [many] Iš eilės pašalinta { $count } failo
       *[other] Iš eilės pašalinta { $count } failų
    }
upload-removed-live =
    { $count ->
        [1] { $name } pašalintas. Klavišai { $key } Z jį grąžina.
        [one] Pašalintas { $count } failas. Klavišai { $key } Z jį grąžina.
        [few] Pašalinti { $count } failai. Klavišai { $key } Z juos grąžina.
        [many] Pašalinta { $count } failo. Klavišai { $key } Z juos grąžina.
       *[other] Pašalinta { $count } failų. Klavišai { $key } Z juos grąžina.
    }
upload-bring-back = Grąžinti

## Vaterlinija prieš įkėlimą

upload-quay-files =
    { $count ->
        [one] <b>{ $count } failas</b>, { $size }
        [few] <b>{ $count } failai</b>, { $size }
        [many] <b>{ $count } failo</b>, { $size }
       *[other] <b>{ $count } failų</b>, { $size }
    }
upload-quay-duplicates =
    { $count ->
        [one] { $count } jau įkeltas
        [few] { $count } jau įkelti
       *[other] { $count } jau įkelta
    }
upload-quay-refused = { $count } siųsti negalima
upload-quay-to = į <b>{ $site }</b>
upload-defaults = Visiems failams
upload-defaults-label = Visiems failams: { $album }, { $expiration }
upload-never-deleted = niekada netrinti
upload-nsfw-short = Jautrus turinys
upload-button =
    { $count ->
        [one] Įkelti { $count } failą
        [few] Įkelti { $count } failus
        [many] Įkelti { $count } failo
       *[other] Įkelti { $count } failų
    }
upload-thin-waiting =
    { $count ->
        [one] Eilėje laukia { $count } failas, { $size }
        [few] Eilėje laukia { $count } failai, { $size }
        [many] Eilėje laukia { $count } failo, { $size }
       *[other] Eilėje laukia { $count } failų, { $size }
    }
upload-thin-empty = Eilė tuščia
upload-thin-done =
    { $count ->
        [one] Įkėlimas baigtas, { $count } failas
        [few] Įkėlimas baigtas, { $count } failai
        [many] Įkėlimas baigtas, { $count } failo
       *[other] Įkėlimas baigtas, { $count } failų
    }
upload-open-queue = Atverti eilę

## Siuntimas

upload-title =
    { $count ->
        [one] Įkeliamas { $count } failas ({ $percent } % baigta)
        [few] Įkeliami { $count } failai ({ $percent } % baigta)
        [many] Įkeliama { $count } failo ({ $percent } % baigta)
       *[other] Įkeliama { $count } failų ({ $percent } % baigta)
    }
upload-paused-title =
    { $count ->
        [one] Pristabdyta, { $count } failas ({ $percent } % baigta)
        [few] Pristabdyta, { $count } failai ({ $percent } % baigta)
        [many] Pristabdyta, { $count } failo ({ $percent } % baigta)
       *[other] Pristabdyta, { $count } failų ({ $percent } % baigta)
    }
upload-this-computer = šis kompiuteris
upload-facts-of = { $sent } iš { $total }
upload-facts-sent = išsiųsta { $sent } iš { $total }
upload-facts-rate = { $rate }/s
upload-left-moments = liko kelios sekundės
upload-left-seconds = liko apie { $count } s
upload-left-minutes = liko apie { $count } min.
upload-left-hours = liko apie { $count } val.
upload-pause = Pristabdyti
upload-moved = Dabar { $place } failas iš { $count }
upload-pause-now = Stabdyti dabar
upload-pause-now-hint = Siunčiami failai grįš į laukiančius
upload-resume = Tęsti

## Kas laukia jūsų

upload-rail = Failai su naujienomis
upload-needs-you = Laukia jūsų
upload-waits-for-site = Laukia svetainės
upload-need-you =
    { $count ->
        [one] Jūsų laukia { $count } failas
        [few] Jūsų laukia { $count } failai
        [many] Jūsų laukia { $count } failo
       *[other] Jūsų laukia { $count } failų
    }
upload-wait-for-site = { $count } laukia svetainės
upload-more-cases =
    { $count ->
        [one] Jūsų laukia dar { $count } failas
        [few] Jūsų laukia dar { $count } failai
        [many] Jūsų laukia dar { $count } failo
       *[other] Jūsų laukia dar { $count } failų
    }
upload-retry-count =
    { $count ->
        [one] Kartoti { $count } failą
        [few] Kartoti { $count } failus
        [many] Kartoti { $count } failo
       *[other] Kartoti { $count } failų
    }
upload-queue-waits = Eilė laukia
upload-try-again = Bandyti dar kartą
upload-open-sites = Atverti svetainių nustatymus
upload-approval-text = Laukia, kol patvirtins svetainės darbuotojai.
upload-there-title = Failas yra svetainėje
upload-there-link = Jo puslapio nuoroda
upload-there-hint = Turint nuorodą, ją galima kopijuoti ir ji lieka istorijoje. Jei jos neturite, palikite lauką tuščią.
upload-copy-page-link = Kopijuoti puslapio nuorodą
upload-later =
    { $count ->
        [one] { $count } failas tęsis po { $time }
        [few] { $count } failai tęsis po { $time }
        [many] { $count } failo tęsis po { $time }
       *[other] { $count } failų tęsis po { $time }
    }

## Skydelis

upload-customize-title = Pritaikyti įkėlimą
upload-n-of-m = { $at } iš { $count }
upload-preview-of = { $name } peržiūra
upload-field-title = Pavadinimas
upload-description = Aprašymas
upload-optional = Neprivalomas
upload-tags = Žymos
upload-add-tag = Pridėti žymą
upload-used-before = Naudotos anksčiau
upload-remove-tag = Pašalinti žymą { $tag }
upload-remove-tag-from =
    { $count ->
        [one] Pašalinti žymą { $tag } iš { $count } failo
       *[other] Pašalinti žymą { $tag } iš { $count } failų
    }
upload-tag-refused = „{ $tag }“ nėra žyma, kurią svetainė laikytų: iki { $max } ženklų, be / ir #
upload-album = Albumas
upload-no-album = Be albumo
upload-find-album = Rasti albumą
upload-paste-album = Įklijuoti albumo nuorodą…
upload-new-album = Naujas albumas { $site }
upload-album-link-title = Įsiminti albumą
upload-album-link = Albumo nuoroda
upload-album-name = Pavadinimas
upload-into-album = Dėti į „{ $album }“
upload-album-name-hint = Kaip jį vadinate jūs; matoma tik šioje programoje
upload-album-remember = Įsiminti
upload-category = Kategorija
upload-no-category = Nėra
upload-format-as-it-is = Toks, koks yra
upload-format-by-content = Koks tinka geriausiai
upload-quality = Kokybė
upload-quality-percent = { $quality } %
upload-side = Ilgoji kraštinė
upload-width = Keisti plotį
upload-width-off = Animacijoms ir vaizdo įrašams išjungta
upload-original = Pradinis
upload-original-px = Pradinis, { $width } px
upload-px = { $width } px
upload-own-width = Savas plotis, px
upload-own-width-hint = Skaičius nuo { $min } iki { $max }
upload-expiration = Automatinis trynimas
upload-never = Niekada
upload-own-time = Savas laikas
upload-own-time-hint = Įrašykite skaičių ir vienetą, nuo 5 minučių iki 1 metų
upload-unit = Vienetas
upload-unit-minutes = minutės
upload-unit-hours = valandos
upload-unit-days = dienos
upload-unit-weeks = savaitės
upload-unit-months = mėnesiai
upload-minutes =
    { $count ->
        [one] { $count } minutė
        [few] { $count } minutės
        [many] { $count } minutės
       *[other] { $count } minučių
    }
upload-hours =
    { $count ->
        [one] { $count } valanda
        [few] { $count } valandos
        [many] { $count } valandos
       *[other] { $count } valandų
    }
upload-days =
    { $count ->
        [one] { $count } diena
        [few] { $count } dienos
        [many] { $count } dienos
       *[other] { $count } dienų
    }
upload-weeks =
    { $count ->
        [one] { $count } savaitė
        [few] { $count } savaitės
        [many] { $count } savaitės
       *[other] { $count } savaičių
    }
upload-months =
    { $count ->
        [one] { $count } mėnuo
        [few] { $count } mėnesiai
        [many] { $count } mėnesio
       *[other] { $count } mėnesių
    }
upload-years =
    { $count ->
        [one] { $count } metai
        [few] { $count } metai
        [many] { $count } metų
       *[other] { $count } metų
    }
upload-set = Nustatyti
upload-nsfw = Jautrus turinys
upload-apply-to-all = Taikyti visiems…
upload-apply-title =
    { $count ->
        [one] Taikyti visam { $count } failui
        [few] Taikyti visiems { $count } failams
        [many] Taikyti visiems { $count } failo
       *[other] Taikyti visiems { $count } failų
    }
upload-apply-note = Pavadinimai ir aprašymai lieka, kokie yra.
upload-apply = Taikyti
upload-applied =
    { $count ->
        [one] Pritaikyta { $count } failui
        [few] Pritaikyta { $count } failams
        [many] Pritaikyta { $count } failo
       *[other] Pritaikyta { $count } failų
    }

## Kelių failų skydelis

upload-files-selected =
    { $count ->
        [one] Pažymėtas { $count } failas
        [few] Pažymėti { $count } failai
        [many] Pažymėta { $count } failo
       *[other] Pažymėta { $count } failų
    }
upload-varies = Skiriasi
upload-varies-note = Laukai „skiriasi“ lieka, kokie yra, kol jų nepakeisite.
upload-varies-count = skiriasi: { $at } iš { $count }
upload-number-hint = Įrašykite pavadinimą, ir jis bus numeruojamas: Nida 1, Nida 2, Nida 3
upload-tags-added = pridedamos prie failų turimų žymų
upload-undo-changes = Atšaukti pakeitimus
upload-apply-to =
    { $count ->
        [one] Taikyti { $count } failui
        [few] Taikyti { $count } failams
        [many] Taikyti { $count } failo
       *[other] Taikyti { $count } failų
    }

## Kas bus išsiųsta

upload-sent = Kas bus išsiųsta
upload-sent-name = Vardas
upload-sent-format = Formatas
upload-format-kept = { $format }, nepakeistas
upload-format-made = iš { $from } į { $to }
upload-sent-size = Dydis
upload-sent-size-px = { $size }, { $width } × { $height }
upload-sent-location = Vieta
upload-sent-camera = Fotoaparatas ir antraštės
upload-sent-rotation = Pasukimas
upload-sent-upright = pasukta teisingai, be nuostolių
upload-sent-removed = pašalinta
upload-sent-remains = lieka faile
upload-sent-files = Failai
upload-sent-files-size = { $count }, { $size }
upload-sent-changed = Keičiamas formatas
upload-sent-changed-alike = { $count }, iš { $from } į { $to }
upload-sent-removed-from = pašalinta iš { $count }
upload-sent-remains-in = lieka { $count }

## Ekrano skaitytuvui

upload-live-empty = Eilė tuščia. Numeskite, įklijuokite arba pasirinkite failus.
upload-live-selected = Pažymėta { $count } iš { $all }.
upload-live-panel = Pritaikomas { $name }, { $at } iš { $count }.
upload-live-panel-many =
    { $count ->
        [one] Pritaikomas { $count } failas.
        [few] Pritaikomi { $count } failai.
        [many] Pritaikoma { $count } failo.
       *[other] Pritaikoma { $count } failų.
    }
upload-live-progress =
    { $count ->
        [one] Įkeliamas { $count } failas, { $percent } % baigta.
        [few] Įkeliami { $count } failai, { $percent } % baigta.
        [many] Įkeliama { $count } failo, { $percent } % baigta.
       *[other] Įkeliama { $count } failų, { $percent } % baigta.
    }
upload-live-failed = { $name } neįkeltas: { $reason }.
upload-live-unknown = { $name } baigtis nežinoma. Jis laukia jūsų.
upload-live-approval = { $name } įkeltas ir laukia patvirtinimo.
upload-live-paused = Pristabdyta, { $sent }.
upload-live-resumed = Tęsiama.
upload-live-cancelled =
    { $count ->
        [0] Atšaukta.
        [one] Atšaukta. Eilėje lieka { $count } failas.
        [few] Atšaukta. Eilėje lieka { $count } failai.
        [many] Atšaukta. Eilėje lieka { $count } failo.
       *[other] Atšaukta. Eilėje lieka { $count } failų.
    }
upload-live-done =
    { $failed ->
        [0] Įkėlimas baigtas. Svetainėje { $site } yra { $uploaded } iš { $files } failų.
       *[other] Įkėlimas baigtas. Svetainėje { $site } yra { $uploaded } iš { $files } failų. Neįkelta: { $failed }.
    }
upload-live-none = Neįkeltas nė vienas failas.

## Klavišai

upload-keys = Klavišai
upload-key-ctrl = Ctrl
upload-key-cmd = Cmd
upload-key-enter = Enter
upload-key-space = Tarpas
upload-key-delete = Del
upload-key-arrows = Rodyklės
upload-keys-paste = Įklijuoti failus, paveikslėlį ar adresus
upload-keys-next = Įkelti, tęsti arba pradėti naują įkėlimą
upload-keys-pause = Pristabdyti arba tęsti
upload-keys-screens = Įkėlimas, istorija, nustatymai
upload-keys-search = Ieškoti istorijoje
upload-keys-copy-all = Kopijuoti visas nuorodas
upload-keys-copy = Kopijuoti failo nuorodą
upload-keys-moves = Rodyklės, Home, End, Page Up, Page Down
upload-keys-move = Judėti tarp paveikslėlių
upload-keys-select = Žymėti, plėsti žymėjimą
upload-keys-all = Pažymėti visus paruoštus failus
upload-keys-remove = Pašalinti iš eilės
upload-keys-order = Perkelti failą eilėje
upload-keys-menu = Failo meniu
upload-keys-panel = Ankstesnis, kitas failas skydelyje
upload-keys-regions = Kita, ankstesnė sritis
upload-keys-close = Užverti tai, kas viršuje
