# The tray's menu and tooltip, and the window's title.

tray-upload-files = Upload files…
tray-upload-clipboard = Upload clipboard
tray-recent = Recent
tray-recent-empty = Nothing uploaded yet
tray-pause = Pause queue
tray-resume = Resume queue
tray-open = Open Keltas
tray-quit = Quit

# The first line of the menu while files are sent.
tray-uploading = { $count ->
    [one] Uploading { $count } file ({ $percent }% complete)
   *[other] Uploading { $count } files ({ $percent }% complete)
}
tray-paused = { $count ->
    [one] Paused, { $count } file waiting
   *[other] Paused, { $count } files waiting
}

tray-tooltip = Keltas
tray-tooltip-waiting = { $count ->
    [one] Keltas, { $count } file waiting
   *[other] Keltas, { $count } files waiting
}

window-title = Keltas
window-title-uploading = { $percent }% uploaded · Keltas

# The system's file dialog.
file-dialog-title = Choose pictures and clips
file-dialog-pictures = Pictures and clips
file-dialog-all = All files
export-dialog-title = Save the exported history
import-dialog-title = Choose an exported history
import-dialog-histories = Exported histories
