"""The deadline grammar: every rule's own examples, phrasings by value, traps, and laws that hold for any text."""

from __future__ import annotations

import tomllib
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nlp.deadlines import Relative, find_deadlines, parse_relative
from nlp.deadlines.judging import CONTEXTS
from nlp.deadlines.rules import rules
from nlp.deadlines.values import GIVES, NO_SUCH_DAY, NO_YEAR, PAST
from nlp.types import Deadline
from tests.nlp.growth import grows_with_the_length

DAY = date(2020, 5, 15)
CORPUS = tomllib.loads((Path(__file__).parent / "deadline_corpus.toml").read_text(encoding="utf-8"))


def find(text: str, issued_on: date | None = DAY) -> tuple[Deadline, ...]:
    return find_deadlines(text, issued_on=issued_on)


def value(deadline: Deadline) -> str:
    return deadline.date.isoformat() if deadline.date else deadline.rule or ""


def test_rules_are_well_formed() -> None:
    names = [rule.name for rule in rules()]
    assert len(set(names)) == len(names)
    for rule in rules():
        assert rule.context in CONTEXTS, rule.name
        assert rule.give in GIVES, rule.name
        assert rule.positive, f"{rule.name} has no example"
        assert rule.negative, f"{rule.name} has no counter-example"


@pytest.mark.parametrize("rule", rules(), ids=lambda rule: rule.name)
def test_rule_examples(rule) -> None:  # type: ignore[no-untyped-def]
    for text, expected in rule.positive:
        found = [d for d in find(text) if d.kind == rule.kind]
        assert " ".join(value(d) for d in found) == expected, text
        assert found, text
    for text in rule.negative:
        assert f"deadline.{rule.name}" not in {d.evidence.rule for d in find(text)}, text


@pytest.mark.parametrize(
    ("expected", "text"), [(key, text) for key, texts in CORPUS["given"].items() for text in texts]
)
def test_phrasings(expected: str, text: str) -> None:
    assert [f"{d.kind} {value(d) or '-'}" for d in find(text)] == [expected]


@pytest.mark.parametrize("text", CORPUS["none"]["texts"])
def test_no_deadline(text: str) -> None:
    assert find(text) == ()


def test_raw_is_the_printed_text_and_spans_lie_on_it() -> None:
    text = "Đề nghị các đơn vị báo cáo (trước ngày\n15/6/2020) về Sở."
    (found,) = find(text)
    assert found.raw == "trước ngày 15/6/2020"
    assert text[found.evidence.start : found.evidence.end].split() == found.raw.split()


def test_before_is_strict_and_by_is_not() -> None:
    assert find("gửi trước ngày 15/6/2020")[0].strict
    assert not find("gửi chậm nhất ngày 15/6/2020")[0].strict


def test_several_intervals_give_one_deadline_each() -> None:
    found = find("hằng tháng, quý, 6 tháng, năm báo cáo Bộ")
    assert [d.rule for d in found] == [
        "FREQ=MONTHLY",
        "FREQ=MONTHLY;INTERVAL=3",
        "FREQ=MONTHLY;INTERVAL=6",
        "FREQ=YEARLY",
    ]


def test_a_day_of_the_month_beside_other_intervals() -> None:
    found = find("báo cáo định kỳ (tháng, quý, 6 tháng, 9 tháng,năm) gửi về Trạm chậm nhất là ngày 07 hàng tháng.")
    assert {d.rule for d in found} == {
        "FREQ=MONTHLY;BYMONTHDAY=7",
        "FREQ=MONTHLY;INTERVAL=3",
        "FREQ=MONTHLY;INTERVAL=6",
        "FREQ=YEARLY;BYMONTH=9",
        "FREQ=YEARLY",
    }


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Định kỳ 6 tháng, báo cáo Hội đồng trước ngày 12/6 và 12/12", ["FREQ=YEARLY;BYMONTH=6;BYMONTHDAY=12", "FREQ=YEARLY;BYMONTH=12;BYMONTHDAY=12"]),
        ("Định kỳ 6 tháng và hằng năm, chủ rừng thống kê diện tích, gửi Hạt trước ngày 03 tháng 5 và ngày 03 tháng 11 theo mẫu", ["FREQ=YEARLY;BYMONTH=5;BYMONTHDAY=3", "FREQ=YEARLY;BYMONTH=11;BYMONTHDAY=3"]),
        ("Định kỳ 6 tháng nộp báo cáo trước ngày 12/6/2020 và 12/12/2020", ["FREQ=MONTHLY;INTERVAL=6", "2020-06-12", "2020-12-12"]),
        ("Định kỳ hằng quý báo cáo Sở; gửi kế hoạch thực hiện trước ngày 12/6", ["FREQ=MONTHLY;INTERVAL=3", "2020-06-12"]),
        ("Hằng tháng báo cáo tiến độ, gửi kế hoạch trước ngày 12/6", ["FREQ=MONTHLY", "2020-06-12"]),
    ],
)
def test_days_without_a_year_beside_an_interval_fall_due_every_year(text: str, expected: list[str]) -> None:
    assert [value(d) for d in find(text)] == expected


