import csv
import io
import json
import sys
from dataclasses import replace
from pathlib import Path

import jsonschema
import pytest
from sqlalchemy import inspect

from extractors.record import schema
from service import create_app
from service.export import write_csv
from service.pipeline import Submission
from service.runtime import Runtime
from service.store.database import make_engine
from service.store.tables import metadata
from tests.fakes import FakeRuntime, make_record


def post(client, **body):
    return client.post("/v1/articles?wait=true", json=body)


def error(response):
    assert response.is_json
    return response.json["error"]


# --- articles in ---


def test_the_record_itself_with_wait(client, article):
    response = post(client, text=article, url="https://baomau.vn/a-1.html", published_at="2024-07-11")
    assert response.status_code == 201
    record = response.json
    jsonschema.validate(record, schema())
    assert response.headers["Location"] == f"/v1/articles/{record['id']}"
    assert client.get(response.headers["Location"]).json == record
    assert record["published_at"].startswith("2024-07-11")


def test_a_job_without_wait(client, article):
    response = client.post("/v1/articles", json={"text": article})
    assert response.status_code == 202
    assert response.headers["Location"] == f"/v1/jobs/{response.json['job']}"
    job = client.get(response.headers["Location"]).json
    assert (job["state"], job["article"], job["reason"]) == ("queued", None, None)


def test_the_same_article_twice_is_one(client, article):
    ids = {post(client, text=article).json["id"] for _ in range(2)}
    assert len(ids) == 1
    assert client.get("/v1/articles").json["total"] == 1
    assert client.get("/v1/people").json["total"] == 2


def test_a_page_and_a_text_as_file(client):
    page = (io.BytesIO("<p>Ông Lò Văn Mẫu</p>".encode()), "a.html")
    text = (io.BytesIO("\ufeffBà Hoàng Thị Thử".encode()), "b.txt")
    first = client.post("/v1/articles?wait=true", data={"file": page, "language": "vi", "url": ""})
    second = client.post("/v1/articles?wait=true", data={"file": text})
    assert first.json["text"] == "Ông Lò Văn Mẫu"
    assert first.json["processing"]["input"] == "a.html"
    assert second.json["text"] == "Bà Hoàng Thị Thử"


def test_a_form_without_a_file(client, article):
    assert client.post("/v1/articles?wait=true", data={"text": article}).status_code == 201


@pytest.mark.parametrize("path", ["articles", "articles/x/translate", "articles/x/reprocess", "batches/x/retry"])
@pytest.mark.parametrize("headers", [{"Sec-Fetch-Site": "cross-site"}, {"Origin": "https://evil.example"}])
def test_a_form_of_another_site(client, article, path, headers):
    response = client.post(f"/v1/{path}", data={"text": article}, headers=headers)
    assert response.status_code == 403
    assert error(response)["code"] == "foreign_form"


@pytest.mark.parametrize("path", ["/v1/batches", "/translate"])
def test_json_that_is_nested_too_deeply_is_as_any_broken_json(client, path):
    broken, deep = (client.post(path, data=data, content_type="application/json") for data in ("{", "[" * 200_000))
    assert deep.status_code in (400, 422)
    assert (deep.status_code, deep.json) == (broken.status_code, broken.json)


@pytest.mark.parametrize("path", ["articles?q=", "people?q=", "units?q=", "indicators?q=", "units?unit="])
def test_a_search_of_too_many_words(client, path):
    assert client.get(f"/v1/{path}{'a+' * 100}").status_code == 200
    response = client.get(f"/v1/{path}{'a+' * 1000}")
    assert response.status_code == 422
    assert error(response)["field"] in ("q", "unit")


