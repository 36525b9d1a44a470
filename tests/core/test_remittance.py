"""What payers write: the month they mean, and the payment reference with its check digit."""

import re
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from voordeur.core.remittance import (
    betalingskenmerk,
    creditor_reference,
    creditor_references,
    designated_month,
    valid_betalingskenmerk,
    with_check_digit,
)
from voordeur.core.words import MONTHS_EN, MONTHS_NL

ON = date(2026, 3, 2)
MARCH = date(2026, 3, 1)
days = st.dates(date(2015, 1, 1), date(2040, 12, 31))
NOISE = ("", "J. Test", "Straatweg 12", "kenmerk 5000 0567 8901 2345", "1234AB", "Bedankt!", "650,00")


@pytest.mark.parametrize(
    "text",
    [
        "huur maart 2026",
        "HUUR MRT",
        "Huur mrt.",
        "rent march",
        "Rent for March 2026",
        "maart huur",
        "huur 03-2026",
        "huur 3-2026",
        "huur 03/2026",
        "huur 03.2026",
        "huur 2026/03",
        "huur 2026-03",
        "huurbetaling 032026",
        "huurbetaling 202603",
        "Huurmaart2026",
        "huur_maart_2026",
        "huur-maart-2026",
        "huur/03-2026",
        "maandhuur mrt '26",
        "huur maart 26",
        "huur 2026 maart",
        "huur mnd 3",
        "huur maand 03 2026",
        "maand maart",
        "maart",
        "maart 2026",
        "Maart 2026 J. Test",
        "huur van maart",
        "huur en servicekosten maart 2026",
        "Huur Straatweg 5, maart 2026",
        "huur maart 2026 03-2026 mrt",
        "huur maart 2026 betaald 28-02-2026",
        "huur 01-03-2026 t/m 31-03-2026",
        "huur periode 2026-03-01/2026-03-31",
        "huurachterstand maart",
        "Huur Jan de Vries maart",
        "huur 104217 maart 2026",
        "HUUR MAART 2026 KENMERK 5000 0567 8901 2345",
    ],
)
def test_texts_that_name_march(text: str) -> None:
    assert designated_month(text, ON) == MARCH


@pytest.mark.parametrize(
    ("text", "month"),
    [
        ("huur jan", date(2026, 1, 1)),
        ("jan huur", date(2026, 1, 1)),
        ("huur jan 2025", date(2025, 1, 1)),
        ("huur mei", date(2026, 5, 1)),
        ("huur december", date(2025, 12, 1)),
        ("huur juni", date(2026, 6, 1)),
        ("huur juli", date(2025, 7, 1)),
        ("huur februari 2019", date(2019, 2, 1)),
        ("huur 01-02-2026 tot en met 28-02-2026", date(2026, 2, 1)),
    ],
)
def test_other_months(text: str, month: date) -> None:
    assert designated_month(text, ON) == month


@pytest.mark.parametrize(
    "text",
    [
        "",
        "huur",
        "betaling",
        "650,00",
        # several months, or everything up to a month
        "huur maart en april",
        "huur maart, april",
        "huur jan en feb",
        "huur jan/feb",
        "huur jan t/m mrt",
        "huur t/m maart",
        "huur tot en met maart 2026",
        "huur 02-2026 03-2026",
        "huur maart 2025 maart 2026",
        "huur 01-02-2026 t/m 31-03-2026",
        # a date says when, not for what
        "01-03-2026",
        "huur 01-03-2026",
        "huur 1 maart",
        "huur 26-mrt-2026",
        "rent march 15",
        "huur 03/04/2026",
        # part of a name or an address
        "Maartensdijk huur",
        "huur Augustusstraat 3",
        "huur Meiplein 8",
        "huur 8 mei 1945straat",
        "meiden huur",
        "huur december1",
        "Jan de Vries huur",
        "huur Jan Steenstraat",
        "huur Mei Lin Chan",
        "huur van jan",
        "J. Maart huur",
        "huur fam. Maart",
        # for something else
        "betalingsregeling huur maart",
        "servicekosten maart 2026",
        "huurtoeslag maart 2026",
        "rente maart 2026",
        "Schuurman maart",
        "verhuurder maart",
        "betaling april",
        # numbers that are no month
        "huur 13-2026",
        "huur 104217",
        "huur 112031",  # a customer number that looks like November 2031
        "huur 1903",
        "huur 03",
        "12345603-2026 huur x03-2026",
    ],
)
def test_texts_that_name_no_single_month_for_certain(text: str) -> None:
    assert designated_month(text, ON) is None


