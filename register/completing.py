"""Completion with its evidence: a letter of the register, or only the day and words of whoever says so."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from register import audit, events
from register.errors import refused, unknown
from register.letters import LetterFilter, listing
from register.models import Letter, Reply
from register.text import code, squeeze


def complete(
    s: Session,
    obligation_id: int,
    *,
    today: date,
    at: datetime,
    by: int | None,
    on: date | None = None,
    text: str = "",
    letter_id: int | None = None,
    occurrence_id: int | None = None,
    whole: bool = False,
) -> int:
    """As `register.events.mark_done`; without `on` the day is that of the letter, else today. Gives the event's id.

    An offer of that letter for this obligation counts as accepted.
    """
    day, words = on, squeeze(text) or None
    if letter_id is not None:
        letter = s.get(Letter, letter_id)
        if letter is None or letter.state == "withdrawn":
            raise unknown("letter", letter_id)
        day = day or letter.issued_on
        words = words or f"Theo {code(letter.number, letter.symbol) or letter.subject or 'văn bản'}"
    number = events.mark_done(
        s, obligation_id, on=day or today, at=at, by=by, today=today, text=words, letter_id=letter_id,
        occurrence_id=occurrence_id, whole=whole,
    )  # fmt: skip
    offer = s.scalar(
        select(Reply).where(
            Reply.obligation_id == obligation_id, Reply.letter_id == letter_id, Reply.state == "offered"
        )
    )
    if offer is not None:
        offer.state, offer.event_id, offer.user_id, offer.at = "accepted", number, by, at
        audit.write(s, "reply-accepted", "obligation", obligation_id, at=at, by=by, letter=letter_id)
        s.flush()
    return number


def letter_named(s: Session, text: str) -> int | None:
    """The letter a person means by "12/SCT-KH" or "… (#345)"; None for an empty text.

    BadRequest where none has that number, or several have it.
    """
    text = squeeze(text)
    if not text:
        return None
    mark = text.rpartition("(#")[2].rstrip(")")
    if "(#" in text and mark.isascii() and mark.isdigit() and len(mark) < 10:
        return int(mark)
    found = listing(s, LetterFilter(number=text), limit=2)
    if found.total == 1:
        return found.items[0].id
    if not found.total:
        raise refused(
            "evidence-unknown",
            f"Trong sổ không có văn bản số “{text[:60]}”.",
            f"There is no letter “{text[:60]}” in the register.",
            "Hãy tiếp nhận văn bản ấy trước, hoặc để trống ô này.",
            "Take that letter in first, or leave the field empty.",
        )
    raise refused(
        "evidence-ambiguous",
        f"Có {found.total} văn bản mang số “{text[:60]}”.",
        f"{found.total} letters have the number “{text[:60]}”.",
        "Hãy chọn một văn bản trong danh sách gợi ý.",
        "Choose one of those suggested.",
    )
