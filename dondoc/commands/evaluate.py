"""`dondoc evaluate`: our results against gold."""

from __future__ import annotations

import json
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict
from pathlib import Path

from dondoc.cli import tell
from dondoc.extracting import extract_files, output_names
from dondoc.progress import steps
from dondoc.running import SUFFIXES, limits
from dondoc.settings import Settings
from ingest.errors import BadRequest


def run(gold_dir: Path | None, *, verbose: bool, as_json: bool, keep: bool, figures: Path | None) -> int:
    """Extract every document beside a gold file; print the figures and what changed against those kept."""
    from corpus import figures as kept
    from corpus.evaluate import evaluate

    paths = sorted(
        path for path in gold_dir.iterdir() if path.suffix.lower() in SUFFIXES and path.with_suffix(".json").exists()
    ) if gold_dir and gold_dir.is_dir() else []  # fmt: skip
    if not paths or gold_dir is None:
        raise BadRequest(
            "no-gold", f"Không thấy văn bản có gold trong “{gold_dir}”.", f"No document with gold in “{gold_dir}”.",
            advice="Cần NAME.json cạnh NAME.txt hoặc NAME.pdf.",
        )  # fmt: skip
    figures = figures or kept.FIGURES
    predictions: dict[str, dict[str, object]] = {}
    settings = Settings()
    with steps("Bóc tách", len(paths)) as advance:
        for result in extract_files(paths, limits=limits(settings), workers=max(1, settings.workers)):
            advance(result.path.name)
            if result.error is not None:
                tell(result.error, result.path.name)
                continue
            for name, document in zip(output_names(result.path, len(result.documents)), result.documents, strict=True):
                predictions[name.removesuffix(".json")] = document
    report = evaluate(gold_dir, predictions)
    keys = kept.letter_keys(report, gold_dir, {path.stem: path.suffix for path in paths})
    compared = kept.compare_with_kept(report, keys, kept.load(figures))
    if as_json:
        print(json.dumps(report.to_json() | {"compared": compared.to_json()}, ensure_ascii=False))
    else:
        print(report.table(misses=verbose), compared.table(), sep="\n\n")
    if keep:
        kept.keep(report, keys, figures)
        print(f"Đã ghi số đo vào {figures}.", file=sys.stderr)
    return 0


def run_ocr(folder: Path | None, *, letters: int, as_json: bool) -> int:
    """Read pages whose text is known and print how much was misread: specimens under every damage, or transcribed pages."""
    from corpus.misreading import total
    from corpus.reading_quality import Judged, judge, rendered, table, transcribed
    from ingest.pool import ReaderPool
    from ingest.searchable import write_text

    known = list(rendered(letters)) if folder is None else transcribed(folder)
    if not known:
        raise BadRequest(
            "no-truth", f"Không thấy trang có bản chép trong “{folder}”.", f"No transcribed page in “{folder}”.",
            advice="Cần NAME.pdf và NAME.p1.txt (bản chép trang 1), cùng thư mục hoặc trong thư mục con truth.",
        )  # fmt: skip
    settings = Settings()
    judged: list[Judged] = []
    with (
        tempfile.TemporaryDirectory() as place,
        ReaderPool(workers=max(1, settings.workers), limits=limits(settings)) as pool,
        ThreadPoolExecutor(max(1, settings.workers)) as threads,
        steps("Đọc", len(known)) as advance,
    ):
        paths = [Path(place) / f"{index}.pdf" for index in range(len(known))]
        for path, scan in zip(paths, known, strict=True):
            path.write_bytes(scan.pdf)
        for scan, reading in zip(known, threads.map(lambda path: pool.read(path, name=path.name), paths), strict=True):
            advance(f"{scan.name} {scan.group}".strip())
            judged += judge(scan, write_text(reading).split("\f"))
    if as_json:
        groups = [{"group": each.group} | asdict(each.counts) for each in judged]
        print(json.dumps({"pages": groups, "rates": total(each.counts for each in judged).rates()}, ensure_ascii=False))
    else:
        print(table(judged))
    return 0
