"""The worker's promises: a lost lease changes nothing, no thread dies in silence."""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from dataclasses import replace
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from corpus import letters
from dondoc.worker import LONGEST_PAUSE, Office, Workers, pause_after, process_one
from ingest.pool import ReaderPool
from ingest.reader_process import Progress
from ingest.types import Reading
from nlp.dispatch import VERSION
from register import intake, jobs
from register import letters as stored
from register.clock import now
from register.originals import OriginalStore
from search.embedded import EmbeddedEngine
from search.types import Applied, Change
from tests.ingest.test_pool import slow_pdf
from tests.registers import new_register


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    with ExitStack() as stack:
        database = new_register(tmp_path / "dondoc.sqlite")
        stack.callback(database.close)
        engine = EmbeddedEngine(tmp_path / "index.sqlite")
        stack.callback(engine.close)
        pool = stack.enter_context(ReaderPool(1))
        yield Office(database=database, store=OriginalStore(tmp_path / "originals"), engine=engine, pool=pool)


def take_in(office: Office) -> int:
    with office.database.transaction() as s:
        receipt = intake.receive(
            s, office.store, letters()[0].text.encode(), name="a.txt", at=now(), version=VERSION
        )
    return receipt.file_id


class Overtaken(ReaderPool):
    """A reader so slow that the lease runs out meanwhile and another worker does the whole job."""

    def __init__(self, office: Office) -> None:
        super().__init__(1)
        self.office = office

    def read(self, *args: Any, **kwargs: Any) -> Reading:
        reading = super().read(*args, **kwargs)
        with self.office.database.transaction() as s:
            (job,) = jobs.listing(s, states=("running",))
            jobs.expire(s, job.id, worker="slow", at=now())
            jobs.sweep(s, at=now())
        assert process_one(self.office, "quick")
        return reading


def test_a_worker_that_lost_its_lease_leaves_the_file_as_the_other_one_left_it(office: Office) -> None:
    file_id = take_in(office)
    with Overtaken(office) as pool:
        assert process_one(replace(office, pool=pool), "slow")
    with office.database.reading() as s:
        assert intake.get(s, file_id).state == "done"
        assert len(list(stored.ids(s))) == 1
        assert jobs.counts(s) == {"queued": 0, "running": 0, "done": 1, "failed": 0}


class Stumbling(EmbeddedEngine):
    """An engine with a defect that shows once."""

    stumbled = False

    def apply(self, changes: Sequence[Change]) -> Applied:
        if not self.stumbled:
            self.stumbled = True
            raise RuntimeError("a defect")
        return super().apply(changes)


def test_a_defect_in_the_engine_does_not_end_the_relay(office: Office, tmp_path: Path) -> None:
    take_in(office)
    engine = Stumbling(tmp_path / "other.sqlite")
    with Workers(replace(office, engine=engine), 1) as workers:
        end = time.monotonic() + 60
        while engine.status().documents["letters"] == 0 and time.monotonic() < end:
            workers.wake()
            time.sleep(0.05)
    assert engine.stumbled
    assert engine.status().documents["letters"] == 1
    engine.close()


@pytest.mark.parametrize("idle", [2.0, 15.0])
def test_pauses_grow_and_stay_bounded_however_long_a_server_is_away(idle: float) -> None:
    assert pause_after(0, idle) == idle
    assert pause_after(1, idle) > idle
    assert pause_after(100_000, idle) == LONGEST_PAUSE


def test_stopping_in_the_middle_of_a_long_letter_gives_its_job_back(office: Office) -> None:
    path = slow_pdf(office.store.root.parent / "cham.pdf")
    with office.database.transaction() as s:
        file_id = intake.receive(s, office.store, path, name="cham.pdf", at=now(), version=VERSION).file_id
    with Workers(office, 1):
        end = time.monotonic() + 60
        while not office.pool.pids() and time.monotonic() < end:
            time.sleep(0.02)
    with office.database.reading() as s:
        assert jobs.counts(s)["queued"] == 1
        file = intake.get(s, file_id)
    assert (file.state, file.reason) == ("waiting", None)


def _same(moment: datetime) -> datetime:
    return moment


def test_a_reader_killed_from_outside_costs_a_second_try_not_the_file(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = slow_pdf(office.store.root.parent / "cham.pdf")
    with office.database.transaction() as s:
        file_id = intake.receive(s, office.store, path, name="cham.pdf", at=now(), version=VERSION).file_id

    read = office.pool.read

    def read_and_be_killed(path: Path, name: str, progress: Progress) -> Reading:
        def kill(done: int, total: int) -> None:
            progress(done, total)
            os.kill(office.pool.pids()[0], signal.SIGKILL)

        return read(path, name=name, progress=kill)

    monkeypatch.setattr(office.pool, "read", read_and_be_killed)
    for attempt, state in ((1, "waiting"), (2, "failed")):
        moment = now() + timedelta(minutes=attempt)  # past the pause between two tries
        assert process_one(replace(office, clock=partial(_same, moment)), "one")
        with office.database.reading() as s:
            assert intake.get(s, file_id).state == state, attempt
    with office.database.reading() as s:
        assert intake.get(s, file_id).reason == "reader-crashed"