@pytest.mark.parametrize("published", ["0001-01-01", "9999-12-31T23:00:00Z"])
def test_a_date_of_another_time(client, article, published):
    response = post(client, text=article, published_at=published)
    assert response.status_code == 422
    assert error(response)["field"] == "published_at"


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({"text": "a", "titel": "b"}, "titel"),
        ({"url": "ftp://a.vn/"}, "url"),
        ({"url": "https://a.vn/" + "a" * 4000}, "url"),
        ({"text": "a", "published_at": "yesterday"}, "published_at"),
        ({"text": "a", "language": "Vietnamese"}, "language"),
        ({"text": "a", "to": "e"}, "to"),
        ({"text": 1}, "text"),
        ({"text": ""}, "text"),
        ({"html": ""}, "html"),
    ],
)
def test_a_field_that_does_not_fit(client, body, field):
    response = post(client, **body)
    assert response.status_code == 422
    assert error(response)["field"] == field
    assert field in error(response)["message"]


@pytest.mark.parametrize("body", [{}, {"title": "a"}, {"text": "a", "html": "b"}])
def test_nothing_or_too_much_to_process(client, body):
    response = post(client, **body)
    assert response.status_code == 422
    assert "give" in error(response)["message"]


@pytest.mark.parametrize(
    ("data", "kind", "status"),
    [
        ("{", "application/json", 400),
        ("[]", "application/json", 400),
        ("null", "application/json", 400),
        ("[" * 200_000, "application/json", 400),
        ("", "application/json", 400),
        ("text=a", "text/plain", 415),
        ("", "", 415),
    ],
)
def test_a_body_that_is_no_json_object(client, data, kind, status):
    response = client.post("/v1/articles", data=data, content_type=kind)
    assert response.status_code == status
    assert error(response)["code"] in ("invalid_json", "unsupported_media_type")


def test_a_body_that_is_too_large(settings):
    app = create_app(FakeRuntime(replace(settings, max_request_bytes=1000)))
    client = app.test_client()
    for response in (
        post(client, text="a" * 1000),
        client.post("/v1/articles", data={"file": (io.BytesIO(b"a" * 1000), "a.txt")}),
        client.post("/v1/articles", data={"text": "a" * 1000}),
    ):
        assert response.status_code == 413
        assert error(response)["code"] == "request_entity_too_large"


def test_a_stage_that_fails(client):
    response = post(client, text="HỎNG")
    assert response.status_code == 422
    assert error(response) == {"code": "read_failed", "message": "no text found", "stage": "read"}


def test_a_defect_inside(client):
    response = post(client, text="LỖI")
    assert response.status_code == 500
    assert error(response)["stage"] == "extract"
    assert "KeyError" not in error(response)["message"]


def test_the_target_language(client, settings, article):
    assert post(client, text=article).json["translation"]["target"] is None  # the setting is `none`
    assert post(client, text=article, to="de").json["translation"]["target"] == "de"
    german = create_app(FakeRuntime(replace(settings, target="de"))).test_client()
    assert post(german, text=article).json["translation"]["target"] == "de"
    assert post(german, text=article, to="none").json["translation"]["target"] is None


# --- what is kept ---


@pytest.fixture
def filled(client):
    post(
        client,
        text="Ông Lò Văn Mẫu, xã Tân Lập, đạt 64,5% kế hoạch.",
        url="https://baomau.vn/1",
        published_at="2024-07-11",
    )
    post(client, text="Bà Hoàng Thị Thử, xã Đắk Sơn, đạt 80%.", published_at="2024-08-01", language="vi")
    post(client, text="Ông Hans Muster, xã Rừng Thông, 7 %, 9 %.", language="de")
    return client


