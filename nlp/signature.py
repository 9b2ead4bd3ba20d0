"""Who signed, in what authority and position (ô số 7a, 7b; Nghị định 30/2020/NĐ-CP, Phụ lục I).

Authority (quyền hạn): TM. for a collective, KT. for the head, TL. by order,
TUQ. by delegation, Q. acting. Columns may be flattened into the recipients,
the position may be printed before them, and seals and pens cover names: a name
that cannot be read is left unknown.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from nlp.landmarks import CAPITAL, SMALL, is_signature_box
from nlp.lexicon import clan_names, places, surnames, toml
from nlp.normalise import fold, is_syllable, squeeze
from nlp.rows import Row, is_upper, rows
from nlp.types import Evidence, Signer

if TYPE_CHECKING:
    from nlp.reading import Text
    from nlp.sections import Sections

_AUTHORITY = r"(?:t\s?[./]?\s?u\s?[./]?\s?q|t\s?[./]?\s?m|k\s?[./]?\s?t|t\s?[./]?\s?l|q)"
_AUTHORITY_AT = re.compile(rf"(?<!\w)(?P<mark>{_AUTHORITY})(?:\s*[./:,]+\s*|\s+)(?=[a-z])")
_NOISE = " \t.,;:'\"`’‘“”|_~*^=<>«»()[]{}/\\-–—#!?"
_FREQUENT = ("Nguyễn", "Trần", "Phạm", "Huỳnh", "Đặng", "Trịnh", "Trương", "Đoàn", "Dương")
"""Family names so frequent that a misread mark in them is no other name."""
_SHORT = (
    "Lê",
    "Phan",
    "Vũ",
    "Võ",
    "Bùi",
    "Đỗ",
    "Hồ",
    "Ngô",
    "Lý",
    "Hoàng",
    "Cao",
    "Đinh",
    "Mai",
    "Hà",
    "Lương",
)
"""Frequent family names too short or too alike to be mended."""
_RANK = re.compile(
    r"^(?:(?:PGS|GS|TS|ThS|Ths|BS|CKI|CKII|LS|KS|NGƯT|TSKH|Đại tá|Thượng tá|Trung tá|Thiếu tá|Đại úy|Thượng úy"
    r"|Thiếu tướng|Trung tướng|Thượng tướng|Đại tướng|Luật sư|Bác sĩ|Kỹ sư)\s*[.,\s]+\s*)+"
)

_HIGHLAND_WORD = re.compile(rf"[{CAPITAL}](?:['’`´]?[{CAPITAL}]?[{SMALL}]{{1,8}})?")
_CLANS_SPELT_AS_WORDS = ("Nay", "Siu", "Rah", "Rơ")
"""Clans that may be read as Vietnamese words: they open a name only before Y, H' or another clan's name."""
_PREFIXED = re.compile(rf"[HK]['’`´][{CAPITAL}{SMALL}]")


@dataclass(frozen=True, slots=True)
class _Piece:
    """Authority or position in the tail."""

    start: int
    end: int
    text: str
    authority: bool


@cache
def positions() -> dict[str, str]:
    """Positions by their folded form, heads and deputies."""
    data = toml("positions.toml")
    names = [*data["heads"], *data["deputies"].values()]
    names += [f"PHÓ {name}" for name in data["heads"] if name.startswith(("TRƯỞNG", "CHÁNH", "GIÁM", "CHỦ"))]
    return {fold(name): name for name in names}


@cache
def _position_at() -> re.Pattern[str]:
    names = sorted(positions(), key=len, reverse=True)
    return re.compile(r"(?<!\w)(?:" + "|".join(map(re.escape, names)) + r")(?!\w)")


def is_signature_row(row: Row) -> bool:
    """Whether a line is authority or position ("KT. BỘ TRƯỞNG", "CHÁNH VĂN PHÒNG") and nothing else."""
    lead = len(row.text) - len(row.text.lstrip(_NOISE))
    if not is_upper(row.text) or len(row.text) > 90:
        return False
    return bool(_AUTHORITY_AT.match(row.folded, lead) or _position_at().match(row.folded, lead))


def read_signer(text: Text, sections: Sections) -> Signer | None:
    """The signer, or None where neither position nor name can be read."""
    if not sections.is_dispatch or sections.tail is None:
        return None
    start, end = sections.tail
    tail = rows(text.text, start, end)
    pieces = _pieces(tail)
    name = _name(tail, pieces[-1].end) if pieces else None
    if name is None:
        name = _name(tail, start, last=True)
    if not pieces and name is None:
        return None
    authority, position = _authority_and_position(pieces)
    spans = [(piece.start, piece.end) for piece in pieces]
    if name:
        spans.append((name[1], name[2]))
    confidence = 0.9 if name and not name[3] else 0.6
    return Signer(
        authority,
        position,
        name[0] if name else None,
        Evidence(
            min(s for s, _ in spans),
            max(e for _, e in spans),
            "signature.repaired-surname" if name and name[3] else "signature",
            confidence,
        ),
    )


def _pieces(tail: tuple[Row, ...]) -> list[_Piece]:
    """Authority and position phrases in reading order."""
    found: list[_Piece] = []
    for row in tail:
        if is_signature_box(row):
            continue
        at = 0
        while at < len(row.text):
            match = _next(row, at)
            if match is None:
                break
            found.append(match)
            at = match.end - row.start
    return found


def _next(row: Row, at: int) -> _Piece | None:
    """The next phrase in a line from `at`: a mark of authority with its head, or a position."""
    authority = next(
        (m for m in _AUTHORITY_AT.finditer(row.folded, at) if _upper_word(row.text, m.start("mark"))), None
    )
    position = next(
        (m for m in _position_at().finditer(row.folded, at) if row.text[slice(*m.span())].isupper()), None
    )
    if authority and (position is None or authority.start() <= position.start()):
        head = _position_at().match(row.folded, authority.end())
        known = head is not None and row.text[slice(*head.span())].isupper()
        after = head.end() if head and known else authority.end()
        stop = max(after, _upper_run(row, after))
        if stop <= authority.end() + 1:
            return _skip(row, authority.end())
        mark = re.sub(r"[^A-ZĐ]", "", row.text[authority.start("mark") : authority.end("mark")])
        rest = squeeze(row.text[after:stop]).strip(_NOISE)
        if head and known:
            stop = stop if _is_words(rest) else after
            rest = positions()[head.group()] + (f" {rest}" if _is_words(rest) else "")
        return _Piece(row.start + authority.start(), row.start + stop, f"{mark}. {rest}", authority=True)
    if position:
        if position.start() > 0 and not _may_start(row, position.start()):
            return _skip(row, position.end())
        stop = max(position.end(), _upper_run(row, position.end()))
        extra = squeeze(row.text[position.end() : stop]).strip(_NOISE)
        words = positions()[position.group()] + (f" {extra}" if _is_words(extra) else "")
        return _Piece(row.start + position.start(), row.start + stop, words, authority=False)
    return None


def _skip(row: Row, at: int) -> _Piece | None:
    return _next(row, at) if at < len(row.text) else None


def _may_start(row: Row, at: int) -> bool:
    """A position inside a line stands in the right column: after "Nơi nhận:", after an entry's end, after noise."""
    before = _without_noise(row.text[:at])
    if before.endswith((":", ";", ".", "|")) or not any(
        len(w) > 2 and is_syllable(w) for w in before.split()
    ):
        return True
    return is_upper(before)


