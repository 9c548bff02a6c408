# The command line. $name is a file's name, $site a site's.

# Help

cli-about = From a picture to a link.
cli-upload = Upload pictures and clips and print their links
cli-sites = List the sites that are set up
cli-key = Keep or forget a site’s key
cli-history = Export the history to a file, or import one
cli-history-export = Write the history to a new file
cli-history-import = Take an exported history in; what is here already is passed over
cli-key-set = Keep a key in the system’s keyring; it is read from the terminal or from standard input
cli-key-forget = Take a key out of the keyring
cli-help-files = Files and folders
cli-help-title = Title; without it, made of the file’s name
cli-help-description = Description
cli-help-tag = Tag; may be given several times
cli-help-album = Album, by its id or its address
cli-help-category = Category, by its number
cli-help-width = Width in pixels to shrink pictures to
cli-help-expire = Delete by itself after 30m, 12h, 3d, 2w, 6mo or 1y
cli-help-nsfw = Not safe for work
cli-help-format = Form of the links
cli-help-kind = Which link
cli-help-archive = File
cli-help-csv = A table for spreadsheets instead of JSON
cli-help-delete-links = With delete links: whoever has the file can delete the pictures
cli-help-site = Address of the site

# While it works; on standard error

cli-adding = Looking at the files…
cli-sending = { $count ->
    [one] Uploading { $count } file to { $site }
   *[other] Uploading { $count } files to { $site }
}
cli-done = { $name }: uploaded
cli-duplicate = { $name }: already on { $site }
cli-approval = { $name }: waits for approval, it has no link yet
cli-changed = { $name }: { $detail }
cli-problem = { $name }: { $detail }
cli-said = The site said: “{ $said }”
cli-cancelled = Stopped. What has not left was not uploaded.
cli-instead = { $name }: the site has no such link, so another one is given
cli-expire-unreadable = “{ $typed }” is not a time. Use 30m, 12h, 3d, 2w, 6mo or 1y.

# History

cli-exported = { $count ->
    [one] { $count } upload exported to { $name }
   *[other] { $count } uploads exported to { $name }
}
cli-exported-links = { $count ->
    [one] The file holds { $count } delete link: whoever has it can delete the picture. Keep it to yourself.
   *[other] The file holds { $count } delete links: whoever has it can delete the pictures. Keep it to yourself.
}
cli-imported = { $count ->
    [one] { $count } upload imported from { $name }; here already: { $known }; delete links: { $links }
   *[other] { $count } uploads imported from { $name }; here already: { $known }; delete links: { $links }
}

# Keys

cli-key-ask = Key for { $site } (not shown):
cli-keyring-none = This computer has no keyring that is running, and a command takes a key from nowhere else. Start a keyring and try again.
cli-key-kept = { $site } accepted the key. It is in the keyring.
cli-key-gone = The key for { $site } is forgotten.
cli-key-how = Keep a key with: keltas key set --site { $site }
cli-no-home = This system has no folder to keep things in. Set KELTAS_HOME.
