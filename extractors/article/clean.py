"""Lines that no article contains, and small marks inside lines: the patterns are data, in `boilerplate.toml`."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

from extractors.article.dates import read_moment
from extractors.packs import read_settings
from extractors.text import fold
from extractors.urls import normalise_url

__all__ = [
    "is_bare_source",
    "is_boilerplate",
    "is_credit",
    "is_date_line",
    "is_end",
    "is_scrambled",
    "is_teaser",
    "mend_line",
    "read_byline",
    "read_source_line",
    "strip_credit",
    "strip_lead_mark",
]

_FILE = Path(__file__).parent / "boilerplate.toml"
_GROUPS = frozenset({"lines", "ends", "teasers", "sources", "credits", "notes", "bylines", "lead_marks", "date_words"})
_LONGEST = 160  # characters; the longest line in boilerplate.toml with a generous filling
_UPPER = "A-ZÀ-ÖØ-ÞĂĐĨŨƠƯẠ-Ỹ"
_LOWER = "a-zß-öø-ÿăđĩũơưạ-ỹ"


@cache
def _phrases() -> dict[str, tuple[str, ...]]:
    groups = read_settings(_FILE, _GROUPS)
    return {name: tuple(p for language in group.values() for p in language) for name, group in groups.items()}


def _pattern(phrase: str) -> str:
    escaped = re.escape(phrase).replace(r"\ ", r"\s?")
    return escaped.replace(r"\*", ".*").replace(r"\#", r"\s?[\d.,]+\s?").replace("…", r"(?:…|\.\.\.)")


def _any_of(name: str) -> str:
    return "|".join(_pattern(p) for p in sorted(_phrases()[name], key=len, reverse=True))


@cache
def _whole_line(name: str) -> re.Pattern[str]:
    return re.compile(rf"[\s•·*|–-]*(?:{_any_of(name)})\s?[:.…]*\s*", re.IGNORECASE)


def _is_line(name: str, line: str) -> bool:
    return len(line) <= _LONGEST and _whole_line(name).fullmatch(line) is not None


def is_boilerplate(line: str) -> bool:
    """Whether a line is a counter, a button, an advertisement's trace or the like."""
    return _is_line("lines", line) or _FILE_NAME.fullmatch(line) is not None or _WEATHER.search(line) is not None


_FILE_NAME = re.compile(r"[\w.-]+\.(?:jpe?g|png|gif|webp)", re.IGNORECASE)
_WEATHER = re.compile(r"^[^.]{2,30},\s?\d{1,2}\s?°C(?:\s?/\s?\d{1,2}\s?°C.*)?$")


def is_end(line: str) -> bool:
    """Whether a line is the heading of what follows an article: related news, the most read, comments.

    >>> is_end("TIN LIÊN QUAN"), is_end("Tin mới từ Hà Giang")
    (True, False)
    """
    return _is_line("ends", line)


def is_teaser(line: str) -> bool:
    """Whether a line only points to another article (`>> …`, `Xem thêm: …`)."""
    return _is_line("teasers", line)


@cache
def _source_line() -> re.Pattern[str]:
    return re.compile(
        rf"""(?P<before>.*?)[(\[]?(?:{_any_of("sources")})\s?[::]\s?(?:
             (?P<url>(?:https?://|www\.)[^\s)\]]+|(?:[a-z0-9-]+\.)+(?:vn|com|net|org)(?:/[^\s)\]]*)?)
           | (?P<name>[^.:!?]{{2,60}}?))[)\]]?\s*[.]?""",
        re.VERBOSE | re.DOTALL,
    )


def read_source_line(line: str) -> tuple[str, str | None] | None:
    """What stands before the source in a source line, and the source's address; None where it is no source line.

    What stands before may be an author's initials, glued to it. A source with a name alone has no address.

    >>> read_source_line("PVQuelle: https://baohagiang.vn/a/202407/b-1a2b3c4/")
    ('PV', 'https://baohagiang.vn/a/202407/b-1a2b3c4/')
    """
    match = _source_line().fullmatch(line) if len(line) <= _LONGEST or "http" in line else None
    if match is None or (match["name"] and match["before"].strip()):
        return None
    return match["before"].strip(), normalise_url(_with_scheme(match["url"])) if match["url"] else None


