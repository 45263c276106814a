"""Which names of an article its translation keeps: those of people and places, not those of bodies."""

from __future__ import annotations

from extractors.types import Facts

__all__ = ["names_to_keep"]

# The words before or after a place's own name, in the languages that have a pack; small letters need no entry.
_TYPES = frozenset(
    """tỉnh thành phố quận huyện thị xã trấn phường thôn xóm bản ấp tổ dân buôn đặc khu
    Provinz Stadt Stadtbezirk Bezirk Kreis Distrikt Landkreis Gemeinde Stadtteil Viertel Dorf Weiler Marktgemeinde
    province city district town township commune ward village hamlet special zone
    ville arrondissement quartier hameau bourg""".casefold().split()
)


def names_to_keep(facts: Facts) -> tuple[str, ...]:
    """People's names with their variants, and places' own names without the word for what they are.

    The names of bodies (Parteikomitee der Gemeinde Lang Quan) are translated, but for the places in them.
    """
    people = [name for person in facts.people for name in (person.name, *person.variants)]
    places = [
        _own(mention.text) for unit in facts.units if unit.class_ == "administrative" for mention in unit.mentions
    ]
    return tuple(dict.fromkeys(name for name in (*people, *places) if name))


def _own(name: str) -> str:
    """The name of a place alone.

    >>> _own("thành phố Tuyên Quang"), _own("Gemeinde Lang Quan"), _own("commune de Lang Quan"), _own("Son Duong Town")
    ('Tuyên Quang', 'Lang Quan', 'Lang Quan', 'Son Duong')
    """
    words = name.split()
    while words and (words[0][0].islower() or words[0].casefold() in _TYPES):
        words = words[1:]
    while words and (words[-1][0].islower() or words[-1].casefold() in _TYPES):
        words = words[:-1]
    return " ".join(words)
