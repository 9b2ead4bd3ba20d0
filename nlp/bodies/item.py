"""One body in running text: title, quantifier, head word, name, tail."""

from __future__ import annotations

import re
from dataclasses import replace

from nlp.bodies.entry import Item, is_stop, squeeze
from nlp.bodies.groups import group_behind, joined_body, located, narrowed, plural_group, unmarked_group
from nlp.bodies.lexicon import Head, Scan, lexicon
from nlp.bodies.naming import best_spelling, blocked, named_end
from nlp.bodies.tails import capitals, corrected, places, skip_space, tail, town
from nlp.folding import UPPER

_BEFORE = re.compile(r"(\w+)[ \n]$")
_FIRST = re.compile(r"\w+")
_PERSON = re.compile(rf"[{UPPER}][^\W\d_]*(?:[ \n][{UPPER}][^\W\d_]*){{1,5}}(?!\w)")
_SHORT_FORM = re.compile(r"\s*\([A-ZĐ][A-ZĐ&-]{1,9}\)\s+")
_COUNTED = re.compile(r"\s+\d{1,3}\s+(?:thôn|ấp|bản|buôn|làng|khóm|xóm|khu phố|tổ dân phố|xã|phường|huyện|khoa|phòng|trường)(?!\w)")
""" "Trưởng thôn 11 thôn": of how many; a number alone names one ("Trưởng khu phố 3")."""
_COMPOUND_OF = re.compile(r"(?:cơ|trụ|công|xứ|khổ)\s+$")
_SECOND_SYLLABLE = re.compile(r"(?:^|\s)(?:cán|đồng|nội|toàn|tiến|cục|sơ|phân|thủy|đường|phế|tổng)\s$")
""" "cán bộ", "đồng bộ": no ministry."""
_OFFICE_OF = re.compile(rf"Cơ quan\s+(?=[{UPPER}])")
""" "Cơ quan Ủy ban Kiểm tra Đảng ủy": the office of a body."""
_NUMBERED = re.compile(r"\s+số\s+\d{1,3}(?![\w/])")
NUMBER = re.compile(r"\s+\d{1,2}[A-Z]?(?![\w/%])(?!\.\d)")
_COMMA = re.compile(r"\s*,\s+")
_MORE_TITLES = re.compile(r"(?:\s*,|\s*/|\s+và|\s+hoặc)\s+(?:các\s+)?")
""" "Bí thư và Chủ tịch UBND các xã", "Giám đốc, Phó Giám đốc Sở A": both hold their office there."""
_TITLE_OF = re.compile(r"\s*(?:,|-|–)\s*")
_MOST_TITLES = 2
_DEGREES = frozenset({"PGS.TS", "GS.TS", "PGS", "GS", "TS", "ThS"})


def item(scan: Scan, at: int, depth: int = 0) -> Item | None:
    """The body that begins at an offset, or None."""
    if at >= len(scan.text) or (at and (scan.text[at - 1].isalnum() or scan.text[at - 1] == "_")):
        return None
    lex = lexicon()
    first = _FIRST.match(scan.folded, at)
    if not first or first[0] not in lex.openers or (first[0] == "bo" and _SECOND_SYLLABLE.search(scan.lower, max(0, at - 8), at)):
        return None
    here = at
    honorific = lex.honorifics.at(scan, here)
    if honorific:
        dotted = honorific[0] in _DEGREES and scan.text.startswith(".", honorific[1])
        here = skip_space(scan.text, honorific[1] + dotted)
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
        or _GIVEN_TO.search(scan.folded, max(0, here - 24), here)
        or lex.quantifiers.at(scan, skip_space(scan.text, position[1]))
    ):
        inner = _after_position(scan, at, here, position, depth)
        if inner:
            own = honorific and _GIVEN_TO.search(scan.folded, max(0, at - 24), at)
            charge = _charge(scan, inner.end) if own else inner.end
            return replace(inner, text=squeeze(scan.text[at:charge]), end=charge) if charge > inner.end else inner
        if honorific and honorific[0] not in {"ông", "bà", "quý"} and scan.text[here].isupper() and _GIVEN_TO.search(scan.folded, max(0, at - 24), at):
            return _office_alone(scan, at, here, position[1])
    if quantifier or (honorific and honorific[0] == "quý" and lex.nouns.at(scan, here)):
        return plural_group(scan, at, here, depth)
    if honorific and not position and not lex.head_words.at(scan, here):
        return _person(scan, at, here, honorific[0]) or _addressed(scan, at, here, honorific[0])
    office = _OFFICE_OF.match(scan.text, here)
    if office and depth < 3 and lex.head_words.at(scan, office.end()):
        inner = item(scan, office.end(), depth + 1)
        if inner and inner.complete and not inner.group:
            return replace(inner, text=f"{squeeze(scan.text[at : office.end()])} {inner.text}", start=at)
    found = lex.head_words.at(scan, here) if not town(scan, here) else None
    group = unmarked_group(scan, at, depth)
    return group or (single(scan, at, here, found, depth) if found else None)


