"""The JSON form of a dispatch: the gold format, with evidence beside every value.

The keys of the gold format keep their meaning there. Further keys: `evidence`
(for the header fields, addressees, recipients, signer and stamp in one object
at the top; inside each task, deadline and reference its own), `agencies` (who
each printed body is in the registry, see docs/agencies.md) and the `agency_ids`
of a task's bodies in their order, `channel`, `conditions`, `exceptions` and
`products` of a task, `warnings`, `corrections` (words probably misread: what was
read, what is proposed, why), `handwritten` (the number and the day where a hand
wrote them: what was read, whether it is believed, why not, where it stands), `review` (what a person must look at, the least
certain first: the value's path, why in Vietnamese, how probably it is right),
`pages` and, on demand, `text`. Unknown values are null, empty lists stay.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, cast

from ingest.types import Box
from nlp.review import review
from nlp.types import (
    AgencyKind,
    AgencyRef,
    Correction,
    Deadline,
    DeadlineKind,
    Dispatch,
    Evidence,
    Field,
    Handwritten,
    Header,
    IncomingStamp,
    Named,
    PageBox,
    Reference,
    Signer,
    Task,
)
from nlp.values import HEADER_FIELDS

JsonObject = dict[str, Any]

START_LENGTH = 60
"""How many characters of a task's text its `start` holds."""


def to_json(dispatch: Dispatch, *, with_text: bool = False) -> JsonObject:
    """The dispatch as a JSON object; `with_text` adds the reading text that offsets refer to."""
    result: JsonObject = {}
    evidence: JsonObject = {}
    for name in HEADER_FIELDS:
        field = cast("Field | None", getattr(dispatch.header, name))
        result[name] = field.value if field else None
        if field:
            evidence[name] = _evidence(field.evidence)
    for name, items in (("addressees", dispatch.addressees), ("recipients", dispatch.recipients)):
        result[name] = [item.text for item in items]
        evidence[name] = [_evidence(item.evidence) for item in items]
    signer, incoming = dispatch.signer, dispatch.incoming
    result["signer"] = None
    if signer:
        result["signer"] = {
            "authority": signer.authority,
            "position": signer.position,
            "name": signer.name,
        }
        evidence["signer"] = _evidence(signer.evidence)
    result["incoming"] = None
    if incoming:
        result["incoming"] = {
            "body": incoming.body,
            "number": incoming.number,
            "date": _day(incoming.date),
        }
        evidence["incoming"] = _evidence(incoming.evidence)
    ids = {agency.name: agency.id for agency in dispatch.agencies}
    result["tasks"] = [_task(task, ids) for task in dispatch.tasks]
    result["references"] = [_reference(reference) for reference in dispatch.references]
    result["agencies"] = [_agency(agency) for agency in dispatch.agencies]
    result["warnings"] = list(dispatch.warnings)
    result["pages"] = list(dispatch.pages)
    result["corrections"] = [_correction(each) for each in dispatch.corrections]
    result["handwritten"] = [_handwritten(each) for each in dispatch.handwritten]
    result["review"] = [
        {"field": each.field, "reason": each.reason, "confidence": each.confidence} for each in review(dispatch)
    ]
    result["evidence"] = evidence
    if with_text:
        result["text"] = dispatch.text
        result["page_starts"] = list(dispatch.page_starts)
    return result


