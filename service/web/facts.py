"""A record's facts in words for the page: rows for the tables, details for the cards."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from service.web.catalogue import Texts
from service.web.marks import Kind, Mark, anchor, sentence_starts

Value = dict[str, Any]
_SCALES = ((1e9, "billion"), (1e6, "million"))


@dataclass(frozen=True, slots=True)
class Fact:
    """One fact: `key` is its name on the page, `place` the sentence that proves it, `details` label and value."""

    key: str
    kind: Kind
    name: str
    place: str
    cells: tuple[tuple[str, ...], ...]
    details: tuple[tuple[str, str], ...] = ()


@dataclass(slots=True)
class Facts:
    """All facts of a record, the marks that show them, and each fact by the id that the record gives it."""

    people: list[Fact] = field(default_factory=list)
    units: list[Fact] = field(default_factory=list)
    indicators: list[Fact] = field(default_factory=list)
    marks: list[Mark] = field(default_factory=list)
    by_id: dict[str, Fact] = field(default_factory=dict)

    @property
    def all(self) -> list[Fact]:
        return [*self.people, *self.units, *self.indicators]


def read_facts(record: Value, texts: Texts) -> Facts:
    """The facts of a record as the page shows them, in the order of the text."""
    words = _Words(record, texts)
    facts = Facts()
    groups: tuple[tuple[str, Kind, list[Fact], Any], ...] = (
        ("people", "person", facts.people, words.person),
        ("units", "unit", facts.units, words.unit),
        ("indicators", "indicator", facts.indicators, words.indicator),
    )
    for name, kind, found, tell in groups:
        for number, value in enumerate(sorted(record[name], key=_first_place), 1):
            key = f"{kind[0]}{number}"  # a name of our own: what stands in a record is no good address
            place = anchor(words.starts, _first_place(value))
            shown, cells, details = tell(value)
            kept = tuple((texts(f"field.{label}"), text) for label, text in details if text)
            facts.by_id[value["id"]] = Fact(key, kind, shown, place, cells, kept)
            found.append(facts.by_id[value["id"]])
            facts.marks += [Mark(span["start"], span["end"], key, kind) for span in _spans(value)]
    return facts


def _spans(value: Value) -> list[Value]:
    return value["mentions"] if "mentions" in value else [value["evidence"]]


def _first_place(value: Value) -> int:
    return min((span["start"] for span in _spans(value)), default=0)


Told = tuple[str, tuple[tuple[str, ...], ...], list[tuple[str, str]]]


class _Words:
    """Puts values into words of one language: a name, the cells of the table, the details of the card."""

    def __init__(self, record: Value, texts: Texts) -> None:
        self.texts = texts
        self.starts = sentence_starts(record)
        self.unit_names = {unit["id"]: unit["name"] for unit in record["units"]}

    def person(self, person: Value) -> Told:
        roles = [self.role(role) for role in person["roles"]]
        details = [("role", role) for role in roles]
        details += [
            ("statement", person.get("statement") or ""),
            ("variants", ", ".join(person["variants"])),
            ("gender", self.texts.name("gender", person["gender"])),
            *self._common(person),
        ]
        shown = " ".join(filter(None, (person["honorific"], person["name"])))
        return person["name"], ((shown,), tuple(roles)), details

    def role(self, role: Value) -> str:
        unit = self.unit_names.get(role["unit"])
        title = role.get("label") or role["title"]
        words = self.texts("role.at", title=title, unit=unit) if unit else title
        if role.get("label"):  # says former and acting itself
            return words
        return self.texts(f"role.{role['status']}", role=words)

    def unit(self, unit: Value) -> Told:
        class_ = self.texts.name("class", unit["class"])
        type_ = unit.get("label") or self.texts.name("type", unit["type"])
        parent = self.unit_names.get(unit["parent"], "")
        code = " ".join(filter(None, (unit["code"], unit["code_version"] and f"({unit['code_version']})")))
        details = [
            ("class", class_),
            ("type", type_),
            ("parent", parent),
            ("official_name", unit["official_name"] or ""),
            ("code", code),
            ("successors", ", ".join(successor["name"] for successor in unit["successors"])),
            *self._common(unit),
        ]
        finer = "" if type_.casefold() == class_.casefold() else type_
        return unit["name"], ((unit["name"],), (class_, finer), (parent,)), details

    def indicator(self, indicator: Value) -> Told:
        name, texts = self.figure(indicator), self.texts
        basis, period = texts.name("basis", indicator["basis"]), self.period(indicator["period"])
        about = self.unit_names.get(indicator["about"], "")
        topic = indicator.get("label") or texts.name("topic", indicator["topic"])
        details = [
            ("statement", indicator.get("statement") or ""),
            ("subject", indicator["subject"] or ""),
            ("topic", topic),
            ("comparator", texts.name("comparator_name", indicator["comparator"])),
            ("direction", texts.name("direction_name", indicator["direction"])),
            ("basis", basis),
            ("period", period),
            ("about", about),
            ("target", self.number(indicator["target"])),
            ("parts", " + ".join(self.number(part) for part in indicator["parts"] or ())),
            ("derived", texts("field.derived_yes") if indicator["derived"] else ""),
            *self._common(indicator),
        ]
        subject = indicator["subject"] or ""
        named = () if topic.casefold() in ("", subject.casefold()) else (topic,)
        return name, ((name,), (*named, subject, about), (basis, period)), details

    def _common(self, fact: Value) -> list[tuple[str, str]]:
        percent = self.texts("figure.percent", value=round(100 * fact["confidence"]))
        return [("mentions", str(len(_spans(fact)))), ("confidence", percent), ("rule", fact["rule"])]

    def figure(self, indicator: Value) -> str:
        """ "over 64%", "up 12%", "2 of 3 members", in the words of the page."""
        unit, target = indicator["unit"], indicator["target"]
        least, scale = _scale(indicator)
        value = self.number(indicator["value"] / least)
        if indicator["value_max"] is not None:
            value = self.texts("figure.range", low=value, high=self.number(indicator["value_max"] / least))
        if unit == "%":
            shown = self.texts("figure.percent", value=value)
        elif unit == "pp":
            shown = self.texts("figure.points", value=value)
        elif target is not None:
            shown = self.texts("figure.of", value=value, target=self.number(target), unit=unit)
        else:
            shown = self.texts(f"figure.{scale}", value=value, unit=unit)
        shown = self.texts(f"comparator.{indicator['comparator']}", figure=shown)
        return self.texts(f"direction.{indicator['direction']}", figure=shown)

    def number(self, value: float | None) -> str:
        """With the separators of the page's language, without needless zeros."""
        if value is None:
            return ""
        shown = f"{value:,.10f}".rstrip("0").rstrip(".")
        group, decimal = self.texts("figure.group"), self.texts("figure.decimal")
        return shown.translate({ord(","): group, ord("."): decimal})

    def period(self, period: Value | None) -> str:
        if not period:
            return ""
        first, last = show_day(period["from"], self.texts), show_day(period["to"], self.texts)
        if first and last:
            return first if first == last else self.texts("date.range", first=first, last=last)
        if first or last:
            return self.texts("date.from", first=first) if first else self.texts("date.until", last=last)
        return str(period["text"])


def _scale(indicator: Value) -> tuple[float, str]:
    """What an amount of money is counted in, and the text that says so."""
    if indicator["kind"] != "money":
        return 1, "other"
    return next(((least, name) for least, name in _SCALES if indicator["value"] >= least), (1, "other"))


def show_day(day: str | None, texts: Texts) -> str:
    """An ISO date in words, "" for None; what is no date stays as it is."""
    try:
        found = date.fromisoformat((day or "")[:10])
    except ValueError:
        return day or ""
    return texts("date.day", day=found.day, month=texts(f"month.{found.month}"), year=found.year)


def show_moment(moment: str | None, precision: str | None, texts: Texts) -> str:
    """An ISO time as the paper's own clock showed it; the day alone where no more is known."""
    try:
        found = datetime.fromisoformat(moment or "")
    except ValueError:
        return show_day(moment, texts)
    if precision != "minute":
        return show_day(moment, texts)
    month = texts(f"month.{found.month}")
    return texts("date.moment", day=found.day, month=month, year=found.year, time=f"{found:%H:%M}")
