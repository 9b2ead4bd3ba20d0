"""Tasks: the units of a letter in which it directs somebody to do something.

Rules in the order of the letter: what kind it is, how it announces its list,
what each heading is about and whom it names, and what each unit says. Legal
bases, narrative, reports of what was done, rules of law and courtesy are no
tasks; a false obligation is as bad as a missed one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Literal

from nlp.bodies import body_phrase_at, is_body, split_bodies
from nlp.collapsed import Collapsed
from nlp.deadlines import find_deadlines
from nlp.directives import (
    directing_clauses,
    folded,
    follows_subject,
    is_narrative,
    leading_subject,
    lexicon,
    opens_imperative,
    subject_after_prefix,
)
from nlp.duties import named_bodies, read_coordinating, read_responsible, same_body
from nlp.outline import Item, Outline, Paragraph, outline
from nlp.particulars import read_particulars
from nlp.references import find_references, mask
from nlp.reporting import read_reporting
from nlp.sentences import sentences
from nlp.telling import (
    announces_notice,
    answers_a_question,
    is_courtesy,
    is_scheduled,
    obliges,
    settles,
    states_law,
)
from nlp.types import Evidence, Named, Task

Mode = Literal["directive", "informing", "notice", "open"]
"""How the letter announces its list: as duties, as information, as a notice (which may hold duties), or not at all."""


@dataclass(frozen=True, slots=True)
class Setting:
    """What the whole letter says about its units."""

    kind: str
    issuer: str
    addressees: tuple[Named, ...]
    issued_on: date | None
    mode: Mode = "open"
    commanded: tuple[Named, ...] = ()
    asked: tuple[Named, ...] = ()
    """Who must do the last task found: they owe the paper that a later sentence wants by a day."""

    @property
    def default_bodies(self) -> tuple[Named, ...]:
        """Who must act where a unit names nobody: the addressees, else those the opening commands."""
        return self.addressees or self.commanded


@dataclass(frozen=True, slots=True)
class _Heading:
    """What the items above say about a unit: whom they name, and whether they only inform."""

    bodies: tuple[Named, ...] = ()
    coordinating: tuple[Named, ...] = ()
    informing: bool = False
    aims: bool = False
    contents: bool = False


def find_tasks(
    body: str,
    *,
    kind: str = "công văn",
    issuer: str = "",
    addressees: Sequence[Named] = (),
    issued_on: date | None = None,
) -> tuple[Task, ...]:
    """Find the tasks of a letter's body.

    `body` keeps its line breaks; evidence of the result holds offsets into
    it. `kind`, `issuer`, `addressees` and `issued_on` come from the header.
    """
    if kind in lexicon().without_tasks:
        return ()
    tree = outline(body)
    setting = Setting(kind, issuer, tuple(addressees), issued_on)
    setting = _announced(body, tree, setting)
    found: list[Task] = []
    for paragraph in tree.preamble:
        found.extend(_free_paragraph(body, Collapsed.of(body, paragraph.start, paragraph.end), setting, bool(tree.items)))
        setting = _having_asked(setting, found)
    for item in tree.items:
        found.extend(_item(body, item, _Heading(), setting))
    setting = _having_asked(setting, found)
    for paragraph in tree.closing:
        found.extend(_free_paragraph(body, Collapsed.of(body, paragraph.start, paragraph.end), setting, False, closing=True))
        setting = _having_asked(setting, found)
    return tuple(found)


def _having_asked(setting: Setting, found: Sequence[Task]) -> Setting:
    """The setting for what follows the tasks found so far; after a list of several doers nobody is meant by sense."""
    if not found:
        return setting
    last = found[-1]
    alone = last.label is None or all(task.responsible == last.responsible for task in found)
    return replace(setting, asked=last.responsible if alone else ())


# --- the letter's own announcement -------------------------------------------------------------


_TAIL_NOISE = " ˆ^`'~.|_-*"
_SHORT_NAME = re.compile(r"sau day goi (?:tat|chung|tat chung) la:?\s*[“\"]?(?P<name>[^)”\"]{4,160})[”\"]?\s*\)")
_ANNOUNCES = re.compile(r"(?:\bsau(?: day)?|duoi day|nhu sau|noi dung|nhiem vu|cong viec|viec|bien phap|giai phap|van de)\s*[:.;]?\s*$|:\s*$")


def _announced(body: str, tree: Outline, setting: Setting) -> Setting:
    if not tree.items:
        return setting
    candidates = [Collapsed.of(body, p.start, p.end) for p in tree.preamble]
    for item in tree.items:
        candidates.extend(Collapsed.of(body, p.start, p.end) for p in item.paragraphs[1:])
    mode: Mode = "open"
    commanded: tuple[Named, ...] = ()
    for candidate in candidates:
        opening = _announcement(candidate)
        last = opening.text
        words = folded(last)
        if not _ANNOUNCES.search(words.rstrip(_TAIL_NOISE)):
            continue
        clauses = directing_clauses(last)
        short = _SHORT_NAME.search(words)
        if short and not commanded:
            name = Evidence(*short.span("name"), "short-name-in-opening", 0.9)
            commanded = (Named(last[name.start : name.end], opening.evidence(name)),)
        if not clauses and announces_notice(last):
            mode = "notice" if mode == "open" else mode
        elif clauses or (_has(words[-150:], lexicon().announce_directive) and not _informs(words)):
            mode = "directive"
        elif _informs(words) or answers_a_question(candidate.text, setting.addressees):
            mode = "informing" if mode == "open" else mode
        if not clauses and not _informs(words) and (doer := _told_to_do(last, setting)):
            mode = "directive"
            commanded = commanded or _within(opening, doer)
        if clauses and not commanded:
            outermost = clauses[-1] if clauses[-1].verb != "chi dao" else clauses[0]
            commanded = _within(
                opening, named_bodies(last, (outermost.bodies_start, outermost.bodies_end), "commanded-in-opening")
            )
    return replace(setting, mode=mode, commanded=commanded)


_BARE_ANNOUNCEMENT = re.compile(r"(?:cac )?(?:noi dung |nhiem vu )?(?:cu the|chi tiet|trong do|noi dung|nhiem vu)?\s*(?:la |nhu )?(?:sau|sau day)?\s*:?\s*$")


def _announcement(text: Collapsed) -> Collapsed:
    """The sentence that announces the list; a bare "Cụ thể như sau:" with the sentence before it."""
    cuts = sentences(text.text)
    if not cuts:
        return text.cut(0, 0)
    start = cuts[-1][0]
    if len(cuts) > 1 and _BARE_ANNOUNCEMENT.match(folded(text.text[start:]).rstrip(_TAIL_NOISE)):
        start = cuts[-2][0]
    return text.cut(start)


_MUST = re.compile(r"\s*,?\s*(?:can|phai|co trach nhiem|tap trung|trien khai|thuc hien|khan truong|chu dong|to chuc|nghiem tuc|quan tam)(?![a-z])")


def _told_to_do(text: str, setting: Setting) -> tuple[Named, ...]:
    """Who is told to do what follows, without a verb of ordering: "…, các trường cần làm tốt những việc sau:"."""
    span = leading_subject(text) or subject_after_prefix(text, len(text))
    if span is None or not _MUST.match(folded(text), span[1]):
        return ()
    bodies = named_bodies(text, span, "commanded-in-opening")
    return () if _is_issuer(bodies, setting) else bodies


_INSTRUCTS = re.compile(r"huong dan (?!thuc hien|trien khai|cu the|chi tiet|mot so|noi dung|ve)[a-z ,]{3,110} (?:thuc hien|trien khai)(?![a-z])")
""" "hướng dẫn các cấp Hội thực hiện …" directs somebody; "hướng dẫn thực hiện …" explains."""


def _informs(words: str) -> bool:
    """Whether the announcing verb, the one nearest to the end, only informs ("trả lời như sau")."""
    if _INSTRUCTS.search(words[-190:]):
        return False
    last = words[-120:]
    directs = [m.end() for m in re.finditer(r"(?<![a-z])(?:ket luan|yeu cau|de nghi|giao|chi dao|chi thi)(?![a-z])", last)]
    informs = [last.rfind(word) for word in lexicon().announce_informing]
    return max(informs, default=-1) > max(directs, default=-1)


def _has(words: str, lexemes: Sequence[str]) -> bool:
    return any(re.search(rf"(?<![a-z]){re.escape(lexeme)}(?![a-z])", words) for lexeme in lexemes)


# --- units --------------------------------------------------------------------------------------


def _item(body: str, item: Item, above: _Heading, setting: Setting) -> Iterator[Task]:
    first = item.paragraphs[0] if item.paragraphs else Paragraph(item.start, item.start)
    text = Collapsed.of(body, first.start, first.end)
    head, text = _strip_heading(text)
    below = above
    holds_more = bool(item.children) or len(item.paragraphs) > 1
    if head.bodies:
        below = replace(above, bodies=_stand_for_all(head.bodies, setting), coordinating=head.coordinating)
    if text.text:
        below = _heading_kind(text.text, below) if holds_more else below
        lists_contents = (
            bool(item.children)
            and opens_imperative(text.text)
            and text.text.rstrip().endswith(":")
            and (_asks_for_contents(text.text) or _names_things(body, item.children))
        )
        is_title = holds_more and not lists_contents and _is_title(text.text, item)
        if not is_title:
            unit = list(_unit(text, item.label, below, setting, has_children=bool(item.children) and not lists_contents))
            yield from unit
            if unit and lists_contents:
                below = replace(below, contents=True)
            elif item.children and unit and text.text.rstrip().endswith(":"):
                below = replace(below, contents=_asks_for_contents(text.text), bodies=unit[0].responsible or below.bodies)
            elif item.children:
                named = read_responsible(text.text)
                if named is not None and not below.bodies:
                    below = replace(below, bodies=_within(text, named[0]), coordinating=_within(text, read_coordinating(text.text)))
    for paragraph in item.paragraphs[1:]:
        more = Collapsed.of(body, paragraph.start, paragraph.end)
        head, rest = _strip_heading(more)
        if head.bodies:
            below = replace(below, bodies=_stand_for_all(head.bodies, setting), coordinating=head.coordinating)
        if not rest.text:
            continue
        announces = bool(item.children) and paragraph is item.paragraphs[-1] and rest.text.rstrip().endswith(":")
        unit = list(_unit(rest, item.label, below, setting, has_children=announces, continued=True))
        yield from unit
        if announces:
            named = read_responsible(rest.text)
            below = replace(
                below,
                contents=bool(unit) and _asks_for_contents(rest.text),
                bodies=_within(rest, named[0]) if named else below.bodies,
                coordinating=_within(rest, read_coordinating(rest.text)) if named else below.coordinating,
            )
    for child in item.children:
        yield from _item(body, child, below, setting)


def _within(text: Collapsed, bodies: Sequence[Named]) -> tuple[Named, ...]:
    return tuple(replace(body, evidence=text.evidence(body.evidence)) for body in bodies)


_ROLE_TAIL = re.compile(
    r"\s*(?:,?\s*(?:chu tri|phoi hop thuc hien|chu tri,? phoi hop thuc hien|co trach nhiem|thuc hien|chu dong thuc hien"
    r"|thuc hien cac (?:noi dung|nhiem vu) sau|co trach nhiem thuc hien))?\s*[:.;]?\s*$"
)
_HEAD_END = re.compile(
    r"\s*(?:\([^)]{0,160}\)\s*)?,?\s*(?:(?:chu tri(?:,? phoi hop)?|co trach nhiem|thuc hien|phoi hop thuc hien)\s*)?:(?:\s+|$)"
)
_WITH = re.compile(r"\s*(?:\(chu tri\)\s*)?,?\s*(?:chu tri,?\s*)?(?:phoi hop|cung)(?: voi| cung)?\s+")
_DIRECT_HEAD = re.compile(r"^(?:giao nhiem vu cho|giao cho|giao|yeu cau|de nghi|trach nhiem cua|nhiem vu cua|doi voi|dong chi|cac dong chi)\s+(?:cac dong chi\s+|dong chi\s+)?")


def _strip_heading(text: Collapsed) -> tuple[_Heading, Collapsed]:
    """Part "Sở Y tế: Chỉ đạo …" into the bodies of the heading and the task's own text.

    "An agency name closed by a colon directly after the label is heading,
    not task text"; the same for a unit that is nothing but names of bodies.
    """
    words = folded(text.text)
    head = _DIRECT_HEAD.match(words)
    begin = head.end() if head else 0
    tail = _ROLE_TAIL.search(words, begin)
    whole_end = tail.start() if tail else len(words)
    if len(words) < 420 and is_body(text.text[begin:whole_end]):
        return _Heading(_heading_named(text, begin, whole_end)), Collapsed("", ())
    span = body_phrase_at(text.text, begin)
    if span is not None and span[1] < 420:
        closing = _HEAD_END.match(words, span[1])
        if closing:
            return _Heading(_heading_named(text, begin, span[1])), text.cut(closing.end())
        shared = _WITH.match(words, span[1])
        helpers = body_phrase_at(text.text, shared.end()) if shared else None
        closing = _HEAD_END.match(words, helpers[1]) if helpers else None
        if helpers and closing:
            return _Heading(
                _heading_named(text, begin, span[1]), _heading_named(text, *helpers, rule="coordinating")
            ), text.cut(closing.end())
        if follows_subject(text.text, span[1]):
            return _Heading(), text
    for colon in re.finditer(r":", text.text[:420]):
        if span is not None and colon.start() < span[1]:
            continue  # "Các Sở: Tài chính, Nội vụ": inside the list
        left_words = folded(text.text[begin : colon.start()])
        role = _ROLE_TAIL.search(left_words)
        end = begin + (role.start() if role else len(left_words))
        if is_body(text.text[begin:end]):
            return _Heading(_heading_named(text, begin, end)), text.cut(colon.end())
    return _Heading(), text


def _heading_named(text: Collapsed, start: int, end: int, rule: str = "heading") -> tuple[Named, ...]:
    bodies = split_bodies(text.text[start:end])
    return tuple(
        Named(b.text, text.evidence(Evidence(start + b.evidence.start, start + b.evidence.end, rule, b.evidence.confidence)))
        for b in bodies
    )


def _heading_kind(text: str, heading: _Heading) -> _Heading:
    words = folded(text)[:120]
    if _has(words, lexicon().informing_heading) and not directing_clauses(text):
        return replace(heading, informing=True)
    if any(words.strip(" .:") == aim for aim in lexicon().aims_heading):
        return replace(heading, aims=True)
    return heading


def _is_title(text: str, item: Item) -> bool:
    """A heading names a theme: short, no full stop, no doer with a verb."""
    if directing_clauses(text) or leading_subject(text):
        return False
    bare = text.rstrip(" :.;")
    if text.rstrip().endswith(":") and len(text) < 200:
        return True
    if bare.upper() == bare:
        return True
    return (bool(item.children) and len(bare) < 260) or (len(bare) < 140 and not text.rstrip().endswith((".", ";")))


def _asks_for_contents(text: str) -> bool:
    """Whether the lines below are what a report or paper must hold, not duties of their own."""
    return bool(re.search(r"(?:bao cao|noi dung|gom|van de|theo mau|thong tin|so lieu|tai lieu|ho so)\s*(?:cu the|chinh|chu yeu|sau|nhu sau|sau day)?\s*:?\s*$",
                          folded(text)[-80:])) and "thuc hien" not in folded(text)[-45:]  # fmt: skip


def _names_things(body: str, children: Sequence[Item]) -> bool:
    """Whether the lines below name things, cases or dates: none of them says what to do or who does it."""
    for child in children:
        if child.children or not child.paragraphs:
            return False
        text = Collapsed.of(body, child.paragraphs[0].start, child.paragraphs[0].end).text
        if opens_imperative(text) or directing_clauses(text) or leading_subject(text):
            return False
    return True


def _unit(
    text: Collapsed, label: str, heading: _Heading, setting: Setting, *, has_children: bool, continued: bool = False
) -> Iterator[Task]:
    words = text.text
    if heading.informing or heading.contents or len(words) < 12:
        return
    named = read_responsible(words, issuer=setting.issuer, labelled=bool(label))
    if has_children and words.rstrip().endswith((":", "sau", "sau.")) and not _is_duty_with_contents(words, named):
        return
    why = _why(words, named, heading, setting)
    if why is None or (continued and _only_urges(words)):
        return
    yield _task(text, label or None, named[0] if named else (), heading.bodies, setting, f"task-{why}", heading.coordinating)


def _is_duty_with_contents(text: str, named: object) -> bool:
    if opens_imperative(text) and _asks_for_contents(text):
        return True
    return named is not None and bool(re.search(r"bao cao|tong hop|cung cap|gui ", folded(text)))


def _why(text: str, named: tuple[tuple[Named, ...], str] | None, heading: _Heading, setting: Setting) -> str | None:
    """Why a unit is a directive, as the name of the rule; None where it is none."""
    if named is not None and named[1] == "directing-verb":
        return "directing-verb"
    if setting.mode == "informing" or is_scheduled(text) or settles(text, setting.kind):
        return None
    if setting.mode != "directive" and states_law(text):
        return None
    if named is not None and setting.mode == "notice" and not obliges(text):
        return None
    if named is not None and named[1] == "done-by" and setting.mode in ("open", "notice") and setting.kind not in lexicon().naming_bodies_only:
        return None  # "Đề tài … do Khoa Vật lý chủ trì" tells of work; it orders none
    if named is not None:
        return named[1] if setting.mode == "directive" or not _is_issuer(named[0], setting) else None
    if is_narrative(text):
        return None
    if heading.bodies:
        return "under-heading"
    if heading.aims or setting.kind in lexicon().naming_bodies_only:
        return None
    if setting.mode == "directive":
        bound = _opens_duty(text) or _BINDS.search(folded(text)) or _owes(text, setting)
        return "announced-list" if bound else None
    if not setting.default_bodies:
        return None
    if _opens_duty(text):
        return "imperative"
    return _OWED if _owes(text, setting) else None


def _opens_duty(text: str) -> bool:
    return opens_imperative(text) or opens_imperative_after_prefix(text)


_OWED = "owed-by-a-day"
_BINDS = re.compile(r"^(?:khong|cam)(?![a-z])|(?<![a-z])(?:phai|can|yeu cau|de nghi|tap trung|cham nhat|chi dao)(?![a-z])|,\s(?:chu dong|kip thoi|khan truong|tang cuong)(?![a-z])")
"""Signs of a duty in a unit of a letter that directs, though the unit opens with none."""
_SENDS = re.compile(r"(?<![a-z])(?:bao cao|gui|nop|dang ky|phan hoi|cung cap|hoan thanh|hoan tat|tong hop)(?![a-z])")
_DONE = re.compile(r"(?<![a-z])(?:da|duoc|bi)\s+(?:bao cao|gui|nop|dang ky|phan hoi|cung cap|hoan thanh|hoan tat|tong hop)(?![a-z])")


def _owes(text: str, setting: Setting) -> bool:
    """Whether something is to be sent or finished by a day to come: a duty whatever the words it opens with."""
    words = folded(text)
    if not _SENDS.search(words) or _DONE.search(words):
        return False
    masked = mask(text, find_references(text))
    return any(
        deadline.kind == "recurring"
        or (deadline.strict and deadline.date is not None and (setting.issued_on is None or deadline.date >= setting.issued_on))
        for deadline in find_deadlines(text, issued_on=setting.issued_on, masked=masked)
    )


def opens_imperative_after_prefix(text: str) -> bool:
    """ "Căn cứ tình hình thực tế, quyết định …", "Đối với …, đề nghị …": a verb of doing after an opening phrase."""
    if not re.match(r"(?:can cu|tren co so|doi voi|ve|de|nham|theo|trong|tu|khi|rieng|truong hop|hang|hang nam|dinh ky|ngay|sau khi|hien tai|cac)\b", folded(text)):
        return False
    return any(opens_imperative(text, match.end()) for match in re.finditer(r"[,:;]\s+", text[:400]))


def _is_issuer(bodies: Sequence[Named], setting: Setting) -> bool:
    return bool(setting.issuer) and any(same_body(body.text, setting.issuer) for body in bodies)


_REPORTS = re.compile(r"(?<![a-z])(?:bao cao|gui|phan hoi|tong hop|gop y|tham gia y kien)(?![a-z])")
_WHOLE_DOCUMENT = re.compile(
    r"(?:thuc hien|trien khai|chap hanh|thi hanh)(?:\s+(?:thuc hien|nghiem|nghiem tuc|nghiem chinh|tot|day du|hieu qua|kip thoi|dong bo|co hieu qua|va|,)){0,4}"
    r"\s+(?:cac\s+)?(?:noi dung|nhiem vu|yeu cau|giai phap)(?:,? (?:noi dung|nhiem vu|giai phap))?\s+(?:neu\s+)?(?:tren|o tren|nay)(?![a-z])"
    r"|(?:thuc hien|trien khai|chap hanh|thi hanh)(?:\s+(?:thuc hien|nghiem|nghiem tuc|nghiem chinh|tot|day du|hieu qua|,)){0,3}\s+(?:chi thi|cong van|cong dien|thong bao|ke hoach|quyet dinh|van ban|huong dan) (?:nay|tren)(?![a-z])"
)
_ANSWERS_FOR = re.compile(r"chiu (?:hoan toan )?trach nhiem(?: truoc [^,;.]{3,120}?)? neu (?:de|khong|vi pham|cham|xay ra|co)(?![a-z])")
""" "… chịu trách nhiệm trước Chủ tịch UBND tỉnh nếu để xảy ra …": what follows from not doing it, no duty of its own."""
_TELLS = re.compile(
    r"(?:nay |vay |tren day la [^.]{3,160}?|(?:van phong|uy ban|ubnd|bo|so|tong cuc|cuc|ban)\s[^,;.]{3,90}?\s)?(?:xin |tran trong |kinh )*(?:thong bao|bao)(?![a-z])(?! y kien| ket qua| cao)[^.]*"
    r"(?:bie[tn]|thuc hien|trien khai)[^.]{0,60}[.\s/]*$"
)
""" "Văn phòng … xin thông báo để Bộ X biết, thực hiện": it passes on, what is ordered stands before it."""
_DIFFICULTY = re.compile(r"(?:trong qua trinh|neu|moi|khi|truong hop)\s[^.]{0,60}?(?:kho khan|vuong mac)")


def _only_urges(text: str) -> bool:
    """A sentence that only urges carrying out the document, or only asks to tell of difficulties."""
    words = folded(text)
    if _WHOLE_DOCUMENT.search(words) and not _REPORTS.search(words):
        return True
    if len(words) > 420:
        return False
    if _TELLS.match(words) and not directing_clauses(text):
        return True
    if _ANSWERS_FOR.search(words) and not _REPORTS.search(words):
        return True
    if words.startswith("tren day la ") and not _REPORTS.search(words[_after_comma(words) :]):
        return True
    if _DIFFICULTY.search(words) and _has(words, lexicon().difficulties) and not opens_imperative(text):
        return True
    clauses = directing_clauses(text)
    after = clauses[0].bodies_end if clauses else (subject[1] if (subject := leading_subject(text)) else 0)
    said = words[after:].strip(" ,./")
    if len(said) > 170 or _REPORTS.search(said):
        return False
    return any(_urging_alone(said, phrase) for phrase in lexicon().urging)


def _after_comma(words: str) -> int:
    """Where the second part of "Trên đây là thông báo về …, đề nghị …" begins."""
    at = re.search(r"[,;.]\s+(?:\S+\s+){0,6}?(?:de nghi|yeu cau|giao|mong)(?![a-z])", words)
    return at.start() if at else len(words)


_GENERAL_OBJECT = re.compile(
    r"[ ,./]*(?:$|(?:nghiem|nghiem tuc|hieu qua|tot|dung|day du|kip thoi|cac noi dung|noi dung|cac nhiem vu|nhiem vu|tren|nay|theo|de(?! an)|nham|truoc"
    r"|(?:chi thi|cong van|cong dien|ke hoach|thong bao|ket luan|quyet dinh|huong dan|nghi quyet) nay|noi dung tren)(?![a-z]))"
)


def _urging_alone(said: str, phrase: str) -> bool:
    """Whether the urging phrase is all that is said: near the start, with no object of its own after it."""
    place = said.find(phrase)
    return 0 <= place <= 45 and bool(_GENERAL_OBJECT.match(said, place + len(phrase)))


_BASIS = re.compile(r"^(?:theo|can cu|thuc hien|xet|tiep theo|trien khai|phuc dap|tra loi|sau khi|qua|ngay|tren co so|de nghi cua)\b")


@dataclass(frozen=True, slots=True)
class _Found:
    """A directive in a sentence: where it begins, whom it names (places counted from there), and by which rule."""

    start: int
    bodies: Sequence[Named]
    rule: str


def _free_paragraph(body: str, text: Collapsed, setting: Setting, announces_list: bool, *, closing: bool = False) -> Iterator[Task]:
    """Directive sentences of an unlabelled paragraph, each with those that only go on with it ("Hoàn thành trong tháng 8.")."""
    going: _Found | None = None
    last = 0
    for begin, end in sentences(text.text):
        words = text.text[begin:end]
        opens_line = begin == 0 or "\n" in body[text.offsets[begin] - 1 : text.offsets[begin]]
        if going is not None and _goes_on(words, opens_line=opens_line):
            last = end
            continue
        found = _free_sentence(words, setting, announces_list, closing=closing, continues=going is not None)
        if going is not None:
            yield _sentence_task(text.cut(going.start, last), going, setting)
        going = replace(found, start=begin + found.start) if found else None
        last = end
    if going is not None:
        yield _sentence_task(text.cut(going.start, last), going, setting)


def _sentence_task(own: Collapsed, found: _Found, setting: Setting) -> Task:
    inherited = setting.asked if found.rule == _OWED else ()
    return _task(own, None, found.bodies, inherited, setting, f"task-sentence-{found.rule}")


def _goes_on(words: str, *, opens_line: bool) -> bool:
    """Whether a sentence after a directive one belongs to the same duty.

    It names nobody and says by when or what else; a report asked for is a duty of
    its own. Where it opens a line, it may be a paragraph of its own that the reading
    joined, so only a term goes on.
    """
    if directing_clauses(words) or leading_subject(words) or subject_after_prefix(words) or _only_urges(words):
        return False
    plain = folded(words)
    if not opens_line and not is_courtesy(words) and not _ANNOUNCES.search(plain.rstrip(_TAIL_NOISE)):
        reports = opens_imperative(words) and _REPORTS.search(plain[:60])
        return not reports and (opens_imperative(words) or len(words) < 160)
    return len(words) < 260 and bool(_TERM.match(plain) or _PAPER_SENT.match(plain))


_TERM = re.compile(r"(?:thoi han|thoi gian|han)\s+(?:hoan thanh|thuc hien|bao cao|gui|nop)|(?:viec|ket qua|noi dung) (?:nay|tren|thuc hien) [^.]{0,60}(?:hoan thanh|bao cao|gui)|(?:hoan thanh|xong|cham nhat|truoc ngay)(?![a-z])")


_PAPER_SENT = re.compile(
    r"(?:cac )?(?:bao cao|van ban|y kien|ket qua|danh sach|so lieu|thong tin|cong van|ban dang ky|file|phieu)(?![a-z])[^.;:]{0,120}?(?:(?:xin |de nghi |yeu cau |phai |can )?(?:duoc )?(?:gui|nop))(?![a-z])"
)
""" "Báo cáo (xin) gửi về Sở …": the paper is the subject, who sends it are those the letter speaks to."""


_FOR_OPINION = re.compile(r"(?<![a-z])gui [^.;:]{3,160}? (?:den|toi|cho) [^.;:]{3,100}? (?:de|va) (?:xin |nghien cuu|co |tham gia |gop |cho )[^.;:]{0,40}?y kien")
""" "… xin gửi bản chụp văn bản đến quý cơ quan để nghiên cứu và có ý kiến, … trước ngày …": asked without a verb of asking."""


def _free_sentence(
    words: str, setting: Setting, announces_list: bool, *, closing: bool, continues: bool
) -> _Found | None:
    """The directive in a sentence; None where the sentence directs nobody."""
    plain = folded(words)
    if len(words) < 25 or (plain.startswith(("tren day la", "luu y:", "can cu", "noi nhan")) and not directing_clauses(words)):
        return None
    if (setting.default_bodies or setting.asked) and _PAPER_SENT.match(plain) and _owes(words, setting):
        return _Found(0, (), _OWED)
    if announces_list and _ANNOUNCES.search(plain.rstrip(_TAIL_NOISE)):
        return None
    if re.search(r"(?:nhu sau|sau day|sau)\s*:\s*$", plain):
        return None
    clauses = directing_clauses(words)
    if clauses:
        clause = clauses[0]
        start = _clause_begin(words, clause.start)
        own = words[start:]
        if _only_urges(own) or ((closing or plain.startswith("tren day la")) and _only_urges(words)):
            return None
        named = read_responsible(own, issuer=setting.issuer)
        if named is None or not named[0]:
            span = (clause.bodies_start - start, clause.bodies_end - start)
            named = named_bodies(own, span, "directing-verb"), "directing-verb"
        return _Found(start, named[0], "directing-verb")
    if setting.default_bodies and _FOR_OPINION.search(plain) and _owes(words, setting):
        return _Found(0, (), _OWED)
    if _only_urges(words) or is_courtesy(words) or announces_list:
        return None  # before the list only an express order counts; the rest tells how it came about
    subject = leading_subject(words) or (
        subject_after_prefix(words) if not _BASIS.match(plain) and not is_narrative(words) else None
    )
    if subject is not None:
        if setting.kind == "kế hoạch":
            return None
        bodies = named_bodies(words, subject, "subject")
        told = continues or closing or setting.mode != "open" or _opinion(setting)
        return _Found(0, bodies, "subject") if told and not _is_issuer(bodies, setting) else None
    if (continues or (closing and setting.mode == "directive")) and opens_imperative(words) and setting.default_bodies:
        return _Found(0, (), "imperative")
    return None


def _opinion(setting: Setting) -> bool:
    return setting.kind in ("công văn", "thông báo", "công điện", "chỉ thị")


_ISSUER_TAIL = re.compile(
    r"(?:^|[,;:.]\s+|\bvà\s+)(?P<subject>(?:(?:Phó\s+)?(?:Thủ tướng|Chủ tịch|Bộ trưởng|Giám đốc|Cục trưởng|Tổng cục trưởng|Chánh Văn phòng|Trưởng ban)"
    r"|Bộ|Sở|UBND|Ủy ban|Uỷ ban|Ban|Cục|Tổng cục|Văn phòng|Chi cục|Lãnh đạo|Chính phủ|Thường trực|Hội đồng|Tỉnh ủy|Huyện ủy)[^,;:.]{0,110}?\s(?:(?:kính|trân trọng|tiếp tục|cũng|đã|có)\s+)?)$"
)  # fmt: skip


def _clause_begin(text: str, verb: int) -> int:
    """Where the directive begins: its subject, if the sender is named before the verb; a purpose clause stays."""
    plain = folded(text)
    if re.match(r"(?:de|nham)\b", plain):
        return 0
    match = _ISSUER_TAIL.search(text[:verb])
    start = match.start("subject") if match else verb
    if not _BASIS.match(plain) and "," not in text[:start] and ";" not in text[:start] and start < 60:
        return 0 if match is None and start < 30 else start
    return start


def _task(
    text: Collapsed,
    label: str | None,
    named: Sequence[Named],
    inherited: Sequence[Named],
    setting: Setting,
    rule: str,
    with_them: Sequence[Named] = (),
) -> Task:
    words = text.text
    own = tuple(_standing_for(body, setting) for body in named) if named else ()
    flat: list[Named] = [body for group in own for body in group] if own else list(inherited)
    moved = [
        body if body in inherited or body in setting.default_bodies else replace(body, evidence=text.evidence(body.evidence))
        for body in flat
    ]
    from_default = not moved
    responsible = tuple(moved) if moved else setting.default_bodies
    responsible = _unique(responsible)
    mentions = find_references(words)
    deadlines = tuple(
        replace(deadline, evidence=text.evidence(deadline.evidence))
        for deadline in find_deadlines(words, issued_on=setting.issued_on, masked=mask(words, mentions))
    )
    lead = {folded(body.text) for body in responsible}
    coordinating = tuple(
        replace(body, evidence=text.evidence(body.evidence))
        for body in read_coordinating(words)
        if folded(body.text) not in lead
    )
    coordinating = _unique((*coordinating, *(() if named else with_them)))
    reporting = read_reporting(words)
    particulars = read_particulars(words, reporting.reports)
    start, end = text.span
    return Task(
        label=label,
        text=words,
        responsible=responsible,
        coordinating=coordinating,
        deadlines=deadlines,
        report_to=next(iter(_within(text, [reporting.to] if reporting.to else [])), None),
        channel=next(iter(_within(text, [reporting.channel] if reporting.channel else [])), None),
        evidence=Evidence(start, end, rule, 0.9 if named or inherited else 0.8),
        inherited=from_default or bool(inherited and not named),
        conditions=_within(text, particulars.conditions),
        exceptions=_within(text, particulars.exceptions),
        products=_within(text, particulars.products),
    )


_GENERAL = re.compile(
    r"(?:cac |quy )?(?:co quan|don vi|dia phuong|bo|so|ban|nganh|doan the|to chuc|dong chi)(?:(?:, | va |, va )(?:cac )?(?:co quan|don vi|dia phuong|bo|so|ban|nganh|doan the|to chuc))*(?: (?:neu tren|tren|duoc giao|nay))?"
)


def _standing_for(body: Named, setting: Setting) -> tuple[Named, ...]:
    """A general word that only stands for the addressees is written as the addressees."""
    general = re.split(r",? (?:dac biet|nhat|truoc het) la ", folded(body.text))[0]
    if setting.addressees and _GENERAL.fullmatch(general):
        return setting.addressees
    return (body,)


def _stand_for_all(bodies: Sequence[Named], setting: Setting) -> tuple[Named, ...]:
    return tuple(each for body in bodies for each in _standing_for(body, setting))


def _unique(bodies: Sequence[Named]) -> tuple[Named, ...]:
    seen: dict[str, Named] = {}
    for body in bodies:
        seen.setdefault(folded(body.text), body)
    return tuple(seen.values())
