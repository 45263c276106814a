"""What the documentation says is true of the code: settings, commands, routes, links, examples, generated pages."""

import argparse
import ast
import json
import re
import shlex
from pathlib import Path
from urllib.parse import parse_qsl, urlsplit

import pytest

from extractors.packs import LANGUAGES, languages, read_table
from extractors.record import schema
from service.api.models import ArticleBody, BatchBody, SubscriptionBody
from service.cli import build_parser
from service.config import PREFIX, read_settings
from service.pipeline import Submission
from service.runtime import Runtime
from service.store.queries import columns_of
from service.translate.cli import add_models_arguments
from tests.test_packs import differences
from tools import describe_packs

ROOT = Path(__file__).parent.parent
DOCS = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md"), *(ROOT / "extractors").rglob("*.md")])
README = (ROOT / "README.md").read_text(encoding="utf-8")
API = (ROOT / "docs" / "api.md").read_text(encoding="utf-8")
RECORD = (ROOT / "docs" / "record.md").read_text(encoding="utf-8")
COMMAND = "python -m service "
BODIES = {"/v1/articles": ArticleBody, "/v1/batches": BatchBody, "/v1/subscriptions": SubscriptionBody}


def blocks(page, kind):
    return re.findall(rf"^```{kind}\n(.*?)^```", page, re.DOTALL | re.MULTILINE)


def calls(page, program):
    """The arguments of every call of a program in the shell blocks, continued lines joined, comments left out."""
    lines = "\n".join(blocks(page, "sh")).replace("\\\n", " ").splitlines()
    return [shlex.split(line, comments=True)[len(program.split()) :] for line in lines if line.startswith(program)]


def commands():
    action = next(a for a in build_parser()._actions if isinstance(a, argparse._SubParsersAction))
    return action.choices


# --- settings and commands ---


@pytest.mark.parametrize("path", [*DOCS, ROOT / "compose.yaml", ROOT / "Dockerfile"], ids=lambda p: p.name)
def test_settings_that_are_named_exist(path, caplog):
    named = set(re.findall(rf"{PREFIX}[A-Z_]*[A-Z]", path.read_text(encoding="utf-8")))
    read_settings(dict.fromkeys(named, ""))
    assert "unknown" not in caplog.text


def test_every_command_and_option_is_documented():
    text = "\n".join(path.read_text(encoding="utf-8") for path in DOCS)
    for name, parser in commands().items():
        assert f"{COMMAND}{name}" in text or f"`{name}`" in README, name
        for option in parser._option_string_actions:
            assert option in ("-h", "--help") or option in text, (name, option)


@pytest.mark.parametrize("arguments", calls(README, COMMAND), ids=" ".join)
def test_commands_of_the_readme_parse(arguments):
    given = build_parser().parse_args(arguments)
    if arguments[0] == "models":
        parser = argparse.ArgumentParser()
        add_models_arguments(parser)
        parser.parse_args(given.arguments)


