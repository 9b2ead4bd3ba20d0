"""How well pages are read, ours beside plain Tesseract and OCRmyPDF: the same pages, in the same run, turn by turn.

    python -m bench.quality [--letters 4] [--truth DIR] [--write docs/quality.md]

Pages are specimen letters rendered under every damage `corpus.scan` knows, and
with --truth scans with transcribed pages. Seconds are of the processor, all
processes of a command together, so that other work on the machine hardly
changes them; they hold the start of each program.
"""

from __future__ import annotations

import argparse
import json
import resource
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from functools import partial
from pathlib import Path
from typing import Any

from bench import machine
from bench.commands import DONDOC, Failed, environment, seconds_of
from corpus.misreading import Misread, total
from corpus.reading_quality import KnownScan, judge, rendered, transcribed

DPI = 300
"""The resolution at which a PDF page is given to Tesseract alone; OCRmyPDF and we choose for ourselves."""


@dataclass(frozen=True, slots=True)
class Row:
    """What one engine made of one group of pages."""

    engine: str
    group: str
    counts: Misread
    pages: int
    seconds: float


Engine = Callable[[Path, Path, dict[str, str]], list[str]]
"""From a PDF, a folder to work in and an environment to the text of each page."""


def engines() -> dict[str, Engine]:
    """What is compared: ours, plain Tesseract, and OCRmyPDF straightening pages, without and with cleaning, where it is installed."""
    found: dict[str, Engine] = {"dondoc ocr": _ours, "tesseract": _tesseract}
    if _ocrmypdf():
        found["ocrmypdf --deskew"] = partial(_peer, ("--deskew",))
        found["ocrmypdf --deskew --clean"] = partial(_peer, ("--deskew", "--clean"))
    return found


def measure(
    folder: Path, scans: Iterable[KnownScan], tell: Callable[[str], None], engines: Mapping[str, Engine]
) -> list[Row]:
    """A row per engine and file; who goes first changes with every file."""
    env = environment(folder)
    rows: list[Row] = []
    for index, scan in enumerate(scans):
        path = folder / f"{index}.pdf"
        path.write_bytes(scan.pdf)
        order = list(engines)[index % len(engines) :] + list(engines)[: index % len(engines)]
        for name in order:
            before = _spent()
            try:
                pages = engines[name](path, folder, env)
            except Failed as error:
                tell(f"{name}: {scan.name}: {error}")
                pages = []  # nothing was read: that is what the table says
            seconds = _spent() - before
            share = seconds / len(scan.pages)
            rows += [Row(name, each.group, each.counts, len(pages), share) for each in judge(scan, pages)]
        tell(f"{scan.name} {scan.group}".strip())
        path.unlink()
    return rows


def _spent() -> float:
    usage = resource.getrusage(resource.RUSAGE_CHILDREN)
    return usage.ru_utime + usage.ru_stime


def _ours(path: Path, folder: Path, env: dict[str, str]) -> list[str]:
    out = folder / "ours.txt"
    seconds_of([DONDOC, "ocr", str(path), "-o", str(out)], env)
    return out.read_text(encoding="utf-8").split("\f")


def _tesseract(path: Path, folder: Path, env: dict[str, str]) -> list[str]:
    import pypdfium2

    document = pypdfium2.PdfDocument(path)
    pages = []
    for index in range(len(document)):
        image = folder / "page.png"
        document[index].render(scale=DPI / 72).to_pil().convert("L").save(image, dpi=(DPI, DPI))
        done = subprocess.run(
            ["tesseract", str(image), "-", "-l", "vie", "--psm", "3", "--dpi", str(DPI)],
            env=env, capture_output=True, text=True, timeout=300, check=True,
        )  # fmt: skip
        pages.append(done.stdout)
    document.close()
    return pages


def _ocrmypdf() -> str | None:
    beside = Path(sys.executable).with_name("ocrmypdf")
    return str(beside) if beside.exists() else shutil.which("ocrmypdf")


def _peer(how: Sequence[str], path: Path, folder: Path, env: dict[str, str]) -> list[str]:
    side, out = folder / "peer.txt", folder / "peer.pdf"
    program = _ocrmypdf() or "ocrmypdf"
    options = ["-l", "vie", *how, "--output-type", "pdf", "--jobs", "1", "-q", "--force-ocr"]
    seconds_of([program, *options, "--sidecar", str(side), str(path), str(out)], env)
    return side.read_text(encoding="utf-8").split("\f")


