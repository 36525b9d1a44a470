"""All that is kept of a household on paper: readable aloud, complete, and the same bytes every time."""

import io
import json
from dataclasses import replace
from datetime import date

import pypdfium2
import pytest

from tests.adapters.pdf_structure import findings, structure
from voordeur.adapters.holdings_file import print_holdings
from voordeur.core.holdings import Held, HeldPart, Holdings, fingerprint, raw, to_json
from voordeur.core.words import Words

AMOUNT, NOTE = Words("Bedrag", "Amount"), Words("Afspraak", "Agreed")
MONEY = HeldPart(
    "entry",
    Words("Huur en betalingen", "Rent and payments"),
    Words("Wettelijke plicht. Bewaartermijn: 7 jaar.", "Legal duty. Kept for: 7 years."),
    ((Held("amount", AMOUNT, 655_15, Words("€ 655,15", "€ 655.15")),),),
)
TALK = HeldPart(
    "contact",
    Words("Contact met u", "Contact with you"),
    Words("", ""),
    ((Held("agreed", NOTE, "Belt\tzelf.\x07", Words("Belt\tzelf.\x07", "Belt\tzelf.\x07")),),),
)
EMPTY = HeldPart("promise", Words("Wat u beloofde", "What you promised"), Words("", ""), ())
ALL = Holdings(
    date(2026, 11, 23), "Woonstichting De Linde", "104417", "Molenstraat 14, 1234 AB Lindewaard",
    ("mevrouw Veldhuizer",), (MONEY, TALK, EMPTY),
)  # fmt: skip


def words_of(language: str) -> str:
    document = pypdfium2.PdfDocument(io.BytesIO(print_holdings(ALL, language)))
    return " ".join(" ".join(page.get_textpage().get_text_range().split()) for page in document)


@pytest.mark.parametrize("language", ["nl", "en"])
def test_every_page_can_be_read_aloud(language: str) -> None:
    assert findings(print_holdings(ALL, language)) == []


def test_it_says_what_is_kept_why_and_what_one_can_do() -> None:
    text = words_of("nl")
    told = [
        "Wat wij over u bewaren",
        "mevrouw Veldhuizer",
        "Een computer beslist niet over u.",
        "Wat u kunt doen",
    ]
    told += [
        "Huur en betalingen: 1",
        "Hier bewaren wij niets over: wat u beloofde.",
        "Bewaartermijn: 7 jaar.",
    ]
    told += ["Bedrag: € 655,15", "Belt zelf.", "sha256"]
    places = [text.index(words) for words in told]
    assert places == sorted(places)
    assert "Amount: € 655.15" in words_of("en")


def test_paper_and_json_name_the_same_fingerprint_and_do_not_change() -> None:
    assert print_holdings(ALL, "nl") == print_holdings(ALL, "nl")
    assert fingerprint(ALL) in words_of("nl").replace(" ", "")
    said = json.loads(to_json(ALL))
    assert said["parts"][0]["records"] == [{"amount": 655_15}]
    assert said["made_on"] == "2026-11-23"


def test_what_json_cannot_hold_is_refused() -> None:
    assert raw({"day": date(2026, 11, 23), "amounts": (1, 2)}) == {"day": "2026-11-23", "amounts": [1, 2]}
    with pytest.raises(ValueError, match="object"):
        raw(object())


def test_long_rows_of_the_same_become_a_table_and_what_is_not_in_it_is_named() -> None:
    def row(day: str, cents: str) -> tuple[Held, ...]:
        return (
            Held("date", Words("Dag", "Day"), day, Words(day, day)),
            Held("due", Words("Vervalt", "Due"), None, Words("", "")),
            Held("amount", AMOUNT, 1, Words(cents, cents)),
            Held("source", Words("Komt van", "Comes from"), 2, Words("bank", "bank")),
        )

    rows = tuple(row(f"{day} mei", f"€ {day},00") for day in range(1, 91))
    part = replace(MONEY, records=rows, columns=("date", "due", "amount"))
    paper = print_holdings(replace(ALL, parts=(part,)), "nl")
    assert findings(paper) == []
    kinds = [kind for kind, _ in structure(paper)]
    assert (kinds.count("Table"), kinds.count("TH"), kinds.count("TR")) == (1, 2, 91), (
        "an empty column is left out"
    )
    document = pypdfium2.PdfDocument(io.BytesIO(paper))
    text = " ".join(" ".join(page.get_textpage().get_text_range().split()) for page in document)
    assert "90 mei € 90,00" in text
    assert "In het JSON-bestand staat van elke regel ook: komt van." in text


def test_who_rents_together_is_told_that_something_is_left_out() -> None:
    assert "U huurt samen met een ander." not in words_of("nl")
    document = pypdfium2.PdfDocument(io.BytesIO(print_holdings(replace(ALL, shared=True), "nl")))
    assert "U huurt samen met een ander." in " ".join(document[0].get_textpage().get_text_range().split())
