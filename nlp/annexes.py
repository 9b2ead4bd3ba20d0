"""Where a letter ends and what is sent along with it begins, page by page.

An appendix begins on a new page (Nghị định 30/2020/NĐ-CP, Phụ lục I, phần III):
"PHỤ LỤC", its title, and in brackets "(Kèm theo Công văn số … ngày … của …)".
Lists, plans and forms sent along often have the title and the brackets only.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from nlp.dateline import DateMark
from nlp.landmarks import Mark, find_recipients, is_appendix
from nlp.numberline import SYMBOL, NumberMark
from nlp.rows import Row, is_upper, rows
from nlp.signature import is_signature_row

ATTACHED = re.compile(
    r"\W*(?:(?:duoc )?(?:ban hanh|phe duyet) )?(?:kem(?: theo)?|dinh kem(?: theo)?|gui kem(?: theo)?|(?<=ban hanh )theo|(?<=phe duyet )(?:theo|tai)) (?:cong van|van ban|cong dien|quyet dinh|ke hoach|chi thi|thong bao"
    r"|to trinh|bao cao|huong dan|nghi quyet|chuong trinh|so)\b"
)
_TITLE = 8
"""Lines of a page's top in which the title of an appendix stands."""
_WIDE = 70
"""Letters; a longer line in small letters is running text."""


def first_annexed_page(text: str, pages: Sequence[int]) -> int | None:
    """The start of the first page (of `pages`, their starts) that begins an appendix, None where none does.

    What stands before must be a whole letter: with "Nơi nhận" or a signature.
    """
    return next(
        (page for page in pages[1:] if _heads_annex(rows(text, page)[:_TITLE]) and is_whole(text[:page])),
        None,
    )


class NamedByAnnex(NamedTuple):
    """What an annex's title says of the decision it belongs to."""

    number: NumberMark
    title: Mark
    date: DateMark | None


_OWNER = re.compile(
    rf"\(\s*(?:ban\s+hành\s+)?kèm\s+theo\s+(?P<kind>quyết\s+định|nghị\s+quyết)\s+(?:số\s*:?\s*)?(?P<number>\d{{1,5}}[a-z]?)\s*/\s*(?P<symbol>{SYMBOL})"
    r"(?:,?\s*ngày\s+(?P<day>\d{1,2})(?:\s+tháng\s+|[/-])(?P<month>\d{1,2})(?:\s+năm\s+|[/-])(?P<year>\d{4}))?",
    re.IGNORECASE,
)


def named_by_annex(text: str) -> NamedByAnnex | None:
    """A decision whose head is lost, by the title of its annex: "(Ban hành kèm theo Quyết định số 12/QĐ-UBND ngày 03/4/2015 …)"; None where the text decides nothing."""
    owner = _OWNER.search(text)
    decides = owner is not None and any(_DECIDES.fullmatch(row.folded) for row in rows(text, 0, owner.start()))
    if owner is None or not decides:
        return None
    symbol = owner["symbol"].rstrip(" -–.,(+")
    begins = owner.start("symbol")
    number = NumberMark(owner.start("number"), begins + len(symbol), owner["number"], owner.start("number"), symbol, begins, labelled=True)
    date = DateMark(owner.start("day"), owner.end("year"), None, owner.start("day"), owner["day"], owner["month"], owner["year"]) if owner["day"] else None
    return NamedByAnnex(number, Mark(*owner.span("kind"), " ".join(owner["kind"].lower().split())), date)


_DECIDES = re.compile(r"\W*(?:quyet dinh|quyet nghi)\s*:?\W*")


def is_whole(text: str) -> bool:
    """Whether a text has the end of a letter: its recipients, or a signature near its end."""
    return find_recipients(text) is not None or any(is_signature_row(row) for row in rows(text)[-25:])


def _heads_annex(top: Sequence[Row]) -> bool:
    """Whether the first lines of a page are the title of an appendix."""
    for row in top:
        if is_appendix(row) or ATTACHED.match(row.folded):
            return True
        if not is_upper(row.text) and (len(row.text) > _WIDE or row.text.rstrip().endswith((".", ";", ":"))):
            return False
    return False
