"""How long a question takes: ten typical ones, on each engine, at several sizes of the register."""

from __future__ import annotations

import math
import random
import time
import uuid
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, closing
from datetime import date, timedelta
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any

from bench import letters
from bench.commands import Failed
from bench.letters import TODAY, documents
from bench.server import running

if TYPE_CHECKING:
    from search.analysis import Analysis
    from search.engine import Engine
    from search.types import Query

_BATCH = 500


_PLAIN = ("an toan", "quy hoach", "giao thong", "moi truong", "ngan sach", "thue dat", "xay dung", "bao hiem", "rung", "thi hanh an")
_SPELLED = (
    "báo cáo kết quả thực hiện", "giải phóng mặt bằng dự án", "xử phạt vi phạm hành chính", "chuyển mục đích sử dụng đất",
    "hồ sơ đề nghị hỗ trợ", "thời hạn giải quyết khiếu nại", "quyền sử dụng đất nông nghiệp", "nâng cao hiệu quả quản lý",
    "kiểm tra, giám sát đầu tư công", "tổ chức thực hiện kế hoạch",
)  # fmt: skip
_PHRASES = (
    "quyền sử dụng đất", "thi hành án", "bảo hiểm xã hội", "vi phạm hành chính", "bảo vệ môi trường", "đấu giá tài sản",
    "hội đồng nhân dân", "doanh nghiệp nhỏ và vừa", "phòng cháy", "cơ sở dữ liệu",
)  # fmt: skip
_DONE = ("kiểm tra", "rà soát", "báo cáo", "kế hoạch", "đề xuất", "tổng hợp kết quả", "đôn đốc", "quy hoạch", "đất đai", "hồ sơ")


def questions(turn: int = 0) -> dict[str, Query]:
    """Ten questions as people ask them, with facets as the page shows them; each turn asks with other words, numbers, bodies."""
    from search.types import Query

    number = (turn * 7) % 500
    first = next(documents(number, number + 1))  # a letter that is there at every size
    own = first.numbers[0]
    cited = next((one.cited[0] for one in documents(number, number + 60) if one.cited), own)
    words, year = turn % 10, date(2024 - turn % 5, 1, 1)
    plain, spelled, phrase = _PLAIN[words], _SPELLED[words], _PHRASES[words]
    return {
        "từ không dấu (an toan)": Query(plain),
        "từ có dấu (báo cáo kết quả thực hiện)": Query(spelled),
        "cụm từ (“quyền sử dụng đất”)": Query(f"“{phrase}”"),
        "số gõ tắt (45/bct)": Query(f"{own.number}/{(own.symbol or '').split('-')[0].lower()}"),
        "số và loại (công văn 45/2020)": Query(f"{own.type} {own.number}/{own.year}"),
        "cơ quan:": Query(f"cơ quan:{first.agencies[0]}"),
        "từ, cơ quan và năm": Query("báo cáo", agencies_like=(first.agencies[-1],), issued_from=year),
        "nhiệm vụ quá hạn": Query("", kind="tasks", statuses=("overdue",), today=TODAY - timedelta(days=turn)),
        "nhiệm vụ: từ, có hạn": Query(_DONE[words], kind="tasks", due_to=date(2025, 12, 31), today=TODAY),
        "ai viện dẫn": Query("", kind="references", cited=f"{cited.type} {cited.number}/{cited.year}"),
    }


