"""`dondoc index`: what it tells, its exit codes, its JSON; and what the settings give the engine."""

from __future__ import annotations

import json
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.parse
import urllib.request
from pathlib import Path

import pytest

from dondoc.running import open_engine
from dondoc.settings import Settings
from ingest.errors import BadRequest
from register import outbox
from register.clock import now
from register.database import Database
from tests.dondoc.conftest import Run, environment

LETTER = "SỞ Y TẾ\nSố: 71/SYT-NV\n\nKính gửi: Bệnh viện tỉnh\n\nTổ chức tiêm chủng.\n\nGIÁM ĐỐC\nNguyễn Văn Thử\n"


@pytest.fixture
def filled(dondoc: Run, tmp_path: Path, data_dir: Path) -> Path:
    (tmp_path / "a.txt").write_text(LETTER)
    assert dondoc("ingest", tmp_path / "a.txt").returncode == 0
    return data_dir


def test_the_index_is_described_compared_and_built_anew(dondoc: Run, filled: Path) -> None:
    told = dondoc("index", "status", fresh=True)
    assert told.returncode == 0
    assert "văn bản: 1 (cơ sở dữ liệu: 1)" in told.stdout
    assert dondoc("index", "reconcile").stdout.strip() == "Chỉ mục khớp với cơ sở dữ liệu."
    (filled / "index.sqlite").write_bytes(b"broken" * 2000)
    for suffix in ("-wal", "-shm"):
        (filled / f"index.sqlite{suffix}").unlink(missing_ok=True)
    away = dondoc("index", "status")
    assert away.returncode == 1
    assert "không kết nối được" in away.stdout
    assert dondoc("search", "tiêm chủng").returncode != 0
    rebuilt = dondoc("index", "rebuild", "--json")
    assert rebuilt.returncode == 0
    assert json.loads(rebuilt.stdout)["index"]["documents"]["letters"] == 1
    assert "71/SYT-NV" in dondoc("search", "tiem chung").stdout


def test_what_was_set_aside_is_listed_with_its_reason_and_tried_again(dondoc: Run, filled: Path) -> None:
    database = Database(f"sqlite:///{filled / 'dondoc.sqlite'}")
    with database.transaction() as s:
        outbox.put(s, "letter", 1, 99, "upsert", at=now())
        (entry,) = outbox.pending(s)
        outbox.failed(s, [entry.id], "từ quá dài", at=now(), poison=True)
    database.close()
    assert "văn bản 1: từ quá dài" in dondoc("index", "status").stdout
    state = json.loads(dondoc("index", "status", "--json").stdout)
    assert state["poison"] == 1
    assert state["set_aside"][0]["reason"] == "từ quá dài"
    report = json.loads(dondoc("index", "reconcile", "--json").stdout)
    assert report["rejected"] == []
    assert json.loads(dondoc("index", "status", "--json").stdout)["poison"] == 0


def test_an_elasticsearch_that_is_away_is_said_and_uploads_go_on(dondoc: Run, tmp_path: Path) -> None:
    with socket.socket() as probe:  # a port where nobody listens
        probe.bind(("127.0.0.1", 0))
        address = f"http://127.0.0.1:{probe.getsockname()[1]}"
    told = dondoc("index", "status", DONDOC_ELASTICSEARCH_URL=address)
    assert told.returncode == 1
    assert address in told.stdout
    for command in ("rebuild", "reconcile"):
        failed = dondoc("index", command, DONDOC_ELASTICSEARCH_URL=address)
        assert failed.returncode != 0
        assert "không trả lời" in failed.stderr
        assert "Traceback" not in failed.stderr


@pytest.mark.parametrize(
    ("name", "value"),
    [("REPLICAS", "x"), ("REPLICAS", "0-"), ("REFRESH", "soon"), ("SHARDS", "0"), ("BULK", "0"), ("BULK_MB", "500"), ("TIMEOUT", "0")],
)
def test_settings_of_the_cluster_are_checked(monkeypatch: pytest.MonkeyPatch, name: str, value: str) -> None:
    monkeypatch.setenv(f"DONDOC_ELASTICSEARCH_{name}", value)
    with pytest.raises(BadRequest, match=name):
        Settings()


def test_settings_of_the_cluster_reach_the_engine(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    given = {"URL": "http://127.0.0.1:9", "SHARDS": "3", "REPLICAS": "0-all", "REFRESH": "30s", "BULK": "77", "BULK_MB": "5"}
    for name, value in given.items():
        monkeypatch.setenv(f"DONDOC_ELASTICSEARCH_{name}", value)
    engine = open_engine(Settings(data_dir=tmp_path))
    shape = engine._server.shape  # type: ignore[attr-defined]
    assert (shape.shards, shape.replicas, shape.refresh) == (3, "0-all", "30s")
    engine.close()


def test_an_address_with_ten_thousand_letters_reaches_the_program(data_dir: Path) -> None:
    """Each may take nine characters in an address; the server's own limit would refuse that as malformed."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [sys.executable, "-m", "dondoc", "serve", "--port", str(port)]
    process = subprocess.Popen(command, env=environment(data_dir) | {"DONDOC_WORKERS": "0"}, stderr=subprocess.DEVNULL)
    try:
        base = f"http://127.0.0.1:{port}"
        deadline = time.monotonic() + 60
        while True:
            try:
                urllib.request.urlopen(f"{base}/api/v1/health/live", timeout=5).close()
                break
            except OSError:
                assert time.monotonic() < deadline
                time.sleep(0.2)
        text = urllib.parse.quote("ế" * 10_000)
        with pytest.raises(urllib.error.HTTPError) as caught:
            urllib.request.urlopen(f"{base}/api/v1/search?q={text}", timeout=10)
        assert caught.value.code == 401, "asked to sign in, not cut off"
    finally:
        process.terminate()
        process.wait(20)


def test_a_second_scan_is_told_of_on_the_command_line(dondoc: Run, filled: Path, tmp_path: Path) -> None:
    (tmp_path / "b.txt").write_text(LETTER + "\n")
    (tmp_path / "c.txt").write_text(LETTER + "\n\n")
    assert "có thể trùng với 71/SYT-NV" in dondoc("ingest", tmp_path / "b.txt").stdout
    row = json.loads(dondoc("ingest", "--json", tmp_path / "c.txt").stdout)
    assert {twin["reason"] for twin in row["perhaps_same"]} <= {"same-day", "same-year"}
    assert {twin["letter"] for twin in row["perhaps_same"]} == {1, 2}