@given(days, st.integers(1, 12), st.sampled_from(NOISE), st.booleans())
def test_a_month_without_a_year_is_the_nearest_one(on: date, month: int, noise: str, english: bool) -> None:
    """Within 8 months before and 3 months after the month of payment."""
    text = f"{noise} {'rent' if english else 'huur'} {(MONTHS_EN if english else MONTHS_NL)[month - 1]}"
    found = designated_month(text, on)
    assert found is not None
    assert (found.month, found.day) == (month, 1)
    assert -8 <= (found.year - on.year) * 12 + found.month - on.month <= 3


@given(days, st.integers(-10, 1), st.integers(1, 12), st.sampled_from(NOISE))
def test_a_month_with_its_year_is_that_month(on: date, years: int, month: int, noise: str) -> None:
    wanted = date(on.year + years, month, 1)
    for written in (
        f"huur {MONTHS_NL[month - 1]} {wanted.year} {noise}",
        f"{noise} Huur {month:02d}-{wanted.year}",
        f"HUUR {MONTHS_NL[month - 1].upper()[:3]} {wanted.year}" if month != 3 else f"huur mrt {wanted.year}",
    ):
        assert designated_month(written, on) == wanted


@given(days, st.lists(st.integers(1, 12), min_size=2, max_size=4, unique=True))
def test_several_months_are_never_guessed(on: date, months: list[int]) -> None:
    named = " en ".join(MONTHS_NL[month - 1] for month in months)
    assert designated_month(f"huur {named} {on.year}", on) is None


@given(days, st.text(max_size=80))
def test_any_text_gives_a_first_of_the_month_or_nothing(on: date, text: str) -> None:
    for written in (text, f"huur {text}", f"huur maart {text}"):
        found = designated_month(written, on)
        assert found is None or found.day == 1


# --- betalingskenmerk --------------------------------------------------------------------------------------------

LENGTHS = (9, 10, 11, 12, 13, 14, 16)


@st.composite
def references(draw: st.DrawFn, lengths: tuple[int, ...] = LENGTHS) -> str:
    """A valid reference with a check digit."""
    length = draw(st.sampled_from(lengths))
    own = 15 if length == 16 else length - 2
    return with_check_digit(draw(st.text("0123456789", min_size=own, max_size=own)), length)


def weighted_sum(reference: str) -> int:
    """By the published weights, written out again."""
    weights = [2, 4, 8, 5, 10, 9, 7, 3, 6, 1] * 2
    return sum(int(digit) * weight for digit, weight in zip(reference[:0:-1], weights, strict=False))


@pytest.mark.parametrize("published", ["5000056789012345", "12234534622567"])
def test_published_examples(published: str) -> None:
    """From the specification of Betaalvereniging Nederland."""
    assert valid_betalingskenmerk(published)
    own, length = (published[1:], 16) if len(published) == 16 else (published[2:], len(published))
    assert with_check_digit(own, length) == published


def test_the_published_sum() -> None:
    assert weighted_sum("5000056789012345") == 215


@pytest.mark.parametrize(
    "digits",
    [
        "",
        "123456",
        "12345678",  # eight digits do not exist
        "123456789012345",  # nor do fifteen
        "12345678901234567",
        "4000056789012345",
        "13234534622567",  # length code 3 with fourteen digits
        "500005678901234x",
        "5000 0567 8901 2345",
        "５０００056789012345",
    ],
)
def test_what_is_no_reference(digits: str) -> None:
    assert not valid_betalingskenmerk(digits)


def test_seven_digits_have_no_check() -> None:
    assert valid_betalingskenmerk("1234567")


