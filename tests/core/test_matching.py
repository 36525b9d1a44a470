"""Which tenancy a payment belongs to: certain by a sign of its own, else a proposal, never a guess."""

import pytest

from voordeur.core.matching import Match, Payer, Payment, Sign, in_words, index, ordered_words

MOLENSTRAAT = Payer(
    1, reference="5000056789012345", mandate="M-1", names=("A. van der Bèrg-Dijkstra",), address="Molenstraat 14 B",
    amounts=frozenset({65515}),
)  # fmt: skip
KADE = Payer(2, mandate="M-2", names=("J. de Wit",), address="Kade 9 2", amounts=frozenset({51275, 59800}))
LINDELAAN = Payer(3, names=("P. Oudshoven",), address="Lindelaan 6", amounts=frozenset({59800}))
ACCOUNTS = {"NL01BANK0000000001": [1], "NL02BANK0000000002": [2, 3], "NL03BANK0000000003": [None]}
PAYERS = index([MOLENSTRAAT, KADE, LINDELAAN], ACCOUNTS)


@pytest.mark.parametrize(
    ("payment", "expected"),
    [
        # a reference is certain, wherever it is written, and beats the account it comes from
        (Payment(100, reference="5000056789012345"), Match(1, Sign.REFERENCE, True)),
        (Payment(100, remittance="kenmerk 5000056789012345 huur"), Match(1, Sign.REFERENCE, True)),
        (
            Payment(100, reference="5000056789012345", iban="NL02BANK0000000002"),
            Match(1, Sign.REFERENCE, True),
        ),
        (Payment(100, mandate="M-2"), Match(2, Sign.MANDATE, True)),
        # an account that pays for one home is certain whatever the amount
        (Payment(1, iban="NL01BANK0000000001"), Match(1, Sign.IBAN, True)),
        # an account that pays for two homes is a proposal when one amount fits, else nothing
        (Payment(51275, iban="NL02BANK0000000002"), Match(2, Sign.IBAN_AMOUNT, False)),
        (Payment(59800, iban="NL02BANK0000000002"), None),
        # name or address only together with the amount, and only when one tenancy fits
        (Payment(59800, name="J de Wit", remittance="huur"), Match(2, Sign.AMOUNT_NAME, False)),
        (Payment(59800, name="Mw A vd Berg-Dykstra"), None),
        (Payment(65515, name="Mw A vd Berg-Dykstra"), Match(1, Sign.AMOUNT_NAME, False)),
        (Payment(51275, name="Een Ander", remittance="nov Kade 9-2"), Match(2, Sign.AMOUNT_ADDRESS, False)),
        (Payment(51275, name="Een Ander", remittance="nov Kade 19"), None),
        (Payment(12345, name="J de Wit"), None),
        (Payment(59800, name="Wit en Oudshoven"), None),
        (Payment(59800), None),
    ],
)
def test_find(payment: Payment, expected: Match | None) -> None:
    assert PAYERS.find(payment) == expected


def test_an_account_that_never_pays_rent() -> None:
    assert PAYERS.never_rent(Payment(100, iban="NL03BANK0000000003"))
    assert not PAYERS.never_rent(Payment(100))


def test_a_sign_that_stands_at_two_tenancies_is_no_sign() -> None:
    twice = index([Payer(1, reference="5000056789012345"), Payer(2, reference="5000056789012345")], {})
    assert twice.find(Payment(100, reference="5000056789012345")) is None


def test_words_are_compared_without_capitals_accents_and_ij() -> None:
    assert ordered_words("Dé Wìj-Straat 3A") == ["de", "wy", "straat", "3a"]


def test_every_sign_is_explained_in_both_languages() -> None:
    for sign in Sign:
        assert in_words(sign).nl
        assert in_words(sign).en
