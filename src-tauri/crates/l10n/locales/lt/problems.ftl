# Kas nepavyko ir ką svetainė pakeitė. Kodai yra `app::Code`.

# Failai

problem-file-missing = Failas perkeltas
    .detail = Failo nebėra ten, kur buvo. Grąžinkite jį ir bandykite dar kartą arba pašalinkite iš eilės.
problem-file-unreadable = Nepavyksta perskaityti
    .detail = Šis kompiuteris neleidžia „Keltas“ skaityti failo. Patikrinkite jo leidimus arba nukopijuokite jį į kitą aplanką ir pridėkite iš naujo.
problem-file-empty = Tuščias failas
    .detail = Faile nieko nėra, todėl nėra ko įkelti.
problem-file-changed = Failas pasikeitė
    .detail = Tai nebe tas failas, kurį pridėjote. Bandant dar kartą jis bus perskaitytas iš naujo.
problem-not-a-picture = Ne paveikslėlis
    .detail = Failas nėra nei paveikslėlis, nei vaizdo įrašas, todėl svetainė jo nepriimtų.
problem-drawing = { $kind } nepriimamas
    .detail = { $kind } yra tekstu aprašytas brėžinys, svetainės jo nepriima. Įrašykite jį kaip PNG ir pridėkite tą failą.
problem-document = { $kind } nepriimamas
    .detail = { $kind } yra dokumentas. Įrašykite jo puslapius kaip PNG arba JPEG ir pridėkite juos.
problem-format-unsupported = { $kind } nepriimamas
    .detail = Svetainės nepriima { $kind }. Įrašykite kaip JPEG, PNG, WebP arba MP4 ir pridėkite tą failą.
problem-folder-empty = Nėra paveikslėlių
    .detail = Šiame aplanke nėra nei paveikslėlių, nei vaizdo įrašų.
problem-damaged = Sugadintas { $kind }
    .detail = { $kind } failas sugadintas, todėl negalima užtikrinti, kad iš jo bus pašalinti privatūs duomenys. Įrašykite jį iš naujo paveikslėlių programa ir pridėkite tą failą.
problem-too-many-pixels = Per daug pikselių
    .detail = Paveikslėlyje daugiau pikselių, nei šis kompiuteris gali saugiai apdoroti. Įrašykite mažesnį ir pridėkite jį.
problem-no-preview = Peržiūros nėra
    .detail = Šiame kompiuteryje „Keltas“ negali parodyti { $kind }. Failas vis tiek siunčiamas.
problem-preview-too-large = Peržiūros nėra
    .detail = Paveikslėlis per didelis, kad būtų saugu jį rodyti. Failas vis tiek siunčiamas.
problem-preview-too-slow = Peržiūros nėra
    .detail = Parodyti jį užtrunka per ilgai. Failas vis tiek siunčiamas.
problem-preview-damaged = Peržiūros nėra
    .detail = { $kind } failas, atrodo, sugadintas: jo nepavyksta parodyti. Prieš siųsdami atverkite jį kita programa.
problem-animated = Animacijos nekeičiamos
    .detail = Į kitą formatą keičiami tik nejudantys paveikslėliai. Siųskite animaciją tokią, kokia ji yra, arba įrašykite vieną jos kadrą ir pridėkite jį.
problem-does-not-fit = Tiek sumažinti nepavyksta
    .detail = Kad ir kaip mažinamas, paveikslėlis užima daugiau, nei svetainė priima. Įrašykite mažesnį ir pridėkite jį.
problem-body-missing = Kopijos nebėra
    .detail = Siuntimui padarytos kopijos nebėra. Bandant dar kartą bus padaryta nauja.
problem-disk-full = Diskas pilnas
    .detail = Šiame kompiuteryje nebeliko vietos. Atlaisvinkite jos ir bandykite dar kartą. Niekas neprarasta.
problem-cannot-write = Nepavyksta įrašyti
    .detail = „Keltas“ negali rašyti į savo aplanką. Patikrinkite jo leidimus ir bandykite dar kartą.
problem-duplicate-in-queue = Eilėje du kartus
    .detail = Toks pat turinys jau yra eilėje į tą pačią svetainę. Pašalinkite vieną arba vis tiek siųskite šį.

# Svetainė nepriima

