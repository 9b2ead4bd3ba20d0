"""The worker: takes one letter at a time through ingest, nlp and register, and feeds the index.

A job is a leased row. The letter, the end of the job, the audit and the outbox
entry commit together, so a worker killed at any moment leaves either nothing
or everything, and the job is taken back and done again.
"""

from __future__ import annotations

import os
import socket
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from dondoc.arranged import read_arranged
from dondoc.chores import chore_one
from dondoc.examining import examine_one
from dondoc.leases import Heartbeat, free_dead_leases
from ingest.errors import BadFile, Confined, DondocError
from register import (
    attaching,
    calendar_days,
    duties,
    intake,
    jobs,
    mailing,
    office_settings,
    outbox,
    recording,
    resemblance,
)
from register.clock import now
from register.errors import LeaseLost
from register.status import SOON_DAYS

if TYPE_CHECKING:
    from dondoc.mailer import Mailer
    from ingest.pool import ReaderPool
    from register.database import Database
    from register.originals import OriginalStore
    from search.engine import Engine

KIND = "process"
LONGEST_PAUSE = 30.0
"""Seconds between two tries while a server is away."""
PATIENCE = 4.0
"""Seconds that letters being read are given to come to their end when the program stops."""
KEPT = timedelta(days=30)
"""So long the outbox remembers what it has delivered."""
CRASHES = 2
"""Tries of a file over which its reader stopped abruptly."""
REMINDERS = 1000
"""The number of the thread for reminders in the name of a worker, beyond those of readers."""
MANY = 5
"""Failures in a row after which a person who waits is told: about a minute."""


@dataclass(frozen=True, slots=True)
class Office:
    """Everything a worker works with; plain values, no settings object."""

    database: Database
    store: OriginalStore
    engine: Engine
    pool: ReaderPool
    home_agency: str | None = None
    lease: timedelta = timedelta(seconds=120)
    clock: Callable[[], datetime] = now
    soon_days: int = SOON_DAYS
    mailer: Mailer | None = None
    public_url: str | None = None
    """The address of the pages, for links in mails."""
    reminder_hour: int = 7
    """The hour of the day (local time) from which reminders are written."""


def pause_after(failures: int, idle: float) -> float:
    """Seconds to wait after so many failures in a row: longer and longer, at most `LONGEST_PAUSE`."""
    # Bounded before the power is taken: a server may be away for days.
    growth: float = 2.0 ** min(failures, 10)
    return min(LONGEST_PAUSE, idle * growth)


def worker_name(index: int = 0) -> str:
    """Host, process and thread: enough to see whether the holder of a lease still lives."""
    return f"{socket.gethostname()}:{os.getpid()}:{index}"


def process_one(office: Office, worker: str) -> bool:
    """Claim one job and carry it to its end; False where none was waiting."""
    with office.database.transaction() as s:
        job = jobs.claim(s, worker=worker, at=office.clock(), kinds=(KIND,), lease=office.lease)
        if job is not None:
            intake.reading(s, job.payload["file_id"], at=office.clock())
    if job is None:
        return False
    try:
        _read_and_record(office, job)
    except Confined as error:
        with office.database.transaction() as s:
            intake.refuse(s, office.store, job.payload["file_id"], error, at=office.clock())
            jobs.finish(s, job, at=office.clock())
    except BadFile as error:
        if error.retry and job.attempt < CRASHES:
            # Its reader may have been killed from outside (a full memory): a second try before the file is blamed.
            _give_back(office, job, error)
            return True
        with office.database.transaction() as s:
            intake.fail(s, job.payload["file_id"], error, at=office.clock())
            jobs.finish(s, job, at=office.clock())
    except LeaseLost:
        _log("lease-lost", job.payload["file_id"])  # another worker has the file now; what it records counts
    except DondocError as error:
        _give_back(office, job, error)
    except Exception as defect:  # a defect of ours must cost one file, not the worker; it is told and logged
        _log_defect(defect, job.payload["file_id"])
        _give_back(
            office,
            job,
            DondocError(
                "internal", "Lỗi của chương trình khi bóc tách tệp này.", "A defect of the program while reading this file.",
                advice="Bản gốc vẫn được giữ. Hãy báo cho quản trị kèm tên tệp.",
                advice_en="The original was kept. Tell the administrator the file's name.",
            ),
            retry=False,
        )  # fmt: skip
    return True


