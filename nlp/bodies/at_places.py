"""The same kind of body at several places: "UBND các huyện A, B", "Trung tâm Y tế thành phố A và các huyện", "Các Chi cục Thuế: A, B"."""

from __future__ import annotations

import re
from dataclasses import replace

from nlp.bodies.entry import Item, squeeze
from nlp.bodies.item import item
from nlp.bodies.lexicon import Scan, lexicon
from nlp.bodies.tails import capitals, places, skip_space
from nlp.folding import UPPER

SEPARATOR = re.compile(
    r"\s*(?:[,;]\s*(?:và\s+|cũng như\s+|cùng(?:\s+với)?\s+|hoặc\s+)?|\s(?:và|cũng như|cùng với|cùng|hoặc|với)\s+|/\s*|\s*&\s*|\s*\+\s*)"
)
COLON = re.compile(r"\s*:\s*")
_BRACKET = re.compile(r"\s*\((?P<inside>[^()]{1,160})\)")
_ROLE = re.compile(
    r"\s*(?P<sign>[-–—,])\s*(?:(?:với vai trò |với tư cách )?là\s+)?(?:[Cc]ơ quan|[Đđ]ơn vị|[Bb]ộ phận)\s+(?:thường trực|chủ trì|đầu mối|chủ quản|tham mưu)"
    r"(?![\w])[^-–—,.;:()\n]{0,70}?\s*(?P=sign)\s*(?=[a-zà-ỹđ])"
)
""" "Sở Tài chính - cơ quan thường trực Ban Chỉ đạo - chủ trì …": a role between two dashes or commas, as in a bracket."""
_TIMED = re.compile(r"\d{1,2}\s*/\s*\d|\bngày\s+\d|\btháng\s+\d|trước ngày|hàng tháng|hằng tháng")
_PLACE_KIND = r"[^\s:,]+(?:\s(?:xã|phố|trấn|khu))?"
_MANY_PLACES = re.compile(
    rf"các\s+({_PLACE_KIND})(?P<more>(?:\s*,\s*{_PLACE_KIND}){{1,4}}\s*(?=:))?\s*:?\s+(?=[{UPPER}])"
)
_REGION = re.compile(r"(?:miền|khu vực|vùng)(?= )")
_NOT_PLACES = re.compile(r"\s+(?:trực thuộc|liên quan|có liên quan)(?!\w)")


def bracket_end(scan: Scan, at: int) -> int:
    """End of a bracket behind a name ("(Cơ quan thường trực)"), or `at`; a day in brackets is a term, no part of it."""
    match = _BRACKET.match(scan.text, at)
    end = match.end() if match and not _TIMED.search(match["inside"]) else at
    role = _ROLE.match(scan.text, end)
    return role.end() if role else end


def factored_places(scan: Scan, at: int) -> tuple[list[Item], int] | None:
    """Read "UBND các huyện Bình Sơn, Sơn Tịnh": one body for each place named."""
    found = item(scan, at)
    if not found or found.place_at is None or not found.head:
        return None
    match = _MANY_PLACES.match(scan.text, found.place_at)
    if not match:
        return None
    here = match.end()
    listed = lexicon().place_names.at(scan, here) is not None
    if not found.head.territorial and not listed:
        return None
    known = ":" not in match[0] or listed
    stem = squeeze(scan.text[at : found.place_at]) + (" " + match[1] if not match["more"] else "")
    items: list[Item] = []
    end = here
    while True:
        run = capitals(scan, here)
        if run == here or (items and item(scan, here)):
            break
        items.append(Item(f"{stem} {squeeze(scan.text[here:run])}", here, run, found.head, found.position,
                          found.prefix, found.core, named_at=here, place_at=found.place_at))  # fmt: skip
        end = run
        sep = SEPARATOR.match(scan.text, bracket_end(scan, run))
        if not sep:
            break
        here = sep.end()
    known = known or (found.head.territorial and all(" " in scan.text[i.start : i.end] for i in items))
    known = known or not scan.text[end : end + 2].strip(" .;:\n")
    return (items, end) if len(items) > 1 and known else None


def more_places(scan: Scan, at: int, last: Item) -> tuple[list[Item], int] | None:
    """Read "các huyện Mai Sơn, Yên Châu" behind "UBND thành phố Sơn La và": each place's body."""
    many = _MANY_PLACES.match(scan.text, at)
    if not many or many["more"] or not last.head or not last.head.territorial or last.place_at is None:
        return None
    if not places(scan, at):
        return None
    shared = _each_place(scan, many.end(), f"{last.prefix} {last.core} {many[1]}".strip(), last)
    return (shared, shared[-1].end) if shared else None


