# Nustatymai: tik tai, kas veikia.
settings-nav = Nustatymai
settings-sites = Svetainės
settings-uploading = Įkėlimas
settings-privacy = Privatumas
settings-links = Nuorodos
settings-desktop = Darbalaukis
settings-language = Kalba
settings-about = Apie

settings-sites-none = Dar nėra nė vienos svetainės.
settings-key-missing = Rakto nėra, Keltas jo paklaus
settings-key-keyring = Raktas sistemos raktinėje
settings-key-session = Raktas tik šiam kartui
settings-key-demo = Šiame kompiuteryje, veikia be interneto
settings-old-api = senoji API
settings-max-size = failai iki { $size }
settings-limits = Ribos…
settings-limits-title = { $site } ribos
settings-limits-parallel-hint = Mažiau, kol svetainė prašo sulėtinti
settings-limits-everywhere = Kaip visur ({ $count })
settings-limits-largest = Didžiausias failas
settings-limits-unit = Vienetas
settings-limits-size-lower = Nustatėte jūs; svetainė priima failus iki { $size }, o galioja mažesnė riba.
settings-limits-refused-size = Nepriėmė { $size } failo.
settings-limits-rate-minute = Failų per minutę
settings-limits-rate-hour = Failų per valandą
settings-limits-rate-day = Failų per parą
settings-limits-rate-week = Failų per savaitę
settings-limits-rate-month = Failų per mėnesį
settings-limits-rate-lower = Nustatėte jūs; svetainė priima { $count }, o galioja mažesnė riba.
settings-limits-formats = Ten nesiunčiami formatai
settings-limits-format-add = Pridėti formatą
settings-limits-format-remove = Vėl siųsti { $format }
settings-limits-learned = Sužinota iš svetainės atsakymų.
settings-limits-own = Nustatėte jūs.
settings-limits-none = Dar nežinoma; sužinoma iš svetainės atsakymų.
settings-limits-saved = Riba įrašyta.
settings-limits-forget = Pamiršti visas ribas
settings-limits-forgotten = { $site } ribos pamirštos.
settings-site-more = Daugiau apie { $site }
settings-default = Numatytoji
settings-make-default = Padaryti numatytąja
settings-test = Tikrinti
settings-testing = Tikrinama…
settings-test-accepted = { $site } priėmė raktą.
settings-test-nothing-sent = Niekas nebuvo įkelta.
settings-new-key = Įvesti naują raktą…
settings-key-page = Atverti rakto puslapį
settings-open-site = Atverti svetainę
settings-remove-site = Šalinti svetainę…
settings-add-site = Pridėti svetainę
settings-remove-title = Šalinti { $site }?
settings-remove-body = Jos raktas bus ištrintas iš šio kompiuterio. Įkėlimai istorijoje lieka su trynimo nuorodomis, nuotraukos svetainėje taip pat lieka.
settings-remove-yes = Šalinti { $site }
settings-removed = Pašalinta: { $site }.
settings-cancel = Atšaukti

settings-albums = Įsiminti albumai
settings-albums-hint = Kartą įklijuokite albumo nuorodą; Keltas įsimins jo pavadinimą
settings-albums-count = { $count ->
    [0] Pridėti albumą
    [one] { $count } albumas
    [few] { $count } albumai
    [many] { $count } albumo
   *[other] { $count } albumų
}
settings-albums-none = { $site } albumų dar neįsiminta.
settings-albums-link = Albumo nuoroda
settings-albums-name = Pavadinimas
settings-albums-name-hint = Kaip jį vadinate
settings-albums-add = Įsiminti
settings-albums-forget = Pamiršti: { $name }
settings-albums-forgot = Pamirštas albumas { $name }.
settings-albums-saved = Įsimintas albumas { $name }.
settings-albums-missing = Įklijuokite albumo nuorodą ir įveskite pavadinimą.
settings-done = Baigta

settings-parallel = Failų vienu metu
settings-parallel-hint = Pats sulėtėja, kai to paprašo svetainė
settings-privacy-level = Pašalinti prieš siunčiant
settings-privacy-level-hint = Vietą, kamerą, aprašus, serijos numerius. Pasukimas ir spalvų profilis lieka
settings-privacy-all = Viską, kas asmeniška
settings-privacy-location = Tik vietą
settings-privacy-keep = Nieko
settings-privacy-keep-note = Iš nuotraukų gali būti matyti, kur jos darytos.
settings-privacy-keep-note-detail = Vieta, kameros duomenys ir aprašai siunčiami tokie, kokie yra faile.
settings-neutral-names = Siųsti neutralų failo vardą
settings-neutral-names-hint = Pavyzdžiui, picture-7f3a.jpg. Pavadinimas irgi nieko nesako, nebent jį įrašote
settings-upright = Pasukti nuotraukas teisingai
settings-upright-hint = Be nuostolių; svetainė, kuri jas pasuka pati, įrašo iš naujo. Galioja nuo šiol pridėtiems failams
settings-vault = Trynimo nuorodos
settings-vault-hint = { $count ->
    [0] Dar nė vienos; svetainės jas duoda kartą
    [one] { $count }, svetainė jos daugiau neparodys
    [few] { $count }, svetainės jų daugiau neparodys
    [many] { $count }, svetainės jų daugiau neparodys
   *[other] { $count }, svetainės jų daugiau neparodys
}
settings-vault-open = Rodyti
settings-kept-hint = { $count ->
    [0] Be įkėlimo istorijoje nė vienos
    [one] { $count } – įkėlimo, kurio istorijoje nebėra
    [few] { $count } – įkėlimų, kurių istorijoje nebėra
    [many] { $count } – įkėlimų, kurių istorijoje nebėra
   *[other] { $count } – įkėlimų, kurių istorijoje nebėra
}
settings-copy = Kopijuoti nuorodas, kai įkėlimas baigtas
settings-copy-hint = Visas, eilės tvarka, vieną kartą pabaigoje
settings-format = Nuorodos formatas
settings-kind = Nuorodos rūšis
settings-on-close = Uždarius langą
settings-on-close-ask = Klausti
settings-on-close-keep = Veikti toliau
settings-on-close-quit = Išeiti
settings-on-close-no-tray = Šis darbalaukis nerodo piktogramos dėkle, todėl uždarius langą išeinama
settings-notify = Pranešti, kai įkėlimas baigtas
settings-tray = Piktograma dėkle
settings-tray-yes = Šis darbalaukis ją rodo
settings-tray-no = Šis darbalaukis jos nerodo; viskas veikia ir be jos
settings-language-system = Kaip sistemos
settings-about-version = Keltas { $version }
settings-about-free = Laisvoji programa. Be savo paskyrų ir be sekimo.
