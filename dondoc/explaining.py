"""What `dondoc extract --explain` prints: each value with its rule and its place, in words."""

from __future__ import annotations

from collections.abc import Iterable

from api.i18n import Words
from nlp.explain import Explained

_PARTS = {"header": "THỂ THỨC", "task": "NHIỆM VỤ", "reference": "VĂN BẢN VIỆN DẪN", "correction": "CHỮ SỬA"}
_KEYS = {"task": "text", "responsible": "lead", "coordinating": "cooperating", "deadlines": "deadline"}
"""Names of values whose words on pages stand under another key."""
_OWN = {"secrecy": "Độ mật", "corrections": "Sửa"}


def explanation(name: str, values: Iterable[Explained]) -> str:
    """The values of one document as text; `name` is its file's.

    Each value is one line, below it where it was read, which rule gave it and
    how sure that is.
    """
    t = Words("vi")
    lines = [name]
    part: tuple[str, int] | None = None
    for value in values:
        here = (value.part, value.of if value.part == "task" else 0)
        if here != part:
            part = here
            lines += ["", _PARTS[value.part] + (f" {value.of}" if value.part == "task" else "")]
        label = _OWN.get(value.name) or t(f"letter.{_KEYS.get(value.name, value.name)}")
        lines += [f"  {label}: {value.value}", f"      {_place(value)}"]
    return "\n".join(lines)


def _place(value: Explained) -> str:
    where = f"trang {value.page}, dòng {value.line}: “{value.words}”" if value.words else "không có chỗ trên trang"
    rule = f"quy tắc {value.rule}" + (f" ({value.meaning})" if value.meaning else "")
    sure = f"{value.confidence:.2f}".replace(".", ",")
    return f"{where} · {rule} · tin cậy {sure}"
