# The tray's menu and tooltip, and the window's title.

tray-upload-files = Įkelti failus…
tray-upload-clipboard = Įkelti iškarpinę
tray-recent = Paskutiniai
tray-recent-empty = Dar nieko neįkelta
tray-pause = Pristabdyti eilę
tray-resume = Tęsti eilę
tray-open = Atverti „Keltas“
tray-quit = Baigti

# The first line of the menu while files are sent.
tray-uploading = { $count ->
    [one] Įkeliamas { $count } failas (baigta { $percent } %)
    [few] Įkeliami { $count } failai (baigta { $percent } %)
    [many] Įkeliama { $count } failo (baigta { $percent } %)
   *[other] Įkeliama { $count } failų (baigta { $percent } %)
}
tray-paused = { $count ->
    [one] Pristabdyta, laukia { $count } failas
    [few] Pristabdyta, laukia { $count } failai
    [many] Pristabdyta, laukia { $count } failo
   *[other] Pristabdyta, laukia { $count } failų
}

tray-tooltip = Keltas
tray-tooltip-waiting = { $count ->
    [one] Keltas, laukia { $count } failas
    [few] Keltas, laukia { $count } failai
    [many] Keltas, laukia { $count } failo
   *[other] Keltas, laukia { $count } failų
}

window-title = Keltas
window-title-uploading = Įkelta { $percent } % · Keltas

# The system's file dialog.
file-dialog-title = Pasirinkite paveikslėlius ir įrašus
file-dialog-pictures = Paveikslėliai ir įrašai
file-dialog-all = Visi failai
export-dialog-title = Kur įrašyti eksportuotą istoriją
import-dialog-title = Pasirinkite eksportuotą istoriją
import-dialog-histories = Eksportuotos istorijos
