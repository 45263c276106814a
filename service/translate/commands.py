"""What `python -m service retranslate` and `memory export` do."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterable
from pathlib import Path

from service.config import Settings
from service.errors import UserError
from service.pipeline import StageError, check_language
from service.retranslate import Retranslation
from service.runtime import Runtime

__all__ = ["export_memory", "retranslate"]


def export_memory(settings: Settings, file: str, *, source: str | None, target: str | None) -> int:
    """Writes the translation memory in the store as TMX; `-` is standard output.

    The exit code is 0. UserError where the file cannot be written.
    """
    runtime = Runtime(settings)
    lines = runtime.store.memory.write_tmx(source, target)
    try:
        if file == "-":
            sys.stdout.buffer.writelines(line.encode() for line in lines)
        else:
            with Path(file).open("w", encoding="utf-8") as out:
                out.writelines(lines)
    except BrokenPipeError:
        raise
    except OSError as error:
        raise UserError(f"{file}: {error.strerror or error}") from error
    finally:
        runtime.close()
    return 0


def retranslate(settings: Settings, *, to: str | None, again: bool, queue: bool) -> int:
    """Translates the kept articles that lack it, here or by the workers.

    The exit code is 0, or 1 where some have no translation still. UserError for what is no language code.
    """
    check_language(to)
    runtime = Runtime(settings)
    try:
        wanted = (Retranslation(id, to, again) for id in runtime.store.find_untranslated(to, again=again))
        return _enqueue(runtime, wanted) if queue else _translate(runtime, wanted)
    finally:
        runtime.close()


def _enqueue(runtime: Runtime, wanted: Iterable[Retranslation]) -> int:
    count = sum(1 for each in wanted if runtime.queue.submit_translation(each))
    _say(f"{count:,} jobs for the workers")
    return 0


def _translate(runtime: Runtime, wanted: Iterable[Retranslation]) -> int:
    done, failures = 0, Counter[str]()
    for each in wanted:
        try:
            runtime.retranslate(each)
            done += 1
        except StageError as error:
            failures[error.reason] += 1
    for reason, count in failures.most_common():
        _say(f"{count:,} not translated: {reason}")
    _say(f"{done:,} translated")
    return 1 if failures else 0


def _say(what: str) -> None:
    print(f"retranslate: {what}", file=sys.stderr)
