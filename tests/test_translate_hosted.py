"""Hosted engines against local servers that refuse what the providers refuse."""

from __future__ import annotations

import html
import json
import socket
import threading
import time
from contextlib import suppress

import pytest
import requests

from service.config import Settings
from service.translate.engines import http
from service.translate.engines.base import cut, is_whole
from service.translate.engines.hosted import PROVIDERS, build_hosted
from service.translate.engines.http import Breaker, Caller, Pacer, Refused
from service.translate.engines.openai import build_openai
from tests.translate_servers import Answer, Request, serve

TEXTS = ["Một câu.", "Câu thứ hai & nữa.", "Câu ba có 64,5%."]
KEYS = {"libre_api_key": "s3cret", "microsoft_api_key": "s3cret", "deepl_api_key": "s3cret:fx"}


def shout(text: str) -> str:
    """What the stand-ins translate to."""
    return text.upper()


def google(request: Request) -> Answer:
    if len(request.path) + len(request.query["q"]) > 8000:
        return Answer("<html>414. That’s an error.</html>", 414, "text/html")
    body = html.escape(shout(request.query["q"]))
    return Answer(f'<html><div class="result-container">{body}</div></html>', type="text/html; charset=UTF-8")


def mymemory(request: Request) -> Answer:
    text = request.query["q"]
    if len(text.encode()) > 500:
        said = {"responseData": {"translatedText": "QUERY LENGTH LIMIT EXCEEDED. MAX ALLOWED QUERY : 500 CHARS"}}
        return Answer(json.dumps({**said, "responseStatus": "403"}))
    assert request.query["langpair"] in {"vi-VN|en-GB", "vi-VN|de-DE"}
    return Answer(json.dumps({"responseData": {"translatedText": shout(text)}, "responseStatus": 200, "matches": []}))


def libretranslate(request: Request) -> Answer:
    assert request.query == {}  # nothing in the address, which servers log and limit
    text = request.form["q"]
    if request.form.get("api_key") not in {None, "s3cret"}:
        return Answer('{"error": "Invalid API key"}', 403)
    if len(text) > 2000:
        return Answer('{"error": "Invalid request: request exceeds text limit"}', 413)
    return Answer(json.dumps({"translatedText": shout(text)}))


def microsoft(request: Request) -> Answer:
    assert "languages" not in request.path
    if request.headers.get("Ocp-Apim-Subscription-Key") != "s3cret":
        return Answer('{"error": {"code": 401000, "message": "bad credentials"}}', 401)
    items = json.loads(request.body)
    return Answer(json.dumps([{"translations": [{"text": shout(i["text"]), "to": "en"}]} for i in items]))


def deepl(request: Request) -> Answer:
    if request.method != "POST" or "auth_key" in {**request.query, **request.form}:
        return Answer('{"message": "Legacy authentication is no longer supported"}', 403)
    assert request.headers["Authorization"] == "DeepL-Auth-Key s3cret:fx"
    return Answer(json.dumps({"translations": [{"text": shout(request.form["text"])}]}))


STANDINS = {
    "google": google,
    "mymemory": mymemory,
    "libretranslate": libretranslate,
    "microsoft": microsoft,
    "deepl": deepl,
}


def engine(name: str, url: str, timeout: float = 5.0):
    path = "/v2/" if name == "deepl" else ""
    made = build_hosted(name, Settings(**KEYS, **{f"{name}_url": url + path}, translation_timeout=timeout))
    made._pacer = Pacer(10**6)
    return made


@pytest.fixture(autouse=True)
def short_pauses(monkeypatch):
    monkeypatch.setattr(http, "_BACKOFF", 0.01)


@pytest.mark.parametrize("name", STANDINS)
def test_sentences_come_back_one_for_one(name):
    source = "de" if name == "deepl" else "vi"
    with serve(STANDINS[name]) as (url, seen):
        batch = engine(name, url).translate(TEXTS, source=source, target="en")
    assert batch.reason is None
    assert batch.texts == tuple(map(shout, TEXTS))
    assert len(seen) == (1 if PROVIDERS[name].together else 3)


