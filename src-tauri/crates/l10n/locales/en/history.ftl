# Everything that was uploaded, and its links.
history-search = Search uploads
history-search-in = { $count ->
    [one] Search { $count } upload
   *[other] Search { $count } uploads
}
history-all-sites = All sites
history-any-album = Any album
history-any-type = Any type
history-type-picture = Pictures
history-type-animation = Animations
history-type-clip = Videos
history-expiring = Expiring soon
history-has-delete-link = Has delete link
history-more = More
history-clear = Clear history…
history-today = Today
history-yesterday = Yesterday
history-uploads = { $count ->
    [one] { $count } upload
   *[other] { $count } uploads
}
history-found = { $count ->
    [0] No uploads found.
    [one] { $count } upload found.
   *[other] { $count } uploads found.
}
history-opened = { $name }, opened.
history-wall = Uploads
history-empty = Nothing has been uploaded yet
history-empty-hint = What you upload is listed here, with all its links.
history-empty-go = Choose files to upload
history-none-found = No uploads match
history-none-found-hint = Search looks at file names, titles and tags.
history-show-all = Show all uploads
history-not-read = History could not be read.
history-again = Try again

history-detail = Upload details
history-previous = Previous upload
history-next = Next upload
history-close = Close
history-when = { $time } to { $site }
history-when-album = { $time } to { $site }, sent to { $album }
history-time-today = Today { $time }
history-time-yesterday = Yesterday { $time }
history-days-left = { $count ->
    [one] { $count } day
   *[other] { $count } days
}
history-hours-left = { $count ->
    [one] { $count } hour
   *[other] { $count } hours
}
history-minutes-left = { $count ->
    [one] { $count } minute
   *[other] { $count } minutes
}
history-expires = Deletes itself in { $left }, { $time }
history-expired = The site deleted it by itself, { $time }
history-expired-badge = Expired
history-approval = Waiting for approval
history-link-viewer = Viewer
history-link-short = Short
history-link-direct = Direct
history-link-medium = Medium
history-link-thumbnail = Thumbnail
history-copy-kind = Copy { $kind }
history-copy-link = Copy link
history-open = Open
history-no-links = The site gave no usable link yet.
history-copied = Copied
history-copied-said = { $kind } link copied.
history-changed = { $site } changed something.
history-delete-kept = Delete link kept
history-delete-kept-hint = Keltas can ask the site to delete it
history-delete = Delete from site…
history-delete-none = No delete link is kept
history-delete-none-hint = Only the site can delete it, from your account
history-delete-title = Delete from { $site }?
history-delete-body = { $name } disappears from { $site } at once, and every link to it stops working.
history-delete-body-2 = This cannot be taken back.
history-delete-yes = Delete from { $site }
history-deleting = Deleting…
history-deleted = Deleted from { $site }
history-gone-already = { $site } says that it is not there any more
history-not-deleted = It was not deleted.

history-remove = Remove from history…
history-remove-title = Remove from history?
history-remove-stays = The picture stays on { $site }.
history-remove-body = Its delete link goes with the history entry, and the site never shows it again. Without it only the site’s staff or your account page can delete the picture. A link that you keep is under “Kept delete links” in the menu of history.
history-remove-body-plain = Only the entry in this history goes. Its links are not shown here any more.
history-remove-both = Remove both
history-remove-keep = Remove, keep the delete link
history-remove-yes = Remove from history
history-cancel = Cancel
history-removed-kept = Removed from history. Its delete link is under “Kept delete links”.
history-removed = Removed from history.
history-clear-title = Clear history?
history-clear-stays = { $count ->
    [one] The picture stays on its site.
   *[other] All { $count } pictures stay on their sites.
}
history-clear-body = { $count ->
    [0] Only the list goes. The links are not shown here any more.
    [one] { $count } delete link goes with the list, and the site never shows it again. If you keep it, it is under “Kept delete links” in the menu of history.
   *[other] { $count } delete links go with the list, and the sites never show them again. If you keep them, they are under “Kept delete links” in the menu of history.
}
history-clear-both = Clear both
history-clear-keep = Clear, keep the delete links
history-clear-yes = Clear history
history-cleared = History cleared.
history-cleared-kept = History cleared. The delete links are under “Kept delete links”.

history-kept = Kept delete links
history-kept-menu = { $count ->
    [one] Kept delete links… ({ $count })
   *[other] Kept delete links… ({ $count })
}
history-kept-lead = Uploads that are not in history any more, and can still be deleted from their sites.
history-kept-none = No delete links are kept without their uploads.
history-kept-empty = { $count ->
    [one] { $count } delete link is kept of what was here.
   *[other] { $count } delete links are kept of what was here.
}
history-kept-show = Show kept delete links
history-kept-where = { $time }, { $site }
history-kept-more = Show more
history-kept-acts = More for { $name }
history-kept-open = Open the picture’s page
history-kept-copy = Copy the delete link
history-kept-copied = Delete link copied. Whoever opens it deletes the picture.
history-kept-forget = Forget…
history-kept-forget-title = Forget this delete link?
history-kept-forget-stays = { $name } stays on { $site }.
history-kept-forget-body = The site never shows its delete link again. Without it only the site’s staff or your account page can delete the picture.
history-kept-forget-yes = Forget the delete link
history-kept-forgotten = Delete link forgotten.

history-export = Export…
history-export-title = Export history
history-export-what = Uploads
history-export-all = { $count ->
    [one] All of it, { $count } upload
   *[other] All of them, { $count } uploads
}
history-export-shown = { $count ->
    [one] What is shown, { $count } upload
   *[other] What is shown, { $count } uploads
}
history-export-form = Format
history-export-json = JSON
history-export-json-hint = Everything; Keltas can read it back.
history-export-csv = CSV
history-export-csv-hint = A table for spreadsheets, without the site’s own answers.
history-export-links = With delete links
history-export-links-all = Whoever has the file can delete the pictures from their sites. The kept delete links are in it too. Keep it where only you can read it.
history-export-links-shown = Whoever has the file can delete these pictures from their sites. Keep it where only you can read it.
history-export-links-none = Without them the file is safe to pass on, and nobody can delete anything with it.
history-export-go = Choose a place…
history-exported = { $count ->
    [one] { $count } upload exported to { $name }.
   *[other] { $count } uploads exported to { $name }.
}
history-exported-links = { $count ->
    [one] { $count } upload exported to { $name }, delete links in it: { $links }. Keep it to yourself.
   *[other] { $count } uploads exported to { $name }, delete links in it: { $links }. Keep it to yourself.
}
history-import = Import…
history-importing = Importing…
history-imported = { $count ->
    [0] Nothing new in it: all of its uploads were here.
    [one] { $count } upload imported.
   *[other] { $count } uploads imported.
}
history-imported-known = { $count ->
    [one] { $count } was here already.
   *[other] { $count } were here already.
}
history-imported-links = { $count ->
    [one] { $count } delete link came with it.
   *[other] { $count } delete links came with it.
}
