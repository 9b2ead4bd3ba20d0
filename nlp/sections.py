"""The parts of a letter: head, addressees, body, recipients, signature, appendix.

The layout is that of Nghị định 30/2020/NĐ-CP, Phụ lục I (and of the older
rules, which differ little); the cuts survive flattened columns, a position
printed before "Nơi nhận", a missing head, and text of signature boxes.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from nlp.addressees import addressee_block, is_opening, named_in_a_row
from nlp.annexed_plans import titled
from nlp.annexes import first_annexed_page, is_whole, named_by_annex
from nlp.dateline import DateMark, find_date
from nlp.foot import find_foot
from nlp.genre import closing_title, is_letter
from nlp.heading import subject_below, title_and_subject
from nlp.landmarks import (
    BOX_WIDTH,
    Mark,
    find_about,
    find_address,
    find_recipients,
    find_title,
    head_rows,
    is_appendix,
    is_country,
    is_page_time,
    is_signature_box,
    motto_start,
)
from nlp.numberline import NumberMark, find_number
from nlp.persons import name_alone, name_at_end
from nlp.reading import Text
from nlp.rows import CAPITAL, SMALL, Row, is_upper, rows
from nlp.signature import is_signature_row, position_with_name, signature_rows
from nlp.told import find_told
from nlp.types import Named
from nlp.webpage import find_heading, find_note


class Span(NamedTuple):
    """A part of the text: [start, end)."""

    start: int
    end: int

    def of(self, text: str) -> str:
        """The text of this part."""
        return text[self.start : self.end]


_ANNEX_BEHIND_NAME = re.compile(
    rf"[{CAPITAL}]{{3,}} (?:[{CAPITAL}][{SMALL}]*(?![{CAPITAL}]) ?){{2,5}} (?P<annex>(?:PHỤ LỤC|Phụ lục|DANH MỤC|DANH SÁCH|BIỂU|MẪU|FILE"
    r"|KẾ HOẠCH|QUY CHẾ|QUY ĐỊNH|CHƯƠNG TRÌNH|ĐỀ ÁN|ĐỀ CƯƠNG)\b)"
)
"""Web texts put the annex's title on the signature's line, behind the name."""

_NUMBERED = re.compile(rf"(?:\d{{1,2}}|[IVX]{{1,4}})\s*[.)]\s+[{CAPITAL}][{SMALL}]+ ")
"""A numbered item: neither number nor date of the letter stands in it."""


@dataclass(frozen=True, slots=True)
class Sections:
    """Where the parts of one letter stand, and the marks of its head.

    Spans of missing parts are None. `tail` is all between the end of the body
    and the appendix: recipients and signature lie in it and overlap where two
    columns were flattened. `boxes` are lines of digital signatures' boxes and
    incoming stamps in the head. `is_dispatch` is false for a text without the
    marks of a letter (a news item): then the body is the whole text.
    """

    head: Span
    body: Span
    addressees: Span | None = None
    recipients: Span | None = None
    signature: Span | None = None
    tail: Span | None = None
    appendix: Span | None = None
    boxes: tuple[Span, ...] = ()
    is_dispatch: bool = True
    number: NumberMark | None = None
    date: DateMark | None = None
    title: Mark | None = None
    about: Mark | None = None
    """The subject: start to end."""
    names: tuple[Named, ...] = ()
    """The addressees as printed."""
    issuer: Mark | None = None
    """The issuing body where a sentence of the page names it."""


def cut(text: Text | str) -> Sections:
    """Find the parts of one letter."""
    string = text if isinstance(text, str) else text.text
    pages = () if isinstance(text, str) else text.page_starts
    recipients_mark, appendix_at = _tail(string, pages)
    limit = recipients_mark.start if recipients_mark else appendix_at
    head = _after_boxes(string, head_rows(string, 0, limit))
    number = find_number(string, _before_body(head))
    date = find_date(string, _before_body(head))
    address = next((row for row in head if find_address(row)), None)
    foot = find_foot(string, head, appendix_at, number)
    if foot:
        number, date = None, date if date is not None and date.start < foot.opened else None
    title, about = title_and_subject(string, head, number, date, address, limit)
    heading = find_heading(head)
    if heading and heading.introduces:
        number, about = heading.number, heading.subject
        title = None if heading.kind == "công văn" else Mark(number.start, number.end, heading.kind)
    elif heading and (number is None or not number.labelled) and title is None:
        number, about = heading.number, about or heading.subject
        title = None if heading.kind == "công văn" else Mark(number.start, number.end, heading.kind)
    elif (
        heading
        and number
        and (heading.number.number, heading.number.symbol) == (number.number, number.symbol)
    ):
        about = about or (None if title else heading.subject)
    signed = any(signature_rows(rows(string, 0, appendix_at)[-12:]))
    if not is_letter(
        string,
        head,
        number=number,
        title=title,
        about=about,
        address=address,
        recipients=recipients_mark,
        signed=signed,
        introduced=heading is not None and heading.introduces,
    ):
        return _told_in_full(string) or Sections(Span(0, 0), Span(0, len(string)), is_dispatch=False)
    names, addressees = _addressees(string, head, title, limit)
    body_start = max((mark.end for mark in (number, date, title, about) if mark is not None), default=0)
    unnamed = number is None and title is None and address is None
    if foot:
        number, date = foot.number, foot.date or date
    number, title = number or find_note(string), title or (closing_title(string) if unnamed else None)
    if unnamed and number is None and (owner := named_by_annex(string)):
        number, title, date = owner.number, title or owner.title, date or owner.date
    for row in head[:12]:
        if motto_start(row) is not None:
            body_start = max(body_start, row.end)
    if about is None and title is None and recipients_mark:
        about = subject_below(string, recipients_mark.start, appendix_at)
    if addressees:
        body_start = max(body_start, addressees.end)
    body_start = min(_skip_rules(string, body_start, limit), limit)
    body_end, recipients, signature = _end(string, body_start, recipients_mark, appendix_at)
    body_end = min(body_end, foot.start) if foot and foot.start > body_start else body_end
    return Sections(
        head=Span(0, body_start),
        body=Span(body_start, body_end),
        addressees=addressees,
        recipients=recipients,
        signature=signature,
        tail=Span(body_end, appendix_at) if appendix_at > body_end else None,
        appendix=Span(appendix_at, len(string)) if appendix_at < len(string) else None,
        boxes=tuple(Span(row.start, row.end) for row in rows(string, 0, body_start) if is_signature_box(row)),
        number=number,
        date=date,
        title=title,
        about=about,
        names=names,
    )


def _told_in_full(text: str) -> Sections | None:
    """The parts of a page that names a dispatch in a sentence of its own and then gives its text."""
    told = find_told(text)
    if told is None:
        return None
    return Sections(
        head=Span(0, told.begins),
        body=Span(told.begins, len(text)),
        addressees=Span(*told.addressees) if told.addressees else None,
        number=told.number,
        date=told.date,
        title=None if told.title.value == "công văn" else told.title,
        about=told.about,
        names=named_in_a_row(text, *told.addressees) if told.addressees else (),
        issuer=told.issuer,
    )


def split_documents(text: Text | str) -> list[tuple[int, int]]:
    """The spans of the documents in one file: a covering letter and the letters it forwards.

    A new document begins at the top of a page with a full head: the national
    title, and a number line or a type name before any body. An appendix, even
    one that opens with a national title, has no number of its own; nor has a
    draft that is sent along for comment.
    """
    string = text if isinstance(text, str) else text.text
    starts = [0]
    pages = () if isinstance(text, str) else text.page_starts
    for page in pages[1:]:
        top = rows(string, page)[:14]
        country = next((index for index, row in enumerate(top[:6]) if is_country(row)), None)
        if country is None or any(is_appendix(row) for row in top[: country + 1]):
            continue
        number = find_number(string, top)
        if not (number and number.labelled and number.symbol) or _is_draft(string, top, number):
            continue
        if is_whole(string[starts[-1] : page]):
            starts.append(page)
    return [
        (begin, end) for begin, end in zip(starts, [*starts[1:], len(string)], strict=True) if end > begin
    ]


def _is_draft(text: str, top: tuple[Row, ...], number: NumberMark) -> bool:
    """Whether a head is that of a draft sent along: so marked, or with neither number nor day filled in."""
    if any(re.search(r"\bdu thao\b", row.folded) and is_upper(row.text) for row in top):
        return True
    date = find_date(text, top)
    blank_day = date is None or not any(char.isalnum() for char in date.day)
    return not any(char.isalnum() for char in number.number) and blank_day


def _tail(text: str, pages: Sequence[int]) -> tuple[Mark | None, int]:
    """The mark "Nơi nhận" and where the appendix begins (the text's end where there is none)."""
    annexed = first_annexed_page(text, pages)
    if annexed is None:
        return _tail_of(text, pages)
    # A draft sent along has a "Nơi nhận" of its own.
    mark, end = _tail_of(text[:annexed], pages)
    return mark, min(end, annexed)


def _tail_of(text: str, pages: Sequence[int]) -> tuple[Mark | None, int]:
    """The same by the lines behind "Nơi nhận" alone."""
    mark = find_recipients(text)
    if mark is None:
        lines = rows(text)
        heads = (
            row.start
            for index, row in enumerate(lines)
            if index >= 8 and is_upper(row.text[:8]) and (is_appendix(row) or (titled(lines, index) and is_whole(text[: row.start])))
        )
        return None, next(heads, len(text))
    archived = False
    lines = rows(text, mark.start)
    for index, row in enumerate(lines[1:], start=1):
        on_new_page = any(row.start == page for page in pages)
        if is_appendix(row) or titled(lines, index):
            return mark, row.start
        inside = _ANNEX_BEHIND_NAME.search(row.text)
        if inside:
            return mark, row.start + inside.start("annex")
        if archived and (
            is_country(row) or ((title := find_title(row)) is not None and title.start == row.start)
        ):
            return mark, row.start
        if archived and on_new_page and not is_signature_row(row) and not name_at_end(row.text):
            return mark, row.start
        archived = archived or bool(re.match(r"\W*luu\b", row.folded))
    return mark, len(text)


def _after_boxes(text: str, head: tuple[Row, ...]) -> tuple[Row, ...]:
    """The head without a signature's box at its very start (its mail address or time ends it)."""
    stops = (i for i, row in enumerate(head) if motto_start(row) is not None or _in_letter(row))
    top = head[: min(next(stops, len(head)), 25)]
    boxed = [i for i, row in enumerate(top) if is_signature_box(row) and not is_page_time(row)]
    if not boxed:
        return head
    first_real = boxed[-1] + 1
    number = find_number(text, head[:first_real])
    if number and number.labelled:
        return head  # a page's table of the letter's particulars: "Số ký hiệu: …", "Người ký: …"
    return head[first_real:] if first_real < len(head) else head


def _in_letter(row: Row) -> bool:
    """Whether a line can only be the letter's: "Kính gửi", or a sentence too long for a box."""
    return find_address(row) is not None or len(row.text) > BOX_WIDTH


def _before_body(head: tuple[Row, ...]) -> tuple[Row, ...]:
    """The lines of the head in which number and date may stand: up to a body's opening or "Kính gửi"."""
    kept: list[Row] = []
    for index, row in enumerate(head):
        if find_address(row):
            return (*kept, row)
        if index > 1 and is_opening(row.text) and len(row.text) > 45 and not find_about(row):
            return tuple(kept)
        if index and _NUMBERED.match(row.text) and len(row.text) > 60:
            return tuple(kept)
        kept.append(row)
    return tuple(kept)


def _addressees(
    text: str, head: tuple[Row, ...], title: Mark | None, limit: int
) -> tuple[tuple[Named, ...], Span | None]:
    """The addressees after "Kính gửi" or, in a công điện, after "… điện:"."""
    for row in head:
        mark = find_address(row)
        if mark is None and title and title.value == "công điện" and row.start >= title.start:
            sent = re.search(r"\bdien\s*:", row.folded)
            mark = Mark(row.start, row.start + sent.end()) if sent else None
        if mark:
            names, end = addressee_block(text, mark.end, limit)
            return names, Span(mark.start, max(end, mark.end))
    return (), None


def _skip_rules(text: str, at: int, limit: int) -> int:
    """`at` moved over closing marks and lines of hyphens under the head."""
    line_end = text.find("\n", at, limit)
    line_end = limit if line_end < 0 else line_end
    if not any(char.isalnum() for char in text[at:line_end]):
        at = line_end
    for row in rows(text, at, limit):
        if any(char.isalnum() for char in row.text) and not is_signature_box(row):
            return max(at, row.start)
    return at


def _end(
    text: str, body_start: int, mark: Mark | None, appendix_at: int
) -> tuple[int, Span | None, Span | None]:
    """Where the body ends, and the spans of recipients and signature."""
    if mark is not None:
        body_end = mark.start
        above = rows(text, body_start, mark.start)[-8:]
        for row, signs in reversed(tuple(zip(above, signature_rows(above), strict=True))):
            noise = not any(len(word) > 2 for word in re.findall(r"[^\W\d_]+", row.text))
            if signs or noise or name_alone(row.text):
                body_end = row.start
                continue
            break
        body_end = _keep_closing(text, body_start, body_end, mark.start)
        recipients = Span(mark.start, appendix_at)
        below = rows(text, body_end, appendix_at)
        signing = zip(below, signature_rows(below), strict=True)
        first = next((row for row, signs in signing if signs or name_at_end(row.text)), None)
        return body_end, recipients, Span(first.start, appendix_at) if first else None
    tail = rows(text, body_start, appendix_at)
    marked = tuple(zip(tail, signature_rows(tail), strict=True))
    signed = [row for row, signs in marked[len(tail) // 3 :] if signs]
    if not signed and len(tail) > 2 and position_with_name(tail[-1]):
        signed = [tail[-1]]
    if signed:
        first = signed[-1]
        for row, signs in reversed(marked):
            if row.start < first.start and signs and first.start - row.end < 40:
                first = row
        return first.start, None, Span(first.start, appendix_at)
    return appendix_at, None, None


def _keep_closing(text: str, start: int, end: int, limit: int) -> int:
    """`end` moved behind the closing "./." if only noise was cut off before it."""
    closing = text.rfind("./", max(start, end), limit)
    return closing + 2 if closing >= 0 else end