_IN_CHARGE = re.compile(r"\s+(?:được phân công |được giao )?phụ trách\s+(?:(?:các|từng)\s+)?(?=[^\W\d_])")


_GIVEN_TO = re.compile(r"(?<![a-z])(?:giao|phan cong|uy quyen|yeu cau|de nghi)(?: cho| nhiem vu cho)?\s+$")
""" "Giao đ/c Phó Giám đốc …": elsewhere an office without its body is only spoken of ("đồng chí Phó Chủ tịch dự họp")."""


def _office_alone(scan: Scan, at: int, here: int, end: int) -> Item:
    """An office without its body behind a courtesy: "đ/c Phó Giám đốc Kỹ thuật", "đồng chí Phó Chủ tịch phụ trách kinh tế": it is the sender's own."""
    run = capitals(scan, skip_space(scan.text, end))
    if run > skip_space(scan.text, end) > end:
        begins = scan.text.rfind(" ", 0, run) + 1
        whole = lexicon().compounds.at(scan, begins) or lexicon().fields.at(scan, begins)
        end = max(run, whole[1] if whole else run)
    end = _charge(scan, end)
    return Item(squeeze(scan.text[at:end]), at, end, prefix=squeeze(scan.text[at:here]), plural=True)


def _charge(scan: Scan, at: int) -> int:
    """End of what an office is in charge of ("phụ trách kinh tế", "phụ trách các bậc học"), or `at`."""
    charge = _IN_CHARGE.match(scan.text, at)
    if not charge or is_stop(scan, charge.end()):
        return at
    end, word = charge.end(), re.compile(r"\s*([^\W\d_]+)")
    for _ in range(5):
        more = word.match(scan.text, end)
        if not more or (end > charge.end() and is_stop(scan, more.start(1))):
            break
        compound = lexicon().compounds.at(scan, more.start(1))
        end = compound[1] if compound else more.end()
    return end


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
    titled = False
    for _ in range(_MOST_TITLES):
        joint = _TITLE_OF.match(scan.text, end)
        title = lex.position_words.at(scan, joint.end()) if joint else None
        if not joint or not title or not scan.text[joint.end()].isupper():
            break
        held = _after_position(scan, joint.end(), joint.end(), title, 1)
        end, titled = held.end if held else tail(scan, title[1]).end, True
    titled = titled or _titled_in_brackets(scan, end) or _PARCELLED.search(scan.folded, max(0, at - 24), at) is not None
    if not titled and (honorific in {"ông", "bà", "quý"} or honorific in _DEGREES):
        return None
    return Item(squeeze(scan.text[at:end]), at, end, prefix=squeeze(scan.text[at:here]), plural=True)


_PARCELLED = re.compile(r"(?<![a-z])phan cong(?: cho| nhiem vu cho)?\s+$")
_BRACKET = re.compile(r"\s*\(\s*")


def _titled_in_brackets(scan: Scan, at: int) -> bool:
    """True at "(Giám đốc Sở A)" behind a name: whoever holds that title is a doer; "(thôn 3)" says where somebody lives."""
    opens = _BRACKET.match(scan.text, at)
    title = lexicon().position_words.at(scan, opens.end()) if opens else None
    return opens is not None and title is not None and scan.text[opens.end()].isupper()


