"""From the register into the index: relay, repair, rebuild, on a real register and both engines."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import closing
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import update

from ingest.errors import Unavailable
from register import corrections, events, outbox
from register.models import Letter, OutboxEntry
from register.status import NAMES, STATUSES
from search import statuses
from search.embedded import EmbeddedEngine
from search.engine import Engine
from search.relay import Reconciled, every_document, rebuild, reconcile, relay_once
from search.types import Delete, Document, Query, Status, Upsert

from .conftest import ANALYSIS, EngineMaker, all_ids, letter
from .office import AT, DECISION, TODAY, Office, find, relay, task


def test_a_recorded_letter_is_found_with_its_tasks_and_citations(office: Office, engine: Engine) -> None:
    one = office.add(
        "mot.pdf",
        task("Kiểm tra bình chữa cháy", "Phường Mận", "Phường Đào", due=date(2023, 3, 8)),
        pages=("Kính gửi các phường", "Nội dung trang hai: chợ đêm bến thuyền"),
    )
    assert relay(office, engine) == 3
    assert office.lag().waiting == 0

    (hit,) = engine.search(Query("ben thuyen")).hits
    assert (hit.id, hit.page) == (str(one), 2)
    assert hit.title.text == "Công văn số 21/UBND-KT: phòng cháy chợ đêm"
    assert hit.fields["file"] == "mot.pdf"
    assert hit.agencies == ("Ủy ban nhân dân quận Lá", "Phường Mận", "Phường Đào")
    for text in ("21/UBND-KT", "công văn 21/2023", "so: 21", "trích dẫn:Nghị định 77/2019", "1102/qđ-ttg"):
        assert find(engine, text) == [str(one)], text

    mine = office.obligations(one)
    assert set(find(engine, "binh chua chay", "tasks")) == set(map(str, mine))
    assert find(engine, "cơ quan:phường mận; trạng thái:quá hạn", "tasks") == [str(mine[0])]
    assert find(engine, "21/UBND-KT cháy", "tasks", agencies=("Phường Đào",)) == [str(mine[1])]
    (hit,) = engine.search(Query("bình", kind="tasks", size=1, agencies=("Phường Mận",), today=TODAY)).hits
    assert (hit.due_on, hit.state, hit.letter_id) == (date(2023, 3, 7), "open", str(one))

    (hit,) = engine.search(Query("", kind="references", cited="nđ 77/2019")).hits
    assert hit.title.text == "Nghị định 77/2019/NĐ-CP"
    assert hit.fields["provisions"] == ["Điều 4"]
    assert hit.letter_id == str(one)


def test_relaying_again_changes_nothing(office: Office, engine: Engine) -> None:
    office.add("a.pdf", task("Quét dọn", "Phường Mận"))
    relay(office, engine)
    before = all_ids(engine)
    assert relay_once(office.database, engine, at=AT) == 0
    with office.database.transaction() as s:  # as if the program had died before marking
        s.execute(update(OutboxEntry).values(done_at=None))
    assert relay(office, engine) == 2
    assert all_ids(engine) == before


def test_corrections_and_events_reach_the_index(office: Office, engine: Engine) -> None:
    one = office.add("a.pdf", task("Quét dọn", "Phường Mận", due=date(2023, 3, 20)))
    relay(office, engine)
    with office.database.transaction() as s:
        corrections.correct_letter(s, one, "subject", "thoát nước đường tàu", at=AT, by=None)
    with office.database.transaction() as s:
        events.mark_done(s, office.obligations(one)[0], on=date(2023, 3, 19), at=AT, by=None)
    relay(office, engine)
    assert find(engine, "phòng cháy") == []
    assert find(engine, "đường tàu") == [str(one)]
    assert len(find(engine, "đường tàu", "tasks")) == 1
    assert len(find(engine, "", "tasks", statuses=("done-in-time",))) == 1
    assert find(engine, "", "tasks", statuses=("open",)) == []


def test_a_new_reading_takes_the_old_one_out(office: Office, engine: Engine) -> None:
    file_id = office.receive("a.pdf")
    one = office.record(file_id, task("Quét dọn", "Phường Mận"), task("Sửa đèn", "Phường Đào"))
    relay(office, engine)
    assert len(find(engine, "", "references")) == 2
    office.record(
        file_id, task("Sửa đèn", "Phường Đào"), references=(DECISION,), pages=("chữ mới",), version="v2"
    )
    relay(office, engine)
    assert find(engine, "chữ mới") == [str(one)]
    assert find(engine, "kính gửi") == []
    assert find(engine, "quét dọn", "tasks") == []
    assert len(find(engine, "", "tasks")) == 1
    assert [hit.title.text for hit in engine.search(Query("", kind="references")).hits] == [
        "Quyết định 1102/QĐ-TTg"
    ]
    assert reconcile(office.database, engine).clean


def test_what_cannot_be_indexed_is_set_aside_and_stops_nothing(office: Office, engine: Engine) -> None:
    bad = office.add("a.pdf", number="1")
    good = office.add("b.pdf", number="2")
    with office.database.transaction() as s:
        s.execute(update(Letter).where(Letter.id == bad).values(version=-1))
    relay(office, engine)
    assert find(engine, "") == [str(good)]
    assert (office.lag().waiting, office.lag().poison) == (0, 1)
    with office.database.reading() as s:
        ((entry, reason),) = outbox.poisoned(s)
    assert entry.entity_id == bad
    assert "-1" in reason
    report = reconcile(office.database, engine)
    assert {(one.kind, one.id) for one in report.rejected} == {
        ("letters", str(bad)),
        ("references", f"{bad}.1"),
        ("references", f"{bad}.2"),
    }


def test_while_the_engine_is_away_nothing_is_lost(office: Office, tmp_path: Path) -> None:
    office.add("a.pdf", task("Quét dọn", "Phường Mận"))
    folder = tmp_path / "later"
    with closing(EmbeddedEngine(folder / "index.sqlite", analysis=ANALYSIS)) as engine:
        for _ in range(10):
            with pytest.raises(Unavailable) as caught:
                relay_once(office.database, engine, at=AT)
            assert caught.value.retry
        assert not engine.status().available
        assert (office.lag().waiting, office.lag().poison) == (2, 0)
        folder.mkdir()
        assert relay(office, engine) == 2
        assert len(find(engine, "phòng cháy")) == 1


def test_an_elasticsearch_that_does_not_answer_is_unavailable(office: Office) -> None:
    import socket

    from search.elastic import ElasticEngine

    with socket.socket() as probe:  # a port where nobody listens
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    office.add("a.pdf")
    with closing(ElasticEngine(f"http://127.0.0.1:{port}", timeout=2)) as engine:
        with pytest.raises(Unavailable):
            relay_once(office.database, engine, at=AT)
        with pytest.raises(Unavailable):
            engine.search(Query("x"))
        status = engine.status()
    assert not status.available
    assert str(port) in status.detail
    assert office.lag().waiting == 1


def test_reconcile_mends_what_is_missing_stale_and_surplus(office: Office, engine: Engine) -> None:
    ids = [office.add(f"{n}.pdf", task("Quét dọn", "Phường Mận"), number=str(n)) for n in range(1, 5)]
    relay(office, engine)
    assert reconcile(office.database, engine) == Reconciled()
    right = all_ids(engine)

    with office.database.transaction() as s:  # changes that the index never heard of
        corrections.correct_letter(s, ids[1], "subject", "chữ mới", at=AT, by=None)
        s.execute(update(OutboxEntry).values(done_at=AT))
    fifth = office.add("5.pdf", number="5")
    with office.database.transaction() as s:
        s.execute(update(OutboxEntry).values(done_at=AT))
    stranger = Document("tasks", "99999", 3, "1", "không ai biết")
    odd = letter("not-a-number", "không ai biết")
    engine.apply([Upsert(stranger), Upsert(odd)])

    report = reconcile(office.database, engine)
    assert (report.missing, report.stale, report.surplus, report.ahead) == (3, 4, 2, 0)
    assert reconcile(office.database, engine) == Reconciled()
    now = all_ids(engine)
    assert now["letters"].keys() == {*right["letters"], str(fifth)}
    assert now["tasks"].keys() == right["tasks"].keys()
    assert find(engine, "chữ mới") == [str(ids[1])]
    assert find(engine, "không ai biết") == []


def test_an_index_ahead_of_a_restored_register_is_built_anew(office: Office, engine: Engine) -> None:
    one = office.add("a.pdf")
    relay(office, engine)
    engine.apply([Upsert(letter(str(one), "từ tương lai", version=50)), Delete("letters", "77", 9)])
    report = reconcile(office.database, engine)
    assert report.ahead == 1
    assert reconcile(office.database, engine) == Reconciled()
    assert find(engine, "tương lai") == []
    assert find(engine, "phòng cháy") == [str(one)]


def test_rebuild_holds_what_the_register_holds(office: Office, engine: Engine) -> None:
    for number in range(1, 4):
        office.add(f"{number}.pdf", task("Quét dọn", "Phường Mận", "Phường Đào"), number=str(number))
    status = rebuild(office.database, engine)
    assert status.documents == {"letters": 3, "tasks": 6, "references": 6}
    assert {(one.kind, one.id) for one in every_document(office.database)} == {
        (kind, id_) for kind, held in all_ids(engine).items() for id_ in held
    }
    assert reconcile(office.database, engine) == Reconciled()
    relay(office, engine)  # the outbox still holds all: nothing changes
    assert reconcile(office.database, engine) == Reconciled()


def test_what_changes_during_a_rebuild_is_not_lost(office: Office, make_engine: EngineMaker) -> None:
    engine = make_engine()
    office.add("a.pdf", number="1")
    relay(office, engine)

    class Meanwhile:
        """The engine, with an upload and the relay at work in the middle of a rebuild."""

        def __getattr__(self, name: str) -> object:
            return getattr(engine, name)

        def rebuild(self, documents: Iterable[Document]) -> Status:
            def disturbed() -> Iterator[Document]:
                yield from documents
                office.add("b.pdf", number="2", subject="đến giữa chừng")
                relay(office, engine)

            return engine.rebuild(disturbed())

    rebuild(office.database, Meanwhile())  # type: ignore[arg-type]
    assert len(find(engine, "giữa chừng")) == 1
    assert reconcile(office.database, engine) == Reconciled()


def test_a_damaged_index_file_is_said_to_be_and_rebuilt(office: Office, tmp_path: Path) -> None:
    office.add("a.pdf")
    path = tmp_path / "index.sqlite"
    with closing(EmbeddedEngine(path, analysis=ANALYSIS)) as engine:
        relay(office, engine)
    path.write_bytes(b"this is no database" * 1000)
    with closing(EmbeddedEngine(path, analysis=ANALYSIS)) as engine:
        with pytest.raises(Unavailable, match="index rebuild"):
            engine.search(Query("x"))
        assert rebuild(office.database, engine).documents["letters"] == 1
        assert len(find(engine, "phòng cháy")) == 1


def test_statuses_are_named_as_in_the_register() -> None:
    assert {name: statuses.STATUSES[name] for name in NAMES} == NAMES
    assert set(STATUSES) < set(statuses.STATUSES)
