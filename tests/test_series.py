"""Series: what may stand in one chart, and what may not."""

from service.series import build_series


def figure(value, first=None, last=None, **more):
    proof = {"url": None, "language": "vi", "text": f"{value}%", "sentence": f"{value}%.", "sentence_translation": None}
    row = {"value": value, "value_max": None, "comparator": "eq", "confidence": 0.9, "period_from": first}
    row |= {"period_to": last, "topic": "budget_revenue", "basis": "annual_plan", "kind": "percentage", "unit": "%"}
    row |= {"direction": "level", "about": "xã Tân Lập", "about_code": "03880", "article_id": f"a{value}"}
    return row | {"published_at": "2024-07-11T08:00:00+07:00", "link": None} | proof | more


def shown(rows):
    return [[(point["date"], point["value"]) for point in series["points"]] for series in build_series(rows)]


def test_points_stand_in_the_order_of_time():
    rows = [figure(64, "2024-01-01", "2024-06-30"), figure(20, "2024-01-01", "2024-02-29"), figure(99)]
    assert shown(rows) == [[("2024-02-29", 20), ("2024-06-30", 64)], [("2024-07-11", 99)]]


def test_what_may_not_be_mixed_is_not():
    year = {"first": "2024-01-01", "last": "2024-06-30"}
    rows = [
        figure(64, **year),
        figure(7, **year, basis="same_period_last_year", direction="increase"),
        figure(8, "2024-06-01", "2024-06-30"),
        figure(25, "2024-04-01", "2024-06-30"),
        figure(50, **year, about="xã Sơn Vĩ", about_code=None),
        figure(3, **year, unit="pp"),
    ]
    found = build_series(rows)
    assert len(found) == len(rows)
    assert {series["span"] for series in found} == {"year_to_date", "month", "quarter"}


def test_articles_that_say_the_same_are_one_point_and_those_that_differ_are_disputed():
    first = figure(64, "2024-01-01", "2024-06-30")
    same = first | {"article_id": "b", "confidence": 0.95, "about": "Tan Lap commune"}
    points = build_series([first, same, first])[0]["points"]
    assert [(point["count"], point["article_id"], point["disputed"]) for point in points] == [(2, "b", False)]
    points = build_series([first, figure(46, "2024-01-01", "2024-06-30")])[0]["points"]
    assert [(point["value"], point["disputed"]) for point in points] == [(46, True), (64, True)]


def test_the_reform_breaks_a_series():
    before, after = figure(64, "2025-01-01", "2025-06-30"), figure(80, "2025-01-01", "2025-09-30")
    assert build_series([before, after])[0]["breaks"] == ["2025-07-01"]
    assert build_series([before])[0]["breaks"] == []
