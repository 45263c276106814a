"""The sentences of a text: what is translated, what proves a fact, what a link opens."""

from __future__ import annotations

from extractors.packs import languages, load_pack
from extractors.text import split_sentences


def find_sentences(text: str, language: str) -> list[tuple[int, int]]:
    """Where each sentence starts and ends, by the abbreviations of its language, or of any where it has no pack."""
    pack = load_pack(language if language in languages() else "und")
    return split_sentences(text, pack.abbreviations)
