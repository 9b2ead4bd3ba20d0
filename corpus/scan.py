"""From a clean PDF to what a scanner in a busy office makes of it.

Damage is a value; `scan` is a pure function of page, damage and seed, so that a
test can say exactly which harm it means. The result is a PDF of one JPEG per
page, without a text layer.
"""

from __future__ import annotations

import io
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import PIL.Image


@dataclass(frozen=True, slots=True)
class Damage:
    """The harm done to a page.

    `skew` in degrees, anticlockwise; `noise` the deviation of grey levels (0-255)
    with as many specks in 100,000 pixels; `blur` the radius in pixels at 200 dpi;
    `stamp_over_text` a further red seal across the body; `uneven_light` the share
    of light lost at the darker edge (0-1); `dpi` the resolution of the scan;
    `folder` gives what a sheet out of a folder shows under an open lid: black
    edges and two punch holes at the left (ISO 838); `photocopy` makes it grey with hardened contrast, streaks and a dark
    edge; `jpeg_quality` 1-95.
    """

    skew: float = 0.0
    noise: float = 0.0
    blur: float = 0.0
    stamp_over_text: bool = False
    uneven_light: float = 0.0
    dpi: int = 200
    folder: bool = False
    photocopy: bool = False
    jpeg_quality: int = 85


CLEAN = Damage()
PRESETS: dict[str, Damage] = {
    "clean": CLEAN,
    "skew": Damage(skew=1.8),
    "noise": Damage(noise=14),
    "seal": Damage(stamp_over_text=True),
    "light": Damage(uneven_light=0.35),
    "low": Damage(dpi=100, blur=0.6, jpeg_quality=55),
    "folder": Damage(folder=True, skew=0.7, noise=4),
    "photocopy": Damage(photocopy=True, noise=6, blur=0.6),
    "combined": Damage(skew=-1.1, noise=8, blur=0.5, stamp_over_text=True, uneven_light=0.2, jpeg_quality=70),
}
"""One harm each, by name, and all together."""

MILD: tuple[Damage, ...] = (
    Damage(noise=3, skew=0.3, dpi=200),
    Damage(noise=4, skew=-0.5, uneven_light=0.08),
    Damage(noise=5, blur=0.4, skew=0.2),
    Damage(noise=3, uneven_light=0.12, skew=-0.2, jpeg_quality=75),
    Damage(photocopy=True, noise=3, blur=0.3, skew=0.4),
)
"""What an ordinary scan looks like: taken in turn for the demonstration."""


def scan(pdf: bytes, damage: Damage = CLEAN, seed: int = 0, *, signed_by: str | None = None) -> bytes:
    """Scan every page of a PDF with the damage; the same bytes for the same arguments.

    `signed_by` adds what a digital signature leaves on the first page of a
    scan: a small text layer of some twenty words over the picture, so that the
    file has text and is no born-digital document.
    """
    return _as_pdf(scan_images(pdf, damage, seed), damage, signed_by)


def scan_images(pdf: bytes, damage: Damage = CLEAN, seed: int = 0) -> list[PIL.Image.Image]:
    """The scanned pages as Pillow images (RGB), for tests that need no PDF."""
    return [_damaged(page, damage, seed * 100 + n) for n, page in enumerate(_pages(pdf, damage.dpi))]


def mixed(damage: Damage, **changes: Any) -> Damage:
    """A damage with some of its figures changed."""
    return replace(damage, **changes)


def _pages(pdf: bytes, dpi: int) -> list[PIL.Image.Image]:
    import pypdfium2

    document = pypdfium2.PdfDocument(pdf)
    try:
        return [page.render(scale=dpi / 72).to_pil().convert("RGB") for page in document]
    finally:
        document.close()


def _damaged(page: PIL.Image.Image, damage: Damage, seed: int) -> PIL.Image.Image:
    import numpy
    from PIL import Image, ImageFilter

    chance = numpy.random.default_rng(seed)
    if damage.stamp_over_text:
        page = _overstamped(page, damage.dpi, chance)
    if damage.folder:
        page = _from_folder(page, damage.dpi, chance)
    if damage.skew:
        around = _LID if damage.folder else (255, 255, 255)
        page = page.rotate(damage.skew, Image.Resampling.BICUBIC, fillcolor=around)
    if damage.blur:
        page = page.filter(ImageFilter.GaussianBlur(damage.blur * damage.dpi / 200))
    light = numpy.asarray(page, dtype=numpy.float32)
    if damage.photocopy:
        light = _photocopied(light, chance)
    if damage.uneven_light:
        light = light * _shade(light.shape[0], light.shape[1], damage.uneven_light, chance)
    if damage.noise:
        light = _noisy(light, damage.noise, chance)
    return Image.fromarray(numpy.clip(light, 0, 255).astype(numpy.uint8), "RGB")


_LID = (28, 28, 28)
"""What a scanner sees where there is no paper."""