def _addressed(scan: Scan, at: int, here: int, honorific: str) -> Item | None:
    """Those a letter speaks to without naming them: "các đồng chí", "các ông (bà) có tên tại Điều 1"."""
    if not honorific.startswith("các "):
        return None
    clause = lexicon().narrowing.match(scan.folded, here)
    if clause:
        return Item(squeeze(scan.text[at : clause.end()]), at, clause.end(), group=True, plural=True)
    if honorific != "các đồng chí" or not is_stop(scan, here):
        return None
    end = at + len(scan.text[at:here].rstrip())
    return Item(squeeze(scan.text[at:end]), at, end, group=True, plural=True)


def _after_position(scan: Scan, at: int, here: int, position: tuple[str, int], depth: int) -> Item | None:
    follow = skip_space(scan.text, position[1])
    if depth > 4:
        return None
    inner = item(scan, follow, depth + 1) or _titled(scan, follow, depth + 1) if follow > position[1] else _with_more_titles(scan, position[1], depth)
    if inner is None and follow > position[1] and lexicon().group_openers.at(scan, follow):
        inner = plural_group(scan, follow, follow, depth + 1)
    if inner is None:
        place = places(scan, follow) if follow > position[1] else None
        if place and place.place_at is not None and position[0] in {"Bí thư", "Chủ tịch", "Lãnh đạo"}:
            text = corrected(squeeze(scan.text[at : place.end]))
            return Item(text, at, place.end, None, position[0], "", squeeze(scan.text[here : position[1]]))
        inner = _with_more_titles(scan, position[1], depth) if follow > position[1] else None
    if inner is None:
        return None
    prefix = squeeze(scan.text[at : inner.start])
    return Item(
        text=f"{prefix} {inner.text}", start=at, end=inner.end, head=inner.head, position=position[0],
        prefix=f"{prefix} {inner.prefix}".strip(), core=inner.core, named_at=inner.named_at, place_at=inner.place_at,
        group=inner.group, plural=inner.plural, complete=inner.complete,
    )  # fmt: skip


def _with_more_titles(scan: Scan, at: int, depth: int) -> Item | None:
    """Another title and its body right behind a title ("Bí thư" before "và Chủ tịch UBND các xã"), or None."""
    joint = _MORE_TITLES.match(scan.text, at)
    title = lexicon().position_words.at(scan, joint.end()) if joint else None
    return _after_position(scan, joint.end(), joint.end(), title, depth + 1) if joint and title else None


def _titled(scan: Scan, at: int, depth: int) -> Item | None:
    """A body in lower case behind the title of its head: "Giám đốc trung tâm y tế", "Hiệu trưởng trường tiểu học"."""
    found = lexicon().head_words.at(scan, at)
    here = skip_space(scan.text, found[1]) if found else at
    field = lexicon().lower_names.at(scan, here) if found and here > found[1] else None
    if not found or not field or lexicon().heads[found[0]].names != "free":
        return None
    run = capitals(scan, skip_space(scan.text, field[1]))
    end = tail(scan, max(run, field[1]) if run > skip_space(scan.text, field[1]) else field[1]).end
    joined = joined_body(scan, end, depth)
    text = corrected(squeeze(scan.text[at:end]))
    head = lexicon().heads[found[0]]
    if joined:
        return Item(f"{text}{joined[0]}", at, joined[1], head, core=scan.text[at : found[1]])
    return Item(text, at, end, head, core=scan.text[at : found[1]])


