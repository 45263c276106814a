import csv
import io
import json
import socket
import sys

import jsonschema
import pytest

from extractors.record import from_json, schema
from service.cli import main
from service.pipeline import Submission
from service.store import open_store
from tests.fakes import make_record


@pytest.fixture(autouse=True)
def environment(monkeypatch, tmp_path):
    monkeypatch.setenv("CHITIEU_DATA_DIR", str(tmp_path / "data"))
    monkeypatch.setenv("CHITIEU_LOG_LEVEL", "ERROR")


@pytest.fixture
def files(tmp_path, article):
    (tmp_path / "a.txt").write_text(article, encoding="utf-8")
    page = f"<html><head><title>Trang</title></head><body><h1>Tin mới</h1><p>{article}</p></body></html>"
    (tmp_path / "b.html").write_text(page, encoding="utf-8")
    (tmp_path / "c.pdf").write_bytes(b"%PDF")
    (tmp_path / "empty.txt").write_text(" \n")
    (tmp_path / "latin.txt").write_bytes("Größe".encode("latin-1"))
    return tmp_path


def records(capfd):
    return [json.loads(line) for line in capfd.readouterr().out.splitlines()]


def test_one_record_a_line_in_order(files, capfd):
    names = [str(files / "b.html"), str(files / "a.txt")]
    assert main(["extract", *names]) == 0
    found = records(capfd)
    assert [record["processing"]["input"] for record in found] == names
    for record in found:
        jsonschema.validate(record, schema())
        assert "Ông Lò Văn Mẫu" in record["text"]
        assert record["translation"]["status"] == "not_needed"


def test_what_the_caller_knows(files, capfd):
    options = ["--url", "https://baomau.vn/tin-1.html", "--language", "vi", "--published", "2024-07-11"]
    assert main(["extract", *options, str(files / "a.txt")]) == 0
    record = records(capfd)[0]
    assert (record["url"], record["language"]) == ("https://baomau.vn/tin-1.html", "vi")
    assert record["published_at"].startswith("2024-07-11")
    assert record["published_precision"] == "day"


@pytest.mark.parametrize("bad", ["missing.txt", "c.pdf", "empty.txt", "latin.txt"])
def test_a_file_that_fails_gives_no_line(files, capfd, bad):
    assert main(["extract", str(files / "a.txt"), str(files / bad), str(files / "a.txt")]) == 2
    out, err = capfd.readouterr()
    assert len(out.splitlines()) == 2
    assert err.startswith("error: ")
    assert bad in err


def test_standard_input(monkeypatch, capfd, article):
    for content in (article, f"<html><body><p>{article}</p></body></html>"):
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(content.encode())))
        assert main(["extract", "-"]) == 0
    texts = [record["text"] for record in records(capfd)]
    assert len(texts) == 2
    assert all("Ông Lò Văn Mẫu" in text and "<p>" not in text for text in texts)


@pytest.mark.parametrize(
    "arguments",
    [
        [],
        ["extract"],
        ["nothing"],
        ["extract", "--published", "soon", "a.txt"],
        ["batch", "a"],
        ["serve", "--port", "x"],
        ["discover", "--limit", "-1", "a.vn"],
        ["discover", "--pages", "0", "a.vn"],
    ],
)
def test_bad_arguments(arguments, capfd):
    with pytest.raises(SystemExit) as caught:
        main(arguments)
    assert caught.value.code == 2
    assert "usage:" in capfd.readouterr().err


def test_one_url_is_of_one_file(files, capfd):
    assert main(["extract", "--url", "https://a.vn/", str(files / "a.txt"), str(files / "b.html")]) == 2
    assert "--url" in capfd.readouterr().err


def test_bad_settings(monkeypatch, capfd, files):
    monkeypatch.setenv("CHITIEU_PORT", "many")
    assert main(["extract", str(files / "a.txt")]) == 2
    assert "CHITIEU_PORT" in capfd.readouterr().err


@pytest.mark.parametrize(
    ("url", "message"),
    [
        ("nonsense", "not the URL of a database"),
        ("postgresql://me:secret@127.0.0.1:1/x", "cannot be opened"),
        ("sqlite:////no/such/folder/a.sqlite", "cannot be opened"),
        ("oracle7://x", "not the URL of a database"),
    ],
)
@pytest.mark.parametrize("command", ["serve", "worker"])
def test_a_database_that_cannot_be_opened(monkeypatch, capfd, command, url, message):
    monkeypatch.setenv("CHITIEU_DATABASE_URL", url)
    assert main([command]) == 2
    err = capfd.readouterr().err
    assert message in err
    assert "Traceback" not in err
    assert "secret" not in err


