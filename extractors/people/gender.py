"""The gender of a person, from evidence alone: address, the middle name Thị, offices, kin, pronouns."""

from __future__ import annotations

from collections.abc import Sequence

from extractors.names import is_syllable
from extractors.people.mentions import PersonMention
from extractors.people.offices import Office
from extractors.text import fold
from extractors.tokens import Match, Tokens
from extractors.types import Gender

_AGE = 4  # tokens of an age behind a name, with its comma: ", 24 Jahre alt,"
_PREDICATE = 4  # tokens behind a name in which a participle agrees with it: "a été réélue"
_KIN: dict[str, Gender] = {"woman": "female", "man": "male"}
_BORN: dict[str, Gender] = {"born_he": "male", "born_she": "female"}
_WHO: dict[str, Gender] = {"who_he": "male", "who_she": "female"}
_OWN_OFFICES = ("role.before", "role.apposition")
_ADDRESS = 3  # words of a form of address: le camarade
_COMPLEMENT = 3  # small words between kin and their comma: L'épouse [du condamné], X
_PRONOUN_REACH = 60  # tokens behind a name in which a pronoun still means it: about two sentences


class GenderReader:
    """Reads genders off one article; `starts` are the tokens at which people's names begin."""

    def __init__(self, tokens: Tokens, mentions: Sequence[PersonMention]) -> None:
        self.t = tokens
        self.starts = {m.start for m in mentions}

    def of(self, words: Sequence[str], mentions: Sequence[PersonMention]) -> Gender:
        """The gender of the person with these words of the name: of several kinds of evidence the more frequent."""
        evidence = [gender for m in mentions for found in m.honorifics if (gender := self._of_noun(found))]
        if "thi" in [fold(word) for word in words[1:-1]]:
            evidence.append("female")
        evidence += [
            office.entry.gender
            for m in mentions
            for office, rule in m.offices
            if office.entry.gender and rule != "role.list" and not self._is_mans(office)
        ]
        if any(self._is_womans(m) for m in mentions):
            evidence.append("female")
        if any(self._is_mans_apposition(m) for m in mentions):
            evidence.append("male")
        evidence += [
            found
            for m in mentions
            if (found := self._address_before(m) or self._noun_beside(m) or self._relative_behind(m))
        ]
        if not evidence:
            evidence = [found for m in mentions if (found := self._pronoun_after(m))][:1]
        female, male = evidence.count("female"), evidence.count("male")
        if female and female >= male:
            return "female"
        return "male" if male else "unknown"

    def _of_noun(self, found: Match) -> str:
        """The gender that an honorific tells; an adjective's by its article: der Angeklagte, die 58-jährige."""
        noun, form = self.t.words[found.end - 1].lower(), found.entry.form.lower()
        if not noun.endswith(("e", "en")) or noun.rstrip("en") not in (form.rstrip("er"), form.rstrip("e")):
            return found.entry.gender
        article = found.start - 1
        if self.t.kind(article) == "-" and self.t.kind(article - 1) == "n":
            article -= 2
        weak = noun.endswith("en")
        if self.t.is_word(article, "who_she") and not weak:
            return "female"
        if self.t.is_word(article, "who_he") and weak == (not self.t.is_word(article, "body_of")):
            return "male"  # der Angeklagte, den Angeklagten; but der Angeklagten, of a woman, die Angeklagten, of many
        return found.entry.gender

    def _is_mans(self, office: Office) -> bool:
        """Whether an article makes the form a man's that else is a woman's: der Vorsitzende."""
        return office.entry.form.endswith("e") and self.t.is_word(office.start - 1, "who_he")

    def _is_womans(self, mention: PersonMention) -> bool:
        """Whether an article before a noun for both says that it is a woman's: la juge X, la secrétaire du Parti X."""
        nouns = [found.start for found in mention.honorifics if not found.entry.gender]
        nouns += [o.start for o, rule in mention.offices if not o.entry.gender and rule in _OWN_OFFICES]
        return any(self.t.is_word(start - 1, "article_she") for start in nouns)

    def _is_mans_apposition(self, mention: PersonMention) -> bool:
        """Whether a man's article stands between the name and its office: X, der Kommandeur; X, dem Präsidenten."""
        offices = [office for office, rule in mention.offices if rule == "role.apposition" and not office.entry.gender]
        return any(o.start == mention.end + 2 and self.t.is_word(o.start - 1, "who_he") for o in offices)

    def _relative_behind(self, mention: PersonMention) -> str:
        """The gender of the relative pronoun behind the name, past an age: Ho Van Tui, 20, der sich verletzte."""
        index = mention.end
        if self.t.kind(index) == "," and self.t.kind(index + 1) == "n":
            index = next((i for i in range(index + 1, index + _AGE) if self.t.kind(i) == ","), index)
        behind = index + 2
        if self.t.kind(index) != "," or self.t.is_word(mention.begin - 1, "and"):
            return ""
        if self.t.kind(behind) not in "wn" and not self.t.is_word(index + 1, "its"):  # X, dessen Aufgaben …
            return ""
        if any(self.t.find(i, c) for i in (behind, behind + 1) for c in ("office", "modifier", "honorific")):
            return ""  # an article: X, der neue Leiter
        return next((gender for kind, gender in _WHO.items() if self.t.is_word(index + 1, kind)), "")

    def _address_before(self, mention: PersonMention) -> str:
        """The gender of a form of address before the office that stands before the name: cô hiệu trưởng X."""
        starts = {office.start for office, rule in mention.offices if rule == "role.before"}
        found = [self.t.find(start - length, "honorific") for start in starts for length in range(1, _ADDRESS + 1)]
        return next((f.entry.gender for f in found if f is not None and f.end in starts and f.entry.gender), "")

    def _noun_beside(self, mention: PersonMention) -> str:
        """The gender that kin before the name tell, or kin or a profession behind its comma: X, 24 ans, étudiante."""
        titled = any(found.entry.key == "title" and found.entry.gender for found in mention.honorifics)
        before = "" if titled else self._kin(mention.begin - 1) or self._kin_of(mention.begin)  # con gái ông X: his
        index = mention.end
        if before or self.t.kind(index) != ",":
            return before or self._predicate(index)
        if told := self._predicate(self._past_apposition(mention)):
            return told
        index += 1
        if self.t.kind(index) == "n":
            index = next((i + 1 for i in range(index, index + _AGE) if self.t.kind(i) == ","), index)
        if told := self._agreeing(index):
            return told
        index += self.t.is_word(index, "article", "its")
        found = self.t.find(index, "honorific")
        if found is None or found.entry.key != "profession" or self.t.kind(found.end) == "C":
            return "" if self.t.kind(index + 1) == "C" else self._kin(index)  # before a name it is the next person's
        return found.entry.gender or self._kin(index)

    @staticmethod
    def _past_apposition(mention: PersonMention) -> int:
        """The token behind the comma that closes the offices behind the name: X, chef du village, [est] venu."""
        ends = [office.end for office, rule in mention.offices if rule == "role.apposition"]
        return max(ends, default=mention.end) + 1

    def _agreeing(self, index: int) -> str:
        """The gender that a participle behind the name agrees with, or a pronoun: née en 1987; X, elle, attend."""
        if self.t.kind(index + 1) == "," and self.t.is_word(index, "she"):
            return "female"
        told = next((gender for kind, gender in _BORN.items() if self.t.is_word(index, kind)), "")
        return told or ("male" if self.t.words[index].endswith("é") and self._is_masculine(index) else "")

    def _predicate(self, index: int) -> str:
        """The gender of a participle that the name is the subject of: X a été élue; a man's only behind "to be"."""
        for step in range(index, index + _PREDICATE):
            if self.t.kind(step) != "w":
                return ""
            if self.t.is_word(step, "born_she"):
                return "female"
            if step > index and self.t.is_word(step - 1, "copula") and self._is_masculine(step):
                return "male"
        return ""

    def _is_masculine(self, index: int) -> bool:
        """Whether a participle is the masculine of one that is listed in the feminine: élu beside élue."""
        return f"{self.t.plain[index]}e" in self.t.pack.words["born_she"]

    def _kin_of(self, begin: int) -> str:
        """The gender of kin whose owner and comma stand before the name: Con trai cụ, liệt sĩ X; his wife, X."""
        if self.t.kind(begin - 1) == ",":
            owner = self.t.find(begin - 2, "honorific")
            if owner is not None and owner.end == begin - 1 and (kin := self._kin(begin - 3)):
                return kin
            return self._kin_before_comma(begin - 1)
        named = self.t.kind(begin - 1) == "w" and self.t.is_word(begin - 1, "copula")
        return self._kin(begin - 2) if named else ""

    def _kin_before_comma(self, comma: int) -> str:
        """The gender of kin with an owner before a comma: his wife, teacher X; l'épouse du condamné, X."""
        if self.t.pack.diacritics:
            return ""
        for index in range(comma - 1, comma - 2 - _COMPLEMENT, -1):
            if gender := self._kin(index):
                owned = self.t.is_word(index - 1, "its", "he", "she") or index < comma - 1
                return gender if owned else ""
            if self.t.kind(index) != "w":
                return ""
        return ""

    def _kin(self, index: int) -> str:
        """The gender of a noun like son or daughter that ends at the token: Sohn, con trai; not the place Son."""
        if not 0 < index < len(self.t) or (self.t.kinds[index] != "w" and is_syllable(self.t.words[index])):
            return ""
        last = self.t.plain[index]
        for kind, gender in _KIN.items():
            if not self.t.pack.words[kind].isdisjoint((last, f"{self.t.plain[index - 1]} {last}")):
                return gender
        return ""

    def _pronoun_after(self, mention: PersonMention) -> str:
        """The gender that the first he or she behind the name gives, before another person and outside quotations."""
        pack, quoted = self.t.pack, False
        for index in range(mention.end, min(mention.end + _PRONOUN_REACH, len(self.t))):
            word = self.t.words[index]
            if word == "\n" or (index != mention.start and index in self.starts):
                return ""
            quoted = self._quoted(word, quoted)
            if quoted or not self.t.is_word(index, "she", "he"):
                continue
            opens = self.t.kinds[index] == "C" and self.t.begins_sentence(index)
            if not (opens or self.t.kinds[index] == "w") or self.t.kind(index + 1) == "C":
                continue
            told = self.t.is_word(index - 1, "speech") or self.t.kind(index - 1) == "-"
            if not (pack.pronouns_are_people or told or self._goes_on(index, mention)):
                continue
            return "female" if self.t.is_word(index, "she") else "male"
        return ""

    def _goes_on(self, index: int, mention: PersonMention) -> bool:
        """Whether the pronoun opens the sentence behind one that the person opens and in which it can mean nothing
        else: "Le colonel X est venu. Il …", not "X lobte die Stadt. Sie wächst", not "Direktor X kam. Sie …"."""
        begin = min((mention.begin, *(o.start for o, rule in mention.offices if rule == "role.before")))
        goes_on = self.t.begins_sentence(index) or self.t.word(index - 1) == ";"
        if not goes_on or self.t.is_word(index + 1, "impersonal"):
            return False
        if self.t.is_word(index, "she"):
            things = any(self.t.is_word(i, "article", "its") for i in range(mention.end, index))
            if things or mention.offices or self.t.norm(index + 1).endswith("en"):
                return False  # a woman's office has a form of its own; "sie kamen" are many
        opened = self.t.sentence_start(index - 1)
        return opened <= begin <= opened + 1

    @staticmethod
    def _quoted(word: str, quoted: bool) -> bool:
        """Whether the text behind this token stands in quotation marks; “ opens in English and closes in German."""
        if word in ('"', "“"):
            return not quoted
        return word in "„«" or (quoted and word not in "”»")
