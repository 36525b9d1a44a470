"""Rules from TOML: the files that come with the program, and everything that can be wrong with a file."""

from datetime import date, timedelta

import holidays
import pytest

from voordeur.adapters import rules
from voordeur.core.calendar import NotCovered, SpecialKind, is_working_day
from voordeur.core.limits import Limits
from voordeur.core.policy import Action
from voordeur.core.policy_check import check
from voordeur.core.problems import Problem, Refused

YEARS = range(2018, 2033)
SHIPPED = rules._shipped("policy/standaard.toml")
HOLIDAYS = rules._shipped("law/holidays.toml")


def days_of(kind: SpecialKind) -> set[date]:
    return {
        one.day for one in rules.load_calendar().special_days if one.kind is kind and one.day.year in YEARS
    }


# The files that come with the program


def test_the_holidays_are_those_of_an_independent_list() -> None:
    """Easter Sunday and Whit Sunday stand in that list as well; they are Sundays anyway."""
    theirs = holidays.country_holidays("NL", years=YEARS, categories=("public", "optional"))
    ours = days_of(SpecialKind.HOLIDAY) | {
        d for d in days_of(SpecialKind.EQUATED) if "Friday" in (theirs.get(d) or "")
    }
    assert {day for day in theirs if day.weekday() != 6} == {day for day in ours if day.weekday() != 6}


def test_every_fifth_of_may_is_a_holiday_and_good_friday_counts_as_one() -> None:
    """Not only in lustrum years: the Act names the day without condition (art. 3 lid 1)."""
    calendar = rules.load_calendar()
    assert all(date(year, 5, 5) in days_of(SpecialKind.HOLIDAY) for year in YEARS)
    assert not is_working_day(date(2026, 4, 3), calendar.terms)


def test_kings_day_moves_to_saturday_when_it_is_a_sunday() -> None:
    found = {day for day in days_of(SpecialKind.HOLIDAY) if day.month == 4 and day.day in (26, 27)}
    assert date(2025, 4, 26) in found
    assert date(2025, 4, 27) not in found
    assert date(2026, 4, 27) in found


def test_days_equated_by_royal_decision_move_a_term_but_close_no_bank() -> None:
    calendar, day = rules.load_calendar(), date(2026, 5, 15)
    assert not is_working_day(day, calendar.terms)
    assert is_working_day(day, calendar.banks)
    assert calendar.equated_until == date(2028, 12, 31)


def test_banks_are_closed_on_the_days_of_the_european_payment_system() -> None:
    theirs = set(holidays.financial_holidays("ECB", years=YEARS))
    assert days_of(SpecialKind.BANK_CLOSED) == theirs


def test_every_day_keeps_its_name_source_and_trust_mark() -> None:
    for one in rules.load_calendar().special_days:
        assert one.name.nl
        assert one.name.en
        assert one.source
        assert one.trust in ("verified", "secondary")


def test_a_day_beyond_the_data_is_refused() -> None:
    calendar = rules.load_calendar()
    last = calendar.terms.last
    assert is_working_day(last, calendar.terms)
    with pytest.raises(NotCovered):
        is_working_day(last + timedelta(days=3), calendar.terms)


def test_the_standard_policy_is_sound_and_every_number_has_its_source() -> None:
    policy = rules.load_policy()
    assert check(policy.rules) == []
    assert set(policy.notes) == set(Limits.__slots__)
    assert policy.limits.grace_limit_days == 21
    assert policy.limits.small_amount == 50_00
    assert all(note.source and note.trust and note.words.nl for note in policy.notes.values())
    assert all(rule.source and rule.trust for rule in policy.rules)
    assert {rule.action for rule in policy.rules} == set(Action)


def test_an_unknown_name_of_a_policy_is_no_policy() -> None:
    with pytest.raises(FileNotFoundError):
        rules.load_policy("bestaat-niet")


# What can be wrong with a policy


def problems_of(*changes: tuple[str, str]) -> list[Problem]:
    """The problems of the standard policy after changing some text in it."""
    text = SHIPPED
    for old, new in changes:
        assert old in text, old
        text = text.replace(old, new, 1)
    policy, problems = rules.read_policy(text, "eigen.toml")
    assert (policy is None) == bool(problems)
    return problems


def one(*changes: tuple[str, str]) -> Problem:
    problems = problems_of(*changes)
    assert len(problems) == 1, [problem.line() for problem in problems]
    return problems[0]


def test_a_policy_without_changes_has_no_problems() -> None:
    assert problems_of() == []


def line_of(text: str) -> int:
    return SHIPPED[: SHIPPED.index(text)].count("\n")  # the header stands one line above


LETTER = '"days_past_expected >= 15", "personal_attempts >= 2", "visits >= 2", "day_parts >= 2"'


def test_a_policy_in_which_a_letter_can_come_first_is_refused() -> None:
    problem = one((LETTER, '"days_past_expected >= 15"'))
    assert problem.code == "letter-before-person"
    assert problem.column == "brief"
    assert problem.row == line_of('name = "brief"')
    assert "personal_attempts" in problem.cure.nl
    assert problem.fatal


@pytest.mark.parametrize(
    "proof", ["personal_attempts >= 1", "calls >= 1", "visits >= 1", "visits = 2", "personal_attempts = 1"]
)
def test_a_letter_is_allowed_after_any_personal_attempt(proof: str) -> None:
    assert problems_of((LETTER, f'"{proof}"')) == []


