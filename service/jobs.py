"""Accepted articles survive until their record is stored: durable workflows of DBOS.

Web processes only put jobs into the queue; workers run them. A worker that is killed leaves its jobs to the next
worker that takes its slot, and since records are kept by their id, a job that runs twice writes nothing twice.
"""

from __future__ import annotations

import base64
import logging
import os
import signal
import sqlite3
import threading
import time
from dataclasses import asdict, dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from dbos import DBOS, DBOSClient, EnqueueOptions, WorkflowHandle, WorkflowSerializationFormat
from sqlalchemy.exc import DBAPIError

from extractors.types import Record
from service.config import Settings
from service.pipeline import StageError, Submission
from service.runtime import Runtime
from service.slots import Slot

log = logging.getLogger(__name__)

_QUEUE = "articles"
_WORKFLOW = "process_article"
_APPLICATION = "chitieu"
# Fixed, so that jobs accepted by one version are run by the next; their input is a versionless JSON object.
_VERSION = "1"
_STAGE_EVENT = "stage"
_ATTEMPTS = 4  # a job that took four workers down with it is not given to a fifth
_STORE_PAUSES = (0.5, 1, 2, 4, 8, 16)  # seconds between attempts to store: half a minute, a database's restart
_GRACE_SECONDS = 15  # for running jobs at shut-down; what is not done by then is run again
_CLEAN_UP_SECONDS = 3600
_CLEAN_UP_JOBS = 500  # deleted in one transaction: short enough to keep nobody waiting
_STATES = {"ENQUEUED": "queued", "DELAYED": "queued", "PENDING": "running", "SUCCESS": "done"}


@dataclass(frozen=True, slots=True)
class Job:
    """What became of an accepted article. `state` is queued, running, done or failed; times are ISO, UTC."""

    id: str
    state: str
    stage: str | None
    article: str | None
    reason: str | None
    created_at: str | None
    updated_at: str | None


class Queue:
    """The jobs, as the processes see them that accept articles. Safe to share between threads."""

    def __init__(self, client: DBOSClient) -> None:
        self._client = client

    def submit(self, given: Submission) -> str:
        """Accepts an article for processing: the id of its job."""
        options = EnqueueOptions(
            workflow_name=_WORKFLOW,
            queue_name=_QUEUE,
            app_version=_VERSION,
            serialization_type=WorkflowSerializationFormat.PORTABLE,  # JSON; the default is pickle
        )
        handle: WorkflowHandle[Any] = self._client.enqueue(options, _pack(given))
        return handle.get_workflow_id()

    def get(self, job_id: str) -> Job | None:
        """A job, or None where there is none with this id."""
        found = self._client.list_workflows(workflow_ids=[job_id], load_input=False)
        if not found:
            return None
        job = _read_job(found[0])
        if job.state == "running":
            stage = self._client.get_event(job_id, _STAGE_EVENT, timeout_seconds=0)
            return Job(**asdict(job) | {"stage": stage})
        return job

    def counts(self) -> dict[str, int]:
        """How many jobs are queued and how many are running."""
        found = self._client.list_queued_workflows(queue_name=_QUEUE, load_input=False)
        states = [_STATES.get(job.status) for job in found]
        return {state: states.count(state) for state in ("queued", "running")}

    def check(self) -> None:
        """Raises sqlalchemy.exc.SQLAlchemyError where the queue's database does not answer."""
        self._client.check_connection()

    def close(self) -> None:
        """Gives the connections back."""
        self._client.destroy()


def open_queue(settings: Settings) -> Queue:
    """The queue at `settings.queue_url`, its tables made or brought up to date."""
    prepare(settings)
    return Queue(
        DBOSClient(
            system_database_url=settings.queue_url,
            system_database_pool_size=settings.web_threads,
            application_name=_APPLICATION,
            retry_connection_errors=False,  # a request is answered with an error, not kept waiting
        )
    )


def prepare(settings: Settings) -> None:
    """Makes the tables of the queue, or brings them up to date; SQLite is put into WAL mode for good."""
    if settings.queue_url.startswith("sqlite"):
        settings.data_dir.mkdir(parents=True, exist_ok=True)
        connection = sqlite3.connect(settings.queue_url.removeprefix("sqlite:///"), timeout=30)
        connection.execute("PRAGMA journal_mode=WAL")
        connection.close()
    DBOS.migrate(settings.queue_url)