def test_a_past_day_that_is_ordered_is_kept_though_the_sentence_tells_what_was_done() -> None:
    text = "Đối với các xã chưa gửi theo thời gian đã nêu thì khẩn trương báocáo chậm nhất đến ngày 05/4/2020"
    (found,) = [d for d in find(text) if d.kind == "fixed"]
    assert found.date == date(2020, 4, 5)
    assert PAST in found.warnings


def test_several_deadlines_of_one_task() -> None:
    found = find("Khẩn trương rà soát, hoàn thành trước ngày 31/5/2020; gửi báo cáo trước ngày 05/6/2020.")
    assert [d.kind for d in found] == ["immediate", "fixed", "fixed"]
    assert [value(d) for d in found[1:]] == ["2020-05-31", "2020-06-05"]


def test_year_misprinted_into_the_past_is_kept_with_a_warning() -> None:
    (found,) = find("hoàn thành, báo cáo UBND tỉnh trong tháng 6 năm 2019")
    assert found.date == date(2019, 6, 30)
    assert PAST in found.warnings


def test_what_is_over_is_no_deadline() -> None:
    assert find("đã giao cho các đơn vị trước ngày 15/4/2020") == ()
    assert find("kết quả thực hiện trong quý I năm 2020") == ()


def test_missing_year_without_the_day_of_issue_is_unknown() -> None:
    (found,) = find("gửi trước ngày 15/6", issued_on=None)
    assert found.date is None
    assert found.warnings == (NO_YEAR,)


def test_day_that_does_not_exist() -> None:
    (found,) = find("gửi trước ngày 31/6/2020")
    assert found.date == date(2020, 6, 30)
    assert NO_SUCH_DAY in found.warnings


def test_masked_spans_hold_no_deadline() -> None:
    text = "theo Công văn yêu cầu báo cáo trước ngày 15/6/2020"
    at = text.index("trước")
    assert find(text)
    assert find_deadlines(text, issued_on=DAY, masked=[(at + 5, len(text))]) == ()


def test_lunar_day_in_brackets_is_not_a_second_deadline() -> None:
    found = find(
        "gửi trước 10 giờ 00 ngày 03/02/2022 (nhằm ngày 03, tháng Giêng năm Nhâm Dần)", date(2022, 1, 20)
    )
    assert [value(d) for d in found] == ["2022-02-03"]


def test_number_words_need_their_diacritics() -> None:
    assert find("sau ngày 15/6/2020 mới xét") == ()
    assert find("trong vòng sáu ngày kể từ ngày nhận được")[0].rule == "P6D after receipt"


@given(st.dates(date(2020, 5, 15), date(2060, 12, 31)), st.sampled_from(["slash", "words", "zero"]))
def test_printed_days_are_read_back(day: date, form: str) -> None:
    printed = {
        "slash": f"{day.day}/{day.month}/{day.year}",
        "zero": f"{day.day:02d}/{day.month:02d}/{day.year}",
        "words": f"{day.day:02d} tháng {day.month} năm {day.year}",
    }[form]
    (found,) = find(f"Báo cáo kết quả về Sở trước ngày {printed}.")
    assert found.date == day
    assert found.raw == f"trước ngày {printed}"


@given(st.dates(date(2010, 1, 1), date(2040, 12, 31)), st.integers(0, 364))
def test_missing_year_is_the_first_such_day_after_issue(issued_on: date, ahead: int) -> None:
    day = issued_on + timedelta(days=ahead)
    if (day.month, day.day) == (2, 29):
        return
    (found,) = find(f"gửi trước ngày {day.day}/{day.month}", issued_on)
    assert found.date == day


@given(
    st.builds(
        Relative,
        st.integers(0, 999),
        st.sampled_from(["MIN", "H", "D", "W", "M", "Y"]),
        st.booleans(),
        st.sampled_from([None, "receipt", "kỳ nghỉ Tết"]),
    )
)
def test_relative_round_trip(relative: Relative) -> None:
    assert parse_relative(str(relative)) == relative


