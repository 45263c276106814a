"""Plain texts and pieces of HTML in, the same in another language out, as `/translate` needs them."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from itertools import accumulate
from unicodedata import normalize

from bs4 import BeautifulSoup
from bs4.element import NavigableString, PageElement

from extractors import extract
from extractors.packs import languages
from service.errors import UserError
from service.pipeline import UNSTORABLE, Translator
from service.sentences import find_sentences
from service.translate.names import names_to_keep

__all__ = ["translate_html", "translate_texts"]

_LEFT_ALONE = ("code", "pre", "script", "style")  # elements whose text is no prose


def translate_texts(texts: Sequence[str], translator: Translator, *, source: str, target: str) -> list[str]:
    """Each text in the target language, the white space between its sentences as it was, people and places kept.

    UserError with the engines' reason where a sentence has no translation.
    """
    texts = [UNSTORABLE.sub("\ufffd", normalize("NFC", text)) for text in texts]
    whole = "\n".join(texts)  # a line end ends a sentence, so that none runs into the next text
    keep = names_to_keep(extract(whole, source if source in languages() else "und"))
    sentences = find_sentences(whole, source)
    made = translator.translate(whole, sentences, source=source, target=target, keep=keep)
    if made.status == "not_needed":
        return texts
    if made.status != "done":
        raise UserError(made.reason or "no translation")
    starts = list(accumulate((len(text) + 1 for text in texts[:-1]), initial=0))
    pieces: list[list[str]] = [[] for _ in texts]
    ends = starts.copy()
    for sentence in made.sentences:
        at = bisect_right(starts, sentence.start) - 1
        pieces[at] += [whole[ends[at] : sentence.start], sentence.text or ""]
        ends[at] = sentence.end
    rests = [whole[end : start + len(text)] for end, start, text in zip(ends, starts, texts, strict=True)]
    return ["".join((*said, rest)) for said, rest in zip(pieces, rests, strict=True)]


def translate_html(pieces: Sequence[str], translator: Translator, *, source: str, target: str) -> list[str]:
    """The same for HTML: its tags stay where they are, what stands between two of them is translated by itself."""
    parsed = [BeautifulSoup(piece, "html.parser") for piece in pieces]
    nodes = [node for soup in parsed for node in soup.find_all(string=True) if _is_prose(node)]
    said = translate_texts([str(node) for node in nodes], translator, source=source, target=target) if nodes else []
    for node, text in zip(nodes, said, strict=True):
        node.replace_with(text)
    return [str(soup) for soup in parsed]


def _is_prose(node: PageElement) -> bool:
    """Whether it is text to translate: comments and the like are of classes of their own."""
    return type(node) is NavigableString and node.strip() != "" and node.find_parent(_LEFT_ALONE) is None
