"""Offices in a language, by gender: alone, and in their unit."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from extractors.render.names import Names
from extractors.render.words import Words
from extractors.types import Gender, Role, RoleStatus

__all__ = ["is_bare", "role_label", "say_role"]

_FORMS = {"unknown": 0, "male": 1, "female": 2}
_MEMORY = 4096  # role keys: some 700 are possible in each of the languages
# Offices that are formed for each kind of unit: peoples_committee_chair. The longest first.
_BY_UNIT = ("standing_member", "deputy_head", "commander", "secretary", "director", "member", "chair", "head")
# "party" stands for the three bodies of the Party that a secretary leads.
_PARTY = frozenset({"party_committee", "party_organization", "party_executive_committee", "party_cell"})
_OWN_UNITS = {"party_secretary": _PARTY, "party_cell_secretary": _PARTY, "party_member": _PARTY,
              "village_head": frozenset({"village", "residential_group"})}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Key:
    """A role key taken apart: the office, the type of its unit or "", and whether it is the deputy's."""

    office: str
    body: str
    deputy: bool


@dataclass(frozen=True, slots=True)
class Holder:
    """What an office is said by beside its key."""

    gender: Gender
    status: RoleStatus
    standing: bool


@lru_cache(maxsize=_MEMORY)
def read_key(role: str, words: Words) -> Key | None:
    """The parts of a role key, as `tenure.role_key` joins them; None for one of another version."""
    deputy, inner = role.startswith("deputy_"), role
    while inner.startswith("deputy_") and inner not in words.offices:  # deputy_deputy_minister is no more than a deputy
        inner = inner.removeprefix("deputy_")
    if inner in words.offices:
        return Key(inner, "", deputy and not inner.startswith("deputy_"))
    for office in _BY_UNIT:
        body = inner.removesuffix(f"_{office}")
        if body != inner and body in words.units:
            return Key(office, body, deputy)
    return None


def role_label(role: Role, gender: Gender, names: Names) -> str | None:
    """The office in the language, with the kind of unit where the key names it; None without a key."""
    if role.role is None or (key := read_key(role.role, names.words)) is None:
        return None
    return _say_alone(key, _holder(role, gender, names), names.words)


def is_bare(role: Role, names: Names) -> bool:
    """Whether an office says nothing without its unit, and has none: a head, a member."""
    key = read_key(role.role or "", names.words)
    return names.get(role.unit) is None and key is not None and not key.body and key.office in _BY_UNIT


def say_role(role: Role, gender: Gender, names: Names) -> str | None:
    """The office and the unit that it is held in: Secretary of the Party Committee of Lang Quán commune."""
    unit, words = names.get(role.unit), names.words
    key = read_key(role.role or "", words)
    if key is None or unit is None:
        return role_label(role, gender, names)
    own = key.office not in _OWN_UNITS or unit.type in _OWN_UNITS[key.office]
    office = _say_office(key, _holder(role, gender, names), own, words)
    phrase = names.phrase(unit.id)
    if words.language == "vi":
        return _join_vietnamese(office, phrase.of)
    return f"{office} {phrase.of}" if phrase.of else f"{office} ({phrase.name})"


def _join_vietnamese(office: str, unit: str) -> str:
    """The office and its unit; what both name is said once, and a department has a director.

    >>> _join_vietnamese("Phó Chánh Văn phòng", "Văn phòng UBND tỉnh"), _join_vietnamese("Trưởng", "Sở Y tế")
    ('Phó Chánh Văn phòng UBND tỉnh', 'Giám đốc Sở Y tế')
    """
    if unit.startswith(_DIRECTED):
        office = _HEAD.sub("Giám đốc", office)
    words = unit.split()
    for size in (2, 1):
        head = " ".join(words[:size])
        if len(words) > size and office.casefold().endswith(f" {head.casefold()}"):
            return f"{office[: -len(head)]}{unit}"
    return f"{office} {unit}"


_DIRECTED = ("Sở ", "Trung tâm ", "Bệnh viện ", "Công ty ", "Hợp tác xã ", "Bảo tàng ", "Kho bạc ")
_HEAD = re.compile(r"\bTrưởng\Z")


def _holder(role: Role, gender: Gender, names: Names) -> Holder:
    return Holder(gender, role.status, names.source.is_standing(role.title))


def _say_alone(key: Key, holder: Holder, words: Words) -> str:
    office = _say_office(key, holder, bool(key.body), words)
    if not key.body:
        return office
    kind = words.units[key.body]
    return f"{office} {words.of(kind.gender, kind.genitive)}"


def _say_office(key: Key, holder: Holder, with_unit: bool, words: Words) -> str:
    """The office with deputy, standing, acting and former, in the gender of its holder."""
    short = _say_base(key, holder.gender, True, words)
    said = short if with_unit else _say_base(key, holder.gender, False, words)
    index = _form_of_adjectives(said, holder.gender, words)
    if holder.standing and key.deputy:  # Phó Bí thư [Thường trực] Đảng ủy: what the office is of comes behind
        head = short if said.startswith(short) else said
        said = _apply("standing", head, index, words) + said[len(head) :]
    return said if holder.status == "current" else _apply(holder.status, said, index, words)


def _say_base(key: Key, gender: Gender, with_unit: bool, words: Words) -> str:
    """The office, or its deputy's."""
    office = words.offices[key.office]
    said = _pick((with_unit and office.with_unit) or office.forms, gender)
    if not key.deputy:
        return said
    given = (with_unit and office.deputy_with_unit) or office.deputy
    return _pick(given, gender) if given else _apply("deputy", said, _form_of_adjectives(said, gender, words), words)


def _pick(forms: tuple[str, ...], gender: Gender) -> str:
    """One of `all`, `his | hers`, `either | his | hers`."""
    if len(forms) == 3:
        return forms[_FORMS[gender]]
    return forms[-1] if gender == "female" else forms[0]


def _form_of_adjectives(said: str, gender: Gender, words: Words) -> int:
    """Which form of an adjective goes with the office: his, hers, or that of a German neuter (Mitglied)."""
    if words.language == "de" and "Mitglied" in said:
        return 2
    return 1 if gender == "female" else 0


def _apply(kind: str, said: str, index: int, words: Words) -> str:
    cells = str(words.tables["offices"][kind]).split("|")
    return words.fill(cells[min(index, len(cells) - 1)], said)
