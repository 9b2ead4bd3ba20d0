"""docs/scale.md and its picture, from the figures of `bench.scale`."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from typing import Any

from bench.report import Table, as_markdown, decimal

INTRO = """\
# Tìm kiếm khi sổ lớn dần

Trang này do `python -m bench.scale --write docs/scale.md` viết ra; không sửa bằng tay. Văn bản là do máy đặt ra (`bench/letters.py`): từ ngữ theo
mô hình âm tiết của chương trình, cơ quan theo danh bạ, ngày tháng, viện dẫn và nhiệm vụ như ở một sổ của tỉnh; mỗi lần chạy đều như nhau.

*English: how search behaves as a register grows. The letters are invented (`bench/letters.py`): words drawn from the program's
syllable model, bodies from the registry of agencies, days, citations and tasks as in a province's register; the same every time. Figures hold for the machine they were taken on.*
"""
_BOUNDS = {"elasticsearch": 150.0, "embedded": 100.0}
"""Milliseconds that the 95th percentile of the ten questions should not pass."""
_RATIO, _MEMORY_MB = 0.70, 500
_WHOLE = "cả mười câu"


def markdown(results: dict[str, Any], picture: str) -> str:
    """The whole page; `picture` is the link to the plot, "" for none."""
    parts = [INTRO, *_conditions(results)]
    for table in _tables(results):
        parts.append(as_markdown(table))
        if table.title.startswith("Thời gian trả lời") and picture:
            parts.append(f"![Thời gian trả lời theo số nghĩa vụ]({picture})\n")
    return "\n".join((*parts, _repeat()))


def _conditions(results: dict[str, Any]) -> Iterator[str]:
    if not results:
        return
    about = next(iter(results.values()))["machine"]
    yield (
        f"- Máy: {about['cores']} nhân ({about['processor']}), {about['memory_gib']:.0f} GiB bộ nhớ; {about['system']}; Python {about['python']}."
        " Elasticsearch chạy trên cùng máy. (The server ran on the same machine.)"
    )
    for part, found in results.items():
        others = found.get("busy")  # not known of figures of an earlier form
        busy = others is not None and others / about["cores"] >= 0.25
        told = " – **máy đang bận việc khác, thời gian xấu hơn lúc máy rảnh (the machine was busy: times are worse)**" if busy else ""
        yield f"- `{part}`: đo ngày {found['machine']['date']}, {decimal(found['minutes'])} phút{'' if others is None else f', trước đó {decimal(others)} nhân bận việc khác'}{told}."
    yield ""


def _tables(results: dict[str, Any]) -> Iterator[Table]:
    if "rate" in results:
        yield _turns(results["rate"])
    if "elasticsearch" in results and "plain" in results:
        yield from _rates(results)
    if "analysis" in results:
        yield _analysis(results["analysis"])
    if "embedded" in results:
        yield _embedded(results["embedded"])
    for engine, title in (("elasticsearch", "Elasticsearch"), ("embedded", "chỉ mục nhúng")):
        if engine in results:
            yield _growth(engine, title, results[engine]["steps"])
            yield _questions(engine, title, results[engine]["steps"])
    if "cluster" in results:
        yield _cluster(results["cluster"])


def _rates(results: dict[str, Any]) -> Iterator[Table]:
    """Rates by step and in all: the client's own helper, our engine with the same documents (where measured), our engine from segmented texts."""
    steps, heap_mb = results["elasticsearch"]["steps"], results["elasticsearch"]["heap_mb"]
    names = {"plain": "`parallel_bulk`", "analysed": "Đôn Đốc, bản ghi đã phân tích", "ours": "Đôn Đốc, từ văn bản đã tách từ"}
    ways: dict[str, list[dict[str, Any]]] = {each: results[each]["steps"] for each in ("plain", "analysed") if each in results}
    ways |= {"ours": [step["ours"] for step in steps]}
    named = [name for name in names if name in ways]
    sums = {name: {key: sum(row[key] for row in rows) for key in ("documents", "seconds")} for name, rows in ways.items()}
    obligations = _obligations(steps)

    def row(first: str, owed: int, figures: dict[str, dict[str, float]], peak: int) -> tuple[str, ...]:
        rates = [cell for name in named for cell in (_rate(figures[name]), *((decimal(figures["plain"]["seconds"] / figures[name]["seconds"], 2),) if name != "plain" else ()))]
        return (first, _thousands(owed), _thousands(int(figures["ours"]["documents"])), *rates, str(peak))

    rows = [
        row(_thousands(step["letters"]), owed, {name: ways[name][at] for name in named}, step["ours"]["peak_mb"])
        for at, (step, owed) in enumerate(zip(steps, obligations, strict=True))
    ]
    peak = max(each["peak_mb"] for name, every in ways.items() for each in every if name != "plain")
    rows.append(row("cả thảy", obligations[-1], sums, peak))
    ratio = sums["plain"]["seconds"] / sums["analysed" if "analysed" in ways else "ours"]["seconds"]
    heads = [cell for name in named for cell in (f"{names[name]}, bản ghi/giây", *(("tỷ số",) if name != "plain" else ()))]
    yield Table(
        "Ghi vào Elasticsearch (indexing)",
        ("đến văn bản thứ", "nghĩa vụ", "bản ghi của bước", *heads, "bộ nhớ tiến trình ghi, MB"),
        tuple(rows),
        (
            f"Mỗi dòng là một bước, ghi thêm vào bước trước. `helpers.parallel_bulk` gửi những bản ghi đã phân tích sẵn. Đôn Đốc gửi kèm phiên bản: một lượt cùng những bản ghi ấy, một lượt nhận văn bản đã "
            f"tách từ và tự làm các dòng từ. Tỷ số với bản ghi đã phân tích phải từ {decimal(_RATIO, 2)}; bộ nhớ không quá {_MEMORY_MB} MB, gồm cả bộ tách từ. Máy chủ có {heap_mb} MB heap.",
            "Each row is a step added to the one before. parallel_bulk sends documents analysed beforehand; our engine sends external versions, once with the same documents, once from "
            f"segmented texts of which it makes the token streams. The ratio with analysed documents should be at least {_RATIO} ({_met(ratio >= _RATIO)}), the memory of the indexing process at most {_MEMORY_MB} MB ({_met(peak <= _MEMORY_MB)}).",
        ),
    )


