"""The archive runner with work that is written by hand: sources, limits, resuming, crashes and kill -9."""

import gzip
import hashlib
import io
import json
import os
import signal
import subprocess
import sys
import tarfile
import time
import zipfile
from pathlib import Path

import pytest

from service.archive import Limits, Options, run_batch, run_work
from service.archive.items import Failure, Ignored, Item, Reading
from service.archive.readers import count_bytes, read_source
from service.archive.streams import open_stream
from service.config import Settings

ROOT = Path(__file__).parent.parent


class StageError(Exception):
    stage, reason = "translate", "no model for this language"


def make_record(item: Item) -> bytes:
    """A stand-in for the pipeline: the same content and address give the same id."""
    text = item.content.decode("utf-8", "replace")
    record = {
        "schema": "1.0",
        "id": hashlib.sha256(f"{item.url} {text.strip()}".encode()).hexdigest()[:20],
        "url": item.url,
        "text": text,
        "translation": {"target": item.to},
        "processing": {"input": None, "versions": {"chitieu": "test"}},
    }
    return json.dumps(record).encode()


def fail_on_words(item: Item) -> bytes:
    if b"crash" in item.content:
        os.kill(os.getpid(), signal.SIGKILL)
    if b"hang" in item.content:
        time.sleep(60)
    if b"stage" in item.content:
        raise StageError
    if b"bug" in item.content:
        raise KeyError("unit")
    return make_record(item)


def stop_at(item: Item) -> bytes:
    """Takes its time, and from the page whose number the environment gives never ends."""
    last = os.environ.get("STOP_AT")
    time.sleep(60 if last and int(Path(item.input).stem) >= int(last) else 0.005)
    return make_record(item)


def quiet(**options) -> Options:
    return Options(progress=False, **options)


def lines(path: Path) -> list[dict]:
    return [json.loads(line) for line in path.read_bytes().splitlines()]


def inputs(out: Path) -> set[str]:
    return {record["processing"]["input"] for record in lines(out / "records.jsonl")}


def counts(out: Path) -> dict[str, int]:
    return json.loads((out / "manifest.json").read_bytes())["runs"][-1]["counts"]


def read(source: Path, **limits) -> list:
    return list(read_source(source, Reading(Limits(**limits))))


def reasons(entries: list) -> list[str]:
    return [entry.reason for entry in entries if isinstance(entry, Failure)]


def items(entries: list) -> list[Item]:
    return [entry for entry in entries if isinstance(entry, Item)]


# --- sources -------------------------------------------------------------------------------------


def test_a_directory_gives_pages_texts_and_lines(tmp_path):
    (tmp_path / "a").mkdir()
    (tmp_path / "a" / "one.html").write_bytes(b"<p>Thu ng\xc3\xa2n s\xc3\xa1ch</p>")
    (tmp_path / "a" / "two.HTM.gz").write_bytes(gzip.compress(b"<p>hai</p>"))
    (tmp_path / "b.txt").write_text("\ufeffVăn bản", encoding="utf-8")
    (tmp_path / "bad.txt").write_bytes(b"ti\xeang")
    (tmp_path / "c.jsonl").write_text('{"text": "ba", "url": "https://bao.example/3", "to": "de"}\n\n{"url": 5}\n[]\n{')
    (tmp_path / "logo.png").write_bytes(b"\x89PNG")
    entries = read(tmp_path)
    found = {entry.input.removeprefix(str(tmp_path)): entry for entry in entries}
    assert [(key, item.kind, item.content.decode()) for key, item in found.items() if isinstance(item, Item)] == [
        ("/b.txt", "text", "Văn bản"),
        ("/c.jsonl#1", "text", "ba"),
        ("/a/one.html", "html", "<p>Thu ngân sách</p>"),
        ("/a/two.HTM.gz", "html", "<p>hai</p>"),
    ]
    assert (found["/c.jsonl#1"].to, found["/c.jsonl#1"].url) == ("de", "https://bao.example/3")
    assert found["/bad.txt"].reason == "not UTF-8 text (byte 2)"
    assert found["/c.jsonl#3"].reason == "url: not a string"
    assert found["/c.jsonl#4"].reason == "not a JSON object"
    assert found["/c.jsonl#5"].reason.startswith("not JSON")
    assert isinstance(found["/logo.png"], Ignored)


