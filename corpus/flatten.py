"""A specimen as plain text, the way a text layer or an OCR engine flattens the page."""

from __future__ import annotations

import re
import textwrap

from corpus.source import Source

COUNTRY = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"
MOTTO = "Độc lập - Tự do - Hạnh phúc"
PARTY = "ĐẢNG CỘNG SẢN VIỆT NAM"
_PAGE_MARK = re.compile(r"\n\n\d\n\n")


def reading(text: str) -> str:
    """The text on one line, page numbers between pages left out: what gold quotes."""
    return " ".join(_PAGE_MARK.sub("\n", text).split())


def heading_lines(source: Source) -> list[str]:
    """Box 1: the country and its motto; on letters of the Party its name."""
    return [PARTY] if source.layout == "party" else [COUNTRY, MOTTO]


def text_of(source: Source) -> str:
    """The letter's .txt in its `form`; ends with a newline."""
    if source.layout == "web":
        blocks = [source.title or "", *(p.plain for p in source.body)]
        return "\n\n".join(filter(None, blocks)) + "\n"
    lines = _columns(source) if source.form == "columns" else _stacked(source)
    lines += [*_title(source), *_addressees(source)]
    page = 1
    for paragraph in source.body:
        first, *others = paragraph.text.replace("**", "").split("¶ ")
        lines += _wrapped(source, first)
        for other in others:
            page += 1
            lines += ["", str(page), "", *_wrapped(source, other)]
        if source.form == "flow":
            lines.append("")
    lines += ["", *(_tail_columns(source) if source.form == "columns" else _tail(source))]
    return "\n".join(line.rstrip() for line in lines).strip("\n") + "\n"


def number_line(source: Source) -> str:
    """"Số: 12/UBND-KT" as typed; "" where the letter prints none."""
    if not source.symbol:
        return ""
    if source.layout == "party":  # Số 45-CV/HU
        return f"Số {source.printed_number}-{source.symbol}"
    return f"Số: {source.printed_number}/{source.symbol}"


def subject_lines(source: Source, width: int = 34) -> list[str]:
    """The trích yếu of a công văn under its number, wrapped to the narrow column."""
    if source.title or not source.subject:
        return []
    return textwrap.wrap(f"{source.subject_lead or 'V/v '}{source.subject}", width, break_on_hyphens=False)


def _left(source: Source) -> list[str]:
    return [*source.parent_print, *source.issuer_print]


def _columns(source: Source) -> list[str]:
    left = _left(source)
    right = heading_lines(source)
    rows = max(len(left), len(right))
    pairs = zip(left + [""] * (rows - len(left)), right + [""] * (rows - len(right)), strict=True)
    head = _urgency(source) + [" ".join(filter(None, pair)) for pair in pairs]
    place = f"{source.place}, {source.date_words}" if source.place and source.date else ""
    head.append(f"{number_line(source)} {place}".strip())
    return [*head, *subject_lines(source), *_stamp(source), ""]


def _stacked(source: Source) -> list[str]:
    place = f"{source.place}, {source.date_words}" if source.place and source.date else ""
    head = [*_urgency(source), *_left(source), "", *heading_lines(source), ""]
    head += [number_line(source), *subject_lines(source)]
    return [*head, "", place, "", *_stamp(source), ""]


def _urgency(source: Source) -> list[str]:
    return [mark.upper() for mark in (source.secrecy, source.urgency) if mark]


def _stamp(source: Source) -> list[str]:
    stamp = source.incoming
    if stamp is None:
        return []
    year, month, day = stamp.date.split("-")
    number, when = ("", "") if "incoming" in source.hand else (stamp.number, f"{day}/{month}/{year}")
    return [stamp.body.upper(), f"ĐẾN Số: {number}".rstrip(), f"Ngày: {when}".rstrip(), "Chuyển: ............",
            "Số và ký hiệu HS: ........", ""]


def _title(source: Source) -> list[str]:
    if not source.title:
        return []
    subject = f"{source.subject_lead}{source.subject or ''}"
    return [source.title, *_wrapped(source, subject, 64), ""]


def _addressees(source: Source) -> list[str]:
    if not source.addressees:
        return []
    if source.addressees_inline:
        return [*_wrapped(source, "Kính gửi: " + "; ".join(source.addressees) + "."), ""]
    items = [line for item in source.addressees for line in _wrapped(source, f"- {item};", 64)]
    return ["Kính gửi:", *items[:-1], items[-1].rstrip(";") + ".", ""]


def recipient_lines(source: Source) -> list[str]:
    """Each item of Nơi nhận as printed: a dash, the item, a semicolon; the last with a full stop."""
    last = len(source.recipients) - 1
    return [f"- {item}{'.' if i == last else ';'}" for i, item in enumerate(source.recipients)]


def _signature(source: Source) -> list[str]:
    return [*source.authority, *filter(None, [source.position])]


def _name(source: Source) -> list[str]:
    return [source.signer] if source.signer and source.signer_printed else []


def _tail(source: Source) -> list[str]:
    signed = [*_signature(source), "", "", *_name(source)]
    return ["Nơi nhận:", *recipient_lines(source), "", *signed] if source.recipients else signed


def _tail_columns(source: Source) -> list[str]:
    left = ["Nơi nhận:", *recipient_lines(source)] if source.recipients else []
    right = _signature(source)
    rows = max(len(left), len(right))
    pairs = zip(left + [""] * (rows - len(left)), right + [""] * (rows - len(right)), strict=True)
    return [*(" ".join(filter(None, pair)) for pair in pairs), "", *_name(source)]


def _wrapped(source: Source, text: str, width: int | None = None) -> list[str]:
    if source.form == "flow":
        return [text]
    return textwrap.wrap(
        text, width or source.wrap, break_long_words=False, break_on_hyphens=source.break_hyphens
    )
