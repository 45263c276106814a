"""The command line. Each command imports what it needs, so that `extract` starts fast."""

from __future__ import annotations

import argparse
import json
import os
import sys
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from service.config import Settings, describe, read_settings
from service.errors import UserError
from service.logs import set_up_logging

if TYPE_CHECKING:
    from extractors.types import Record
    from service.pipeline import Submission
    from service.runtime import Runtime

BAD_INPUT = 2  # argparse's own exit code for what the user can mend


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs a command; the exit code is 0, or 2 where something that was given cannot be used."""
    parser = build_parser()
    given = parser.parse_args(arguments)
    try:
        settings = read_settings()
        set_up_logging(settings.log_level)
        run: Callable[[argparse.Namespace, Settings], int] = given.run
        return run(given, settings)
    except UserError as error:
        return _complain(str(error))
    except BrokenPipeError:  # `| head` has seen enough; Python must not try to write what is left at its end
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0


def build_parser() -> argparse.ArgumentParser:
    """The parser of all commands."""
    parser = argparse.ArgumentParser(
        prog="python -m service",
        description="People, units and percentage indicators from provincial news, as structured records with proof.",
        epilog="Settings are environment variables CHITIEU_*; docs/configuration.md lists them.",
    )
    commands = parser.add_subparsers(title="commands", required=True, metavar="COMMAND")
    _add_extract(commands)
    _add_compare(commands)
    _add_batch(commands)
    _add_serve(commands)
    _add_retranslate(commands)
    _add_memory(commands)
    _add_discover(commands)
    _add_sites(commands)
    _add_keys(commands)
    _add_export(commands)
    _add_tidy(commands)
    _add(commands, "worker", _worker, "run the jobs that `serve` accepts, until SIGTERM")
    _add(commands, "schema", _schema, "print the JSON Schema of a record")
    _add(commands, "settings", _settings, "print the table of settings in Markdown")
    models = _add(commands, "models", _models, "list, pull and check local translation models")
    models.add_argument("-h", "--help", action="store_true", help=argparse.SUPPRESS)  # said by the commands' own parser
    models.add_argument("arguments", nargs=argparse.REMAINDER, metavar="…", help="`models --help` lists them")
    return parser


def _add(commands: argparse._SubParsersAction, name: str, run: object, text: str) -> argparse.ArgumentParser:
    made: argparse.ArgumentParser = commands.add_parser(
        name, help=text, description=text[0].upper() + text[1:] + ".", add_help=name != "models"
    )
    made.set_defaults(run=run)
    return made


def _add_extract(commands: argparse._SubParsersAction) -> None:
    made = _add(commands, "extract", _extract, "print one record a line for each file, in their order")
    made.add_argument("files", nargs="+", metavar="FILE", help=".html: a page, .txt: an article's text, -: stdin")
    made.add_argument("--url", type=_url, help="where the article is published (with one FILE)")
    made.add_argument("--language", metavar="CODE", help="the article's language, e.g. vi; identified where left out")
    made.add_argument("--published", metavar="DATE", type=_date, help="when it was published, e.g. 2024-07-11")
    made.add_argument("--to", metavar="CODE", help="translate to this language and say the facts in it")


def _add_compare(commands: argparse._SubParsersAction) -> None:
    made = _add(commands, "compare", _compare, "compare an edition with its original, print what differs as JSON")
    for name in ("original", "edition"):
        made.add_argument(name, metavar=name.upper(), help=".html: a page, .txt: a text, .json: a record, -: stdin")


def _add_batch(commands: argparse._SubParsersAction) -> None:
    made = _add(commands, "batch", _batch, "process an archive into a folder of records; goes on where it stopped")
    made.add_argument("sources", nargs="+", type=Path, metavar="SOURCE", help="folder, ZIP, tar, JSON Lines or WARC")
    made.add_argument(
        "--out", required=True, type=Path, metavar="DIR", help="records.jsonl, failures.jsonl, manifest.json"
    )
    made.add_argument("--to", metavar="CODE", help="translate to this language and say the facts in it")
    made.add_argument("--processes", type=int, default=os.cpu_count() or 1, metavar="N", help="default: %(default)s")
    made.add_argument("--quiet", action="store_true", help="show no progress")


def _add_serve(commands: argparse._SubParsersAction) -> None:
    made = _add(commands, "serve", _serve, "run the HTTP API, the web pages and a worker, until SIGTERM")
    made.add_argument("--host", help="address to listen on; default: CHITIEU_HOST, else 127.0.0.1")
    made.add_argument("--port", type=int, help="port to listen on; default: CHITIEU_PORT, else 8000")
    made.add_argument("--no-worker", action="store_true", help="start no worker: they run elsewhere")


def _add_retranslate(commands: argparse._SubParsersAction) -> None:
    made = _add(commands, "retranslate", _retranslate, "fill in the translations that kept articles lack")
    made.add_argument("--to", metavar="CODE", help="to this language, also articles with none or another")
    made.add_argument("--all", action="store_true", help="anew, also where the translation is complete")
    made.add_argument("--queue", action="store_true", help="leave the work to the workers, a job an article")


def _add_memory(commands: argparse._SubParsersAction) -> None:
    made = _add(commands, "memory", _memory, "export the translation memory")
    export = made.add_subparsers(required=True, metavar="COMMAND").add_parser("export", help="write it to a file")
    export.add_argument("--tmx", required=True, metavar="FILE", help="a TMX 1.4 file; -: standard output")
    export.add_argument("--from", dest="source", metavar="CODE", help="only from this language")
    export.add_argument("--to", metavar="CODE", help="only to this language")


def _add_discover(commands: argparse._SubParsersAction) -> None:
    made = _add(commands, "discover", _discover, "print the addresses of a site's articles, one a line")
    made.add_argument("where", metavar="HOST|URL", help="a site, or its feed, sitemap or section page")
    made.add_argument("--since", metavar="DATE", type=_date, help="leave out what is known to be older")
    made.add_argument("--pages", type=_count, default=10, metavar="N", help="of a section; default: %(default)s")
    made.add_argument("--limit", type=_count, metavar="N", help="stop after so many")


def _add_sites(commands: argparse._SubParsersAction) -> None:
    made = _add(commands, "new-site", _new_site, "propose a family file from a page of an unknown site")
    made.add_argument("where", metavar="URL|FILE", help="an article's page; -: stdin")
    made = _add(commands, "check-sites", _check_sites, "say which sites have changed their layout; exit code 1 if any")
    made.add_argument("sites", nargs="*", metavar="HOST|URL", help="sites or their feeds; all that are known if none")
    made.add_argument("--json", action="store_true", help="an object a line")


def _add_keys(commands: argparse._SubParsersAction) -> None:
    made = _add(commands, "keys", _keys, "make, list and remove API keys: once there is one, the service asks for it")
    actions = made.add_subparsers(dest="action", required=True, metavar="COMMAND")
    add = actions.add_parser("add", help="make a key and print it", description="Make a key and print it.")
    add.add_argument("name", metavar="NAME", help="whose it is, or what for")
    add.add_argument("--per-minute", type=_count, metavar="N", help="requests that it may make a minute")
    add.add_argument("--per-day", type=_count, metavar="N", help="requests a day; each address of a batch is one")
    add.add_argument("--read-only", action="store_true", help="it puts nothing in and changes nothing")
    actions.add_parser("list", help="list the keys", description="List the keys.")
    remove = actions.add_parser("remove", help="remove a key", description="Remove a key.")
    remove.add_argument("name", metavar="NAME")


def _add_export(commands: argparse._SubParsersAction) -> None:
    made = _add(commands, "export", _export, "write the facts of all articles, or their records, to a file")
    made.add_argument("table", choices=("people", "units", "indicators", "records"))
    made.add_argument("file", type=Path, metavar="FILE", help=".csv, .jsonl or .parquet; records are .jsonl")
    made.add_argument("--from", dest="first", metavar="DATE", type=_day, help="published on this day or later")
    made.add_argument("--to", dest="last", metavar="DATE", type=_day, help="published on this day or earlier")
    made.add_argument("--confidence", type=_share, metavar="N", help="leave out facts that are less sure (0 to 1)")


def _add_tidy(commands: argparse._SubParsersAction) -> None:
    made = _add(commands, "tidy", _tidy, "delete kept pages that no article was made of")
    made.add_argument("--days", type=_count, default=30, metavar="N", help="once they are so old; default: %(default)s")
    made.add_argument("--articles", action="store_true", help="pages of articles too: they cannot be reprocessed then")


def _date(value: str) -> str:
    try:
        datetime.fromisoformat(value)
    except ValueError:
        raise argparse.ArgumentTypeError(f"not an ISO date: {value!r}") from None
    return value


def _url(value: str) -> str:
    if not value.lower().startswith(("http://", "https://")):
        raise argparse.ArgumentTypeError(f"not a web address: {value!r}")
    return value


def _day(value: str) -> str:
    return datetime.fromisoformat(_date(value)).date().isoformat()


def _share(value: str) -> float:
    try:
        if 0 <= (share := float(value)) <= 1:
            return share
    except ValueError:
        pass
    raise argparse.ArgumentTypeError(f"not a number from 0 to 1: {value!r}")


def _count(value: str) -> int:
    if not (value.isascii() and value.isdigit() and int(value)):
        raise argparse.ArgumentTypeError(f"not a number above 0: {value!r}")
    return int(value)


def _extract(given: argparse.Namespace, settings: Settings) -> int:
    from extractors.record import to_json
    from service.pipeline import StageError
    from service.runtime import Runtime

    if given.url and len(given.files) > 1:
        return _complain("--url goes with one FILE")
    runtime = Runtime(settings)
    code = 0
    for name in given.files:
        try:
            record = runtime.process(_read_file(name, given))
        except (OSError, ValueError, StageError) as error:
            code = _complain(f"{name}: {getattr(error, 'strerror', None) or error}")
            continue
        sys.stdout.buffer.write(to_json(record) + b"\n")
        sys.stdout.buffer.flush()
    return code


def _compare(given: argparse.Namespace, settings: Settings) -> int:
    from extractors.editions import compare
    from service.pipeline import StageError
    from service.runtime import Runtime

    if given.original == given.edition == "-":
        return _complain("only one of the two can be standard input")
    runtime = Runtime(settings)
    records = []
    for name in (given.original, given.edition):
        try:
            records.append(_read_record(name, runtime))
        except (OSError, ValueError, StageError) as error:
            return _complain(f"{name}: {getattr(error, 'strerror', None) or error}")
    sys.stdout.buffer.write(json.dumps(compare(*records).to_dict(), ensure_ascii=False).encode() + b"\n")
    return 0


def _read_record(name: str, runtime: Runtime) -> Record:
    """The record in a file (`.json`, `.jsonl` with one line), or of its page or text. Raises also StageError."""
    from extractors.record import from_json

    if Path(name).suffix.lower() in (".json", ".jsonl"):
        try:
            return from_json(Path(name).read_bytes())
        except ValueError as error:  # pydantic's says it at length
            raise ValueError("no record, or more than one") from error
    return runtime.process(_read_file(name, argparse.Namespace(url=None, published=None, language=None, to=None)))


def _read_file(name: str, given: argparse.Namespace) -> Submission:
    """What is in a file. Raises OSError or ValueError."""
    from service.pipeline import Submission

    content = sys.stdin.buffer.read() if name == "-" else Path(name).read_bytes()
    known = Submission(url=given.url, published_at=given.published, language=given.language, to=given.to, input=name)
    suffix = Path(name).suffix.lower()
    if suffix in (".html", ".htm", ".xhtml") or (name == "-" and content.lstrip()[:1] == b"<"):
        return replace(known, html=content)
    if suffix == ".txt" or name == "-":
        return replace(known, text=content.decode("utf-8-sig"))
    raise ValueError("neither .html nor .txt")


def _batch(given: argparse.Namespace, settings: Settings) -> int:
    from service.archive import run_batch

    how = {"to": given.to, "processes": given.processes, "progress": not given.quiet}
    return run_batch(given.sources, given.out, settings, **how)


def _serve(given: argparse.Namespace, settings: Settings) -> int:
    from service.serve import serve

    settings = replace(settings, host=given.host or settings.host, port=given.port or settings.port)
    return serve(settings, workers=0 if given.no_worker else settings.worker_processes)


def _retranslate(given: argparse.Namespace, settings: Settings) -> int:
    from service.translate.commands import retranslate

    return retranslate(settings, to=given.to, again=given.all, queue=given.queue)


def _memory(given: argparse.Namespace, settings: Settings) -> int:
    from service.translate.commands import export_memory

    return export_memory(settings, given.tmx, source=given.source, target=given.to)


def _discover(given: argparse.Namespace, settings: Settings) -> int:
    from service.sites import print_articles

    since = datetime.fromisoformat(given.since).date() if given.since else None
    return print_articles(given.where, settings, since=since, pages=given.pages, limit=given.limit)


def _new_site(given: argparse.Namespace, settings: Settings) -> int:
    from service.sites import new_site

    return new_site(given.where, settings)


def _check_sites(given: argparse.Namespace, settings: Settings) -> int:
    from service.sites import check_sites

    return check_sites(given.sites, settings, as_json=given.json)


def _keys(given: argparse.Namespace, settings: Settings) -> int:
    from service import keys
    from service.store import Key

    if given.action == "add":
        limits = {"per_minute": given.per_minute, "per_day": given.per_day, "read_only": given.read_only}
        return keys.add(settings, Key(name=given.name, **limits))
    return keys.show(settings) if given.action == "list" else keys.remove(settings, given.name)


def _export(given: argparse.Namespace, settings: Settings) -> int:
    from service.exports import export
    from service.store import Filters

    filters = Filters(first_day=given.first, last_day=given.last, confidence=given.confidence)
    return export(settings, given.table, given.file, filters)


def _tidy(given: argparse.Namespace, settings: Settings) -> int:
    from service.tidy import tidy

    return tidy(settings, days=given.days, articles=given.articles)


def _worker(_: argparse.Namespace, settings: Settings) -> int:
    from service.worker import run_worker

    return run_worker(settings)


def _schema(_: argparse.Namespace, __: Settings) -> int:
    from extractors.record import schema

    print(json.dumps(schema(), indent=1, ensure_ascii=False))
    return 0


def _settings(_: argparse.Namespace, __: Settings) -> int:
    print(describe(), end="")
    return 0


def _models(given: argparse.Namespace, settings: Settings) -> int:
    from service.translate.cli import add_models_arguments, run_models

    parser = argparse.ArgumentParser(prog="python -m service models", description="Local translation models.")
    add_models_arguments(parser)
    known = argparse.Namespace(models_dir=settings.models_dir, models_url=settings.models_url)
    return run_models(parser.parse_args(["--help"] if given.help else given.arguments, known))


def _complain(message: str) -> int:
    print(f"error: {message}", file=sys.stderr)
    return BAD_INPUT
