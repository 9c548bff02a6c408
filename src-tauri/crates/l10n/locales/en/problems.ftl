# What went wrong, and what a site changed. The message is a few words for one line under a preview;
# `.detail` says what happened and what to do. The codes are those of `app::Code`.
# The site's own sentence is never part of these: it is quoted after them.

# Files

problem-file-missing = File has moved
    .detail = The file is not where it was. Put it back and try again, or remove it from the queue.
problem-file-unreadable = Cannot be read
    .detail = This computer does not let Keltas read the file. Check its permissions or copy it to another folder, then add it again.
problem-file-empty = Empty file
    .detail = The file has no content, so there is nothing to upload.
problem-file-changed = File has changed
    .detail = The file is not the one that was added. Retry looks at it again.
problem-not-a-picture = Not a picture
    .detail = The file is neither a picture nor a clip, so a site would not take it.
problem-drawing = { $kind } is not taken
    .detail = { $kind } is a drawing made of text, and sites do not take it. Save it as PNG and add that.
problem-document = { $kind } is not taken
    .detail = { $kind } is a document. Save its pages as PNG or JPEG and add those.
problem-format-unsupported = { $kind } is not taken
    .detail = Sites do not take { $kind }. Save it as JPEG, PNG, WebP or MP4 and add that.
problem-folder-empty = No pictures in it
    .detail = There are no pictures or clips in this folder.
problem-damaged = Damaged { $kind }
    .detail = The { $kind } file is damaged, so what is private in it cannot be taken out for certain. Save it again in a picture program and add that.
problem-too-many-pixels = Too many pixels
    .detail = The picture has more pixels than this computer can safely handle. Save a smaller one and add that.
# Said where the preview would be; the file can be sent all the same.
problem-no-preview = No preview
    .detail = Keltas cannot draw { $kind } on this computer. The file is sent all the same.
problem-preview-too-large = No preview
    .detail = The picture is too large to be drawn safely. The file is sent all the same.
problem-preview-too-slow = No preview
    .detail = Drawing it takes too long. The file is sent all the same.
problem-preview-damaged = No preview
    .detail = The { $kind } file seems damaged: it cannot be drawn. Look at it in another program before you send it.
problem-animated = Animations are not converted
    .detail = Only still pictures are made into another format. Send the animation as it is, or save one of its pictures and add that.
problem-does-not-fit = Cannot be made so small
    .detail = However small the picture is made, it has more bytes than the site takes. Save a smaller one and add that.
problem-body-missing = Copy is gone
    .detail = The copy that was made for sending is gone. Retry makes a new one.
problem-disk-full = Disk is full
    .detail = There is no space left on this computer. Free some, then try again. Nothing was lost.
problem-cannot-write = Cannot be written
    .detail = Keltas cannot write to its own folder. Check its permissions, then try again.
problem-duplicate-in-queue = Twice in the queue
    .detail = The same content is in the queue already, for the same site. Remove one of them, or send this one anyway.

# The site refuses

problem-key-refused = Key not accepted
    .detail = { $site } did not accept the key. The queue waits. Enter a new key in Settings; no file is lost.
problem-key-missing = Key needed
    .detail = There is no key for { $site } on this computer. Enter it in Settings and the queue goes on.
problem-key-empty = No key
    .detail = Paste your key. It is on the site’s page “API” under your account’s settings.
problem-key-characters = Not a key
    .detail = A key has only letters, digits and underscores. Copy it once more from the site’s page.
problem-not-allowed = Not allowed to upload
    .detail = { $site } knows the key but does not let it upload. Ask the site’s staff or use the key of another account.
problem-duplicate = Already on the site
    .detail = { $site } got the same file from your internet address within the last 24 hours and does not take it twice. It does not tell the link; look it up in your account.
problem-flood = Site asked for a pause
    .detail = { $site } limits how many files may be uploaded in a while. The queue goes on by itself.
problem-too-big = Too big for this site
    .detail = { $site } does not take a file of this size. Save a smaller one and add that.
problem-too-big-max = Too big for this site
    .detail = { $site } takes files up to { $max_bytes }. Save a smaller one and add that.
problem-too-big-own = Over your limit
    .detail = You set a limit of { $max_bytes } for { $site }. Save a smaller file and add that, or raise the limit in Settings.
problem-too-big-before = Too big for this site
    .detail = { $site } turned away a file of { $refused_bytes } before. If it takes more now, forget its limits in Settings.
