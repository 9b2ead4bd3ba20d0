"""What a letter says twice must agree: checks of the genre, each with the reason it gives.

The symbol's last part names the unit that drafted the letter, which is also in
"Lưu: VT, …" (Nghị định 30/2020/NĐ-CP, Phụ lục I, mục II.3 and II.9); who signs
"KT." a head is that head's deputy (mục II.7); nothing cites what was issued
later. A check either proves what stands on the page or asks a person.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING

from nlp.lexicon import toml
from nlp.normalise import fold, plain_tone
from nlp.types import Correction, Evidence, Field, Header, Reference, Signer

if TYPE_CHECKING:
    from nlp.sections import Sections

_ARCHIVE = re.compile(r"(?<!\w)[Ll][ưu]u\s*:?\s*(?P<units>[^\n;]{2,80})")
_UNIT = re.compile(r"(?<![\w/])[A-ZĐƯÔƠÂÊĂ][A-Za-zĐđƯ&]{1,11}\d?(?!\w)")
_GROUP = re.compile(r"[^\W\d_][\w&.]*")
_SYMBOL = re.compile(r"/\s?(?P<symbol>[^\W\d_][\w&]*(?:\s?[-–]\s?[^\W\d_][\w&]*)*)")
_CLERKS = frozenset(("vt", "vp", "hc"))
_BEFORE_HEAD = re.compile(r"^(?:KT|TL|TUQ|Q)\. ")


@dataclass(frozen=True, slots=True)
class Checked:
    """The header with what the checks proved, all corrections in order of the text, and what to ask a person."""

    header: Header
    corrections: tuple[Correction, ...]
    warnings: tuple[str, ...]


def check(
    read: str,
    sections: Sections,
    header: Header,
    signer: Signer | None,
    references: Sequence[Reference],
    words: Sequence[Correction],
) -> Checked:
    """All checks of one letter; `read` is the reading, `words` the corrections made before."""
    by_archive, doubts = check_symbol(read, header, sections)
    found = [*by_archive, *check_signature(read, signer), *check_mentions(read, references)]
    taken = [(each.start, each.end) for each in found]
    kept = [each for each in words if not any(a < each.end and each.start < b for a, b in taken)]
    issued_on = date.fromisoformat(header.issued_on.value) if header.issued_on else None
    warnings = (
        *doubts,
        *signature_warnings(header, signer),
        *citation_warnings(references, issued_on),
    )
    proved = next((c for c in by_archive if c.applied and header.symbol and header.symbol.value.endswith(c.read)), None)
    if header.symbol and proved:
        value = header.symbol.value.removesuffix(proved.read) + proved.proposed
        evidence = replace(header.symbol.evidence, rule=header.symbol.evidence.rule + ".archive")
        header = replace(header, symbol=Field(value, evidence))
    unique = {(each.start, each.end): each for each in (*kept, *found)}
    return Checked(header, tuple(unique[span] for span in sorted(unique)), warnings)


def check_signature(text: str, signer: Signer | None) -> Iterator[Correction]:
    """Position and authority as they stand on the page, where they were read with other marks."""
    if signer is None:
        return
    window = text[signer.evidence.start : signer.evidence.end]
    for words, reason in _signature_words(signer):
        at = fold(window).find(fold(words))
        if at < 0:
            continue
        for piece in re.finditer(r"\S+", words):
            start = signer.evidence.start + at + piece.start()
            read = text[start : start + len(piece.group())]
            if read.isupper() and plain_tone(read) != plain_tone(piece.group()) and read.isalpha():
                yield Correction(
                    read, piece.group(), reason, Evidence(start, start + len(read), "repair.signature", 0.97)
                )


def _signature_words(signer: Signer) -> Iterator[tuple[str, str]]:
    heads = toml("positions.toml")["deputies"]
    if signer.authority:
        yield _BEFORE_HEAD.sub("", signer.authority), "chức vụ người đứng đầu ghi như vậy"
    if signer.position:
        head = _BEFORE_HEAD.sub("", signer.authority or "")
        under = (signer.authority or "").startswith("KT. ") and heads.get(head) == signer.position
        reason = f"dưới “{signer.authority}” là cấp phó: “{signer.position}”" if under else "chức vụ ghi như vậy"
        yield signer.position, reason


def signature_warnings(header: Header, signer: Signer | None) -> Iterator[str]:
    """Whether the head for whom the letter is signed heads the body that issues it."""
    if header.issuer is None or signer is None or not signer.authority:
        return
    match = re.match(r"(?:KT|TL|TUQ)\. (?P<head>.+?)(?: (?:KT|TL|TUQ)\. .*)?$", signer.authority)
    expected = next(
        (
            entry["heads"]
            for entry in toml("repair/issuer_heads.toml")["issuer"]
            if fold(header.issuer.value).startswith(fold(entry["opens"]) + " ")
        ),
        None,
    )
    if match and expected and not any(fold(match["head"]).startswith(fold(head)) for head in expected):
        yield (
            f"ký “{signer.authority}” nhưng cơ quan ban hành là {header.issuer.value} – cần kiểm tra"
        )


def check_symbol(text: str, header: Header, sections: Sections) -> tuple[tuple[Correction, ...], tuple[str, ...]]:
    """The symbol as printed against the value, and its unit against "Lưu: VT, …": corrections and warnings.

    A unit that differs in marks only (D for Đ) is proved by the archive's line;
    one that differs in a letter has two readings, and a person must look.
    """
    if header.symbol is None:
        return (), ()
    mended = tuple(_mended_groups(text, header.symbol))
    unit = re.split(r"[-–/]", header.symbol.value)[-1]
    doubtful = [each for each in mended if fold(each.read) != fold(each.proposed)]
    if doubtful:
        return mended, tuple(f"ký hiệu {header.symbol.value}: {each.reason} – cần kiểm tra" for each in doubtful)
    archive = _ARCHIVE.search(text, sections.tail.start, sections.tail.end) if sections.tail else None
    place = _span(text, header.symbol, unit)
    if archive is None or place is None or len(unit) < 2 or unit == header.symbol.value:
        return mended, ()
    units = [each for each in _UNIT.findall(archive["units"]) if fold(each) not in _CLERKS]
    if unit in units:
        return mended, ()
    other = next((each for each in units if fold(each) == fold(unit)), None)
    if other is not None and _marks(other) > _marks(unit):
        reason = f"nơi lưu ghi “{other}”"
        return (*mended, Correction(unit, other, reason, Evidence(*place, "repair.archive", 0.95))), ()
    other = next((each for each in units if len(unit) > 2 and _one_letter(fold(each), fold(unit))), None)
    if other is None:
        return mended, ()
    reason = _two_readings(unit, other)
    doubt = Correction(unit, other, reason, Evidence(*place, "repair.archive-doubt", 0.6), applied=False)
    return (*mended, doubt), (f"ký hiệu {header.symbol.value}: {reason} – cần kiểm tra",)


def _mended_groups(text: str, symbol: Field) -> Iterator[Correction]:
    """The parts of the symbol whose value is not what was read."""
    span = (symbol.evidence.start, symbol.evidence.end)
    printed = list(_GROUP.finditer(text, *span))
    groups = _GROUP.findall(symbol.value)
    if len(printed) != len(groups):
        return
    for match, value in zip(printed, groups, strict=True):
        if match.group() == value or len(match.group()) != len(value):
            continue
        by_archive = symbol.evidence.rule.endswith("archive-line") and value == groups[-1]
        reason = _two_readings(match.group(), value) if by_archive else f"chữ viết tắt là “{value}”"
        rule = "repair.archive" if by_archive else "repair.symbol"
        yield Correction(match.group(), value, reason, Evidence(*match.span(), rule, symbol.evidence.confidence))


def _two_readings(read: str, other: str) -> str:
    return f"hai cách đọc: {read} / {other}, nơi lưu ghi {other}"


def _span(text: str, symbol: Field, unit: str) -> tuple[int, int] | None:
    """Where the unit's letters stand in the symbol as printed."""
    at = text.rfind(unit, symbol.evidence.start, symbol.evidence.end)
    return None if at < 0 else (at, at + len(unit))


