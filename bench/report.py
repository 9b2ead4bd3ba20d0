"""The figures as a page for people: docs/performance.md, and the same tables on the terminal."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

INTRO = """\
# Số đo

Trang này do `./run bench --write docs/performance.md` viết ra; không sửa bằng tay. Số đo chỉ có nghĩa trên máy đã đo:
hãy chạy lại trước khi dựa vào.

*English: written by `./run bench --write docs/performance.md`, not by hand. Figures hold for the machine they were
taken on; repeat before you rely on one. Pages are specimen letters of this project, rendered and damaged by `corpus/`:
real scans are harder.*
"""


@dataclass(frozen=True, slots=True)
class Table:
    """A table with its heading and what must be known to read it."""

    title: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    notes: tuple[str, ...] = ()


def tables(results: dict[str, Any]) -> list[Table]:
    """Every part that was measured as a table; a part that was not is left out or says why."""
    found: list[Table] = []
    if "reading" in results:
        found += _reading(results["reading"])
    if "stages" in results:
        found.append(_stages(results["stages"], results["pages"]))
    if "citations" in results:
        found.append(_citations(results["citations"]))
    if "ingest" in results:
        found.append(_ingest(results["ingest"]))
    if "ocr" in results:
        found.append(_ocr(results["ocr"]))
    for size in results.get("search", {}).get("sizes", ()):
        found.append(_search(size, results["search"]))
    if "office" in results:
        found += _office(results["office"])
    if "startup" in results:
        rows = tuple((f"`{row['command']}`", decimal(row["median_s"], 2), decimal(row["worst_s"], 2)) for row in results["startup"])
        found.append(Table("Khởi động (start-up)", ("lệnh", "trung vị, giây", "lâu nhất, giây"), rows))
    for part, reason in results.get("failed", {}).items():
        found.append(Table(f"`{part}`: không đo được (failed)", ("lý do",), ((reason,),)))
    return found


def merged(before: dict[str, Any], new: dict[str, Any], only: Sequence[str] | None) -> dict[str, Any]:
    """What is known after measuring: after a whole run its figures with those of parts measured apart, else those before with the new parts'."""
    apart = {**before.get("apart", {})}
    if not only:
        kept = {key: before[key] for key in _APART if key in before}
        return kept | new | {"apart": {part: about for part, about in apart.items() if part in _APART.values()}}
    told = {key: value for key, value in new.items() if key not in ("machine", "quick", "seconds")}
    return before | told | {"apart": apart | {part: new["machine"] | {"seconds": new["seconds"]} for part in only}}


_APART = {"office": "pages"}
"""Keys of the figures of parts that a whole run leaves out, and the part."""


def markdown(results: dict[str, Any]) -> str:
    """The whole page."""
    return "\n".join((INTRO, _machine(results), *(as_markdown(table) for table in tables(results)), _repeat()))


def _machine(results: dict[str, Any]) -> str:
    machine = results["machine"]
    load = decimal(machine["load_before"], 1)
    idle = (
        f"Trước khi đo máy rảnh (tải {load}). (The machine was otherwise idle.)"
        if machine["idle"]
        else f"**Khi đo, máy đang bận việc khác (tải {load} trước khi đo): các số giây và mili giây dưới đây xấu hơn lúc máy rảnh.**"
        " (The machine was busy with other work: times are worse than they would be.)"
    )
    lines = [
        f"- Ngày đo: {machine['date']}; cả lượt mất {decimal(results['seconds'] / 60, 1)} phút.",
        f"- Máy: {machine['cores']} nhân ({machine['processor']}), {decimal(machine['memory_gib'], 0)} GiB bộ nhớ; {machine['system']}; Python {machine['python']};"
        f" {machine['tesseract']}.",
        f"- {idle}",
        *(
            f"- `{part}` đo riêng ngày {own['date']}, {decimal(own['seconds'] / 60, 1)} phút, tải của máy trước khi đo {decimal(own['load_before'], 1)}"
            f"{'' if own['idle'] else ': **máy đang bận việc khác, thời gian xấu hơn lúc rảnh**'}. (Measured apart.)"
            for part, own in results.get("apart", {}).items()
        ),
    ]
    if results.get("quick"):
        lines.append("- **Đo thử (`--quick`): quá ít để dùng.** (A trial run: too little to be of use.)")
    return "\n".join(lines) + "\n"


def _stages(rows: Sequence[dict[str, Any]], pages: int) -> Table:
    counts = list(dict.fromkeys(count for row in rows for count in row["pages_per_second"]))
    body = tuple(
        (
            row["stage"],
            *(decimal(row["pages_per_second"][count]) if count in row["pages_per_second"] else "–" for count in counts),
            str(row["peak_mb"]) if row["peak_mb"] else "–",
        )
        for row in rows
    )
    return Table(
        "Từng bước (stages)",
        ("bước", *(f"trang/giây, {count} tiến trình" for count in counts), "bộ nhớ cao nhất, MB"),
        body,
        (
            f"{pages} trang scan. Trang/giây của một bước là tốc độ riêng bước ấy, cộng các tiến trình; bộ nhớ là của một tiến trình, "
            "bước `ocr` gồm cả Tesseract. `stamps` chỉ có ở trang có mực đỏ; việc ghi chỉ mục luôn do một luồng làm.",
            "Pages per second of a stage by itself, all workers together; memory of one process, for `ocr` with Tesseract's. "
            "One relay writes the index however many workers there are.",
            *filter(None, [_understanding(rows)]),
        ),
    )


