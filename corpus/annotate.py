"""The gold annotation of a specimen, from its source and the text made from it."""

from __future__ import annotations

import re
import unicodedata
from typing import Any

from corpus.flatten import reading
from corpus.source import LABEL, Note, Source, _bad

_CODE_WITH_YEAR = re.compile(r"(\w+)/(\d{4})/(.+)")
_CODE = re.compile(r"(\w+?)([/-])(.+)")


def gold_of(source: Source, text: str) -> dict[str, Any]:
    """The gold of a specimen as a JSON-ready dict; raises `BadFile` where a quotation is not in the text."""
    flat = reading(text)
    blank = [
        key
        for key, absent in (
            ("number", "number" in source.hand or (not source.number and bool(source.symbol))),
            ("issued_on", "day" in source.hand),
            ("incoming.number", "incoming" in source.hand),
            ("incoming.date", "incoming" in source.hand),
            ("signer.name", bool(source.signer) and not source.signer_printed),
        )
        if absent
    ]
    signer = {
        "authority": " ".join(source.authority) or None,
        "position": source.position,
        "name": source.signer,
    }
    stamp = source.incoming
    gold: dict[str, Any] = {
        "kind": source.kind,
        "number": source.number or None,
        "symbol": source.symbol,
        "issuer": source.issuer,
        "parent_body": source.parent,
        "place": source.place,
        "issued_on": source.date,
        "subject": source.subject,
        "urgency": source.urgency,
        "secrecy": source.secrecy,
        "addressees": list(source.addressees),
        "recipients": list(source.recipients),
        "signer": signer if source.signer or source.position else None,
        "incoming": {"body": stamp.body, "number": stamp.number, "date": stamp.date} if stamp else None,
        "tasks": [_task(source, flat, note) for note in source.annotations if note.kind == "task"],
        "references": _merged([_reference(source, flat, n) for n in source.annotations if n.kind != "task"]),
    }
    if blank:
        gold["unrecoverable_from_text"] = blank
    if source.notes:
        gold["annotator_notes"] = source.notes
    return gold


def as_printed(flat: str, words: str) -> str | None:
    """The words as they stand in the text, where a line may break at a hyphen; None if absent."""
    pattern = r"\s+".join(re.escape(word).replace(r"\-", r"\-\s?") for word in words.split())
    found = re.search(pattern, unicodedata.normalize("NFC", flat))
    return found.group().strip() if found else None


def _quoted(source: Source, flat: str, words: str) -> str:
    found = as_printed(flat, words)
    if found is None:
        raise _bad(source.name, f"không có trong văn bản: {words!r}", f"not in the text: {words!r}")
    return found


def _fields(source: Source, note: Note) -> tuple[str, dict[str, list[str]]]:
    head, *rest = [part.strip() for part in note.value.split(" | ")]
    fields: dict[str, list[str]] = {}
    for part in rest:
        key, _, value = part.partition("=")
        if key not in ("R", "C", "D", "T", "from", "to", "opt"):
            raise _bad(source.name, f"trường lạ: {part}", f"unknown field: {part}")
        fields.setdefault(key, []).append(value.strip())
    return head, fields


def _bodies(source: Source, values: list[str]) -> list[str]:
    if values == ["*"]:
        return list(source.addressees)
    return [body.strip() for value in values for body in value.split(";") if body.strip()]


def _task(source: Source, flat: str, note: Note) -> dict[str, Any]:
    label, fields = _fields(source, note)
    paragraph = source.body[note.paragraph].plain
    text = LABEL.sub("", paragraph, count=1) if LABEL.match(paragraph) else paragraph
    for key in ("from", "to"):
        for value in fields.get(key, []):
            mark = value.strip("«»")
            at = text.find(mark)
            if at < 0:
                raise _bad(source.name, f"{key} không có: {mark!r}", f"no {key}: {mark!r}")
            text = text[at:] if key == "from" else text[: at + len(mark)]
    text = _quoted(source, flat, text)
    task: dict[str, Any] = {
        "label": None if label == "~" else label,
        "start": text[:60],
        "text": text,
        "responsible": _bodies(source, fields.get("R", [])),
        "coordinating": _bodies(source, fields.get("C", [])),
        "deadlines": [_deadline(source, flat, value) for value in fields.get("D", [])],
        "report_to": next(iter(fields.get("T", [])), None),
    }
    return task | ({"optional": True} if "opt" in fields else {})


def _deadline(source: Source, flat: str, value: str) -> dict[str, Any]:
    when, _, raw = value.partition("«")
    when, words = when.strip(), _quoted(source, flat, raw.rstrip("»"))
    if when == "now":
        return {"kind": "immediate", "date": None, "rule": None, "raw": words}
    if when == "?" or when.startswith("FREQ="):
        return {"kind": "recurring", "date": None, "rule": None if when == "?" else when, "raw": words}
    if when.startswith("P"):
        return {"kind": "relative", "date": None, "rule": when, "raw": words}
    return {"kind": "fixed", "date": when, "rule": None, "raw": words}


def _provisions(value: str) -> list[str]:
    return [part.strip() for part in value.split(";") if part.strip()]


def _reference(source: Source, flat: str, note: Note) -> dict[str, Any]:
    parts = [part.strip() for part in note.value.split("|")]
    if len(parts) != (5 if note.kind == "ref" else 4):
        raise _bad(source.name, f"dẫn chiếu sai dạng: {note.value}", f"malformed reference: {note.value}")
    raw = _quoted(source, flat, parts[-1])
    if note.kind == "law":
        title, when, provisions, _ = parts
        dated = when if "-" in when else None
        return {"type": "luật", "code": None, "number": None, "year": int(when[:4]) if when else None,
                "symbol": None, "date": dated, "provisions": _provisions(provisions), "raw": raw, "title": title}
    kind, code, date, provisions, _ = parts
    number, coded, symbol = split_code(code)
    year_cited = int(date[:4]) if coded is None and date else coded
    return {"type": kind, "code": code, "number": number, "year": year_cited, "symbol": symbol, "date": date or None,
            "provisions": _provisions(provisions), "raw": raw}


def _merged(references: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """One entry per distinct document: the first mention with the provisions of all."""
    kept: dict[tuple[object, ...], dict[str, Any]] = {}
    for reference in references:
        key = (reference["number"], reference["year"], reference["symbol"], reference.get("title"))
        first = kept.setdefault(key, reference)
        first["provisions"] += [p for p in reference["provisions"] if p not in first["provisions"]]
    return list(kept.values())


def split_code(code: str) -> tuple[str, int | None, str | None]:
    """Number, year and symbol of a code; ("437", None, None) for a bare number.

    >>> split_code("45/2012/NĐ-CP")
    ('45', 2012, 'NĐ-CP')
    >>> split_code("02-NQ/TU")
    ('02', None, 'NQ/TU')
    """
    if found := _CODE_WITH_YEAR.fullmatch(code):
        return found[1], int(found[2]), found[3]
    if found := _CODE.fullmatch(code):
        return found[1], None, found[3]
    return code, None, None
