"""Words from text layers as Unicode: NFC, old fonts (TCVN3, VNI) converted, hyphens made plain.

Before Unicode, Vietnamese fonts put letters of their own at the places of
others: ``.VnTime`` (TCVN3) and ``VNI-Times`` (VNI). The font's name says which.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from typing import Any, Literal

Encoding = Literal["tcvn3", "vni"]

_HYPHENS = str.maketrans({"\u00ad": "-", "\u2010": "-", "\u2011": "-", "\u2012": "–", "\uf02d": "-", "\uf0b7": "•",
                          "\u2044": "/", "\u00a0": " ", "\u200b": None, "\ufeff": None, "\x02": "-", "\u2212": "-"})  # fmt: skip
"""Hyphens and bullets as Word prints them, which text layers carry in a dozen forms."""


def plain(text: str) -> str:
    """A word in NFC, with plain hyphens, without characters that print nothing."""
    text = unicodedata.normalize("NFC", text.translate(_HYPHENS))
    return "".join(char for char in text if char.isprintable()).strip()


def encoding_of_font(fontname: str) -> Encoding | None:
    """The old encoding a font's name stands for, None for Unicode fonts."""
    base = fontname.rsplit("+", 1)[-1].lower()
    if base.startswith(".vn"):
        return "tcvn3"
    if base.startswith("vni"):
        return "vni"
    return None


def is_capital_font(fontname: str) -> bool:
    """Whether a TCVN3 font prints capitals only (.VnTimeH): its codes are those of small letters."""
    return bool(re.search(r"\.vn\w*h\b", fontname.rsplit("+", 1)[-1].lower()))


def convert(text: str, encoding: Encoding) -> str:
    """A string of an old encoding as Unicode."""
    import viparse

    return str(viparse.fix(text, encoding=encoding))


def repaired(words: Sequence[Mapping[str, Any]]) -> list[str]:
    """The texts of pdfplumber's words (with `fontname`), converted where their font is an old one."""
    result = []
    for word in words:
        encoding = encoding_of_font(str(word.get("fontname", "")))
        text = str(word["text"])
        if encoding:
            text = convert(text, encoding)
            if encoding == "tcvn3" and is_capital_font(str(word["fontname"])):
                text = text.upper()
        result.append(plain(text))
    return result


def detect(text: str) -> Encoding | None:
    """The old encoding a whole text is in, None for Unicode or where it cannot be told."""
    import viparse

    found = viparse.detect_text_encoding(text)
    if found == "tcvn3":
        return "tcvn3"
    return "vni" if found == "vni" else None


def garbled(texts: Sequence[str]) -> bool:
    """Whether a text layer has no usable text: glyph numbers, private-use or replacement characters."""
    joined = "".join(texts)
    if not joined:
        return True
    glyphs = sum(len(match) for match in re.findall(r"\(cid:\d+\)", joined))
    odd = sum(char == "\ufffd" or "\ue000" <= char <= "\uf8ff" or (ord(char) < 32) for char in joined)
    letters = sum(char.isalpha() for char in joined)
    return (glyphs + odd) > 0.1 * len(joined) or (len(joined) > 80 and letters < 0.25 * len(joined))
