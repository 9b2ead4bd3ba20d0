"""Who commands in a sentence, and whom: the sender, somebody by his rank, or a doer who must ask it of others."""

from __future__ import annotations

import re
from functools import cache

from nlp.bodies import body_phrase_at, is_body
from nlp.directives import Directing, folded
from nlp.duties.same import same_body
from nlp.lexicon import any_of, toml


@cache
def _private() -> re.Pattern[str]:
    return re.compile(rf"(?:cac )?{any_of(toml('duty_words.toml')['private']['words'])}(?![a-z])")


@cache
def _leader() -> re.Pattern[str]:
    return re.compile(rf"(?:dong chi |d/c )?{any_of(toml('duty_words.toml')['leaders']['words'])}(?![a-z])")


def asks_somebody_private(text: str, clause: Directing) -> bool:
    """ "Sở Giao thông vận tải yêu cầu nhà thầu tăng ca": the duty is that of the body which must ask it of somebody private."""
    return _private().match(folded(text), clause.bodies_start) is not None


def commands(name: str, issuer: str) -> bool:
    """Whether a subject gives the letter's orders: the sender, or somebody by his rank ("Chủ tịch UBND tỉnh yêu cầu các chủ đầu tư …")."""
    return same_body(name, issuer) or _leader().match(folded(name)) is not None or " " not in name.strip()


def orders(text: str, subject: tuple[int, int], clause: Directing) -> bool:
    """Whether the subject behind an opening phrase is the one who orders: "Để …, Sở A trân trọng đề nghị Sở B …"."""
    between = folded(text[subject[1] : clause.start]).strip()
    return clause.start >= subject[1] and between in ("", "kinh", "tran trong", "xin", "tiep tuc", "cung")


_ADVERB_BEFORE = re.compile(r"\s+(?:xin|kinh|tran trong|tiep tuc|cung|nay)$")


def behind_sender(text: str, verb: int) -> bool:
    """Whether only a body stands between the clause's beginning and its verb: "…, Ban A trân trọng đề nghị …"."""
    begin = max((match.end() for match in re.finditer(r"(?:[,;:.]\s+|^(?:Nay|Vậy)[,]?\s+)", text[:verb])), default=0)
    sender = _ADVERB_BEFORE.sub("", folded(text[begin:verb]).rstrip())
    return bool(sender) and is_body(text[begin : begin + len(sender)])


def objects_only(text: str, clause: Directing) -> bool:
    """"đề nghị Bộ X xem xét" directs; "theo đề nghị Bộ X tại Công văn …" does not."""
    return "de nghi" in clause.verb and bool(re.match(r"\s*(?:tai|so)\s", folded(text[clause.bodies_end : clause.bodies_end + 12])))


_LEADS = re.compile(r"(?:(?:tap trung|tiep tuc|truc tiep|khan truong),?\s+)?(?:lanh dao, )?chi dao\s+")
_IN_THE_LEAD = re.compile(r"\s*,?\s+(?:la (?:co quan|don vi) )?(?:lam )?(?:chu tri|dau moi)(?![a-z])")


def told_to_lead(text: str) -> tuple[int, int] | None:
    """Whom the doer of an item tells to take the lead: "Chỉ đạo Sở A chủ trì, phối hợp với Sở B …" is the duty of Sở A.

    Without "chủ trì" those who are told are neither doers nor helpers.
    """
    plain = folded(text)
    told = _LEADS.match(plain)
    span = body_phrase_at(text, told.end()) if told else None
    if span is None or not _IN_THE_LEAD.match(plain, span[1]) or _GIVEN.search(plain, span[0], span[1]):
        return None
    return span


_GIVEN = re.compile(r" duoc (?:giao|phan cong|chi dinh)$")
""" "các cơ quan được giao chủ trì soạn thảo": which bodies are meant; what they are told to do comes behind."""
