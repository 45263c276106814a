import pytest

from extractors.record import from_json, to_json
from extractors.types import Article, Translation, Warning_
from service import facts, pipeline
from service.addresses import FetchError
from service.pipeline import Clock, StageError, Submission, process
from tests.fakes import FakeTranslator, find_facts

VIETNAMESE = "Ông Lò Văn Mẫu, xã Tân Lập, đạt 64,5% kế hoạch."
MALAGASY = "Tsara ny vokatra. Ilay voalaza: 80 % no tratra. Veloma."


class EnglishTranslator(FakeTranslator):
    """Translates the middle sentence of the Malagasy text into one that the fake extraction reads."""

    def say(self, sentence, target):
        return "Bà Sen Thị Mẫu, xã Mai, reached 80 %." if "80" in sentence else "Well."


@pytest.fixture
def stages(monkeypatch):
    """The pipeline with hand-made stages, and what they were asked."""
    asked = {}

    def fake_extract(text, language, *, published=None, province=None):
        asked.update(text=text, language=language, published=published)
        return find_facts(text)

    monkeypatch.setattr(facts, "extract", fake_extract)
    monkeypatch.setattr(pipeline, "identify_language", lambda text: ("vi", 0.9) if "Ông" in text else ("mg", 0.8))
    monkeypatch.setattr(pipeline, "languages", lambda: ("de", "en", "fr", "und", "vi"))
    monkeypatch.setattr(
        pipeline, "read_text", lambda text, *, url, title, published: Article(text, title, published_at=published)
    )
    return asked


def run(given, translator=None, tell=None):
    return process(given, translator=translator or FakeTranslator(), fetch=no_fetch, max_chars=1000, tell=tell)


def no_fetch(url):
    raise FetchError("the server answered 404")


def test_facts_are_found_in_the_source_and_their_names_kept(stages):
    translator = FakeTranslator()
    record = run(Submission(text=VIETNAMESE, to="en", published_at="2024-07-11"), translator)
    assert stages["language"] == "vi"
    assert stages["published"].isoformat() == "2024-07-11"
    assert [person.name for person in record.people] == ["Lò Văn Mẫu"]
    assert record.translation.sentences[0].text == f"[en] {VIETNAMESE}"
    assert translator.calls == [("vi", "en", ["Lò Văn Mẫu", "Tân Lập"])]
    stages_timed = {"fetch", "read", "identify", "extract", "translate", "record", "render"}
    assert set(record.processing.milliseconds) == stages_timed


@pytest.mark.parametrize("to", [None, "vi"])
def test_no_translation_without_a_target_of_its_own(stages, to):
    translator = FakeTranslator()
    record = run(Submission(text=VIETNAMESE, to=to), translator)
    assert record.translation.status == "not_needed"
    assert translator.calls == []


def test_a_language_without_pack_goes_through_english(stages):
    record = run(Submission(text=MALAGASY, to="en"), EnglishTranslator())
    sentence = "Ilay voalaza: 80 % no tratra."
    assert stages["language"] == "en"
    assert [(p.name, p.mentions[0].text) for p in record.people] == [("Sen Thị Mẫu", sentence)]
    assert [u.mentions[0].text for u in record.units] == [sentence]
    evidence = record.indicators[0].evidence
    assert record.text[evidence.start : evidence.end] == evidence.text == sentence
    assert record.people[0].roles[0].evidence == evidence
    assert record.translation.status == "done"


def test_the_english_in_between_is_not_the_translation_asked_for(stages):
    translator = EnglishTranslator()
    record = run(Submission(text=MALAGASY, to="de"), translator)
    assert [call[1] for call in translator.calls] == ["en", "de"]
    assert record.translation.target == "de"
    assert run(Submission(text=MALAGASY), EnglishTranslator()).translation.status == "not_needed"


def test_what_cannot_be_translated_is_said(stages):
    record = run(Submission(text=MALAGASY, to="en"), FakeTranslator(reason="no model mg-en"))
    assert stages["language"] == "und"
    assert [figure.evidence.text for figure in record.indicators] == ["80 %"]
    assert record.warnings[0].code == "not_translated"
    assert "no model mg-en" in record.warnings[0].message
    assert record.translation == Translation("en", None, "unavailable", "no model mg-en")


def test_what_is_no_article_has_no_facts(stages, monkeypatch):
    page = Article(VIETNAMESE, None, warnings=(Warning_("not_an_article", "a list"),))
    monkeypatch.setattr(pipeline, "read_article", lambda page_: page)
    record = run(Submission(html=b"<p>"))
    assert record.people == ()
    assert [warning.code for warning in record.warnings] == ["not_an_article"]


@pytest.mark.parametrize(
    ("given", "stage", "reason"),
    [
        (Submission(url="http://a.vn"), "fetch", "the server answered 404"),
        (Submission(text=" \n"), "read", "no text found"),
        (Submission(text="a" * 1001), "read", "the text is longer than 1000 characters"),
        (Submission(text="a", language="Tiếng Việt"), "read", "not a language code (ISO 639): 'Tiếng Việt'"),
        (Submission(text="a", to="EN"), "read", "not a language code (ISO 639): 'EN'"),
        (Submission(text="\0"), "read", "no text found"),
        (Submission(text="a", published_at="soon"), "read", "not an ISO date or date-time: 'soon'"),
    ],
)
def test_a_stage_that_fails_says_which_and_why(stages, given, stage, reason):
    with pytest.raises(StageError) as caught:
        run(given)
    assert (caught.value.stage, caught.value.reason, caught.value.user) == (stage, reason, True)


def test_what_cannot_be_stored_is_replaced_and_offsets_stay(stages):
    text = f"\0{VIETNAMESE}\ud800"
    record = run(Submission(text=text, title="a\0", input="a\udcff.txt"))
    assert record.text == f"\ufffd{VIETNAMESE}\ufffd"
    assert (record.title, record.processing.input) == ("a\ufffd", "a\ufffd.txt")
    assert record.people[0].mentions[0].start == text.index("Lò")
    assert from_json(to_json(record)) == record


def test_a_defect_is_logged_and_not_blamed_on_the_user(stages, monkeypatch, caplog):
    monkeypatch.setattr(pipeline, "identify_language", lambda text: int("x"))
    with pytest.raises(StageError) as caught:
        run(Submission(text=VIETNAMESE))
    assert (caught.value.stage, caught.value.user) == ("identify", False)
    assert "ValueError" in caplog.text


def test_stages_are_told_as_they_begin(stages):
    told = []
    run(Submission(text=VIETNAMESE), tell=told.append)
    assert told == ["fetch", "read", "identify", "extract", "translate", "record"]


def test_a_stage_that_runs_twice_is_timed_as_one():
    clock = Clock()
    for _ in range(2):
        with clock.stage("translate"):
            pass
    assert list(clock.milliseconds) == ["translate"]
