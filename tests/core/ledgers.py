"""Made-up ledgers for property tests: every kind of entry, in every order, on few days so they collide."""

from datetime import date, timedelta

from hypothesis import strategies as st

from voordeur.core.ledger import Component, Entry, Kind

FIRST_DAY = date(2026, 1, 1)
DAYS = 40  # days on which an entry can count, known days and due days a little beyond
LAST_DAY = FIRST_DAY + timedelta(days=DAYS + 60)

_KINDS = (
    [Kind.CHARGE] * 5 + [Kind.PAYMENT] * 5 + [Kind.REVERSAL] * 3
    + [Kind.CORRECTION] * 2 + [Kind.REFUND, Kind.WRITE_OFF]
)  # fmt: skip

days = st.integers(0, DAYS).map(lambda offset: FIRST_DAY + timedelta(days=offset))


@st.composite
def ledgers(draw: st.DrawFn, most: int = 14) -> list[Entry]:
    """A ledger of one tenancy, in the order in which a file might hold it.

    Ids that are referred to may come later, may be of the wrong kind, or may not exist at all.
    """
    ids = [f"e{number}" for number in range(draw(st.integers(0, most)))]
    return [draw(_entries(id_, [*ids, "unknown"])) for id_ in ids]


@st.composite
def _entries(draw: st.DrawFn, id_: str, others: list[str]) -> Entry:
    kind = draw(st.sampled_from(_KINDS))
    on = draw(days)
    other = st.sampled_from(others)
    charge = kind is Kind.CHARGE
    component = draw(st.sampled_from(Component)) if charge else Component.RENT
    part = component in (Component.COSTS, Component.INTEREST)
    return Entry(
        id=id_,
        date=on,
        kind=kind,
        amount=draw(st.integers(-12 if kind is Kind.CORRECTION else 0, 12)),
        due=on + timedelta(days=draw(st.integers(-5, 30))) if charge and draw(st.booleans()) else None,
        known=on + timedelta(days=draw(st.integers(-3, 20))) if draw(st.booleans()) else None,
        component=component,
        claim=draw(other) if part and draw(st.booleans()) else None,
        designates=draw(other) if not charge and draw(st.integers(0, 3)) == 0 else None,
        reverses=draw(other) if kind is Kind.REVERSAL else None,
        sequence=draw(st.integers(0, 2)),
    )