def measure(
    folder: Path, *, sizes: Sequence[int], rounds: int, elasticsearch: str | None, without_server: bool,
    budget: float, tell: Callable[[str], None],
) -> dict[str, Any]:  # fmt: skip
    """Milliseconds at p50 and p95 of each question, by size and engine. Sizes grow; what is over `budget` is left out."""
    from search.embedded import EmbeddedEngine

    analysis = letters.analysis()
    with ExitStack() as stack:
        engines: list[Engine] = [stack.enter_context(closing(EmbeddedEngine(folder / "index.sqlite", analysis=analysis)))]
        reason = "bỏ qua theo yêu cầu (left out on request)" if without_server else None
        if not without_server:
            try:
                engines.append(_elastic(stack, stack.enter_context(running(elasticsearch)), analysis))
            except Failed as error:
                reason = str(error)
                tell(f"không đo Elasticsearch: {error}")
        result: dict[str, Any] = {"sizes": [], "elasticsearch": reason or "measured"}
        began, present = time.monotonic(), 0
        for size in sizes:
            if present and time.monotonic() - began > budget / 2:
                result["cut"] = f"Hết thời gian: chưa đo {size} văn bản. (Out of time: {size} letters left out.)"
                tell(result["cut"])
                break
            for batch in _batches(present, size):
                for engine in engines:
                    _write(engine, batch)
            present = size
            for engine in engines:
                engine.refresh()
            tell(f"{size} văn bản đã vào chỉ mục")
            held = {engine.name: sum(engine.status().documents.values()) for engine in engines}
            result["sizes"].append({"letters": size, "documents": held, "questions": ask(engines, rounds)})
        return result


def _elastic(stack: ExitStack, url: str, analysis: Analysis) -> Engine:
    from elasticsearch import Elasticsearch

    from search.elastic import ElasticEngine

    prefix = f"bench-{uuid.uuid4().hex[:12]}"
    engine = stack.enter_context(closing(ElasticEngine(url, prefix=prefix, analysis=analysis)))

    def clean() -> None:
        with closing(Elasticsearch(url)) as client:
            names = list(client.indices.get(index=f"{prefix}-*"))
            if names:
                client.indices.delete(index=names)

    stack.callback(clean)
    return engine


def _batches(first: int, last: int) -> Iterator[list[Any]]:
    source = documents(first, last)
    while batch := list(islice(source, _BATCH)):
        yield batch


def _write(engine: Engine, batch: Sequence[Any]) -> None:
    from search.types import Upsert

    applied = engine.apply([Upsert(document) for document in batch])
    if applied.rejected:
        raise Failed(f"{engine.name}: {applied.rejected[0].reason}")


def ask(engines: Sequence[Engine], rounds: int) -> list[dict[str, Any]]:
    """Each question `rounds` times on each engine, with other words each time, all of them in an order drawn by lot."""
    asked = [questions(turn) for turn in range(rounds)]
    for engine in engines:
        for query in questions(rounds).values():
            engine.search(query)  # connections, loaded modules: as in a server that has run for a while
    turns = [(engine, name, turn) for engine in engines for name in asked[0] for turn in range(rounds)]
    random.Random(1).shuffle(turns)
    times: dict[tuple[str, str], list[float]] = {}
    cpu: dict[tuple[str, str], list[float]] = {}
    totals: dict[tuple[str, str], int] = {}
    for engine, name, turn in turns:
        started, used = time.perf_counter(), time.process_time()
        total = engine.search(asked[turn][name]).total
        times.setdefault((engine.name, name), []).append((time.perf_counter() - started) * 1000)
        cpu.setdefault((engine.name, name), []).append((time.process_time() - used) * 1000)
        totals[engine.name, name] = max(total, totals.get((engine.name, name), 0))
    rows = [
        {
            "question": name,
            **{
                engine.name: {
                    "found": totals[engine.name, name],
                    "p50_ms": percentile(times[engine.name, name], 50),
                    "p95_ms": percentile(times[engine.name, name], 95),
                    "cpu_p95_ms": percentile(cpu[engine.name, name], 95),
                }
                for engine in engines
            },
        }
        for name in asked[0]
    ]
    together: dict[str, Any] = {"question": "cả mười câu"}
    for engine in engines:
        every = [value for name in asked[0] for value in times[engine.name, name]]
        used_by_all = [value for name in asked[0] for value in cpu[engine.name, name]]
        together[engine.name] = {
            "p50_ms": percentile(every, 50), "p95_ms": percentile(every, 95), "cpu_p95_ms": percentile(used_by_all, 95),
        }  # fmt: skip
    return [*rows, together]


def percentile(values: Sequence[float], share: int) -> float:
    """The nearest-rank percentile, rounded to a tenth."""
    ordered = sorted(values)
    return round(ordered[max(0, math.ceil(len(ordered) * share / 100) - 1)], 1)
