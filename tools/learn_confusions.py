"""Which letters Tesseract takes for which: counted on this project's own rendered pages.

    python tools/learn_confusions.py read pairs.tsv [--held-out] [--pages 60] [--turn 1]
    python tools/learn_confusions.py count ingest/language/data/confusions.tsv pairs.tsv..

`read` renders specimen letters, scans them with several kinds of damage, reads
them as any upload is read and lays the words beside those of the born-digital
page: one line per word, true, read, confidence. `count` aligns the letters of
each pair. Letters whose name hashes to 0 modulo 3 are held out: they are never
counted, and the repair is measured on them (`tools/measure_repair.py`).
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from difflib import SequenceMatcher
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from corpus import letters
from corpus.render import render_pdf, seed_of
from corpus.scan import MILD, PRESETS, Damage, scan
from ingest.reader import read_file
from ingest.types import Limits, Page

DAMAGES: tuple[Damage, ...] = (
    *MILD,
    Damage(dpi=150, noise=6, blur=0.5, jpeg_quality=60),
    PRESETS["photocopy"],
    Damage(dpi=130, noise=4, blur=0.5, jpeg_quality=55, skew=0.4),
    PRESETS["low"],
    PRESETS["combined"],
    Damage(dpi=120, noise=8, blur=0.7, jpeg_quality=50),
    Damage(photocopy=True, dpi=150, noise=8, blur=0.9),
    Damage(dpi=110, noise=5, blur=0.9, jpeg_quality=45, skew=-0.3),
    Damage(photocopy=True, dpi=120, noise=5, blur=0.6, jpeg_quality=60),
)
LEAST_COUNT = 2
"""A confusion seen once may be an accident of one page."""


MISPRINTED = frozenset(("ct_tainguyennuoc_2020", "huyen_ditich_2017"))
"""Specimens printed with misreadings on purpose: there the print is not the truth."""


def held_out(name: str) -> bool:
    """Whether a letter is kept for measuring."""
    return seed_of(name) % 3 == 0


def read(target: Path, *, held: bool, pages: int, turn: int) -> None:
    """Write true and read words of rendered pages; each `turn` gives a letter another damage."""
    done = 0
    chosen = [each for each in letters() if held_out(each.name) == held and each.source.layout != "web" and each.name not in MISPRINTED]
    with target.open("w", encoding="utf-8") as file, tempfile.TemporaryDirectory() as folder:
        for index, specimen in enumerate(chosen):
            pdf = render_pdf(specimen)
            path = Path(folder, "page.pdf")
            path.write_bytes(pdf)
            truth = read_file(path, limits=Limits()).pages
            kind = (index + turn * 5) % len(DAMAGES)
            path.write_bytes(scan(pdf, DAMAGES[kind], seed=index + 1000 * turn))
            started = time.perf_counter()
            seen = read_file(path, limits=Limits()).pages
            for true_page, read_page in zip(truth, seen, strict=True):
                file.write(f"# {specimen.name} page {true_page.number} damage {kind}\n")
                for true, word, confidence in beside(true_page, read_page):
                    file.write(f"{true}\t{word}\t{confidence:.2f}\n")
            file.flush()
            done += len(seen)
            print(f"{specimen.name}: {len(seen)} pages, {time.perf_counter() - started:.1f} s", flush=True)
            if done >= pages:
                break


def beside(truth: Page, seen: Page) -> Iterator[tuple[str, str, float]]:
    """The words of a read page with the true ones; words without a partner have an empty one."""
    left = [word.text for word in truth.words]
    right = list(seen.words)
    blocks = SequenceMatcher(None, [_key(w) for w in left], [_key(w.text) for w in right], autojunk=False)
    for kind, a0, a1, b0, b1 in blocks.get_opcodes():
        if kind == "equal" or a1 - a0 == b1 - b0:
            for true, word in zip(left[a0:a1], right[b0:b1], strict=True):
                yield true, word.text, word.confidence
            continue
        yield from ((true, "", 0.0) for true in left[a0:a1])
        yield from (("", word.text, word.confidence) for word in right[b0:b1])


def _key(word: str) -> str:
    from nlp.folding import fold

    return fold(word).strip(".,;:'\"")


def count(sources: list[Path], target: Path) -> None:
    """Count letters taken for others, and words by the reader's confidence."""
    from nlp.normalise import plain_tone

    letters_read: Counter[tuple[str, str]] = Counter()
    seen: Counter[str] = Counter()
    trust: Counter[tuple[int, bool]] = Counter()
    for line in (line for source in sources for line in source.read_text(encoding="utf-8").splitlines()):
        if line.startswith("#"):
            continue
        true, word, confidence = line.split("\t")
        if not true or not word:
            continue
        true, word = plain_tone(true.lower()), plain_tone(word.lower())
        if not any(char.isalpha() for char in true):
            continue
        if SequenceMatcher(None, _key(true), _key(word)).ratio() < 0.5 and len(true) > 2:
            continue  # other words side by side, no misreading
        trust[bucket(float(confidence)), true.strip(".,;:") == word.strip(".,;:")] += 1
        seen.update(true)
        for kind, a0, a1, b0, b1 in SequenceMatcher(None, true, word, autojunk=False).get_opcodes():
            if kind == "equal":
                continue
            left, right = true[a0:a1], word[b0:b1]
            if len(left) == len(right):
                letters_read.update(zip(left, right, strict=True))
            elif len(left) <= 3 and len(right) <= 3:
                letters_read[left, right] += 1
    rows = ["# Letters as Tesseract reads them: true, read, times. Made by tools/learn_confusions.py, not by hand."]
    for bin_, _ in sorted({(b, True) for b, _ in trust}):
        rows.append(f"@words\t{bin_}\t{trust[bin_, True]}\t{trust[bin_, False]}")
    rows += [f"@letter\t{char}\t{n}" for char, n in sorted(seen.items()) if char.isalpha() and n >= 5]
    rows += [
        f"{left}\t{right}\t{n}"
        for (left, right), n in sorted(letters_read.items(), key=lambda pair: (-pair[1], pair[0]))
        if n >= LEAST_COUNT and left != right and left.isalpha() and right.isalpha()
    ]
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_text("\n".join(rows) + "\n", encoding="utf-8")


def bucket(confidence: float) -> int:
    """The tenth in which a confidence lies, 0 to 9."""
    return min(9, int(confidence * 10))


def main() -> None:
    """Command line."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    commands = parser.add_subparsers(dest="command", required=True)
    reading = commands.add_parser("read")
    reading.add_argument("target", type=Path)
    reading.add_argument("--held-out", action="store_true")
    reading.add_argument("--pages", type=int, default=60)
    reading.add_argument("--turn", type=int, default=0)
    counting = commands.add_parser("count")
    counting.add_argument("target", type=Path)
    counting.add_argument("sources", type=Path, nargs="+")
    given = parser.parse_args()
    if given.command == "read":
        read(given.target, held=given.held_out, pages=given.pages, turn=given.turn)
    else:
        count(given.sources, given.target)


if __name__ == "__main__":
    main()