problem-too-big-likely = Too big for this site, it seems
    .detail = { $site } broke off without a reason, as it does with a file over its limit. Save a smaller one and add that.
problem-format-refused = Format not taken
    .detail = { $site } does not take this format. Save it as JPEG or PNG and add that.
problem-bad-picture = Site cannot read it
    .detail = { $site } cannot read this file. It may be damaged: save it again in a picture program and add that.
problem-width-refused = Width not taken
    .detail = { $site } cannot make the picture that wide. Set a smaller width or none, then retry.
problem-field-refused = Details not taken
    .detail = { $site } cannot take one of the details. Shorten title, description and tags, then retry.
problem-url-refused = Address not taken
    .detail = { $site } does not fetch pictures from addresses. Add the file itself.
problem-filtered = Stopped by a filter
    .detail = A filter of { $site } stopped this upload. Change the words of title, description or tags, or ask the site’s staff.
problem-no-space = Site is full
    .detail = { $site } has no space left. Keltas tries again later.
problem-maintenance = Site is closed for now
    .detail = { $site } is being maintained. Keltas tries again later, and no file is lost.
problem-wrong-address = No upload there
    .detail = There is no upload API at the address of { $site }. The address is wrong, or the site has switched its API off. Check the address in Settings.
problem-moved = Site has moved
    .detail = { $site } sends to another address and does not say where. Open it in a browser and set that address in Settings.
problem-moved-to = Site has moved
    .detail = { $site } sends to { $to }. Set that address in Settings.
problem-http-only = Only without encryption
    .detail = { $site } answers only at { $to }. A key sent there can be read on the way.
problem-pace-limit = Its limit is reached
    .detail = { $period ->
        [minute] No more than { $uploads_count } files a minute go to this site. Keltas goes on by itself.
        [hour] No more than { $uploads_count } files an hour go to this site. Keltas goes on by itself.
        [day] No more than { $uploads_count } files a day go to this site. Keltas goes on by itself.
        [week] No more than { $uploads_count } files a week go to this site. Keltas goes on by itself.
       *[month] No more than { $uploads_count } files a month go to this site. Keltas goes on by itself.
    }
problem-rate-limited = Site asked for a pause
    .detail = { $site } asks to slow down. The queue goes on by itself.
problem-site-trouble = Trouble at the site
    .detail = { $site } has a problem of its own. Try again later, or ask the site’s staff.
problem-blocked = Blocked on the way
    .detail = Something in front of { $site } turned the upload away. Open the site in a browser once, then retry; if that does not help, ask its staff.
problem-refused = Not taken
    .detail = { $site } did not take the file.

# The way to the site

problem-dns = Site not found
    .detail = There is no host with the name of { $site }, or this computer is offline. The queue goes on once it can be reached.
problem-connect = No connection
    .detail = { $site } cannot be reached. The queue goes on by itself once it can.
problem-connect-timeout = No connection in time
    .detail = { $site } does not answer. The queue goes on by itself once it does.
problem-tls-expired = Certificate has expired
    .detail = The certificate of { $site } has expired, so the connection is not safe. Ask the site’s staff, and check this computer’s clock.
problem-tls-not-yet-valid = Certificate not valid yet
    .detail = The certificate of { $site } is not valid yet. Check this computer’s clock.
problem-tls-wrong-name = Certificate of another site
    .detail = What answers at the address of { $site } has a certificate of another name. Check the address, and the network that you are in.
problem-tls-unknown-issuer = Certificate not trusted
    .detail = This computer does not trust the certificate of { $site }. If the site is yours, add its certificate to this computer.
problem-tls-revoked = Certificate was revoked
    .detail = The certificate of { $site } was revoked. Ask the site’s staff.
problem-tls-other = No secure connection
    .detail = No secure connection could be made. Check this computer’s clock and the network that you are in.
problem-proxy-auth = Proxy wants a login
    .detail = The network’s proxy asks for a user name and a password. Set them in the system’s network settings.
problem-stalled = Connection stood still at { $percent }%
    .detail = The connection to { $site } took no more data at { $percent }%. Nothing arrived, so it can be tried again.
problem-connection-lost = Connection lost at { $percent }%
    .detail = The connection to { $site } broke at { $percent }%. Nothing arrived, so it can be tried again.

# Sent, and not confirmed

problem-unknown-silence = Outcome unknown
    .detail = The whole file was sent, and { $site } did not answer. It may be there: look at the site before you send it again.