@pytest.mark.parametrize("command", ["discover", "new-site", "check-sites"])
def test_what_is_no_address(command, capfd):
    code = main([command, "http://["])
    out, err = capfd.readouterr()
    assert code == (1 if command == "check-sites" else 2)
    assert "not a URL" in out + err


@pytest.mark.parametrize("command", ["serve", "worker"])
def test_engines_that_are_not_there_are_said_before_anything_starts(monkeypatch, capfd, command):
    monkeypatch.setenv("CHITIEU_TRANSLATION_ENGINES", "bing")
    assert main([command]) == 2
    assert capfd.readouterr().err.startswith("error: no translation engine 'bing'")


def test_the_schema(capfd):
    assert main(["schema"]) == 0
    assert json.loads(capfd.readouterr().out) == schema()


@pytest.mark.parametrize("command", ["extract", "batch", "serve", "worker", "schema", "settings"])
def test_every_command_explains_itself(command, capfd):
    with pytest.raises(SystemExit) as caught:
        main([command, "--help"])
    assert caught.value.code == 0
    assert capfd.readouterr().out.startswith(f"usage: python -m service {command}")


@pytest.mark.parametrize("arguments", [["--help"], ["-h"], ["list", "--help"]])
def test_the_help_of_models(capsys, arguments):
    with pytest.raises(SystemExit) as caught:
        main(["models", *arguments])
    out, err = capsys.readouterr()
    assert (caught.value.code, err) == (0, "")
    assert ("--all" if "list" in arguments else "install") in out


# --- export ---


@pytest.fixture
def stored(settings, monkeypatch, article):
    monkeypatch.setenv("CHITIEU_DATA_DIR", str(settings.data_dir))
    store = open_store(settings)
    for number, day in enumerate(("2024-07-11", "2024-08-01")):
        store.save(make_record(Submission(text=f"{article}\nSố {number}", published_at=day)))
    store.close()


def test_facts_are_written_to_a_file(stored, tmp_path):
    file = tmp_path / "figures.csv"
    assert main(["export", "indicators", str(file)]) == 0
    rows = list(csv.DictReader(file.open(encoding="utf-8")))
    assert len(rows) == 4
    assert rows[0]["link"].startswith("/articles/")
    assert main(["export", "indicators", str(file), "--from", "2024-07-12", "--confidence", "0.5"]) == 0
    assert len(list(csv.DictReader(file.open(encoding="utf-8")))) == 2
    lines = tmp_path / "people.jsonl"
    assert main(["export", "people", str(lines), "--to", "2024-07-31"]) == 0
    assert [json.loads(line)["name"] for line in lines.open(encoding="utf-8")] == ["Lò Văn Mẫu", "Hoàng Thị Thử"]
    assert main(["export", "records", str(lines)]) == 0
    assert [from_json(line).published_at[:10] for line in lines.open("rb")] == ["2024-07-11", "2024-08-01"]
    assert sorted(path.name for path in tmp_path.glob("*.*")) == ["figures.csv", "people.jsonl"]


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["people", "a.xlsx"], "people are written to .csv, .jsonl, .parquet"),
        (["records", "a.csv"], "records are written to .jsonl"),
        (["people", "none/a.csv"], "No such file or directory"),
    ],
)
def test_files_that_cannot_be_written(stored, capfd, arguments, message):
    assert main(["export", *arguments]) == 2
    assert message in capfd.readouterr().err


@pytest.mark.parametrize("arguments", [["sentences", "a.csv"], ["people", "a.csv", "--confidence", "2"], ["people"]])
def test_bad_exports(arguments, capfd):
    with pytest.raises(SystemExit) as ended:
        main(["export", *arguments])
    assert ended.value.code == 2


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["--port", "99999"], "port 99999: bind(): port must be 0-65535"),
        (["--host", "192.0.2.1"], "cannot listen on 192.0.2.1"),
        (["--host", "no host"], "cannot listen on no host"),
    ],
)
def test_an_address_that_cannot_be_served_is_said_before_anything_starts(capfd, arguments, message):
    assert main(["serve", *arguments]) == 2
    assert message in capfd.readouterr().err


def test_a_port_that_is_taken(capfd):
    with socket.create_server(("127.0.0.1", 0)) as taken:
        assert main(["serve", "--port", str(taken.getsockname()[1])]) == 2
    assert "Address already in use" in capfd.readouterr().err
