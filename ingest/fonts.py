"""Finding a serif typeface that holds every Vietnamese letter.

The decree asks for Times New Roman; Liberation Serif and Tinos have its
measures and, from version 2, the letters of Vietnamese. Version 1 of Liberation
(Debian's ``fonts-liberation``) lacks most of them: a page set with it would show
boxes, so such files are passed over.
"""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Sequence
from functools import cache
from pathlib import Path

from ingest.errors import Unavailable

_STEMS = ("LiberationSerif", "Tinos")
_WEIGHTS = ("Regular", "Bold", "Italic", "BoldItalic")
_PROBE = "ỆỰẫẵỡđĐƯơ"


def font_file(weight: str = "Bold") -> Path:
    """The TrueType file of a weight ("Regular", "Bold", "Italic", "BoldItalic")."""
    folder, stem = register_fonts()
    return folder / f"{stem}-{weight}.ttf"


@cache
def register_fonts() -> tuple[Path, str]:
    """Register the family with reportlab as Serif-Regular, -Bold, …, once; its folder and file stem.

    Raises `Unavailable` with what to install when no typeface will do.
    """
    return register_first([(folder, stem) for stem in _STEMS for folder in _folders(stem)])


def register_first(candidates: Sequence[tuple[Path, str]]) -> tuple[Path, str]:
    """Register the first family (folder, file stem) that is whole and has all letters; which it is."""
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.ttfonts import TTFError, TTFont

    for folder, stem in candidates:
        try:
            fonts = [TTFont(f"Serif-{w}", str(folder / f"{stem}-{w}.ttf")) for w in _WEIGHTS]
        except (TTFError, OSError):
            continue  # not there, or no TrueType file: the next may do
        if all(ord(letter) in font.face.charToGlyph for font in fonts for letter in _PROBE):
            for font in fonts:
                pdfmetrics.registerFont(font)
            pdfmetrics.registerFontFamily("Serif-Regular", *(f"Serif-{w}" for w in _WEIGHTS))
            return folder, stem
    raise Unavailable(
        "font-missing",
        "Không tìm thấy phông chữ có đủ chữ tiếng Việt để dựng trang in.",
        "No typeface with all Vietnamese letters was found to set printed pages.",
        advice="Cài phông chữ: apt-get install fonts-liberation2 (bản 1.07 của fonts-liberation thiếu chữ Việt).",
        advice_en="Install fonts: apt-get install fonts-liberation2 (fonts-liberation 1.07 lacks Vietnamese).",
        retry=True,
    )


def _folders(stem: str) -> list[Path]:
    """Folders that hold the family: what fontconfig knows first, then the usual places."""
    found = _from_fontconfig(stem)
    home = Path.home()
    roots = [
        Path("/usr/share/fonts"),
        Path("/usr/local/share/fonts"),
        home / ".local/share/fonts",
        home / ".fonts",
        Path("/Library/Fonts"),
        home / "Library/Fonts",
        Path(os.environ.get("WINDIR", "/nonexistent")) / "Fonts",
    ]
    for root in roots:
        if root.is_dir():
            found += sorted({path.parent for path in root.rglob(f"{stem}-Regular.ttf")}, reverse=True)
    return list(dict.fromkeys(found))


def _from_fontconfig(stem: str) -> list[Path]:
    program = shutil.which("fc-list")
    if program is None:
        return []
    family = {"LiberationSerif": "Liberation Serif"}.get(stem, stem)
    try:
        listing = subprocess.run(
            [program, f":family={family}:lang=vi", "file"], capture_output=True, text=True, timeout=20, check=False
        ).stdout
    except subprocess.TimeoutExpired:
        return []  # a broken font cache: the usual places are searched next
    paths = [Path(line.rstrip(": ")) for line in listing.splitlines()]
    return [path.parent for path in paths if path.name == f"{stem}-Regular.ttf"]
