"""The names of an article: which its translation keeps, and whether it did."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache

from extractors.checks.losses import Edit, Loss, apply_edits
from extractors.names import is_country, is_syllable
from extractors.text import bare
from extractors.types import Facts, Unit

__all__ = ["Names", "names_to_keep"]

# The words before or after a place's own name, in the languages that have a pack; small letters need no entry.
_TYPES = frozenset(
    """tỉnh thành phố quận huyện thị xã trấn phường thôn xóm bản ấp tổ dân buôn đặc khu
    Provinz Stadt Stadtbezirk Bezirk Kreis Distrikt Landkreis Gemeinde Stadtteil Viertel Dorf Weiler Marktgemeinde
    province city district town township commune ward village hamlet special zone
    ville arrondissement quartier hameau bourg""".casefold().split()
)

_NAMED = frozenset({"education", "enterprise", "cooperative", "health", "other"})  # classes of unit with such names
_INFLECTED = 4  # letters of a name that may take an s


def names_to_keep(facts: Facts) -> tuple[str, ...]:
    """People's names with their variants, and places' own names without the word for what they are.

    The names of bodies (Parteikomitee der Gemeinde Lang Quan) are translated, but for the places in them, and for the
    Vietnamese name that schools, companies and their like end with (Trường THPT Trần Phú).
    """
    people = [name for person in facts.people for name in (person.name, *person.variants)]
    places = [_own(name) for unit in facts.units if unit.class_ == "administrative" for name in _names(unit)]
    named = [_tail(name) for unit in facts.units if unit.class_ in _NAMED for name in _names(unit)]
    return tuple(dict.fromkeys(name for name in (*people, *places, *named) if name))


def _tail(name: str) -> str:
    """The Vietnamese name of two syllables or more at the end of a body's; a country is none.

    >>> _tail("Trường THPT Trần Phú"), _tail("Ngân hàng Chính sách xã hội"), _tail("Đài Tiếng nói Việt Nam")
    ('Trần Phú', '', '')
    """
    words = name.split()
    first = len(words)
    while first and words[first - 1].istitle() and is_syllable(words[first - 1]):
        first -= 1
    tail = words[max(first, 1) :]  # the first word says what the body is
    return " ".join(tail) if len(tail) > 1 and not is_country(tail) else ""


def _names(unit: Unit) -> list[str]:
    """How the text calls a unit. A mention longer than its name is the sentence of a text that was read in English."""
    return [unit.name, *(mention.text for mention in unit.mentions if len(mention.text) <= len(unit.name))]


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


class Names:
    """The names that a translation has to keep, and the terms of a glossary with what they have to become.

    Words in small letters before a name are left off (xã Lang Quán). A term also stands for itself with a capital.
    `folded`: names lose their diacritics in the translation.
    """

    def __init__(self, names: Sequence[str], terms: Mapping[str, str] | None = None, *, folded: bool = False) -> None:
        kept = [_proper(unicodedata.normalize("NFC", name)) for name in names]
        self._said = {name: bare(name) if folded else name for name in kept if len(name) > 1}
        for term, said in (terms or {}).items():
            self._said |= {_capital(term): _capital(said), term: said}
        self._terms = frozenset(said for term in terms or {} for said in (self._said[term], self._said[_capital(term)]))
        self._exact = _any_of(self._said)
        shouted = {bare(said.upper()): said for said in self._said.values()}
        self._spelled = shouted | {bare(said): said for said in self._said.values()}
        self._bare = _any_of(self._spelled)

    def find(self, sentence: str) -> list[tuple[int, int, str]]:
        """Where names stand in a sentence, the longest where one holds another: start, end, what it has to become."""
        return [(*m.span(), self._said[m.group()]) for m in self._exact.finditer(sentence)] if self._exact else []

    def check(self, source: str, translation: str) -> tuple[str, list[Loss]]:
        """The translation with the names in their own spelling, and the names that it does not have."""
        wanted: dict[str, list[tuple[int, int]]] = {}
        for start, end, said in self.find(source):
            wanted.setdefault(said, []).append((start, end))
        if not wanted or not self._bare:
            return translation, []
        translation, given = self._respell(translation, self._bare, wanted)
        losses = []
        terms = {name: places for name, places in wanted.items() if name in self._terms}
        for core in dict.fromkeys(map(_core, terms)):
            found = sorted((*place, name) for name, places in terms.items() if _core(name) == core for place in places)
            enough = len(_any_case(core).findall(bare(translation).casefold()))
            losses += [Loss("name_lost", *lost) for lost in found[enough:]]
        for name, places in wanted.items():
            if name in terms:
                continue
            enough = given[name] + _spare(name, wanted, given)
            losses += [Loss("name_lost", start, end, name) for start, end in places[enough:]]
        return translation, sorted(losses, key=lambda loss: loss.start)

    def _respell(
        self, translation: str, pattern: re.Pattern[str], wanted: Mapping[str, object]
    ) -> tuple[str, Counter[str]]:
        translation = unicodedata.normalize("NFC", translation)
        plain, given, edits = bare(translation), Counter[str](), []
        if len(plain) != len(translation):  # a letter that falls into two: no offsets, no respelling
            return translation, Counter(self._spelled[m.group()] for m in pattern.finditer(plain))
        for match in pattern.finditer(plain):
            name = self._spelled[match.group()]
            given[name] += 1
            written = translation[match.start() : match.end()]
            if name in wanted and written != name and match.group() == bare(name):
                edits.append(Edit(match.start(), match.end(), name))
        return apply_edits(translation, edits), given


def _spare(name: str, wanted: dict[str, list[tuple[int, int]]], given: Counter[str]) -> int:
    """How often a longer name stands for this one: "Quân" may have become "Lê Thanh Quân"."""
    longer = [n for n in given if n != name and re.search(rf"\b{re.escape(name)}\b", n)]
    return sum(max(0, given[n] - len(wanted.get(n, ()))) for n in longer)


def _proper(name: str) -> str:
    words = name.split()
    while words and words[0][0].islower():
        words = words[1:]
    return " ".join(words)


def _capital(term: str) -> str:
    return term[:1].upper() + term[1:]


def _core(term: str) -> str:
    """What a translation must have of a term, whatever its case and article.

    >>> _core("the People's Committee")
    "people's committee"
    """
    return _ARTICLE.sub("", bare(term).casefold())


_ARTICLE = re.compile(r"\A(?:(?:the|der|die|das|le|la|les) |l['’])")


@lru_cache(maxsize=1024)
def _any_case(core: str) -> re.Pattern[str]:
    """A term in small letters as whole words; typographic apostrophes and an ending by number or case are allowed."""
    spelled = re.escape(core).replace("'", "['’]")
    return re.compile(rf"(?<!\w){spelled}(?:e?[sn])?(?!\w)")


def _any_of(names: Iterable[str]) -> re.Pattern[str] | None:
    """Matches any of the names as whole words, the longest first; a German or English s may follow all but short ones.

    Mai is no part of Mais.
    """
    longest = "|".join(
        re.escape(name) + ("(?=s?(?!\\w))" if len(name) >= _INFLECTED else "(?!\\w)")
        for name in sorted(names, key=len, reverse=True)
    )
    return re.compile(rf"(?<!\w)(?:{longest})") if longest else None
