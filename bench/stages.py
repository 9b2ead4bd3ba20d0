"""Speed and peak memory of each stage from file to index, with one worker and with several.

A stage's time is that of one core while as many workers work at once; pages
per second are those of all of them together. Reading happens in processes of
its own as in the program, understanding and recording in others.

Run as ``python -m bench.stages read|record`` it is such a process: it says
"ready", waits for a line, takes its files and gives figures as JSON.
"""

from __future__ import annotations

import json
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from importlib import import_module
from pathlib import Path
from typing import Any

from bench.commands import DONDOC, Failed, environment
from bench.memory import MB, Peaks, Watch
from bench.specimens import Scan

WATCHED = {
    "sniff": ("ingest.sniff", "sniff"),
    "render": ("ingest.pdf", "picture"),
    "prepare": ("ingest.prepare", "prepare"),
    "ocr": ("ingest.ocr", "read"),
    "layout": ("ingest.ocr", "lay_out"),
}
"""The function whose memory stands for a stage of reading. Times come from the reading itself."""
ROUNDS = 3
"""Understanding is quick: it is done so many times over and the mean taken."""


def measure(folder: Path, scans: Sequence[Scan], workers: Sequence[int]) -> list[dict[str, Any]]:
    """One row per stage: pages per second by number of workers, and the peak memory of one worker."""
    rows: dict[str, dict[str, Any]] = {}
    for count in workers:
        place = folder / f"stages-{count}"
        place.mkdir()
        shares = [list(scans[index::count]) for index in range(count)]
        jobs = [
            {
                "files": [str(scan.path) for scan in share],
                "readings": str(place / f"{index}.json"),
                "data": str(place),
                "index": count == 1,  # the program has one relay to the index, however many workers
            }
            for index, share in enumerate(shares)
        ]
        results = [(share, *both) for share, both in zip(shares, zip(_run("read", jobs), _run("record", jobs), strict=True), strict=True)]  # fmt: skip
        for share, *parts in results:
            pages = sum(scan.pages for scan in share)
            for part in parts:
                for stage, seconds in part["seconds"].items():
                    row = rows.setdefault(stage, {"stage": stage, "pages_per_second": {}, "peak_mb": None})
                    speed = row["pages_per_second"]
                    speed[str(count)] = round(speed.get(str(count), 0.0) + pages / max(seconds, 1e-6), 2)
                    if stage in part["peaks"]:
                        row["peak_mb"] = max(row["peak_mb"] or 0, round(part["peaks"][stage] / MB))
    return list(rows.values())


def whole_way(folder: Path, scans: Sequence[Scan], workers: Sequence[int]) -> list[dict[str, Any]]:
    """`dondoc ingest` on all scans, as a command: pages per second and the peak of all its processes together."""
    pages = sum(scan.pages for scan in scans)
    rows = []
    for count in workers:
        place = folder / f"ingest-{count}"
        place.mkdir()
        command = [DONDOC, "ingest", "--workers", str(count), *(str(scan.path) for scan in scans)]
        started = time.perf_counter()
        with subprocess.Popen(
            command, env=environment(place), stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
        ) as process:
            with Watch(process.pid) as watch:
                said, _ = process.communicate()
            if process.returncode:
                raise Failed(f"dondoc ingest: {said[-400:]}")
        seconds = time.perf_counter() - started
        rows.append(
            {"workers": count, "pages_per_second": round(pages / seconds, 2), "peak_mb": round(watch.peak / MB)}
        )
    return rows