def _from_folder(page: PIL.Image.Image, dpi: int, chance: Any) -> PIL.Image.Image:
    """Black wedges along the left, upper and right edge, and two holes of 6 mm, 80 mm apart, 12 mm from the left."""
    from PIL import ImageDraw

    page = page.copy()
    draw = ImageDraw.Draw(page)
    wide, high = page.size
    mm = dpi / 25.4
    edge = float(chance.uniform(3, 7)) * mm
    draw.polygon([(0, 0), (edge, 0), (edge * 0.4, high), (0, high)], fill=_LID)
    draw.polygon([(0, 0), (wide, 0), (wide, edge * 0.5), (0, edge * 0.8)], fill=_LID)
    draw.polygon([(wide, high), (wide, high * 0.3), (wide - edge * 0.7, high)], fill=_LID)
    for y in (high / 2 - 40 * mm, high / 2 + 40 * mm):
        draw.ellipse([9 * mm, y - 3 * mm, 15 * mm, y + 3 * mm], fill=_LID)
    return page


def _overstamped(page: PIL.Image.Image, dpi: int, chance: Any) -> PIL.Image.Image:
    """Press a seal somewhere across the body; ink and print darken each other."""
    from PIL import Image, ImageChops

    from corpus.marks import SEAL_MM, seal_image

    side = int(SEAL_MM / 25.4 * dpi)
    seal = seal_image().resize((side, side), Image.Resampling.LANCZOS)
    seal = seal.rotate(float(chance.uniform(-12, 12)), Image.Resampling.BICUBIC)
    sheet = Image.new("RGB", page.size, (255, 255, 255))
    at = (
        int(page.width * chance.uniform(0.3, 0.6)),
        int(page.height * chance.uniform(0.35, 0.6)),
    )
    sheet.paste(seal.convert("RGB"), at, seal.getchannel("A"))
    return ImageChops.multiply(page, sheet)


def _photocopied(light: Any, chance: Any) -> Any:
    import numpy

    grey = light @ numpy.array([0.299, 0.587, 0.114], dtype=numpy.float32)
    grey = 255 / (1 + numpy.exp(-(grey - 150) / 22))
    width = grey.shape[1]
    for _ in range(3):  # streaks of a dirty drum
        column = int(chance.integers(0, width))
        grey[:, column : column + 2] *= chance.uniform(0.75, 0.92)
    edge = max(3, width // 120)
    grey[:, :edge] *= 0.35
    grey[: edge // 2] *= 0.5
    return numpy.repeat(grey[:, :, None], 3, axis=2)


def _shade(height: int, width: int, loss: float, chance: Any) -> Any:
    """Light that falls off across the page towards one side and into the fold."""
    import numpy

    down = numpy.linspace(0, 1, height, dtype=numpy.float32)[:, None]
    across = numpy.linspace(0, 1, width, dtype=numpy.float32)[None, :]
    if chance.random() < 0.5:
        across = 1 - across
    slope = 0.75 * across + 0.25 * down
    return (1 - loss * slope**1.5)[:, :, None]


def _noisy(light: Any, noise: float, chance: Any) -> Any:
    import numpy

    height, width = light.shape[:2]
    light = light + chance.normal(0, noise, (height, width, 1)).astype(numpy.float32)
    specks = int(height * width * noise / 100_000)
    rows, columns = chance.integers(0, height - 1, specks), chance.integers(0, width - 1, specks)
    light[rows, columns] = chance.uniform(0, 120, (specks, 1))
    return light


def _as_pdf(pages: list[PIL.Image.Image], damage: Damage, signed_by: str | None) -> bytes:
    from reportlab.lib.utils import ImageReader
    from reportlab.pdfgen.canvas import Canvas

    stream = io.BytesIO()
    canvas = Canvas(stream, invariant=1)
    for number, page in enumerate(pages):
        size = (page.width * 72 / damage.dpi, page.height * 72 / damage.dpi)
        jpeg = io.BytesIO()
        page.save(jpeg, "JPEG", quality=damage.jpeg_quality)
        jpeg.seek(0)
        canvas.setPageSize(size)
        canvas.drawImage(ImageReader(jpeg), 0, 0, *size)
        if signed_by and number == 0:
            _sign(canvas, signed_by, size[1])
        canvas.showPage()
    canvas.save()
    return stream.getvalue()


def _sign(canvas: Any, signed_by: str, height: float) -> None:
    """The visible words of a digital signature in the top left corner."""
    from ingest.fonts import register_fonts

    register_fonts()
    canvas.setFont("Serif-Regular", 6)
    lines = (
        f"Ký bởi: {signed_by}",
        "Email: vanthu@mau.example.vn",
        f"Cơ quan: {signed_by}",
        "Thời gian ký: 05/02/2024 08:31:07 +07:00",
    )
    for row, line in enumerate(lines):
        canvas.drawString(8, height - 12 - 8 * row, line)
