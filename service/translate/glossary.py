"""A user's glossary: terms and what they have to become, from a CSV or a TBX file."""

from __future__ import annotations

import csv
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from xml.etree import ElementTree

from service.translate.engines.base import base

__all__ = ["Glossary", "GlossaryError", "find_glossary", "read_glossary"]

_XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"


class GlossaryError(ValueError):
    """A glossary cannot be read; the message names the file and the line."""


@dataclass(frozen=True, slots=True)
class Glossary:
    """Concepts, each with its term by language."""

    concepts: tuple[dict[str, str], ...] = ()

    def terms(self, source: str, target: str) -> dict[str, str]:
        """What each term of the source language has to become in the target."""
        return {c[source]: c[target] for c in self.concepts if source in c and target in c}


def find_glossary(named: str) -> Glossary | None:
    """The glossary that a setting names: a file, the language packs (`packs`), or none. GlossaryError as below."""
    if named == "packs":
        from service.translate.pack_glossary import PackGlossary  # reads the packs

        return PackGlossary()
    return read_glossary(Path(named)) if named else None


def read_glossary(path: Path) -> Glossary:
    """Reads a CSV file whose header names languages (`vi,en,de`), a concept a row, or a TBX file by its suffix.

    GlossaryError where the file is neither.
    """
    try:
        concepts = _read_tbx(path) if path.suffix.lower() in {".tbx", ".xml"} else _read_csv(path)
        return Glossary(tuple(_cleaned(concept) for concept in concepts))
    except (OSError, UnicodeDecodeError, csv.Error, ElementTree.ParseError) as error:
        raise GlossaryError(f"{path}: {getattr(error, 'strerror', None) or error}") from error


def _cleaned(concept: dict[str, str]) -> dict[str, str]:
    """Language codes without their region, terms on one line; empty ones left out."""
    short = {base(language.strip()): term for language, term in concept.items()}
    return {language: unicodedata.normalize("NFC", " ".join(term.split())) for language, term in short.items() if term}


def _read_csv(path: Path) -> Iterator[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as lines:
        rows = csv.reader(lines)
        header = next(rows, [])
        if len(header) < 2 or not all(2 <= len(cell.strip().split("-")[0]) <= 3 for cell in header):
            raise GlossaryError(f"{path}: the first line must name languages, such as vi,en")
        for row in rows:
            if row and len(row) != len(header):
                raise GlossaryError(f"{path}: line {rows.line_num} has {len(row)} cells, should have {len(header)}")
            yield {language: term.strip() for language, term in zip(header, row, strict=False)}


def _read_tbx(path: Path) -> Iterator[dict[str, str]]:
    """TBX 2 (termEntry, langSet) and 3 (conceptEntry, langSec): the first term of each language."""
    for entry in ElementTree.parse(path).iter():
        if _tag(entry) in {"termEntry", "conceptEntry"}:
            sections = [section for section in entry if _tag(section) in {"langSet", "langSec"}]
            terms = {s.get(_XML_LANG, ""): next((t for t in s.iter() if _tag(t) == "term"), None) for s in sections}
            yield {language: "".join(term.itertext()) for language, term in terms.items() if term is not None}


def _tag(element: ElementTree.Element) -> str:
    return element.tag.rpartition("}")[2]