def _turns(found: dict[str, Any]) -> Table:
    names = {"plain": "`helpers.parallel_bulk`", "analysed": "Đôn Đốc, bản ghi đã phân tích", "elasticsearch": "Đôn Đốc, từ văn bản đã tách từ"}
    whole = {mode: {key: sum(step[mode][key] for step in found["steps"]) for key in ("documents", "seconds", "cpu_s", "server_cpu_s")} for mode in names}
    plain = whole["plain"]

    def cpu(row: dict[str, float]) -> float:
        return (row["cpu_s"] + row["server_cpu_s"]) / row["documents"] * 1000

    rows = tuple(
        (
            name, _thousands(int(whole[mode]["documents"])), _rate(whole[mode]), decimal(plain["seconds"] / whole[mode]["seconds"], 2),
            decimal(whole[mode]["cpu_s"] / whole[mode]["documents"] * 1000, 2), decimal(whole[mode]["server_cpu_s"] / whole[mode]["documents"] * 1000, 2),
            decimal(cpu(plain) / cpu(whole[mode]), 2),
        )
        for mode, name in names.items()
    )  # fmt: skip
    return Table(
        f"Ghi vào Elasticsearch, lần lượt từng bước, đến {_thousands(found['steps'][-1]['letters'])} văn bản (in turn)",
        ("", "bản ghi", "bản ghi/giây", "tỷ số", "ms CPU máy khách mỗi bản ghi", "ms CPU máy chủ mỗi bản ghi", "tỷ số theo CPU"),
        rows,
        (
            f"Ba cách ghi nối tiếp nhau ở từng bước nên gặp cùng một tải của máy. Tỷ số phải từ {decimal(_RATIO, 2)} khi bản ghi đã phân tích. Giây CPU hầu như không phụ thuộc việc khác trên máy.",
            "The three ways follow each other at each step, so they meet the same load. CPU is that of the client and of the server.",
        ),
    )


