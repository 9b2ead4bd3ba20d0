"""Jobs: one worker each, leases, back-off, dead workers."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Callable
from datetime import timedelta
from threading import Barrier, Thread

import pytest

from register import jobs
from register.database import Database
from register.errors import LeaseLost
from tests.register.letters import AT


def enqueue(database: Database, *keys: str, **more: object) -> None:
    with database.transaction() as s:
        for key in keys:
            jobs.enqueue(s, "process", key=key, payload={"file_id": 1, "name": "Sở"}, at=AT, **more)  # type: ignore[arg-type]


def claim(database: Database, worker: str = "a", seconds: float = 0) -> jobs.Claimed | None:
    with database.transaction() as s:
        return jobs.claim(s, worker=worker, at=AT + timedelta(seconds=seconds))


def held(database: Database, worker: str = "a", seconds: float = 0) -> jobs.Claimed:
    job = claim(database, worker, seconds)
    assert job is not None
    return job


def test_a_step_is_queued_once(database: Database) -> None:
    enqueue(database, "x", "x", "y")
    with database.reading() as s:
        assert jobs.counts(s) == {"queued": 2, "running": 0, "done": 0, "failed": 0}
        assert not jobs.idle(s)


def test_a_finished_step_is_done_again_only_by_force(database: Database) -> None:
    enqueue(database, "x")
    job = held(database)
    with database.transaction() as s:
        jobs.finish(s, job, at=AT)
    enqueue(database, "x")
    assert claim(database) is None
    enqueue(database, "x", force=True)
    assert held(database).attempt == 1


def test_jobs_come_in_order_and_only_of_the_kinds_asked_for(database: Database) -> None:
    enqueue(database, "first", "second")
    with database.transaction() as s:
        assert jobs.claim(s, worker="a", at=AT, kinds=["index"]) is None
        jobs.enqueue(s, "process", key="later", payload={}, at=AT, run_after=AT + timedelta(hours=1))
    assert held(database).step_key == "first"
    second = held(database)
    assert (second.step_key, second.payload["name"]) == ("second", "Sở")
    assert claim(database) is None


def test_racing_workers_never_share_a_job(database: Database) -> None:
    enqueue(database, *map(str, range(40)))
    barrier, taken = Barrier(4), []

    def work(name: str) -> None:
        barrier.wait()
        while job := claim(database, name):
            taken.append(job.step_key)
            with database.transaction() as s:
                jobs.finish(s, job, at=AT)

    threads = [Thread(target=work, args=(f"w{number}",)) for number in range(4)]
    for each in threads:
        each.start()
    for each in threads:
        each.join()
    assert sorted(taken, key=int) == list(map(str, range(40)))
    with database.reading() as s:
        assert jobs.counts(s)["done"] == 40
        assert jobs.idle(s)


def test_a_heartbeat_keeps_the_lease_and_shows_progress(database: Database) -> None:
    enqueue(database, "x")
    job = held(database)
    with database.transaction() as s:
        assert jobs.heartbeat(s, job, at=AT + timedelta(seconds=100), progress={"page": 3, "pages": 9})
    assert claim(database, "b", 200) is None
    with database.reading() as s:
        view = jobs.get(s, job.id)
    assert view is not None
    assert view.progress == {"page": 3, "pages": 9}


def test_who_lost_the_lease_may_record_nothing(database: Database) -> None:
    enqueue(database, "x")
    slow = held(database, "slow")
    quick = held(database, "quick", 121)
    assert quick.attempt == 2
    with database.transaction() as s:
        assert not jobs.heartbeat(s, slow, at=AT)
        assert not jobs.give_back(s, slow, at=AT, error="late")
    with pytest.raises(LeaseLost), database.transaction() as s:
        jobs.finish(s, slow, at=AT)
    with database.transaction() as s:
        jobs.finish(s, quick, at=AT)


def test_a_worker_that_takes_its_own_job_again_has_a_new_lease(database: Database) -> None:
    enqueue(database, "x")
    first = held(database, "a")
    second = held(database, "a", 121)
    with pytest.raises(LeaseLost), database.transaction() as s:
        jobs.finish(s, first, at=AT)
    with database.transaction() as s:
        jobs.finish(s, second, at=AT)


def test_errors_back_off_and_end(database: Database) -> None:
    enqueue(database, "x", max_attempts=3)
    seconds, waits = 0.0, []
    for _ in range(3):
        job = held(database, seconds=seconds)
        with database.transaction() as s:
            again = jobs.give_back(s, job, at=AT + timedelta(seconds=seconds), error="Tesseract died")
        if again:
            assert claim(database, seconds=seconds + 4) is None
            wait = jobs.back_off(job.attempt).total_seconds()
            waits.append(wait)
            seconds += wait
    assert waits == [5, 20]
    assert jobs.back_off(50) == timedelta(minutes=30)
    with database.reading() as s:
        view = jobs.listing(s, states=["failed"])[0]
    assert (view.attempts, view.last_error) == (3, "Tesseract died")


def test_what_cannot_succeed_is_not_tried_again(database: Database) -> None:
    enqueue(database, "x")
    job = held(database)
    with database.transaction() as s:
        assert not jobs.give_back(s, job, at=AT, error="broken file", retry=False)
    assert claim(database, seconds=10_000) is None


def test_the_sweeper_takes_back_only_jobs_of_dead_workers(database: Database) -> None:
    enqueue(database, "dead", "alive")
    held(database, "dead")
    alive = held(database, "alive")
    with database.transaction() as s:
        jobs.heartbeat(s, alive, at=AT + timedelta(seconds=100))
        assert jobs.sweep(s, at=AT + timedelta(seconds=130)).taken_back == 1
    assert held(database, "b", 130).step_key == "dead"


def test_a_job_that_kills_every_worker_is_given_up(database: Database) -> None:
    enqueue(database, "poison", max_attempts=2)
    held(database)
    held(database, "b", 121)
    assert claim(database, "c", 300) is None
    with database.transaction() as s:
        swept = jobs.sweep(s, at=AT + timedelta(seconds=300))
    assert swept.taken_back == 0
    assert [each.payload["file_id"] for each in swept.given_up] == [1]


WORKER = """
import sys, time
from datetime import datetime, timezone
from register import jobs
from register.database import Database
database = Database(sys.argv[1])
with database.transaction() as s:
    job = jobs.claim(s, worker="killed", at=datetime.fromisoformat(sys.argv[2]))
print(job.id, flush=True)
with database.transaction() as s:
    from register.models import User
    s.add(User(login="half", name="", password_hash="", role="clerk", language="vi",
               must_change_password=False, active=True, created_at=datetime.now(timezone.utc)))
    s.flush()
    print("in the middle", flush=True)
    time.sleep(600)
"""


def test_a_killed_process_leaves_nothing_half_done_and_its_job_is_taken_over(
    new_database: Callable[[], Database],
) -> None:
    database = new_database()
    enqueue(database, "x")
    url = database.engine.url.render_as_string(hide_password=False)
    with subprocess.Popen(
        [sys.executable, "-c", WORKER, url, AT.isoformat()], stdout=subprocess.PIPE, text=True
    ) as child:
        assert child.stdout is not None
        child.stdout.readline()
        assert child.stdout.readline() == "in the middle\n"
        os.kill(child.pid, signal.SIGKILL)
    with database.transaction() as s:
        assert jobs.sweep(s, at=AT + timedelta(minutes=3)).taken_back == 1
    job = held(database, "heir", 180)
    with database.transaction() as s:
        jobs.finish(s, job, at=AT)
        from register import users

        assert users.listing(s) == ()