WORDS = [
    "trước", "ngày", "ngay", "sau", "15/6/2020", "31", "tháng", "13", "năm", "2020", "quý", "II", "hàng", "định kỳ",
    "chậm nhất", "trong", "vòng", "05", "kể từ", "nhận", "6 tháng", "cuối", "(", ")", ",", ".", "\n", "/", "Tết", "đến hết",
    "ngày 99/99/9999", "thứ hai", "\ue000", "ﬁ", "İ", "a\u0302", "\u0000", "🙂",
]  # fmt: skip


@settings(max_examples=300, deadline=None)
@given(
    st.lists(st.sampled_from(WORDS), max_size=25),
    st.sampled_from([None, DAY, date(1, 1, 1), date(9999, 12, 31)]),
)
def test_never_raises_and_spans_lie_in_the_text(words: list[str], issued_on: date | None) -> None:
    text = " ".join(words)
    last = -1
    for found in find(text, issued_on):
        assert 0 <= found.evidence.start < found.evidence.end <= len(text)
        assert found.evidence.start >= last
        last = found.evidence.start


@settings(max_examples=150, deadline=None)
@given(st.text(max_size=120))
def test_any_text_is_read(text: str) -> None:
    for found in find(text):
        assert 0 <= found.evidence.start < found.evidence.end <= len(text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("không để tồn đọng, giải quyết xong trong quý III/2020", "2020-09-30"),
        ("không tổ chức đoàn riêng, gửi danh sách chung trong tháng 6/2020", "2020-06-30"),
        ("nơi chưa thực hiện phải hoàn thành trong tháng 7/2020", "2020-07-31"),
        ("cơ sở nào không được cấp phép thì di dời xong trong quý IV/2020", "2020-12-31"),
        ("thu hồi dự án chậm, không triển khai đúng cam kết, hoàn thành trong quý III/2020", "2020-09-30"),
        ("báo cáo không quá tháng 6/2020", "2020-06-30"),
        ("Sở giao các xã thực hiện khẩu hiệu “Sạch từ nhà ra phố” trước ngày 30/6/2020", "2020-06-30"),
        ("phát động phong trào “xong trước ngày 30/6/2020”", "2020-06-30"),
        ("tăng cường thu nợ đọng bảo hiểm trước ngày 30/6/2020", "2020-06-30"),
    ],
)
def test_what_only_looks_like_a_ban_or_a_correction(text: str, expected: str) -> None:
    assert [value(d) for d in find(text) if d.kind == "fixed"] == [expected]


def test_the_last_day_of_the_calendar_dates_no_letter() -> None:
    assert find("gửi về Phòng trước ngày 20", date(9999, 12, 31)) == find("gửi về Phòng trước ngày 20", None)


@pytest.mark.parametrize(
    "unit", ["nộp về UBND xã ngày 20/9/2020 ", "trừ Sở Y tế ngày 20/9/2020, ", "02 kỳ/tháng (ngày 15 và ngày 30, ", "mỗi tháng 02 kỳ ", "\nNgày 1/6/2020, "]
)
def test_days_without_a_preposition_are_read_in_time_by_the_length(unit: str) -> None:
    assert grows_with_the_length(find, unit, 8_000)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Trường hợp hồ sơ được bổ sung thì trong thời hạn 05 ngày kể từ ngày nhận đủ, Phòng Nội vụ trả kết quả", "P5D after receipt"),
        ("Nếu phương án được duyệt lại thì trong vòng 10 ngày kể từ ngày ký phải công bố", "P10D after issue"),
        ("Khi có đất được thu hồi thì trong thời hạn 15 ngày kể từ ngày ban hành, UBND xã niêm yết", "P15D after issue"),
        ("Hồ sơ đã được thẩm định thì trong 07 ngày kể từ ngày nhận được, Sở trình ký", "P7D after receipt"),
    ],
)
def test_what_is_granted_in_the_case_does_not_touch_the_period(text: str, expected: str) -> None:
    assert [value(deadline) for deadline in find(text)] == [expected]


@pytest.mark.parametrize(
    "text",
    [
        "Nếu trúng tuyển thì được hoàn phí trong thời hạn 20 ngày kể từ ngày công bố",
        "Người bị thu hồi đất thì được nhận tiền trong vòng 30 ngày kể từ ngày ban hành",
        "Khi nghỉ thì được hưởng nguyên lương trong thời hạn 05 ngày kể từ ngày nghỉ",
        "Quy chế được thông qua thì có hiệu lực trong thời hạn 02 năm kể từ ngày ký",
    ],
)
def test_what_is_granted_for_a_period_is_no_deadline(text: str) -> None:
    assert find(text) == ()
