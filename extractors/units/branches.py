"""The branch behind the name of a body: Ngân hàng Hợp tác [chi nhánh Đắk Lắk], branch [of Pho Noi]."""

from __future__ import annotations

from collections.abc import Callable

from extractors.names import capital_run, is_syllable
from extractors.tokens import Tokens
from extractors.units.body_readings import Reading
from extractors.units.marks import number_end
from extractors.units.mentions import UnitMention, bare_place
from extractors.units.names import UnitNames

__all__ = ["Branches"]

# Bodies with branches, and the words of a branch's name (Region 15, Bac Tu Liem).
_BRANCHING = ("bank", "agency", "company", "social_insurance", "treasury")
_LONGEST_BRANCH = 4


class Branches:
    """Reads branches; `inner` reads the unit that begins at a token inside a body's name."""

    def __init__(self, tokens: Tokens, names: UnitNames, inner: Callable[[int, str], UnitMention | None]) -> None:
        self.t = tokens
        self.pack = tokens.pack
        self.names = names
        self._inner = inner

    def take(self, reading: Reading) -> None:
        """Takes the branch behind a body that has any into the reading."""
        entry = reading.head.entry
        if self.pack.diacritics and entry.key == "bank":
            self._take_bank_branch(reading)
        if self.pack.compounds and entry.key in _BRANCHING:
            self._take_branch_behind(reading)
        if not self.pack.capital_names or entry.key not in _BRANCHING:
            return
        end = self._branch_end(reading.index, branch=entry.form.lower().endswith(self.pack.phrases["branch"]))
        if end > reading.index:
            reading.take(self.t.slice(reading.index, end), end)

    def _take_bank_branch(self, reading: Reading) -> None:
        """The branch behind the name of a bank: Ngân hàng Hợp tác [chi nhánh Đắk Lắk], [chi nhánh tỉnh]."""
        branch = self.t.find(reading.index, "body")
        mention = reading.mention
        if branch is None or branch.entry.tail != "b=" or mention.inner is not None or mention.level:
            return
        if (level := self.t.find(branch.end, "level")) is not None and self.t.kind(level.end) not in "CU":
            mention.level, reading.index = level.entry.key, level.end
        elif (place := self._inner(branch.end, "l")) is not None and place.is_place:
            mention.inner, reading.index = place, place.end
        elif end := self.names.free_name(branch.end, "ln"):
            reading.take(self.t.slice(branch.end, end), end)

    def _take_branch_behind(self, reading: Reading) -> None:
        """The branch behind a comma, with its place or number: Staatsbank[, Zweigstelle Region 14]."""
        start = reading.index + (self.t.kind(reading.index) == ",")
        branch = self.t.find(start, "body")
        if branch is None or "^" not in branch.entry.tail or reading.mention.inner is not None:
            return
        link = self.t.skip(branch.end, "body_of")
        if words := self.names.place_words(link):
            place: UnitMention | None = bare_place(self.t, link, link + words, rule="unit.known")
        else:
            place = self._inner(link, "l")
        if place is not None and place.is_place:
            reading.mention.inner, reading.index = place, place.end
        elif end := number_end(self.t, branch.end):
            reading.take(self.t.slice(branch.start, end), end)

    def _branch_end(self, index: int, *, branch: bool) -> int:
        """Where the branch of a body ends: State Bank of Vietnam['s Region 15 branch], branch [of Pho Noi]."""
        if branch:
            start = self.t.skip(index, "of")
            run = capital_run(self.t, start, start + _LONGEST_BRANCH)
            named = start > index and run > start and not (self.t.head_at(run) or self.t.head_at(start))
            return run if named and is_syllable(self.t.words[start]) else index
        start = index + (self.t.word(index) in ("'s", "’s", "'", "’"))
        end = start
        while end - start < _LONGEST_BRANCH and self.t.kind(end) in "CUn":
            end += 1
        return end + 1 if end > start and self.t.word(end).lower() in self.pack.phrases["branch"] else index
