"""Letters that rest on what was changed are warned of; replies are offered, and a person closes the task."""

from __future__ import annotations

from datetime import date

import pytest
from sqlalchemy import delete, update

from ingest.errors import BadRequest
from register import audit, events, history, letters, tasks
from register.database import Database
from register.graph import changes, decisions, replies, web
from register.models import Change, CitedDocument, Letter, Reference, Reply
from register.originals import OriginalStore
from tests.register.letters import AT, fixed, receive, record, task
from tests.register.webs import DECREE, letter, one, queries, refuse, take

NEW = letter(
    "Căn cứ Luật Ban hành văn bản quy phạm pháp luật;\nĐiều 9. Nghị định này có hiệu lực thi hành kể từ ngày 01/10/2025 và thay thế "
    "Nghị định số 45/2022/NĐ-CP ngày 21/5/2022.",
    number="235", symbol="2025/NĐ-CP", issued_on=date(2025, 8, 27), kind="nghị định", issuer="Chính phủ",
)  # fmt: skip
TODAY = date(2025, 12, 1)


def warned(database: Database, letter_id: int, today: date = TODAY) -> list[tuple[str, str, date | None]]:
    with database.reading() as s:
        found = changes.warnings(s, [letter_id], today=today).get(letter_id, ())
    return [(each.change.effect, each.change.actor_name, each.change.day) for each in found]


def test_a_letter_is_warned_of_from_the_day_its_basis_was_replaced(
    database: Database, store: OriginalStore
) -> None:
    resting = take(database, store, letter(f"{DECREE}, đề nghị các sở thực hiện."))
    assert warned(database, resting) == []
    new = take(database, store, NEW)
    replaced = [("thay thế", "nghị định 235/2025/NĐ-CP", date(2025, 10, 1))]
    assert warned(database, resting) == replaced
    assert warned(database, resting, date(2025, 10, 1)) == replaced
    assert warned(database, resting, date(2025, 9, 30)) == []
    assert warned(database, new) == []


@pytest.mark.parametrize(
    ("text", "issued_on", "expected"),
    [
        ("Căn cứ Nghị định số 45/2022/NĐ-CP ngày 21/5/2022;", date(2026, 1, 5), True),
        ("Căn cứ Nghị định số 45/2022/NĐ-CP ngày 21/5/2022; căn cứ Nghị định số 235/2025/NĐ-CP ngày 27/8/2025;", date(2026, 1, 5), False),
        ("Căn cứ Nghị định số 45/2022/NĐ-CP ngày 21/5/2022; căn cứ Nghị định số 235/2025/NĐ-CP ngày 27/8/2025;", date(2025, 9, 5), True),
        ("Trả lời kiến nghị sửa đổi Nghị định số 45/2022/NĐ-CP ngày 21/5/2022.", date(2023, 1, 5), False),
        ("Căn cứ Nghị định số 45/2023/NĐ-CP ngày 21/5/2023;", date(2024, 1, 5), False),
    ],
)  # fmt: skip
def test_who_is_warned_and_who_knows(
    database: Database, store: OriginalStore, text: str, issued_on: date, expected: bool
) -> None:
    take(database, store, NEW)
    resting = take(database, store, letter(text, number="70", issued_on=issued_on))
    assert bool(warned(database, resting, date(2026, 2, 1))) is expected


def test_a_third_letter_may_tell_of_a_change_and_the_documents_own_words_go_before(
    database: Database, store: OriginalStore
) -> None:
    resting = take(database, store, letter(f"{DECREE};"))
    take(
        database, store,
        letter(
            "Bộ thông báo: Nghị định số 235/2025/NĐ-CP ngày 27/8/2025 thay thế Nghị định số 45/2022/NĐ-CP ngày 21/5/2022.",
            number="71", issued_on=date(2025, 9, 3),
        ),
    )  # fmt: skip
    assert warned(database, resting) == [("thay thế", "nghị định 235/2025/NĐ-CP", date(2025, 8, 27))]
    file = receive(database, store, b"decree")
    record(database, file, NEW)
    assert warned(database, resting) == [("thay thế", "nghị định 235/2025/NĐ-CP", date(2025, 10, 1))]
    with database.reading() as s:
        view = web.get(s, one(database, "235/2025").id)
    assert [(each.effect, each.actor_letter_id is not None) for each in view.changes] == [("thay thế", True)]
    refuse(database, store, file)
    assert warned(database, resting) == [("thay thế", "nghị định 235/2025/NĐ-CP", date(2025, 8, 27))]


def test_warnings_take_as_many_queries_for_many_letters_as_for_few(
    database: Database, store: OriginalStore
) -> None:
    take(database, store, NEW)
    ids = [take(database, store, letter(f"{DECREE};", number=str(100 + each))) for each in range(6)]
    counts = []
    for some in (ids[:2], ids):
        with queries(database) as seen, database.reading() as s:
            assert len(changes.warnings(s, some, today=TODAY)) == len(some)
        counts.append(len(seen))
    assert counts[0] == counts[1]


