"""Batches and subscriptions at work: their addresses are found and queued, each once, whatever dies in between."""

from __future__ import annotations

import logging
import re
from collections import Counter
from contextlib import AbstractContextManager, nullcontext
from datetime import date
from itertools import islice
from urllib.parse import urlsplit

from sqlalchemy.exc import SQLAlchemyError

from service.addresses import FetchError
from service.discover import discover
from service.pace import waiting_at_most
from service.pipeline import Submission
from service.runtime import Runtime
from service.store import Batch, Item

log = logging.getLogger(__name__)

_JOB = re.compile(r"([0-9a-f]{32})\.(\d+)\.(\d+)")  # batch, item, attempt: the same job gets the same id again
_MOST_ATTEMPTS = 20  # at an address whose host wants to be left alone each time
_PATIENCE = 2.0  # seconds that an address keeps a worker waiting for its host; one whose turn is later makes room
_MANY = 5  # addresses of one host; for fewer its robots.txt is not read before it is their turn


def start_batch(runtime: Runtime, batch_id: str) -> None:
    """Reads what the batch's `url` names, and queues every address that is not done. May run twice: nothing doubles."""
    batch = runtime.batches.get(batch_id)
    if batch is None:
        return
    if batch.url:
        try:
            runtime.batches.add_items(batch.id, _find(runtime, batch))
        except FetchError as error:
            log.warning("the source of batch %s cannot be read: %s", batch.id, error)
            _queue(runtime, batch)
            runtime.batches.mark(batch.id, "failed", str(error))
            return
        except SQLAlchemyError:
            raise  # the database is away: the caller tries again
        except Exception as error:
            log.exception("reading the source of batch %s failed", batch.id)
            _queue(runtime, batch)
            runtime.batches.mark(batch.id, "failed", f"internal error ({type(error).__name__})")
            return
    _queue(runtime, batch)
    runtime.batches.mark(batch.id, "started")


def start_due(runtime: Runtime) -> None:
    """Starts the subscriptions whose time has come. Every worker may do it: the job's id lets it happen once."""
    try:
        for batch in runtime.batches.due():
            runtime.queue.start_batch(batch.id, f"{batch.id}.at.{batch.next_at}")
            runtime.batches.postpone(batch)
    except SQLAlchemyError:
        log.warning("the subscriptions are not looked at this time", exc_info=True)


def patience(job_id: str) -> AbstractContextManager[None]:
    """Where a job runs: one of a batch waits for its host in the queue, others have nobody who queues them again."""
    return waiting_at_most(_PATIENCE) if _JOB.fullmatch(job_id) else nullcontext()


def is_wanted(runtime: Runtime, job_id: str) -> bool:
    """Whether a job still has to be done: one of a batch that was ended meanwhile has not."""
    match = _JOB.fullmatch(job_id)
    return match is None or runtime.batches.has(int(match[2]))


def finish_item(runtime: Runtime, job_id: str, given: Submission, outcome: dict[str, str]) -> None:
    """Notes what became of an address, or queues it for when its host may be asked again. May run twice.

    Nothing to do for a job that is not of a batch.
    """
    match = _JOB.fullmatch(job_id)
    if match is None:
        return
    batch_id, item, attempt = match[1], int(match[2]), int(match[3])
    if "later" not in outcome or attempt >= _MOST_ATTEMPTS:
        runtime.batches.finish(item, attempt, outcome)
        return
    runtime.batches.again(item, attempt)
    if is_wanted(runtime, job_id):
        runtime.queue.submit_item(given, f"{batch_id}.{item}.{attempt + 1}", delay=float(outcome["later"]))


def end(runtime: Runtime, batch_id: str) -> None:
    """Deletes a batch with the jobs that wait in its name. What is under way is finished, and its articles stay."""
    runtime.batches.delete(batch_id)
    runtime.queue.withdraw(batch_id)


def settle(runtime: Runtime, batch_id: str) -> None:
    """Notes the jobs of a batch that no worker survived, each once, so that the batch comes to an end."""
    lost = runtime.queue.lost(batch_id)
    for job_id in lost:
        if match := _JOB.fullmatch(job_id):
            outcome = {"stage": "worker", "reason": "no worker survived this job"}
            runtime.batches.finish(int(match[2]), int(match[3]), outcome)
        elif (batch := runtime.batches.get(batch_id)) and batch.state == "starting":
            runtime.batches.mark(batch_id, "failed", "no worker survived reading it, try again")
    if lost:
        runtime.queue.forget(lost)


def _find(runtime: Runtime, batch: Batch) -> list[str]:
    since = date.fromisoformat(batch.since) if batch.since else None
    found = discover(batch.url or "", runtime.fetcher, since=since)
    return [one.url for one in islice(found, runtime.settings.batch_max_urls)]


def _queue(runtime: Runtime, batch: Batch) -> None:
    """Queues the open addresses, those of one host as far apart as it wants: no worker waits for a host's turn."""
    items = runtime.batches.queued(batch.id)
    delays = _delays(runtime, items)
    turns: Counter[str] = Counter()
    for item in items:
        host = urlsplit(item.url).netloc
        given = Submission(url=item.url, language=batch.language, to=batch.target)
        delay = turns[host] * delays[host]
        runtime.queue.submit_item(given, f"{batch.id}.{item.id}.{item.attempt}", delay=delay)
        turns[host] += 1


def _delays(runtime: Runtime, items: list[Item]) -> dict[str, float]:
    """Seconds between two addresses of each host."""
    delays: dict[str, float] = {}
    for host, count in Counter(urlsplit(item.url).netloc for item in items).items():
        delays[host] = runtime.settings.fetch_delay_seconds
        if count >= _MANY:
            url = next(item.url for item in items if urlsplit(item.url).netloc == host)
            try:
                delays[host] = runtime.fetcher.delay(url)
            except FetchError as error:
                log.info("no robots.txt of %s: %s", host, error)
    return delays
