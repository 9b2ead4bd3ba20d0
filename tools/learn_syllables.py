"""Count which syllable follows which, and write the language model of the repair.

    python tools/learn_syllables.py ingest/language/data/syllables.bin TEXTS.. [--subjects REGISTER.csv]

TEXTS are folders of plain text files (public legal texts). Only counts are
kept, pruned and made costs; no text. The project's own letters (those not held
out, see `tools/learn_confusions.py`) and lexicons are counted beside them, with
more weight, because they are the genre.
"""

from __future__ import annotations

import argparse
import csv
import math
import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from itertools import pairwise
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from corpus import letters
from ingest.language.model import UNIT, pack
from ingest.language.tokens import CLAUSE, COMMA, FIGURE, FOREIGN, tokens
from nlp.normalise import clean

DISCOUNT = 0.75
LEAST_FORM, LEAST_PAIR, LEAST_TRIPLE = 3, 2, 2
WEIGHTS = {"laws": 1, "subjects": 2, "letters": 4, "lexicons": 4}
DATA = Path(__file__).resolve().parent.parent / "nlp" / "data"


def texts(folders: Iterable[Path], skip: int) -> Iterator[str]:
    """Every text file; each `skip`-th is left out, for measuring, where `skip` is not 0."""
    files = sorted(path for folder in folders for path in folder.rglob("*.txt"))
    for index, path in enumerate(files):
        if not skip or index % skip:
            yield path.read_text(encoding="utf-8", errors="replace")


def own_letters() -> Iterator[str]:
    """Texts of the specimen letters that are neither held out nor misprinted on purpose."""
    from learn_confusions import MISPRINTED, held_out

    for specimen in letters():
        if not held_out(specimen.name) and specimen.name not in MISPRINTED:
            yield specimen.text


def lexicons() -> Iterator[str]:
    """Phrases and names of the project's data files, one a line; files of rules are passed over."""
    own = "repair/office_phrases.txt"
    for name in ("phrases.txt", "places.txt", "openers.txt", "subject_openings.txt", own):
        for line in (DATA / name).read_text(encoding="utf-8").splitlines():
            if not line.startswith("#"):
                yield line
    for name in ("districts.tsv", "territories.tsv"):
        for line in (DATA / "agencies" / name).read_text(encoding="utf-8").splitlines():
            if not line.startswith("#"):
                yield line.replace("\t", "\n")
    import tomllib

    for name in ("positions.toml", "issuers.toml", "kinds.toml", "symbols.toml"):
        yield from _strings(tomllib.loads((DATA / name).read_text(encoding="utf-8")))
    for path in sorted((DATA / "agencies").glob("*.toml")):
        yield from _strings(tomllib.loads(path.read_text(encoding="utf-8")))


def _strings(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for each in value.values():
            yield from _strings(each)
    elif isinstance(value, list):
        for each in value:
            yield from _strings(each)


class Counts:
    """Counts of one, two and three tokens."""

    def __init__(self) -> None:
        self.one: Counter[str] = Counter()
        self.two: Counter[tuple[str, str]] = Counter()
        self.three: Counter[tuple[str, str, str]] = Counter()

    def add(self, text: str, weight: int, *, whole: bool = True) -> None:
        """Count a text `weight` times; a phrase that is no whole clause says nothing of its ends."""
        forms = [sys.intern(token.form) for token in tokens(clean(text))]
        forms = [CLAUSE, *forms, CLAUSE] if whole else forms
        one, two, three = self.one, self.two, self.three
        for form in forms:
            one[form] += weight
        for pair in pairwise(forms):
            two[pair] += weight
        for triple in zip(forms, forms[1:], forms[2:], strict=False):
            three[triple] += weight


def build(counts: Counts) -> bytes:
    """The model's file: interpolated absolute discounting, what was pruned left to the back-off."""
    special = {CLAUSE, COMMA, FIGURE, FOREIGN}
    forms = [form for form, n in counts.one.most_common() if n >= LEAST_FORM or form in special]
    number = {form: index for index, form in enumerate(forms)}
    times = [counts.one[form] for form in forms]
    total = sum(times)
    p1 = [(n + 0.5) / (total + 0.5 * len(forms)) for n in times]
    pairs: list[dict[int, int]] = [{} for _ in forms]
    for (a, b), n in counts.two.items():
        if n >= LEAST_PAIR and a in number and b in number:
            pairs[number[a]][number[b]] = n
    triples: dict[tuple[int, int], dict[int, int]] = {}
    for (a, b, c), n in counts.three.items():
        if n >= LEAST_TRIPLE and a in number and b in number and c in number:
            triples.setdefault((number[a], number[b]), {})[number[c]] = n
    left1 = [_left(row, whole) for row, whole in zip(pairs, times, strict=True)]

    def p2(a: int, b: int) -> float:
        return max(pairs[a].get(b, 0) - DISCOUNT, 0) / times[a] + left1[a] * p1[b]

    start1, second, cost2, back2 = [0], [], bytearray(), bytearray()
    start2, third, cost3 = [0], [], bytearray()
    for a, row in enumerate(pairs):
        for b in sorted(row):
            seen = triples.get((a, b), {})
            left2 = _left(seen, row[b])
            second.append(b)
            cost2.append(_byte(p2(a, b)))
            back2.append(_byte(left2))
            for c in sorted(seen):
                third.append(c)
                cost3.append(_byte((seen[c] - DISCOUNT) / row[b] + left2 * p2(b, c)))
            start2.append(len(third))
        start1.append(len(second))
    print(f"{len(forms)} forms, {len(second)} pairs, {len(third)} triples of {total} tokens")
    cost1, back1 = bytes(map(_byte, p1)), bytes(map(_byte, left1))
    return pack(
        forms, cost1, back1, start1, second, bytes(cost2), bytes(back2), start2, third, bytes(cost3)
    )


def _left(seen: Mapping[int, int], whole: int) -> float:
    """The share of a context that is left to what was not seen in it."""
    return max(1 - sum(n - DISCOUNT for n in seen.values()) / whole, 0.5 / whole)


def _byte(probability: float) -> int:
    return max(0, min(255, round(-math.log2(max(probability, 1e-12)) * UNIT)))


def main() -> None:
    """Command line."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("target", type=Path)
    parser.add_argument("texts", type=Path, nargs="+")
    parser.add_argument("--subjects", type=Path)
    parser.add_argument("--skip", type=int, default=0, help="leave out every n-th text")
    parser.add_argument("--without-letters", action="store_true")
    given = parser.parse_args()
    counts = Counts()
    for text in texts(given.texts, given.skip):
        counts.add(text, WEIGHTS["laws"])
    if given.subjects:
        with given.subjects.open(encoding="utf-8", newline="") as file:
            for row in csv.DictReader(file):
                counts.add(row["trich_yeu"], WEIGHTS["subjects"])
    if not given.without_letters:
        for text in own_letters():
            counts.add(text, WEIGHTS["letters"])
    for text in lexicons():
        counts.add(text, WEIGHTS["lexicons"], whole=False)
    data = build(counts)
    given.target.parent.mkdir(parents=True, exist_ok=True)
    given.target.write_bytes(data)
    print(f"{len(data)} bytes")


if __name__ == "__main__":
    main()
