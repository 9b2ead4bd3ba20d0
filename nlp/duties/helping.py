"""Who co-operates in a task: "phối hợp với …", "cùng với …", "Phối hợp: …"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from nlp.bodies import body_phrase_at, split_bodies
from nlp.directives import folded, follows_subject, opens_imperative
from nlp.duties.listed import HELPS, by_rule, helpers_of, named_bodies
from nlp.duties.roles import WITH_ROLE, role_at
from nlp.duties.same import same_body
from nlp.lexicon import any_of, toml
from nlp.types import Evidence, Named

_COOPERATE = re.compile(
    r"(?<![a-z])(?:phoi hop(?!\s+(?:thuc hien|giua))(?:\.(?=\s+voi\s))?|cung)"
    r"(?:\s*,?\s+(?:chat che|tot|kip thoi|hieu qua|dong bo|thuong xuyen|cu the|chi dao|thong nhat|cung|ho tro)){0,3}"
    r"\s*,?\s*(?P<with>voi)?\s*:?\s+"
)


@dataclass(frozen=True, slots=True)
class _Words:
    """The word lists of data/duty_words.toml as patterns."""

    offices: re.Pattern[str]
    one_office: re.Pattern[str]
    helpers: re.Pattern[str]


@cache
def _words() -> _Words:
    data = toml("duty_words.toml")
    office = rf"{any_of(data['offices']['fields'])}(?: dan su)?"
    whose = "(?:co quan|nganh)"
    nouns = "|".join(map(re.escape, sorted(data["helpers"]["nouns"], key=len, reverse=True)))
    return _Words(
        offices=re.compile(rf"(?:cac )?{whose} {office}(?:(?:, | va )(?:{whose} )?{office})*(?P<level> cung cap| cac cap)?(?![a-z])"),
        one_office=re.compile(rf"(?:(?P<whose>{whose}) )?(?P<field>{office})"),
        helpers=re.compile(rf"(?:các\s+)?(?:{nouns})(?=[\s,])"),
    )


def _offices(text: str, at: int) -> tuple[Named, ...]:
    """ "cơ quan tài chính, cơ quan thuế, hải quan (cùng cấp)", "ngành thuế": offices named by their field alone; as helpers only, for rules speak of them, too."""
    listed = _words().offices.match(folded(text), at)
    if listed is None:
        return ()
    end = listed.start("level") if listed["level"] else listed.end()
    level = text[end : listed.end()]
    found: list[Named] = []
    whose = "cơ quan"
    for one in _words().one_office.finditer(folded(text), at, end):
        whose = text[slice(*one.span("whose"))] if one["whose"] else whose
        found.append(Named(f"{whose} {text[slice(*one.span('field'))]}{level}", Evidence(*one.span(), "coordinating", 0.8)))
    return tuple(found)


_AND_ALSO = re.compile(r"\s*(?:,|,? và)\s+")


def _helpers_at(text: str, at: int) -> tuple[Named, ...]:
    """All who co-operate, from an offset on: bodies, offices by their field behind them, or people."""
    span = body_phrase_at(text, at)
    if span is None:
        return _offices(text, at) or _people(text, at)
    joint = _AND_ALSO.match(text, span[1])
    such = _SUCH_AS.match(text, span[1])
    more = body_phrase_at(text, such.end()) if such else None
    return (
        *named_bodies(text, span, "coordinating"),
        *(_offices(text, joint.end()) or _people(text, joint.end()) if joint else ()),
        *(named_bodies(text, more, "coordinating") if more else ()),
    )


_SUCH_AS = re.compile(r"\s*,?\s*như\s*:?\s+")
""" "các cơ quan liên quan như: Công an, Quản lý thị trường": some of them by name."""


def _people(text: str, at: int) -> tuple[Named, ...]:
    """Those who co-operate without being an agency, up to the verb of what is done: "phối hợp với cán bộ phụ trách thôn kiểm tra"."""
    noun = None if _THE_LEAD.match(folded(text), at) else _words().helpers.match(text, at)
    named = noun.end() if noun else at
    for space in re.finditer(r"\s+", text[noun.end() : noun.end() + 60]) if noun else ():
        end = noun.end() + space.start() if noun else at
        if re.search(r"[.;:()]", text[at:end]):
            break
        another = _words().helpers.match(text, end + len(space.group()))
        named = another.end() if another else named
        if end < named:
            continue  # "người sử dụng lao động": a verb within the noun
        done = opens_imperative(text, end + len(space.group())) and not _IN_CHARGE.match(folded(text), end)
        if done or _WHAT_FOR.match(text, end):
            return tuple(_each_of_people(text, at, end))
    return ()


_WHAT_FOR = re.compile(r",?\s+(?:để|nhằm|trong|theo)\s")
""" "phối hợp với ngân hàng để xác minh": what for, or in what."""
_IN_CHARGE = re.compile(r"\s+(?:(?:phu trach|chuyen trach|quan ly|theo doi)(?= (?!viec |cac |va )[a-z]+ [a-z]+)|cap(?:(?<=ngang cap)|(?<=cung cap)))")
""" "cán bộ phụ trách thôn": which of them, no duty."""


def _each_of_people(text: str, start: int, end: int) -> Iterator[Named]:
    """The helpers of a list ("kiểm lâm, chính quyền cơ sở"), parted where another noun of theirs begins."""
    begin = start
    for joint in re.finditer(r"\s*,\s+|\s+và\s+", text[start:end]):
        if _words().helpers.match(text, start + joint.end()):
            yield Named(text[begin : start + joint.start()], Evidence(begin, start + joint.start(), "coordinating", 0.7))
            begin = start + joint.end()
    name = text[begin:end].rstrip(" ,")
    yield Named(name, Evidence(begin, begin + len(name), "coordinating", 0.7))


_LED_WITH = re.compile(r"(?<![a-z])chu tri\s*,?\s*$")
""" "Sở A chủ trì, cùng Sở B …": behind the lead a bare "cùng" says who helps."""


def _beside(text: str, match: re.Match[str]) -> bool:
    """Whether "cùng" without "với" names who does the work with the doer: "chủ trì, cùng Sở A kiểm tra", "cùng Hội B tổ chức"."""
    before = folded(text[max(0, match.start() - 12) : match.start()]).rstrip()
    if before and not before.endswith((",", ";", ":", ".", " thi", " va", "chu tri")):
        return False
    span = body_phrase_at(text, match.end())
    return span is not None and follows_subject(text, span[1]) and text[match.start() : match.start() + 4].lower() == "cùng"


_THEN = re.compile(r"[.;]\s+(?:(?:Đồng thời|Ngoài ra),?\s+)?")
_HELP_IT = re.compile(
    r"(?: (?:trong|tren|thuoc|tai|co) [^,.;:]{3,60}?)?\s+"
    r"(?:(?:co trach nhiem|co nhiem vu|chiu trach nhiem|phai|can|tich cuc|chu dong|chi dao|,|va)\s+)*phoi hop"
    r"(?:\s*,?\s+(?:chat che|tot|kip thoi|hieu qua|dong bo|thuong xuyen|day du|cung)){0,3}\s+(?:cung voi|voi|cung)?\s*"
)
_THE_LEAD = re.compile(r"(?:cac )?(?:co quan|don vi) (?:chu tri|dau moi|duoc giao chu tri)(?![a-z])")


def with_whom(text: str, leads: Sequence[Named]) -> tuple[Named, ...]:
    """Who co-operates in a task of these leads; a general word for the lead ("phối hợp với cơ quan chủ trì") is none where others help it."""
    beside = _who_helps_the_lead(text, leads)
    return (*(each for each in read_coordinating(text) if not (beside and _THE_LEAD.fullmatch(folded(each.text)))), *beside)


def _who_helps_the_lead(text: str, leads: Sequence[Named]) -> tuple[Named, ...]:
    """Those of whom a later sentence says that they help the lead: "Giao Sở A chủ trì …. UBND các huyện có trách nhiệm phối hợp với Sở A …"."""
    found: list[Named] = []
    behind = 0
    for joint in _THEN.finditer(text):
        span = body_phrase_at(text, joint.end()) if joint.end() >= behind else None
        behind = max(behind, span[1] if span is not None else 0)
        helps = _HELP_IT.match(folded(text), span[1]) if span is not None else None
        if span is None or helps is None:
            continue
        whom = body_phrase_at(text, helps.end())
        lead = whom is not None and any(same_body(text[slice(*whom)], each.text) for each in leads)
        if lead or _THE_LEAD.match(folded(text), helps.end()):
            found.extend(named_bodies(text, span, "coordinating"))
    return tuple(found)


_LEADING = re.compile(r"(?<![a-z])chu tri(?: thuc hien)?\s*[,;]\s+(?:(?:con|va|giao) )?")
_HELPING = re.compile(r"\s+(?:cung |tham gia |co trach nhiem |chiu trach nhiem )?phoi hop(?!\s+(?:chat che |thuc hien )?(?:voi|cung|so|phong|ubnd)(?![a-z]))(?![a-z])")


def _each_with_its_role(text: str) -> tuple[Named, ...]:
    """ "Sở A chủ trì, Sở B và Sở C phối hợp, kiểm tra …": those behind the lead who only co-operate."""
    plain = folded(text)
    spans = [(span, _HELPING.match(plain, span[1])) for lead in _LEADING.finditer(plain) if (span := body_phrase_at(text, lead.end())) is not None]
    return tuple(body for span, helps in spans if helps for body in named_bodies(text, span, "coordinating"))


_IN_BRACKETS = re.compile(r"\((?P<lead>[^();]{3,120}?);\s+(?P<who>[^();]{3,140}?)\s+(?:cung )?phoi hop(?: thuc hien)?\s*(?=[;,.)]|$)")


def _helps_in_brackets(text: str, body: str) -> Iterator[Named]:
    """Those named behind the lead in a bracket: "(Sở A; Sở B, UBND quận C phối hợp)"."""
    for match in _IN_BRACKETS.finditer(body):
        span = body_phrase_at(text, match.start("who"))
        if span is not None and span[1] == match.end("who"):
            yield from named_bodies(text, span, "role")


def read_coordinating(text: str) -> tuple[Named, ...]:
    """Bodies named as "phối hợp (với)" or "cùng với"; "làm việc với" and "liên hệ với" do not count."""
    found: list[Named] = []
    body = folded(text)
    for match in _COOPERATE.finditer(body):
        bare = match.group().startswith("cung") and not match.group("with")
        if bare and not (_LED_WITH.search(body, max(0, match.start() - 12), match.start()) or _beside(text, match)):
            continue
        found.extend(_helpers_at(text, match.end()))
    found.extend(_each_with_its_role(text))
    role = role_at(text, WITH_ROLE)
    if role is not None:
        found.extend(named_bodies(text, role, "role"))
    found.extend(_helps_in_brackets(text, body))
    if HELPS.search(body):
        found.extend(by_rule(each, "role") for each in helpers_of(text, split_bodies(text)))
    unique: dict[str, Named] = {}
    for named in found:
        unique.setdefault(folded(named.text), named)
    return tuple(unique.values())
