"""Finds people, units and figures in provincial news. Pure: no network, no database, no clock."""

from __future__ import annotations

from datetime import date as Date
from typing import TYPE_CHECKING

from extractors.types import Facts

if TYPE_CHECKING:
    from spacy.language import Language

__all__ = ["extract", "load"]


def load(language: str, *, published: Date | None = None, province: str | None = None) -> Language:
    """A spaCy pipeline for the language: `doc._.facts`, and spans "people", "units", "indicators" in `doc.spans`.

    `published` and `province` (ISO 3166-2) are those of the texts, as in `extract`. Raises KeyError where the
    language has no pack.

    >>> doc = load("vi")("Ông Lò Văn Kính, Trưởng thôn Nà Chang cho biết thôn đã giảm 3,5% hộ nghèo.")
    >>> [(span.text, span.label_) for span in doc.spans["people"]]
    [('Lò Văn Kính', 'PERSON')]
    >>> doc.spans["indicators"][0]._.fact.value
    3.5
    """
    from extractors.pipeline import build

    return build(language, published=published, province=province)


def extract(text: str, language: str, *, published: Date | None = None, province: str | None = None) -> Facts:
    """The facts of an article's text (NFC, a paragraph a line), with offsets into it.

    `published` and `province` (ISO 3166-2) decide which official place a name means. Raises KeyError where
    the language has no pack.
    """
    from extractors.indicators.counts.goals import check_sums
    from extractors.indicators.find import find_indicators
    from extractors.packs import load_pack
    from extractors.people.coreference import Cast
    from extractors.people.find import find_person_mentions
    from extractors.people.write import write_people
    from extractors.places import SINCE, load, version_at
    from extractors.tokens import Tokens
    from extractors.units.bare_places import find_bare_places, infer_day, infer_province
    from extractors.units.find import find_unit_mentions
    from extractors.units.link import link_units
    from extractors.units.mentions import name_key
    from extractors.units.write import write_units

    tokens = Tokens(text, load_pack(language))
    mentions = find_unit_mentions(tokens, load(), version_at(published) if published else SINCE)
    people, named_by_offices = find_person_mentions(tokens, mentions)
    mentions += named_by_offices
    certain = {i for m in mentions for i in range(m.start, m.end)} | {
        i for p in people if not p.doubtful for i in range(p.start, p.end)
    }
    day = published or infer_day(mentions)
    mentions += find_bare_places(tokens, mentions, certain, published=day, province=province)
    places = {name_key(m.core) for m in mentions if m.is_place}
    inside = {i for m in mentions for i in range(m.start, m.end)}
    people = [p for p in people if p.start not in inside and not p.can_be_place(places)]
    province = province or infer_province(mentions, day)
    groups = link_units(tokens, mentions, published=day, province=province)
    characters = Cast(tokens, people, groups).characters
    named, doubtful_names = write_people(tokens, people, characters, groups)
    units, doubtful_places = write_units(groups)
    indicators = find_indicators(
        text,
        sentences=tokens.sentences,
        language=language,
        units=units,
        published=published,
        masked=[(mention.start, mention.end) for person in named for mention in person.mentions],
    )
    return Facts(named, units, indicators, (*doubtful_names, *doubtful_places, *check_sums(indicators)))
