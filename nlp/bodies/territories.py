"""Territories named for their authorities: "Xã Thanh Hải khẩn trương tiêu hủy …", "Yêu cầu thành phố Việt Trì …"."""

from __future__ import annotations

import re

from nlp.bodies.entry import squeeze
from nlp.bodies.lexicon import Scan
from nlp.bodies.tails import capitals, places
from nlp.types import Evidence, Named

_NEXT = re.compile(r"\s*,\s*(?:và\s+)?|\s+và\s+")
_KIND = re.compile(r"(?P<many>các\s+)?(?P<kind>Tỉnh|Thành phố|TP\.?|Quận|Huyện|Thị xã|Xã|Phường|Thị trấn|Đặc khu)\s*:?\s+", re.IGNORECASE)


def territories_at(text: str, pos: int) -> tuple[Named, ...]:
    """The named territories listed at `pos`, each with its kind; () where none begins there.

    A bare place is no body in general ("tại xã Thanh Hải"): ask only where a doer is expected.

    >>> [each.text for each in territories_at("Huyện Mường Tè, Nậm Nhùn rà soát", 0)]
    ['Huyện Mường Tè', 'Huyện Nậm Nhùn']
    """
    scan = Scan(text[pos : pos + 400])
    found: list[Named] = []
    kind, at = "", 0
    while True:
        named = _KIND.match(scan.text, at)
        if named:
            kind = squeeze(named["kind"])
            place = places(scan, at)
            if named[0].rstrip().endswith(":"):
                end = max(at, capitals(scan, named.end()))
                end = end if end > named.end() else at
            else:
                end = place.end if place and place.named_at is not None else at
        else:
            end = capitals(scan, at) if found else at
        if end == at:
            return tuple(found)
        name = squeeze(scan.text[named.end() if named else at : end])
        found.append(Named(f"{kind} {name}", Evidence(pos + at, pos + end, "bodies.territory", 0.8)))
        sep = _NEXT.match(scan.text, end)
        if not sep:
            return tuple(found)
        at = sep.end()
