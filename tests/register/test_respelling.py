"""A corrected misreading is offered where the same reading stands, and nowhere is it applied by itself."""

from __future__ import annotations

from typing import Any

import pytest

from ingest.errors import BadRequest
from nlp.types import Dispatch
from register import audit, corrections, letters, offers, respellings
from register.database import Database
from register.originals import OriginalStore
from register.respelling import respellings as told
from register.views import LetterView
from tests.register.letters import AT, dispatch, receive, record, task

MISREAD = [
    ("issuer", "Sở Công Thưong tỉnh Bình Lâm", "Sở Công Thương tỉnh Bình Lâm"),
    ("issuer", "SỞ CÔNGTHƯƠNG", "SỞ CÔNG THƯƠNG"),
    ("addressees", ["Sở Y tê", "Sở Nội vụ"], ["Sở Y tế", "Sở Nội vụ"]),
    ("signer_name", "Nguyễn Vãn Thử", "Nguyễn Văn Thử"),
    ("report_to", "Vụ Tài chinh", "Vụ Tài chính"),
    ("place", "Bình Lảm", "Bình Lâm"),
    ("subject", "rà soát chơ dân sinh năm 2020", "rà soát chợ dân sinh năm 2020"),
    ("text", "tổng hợp khuyến côngvà báo cáo", "tổng hợp khuyến công và báo cáo"),
    ("responsible", ["UBND quân 1"], ["UBND quận 1"]),
]
OTHERWISE = [
    ("number", "2990", "2991"),
    ("symbol", "BCT-CTDP", "BCT-CTĐP"),
    ("issued_on", "2020-04-28", "2020-04-29"),
    ("kind", "công văn", "thông báo"),
    ("issuer", "Sở Công Thương tỉnh Bình Lâm", "Sở Công Thương tỉnh Lào Cai"),
    ("issuer", "Sở Công Thương", "Sở Công Thương tỉnh Bình Lâm"),
    ("issuer", "SỞ CÔNG THƯƠNG", "Sở Công Thương"),
    ("issuer", "UBND quận 1", "UBND quận 7"),
    ("issuer", None, "Sở Công Thương"),
    ("signer_name", "Nguyễn Văn An", "Trần Thị Bình"),
    ("responsible", ["các Sở"], ["Sở Tài chính", "Sở Nội vụ"]),
    ("subject", "báo cáo trước ngày 25", "báo cáo trước ngày 26"),
    ("subject", "rà soát chợ", "rà soát chợ dân sinh"),
    ("text", "Báo cáo kết quả quý I", "Tổ chức họp, gửi biên bản"),
    ("deadlines", [], []),
]


@pytest.mark.parametrize(("field", "old", "new"), MISREAD)
def test_letters_put_right_are_told(field: str, old: Any, new: Any) -> None:
    assert len(told(field, old, new)) == 1


@pytest.mark.parametrize(("field", "old", "new"), OTHERWISE)
def test_another_value_says_nothing_about_other_letters(field: str, old: Any, new: Any) -> None:
    assert told(field, old, new) == ()


def test_words_are_told_with_their_neighbours() -> None:
    [found] = told("subject", "V/v rà soát chơ dân sinh", "V/v rà soát chợ dân sinh")
    assert (found.key, found.wrong, found.right) == ("chơ", "soát chơ dân", "soát chợ dân")


WRONG, RIGHT = "Sở Công Thưong tỉnh Bình Lâm", "Sở Công Thương tỉnh Bình Lâm"
TEXT = "Đề nghị rà soát chơ dân sinh"


class Office:
    """A register with letters in which the same words were misread."""

    def __init__(self, database: Database, store: OriginalStore) -> None:
        self.database, self.store, self.count = database, store, 0

    def add(self, made: Dispatch) -> int:
        self.count += 1
        file_id = receive(self.database, self.store, f"thu {self.count}".encode())
        [letter_id] = record(self.database, file_id, made).letter_ids
        return letter_id

    def letter(self, letter_id: int) -> LetterView:
        with self.database.reading() as s:
            return letters.get(s, letter_id)

    def offers(self, letter_id: int) -> tuple[offers.Offer, ...]:
        with self.database.reading() as s:
            return offers.of_letter(s, letters.get(s, letter_id))

    def correct(self, letter_id: int, field: str, value: Any) -> None:
        with self.database.transaction() as s:
            corrections.correct_letter(s, letter_id, field, value, at=AT, by=None)

    def elsewhere(self, letter_id: int, field: str) -> list[list[int]]:
        with self.database.reading() as s:
            made = respellings.of_field(s, letter_id, None, field)
            return [[row.id for row in respellings.elsewhere(s, each)] for each in made]


@pytest.fixture
def office(database: Database, store: OriginalStore) -> Office:
    return Office(database, store)


