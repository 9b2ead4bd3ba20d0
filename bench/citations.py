"""How many citations a second: our finder on Vietnamese letters, eyecite on English text with as many citations.

Each has its own language and law, so this is a yardstick, not a contest: texts
of the same number of citations and about the same length, one process, one
core, lexicons loaded first.
"""

from __future__ import annotations

import random
import time
from collections.abc import Callable, Iterator
from importlib.util import find_spec
from typing import Any

_NAMES = ("Harlow", "Benton", "Mercer", "Dunmore", "Ashby", "Calloway", "Prescott", "Winslow", "Tate", "Ferris")
_REPORTERS = (("U.S.", 200, 580), ("F.3d", 1, 999), ("F.2d", 1, 999), ("S. Ct.", 80, 140), ("F. Supp. 2d", 1, 999), ("Cal. 4th", 1, 60))
_FILLER = (
    "the parties agree that the record supports this reading of the statute,", "and nothing in the opinion below suggests otherwise;",
    "the agency shall report within thirty days of the order,", "which the district court declined to adopt", "for the reasons given at the hearing.",
)  # fmt: skip


def measure(*, rounds: int) -> list[dict[str, Any]]:
    """A row per finder: citations found, characters read, citations a second on one core."""
    from nlp.references import find_references

    letters, citing = _vietnamese()
    rows = [
        _row("dondoc: cả văn bản (whole letters)", letters, find_references, rounds),
        _row("dondoc: đoạn có viện dẫn (paragraphs that cite)", citing, find_references, rounds),
    ]
    if find_spec("eyecite") is None:
        return [*rows, {"finder": "eyecite", "skipped": "chưa cài (not installed): requirements-bench.lock"}]
    from eyecite import get_citations

    for name, texts, row in (("tương ứng cả văn bản (like whole letters)", letters, rows[0]), ("tương ứng đoạn có viện dẫn (like paragraphs that cite)", citing, rows[1])):
        english = list(_english(row["citations"], sum(map(len, texts)), len(texts)))
        rows.append(_row(f"eyecite: {name}", english, get_citations, rounds))
    return rows


def _row(name: str, texts: list[str], find: Callable[[str], Any], rounds: int) -> dict[str, Any]:
    found = sum(len(find(text)) for text in texts)  # the first time loads the lexicons
    started = time.process_time()
    for _ in range(rounds):
        for text in texts:
            find(text)
    seconds = (time.process_time() - started) / rounds
    return {"finder": name, "citations": found, "characters": sum(map(len, texts)), "per_second": round(found / seconds)}


def _vietnamese() -> tuple[list[str], list[str]]:
    """The letters whole, and their paragraphs with a citation or more."""
    from corpus.specimen import letters

    citing = []
    for specimen in letters():
        places = {note.paragraph for note in specimen.source.annotations if note.kind in ("ref", "law")}
        citing += [specimen.source.body[place].plain for place in sorted(places) if place >= 0]
    return [specimen.text for specimen in letters()], citing


def _english(citations: int, characters: int, texts: int) -> Iterator[str]:
    """English legal text, always the same: `citations` of cases and of the code over `texts` texts of `characters` in all."""
    chance = random.Random(1)
    for index in range(texts):
        own = citations * (index + 1) // texts - citations * index // texts
        parts = [_citation(chance) for _ in range(own)]
        while sum(map(len, parts)) + len(parts) < characters // texts:
            parts.insert(chance.randrange(len(parts) + 1), chance.choice(_FILLER))
        yield " ".join(parts)


def _citation(chance: random.Random) -> str:
    if chance.random() < 0.2:
        return f"See {chance.randrange(1, 50)} U.S.C. § {chance.randrange(100, 9000)}."
    reporter, first, last = chance.choice(_REPORTERS)
    one, other = chance.sample(_NAMES, 2)
    court = "" if reporter in ("U.S.", "S. Ct.", "Cal. 4th") else "9th Cir. "
    return f"See {one} v. {other}, {chance.randrange(first, last)} {reporter} {chance.randrange(1, 1200)} ({court}{chance.randrange(1970, 2020)})."
