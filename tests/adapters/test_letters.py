"""Letters on paper: one tagged page each, the same bytes every time, and exactly these words.

The words are kept in `letters_golden/`; after a deliberate change: python -m tests.adapters.test_letters
"""

import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from hashlib import sha256
from pathlib import Path

import pypdfium2
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.adapters.pdf_structure import findings, structure
from voordeur.adapters.letter_texts import load_text
from voordeur.adapters.letters import render
from voordeur.core.letter_clauses import LetterKind
from voordeur.core.letter_data import LetterData, OpenLine
from voordeur.core.letter_sample import sample
from voordeur.core.problems import Refused
from voordeur.core.words import Words

GOLDEN = Path(__file__).parent / "letters_golden"
EACH = [(kind, language) for kind in LetterKind for language in ("nl", "en")]
_A4, _A5_LYING = (595, 842), (595, 420)
_CODE = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 2 2"><path d="M0 0h1v1H0zM1 1h1v1H1z"/></svg>'


def made(kind: LetterKind, language: str = "nl", data: LetterData | None = None) -> bytes:
    return render(kind, data or sample(kind), load_text(kind), language)


def words(pdf: bytes) -> str:
    """The words of the page as somebody selects them, line by line."""
    document = pypdfium2.PdfDocument(pdf)
    text = document[0].get_textpage().get_text_range()
    return "\n".join(line.strip() for line in text.replace("\r", "").split("\n")) + "\n"


@pytest.mark.parametrize(("kind", "language"), EACH)
def test_the_words_on_the_page(kind: LetterKind, language: str) -> None:
    expected = (GOLDEN / f"{kind.value}-{language}.txt").read_text(encoding="utf-8")
    assert words(made(kind, language)) == expected


@pytest.mark.parametrize(("kind", "language"), EACH)
def test_every_letter_is_one_page_that_can_be_read_aloud(kind: LetterKind, language: str) -> None:
    pdf = made(kind, language)
    document = pypdfium2.PdfDocument(pdf)
    assert len(document) == 1
    size = tuple(round(side) for side in document[0].get_size())
    assert size == (_A5_LYING if kind is LetterKind.MISSED_YOU else _A4)
    assert findings(pdf) == []


def test_the_amounts_are_a_table_with_column_headings() -> None:
    kinds = [kind for kind, _ in structure(made(LetterKind.REMINDER))]
    assert kinds.count("Table") == 1
    assert kinds.count("TH") == 2
    assert kinds.index("H1") < kinds.index("Table") < kinds.index("H2")


def test_the_code_to_pay_with_is_read_aloud_as_words() -> None:
    data = replace(sample(LetterKind.REMINDER), payment_code_svg=_CODE)
    pdf = made(LetterKind.REMINDER, data=data)
    assert findings(pdf) == []
    assert ("Figure", "Code om te betalen met de app van uw bank: 318 euro en 40 cent") in list(
        structure(pdf)
    )


def test_the_check_on_tags_bites() -> None:
    """The same page with its marks taken out is found."""
    pdf = made(LetterKind.APPOINTMENT)
    broken = pdf.replace(b"/DisplayDocTitle true", b"/DisplayDocTitle null").replace(
        b"/Marked true", b"/Marked null"
    )
    assert findings(broken) == ["not marked as tagged", "window shows the file name"]


def test_the_same_letter_is_the_same_file_also_in_another_process() -> None:
    program = (
        "import sys\nfrom hashlib import sha256\nfrom tests.adapters.test_letters import made, LetterKind\n"
        "sys.stdout.write(sha256(made(LetterKind.REMINDER)).hexdigest())"
    )
    first = sha256(made(LetterKind.REMINDER)).hexdigest()
    again = sha256(made(LetterKind.REMINDER)).hexdigest()
    other = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True).stdout
    assert first == again == other


