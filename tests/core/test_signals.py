"""Signals: what stands out, in one or two plain sentences, and gone the moment the money arrives."""

import re
from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.core.rents import CALENDAR, LIMITS, RENT, household, paid, seen, undone
from voordeur.core.arrears import Undone, standing
from voordeur.core.ledger import Component, Entry, Kind, position
from voordeur.core.pattern import Method, payment_pattern
from voordeur.core.pauses import Pause
from voordeur.core.signals import BANK_REASONS, LEADING, Signal, SignalKind, shortfall, signals, usually_cures
from voordeur.core.words import Words

ON = date(2026, 11, 10)
GOOD = [0] * 48
MOST_WORDS = 20


def kinds(found: list[Signal]) -> list[SignalKind]:
    return [signal.kind for signal in found]


def text(found: list[Signal], language: str = "nl") -> str:
    return " / ".join(signal.reason.in_language(language) for signal in found).replace("\u00a0", " ")


def sentences(words: Words) -> list[str]:
    return [one for said in (words.nl, words.en) for one in re.split(r"(?<=[.?!]) (?=[A-Z€])", said)]


def too_long(words: Words) -> list[str]:
    return [one for one in sentences(words) if len(one.split()) > MOST_WORDS]


def test_a_first_missed_month_says_that_it_never_happened() -> None:
    _, found = seen(household([*GOOD, None]), ON)
    assert kinds(found) == [SignalKind.MISSING]
    assert (
        text(found) == "De huur van november is niet binnen: € 600,00. In vier jaar gebeurde dat nog nooit."
    )
    assert text(found, "en") == (
        "The rent of November has not come in: € 600.00. That has not happened in four years."
    )
    assert (found[0].amount, found[0].since, found[0].days) == (RENT, date(2026, 11, 2), 8)


@pytest.mark.parametrize(
    ("days", "on", "second"),
    [
        ([*GOOD, None, None], ON, "Daarvoor was de huur vier jaar op tijd."),
        ([0, 30, *[0] * 14, None], ON, "Daarvoor was de huur één jaar op tijd."),
        ([*[0, 9, 0, 0, 0, 0] * 4, None], ON, "Meestal komt het binnen negen dagen alsnog."),
        ([*[0, 9, 0, 0, 0, 0] * 4, None], date(2026, 11, 20), "Eerder kwam het binnen negen dagen alsnog, nu niet."),
        ([*[30] * 12, None], date(2026, 11, 25), "De huur komt al 13 maanden ruim te laat."),
        ([*[0, 28, 0, 0] * 3, None], ON, "In de laatste twaalf maanden was de huur drie keer te laat."),
        ([*[0, 28, 0, 0, 0, 0] * 2, None], ON, "In de laatste twaalf maanden was de huur twee keer te laat."),
        ([0, 0, None], ON, "Deze huur loopt nog kort: we kennen geen vaste betaaldag."),
        ([*[0] * 10, 28, 0, None], ON, "We verwachtten die op 2 november."),
    ],
)  # fmt: skip
def test_the_second_sentence_compares_with_what_this_household_used_to_do(
    days: list[int | None], on: date, second: str
) -> None:
    _, found = seen(household(days), on)
    (missing,) = [signal for signal in found if signal.kind is SignalKind.MISSING]
    assert missing.reason.nl.endswith(second)


@pytest.mark.parametrize(("months", "never"), [(12, True), (11, False)])
def test_never_before_takes_a_year_of_months_in_time(months: int, never: bool) -> None:
    _, found = seen(household([*[0] * months, None]), ON)
    assert ("nog nooit" in text(found)) is never


@pytest.mark.parametrize(("months", "told"), [(5, True), (4, False)])
def test_far_too_late_is_told_from_half_a_year_on(months: int, told: bool) -> None:
    """The open month counts once it is later than the limit, so five paid months make six."""
    _, found = seen(household([0, *[25] * months, None]), date(2026, 11, 23))
    assert ("maanden ruim te laat" in text(found)) is told


@pytest.mark.parametrize(("part", "kind"), [(50_00, SignalKind.MISSING), (50_01, SignalKind.PARTIAL)])
def test_a_small_part_is_no_part(part: int, kind: SignalKind) -> None:
    _, found = seen([*household([*GOOD, None]), paid(date(2026, 11, 2), part)], ON)
    assert kinds(found) == [kind]