def _run(what: str, jobs: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    """Start one process per job, let them begin together, and give what each found."""
    command = [sys.executable, "-m", "bench.stages", what]
    with ExitStack() as stack:
        children = [
            stack.enter_context(
                subprocess.Popen(
                    command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
                    env=environment(Path(job["data"])),
                )
            )
            for job in jobs
        ]  # fmt: skip
        for child, job in zip(children, jobs, strict=True):
            assert child.stdin is not None
            assert child.stdout is not None
            child.stdin.write(json.dumps(job) + "\n")
            child.stdin.flush()
            if child.stdout.readline().strip() != "ready":
                raise Failed(f"bench.stages {what} không khởi động được (did not start)")
        for child in children:
            assert child.stdin is not None
            child.stdin.write("\n")
            child.stdin.flush()
        outputs = [child.communicate()[0] for child in children]
        if any(child.returncode for child in children):
            raise Failed(f"bench.stages {what} không chạy hết (did not finish)")
    return [json.loads(output) for output in outputs]


# -- inside such a process ---------------------------------------------------------------------------


def _ready() -> None:
    print("ready", flush=True)
    sys.stdin.readline()


@contextmanager
def _watched(peaks: Peaks) -> Iterator[None]:
    """Puts a memory gauge round each watched function."""

    def gauge(stage: str, function: Callable[..., Any]) -> Callable[..., Any]:
        def measured(*args: Any, **kwargs: Any) -> Any:
            with peaks.within(stage, children=stage == "ocr"):
                return function(*args, **kwargs)

        return measured

    originals = []
    for stage, (module_name, name) in WATCHED.items():
        module = import_module(module_name)
        originals.append((module, name, getattr(module, name)))
        setattr(module, name, gauge(stage, getattr(module, name)))
    try:
        yield
    finally:
        for module, name, function in originals:
            setattr(module, name, function)


def _read(job: dict[str, Any]) -> dict[str, Any]:
    from ingest.jsonform import reading_to_json
    from ingest.reader import read_file
    from ingest.types import Limits

    for heavy in ("numpy", "pdfplumber", "pypdfium2", "pytesseract"):
        import_module(heavy)  # the program's readers load them once, not with every file
    _ready()
    peaks, readings = Peaks(), []
    seconds: dict[str, float] = {}
    with _watched(peaks):
        for path in job["files"]:
            reading = read_file(path, limits=Limits())
            readings.append(reading_to_json(reading))
            for stage, spent in reading.seconds:
                if stage != "total":
                    seconds[stage] = seconds.get(stage, 0.0) + spent
    Path(job["readings"]).write_text(json.dumps(readings), encoding="utf-8")
    return {"seconds": seconds, "peaks": peaks.bytes}


def _record(job: dict[str, Any]) -> dict[str, Any]:
    from dondoc.extracting import understand_reading
    from ingest.jsonform import reading_from_json
    from nlp.dispatch import VERSION
    from register import intake, recording
    from register.clock import now
    from register.database import Database
    from register.originals import OriginalStore
    from search.analysis import vietnamese_words
    from search.embedded import EmbeddedEngine
    from search.relay import relay_once

    data = Path(job["data"])
    readings = [reading_from_json(each) for each in json.loads(Path(job["readings"]).read_text(encoding="utf-8"))]
    database, store = Database(f"sqlite:///{data / 'bench.sqlite'}"), OriginalStore(data / "originals")
    engine = EmbeddedEngine(data / "index.sqlite")
    database.upgrade()
    understand_reading(readings[0])  # loads the lexicons
    vietnamese_words("khuyến công")  # and the segmenter
    _ready()
    peaks = Peaks()
    seconds: dict[str, float] = {}

    @contextmanager
    def stage(name: str) -> Iterator[None]:
        with peaks.within(name):
            started = time.perf_counter()
            yield
            seconds[name] = seconds.get(name, 0.0) + time.perf_counter() - started

    with stage("nlp"):
        for _ in range(ROUNDS):
            understood = [understand_reading(reading) for reading in readings]
    seconds["nlp"] /= ROUNDS
    with stage("record"):
        for path, reading, dispatches in zip(job["files"], readings, understood, strict=True):
            with database.transaction() as s:
                receipt = intake.receive(s, store, Path(path), name=reading.name, at=now(), version=VERSION)
            with database.transaction() as s:
                recording.record(
                    s, receipt.file_id, reading, dispatches, version=VERSION, at=now()
                )
    if job["index"]:
        with stage("index"):
            while relay_once(database, engine, at=now()):
                pass
    engine.close()
    database.close()
    return {"seconds": seconds, "peaks": peaks.bytes}


if __name__ == "__main__":
    work = {"read": _read, "record": _record}[sys.argv[1]]
    print(json.dumps(work(json.loads(sys.stdin.readline()))))
