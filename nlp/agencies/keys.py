"""Names of bodies and places brought to one form for matching, abbreviations written out."""

from __future__ import annotations

import re
import tomllib
from functools import cache, lru_cache
from importlib.resources import files

from nlp.folding import fold
from nlp.normalise import plain_tone

_WORD = re.compile(r"\w+")
_LAST_Y = re.compile(r"(?:(?<=[bcdghklmnpqrstvx])|(?<=qu))y\b")
_JOINT = r"[\s,.&/–-]*(?:và\s+)?"
_LONG = 4
"""Abbreviations from this length on are known in any case; "CA" is one, "Ca" is a word."""


def read(name: str) -> str:
    """A file of data/agencies."""
    return files("nlp").joinpath(f"data/agencies/{name}").read_text(encoding="utf-8")


def plain(text: str) -> str:
    """A name folded, with single spaces; "và", "&", hyphens and commas dropped, "Quý" and "Quí" alike."""
    words = " ".join(word for word in _WORD.findall(fold(text)) if word != "va")
    return _LAST_Y.sub("i", words)


@cache
def _short() -> tuple[re.Pattern[str], dict[str, str]]:
    table: dict[str, str] = {}
    patterns: dict[str, str] = {}
    for entry in tomllib.loads(read("short.toml"))["short"]:
        for form in entry["forms"]:
            letters = _WORD.findall(form)
            table["".join(letters).upper()] = entry["long"]
            pattern = _JOINT.join(letters)
            patterns[pattern] = f"(?i:{pattern})" if len("".join(letters)) >= _LONG else pattern
    ordered = [patterns[each] for each in sorted(patterns, key=lambda each: (-len(each), each))]
    return re.compile(rf"(?<!\w)(?:{'|'.join(ordered)})(?!\w)"), table


def written_out(text: str) -> str:
    """The text with its abbreviations written out ("Sở KH&ĐT" gives "Sở Kế hoạch và Đầu tư")."""
    pattern, table = _short()
    return pattern.sub(lambda match: _long(match[0], table), text)


def _long(printed: str, table: dict[str, str]) -> str:
    letters = "".join(word for word in _WORD.findall(printed) if word != "và")
    return table.get(letters.upper(), printed)


def spelled(text: str) -> list[str]:
    """The words of `key` with their diacritics, lower case: "phường" is a kind of place, "phương" is not."""
    return [word for word in _WORD.findall(plain_tone(written_out(text)).lower()) if word != "và"]


@lru_cache(maxsize=4096)
def key(text: str) -> str:
    """A name for matching: abbreviations written out, then `plain`.

    >>> key("Sở KH&ĐT") == key("Sở Kế hoạch và Đầu tư") == key("sở Kế hoạch - Đầu tư")
    True
    """
    return plain(written_out(text))
