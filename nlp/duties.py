"""Who must do a task, with whom, and who gets the report: read from the task's own words."""

from __future__ import annotations

import re

from nlp.bodies import body_phrase_at, split_bodies
from nlp.directives import (
    Directing,
    clause_start,
    directing_clauses,
    duty_bearers,
    folded,
    leading_subject,
    opens_imperative,
    subject_after_prefix,
)
from nlp.types import Evidence, Named

_COOPERATE = re.compile(
    r"(?<![a-z])(?:phoi hop(?!\s+(?:thuc hien|giua))|cung)"
    r"(?:\s*,?\s+(?:chat che|tot|kip thoi|hieu qua|dong bo|thuong xuyen|chi dao|thong nhat|cung|ho tro|voi|cac ben)){0,3}"
    r"\s*,?\s*(?P<with>voi)?\s+"
)
_ALONE = re.compile(r"(?<![a-z])cung\s+(?!voi)")
_REPORT = re.compile(
    r"(?<![a-z])(?P<verb>(?:tong hop,?\s+)?bao cao|thong tin|gui|phan hoi|phan anh|cung cap)(?![a-z])(?P<between>[^.;:]{0,140}?)"
    r"(?P<to>\s+(?:gui ve|gui den|gui cho|gui|ve|den|cho|len|voi|toi))?\s+"
)
_FOR_HANDLING = re.compile(r"\s*(?:\([^)]*\)\s*)?(?:truoc [^,;.]{0,40})?,?\s*(?:de|nham)\s+(?:duoc\s+)?(?:tham dinh|xu ly|phe duyet|xem xet|giai quyet|thuc hien|huong dan|cac don vi xu ly|trinh)")


def read_responsible(text: str) -> tuple[tuple[Named, ...], str] | None:
    """The lead bodies the text itself names, and the rule that found them; None where it names none.

    A text that opens with a verb of doing ("Rà soát …", "Tham mưu UBND huyện
    giao …") names no doer: bodies in it are objects.
    """
    leading = leading_subject(text)
    clauses = [
        clause
        for clause in directing_clauses(text)
        if clause.start <= 3 or clause_start(text, clause.start) or (leading and clause.start <= leading[1] + 2)
    ]
    clauses = [clause for clause in clauses if not _objects_only(text, clause)]
    themed = [clause for clause in clauses if text[: clause.start].rstrip().endswith(":")]
    if themed:
        clause = themed[0]
        return _named(text, (clause.bodies_start, clause.bodies_end), "directing-verb"), "directing-verb"
    opening = _PREFIX.match(folded(text))
    if opens_imperative(text) and not opening and not (clauses and clauses[0].start <= 3):
        return None
    if leading is not None and not (clauses and clauses[0].start <= leading[1] + 2):
        return _named(text, leading, "subject"), "subject"
    prefixed = subject_after_prefix(text)
    if clauses and (prefixed is None or clauses[0].start < prefixed[0]):
        clause = clauses[0]
        return _named(text, (clause.bodies_start, clause.bodies_end), "directing-verb"), "directing-verb"
    if prefixed is not None:
        return _named(text, prefixed, "subject-after-prefix"), "subject-after-prefix"
    bearers = duty_bearers(text)
    if bearers is not None:
        name = text[bearers[0] : bearers[1]].rstrip(" ,")
        return (Named(name, Evidence(*bearers, "duty-bearers", 0.7)),), "duty-bearers"
    return None


_PREFIX = re.compile(r"(?:can cu|tren co so|theo(?! doi)|doi voi|ve|de|nham|trong|tu|khi|rieng|truong hop|sau khi|ngoai ra|hien nay)\b")


def _objects_only(text: str, clause: Directing) -> bool:
    """"đề nghị Bộ X xem xét" directs; "theo đề nghị Bộ X tại Công văn …" does not."""
    return "de nghi" in clause.verb and bool(re.match(r"\s*(?:tai|so)\s", folded(text[clause.bodies_end : clause.bodies_end + 12])))


def _named(text: str, span: tuple[int, int], rule: str) -> tuple[Named, ...]:
    return tuple(
        Named(body.text, Evidence(span[0] + body.evidence.start, span[0] + body.evidence.end, rule, body.evidence.confidence))
        for body in split_bodies(text[span[0] : span[1]])
    )


def read_coordinating(text: str) -> tuple[Named, ...]:
    """Bodies named as "phối hợp (với)" or "cùng với"; "làm việc với" and "liên hệ với" do not count."""
    found: list[Named] = []
    body = folded(text)
    for match in _COOPERATE.finditer(body):
        if match.group().startswith("cung") and not match.group("with"):
            continue
        span = body_phrase_at(text, match.end())
        if span is None:
            continue
        found.extend(_named(text, span, "coordinating"))
    unique: dict[str, Named] = {}
    for named in found:
        unique.setdefault(folded(named.text), named)
    return tuple(unique.values())


def read_report_to(text: str) -> str | None:
    """The bodies that receive the report, as printed, without the channel; None where there is none.

    "đề xuất", "trình" and "tham mưu" alone are no report, and papers sent to
    be handled (thẩm định, xử lý) are none either.
    """
    body = folded(text)
    receivers: list[str] = []
    position = 0
    while match := _REPORT.search(body, position):
        position = match.start() + 3
        verb = match.group("verb")
        starts = [match.end()]
        if not match.group("to"):
            # The lazy part stopped at the first space; look for the preposition in the same clause.
            clause_end = re.compile(r"[.;:]").search(body, match.end())
            stop = clause_end.start() if clause_end else len(body)
            for preposition in re.finditer(r"(?<![a-z])(?:gui ve|gui den|gui cho|gui|ve|den|cho|len|voi|toi)\s+", body[match.end("verb") : min(stop, match.end("verb") + 160)]):
                starts.append(match.end("verb") + preposition.end())
            starts.insert(0, match.end("verb") + 1)
        for start in starts:
            span = body_phrase_at(text, start)
            if span is None:
                continue
            if verb == "gui" and _FOR_HANDLING.match(body, span[1]):
                break
            if verb in ("thong tin", "cung cap", "phan anh") and "ve" not in body[match.end("verb") : span[0]].split():
                break
            phrase = text[span[0] : span[1]]
            if phrase not in receivers and not any(phrase in other or other in phrase for other in receivers):
                receivers.append(phrase)
            position = span[1]
            break
    return "; ".join(receivers) or None
