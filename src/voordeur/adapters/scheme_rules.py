"""Reads the dated rules of the schemes (`rules/schemes/*/*.toml`) into core values, and refuses what it does not know.

One file per scheme and period. A folder of an organisation can hold files of the same names: they replace the
ones that come with the program, and files that are new there add a year, a fund or a municipality.
"""

from collections.abc import Iterator, Mapping
from dataclasses import fields
from datetime import date
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Any

from voordeur.adapters.toml_tables import Reading, Table, open_toml
from voordeur.core.problems import Problem, Refused
from voordeur.core.schemes.rules import (
    AssistanceRules,
    CareBand,
    CareRules,
    ChildBudgetRules,
    ChildcareRules,
    CreditBand,
    Dated,
    EnergyRules,
    GeneralRules,
    HousingRules,
    IncomeEffect,
    MunicipalRules,
    PensionBand,
    RemissionRules,
    RuleBook,
    SeizureRules,
    StudyRules,
    TaxBand,
    TaxRules,
)
from voordeur.core.schemes.trace import Cited
from voordeur.core.words import Words

KINDS: Mapping[str, type[Dated]] = {
    "general": GeneralRules,
    "housing": HousingRules,
    "care": CareRules,
    "child_budget": ChildBudgetRules,
    "childcare": ChildcareRules,
    "assistance": AssistanceRules,
    "remission": RemissionRules,
    "energy": EnergyRules,
    "seizure": SeizureRules,
    "study": StudyRules,
    "tax": TaxRules,
    "municipal": MunicipalRules,
}
"""The folders of `rules/schemes/`, with what their files hold."""


@cache
def load_rule_book(folder: Path | None = None) -> RuleBook:
    """Every rules file that comes with the program, with those of `folder` over them.

    Raises Refused with the Problems of the files: of all of them, not only of the first.
    """
    texts = dict(_texts(files("voordeur") / "rules" / "schemes"))
    texts |= dict(_texts(folder)) if folder is not None else {}
    book, problems = read_rule_book(texts)
    if book is None:
        raise Refused(problems)
    return book


def _texts(top: Traversable | Path) -> Iterator[tuple[str, str]]:
    """`housing/2026.toml` with its text, for every file in a folder that we know."""
    for kind in KINDS:
        inside = top / kind
        for one in inside.iterdir() if inside.is_dir() else ():
            if one.name.endswith(".toml"):
                yield f"{kind}/{one.name}", one.read_text(encoding="utf-8")


def read_rule_book(texts: Mapping[str, str]) -> tuple[RuleBook | None, list[Problem]]:
    """A rule book from texts by name (`housing/2026.toml`), or None and everything that is wrong with them."""
    periods: dict[str, list[Dated]] = {kind: [] for kind in KINDS}
    problems: list[Problem] = []
    for name in sorted(texts):
        kind = name.partition("/")[0]
        rules, found = read_scheme_rules(kind, texts[name], name)
        problems += found
        if rules is not None:
            problems += _overlap(rules, periods[kind], name)
            periods[kind].append(rules)
    if problems:
        return None, problems
    return RuleBook({kind: tuple(found) for kind, found in periods.items()}), []


def _overlap(rules: Dated, others: list[Dated], name: str) -> list[Problem]:
    """Two files may not both claim a day, or nobody can tell which counts; each municipality stands by itself."""
    same = [one for one in others if _of(one) == _of(rules)]
    if not any(one.start <= rules.end and rules.start <= one.end for one in same):
        return []
    message = Words("Voor een dag uit dit bestand geldt ook een ander bestand.",
                    "For a day of this file another file holds as well.")  # fmt: skip
    cure = Words("Laat perioden op elkaar aansluiten.", "Let periods follow each other.")
    return [Problem("periods-overlap", message, cure, name, fatal=True)]


def _of(rules: Dated) -> str:
    return rules.municipality.casefold() if isinstance(rules, MunicipalRules) else ""


