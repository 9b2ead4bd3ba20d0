"""The pages of the bench: specimen letters as scans, one harm each."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

HARMS = ("clean", "skew", "noise", "seal", "light", "low", "folder", "photocopy", "combined")
"""Presets of corpus.scan, dealt out in turn."""


@dataclass(frozen=True, slots=True)
class Scan:
    """One scanned letter: its file, its harm and how many pages it has."""

    path: Path
    harm: str
    pages: int


def make_scans(folder: Path, count: int) -> tuple[Scan, ...]:
    """Write the first `count` scans into the folder; the same bytes every time.

    Letters with handwriting or an ĐẾN stamp are passed over: what is on the page
    must be what the text says.
    """
    import pypdfium2

    from corpus.render import render_pdf
    from corpus.scan import PRESETS, scan
    from corpus.specimen import letters

    printed = [each for each in letters() if not each.source.hand and each.source.incoming is None]
    chosen = [each for each in printed if each.source.layout == "decree"][:count]
    scans = []
    for index, specimen in enumerate(chosen):
        harm = HARMS[index % len(HARMS)]
        path = folder / f"{index + 1:02d}-{harm}.pdf"
        path.write_bytes(scan(render_pdf(specimen), PRESETS[harm], seed=index))
        document = pypdfium2.PdfDocument(path)
        pages = len(document)
        document.close()
        scans.append(Scan(path, harm, pages))
    return tuple(scans)