def another_place(scan: Scan, at: int, last: Item) -> tuple[list[Item], int] | None:
    """Read "các huyện" and "Hội An" behind "UBND thành phố Tam Kỳ và": the same kind of body at other places."""
    if not last.head or last.group or last.place_at is None or last.named_at is None:
        return None
    region = _REGION.match(scan.lower, at)
    if region and scan.lower.startswith(region[0], last.place_at) and (stem := without_end(last, squeeze(scan.text[last.place_at : last.end]))):
        end = capitals(scan, skip_space(scan.text, region.end()))
        return [replace(last, text=f"{stem} {squeeze(scan.text[at:end])}", start=at, end=end, place_at=at)], end
    town = lexicon().place_names.at(scan, at)
    if town and last.head.territorial and (stem := without_end(last, squeeze(scan.text[last.named_at : last.end]))):
        return [replace(last, text=f"{stem} {squeeze(scan.text[at : town[1]])}", start=at, end=town[1], named_at=at)], town[1]
    many = places(scan, at)
    if many and not many.many and many.named_at is not None and _kind(scan, at) == _kind(scan, last.place_at) and not last.head.territorial:
        stem = without_end(last, squeeze(scan.text[last.place_at : last.end]))  # "Ban Chỉ đạo huyện A, huyện B"
        if stem and SEPARATOR.fullmatch(scan.text, last.end, at):
            text = f"{stem} {squeeze(scan.text[at : many.end])}"
            return [replace(last, text=text, start=at, end=many.end, place_at=at, named_at=many.named_at)], many.end
    if not many or not many.many or many.named_at is not None or _NOT_PLACES.match(scan.lower, many.end):
        return None
    stem = without_end(last, squeeze(scan.text[last.place_at : last.end]))
    text = f"{stem} {squeeze(scan.text[at : many.end])}"
    if not stem:
        return None
    return [replace(last, text=text, start=at, end=many.end, place_at=at, named_at=None, plural=True)], many.end


def _kind(scan: Scan, at: int) -> str:
    """The word for the kind of a place ("huyện")."""
    return scan.lower[at : at + 8].split(" ")[0]


def at_places(scan: Scan, at: int) -> tuple[list[Item], int] | None:
    """Read "Các Công ty Điện lực: Kiên Giang, Cà Mau": one body for each of the places behind the colon."""
    quantifier = lexicon().quantifiers.at(scan, at)
    found = item(scan, skip_space(scan.text, quantifier[1])) if quantifier else None
    colon = COLON.match(scan.text, found.end) if found and found.head and found.place_at is None else None
    if not found or not found.head or not colon:
        return None
    items = _each_place(scan, colon.end(), found.text, found)
    known = bool(items) and (all(lexicon().place_names.at(scan, each.start) for each in items) or (found.head.company and _firms_by_name(scan, items)))
    return (items, items[-1].end) if known and len(items) > 1 else None


def _firms_by_name(scan: Scan, items: list[Item]) -> bool:
    """True for names of two words each, before what the firms do: "Các Công ty Thủy lợi: Sông Đà, Nam Sông Mã nạo vét …"."""
    behind = skip_space(scan.text, items[-1].end)
    closed = not scan.text[behind : behind + 1].isalnum() or lexicon().verbs.at(scan, behind) is not None
    return closed and all(" " in scan.text[each.start : each.end] for each in items)


def _each_place(scan: Scan, at: int, stem: str, like: Item) -> list[Item]:
    """One body for each of the places listed from an offset on."""
    items: list[Item] = []
    here = at
    while True:
        run = capitals(scan, here)
        if run == here or (items and item(scan, here)):
            break
        text = f"{stem} {squeeze(scan.text[here:run])}"
        items.append(replace(like, text=text, start=here, end=run, named_at=here))
        sep = SEPARATOR.match(scan.text, run)
        if not sep:
            break
        here = sep.end()
    return items


def without_end(entry: Item, end: str) -> str:
    """A body's name without its `end`; "" where it ends otherwise."""
    return entry.text.removesuffix(end).rstrip() if entry.text.endswith(end) else ""


_FORCE = re.compile(r"(?P<name>Công an|Quân sự|Biên phòng|Bộ đội Biên phòng|Bộ CHQS|Ban CHQS)\s+(?P<place>tỉnh|thành phố|huyện|xã|phường)(?!\w)")


def another_force(scan: Scan, at: int, last: Item) -> tuple[list[Item], int] | None:
    """Read "Quân sự tỉnh" behind "Hội Phụ nữ Công an tỉnh": the same body in another force."""
    force = _FORCE.match(scan.text, at)
    held = list(_FORCE.finditer(last.text)) if force and last.head else []
    if not force or not held or held[-1].start() == 0 or held[-1]["name"] == force["name"]:
        return None
    text = f"{last.text[: held[-1].start()]}{squeeze(force[0])}"
    return [replace(last, text=text, start=at, end=force.end())], force.end()


_SAME_LEVEL = " cùng cấp"
_AT_THE_TOP = re.compile(r"(?:tối cao|Trung ương|Việt Nam|Nhà nước|Chính phủ|quốc gia)$", re.IGNORECASE)
""" "Tòa án nhân dân tối cao": of which there is only one."""


def at_one_level(scan: Scan, items: list[Item]) -> list[Item]:
    """Repeat "cùng cấp" for the bodies of its list that have no place of their own ("Công an, Phòng Y tế, UBND cùng cấp")."""
    done = list(items)
    for i in range(len(done) - 2, -1, -1):
        entry, after = done[i], done[i + 1]
        if not after.text.endswith(_SAME_LEVEL) or ";" in scan.text[entry.end : after.start]:
            continue
        if _AT_THE_TOP.search(entry.text):
            continue
        if entry.place_at is None and entry.named_at is None and not entry.group and not entry.text.endswith(_SAME_LEVEL):
            done[i] = replace(entry, text=entry.text + _SAME_LEVEL, complete=True)
    return done
