"""Quản trị · Nhật ký: who did what with which thing and when; filters in the address, export as CSV."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Annotated, Any, Final

from fastapi import APIRouter, Depends, Query, Request
from starlette.responses import Response, StreamingResponse

from api.deps import MAX_ID, CurrentUser, Here
from api.exports import harmless
from api.formats import day, moment
from api.i18n import Words
from api.paging import Paging, address, day_of
from api.render import language_of, render
from api.rights import require
from register import audit, trail
from register.audit import AuditView
from register.trail import TrailFilter

router = APIRouter(include_in_schema=False, prefix="/quan-tri/nhat-ky")

PAGE: Final = 100
MOST: Final = 100_000
"""Rows of one export."""
EARLIEST: Final = date(1970, 1, 1)
Text = Annotated[str, Query(max_length=100)]
DAYS: Final = frozenset({"day", "first", "last"})
"""Details that are days."""
LINKS: Final = {
    "letter": "/van-ban/{}",
    "obligation": "/nhiem-vu/{}",
    "user": "/quan-tri/nguoi-dung/{}",
}


@dataclass(frozen=True, slots=True)
class Chosen:
    """The filters as they were typed: they go back into the form."""

    ai: str = ""
    viec: str = ""
    doi_tuong: str = ""
    so: str = ""
    tu_ngay: str = ""
    den_ngay: str = ""

    def where(self) -> TrailFilter:
        """The register's filter. BadRequest for a day that is none."""
        first, last = day_of(self.tu_ngay), day_of(self.den_ngay)
        number = self.so.strip()
        return TrailFilter(
            actor=self.ai.strip() or None,
            action=self.viec or None,
            entity=self.doi_tuong or None,
            entity_id=min(int(number), MAX_ID) if number.isascii() and number.isdigit() else None,
            since=_begin(first) if first else None,
            until=_begin(last + timedelta(days=1)) if last and last.year < 9999 else None,
        )


def chosen_of(
    ai: Text = "", viec: Text = "", doi_tuong: Text = "", so: Text = "", tu_ngay: Text = "", den_ngay: Text = ""
) -> Chosen:
    """The filters of a request, of the page and of its file."""
    return Chosen(ai, viec, doi_tuong, so, tu_ngay, den_ngay)


@router.get("")
def audit_page(
    request: Request,
    services: Here,
    user: CurrentUser,
    chosen: Annotated[Chosen, Depends(chosen_of)],
    trang: Annotated[int, Query(ge=1, le=100_000)] = 1,
) -> Response:
    """The trail, newest first."""
    require(user, "administer")
    where = chosen.where()
    with services.database.reading() as s:
        found = trail.find(s, where, offset=(trang - 1) * PAGE, limit=PAGE)
        actions, entities = trail.kinds(s)
    t = Words(language_of(request))
    return render(
        request,
        "admin_audit.html",
        section="admin",
        part="audit",
        rows=found.items,
        link=_link,
        told=lambda each: _told(each, t),
        actions=sorted(
            ((name, t.get(f"trail.do_{name}", name)) for name in actions), key=lambda each: each[1]
        ),
        entities=sorted(
            ((name, t.get(f"trail.of_{name}", name)) for name in entities), key=lambda each: each[1]
        ),
        chosen=chosen,
        filtered=chosen != Chosen(),
        export=address(request, trang=None).replace("/nhat-ky", "/nhat-ky/xuat", 1),
        paging=Paging.of(request, found.offset, len(found.items), found.total, trang),
    )


@router.get("/xuat")
def audit_export(
    request: Request,
    services: Here,
    user: CurrentUser,
    chosen: Annotated[Chosen, Depends(chosen_of)],
) -> Response:
    """What the filters show, as CSV; the export is in the trail itself."""
    require(user, "administer")
    where = chosen.where()
    t = Words(language_of(request))
    with services.database.transaction() as s:
        audit.write(
            s, "audit-exported", "audit", None, at=services.now(), by=user.id, filter=request.url.query[:500]
        )

    def lines() -> Iterator[str]:
        held = io.StringIO()
        out = csv.writer(held)
        held.write("\ufeff")  # so that spreadsheets take it for UTF-8
        out.writerow([t(f"trail.{name}") for name in ("at", "who", "what", "entity", "number", "details")])
        with services.database.reading() as s:
            for each in trail.every(s, where, most=MOST):
                out.writerow(
                    [
                        moment(each.at),
                        harmless(each.actor),
                        t.get(f"trail.do_{each.action}", each.action),
                        t.get(f"trail.of_{each.entity}", each.entity),
                        each.entity_id or "",
                        harmless(json.dumps(each.details, ensure_ascii=False)),
                    ]
                )
                if held.tell() > 1 << 16:
                    yield held.getvalue()
                    held.seek(0)
                    held.truncate()
        yield held.getvalue()

    name = f"nhat-ky-{services.today():%Y%m%d}.csv"
    return StreamingResponse(
        lines(),
        media_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="{name}"', "Cache-Control": "no-store"},
    )


def _begin(day: date) -> datetime:
    """The first moment of a day where the server stands; nothing is in the trail before `EARLIEST`, where clocks have no zones."""
    return datetime.combine(max(day, EARLIEST), time.min).astimezone().astimezone(UTC)


def _link(each: AuditView) -> str | None:
    """The page of what an entry is about, where it has one."""
    form = LINKS.get(each.entity)
    return form.format(each.entity_id) if form and each.entity_id else None


def _told(each: AuditView, t: Words) -> str:
    """The details in words: names of keys where the catalogue has them, what is empty left out."""
    pairs = (
        (t.get(f"trail.key_{key}", key), str(value)[:12] if key == "sha256" else _value(key, value, t))
        for key, value in (each.details or {}).items()
    )
    return " · ".join(f"{key}: {value}" for key, value in pairs if value != "")


def _value(key: str, value: Any, t: Words) -> str:
    if value is None or value == "" or value == []:
        return ""
    if isinstance(value, bool):
        return t("trail.yes") if value else t("trail.no")
    if isinstance(value, list):
        return ", ".join(_value(key, each, t) for each in value)[:200]
    if key in DAYS and isinstance(value, str):
        return day(value)
    if key == "role":
        return t.get(f"role.{value}", str(value))
    text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
    return text if len(text) <= 200 else text[:199] + "…"
