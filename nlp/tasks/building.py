"""A task from the text of its unit: who must do it, with whom, by when, to whom it is reported."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from nlp.collapsed import Collapsed
from nlp.deadlines import find_deadlines
from nlp.directives import folded
from nlp.duties import with_whom
from nlp.particulars import read_particulars
from nlp.references import find_references, mask
from nlp.reporting import read_reporting
from nlp.tasks.headings import placed
from nlp.tasks.setting import Setting, named_apart, standing_for, unique
from nlp.types import Deadline, Evidence, Named, Task


def _whole(body: Named, words: str, setting: Setting) -> Named:
    """A body's name as an addressee has it, where the text goes on with more of that name ("Ban Chỉ đạo … về khắc phục …")."""
    start, rest = body.evidence.start, folded(words[body.evidence.start :])
    for addressee in setting.addressees:
        name = folded(addressee.text)
        if len(name) > len(body.text) and name.startswith(folded(body.text) + " ") and rest.startswith(name):
            end = start + len(name)
            return Named(words[start:end], replace(body.evidence, end=end))
    return body


def _each_once(deadlines: Sequence[Deadline]) -> tuple[Deadline, ...]:
    """The deadlines without those of a day already named: two reports by one day are one day to watch."""
    seen: dict[object, Deadline] = {}
    for each in deadlines:
        days = (each.kind, each.date, each.rule) if each.kind != "immediate" and (each.date or each.rule) else each
        seen.setdefault(days, each)
    return tuple(seen.values())


def make_task(
    text: Collapsed,
    label: str | None,
    named: Sequence[Named],
    inherited: Sequence[Named],
    setting: Setting,
    rule: str,
    with_them: Sequence[Named] = (),
) -> Task:
    """The task of a unit's text: `named` are the bodies it names itself, `inherited` those of its heading.

    Where neither is there, the addressees must act, or those the opening
    commands. `with_them` co-operate by the heading.
    """
    words = text.text
    own = tuple(
        (body,) if named_apart(body, named) else standing_for(_whole(body, words, setting), setting) for body in named
    )
    flat: list[Named] = [body for group in own for body in group] if own else list(inherited)
    moved = [
        body
        if body in inherited or body in setting.default_bodies
        else replace(body, evidence=text.evidence(body.evidence))
        for body in flat
    ]
    from_default = not moved
    responsible = tuple(moved) if moved else setting.default_bodies
    responsible = unique(responsible)
    mentions = find_references(words)
    deadlines = tuple(
        replace(deadline, evidence=text.evidence(deadline.evidence))
        for deadline in find_deadlines(words, issued_on=setting.issued_on, masked=mask(words, mentions))
    )
    lead = {folded(body.text) for body in responsible}
    coordinating = tuple(
        replace(body, evidence=text.evidence(body.evidence))
        for body in with_whom(words, named)
        if folded(body.text) not in lead
    )
    coordinating = unique((*coordinating, *(() if named else with_them)))
    reporting = read_reporting(words)
    particulars = read_particulars(words, reporting.reports)
    start, end = text.span
    return Task(
        label=label,
        text=words,
        responsible=responsible,
        coordinating=coordinating,
        deadlines=_each_once(deadlines),
        report_to=next(iter(placed(text, [reporting.to] if reporting.to else [])), None),
        channel=next(iter(placed(text, [reporting.channel] if reporting.channel else [])), None),
        evidence=Evidence(start, end, rule, 0.9 if named or inherited else 0.8),
        inherited=from_default or bool(inherited and not named),
        conditions=placed(text, particulars.conditions),
        exceptions=placed(text, particulars.exceptions),
        products=placed(text, particulars.products),
    )
