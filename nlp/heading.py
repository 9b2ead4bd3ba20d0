"""The type name and the subject in the head, wherever old forms, flattened columns and web pages put them."""

from __future__ import annotations

import re

from nlp.addressees import is_opening
from nlp.bodies import is_body
from nlp.dateline import DateMark, find_date
from nlp.genre import begins_as_body, opening_title
from nlp.landmarks import Mark, find_about, find_plain_about, find_title, is_page_time
from nlp.lexicon import kind_codes, kinds
from nlp.names import ordinary
from nlp.normalise import fold
from nlp.numberline import NumberMark
from nlp.rows import Row, is_upper, rows
from nlp.signature import is_signature_row
from nlp.subject import after_about, after_title

_CITES = re.compile(
    r"\b(?:cong van|van ban|quyet dinh|thong bao|ke hoach|chi thi|to trinh|bao cao)(?: so)?\W{0,2}\d[^\s/]*\s?/"
)
"""A document that is cited by its number."""
_WANTS_REPORT = re.compile(r"\b(?:de nghi|yeu cau)\b[^.;\n]{0,120}\bbao cao\b")
_BEHIND_BODY = re.compile(
    r"(?<= )(?:thong bao|quyet dinh|chi thi|nghi quyet|cong dien|giay moi|to trinh|huong dan|bao cao)$"
)

_WITHIN_LINE = re.compile(
    r"(?<= )(?<! co )(?<! ra )(?<! ky )(?<! ve )(?<! theo )(?<! hien )(?<! hanh )(?:thong bao|chi thi|cong dien|giay moi)"
    r"(?= (?:ve|v/v|thuc hien|trien khai|tang cuong|to chuc|tuyen|hoan|tam dung|lich|ket qua|nghi|moi|du)(?![a-z]))"
)
""" "UBND XÃ X THÔNG BÁO VỀ VIỆC …": what opens the subject stands behind the type."""


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
        return title, after_title(text, title, head, date, limit) or _untitled(
            text, head, number, date, limit
        )
    if title is None and number:
        title = _title_above(head, number)
        if title:
            behind = next(row.end for row in head if row.end > number.start)
            return title, after_title(text, Mark(title.start, behind, title.value), head, date, limit)
    opens = not (number and number.labelled and number.start > head[0].end) if head else False
    opens = opens and (about is None or about.start < head[0].end)
    if title is None and opens and (title := opening_title(head)) and not _asks_for(text, title, address):
        return title, after_title(text, title, head, date, limit)
    if about is None and number and address:
        about = _plain_about(head, number, address)
    if about:
        return None, after_about(text, about, head, date, limit)
    return None, _untitled(text, head, number, date, limit) or _page_heading(head, number, address)


def _asks_for(text: str, title: Mark, address: Row | None) -> bool:
    """Whether "Báo cáo …" over "Kính gửi" is the subject of a letter that asks for the report."""
    return (
        title.value == "báo cáo"
        and address is not None
        and bool(_WANTS_REPORT.search(fold(text[address.end :])))
    )


def subject_below(text: str, start: int, end: int) -> Mark | None:
    """ "V/v …" among recipients and signature, where a flattened text has put the head's left column."""
    lines = rows(text, start, end)
    for index, row in enumerate(lines):
        about = find_about(row)
        if about and about.start == row.start and "/" in row.text[:4]:
            until = next((below.start for below in lines[index + 1 :] if is_signature_row(below)), end)
            return after_about(text, about, lines[index:], None, until)
    return None


def _untitled(
    text: str, head: tuple[Row, ...], number: NumberMark | None, date: DateMark | None, limit: int
) -> Mark | None:
    """The subject in capitals of a decision whose type name is lost: under number and day, over the grounds."""
    code = re.split(r"[-/]", number.symbol)[0] if number and number.labelled else ""
    if code not in kind_codes() or number is None:
        return None
    top = max(number.end, date.end if date else 0)
    below = [row for row in head if row.start >= top]
    grounds = next((i for i, row in enumerate(below[:8]) if row.folded.startswith("can cu")), None)
    if not grounds or not is_upper(below[0].text) or begins_as_body(below[0].folded) or find_title(below[0]):
        return None
    return after_title(text, Mark(top, top, kind_codes()[code]), head, date, limit)


def _page_heading(head: tuple[Row, ...], number: NumberMark | None, address: Row | None) -> Mark | None:
    """The page's heading as subject, where nothing but it (and the page's time) stands over "Kính gửi"."""
    if address is None or (number and number.labelled and number.start < address.start):
        return None
    over = [row for row in head if row.end <= address.start and not is_page_time(row)]
    if len(over) != 1 or not 20 <= len(over[0].text) <= 250 or is_upper(over[0].text):
        return None
    row = over[0]
    if begins_as_body(row.folded) or find_date("", (row,)) or row.text.endswith((".", ":", ";")):
        return None
    return Mark(row.start, row.end, row.text)


def _is_cited(row: Row, about: Mark, number: NumberMark | None) -> bool:
    """Whether "về việc" belongs to a document that a line of the body cites ("Thực hiện Công văn … về việc …")."""
    own = number is not None and number.labelled and row.start <= number.start < row.end
    if own or about.start == row.start:
        return False
    before = row.folded[: about.start - row.start]
    return is_opening(row.text) or bool(_CITES.search(before)) or " nhan duoc " in before


def _title_behind_body(head: tuple[Row, ...]) -> Mark | None:
    """Issuer and type name on the first line, "V/v" on the second: "UBND XÃ X THÔNG BÁO" / "V/v …"; or both with the subject on one line.

    Only types that are no part of a body's name ("PHÒNG KẾ HOẠCH", "BAN QUẢN LÝ DỰ ÁN").
    """
    if len(head) < 2 or not is_upper(head[0].text) or not begins_as_body(head[0].folded):
        return None
    within = _WITHIN_LINE.search(head[0].folded)
    if within and is_body(ordinary(head[0].text[: within.start()].strip())):
        return Mark(head[0].start + within.start(), head[0].start + within.end(), kinds()[within.group()])
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
