import json
from dataclasses import replace
from decimal import Decimal
from functools import cache
from pathlib import Path

import pytest

from extractors import extract
from extractors.article.read import read_text
from extractors.editions import compare
from extractors.editions.align import align
from extractors.editions.fingerprint import fingerprint, likeness
from extractors.editions.quantities import read_quantities
from extractors.editions.side import Side
from extractors.packs import languages
from extractors.record import build_record, from_json, to_json
from extractors.types import Facts, Processing, Translation
from service import editions
from service.cli import main
from service.editions import find_related, keep, keep_changed, story_keys
from service.store import Paging

FOLDER = Path(__file__).parent / "editions"
PAIRS = sorted(path.stem for path in FOLDER.glob("*.json"))


def record_of(text, language, **known):
    article = replace(read_text(text), **known)
    facts = extract(article.text, language) if language in languages() else Facts()
    return build_record(
        article, (language, 1.0), facts, translation=Translation(), processing=Processing(None, 0, None)
    )


def read_pair(name):
    edition = next(path for path in FOLDER.glob(f"{name}.??.txt") if not path.name.endswith(".vi.txt"))
    original = record_of((FOLDER / f"{name}.vi.txt").read_text(encoding="utf-8"), "vi")
    return original, record_of(edition.read_text(encoding="utf-8"), edition.name.split(".")[1])


def plain(text):
    return text.replace("\u00a0", " ").replace("\u202f", " ")


def fits(wanted, found):
    def same(side):
        expected, span = wanted[side], getattr(found, side)
        if expected is None or span is None:
            return expected is None and span is None
        return plain(expected) in plain(span.text) or plain(span.text) in plain(expected)

    return wanted["kind"] == found.kind and same("original") and same("edition")


@pytest.mark.parametrize("name", PAIRS)
def test_every_planted_error_and_no_other(name):
    original, edition = read_pair(name)
    report = compare(original, edition)
    left = list(report.conflicts)
    for wanted in json.loads((FOLDER / f"{name}.json").read_text(encoding="utf-8")):
        found = next((conflict for conflict in left if fits(wanted, conflict)), None)
        if wanted.get("missed"):
            assert found is None, f"found now: take its mark away: {wanted}"
            continue
        assert found, (wanted, [conflict.message for conflict in report.conflicts])
        left.remove(found)
    assert [conflict.message for conflict in left] == []
    for conflict in report.conflicts:
        for span, record in ((conflict.original, original), (conflict.edition, edition)):
            assert span is None or record.text[span.start : span.end] == span.text
    for pair in report.sentences:
        assert pair.original[0] < pair.original[1] <= len(original.text)
        assert pair.edition[0] < pair.edition[1] <= len(edition.text)


@pytest.mark.parametrize(
    ("original", "edition", "planted"),
    [
        ("vi-001", "de-001", [("name", "Hoang Dinh Khoi"), ("figure", "62,4 %")]),
        ("vi-002", "en-001", [("name", "Vi Thai Hoan"), ("figure", "0.7%")]),
    ],
)
def test_the_pairs_of_the_reference(shared, original, edition, planted):
    ours = record_of((shared / "dev" / f"{original}.txt").read_text(encoding="utf-8"), "vi")
    theirs = record_of((shared / "dev" / f"{edition}.txt").read_text(encoding="utf-8"), edition[:2])
    report = compare(ours, theirs)
    assert sorted((c.kind, plain(c.edition.text)) for c in report.conflicts) == sorted(planted)


PLANTED = FOLDER / "planted"


@cache
def planted_pair(name):
    edition = next(path for path in PLANTED.glob(f"{name}.??.txt") if not path.name.endswith(".vi.txt"))
    original = record_of((PLANTED / f"{name}.vi.txt").read_text(encoding="utf-8"), "vi")
    return original, edition.read_text(encoding="utf-8"), edition.name.split(".")[1]


def _wanted(error):
    return error["original"] if isinstance(error["original"], list) else [error["original"]]


def test_translations_without_an_error():
    names = sorted(path.stem for path in PLANTED.glob("*.json"))
    assert len(names) >= 8
    for name in names:
        original, edition, language = planted_pair(name)
        assert compare(original, record_of(edition, language)).conflicts == (), name


