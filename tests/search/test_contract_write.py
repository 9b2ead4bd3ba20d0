"""What writing does: versions, deletes, rebuild. One suite for both engines."""

from __future__ import annotations

import random
from dataclasses import replace

import pytest

from search.engine import Engine
from search.types import Applied, Change, Delete, Purge, Query, Upsert

from .conftest import CORPUS, TASKS, EngineMaker, all_ids, letter, put


def titles(engine: Engine) -> dict[str, str]:
    engine.refresh()
    return {hit.id: hit.title.text for hit in engine.search(Query("", size=100)).hits}


def test_writing_twice_is_writing_once(engine: Engine) -> None:
    changes = [Upsert(document) for document in (*CORPUS, *TASKS)]
    for _ in range(2):
        assert engine.apply(changes) == Applied(written=len(changes))
    engine.refresh()
    assert engine.status().documents == {"letters": 3, "tasks": 5, "references": 0}
    assert engine.search(Query("cầu phao")).total == 1


def test_an_older_change_never_overwrites_a_newer_one(engine: Engine) -> None:
    put(engine, letter("a", "mới", "hai", version=2))
    assert engine.apply([Upsert(letter("a", "cũ", "một", version=1))]) == Applied(stale=1)
    assert engine.apply([Delete("letters", "a", 1)]) == Applied(stale=1)
    assert titles(engine) == {"a": "mới"}
    assert engine.search(Query("một")).total == 0
    put(engine, letter("a", "mới hơn", "ba", version=3))
    assert titles(engine) == {"a": "mới hơn"}
    assert engine.search(Query("hai")).total == 0


def test_a_late_change_does_not_bring_a_deleted_document_back(engine: Engine) -> None:
    put(engine, letter("a", "thư", version=2))
    assert engine.apply([Delete("letters", "a", 3)]) == Applied(written=1)
    assert engine.apply([Upsert(letter("a", "thư", version=2))]) == Applied(stale=1)
    assert titles(engine) == {}
    put(engine, letter("a", "sống lại", version=4))
    assert titles(engine) == {"a": "sống lại"}


def test_deleting_what_is_not_there_is_done(engine: Engine) -> None:
    assert engine.apply([Delete("tasks", "nothing", 7)]) == Applied(written=1)


def test_any_order_of_changes_ends_alike(engine: Engine) -> None:
    changes: list[Change] = []
    for name in "abcdef":
        changes += [Upsert(letter(name, f"{name} {version}", version=version)) for version in range(1, 5)]
    changes += [Delete("letters", "a", 5), Delete("letters", "b", 2), Delete("letters", "c", 3)]
    random.Random(7).shuffle(changes)
    for change in changes:
        engine.apply([change])
    engine.refresh()
    assert dict(engine.ids("letters")) == dict.fromkeys("bcdef", 4)


def test_a_batch_may_hold_several_versions_of_one_document(engine: Engine) -> None:
    engine.apply([Upsert(letter("a", f"bản {version}", version=version)) for version in (1, 3, 2)])
    assert titles(engine) == {"a": "bản 3"}


def test_purge_takes_out_what_a_letter_no_longer_has(engine: Engine) -> None:
    def citation(letter_id: str, position: int, version: int) -> Upsert:
        document = replace(letter(f"{letter_id}.{position}", "x", version=version), kind="references")
        return Upsert(replace(document, letter_id=letter_id))

    engine.apply([citation("1", position, 1) for position in range(4)] + [citation("2", 0, 1)])
    engine.apply([citation("1", 0, 2), citation("1", 1, 2), Purge("references", "1", 2)])
    engine.refresh()
    assert dict(engine.ids("references")) == {"1.0": 2, "1.1": 2, "2.0": 1}
    engine.apply([Purge("references", "1", 3)])
    engine.refresh()
    assert dict(engine.ids("references")) == {"2.0": 1}


