"""Finds people, units and figures in provincial news. Pure: no network, no database, no clock."""

from __future__ import annotations

from datetime import date as Date

from .types import Facts

__all__ = ["extract"]


def extract(text: str, language: str, *, published: Date | None = None, province: str | None = None) -> Facts:
    """The facts of an article's text (NFC, a paragraph a line), with offsets into it.

    `published` and `province` (ISO 3166-2) decide which official place a name means. Raises KeyError where
    the language has no pack.
    """
    from .coreference import Cast
    from .indicators import find_indicators
    from .link import UnitLinker, find_bare_places, infer_province
    from .packs import load_pack
    from .people import find_person_mentions
    from .places import SINCE, load, version_at
    from .tokens import Tokens
    from .units import find_unit_mentions

    tokens = Tokens(text, load_pack(language))
    mentions = find_unit_mentions(tokens, load(), version_at(published) if published else SINCE)
    people = find_person_mentions(tokens, mentions)
    certain = {i for m in mentions for i in range(m.start, m.end)} | {i for p in people if not p.doubtful for i in range(p.start, p.end)}
    mentions += find_bare_places(tokens, mentions, certain, published=published, province=province)
    people = [p for p in people if not any(m.start <= p.start < m.end for m in mentions)]
    province = province or infer_province(mentions, published)
    linker = UnitLinker(tokens, mentions, published=published, province=province)
    linker.link()
    cast = Cast(tokens, people, linker)
    units = linker.units()
    indicators = find_indicators(text, sentences=tokens.sentences, language=language, units=units, published=published)
    return Facts(cast.people(), units, indicators, (*cast.warnings, *linker.warnings))