def single(scan: Scan, at: int, here: int, found: tuple[str, int], depth: int) -> Item | None:
    """The body under the head word `found` at `here`; what stands before it from `at` on is its plural word or courtesy."""
    head = lexicon().heads[found[0]]
    upper = scan.text[here].isupper()
    end, spelled = named_end(scan, here, found[1], head, depth)
    if spelled is None and blocked(scan, found[1], head):
        return None
    if end == found[1] and not head.bare and not _place_follows(scan, found[1]):
        alone = upper if depth and head.names != "territory" else _acronym(scan, here, found[1])
        alone = alone or (upper and head.names in {"office", "bureau"} and _bare_number(scan, end) is not None)
        alone = alone or (head.company and upper and _inside_sentence(scan, here))
        if not alone:
            return None
    name_end = end
    named_at: int | None = None
    counted = _COUNTED.match(scan.lower, end) if head.names == "place" and end == found[1] else None
    end = name_end = counted.end() if counted else end
    proper = skip_space(scan.text, end)
    if proper > end and "\n" not in scan.text[end:proper] and (head.names != "free" or end == found[1]) and not places(scan, proper):
        run = capitals(scan, proper)
        if run > proper and not lexicon().position_words.at(scan, proper):
            named_at, end = proper, run
    numbered = _NUMBERED.match(scan.text, end) if end > found[1] or head.names == "unit" else None
    numbered = numbered or (_bare_number(scan, end) if end == found[1] and upper and head.names in {"office", "bureau"} else None)
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
        tail_end = narrowed(scan, tail_end)
    tail_end = located(scan, tail_end)
    core = squeeze(scan.text[here : found[1]])
    name = spelled if spelled is not None else squeeze(scan.text[found[1] : name_end])
    if spelled is not None:
        printed = squeeze(scan.text[skip_space(scan.text, found[1]) : name_end])
        name = best_spelling(printed, spelled)
    text = f"{core} {name}".strip() + corrected(" " + squeeze(scan.text[name_end:tail_end])).rstrip()
    if tail_end == found[1] and found[0] in lexicon().also_verbs and (_another_verb(scan, tail_end) or _with_object(scan, tail_end)):
        return None
    if head.bare and tail_end == found[1]:
        of = group_behind(scan, tail_end, depth)
        if of:
            text, tail_end = f"{text} {of.text}", of.end
    whole = head.names in {"department", "ministry"} or (head.territorial and tail_end == found[1])
    joined = None if whole else joined_body(scan, tail_end, depth)
    if joined:
        text, tail_end = f"{text}{joined[0]}", joined[1]
    if at < here:
        text = f"{squeeze(scan.text[at:here])} {text}"
    return Item(
        text=text, start=at, end=tail_end, head=head, core=core, prefix=squeeze(scan.text[at:here]),
        named_at=after.named_at or (named_at if tail_end == end else None), place_at=after.place_at,
        complete=tail_end > found[1] or head.common,
    )  # fmt: skip


def _bare_number(scan: Scan, at: int) -> re.Match[str] | None:
    """A number that is all of a name ("Phòng 9 chủ động …"): behind it the name ends or a verb follows."""
    number = NUMBER.match(scan.text, at)
    if number is None or (scan.text[number.end() : number.end() + 1] not in ("", ",", ";", ":", ")", ".") and not is_stop(scan, skip_space(scan.text, number.end()))):
        return None
    return number


def _another_verb(scan: Scan, at: int) -> bool:
    """True where a comma and a verb follow."""
    comma = _COMMA.match(scan.text, at)
    return comma is not None and (is_stop(scan, comma.end()) or lexicon().verbs.at(scan, comma.end()) is not None)


def _with_object(scan: Scan, at: int) -> bool:
    """True where a word in lower case follows that is no verb: "Thường trực lực lượng" is done, "Thường trực chỉ đạo" is a body."""
    behind = skip_space(scan.text, at)
    known = is_stop(scan, behind) or lexicon().verbs.at(scan, behind) or lexicon().quantifiers.at(scan, behind)
    return scan.text[behind : behind + 1].islower() and not known


def _around_bracket(scan: Scan, at: int, here: int, head: Head, end: int, behind: int) -> Item:
    """A body whose short form in brackets stands before its place ("Trung tâm Kiểm soát bệnh tật (CDC) tỉnh")."""
    place = places(scan, behind)
    stop = place.end if place else end
    text = corrected(squeeze(scan.text[at:end] + " " + scan.text[behind:stop]))
    core = squeeze(scan.text[here:end])
    return Item(text, at, stop, head, prefix=squeeze(scan.text[at:here]), core=core, place_at=behind)


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
