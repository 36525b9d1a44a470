"""The chain of the audit log: any edit, removal or reordering is found, at its place."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from voordeur.core.audit import (
    GENESIS,
    Anchor,
    ChainedLine,
    Line,
    anchor_line,
    anchors_in,
    breaks,
    first_break,
    link,
    payload_hash,
)

Chain = list[tuple[Line, str, str]]


def chain_of(length: int) -> Chain:
    chain: Chain = []
    previous = GENESIS
    for number in range(length):
        line = Line(
            "2026-11-22T10:00:00.000000+00:00", "7", "open_file", "visit", f"tenancy:{number}", {"n": number}
        )
        own = link(previous, line)
        chain.append((line, previous, own))
        previous = own
    return chain


def test_a_chain_that_nobody_touched_is_whole() -> None:
    assert first_break(chain_of(5)) is None
    assert first_break([]) is None


@given(st.integers(1, 12), st.data())
def test_an_edited_line_is_found_where_it_stands(length: int, data: st.DataObject) -> None:
    chain = chain_of(length)
    place = data.draw(st.integers(0, length - 1))
    line, previous, own = chain[place]
    chain[place] = (replace(line, actor="8"), previous, own)
    assert first_break(chain) == place


@given(st.integers(2, 12), st.data())
def test_a_removed_line_is_found_at_the_next(length: int, data: st.DataObject) -> None:
    chain = chain_of(length)
    place = data.draw(st.integers(0, length - 2))
    del chain[place]
    assert first_break(chain) == place


def test_two_lines_that_changed_places_are_found() -> None:
    chain = chain_of(4)
    chain[1], chain[2] = chain[2], chain[1]
    assert first_break(chain) == 1


def test_the_canonical_form_does_not_depend_on_the_order_of_keys() -> None:
    one = Line("t", "1", "a", "", "s", {"b": 1, "a": 2})
    other = Line("t", "1", "a", "", "s", {"a": 2, "b": 1})
    assert one.canonical() == other.canonical()


def test_the_keyed_hash_of_details_depends_on_its_salt_and_on_nothing_but_what_was_said() -> None:
    said = {"b": "ja", "a": 1}
    assert payload_hash("00" * 32, said) == payload_hash("00" * 32, {"a": 1, "b": "ja"})
    assert payload_hash("00" * 32, said) != payload_hash("01" * 32, said)


def test_anchors_come_back_from_their_file_and_what_is_no_anchor_is_refused() -> None:
    anchors = [Anchor("2026-11-23T03:00:00.000000+00:00", 4, "a" * 64), Anchor("later", 0, GENESIS)]
    assert anchors_in("".join(map(anchor_line, anchors)) + "\n") == anchors
    for text in ("x", "[]", '{"count": -1, "head": "", "at": ""}', '{"count": 1, "head": "a", "at": "x"}'):
        with pytest.raises(ValueError, match=r"anchor|Expecting"):
            anchors_in(text)


@given(st.integers(3, 12), st.data())
def test_whatever_is_done_inside_the_log_is_found(length: int, data: st.DataObject) -> None:
    """Any rearrangement of the same lines that is not the log itself, or its beginning, has a break."""
    whole = [ChainedLine(number, *one) for number, one in enumerate(chain_of(length))]
    places = data.draw(st.lists(st.integers(0, length - 1), max_size=length))
    rearranged = [whole[place] for place in places]
    assert bool(breaks(rearranged)) is (places != list(range(len(places))))