def names(response):
    return [row["name"] for row in response.json["items"]]


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("", ["Hoàng Thị Thử", "Lò Văn Mẫu", "Hans Muster"]),
        ("q=mau", ["Lò Văn Mẫu"]),
        ("q=MẪU+lò", ["Lò Văn Mẫu"]),
        ("q=%25", []),
        ("language=de", ["Hans Muster"]),
        ("province=VN-07", ["Lò Văn Mẫu"]),
        ("domain=baomau.vn", ["Lò Văn Mẫu"]),
        ("from=2024-07-12", ["Hoàng Thị Thử"]),
        ("to=2024-07-11", ["Lò Văn Mẫu"]),
        ("from=2024-07-11&to=2024-08-01", ["Hoàng Thị Thử", "Lò Văn Mẫu"]),
        ("role=party_secretary&unit=dak", ["Hoàng Thị Thử"]),
        ("role=peoples_committee_chair", []),
        ("gender=female", []),
        ("limit=1&offset=1", ["Lò Văn Mẫu"]),
    ],
)
def test_people_are_found(filled, query, found):
    assert names(filled.get(f"/v1/people?{query}")) == found


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("unit=rung", ["xã Rừng Thông"]),
        ("class=party", []),
        ("class=administrative&type=commune&q=tan", ["xã Tân Lập"]),
    ],
)
def test_units_are_found(filled, query, found):
    assert names(filled.get(f"/v1/units?{query}")) == found


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("topic=budget_revenue", [80, 64.5, 7, 9]),
        ("topic=poverty", []),
        ("unit=dak+son", [80]),
        ("kind=percentage&basis=annual_plan&language=de", [7, 9]),
        ("kind=count", []),
        ("q=64", [64.5]),
    ],
)
def test_indicators_are_found(filled, query, found):
    assert [row["value"] for row in filled.get(f"/v1/indicators?{query}").json["items"]] == found


def test_each_row_has_its_proof(filled):
    row = filled.get("/v1/indicators?q=64").json["items"][0]
    record = filled.get(f"/v1/articles/{row['article_id']}").json
    assert record["text"][row["sentence_start"] : row["sentence_end"]] == row["sentence"]
    assert row["text"] in row["sentence"]
    assert row["url"] == "https://baomau.vn/1"
    assert row["link"] == f"http://localhost/articles/{row['article_id']}#s0"


def test_totals_and_pages(filled):
    page = filled.get("/v1/indicators?limit=3&offset=1").json
    assert (page["total"], page["limit"], page["offset"], len(page["items"])) == (4, 3, 1, 3)


@pytest.mark.parametrize(
    ("query", "found"),
    [("", 3), ("q=tan+lap", 1), ("language=vi", 2), ("province=VN-07", 1), ("from=2024-07-12", 1), ("q=khongco", 0)],
)
def test_articles_are_found(filled, query, found):
    page = filled.get(f"/v1/articles?{query}").json
    assert page["total"] == len(page["items"]) == found


@pytest.mark.parametrize(
    ("path", "field"),
    [
        ("articles?limit=0", "limit"),
        ("articles?limit=1001", "limit"),
        ("articles?offset=-1", "offset"),
        ("people?from=soon", "from"),
        ("people?colour=red", "colour"),
        ("units?class=planet", "class"),
        ("indicators?province=Hanoi", "province"),
        ("indicators?format=xml", "format"),
        ("articles?format=csv", "format"),
    ],
)
def test_filters_that_do_not_fit(client, path, field):
    response = client.get(f"/v1/{path}")
    assert response.status_code == 422
    assert error(response)["field"] == field


# --- CSV ---


def test_csv_has_every_row(filled):
    response = filled.get("/v1/indicators?format=csv")
    rows = list(csv.DictReader(io.StringIO(response.text)))
    assert response.headers["Content-Type"] == "text/csv; charset=utf-8"
    assert [row["value"] for row in rows] == ["80.0", "64.5", "7.0", "9.0"]
    assert rows[1]["sentence"] == "Ông Lò Văn Mẫu, xã Tân Lập, đạt 64,5% kế hoạch."
    assert rows[1]["link"].startswith("http://localhost/articles/")


def test_csv_without_rows_has_its_header(client):
    assert client.get("/v1/people?format=csv").text.startswith("article_id,person,name,")


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r", "\n"])
def test_csv_runs_no_formula(start):
    text = "".join(write_csv(["a", "b"], [{"a": f"{start}cmd|' /C calc'!A0", "b": -4.4}]))
    row = list(csv.reader(io.StringIO(text, newline="")))[1]
    assert row == [f"'{start}cmd|' /C calc'!A0", "-4.4"]


