# Dialogs that belong to no one screen.
dialogs-close = Close
dialogs-cancel = Cancel

dialogs-urls-title = Add image URLs
dialogs-urls-label = One address on each line
dialogs-urls-hint = Keltas downloads the pictures to this computer first, removes location data, then sends them like any other file.
dialogs-urls-hint-keep = Keltas downloads the pictures to this computer first, then sends them like any other file.
dialogs-urls-get = { $count ->
    [0] Get the pictures
    [one] Get { $count } picture
   *[other] Get { $count } pictures
}
dialogs-urls-getting = Downloading…
dialogs-urls-add = { $count ->
    [one] Add { $count } picture
   *[other] Add { $count } pictures
}
dialogs-urls-found = { $count ->
    [0] No pictures found.
    [one] { $count } picture found.
   *[other] { $count } pictures found.
}
dialogs-urls-results = What was found

dialogs-close-title = Quit or keep running?
dialogs-close-body = Keltas can stay in the tray and go on with the queue. When it quits, what waits is there at the next start.
dialogs-close-uploading = { $count ->
    [one] { $count } file is being uploaded.
   *[other] { $count } files are being uploaded.
}
dialogs-close-remember = Do this from now on
dialogs-close-quit = Quit
dialogs-close-keep = Keep running

dialogs-copy-title = Copy it yourself
dialogs-copy-body = The clipboard did not take the text. It is selected below; copy it with { $keys }.
dialogs-copy-text = Text to copy