@given(references())
def test_a_reference_with_its_check_digit_is_valid(reference: str) -> None:
    assert valid_betalingskenmerk(reference)
    assert weighted_sum(reference) % 11 == (11 - int(reference[0])) % 11 or reference[0] == "1"


@given(references(), st.data())
def test_a_change_of_one_digit_is_caught_but_for_the_one_blind_spot(
    reference: str, data: st.DataObject
) -> None:
    """Check digit 1 stands for a rest of 1 as well as of 10; going from one to the other is not seen."""
    place = data.draw(st.integers(0, len(reference) - 1))
    digit = data.draw(st.sampled_from([d for d in "0123456789" if d != reference[place]]))
    changed = reference[:place] + digit + reference[place + 1 :]
    rests = {weighted_sum(reference) % 11, weighted_sum(changed) % 11}
    assert valid_betalingskenmerk(changed) == (
        place > 0 and rests == {1, 10} and not _length_code(reference, place)
    )


def _length_code(reference: str, place: int) -> bool:
    return place == 1 and len(reference) != 16


def test_the_blind_spot_is_real() -> None:
    """Of all single changes in the own digits of a reference about 2 in 100 pass."""
    passed = total = 0
    for number in range(2000):
        reference = with_check_digit(f"{number * 7919:015d}")
        for place in range(1, 16):
            changed = reference[:place] + str((int(reference[place]) + 1) % 10) + reference[place + 1 :]
            total += 1
            passed += valid_betalingskenmerk(changed)
    assert 0 < passed / total < 0.03


@given(references(), st.data())
def test_swapped_neighbours_are_caught_but_for_the_blind_spot(reference: str, data: st.DataObject) -> None:
    first = 1 if len(reference) == 16 else 2
    place = data.draw(st.integers(first, len(reference) - 2))
    pair = reference[place + 1] + reference[place]
    swapped = reference[:place] + pair + reference[place + 2 :]
    rests = {weighted_sum(reference) % 11, weighted_sum(swapped) % 11}
    assert valid_betalingskenmerk(swapped) == (swapped == reference or rests == {1, 10})


@pytest.mark.parametrize(
    ("base", "length"),
    [("1234567", 7), ("123456", 8), ("12345678901234", 16), ("1234567", 10), ("x" * 15, 16)],
)
def test_a_base_that_does_not_fit_is_refused(base: str, length: int) -> None:
    with pytest.raises(ValueError, match="payment reference"):
        with_check_digit(base, length)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("huur 5000056789012345", ["5000056789012345"]),
        ("huur 5000 0567 8901 2345 maart", ["5000056789012345"]),
        ("kenmerk 5000.0567.8901.2345", ["5000056789012345"]),
        ("12 2345 3462 2567", ["12234534622567"]),
        ("huur 03 5000 0567 8901 2345", ["5000056789012345"]),
        ("5000056789012345 en nog eens 5000 0567 8901 2345", ["5000056789012345"]),
        ("klant 1234567 huur", ["1234567"]),
        ("5000056789012346", []),
        ("50000567890123450", []),
        ("NL91ABNA0417164300", []),
        ("x5000056789012345", []),
        ("0612345678", []),
        ("01-03-2026", []),
        ("", []),
    ],
)
def test_references_in_a_text(text: str, found: list[str]) -> None:
    assert betalingskenmerk(text) == found


@given(references(), st.sampled_from(["", " ", ".", "-"]), st.sampled_from(NOISE[:3]))
def test_a_reference_is_found_however_it_is_grouped(reference: str, between: str, noise: str) -> None:
    groups = re.findall(r"\d{1,4}", reference[::-1])
    written = between.join(group[::-1] for group in reversed(groups))
    assert reference in betalingskenmerk(f"{noise} {written}, dank")


@given(st.text(max_size=200))
def test_whatever_is_found_is_valid(text: str) -> None:
    assert all(valid_betalingskenmerk(found) for found in betalingskenmerk(text))


def test_words_behind_a_creditor_reference_never_hide_it() -> None:
    """One in 97 longer texts fits the check digits by chance; the reference itself is found all the same."""
    for number in range(2_000):
        digits = f"{number * 7_919:016}"
        assert digits in creditor_references(f"regeling {creditor_reference(digits)} dank u")
