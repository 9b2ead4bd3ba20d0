"""The program as a user runs it: its own process, a data folder of its own."""

from __future__ import annotations

import os
import pickle
import select
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
Run = Callable[..., subprocess.CompletedProcess[str]]


def environment(data_dir: Path) -> dict[str, str]:
    kept = {k: v for k, v in os.environ.items() if not k.startswith("DONDOC_")}
    return kept | {"DONDOC_DATA_DIR": str(data_dir), "DONDOC_WORKERS": "2", "OMP_THREAD_LIMIT": "1"}


@pytest.fixture
def data_dir(tmp_path: Path) -> Path:
    return tmp_path / "data"


class Forks:
    """Processes of `dondoc` forked from one that has loaded it; see `tests.dondoc.forked`."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.process: subprocess.Popen[bytes] | None = None

    def run(self, arguments: list[str], env: dict[str, str], timeout: float) -> subprocess.CompletedProcess[str]:
        """As `subprocess.run`; a command that takes too long is killed, and so is the process it came from."""
        if self.process is None:
            command = [sys.executable, "-m", "tests.dondoc.forked"]
            self.process = subprocess.Popen(
                command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, start_new_session=True
            )
        assert self.process.stdin
        assert self.process.stdout
        out, err = self.folder / "out", self.folder / "err"
        for each in (out, err):
            each.write_bytes(b"")
        pickle.dump((arguments, env, str(out), str(err)), self.process.stdin)
        self.process.stdin.flush()
        if not select.select([self.process.stdout], [], [], timeout)[0]:
            self.close()
            raise subprocess.TimeoutExpired(arguments, timeout, out.read_bytes(), err.read_bytes())
        code = pickle.load(self.process.stdout)
        return subprocess.CompletedProcess(arguments, code, *(each.read_text(encoding="utf-8") for each in (out, err)))

    def close(self) -> None:
        if self.process is not None:
            with suppress(ProcessLookupError):
                os.killpg(self.process.pid, signal.SIGKILL)
            self.process.communicate()
            self.process = None


@pytest.fixture(scope="session")
def forks(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Forks]:
    forks = Forks(tmp_path_factory.mktemp("forks"))
    yield forks
    forks.close()


@pytest.fixture
def dondoc(data_dir: Path, forks: Forks) -> Run:
    """Run `dondoc` with arguments; standard output and error are captured. `fresh` starts Python anew."""

    def run(*args: str | Path, timeout: float = 240, fresh: bool = False, **env: str) -> subprocess.CompletedProcess[str]:
        arguments, env = list(map(str, args)), environment(data_dir) | env
        if not fresh:
            return forks.run(arguments, env, timeout)
        return subprocess.run(
            [sys.executable, "-m", "dondoc", *arguments], env=env, capture_output=True, text=True, timeout=timeout, check=False
        )

    return run
