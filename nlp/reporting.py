"""Who gets the report of a task, and through whom it goes ("về Bộ Công Thương (qua Cục …)")."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from nlp.bodies import body_phrase_at
from nlp.directives import folded, follows_subject
from nlp.lexicon import any_of, toml
from nlp.normalise import plain_tone
from nlp.papers import for_summing_up, sends_papers
from nlp.types import Evidence, Named

REACH = 200
"""Characters behind the verb within which its receiver is looked for."""


@dataclass(frozen=True, slots=True)
class Reporting:
    """The receiver of a task's report and the channel, each as printed; None where the text names none."""

    to: Named | None = None
    channel: Named | None = None
    reports: tuple[tuple[int, int], ...] = ()
    """Where the text says "báo cáo" as a verb, and where its receiver begins: the report must come out."""


@dataclass(frozen=True, slots=True)
class _Verb:
    """A verb of reporting of data/reporting.toml."""

    words: str
    noun: bool
    direct: bool
    to: re.Pattern[str]
    exact: bool
    """Its letters must be printed with these marks: "báo về" is not "bảo vệ"."""
    summed: bool
    """It reports only where the receiver is to sum up or to watch."""


@dataclass(frozen=True, slots=True)
class _Lexicon:
    verb: re.Pattern[str]
    verbs: dict[str, _Verb]
    noun_before: re.Pattern[str]
    purpose: re.Pattern[str]
    purpose_verbs: re.Pattern[str]
    adverbs: re.Pattern[str]
    handling: re.Pattern[str]
    papers: re.Pattern[str]
    rank: re.Pattern[str]
    through: re.Pattern[str]
    medium: re.Pattern[str]
    role: re.Pattern[str]


@cache
def _lexicon() -> _Lexicon:
    data = toml("reporting.toml")
    verbs = {
        folded(each["words"]): _Verb(
            each["words"],
            each["noun"],
            each["direct"],
            re.compile(rf"(?<![a-z]){any_of(each['to'])}(?:\s+(?:theo )?dia chi)?(?:\s*:)?\s+(?:kip thoi\s+)?" if each["to"] else r"(?!)"),
            each.get("exact", False),
            each.get("summed", False),
        )
        for each in data["verb"]
    }
    return _Lexicon(
        verb=re.compile(rf"(?<![a-z]){any_of(tuple(verbs))}(?![a-z])"),
        verbs=verbs,
        noun_before=re.compile(rf"(?<![a-z])(?<!ket ){any_of(data['noun']['before'])}\s+(?:cac\s+)?$"),
        purpose=re.compile(rf"(?<![a-z])(?:de|nham)\s+(?:{any_of(data['purpose']['verbs'])}\s*(?:,|va)?\s+)*$"),
        purpose_verbs=re.compile(rf"\s+(?:(?:{any_of(data['purpose']['verbs'])}|thuc hien|chu dong|tiep tuc|so lieu|ket qua)\s*(?:,|va)?\s*)*"),
        adverbs=re.compile(rf"\s*(?:{any_of(data['between']['adverbs'])}\s+)*"),
        handling=re.compile(
            r"\s*(?:\([^)]*\)\s*)?(?:thong qua [^,;.]{3,80}? )?(?:truoc [^,;.]{0,40})?,?\s*(?:(?:de|nham)\s+)?(?:duoc\s+)?"
            + any_of(data["handling"]["verbs"])
        ),
        papers=re.compile(rf"\s+{any_of(data['papers']['words'])}(?![a-z])"),
        rank=re.compile(any_of(data["rank"]["words"]) + r"(?![a-z])"),
        through=re.compile(r"[\s,]*\(?\s*(?:thong\s+)?qua\s*:?\s+"),
        medium=re.compile(any_of([each["words"] for each in data["medium"]]) + r"(?![a-z])[^,;.()]{0,60}"),
        role=re.compile(any_of(data["role"]["words"]) + r"(?![a-z])"),
    )


