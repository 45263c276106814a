"""The facts on the annotated articles hold their floors, and the scorer measures what the record contract says."""

import importlib.util
import json
from collections import defaultdict

import pytest

from benchmarks.quality import floors
from benchmarks.quality.__main__ import main
from benchmarks.quality.articles import SETS, Annotated, make_record, read_set
from benchmarks.quality.codes import Share, is_contradicted, measure_shares
from benchmarks.quality.measuring import Figures, judge_all, sum_up
from benchmarks.quality.peer_worker import _entities, _percentage
from benchmarks.quality.peers import as_record
from benchmarks.quality.reliability import right_or_wrong
from benchmarks.quality.scoring import Tally, judge, tally


@pytest.mark.parametrize("name", SETS)
def test_floors(name):
    least = floors.read_floors(name)
    assert set(least) == {"all", "vi", "de", "en", "fr"}
    assert floors.undercut(sum_up(judge_all(read_set(name), make_record)), least) == []


def test_sets_share_no_article():
    sets = [{article.id for article in read_set(name)} for name in SETS]
    assert min(map(len, sets)) >= 20
    assert len(set.union(*sets)) == sum(map(len, sets))


# --- the scorer ---


def unit(id_, name, class_="administrative", type_="commune", **more):
    blank = {"parent": None, "code": None, "code_version": None, "confidence": 0.9, "rule": "r"}
    return {"id": id_, "name": name, "class": class_, "type": type_} | blank | more


def person(name, *roles, variants=(), gender="unknown"):
    return {"id": name, "name": name, "variants": list(variants), "gender": gender, "roles": list(roles)}


def percentage(value, subject=None, comparator="eq", direction="level", **more):
    blank = {"value_max": None, "unit": "%", "basis": None, "period": None, "about": None, "derived": False}
    return (
        {"id": "i1", "kind": "percentage", "value": value, "subject": subject, "topic": None}
        | blank
        | {
            "comparator": comparator,
            "direction": direction,
        }
        | more
    )


def gold(people=(), units=(), indicators=()):
    return {"people": list(people), "units": list(units), "indicators": list(indicators)}


def counted(annotation, record):
    return {name: (t.hit, t.wrong, t.missed) for name, t in tally(judge(annotation, record)).items()}


def test_a_short_form_beside_its_person_is_wrong():
    annotation = gold([{"name": "Lò Văn Mẫu", "variants": ["Mẫu"]}])
    assert counted(annotation, gold([person("Lò Văn Mẫu"), person("Mẫu")])) == {"people": (1, 1, 0)}


def test_roles_of_a_missed_person_are_missed():
    annotation = gold([{"name": "Lò Văn Mẫu", "roles": [{"title": "Bí thư", "unit": None}]}])
    assert counted(annotation, gold()) == {"people": (0, 0, 1), "roles": (0, 0, 1)}


@pytest.mark.parametrize(
    ("title", "unit_id", "expected"),
    [
        ("Chủ tịch", "u1", (1, 0, 0)),
        ("Phó Chủ tịch", "u1", (0, 1, 1)),
        ("nguyên Chủ tịch", "u1", (0, 1, 1)),
        ("Chủ tịch", "u2", (0, 1, 1)),
    ],
)
def test_a_role_is_title_and_unit(title, unit_id, expected):
    wanted = {"title": "Chủ tịch", "unit": "UBND xã Nà Chang"}
    annotation = gold([{"name": "Lò Văn Mẫu", "roles": [wanted]}], [unit("u1", "UBND xã Nà Chang")])
    found = person("Lò Văn Mẫu", {"title": title, "unit": unit_id, "role": None})
    record = gold([found], [unit("u1", "UBND xã Nà Chang"), unit("u2", "Hội Phụ nữ xã Bản Lầm")])
    assert counted(annotation, record)["roles"] == expected


def test_inflection_and_articles_make_no_other_unit():
    annotation = gold(units=[{"name": "Parteikomitee der Gemeinde Ban Lam", "class": "party", "in": "nowhere"}])
    record = gold(units=[unit("u1", "Parteikomitees Gemeinde Ban Lam", "government")])
    assert counted(annotation, record) == {"units": (1, 0, 0), "units strict": (1, 0, 0), "unit class": (0, 1, 1)}


