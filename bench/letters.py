"""Invented letters in numbers, as the index sees them: for search only, never read by nlp.

Paragraphs of the specimens are dealt out anew with places, numbers, days and
bodies drawn by lot, so that common words are in very many letters and names in few.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from datetime import date, timedelta
from functools import cache
from importlib.resources import files

from search.types import Document, Number, PageText

TODAY = date(2025, 6, 30)
"""The day on which the bench asks what is overdue."""
_FIRST = date(2008, 1, 2)
_SYMBOLS = ("BCT-CNĐP", "UBND-KT", "SCT-QLCN", "CT-UBND", "TB-VPCP", "BTC-NSNN", "SNN-TL", "BXD-QLN")
_TYPES = ("công văn", "công văn", "công văn", "chỉ thị", "thông báo", "kế hoạch", "công điện")
_CITED = ("NĐ-CP", "QĐ-TTg", "TT-BCT", "NQ-CP")
_CITED_TYPES = ("nghị định", "quyết định", "thông tư", "nghị quyết")
_BODIES = ("Ủy ban nhân dân {}", "Phòng Kinh tế {}", "Phòng Tài chính - Kế hoạch {}", "Chi cục Thuế {}", "Sở Công Thương")
_PARAGRAPHS = 14
"""Of a letter, some 2,200 characters: two pages."""


@cache
def _paragraphs() -> tuple[str, ...]:
    from corpus.specimen import letters

    return tuple(paragraph.plain for each in letters() for paragraph in each.source.body)


@cache
def _places() -> tuple[str, ...]:
    rows = files("nlp").joinpath("data/agencies/districts.tsv").read_text(encoding="utf-8").splitlines()
    names = (cell.strip() for row in rows if not row.startswith("#") for cell in row.split("\t")[:2])
    return tuple(sorted({name[0].lower() + " ".join(name[1:].split()) for name in names if name[:1].isupper()}))


def documents(first: int, last: int) -> Iterator[Document]:
    """Letters number `first` up to before `last`, each with its citation and one or two tasks; always the same."""
    for index in range(first, last):
        yield from _letter(index)


def _letter(index: int) -> Iterator[Document]:
    chance = random.Random(index)
    issued = _FIRST + timedelta(days=chance.randrange((TODAY - _FIRST).days))
    number = Number(str(chance.randrange(1, 9000)), chance.choice(_TYPES), issued.year, chance.choice(_SYMBOLS))
    which = chance.randrange(len(_CITED))
    cited = Number(str(chance.randrange(1, 200)), _CITED_TYPES[which], chance.randrange(2004, 2025), _CITED[which])
    bodies = tuple(chance.choice(_BODIES).format(chance.choice(_places())) for _ in range(2))
    paragraphs = chance.sample(_paragraphs(), _PARAGRAPHS)
    head = f"Kính gửi: {'; '.join(bodies)}.\nCăn cứ {cited.type} số {cited.number}/{cited.year}/{cited.symbol};"
    id_ = str(index + 1)
    yield Document(
        "letters", id_, 1, id_, f"Về việc {paragraphs[0][:90].lower()}",
        (PageText(1, "\n".join((head, *paragraphs[:7]))), PageText(2, "\n".join(paragraphs[7:]))),
        numbers=(number,), cited=(cited,), agencies=bodies, doc_type=number.type,
        direction="đến", state="reviewed" if index % 3 else "unreviewed", issued_on=issued,
    )  # fmt: skip
    yield Document(
        "references", f"{id_}-1", 1, id_, f"{cited.type} {cited.number}/{cited.year}/{cited.symbol}",
        (PageText(1, head),), cited=(cited,), doc_type=number.type, issued_on=issued,
    )  # fmt: skip
    for order, body in enumerate(bodies[: 1 + index % 2]):
        yield _task(f"{id_}-{order}", id_, paragraphs[order], body, issued, chance)


def _task(id_: str, letter_id: str, text: str, body: str, issued: date, chance: random.Random) -> Document:
    due = issued + timedelta(days=chance.randrange(5, 400)) if chance.random() < 0.7 else None
    state = chance.choice(("open", "open", "done", "done-late"))
    return Document(
        "tasks", id_, 1, letter_id, text[:200], (PageText(None, text),), agencies=(body,), state=state,
        issued_on=issued, due_on=due,
    )  # fmt: skip

