"""Confidence as a probability: bounded, rising with the score, by counts that can be checked."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from math import exp

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.types import Line, Page, Word
from nlp.calibration import DOUBT, EDGES, LEAST, MOST, band, calibration, plain
from nlp.dispatch import found, understand
from nlp.doubts import KINDS, PARTS, WARNED, calibrated
from nlp.jsonform import from_json, to_json
from nlp.lexicon import toml
from nlp.reading import page_of_string
from nlp.review import EXPECTED, review
from nlp.types import Deadline, Dispatch, Evidence, Field, Header, Task
from nlp.values import values, with_evidence

FIELDS = (
    "number", "symbol", "issuer", "parent_body", "place", "issued_on", "subject", "kind", "signer", "addressee",
    "recipient", "task", "responsible", "coordinating", "deadline", "report_to", "reference",
)  # fmt: skip
LETTER = """ỦY BAN NHÂN DÂN
TỈNH BÌNH LÂM
Số: 321/UBND-KT
V/v rà soát chợ dân sinh trên địa bàn

CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc
Bình Lâm, ngày 02 tháng 3 năm 2021

Kính gửi: Sở Công Thương; Sở Xây dựng.

Thực hiện Nghị định số 114/2003/NĐ-CP ngày 03 tháng 10 năm 2003 của Chính phủ, Ủy ban nhân dân tỉnh yêu cầu:

1. Sở Công Thương chủ trì rà soát các chợ dân sinh, báo cáo Ủy ban nhân dân tỉnh trước ngày 20/3/2021.

2. Sở Xây dựng kiểm tra an toàn công trình chợ chậm nhất ngày 10/01/2021.

Nơi nhận:
- Như trên;
- Lưu: VT, KT.

TM. ỦY BAN NHÂN DÂN
CHỦ TỊCH

