"""Analysis of Vietnamese for the index, in Python and the same for both engines.

A text becomes streams of tokens joined by spaces. Tokens hold only digits, Latin and Vietnamese
letters and "_", so every tokenizer cuts the streams at the spaces and nowhere
else. The *exact* stream keeps diacritics; the *folded* one drops them (đ gives
d), so "khuyen cong" finds "khuyến công". What is only a habit of spelling is made one in
both: tone placing (hoá, hóa), i and y (quí, quý; kĩ, kỹ), zeros before numbers (05, 5).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice
from typing import NamedTuple

from nlp.normalise import clean_char, nfc, plain_tone
from nlp.numbers import fold, symbol_key
from search.types import Document, Number

ANALYSIS_VERSION = "1"
"""Grows when the streams change: an index built by another version must be rebuilt."""

MAX_TOKEN = 48
MAX_AGENCY = 300
"""Longest name of an agency that is kept, in characters."""

EDGE_OPEN = "zopen"
EDGE_CLOSE = "zclose"
"""Tokens round each agency's name, so that a whole name can be asked for."""

_TIDY = {
    code: clean_char(chr(code))
    for code in (*range(0x3001), 0xFEFF, 0xFF0F)
    if clean_char(chr(code)) != chr(code)
}
_TIDY |= dict.fromkeys(range(0xD800, 0xE000), "\ufffd")  # lone surrogates cannot be written as UTF-8
_TIDY |= {code: " " for code in range(0x20) if chr(code) not in "\n"}
_TIDY[0] = ""
_UNTIDY = re.compile(f"[{re.escape(''.join(map(chr, _TIDY)))}]")
_TOKEN = re.compile(r"[^\W_]+")
_SAFE = re.compile(r"[0-9a-zđ]+")
_I_OR_Y = re.compile(r"(?:[hklmst]|qu)i")
_I_TO_Y = str.maketrans("iìíỉĩị", "yỳýỷỹỵ")


class Token(NamedTuple):
    """One syllable, number or abbreviation of a text with its place and both its forms."""

    start: int
    end: int
    exact: str
    folded: str


def tidy(text: str) -> str:
    """The text as the index keeps and shows it: NFC, plain spaces and hyphens, no control characters."""
    text = nfc(text)
    return text.translate(_TIDY) if _UNTIDY.search(text) else text


@lru_cache(maxsize=65536)
def forms(word: str) -> tuple[str, str]:
    """The exact and the folded form of one word of a tidy text.

    >>> forms("Uỷ"), forms("Quí"), forms("05")
    (('ủy', 'uy'), ('quý', 'quy'), ('5', '5'))
    """
    exact = plain_tone(word.lower())[:MAX_TOKEN]
    if exact.isascii() and exact.isdigit():
        exact = exact.lstrip("0") or "0"
    folded = fold(exact)
    if not _SAFE.fullmatch(folded):
        coded = "zu" + exact.encode("utf-8", "replace").hex()[: MAX_TOKEN * 4]
        return coded, coded
    if _I_OR_Y.fullmatch(folded):
        exact = exact[:-1] + exact[-1].translate(_I_TO_Y)
        folded = folded[:-1] + "y"
    return exact, folded


def tokens(text: str) -> list[Token]:
    """The tokens of a tidy text in order."""
    return [Token(match.start(), match.end(), *forms(match.group())) for match in _TOKEN.finditer(text)]


@lru_cache(maxsize=65536)
def _piece(piece: str) -> tuple[tuple[str, str], ...]:
    """The forms of the tokens in what stands between two spaces: most pieces come again and again."""
    return tuple(map(forms, _TOKEN.findall(piece)))


def places_in(text: str, count: int | None = None) -> list[tuple[int, int]]:
    """Where the tokens of a tidy text stand; only the first `count` where that is given."""
    return [match.span() for match in islice(_TOKEN.finditer(text), count)]


class _Known(dict[str, str]):
    """What was made of a piece of text, made when it is first met; emptied when it is full. A look costs half of one into an `lru_cache`."""

    def __init__(self, make: Callable[[str], str]) -> None:
        super().__init__()
        self._make = make

    def __missing__(self, piece: str) -> str:
        if len(self) >= _MOST_KNOWN:
            self.clear()
        made = self[piece] = self._make(piece)
        return made


_MOST_KNOWN = 65536
_EXACT = _Known(lambda piece: " ".join([exact for exact, _ in _piece(piece)]))
_FOLDED = _Known(lambda piece: " ".join([folded for _, folded in _piece(piece)]))


def exact_stream(text: str) -> str:
    """The exact forms of a tidy text's tokens. Every word of every page comes by here: it must be quick."""
    return _joined(text.split(), _EXACT)


def folded_stream(text: str) -> str:
    """The folded forms of a tidy text's tokens, one for each of the exact stream."""
    return _joined(text.split(), _FOLDED)


def _joined(pieces: list[str], known: _Known) -> str:
    return " ".join(filter(None, map(known.__getitem__, pieces)))


Segment = Callable[[str], Iterable[str]]
"""Cuts a text into words, a word of several syllables holding spaces ("khuyến công")."""


