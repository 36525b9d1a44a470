"""The codes are read by another program than the one that made them."""

import io
import re

import pytest
import segno
import zxingcpp
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from voordeur.adapters.qr import Payee, epc_text, link_code, payment_code

LANDLORD = Payee("Woningcorporatie Lindewaard", "NL02 ABNA 0123 4567 89")


def read(svg: str) -> str:
    """Draw the rectangles of the SVG and let zxing read the picture."""
    return zxingcpp.read_barcode(drawn(svg)).text


def drawn(svg: str, scale: int = 4) -> Image.Image:
    """The path of segno: rows of `M x y h n`, with moves in between, at half units."""
    size = int(re.search(r'viewBox="0 0 (\d+)', svg)[1])  # type: ignore[index]
    picture = Image.new("L", (size * scale, size * scale), 255)
    path = re.search(r'stroke="#14201b"[^>]* d="([^"]+)"|d="([^"]+)"[^>]* stroke="#14201b"', svg)
    assert path is not None
    x = y = 0.0
    for command, numbers in re.findall(r"([Mmh])([-\d. ]+)", path[1] or path[2]):
        values = [float(one) for one in re.findall(r"-?\d*\.?\d+", numbers)]
        if command == "M":
            x, y = values
        elif command == "m":
            x, y = x + values[0], y + values[1]
        else:
            dark = Image.new("L", (round(values[0]) * scale, scale), 0)
            picture.paste(dark, (round(x) * scale, int(y) * scale))
            x += values[0]
    return picture


def test_a_bank_app_reads_the_payment() -> None:
    assert read(payment_code(LANDLORD, 936_80, "7002 0260 4170 0118")).splitlines() == [
        "BCD", "002", "1", "SCT", "", "Woningcorporatie Lindewaard", "NL02ABNA0123456789", "EUR936.80", "", "",
        "7002 0260 4170 0118",
    ]  # fmt: skip


def test_a_reference_stands_in_its_own_line_and_then_there_are_no_words() -> None:
    lines = read(payment_code(LANDLORD, 1, "wordt weggelaten", reference="RF18539007547034")).splitlines()
    assert lines[7:] == ["EUR0.01", "", "RF18539007547034"]


def test_a_telephone_reads_the_link() -> None:
    address = "https://mijn.lindewaard.example/mijn/#K7QD9M2XK7QD9M2XK7QD9M2XK7QD"
    assert read(link_code(address)) == address


@pytest.mark.parametrize(
    ("payee", "cents", "said", "reference"),
    [
        (Payee("", "NL02ABNA0123456789"), 100, "huur", ""),
        (Payee("De Linde", " "), 100, "huur", ""),
        (LANDLORD, 0, "huur", ""),
        (LANDLORD, 100_000_000_000, "huur", ""),
        (LANDLORD, 100, "  ", ""),
        (LANDLORD, 100, "", "R" * 36),
    ],
)
def test_what_a_bank_would_refuse_is_not_made(payee: Payee, cents: int, said: str, reference: str) -> None:
    with pytest.raises(ValueError, match="payment code"):
        payment_code(payee, cents, said, reference=reference)


@settings(max_examples=40)
@given(
    st.text(min_size=1, max_size=200), st.integers(1, 999_999_999_99),
    st.text(st.characters(min_codepoint=32), min_size=1, max_size=200),
)  # fmt: skip
def test_nothing_that_somebody_is_called_or_says_begins_another_line(
    name: str, cents: int, said: str
) -> None:
    try:
        lines = epc_text(Payee(name, LANDLORD.iban), cents, said).split("\n")
    except ValueError:
        assert not name.split() or not said.split()
        return
    assert len(lines) == 11
    assert (len(lines[5]) <= 70, len(lines[10]) <= 140) == (True, True)
    assert lines[7] == f"EUR{cents // 100}.{cents % 100:02d}"


def test_the_longest_payment_is_no_larger_than_the_standard_allows() -> None:
    longest = epc_text(Payee("é" * 70, "NL02ABNA0123456789"), 999_999_999_99, "ë" * 140)
    assert segno.make_qr(longest.encode(), error="m", boost_error=False).version == 13
    assert longest.endswith("ë")
    assert len(longest.encode()) in (330, 331)


def test_the_code_is_drawn_on_white_with_a_quiet_border() -> None:
    picture = drawn(payment_code(LANDLORD, 100, "huur"))
    assert picture.getpixel((0, 0)) == 255
    saved = io.BytesIO()
    picture.save(saved, "PNG")
    assert saved.getbuffer().nbytes > 100