def _read_and_record(office: Office, job: jobs.Claimed) -> None:
    file_id = job.payload["file_id"]
    with office.database.reading() as s:
        file = intake.get(s, file_id)
    beat = Heartbeat(office, job)
    with beat:
        taken = read_arranged(office, file, beat.progress)
        reading, dispatches = taken.reading, taken.dispatches
        # Kept only now: what is confined is never stored, in whatever order its pages stand.
        read_sha256 = taken.keep(office.store)
        with office.database.transaction() as s:
            recording.record(
                s, file_id, reading, dispatches,
                version=taken.version, at=office.clock(), home_agency=office.home_agency,
                holidays=calendar_days.overrides(s), read_sha256=read_sha256,
            )  # fmt: skip
            jobs.finish(s, job, at=office.clock())


def _give_back(office: Office, job: jobs.Claimed, error: DondocError, *, retry: bool = True) -> None:
    with office.database.transaction() as s:
        again = jobs.give_back(s, job, at=office.clock(), error=str(error), retry=retry and error.retry)
        if again:
            intake.waiting(s, job.payload["file_id"], at=office.clock())
        now_ = jobs.get(s, job.id)
        # A job that was taken from us meanwhile is another worker's, and so is its file.
        if not again and now_ is not None and now_.state == "failed":
            intake.fail(s, job.payload["file_id"], error, at=office.clock())


def _gave_up() -> DondocError:
    return BadFile(
        "reader-died", "Tiến trình đọc đã dừng đột ngột nhiều lần khi đọc tệp này.", "The reader died several times on this file.",
        advice="Bản gốc vẫn được giữ. Hãy scan lại hoặc báo cho quản trị.",
        advice_en="The original was kept. Scan it again or tell the administrator.",
    )  # fmt: skip


def _log_defect(defect: Exception, file_id: int | None = None) -> None:
    import structlog

    structlog.get_logger("dondoc.worker").error("defect", file_id=file_id, exc_info=defect)


def _log(event: str, file_id: int) -> None:
    import structlog

    structlog.get_logger("dondoc.worker").warning(event, file_id=file_id)


