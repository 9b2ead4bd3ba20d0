"""A dispatch goes to JSON in the gold format and comes back the same."""

import json
from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from ingest.types import Box
from nlp.jsonform import from_json, to_json
from nlp.types import (
    Deadline,
    Dispatch,
    Evidence,
    Field,
    Header,
    IncomingStamp,
    Named,
    PageBox,
    Reference,
    Signer,
    Task,
)

NUMBERS = st.floats(0, 1000, allow_nan=False)
EVIDENCE = st.builds(
    Evidence,
    start=st.integers(0, 9999),
    end=st.integers(0, 9999),
    rule=st.text(min_size=1, max_size=9),
    confidence=st.floats(0, 1),
    page=st.none() | st.integers(1, 99),
    boxes=st.lists(
        st.builds(PageBox, st.integers(1, 9), st.builds(Box, NUMBERS, NUMBERS, NUMBERS, NUMBERS)), max_size=2
    ).map(tuple),
)
TEXT = st.text(max_size=70)
MAYBE = st.none() | TEXT
FILLED = st.text(min_size=1, max_size=20)
DAYS = st.none() | st.dates()
NAMED = st.lists(st.builds(Named, TEXT, EVIDENCE), max_size=3).map(tuple)
ONE = st.none() | st.builds(Named, TEXT, EVIDENCE)
FIELD = st.none() | st.builds(Field, FILLED, EVIDENCE)
DEADLINES = st.builds(
    Deadline,
    kind=st.sampled_from(["fixed", "recurring", "relative", "immediate"]),
    date=DAYS,
    rule=MAYBE,
    raw=TEXT,
    evidence=EVIDENCE,
    strict=st.booleans(),
    warnings=st.lists(TEXT, max_size=2).map(tuple),
)
TASKS = st.builds(
    Task,
    label=MAYBE,
    text=TEXT,
    responsible=NAMED,
    coordinating=NAMED,
    deadlines=st.lists(DEADLINES, max_size=2).map(tuple),
    report_to=ONE,
    evidence=EVIDENCE,
    optional=st.booleans(),
    inherited=st.booleans(),
    channel=ONE,
    conditions=NAMED,
    exceptions=NAMED,
    products=NAMED,
)
REFERENCES = st.builds(
    Reference,
    type=MAYBE,
    code=MAYBE,
    number=MAYBE,
    year=st.none() | st.integers(1945, 2099),
    symbol=MAYBE,
    date=DAYS,
    provisions=st.lists(TEXT, max_size=2).map(tuple),
    raw=TEXT,
    mentions=st.lists(EVIDENCE, min_size=1, max_size=2).map(tuple),
    title=MAYBE,
    relation=MAYBE,
    issuer=MAYBE,
)
DISPATCHES = st.builds(
    Dispatch,
    header=st.builds(Header, FIELD, FIELD, FIELD, FIELD, FIELD, FIELD, FIELD, FIELD, FIELD, FIELD),
    addressees=NAMED,
    recipients=NAMED,
    signer=st.none() | st.builds(Signer, MAYBE, MAYBE, MAYBE, EVIDENCE),
    incoming=st.none() | st.builds(IncomingStamp, MAYBE, MAYBE, DAYS, EVIDENCE),
    tasks=st.lists(TASKS, max_size=2).map(tuple),
    references=st.lists(REFERENCES, max_size=2).map(tuple),
    warnings=st.lists(TEXT, max_size=2).map(tuple),
    text=TEXT,
    pages=st.lists(st.integers(1, 9), max_size=3).map(tuple),
    page_starts=st.lists(st.integers(0, 999), max_size=3).map(tuple),
)


@given(DISPATCHES)
def test_there_and_back(dispatch: Dispatch) -> None:
    assert from_json(json.loads(json.dumps(to_json(dispatch, with_text=True)))) == dispatch


def test_the_keys_of_the_gold_format() -> None:
    here = Evidence(0, 5, "t")
    dispatch = Dispatch(
        Header(kind=Field("công văn", here), issued_on=Field("2020-04-28", here)),
        addressees=(Named("Sở Y tế", here),),
        signer=Signer("KT. GIÁM ĐỐC", "PHÓ GIÁM ĐỐC", None, here),
        incoming=IncomingStamp(None, "12", date(2020, 5, 1), here),
        tasks=(
            Task(
                "1",
                "x" * 80,
                (Named("Sở Y tế", here),),
                (),
                (Deadline("fixed", date(2020, 5, 15), None, "trước ngày 15/5/2020", here, strict=True),),
                None,
                here,
            ),
        ),
    )
    data = to_json(dispatch)
    assert data["kind"] == "công văn"
    assert data["number"] is None
    assert data["issued_on"] == "2020-04-28"
    assert data["addressees"] == ["Sở Y tế"]
    assert data["recipients"] == []
    assert data["signer"] == {"authority": "KT. GIÁM ĐỐC", "position": "PHÓ GIÁM ĐỐC", "name": None}
    assert data["incoming"] == {"body": None, "number": "12", "date": "2020-05-01"}
    (task,) = data["tasks"]
    assert task["start"] == "x" * 60
    assert task["responsible"] == ["Sở Y tế"]
    assert task["deadlines"][0]["date"] == "2020-05-15"
    assert data["evidence"]["kind"]["rule"] == "t"
    assert "text" not in data