def from_json(data: Mapping[str, Any]) -> Dispatch:
    """The dispatch of a JSON object written by `to_json`.

    A gold annotation is read too: values without evidence get an empty span
    and the rule "json".
    """
    evidence: Mapping[str, Any] = data.get("evidence") or {}
    header = Header(
        **{
            name: Field(str(data[name]), _read_evidence(evidence.get(name)))
            for name in HEADER_FIELDS
            if data.get(name) is not None
        }
    )
    signer, incoming = data.get("signer"), data.get("incoming")
    return Dispatch(
        header=header,
        addressees=_read_named(data.get("addressees"), evidence.get("addressees")),
        recipients=_read_named(data.get("recipients"), evidence.get("recipients")),
        signer=Signer(
            signer.get("authority"),
            signer.get("position"),
            signer.get("name"),
            _read_evidence(evidence.get("signer")),
        )
        if signer
        else None,
        incoming=IncomingStamp(
            incoming.get("body"),
            incoming.get("number"),
            _read_day(incoming.get("date")),
            _read_evidence(evidence.get("incoming")),
        )
        if incoming
        else None,
        tasks=tuple(map(_read_task, data.get("tasks") or ())),
        references=tuple(map(_read_reference, data.get("references") or ())),
        warnings=tuple(data.get("warnings") or ()),
        text=data.get("text") or "",
        pages=tuple(data.get("pages") or ()),
        page_starts=tuple(data.get("page_starts") or ()),
        corrections=tuple(map(_read_correction, data.get("corrections") or ())),
        agencies=tuple(map(_read_agency, data.get("agencies") or ())),
        handwritten=tuple(map(_read_handwritten, data.get("handwritten") or ())),
    )


def _handwritten(each: Handwritten) -> JsonObject:
    return {
        "field": each.field,
        "read": each.read,
        "believed": each.believed,
        "reason": None if each.believed else each.reason,
        "boxes": [_place(place) for place in each.places],
    }


def _read_handwritten(data: Mapping[str, Any]) -> Handwritten:
    return Handwritten(
        str(data["field"]),
        data.get("read"),
        bool(data.get("believed")),
        data.get("reason") or "",
        tuple(PageBox(place["page"], Box(*place["box"])) for place in data.get("boxes") or ()),
    )


def _place(place: PageBox) -> JsonObject:
    return {"page": place.page, "box": [place.box.x0, place.box.y0, place.box.x1, place.box.y1]}


def _correction(correction: Correction) -> JsonObject:
    return {
        "read": correction.read,
        "proposed": correction.proposed,
        "reason": correction.reason,
        "applied": correction.applied,
        "evidence": _evidence(correction.evidence),
    }


def _read_correction(data: Mapping[str, Any]) -> Correction:
    return Correction(
        str(data["read"]),
        str(data["proposed"]),
        str(data["reason"]),
        _read_evidence(data.get("evidence")),
        applied=bool(data.get("applied", True)),
    )


def _day(value: date | None) -> str | None:
    return value.isoformat() if value else None


def _read_day(value: str | None) -> date | None:
    return date.fromisoformat(value) if value else None


def _evidence(evidence: Evidence) -> JsonObject:
    return {
        "page": evidence.page,
        "start": evidence.start,
        "end": evidence.end,
        "rule": evidence.rule,
        "confidence": evidence.confidence,
        "doubt": evidence.doubt,
        "boxes": [_place(place) for place in evidence.boxes],
    }


def _read_evidence(data: Mapping[str, Any] | None) -> Evidence:
    if not data:
        return Evidence(0, 0, "json")
    return Evidence(
        data["start"],
        data["end"],
        data["rule"],
        data.get("confidence", 1.0),
        data.get("page"),
        tuple(PageBox(place["page"], Box(*place["box"])) for place in data.get("boxes") or ()),
        data.get("doubt"),
    )


def _read_named(texts: Sequence[str] | None, evidence: Sequence[Any] | None) -> tuple[Named, ...]:
    texts = texts or ()
    places = list(evidence or ())
    places += [None] * (len(texts) - len(places))
    return tuple(Named(text, _read_evidence(place)) for text, place in zip(texts, places, strict=False))


def _read_one(text: str | None, evidence: Mapping[str, Any] | None) -> Named | None:
    return Named(text, _read_evidence(evidence)) if text is not None else None


