"""Tesseract's Vietnamese model, by tesserocr or as a command by pytesseract.

The library, held by a process beside this one (`ingest.reading.serve`), spares starting
a program and reading the model for each call; the command serves where tesserocr is not installed or finds no models. The time
limit is a must: nearly empty noisy pages were seen to take minutes.
"""

from __future__ import annotations

import atexit
import contextlib
import importlib.util
import os
import re
import select
import subprocess
import sys
import threading
import time
import unicodedata
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any

import ingest
from ingest.errors import Unavailable
from ingest.frames import Unpacker, pack
from ingest.reading.seen import Seen
from ingest.types import Box, Word

_LANGUAGE = "vie"
_NEVER_MEANT = (
    ("\u2044", "/"), ("\u2215", "/"), ("—-", "–"), ("-—", "–"), ("—", "–"), ("Đ\u00d0", "Đ"), ("\u00d0", "Đ"),
)  # fmt: skip
"""What Tesseract writes for the slash in numbers of documents, for the en dash and for Đ, which has another letter's shape."""
_TILDES = re.compile(r"[~_–-]*~[~_–-]*")
"""A bullet's dash that is bent or has a speck."""
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
def _library() -> Path | None:
    """The folder of models for the library; None where tesserocr or the models are missing."""
    return models() if importlib.util.find_spec("tesserocr") else None


class _Server:
    """The process that holds the library, started when first needed and after it was killed."""

    def __init__(self) -> None:
        self._process: subprocess.Popen[bytes] | None = None
        self._unpacker = Unpacker()
        self._lock = threading.Lock()

    def ask(self, message: dict[str, Any], pixels: bytes, seconds: float) -> dict[str, Any]:
        """The answer to one request. Raises `Unfinished` where there is none in time; the process is then gone."""
        with self._lock:
            until = time.monotonic() + seconds
            try:
                return self._answer(message, pixels, until)
            except (OSError, ValueError) as error:
                self.stop()
                raise Unfinished(str(error)) from error
            except BaseException:
                self.stop()
                raise

    def _answer(self, message: dict[str, Any], pixels: bytes, until: float) -> dict[str, Any]:
        process = self._process or self._start()
        if process.stdin is None or process.stdout is None:
            raise OSError("no pipe")
        process.stdin.write(pack(message, pixels))
        process.stdin.flush()
        while True:
            whole = self._unpacker.take()
            if whole is not None:
                return whole[0]
            left = until - time.monotonic()
            if left <= 0 or not select.select([process.stdout], [], [], left)[0]:
                raise Unfinished("no time left")
            data = os.read(process.stdout.fileno(), 1 << 20)
            if not data:
                raise OSError("Tesseract ended")
            self._unpacker.feed(data)

    def _start(self) -> subprocess.Popen[bytes]:
        root = str(Path(ingest.__file__).resolve().parent.parent)
        known = os.pathsep.join(filter(None, (root, os.environ.get("PYTHONPATH"))))
        self._unpacker = Unpacker()
        self._process = subprocess.Popen(
            [sys.executable, "-m", "ingest.reading.serve", f"{_library()}/", _LANGUAGE],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
            env={**os.environ, "PYTHONPATH": known, "OMP_THREAD_LIMIT": "1"},
        )  # fmt: skip
        return self._process

    def stop(self) -> None:
        """Kill the process, if there is one."""
        process, self._process = self._process, None
        if process is not None:
            process.kill()
            process.wait()
            for stream in (process.stdin, process.stdout):
                if stream is not None:
                    with contextlib.suppress(OSError):
                        stream.close()


_SERVER = _Server()
atexit.register(_SERVER.stop)


def by_library(grey: Any, *, dpi: int, seconds: float, psm: int = 3) -> Seen:
    """As `recognise`, by the library in its own process."""
    import numpy as np

    height, width = grey.shape
    message = {"height": height, "width": width, "dpi": dpi, "psm": psm}
    answer = _SERVER.ask(message, np.ascontiguousarray(grey, dtype=np.uint8).tobytes(), seconds)
    return Seen.of(
        [
            Word(text, Box(*map(float, box)), round(confidence, 4))
            for raw, box, confidence in line
            if (text := _plain(raw))
        ]
        for line in answer["lines"]
    )


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
    # A low line is what an underlined word leaves, or a speck.
    text = unicodedata.normalize("NFC", text).strip().strip("_")
    return "-" if _TILDES.fullmatch(text) else text


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
