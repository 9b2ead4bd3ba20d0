"""One body in running text: title, quantifier, head word, name, tail."""

from __future__ import annotations

import re
from dataclasses import dataclass

from nlp.bodies.lexicon import Head, Scan, lexicon
from nlp.bodies.tails import capitals, corrected, places, skip_space, tail
from nlp.folding import UPPER
from nlp.normalise import plain_tone

_WORD = re.compile(r"\s*(?P<dash>[-–—]\s*)?(?P<word>[^\s,.;:()\[\]“”\"/–—]+(?:/[^\s,.;:()]+)?)")
_NOUN_SEP = re.compile(r"\s*,\s*(?:và\s+)?|\s*/\s*|\s*;\s*(?=[a-zđ])|\s*-\s*|\s+(?:và|hoặc|với)\s+|\s+|")
_RELATIVE = re.compile(
    r"\s+(?:được|có|đã|đang|chưa|do|thuộc|tham gia|sử dụng|không|nhận)\s[^,.;:()]{3,110}?"
    r"(?=\s+(?:có trách nhiệm|chịu trách nhiệm|phải|cần|nghiêm túc|khẩn trương|chủ động)(?!\w))"
    r"|\s+được\s[^,.;:()]{3,110}?(?=\s*$)"
)
_UNDER = re.compile(rf"\s+(?:trực\s+)?thuộc\s+(?=[{UPPER}])")
_PART_OF = re.compile(
    r"\s+[-–—]\s+(?=(?:Bộ|Sở|UBND|Ủy ban|Uỷ ban|Tỉnh ủy|Chính phủ|Tổng cục|Công an|Chi nhánh)\s)"
)
_BEFORE = re.compile(r"(\w+)[ \n]$")
_COMMA = re.compile(r"\s*,\s*")
_FIRST = re.compile(r"\w+")
_LOWER_LIST = re.compile(r"\s*,\s*(?P<first>[a-zà-ỹđ]+(?:\s[a-zà-ỹđ]+){0,2})\s+và\s+(?P<last>[a-zà-ỹđ]+)")
_PLURAL_ZONE = re.compile(
    r"cac\s+(?:khu\s+(?:cong\s+nghiep|kinh\s+te|che\s+xuat)|hoi\s|du\s+an|cong\s+trinh)"
)
_COMMA_CAPITAL = re.compile(rf"\s*,\s*(?=[{UPPER}])")
_LAST_FIELD = re.compile(rf"(?:\s+[^\s,.;:()]+){{0,3}}\s+(?:và|&)\s+(?=[{UPPER}])")
_PERSON = re.compile(rf"[{UPPER}][^\W\d_]*(?:[ \n][{UPPER}][^\W\d_]*){{1,5}}(?!\w)")
_OBJECT = re.compile(r"\s+(?:so lieu|ket qua|cac|danh sach|nhu cau|y kien|ho so|tinh hinh|chung)(?!\w)")
_NEVER_IN_NAME = frozenset({"cùng", "với", "phải", "cần", "có", "được", "để", "theo", "sẽ", "đã"})
_BY_FIELD = frozenset({"office", "faculty", "bureau", "board", "team", "unit"})
_ACRONYM = re.compile(r"[A-ZĐ]{2,}\d?(?:\s?[&,-]\s?[A-ZĐ]{1,6})*(?:\s+(?:và|&)\s+[A-ZĐ]{2,6})?(?!\w)")
_OF = re.compile(rf"\s+(?:của|trong)\s+(?=[{UPPER}])")
_CAPITALISED = re.compile(rf"\s+(?=[{UPPER}])")
_POLICE_OF = re.compile(r"\s+(?=(?:Công an|HĐND)\s+(?:tỉnh|huyện|thành phố|quận|thị xã|TP)(?!\w))")
_SHORT_FORM = re.compile(r"\s*\([A-ZĐ][A-ZĐ&-]{1,9}\)\s+")
_AND = re.compile(r"\s+và\s+(?=\w)")
_COMPOUND_OF = re.compile(r"(?:cơ|trụ|công|xứ|khổ)\s+$")
_WHICH = re.compile(r"\s+(?:có\s+(?:tên|nhu cầu|dự án|công trình|trụ sở|người|học sinh|đất|diện tích|sử dụng|tổ chức|phát sinh)|chưa|thuộc diện|thuộc đối tượng|nằm trong)\s[^,.;:()\n]{3,110}?(?=,\s)")
_AND_AT = re.compile(r"(?:và|&)(?!\w)")
_DASH_FIELD = re.compile(rf"\s+[-–]\s+(?=[{UPPER}][a-zà-ỹ])")
_NUMBERED = re.compile(r"\s+số\s+\d{1,3}(?![\w/])")
_WHOLE = re.compile(r"(?:Trung ương|Nhà nước|Thành phố|Tỉnh|Huyện|Quận|Thị xã|Ngành|Đảng)(?!\w)")
_TITLE_OF = re.compile(r"\s*(?:,|-|–)\s*")
_MOST_WORDS = 18


