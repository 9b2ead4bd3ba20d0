"""Where the name behind a head word ends.

A name may hold a body and a group may follow one, so that this module and `item` call each other.
"""

from __future__ import annotations

import re
from functools import cache

from nlp.bodies import item as items
from nlp.bodies.entry import is_stop
from nlp.bodies.lexicon import Head, Scan, lexicon
from nlp.bodies.tails import capitals, places, skip_space
from nlp.folding import UPPER
from nlp.lexicon import toml
from nlp.normalise import plain_tone

_WORD = re.compile(r"\s*(?P<dash>[-–—]\s*)?(?P<word>[^\s,.;:()\[\]“”\"/–—]+(?:/[^\s,.;:()]+)?)")
_COMMA = re.compile(r"\s*,\s*")
_FIRST = re.compile(r"\w+")
_CENTRAL = re.compile(r"\s+(?:Trung ương|TW|Quốc gia|quốc gia)(?!\w)")
_OFFICE_WORD = re.compile(r"\s+(?:Bộ|Sở|Cục|Tổng cục|Viện|Chi cục|Ban|Công ty|Tổng công ty)(?=\s*(?:[,;.:)]|$)|\s+[a-zđ])(?!\s+(?:và|hữu|luật|hành|máy)(?!\w))")
""" "Công đoàn cơ quan Bộ / phối hợp": whose office it is, without its name."""
_LOWER_LIST = re.compile(r"\s*,\s*(?P<first>[a-zà-ỹđ]+(?:\s[a-zà-ỹđ]+){0,2})\s+và\s+(?P<last>[a-zà-ỹđ]+)")
_PLURAL_ZONE = re.compile(
    r"cac\s+(?:khu\s+(?:cong\s+nghiep|kinh\s+te|che\s+xuat|bao\s+ton)|vuon\s+quoc\s+gia|di\s+tich|hoi\s|du\s+an|cong\s+trinh|ct[a-z]{2,4}(?:\s?&\s?[a-z]{2,4})?(?!\w))"
)
_COMMA_CAPITAL = re.compile(rf"\s*,\s*(?=[{UPPER}])")
_MORE_ROMAN = re.compile(r"\s*,\s*[IVX]{1,4}(?!\w)")
""" "Vụ Kiểm tra I, II và III": one for each number."""
_LAST_FIELD = re.compile(rf"(?:(?:\s+[^\s,.;:()]+){{0,2}},\s+[{UPPER}][^\s,.;:()]*)?(?:\s+[^\s,.;:()]+){{0,3}}\s+(?:và|&)\s+(?=[{UPPER}])")
_LAST_LOWER = re.compile(r"(?:\s+[a-zà-ỹđ]+){0,3}\s+và\s+(?=[a-zà-ỹđ])")
_OBJECT = re.compile(r"\s+(?:so lieu|ket qua|cac|danh sach|nhu cau|y kien|ho so|tinh hinh|chung)(?!\w)")
_BY_FIELD = frozenset({"office", "faculty", "bureau", "board", "team", "unit"})
_ACRONYM = re.compile(r"[A-ZĐ]{2,}\d?(?:\s?[&,-]\s?[A-ZĐ]{1,6})*(?:\s+(?:và|&)\s+[A-ZĐ]{2,6})?(?!\w)")
_AND = re.compile(r"\s+và\s+(?=\w)")
_AND_AT = re.compile(r"(?:và|&)(?!\w)")
_DASH_FIELD = re.compile(rf"\s+[-–]\s+(?=[{UPPER}][a-zà-ỹ])")
_MAKES = re.compile(r"(?:in|mua|phát|mở|lập|cử|dựng|lắp|trồng|treo|đặt|xây|tặng|trao|tuyển|thu)\s+(?:trên |khoảng |ít nhất |tối thiểu |thêm |mới )?\d")
""" "… sức khỏe in 50.000 tờ rơi": a verb and how many of what it makes; the name ended before it."""
_MOST_WORDS = 18


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
        if count == 0 and (match["dash"] or _things(scan, word_at)):
            break
        lower = scan.lower[word_at : match.end()]
        if count and (_lower_behind_place(scan, word_at, end, known_end) or _MAKES.match(scan.lower, word_at) or lexicon().again.match(scan.text, word_at) or _verb_with_object(scan, word_at, head)):
            break
        compound = lexicon().compounds.at(scan, word_at)
        if compound:
            end, count = compound[1], count + 2
            continue
        if "\n\n" in scan.text[end:word_at]:
            break
        if is_stop(scan, word_at):
            kept = lexicon().in_boards.at(scan, word_at) if head.keep_verbs and count < 3 else None
            built = scan.lower.endswith("dự án đầu tư ", 0, word_at)
            if kept is None or (count and _named_already(scan, end)) or (kept[0] in lexicon().with_object and not built and _nothing_behind(scan, kept[1])):
                break
            end, count = kept[1], count + 1
            continue
        if count and (_verb_behind_proper(scan, word_at, end, title_case, known_end) or _opens_sentence(scan, word_at, end)):
            break
        if lower in {"và", "&"}:
            after = skip_space(scan.text, match.end())
            if (
                after >= len(scan.text)
                or is_stop(scan, after)
                or _member_noun(scan, after)
                or (depth < 3 and items.item(scan, after, depth + 1))
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
        if title_case >= 2 and scan.text[word_at].islower() and run_at >= 0 and (_proper_run(scan, run_at, end) or _behind_firms_name(scan, word_at, head)):
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


@cache
def _told_behind() -> re.Pattern[str]:
    nouns = "|".join(map(re.escape, toml("duty_words.toml")["told_behind"]["nouns"]))
    return re.compile(rf"(?:các|những)\s+(?:{nouns})(?!\w)")


def _things(scan: Scan, at: int) -> bool:
    """True at "các số liệu", "những khó khăn" right behind a head word: what is told, no name."""
    return _told_behind().match(scan.text, at) is not None


def _proper_run(scan: Scan, run_at: int, end: int) -> bool:
    """True for capitalised words that name a person ("THPT Lê Khiết"): no word in lower case goes on behind."""
    first = _FIRST.match(scan.text, run_at)
    return first is not None and first.end() < end and first[0].lower() in lexicon().surnames


_IN_FIRMS_NAME = re.compile(r"(?:và|miền|khu\s+vực|chi\s+nhánh|số|tại|một\s+thành\s+viên)(?!\w)")


def _behind_firms_name(scan: Scan, at: int, head: Head) -> bool:
    """True at a word in lower case behind the capitals that end a firm's name ("Công ty Điện lực Bình Lâm / đóng điện …")."""
    return head.company and _IN_FIRMS_NAME.match(scan.lower, at) is None


def _verb_behind_proper(scan: Scan, at: int, end: int, title_case: int, known_end: int) -> bool:
    """True at "quản lý" behind a proper name ("Công ty … Đắk Lắk quản lý") or a listed field, though it may stand in names."""
    proper = title_case >= 2 or end == known_end
    return proper and not scan.text[at].isupper() and lexicon().ambiguous.at(scan, at) is not None


def _member_noun(scan: Scan, at: int) -> bool:
    """True at "chủ rừng khác" behind "và": others who have a duty, printed small, no part of the name."""
    noun = lexicon().nouns.at(scan, at) if scan.text[at : at + 1].islower() else None
    return noun is not None and noun[0].startswith("chủ ")


def _named_already(scan: Scan, end: int) -> bool:
    """True behind "Ban Quản lý dự án 2", "… Thăng Long": a number or a proper name ends a board's name, what it does follows."""
    last = scan.text[scan.text.rfind(" ", 0, end) + 1 : end]
    return last.isdecimal() or (last.istitle() and lexicon().place_names.at(scan, scan.text.rfind(" ", 0, max(0, end - len(last) - 1)) + 1) is not None)


def _nothing_behind(scan: Scan, at: int) -> bool:
    """True where another verb or nothing follows a verb of a board's name, which so is what the board does ("Ban Chỉ huy tổ chức trực ban")."""
    here = skip_space(scan.text, at)
    return not scan.text[here : here + 1].isalnum() or (is_stop(scan, here) and lexicon().in_boards.at(scan, here) is None)


def _verb_with_object(scan: Scan, at: int, head: Head) -> bool:
    """True at "tuần tra các địa bàn", "đăng ký ngay": a verb with what it is done to or how is no part of a name; boards and unions may hold one."""
    verb = lexicon().verbs.at(scan, at) if scan.text[at].islower() and not head.keep_verbs else None
    behind = lexicon().done_to.match(scan.lower, verb[1]) if verb else None
    return behind is not None and not _plural_zone(scan, skip_space(scan.text, verb[1] if verb else at))


def _opens_sentence(scan: Scan, at: int, end: int) -> bool:
    """True at "Rà soát" behind a name in lower case ("Trung tâm Phục vụ hành chính công / Rà soát …"): a heading without its colon."""
    before = scan.text[scan.text.rfind(" ", 0, end) + 1 : end]
    if not scan.text[at].isupper() or not before.islower() or before in ("và", "vì", "với"):
        return False
    verb = lexicon().stops.at(scan, at)
    return verb is not None and scan.text[at + 1 : verb[1]].islower() and " " in scan.text[at : verb[1]]


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
    ) or (depth < 3 and items.item(scan, at, depth + 1) is not None)


