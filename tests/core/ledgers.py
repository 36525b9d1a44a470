"""Made-up ledgers for property tests: every kind of entry, in every order, on few days so they collide."""

from datetime import date, timedelta

from hypothesis import strategies as st

from voordeur.core.ledger import Component, Entry, Kind

FIRST_DAY = date(2026, 1, 1)
DAYS = 40  # days on which an entry can count, known days and due days a little beyond
LAST_DAY = FIRST_DAY + timedelta(days=DAYS + 60)

_KINDS = (
    [Kind.CHARGE] * 6 + [Kind.PAYMENT] * 5 + [Kind.REVERSAL] * 3
    + [Kind.CORRECTION] * 2 + [Kind.REFUND, Kind.WRITE_OFF]
)  # fmt: skip
_PARTS = (Component.COSTS, Component.INTEREST)
_LAYS_OUT = (Kind.PAYMENT, Kind.CORRECTION, Kind.WRITE_OFF)

days = st.integers(0, DAYS).map(lambda offset: FIRST_DAY + timedelta(days=offset))


@st.composite
def ledgers(draw: st.DrawFn, most: int = 14) -> list[Entry]:
    """A ledger of one tenancy, in the order in which a file might hold it: roughly that of the days.

    What is referred to mostly exists and is of the right kind; but it may come later, be anything, or not exist.
    """
    kinds = draw(st.lists(st.sampled_from(_KINDS), max_size=most))
    names = {f"e{number}": kind for number, kind in enumerate(kinds)}
    return [draw(_entries(number, names)) for number in range(len(kinds))]


@st.composite
def _entries(draw: st.DrawFn, number: int, names: dict[str, Kind]) -> Entry:
    id_ = f"e{number}"
    kind = names[id_]
    on = FIRST_DAY + timedelta(days=min(max(0, number * 2 + draw(st.integers(-6, 6))), DAYS))
    charge = kind is Kind.CHARGE
    component = draw(st.sampled_from(Component)) if charge else Component.RENT
    claims = component in _PARTS or (kind in (Kind.REFUND, Kind.REVERSAL) and draw(st.integers(0, 3)) == 0)
    return Entry(
        id=id_,
        date=on,
        kind=kind,
        amount=draw(_amounts(kind)),
        due=on + timedelta(days=draw(st.integers(-5, 30))) if charge and draw(st.booleans()) else None,
        known=on + timedelta(days=draw(st.integers(-3, 20))) if draw(st.integers(0, 2)) == 0 else None,
        component=component,
        claim=draw(_one_of(names, Kind.CHARGE)) if claims else None,
        designates=draw(_one_of(names, Kind.CHARGE)) if not charge and draw(st.booleans()) else None,
        reverses=draw(_one_of(names, *_LAYS_OUT)) if kind is Kind.REVERSAL else None,
        sequence=draw(st.integers(0, 2)),
    )


def _amounts(kind: Kind) -> st.SearchStrategy[int]:
    """Payments are larger than charges, so that one pays several; many amounts are alike."""
    if kind is Kind.CORRECTION:
        return st.integers(-12, 12)
    return st.sampled_from([10, 10, 20, 30]) | st.integers(0, 30 if kind is not Kind.CHARGE else 12)


def _one_of(names: dict[str, Kind], *wanted: Kind) -> st.SearchStrategy[str]:
    """Mostly the id of an entry of a wanted kind."""
    right = [name for name, kind in names.items() if kind in wanted]
    anything = st.sampled_from([*names, "unknown"])
    return st.one_of(*([st.sampled_from(right)] * 4 if right else []), anything)
