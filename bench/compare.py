"""`dondoc ocr` beside OCRmyPDF: the same files, in the same run, turn by turn.

Both are run as commands, start included, and their PDFs are read by the same
third program, so that a figure is what a user would get. OCRmyPDF runs once
with one job, which is the like of `dondoc ocr`, and once with its default,
which spreads a file's pages over all cores.
"""

from __future__ import annotations

import shutil
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from bench.accuracy import character_errors, word_recall
from bench.commands import DONDOC, Failed, environment, seconds_of
from bench.specimens import Scan

OCRMYPDF = ("ocrmypdf", "-l", "vie", "--deskew", "--clean", "--output-type", "pdf", "-q")
NEEDED = ("ocrmypdf", "unpaper")
"""Debian's packages of the other side; `--clean` is unpaper's work."""


@dataclass(slots=True)
class _Tally:
    pages: int = 0
    seconds: float = 0.0
    read: int = 0
    words: int = 0
    errors: int = 0
    characters: int = 0
    harms: dict[str, dict[str, float]] = field(default_factory=dict)


def missing() -> list[str]:
    """What is not installed of what the comparison needs."""
    return [program for program in NEEDED if shutil.which(program) is None]


def measure(folder: Path, scans: Sequence[Scan], *, budget: float, tell: Callable[[str], None]) -> dict[str, Any]:
    """Seconds per page, word recall and character errors of each, and the ratios; stops when `budget` is spent."""
    env = environment(folder)
    commands: dict[str, Callable[[Scan, Path], list[str]]] = {
        "dondoc ocr": lambda scan, out: [DONDOC, "ocr", str(scan.path), "-o", str(out)],
        "ocrmypdf --jobs 1": lambda scan, out: [*OCRMYPDF, "--jobs", "1", str(scan.path), str(out)],
        "ocrmypdf": lambda scan, out: [*OCRMYPDF, str(scan.path), str(out)],
    }
    tallies = {name: _Tally() for name in commands}
    began, cut = time.monotonic(), None
    for index, scan in enumerate(scans):
        if index and time.monotonic() - began > budget:
            cut = f"Hết thời gian: chỉ so {index} trong {len(scans)} tệp. (Out of time: {index} of {len(scans)} files.)"
            tell(cut)
            break
        # Who goes first changes with every file, so that neither always finds the cold or the warm machine.
        order = list(commands)[index % len(commands) :] + list(commands)[: index % len(commands)]
        for name in order:
            out = folder / f"out-{name.replace(' ', '-').strip('-')}.pdf"
            try:
                spent = seconds_of(commands[name](scan, out), env)
            except Failed as error:
                tell(f"{scan.path.name}: {error}")
                continue
            _count(tallies[name], scan, spent, text_of(out))
            out.unlink()
        tell(f"{scan.path.name}: {scan.pages} trang")
    return _result(tallies) | {"cut": cut}


def text_of(path: Path) -> str:
    """The text of a PDF as a third program (pdfium) copies it."""
    import pypdfium2

    document = pypdfium2.PdfDocument(path)
    try:
        return "\n".join(page.get_textpage().get_text_bounded() for page in document)
    finally:
        document.close()


def _count(tally: _Tally, scan: Scan, seconds: float, text: str) -> None:
    read, words = word_recall(scan.text, text)
    errors, characters = character_errors(scan.paragraphs, text)
    tally.pages += scan.pages
    tally.seconds += seconds
    tally.read, tally.words = tally.read + read, tally.words + words
    tally.errors, tally.characters = tally.errors + errors, tally.characters + characters
    tally.harms[scan.harm] = {
        "seconds_per_page": round(seconds / scan.pages, 2),
        "word_recall": round(read / words, 4),
        "character_error_rate": round(errors / characters, 4),
    }


def _result(tallies: dict[str, _Tally]) -> dict[str, Any]:
    rows: dict[str, dict[str, Any]] = {
        name: {
            "pages": tally.pages,
            "seconds_per_page": round(tally.seconds / tally.pages, 2),
            "word_recall": round(tally.read / tally.words, 4),
            "character_error_rate": round(tally.errors / tally.characters, 4),
            "by_harm": tally.harms,
        }
        for name, tally in tallies.items()
        if tally.pages
    }
    result: dict[str, Any] = {"programs": rows}
    ours = rows.get("dondoc ocr")
    for name, other in rows.items():
        # A program that failed on a file was not measured on the same pages: no ratio then.
        if ours and other is not ours and other["pages"] == ours["pages"]:
            result.setdefault("ratios", {})[name] = {
                "seconds": round(ours["seconds_per_page"] / other["seconds_per_page"], 3),
                "word_recall": round(ours["word_recall"] / other["word_recall"], 4),
                "character_error_rate": round(
                    ours["character_error_rate"] / max(other["character_error_rate"], 1e-9), 3
                ),
            }
    return result
