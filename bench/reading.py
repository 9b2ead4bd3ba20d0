"""How many pages a second are read, how two processes compare with one, and what the hardest pages take."""

from __future__ import annotations

import io
import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

from bench.memory import MB, Watch
from bench.specimens import Scan

ROUNDS = 3
"""Born-digital files are read so many times over."""


def measure(folder: Path, scans: Sequence[Scan], *, quick: bool) -> dict[str, Any]:
    """`pace`: rows of pages a second; `two_to_one`: the ratio of two processes to one; `pages`: rows of seconds and memory."""
    place = folder / "reading"
    place.mkdir()
    one, two = (_by_processes(scans, workers) for workers in (1, 2))
    quickly, carefully, turned = _born_digital(place, 2 if quick else 12)
    return {
        "pace": [
            {"what": "quét, một tiến trình (scanned, one process)", **one},
            {"what": "quét, hai tiến trình (scanned, two processes)", **two},
            {"what": "từ máy tính, chỉ cần pypdfium2 (born digital, pypdfium2 alone)", **quickly},
            {"what": "từ máy tính, cần pdfplumber tìm bảng (born digital, pdfplumber needed for tables)", **carefully},
            {"what": "từ máy tính, cần pdfplumber đọc chữ (born digital, pdfplumber needed for words)", **turned},
        ],
        "two_to_one": round(two["per_second"] / one["per_second"], 2),
        "pages": [_one_page(path, what) for path, what in _hard(place, quick=quick)],
    }


def _by_processes(scans: Sequence[Scan], workers: int) -> dict[str, Any]:
    """All scans through warm reader processes, each free one taking the next file."""
    from ingest.pool import ReaderPool

    with ReaderPool(workers) as pool, ThreadPoolExecutor(workers) as threads:
        list(threads.map(lambda _: pool.read(scans[0].path), range(workers)))  # starts them and loads the models
        started = time.perf_counter()
        readings = list(threads.map(lambda scan: pool.read(scan.path), scans))
        spent = time.perf_counter() - started
    pages = sum(len(reading.pages) for reading in readings)
    return {"pages": pages, "per_second": round(pages / spent, 3)}


def _born_digital(folder: Path, count: int) -> list[dict[str, Any]]:
    """Specimens by their text layer: as they are (pypdfium2 alone), with an upright stroke drawn in, and turned (pdfplumber)."""
    import pikepdf

    from corpus.render import render_pdf
    from corpus.specimen import letters

    plain: list[Path] = []
    ruled: list[Path] = []
    turned: list[Path] = []
    for specimen in letters():
        path, other = folder / f"{len(plain)}.pdf", folder / f"{len(plain)}-ruled.pdf"
        path.write_bytes(render_pdf(specimen))
        if not _is_plain(path):
            continue
        with pikepdf.open(path) as pdf:
            for page in pdf.pages:
                page.contents_add(b"q 20 100 m 20 700 l S Q")
            pdf.save(other)
        third = folder / f"{len(plain)}-turned.pdf"
        with pikepdf.open(path) as pdf:
            for page in pdf.pages:
                page.rotate(180, relative=False)
            pdf.save(third)
        turned.append(third)
        plain.append(path)
        ruled.append(other)
        if len(plain) == count:
            break
    return [_by_text_layer(paths) for paths in (plain, ruled, turned)]


def _is_plain(path: Path) -> bool:
    import pypdfium2

    from ingest.textlayer import needs_pdfplumber

    document = pypdfium2.PdfDocument(path)
    try:
        return all(needs_pdfplumber(page) is None for page in document)
    finally:
        document.close()


def _by_text_layer(paths: Sequence[Path]) -> dict[str, Any]:
    from ingest.reader import read_file
    from ingest.types import Limits

    read_file(paths[0], limits=Limits())  # loads what is loaded once
    pages = 0
    started = time.process_time()
    for _ in range(ROUNDS):
        for path in paths:
            reading = read_file(path, limits=Limits())
            pages += sum(page.source == "text-layer" for page in reading.pages)
    return {"pages": pages, "per_second": round(pages / (time.process_time() - started), 1)}


def _hard(folder: Path, *, quick: bool) -> list[tuple[Path, str]]:
    """Pages that ask for much, each a file: usual, noisy, large."""
    import numpy as np
    from PIL import Image

    from corpus.render import render_pdf
    from corpus.scan import PRESETS, scan
    from corpus.specimen import letters

    specimen = next(each for each in letters() if each.source.layout == "decree")
    usual = folder / "usual.pdf"
    usual.write_bytes(scan(render_pdf(specimen), PRESETS["combined"], seed=1))
    found = [(usual, "A4, quét 300 dpi, hư hại tổng hợp (A4 at 300 dpi, all damages)")]
    if quick:
        return found
    page = _page_image(usual)
    chance = np.random.default_rng(1)
    noise = chance.integers(0, 256, (3508, 2480), dtype=np.uint8)
    pictures = {
        "A4, 300 dpi, toàn đốm (A4 of nothing but noise)": (Image.fromarray(noise), 300),
        "A4, 600 dpi (A4 at 600 dpi)": (page.resize((4960, 7016)), 600),
        "A3, 300 dpi (A3 at 300 dpi)": (_side_by_side(page), 300),
        "A4, quét đen kịt (all black)": (Image.new("L", (2480, 3508), 0), 300),
        "A2, 300 dpi (A2 at 300 dpi)": (page.resize((4960, 7016)), 300),
        "A0, 200 dpi (A0 at 200 dpi)": (page.resize((6620, 9360)), 200),
        "A0, 600 dpi (A0 at 600 dpi)": (page.convert("L").resize((19860, 28080)), 600),
    }
    for index, (what, (image, dpi)) in enumerate(pictures.items()):
        path = folder / f"hard-{index}.pdf"
        path.write_bytes(_as_pdf(image, dpi))
        found.append((path, what))
    return found


def _page_image(path: Path) -> Any:
    import pypdfium2

    document = pypdfium2.PdfDocument(path)
    image = document[0].render(scale=300 / 72).to_pil().convert("RGB")
    document.close()
    return image


def _side_by_side(page: Any) -> Any:
    from PIL import Image

    both = Image.new("RGB", (2 * page.width, page.height))
    both.paste(page, (0, 0))
    both.paste(page, (page.width, 0))
    return both


def _as_pdf(image: Any, dpi: int) -> bytes:
    buffer = io.BytesIO()
    image.save(buffer, "PDF", resolution=dpi, quality=85)
    return buffer.getvalue()


def _one_page(path: Path, what: str) -> dict[str, Any]:
    """One file in a warm reader process: seconds and the most memory of it and its children."""
    from ingest.errors import DondocError
    from ingest.pool import ReaderPool

    with ReaderPool(1) as pool:
        small = path.parent / "0.pdf"
        pool.read(small)  # starts the process
        (pid,) = pool.pids()
        started = time.perf_counter()
        with Watch(pid) as watch:
            try:
                (page, *_) = pool.read(path).pages
                notes = [note for note in page.notes if note.startswith("failed")]
                outcome = "; ".join([f"{len(page.words)} từ (words)", *notes])
            except DondocError as error:
                outcome = error.code
        return {
            "what": what, "seconds": round(time.perf_counter() - started, 2), "peak_mb": round(watch.peak / MB), "outcome": outcome,
        }  # fmt: skip
