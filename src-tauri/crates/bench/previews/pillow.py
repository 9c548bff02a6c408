"""Pillow at the same work: pillow.py WORKERS SIDE OUT FILE…"""

import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from PIL import Image, ImageOps

Image.MAX_IMAGE_PIXELS = None
workers, side, out, *files = sys.argv[1:]
box = (int(side), int(side))


def preview(file):
    picture = Image.open(file)
    picture.draft("RGB", box)
    picture.thumbnail(box, Image.LANCZOS, reducing_gap=2.0)
    picture = ImageOps.exif_transpose(picture)
    if picture.mode != "RGB":
        picture = picture.convert("RGB")
    picture.save(Path(out) / (Path(file).name + ".jpg"), quality=97)


with ThreadPoolExecutor(int(workers)) as pool:
    list(pool.map(preview, files))
