"""Provisions (điểm, khoản, điều) that stand before or behind a cited document."""

from __future__ import annotations

import re
from dataclasses import dataclass

_LETTER = r"(?:[a-z](?:\.?\d{1,2})?|\d{1,2}(?:\.\d{1,2}){0,2})(?![\w/])"
_ARABIC = r"\d{1,3}[a-z]?(?![\w/])"
_ROMAN = r"(?:[ivxl]{1,6}|\d{1,3})(?![\w/])"
_JOIN = r"\s*(?:,\s*va\b|;\s*va\b|,|;|\bva\b|\bhoac\b|\bden\b|\b-\b|-)\s*"


def _values(value: str) -> str:
    return rf"{value}(?:{_JOIN}{value})*"


_ITEM = (
    rf"(?:\bdiem\s+{_values(_LETTER)}|\bkhoan\s+{_values(_ARABIC)}|\bdieu\s+{_values(_ARABIC)}"
    rf"|\b(?:tieu muc|muc|chuong|phan)\s+{_values(_ROMAN)})"
)
_GAP = r"\s*(?:,\s*(?:va|cua|tai|thuoc)?|;|\bva\b(?:\s+(?:cua|tai))?|\bcua\b|\btai\b|\bthuoc\b|\bden\b|\bhoac\b|-)?\s*(?:\bcac\s+)?"
_RUN = rf"(?:\bcac\s+)?{_ITEM}(?:{_GAP}{_ITEM})*"
_BEFORE = re.compile(
    rf"(?P<run>{_RUN})\s*(?:,\s*)?(?:\(.{{0,60}}\)\s*)?(?:(?:cua|tai|thuoc|trong|va)\s+)?(?:cac\s+)?$"
)
_ANNEXED = re.compile(
    rf"(?P<run>{_RUN})\s*,?\s*(?:(?:cua|tai|thuoc)\s+)?(?:ban\s+)?"
    r"(?:quy che|quy dinh|quy trinh|dieu le|noi quy|huong dan|de an|chuong trinh|ke hoach|quy tac|phuong an|danh muc)\b"
    r"[^;]{0,260}?ban hanh(?:\s+kem)?\s+theo\s*(?:cac\s+)?$"
)
_BEHIND = re.compile(rf"\s*\(\s*(?:tai\s+)?(?P<run>{_RUN})\s*\)")
_UNIT_VALUES = {
    "diem": re.compile(rf"\bdiem\s+(?P<values>{_values(_LETTER)})"),
    "khoan": re.compile(rf"\bkhoan\s+(?P<values>{_values(_ARABIC)})"),
    "dieu": re.compile(rf"\bdieu\s+(?P<values>{_values(_ARABIC)})"),
}
_ANY_UNIT = re.compile(r"\b(?:diem|khoan|dieu)\b")
_VALUE = re.compile(rf"(?P<join>{_JOIN})?(?P<value>{_LETTER}|{_ARABIC})")
_WINDOW = 260
_REACH = 420
_HINT = re.compile(r"\b(?:dieu|khoan|diem)\b")


@dataclass(frozen=True, slots=True)
class Provisions:
    """Provisions found beside a document and the span of their words."""

    values: tuple[str, ...]
    start: int
    end: int


def provisions_before(text: str, folded: str, position: int, floor: int = 0) -> Provisions | None:
    """Provisions whose words end where the document's words begin, at `position`.

    `floor` is the end of the document cited before, which keeps its own.
    """
    low = max(floor, position - _WINDOW)
    window = folded[low:position]
    if not _HINT.search(window):
        if "ban hanh" not in window[-24:]:
            return None
        low = max(floor, position - _REACH)
        window = folded[low:position]
        if not _HINT.search(window):
            return None
    match = _BEFORE.search(window)
    if match is None and "ban hanh" in window[-24:]:
        low = max(floor, position - _REACH)
        window = folded[low:position]
        match = _ANNEXED.search(window)
    if match is None:
        return None
    start, end = low + match.start("run"), low + match.end("run")
    return _read(text, folded, start, end)


