"""`dondoc extract`: files to JSON."""

from __future__ import annotations

import json
import sys
from pathlib import Path

from dondoc.cli import tell
from dondoc.extracting import Extracted, extract_files, output_names
from dondoc.progress import steps
from dondoc.running import expand, limits
from dondoc.settings import Settings


def run(
    files: list[Path], *, out: Path | None, stats: bool, explain: bool, as_json: bool, workers: int
) -> int:
    """Extract every file; returns 0 only if all could be read.

    With `explain` standard output tells which rule gave what, in words or as
    lines of JSON; the documents themselves are then written to `out` only.
    """
    paths = expand(files)
    failed = 0
    if out is not None:
        out.mkdir(parents=True, exist_ok=True)
    with steps("Bóc tách", len(paths)) as advance:
        for result in extract_files(paths, limits=limits(Settings()), workers=workers):
            advance(result.path.name)
            if result.error is not None:
                failed += 1
                tell(result.error, result.path.name)
                continue
            if out is not None or not explain:
                _write(result, out)
            if explain:
                _explain(result, as_json=as_json)
            if stats:
                _print_stats(result)
    return 1 if failed else 0


def _write(result: Extracted, out: Path | None) -> None:
    for name, document in zip(output_names(result.path, len(result.documents)), result.documents, strict=True):
        if out is None:
            print(json.dumps({"file": result.path.name} | document, ensure_ascii=False), flush=True)
        else:
            (out / name).write_text(json.dumps(document, ensure_ascii=False, indent=1), encoding="utf-8")


def _explain(result: Extracted, *, as_json: bool) -> None:
    from dondoc.explaining import explanation
    from nlp.explain import explain

    for number, dispatch in enumerate(result.dispatches, 1):
        values = explain(dispatch)
        if as_json:
            found = [each.to_json() for each in values]
            told = {"file": result.path.name, "document": number, "explanation": found}
            print(json.dumps(told, ensure_ascii=False), flush=True)
        else:
            name = result.path.name + (f", văn bản thứ {number}" if number > 1 else "")
            print(explanation(name, values), end="\n\n", flush=True)


def _print_stats(result: Extracted) -> None:
    spent = ", ".join(f"{stage} {seconds:.2f} s" for stage, seconds in result.seconds)
    print(f"{result.path.name}: {result.pages} trang; {spent}", file=sys.stderr)
