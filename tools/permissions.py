"""The permission matrix: read tests/api/permissions.toml, compare with the program's routes, write docs/permissions.md.

.venv/bin/python -m tools.permissions          # writes the page
.venv/bin/python -m tools.permissions --check  # 1 where the page or the table is behind
"""

from __future__ import annotations

import sys
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from fastapi import FastAPI

ROOT = Path(__file__).resolve().parent.parent
TABLE = ROOT / "tests" / "api" / "permissions.toml"
PAGE = ROOT / "docs" / "permissions.md"
ROLES = {
    "clerk": "văn thư",
    "officer": "chuyên viên",
    "legal": "pháp chế",
    "leader": "lãnh đạo",
    "admin": "quản trị",
}
NOBODY, TOKEN = "nobody", "token"


@dataclass(frozen=True, slots=True)
class Endpoint:
    """One line of the table. `expected` maps a role or "nobody" to the status; `sends` is what the test sends."""

    part: str
    method: str
    path: str
    who: str
    expected: Mapping[str, int]
    unseen: int | None
    refused: int | None
    sends: Mapping[str, Any] = field(default_factory=dict)

    @property
    def name(self) -> str:
        """ "GET /van-ban/{letter_id}"."""
        return f"{self.method} {self.path}"

    @property
    def for_programs(self) -> bool:
        """Whether an API token is taken here."""
        return self.path.startswith("/api/")

    @property
    def page_for_people(self) -> bool:
        """Whether those not signed in are led to the sign-in page."""
        return not self.for_programs


def endpoints() -> tuple[Endpoint, ...]:
    """Every line of the table. ValueError for a key or a group that is not known."""
    data = tomllib.loads(TABLE.read_text(encoding="utf-8"))
    groups = {"all": list(ROLES), "public": list(ROLES), "owner": ["clerk"], **data.pop("groups")}
    return tuple(
        _endpoint(part, name, line, groups) for part, lines in data.items() for name, line in lines.items()
    )


def _endpoint(part: str, name: str, line: dict[str, Any], groups: Mapping[str, list[str]]) -> Endpoint:
    known = {"who", "status", "nobody", "unseen", "refused", "query", "form", "json", "file"}
    if extra := set(line) - known:
        raise ValueError(f"{name}: {', '.join(sorted(extra))}")
    method, _, path = name.partition(" ")
    who, status = line.get("who", "all"), line.get("status", 200)
    without = 404 if who == "owner" else 403
    expected = {role: status if role in groups[who] else without for role in ROLES}
    entry = status if who == "public" else (401 if path.startswith("/api/") else 303)
    expected[NOBODY] = line.get("nobody", entry)
    has_id = "_id}" in path
    return Endpoint(
        part=part,
        method=method,
        path=path,
        who=who,
        expected=expected,
        unseen=line.get("unseen", 404) if has_id else None,
        refused=line.get("refused"),
        sends={key: line[key] for key in ("query", "form", "json", "file") if key in line},
    )


def routes(app: FastAPI) -> set[str]:
    """Every method and path that the program answers, as the table names them."""
    found: set[str] = set()
    for route in _flat(app.routes):
        path = route.path
        if (methods := getattr(route, "methods", None)) is None:
            found.add(f"GET {path}/{{path}}")  # a mounted folder
        else:
            found |= {f"{method} {path}" for method in methods if method != "HEAD"}
    return found


def _flat(given: Iterable[Any]) -> Iterator[Any]:
    """Routes with those of included routers, which newer versions of FastAPI keep nested."""
    for route in given:
        if hasattr(route, "effective_candidates"):
            yield from _flat(route.effective_candidates())
        else:
            yield route


HEAD = """# Ai được làm gì · Permissions

*Tiếng Việt: bảng này do `tools/permissions.py` viết ra từ `tests/api/permissions.toml`; bộ kiểm thử gọi từng địa chỉ với từng vai trò trên
chương trình đang chạy và so với bảng. Đừng sửa tay.*

*English: written by `tools/permissions.py` from `tests/api/permissions.toml`. The tests call every address with every role on the running
program and compare. Do not edit by hand.*

- A number is the HTTP status that the test gets; **403** is "not allowed". Everything is refused unless a line says otherwise.
- *Chưa đăng nhập* (not signed in): pages lead to the sign-in page (303), programs get 401.
- *Mã API* (API token): acts as its user under /api; pages do not take it.
- *Không được thấy* (not to be seen): what everybody gets, with the right or without, for what does not exist, belongs to somebody else, or was
  refused because it is marked MẬT, TỐI MẬT or TUYỆT MẬT: 404 comes before 403. Of a refused file only its name and the reason are kept;
  lists, search, suggestions, exports and page images say nothing of it (the test looks for its words in every answer).
"""


def page(table: Iterable[Endpoint]) -> str:
    """The text of docs/permissions.md."""
    lines = [HEAD]
    part = ""
    for each in table:
        if each.part != part:
            part = each.part
            columns = ["", *ROLES.values(), "chưa đăng nhập", "mã API", "không được thấy"]
            lines += [f"\n## {part}\n", "|".join(["", *columns, ""]), "|" + "---|" * len(columns)]
        statuses = [f"**{code}**" if (code := each.expected[role]) == 403 else str(code) for role in ROLES]
        token = "như vai trò" if each.for_programs else "–"
        unseen = [str(each.unseen)] if each.unseen else []
        if each.refused:
            unseen.append(f"tệp mật {each.refused}")
        cells = [f"`{each.name}`", *statuses, str(each.expected[NOBODY]), token, ", ".join(unseen) or "–"]
        lines.append("|".join(["", *cells, ""]))
    return "\n".join(lines) + "\n"


def main(arguments: list[str]) -> int:
    """Write the page, or say with `--check` whether it is behind."""
    text = page(endpoints())
    if "--check" in arguments:
        return 0 if PAGE.read_text(encoding="utf-8") == text else 1
    PAGE.write_text(text, encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
