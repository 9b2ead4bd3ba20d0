"""The particulars of a task: under which conditions it holds, what is excepted, what must come out of it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from nlp.bodies import body_phrase_at, is_body
from nlp.directives import clause_start, directing_clauses, folded, leading_subject, opens_imperative
from nlp.lexicon import any_of, toml
from nlp.normalise import plain_tone
from nlp.types import Evidence, Named

LONGEST = 260
"""Characters of the longest condition or exception."""

OPENER_WORDS = 4
"""Words of the longest opener ("Riêng trong trường hợp …")."""

WINDOW = 24
"""Characters before an opener that decide whether a clause begins there."""

THING = 110
"""Characters of the longest name of a product."""


@dataclass(frozen=True, slots=True)
class Particulars:
    """What else a task says of itself, each in its own words."""

    conditions: tuple[Named, ...] = ()
    exceptions: tuple[Named, ...] = ()
    products: tuple[Named, ...] = ()


def read_particulars(text: str, reports: Sequence[tuple[int, int]] = ()) -> Particulars:
    """Conditions, exceptions and products that a task's text names; evidence holds offsets into it.

    `reports` are the places where the text says "báo cáo" as a verb, each with its receiver's (`nlp.reporting`).
    """
    exceptions = tuple(_exceptions(text))
    taken = [each.evidence for each in exceptions]
    conditions = tuple(
        each
        for each in _conditions(text)
        if not any(other.start <= each.evidence.start < other.end for other in taken)
    )
    return Particulars(conditions, exceptions, tuple(_products(text, reports)))


# --- openers ------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Opener:
    words: str
    exact: bool
    where: str


@dataclass(frozen=True, slots=True)
class _Lexicon:
    condition: re.Pattern[str]
    exception: re.Pattern[str]
    openers: dict[str, _Opener]
    condition_not_after: re.Pattern[str]
    exception_not_after: re.Pattern[str]
    complement_of: re.Pattern[str]
    narrows: re.Pattern[str]
    case: re.Pattern[str]
    made: re.Pattern[str]
    leads: re.Pattern[str]
    hands_over: re.Pattern[str]
    ends: re.Pattern[str]
    sent: re.Pattern[str]
    existing: re.Pattern[str]


@cache
def _lexicon() -> _Lexicon:
    data = toml("particulars.toml")
    product = data["product"]
    openers = {
        folded(each["words"]): _Opener(each["words"], each["exact"], each.get("where", "any"))
        for each in (*data["condition"], *data["exception"])
    }
    heads = any_of(product["heads"])
    between = rf"(?:{any_of(product['between'])}\s+){{0,3}}"
    return _Lexicon(
        condition=re.compile(rf"(?<![a-z]){any_of([each['words'] for each in data['condition']])}(?![a-z])"),
        exception=re.compile(rf"(?<![a-z]){any_of([each['words'] for each in data['exception']])}(?![a-z])"),
        openers=openers,
        condition_not_after=_before(data["condition_not_after"]["words"]),
        exception_not_after=_before(data["exception_not_after"]["words"]),
        complement_of=_before(data["scope"]["complement_of"]),
        narrows=re.compile(rf"(?<![a-z]){any_of(data['scope']['narrows'])}(?![a-z])"),
        case=re.compile(rf"\s+(?:(?:cac|nhung|tung|moi)\s+)?{any_of(data['scope']['cases'])}(?![a-z])"),
        made=re.compile(rf"(?<![a-z]){any_of(product['makes'])}\s+{between}(?P<head>{heads})(?![a-z])"),
        hands_over=re.compile(rf"(?<![a-z]){any_of(product['sent'])}\s+"),
        leads=re.compile(rf"(?P<head>{heads})(?![a-z])"),
        ends=re.compile(rf"\s+(?:và\s+)?(?:{'|'.join(sorted(product['ends'], key=len, reverse=True))})(?!\w)"),
        sent=re.compile(rf"\s*,?\s*{any_of(product['sent'])}(?![a-z])"),
        existing=re.compile(rf"\s+{any_of(product['existing'])}(?![a-z])"),
    )


def _before(words: Sequence[str]) -> re.Pattern[str]:
    return re.compile(rf"(?<![a-z]){any_of(words)}\s+$")


def _found(text: str, pattern: re.Pattern[str]) -> Iterator[tuple[re.Match[str], _Opener]]:
    body = folded(text)
    for match in pattern.finditer(body):
        opener = _lexicon().openers[match.group()]
        printed = plain_tone(text[slice(*match.span())].lower())
        if not opener.exact or printed == plain_tone(opener.words):
            yield match, opener


# --- conditions, exceptions ---------------------------------------------------------------------


def _conditions(text: str) -> Iterator[Named]:
    body, known = folded(text), _lexicon()
    past = 0
    for match, opener in _found(text, known.condition):
        start = match.start()
        if start < past or known.condition_not_after.search(body, max(0, start - 20), start):
            continue
        opens = _clause_starts(text, start)
        if opener.where == "clause" and not opens:
            continue
        end = _end(text, match.end())
        if opener.words == "nếu" and not body[match.end() : end].strip(" ,.;)").replace("co", "", 1):
            continue  # "(nếu có)"
        if opener.where == "scope" and not _is_scope(text, match, end, opens):
            continue
        words = text[start:end].rstrip(" ,.;:/")
        if len(words) <= match.end() - start and opener.words != "khi cần thiết":
            continue
        past = start + len(words)
        yield Named(words, Evidence(start, past, f"condition-{opener.words.replace(' ', '-')}", 0.85 if opens else 0.75))


def _clause_starts(text: str, at: int) -> bool:
    """Whether a clause or a bracket begins at an offset; only what stands near before it is looked at."""
    before = text[max(0, at - WINDOW) : at]
    return before.endswith("(") or clause_start(before, len(before))


def _is_scope(text: str, match: re.Match[str], end: int, opens: bool) -> bool:
    """Whether "đối với …" says for which cases the task holds: not the doer, not what a noun or verb governs."""
    body, known = folded(text), _lexicon()
    said = text[match.end() : end].strip(" ,.;:")
    if is_body(said) or known.complement_of.search(body, max(0, match.start() - 40), match.start()):
        return False
    if opens:
        return True
    return bool(known.narrows.search(body, match.end(), end) or known.case.match(body, match.end()))


def _exceptions(text: str) -> Iterator[Named]:
    body, known = folded(text), _lexicon()
    past = 0
    for match, opener in _found(text, known.exception):
        start = match.start()
        if start < past or known.exception_not_after.search(body, max(0, start - 12), start):
            continue
        if opener.words == "trừ" and re.match(r"\s+(?:sau|co|chuot|moi|khu|dich hai|diet)(?![a-z])", body[match.end() :]):
            continue
        words = text[start : _end(text, match.end())].rstrip(" ,.;:/")
        past = start + len(words)
        if past > match.end():
            yield Named(words, Evidence(start, past, f"exception-{opener.words.replace(' ', '-')}", 0.85))


def _end(text: str, start: int) -> int:
    """Where the phrase that opens at `start` ends: with its bracket, its clause, or where the main clause begins."""
    limit = min(len(text), start + LONGEST)
    depth, commas = 0, []
    for place in range(start, limit):
        char = text[place]
        if char == "(":
            depth += 1
        elif char == ")":
            if depth == 0:
                return place
            depth -= 1
        elif depth:
            continue
        elif char in ";:" or (char == "." and text[place + 1 : place + 2] in ("", " ", "/")):
            limit = place
            break
        elif char == "," and text[place + 1 : place + 2] == " ":
            if _main_clause(text, place + 2):
                return place
            commas.append(place)
        elif text.startswith(" thì ", place):
            return place
    return commas[0] if commas and not _sentence_before(text, start) else limit


def _sentence_before(text: str, at: int) -> bool:
    """Whether the sentence has words before the opener that ends at `at`: then its main clause may stand there."""
    cut = max(text.rfind(mark, max(0, at - LONGEST), at) for mark in (". ", "; ", ": "))
    cut = max(cut, at - LONGEST, -1)
    return len(text[cut + 1 : at].split()) > OPENER_WORDS


def _main_clause(text: str, at: int) -> bool:
    """Whether the clause at `at` is what is to be done: a directive, a verb of doing, or a doer with its verb."""
    if opens_imperative(text, at):
        return True
    rest = text[at : at + 240]
    if any(clause.start <= 2 for clause in directing_clauses(rest)) or leading_subject(rest) is not None:
        return True
    return bool(re.match(r"(?:phai|can|de nghi|yeu cau|han cuoi|thi|duoc)(?![a-z])", folded(rest)))


# --- products -----------------------------------------------------------------------------------


def _products(text: str, reports: Sequence[tuple[int, int]]) -> Iterator[Named]:
    body, known = folded(text), _lexicon()
    found = [(*match.span("head"), "product-made") for match in known.made.finditer(body) if not _denied(body, match)]
    receivers = dict(reports)
    found += [(start, start + len("báo cáo"), "product-report") for start in receivers]
    found += [(*match.span(), "product-sent") for match in known.leads.finditer(body) if _opens_clause(text, match.start())]
    found += [
        (*head.span("head"), "product-made")
        for match in known.hands_over.finditer(body)
        if (span := body_phrase_at(text, match.end())) and (head := known.leads.match(body, span[1] + 1))
    ]
    past, seen = 0, set[str]()
    for start, after, rule in sorted(found):
        if start < past or known.existing.match(body, after):
            continue
        end = _thing_end(text, after)
        if after <= receivers.get(start, 0) < end:
            end = receivers[start]
        if rule == "product-sent" and not known.sent.match(body, end):
            continue
        name = _TRAILING.sub("", text[start:end])
        if folded(name) in seen:
            continue
        seen.add(folded(name))
        past = start + len(name)
        yield Named(name, Evidence(start, past, rule, 0.7 if rule == "product-sent" else 0.8))


def _denied(body: str, verb: re.Match[str]) -> bool:
    """ "khi chưa có phương án", "đã ban hành kế hoạch": nothing that must come out."""
    return bool(re.search(r"(?<![a-z])(?:chua|khong|da)\s+$", body[max(0, verb.start() - 10) : verb.start()]))


def _opens_clause(text: str, at: int) -> bool:
    before = text[max(0, at - WINDOW) : at].rstrip()
    return not before or before[-1] in ",;:." or before.lower().endswith(" và")


_TRAILING = re.compile(r"(?:[\s,.;:/]+|\s(?:ngay|kịp thời|sớm|nhanh|và|về|cho|với))+$")
_BREAK = re.compile(r"\s+|[,.;:()](?!\d)")
_TO_SOMEONE = re.compile(r"\s+(?:về|cho|đến|tới|lên|với)\s+")
_COMPOUND = re.compile(r"(?:công|chương|quá|quy|lộ|tiến|giáo|thuyết|hành|lập)$")
_HEAD_WORD = re.compile(r"(?:Sở|Bộ|Ban|Phòng|Cục|Chi cục|Huyện|Tỉnh|Vụ|Trung tâm)\b")


def _thing_end(text: str, after: int) -> int:
    """End of a product's name: before punctuation, the next verb, the time, or the receiver."""
    if text[after : after + 1] == " " and body_phrase_at(text, after + 1) is not None:
        return after  # "báo cáo UBND tỉnh kết quả": the receiver stands before the contents
    window = max(0, after - WINDOW)
    lower, known = text[window : after + THING + WINDOW].lower(), _lexicon()
    limit = min(len(text), after + THING)
    for match in _BREAK.finditer(text, after, limit):
        place, near = match.start(), match.start() - window
        if not match.group().isspace():
            return place
        ends = known.ends.match(lower, near)
        if ends and not (ends.group().endswith("trình") and _COMPOUND.search(lower[:near])):
            return place
        to = _TO_SOMEONE.match(lower, near)
        if to and (_HEAD_WORD.match(text, to.end() + window) or body_phrase_at(text, to.end() + window) is not None):
            return place
    return limit if limit == len(text) else max(after, text.rfind(" ", after, limit))
