"""Our facts beside those of other libraries on the same articles, by the same rules."""

from __future__ import annotations

import json
import subprocess
import venv
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from benchmarks.quality.articles import LANGUAGES, Annotated, make_record
from benchmarks.quality.likeness import Fact, tokens
from benchmarks.quality.measuring import judge_all, markdown, sum_up
from benchmarks.quality.peer_worker import LOADERS

_WORKER = Path(__file__).with_name("peer_worker.py")
_REQUIREMENTS = Path(__file__).parents[1] / "requirements.txt"
_COLUMNS = ("people", "units", "percentages", "percentages full")
# Languages that a peer is made for, and those that it is tried on for want of one that is.
_OWN = {
    "underthesea": ("vi",),
    "en_core_web_sm": ("en",),
    "fr_core_news_sm": ("fr",),
    "Recognizers-Text": ("en", "fr"),
    "quantulum3": ("en",),
}
_TRIED = {"en_core_web_sm": ("de",), "fr_core_news_sm": ("de",), "quantulum3": ("vi", "de", "fr")}
# What a peer looks for; the rest is left blank.
_FINDS = {
    "underthesea": ("people", "units"),
    "en_core_web_sm": _COLUMNS,
    "fr_core_news_sm": ("people", "units"),
    "Recognizers-Text": _COLUMNS[2:],
    "quantulum3": _COLUMNS[2:],
}
OURS = "chitieu"


class PeerError(RuntimeError):
    """A peer cannot be installed or fails; the text is the reason."""


def compare(articles: Sequence[Annotated], folder: Path, *, as_json: bool = False) -> str:
    """A table, F1 by language and library, with the reason for each that is missing; or the same as JSON.

    `folder` is where the peers' virtual environment is, or is made.
    """
    scores = {OURS: _scores(articles, {a.id: make_record(a) for a in articles})}
    skipped: dict[str, str] = {}
    python = folder / "bin" / "python"
    try:
        install(folder)
    except PeerError as error:
        skipped = dict.fromkeys(LOADERS, str(error))
    for peer in () if skipped else LOADERS:
        languages = (*_OWN[peer], *_TRIED.get(peer, ()))
        asked = [a for a in articles if a.language in languages]
        try:
            scores[peer] = _scores(asked, _run(peer, asked, python))
        except PeerError as error:
            skipped[peer] = str(error)
    if as_json:
        return json.dumps({"scores": scores, "skipped": skipped}, indent=1)
    return "\n".join([_table(scores), *(f"\nskipped: {peer}, {reason}" for peer, reason in skipped.items())])


def install(folder: Path) -> None:
    """Makes the peers' virtual environment, unless it is there. Raises PeerError where pip fails."""
    wanted = _REQUIREMENTS.read_text(encoding="utf-8")
    stamp = folder / "installed.txt"
    if stamp.exists() and stamp.read_text(encoding="utf-8") == wanted:
        return
    venv.create(folder, with_pip=True)
    pip = [str(folder / "bin" / "python"), "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
    done = subprocess.run([*pip, "-r", str(_REQUIREMENTS)], capture_output=True, text=True, check=False)
    if done.returncode:
        raise PeerError(f"not installed: {_last_line(done.stderr)}")
    stamp.write_text(wanted, encoding="utf-8")


def _run(peer: str, articles: Sequence[Annotated], python: Path) -> dict[str, Fact]:
    """The records of what a peer finds, by article."""
    lines = "".join(json.dumps({"id": a.id, "language": a.language, "text": a.text}) + "\n" for a in articles)
    done = subprocess.run([python, _WORKER, peer], input=lines, capture_output=True, text=True, check=False)
    if done.returncode:
        raise PeerError(_last_line(done.stderr))
    found = [json.loads(line) for line in done.stdout.splitlines()]
    return {one["id"]: as_record(one) for one in found}


def _last_line(text: str) -> str:
    return (text.strip().splitlines() or ["no reason given"])[-1]


def as_record(found: Fact) -> Fact:
    """What a peer found in the shape of a record.

    A name found twice is one, and so is a person's name all of whose words are in a longer one: peers list mentions,
    and it would be unfair to count each as a person.
    """
    unknown = {"class": None, "type": None, "parent": None, "code": None, "code_version": None}
    blank = {"comparator": "eq", "direction": "level", "subject": None, "topic": None, "basis": None, "period": None}
    return {
        "people": [_person(n, name) for n, name in enumerate(_whole_names(found["people"]))],
        "units": [{"id": f"u{n}", "name": name, **unknown} for n, name in enumerate(_distinct(found["units"]))],
        "indicators": [_percentage(*figure) | blank for figure in found["percentages"]],
    }


def _person(number: int, name: str) -> Fact:
    return {"id": f"p{number}", "name": name, "variants": [], "gender": "unknown", "roles": []}


def _percentage(value: float, value_max: float | None, unit: str) -> dict[str, Any]:
    return {"id": "", "kind": "percentage", "value": value, "value_max": value_max, "unit": unit, "about": None}


def _distinct(names: Sequence[str]) -> list[str]:
    return list({" ".join(tokens(name)).casefold(): name for name in names if tokens(name)}.values())


def _whole_names(names: Sequence[str]) -> list[str]:
    whole: list[str] = []
    for name in sorted(_distinct(names), key=lambda name: -len(tokens(name))):
        if not any(set(tokens(name)) <= set(tokens(longer)) for longer in whole):
            whole.append(name)
    return whole


def _scores(articles: Sequence[Annotated], records: dict[str, Fact]) -> dict[str, dict[str, float]]:
    """F1 by language and measure."""
    figures = sum_up(judge_all(articles, lambda article: records[article.id]))
    return {
        language: {name: round(total.measures[name].f1, 4) for name in _COLUMNS if name in total.measures}
        for language, total in figures.items()
        if language != "all"
    }


def _table(scores: dict[str, dict[str, dict[str, float]]]) -> str:
    rows = [["language", "library", *_COLUMNS]]
    for language in LANGUAGES:
        for library, by_language in scores.items():
            if language in by_language:
                mark = " *" if language in _TRIED.get(library, ()) else ""
                finds = _FINDS.get(library, _COLUMNS)
                figures = [by_language[language].get(name, 0.0) if name in finds else None for name in _COLUMNS]
                cells = ["" if figure is None else f"{figure:.3f}" for figure in figures]
                rows.append([language, library + mark, *cells])
    return f"{markdown(rows)}\n\n\\* not made for this language"