def is_bare_source(line: str) -> bool:
    """Whether a line is only the word for `source`; the address is then in its link."""
    return _is_line("sources", line)


def _with_scheme(address: str) -> str:
    return address if address.startswith("http") else f"https://{address}"


@cache
def _credit() -> re.Pattern[str]:
    return re.compile(
        rf"""(?:^|(?<=[.!?…"”])|\s*[(\[]|\s[-–|]|\s)\s*(?:{_any_of("credits")})\s?[:/]\s?(?P<name>(?:[^.:;]|(?<=\b[{_UPPER}])\.){{1,60}}?)[)\]]?\s*\.?$""",
        re.VERBOSE,
    )


@cache
def _note() -> re.Pattern[str]:
    return re.compile(rf"""(?:(?<=[.!?…"”])\s*|\s*[(\[]|\s[-–|]\s)(?:{_any_of("notes")})[)\]]?\s*\.?$""", re.IGNORECASE)


def is_credit(line: str) -> bool:
    """Whether a line is a photo credit alone. A caption that begins with `Photo:` is none.

    >>> is_credit("Ảnh: Quốc Việt"), is_credit("Photo: Ms. Mai (left) and members sort berries.")
    (True, False)
    """
    match = _credit().match(line)
    return _is_line("credits", line) or (match is not None and _is_name(match["name"]))


def strip_credit(caption: str) -> str:
    """A caption without the photographer at its end, or the word that it is a file photo.

    >>> strip_credit("Lãnh đạo xã thăm mô hình trồng chè. Ảnh: Thu Hà"), strip_credit("Chè xuân (Ảnh tư liệu)")
    ('Lãnh đạo xã thăm mô hình trồng chè.', 'Chè xuân')
    """
    if (note := _note().search(caption, max(0, len(caption) - _CREDIT_SIZE))) and note.start():
        return caption[: note.start()]
    match = _credit().search(caption, max(0, len(caption) - _CREDIT_SIZE))
    if match is None or not match.start() or not _is_name(match["name"]):
        return caption
    return caption[: match.start()].rstrip(" -–|([")


_CREDIT_SIZE = 100  # characters at the end of a caption within which its credit stands
_NAME_WORD = re.compile(
    rf"[{_UPPER}][\w.’'-]*|[-–&/+,|]|tư|liệu|minh|họa|hoạ|internet|via|và|und|and|et|cung|cấp|báo|do|dpa|st"
)
_MOST_WORDS = 7  # "Thanh Thủy, Hoàng Ngọc - CTV"; a caption's sentence has more, or small letters


def _is_name(text: str) -> bool:
    words = text.replace("/", " / ").split()
    return 0 < len(words) <= _MOST_WORDS and all(
        _NAME_WORD.fullmatch(word.strip(",()")) for word in words if word != ","
    )


@cache
def _byline() -> re.Pattern[str]:
    several = "|".join(_pattern(p) for p in _phrases()["bylines"] if len(p.split()) > 1)  # "Bài, ảnh Thu Hà"
    return re.compile(rf"(?:(?:{_any_of('bylines')})\s?[::]\s?|(?:{several})\s)(?P<name>.{{2,80}})", re.IGNORECASE)


_NOTED = re.compile(
    r"(?P<name>.{2,60}?)\s?\((?:tổng hợp|thực hiện|ghi|lược ghi|biên tập|theo [^)]*|t/h|st)\)", re.IGNORECASE
)
_AFTER = re.compile(r"\(?(?:Theo|Laut|Selon|According to)\s(?P<name>[^.:()]{2,40})\)?")
_INITIALS = re.compile(rf"[{_UPPER}]{{1,3}}(?:\.\s?[{_UPPER}]{{1,3}})*\.?|[Pp]hóng viên|CTV|P\.V")


