"""Accepted articles survive until their record is stored: durable workflows of DBOS.

Web processes only put jobs into the queue; workers run them. A worker that is killed leaves its jobs to the next
worker that takes its slot, and since records are kept by their id, a job that runs twice writes nothing twice.
"""

from __future__ import annotations

import base64
import logging
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from typing import Any

from dbos import DBOS, DBOSClient, EnqueueOptions, WorkflowHandle, WorkflowSerializationFormat
from sqlalchemy import create_engine

from service.config import Settings
from service.pipeline import Submission
from service.retranslate import Retranslation
from service.store import opening

log = logging.getLogger(__name__)

QUEUE = "articles"
WORKFLOW = "process_article"
TRANSLATION = "translate_article"
START_WORKFLOW = "start_batch"
APPLICATION = "chitieu"
# Fixed, so that jobs accepted by one version are run by the next; their input is a versionless JSON object.
VERSION = "1"
STAGE_EVENT = "stage"
# A smaller number goes first: an article that somebody waits for is not kept waiting by ten thousand of a batch, and
# those not by a hundred thousand to retranslate.
_FIRST, _BATCH, _LATER = 1, 2, 3
_AT_ONCE = 500  # jobs deleted in one transaction: short enough to keep nobody waiting
_BUSY_SECONDS = 30  # for another process that holds SQLite's lock
_KILLER = {"stage": "worker", "reason": "no worker survived this job"}
_DEFECT = {"stage": "store", "reason": "internal error"}  # the other stages put their errors into the outcome
_ENDED_BADLY = ["ERROR", "CANCELLED", "MAX_RECOVERY_ATTEMPTS_EXCEEDED"]
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
        return self._enqueue(_options(WORKFLOW, _FIRST), pack(given))

    def submit_translation(self, wanted: Retranslation) -> str:
        """Accepts the translation of a kept article: the id of its job. Articles that come in are taken first."""
        return self._enqueue(_options(TRANSLATION, _LATER), asdict(wanted))

    def submit_item(self, given: Submission, job_id: str, *, delay: float = 0.0) -> None:
        """Accepts an address of a batch, to be processed in `delay` seconds; once, however often it is called."""
        options = _options(WORKFLOW, _BATCH)
        options["workflow_id"] = job_id
        if delay > 0:
            options["delay_seconds"] = delay
        self._enqueue(options, pack(given))

    def start_batch(self, batch_id: str, job_id: str) -> None:
        """Lets a worker read a batch's source and queue its addresses; once, however often it is called."""
        options = _options(START_WORKFLOW, _FIRST)
        options["workflow_id"] = job_id
        self._enqueue(options, batch_id)

    def lost(self, batch_id: str) -> list[str]:
        """The ids of the batch's jobs that ended without saying so: their workers died over them."""
        wanted: dict[str, Any] = {"workflow_id_prefix": f"{batch_id}.", "status": _ENDED_BADLY}
        found = self._client.list_workflows(**wanted, load_input=False, load_output=False)
        return [job.workflow_id for job in found]

    def withdraw(self, batch_id: str) -> None:
        """Deletes the batch's jobs that no worker has taken yet."""
        wanted: dict[str, Any] = {"workflow_id_prefix": f"{batch_id}.", "status": ["ENQUEUED", "DELAYED"]}
        wanted |= {"load_input": False, "load_output": False, "limit": _AT_ONCE}
        while found := self._client.list_workflows(**wanted):
            self.forget([job.workflow_id for job in found])

    def forget(self, job_ids: list[str]) -> None:
        """Deletes ended jobs."""
        self._client.delete_workflows(job_ids)

    def _enqueue(self, options: EnqueueOptions, given: Any) -> str:
        handle: WorkflowHandle[Any] = self._client.enqueue(options, given)
        return handle.get_workflow_id()

    def get(self, job_id: str) -> Job | None:
        """A job, or None where there is none with this id."""
        found = self._client.list_workflows(workflow_ids=[job_id], load_input=False)
        if not found:
            return None
        job = _read_job(found[0])
        if job.state == "running":
            stage = self._client.get_event(job_id, STAGE_EVENT, timeout_seconds=0)
            return Job(**asdict(job) | {"stage": stage})
        return job

    def counts(self) -> dict[str, int]:
        """How many jobs are queued and how many are running."""
        found = self._client.list_queued_workflows(queue_name=QUEUE, load_input=False)
        states = [_STATES.get(job.status) for job in found]
        return {state: states.count(state) for state in ("queued", "running")}

    def check(self) -> None:
        """Raises sqlalchemy.exc.SQLAlchemyError where the queue's database does not answer."""
        self._client.check_connection()

    def close(self) -> None:
        """Gives the connections back."""
        self._client.destroy()


def _options(workflow: str, priority: int) -> EnqueueOptions:
    return EnqueueOptions(
        workflow_name=workflow,
        queue_name=QUEUE,
        app_version=VERSION,
        priority=priority,
        serialization_type=WorkflowSerializationFormat.PORTABLE,  # JSON; the default is pickle
    )


def open_queue(settings: Settings) -> Queue:
    """The queue at `settings.queue_url`, its tables made or brought up to date."""
    prepare(settings)
    return Queue(
        DBOSClient(
            system_database_url=settings.queue_url,
            system_database_pool_size=settings.web_threads,
            application_name=APPLICATION,
            retry_connection_errors=False,  # a request is answered with an error, not kept waiting
        )
    )


def prepare(settings: Settings) -> None:
    """Makes the tables of the queue, or brings them up to date; SQLite is put into WAL mode for good.

    Raises ConfigError.
    """
    with opening(settings.queue_url):
        if settings.queue_url.startswith("sqlite"):
            settings.data_dir.mkdir(parents=True, exist_ok=True)
            engine = create_engine(settings.queue_url, connect_args={"timeout": _BUSY_SECONDS})
            with engine.connect() as connection:
                connection.exec_driver_sql("PRAGMA journal_mode=WAL")
            engine.dispose()
        DBOS.migrate(settings.queue_url)


def _read_job(found: Any) -> Job:
    state = _STATES.get(found.status, "failed")
    outcome = found.output if isinstance(found.output, dict) else {}
    if state == "failed":
        log.error("job %s ended as %s: %r", found.workflow_id, found.status, found.error)
        outcome = _KILLER if "ATTEMPTS" in found.status else _DEFECT
    return Job(
        id=found.workflow_id,
        state="failed" if "reason" in outcome else state,
        stage=outcome.get("stage"),
        article=outcome.get("article"),
        reason=outcome.get("reason"),
        created_at=_iso(found.created_at),
        updated_at=_iso(found.updated_at),
    )


def _iso(milliseconds: int | None) -> str | None:
    return datetime.fromtimestamp(milliseconds / 1000, UTC).isoformat(timespec="milliseconds") if milliseconds else None


def pack(given: Submission) -> dict[str, Any]:
    """The submission as a JSON object; the page in base64, since its bytes may be in any charset."""
    packed = {name: value for name, value in asdict(given).items() if value is not None}
    if given.html is not None:
        packed["html"] = base64.b64encode(given.html).decode()
    return packed


def unpack(packed: dict[str, Any]) -> Submission:
    """The submission in a packed one."""
    html = packed.get("html")
    return Submission(**packed | {"html": base64.b64decode(html) if html is not None else None})
