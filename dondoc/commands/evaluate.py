"""`dondoc evaluate`: our results against gold."""

from __future__ import annotations

import json
import sys
from pathlib import Path

from dondoc.cli import tell
from dondoc.extracting import extract_files, output_names
from dondoc.progress import steps
from dondoc.running import SUFFIXES, limits
from dondoc.settings import Settings
from ingest.errors import BadRequest


def run(gold_dir: Path, *, verbose: bool, as_json: bool, keep: bool, figures: Path | None) -> int:
    """Extract every document beside a gold file; print the figures and what changed against those kept."""
    from corpus import figures as kept
    from corpus.evaluate import evaluate

    paths = sorted(
        path for path in gold_dir.iterdir() if path.suffix.lower() in SUFFIXES and path.with_suffix(".json").exists()
    ) if gold_dir.is_dir() else []  # fmt: skip
    if not paths:
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