def read_byline(line: str) -> str | None:
    """The author whom a line of its own names; None where it is no byline.

    >>> read_byline("Bài, ảnh: Thu Hà – Văn Nam"), read_byline("MAI LAN"), read_byline("Cả xã vui.")
    ('Thu Hà – Văn Nam', 'MAI LAN', None)
    """
    line = line.strip().removesuffix("./.").strip()
    if len(line) > _LONGEST // 2 or not line:
        return None
    for pattern in (_byline(), _NOTED, _AFTER):
        if (match := pattern.fullmatch(line)) and _is_name(match["name"]):
            return match["name"].strip(" .")
    if _INITIALS.fullmatch(line):
        return line
    return line if len(line.split()) > 1 and _is_name(line) else None


@cache
def _lead_mark() -> re.Pattern[str]:
    return re.compile(
        rf"""(?:\([\w.-]+\.vn\)\s*(?:[-–—:]\s*)?
           | [a-z0-9-]+(?:\.[a-z]+)*\.vn\s*(?:[-–—:]\s*)?
           | \([{_UPPER}]{{2,6}}\)\s*(?:[-–—:]\s*)?
           | (?:{_any_of("lead_marks")}|(?!TP|HCM|VN|UBND|HĐND|MTTQ)[A-ZĐ]{{2,4}}(?:ĐT|O)?)\s?[-–—]\s
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
    return all(word in _phrases()["date_words"] for word in words)


_LEAK = re.compile(r"\s?\bD?NUM_[0-9A-Z_]{3,}(?:\s\d{1,2}:\d{2}\b)?")  # what a translator put in a figure's place
_LABELS = "Français|English|Deutsch|Español|Português|Italiano|Svenska|Nederlands|Tiếng Việt"
_LABEL = re.compile(
    rf"^(?:{_LABELS})\s(?=(?:Au|Aux|À|Le|La|Les|L['’]|En|Dans|Selon|Ce|Cette|Un|Une|Des|The|In|On|At|A|An|This|According"
    rf"|Der|Die|Das|Im|Am|In|Nach|Ein|Eine|El|Los|Las|No|Na|O|Il|De|Het|Den|Det|Trong|Theo|Ngày|Sáng|Chiều)\b)"
)
_GLUED = re.compile(
    rf"[,;](?<=[{_LOWER}]{{2}}.)(?=[{_UPPER}][{_LOWER}])|[.](?<=[{_LOWER}]{{3}}.)(?=[{_UPPER}][{_LOWER}]{{2}})"
)
_MARK_SIZE = 20  # characters at the end of a line within which an end mark stands
_END_MARK = re.compile(r"\s?/\.$|\s?[-–—(]\s?(?:VNA|VNS|VNA/VNS|VNA/CVN|TTXVN)\)?\.?$")


def mend_line(line: str) -> str:
    """A line without the traces of translation and conversion: placeholders, language labels, lost spaces, end marks.

    >>> mend_line("Français Au mois de mai, la province,Le district NUM_XXXX 19:37./.")
    'Au mois de mai, la province, Le district.'
    """
    if "NUM_" in line:
        line = _LEAK.sub("", line)
    line = _GLUED.sub(lambda mark: mark[0] + " ", _LABEL.sub("", line))
    return line[:-_MARK_SIZE] + _END_MARK.sub("", line[-_MARK_SIZE:])


_RUN = 300  # characters without a space: no word of an article is as long
_BASE64 = re.compile(r"[A-Za-z0-9+/=_-]+")
_CAPITALS = re.compile("[ĂÂĐÊÔƠƯÀÁÈÉÌÍÒÓÙÚÝÃÕĨŨ]|[\u1ea0-\u1ef8](?<=[ẠẢẤẦẨẪẬẮẰẲẴẶẸẺẼẾỀỂỄỆỈỊỌỎỐỒỔỖỘỚỜỞỠỢỤỦỨỪỬỮỰỲỴỶỸ])")
_FEW_SPACES, _MANY_CAPITALS = 0.05, 0.20  # of the characters; Vietnamese prose has 0.2 and 0.03


def is_scrambled(text: str) -> bool:
    """Whether a body was delivered scrambled: a long run of base64, or of letters that a script turns into text."""
    if any(len(word) >= _RUN and _BASE64.fullmatch(word) for word in text.split()):
        return True
    if len(text) < _RUN or text.count(" ") >= _FEW_SPACES * len(text):
        return False
    return len(_CAPITALS.findall(text)) > _MANY_CAPITALS * len(text)
