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
    plain = _BRACKETED.sub(lambda bracket: " " * len(bracket[0]), text[:400])
    return any(opens_imperative(text, match.end()) for match in re.finditer(r"[,:;]\s+", plain)) or _told_in_a_case(text)


_BRACKETED = re.compile(r"\([^()]{3,200}\)")
""" "Đối với giấy tờ chưa đủ điều kiện (thiếu con dấu, sử dụng mã số), …": a bracket tells of the case, it orders nothing."""


def _told_in_a_case(text: str) -> bool:
    """ "Khi có dịch, đơn vị báo cáo ngay cho Phòng …": whoever is meant by a common noun, in a case that may come."""
    case = _CASE.match(folded(text))
    return case is not None and opens_imperative(text, case.end())


_CASE = re.compile(
    r"(?:(?:ngay )?(?:khi|sau khi)|truong hop) [^.;:]{5,140}?, (?:cac |tung |moi )?(?:don vi|nha truong|truong|dia phuong|co quan|co so)\s+"
)