problem-key-refused = Raktas nepriimtas
    .detail = { $site } nepriėmė rakto. Eilė laukia. Įveskite naują raktą nustatymuose; nė vienas failas neprarastas.
problem-key-missing = Reikia rakto
    .detail = Šiame kompiuteryje nėra { $site } rakto. Įveskite jį nustatymuose ir eilė judės toliau.
problem-key-empty = Nėra rakto
    .detail = Įklijuokite savo raktą. Jis yra svetainės puslapyje „API“, jūsų paskyros nustatymuose.
problem-key-characters = Ne raktas
    .detail = Rakte būna tik raidės, skaitmenys ir pabraukimai. Nukopijuokite jį iš svetainės dar kartą.
problem-not-allowed = Įkelti neleidžiama
    .detail = { $site } raktą pažįsta, bet įkelti su juo neleidžia. Kreipkitės į svetainės darbuotojus arba naudokite kitos paskyros raktą.
problem-duplicate = Jau yra svetainėje
    .detail = { $site } per pastarąsias 24 valandas tą patį failą iš jūsų interneto adreso jau gavo ir antrą kartą nepriima. Nuorodos ji nepasako; ieškokite savo paskyroje.
problem-flood = Svetainė prašo palaukti
    .detail = { $site } riboja, kiek failų galima įkelti per tam tikrą laiką. Eilė pati judės toliau.
problem-too-big = Svetainei per didelis
    .detail = { $site } tokio dydžio failo nepriima. Įrašykite mažesnį ir pridėkite jį.
problem-too-big-max = Svetainei per didelis
    .detail = { $site } priima failus iki { $max_bytes }. Įrašykite mažesnį ir pridėkite jį.
problem-too-big-own = Viršija jūsų ribą
    .detail = Svetainei { $site } nustatėte { $max_bytes } ribą. Įrašykite mažesnį failą ir pridėkite jį arba padidinkite ribą nustatymuose.
problem-too-big-before = Svetainei per didelis
    .detail = { $site } jau nepriėmė { $refused_bytes } failo. Jei dabar priima didesnius, nustatymuose pamirškite jos ribas.
problem-too-big-likely = Regis, svetainei per didelis
    .detail = { $site } nutraukė nepaaiškinusi, kaip būna, kai failas viršija jos ribą. Įrašykite mažesnį ir pridėkite jį.
problem-format-refused = Formatas nepriimamas
    .detail = { $site } šio formato nepriima. Įrašykite kaip JPEG arba PNG ir pridėkite tą failą.
problem-bad-picture = Svetainė neperskaito
    .detail = { $site } negali perskaityti šio failo. Gal jis sugadintas: įrašykite jį iš naujo paveikslėlių programa ir pridėkite tą failą.
problem-width-refused = Plotis nepriimtas
    .detail = { $site } negali padaryti tokio pločio paveikslėlio. Nustatykite mažesnį plotį arba jokio ir bandykite dar kartą.
problem-field-refused = Aprašas nepriimtas
    .detail = { $site } negali priimti dalies aprašo. Sutrumpinkite pavadinimą, aprašymą ir žymas ir bandykite dar kartą.
problem-url-refused = Adresas nepriimtas
    .detail = { $site } nesisiunčia paveikslėlių iš adresų. Pridėkite patį failą.
problem-filtered = Sustabdė filtras
    .detail = { $site } filtras sustabdė šį įkėlimą. Pakeiskite pavadinimo, aprašymo ar žymų žodžius arba kreipkitės į svetainės darbuotojus.
problem-no-space = Svetainė pilna
    .detail = { $site } nebeturi vietos. „Keltas“ vėliau bandys dar kartą.
problem-maintenance = Svetainė laikinai uždaryta
    .detail = { $site } tvarkoma. „Keltas“ vėliau bandys dar kartą, nė vienas failas neprarastas.
problem-wrong-address = Čia įkelti negalima
    .detail = { $site } adresu nėra įkėlimo API. Adresas klaidingas arba svetainė API išjungė. Patikrinkite adresą nustatymuose.
problem-moved = Svetainė persikėlė
    .detail = { $site } siunčia kitur, bet nesako kur. Atverkite ją naršyklėje ir nustatymuose įrašykite tą adresą.
problem-moved-to = Svetainė persikėlė
    .detail = { $site } siunčia į { $to }. Nustatymuose įrašykite tą adresą.