def test_parent_by_any_spelling():
    places = [{"name": "huyện Mai Sơn", "variants": ["Mai Sơn"], "class": "administrative"}]
    annotation = gold(units=[{"name": "xã Chiềng Ban", "class": "administrative", "in": "Mai Sơn"}, *places])
    record = gold(units=[unit("u1", "xã Chiềng Ban", parent="u2"), unit("u2", "huyện Mai Sơn")])
    assert counted(annotation, record)["parent"] == (1, 0, 0)


def test_optional_is_neither_missed_nor_wrong():
    annotation = gold(
        [{"name": "Lò Văn Mẫu", "optional": True, "gender": "male"}],
        [{"name": "xã Nà Chang", "class": "administrative", "optional": True}],
        [percentage(3) | {"optional": True}],
    )
    assert counted(annotation, gold()) == {}
    assert counted(annotation, gold([person("Lò Văn Mẫu")], [unit("u1", "xã Nà Chang")], [percentage(3, "x")])) == {}


@pytest.mark.parametrize(
    ("found", "value", "full"),
    [
        (percentage(64, "thu ngân sách", "gt"), (1, 0, 0), (1, 0, 0)),
        (percentage(64, "tổng thu ngân sách của huyện", "gt"), (1, 0, 0), (1, 0, 0)),
        (percentage(64, "hộ nghèo", "gt"), (1, 0, 0), (0, 1, 1)),
        (percentage(64, "thu ngân sách"), (1, 0, 0), (0, 1, 1)),
        (percentage(64, "thu ngân sách", "gt", "increase"), (1, 0, 0), (0, 1, 1)),
        (percentage(64, "thu ngân sách", "gt", unit="pp"), (0, 1, 1), (0, 1, 1)),
        (percentage(64, "thu ngân sách", "gt", value_max=70), (0, 1, 1), (0, 1, 1)),
        (percentage(46, "thu ngân sách", "gt"), (0, 1, 1), (0, 1, 1)),
    ],
)
def test_a_percentage_and_the_whole_of_it(found, value, full):
    annotation = gold(indicators=[{"kind": "percentage", "value": 64, "subject": "thu ngân sách", "comparator": "gt"}])
    assert counted(annotation, gold(indicators=[found])) == {"percentages": value, "percentages full": full}


def test_fractions_in_words_are_passed_over():
    assert counted(gold(), gold(indicators=[percentage(50, derived=True)])) == {}


def test_fields_of_a_percentage():
    wanted = {"basis": "total", "period": ["2024-01-01", "2024-06-30"], "about": "xã Nà Chang"}
    annotation = gold(indicators=[{"kind": "percentage", "value": 3, **wanted}])
    period = {"text": "", "from": "2024-01-01", "to": "2024-12-31"}
    found = percentage(3, basis="total", period=period, about="u1")
    sums = counted(annotation, gold(units=[unit("u1", "xã Nà Chang")], indicators=[found]))
    assert (sums["basis"], sums["period"], sums["about"]) == ((1, 0, 0), (0, 1, 1), (1, 0, 0))


def test_a_count_has_its_target():
    annotation = gold(indicators=[{"kind": "count", "value": 2, "target": 3, "subject": "đảng viên"}])
    record = gold(indicators=[{"kind": "count", "value": 2, "target": 3, "subject": None}])
    assert counted(annotation, record) == {"targets": (1, 0, 0)}
    record["indicators"][0]["target"] = 4
    assert counted(annotation, record) == {"targets": (0, 1, 1)}
    record["indicators"][0]["target"] = None
    assert counted(annotation, record) == {"targets": (0, 0, 1)}


@pytest.mark.parametrize("damage", [False, True])
def test_figures_are_those_of_the_contract(shared, damage):
    """On the same records the contract's own scorer gives the same figures, by language and over all."""
    spec = importlib.util.spec_from_file_location("contract_score", shared / "contract" / "score.py")
    contract = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(contract)
    articles = read_set(str(shared / "dev")) + read_set("development")
    records = {article.id: make_record(article) for article in articles}
    if damage:
        records = {id_: damaged(record) for id_, record in records.items()}
    for group, figures in sum_up(judge_all(articles, lambda article: records[article.id])).items():
        sums = defaultdict(contract.Tally)
        for article in articles:
            if group in ("all", article.language):
                contract.score(article.gold, records[article.id], sums, lambda *_: None)
        theirs = {kind: (t.hit, t.wrong, t.missed) for kind, t in sums.items() if t.hit + t.wrong + t.missed}
        assert {kind: (t.hit, t.wrong, t.missed) for kind, t in figures.measures.items()} == theirs


