"""Every value of a dispatch with its evidence, in one walk: to list the values, or to give them other evidence."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import TypeVar

from nlp.types import Deadline, Dispatch, Evidence, Field, Header, Named, Reference, Task

HEADER_FIELDS = ("kind", "number", "symbol", "issuer", "parent_body", "place", "issued_on", "subject", "urgency", "secrecy")


@dataclass(frozen=True, slots=True)
class Value:
    """One value: `path` names it in the JSON form ("tasks[0].deadlines[1]"), `field` what it is ("deadline"; "immediate" for one without a day).

    `text` is the value as printed; `warnings` are a deadline's own.
    """

    path: str
    field: str
    text: str
    evidence: Evidence
    warnings: tuple[str, ...] = ()


Change = Callable[[Value], Evidence]
Item = TypeVar("Item", Named, Deadline)


def values(dispatch: Dispatch) -> tuple[Value, ...]:
    """The values in the order of the JSON form; a reference once for each mention."""
    found: list[Value] = []

    def note(value: Value) -> Evidence:
        found.append(value)
        return value.evidence

    with_evidence(dispatch, note)
    return tuple(found)


def with_evidence(dispatch: Dispatch, change: Change) -> Dispatch:
    """The dispatch with the evidence of every value changed; nothing else is touched."""
    signer, incoming = dispatch.signer, dispatch.incoming
    return replace(
        dispatch,
        header=_header(dispatch.header, change),
        addressees=_items("addressees", "addressee", dispatch.addressees, change),
        recipients=_items("recipients", "recipient", dispatch.recipients, change),
        signer=replace(signer, evidence=change(Value("signer", "signer", signer.name or "", signer.evidence)))
        if signer
        else None,
        incoming=replace(
            incoming, evidence=change(Value("incoming", "incoming", incoming.number or "", incoming.evidence))
        )
        if incoming
        else None,
        tasks=tuple(_task(f"tasks[{i}]", task, change) for i, task in enumerate(dispatch.tasks)),
        references=tuple(_reference(f"references[{i}]", each, change) for i, each in enumerate(dispatch.references)),
    )


def _header(header: Header, change: Change) -> Header:
    changed: dict[str, Field] = {}
    for name in HEADER_FIELDS:
        field: Field | None = getattr(header, name)
        if field is not None:
            changed[name] = replace(field, evidence=change(Value(name, name, field.value, field.evidence)))
    return replace(header, **changed)


def _items(path: str, field: str, items: Sequence[Item], change: Change) -> tuple[Item, ...]:
    return tuple(_item(f"{path}[{i}]", field, item, change) for i, item in enumerate(items))


def _item(path: str, field: str, item: Item, change: Change) -> Item:
    if isinstance(item, Deadline):
        field = "immediate" if item.kind == "immediate" else field
        return replace(item, evidence=change(Value(path, field, item.raw, item.evidence, item.warnings)))
    return replace(item, evidence=change(Value(path, field, item.text, item.evidence)))


def _task(path: str, task: Task, change: Change) -> Task:
    return replace(
        task,
        evidence=change(Value(path, "task", task.text, task.evidence)),
        responsible=_items(f"{path}.responsible", "responsible", task.responsible, change),
        coordinating=_items(f"{path}.coordinating", "coordinating", task.coordinating, change),
        deadlines=_items(f"{path}.deadlines", "deadline", task.deadlines, change),
        report_to=_item(f"{path}.report_to", "report_to", task.report_to, change) if task.report_to else None,
        channel=_item(f"{path}.channel", "channel", task.channel, change) if task.channel else None,
        conditions=_items(f"{path}.conditions", "condition", task.conditions, change),
        exceptions=_items(f"{path}.exceptions", "exception", task.exceptions, change),
        products=_items(f"{path}.products", "product", task.products, change),
    )


def _reference(path: str, reference: Reference, change: Change) -> Reference:
    text = reference.code or reference.title or reference.raw
    return replace(
        reference,
        mentions=tuple(
            change(Value(f"{path}.mentions[{i}]", "reference", text, mention))
            for i, mention in enumerate(reference.mentions)
        ),
    )
