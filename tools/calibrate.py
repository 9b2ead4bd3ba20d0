"""How often each rule is right: counts behind the confidence of every value, and how well they hold.

    python tools/calibrate.py read CACHE [DIR..] [--pages 80]
    python tools/calibrate.py judge FILE [DIR..]
    python tools/calibrate.py count CACHE [DIR..] [--seen FILE] [--keep] [--fields task deadline ..]

`read` fills CACHE (a folder outside the project) with readings by Tesseract: of the
specimen letters, rendered and damaged as scans, and of the PDF files in each DIR. What is
there already is not read again. `count` lets the program understand the specimens as text,
the readings, and the .txt files with gold in each DIR, judges every value against the gold,
prints the error of the confidence before and after for letters that were not counted, and
with --keep writes nlp/data/calibration.toml; with --fields those alone, the others as they were
(what is said of scans needs many of them, what is said of tasks many letters). That file holds numbers alone.

`judge` adds to FILE how each value of the letters with gold in each DIR was judged, without a word
of them: done with letters nobody has looked at, before a rule is mended on them, it keeps how often
the rules are right at first sight. `count --seen FILE` counts those values in place of the
letters' own where they are met again (tools/first_sight.tsv is such a file).
"""

from __future__ import annotations

import argparse
import hashlib
import json
import re
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from corpus import letter, letters
from corpus.judging import judged
from corpus.render import render_pdf
from corpus.scan import scan
from ingest.jsonform import reading_from_json, reading_to_json
from ingest.reader import read_file
from ingest.types import Limits, Page
from nlp.calibration import DOUBT, EDGES, Effect, Weights, calibration, plain
from nlp.dispatch import found
from nlp.doubts import cases
from nlp.jsonform import to_json
from nlp.lexicon import toml
from nlp.reading import page_of_string
from tools.fitting import FOLDS, Seen, brier, calibration_error, crossed, fitted
from tools.learn_confusions import DAMAGES, MISPRINTED

TARGET = Path(__file__).resolve().parent.parent / "nlp" / "data" / "calibration.toml"


@dataclass(frozen=True, slots=True)
class Sample:
    """A letter to be understood: what tells it from others, the gold of its documents, its pages."""

    letter: str
    gold: tuple[dict[str, Any], ...]
    pages: tuple[Page, ...]


def read(cache: Path, folders: list[Path], *, pages: int) -> None:
    """Read scans once and keep the readings; at most so many new pages of specimens."""
    cache.mkdir(parents=True, exist_ok=True)
    for path in sorted(path for folder in folders for path in folder.glob("*.pdf")):
        if path.with_suffix(".json").exists():
            _keep(cache / f"{hashlib.sha256(path.read_bytes()).hexdigest()}.json", path)
    done = 0
    with tempfile.TemporaryDirectory() as folder:
        page = Path(folder, "page.pdf")
        for index, specimen in enumerate(letters()):
            if specimen.source.layout == "web" or specimen.name in MISPRINTED:
                continue
            kept = cache / f"specimen.{specimen.name}.{index % len(DAMAGES)}.json"
            if kept.exists():
                continue
            if done >= pages:
                break
            page.write_bytes(scan(render_pdf(specimen), DAMAGES[index % len(DAMAGES)], seed=index))
            done += _keep(kept, page)


def _keep(kept: Path, path: Path) -> int:
    """Read a file unless its reading is there; how many pages were read."""
    if kept.exists():
        return 0
    started = time.perf_counter()
    reading = read_file(path, limits=Limits())
    part = kept.with_suffix(".part")
    part.write_text(json.dumps(reading_to_json(reading), ensure_ascii=False), encoding="utf-8")
    part.replace(kept)
    print(f"{kept.name[:40]}: {len(reading.pages)} pages, {time.perf_counter() - started:.1f} s", flush=True)
    return len(reading.pages)


def samples(cache: Path, folders: Iterable[Path]) -> Iterator[Sample]:
    """The specimens as text and as read, and the texts and readings of the folders."""
    for specimen in letters():
        yield Sample(specimen.name, (specimen.gold,), (page_of_string(specimen.text),))
    for path in sorted(cache.glob("specimen.*.json")):
        name = path.name.split(".")[1]
        yield Sample(name, (letter(name).gold,), _reading(path))
    yield from in_folders(cache, folders)


