"""Lines that no article contains, and small marks inside lines: the patterns are data, in `boilerplate.toml`."""

from __future__ import annotations

import re
from functools import cache

from extractors.article.boilerplate import LONGEST, LOWER, UPPER, any_of, is_line, phrases
from extractors.article.dates import read_moment
from extractors.text import fold
from extractors.urls import normalise_url

__all__ = [
    "is_attribution",
    "is_bare_source",
    "is_boilerplate",
    "is_date_line",
    "is_end",
    "is_page_end",
    "is_page_line",
    "is_paywall",
    "is_scrambled",
    "is_teaser",
    "mend_line",
    "names_source",
    "read_source_line",
    "strip_lead_mark",
]


def is_boilerplate(line: str) -> bool:
    """Whether a line is a counter, a button, a time stamp, an advertisement's trace or the like."""
    known = is_line("lines", line) or _FILE_NAME.fullmatch(line) is not None or _WEATHER.search(line) is not None
    return known or (":" in line and is_date_line(line))


_FILE_NAME = re.compile(r"[\w.-]+\.(?:jpe?g|png|gif|webp)", re.IGNORECASE)
_WEATHER = re.compile(r"^[^.]{2,30},\s?\d{1,2}\s?°C(?:\s?/\s?\d{1,2}\s?°C.*)?$")


def is_end(line: str) -> bool:
    """Whether a line is the heading of what follows an article: related news, the most read, comments.

    >>> is_end("TIN LIÊN QUAN"), is_end("Tin mới từ Hà Giang")
    (True, False)
    """
    return is_line("ends", line)


def is_page_line(line: str) -> bool:
    """Whether a line is a button or a note as any site has them."""
    return is_line("page_lines", line)


def is_page_end(line: str) -> bool:
    """Whether a line is the heading of what follows an article on a page of no known layout."""
    return is_line("page_ends", line)


def is_teaser(line: str) -> bool:
    """Whether a line only points to another article (`>> …`, `Xem thêm: …`)."""
    return is_line("teasers", line)


_PAYWALL = 80  # characters; a longer line with such words is a sentence


def is_paywall(line: str) -> bool:
    """Whether a line may say that the rest of the article is to be paid for; in the middle of a body it does not.

    >>> is_paywall("Vui lòng đăng nhập để đọc tiếp."), is_paywall("Gói dành cho thành viên trả phí." + " Xã vui." * 8)
    (True, False)
    """
    if len(line) > _PAYWALL:
        return False
    small = line.casefold()
    return any(phrase in small for phrase in phrases()["paywalls"])


@cache
def _source_line() -> re.Pattern[str]:
    return re.compile(
        rf"""(?P<before>.*?)[(\[]?(?:{any_of("sources")})\s?[:\uff1a]\s?(?:
             (?P<url>(?:https?://|www\.)[^\s)\]]+|(?:[a-z0-9-]+\.)+(?:vn|com|net|org)(?:/[^\s)\]]*)?)
           | (?P<name>[^.:!?]{{2,60}}?))[)\]]?\s*[.]?""",
        re.VERBOSE | re.DOTALL,
    )


# A word and an address: on an aggregator's page, in any language.
_ANY_SOURCE = re.compile(r"[^\s\d:]{2,20}\s?[:\uff1a]\s?(?P<url>https?://\S+)")


def read_source_line(line: str, *, any_word: bool = False) -> tuple[str, str | None] | None:
    """What stands before the source in a source line, and the source's address; None where it is no source line.

    What stands before may be an author's initials, glued to it. A source with a name alone has no address.
    `any_word`: the word before the address may be one of a language that is not listed.

    >>> read_source_line("PVQuelle: https://baohagiang.vn/a/202407/b-1a2b3c4/")
    ('PV', 'https://baohagiang.vn/a/202407/b-1a2b3c4/')
    """
    if ":" not in line and "\uff1a" not in line:
        return None
    match = _source_line().fullmatch(line) if len(line) <= LONGEST or "http" in line else None
    if match is None and any_word and (other := _ANY_SOURCE.fullmatch(line)):
        return "", normalise_url(other["url"])
    if match is None or (match["name"] and match["before"].strip()):
        return None
    return match["before"].strip(), normalise_url(_with_scheme(match["url"])) if match["url"] else None


def names_source(text: str) -> bool:
    """Whether a source line may be in a text: one of its words is there."""
    return _source_word().search(text) is not None


@cache
def _source_word() -> re.Pattern[str]:
    return re.compile(any_of("sources"), re.IGNORECASE)


def is_bare_source(line: str) -> bool:
    """Whether a line is only the word for `source`; the address is then in its link."""
    return is_line("sources", line)


def is_attribution(line: str) -> bool:
    """Whether a line begins with the word before a source or a photographer.

    >>> is_attribution("Quelle: Bauernverband, 2. Mai 2024"), is_attribution("Die Quelle: ein Bach.")
    (True, False)
    """
    return len(line) <= LONGEST and _attribution().match(line) is not None


@cache
def _attribution() -> re.Pattern[str]:
    return re.compile(rf"(?:{any_of('sources')}|{any_of('credits')})\s?:", re.IGNORECASE)


def _with_scheme(address: str) -> str:
    return address if address.startswith("http") else f"https://{address}"


