"""Times as dates, resolved against the day of publication."""

import datetime

import pytest

from extractors.indicators.periods.dates import find_periods
from extractors.indicators.words.lexicon import load_figures

PUBLISHED = datetime.date(2024, 8, 20)


def periods(text, language, published=PUBLISHED):
    return [
        (p.from_.isoformat(), p.to.isoformat()) for p in find_periods(text.lower(), load_figures(language), published)
    ]


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("vi", "7 tháng đầu năm 2024", ("2024-01-01", "2024-07-31")),
        ("vi", "quý I/2025", ("2025-01-01", "2025-03-31")),
        ("vi", "quý II", ("2024-04-01", "2024-06-30")),
        ("vi", "bảy tháng đầu năm", ("2024-01-01", "2024-07-31")),
        ("vi", "quý II năm ngoái", ("2023-04-01", "2023-06-30")),
        ("vi", "nửa cuối tháng 7", ("2024-07-16", "2024-07-31")),
        ("vi", "từ ngày 11 đến 20/8", ("2024-08-11", "2024-08-20")),
        ("en", "in July of last year", ("2023-07-01", "2023-07-31")),
        ("en", "last September", ("2023-09-01", "2023-09-30")),
        ("en", "in 7 months", ("2024-01-01", "2024-07-31")),
        ("en", "the first half of August", ("2024-08-01", "2024-08-15")),
        ("en", "July 10-25", ("2024-07-10", "2024-07-25")),
        ("en", "the fourth quarter", ("2024-10-01", "2024-12-31")),
        ("de", "im Juli des Vorjahres", ("2023-07-01", "2023-07-31")),
        ("de", "vom 11. bis zum 20. August", ("2024-08-11", "2024-08-20")),
        ("de", "im vergangenen September", ("2023-09-01", "2023-09-30")),
        ("fr", "du 11 au 20 août", ("2024-08-11", "2024-08-20")),
        ("fr", "au deuxième trimestre de l'an dernier", ("2023-04-01", "2023-06-30")),
        ("fr", "août dernier", ("2023-08-01", "2023-08-31")),
        ("vi", "6 tháng đầu năm 2023", ("2023-01-01", "2023-06-30")),
        ("vi", "tính đến ngày 15/8", ("2024-01-01", "2024-08-15")),
        ("vi", "đến hết tháng 7", ("2024-01-01", "2024-07-31")),
        ("vi", "nhiệm kỳ 2020-2025", ("2020-01-01", "2025-12-31")),
        ("vi", "từ ngày 1/6 đến ngày 15/7", ("2024-06-01", "2024-07-15")),
        ("vi", "từ tháng 2 đến hết tháng 6", ("2024-02-01", "2024-06-30")),
        ("en", "from June 1 to July 15", ("2024-06-01", "2024-07-15")),
        ("en", "between 20 November 2023 and 5 January 2024", ("2023-11-20", "2024-01-05")),
        ("en", "January-July", ("2024-01-01", "2024-07-31")),
        ("en", "from October to March", ("2023-10-01", "2024-03-31")),
        ("en", "H1 2024", ("2024-01-01", "2024-06-30")),
        ("en", "the last six months of 2023", ("2023-07-01", "2023-12-31")),
        ("en", "(July 2024)", ("2024-07-01", "2024-07-31")),
        ("de", "vom 1. Juni bis 15. Juli", ("2024-06-01", "2024-07-15")),
        ("de", "von Februar bis Juni", ("2024-02-01", "2024-06-30")),
        ("de", "zum 30. Juni", ("2024-01-01", "2024-06-30")),
        ("de", "in den ersten neun Monaten dieses Jahres", ("2024-01-01", "2024-09-30")),
        ("fr", "du 1er juin au 15 juillet", ("2024-06-01", "2024-07-15")),
        ("fr", "de février à juin", ("2024-02-01", "2024-06-30")),
        ("fr", "au 15/8", ("2024-01-01", "2024-08-15")),
        ("fr", "en seulement trois mois", ("2024-01-01", "2024-03-31")),
        ("fr", "janvier-juillet 2024", ("2024-01-01", "2024-07-31")),
        ("fr", "en 9 mois de 2024", ("2024-01-01", "2024-09-30")),
        ("fr", "juillet 2024", ("2024-07-01", "2024-07-31")),
        ("vi", "tháng 12", ("2024-12-01", "2024-12-31")),
        ("de", "in den ersten neun Monaten des Jahres 2023", ("2023-01-01", "2023-09-30")),
        ("de", "im ersten Halbjahr", ("2024-01-01", "2024-06-30")),
        ("de", "bis zum 15. August", ("2024-01-01", "2024-08-15")),
        ("de", "bis Ende Juli", ("2024-01-01", "2024-07-31")),
        ("de", "im 2. Quartal 2023", ("2023-04-01", "2023-06-30")),
        ("en", "the first half of 2023", ("2023-01-01", "2023-06-30")),
        ("en", "as of July 31", ("2024-01-01", "2024-07-31")),
        ("en", "by the end of June 2023", ("2023-01-01", "2023-06-30")),
        ("en", "the second quarter", ("2024-04-01", "2024-06-30")),
        ("en", "the 2021-2025 period", ("2021-01-01", "2025-12-31")),
        ("fr", "au cours des sept premiers mois de 2024", ("2024-01-01", "2024-07-31")),
        ("fr", "au premier semestre", ("2024-01-01", "2024-06-30")),
        ("fr", "à fin juillet", ("2024-01-01", "2024-07-31")),
        ("fr", "l'an dernier", ("2023-01-01", "2023-12-31")),
        ("fr", "d'ici à 2030", ("2030-01-01", "2030-12-31")),
    ],
)
def test_period(language, text, expected):
    assert periods(text, language) == [expected]