@dataclass(frozen=True, slots=True)
class Item:
    """A body as one entry. `prefix` is title and quantifier, `core` the head word as printed,
    `name` what completes it; `group` for common nouns; `complete` where a name or tail closes it.
    """

    text: str
    start: int
    end: int
    head: Head | None = None
    position: str | None = None
    prefix: str = ""
    core: str = ""
    named_at: int | None = None
    place_at: int | None = None
    group: bool = False
    plural: bool = False
    complete: bool = True


def squeeze(text: str) -> str:
    """One space for every run of white space; long dashes as hyphens."""
    return re.sub(r"\s*[–—]\s*", " - ", " ".join(text.split()))


def is_stop(scan: Scan, at: int) -> bool:
    """True where a verb or particle in lower case begins, at which a name ends."""
    return at < len(scan.text) and not scan.text[at].isupper() and lexicon().stops.at(scan, at) is not None


def generic_name(scan: Scan, at: int, head: Head, depth: int) -> int:
    """End of a free name ("Khuyến công và Tư vấn phát triển công nghiệp"), or `at` where there is none."""
    end, count, title_case, known_end, run_at = at, 0, 0, -1, -1
    while count < _MOST_WORDS:
        match = _WORD.match(scan.text, end)
        if not match:
            more = _comma_inside(scan, end, head, depth) if count else None
            if more is None:
                break
            end, count = more, count + 1
            continue
        word_at = match.start("word")
        if count == 0 and match["dash"]:
            break
        lower = scan.lower[word_at : match.end()]
        if count and _lower_behind_place(scan, word_at, end, known_end):
            break
        compound = lexicon().compounds.at(scan, word_at)
        if compound:
            end, count = compound[1], count + 2
            continue
        keep = head.keep_verbs and count < 3 and lower not in _NEVER_IN_NAME
        keep = keep and not lexicon().board_stops.at(scan, word_at)
        if (is_stop(scan, word_at) and not keep) or "\n\n" in scan.text[end:word_at]:
            break
        if count and _verb_behind_proper(scan, word_at, end, title_case, known_end):
            break
        if lower in {"và", "&"}:
            after = skip_space(scan.text, match.end())
            if (
                after >= len(scan.text)
                or is_stop(scan, after)
                or (depth < 3 and item(scan, after, depth + 1))
            ):
                break
        elif count and places(scan, word_at):
            break
        elif (
            count
            and not scan.text[word_at].isupper()
            and (lexicon().quantifiers.at(scan, word_at) or lexicon().tail.match(scan.folded, word_at))
        ):
            if not _plural_zone(scan, word_at):
                break
        elif count and scan.text[word_at].isupper() and lexicon().position_words.at(scan, word_at):
            break
        if title_case >= 2 and scan.text[word_at].islower() and run_at >= 0 and _proper_run(scan, run_at, end):
            break
        word = match["word"]
        run_at = word_at if word.istitle() and not title_case else run_at
        title_case = title_case + 1 if word.istitle() and word.isalpha() else 0
        if word[0].isupper():
            listed = lexicon().place_names.at(scan, word_at)
            listed = listed or (lexicon().fields.at(scan, word_at) if head.names in _BY_FIELD else None)
            known_end = max(known_end, listed[1] if listed else -1)
        end, count = match.end(), count + 1
    return end


def _proper_run(scan: Scan, run_at: int, end: int) -> bool:
    """True for capitalised words that name a person ("THPT Lê Khiết"): no word in lower case goes on behind."""
    first = _FIRST.match(scan.text, run_at)
    return first is not None and first.end() < end and first[0].lower() in lexicon().surnames


def _verb_behind_proper(scan: Scan, at: int, end: int, title_case: int, known_end: int) -> bool:
    """True at "quản lý" behind a proper name ("Công ty … Đắk Lắk quản lý") or a listed field, though it may stand in names."""
    proper = title_case >= 2 or end == known_end
    return proper and not scan.text[at].isupper() and lexicon().ambiguous.at(scan, at) is not None


