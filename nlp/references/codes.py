"""Finding number-and-symbol codes in running text, and mending reading errors in symbols."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from nlp.numbers import LOWER, UPPER, fold
from nlp.references.lexicon import symbols

_REST = rf"(?:[{UPPER}0-9&]|\+(?=[{UPPER}])|\s?\.(?=[{UPPER}])|\s&\s?(?=[{UPPER}]{{2}})|[a-zđ](?![{LOWER}]))"
_SPLIT = r"(?:T T|N [ĐDQ]|Q [ĐD])(?=\s?-\s?[A-ZĐ]{2})"
"""A type's abbreviation with a space inside: "22/2010/T T-BTC"."""
_GROUP = rf"(?:{_SPLIT}|(?:C[Tt]r|T[Tt]r)(?:\.?[{UPPER}]{_REST}{{1,12}})?|[{UPPER}]{_REST}{{0,14}})(?![{LOWER}])"
_PAGE = r"(?:\n\s*(?:-\s*)?\d{1,3}(?:\s*-)?\s*\n\s*)?"
_HYPHEN = rf"(?:\s?-[ ]{{0,2}}\n?[ ]{{0,2}}{_PAGE}|[ ]?/[ ]?\n?|(?<=[a-z{UPPER}])\n-)"
_SYMBOL = rf"{_GROUP}(?:{_HYPHEN}{_GROUP}){{0,5}}"
_AFTER_SO = r"[sS][ốôoồỐÔ]"
_NUMBER = (
    rf"(?P<number>\d(?:(?<![\w/.-]\d)|(?<={_AFTER_SO}\d))(?<!\d:\d)"
    rf"(?:\d?\s(?:(?<={_AFTER_SO}\s\d\s)|(?<={_AFTER_SO}\s\d\d\s))\d{{1,3}}(?=\s?/)|\d{{0,5}})"
    rf"(?:[a-zA-ZđĐ]{{1,2}}(?![{LOWER}]))?)"
)
"""A number; "số" may be glued to it ("số822") or a space stand inside it ("số 1 18/")."""
_CODE = re.compile(
    rf"{_NUMBER}"
    rf"(?:"
    rf"\s{{0,2}}/\s{{0,2}}{_PAGE}(?:(?P<year>(?:19|20)\d\d)\s{{0,2}}/\s{{0,2}}{_PAGE})?(?P<symbol>{_SYMBOL})"
    rf"|\s?-\s{{0,2}}(?P<party>{_SYMBOL})"
    rf"|/(?P<year2>(?:19|20)\d\d)\s(?P<spaced>(?:NĐ|ND|QĐ|QD|NQ|TT|CT|TTLT)-{_GROUP})"
    rf")"
)
_SPACED_HINT = re.compile(rf"\d\s[{UPPER}]{{1,6}}\s?[-/]")
_SPACED_CODE = re.compile(rf"{_NUMBER}\s{{1,2}}(?P<symbol>{_GROUP}(?:\s?[-/]\s?{_GROUP}){{1,4}})")
_LOWER_HINT = re.compile(r"\d\s?[/-](?:(?:19|20)\d\d/)?[a-zđ]{1,9}\d{0,3}[/-][a-zđ]")
_LOWER_CODE = re.compile(
    r"(?P<number>\d(?<![\w/.-]\d)\d{0,5}[a-z]?)\s?(?P<sep>[/-])(?:(?P<year>(?:19|20)\d\d)/)?"
    r"(?P<symbol>[a-zđ]{1,9}\d{0,3}(?:-[a-zđ]{1,9}\d{0,3}){1,2}|[a-zđ]{1,5}/[a-zđ]{2,8})(?![\w/])"
)
_SPACE = re.compile(r"\s+")
_SEPARATOR = re.compile(r"(\s*[-/]\s*(?:\d{1,3}\s*)?(?=\D)|\s+)")
_LEADER = re.compile(r"T[TIl1t]?[gsqepyj9]")
_ASSEMBLY = re.compile(r"(UBTV)?[QO0]H([IlO0-9]{1,2})")


@dataclass(frozen=True, slots=True)
class Code:
    """A code as found: offsets, its parts in canonical form, and whether the symbol was mended."""

    start: int
    end: int
    number: str
    year: int | None
    symbol: str
    separator: str
    mended: bool
    weak: bool = False
    """Typed in small letters ("58/nq-cp") or without the mark behind the number ("84 QĐ/TW"): a
    citation only behind a type word."""


def find_codes(text: str) -> list[Code]:
    """All codes in `text` (with plain hyphens and slashes), in order; whether they are citations is not asked here."""
    found = []
    for match in _CODE.finditer(text):
        dashed = match["party"] is not None
        name = "symbol" if match["symbol"] is not None else "party" if dashed else "spaced"
        raw = _trim(match[name])
        if not raw:
            continue
        symbol, mended = mend_symbol(
            _SEPARATOR.sub(lambda s: "/" if "/" in s[0] else "-" if "-" in s[0] else "", raw)
        )
        year = match["year"] or match["year2"]
        found.append(
            Code(
                start=match.start(),
                end=match.start(name) + len(raw),
                number=_SPACE.sub("", match["number"]),
                year=int(year) if year else None,
                symbol=symbol,
                separator="-" if dashed else "/",
                mended=mended,
            )
        )
    if _LOWER_HINT.search(text):
        found.extend(_lower_codes(text))
    found.extend(_spaced_codes(text))
    found.sort(key=lambda code: code.start)
    return found


