"""The article's facts as short sentences in the order of the text, each beside the sentence that says it."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from itertools import groupby

from extractors.packs import languages, load_pack
from extractors.render.names import Names
from extractors.render.statements import join, say_offices, say_subject, say_value
from extractors.render.words import Words, capitalise
from extractors.text import split_sentences
from extractors.types import Indicator, Person, Record, Role, Span

__all__ = ["build_digest"]

_OPENS = re.compile(r"(?:\A|[.!?:;…\n“\"|•*–-])\s?\Z")
_Found = tuple[int, str]  # where the fact is said, and the sentence for it


def build_digest(record: Record, names: Names) -> tuple[Span, ...]:
    """Sentences with the offsets of the source sentence that each renders; what is said twice of one is said once."""
    sentences = _sentences(record) or [(0, len(record.text))]
    starts = [start for start, _ in sentences]

    def sentence_of(offset: int) -> int:
        return max(0, bisect_right(starts, offset) - 1)

    rows = [(f.evidence.start, _figure_sentence(_inside(f, record), names)) for f in record.indicators]
    for person in record.people:
        rows += _people_rows(person, sentence_of, names)
    spans = (Span(*sentences[sentence_of(at)], text) for at, text in sorted(rows, key=lambda row: row[0]))
    return tuple(dict.fromkeys(spans))


def _sentences(record: Record) -> Sequence[tuple[int, int]]:
    """Where each sentence starts and ends: as it was translated, or else as the text is split."""
    if record.translation.sentences:
        return [(s.start, s.end) for s in record.translation.sentences]
    pack = load_pack(record.language if record.language in languages() else "und")
    return split_sentences(record.text, pack.abbreviations)


def _people_rows(person: Person, sentence_of: Callable[[int], int], names: Names) -> Iterator[_Found]:
    """A sentence for each sentence of the text that gives the person offices, with all that it gives."""
    words = names.words
    for _, roles in groupby(sorted(person.roles, key=_start), key=lambda role: sentence_of(_start(role))):
        here = replace(person, roles=tuple(roles))
        if offices := say_offices(here, names):
            first, *more = offices
            # In French the second office of a sentence has no article: directrice de X et ancienne présidente de Y.
            more = more if words.language == "fr" else [_with_article(office, words) for office in more]
            said = join([_with_article(first, words), *more], words)
            yield _start(here.roles[0]), _end(words.texts["is"].format(person=person.name, offices=said))


def _start(role: Role) -> int:
    return role.evidence.start


def _with_article(office: str, words: Words) -> str:
    """English offices written small are held by many: a member, an adviser; in French, former ones: un ancien maire."""
    if article := words.tables["first_words"].get(office.partition(" ")[0]):
        return f"{article}{office}"
    if not words.indefinite or not office[0].islower():
        return office
    return words.indefinite[office[0] in "aeiou"] + office


def _inside(figure: Indicator, record: Record) -> Indicator:
    """The figure with its subject as it stands within a sentence: without the capital that opened one in the text.

    German nouns and names keep theirs.
    """
    subject = figure.subject or ""
    first = subject.partition(" ")[0]
    names = [*(person.name for person in record.people), *(unit.name for unit in record.units)]
    named = any(name.startswith(first) for name in names)
    if record.language == "de" or not first.istitle() or named:
        return figure
    places = [match.start() for match in re.finditer(re.escape(subject), record.text)]
    if not places or not all(_OPENS.search(record.text, max(0, at - 3), at) for at in places):
        return figure
    return replace(figure, subject=subject[:1].lower() + subject[1:])


def _figure_sentence(figure: Indicator, names: Names) -> str:
    """The unit that the figure is about, what is measured, how much: Lang Quán commune – budget revenue: over 64 %."""
    words = names.words
    subject, said = say_subject(figure, names), say_value(figure, words)
    unit = names.get(figure.about)
    about = names.phrase(unit.id).name if unit else ""
    if subject:
        said = f"{subject}{words.texts['colon']}{said}"
    if about:
        said = f"{about}{words.texts['dash' if subject else 'colon']}{said}"
    return _end(capitalise(said))


def _end(sentence: str) -> str:
    return sentence if sentence.endswith((".", "!", "?")) else f"{sentence}."