problem-unknown-lost = Outcome unknown
    .detail = The whole file was sent, and the connection to { $site } broke before an answer came. Look at the site before you send it again.
problem-unknown-unreadable = Outcome unknown
    .detail = The whole file was sent, and what { $site } answered cannot be read. Look at the site before you send it again.
problem-unknown-gateway = Outcome unknown
    .detail = The whole file was sent, and { $site } took too long to answer. Look at the site before you send it again.
problem-interrupted = Outcome unknown
    .detail = Keltas ended while this file was being sent. Look at the site before you send it again.
problem-stopped = Outcome unknown
    .detail = You stopped it when the file may have been sent already. Look at the site before you send it again.

# Pictures from addresses

problem-fetch-address = Not a web address
    .detail = Only addresses that begin with http:// or https:// can be fetched.
problem-fetch-not-found = Nothing there
    .detail = There is nothing at this address. Check it in a browser.
problem-fetch-refused = Not given out
    .detail = The other site does not give this picture out. Save it in a browser and add the file.
problem-fetch-too-big = Too big
    .detail = What is at this address is larger than { $max_bytes }.
problem-fetch-redirects = Leads on and on
    .detail = The address leads from one place to the next and never to a picture.
problem-fetch-unreachable = No connection
    .detail = The other site cannot be reached. Check the address and the network.
problem-fetch-stalled = Connection stood still
    .detail = The other site stopped sending. Try again.
problem-fetch-cut = Connection lost
    .detail = The connection broke before the picture was complete. Try again.

# The form

problem-address-empty = No address
    .detail = Type the site’s address, such as img.example.org.
problem-address-unreadable = Not an address
    .detail = This is not a web address. Type it as in a browser, such as img.example.org.
problem-address-scheme = Not a web address
    .detail = Only addresses that begin with http:// or https:// work.
problem-address-user-info = Name in the address
    .detail = The address has a user name or password in it. Take it out; the key goes into its own field.
problem-field-blank = Nothing typed
    .detail = The site takes blanks and a single 0 for nothing.
problem-field-too-long = Too long
    .detail = The site keeps at most { $max_count ->
        [one] { $max_count } character
       *[other] { $max_count } characters
    }.
problem-tag-dropped = Tag not possible
    .detail = A tag has at most 32 characters and no comma, slash or number sign. The site would drop it.
problem-album-unreadable = No album in it
    .detail = Paste the address of an album, or its id.
problem-number-unreadable = Not a number
    .detail = Type a whole number above zero.
problem-size-unreadable = Not a size
    .detail = Type a number above zero, like 20 or 2.5.
problem-format-unknown = Not a format
    .detail = Choose one of the formats on offer.
problem-limit-lower = A smaller limit
    .detail = { $site } takes files up to { $max_bytes }, less than the { $own_bytes } that you set. The smaller limit counts.
problem-limit-doubted = A smaller limit
    .detail = { $site } turned away a file of { $refused_bytes }, although you let it have { $own_bytes }. Files of that size are not sent there now.
problem-expiration-unreadable = Not a time
    .detail = Choose one of the times on offer.
problem-expiration-too-short = Too short
    .detail = A site deletes by itself after 5 minutes at the earliest.
problem-expiration-too-long = Too long
    .detail = A site deletes by itself after one year at the latest.

# This computer

problem-keyring-none = No keyring
    .detail = This computer has no keyring that is running, so the key cannot be kept safely. Keep it for this session only, or start a keyring and try again.
problem-keyring-locked = Keyring is locked
    .detail = The keyring was not unlocked. Unlock it and try again, or keep the key for this session only.
problem-keyring-failed = Keyring refuses
    .detail = The keyring does not do what it should. Try again, or keep the key for this session only.
problem-clipboard-empty = Nothing to paste
    .detail = The clipboard holds no picture, no file and no address of one.
problem-clipboard-unreadable = Clipboard does not answer
    .detail = The program that copied it does not hand it over. Copy it again and paste once more.
problem-no-site = No site yet
    .detail = Set a site up first: files need a place to go.
problem-demo-failed = Demo host does not start
    .detail = The demo host cannot be started on this computer. Choose another site.
problem-cannot-open = Cannot be opened
    .detail = The browser could not be opened. Copy the link instead.
problem-no-delete-link = No delete link
    .detail = No delete link is kept for this upload. Delete it in your account on the site.
