"""How many misread words the repair puts right, and how many right ones it breaks.

    python tools/measure_repair.py pairs held.tsv..     # from learn_confusions.py read --held-out
    python tools/measure_repair.py scans DIR            # DIR/NAME.pdf beside DIR/truth/NAME.pN.txt

Prints for each source: words, misread ones, repaired, broken (right before, wrong
after), changed otherwise (wrong before and after), precision, recall, milliseconds of
the processor a page. With -v every change that was not right.
"""

from __future__ import annotations

import argparse
import re
import sys
import time
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from learn_confusions import MISPRINTED, beside

from ingest.reader import read_file
from ingest.types import Limits, Line, Page, Word
from nlp.normalise import clean, plain_tone
from nlp.reading import Text, page_of_string
from nlp.repair import repair

Pair = tuple[str, str, float]


@dataclass
class Tally:
    """Counts of one source."""

    words: int = 0
    misread: int = 0
    repaired: int = 0
    broken: int = 0
    otherwise: int = 0
    pages: int = 0
    seconds: float = 0.0

    def __str__(self) -> str:
        changed = self.repaired + self.broken + self.otherwise
        return (
            f"{self.pages} pages, {self.words} words, {self.misread} misread: {self.repaired} repaired, "
            f"{self.broken} broken, {self.otherwise} changed otherwise; precision "
            f"{self.repaired / max(1, changed):.3f}, recall {self.repaired / max(1, self.misread):.3f}, "
            f"{self.seconds / max(1, self.pages) * 1000:.1f} ms a page"
        )


def pages_of(path: Path) -> Iterator[list[Pair]]:
    """The pages of a file of pairs."""
    page: list[Pair] = []
    skip = False
    for line in path.read_text(encoding="utf-8").splitlines():
        if line.startswith("#"):
            if page and not skip:
                yield page
            page, skip = [], line.split()[1] in MISPRINTED
            continue
        true, read, confidence = line.split("\t")
        page.append((true, read, float(confidence)))
    if page and not skip:
        yield page


def scanned(folder: Path) -> Iterator[list[Pair]]:
    """The pages of real scans whose print is known."""
    for path in sorted((folder / "truth").glob("*.p*.txt")):
        name, number = re.fullmatch(r"(.+)\.p(\d+)", path.stem).groups()  # type: ignore[union-attr]
        pages = read_file(folder / f"{name}.pdf", limits=Limits()).pages
        printed = "\n".join(
            line for line in path.read_text(encoding="utf-8").splitlines() if not line.startswith("#STAMP")
        )
        truth = page_of_string(unicodedata.normalize("NFC", re.sub(r"\{[^}]*\}", "", printed)))
        yield list(beside(truth, next(page for page in pages if page.number == int(number))))


def measure(pages: Iterable[list[Pair]], *, verbose: bool) -> Tally:
    """Repair each page and compare its words with the true ones."""
    tally = Tally()
    for pairs in pages:
        kept = [(true, clean(read), confidence) for true, read, confidence in pairs if clean(read)]
        words = tuple(Word(read, None, confidence) for _, read, confidence in kept)
        text = Text.of_pages((Page(1, 595, 842, (Line(words),), "ocr", dpi=200),))
        started = time.process_time()
        corrections = repair(text).corrections
        tally.seconds += time.process_time() - started
        tally.pages += 1
        tally.words += len(kept)
        places = [(text.to_page(each.start)[1], each) for each in corrections]
        at = 0
        for true, read, _ in kept:
            end = at + len(read)
            tally.misread += bool(true) and bare(true) != bare(read)
            here = [(start, each) for start, each in places if at <= start < end]
            after = read
            for start, each in reversed(here):
                after = after[: start - at] + each.proposed + after[start - at + len(each.read) :]
            if here and true:
                right = bare(after) == bare(true)
                tally.repaired += right
                tally.broken += not right and bare(read) == bare(true)
                tally.otherwise += not right and bare(read) != bare(true)
                if verbose and not right:
                    print(f"  {text.pages[0].text[max(0, at - 40) : end + 30]} | {read} -> {after}, printed {true}")
            at = end + 1
    return tally


def bare(word: str) -> str:
    """A word without the marks round it."""
    return plain_tone(word).strip(".,;:()[]\"“”'")


def main() -> None:
    """Command line."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("what", choices=("pairs", "scans"))
    parser.add_argument("paths", type=Path, nargs="+")
    parser.add_argument("-v", "--verbose", action="store_true")
    given = parser.parse_args()
    for path in given.paths:
        pages = list(pages_of(path) if given.what == "pairs" else scanned(path))
        measure(pages[:1], verbose=False)  # the model is read once
        print(path.name, measure(pages, verbose=given.verbose), sep=": ")


if __name__ == "__main__":
    main()