@cache
def _lead_mark() -> re.Pattern[str]:
    return re.compile(
        rf"""(?:\([\w.-]+\.vn\)\s*(?:[-–—:]\s*)?
           | [a-z0-9-]+(?:\.[a-z]+)*\.vn\s*(?:[-–—:]\s*)?
           | \([{UPPER}]{{2,6}}\)\s*(?:[-–—:]\s*)?
           | (?:{any_of("lead_marks")}|(?!TP|HCM|VN|UBND|HĐND|MTTQ)[A-ZĐ]{{2,4}}(?:ĐT|O)?)\s?[-–—]\s
           | [-–—]\s+)+""",
        re.VERBOSE,
    )


def strip_lead_mark(text: str) -> str:
    """A lead without the paper's mark before it.

    >>> strip_lead_mark("(Baohagiang.vn) - Sáng nay, xã họp."), strip_lead_mark("BHG - Sáng nay")
    ('Sáng nay, xã họp.', 'Sáng nay')
    """
    return text[match.end() :] if (match := _lead_mark().match(text)) else text


_DATE_LINE = 80  # characters of a line that holds nothing but a date


def is_date_line(line: str) -> bool:
    """Whether a line is the date of publication alone.

    >>> is_date_line("Cập nhật lúc 05:51, Thứ Tư, 25/05/2022 (GMT+7)"), is_date_line("Ngày 25/05/2022, xã họp")
    (True, False)
    """
    if len(line) > _DATE_LINE or read_moment(line) is None:
        return False
    words = re.findall(r"[^\W\d_]+", fold(line))
    return all(word in phrases()["date_words"] for word in words)


_LEAK = re.compile(r"\s?\bD?NUM_[0-9A-Z_]{3,}(?:\s\d{1,2}:\d{2}(?!\d))?")  # what a translator put in a figure's place
_LABELS = "Français|English|Deutsch|Español|Português|Italiano|Svenska|Nederlands|Tiếng Việt"
_LABEL = re.compile(
    rf"^(?:{_LABELS})\s(?=(?:Au|Aux|À|Le|La|Les|L['’]|En|Dans|Selon|Ce|Cette|Un|Une|Des|The|In|On|At|A|An|This|According"
    rf"|Der|Die|Das|Im|Am|In|Nach|Ein|Eine|El|Los|Las|No|Na|O|Il|De|Het|Den|Det|Trong|Theo|Ngày|Sáng|Chiều)\b)"
)
# Each of these alternatives begins with a character, by which a search passes quickly over the places where none can.
_GLUED = re.compile(
    rf",(?<=[{LOWER}]{{2}}.)(?=[{UPPER}][{LOWER}])|;(?<=[{LOWER}]{{2}}.)(?=[{UPPER}][{LOWER}])"
    rf"|\.(?<=[{LOWER}]{{3}}.)(?=[{UPPER}][{LOWER}]{{2}})"
)
# Words that a translator glued to the one before, where the seam is sure: no word is spelled like these.
_SEAM = re.compile(
    "|".join(
        [
            r"ée?s?(?=(?:de|du|des|par|pour|sur)\s)",
            *(
                rf"{ending}(?=(?:der|des|die|das|und|von|für|mit|of|the|and|for|from|with)\s)"
                for ending in ("tion", "sion", "heit", "keit", "ung", "ment", "ness")
            ),
        ]
    )
)
_MARK_SIZE = 20  # characters at the end of a line within which an end mark stands
_END_MARK = re.compile(r"\s?/\.$|\s?[-–—(]\s?(?:VNA|VNS|VNA/VNS|VNA/CVN|TTXVN)\)?\.?$")


def mend_line(line: str) -> str:
    """A line without the traces of translation and conversion: placeholders, language labels, lost spaces, end marks.

    >>> mend_line("Français Au mois de mai, la province,Le district NUM_XXXX 19:37./.")
    'Au mois de mai, la province, Le district.'
    >>> mend_line("L’objectif a été dépasséde 23%"), mend_line("Laut Resolutionder Partei")
    ('L’objectif a été dépassé de 23%', 'Laut Resolution der Partei')
    """
    if "NUM_" in line:
        line = _LEAK.sub("", line)
    line = _SEAM.sub(r"\g<0> ", line)
    line = _GLUED.sub(lambda mark: mark[0] + " ", _LABEL.sub("", line))
    return line[:-_MARK_SIZE] + _END_MARK.sub("", line[-_MARK_SIZE:])


_RUN = 300  # characters without a space: no word of an article is as long
_SCRAMBLED = 0.3  # of the characters; a picture's data between paragraphs is no body
_BASE64 = re.compile(r"[A-Za-z0-9+/=_-]+")
_CAPITALS = re.compile("[ĂÂĐÊÔƠƯÀÁÈÉÌÍÒÓÙÚÝÃÕĨŨ]|[\u1ea0-\u1ef8](?<=[ẠẢẤẦẨẪẬẮẰẲẴẶẸẺẼẾỀỂỄỆỈỊỌỎỐỒỔỖỘỚỜỞỠỢỤỦỨỪỬỮỰỲỴỶỸ])")
_FEW_SPACES, _MANY_CAPITALS = 0.05, 0.20  # of the characters; Vietnamese prose has 0.2 and 0.03


def is_scrambled(text: str) -> bool:
    """Whether a body was delivered scrambled: in long runs of base64, or of letters that a script turns into text."""
    words = text.split()
    if max(map(len, words), default=0) >= _RUN:
        runs = sum(len(word) for word in words if len(word) >= _RUN and _BASE64.fullmatch(word))
        if runs >= _SCRAMBLED * len(text):
            return True
    if len(text) < _RUN or text.count(" ") >= _FEW_SPACES * len(text):
        return False
    return len(_CAPITALS.findall(text)) > _MANY_CAPITALS * len(text)
