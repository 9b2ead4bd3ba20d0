"""An outgoing letter as the evidence that an obligation is fulfilled: offered by the program, decided by a person.

"Thực hiện Công văn số 2990/BCT-CTĐP …, Sở … báo cáo như sau" is offered for
the obligations of that letter which the sender owes. Nothing is closed by itself.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import delete, exists, func, select
from sqlalchemy.orm import Session, aliased, selectinload

from nlp.numbers import fold as fold_letters
from register import audit, events
from register.errors import refused, unknown
from register.graph.bodies import Names, names_of
from register.models import CitedDocument, Letter, Mention, Obligation, Reference, Reply, Task
from register.status import OPEN
from register.text import code, fold

ANSWERS: tuple[str, ...] = ("thực hiện", "trả lời", "theo", "căn cứ")
"""Roles in which a reply cites the letter it answers."""
REACH = 500
"""Characters behind the citation in which the reply says that it reports."""
_REPORTS = re.compile(r"\b(?:bao cao|phuc dap|tra loi|cung cap|tong hop|gop y|co y kien|gui|ket qua)\b")
_FORWARDS = re.compile(r"\b(?:yeu cau|de nghi|giao|chi dao) (?:cac|phong|don vi|ubnd|uy ban|trung tam|so)\b")
"""The sender hands the task on instead of reporting."""
_REPORT_OWED = re.compile(r"\b(?:bao cao|gui|phan hoi|tong hop|cung cap|tra loi)\b")


@dataclass(frozen=True, slots=True)
class ReplyView:
    """An offer: the obligation, the outgoing letter, the words by which it answers; `state` as in the table."""

    id: int
    obligation_id: int
    task_id: int
    task: str
    body: str
    due_on: date | None
    asked_letter_id: int
    asked_code: str | None
    letter_id: int
    code: str | None
    issued_on: date | None
    subject: str | None
    reports: bool
    page: int | None
    snippet: str
    state: str


def offer(s: Session, roots: Iterable[int], letter_ids: Sequence[int] | None = None) -> None:
    """Offer replies anew after these letters (None: those that are these documents) have changed."""
    changed = set(letter_ids or ())
    if letter_ids is None:
        query = select(Letter.id).join(CitedDocument, CitedDocument.id == Letter.document_id)
        changed = set(s.scalars(query.where(CitedDocument.root_id.in_(set(roots)))))
    if not changed:
        return
    asked_doc, cited_doc, asked = aliased(CitedDocument), aliased(CitedDocument), aliased(Letter)
    citing = (
        select(Reference.letter_id)
        .join(cited_doc, cited_doc.id == Reference.document_id)
        .join(asked_doc, asked_doc.root_id == cited_doc.root_id)
        .join(asked, asked.document_id == asked_doc.id)
        .where(asked.id.in_(changed), exists().where(Obligation.letter_id == asked.id))
    )
    outgoing = s.scalars(
        select(Letter).where(Letter.direction == "đi", Letter.id.in_(changed) | Letter.id.in_(citing))
    ).all()
    for letter in outgoing:
        _offer(s, letter)
    turned = changed - {letter.id for letter in outgoing}
    if turned:  # a letter that was outgoing and is none any more
        s.execute(
            delete(Reply)
            .where(Reply.letter_id.in_(turned), Reply.state == "offered")
            .execution_options(synchronize_session="fetch")
        )
    s.flush()


def decided(s: Session, letter_id: int) -> bool:
    """Whether a person decided anything about this letter as a reply."""
    query = select(Reply.id).where(Reply.letter_id == letter_id, Reply.state != "offered").limit(1)
    return s.scalar(query) is not None


def accept(
    s: Session, reply_id: int, *, at: datetime, by: int | None, today: date, on: date | None = None
) -> None:
    """The letter fulfils the obligation: done on the letter's day (or `on`), with the letter as evidence."""
    row, letter = _offered(s, reply_id)
    day = on or letter.issued_on or today
    number = events.mark_done(
        s, row.obligation_id, on=day, at=at, by=by, today=today, letter_id=letter.id,
        text=f"Theo {code(letter.number, letter.symbol) or letter.subject or 'văn bản đi'}",
    )  # fmt: skip
    row.state, row.event_id, row.user_id, row.at = "accepted", number, by, at
    audit.write(s, "reply-accepted", "obligation", row.obligation_id, at=at, by=by, letter=letter.id)
    s.flush()