@pytest.mark.parametrize("excuse", ["messages >= 3", "personal_attempts >= 0", "calls = 0", "visits <= 1"])
def test_a_message_or_an_empty_condition_is_no_personal_attempt(excuse: str) -> None:
    assert one((LETTER, f'"{excuse}"')).code == "letter-before-person"


def test_a_policy_that_reports_before_the_gate_is_refused() -> None:
    problem = one(('when = ["gate_open", "days_overdue >= 30"]', 'when = ["days_overdue >= 30"]'))
    assert problem.code == "report-before-gate"


def test_a_policy_that_leaves_a_household_without_advice_is_refused() -> None:
    assert one(("when = []", 'when = ["in_arrears"]')).code == "no-last-rule"


def test_a_misspelt_key_is_not_passed_over() -> None:
    problem = one(('explains = true\nwhen = ["not in_arrears"]', 'explain = true\nwhen = ["not in_arrears"]'))
    assert problem.code == "unknown-key"
    assert problem.column == "rule bij explain"
    assert problem.row == line_of('name = "bij"')


@pytest.mark.parametrize(
    "condition",
    ["days_past_expectd >= 3", "spoken >= 1", "days_past_expected", "days_past_expected > 3",
     "days_past_expected >= veel", "not not spoken", "amount >= 500", "days_past_expected >= -1", ""],
)  # fmt: skip
def test_a_condition_that_means_nothing_is_refused(condition: str) -> None:
    problem = one(('when = ["not in_arrears"]', f'when = ["{condition}"]'))
    assert problem.code == "unknown-condition"
    assert problem.value == condition
    assert problem.column == "rule bij when"


@pytest.mark.parametrize(
    ("old", "new", "code", "column"),
    [
        ("value = 21", "value = 21.5", "wrong-value", "limits.grace_limit_days value"),
        ("value = 21", "value = -1", "wrong-value", "limits.grace_limit_days value"),
        ("value = 90", "value = 120", "wrong-value", "limits.recency_percent value"),
        ("value = 21\n", "", "missing-key", "limits.grace_limit_days value"),
        ('value = "50,00"', "value = 50", "wrong-value", "limits.small_amount value"),
        ("[limits.clean_months]", "[limits.clean_months_x]", "unknown-key", "limits clean_months_x"),
        ('trust = "choice"', 'trust = "certain"', "wrong-value", "limits.chart_months trust"),
        ('source = "Eigen keuze: een half jaar."', 'source = ""', "wrong-value", "limits.min_observations source"),
        ('action = "nothing"', 'action = "shout"', "wrong-value", "rule bij action"),
        ('nl = "Er staat niets open."', 'nl = "Er staat {geld} open."', "wrong-value", "rule bij nl"),
        ('nl = "Er staat niets open."', 'nl = "Er staat {amount open."', "wrong-value", "rule bij nl"),
        ("start = 2026-01-01", 'start = "2026"', "wrong-value", "start"),
        ('name = "staat-stil"', 'name = "bij"', "name-twice", "bij"),
        ('when = ["on_hold"]', 'when = "on_hold"', "wrong-value", "rule staat-stil when"),
    ],
)  # fmt: skip
def test_a_wrong_value_is_named_with_its_place(old: str, new: str, code: str, column: str) -> None:
    problems = problems_of((old, new))
    assert (code, column) in [(problem.code, problem.column) for problem in problems]
    for problem in problems:
        assert problem.source == "eigen.toml"
        assert problem.message.nl
        assert problem.cure.en


def test_all_problems_come_at_once() -> None:
    problems = problems_of(
        ("value = 21", "value = true"),
        ('action = "nothing"', 'action = "niets"'),
        ('when = ["on_hold"]', 'when = ["onhold"]'),
    )
    assert len(problems) == 3


def test_a_file_that_is_no_toml_is_one_problem() -> None:
    policy, problems = rules.read_policy("[[rule]\n", "kapot.toml")
    assert policy is None
    assert [problem.code for problem in problems] == ["not-toml"]


def test_an_empty_file_says_what_is_missing() -> None:
    policy, problems = rules.read_policy("")
    assert policy is None
    assert {problem.column for problem in problems} >= {
        "name",
        "nl",
        "en",
        "start",
        "limits",
        "rule",
        "order",
    }


# What can be wrong with a list of holidays


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ('month_day = "01-01"\n', "", "no-single-day"),
        ('month_day = "01-01"\n', 'month_day = "01-01"\neaster = 3\n', "no-single-day"),
        ('month_day = "01-01"\n', 'month_day = "02-29"\n', "wrong-value"),
        ('kind = "holiday"', 'kind = "feest"', "wrong-value"),
        ("dates = [2022-05-27]", 'dates = ["2022-05-27"]', "wrong-value"),
        ("first = 2014-01-01", "first = 2014-01-01T10:00:00", "wrong-value"),
        ("easter = -2", 'easter = "-2"', "wrong-value"),
    ],
)
def test_a_wrong_holiday_is_refused(old: str, new: str, code: str) -> None:
    assert old in HOLIDAYS
    calendar, problems = rules.read_calendar(HOLIDAYS.replace(old, new, 1), "eigen.toml")
    assert calendar is None
    assert code in {problem.code for problem in problems}


def test_a_file_of_the_program_that_is_broken_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rules, "_shipped", lambda path: "first = 1")
    for load in (rules.load_calendar, rules.load_policy):
        load.cache_clear()
        with pytest.raises(Refused):
            load()
        load.cache_clear()