def read_reporting(text: str) -> Reporting:
    """The bodies that receive the report, as printed, and the channel.

    "đề xuất", "trình" and "tham mưu" alone are no report, and papers sent to
    be handled (thẩm định, góp ý, xử lý) are none either. Several receivers
    are joined by "; ", the evidence is that of the first.
    """
    everyone = tuple(_receivers(text))
    everyone = tuple(each for each in everyone if not each.purpose) or everyone
    found = _distinct(text, everyone)
    if not found:
        return Reporting()
    first = found[0]
    end = len(text[: _behind(text, first.span)].rstrip(" ,("))
    names = "; ".join(name for each in found for name in (_printed(text, each.span), *_more_receivers(text, each.span[1])))
    channel = next((named for each in found if (named := _channel(text, _behind(text, each.span))) is not None), None)
    reports = tuple((each.verb[0], each.span[0]) for each in everyone if each.rule == "report-báo-cáo")
    return Reporting(Named(names, Evidence(first.span[0], end, first.rule, 0.85)), channel, reports)


@dataclass(frozen=True, slots=True)
class _Receiver:
    span: tuple[int, int]
    verb: tuple[int, int]
    rule: str
    purpose: bool = False
    """Named only as what the work is for ("để báo cáo …"): it counts where nobody else gets a report."""


def _printed(text: str, span: tuple[int, int]) -> str:
    return re.sub(r"\s*\([^)]*\)", "", text[slice(*span)]).strip(" ,")


_BEYOND_CHANNEL = re.compile(r"\s*\(\s*qua [^()]{3,100}\)\s*(?:,|;|va)\s+")


def _more_receivers(text: str, at: int) -> tuple[str, ...]:
    """Receivers behind the channel of the first: "về Bộ Xây dựng (qua Cục Quản lý nhà) và UBND tỉnh"."""
    beyond = _BEYOND_CHANNEL.match(folded(text), at)
    span = body_phrase_at(text, beyond.end()) if beyond else None
    if span is None or follows_subject(text, span[1]):
        return ()
    return (_printed(text, span), *_more_receivers(text, span[1]))


def _distinct(text: str, found: Sequence[_Receiver]) -> list[_Receiver]:
    """Each receiver once; a shorter form of one already named ("Sở", "Sở Nội vụ") is the same."""
    kept: dict[str, _Receiver] = {}
    for each in found:
        name = folded(_printed(text, each.span))
        if name and not any(name.startswith(other) or other.startswith(name) for other in kept):
            kept[name] = each
    return list(kept.values())


def _receivers(text: str) -> Iterator[_Receiver]:
    """What each reporting verb names as its receiver."""
    body, known = folded(text), _lexicon()
    purpose_ends = -1
    for match in known.verb.finditer(body):
        verb = known.verbs[match.group()]
        if verb.noun and known.noun_before.search(body, max(0, match.start() - 40), match.start()):
            continue
        if verb.exact and plain_tone(text[slice(*match.span())].lower()) != plain_tone(verb.words):
            continue
        if verb.summed and not for_summing_up(body, match.end()):
            continue
        if _SENDERS.search(body, max(0, match.start() - 8), match.start()):
            continue
        if _DONE.search(text, max(0, match.start() - 12), match.start()) or (match.group() in ("gui", "nop") and _SIGNED.search(body, max(0, match.start() - 6), match.start())):
            continue
        if _reported_by_another(text, body, match.start()):
            continue
        if _passed_on(text, body, match.start()):
            continue
        purpose = known.purpose.search(body, max(0, match.start() - 60), match.start()) is not None
        span = _receiver(text, body, match, verb)
        if (purpose and not _reports_itself(body, match)) or (verb.direct and _goes_on(body, purpose_ends, match.start())):
            purpose_ends = span[1] if span is not None else -1
            continue
        if span is not None and not _by_law(body, match, span):
            yield _Receiver(span, match.span(), f"report-{verb.words.replace(' ', '-')}", purpose)


_BARE_PURPOSE = re.compile(r"(?<![a-z])de\s+$")
_HANDS_OVER = re.compile(
    r"(?<![a-z])(?:gui|nop|cung cap|chuyen|phan anh (?:ve|den|toi|kip)|thong bao|phan hoi|(?:co|lam) (?:co so|can cu|so lieu|tai lieu|du lieu))(?![a-z])"
)


def _reports_itself(body: str, match: re.Match[str]) -> bool:
    """Whether the doer itself reports what it is told to do: "Bộ A có ý kiến … để báo cáo Thủ tướng"; who hands papers over does not."""
    begin = max(body.rfind(mark, 0, match.start()) for mark in (". ", "; ", ": ")) + 1
    before = body[begin : match.start()]
    return match.group() == "bao cao" and len(before) > 24 and _BARE_PURPOSE.search(before) is not None and _HANDS_OVER.search(before) is None


