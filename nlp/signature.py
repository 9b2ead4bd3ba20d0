"""Who signed, in what authority and position (ô số 7a, 7b; Nghị định 30/2020/NĐ-CP, Phụ lục I).

Authority (quyền hạn): TM. for a collective, KT. for the head, TL. by order,
TUQ. by delegation, Q. acting. Columns may be flattened into the recipients,
the position may be printed before them, and seals and pens cover names: a name
that cannot be read is left unknown.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from nlp.landmarks import is_signature_box
from nlp.lexicon import toml
from nlp.normalise import fold, is_syllable, squeeze
from nlp.persons import NOISE, given_names, name_alone, name_at_end, spelled_name
from nlp.positions import position_at, spelled
from nlp.rows import CAPITAL, Row, is_upper, rows
from nlp.types import Evidence, Signer

if TYPE_CHECKING:
    from nlp.reading import Text
    from nlp.sections import Sections

_AUTHORITY = r"(?:t\s?[./]?\s?u\s?[./]?\s?q|t\s?[./]?\s?m|k\s?[./]?\s?t|t\s?[./]?\s?l|q)"
_AUTHORITY_AT = re.compile(rf"(?<!\w)(?P<mark>{_AUTHORITY})(?:\s*[./:,]+\s*|\s+)(?=[a-z])")


_SIGNED = re.compile(
    r"[(\[\s]*(?:da ky(?:\s+(?:ten|va dong dau|ten,? dong dau|, dong dau))?|da duyet|signed)[)\]\s.]*"
)
"""What stands for the signature in copies: "(đã ký)"."""
_ORDINARY_AUTHORITY = re.compile(
    rf"(?:TUQ|T/?M|K/?T|T/?L|Q)\s*[./]\s*(?=[{CAPITAL}])|(?:TM|KT|TL)\s+(?=[{CAPITAL}])"
)
_LABEL = re.compile(r"^nguoi ky(?: van ban)?\s*:\s*")
_HEAD_MARK = re.compile(
    r"(?:(?P<short>(?:KT|TL|TM)[A-ZĐ]{2,3})\s*[,;]\s*(?P<position>[A-ZĐ]{2,4})\s)|(?:TUQ|T/?M|K/?T|T/?L)\s*[./]\s*[A-ZĐ]"
)
"""Authority at the start of a line, also in short: "KTBT, TT …"."""
_AND = re.compile(r"(?:\bva|&|,)\s+$")
""" "Cục QLGSKT và KT, DNNN": the letters are a part of a body's name."""
_DEPUTY = re.compile(r"p\s*\.\s*(?=[a-z])")
"""The short form of "Phó": "P. Giám đốc"."""


@dataclass(frozen=True, slots=True)
class _Piece:
    """Authority or position in the tail."""

    start: int
    end: int
    text: str
    authority: bool


def is_signature_row(row: Row) -> bool:
    """Whether a line is authority or position ("KT. BỘ TRƯỞNG", "CHÁNH VĂN PHÒNG") and nothing else."""
    lead = len(row.text) - len(row.text.lstrip(NOISE))
    if not is_upper(row.text) or len(row.text) > 90:
        return False
    return bool(_AUTHORITY_AT.match(row.folded, lead) or position_at().match(row.folded, lead))


def signature_rows(lines: tuple[Row, ...]) -> tuple[bool, ...]:
    """For each line whether it holds authority or position and nothing else.

    In ordinary letters ("Phó Chủ tịch") it counts only near the end, with a name below it.
    """
    return tuple(
        is_signature_row(row) or bool(_SIGNED.fullmatch(row.folded)) or _position_over_name(lines, i)
        for i, row in enumerate(lines)
    )


def position_with_name(row: Row) -> bool:
    """Whether a line is a position in capitals and, behind it, the name of who holds it: "CHỦ TỊCH     Nguyễn Văn Bình"."""
    match = position_at().match(row.folded)
    name = name_at_end(row.text)
    if name and not name[3] and _AUTHORITY_AT.match(row.folded) and is_upper(row.text[: name[1]]) and len(row.text) < 120:
        return name_alone(row.text[name[1] :]) is not None  # "KT. GIÁM ĐỐC PHÓ GIÁM ĐỐC Nguyễn Văn Bình"
    if match is None or not is_upper(row.text[: match.end()]):
        return False
    return name is not None and not name[3] and not row.text[match.end() : name[1]].strip() and name_alone(row.text[name[1] :]) is not None


