### Words of the frame: header, parts, everything that more than one screen shows.

common-main = Main
common-upload = Upload
common-history = History
common-settings = Settings
common-site = Upload to
common-upload-to = Upload to { $site }
common-no-site = No site
common-add-site = Add a site…
common-close = Close
common-cancel = Cancel
common-done = Done
common-copy = Copy
common-copy-link = Copy link
common-remove = Remove
common-previous-file = Previous file
common-next-file = Next file
common-skip-pictures = Skip to the pictures
common-skip = Skip to the content
common-link-copied = Link copied
common-link-none = There is no usable link yet
common-problem = Keltas has no words for what happened ({ $code })
common-keyring-waits = Your system asks to unlock the keyring. Answer it; Keltas goes on by itself.
common-site-said = The site said: “{ $said }”