def test_many_missed_months_are_counted() -> None:
    _, found = seen(household([*[None] * 5]), ON)
    assert "Vijf maanden huur sinds juli is niet binnen: € 3.000,00." in text(found)


def test_a_month_of_another_year_says_its_year() -> None:
    _, found = seen(household([*GOOD, None], last_due=date(2025, 11, 1)), ON)
    assert "november 2025" in text(found)


def test_a_reversal_gives_the_reason_of_the_bank() -> None:
    entries = [*household([*GOOD, 1]), undone(date(2026, 11, 5), "betaald 48")]
    at = position(entries, date(2026, 11, 7))
    pattern = payment_pattern(at.charges, at.on, LIMITS)
    for code, words in BANK_REASONS.items():
        news = Undone(date(2026, 11, 5), date(2026, 11, 2), RENT, code)
        stand = standing(at, pattern, LIMITS, CALENDAR, undone=news)
        (found,) = signals(at, pattern, stand, LIMITS, news)
        assert found.reason.nl.replace("\u00a0", " ") == (
            f"De betaling is op 5 november teruggeboekt: € 600,00. {words.nl}"
        )


def test_a_reversal_without_a_reason_says_how_often_it_happened() -> None:
    first = [*household([*GOOD, 1]), undone(date(2026, 11, 5), "betaald 48")]
    _, found = seen(first, date(2026, 11, 7), method=Method.DIRECT_DEBIT)
    assert kinds(found) == [SignalKind.REVERSED]
    assert text(found).endswith("Dat gebeurde hier niet eerder.")
    again = [*first, undone(date(2026, 6, 10), "betaald 43"), paid(date(2026, 6, 12), RENT)]
    _, found = seen(again, date(2026, 11, 7), method=Method.DIRECT_DEBIT)
    assert text(found).endswith("Dat gebeurde twee keer in een jaar.")


def test_a_part_that_was_paid_is_named_with_what_is_left() -> None:
    _, found = seen([*household([*GOOD, None]), paid(date(2026, 11, 2), 250_00)], ON)
    assert kinds(found) == [SignalKind.PARTIAL]
    assert text(found) == "Van de huur van november is € 250,00 betaald. € 350,00 staat nog open."


def test_part_of_one_month_and_nothing_of_the_next_are_two_signals() -> None:
    entries = [*household([*GOOD, None, None]), paid(date(2026, 10, 14), 300_00)]
    _, found = seen(entries, ON)
    assert kinds(found) == [SignalKind.MISSING, SignalKind.PARTIAL]
    assert [signal.amount for signal in found] == [RENT, 300_00]


def test_a_rent_increase_that_the_standing_order_did_not_follow() -> None:
    raised = [replace(e, amount=RENT + 21_15) if e.id in ("huur 20", "huur 21", "huur 22", "huur 23") else e
              for e in household([0] * 24)]  # fmt: skip
    stand, found = seen(raised, ON)
    at = position(raised, ON)
    short = shortfall(at, payment_pattern(at.charges, ON, LIMITS), stand)
    assert short is not None
    assert (short.since, short.gap, short.months, short.raised) == (date(2026, 8, 1), 21_15, 4, True)
    assert text(found) == (
        "Sinds de nieuwe huur van augustus komt er elke maand € 21,15 te weinig binnen. Samen is dat € 84,60."
    )


def test_the_same_too_little_every_month_without_an_increase() -> None:
    short = [replace(e, amount=RENT - 30_00) if e.id in ("betaald 22", "betaald 23") else e
             for e in household([0] * 24)]  # fmt: skip
    _, found = seen(short, ON)
    assert text(found) == "Sinds oktober komt er elke maand € 30,00 te weinig binnen. Samen is dat € 60,00."


def test_a_tenant_who_paid_this_month_is_not_told_that_this_month_is_missing() -> None:
    """September was missed; the law puts each payment to the oldest month, but the tenant did pay November."""
    _, found = seen(household([*GOOD, None, 0, 0]), ON)
    assert kinds(found) == [SignalKind.BEHIND]
    assert (
        text(found) == "De huur loopt achter sinds september: € 600,00. Er komt wel elke maand huur binnen."
    )


