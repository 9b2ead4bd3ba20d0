"""Three Elasticsearch nodes on one machine, one of which is killed while letters are indexed and questions asked.

It is the master that dies, by SIGKILL as in a power cut, while it holds
shards. Counted are the documents in the index afterwards against those sent, the questions
that got no answer, and how long the longest answer took. Then the node comes back.
"""

from __future__ import annotations

import shutil
import socket
import subprocess
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing, contextmanager
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path
from typing import Any

from bench import letters
from bench.commands import Failed
from bench.latency import percentile, questions
from bench.server import address, installed, kill, start, stop

NODES = 3
_HEAP_MB = 512
_BATCH = 500
_LONGEST = 120
"""Seconds in which writing must go on after the kill."""
_CONFIG = """\
cluster.name: dondoc-bench-cluster
node.name: n{number}
network.host: 127.0.0.1
http.port: 0
transport.port: {port}
node.portsfile: true
discovery.seed_hosts: [{hosts}]
{first}
path.data: {folder}/data
path.logs: {folder}/logs
xpack.security.enabled: false
cluster.routing.allocation.disk.threshold_enabled: false
"""


@dataclass(slots=True)
class Node:
    """One node: its folder and port stay when its process is killed and started again."""

    number: int
    port: int
    folder: Path
    process: subprocess.Popen[bytes] | None = None
    url: str = ""


class Cluster:
    """The nodes, started together; `begin` starts one again after it was killed."""

    def __init__(self, folder: Path) -> None:
        self._home, self._user = installed()
        self.nodes = [Node(number, port, folder / f"n{number}") for number, port in enumerate(_free_ports(NODES), 1)]
        for node in self.nodes:
            node.folder.mkdir()
            self._launch(node, first=True)
        for node in self.nodes:
            assert node.process is not None
            node.url = address(node.process, node.folder)

    def _launch(self, node: Node, *, first: bool) -> None:
        hosts = ", ".join(f'"127.0.0.1:{each.port}"' for each in self.nodes)
        masters = ", ".join(f"n{each.number}" for each in self.nodes)
        config = _CONFIG.format(
            number=node.number, port=node.port, hosts=hosts, folder=node.folder,
            first=f"cluster.initial_master_nodes: [{masters}]" if first else "",
        )  # fmt: skip
        node.process = start(self._home, node.folder, self._user, config, _HEAP_MB)

    def begin(self, node: Node) -> None:
        """Start a killed node again, with what it had on its disk."""
        for name in ("config", "tmp", "logs"):
            shutil.rmtree(node.folder / name, ignore_errors=True)
        self._launch(node, first=False)
        assert node.process is not None
        node.url = address(node.process, node.folder)

    def stop(self) -> None:
        """End all nodes."""
        for node in self.nodes:
            if node.process is not None:
                stop(node.process)


@contextmanager
def _running() -> Iterator[Cluster]:
    folder = Path(tempfile.mkdtemp(prefix="dondoc-bench-cluster-"))
    folder.chmod(0o755)  # the server's own user goes in
    try:
        with ExitStack() as stack:
            cluster = Cluster(folder)
            stack.callback(cluster.stop)
            yield cluster
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _free_ports(count: int) -> list[int]:
    with ExitStack() as stack:
        sockets = [stack.enter_context(socket.socket()) for _ in range(count)]
        for each in sockets:
            each.bind(("127.0.0.1", 0))
        return [each.getsockname()[1] for each in sockets]


@dataclass(slots=True)
class Asking:
    """What became of the questions asked all the while: seconds of each answer and when it came, failures."""

    answers: list[tuple[float, float]] = field(default_factory=list)
    failures: list[tuple[float, str]] = field(default_factory=list)