def _lower_behind_place(scan: Scan, at: int, end: int, known_end: int) -> bool:
    """True at a word in lower case behind a place that closes a name ("Điện lực Tuyên Quang lau sứ")."""
    if end != known_end or not scan.text[at].islower() or _AND_AT.match(scan.text, at):
        return False
    begins = scan.text.rfind(" ", 0, max(0, scan.text.rfind(" ", 0, end))) + 1
    place = lexicon().place_names.at(scan, begins)
    return place is not None and place[1] == end


def _plural_zone(scan: Scan, at: int) -> bool:
    """Read "các Khu công nghiệp", "các Hội Khoa học": a plural inside the name of a board or union."""
    return _PLURAL_ZONE.match(scan.folded, at) is not None


def _opens_other(scan: Scan, at: int, depth: int) -> bool:
    """True where a verb, a group noun, a plural word or another body begins, so that a name must have ended."""
    lex = lexicon()
    return bool(
        is_stop(scan, at)
        or lex.nouns.at(scan, at)
        or lex.quantifiers.at(scan, at)
        or lex.group_stops.at(scan, at)
    ) or (depth < 3 and item(scan, at, depth + 1) is not None)


def _comma_inside(scan: Scan, at: int, head: Head, depth: int) -> int | None:
    """End of ", Xây dựng" inside a name such as "Đầu tư, Xây dựng và Kinh doanh …", or None."""
    if head.keep_verbs and (end := _task_listed(scan, at, depth)) is not None:
        return end
    lower = _LOWER_LIST.match(scan.text, at)
    if lower and not any(_opens_other(scan, lower.start(group), depth) for group in ("first", "last")):
        return lower.end("first")
    match = _COMMA_CAPITAL.match(scan.text, at)
    if not match or depth >= 3:
        return None
    after = match.end()
    if lexicon().place_names.at(scan, after) or item(scan, after, depth + 1):
        return None
    run = capitals(scan, after)
    joined = _LAST_FIELD.match(scan.text, run)
    if run == after or not joined or lexicon().position_words.at(scan, joined.end()):
        return None
    if item(scan, joined.end(), depth + 1):
        return None
    return run


def _task_listed(scan: Scan, at: int, depth: int) -> int | None:
    """End of ", nhà dột nát" in "Ban Chỉ đạo xoá nhà tạm, nhà dột nát huyện …": more of what a board is for.

    Words in lower case that open nothing else and run up to the place of the board.
    """
    comma = _COMMA.match(scan.text, at)
    if not comma:
        return None
    end = comma.end()
    for count in range(7):
        word = _WORD.match(scan.text, end) if count else _FIRST.match(scan.text, end)
        if count and (place := places(scan, skip_space(scan.text, end))):
            return end if not place.many else None
        if not word or not scan.text[word.start(word.lastgroup or 0)].islower() or _opens_other(scan, skip_space(scan.text, end), depth):
            return None
        end = word.end()
    return None


def _named(scan: Scan, begins: int, at: int, head: Head, depth: int) -> tuple[int, str | None]:
    """End of the name behind a head (from `begins` to `at`) and its spelling by the table, or (at, None)."""
    here = skip_space(scan.text, at)
    if head.names == "chancellery" and here > at and depth < 3:
        board = item(scan, here, depth + 1)  # "Văn phòng Ban Chỉ đạo quốc gia kỷ niệm …"
        if board and board.head and board.head.keep_verbs and board.end > here:
            return board.end, None
    table = lexicon().names.get(head.names)
    listed = table.at(scan, here) if table and here > at else None
    if listed and not (head.names in {"board", "bureau"} and scan.text[here].islower()):
        if listed[0].endswith(" tổng hợp") and _OBJECT.match(scan.folded, listed[1]):
            return generic_name(scan, here, head, depth), None
        longer = generic_name(scan, here, head, depth) if _goes_on(scan, listed[1], head) else at
        return (longer, None) if longer > listed[1] else (listed[1], listed[0])
    if here == at:
        return at, None
    if house := _house(scan, here, head):
        return house, None
    if head.names in {"department", "ministry"} and not scan.text[begins:at].isupper():
        short = _ACRONYM.match(scan.text, here)
        if short and not lexicon().head_words.at(scan, here):
            return short.end(), None
    if head.names in {"place", "territory"}:
        return _owner(scan, begins, here, head, depth) or at, None
    blocked = head.not_before.at(scan, here)
    first = scan.text[here : here + 1]
    if blocked or (head.names in {"department", "ministry"} and not first.isupper()):
        return at, None
    if head.names == "chancellery" and not first.isupper():
        return at, None
    if head.names in {"office", "faculty", "team"} and not first.isupper():
        return at, None
    if head.bare and (places(scan, here) or (lexicon().quantifiers.at(scan, here) and not _plural_zone(scan, here))):
        return at, None
    if head.names == "unit" and not (first.isupper() or first.isdigit()):
        return at, None
    if head.names == "bureau" and scan.text[begins].islower():
        return at, None
    if head.names in {"board", "free"} and not first.isalpha() and not (head.keep_verbs and first.isdecimal()):
        return at, None
    end = generic_name(scan, here, head, depth)
    return (end, None) if end > here else (at, None)


