# Desktop notifications: a title, and a body where the title does not say all.

notify-copy = Kopijuoti nuorodas

# A batch that ended without trouble.
notify-done = Įkėlimas baigtas
notify-done-body = { $count ->
    [one] Svetainėje { $site } yra { $count } failas.
    [few] Svetainėje { $site } yra { $count } failai.
    [many] Svetainėje { $site } yra { $count } failo.
   *[other] Svetainėje { $site } yra { $count } failų.
}
notify-done-copied = { $count ->
    [one] Svetainėje { $site } yra { $count } failas. Jo nuoroda nukopijuota.
    [few] Svetainėje { $site } yra { $count } failai. Visos nuorodos nukopijuotos.
    [many] Svetainėje { $site } yra { $count } failo. Visos nuorodos nukopijuotos.
   *[other] Svetainėje { $site } yra { $count } failų. Visos nuorodos nukopijuotos.
}
# Added to the body.
notify-approval = { $count ->
    [one] { $count } failas laukia patvirtinimo.
    [few] { $count } failai laukia patvirtinimo.
    [many] { $count } failo laukia patvirtinimo.
   *[other] { $count } failų laukia patvirtinimo.
}

# One file from the tray or the clipboard; the body is the link itself.
notify-copied = Nuoroda nukopijuota

# A batch that ended with trouble. $uploaded of $count files arrived.
notify-partly = { $count ->
    [one] Svetainėje { $site } – { $uploaded } iš { $count } failo
   *[other] Svetainėje { $site } – { $uploaded } iš { $count } failų
}
notify-failed = { $count ->
    [one] Nepavyko įkelti { $count } failo. Kodėl, matysite atvėrę „Keltas“.
   *[other] Nepavyko įkelti { $count } failų. Kodėl, matysite atvėrę „Keltas“.
}
notify-unknown = { $count ->
    [one] Dėl { $count } failo turite nuspręsti jūs. Kodėl, matysite atvėrę „Keltas“.
   *[other] Dėl { $count } failų turite nuspręsti jūs. Kodėl, matysite atvėrę „Keltas“.
}
notify-failed-and-unknown = Neįkelta: { $failed }. { $unknown ->
    [one] Dėl { $unknown } failo turite nuspręsti jūs. Kodėl, matysite atvėrę „Keltas“.
   *[other] Dėl { $unknown } failų turite nuspręsti jūs. Kodėl, matysite atvėrę „Keltas“.
}
notify-none = Nė vieno failo nepavyko įkelti

# The queue stopped.
notify-key = Svetainė { $site } nepriėmė rakto
notify-key-body = Eilė laukia. Atverkite „Keltas“ ir įveskite naują raktą.

# Nothing could be taken in; the body is the problem's own sentence.
notify-nothing = Nėra ko įkelti
notify-no-site = „Keltas“ dar neturi svetainės
notify-no-site-body = Atverkite „Keltas“ ir pasirinkite, kur siųsti paveikslėlius.

# The site asked for a long pause.
notify-pause = Svetainė { $site } paprašė pertraukos
notify-pause-body = Įkėlimas pats tęsis maždaug po { $minutes } min.
