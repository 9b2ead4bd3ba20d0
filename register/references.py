"""Who cites what: a document's number in any spelling gives the letters that cite it."""

from __future__ import annotations

from sqlalchemy.orm import Session

from nlp.numbers import NumberQuery
from register.views import CitingRow, ReferenceView


def citing(s: Session, query: NumberQuery | str, *, limit: int = 1000) -> tuple[CitingRow, ...]:
    """Letters that cite the document, newest first, one row each, with the first place it stands.

    A text is parsed by `nlp.numbers.parse_query`. What the query does not say
    is not asked for: "Nghị định 45/2012" finds every decree 45 of 2012.
    BadRequest "number-unclear" when the text is no document number.
    """
    raise NotImplementedError


def of_letter(s: Session, letter_id: int) -> tuple[ReferenceView, ...]:
    """What a letter cites, in the order of the letter."""
    raise NotImplementedError
