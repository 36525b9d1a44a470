"""One profile laid on a table: where is the header, which column may be which of our fields, what is missing?"""

from collections.abc import Sequence
from typing import Final

from voordeur.adapters.booking import meaning_or_none, meaning_reader
from voordeur.adapters.doubts import candidates_doubt
from voordeur.adapters.evidence import cell
from voordeur.adapters.profiles import FIELDS, Direction, Profile, names_of, plain_name
from voordeur.adapters.recognition import Column
from voordeur.adapters.spreadsheet import Row
from voordeur.core.problems import Problem

HEADER_WITHIN: Final = 60
"""Rows from the top in which the header must stand."""
DECISIVE: Final = ("tenancy", "date", "kind", "amount", "debit", "credit", "side", "due", "start", "rent")
"""Fields for which two candidates are a question, not a choice."""
_KINDS = ("ledger", "tenancies", "homes", "neighbourhoods")  # a sheet that fits several is the first of these


class Fit:
    """One profile laid on the header row in which it knows most names."""

    def __init__(self, top: list[Row], profile: Profile, preference: int) -> None:
        self.profile = profile
        self.header_row, self.header = _find_header(top, profile)
        self.candidates = _candidates(self.header, profile)
        self.matched = len(self.candidates)
        self.missing = _missing(profile, frozenset(self.candidates))
        usable = self.matched > 0 and not self.missing
        order = -_KINDS.index(profile.kind) if usable else 0
        own = usable and profile.exact
        self.score = (usable, own, order, self._knows_kinds(top), self.matched, preference)

    def _knows_kinds(self, top: list[Row]) -> bool:
        """False when the kind column holds words of another vocabulary."""
        if "kind" not in self.candidates:
            return True
        at = self.candidates["kind"][0].position
        words = [cell(cells, at) for row, cells in top[:200] if row > self.header_row]
        read = meaning_reader(self.profile.words, None)
        known = sum(meaning_or_none(read, word) is not None for word in words)
        return known * 2 >= sum(1 for word in words if word.strip())


def _find_header(top: list[Row], profile: Profile) -> tuple[int, list[str]]:
    """The row in which most cells are a name that the profile knows; the first of equals."""
    names = names_of([profile])
    best_row, best_cells, best = 0, [""], 0
    for row, cells in top[:HEADER_WITHIN]:
        if profile.header_row == row:
            return row, cells
        known = len({plain_name(text) for text in cells} & names)
        if known > best and profile.header_row is None:
            best_row, best_cells, best = row, cells, known
    return best_row, best_cells


def _candidates(header: Sequence[str], profile: Profile) -> dict[str, list[Column]]:
    """Our field -> the columns that bear one of its names, first choice names before second choice."""
    found: dict[str, list[Column]] = {}
    plain = [plain_name(text) for text in header]
    for name in FIELDS[profile.kind]:
        for rank in profile.ranks(name):
            columns = [
                Column(at, header[at].strip()) for at, text in enumerate(plain) if text and text in rank
            ]
            if columns:
                found[name] = columns
                break
    if profile.kind == "ledger" and "date" not in found and "due" in found:
        found["date"] = found["due"]  # a list of charges with only the day they must be paid
    return found


def _missing(profile: Profile, have: frozenset[str]) -> list[str]:
    """The fields without which this kind of table makes no sense; alternatives are joined with a slash."""
    needs: list[tuple[str, ...]] = [(name,) for name in profile.needs]
    if profile.kind == "ledger":
        needs += [("tenancy",), ("date",), ("amount", "debit")]
        needs += [("debit",)] if "credit" in have and "amount" not in have else []
        needs += [("credit",)] if "debit" in have and "amount" not in have else []
    elif profile.kind == "tenancies":
        # Not rent: an amount per tenancy may as well be what was charged in a month.
        needs += [("tenancy",), ("name", "surname", "start", "home", "street", "address", "iban", "mandate")]
    elif profile.kind == "homes":
        needs += [("home", "street", "address", "postcode", "bag_id")]
    else:
        needs += [("neighbourhood",), ("manager",)]
    if profile.exact:
        needs += [(name,) for name in profile.columns]
    return list(dict.fromkeys("/".join(names) for names in needs if not have & set(names)))


def choose(fit: Fit, sample: list[list[str]]) -> tuple[dict[str, Column], list[Problem]]:
    """One column per field. Two candidates with different content for a decisive field are a doubt."""
    chosen, doubts = {}, []
    for name, columns in fit.candidates.items():
        chosen[name] = columns[0]
        if name in DECISIVE and not _alike(columns, sample):
            doubts.append(candidates_doubt(name, columns))
    if "amount" in chosen and {"debit", "credit"} & set(chosen):
        pair = [chosen[name] for name in ("debit", "credit") if name in chosen]
        if fit.profile.direction in (None, Direction.COLUMNS, Direction.COLUMNS_SIGNED):
            doubts.append(candidates_doubt("amount", [chosen["amount"], *pair]))
    return chosen, doubts


def _alike(columns: list[Column], sample: list[list[str]]) -> bool:
    first = columns[0]
    return all(
        cell(row, first.position).strip() == cell(row, other.position).strip()
        for other in columns[1:]
        for row in sample
    )