def table(rows: Sequence[Row]) -> str:
    """Markdown: per group and engine the rates in per cent, seconds of the processor a page, and the ratios to ours."""
    groups = list(dict.fromkeys(row.group for row in rows))
    engines = list(dict.fromkeys(row.engine for row in sorted(rows, key=lambda row: row.engine)))
    lines = [
        "| trang | chương trình | ký tự sai | dấu sai | sai thứ tự | từ sai | số, ký hiệu đúng | giây CPU/trang |",
        "|---|---|--:|--:|--:|--:|--:|--:|",
    ]
    for group in [*groups, "**tất cả (all)**"]:
        for engine in engines:
            chosen = [row for row in rows if row.engine == engine and (row.group == group or group.startswith("**"))]
            if chosen:
                lines.append(_line(group, engine, chosen))
    return "\n".join(lines)


def _line(group: str, engine: str, rows: Sequence[Row]) -> str:
    rates = total(row.counts for row in rows).rates()
    seconds = sum(row.seconds for row in rows) / max(1, sum(row.pages for row in rows))
    cells = [rates["character"], rates["diacritic"], rates["order"], rates["word"], rates["code"]]
    shown = " | ".join(f"{cell:.2%}".replace(".", ",") for cell in cells)
    return f"| {group} | `{engine}` | {shown} | {f'{seconds:.2f}'.replace('.', ',')} |"


def summary(rows: Sequence[Row]) -> list[dict[str, Any]]:
    """A row per engine over all files: pages, seconds of the processor a page, and the rates of `corpus.misreading`."""
    result = []
    for engine in dict.fromkeys(row.engine for row in rows):
        chosen = [row for row in rows if row.engine == engine]
        pages = max(1, sum(row.pages for row in chosen))
        rates = {name: round(rate, 5) for name, rate in total(row.counts for row in chosen).rates().items()}
        result.append(
            {"engine": engine, "pages": pages, "cpu_s": round(sum(row.seconds for row in chosen) / pages, 3)} | rates
        )
    return result


def page(results: dict[str, Any], rendered_rows: Sequence[Row], truth_rows: Sequence[Row]) -> str:
    """docs/quality.md."""
    facts = results["machine"]
    parts = [
        "# Chất lượng đọc",
        "Trang này do `python -m bench.quality --write docs/quality.md` viết ra; không sửa bằng tay. Số đo chỉ có nghĩa trên máy đã đo.",
        "*English: written by the bench. Errors in per cent of characters in place (each paragraph against its best place), of these marks only, in reading order, of words; "
        "numbers and codes read right; seconds of the processor a page, start included.*",
        f"- Ngày đo: {facts['date']}; {facts['cores']} nhân ({facts['processor']}); {facts['system']}; {facts['tesseract']}; OCRmyPDF {facts['ocrmypdf'] or 'không có (not installed)'}.",
        "- Ký tự sai: từng đoạn so với chỗ giống nhất trong văn bản đọc được. Dấu sai: phần chỉ sai vì dấu. Sai thứ tự: cả trang theo thứ tự đọc. "
        "`tesseract`: trang 300 dpi, psm 3, không xử lý gì. Giây CPU của mọi tiến trình, kể cả khởi động: nghịch đảo là trang/giây trên một nhân.",
        "## Trang dựng, đủ kiểu hư hại (rendered pages, every damage)",
        table(rendered_rows),
    ]
    if truth_rows:
        parts += ["## Trang quét thật, chép tay để so (transcribed pages of real scans)", *filter(None, [results.get("note")]), table(truth_rows)]
    return "\n\n".join(parts) + "\n"


def main() -> int:
    """Measure; show the tables; write the page."""
    parser = argparse.ArgumentParser(prog="python -m bench.quality", description=__doc__)
    parser.add_argument("--letters", type=int, default=4, help="specimens, each under every damage")
    parser.add_argument("--truth", type=Path, metavar="DIR", help="scans with transcribed pages NAME.pN.txt")
    parser.add_argument("--note", default="", help="what the transcribed pages are, for the page")
    parser.add_argument("--write", type=Path, metavar="FILE.md")
    parser.add_argument("--output", type=Path, metavar="FILE.json")
    options = parser.parse_args()

    def tell(line: str) -> None:
        print(line, file=sys.stderr, flush=True)

    results: dict[str, Any] = {"machine": machine.describe(), "note": options.note}
    if peer := _ocrmypdf():
        results["machine"]["ocrmypdf"] = machine.first_line(peer, "--version")
    with tempfile.TemporaryDirectory(prefix="dondoc-quality-") as place:
        folder = Path(place)
        ours = measure(folder, rendered(options.letters), tell, engines())
        real = measure(folder, transcribed(options.truth), tell, engines()) if options.truth else []
    text = page(results, ours, real)
    print(text)
    if options.write:
        options.write.write_text(text, encoding="utf-8")
    if options.output:
        rows = [asdict(row) for row in (*ours, *real)]
        options.output.write_text(json.dumps(results | {"rows": rows}, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