ASKED = {"number": "2990", "symbol": "BCT-CTĐP", "issued_on": date(2020, 4, 28), "issuer": "Bộ Công Thương"}
OWED = (
    task("1", "Rà soát các đề án khuyến công", fixed(date(2020, 5, 25), "trước ngày 25/5/2020")),
    task("2", "Báo cáo kết quả thực hiện kế hoạch", fixed(date(2020, 5, 15), "trước ngày 15/5/2020")),
    task("3", "Báo cáo tình hình", lead=["Sở Tài chính"]),
)
OFFICE = "Sở Công Thương tỉnh Long An"
ANSWER = "Thực hiện Công văn số 2990/BCT-CTĐP ngày 28/4/2020 của Bộ Công Thương, Sở Công Thương báo cáo kết quả như sau:"


def asked(database: Database, store: OriginalStore) -> int:
    return take(database, store, letter(f"{DECREE}, Bộ đề nghị:", *OWED, **ASKED), home=OFFICE)  # type: ignore[arg-type]


def answer(text: str = ANSWER, **more: object):  # type: ignore[no-untyped-def]
    from dataclasses import replace

    from tests.register.letters import named

    values = {
        "number": "812", "symbol": "SCT-KH", "issued_on": date(2020, 5, 12), "issuer": "Sở Công Thương",
        "parent_body": "UBND tỉnh Long An", "subject": "kết quả khuyến công",
    } | more  # fmt: skip
    to = values.pop("to", ("Bộ Công Thương",))
    return replace(letter(text, **values), addressees=tuple(map(named, to)), recipients=())  # type: ignore[arg-type]


def offers(database: Database, state: str = "offered") -> list[tuple[str, str]]:
    with database.reading() as s:
        return [(each.body, each.task) for each in replies.listing(s, state=state)]


REPORT = ("Sở Công Thương các tỉnh", "Báo cáo kết quả thực hiện kế hoạch")


@pytest.mark.parametrize("asked_first", [True, False])
def test_an_outgoing_report_is_offered_for_the_task_that_asks_for_it_and_closes_nothing(
    database: Database, store: OriginalStore, asked_first: bool
) -> None:
    order = [lambda: asked(database, store), lambda: take(database, store, answer(), "di.pdf", home=OFFICE)]
    for each in order if asked_first else order[::-1]:
        each()
    assert offers(database) == [REPORT]
    with database.reading() as s:
        [offer] = replies.listing(s)
        assert "Thực hiện Công văn số 2990" in offer.snippet
        assert all(row.done_on is None for row in tasks.listing(s, today=AT.date()).items)


@pytest.mark.parametrize(
    "changed",
    [
        {"issuer": "Bộ Tài chính", "parent_body": None},
        {"to": ("Sở Tài chính",)},
        {"text": "Thực hiện Công văn số 2990/BCT-CTĐP ngày 28/4/2020, Sở yêu cầu các phòng khẩn trương rà soát.", "subject": "triển khai"},
        {"text": "Thực hiện Công văn số 2991/BCT-CTĐP ngày 28/4/2020 của Bộ Công Thương, Sở báo cáo như sau:"},
        {"text": "Thực hiện Công văn số 2990/BCT-CTĐP ngày 28/4/2019 của Bộ Công Thương, Sở báo cáo như sau:"},
        {"issued_on": date(2020, 4, 20)},
    ],
)  # fmt: skip
def test_what_is_no_answer_is_not_offered(
    database: Database, store: OriginalStore, changed: dict[str, object]
) -> None:
    asked(database, store)
    other = dict(changed)  # the same dictionary serves both databases
    text = str(other.pop("text", ANSWER))
    take(database, store, answer(text, **other), "di.pdf", home=OFFICE)
    assert offers(database) == []


def test_an_accepted_reply_is_the_evidence_and_outlives_a_new_reading(
    database: Database, store: OriginalStore
) -> None:
    incoming = asked(database, store)
    file = receive(database, store, b"reply", "di.pdf")
    [reply] = record(database, file, answer(), home=OFFICE).letter_ids
    with database.transaction() as s:
        [offer] = replies.listing(s)
        replies.accept(s, offer.id, at=AT, by=None, today=date(2020, 5, 20))
    with database.reading() as s:
        row = tasks.by_ids(s, [offer.obligation_id], today=date(2020, 6, 1))[0]
        [event] = history.of_obligation(s, offer.obligation_id)
        assert (row.done_on, row.status) == (date(2020, 5, 12), "done-in-time")
        assert (event.kind, event.letter_id) == ("done", reply)
        assert "812/SCT-KH" in (event.text or "")
        assert audit.listing(s, action="reply-accepted")[0].details == {"letter": reply}
        assert [each.letter_id for each in replies.listing(s, state="accepted", letter_ids=[incoming])] == [reply]
    record(database, file, answer(), version="v2", home=OFFICE)
    assert (offers(database), offers(database, "accepted")) == ([], [REPORT])
    record(database, file, version="v3")  # no letter is found any more: it is kept as withdrawn
    with database.reading() as s:
        assert letters.get(s, reply).row.state == "withdrawn"
    with pytest.raises(BadRequest) as caught, database.transaction() as s:
        replies.accept(s, offer.id, at=AT, by=None, today=date(2020, 5, 20))
    assert caught.value.code == "reply-decided"


