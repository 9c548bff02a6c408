#!/usr/bin/env python3
"""A small window above all others that files can be dragged out of. Usage: drag_source.py X Y FILE...

It prints "shown", then "taken" once the window below the pointer takes the files, then "over" when the drag ends.
"""

import sys

import gi

gi.require_version("Gdk", "3.0")
gi.require_version("Gtk", "3.0")
from gi.repository import Gdk, GLib, Gtk  # noqa: E402

x, y, files = int(sys.argv[1]), int(sys.argv[2]), sys.argv[3:]
uris = [GLib.filename_to_uri(file, None) for file in files]

window = Gtk.Window(title="files to drag")
window.set_decorated(False)
window.set_default_size(120, 80)
window.set_keep_above(True)
window.move(x, y)
handle = Gtk.EventBox()
handle.add(Gtk.Label(label="files"))
window.add(handle)

handle.drag_source_set(Gdk.ModifierType.BUTTON1_MASK, [], Gdk.DragAction.COPY)
handle.drag_source_add_uri_targets()
handle.connect("drag-data-get", lambda _widget, _context, data, _info, _time: data.set_uris(uris))


def begin(_widget, context):
    def look():
        if context.get_selected_action() == 0:
            return True
        print("taken", flush=True)
        return False

    GLib.timeout_add(20, look)


def end(*_):
    print("over", flush=True)
    GLib.idle_add(Gtk.main_quit)


handle.connect("drag-begin", begin)
handle.connect("drag-end", end)
window.connect("map-event", lambda *_: print("shown", flush=True))
window.connect("destroy", Gtk.main_quit)
window.show_all()
Gtk.main()