@pytest.mark.parametrize("name", STANDINS)
def test_long_texts_go_out_in_pieces_that_the_provider_takes(name):
    source = "de" if name == "deepl" else "vi"
    texts = ["Một câu khá dài, " * 12 + f"câu {i}." for i in range(60)] + ["một chữ, " * 1200 + "hết."]
    with serve(STANDINS[name]) as (url, seen):
        batch = engine(name, url, timeout=60.0).translate(texts, source=source, target="en")
    assert batch.reason is None
    assert [text.split() for text in batch.texts] == [shout(text).split() for text in texts]
    assert len(seen) < (len(texts) if PROVIDERS[name].together else 200)


@pytest.mark.parametrize("name", STANDINS)
def test_an_error_page_is_no_translation(name):
    page = Answer("<html><h1>Our systems have detected unusual traffic</h1></html>", type="text/html")
    with serve(lambda _: page) as (url, _):
        batch = engine(name, url).translate(TEXTS, source="de", target="en")
    assert batch.texts == (None, None, None)
    assert batch.reason.startswith("the answer holds no translation")


@pytest.mark.parametrize(
    ("status", "reason", "requests_sent"),
    [
        (429, "HTTP 429, too many requests", 3),
        (503, "HTTP 503", 3),
        (403, "HTTP 403, the key was refused", 1),
        (456, "HTTP 456, the quota is used up", 1),
    ],
)
def test_refusals_are_told_and_what_passes_is_tried_again(status, reason, requests_sent):
    with serve(lambda _: Answer("<html>no</html>", status, "text/html", {"Retry-After": "0"})) as (url, seen):
        batch = engine("libretranslate", url).translate(TEXTS, source="vi", target="en")
    assert batch.texts == (None, None, None)
    assert batch.reason.startswith(reason)
    assert len(seen) == requests_sent


def test_too_many_requests_once():
    answers = [Answer("", 429, headers={"Retry-After": "0"})]
    with serve(lambda request: answers.pop() if answers else google(request)) as (url, _):
        assert engine("google", url).translate(TEXTS, source="vi", target="en").texts == tuple(map(shout, TEXTS))


def test_a_retry_after_beyond_the_time_limit_gives_up_at_once():
    with serve(lambda _: Answer("", 429, headers={"Retry-After": "3600"})) as (url, seen):
        batch = engine("google", url).translate(TEXTS, source="vi", target="en")
    assert batch.reason.startswith("HTTP 429")
    assert len(seen) == 1


def test_lines_that_run_together_are_asked_for_one_by_one():
    def merging(request: Request) -> Answer:
        return Answer(json.dumps({"translatedText": shout(request.form["q"]).replace("\n", " ")}))

    with serve(merging) as (url, _):
        batch = engine("libretranslate", url).translate(TEXTS, source="vi", target="en")
    assert batch.texts == tuple(map(shout, TEXTS))


def test_an_answer_cut_short_is_not_passed_off_as_whole():
    long = "Một câu rất dài nói về thu ngân sách của toàn tỉnh trong chín tháng đầu năm."
    with serve(lambda request: Answer(json.dumps({"translatedText": shout(request.form["q"])[:12]}))) as (url, _):
        batch = engine("libretranslate", url).translate([long], source="vi", target="en")
    assert (batch.texts, batch.reason) == ((None,), "an answer was cut short")


@pytest.mark.parametrize("end", [12, 36])
def test_an_answer_that_ends_in_the_middle_is_not_whole(end):
    long = "Một câu rất dài nói về thu ngân sách của toàn tỉnh trong chín tháng đầu năm."
    assert not is_whole(long, shout(long)[:end])
    assert is_whole(long, shout(long))
    assert is_whole(long, shout(long).removesuffix("."))


