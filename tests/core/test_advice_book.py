"""What is remembered is what would be said anew, whatever was said before."""

from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from voordeur.adapters.rules import load_policy
from voordeur.core.advice_book import AdviceBook
from voordeur.core.facts import FLAGS, NUMBERS, Facts
from voordeur.core.policy import recommend
from voordeur.core.words import Words

values: dict[str, st.SearchStrategy[Any]] = {
    **{name: st.booleans() for name in sorted(FLAGS)},
    **{name: st.integers(0, 12) for name in sorted(NUMBERS)},
    "amount": st.integers(1, 3),
    "technical_reason": st.just(Words("Er is geld onderweg.", "Money is coming.")),
}
some_facts = st.builds(Facts, **values)


@settings(max_examples=60)
@given(st.lists(some_facts, max_size=12))
def test_the_book_says_what_the_policy_says(asked: list[Facts]) -> None:
    policy = load_policy()
    book = AdviceBook(policy)
    for facts in [*asked, *asked]:
        assert book.advise(policy, facts) == recommend(policy, facts)


def test_the_second_time_nothing_is_found_out_again() -> None:
    policy = load_policy()
    book, facts = AdviceBook(policy), Facts(in_arrears=True, technical=True)
    first = book.advise(policy, facts)
    assert book.advise(policy, Facts(in_arrears=True, technical=True, amount=1)) is first


def test_a_full_book_still_answers() -> None:
    policy = load_policy()
    book = AdviceBook(policy, most=1)
    for facts in (Facts(), Facts(in_arrears=True), Facts(in_arrears=True, technical=True)):
        assert book.advise(policy, facts) == recommend(policy, facts)