problem-http-only = Tik nešifruotai
    .detail = { $site } atsako tik adresu { $to }. Ten siunčiamą raktą pakeliui galima perskaityti.
problem-pace-limit = Pasiekta svetainės riba
    .detail = { $period ->
        [minute] Per minutę į svetainę siunčiama ne daugiau failų nei { $uploads_count }. „Keltas“ tęs pats.
        [hour] Per valandą į svetainę siunčiama ne daugiau failų nei { $uploads_count }. „Keltas“ tęs pats.
        [day] Per parą į svetainę siunčiama ne daugiau failų nei { $uploads_count }. „Keltas“ tęs pats.
        [week] Per savaitę į svetainę siunčiama ne daugiau failų nei { $uploads_count }. „Keltas“ tęs pats.
       *[month] Per mėnesį į svetainę siunčiama ne daugiau failų nei { $uploads_count }. „Keltas“ tęs pats.
    }
problem-rate-limited = Svetainė prašo palaukti
    .detail = { $site } prašo sulėtinti. Eilė pati judės toliau.
problem-site-trouble = Svetainės bėda
    .detail = { $site } pati turi bėdų. Bandykite vėliau arba kreipkitės į svetainės darbuotojus.
problem-blocked = Sustabdyta pakeliui
    .detail = Kažkas prieš { $site } įkėlimo nepraleido. Kartą atverkite svetainę naršyklėje ir bandykite dar kartą; jei nepadeda, kreipkitės į jos darbuotojus.
problem-refused = Nepriimta
    .detail = { $site } failo nepriėmė.

# Kelias į svetainę

problem-dns = Svetainė nerasta
    .detail = Nėra mazgo su { $site } vardu arba šis kompiuteris neprisijungęs. Eilė judės toliau, kai svetainė bus pasiekiama.
problem-connect = Nėra ryšio
    .detail = { $site } nepasiekiama. Eilė pati judės toliau, kai bus pasiekiama.
problem-connect-timeout = Ryšio nesulaukta
    .detail = { $site } neatsako. Eilė pati judės toliau, kai atsakys.
problem-tls-expired = Liudijimas nebegalioja
    .detail = { $site } liudijimas nebegalioja, todėl ryšys nesaugus. Kreipkitės į svetainės darbuotojus ir patikrinkite šio kompiuterio laikrodį.
problem-tls-not-yet-valid = Liudijimas dar negalioja
    .detail = { $site } liudijimas dar negalioja. Patikrinkite šio kompiuterio laikrodį.
problem-tls-wrong-name = Kitos svetainės liudijimas
    .detail = Tas, kas atsako { $site } adresu, turi kito vardo liudijimą. Patikrinkite adresą ir tinklą, kuriame esate.
problem-tls-unknown-issuer = Liudijimu nepasitikima
    .detail = Šis kompiuteris nepasitiki { $site } liudijimu. Jei svetainė jūsų, pridėkite jos liudijimą prie šio kompiuterio.
problem-tls-revoked = Liudijimas atšauktas
    .detail = { $site } liudijimas atšauktas. Kreipkitės į svetainės darbuotojus.
problem-tls-other = Nėra saugaus ryšio
    .detail = Saugaus ryšio užmegzti nepavyko. Patikrinkite šio kompiuterio laikrodį ir tinklą, kuriame esate.
problem-proxy-auth = Tarpinis serveris prašo prisijungti
    .detail = Tinklo tarpinis serveris prašo naudotojo vardo ir slaptažodžio. Nurodykite juos sistemos tinklo nustatymuose.
problem-stalled = Ryšys sustojo ties { $percent } %
    .detail = Ryšys su { $site } ties { $percent } % nebepriėmė duomenų. Niekas nenukeliavo, todėl galima bandyti dar kartą.
problem-connection-lost = Ryšys nutrūko ties { $percent } %
    .detail = Ryšys su { $site } nutrūko ties { $percent } %. Niekas nenukeliavo, todėl galima bandyti dar kartą.

# Išsiųsta, bet nepatvirtinta

problem-unknown-silence = Baigtis nežinoma
    .detail = Failas išsiųstas visas, bet { $site } neatsakė. Gal jis ten yra: prieš siųsdami dar kartą, pažiūrėkite svetainėje.
