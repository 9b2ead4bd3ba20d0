"""Provisions (điểm, khoản, điều) that stand before or behind a cited document.

The words are read as tokens, backwards from the document, so the cost is
linear in the window whatever the text holds.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

_PAGE_BREAK = re.compile(r"\n\s*-+ page(?: break| \d+) -+[ ]*(?:\n\s*\d{1,3}[ ]*(?=\n))?")
_TOKEN = re.compile(r"[^\W_]+(?:\.\d+)*|[^\w\s]")
_HINT = re.compile(r"\b(?:dieu|khoan|diem)\b")
_ARABIC = re.compile(r"\d{1,3}[a-z]?(?:\.\d{1,2}){0,2}")
_LETTER = re.compile(r"[a-z](?:\.?\d{1,2})?(?:\.\d{1,2})?")
_ROMAN = re.compile(r"[ivxl]{1,6}")
_UNITS = frozenset({"diem", "khoan", "dieu", "muc", "chuong", "phan", "tiet"})
_PRINTED = {"tiet": "tiết", "diem": "điểm", "khoan": "khoản", "dieu": "Điều"}
_JOINS = frozenset({",", ";", "va", "hoac", "den", "-"})
_LINKS = frozenset({"cua", "tai", "thuoc", "trong", "cac"})
_NO_UNIT_AFTER = {
    "diem": frozenset({"dia", "thoi", "quan", "trong", "uu", "nhuoc", "cham"}),
    "phan": frozenset({"thanh", "co", "mot"}),
}
_ANNEX = re.compile(r"\bban\s+hanh\s+(?:kem\s+)?theo\s*(?:cac\s+)?$")
_ANNEXED = re.compile(
    r"\b(?:quy\s+che|quy\s+dinh|quy\s+trinh|dieu\s+le|noi\s+quy|huong\s+dan|de\s+an|chuong\s+trinh|ke\s+hoach|quy\s+tac|"
    r"phuong\s+an|danh\s+muc)\b"
)
_BEHIND = re.compile(r"\s*\((?P<run>[^()]{4,120})\)")
_LEADS_TO = re.compile(r"(?:trong do,? )?(?:co )?(?:quy dinh |neu )?(?:cu the |ro )?(?:tai )?")
_SAID_AT = re.compile(r"(?:[\s,]+ngay\s+[\d/.]{6,10})?(?:\s+cua\s+[^,;.()\d]{2,60}?)?\s+(?:da |co )?quy\s+dinh(?:\s+(?:cu\s+the|ro|chi\s+tiet))?\s+tai\s+(?P<run>(?:(?:tiet|diem|khoan|dieu)\s+[\w.]{1,5}(?:\s*,\s*|\s+va\s+|\s+)?)+)")
_ENDS_THERE = re.compile(r"\s*(?:[;:)]|,(?!\s*\d)|\.(?=\s|$)|$)")
_WINDOW = 260
_ANNEX_WINDOW = 420


@dataclass(frozen=True, slots=True)
class Provisions:
    """Provisions found beside a document and the span of their words."""

    values: tuple[str, ...]
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class _Token:
    kind: str
    """U(nit), V(alue), J(oin), L(ink) or O(ther)."""
    word: str
    start: int
    end: int


def provisions_before(text: str, folded: str, position: int, floor: int = 0) -> Provisions | None:
    """Provisions whose words end where the document's words begin, at `position`.

    `text` and `folded` have the same offsets; `floor` is the end of the
    document cited before, which keeps its own. Also reads "Điều 10, Chương IV
    Quy chế … ban hành kèm theo Quyết định …".
    """
    low = max(floor, position - _WINDOW)
    if _HINT.search(folded, low, position):
        found = _run_before(text, folded, low, position)
        if found:
            return found
    annex = _ANNEX.search(folded, max(floor, position - 24), position)
    if annex is None:
        return None
    low = max(floor, position - _ANNEX_WINDOW)
    if not _HINT.search(folded, low, position):
        return None
    for container in reversed(list(_ANNEXED.finditer(folded, low, annex.start()))):
        found = _run_before(text, folded, low, container.start())
        if found:
            return found
    return None


def provisions_behind(text: str, folded: str, position: int) -> Provisions | None:
    """Provisions in brackets right behind the document ("Nghị định … (khoản 2 Điều 8)"), or where it says something ("Nghị định … quy định tại Điều 21.")."""
    match = _BEHIND.match(folded, position)
    if match is None:
        return _said_at(text, folded, position)
    if not _HINT.search(match["run"]):
        return None
    found = _run_before(text, folded, match.start("run"), match.end("run"))
    if found is None:
        return None
    lead = " ".join(folded[match.start("run") : found.start].split()).strip(",")
    return found if not lead or _LEADS_TO.fullmatch(f"{lead} ") else None


def provisions_within(text: str, folded: str, start: int, end: int) -> Provisions | None:
    """The provisions whose words fill [start, end)."""
    return _run_before(text, folded, start, end)


def _said_at(text: str, folded: str, position: int) -> Provisions | None:
    said = _SAID_AT.match(folded, position, position + _WINDOW)
    if said is None:
        return None
    end = said.start("run") + len(said["run"].rstrip(" ,.\n"))
    return _run_before(text, folded, said.start("run"), end) if _ENDS_THERE.match(folded, end) else None


def _tokens(folded: str, low: int, high: int) -> list[_Token]:
    tokens: list[_Token] = []
    unit = ""
    if "\n" in folded[low:high]:
        folded = folded[:low] + _PAGE_BREAK.sub(lambda broken: " " * len(broken[0]), folded[low:high])
    for match in _TOKEN.finditer(folded, low, high):
        word = match[0]
        if word in _UNITS and not (tokens and tokens[-1].word in _NO_UNIT_AFTER.get(word, ())):
            kind, unit = "U", word
        elif word in _JOINS:
            kind = "J"
        elif word in _LINKS:
            kind = "L"
        elif _is_value(word, unit) and folded[match.end() : match.end() + 1] != "/":
            kind = "V"
        else:
            kind, unit = "O", ""
        tokens.append(_Token(kind, word, match.start(), match.end()))
    return tokens


def _is_value(word: str, unit: str) -> bool:
    if unit in ("diem", "tiet"):
        return bool(_LETTER.fullmatch(word) or _ARABIC.fullmatch(word))
    if unit in ("khoan", "dieu"):
        return bool(_ARABIC.fullmatch(word))
    return bool(unit and (_ROMAN.fullmatch(word) or _ARABIC.fullmatch(word)))


def _may_end_in_value(folded: str, low: int, high: int) -> bool:
    """A cheap look at the last word that is no link: most windows end in none that could name a provision."""
    words = folded[max(low, high - 60) : high].split()
    while words and words[-1].strip(",.;:()") in _SKIPPED:
        words.pop()
    return bool(words) and _VALUE_LIKE.search(words[-1]) is not None


_SKIPPED = _LINKS | {""}
_VALUE_LIKE = re.compile(r"\d|^\W*(?:\w{1,2}|[ivxlc]+)\W*$")


def _run_before(text: str, folded: str, low: int, high: int) -> Provisions | None:
    if not _may_end_in_value(folded, low, high):
        return None
    tokens = _tokens(folded, low, high)
    links = 0
    while tokens and (tokens[-1].kind == "L" or tokens[-1].word == ","):
        tokens.pop()
        links += 1
    if links > 3 or not tokens or tokens[-1].kind != "V":
        return None
    first = len(tokens)
    while first > 0 and tokens[first - 1].kind in "UVJL" and not _breaks(tokens, first - 1):
        first -= 1
    while first < len(tokens) and tokens[first].kind != "U":
        first += 1
    run = tokens[first:]
    if not run:
        return None
    values = _spell(_parts(text, run))
    return Provisions(values, run[0].start, run[-1].end) if values else None


def _breaks(tokens: list[_Token], index: int) -> bool:
    """A unit without a value behind it ends the run ("các điều khoản, khoản 2")."""
    return tokens[index].kind == "U" and tokens[index + 1].kind != "V"


@dataclass(slots=True)
class _Part:
    """One unit with its values; `joined` where "và" stands before it."""

    unit: str
    values: list[str]
    joined: bool


def _parts(text: str, run: list[_Token]) -> list[_Part]:
    parts: list[_Part] = []
    join = ""
    ranged_unit = ""
    for token in run:
        if token.kind == "U":
            ranged_unit = token.word if join == "den" and parts and parts[-1].unit == token.word else ""
            if not ranged_unit:
                parts.append(_Part(token.word, [], join in ("va", ";", "hoac")))
                join = ""
        elif token.kind == "V":
            values = parts[-1].values
            printed = text[token.start : token.end].lower()
            if join in ("den", "-") and values and ranged_unit != "dieu":
                values.extend(_between(values[-1], printed))
            values.append(printed)
            join = ""
        elif token.kind == "J":
            join = token.word if not (join and token.word == ",") else join
    return [part for part in parts if part.unit in _PRINTED]


def _between(first: str, last: str) -> list[str]:
    """What a range of whole numbers leaves unsaid: "5 đến 8" gives 6 and 7; "từ Điều 30 đến Điều 41" is its two ends."""
    if first.isdecimal() and last.isdecimal() and 0 < int(last) - int(first) <= 30:
        return [str(number) for number in range(int(first) + 1, int(last))]
    return []


def _spell(parts: list[_Part]) -> tuple[str, ...]:
    """One entry per tiết, điểm, khoản or điều, always in the order tiết, điểm, khoản, điều."""
    points: list[str] = []
    details: list[str] = []
    clauses: list[str] = []
    result: list[str] = []
    article = ""
    for index, part in enumerate(parts):
        later = {other.unit for other in parts[index + 1 :]}
        if part.unit == "tiet":
            details = [f"tiết {value}" for value in part.values] if later else []
        elif part.unit == "diem" and details and later:
            points.extend(f"{detail} điểm {part.values[0]}" for detail in details)
            points.extend(f"điểm {value}" for value in part.values[1:])
            details = []
        elif part.unit == "dieu":
            clauses, details = clauses + details, []
            inner = clauses + points
            result.extend(f"{entry} Điều {part.values[0]}" for entry in inner)
            result.extend(f"Điều {value}" for value in part.values[1 if inner else 0 :])
            points, clauses, article = [], [], f"Điều {part.values[-1]}"
        elif part.unit == "khoan" and (points or details):
            points, details = points + details, []
            clauses.extend(f"{point} khoản {part.values[0]}" for point in points)
            clauses.extend(f"khoản {value}" for value in part.values[1:])
            points = []
        elif part.unit == "khoan" and article and "dieu" not in later and not part.joined:
            # "Điều 8 khoản 2", the reverse order
            if result and result[-1] == article:
                result.pop()
            result.extend(f"khoản {value} {article}" for value in part.values)
        elif part.unit == "khoan":
            clauses.extend(f"khoản {value}" for value in part.values)
        elif article and not later & {"khoan", "dieu"} and not part.joined and result:
            whole = result.pop()
            result.extend(f"điểm {value} {whole}" for value in part.values)
        else:
            points.extend(f"điểm {value}" for value in part.values)
    result.extend(clauses + details)
    result.extend(points)
    return tuple(dict.fromkeys(result))
