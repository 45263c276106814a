"""Every language pack reads, and does what its examples say (languages/*/examples.jsonl)."""

import json
import shutil
import tomllib

import pytest

from extractors import extract
from extractors.packs import LANGUAGES, PackError, load_pack, read_entries
from extractors.tokens import can_be_form

PACKS = sorted(folder.name for folder in LANGUAGES.iterdir() if (folder / "pack.toml").exists())
EXAMPLES = [
    pytest.param(language, example, id=f"{language}-{number}")
    for language in PACKS
    if (LANGUAGES / language / "examples.jsonl").exists()
    for number, line in enumerate((LANGUAGES / language / "examples.jsonl").read_text(encoding="utf-8").splitlines(), 1)
    for example in [json.loads(line)]
]


@pytest.mark.parametrize("language", PACKS)
def test_pack_reads(language):
    pack = load_pack(language)
    assert pack.language == language
    categories = {entry.category for entries in pack.entries.values() for entry in entries}
    assert categories >= ({"honorific"} if language == "und" else {"body", "office", "place"})


def differences(language: str, example: dict) -> list[str]:
    """What the extractor says otherwise than the example; the example's keys are all optional."""
    facts = extract(example["text"], language)
    units = {unit.id: unit.name for unit in facts.units}
    people = {person.name for person in facts.people}
    types = {(unit.name, unit.type) for unit in facts.units}
    roles = {(person.name, role.title, units.get(role.unit or "")) for person in facts.people for role in person.roles}
    parents = {(unit.name, units.get(unit.parent or "")) for unit in facts.units}
    wrong = [f"person {name!r} not found in {people}" for name in example.get("people", []) if name not in people]
    wrong += [f"unit {unit} not found in {types}" for unit in example.get("units", []) if tuple(unit) not in types]
    wrong += [f"role {role} not found in {roles}" for role in example.get("roles", []) if tuple(role) not in roles]
    wrong += [
        f"parent {pair} not found in {parents}" for pair in example.get("parents", []) if tuple(pair) not in parents
    ]
    genders = {(person.name, person.gender) for person in facts.people}
    wrong += [
        f"gender {pair} not found in {genders}" for pair in example.get("genders", []) if tuple(pair) not in genders
    ]
    wrong += [f"{name!r} is no person" for name in example.get("no_people", []) if name in people]
    wrong += [f"{name!r} is no unit" for name in example.get("no_units", []) if name in units.values()]
    return wrong


@pytest.mark.parametrize(("language", "example"), EXAMPLES)
def test_example(language, example):
    wrong = differences(language, example)
    if example.get("known_failure"):
        assert wrong, "this known failure works now: take its mark away"
    else:
        assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize(
    ("word", "form", "is_one"),
    [
        ("societe", "société", True),
        ("présidente", "présidente", True),
        ("posten", "posten", True),
        ("schule", "schüler", False),
        ("weil", "weiler", False),
    ],
)
def test_forms_of_a_word_end_differently_and_may_lack_accents(word, form, is_one):
    assert can_be_form(word, form) is is_one


def test_a_tail_that_no_code_reads_is_refused(tmp_path):
    folder = tmp_path / "en"
    shutil.copytree(LANGUAGES / "en", folder)
    bodies = folder / "bodies.csv"
    bodies.write_text("type,class,tail,forms\nschool,education,nx,School\n", encoding="utf-8")
    settings = tomllib.loads((folder / "pack.toml").read_text(encoding="utf-8"))
    with pytest.raises(PackError, match="unknown tail"):
        list(read_entries(folder, settings))
