### The upload screen: empty, queue, panel, sending, what needs you.

## Empty, and files held over the window

upload-empty-title = Drop pictures or videos here
upload-empty-paste = or paste them with <kbd>{ $key }</kbd> <kbd>V</kbd>
upload-choose-files = Choose files
upload-add-urls = Add image URLs
upload-paste = Upload clipboard
upload-clipboard = Clipboard
upload-promise = Location data is removed before sending.
upload-promise-more = What else is removed
upload-promise-keep = Files are sent as they are, with any location data in them.
upload-promise-change = Change this
upload-drag-title =
    { $count ->
        [one] Let go to add { $count } file
       *[other] Let go to add { $count } files
    }
upload-drag-text = They wait in the queue until you press Upload

## Toolbar

upload-says-click = Customize upload by clicking on any preview
upload-says-touch = Customize upload by touching on any preview
upload-says-arrows = Arrow keys move to the next preview
upload-says-uploading = The queue is being uploaded, it should take just a few seconds to complete.
upload-says-paused = The upload is paused. Nothing new is sent until you resume.
upload-selection = Selection
upload-selected =
    { $count ->
       *[other] { $count } selected
    }
upload-customize = Customize
upload-clear = Clear
upload-add = Add

## Tiles

upload-queue = Queue
upload-preparing = Preparing
upload-becomes = { $size }, becomes { $format }
upload-place-removed = { $size }, location removed
upload-place-stays = { $size }, location stays in
upload-make-fit = Make it small enough
upload-duplicate = Already uploaded
upload-copy-short = Copy link
upload-copy-name = Copy link of { $name }
upload-waiting = Waiting
upload-paused = Paused
upload-goes-on = Goes on in { $time }
upload-sending = { $percent }%, { $size }
upload-answering = Site is thinking
upload-unknown = Outcome unknown
upload-approval = Waiting for approval
upload-uploaded = Uploaded
upload-selected-one = selected
upload-select-name = Select { $name }
upload-remove-name = Remove { $name }

## Acts on a file

upload-edit-title = Edit title
upload-select = Select
upload-unselect = Unselect
upload-retry = Retry
upload-check-site = Check the site
upload-it-is-there = It is there
upload-send-again = Send again
upload-send-anyway = Send anyway
upload-open-page = Open its page

## Adding and removing

upload-added =
    { $count ->
        [one] { $count } file added, { $size }.
       *[other] { $count } files added, { $size }.
    }
upload-added-none = Nothing to send was added.
# Beside "1 file added", when a browser put one frame of an animation on the clipboard.
upload-added-still = It is a still picture of an animation. To send the animation, drop its file or add its address.
upload-intake =
    { $count ->
        [one] Looking through folders, { $count } file so far
       *[other] Looking through folders, { $count } files so far
    }
upload-intake-stop = Stop here
upload-removed =
    { $count ->
        [one] { $name } removed from the queue
       *[other] { $count } files removed from the queue
    }
upload-removed-live =
    { $count ->
        [one] { $name } removed. { $key } Z brings it back.
       *[other] { $count } files removed. { $key } Z brings them back.
    }
upload-bring-back = Bring back

## Waterline before the upload

upload-quay-files =
    { $count ->
        [one] <b>{ $count } file</b>, { $size }
       *[other] <b>{ $count } files</b>, { $size }
    }
upload-quay-duplicates = { $count } already uploaded
upload-quay-refused = { $count } cannot be sent
upload-quay-to = to <b>{ $site }</b>
upload-defaults = Defaults for all
upload-defaults-label = Defaults for all: { $album }, { $expiration }
upload-never-deleted = never deleted
upload-nsfw-short = NSFW
upload-button =
    { $count ->
        [one] Upload { $count } file
       *[other] Upload { $count } files
    }
upload-thin-waiting =
    { $count ->
        [one] { $count } file waits in the queue, { $size }
       *[other] { $count } files wait in the queue, { $size }
    }
upload-thin-empty = Nothing in the queue
upload-thin-done =
    { $count ->
        [one] Upload complete, { $count } file
       *[other] Upload complete, { $count } files
    }
upload-open-queue = Open the queue

## Sending

