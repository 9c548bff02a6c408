# Pirmas paleidimas, „Pridėti svetainę“ ir „Įvesti naują raktą“.
onboarding-skip-to-form = Pereiti prie formos
onboarding-title = Nuotraukos ten, nuorodos čia
onboarding-lead = Keltas perkelia failus iš šio kompiuterio į jūsų nuotraukų svetainę.
onboarding-about-name = Keltas – tai laivas, kuris perkelia į kitą krantą.
onboarding-about-free = Laisvoji programa, be savo paskyrų ir be sekimo.
onboarding-add-title = Pridėti svetainę
onboarding-add-lead = Failai vienu metu keliami į vieną svetainę. Ją pakeisite lango viršuje.
onboarding-key-title = Naujas { $site } raktas
onboarding-key-lead = Dabartinis raktas lieka, kol įrašomas naujas.

onboarding-where = Kur keliauja jūsų nuotraukos?
onboarding-imgximg-hint = Įprastas pasirinkimas
onboarding-other = Kita „Chevereto“ svetainė
onboarding-other-hint = Įveskite jos adresą, pavyzdžiui, img.example.org
onboarding-demo = Bandomoji svetainė šiame kompiuteryje
onboarding-demo-hint = Išbandykite viską be interneto; niekas nepalieka kompiuterio
onboarding-address = Svetainės adresas
onboarding-address-becomes = Keltas naudos { $base }
onboarding-old-api = Senoji API
onboarding-old-api-hint = Senesnėms svetainėms, kurios raktą priima kaip formos lauką

onboarding-insecure = Raktą pakeliui galima perskaityti.
onboarding-insecure-detail = Ryšys su { $site } nešifruojamas. Raktą ir nuotraukas gali perskaityti kiekvienas, esantis tarp šio kompiuterio ir svetainės.
onboarding-insecure-https = Naudoti https://
onboarding-insecure-agree = Naudoti be šifravimo

onboarding-key = Jūsų API raktas
onboarding-key-label = API raktas
onboarding-key-where = Savo API raktą rasite nustatymuose:
onboarding-key-keyring = Raktas saugomas sistemos raktinėje. Keltas jo nerašo nei į failus, nei į žurnalus.
onboarding-key-none-needed = Bandomajai svetainei rakto nereikia.
onboarding-key-none-needed-detail = Ji veikia pačiame Kelte, nuotraukas laiko šio kompiuterio aplanke, o jos nuorodos veikia tik šiame kompiuteryje.
onboarding-key-show = Rodyti raktą
onboarding-key-hide = Slėpti raktą
onboarding-key-test = Tikrinti
onboarding-key-testing = Tikrinama…
onboarding-key-missing = Pirmiausia įklijuokite savo API raktą.
onboarding-address-missing = Pirmiausia įveskite svetainės adresą.
onboarding-insecure-first = Pirmiausia nuspręskite, ar raktą galima siųsti be šifravimo.

onboarding-accepted = { $site } priėmė raktą.
onboarding-accepted-detail = Niekas nebuvo įkelta.
onboarding-not-accepted = { $site } nepriėmė rakto.
onboarding-not-accepted-detail = Patikrinkite, ar nukopijuotas visas, arba gaukite naują.
onboarding-unreached = Niekas neišsiųsta. Patikrinkite adresą ir tinklą, tada tikrinkite dar kartą.
onboarding-moved-check = Naudokite tą adresą, jei jį atpažįstate.
onboarding-moved-use = Naudoti { $base }
onboarding-save-untested = Išsaugoti raktą be patikros
onboarding-not-saved = Svetainė neišsaugota.

onboarding-no-keyring = Šiame kompiuteryje raktinės nerasta.
onboarding-no-keyring-detail = Keltas gali naudoti raktą, kol išeisite, o kitą kartą jo paklaus vėl. Į diską jis nerašomas.
onboarding-no-keyring-session = Naudoti tik šį kartą
onboarding-no-keyring-again = Dar kartą bandyti raktinę

onboarding-waits = Sistema prašo atrakinti raktinę.
onboarding-waits-detail = Atsakykite į jos klausimą, galbūt kitame lange. Keltas tęs pats.

onboarding-start = Pradėti naudotis
onboarding-add = Pridėti svetainę
onboarding-save-key = Išsaugoti raktą
onboarding-saving = Išsaugoma…
onboarding-skip = Kol kas praleisti
onboarding-cancel = Atšaukti