def test_the_offer_covers_every_place_is_taken_at_once_and_survives_a_new_reading(office: Office) -> None:
    first = office.add(dispatch(task("1", "Báo cáo"), issuer=WRONG))
    made = dispatch(task("1", TEXT, lead=(WRONG, "Sở Nội vụ")), number="12", issuer=WRONG, subject="V/v rà soát chơ dân sinh")
    second = office.add(made)
    clean = office.add(dispatch(task("1", "Báo cáo"), number="13"))
    office.correct(first, "issuer", RIGHT)
    assert office.elsewhere(first, "issuer") == [[second]]
    assert office.letter(second).row.issuer == WRONG  # nothing by itself
    assert office.offers(clean) == ()
    [offer] = office.offers(second)
    assert (offer.wrong, offer.right, offer.here, offer.times) == (WRONG, RIGHT, False, 1)
    assert [(each.field, each.index) for each in offer.places] == [("issuer", None), ("responsible", 0)]
    with office.database.transaction() as s:
        offers.accept(s, second, offer.id, at=AT, by=None)
    after = office.letter(second)
    assert (after.row.issuer, after.tasks[0].responsible) == (RIGHT, (RIGHT, "Sở Nội vụ"))
    assert office.offers(second) == ()
    record(office.database, after.row.file_id, made, version="v2")
    again = office.letter(second)
    assert (again.row.issuer, again.tasks[0].responsible) == (RIGHT, (RIGHT, "Sở Nội vụ"))
    with office.database.reading() as s:
        [entry] = audit.listing(s, action="respelling-accepted")
    assert (entry.entity_id, entry.details) == (second, {"old": WRONG, "new": RIGHT})


def test_words_of_a_subject_are_offered_to_the_text_of_a_task(office: Office) -> None:
    first = office.add(dispatch(subject="V/v rà soát chơ dân sinh"))
    second = office.add(dispatch(task("1", TEXT), number="12"))
    office.correct(first, "subject", "V/v rà soát chợ dân sinh")
    assert office.elsewhere(first, "subject") == [[second]]
    [offer] = office.offers(second)
    with office.database.transaction() as s:
        offers.accept(s, second, offer.id, at=AT, by=None)
    assert office.letter(second).tasks[0].text == "Đề nghị rà soát chợ dân sinh"


def test_a_refused_offer_stays_away_there_and_only_there(office: Office) -> None:
    first, second, third = (office.add(dispatch(number=str(n), issuer=WRONG)) for n in (11, 12, 13))
    office.correct(first, "issuer", RIGHT)
    [offer] = office.offers(second)
    with office.database.transaction() as s:
        offers.refuse(s, second, offer.id, at=AT, by=None)
    assert office.offers(second) == ()
    assert [each.wrong for each in office.offers(third)] == [WRONG]
    assert office.elsewhere(first, "issuer") == [[third]]
    with office.database.transaction() as s, pytest.raises(BadRequest) as caught:
        offers.accept(s, second, offer.id, at=AT, by=None)
    assert caught.value.code == "respelling-unknown"


def test_what_a_person_said_of_a_letter_stands(office: Office) -> None:
    first, accepted, reviewed = (office.add(dispatch(number=str(n), issuer=WRONG)) for n in (11, 12, 13))
    office.correct(first, "issuer", RIGHT)
    with office.database.transaction() as s:
        corrections.confirm(s, accepted, "issuer", at=AT, by=None)
        corrections.review(s, reviewed, at=AT, by=None)
    assert office.offers(accepted) == office.offers(reviewed) == ()


def test_a_correction_taken_back_is_not_offered_any_more(office: Office) -> None:
    first, second = (office.add(dispatch(number=str(n), issuer=WRONG)) for n in (11, 12))
    office.correct(first, "issuer", RIGHT)
    assert office.offers(second)
    office.correct(first, "issuer", WRONG)
    assert office.offers(second) == ()


def test_a_body_that_there_is_was_not_misread(office: Office) -> None:
    there_is, meant = "Sở Y tế tỉnh Gia Lai", "Sở Y tế tỉnh Gia Lâi"
    first, second = (office.add(dispatch(number=str(n), issuer=there_is)) for n in (11, 12))
    office.correct(first, "issuer", meant)
    assert told("issuer", there_is, meant)
    assert office.offers(second) == ()


def test_one_name_of_a_list_is_offered_after_another_was_corrected(office: Office) -> None:
    first = office.add(dispatch(issuer=WRONG))
    second = office.add(dispatch(task("1", "Báo cáo", lead=(WRONG, "Sở Nôi vụ")), number="12"))
    office.correct(first, "issuer", RIGHT)
    view = office.letter(second)
    with office.database.transaction() as s:
        corrections.correct_task(s, view.tasks[0].id, "responsible", [WRONG, "Sở Nội vụ"], at=AT, by=None)
    assert [each.places[0].index for each in office.offers(second)] == [0]
