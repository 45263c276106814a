import os
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from alembic import command
from alembic.config import Config
from sqlalchemy import create_engine, inspect, text

from extractors.record import from_json
from extractors.types import TranslatedSentence, Translation
from service import create_app
from service.config import Settings
from service.pipeline import Submission
from service.sentences import find_sentences
from service.store import Batches, Filters, Paging, migrate, open_store
from tests.conftest import ARTICLE
from tests.fakes import FakeRuntime, make_record

ALL = Paging(None)


@pytest.fixture(params=["sqlite", "postgresql"])
def store(request, settings):
    """A store of each kind; `TEST_POSTGRESQL` is the URL of a database that may be emptied."""
    if request.param == "postgresql":
        url = os.environ.get("TEST_POSTGRESQL")
        if not url:
            pytest.skip("TEST_POSTGRESQL names no database")
        with create_engine(url).begin() as connection:
            connection.execute(text("DROP SCHEMA public CASCADE"))
            connection.execute(text("CREATE SCHEMA public"))
        settings = replace(settings, database_url=url)
    made = open_store(settings)
    yield made
    made.close()


def test_a_value_that_no_text_holds(store, settings):
    client = create_app(AnyStore(settings, store)).test_client()
    for path in ("people?q=%00", "units?type=%00", "articles/%00"):
        assert client.get(f"/v1/{path}").status_code in (200, 404, 422)


class AnyStore(FakeRuntime):
    """A runtime with a given store."""

    def __init__(self, settings, store):
        super().__init__(settings)
        self._made["store"] = store


def record_of(number=0, **known):
    return make_record(Submission(text=f"{ARTICLE}\nSố {number}", **known))


def test_a_record_comes_back_as_it_was(store):
    record = record_of(url="https://baomau.vn/1")
    store.save(record)
    assert from_json(store.get(record.id)) == record
    assert store.get("none") is None


def test_saving_again_replaces(store):
    record = record_of()
    store.save(record)
    store.save(replace(record, people=record.people[:1], title="Khác"))
    assert store.counts() == {"articles": 1, "people": 1, "units": 1, "indicators": 2}
    assert store.find_articles(Filters(), ALL)[0][0]["title"] == "Khác"


def test_many_threads_write_at_once(store):
    records = [record_of(number % 20) for number in range(100)]
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(store.save, records))
        found = list(pool.map(lambda record: store.get(record.id), records))
    assert all(found)
    assert store.counts()["articles"] == 20
    assert store.counts()["people"] == 40


@pytest.mark.parametrize("store", ["sqlite"], indirect=True)  # on PostgreSQL the threads above are such openings
def test_two_openings_of_one_database_share_it(store, tmp_path):
    settings = Settings(data_dir=tmp_path / "data")
    with ThreadPoolExecutor(4) as pool:
        others = list(pool.map(lambda _: open_store(settings), range(4)))
        list(pool.map(lambda number: others[number % 4].save(record_of(number)), range(40)))
    for other in others:
        other.close()
    assert store.counts()["articles"] == 40


def test_a_role_is_a_row_and_so_is_a_person_without_one(store):
    record = record_of()
    first, second = record.people
    store.save(replace(record, people=(replace(first, roles=first.roles * 2), replace(second, roles=()))))
    rows = store.find_facts("people", Filters(), ALL)[0]
    assert [(row["name"], row["role"]) for row in rows] == [
        ("Lò Văn Mẫu", "party_secretary"),
        ("Lò Văn Mẫu", "party_secretary"),
        ("Hoàng Thị Thử", None),
    ]
    assert [row["unit"] for row in rows] == ["xã Tân Lập", "xã Tân Lập", None]
    assert all(row["text"] in row["sentence"] for row in rows)


def test_streaming_gives_what_finding_gives(store):
    for number in range(12):
        store.save(record_of(number, published_at=f"2024-07-{number + 1:02}"))
    found, total, _ = store.find_facts("indicators", Filters(first_day="2024-07-03"), ALL)
    assert total == len(found) == 20
    assert list(store.stream_facts("indicators", Filters(first_day="2024-07-03"), ALL)) == found
    assert list(store.stream_facts("indicators", Filters(first_day="2024-07-03"), Paging(5, 3))) == found[3:8]
    assert [row["published_at"][:10] for row in found[:3]] == ["2024-07-12", "2024-07-12", "2024-07-11"]


