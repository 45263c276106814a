"""The packs say what the code reads, and no more."""

import shutil

import pytest

from extractors.indicators.words import lexicon as figures
from extractors.indicators.words.lexicon import load_figures
from extractors.indicators.words.matching import Phrases
from extractors.packs import LANGUAGES, TOPIC_COLUMNS, PackError, read_table

PACKS = ("de", "en", "fr", "vi")


@pytest.mark.parametrize("language", [*PACKS, "und"])
def test_pack_loads(language):
    assert load_figures(language).language == language


def test_language_without_a_pack_gets_that_for_the_rest():
    assert load_figures("xx").language == "und"


def test_topics_have_the_same_keys_in_all_languages():
    keys = {language: [row["key"] for row in read_table(LANGUAGES / language / "topics.csv", TOPIC_COLUMNS)]
            for language in PACKS}  # fmt: skip
    assert len(keys["vi"]) == len(set(keys["vi"])) >= 120
    assert all(keys[language] == keys["vi"] for language in PACKS)


@pytest.mark.parametrize("language", PACKS)
def test_every_topic_is_found_by_its_name(language):
    lexicon = load_figures(language)
    for key, name in lexicon.topic_names.items():
        words = figures.words_of(name)
        length, keys = lexicon.topics.match(words, 0)
        assert (length, key in keys) == (len(words), True), name


@pytest.mark.parametrize(
    ("old", "new"),
    [("[cues]", '[cues]\nunheard = ["x"]'), ('kind = "months"', 'kind = "eons"'), ("decimal = ", "decimals = ")],
)
def test_what_no_code_reads_is_an_error(tmp_path, monkeypatch, old, new):
    shutil.copytree(LANGUAGES / "en", tmp_path / "zz")
    path = tmp_path / "zz" / "figures.toml"
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    monkeypatch.setattr(figures, "LANGUAGES", tmp_path)
    with pytest.raises(PackError):
        load_figures.__wrapped__("zz")


def test_the_longest_phrase_wins_and_a_stem_stands_for_its_words():
    phrases = Phrases([("same", "a"), ("same period", "b"), ("increas*", "up"), ("increased plan*", "c")])
    assert phrases.match(["same", "period"], 0) == (2, {"b"})
    assert phrases.match(["same", "day"], 0) == (1, {"a"})
    assert phrases.match(["increasing"], 0) == (1, {"up"})
    assert phrases.match(["increased", "plans"], 0) == (2, {"c"})
    assert phrases.match(["other"], 0) is None
