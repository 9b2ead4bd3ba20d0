"""Báo cáo: the periodic report on assigned tasks, for a period and a body, on the page and as DOCX and XLSX."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Annotated, Literal

from fastapi import APIRouter, Query, Request
from starlette.responses import Response

from api.deps import CurrentUser, Here
from api.i18n import Words
from api.paging import address, day_of
from api.printed import PRINTED_MEDIA
from api.render import language_of, render
from api.report_forms import as_docx, as_xlsx
from api.routers.dashboard_page import percent
from api.services import Services
from api.task_filters import chosen_of
from ingest.errors import BadRequest
from register import audit
from register.figures import month_bounds
from register.period import MOST_LATE, PeriodReport, report

router = APIRouter(include_in_schema=False)
SHOWN = 50
"""Bodies and late obligations shown on the page; the files have all."""
Text = Annotated[str, Query(max_length=300)]


def periods(today: date) -> tuple[tuple[str, date, date], ...]:
    """Periods to choose from: this month, the last one, this quarter, this year."""
    quarter = (today.month - 1) % 3
    return (
        ("month", *month_bounds(today)),
        ("last_month", *month_bounds(today, 1)),
        ("quarter", month_bounds(today, quarter)[0], month_bounds(today, quarter - 2)[1]),
        ("year", date(today.year, 1, 1), date(today.year, 12, 31)),
    )


@router.get("/bao-cao")
def report_page(
    request: Request, services: Here, user: CurrentUser, tu: Text = "", den: Text = "", co_quan: Text = "", vai_tro: Text = "lead"
) -> Response:  # fmt: skip
    """The report of a period; this month where none is asked for."""
    found = _report(services, tu, den, co_quan, vai_tro, late=SHOWN)
    with services.database.reading() as s:
        names = request.app.state.owing(s)
    t = Words(language_of(request))
    return render(
        request,
        "report.html",
        section="dashboard",
        report=found,
        names=names,
        shown=SHOWN,
        chosen={"co_quan": co_quan, "vai_tro": vai_tro},
        periods=[
            (name, first, last, address(request, tu=f"{first:%d/%m/%Y}", den=f"{last:%d/%m/%Y}"))
            for name, first, last in periods(services.today())
        ],
        files=[(form, address(request, dang=form).replace("/bao-cao", "/bao-cao/tai", 1)) for form in ("docx", "xlsx")],
        percent=lambda value: percent(value, t),
    )


@router.get("/bao-cao/tai")
def report_file(
    services: Here,
    user: CurrentUser,
    dang: Literal["docx", "xlsx"] = "docx",
    tu: Text = "",
    den: Text = "",
    co_quan: Text = "",
    vai_tro: Text = "lead",
) -> Response:
    """The same as a file."""
    found = _report(services, tu, den, co_quan, vai_tro)
    content = (as_docx if dang == "docx" else as_xlsx)(found, services.head)
    with services.database.transaction() as s:
        audit.write(
            s, "report-exported", "report", None, at=services.now(), by=user.id,
            first=found.first.isoformat(), last=found.last.isoformat(), agency=co_quan[:300], form=dang, total=found.total.total,
        )  # fmt: skip
    name = f"bao-cao-nhiem-vu-{found.first:%Y%m%d}-{found.as_of:%Y%m%d}.{dang}"
    return Response(
        content, media_type=PRINTED_MEDIA[dang], headers={"Content-Disposition": f'attachment; filename="{name}"'}
    )


def _report(services: Services, tu: str, den: str, co_quan: str, vai_tro: str, *, late: int = MOST_LATE) -> PeriodReport:
    today = services.today()
    usual = month_bounds(today)
    first, last = day_of(tu) or usual[0], day_of(den) or usual[1]
    if first > last or first > today or last - first > timedelta(days=3700):
        raise BadRequest(
            "period-unclear",
            f"Kỳ báo cáo từ {first:%d/%m/%Y} đến {last:%d/%m/%Y} không hợp lệ.",
            f"A report from {first:%d/%m/%Y} to {last:%d/%m/%Y} is not possible.",
            advice="Ngày đầu phải trước ngày cuối và không ở tương lai; nhiều nhất mười năm.",
            advice_en="The first day comes before the last and is not in the future; ten years at most.",
        )
    where = chosen_of(co_quan=co_quan, vai_tro=vai_tro).where((), today)
    with services.database.reading() as s:
        return report(s, where, first=first, last=last, today=today, late=late)