def _goes_on(scan: Scan, at: int, head: Head) -> bool:
    """True where a listed field is only the first of a longer name ("Công tác chính trị và học sinh sinh viên")."""
    if head.names not in {"office", "bureau", "team"}:
        return False
    dash = _DASH_FIELD.match(scan.text, at)
    if dash and not lexicon().head_words.at(scan, dash.end()) and not lexicon().position_words.at(scan, dash.end()):
        return True
    joint = _AND.match(scan.text, at) if head.names == "office" else None
    if not joint or lexicon().nouns.at(scan, joint.end()) or lexicon().group_stops.at(scan, joint.end()):
        return False
    return scan.text[joint.end()].islower() and not lexicon().quantifiers.at(scan, joint.end())


def _owner(scan: Scan, begins: int, at: int, head: Head, depth: int) -> int | None:
    """End of the owner's name behind a capitalised head ("Thanh tra Sở Y tế", "Đảng ủy Quân sự"), or None."""
    listed = (
        head.of.at(scan, at) if scan.text[begins].isupper() and scan.text[at : at + 1].isupper() else None
    )
    if not listed:
        return None
    inner = item(scan, at, depth + 1) if depth < 3 else None
    return inner.end if inner and not inner.group and inner.complete else listed[1]


def _house(scan: Scan, at: int, head: Head) -> int | None:
    """End of "trường", "cơ quan" behind a mass organisation ("Công đoàn trường"), or None; a name behind it is another body's."""
    listed = head.within.at(scan, at)
    if not listed:
        return None
    behind = skip_space(scan.text, listed[1])
    named = scan.text[behind : behind + 1].isupper() and scan.text[at].isupper()
    return None if named else listed[1]


def _blocked(scan: Scan, at: int, head: Head) -> bool:
    here = skip_space(scan.text, at)
    return head.not_before.at(scan, here) is not None


def item(scan: Scan, at: int, depth: int = 0) -> Item | None:
    """The body that begins at an offset, or None."""
    if at >= len(scan.text) or (at and (scan.text[at - 1].isalnum() or scan.text[at - 1] == "_")):
        return None
    lex = lexicon()
    first = _FIRST.match(scan.folded, at)
    if not first or first[0] not in lex.openers:
        return None
    here = at
    honorific = lex.honorifics.at(scan, here)
    if honorific:
        here = skip_space(scan.text, honorific[1])
    quantifier = lex.quantifiers.at(scan, here)
    if quantifier and not lex.head_words.at(scan, here):
        here = skip_space(scan.text, quantifier[1])
    else:
        quantifier = None
    position = lex.position_words.at(scan, here)
    if position and (
        scan.text[here].isupper()
        or at != here
        or here == 0
        or position[0] in {"Thủ trưởng", "Lãnh đạo"}
        or lex.quantifiers.at(scan, skip_space(scan.text, position[1]))
    ):
        inner = _after_position(scan, at, here, position, depth)
        if inner:
            return inner
    if honorific and not quantifier and not position and not lex.head_words.at(scan, here):
        return _person(scan, at, here, honorific[0]) or _addressed(scan, at, here, honorific[0])
    if quantifier:
        return _plural(scan, at, here, depth)
    found = lex.head_words.at(scan, here)
    group = _unmarked_group(scan, at, depth)
    return group or (_single(scan, at, here, found, depth) if found else None)


