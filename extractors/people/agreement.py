"""The gender that forms tell: an article with the ending of what stands behind it, a noun's own ending."""

from __future__ import annotations

from extractors.tokens import Tokens

_ATTRIBUTE = 3  # words between an article and the adjective before a name: die [heute] erfahrene X


def agreement(tokens: Tokens, article: int, word: str, *, one: bool) -> str:
    """The gender that an article and a weak ending tell: der neue, die neue, dem neuen; of `one` alone der neuen.

    Empty where they tell none, as "die neuen" are many.
    """
    weak = word.endswith("en")
    if not weak and not word.endswith("e"):
        return ""
    if tokens.is_word(article, "who_she"):
        return "" if weak else "female"
    if not tokens.is_word(article, "who_he"):
        return ""
    if tokens.is_word(article, "body_of"):  # der
        return "male" if not weak else "female" if one else ""
    return "male" if weak else ""


def attribute_before(tokens: Tokens, index: int, *, one: bool) -> str:
    """The gender that an adjective tells which ends before the token: den verurteilten X, die erfahrene X."""
    if not tokens.pack.compounds or tokens.kind(index - 1) != "w":
        return ""
    for article in range(index - 2, index - 2 - _ATTRIBUTE, -1):
        if tokens.is_small(article) and tokens.is_word(article, "article"):
            return agreement(tokens, article, tokens.word(index - 1), one=one)
        if tokens.kind(article) != "w":
            break
    return ""


def is_weak(word: str, form: str) -> bool:
    """Whether the word is a weak form of an adjective or of a noun in -en: Vorsitzende, Juristen; not Leiter."""
    stem = form.lower().removesuffix("r").removesuffix("e")
    return word.lower() in (f"{stem}e", f"{stem}en")


def is_womans_noun(tokens: Tokens, index: int) -> bool:
    """Whether the word is a noun that only a woman bears, by its ending: Brennerin, navigatrice."""
    endings = tokens.pack.phrases["woman_end"]
    kind = "C" if tokens.pack.compounds else "w"
    return bool(endings) and tokens.kind(index) == kind and tokens.word(index).endswith(endings)


def is_mans(tokens: Tokens, noun: int) -> bool:
    """Whether a man's article stands before the noun, or before its adjective: beim Maurer, der alte Weber."""
    before = noun - 1
    if (
        tokens.kind(before) == "w"
        and tokens.word(before).endswith(("e", "en"))
        and not tokens.is_word(before, "article")
    ):
        before -= 1
    return tokens.is_small(before) and tokens.is_word(before, "article_he") and not tokens.words[noun].endswith("in")


def is_mans_noun(tokens: Tokens, index: int) -> bool:
    """Whether an unknown noun with the ending of one who does something is a man's by its article: den Verleger."""
    endings = tokens.pack.phrases["man_end"]
    if not endings or tokens.kind(index) != "C" or not tokens.word(index).endswith(endings):
        return False
    known = tokens.find(index, "office") or tokens.find(index, "honorific") or tokens.head_at(index)
    return not known and is_mans(tokens, index)
