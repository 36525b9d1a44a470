"""What the portfolio page says with its figures: the finding of each panel, the work that waits. Pure."""

from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from voordeur.store.queries import OFFICE, OfficeWork, Portfolio
from voordeur.web import labels
from voordeur.web.charts import flows_in_words
from voordeur.web.figures import is_month_end

_MONTHS_SHOWN = 6
_LINES_SHOWN = 25


@dataclass(frozen=True, slots=True)
class WorkLine:
    """One line of the green panel: how many, what, and where to go."""

    count: int
    title: str
    what: str
    address: str


def work_lines(work: OfficeWork) -> list[WorkLine]:
    """What waits for the consultant, in the order in which it helps most: money first, then data, then people."""
    payments = work.proposals + work.unknown_payments
    lines = [
        WorkLine(
            payments,
            _("Betalingen zonder huurder"),
            _("Koppel ze. Anders belt iemand een huurder die al betaald heeft."),
            reverse("payments"),
        ),
        WorkLine(
            work.problems,
            _("Regels die niet klopten"),
            _("Maak ze goed of haal ze weg."),
            reverse("problems"),
        ),
    ]
    lines += [
        WorkLine(
            count, labels.of("action", step), _("Op de lijst van het kantoor."), f"{reverse('today')}#{step}"
        )
        for step, count in sorted(work.steps.items())
        if step in OFFICE
    ]
    former = _("Zij huren hier niet meer. Bel over wat nog open staat.")
    lines.append(WorkLine(work.former, _("Vertrokken huurders bellen"), former, f"{reverse('today')}#former"))
    return [line for line in lines if line.count]


def panels(portfolio: Portfolio, work: OfficeWork, *, everything: bool) -> dict[str, Any]:
    """The figures of the table and the panels under it; without `everything` only the neighbourhoods that owe most."""
    total = portfolio.total
    moves = list(reversed(portfolio.trend))[:_MONTHS_SHOWN]
    flows = [point for point in reversed(portfolio.trend) if is_month_end(point.on)]
    steps = sorted(work.steps.items(), key=lambda step: -step[1])
    lines = work_lines(work)
    shown = portfolio.lines if everything else portfolio.lines[:_LINES_SHOWN]
    return {
        "lines": shown,
        "lines_left": len(portfolio.lines) - len(shown),
        "widest": max((max(line.buckets) for line in portfolio.lines), default=0),
        "share": _share(total.in_arrears, total.tenancies),
        "moves": moves,
        "flows": flows,
        "flow_words": flows_in_words(flows[0]) if flows else "",
        "most_households": max((point.in_arrears for point in moves), default=0),
        "steps": steps,
        "most_steps": max((count for _step, count in steps), default=0),
        "work_lines": lines,
        "work_count": sum(line.count for line in lines),
    }


def _share(part: int, whole: int) -> int | None:
    """`6`, as in "6 of every 100"; None without households."""
    return round(100 * part / whole) if whole else None
