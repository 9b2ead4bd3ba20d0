"""The specimens are what they claim: gold that the text bears out, and enough variety to learn from."""

from __future__ import annotations

import datetime as dt
import json
import re
import unicodedata
from collections import Counter

import pytest
from dateutil.rrule import rrulestr

from corpus.annotate import as_printed, split_code
from corpus.build import derive
from corpus.flatten import reading
from corpus.source import parse
from corpus.specimen import LETTERS, Specimen, derived, letter, letters
from ingest.errors import BadFile

KEYS = {
    "kind", "number", "symbol", "issuer", "parent_body", "place", "issued_on", "subject", "urgency", "secrecy",
    "addressees", "recipients", "signer", "incoming", "tasks", "references",
}  # fmt: skip
TASK_KEYS = {"label", "start", "text", "responsible", "coordinating", "deadlines", "report_to"}
REFERENCE_KEYS = {"type", "code", "number", "year", "symbol", "date", "provisions", "raw"}
KINDS = {"công văn", "chỉ thị", "công điện", "thông báo", "kế hoạch", "tờ trình", "báo cáo", "quyết định", "giấy mời", "hướng dẫn", "khác",
         "biên bản", "phiếu chuyển"}  # fmt: skip
RELATIVE = re.compile(r"P(\d+[DWMY]|T\d+H) after .+")

each = pytest.mark.parametrize("specimen", letters(), ids=lambda s: s.name)


def flat(specimen: Specimen) -> str:
    return reading(specimen.text)


@each
def test_text_and_gold_are_those_of_the_source(specimen: Specimen) -> None:
    text, gold = derive(LETTERS / f"{specimen.name}.letter")
    assert specimen.text == text
    assert specimen.gold == json.loads(gold)


@each
def test_is_composed_vietnamese(specimen: Specimen) -> None:
    for words in (specimen.text, json.dumps(specimen.gold, ensure_ascii=False)):
        assert unicodedata.is_normalized("NFC", words)
        assert "**" not in words


@each
def test_gold_has_the_keys_of_the_format(specimen: Specimen) -> None:
    gold = specimen.gold
    assert gold.keys() - {"unrecoverable_from_text", "annotator_notes"} == KEYS
    assert gold["kind"] in KINDS
    assert gold["urgency"] in (None, "hỏa tốc", "thượng khẩn", "khẩn")
    for task in gold["tasks"]:
        assert task.keys() - {"optional"} == TASK_KEYS
    for reference in gold["references"]:
        assert reference.keys() - {"title"} == REFERENCE_KEYS
        assert ("title" in reference) == (reference["code"] is None)


@each
def test_tasks_stand_in_the_text(specimen: Specimen) -> None:
    text = flat(specimen)
    for task in specimen.gold["tasks"]:
        assert len(task["start"]) <= 60
        assert task["text"].startswith(task["start"])
        assert task["text"] in text
        for deadline in task["deadlines"]:
            assert deadline["raw"] in task["text"], task["label"]


@each
def test_every_task_has_somebody_to_do_it(specimen: Specimen) -> None:
    text = flat(specimen).casefold()
    for task in specimen.gold["tasks"]:
        assert task["responsible"] or task.get("optional"), task["start"]
        assert not set(task["responsible"]) & set(task["coordinating"]), task["start"]
        for body in [*task["responsible"], *task["coordinating"]]:
            for word in re.findall(r"[\w&]+", body.casefold()):
                assert word in text, body


@each
def test_labels_are_printed_paths(specimen: Specimen) -> None:
    lines = [p.plain for p in specimen.source.body]
    for task in specimen.gold["tasks"]:
        if task["label"] is None:
            continue
        last = re.split(r"\.(?=[-+a-zđ])", task["label"])[-1]
        if last.startswith(("-", "+")):
            marks = ("-", "–", "•", "*") if last[0] == "-" else ("+",)  # every other bullet is written as a dash
            assert any(line.startswith(marks) for line in lines), task["label"]
        else:
            printed = re.sub(r"^(?:[IVX]+|[A-H]|Điều \d+)\.", "", last)
            assert any(line.startswith((printed, f"({printed})")) for line in lines), task["label"]


@each
def test_deadlines_are_well_formed(specimen: Specimen) -> None:
    for task in specimen.gold["tasks"]:
        for deadline in task["deadlines"]:
            kind, date, rule = deadline["kind"], deadline["date"], deadline["rule"]
            if kind == "fixed":
                assert rule is None
                assert dt.date.fromisoformat(date) >= dt.date.fromisoformat(specimen.gold["issued_on"])
            elif kind == "recurring":
                assert date is None
                if rule is not None:
                    start = dt.datetime(2024, 1, 1)
                    assert rrulestr(rule, dtstart=start).after(start) is not None
            elif kind == "relative":
                assert date is None
                assert RELATIVE.fullmatch(rule), rule
            else:
                assert (kind, date, rule) == ("immediate", None, None)


@each
def test_references_are_quoted_and_keyed(specimen: Specimen) -> None:
    text = flat(specimen)
    seen = Counter()
    for reference in specimen.gold["references"]:
        assert reference["raw"] in text
        if reference["date"]:
            dt.date.fromisoformat(reference["date"])
        if reference["code"]:
            assert reference["number"] in reference["code"]
            assert split_code(reference["code"])[0] == reference["number"]
        for provision in reference["provisions"]:
            assert re.match(r"(điểm|khoản|điều|chương|mục) ", provision, re.IGNORECASE)
            article = re.search(r"\d+[a-z]?$", provision)
            assert article
            assert article.group() in text
        seen[(reference["number"], reference["year"], reference["symbol"], reference.get("title"))] += 1
    assert set(seen.values()) <= {1}