def decline(s: Session, reply_id: int, *, at: datetime, by: int | None) -> None:
    """The letter does not fulfil the obligation; it is not offered for it again."""
    row, letter = _offered(s, reply_id)
    row.state, row.user_id, row.at = "declined", by, at
    audit.write(s, "reply-declined", "obligation", row.obligation_id, at=at, by=by, letter=letter.id)
    s.flush()


def get(s: Session, reply_id: int) -> Reply:
    """An offer; BadRequest "reply-unknown" where there is none."""
    row = s.get(Reply, reply_id)
    if row is None:
        raise unknown("reply", reply_id)
    return row


def listing(
    s: Session,
    *,
    state: str = "offered",
    letter_ids: Sequence[int] | None = None,
    limit: int = 200,
) -> tuple[ReplyView, ...]:
    """Offers, those whose task asks for a report first, then by due day; one query.

    `letter_ids`: of these letters, asked or replying. Offers for obligations
    that are done or no longer tracked meanwhile are left out.
    """
    asked, answer = aliased(Letter), aliased(Letter)
    query = (
        select(Reply, Obligation, Task, asked, answer)
        .join(Obligation, Obligation.id == Reply.obligation_id)
        .join(Task, Task.id == Obligation.task_id)
        .join(asked, asked.id == Obligation.letter_id)
        .join(answer, answer.id == Reply.letter_id)
        .where(Reply.state == state, asked.state != "withdrawn", answer.state != "withdrawn")
        .order_by(Reply.reports.desc(), Obligation.due_on.asc().nulls_last(), Task.position, Reply.id)
        .limit(limit)
    )
    if state == "offered":
        query = query.where(Obligation.standing == OPEN)
    if letter_ids is not None:
        query = query.where(asked.id.in_(letter_ids) | answer.id.in_(letter_ids))
    return tuple(
        ReplyView(
            id=row.id,
            obligation_id=owed.id,
            task_id=task.id,
            task=task.text,
            body=owed.body,
            due_on=owed.due_on,
            asked_letter_id=of.id,
            asked_code=code(of.number, of.symbol),
            letter_id=by.id,
            code=code(by.number, by.symbol),
            issued_on=by.issued_on,
            subject=by.subject,
            reports=row.reports,
            page=row.page,
            snippet=row.snippet,
            state=row.state,
        )
        for row, owed, task, of, by in s.execute(query)
    )


def count(s: Session) -> int:
    """How many outgoing letters wait for a decision."""
    answer = aliased(Letter)
    query = (
        select(func.count(Reply.letter_id.distinct()))
        .join(Obligation, Obligation.id == Reply.obligation_id)
        .join(answer, answer.id == Reply.letter_id)
        .where(Reply.state == "offered", Obligation.standing == OPEN, answer.state != "withdrawn")
    )
    return s.scalar(query) or 0


def _offered(s: Session, reply_id: int) -> tuple[Reply, Letter]:
    row = get(s, reply_id)
    letter = s.get(Letter, row.letter_id)
    if row.state != "offered" or letter is None or letter.state == "withdrawn":
        raise refused(
            "reply-decided",
            "Đề xuất này đã được quyết định hoặc không còn.",
            "This offer has been decided already or is gone.",
            "Hãy tải lại trang.",
            "Reload the page.",
        )
    return row, letter


def _offer(s: Session, letter: Letter) -> None:
    wanted: dict[int, tuple[bool, int | None, str]] = {}
    if letter.state != "withdrawn":
        for asked, mention in _answered(s, letter):
            if asked.issued_on and letter.issued_on and letter.issued_on < asked.issued_on:
                continue
            if _reports(letter, mention) and _goes_back(letter, asked):
                for owed, asks in _owed_by(s, letter, asked):
                    wanted.setdefault(owed.id, (asks, mention.page, mention.snippet))
    present = {row.obligation_id: row for row in s.scalars(select(Reply).where(Reply.letter_id == letter.id))}
    for number, row in present.items():
        if row.state == "offered" and number not in wanted:
            s.delete(row)
    for number, (asks, page, words) in wanted.items():
        if number not in present:
            s.add(
                Reply(
                    obligation_id=number, letter_id=letter.id, state="offered", reports=asks, page=page, snippet=words
                )
            )
        elif present[number].state == "offered":
            row = present[number]
            row.reports, row.page, row.snippet = asks, page, words