def in_folders(cache: Path, folders: Iterable[Path]) -> Iterator[Sample]:
    """The letters with gold in the folders: texts, and scans where their reading is in the cache."""
    for path in sorted(path for folder in folders for path in folder.glob("*.json")):
        if re.search(r"\.\d+\.json$", path.name):
            continue  # a further document of a file
        name = path.name.removesuffix(".json")
        gold = [path, *(path.with_name(f"{name}.{n}.json") for n in range(2, 10))]
        known = tuple(json.loads(each.read_text(encoding="utf-8")) for each in gold if each.exists())
        key = hashlib.sha256(path.read_bytes()).hexdigest()
        if path.with_suffix(".txt").exists():
            yield Sample(key, known, read_file(path.with_suffix(".txt"), limits=Limits()).pages)
        elif (scan := path.with_suffix(".pdf")).exists():
            kept = cache / f"{hashlib.sha256(scan.read_bytes()).hexdigest()}.json"
            if kept.exists():
                yield Sample(key, known, _reading(kept))
            else:
                print(f"not read yet: {scan.name}", file=sys.stderr)


def _reading(path: Path) -> tuple[Page, ...]:
    return reading_from_json(json.loads(path.read_text(encoding="utf-8"))).pages


def seen_in(sample: Sample) -> Iterator[Seen]:
    """Every judged value of a sample; a reference once, by its surest mention."""
    for (dispatch, text), gold in zip(found(sample.pages), sample.gold, strict=False):
        verdicts = judged(gold, to_json(dispatch))
        best: dict[str, Seen] = {}
        for case in cases(dispatch, text.confidence):
            value = case.value
            path = value.path.partition(".mentions")[0]
            if path not in verdicts or (path in best and best[path].score >= case.score):
                continue
            best[path] = Seen(
                sample.letter, value.field, plain(value.evidence.rule), value.evidence.confidence,
                case.score, case.marks, verdicts[path],
            )  # fmt: skip
        yield from best.values()


def table(judged_values: Sequence[tuple[Seen, float]]) -> str:
    """Per field: values, share right, and both errors before and after."""
    lines = ["| field | n | right | mean before | mean after | ECE before | ECE after | Brier before | Brier after |"]
    lines.append("|---|--:|--:|--:|--:|--:|--:|--:|--:|")
    for name in (*sorted({each.field for each, _ in judged_values}), "all"):
        group = [(each, p) for each, p in judged_values if name in (each.field, "all")]
        before, after = [(e.raw, e.right) for e, _ in group], [(p, e.right) for e, p in group]
        share = sum(e.right for e, _ in group) / len(group)
        figures = (share, _mean(before), _mean(after), calibration_error(before), calibration_error(after), brier(before), brier(after))
        lines.append(f"| {name} | {len(group)} | " + " | ".join(f"{each:.3f}" for each in figures) + " |")
    return "\n".join(lines)


def _mean(pairs: Sequence[tuple[float, bool]]) -> float:
    return sum(p for p, _ in pairs) / len(pairs)


def thresholds(judged_values: Sequence[tuple[Seen, float]]) -> str:
    """For each threshold: the share of wrong values below it, and of right ones; before and after."""
    lines = ["| below | wrong flagged, before | right flagged, before | wrong flagged | right flagged |", "|--:|--:|--:|--:|--:|"]
    wrong = [(e.raw, p) for e, p in judged_values if not e.right]
    right = [(e.raw, p) for e, p in judged_values if e.right]
    for edge in (0.5, 0.6, 0.7, 0.75, 0.8, 0.85, 0.88, 0.9, 0.92, 0.94, 0.95, 0.96):
        shares = [sum(pair[i] < edge for pair in group) / max(1, len(group)) for i in (0, 1) for group in (wrong, right)]
        chosen = " *" if edge == DOUBT else ""
        lines.append(f"| {edge}{chosen} | " + " | ".join(f"{share:.3f}" for share in shares) + " |")
    return "\n".join(lines)


