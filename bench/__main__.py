"""Measure speed, memory and accuracy; show tables; write bench/results.json."""

from __future__ import annotations

import argparse
import json
import os
import shutil
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from bench import citations, latency, machine, quality, reading, report, stages, startup
from bench.commands import Failed
from bench.specimens import make_scans
from corpus.reading_quality import rendered

RESULTS = Path(__file__).resolve().parent / "results.json"
PARTS = ("reading", "stages", "citations", "ocr", "search", "startup")
APART = ("pages",)
"""Parts of many minutes: measured only where they are asked for."""
SECONDS = 720
"""All of it should take no more; parts that can be shortened are, and say so."""


def main() -> int:
    """Run the parts asked for; 1 where one of them failed."""
    options = _arguments()
    options.began = began = time.monotonic()
    results: dict[str, Any] = {"machine": machine.describe(), "quick": options.quick}
    folder = options.folder or Path(tempfile.mkdtemp(prefix="dondoc-bench-"))
    folder.mkdir(parents=True, exist_ok=True)
    try:
        for part in options.only or PARTS:
            tell(f"== {part}")
            try:
                results |= _PARTS[part](folder, options)
            except Failed as error:
                results.setdefault("failed", {})[part] = str(error)
                tell(f"{part}: {error}")
    finally:
        if not options.folder:
            shutil.rmtree(folder, ignore_errors=True)
    results["seconds"] = round(time.monotonic() - began, 1)
    _show(results)
    kept = not options.quick and (options.write or not options.only)
    if kept and RESULTS.exists():
        results = report.merged(json.loads(RESULTS.read_text(encoding="utf-8")), results, options.only)
    if output := options.output or (RESULTS if kept else None):
        output.write_text(json.dumps(results, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
        tell(f"Đã ghi {output}")
    if options.write:
        options.write.write_text(report.markdown(results), encoding="utf-8")
        tell(f"Đã ghi {options.write}")
    return 1 if "failed" in results else 0


def tell(line: str) -> None:
    """Say on standard error how far it is."""
    print(line, file=sys.stderr, flush=True)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument("--quick", action="store_true", help="two scans, a hundred letters: only whether all parts work")
    parser.add_argument("--only", action="append", choices=(*PARTS, *APART), help="this part alone (may be repeated)")
    parser.add_argument(
        "--write", type=Path, metavar="FILE.md", help="write the page of measurements as well; with --only the other parts stay as they were"
    )
    parser.add_argument(
        "--output", type=Path, metavar="FILE.json", help="where the figures go; a whole run, or one with --write, writes bench/results.json"
    )
    parser.add_argument("--folder", type=Path, help="where what is made for measuring is kept for the next time (it goes otherwise)")
    parser.add_argument("--index", type=Path, metavar="FILE", help="for the search page: an embedded index made by `./run scale`")
    parser.add_argument(
        "--elasticsearch", metavar="URL", default=os.environ.get("DONDOC_TEST_ELASTICSEARCH_URL"),
        help="a server to measure instead of starting one",
    )  # fmt: skip
    parser.add_argument("--no-elasticsearch", action="store_true", help="measure the embedded engine alone")
    return parser.parse_args()


def _left(options: argparse.Namespace) -> float:
    return SECONDS - (time.monotonic() - float(options.began))


def _stages(folder: Path, options: argparse.Namespace) -> dict[str, Any]:
    scans = make_scans(folder, 2 if options.quick else 10)
    workers = (1, 2)
    return {
        "pages": sum(scan.pages for scan in scans),
        "stages": stages.measure(folder, scans, workers),
        "ingest": stages.whole_way(folder, scans, workers),
    }


def _citations(folder: Path, options: argparse.Namespace) -> dict[str, Any]:
    return {"citations": citations.measure(rounds=1 if options.quick else 5)}


def _reading(folder: Path, options: argparse.Namespace) -> dict[str, Any]:
    scans = make_scans(folder, 2 if options.quick else 10)
    return {"reading": reading.measure(folder, scans, quick=options.quick)}


def _ocr(folder: Path, options: argparse.Namespace) -> dict[str, Any]:
    engines = quality.engines()
    if options.quick:
        engines = {"dondoc ocr": engines["dondoc ocr"]}
    scans = list(rendered(1))[: 1 if options.quick else None]
    return {"ocr": quality.summary(quality.measure(folder, scans, tell, engines))}


def _search(folder: Path, options: argparse.Namespace) -> dict[str, Any]:
    return {
        "search": latency.measure(
            folder, sizes=(100,) if options.quick else (2_000, 10_000), rounds=2 if options.quick else 20,
            elasticsearch=options.elasticsearch, without_server=options.no_elasticsearch, budget=_left(options), tell=tell,
        )
    }  # fmt: skip


def _pages(folder: Path, options: argparse.Namespace) -> dict[str, Any]:
    from bench import pages

    letters, rounds = (1_000, 2) if options.quick else (100_000, 20)
    return {"office": pages.measure(folder, letters=letters, rounds=rounds, tell=tell, index=options.index)}


def _startup(folder: Path, options: argparse.Namespace) -> dict[str, Any]:
    return {"startup": startup.measure(folder, rounds=1 if options.quick else 7)}


_PARTS: dict[str, Callable[[Path, argparse.Namespace], dict[str, Any]]] = {
    "reading": _reading, "stages": _stages, "citations": _citations, "ocr": _ocr, "search": _search, "startup": _startup,
    "pages": _pages,
}  # fmt: skip


def _show(results: dict[str, Any]) -> None:
    from rich.console import Console
    from rich.table import Table

    console = Console()
    for table in report.tables(results):
        shown = Table(title=table.title, title_justify="left", caption_justify="left")
        for column in table.columns:
            shown.add_column(column)
        for row in table.rows:
            shown.add_row(*row)
        console.print(shown)


if __name__ == "__main__":
    sys.exit(main())