def _answered(s: Session, letter: Letter) -> list[tuple[Letter, Mention]]:
    """The incoming letters that the outgoing one cites as a reply does, with the place."""
    cited_doc, asked_doc, asked = aliased(CitedDocument), aliased(CitedDocument), aliased(Letter)
    rows = s.execute(
        select(asked, Mention)
        .join(asked_doc, asked_doc.id == asked.document_id)
        .join(cited_doc, cited_doc.root_id == asked_doc.root_id)
        .join(Reference, Reference.document_id == cited_doc.id)
        .join(Mention, Mention.reference_id == Reference.id)
        .where(
            Reference.letter_id == letter.id,
            Reference.relation.in_(ANSWERS),
            asked.direction == "đến",
            asked.state != "withdrawn",
            asked.id != letter.id,
        )
        .order_by(asked.id, Mention.start)
    )
    return [(row, mention) for row, mention in rows]


def _reports(letter: Letter, mention: Mention) -> bool:
    """The reply says behind the citation, in its subject or by its type that it reports, and does not hand on."""
    behind = fold_letters(letter.text[mention.end : mention.end + REACH])
    end = re.search(r"\n\s*\n|[.;:]\s", behind)
    sentence = behind[: end.start()] if end else behind
    if _FORWARDS.search(sentence):
        return False
    if letter.kind == "báo cáo" or _REPORTS.search(fold(letter.subject or "")):
        return True
    return _REPORTS.search(sentence) is not None


def _goes_back(letter: Letter, asked: Letter) -> bool:
    """The reply goes to whoever asked, or to whom a task of theirs is to be reported."""
    if not asked.issuer:
        return True
    issuer = fold(asked.issuer)
    receivers = [fold(each) for each in (*(letter.addressees or ()), *(letter.recipients or ()))]
    if any(issuer in each or each in issuer for each in receivers if len(each) > 3):
        return True
    wanted = names_of(asked).ids(asked.issuer)
    names = names_of(letter)
    return any(wanted & names.ids(each) for each in (*(letter.addressees or ()), *(letter.recipients or ())))


def _owed_by(s: Session, letter: Letter, asked: Letter) -> list[tuple[Obligation, bool]]:
    """The asked letter's obligations that the sender owes; those that ask for a report, or all where none does."""
    rows = s.scalars(
        select(Obligation)
        .join(Task, Task.id == Obligation.task_id)
        .where(
            Obligation.letter_id == asked.id,
            Obligation.cancelled_on.is_(None),
            Task.state == "active",
            Task.optional.is_(False),
        )
        .options(selectinload(Obligation.task))
        .order_by(Task.position, Obligation.position)
    ).all()
    sender, names = names_of(letter), names_of(asked)
    own = [each for each in rows if _is_ours(each.body, names, letter.issuer or "", sender)]
    asking = [
        each
        for each in own
        if each.task.report_to or _REPORT_OWED.search(fold(each.task.text, None)) or each.task.particulars.get("products")
    ]
    return [(each, each in asking) for each in (asking or own)]


def _is_ours(body: str, names: Names, issuer: str, sender: Names) -> bool:
    """Whether the printed body is, or holds, the sender; a body nobody could tell may be."""
    if not body:
        return True
    own, owing = sender.ids(issuer), names.ids(body)
    if own & owing:
        return True
    if fold(body) == fold(issuer):
        return True
    # A place that the registry does not know: the kind of body decides.
    kinds = {each.partition("@")[0] for each in own if "@" not in each}
    return bool(kinds & {each.partition("@")[0] for each in owing}) or bool(
        {each for each in owing if "@" not in each} & {each.partition("@")[0] for each in own}
    )


