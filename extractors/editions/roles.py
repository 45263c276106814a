"""Offices that the edition gives otherwise than the original."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from extractors.editions.align import Block
from extractors.editions.report import Conflict
from extractors.editions.side import Side
from extractors.types import Role, Span

__all__ = ["conflicts_of"]

# Groups of offices that translations keep apart. Within a group they do not: Giám đốc becomes director, head, manager.
_GROUPS = (
    ("secretary", re.compile("secretary$")),
    ("chair", re.compile("chair$|^(?:state_)?president$")),
    (
        "head",
        re.compile(
            "head$|director$|manager$|principal$|rector$|commander$|captain$|governor$|minister$|chief|_judge$"
            "|procurator$|inspector|_general$|commissar$|editor"
        ),
    ),
)
# Trưởng ban, Chủ nhiệm are as often translated by chairman as by head.
_EITHER = re.compile("trưởng|chủ nhiệm", re.IGNORECASE)
_DEPUTY = re.compile(r"\bphó\b|phó\b|\bdeputy\b|\bvice\b|stellv|\bvize|\badjointe?\b|\bsous-", re.IGNORECASE)
_FORMER = re.compile(
    r"\bnguyên\b|\bcựu\b|\bformer|\bex-|\behemal|\bfrüher|\bancien|\bhưu\b|retired|pensioniert", re.IGNORECASE
)
_ACTING = re.compile(r"\bquyền\b|\bacting\b|\binterim\b|amtierend|kommissarisch|par intérim|intérimaire", re.IGNORECASE)
# Bodies that translations keep apart: who chairs the one does not chair the other.
_BODIES = frozenset(
    [
        "peoples_council",
        "peoples_committee",
        "party_committee",
        "party_cell",
        "party_organization",
        "fatherland_front",
        "trade_union",
        "farmers_union",
        "womens_union",
        "youth_union",
        "veterans_association",
        "red_cross",
        "elderly_association",
        "police",
        "court",
        "procuracy",
        "military_command",
        "border_guard_command",
        "inspectorate",
        "treasury",
        "tax_office",
        "national_assembly",
        "hospital",
        "school",
        "cooperative",
        "bank",
    ]
)
_SECOND = re.compile("(?:^|(?<=_))(?:deputy|vice)_")
_BREAK = re.compile("[,;:.(\\n]")
_NEAR = 48  # characters before an office in which its "deputy" or "former" stands


@dataclass(frozen=True, slots=True)
class _Office:
    deputy: bool
    group: str
    former: bool
    acting: bool


def conflicts_of(
    original: Side, edition: Side, blocks: Sequence[Block], people: Sequence[tuple[str, str]]
) -> Iterator[Conflict]:
    """The offices of the same person that differ within a block; `people` are pairs of ids."""
    ours = {person.id: person for person in original.record.people}
    theirs = {person.id: person for person in edition.record.people}
    for our_id, their_id in people:
        person, given = ours[our_id], theirs[their_id].roles
        for block in blocks:
            one, other = _roles(original, person.roles, block.original), _roles(edition, given, block.edition)
            for a, b in (*_paired(original, one, edition, other), *_risen(person.roles, one, other)):
                if reason := _reason(original, a, edition, b) or _moved(original, person.roles, a, edition, b):
                    message = f"{person.name}: {a.title} became {b.title} ({reason})"
                    yield Conflict("role", _place_in(original, a, block), _place(edition, b), message)


def _roles(side: Side, roles: Sequence[Role], sentences: tuple[int, int]) -> list[Role]:
    return [
        r
        for r in roles
        if r.role and (n := side.sentence_at(r.evidence.start)) is not None and sentences[0] <= n < sentences[1]
    ]


def _paired(original: Side, ours: Sequence[Role], edition: Side, theirs: Sequence[Role]) -> Iterator[tuple[Role, Role]]:
    """The offices that agree, of the same body first, then what is left, in order."""
    left, free = list(ours), list(theirs)
    for bodies in (True, False):
        for role in list(left):
            alike = (other for other in free if _office(other) == _office(role))
            fits = (other for other in alike if not bodies or _body(original, role) == _body(edition, other))
            if agreeing := next(fits, None):
                left.remove(role)
                free.remove(agreeing)
                yield role, agreeing
    for role in list(left):
        if same := next((other for other in free if _office(other).group == _office(role).group), None):
            left.remove(role)
            free.remove(same)
            yield role, same
    yield from zip(left, free, strict=False)


def _moved(original: Side, all_ours: Sequence[Role], a: Role, edition: Side, b: Role) -> str | None:
    """Another kind of body, of those that no translation takes for each other, in which the person has no office."""
    ours, theirs = _body(original, a), _body(edition, b)
    if ours == theirs or not {ours, theirs} <= _BODIES or theirs in {_body(original, role) for role in all_ours}:
        return None
    return f"of the {ours} became of the {theirs}".replace("_", " ").replace("peoples", "people's")


def _body(side: Side, role: Role) -> str | None:
    return next((unit.type for unit in side.record.units if unit.id == role.unit), None)


def _risen(all_ours: Sequence[Role], here: Sequence[Role], theirs: Sequence[Role]) -> Iterator[tuple[Role, Role]]:
    """An office of the edition that the person has in the original as a deputy, or without being one, elsewhere.

    A record holds an office once, where it is first named.
    """
    offices = {_office(role) for role in all_ours}
    for role in theirs:
        elsewhere = [other for other in all_ours if other not in here and _bare(other) == _bare(role)]
        if not here and elsewhere and _office(role) not in offices:
            yield elsewhere[0], role


def _bare(role: Role) -> str:
    return _SECOND.sub("", role.role or "")


def _office(role: Role) -> _Office:
    key = role.role or ""
    bare = _bare(role)
    group = next((name for name, pattern in _GROUPS if pattern.search(bare)), bare)
    return _Office(bare != key, group, role.status == "former", role.status == "acting")


def _reason(original: Side, a: Role, edition: Side, b: Role) -> str | None:
    ours, theirs = _office(a), _office(b)
    if ours.group != theirs.group:
        groups = {ours.group, theirs.group}
        if not groups <= {"secretary", "chair", "head"} or (groups == {"chair", "head"} and _EITHER.search(a.title)):
            return None
        return "another office"
    for what, words in (("deputy", _DEPUTY), ("former", _FORMER), ("acting", _ACTING)):
        had, has = getattr(ours, what), getattr(theirs, what)
        if had != has:
            bare, role = (edition, b) if had else (original, a)
            return None if _said(bare, role, words) else f"{what} {'lost' if had else 'added'}"
    return None


def _said(side: Side, role: Role, words: re.Pattern[str]) -> bool:
    """Whether the word stands with the office after all, where its reader did not join the two."""
    place = _place(side, role)
    start = max(0, place.start - _NEAR)
    start = max((m.end() for m in _BREAK.finditer(side.text, start, place.start)), default=start)
    end = place.end + _NEAR // 2
    stop = _BREAK.search(side.text, place.end, end)
    return bool(words.search(side.text, start, stop.start() if stop else end))


def _place(side: Side, role: Role) -> Span:
    """The title within the evidence, else the evidence."""
    at = side.text.find(role.title, role.evidence.start, role.evidence.end)
    return role.evidence if at < 0 else side.span(at, at + len(role.title))


def _place_in(side: Side, role: Role, block: Block) -> Span:
    """The title within the block, where the block repeats an office that was named before."""
    start, end = side.sentences[block.original[0]][0], side.sentences[block.original[1] - 1][1]
    at = side.text.find(role.title, start, end)
    return _place(side, role) if at < 0 else side.span(at, at + len(role.title))