def _person(scan: Scan, at: int, here: int, honorific: str) -> Item | None:
    """A person under a title of courtesy ("đ/c Trần Thị Bình, Phó Chủ tịch UBND huyện"), or None.

    "ông", "bà" stand before parties to a case as well, so that behind them a title must follow.
    """
    lex = lexicon()
    name = _PERSON.match(scan.text, here)
    if not name or any(
        lex.head_words.at(scan, word.start()) or lex.position_words.at(scan, word.start())
        for word in re.compile(r"\S+").finditer(scan.text, here, name.end())
    ):
        return None
    end = name.end()
    joint = _TITLE_OF.match(scan.text, end)
    title = lex.position_words.at(scan, joint.end()) if joint else None
    if joint and title and scan.text[joint.end()].isupper():
        held = _after_position(scan, joint.end(), joint.end(), title, 1)
        end = held.end if held else tail(scan, title[1]).end
    elif honorific in {"ông", "bà", "quý"}:
        return None
    return Item(squeeze(scan.text[at:end]), at, end, prefix=squeeze(scan.text[at:here]), plural=True)


def _addressed(scan: Scan, at: int, here: int, honorific: str) -> Item | None:
    """Those a letter speaks to without naming them: "các đồng chí", "quý cơ quan", "quý Sở"."""
    if honorific.startswith("các "):
        clause = lexicon().narrowing.match(scan.folded, here)
        if clause:
            return Item(squeeze(scan.text[at : clause.end()]), at, clause.end(), group=True, plural=True)
        if honorific != "các đồng chí":
            return None
        end = at + len(scan.text[at:here].rstrip())
        return Item(squeeze(scan.text[at:end]), at, end, group=True, plural=True) if is_stop(scan, here) else None
    noun = lexicon().nouns.at(scan, here) if honorific == "quý" else None
    if not noun:
        return None
    return Item(squeeze(scan.text[at : noun[1]]), at, noun[1], group=True)


def _unmarked_group(scan: Scan, at: int, depth: int) -> Item | None:
    """A group without a plural word: "sở, ban, ngành", "cơ quan, đơn vị liên quan"."""
    lex = lexicon()
    noun = lex.group_openers.at(scan, at)
    if not noun:
        return None
    described = _adjective(scan, noun[1])
    sep = _COMMA.match(scan.text, described)
    if described == noun[1] and (not sep or not lex.nouns.at(scan, sep.end())):
        return None
    return _plural(scan, at, at, depth)


def _adjective(scan: Scan, at: int) -> int:
    """End of "chuyên môn" behind "phòng", or `at`."""
    found = lexicon().adjectives.at(scan, skip_space(scan.text, at))
    return found[1] if found else at


def _after_position(scan: Scan, at: int, here: int, position: tuple[str, int], depth: int) -> Item | None:
    follow = skip_space(scan.text, position[1])
    if follow == position[1] or depth > 4:
        return None
    inner = item(scan, follow, depth + 1) or _titled(scan, follow, depth + 1)
    if inner is None and lexicon().group_openers.at(scan, follow):
        inner = _plural(scan, follow, follow, depth + 1)
    if inner is None:
        place = places(scan, follow)
        if place and place.place_at is not None and position[0] in {"Bí thư", "Chủ tịch", "Lãnh đạo"}:
            text = corrected(squeeze(scan.text[at : place.end]))
            return Item(text, at, place.end, None, position[0], "", squeeze(scan.text[here : position[1]]))
        return None
    prefix = squeeze(scan.text[at : inner.start])
    return Item(
        text=f"{prefix} {inner.text}", start=at, end=inner.end, head=inner.head, position=position[0],
        prefix=f"{prefix} {inner.prefix}".strip(), core=inner.core, named_at=inner.named_at, place_at=inner.place_at,
        group=inner.group, plural=inner.plural, complete=inner.complete,
    )  # fmt: skip


def _titled(scan: Scan, at: int, depth: int) -> Item | None:
    """A body in lower case behind the title of its head: "Giám đốc trung tâm y tế", "Hiệu trưởng trường tiểu học"."""
    found = lexicon().head_words.at(scan, at)
    here = skip_space(scan.text, found[1]) if found else at
    field = lexicon().lower_names.at(scan, here) if found and here > found[1] else None
    if not found or not field or lexicon().heads[found[0]].names != "free":
        return None
    run = capitals(scan, skip_space(scan.text, field[1]))
    end = tail(scan, max(run, field[1]) if run > skip_space(scan.text, field[1]) else field[1]).end
    joined = _joined(scan, end, depth)
    text = corrected(squeeze(scan.text[at:end]))
    head = lexicon().heads[found[0]]
    if joined:
        return Item(f"{text}{joined[0]}", at, joined[1], head, core=scan.text[at : found[1]])
    return Item(text, at, end, head, core=scan.text[at : found[1]])


