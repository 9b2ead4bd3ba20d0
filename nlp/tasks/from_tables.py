"""The tasks of tables that give out work: each row is one, with what its columns say."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from nlp.bodies import body_phrase_at, split_bodies
from nlp.collapsed import Collapsed
from nlp.deadlines import find_deadlines
from nlp.directives import folded, follows_subject
from nlp.duties import read_coordinating, read_responsible
from nlp.outline import Item, Outline
from nlp.outline.values import BULLETS
from nlp.particulars import read_particulars
from nlp.references import find_references, mask
from nlp.reporting import read_reporting
from nlp.tables import Entry, Role, Table
from nlp.tables.cells import body_parts
from nlp.tasks.headings import placed
from nlp.tasks.setting import Setting, stand_for_all, unique
from nlp.types import Deadline, Evidence, Named, Task

_DITTO = re.compile(r"[\s\"“”'’.,-]*(?:nt|nhu tren)?[\s\"“”'’.,-]*")
_WITH = re.compile(r"[\s,;.(-]*(?:chu tri\W+)?(?:va )?phoi hop(?: (?:voi|cung))?[\s:]*")
_LEADS = re.compile(r"\W*(?:(?:co quan|don vi) )?chu tri\s*:?\s*|\s*\(?,?\s*(?:la (?:co quan|don vi) )?chu tri(?: thuc hien)?\s*\)?")
_CHIEF = re.compile(r"\s*[(,]?\s*(?:la (?:co quan|don vi) )?chu tri[^,;]*$")
_CLOCK = re.compile(r"\W*(?:tu )?\d{1,2}\s*(?:h|gio|:)\s*\d{0,2}(?![a-z])")
_PERIOD = re.compile(r"\W*(?:khong qua |toi da |trong (?:vong )?)?\d{1,3}(?:[.,/]\d)?\s*(?:ngay|gio|phut|buoi)(?: lam viec)?\W*")
_RANGE = re.compile(
    r"(?:^|\s)(?P<unit>thang|quy|nam|ngay|giai doan)?\s*(?:[ivx]+|\d[\d/]*)\s*(?:[-–—]|den(?: het)?)\s*(?P<to>(?P<named>(?:thang|quy|nam|ngay)\s+)?(?:[ivx]+|\d[\d/]*))\W*$"
)
_UNITS = {"giai doan": "năm ", "thang": "tháng ", "quy": "quý ", "nam": "năm ", "ngay": "ngày "}
_LONGEST_CAPTION = 300
_LONGEST_NAME = 160


def blanked(body: str, tables: Sequence[Table]) -> str:
    """The body with its tables left blank, as long as it was, for the rules that read lists and sentences."""
    for table in tables:
        gone = "".join(char if char == "\n" else " " for char in body[table.start : table.end])
        body = f"{body[: table.start]}{gone}{body[table.end :]}"
    return body


def table_tasks(body: str, table: Table, tree: Outline, setting: Setting) -> Iterator[Task]:
    """The tasks of a table's rows; none of a timetable, of a procedure's steps, of what was done before the letter."""
    rows = [entry for entry in table.entries if not entry.section]
    times = [_text(body, entry, "when") for entry in rows]
    said = [time for time in times if time]
    if said and 2 * sum(bool(_CLOCK.match(folded(t)) or _PERIOD.fullmatch(folded(t))) for t in said) >= len(said):
        return
    if said and _is_past(said, setting):
        return
    terms = [_terms(body, entry, setting) for entry in rows]
    path = _path(tree, table.start)
    leads: tuple[Named, ...] = ()
    due = iter(terms)
    for entry in table.entries:
        if entry.section:
            leads = _section_leads(body, entry, setting)
            continue
        task, leads = _task(body, entry, path, leads, next(due), setting)
        if task is not None:
            yield task


def row_task(body: str, entry: Entry, path: Sequence[str], setting: Setting) -> Task | None:
    """The task of a single row, labelled by its path; none of a meeting's hours, of a procedure's step, or of what was done before the letter."""
    time = _text(body, entry, "when")
    if time and (_CLOCK.match(folded(time)) or _PERIOD.fullmatch(folded(time)) or _is_past([time], setting)):
        return None
    return _task(body, entry, path, (), _terms(body, entry, setting), setting)[0]


def row_leads(body: str, entry: Entry, setting: Setting) -> tuple[tuple[Named, ...], tuple[Named, ...]]:
    """Who leads and who co-operates, by a row's columns."""
    leads, helpers = _led(body, entry)
    return stand_for_all(leads, setting), (*helpers, *_beside(body, entry))


def _beside(body: str, entry: Entry) -> list[Named]:
    return [named for span in entry.cells.get("with", ()) for named in _bodies(Collapsed.of(body, *span))]


def _is_past(times: Sequence[str], setting: Setting) -> bool:
    """Whether all times lie before the letter."""
    day = setting.issued_on
    found = [term.date for time in times for term in read_time(time, replace(setting, issued_on=None))]
    return day is not None and len(found) >= len(times) and all(each is not None and each < day for each in found)


