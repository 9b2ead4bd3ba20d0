"""The usual misreadings inside citations, undone for the search alone: the length stays, the text that is shown is not touched."""

from __future__ import annotations

import re

_SO = re.compile(r"(?<!\w)(?P<s>[Ss])[éèêếề](?=\s+\d)")
""" "công văn sé 3291/…"."""
_CIRCULAR = re.compile(r"(?<!\w)(?P<t>[Tt])h[oôóéeê]ng(?P<gap>\s+)t[ưutr](?=\s+(?:liên\s|s[ốôoéè]\s|\d))")
""" "Théng tư số …", "Thông tr 156/…"."""
_EIGHT = re.compile(r"§(?=\d)|(?<=\d)§")
_ONE = re.compile(r"(?P<unit>(?i:kho[aảáàãạ]n|[đd][iíỉ][eêềếểéẻ]u)\s+)[|¡](?=[\s,;]|\d)")
""" "khoản | Điều 66", "khoản ¡0 Điều 32"."""
_ROMAN_ONE = re.compile(r"(?P<unit>(?i:kho[aảáàãạ]n)\s+)[Il](?=,?\s+(?i:[đd][iíỉ][eêềếểéẻ]u)\s+\d)")
_POINT_I = re.compile(r"(?P<unit>(?i:[đd]i[eêểéẻ]m)\s+)¡(?=,?\s+(?i:kho[aảáàãạ]n))")
_DETAIL = re.compile(r"(?P<unit>(?i:tiết)\s+[a-zđ])[lI](?=,?\s+(?i:đi[eêểéẻ]m|kho[aảáàãạ]n))")
""" "tiết bl điểm b": the part b1."""
_SPECK = re.compile(r"(?<=[A-ZĐ]-)(?P<left>\s?)[|‘’'`](?P<right>\s?)(?=[A-ZĐ]{2})")
""" "TT-| BTC": a speck between the groups of a symbol."""


def mend_citations(text: str) -> str:
    """The text with what the reading often breaks in citations put right.

    >>> mend_citations("theo khoản | Điều 5§ Thông tr 15/2013/TT- ‘BTC, công văn sé 12/TCT")
    'theo khoản 1 Điều 58 Thông tư 15/2013/TT-  BTC, công văn số 12/TCT'
    >>> mend_citations("chia sẻ 3 nội dung; Điều I; anh số đỏ")
    'chia sẻ 3 nội dung; Điều I; anh số đỏ'
    """
    text = _SO.sub(r"\g<s>ố", text)
    text = _CIRCULAR.sub(r"\g<t>hông\g<gap>tư", text)
    text = _EIGHT.sub("8", text)
    text = _ONE.sub(r"\g<unit>1", text)
    text = _ROMAN_ONE.sub(r"\g<unit>1", text)
    text = _POINT_I.sub(r"\g<unit>i", text)
    text = _DETAIL.sub(r"\g<unit>1", text)
    return _SPECK.sub(r"\g<left> \g<right>", text)
