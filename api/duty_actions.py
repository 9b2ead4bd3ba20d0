"""What pages and programs do alike with an obligation: found first, then the right, then the change."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from sqlalchemy.orm import Session

from api.rights import Right, require
from api.services import Services
from ingest.errors import BadRequest
from register import assigning, history
from register.errors import unknown
from register.users import UserView
from register.views import EventView

Action = Callable[[Session, int], object]
"""Changes the obligation of that id; refuses (BadRequest) before it has changed anything."""

BULK = 200
"""Obligations that one bulk action may change."""


@dataclass(frozen=True, slots=True)
class Bulk:
    """What became of a bulk action: ids that were changed, and why others were not."""

    done: tuple[int, ...]
    refused: tuple[tuple[int, BadRequest], ...]


def change(services: Services, user: UserView, obligation_id: int, right: Right, action: Action) -> None:
    """Do it in one transaction. 404 where there is no such obligation, then 403."""
    with services.database.transaction() as s:
        standing = assigning.standings(s, user, [obligation_id]).get(obligation_id)
        if standing is None:
            raise unknown("obligation", obligation_id)
        require(user, right, own=standing)
        action(s, obligation_id)
    services.wake()


def change_many(
    services: Services, user: UserView, obligation_ids: Sequence[int], right: Right, action: Action
) -> Bulk:
    """Do it to each; one that is refused keeps its reason and stops no other. Unknown ids are 404, then 403."""
    wanted = list(dict.fromkeys(obligation_ids))
    if not wanted:
        raise BadRequest(
            "nothing-chosen",
            "Chưa chọn nhiệm vụ nào.",
            "No task was chosen.",
            advice="Hãy đánh dấu các dòng cần làm.",
            advice_en="Tick the lines first.",
        )
    if len(wanted) > BULK:
        raise BadRequest(
            "too-many-chosen",
            f"Mỗi lần chỉ làm được với {BULK} nhiệm vụ.",
            f"At most {BULK} tasks can be changed at once.",
        )
    done: list[int] = []
    refused: list[tuple[int, BadRequest]] = []
    with services.database.transaction() as s:
        standings = assigning.standings(s, user, wanted)
        for each in wanted:
            if each not in standings:
                raise unknown("obligation", each)
        for each in wanted:
            require(user, right, own=standings[each])
        for each in wanted:
            try:
                action(s, each)
                done.append(each)
            except BadRequest as error:
                refused.append((each, error))
    services.wake()
    return Bulk(tuple(done), tuple(refused))


def request(s: Session, request_id: int) -> EventView:
    """An extension request; BadRequest "extension-unknown" where there is none."""
    found = history.request(s, request_id)
    if found is None:
        raise unknown("extension", request_id)
    return found
