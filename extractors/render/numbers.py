"""Numbers and what they count, in the format of a language."""

from __future__ import annotations

from extractors.render.words import Words
from extractors.types import Indicator

__all__ = ["format_number", "is_fraction", "say_amount", "say_figure", "say_percent"]

_DECIMALS = 6  # more than any article prints; a float's noise lies behind them
_HALF = "50"  # "up half" is no good English
_DERIVED_DECIMALS = 1  # of a percentage that the article does not print


def format_number(value: float, words: Words) -> str:
    """A number with the separators of the language, without needless zeros.

    >>> from extractors.render.words import load_words
    >>> format_number(8249.702, load_words("de")), format_number(8249.702, load_words("en"))
    ('8.249,702', '8,249.702')
    """
    shown = f"{value:,.{_DECIMALS}f}".rstrip("0").rstrip(".")
    return shown.translate({ord(","): words.texts["group"], ord("."): words.texts["decimal"]})


def say_figure(figure: Indicator, words: Words) -> str:
    """The figure with its comparator: over 64 %, 10 to 15 households, two thirds."""
    return _compared(figure, _bare(figure, words), words)


def is_fraction(figure: Indicator, words: Words) -> bool:
    """Whether a share that the text gives in words can be given in words again; a change by half is said in percent."""
    if not figure.derived or figure.unit != "%" or figure.value_max is not None:
        return False
    key = _fraction_key(figure.value)
    return key in words.tables["fractions"] and (figure.direction == "level" or key != _HALF)


def say_amount(value: float, unit: str, words: Words, *, number: str | None = None) -> str:
    """A number with its unit or what it counts; `number` is how it is shown where that is not the value alone."""
    shown = number if number is not None else format_number(value, words)
    if unit == "%":
        return words.texts["percent"].format(number=shown)
    if unit == "pp":
        return words.form(words.texts["points"], value).format(number=shown)
    return f"{shown} {counted}" if (counted := say_counted(value, unit, words)) else shown


def say_counted(value: float, unit: str, words: Words) -> str:
    """What is counted, in the number that goes with the value; a unit without a name of its own as it is."""
    return words.form(words.tables["counted"].get(unit, unit), value)


def say_percent(percent: float, words: Words) -> str:
    """A percentage that follows from a count."""
    return say_amount(round(percent, _DERIVED_DECIMALS), "%", words)


def _bare(figure: Indicator, words: Words) -> str:
    if is_fraction(figure, words):
        return str(words.tables["fractions"][_fraction_key(figure.value)])
    if figure.kind == "money":
        return _say_money(figure, words)
    if figure.kind == "count" and figure.target is not None and figure.basis == "total":
        return _say_share(figure, figure.target, words)
    last = figure.value if figure.value_max is None else figure.value_max
    return say_amount(last, figure.unit, words, number=_numbers(figure, 1.0, words))


def _numbers(figure: Indicator, scale: float, words: Words) -> str:
    """The number, or the two of a range."""
    low = format_number(figure.value / scale, words)
    if figure.value_max is None:
        return low
    return str(words.tables["comparators"]["range"]).format(
        low=low, high=format_number(figure.value_max / scale, words)
    )


def _say_money(figure: Indicator, words: Words) -> str:
    """An amount in thousand millions or millions, as papers print it: 8,249.7 billion VND."""
    last = figure.value if figure.value_max is None else figure.value_max
    for scale, name in words.tables["scales"].items():
        if figure.value >= float(scale):
            scaled = last / float(scale)
            scale_name = words.form(name, scaled)
            currency = say_counted(last, figure.unit, words)
            return words.fill(f"{_numbers(figure, float(scale), words)} {scale_name} {{unit}}", unit=currency)
    return say_amount(last, figure.unit, words, number=_numbers(figure, 1.0, words))


def _say_share(figure: Indicator, target: float, words: Words) -> str:
    """A part of a number of things: 52 of 60 members."""
    of = words.texts["share_of"]
    cell = str(words.tables["counted"].get(figure.unit, figure.unit))
    counted = words.form(cell, figure.value if of == "value" else target)
    if of == "dative" and target != 1:
        counted = cell.split("|")[-1]
    numbers = {"figure": _numbers(figure, 1.0, words), "target": format_number(target, words)}
    # what is counted may have no name: one space is left, not two
    return words.texts["share"].format(counted=counted, **numbers).replace("  ", " ").strip()


def _compared(figure: Indicator, bare: str, words: Words) -> str:
    if figure.comparator == "range" or figure.value_max is not None:
        return bare
    patterns = str(words.tables["comparators"][figure.comparator]).split("|")
    return words.fill(patterns[-1 if figure.kind == "count" else 0], bare)


def _fraction_key(value: float) -> str:
    return f"{round(value, 1):g}"
