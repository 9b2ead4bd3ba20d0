"""What an engine of search must do. Both engines pass one contract suite (tests/search)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Protocol

from search.types import Applied, Change, Document, Hit, Kind, Query, Results, Status, Suggestion


class Engine(Protocol):
    """An index of the register's documents.

    Every method raises `ingest.errors.Unavailable` when the engine is away;
    the call may be tried again. Methods may be called from several threads.
    """

    name: str

    def apply(self, changes: Sequence[Change]) -> Applied:
        """Write changes. Idempotent; a change older than what is there is left out.

        What can never be written is reported as rejected and stops nothing.
        """

    def search(self, query: Query) -> Results:
        """Answer a question. Any text is a valid question; a bad cursor or date is a `BadRequest`."""

    def similar(self, document: Document, *, size: int = 8) -> tuple[Hit, ...]:
        """Documents of its kind that are like it, the most alike first, without itself (see `search.similar`)."""

    def suggest(self, text: str, *, kind: Kind = "letters", limit: int = 8) -> tuple[Suggestion, ...]:
        """Titles that complete what is being typed, the last word being unfinished."""

    def ids(self, kind: Kind) -> Iterator[tuple[str, int]]:
        """All ids of a kind with their versions, in no particular order, for `reconcile`."""

    def rebuild(self, documents: Iterable[Document]) -> Status:
        """Build a new index beside the present one and swap it in. Searches go on meanwhile."""

    def refresh(self) -> None:
        """Make all that was written visible to searches now."""

    def status(self) -> Status:
        """How the engine is. Does not raise when it is away: `available` says so."""

    def close(self) -> None:
        """Give connections back."""