def _comma_inside(scan: Scan, at: int, head: Head, depth: int) -> int | None:
    """End of ", Xây dựng" inside a name such as "Đầu tư, Xây dựng và Kinh doanh …", or None."""
    if _MORE_ROMAN.match(scan.text, at):
        return None
    if head.keep_verbs and (end := _task_listed(scan, at, depth)) is not None:
        return end
    lower = _LOWER_LIST.match(scan.text, at)
    if lower and not any(_opens_other(scan, lower.start(group), depth) for group in ("first", "last")):
        return lower.end("first")
    if head.names in _BY_FIELD and (second := _second_field(scan, at, depth)):
        return second
    match = _COMMA_CAPITAL.match(scan.text, at)
    if not match or depth >= 3:
        return None
    after = match.end()
    if lexicon().place_names.at(scan, after) or items.item(scan, after, depth + 1):
        return None
    run = capitals(scan, after)
    joined = _LAST_FIELD.match(scan.text, run) or _last_in_lower_case(scan, after, run, depth)
    if run == after or not joined or lexicon().position_words.at(scan, joined.end()):
        return None
    if items.item(scan, joined.end(), depth + 1):
        return None
    return run


_SECOND_FIELD = re.compile(rf"\s*,\s*(?P<field>[a-zà-ỹđ]+(?:\s[a-zà-ỹđ]+)?)(?=\s+và\s+(?P<next>[{UPPER}]))")


