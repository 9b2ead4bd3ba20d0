"""The type name and the subject in the head, wherever old forms, flattened columns and web pages put them."""

from __future__ import annotations

import re

from nlp.addressees import is_opening
from nlp.dateline import DateMark
from nlp.genre import begins_as_body, opening_title
from nlp.landmarks import Mark, find_about, find_plain_about, find_title
from nlp.lexicon import kinds
from nlp.numberline import NumberMark
from nlp.rows import Row, is_upper
from nlp.subject import after_about, after_title

_CITES = re.compile(
    r"\b(?:cong van|van ban|quyet dinh|thong bao|ke hoach|chi thi|to trinh|bao cao)(?: so)?\W{0,2}\d[^\s/]*\s?/"
)
"""A document that is cited by its number."""
_BEHIND_BODY = re.compile(
    r"(?<= )(?:thong bao|quyet dinh|chi thi|nghi quyet|cong dien|giay moi|to trinh|huong dan|bao cao)$"
)


def title_and_subject(
    text: str,
    head: tuple[Row, ...],
    number: NumberMark | None,
    date: DateMark | None,
    address: Row | None,
    limit: int,
) -> tuple[Mark | None, Mark | None]:
    """The type name and the subject (with its text as value)."""
    first = number.start if number and number.labelled else 0
    title: Mark | None = None
    about: Mark | None = None
    for whole in head:
        if whole.end <= first:
            continue
        if address and whole.start > address.start:
            break
        row = _after_marks(whole, number, date)
        title = find_title(row)
        about = find_about(whole)
        if about and (about.start < first or _is_cited(whole, about, number)):
            about = None
        if title or about:
            break
        if is_opening(row.text) and len(row.text) > 60:
            break
    title = title or _title_behind_body(head)
    if title:
        return title, after_title(text, title, head, date, limit)
    if title is None and number:
        title = _title_above(head, number)
        if title:
            behind = next(row.end for row in head if row.end > number.start)
            return title, after_title(text, Mark(title.start, behind, title.value), head, date, limit)
    opens = not (number and number.labelled and number.start > head[0].end) if head else False
    opens = opens and (about is None or about.start < head[0].end)
    if title is None and opens and (title := opening_title(head)):
        return title, after_title(text, title, head, date, limit)
    if about is None and number and address:
        about = _plain_about(head, number, address)
    if about:
        return None, after_about(text, about, head, date, limit)
    return None, None


def _is_cited(row: Row, about: Mark, number: NumberMark | None) -> bool:
    """Whether "về việc" belongs to a document that a line of the body cites ("Thực hiện Công văn … về việc …")."""
    own = number is not None and number.labelled and row.start <= number.start < row.end
    if own or about.start == row.start:
        return False
    return is_opening(row.text) or bool(_CITES.search(row.folded, 0, about.start - row.start))


def _title_behind_body(head: tuple[Row, ...]) -> Mark | None:
    """Issuer and type name on the first line, "V/v" on the second: "UBND XÃ X THÔNG BÁO" / "V/v …".

    Only types that are no part of a body's name ("PHÒNG KẾ HOẠCH", "BAN QUẢN LÝ DỰ ÁN").
    """
    if len(head) < 2 or not is_upper(head[0].text) or not begins_as_body(head[0].folded):
        return None
    about = find_about(head[1])
    if about is None or head[1].text[: about.start - head[1].start].strip("“\"(' "):
        return None
    match = _BEHIND_BODY.search(head[0].folded)
    if match is None:
        return None
    return Mark(head[0].start + match.start(), head[0].start + match.end(), kinds()[match.group()])


def _title_above(head: tuple[Row, ...], number: NumberMark) -> Mark | None:
    """A type name alone on the line above the number: "CÔNG ĐIỆN" / "Số 03/CĐ-UBND, hồi 9 giờ …"."""
    above = [row for row in head if row.end <= number.start][-1:]
    title = find_title(above[0]) if above else None
    return title if title and title.end - title.start == len(above[0].text) else None


def _plain_about(head: tuple[Row, ...], number: NumberMark, address: Row) -> Mark | None:
    """A subject that opens with "Về" alone, under the number and before "Kính gửi"."""
    under = [row for row in head if number.end <= row.start < address.start]
    return next((mark for row in under[:6] if (mark := find_plain_about(row))), None)


def _after_marks(row: Row, number: NumberMark | None, date: DateMark | None) -> Row:
    """The rest of a line behind number and date: web texts put "… năm 2020 CHỈ THỊ VỀ …" on one line."""
    ends = [mark.end for mark in (number, date) if mark is not None and row.start <= mark.start < row.end]
    at = max(ends, default=row.start)
    if at >= row.end or not row.text[at - row.start :].strip():
        return row
    at += len(row.text[at - row.start :]) - len(row.text[at - row.start :].lstrip(" .,;:-"))
    if at >= row.end:
        return row
    return Row(at, row.end, row.text[at - row.start :], row.folded[at - row.start :], row.gap)
