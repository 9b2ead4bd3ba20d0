"""What a letter quotes: the provision of a law, the words of a resolution. It orders nothing here, whatever it says."""

from __future__ import annotations

import re

from nlp.directives import directing_clauses, folded

_CITES = r"(?:diem|khoan|dieu|luat|bo luat|nghi dinh|thong tu|nghi quyet|quyet dinh|quy che) [^:“]{3,400}?(?<![a-z])(?:quy dinh|thi)(?:[^:.;“”]{0,90})?:"
_BELOW = re.compile(rf"(?<![a-z]){_CITES}\s*$")
_ALONE = re.compile(rf"(?<![a-z]){_CITES}\s*[“\"][^”]*(?:”[\s.;,/]*)?$")
_OPENS = re.compile(rf"(?<![a-z]){_CITES}\s*“")
_MARK = re.compile(r"[“”]")
_AT_END = re.compile(r"[ \t.;,]*(?:\n|$)")
_LONGEST = 6000
"""Characters of a quotation above which its marks are not believed."""


def quotes_below(text: str) -> bool:
    """Whether what stands below is a provision: "Tại khoản 2 Điều 5 Thông tư số … quy định:"."""
    return _BELOW.search(folded(text)) is not None and not directing_clauses(text)


def only_quotes(text: str) -> bool:
    """Whether a paragraph gives a provision and nothing behind it: "Tại Điều 5 Luật … quy định: “Thủ trưởng cơ quan … quyết định …”"."""
    return _ALONE.search(folded(text)) is not None and not directing_clauses(text)


def quotations(body: str) -> list[tuple[int, int]]:
    """Where provisions are quoted, each from its opening mark behind "quy định:" to the closing one at the end of a line."""
    plain = folded(body)
    found: list[tuple[int, int]] = []
    for opening in _OPENS.finditer(plain):
        closing = _MARK.search(body, opening.end(), opening.end() + _LONGEST)
        if closing and closing[0] == "”" and _AT_END.match(body, closing.end()):
            found.append((opening.end(), closing.start()))
    return found
