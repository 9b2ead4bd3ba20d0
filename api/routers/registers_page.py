"""In sổ: the registers of incoming letters in the decree's form, as XLSX, DOCX and PDF."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Annotated, Literal

from fastapi import APIRouter, Query, Request
from starlette.responses import Response

from api.deps import MAX_ID, CurrentUser, Here
from api.formats import number
from api.paging import address, day_of
from api.printed import PRINTED_MEDIA, Cell, PrintedForm, Sheet, written
from api.render import render
from ingest.errors import BadRequest
from register import audit, books, registers
from register.status import NAMES, status_of

router = APIRouter(include_in_schema=False)
Text = Annotated[str, Query(max_length=40)]
Book = Annotated[int | None, Query(ge=1, le=MAX_ID)]
Which = Literal["den", "theo-doi"]
SHOWN = 20
"""Rows of the register shown on the page."""
ARRIVALS = (
    ("Ngày đến", 0.07), ("Số đến", 0.05), ("Tác giả", 0.14), ("Số, ký hiệu", 0.09), ("Ngày tháng", 0.07), ("Tên loại và trích yếu nội dung", 0.25),
    ("Đơn vị hoặc người nhận", 0.12), ("Ngày chuyển", 0.07), ("Ký nhận", 0.06), ("Ghi chú", 0.08),
)  # fmt: skip
FOLLOW_UP = (
    ("Số đến", 0.06), ("Tên loại, số và ký hiệu, ngày tháng và tác giả văn bản", 0.26), ("Đơn vị hoặc người nhận", 0.16), ("Thời hạn giải quyết", 0.09),
    ("Tiến độ giải quyết", 0.13), ("Số, ký hiệu văn bản trả lời", 0.1), ("Ghi chú", 0.2),
)  # fmt: skip


@router.get("/van-ban/so")
def registers_page(
    request: Request, services: Here, user: CurrentUser, tu: Text = "", den: Text = "", so: Book = None
) -> Response:
    """The beginning of the register of a period (this year where none is asked for) and its files."""
    first, last = _period(services.today(), tu, den)
    with services.database.reading() as s:
        rows, total = registers.arrivals(s, first=first, last=last, book_id=so, limit=SHOWN)
        kept = books.listing(s, year=services.today().year)
    return render(
        request, "registers.html", section="letters", rows=rows, total=total, first=first, last=last, books=kept, book=so,
        files=[(which, [(form, _file(request, which, form)) for form in PRINTED_MEDIA]) for which in ("den", "theo-doi")],
    )  # fmt: skip


@router.get("/van-ban/so/tai")
def register_file(
    services: Here,
    user: CurrentUser,
    loai: Which = "den",
    dang: PrintedForm = "xlsx",
    tu: Text = "",
    den: Text = "",
    so: Book = None,
) -> Response:
    """A register as a file; what goes beyond its length is told in the last row."""
    today = services.today()
    first, last = _period(today, tu, den)
    with services.database.reading() as s:
        if loai == "den":
            entries, total = registers.arrivals(s, first=first, last=last, book_id=so)
            rows: list[tuple[Cell, ...]] = [
                (
                    each.arrived_on, each.number, each.author, each.code, each.issued_on, each.subject, each.passed_to, each.passed_on, "",
                    each.remark,
                )
                for each in entries
            ]  # fmt: skip
        else:
            duties, total = registers.follow_up(s, first=first, last=last, book_id=so)
            rows = [
                (
                    each.number, each.letter, each.passed_to, each.due_on,
                    NAMES[status_of(due_on=each.due_on, done_on=each.done_on, today=today)].capitalize(), each.reply, each.remark,
                )
                for each in duties
            ]  # fmt: skip
    columns = ARRIVALS if loai == "den" else FOLLOW_UP
    if total > len(rows):
        rows.append((None, None, f"Còn {number(total - len(rows))} dòng khác: hãy in từng kỳ ngắn hơn.", *[None] * (len(columns) - 3)))
    title = "SỔ ĐĂNG KÝ VĂN BẢN ĐẾN" if loai == "den" else "SỔ THEO DÕI GIẢI QUYẾT VĂN BẢN ĐẾN"
    sheet = Sheet(title.capitalize()[:31], title, (f"Từ ngày {first:%d/%m/%Y} đến ngày {last:%d/%m/%Y}",), columns, tuple(rows), numbered=True)
    content = written(dang, (sheet,), services.head)
    with services.database.transaction() as s:
        audit.write(
            s, "register-exported", "book", so, at=services.now(), by=user.id, register=loai, form=dang, first=first.isoformat(),
            last=last.isoformat(), total=total,
        )  # fmt: skip
    name = f"so-{'van-ban-den' if loai == 'den' else 'theo-doi'}-{first:%Y%m%d}-{last:%Y%m%d}.{dang}"
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return Response(content, media_type=PRINTED_MEDIA[dang], headers=headers)


def _file(request: Request, which: str, form: str) -> str:
    return address(request, loai=which, dang=form).replace("/van-ban/so", "/van-ban/so/tai", 1)


def _period(today: date, tu: str, den: str) -> tuple[date, date]:
    first, last = day_of(tu) or date(today.year, 1, 1), day_of(den) or today
    if first > last or last - first > timedelta(days=3700):
        raise BadRequest(
            "period-unclear",
            f"Kỳ từ {first:%d/%m/%Y} đến {last:%d/%m/%Y} không hợp lệ.",
            f"From {first:%d/%m/%Y} to {last:%d/%m/%Y} is no period.",
            advice="Ngày đầu phải trước ngày cuối; nhiều nhất mười năm.",
            advice_en="The first day comes before the last; ten years at most.",
        )
    return first, last
