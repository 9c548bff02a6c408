# Desktop notifications: a title and a body each.

notify-copy = Copy links
notify-open = Open Keltas

# A batch that ended without trouble.
notify-done = Upload complete
    .body = { $count ->
        [one] { $count } file is on { $site }.
       *[other] { $count } files are on { $site }.
    }
    .body-copied = { $count ->
        [one] { $count } file is on { $site }. Its link is copied.
       *[other] { $count } files are on { $site }. All links are copied.
    }
    .body-approval = { $count ->
        [one] { $count } file waits for approval on { $site }.
       *[other] { $count } files wait for approval on { $site }.
    }

# One file from the tray or the clipboard; the body is the link itself.
notify-copied = Link copied
notify-not-copied = Upload complete
    .body = The clipboard did not take the link. Open Keltas to copy it.

# A batch that ended with trouble. $uploaded of $count files arrived.
notify-partly = { $count ->
    [one] { $uploaded } of { $count } file is on { $site }
   *[other] { $uploaded } of { $count } files are on { $site }
}
    .failed = { $count ->
        [one] { $count } could not be uploaded. Open Keltas to see why.
       *[other] { $count } could not be uploaded. Open Keltas to see why.
    }
    .unknown = { $count ->
        [one] { $count } needs your decision. Open Keltas to see why.
       *[other] { $count } need your decision. Open Keltas to see why.
    }
    .both = { $failed } could not be uploaded and { $count ->
        [one] { $count } needs your decision.
       *[other] { $count } need your decision.
    } Open Keltas to see why.
notify-none = No files have been uploaded
    .body = Open Keltas to see why.

# The queue stopped.
notify-key = { $site } did not accept the key
    .body = The queue waits. Open Keltas to enter a new key.

# Nothing could be taken in.
notify-nothing = Nothing was uploaded
notify-no-site = Keltas has no site yet
    .body = Open Keltas to choose where pictures go.
