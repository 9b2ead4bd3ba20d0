"""Who must do a task, with whom, and who gets the report: read from the task's own words."""

from __future__ import annotations

import re

from nlp.bodies import body_phrase_at, split_bodies
from nlp.directives import (
    clause_start,
    directing_clauses,
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
    if opens_imperative(text) and not _opens_directing(text):
        prefixed = subject_after_prefix(text) if folded(text).startswith(("can cu", "tren co so", "theo")) else None
        if prefixed is None:
            return None
        return _named(text, prefixed, "subject-after-prefix"), "subject-after-prefix"
    leading = leading_subject(text)
    clauses = [c for c in directing_clauses(text) if c.start == 0 or clause_start(text, c.start) or leading is None]
    if leading is not None and not (clauses and clauses[0].start <= leading[1] + 2):
        return _named(text, leading, "subject"), "subject"
    for clause in clauses:
        if _objects_only(text, clause.bodies_end):
            continue
        return _named(text, (clause.bodies_start, clause.bodies_end), "directing-verb"), "directing-verb"
    prefixed = subject_after_prefix(text)
    if prefixed is not None:
        return _named(text, prefixed, "subject-after-prefix"), "subject-after-prefix"
    return None


def _opens_directing(text: str) -> bool:
    clauses = directing_clauses(text)
    return bool(clauses) and clauses[0].start == 0


def _objects_only(text: str, end: int) -> bool:
    """"đề nghị Bộ X xem xét" directs; "theo đề nghị Bộ X tại Công văn" does not."""
    return bool(re.match(r"\s*(?:tai|ve viec|so)\s", folded(text[end : end + 12])))


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
