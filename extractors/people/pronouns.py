"""The gender that what takes up a person tells: the first he or she behind the name, the 58-year-old in German."""

from __future__ import annotations

from collections.abc import Sequence

from extractors.people.agreement import agreement
from extractors.people.mentions import PersonMention
from extractors.tokens import Tokens

_PRONOUN_REACH = 60  # tokens behind a name in which a pronoun still means it: about two sentences


class Pronouns:
    """Reads the pronouns of one article; `starts` are the tokens at which people's names begin."""

    def __init__(self, tokens: Tokens, mentions: Sequence[PersonMention]) -> None:
        self.t = tokens
        self.starts = {m.start for m in mentions}

    def gender_after(self, mention: PersonMention) -> str:
        """The gender that the first he or she behind the name gives, before another person and outside quotations."""
        quoted = False
        for index in range(mention.end, min(mention.end + _PRONOUN_REACH, len(self.t))):
            word = self.t.words[index]
            if index in self.starts or (word == "\n" and not self.t.pack.pronouns_are_people):
                return ""
            quoted = self._quoted(word, quoted)
            if quoted:
                continue
            if told := self._aged(index) or self._described(index, mention):
                return told
            if self.t.is_word(index, "his") and self._opens(index, mention):
                return "male"
            if not self.t.is_word(index, "he", "she"):
                continue
            opens = self.t.kinds[index] == "C" and self.t.begins_sentence(index)
            if not (opens or self.t.kinds[index] == "w") or self.t.kind(index + 1) == "C":
                continue
            if self._is_persons(index, mention):
                return "female" if self.t.is_word(index, "she") else "male"
        return ""

    def _is_persons(self, index: int, mention: PersonMention) -> bool:
        """Whether a pronoun stands here that means a person, not a thing: by its verb where things are he or she."""
        if self.t.pack.pronouns_are_people or self.t.kind(index - 1) == "-" or self.t.is_word(index - 1, "speech"):
            return True
        if self.t.is_word(index - 1, "mind") or self.t.is_word(index + 1, "mind"):
            return not self._is_anothers(mention)
        return self._goes_on(index, mention) or self._alone(index, mention)

    def _opens(self, index: int, mention: PersonMention) -> bool:
        """Whether the person, or the office before the name, opens the sentence that the token stands in."""
        begin = min((mention.begin, *(o.start for o, rule in mention.offices if rule == "role.before")))
        return self.t.sentence_start(index) <= begin <= self.t.sentence_start(index) + 1

    def _is_anothers(self, mention: PersonMention) -> bool:
        """Whether the person only belongs to a noun before: after the retirement of Doctor X, she, who is another."""
        return self.t.is_word(mention.begin - 1, "of")

    def _alone(self, index: int, mention: PersonMention) -> bool:
        """Whether he stands in the sentence of the person or the next, where nouns have genders and verbs forms."""
        if not self.t.pack.compounds or not self.t.is_word(index, "he") or self._is_anothers(mention):
            return False
        begin = self.t.sentence_start(index)
        return begin <= mention.start or self.t.sentence_start(begin - 1) <= mention.start

    def _aged(self, index: int) -> str:
        """The gender of an age that takes up the person: Die 58-Jährige, von dem 74-Jährigen.

        The pack writes these without an ending, unlike nouns: Pfleger.
        """
        noun, word = self.t.find(index, "honorific"), self.t.words[index]
        if noun is None or word.lower() not in (f"{noun.entry.form.lower()}e", f"{noun.entry.form.lower()}en"):
            return ""
        article = index - 3 if self.t.kind(index - 1) == "-" and self.t.kind(index - 2) == "n" else index - 1
        return agreement(self.t, article, word, one=False)

    def _described(self, index: int, mention: PersonMention) -> str:
        """The gender that the opening of the next sentence tells: Âgée de 44 ans, elle …; Ce Nùng de 52 ans …"""
        if self.t.kinds[index] != "C" or not self.t.begins_sentence(index):
            return ""
        aged = any(self.t.kind(i) == "n" and self.t.is_word(i - 1, "of") for i in range(index + 2, index + 5))
        kinds = {"he": ("born_he", *("article_he",) * aged), "she": ("born_she", *("article_she",) * aged)}
        this = self.t.is_word(index, "this")
        taken_up = this or not (self.t.is_word(index, "article_he", "article_she") or self._is_anothers(mention))
        told = next((who for who, forms in kinds.items() if taken_up and self.t.is_word(index, *forms)), "")
        return {"he": "male", "she": "female"}.get(told, "")

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
