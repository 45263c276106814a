"""Jobs with real processes: a worker that is killed loses nothing."""

import json
import os
import signal
import threading
from dataclasses import replace
from pathlib import Path

import pytest

from service.jobs import open_queue, pack, unpack
from service.pipeline import Submission
from service.serve import _Tree
from service.slots import Slot
from service.store import Filters, Paging, open_store
from tests.hostile import HostileServer, reply
from tests.processes import PATIENCE, answers, call, free_port, running, until
from tests.site import PAGE


@pytest.fixture
def queue(settings):
    made = open_queue(settings)
    yield made
    made.close()


def test_a_submission_survives_the_queue_byte_by_byte():
    given = Submission(html=bytes(range(256)), url="https://a.vn/", language="vi", input="a.html")
    assert unpack(json.loads(json.dumps(pack(given)))) == given
    assert unpack(pack(Submission(text="Xã"))) == Submission(text="Xã")


def test_a_worker_that_is_killed_loses_no_job(settings, queue, article):
    """The first fetch hangs, its worker is killed; the next worker fetches again and stores one article."""
    release = threading.Event()
    asked = []

    def hang_once(connection):
        asked.append(1)
        if len(asked) == 1:
            release.wait(PATIENCE)
        connection.sendall(reply(PAGE.encode()))

    with HostileServer({"/a": hang_once}) as server:
        slow = queue.submit(Submission(url=server.url("/a")))
        with running(settings, "worker") as worker:
            until(lambda: asked, bool)
            job = until(lambda: queue.get(slow), lambda job: job.state == "running")
            assert job.stage == "fetch"
            worker.send_signal(signal.SIGKILL)
            worker.wait()
        texts = [queue.submit(Submission(text=f"{article}\nSố {i}")) for i in range(5)]
        assert queue.counts() == {"queued": 5, "running": 1}
        with running(settings, "worker"):
            jobs = [
                until(lambda id=id: queue.get(id), lambda job: job.state in ("done", "failed")) for id in (slow, *texts)
            ]
        release.set()
    assert [job.state for job in jobs] == ["done"] * 6
    store = open_store(settings)
    rows, total, _ = store.find_articles(Filters(), Paging())
    store.close()
    assert total == 6
    assert {job.article for job in jobs} == {row["id"] for row in rows}


def test_a_failed_job_says_where_and_why(settings, queue):
    ids = [queue.submit(given) for given in (Submission(text=" "), Submission(url="http://khongco.invalid/"))]
    with running(settings, "worker") as worker:
        jobs = [until(lambda id=id: queue.get(id), lambda job: job.state == "failed") for id in ids]
        worker.terminate()
        assert worker.wait(PATIENCE) == 0
    assert (jobs[0].stage, jobs[0].reason) == ("read", "no text found")
    assert jobs[1].stage == "fetch"
    assert "khongco.invalid is not known" in jobs[1].reason


def test_jobs_of_a_batch_that_was_ended(settings, queue):
    """Those that wait are deleted; one that is queued all the same, by a start that was under way, does nothing."""
    batch = "0" * 32
    for number, delay in ((1, 0.0), (2, 3600.0)):
        queue.submit_item(Submission(text="Xã Tân Lập"), f"{batch}.{number}.1", delay=delay)
    other = queue.submit(Submission(text="Xã Tân Lập"))
    queue.withdraw(batch)
    assert [queue.get(f"{batch}.{number}.1") for number in (1, 2)] == [None, None]
    queue.submit_item(Submission(text="Xã Sơn Vĩ"), f"{batch}.3.1")
    with running(settings, "worker"):
        job = until(lambda: queue.get(f"{batch}.3.1"), lambda job: job.state == "failed")
        until(lambda: queue.get(other), lambda job: job.state == "done")
    assert job.reason == "its batch was ended"
    store = open_store(settings)
    assert store.find_articles(Filters(), Paging()).total == 1
    store.close()


def test_finished_jobs_are_forgotten_and_their_articles_kept(settings, queue, article):
    with running(settings, "worker"):
        id = queue.submit(Submission(text=article))
        job = until(lambda: queue.get(id), lambda job: job.state == "done")
    with running(settings, "worker", CHITIEU_JOB_DAYS="0"):
        until(lambda: queue.get(id), lambda job: job is None)
    store = open_store(settings)
    assert store.get(job.article)
    store.close()


def test_places_are_taken_once_and_given_back(settings):
    settings.data_dir.mkdir()
    with Slot(settings) as first:
        with Slot(settings) as second:
            assert (first.name, second.name) == ("worker-0", "worker-1")
        with Slot(settings) as third:
            assert third.name == "worker-1"
        assert first.is_held()
    with Slot(settings) as fourth:
        assert fourth.name == "worker-0"


def test_serve_is_one_tree_that_comes_mends_itself_and_goes(settings, article):
    base = f"http://127.0.0.1:{(port := free_port())}"
    with running(settings, "serve", "--port", str(port)) as served:
        until(lambda: answers(f"{base}/readyz"), bool)
        status, accepted = call(f"{base}/v1/articles", {"text": article})
        assert status == 202
        job = until(lambda: call(f"{base}/v1/jobs/{accepted['job']}")[1], lambda job: job["state"] == "done")
        assert call(f"{base}/v1/articles/{job['article']}")[1]["text"].startswith("Xã Tân Lập")
        worker = next(pid for pid in processes_below(served.pid) if "worker" in command_of(pid))
        os.kill(worker, signal.SIGKILL)
        accepted = call(f"{base}/v1/articles", {"text": f"{article} Hết."})[1]
        until(lambda: call(f"{base}/v1/jobs/{accepted['job']}")[1], lambda job: job["state"] == "done")
        children = processes_below(served.pid)
        assert len(children) >= 3  # another worker, gunicorn and its process
        served.terminate()
        assert served.wait(PATIENCE) == 0
        until(lambda: [pid for pid in children if Path(f"/proc/{pid}").exists()], lambda alive: not alive)


def test_what_is_stopped_while_it_starts_ends(settings, monkeypatch):
    monkeypatch.setenv("CHITIEU_DATA_DIR", str(settings.data_dir))
    tree = _Tree(replace(settings, port=free_port()))
    tree.stop()
    tree.start(1)
    watcher = threading.Thread(target=tree.watch, daemon=True)
    watcher.start()
    watcher.join(PATIENCE)
    tree.stop()
    assert not watcher.is_alive()
    assert tree.workers[0].poll() is not None


def test_a_killed_parent_takes_the_tree_with_it(settings):
    base = f"http://127.0.0.1:{(port := free_port())}"
    with running(settings, "serve", "--port", str(port)) as served:
        until(lambda: answers(f"{base}/readyz"), bool)
        children = processes_below(served.pid)
        assert len(children) >= 3  # a worker, gunicorn and its process
        served.kill()
        served.wait()
        until(lambda: [pid for pid in children if is_running(pid)], lambda alive: not alive)


def processes_below(pid):
    found = [int(child) for child in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]
    return found + [below for child in found for below in processes_below(child)]


def command_of(pid):
    return Path(f"/proc/{pid}/cmdline").read_text().split("\0")


def is_running(pid):
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except FileNotFoundError:
        return False