def _second_field(scan: Scan, at: int, depth: int) -> int | None:
    """End of ", thẻ" in "Ban Cấp sổ, thẻ và Trung tâm A": a second field in lower case, before another body."""
    second = _SECOND_FIELD.match(scan.text, at) if depth < 3 else None
    if second is None or any(_opens_other(scan, word.start(), depth) for word in _FIRST.finditer(scan.text, second.start("field"), second.end())):
        return None
    if lexicon().verbs.at(scan, second.start("field")) or items.item(scan, second.start("next"), depth + 1) is None:
        return None
    return second.end("field")


def _last_in_lower_case(scan: Scan, at: int, run: int, depth: int) -> re.Match[str] | None:
    """Where the last field of a name begins in "Viện Chiến lược, Chính sách tài nguyên và môi trường": in lower case, and nothing else opens there."""
    joined = _LAST_LOWER.match(scan.text, run)
    first = _FIRST.match(scan.text, at)
    if not joined or not first or first[0].lower() in lexicon().surnames or lexicon().position_words.at(scan, at) or _opens_other(scan, joined.end(), depth):
        return None
    return None if any(_opens_other(scan, word.start(), 3) for word in _FIRST.finditer(scan.text, at, joined.end() - 3)) else joined


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
        if count and _CENTRAL.match(scan.text, end):
            return end
        if not word or not scan.text[word.start(word.lastgroup or 0)].islower() or _opens_other(scan, skip_space(scan.text, end), depth):
            return None
        end = word.end()
    return None


