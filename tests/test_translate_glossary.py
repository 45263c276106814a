"""A user's glossary is read and honoured."""

from __future__ import annotations

import pytest

from service.translate import Translator
from service.translate.glossary import Glossary, GlossaryError, find_glossary, read_glossary
from service.translate.pack_glossary import PackGlossary
from tests.fakes import FakeEngine, translate

TBX = """<?xml version="1.0"?>
<martif type="TBX" xml:lang="en"><text><body>
<termEntry id="1"><langSet xml:lang="vi"><tig><term>chi bộ</term></tig></langSet>
<langSet xml:lang="en-GB"><tig><term>Party  cell</term></tig><tig><term>branch</term></tig></langSet></termEntry>
</body></text></martif>"""
TBX3 = """<tbx xmlns="urn:iso:std:iso:30042:ed-2" xml:lang="en"><text><body><conceptEntry>
<langSec xml:lang="vi"><termSec><term>chi bộ</term></termSec></langSec>
<langSec xml:lang="en"><termSec><term>Party cell</term></termSec></langSec></conceptEntry></body></text></tbx>"""


@pytest.mark.parametrize(
    ("name", "content"),
    [("g.csv", "vi,en-GB\nchi bộ,Party  cell\n,nothing\n\n"), ("g.tbx", TBX), ("g.xml", TBX3)],
)
def test_files(tmp_path, name, content):
    path = tmp_path / name
    path.write_text(content, encoding="utf-8")
    glossary = read_glossary(path)
    assert glossary.terms("vi", "en") == {"chi bộ": "Party cell"}
    assert glossary.terms("en", "vi") == {"Party cell": "chi bộ"}
    assert glossary.terms("vi", "de") == {}


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("g.csv", "term,translation\nchi bộ,cell\n", "must name languages"),
        ("g.csv", "vi,en\nchi bộ,Party, cell\n", "line 2 has 3 cells"),
        ("g.tbx", "vi,en\n", "g.tbx: "),
    ],
)
def test_files_that_are_none(tmp_path, name, content, message):
    path = tmp_path / name
    path.write_text(content, encoding="utf-8")
    with pytest.raises(GlossaryError, match=message):
        read_glossary(path)
    with pytest.raises(GlossaryError, match="absent"):
        read_glossary(tmp_path / "absent.csv")


GLOSSARY = Glossary(({"vi": "chi bộ", "en": "Party cell"}, {"vi": "Mặt trận Tổ quốc", "en": "Fatherland Front"}))


def test_terms_are_put_through_behind_tokens():
    engine = FakeEngine(
        {
            "Chi bộ và các chi bộ gặp Mặt trận Tổ quốc.": "Branches met the front.",
            "XQ0 và các XQ1 gặp XQ2.": "XQ0 and the XQ1s met the XQ2.",
        }
    )
    text = "Chi bộ và các chi bộ gặp Mặt trận Tổ quốc."
    result = translate(Translator([engine], glossary=GLOSSARY), text)
    assert result.sentences[0].text == "Party cell and the Party cells met the Fatherland Front."
    assert result.checks == ()
    assert Translator([engine]).translate(text, [(0, len(text))], source="vi", target="en").checks == ()


def test_a_term_that_is_not_honoured_is_flagged():
    engine = FakeEngine({"Các chi bộ.": "The branches.", "Các XQ0.": "The branches."})
    result = translate(Translator([engine], glossary=GLOSSARY), "Các chi bộ.")
    assert [(check.code, check.detail) for check in result.checks] == [("name_lost", "Party cell")]


def test_a_right_translation_is_left_alone():
    engine = FakeEngine({"Các chi bộ.": "The Party cells."})
    assert translate(Translator([engine], glossary=GLOSSARY), "Các chi bộ.").checks == ()
    assert len(engine.asked) == 1


def test_the_packs_are_a_glossary():
    terms = {pair: PackGlossary().terms(*pair) for pair in (("vi", "en"), ("de", "vi"), ("vi", "pt"))}
    assert terms["vi", "en"]["UBND"] == "the People's Committee"
    assert terms["de", "vi"]["Volkskomitee"] == "Ủy ban nhân dân"
    assert terms["vi", "pt"] == {}
    assert not {"Ban", "Sở", "Đoàn"} & terms["vi", "en"].keys()


def test_bodies_and_offices_by_the_packs():
    engine = FakeEngine({"XQ0 giúp 5 hộ, XQ1 nói.": "XQ0 helped 5 households, XQ1 said."}, hide_names=True)
    translator = Translator([engine], glossary=find_glossary("packs"))
    result = translate(translator, "UBND giúp 5 hộ, Bí thư Đảng ủy nói.")
    assert result.sentences[0].text == "The People's Committee helped 5 households, Party Secretary said."


def test_a_setting_names_a_file_or_the_packs_or_nothing(tmp_path):
    file = tmp_path / "terms.csv"
    file.write_text("vi,en\nxã,commune\n", encoding="utf-8")
    assert find_glossary("") is None
    assert find_glossary(str(file)).terms("vi", "en") == {"xã": "commune"}
    assert isinstance(find_glossary("packs"), PackGlossary)
    with pytest.raises(GlossaryError):
        find_glossary(str(tmp_path / "none.csv"))
