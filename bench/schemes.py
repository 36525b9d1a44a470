"""`python -m bench.schemes`: the check on schemes, one household and 100,000, beside openfisca-core with its template.

HOUSEHOLDS=100000 is the size of the list; times are of the processor, so that a busy machine does not count.
OpenFisca runs when it is installed here. Its country template has no Dutch law but a few simple taxes and benefits:
what is compared is the cost of an answer, not the answer.
"""

import json
import os
import platform
import random
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import date
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path

ON = date(2026, 11, 1)
TOWN = 100_000


def main() -> None:
    households = int(os.environ.get("HOUSEHOLDS", TOWN))
    print(f"{os.cpu_count()} cores, {platform.machine()}, Python {platform.python_version()}")
    if find_spec("voordeur"):
        one_household()
        list_of(households)
    if find_spec("openfisca_country_template"):
        openfisca(households)
    else:
        print("openfisca-core is not installed here: pip install openfisca-core openfisca-country-template")


def fastest(run: Callable[[], object], times: int) -> float:
    """Processor seconds of one run: the shortest of five rounds."""
    rounds = []
    for _ in range(5):
        began = time.process_time()
        for _ in range(times):
            run()
        rounds.append((time.process_time() - began) / times)
    return min(rounds)


def one_household() -> None:
    from voordeur.adapters.scheme_rules import load_rule_book
    from voordeur.core.schemes.answer import check
    from voordeur.core.schemes.check import check_household
    from voordeur.core.schemes.household import Household, Insured, exactly
    from voordeur.core.schemes.questions import next_question

    began = time.process_time()
    rules = load_rule_book().on(ON)
    print(f"\nreading all rules                          {(time.process_time() - began) * 1e3:10.1f} ms")
    home = Household(
        rent=71_250, size=3, partner=False, born=date(1990, 4, 2), receives=frozenset(),
        children=(date(2014, 12, 5), date(2019, 3, 1)), income=exactly(2_600_000), net_income=exactly(185_000),
        assets=exactly(200_000), insured=Insured.ALL, childcare=False, long_low_income=True, special_costs=False,
        study=False, seizure=False,
    )  # fmt: skip
    asked = Household(rent=71_250, size=3, receives=frozenset())
    for name, run, times in (
        ("one household, 12 schemes, amounts", lambda: check_household(home, rules), 1000),
        ("the same with steps and words", lambda: check(home, rules, with_margins=False), 500),
        ("the same with steps, words and margins", lambda: check(home, rules), 50),
        ("the next question", lambda: next_question(asked, rules), 500),
    ):
        print(f"{name:42} {fastest(run, times) * 1e6:10.0f} microseconds")


def list_of(households: int) -> None:
    from voordeur.adapters.household_file import HouseholdFile
    from voordeur.adapters.scheme_rules import load_rule_book
    from voordeur.core.schemes.check import check_household
    from voordeur.core.schemes.tally import Tally

    rules = load_rule_book().on(ON)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "households.jsonl"
        path.write_text("\n".join(json.dumps(made_up(seed)) for seed in range(households)), encoding="utf-8")
        began = time.process_time()
        for _ in HouseholdFile(path).households():
            pass
        read = time.process_time() - began
        tally, began = Tally(), time.process_time()
        for _, home in HouseholdFile(path).households():
            tally.add(home, check_household(home, rules))
        done = time.process_time() - began
    print(f"\n{households:,} households, one core")
    print(f"reading JSON lines                         {read:10.2f} s")
    print(f"reading, 12 schemes and the tally          {done:10.2f} s")
    print(
        f"{tally.missing_something:,} miss something, {tally.year_high / 1e8:,.1f} million euros a year at most"
    )


_RECEIVED = ["huurtoeslag", "zorgtoeslag", "kindgebonden_budget"]


def made_up(seed: int) -> dict[str, object]:
    """A household that nobody knows."""
    chance = random.Random(seed)
    partner = chance.random() < 0.4
    children = [
        f"{chance.randint(2009, 2026)}-0{chance.randint(1, 9)}-15"
        for _ in range(chance.choice((0, 0, 0, 1, 2)))
    ]
    income = chance.randint(14_000, 60_000)
    return {
        "id": seed, "rent": chance.randint(350, 950), "size": 1 + partner + len(children), "partner": partner,
        "children": children, "others": [], "born": f"{chance.randint(1945, 2004)}-06-01",
        **({"partner_born": f"{chance.randint(1945, 2004)}-06-01"} if partner else {}),
        "income": income, "net_income": income * 8 // 120, "assets": chance.choice((500, 5_000, 20_000, 60_000)),
        "insured": "all", "receives": chance.sample(_RECEIVED, chance.randint(0, 3)),
        "childcare": False, "long_low_income": chance.random() < 0.3, "special_costs": False, "study": False,
        "seizure": False,
    }  # fmt: skip


def openfisca(households: int) -> None:
    import numpy
    from openfisca_core.simulation_builder import SimulationBuilder
    from openfisca_country_template import CountryTaxBenefitSystem

    print(
        f"\nopenfisca-core {version('openfisca-core')}, country template {version('openfisca-country-template')}"
    )
    began = time.process_time()
    system = CountryTaxBenefitSystem()
    print(f"reading all rules                          {(time.process_time() - began) * 1e3:10.1f} ms")
    period, names = (
        "2026-11",
        ("income_tax", "social_security_contribution", "basic_income", "housing_allowance"),
    )
    situation = {
        "persons": {"tenant": {"salary": {period: 2200}, "birth": {"ETERNITY": "1990-04-02"}}},
        "households": {
            "home": {"adults": ["tenant"], "rent": {period: 712}, "accommodation_size": {period: 60}}
        },
    }

    def calculate(trace: bool) -> None:
        simulation = SimulationBuilder().build_from_entities(system, situation)
        simulation.trace = trace
        for name in names:
            simulation.calculate(name, period)

    print(
        f"one household, 4 variables                 {fastest(lambda: calculate(False), 50) * 1e6:10.0f} microseconds"
    )
    print(
        f"the same with its trace                    {fastest(lambda: calculate(True), 50) * 1e6:10.0f} microseconds"
    )
    began = time.process_time()
    simulation = SimulationBuilder().build_default_simulation(system, households)
    chance = numpy.random.default_rng(1)
    simulation.set_input("salary", period, chance.integers(1000, 5000, households))
    simulation.set_input("rent", period, chance.integers(350, 950, households))
    for name in names:
        simulation.calculate(name, period)
    print(f"{households:,} households at once (numpy)      {time.process_time() - began:10.2f} s")


if __name__ == "__main__":
    sys.exit(main())