def test_what_is_searched_for_is_no_pattern(store):
    store.save(record_of())
    for words in (
        "%",
        "_",
        "\\",
        '"',
        '""',
        "*",
        "'; DROP TABLE articles; --",
        "ngân NOT sách",
        "mau OR khongco",
        "{mau}: 1",
    ):
        assert store.find_articles(Filters(q=words), ALL).total == 0
        assert store.find_facts("people", Filters(q=words), ALL).total == 0
    assert store.find_articles(Filters(q="64,5%"), ALL).total == 1
    assert store.find_articles(Filters(q="6_,5%"), ALL).total == 0


@pytest.mark.parametrize(
    ("q", "found"),
    [
        ("lo van mau", True),
        ("MẪU  Lò", True),
        ('"van mau"', True),
        ('"mau van"', False),
        ("ngan sach*", True),
        ("ngân sá*", True),
        ("ngân sá", False),
        ("64,5%", True),
        ("64,6%", False),
        ("5,64", False),
        ("budget", True),  # in the translation
        ("budget revenue", True),  # the topic of a figure
        ("lo van mau tuyen quang", False),
    ],
)
def test_words_are_found(store, q, found):
    record = record_of()
    said = (TranslatedSentence(0, 3, "The budget of Tan Lap"),)
    store.save(replace(record, translation=Translation("en", "fake", "done", None, said)))
    assert store.find_articles(Filters(q=q), ALL).total == found


def test_words_in_scripts_without_spaces(store):
    store.save(make_record(Submission(text="财政收入达到计划的 64,5%", language="zh")))
    assert [store.find_articles(Filters(q=q), ALL).total for q in ("收入", "入收", "计划")] == [1, 0, 1]


def test_words_go_with_their_article_and_change_with_it(store):
    record = record_of()
    for more in ("đường mới", "cầu cũ"):
        store.save(replace(record, text=f"{record.text} {more}"))
    assert [store.find_articles(Filters(q=q), ALL).total for q in ("duong moi", "cau cu")] == [0, 1]
    store.save(record_of(2), replaces=record.id)
    assert store.find_articles(Filters(q="cau cu"), ALL).total == 0


def test_what_comes_in_meanwhile_moves_no_page(store):
    for number in range(6):
        store.save(record_of(number, published_at=f"2024-07-{number + 1:02}" if number else None))
    seen, after = [], None
    for turn in range(20):
        rows, _, after = store.find_facts("indicators", Filters(), Paging(5, after=after))
        seen += [(row["article_id"], row["indicator"]) for row in rows]
        store.save(record_of(100 + turn, published_at=f"2025-01-{turn + 1:02}"))
        if after is None:
            break
    assert len(seen) == len(set(seen)) == 12
    assert {article for article, _ in seen} == {record_of(number).id for number in range(6)}
    after = store.find_articles(Filters(), Paging(2)).next
    assert (
        store.find_articles(Filters(), Paging(2, after=after)).rows == store.find_articles(Filters(), Paging(2, 2)).rows
    )


def test_figures_have_the_code_of_their_unit_or_of_the_one_above(store):
    record = record_of()
    place = replace(record.units[0], code="02317", official_name="xã Tân Lập Hạ")
    body = replace(record.units[0], id="b", name="UBND xã", parent=place.id)
    figures = tuple(replace(figure, about="b") for figure in record.indicators)
    store.save(replace(record, units=(place, body), indicators=figures))
    for name, column in (("people", "unit_code"), ("indicators", "about_code"), ("units", "code")):
        rows = store.find_facts(name, Filters(unit="02317"), ALL).rows
        assert rows
        assert {row[column] for row in rows} <= {"02317", None}
    assert store.find_facts("people", Filters(unit="tan lap ha"), ALL).total == 2
    assert store.find_facts("people", Filters(unit="ha tan lap"), ALL).total == 0


