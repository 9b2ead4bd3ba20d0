"""Pages of a list and filters in the address: a link is a view."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from urllib.parse import urlencode

from starlette.requests import HTTPConnection

from ingest.errors import BadRequest


def address(connection: HTTPConnection, **changes: object) -> str:
    """This address with some query values changed; None or "" takes one away."""
    values = dict(connection.query_params)
    for name, value in changes.items():
        if value is None or value == "":
            values.pop(name, None)
        else:
            values[name] = str(value)
    query = urlencode(values)
    return connection.url.path + (f"?{query}" if query else "")


def day_of(text: str) -> date | None:
    """A day of a filter, as browsers send it (2026-05-25) or as people write it (25/5/2026)."""
    text = text.strip()
    if not text:
        return None
    for form in ("%Y-%m-%d", "%d/%m/%Y"):
        try:
            return datetime.strptime(text, form).date()
        except ValueError:
            continue
    raise BadRequest(
        "date-unclear",
        f"Không hiểu ngày “{text[:40]}”.",
        f"“{text[:40]}” is no date.",
        advice="Hãy viết ngày dạng 25/05/2026.",
        advice_en="Write dates like 25/05/2026.",
    )


@dataclass(frozen=True, slots=True)
class Paging:
    """Where a list stands: first and last item shown (from 1), how many there are, the neighbours."""

    first: int
    last: int
    total: int
    back: str | None
    next: str | None

    @classmethod
    def of(cls, connection: HTTPConnection, offset: int, shown: int, total: int, page: int) -> Paging:
        """The paging of a list that is asked for by the query value `trang`."""
        return cls(
            offset + 1 if shown else 0,
            offset + shown,
            total,
            address(connection, trang=page - 1 if page > 2 else None) if page > 1 else None,
            address(connection, trang=page + 1) if offset + shown < total else None,
        )
