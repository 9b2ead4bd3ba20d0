"""An Elasticsearch for the bench: the one whose address is given, else one started here and stopped again."""

from __future__ import annotations

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
from contextlib import contextmanager, suppress
from pathlib import Path

from bench.commands import Failed

ROOT = Path(__file__).resolve().parent.parent
START_SECONDS = 90
HEAP_MB = 512
_CONFIG = """\
cluster.name: dondoc-bench
discovery.type: single-node
network.host: 127.0.0.1
http.port: 0
transport.port: 0
node.portsfile: true
path.data: {folder}/data
path.logs: {folder}/logs
xpack.security.enabled: false
cluster.routing.allocation.disk.threshold_enabled: false
"""


@contextmanager
def running(given: str | None, *, heap_mb: int = HEAP_MB) -> Iterator[str]:
    """The address of a server; raises `Failed` where none is given and none can be started."""
    if given:
        yield given
        return
    home, user = installed()
    folder = Path(tempfile.mkdtemp(prefix="dondoc-bench-es-"))
    process = start(home, folder, user, _CONFIG.format(folder=folder), heap_mb)
    try:
        yield address(process, folder)
    finally:
        stop(process)
        shutil.rmtree(folder, ignore_errors=True)


def installed() -> tuple[Path, str | None]:
    """The server's home and the user it must run as, where that is not ours."""
    home = Path(_tool("install"))
    return home, _tool("user") if os.getuid() == 0 else None  # the server refuses to run as root


def stop(process: subprocess.Popen[bytes]) -> None:
    """End a server and all its processes."""
    with suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGTERM)
    try:
        process.wait(20)
    except subprocess.TimeoutExpired:
        kill(process)


def kill(process: subprocess.Popen[bytes]) -> None:
    """End a server as a power cut would."""
    with suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()


def _tool(command: str) -> str:
    script = ROOT / "tools" / "elasticsearch.sh"
    done = subprocess.run(["sh", str(script), command], capture_output=True, text=True, check=False)
    if done.returncode:
        raise Failed(f"không có Elasticsearch (no Elasticsearch): {done.stderr.strip()[-300:]}")
    return done.stdout.strip()


def start(home: Path, folder: Path, user: str | None, config: str, heap_mb: int) -> subprocess.Popen[bytes]:
    """A server with its files in the folder, as the leader of a process group."""
    java = shutil.which("java")
    if java is None:
        raise Failed("Elasticsearch cần Java 17 trở lên (needs Java 17 or newer)")
    shutil.copytree(home / "config", folder / "config")
    (folder / "config" / "elasticsearch.yml").write_text(config)
    (folder / "tmp").mkdir()
    group = None
    if user:
        account = pwd.getpwnam(user)
        group = account.pw_gid
        for path in (folder, *folder.rglob("*")):
            os.chown(path, account.pw_uid, account.pw_gid)
    environment = {
        "PATH": os.environ["PATH"], "HOME": str(folder), "LANG": "C.UTF-8", "ES_JAVA_OPTS": f"-Xms{heap_mb}m -Xmx{heap_mb}m",
        "ES_JAVA_HOME": str(Path(java).resolve().parent.parent),
        "ES_PATH_CONF": str(folder / "config"), "ES_TMPDIR": str(folder / "tmp"),
    }  # fmt: skip
    return subprocess.Popen(
        [str(home / "bin" / "elasticsearch")], cwd=folder, env=environment, user=user, group=group,
        extra_groups=[] if user else None, start_new_session=True,
        stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip


def address(process: subprocess.Popen[bytes], folder: Path) -> str:
    """Where it listens, once it is there; raises `Failed`."""
    ports, end = folder / "logs" / "http.ports", time.monotonic() + START_SECONDS
    while time.monotonic() < end and process.poll() is None:
        lines = ports.read_text().split() if ports.exists() else []
        for line in lines:
            if line.startswith("127.0.0.1:") and _healthy(f"http://{line}"):
                return f"http://{line}"
        time.sleep(0.3)
    raise Failed("Elasticsearch không khởi động được (did not start)")


def _healthy(url: str) -> bool:
    try:
        with urllib.request.urlopen(f"{url}/_cluster/health", timeout=5) as response:
            return bool(json.load(response)["status"] in ("green", "yellow"))
    except (urllib.error.URLError, OSError, ValueError):
        return False
