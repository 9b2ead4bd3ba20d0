"""Bodies of one kind named one after another: "các xã Hòa An, Tân Lập 2", "các trường Tiểu học Hòa An, THCS Lê Lợi"."""

from __future__ import annotations

import re

from nlp.bodies.at_places import SEPARATOR, bracket_end
from nlp.bodies.entry import Item, squeeze
from nlp.bodies.item import NUMBER, item
from nlp.bodies.lexicon import Scan, lexicon
from nlp.bodies.tails import capitals, skip_space

_KIND = re.compile(r"(?P<kind>xã|phường|thị trấn|đặc khu|huyện|quận|thị xã|thành phố|tỉnh|thôn|bản|ấp|buôn|làng|xóm|chi bộ|đảng bộ|chi đoàn|chi hội|trường)\s+")
_LEVEL = re.compile(
    r"(?:(?:Mầm non|Mẫu giáo|Tiểu học|Trung học cơ sở|Trung học phổ thông|THCS|THPT|PTDTBT|PTDTNT|MN|MG|TH|PT)(?:\s?(?:và|&|-)\s?(?:THCS|THPT|Trung học cơ sở))*)(?!\w)(?:\s+(?:THCS|THPT|TH|số\s+\d{1,2})(?!\w))*"
)


def named_alike(scan: Scan, at: int) -> tuple[list[Item], int] | None:
    """One body for each name listed under a plural kind, "Hiệu trưởng các trường …" with its title; a single name lists nothing."""
    lex = lexicon()
    title = lex.position_words.at(scan, at)
    here = skip_space(scan.text, title[1]) if title else at
    quantifier = lex.quantifiers.at(scan, here)
    kind = _KIND.match(scan.lower, skip_space(scan.text, quantifier[1])) if quantifier and quantifier[0] in ("các", "hai", "ba", "bốn") else None
    if not kind:
        return None
    school = kind["kind"] == "trường"
    head = "Trường" if school and not title else kind["kind"]
    stem = f"{squeeze(scan.text[at:here])} {head}".strip()
    items: list[Item] = []
    here, level = kind.end(), ""
    while name := _name(scan, here, level, school=school, first=not items):
        level, end = name
        printed = squeeze(scan.text[here:end])
        full = printed if not school or _LEVEL.match(printed) else f"{level} {printed}"
        items.append(Item(f"{stem} {full}", here, end, None, title[0] if title else None, named_at=here, plural=True))
        separator = SEPARATOR.match(scan.text, bracket_end(scan, end))
        if not separator or "\n\n" in separator[0]:
            break
        here = separator.end()
    return (items, items[-1].end) if len(items) > 1 else None


def another_school(scan: Scan, at: int, last: Item) -> tuple[list[Item], int] | None:
    """Read "Tiểu học Hòa An" behind "Trường Mầm non Hoa Mai": a school of another level."""
    name = _name(scan, at, "", school=True, first=True) if re.match(r"(?:Các t|T)rường ", last.text) and _LEVEL.match(scan.text, at) else None
    return ([Item(f"Trường {squeeze(scan.text[at : name[1]])}", at, name[1], named_at=at, plural=True)], name[1]) if name else None


def _name(scan: Scan, at: int, level: str, *, school: bool, first: bool) -> tuple[str, int] | None:
    """The level of a school ("" for others) and where the name at an offset ends; None where there is none."""
    found = _LEVEL.match(scan.text, at) if school else None
    if school and not found and not level:
        return None
    here = skip_space(scan.text, found.end()) if found else at
    end = capitals(scan, here)
    if end == here or (not found and not first and item(scan, here)):
        return None
    number = NUMBER.match(scan.text, end)
    return squeeze(found[0]) if found else level, number.end() if number else end
