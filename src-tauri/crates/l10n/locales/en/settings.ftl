# Settings: only what works.
settings-nav = Settings
settings-sites = Sites
settings-uploading = Uploading
settings-privacy = Privacy
settings-links = Links
settings-desktop = Desktop
settings-language = Language
settings-about = About

settings-sites-none = No site is set up yet.
settings-key-missing = No key; Keltas asks for it
settings-key-keyring = Key in the system keyring
settings-key-session = Key for this session only
settings-key-demo = On this computer, works offline
settings-old-api = Old API
settings-max-size = files up to { $size }
settings-limits = Limits…
settings-limits-title = Limits of { $site }
settings-limits-parallel-hint = Fewer while the site asks to slow down
settings-limits-everywhere = As everywhere ({ $count })
settings-limits-largest = Largest file
settings-limits-unit = Unit
settings-limits-size-lower = You set this; the site takes files up to { $size }, and the smaller counts.
settings-limits-refused-size = Turned away a file of { $size }.
settings-limits-rate-minute = Files a minute
settings-limits-rate-hour = Files an hour
settings-limits-rate-day = Files a day
settings-limits-rate-week = Files a week
settings-limits-rate-month = Files a month
settings-limits-rate-lower = You set this; the site takes { $count }, and the smaller counts.
settings-limits-formats = Formats not sent there
settings-limits-format-add = Add a format
settings-limits-format-remove = Send { $format } there again
settings-limits-learned = Learned from the site’s answers.
settings-limits-own = Set by you.
settings-limits-none = Not known yet; it is learned from the site’s answers.
settings-limits-saved = Limit saved.
settings-limits-forget = Forget all limits
settings-limits-forgotten = The limits of { $site } are forgotten.
settings-site-more = More for { $site }
settings-default = Default
settings-make-default = Make it the default
settings-test = Test
settings-testing = Testing…
settings-test-accepted = { $site } accepted the key.
settings-test-nothing-sent = Nothing was uploaded.
settings-new-key = Enter a new key…
settings-key-page = Open the key page
settings-open-site = Open the site
settings-remove-site = Remove the site…
settings-add-site = Add a site
settings-remove-title = Remove { $site }?
settings-remove-body = Its key is erased from this computer. Uploads in history stay with their delete links, and the pictures stay on the site.
settings-remove-yes = Remove { $site }
settings-removed = { $site } removed.
settings-cancel = Cancel

settings-albums = Remembered albums
settings-albums-hint = Paste an album link once; Keltas keeps its name
settings-albums-count = { $count ->
    [0] Add an album
    [one] { $count } album
   *[other] { $count } albums
}
settings-albums-none = No albums are remembered for { $site }.
settings-albums-link = Album link
settings-albums-name = Name
settings-albums-name-hint = As you know it
settings-albums-add = Remember
settings-albums-forget = Forget { $name }
settings-albums-forgot = { $name } forgotten.
settings-albums-saved = { $name } remembered.
settings-albums-missing = Paste the album’s link and type its name.
settings-done = Done

settings-parallel = Files at the same time
settings-parallel-hint = Slows down by itself when the site asks for it
settings-privacy-level = Remove before sending
settings-privacy-level-hint = Location, camera, captions, serial numbers. Rotation and colour profile are kept
settings-privacy-all = Everything private
settings-privacy-location = Location only
settings-privacy-keep = Nothing
settings-privacy-keep-note = Pictures may tell where they were taken.
settings-privacy-keep-note-detail = Location, camera details and captions are sent as they are in the file.
settings-neutral-names = Send a neutral file name
settings-neutral-names-hint = For example picture-7f3a.jpg. The title says no more, unless you type one
settings-upright = Turn photos upright
settings-upright-hint = Without loss; a site that turns them itself writes them anew. For files added from now on
settings-vault = Delete links
settings-vault-hint = { $count ->
    [0] None yet; the sites give them once
    [one] { $count }, which the site never shows again
   *[other] { $count }, which the sites never show again
}
settings-vault-open = Show them
settings-kept-hint = { $count ->
    [0] None without an upload in history
    [one] { $count } of an upload that is not in history any more
   *[other] { $count } of uploads that are not in history any more
}
settings-copy = Copy links when an upload ends
settings-copy-hint = All of them, in queue order, once at the end
settings-format = Link format
settings-kind = Link kind
settings-on-close = When the window is closed
settings-on-close-ask = Ask
settings-on-close-keep = Keep running
settings-on-close-quit = Quit
settings-on-close-no-tray = This desktop shows no tray icon, so closing the window quits
settings-notify = Notify when an upload ends
settings-tray = Tray icon
settings-tray-yes = Shown by this desktop
settings-tray-no = This desktop shows none; everything works without it
settings-language-system = Same as the system
settings-about-version = Keltas { $version }
settings-about-free = Free software. No account of its own, no tracking.
