"""The translation memory, and which names a translation keeps."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from xml.etree import ElementTree

from sqlalchemy import create_engine

from extractors import extract
from extractors.types import Facts, Person, Span, Unit
from service.config import Settings
from service.store import open_store
from service.store.tables import metadata
from service.translate import Translator, build_translator
from service.translate.memory import Key, Memory, Remembering, Use
from service.translate.names import names_to_keep
from tests.fakes import FakeEngine, translate

XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
KEY = Key("vi", "en", "fake", "1")


def database(folder):
    made = create_engine(f"sqlite:///{folder / 'memory.db'}")
    metadata.create_all(made)
    return made


def test_what_was_said_is_not_asked_again(tmp_path):
    engine = FakeEngine({"Một.": "One.", "Hai.": "Two.", "Ba.": "Three."})
    memory = Memory(database(tmp_path))
    translator = Translator([Remembering(engine, memory)])
    assert translate(translator, "Một. Hai.").status == "done"
    result = translate(translator, "Hai. Ba. Một.")
    assert [s.text for s in result.sentences] == ["Two.", "Three.", "One."]
    assert result.engine == "fake"
    assert engine.asked == [["Một.", "Hai."], ["Ba."]]
    assert (memory.hits, memory.misses) == (2, 3)
    again = Translator([Remembering(FakeEngine({}), Memory(database(tmp_path)))])
    assert translate(again, "Ba.").status == "done"


def test_use_is_counted_for_all_processes(tmp_path):
    first, second = (Memory(database(tmp_path)) for _ in range(2))
    engine = FakeEngine({"Một.": "One.", "Hai.": "Two."})
    translate(Translator([Remembering(engine, first)]), "Một.")
    translate(Translator([Remembering(engine, second)]), "Một. Hai.")
    assert first.use() == second.use() == [Use("vi", "en", "fake", hits=1, misses=2)]
    assert (second.hits, second.misses) == (1, 1)


def test_a_memory_whose_database_is_away_costs_only_itself(caplog):
    engine = FakeEngine({"Một.": "One."})
    translator = Translator([Remembering(engine, Memory(create_engine("sqlite:///no/such/folder/a.db")))])
    assert translate(translator, "Một.").status == "done"
    assert "cannot be read" in caplog.text
    assert "cannot be written" in caplog.text


def test_many_threads_remember_at_once(tmp_path):
    store = open_store(Settings(data_dir=tmp_path))
    memory = store.memory
    keys = [Key("vi", "en", f"engine {number % 3}", "1") for number in range(60)]
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda key: memory.add(key, {f"{key.engine}": "a"}, hits=1, misses=2), keys))
    assert [(use.hits, use.misses) for use in memory.use()] == [(20, 40)] * 3
    assert (memory.hits, memory.misses) == (60, 120)
    store.close()


def test_what_failed_is_not_kept():
    engine = FakeEngine({}, reason="down")
    translator = Translator([Remembering(engine, Memory())])
    assert translate(translator, "Một.").reason == "fake: down"
    engine.answers["Một."] = "One."
    engine.reason = None
    assert translate(translator, "Một.").status == "done"


def test_another_language_engine_or_model_is_another_translation():
    memory = Memory()
    memory.add(KEY, {"Một.": "One."})
    assert memory.find(KEY, ["Một.", "Hai."]) == {"Một.": "One."}
    for other in (
        Key("vi", "de", "fake", "1"),
        Key("vi", "en", "other", "1"),
        Key("vi", "en", "fake", "2"),
    ):
        assert memory.find(other, ["Một."]) == {}


def test_the_first_translation_stays():
    memory = Memory()
    memory.add(KEY, {"Một.": "One."})
    memory.add(KEY, {"Một.": "Un.", "Hai.": "Two."})
    assert memory.find(KEY, ["Một.", "Hai."]) == {"Một.": "One.", "Hai.": "Two."}
    memory.add(KEY, {})


def test_many_sentences():
    memory = Memory()
    said = {f"câu {i}": f"sentence {i}" for i in range(1300)}
    memory.add(KEY, said)
    assert memory.find(KEY, list(said)) == said


def test_tmx():
    memory = Memory()
    memory.add(KEY, {"A & B đạt 8.249,702 tấn.": "A & B reached 8,249,702 tonnes.", "Ông XQ0.": "Mr XQ0."})
    memory.add(Key("vi", "de", "fake", "1"), {"Một.": "Eins."})
    root = ElementTree.fromstring("".join(memory.write_tmx("vi", "en")))
    units = [[seg.text for seg in unit.iter("seg")] for unit in root.iter("tu")]
    assert units == [["A & B đạt 8.249,702 tấn.", "A & B reached 8,249.702 tonnes."]]
    assert root.find("header").get("srclang") == "vi"


def test_tmx_of_all_languages():
    memory = Memory()
    memory.add(KEY, {"Một.": "One."})
    memory.add(Key("vi", "de", "fake", "1"), {"Một.": "Eins."})
    memory.add(Key("pt", "de", "fake", "1"), {"Um.": "Eins."})

    def units(*pair):
        root = ElementTree.fromstring("".join(memory.write_tmx(*pair)))
        return [[variant.get(XML_LANG) for variant in unit.iter("tuv")] for unit in root.iter("tu")]

    assert units() == [["pt", "de"], ["vi", "de"], ["vi", "en"]]
    assert units(None, "de") == [["pt", "de"], ["vi", "de"]]
    assert units("vi") == [["vi", "de"], ["vi", "en"]]


def test_build_with_a_memory(tmp_path):
    memory = Memory()
    translator = build_translator(Settings(models_dir=tmp_path), memory=memory)
    assert translate(translator, "Một.").status == "unavailable"
    assert memory.misses == 1


def test_what_was_read_in_english_keeps_names_and_no_sentences():
    sentence = Span(0, 40, "O camarada Lê Thanh Quân visitou Tan Lap.")
    person = Person("p", "Lê Thanh Quân", (), None, "unknown", (), (sentence,), 1.0, "rule")
    place = Unit("u", "Tan Lap commune", "administrative", None, None, None, None, None, (), (sentence,), 1.0, "rule")
    assert names_to_keep(Facts((person,), (place,))) == ("Lê Thanh Quân", "Tan Lap")


def test_people_and_places_are_kept_and_bodies_translated():
    def span(text: str) -> Span:
        return Span(0, len(text), text)

    def unit(name: str, class_: str) -> Unit:
        return Unit(name, name, class_, None, None, None, None, None, (), (span(name),), 1.0, "rule")

    person = Person("p", "Lê Thanh Quân", ("Quân",), "ông", "male", (), (span("Lê Thanh Quân"),), 1.0, "rule")
    units = (
        unit("xã Nà Khoang", "administrative"),
        unit("Thành phố Hà Giang", "administrative"),
        unit("Gemeinde Tan Lap", "administrative"),
        unit("Đảng ủy xã Nà Khoang", "party"),
    )
    kept = names_to_keep(Facts((person,), units))
    assert kept == ("Lê Thanh Quân", "Quân", "Nà Khoang", "Hà Giang", "Tan Lap")


def test_the_names_that_bodies_end_with_are_kept():
    text = "Trường THPT Trần Phú và Bệnh viện Bạch Mai trao quà cho Ngân hàng Chính sách xã hội."
    assert names_to_keep(extract(text, "vi")) == ("Trần Phú", "Bạch Mai")
