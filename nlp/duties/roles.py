"""Bodies behind a role and a colon: "Chủ trì: Sở A. Phối hợp: Sở B."."""

from __future__ import annotations

import re

from nlp.bodies import body_phrase_at
from nlp.directives import folded

LEAD_ROLE = re.compile(
    r"(?:(?:don vi|co quan|cap|phong|nguoi)\s+)?chu tri(?:\s+thuc hien)?\s*:\s*"
    r"|(?:don vi|co quan|bo phan|nguoi|phan cong)(?:\s+(?:duoc giao|to chuc))?\s+(?:thuc hien|phu trach|chiu trach nhiem|dam nhiem)\s*:\s*"
)
WITH_ROLE = re.compile(r"(?:(?:don vi|co quan)\s+)?phoi hop(?:\s+thuc hien)?\s*:\s*")


def role_at(text: str, pattern: re.Pattern[str]) -> tuple[int, int] | None:
    """The bodies behind a role and a colon: "Chủ trì: Sở A. Phối hợp: Sở B."."""
    body = folded(text)
    for match in pattern.finditer(body):
        span = body_phrase_at(text, match.end())
        if span is not None:
            return span
    return None
