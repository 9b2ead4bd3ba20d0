"""Names that the office adds to the registry of agencies: other names of known bodies, and bodies of its own.

They are used wherever the register finds out whose duty an obligation is; the
registry itself (`nlp.agencies`) and what is printed stay as they are.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from nlp.agencies.keys import key
from nlp.agencies.resolve import resolve
from register import audit
from register.errors import refused, unknown
from register.insert import insert_ignoring
from register.models import AgencyName
from register.text import squeeze

OWN = "own-"
"""Ids of the office's own bodies begin so; no id of the registry does."""
LONGEST = 300


@dataclass(frozen=True, slots=True)
class OwnName:
    """A name with the id it stands for; `own` where the body itself is the office's own."""

    id: int
    name: str
    agency_id: str
    own: bool
    meant: str


def add(s: Session, name: str, meant: str, *, at: datetime, by: int | None) -> OwnName:
    """Add a name. `meant` is a name that the registry knows; "" adds a body of the office's own.

    BadRequest for an empty or taken name and for a `meant` that the registry does not know.
    """
    name, meant = squeeze(name)[:LONGEST], squeeze(meant)[:LONGEST]
    folded = key(name)
    if not folded:
        raise refused("name-empty", "Hãy ghi tên cơ quan.", "Write the name of the body.")
    agency_id = OWN
    if meant:
        found = resolve(meant, None)
        if found is None:
            raise refused(
                "agency-unknown",
                f"Danh bạ không có “{meant}”.",
                f"The registry does not know “{meant}”.",
                "Hãy ghi tên đầy đủ kèm địa phương, ví dụ “Sở Y tế tỉnh Lạng Sơn”; để trống nếu là cơ quan chưa có trong danh bạ.",
                "Write the full name with its place, such as “Sở Y tế tỉnh Lạng Sơn”; leave it empty for a body the registry lacks.",
            )
        agency_id = str(found.id)
    values = {"name": name, "name_key": folded, "agency_id": agency_id, "meant": meant, "created_at": at}
    if not insert_ignoring(s, AgencyName, values, conflict=["name_key"]):
        raise refused("name-taken", f"Tên “{name}” đã có.", f"The name “{name}” is taken.")
    row = s.scalars(select(AgencyName).where(AgencyName.name_key == folded)).one()
    if not meant:
        row.agency_id = f"{OWN}{row.id}"
    s.flush()
    s.info.pop("own_agencies", None)
    audit.write(s, "agency-added", "agency", row.id, at=at, by=by, name=name, agency=row.agency_id)
    return _view(row)


def get(s: Session, name_id: int) -> OwnName:
    """One name. BadRequest "agency-name-unknown" where there is none."""
    row = s.get(AgencyName, name_id)
    if row is None:
        raise unknown("agency-name", name_id)
    return _view(row)


def remove(s: Session, name_id: int, *, at: datetime, by: int | None) -> OwnName:
    """Take a name back; gives what it was. BadRequest "agency-name-unknown" where there is none."""
    gone = get(s, name_id)
    s.delete(s.get_one(AgencyName, name_id))
    s.flush()
    s.info.pop("own_agencies", None)
    audit.write(s, "agency-removed", "agency", name_id, at=at, by=by, name=gone.name, agency=gone.agency_id)
    return gone


def listing(s: Session) -> tuple[OwnName, ...]:
    """All names the office added, by name."""
    return tuple(map(_view, s.scalars(select(AgencyName).order_by(AgencyName.name))))


def known(s: Session) -> Mapping[str, str]:
    """Folded name → id of every name the office added; read once per session."""
    found: Mapping[str, str] | None = s.info.get("own_agencies")
    if found is None:
        rows = s.execute(select(AgencyName.name_key, AgencyName.agency_id))
        found = {row[0]: row[1] for row in rows}
        s.info["own_agencies"] = found
    return found


def _view(row: AgencyName) -> OwnName:
    return OwnName(row.id, row.name, row.agency_id, row.agency_id.startswith(OWN), row.meant)
