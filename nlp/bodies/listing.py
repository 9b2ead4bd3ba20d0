"""Lists of bodies: separators, shared head words, shared tails, brackets."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from nlp.bodies.at_places import (
    COLON,
    SEPARATOR,
    another_force,
    another_place,
    at_one_level,
    at_places,
    bracket_end,
    factored_places,
    more_places,
    without_end,
)
from nlp.bodies.entry import Item, squeeze
from nlp.bodies.item import item
from nlp.bodies.lexicon import Head, Scan, lexicon
from nlp.bodies.named_alike import another_school, named_alike
from nlp.bodies.naming import generic_name
from nlp.bodies.tails import capitals, places, skip_space
from nlp.folding import UPPER, fold

_DASH = re.compile(r"\s+[-–—]\s+")
_GROUP_TAIL = re.compile(r"(?:\s*,?\s*(?:ban|ngành|Ban|Ngành))*(?=\s*:)")
_OFFICE = re.compile(r"(?:phòng|phong)\s+", re.IGNORECASE)
_JOINT = re.compile(rf"\s+và\s+(?=[{UPPER}])")
_SHORT = re.compile(r"[A-ZĐ]{2,8}(?:\s?[&-]\s?[A-ZĐ]{1,6})*(?=\s*(?:[,;.:)]|$)|\s+[a-zà-ỹđ])")
_SHORT_NAME = re.compile(r"(?<= )[A-ZĐ]{2,8}(?:[&-][A-ZĐ]{1,6})*$")
_MORE_NUMBERS = re.compile(r"(?:\s*,\s*(?:số\s+)?\d{1,2}(?![\d/.%]))*(?:\s*,\s*|\s+và\s+)(?:số\s+)?\d{1,2}(?![\d/.%]|\s+(?:đơn vị|cơ quan|người|đồng|trường|hộ|ngày|tháng))")
_BY_NUMBER = re.compile(r"\s+số\s+\d{1,2}(?![\w/])")
_NUMBER_AT_END = re.compile(r"(?:\d{1,2}|(?<= )[IVX]{1,4})$")
_MORE_ROMAN = re.compile(r"(?:\s*,\s*[IVX]{1,4}(?!\w))*(?:\s*,\s*|\s+và\s+)[IVX]{1,4}(?!\w)")
@dataclass(frozen=True, slots=True)
class Listing:
    """A list of bodies: its entries, and where it begins and ends in the text."""

    items: tuple[Item, ...]
    start: int
    end: int


def listing(scan: Scan, at: int) -> Listing | None:
    """The longest list of bodies that begins at an offset, or None."""
    first = _titles(scan, at) or _united(scan, at) or at_places(scan, at) or named_alike(scan, at) or _factored(scan, at) or _one(scan, at)
    if not first:
        return None
    items, end = first
    items, end = _numbered(scan, items, end)
    while True:
        behind = bracket_end(scan, end)
        sep = SEPARATOR.match(scan.text, behind)
        if not sep and not items[-1].complete:
            sep = _DASH.match(scan.text, behind)
        if not sep or sep.end() == behind or "\n\n" in sep[0]:
            end = behind
            break
        follow = sep.end()
        more = (
            _factored(scan, follow)
            or more_places(scan, follow, items[-1])
            or named_alike(scan, follow)
            or another_school(scan, follow, items[-1])
            or another_place(scan, follow, items[-1])
            or _one(scan, follow)
            or another_force(scan, follow, items[-1])
            or _shared_head(scan, follow, items[-1])
            or _person(scan, follow)
        )
        if not more:
            end = behind
            break
        strong = ";" in sep[0]
        joined = [_with_position(items[-1], entry) if not strong else entry for entry in more[0]]
        items, end = _numbered(scan, [*items, *joined], more[1])
    return Listing(tuple(_shared_tails(scan, items)), at, end)


def _numbered(scan: Scan, items: list[Item], end: int) -> tuple[list[Item], int]:
    """Read "Ban Quản lý khu vực 1, 2 và 3", "Vụ Kiểm tra I, II": one body for each number."""
    last = items[-1]
    first = _NUMBER_AT_END.search(last.text)
    more = (_MORE_NUMBERS if first[0].isdecimal() else _MORE_ROMAN).match(scan.text, end) if first else None
    if not more:
        return items, end
    plural = lexicon().quantifiers.at(scan, last.start)
    if plural:  # "các Ban Quản lý khu vực 1, 2": each of them
        name = squeeze(scan.text[plural[1] : last.end])
        last = replace(last, text=name[:1].upper() + name[1:])
    several = [
        replace(last, text=_NUMBER_AT_END.sub(number[0], last.text), start=number.start(), end=number.end())
        for number in re.compile(r"\d+|[IVX]+").finditer(scan.text, end, more.end())
    ]
    return [*items[:-1], last, *several], more.end()


def _one(scan: Scan, at: int) -> tuple[list[Item], int] | None:
    found = item(scan, at)
    return ([found], found.end) if found else None


def _titles(scan: Scan, at: int) -> tuple[list[Item], int] | None:
    """Read "(Các đồng chí) Giám đốc: Sở Tài chính, Sở Nội vụ": the title before the colon is each one's."""
    honoured = lexicon().honorifics.at(scan, at)
    at = skip_space(scan.text, honoured[1]) if honoured else at
    title = lexicon().position_words.at(scan, at)
    colon = COLON.match(scan.text, title[1]) if title and scan.text[at].isupper() else None
    if not title or not colon or "\n" in colon[0]:
        return None
    found = _factored(scan, colon.end()) or _one(scan, colon.end())
    if not found or any(entry.position or not entry.head for entry in found[0]):
        return None
    prefix = squeeze(scan.text[at : title[1]])
    items = [
        replace(entry, text=f"{prefix} {entry.text}", position=title[0], prefix=prefix, plural=False)
        for entry in found[0]
    ]
    return items, found[1]