class Workers:
    """Threads that work until stopped: readers, one for chores, one relay to the index, one for saved searches, one for reminders, one sweeper."""

    def __init__(self, office: Office, count: int) -> None:
        self._office = office
        self._wake = threading.Condition()
        self._stopping = threading.Event()
        self.trouble: DondocError | None = None
        """What has kept the readers from working for a minute or more; None while they work."""
        self._threads = [
            threading.Thread(target=self._work, args=(index,), name=f"worker-{index}", daemon=True)
            for index in range(count)
        ]
        self._threads.append(threading.Thread(target=self._chores, name="chores", daemon=True))
        self._threads.append(threading.Thread(target=self._relay, name="relay", daemon=True))
        self._threads.append(threading.Thread(target=self._watch, name="watch", daemon=True))
        self._threads.append(threading.Thread(target=self._sweep, name="sweeper", daemon=True))
        self._threads.append(threading.Thread(target=self._remind, name="reminders", daemon=True))

    def __enter__(self) -> Workers:
        self.sweep()
        for thread in self._threads:
            thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._stopping.set()
        self.wake()
        self._join(PATIENCE)
        if any(thread.is_alive() for thread in self._threads):
            # In the middle of a long letter: its reader is stopped, and the job goes back into the queue at once.
            self._office.pool.close()
            self._join(PATIENCE)

    def _join(self, seconds: float) -> None:
        end = time.monotonic() + seconds
        for thread in self._threads:
            thread.join(timeout=max(0.0, end - time.monotonic()))

    def wake(self) -> None:
        """There is work: look now instead of at the next interval."""
        with self._wake:
            self._wake.notify_all()

    def sweep(self) -> None:
        """Take back what dead workers held."""
        with self._office.database.transaction() as s:
            free_dead_leases(s, at=self._office.clock())
            swept = jobs.sweep(s, at=self._office.clock())
            for job in (each for each in swept.back if each.kind == KIND):
                intake.waiting(s, job.payload["file_id"], at=self._office.clock())
            for job in (each for each in swept.given_up if each.kind == KIND):
                intake.fail(s, job.payload["file_id"], _gave_up(), at=self._office.clock())
            for job in (each for each in swept.given_up if each.kind == mailing.MAIL):
                mailing.failed(s, job)
            for job in (each for each in swept.given_up if each.kind == attaching.EXAMINE):
                attaching.checked(s, job.payload["sha256"], readable=False)

    def _pause(self, seconds: float) -> None:
        with self._wake:
            if not self._stopping.is_set():
                self._wake.wait(seconds)

    def _guarded(self, step: Callable[[], bool], idle: float, *, reading: bool = False) -> None:
        """Repeat a step until stopped; wait while it has nothing to do or a server is away."""
        failures = 0
        while not self._stopping.is_set():
            try:
                busy = step()
                failures = 0
                if reading:
                    self.trouble = None
            except DondocError as error:
                failures += 1
                busy = False
                if reading and failures >= MANY:
                    self.trouble = error
                import structlog

                structlog.get_logger("dondoc.worker").warning(
                    "waiting", code=error.code, message=error.message_en
                )
            except (
                Exception
            ) as defect:  # told and logged; a thread that died would leave its work undone in silence
                failures += 1
                busy = False
                _log_defect(defect)
            if not busy:
                self._pause(pause_after(failures, idle))

    def _work(self, index: int) -> None:
        name = worker_name(index)

        def step() -> bool:
            done = process_one(self._office, name) or examine_one(self._office, name)
            if done:
                self.wake()
            return done

        self._guarded(step, 2.0, reading=True)

    def _chores(self) -> None:
        name = worker_name(len(self._threads))
        self._guarded(lambda: chore_one(self._office, name), 2.0)

    def _relay(self) -> None:
        from search.relay import relay_once

        self._guarded(
            lambda: relay_once(self._office.database, self._office.engine, at=self._office.clock()) > 0, 2.0
        )

    def _watch(self) -> None:
        from search.watch import watch_once

        def step() -> bool:
            at = self._office.clock()
            today = at.astimezone().date()
            office = self._office
            with office.database.reading() as s:
                set_ = office_settings.load(s).soon_days
            soon = office.soon_days if set_ is None else set_
            return watch_once(office.database, office.engine, at=at, today=today, soon_days=soon) > 0

        self._guarded(step, 2.0)

    def _remind(self) -> None:
        from dondoc import reminders

        name = worker_name(REMINDERS)
        queued: date | None = None

        def step() -> bool:
            nonlocal queued
            today = self._office.clock().astimezone().date()
            if queued != today and reminders.queue_day(self._office):
                queued = today
            return reminders.remind_one(self._office, name) or reminders.mail_one(self._office, name)

        self._guarded(step, 5.0)

    def _sweep(self) -> None:
        rolled: date | None = None

        compared = False

        def step() -> bool:
            nonlocal rolled, compared
            self.sweep()
            if not compared:
                # Letters of an earlier version of the program, a hundred at a time.
                with self._office.database.transaction() as s:
                    compared = resemblance.catch_up(s) == 0
            today = self._office.clock().date()
            if rolled != today:
                # Recurring duties are kept a horizon ahead; once a day it moves on.
                with self._office.database.transaction() as s:
                    duties.roll_forward(s, at=self._office.clock(), holidays=calendar_days.overrides(s))
                    outbox.prune(s, before=self._office.clock() - KEPT)
                rolled = today
            return not compared

        self._guarded(step, 15.0)