def test_a_line_needs_exactly_one_content(tmp_path):
    source = tmp_path / "lines.jsonl"
    source.write_text('{"title": "x"}\n{"html": "a", "text": "b"}\n{"url": "https://bao.example/1", "votes": 3}\n')
    entries = read(source)
    assert reasons(entries) == ["neither html nor text nor url", "html and text: give one of them"]
    assert [(item.kind, item.url) for item in items(entries)] == [("url", "https://bao.example/1")]


def test_a_link_out_of_the_directory_is_refused(tmp_path):
    (tmp_path / "secret.txt").write_text("secret")
    (tmp_path / "pages").mkdir()
    (tmp_path / "pages" / "link.txt").symlink_to(tmp_path / "secret.txt")
    (tmp_path / "pages" / "lost.html").symlink_to("nowhere.html")
    os.mkfifo(tmp_path / "pages" / "pipe.html")
    assert [(Path(entry.input).name, entry.reason) for entry in read(tmp_path / "pages")] == [
        ("link.txt", "a link that leads out of the directory"),
        ("lost.html", "not a file that can be read"),
        ("pipe.html", "not a file that can be read"),
    ]
    assert count_bytes([tmp_path / "pages"]) == len("secret")


def make_zip(path: Path, members: dict[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> Path:
    with zipfile.ZipFile(path, "w", method) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return path


def test_zip_members_are_read_and_bad_ones_named(tmp_path):
    source = make_zip(
        tmp_path / "p.zip",
        {"x/1.html": b"<p>1</p>", "../../etc/2.html": b"2", "/3.html": b"3", "4.jpg": b"4", "5.html": b"0" * 900},
    )
    entries = read(source, page_bytes=800)
    assert [item.input for item in items(entries)] == [f"{source}#x/1.html"]
    assert reasons(entries) == ["its path leads out of the archive"] * 2 + ["larger than 800 bytes"]
    assert [entry.input for entry in entries if isinstance(entry, Ignored)] == [f"{source}#4.jpg"]


def test_a_zip_bomb_is_refused_unread(tmp_path):
    source = make_zip(tmp_path / "bomb.zip", {"bomb.html": bytes(2_000_000), "fine.html": b"fine"})
    entries = read(source, ratio_from=1_000_000)
    assert reasons(entries) == ["unpacks to more than 200 times its size"]
    assert [item.content for item in items(entries)] == [b"fine"]


def test_a_damaged_zip_member_does_not_hide_the_others(tmp_path):
    source = make_zip(tmp_path / "p.zip", {"1.html": b"one" * 99, "2.html": b"two" * 99}, zipfile.ZIP_STORED)
    source.write_bytes(source.read_bytes().replace(b"oneone", b"oneXne", 1))
    entries = read(source)
    assert reasons(entries) == ["Bad CRC-32 for file '1.html'"]
    assert [item.input for item in items(entries)] == [f"{source}#2.html"]


def test_too_many_entries_end_the_archive(tmp_path):
    source = make_zip(tmp_path / "p.zip", {f"{n}.html": b"x" for n in range(5)})
    entries = read(source, entries=3)
    assert len(items(entries)) == 3
    assert reasons(entries) == ["more than 3 entries"]


def make_tar(path: Path, members: dict[str, bytes]) -> Path:
    with tarfile.open(path, "w:gz" if path.name.endswith("gz") else "w") as archive:
        for name, content in members.items():
            info = tarfile.TarInfo(name)
            info.size = len(content)
            archive.addfile(info, io.BytesIO(content))
        link = tarfile.TarInfo("link.html")
        link.type, link.linkname = tarfile.SYMTYPE, "/etc/passwd"
        archive.addfile(link)
    return path


@pytest.mark.parametrize("name", ["p.tar", "p.tar.gz", "p.tgz"])
def test_tar_members_are_read_links_are_not(tmp_path, name):
    source = make_tar(tmp_path / name, {"x/1.html": b"<p>1</p>", "../2.html": b"2", "3.txt": b"3"})
    entries = read(source)
    assert [(item.input, item.content) for item in items(entries)] == [
        (f"{source}#x/1.html", b"<p>1</p>"),
        (f"{source}#3.txt", b"3"),
    ]
    assert reasons(entries) == ["its path leads out of the archive"]
    assert [entry.input for entry in entries if isinstance(entry, Ignored)] == [f"{source}#link.html"]


@pytest.mark.parametrize("name", ["p.tar", "p.tgz"])
def test_a_tar_file_that_is_cut_off_says_so(tmp_path, name):
    content = {f"{n}.html": os.urandom(3000) for n in range(9)}
    source = make_tar(tmp_path / name, content)
    whole = source.read_bytes()
    for size in (len(whole) // 2, len(whole) // 2 - 1500, len(whole) - (9000 if name == "p.tar" else 5)):
        source.write_bytes(whole[:size])
        entries = read(source)
        assert len(reasons(entries)) == 1, size
        assert 3 <= len(items(entries)) <= 9
        assert all(item.content == content[item.input.split("#")[1]] for item in items(entries))


@pytest.mark.parametrize("lost", [1, 8, 9, 400, 1500])
def test_a_gzip_file_that_is_cut_off_gives_its_whole_lines_and_says_so(tmp_path, lost):
    source = tmp_path / "lines.jsonl.gz"
    data = b"".join(json.dumps({"text": hashlib.sha256(bytes([n])).hexdigest()}).encode() + b"\n" for n in range(60))
    packed = gzip.compress(data[:2000]) + gzip.compress(data[2000:])
    source.write_bytes(packed[:-lost])
    entries = read(source)
    assert reasons(entries) == ["the file ends early: it is cut off inside its gzip data"]
    assert len(items(entries)) >= 10
    source.write_bytes(packed + bytes(512))
    assert (len(items(read(source))), reasons(read(source))) == (60, [])


def test_gzip_reads_as_the_standard_library_does_and_stops_a_bomb(tmp_path):
    source = tmp_path / "x.gz"
    data = os.urandom(100_000) + bytes(300_000) + os.urandom(70_000)
    source.write_bytes(gzip.compress(data[:150_000]) + gzip.compress(data[150_000:]))
    with open_stream(source, Reading()) as stream:
        assert stream.read() == data
    (tmp_path / "bomb.html.gz").write_bytes(gzip.compress(bytes(3_000_000)))
    found = reasons(read(tmp_path / "bomb.html.gz", ratio_from=1_000_000))
    assert found == ["unpacks to more than 200 times its size"]


def warc_record(number: int, *, status: str = "200 OK", kind: str = "text/html", packed: bool = False) -> bytes:
    body = f"<html><p>Bài {number} {hashlib.sha512(bytes([number])).hexdigest()}</p></html>".encode()
    extra = "Content-Encoding: gzip\r\n" if packed else ""
    body = gzip.compress(body) if packed else body
    head = f"HTTP/1.1 {status}\r\nContent-Type: {kind}; charset=utf-8\r\n{extra}Content-Length: {len(body)}\r\n\r\n"
    http = head.encode() + body
    warc = (
        "WARC/1.0\r\nWARC-Type: response\r\n"
        f"WARC-Target-URI: https://bao.example/{number}\r\nWARC-Date: 2024-07-11T01:02:03Z\r\n"
        f"WARC-Record-ID: <urn:uuid:00000000-0000-0000-0000-{number:012d}>\r\n"
        f"Content-Type: application/http; msgtype=response\r\nContent-Length: {len(http)}\r\n\r\n"
    )
    return warc.encode() + http + b"\r\n\r\n"


def test_a_warc_gives_its_html_answers(tmp_path):
    pytest.importorskip("fastwarc", reason="FastWARC is an extra")
    source = tmp_path / "crawl.warc.gz"
    records = [
        warc_record(1),
        warc_record(2, status="404 Not Found"),
        warc_record(3, kind="image/png"),
        warc_record(4, packed=True),
    ]
    source.write_bytes(b"".join(map(gzip.compress, records)))
    entries = read(source)
    first, last = items(entries)
    assert (first.input, first.url, first.charset) == (f"{source}#0", "https://bao.example/1", "utf-8")
    assert first.fetched_at == "2024-07-11T01:02:03Z"
    assert last.content.startswith("<html><p>Bài 4".encode())
    assert sum(isinstance(entry, Ignored) for entry in entries) == 2


@pytest.mark.parametrize("packed", [True, False])
@pytest.mark.parametrize("lost", [30, 100, 300])
def test_a_warc_that_is_cut_off_gives_its_whole_records_and_says_so(tmp_path, packed, lost):
    pytest.importorskip("fastwarc", reason="FastWARC is an extra")
    records = [warc_record(n) for n in range(4)]
    source = tmp_path / ("crawl.warc.gz" if packed else "crawl.warc")
    source.write_bytes(b"".join(map(gzip.compress, records) if packed else records)[:-lost])
    entries = read(source)
    assert len(items(entries)) == 3
    assert len(reasons(entries)) == 1
    assert "ends early" in reasons(entries)[0]


def test_without_fastwarc_a_warc_is_refused_with_what_to_install(tmp_path, monkeypatch, capsys):
    monkeypatch.setitem(sys.modules, "fastwarc", None)
    source = tmp_path / "crawl.warc"
    source.write_bytes(warc_record(1))
    assert run_batch([source], tmp_path / "out", Settings(), progress=False) == 2
    assert "pip install FastWARC" in capsys.readouterr().err


# --- running -------------------------------------------------------------------------------------


def make_pages(folder: Path, count: int) -> Path:
    folder.mkdir()
    for number in range(count):
        (folder / f"{number:03d}.txt").write_text(f"Bài {number}\u2028{'x' * number}", encoding="utf-8")
    return folder


def test_a_second_run_does_only_what_is_new(tmp_path):
    pages, out = make_pages(tmp_path / "pages", 5), tmp_path / "out"
    assert run_work([pages], out, make_record, quiet(processes=2)) == 0
    first = (out / "records.jsonl").read_bytes()
    assert inputs(out) == {str(path) for path in pages.iterdir()}
    (pages / "new.html").write_text("<p>mới</p>")
    moved = pages.rename(tmp_path / "moved")
    assert run_work([moved], out, make_record, quiet()) == 0
    after = (out / "records.jsonl").read_bytes()
    assert after.startswith(first)
    assert len(after.splitlines()) == 6
    assert counts(out) == {"read": 6, "written": 1, "skipped": 5, "duplicates": 0, "failed": 0, "ignored": 0}


def test_another_target_language_is_other_work(tmp_path):
    pages, out = make_pages(tmp_path / "pages", 2), tmp_path / "out"
    for to in ("en", "de", "de"):
        assert run_work([pages], out, make_record, quiet(to=to)) == 0
    assert sorted(record["translation"]["target"] for record in lines(out / "records.jsonl")) == [
        "de",
        "de",
        "en",
        "en",
    ]


def test_one_article_in_two_captures_is_written_once(tmp_path):
    pages, out = tmp_path / "pages", tmp_path / "out"
    pages.mkdir()
    (pages / "a.txt").write_text("Tin tức")
    (pages / "b.txt").write_text("Tin tức  ")
    (pages / "c.txt").write_text("Tin tức")
    for _ in range(2):
        assert run_work([pages], out, make_record, quiet()) == 0
        (record,), (twin,) = lines(out / "records.jsonl"), lines(out / "duplicates.jsonl")
        assert record["id"] == twin["id"]
        assert {record["processing"]["input"], twin["input"]} == {str(pages / "a.txt"), str(pages / "b.txt")}
    assert counts(out)["skipped"] == 3


def test_failures_are_told_with_stage_and_reason_and_tried_again(tmp_path):
    pages, out = make_pages(tmp_path / "pages", 3), tmp_path / "out"
    other = make_pages(tmp_path / "other", 1)
    (other / "bug.txt").write_text("bug, elsewhere")
    (pages / "1.txt").write_text("a stage fails")
    (pages / "2.txt").write_text("a bug")
    assert run_work([other], out, fail_on_words, quiet()) == 1
    assert run_work([pages], out, fail_on_words, quiet(processes=2)) == 1
    failures = {Path(failure["input"]).name: failure for failure in lines(out / "failures.jsonl")}
    assert (failures["1.txt"]["stage"], failures["1.txt"]["reason"]) == ("translate", "no model for this language")
    assert failures["2.txt"]["stage"] == "process"
    assert failures["2.txt"]["reason"].startswith("KeyError: 'unit' (test_batch.py:")
    assert set(failures) == {"bug.txt", "1.txt", "2.txt"}
    assert run_work([pages], out, make_record, quiet()) == 0
    assert [Path(failure["input"]).name for failure in lines(out / "failures.jsonl")] == ["bug.txt"]
    assert len(lines(out / "records.jsonl")) == 5


def test_an_article_that_crashes_or_hangs_does_not_stop_the_others(tmp_path):
    pages, out = make_pages(tmp_path / "pages", 12), tmp_path / "out"
    (pages / "003.txt").write_text("crash")
    (pages / "005.txt").write_text("crash again")
    (pages / "007.txt").write_text("hang")
    assert run_work([pages], out, fail_on_words, quiet(processes=2, limits=Limits(seconds=1))) == 1
    failures = {Path(f["input"]).name: (f["stage"], f["reason"]) for f in lines(out / "failures.jsonl")}
    assert failures == {
        "003.txt": ("worker", "the process that worked on it came to a sudden end"),
        "005.txt": ("worker", "the process that worked on it came to a sudden end"),
        "007.txt": ("process", "took too long"),
    }
    assert len(lines(out / "records.jsonl")) == 9


def test_the_manifest_tells_what_went_in_and_what_came_out(tmp_path):
    pages, out = make_pages(tmp_path / "pages", 3), tmp_path / "out"
    (pages / "logo.png").write_bytes(b"png")
    for _ in range(2):
        run_work([pages], out, make_record, quiet(to="en"))
    manifest = json.loads((out / "manifest.json").read_bytes())
    first, second = manifest["runs"]
    assert manifest["records"] == 3
    assert first["counts"] == {"read": 3, "written": 3, "skipped": 0, "duplicates": 0, "failed": 0, "ignored": 1}
    assert first["inputs_hash"] == second["inputs_hash"]
    assert first["versions"]["chitieu"] == ["test"]
    assert (first["state"], first["to"], first["sources"]) == ("finished", "en", [str(pages)])


def test_a_partial_last_line_is_repaired(tmp_path):
    pages, out = make_pages(tmp_path / "pages", 4), tmp_path / "out"
    run_work([pages], out, make_record, quiet())
    whole = (out / "records.jsonl").read_bytes()
    (out / "records.jsonl").write_bytes(whole[:-20])
    assert run_work([pages], out, make_record, quiet()) == 0
    assert len(lines(out / "records.jsonl")) == len(inputs(out)) == 4
    assert counts(out)["written"] == 1


def test_a_folder_with_foreign_records_is_left_alone(tmp_path, capsys):
    pages, out = make_pages(tmp_path / "pages", 1), tmp_path / "out"
    out.mkdir()
    (out / "records.jsonl").write_text('{"id": "mine"}\n')
    assert run_work([pages], out, make_record, quiet()) == 2
    assert "line 1 was not written by batch" in capsys.readouterr().err
    assert (out / "records.jsonl").read_text() == '{"id": "mine"}\n'


@pytest.mark.parametrize(
    ("name", "words"), [("gone.zip", "no such file"), ("film.mp4", "not something that batch reads")]
)
def test_bad_sources_are_refused_before_anything_is_written(tmp_path, capsys, name, words):
    (tmp_path / "film.mp4").write_bytes(b"")
    assert run_batch([tmp_path / name], tmp_path / "out", Settings()) == 2
    assert words in capsys.readouterr().err
    assert not (tmp_path / "out").exists()


def test_output_inside_a_source_is_refused(tmp_path, capsys):
    assert run_batch([tmp_path], tmp_path / "out", Settings()) == 2
    assert "lies inside the source" in capsys.readouterr().err
    assert not (tmp_path / "out").exists()


def test_a_disk_that_takes_no_more_ends_the_run_with_the_reason(tmp_path, capsys, monkeypatch):
    def full(self, *args, **kwargs):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("service.archive.output.Output.write", full)
    assert run_work([make_pages(tmp_path / "pages", 2)], tmp_path / "out", make_record, quiet()) == 2
    assert "No space left on device" in capsys.readouterr().err
    assert json.loads((tmp_path / "out" / "manifest.json").read_bytes())["runs"][-1]["state"] == "stopped"


def test_the_bar_tells_records_rate_and_time_left(tmp_path, capsys):
    pages = make_pages(tmp_path / "pages", 3)
    assert run_work([pages], tmp_path / "out", make_record, Options()) == 0
    bar = capsys.readouterr().err
    assert "100% |" in bar
    assert "| 3 records, " in bar
    assert " left]" in bar


def test_the_settings_given_govern_every_process(tmp_path, article):
    folder = tmp_path / "pages"
    folder.mkdir()
    (folder / "short.txt").write_text(article, encoding="utf-8")
    settings = Settings(data_dir=tmp_path / "data", max_text_chars=10, log_level="CRITICAL")
    assert run_batch([folder], tmp_path / "out", settings, progress=False) == 1
    assert lines(tmp_path / "out" / "failures.jsonl")[0]["reason"] == "the text is longer than 10 characters"


# --- kill -9 -------------------------------------------------------------------------------------

_SCRIPT = """
import sys; from pathlib import Path
from service.archive import Options, run_work
from tests.test_batch import stop_at
if __name__ == "__main__":
    sys.exit(run_work([Path(sys.argv[1])], Path(sys.argv[2]), stop_at, Options(processes=2, progress=False)))
"""


def start(pages: Path, out: Path, *, stop_at: int | None = None) -> subprocess.Popen:
    told = {} if stop_at is None else {"STOP_AT": str(stop_at)}
    command = [sys.executable, "-c", _SCRIPT, pages, out]
    return subprocess.Popen(command, cwd=ROOT, stderr=subprocess.PIPE, env=os.environ | told)


def count_lines(path: Path) -> int:
    return path.read_bytes().count(b"\n") if path.exists() else 0


def wait_until(condition, seconds: float = 60) -> None:
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end, "nothing happened"
        time.sleep(0.005)


def children(pid: int) -> list[int]:
    listed = Path(f"/proc/{pid}/task/{pid}/children")
    return [int(child) for child in listed.read_text().split()]


def alive(pid: int) -> bool:
    stat = Path(f"/proc/{pid}/stat")
    try:
        return stat.read_text().rpartition(")")[2].split()[0] != "Z"
    except FileNotFoundError:
        return False


@pytest.mark.skipif(not Path("/proc/self/task").exists(), reason="needs Linux's /proc to see the workers end")
def test_a_killed_run_goes_on_and_writes_nothing_twice(tmp_path):
    pages, out = make_pages(tmp_path / "pages", 120), tmp_path / "out"
    records = out / "records.jsonl"
    for wanted in (20, 60):
        run = start(pages, out, stop_at=wanted + 5)
        wait_until(lambda wanted=wanted: count_lines(records) >= wanted)
        workers = children(run.pid)
        assert len(workers) >= 2
        run.send_signal(signal.SIGKILL)
        run.wait()
        wait_until(lambda workers=workers: not any(map(alive, workers)))
        assert count_lines(records) < 120
    with records.open("ab") as file:
        file.write(b'{"schema": "1.0", "id": "half a l')
    run = start(pages, out)
    _, errors = run.communicate()
    assert run.returncode == 0, errors
    assert len(lines(records)) == 120
    assert inputs(out) == {str(path) for path in pages.iterdir()}
    assert [run["state"] for run in json.loads((out / "manifest.json").read_bytes())["runs"]] == [
        "killed",
        "killed",
        "finished",
    ]


def test_two_runs_do_not_write_to_one_folder(tmp_path, capsys):
    pages, out = make_pages(tmp_path / "pages", 120), tmp_path / "out"
    run = start(pages, out, stop_at=10)
    wait_until(lambda: count_lines(out / "records.jsonl"))
    assert run_work([pages], out, make_record, quiet()) == 2
    assert "another run is writing here" in capsys.readouterr().err
    run.kill()
    run.wait()
    assert run_work([pages], out, make_record, quiet()) == 0
    assert len(lines(out / "records.jsonl")) == 120


def test_ctrl_c_ends_the_run_in_order(tmp_path):
    pages, out = make_pages(tmp_path / "pages", 2000), tmp_path / "out"
    run = start(pages, out)
    wait_until(lambda: count_lines(out / "records.jsonl"))
    run.send_signal(signal.SIGINT)
    _, errors = run.communicate()
    assert run.returncode == 130, errors
    assert b"Traceback" not in errors
    assert json.loads((out / "manifest.json").read_bytes())["runs"][-1]["state"] == "interrupted"
    assert 0 < len(lines(out / "records.jsonl")) < 2000