problem-unknown-lost = Baigtis nežinoma
    .detail = Failas išsiųstas visas, bet ryšys su { $site } nutrūko prieš atsakymą. Prieš siųsdami dar kartą, pažiūrėkite svetainėje.
problem-unknown-unreadable = Baigtis nežinoma
    .detail = Failas išsiųstas visas, bet { $site } atsakymo perskaityti negalima. Prieš siųsdami dar kartą, pažiūrėkite svetainėje.
problem-unknown-gateway = Baigtis nežinoma
    .detail = Failas išsiųstas visas, bet { $site } per ilgai neatsakė. Prieš siųsdami dar kartą, pažiūrėkite svetainėje.
problem-interrupted = Baigtis nežinoma
    .detail = „Keltas“ baigė darbą, kai šis failas buvo siunčiamas. Prieš siųsdami dar kartą, pažiūrėkite svetainėje.
problem-stopped = Baigtis nežinoma
    .detail = Sustabdėte, kai failas galėjo būti jau išsiųstas. Prieš siųsdami dar kartą, pažiūrėkite svetainėje.

# Paveikslėliai iš adresų

problem-fetch-address = Ne žiniatinklio adresas
    .detail = Parsisiųsti galima tik iš adresų, kurie prasideda http:// arba https://.
problem-fetch-not-found = Čia nieko nėra
    .detail = Šiuo adresu nieko nėra. Patikrinkite jį naršyklėje.
problem-fetch-refused = Neduodama
    .detail = Kita svetainė šio paveikslėlio neduoda. Įrašykite jį naršyklėje ir pridėkite failą.
problem-fetch-too-big = Per didelis
    .detail = Tai, kas yra šiuo adresu, didesnis nei { $max_bytes }.
problem-fetch-redirects = Veda vis toliau
    .detail = Adresas veda iš vienos vietos į kitą, bet ne į paveikslėlį.
problem-fetch-unreachable = Nėra ryšio
    .detail = Kita svetainė nepasiekiama. Patikrinkite adresą ir tinklą.
problem-fetch-stalled = Ryšys sustojo
    .detail = Kita svetainė nustojo siųsti. Bandykite dar kartą.
problem-fetch-cut = Ryšys nutrūko
    .detail = Ryšys nutrūko anksčiau, nei paveikslėlis atkeliavo visas. Bandykite dar kartą.

# Forma

problem-address-empty = Nėra adreso
    .detail = Įrašykite svetainės adresą, pavyzdžiui, img.example.org.
problem-address-unreadable = Ne adresas
    .detail = Tai ne žiniatinklio adresas. Rašykite kaip naršyklėje, pavyzdžiui, img.example.org.
problem-address-scheme = Ne žiniatinklio adresas
    .detail = Tinka tik adresai, kurie prasideda http:// arba https://.
problem-address-user-info = Adrese yra vardas
    .detail = Adrese yra naudotojo vardas arba slaptažodis. Išimkite jį; raktas rašomas į savo lauką.
problem-field-blank = Nieko neįrašyta
    .detail = Tarpus ir vienišą 0 svetainė laiko tuščiais.
problem-field-too-long = Per ilga
    .detail = Svetainė laiko ne daugiau kaip { $max_count ->
        [one] { $max_count } ženklą
        [few] { $max_count } ženklus
        [many] { $max_count } ženklo
       *[other] { $max_count } ženklų
    }.
problem-tag-dropped = Tokia žyma negalima
    .detail = Žymoje ne daugiau kaip 32 ženklai, be kablelio, pasvirojo brūkšnio ir grotelių. Svetainė ją išmestų.
problem-album-unreadable = Albumo čia nėra
    .detail = Įklijuokite albumo adresą arba jo kodą.
problem-number-unreadable = Ne skaičius
    .detail = Įrašykite sveikąjį skaičių, didesnį už nulį.
problem-size-unreadable = Ne dydis
    .detail = Įrašykite skaičių, didesnį už nulį, pavyzdžiui, 20 arba 2,5.
problem-format-unknown = Ne formatas
    .detail = Pasirinkite vieną iš siūlomų formatų.
problem-limit-lower = Mažesnė riba
    .detail = { $site } priima failus iki { $max_bytes }, o jūs nustatėte { $own_bytes }. Galioja mažesnė riba.
