"""Finding the tasks of a letter's body: its opening, its list, its closing."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from nlp.collapsed import Collapsed
from nlp.directives import directing_clauses, folded, lexicon
from nlp.outline import Outline, outline
from nlp.outline.lines import printed_lines, usual_width
from nlp.tables import find_tables
from nlp.tables.marked import Cells
from nlp.tasks.announcement import SHORT_NAME, with_announcement
from nlp.tasks.common import common_terms, with_terms
from nlp.tasks.from_tables import blanked, captions, table_tasks
from nlp.tasks.headings import Heading
from nlp.tasks.quoted import quotations
from nlp.tasks.sentence import paragraph_tasks
from nlp.tasks.setting import Setting, having_asked
from nlp.tasks.unit import item_tasks
from nlp.tasks.unmarked import with_unmarked
from nlp.telling import gives_new_wording, holds_meeting
from nlp.types import Named, Task


def find_tasks(
    body: str,
    *,
    kind: str = "công văn",
    issuer: str = "",
    addressees: Sequence[Named] = (),
    issued_on: date | None = None,
    cells: Sequence[Cells] = (),
) -> tuple[Task, ...]:
    """Find the tasks of a letter's body.

    `body` keeps its line breaks; evidence of the result holds offsets into
    it. `kind`, `issuer`, `addressees` and `issued_on` come from the header.
    `cells` are the rows of the body's tables whose cells the reading tells apart.
    """
    if kind in lexicon().without_tasks:
        return ()
    tables = find_tables(body, cells)
    whole, body = body, blanked(body, tables)
    body = _without_what_follows(body)
    tree = with_unmarked(body, outline(body))
    if kind in lexicon().only_parcelled:
        tree = replace(tree, preamble=(), closing=())
    setting = Setting(kind, issuer, tuple(addressees), issued_on, short_name=_short_name(body), meeting=holds_meeting(body))
    setting = replace(setting, short_names=_short_names(body, addressees), alone=not tree.items)
    setting = replace(setting, width=usual_width(printed_lines(body)))
    setting = replace(setting, mode="informing") if kind in lexicon().only_parcelled else with_announcement(body, tree, setting)
    tree, terms = common_terms(body, tree, issued_on)
    found: list[Task] = []
    amends = False
    for paragraph in tree.preamble:
        words = Collapsed.of(body, paragraph.start, paragraph.end)
        wording, amends = amends, gives_new_wording(words.text)
        if wording:
            continue
        found.extend(paragraph_tasks(body, words, setting, bool(tree.items)))
        setting = having_asked(setting, found)
    for item in tree.items:
        told = item.start < setting.announced_at
        found.extend(item_tasks(body, item, Heading(), replace(setting, mode="informing") if told else setting))
    found = with_terms(found, terms) if terms else found
    setting = having_asked(setting, found)
    for paragraph in tree.closing:
        found.extend(
            paragraph_tasks(
                body, Collapsed.of(body, paragraph.start, paragraph.end), setting, False, closing=True
            )
        )
        setting = having_asked(setting, found)
    found = _reported_once(found) if setting.contents else found
    quoted = quotations(body)
    found = [task for task in found if not any(start <= task.evidence.start < end for start, end in quoted)]
    if tables:
        found = captions(tables, whole, found)
        found += [task for table in tables for task in table_tasks(whole, table, tree, setting)]
        found.sort(key=lambda task: task.evidence.start)
    return tuple(found)


_ENCLOSED = re.compile(r"\./\.?[ \t]*\n\s*(?:(?:Tài liệu|Hồ sơ|Văn bản|Danh mục) )?(?:[Đđ]ính|[Gg]ửi) kèm(?: theo)?[ \t]*:[ \t]*\n")


_ENDED = re.compile(r"\./\.?[^\n]{0,6}\n")
_FOOT = re.compile(r"(?m)^\W*(?:(?:KT|TL|TM|TUQ)\. ?\w|(?:not|noi|noti) nh[ae]n|luu\s*:)", re.IGNORECASE)


def _without_what_follows(body: str) -> str:
    """The body with what follows its "./." blanked, where this is no more than copies and signature the reading left in it, or a list of enclosures ("Đính kèm:")."""
    end = _ENCLOSED.search(body) or next((each for each in _ENDED.finditer(body) if _is_foot(body[each.end() :])), None)
    if end is None:
        return body
    kept = end.start() + end[0].index("\n")
    return body[:kept] + re.sub(r"[^\n]", " ", body[kept:])


def _is_foot(rest: str) -> bool:
    return len(rest) < _LONGEST_FOOT and _FOOT.search(folded(rest)) is not None and not directing_clauses(rest)


_LONGEST_FOOT = 1500


def find_annexed(
    annex: str,
    *,
    kind: str = "công văn",
    issuer: str = "",
    addressees: Sequence[Named] = (),
    issued_on: date | None = None,
    cells: Sequence[Cells] = (),
) -> tuple[Task, ...]:
    """The tasks of a letter's appendix: the rows of its tables that give out work, labelled "PL." and their number.

    What else an appendix says gives none: forms, lists and rules stand there. A plan in it is read as a body is (`nlp.annexed_plans`).
    """
    if kind in lexicon().without_tasks:
        return ()
    setting = Setting(kind, issuer, tuple(addressees), issued_on)
    return tuple(
        replace(task, label=f"PL.{task.label}" if task.label else "PL")
        for table in find_tables(annex, cells)
        for task in table_tasks(annex, table, Outline((), ()), setting)
    )


def _reported_once(found: Sequence[Task]) -> list[Task]:
    """The tasks without the sentence that only lists what to report, where a later one says by when the report is due; an opinion asked for is more than its sending."""
    due = [task for task in found if task.label is None and any(each.kind != "immediate" for each in task.deadlines)]
    return [task for task in found if task in due or not due or task.label is not None or not task.text.endswith(":") or "ý kiến" in task.text]


def _short_name(body: str) -> str:
    """The short name for all addressees that opens the body, folded; "" where there is none."""
    found = SHORT_NAME.match(folded(body[:300]).lstrip("\n ("))
    return found["name"].strip() if found else ""


_OPENING = 3000
"""Characters within which a letter gives its short names."""


def _short_names(body: str, addressees: Sequence[Named]) -> tuple[tuple[str, Named], ...]:
    """The short names that brackets give to single addressees: "các Bộ, cơ quan ngang bộ (sau đây gọi là Bộ)"."""
    words = " ".join(folded(body[:_OPENING]).split())
    found: list[tuple[str, Named]] = []
    for bracket in SHORT_NAME.finditer(words):
        before = words[: bracket.start()].rstrip(" (")
        meant = next((each for each in addressees if len(each.text) > 3 and before.endswith(folded(each.text).rstrip(" .;"))), None)
        if meant is not None:
            found.append((bracket["name"].strip(), meant))
    return tuple(found)
