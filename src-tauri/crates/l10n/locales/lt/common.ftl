### Lango rėmo žodžiai: viršus, bendros dalys, tai, ką rodo daugiau nei vienas ekranas.

common-main = Pagrindinis
common-upload = Įkėlimas
common-history = Istorija
common-settings = Nustatymai
common-site = Įkelti į
common-upload-to = Įkelti į { $site }
common-no-site = Svetainės nėra
common-add-site = Pridėti svetainę…
common-close = Užverti
common-cancel = Atšaukti
common-done = Atlikta
common-copy = Kopijuoti
common-copy-link = Kopijuoti nuorodą
common-remove = Pašalinti
common-previous-file = Ankstesnis failas
common-next-file = Kitas failas
common-skip-pictures = Pereiti prie paveikslėlių
common-skip = Pereiti prie turinio
common-link-copied = Nuoroda nukopijuota
common-link-none = Naudotinos nuorodos dar nėra
common-problem = Keltas neturi žodžių tam, kas įvyko ({ $code })
common-keyring-waits = Sistema prašo atrakinti raktinę. Atsakykite jai; Keltas tęs pats.
common-site-said = Svetainė atsakė: „{ $said }“
