"""How like previews are to the whole picture made small: likeness.py CORPUS SIDE PREVIEWS…

For each folder of previews a line: its name, and by format the mean and the least structural similarity (SSIM), and
how many previews have other sides than they should. The measure is that of Wang et al., on brightness, with a
Gaussian window of 11 pixels. What it is compared with is decoded in full, turned, and made small by Lanczos.
"""

import json
import sys
from pathlib import Path

import numpy as np
from PIL import Image, ImageOps

Image.MAX_IMAGE_PIXELS = None
WINDOW = np.exp(-((np.arange(11) - 5) ** 2) / (2 * 1.5**2))
WINDOW /= WINDOW.sum()


def smooth(plane):
    """The window, one way and then the other."""
    rows = sum(weight * plane[at : plane.shape[0] - 10 + at] for at, weight in enumerate(WINDOW))
    return sum(weight * rows[:, at : rows.shape[1] - 10 + at] for at, weight in enumerate(WINDOW))


def ssim(left, right):
    left, right = left.astype(np.float64), right.astype(np.float64)
    mean_l, mean_r = smooth(left), smooth(right)
    var_l, var_r = smooth(left * left) - mean_l**2, smooth(right * right) - mean_r**2
    both = smooth(left * right) - mean_l * mean_r
    c1, c2 = (0.01 * 255) ** 2, (0.03 * 255) ** 2
    each = ((2 * mean_l * mean_r + c1) * (2 * both + c2)) / ((mean_l**2 + mean_r**2 + c1) * (var_l + var_r + c2))
    return float(each.mean())


corpus, side, *folders = sys.argv[1:]
side = int(side)
found = {folder: {} for folder in folders}
for told in json.loads((Path(corpus) / "corpus.json").read_text()):
    kind, name = told["file"].split("/")
    width, height = told["shown"]
    scale = min(1, side / max(width, height))
    sides = tuple(max(1, int(length * scale + 0.5)) for length in (width, height))
    whole = ImageOps.exif_transpose(Image.open(Path(corpus) / told["file"])).convert("RGB")
    usual = None
    for folder in folders:
        stem = Path(name).stem
        made = next((path for path in (Path(folder) / kind).glob(f"{stem}.*")), None)
        if made is None:
            continue
        made = Image.open(made).convert("RGB")
        likes, wrong = found[folder].setdefault(kind, ([], []))
        # A program may round the shorter side otherwise.
        if max(abs(one - other) for one, other in zip(made.size, sides)) > 1:
            wrong.append(name)
            continue
        usual = usual if usual and usual.size == made.size else whole.resize(made.size, Image.LANCZOS)
        likes.append(ssim(np.asarray(usual.convert("L")), np.asarray(made.convert("L"))))
for folder, kinds in found.items():
    for kind, (likes, wrong) in kinds.items():
        mean = sum(likes) / max(1, len(likes))
        print(Path(folder).name, kind, f"{mean:.4f} {min(likes, default=0):.4f} {len(wrong)}")
