"""A worker killed in the middle: started again, every file ends as one letter, none twice."""

from __future__ import annotations

import json
import os
import signal
import sqlite3
import subprocess
import sys
import time
from pathlib import Path

from corpus import letters
from corpus.render import render_pdf
from corpus.scan import PRESETS, scan
from tests.dondoc.conftest import Run, environment


def _done(database: Path) -> int:
    if not database.exists():
        return 0
    try:
        with sqlite3.connect(f"file:{database}?mode=ro", uri=True, timeout=5) as link:
            return int(link.execute("select count(*) from letters").fetchone()[0])
    except sqlite3.OperationalError:
        return 0  # not migrated yet


def test_killed_during_an_ingest_of_twenty_files(dondoc: Run, data_dir: Path, tmp_path: Path) -> None:
    folder = tmp_path / "den"
    folder.mkdir()
    specimens = letters()[:20]
    for index, specimen in enumerate(specimens):
        # Four scans keep workers busy long enough to be killed at work; text is quick.
        if index % 5 == 0:
            (folder / f"{index:02}.pdf").write_bytes(scan(render_pdf(specimen), PRESETS["clean"], seed=index))
        else:
            (folder / f"{index:02}.txt").write_text(specimen.text, encoding="utf-8")
    process = subprocess.Popen(
        [sys.executable, "-m", "dondoc", "ingest", str(folder)],
        env=environment(data_dir), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True,
    )  # fmt: skip
    end = time.monotonic() + 120
    while _done(data_dir / "dondoc.sqlite") < 3 and time.monotonic() < end:
        time.sleep(0.05)
    os.killpg(process.pid, signal.SIGKILL)
    process.wait()
    before = _done(data_dir / "dondoc.sqlite")
    assert 3 <= before < 20, "the kill must fall into the middle"

    done = dondoc("ingest", "--json", folder)
    assert done.returncode == 0, done.stderr
    rows = [json.loads(line) for line in done.stdout.splitlines()]
    assert [row["state"] for row in rows] == ["done"] * 20
    with sqlite3.connect(data_dir / "dondoc.sqlite") as link:
        assert link.execute("select count(*) from letters").fetchone() == (20,)
        assert link.execute("select count(distinct file_id) from letters").fetchone() == (20,)
        twice = "select count(*) from (select letter_id, position from tasks group by 1, 2 having count(*) > 1)"
        assert link.execute(twice).fetchone() == (0,)
        assert link.execute("select count(*) from jobs where state in ('queued', 'running')").fetchone() == (0,)
    state = json.loads(dondoc("index", "status", "--json").stdout)
    assert state["index"]["documents"]["letters"] == 20
    assert state["waiting"] == 0
