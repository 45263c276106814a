"""From which languages the engines translate, to which, and what those languages are called."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from extractors.language import LANGUAGES
from service.translate.engines.models import PIVOT, installed

if TYPE_CHECKING:
    from service.config import Settings

__all__ = ["find_targets", "name_of"]


def find_targets(settings: Settings) -> dict[str, set[str]]:
    """Each language that the engines translate from, with those that they translate it to, itself among them.

    The local engine translates what its models do, directly or through English. Hosted engines do not say what they
    know without being asked: they are taken to know the languages that we can identify.
    """
    if any(name != "firefox" for name in settings.translation_engines):
        return {source: set(LANGUAGES) for source in LANGUAGES}
    if "firefox" not in settings.translation_engines:
        return {}
    directions = [tuple(direction.split("-", 1)) for direction in installed(settings.models_dir)]
    targets: dict[str, set[str]] = {language: {language} for pair in directions for language in pair}
    for source, target in directions:
        targets[source].add(target)
        if target == PIVOT:
            targets[source].update(last for first, last in directions if first == PIVOT)
    return targets


def name_of(language: str) -> str:
    """The English name of a language, the code itself where deep-translator's table lacks it."""
    return _names().get(language, language)


@cache
def _names() -> dict[str, str]:
    from deep_translator.constants import GOOGLE_LANGUAGES_TO_CODES  # takes a while, and is only shown to people

    codes = {"iw": "he"}  # Google still has the code that Hebrew had until 1989
    named = ((codes.get(code, code.split("-")[0]), name) for name, code in GOOGLE_LANGUAGES_TO_CODES.items())
    return {code: name.partition(" (")[0].title() for code, name in named}