def read_scheme_rules(kind: str, text: str, source: str = "") -> tuple[Dated | None, list[Problem]]:
    """The rules of one scheme and period from the text of a file, or None and everything that is wrong with it."""
    reading, top = open_toml(text, source)
    if top is None:
        return None, reading.problems
    cls = KINDS[kind]
    values: dict[str, Any] = {"start": top.day("start"), "end": top.day("end")}
    values["provisional"] = top.has("provisional") and bool(top.text("provisional"))
    sources: dict[str, Cited] = {}
    for name in dict.fromkeys(
        [one.metadata["table"] for one in fields(cls) if one.metadata] + _EXTRA.get(kind, [])
    ):
        inner = top.table(name)
        for one in (one for one in fields(cls) if one.metadata.get("table") == name):
            values[one.name] = _value(inner, one.name, one.metadata)
        sources[name] = Cited(*inner.source())
        inner.close()
    _lists(cls, top, values, sources)
    values["sources"] = sources
    top.close()
    _refuse_backward(values, reading)
    return (None, reading.problems) if reading.problems else (cls(**values), [])


_EXTRA = {"general": ["month"]}
"""Tables without a value: only the source of a step."""


def _value(table: Table, name: str, how: Mapping[str, Any]) -> object:
    if how["optional"] and not table.has(name):
        return None
    match how["unit"]:
        case "euros":
            return table.euros(name)
        case "percent":
            return table.decimal(name, 3)
        case "number":
            return table.number(name)
        case "day":
            return table.day(name)
        case _:
            return table.flag(name)


def _lists(cls: type[Dated], top: Table, values: dict[str, Any], sources: dict[str, Cited]) -> None:
    """What stands in the file as a list of tables."""
    if cls is GeneralRules:
        values["pension"] = tuple(_each(top, "pension", sources, _pension))
    elif cls is HousingRules:
        values["effects"] = {one.name: one for one in _each(top, "effect", sources, _effect)}
        _refuse_without(values["effects"], top)
        least = min((one.basic_rent for one in values["effects"].values()), default=0)
        values["lowest_basic_rent"] = least + (values["task"] or 0)
    elif cls is ChildcareRules:
        values["bands"] = tuple(_each(top, "band", sources, _care_band))
    elif cls is TaxRules:
        values["brackets"] = tuple(_each(top, "bracket", sources, _tax_band))
        values["labour"] = tuple(_each(top, "labour", sources, _credit_band))
    elif cls is MunicipalRules:
        values["municipality"] = top.text("municipality")


def _each(top: Table, name: str, sources: dict[str, Cited], read: Any) -> list[Any]:
    found = []
    for table in top.tables(name):
        found.append(read(table))
        sources[name] = Cited(*table.source())
        table.close()
    return found


def _pension(table: Table) -> PensionBand:
    return PensionBand(born=table.day("born") or date.min, months=table.number("months") or 0)


def _effect(table: Table) -> IncomeEffect:
    return IncomeEffect(
        name=table.text("name"),
        point=table.euros("point") or 0,
        basic_rent=table.euros("basic_rent") or 0,
        square=table.decimal("square", 15) or 0,
        linear=table.decimal("linear", 15) or 0,
        rate=table.decimal("rate", 3) or 0,
    )


def _care_band(table: Table) -> CareBand:
    first, following = table.decimal("first", 3) or 0, table.decimal("following", 3) or 0
    return CareBand(upto=table.euros("upto") or 0, first=first, following=following)


def _tax_band(table: Table) -> TaxBand:
    upto = table.euros("upto") if table.has("upto") else None
    return TaxBand(upto=upto, rate=table.decimal("rate", 3) or 0)


def _credit_band(table: Table) -> CreditBand:
    start, base = table.euros("start") or 0, table.euros("base") or 0
    return CreditBand(start=start, base=base, rate=table.decimal("rate", 3) or 0)


def _refuse_without(effects: Mapping[str, IncomeEffect], top: Table) -> None:
    if not {"single", "multi"} <= set(effects):
        top.problem(
            "missing-effect",
            Words("Een soort huishouden ontbreekt.", "A type of household is missing."),
            Words("Vul [[effect]] in voor single en multi.", "Fill in [[effect]] for single and multi."),
        )


def _refuse_backward(values: Mapping[str, Any], reading: Reading) -> None:
    if values["start"] and values["end"] and values["end"] < values["start"]:
        reading.add(
            "period-backwards",
            Words("De laatste dag ligt voor de eerste.", "The last day lies before the first."),
            Words("Verbeter start en end.", "Correct start and end."),
        )