@each
def test_head_stands_in_the_text_or_is_said_to_be_unreadable(specimen: Specimen) -> None:
    gold, text = specimen.gold, flat(specimen)
    hidden = gold.get("unrecoverable_from_text", [])
    if gold["kind"] == "khác":
        assert [k for k in KEYS - {"kind", "tasks", "references"} if gold[k]] == []
        return
    assert gold["issuer"].casefold().split()[0] in text.casefold()
    if gold["issued_on"]:
        dt.date.fromisoformat(gold["issued_on"])
    if gold["symbol"]:
        assert gold["symbol"] in text
    if "number" in hidden:
        assert re.search(r"Số:\s*[/-]", text)
    elif gold["number"]:
        assert re.search(rf"Số:? {gold['number']}[/-]", text)
    if gold["subject"]:
        assert as_printed(text, gold["subject"])
    if gold["signer"] and gold["signer"]["name"]:
        assert (gold["signer"]["name"] in text) != ("signer.name" in hidden)
    for item in [*gold["addressees"], *gold["recipients"]]:
        assert as_printed(text, item), item
    if gold["incoming"] and "incoming.number" not in hidden:
        assert gold["incoming"]["number"] in text


def test_the_collection_is_varied() -> None:
    gold = [s.gold for s in letters()]
    kinds = Counter(g["kind"] for g in gold)
    assert len(gold) >= 24
    assert kinds["công văn"] >= 10
    assert {"chỉ thị", "công điện", "thông báo", "kế hoạch", "tờ trình", "báo cáo", "khác"} <= kinds.keys()
    without = [g for g in gold if not [t for t in g["tasks"] if not t.get("optional")]]
    assert len(without) >= 4
    years = {int(g["issued_on"][:4]) for g in gold if g["issued_on"]}
    assert min(years) <= 2003
    assert max(years) == 2025
    rules = [d for g in gold for t in g["tasks"] for d in t["deadlines"]]
    assert {d["kind"] for d in rules} == {"fixed", "recurring", "relative", "immediate"}
    assert sum(1 for g in gold if g["incoming"]) >= 3
    assert {g["urgency"] for g in gold} >= {"hỏa tốc", "khẩn"}
    authority = " ".join(g["signer"]["authority"] or "" for g in gold if g["signer"])
    for mark in ("KT.", "TM.", "TL.", "TUQ.", "Q."):
        assert mark in authority
    assert sum(1 for g in gold if "number" in g.get("unrecoverable_from_text", [])) >= 3


@pytest.mark.parametrize(
    ("body", "fault"),
    [
        ("Một câu.\n@task 1 | R=Sở A | from=«không có»", "no from"),
        ("Một câu.\n@task 1 | X=Sở A", "unknown field"),
        ("Một câu.\n@ref nghị định | 1/2020/NĐ-CP", "malformed reference"),
        ("Một câu.\n@note gì đó", "unknown annotation"),
    ],
)
def test_a_wrong_annotation_is_named(tmp_path, body: str, fault: str) -> None:
    path = tmp_path / "sai.letter"
    path.write_text(f'+++\nkind = "công văn"\nform = "flow"\n+++\n{body}\n', encoding="utf-8")
    with pytest.raises(BadFile) as caught:
        derive(path)
    assert "sai" in caught.value.message_en
    assert fault in caught.value.message_en


def test_a_letter_without_a_head_is_refused() -> None:
    with pytest.raises(BadFile, match="phần đầu"):
        parse("x", "chỉ có chữ")


@pytest.mark.parametrize(
    ("code", "parts"),
    [
        ("45/2012/NĐ-CP", ("45", 2012, "NĐ-CP")),
        ("02-NQ/TU", ("02", None, "NQ/TU")),
        ("30c/NQ-CP", ("30c", None, "NQ-CP")),
        ("437", ("437", None, None)),
        ("1322/STC-GCS&TCDN", ("1322", None, "STC-GCS&TCDN")),
    ],
)
def test_codes_split_into_number_year_and_symbol(code: str, parts: tuple) -> None:
    assert split_code(code) == parts


@each
@pytest.mark.parametrize("form", ["columns", "stacked", "flow"])
def test_a_letter_can_be_flattened_in_any_form_with_the_same_gold(specimen: Specimen, form: str) -> None:
    other = derived(specimen, form=form, break_hyphens=False)
    mine, theirs = ([(t["label"], t["responsible"], t["report_to"]) for t in s.gold["tasks"]] for s in (specimen, other))
    assert mine == theirs
    assert [r["code"] for r in other.gold["references"]] == [r["code"] for r in specimen.gold["references"]]


def test_a_confined_letter_can_be_made_for_tests_of_refusal() -> None:
    confined = derived(letter("snv_nghi_le_2013"), secrecy="mật")
    assert confined.text.startswith("MẬT\n")
    assert confined.gold["secrecy"] == "mật"
    assert all(s.gold["secrecy"] is None for s in letters())
