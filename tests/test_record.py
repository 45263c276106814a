import json
from dataclasses import replace
from pathlib import Path

import jsonschema
import pytest

from extractors.record import from_json, record_id, schema, to_json
from extractors.types import Check, Period, Successor, TranslatedSentence, Translation, Warning_
from service.pipeline import Submission
from tests.conftest import ARTICLE
from tests.fakes import make_record

PUBLISHED = Path(__file__).parent.parent / "docs" / "record.schema.json"


def full_record():
    """A record in which no field is left empty."""
    record = make_record(Submission(text=ARTICLE, url="https://baomau.vn/a-1.html", published_at="2024-07-11", to="en"))
    unit = replace(record.units[0], code="02455", code_version="2024", successors=(Successor("02456", "Xã Mới"),))
    figure = replace(record.indicators[0], period=Period("sáu tháng", "2024-01-01", None), parts=(1.0, 2.5), percent=3)
    return replace(
        record,
        units=(unit, *record.units[1:]),
        indicators=(figure, *record.indicators[1:]),
        warnings=(Warning_("date_guessed", "the date is the latest in the text", ("i0",)),),
        translation=Translation(
            "en", "fake", "partial", "one", (TranslatedSentence(0, 5, None),), (Check("name_lost", 0, 5, "Mẫu"),)
        ),
    )


def test_published_schema_is_fresh():
    assert json.loads(PUBLISHED.read_text()) == schema(), "run: python -m service schema > docs/record.schema.json"


def test_records_fit_the_schema():
    jsonschema.validate(json.loads(to_json(full_record())), schema(), format_checker=jsonschema.FormatChecker())


@pytest.mark.parametrize(
    ("path", "value"),
    [
        (("schema",), "2.0"),
        (("people", 0, "gender"), "neutral"),
        (("people", 0, "mentions"), []),
        (("units", 0, "class"), "village"),
        (("indicators", 0, "basis"), "guess"),
        (("indicators", 0, "evidence", "start"), -1),
        (("source", "province"), "Cao Bằng"),
        (("language",), "german"),
    ],
)
def test_schema_refuses(path, value):
    record = json.loads(to_json(full_record()))
    inner = record
    for key in path[:-1]:
        inner = inner[key]
    inner[path[-1]] = value
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(record, schema())


def test_json_is_read_back_as_it_was():
    record = full_record()
    assert from_json(to_json(record)) == record


def test_names_in_json_are_those_of_the_contract():
    record = json.loads(to_json(full_record()))
    assert record["units"][0]["class"] == "administrative"
    assert record["indicators"][0]["period"] == {"text": "sáu tháng", "from": "2024-01-01", "to": None}


def test_offsets_prove_the_facts():
    record = make_record(Submission(text=ARTICLE))
    spans = [m for fact in (*record.people, *record.units) for m in fact.mentions]
    spans += [figure.evidence for figure in record.indicators]
    spans += [role.evidence for person in record.people for role in person.roles]
    assert len(spans) == 7
    assert all(record.text[s.start : s.end] == s.text for s in spans)


def test_ids_are_stable():
    assert record_id("https://baomau.vn/a", "Một") == "408982cf7603374d83ea"
    assert record_id(None, "Một") == record_id(None, "Một")
    assert len({record_id(None, "Một"), record_id(None, "Hai"), record_id("https://baomau.vn/a", "Một")}) == 3


def test_schema_keeps_the_contract(shared):
    contract = json.loads((shared / "contract" / "record.schema.json").read_text())
    assert differences(contract, schema(), contract, schema()) == []
    jsonschema.validate(json.loads(to_json(full_record())), contract)


def differences(theirs, ours, their_root, our_root, path="record"):
    """Where our schema drops or changes what the contract says."""
    theirs, ours = resolve(theirs, their_root), resolve(ours, our_root)
    found = []
    if types(theirs, their_root) != types(ours, our_root):
        found.append(f"{path}: {types(theirs, their_root)} became {types(ours, our_root)}")
    if values(theirs, their_root) != values(ours, our_root):
        found.append(f"{path}: {values(theirs, their_root)} became {values(ours, our_root)}")
    theirs, ours = whole(theirs, their_root), whole(ours, our_root)
    for key in ("minimum", "maximum", "minLength", "minItems", "pattern", "format"):
        if theirs.get(key) != ours.get(key):
            found.append(f"{path}: {key} {theirs.get(key)} became {ours.get(key)}")
    if missing := set(theirs.get("required", ())) - set(ours.get("required", ())):
        found.append(f"{path}: no longer required: {missing}")
    for name, inner in theirs.get("properties", {}).items():
        if name in ours.get("properties", {}):
            found += differences(inner, ours["properties"][name], their_root, our_root, f"{path}.{name}")
        elif name in theirs.get("required", ()):
            found.append(f"{path}: {name} is missing")
    if "items" in theirs:
        found += differences(theirs["items"], ours.get("items", {}), their_root, our_root, f"{path}[]")
    return found


def resolve(schema, root):
    while "$ref" in schema:
        schema = {
            **root["$defs"][schema["$ref"].rpartition("/")[2]],
            **{k: v for k, v in schema.items() if k != "$ref"},
        }
    return schema


def choices(schema, root):
    schema = resolve(schema, root)
    inner = schema.get("anyOf", ())
    return [c for choice in inner for c in choices(choice, root)] if inner else [schema]


def whole(schema, root):
    """The keywords of a schema and of its one choice that is not null."""
    merged = {k: v for k, v in schema.items() if k != "anyOf"}
    for choice in choices(schema, root):
        if choice.get("type") != "null":
            merged = {**choice, **merged}
    return merged


def values(schema, root):
    found = set()
    for choice in choices(schema, root):
        found |= set(choice.get("enum", ())) | ({choice["const"]} if "const" in choice else set())
    return found - {None}


def types(schema, root):
    names = {"str": "string", "NoneType": "null"}
    found = set()
    for choice in choices(schema, root):
        given = choice.get("type", [])
        found |= set([given] if isinstance(given, str) else given)
        found |= {
            names[type(v).__name__]
            for v in [*choice.get("enum", ()), *([choice["const"]] if "const" in choice else [])]
        }
    return found


def test_comparison_sees_a_change():
    changed = schema()
    del changed["$defs"]["Person"]["properties"]["gender"]
    changed["$defs"]["Role"]["properties"]["status"]["enum"].remove("acting")
    found = differences(schema(), changed, schema(), changed)
    assert [line.partition(":")[0] for line in found] == ["record.people[]", "record.people[].roles[].status"]
