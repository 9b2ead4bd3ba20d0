"""Pillow images of any kind as plain grey or RGB ones, also what is left of one that was cut off."""

from __future__ import annotations

from typing import Any


def load(image: Any) -> float:
    """Decode a Pillow image in place; the share of it that is there, 1.0 unless its file was cut off.

    Rows that are missing become white. Raises what Pillow raises where nothing can be decoded.
    """
    from PIL import ImageFile

    try:
        image.load()
        return 1.0
    except OSError as error:
        if "truncated" not in str(error).lower():
            raise
    kept = ImageFile.LOAD_TRUNCATED_IMAGES
    ImageFile.LOAD_TRUNCATED_IMAGES = True
    try:
        image.load()
    finally:
        ImageFile.LOAD_TRUNCATED_IMAGES = kept
    return _whitened(image)


def _whitened(image: Any) -> float:
    """Make white the rows at the foot that were never decoded (all of one value); the share above them."""
    import numpy as np

    rows = np.asarray(image.convert("L"))
    same = (rows == rows[-1, 0]).all(axis=1)
    filled = image.height if same.all() else int(np.argmin(same[::-1]))
    if not filled:
        # A progressive JPEG has all rows, only coarse; another lacks its last bytes.
        return 0.99
    white = {"CMYK": (0, 0, 0, 0), "RGBA": (255,) * 4, "LA": (255,) * 2}.get(
        image.mode, (255,) * len(image.getbands()) if len(image.getbands()) > 1 else 255
    )
    image.paste(white, (0, image.height - filled, image.width, image.height))
    return float(1 - filled / image.height)


def smaller(image: Any, times: int) -> Any:
    """The image with every `times` × `times` pixels made one."""
    if times < 2:
        return image
    if image.mode in ("1", "P"):  # bits and palettes have no mean
        return image.convert("L" if image.mode == "1" else "RGB").reduce(times)
    return image.reduce(times) if image.mode in ("L", "RGB", "RGBA", "CMYK") else image


def upright(image: Any) -> Any:
    """The image turned as its EXIF note asks; no copy where it asks nothing."""
    from PIL import ImageOps

    return image if image.getexif().get(0x0112, 1) == 1 else ImageOps.exif_transpose(image)


def plain(image: Any) -> Any:
    """The image as RGB or grey of 8 bits: no transparency, 16 bits and floats scaled, a negative turned over."""
    from PIL import Image

    if image.mode in ("RGBA", "LA", "PA", "La", "RGBa") or "transparency" in image.info:
        # Transparent paper is white paper.
        layer = image.convert("RGBA")
        paper = Image.new("RGBA", layer.size, "white")
        paper.alpha_composite(layer)
        return paper.convert("RGB")
    if image.mode.startswith(("I", "F")):
        return _scaled(image)
    if image.mode == "1":
        return _positive(image.convert("L"))
    return image if image.mode in ("L", "RGB") else image.convert("RGB")


def _scaled(image: Any) -> Any:
    """Grey of more than 8 bits: by its own white, for 12 bits often come in 16."""
    import numpy as np
    from PIL import Image

    values = np.nan_to_num(np.asarray(image, dtype=np.float32))
    white = float(np.percentile(values[::4, ::4], 99))
    full = next((top for top in (1.0, 255.0, 1023.0, 4095.0, 65535.0) if white <= top), white)
    return Image.fromarray(np.clip(values * (255 / full), 0, 255).astype(np.uint8))


def _positive(image: Any) -> Any:
    """A bilevel page with dark and light the right way round: a fax with a wrong tag is white on black."""
    import numpy as np
    from PIL import Image

    pixels = np.asarray(image)
    dark = float((pixels < 128).mean())
    # An all-black page stays black: there is nothing on it to read.
    return Image.fromarray(255 - pixels) if 0.7 < dark < 0.9995 else image