def damaged(record):
    """The record with every fifth fact gone, and fields that belong to the fact before it."""
    fields = ("gender", "roles", "class", "type", "parent", "comparator", "direction", "subject", "basis", "about")
    for kind in ("people", "units", "indicators"):
        facts = record[kind]
        moved = [{f: v for f, v in fact.items() if f in fields} for fact in facts[-1:] + facts[:-1]]
        record[kind] = [f | (m if n % 3 else {}) for n, (f, m) in enumerate(zip(facts, moved, strict=True)) if n % 5]
        for fact in record[kind][::4]:
            fact.update({"name": " ".join(fact["name"].split()[1:])} if "name" in fact else {"unit": "pp"})
    return record


# --- codes, floors, the log ---


def test_shares():
    annotation = gold(units=[{"name": "xã Tân Lập", "class": "administrative", "type": "commune"}])
    annotation["units"].append({"name": "thôn Nà Chang", "class": "administrative", "type": "village"})
    record = gold(units=[unit("u1", "xã Tân Lập"), unit("u2", "thôn Nà Chang", type_="village")])
    shares = measure_shares(annotation, judge(annotation, record))
    assert shares["units with a code"] == Share(0, 1)
    assert shares["codes contradicted"] == Share(0, 0)


@pytest.mark.parametrize(
    ("name", "province", "contradicted"),
    [
        ("Lang Quan commune", "Tuyen Quang province", False),
        ("Lang Quan commune", "Lao Cai province", True),
        ("Kim Quan commune", "Tuyen Quang province", True),
    ],
)
def test_a_code_of_another_place_is_contradicted(name, province, contradicted):
    units = {province: {"name": province, "class": "administrative", "type": "province"}}
    found = {"code": "02479", "code_version": "2025-06"}
    assert is_contradicted({"name": name, "in": province}, found, units) is contradicted


def test_a_place_is_known_by_its_short_name():
    city = {"name": "TP.HCM", "class": "administrative", "type": "city"}
    district = {"name": "Củ Chi", "class": "administrative", "type": "district", "in": "TP.HCM"}
    units = {city["name"]: city, district["name"]: district}
    assert not is_contradicted(city, {"code": "79", "code_version": "2025-06"}, units)
    assert not is_contradicted(district, {"code": "783", "code_version": "2025-06"}, units)


def figures(hit, missed, contradicted=0):
    shares = {"codes contradicted": Share(contradicted, 10)}
    return {"all": Figures({"people": Tally(hit=hit, missed=missed)}, shares)}


def test_floors_only_rise(tmp_path):
    first = floors.raised(figures(90, 10), {})
    assert first["all"] == {"people": pytest.approx(0.937), "codes contradicted": 1.0}  # F1 0.947 less 0.01
    assert floors.raised(figures(80, 20), first) == first
    assert floors.raised(figures(99, 1), first)["all"]["people"] > first["all"]["people"]
    floors.write_floors({"development": first}, tmp_path / "floors.toml")
    assert floors.read_floors("development", tmp_path / "floors.toml") == first


def test_floors_are_raised_for_the_given_set_alone(monkeypatch):
    judged, written = [], {}
    monkeypatch.setattr("benchmarks.quality.__main__.judge_all", lambda articles, make: judged.append(articles) or [])
    monkeypatch.setattr("benchmarks.quality.__main__.write_floors", written.update)
    assert main(["--set", "later", "--raise-floors"]) == 0
    assert [{article.id for article in articles} for articles in judged] == [{a.id for a in read_set("later")}]
    assert written == {name: floors.read_floors(name) for name in SETS}
    with pytest.raises(SystemExit):
        main(["--set", "elsewhere", "--raise-floors"])