def _without_noise(before: str) -> str:
    """What stands before a position without the odd marks that a seal leaves right before it."""
    words = before.split()
    while words and not words[-1].endswith((":", ";", ".")) and not is_syllable(words[-1].strip(_NOISE)):
        words.pop()
    return " ".join(words)


def _upper_word(text: str, at: int) -> bool:
    """Whether the letters at `at` are capitals and more capitals follow."""
    rest = re.match(r"[A-ZĐ./\s]{1,4}[.:,/\s]*([^\W\d_]{2,})", text[at:])
    return bool(rest) and text[at].isupper() and rest is not None and rest[1].isupper()


def _upper_run(row: Row, at: int) -> int:
    """Where the run of capitalised words from `at` ends; it stops before the next known position."""
    stop = at
    for match in re.finditer(r"\S+", row.text[at:]):
        word = match.group().strip(_NOISE)
        if word and (not word.isupper() or not (is_syllable(word) or len(word) > 2)):
            break
        if _position_at().match(row.folded, at + match.start()):
            break
        stop = at + match.end()
    return stop


def _is_words(text: str) -> bool:
    words = [word.strip(_NOISE) for word in text.split()]
    return bool(words) and all(is_syllable(word) for word in words if word) and len(text) > 3


def _authority_and_position(pieces: list[_Piece]) -> tuple[str | None, str | None]:
    authority = " ".join(dict.fromkeys(piece.text for piece in pieces if piece.authority)) or None
    plain = [piece.text for piece in pieces if not piece.authority]
    position = plain[-1] if plain else None
    if authority and position:
        head = authority.rsplit(". ", 1)[-1]
        deputies = toml("positions.toml")["deputies"]
        if authority.rsplit(" ", len(head.split()))[0].endswith("KT.") and fold(position) == fold(
            deputies.get(head, "")
        ):
            position = str(deputies[head])
    return authority, position


def _name(tail: tuple[Row, ...], after: int, *, last: bool = False) -> tuple[str, int, int, bool] | None:
    """The signer's name: a line (or the end of one) of a family name and given names.

    Gives name, span and whether the family name was mended.
    """
    found: list[tuple[str, int, int, bool]] = []
    for row in tail:
        if row.end <= after or is_signature_box(row):
            continue
        low = max(0, after - row.start)
        name = name_at_end(row.text[low:])
        if name:
            text, begin, end, mended = name
            found.append((text, row.start + low + begin, row.start + low + end, mended))
    clean = [name for name in found if not name[3]]
    best = clean or found
    return (best[-1] if last else best[0]) if best else None