def written(weights: Mapping[str, Weights], counted_on: Mapping[str, int]) -> str:
    """The data file; `counted_on` is on how many letters each field was counted."""
    lines = [
        "# [found, right, effect]: how many values were found, how many were right, and by how much that moves the log odds:",
        f"# by field, then by rule, by band of the score (from {', '.join(map(str, (0, *EDGES)))}) and by mark.",
        "# Made by tools/calibrate.py, not by hand. nlp/calibration.py says what follows from it.",
        "",
        "[letters]  # on how many letters each field was counted",
        *(f"{name} = {counted_on[name]}" for name in weights),
    ]
    for name, each in weights.items():
        lines += ["", f"[fields.{name}]", f"all = {_triple(each.all)}"]
        lines.append(f"bands = [{', '.join(map(_triple, each.bands))}]")
        for part, group in (("rules", each.rules), ("marks", each.marks)):
            lines.append(f"[fields.{name}.{part}]")
            lines += [f'"{key}" = {_triple(effect)}' for key, effect in group.items()]
    return "\n".join(lines) + "\n"


def _triple(effect: Effect) -> str:
    return f"[{effect.found}, {effect.right}, {effect.odds + 0.0:.3f}]"


def judge(target: Path, folders: list[Path]) -> None:
    """Add the judged values of the folders' letters to a file, equal ones of a letter on one line with their number."""
    known = {each.letter for each in judged_before(target)} if target.exists() else set()
    with target.open("a", encoding="utf-8") as out:
        for sample in in_folders(Path(), folders):
            if _key(sample.letter) in known:
                continue
            for e, number in Counter(seen_in(sample)).items():
                row = (_key(sample.letter), e.field, e.rule, f"{e.raw:g}", f"{e.score:g}", ",".join(e.marks), str(int(e.right)), str(number))
                out.write("\t".join(row) + "\n")


def judged_before(path: Path) -> Iterator[Seen]:
    """The values that `judge` wrote."""
    for line in path.read_text(encoding="utf-8").splitlines():
        key, field, rule, raw, score, marks, right, number = line.split("\t")
        value = Seen(key, field, rule, float(raw), float(score), tuple(filter(None, marks.split(","))), right == "1")
        yield from [value] * int(number)


def _key(letter_key: str) -> str:
    return letter_key[:12]


def count(cache: Path, folders: list[Path], *, keep: bool, fields: Sequence[str] = (), before_mending: Path | None = None) -> None:
    """Print how well the counts hold; write them on demand, those of some fields where they are named."""
    first = list(judged_before(before_mending)) if before_mending else []
    unseen = {each.letter for each in first}
    seen = first + [each for sample in samples(cache, folders) if _key(sample.letter) not in unseen for each in seen_in(sample)]
    number = len({each.letter for each in seen})
    after = crossed(seen)
    print(f"{number} letters, {len(seen)} values; each judged by the counts of other letters ({FOLDS} parts)\n")
    print(table(after))
    print()
    print(thresholds(after))
    if keep:
        before, letters_before = calibration().fields, toml("calibration.toml")["letters"]
        new = fitted(seen)
        kept = {name: new[name] if name in (fields or new) else before[name] for name in sorted({*new, *before})}
        counted_on = {name: number if name in (fields or new) else letters_before[name] for name in kept}
        TARGET.write_text(written(kept, counted_on), encoding="utf-8")


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("what", choices=("read", "judge", "count"))
    parser.add_argument("cache", type=Path)
    parser.add_argument("folders", type=Path, nargs="*")
    parser.add_argument("--pages", type=int, default=80)
    parser.add_argument("--seen", type=Path)
    parser.add_argument("--keep", action="store_true")
    parser.add_argument("--fields", nargs="+", default=[], choices=sorted(calibration().fields))
    options = parser.parse_args()
    if options.what == "read":
        read(options.cache, options.folders, pages=options.pages)
    elif options.what == "judge":
        judge(options.cache, options.folders)
    else:
        count(options.cache, options.folders, keep=options.keep, fields=options.fields, before_mending=options.seen)


if __name__ == "__main__":
    main()
