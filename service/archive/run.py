"""Runs a whole archive through the pipeline: READ `_Run.go` FIRST, the rest is bookkeeping."""

from __future__ import annotations

import hashlib
import platform
import sys
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import Any

from service.archive.items import BatchError, Failure, Ignored, Item, Limits, Reading
from service.archive.output import Output
from service.archive.progress import Progress
from service.archive.readers import check_sources, count_bytes, read_source
from service.archive.work import process_item
from service.archive.workers import Outcome, Work, Workers
from service.config import Settings

DONE, FAILURES, BAD_INPUT, INTERRUPTED = 0, 1, 2, 130  # exit codes; 130 is what shells give for Ctrl-C


@dataclass(frozen=True, slots=True)
class Options:
    """How to run: target language, processes, whether a bar is shown, limits."""

    to: str | None = None
    processes: int = 1
    progress: bool = True
    limits: Limits = field(default_factory=Limits)


def run_batch(
    sources: list[Path],
    out: Path,
    settings: Settings,
    *,
    to: str | None = None,
    processes: int = 1,
    progress: bool = True,
) -> int:
    """Processes every article of the sources into `out` and returns the exit code.

    0: all done. 1: done, and failures.jsonl says what gave no record. 2: bad input, said on standard
    error. 130: interrupted. A further run with the same `out` goes on where the last one ended.
    """
    return run_work(sources, out, partial(process_item, settings), Options(to, processes, progress))


def run_work(sources: list[Path], out: Path, work: Work, options: Options) -> int:
    """`run_batch` with the work as a parameter: a function of a module, since other processes import it."""
    try:
        if options.processes < 1:
            raise BatchError("processes: at least 1")
        check_sources(sources, out)
        output = Output(out)
    except (BatchError, OSError) as error:
        print(f"batch: {error}", file=sys.stderr)
        return BAD_INPUT
    run = _Run(sources, output, options)
    try:
        return run.go(work)
    except OSError as error:  # a full disk, a folder that went away
        print(f"batch: cannot write to {out}: {error.strerror or error}", file=sys.stderr)
        return BAD_INPUT
    finally:
        output.close()


class _Run:
    """One run: counts, time and the digest of all that was read."""

    def __init__(self, sources: list[Path], output: Output, options: Options) -> None:
        self.sources, self.output, self.options = sources, output, options
        self.counts = dict.fromkeys(("read", "written", "skipped", "duplicates", "failed", "ignored"), 0)
        self.memory: Counter[str] = Counter(hits=0, misses=0)
        self.versions: dict[str, set[str]] = {"python": {platform.python_version()}}
        self._digest = hashlib.sha256()
        self._started, self._clock = datetime.now(UTC), time.monotonic()
        self._progress = Progress(count_bytes(sources) if options.progress else 0, shown=options.progress)
        self._reading = Reading(options.limits, options.to, self._progress.count)

    def go(self, work: Work) -> int:
        self.output.forget_failures(self.sources)
        self._note("running")
        workers = Workers(work, processes=self.options.processes, seconds=self.options.limits.seconds)
        state = "stopped"
        try:
            for outcome in workers.run(self._items()):
                self._take(outcome)
            state = "finished"
        except KeyboardInterrupt:
            state = "interrupted"
            return INTERRUPTED
        finally:
            workers.stop()
            self._progress.close(finished=state == "finished")
            self._note(state)
        self._sum_up()
        return FAILURES if self.counts["failed"] else DONE

    def _items(self) -> Iterator[Item]:
        """What is to be done: everything that the sources hold, less what is there already."""
        for source in self.sources:
            for entry in read_source(source, self._reading):
                if isinstance(entry, Item):
                    self.counts["read"] += 1
                    self._digest.update(f"{entry.input}\0{entry.content_hash}\n".encode())
                    if self.output.seen.add(entry.content_hash):
                        yield entry
                    else:
                        self.counts["skipped"] += 1
                        self._progress.show(self.counts, self._per_second())
                elif isinstance(entry, Failure):
                    self._fail(entry)
                elif isinstance(entry, Ignored):
                    self.counts["ignored"] += 1

    def _take(self, outcome: Outcome) -> None:
        if outcome.failure:
            self._fail(outcome.failure)
        else:
            note = {"input": outcome.input, "content_hash": outcome.item_hash}
            new = self.output.write(outcome.line, id=outcome.id, target=outcome.target, note=note)
            self.counts["written" if new else "duplicates"] += 1
            self.memory.update(outcome.memory)
            for name, version in outcome.versions.items():
                self.versions.setdefault(name, set()).add(version)
        self._progress.show(self.counts, self._per_second())

    def _fail(self, failure: Failure) -> None:
        self.counts["failed"] += 1
        self.output.fail(failure)

    def _per_second(self) -> float:
        done = self.counts["written"] + self.counts["duplicates"] + self.counts["failed"]
        return done / max(time.monotonic() - self._clock, 1e-9)

    def _note(self, state: str) -> None:
        """Writes this run into the manifest, in the place of what it said of itself before."""
        manifest = self.output.read_manifest()
        earlier = [run for run in manifest.get("runs", []) if run["started_at"] != self._started.isoformat()]
        for run in earlier:
            if run["state"] == "running":
                run["state"] = "killed"
        self.output.write_manifest({"records": self.output.records, "runs": [*earlier, self._describe(state)]})

    def _describe(self, state: str) -> dict[str, Any]:
        return {
            "started_at": self._started.isoformat(),
            "finished_at": None if state == "running" else datetime.now(UTC).isoformat(),
            "state": state,
            "sources": [str(source) for source in self.sources],
            "inputs_hash": None if state == "running" else self._digest.hexdigest(),
            "to": self.options.to,
            "processes": self.options.processes,
            "limits": asdict(self.options.limits),
            "counts": self.counts,
            "memory": dict(self.memory),
            "seconds": round(time.monotonic() - self._clock, 3),
            "per_second": round(self._per_second(), 2),
            "versions": {name: sorted(found) for name, found in self.versions.items()},
        }

    def _sum_up(self) -> None:
        counts = ", ".join(f"{count:,} {name}" for name, count in self.counts.items())
        print(f"batch: {counts}; {self._per_second():.1f} articles/s; {self.output.folder}", file=sys.stderr)