def test_a_name_with_marks_of_other_languages_is_printed_as_it_is() -> None:
    data = sample(LetterKind.REMINDER)
    assert data.addressee
    tenant = replace(
        data.addressee, name="Mevrouw Ş. Yıldız-Łukaszewicz", salutation=Words("#x [y] $z$ *q* //", "x")
    )
    page = words(made(LetterKind.REMINDER, data=replace(data, addressee=tenant)))
    assert "Mevrouw Ş. Yıldız-Łukaszewicz" in page.replace("\u00ad", "-").replace("\ufffe", "-").replace(
        "\x02", "-"
    )
    assert "Beste #x [y] $z$ *q* //," in page


def refusal(data: LetterData, texts: Words) -> str:
    with pytest.raises(Refused) as refused:
        render(LetterKind.REMINDER, data, texts, "nl")
    return refused.value.problems[0].code


def test_a_text_that_takes_a_second_page_is_refused() -> None:
    text = load_text(LetterKind.REMINDER)
    longer = Words(text.nl.replace("## Liever", "Nog een zin.\n\n" * 20 + "## Liever"), text.en)
    assert refusal(sample(LetterKind.REMINDER), longer) == "more-than-one-page"


@pytest.mark.parametrize(
    "name", ["漢字", "R.\u202eneveohs", "R.\u200b", "R.\x00", "R.\t", "R.\ufeff", "😀", "\ud800"]
)
def test_a_sign_that_cannot_be_seen_is_refused_rather_than_left_out(name: str) -> None:
    """Control signs, signs that turn the direction of reading, and what no font of ours has."""
    data = sample(LetterKind.REMINDER)
    assert data.addressee
    tenant = replace(data.addressee, name=name)
    assert refusal(replace(data, addressee=tenant), load_text(LetterKind.REMINDER)) == "cannot-be-printed"


def test_accents_written_in_two_signs_are_printed_as_one() -> None:
    data = sample(LetterKind.REMINDER)
    assert data.addressee
    tenant = replace(data.addressee, name="Mevrouw E\u0301le\u0300ne")
    assert "Mevrouw Élène" in words(made(LetterKind.REMINDER, data=replace(data, addressee=tenant)))


def test_many_at_once_get_the_same_letters_as_one_by_one() -> None:
    alone = {kind: made(kind) for kind in LetterKind}
    with ThreadPoolExecutor(4) as threads:
        together = list(threads.map(made, list(LetterKind) * 3))
    assert together == [alone[kind] for kind in LetterKind] * 3


def outcome(data: LetterData) -> str:
    """`printed`, or the code of what keeps the letter from being made."""
    try:
        pdf = made(LetterKind.REMINDER, data=data)
    except Refused as refused:
        return refused.problems[0].code
    return "printed" if pdf.startswith(b"%PDF-1.7") else "no PDF"


@settings(max_examples=40, deadline=None)
@given(
    st.text(st.characters(max_codepoint=0x2FFF), min_size=1, max_size=30), st.text(min_size=1, max_size=30)
)
def test_whatever_stands_in_the_data_a_letter_comes_out_or_a_refusal(name: str, code: str) -> None:
    data = sample(LetterKind.REMINDER)
    assert data.addressee
    odd = replace(data, addressee=replace(data.addressee, name=name), object_code=code, reference=name)
    assert outcome(odd) in ("printed", "cannot-be-printed", "missing-field", "more-than-one-page")


def test_a_letter_with_nine_open_months_still_fits() -> None:
    lines = tuple(
        OpenLine(Words(f"Huur van maand {month}", f"Rent for month {month}"), 61840) for month in range(1, 10)
    )
    data = replace(sample(LetterKind.REFERRAL_NOTICE), lines=lines, total=9 * 61840)
    assert "€ 5.565,60" in words(made(LetterKind.REFERRAL_NOTICE, data=data)).replace("\u00a0", " ")


def test_an_empty_card_leaves_lines_for_a_pen() -> None:
    """A stack of cards for the bag: only the person and the number are printed."""
    data = replace(sample(LetterKind.MISSED_YOU), visited_on=None, visited_at=None, appointment=None)
    page = words(made(LetterKind.MISSED_YOU, data=data))
    assert "Ik was er op" in page
    assert "oktober" not in page


if __name__ == "__main__":
    for kind, language in EACH:
        page = words(made(kind, language))
        (GOLDEN / f"{kind.value}-{language}.txt").write_text(page, encoding="utf-8")