def test_csv_is_streamed():
    rows = ({"a": "x" * 1000} for _ in range(100))
    assert len(list(write_csv(["a"], rows))) > 3


# --- the rest ---


@pytest.mark.parametrize("path", ["/v1/articles/none", "/v1/jobs/none", "/nothing", "/v1/articles/../x"])
def test_what_is_not_there(client, path):
    response = client.get(path)
    assert response.status_code == 404
    assert error(response)["code"] == "not_found"


def test_a_method_that_is_not_there(client):
    response = client.delete("/v1/articles")
    assert response.status_code == 405
    assert error(response)["code"] == "method_not_allowed"
    assert "POST" in response.headers["Allow"]


def test_health(client, article):
    post(client, text=article)
    client.post("/v1/articles", json={"text": article})
    assert client.get("/healthz").json == client.get("/readyz").json == {"status": "ok"}
    metrics = client.get("/metrics").text.splitlines()
    assert "chitieu_articles 1" in metrics
    assert 'chitieu_jobs{state="queued"} 1' in metrics


def test_not_ready_without_a_database(client, runtime, monkeypatch, tmp_path):
    from service.store import Store

    away = Store(make_engine(f"sqlite:///{tmp_path}/no/such/folder.sqlite", 1))
    monkeypatch.setitem(runtime._made, "store", away)
    response = client.get("/readyz")
    assert response.status_code == 503
    assert error(response)["code"] == "unavailable"
    assert response.headers["Retry-After"]
    assert client.get("/healthz").status_code == 200


def test_a_record_that_cannot_be_kept_is_asked_for_again(client, runtime, monkeypatch, tmp_path, article):
    from service.store import Store

    monkeypatch.setitem(runtime._made, "store", Store(make_engine(f"sqlite:///{tmp_path}/no/such/folder.sqlite", 1)))
    response = post(client, text=article)
    assert (response.status_code, error(response)["code"]) == (503, "unavailable")
    assert response.headers["Retry-After"]


def test_the_documentation_needs_no_network(client):
    page = client.get("/docs").text
    assert "openapi.json" in page
    assert "//cdn" not in page
    assert client.get("/swagger/js/swagger-ui-bundle.js").status_code == 200
    assert client.get("/swagger/css/swagger-ui.css").status_code == 200


def test_openapi_describes_every_call(client, app):
    spec = client.get("/openapi.json").json
    assert spec["openapi"].startswith("3.1")
    assert spec["components"]["securitySchemes"]["key"]["scheme"] == "bearer"
    called = {rule.rule.replace("<", "{").replace(">", "}") for rule in app.url_map.iter_rules() if "/v1/" in rule.rule}
    assert called <= set(spec["paths"])
    body = spec["paths"]["/v1/articles"]["post"]["requestBody"]["content"]
    assert set(body["application/json"]["schema"]["properties"]) >= {"url", "html", "text", "to"}
    assert "file" in body["multipart/form-data"]["schema"]["properties"]
    assert json.dumps(spec).count("#/components/schemas/Record") > 0
    for reference in {part.split('"')[0] for part in json.dumps(spec).split("#/components/schemas/")[1:]}:
        assert reference in spec["components"]["schemas"]


def test_migrations_make_the_tables_of_the_code(runtime):
    runtime.store.check()
    found = inspect(runtime.store._engine)
    for table in metadata.sorted_tables:
        columns = {column["name"]: str(column["type"]) for column in found.get_columns(table.name)}
        assert columns == {column.name: str(column.type) for column in table.c}
        assert {index["name"] for index in found.get_indexes(table.name)} == {index.name for index in table.indexes}


def test_every_call_is_in_the_manual(client):
    manual = (Path(__file__).parent.parent / "docs" / "api.md").read_text(encoding="utf-8")
    for path in client.get("/openapi.json").json["paths"]:
        assert path in manual