_UNITED = re.compile(r"[Ll]iên\s+(?=(?:Sở|Bộ|Ban|Cục|Phòng)\s)")
_UNITED_JOINT = re.compile(r"\s*[-–—,]\s*|\s+và\s+")


def _united(scan: Scan, at: int) -> tuple[list[Item], int] | None:
    """Read "liên Sở Tài chính - Xây dựng": each of the offices that act together."""
    opens = _UNITED.match(scan.text, at)
    found = lexicon().head_words.at(scan, opens.end()) if opens else None
    table = lexicon().names.get(lexicon().heads[found[0]].names) if found else None
    if not opens or not found or not table:
        return None
    core, here, items = squeeze(scan.text[opens.end() : found[1]]), skip_space(scan.text, found[1]), []
    while (name := table.at(scan, here)) and scan.text[here].isupper():
        items.append(Item(f"{core} {squeeze(scan.text[here : name[1]])}", here, name[1], lexicon().heads[found[0]], core=core, plural=True))
        joint = _UNITED_JOINT.match(scan.text, name[1])
        if not joint:
            break
        here = joint.end()
    return (items, items[-1].end) if len(items) > 1 else None


def _person(scan: Scan, at: int) -> tuple[list[Item], int] | None:
    """A person, or the holder of an unlisted office, as one more of a list ("…, bà Đỗ Thị Sen", "…, Giám đốc Chương trình")."""
    lex = lexicon()
    title = lex.honorifics.at(scan, at) or (lex.position_words.at(scan, at) if scan.text[at : at + 1].isupper() else None)
    name = skip_space(scan.text, title[1]) if title else at
    if not title or name == title[1] or "\n" in scan.text[title[1] : name]:
        return None
    end = capitals(scan, name)
    if title[0] not in lex.positions and len(scan.text[name:end].split()) < 2:
        return None
    end = _lower_rest(scan, end) if title[0] in lex.positions else end
    if end == name:
        return None
    return [Item(squeeze(scan.text[at:end]), at, end, prefix=title[0], plural=True)], end


def _lower_rest(scan: Scan, at: int) -> int:
    """End of the second syllable of a compound that begins with the last capital ("Chương trình"), or `at`."""
    begins = scan.text.rfind(" ", 0, at) + 1
    compound = lexicon().compounds.at(scan, begins) or lexicon().fields.at(scan, begins)
    return max(at, compound[1]) if compound else at