def _analysis(found: dict[str, Any]) -> Table:
    names = {"letters": "văn bản", "tasks": "nghĩa vụ", "references": "viện dẫn"}
    rows = tuple(
        (names[kind], _thousands(row["documents"]), decimal(row["segmented_ms"], 2), decimal(row["streams_ms"], 2)) for kind, row in found["kinds"].items()
    )
    return Table(
        "Phân tích tiếng Việt, tính riêng (analysis by itself)",
        ("bản ghi", "số đã đo", "ms CPU mỗi bản ghi, cả tách từ", "không tách từ"),
        rows,
        ("Tách từ bằng underthesea ở tiêu đề và 2.000 ký tự đầu. (Milliseconds of CPU for a document, with underthesea's segmentation and without.)",),
    )


def _embedded(found: dict[str, Any]) -> Table:
    steps = found["steps"]
    rows = tuple(
        (
            _thousands(step["letters"]), _thousands(obligations), _thousands(sum(step["held"].values())), _rate(step["ours"]),
            decimal(step["bytes"] / 1e9, 2), decimal(step["bytes"] / step["letters"] / 1000), str(step["ours"]["peak_mb"]),
        )
        for step, obligations in zip(steps, _obligations(steps), strict=True)
    )  # fmt: skip
    return Table(
        "Ghi vào chỉ mục nhúng (embedded index)",
        ("văn bản", "nghĩa vụ", "bản ghi", "bản ghi/giây ở bước này", "cỡ tệp, GB", "KB mỗi văn bản", "bộ nhớ tiến trình ghi, MB"),
        rows,
        ("Cỡ tệp gồm cả nhiệm vụ và viện dẫn của văn bản. (Size of the file, with the letters' tasks and citations.)",),
    )


def _growth(engine: str, title: str, steps: Sequence[dict[str, Any]]) -> Table:
    rows = []
    for step, obligations in zip(steps, _obligations(steps), strict=True):
        whole = _row(step, _WHOLE)[engine]
        worst = max((row for row in step["questions"] if row["question"] != _WHOLE), key=lambda row: row[engine]["p95_ms"])
        rows.append((
            _thousands(step["letters"]), _thousands(obligations), decimal(whole["p50_ms"]), decimal(whole["p95_ms"]),
            f"{decimal(worst[engine]['p95_ms'])} ({worst['question']})", _known(whole, "cpu_p95_ms"), decimal(step["bytes"] / 1e9, 2),
        ))  # fmt: skip
    return Table(
        f"Thời gian trả lời của {title} khi sổ lớn dần (growth)",
        ("văn bản", "nghĩa vụ", "p50, ms", "p95, ms", "câu chậm nhất: p95, ms", "p95 của CPU trong chương trình, ms", "chỉ mục, GB"),
        tuple(rows),
        (f"Mười câu hỏi, mỗi câu nhiều lần với từ ngữ, số, cơ quan khác nhau, có đếm theo cơ quan, loại, năm. p95 phải không quá {_BOUNDS[engine]:.0f} ms ở cỡ lớn nhất: {_met(whole['p95_ms'] <= _BOUNDS[engine])}.",),
    )


