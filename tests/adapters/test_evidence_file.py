"""The evidence file on paper: what a judge reads, in order, tagged, and the same bytes every time."""

import io
from dataclasses import replace
from hashlib import sha256

import pypdfium2
import pytest

from tests.adapters.pdf_structure import findings, structure
from tests.core.evidence_case import DATA, ROAD, file_of
from voordeur.adapters.evidence_file import print_evidence
from voordeur.core.case_values import Event, EventKind
from voordeur.core.evidence import EvidenceFile, fingerprint


def pages(file: EvidenceFile, language: str = "nl") -> list[str]:
    """The words of each page, on plain spaces."""
    document = pypdfium2.PdfDocument(io.BytesIO(print_evidence(file, language)))
    return [" ".join(page.get_textpage().get_text_range().split()) for page in document]


def with_gaps() -> EvidenceFile:
    """No attempt, and nothing that shows the reminder arrived."""
    kept = [event for event in ROAD if event.kind is not EventKind.ATTEMPTED]
    return file_of(
        [replace(event, delivered=None) if event.kind is EventKind.REMINDER_SENT else event for event in kept]
    )


@pytest.mark.parametrize("language", ["nl", "en"])
def test_every_page_can_be_read_aloud(language: str) -> None:
    for file in (file_of(), with_gaps()):
        assert findings(print_evidence(file, language)) == []


def test_it_begins_with_the_case_and_how_it_stands() -> None:
    first = pages(file_of())[0]
    told = ["Bewijsdossier", "Zaak 2026-0417", "Woonstichting De Linde", "Alle 10 stappen zijn bewezen."]
    told += ["Persoonlijk contact gezocht", "Gewezen op hulp bij schulden", "Schriftelijke herinnering"]
    places = [first.index(words) for words in told]
    assert places == sorted(places)


def test_what_is_missing_stands_there_with_what_it_means() -> None:
    text = " ".join(pages(with_gaps()))
    assert "In orde: 6 van de 10 stappen. Ontbreekt: 1. Zwak bewijs: 3." in text
    assert "Wat ontbreekt: Niemand belde of kwam langs voor de melding." in text
    assert (
        "Wat dat betekent: Zonder dit bewijs kan de rechter weigeren de huurovereenkomst te ontbinden."
        in text
    )
    assert "Er is geen bewijs dat de brief aankwam." in text


def test_every_page_names_the_case_and_the_data_it_was_made_from() -> None:
    file = file_of()
    for number, page in enumerate(pages(file), 1):
        assert f"Zaak 2026-0417 · sha256 {fingerprint(file)[:16]}" in page
        assert f"bladzijde {number} van 3" in page
    assert fingerprint(file) in pages(file)[-1]


def test_the_same_case_prints_the_same_bytes_and_a_change_shows() -> None:
    first = sha256(print_evidence(file_of(), "nl")).digest()
    assert sha256(print_evidence(file_of(list(ROAD)), "nl")).digest() == first
    assert sha256(print_evidence(file_of(ROAD, replace(DATA, tenant="R. Oudshoorn")), "nl")).digest() != first


def test_a_case_of_many_attempts_runs_over_pages_with_its_heading_repeated() -> None:
    tries = [replace(ROAD[1], evidence=f"c-{number}") for number in range(60)]
    file = file_of([ROAD[0], *tries, *ROAD[1:]])
    assert findings(print_evidence(file, "nl")) == []
    assert "c-59" in " ".join(pages(file))


def test_the_arrears_statement_is_a_table_with_its_total() -> None:
    kinds = [kind for kind, _ in structure(print_evidence(file_of(), "nl"))]
    assert kinds.count("H1") == 1
    assert kinds.count("Table") >= 10
    assert "Samen € 1.236,80" in " ".join(pages(file_of()))


def test_a_reason_written_by_a_colleague_is_printed_as_it_is() -> None:
    odd = Event(
        EventKind.COSTS_ADDED, DATA.made_on, ROAD[1].by, reason="#panic() *x*", overrules=("free_term_over",)
    )
    assert "free_term_over: #panic() *x*" in " ".join(pages(file_of([*ROAD, odd])))
