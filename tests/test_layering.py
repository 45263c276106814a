"""The extractors are pure, and `extract` starts without what it does not use."""

import ast
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
SERVICES = ("service", "flask", "sqlalchemy", "alembic", "dbos", "gunicorn", "deep_translator", "fxtranslate")
WIRES = (
    "requests",
    "urllib3",
    "httpx",
    "httpcore",
    "socket",
    "ssl",
    "http",
    "ftplib",
    "smtplib",
    "sqlite3",
    "subprocess",
)
CLOCKS = ("time", "random", "secrets", "uuid", "logging", "asyncio", "multiprocessing")  # a lock (threading) is neither
FORBIDDEN = frozenset((*SERVICES, *WIRES, *CLOCKS))
HEAVY = ("flask", "dbos", "sqlalchemy", "alembic", "trafilatura", "plotly", "gunicorn", "httpcore", "deep_translator")


def sources(folder):
    return sorted((ROOT / folder).rglob("*.py"))


def imported(tree):
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module


def impure(source):
    tree = ast.parse(source)
    found = [name for name in imported(tree) if name.split(".")[0] in FORBIDDEN or name == "urllib.request"]
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in ("print", "input"):
            found.append(node.func.id)
        if isinstance(node, ast.Attribute) and node.attr in ("now", "today", "utcnow", "environ", "getenv"):
            found.append(node.attr)
    return found


@pytest.mark.parametrize("path", sources("extractors"), ids=lambda path: str(path.relative_to(ROOT)))
def test_extractors_are_pure(path):
    assert impure(path.read_text(encoding="utf-8")) == []


@pytest.mark.parametrize(
    "source",
    ["import service.fetch", "from flask import g", "import time", "print(1)", "date.today()", "import urllib.request"],
)
def test_impurity_is_seen(source):
    assert impure(source)


def test_settings_are_not_read_at_import():
    for path in sources("service"):
        for node in ast.parse(path.read_text(encoding="utf-8")).body:
            if not isinstance(node, (ast.FunctionDef, ast.ClassDef)):
                read = {inner.attr for inner in ast.walk(node) if isinstance(inner, ast.Attribute)}
                assert not read & {"environ", "getenv"}, path


def test_extract_imports_only_what_it_needs(tmp_path, article):
    file = tmp_path / "a.txt"
    file.write_text(article, encoding="utf-8")
    program = (
        "import sys; from service.cli import main; code = main(['extract', sys.argv[1]]); "
        "print(*sorted({name.split('.')[0] for name in sys.modules}), file=sys.stderr); sys.exit(code)"
    )
    done = subprocess.run([sys.executable, "-c", program, str(file)], cwd=ROOT, capture_output=True, check=True)
    loaded = set(done.stderr.decode().splitlines()[-1].split())
    assert "extractors" in loaded
    assert loaded & set(HEAVY) == set()
