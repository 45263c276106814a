"""Page -> article beside general extraction libraries: quality and time, one after the other in one process.

python -m benchmarks.articles [--data DIR] [--peers trafilatura,resiliparse,newspaper] [--show FIELD]

First on the project's own pages (`tests/pages`), then on DIR, which holds `expected.json` (page -> strings that the
text must hold in `with`, must not in `without`, and title, author, date) and the pages, gzipped. Default: `pages` in
the folder that CHITIEU_SHARED names. Time is that of the processor. A peer that is not installed is left out and named.
"""

from __future__ import annotations

import argparse
import gzip
import json
import os
import re
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from extractors.article.read import read_article
from extractors.types import Page


@dataclass(frozen=True)
class Result:
    text: str = ""
    title: str = ""
    author: str = ""
    date: str = ""


@dataclass
class Score:
    seconds: float = 0.0
    errors: int = 0
    found: int = 0
    wanted: int = 0
    leaked: int = 0
    unwanted: int = 0
    hits: dict[str, int] = field(default_factory=lambda: {"title": 0, "author": 0, "date": 0})
    asked: dict[str, int] = field(default_factory=lambda: {"title": 0, "author": 0, "date": 0})


OWN = Path(__file__).parents[1] / "tests" / "pages"
ROUNDS = 3  # readings of a page, the quickest counts: other work on the machine makes the others slower
Reader = Callable[[bytes, str], Result]


def read_with_chitieu(content: bytes, url: str) -> Result:
    article = read_article(Page(content=content, url=url))
    return Result(article.text, article.title or "", article.author or "", (article.published_at or "")[:10])


def read_with_trafilatura(content: bytes, url: str) -> Result:
    import trafilatura

    found = trafilatura.bare_extraction(content, url=url, with_metadata=True)
    if found is None:
        return Result()
    return Result(found.text or "", found.title or "", found.author or "", found.date or "")


def read_with_resiliparse(content: bytes, _url: str) -> Result:
    from resiliparse.extract.html2text import extract_plain_text
    from resiliparse.parse.encoding import detect_encoding
    from resiliparse.parse.html import HTMLTree

    tree = HTMLTree.parse_from_bytes(content, detect_encoding(content))
    return Result(extract_plain_text(tree, main_content=True), tree.title or "")


def read_with_newspaper(content: bytes, url: str) -> Result:
    import newspaper

    article = newspaper.Article(url if url.startswith("http") else "https://example.org/", fetch_images=False)
    article.download(input_html=content.decode("utf-8", "replace"))
    article.parse()
    date = article.publish_date.date().isoformat() if article.publish_date else ""
    return Result(article.text, article.title or "", ", ".join(article.authors), date)


READERS: dict[str, Reader] = {
    "chitieu": read_with_chitieu,
    "trafilatura": read_with_trafilatura,
    "resiliparse": read_with_resiliparse,
    "newspaper": read_with_newspaper,
}


def measure(reader: Reader, pages: list[tuple[str, bytes, dict]], show: str) -> Score:
    score = Score()
    for name, content, expected in pages:
        failure: Exception | None = None
        seconds = []
        for _ in range(ROUNDS):
            start = time.process_time()
            try:
                result = reader(content, expected["url"])
            except Exception as error:  # a peer may raise anything; it counts as an empty article
                result = Result()
                failure = error
            seconds.append(time.process_time() - start)
        if failure:
            score.errors += 1
            print(f"{name}: {failure!r}", file=sys.stderr)
        score.seconds += min(seconds)
        count(score, result, expected, f"{name} {expected['url']}" if show else "", show)
    return score


def count(score: Score, result: Result, expected: dict, name: str, show: str) -> None:
    text = squeeze(result.text)
    missing = [s for s in expected["with"] if squeeze(s) not in text]
    leaks = [s for s in expected["without"] if squeeze(s) in text]
    score.wanted += len(expected["with"])
    score.found += len(expected["with"]) - len(missing)
    score.unwanted += len(expected["without"])
    score.leaked += len(leaks)
    if show == "text" and (missing or leaks):
        print(f"{name}\n  missing {missing}\n  leaked {leaks}")
    for key in score.asked:
        if wanted := expected.get(key):
            wanted = ", ".join(wanted) if isinstance(wanted, list) else wanted
            got = getattr(result, key)
            score.asked[key] += 1
            hit = squeeze(wanted).lower() == squeeze(got).lower()
            score.hits[key] += hit
            if show == key and not hit:
                print(f"{name}\n  wanted {wanted!r}\n  got    {got!r}")


def squeeze(text: str) -> str:
    return re.sub(r"[\s\u00ad\u200b]+", "", text)


def print_scores(scores: dict[str, Score], count_of_pages: int) -> None:
    base = scores["trafilatura"].seconds if "trafilatura" in scores else None
    print(f"{'':12} recall precision     F1  title author  date ms/page  ratio errors")
    for name, s in scores.items():
        recall = s.found / s.wanted
        precision = s.found / max(1, s.found + s.leaked)
        f1 = 2 * recall * precision / max(1e-9, recall + precision)
        rates = "  ".join(f"{s.hits[k] / max(1, s.asked[k]):.3f}" for k in s.asked)
        ratio = f"{s.seconds / base:6.2f}" if base else "     -"
        speed = s.seconds / count_of_pages * 1000
        print(f"{name:12}  {recall:.3f}     {precision:.3f}  {f1:.3f}  {rates} {speed:7.1f} {ratio} {s.errors:6}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    shared = os.environ.get("CHITIEU_SHARED")
    parser.add_argument("--data", type=Path, default=Path(shared) / "pages" if shared else None)
    parser.add_argument("--peers", default="trafilatura,resiliparse,newspaper")
    parser.add_argument("--show", default="", choices=["", "text", "title", "author", "date"], help="our misses")
    args = parser.parse_args()
    names = ("chitieu", *filter(None, args.peers.split(",")))
    compare(read_own_pages(), names, "", "own pages")
    if args.data is None:
        print("no other pages: give --data DIR or set CHITIEU_SHARED", file=sys.stderr)
        return
    expected = json.loads((args.data / "expected.json").read_text(encoding="utf-8"))
    pages = [(name, gzip.decompress((args.data / name).read_bytes()), row) for name, row in expected.items()]
    compare(pages, names, args.show, str(args.data.name))


def read_own_pages() -> list[tuple[str, bytes, dict]]:
    """The test pages with an article, what must come out of them in the form of `expected.json`."""
    pages = []
    for path in sorted(OWN.glob("*.json")):
        row = json.loads(path.read_text(encoding="utf-8"))
        if len(row.get("lines", ())) > 2:
            wanted = {"with": row["lines"][1:], "without": row.get("absent", []), "title": row["lines"][0]}
            extra = {"url": row["url"], "author": row.get("author"), "date": (row.get("published_at") or "")[:10]}
            pages.append((path.stem, path.with_suffix(".html").read_bytes(), wanted | extra))
    return pages


def compare(pages: list[tuple[str, bytes, dict]], names: tuple[str, ...], show: str, heading: str) -> None:
    scores = {}
    for name in names:
        try:
            READERS[name](pages[0][1], pages[0][2]["url"])  # imports and first compilations are not counted
        except ImportError:
            print(f"{name} is not installed: left out", file=sys.stderr)
            continue
        scores[name] = measure(READERS[name], pages, show if name == "chitieu" else "")
    print(f"{heading}: {len(pages)} pages")
    print_scores(scores, len(pages))


if __name__ == "__main__":
    main()