@pytest.mark.parametrize("bad", [letter("", "x"), letter("x" * 600, "x"), letter("a", "x", version=0)])
def test_a_poison_document_is_refused_and_stops_nothing(engine: Engine, bad: object) -> None:
    applied = engine.apply([Upsert(letter("one", "x")), Upsert(bad), Upsert(letter("two", "x"))])  # type: ignore[arg-type]
    assert applied.written == 2
    (rejected,) = applied.rejected
    assert rejected.id == bad.id  # type: ignore[attr-defined]
    assert rejected.reason
    engine.refresh()
    assert set(dict(engine.ids("letters"))) == {"one", "two"}


def test_odd_characters_are_no_poison(engine: Engine) -> None:
    text = "đầu \x00 \ud800 \u200b \x1f giữa \U0001f41f \ufeff cuối " + "x" * 100_000
    put(
        engine,
        letter(
            "a", text[:90], text, agencies=("\x00", "n" * 50_000, "Sở \ud83d"), fields={"k": [1, None, "ế"]}
        ),
    )
    (hit,) = engine.search(Query("giua cuoi")).hits
    assert hit.id == "a"
    assert hit.fields == {"k": [1, None, "ế"]}
    assert engine.search(Query("x" * 300)).total in (0, 1)


def test_a_second_engine_sees_the_same_index(make_engine: EngineMaker) -> None:
    first, second = make_engine(), make_engine()
    put(first, *CORPUS)
    assert second.search(Query("cầu phao")).total == 1
    put(second, letter("l9", "từ bên kia"))
    assert first.search(Query("từ bên kia")).total == 1


def test_rebuild_swaps_in_a_new_index(make_engine: EngineMaker) -> None:
    engine, other = make_engine(), make_engine()
    put(engine, letter("old", "bản cũ", version=9), letter("l1", "bản cũ", version=9))
    assert other.search(Query("bản cũ")).total == 2
    before = engine.status().generation

    status = engine.rebuild(iter((*CORPUS, *TASKS)))

    assert status.documents == {"letters": 3, "tasks": 5, "references": 0}
    assert status.generation != before
    assert other.status().generation == status.generation
    assert other.search(Query("bản cũ")).total == 0
    assert other.search(Query("cầu phao")).total == 1
    assert all_ids(other)["letters"] == {"l1": 1, "l2": 1, "l3": 1}
    put(other, letter("l4", "sau khi dựng lại"))
    assert engine.search(Query("sau khi dựng lại")).total == 1


def test_a_failed_rebuild_leaves_the_index_as_it_was(make_engine: EngineMaker) -> None:
    engine = make_engine()
    put(engine, *CORPUS)

    def broken() -> object:
        yield CORPUS[0]
        raise RuntimeError("the register went away")

    for _ in range(2):
        with pytest.raises(RuntimeError):
            engine.rebuild(broken())  # type: ignore[arg-type]
        assert engine.search(Query("")).total == 3
    assert engine.rebuild(CORPUS).documents["letters"] == 3


def test_searches_go_on_while_the_index_is_rebuilt(make_engine: EngineMaker) -> None:
    engine, other = make_engine(), make_engine()
    put(engine, *CORPUS)
    seen: list[int] = []

    def documents() -> object:
        for number in range(20):
            if number % 5 == 0:
                seen.append(other.search(Query("")).total)
            yield letter(f"n{number}", "mới")

    engine.rebuild(documents())  # type: ignore[arg-type]
    assert seen == [3, 3, 3, 3]
    assert other.search(Query("")).total == 20


def test_ids_give_all_with_versions(engine: Engine) -> None:
    put(engine, *(letter(f"d{number}", "x", version=number + 1) for number in range(57)))
    assert dict(engine.ids("letters")) == {f"d{number}": number + 1 for number in range(57)}
    assert list(engine.ids("tasks")) == []


def test_status_tells_of_the_index(filled: Engine) -> None:
    status = filled.status()
    assert status.available
    assert not status.outdated
    assert status.engine == filled.name
    assert status.size_bytes
    assert status.size_bytes > 0
