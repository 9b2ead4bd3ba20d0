"""Tesseract's Vietnamese model, in this process by tesserocr or as a command by pytesseract.

The library spares starting a program and writing the image for each call; the
command serves where tesserocr is not installed or finds no models. The time
limit is a must: nearly empty noisy pages were seen to take minutes.
"""

from __future__ import annotations

import os
import subprocess
import unicodedata
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any

from ingest.errors import Unavailable
from ingest.reading.seen import Seen
from ingest.types import Box, Word

_LANGUAGE = "vie"
_NEVER_MEANT = (("\u2044", "/"), ("\u2215", "/"), ("—-", "–"), ("—", "–"))
"""What Tesseract writes for the slash in numbers of documents, and for the en dash of Vietnamese print."""
_PLACES = (
    "/usr/share/tesseract-ocr/5/tessdata",
    "/usr/share/tesseract-ocr/4.00/tessdata",
    "/usr/share/tessdata",
    "/usr/local/share/tessdata",
    "/opt/homebrew/share/tessdata",
)
"""Where distributions put the models."""


class Unfinished(Exception):
    """Tesseract did not finish in the time it was given."""


def recognise(grey: Any, *, dpi: int, seconds: float, psm: int = 3) -> Seen:
    """The words of a grey image, boxes in pixels of that image, confidence 0–1.

    Raises `Unfinished` after `seconds`, `Unavailable` where Tesseract or its
    Vietnamese model is not installed.
    """
    os.environ.setdefault("OMP_THREAD_LIMIT", "1")
    read = by_command if _library() is None else by_library
    return read(grey, dpi=dpi, seconds=max(seconds, 0.01), psm=psm)


def models() -> Path | None:
    """The folder with the Vietnamese model, None where none is found."""
    named = os.environ.get("TESSDATA_PREFIX")
    for place in (*((named, f"{named}/tessdata") if named else ()), *_PLACES):
        if Path(place, f"{_LANGUAGE}.traineddata").is_file():
            return Path(place)
    return None


@cache
def _library() -> Any:
    """Tesseract in this process, its model read once; None where that cannot be."""
    folder = models()
    try:
        import tesserocr
    except ImportError:
        return None
    if folder is None:
        return None
    try:
        return tesserocr.PyTessBaseAPI(path=f"{folder}/", lang=_LANGUAGE)
    except RuntimeError:  # a model of another version
        return None


def by_library(grey: Any, *, dpi: int, seconds: float, psm: int = 3) -> Seen:
    """As `recognise`, in this process."""
    import tesserocr
    from PIL import Image

    reader = _library()
    reader.SetPageSegMode(psm)
    reader.SetImage(Image.fromarray(grey))
    reader.SetSourceResolution(dpi)
    try:
        if not reader.Recognize(max(1, int(seconds * 1000))):
            raise Unfinished(f"{seconds:.1f} s")
        return Seen.of(_words(reader.GetIterator(), tesserocr.RIL))
    finally:
        # The image and its results are the larger part of what Tesseract holds.
        reader.Clear()


def _words(found: Any, level: Any) -> list[list[Word]]:
    lines: list[list[Word]] = []
    if found is None:  # an image without text
        return lines
    while True:
        if not found.Empty(level.WORD):
            if not lines or found.IsAtBeginningOf(level.TEXTLINE):
                lines.append([])
            text = _plain(found.GetUTF8Text(level.WORD))
            if text:
                box = Box(*map(float, found.BoundingBox(level.WORD)))
                lines[-1].append(Word(text, box, round(found.Confidence(level.WORD) / 100, 4)))
        if not found.Next(level.WORD):
            return lines


def by_command(grey: Any, *, dpi: int, seconds: float, psm: int = 3) -> Seen:
    """As `recognise`, by the tesseract command."""
    import pytesseract
    from PIL import Image

    try:
        data = pytesseract.image_to_data(
            Image.fromarray(grey),
            lang=_LANGUAGE,
            config=f"--psm {psm} --dpi {dpi}",
            timeout=seconds,
            output_type=pytesseract.Output.DICT,
        )
    except pytesseract.TesseractNotFoundError as error:
        raise _missing() from error
    except pytesseract.TesseractError as error:
        if "loading language" in str(error) or "tessdata" in str(error):
            raise _missing() from error
        raise Unfinished(str(error)) from error
    except (RuntimeError, subprocess.TimeoutExpired) as error:
        # pytesseract's own word for a timeout is a bare RuntimeError.
        raise Unfinished(str(error)) from error
    return _of_table(data)


def _of_table(data: Mapping[str, Sequence[Any]]) -> Seen:
    lines: dict[tuple[int, int, int], list[Word]] = {}
    for index, raw in enumerate(data["text"]):
        text = _plain(str(raw))
        if not text or float(data["conf"][index]) < 0:
            continue
        x, y = float(data["left"][index]), float(data["top"][index])
        box = Box(x, y, x + float(data["width"][index]), y + float(data["height"][index]))
        key = (data["block_num"][index], data["par_num"][index], data["line_num"][index])
        lines.setdefault(key, []).append(Word(text, box, round(float(data["conf"][index]) / 100, 4)))
    return Seen.of(lines.values())


def _plain(text: str) -> str:
    for written, meant in _NEVER_MEANT:
        text = text.replace(written, meant)
    return unicodedata.normalize("NFC", text).strip()


def _missing() -> Unavailable:
    return Unavailable(
        "tesseract-missing",
        "Chưa cài Tesseract hoặc dữ liệu tiếng Việt (vie).",
        "Tesseract or its Vietnamese model (vie) is not installed.",
        advice="Hãy cài các gói tesseract-ocr và tesseract-ocr-vie.",
        advice_en="Install the packages tesseract-ocr and tesseract-ocr-vie.",
    )


def orientation(grey: Any, dpi: int, seconds: float) -> int:
    """How many quarter turns counter-clockwise set an image upright, 0 where it is or cannot be told."""
    import pytesseract
    from PIL import Image

    try:
        found = pytesseract.image_to_osd(
            Image.fromarray(grey), config=f"--dpi {dpi}", timeout=max(1.0, seconds), output_type="dict"
        )
    except (pytesseract.TesseractError, RuntimeError):
        # Too few letters, no orientation data installed, or no time: leave the page as it is.
        return 0
    return int(found["orientation"]) // 90 % 4 if float(found["orientation_conf"]) > 1.0 else 0
