"""Derives nlp/data/agencies/communes.tsv and communes_before.tsv from the package `vietnamadminunits`.

The package (MIT) holds the units of Quyết định 19/2025/QĐ-TTg with their codes, those that stood until
30 June 2025, and which of the new ones took the area of which old one. Only these facts are kept. Run it
in an environment of its own: `pip install vietnamadminunits`, then `python tools/communes.py`.
"""

from __future__ import annotations

import json
import sqlite3
from importlib.metadata import distribution
from pathlib import Path
from typing import Any

DATA = Path(__file__).parent.parent / "nlp" / "data" / "agencies"


def _successors(converter: dict[str, Any], codes: dict[tuple[str, str], str]) -> dict[str, set[str]]:
    """Codes of the new communes by the key "province_district_commune" of an old one."""
    found: dict[str, set[str]] = {}
    for province, communes in converter["DICT_PROVINCE_WARD_NO_DIVIDED"].items():
        for commune, parts in communes.items():
            for part in parts:
                found.setdefault(part, set()).add(codes[province, commune])
    for province, divided in converter["DICT_PROVINCE_WARD_DIVIDED"].items():
        for part, targets in divided.items():
            found.setdefault(part, set()).update(codes[province, each["newWardKey"]] for each in targets)
    return found


def _write(name: str, head: str, rows: list[str]) -> None:
    (DATA / name).write_text("\n".join([head, *sorted(rows)]) + "\n", encoding="utf-8")


def main() -> None:
    """Write both tables."""
    folder = Path(str(distribution("vietnamadminunits").locate_file("vietnamadminunits/data")))
    converter = json.loads((folder / "converter_2025.json").read_text(encoding="utf-8"))
    db = sqlite3.connect(str(folder / "dataset.db"))
    codes: dict[tuple[str, str], str] = {}
    now = []
    for province, code, name, number, key in db.execute(
        "select provinceKey, wardCode, ward, provinceCode, wardKey from admin_units"
    ):
        codes[province, key] = code
        now.append(f"{code}\t{name}\t{number}")
    heirs = _successors(converter, codes)
    before = []
    for province, district, key, name, number, code in db.execute(
        "select provinceKey, districtKey, wardKey, ward, districtCode, wardCode from admin_units_legacy"
    ):
        if name:
            after = sorted(heirs.get(f"{province}_{district}_{key}", ()))
            before.append(f"{code}\t{name}\t{number}\t{'|'.join(after)}")
    _write("communes.tsv", "code\tname\tprovince_code", now)
    _write("communes_before.tsv", "code\tname\tdistrict_code\tsuccessors", before)


if __name__ == "__main__":
    main()