def _factored(scan: Scan, at: int) -> tuple[list[Item], int] | None:
    """Read "các Sở: Tài chính, Nội vụ", "Giám đốc các Sở Tài chính, Nội vụ", "UBND các huyện Bình Sơn, Sơn Tịnh"."""
    lex = lexicon()
    here = at
    position = lex.position_words.at(scan, here)
    if position:
        here = skip_space(scan.text, position[1])
    quantifier = lex.quantifiers.at(scan, here)
    if not quantifier:
        return factored_places(scan, at)
    head_at = skip_space(scan.text, quantifier[1])
    found = lex.head_words.at(scan, head_at)
    if not found:
        return None
    head = lex.heads[found[0]]
    table = lex.names.get(head.names)
    if table is None:
        return None
    colon = COLON.match(scan.text, _group_tail(scan, found[1]))
    name_at = colon.end() if colon else skip_space(scan.text, found[1])
    free = colon is not None and head.names in {"free", "bureau", "office", "faculty"}
    core = squeeze(scan.text[head_at : found[1]])
    prefix = squeeze(scan.text[at : position[1]]) if position else ""
    title = position[0] if position else None
    named = _names(scan, name_at, head, core[:1].upper() + core[1:], prefix, title, free=free)
    if named and len(named[0]) == 1 and not colon and ((not position and head.names == "department") or _of_each_place(scan, named[1])):
        return None  # "các Sở Tài chính", "các Cục Thuế tỉnh, thành phố": that department of every province, a group
    return named


def _of_each_place(scan: Scan, at: int) -> bool:
    """Whether kinds of places without a name stand behind a name: "các Cục Hải quan tỉnh, thành phố"."""
    here = skip_space(scan.text, at)
    place = places(scan, here) if here > at else None
    return place is not None and place.named_at is None


def _group_tail(scan: Scan, at: int) -> int:
    """Behind "các Sở, ngành" in "các Sở, ngành: Tài chính, …"."""
    match = _GROUP_TAIL.match(scan.text, at)
    return match.end() if match else at


def _names(
    scan: Scan, at: int, head: Head, core: str, prefix: str, position: str | None, *, free: bool = False
) -> tuple[list[Item], int] | None:
    """The names listed under one head word, of its table or, behind a colon (`free`), of any kind."""
    table = lexicon().names[head.names]
    items: list[Item] = []
    here, end = at, at
    while True:
        name = table.at(scan, here) if scan.text[here : here + 1].isupper() else None
        if free:
            name = _free_name(scan, here, head, name, last=bool(items))
        if not name or ((items or free) and _is_item_not_name(scan, here)):
            break
        numbered = _BY_NUMBER.match(scan.text, name[1])
        stop = numbered.end() if numbered else name[1]
        printed = squeeze(scan.text[here:stop])
        place = skip_space(scan.text, stop)
        run = capitals(scan, place) if place > stop and "\n" not in scan.text[stop:place] else place
        named_at = None
        if run > place and lexicon().place_names.at(scan, place):
            printed, named_at, stop = f"{printed} {squeeze(scan.text[place:run])}", place, run
        text = f"{prefix} {core} {printed}".strip()
        items.append(Item(text, here, stop, head, position, prefix, core, named_at=named_at, plural=True))
        end = bracket_end(scan, stop)
        sep = SEPARATOR.match(scan.text, end)
        if not sep:
            break
        here = sep.end()
    return (items, items[-1].end) if items else None


def _free_name(
    scan: Scan, at: int, head: Head, listed: tuple[str, int] | None, *, last: bool
) -> tuple[str, int] | None:
    """A capitalised name of no table, as far as it goes ("các khoa: Toán, Công nghệ thông tin").

    In the `last` name of a list "và" opens another one ("các khoa: Toán, Lý và Công nghệ thông tin").
    """
    if not scan.text[at : at + 1].isupper() or lexicon().quantifiers.at(scan, at):
        return None
    end = generic_name(scan, at, head, 3)
    if listed and listed[1] >= end:
        return listed
    joint = _JOINT.search(scan.text, at, end) if last else None
    if joint and not (listed and listed[1] > joint.start()):
        end = joint.start()
    return (scan.text[at:end], end) if end > at else None


def _is_item_not_name(scan: Scan, at: int) -> bool:
    """Read "Công an tỉnh" in "các Sở: Tài chính, Công an tỉnh" opens a new body though "Công an" names a ministry."""
    found = item(scan, at) if lexicon().head_words.at(scan, at) else None
    return found is not None and found.complete


