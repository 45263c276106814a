"""The keys of topics that a phrase or a stretch of text names, and what topics are to each other."""

from __future__ import annotations

import re
from collections.abc import Sequence

from extractors.indicators.contexts import Article
from extractors.indicators.sentences.clauses import Piece, has_capital
from extractors.indicators.words.lexicon import FigureLexicon
from extractors.indicators.words.matching import words_of
from extractors.packs import LANGUAGES, read_settings

__all__ = [
    "ACTORS",
    "BARE",
    "CLASSES",
    "FAMILIES",
    "GENERIC",
    "NEAR",
    "PEOPLE",
    "PROPERTIES",
    "RATES",
    "STATES",
    "WHO",
    "named_in",
    "named_outside_units",
    "topic_of",
]

_CLASSES = read_settings(
    LANGUAGES / "topics.toml",
    frozenset({"wholes", "people", "actors", "bare", "weak", "properties", "states", "rates", "families"}),
)
ACTORS, BARE, PROPERTIES, STATES = (
    frozenset(_CLASSES[name]) for name in ("actors", "bare", "properties", "states")
)  # fmt: skip
PEOPLE = frozenset(_CLASSES["people"])
WHO = PEOPLE.union(_CLASSES["wholes"])
GENERIC = BARE.union(_CLASSES["wholes"], _CLASSES["weak"])
# Whose level is a share: so many of the things, or of those who have or are what it says.
CLASSES = WHO | PROPERTIES | STATES
# Measures of their own: what they are a share of is left open.
RATES = frozenset(_CLASSES["rates"])
# Of bare words of measure: by the topic that the text around names, the key of the figure.
FAMILIES: dict[str, dict[str, str]] = {
    name: {key: key for key in family["keys"]} | family.get("as", {}) for name, family in _CLASSES["families"].items()
}
NEAR = frozenset(name for name, family in _CLASSES["families"].items() if family.get("near"))
_TOKEN = re.compile(r"\w+|[^\w\s]")


def topic_of(phrase: str | None, lexicon: FigureLexicon) -> str | None:
    """The key of the topic that the most words of the phrase name, a pair before words in a row, the first of equals;
    what things are shares of comes last."""
    words = words_of(phrase or "")
    found: list[tuple[int, bool, str]] = [(n, True, key) for _, _, n, key in lexicon.topic_pairs.find(words)]
    for at in range(len(words)):
        if hit := lexicon.topic_forms.match(words, at):
            other = lexicon.cues.match(words, at)
            if other and other[0] > hit[0] and other[1] & {"plain", "head"}:
                continue  # "nhà thầu" is no house, "giá trị" no price
            found.append((hit[0], False, min(hit[1])))
    return max(found, key=lambda row: (row[2] not in WHO, *row[:2], row[2] not in GENERIC))[2] if found else None


def named_outside_units(article: Article, pieces: Sequence[Piece]) -> set[str]:
    """The topics that the pieces name, without those inside the names of units and people."""
    found: set[str] = set()
    run: list[Piece] = []
    for piece in pieces:
        apart = piece.kind in ("unit", "name", "figure", "period")
        if run and (apart or piece.start - run[-1].end > 1):
            found |= named_in(article.text[run[0].start : run[-1].end], article.lexicon)
            run = []
        if not apart:
            run.append(piece)
    return found | (named_in(article.text[run[0].start : run[-1].end], article.lexicon) if run else set())


def named_in(text: str, lexicon: FigureLexicon) -> set[str]:
    """The keys that a stretch of text names, those inside a pair only by it; German nouns by their capitals, the verbs
    among the forms without."""
    tokens = _TOKEN.findall(text.replace("’", "'"))
    words = [token.lower() for token in tokens]
    pairs = lexicon.topic_pairs.find(words)
    found = {key for *_, key in pairs}
    inside = {at for start, end, *_ in pairs for at in range(start, end)}
    at = 0
    while at < len(words):
        length, key = _named_at(tokens, words, at, lexicon)
        if key and at not in inside:
            found.add(key)
        at += length
    return found


def _named_at(tokens: Sequence[str], words: Sequence[str], at: int, lexicon: FigureLexicon) -> tuple[int, str | None]:
    """How many words to go on, and the key that they name."""
    forms, cues = lexicon.topic_forms, lexicon.cues
    hit = forms.match(words, at) if forms.begins(words[at]) else None
    if hit and lexicon.capital_nouns and not has_capital(" ".join(tokens[at : at + hit[0]])):
        hit = lexicon.topic_verbs.match(words, at)
    other = cues.match(words, at) if cues.begins(words[at]) else None
    if other and "plain" in other[1] and other[0] > (hit[0] if hit else 0):
        return other[0], None
    return (hit[0], min(hit[1])) if hit else (1, None)