def captions(tables: Sequence[Table], body: str, found: Sequence[Task]) -> list[Task]:
    """The tasks found outside the tables, without what only stands above one that gives out work as its heading or announcement."""
    tables = [table for table in tables if table.entries]
    return [
        task
        for task in found
        if not any(
            0 <= table.start - task.evidence.end <= _LONGEST_CAPTION
            and not body[task.evidence.end : table.start].strip(" \n\t:.|")
            and len(task.text) <= _LONGEST_CAPTION
            and not any(deadline.kind != "immediate" for deadline in task.deadlines)
            for table in tables
        )
    ]


def _path(tree: Outline, at: int) -> tuple[str, ...]:
    """The labels of the item a table stands in; a bullet lends it none."""
    path: tuple[str, ...] = ()
    items: Sequence[Item] = tree.items
    while True:
        above = [item for item in items if item.start < at and item.style not in BULLETS]
        if not above:
            return path
        path, items = above[-1].path, above[-1].children


def _text(body: str, entry: Entry, role: Role) -> str:
    return " ".join(" ".join(body[start:end].split()) for start, end in entry.cells.get(role, ()))


def _section_leads(body: str, entry: Entry, setting: Setting) -> tuple[Named, ...]:
    """The bodies that head a section of rows ("II. Sở Y tế"), else none: nothing is meant for the rows below."""
    start, end = entry.cells["content"][0]
    text = Collapsed.of(body, start, end)
    return stand_for_all(_bodies(text), setting) if body_parts(text.text) is not None else ()


def _bodies(text: Collapsed, rule: str = "column") -> tuple[Named, ...]:
    """The bodies of a cell; where none is known, the cell names one as it stands: its column says so."""
    parts = body_parts(text.text)
    if parts is not None:
        found = [
            Named(each.text, replace(each.evidence, start=each.evidence.start + start, end=each.evidence.end + start))
            for start, end in parts
            for each in split_bodies(text.text[start:end])
        ]
    else:
        found = _by_marks(text.text)
    return placed(text, [Named(each.text, replace(each.evidence, rule=rule)) for each in found])


_MARK = re.compile(r"\s*;\s*|\s+[-–+•]\s+|,\s+(?=[A-ZĐ])")
_AND_PLAIN = re.compile(r"\s+và\s+(?=[a-zđ])")


def _by_marks(words: str) -> list[Named]:
    found: list[Named] = []
    begin = 0
    for end, after in [*((match.start(), match.end()) for match in _MARK.finditer(words)), (len(words), len(words))]:
        name = _without_work(words[begin:end].strip(" .;,-–+•"))
        if name and len(name) <= _LONGEST_NAME:
            at = words.index(name, begin)
            inner = split_bodies(name) if body_parts(name) is not None else ()
            known = body_phrase_at(name, 0)
            more = _AND_PLAIN.match(name, known[1]) if known and not inner else None
            if more:  # "Sở Nội vụ và địa phương": a plain word for others beside a name
                found.append(Named(name[: more.start()], Evidence(at, at + more.start(), "column", 0.8)))
                found.append(Named(name[more.end() :], Evidence(at + more.end(), at + len(name), "column", 0.8)))
            elif inner:
                found += [Named(e.text, replace(e.evidence, start=e.evidence.start + at, end=e.evidence.end + at)) for e in inner]
            else:
                found.append(Named(name, Evidence(at, at + len(name), "column", 0.8)))
        begin = after
    return found


def _without_work(name: str) -> str:
    """A body's name without what it is to do behind it: "Sở A đôn đốc các đơn vị thực hiện"."""
    span = body_phrase_at(name, 0)
    return name[: span[1]].rstrip() if span is not None and follows_subject(name, span[1]) else name


def _led(body: str, entry: Entry) -> tuple[tuple[Named, ...], tuple[Named, ...]]:
    """Who leads and who co-operates, by the cell of those who act: "Sở A chủ trì, phối hợp với Sở B", "Sở A; Sở B (phối hợp)"."""
    leads: list[Named] = []
    helpers: list[Named] = []
    for start, end in entry.cells.get("lead", ()):
        text = Collapsed.of(body, start, end)
        plain = folded(text.text)
        if "chu tri" not in plain and "phoi hop" not in plain:
            leads += _bodies(text)
            continue
        named = read_responsible(text.text, labelled=True)
        shared = _WITH.search(plain)
        if shared and shared.start() > 0 and "(" not in text.text:
            before = _LEADS.match(plain)
            begin = before.end() if before and before.end() < shared.start() else 0
            behind = _CHIEF.search(plain, begin, shared.start())
            leads += _bodies(text.cut(begin, behind.start() if behind else shared.start()))
            helpers += _bodies(text.cut(shared.end()))
        elif named is not None and named[0]:
            leads += placed(text, named[0])
            helpers += placed(text, read_coordinating(text.text))
        else:
            spared = _LEADS.search(plain)
            leads += _bodies(text.cut(spared.end()) if spared and spared.start() == 0 else text.cut(0, spared.start() if spared else None))
    return tuple(leads), tuple(helpers)