@pytest.mark.parametrize(("missing", "every_month"), [(50_00, True), (50_01, False)])
def test_every_month_means_every_month_but_for_a_small_amount(missing: int, every_month: bool) -> None:
    entries = household([*GOOD, None, 0, None])
    _, found = seen([*entries, paid(date(2026, 11, 1), RENT - missing)], ON)
    assert ("elke maand huur" in text(found)) is every_month


def test_one_lump_sum_is_not_every_month() -> None:
    entries = [*household([*GOOD, None, None, None]), paid(date(2026, 11, 2), 2 * RENT)]
    _, found = seen(entries, date(2026, 11, 20))
    assert (
        text(found)
        == "De huur loopt achter sinds september: € 600,00. De laatste betaling kwam op 2 november."
    )


def test_an_old_month_that_was_written_off_was_not_paid() -> None:
    entries = [*household([*GOOD, None, None]), Entry("kwijt", date(2026, 11, 2), Kind.WRITE_OFF, RENT)]
    _, found = seen(entries, date(2026, 11, 20))
    assert "Er kwam sindsdien geen betaling." in text(found)


def test_behind_and_without_money_this_month_names_the_last_payment() -> None:
    _, found = seen(household([*GOOD, None, 0, None]), date(2026, 11, 20))
    assert "De huur loopt achter sinds september: € 1.200,00. De laatste betaling kwam op 1 oktober." in text(
        found
    )


def test_rent_and_service_costs_of_one_month_are_one_amount() -> None:
    due = date(2026, 11, 1)
    rent = Entry("huur", due, Kind.CHARGE, RENT)
    service = Entry("service", due, Kind.CHARGE, 60_00, component=Component.SERVICE)
    _, found = seen([rent, service], ON)
    assert kinds(found) == [SignalKind.MISSING]
    assert "De huur van november is niet binnen: € 660,00." in text(found)


def test_a_part_of_several_months_is_one_signal() -> None:
    entries = household([*GOOD, None, None])
    for month, on in (("huur 48", date(2026, 10, 3)), ("huur 49", date(2026, 11, 3))):
        entries.append(paid(on, 200_00, for_=month))
    _, found = seen(entries, ON)
    assert text([one for one in found if one.kind is SignalKind.PARTIAL]) == (
        "Van twee maanden huur is een deel betaald. € 800,00 staat nog open."
    )


def test_arrears_that_grow_beyond_two_months() -> None:
    _, found = seen(household([*GOOD, None, None]), ON)
    assert kinds(found)[0] is SignalKind.GROWING
    assert found[0].reason.nl.replace("\u00a0", " ") == (
        "De achterstand is € 1.200,00: twee maanden huur. Een maand geleden was dat € 600,00."
    )


def test_two_months_that_no_longer_grow_are_not_called_growing() -> None:
    entries = household([*GOOD, None, None, None])
    still = [*entries, paid(date(2026, 11, 2), RENT), paid(date(2026, 11, 3), RENT, id_="tweede")]
    _, found = seen([*still, paid(date(2026, 11, 4), 100_00)], date(2026, 11, 12))
    assert SignalKind.GROWING not in kinds(found)


def test_silence_takes_two_missed_months() -> None:
    assert SignalKind.SILENCE not in kinds(seen(household([*GOOD, None]), date(2026, 11, 29))[1])
    _, found = seen(household([*GOOD, None, None]), date(2026, 11, 29))
    assert kinds(found) == [SignalKind.GROWING, SignalKind.SILENCE, SignalKind.MISSING]
    assert "De laatste betaling kwam op 1 september. Dat is 89 dagen geleden." in text(found)


def test_who_never_paid_is_said_to_have_never_paid() -> None:
    _, found = seen(household([None, None, None]), ON)
    assert "Er is nog nooit huur betaald, sinds 1 september." in text(found)


def test_a_slide_is_seen_while_the_rent_may_still_come() -> None:
    stand, found = seen(household([0] * 9 + [3, 7, 12, None]), date(2026, 11, 6))
    assert not stand.real
    assert kinds(found) == [SignalKind.SLIDING]
    assert text(found) == (
        "De huur komt elke maand later: 3, 7 en 12 dagen te laat. Die van november is er nog niet: € 600,00."
    )