problem-delete-unreached = Not deleted
    .detail = { $site } cannot be reached, so nothing was deleted there. The delete link is still kept.
problem-delete-unclear = Not known to be deleted
    .detail = { $site } did not say that it deleted the upload. Look at the site.
problem-file-exists = File is there already
    .detail = A file of that name is there already, and nothing was written. Choose another name.
problem-cannot-export = Cannot be written
    .detail = The file cannot be written there. Check the folder’s permissions or choose another one.
problem-import-foreign = Not a history of Keltas
    .detail = The file is not a history that Keltas exported. Nothing was imported.
problem-import-newer = Made by a newer Keltas
    .detail = A newer version exported this history. Install that version, then import it again. Nothing was imported.
problem-import-cut = File ends in the middle
    .detail = The file ends before the history in it does. Copy it once more from where it was exported. Nothing was imported.
problem-import-damaged = File is damaged
    .detail = Line { $line } of the file is not as Keltas writes it ({ $detail }). Nothing was imported.
problem-link-unreadable = Not a link
    .detail = Paste the link as the browser shows it, or leave the field empty.
problem-store-unreadable = Queue cannot be read
    .detail = The file with queue and history cannot be used. Check the permissions of Keltas’s folder.
problem-newer-database = Made by a newer Keltas
    .detail = A newer version wrote the queue and the history. Install that version; nothing was changed.
problem-store-damaged = Queue is damaged
    .detail = The file with queue and history is damaged.
problem-store-set-aside = The history was damaged
    .detail = The file with queue and history was damaged. What could be read of it is here: { $uploads } in the history, { $files } in the queue. The damaged file is kept as { $name }.
problem-store-busy = Keltas is running already
    .detail = Another Keltas has the queue open. Use that one, or close it first.
problem-store-failed = Cannot be saved
    .detail = Queue and history cannot be saved. What arrived is kept in memory and tried again.
problem-unknown-item = Not in the queue
    .detail = This file is not in the queue any more.
problem-unknown-receipt = Not in the history
    .detail = This upload is not in the history any more.
problem-unknown-kept = Not kept any more
    .detail = This delete link is not kept any more: it was used or forgotten.
problem-unknown-site = No such site
    .detail = This site is not set up any more.
problem-site-in-use = Site in use
    .detail = Files in the queue go to this site. Upload or remove them first.
problem-wrong-phase = Not possible now
    .detail = This is not possible with the files as they are now.
problem-engine-closed = Keltas is closing
    .detail = Keltas is closing. What waits is there at the next start.
problem-internal = Fault in Keltas
    .detail = Something in Keltas itself went wrong. Try again; if it stays, report it.
problem-ipc-unknown = Fault in Keltas
    .detail = The window does not belong to this version of Keltas. Install it again.
problem-ipc-arguments = Fault in Keltas
    .detail = The window does not belong to this version of Keltas. Install it again.

# What the site changed

problem-note-tags = Site changed the tags
    .detail = The site kept these tags: { $kept }.
problem-note-tags-dropped = Site kept no tags
    .detail = The site kept none of the tags. Its version or your key may not have tags.
problem-note-expiry = Deletes itself { $date }
    .detail = The site deletes it by itself at another time than asked: { $date }.
problem-note-expiry-none = Does not delete itself
    .detail = The site keeps it, although it was asked to delete it by itself.
problem-note-expiry-added = Deletes itself { $date }
    .detail = The site deletes it by itself on { $date }, although nobody asked for it.
problem-note-description = Site changed the description
    .detail = The site kept another description, or none.
problem-note-description-added = Site added a description
    .detail = The site took a description out of the file: “{ $description }”.
problem-note-category = Site changed the category
    .detail = The site did not keep the category asked for.
problem-note-type = Site stores it as { $kind }
    .detail = The site stores it as { $kind } instead of { $asked }.
problem-note-width = Site made it { $width } px
    .detail = The site made it { $width } pixels wide instead of { $asked }.
problem-note-nsfw = Site marked it NSFW
    .detail = The site marked it as not safe for work.
problem-note-nsfw-dropped = NSFW mark not kept
    .detail = The site did not keep the mark “not safe for work”.
problem-note-title = Site changed the title
    .detail = The site gave it the title “{ $title }”.

# Names that are made up

# The file name of a pasted picture, without its extension. $time: 2026-11-25 14.06
pasted-picture-name = Screenshot { $time }
# The built-in site for trying Keltas.
demo-site-name = Demo host