def _questions(engine: str, title: str, steps: Sequence[dict[str, Any]]) -> Table:
    last = steps[-1]
    remote = engine == "elasticsearch"
    rows = tuple(
        (
            row["question"], _thousands(row[engine]["found"]) if "found" in row[engine] else "", decimal(row[engine]["p50_ms"]),
            decimal(row[engine]["p95_ms"]), _known(row[engine], "cpu_p95_ms"),
            *((_known(row[engine], "server_cpu_ms"),) if remote else ()),
        )
        for row in last["questions"]
    )  # fmt: skip
    columns = ("câu hỏi", "thấy nhiều nhất", "p50, ms", "p95, ms", "p95 của CPU trong chương trình, ms")
    return Table(
        f"Từng câu hỏi, {title}, {_thousands(last['letters'])} văn bản (each question)",
        (*columns, "CPU máy chủ, trung bình, ms") if remote else columns,
        rows,
        ("CPU là thời gian bộ xử lý thật sự làm việc cho câu hỏi, hầu như không phụ thuộc việc khác trên máy. (CPU: time really worked for a question, whatever else the machine does.)",),
    )


def _cluster(found: dict[str, Any]) -> Table:
    rows = (
        ("văn bản, bản ghi đã gửi", f"{_thousands(found['letters'])}, {_thousands(found['documents'])}"),
        ("lần gửi phải gửi lại sau khi nút chủ bị giết", str(found["writes_tried_again"])),
        ("ghi dừng, giây", decimal(found["pause_seconds"])),
        ("bản ghi mất; thừa", f"{found['lost']}; {found['surplus']}"),
        ("bản ghi mất sau khi nút trở lại", str(found["lost_after_return"])),
        ("câu hỏi được trả lời; không được", f"{_thousands(found['answers'])}; {len(found['failures'])}"),
        ("p95 khi đang ghi, ms", decimal(found["p95_ms"])),
        ("câu lâu nhất quanh lúc nút chết, giây", decimal(found["longest_seconds"])),
        ("đủ bản sao sau khi nút trở lại, giây", decimal(found["green_seconds"])),
    )
    return Table(
        "Ba nút trên một máy, nút chủ bị giết giữa chừng (a node killed)",
        ("", ""),
        rows,
        ("SIGKILL vào nút chủ khi đã ghi một nửa, trong lúc vẫn hỏi không ngừng. Mất và thừa là so mọi mã với những gì đã gửi. (SIGKILL to the master at half-way, while questions are asked all the time.)",),
    )


def picture(results: dict[str, Any]) -> str:
    """The growth of p50 and p95 over the number of obligations, as SVG."""
    lines: list[tuple[str, str, str, list[tuple[int, float]]]] = []
    for engine, colour, name in (("elasticsearch", "#1f5fa8", "Elasticsearch"), ("embedded", "#b5541c", "nhúng")):
        steps = results.get(engine, {}).get("steps", ())
        for share, dash in (("p95_ms", ""), ("p50_ms", "5 4")):
            points = [(max(1, count), _row(step, _WHOLE)[engine][share]) for step, count in zip(steps, _obligations(steps), strict=True)]
            if points:
                lines.append((f"{name} {share[:3]}", colour, dash, points))
    return _plot(lines)


_WIDTH, _HEIGHT, _LEFT, _BOTTOM, _TOP, _RIGHT = 720, 380, 60, 50, 20, 150


