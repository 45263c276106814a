"""The gender of a person, from evidence alone: address, the middle name Thị, offices, kin, pronouns."""

from __future__ import annotations

from collections.abc import Sequence

from extractors.names import gender_of_name, is_ethnic_group, is_syllable
from extractors.people.agreement import agreement, attribute_before, is_mans, is_mans_noun, is_weak, is_womans_noun
from extractors.people.mentions import PersonMention
from extractors.people.offices import Office
from extractors.people.pronouns import Pronouns
from extractors.tokens import Match, Tokens
from extractors.types import Gender

_ORIGIN = 6  # tokens of where somebody is from, with its comma: aus der Gemeinde A Doi,
_AGE = 4  # tokens of an age behind a name, with its comma: ", 24 Jahre alt,"
_PREDICATE = 4  # tokens behind a name in which a participle agrees with it: "a été réélue"
_KIN: dict[str, Gender] = {"woman": "female", "man": "male"}
_BORN: dict[str, Gender] = {"born_he": "male", "born_she": "female"}
_ARTICLE: dict[str, Gender] = {"article_he": "male", "article_she": "female"}
_WHO: dict[str, Gender] = {"who_he": "male", "who_she": "female"}
_OWN_OFFICES = ("role.before", "role.apposition")
_ADDRESS = 3  # words of a form of address: le camarade
_APPOSITION = 3  # words from an article to the name that ends its apposition
_COMPLEMENT = 3  # small words between kin and their comma: L'épouse [du condamné], X