# --- processing again ---


def test_an_article_is_processed_again_from_what_was_kept(client, runtime, article):
    first = client.post("/v1/articles?wait=true", json={"text": article, "language": "vi", "to": "none"}).json
    again = client.post(f"/v1/articles/{first['id']}/reprocess?wait=true")
    assert again.status_code == 201
    assert again.json["id"] == first["id"]
    html = f"<p>{article}</p>"
    page = client.post("/v1/articles?wait=true", json={"html": html, "url": "https://bao.vn/1"}).json
    given = runtime.origin(page["id"])
    assert (given.html, given.url, given.replaces) == (html.encode(), "https://bao.vn/1", page["id"])


def test_what_is_extracted_differently_takes_the_place_of_the_old(client, runtime, article, monkeypatch):
    first = client.post("/v1/articles?wait=true", json={"text": article}).json
    better = make_record(Submission(text=f"{article} Nay hơn."))
    monkeypatch.setattr(runtime, "process", lambda given, tell=None: better)
    again = client.post(f"/v1/articles/{first['id']}/reprocess?wait=true").json
    assert again["id"] == better.id != first["id"]
    assert client.get(f"/v1/articles/{first['id']}").status_code == 404
    assert client.get("/v1/articles").json["total"] == 1


def test_reprocessing_goes_through_the_queue_too(client, runtime, article):
    first = client.post("/v1/articles?wait=true", json={"text": article}).json
    answer = client.post(f"/v1/articles/{first['id']}/reprocess")
    assert answer.status_code == 202
    assert client.get(answer.headers["Location"]).json["state"] == "queued"


def test_what_was_not_kept_cannot_be_processed_again(client, runtime, settings, article):
    assert client.post("/v1/articles/none/reprocess").status_code == 404
    first = client.post("/v1/articles?wait=true", json={"text": article}).json
    for file in settings.pages_dir.rglob("*.gz"):
        file.unlink()
    answer = client.post(f"/v1/articles/{first['id']}/reprocess")
    assert (answer.status_code, answer.json["error"]["code"]) == (409, "not_kept")


def test_a_fetched_page_is_processed_again_without_fetching(settings, site):
    runtime = Runtime(settings)
    text = "Ông Lò Văn Mẫu, Bí thư Đảng ủy xã Tân Lập, cho biết thu ngân sách đạt 64,5% kế hoạch năm. " * 3
    body = f"<html><body><h1>Tin mới của xã</h1><p>{text}</p></body></html>"
    site.pages = {"/old": (302, {"Location": "/new"}, b""), "/new": body}
    record = runtime.process_and_save(Submission(url=site.url("/old")))
    site.pages = {}
    site.requests.clear()
    given = runtime.origin(record.id)
    assert given.html == body.encode()
    again = runtime.process(given)
    assert (again.id, again.text) == (record.id, record.text)
    assert again.processing.fetched_at == record.processing.fetched_at
    assert site.requests == []
    runtime.close()


# --- dashboards ---


def test_an_answer_that_has_not_changed_is_not_sent_again(filled, article):
    first = filled.get("/v1/indicators?topic=budget_revenue")
    known = {"If-None-Match": first.headers["ETag"]}
    again = filled.get("/v1/indicators?topic=budget_revenue", headers=known)
    assert (again.status_code, again.data) == (304, b"")
    post(filled, text=article)
    assert filled.get("/v1/indicators?topic=budget_revenue", headers=known).status_code == 200
    assert "ETag" not in filled.get("/v1/indicators?format=csv").headers
    assert "ETag" not in filled.get("/v1/articles/none").headers


