"""Words in two languages."""

from datetime import date

import pytest

from voordeur.core.words import Words, day_in_words, month_in_words


@pytest.mark.parametrize(
    ("language", "text"),
    [("nl", "huur"), ("en", "rent"), ("en-gb", "rent"), ("nl-NL", "huur"), ("fr", "huur")],
)
def test_every_language_but_english_reads_dutch(language: str, text: str) -> None:
    assert Words("huur", "rent").in_language(language) == text


def test_two_sentences_after_each_other() -> None:
    assert Words("Dat is alles.", "That is all.") + Words("Tot morgen.", "See you tomorrow.") == Words(
        "Dat is alles. Tot morgen.", "That is all. See you tomorrow."
    )


def test_a_day_in_words() -> None:
    assert day_in_words(date(2026, 3, 1)) == Words("1 maart", "1 March")
    assert day_in_words(date(2026, 12, 31), year=True) == Words("31 december 2026", "31 December 2026")


def test_a_month_in_words() -> None:
    assert month_in_words(date(2026, 8, 31)) == Words("augustus", "August")
    assert month_in_words(date(2026, 5, 1), year=True) == Words("mei 2026", "May 2026")
