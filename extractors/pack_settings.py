"""What the `pack.toml` of a language may hold: docs/languages.md tells what each setting and list is for."""

from __future__ import annotations

__all__ = ["DIVISION", "PHRASES", "SETTINGS", "STEMMED_KINDS", "WORD_KINDS"]

WORD_KINDS = frozenset(
    {
        "and",
        "any_body",
        "of",
        "article",
        "plural",
        "stop",
        "container",
        "speech",
        "copula",
        "former_place",
        "common",
        "number_sign",
        "before_roman",
        "counted",
        "joint",
        "once",
        "since",
        "place_of",
        "field_of",
        "genitive",
        "its",
        "this",
        "noun",
        "no_field",
        "body_of",
        "he",
        "his",
        "many",
        "field_link",
        "owner",
        "she",
        "woman",
        "man",
        "who_he",
        "who_she",
        "born_he",
        "born_she",
        "article_he",
        "article_she",
        "impersonal",
        "opening",
        "succeeds",
        "by",
        "purpose",
        "phrase_link",
        "where",
        "chief",
        "no_body",
        "mind",
    }
)
# Endings and phrases, which are compared as they are written.
PHRASES = frozenset(
    {"basic_union", "branch", "bureau", "noun_end", "adjective_behind", "adjective_end", "man_end", "woman_end"}
)
# Kinds whose words are looked up without their endings; the others are small words that a stem would mix up (der, die).
STEMMED_KINDS = frozenset({"plural", "container", "noun", "speech", "copula", "succeeds"})
DIVISION = "division"  # in `homes`: of the district, since the reform of 2025 of the commune
SETTINGS = frozenset(
    {
        "abbreviations",
        "elisions",
        "possessive",
        "norm",
        "names_first",
        "capital_names",
        "capital_fields",
        "compounds",
        "plural_endings",
        "vietnamese_names",
        "pronouns_are_people",
        "modifiers",
        "levels",
        "homes",
        "phrases",
        "words",
    }
)
