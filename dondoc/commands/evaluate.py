"""`dondoc evaluate`: our results against gold."""

from __future__ import annotations

import json
from pathlib import Path

from dondoc.cli import tell
from dondoc.extracting import extract_files, output_names
from dondoc.progress import steps
from dondoc.running import SUFFIXES, limits
from dondoc.settings import Settings
from ingest.errors import BadRequest


def run(gold_dir: Path, *, verbose: bool, as_json: bool) -> int:
    """Extract every document beside a gold file and print the figures."""
    from corpus.evaluate import evaluate

    paths = sorted(
        path for path in gold_dir.iterdir() if path.suffix.lower() in SUFFIXES and path.with_suffix(".json").exists()
    ) if gold_dir.is_dir() else []  # fmt: skip
    if not paths:
        raise BadRequest(
            "no-gold", f"Không thấy văn bản có gold trong “{gold_dir}”.", f"No document with gold in “{gold_dir}”.",
            advice="Cần NAME.json cạnh NAME.txt hoặc NAME.pdf.",
        )  # fmt: skip
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
    if as_json:
        print(json.dumps(report.to_json(), ensure_ascii=False))
    else:
        print(report.table(misses=verbose))
    return 0
