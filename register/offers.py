"""Corrections made elsewhere, offered to a letter that nobody has reviewed yet; nothing is changed until a person says so."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final

from sqlalchemy import and_, or_, select
from sqlalchemy.orm import Session

from register import audit, corrections, letters, respellings
from register.errors import unknown
from register.models import Correction, Respelling, RespellingRefusal
from register.respelling import KINDS, Kind, holds, key_of, keys_of_words, put
from register.views import LetterView

TASK_FIELDS: Final = ("text", "responsible", "coordinating", "report_to")
LETTER_FIELDS: Final = tuple(field for field in KINDS if field not in TASK_FIELDS)


@dataclass(frozen=True, slots=True)
class Place:
    """A value of the letter in which the reading stands; `index` is its place where the value is a list."""

    field: str
    task_id: int | None = None
    index: int | None = None


@dataclass(frozen=True, slots=True)
class Offer:
    """“`wrong` was corrected to `right`”, with every place of the letter where `wrong` stands.

    `id` is the `Respelling` it comes from; `here` says that it was corrected in
    this very letter; `times` how often it was corrected so.
    """

    id: int
    kind: Kind
    wrong: str
    right: str
    places: tuple[Place, ...]
    here: bool
    times: int


def of_letter(s: Session, letter: LetterView) -> tuple[Offer, ...]:
    """The offers for a letter, in the order of its values; none for one that is not unreviewed. Three queries at most.

    Nothing is offered for what a person has said here: a value that was
    corrected or accepted, and an offer that was refused.
    """
    if letter.row.state != "unreviewed":
        return ()
    values = list(_open_values(s, letter))
    found = _candidates(s, values)
    if not found:
        return ()
    refused = {
        (row.kind, row.wrong, row.right)
        for row in s.scalars(select(RespellingRefusal).where(RespellingRefusal.letter_id == letter.row.id))
    }
    offers: list[Offer] = []
    for (kind, wrong), rows in found.items():
        open_ = [row for row in rows if (kind, wrong, row.right) not in refused]
        places = tuple(place for place, text in values if KINDS[place.field] == kind and _stands(kind, text, wrong))
        if not open_ or not places:
            continue
        times = Counter(row.right for row in open_)
        best = max(open_, key=lambda row: (times[row.right], row.id))
        here = any(row.letter_id == letter.row.id for row in open_ if row.right == best.right)
        offers.append(Offer(best.id, kind, wrong, best.right, places, here, times[best.right]))
    order = {place: number for number, (place, _) in enumerate(values)}
    return tuple(sorted(offers, key=lambda each: (order[each.places[0]], each.id)))


def accept(
    s: Session,
    letter_id: int,
    respelling_id: int,
    *,
    at: datetime,
    by: int | None,
    expected_version: int | None = None,
    holidays: Mapping[date, bool] | None = None,
) -> None:
    """Put the reading right in every place of the letter where it stands: corrections like any other.

    BadRequest "respelling-unknown" where it is not offered (any more), "changed-meanwhile" as in `register.corrections`.
    """
    letter = letters.get(s, letter_id)
    offer = _offer(s, letter, respelling_id)
    for field, task_id in dict.fromkeys((each.field, each.task_id) for each in offer.places):
        value = _changed(offer, field, _value(letter, field, task_id))
        if task_id is None:
            corrections.correct_letter(
                s, letter_id, field, value, at=at, by=by, expected_version=expected_version, holidays=holidays
            )
        else:
            corrections.correct_task(
                s, task_id, field, value, at=at, by=by, expected_version=expected_version, holidays=holidays
            )
        expected_version = None  # its own change raised it
    audit.write(s, "respelling-accepted", "letter", letter_id, at=at, by=by, old=offer.wrong, new=offer.right)


def refuse(s: Session, letter_id: int, respelling_id: int, *, at: datetime, by: int | None) -> None:
    """Keep the offer away from this letter for good. BadRequest "respelling-unknown" where it is not offered."""
    offer = _offer(s, letters.get(s, letter_id), respelling_id)
    s.add(
        RespellingRefusal(
            letter_id=letter_id, kind=offer.kind, wrong=offer.wrong, right=offer.right, user_id=by, at=at
        )
    )
    audit.write(s, "respelling-refused", "letter", letter_id, at=at, by=by, old=offer.wrong, new=offer.right)
    s.flush()


def _offer(s: Session, letter: LetterView, respelling_id: int) -> Offer:
    asked = respellings.get(s, respelling_id)
    for each in of_letter(s, letter):
        if (each.kind, each.wrong, each.right) == (asked.kind, asked.wrong, asked.right):
            return each
    raise unknown("respelling", respelling_id)


def _open_values(s: Session, letter: LetterView) -> Iterator[tuple[Place, str]]:
    """Every text of the letter that no person has decided on, with its place."""
    said: dict[tuple[int | None, str], list[Correction]] = {}
    for row in s.scalars(
        select(Correction).where(Correction.letter_id == letter.row.id).order_by(Correction.id)
    ):
        said.setdefault((row.task_id, row.field), []).append(row)
    named: list[tuple[str, int | None]] = [(field, None) for field in LETTER_FIELDS]
    for task in letter.tasks:
        if task.state == "active":
            named += [(field, task.id) for field in TASK_FIELDS]
    for field, task_id in named:
        value, made = _value(letter, field, task_id), said.get((task_id, field), [])
        if not value or (made and made[-1].old == made[-1].new):
            continue  # accepted as it stands
        if isinstance(value, tuple):
            read = made[0].old if made else value
            for index, text in enumerate(value):
                if text in read:
                    yield Place(field, task_id, index), text
        elif not made or KINDS[field] == "words":
            # Of a text that was corrected the rest is still as it was read; what a person wrote is not looked for.
            yield Place(field, task_id), _read_only(value, made) if made else value


def _read_only(text: str, made: list[Correction]) -> str:
    """The words of a corrected text that were read, not written by a person; the others left blank."""
    read = set(str(made[0].old or "").split())
    return " ".join(word if word in read else "…" for word in text.split())


def _value(letter: LetterView, field: str, task_id: int | None) -> Any:
    if task_id is not None:
        return getattr(next(task for task in letter.tasks if task.id == task_id), field)
    return getattr(letter.row if hasattr(letter.row, field) else letter, field)


def _candidates(
    s: Session, values: list[tuple[Place, str]]
) -> dict[tuple[Kind, str], list[Respelling]]:
    """The kept respellings whose key some value has, by kind and reading."""
    keys: dict[str, set[str]] = {}
    for place, text in values:
        kind = KINDS[place.field]
        keys.setdefault(kind, set()).update(keys_of_words(text) if kind == "words" else {key_of(text)})
    if not keys:
        return {}
    conditions = (and_(Respelling.kind == kind, Respelling.key.in_(sorted(each))) for kind, each in keys.items())
    found: dict[tuple[Kind, str], list[Respelling]] = {}
    for row in s.scalars(select(Respelling).where(or_(*conditions)).order_by(Respelling.id)):
        found.setdefault((row.kind, row.wrong), []).append(row)  # type: ignore[arg-type]
    return found


def _stands(kind: Kind, text: str, wrong: str) -> bool:
    return holds(text, wrong) if kind == "words" else text == wrong


def _changed(offer: Offer, field: str, value: Any) -> Any:
    if isinstance(value, tuple):
        return [offer.right if each == offer.wrong else each for each in value]
    return put(value, offer.wrong, offer.right) if KINDS[field] == "words" else offer.right