def test_a_floor_that_is_not_reached():
    least = {"all": {"people": 0.937, "codes contradicted": 1.0}}
    assert floors.undercut(figures(90, 10), least) == []
    assert len(floors.undercut(figures(80, 20), least)) == 1
    assert len(floors.undercut(figures(90, 10, contradicted=1), least)) == 1
    assert len(floors.undercut({"all": Figures()}, least)) == 2


def test_a_score_is_logged_once(tmp_path):
    log = tmp_path / "log.csv"
    floors.log_scores("held-out", figures(90, 10), log)
    floors.log_scores("held-out", figures(90, 10), log)
    head, row, share = log.read_text(encoding="utf-8").splitlines()
    assert head == "date,version,set,language,measure,P,R,F1,n"
    assert row.endswith(",held-out,all,people,1.0000,0.9000,0.9474,100")
    assert share.endswith(",all,codes contradicted,0.0000,,,10")


@pytest.mark.parametrize("name", [name for name in SETS if name.startswith("held-out")])
def test_held_out_differences_are_not_shown(name, capsys):
    with pytest.raises(SystemExit) as stopped:
        main(["--set", name, "--errors"])
    assert stopped.value.code == 2
    assert "held-out" in capsys.readouterr().err


def test_a_folder_without_articles(tmp_path, capsys):
    assert main(["--set", str(tmp_path)]) == 2
    assert "no *.gold.json" in capsys.readouterr().err


def test_a_folder_of_articles(tmp_path, capsys):
    (tmp_path / "vi-1.txt").write_text("Tin\nÔng Lò Văn Mẫu cho biết thôn đã giảm 3,5% hộ nghèo.", encoding="utf-8")
    annotation = gold([{"name": "Lò Văn Mẫu"}], indicators=[{"kind": "percentage", "value": 3.5}]) | {"language": "vi"}
    (tmp_path / "vi-1.gold.json").write_text(json.dumps(annotation), encoding="utf-8")
    assert main(["--set", str(tmp_path), "--json"]) == 0
    measured = json.loads(capsys.readouterr().out)
    assert measured["vi"]["people"] == {"precision": 1.0, "recall": 1.0, "f1": 1.0, "n": 1}
    assert measured["all"]["percentages"]["f1"] == 1.0


# --- reliability and peers ---


def test_a_unit_of_the_wrong_class_is_wrong():
    units = [{"name": "xã Nà Chang", "class": "administrative"}, {"name": "Hội Phụ nữ", "class": "mass_organization"}]
    article = Annotated("vi-1", "vi", None, "", gold(units=units))
    record = gold(units=[unit("u1", "xã Nà Chang"), unit("u2", "Hội Phụ nữ", "association"), unit("u3", "xã Khác")])
    rows = right_or_wrong(judge_all([article], lambda _: record))
    assert {found["id"]: right for _, found, right in rows} == {"u1": True, "u2": False, "u3": False}


def test_what_a_peer_finds_becomes_a_record():
    found = {"people": ["Mẫu", "Lò Văn Mẫu", "Lò Văn Mẫu"], "units": ["Nà Chang", "nà chang"]}
    record = as_record(found | {"percentages": [[3.0, 5.0, "%"]]})
    assert [p["name"] for p in record["people"]] == ["Lò Văn Mẫu"]
    assert len(record["units"]) == 1
    wanted = gold(indicators=[{"kind": "percentage", "value": 3, "value_max": 5, "comparator": "range"}])
    assert counted(wanted, gold(indicators=record["indicators"])) == {
        "percentages": (1, 0, 0),
        "percentages full": (0, 1, 1),
    }


def test_reading_peers():
    tagged = [("Ông", "N", "O"), ("Lò Văn", "Np", "B-PER"), ("Mẫu", "Np", "I-PER"), ("Tày", "Np", "B-LOC")]
    assert _entities(tagged) == [("PER", "Lò Văn Mẫu"), ("LOC", "Tày")]
    assert _percentage("over 64.5%", " of it") == [64.5, None, "%"]
    assert _percentage("20 to 25 percent", "") == [20.0, 25.0, "%"]
    assert _percentage("1.2 percentage", " points") == [1.2, None, "pp"]
    assert _percentage("two thirds", "") is None