Nguyễn Văn Thử
"""


def as_read(text: str, doubts: dict[str, float]) -> Page:
    """A page as a reader gives it: words with a confidence, some of them doubted."""
    lines: list[Line] = []
    gap = False
    for row in text.splitlines():
        if not row.strip():
            gap = bool(lines)
            continue
        lines.append(Line(tuple(Word(word, None, doubts.get(word, 0.96)) for word in row.split()), gap))
        gap = False
    return Page(1, 595.0, 842.0, tuple(lines), "ocr", 200)


@given(
    st.sampled_from(sorted(calibration().fields)), st.text("abc.-", max_size=12),
    st.floats(0, 1), st.floats(0, 1), st.sets(st.sampled_from([*KINDS.values(), *PARTS.values(), WARNED, "mended", "?"])),
)  # fmt: skip
def test_probabilities_are_bounded_and_never_fall_while_the_score_rises(
    field: str, rule: str, one: float, other: float, marks: set[str]
) -> None:
    low, high = (calibration().sureness(field, rule, score, marks).probability for score in sorted((one, other)))
    assert LEAST <= low <= high <= MOST


@pytest.mark.parametrize("field", FIELDS)
def test_an_unknown_rule_is_as_good_as_its_field(field: str) -> None:
    weights = calibration().fields[field]
    unknown = calibration().sureness(field, "no.such-rule", 1.0)
    assert "no.such-rule" not in weights.rules
    top = [calibration().sureness(field, rule, 1.0).probability for rule in weights.rules]
    assert min(top) - 0.05 <= unknown.probability <= max(top) + 0.05
    assert unknown.probability == round(min(MOST, 1 / (1 + exp(-weights.all.odds - weights.bands[-1].odds))), 3)
    with pytest.raises(KeyError):
        calibration().sureness("no such field", "rule", 1.0)


def test_what_was_mended_is_a_mark_of_its_rule() -> None:
    assert plain("deadline.before-day.repaired") == "deadline.before-day"
    assert plain("reference.code.mended") == "reference.code"
    assert plain("header.number") == "header.number"


def test_the_counts_add_up() -> None:
    data = toml("calibration.toml")["fields"]
    assert set(FIELDS) <= set(data)
    for name, entry in data.items():
        triples = [entry["all"], *entry["bands"], *entry["rules"].values(), *entry["marks"].values()]
        assert all(0 <= right <= found and -12 <= effect <= 12 for found, right, effect in triples), name
        assert len(entry["bands"]) == len(EDGES) + 1
        assert [effect for _, _, effect in entry["bands"]] == sorted(effect for _, _, effect in entry["bands"]), name
        for part in (entry["bands"], list(entry["rules"].values())):
            assert [sum(column) for column in zip(*(each[:2] for each in part), strict=True)] == entry["all"][:2], name
        assert all(mark[0] <= entry["all"][0] for mark in entry["marks"].values())
        assert all(plain(rule) == rule for rule in entry["rules"])
    assert all(known in toml("doubts.toml")["marks"] for entry in data.values() for known in entry["marks"])


def test_every_doubt_has_its_words() -> None:
    words = toml("doubts.toml")
    assert set(words["marks"]) == {*KINDS.values(), *PARTS.values(), WARNED, "mended"}
    assert set(words["missing"]) == {*EXPECTED, "responsible"}
    assert set(words["read"]) - {""} <= set(calibration().fields)
    said = [text for part in words.values() for text in part.values()]
    assert all(text == text.strip() and re.search(r"[à-ỹ]", text) for text in said)
    rules = {rule for weights in calibration().fields.values() for rule in weights.rules}
    for key in words["rules"]:
        name = key.rpartition(":")[2]
        assert any(re.match(re.escape(name) + r"(?![a-z])", rule) for rule in rules) or name == "stamp.mark", key


def test_a_number_that_was_hardly_read_is_doubtful_and_comes_first() -> None:
    [sure] = understand([as_read(LETTER, {})])
    [unsure] = understand([as_read(LETTER, {"321/UBND-KT": 0.62})])
    assert sure.header.number is not None
    assert unsure.header.number is not None
    assert sure.header.number.value == unsure.header.number.value == "321"
    assert sure.header.number.evidence.doubt is None
    assert unsure.header.number.evidence.confidence < DOUBT
    assert "number" in [each.field for each in review(unsure)][:2]
    assert unsure.header.number.evidence.doubt == toml("doubts.toml")["read"]["number"]


def test_values_are_listed_by_how_probable_they_are() -> None:
    low, lower = Evidence(0, 1, "r", 0.7, doubt="chữ đọc không rõ"), Evidence(0, 1, "r", 0.4, doubt="số viết tay")
    task = Task(None, "làm việc", (), (), (), None, Evidence(0, 1, "r", 0.99))
    header = Header(kind=Field("công văn", Evidence(0, 0, "r")), symbol=Field("UBND-KT", low), number=Field("1", lower))
    listed = review(Dispatch(header, tasks=(task,)))
    assert [each.field for each in listed] == ["issuer", "issued_on", "subject", "tasks[0].responsible", "number", "symbol"]
    assert [each.confidence for each in listed] == [None, None, None, None, 0.4, 0.7]
    assert listed[4].reason == "số viết tay"
    assert review(Dispatch(replace(header, kind=Field("khác", low)), tasks=()))[0].field == "number"


def test_a_day_already_past_is_to_be_looked_at() -> None:
    [dispatch] = understand([page_of_string(LETTER)])
    [past] = [d for task in dispatch.tasks for d in task.deadlines if d.date == date(2021, 1, 10)]
    assert past.evidence.doubt == past.warnings[0]
    assert ("tasks[1].deadlines[0]", past.warnings[0]) in [(each.field, each.reason) for each in review(dispatch)]


def test_nothing_but_confidence_changes() -> None:
    [(raw, text)] = found([page_of_string(LETTER)])
    [done] = understand([page_of_string(LETTER)])

    def bare(dispatch: Dispatch) -> Dispatch:
        return with_evidence(dispatch, lambda value: replace(value.evidence, confidence=1.0, doubt=None))

    assert bare(raw) == bare(done)
    assert calibrated(raw, text.confidence) == done
    assert all(LEAST <= value.evidence.confidence <= 1 for value in values(done))
    assert all(value.evidence.doubt for value in values(done) if value.field in FIELDS and value.evidence.confidence < DOUBT)


def test_a_body_the_registry_does_not_know_is_named_as_the_reason() -> None:
    letter = LETTER.replace("Kính gửi: Sở Công Thương; Sở Xây dựng.", "Kính gửi: Vụ Chim sáo đá.")
    [dispatch] = understand([page_of_string(letter)])
    [entry] = dispatch.addressees
    known = understand([page_of_string(LETTER)])[0].addressees[0]
    assert dispatch.agencies[0].kind == "unknown"
    assert known.evidence.confidence > entry.evidence.confidence
    assert entry.evidence.doubt in (None, toml("doubts.toml")["marks"]["unlisted"])


def test_the_json_form_keeps_doubts_and_their_order() -> None:
    [dispatch] = understand([as_read(LETTER, {"321/UBND-KT": 0.55, "Nguyễn": 0.3})])
    form = to_json(dispatch)
    assert [each["field"] for each in form["review"]] == [each.field for each in review(dispatch)]
    assert {"field", "reason", "confidence"} == set(form["review"][0])
    assert to_json(from_json(form)) == form


def test_the_walk_meets_every_value_once() -> None:
    [dispatch] = understand([page_of_string(LETTER)])
    paths = [value.path for value in values(dispatch)]
    assert len(paths) == len(set(paths))
    assert {"number", "addressees[1]", "signer", "tasks[0]", "tasks[0].responsible[0]", "references[0].mentions[0]"} <= set(paths)
    deadline: Deadline = dispatch.tasks[0].deadlines[0]
    assert [v.text for v in values(dispatch) if v.path == "tasks[0].deadlines[0]"] == [deadline.raw]
    assert with_evidence(dispatch, lambda value: value.evidence) == dispatch
    assert band(0.0) == 0