def _position_over_name(lines: tuple[Row, ...], index: int) -> bool:
    """Whether a line in ordinary letters is a position (or a mark of authority) and the signer's name follows it."""
    row = lines[index]
    if not _ordinary_position(row):
        return False
    for below in lines[index + 1 : index + 5]:
        if _SIGNED.fullmatch(below.folded):
            return True
        if name_at_end(below.text):
            return name_alone(below.text) is not None
        if not (is_signature_row(below) or _ordinary_position(below) or len(below.text) < 4):
            return False
    return False


def _ordinary_position(row: Row) -> bool:
    """Whether a line in ordinary letters reads as authority or position: "KT. Chủ tịch", "Bộ trưởng Bộ Y tế"."""
    if not row.text[:1].isupper() or len(row.text) > 60 or re.search(r"[.,;:!?]$|\d", row.text):
        return False
    if _ORDINARY_AUTHORITY.match(row.text):
        return True
    match = position_at().match(row.folded) or _DEPUTY.match(row.folded)
    if match is None:
        return False
    rest = row.text[match.end() :].split()
    return not rest or (len(rest) <= 8 and (rest[0][:1].isupper() or rest[0] in ("phụ", "thường")))


def read_signer(text: Text, sections: Sections) -> Signer | None:
    """The signer, or None where neither position nor name can be read."""
    if not sections.is_dispatch:
        return None
    found = _in_tail(text, sections)
    return found if found and found.name else _in_head(text, sections) or found


def _in_tail(text: Text, sections: Sections) -> Signer | None:
    """The signer under the body."""
    if sections.tail is None:
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
        spelled_name(name[0]) if name else None,
        Evidence(
            min(s for s, _ in spans),
            max(e for _, e in spans),
            "signature.repaired-surname" if name and name[3] else "signature",
            confidence,
        ),
    )


def _in_head(text: Text, sections: Sections) -> Signer | None:
    """The signer that a page names above the body: "Người ký: …", "KT. BỘ TRƯỞNG THỨ TRƯỞNG - …"."""
    top = rows(text.text, 0, min(len(text.text), sections.body.start + 200))[:20]
    for index, row in enumerate(top):
        label = _LABEL.match(row.folded)
        if label:
            named = row.text[label.end() :] or (top[index + 1].text if index + 1 < len(top) else "")
            name, _, position = (
                re.split(r"(\s[-–]\s|,\s)", named, maxsplit=1)
                if re.search(r"\s[-–]\s|,\s", named)
                else (named, "", "")
            )
            span = Evidence(row.start, text.text.index(named, row.start) + len(named), "signature.label", 0.8)
            if (read := name_at_end(name)) and read[1] == 0:
                return Signer(None, squeeze(position).strip(NOISE) or None, read[0], span)
    for row in top[:4]:
        mark = _HEAD_MARK.match(row.text)
        if not mark or row.start >= sections.body.start:
            continue
        shown = row.text.split(" Theo ")[0]
        name = name_at_end(shown)
        if name:
            span = Evidence(row.start, row.start + name[2], "signature.head", 0.7)
            if mark["short"]:
                return Signer(mark["short"], mark["position"], name[0], span)
            return Signer(*_authority_and_position(_pieces((row,))), name[0], span)
    return None


def _pieces(tail: tuple[Row, ...]) -> list[_Piece]:
    """Authority and position phrases in reading order."""
    found: list[_Piece] = []
    under_authority = False
    for row, signs in zip(tail, signature_rows(tail), strict=True):
        if is_signature_box(row):
            continue
        if found and _complete(row, found):
            break
        before = len(found)
        if _SIGNED.fullmatch(row.folded):
            continue
        if signs and not is_upper(row.text):
            found.append(_ordinary(row))
        elif under_authority and row.folded.startswith("pho ") and is_upper(row.text):
            found.append(_Piece(row.start, row.end, squeeze(row.text).strip(NOISE), authority=False))
            under_authority = False
            continue
        under_authority = len(found) > before and found[-1].authority
        at = len(row.text) if len(found) > before else 0
        while at < len(row.text):
            match = _next(row, at)
            if match is None:
                break
            found.append(match)
            at = match.end - row.start
        under_authority = under_authority or (len(found) > before and found[-1].authority)
    return found


