"""One translating process. It is started by its path, and imports nothing of the service, so that it is up at once.

fxtranslate holds the interpreter lock while it translates, and its translators panic outside the thread that
made them: hence a process each. `sys.argv[1]` is an inherited socket. A request is JSON, `{"legs", "texts"}`:
a leg is the paths of one model's files, two legs pivot. The answers are one JSON value a text, as they come:
the translation, or `{"error"}`.
"""

from __future__ import annotations

import json
import sys
from functools import lru_cache
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

from fxtranslate import Translator

# Models kept loaded: two pairs through English. Each takes 60 to 80 MB.
_LOADED = 4


@lru_cache(maxsize=_LOADED)
def load(model: str, source_vocabulary: str, target_vocabulary: str, shortlist: str | None) -> Translator:
    """The translator of one direction, from its files alone: nothing is looked up on the network."""
    return Translator(
        Path(model).read_bytes(),
        Path(source_vocabulary).read_bytes(),
        Path(target_vocabulary).read_bytes(),
        Path(shortlist).read_bytes() if shortlist else None,
    )


def translate(legs: list[list[Any]], pieces: list[str]) -> object:
    try:
        for leg in legs:
            translator = load(*leg)
            pieces = [translator.translate(piece) for piece in pieces]
        return " ".join(pieces)
    except (KeyboardInterrupt, SystemExit):
        raise
    except BaseException as error:  # a panic of the Rust engine is no Exception
        load.cache_clear()
        return {"error": f"{type(error).__name__}: {error}"}


def main() -> None:
    with Connection(int(sys.argv[1])) as connection:
        try:
            while True:
                request = json.loads(connection.recv_bytes())
                for pieces in request["texts"]:
                    answer = translate(request["legs"], pieces)
                    connection.send_bytes(json.dumps(answer, ensure_ascii=False).encode())
        except (EOFError, ConnectionError, KeyboardInterrupt):  # the service is gone, or has ended this batch
            pass


if __name__ == "__main__":
    main()
