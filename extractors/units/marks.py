"""What stands behind the head of a body besides words: its number, an abbreviation in brackets."""

from __future__ import annotations

from extractors.tokens import Tokens
from extractors.units.names import ROMAN

__all__ = ["abbreviation_end", "number_end"]

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


def number_end(tokens: Tokens, index: int) -> int:
    """The end of the number that tells one unit from its like: Lữ đoàn [1296], khu vực [VI]; 0 where there is none."""
    if tokens.is_word(index, "number_sign"):
        index += 1 + (tokens.word(index + 1) == ".")
    counts = tokens.pack.compounds and tokens.kind(index + 1) == "C"  # "64 Käfige" are counted, no number of the unit
    if ROMAN.fullmatch(tokens.word(index)) and tokens.is_word(index - 1, "before_roman"):
        return index + 1  # Chi cục Hải quan khu vực VI
    short = tokens.kind(index) == "n" and len(tokens.word(index)) <= _LONGEST_NUMBER
    return index + 1 if short and not counts and tokens.word(index + 1) not in ("%", "‰") else 0
