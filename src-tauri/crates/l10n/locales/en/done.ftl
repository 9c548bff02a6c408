# After an upload: links, what went wrong, what comes next.
done-title = Upload complete
done-sent-to-album = Uploaded content was sent to { $album }. You can { $create } with the content just uploaded.
done-new-album = You can { $create } with the content just uploaded.
done-create-album = create a new album
done-format = Link format
done-format-links = Links
done-format-html = HTML
done-format-markdown = Markdown
done-format-bbcode = BBCode
done-kind = Link kind
done-kind-viewer = Viewer
done-kind-direct = Direct
done-kind-thumbnail = Thumbnail
done-kind-full = Full linked
done-kind-medium = Medium linked
done-kind-thumbnail-linked = Thumbnail linked
done-rows = Links, in queue order
done-row-copy = Copy: { $name }
done-row-open = Open: { $name }
done-row-approval = Waiting for approval
done-row-no-link = The site gave no such link
done-row-instead = { $kind ->
    [viewer] The site gave no such link, this is the viewer page
    [direct] The site gave no such link, this is the direct one
    [thumbnail] The site gave no such link, this is the thumbnail
    [medium] The site gave no such picture, this is the medium one
    [thumbnail-linked] The site gave no such picture, this is the thumbnail
   *[full] The site gave no such picture, this is the full one
}
done-outcome = What will be copied
done-outcome-empty = Nothing yet
done-partly = Note: Some files couldn’t be uploaded.
done-learn-more = Learn more
done-learn-more-hint = See the error report to learn more
done-retry = Retry { $count ->
    [one] { $count } file
   *[other] { $count } files
}
done-vault = { $count ->
    [one] { $count } delete link is kept in the vault
   *[other] { $count } delete links are kept in the vault
}
done-vault-none = The site gave no delete links
done-left-out = { $count ->
    [one] { $count } file waits for approval; its link is left out.
   *[other] { $count } files wait for approval; their links are left out.
}
done-new-upload = New upload
done-copy-all = { $count ->
    [0] Copy all links
    [one] Copy { $count } link
   *[other] Copy all { $count } links
}
done-copied = { $count ->
    [one] { $count } link copied
   *[other] { $count } links copied, in queue order
}
done-copied-said = { $count ->
    [one] { $count } link copied.
   *[other] { $count } links copied, in queue order.
}
done-copied-left-out = { $count ->
    [one] { $count } left out.
   *[other] { $count } left out.
}
done-nothing-copied = There is no link to copy yet.
done-ended = Upload complete. { $uploaded } of { $count ->
    [one] { $count } file is
   *[other] { $count } files are
} on { $site }.
done-ended-failed = { $count ->
    [one] { $count } failed.
   *[other] { $count } failed.
}
done-ended-unknown = { $count ->
    [one] The outcome of { $count } is unknown.
   *[other] The outcome of { $count } is unknown.
}

done-report-title = Error report
done-report-lead = { $failed } of { $count ->
    [one] { $count } file
   *[other] { $count } files
} could not be uploaded. You can send this text to the site’s staff or attach it to a bug report. Your key and your folder names are blacked out.
done-report-copy = Copy report
done-report-copied = The report is copied.
done-report-loading = Putting the report together…

done-none-title = No files have been uploaded
done-none-lead = Some errors have occurred and the system couldn’t process your request.
done-none-key-replaced = It may have been replaced under { $page }.
done-none-key-kept = The stored key was not erased, and { $count ->
    [one] the file still waits in the queue.
   *[other] all { $count } files still wait in the queue.
}
done-none-new-key = Enter a new key
done-none-report = See the error report
done-none-waiting = { $count ->
    [one] { $count } file waits, { $size }
   *[other] { $count } files wait, { $size }
}
done-none-back = Back to the queue
done-none-again = Try again
done-none-files = { $count ->
    [one] { $count } file
   *[other] { $count } files
}
done-this-computer = this computer
done-none-unknown-title = No upload is confirmed
done-unknown-note = may or may not have arrived: the site did not answer. Look there before sending it again.
done-unknown = { $count ->
    [one] The outcome of { $count } file is unknown.
   *[other] The outcome of { $count } files is unknown.
}
done-unknown-look = Look…
done-unknown-title = Outcome unknown
done-unknown-check = Check the site
done-unknown-there = It is there
done-unknown-again = Send again
