"""What a file is, by its content. The name is evidence of nothing.

`puremagic` names the signature, a second look makes sure (a ZIP is a .docx only
when it holds ``word/document.xml``); really opening it is the readers' business.
"""

from __future__ import annotations

import zipfile
from dataclasses import dataclass
from pathlib import Path

from ingest import failures

PDF = "application/pdf"
PNG = "image/png"
JPEG = "image/jpeg"
TIFF = "image/tiff"
HEIC = "image/heic"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
TEXT = "text/plain"
IMAGES = frozenset({PNG, JPEG, TIFF, HEIC})

_SUFFIXES: dict[str, frozenset[str]] = {
    PDF: frozenset({".pdf"}),
    PNG: frozenset({".png"}),
    JPEG: frozenset({".jpg", ".jpeg", ".jpe", ".jfif"}),
    TIFF: frozenset({".tif", ".tiff"}),
    HEIC: frozenset({".heic", ".heif", ".hif"}),
    DOCX: frozenset({".docx"}),
    TEXT: frozenset({".txt", ".text", ".md", ".html", ".htm", ""}),
}
LABELS = {PDF: "PDF", PNG: "PNG", JPEG: "JPEG", TIFF: "TIFF", HEIC: "HEIC", DOCX: "DOCX", TEXT: "TXT"}
"""The name of each type as people know it."""

_HEIF_BRANDS = (b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"mif1", b"msf1")


@dataclass(frozen=True, slots=True)
class Sniffed:
    """The media type of a file and a note for people where its name says something else."""

    media_type: str
    note: str = ""


def sniff(path: Path, *, name: str | None = None) -> Sniffed:
    """The type of the file at `path` by content.

    `name` is what people call the file (default: the path's last part). Raises
    `BadFile` for an empty file, an unknown or unsupported type.
    """
    shown = name or path.name
    try:
        with path.open("rb") as file:
            head = file.read(4096)
    except OSError as error:
        raise failures.unreadable(shown, error.strerror or type(error).__name__) from error
    if not head:
        raise failures.empty(shown)
    media_type = _by_signature(head, path, shown)
    suffix = Path(shown).suffix.lower()
    note = ""
    if suffix not in _SUFFIXES[media_type] and media_type != TEXT:
        note = f"Đuôi tệp “{suffix or '(không có)'}” không khớp nội dung {LABELS[media_type]}; đọc theo nội dung."
    elif media_type == TEXT and any(suffix in known for kind, known in _SUFFIXES.items() if kind != TEXT):
        note = f"Đuôi tệp “{suffix}” không khớp nội dung văn bản thuần; đọc theo nội dung."
    return Sniffed(media_type, note)


def _by_signature(head: bytes, path: Path, name: str) -> str:
    # PDF readers accept the signature within the first kilobyte, and scanners
    # do write junk before it, which puremagic does not look past.
    if b"%PDF-" in head[:1024]:
        return PDF
    if head[4:8] == b"ftyp" and head[8:12] in _HEIF_BRANDS:
        return HEIC
    if head[:4] in (b"II*\0", b"MM\0*", b"II+\0", b"MM\0+"):
        return TIFF
    if head.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return _by_zip(path, name)
    if head.startswith(b"\xd0\xcf\x11\xe0"):
        raise _old_office(path, name)
    seen = _magic(path)
    if seen in (PNG, JPEG):
        return seen
    if _looks_like_text(head):
        return TEXT
    if seen:
        raise failures.unknown_type(name, seen)
    raise failures.no_language(name)


def _magic(path: Path) -> str:
    import puremagic

    try:
        return str(puremagic.from_file(path, mime=True) or "")
    except (puremagic.PureError, ValueError):
        return ""


def _by_zip(path: Path, name: str) -> str:
    try:
        with zipfile.ZipFile(path) as archive:
            names = set(archive.namelist())
    except (zipfile.BadZipFile, OSError, NotImplementedError, ValueError) as error:
        raise failures.damaged(name, "ZIP/DOCX") from error
    if "word/document.xml" in names:
        return DOCX
    raise failures.unknown_type(name, "ZIP")


def _old_office(path: Path, name: str) -> Exception:
    with path.open("rb") as file:
        body = file.read(1 << 20)
    if "EncryptedPackage".encode("utf-16-le") in body:
        return failures.encrypted(name, "Office")
    return failures.unknown_type(name, "Microsoft Office 97–2003, .doc/.xls")


def _looks_like_text(head: bytes) -> bool:
    """Whether the first bytes may be text in some encoding we decode later."""
    if head[:2] in (b"\xff\xfe", b"\xfe\xff") or head[:3] == b"\xef\xbb\xbf":
        return True
    odd = sum(byte < 32 and byte not in b"\t\n\r\f\x1b" for byte in head)
    if b"\0" in head:
        # UTF-16 without a mark: every other byte of Latin text is zero.
        even, other = head[0::2].count(0), head[1::2].count(0)
        return max(even, other) > 0.4 * len(head) / 2 and min(even, other) < 0.05 * len(head)
    # TCVN3 keeps six capital letters below 32, so a few control bytes are no proof.
    return odd <= 0.02 * len(head)