def _complete(row: Row, found: list[_Piece]) -> bool:
    """Whether the name of the signer whose position was found stands here: what follows belongs to another signer."""
    name = name_alone(row.text)
    return (
        name is not None
        and not name[3]
        and any(not piece.authority for piece in found)
        and not row.folded.startswith("pho ")
    )


def _ordinary(row: Row) -> _Piece:
    """A line in ordinary letters as authority or position."""
    words = squeeze(row.text).strip(NOISE)
    match = _ORDINARY_AUTHORITY.match(words)
    if match:
        mark = re.sub(r"[^A-ZĐ]", "", match.group())
        return _Piece(row.start, row.end, f"{mark}. {words[match.end() :]}", authority=True)
    return _Piece(row.start, row.end, words, authority=False)


def _next(row: Row, at: int) -> _Piece | None:
    """The next phrase in a line from `at`: a mark of authority with its head, or a position."""
    authority = next(
        (m for m in _AUTHORITY_AT.finditer(row.folded, at) if _upper_word(row.text, m.start("mark")) and not _AND.search(row.folded, max(0, m.start("mark") - 6), m.start("mark"))), None
    )
    position = next(
        (m for m in position_at().finditer(row.folded, at) if row.text[slice(*m.span())].isupper()), None
    )
    if authority and (position is None or authority.start() <= position.start()):
        head = position_at().match(row.folded, authority.end())
        known = head is not None and row.text[slice(*head.span())].isupper()
        after = head.end() if head and known else authority.end()
        stop = max(after, _upper_run(row, after))
        if stop <= authority.end() + 1:
            return _skip(row, authority.end())
        mark = re.sub(r"[^A-ZĐ]", "", row.text[authority.start("mark") : authority.end("mark")])
        rest = squeeze(row.text[after:stop]).strip(NOISE)
        if head and known:
            stop = stop if _is_words(rest) else after
            rest = spelled(row.text[slice(*head.span())]) + (f" {rest}" if _is_words(rest) else "")
        return _Piece(row.start + authority.start(), row.start + stop, f"{mark}. {rest}", authority=True)
    if position:
        behind = at > 0 and not row.text[at : position.start()].strip(NOISE)
        if position.start() > 0 and not behind and not _may_start(row, position.start()):
            return _skip(row, position.end())
        stop = max(position.end(), _upper_run(row, position.end()))
        extra = squeeze(row.text[position.end() : stop]).strip(NOISE)
        words = spelled(row.text[slice(*position.span())]) + (f" {extra}" if _is_words(extra) else "")
        short = re.search(r"(?:^|(?<=[\s.;:]))P\s*\.\s*$", row.text[: position.start()])
        words = f"P. {words}" if short else words
        return _Piece(row.start + (short or position).start(), row.start + stop, words, authority=False)
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
    while words and not words[-1].endswith((":", ";", ".")) and not is_syllable(words[-1].strip(NOISE)):
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
        word = match.group().strip(NOISE)
        if word and (not word.isupper() or not (is_syllable(word) or len(word) > 2)):
            break
        of_body = row.folded[at : at + match.start()].rstrip().endswith("hoi dong")  # "HỘI ĐỒNG BỘ TRƯỞNG"
        if position_at().match(row.folded, at + match.start()) and not of_body:
            break
        stop = at + match.end()
    return stop


def _is_words(text: str) -> bool:
    words = [word.strip(NOISE) for word in text.split()]
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
    if not found and not last:
        return _name_by_place(tail, after)
    clean = [name for name in found if not name[3]]
    best = clean or found
    return (best[-1] if last else best[0]) if best else None


def _name_by_place(tail: tuple[Row, ...], after: int) -> tuple[str, int, int, bool] | None:
    """A name whose first word is no family name (a pen name): alone on the last line, under the position."""
    below = [row for row in tail if row.start >= after and not _SIGNED.fullmatch(row.folded)]
    if len(below) != 1 or not given_names(below[0].text):
        return None
    return below[0].text, below[0].start, below[0].end, False
