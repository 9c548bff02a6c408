# Desktop notifications: a title and a body each.

notify-copy = Kopijuoti nuorodas
notify-open = Atverti „Keltas“

# A batch that ended without trouble.
notify-done = Įkėlimas baigtas
    .body = { $count ->
        [one] { $site } yra { $count } failas.
        [few] { $site } yra { $count } failai.
        [many] { $site } yra { $count } failo.
       *[other] { $site } yra { $count } failų.
    }
    .body-copied = { $count ->
        [one] { $site } yra { $count } failas. Jo nuoroda nukopijuota.
        [few] { $site } yra { $count } failai. Visos nuorodos nukopijuotos.
        [many] { $site } yra { $count } failo. Visos nuorodos nukopijuotos.
       *[other] { $site } yra { $count } failų. Visos nuorodos nukopijuotos.
    }
    .body-approval = { $count ->
        [one] { $count } failas laukia patvirtinimo svetainėje { $site }.
        [few] { $count } failai laukia patvirtinimo svetainėje { $site }.
        [many] { $count } failo laukia patvirtinimo svetainėje { $site }.
       *[other] { $count } failų laukia patvirtinimo svetainėje { $site }.
    }

# One file from the tray or the clipboard; the body is the link itself.
notify-copied = Nuoroda nukopijuota
notify-not-copied = Įkėlimas baigtas
    .body = Nuorodos nepavyko įdėti į iškarpinę. Ją nukopijuosite atvėrę „Keltas“.

# A batch that ended with trouble. $uploaded of $count files arrived.
notify-partly = { $count ->
    [one] { $site } yra { $uploaded } iš { $count } failo
   *[other] { $site } yra { $uploaded } iš { $count } failų
}
    .failed = { $count ->
        [one] Nepavyko įkelti { $count } failo. Kodėl, matysite atvėrę „Keltas“.
       *[other] Nepavyko įkelti { $count } failų. Kodėl, matysite atvėrę „Keltas“.
    }
    .unknown = { $count ->
        [one] Dėl { $count } failo turite nuspręsti jūs. Kodėl, matysite atvėrę „Keltas“.
       *[other] Dėl { $count } failų turite nuspręsti jūs. Kodėl, matysite atvėrę „Keltas“.
    }
    .both = { $count ->
        [one] Neįkelta: { $failed }, dėl { $count } failo turite nuspręsti jūs.
       *[other] Neįkelta: { $failed }, dėl { $count } failų turite nuspręsti jūs.
    } Kodėl, matysite atvėrę „Keltas“.
notify-none = Nė vieno failo nepavyko įkelti
    .body = Kodėl, matysite atvėrę „Keltas“.

# The queue stopped.
notify-key = { $site } nepriėmė rakto
    .body = Eilė laukia. Atverkite „Keltas“ ir įveskite naują raktą.

# Nothing could be taken in.
notify-nothing = Nieko neįkelta
notify-no-site = „Keltas“ dar neturi svetainės
    .body = Atverkite „Keltas“ ir pasirinkite, kur siųsti paveikslėlius.
