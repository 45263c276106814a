"""The ranking of what a figure could be said of, and how it is settled with what the rules find."""

import datetime

import numpy as np
import pytest

from benchmarks.train_subjects import Example, Seen, train
from extractors.indicators.contexts import Named
from extractors.indicators.find import find_indicators
from extractors.indicators.sentences.noun_phrases import Subject
from extractors.indicators.subjects import naming
from extractors.indicators.subjects.ranking import ranker
from extractors.indicators.subjects.ranking.candidates import Candidate, candidates_of, is_same
from extractors.indicators.subjects.ranking.ranker import Opinion, Trust, Weights, load_weights, read_trust
from extractors.text import split_sentences

LEVEL_TRUST = Trust({"constant": 2.0}, {"agrees": 2.0})


def figures(text, language):
    return find_indicators(
        text, sentences=split_sentences(text), language=language, units=(), published=datetime.date(2024, 8, 20)
    )


def seen_by_ranker(monkeypatch, text, language):
    """What the ranker is given for the last figure of a text."""
    calls = []
    monkeypatch.setattr(naming, "settle", lambda *given: (calls.append(given), given[-1])[1])
    figures(text, language)
    return calls[-1]


def phrases(monkeypatch, text, language):
    article, sentence, at, _ = seen_by_ranker(monkeypatch, text, language)
    return {text[slice(*one.span)]: one.where for one in candidates_of(article, sentence, at)[1]}


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("en", "In the district the schools keep 40 % of the fees.", {"schools": "before", "fees": "after"}),
        ("de", "Im Kreis behalten die Schulen 40 % der Gebühren.", {"Schulen": "before", "Gebühren": "after"}),
        ("fr", "Les écoles gardent 40 % des recettes.", {"écoles": "before", "recettes": "after"}),
        ("vi", "Tỷ lệ trường học đạt chuẩn là 40%.", {"Tỷ lệ trường học đạt chuẩn": "before"}),
    ],
)
def test_phrases_of_the_sentence_are_candidates(monkeypatch, language, text, expected):
    found = phrases(monkeypatch, text, language)
    assert expected.items() <= found.items()


def test_subjects_of_figures_before_are_candidates(monkeypatch):
    text = "Rice made up 61 % of the area. A year ago it was 58 %."
    assert phrases(monkeypatch, text, "en")["Rice"] == "earlier"


def test_far_phrases_are_no_candidates(monkeypatch):
    text = "Farms, shops, mills, yards, boats and inns paid, and fees rose by 7 %."
    assert "Farms" not in phrases(monkeypatch, text, "en")


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [((0, 10), (2, 6), True), ((0, 10), (4, 14), True), ((0, 10), (9, 19), False), ((0, 4), (6, 9), False)],
)
def test_the_same_phrase(one, other, expected):
    assert is_same(one, other) is expected


def opinion(where="before", *, agrees=False, known=True, rule_known=False):
    return Opinion(Candidate(where, (0, 4), 0, 1), 0.8, 0.1, agrees, known, rule_known)


def test_a_clearly_likelier_phrase_is_taken():
    assert LEVEL_TRUST.switches(opinion(), "phrase")
    assert not Trust({"constant": 0.5}, {}).switches(opinion(), "phrase")


def test_what_names_a_topic_may_give_way():
    assert LEVEL_TRUST.switches(opinion(known=False, rule_known=True), "phrase")


@pytest.mark.parametrize("kept", [opinion(agrees=True), opinion("earlier"), opinion("head")])
def test_what_the_rules_found_is_kept(kept):
    assert not LEVEL_TRUST.switches(kept, "phrase")


def test_agreement_makes_sure():
    trust = read_trust()
    alike, apart = (
        Opinion(Candidate("before", (0, 4), 0, 1), 0.9, rule, agrees, True, True)
        for rule, agrees in ((0.9, True), (0.02, False))
    )
    assert trust.sure(alike, "named", switched=False) > 0.85 > trust.sure(apart, "named", switched=False)


def test_the_settled_subject_has_a_side_and_a_chance(monkeypatch):
    article, sentence, at, _ = seen_by_ranker(monkeypatch, "Im Kreis behalten die Schulen 40 % der Gebühren.", "de")
    start = article.text.index("Schulen")
    told = Subject(0, 8, "left")
    monkeypatch.setattr(ranker, "load_weights", lambda language: Weights({"opens=schulen": 5.0}))
    monkeypatch.setattr(ranker, "read_trust", lambda: LEVEL_TRUST)
    settled = ranker.settle(article, sentence, at, Named(told, (0, 8), "phrase"))
    assert settled.span == (start, start + len("Schulen"))
    assert settled.subject == Subject(start, start + len("Schulen"), "left")
    assert settled.source == "ranked"
    assert 0 < settled.sure < 1


def test_a_language_without_weights_keeps_to_its_rules(monkeypatch):
    article, sentence, at, found = seen_by_ranker(monkeypatch, "Rice made up 61 % of the area.", "en")
    monkeypatch.setattr(ranker, "load_weights", lambda language: Weights({}))
    assert ranker.settle(article, sentence, at, found) is found
    assert not load_weights("und")


@pytest.mark.parametrize("language", ["vi", "de", "en", "fr"])
def test_every_pack_has_weights(language):
    assert len(load_weights(language)) > 1000


def test_confidences_are_not_all_alike():
    text = (
        "Forest cover reached 61 %. The clinic, says its head, who once ran the market by the river, wants 44 % by May."
    )
    sure = [one.confidence for one in figures(text, "en")]
    assert len(set(sure)) == len(sure) == 2


def example(number, right, series="s"):
    features = [["side=left", "far"], ["side=right", "near"]]
    seen = Seen(0, "", "en", [], features, [False, False], False, Named(None, None, "none"))
    return Example(f"en-{series}{number}", seen, True, np.array([float(right == 0), float(right == 1)]), False, True)


def test_training_finds_what_tells_subjects():
    weights = train([example(n, 1) for n in range(20)] + [example(20, 0)])
    assert weights["near"] > 0 > weights["far"]
    assert weights == train([example(n, 1) for n in range(20)] + [example(20, 0)])


def test_a_figure_of_a_whole_article_counts_for_more_than_two_of_passages():
    weights = train([example(1, 0), example(2, 0), example(103, 1, series="")])
    assert weights["near"] > 0 > weights["far"]
