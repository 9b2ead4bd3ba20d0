"""What is sent somewhere and is no report: a plan, a dossier, a list, samples; "để tổng hợp", "để theo dõi" behind it makes it one."""

from __future__ import annotations

import re
from functools import cache

from nlp.lexicon import any_of, toml

_REACH = 160
_BEFORE = 48
"""Characters before a verb of sending within which what is sent must be named for the clause to begin with it."""
_SUMMED_UP = re.compile(r"(?:(?:de|nham)\s+|lam co so (?:de )?)(?:tong hop|theo doi|bao cao|don doc|chi dao)")
_STOP = re.compile(r"[.;:]\s")


@cache
def _patterns() -> tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str], re.Pattern[str]]:
    data = toml("reporting.toml")["sent"]
    things = any_of(data["things"])
    made = re.compile(rf"(?<![a-z]){any_of(data['makes'])}\s+(?:[a-z]+,?\s+){{0,3}}?{things}(?![a-z])|(?<![a-z]){any_of(data['taken'])}(?![a-z])")
    alone = re.compile(rf"\s*(?:cac\s+)?{any_of(data['alone'])}(?![a-z])[^,]{{0,{_BEFORE}}}$")
    tells = re.compile(rf"(?<![a-z]){any_of(data['tells'])}(?![a-z])")
    service = re.compile(rf"\s+{any_of(data['services'])}(?![a-z])")
    return made, alone, tells, service


def for_summing_up(body: str, at: int, reach: int = 200) -> bool:
    """Whether what is sent is there for its receiver to sum up or to watch: then it is a report, whatever it is."""
    return _SUMMED_UP.search(body, at, at + reach) is not None


def sends_papers(body: str, verb: tuple[int, int]) -> bool:
    """Whether a folded text sends papers that are no report: "Lập kế hoạch, gửi về Sở", "hồ sơ gửi Phòng", "trả kết quả xét nghiệm cho …"."""
    made, alone, tells, service = _patterns()
    if body.startswith("tra ket qua", verb[0]):
        return service.match(body, verb[1]) is not None
    if tells.match(body, verb[1] + 1):
        return False  # "lập phương án, gửi kết quả về Sở": what is sent is told behind the verb
    before = _STOP.split(body[max(0, verb[0] - _REACH) : verb[0]])[-1]
    if alone.match(before) or alone.match(before.rpartition(",")[2]):
        return True
    return made.search(before) is not None and tells.search(before) is None