problem-limit-doubted = Mažesnė riba
    .detail = { $site } nepriėmė { $refused_bytes } failo, nors jūs leidote { $own_bytes }. Tokio dydžio failai ten dabar nesiunčiami.
problem-expiration-unreadable = Ne laikas
    .detail = Pasirinkite vieną iš siūlomų laikų.
problem-expiration-too-short = Per trumpai
    .detail = Svetainė pati trina ne anksčiau kaip po 5 minučių.
problem-expiration-too-long = Per ilgai
    .detail = Svetainė pati trina ne vėliau kaip po metų.

# Šis kompiuteris

problem-keyring-none = Nėra raktinės
    .detail = Šiame kompiuteryje neveikia raktinė, todėl rakto saugiai laikyti negalima. Laikykite jį tik šiam seansui arba paleiskite raktinę ir bandykite dar kartą.
problem-keyring-locked = Raktinė užrakinta
    .detail = Raktinė neatrakinta. Atrakinkite ją ir bandykite dar kartą arba laikykite raktą tik šiam seansui.
problem-keyring-failed = Raktinė nepaklūsta
    .detail = Raktinė neveikia kaip turėtų. Bandykite dar kartą arba laikykite raktą tik šiam seansui.
problem-clipboard-empty = Nėra ko įklijuoti
    .detail = Iškarpinėje nėra nei paveikslėlio, nei failo, nei jo adreso.
problem-clipboard-unreadable = Iškarpinė neatsako
    .detail = Programa, kuri kopijavo, turinio neatiduoda. Nukopijuokite iš naujo ir įklijuokite dar kartą.
problem-no-site = Dar nėra svetainės
    .detail = Pirma nustatykite svetainę: failams reikia vietos, kur keliauti.
problem-demo-failed = Bandomoji svetainė nepasileidžia
    .detail = Bandomosios svetainės šiame kompiuteryje paleisti nepavyko. Pasirinkite kitą svetainę.
problem-cannot-open = Nepavyksta atverti
    .detail = Naršyklės atverti nepavyko. Nukopijuokite nuorodą.
problem-no-delete-link = Nėra trynimo nuorodos
    .detail = Šio įkėlimo trynimo nuorodos nėra. Ištrinkite jį savo paskyroje svetainėje.
problem-delete-unreached = Neištrinta
    .detail = { $site } nepasiekiama, todėl ten nieko neištrinta. Trynimo nuoroda tebesaugoma.
problem-delete-unclear = Neaišku, ar ištrinta
    .detail = { $site } nepasakė, kad įkėlimą ištrynė. Pažiūrėkite svetainėje.
problem-file-exists = Toks failas jau yra
    .detail = Failas tokiu vardu jau yra, todėl niekas neįrašyta. Pasirinkite kitą vardą.
problem-cannot-export = Nepavyksta įrašyti
    .detail = Failo ten įrašyti nepavyksta. Patikrinkite aplanko leidimus arba pasirinkite kitą.
problem-import-foreign = Ne „Keltas“ istorija
    .detail = Failas nėra „Keltas“ eksportuota istorija. Niekas neimportuota.
problem-import-newer = Padaryta naujesne versija
    .detail = Šią istoriją eksportavo naujesnė „Keltas“ versija. Įdiekite ją ir importuokite dar kartą. Niekas neimportuota.
problem-import-cut = Failas nutrūksta
    .detail = Failas baigiasi anksčiau nei jame esanti istorija. Nukopijuokite jį dar kartą iš ten, kur eksportavote. Niekas neimportuota.
problem-import-damaged = Failas sugadintas
    .detail = { $line } eilutė ne tokia, kokią rašo „Keltas“ ({ $detail }). Niekas neimportuota.
problem-link-unreadable = Ne nuoroda
    .detail = Įklijuokite nuorodą, kokią rodo naršyklė, arba palikite lauką tuščią.
problem-store-unreadable = Eilės nepavyksta perskaityti
    .detail = Eilės ir istorijos failo naudoti negalima. Patikrinkite „Keltas“ aplanko leidimus.
problem-newer-database = Padaryta naujesne versija
    .detail = Eilę ir istoriją rašė naujesnė „Keltas“ versija. Įdiekite ją; niekas nepakeista.