def named_end(scan: Scan, begins: int, at: int, head: Head, depth: int) -> tuple[int, str | None]:
    """End of the name behind a head (from `begins` to `at`) and its spelling by the table, or (at, None)."""
    here = skip_space(scan.text, at)
    if head.names == "chancellery" and here > at and depth < 3:
        board = items.item(scan, here, depth + 1)  # "Văn phòng Ban Chỉ đạo quốc gia kỷ niệm …"
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
    if head.names not in {"office", "bureau", "team", "board"}:
        return False
    dash = _DASH_FIELD.match(scan.text, at)
    if dash and not lexicon().head_words.at(scan, dash.end()) and not lexicon().position_words.at(scan, dash.end()):
        return True
    joint = _AND.match(scan.text, at) if head.names in ("office", "bureau") else None
    if not joint or lexicon().nouns.at(scan, joint.end()) or lexicon().group_stops.at(scan, joint.end()):
        return False
    if head.names == "bureau":
        return _field_unlisted(scan, joint.end(), head)
    if scan.text[joint.end()].islower():
        return not lexicon().quantifiers.at(scan, joint.end())
    return _longer_than_listed(scan, joint.end(), head)


def _field_unlisted(scan: Scan, at: int, head: Head) -> bool:
    """True at a capitalised field behind "và" that no bureau has alone ("Cục Y tế dự phòng và Môi trường"), nor opens another body."""
    if not scan.text[at].isupper() or lexicon().names[head.names].at(scan, at) or lexicon().position_words.at(scan, at):
        return False
    return lexicon().head_words.at(scan, at) is None and lexicon().place_names.at(scan, at) is None and not scan.text[at : at + 2].isupper()


def _longer_than_listed(scan: Scan, at: int, head: Head) -> bool:
    """True where the field behind "và" is none of the table's alone ("Phòng Vận tải và Dịch vụ hàng hải"), so that both are one name."""
    field = lexicon().names[head.names].at(scan, at) if head.names in lexicon().names else None
    here = skip_space(scan.text, field[1]) if field else at
    if not field or "\n" in scan.text[field[1] : here] or not scan.text[here : here + 1].islower():
        return False
    return not (is_stop(scan, here) or lexicon().tail.match(scan.folded, here) or lexicon().group_stops.at(scan, here) or places(scan, here) or _AND_AT.match(scan.text, here))


def _owner(scan: Scan, begins: int, at: int, head: Head, depth: int) -> int | None:
    """End of the owner's name behind a capitalised head ("Thanh tra Sở Y tế", "Đảng ủy Quân sự"), or None."""
    listed = (
        head.of.at(scan, at) if scan.text[begins].isupper() and scan.text[at : at + 1].isupper() else None
    )
    if not listed:
        return None
    inner = items.item(scan, at, depth + 1) if depth < 3 else None
    return inner.end if inner and not inner.group and inner.complete else listed[1]


def _house(scan: Scan, at: int, head: Head) -> int | None:
    """End of "trường", "cơ quan" behind a mass organisation ("Công đoàn trường"), or None; a name behind it is another body's."""
    listed = head.within.at(scan, at)
    if not listed:
        return None
    behind = skip_space(scan.text, listed[1])
    named = scan.text[behind : behind + 1].isupper() and scan.text[at].isupper()
    if named:
        return None
    office = _OFFICE_WORD.match(scan.text, listed[1]) if scan.lower.startswith("cơ quan", at) else None
    return office.end() if office else listed[1]


def blocked(scan: Scan, at: int, head: Head) -> bool:
    """True where the next words make another word of a head ("Sở hữu", "Ban hành")."""
    here = skip_space(scan.text, at)
    return head.not_before.at(scan, here) is not None


def best_spelling(printed: str, listed: str) -> str:
    """The printed name; where only diacritics differ from the table's, the table's diacritics."""
    if plain_tone(printed).lower() == plain_tone(listed).lower() or len(printed) != len(listed):
        return printed
    return "".join(
        a if a.lower() == b.lower() else (b.upper() if a.isupper() else b.lower())
        for a, b in zip(printed, listed, strict=True)
    )
