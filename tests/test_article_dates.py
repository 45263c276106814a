"""Dates and lines with dates, in the forms that pages of any system show."""

import tomllib

import pytest

from extractors.article.bylines import is_stamp
from extractors.article.dates import _FILE, read_moment, without_date
from extractors.article.title_words import is_site_title


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("입력 2020.03.12 14:05", "2020-03-12T14:05"),
        ("2020年3月2日 14時05分", "2020-03-02T14:05"),
        ("2012-3-4 10:21:33", "2012-03-04T10:21"),
        ("18 października 2021, 12:40", "2021-10-18T12:40"),
        ("2 сентября 2016", "2016-09-02T00:00"),
        ("9 Tháng Ba, 2023", "2023-03-09T00:00"),
        ("Tháng Mười Hai 9, 2023", "2023-12-09T00:00"),
        ("12. März 2008 um 21.14 Uhr", "2008-03-12T21:14"),
        ("2020. március 12. 14:05", "2020-03-12T14:05"),
        ("25/oct/2021", "2021-10-25T00:00"),
        ("Kalender 2019, 12.03.2024", "2024-03-12T00:00"),
    ],
)
def test_forms_of_dates(text, expected):
    moment = read_moment(text)
    assert moment
    assert moment[0].startswith(expected)


@pytest.mark.parametrize(
    ("text", "order", "day"),
    [
        ("Tue, 03/06/2018 - 14:20", "week", "2018-03-06"),
        ("Sun, 03/06/2018 - 14:20", "week", "2018-06-03"),
        ("Tue, 03/06/2018 - 14:20", "day", "2018-06-03"),
        ("03/06/2018", "week", "2018-06-03"),
        ("03/06/2018", "month", "2018-03-06"),
        ("03.06.2018", "month", "2018-06-03"),
    ],
)
def test_month_or_day_first(text, order, day):
    moment = read_moment(text, order=order)
    assert moment
    assert moment[0][:10] == day


def test_a_name_of_a_month_means_one_month():
    numbers: dict[str, int] = {}
    for year in tomllib.loads(_FILE.read_text(encoding="utf-8"))["names"].values():
        months = year.split()
        assert len(months) == 12
        for number, forms in enumerate(months, 1):
            for form in forms.split("|"):
                assert numbers.setdefault(form, number) == number, form


@pytest.mark.parametrize(
    "line",
    [
        "Publié le 3 mai 2024 à 14h05 - Mis à jour le 4 mai 2024 à 09h10 | Temps de lecture : 2 min",
        "03.05.2024 19:30 von Ruth Amsel (Kommentare: 0)",
        "Par Odile Bresson",
        "Автор: Пётр Лагутин | Опубликовано: 2 сентября 2016 | Просмотров: 540",
    ],
)
def test_a_line_with_date_and_author_is_a_stamp(line):
    assert is_stamp(line)


@pytest.mark.parametrize("line", ["Von Ruth Amsel stammt das Bild.", "Am 3. Mai 2024 tagte der Rat", "Von Ort zu Ort"])
def test_a_sentence_is_no_stamp(line):
    assert not is_stamp(line)


def test_a_name_beside_a_date():
    assert without_date("Ruth Amsel Feb 10, 2023").strip() == "Ruth Amsel"
    assert without_date("octubre 25, 2021") == ""


@pytest.mark.parametrize(
    ("title", "host", "expected"),
    [
        ("Aktuelles | Heimatblatt", "heimatblatt.example", True),
        ("Tin tức - sự kiện - Xã Nậm Lương", "namluong.gov.vn", True),
        ("Xã Nậm Lương giữ rừng đầu nguồn qua ba đời", "namluong.gov.vn", False),
    ],
)
def test_a_title_of_the_site_alone(title, host, expected):
    assert is_site_title(title, host) is expected
