"""Words and sentences hold every character of the text, and fixed expressions stay whole."""

import subprocess
import sys
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nlp.sentences import explain, sentences
from nlp.words import spans, words

OFFICE = st.text(
    alphabet=st.sampled_from(list('aảăâbcdđeêghiklmnoôơpqrstuưvxyÁĐƯNSTU0123456789 \n\t.,;:/-–()&"%+')),
    max_size=80,
)


def visible(text: str) -> str:
    return "".join(text.split())


@given(st.text(max_size=120))
@settings(max_examples=150, deadline=None)
def test_no_character_is_lost_or_doubled(text: str) -> None:
    found = spans(text)
    assert found == sorted(found)
    assert all(a[1] <= b[0] for a, b in pairwise(found))
    assert "".join(visible(text[s:e]) for s, e in found) == visible(text)


@given(OFFICE)
@settings(max_examples=150, deadline=None)
def test_no_character_of_office_text_is_lost(text: str) -> None:
    assert "".join(visible(text[s:e]) for s, e in spans(text)) == visible(text)


@given(st.text(max_size=200))
def test_sentences_hold_every_visible_character(text: str) -> None:
    cut = sentences(text)
    assert "".join(visible(text[s:e]) for s, e in cut) == visible(text)
    assert all(a[1] <= b[0] for a, b in pairwise(cut))


@pytest.mark.parametrize(
    "kept",
    [
        "45/2012/NĐ-CP",
        "1288/QĐ-TTg",
        "02-NQ/TU",
        "2231/SNV-CCHC&PC",
        "15/5/2020",
        "6/2019",
        "BCT-CNĐP",
        "b/c",
        "1.250,07",
        "30c/NQ-CP",
        "202/2025/QH15",
    ],
)
def test_codes_dates_and_abbreviations_stay_whole(kept: str) -> None:
    text = f"Thực hiện văn bản {kept} của cấp trên."
    assert kept in [word for word, _, _ in words(text)]


def test_syllables_are_joined_into_words_over_a_line_break() -> None:
    found = [word for word, _, _ in words("giao Sở Tài chính khẩn\ntrương báo cáo")]
    assert "khẩn trương" in found
    assert "báo cáo" in found


@pytest.mark.parametrize(
    "marked",
    [
        "Sở Y tế báo cáo trước ngày 15/5.|Sở Nội vụ theo dõi.",
        "TM. ỦY BAN NHÂN DÂN",
        "Gửi về Sở tại Q. Ba Đình, TP. Hà Nội trước ngày 20.|Hết.",
        "1. Giao Sở A rà soát.|\n2. Giao Sở B phối hợp.",
        "Thực hiện các việc sau:|\n- Rà soát;|\n- Báo cáo.",
        "Theo đề nghị của Sở Tài\nchính tại tờ trình.",
        "triển khai thực hiện./.|\nNơi nhận:|\n- Như trên;",
        "PGS. TS. Trần Văn Bình dự họp.",
        "Tổng số 70.102 cuộc.|Đạt 78,58%.",
        "Kết thúc.|\n\nPhần hai",
        "Có đồng ý không?|Có!|Vâng.",
    ],
)
def test_cuts_stand_where_they_are_marked(marked: str) -> None:
    text = marked.replace("|", " ")
    expected = [part.strip() for part in marked.split("|")]
    assert [" ".join(text[s:e].split()) for s, e in sentences(text)] == [
        " ".join(p.split()) for p in expected
    ]


def test_each_cut_names_its_rule() -> None:
    assert [(answer, rule) for _, answer, rule in explain("KT. GIÁM ĐỐC ký.\nHết. ")] == [
        ("join", "abbreviation_before"),
        ("split", "full_stop"),
        ("split", "full_stop"),
    ]


def test_finding_words_leaves_the_log_as_it_was() -> None:
    program = "import logging; from nlp.words import words; words('Sở Y tế báo cáo.'); print(logging.getLogger().handlers)"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
