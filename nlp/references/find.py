"""Finding every citation of a document in running text.

One pass: codes and law names are found first by cheap patterns; what stands
before and behind each (type word, date, provisions, issuer, title, relation)
is then read from small windows. The forms are those of Nghị định 30/2020/NĐ-CP
(Phụ lục I.II.6.b: first citation in full, later ones by type and number), of
party documents (Hướng dẫn 36-HD/VPTW) and of older practice.
"""

from __future__ import annotations

import re

from nlp.misread import Repaired, repair_dates
from nlp.numbers import fold, plain
from nlp.references.around import look_around
from nlp.references.bare import bare_items, lettered_items
from nlp.references.below import read_below
from nlp.references.coded import amended_items, code_items, law_items
from nlp.references.codes import find_codes
from nlp.references.item import Item
from nlp.references.mention import Mention
from nlp.references.misread import mend_citations
from nlp.references.unnumbered import unnumbered_items
from nlp.types import Evidence

_TRIGGER = re.compile(r"\d|luat|phap\s+lenh|hien\s+phap|dieu\s+le|nghi\s+quyet|ket\s+luan|hiep\s+dinh|nghi\s+dinh\s+thu|cong\s+uoc")


def find_references(text: str) -> tuple[Mention, ...]:
    """Every place in `text` where another document is cited, in the order of the text.

    Offsets of the evidence are those of `text` as given. The letter's own
    number in its header is left out. Never raises; cost grows with the number
    of digits and of the word "luật", not with the patterns.
    """
    repaired = repair_dates(text)
    mended = mend_citations(repaired.text)
    folded = fold(mended)
    if _TRIGGER.search(folded) is None:
        return ()
    normal = plain(mended)
    codes = find_codes(normal)
    items = code_items(normal, folded, codes)
    items = law_items(normal, folded, items)
    items += unnumbered_items(normal, folded, items)
    items.sort(key=lambda item: (item.start, item.end))
    items = bare_items(normal, folded, items, [(code.start, code.end) for code in codes])
    items += lettered_items(normal, folded, items)
    items.sort(key=lambda item: (item.start, item.end))
    look_around(normal, folded, items)
    read_below(normal, folded, items)
    items = sorted([*items, *amended_items(normal, folded, items)], key=lambda item: (item.start, item.end))
    return tuple(_mention(text, item, repaired) for item in items)


def mask(text: str, mentions: tuple[Mention, ...]) -> tuple[tuple[int, int], ...]:
    """Spans of `text` that belong to citations, their dates included, sorted and merged.

    Whoever looks for dates or deadlines must leave them out (a date beside
    "Quyết định số 1288/QĐ-TTg" is no deadline).
    """
    spans = sorted(span for mention in mentions for span in mention.masked)
    merged: list[tuple[int, int]] = []
    for start, end in spans:
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, min(end, len(text))))
    return tuple(merged)


def _mention(text: str, item: Item, repaired: Repaired) -> Mention:
    day = item.day
    mended = day is not None and repaired.touches(item.start, item.end)
    rule = f"reference.{item.rule}" + (".repaired" if mended else "")
    confidence = min(item.confidence, 0.7) if mended else item.confidence
    year = item.year if item.year is not None else day.year if day else None
    return Mention(
        type=item.type,
        number=item.number,
        symbol=item.symbol,
        raw=" ".join(text[item.start : item.end].split()),
        evidence=Evidence(item.start, item.end, rule, round(confidence, 2)),
        year=year,
        separator=item.separator,
        date=day.value if day else None,
        day_month=day.day_month if day else None,
        provisions=item.provisions,
        title=item.title,
        issuer=item.issuer,
        relation=item.relation,
        masked=tuple(item.masked),
        year_in_code=item.year_in_code,
        repeat=item.repeat,
    )
