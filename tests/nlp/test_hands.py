"""A number and a day written by hand: believed where the reading is sure and the letter agrees, else unknown and said so."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from ingest.types import Box, Line, Mark, Page, Word
from nlp.dispatch import understand
from nlp.jsonform import from_json, to_json
from nlp.types import Dispatch, Handwritten

LETTER = """ỦY BAN NHÂN DÂN
TỈNH BÌNH LÂM
Số: {number} /UBND-KT
V/v rà soát chợ dân sinh trên địa bàn

CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc
Bình Lâm, ngày {day} tháng {month} năm 2021

Kính gửi: Sở Công Thương.

{body}

Sở Công Thương chủ trì rà soát các chợ dân sinh, báo cáo Ủy ban nhân dân tỉnh trước ngày 20/3/2021.

Nơi nhận:
- Như trên;
- Lưu: VT, KT.

TM. ỦY BAN NHÂN DÂN
CHỦ TỊCH

Nguyễn Văn Thử
"""
BODY = "Thực hiện Nghị định số 114/2003/NĐ-CP ngày 03 tháng 10 năm 2003 của Chính phủ, Ủy ban nhân dân tỉnh yêu cầu:"


def page(
    *, number: str = "321", day: str = "02", month: str = "3", body: str = BODY, marks: tuple[Mark, ...] = ()
) -> Page:
    text = LETTER.format(number=number, day=day, month=month, body=body)
    lines, gap = [], False
    for at, row in enumerate(text.splitlines()):
        if not row.strip():
            gap = bool(lines)
            continue
        words = tuple(
            Word(word, Box(60 + 30 * x, 20 + 14 * at, 85 + 30 * x, 30 + 14 * at), 0.96)
            for x, word in enumerate(row.split())
        )
        lines.append(Line(words, gap))
        gap = False
    return Page(1, 595.0, 842.0, tuple(lines), "ocr", 200, marks)


def hand(text: str, probability: float = 0.97) -> Mark:
    return Mark(
        "handwriting",
        Box(90, 48, 110, 60) if text.startswith("Số") else Box(150, 118, 175, 130),
        text,
        probability,
    )


def signed(day: str) -> Mark:
    return Mark(
        "signature-text",
        Box(300, 0, 500, 40),
        f"Ký bởi: Ủy ban nhân dân tỉnh\nThời gian ký: {day} 08:01:33 +07:00",
    )


def read(*marks: Mark, **parts: str) -> Dispatch:
    [found] = understand([page(marks=marks, **parts)])
    return found


def note(dispatch: Dispatch, field: str) -> Handwritten:
    [found] = [each for each in dispatch.handwritten if each.field == field]
    return found


def test_what_is_printed_stays_as_it_is() -> None:
    found = read()
    assert found.handwritten == ()
    assert (found.header.number and found.header.number.value) == "321"
    assert (found.header.issued_on and found.header.issued_on.value) == "2021-03-02"


def test_a_sure_reading_that_nothing_speaks_against_is_the_value() -> None:
    found = read(hand("Số: 417"), hand("ngày: 12"), number="417", day="12")
    assert found.header.number is not None
    assert found.header.issued_on is not None
    assert (found.header.number.value, found.header.number.evidence.rule) == ("417", "header.number.hand")
    assert (found.header.issued_on.value, found.header.issued_on.evidence.rule) == (
        "2021-03-12",
        "header.date.hand",
    )
    assert all(each.believed and not each.reason for each in found.handwritten)
    assert note(found, "number").places[0].box == Box(90, 48, 110, 60)


@pytest.mark.parametrize(
    ("number", "day"),
    [(hand("Số: …", 0.0), hand("ngày: …", 0.0)), (hand("Số: 417", 0.7), hand("ngày: 12", 0.7))],
)
def test_what_was_not_read_for_sure_is_unknown_and_a_person_is_asked(number: Mark, day: Mark) -> None:
    # The reader of print has figures of its own for the blanks, and they are plausible.
    found = read(number, day, number="441", day="22")
    assert found.header.number is None
    assert found.header.issued_on is None
    assert not any("viết tay" in each for each in found.warnings)  # the review says it
    review: dict[str, Any] = {each["field"]: each for each in to_json(found)["review"]}
    assert review["number"]["reason"] == "số viết tay – cần nhập"
    assert review["issued_on"]["reason"] == "ngày viết tay – cần nhập"


def test_the_symbol_is_read_though_the_number_is_not() -> None:
    found = read(hand("Số: …", 0.0), number="…")
    assert found.header.number is None
    assert (found.header.symbol and found.header.symbol.value) == "UBND-KT"


@pytest.mark.parametrize(
    ("figures", "month", "reason"),
    [
        ("ngày: 31", "02", "không có ngày ấy"),
        ("ngày: 30", "02", "không có ngày ấy"),
        ("ngày: 15", "3", "sau ngày ký số 12/03/2021"),
        ("ngày: 13", "3", "sau ngày ký số 12/03/2021"),
    ],
)
def test_a_day_that_cannot_be_is_unknown_however_sure(figures: str, month: str, reason: str) -> None:
    found = read(hand(figures, 0.99), signed("12.03.2021"), day="…", month=month)
    assert found.header.issued_on is None
    assert reason in note(found, "issued_on").reason
    assert any(reason in warning for warning in found.warnings)


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        (
            "Thực hiện Công văn số 98/BCT-TTTN ngày 10/3/2021 của Bộ Công Thương, Ủy ban nhân dân tỉnh yêu cầu:",
            "viện dẫn ngày 10/03/2021",
        ),
        ("Ủy ban nhân dân tỉnh yêu cầu các huyện báo cáo trước ngày 03/3/2021.", "thời hạn 03/03/2021"),
    ],
)
def test_a_day_before_what_is_cited_or_after_a_deadline_is_unknown(body: str, reason: str) -> None:
    day = "04" if "Công văn" in body else "08"
    found = read(hand(f"ngày: {day}", 0.99), day=day, body=body)
    assert found.header.issued_on is None
    assert reason in note(found, "issued_on").reason


@pytest.mark.parametrize(
    "body", [BODY, "Thực hiện Công văn số 98/BCT-TTTN ngày 11/3/2021, Ủy ban nhân dân tỉnh yêu cầu:"]
)
def test_citations_up_to_the_day_itself_do_not_speak_against_it(body: str) -> None:
    found = read(hand("ngày: 11"), day="11", body=body)
    assert (found.header.issued_on and found.header.issued_on.value) == "2021-03-11"


def test_a_day_after_the_arrival_stamp_is_unknown() -> None:
    stamp = Mark("stamp", Box(20, 130, 170, 200), "SỞ CÔNG THƯƠNG\nĐẾN\nSố: 631\nNgày: 05/3/2021")
    assert read(hand("ngày: 08", 0.99), stamp, day="08").header.issued_on is None
    assert read(hand("ngày: 04", 0.99), stamp, day="04").header.issued_on is not None


def test_a_doubtful_day_is_believed_where_it_is_the_day_of_the_signature() -> None:
    found = read(hand("ngày: 12", 0.75), signed("12.03.2021"), day="…")
    assert found.header.issued_on is not None
    assert (found.header.issued_on.value, found.header.issued_on.evidence.rule) == (
        "2021-03-12",
        "header.date.hand-backed",
    )
    assert read(hand("ngày: 11", 0.75), signed("12.03.2021"), day="…").header.issued_on is None
    assert read(hand("ngày: 12", 0.6), signed("12.03.2021"), day="…").header.issued_on is None


def test_day_and_month_by_hand_are_as_sure_as_the_less_sure() -> None:
    found = read(hand("ngày: 12", 0.98), hand("tháng: 5", 0.97), day="12", month="5")
    assert (found.header.issued_on and found.header.issued_on.value) == "2021-05-12"
    assert read(hand("ngày: 12", 0.98), hand("tháng: 5", 0.6), day="12", month="5").header.issued_on is None
    half = read(hand("ngày: 12", 0.98), hand("tháng: …", 0.0), day="12", month="…")
    assert half.header.issued_on is None
    assert note(half, "issued_on").read is None


EARLIER = "Tiếp theo Công văn số 423/UBND-KT ngày 21/01/2021, Ủy ban nhân dân tỉnh yêu cầu:"


@pytest.mark.parametrize(
    ("body", "figures", "value"),
    [
        (EARLIER, "574", "574"),
        (EARLIER, "174", None),  # numbers of a year only rise
        (EARLIER, "423", None),
        (EARLIER.replace("UBND-KT", "STC-NS"), "174", "174"),  # another office's
        (EARLIER.replace("2021", "2020"), "174", "174"),  # another year's
    ],
)
def test_a_number_lower_than_one_of_the_same_symbol_it_cites_is_unknown(
    body: str, figures: str, value: str | None
) -> None:
    found = read(hand(f"Số: {figures}", 0.99), number=figures, body=body)
    assert (found.header.number and found.header.number.value) == value
    if value is None:
        assert "423/UBND-KT" in note(found, "number").reason


def test_a_doubtful_number_is_believed_where_an_annex_names_it() -> None:
    annex = f"{BODY}\n\n(Kèm theo Công văn số 574/UBND-KT ngày 02/3/2021 của Ủy ban nhân dân tỉnh)"
    found = read(hand("Số: 574", 0.75), number="…", body=annex)
    assert found.header.number is not None
    assert (found.header.number.value, found.header.number.evidence.rule) == (
        "574",
        "header.number.hand-backed",
    )
    assert read(hand("Số: 514", 0.75), number="…", body=annex).header.number is None


def test_handwriting_on_another_page_says_nothing_of_the_head() -> None:
    other = Page(
        2,
        595.0,
        842.0,
        (Line((Word("Phụ", None), Word("lục", None)), False),),
        "ocr",
        200,
        (hand("Số: 9", 0.99),),
    )
    found = understand([page(), other])[0]
    assert (found.header.number and found.header.number.value) == "321"
    assert found.handwritten == ()


def test_the_json_form_keeps_what_was_written_by_hand() -> None:
    found = read(hand("Số: 417", 0.7), hand("ngày: 12"), number="…", day="12")
    data = to_json(found)
    assert [(each["field"], each["read"], each["believed"]) for each in data["handwritten"]] == [
        ("number", "417", False),
        ("issued_on", "12/3", True),
    ]
    assert data["handwritten"][0]["boxes"] == [{"page": 1, "box": [90, 48, 110, 60]}]
    again = from_json(data).handwritten
    assert [replace(each, reason="") for each in again] == [
        replace(each, reason="") for each in found.handwritten
    ]


def test_handwriting_on_another_line_is_not_the_letters_number() -> None:
    aside = replace(hand("Số: 9", 0.99), box=Box(300, 400, 330, 412))
    found = read(aside)
    assert (found.header.number and found.header.number.value) == "321"
    assert found.handwritten == ()
