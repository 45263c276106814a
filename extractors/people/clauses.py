"""How a clause ties an office to a person from afar: inverted, subordinate, as the opening of the sentence."""

from __future__ import annotations

from extractors.people.mentions import PersonMention
from extractors.people.offices import Office
from extractors.people.titles import Titles

_LATE = 3  # small words between a name and the comma of its late apposition: X was appointed, formerly head of …
_APPOINTED = 3  # tokens between a verb of appointing and whom it appoints
_INVERTED = 4  # small words between an inverted subject and its office: ist X seit Mai die neue Leiterin
_END = 3  # tokens between an office and the verb that ends its clause


class Clauses:
    """Reads the clauses around the offices of one article."""

    def __init__(self, titles: Titles) -> None:
        self.titles = titles
        self.t = titles.t
        self.pack = titles.pack

    def is_made(self, mention: PersonMention) -> bool:
        """Whether a verb of appointing stands before the name, so that the office right behind it is given by it."""
        words = range(max(mention.begin - _APPOINTED, self.t.sentence_start(mention.start)), mention.begin)
        return any(self.t.kind(i) == "w" and self.t.is_word(i, "copula") for i in words)

    def late_apposition(self, index: int, following: int) -> int | None:
        """The token of an office behind the verb that stands between a name and its apposition, or None: X berufen,
        bisher Leiter …"""
        comma = index
        while comma - index < _LATE and self.t.kind(comma) == "w":
            comma += 1
        if comma == index or self.t.kind(comma) != "," or comma + 1 >= following:
            return None
        start = self.titles.past_adverbs(comma + 1)
        office = self.titles.office_at.get(start)
        if office is None:
            return None
        said = start > comma + 1 and not all(self.t.is_word(i, "and") for i in range(comma + 1, start))
        bare = self.pack.compounds and self.t.kind(start) == "C"
        return start if said or bare or office.status == "former" else None

    def tells(self, mention: PersonMention, index: int, office: Office) -> bool:
        """Whether the verb stands where none is looked for: before the name, or at the end of the clause."""
        return bool(self.pack.compounds) and (self._is_inverted(mention, index, office) or self._verb_ends(office))

    def _is_inverted(self, mention: PersonMention, index: int, office: Office) -> bool:
        """Ab sofort ist X amtierende Direktorin; mit 26 Jahren ist X die jüngste Schulleiterin."""
        between = range(index, office.start)
        return (
            self.t.kind(mention.begin - 1) == "w"
            and self.t.is_word(mention.begin - 1, "copula")
            and len(between) <= _INVERTED
            and all(self.t.kind(i) in "wn" and not self.t.is_word(i, "of") for i in between)
        )

    def _verb_ends(self, office: Office) -> bool:
        """…, die drei Jahre lang Direktorin war; …, der zuletzt Leiter der Bank gewesen ist."""
        if any(self.t.is_word(office.start - 1, kind) for kind in ("of", "genitive")):
            return False
        for end in range(office.end, office.end + _END):
            if self.t.kind(end) in ",.;":
                return end > office.end and self.t.kind(end - 1) == "w" and self.t.is_word(end - 1, "copula")
            if self.t.kind(end) != "w":
                return False
        return False

    def successor(self, mention: PersonMention, previous: PersonMention | None) -> PersonMention | None:
        """The person who follows the mentioned one in an office, where the text says so: X replaces Y as head."""
        if previous is None or self.t.sentence_start(mention.start) > previous.start:
            return None
        between = range(previous.end, mention.begin)
        if not any(self.t.is_word(i, "succeeds") for i in between):
            return None
        return None if self.t.is_word(mention.begin - 1, "by") else previous