def test_make_has_the_targets_that_are_named():
    targets = set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE))
    for page in (README, (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")):
        assert set(re.findall(r"(?:^|`)make ([a-z]+)", page, re.MULTILINE)) <= targets


# --- HTTP ---


def test_every_route_is_documented(app):
    for rule in app.url_map.iter_rules():
        path = re.sub(r"<(?:\w+:)?(\w+)>", r"{\1}", rule.rule)
        if path.startswith(("/v1", "/healthz", "/readyz", "/metrics", "/openapi.json", "/docs")):
            assert path in API, path


def test_every_filter_is_documented(app):
    paths = app.test_client().get("/openapi.json").json["paths"]
    for path, methods in paths.items():
        for parameter in methods.get("get", {}).get("parameters", ()):
            assert parameter["in"] == "path" or f"`{parameter['name']}`" in API, (path, parameter["name"])


@pytest.mark.parametrize("arguments", calls(README, "curl") + calls(API, "curl"), ids=" ".join)
def test_curl_calls_a_route(app, arguments):
    url = urlsplit("http://" + next(a for a in arguments if a.startswith("localhost:8000")))
    posted = "-d" in arguments or "-F" in arguments
    method = arguments[arguments.index("-X") + 1] if "-X" in arguments else "POST" if posted else "GET"
    endpoint, _ = app.url_map.bind("localhost").match(url.path, method)
    paths = app.test_client().get("/openapi.json").json["paths"]
    operation = paths.get(url.path, {}).get(method.lower(), {})
    known = {parameter["name"] for parameter in operation.get("parameters", ())}
    assert {name for name, _ in parse_qsl(url.query)} <= known, endpoint
    if "Content-Type: application/json" in arguments:
        BODIES[url.path].model_validate_json(arguments[arguments.index("-d") + 1])


def test_python_blocks_call_routes_and_columns_that_exist(app):
    code = "\n".join(blocks(README, "python"))
    routes = {rule.rule for rule in app.url_map.iter_rules()}
    assert set(re.findall(r"/v1/\w+", code)) <= routes
    columns = {*columns_of("indicators"), "link"}
    named = [
        name for group in re.findall(r"(?:\[|columns = )\[(.*?)\]", code) for name in re.findall(r'"(\w+)"', group)
    ]
    named += re.findall(r"figures\.(\w+)\.", code)
    assert named
    assert set(named) <= columns


# --- examples ---


@pytest.mark.parametrize("block", blocks(README, "python"), ids=lambda block: block.split("\n")[0])
def test_python_blocks_compile(block):
    compile(block, "README.md", "exec")


def test_spacy_example_runs(monkeypatch, capsys):
    monkeypatch.chdir(ROOT)
    names = {}
    exec(next(block for block in blocks(README, "python") if "displacy" in block), names)
    assert "budget_revenue annual_plan" in capsys.readouterr().out
    assert "PARTY_COMMITTEE" in names["html"]


def holds(record, shown):
    """Whether the record has all that is shown of it; a list may be shown in part."""
    if isinstance(shown, dict):
        return all(key in record and holds(record[key], value) for key, value in shown.items())
    if isinstance(shown, list):
        return all(any(holds(one, part) for one in record) for part in shown)
    return record == shown


def test_record_of_the_readme_is_real(tmp_path):
    from extractors.record import to_json

    text = (ROOT / "docs" / "example.txt").read_text(encoding="utf-8")
    quoted = re.search(r"^> .*?\n\n", README, re.DOTALL | re.MULTILINE)
    assert quoted[0].replace("> ", "").replace("\\\n", "\n").strip() == text.strip()
    runtime = Runtime(read_settings({"CHITIEU_DATA_DIR": str(tmp_path)}))
    record = json.loads(to_json(runtime.process(Submission(text=text, published_at="2024-07-11"))))
    shown = json.loads(blocks(README, "json")[0])
    for key, value in shown.items():  # a key at a time, so that a failure names it
        assert holds(record[key], value), f"{key} of the README's record is no more what comes out"
    assert not holds(record, {"language": "vi"})


def test_example_of_the_contributing_guide_holds():
    page = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
    example = json.loads(next(block for block in blocks(page, "json") if '"text"' in block))
    assert differences("en", example) == []
    assert set(example) > {"text", "people", "no_people"}


# --- the record ---


def constants(folder):
    for path in (ROOT / folder).rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                yield node.value


def test_every_field_is_documented():
    fields = {name for part in schema()["$defs"].values() for name in part.get("properties", ())}
    assert [name for name in sorted(fields | set(schema()["properties"])) if f"`{name}`" not in RECORD] == []


def test_every_rule_is_documented():
    rules = {
        value
        for value in constants("extractors")
        if re.fullmatch(r"(person|role|unit|percent|fraction|count)\.\w+", value)
    }
    assert "percent.sign" in rules
    assert [rule for rule in sorted(rules) if f"`{rule}`" not in RECORD] == []


def test_every_warning_is_documented():
    codes = set()
    for path in [*(ROOT / "extractors").rglob("*.py"), *(ROOT / "service").rglob("*.py")]:
        codes |= set(re.findall(r"(?:Warning_|warned)\(\s*(?:article, )?\"(\w+)\"", path.read_text(encoding="utf-8")))
    assert {"date_guessed", "name_variants"} <= codes
    assert [code for code in sorted(codes) if f"`{code}`" not in RECORD] == []


@pytest.mark.parametrize(("table", "key"), [("offices", "office"), ("bodies", "type"), ("places", "type")])
def test_every_key_of_the_packs_is_documented(table, key):
    columns = describe_packs.COLUMNS[table]
    keys = {row[key] for language in languages() for row in read_table(LANGUAGES / language / f"{table}.csv", columns)}
    assert [name for name in sorted(keys - {""}) if f"`{name}`" not in RECORD] == []


# --- pages ---


def slug(heading):
    """The anchor that GitHub gives a heading."""
    return re.sub(r"[^\w\- ]", "", heading.replace("`", "").strip().lower()).replace(" ", "-")


@pytest.mark.parametrize("path", DOCS, ids=lambda path: str(path.relative_to(ROOT)))
def test_links_resolve(path):
    text = re.sub(r"^```.*?^```", "", path.read_text(encoding="utf-8"), flags=re.DOTALL | re.MULTILINE)
    for target in re.findall(r"(?<!!)\[[^\]]*\]\(([^)\s]+)\)", text):
        if not target.startswith(("http://", "https://", "mailto:")):
            name, _, anchor = target.partition("#")
            there = (path.parent / name).resolve() if name else path
            assert there.exists(), target
            if anchor:
                headings = re.findall(r"^#+ (.*)", there.read_text(encoding="utf-8"), re.MULTILINE)
                assert anchor in map(slug, headings), target


def test_every_page_is_in_the_index():
    index = (ROOT / "docs" / "index.md").read_text(encoding="utf-8")
    assert [
        path.name for path in (ROOT / "docs").glob("*.md") if path.name != "index.md" and path.name not in index
    ] == []


def test_pages_of_the_packs_are_fresh():
    made = describe_packs.pages()
    there = {path.name: path.read_text(encoding="utf-8") for path in describe_packs.OUTPUT.glob("*.md")}
    stale = [name for name in sorted(made.keys() | there.keys()) if made.get(name) != there.get(name)]
    assert stale == [], "run: python -m tools.describe_packs"