def _shared_head(scan: Scan, at: int, last: Item) -> tuple[list[Item], int] | None:
    """A name alone after a body: it has that body's head word ("Sở Tài chính, Nội vụ")."""
    if not last.head or at >= len(scan.text):
        return None
    place = places(scan, at)
    if place and place.named_at is not None and last.head.territorial and last.place_at is not None:
        text = squeeze(f"{last.prefix} {last.core} {scan.text[at : place.end]}")
        return [replace(last, text=text, start=at, end=place.end, named_at=place.named_at)], place.end
    if not scan.text[at].isupper():
        return None
    table = lexicon().names.get(last.head.names)
    name = table.at(scan, at) if table else None
    if name:
        found = _names(scan, at, last.head, last.core, last.prefix, last.position)
        if found:
            return found
    short = _SHORT.match(scan.text, at)
    shares = last.head.names not in {"department", "ministry"}
    if short and shares and (own := _SHORT_NAME.search(last.text)) and not _is_item_not_name(scan, at):
        text = f"{last.text[: own.start()]}{short[0]}"
        return [replace(last, text=text, start=at, end=short.end())], short.end()
    if last.named_at is None:
        return None
    run = capitals(scan, at)
    known = lexicon().place_names.at(scan, at)
    behind = scan.text[run : run + 1]
    if run == at or not (known or (last.place_at is not None and behind in ",;.:) \n")):
        return None
    stem = without_end(last, squeeze(scan.text[last.named_at : last.end]))
    if not stem:
        return None
    if re.match(r"(?:TP|Thành phố|Tỉnh|Huyện|Thị xã|Quận)(?!\w)", scan.text[at:run]):
        stem = re.sub(r" (?:tỉnh|thành phố|huyện|thị xã|quận)$", "", stem)
    text = f"{stem} {squeeze(scan.text[at:run])}"
    return [replace(last, text=text, start=at, end=run, named_at=at)], run


def _with_position(before: Item, entry: Item) -> Item:
    """Repeat a title for the next body of the list where it can hold one ("Thủ trưởng Ban A, Trung tâm B")."""
    if not before.position or entry.position or entry.group or entry.plural or not entry.head:
        return entry
    if before.group or before.plural:
        return entry
    position = lexicon().positions[before.position]
    if not fold(entry.core).startswith(position.repeated_for) or not position.repeated_for:
        return entry
    title = before.prefix
    return replace(entry, text=f"{title} {entry.text}", position=before.position, prefix=title)


def _district_office(scan: Scan, entry: Item) -> bool:
    """True for an office of a district's field without a place ("Phòng Y tế"), of which each district has one."""
    if (
        not entry.head
        or entry.head.names != "office"
        or entry.place_at is not None
        or entry.named_at is not None
    ):
        return False
    match = _OFFICE.search(scan.text, entry.start, entry.end)
    return match is not None and lexicon().names["department"].at(scan, match.end()) is not None


def _whole_department(entry: Item, after: Item) -> bool:
    """True for "Sở A" before "Sở B các tỉnh": departments of all provinces, each named in full."""
    both = entry.head and after.head and entry.head.names == after.head.names == "department"
    if not both or entry.place_at is not None or entry.named_at is not None or entry.position != after.position:
        return False
    return " các tỉnh" in after.text and entry.core == after.core


def _shared_tails(scan: Scan, items: list[Item]) -> list[Item]:
    """Repeat the place of a body for the bare one before it ("Đảng ủy, UBND các xã")."""
    done = at_one_level(scan, items)
    for i in range(len(done) - 2, -1, -1):
        entry, after = done[i], done[i + 1]
        between = scan.text[entry.end : after.start]
        if _whole_department(entry, after) and ";" not in between and after.place_at is not None:
            place = squeeze(scan.text[after.place_at : after.end])
            done[i] = replace(entry, text=f"{entry.text} {place}", place_at=after.place_at)
            continue
        if not entry.head or ";" in between or (entry.complete and not _district_office(scan, entry)):
            continue
        if entry.position and after.position and after.group and entry.head.names != "chancellery":
            done[i] = replace(
                entry, text=f"{entry.text} {after.text[len(after.position) :].strip()}", complete=True
            )
            continue
        if _district_office(scan, entry) and after.place_at is not None and not after.position:
            place = scan.text[after.place_at : after.end]
            if re.match(r"các\s+(?:huyện|quận|thị xã)", place):
                done[i] = replace(entry, text=f"{entry.text} {squeeze(place)}", place_at=after.place_at)
                continue
        if not entry.head.territorial or after.place_at is None:
            continue
        if not after.head or not after.head.territorial:
            continue
        place = after.text[len(f"{after.prefix} {after.core}".strip()) :]
        done[i] = replace(entry, text=entry.text + place, place_at=after.place_at, complete=True)
    return done
