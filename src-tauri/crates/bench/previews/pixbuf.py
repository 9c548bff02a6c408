"""gdk-pixbuf at the same work: pixbuf.py WORKERS SIDE OUT FILE…"""

import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import gi

gi.require_version("GdkPixbuf", "2.0")
from gi.repository import GdkPixbuf  # noqa: E402

workers, side, out, *files = sys.argv[1:]


def preview(file):
    picture = GdkPixbuf.Pixbuf.new_from_file_at_size(file, int(side), int(side)).apply_embedded_orientation()
    picture.savev(str(Path(out) / (Path(file).name + ".jpg")), "jpeg", ["quality"], ["97"])


with ThreadPoolExecutor(int(workers)) as pool:
    list(pool.map(preview, files))
