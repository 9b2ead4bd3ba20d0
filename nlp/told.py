"""Pages that print a dispatch's text behind a sentence of their own that names it.

"Thủ tướng Chính phủ vừa ký Công điện số 12/CĐ-TTg ngày 3/5/2024 về …": then what it
says, its orders numbered to the end. Such a page is the dispatch; news that picks
from one, quotes people or lists its points with dashes is none. Where the page says
that it gives the whole text ("Toàn văn Công điện …"), dashes are the dispatch's own.
An office's own notice ("Sở A thông báo về việc …" as the first line) is one where it speaks below and ends with "./.".
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from nlp.dateline import DateMark
from nlp.genre import begins_as_body
from nlp.landmarks import Mark
from nlp.lexicon import kinds
from nlp.normalise import fold
from nlp.numberline import SYMBOL, NumberMark
from nlp.rows import rows

_KIND = r"(?P<kind>[Cc]ông điện|[Cc]hỉ thị|[Cc]ông văn|[Vv]ăn bản|[Tt]hông báo|[Kk]ế hoạch)"
_ISSUES = r"(?:(?:vừa|đã|mới)\s+)*(?:ký ban hành|ban hành|ký|có|ra|gửi|phát đi|phát)"
_DAY = r"(?P<{0}>\d{{1,2}})[/.-](?P<{1}>\d{{1,2}})[/.-](?P<{2}>(?:19|20)\d\d)"
_NAMES = re.compile(
    rf"(?:\([^()\n]{{3,40}}\)\s*[-–—]\s*)?(?:(?:[Nn]gày|[Ss]áng|[Cc]hiều|[Tt]ối)\s+(?:ngày\s+)?{_DAY.format('d1', 'm1', 'y1')}\s*,\s*)?(?P<issuer>[^,.;:\d]{{4,110}}?)\s+{_ISSUES}\s+{_KIND}"
    rf"\s+(?:khẩn\s+)?(?:số\s*:?\s*)?(?P<number>\d{{1,5}}[a-zđ]?)\s*/\s*(?P<symbol>{SYMBOL})(?:,?\s+(?:ngày\s+{_DAY.format('d2', 'm2', 'y2')}|năm\s+\d{{4}}))?"
    r"(?:[^.;:\d]{0,60}?\s(?:về việc|về|V/v)\s+(?P<subject>[^\n]{8,400}?))?(?:\.|\n|$)"
)
_COMMANDS = re.compile(
    rf"(?:\([^()\n]{{3,40}}\)\s*[-–—]\s*)?(?:(?:[Nn]gày|[Ss]áng|[Cc]hiều|[Tt]ối)\s+(?:ngày\s+)?\d{{1,2}}[/.-]\d{{1,2}}(?:[/.-](?:19|20)\d\d)?\s*,\s*)?"
    rf"(?P<issuer>[^,.;:\d]{{4,110}}?)\s+{_ISSUES}\s+{_KIND}"
    r"\s+(?:khẩn\s+|hỏa tốc\s+)?(?P<verb>yêu cầu|chỉ đạo|đề nghị|giao)\s+[^\n:]{10,500}:[ \t]*(?:\n|$)"
)
""" "Ngày 5/6, UBND tỉnh ban hành văn bản yêu cầu các sở …:": a dispatch without its number, whose orders follow."""
_NOTICE = re.compile(r"(?P<issuer>[^,.;:\d\n]{4,110}?)\s+(?P<kind>thông báo)\s+(?:về việc|V/v|v/v|về)\s+(?P<subject>[^\n]{8,400}?)[ \t]*(?:\n|$)")
""" "Sở A thông báo về việc báo cáo …" as a page's first line: an office's notice on its own page, without a head."""
_ORDERS = re.compile(r"(?:yeu cau|de nghi|giao|chi dao|thuc hien)(?![a-z])[^.;:\n]{0,200}:\s*$")
_ITEM = re.compile(r"\(?(?P<number>\d{1,2})\s*[.)]\s")
_OUTSIDE = re.compile(
    r"(?<![a-z])(?:phong vien|duoc biet|trao doi voi (?:bao|phong vien|chung toi)|(?:ong|ba|anh|chi|dai ta|thuong ta) [^.,;:]{3,60}(?:,[^.,;:]{3,80},)? (?:cho biet|cho rang|chia se)|theo ghi nhan|ghi nhan cua|tac gia\s*:|duoc giao chu tri|anh minh hoa|hinh anh tu)"
)
_SENT_TO = re.compile(rf"{_KIND}\s+gửi(?:\s+tới|\s+đến)?\s+(?P<names>[A-ZĐÀ-Ỹ][^.\n]{{4,400}}?)\s*(?:,\s*nêu rõ|\.|:\s*$|$)", re.MULTILINE)
_PERSON = re.compile(r"\s+(?:Phạm|Nguyễn|Trần|Lê|Hoàng|Phan|Vũ|Võ|Đặng|Bùi|Đỗ|Hồ|Ngô|Dương|Lý)(?:\s+[A-ZĐÀ-Ỹ][^\s]*){1,4}$")
_SOURCE = re.compile(r"\W*(?:nguon|theo)\s*:?\s[^\n]{2,60}$")
_LEAST_ITEMS = 3
_WHOLE = re.compile(
    r"\W*(?:(?:tai ve|xem) )?(?:toan van|nguyen van|noi dung day du cua)\s+"
    r"(?:noi dung )?(?:cong dien|chi thi|cong van|van ban|thong bao|ke hoach)(?![a-z])"
)
_DASH = re.compile(r"[-–—+•]\s*\S")
_TOP = 6
"""Lines at the top of a page in which it says what it gives."""


@dataclass(frozen=True, slots=True)
class Told:
    """What the sentence says of the dispatch, and where its own text begins."""

    number: NumberMark | None
    title: Mark
    issuer: Mark
    date: DateMark | None
    about: Mark | None
    addressees: tuple[int, int] | None
    begins: int


def find_told(text: str) -> Told | None:
    """The dispatch whose text a page gives in full behind a sentence that names it; None for all else."""
    top = rows(text)[:4]
    for row in top:
        match = _NAMES.match(text, row.start)
        if match and _in_full(text, match.end()):
            return _told(text, match)
        match = _COMMANDS.match(text, row.start)
        if match and _orders_alone(text, match.end()):
            kind = kinds().get(fold(match["kind"]), "công văn")
            issuer, at = _PERSON.sub("", match["issuer"]), match.start("issuer")
            return Told(
                number=None, title=Mark(match.start("kind"), match.end("kind"), kind), issuer=Mark(at, at + len(issuer), issuer),
                date=None, about=None, addressees=None, begins=match.start("verb"),
            )  # fmt: skip
    notice = _NOTICE.match(text, top[0].start) if top else None
    if notice and _speaks_itself(text, notice["issuer"], notice.end()):
        begin, end = notice.span("subject")
        return Told(
            number=None, title=Mark(*notice.span("kind"), "thông báo"), issuer=Mark(*notice.span("issuer"), notice["issuer"]),
            date=None, about=Mark(begin, end, notice["subject"]), addressees=None, begins=notice.end(),
        )  # fmt: skip
    return None


def _speaks_itself(text: str, issuer: str, start: int) -> bool:
    """Whether the office speaks below in its own name, and the text ends as a letter's does ("./."), whoever put it up named behind."""
    below = rows(text, start)
    words = fold(text[start:])
    if not begins_as_body(fold(issuer)) or not any(_ENDS.search(row.text) for row in below[-2:]) or _OUTSIDE.search(words):
        return False
    said = re.search(rf"(?<![a-z]){re.escape(fold(issuer))} (?:(?:xin|kinh|tran trong) )*(?:de nghi|yeu cau|thong bao)(?![a-z])", words)
    return said is not None and not re.search(r"(?<![a-z])(?:cho (?:biet|hay)|neu ro|theo do(?!i))(?![a-z])", words)


