"""Offers of corrections made elsewhere, as a letter's page shows them: with the mark of the value each is about."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from sqlalchemy.orm import Session

from register import respellings
from register.offers import Offer, Place
from register.views import LetterView

_MARKS: Final = {"signer_name": "v-signer", "signer_position": "v-signer", "incoming_body": "v-incoming"}
_LABELS: Final = {"responsible": "lead", "coordinating": "cooperating", "signer_name": "signer", "signer_position": "signer"}


@dataclass(frozen=True, slots=True)
class Offered:
    """One offer: `mark` is the value it first stands in, `label` the key of that value's name, `more` in how many others."""

    offer: Offer
    mark: str
    label: str
    more: int


def offered(letter: LetterView, offers: tuple[Offer, ...]) -> tuple[Offered, ...]:
    """The offers with the places they light up."""
    return tuple(
        Offered(each, _mark(letter, each.places[0]), _label(each.places[0].field), len(each.places) - 1) for each in offers
    )


def also_elsewhere(s: Session, letter_id: int, task_id: int | None, field: str) -> str:
    """The question to put behind a letter's address after a correction: that the same reading stands in other letters, or ""."""
    made = respellings.of_field(s, letter_id, task_id, field)
    found = next((each for each in reversed(made) if respellings.elsewhere(s, each)), None)
    return f"?cung_chu={found.id}" if found else ""


def _label(field: str) -> str:
    return "incoming" if field == "incoming_body" else _LABELS.get(field, field)


def _mark(letter: LetterView, place: Place) -> str:
    if place.task_id is None:
        return _MARKS.get(place.field) or f"v-{place.field}" + (f"-{place.index}" if place.index is not None else "")
    task = next(each for each in letter.tasks if each.id == place.task_id)
    if place.field == "report_to":
        return f"n-{task.id}-report_to-0"
    if place.index is None:
        return f"t-{task.id}"
    name = getattr(task, place.field)[place.index]
    return next((f"o-{each.id}" for each in task.obligations if each.body == name), f"t-{task.id}")
