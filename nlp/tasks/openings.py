"""How a unit opens that tells its doer what to do."""

from __future__ import annotations

import re

from nlp.directives import folded, opens_imperative


def opens_duty(text: str) -> bool:
    """Whether a unit opens with what is to be done, at once or behind an opening phrase."""
    return opens_imperative(text) or opens_imperative_after_prefix(text)


def opens_imperative_after_prefix(text: str) -> bool:
    """ "Căn cứ tình hình thực tế, quyết định …", "Đối với …, đề nghị …": a verb of doing after an opening phrase."""
    if not re.match(
        r"(?:can cu|tren co so|doi voi|ve|de|nham|theo|trong|tu|khi|rieng|truong hop|hang|hang nam|dinh ky|ngay|sau|truoc|ngoai|hien tai|cac)\b",
        folded(text),
    ):
        return False
    return any(opens_imperative(text, match.end()) for match in re.finditer(r"[,:;]\s+", text[:400]))