def _orders_alone(text: str, start: int) -> bool:
    """Whether nothing follows but numbered items, and they end as a letter's body does ("./.")."""
    below = rows(text, start)
    if len(below) < 2 or not _ENDS.search(below[-1].text) or _OUTSIDE.search(fold(text[start:])):
        return False
    numbers = [int(match["number"]) for row in below if (match := _ITEM.match(row.text))]
    return len(numbers) > 1 and numbers == list(range(1, len(numbers) + 1)) and _ITEM.match(below[0].text) is not None


_ENDS = re.compile(r"\./\.?\s*$")


def _in_full(text: str, start: int) -> bool:
    """Whether an order is announced and numbered items follow it to the end, without a word of those who report."""
    below = rows(text, start)
    if below and _SOURCE.match(below[-1].folded):
        below = below[:-1]  # whom the page has it from
    announced = next((index for index, row in enumerate(below) if _ORDERS.search(row.folded)), None)
    if announced is None or _OUTSIDE.search(fold(text[start : below[-1].end])):
        return False
    listed = below[announced + 1 :]
    numbers = [int(match["number"]) for row in listed if (match := _ITEM.match(row.text))]
    if not numbers and any(_WHOLE.match(row.folded) for row in rows(text)[:_TOP]):
        dashes = [row for row in listed if _DASH.match(row.text)]
        return len(dashes) > 1 and dashes[0] is listed[0] and 2 * len(dashes) >= len(listed)
    return numbers[:_LEAST_ITEMS] == list(range(1, _LEAST_ITEMS + 1)) and _ITEM.match(listed[0].text) is not None


def _told(text: str, match: re.Match[str]) -> Told:
    kind = kinds().get(fold(match["kind"]), "công văn")
    number = NumberMark(
        match.start("number"), match.end("symbol"), match["number"], match.start("number"),
        match["symbol"].rstrip("-–"), match.start("symbol"), labelled=True,
    )  # fmt: skip
    issuer = _PERSON.sub("", match["issuer"])
    which = "2" if match["d2"] else "1"
    date = None
    if match[f"d{which}"]:
        span = match.start(f"d{which}"), match.end(f"y{which}")
        date = DateMark(*span, None, span[0], match[f"d{which}"], match[f"m{which}"], match[f"y{which}"])
    about = None
    if match["subject"]:
        about = Mark(match.start("subject"), match.end("subject"), " ".join(match["subject"].split()))
    sent = _SENT_TO.search(text, match.end())
    return Told(
        number=number,
        title=Mark(match.start("kind"), match.end("kind"), kind),
        issuer=Mark(match.start("issuer"), match.start("issuer") + len(issuer), issuer),
        date=date,
        about=about,
        addressees=sent.span("names") if sent else None,
        begins=match.end(),
    )