def _citations(rows: Sequence[dict[str, Any]]) -> Table:
    body = tuple(
        (row["finder"], row["skipped"], "–", "–") if "skipped" in row
        else (row["finder"], str(row["citations"]), decimal(row["characters"]), decimal(row["per_second"]))
        for row in rows
    )  # fmt: skip
    return Table(
        "Viện dẫn (citations)",
        ("chương trình", "viện dẫn tìm thấy", "ký tự", "viện dẫn/giây, một nhân"),
        body,
        (
            "Ít nhất phải được 5.000 viện dẫn/giây. eyecite đọc tiếng Anh: văn bản sinh ra có cùng số viện dẫn, dài gần bằng; là cái thước, không phải cuộc thi.",
            "At least 5,000 a second are wanted. eyecite reads English text made for it, with as many citations: a yardstick, not a contest.",
        ),
    )


def _understanding(rows: Sequence[dict[str, Any]]) -> str | None:
    """What understanding a page takes, by itself and beside its OCR; None where either was not measured."""
    pace = {row["stage"]: row["pages_per_second"].get("1") for row in rows}
    nlp, ocr = pace.get("nlp"), pace.get("ocr")
    if not nlp or not ocr:
        return None
    return (
        f"Bóc tách (`nlp`): {decimal(1000 / nlp)} ms/trang trên một nhân (nhiều nhất phải là 60 ms), bằng {_percent(ocr / nlp)} thời gian OCR của cùng trang "
        "(nhiều nhất 5%). (Understanding a page, and its share of the OCR time.)"
    )


def _ingest(rows: Sequence[dict[str, Any]]) -> Table:
    body = tuple((str(row["workers"]), decimal(row["pages_per_second"], 2), str(row["peak_mb"])) for row in rows)
    return Table(
        "Cả chặng: `dondoc ingest` (the whole way)",
        ("tiến trình đọc", "trang/giây", "bộ nhớ cao nhất của mọi tiến trình, MB"),
        body,
        ("Từ tệp đến khi tìm thấy được, kể cả khởi động. (From file to findable, start included.)",),
    )


def _ocr(rows: Sequence[dict[str, Any]]) -> Table:
    ours = next(row for row in rows if row["engine"] == "dondoc ocr")
    body = tuple(
        (
            f"`{row['engine']}`", str(row["pages"]), decimal(row["cpu_s"], 2), decimal(row["cpu_s"] / ours["cpu_s"], 2),
            _percent(row["character"], 2), _percent(row["order"], 2), _percent(row["code"]),
        )
        for row in rows
    )  # fmt: skip
    return Table(
        "`dondoc ocr` và các chương trình khác (side by side)",
        ("chương trình", "trang", "giây CPU/trang", "so với `dondoc ocr`", "ký tự sai", "sai thứ tự", "số, ký hiệu đúng"),
        body,
        (
            "Cùng trang, xen kẽ trong một lượt, chạy như lệnh, kể cả khởi động; giây của bộ xử lý, cộng mọi tiến trình. Cột so sánh: trên 1 là `dondoc ocr` nhanh hơn. "
            "Một văn bản mẫu, mọi kiểu hư hại; nhiều văn bản hơn và trang quét thật: docs/quality.md.",
            "Same pages, turn by turn, as commands, start included; seconds of the processor. Above 1: `dondoc ocr` is faster.",
        ),
    )


def _reading(result: dict[str, Any]) -> list[Table]:
    pace = Table(
        "Đọc: trang/giây (reading, pages a second)",
        ("trang", "số trang", "trang/giây"),
        tuple((row["what"], str(row["pages"]), decimal(row["per_second"], 2)) for row in result["pace"]),
        (
            "Trang scan: qua các tiến trình đọc như khi chạy thật, đã khởi động sẵn, theo đồng hồ. Trang từ máy tính: một nhân, giây của bộ xử lý. "
            f"Hai tiến trình bằng {decimal(result['two_to_one'], 2)} lần một (ít nhất phải 1,6 trên hai nhân rảnh).",
            "Scanned pages through warm reader processes, by the clock; born-digital ones on one core, seconds of the processor. "
            f"Two processes give {decimal(result['two_to_one'], 2)} times one (at least 1.6 is wanted on two idle cores).",
        ),
    )
    most = Table(
        "Đọc: giây và bộ nhớ của một trang (seconds and memory of one page)",
        ("trang", "giây", "bộ nhớ cao nhất của tiến trình đọc, MB", "kết quả"),
        tuple((row["what"], decimal(row["seconds"], 1), str(row["peak_mb"]), row["outcome"]) for row in result["pages"]),
        (
            "Nhiều nhất phải: 30 giây mỗi trang; 500 MB cho A4 300 dpi; 1.000 MB cho mọi trang được nhận. Bộ nhớ tính cả tiến trình con.",
            "Bounds: 30 seconds a page; 500 MB for A4 at 300 dpi; 1,000 MB for whatever is accepted. Children are counted in.",
        ),
    )
    return [pace, most]


