"""Items whose lower lines say who leads, with whom and by when ("- Chủ trì: Sở A", "- Thời gian: quý II/2024"): a row of a table, printed downwards."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from nlp.bodies import body_phrase_at
from nlp.collapsed import Collapsed
from nlp.directives import follows_subject, opens_imperative
from nlp.duties import read_responsible
from nlp.folding import fold
from nlp.outline import Item, Paragraph
from nlp.outline.values import BULLETS
from nlp.tables import Entry
from nlp.tables.cells import names_bodies
from nlp.tables.columns import role_of, tells
from nlp.tables.values import Role, Span
from nlp.telling import obliges

_HEAD = re.compile(r"[^:;.()]{3,60}(?:\([^()]{0,40}\))?\s*:\s*(?=\S)")
_MEETING = re.compile(r"(?:thanh phan|thu ky|chuong trinh|dia diem hop|khai mac)(?![a-z])")
""""Chủ trì" of a meeting is who presides."""


def as_row(body: str, item: Item) -> tuple[Entry, tuple[Item, ...]] | None:
    """The item as a row, and those of its children that say something else; None where no line names who leads.

    What is to be done stands in the item's first paragraph, or in a line of its own ("- Nội dung: …").
    """
    if not item.paragraphs:
        return None
    first = item.paragraphs[0]
    cells: dict[Role, tuple[Span, ...]] = {}
    rest: list[Item] = []
    end = first.end
    for child, text in _parts(body, item):
        head = _HEAD.match(text.text)
        words = head.group().rstrip(" :") if head else ""
        if words and (_MEETING.match(fold(words)) or tells(words)):
            return None
        role = role_of(words) if words else None
        behind = text.cut(head.end()) if head else text
        if role in (None, "number") or (role == "lead" and not _is_doer(words, behind.text)):
            if child is None and not cells and role is None and read_responsible(text.text) is None:
                end = text.span[1]  # more of what is to be done, above the lines of roles
                continue
            if child is None:
                return None
            rest.append(child)
        elif role is not None:
            cells[role] = (*cells.get(role, ()), behind.span)
    if "lead" not in cells:
        return None
    own = Collapsed.of(body, first.start, end).span
    return Entry("", {**cells, "content": (own, *cells.get("content", ()))} if not rest else cells), tuple(rest)


def rows_behind(body: str, items: Sequence[Item]) -> tuple[Entry | None, ...]:
    """For each of a numbered list's items the lines of the next item that has them, where it has none itself and says what is to be done.

    The lines on who and when may stand once below several items: "2.1. Rà soát …", "2.2. Xây dựng …", "- Cơ quan thực hiện: Sở A".
    """
    found: list[Entry | None] = []
    behind: Entry | None = None
    for item in reversed(items):
        row = as_row(body, item) if item.style not in BULLETS else None
        if row is not None:
            behind = row[0] if not row[1] else None
            found.append(None)
        else:
            found.append(behind if not item.children and _is_work(body, item) else None)
    return tuple(reversed(found))


def _is_work(body: str, item: Item) -> bool:
    if not item.paragraphs or item.style in BULLETS:
        return False
    words = Collapsed.of(body, item.paragraphs[0].start, item.paragraphs[0].end).text
    return words.rstrip().endswith((".", ";")) and (opens_imperative(words) or obliges(words)) and read_responsible(words) is None


_NEXT_HEAD = re.compile(r"(?:(?<=[.;,])\s+|\s+[-–+*]\s?)(?=[A-ZĐ][^\W\d_A-Z][^:;.,()]{1,58}:\s*\S)")
""" "Chủ trì: Sở A. Phối hợp: Sở B.", "Cơ quan thực hiện: Sở A -Thời gian thực hiện: quý II"."""


def _parts(body: str, item: Item) -> Iterator[tuple[Item | None, Collapsed]]:
    """What stands below the item, cut where a line goes on with another role: "Chủ trì: Sở A. Phối hợp: Sở B."."""
    for child, line in _lines(item):
        text = Collapsed.of(body, line.start, line.end)
        first = _HEAD.match(text.text)
        begin = 0
        if first is not None and role_of(first.group().rstrip(" :")) not in (None, "content"):
            for joint in _NEXT_HEAD.finditer(text.text):
                head = _HEAD.match(text.text, joint.end())
                if head is not None and role_of(head.group().rstrip(" :")) not in (None, "content", "number"):
                    yield child, text.cut(begin, joint.start())
                    begin = joint.end()
        yield child, text.cut(begin)


def _lines(item: Item) -> Iterator[tuple[Item | None, Paragraph]]:
    """The lines below the item's first: its own further paragraphs, and its children with all that stands below each."""
    for paragraph in item.paragraphs[1:]:
        yield None, paragraph
    for child in item.children:
        ends = [paragraph.end for each in child.walk() for paragraph in each.paragraphs]
        if child.paragraphs:
            yield child, Paragraph(child.paragraphs[0].start, max(ends))


def _is_doer(head: str, words: str) -> bool:
    """Whether a line names who leads: known bodies, bodies with what they are to do in it, or a short name of a unit or a person behind a head that says as much."""
    if names_bodies(words):
        return True
    says_who = _SAYS_WHO.search(fold(head)) is not None
    body = body_phrase_at(words, 0)
    if body is not None and (_THEN.match(fold(words), body[1]) or (says_who and follows_subject(words, body[1]))):
        return True
    return says_who and len(words) < 120 and _SHORT_NAME.match(words) is not None and not re.search(r"[.;:]\s+\S", words)


_THEN = re.compile(r"\s*,?\s*(?:\([^()]{3,60}\)\s*)?(?:la (?:don vi|co quan) )?(?:chu tri|phoi hop|cung voi)(?![a-z])")
""" "Sở A chủ trì, phối hợp với các sở liên quan": who leads and with whom, whatever stands behind."""
_SAYS_WHO = re.compile(r"chu tri|dau moi|phu trach|(?:don vi|co quan|bo phan|ca nhan|nguoi)(?![a-z])")
_SHORT_NAME = re.compile(
    r"(?:Phòng|Ban|Tổ|Đội|Nhóm|Khoa|Bộ phận|Bộ môn|Trung tâm|Văn phòng|Viện|Trường|Công đoàn|Đoàn|Hội|Chi bộ|Chi cục|Cục|Vụ|Sở|UBND|Công ty|Các|Toàn thể|Lãnh đạo|Cán bộ"
    r"|Công chức|Chuyên viên|Đ/c|Đồng chí|Ông|Bà|Anh|Chị|Kế toán|Trưởng|Thủ trưởng|Giám đốc|Hiệu trưởng)(?!\w)"
)
""" "Phòng TC-HC", "Đ/c Bình": short names that no list of bodies holds."""
