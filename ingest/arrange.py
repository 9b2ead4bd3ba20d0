"""Pages of received files put together anew: other order, turned, several files as one.

The files are not touched: the result is a PDF of its own in which each page keeps
its content. Only pages of PDF and image files can be arranged.
"""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from ingest import failures, sniff
from ingest.errors import BadRequest
from ingest.types import Limits

TURNS: Final = (0, 90, 180, 270)
"""How a page may be turned, in degrees clockwise."""


@dataclass(frozen=True, slots=True)
class Part:
    """One page of the result: page `page` (from 1) of the file at `path`, turned clockwise by `turn` degrees."""

    path: str
    page: int
    turn: int = 0


def write_arranged(parts: Sequence[Part], out: str | Path, *, name: str, limits: Limits | None = None) -> int:
    """Write the pages in this order as a PDF to `out`; gives their number.

    `name` is what people call the file, for messages. Raises `BadFile` where a
    file cannot be opened and `BadRequest` for a page that is not there or a file without pages.
    """
    import pikepdf

    limits = limits or Limits()
    opened: dict[str, Any] = {}
    try:
        with pikepdf.new() as result:
            for part in parts:
                if part.path not in opened:
                    opened[part.path] = _as_pdf(Path(part.path), name, limits)
                source = opened[part.path]
                if not 1 <= part.page <= len(source.pages) or part.turn not in TURNS:
                    raise BadRequest(
                        "no-such-page", f"Tệp “{name}” không có trang {part.page}.", f"The file “{name}” has no page {part.page}."
                    )  # fmt: skip
                result.pages.append(source.pages[part.page - 1])
                if part.turn:
                    result.pages[-1].rotate(part.turn, relative=True)
            # The same bytes for the same arrangement: its content is its address in the store.
            result.save(out, deterministic_id=True)
    except pikepdf.PasswordError as error:
        raise failures.encrypted(name) from error
    except pikepdf.PdfError as error:
        raise failures.damaged(name, "PDF") from error
    finally:
        for each in opened.values():
            each.close()
    return len(parts)


def _as_pdf(path: Path, name: str, limits: Limits) -> Any:
    import pikepdf

    from ingest.images import frame, frames_of, size_in_points
    from ingest.images import opened as opened_image
    from ingest.searchable import images_as_pdf

    kind = sniff.sniff(path, name=name).media_type
    if kind == sniff.PDF:
        return pikepdf.open(path)
    if kind not in sniff.IMAGES:
        raise BadRequest(
            "no-page-image",
            f"Tệp “{name}” là văn bản, không có ảnh trang.",
            f"The file “{name}” is text and has no page images.",
        )
    sizes = []
    with opened_image(path, name, limits) as image:
        for index in range(min(frames_of(image), limits.pages)):
            picture, _ = frame(image, index, name, limits)
            sizes.append(size_in_points(image, picture.width, picture.height)[:2])
    return pikepdf.open(io.BytesIO(images_as_pdf(path, sizes, name, limits)))
