"""Puts tokens that an engine leaves alone in the place of names and figures, and takes them out again."""

from __future__ import annotations

from collections.abc import Sequence

__all__ = ["SCHEMES", "protect", "restore"]

# Measured on the Portuguese-English model (benchmarks/translation.py tokens; docs/translation.md has the figures):
# capitals without meaning before a digit come through, brackets do not. In order of how often all came back.
SCHEMES = ("XQ{}", "ZZ{}", "QX{}")


def protect(sentence: str, spans: Sequence[tuple[int, int, str]], scheme: str) -> tuple[str, dict[str, str]]:
    """The sentence with a token for each span, and what each token stands for in the translation.

    `spans` are `(start, end, replacement)`, in order and apart from each other.

    >>> protect("Ana leu 3 livros", [(0, 3, "Ana"), (8, 9, "3")], "XQ{}")
    ('XQ0 leu XQ1 livros', {'XQ0': 'Ana', 'XQ1': '3'})
    """
    tokens: dict[str, str] = {}
    pieces, last = [], 0
    for number, (start, end, replacement) in enumerate(spans):
        token = scheme.format(number)
        tokens[token] = replacement
        pieces += [sentence[last:start], token]
        last = end
    return "".join([*pieces, sentence[last:]]), tokens


def restore(translation: str, tokens: dict[str, str]) -> str | None:
    """The translation with what the tokens stand for; None unless each token came back exactly once.

    >>> restore("XQ0 read XQ1 books", {"XQ0": "Ana", "XQ1": "3"})
    'Ana read 3 books'
    """
    for token in sorted(tokens, key=len, reverse=True):
        if translation.count(token) != 1 + sum(
            translation.count(t) for t in tokens if t != token and t.startswith(token)
        ):
            return None
    for token in sorted(tokens, key=len, reverse=True):
        translation = translation.replace(token, tokens[token])
    return translation