def _task(task: Task, ids: Mapping[str, str | None]) -> JsonObject:
    return {
        "label": task.label,
        "start": task.text[:START_LENGTH],
        "text": task.text,
        "responsible": [body.text for body in task.responsible],
        "coordinating": [body.text for body in task.coordinating],
        "deadlines": [_deadline(deadline) for deadline in task.deadlines],
        "report_to": task.report_to.text if task.report_to else None,
        "channel": task.channel.text if task.channel else None,
        "conditions": [each.text for each in task.conditions],
        "exceptions": [each.text for each in task.exceptions],
        "products": [each.text for each in task.products],
        "optional": task.optional,
        "inherited": task.inherited,
        "agency_ids": {
            name: [ids.get(body.text) for body in getattr(task, name)] for name in ("responsible", "coordinating")
        },
        "evidence": {
            "task": _evidence(task.evidence),
            "report_to": _evidence(task.report_to.evidence) if task.report_to else None,
            "channel": _evidence(task.channel.evidence) if task.channel else None,
        }
        | {
            name: [_evidence(each.evidence) for each in getattr(task, name)]
            for name in ("responsible", "coordinating", "conditions", "exceptions", "products")
        },
    }


def _read_task(data: Mapping[str, Any]) -> Task:
    evidence: Mapping[str, Any] = data.get("evidence") or {}
    return Task(
        label=data.get("label"),
        text=data.get("text") or "",
        responsible=_read_named(data.get("responsible"), evidence.get("responsible")),
        coordinating=_read_named(data.get("coordinating"), evidence.get("coordinating")),
        deadlines=tuple(map(_read_deadline, data.get("deadlines") or ())),
        report_to=_read_one(data.get("report_to"), evidence.get("report_to")),
        evidence=_read_evidence(evidence.get("task")),
        optional=bool(data.get("optional")),
        inherited=bool(data.get("inherited")),
        channel=_read_one(data.get("channel"), evidence.get("channel")),
        conditions=_read_named(data.get("conditions"), evidence.get("conditions")),
        exceptions=_read_named(data.get("exceptions"), evidence.get("exceptions")),
        products=_read_named(data.get("products"), evidence.get("products")),
    )


def _agency(agency: AgencyRef) -> JsonObject:
    return {
        "name": agency.name,
        "kind": agency.kind,
        "id": agency.id,
        "ids": list(agency.ids),
        "holders": list(agency.holders),
        "choose": agency.choose,
        "basis": agency.basis,
        "note": agency.note,
    }


def _read_agency(data: Mapping[str, Any]) -> AgencyRef:
    return AgencyRef(
        name=data.get("name") or "",
        kind=cast("AgencyKind", data.get("kind") or "unknown"),
        id=data.get("id"),
        ids=tuple(data.get("ids") or ()),
        holders=tuple(data.get("holders") or ()),
        choose=bool(data.get("choose")),
        basis=data.get("basis"),
        note=data.get("note"),
    )


def _deadline(deadline: Deadline) -> JsonObject:
    return {
        "kind": deadline.kind,
        "date": _day(deadline.date),
        "rule": deadline.rule,
        "raw": deadline.raw,
        "strict": deadline.strict,
        "warnings": list(deadline.warnings),
        "evidence": _evidence(deadline.evidence),
    }


def _read_deadline(data: Mapping[str, Any]) -> Deadline:
    return Deadline(
        kind=cast("DeadlineKind", data["kind"]),
        date=_read_day(data.get("date")),
        rule=data.get("rule"),
        raw=data.get("raw") or "",
        evidence=_read_evidence(data.get("evidence")),
        strict=bool(data.get("strict")),
        warnings=tuple(data.get("warnings") or ()),
    )


def _reference(reference: Reference) -> JsonObject:
    return {
        "type": reference.type,
        "code": reference.code,
        "number": reference.number,
        "year": reference.year,
        "symbol": reference.symbol,
        "date": _day(reference.date),
        "provisions": list(reference.provisions),
        "raw": reference.raw,
        "title": reference.title,
        "relation": reference.relation,
        "issuer": reference.issuer,
        "mentions": [_evidence(mention) for mention in reference.mentions],
    }


def _read_reference(data: Mapping[str, Any]) -> Reference:
    return Reference(
        type=data.get("type"),
        code=data.get("code"),
        number=data.get("number"),
        year=data.get("year"),
        symbol=data.get("symbol"),
        date=_read_day(data.get("date")),
        provisions=tuple(data.get("provisions") or ()),
        raw=data.get("raw") or "",
        mentions=tuple(map(_read_evidence, data.get("mentions") or (None,))),
        title=data.get("title"),
        relation=data.get("relation"),
        issuer=data.get("issuer"),
    )