def _single(scan: Scan, at: int, here: int, found: tuple[str, int], depth: int) -> Item | None:
    head = lexicon().heads[found[0]]
    upper = scan.text[here].isupper()
    end, spelled = _named(scan, here, found[1], head, depth)
    if spelled is None and _blocked(scan, found[1], head):
        return None
    if end == found[1] and not head.bare and not _place_follows(scan, found[1]):
        alone = upper if depth and head.names != "territory" else _acronym(scan, here, found[1])
        alone = alone or (head.company and upper and _inside_sentence(scan, here))
        if not alone:
            return None
    name_end = end
    named_at: int | None = None
    proper = skip_space(scan.text, end)
    if proper > end and "\n" not in scan.text[end:proper] and (head.names != "free" or end == found[1]) and not places(scan, proper):
        run = capitals(scan, proper)
        if run > proper and not lexicon().position_words.at(scan, proper):
            named_at, end = proper, run
    numbered = _NUMBERED.match(scan.text, end) if end > found[1] or head.names == "unit" else None
    if numbered:
        name_end = end = numbered.end()
        spelled = None
    bracket = _SHORT_FORM.match(scan.text, end)
    if bracket and places(scan, bracket.end()):
        return _around_bracket(scan, at, here, head, end, bracket.end())
    after = tail(scan, end)
    tail_end = after.end
    plain = head.names == "department" and spelled and not _COMPOUND_OF.search(scan.lower, max(0, at - 8), at)
    if not upper and at == here and not (plain or _lower_allowed(scan, found[1], name_end, after.place_at, head)):
        return None
    if after.many:
        tail_end = _narrowed(scan, tail_end)
    core = squeeze(scan.text[here : found[1]])
    name = spelled if spelled is not None else squeeze(scan.text[found[1] : name_end])
    if spelled is not None:
        printed = squeeze(scan.text[skip_space(scan.text, found[1]) : name_end])
        name = _best_spelling(printed, spelled)
    text = f"{core} {name}".strip() + corrected(" " + squeeze(scan.text[name_end:tail_end])).rstrip()
    if head.bare and tail_end == found[1]:
        of = _of_group(scan, tail_end, depth)
        if of:
            text, tail_end = f"{text} {of.text}", of.end
    whole = head.names in {"department", "ministry"} or (head.territorial and tail_end == found[1])
    joined = None if whole else _joined(scan, tail_end, depth)
    if joined:
        text, tail_end = f"{text}{joined[0]}", joined[1]
    if at < here:
        text = f"{squeeze(scan.text[at:here])} {text}"
    return Item(
        text=text, start=at, end=tail_end, head=head, core=core, prefix=squeeze(scan.text[at:here]),
        named_at=after.named_at or (named_at if tail_end == end else None), place_at=after.place_at,
        complete=tail_end > found[1] or head.common,
    )  # fmt: skip


def _around_bracket(scan: Scan, at: int, here: int, head: Head, end: int, behind: int) -> Item:
    """A body whose short form in brackets stands before its place ("Trung tâm Kiểm soát bệnh tật (CDC) tỉnh")."""
    place = places(scan, behind)
    stop = place.end if place else end
    text = corrected(squeeze(scan.text[at:end] + " " + scan.text[behind:stop]))
    core = squeeze(scan.text[here:end])
    return Item(text, at, stop, head, prefix=squeeze(scan.text[at:here]), core=core, place_at=behind)


def _of_group(scan: Scan, at: int, depth: int) -> Item | None:
    """The group whose bodies are meant: "Thanh tra các Bộ, ngành", "Hội đồng thành viên các tập đoàn"."""
    here = skip_space(scan.text, at)
    if here == at or depth >= 3 or not lexicon().quantifiers.at(scan, here):
        return None
    inner = item(scan, here, depth + 1)
    return inner if inner and inner.group and not inner.position else None


def _best_spelling(printed: str, listed: str) -> str:
    """The printed name; where only diacritics differ from the table's, the table's diacritics."""
    if plain_tone(printed).lower() == plain_tone(listed).lower() or len(printed) != len(listed):
        return printed
    return "".join(
        a if a.lower() == b.lower() else (b.upper() if a.isupper() else b.lower())
        for a, b in zip(printed, listed, strict=True)
    )


