"""Making views from rows that were loaded with all they need."""

from __future__ import annotations

from collections.abc import Iterable

from register.models import Deadline, Letter, Obligation, Reference, Task
from register.text import code
from register.views import (
    DeadlineView,
    LetterRow,
    MentionView,
    NotedView,
    ObligationView,
    OccurrenceView,
    ReferenceView,
    TaskView,
)


def letter_row(letter: Letter, *, file_name: str, sha256: str, task_count: int) -> LetterRow:
    """A letter's row; what comes from elsewhere is given."""
    return LetterRow(
        id=letter.id,
        file_id=letter.file_id,
        file_name=file_name,
        sha256=sha256,
        ordinal=letter.ordinal,
        direction=letter.direction,
        kind=letter.kind,
        number=letter.number,
        symbol=letter.symbol,
        code=code(letter.number, letter.symbol),
        issuer=letter.issuer,
        parent_body=letter.parent_body,
        place=letter.place,
        issued_on=letter.issued_on,
        subject=letter.subject,
        urgency=letter.urgency,
        incoming_number=letter.incoming_number,
        incoming_on=letter.incoming_on,
        received_on=letter.received_on,
        state=letter.state,
        task_count=task_count,
        warning_count=len(letter.warnings),
        doubtful=letter.state == "unreviewed" and bool(letter.doubts),
        version=letter.version,
        created_at=letter.created_at,
        document_id=letter.document_id,
    )


def deadline_view(row: Deadline) -> DeadlineView:
    """A deadline's view."""
    return DeadlineView(
        row.id,
        row.kind,
        row.printed_on,
        row.safe_on,
        row.rule,
        row.raw,
        row.strict,
        tuple(row.warnings),
        row.evidence,
    )


def obligation_view(row: Obligation) -> ObligationView:
    """An obligation's view; its occurrences must be loaded."""
    return ObligationView(
        id=row.id,
        task_id=row.task_id,
        letter_id=row.letter_id,
        role=row.role,
        body=row.body,
        agency_id=row.agency_id,
        due_on=row.due_on,
        printed_on=row.printed_on,
        done_on=row.done_on,
        cancelled_on=row.cancelled_on,
        cancel_reason=row.cancel_reason,
        occurrences=tuple(
            OccurrenceView(
                each.id, each.deadline_id, each.printed_on, each.first_due_on, each.due_on, each.done_on
            )
            for each in sorted(row.occurrences, key=lambda each: (each.due_on, each.id))
        ),
        evidence=row.evidence,
        version=row.version,
        assignee_id=row.assignee_id,
        unit_id=row.unit_id,
    )


def _noted(row: Task, name: str) -> tuple[NotedView, ...]:
    return tuple(
        NotedView(each["text"], each.get("evidence")) for each in (row.particulars or {}).get(name, ())
    )


def task_view(row: Task, corrected: Iterable[str]) -> TaskView:
    """A task's view; its deadlines, obligations and their occurrences must be loaded."""
    return TaskView(
        id=row.id,
        letter_id=row.letter_id,
        position=row.position,
        label=row.label,
        text=row.text,
        optional=row.optional,
        inherited=row.inherited,
        responsible=tuple(body["text"] for body in row.responsible),
        coordinating=tuple(body["text"] for body in row.coordinating),
        report_to=row.report_to,
        report_evidence=next((n.evidence for n in _noted(row, "report_to") if n.text == row.report_to), None),
        channel=_noted(row, "channel"),
        conditions=_noted(row, "conditions"),
        exceptions=_noted(row, "exceptions"),
        products=_noted(row, "products"),
        origin=row.origin,
        state=row.state,
        evidence=row.evidence,
        deadlines=tuple(
            deadline_view(each) for each in sorted(row.deadlines, key=lambda each: each.position)
        ),
        obligations=tuple(
            obligation_view(each) for each in sorted(row.obligations, key=lambda each: each.position)
        ),
        corrected=tuple(dict.fromkeys(corrected)),
    )


def reference_view(row: Reference, cited_letter_id: int | None = None) -> ReferenceView:
    """A reference's view; its mentions must be loaded."""
    return ReferenceView(
        id=row.id,
        letter_id=row.letter_id,
        type=row.type,
        code=row.code,
        number=row.number,
        year=row.year,
        symbol=row.symbol,
        dated_on=row.dated_on,
        title=row.title,
        issuer=row.issuer,
        provisions=tuple(row.provisions),
        relation=row.relation,
        raw=row.raw,
        mentions=tuple(
            MentionView(each.page, each.start, each.end, tuple(each.boxes), each.snippet)
            for each in sorted(row.mentions, key=lambda each: each.start)
        ),
        cited_letter_id=cited_letter_id,
        document_id=row.document_id,
    )