def _marks(word: str) -> int:
    return sum(char not in "abcdefghijklmnopqrstuvwxyz" for char in word.lower() if char.isalpha())


def _one_letter(left: str, right: str) -> bool:
    return len(left) == len(right) and sum(a != b for a, b in zip(left, right, strict=True)) == 1


def citation_warnings(references: Sequence[Reference], issued_on: date | None) -> Iterator[str]:
    """Citations of something dated after the letter itself: one of the two days is misread or misprinted."""
    if issued_on is None:
        return
    for each in references:
        name = " ".join(filter(None, (each.type, each.code or each.title))) or each.raw
        if each.date is not None and each.date > issued_on:
            yield f"viện dẫn {name} ghi ngày {each.date:%d/%m/%Y}, sau ngày ban hành – cần kiểm tra"
        elif each.date is None and each.year is not None and each.year > issued_on.year:
            yield f"viện dẫn {name} có năm {each.year}, sau năm ban hành – cần kiểm tra"


def check_mentions(text: str, references: Sequence[Reference]) -> Iterator[Correction]:
    """Symbols of citations as printed, where the value is another by the lexicon or by a second mention."""
    for reference in references:
        if not reference.symbol or not reference.number:
            continue
        for mention in reference.mentions:
            printed = _SYMBOL.search(text, mention.start, mention.end)
            if printed is None or printed["symbol"] == reference.symbol:
                continue
            read = printed["symbol"]
            if len(read) != len(reference.symbol) or re.sub(r"[–\s]", "-", read) == reference.symbol:
                continue
            if fold(read) != fold(reference.symbol) and not _one_letter(fold(read), fold(reference.symbol)):
                continue
            span = printed.span("symbol")
            reason = f"ký hiệu của {reference.type or 'văn bản'} số {reference.number} là “{reference.symbol}”"
            yield Correction(read, reference.symbol, reason, Evidence(*span, "repair.citation", 0.95))
