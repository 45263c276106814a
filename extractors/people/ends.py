"""Where the name of a person ends: before an office, another name's honorific, a word of the text's own language."""

from __future__ import annotations

from extractors.names import (
    capital_run,
    is_initial,
    is_middle,
    is_particle,
    is_surname,
    is_syllable,
    is_village_word,
    looks_local,
)
from extractors.people.evidence import LONGEST_NAME, SHORT
from extractors.people.titles import Titles


class NameEnds:
    """Reads the ends of the names of one article."""

    def __init__(self, titles: Titles) -> None:
        self.titles = titles
        self.t = titles.t
        self.pack = titles.pack

    def of(self, start: int, *, triggered: bool) -> int:
        run = capital_run(self.t, start, start + LONGEST_NAME + 1)
        for index in range(start, run):
            if index in self.titles.inside or (
                index > start
                and not self._is_foreign_surname(start, index, run)
                and (index in self.titles.office_at or self._starts_other(index))
            ):
                run = index
                break
        if not self.pack.diacritics and run > start:
            run = self._vietnamese_end(start, run, triggered=triggered)
        if run > start and self.t.kind(run - 1) == "-":
            run += 1
        while triggered and self.t.kind(run) == "-" and self.t.glued(run) and self.t.glued(run + 1):
            if self.t.kind(run + 1) not in "Cw":
                break
            run = max(run + 2, capital_run(self.t, run + 2, run + 4))  # Khăm-sỉ Vông-phả-chăn
        while triggered and self._is_particle(start, run):
            run = capital_run(self.t, run + 1, run + 3)
        return run

    def _is_particle(self, start: int, index: int) -> bool:
        """Whether a small word goes on with a foreigner's name, and is no article behind a Vietnamese one: Lò Văn An
        [den] Posten."""
        if not is_particle(self.t.word(index)) or self.t.kind(index + 1) != "C":
            return False
        return not (is_syllable(self.t.words[start]) and self.t.is_word(index, "article", "of"))

    def _is_foreign_surname(self, start: int, index: int, run: int) -> bool:
        """Whether a profession closes a foreigner's name: Thomas Weber, Anna Richter."""
        return index == start + 1 == run - 1 and not is_syllable(self.t.words[start])

    def _starts_other(self, index: int) -> bool:
        honorific = self.t.find(index, "honorific")
        if honorific is not None and honorific.entry.key in ("rank", "profession"):
            return honorific.end - index > 1 or not is_syllable(self.t.words[index])
        if (
            honorific is not None
            and self.t.kinds[index] == "C"
            and honorific.entry.key == "title"
            and honorific.entry.capital
        ):
            return True
        return self.t.find(index, "level") is not None and not is_village_word(self.t.words[index])

    def _vietnamese_end(self, start: int, run: int, *, triggered: bool) -> int:
        """Cuts the run of a name before the first word of the article's own language (Frau Hien [Briefe])."""
        if not (
            is_surname(self.t.words[start], exact=False)
            or is_initial(self.t.words[start])
            or is_syllable(self.t.words[start])
        ):
            return run
        end = start + 1
        if run - start > 2 and is_middle(self.t.words[end]):
            end += 2  # whatever the given name of a woman means: Ha Thi Bau
        while end < run and not self.t.is_common(end) and not (triggered and self._is_foreign(end)):
            end += 1
        return end

    def _is_foreign(self, index: int) -> bool:
        """Whether a long word can be in no name of Vietnam's peoples: [Messwerte], not Phonl of the Khmer."""
        word = self.t.words[index]
        return len(word) > SHORT and not looks_local(word)