def provisions_behind(text: str, folded: str, position: int) -> Provisions | None:
    """Provisions in brackets right behind the document: "Nghị định … (khoản 2 Điều 8)"."""
    match = _BEHIND.match(folded, position)
    return _read(text, folded, match.start("run"), match.end("run")) if match else None


def _read(text: str, folded: str, start: int, end: int) -> Provisions | None:
    values = _spell(text, folded, start, end)
    return Provisions(values, start, end) if values else None


def _expand(values: list[tuple[str, bool]]) -> list[str]:
    """Values in order; a range of whole numbers ("5 đến 8") gives what lies between, too."""
    result: list[str] = []
    for value, ranged in values:
        if (
            ranged
            and result
            and result[-1].isdigit()
            and value.isdigit()
            and 0 < int(value) - int(result[-1]) <= 30
        ):
            result.extend(str(number) for number in range(int(result[-1]) + 1, int(value)))
        result.append(value)
    return result


def _parts(text: str, folded: str, start: int, end: int) -> list[tuple[str, list[str], str]]:
    """Units with their values and the words before each, in order."""
    parts: list[tuple[str, list[str], str]] = []
    position = start
    previous_end = start
    while True:
        unit = _ANY_UNIT.search(folded, position, end)
        if unit is None:
            return parts
        match = _UNIT_VALUES[unit[0]].match(folded, unit.start(), end)
        if match is None:
            position = unit.end()
            continue
        values: list[tuple[str, bool]] = []
        for value in _VALUE.finditer(folded, match.start("values"), match.end("values")):
            printed = text[value.start("value") : value.end("value")].lower()
            joined = (value["join"] or "").strip()
            values.append((printed, joined in ("den", "-")))
        between = folded[previous_end : match.start()].strip()
        if parts and between == "den" and parts[-1][0] == unit[0]:
            # "Điều 5 đến Điều 8"
            parts[-1] = (
                unit[0],
                _expand([*((v, False) for v in parts[-1][1]), (values[0][0], True), *values[1:]]),
                parts[-1][2],
            )
        else:
            parts.append((unit[0], _expand(values), between))
        position = previous_end = match.end()


def _spell(text: str, folded: str, start: int, end: int) -> tuple[str, ...]:
    """One entry per điểm, khoản or điều, always in the order điểm khoản điều."""
    points: list[str] = []
    clauses: list[str] = []
    result: list[str] = []
    last_articles: list[str] = []
    parts = _parts(text, folded, start, end)
    articles_left = sum(unit == "dieu" for unit, _, _ in parts)
    clauses_left = sum(unit == "khoan" for unit, _, _ in parts)
    for unit, values, between in parts:
        if unit == "dieu":
            articles_left -= 1
            inner = clauses + [f"điểm {point}" for point in points]
            result.extend(f"{entry} Điều {values[0]}" for entry in inner)
            result.extend(f"Điều {value}" for value in (values[1:] if inner else values))
            points, clauses, last_articles = [], [], values
        elif unit == "khoan":
            clauses_left -= 1
            if points:
                clauses.extend(f"điểm {point} khoản {values[0]}" for point in points)
                clauses.extend(f"khoản {value}" for value in values[1:])
                points = []
            elif last_articles and not articles_left and "va" not in between.split():
                # "Điều 8 khoản 2": the reverse order
                article = f"Điều {last_articles[-1]}"
                if article in result:
                    result.remove(article)
                result.extend(f"khoản {value} {article}" for value in values)
            else:
                clauses.extend(f"khoản {value}" for value in values)
        elif last_articles and not articles_left and not clauses_left and result:
            entry = result.pop()
            result.extend(f"điểm {value} {entry}" for value in values)
        else:
            points.extend(values)
    result.extend(clauses)
    result.extend(f"điểm {point}" for point in points)
    return tuple(dict.fromkeys(result))
