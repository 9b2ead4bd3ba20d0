"""The tasks of the items of a list, from their headings downwards."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from nlp.collapsed import Collapsed
from nlp.directives import directing_clauses, folded, follows_subject, lexicon, opens_imperative
from nlp.duties import read_coordinating, read_responsible
from nlp.outline import Item, Paragraph
from nlp.sentences import sentences
from nlp.tasks.below import ORDERS_BELOW, for_what_follows, terms_below
from nlp.tasks.building import make_task
from nlp.tasks.first_line import below_theme, bodies_alone
from nlp.tasks.from_tables import row_leads, row_task
from nlp.tasks.headings import (
    Heading,
    announces_duties,
    asks_for_contents,
    asks_for_data,
    fills_a_form,
    gives_address,
    heading_kind,
    is_title,
    listed_alone,
    lists_objects,
    lists_wrongs,
    makes_known,
    names_things,
    placed,
    strip_heading,
    tells_people,
)
from nlp.tasks.openings import opens_duty
from nlp.tasks.owed import owes
from nlp.tasks.quoted import quotes_below
from nlp.tasks.role_lines import as_row, rows_behind
from nlp.tasks.setting import Setting, stand_for_all
from nlp.tasks.urging import only_urges
from nlp.tasks.whose import doers_named
from nlp.tasks.why import why_directive
from nlp.types import Named, Task


def item_tasks(body: str, item: Item, above: Heading, setting: Setting) -> Iterator[Task]:
    """The tasks of an item and of those below it, with what the headings above say."""
    row = None if above.informing or above.contents else as_row(body, item)
    if row is not None and not row[1]:
        task = row_task(body, row[0], item.path, setting)
        if task is not None:
            yield task
            return
    elif row is not None:
        leads, helpers = row_leads(body, row[0], setting)
        above, item = replace(above, bodies=leads, coordinating=helpers), replace(item, children=row[1])
    first = item.paragraphs[0] if item.paragraphs else Paragraph(item.start, item.start)
    text = Collapsed.of(body, first.start, first.end)
    head, text = strip_heading(text)
    if not head.bodies and (alone := bodies_alone(body, text, setting)):
        head, text = Heading(alone[0]), alone[1]
    if not head.bodies and item.children and (listed := listed_alone(text)):
        head, text = Heading(listed), text.cut(len(text.text))
    text = below_theme(body, text, setting) or text
    below = above
    holds_more = bool(item.children) or len(item.paragraphs) > 1
    if head.bodies:
        below = replace(above, bodies=stand_for_all(head.bodies, setting), coordinating=head.coordinating)
    if text.text:
        report_due = bool(item.children) and asks_for_contents(text.text) and owes(text.text, setting)
        lists_contents = report_due or (bool(item.children) and _contents_below(body, text.text, item)) or (holds_more and fills_a_form(text.text))
        if holds_more and not lists_contents:
            below = heading_kind(text.text, below)
            below = replace(below, aims=False) if setting.activity and _CONTENTS_OF_IT.fullmatch(folded(text.text)) else below
        if item.children and (lists_wrongs(text.text) or quotes_below(text.text) or lists_objects(body, text.text, item.children)):
            below = replace(below, informing=True)
        if not (holds_more and not lists_contents and (is_title(text.text, item) or _ROLE_LABEL.fullmatch(folded(text.text)))):
            unit = list(
                _unit(
                    text, item.label, below, setting, has_children=bool(item.children) and not lists_contents
                )
            )
            if unit and lists_contents and not unit[-1].deadlines:
                unit[-1] = replace(unit[-1], deadlines=terms_below(body, item, setting))
            yield from unit
            if unit and lists_contents:
                below = replace(below, contents=True)
            elif item.children and unit and text.text.rstrip().endswith(":"):
                below = replace(
                    below, contents=asks_for_contents(text.text), bodies=unit[0].responsible or below.bodies
                )
            elif item.children:
                named = read_responsible(text.text)
                if named is not None and not below.bodies:
                    below = replace(
                        below,
                        bodies=stand_for_all(placed(text, named[0]), setting),
                        coordinating=placed(text, read_coordinating(text.text)),
                    )
    doers: tuple[Named, ...] = ()
    for paragraph in item.paragraphs[1:]:
        more = Collapsed.of(body, paragraph.start, paragraph.end)
        head, rest = strip_heading(more)
        if head.bodies:
            below = replace(below, bodies=stand_for_all(head.bodies, setting), coordinating=head.coordinating)
        if not rest.text:
            continue
        announces = (
            bool(item.children) and paragraph is item.paragraphs[-1] and rest.text.rstrip().endswith(":")
        )
        told = announces and (tells_people(rest.text) or _LISTS_PAPERS.search(folded(rest.text)) is not None)
        going_on = below
        if doers and not below.bodies and opens_imperative(rest.text) and not announces:
            going_on = replace(below, bodies=doers)
        ordered_first = _order_before_announcement(rest) if announces and not told else None
        if ordered_first is not None:
            yield from _unit(ordered_first, item.label, going_on, setting, has_children=False, continued=True)
        unit = list(_unit(rest, item.label, going_on, setting, has_children=announces and not told, continued=True)) if ordered_first is None else []
        yield from unit
        doers = unit[-1].responsible if unit and unit[-1].evidence.rule == "task-subject" else doers
        if not announces and paragraph is not item.paragraphs[-1] and _orders_more(rest.text):
            below = replace(below, informing=False)
        if announces:
            ordered = ORDERS_BELOW.search(folded(rest.text.rstrip())) is not None
            rest = rest.cut(len(ordered_first.text)) if ordered_first is not None else rest
            named = read_responsible(rest.text, issuer=setting.issuer)
            if named is not None and ordered and named[1] != "directing-verb":
                named = None  # "Viện trưởng VKSND tỉnh yêu cầu:": who orders
            below = replace(
                below,
                informing=below.informing and not directing_clauses(rest.text) and not ordered,
                contents=bool(unit) and (told or asks_for_contents(rest.text)),
                bodies=stand_for_all(placed(rest, named[0]), setting) if named else below.bodies,
                coordinating=placed(rest, read_coordinating(rest.text)) if named else below.coordinating,
            )
    if item.children and setting.mode != "directive":
        setting = for_what_follows(body, item, below, setting)
    planned = setting.kind in lexicon().naming_bodies_only and not (below.bodies or below.aims or below.informing or below.contents)
    behind = rows_behind(body, item.children) if planned else (None,) * len(item.children)
    for child, row_behind in zip(item.children, behind, strict=True):
        leads, helpers = row_leads(body, row_behind, setting) if row_behind else (below.bodies, below.coordinating)
        yield from item_tasks(body, child, replace(below, bodies=leads, coordinating=helpers), setting)


def _order_before_announcement(text: Collapsed) -> Collapsed | None:
    """What a paragraph orders before its last sentence, which orders somebody else and announces the list: "Giao Phòng A tập huấn. Đề nghị các xã thực hiện:"."""
    spans = list(sentences(text.text))
    if len(spans) < _TWO or not directing_clauses(text.text[spans[-1][0] :]):
        return None
    before = text.cut(0, spans[-1][0])
    return before if directing_clauses(before.text) and not only_urges(before.text) else None


_TWO = 2


def _orders_more(text: str) -> bool:
    """Whether a paragraph announces orders that stand as paragraphs behind it: "Chính phủ yêu cầu các Bộ …, trong đó tập trung:" below an assessment."""
    return text.rstrip().endswith(":") and (bool(directing_clauses(text)) or ORDERS_BELOW.search(folded(text.rstrip())) is not None)


def _contents_below(body: str, text: str, item: Item) -> bool:
    """Whether what stands below a unit is what its duty is about: contents of a paper, things, an address, what people are to be told."""
    if _ROLE_LABEL.fullmatch(folded(text)):
        return False
    last = len(item.paragraphs) == 1
    if not text.rstrip().endswith(":"):
        return last and asks_for_data(body, text, item.children)
    if gives_address(text) or (last and (tells_people(text) or makes_known(body, text, item.children))):
        return True
    if opens_imperative(text):
        if _parts_of_work(body, text, item.children):
            return False
        return asks_for_contents(text) or _LISTS_PAPERS.search(folded(text)) is not None or (last and _only_things(body, text, item.children))
    return last and not announces_duties(text) and read_responsible(text, labelled=True) is not None and names_things(body, item.children)


def _only_things(body: str, text: str, children: Sequence[Item]) -> bool:
    """Whether the lines below name things; below a short theme none says what somebody may or must do ("Người lao động có quyền …")."""
    said = (Collapsed.of(body, paragraph.start, paragraph.end).text for child in children for paragraph in child.paragraphs[:1])
    return names_things(body, children) and not (len(text) < _SHORT and any(_MAY_OR_MUST.search(folded(words)) for words in said))


def _parts_of_work(body: str, text: str, children: Sequence[Item]) -> bool:
    """Whether the lines below are the parts of a work, each an order: "Kiểm kê kho và xử lý thuốc hết hạn, bao gồm:" / "- Lập danh mục …"; those of a paper are its contents."""
    words = folded(text)
    if not _OF_PARTS.search(words) or _PAPER.search(words):
        return False
    return all(opens_duty(Collapsed.of(body, paragraph.start, paragraph.end).text) for child in children for paragraph in child.paragraphs[:1])


_OF_PARTS = re.compile(r"(?<![a-z])(?:bao )?gom\s*:\s*$")
_PAPER = re.compile(
    r"(?<![a-z])(?:bao cao|de cuong|ke hoach|ho so|van ban|noi dung|chuong trinh|de an|phuong an|quy che|du an|tai lieu|quy trinh|de tai|tieu chi|giai phap|chinh sach|thu tuc|so lieu|thong tin)(?![a-z])"
)
_SHORT = 80
_MAY_OR_MUST = re.compile(r"[a-z] (?:co quyen|phai|co trach nhiem|co nghia vu)(?![a-z])")
_LISTS_PAPERS = re.compile(r"(?<![a-z])gom (?:co )?(?:cac |nhung )?(?:loai )?(?:van ban|giay to|tai lieu|thanh phan|mau bieu)(?: (?:sau|sau day|nhu sau))*\s*:\s*$")
""" "Nộp hồ sơ gồm các giấy tờ sau:": papers stand below, no duties."""
_ROLE_LABEL = re.compile(r"(?:co quan|don vi|bo phan|noi|nguoi|to chuc|ca nhan)(?: [a-z]+){1,9}\s*:")
""" "Cơ quan tiếp nhận hồ sơ:": who it is stands below."""


def _unit(
    text: Collapsed,
    label: str,
    heading: Heading,
    setting: Setting,
    *,
    has_children: bool,
    continued: bool = False,
) -> Iterator[Task]:
    words = text.text
    if heading.informing and continued and _orders_apart(words):
        heading, label = replace(heading, informing=False), ""
    if heading.informing or heading.contents or len(words) < 12 or _CARRYING_OUT.fullmatch(folded(words)):
        return
    named = doers_named(words, label, heading, setting)
    if (
        has_children
        and words.rstrip().endswith((":", "sau", "sau."))
        and not _is_duty_with_contents(words, named)
        and not _orders_first(words, named)
    ):
        return
    if setting.contents and named is None and not heading.bodies and not owes(words, setting):
        return
    why = why_directive(words, named, heading, setting)
    executes = label.startswith("Điều") and why != "directing-verb"  # the article on who executes the decision
    if why is None or ((continued or executes) and only_urges(words)):
        return
    yield make_task(
        text,
        label or None,
        named[0] if named else (),
        heading.bodies,
        setting,
        f"task-{why}",
        heading.coordinating,
    )


_CARRYING_OUT = re.compile(r"(?:ve )?to chuc (?:trien khai )?thuc hien\s*[:.]?")
""" "6. Tổ chức thực hiện": a heading, also where nothing is numbered below it."""
_CONTENTS_OF_IT = re.compile(r"noi dung(?: (?:thuc hien|hoat dong|cong viec))?\s*[.:]?")


def _orders_apart(text: str) -> bool:
    """Whether a paragraph of its own opens with an order: "Giao Phòng A chuẩn bị tài liệu." below "Thời gian, địa điểm" is no part of it."""
    clauses = directing_clauses(text)
    return bool(clauses) and clauses[0].start == 0 and follows_subject(text, clauses[0].bodies_end)


def _is_duty_with_contents(text: str, named: object) -> bool:
    if opens_imperative(text) and asks_for_contents(text):
        return True
    return named is not None and bool(re.search(r"bao cao|tong hop|cung cap|gui ", folded(text)))


def _orders_first(text: str, named: object) -> bool:
    """Whether an order stands before the sentence that only announces the list ("… trước ngày 20/10. Trong đó chú ý:")."""
    spans = list(sentences(text))
    return named is not None and len(spans) > 1 and spans[-1][1] - spans[-1][0] < 120 and spans[-1][0] > 40