upload-title =
    { $count ->
        [one] Uploading { $count } file ({ $percent }% complete)
       *[other] Uploading { $count } files ({ $percent }% complete)
    }
upload-paused-title =
    { $count ->
        [one] Paused, { $count } file ({ $percent }% complete)
       *[other] Paused, { $count } files ({ $percent }% complete)
    }
upload-this-computer = this computer
upload-facts-of = { $sent } of { $total }
upload-facts-sent = { $sent } of { $total } sent
upload-facts-rate = { $rate }/s
upload-left-moments = a few seconds left
upload-left-seconds = about { $count } s left
upload-left-minutes = about { $count } min left
upload-left-hours = about { $count } h left
upload-pause = Pause
upload-moved = Now file { $place } of { $count }
upload-pause-now = Stop now
upload-pause-now-hint = Files on their way go back to waiting
upload-resume = Resume

## Needs you

upload-rail = Files with news
upload-needs-you = Needs you
upload-waits-for-site = Waiting for the site
upload-need-you =
    { $count ->
        [one] { $count } file needs you
       *[other] { $count } files need you
    }
upload-wait-for-site =
    { $count ->
        [one] { $count } waits for the site
       *[other] { $count } wait for the site
    }
upload-more-cases =
    { $count ->
        [one] { $count } more file needs you
       *[other] { $count } more files need you
    }
upload-retry-count =
    { $count ->
        [one] Retry { $count } file
       *[other] Retry { $count } files
    }
upload-queue-waits = The queue waits
upload-try-again = Try again
upload-open-sites = Open site settings
upload-approval-text = Waiting for approval by its staff.
upload-there-title = The file is on the site
upload-there-link = Link of its page
upload-there-hint = With the link it can be copied and stays in history. Leave the field empty if you do not have it.
upload-copy-page-link = Copy page link
upload-later =
    { $count ->
        [one] { $count } file goes on in { $time }
       *[other] { $count } files go on in { $time }
    }

## Panel

upload-customize-title = Customize upload
upload-n-of-m = { $at } of { $count }
upload-preview-of = Preview of { $name }
upload-field-title = Title
upload-description = Description
upload-optional = Optional
upload-tags = Tags
upload-add-tag = Add a tag
upload-used-before = Used before
upload-remove-tag = Remove tag { $tag }
upload-remove-tag-from =
    { $count ->
        [one] Remove tag { $tag } from { $count } file
       *[other] Remove tag { $tag } from { $count } files
    }
upload-tag-refused = “{ $tag }” is not a tag the site keeps: at most { $max } characters, without / and #
upload-album = Album
upload-no-album = No album
upload-find-album = Find an album
upload-paste-album = Paste an album link…
upload-new-album = New album on { $site }
upload-album-link-title = Remember an album
upload-album-link = Album link
upload-album-name = Name
# A folder was added that is called like an album.
upload-into-album = Put into “{ $album }”
upload-album-name-hint = The name you know it by, here in Keltas
upload-album-remember = Remember
upload-category = Category
upload-no-category = None
upload-format-as-it-is = As it is
upload-format-by-content = What suits it
upload-quality = Quality
upload-quality-percent = { $quality } %
# The longer side of the picture that is made; beside "Resize width", which the site does.
upload-side = Longest side
upload-width = Resize width
upload-width-off = Off for animations and videos
upload-original = Original
upload-original-px = Original, { $width } px
upload-px = { $width } px
upload-own-width = Own width, px
upload-own-width-hint = A number from { $min } to { $max }
upload-expiration = Auto-delete
upload-never = Never
upload-own-time = Own time
upload-own-time-hint = Write a number and a unit, from 5 minutes to 1 year
upload-unit = Unit
upload-unit-minutes = minutes
upload-unit-hours = hours
upload-unit-days = days
upload-unit-weeks = weeks
upload-unit-months = months
upload-minutes =
    { $count ->
        [one] { $count } minute
       *[other] { $count } minutes
    }
upload-hours =
    { $count ->
        [one] { $count } hour
       *[other] { $count } hours
    }
upload-days =
    { $count ->
        [one] { $count } day
       *[other] { $count } days
    }
upload-weeks =
    { $count ->
        [one] { $count } week
       *[other] { $count } weeks
    }
