"""What stands behind the head of a body besides words: its number, an abbreviation in brackets."""

from __future__ import annotations

import re

from extractors.names import is_syllable
from extractors.tokens import Tokens
from extractors.units.names import ROMAN

__all__ = ["abbreviation_end", "counts_nouns", "number_end", "own_number_end"]

_OWN_NUMBER = re.compile(r"[1-9]\d{0,2}")  # no years and no shares
_ADJECTIVE_ENDS = ("e", "er")  # of an adjective without an article before a noun in the plural
_LONGEST_NUMBER = 4  # digits in the number of a unit (Lữ đoàn 1296); longer ones are amounts


def abbreviation_end(tokens: Tokens, index: int) -> int:
    """The end of a bracketed abbreviation that starts here: (KH-ĐT); 0 where there is none."""
    if tokens.kind(index) != "(":
        return 0
    end = index + 1
    while end - index < 8 and tokens.kind(end) in "CU-.&n":
        end += 1
    capitals = [tokens.words[k] for k in range(index + 1, end) if tokens.kinds[k] in "CU"]
    return (
        end + 1
        if tokens.kind(end) == ")" and capitals and all(len(w) == 1 or sum(map(str.isupper, w)) > 1 for w in capitals)
        else 0
    )


def counts_nouns(tokens: Tokens, index: int) -> bool:
    """Whether the number at the token counts what follows and is no unit's own: im Bezirk [135] junge Männer, im Kreis
    [74] Familien, cả thôn [87] hộ."""
    behind = index + 1
    if tokens.is_word(behind, "counted"):
        return True
    if not tokens.pack.compounds:
        return False
    adjective = (
        len(tokens.word(index)) > 1 and tokens.kind(behind) == "w" and tokens.word(behind).endswith(_ADJECTIVE_ENDS)
    )
    noun = behind + adjective
    word = tokens.word(noun)
    own = tokens.kind(noun) == "C" and not is_syllable(word)
    person = not adjective and (tokens.find(noun, "honorific") or tokens.find(noun, "office") or tokens.head_at(noun))
    return own and not person and word.lower().endswith(tokens.pack.plural_endings)


def number_end(tokens: Tokens, index: int) -> int:
    """The end of the number that tells one unit from its like: Lữ đoàn [1296], khu vực [VI]; 0 where there is none."""
    if tokens.pack.compounds and tokens.is_word(index, "body_of") and tokens.is_word(index + 1, "number_sign"):
        index += 1  # Volksgericht [der Region 3]
    if tokens.is_word(index, "number_sign"):
        index += 1 + (tokens.word(index + 1) == ".")
    counts = tokens.pack.compounds and tokens.kind(index + 1) == "C"  # "64 Käfige" are counted, no number of the unit
    if ROMAN.fullmatch(tokens.word(index)) and tokens.is_word(index - 1, "before_roman"):
        return index + 1  # Chi cục Hải quan khu vực VI
    short = tokens.kind(index) == "n" and len(tokens.word(index)) <= _LONGEST_NUMBER
    return index + 1 if short and not counts and tokens.word(index + 1) not in ("%", "‰") else 0


def own_number_end(tokens: Tokens, index: int) -> int:
    """The end of the number of any body, right behind its name in capitals where type words close names: Project
    Management Unit [7], Institute for Aquaculture [No. 3]; 0 where there is none, or where it counts what follows."""
    if not tokens.pack.capital_names or tokens.kind(index - 1) not in "CU":
        return 0
    end = number_end(tokens, index)
    if not end or tokens.is_word(index, "number_sign"):
        return end
    if not _OWN_NUMBER.fullmatch(tokens.word(index)):
        return 0
    word = tokens.word(end).lower()
    many = word.endswith(tokens.pack.plural_endings) and not tokens.is_word(end, "copula", "common")
    counts = tokens.kind(end) == "w" and (many or tokens.is_word(end, "counted"))
    return 0 if counts or tokens.kind(end) in "CUn" else end
