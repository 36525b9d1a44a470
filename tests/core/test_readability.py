"""How easily a text reads: what is remarked on, and what is left alone."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from voordeur.core.readability import WordLists, remarks, sentences, word_count

LISTS = WordLists({"indien": "als", "in gebreke": "niet op tijd"}, {"prior to": "before"})


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("U was er niet. Dat geeft niet.", ["U was er niet.", "Dat geeft niet."]),
        ("Ik kom om 13.00 uur. Lukt dat?", ["Ik kom om 13.00 uur.", "Lukt dat?"]),
        ("Neem iets mee, bijv. Uw loonstrook.", ["Neem iets mee, bijv. Uw loonstrook."]),
        (
            "Er staat € 1.234,56 open. € 20,00 is betaald.",
            ["Er staat € 1.234,56 open.", "€ 20,00 is betaald."],
        ),
        ("", []),
    ],
)
def test_where_a_sentence_ends(text: str, expected: list[str]) -> None:
    assert sentences(text) == expected


def test_an_amount_a_time_and_a_number_are_one_word_each() -> None:
    assert word_count("Betaal €\u00a01.234,56 voor 13.00 uur op rekening 12.") == 8


def test_a_sentence_of_fifteen_words_is_fine_and_one_of_sixteen_is_not() -> None:
    fifteen = "een twee drie vier vijf zes zeven acht negen tien elf twaalf dertien veertien vijftien"
    assert remarks(fifteen + ".", "nl", LISTS) == []
    (remark,) = remarks(fifteen + " zestien.", "nl", LISTS)
    assert remark.code == "long-sentence"
    assert "16 woorden" in remark.why.nl
    assert remark.cure.nl == "Kan het in twee zinnen?"
    (too_long,) = remarks(f"{fifteen} {fifteen}.", "nl", LISTS)
    assert too_long.cure.nl == "Maak er twee of drie zinnen van."


@pytest.mark.parametrize(
    ("sentence", "language", "code", "cure"),
    [
        ("Indien u niet betaalt.", "nl", "difficult-word", "Schrijf liever: als."),
        ("U bent in gebreke.", "nl", "difficult-word", "Schrijf liever: niet op tijd."),
        ("Call prior to noon.", "en", "difficult-word", "Schrijf liever: before."),
        ("Dat is de huurbetalingsverplichting.", "nl", "long-word", "Zeg het in twee woorden."),
        ("BETAAL nu.", "nl", "capitals", "Gebruik gewone letters."),
    ],
)
def test_what_reads_badly_comes_with_a_cure(sentence: str, language: str, code: str, cure: str) -> None:
    (remark,) = remarks(sentence, language, LISTS)
    assert (remark.code, remark.sentence, remark.cure.nl) == (code, sentence, cure)


def test_a_difficult_word_inside_another_word_is_left_alone() -> None:
    assert remarks("De indiening is gedaan.", "nl", LISTS) == []


@given(st.text(max_size=300))
def test_every_word_of_a_text_stays_in_one_of_its_sentences(text: str) -> None:
    assert "".join("".join(sentences(text)).split()).strip('"”’)') in "".join(text.split())
