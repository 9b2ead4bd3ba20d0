"""How search behaves as a register grows to hundreds of thousands of letters: rates, times, memory, a cluster.

    python -m bench.scale --write docs/scale.md          # 300,000 letters, a million obligations: hours
    python -m bench.scale --size 3000 --only embedded
    python -m bench.scale --quick                        # only whether all parts work

Figures of a part are kept in the folder as soon as it is done: a run that was
stopped goes on where it was; `--again` measures once more.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import time
import uuid
from collections.abc import Callable, Sequence
from contextlib import closing
from pathlib import Path
from typing import Any, Literal

from bench import cluster, letters, machine, scale_page
from bench.commands import Failed
from bench.feed import Step, prepare
from bench.latency import ask, questions
from bench.server import running

PARTS = ("analysis", "rate", "plain", "analysed", "elasticsearch", "embedded", "cluster")
_SHARES = (0.01, 0.03, 0.1, 0.3, 1.0)
_HEAP_MB = 1024
_SEGMENTED = 400
"""Letters that the real segmenter is timed with."""


def main() -> int:
    """Run the parts that have no figures yet; 1 where one of them failed."""
    options = _arguments()
    folder: Path = options.folder or Path(".cache") / "scale" / str(options.size)
    folder.mkdir(parents=True, exist_ok=True)
    store = folder / "results.json"
    results: dict[str, Any] = json.loads(store.read_text(encoding="utf-8")) if store.exists() else {}
    failed = False
    for part in options.only or PARTS:
        if part in results and not options.again:
            continue
        tell(f"== {part}")
        about, busy, began = machine.describe(), machine.busy_cores(), time.monotonic()
        try:
            found = _PARTS[part](folder, options)
        except Failed as error:
            tell(f"{part}: {error}")
            failed = True
            continue
        results[part] = found | {"machine": about, "busy": round(busy, 1), "minutes": round((time.monotonic() - began) / 60, 1)}
        store.write_text(json.dumps(results, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    if options.write:
        picture = options.write.parent / "images" / f"{options.write.stem}.svg"
        options.write.write_text(scale_page.markdown(results, f"images/{picture.name}"), encoding="utf-8")
        picture.parent.mkdir(parents=True, exist_ok=True)
        picture.write_text(scale_page.picture(results), encoding="utf-8")
        tell(f"Đã ghi {options.write}, {picture}")
    else:
        print(scale_page.markdown(results, ""))
    return int(failed)


def tell(line: str) -> None:
    """Say on standard error how far it is."""
    print(line, file=sys.stderr, flush=True)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m bench.scale", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--size", type=int, default=300_000, metavar="LETTERS", help="letters in Elasticsearch (3.3 obligations each)")
    parser.add_argument("--embedded-size", type=int, metavar="LETTERS", help="letters in the embedded index (a third of --size)")
    parser.add_argument("--rate-size", type=int, metavar="LETTERS", help="letters for the rates taken in turn (a tenth of --size)")
    parser.add_argument("--cluster-size", type=int, default=9_000, metavar="LETTERS", help="letters for the cluster of three nodes")
    parser.add_argument("--rounds", type=int, default=20, help="how often each question is asked")
    parser.add_argument("--only", action="append", choices=PARTS, help="this part alone (may be repeated)")
    parser.add_argument("--again", action="store_true", help="measure parts that have figures already")
    parser.add_argument("--folder", type=Path, help="where letters and figures are kept (.cache/scale/SIZE)")
    parser.add_argument("--elasticsearch", metavar="URL", help="a server to measure instead of starting one")
    parser.add_argument("--write", type=Path, metavar="FILE.md", help="write the page and its picture")
    parser.add_argument("--quick", action="store_true", help="a few letters: only whether all parts work")
    options = parser.parse_args()
    if options.quick:
        options.size, options.cluster_size, options.rounds = 200, 200, 2
    options.embedded_size = options.embedded_size or options.size // 3
    options.rate_size = options.rate_size or options.size // 10
    return options


def _steps(folder: Path, size: int, *, actions: bool, most: int | None = None) -> list[Step]:
    sizes = sorted({max(1, int(size * share)) for share in _SHARES})
    if most is not None:
        sizes = [each for each in sizes if each <= most] or sizes[:1]
    found = []
    for step in prepare(folder / "feed", sizes, actions=actions):
        tell(f"{step.last} văn bản đã sẵn sàng")
        found.append(step)
    return found


def _analysis(folder: Path, options: argparse.Namespace) -> dict[str, Any]:
    """The analysis of Vietnamese by itself: with the real segmenter, and without one."""
    from search.analysis import Analysis, vietnamese_words
    from search.shared import tidied
    from search.types import Document

    count = min(options.size, _SEGMENTED)
    every = [tidied(_with_spaces(one)) for one in letters.documents(0, count)]
    vietnamese_words(every[0].title)  # loads it

    def seconds(analysis: Analysis, documents: Sequence[Document]) -> float:
        started = time.process_time()
        for document in documents:
            analysis.streams(document)
        return time.process_time() - started

    rows = {}
    for kind in ("letters", "tasks", "references"):
        chosen = [one for one in every if one.kind == kind]
        rows[kind] = {
            "documents": len(chosen), "segmented_ms": seconds(Analysis(), chosen) * 1000 / len(chosen),
            "streams_ms": seconds(Analysis(segment=None), chosen) * 1000 / len(chosen),
        }  # fmt: skip
    return {"kinds": rows}


def _with_spaces(document: Any) -> Any:
    from dataclasses import replace

    pages = tuple(replace(page, text=page.text.replace("_", " ")) for page in document.pages)
    return replace(document, title=document.title.replace("_", " "), pages=pages)


def _rate(folder: Path, options: argparse.Namespace) -> dict[str, Any]:
    """The client's own bulk helper and our engine in turn: the same load of the machine for both.

    CPU seconds of the client and of the server are counted as well: they
    hardly depend on what else the machine does.
    """
    from elasticsearch import Elasticsearch

    rows = []
    with running(options.elasticsearch, heap_mb=_HEAP_MB) as url, closing(Elasticsearch(url, request_timeout=120)) as client:
        prefixes = {mode: f"{mode}-{uuid.uuid4().hex[:8]}" for mode in ("plain", "elasticsearch", "analysed")}
        _indices(client, prefixes["plain"])
        steps = _steps(folder, options.size, actions=True, most=options.rate_size)
        warm = f"warm-{uuid.uuid4().hex[:8]}"
        _indices(client, warm)
        _run("plain", url, warm, str(steps[0].actions_file))  # a server that has run for a while
        _remove(client, warm)
        for index, step in enumerate(steps):
            row: dict[str, Any] = {"letters": step.last}
            for mode, prefix in (*list(prefixes.items())[index % 3 :], *list(prefixes.items())[: index % 3]):
                files = {"plain": [step.actions_file], "elasticsearch": [step.documents_file]}
                before = _server_cpu(client)
                row[mode] = _run(mode, url, prefix, *map(str, files.get(mode, [step.documents_file, step.actions_file])))
                row[mode]["server_cpu_s"] = _server_cpu(client) - before
                tell(f"{mode}, {step.last} văn bản: {row[mode]}")
            rows.append(row)
        _remove(client, *prefixes.values())
    return {"steps": rows}


def _count_server_cpu(client: Any, engine: Any, rows: list[dict[str, Any]], rounds: int) -> None:
    """Add the milliseconds of CPU that the server spends on each question, a mean of the rounds."""
    asked = [questions(turn) for turn in range(rounds)]
    for row in rows[:-1]:
        before = _server_cpu(client)
        for turn in asked:
            engine.search(turn[row["question"]])
        row["elasticsearch"]["server_cpu_ms"] = (_server_cpu(client) - before) * 1000 / rounds


def _server_cpu(client: Any) -> float:
    """CPU seconds that the server has used."""
    nodes = client.nodes.stats(metric="process")["nodes"].values()
    return float(sum(node["process"]["cpu"]["total_in_millis"] for node in nodes)) / 1000


def _remove(client: Any, *prefixes: str) -> None:
    for prefix in prefixes:
        names = list(client.indices.get(index=f"{prefix}-*"))
        if names:
            client.indices.delete(index=names)


def _plain(folder: Path, options: argparse.Namespace) -> dict[str, Any]:
    """The client's own bulk helper, with documents analysed before."""
    return _written("plain", folder, options)