def _task(
    body: str, entry: Entry, path: Sequence[str], above: tuple[Named, ...], terms: tuple[Deadline, ...], setting: Setting
) -> tuple[Task | None, tuple[Named, ...]]:
    """The task of a row, and who leads for the row below where its cell is empty or says "như trên"."""
    work = entry.cells.get("content", ())
    own, helpers = ((), ()) if _DITTO.fullmatch(folded(_text(body, entry, "lead"))) else _led(body, entry)
    leads = unique(stand_for_all(own, setting)) if own else above
    if not work or not leads:
        return None, leads
    content = Collapsed.of(body, work[0][0], work[-1][1])
    start, end = entry.span
    whole = Collapsed.of(body, start, end)
    if len(content.text) < 5:
        return None, leads
    known = {folded(each.text) for each in leads}
    coordinating = unique(
        [each for each in (*helpers, *placed(content, read_coordinating(content.text)), *_beside(body, entry)) if folded(each.text) not in known]
    )
    reporting = read_reporting(content.text)
    particulars = read_particulars(content.text, reporting.reports)
    products = tuple(
        Named(text.text, Evidence(*text.span, "column", 0.9))
        for span in entry.cells.get("product", ())
        if (text := Collapsed.of(body, *span)).text
    )
    task = Task(
        label=".".join((*_under(path, entry.number), entry.number)) if entry.number else ".".join(path) or None,
        text=whole.text,
        responsible=leads,
        coordinating=tuple(coordinating),
        deadlines=terms,
        report_to=next(iter(placed(content, [reporting.to] if reporting.to else [])), None),
        channel=next(iter(placed(content, [reporting.channel] if reporting.channel else [])), None),
        evidence=Evidence(*whole.span, "task-row", 0.9),
        inherited=not own,
        conditions=placed(content, particulars.conditions),
        exceptions=placed(content, particulars.exceptions),
        products=products or placed(content, particulars.products),
    )
    return task, leads


def _under(path: Sequence[str], number: str) -> Sequence[str]:
    """The labels above a row; "1.2" within item 1 repeats it."""
    return path[:-1] if path and number.startswith(f"{path[-1]}.") else path


def _terms(body: str, entry: Entry, setting: Setting) -> tuple[Deadline, ...]:
    """By when a row's work is due: as its column says, else as its words do."""
    found: list[Deadline] = []
    for start, end in entry.cells.get("when", ()):
        text = Collapsed.of(body, start, end)
        found += [
            replace(term, evidence=text.evidence(term.evidence)) for term in read_time(text.text, setting)
        ]
    if found or _text(body, entry, "when"):
        return tuple(found)
    work = entry.cells.get("content", ())
    if not work:
        return ()
    text = Collapsed.of(body, work[0][0], work[-1][1])
    masked = mask(text.text, find_references(text.text))
    return tuple(
        replace(term, evidence=text.evidence(term.evidence))
        for term in find_deadlines(text.text, issued_on=setting.issued_on, masked=masked)
    )


_FINISH = "hoàn thành trong "
_BEGINS = re.compile(r"\W*(?:bat dau )?tu (?:(?:thang|quy|nam|ngay|dau|giua|cuoi) (?!.*(?:den|[-–—]))|nam hoc (?!.*den))")
""" "Từ năm học 2022 - 2023", "Từ quý II/2024": when it begins, by when it is done is not said."""


_AFTER = re.compile(r"\W*(?:ngay )?sau khi (?:co )?(?!duoc )(?=\S)")
""" "Sau khi có hướng dẫn của Bộ A": when the work is due, where nothing but that stands in the cell; "Sau khi được duyệt" does not say what is."""


def read_time(words: str, setting: Setting) -> tuple[Deadline, ...]:
    """The terms of a cell of times: "Quý II/2024" is its end, "Tháng 3 - 5/2024" the end of the later month, "Thường xuyên" none."""
    after = _AFTER.match(folded(words))
    if after and not re.search(r"[.;]\s+\S|\d/", words):
        end = len(words.rstrip(" .;"))
        return (Deadline("relative", None, f"P0D after {words[after.end() : end]}", words[:end], Evidence(0, end, "deadline.column", 0.85)),)
    found = find_deadlines(words, issued_on=setting.issued_on)
    if found:
        return found
    if _BEGINS.match(folded(words)):
        return ()
    span = _RANGE.search(folded(words))
    said, unit = words, ""
    if span:
        said = words[span.start("to") :]
        year = "năm " if re.fullmatch(r"\W*20\d\d\W*", said) else ""
        unit = "" if span["named"] else year or _UNITS.get(span["unit"] or "", "")
    lead = _FINISH + unit
    found = find_deadlines(lead + said, issued_on=setting.issued_on)
    return tuple(
        replace(
            term,
            raw=" ".join(words.split()),
            evidence=replace(term.evidence, start=0, end=len(words.rstrip()), rule="deadline.column", confidence=min(term.evidence.confidence, 0.9)),
        )
        for term in found
        if term.evidence.end > len(lead)
    )
