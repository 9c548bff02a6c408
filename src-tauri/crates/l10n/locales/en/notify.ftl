# Desktop notifications: a title, and a body where the title does not say all.

notify-copy = Copy links

# A batch that ended without trouble.
notify-done = Upload complete
notify-done-body = { $count ->
    [one] { $count } file is on { $site }.
   *[other] { $count } files are on { $site }.
}
notify-done-copied = { $count ->
    [one] { $count } file is on { $site }. Its link is copied.
   *[other] { $count } files are on { $site }. All links are copied.
}
# Added to the body.
notify-approval = { $count ->
    [one] { $count } file waits for approval.
   *[other] { $count } files wait for approval.
}

# One file from the tray or the clipboard; the body is the link itself.
notify-copied = Link copied

# A batch that ended with trouble. $uploaded of $count files arrived.
notify-partly = { $count ->
    [one] { $uploaded } of { $count } file is on { $site }
   *[other] { $uploaded } of { $count } files are on { $site }
}
notify-failed = { $count ->
    [one] { $count } file could not be uploaded. Open Keltas to see why.
   *[other] { $count } files could not be uploaded. Open Keltas to see why.
}
notify-unknown = { $count ->
    [one] { $count } file needs your decision. Open Keltas to see why.
   *[other] { $count } files need your decision. Open Keltas to see why.
}
notify-failed-and-unknown = { $failed } could not be uploaded and { $unknown ->
    [one] { $unknown } needs your decision. Open Keltas to see why.
   *[other] { $unknown } need your decision. Open Keltas to see why.
}
notify-none = No files have been uploaded

# The queue stopped.
notify-key = { $site } did not accept the key
notify-key-body = The queue waits. Open Keltas to enter a new key.

# Nothing could be taken in; the body is the problem's own sentence.
notify-nothing = Nothing to upload
notify-no-site = Keltas has no site yet
notify-no-site-body = Open Keltas to choose where pictures go.

# The site asked for a long pause.
notify-pause = { $site } asked for a pause
notify-pause-body = Uploads go on by themselves in about { $minutes } min.
