"""`python -m service models list | pull PAIR… | install DIR…`"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from service.translate.engines import models

__all__ = ["add_models_arguments", "run_models"]


def add_models_arguments(parser: argparse.ArgumentParser) -> None:
    """The sub-commands of `models`."""
    commands = parser.add_subparsers(dest="models_command", required=True, metavar="COMMAND")
    listing = commands.add_parser("list", help="the models that are here, and with --all those that can be pulled")
    listing.add_argument("--all", action="store_true", help="ask the mirror (CHITIEU_MODELS_URL) what there is")
    pulling = commands.add_parser("pull", help="fetch what a pair of languages needs, such as vi-en")
    pulling.add_argument("pairs", nargs="+", metavar="PAIR")
    pulling.add_argument("--quiet", action="store_true", help="no progress bar")
    installing = commands.add_parser("install", help="copy Firefox Translations models from a folder")
    installing.add_argument("folders", nargs="+", type=Path, metavar="DIR")


def run_models(args: argparse.Namespace) -> int:
    """Runs what `add_models_arguments` parsed; `args.models_dir` and `args.models_url` come from the settings.

    Returns the exit code: 0, or 2 where it could not be done, with the reason on stderr.
    """
    try:
        if args.models_command == "list":
            _list(args)
        elif args.models_command == "pull":
            _pull(args)
        else:
            for folder in args.folders:
                _say(models.install_from(folder, args.models_dir))
    except (ValueError, OSError) as error:
        print(f"models: {error}", file=sys.stderr)
        return 2
    return 0


def _list(args: argparse.Namespace) -> None:
    here = models.installed(args.models_dir)
    for direction in here:
        print(f"{direction}\tinstalled")
    if args.all:
        from service.translate.engines.pull import available, fetch_records

        for direction in available(fetch_records(args.models_url)):
            if direction not in here:
                print(f"{direction}\tavailable")
    elif not here:
        print(f"no models in {args.models_dir}; run: python -m service models pull vi-en", file=sys.stderr)


def _pull(args: argparse.Namespace) -> None:
    from service.translate.engines.pull import pull

    for pair in args.pairs:
        _say(pull(pair, args.models_dir, models_url=args.models_url, progress=not args.quiet))


def _say(directions: list[str]) -> None:
    for direction in directions:
        print(f"{direction}\tinstalled")