def _spaced_codes(text: str) -> list[Code]:
    """Codes with a space where the mark between number and symbol should be ("84 QĐ/TWĐTN", "99 TC/HCSN")."""
    found = []
    for hint in _SPACED_HINT.finditer(text):
        start = hint.start()
        while start and text[start - 1].isdecimal() and hint.start() - start < 5:
            start -= 1
        match = _SPACED_CODE.match(text, start)
        if match is None:
            continue
        raw = _trim(match["symbol"])
        symbol, _ = mend_symbol(_SPACE.sub("", raw))
        if not re.search(r"[-/]", symbol):
            continue
        number, end = _SPACE.sub("", match["number"]), match.start("symbol") + len(raw)
        separator = "-" if "/" in symbol else "/"
        found.append(Code(match.start(), end, number, None, symbol, separator, False, weak=True))
    return found


def _lower_codes(text: str) -> list[Code]:
    found = []
    for match in _LOWER_CODE.finditer(text):
        symbol, _ = mend_symbol(match["symbol"].upper())
        dashed = match["sep"] == "-"
        year = int(match["year"]) if match["year"] else None
        separator = "-" if dashed else "/"
        found.append(
            Code(match.start(), match.end(), match["number"], year, symbol, separator, True, weak=True)
        )
    return found


def _trim(symbol: str) -> str:
    """Cut a symbol where a spaced hyphen is a dash between two phrases ("12/QĐ-UBND - HĐND xã")."""
    known = symbols()
    position = 0
    tight = False
    for groups_before, separator in enumerate(re.finditer(r"\s*[-/]\s*", symbol), start=1):
        before = symbol[position : separator.start()]
        loose = separator[0].startswith((" ", "\n")) and separator[0][-1].isspace()
        after = re.match(r"[^-/\s]+", symbol[separator.end() :])
        if loose:
            word = after[0] if after else ""
            likely = (
                before in known.types
                or (before in known.organs and word in known.units)
                or word in ("CP", "TTg")
            )
            likely = likely or (groups_before == 1 and word in known.units)
            if tight or not likely:
                return symbol[: separator.start()]
        else:
            tight = True
        position = separator.end()
    return symbol.rstrip(".&")


@lru_cache(maxsize=4096)
def mend_symbol(symbol: str) -> tuple[str, bool]:
    """A symbol with the usual reading errors undone, and whether any was.

    Only what the lexicon of symbols bears out is changed: "ND-CP" to "NĐ-CP",
    "QD-UBND" to "QĐ-UBND", "CT-TTs" to "CT-TTg", "QHl5" to "QH15",
    "UBNDKGVX" (a lost hyphen) to "UBND-KGVX".
    """
    known = symbols()
    if symbol in known.mend:
        return known.mend[symbol], True
    groups = re.split(r"([-/])", symbol)
    for index in range(0, len(groups), 2):
        groups[index] = _mend_group(groups[index], first=index == 0, last=index == len(groups) - 1)
    mended = "".join(groups)
    mended = known.mend.get(mended, mended)
    return mended, mended != symbol


def _mend_group(group: str, *, first: bool, last: bool) -> str:
    known = symbols()
    everything = known.types | known.organs | known.units
    if group in everything:
        return group
    if not first and _LEADER.fullmatch(group) and group not in ("Tg", "Ts", "Te"):
        return "TTg"
    assembly = _ASSEMBLY.fullmatch(group)
    if assembly:
        digits = assembly[2].translate(str.maketrans("IlO", "110"))
        return f"{assembly[1] or ''}QH{digits}"
    for misread in ("I", "1"):
        as_t = group.replace(misread, "T")
        if misread in group and as_t in everything:
            return as_t  # "BIC" for "BTC", "T1" for "TT"
    folded = fold(group)
    pools = (known.types, known.organs) if first else (known.organs, known.units)
    for pool in pools:
        same = sorted(name for name in pool if fold(name) == folded)
        if len(same) == 1:
            return same[0]
    if first and last:
        return _part(group)
    return group


def _part(group: str) -> str:
    """Give a lone group its lost hyphen where both halves are known."""
    known = symbols()
    if re.match(rf"(?:CTr|TTr)[{UPPER}]", group):
        return f"{group[:3]}-{group[3:]}"
    for cut in range(len(group) - 2, 1, -1):
        head, tail = group[:cut], group[cut:]
        if head in known.organs and len(head) >= 3 and tail in known.units:
            return f"{head}-{tail}"
        if head in known.types and len(head) >= 2 and len(tail) >= 3 and tail in known.organs:
            return f"{head}-{tail}"
    if group.startswith("UBND") and 2 <= len(group) - 4 <= 5 and group[4:].isalpha():
        return f"UBND-{group[4:]}"
    return group


def well_formed(symbol: str) -> bool:
    """Whether a symbol alone shows that the code is a document's (a known type or organ among its groups)."""
    known = symbols()
    groups = re.split(r"[-/]", symbol)
    if len(groups) == 1:
        return bool(re.fullmatch(r"(?:UBTV)?QH\d{1,2}", symbol)) or symbol in known.issuers
    return groups[0] in known.types or groups[0] in known.organs or groups[1] in known.organs
