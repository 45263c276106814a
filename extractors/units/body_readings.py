"""A body while it is read, and whether enough is said to tell one unit."""

from __future__ import annotations

from dataclasses import dataclass, field

from extractors.names import is_surname
from extractors.tokens import Match, Tokens
from extractors.units.mentions import UnitMention

__all__ = ["Reading", "is_unit"]


@dataclass(slots=True)
class Reading:
    """A body while it is read: the token reached, what is proper to it so far, abbreviations passed over."""

    head: Match
    mention: UnitMention
    index: int
    tail: str
    core: list[str] = field(default_factory=list)
    gaps: list[tuple[int, int]] = field(default_factory=list)
    linked: int = 0  # past the words that link the body to what follows
    named: bool = False  # whether a free name is taken

    def take(self, text: str, end: int) -> None:
        self.core.append(text)
        self.index = end


def is_unit(reading: Reading, tokens: Tokens) -> bool:
    """Whether enough is said to tell one unit: its name, its place, its level, or a head that stands alone."""
    head, mention, tail = reading.head, reading.mention, reading.tail
    own = bool(reading.core or mention.inner)
    if (
        "*" in tail
        and not reading.core
        and mention.entry is head.entry
        and (mention.inner is None or mention.inner.is_place)
    ):
        return False
    if not own and _is_of_many(reading, tokens):
        return False
    if not reading.named and _is_generic(reading, tokens):
        return False
    short = head.end - head.start == 1 and "n" not in tail and not mention.inner
    if reading.core and short and tokens.pack.diacritics and is_surname(head.entry.form, exact=True):
        return False  # Đoàn Trung Kiên is a person, Đoàn xã Trung Kiên a youth union
    return (own or bool(mention.level) or "!" in tail) and (own or not _many(head, tokens))


def _is_of_many(reading: Reading, tokens: Tokens) -> bool:
    """Whether a bare head means those of many places, or is counted: UBND các xã, 9 đảng bộ cơ sở."""
    behind = reading.index
    others = tokens.is_word(behind, "many") and bool(
        tokens.find(behind + 1, "level") or tokens.find(behind + 1, "place")
    )
    counted = tokens.kind(reading.head.start - 1) == "n" and tokens.kind(reading.head.start) == "w"
    return tokens.pack.diacritics and (others or counted)


def _is_generic(reading: Reading, tokens: Tokens) -> bool:
    """Whether a branch of trade in small letters only says what kind of company it is: un groupe d'épargne."""
    head, mention = reading.head, reading.mention
    own = mention.inner is not None or mention.level or "!" in head.entry.tail or not mention.core
    trade = head.entry.class_ in ("enterprise", "cooperative")
    return trade and not own and tokens.slice(head.start, reading.index).islower()


def _many(head: Match, tokens: Tokens) -> bool:
    """Whether a nameless head means many or any: behind "các", "les", "eine", or in -s without a genitive."""
    before = head.start - 1
    if tokens.is_small(before) and tokens.is_word(before, "many"):
        return True
    if not tokens.pack.plural_endings or not tokens.words[head.end - 1].endswith("s") or head.entry.form.endswith("s"):
        return False
    return not any(tokens.is_word(i, "genitive") for i in (head.start - 1, head.start - 2))