def _search(size: dict[str, Any], search: dict[str, Any]) -> Table:
    names = list(size["documents"])
    titles = {"embedded": "nhúng (FTS5)", "elasticsearch": "Elasticsearch"}
    columns = tuple(f"{titles.get(name, name)}: p50 / p95, ms" for name in names)
    body = tuple(
        (
            row["question"], str(row[names[0]].get("found", "")),
            *(f"{decimal(row[name]['p50_ms'], 1)} / {decimal(row[name]['p95_ms'], 1)}" for name in names),
        )
        for row in size["questions"]
    )  # fmt: skip
    held = ", ".join(f"{titles.get(name, name)} {count}" for name, count in size["documents"].items())
    notes = [f"Bản ghi trong chỉ mục (văn bản, nhiệm vụ, viện dẫn): {held}. Có đếm theo cơ quan, loại, năm như trên trang Tìm kiếm."]
    if "elasticsearch" not in names:
        notes.append(f"Elasticsearch: {search['elasticsearch']}.")
    if search.get("cut"):
        notes.append(search["cut"])
    return Table(f"Tìm kiếm trong {size['letters']:,} văn bản (search)".replace(",", "."), ("câu hỏi", "thấy", *columns), body, tuple(notes))


def _office(office: dict[str, Any]) -> list[Table]:
    rows = tuple((each["page"], *(decimal(each[key]) for key in ("p50_ms", "p95_ms", "cpu_p95_ms"))) for each in office["pages"])
    counts = f"{office['letters']:,} văn bản, {office['obligations']:,} nhiệm vụ".replace(",", ".").replace(". ", ", ")
    indexed = f"{office.get('indexed', 0):,}".replace(",", ".")
    served = Table(
        f"Các trang: {counts} (pages)",
        ("trang", "p50, ms", "p95, ms", "p95 của bộ xử lý, ms"),
        rows,
        (
            "Cả lượt hỏi qua chương trình, SQLite, theo đồng hồ và theo giây của bộ xử lý; nhiều nhất phải là 200 ms. (Whole requests on SQLite, by the clock and of the processor; the bound is 200 ms.)",
            f"Trang Tìm kiếm hỏi chỉ mục nhúng của {indexed} văn bản. (The search page over an embedded index of so many letters.)"
            if office.get("indexed")
            else "Tìm kiếm trong sổ lớn: docs/scale.md. (Search in a large register is measured there.)",
        ),
    )
    if "browser" not in office:
        return [served]
    seen = tuple(
        (each["page"], decimal(each["median_ms"]), decimal(each["worst_ms"]), decimal(each["script"] / 1000), decimal(each["shift"], 3))
        for each in office["browser"]
    )
    return [
        served,
        Table(
            "Các trang trong Chromium (pages in the browser)",
            ("trang", "nét vẽ đầu tiên, ms", "lâu nhất, ms", "mã JavaScript, kB", "xê dịch (CLS)"),
            seen,
            (
                "Cùng sổ, màn hình 1366 × 768, mỗi lần một trình duyệt chưa giữ gì; máy chủ chạy cùng máy. Nhiều nhất phải: nét đầu 1.000 ms, mã 150 kB (không nén), không xê dịch.",
                "The same register; first contentful paint (median and worst), script uncompressed, cumulative layout shift. Bounds: 1,000 ms, 150 kB, none.",
            ),
        ),
    ]


def as_markdown(table: Table) -> str:
    """A table as Markdown, with its heading and notes."""
    lines = [f"## {table.title}", "", f"| {' | '.join(table.columns)} |", f"|{'---|' * len(table.columns)}"]
    lines += [f"| {' | '.join(row)} |" for row in table.rows]
    return "\n".join((*lines, "", *(f"{note}\n" for note in table.notes)))


def _repeat() -> str:
    return """\
## Cách đo lại (how to repeat)

```sh
./run bench                                 # cài những gì cần, đo, ghi bench/results.json
./run bench --write docs/performance.md    # và viết lại trang này
./run bench --quick                         # chỉ thử xem mọi phần có chạy không
./run bench --only search --elasticsearch http://127.0.0.1:9200
./run bench --only pages --write docs/performance.md    # các trang: lâu, nên đo riêng; các phần khác giữ nguyên
```

Máy phải rảnh; chương trình tự ghi tải của máy trước khi đo. Số thô ở `bench/results.json`.
"""


def decimal(value: float, digits: int = 1) -> str:
    """A number with the decimal comma; large ones without decimals."""
    shown = f"{value:.0f}" if value >= 100 else f"{value:.{digits}f}"
    return shown.replace(".", ",")


def _percent(share: float, digits: int = 1) -> str:
    return f"{share * 100:.{digits}f}%".replace(".", ",")