def _plot(lines: Sequence[tuple[str, str, str, list[tuple[int, float]]]]) -> str:
    every = [point for *_, points in lines for point in points] or [(1, 1.0)]
    low, high = math.log10(min(x for x, _ in every)), math.log10(max(x for x, _ in every))
    top = max(*_BOUNDS.values(), *(y for _, y in every)) * 1.1

    def at(x: float, y: float) -> tuple[float, float]:
        across = (math.log10(x) - low) / ((high - low) or 1)
        return _LEFT + across * (_WIDTH - _LEFT - _RIGHT), _HEIGHT - _BOTTOM - y / top * (_HEIGHT - _BOTTOM - _TOP)

    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDTH} {_HEIGHT}" font-family="sans-serif" font-size="12">',
        "<title>Thời gian trả lời theo số nghĩa vụ (time of an answer by obligations)</title>",
        f'<rect width="{_WIDTH}" height="{_HEIGHT}" fill="#fff"/>',
    ]
    step = 10 ** math.floor(math.log10(top / 2)) * (1 if top / 10 ** math.floor(math.log10(top / 2)) < 8 else 2)
    for index in range(int(top / step) + 1):
        x, y = at(10**low, index * step)
        parts.append(f'<path d="M{x:.0f} {y:.1f}H{_WIDTH - _RIGHT}" stroke="#ddd"/><text x="{x - 6:.0f}" y="{y + 4:.1f}" text-anchor="end">{index * step:.0f}</text>')
    for x in sorted({x for x, _ in every}):
        across, down = at(x, 0)
        parts.append(f'<text x="{across:.1f}" y="{down + 18:.1f}" text-anchor="middle" font-size="10">{_thousands(x)}</text>')
    for engine, bound in _BOUNDS.items():
        x, y = at(10**low, bound)
        colour = "#1f5fa8" if engine == "elasticsearch" else "#b5541c"
        parts.append(f'<path d="M{x:.0f} {y:.1f}H{_WIDTH - _RIGHT}" stroke="{colour}" stroke-dasharray="1 4"/><text x="{_WIDTH - _RIGHT + 6}" y="{y + 4:.1f}" fill="{colour}">≤ {bound:.0f} ms</text>')
    for order, (name, colour, dash, points) in enumerate(lines):
        path = " ".join(f"{x:.1f},{y:.1f}" for x, y in (at(*point) for point in points))
        style = f'stroke="{colour}" stroke-width="2" stroke-dasharray="{dash}" fill="none"'
        parts.append(f'<polyline points="{path}" {style}/>')
        y = _TOP + 14 + 18 * order
        parts.append(f'<path d="M{_WIDTH - _RIGHT + 6} {y}h24" {style}/><text x="{_WIDTH - _RIGHT + 36}" y="{y + 4}">{name}</text>')
    parts.append(f'<text x="{(_LEFT + _WIDTH - _RIGHT) / 2:.0f}" y="{_HEIGHT - 10}" text-anchor="middle">nghĩa vụ trong sổ (obligations)</text>')
    parts.append(f'<text transform="translate(16 {_HEIGHT / 2:.0f}) rotate(-90)" text-anchor="middle">ms</text></svg>')
    return "\n".join(parts) + "\n"


def _known(figures: dict[str, Any], name: str) -> str:
    return decimal(figures[name]) if name in figures else "–"


def _met(holds: bool) -> str:
    return "đạt (met)" if holds else "**không đạt (missed)**"


def _row(step: dict[str, Any], question: str) -> dict[str, Any]:
    found: dict[str, Any] = next(row for row in step["questions"] if row["question"] == question)
    return found


def _obligations(steps: Sequence[dict[str, Any]]) -> list[int]:
    """Obligations in the index after each step."""
    return [step["held"]["tasks"] for step in steps]


def _rate(row: dict[str, Any]) -> str:
    return _thousands(round(row["documents"] / row["seconds"]))


def _thousands(count: int) -> str:
    return f"{count:,}".replace(",", ".")


def _repeat() -> str:
    return """\
## Cách đo lại (how to repeat)

```sh
./run scale --write docs/scale.md                # 300.000 văn bản, một triệu nghĩa vụ: hàng giờ, cần 20 GB đĩa
./run scale --only embedded --embedded-size 10000 --again
./run scale --quick                              # chỉ thử xem mọi phần có chạy không
```

Phần nào đo xong thì số liệu được giữ trong `.cache/scale/`: dừng giữa chừng thì chạy lại lệnh cũ. (A run that was stopped goes on where it was.)
"""