@pytest.mark.parametrize(
    ("name", "error"),
    [
        pytest.param(path.stem, error, id=f"{path.stem} {error['replace'].strip()[:30] or _wanted(error)[0]}")
        for path in sorted(PLANTED.glob("*.json"))
        for error in json.loads(path.read_text(encoding="utf-8"))
    ],
)
def test_one_error_at_a_time(name, error):
    """Each alone, in a text without any: found, and nothing else. `missed` marks those that are not.

    Of two figures exchanged, whose `original` is a list, each is reported.
    """
    original, edition, language = planted_pair(name)
    assert error["find"] in edition
    spoilt = record_of(edition.replace(error["find"], error["replace"], 1), language)
    conflicts = compare(original, spoilt).conflicts
    assert all(c.kind == error["kind"] for c in conflicts) or error.get("missed")
    found = [c for c in conflicts if _is_about(c, error)]
    assert (len(found) == len(conflicts) == len(_wanted(error))) != error.get("missed", False), conflicts


@pytest.mark.parametrize("name", sorted(path.stem for path in PLANTED.glob("*.json") if path.stem > "08"))
def test_all_errors_of_a_text_together(name):
    original, edition, language = planted_pair(name)
    errors = json.loads((PLANTED / f"{name}.json").read_text(encoding="utf-8"))
    for error in errors:
        edition = edition.replace(error["find"], error["replace"], 1)
    conflicts = compare(original, record_of(edition, language)).conflicts
    assert [c for c in conflicts if not any(_is_about(c, error) for error in errors)] == []
    assert [e for e in errors if not any(_is_about(c, e) for c in conflicts) and not e.get("missed")] == []


def _is_about(conflict, error):
    if conflict.kind != error["kind"]:
        return False
    text = conflict.original and conflict.original.text
    return any(
        text is wanted is None or (text and wanted and (wanted in text or text in wanted)) for wanted in _wanted(error)
    )


def test_there_are_pairs():
    errors = [error for name in PAIRS for error in json.loads((FOLDER / f"{name}.json").read_text(encoding="utf-8"))]
    assert len(PAIRS) >= 56
    assert sum(not error.get("missed") for error in errors) >= 134
    assert sum(error.get("missed", False) for error in errors) <= 5


def test_names_are_restored():
    report = compare(*read_pair("04"))
    assert ("Tran Quang Thuan", "Trần Quang Thuần") in [(pair.edition, pair.original) for pair in report.people]
    assert ("Nhan Co commune", "xã Nhân Cơ") in [(pair.edition, pair.original) for pair in report.units]


# --- small pairs: what is and what is not a conflict ---


def kinds(original, edition, language="en"):
    return [c.kind for c in compare(record_of(original, "vi"), record_of(edition, language)).conflicts]


@pytest.mark.parametrize(
    ("original", "edition", "language"),
    [
        ("Tính đến 31-8, xã có 8.249 hộ.", "Bis Ende August hatte die Gemeinde 8.249 Haushalte.", "de"),
        ("Ngày 11/7/2024, xã có 1.204 hộ.", "On July 11, 2024, the commune had 1,204 households.", "en"),
        ("Tổng vốn là 2.614 tỷ đồng.", "The total capital is 2.6 trillion VND.", "en"),
        ("Gần 47% số hộ đã góp đất.", "About 47 percent of households contributed land.", "en"),
        ("Bốn hộ và 12 đảng viên.", "4 households and twelve Party members.", "en"),
        ("Công trình tốn 2 tỷ 500 triệu đồng.", "Les travaux ont coûté 2,5 milliards de dongs.", "fr"),
        ("Một nửa số hộ, tức 50%, đã ký.", "Half of the households have signed.", "en"),
        ("Ở Hà Nội có 25% học sinh.", "In Hanoi there are 25% of students.", "en"),
        ("Thu ngân sách đạt 64,5% kế hoạch.", "A receita atingiu 64,5% do plano.", "pt"),
    ],
)
def test_what_a_translation_may_do(original, edition, language):
    assert kinds(original, edition, language) == []


