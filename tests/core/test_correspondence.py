"""Letters: which clauses must stay, which data must be there, and what the reader gets to see."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from voordeur.adapters.letter_texts import load_text, load_word_lists
from voordeur.core.correspondence import check_text, compose, debt_told, plain
from voordeur.core.letter_clauses import CLAUSES, TITLES, LetterKind
from voordeur.core.letter_data import FIELDS, Costs, LetterData, OpenLine
from voordeur.core.letter_sample import sample
from voordeur.core.problems import Problem, Refused
from voordeur.core.words import Words

LISTS = load_word_lists()
KINDS = list(LetterKind)
NOTICE = LetterKind.COSTS_NOTICE


def said(kind: LetterKind, data: LetterData, language: str = "nl") -> str:
    """All words of a letter, in reading order, on plain spaces."""
    letter = compose(kind, data, load_text(kind), language)
    parts = [plain(letter.title)]
    for section in letter.sections:
        parts += [plain(section.heading), *(plain(part) for part in section.parts if isinstance(part, tuple))]
    return " ".join(" ".join(parts).split())


def refused(kind: LetterKind, data: LetterData, texts: Words | None = None) -> list[Problem]:
    with pytest.raises(Refused) as refusal:
        compose(kind, data, texts or load_text(kind), "nl")
    return refusal.value.problems


@pytest.mark.parametrize("kind", KINDS)
def test_our_own_texts_hold_every_clause_and_read_easily_in_both_languages(kind: LetterKind) -> None:
    text = load_text(kind)
    assert check_text(kind, text.nl, text.en, LISTS) == []
    assert TITLES[kind].nl
    assert TITLES[kind].en


@pytest.mark.parametrize(
    ("kind", "clause", "field"),
    [(kind, clause.name, field) for kind in KINDS for clause in CLAUSES[kind] for field in clause.fields],
)
def test_a_field_taken_out_loses_its_clause(kind: LetterKind, clause: str, field: str) -> None:
    text = load_text(kind)
    problems = check_text(kind, text.nl.replace(f"{{{field}}}", "iets"), text.en, LISTS)
    lost = [problem for problem in problems if problem.code == "clause-lost"]
    assert clause in [problem.value for problem in lost]
    assert all(problem.fatal and problem.column == "nl" for problem in lost)


def test_the_offer_without_how_to_say_no_is_refused_with_the_article() -> None:
    text = load_text(LetterKind.REMINDER)
    nl = text.nl.replace("nee", "ja").replace("Nee", "Ja")
    (problem,) = [p for p in check_text(LetterKind.REMINDER, nl, text.en, LISTS) if p.value == "objection"]
    assert "Bgs art. 2 onder d" in problem.message.nl
    assert "{react_until}" in problem.cure.nl


def test_a_clause_spread_over_two_sections_is_no_clause() -> None:
    """Who must hunt for how to say no has not been told."""
    text = load_text(LetterKind.REMINDER)
    nl = text.nl.replace(
        "Bel of app mij, stuur de strook", "\n\n> ## En verder\n> Bel of app mij, stuur de strook"
    )
    assert "objection" in [p.value for p in check_text(LetterKind.REMINDER, nl, text.en, LISTS)]


@pytest.mark.parametrize(
    ("wrong", "code", "value"),
    [
        ("{bedrag}", "unknown-field", "{bedrag}"),
        ("[rekening]", "unknown-field", "[rekening]"),
        ("{", "stray-brace", ""),
    ],
)
def test_what_is_unknown_is_named_with_its_line(wrong: str, code: str, value: str) -> None:
    text = load_text(LetterKind.APPOINTMENT)
    problems = check_text(LetterKind.APPOINTMENT, f"{text.nl}\n\n{wrong}\n", text.en, LISTS)
    (problem,) = [problem for problem in problems if problem.code == code]
    assert (problem.value, problem.row) == (value, text.nl.count("\n") + 3)


def test_a_text_without_a_first_line_is_refused() -> None:
    text = load_text(LetterKind.APPOINTMENT)
    nl = text.nl.replace("# Wij zien elkaar op {appointment_day}", "")
    assert "no-title" in [p.code for p in check_text(LetterKind.APPOINTMENT, nl, text.en, LISTS)]


def test_what_reads_badly_is_a_warning_with_sentence_line_and_language() -> None:
    text = load_text(LetterKind.APPOINTMENT)
    en = text.en.replace("It is good that we have", "Pursuant to our talk we have")
    (problem,) = check_text(LetterKind.APPOINTMENT, text.nl, en, LISTS)
    assert (problem.code, problem.column, problem.fatal) == ("difficult-word", "en", False)
    assert problem.value.startswith("Pursuant to our talk")
    assert problem.row == 5


@pytest.mark.parametrize(
    "line", ["Er staat huur open.", "Het gaat om {total}.", "Het gaat om € 20.", "Betaal vandaag."]
)
def test_the_card_without_an_envelope_tells_of_no_debt(line: str) -> None:
    text = load_text(LetterKind.MISSED_YOU)
    problems = check_text(LetterKind.MISSED_YOU, f"{text.nl}\n\n{line}\n", text.en, LISTS)
    assert {problem.code for problem in problems} == {"debt-told"}


def test_the_filled_in_card_tells_of_no_debt() -> None:
    for language in ("nl", "en"):
        words = said(LetterKind.MISSED_YOU, sample(LetterKind.MISSED_YOU), language)
        assert debt_told(words, language, LISTS) == []


# ---------------------------------------------------------------- the data


@pytest.mark.parametrize(
    ("kind", "missing", "column"),
    [
        (LetterKind.REMINDER, {"react_until": None}, "react_until"),
        (LetterKind.REMINDER, {"help": None}, "help_phone"),
        (LetterKind.REMINDER, {"addressee": None}, "addressee"),
        (LetterKind.REMINDER, {"lines": ()}, "lines"),
        (LetterKind.REMINDER, {"payment_reference": ""}, "payment_reference"),
        (LetterKind.REMINDER, {"spoken_on": None, "tried_on": ()}, "earlier"),
        (NOTICE, {"pay_by": None}, "pay_by"),
        (NOTICE, {"costs": None}, "costs"),
        (LetterKind.APPOINTMENT, {"appointment": None}, "appointment"),
        (LetterKind.EVICTION_PREVENTION, {"court_from": None}, "court_from"),
        (LetterKind.REFERRAL_NOTICE, {"object_at": ""}, "object_at"),
    ],
)
def test_what_is_missing_is_named(kind: LetterKind, missing: dict[str, object], column: str) -> None:
    problems = refused(kind, replace(sample(kind), **missing))  # type: ignore[arg-type]
    assert column in [problem.column for problem in problems]
    assert {problem.code for problem in problems} == {"missing-field"}


def test_a_clause_asks_for_its_data_even_when_the_text_forgot_it() -> None:
    """A text from elsewhere, never checked, still cannot leave without the day to say no."""
    data = replace(sample(LetterKind.REMINDER), react_until=None)
    problems = refused(LetterKind.REMINDER, data, Words("# Dag\n\nDag.", "# Hi\n\nHi."))
    assert "react_until" in [problem.column for problem in problems]


Change = Callable[[LetterData], LetterData]


@pytest.mark.parametrize(
    ("kind", "change", "column"),
    [
        (NOTICE, lambda d: replace(d, total=d.total + 1), "total"),
        (NOTICE, lambda d: replace(d, lines=(OpenLine(Words("x", "x"), -5),), total=-5), "total"),
        (NOTICE, lambda d: replace(d, pay_by=d.delivered_on + timedelta(days=13)), "pay_by"),
        (NOTICE, lambda d: replace(d, delivered_on=d.day - timedelta(days=1)), "delivered_on"),
        (NOTICE, lambda d: replace(d, costs=Costs(0)), "costs"),
        (NOTICE, lambda d: replace(d, costs=Costs(4000, 4000)), "costs"),
        (LetterKind.REMINDER, lambda d: replace(d, pass_on_from=d.react_until), "pass_on_from"),
        (LetterKind.REMINDER, lambda d: replace(d, react_until=d.day), "react_until"),
        (LetterKind.EVICTION_PREVENTION, lambda d: replace(d, court_from=d.day), "court_from"),
        (LetterKind.APPOINTMENT, lambda d: replace(d, day=date(2026, 11, 4)), "appointment"),
    ],
)
def test_what_cannot_both_be_true_is_refused(kind: LetterKind, change: Change, column: str) -> None:
    problems = refused(kind, change(sample(kind)))
    assert [(problem.code, problem.column) for problem in problems] == [("contradiction", column)]


def test_the_fourteen_day_letter_says_amount_day_costs_and_one_new_total() -> None:
    letter = said(NOTICE, sample(NOTICE))
    assert "Betaal € 936,80 uiterlijk op donderdag 12 november." in letter
    assert "Dan komen er € 140,52 kosten bij. Daar komt geen btw bij." in letter
    assert "U betaalt dan in totaal € 1.077,32." in letter
    assert "14 dagen, te tellen vanaf de dag na bezorging" in letter


def test_vat_is_named_with_its_reason_when_it_is_charged() -> None:
    data = replace(sample(NOTICE), costs=Costs(17003, 2951))
    assert "Daarvan is € 29,51 btw. Die btw krijgen wij niet terug." in said(NOTICE, data)
    assert "Of this, € 29.51 is VAT. We do not get that VAT back." in said(NOTICE, data, "en")


@pytest.mark.parametrize(
    ("tried", "nl"),
    [
        ([date(2026, 10, 6)], "op 6 oktober. Dat lukte niet."),
        ([date(2026, 10, 12), date(2026, 10, 6)], "op 6 en 12 oktober. Dat lukte niet."),
        ([date(2026, 10, 2), date(2026, 9, 30)], "op 30 september en 2 oktober. Dat lukte niet."),
    ],
)
def test_a_letter_names_the_tries_before_it(tried: list[date], nl: str) -> None:
    data = replace(sample(LetterKind.REMINDER), spoken_on=None, tried_on=tuple(tried))
    assert nl in said(LetterKind.REMINDER, data)


@given(st.text(min_size=1, max_size=40).filter(str.strip))
def test_a_value_is_never_read_as_markup_or_as_a_field(name: str) -> None:
    data = sample(LetterKind.REMINDER)
    tenant = replace(data.addressee, salutation=Words(name, name))  # type: ignore[type-var]
    letter = compose(
        LetterKind.REMINDER, replace(data, addressee=tenant), load_text(LetterKind.REMINDER), "nl"
    )
    first = letter.sections[0].parts[0]
    assert isinstance(first, tuple)
    assert [run.text for run in first] == ["Beste ", name, ","]


def test_every_field_has_words_and_a_value_in_the_sample() -> None:
    data = sample(NOTICE)
    for name, field in FIELDS.items():
        assert field.words.nl, name
        assert field.words.en, name
        assert field.value(data), name
