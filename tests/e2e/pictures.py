"""Pictures of pages for the guides: taken by the walks, kept in docs/images only when somebody asks for it."""

from __future__ import annotations

import io
import os
import re
from dataclasses import dataclass, field
from pathlib import Path

from playwright.sync_api import Locator, Page

DOCS = Path(__file__).resolve().parents[2] / "docs"
ANEW = os.environ.get("DONDOC_PICTURES") == "1"
"""Whether the pictures of docs/images are to be made anew."""
WIDTH, BYTES = 1280, 150_000
"""What a picture in a guide may measure: pixels across, bytes."""

PAPER = 250
"""Light from which on a colour is white."""
LOADED = """async () => {
  await document.fonts.ready;
  const seen = (each) => { const box = each.getBoundingClientRect(); return box.top < innerHeight && box.bottom > 0 && box.width > 0; };
  await Promise.all(Array.from(document.images).filter(seen).map((each) => each.decode()));
}"""
"""Waits for typefaces and for the images in the window."""


@dataclass
class Album:
    """Takes pictures of pages into a folder and remembers their names."""

    folder: Path
    keep: bool = False
    """Whether they go into docs/images too."""
    taken: set[str] = field(default_factory=set)

    def take(self, page: Page, name: str, *, until: Locator | None = None, below: int = 12) -> None:
        """The window as it stands, cut off so many pixels below `until` where that is given."""
        page.evaluate(LOADED)
        size = page.viewport_size
        assert size
        box = until.bounding_box() if until else None
        height = min(size["height"], box["y"] + box["height"] + below) if box else size["height"]
        picture = page.screenshot(
            animations="disabled", clip={"x": 0, "y": 0, "width": size["width"], "height": height}
        )
        self.taken.add(f"{name}.png")
        (self.folder / f"{name}.png").write_bytes(picture)
        if self.keep:
            (DOCS / "images" / f"{name}.png").write_bytes(small(picture))


def small(picture: bytes) -> bytes:
    """The picture in 128 colours, which pages of text do not miss; specks on the paper of a scan are left out."""
    from PIL import Image

    stream = io.BytesIO()
    with Image.open(io.BytesIO(picture)) as image:
        clean = image.convert("RGB").point(lambda light: 255 if light >= PAPER else light)
    clean.quantize(128, dither=Image.Dither.NONE).save(stream, "PNG", optimize=True)
    return stream.getvalue()


def named() -> set[str]:
    """The pictures of pages that the guides show."""
    texts = [path.read_text(encoding="utf-8") for path in sorted(DOCS.glob("guide-*.md"))]
    return {name for text in texts for name in re.findall(r"!\[[^\]]+\]\(images/([^)]+)\)", text)}