def test_no_slide_once_this_month_is_in() -> None:
    assert seen(household([0] * 9 + [3, 7, 12, 4]), date(2026, 11, 6))[1] == []


def test_what_is_put_on_hold_covered_or_small_gives_no_early_signal_either() -> None:
    slides = household([0] * 9 + [3, 7, 12, None])
    on = date(2026, 11, 6)
    assert kinds(seen(slides, on)[1]) == [SignalKind.SLIDING]
    assert seen(slides, on, pauses=[Pause(date(2026, 11, 2))])[1] == []
    assert seen([*slides, paid(date(2026, 11, 3), RENT, for_="huur december")], on)[1] == []
    assert seen([*slides, paid(date(2026, 11, 3), RENT - 40_00)], on)[1] == []
    small = [*household([*GOOD, 0]), undone(date(2026, 11, 5), "betaald 48", 40_00)]
    assert seen(small, ON)[1] == []


def test_a_bill_that_is_not_rent_has_its_own_words() -> None:
    bill = Entry("rekening", date(2026, 11, 5), Kind.CHARGE, 180_00, component=Component.OTHER)
    _, found = seen([*household([*GOOD, 0]), bill], ON)
    assert kinds(found) == [SignalKind.MISSING]
    assert text(found) == "Een rekening van 5 november is niet betaald. Er staat € 180,00 open."


def test_the_leading_signal_comes_first() -> None:
    _, found = seen(household([*GOOD, None, None, None]), ON)
    assert [LEADING.index(kind) for kind in kinds(found)] == sorted(
        LEADING.index(kind) for kind in kinds(found)
    )


def test_recovery_counts_only_when_it_mostly_was_soon_and_by_itself() -> None:
    at = date(2026, 11, 10)

    def cures(days: list[int], contacts: list[date] | None = None) -> bool:
        charges = position(household([*days, None]), at).charges
        return usually_cures(payment_pattern(charges, at, LIMITS, contacts=contacts or []), LIMITS)

    assert cures([0] * 10 + [9, 0, 0, 0, 9, 0, 0])
    assert not cures([0] * 10 + [0, 0, 0, 0, 9, 0, 0]), "once is no habit"
    assert not cures([0] * 10 + [9, 0, 0, 0, 28, 0, 0]), "half of them were too long"
    assert not cures([0] * 10 + [9, 0, 0, 0, 9, 0, 0], [date(2026, 8, 5)]), "one ended after a talk"


lateness = st.lists(st.one_of(st.none(), st.integers(-5, 60)), min_size=1, max_size=30)


@given(lateness, st.integers(0, 60), st.integers(0, RENT))
def test_every_reason_is_short_and_names_its_amount(days: list[int | None], shift: int, part: int) -> None:
    on = date(2026, 11, 1) + timedelta(days=shift)
    entries = [*household(days), *([paid(date(2026, 10, 20), part)] if part else [])]
    _, found = seen(entries, on)
    for signal in found:
        assert too_long(signal.reason) == []
        assert len(sentences(signal.reason)) <= 4, "two in each language"
        assert signal.amount > 0
        assert signal.days >= 0
        if signal.kind is not SignalKind.SILENCE:
            assert "€" in signal.reason.nl


@given(lateness, st.integers(0, 60), st.booleans())
def test_every_signal_is_gone_the_moment_the_money_arrives(
    days: list[int | None], shift: int, went_back: bool
) -> None:
    on = date(2026, 11, 1) + timedelta(days=shift)
    entries = household(days)
    last = next((e.id for e in reversed(entries) if e.kind is Kind.PAYMENT), None)
    if went_back and last is not None:
        entries.append(undone(on, last))
    owed = position(entries, on).overdue
    if owed:
        entries.append(replace(paid(on, owed), sequence=1))  # after whatever else happened that day
        _, found = seen(entries, on)
        assert position(entries, on).overdue == 0
        assert found == []


@given(lateness, st.integers(0, 60))
def test_the_order_of_import_changes_nothing(days: list[int | None], shift: int) -> None:
    on = date(2026, 11, 1) + timedelta(days=shift)
    entries = household(days)
    assert seen(entries, on)[1] == seen(entries[::-1], on)[1]