class GenderReader:
    """Reads genders off one article."""

    def __init__(self, tokens: Tokens, mentions: Sequence[PersonMention]) -> None:
        self.t = tokens
        self.pronouns = Pronouns(tokens, mentions)

    def of(self, words: Sequence[str], mentions: Sequence[PersonMention]) -> Gender:
        """The gender of the person with these words of the name: of several kinds of evidence the more frequent."""
        evidence = [gender for m in mentions for found in m.honorifics if (gender := self._of_noun(found, m))]
        if named := gender_of_name(words):
            evidence.append(named)
        evidence += [
            gender
            for m in mentions
            for office, rule in m.offices
            if rule != "role.list" and (gender := self._of_office(office, m))
        ]
        if any(self._is_womans(m) for m in mentions):
            evidence.append("female")
        if any(self._is_mans_apposition(m) for m in mentions):
            evidence.append("male")
        evidence += [
            found
            for m in mentions
            if (found := self._address_before(m) or self._noun_beside(m) or self._form_beside(m))
        ]
        if not evidence:
            evidence = [found for m in mentions if (found := self.pronouns.gender_after(m))][:1]
        female, male = evidence.count("female"), evidence.count("male")
        if female and female >= male:
            return "female"
        return "male" if male else "unknown"

    def _of_noun(self, found: Match, mention: PersonMention) -> str:
        """The gender that an honorific tells; an adjective's by its article: der Angeklagte, die 58-jährige."""
        noun = self.t.words[found.end - 1].lower()
        if not is_weak(noun, found.entry.form):
            return found.entry.gender or self._of_article(found, mention)
        article = found.start - 1
        if self.t.kind(article) == "-" and self.t.kind(article - 1) == "n":
            article -= 2
        one = self._is_one(mention)
        many = noun.endswith("en") and not one  # Genossen A und B
        return agreement(self.t, article, noun, one=one) or ("" if many else found.entry.gender)

    def _of_article(self, found: Match, mention: PersonMention) -> str:
        """The gender that a man's article tells before a profession where women's have a form of their own: beim Maurer
        X, der alte Weber X."""
        if found.entry.key != "profession" or not self.t.pack.compounds or not self._is_one(mention):
            return ""
        return "male" if is_mans(self.t, found.start) else ""

    def _of_office(self, office: Office, mention: PersonMention) -> str:
        """The gender that the form of an office tells, an adjective's by its article: die, der Vorsitzenden; not der
        Vorsitzende, as which women are spoken of, too."""
        words = self.t.words[office.start : office.title_end] if self.t.pack.compounds else []
        noun = next((word for word in words if is_weak(word, office.entry.form)), "")
        told = agreement(self.t, office.start - 1, noun, one=self._is_one(mention)) if noun else ""
        return "" if told == "male" else told or office.entry.gender

    def _is_one(self, mention: PersonMention) -> bool:
        """Whether the person is named alone, and no list goes on behind."""
        return not self.t.is_word(mention.end, "and") and not (
            self.t.kind(mention.end) == "," and mention.end + 1 in self.pronouns.starts
        )

    def _is_womans(self, mention: PersonMention) -> bool:
        """Whether an article before a noun for both says that it is a woman's: la juge X, la secrétaire du Parti X."""
        nouns = [found.start for found in mention.honorifics if not found.entry.gender]
        nouns += [o.start for o, rule in mention.offices if not o.entry.gender and rule in _OWN_OFFICES]
        return any(self.t.is_word(start - 1, "article_she") for start in nouns)

    def _is_mans_apposition(self, mention: PersonMention) -> bool:
        """Whether a man's article stands between the name and its office: X, der Kommandeur; X, dem Präsidenten."""
        offices = [office for office, rule in mention.offices if rule == "role.apposition" and not office.entry.gender]
        return any(o.start == mention.end + 2 and self.t.is_word(o.start - 1, "who_he") for o in offices)

    def _form_beside(self, mention: PersonMention) -> str:
        """The gender of an adjective or a woman's noun at the name, or of the relative pronoun behind it."""
        apposed = self.t.skip(mention.end + 1, "article") if self.t.kind(mention.end) == "," else -1
        known = self.t.find(apposed, "office") or self.t.find(apposed, "honorific")  # it may be the next person's
        if is_womans_noun(self.t, mention.begin - 1) or (not known and is_womans_noun(self.t, apposed)):
            return "female"
        if is_mans_noun(self.t, mention.begin - 1) and self._is_one(mention):
            return "male"
        return attribute_before(self.t, mention.begin, one=self._is_one(mention)) or self._relative_behind(mention)

    def _relative_behind(self, mention: PersonMention) -> str:
        """The gender of the relative pronoun behind the name, past an age and where somebody is from: Ho Van Tui, 20,
        aus Lao Bao, der sich verletzte."""
        joined = self.t.is_word(mention.begin - 1, "and")  # A und B, die … are both
        index = mention.end
        if self.t.kind(index) == "," and self.t.kind(index + 1) == "n":
            index = self._comma_behind(index + 1, _AGE)
        origin = index + (self.t.kind(index) == ",")
        if self.t.is_word(origin, "where"):
            index = self._comma_behind(origin + 1, _ORIGIN)
        told = (self._relative(index) if self.t.kind(index) == "," else "") or self._relative_of_office(mention)
        return "" if joined and told == "female" else told

    def _relative_of_office(self, mention: PersonMention) -> str:
        """The gender of the relative pronoun behind the offices that follow a name, where it cannot mean the body that
        they are held in: X, Leiter der Bank, der …"""
        last = max((o for o, rule in mention.offices if rule == "role.apposition"), key=lambda o: o.end, default=None)
        if last is None or self.t.kind(last.end) != ",":
            return ""
        told = self._relative(last.end)
        article = last.title_end  # des Amtes, der …; der Bank, die …
        body = "male" if self.t.is_word(article, "genitive") else "female" if article < last.end else ""
        return "" if told == body else told

    def _comma_behind(self, index: int, reach: int) -> int:
        """The next comma, where nothing but names, small words and numbers stand before it; else the token itself."""
        for end in range(index, index + reach):
            if self.t.kind(end) == ",":
                return end
            if self.t.kind(end) not in "wnCU" or self.t.is_word(end, "copula", "speech"):
                break
        return index

    def _relative(self, comma: int) -> str:
        """The gender of the relative pronoun behind the comma, which is no article: X, der die Bank leitet."""
        behind = comma + 2
        opened = self.t.is_word(behind, "article", "of", "its", "he", "she", "opening")
        if not opened:
            if self.t.kind(behind) not in "wn" and not self.t.is_word(comma + 1, "its"):  # X, dessen Aufgaben …
                return ""
            if any(self.t.find(i, c) for i in (behind, behind + 1) for c in ("office", "modifier", "honorific")):
                return ""  # an article: X, der neue Leiter
        return next((gender for kind, gender in _WHO.items() if self.t.is_word(comma + 1, kind)), "")

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
        subject = not self.t.is_word(mention.begin - 1, "of", "and", "by")
        if before or self.t.kind(index) != ",":
            return before or self._predicate(index, subject=subject)
        if told := self._predicate(self._past_apposition(mention), subject=subject):
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
        if not told and is_ethnic_group(self.t.words[index + 1 : index + 2]):  # X, un Cham
            told = next((gender for kind, gender in _ARTICLE.items() if self.t.is_word(index, kind)), "")
        participle = any(word.endswith("é") for word in self.t.words[index : index + 1])
        return told or ("male" if participle and self._is_masculine(index) else "")

    def _predicate(self, index: int, *, subject: bool) -> str:
        """The gender of a participle behind "to be" that the name is the `subject` of, or of what stands for it: X a
        été élue, X est lui-même venu."""
        for step in range(index, index + _PREDICATE):
            if self.t.kind(step) != "w":
                return ""
            if self.t.kind(step + 1) == "-" and self.t.is_word(step + 2, "this"):
                return "female" if self.t.is_word(step, "she") else "male" if self.t.is_word(step, "born_he") else ""
            if self.t.is_word(step, "born_she"):
                return "female"
            if step > index and self.t.is_word(step - 1, "copula"):
                if self._is_masculine(step):
                    return "male"
                if subject and self.t.words[step].endswith(("é", "ée")):
                    return "female" if self.t.words[step].endswith("ée") else "male"
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
        if opened := self._apposition_start(begin):
            return self._kin_before_comma(opened - 1)
        named = self.t.kind(begin - 1) == "w" and self.t.is_word(begin - 1, "copula")
        return self._kin(begin - 2) if named else ""

    def _apposition_start(self, begin: int) -> int:
        """The article behind a comma that opens what the name ends: her husband, [the] retired judge X; else 0."""
        for index in range(begin - 1, begin - 1 - _APPOSITION, -1):
            if self.t.kind(index) not in "wC" or self.t.is_word(index, "of"):
                return 0
            if self.t.is_word(index, "article"):
                return index if self.t.kind(index - 1) == "," else 0
        return 0

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