def test_an_answer_that_drips_ends_with_the_time():
    with socket.create_server(("127.0.0.1", 0)) as listener:
        threading.Thread(target=_drip, args=(listener,), daemon=True).start()
        batch = engine("libretranslate", f"http://127.0.0.1:{listener.getsockname()[1]}", timeout=1.0).translate(
            TEXTS, source="vi", target="en"
        )
    assert batch.reason == "no answer in time"


def _drip(listener: socket.socket) -> None:
    connection, _ = listener.accept()
    with connection, suppress(OSError):
        connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n")
        for _ in range(60):
            connection.sendall(b" ")
            time.sleep(0.1)


def test_a_connection_that_breaks_in_the_answer():
    with serve(lambda request: Answer(google(request).content, type="text/html", cut=20)) as (url, _):
        batch = engine("google", url).translate(TEXTS, source="vi", target="en")
    assert batch.texts == (None, None, None)
    assert batch.reason


def test_what_was_done_before_a_refusal_is_kept():
    answers = iter([None, None])

    def tired(request: Request) -> Answer:
        return mymemory(request) if next(answers, 1) is None else Answer("", 401)

    with serve(tired) as (url, _):
        batch = engine("mymemory", url).translate(TEXTS, source="vi", target="en")
    assert batch.texts == (shout(TEXTS[0]), shout(TEXTS[1]), None)
    assert batch.reason == "HTTP 401, the key was refused"


def test_a_quota_said_with_status_200():
    said = {"responseData": {"translatedText": "MYMEMORY WARNING: YOU USED ALL AVAILABLE FREE TRANSLATIONS FOR TODAY"}}
    with serve(lambda _: Answer(json.dumps({**said, "responseStatus": 429}))) as (url, _):
        batch = engine("mymemory", url).translate(TEXTS, source="vi", target="en")
    assert batch.texts == (None, None, None)
    assert "429" in batch.reason


def test_no_answer_in_time():
    def slow(_: Request) -> Answer:
        time.sleep(1)
        return Answer("{}")

    with serve(slow) as (url, _):
        batch = engine("libretranslate", url, timeout=0.2).translate(TEXTS, source="vi", target="en")
    assert batch.reason in {"no answer in time", "no time left"}


def test_after_three_failures_the_provider_is_left_alone():
    with serve(lambda _: Answer("", 403)) as (url, seen):
        refused = engine("libretranslate", url)
        reasons = [refused.translate(TEXTS, source="vi", target="en").reason for _ in range(5)]
    assert len(seen) == 3
    assert reasons[4].startswith("paused for")


def test_pairs_that_a_provider_lacks():
    with serve(deepl) as (url, seen):
        batch = engine("deepl", url).translate(TEXTS, source="vi", target="en")
    assert batch.reason.startswith("no vi-en")
    assert seen == []


@pytest.mark.parametrize("name", ["libretranslate", "microsoft", "google"])
def test_neither_key_nor_text_is_in_a_reason(name):
    batch = engine(name, "http://127.0.0.1:9", timeout=1.0).translate(["Bí mật"], source="vi", target="en")
    assert batch.reason == "not reached (ConnectionError)"


@pytest.mark.parametrize("name", ["libretranslate", "microsoft", "deepl"])
def test_a_setting_that_is_missing_is_named(name):
    with pytest.raises(ValueError, match=f"{name}: set "):
        build_hosted(name, Settings())


def test_libretranslate_without_a_key_sends_none():
    with serve(libretranslate) as (url, seen):
        made = build_hosted("libretranslate", Settings(libretranslate_url=url + "/"))
        assert made.translate(TEXTS, source="vi", target="en").reason is None
    assert "api_key" not in seen[0].form


def test_breaker_lets_one_through_after_the_pause():
    now = [0.0]
    breaker = Breaker(2, 10.0, clock=lambda: now[0])
    breaker.record(well=False)
    assert breaker.closed_for() == 0
    breaker.record(well=False)
    assert breaker.closed_for() == 10
    now[0] = 10.0
    assert breaker.closed_for() == 0
    breaker.record(well=False)
    assert breaker.closed_for() == 10
    breaker.record(well=True)
    now[0] = 20.0
    breaker.record(well=False)
    assert breaker.closed_for() == 0


