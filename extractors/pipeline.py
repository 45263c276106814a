"""The extractors as an ordinary spaCy pipeline: `extractors.load("vi")`."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date as Date

import spacy
from spacy.language import Language
from spacy.tokens import Doc, Span

from extractors import extract
from extractors.packs import Pack, load_pack
from extractors.text import split_tokens
from extractors.types import Facts, Indicator, Person, Unit

COMPONENT = "chitieu_facts"


def build(language: str, *, published: Date | None = None, province: str | None = None) -> Language:
    """See `extractors.load`."""
    pack = load_pack(language)
    nlp = spacy.blank("xx", vocab=pack.vocab)
    nlp.tokenizer = Tokenizer(pack)
    nlp.meta.update(lang=language, name="chitieu", description="People, units and indicators of provincial news")
    nlp.add_pipe(
        COMPONENT, config={"language": language, "published": str(published or ""), "province": province or ""}
    )
    return nlp


class Tokenizer:
    """Makes a `Doc` with the tokens that the extractors see; `doc.text` is the text to the letter."""

    def __init__(self, pack: Pack) -> None:
        self.pack = pack

    def __call__(self, text: str) -> Doc:
        words: list[str] = []
        spaces: list[bool] = []
        for word, space in self._pieces(text):
            words.append(word)
            spaces.append(space)
        return Doc(self.pack.vocab, words=words, spaces=spaces)

    def _pieces(self, text: str) -> Iterator[tuple[str, bool]]:
        """The tokens, and whether one blank follows; any other white space between them is a token of its own."""
        position = 0
        words, starts = split_tokens(text, self.pack.split_word)
        for word, start, following in zip(words, starts, [*starts[1:], len(text)], strict=True):
            if start > position:
                yield text[position:start], False
            end = start + len(word)
            blank = text[end : end + 1] == " "
            yield word, blank
            position = end + blank
            if following > position:
                yield text[position:following], False
                position = following


@Language.factory(COMPONENT, assigns=["doc.spans"])
def make_component(
    nlp: Language,  # noqa: ARG001 spaCy passes it by name
    name: str,  # noqa: ARG001
    language: str,
    published: str,
    province: str,
) -> FactsComponent:
    for owner, attribute in ((Doc, "facts"), (Span, "fact")):
        if not owner.has_extension(attribute):
            owner.set_extension(attribute, default=None)
    return FactsComponent(language, Date.fromisoformat(published) if published else None, province or None)


class FactsComponent:
    """Puts the facts of a `Doc` into `doc._.facts` and `doc.spans`; each span's fact is `span._.fact`."""

    def __init__(self, language: str, published: Date | None, province: str | None) -> None:
        self.language = language
        self.published = published
        self.province = province

    def __call__(self, doc: Doc) -> Doc:
        facts = extract(doc.text, self.language, published=self.published, province=self.province)
        doc._.facts = facts
        doc.spans["people"] = list(_spans(doc, facts.people))
        doc.spans["units"] = list(_spans(doc, facts.units))
        doc.spans["indicators"] = list(_spans(doc, facts.indicators))
        return doc


def _spans(doc: Doc, facts: tuple[Person, ...] | tuple[Unit, ...] | tuple[Indicator, ...]) -> Iterator[Span]:
    for fact in facts:
        for place in (fact.evidence,) if isinstance(fact, Indicator) else fact.mentions:
            span = doc.char_span(place.start, place.end, label=_label(fact), span_id=fact.id, alignment_mode="expand")
            if span is not None:
                span._.fact = fact
                yield span


def _label(fact: Person | Unit | Indicator) -> str:
    if isinstance(fact, Person):
        return "PERSON"
    return (fact.type or fact.class_).upper() if isinstance(fact, Unit) else fact.kind.upper()


__all__ = ["Facts", "build"]