def test_a_declined_reply_is_not_offered_again_and_a_reopened_task_has_its_offer_back(
    database: Database, store: OriginalStore
) -> None:
    asked(database, store)
    file = receive(database, store, b"reply", "di.pdf")
    record(database, file, answer(), home=OFFICE)
    with database.transaction() as s:
        [offer] = replies.listing(s)
        replies.accept(s, offer.id, at=AT, by=None, today=date(2020, 5, 20))
    with database.transaction() as s:
        events.reopen(s, offer.obligation_id, at=AT, by=None)
    assert offers(database) == [REPORT]
    with database.transaction() as s:
        replies.decline(s, offer.id, at=AT, by=None)
    record(database, file, answer(), version="v2", home=OFFICE)
    assert (offers(database), offers(database, "declined")) == ([], [REPORT])


def test_a_reply_to_a_misread_letter_is_offered_once_the_twins_are_one(
    database: Database, store: OriginalStore
) -> None:
    take(database, store, letter("Bộ đề nghị:", *OWED, **(ASKED | {"symbol": "BCT-CTĐF"})), home=OFFICE)  # type: ignore[arg-type]
    take(database, store, answer(), "di.pdf", home=OFFICE)
    assert offers(database) == []
    with database.transaction() as s:
        [pair] = decisions.pairs(s)
        decisions.decide(s, pair.id, same=True, at=AT, by=None)
    assert offers(database) == [REPORT]


def test_a_register_from_before_the_graph_gets_its_changes_and_offers(
    database: Database, store: OriginalStore
) -> None:
    incoming = asked(database, store)
    take(database, store, answer(), "di.pdf", home=OFFICE)
    take(database, store, NEW)
    with database.transaction() as s:
        for table in (Change, Reply, CitedDocument):
            s.execute(delete(table))
        s.execute(update(Letter).values(document_id=None))
        s.execute(update(Reference).values(document_id=None))
    assert (warned(database, incoming), offers(database)) == ([], [])
    database.upgrade()
    assert warned(database, incoming) == [("thay thế", "nghị định 235/2025/NĐ-CP", date(2025, 10, 1))]
    assert offers(database) == [REPORT]


def test_open_obligations_rest_on_a_document_in_their_own_words_or_through_letters(
    database: Database, store: OriginalStore
) -> None:
    ministry = asked(database, store)
    text = "Thực hiện Công văn số 2990/BCT-CTĐP ngày 28/4/2020, UBND tỉnh giao: Sở Tài chính bố trí vốn."
    province = take(
        database, store,
        letter(text, task(None, "bố trí vốn", lead=["Sở Tài chính"]), number="44", symbol="UBND-KT", issued_on=date(2020, 5, 4)),
    )  # fmt: skip
    with database.reading() as s:
        found = web.resting(s, one(database, "45/2022").id, today=AT.date())
        steps = web.chain(s, province)
    assert {each.task.letter_id for each in found} == {ministry, province}
    through = next(each for each in found if each.task.letter_id == province)
    assert [step.name for step in through.chain] == ["44/UBND-KT", "2990/BCT-CTĐP"]
    assert [[each.document.code for each in step] for step in steps] == [["2990/BCT-CTĐP"], ["45/2022/NĐ-CP"]]
    with database.transaction() as s:
        for each in found:
            events.mark_done(s, each.task.obligation_id, on=date(2020, 5, 5), at=AT, by=None)
    with database.reading() as s:
        assert web.resting(s, one(database, "45/2022").id, today=AT.date()) == ()


def test_letters_that_rest_on_each_other_end_the_chain(database: Database, store: OriginalStore) -> None:
    first = take(database, store, letter("Căn cứ Công văn số 2/SCT-KH ngày 1/3/2023;", number="1"))
    take(database, store, letter("Căn cứ Công văn số 1/SCT-KH ngày 1/3/2023;", number="2"))
    with database.reading() as s:
        assert [[each.document.code for each in step] for step in web.chain(s, first)] == [["2/SCT-KH"]]
        assert web.resting(s, one(database, "1/SCT-KH").id, today=AT.date()) == ()


def test_a_documents_page_takes_a_fixed_number_of_queries(database: Database, store: OriginalStore) -> None:
    counts = []
    for number in (3, 9):
        for each in range(number):
            take(database, store, letter(f"{DECREE};", OWED[0], number=str(number * 100 + each)))
        root = one(database, "45/2022").id
        with queries(database) as seen, database.reading() as s:
            view = web.get(s, root)
            web.resting(s, root, today=AT.date())
        counts.append(len(seen))
    assert counts[0] == counts[1]
    assert len(view.incoming) == 12
    assert next(each.kind for each in view.timeline) == "issued"