def test_pacer_spaces_requests():
    pacer = Pacer(60, clock=lambda: 5.0)
    assert [pacer.reserve() for _ in range(3)] == [0, 1, 2]


def test_backoff_grows_and_is_jittered():
    pauses: list[float] = []
    with serve(lambda _: Answer("", 503)) as (url, _), requests.Session() as session:
        caller = Caller(session, Pacer(10**9), time.monotonic() + 60, sleep=pauses.append)
        with pytest.raises(Refused, match="HTTP 503"):
            caller.send("GET", url)
    first, second = (pause for pause in pauses if pause > 0.001)
    assert 0.01 <= first <= 0.02
    assert 0.02 <= second <= 0.04


def test_cut_keeps_every_word():
    text = "; ".join(f"mục {i}, phần {i}" for i in range(40)) + " " + "x" * 90
    pieces = cut(text, 50)
    assert "".join("".join(pieces).split()) == "".join(text.split())
    assert max(map(len, pieces)) <= 50


# --- OpenAI-compatible endpoints -----------------------------------------------------------------


def chat(request: Request) -> Answer:
    body = json.loads(request.body)
    assert (request.path, body["model"]) == ("/v1/chat/completions", "m")
    items = [shout(item) for item in json.loads(body["messages"][1]["content"])]
    return completion("Here you are:\n```json\n" + json.dumps(items) + "\n```")


def completion(content: str) -> Answer:
    return Answer(json.dumps({"choices": [{"message": {"role": "assistant", "content": content}}]}))


def openai(url: str):
    return build_openai(Settings(openai_base_url=url + "/v1/", openai_model="m", openai_api_key="k"))


def test_openai_translates_in_groups():
    texts = [f"câu {i}" for i in range(30)]
    with serve(chat) as (url, seen):
        batch = openai(url).translate(texts, source="vi", target="en")
    assert batch.texts == tuple(map(shout, texts))
    assert len(seen) == 3
    assert seen[0].headers["Authorization"] == "Bearer k"


def test_openai_that_loses_count_is_asked_in_halves():
    def forgetful(request: Request) -> Answer:
        items = json.loads(json.loads(request.body)["messages"][1]["content"])
        return chat(request) if len(items) == 1 else completion(json.dumps(["one for all"]))

    with serve(forgetful) as (url, _):
        assert openai(url).translate(TEXTS, source="vi", target="en").texts == tuple(map(shout, TEXTS))


@pytest.mark.parametrize("answer", [completion("I cannot do that."), completion('[{"a": 1}]'), completion("[1]")])
def test_openai_that_answers_something_else(answer):
    with serve(lambda _: answer) as (url, _):
        batch = openai(url).translate(["Một câu."], source="vi", target="en")
    assert (batch.texts, batch.reason) == ((None,), "an answer was no array of whole translations")


def test_openai_that_leaves_a_sentence_unfinished():
    long = "Một câu rất dài nói về thu ngân sách của toàn tỉnh trong chín tháng đầu năm."

    def tired(request: Request) -> Answer:
        items = json.loads(json.loads(request.body)["messages"][1]["content"])
        return completion(json.dumps([shout(item)[:36] for item in items]))

    with serve(tired) as (url, seen):
        batch = openai(url).translate([long, "Ngắn."], source="vi", target="en")
    assert (batch.texts, len(seen)) == ((None, "NGẮN."), 3)


def test_openai_that_is_no_such_endpoint():
    with serve(lambda _: Answer("<html></html>", type="text/html")) as (url, _):
        assert openai(url).translate(TEXTS, source="vi", target="en").reason == "the answer is no chat completion"


def test_openai_needs_address_and_model():
    with pytest.raises(ValueError, match="OPENAI_BASE_URL"):
        build_openai(Settings())
