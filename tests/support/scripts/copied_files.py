#!/usr/bin/env python3
"""What a file manager that shows pictures puts on the clipboard: files and, beside them, the first picture's pixels.

Usage: copied_files.py FILE... It prints "offered" once both are on the clipboard, and offers them until it is ended.
"""

import sys

import gi

gi.require_version("Gdk", "3.0")
gi.require_version("Gtk", "3.0")
from gi.repository import Gdk, GdkPixbuf, GLib, Gtk  # noqa: E402

files = sys.argv[1:]
uris = [GLib.filename_to_uri(file, None) for file in files]
still = GdkPixbuf.Pixbuf.new_from_file(files[0])

FILES, PIXELS = 0, 1
window = Gtk.Invisible()
atom = Gdk.SELECTION_CLIPBOARD


def give(_widget, data, info, _time):
    if info == FILES:
        data.set_uris(uris)
    else:
        data.set_pixbuf(still)


window.connect("selection-get", give)
for name, kind in [("text/uri-list", FILES), ("image/png", PIXELS), ("image/bmp", PIXELS)]:
    Gtk.selection_add_target(window, atom, Gdk.Atom.intern(name, False), kind)
if not Gtk.selection_owner_set(window, atom, Gdk.CURRENT_TIME):
    sys.exit("the clipboard is taken")
print("offered", flush=True)
Gtk.main()
