"""Numbers that are no figures: dates, times of day, ranks, numbers of decrees and roads."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from extractors.indicators.words.lexicon import load_figures
from extractors.packs import languages

__all__ = ["OPENERS", "find_masks"]

# Words that open a German sentence behind a number and its stop, which then is no ordinal.
OPENERS = (
    r"(?-i:(?:Die|Der|Das|Den|Dem|Des|Ein|Eine|Einer|Im|In|Am|An|Auf|Aus|Auch|Bei|Bis|Für|Mit|Nach|Seit|Um|Unter|Von|Vor|Zu|Zum"
    r"|Zur|Zudem|Zuvor|Es|Er|Sie|Wir|Ihr|Ihre|Sein|Seine|Dies|Diese|Dieser|Dieses|Dabei|Damit|Danach|Davon|Daher|Darunter"
    r"|Dort|Hier|Heute|Jetzt|Jede|Jeder|Laut|Nur|So|Somit|Trotz|Während|Wegen|Wenn|Herr|Frau)\b)"
)

_DAY, _MONTH = r"(?:0?[1-9]|[12]\d|3[01])", r"(?:0?[1-9]|1[0-2])"
_ALONE = r"(?!\d|[.,]\d| ?%)"
# In every language. A ratio of small numbers (11/12 xã) looks like a date or is a fraction; 27/34 is neither.
_COMMON = [
    rf"(?<![\d.,/-]){_DAY}[-/.]{_MONTH}[-/.](?:\d{{4}}|\d{{2}})(?!\d)",
    rf"(?<![\d.,/-]){_DAY}-{_MONTH}(?![\d%/-]|[.,]\d|[ \u00a0\u202f]?%)",
    r"(?<![\d.,])\d+/(?:\d|1[0-2]|\d{3,})(?:/\d+)?(?![\d%])",
    r"(?<![\d.,])\d+/\d+/\d+(?![\d%])",
    rf"(?<![\d.,/-]){_MONTH}[-/](?:19|20)\d\d(?!\d)",
    r"(?<![\d.,])(?:19|20)\d\d ?[-–/] ?(?:19|20)\d\d(?!\d)",
    r"\d+[-/][^\W\d_][\w/.-]*",  # 04-NQ/HU
    r"(?!(?<=\bVN)[DĐ]|(?<=\bUS)D|(?<=\bEU)R)[^\W\d_]-?\d+(?:[.,]\d+)*",  # A4, Covid-19; not VND60
    r"(?<!\d)\d{1,2}[:hg]\d{2}(?!\d)",
    r"(?<!\d)\d{1,2} ?h(?![\w])",
    r"(?<![\d.,])0\d{7,}(?![\d.,])",  # a telephone number
    r"(?:[Nn][oºr°]\.?|№|[Nn]úm\.|#) ?\d+(?:[/.-]\w+)*",
]
_OWN = {
    "vi": [
        rf"\b(?:ngày|mùng|mồng) {_DAY}{_ALONE}",
        rf"\btháng \d{{1,2}}{_ALONE}",
        rf"\bquý \d{_ALONE}",
        r"\bnăm \d{4}(?!\d)",
        r"(?<!tổng )(?<!con )(?<!dân )(?<!trong )\bsố \d+(?:[./-]\w+)*(?! ?%)",
        rf"\b(?:thứ|khóa|khoá|kỳ|hạng|lớp|loại|đợt|tập|chương|điều|khoản|lộ|đường|vòng|giai đoạn) \d{{1,2}}{_ALONE}",
        rf"\bcấp [1-5]{_ALONE}",
        r"(?<!\d)\d{1,2} (?:giờ(?: \d{1,2}(?: phút)?)?|tháng)",
    ],
    "de": [
        rf"(?<!\d)\d{{1,2}}\.(?= (?!{OPENERS})[^\W\d_])",  # 18. September, 3. Platz
        rf"(?<!\d){_DAY}\.{_MONTH}\.",
        r"(?<!\d)\d{1,2}(?:[:.]\d{2})? ?Uhr",
        r"(?<!\d)\d{1,2}[ \u00a0\u202f-](?:Monat|monat)",
        r"\b(?:Nummer|Klasse|Artikel|Quartal|Absatz|Platz|Nationalstraße) \d+",
    ],
    "en": [
        r"(?<!\d)\d+(?:st|nd|rd|th)\b",
        r"(?<!\d)\d{1,2}(?:[:.]\d{2})? ?(?:[ap]\.?m\b|o'clock|hours?\b)",
        r"(?<!\d)\d{1,2}[ -]months?\b",
        r"\b(?:[Nn]umber|[Gg]rade|[Aa]rticle|[Qq]uarter|[Cc]lause|[Pp]hase|[Hh]ighway|[Tt]erm|Q) ?\d+",
    ],
    "fr": [
        r"(?<!\d)\d+(?:ers?|ère|re|nde?|e|è|ème)\b",
        r"(?<!\d)\d{1,2} ?heures?(?: ?\d{2})?\b",
        r"(?<!\d)\d{1,2} mois\b",
        r"\b(?:numéro|classe|article|trimestre|phase|nationale) \d+",
    ],
}  # fmt: skip


def find_masks(text: str, language: str) -> Iterator[tuple[int, int]]:
    """Where numbers stand that are no figures."""
    for pattern in _patterns(language):
        for match in pattern.finditer(text):
            yield match.span()


@lru_cache(maxsize=32)
def _patterns(language: str) -> tuple[re.Pattern[str], ...]:
    own = _OWN.get(language, [])
    return tuple(re.compile(p, re.IGNORECASE) for p in (*_COMMON, *own, *_named_months(language)))


def _named_months(language: str) -> list[str]:
    """A day before or after the name of a month, in the languages with a pack."""
    if language not in languages() or language in ("vi", "und"):
        return []
    names = "|".join(map(re.escape, sorted(load_figures(language).months, key=len, reverse=True)))
    day = rf"{_DAY}(?:\.|st|nd|rd|th|er)?"
    return [
        rf"(?<![\d.,]){day}(?: (?:-|–|bis|und|to|and|au|et) {day})? (?:of |de |d')?(?:{names})\b",
        rf"\b(?:{names})\.? {_DAY}(?:st|nd|rd|th)?{_ALONE}(?:[-–]{_DAY}\b)?",
    ]
