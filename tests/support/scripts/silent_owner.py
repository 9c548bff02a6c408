#!/usr/bin/env python3
"""Owns the clipboard and answers nobody, as a program does that hangs.

It prints "silent" once the clipboard is its own, and keeps it until it is ended.
"""

import signal

import gi

gi.require_version("Gdk", "3.0")
gi.require_version("Gtk", "3.0")
from gi.repository import Gdk, Gtk  # noqa: E402

owner = Gtk.Invisible()
assert Gtk.selection_owner_set(owner, Gdk.SELECTION_CLIPBOARD, Gdk.CURRENT_TIME)
Gdk.flush()
print("silent", flush=True)
# Without a main loop nothing that others ask is heard.
signal.pause()
