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
            if told := self._aged(index):
                return told
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
            return not self.t.is_word(mention.begin - 1, "of")  # after the retirement of Doctor X: she is another
        return self._goes_on(index, mention)

    def _aged(self, index: int) -> str:
        """The gender of an age that takes up the person: Die 58-Jährige, von dem 74-Jährigen.

        The pack writes these without an ending, unlike nouns: Pfleger.
        """
        noun, word = self.t.find(index, "honorific"), self.t.words[index]
        if noun is None or word.lower() not in (f"{noun.entry.form.lower()}e", f"{noun.entry.form.lower()}en"):
            return ""
        article = index - 3 if self.t.kind(index - 1) == "-" and self.t.kind(index - 2) == "n" else index - 1
        return agreement(self.t, article, word, one=False)

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
