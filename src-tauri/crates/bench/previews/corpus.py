"""Makes the pictures that the bench of previews is run over: the same ones every time.

Usage: corpus.py WALLPAPERS OUT

WALLPAPERS holds the unpacked packages that setup names. A photograph is a piece of one of their pictures, brought to
a camera's size, with a sensor's noise; a screenshot is drawn. OUT/corpus.json says what each picture is: its format,
its sides as shown, and the orientation that is noted in it.
"""

import io
import json
import math
import random
import sys
from pathlib import Path

import numpy as np
import piexif
from PIL import Image, ImageDraw, ImageFont

SEED = 20_261_129
Image.MAX_IMAGE_PIXELS = None
FONTS = Path("/usr/share/fonts/truetype/dejavu")
WORDS = "harbour signal copper meadow winter ladder orbit pepper violet engine candle thunder marble".split()
CODE = Path(json.__file__).read_text().splitlines()


class Corpus:
    def __init__(self, wallpapers, out):
        found = sorted(path for path in Path(wallpapers).rglob("*") if path.suffix in (".jpg", ".png", ".webp"))
        large = [path for path in found if min(Image.open(path).size) >= 1400]
        self.photos = [path for path in large if path.suffix == ".jpg"]
        self.drawings = [path for path in large if path.suffix != ".jpg"] or self.photos
        self.out = Path(out)
        self.known = {}
        self.told = []
        noise = np.random.default_rng(SEED).normal(0, 1, (1024, 1024)).astype(np.float32)
        # A sensor's noise is not the same in neighbouring pixels after the camera's own smoothing.
        noise += 0.6 * (np.roll(noise, 1, 0) + np.roll(noise, 1, 1))
        self.noise = noise / noise.std()

    def load(self, path):
        if path not in self.known:
            if len(self.known) > 5:
                self.known.clear()
            self.known[path] = Image.open(path).convert("RGB")
        return self.known[path]

    def photo(self, dice, width, height, grain=True):
        picture = self.load(dice.choice(self.photos))
        part = dice.uniform(0.75, 1)
        w = min(picture.width, picture.height * width / height) * part
        h = w * height / width
        x, y = dice.uniform(0, picture.width - w), dice.uniform(0, picture.height - h)
        picture = picture.resize((width, height), Image.LANCZOS, box=(x, y, x + w, y + h))
        if not grain:
            return picture
        pixels = np.asarray(picture).astype(np.float32)
        strength = dice.uniform(3, 6)
        shares = [(1, 0.35), (1, 0), (1, 0.45)]
        light = self.tile(dice, width, height)
        for channel, (all_alike, own) in enumerate(shares):
            pixels[..., channel] += strength * all_alike * light
            if own:
                pixels[..., channel] += strength * own * self.tile(dice, width, height)
        return Image.fromarray(np.clip(pixels + 0.5, 0, 255).astype(np.uint8))

    def tile(self, dice, width, height):
        shifted = np.roll(self.noise, (dice.randrange(1024), dice.randrange(1024)), (0, 1))
        return np.tile(shifted, (height // 1024 + 1, width // 1024 + 1))[:height, :width]

    def screenshot(self, dice, width, height, scale):
        if dice.random() < 0.3:
            screen = Image.new("RGB", (width, height), tuple(dice.randrange(20, 90) for _ in range(3)))
        else:
            screen = self.load(dice.choice(self.drawings)).resize((width, height), Image.LANCZOS)
        font = ImageFont.truetype(FONTS / "DejaVuSans.ttf", int(14 * scale))
        mono = ImageFont.truetype(FONTS / "DejaVuSansMono.ttf", int(13 * scale))
        draw = ImageDraw.Draw(screen)
        draw.rectangle((0, 0, width, int(28 * scale)), fill=(30, 30, 32))
        for _ in range(dice.randrange(2, 5)):
            w, h = int(width * dice.uniform(0.35, 0.8)), int(height * dice.uniform(0.4, 0.85))
            x, y = dice.randrange(0, width - w), dice.randrange(int(28 * scale), height - h + int(28 * scale))
            dark = dice.random() < 0.5
            ground, ink = ((30, 31, 36), (220, 220, 220)) if dark else ((250, 250, 250), (30, 30, 30))
            window = Image.new("RGB", (w, h), ground)
            inside = ImageDraw.Draw(window)
            inside.rectangle((0, 0, w, int(36 * scale)), fill=(48, 48, 52) if dark else (235, 235, 237))
            line, top = int(18 * scale), int(44 * scale)
            start = dice.randrange(len(CODE))
            while top < h:
                if not dark and dice.random() < 0.06:
                    pw, ph = int(dice.uniform(160, 420) * scale), int(dice.uniform(120, 260) * scale)
                    window.paste(self.photo(dice, pw, ph, grain=False), (int(24 * scale), top))
                    top += ph + line
                text = CODE[(start + top) % len(CODE)] if dark else " ".join(dice.choices(WORDS, k=14))
                colour = dice.choice([ink, ink, (120, 180, 250), (150, 200, 120)]) if dark else ink
                inside.text((int(16 * scale), top), text, font=mono if dark else font, fill=colour)
                top += line
            screen.paste(window, (x, y))
        return screen

    def put(self, kind, name, sides, make, orientation=1):
        """Makes a picture unless it is there: a run that was broken off goes on where it was."""
        path = self.out / kind / name
        path.parent.mkdir(parents=True, exist_ok=True)
        if not path.exists():
            part = path.with_suffix(".part")
            picture, how = make()
            picture.save(part, **how)
            part.rename(path)
        shown = sides if orientation < 5 else sides[::-1]
        self.told.append({"file": f"{kind}/{name}", "shown": shown, "orientation": orientation})


def dice_for(kind, number):
    return random.Random(f"{SEED} {kind} {number}")


def camera(picture, orientation, thumbnail, dice):
    """EXIF as a camera writes it: its name, a place, notes that nobody reads, a small picture."""
    exif = {
        "0th": {
            piexif.ImageIFD.Make: b"Bench",
            piexif.ImageIFD.Model: b"Camera 1",
            piexif.ImageIFD.Orientation: orientation,
        },
        "Exif": {
            piexif.ExifIFD.DateTimeOriginal: b"2026:11:25 10:00:00",
            piexif.ExifIFD.MakerNote: dice.randbytes(dice.randrange(800, 6000)),
        },
        "GPS": {
            piexif.GPSIFD.GPSLatitudeRef: b"N",
            piexif.GPSIFD.GPSLatitude: ((54, 1), (41, 1), (13, 1)),
            piexif.GPSIFD.GPSLongitudeRef: b"E",
            piexif.GPSIFD.GPSLongitude: ((25, 1), (16, 1), (47, 1)),
        },
    }
    if thumbnail:
        small = picture.copy()
        small.thumbnail((thumbnail, thumbnail), Image.LANCZOS)
        bytes_ = io.BytesIO()
        small.save(bytes_, "JPEG", quality=70)
        exif["1st"] = {piexif.ImageIFD.Compression: 6}
        exif["thumbnail"] = bytes_.getvalue()
    return piexif.dump(exif)


CAMERAS = [(4000, 3000), (4032, 3024), (4624, 3468), (5184, 3888), (5472, 3648), (6000, 4000)]
SCREENS = [(1920, 1080, 1), (2560, 1440, 1.25), (3840, 2160, 2), (1920, 1200, 1), (2880, 1800, 2), (3840, 2160, 1.5)]
WEB = [(2048, 1365), (3000, 2000), (4000, 3000), (4032, 3024)]


def jpegs(corpus):
    """42 baseline, 18 progressive; half of them with a camera's EXIF, 9 of these turned."""
    for number in range(60):
        width, height = CAMERAS[number % 6]
        if number % 10 == 7:
            width, height = height, width
        progressive = number % 10 in (1, 4, 8)
        orientation = (1, 6, 1, 8, 1, 3, 1, 6, 1, 1)[number // 2 % 10] if number % 2 == 0 else 1

        def make():
            dice = dice_for("jpeg", number)
            picture = corpus.photo(dice, width, height)
            how = {"format": "JPEG", "quality": (82, 88, 90, 92, 95)[number // 2 % 5]}
            how["subsampling"] = ("4:2:0", "4:2:0", "4:4:4", "4:2:0", "4:2:2")[number % 5]
            # Cameras write the usual tables, programs write their own.
            how["optimize"] = progressive or number % 5 == 3
            how["progressive"] = progressive
            if number % 9 == 0 and not progressive:
                how["restart_marker_rows"] = 1
            if number % 2 == 0:
                how["exif"] = camera(picture, orientation, (160, 0, 320, 320, 160)[number // 2 % 5], dice)
            return picture, how

        kind = "progressive" if progressive else "baseline"
        corpus.put(kind, f"{number:03d}.jpg", (width, height), make, orientation)


def large(corpus):
    for name, progressive in (("baseline.jpg", False), ("progressive.jpg", True)):

        def make():
            picture = corpus.photo(dice_for("large", 0), 12000, 9000)
            return picture, {"format": "JPEG", "quality": 92, "progressive": progressive}

        corpus.put("large", name, (12000, 9000), make)


def pngs(corpus):
    for number in range(60):

        def make():
            picture = corpus.screenshot(dice_for("png", number), *SCREENS[number % 6])
            if number % 6 == 4:
                picture = picture.convert("RGBA")
            if number % 20 == 13:
                picture = picture.quantize(256)
            return picture, {"format": "PNG", "compress_level": (6, 6, 9, 1)[number // 3 % 4]}

        corpus.put("png", f"{number:03d}.png", SCREENS[number % 6][:2], make)


def webps(corpus):
    for number in range(20):
        lossless = number % 10 in (2, 5, 8)
        sides = SCREENS[number % 3][:2] if lossless else WEB[number % 4]

        def make():
            dice = dice_for("webp", number)
            if lossless:
                picture = corpus.screenshot(dice, *SCREENS[number % 3])
                return picture, {"format": "WEBP", "lossless": True, "quality": 60, "method": 3}
            return corpus.photo(dice, *sides), {"format": "WEBP", "quality": (75, 80, 90)[number % 3], "method": 4}

        corpus.put("webp", f"{number:03d}.webp", sides, make)


def avifs(corpus):
    for number in range(10):
        sides = WEB[number % 4]

        def make():
            how = {"quality": (60, 70, 80)[number % 3], "subsampling": "4:4:4" if number % 5 == 4 else "4:2:0"}
            return corpus.photo(dice_for("avif", number), *sides), {"format": "AVIF", "speed": 8, **how}

        corpus.put("avif", f"{number:03d}.avif", sides, make)


def gifs(corpus):
    for number in range(10):
        width, height = ((480, 270), (640, 360), (800, 450), (640, 480))[number % 4]

        def make():
            count = (24, 40, 60)[number % 3]
            ground = corpus.photo(dice_for("gif", number), width * 2, height * 2, grain=False)
            frames = []
            for frame in range(count):
                angle = frame / count * math.tau
                x, y = int(width * (0.5 + 0.5 * math.sin(angle))), int(height * (0.5 + 0.5 * math.cos(angle)))
                frames.append(ground.crop((x, y, x + width, y + height)).quantize(192))
            return frames[0], {"format": "GIF", "save_all": True, "append_images": frames[1:], "duration": 60}

        corpus.put("gif", f"{number:03d}.gif", (width, height), make)


def tiffs(corpus):
    kinds = (None, "tiff_lzw", "tiff_adobe_deflate", None, "jpeg")
    all_sides = ((4000, 3000), (3000, 2000), (4000, 3000), (6000, 4000), (4000, 3000))
    for number, (compression, sides) in enumerate(zip(kinds, all_sides)):

        def make():
            how = {"compression": compression} if compression else {}
            return corpus.photo(dice_for("tiff", number), *sides), {"format": "TIFF", **how}

        corpus.put("tiff", f"{number:03d}.tif", sides, make)


def bmps(corpus):
    for number, sides in enumerate(((1920, 1080), (2560, 1440), (4000, 3000), (1920, 1080), (3840, 2160))):

        def make():
            dice = dice_for("bmp", number)
            picture = corpus.photo(dice, *sides) if number == 2 else corpus.screenshot(dice, *sides, 1)
            return picture, {"format": "BMP"}

        corpus.put("bmp", f"{number:03d}.bmp", sides, make)


def main():
    corpus = Corpus(*sys.argv[1:3])
    for make in (jpegs, large, pngs, webps, avifs, gifs, tiffs, bmps):
        make(corpus)
        print(f"   {make.__name__}", flush=True)
    (corpus.out / "corpus.json").write_text(json.dumps(corpus.told))


main()