def _analysed(folder: Path, options: argparse.Namespace) -> dict[str, Any]:
    """Our engine with the same documents as the helper."""
    return _written("analysed", folder, options)


def _written(mode: Literal["plain", "analysed"], folder: Path, options: argparse.Namespace) -> dict[str, Any]:
    from elasticsearch import Elasticsearch

    rows: list[dict[str, Any]] = []
    with running(options.elasticsearch, heap_mb=_HEAP_MB) as url, closing(Elasticsearch(url, request_timeout=120)) as client:
        prefix = f"{mode}-{uuid.uuid4().hex[:8]}"
        if mode == "plain":
            _indices(client, prefix)  # our engine makes its own
        for step in _steps(folder, options.size, actions=True):
            files = (step.actions_file,) if mode == "plain" else (step.documents_file, step.actions_file)
            rows.append({"letters": step.last} | _run(mode, url, prefix, *map(str, files)))
            tell(f"{mode}, {step.last} văn bản: {rows[-1]}")
        _remove(client, prefix)
    return {"steps": rows}


def _elasticsearch(folder: Path, options: argparse.Namespace) -> dict[str, Any]:
    """Our engine from segmented texts; it answers the questions after each step."""
    from elasticsearch import Elasticsearch

    from search.elastic import ElasticEngine

    steps = _steps(folder, options.size, actions=False)
    rows: list[dict[str, Any]] = [{"letters": step.last, "counts": step.counts} for step in steps]
    with running(options.elasticsearch, heap_mb=_HEAP_MB) as url, closing(Elasticsearch(url, request_timeout=120)) as client:
        prefix = f"bench-{uuid.uuid4().hex[:8]}"
        with closing(ElasticEngine(url, prefix=prefix, analysis=letters.analysis())) as engine:
            engine.refresh()  # makes the indices
            # A question that comes again must not be answered from what the server remembers.
            client.indices.put_settings(index=f"{prefix}-*", settings={"index.requests.cache.enable": False})
            for step, row in zip(steps, rows, strict=True):
                row["ours"] = _run("elasticsearch", url, prefix, str(step.documents_file))
                tell(f"Đôn Đốc, {step.last} văn bản: {row['ours']}")
                row["merging_s"] = _merged(client)
                row["questions"] = ask([engine], options.rounds)
                status = engine.status()
                row["held"], row["bytes"] = dict(status.documents), status.size_bytes
                tell(f"mười câu hỏi: {row['questions'][-1]}")
            _count_server_cpu(client, engine, rows[-1]["questions"], options.rounds)
        _remove(client, prefix)
    return {"steps": rows, "heap_mb": _HEAP_MB}