upload-months =
    { $count ->
        [one] { $count } month
       *[other] { $count } months
    }
upload-years =
    { $count ->
        [one] { $count } year
       *[other] { $count } years
    }
upload-set = Set
upload-nsfw = Not safe for work
upload-apply-to-all = Apply to all…
upload-apply-title =
    { $count ->
        [one] Apply to { $count } file
       *[other] Apply to all { $count } files
    }
upload-apply-note = Titles and descriptions stay as they are.
upload-apply = Apply
upload-applied =
    { $count ->
        [one] Applied to { $count } file
       *[other] Applied to { $count } files
    }

## Panel for many

upload-files-selected =
    { $count ->
        [one] { $count } file selected
       *[other] { $count } files selected
    }
upload-varies = Varies
upload-varies-note = Fields that say “varies” stay as they are unless you change them.
upload-varies-count = varies: { $at } of { $count }
upload-number-hint = Type a title to number it: Nida 1, Nida 2, Nida 3
upload-tags-added = added to the tags each file has
upload-undo-changes = Undo changes
upload-apply-to =
    { $count ->
        [one] Apply to { $count } file
       *[other] Apply to { $count } files
    }

## What will be sent

upload-sent = What will be sent
upload-sent-name = Name
upload-sent-format = Format
upload-format-kept = { $format }, unchanged
upload-format-made = { $from } to { $to }
upload-sent-size = Size
upload-sent-size-px = { $size }, { $width } × { $height }
upload-sent-location = Location
upload-sent-camera = Camera and captions
upload-sent-rotation = Rotation
upload-sent-upright = turned upright, without loss
upload-sent-removed = removed
upload-sent-remains = stays in the file
upload-sent-files = Files
upload-sent-files-size = { $count }, { $size }
upload-sent-changed = Changed format
upload-sent-changed-alike = { $count }, { $from } to { $to }
upload-sent-removed-from = removed from { $count }
upload-sent-remains-in = stays in { $count }

## Live region

upload-live-empty = Nothing in the queue. Drop, paste or choose files.
upload-live-selected = { $count } of { $all } selected.
upload-live-panel = Customizing { $name }, { $at } of { $count }.
upload-live-panel-many =
    { $count ->
        [one] Customizing { $count } file.
       *[other] Customizing { $count } files.
    }
upload-live-progress =
    { $count ->
        [one] Uploading { $count } file, { $percent }% complete.
       *[other] Uploading { $count } files, { $percent }% complete.
    }
upload-live-failed = { $name } failed: { $reason }.
upload-live-unknown = Outcome of { $name } is unknown. It needs you.
upload-live-approval = { $name } is uploaded and waits for approval.
upload-live-paused = Paused, { $sent }.
upload-live-resumed = Goes on.
upload-live-cancelled =
    { $count ->
        [0] Cancelled.
        [one] Cancelled. { $count } file stays in the queue.
       *[other] Cancelled. { $count } files stay in the queue.
    }
upload-live-done =
    { $failed ->
        [0] Upload complete. { $uploaded } of { $files } files are on { $site }.
       *[other] Upload complete. { $uploaded } of { $files } files are on { $site }. { $failed } failed.
    }
upload-live-none = No files have been uploaded.

## Keys

upload-keys = Keys
upload-key-ctrl = Ctrl
upload-key-cmd = Cmd
upload-key-enter = Enter
upload-key-space = Space
upload-key-delete = Del
upload-key-arrows = Arrows
upload-keys-paste = Paste files, a picture or addresses
upload-keys-next = Upload, resume, or begin a new upload
upload-keys-pause = Pause or resume
upload-keys-screens = Upload, History, Settings
upload-keys-search = Search in history
upload-keys-copy-all = Copy all links
upload-keys-copy = Copy the link of a file
upload-keys-moves = Arrows, Home, End, Page Up, Page Down
upload-keys-move = Move among the pictures
upload-keys-select = Select, extend the selection
upload-keys-all = Select all ready files
upload-keys-remove = Remove from the queue
upload-keys-order = Move the file in the queue
upload-keys-menu = Menu of the file
upload-keys-panel = Previous, next file in the panel
upload-keys-regions = Next, previous region
upload-keys-close = Close what is on top
