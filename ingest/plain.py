"""Plain text files to one page per form feed: encoding found, light mark-up taken off."""

from __future__ import annotations

import contextlib
import html
import re
import time
import unicodedata
from collections.abc import Callable
from pathlib import Path

from ingest import failures, legacy
from ingest.indent import laid_lines
from ingest.markup import unmarked
from ingest.types import Limits, Line, Page

Progress = Callable[[int, int], None]

_WIDTH, _HEIGHT = 595.28, 841.89
PAGE_LETTERS = 5000
"""Characters of one page of a text that has no fixed pages: a full A4 page of a letter has some 3,500."""
_TAG = re.compile(
    r"</?(?:b|i|u|em|strong|p|br|span|div|font|sup|sub|center|h[1-6]|td|tr|table|tbody|th|ul|ol|li|a)\b[^<>]{0,200}>",
    re.IGNORECASE,
)
_BOLD = re.compile(r"\*\*|__(?=\S)|(?<=\S)__")
_LETTER_MARKS = re.compile(
    r"[àáảãạăằắẳẵặâầấẩẫậèéẻẽẹêềếểễệìíỉĩịòóỏõọôồốổỗộơờớởỡợùúủũụưừứửữựỳýỷỹỵđ]", re.IGNORECASE
)


def read_text(
    path: Path, *, name: str, limits: Limits, progress: Progress | None, spent: dict[str, float]
) -> tuple[Page, ...]:
    """The pages of a text file, parted by form feeds. Raises `BadFile` for text in no language."""
    started = time.perf_counter()
    if progress:
        progress(0, 1)
    text, note = decode(path.read_bytes(), name)
    pieces = text.split("\f")
    while len(pieces) > 1 and not pieces[-1].strip():
        pieces.pop()
    refuse_book(name, max(len(pieces), -(-len(text) // PAGE_LETTERS)), limits)
    pages = tuple(
        Page(number, _WIDTH, _HEIGHT, lines_of(piece), "text", notes=(note,) if note and number == 1 else ())
        for number, piece in enumerate(pieces, 1)
    )
    spent["text"] = time.perf_counter() - started
    if progress:
        progress(1, 1)
    return pages


def refuse_book(name: str, pages: int, limits: Limits) -> None:
    """Raise `LimitExceeded` for a text of more pages than allowed, printed or reckoned by its length."""
    if pages > limits.pages:
        raise failures.too_many_pages(name, pages, limits.pages)


def lines_of(text: str) -> tuple[Line, ...]:
    """One line per source line with words; `gap` after a blank line and where a first line is set in. Markdown and simple tags are dropped."""
    return laid_lines([bare(raw) for raw in unmarked(text.splitlines())])


def bare(line: str) -> str:
    """A line without ``**bold**`` marks, simple HTML tags and entities, in NFC."""
    line = _BOLD.sub("", _TAG.sub(_space, line))
    if "&" in line and ";" in line:
        line = html.unescape(line)
    line = unicodedata.normalize("NFC", line)
    return "".join(char for char in line if char.isprintable() or char.isspace())


def _space(match: re.Match[str]) -> str:
    # <br> and table cells part words; <b> inside a word does not.
    return " " if re.match(r"</?(br|p|div|td|tr|li|th|h\d)", match.group(), re.IGNORECASE) else ""


def decode(data: bytes, name: str) -> tuple[str, str]:
    """The text of a file's bytes and a note where its encoding was an old one. Raises `BadFile`."""
    for encoding, mark in (("utf-8-sig", b"\xef\xbb\xbf"), ("utf-16", b"\xff\xfe"), ("utf-16", b"\xfe\xff")):
        if data.startswith(mark):
            try:
                return _checked(data.decode(encoding), name), ""
            except UnicodeDecodeError as error:
                raise failures.no_language(name) from error
    if b"\0" in data[:4096]:
        encoding = "utf-16-le" if data[1:4096:2].count(0) > data[0:4096:2].count(0) else "utf-16-be"
        try:
            return _checked(data.decode(encoding), name), f"encoding {encoding}"
        except UnicodeDecodeError as error:
            raise failures.no_language(name) from error
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        return _old(data, name)
    # A VNI or TCVN3 text may have been saved as UTF-8 letter by letter.
    found = legacy.detect(text[:20_000])
    if found:
        return _checked(legacy.convert(text, found), name), f"encoding {found}"
    return _checked(text, name), ""


def _old(data: bytes, name: str) -> tuple[str, str]:
    """Single-byte Vietnamese: TCVN3 and VNI sit on Latin-1 places, Windows-1258 has combining marks."""
    latin = data.decode("latin-1")
    candidates: list[tuple[str, str]] = []
    # The mark of Windows-1258 is its combining tone, which the converters do not know.
    with contextlib.suppress(UnicodeDecodeError):
        candidates.append((data.decode("cp1258"), "windows-1258"))
    sources = (latin, data.decode("cp1252", errors="replace"))
    encodings: tuple[legacy.Encoding, ...] = ("tcvn3", "vni")
    candidates += [(legacy.convert(source, which), which) for which in encodings for source in sources]
    scored = [(_vietnamese(text), -order, text, label) for order, (text, label) in enumerate(candidates)]
    score, _, text, label = max(scored)
    if score < 0.5:
        raise failures.no_language(name)
    return _checked(text, name), f"encoding {label}"


_SYLLABLE = re.compile(
    r"^(ngh|ng|nh|th|tr|ch|gh|gi|kh|ph|qu|[bcdghklmnpqrstvx])?"
    r"(uye|uya|oai|oay|uay|uoi|uou|ieu|yeu|oao|oeo|ai|ao|au|ay|eo|eu|ia|ie|iu|oa|oe|oi|oo|ua|ue|ui|uo|uu|uy|ye|[aeiouy])"
    r"(ng|nh|ch|[cmnpt])?$"
)


def _vietnamese(text: str) -> float:
    """The share of words that are built like Vietnamese syllables, weighed by words that carry marks."""
    words = re.findall(r"[^\W\d_]+", unicodedata.normalize("NFC", text[:20_000]).lower())
    if not words:
        return 0.0
    marked = [word for word in words if _LETTER_MARKS.search(word)]
    odd = sum(char in "¸µ¶·¹Ê©ª®¬­«¦×ØÛÜÞ¨¡¢£¤¥§" for char in text[:20_000])
    good = sum(bool(_SYLLABLE.match(_unmarked(word))) for word in words)
    return good / len(words) * min(1.0, 0.4 + len(marked) / len(words)) - odd / max(1, len(text[:20_000]))


def _unmarked(word: str) -> str:
    plain = unicodedata.normalize("NFD", word.replace("đ", "d"))
    return "".join(char for char in plain if not unicodedata.combining(char))


def _checked(text: str, name: str) -> str:
    """The text in NFC; raises `BadFile` where it has no letters of any language in it."""
    text = unicodedata.normalize("NFC", text)
    shown = [char for char in text if not char.isspace()]
    letters = sum(char.isalpha() for char in shown)
    control = sum(unicodedata.category(char) in ("Cc", "Cn", "Co", "Cs") for char in shown)
    if not shown or letters < 0.2 * len(shown) or control > 0.05 * len(shown) or letters < 2:
        raise failures.no_language(name)
    return text