def run_worker(settings: Settings) -> None:
    """Runs jobs until SIGTERM or SIGINT, or until its place is taken by another."""
    stop = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stop.set())
    prepare(settings)
    runtime = Runtime(settings)
    runtime.check()
    with Slot(settings) as slot:
        _launch(settings, runtime, slot.name)
        log.info("worker %s takes jobs, process %d", slot.name, os.getpid())
        next_clean_up = time.monotonic()
        while not stop.wait(1.0) and slot.is_held():
            if time.monotonic() >= next_clean_up:
                _forget_finished(settings.job_days)
                next_clean_up += _CLEAN_UP_SECONDS
        DBOS.destroy(workflow_completion_timeout_sec=_GRACE_SECONDS)
    runtime.close()


def _forget_finished(days: float) -> None:
    """Deletes jobs that ended this many days ago; they hold the pages that were given."""
    before = (datetime.now(UTC) - timedelta(days=days)).isoformat()
    while old := DBOS.list_workflows(
        completed_before=before, queue_name=_QUEUE, limit=_CLEAN_UP_JOBS, load_input=False, load_output=False
    ):
        DBOS.delete_workflows([job.workflow_id for job in old])
        log.info("forgot %d finished jobs", len(old))


def _launch(settings: Settings, runtime: Runtime, name: str) -> None:
    @DBOS.workflow(name=_WORKFLOW, max_recovery_attempts=_ATTEMPTS)
    def process_article(packed: dict[str, Any]) -> dict[str, str]:
        return _run(runtime, _unpack(packed))

    DBOS(
        config={
            "name": _APPLICATION,
            "system_database_url": settings.queue_url,
            "application_version": _VERSION,
            "executor_id": name,
            "log_level": "WARNING",
        }
    )
    DBOS.launch()
    DBOS.register_queue(_QUEUE, worker_concurrency=settings.worker_threads, polling_interval_sec=settings.poll_seconds)


def _run(runtime: Runtime, given: Submission) -> dict[str, str]:
    """The outcome of a job: the id of the stored article, or the stage that failed and why."""

    slow = _slow_stages(given)

    def tell(stage: str) -> None:
        if stage in slow:
            DBOS.set_event(_STAGE_EVENT, stage)

    try:
        record = runtime.process(given, tell=tell)
    except StageError as error:
        log.warning("job %s failed in stage %s: %r", DBOS.workflow_id, error.stage, error.reason)
        return {"stage": error.stage, "reason": error.reason}
    _save(runtime, record)
    return {"article": record.id}


def _slow_stages(given: Submission) -> set[str]:
    """The stages that are worth telling: the others take milliseconds, less than telling does."""
    fetches = given.url is not None and given.html is None and given.text is None
    return {"translate"} | ({"fetch"} if fetches else set())


def _save(runtime: Runtime, record: Record) -> None:
    """Stores a record, waiting for a database that is away for a moment."""
    for pause in _STORE_PAUSES:
        try:
            return runtime.store.save(record)
        except DBAPIError:
            log.warning("record %s is not stored yet, trying again", record.id, exc_info=True)
            time.sleep(pause)
    return runtime.store.save(record)


def _read_job(found: Any) -> Job:
    state = _STATES.get(found.status, "failed")
    outcome = found.output if isinstance(found.output, dict) else {}
    reason = outcome.get("reason")
    if state == "failed":
        log.error("job %s ended as %s: %r", found.workflow_id, found.status, found.error)
        reason = "the worker did not survive this job" if "ATTEMPTS" in found.status else "internal error"
    return Job(
        id=found.workflow_id,
        state="failed" if reason else state,
        stage=outcome.get("stage") or ("store" if state == "failed" else None),
        article=outcome.get("article"),
        reason=reason,
        created_at=_iso(found.created_at),
        updated_at=_iso(found.updated_at),
    )


def _iso(milliseconds: int | None) -> str | None:
    return datetime.fromtimestamp(milliseconds / 1000, UTC).isoformat(timespec="milliseconds") if milliseconds else None


def _pack(given: Submission) -> dict[str, Any]:
    """The submission as a JSON object; the page in base64, since its bytes may be in any charset."""
    packed = {name: value for name, value in asdict(given).items() if value is not None}
    if given.html is not None:
        packed["html"] = base64.b64encode(given.html).decode()
    return packed


def _unpack(packed: dict[str, Any]) -> Submission:
    html = packed.get("html")
    return Submission(**packed | {"html": base64.b64decode(html) if html is not None else None})