@pytest.mark.parametrize(
    ("original", "edition", "language", "problem"),
    [
        ("Thu đạt 64,5% kế hoạch.", "Revenue reached 645% of the plan.", "en", "decimal sign"),
        ("Sản lượng 8.249,702 tấn.", "Die Menge beträgt 8249702 Tonnen.", "de", "decimal sign"),
        ("Vốn là 180 triệu đồng.", "The capital is 180 billion VND.", "en", "scale"),
        ("Trên 52% số hộ nghèo.", "Less than 52% of households are poor.", "en", "above became below"),
        ("Trên 52% số hộ nghèo.", "52% of households are poor.", "en", "above became exact"),
        ("Số vụ giảm 12,5%.", "The number of cases rose by 12.5%.", "en", "decrease became increase"),
        ("Tỷ lệ giảm từ 54% xuống 47%.", "The rate increased from 54% to 47%.", "en", "decrease became increase"),
        ("Thu đạt 64,5% kế hoạch.", "A receita atingiu 65,4% do plano.", "pt", "value differs"),
    ],
)
def test_what_becomes_of_a_figure(original, edition, language, problem):
    conflicts = compare(record_of(original, "vi"), record_of(edition, language)).conflicts
    assert [conflict.kind for conflict in conflicts] == ["figure"]
    assert problem in conflicts[0].message


def test_a_short_form_that_does_not_fit():
    original = "Ông Lê Thanh Quân, Chủ tịch UBND xã Na Ngoi, đến họp. Đồng chí Quân phát biểu."
    edition = (
        "Mr. Le Thanh Quan, Chairman of the People's Committee of Na Ngoi commune, came to the meeting. "
        "Comrade Quang spoke."
    )
    conflicts = compare(record_of(original, "vi"), record_of(edition, "en")).conflicts
    assert [(c.kind, c.original.text, c.edition.text) for c in conflicts] == [("name", "Quân", "Quang")]
    assert "Lê Thanh Quân" in conflicts[0].message


def test_letters_that_are_not_latin_are_not_compared_as_names():
    assert kinds("Ông Lê Thanh Quân dự họp, 25% vắng.", "黎青军出席会议，25%缺席。", "zh") == []


@pytest.mark.parametrize(
    ("original", "edition", "conflicts"),
    [("", "", []), ("Một câu.", "", ["missing"]), ("", "A sentence.", ["added"]), ("…", "…", [])],
)
def test_hardly_any_text(original, edition, conflicts):
    assert kinds(original, edition, "en") == conflicts


def test_alignment_holds_every_sentence_once():
    original, edition = map(Side, read_pair("03"))
    blocks = align(original, edition)
    assert [n for block in blocks for n in range(*block.original)] == list(range(len(original.sentences)))
    assert [n for block in blocks for n in range(*block.edition)] == list(range(len(edition.sentences)))


@pytest.mark.parametrize(
    ("text", "language", "values"),
    [
        ("Đạt 8.249,702 triệu đồng và 5-6% hộ.", "vi", ["8249702000", "5", "6"]),
        ("2 614 milliards, 7.15 tonnes", "fr", ["2614000000000", "7.15"]),
        ("Ngày 18-9-2024, Quyết định số 71/CĐ-UBND, 14h30, năm 1998, Covid-19", "vi", []),
        ("On September 18, 3rd place, at 8 a.m., 12 boats", "en", ["12"]),
        ("Am 18. September, 3. Platz, um 8 Uhr, 12 Boote", "de", ["12"]),
    ],
)
def test_figures_and_what_are_none(text, language, values):
    assert [one.value for one in read_quantities(text, language, ()) if not one.soft] == [Decimal(v) for v in values]


def test_fingerprints_of_editions_are_alike_and_others_not():
    one, other = read_pair("01"), read_pair("05")
    assert likeness(*map(fingerprint, one)) > 0.5
    assert likeness(fingerprint(one[0]), fingerprint(other[1])) < 0.1


# --- the command line ---