@pytest.mark.parametrize("field", ["search", "unit_search"])
def test_words_of_facts_are_whole(store, field):
    store.save(record_of())
    q = {"search": {"q": "ma"}, "unit_search": {"unit": "tan la"}}[field]
    assert store.find_facts("people", Filters(**q), ALL).total == 0


def test_an_older_database_is_brought_up_to_date(store):
    """Records that were kept before their translations had columns of their own."""
    record = record_of()
    sentences = find_sentences(record.text, record.language)
    said = tuple(TranslatedSentence(start, end, f"said {start}") for start, end in sentences[1:])
    translated = replace(record, translation=Translation("en", "fake", "done", None, said))
    for each in (translated, other := record_of(1)):
        store.save(each)

    def rows():
        return [row for name in ("people", "units", "indicators") for row in store.find_facts(name, Filters(), ALL)[0]]

    expected = rows()
    assert len({row["sentence_translation"] for row in expected}) == 3
    go_to(store._engine, "0001")
    assert "translation_memory" not in inspect(store._engine).get_table_names()
    migrate.migrate(store._engine)
    assert rows() == expected
    assert set(store.find_untranslated("de")) == {translated.id, other.id}
    assert list(store.find_untranslated("en")) == [other.id]


def go_to(engine, revision):
    config = Config()
    config.set_main_option("script_location", str(Path(migrate.__file__).parent / "migrations"))
    config.set_main_option("path_separator", "os")
    with engine.begin() as connection:
        config.attributes["connection"] = connection
        command.downgrade(config, revision)


def test_batches_count_each_address_once(store):
    batches = Batches(store)
    batch = batches.add(["https://bao.vn/1", "https://bao.vn/2"], target="en")
    batches.add_items(batch.id, ["https://bao.vn/2", "https://bao.vn/3"])
    items = batches.queued(batch.id)
    assert [(item.url[-1], item.attempt) for item in items] == [("1", 1), ("2", 1), ("3", 1)]
    batches.finish(items[0].id, 1, {"article": "a"})
    batches.finish(items[1].id, 1, {"stage": "fetch", "reason": "slow"})
    batches.finish(items[1].id, 1, {"article": "b"})  # comes too late
    assert batches.counts(batch.id) == {"total": 3, "queued": 1, "done": 1, "failed": 1}
    assert batches.retry(batch.id) == 1
    assert [(item.url[-1], item.attempt) for item in batches.queued(batch.id)] == [("2", 2), ("3", 1)]
    assert batches.get(batch.id) == replace(batch, state="starting")
    assert batches.delete(batch.id)
    assert batches.counts(batch.id)["total"] == 0
    assert not batches.delete(batch.id)


def test_subscriptions_are_due_once(store):
    batches = Batches(store)
    now = datetime(2024, 7, 11, 9, 0, tzinfo=UTC)
    made = batches.add(url="https://bao.vn/rss", every_minutes=30, next_at=now.isoformat(timespec="milliseconds"))
    assert batches.due(now - timedelta(seconds=1)) == []
    assert batches.due(now) == [made]
    batches.postpone(made, now)
    batches.postpone(made, now + timedelta(hours=9))  # another process, with what it saw before
    assert batches.due(now + timedelta(minutes=29)) == []
    due = batches.due(now + timedelta(minutes=30))
    assert [batch.next_at for batch in due] == ["2024-07-11T09:30:00.000+00:00"]


def test_a_record_takes_the_place_of_another(store):
    store.save(record_of(1), origin='{"a": 1}')
    store.save(record_of(2), replaces=record_of(1).id)
    assert store.get(record_of(1).id) is None
    assert store.get_origin(record_of(2).id) is None
    store.save(record_of(2), origin='{"a": 2}', replaces=record_of(2).id)
    assert store.get_origin(record_of(2).id) == '{"a": 2}'
    assert store.find_facts("people", Filters(), Paging())[1] == len(record_of(2).people)


def test_a_new_translation_leaves_what_an_article_was_made_of(store):
    store.save(record_of(1), origin='{"a": 1}')
    assert store.replace(store.get(record_of(1).id), replace(record_of(1), title="Khác"))
    assert store.get_origin(record_of(1).id) == '{"a": 1}'