def test_a_text_without_a_date_takes_the_year_that_its_line_names():
    text = "Der Plan für 2023 wurde in den ersten sechs Monaten zur Hälfte erfüllt."
    assert periods(text, "de", None)[-1] == ("2023-01-01", "2023-06-30")
    assert periods("In den ersten sechs Monaten", "de", None) == []


def test_a_month_far_ahead_is_of_the_year_before():
    assert periods("tháng 12", "vi", datetime.date(2025, 1, 5)) == [("2024-12-01", "2024-12-31")]


def test_a_day_that_is_said_to_come_is_not_of_the_year_before():
    early = datetime.date(2024, 3, 5)
    assert periods("d'ici le 31 décembre", "fr", early) == [("2024-01-01", "2024-12-31")]
    assert periods("au 31 décembre", "fr", early) == [("2023-01-01", "2023-12-31")]


@pytest.mark.parametrize(
    ("language", "text"),
    [("vi", "năm học 2023-2024"), ("en", "the 2023-2024 dry season"), ("de", "31. Februar"), ("fr", "2 024 foyers")],
)
def test_no_period(language, text):
    assert periods(text, language) == []


@pytest.mark.parametrize(
    ("language", "text", "last"),
    [
        ("en", "from the beginning of the year to the end of August", "2024-08-31"),
        ("en", "since early this year", "2024-09-20"),
        ("fr", "du début de l'année à fin août", "2024-08-31"),
        ("fr", "cette année jusqu'à présent", "2024-09-20"),
        ("de", "vom jahresbeginn bis ende august", "2024-08-31"),
        ("vi", "từ đầu năm đến hết tháng 8", "2024-08-31"),
        ("vi", "đầu năm đến nay", "2024-09-20"),
    ],
)
def test_a_time_since_the_beginning_of_the_year_starts_with_it(language, text, last):
    (found,) = find_periods(f"{text.lower()}.", load_figures(language), datetime.date(2024, 9, 20))
    assert (found.from_.isoformat(), found.to.isoformat()) == ("2024-01-01", last)