@pytest.fixture
def files(monkeypatch, tmp_path):
    monkeypatch.setenv("CHITIEU_DATA_DIR", str(tmp_path / "data"))
    monkeypatch.setenv("CHITIEU_LOG_LEVEL", "ERROR")
    (tmp_path / "record.json").write_bytes(to_json(read_pair("06")[1]))
    (tmp_path / "broken.json").write_text("{}")
    (tmp_path / "empty.txt").write_text(" ")
    return tmp_path


def test_compare_prints_the_report(files, capfd):
    for edition in (FOLDER / "06.en.txt", files / "record.json"):
        assert main(["compare", str(FOLDER / "06.vi.txt"), str(edition)]) == 0
        report = json.loads(capfd.readouterr().out)
        assert set(report) == {"original", "edition", "sentences", "people", "units", "conflicts"}
        assert [c["kind"] for c in report["conflicts"]] == ["figure", "role"]
        assert report["conflicts"][0]["edition"]["text"] == "268"


@pytest.mark.parametrize("bad", ["missing.txt", "broken.json", "empty.txt"])
def test_compare_with_what_cannot_be_read(files, capfd, bad):
    assert main(["compare", str(FOLDER / "06.vi.txt"), str(files / bad)]) == 2
    out, err = capfd.readouterr()
    assert out == ""
    assert bad in err


# --- the store and the API ---

ADDRESS = "https://baomau.vn/tin-7.html"


def stored(runtime, name="06", **known):
    original, edition = read_pair(name)
    original = replace(original, id="original1", url=ADDRESS, canonical_url=ADDRESS)
    return original, replace(edition, id="edition01", **known)


@pytest.mark.parametrize("order", ["original first", "edition first"])
def test_an_edition_is_warned_of(runtime, client, order):
    original, edition = stored(runtime, original_url="http://www.baomau.vn/tin-7.html")
    for record in (original, edition) if order == "original first" else (edition, original):
        keep(runtime.store, record)
    found = from_json(runtime.store.get("edition01"))
    warnings = [warning for warning in found.warnings if warning.code == "edition_conflict"]
    assert len(warnings) == 2
    assert "268" in warnings[0].message
    assert warnings[1].refs
    assert not [w for w in from_json(runtime.store.get("original1")).warnings if w.code == "edition_conflict"]
    for id_ in ("original1", "edition01"):
        answer = client.get(f"/v1/articles/{id_}/editions").json
        assert [row["by"] for row in answer["articles"]] == ["address"]
        assert [c["kind"] for c in answer["items"][0]["conflicts"]] == ["figure", "role"]
        assert answer["items"][0]["original"]["id"] == "original1"
        assert answer["notes"] == []


def test_an_edition_put_right_loses_its_warnings(runtime):
    original, edition = stored(runtime, original_url=ADDRESS)
    keep(runtime.store, original)
    assert len(keep(runtime.store, edition).warnings) > len(edition.warnings)
    right = record_of(edition.text.replace("268", "286").replace("Deputy Secretary", "Secretary"), "en")
    kept = keep(runtime.store, replace(right, id="edition01", original_url=ADDRESS))
    assert not [warning for warning in kept.warnings if warning.code == "edition_conflict"]


def test_what_others_write_meanwhile_stays(runtime, monkeypatch):
    original, edition = stored(runtime, original_url=ADDRESS)
    keep(runtime.store, edition)
    french = replace(edition, translation=Translation("fr", "fake", "done"))
    compare = editions.compare
    writes = iter([lambda: runtime.store.save(french)])

    def slow(*records):
        for write in writes:
            write()
        return compare(*records)

    monkeypatch.setattr(editions, "compare", slow)
    keep(runtime.store, original)
    found = from_json(runtime.store.get("edition01"))
    assert found.translation.target == "fr"
    assert "edition_conflict" in [warning.code for warning in found.warnings]


def test_an_edition_that_is_deleted_meanwhile_stays_away(runtime, monkeypatch):
    original, edition = stored(runtime, original_url=ADDRESS)
    keep(runtime.store, edition)
    compare = editions.compare

    def slow(*records):
        runtime.store.save(replace(edition, id="better001"), replaces="edition01")
        return compare(*records)

    monkeypatch.setattr(editions, "compare", slow)
    keep(runtime.store, original)
    assert runtime.store.get("edition01") is None


