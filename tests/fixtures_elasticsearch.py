"""A real Elasticsearch 8.19 for the tests: started once, shared by all workers, stopped by the last.

`DONDOC_TEST_ELASTICSEARCH_URL` names a server to use instead. Without Java or
the download the tests fail; `DONDOC_SKIP_ELASTICSEARCH=1` skips them.
"""

from __future__ import annotations

import fcntl
import json
import os
import pwd
import shutil
import signal
import subprocess
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
START_SECONDS = 120

CONFIG = """\
cluster.name: dondoc-tests
discovery.type: single-node
network.host: 127.0.0.1
http.port: {port}
transport.port: 0
node.portsfile: true
path.data: {data}
path.logs: {logs}
xpack.security.enabled: false
action.auto_create_index: false
cluster.routing.allocation.disk.threshold_enabled: {watermarks}
cluster.info.update.interval: 10s
node.store.allow_mmap: false
"""


@pytest.fixture(scope="session")
def elasticsearch_url() -> Iterator[str]:
    """Address of a running server, for the whole session."""
    if os.environ.get("DONDOC_SKIP_ELASTICSEARCH") == "1":
        pytest.skip("DONDOC_SKIP_ELASTICSEARCH=1")
    given = os.environ.get("DONDOC_TEST_ELASTICSEARCH_URL")
    if given:
        yield given
        return
    home = Path(_tool("install"))
    state = home.parent / "test-server.json"
    with (home.parent / "test-server.users").open("a") as users:
        with _lock(home.parent / "test-server.lock"):
            server = _running(state) or _start(home, state)
            # Held by every session and worker that uses the server; the system lets go of it when one dies.
            fcntl.flock(users, fcntl.LOCK_SH)
        try:
            yield server["url"]
        finally:
            with _lock(home.parent / "test-server.lock"):
                try:
                    fcntl.flock(users, fcntl.LOCK_EX | fcntl.LOCK_NB)
                except BlockingIOError:
                    pass  # somebody else still uses it
                else:
                    _stop(server, state)


def _tool(command: str) -> str:
    script = ROOT / "tools" / "elasticsearch.sh"
    result = subprocess.run(["sh", str(script), command], capture_output=True, text=True, check=False)
    if result.returncode:
        pytest.fail(f"Elasticsearch for the tests cannot be had:\n{result.stderr}", pytrace=False)
    return result.stdout.strip()


@contextmanager
def _lock(path: Path) -> Iterator[None]:
    with path.open("a") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


def _healthy(url: str) -> bool:
    try:
        with urllib.request.urlopen(f"{url}/_cluster/health", timeout=5) as response:
            return json.load(response)["status"] in ("green", "yellow")
    except (urllib.error.URLError, OSError, ValueError):
        return False


def _running(state: Path) -> dict[str, str] | None:
    """A server left by a session that was killed, or used by another one now."""
    try:
        server = json.loads(state.read_text())
    except (OSError, ValueError):
        return None
    # On a busy machine a server that others use may be slow to answer: only a dead one is replaced.
    deadline = time.monotonic() + START_SECONDS
    while server["folder"].encode() in _environment(int(server["pid"])):
        if _healthy(server["url"]):
            return server
        if time.monotonic() > deadline:
            break
        time.sleep(0.5)
    _stop(server, state)
    return None


def _java_home() -> str:
    java = shutil.which("java")
    if java is None:
        pytest.fail("Elasticsearch needs Java 17 or newer (Debian: default-jre-headless)", pytrace=False)
    return str(Path(java).resolve().parent.parent)


@dataclass
class OwnServer:
    """A server of one test alone, to be stopped, started again and filled to its watermark."""

    home: Path
    state: Path
    server: dict[str, str]

    @property
    def url(self) -> str:
        return self.server["url"]

    def stop(self) -> None:
        """End it; its data stays."""
        _end(self.server)

    def start(self) -> None:
        """Start it again at the same address with the same data."""
        self.server = _start(self.home, self.state, self.server)


@pytest.fixture(scope="module")
def own_elasticsearch(tmp_path_factory: pytest.TempPathFactory) -> Iterator[OwnServer]:
    """A server that nobody else uses, with the watermarks of the disk in force."""
    if os.environ.get("DONDOC_SKIP_ELASTICSEARCH") == "1":
        pytest.skip("DONDOC_SKIP_ELASTICSEARCH=1")
    home = Path(_tool("install"))
    state = tmp_path_factory.mktemp("own-es") / "server.json"
    own = OwnServer(home, state, _start(home, state, watermarks=True))
    try:
        yield own
    finally:
        _stop(own.server, state)