def name_at_end(line: str) -> tuple[str, int, int, bool] | None:
    """A person's name at the end of a line: name, start, end, and whether its family name was mended.

    >>> name_at_end("- Lưu: VT. Trần Thị Lan")
    ('Trần Thị Lan', 12, 24, False)
    """
    stripped = line.rstrip(" .,'\"`|_~*-–—")
    if line.rstrip().endswith((";", ":")):
        return None
    words = list(re.finditer(r"\S+", stripped))
    if highland := _highland_name(stripped, words):
        return highland
    if central := _central_name(words):
        return central
    run: list[re.Match[str]] = []
    for match in reversed(words):
        word = match.group()
        if _given(word) and len(run) < 5:
            run.insert(0, match)
            continue
        break
    if not run:
        return _capital_name(stripped)
    if (
        len(run) in (3, 4)
        and (again := _mend(run[0].group()))
        and _ends_column(stripped[: run[0].start()].rstrip())
    ):
        name = " ".join([again, *(match.group() for match in run[1:])])
        return name, run[0].start(), run[-1].end(), True
    index = words.index(run[0])
    if index and len(run) in (2, 3, 4):
        family = words[index - 1]
        mended = _mend(family.group())
        if mended and _ends_column(stripped[: family.start()].rstrip()):
            name = " ".join([mended, *(match.group() for match in run)])
            return name, family.start(), run[-1].end(), True
    for size in range(min(len(run), 5), 1, -1):
        part = run[-size:]
        before = stripped[: part[0].start()].rstrip()
        if part[0].group() not in surnames() or not _ends_column(before):
            continue
        name = " ".join(match.group() for match in part)
        if fold(name) in places():
            return None
        return name, part[0].start(), part[-1].end(), False
    return None


def _central_name(words: list[re.Match[str]]) -> tuple[str, int, int, bool] | None:
    """A name of the central highlands alone on its line: A for a man and two syllables ("A Kim Sơn").

    Before a frequent family name an A is a mark of the seal.
    """
    parts = [match.group() for match in words]
    if len(parts) != 3 or parts[0] != "A" or not all(map(_given, parts)):
        return None
    if parts[1] in _FREQUENT or parts[1] in _SHORT:
        return None
    return " ".join(parts), words[0].start(), words[-1].end(), False


def _highland_name(line: str, words: list[re.Match[str]]) -> tuple[str, int, int, bool] | None:
    """A name of one of the highland peoples at the end of a line: "Y Blăng Niê Kdăm", "K'Bríu", "Ksor H'Nham".

    Its words need not be Vietnamese syllables, so a clan's name or K', H' must vouch for it.
    """
    run: list[re.Match[str]] = []
    for match in reversed(words):
        if len(run) == 5 or not _HIGHLAND_WORD.fullmatch(match.group()):
            break
        run.insert(0, match)
    while run:
        parts = [match.group() for match in run]
        after_clan = len(parts) == 3 and parts[1] == "Y" and parts[0] in _CLANS_SPELT_AS_WORDS
        vouched = after_clan or any(part in clan_names() or _PREFIXED.match(part) for part in parts)
        if not vouched:
            return None
        opens = (
            after_clan
            or parts[0] in clan_names()
            or parts[0] in surnames()
            or parts[0] in ("Y", "H", "A", *_CLANS_SPELT_AS_WORDS)
        )
        long_enough = len(parts) > 1 or _PREFIXED.match(parts[0])
        if (
            (opens or _PREFIXED.match(parts[0]))
            and long_enough
            and _ends_column(line[: run[0].start()].rstrip())
        ):
            return " ".join(parts), run[0].start(), run[-1].end(), False
        run.pop(0)
    return None


def _capital_name(line: str) -> tuple[str, int, int, bool] | None:
    """A name printed in capitals alone on its line."""
    words = line.split()
    begin = len(line) - len(line.lstrip())
    titled = [word.capitalize() for word in words]
    if (
        3 <= len(words) <= 5
        and all(word.isupper() and is_syllable(word) for word in words)
        and titled[0] in surnames()
        and not _position_at().search(fold(line))
    ):
        return " ".join(titled), begin, len(line), False
    return None


def _given(word: str) -> bool:
    """Whether a word may be part of a person's name."""
    return (
        word[:1].isupper()
        and (word[1:].islower() or (len(word) == 1 and word in "AYÝ"))
        and is_syllable(word)
    )


def _ends_column(before: str) -> bool:
    """Whether what stands before a name on its line is another column, a rank or noise."""
    if not before:
        return True
    if _RANK.fullmatch(before + " "):
        return True
    if before.endswith((";", ".")) or is_upper(before):
        return True
    return not any(len(word) > 2 and is_syllable(word.strip(_NOISE)) for word in before.split())


def _mend(word: str) -> str | None:
    """The family name that a damaged word stands for, where only one is near."""
    from rapidfuzz.distance import Levenshtein

    folded = fold(word.strip(_NOISE))
    if is_syllable(word):
        same = [name for name in _FREQUENT if fold(name) == folded]
        return same[0] if same and word not in surnames() and word[:1].isupper() else None
    if len(word) < 5:
        return None
    near = {
        name
        for name in surnames()
        if len(name) >= 5 and Levenshtein.distance(folded, fold(name), score_cutoff=2) <= 2
    }
    return near.pop() if len(near) == 1 else None