def vietnamese_words(text: str) -> list[str]:
    """Words of a text by `nlp.words` (underthesea), which is loaded at first use."""
    from nlp.words import words

    return [word for word, _, _ in words(text)]


def word_tokens(text: str, segment: Segment) -> list[str]:
    """The words of more than one syllable, as tokens: "cơ sở" gives "cơ_sở"."""
    return [*filter(None, map(_WORDS.__getitem__, segment(text)))]


def _word_token(word: str) -> str:
    """A word as one token; empty for a word of one syllable."""
    parts = [forms(part)[0] for part in _TOKEN.findall(word)]
    return "_".join(parts)[: MAX_TOKEN * 4] if len(parts) > 1 else ""


_WORDS = _Known(_word_token)


def agency_tokens(name: str) -> list[str]:
    """A name's folded tokens."""
    return [token.folded for token in tokens(tidy(name[:MAX_AGENCY]))]


@lru_cache(maxsize=8192)
def _agency_stream(name: str) -> str:
    return " ".join((EDGE_OPEN, *agency_tokens(name), EDGE_CLOSE))


_UNSAFE = re.compile(r"[^0-9a-z]")
_GROUPS = re.compile(r"[-/\s.]+")


def _number_token(number: str, year: int | None, symbol: str | None, kind: str | None) -> str:
    parts = ["k", number]
    for mark, value in (("zy", str(year) if year else ""), ("zs", symbol), ("zt", kind)):
        if value:
            parts += [mark, value]
    return "".join(parts)


def _number_parts(number: Number) -> tuple[str, str | None]:
    plain = _UNSAFE.sub("", fold(number.number)).lstrip("0") or "0"
    kind = _UNSAFE.sub("", fold(number.type)) if number.type else None
    return plain[:MAX_TOKEN], kind


def number_tokens(number: Number) -> list[str]:
    """Every way to ask for a document by its number, each as one token.

    With and without the year, the symbol up to each of its groups, the type
    instead of the symbol: 45/2012/NĐ-CP answers to "45/2012", "45/NĐ-CP",
    "45/2012/NĐ", "nghị định 45/2012" and "số 45".
    """
    plain, kind = _number_parts(number)
    groups = [group for group in _GROUPS.split(number.symbol or "") if group]
    symbols = ["-".join(groups[: count + 1]) for count in range(len(groups))]
    keys: list[str | None] = [None, *(_UNSAFE.sub("", symbol_key(symbol))[:MAX_TOKEN] for symbol in symbols)]
    years = [None] if number.year is None else [None, number.year]
    found = [_number_token(plain, year, key, None) for year in years for key in keys]
    found += [_number_token(plain, year, None, kind or "unknown") for year in years]
    return list(dict.fromkeys(found))


@lru_cache(maxsize=8192)
def _number_stream(numbers: tuple[Number, ...]) -> str:
    # A letter's citations come again with each of its tasks.
    return " ".join(dict.fromkeys(token for number in numbers for token in number_tokens(number)))


def asked_tokens(number: Number) -> list[str]:
    """Tokens of which a document has at least one when it has the number asked for."""
    plain, kind = _number_parts(number)
    if number.symbol:
        return [
            _number_token(plain, number.year, _UNSAFE.sub("", symbol_key(number.symbol))[:MAX_TOKEN], None)
        ]
    if kind:
        return [
            _number_token(plain, number.year, None, kind),
            _number_token(plain, number.year, None, "unknown"),
        ]
    return [_number_token(plain, number.year, None, None)]


@dataclass(frozen=True, slots=True)
class Streams:
    """A document's token streams, one per field of the index, tokens joined by spaces."""

    title_exact: str
    title_folded: str
    body_exact: str
    body_folded: str
    words: str
    agency: str
    numbers: str
    cited: str


@dataclass(frozen=True, slots=True)
class Analysis:
    """How texts become streams. `segment` finds the words; without it there are only syllables.

    Words are sought in the title and the first `word_characters` of the body:
    segmenting is by far the dearest step and words only refine the order of hits.
    """

    segment: Segment | None = vietnamese_words
    word_characters: int = 2000

    def streams(self, document: Document) -> Streams:
        """The streams of a document whose texts are tidy."""
        body = "\n".join([page.text for page in document.pages])
        title_pieces, pieces = document.title.split(), body.split()
        head = " ".join([page.text for page in document.pages])[: self.word_characters]
        return Streams(
            title_exact=_joined(title_pieces, _EXACT),
            title_folded=_joined(title_pieces, _FOLDED),
            body_exact=_joined(pieces, _EXACT),
            body_folded=_joined(pieces, _FOLDED),
            words=" ".join(self.words(f"{document.title}\n{head}")),
            agency=" ".join(map(_agency_stream, document.agencies)),
            numbers=_number_stream(document.numbers),
            cited=_number_stream(document.cited),
        )

    def words(self, text: str) -> list[str]:
        """The word tokens of a text; none without a segmenter."""
        return word_tokens(text, self.segment) if self.segment else []
