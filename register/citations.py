"""Writing a letter's references with the places where they stand."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import delete
from sqlalchemy.orm import Session

from nlp.numbers import DocumentNumber, symbol_key
from nlp.types import Dispatch
from register.models import Letter, Mention, Reference
from register.text import INDEXED, squeeze

AROUND = 90
"""Characters of a snippet on either side of a mention."""


def write_references(
    s: Session, letter: Letter, dispatch: Dispatch, forms: Sequence[Mapping[str, Any]]
) -> None:
    """Replace the letter's references; people decide nothing about them, so nothing is lost."""
    s.execute(
        delete(Reference)
        .where(Reference.letter_id == letter.id)
        .execution_options(synchronize_session="fetch")
    )
    for position, (reference, form) in enumerate(zip(dispatch.references, forms, strict=True), 1):
        s.add(
            Reference(
                letter_id=letter.id,
                position=position,
                type=reference.type,
                code=reference.code,
                number=reference.number,
                year=reference.year,
                symbol=reference.symbol,
                number_key=number_part(reference.number),
                symbol_key=symbol_key(reference.symbol)[:INDEXED] if reference.symbol else None,
                dated_on=reference.date,
                title=reference.title,
                issuer=reference.issuer,
                provisions=list(reference.provisions),
                relation=reference.relation,
                raw=reference.raw,
                mentions=[
                    Mention(
                        page=mention["page"],
                        start=mention["start"],
                        end=mention["end"],
                        boxes=mention["boxes"],
                        snippet=snippet(dispatch.text, mention["start"], mention["end"]) or reference.raw,
                    )
                    for mention in form["mentions"]
                ],
            )
        )


def number_part(number: str | None) -> str | None:
    """A number as matched: "045" and "45" are the same, so are "30c" and "30C"."""
    if not number:
        return None
    parsed = DocumentNumber(number, "X")
    return parsed.key().split("/")[0][:INDEXED]


def snippet(text: str, start: int, end: int) -> str:
    """The words round a span, cut at whole words, on one line."""
    if not 0 <= start < end <= len(text):
        return ""
    left, right = max(0, start - AROUND), min(len(text), end + AROUND)
    while left > 0 and left < start and not text[left - 1].isspace():
        left += 1
    while right < len(text) and right > end and not text[right].isspace():
        right -= 1
    words = squeeze(text[left:right])
    return f"{'… ' if left > 0 else ''}{words}{' …' if right < len(text) else ''}"
