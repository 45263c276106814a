"""Which language a text is in, and how sure that is.

Vietnamese is told by its own letters, without diacritics by its syllables; a long text in German, English or French
by its function words. Both cost a millisecond. Only for the rest is py3langid loaded (0.5 s, 80 MB), restricted to the
languages in which editions of these pages appear: the most accurate of eight candidates (`docs/decisions.md`).
"""

from __future__ import annotations

import re
from collections import Counter
from functools import cache
from typing import TYPE_CHECKING

from extractors.text import fold

if TYPE_CHECKING:
    from py3langid.langid import LanguageIdentifier

__all__ = ["LANGUAGES", "identify_language"]

# ruff: noqa: SIM905 (lists of single words are read more easily in one string)
LANGUAGES = tuple(
    "ar cs da de el en es fi fr he hi hu id it ja km ko lo ms nl no pl pt ro ru sv th tr uk vi zh".split()
)

_WORD = re.compile(r"[^\W\d_]+")
_VIETNAMESE = re.compile("[ăđơưĂĐƠƯ\u1ea0-\u1ef9]|[aeiouyâêô][\u0300\u0301\u0303\u0309\u0323]")
_VIETNAMESE_SHARE = 0.15  # of the words with such letters; Vietnamese texts have 0.3 to 0.75
_VIETNAMESE_SYLLABLES = 0.7  # of all words; Vietnamese texts have 0.85 and more, others with names in them up to 0.6
_NAMES_SHARE = 0.1  # of the words: Vietnamese names or captions, which py3langid would take for the text's language

# A Vietnamese word without its diacritics is one syllable of this form.
_SYLLABLE = re.compile(
    r"(?:ngh?|nh|kh|gh|gi|ch|th|tr|ph|qu|[bcdghklmnrstvx])?"
    r"(?:oai|oay|uoi|uou|ieu|yeu|uay|uya|uye|ie|ye|uo|ua|ue|uy|ia|oa|oe|oo|ai|ao|au|ay|eo|eu|iu|oi|ui|uu|[aeiouy])"
    r"(?:ch|nh|ng|[cmnpt])?"
)
_COMMON = frozenset(
    """
    va cua la co duoc cho trong cac nhung mot voi den tai tu nay khong nguoi da theo ve nam ngay tinh huyen xa thon
    ban dong chi hoi nghi dan uy ho dang dat tang giam so cung cap phat trien kinh te thuc hien cong tac nong lam
    """.split()
)
_PLAIN_SYLLABLES = 0.88  # of the words; sentences in other languages with Vietnamese names in them have up to 0.8
_COMMON_SHARE = 0.2  # of the words, so that a line of names alone is not enough
_ALL_SYLLABLES = 4  # words; so many that are all syllables are Vietnamese without a common one

_FUNCTION_WORDS = {  # none of them is a word of one of the other two
    "de": frozenset(
        "der die das und den dem ein eine mit von für auf ist wird wurde nicht im zu sich auch zur".split()
    ),
    "en": frozenset("the of and to for were with that by from has have this at is are its would which they".split()),
    "fr": frozenset("le les du une est dans pour sur avec par au aux qui que et la ont cette il ce".split()),
}
# By trial: no text in another of the languages above comes near these.
_FUNCTION_SHARE = 0.15  # of the words
_FUNCTION_KINDS = 6  # different ones
_FUNCTION_LEAD = 3  # times as many as in the next of the three

_SAMPLE = 2000  # characters that py3langid reads: more change nothing, and its time grows with them


def identify_language(text: str) -> tuple[str, float]:
    """The ISO 639-1 code of the language that most of a text is in, one of `LANGUAGES`, and a confidence from 0 to 1.

    A text without words gives `("und", 0.0)`.

    >>> identify_language("Thu ngân sách đạt 64% kế hoạch")[0], identify_language("Thu ngan sach dat 64% ke hoach")[0]
    ('vi', 'vi')
    """
    words = _WORD.findall(text)
    if not words:
        return "und", 0.0
    counts = Counter(words)
    bare = {word for word in counts if not _VIETNAMESE.search(word)}
    marked = 1 - sum(counts[word] for word in bare) / len(words)
    syllables = sum(count for word, count in counts.items() if _SYLLABLE.fullmatch(fold(word))) / len(words)
    if marked >= _VIETNAMESE_SHARE and syllables >= _VIETNAMESE_SYLLABLES:
        return "vi", round(min(1.0, syllables + marked / 2), 3)
    own = " ".join(word for word in words if word in bare) if bare and marked >= _NAMES_SHARE else text
    return _plain_vietnamese(words, syllables) or _by_function_words(words) or _by_library(own)


def _plain_vietnamese(words: list[str], syllables: float) -> tuple[str, float] | None:
    if syllables < _PLAIN_SYLLABLES:
        return None
    common = sum(1 for word in words if fold(word) in _COMMON) / len(words)
    if common < _COMMON_SHARE and (syllables < 1 or len(words) < _ALL_SYLLABLES):
        return None
    return "vi", round(syllables * min(1.0, 0.7 + common), 3)


def _by_function_words(words: list[str]) -> tuple[str, float] | None:
    counts = Counter(word.lower() for word in words)
    hits = sorted(
        ((sum(counts[w] for w in own), sum(w in counts for w in own), code) for code, own in _FUNCTION_WORDS.items()),
        reverse=True,
    )
    (most, kinds, code), (second, _, _) = hits[:2]
    if most < _FUNCTION_SHARE * len(words) or kinds < _FUNCTION_KINDS or most < _FUNCTION_LEAD * second:
        return None
    return code, round(min(1.0, 0.8 + most / len(words)), 3)


def _by_library(text: str) -> tuple[str, float]:
    middle = max(0, len(text) // 2 - _SAMPLE // 2)
    sample = text if len(text) <= _SAMPLE else f"{text[: _SAMPLE // 2]} {text[middle : middle + _SAMPLE // 2]}"
    code, probability = _identifier().classify(sample)
    return code, round(float(probability), 3)


@cache
def _identifier() -> LanguageIdentifier:
    from py3langid.langid import MODEL_FILE, LanguageIdentifier  # 0.5 s: only for texts that need it

    identifier = LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
    identifier.set_languages(LANGUAGES)
    return identifier
