"""The public functions: split a list of bodies, find lists of bodies, tell bodies from headings."""

from __future__ import annotations

import re
from functools import lru_cache

from nlp.bodies.entry import squeeze
from nlp.bodies.lexicon import Scan, lexicon
from nlp.bodies.listing import Listing, listing
from nlp.types import Evidence, Named

_WORD_START = re.compile(r"(?<![\w/&-])[^\W\d_]")
_ENDS = re.compile(r"[\s.;:,/)…\-–*_]*")


@lru_cache(maxsize=64)
def _scan(text: str) -> Scan:
    return Scan(text)


def _named(text: str, start: int, end: int, rule: str, confidence: float) -> Named:
    return Named(text, Evidence(start, end, rule, confidence))


def body_phrase_at(text: str, pos: int) -> tuple[int, int] | None:
    """The longest list of bodies that begins at `pos`, as (start, end), or None.

    >>> body_phrase_at("Giao Sở Tài chính, Sở Nội vụ rà soát", 5)
    (5, 28)
    """
    found = listing(_scan(text), pos) if 0 <= pos < len(text) else None
    return (found.start, found.end) if found else None


def begins_body(text: str, pos: int) -> bool:
    """Whether a body's head word, a noun for bodies or a name in capitals begins at an offset ("chủ rừng", "công đoàn"; not "đặc dụng")."""
    scan = _scan(text)
    return text[pos : pos + 1].isupper() or lexicon().head_words.at(scan, pos) is not None or lexicon().nouns.at(scan, pos) is not None


def split_bodies(text: str, span: tuple[int, int] | None = None) -> tuple[Named, ...]:
    """One entry per body of a list as printed; what is no body is passed over.

    With a `span` only the lists that begin in it and of these the entries that lie in it;
    they are read in the light of what follows, as `body_phrase_at` read them.

    >>> [body.text for body in split_bodies("các Sở: Tài chính, Kế hoạch và Đầu tư")]
    ['Sở Tài chính', 'Sở Kế hoạch và Đầu tư']
    """
    found: list[Named] = []
    start, end = span or (0, len(text))
    for part in _listings(_scan(text), start, end):
        found += [
            _named(entry.text, entry.start, entry.end, "bodies.list", 0.9)
            for entry in part.items
            if entry.end <= end
        ]
    return tuple(found)


def find_bodies(text: str) -> tuple[Named, ...]:
    """The lists of bodies in running text, each as one phrase as printed, in order."""
    return tuple(
        _named(squeeze(text[part.start : part.end]), part.start, part.end, "bodies.phrase", 0.8)
        for part in _listings(_scan(text), 0, len(text))
    )


def _listings(scan: Scan, start: int, stop: int) -> list[Listing]:
    found: list[Listing] = []
    end = start
    for match in _WORD_START.finditer(scan.text, start, stop):
        if match.start() < end:
            continue
        part = listing(scan, match.start())
        if part:
            found.append(part)
            end = part.end
    return found


def is_body(text: str) -> bool:
    """True where the whole text names bodies ("Sở Công nghiệp", "UBND các huyện, thành phố:").

    A heading that names a subject ("Về công tác tuyên truyền", "Tổ chức thực hiện") gives False.
    """
    stripped = text.strip()
    part = listing(_scan(stripped), 0) if stripped else None
    return part is not None and _ENDS.fullmatch(stripped, part.end) is not None