def _folder(home: Path, *, watermarks: bool) -> Path:
    folder = Path(tempfile.mkdtemp(prefix="dondoc-es-"))
    config, logs = folder / "config", folder / "logs"
    shutil.copytree(home / "config", config)
    for name in ("data", "logs", "tmp"):
        (folder / name).mkdir()
    values = {"data": folder / "data", "logs": logs, "port": "0", "watermarks": str(watermarks).lower()}
    (config / "elasticsearch.yml").write_text(CONFIG.format(**values))
    return folder


def _start(
    home: Path, state: Path, again: dict[str, str] | None = None, *, watermarks: bool = False
) -> dict[str, str]:
    """Start a new server, or one that was stopped, again at its old address."""
    folder = Path(again["folder"]) if again else _folder(home, watermarks=watermarks)
    config, logs = folder / "config", folder / "logs"
    if again:
        written = config / "elasticsearch.yml"
        port = again["url"].rpartition(":")[2]
        written.write_text(written.read_text().replace("http.port: 0", f"http.port: {port}"))
    (logs / "http.ports").unlink(missing_ok=True)
    user = None
    if os.getuid() == 0:  # the server refuses to run as root
        user = _tool("user")
        account = pwd.getpwnam(user)
        for path in (folder, *folder.rglob("*")):
            os.chown(path, account.pw_uid, account.pw_gid)
    environment = {
        "PATH": os.environ["PATH"],
        "ES_JAVA_HOME": _java_home(),
        "ES_PATH_CONF": str(config),
        "ES_TMPDIR": str(folder / "tmp"),
        # The second compiler only pays off in servers that live long.
        "ES_JAVA_OPTS": "-Xms512m -Xmx512m -XX:TieredStopAtLevel=1",
        "HOME": str(folder),
        "LANG": "C.UTF-8",
    }
    output = (folder / "output.txt").open("ab")
    process = subprocess.Popen(
        [str(home / "bin" / "elasticsearch")],
        cwd=folder,
        env=environment,
        stdout=output,
        stderr=subprocess.STDOUT,
        stdin=subprocess.DEVNULL,
        user=user,
        group=pwd.getpwnam(user).pw_gid if user else None,
        extra_groups=[] if user else None,
        start_new_session=True,
    )
    server = {"pid": str(process.pid), "folder": str(folder)}
    ports = logs / "http.ports"
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline and process.poll() is None:
        lines = ports.read_text().split() if ports.exists() else []
        address = next((line for line in lines if line.startswith("127.0.0.1:")), None)
        if address and _healthy(f"http://{address}"):
            server["url"] = f"http://{address}"
            state.write_text(json.dumps(server))
            return server
        time.sleep(0.2)
    tail = (folder / "output.txt").read_text(errors="replace")[-3000:]
    server["url"] = ""
    _stop(server, state)
    raise RuntimeError(f"Elasticsearch did not start:\n{tail}")


def _stop(server: dict[str, str], state: Path) -> None:
    """End the server that we started and remove its folder."""
    _end(server)
    shutil.rmtree(server["folder"], ignore_errors=True)
    state.unlink(missing_ok=True)


def _end(server: dict[str, str]) -> None:
    """End the whole process group of a server."""
    group = int(server["pid"])
    command = Path(f"/proc/{group}/cmdline")
    # The number may by now belong to another process.
    if command.exists() and server["folder"].encode() in _environment(group):
        os.killpg(group, signal.SIGTERM)
        deadline = time.monotonic() + 20
        while time.monotonic() < deadline and _alive(group):
            time.sleep(0.1)
        if _alive(group):
            os.killpg(group, signal.SIGKILL)


def _environment(process: int) -> bytes:
    try:
        return Path(f"/proc/{process}/environ").read_bytes()
    except OSError:
        return b""


def _alive(process: int) -> bool:
    try:
        # A child of ours that ended stays in the table until it is waited for.
        if os.waitpid(process, os.WNOHANG) != (0, 0):
            return False
    except ChildProcessError:
        pass
    try:
        state = Path(f"/proc/{process}/stat").read_text().rsplit(")", 1)[1].split()[0]
    except OSError:
        return False
    return state != "Z"
