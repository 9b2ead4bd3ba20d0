"""Letters that are perhaps one and the same: equal number, symbol, issuer and day, or almost the same text."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from register.letters import rows
from register.models import Letter, Twin
from register.resemblance import MOST
from register.views import LetterRow

Reason = Literal["same-day", "same-year", "text"]


@dataclass(frozen=True, slots=True)
class TwinView:
    """Another letter that may be the same one. `likeness` is that of the texts, None where only the number tells."""

    row: LetterRow
    reason: Reason
    likeness: float | None = None


def of_letters(s: Session, letter_ids: Iterable[int]) -> dict[int, tuple[TwinView, ...]]:
    """Letters that may be the same as these, surest first; only letters that have any. Four queries at most."""
    wanted = sorted(set(letter_ids))
    if not wanted:
        return {}
    pairs: dict[tuple[int, int], tuple[Reason, float | None]] = {}
    for one, other, alike in s.execute(
        select(Twin.letter_id, Twin.twin_id, Twin.likeness).where(
            or_(Twin.letter_id.in_(wanted), Twin.twin_id.in_(wanted))
        )
    ):
        pairs[one, other] = pairs[other, one] = ("text", alike)
    for one, other, reason in _same_number(s, wanted):
        pairs[one, other] = (reason, pairs[one, other][1] if (one, other) in pairs else None)
    shown = rows(s, sorted({other for one, other in pairs if one in set(wanted)}))
    found: dict[int, list[TwinView]] = {}
    for (one, other), (reason, share) in pairs.items():
        row = shown.get(other)
        if one in wanted and row is not None and row.state != "withdrawn":
            found.setdefault(one, []).append(TwinView(row, reason, share))
    return {one: tuple(sorted(views, key=_surest)[:MOST]) for one, views in found.items()}


def _surest(view: TwinView) -> tuple[int, float, int]:
    return ("same-day", "text", "same-year").index(view.reason), -(view.likeness or 0.0), view.row.id


def _same_number(s: Session, wanted: Sequence[int]) -> Iterable[tuple[int, int, Reason]]:
    """Letters of the same number, symbol and issuer, of the same day or at least the same year.

    Numbers begin anew each year (Nghị định 30/2020/NĐ-CP, Điều 15), so another year is another letter.
    """
    own = {
        (id_, key, issuer, day)
        for id_, key, issuer, day in s.execute(
            select(Letter.id, Letter.number_key, Letter.issuer_fold, Letter.issued_on).where(
                Letter.id.in_(wanted)
            )
        )
        if key and issuer and not key.endswith("/")  # else the symbol is unknown
    }
    if not own:
        return
    others = s.execute(
        select(Letter.id, Letter.number_key, Letter.issuer_fold, Letter.issued_on).where(
            Letter.number_key.in_({key for _, key, _, _ in own}),
            Letter.issuer_fold.in_({issuer for _, _, issuer, _ in own}),
            Letter.state != "withdrawn",
        )
    ).all()
    for id_, key, issuer, day in own:
        for other, other_key, other_issuer, other_day in others:
            if other == id_ or (key, issuer) != (other_key, other_issuer):
                continue
            if day is not None and day == other_day:
                yield id_, other, "same-day"
            elif day is None or other_day is None or day.year == other_day.year:
                yield id_, other, "same-year"
