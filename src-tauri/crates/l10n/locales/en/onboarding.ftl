# First run, "Add a site" and "Enter a new key".
onboarding-skip-to-form = Skip to the form
onboarding-title = Pictures out, links back
onboarding-lead = Keltas carries files from this computer to your image host.
onboarding-about-name = Keltas is Lithuanian for ferry.
onboarding-about-free = Free software, no account of its own, no tracking.
onboarding-add-title = Add a site
onboarding-add-lead = Files go to one site at a time. You can change it at the top of the window.
onboarding-key-title = New key for { $site }
onboarding-key-lead = The key that is kept now stays until the new one is saved.

onboarding-where = Where do your pictures go?
onboarding-imgximg-hint = The usual choice
onboarding-other = Another Chevereto site
onboarding-other-hint = Type its address, for example img.example.org
onboarding-demo = Demo host on this computer
onboarding-demo-hint = Try everything offline; nothing leaves your machine
onboarding-address = Address of the site
onboarding-address-becomes = Keltas will use { $base }
onboarding-old-api = Old API
onboarding-old-api-hint = For older sites that want the key as a form field

onboarding-insecure = The key could be read on the way.
onboarding-insecure-detail = { $site } is reached without encryption. Anyone between this computer and the site can read the key and the pictures.
onboarding-insecure-https = Use https:// instead
onboarding-insecure-agree = Use it without encryption

onboarding-key = Your API key
onboarding-key-label = API key
onboarding-key-where = Get your own API key under your settings:
onboarding-key-keyring = The key goes to your system keyring. Keltas never writes it to a file or a log.
onboarding-key-none-needed = The demo host needs no key.
onboarding-key-none-needed-detail = It runs inside Keltas, keeps your pictures in a folder on this computer and gives links that work on this computer only.
onboarding-key-show = Show the key
onboarding-key-hide = Hide the key
onboarding-key-test = Test
onboarding-key-testing = Testing…
onboarding-key-missing = Paste your API key first.
onboarding-address-missing = Type the address of the site first.
onboarding-insecure-first = Decide first whether the key may go without encryption.

onboarding-accepted = { $site } accepted the key.
onboarding-accepted-detail = Nothing was uploaded.
onboarding-not-accepted = { $site } did not accept the key.
onboarding-not-accepted-detail = Check that it was copied whole, or get a new one.
onboarding-unreached = Nothing was sent. Check the address and the network, then test again.
onboarding-moved-check = Use that address if you know it.
onboarding-moved-use = Use { $base }
onboarding-save-untested = Keep the key without a test
onboarding-not-saved = The site was not saved.

onboarding-no-keyring = No keyring was found on this computer.
onboarding-no-keyring-detail = Keltas can use the key until you quit, and asks for it again next time. It is not written to disk.
onboarding-no-keyring-session = Use it for this session only
onboarding-no-keyring-again = Try the keyring again

onboarding-waits = Your system asks to unlock the keyring.
onboarding-waits-detail = Answer its question, maybe in another window. Keltas goes on by itself.

onboarding-start = Start using Keltas
onboarding-add = Add the site
onboarding-save-key = Save the key
onboarding-saving = Saving…
onboarding-skip = Skip for now
onboarding-cancel = Cancel
