"""Gathers the mentions of units into units: one each, with its place in the tree and its official code."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date as Date

from extractors.tokens import Tokens
from extractors.units.groups import UnitGroups
from extractors.units.link_bodies import BodyLinker
from extractors.units.link_places import PlaceLinker
from extractors.units.mentions import UnitMention


def link_units(
    tokens: Tokens, mentions: Sequence[UnitMention], *, published: Date | None, province: str | None
) -> UnitGroups:
    """The units of one article: places first, since bodies are told apart by where they are."""
    groups = UnitGroups(tokens, mentions, published=published, province=province)
    PlaceLinker(groups).link()
    BodyLinker(groups).link()
    groups.drop_unnamed()
    groups.number()
    return groups