def _inside_sentence(scan: Scan, at: int) -> bool:
    """True where a word in lower case stands before: "Công ty" in capitals is then a party of the letter."""
    before = _BEFORE.search(scan.text, max(0, at - 24), at)
    return before is not None and before[1].islower()


def _acronym(scan: Scan, start: int, end: int) -> bool:
    return end - start > 2 and scan.text[start:end].isupper()


def _place_follows(scan: Scan, at: int) -> bool:
    here = skip_space(scan.text, at)
    return here > at and places(scan, here) is not None


def _lower_allowed(scan: Scan, head_end: int, name_end: int, place_at: int | None, head: Head) -> bool:
    """A head in lower case counts only with a capitalised name ("phòng Nội vụ") or with a place."""
    first = skip_space(scan.text, head_end)
    if name_end > head_end:
        return scan.text[first].isupper()
    return place_at is not None or (head.common and not head.capital)


def _joined(scan: Scan, at: int, depth: int) -> tuple[str, int] | None:
    """Read "trực thuộc Sở X", " - Bộ Y": a body named behind another one as the one it belongs to."""
    for pattern in (_UNDER, _PART_OF, _POLICE_OF):
        match = pattern.match(scan.text, at)
        if match and depth < 3:
            inner = item(scan, match.end(), depth + 1)
            if inner:
                return f" {squeeze(match[0])} {inner.text}".replace("  ", " "), inner.end
    return None


def _plural(scan: Scan, at: int, here: int, depth: int) -> Item | None:
    """A group under "các", "toàn thể" …: one entry, whatever it lists."""
    lex = lexicon()
    found = lex.head_words.at(scan, here)
    if found and not lex.nouns.at(scan, here):
        return _single(scan, at, here, found, depth)
    if found and _named_group(scan, found):
        return _single(scan, at, here, found, depth)
    noun = lex.nouns.at(scan, here)
    if noun and found and noun[1] > found[1]:
        found = None
    if not noun or (found and _blocked(scan, found[1], lex.heads[found[0]])):
        return None
    end = _lower_name(scan, found) or _qualifier(scan, noun[1], noun[0])
    towns = places(scan, at) if scan.text[at:here].strip() else None
    if towns and towns.many and towns.named_at is None:
        end = max(end, towns.end)
    while True:
        end = _kinds(scan, end)
        more_at = _adjective(scan, end)
        joins = _COMMA.match(scan.text, more_at) if more_at > end else None
        if joins and lex.nouns.at(scan, joins.end()):
            end = more_at
        sep = _NOUN_SEP.match(scan.text, end)
        follow = sep.end() if sep else end
        more = lex.nouns.at(scan, follow) if follow > end else None
        if not more or (not scan.text[end:follow].strip() and is_stop(scan, follow)):
            break
        if lex.position_words.at(scan, follow) or _own_group(scan, follow, more):
            break
        single = item(scan, follow, depth + 1) if depth < 3 and scan.text[follow].isupper() else None
        if single and _nameless(scan, follow):
            single = None
        free = single is not None and single.head is not None and single.head.names == "free"
        if single and not single.group and single.complete and not (free and scan.text[at:follow].isupper()):
            kinds = single.head is not None and single.head.company and single.text[1:].islower()
            if not kinds:  # "các Tập đoàn kinh tế, Tổng công ty nhà nước": kinds of companies, not one of them
                break
        end = _qualifier(scan, more[1])
    after = tail(scan, end)
    end = after.end
    end = _narrowed(scan, end)
    text = corrected(squeeze(scan.text[at:end]))
    joined = _joined(scan, end, depth) or _belonging(scan, end, depth)
    if joined:
        text, end = f"{text}{joined[0]}", joined[1]
    return Item(
        text, at, end, prefix=squeeze(scan.text[at:here]), group=True, plural=True, place_at=after.place_at
    )


def _own_group(scan: Scan, at: int, noun: tuple[str, int]) -> bool:
    """True at "đảng ủy các xã" behind another group: a body of each of several places opens a group of its own."""
    found = lexicon().head_words.at(scan, at)
    if not found or not lexicon().heads[found[0]].bare:
        return False
    place = places(scan, skip_space(scan.text, noun[1]))
    return place is not None and place.many


