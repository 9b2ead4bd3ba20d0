"""Every body of a letter identified: what `dondoc extract` and the register know it by."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from datetime import date

from nlp.agencies.groups import Group, expand
from nlp.agencies.home import Home, home_of
from nlp.agencies.keys import key, written_out
from nlp.agencies.registry import agencies
from nlp.agencies.resolve import resolve
from nlp.agencies.succession import holders
from nlp.agencies.values import AgencyId
from nlp.bodies.find import split_bodies
from nlp.types import AgencyRef, Header, Named, Task

UNKNOWN = "không có trong danh bạ"
SEVERAL = "chức năng đã chia cho nhiều cơ quan, cần người chọn"
NO_PLACE = "chưa rõ địa phương"
MANY = "nhiều cơ quan, không có danh sách"
_BRACKET = re.compile(r"\s*\([^()]*\)")
"""A role or a purpose behind a name: "(chủ trì)", "(để b/c)"."""
INSIDE = "các đơn vị bên trong một cơ quan"
_UNITS = re.compile(r"\b(?:don vi|phong|ban|khoa|benh vien|doanh nghiep)\b.* thuoc\b")
_COMMON = re.compile(r"\b(?:cac|nhung|toan the|lien quan)\b|^(?:chinh quyen|cap uy|cong dong|nhan dan)\b")


def identify(name: str, day: date | None, home: Home) -> AgencyRef:
    """Who a printed name is: one body, a group of them, an open group, or unknown; with the present holders of the duty."""
    text = _BRACKET.sub("", name)
    group = expand(text, day, home)
    if group:
        return _group(name, group, home)
    found = resolve(text, day, home)
    if found:
        return _one(name, found.id, found.basis)
    plural = _COMMON.search(key(text)) is not None
    if plural and _UNITS.search(key(text)):
        return AgencyRef(name, "open", note=INSIDE)
    parts = [part.text for part in split_bodies(written_out(text))]
    if len(parts) > 1:
        return _union(name, [identify_part(part, day, home) for part in parts])
    if plural:
        return AgencyRef(name, "open", note=MANY)
    return AgencyRef(name, "unknown", note=UNKNOWN)


def identify_part(name: str, day: date | None, home: Home) -> AgencyRef:
    """`identify` for one entry of a list, which is not split again."""
    group = expand(name, day, home)
    if group:
        return _group(name, group, home)
    found = resolve(name, day, home)
    return _one(name, found.id, found.basis) if found else AgencyRef(name, "unknown", note=UNKNOWN)


def identify_all(
    header: Header, addressees: Sequence[Named], tasks: Sequence[Task], day: date | None
) -> tuple[AgencyRef, ...]:
    """One identity for each distinct name of an addressee or of a task's bodies, in the order they are printed."""
    home = home_of(header, addressees, day)
    bodies = [body for task in tasks for body in (*task.responsible, *task.coordinating, *_receiver(task))]
    names = dict.fromkeys(body.text for body in (*addressees, *bodies))
    return tuple(identify(name, day, home) for name in names)


def _receiver(task: Task) -> tuple[Named, ...]:
    return (task.report_to,) if task.report_to else ()


def resolver(header: Header, addressees: Sequence[Named], day: date | None) -> Callable[[str], str | None]:
    """The canonical id of any name in a letter, for names that a person put right."""
    home = home_of(header, addressees, day)
    return lambda name: identify(name, day, home).id


def _one(name: str, body: AgencyId, basis: str | None) -> AgencyRef:
    now = holders(body)
    split = len(now) > 1
    local = body.territory is None and any(each.territory is None for each in now)
    note = SEVERAL if split else NO_PLACE if local and agencies()[body.agency].level != "central" else None
    return AgencyRef(name, "one", str(body), (str(body),), tuple(map(str, now)), split, basis, note)


def _group(name: str, group: Group, home: Home) -> AgencyRef:
    held = [holders(body) for body in group.ids]
    now = dict.fromkeys(str(each) for several in held for each in several)
    scoped = any("." in (body.territory or "") for body in group.ids) or (group.expression or "").startswith("#so")
    return AgencyRef(
        name,
        "open" if group.open else "group",
        group.expression,
        tuple(map(str, group.ids)),
        tuple(now),
        any(len(several) > 1 for several in held),
        home.basis if scoped else None,
        group.note,
    )


def _union(name: str, parts: Sequence[AgencyRef]) -> AgencyRef:
    known = [part for part in parts if part.ids]
    whole = all(part.kind in {"one", "group"} for part in parts)
    notes = dict.fromkeys(part.note for part in parts if part.note)
    missing = [part.name for part in parts if part.kind == "unknown"]
    note = f"không có trong danh bạ: {', '.join(missing)}" if missing else next(iter(notes), None)
    if not known:
        return AgencyRef(name, "open" if any(part.kind == "open" for part in parts) else "unknown", note=note)
    return AgencyRef(
        name,
        "group" if whole else "open",
        "+".join(dict.fromkeys(part.id for part in known if part.id)) or None,
        tuple(dict.fromkeys(each for part in known for each in part.ids)),
        tuple(dict.fromkeys(each for part in known for each in part.holders)),
        any(part.choose for part in known),
        next((part.basis for part in known if part.basis), None),
        note,
    )