def _goes_on(body: str, end: int, verb: int) -> bool:
    """Whether a verb goes on with the purpose whose receiver ends at `end`: "để tổng hợp, báo cáo Bộ A, báo cáo Chính phủ"."""
    return 0 <= end <= verb and body[end:verb].strip() in (",", "va", ", va")


_ANY_OFFICE = re.compile(r"(?:cac )?(?:co quan|don vi|ben|noi)(?: co)?(?: lien quan| chuc nang| khac)?")


def _by_law(body: str, match: re.Match[str], span: tuple[int, int]) -> bool:
    """Whether a paper goes to whoever the law names ("gửi các cơ quan theo quy định của pháp luật"): no report to anybody."""
    return match.group() in ("gui", "nop") and _ANY_OFFICE.fullmatch(body, *span) is not None and body.startswith(" theo quy dinh", span[1])


_ADVISES = re.compile(r"(?<![a-z])(?:tham muu|giup|trinh)(?: (?:cho|giup|de))?\s+(?=(?P<whom>[^.;:]{2,90})$)")


def _reported_by_another(text: str, body: str, at: int) -> bool:
    """Whether the report is that of a body which is only advised: "tham mưu UBND tỉnh báo cáo Bộ Y tế"."""
    advises = _ADVISES.search(body, max(0, at - 110), at)
    if advises is None:
        return False
    whom = _body(text, body, advises.start("whom")) or _rank(text, body, advises.start("whom"))
    return whom is not None and not body[whom[1] : at].strip()


_SO_THAT = re.compile(r"(?<![a-z])(?:de|nham)\s+(?:giup\s+)?(?=(?P<whom>[^.;:]{2,110})$)")
_OFFICE_ALONE = re.compile(r"(?:phong|truong|hoi|doan|ubnd|uy ban|van phong|vien|trung tam|don vi)(?= )")


def _passed_on(text: str, body: str, at: int) -> bool:
    """Whether it is the receiver who reports on: "gửi về Phòng để Phòng tổng hợp, báo cáo UBND huyện"."""
    so_that = _SO_THAT.search(body, max(0, at - 120), at)
    if so_that is None:
        return False
    begin = so_that.start("whom")
    office = _OFFICE_ALONE.match(body, begin)
    whom = _body(text, body, begin) or _rank(text, body, begin) or (office.span() if office and text[begin].isupper() else None)
    return whom is not None and whom[1] <= at and _lexicon().purpose_verbs.fullmatch(body, whom[1], at) is not None


_SENDERS = re.compile(r"(?<![a-z])se\s+$")
""" "…, Sở sẽ báo cáo UBND tỉnh": what the sender will do."""
_DONE = re.compile(r"(?<!\w)(?:đã|vừa|từng)(?:\s+được)?\s+$", re.IGNORECASE)
""" "theo mẫu Sở đã gửi cho các Phòng": told, with its marks."""
_SIGNED = re.compile(r"(?<![a-z])(?:ky,?|truy)\s+$")
""" "trình Chủ tịch ký gửi Bộ Y tế": whoever signs it sends it; "truy nộp về Văn phòng": arrears paid."""
_OPINION = re.compile(r"(?:gop y|tham gia y kien|cho y kien|co y kien bang van ban|ket luan bang van ban)[^.;]{0,30}$")
_MANY = re.compile(r"cac (?:don vi|dia phuong|nganh|xa|huyen|phong|truong|khoa|thon|ap)(?![a-z])(?! chuyen)")
""" "soạn mẫu gửi các đơn vị": sent to many, no report."""
_END = re.compile(r"(?:[.;]|(?<! ve)(?<! den)(?<! dia chi):)(?=\s|$)|(?<![a-z])de\s")