def _nameless(scan: Scan, at: int) -> bool:
    """True at "Bộ môn có liên quan", "Viện trực thuộc": a head word with a tail and no name is one more noun of a group."""
    found = lexicon().head_words.at(scan, at)
    here = skip_space(scan.text, found[1]) if found else 0
    if not found or lexicon().heads[found[0]].bare or scan.text[here : here + 1].isupper():
        return False
    return lexicon().tail.match(scan.folded, here) is not None


def _kinds(scan: Scan, at: int) -> int:
    """End of the kinds listed behind a noun ("trường mầm non, tiểu học và THCS"), or `at`."""
    end = at
    for _ in range(12):
        sep = _NOUN_SEP.match(scan.text, end)
        kind = lexicon().kinds.at(scan, sep.end()) if sep and sep.end() > end else None
        if not kind:
            break
        end = kind[1]
    return end


def _narrowed(scan: Scan, at: int) -> int:
    """End of a clause that narrows a group ("có tên trong danh sách", "được giao rừng" before "có trách nhiệm"), or `at`."""
    clause = lexicon().narrowing.match(scan.folded, skip_space(scan.text, at))
    if clause:
        return tail(scan, clause.end()).end
    relative = _RELATIVE.match(scan.text, at)
    return relative.end() if relative else _clause_before_comma(scan, at)


def _clause_before_comma(scan: Scan, at: int) -> int:
    """End of "có nhu cầu tuyển sinh thêm" in "Các trường có nhu cầu tuyển sinh thêm, lập phương án …", or `at`."""
    clause = _WHICH.match(scan.text, at)
    behind = skip_space(scan.text, clause.end() + 1) if clause else at
    return clause.end() if clause and is_stop(scan, behind) else at


def _belonging(scan: Scan, at: int, depth: int) -> tuple[str, int] | None:
    """Read "của Mặt trận Tổ quốc", "của Trung ương" behind a group: the body its bodies belong to."""
    match = _OF.match(scan.text, at)
    if not match and scan.folded.endswith("thanh vien", 0, at):
        match = _CAPITALISED.match(scan.text, at)
    if not match:
        return None
    whole = _WHOLE.match(scan.text, match.end())
    inner = item(scan, match.end(), depth + 1) if depth < 3 and not whole else None
    if not whole and (not inner or inner.position):
        return None
    end = whole.end() if whole else inner.end if inner else at
    return " " + squeeze(scan.text[skip_space(scan.text, at) : end]), end


def _named_group(scan: Scan, found: tuple[str, int]) -> bool:
    """True where a name of the head's list follows ("Sở Tài chính")."""
    head = lexicon().heads[found[0]]
    table = lexicon().names.get(head.names)
    here = skip_space(scan.text, found[1])
    return bool(table and here > found[1] and scan.text[here : here + 1].isupper() and table.at(scan, here))


def _lower_name(scan: Scan, found: tuple[str, int] | None) -> int | None:
    """End of a department's name in lower case ("các phòng giáo dục và đào tạo"), of three syllables or more."""
    table = lexicon().names.get(lexicon().heads[found[0]].names) if found else None
    here = skip_space(scan.text, found[1]) if found else 0
    name = table.at(scan, here) if table else None
    return name[1] if name and scan.text[here].islower() and len(re.findall(r"\w+", name[0])) > 2 else None


def _qualifier(scan: Scan, at: int, noun: str = "") -> int:
    """End of the lower-case words that narrow a common noun ("đơn vị sự nghiệp công lập")."""
    end, count = at, 0
    while count < 7:
        match = _WORD.match(scan.text, end)
        if not match:
            break
        word_at = match.start("word")
        lower = scan.lower[word_at : match.end()]
        verb = lexicon().qualifiers.at(scan, word_at) if count == 0 else None
        verb = verb or lexicon().compounds.at(scan, word_at)
        if verb:
            end, count = verb[1], count + 1
            continue
        if (
            is_stop(scan, word_at)
            or lexicon().group_stops.at(scan, word_at)
            or lower in {"và", "hoặc", "với", "&"}
            or lexicon().quantifiers.at(scan, word_at)
        ):
            break
        if (
            lexicon().tail.match(scan.folded, word_at)
            or places(scan, word_at)
            or lexicon().nouns.at(scan, word_at)
        ):
            break
        body = lexicon().head_words.at(scan, word_at) if scan.text[word_at].isupper() else None
        if body and (count or noun not in lexicon().adjoined):
            break
        if body:
            end, count = body[1], count + 1
            continue
        if scan.text[end:word_at].count("\n") > 1:
            break
        end, count = match.end(), count + 1
    return end