@pytest.mark.parametrize(
    ("origins", "origin", "allowed"),
    [
        ((), "https://a.example", None),
        (("https://a.example",), "https://a.example", "https://a.example"),
        (("https://a.example",), "https://evil.example", None),
        (("*",), "https://b.example", "*"),
    ],
)
def test_pages_of_named_origins_may_read(settings, origins, origin, allowed):
    runtime = FakeRuntime(replace(settings, cors_origins=origins))
    client = create_app(runtime).test_client()
    headers = {"Origin": origin}
    assert client.get("/v1/people", headers=headers).headers.get("Access-Control-Allow-Origin") == allowed
    asked = headers | {"Access-Control-Request-Method": "GET", "Access-Control-Request-Headers": "authorization"}
    answer = client.options("/v1/people", headers=asked)
    assert answer.status_code == 200
    assert answer.headers.get("Access-Control-Allow-Origin") == allowed
    asked["Access-Control-Request-Method"] = "POST"
    assert "Access-Control-Allow-Origin" not in client.options("/v1/articles", headers=asked).headers
    assert "Access-Control-Allow-Origin" not in client.post("/v1/articles", headers=headers, json={}).headers
    runtime.close()


def test_pages_follow_one_another(filled):
    seen, path = [], "/v1/indicators?limit=3"
    while path:
        page = filled.get(path).json
        seen += [row["value"] for row in page["items"]]
        path = page["next"] and f"/v1/indicators?limit=3&after={page['next']}"
    assert seen == [80, 64.5, 7, 9]
    assert filled.get("/v1/articles?after=2024-13").status_code == 422


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("confidence=0.8", 4),
        ("confidence=0.81", 0),
        ("direction=level", 4),
        ("direction=increase", 0),
        ("period_from=2024-01-01", 0),
        ("stored_from=2024-01-01", 4),
        ("stored_from=2999-01-01T00:00:00Z", 0),
    ],
)
def test_figures_are_narrowed_down(filled, query, found):
    assert filled.get(f"/v1/indicators?{query}").json["total"] == found


@pytest.mark.parametrize(
    "query",
    [
        "confidence=2",
        "confidence=nan",
        "direction=up",
        "stored_from=soon",
        "stored_from=9999-12-31T23:59:59-12:00",
        "after=x",
    ],
)
def test_what_narrows_nothing_down(client, query):
    answer = client.get(f"/v1/indicators?{query}")
    assert (answer.status_code, error(answer)["field"]) == (422, query.partition("=")[0])


def test_parquet_has_every_row_with_its_types(filled):
    parquet = pytest.importorskip("pyarrow.parquet")
    answer = filled.get("/v1/indicators?format=parquet&lang=en")
    assert "filename=indicators.parquet" in answer.headers["Content-Disposition"]
    table = parquet.read_table(io.BytesIO(answer.data))
    assert table.column("value").to_pylist() == [80, 64.5, 7, 9]
    assert table.column("derived").to_pylist() == [False] * 4
    assert {"label", "statement", "link", "about_code"} <= set(table.column_names)
    assert parquet.read_table(io.BytesIO(filled.get("/v1/people?format=parquet&q=khongco").data)).num_rows == 0


def test_without_pyarrow_parquet_says_what_is_missing(client, monkeypatch):
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    answer = client.get("/v1/units?format=parquet")
    assert (answer.status_code, error(answer)["code"]) == (501, "not_installed")
    assert "pip install pyarrow" in error(answer)["message"]


def test_series_of_a_topic(filled):
    body = filled.get("/v1/indicators/series?topic=budget_revenue&lang=en").json
    assert body["truncated"] is False
    by_place = {series["about"]: series["points"] for series in body["items"]}
    assert [point["value"] for point in by_place["xã Rừng Thông"]] == [7, 9]
    assert by_place["xã Đắk Sơn"][0]["date"] == "2024-08-01"
    assert by_place["xã Đắk Sơn"][0]["link"].endswith("#s0")


@pytest.mark.parametrize("query", ["", "topic=a&limit=3", "topic=a&format=csv", "topic=a&offset=2"])
def test_what_is_no_question_for_series(client, query):
    assert client.get(f"/v1/indicators/series?{query}").status_code == 422
