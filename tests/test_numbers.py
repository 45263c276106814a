"""Numbers and percentages as each language writes them."""

import pytest

from extractors.indicators.numbers import find_percentages, read_number, read_number_words
from extractors.indicators.words.lexicon import load_figures


def percentages(text, language):
    return [
        (p.value, p.value_max, p.unit, p.sign) for p in find_percentages(text, text.lower(), load_figures(language))
    ]


@pytest.mark.parametrize(
    ("text", "decimal", "value"),
    [
        ("8.249,702", ",", 8249.702),
        ("1.204", ",", 1204),
        ("62.5", ",", 62.5),
        ("0.125", ",", 0.125),
        ("1,204", ".", 1204),
        ("62,5", ".", 62.5),
        ("1,234.5", ".", 1234.5),
        ("178 000", ",", 178000),
        ("12\u202f450,5", ",", 12450.5),
        ("7", "", 7),
    ],
)
def test_number(text, decimal, value):
    assert read_number(text, decimal) == value


@pytest.mark.parametrize(
    ("language", "words", "value"),
    [
        ("de", "fünfundneunzig", 95),
        ("de", "sieben komma fünf", 7.5),
        ("vi", "chín mươi lăm", 95),
        ("en", "ninety five", 95),
        ("fr", "quatre vingt dix sept", 97),
        ("fr", "soixante et onze", 71),
    ],
)
def test_number_words(language, words, value):
    parts = words.split()
    assert read_number_words(parts, load_figures(language)) == (len(parts), value)


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("vi", "đạt 62,5%, tăng 0,8 điểm phần trăm", [(62.5, None, "%", 0), (0.8, None, "pp", 0)]),
        ("vi", "giảm 2,4 điểm % so cùng kỳ", [(2.4, None, "pp", 0)]),
        ("vi", "từ 25% đến 30% số hộ", [(25, 30, "%", 0)]),
        ("vi", "giảm từ 33,8% xuống 21,5%", [(33.8, None, "%", 0), (21.5, None, "%", 0)]),
        ("vi", "lần lượt là 22, 27 và 64%", [(22, None, "%", 0), (27, None, "%", 0), (64, None, "%", 0)]),
        ("vi", "Dệt may: -3,8%; da giày: +5%", [(3.8, None, "%", -1), (5, None, "%", 1)]),
        ("de", "8 bis 10 Prozent", [(8, 10, "%", 0)]),
        ("de", "6–8\u202f%", [(6, 8, "%", 0)]),
        ("de", "52,5 %, 47,1 % bzw. 30 %", [(52.5, None, "%", 0), (47.1, None, "%", 0), (30, None, "%", 0)]),
        ("en", "between 20% and 30%", [(20, 30, "%", 0)]),
        ("en", "coverage rose from 51 to 77%", [(51, None, "%", 0), (77, None, "%", 0)]),
        ("en", "14 to 16 per cent", [(14, 16, "%", 0)]),
        ("fr", "entre 20 et 30 %", [(20, 30, "%", 0)]),
        ("fr", "trois à quatre pour cent", [(3, 4, "%", 0)]),
        ("fr", "soit 47 75 % du plan", [(47.75, None, "%", 0)]),
        ("fr", "en baisse de 0,3 point", [(0.3, None, "pp", 0)]),
        ("fr", "1\u202f250 foyers, 12\u00a0%", [(12, None, "%", 0)]),
    ],
)
def test_percentages(language, text, expected):
    assert percentages(text, language) == expected


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("vi", "độ mặn 6‰, xếp thứ 7/14, ngày 2/9, Nghị quyết 18-NQ/TW"),
        ("de", "vier Promille am 3. Mai, Platz 7/14"),
        ("en", "won 3-1, scored 23 points, see https://example.org/a%20b"),
        ("fr", "quatre pour mille, 23 points au classement"),
    ],
)
def test_no_percentage(language, text):
    assert percentages(text, language) == []