def measure(size: int, *, tell: Callable[[str], None]) -> dict[str, Any]:
    """Index `size` letters on three nodes, kill the master after half of them, bring it back, count."""
    from elasticsearch import Elasticsearch

    from ingest.errors import Unavailable
    from search.elastic import ElasticEngine
    from search.types import KINDS, Upsert

    with ExitStack() as stack:
        cluster = stack.enter_context(_running())
        client = stack.enter_context(closing(Elasticsearch([node.url for node in cluster.nodes], request_timeout=60)))
        _await(lambda: client.cluster.health()["number_of_nodes"] == NODES, "ba nút chưa thấy nhau (nodes do not meet)")
        urls = ",".join(node.url for node in cluster.nodes)
        engine = stack.enter_context(closing(ElasticEngine(urls, prefix="bench", analysis=letters.analysis(), shards=NODES, replicas=1)))
        engine.refresh()
        client.cluster.health(wait_for_status="green", timeout="60s")
        asking = Asking()
        done = threading.Event()
        thread = threading.Thread(target=_ask, args=(engine, asking, done), daemon=True)
        source, sent, retried, killed_at, paused = letters.documents(0, size), 0, 0, 0.0, 0.0
        victim: Node | None = None
        expected: dict[str, set[str]] = {kind: set() for kind in KINDS}
        half = size // 2
        started = time.monotonic()
        thread.start()
        while batch := list(islice(source, _BATCH)):
            if victim is None and int(batch[0].letter_id) > half:
                victim = _master(client, cluster)
                assert victim.process is not None
                tell(f"{sent} tài liệu đã gửi; giết nút chủ n{victim.number}")
                kill(victim.process)
                killed_at = time.monotonic()
            while True:  # as the relay does: what was not taken is sent again
                try:
                    applied = engine.apply([Upsert(document) for document in batch])
                    break
                except Unavailable as error:
                    retried += 1
                    if time.monotonic() - killed_at > _LONGEST:
                        raise Failed(f"cụm không ghi tiếp được (the cluster takes no more): {error}") from error
                    time.sleep(0.5)
            if killed_at and not paused:
                paused = time.monotonic() - killed_at
            if applied.rejected:
                raise Failed(applied.rejected[0].reason)
            sent += len(batch)
            for document in batch:
                expected[document.kind].add(document.id)
        seconds = time.monotonic() - started
        assert victim is not None
        done.set()
        thread.join()
        engine.refresh()
        lost = {kind: len(expected[kind] - {id_ for id_, _ in engine.ids(kind)}) for kind in KINDS}
        surplus = {kind: len({id_ for id_, _ in engine.ids(kind)} - expected[kind]) for kind in KINDS}
        tell(f"mất {lost}, thừa {surplus}; nút chết trở lại")
        returned = time.monotonic()
        cluster.begin(victim)
        _await(lambda: client.cluster.health()["number_of_nodes"] == NODES, "nút không trở lại (the node does not come back)")
        client.cluster.health(wait_for_status="green", timeout="300s")
        green = time.monotonic() - returned
        after = {kind: len(expected[kind] - {id_ for id_, _ in engine.ids(kind)}) for kind in KINDS}
        times = [took * 1000 for _, took in asking.answers]
        near = [took for when, took in asking.answers if killed_at - 1 <= when <= killed_at + 60]
        return {
            "letters": size, "documents": sent, "seconds": seconds, "writes_tried_again": retried, "pause_seconds": paused,
            "lost": sum(lost.values()), "surplus": sum(surplus.values()), "lost_after_return": sum(after.values()), "green_seconds": green,
            "answers": len(times), "failures": [text for _, text in asking.failures], "p95_ms": percentile(times, 95),
            "longest_seconds": max(near, default=0.0),
        }  # fmt: skip


def _ask(engine: Any, asking: Asking, done: threading.Event) -> None:
    """The ten questions, over and over, until all is indexed."""
    from ingest.errors import Unavailable

    turn = 0
    while not done.is_set():
        for query in questions(turn).values():
            started = time.monotonic()
            try:
                engine.search(query)
            except Unavailable as error:
                asking.failures.append((started, str(error)[:200]))
            else:
                asking.answers.append((started, time.monotonic() - started))
        turn += 1


def _master(client: Any, cluster: Cluster) -> Node:
    name = client.cat.master(format="json")[0]["node"]
    return next(node for node in cluster.nodes if f"n{node.number}" == name)


def _await(holds: Callable[[], bool], otherwise: str) -> None:
    end = time.monotonic() + 120
    while time.monotonic() < end:
        try:
            if holds():
                return
        except Exception:  # no node answers yet
            pass
        time.sleep(0.5)
    raise Failed(otherwise)