def _receiver(text: str, body: str, match: re.Match[str], verb: _Verb) -> tuple[int, int] | None:
    """Who gets what this verb sends: right after it, or after a preposition in its clause."""
    known = _lexicon()
    sends = match.group() in ("gui", "nop")
    if (sends or match.group() in ("tra ket qua", "phan hoi")) and not for_summing_up(body, match.end(), REACH) and sends_papers(body, match.span()):
        return None
    if match.group() == "phan hoi" and known.papers.match(body, match.end()):
        return None
    if sends and not for_summing_up(body, match.end(), REACH) and (
        known.papers.match(body, match.end()) or _OPINION.search(body, max(0, match.start() - 60), match.start())
    ):
        return None
    stop = _END.search(body, match.end(), match.end() + REACH)
    end = stop.start() if stop else min(len(body), match.end() + REACH)
    starts = []
    if verb.direct:
        adverbs = known.adverbs.match(body, match.end())
        starts.append(adverbs.end() if adverbs else match.end())
    starts += [each.end() for each in verb.to.finditer(body, match.end(), end)]
    for start in starts:
        span = _body(text, body, start) or _rank(text, body, start)
        if span is None:
            continue
        if sends and text[start : start + 4] == "các " and not for_summing_up(body, span[1]) and _MANY.match(body, start):
            return None
        if sends and (_swallowed(body, span) or known.handling.match(body, span[1])):
            return None
        return span
    return None


_BEHIND = re.compile(r"\s+(?:truoc|trong|vao|cham nhat|dinh ky)\s.*$|\s*\(?\s*(?:thong )?qua\s.*$|(?<=[a-z])\s+(?:\d+$|(?:hai|ba|bon|nam|sau|muoi) (?:ngay|tuan|thang|gio) (?:mot|1|01) lan$)")


def _without_capitals(printed: str, plain: str) -> str:
    """The folded words with those printed in capitals blanked, letter for letter: "Cục Trồng trọt" holds no "trong"."""
    return "".join("_" if mark.isupper() else letter for mark, letter in zip(printed, plain, strict=True))


def _body(text: str, body: str, start: int) -> tuple[int, int] | None:
    """The list of bodies at an offset, without a time or channel that the list ran into ("Trưởng Ban 3 giờ")."""
    span = body_phrase_at(text, start)
    if span is None:
        return None
    if body.startswith("tung ", span[0]):
        return None  # "cho từng trường": to each of many, no receiver of a report
    behind = _BEHIND.search(_without_capitals(text[slice(*span)], body[span[0] : span[1]]))
    if behind and (not behind.group().strip()[0].isdecimal() or re.match(r"\s*(?:gio|h|ngay|tuan|thang|lan)(?![a-z])", body[span[1] :])):
        return (span[0], span[0] + behind.start())
    return span


def _swallowed(body: str, span: tuple[int, int]) -> bool:
    """Whether the body's name ran into the verb of handling ("Ban Tổ chức Huyện ủy thẩm định")."""
    return bool(re.search(r"\s(?:tham dinh|phe duyet|gop y|tham tra)$", body[span[0] : span[1]]))


def _rank(text: str, body: str, start: int) -> tuple[int, int] | None:
    """A receiver by rank or by its head word alone ("cấp có thẩm quyền", "Sở", "Bộ trưởng")."""
    found = _lexicon().rank.match(body, start)
    if found is None or (not text[start].isupper() and not found.group().startswith(("cap ", "co quan ", "nguoi "))):
        return None
    return found.span()


def _behind(text: str, span: tuple[int, int]) -> int:
    """Where what follows a receiver begins: a bracket that belongs to its printed name may hold the channel."""
    bracket = text.find("(", *span)
    return bracket if bracket > span[0] else span[1]


def _channel(text: str, at: int) -> Named | None:
    """Through whom or what it goes: "(qua Cục …)", "thông qua Sở …", "qua hộp thư điện tử", "(Vụ …)"."""
    body, known = folded(text), _lexicon()
    through = known.through.match(body, at)
    if through is None and (bracket := re.match(r"\s*\((?!\s*qua)", body[at:])):
        start = at + bracket.end()
        span = body_phrase_at(text, start)
        if span is None or known.role.match(body, start):
            return None
        return Named(text[slice(*span)].strip(" ,"), Evidence(*span, "channel-in-brackets", 0.75))
    if through is None:
        return None
    span = body_phrase_at(text, through.end())
    if span is not None:
        return Named(text[slice(*span)].strip(" ,"), Evidence(*span, "channel-body", 0.9))
    medium = known.medium.match(body, through.end())
    if medium is None:
        return None
    words = text[slice(*medium.span())].rstrip()
    return Named(words, Evidence(medium.start(), medium.start() + len(words), "channel-medium", 0.8))
