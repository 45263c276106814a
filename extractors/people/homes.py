"""Which of the bodies named before an office without a stated unit is held in: by its word, by what bodies have it."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache

from extractors.people.offices import Office
from extractors.text import fold
from extractors.tokens import Tokens
from extractors.units.groups import UnitGroup, UnitGroups
from extractors.units.mentions import UnitMention

# Types of bodies by the offices that they have.
SCHOOLS = ("school", "college", "political_school", "university")
_ENTERPRISES = ("company", "bank", "cooperative")
_MEDIA = ("newspaper", "news_agency", "radio_station")
_PARTY = ("party_committee", "party_organization", "party_cell")
_MASS = ("fatherland_front", "trade_union", "farmers_union", "womens_union", "youth_union", "veterans_association")
_SOCIETIES = (*_MASS, "association", "red_cross", "elderly_association", "fund", "international_organization")
_COUNCILS = ("peoples_committee", "peoples_council", "council_committee", "national_assembly", "inspection_commission")
_HEALTH = ("hospital", "medical_centre", "disease_control_centre")
_TROOPS = ("military_command", "army_unit", "border_guard_command", "border_guard_post")
_SERVICES = (
    *("department", "public_service_centre", "management_board", "treasury", "social_insurance", "statistics_office"),
    *("agency", "forest_rangers", "research_institute", "venue", "economic_zone", "political_centre", "tax_office"),
)
_WITH_ACCOUNTS = (*_ENTERPRISES, *_SOCIETIES, *SCHOOLS, *_HEALTH, *_MEDIA, *_SERVICES)
_HEADLESS = ("peoples_committee", "peoples_council", "party_committee", "party_organization", *_MASS)
_BODIES_OF = {
    "chair": (*_COUNCILS, *_SOCIETIES, *_ENTERPRISES, "steering_committee", "party_board"),
    "director": (
        *_ENTERPRISES,
        *_HEALTH,
        *_MEDIA,
        *SCHOOLS,
        *_SERVICES,
        "fund",
        "association",
        "police",
        "international_organization",
    ),
    "general_director": (*_ENTERPRISES, *_MEDIA, "agency", "social_insurance", "department", "economic_zone"),
    "manager": (*_ENTERPRISES, "venue", "management_board", "association", "international_organization", "fund"),
    "chief_accountant": _WITH_ACCOUNTS,
    "treasurer": _WITH_ACCOUNTS,
    "secretary": (*_PARTY, "youth_union"),
    "party_secretary": _PARTY,
    "principal": SCHOOLS,
    "editor_in_chief": _MEDIA,
    "commander": _TROOPS,
    "political_commissar": _TROOPS,
    "abbot": ("venue",),
    "delegate": ("peoples_council", "national_assembly_delegation", "national_assembly"),
}
_ANYWHERE = frozenset({"chair", "director", "general_director", "manager"})  # so many bodies have one
# Types that have no such office, where any other may have it.
_BARRED = {"head": _HEADLESS}
# Offices of the state and of other lands, and those that many have, which no body named before holds.
_HOMELESS = frozenset(
    (
        *("ambassador", "state_president", "state_vice_president", "prime_minister", "general_secretary"),
        *("prosecutor", "officer"),
    )
)
_CHIEFS = frozenset({"trưởng", "phó"})
_NO_BODIES = frozenset({"hiệu", "thủ"})  # Hiệu trưởng, Thủ trưởng
_SHORTEST_WORD = 3  # letters of a body in an office's compound: Amts|leiter


class Homes:
    """Finds the homes of the offices of one article."""

    def __init__(self, tokens: Tokens, units: UnitGroups) -> None:
        self.t = tokens
        self.units = units

    def of(self, office: Office) -> UnitGroup | None:
        """The unit of an office that the text gives none beside."""
        word = office.entry.key.removeprefix("deputy_")
        if word in _HOMELESS:
            return None
        since = self.t.paragraph_start(office.start)
        if word == "village_head":
            return self.units.near_place(office.start, "village", since=since)
        noun = _noun(office.entry.form)
        named = self.units.last_named(office.start, noun) if noun else self._holding(office)
        if named is not None or (noun and " " not in noun):
            return named  # Tổ trưởng of the Tổ công nghệ số named before
        types = self._types(office, word)
        found = self.units.last_of(office.start, types=types, barred=_BARRED.get(word, ()), since=since)
        if found is None and self.t.is_word(office.start - 1, "its"):
            found = self.units.last_of(office.start, since=since)
        if found is None and types and word not in _ANYWHERE:
            found = self.units.only_of(types)
        return self.units.sibling(found, types[0]) if found is not None and types[:1] == _PARTY[:1] else found

    def called(self, index: int, noun: str) -> UnitGroup | None:
        """The body named last before the token whose head ends in the noun: the society, of a Red Cross Society."""
        noun = fold(noun)
        return self._last(index, lambda head: any(word.endswith(noun) for word in head.split()) or head == noun)

    def _holding(self, office: Office) -> UnitGroup | None:
        """The body that the office's word names: Stationschef of the Grenzschutzstation, chef de poste of a Poste."""
        if self.t.pack.diacritics:
            return None
        words = fold(office.entry.form).replace("-", " ").split()
        return self._last(office.start, lambda head: any(_names(word, head) for word in words))

    def _last(self, index: int, fits: Callable[[str], bool]) -> UnitGroup | None:
        """The body named last before the token whose head fits."""
        for mention in reversed(self.units.mentions):
            if mention.start < index and not mention.is_place and fits(self._head(mention)):
                return self.units.group_of[mention]
        return None

    def _head(self, mention: UnitMention) -> str:
        return fold(mention.name if self.t.pack.diacritics else mention.entry.form).replace("-", " ")

    @staticmethod
    def _types(office: Office, word: str) -> tuple[str, ...]:
        class_ = office.entry.class_
        return SCHOOLS if class_ == "school" else (class_,) if class_ else _BODIES_OF.get(word, ())


def _noun(form: str) -> str:
    """The word for the body in a Vietnamese office like Tổ trưởng, Trưởng Ban; empty where there is none."""
    words = form.lower().split()
    rest = [word for word in words if word not in _CHIEFS]
    return " ".join(rest) if 0 < len(rest) < len(words) and rest[0] not in _NO_BODIES else ""


@lru_cache(maxsize=16_384)
def _names(word: str, head: str) -> bool:
    """Whether an office's word begins with the end of a body's head, or is one of its words: chef de [poste]."""
    for noun in head.split():
        ends = (noun[-length:] for length in range(_SHORTEST_WORD, min(len(noun), len(word)) + 1))
        if any(word.startswith(end) for end in ends):
            return True
    return False