problem-store-damaged = Eilė sugadinta
    .detail = Eilės ir istorijos failas sugadintas.
problem-store-set-aside = Istorija buvo sugadinta
    .detail = Eilės ir istorijos failas buvo sugadintas. Kas perskaityta, yra čia: istorijoje – { $uploads }, eilėje – { $files }. Sugadintas failas paliktas kaip { $name }.
problem-store-busy = „Keltas“ jau veikia
    .detail = Eilę atvėręs kitas „Keltas“. Naudokite jį arba pirma uždarykite.
problem-store-failed = Nepavyksta įrašyti
    .detail = Eilės ir istorijos įrašyti nepavyksta. Kas atkeliavo, laikoma atmintyje ir bandoma įrašyti dar kartą.
problem-unknown-item = Eilėje nėra
    .detail = Šio failo eilėje nebėra.
problem-unknown-receipt = Istorijoje nėra
    .detail = Šio įkėlimo istorijoje nebėra.
problem-unknown-kept = Nebesaugoma
    .detail = Ši trynimo nuoroda nebesaugoma: ji panaudota arba pamiršta.
problem-unknown-site = Tokios svetainės nėra
    .detail = Ši svetainė nebenustatyta.
problem-site-in-use = Svetainė naudojama
    .detail = Į šią svetainę keliauja failai iš eilės. Pirma juos įkelkite arba pašalinkite.
problem-wrong-phase = Dabar negalima
    .detail = Su failais, kokie jie dabar, to padaryti negalima.
problem-engine-closed = „Keltas“ užsidaro
    .detail = „Keltas“ užsidaro. Kas laukia, bus paleidus kitą kartą.
problem-internal = „Keltas“ klaida
    .detail = Kažkas nepavyko pačiame „Keltas“. Bandykite dar kartą; jei kartojasi, praneškite.
problem-ipc-unknown = „Keltas“ klaida
    .detail = Langas nepriklauso šiai „Keltas“ versijai. Įdiekite iš naujo.
problem-ipc-arguments = „Keltas“ klaida
    .detail = Langas nepriklauso šiai „Keltas“ versijai. Įdiekite iš naujo.

# Ką svetainė pakeitė

problem-note-tags = Svetainė pakeitė žymas
    .detail = Svetainė paliko šias žymas: { $kept }.
problem-note-tags-dropped = Svetainė žymų nepaliko
    .detail = Svetainė nepaliko nė vienos žymos. Gal jos versija ar jūsų raktas žymų neturi.
problem-note-expiry = Išsitrins { $date }
    .detail = Svetainė ištrins kitu laiku, nei prašyta: { $date }.
problem-note-expiry-none = Pati neišsitrins
    .detail = Svetainė paliks, nors prašyta ištrinti.
problem-note-expiry-added = Išsitrins { $date }
    .detail = Svetainė ištrins { $date }, nors niekas to neprašė.
problem-note-description = Svetainė pakeitė aprašą
    .detail = Svetainė paliko kitokį aprašą arba jokio.
problem-note-description-added = Svetainė pridėjo aprašą
    .detail = Svetainė paėmė aprašą iš paties failo: „{ $description }“.
problem-note-category = Svetainė pakeitė kategoriją
    .detail = Svetainė nepaliko prašytos kategorijos.
problem-note-type = Svetainėje tai { $kind }
    .detail = Svetainė failą laiko kaip { $kind }, o ne { $asked }.
problem-note-width = Svetainė padarė { $width } px
    .detail = Svetainė padarė { $width } pikselių pločio, o ne { $asked }.
problem-note-nsfw = Svetainė pažymėjo NSFW
    .detail = Svetainė pažymėjo kaip netinkamą žiūrėti darbe.
problem-note-nsfw-dropped = NSFW žymės neliko
    .detail = Svetainė nepaliko žymės „netinka žiūrėti darbe“.
problem-note-title = Svetainė pakeitė pavadinimą
    .detail = Svetainė suteikė pavadinimą „{ $title }“.

# Sugalvoti vardai

# Įklijuoto paveikslėlio failo vardas be plėtinio. $time: 2026-11-25 14.06
pasted-picture-name = Ekrano nuotrauka { $time }
# Įtaisyta svetainė „Keltas“ išbandyti.
demo-site-name = Bandomoji svetainė
