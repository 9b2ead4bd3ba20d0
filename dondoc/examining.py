"""The worker's part in files attached as evidence: read in a limited process, looked through for a secrecy mark."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dondoc.extracting import refuse_confined
from dondoc.leases import Heartbeat
from ingest.errors import BadFile, Confined, DondocError
from register import attaching, jobs
from register.errors import LeaseLost

if TYPE_CHECKING:
    from dondoc.worker import Office


def examine_one(office: Office, worker: str) -> bool:
    """Claim one file and check it; False where none waits.

    What cannot be read (a password, damage) is kept and given out as
    "unread", as an upload that failed is; nothing of it is ever shown by the program itself.
    """
    with office.database.transaction() as s:
        job = jobs.claim(s, worker=worker, at=office.clock(), kinds=(attaching.EXAMINE,), lease=office.lease)
    if job is None:
        return False
    sha256 = job.payload["sha256"]
    try:
        with Heartbeat(office, job) as beat:
            path = office.store.path(sha256)
            reading = office.pool.read(path, name=job.payload["name"], progress=beat.progress)
        refuse_confined(reading)
        _end(office, job, readable=True)
    except Confined:
        with office.database.transaction() as s:
            attaching.refuse(s, office.store, sha256, at=office.clock())
            jobs.finish(s, job, at=office.clock())
    except LeaseLost:
        return True  # another worker has it now
    except BadFile as error:
        if error.retry and job.attempt < 2:
            _give_back(office, job, error)
        else:
            _end(office, job, readable=False)
    except DondocError as error:
        _give_back(office, job, error)
    return True


def _end(office: Office, job: jobs.Claimed, *, readable: bool) -> None:
    with office.database.transaction() as s:
        attaching.checked(s, job.payload["sha256"], readable=readable)
        jobs.finish(s, job, at=office.clock())


def _give_back(office: Office, job: jobs.Claimed, error: DondocError) -> None:
    with office.database.transaction() as s:
        jobs.give_back(s, job, at=office.clock(), error=str(error), retry=error.retry)
