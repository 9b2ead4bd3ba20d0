"""From files to dispatches without a database: `dondoc extract`."""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ingest.errors import DondocError
from ingest.types import Limits, Reading

if TYPE_CHECKING:
    from nlp.types import Dispatch


@dataclass(frozen=True, slots=True)
class Extracted:
    """What became of one file: its documents in the gold format and as values, or the error."""

    path: Path
    documents: tuple[dict[str, Any], ...] = ()
    dispatches: tuple[Dispatch, ...] = ()
    error: DondocError | None = None
    pages: int = 0
    seconds: tuple[tuple[str, float], ...] = ()


def extract_files(paths: Sequence[Path], *, limits: Limits, workers: int) -> Iterator[Extracted]:
    """Read and understand the files, several at a time, in the order given.

    A bad file gives a result with its error; it never stops the others.
    """
    from ingest.pool import ReaderPool

    workers = max(1, min(workers, len(paths)))
    with ReaderPool(workers=workers, limits=limits) as pool, ThreadPoolExecutor(workers) as threads:
        yield from threads.map(lambda path: _extract(pool, path), paths)


def _extract(pool: Any, path: Path) -> Extracted:
    from nlp.jsonform import to_json

    try:
        reading = pool.read(path, name=path.name)
        refuse_confined(reading)
    except DondocError as error:
        return Extracted(path, error=error)
    started = time.perf_counter()
    try:
        dispatches = understand_reading(reading)
    except Exception as defect:  # a defect of ours must cost one file, told in one line, not the run
        return Extracted(path, error=internal(path.name, defect))
    spent = time.perf_counter() - started
    return Extracted(
        path,
        tuple(to_json(dispatch) for dispatch in dispatches),
        tuple(dispatches),
        pages=len(reading.pages),
        seconds=(*reading.seconds, ("nlp", spent)),
    )


def internal(name: str, defect: Exception) -> DondocError:
    """What people are told of a defect of the program."""
    return DondocError(
        "internal",
        f"“{name}”: lỗi của chương trình khi bóc tách ({type(defect).__name__}).",
        f"“{name}”: a defect of the program ({type(defect).__name__}).",
        advice="Hãy báo cho người phát triển kèm tệp này.",
        advice_en="Tell the developers, with this file.",
    )


def understand_reading(reading: Reading, doubt: float | None = None) -> Any:
    """The dispatches of a reading; `doubt` is the office's review threshold, None for the program's."""
    from nlp.calibration import DOUBT
    from nlp.dispatch import understand

    return understand(reading.pages, name=reading.name, doubt=DOUBT if doubt is None else doubt)


def refuse_confined(reading: Reading) -> None:
    """Raise `Confined` where the letter carries a secrecy mark.

    Letters marked MẬT, TỐI MẬT or TUYỆT MẬT are registered under the law on
    state secrets, in other systems (Nghị định 30/2020/NĐ-CP, Điều 15 and
    Phụ lục I); this program must not keep them.
    """
    from ingest.secrecy import confined, marked_confined

    mark = marked_confined(reading)
    if mark is not None:
        raise confined(reading.name, mark)


def refuse_confined_letters(reading: Reading, dispatches: Sequence[Dispatch]) -> None:
    """Raise `Confined` where one of the letters of a file carries a secrecy mark in its head, also not the first one."""
    from ingest.secrecy import confined

    for dispatch in dispatches:
        if dispatch.header.secrecy is not None:
            raise confined(reading.name, dispatch.header.secrecy.value.upper())


def output_names(path: Path, count: int) -> list[str]:
    """NAME.json for the first document of a file, NAME.2.json for the second, …"""
    return [f"{path.stem}.json" if index == 0 else f"{path.stem}.{index + 1}.json" for index in range(count)]