_LONGEST_MERGE = 300


def _merged(client: Any) -> float:
    """Wait until the server has put together what was just written, as it does by itself; seconds it took."""
    started = time.monotonic()
    while time.monotonic() - started < _LONGEST_MERGE:
        nodes = client.nodes.stats(metric="indices")["nodes"].values()
        if not sum(node["indices"]["merges"]["current"] for node in nodes):
            break
        time.sleep(0.5)
    return time.monotonic() - started


def _indices(client: Any, prefix: str) -> None:
    """Indices for the client's own helper, of the same form as ours."""
    from search.elastic_schema import mappings, settings

    for kind in ("letters", "tasks", "references"):
        client.indices.create(index=f"{prefix}-{kind}", mappings=mappings(), settings=settings(1, "0-1", "1s"))


def _embedded(folder: Path, options: argparse.Namespace) -> dict[str, Any]:
    from search.embedded import EmbeddedEngine

    index = folder / "index.sqlite"
    for suffix in ("", "-wal", "-shm"):
        index.with_name(index.name + suffix).unlink(missing_ok=True)
    rows: list[dict[str, Any]] = []
    for step in _steps(folder, options.embedded_size, actions=False):
        row: dict[str, Any] = {"letters": step.last, "counts": step.counts, "ours": _run("embedded", str(index), str(step.documents_file))}
        tell(f"nhúng, {step.last} văn bản: {row['ours']}")
        with closing(EmbeddedEngine(index, analysis=letters.analysis())) as engine:
            row["questions"] = ask([engine], options.rounds)
            status = engine.status()
            row["held"], row["bytes"] = dict(status.documents), status.size_bytes
        tell(f"mười câu hỏi: {row['questions'][-1]}")
        rows.append(row)
    return {"steps": rows}


def _cluster(folder: Path, options: argparse.Namespace) -> dict[str, Any]:
    return cluster.measure(options.cluster_size, tell=tell)


def _run(*arguments: str) -> dict[str, Any]:
    """One step of indexing as a process of its own."""
    done = subprocess.run([sys.executable, "-m", "bench.indexing", *arguments], capture_output=True, text=True, check=False)
    if done.returncode:
        raise Failed(done.stderr[-400:])
    found: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return found


_PARTS: dict[str, Callable[[Path, argparse.Namespace], dict[str, Any]]] = {
    "analysis": _analysis, "rate": _rate, "plain": _plain, "analysed": _analysed,
    "elasticsearch": _elasticsearch, "embedded": _embedded, "cluster": _cluster,
}  # fmt: skip


if __name__ == "__main__":
    sys.exit(main())
