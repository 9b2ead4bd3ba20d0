"""Whose duty a unit is where the words it opens with name others: people of the heading's own body, those the letter is sent to."""

from __future__ import annotations

import re
from functools import cache

from nlp.bodies import body_phrase_at
from nlp.directives import folded, follows_subject, verb_end
from nlp.duties import named_bodies, read_responsible
from nlp.lexicon import any_of, toml
from nlp.tasks.headings import Heading
from nlp.tasks.in_case import told_in_case
from nlp.tasks.setting import Setting, is_issuer
from nlp.types import Evidence, Named


@cache
def _own_staff() -> re.Pattern[str]:
    return re.compile(rf"phan cong(?: cho)? (?:cac |ro |cu the |mot |01 |tung )*{any_of(toml('duty_words.toml')['own_staff']['words'])}(?![a-z])")


@cache
def _party_body() -> re.Pattern[str]:
    return re.compile(rf"(?:cac )?{any_of(toml('duty_words.toml')['party_bodies']['words'])}(?![a-z])")


_WITHIN = re.compile(r"(?:phan cong|bo tri|cu|huy dong|dieu dong|cat cu)\s")


def doers_named(words: str, label: str, heading: Heading, setting: Setting) -> tuple[tuple[Named, ...], str] | None:
    """The doers a unit names itself, and the rule that found them; None where the duty is the heading's or that of all."""
    named = read_responsible(words, issuer=setting.issuer, labelled=bool(label))
    if named is None and (heading.bodies or setting.mode == "directive") and (apart := told_apart(words)):
        return apart, "subject"
    if named is None and setting.mode == "directive" and (bound := told_in_case(words)) and not is_issuer(bound, setting):
        return bound, "subject"
    if named is None or named[1] == "duty-bearers":
        named = addressee_named(words, setting) or named
    if named is not None and named[1] == "directing-verb" and _own_staff().match(folded(words)) and (heading.bodies or setting.default_bodies):
        return None  # "Phân công Kiểm sát viên có kinh nghiệm …": who must act parcels out his own people
    if named is not None and heading.bodies and words.startswith("Lãnh đạo ") and all(_party_body().match(folded(body.text)) for body in heading.bodies):
        return None  # "Lãnh đạo Ủy ban nhân dân tỉnh bảo đảm …" below a party body: here it is a verb
    if named is not None and heading.bodies and _WITHIN.match(folded(words)):
        return None  # "Phân công Kiểm lâm địa bàn bám sát cơ sở": the heading's body parcels out its own people
    return named


def told_apart(words: str) -> tuple[Named, ...]:
    """Whom a unit takes out of those meant by its list: "Riêng Điện lực A đóng điện trạm …", "Riêng bãi ven sông do Hạt Quản lý đê lập biên bản"; () for none."""
    plain = folded(words)
    apart = _APART.match(plain)
    if apart is None:
        return ()
    span = body_phrase_at(words, apart.end())
    if span is not None:
        return () if _STATE.match(plain, span[1]) else named_bodies(words, span, "subject")
    by = _BY.match(plain, apart.end())
    span = body_phrase_at(words, by.end()) if by else None
    acts = span is not None and follows_subject(words, span[1]) and not _DONE_TO_IT.match(plain, verb_end(words, span[1] + 1))
    return named_bodies(words, span, "subject") if span is not None and acts else ()


_DONE_TO_IT = re.compile(r"\s*(?:duoc|bi|thi|la|chua|da)(?![a-z])")


_APART = re.compile(r"rieng(?: doi voi| voi)?\s+")
_BY = re.compile(r"(?:(?!da |dang |duoc )[^.;:,]){3,110}?(?<![a-z])do\s+")
_STATE = re.compile(
    r"\s*(?:[.;]|$)|[\s,]*(?:da|dang|chua|co|con|la|thi|bi|duoc|se|cua|va|ve|tai|thuoc|trong|voi|dat|dat duoc|tang|giam|chiem|khong|hien|do|de|theo|cho|tu|den|ma)(?![a-z])"
)
""" "Riêng huyện A đạt 95%", "Riêng Sở B chưa báo cáo": how they stand, nothing they are told to do."""


def addressee_named(words: str, setting: Setting) -> tuple[tuple[Named, ...], str] | None:
    """One of those the letter is sent to, ordered by the words it is addressed with, though they name no agency: "Giao công chức phụ trách giảm nghèo …"."""
    plain = folded(words)
    order = _ORDER.match(plain)
    if order is None or len(setting.addressees) < 2:
        return None
    for each in setting.addressees:
        name = folded(re.sub(r"\s*\([^()]*\)", "", each.text)).strip(" .;,")
        if len(name) > 5 and re.compile(rf"{re.escape(name)}(?![a-z])").match(plain, order.end()):
            end = order.end() + len(name)
            return (Named(words[order.end() : end], Evidence(order.end(), end, "addressee", 0.85)),), "directing-verb"
    return None


_ORDER = re.compile(r"(?:giao|yeu cau|de nghi)(?: cho)?\s+(?:cac )?")
