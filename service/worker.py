"""Runs accepted jobs: READ `_run` FIRST, the rest starts and ends it."""

from __future__ import annotations

import logging
import os
import signal
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from functools import partial
from typing import Any, TypeVar

from dbos import DBOS
from sqlalchemy.exc import DBAPIError, SQLAlchemyError

from service.addresses import NotNow
from service.batches import finish_item, is_wanted, patience, start_batch, start_due
from service.config import Settings
from service.jobs import APPLICATION, QUEUE, STAGE_EVENT, START_WORKFLOW, TRANSLATION, VERSION, WORKFLOW, unpack
from service.pipeline import Clock, StageError, Submission
from service.retranslate import Retranslation
from service.runtime import Runtime
from service.slots import Slot

log = logging.getLogger(__name__)

_Result = TypeVar("_Result")

_RETRIES = 4  # a job that took five workers down with it is not given to a sixth
_STORE_PAUSES = (0.5, 1, 2, 4, 8, 16)  # seconds between attempts to store: half a minute, a database's restart
_ENDED = {"stage": "fetch", "reason": "its batch was ended"}
_GRACE_SECONDS = 15  # for running jobs at shut-down; what is not done by then is run again
_CLEAN_UP_SECONDS = 3600
_CLEAN_UP_JOBS = 500  # deleted in one transaction: short enough to keep nobody waiting


def run_worker(settings: Settings) -> int:
    """Runs jobs until SIGTERM or SIGINT (exit code 0), or until its place is lost (1). Raises ConfigError."""
    stop = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stop.set())
    runtime = Runtime(settings)
    runtime.check()
    runtime.warm_up()
    if not settings.contact:
        log.warning("CHITIEU_CONTACT is empty: papers cannot tell whose service fetches their pages")
    with Slot(settings) as slot:
        _launch(settings, runtime, slot.name)
        log.info("worker %s takes jobs, process %d", slot.name, os.getpid())
        next_clean_up = time.monotonic()
        while not stop.wait(1.0) and slot.is_held():
            start_due(runtime)
            if time.monotonic() >= next_clean_up:
                _forget_finished(settings.job_days)
                next_clean_up += _CLEAN_UP_SECONDS
        DBOS.destroy(workflow_completion_timeout_sec=_GRACE_SECONDS)
    runtime.close()
    if not stop.is_set():
        log.error("the place was lost, since the database ended the connection that held it: start another worker")
    return 0 if stop.is_set() else 1


def _forget_finished(days: float) -> None:
    """Deletes jobs that ended this many days ago; they hold the pages that were given."""
    before = (datetime.now(UTC) - timedelta(days=days)).isoformat()
    wanted: dict[str, Any] = {"queue_name": QUEUE, "load_input": False, "load_output": False, "limit": _CLEAN_UP_JOBS}
    try:
        while old := DBOS.list_workflows(completed_before=before, **wanted):
            DBOS.delete_workflows([job.workflow_id for job in old])
            log.info("forgot %d finished jobs", len(old))
    except SQLAlchemyError:
        log.warning("finished jobs are not forgotten this time", exc_info=True)


def _launch(settings: Settings, runtime: Runtime, name: str) -> None:
    @DBOS.workflow(name=WORKFLOW, max_recovery_attempts=_RETRIES)
    def process_article(packed: dict[str, Any]) -> dict[str, str]:
        with _telling_defects():
            given, job_id = unpack(packed), DBOS.workflow_id or ""
            if not _patiently(partial(is_wanted, runtime, job_id)):
                return _ENDED
            with patience(job_id):
                outcome = _run(runtime, given)
            _patiently(partial(finish_item, runtime, job_id, given, outcome))
            return outcome

    @DBOS.workflow(name=START_WORKFLOW, max_recovery_attempts=_RETRIES)
    def start(batch_id: str) -> None:
        with _telling_defects():
            _patiently(partial(start_batch, runtime, batch_id))

    @DBOS.workflow(name=TRANSLATION, max_recovery_attempts=_RETRIES)
    def translate_article(packed: dict[str, Any]) -> dict[str, str]:
        with _telling_defects():
            return _translate(runtime, Retranslation(**packed))

    DBOS(
        config={
            "name": APPLICATION,
            "system_database_url": settings.queue_url,
            "application_version": VERSION,
            "executor_id": name,
            "log_level": "WARNING",
        }
    )
    DBOS.launch()
    DBOS.register_queue(QUEUE, worker_concurrency=settings.worker_threads, polling_interval_sec=settings.poll_seconds)


@contextmanager
def _telling_defects() -> Iterator[None]:
    """Logs what nobody foresaw: DBOS keeps it with the job, and says nothing."""
    try:
        yield
    except Exception:
        log.exception("job %s failed", DBOS.workflow_id)
        raise


def _run(runtime: Runtime, given: Submission) -> dict[str, str]:
    """The outcome of a job: the id of the stored article, or the stage that failed and why; `later` in seconds."""
    slow = _slow_stages(given)

    def tell(stage: str) -> None:
        if stage in slow:
            DBOS.set_event(STAGE_EVENT, stage)

    try:
        record = _patiently(partial(runtime.process, given, tell=tell))
        with Clock().stage("store"):
            _patiently(partial(runtime.save, given, record))
    except StageError as error:
        if isinstance(later := error.__cause__, NotNow):
            log.info("job %s has to wait for its host: %r", DBOS.workflow_id, error.reason)
            return {"stage": error.stage, "reason": error.reason, "later": str(later.seconds)}
        return _failed(error.stage, error.reason)
    return {"article": record.id}


def _translate(runtime: Runtime, wanted: Retranslation) -> dict[str, str]:
    """The same for the translation of a kept article."""
    DBOS.set_event(STAGE_EVENT, "translate")
    try:
        kept = _patiently(lambda: runtime.retranslate(wanted))
    except StageError as error:
        return _failed(error.stage, error.reason)
    return {"article": wanted.article} if kept else _failed("store", f"no article {wanted.article!r}")


def _failed(stage: str, reason: str) -> dict[str, str]:
    log.warning("job %s failed in stage %s: %r", DBOS.workflow_id, stage, reason)
    return {"stage": stage, "reason": reason}


def _slow_stages(given: Submission) -> set[str]:
    """The stages that are worth telling: the others take milliseconds, less than telling does."""
    fetches = given.html is None and given.text is None
    return {name for name, is_slow in (("fetch", fetches), ("translate", given.to is not None)) if is_slow}


def _patiently(act: Callable[[], _Result]) -> _Result:
    """Does what needs the store, waiting for a database that is away for a moment."""
    for pause in _STORE_PAUSES:
        try:
            return act()
        except DBAPIError:
            log.warning("job %s waits for the store", DBOS.workflow_id, exc_info=True)
            time.sleep(pause)
    return act()