def test_what_named_a_replaced_article_names_the_new_one(runtime):
    original, edition = stored(runtime, original_url=ADDRESS)
    batch = runtime.batches.add([ADDRESS])
    item = runtime.batches.queued(batch.id)[0]
    runtime.batches.finish(item.id, item.attempt, {"article": "original1"})
    for record in (original, edition):
        keep(runtime.store, record)
    elsewhere = "https://baomau.vn/tin-8.html"
    moved = replace(original, id="original2", url=elsewhere, canonical_url=elsewhere)
    keep(runtime.store, moved, replaces="original1")
    assert runtime.batches.items(batch.id, "done", Paging())[0]["article"] == "original2"
    found = from_json(runtime.store.get("edition01"))
    assert "edition_conflict" not in [warning.code for warning in found.warnings]


def test_facts_that_are_read_later_are_compared_and_found(runtime):
    original, edition = stored(runtime, original_url=ADDRESS)
    bare = replace(edition, people=(), units=(), indicators=())
    keep(runtime.store, original)
    keep(runtime.store, bare)
    kept = runtime.store.get("edition01")
    assert keep_changed(runtime.store, "{}", edition) is None
    changed = keep_changed(runtime.store, kept, edition)
    assert any(warning.refs for warning in changed.warnings if warning.code == "edition_conflict")
    assert from_json(runtime.store.get("edition01")) == changed
    assert "edition01" in runtime.store.find_stories(story_keys(edition) - story_keys(bare))


def test_an_original_that_is_not_stored(runtime, client):
    _, edition = stored(runtime, original_url=ADDRESS)
    keep(runtime.store, edition)
    answer = client.get("/v1/articles/edition01/editions").json
    assert (answer["articles"], answer["items"]) == ([], [])
    assert ADDRESS in answer["notes"][0]
    assert client.get("/v1/articles/none/editions").status_code == 404


def test_editions_that_name_only_their_paper_are_not_one_story(runtime):
    paper = "https://baomau.vn/"
    one, other = (replace(read_pair(name)[1], original_url=paper) for name in ("04", "05"))
    for id_, edition in (("edition01", one), ("edition02", other)):
        keep(runtime.store, replace(edition, id=id_))
    assert find_related(runtime.store, replace(one, id="edition01")) == []


def test_the_same_story_without_an_address(runtime):
    original, edition = stored(runtime)
    other = replace(read_pair("05")[0], id="another01")
    for record in (original, edition, other):
        keep(runtime.store, record)
    assert [(one.record.id, one.by) for one in find_related(runtime.store, edition)] == [("original1", "fingerprint")]
    assert find_related(runtime.store, other) == []


def test_an_older_database_gets_the_keys_of_its_addresses(tmp_path):
    from alembic import command
    from alembic.config import Config
    from sqlalchemy import text

    from service.config import Settings
    from service.store import open_store

    settings = Settings(data_dir=tmp_path)
    store = open_store(settings)
    original, _ = stored(None)
    store.save(original, story_keys(original))
    config = Config()
    config.set_main_option("script_location", str(Path(open_store.__code__.co_filename).parent / "migrations"))
    config.set_main_option("path_separator", "os")
    with store._engine.begin() as connection:
        config.attributes["connection"] = connection
        command.downgrade(config, "0001")
        command.upgrade(config, "head")
        keys = set(connection.scalars(text("SELECT key FROM stories")))
    assert keys == {key for key in story_keys(original) if key.startswith("a")}
    store.close()


@pytest.mark.parametrize(
    ("ours", "theirs"),
    [
        ("7, 12, " * 400, "7, 13, " * 300),
        ("tăng 3% và giảm 4% " * 200, "up 3% and down 4% " * 200),
        ("Có 5. " * 100, "It has 5. " * 80),
        ("a" * 20_000, ""),
        ("nga\u0300y 12 tha\u0301ng 3", "قال 12 شخص"),
    ],
    ids=lambda text: text[:12],
)
def test_no_pair_is_too_odd(ours, theirs):
    original, edition = (record_of(f"T\n{text}", language) for text, language in ((ours, "vi"), (theirs, "en")))
    assert compare(original, edition).original is original
    assert compare(edition, original).original is edition
