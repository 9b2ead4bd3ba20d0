"""What a copy may not carry: signatures that no longer hold; and what PDF/A-2b (ISO 19005-2) asks besides."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

_PRINTED = 4
"""The flag of an annotation that is printed, and neither hidden nor shown only on screens."""


def without_signatures(pdf: Any) -> int:
    """Take the digital signatures out of a copy, their pictures left; how many there were.

    A signature covers the bytes of the original. In a copy it would be shown as
    broken, as if somebody had tampered with the letter.
    """
    count = 0
    form = pdf.Root.get("/AcroForm")
    if form is not None and "/Fields" in form:
        count = sum(_signed(field) for field in form.Fields)
        kept = [field for field in form.Fields if not _is_signature(field)]
        form.Fields = _array(kept)
        for key in ("/SigFlags", "/NeedAppearances"):
            if key in form:
                del form[key]
        if not kept:
            del pdf.Root["/AcroForm"]
    for key in ("/Perms", "/DSS"):
        if key in pdf.Root:
            del pdf.Root[key]
    for page in pdf.pages:
        if "/Annots" not in page:
            continue
        marks = [mark for mark in page.Annots if not _is_signature(mark) or _as_picture(mark)]
        page.Annots = _array(marks)
    return count


def _array(things: Any) -> Any:
    from pikepdf import Array

    return Array(list(things))


def _is_signature(field: Any, depth: int = 0) -> bool:
    kind = field.get("/FT")
    if kind is None and "/Parent" in field and depth < 8:
        return _is_signature(field.Parent, depth + 1)
    return bool(kind == "/Sig")


def _signed(field: Any, depth: int = 0) -> int:
    here = int(_is_signature(field) and "/V" in field)
    return here + sum(_signed(kid, depth + 1) for kid in field.get("/Kids", []) if depth < 8)


def _as_picture(mark: Any) -> bool:
    """Make the widget of a signature a plain stamp of the same looks; False where it has none."""
    from pikepdf import Name

    rectangle = [float(value) for value in mark.get("/Rect", [0, 0, 0, 0])]
    looks = mark.get("/AP")
    if looks is None or "/N" not in looks or rectangle[0] == rectangle[2] or rectangle[1] == rectangle[3]:
        return False
    for key in (
        "/FT",
        "/T",
        "/TU",
        "/V",
        "/Ff",
        "/Parent",
        "/Kids",
        "/Lock",
        "/SV",
        "/DA",
        "/MK",
        "/A",
        "/AA",
    ):
        if key in mark:
            del mark[key]
    mark.Subtype, mark.F = Name.Stamp, _PRINTED
    return True


def declare(pdf: Any) -> tuple[str, ...]:
    """Make a PDF what PDF/A-2b asks as far as that changes no page; what speaks against it ("" where nothing does).

    Scripts go, an output intent comes. Fonts that were not embedded are named:
    nobody can embed them afterwards, and such a file is not declared PDF/A.
    """
    _without_scripts(pdf)
    missing = tuple(sorted(set(_unembedded(pdf))))
    if not missing:
        _output_intent(pdf)
    return missing


def _without_scripts(pdf: Any) -> None:
    names = pdf.Root.get("/Names")
    if names is not None and "/JavaScript" in names:
        del names["/JavaScript"]
    opening = pdf.Root.get("/OpenAction")
    # An array is a place to open at, a dictionary something to do.
    if opening is not None and "/S" in opening and opening.S in ("/JavaScript", "/Launch"):
        del pdf.Root["/OpenAction"]
    for thing in (pdf.Root, *(page.obj for page in pdf.pages)):
        if "/AA" in thing:
            del thing["/AA"]


def _unembedded(pdf: Any) -> Iterator[str]:
    seen: set[tuple[int, int]] = set()
    for page in pdf.pages:
        for holder in (page.obj, *(mark.get("/AP", {}).get("/N") for mark in page.get("/Annots", []))):
            if holder is not None:
                yield from _fonts_of(holder, seen, 0)


def _fonts_of(holder: Any, seen: set[tuple[int, int]], depth: int) -> Iterator[str]:
    resources = holder.get("/Resources", {})
    fonts = dict(resources.get("/Font", {}))
    shown = _shown(holder) if fonts else set()
    for name, font in fonts.items():
        # A font that is named and not shown need not be embedded.
        if name not in shown or font.get("/Subtype") == "/Type3":
            continue
        bearer = font.DescendantFonts[0] if "/DescendantFonts" in font else font
        descriptor = bearer.get("/FontDescriptor", {})
        if not any(key in descriptor for key in ("/FontFile", "/FontFile2", "/FontFile3")):
            yield str(font.get("/BaseFont", "?")).lstrip("/")
    for thing in dict(resources.get("/XObject", {})).values():
        if thing.get("/Subtype") == "/Form" and thing.objgen not in seen and depth < 8:
            seen.add(thing.objgen)
            yield from _fonts_of(thing, seen, depth + 1)


def _shown(holder: Any) -> set[str]:
    """The names of the fonts in which visible text is shown."""
    import pikepdf

    shown: set[str] = set()
    font, mode, kept = "", 0, []
    try:
        instructions = pikepdf.parse_content_stream(holder)
    except pikepdf.PdfError:
        return shown
    for instruction in instructions:
        operator = str(instruction.operator)
        if operator == "q":
            kept.append((font, mode))
        elif operator == "Q" and kept:
            font, mode = kept.pop()
        elif operator == "Tf":
            font = str(instruction.operands[0])
        elif operator == "Tr":
            mode = int(instruction.operands[0])
        elif operator in ("Tj", "TJ", "'", '"') and mode != 3:
            shown.add(font)
    return shown


def _output_intent(pdf: Any) -> None:
    from pikepdf import Array, Dictionary, Name
    from PIL import ImageCms

    profile = pdf.make_stream(ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes())
    profile.N = 3
    pdf.Root.OutputIntents = Array([
        Dictionary(
            Type=Name.OutputIntent, S=Name.GTS_PDFA1, OutputConditionIdentifier=b"sRGB", Info=b"sRGB",
            DestOutputProfile=profile,
        )
    ])  # fmt: skip
