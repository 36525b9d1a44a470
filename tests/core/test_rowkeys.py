"""The same row gets the same key; parts cannot run into each other."""

from voordeur.core.rowkeys import row_key


def test_the_same_parts_give_the_same_key() -> None:
    assert row_key("bank", "NL91", 7) == row_key("bank", "NL91", "7")
    assert len(row_key("x")) == 32


def test_parts_stay_apart() -> None:
    assert row_key("ab", "c") != row_key("a", "bc")
    assert row_key("a", None) == row_key("a", "")
