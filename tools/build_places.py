"""Builds `extractors/places/units.tsv` from the data of the package vietnamadminunits 1.0.4 (MIT licence).

    pip install vietnamadminunits==1.0.4
    python -m tools.build_places [OUTPUT]

Takes names, types and codes (the list of the General Statistics Office) and the table of what became of each unit
on 1 July 2025. Leaves out coordinates, areas and everything else. The same input gives the same bytes.
"""

from __future__ import annotations

import json
import sqlite3
import sys
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from importlib.metadata import distribution
from pathlib import Path
from typing import NamedTuple

from extractors.places.names import folded_key

PACKAGE, RELEASE = "vietnamadminunits", "1.0.4"
OUTPUT = Path(__file__).parents[1] / "extractors" / "places" / "units.tsv"
OLD, NEW = "2025-06", "2025-07"
TYPES = {
    "tỉnh": "province",
    "thành phố": "city",
    "quận": "urban_district",
    "huyện": "district",
    "thị xã": "town",
    "thị trấn": "township",
    "phường": "ward",
    "xã": "commune",
    "đặc khu": "special_zone",
}

Claims = dict[str, set[str]]  # key of a new unit -> keys of the old units that went into it


class Row(NamedTuple):
    key: str
    version: str
    code: str
    type: str
    name: str
    parent: str
    successors: str


def main() -> None:
    output = Path(sys.argv[1]) if len(sys.argv) > 1 else OUTPUT
    rows = sorted(set(build_rows(package_data())))
    output.write_text("".join("\t".join(row) + "\n" for row in rows), encoding="utf-8", newline="\n")
    sys.stdout.write(f"{output}: {len(rows)} units, {output.stat().st_size} bytes\n")


def package_data() -> Path:
    """The folder of the package's data. The package itself is not imported."""
    found = distribution(PACKAGE)
    if found.version != RELEASE:
        raise SystemExit(f"{PACKAGE} is {found.version}, the table is built from {RELEASE}")
    return Path(str(found.locate_file(f"{PACKAGE}/data")))


def build_rows(data: Path) -> Iterator[Row]:
    """A row for every unit of both versions."""
    database = sqlite3.connect(f"file:{data / 'dataset.db'}?mode=ro", uri=True)
    old = database.execute(
        "SELECT provinceCode, province, districtCode, district, wardCode, ward, provinceKey, districtKey, wardKey "
        "FROM admin_units_legacy"
    ).fetchall()
    new = database.execute("SELECT provinceCode, province, wardCode, ward, provinceKey, wardKey FROM admin_units")
    codes = {}
    for province_code, province, code, unit, province_key, key in new.fetchall():
        codes[province_key], codes[f"{province_key}_{key}"] = province_code, code
        yield _row(NEW, province_code, province)
        yield _row(NEW, code, unit, province_code)
    became = read_successors(json.loads((data / "converter_2025.json").read_text(encoding="utf-8")), codes)
    yield from _old_rows(old, became)


def _old_rows(units: list[tuple[str, ...]], became: dict[str, set[str]]) -> Iterator[Row]:
    of_district: dict[str, set[str]] = defaultdict(set)
    for _, _, district_code, _, _, _, *keys in units:
        of_district[district_code] |= became["_".join(k or "" for k in keys)]
    for province_code, province, district_code, district, code, unit, *keys in units:
        yield _row(OLD, province_code, province, "", became[keys[0]])
        yield _row(OLD, district_code, district, province_code, of_district[district_code])
        if code:  # five island districts have no communes
            yield _row(OLD, code, unit, district_code, became["_".join(keys)])


def _row(version: str, code: str, full: str, parent: str = "", successors: Iterable[str] = ()) -> Row:
    full = " ".join(unicodedata.normalize("NFC", full).split())
    word = next(word for word in TYPES if full.lower().startswith(word + " "))
    name = full[len(word) + 1 :]
    return Row(folded_key(name), version, code, TYPES[word], name, parent, " ".join(sorted(successors)))


def read_successors(converter: dict[str, dict], codes: dict[str, str]) -> dict[str, set[str]]:
    """The codes of the new units by the key of the old unit (`province_district_commune`, or `province`)."""
    claims: Claims = defaultdict(set)
    for province, units in converter["DICT_PROVINCE_WARD_NO_DIVIDED"].items():
        for new, olds in units.items():
            claims[f"{province}_{new}"].update(olds)
    for province, units in converter["DICT_PROVINCE_WARD_DIVIDED"].items():
        for old, news in units.items():
            for new in news:
                claims[f"{province}_{new['newWardKey']}"].add(old)
    became: dict[str, set[str]] = defaultdict(set)
    for new, olds in claims.items():
        for old in olds - misjoined(olds):
            became[old].add(codes[new])
    for new, olds in converter["DICT_PROVINCE"].items():
        for old in olds:
            became[old].add(codes[new])
    return became


def misjoined(olds: set[str]) -> set[str]:
    """The old units that the package counts into a new one only because they are namesakes of one that belongs there.

    It joins by province and name, so that Phường 4 of four towns of Đồng Tháp all went to Phường Cao Lãnh. Of
    namesakes, those stay whose district gives the new unit most other parts, then those whose old province does.
    """
    groups: dict[str, list[str]] = defaultdict(list)
    for old in olds:
        groups[old.split("_")[2]].append(old)
    namesakes = [group for name, group in groups.items() if name and len(group) > 1]
    if not namesakes:
        return set()
    sure = olds - {old for group in namesakes for old in group}
    districts = Counter(old.rsplit("_", 1)[0] for old in sure)
    provinces = Counter(old.split("_")[0] for old in sure)

    def nearness(old: str) -> tuple[int, int]:
        return districts[old.rsplit("_", 1)[0]], provinces[old.split("_")[0]]

    return {old for group in namesakes for old in group if nearness(old) < max(map(nearness, group))}


if __name__ == "__main__":
    main()
