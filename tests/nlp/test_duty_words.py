"""The word lists of nlp/data/duty_words.toml: what each must find, and what looks alike and is none."""

from __future__ import annotations

import pytest

from nlp.duties import read_responsible
from nlp.lexicon import toml
from nlp.tasks.headings import Heading
from nlp.tasks.setting import Setting
from nlp.tasks.whose import doers_named
from nlp.tasks.why import why_directive
from nlp.types import Evidence, Named

WORDS = toml("duty_words.toml")
OFFICES = (Named("Viện kiểm sát nhân dân các huyện", Evidence(0, 0, "test")),)
SETTING = Setting("công văn", "UBND tỉnh Tân Khê", OFFICES, None)


def doers(text: str) -> list[str]:
    found = read_responsible(text, issuer="UBND tỉnh Tân Khê")
    return [body.text for body in found[0]] if found else []


def test_a_body_that_must_ask_somebody_private_has_the_duty() -> None:
    assert doers(WORDS["private"]["yes"]) == ["Sở Giao thông vận tải"]
    assert doers(WORDS["private"]["no"]) == ["Phòng Quản lý đô thị"]


def test_who_commands_by_rank_orders_the_private_themselves() -> None:
    assert doers(WORDS["leaders"]["yes"]) == ["các chủ đầu tư"]
    assert doers(WORDS["leaders"]["no"]) == ["Sở Xây dựng"]


def test_own_people_whom_a_body_parcels_work_out_to_are_no_doers() -> None:
    assert doers_named(WORDS["own_staff"]["yes"], "1", Heading(), SETTING) is None
    named = doers_named(WORDS["own_staff"]["no"], "1", Heading(), SETTING)
    assert named is not None
    assert [body.text for body in named[0]] == ["Phòng Nội vụ"]


@pytest.mark.parametrize(("key", "doer"), [("yes", None), ("no", ["Lãnh đạo UBND tỉnh"])])
def test_below_a_body_of_the_party_to_lead_is_a_verb(key: str, doer: list[str] | None) -> None:
    heading = Heading((Named(WORDS["party_bodies"][key], Evidence(0, 0, "heading")),))
    named = doers_named("Lãnh đạo UBND tỉnh bảo đảm an toàn lễ hội.", "1", heading, SETTING)
    assert (named and [body.text for body in named[0]]) == doer


@pytest.mark.parametrize(("key", "why"), [("yes", None), ("no", "guided")])
def test_in_a_letter_that_guides_what_holds_for_anybody_is_a_rule(key: str, why: str | None) -> None:
    text = WORDS["anybody"][key]
    guiding = Setting("công văn", "Cục Thuế tỉnh", OFFICES, None, mode="informing", guides=True)
    assert why_directive(text, read_responsible(text), Heading(), guiding) == why
