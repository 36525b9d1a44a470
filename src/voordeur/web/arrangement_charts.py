"""Charts of arrangements as SVG: what can be missed, the instalments, promised against received. Pure."""

from collections.abc import Sequence

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from voordeur.core.arrangements.budget import Room
from voordeur.core.arrangements.values import Instalment
from voordeur.core.arrangements.watching import InstalmentState
from voordeur.store.queries.arrangements import InstalmentView, MonthOfInstalments
from voordeur.web.charts import WIDTH, Scale
from voordeur.web.templatetags.voordeur import month, short_month
from voordeur.web.templatetags.voordeur import whole as whole_euros

_NONE = mark_safe("")
_STATE_CLASS = {
    InstalmentState.PAID: "vd-fill",
    InstalmentState.MISSED: "vd-fill-wait",
    InstalmentState.PARTLY: "vd-c-open",
    InstalmentState.WAITING: "vd-c-open",
}


def room(found: Room, minimum: int) -> SafeString:
    """A bar: sure, usual, and where living money begins; the lowest workable amount as a tick."""
    most = max(found.left.high, minimum, 100)
    x = Scale(0, most * 4 / 3, 0, WIDTH)
    sure, usual, tick = x(found.left.low), x(found.left.high), x(minimum)
    return format_html(
        '<svg class="vd-chart" viewBox="0 0 {} 52" role="img"><title>{}</title>'
        '<rect class="vd-fill-strong" x="0" y="0" width="{}" height="26" rx="5"/>'
        '<rect class="vd-c-ring" x="{}" y="1" width="{}" height="24" rx="5"/>'
        '<rect class="vd-fill-quiet" x="{}" y="0" width="{}" height="26" rx="5"/>'
        '<line class="vd-c-base" x1="{}" x2="{}" y1="28" y2="34"/>{}{}{}</svg>',
        WIDTH,
        _room_in_words(found, minimum),
        sure,
        round(sure + 1, 1),
        max(0, round(usual - sure - 2, 1)),
        usual,
        round(WIDTH - usual, 1),
        tick,
        tick,
        _at(tick, 48, _said(minimum)),
        _at(sure, 48, _said(found.left.low)) if abs(sure - tick) > 40 else _NONE,
        _at(usual, 48, _said(found.left.high)) if usual - max(sure, tick) > 40 else _NONE,
    )


def _at(left: float, top: int, words: str) -> SafeString:
    return format_html('<text x="{}" y="{}" text-anchor="middle">{}</text>', max(14, left), top, words)


def _said(cents: int) -> str:
    return whole_euros(cents).replace("\u00a0", " ")


def _room_in_words(found: Room, minimum: int) -> str:
    return _(
        "Tot %(low)s lukt ook in een dure maand, tot %(high)s in een gewone maand. Daarboven raakt het leefgeld op. "
        "Onder %(least)s maken we geen regeling."
    ) % {"low": _said(found.left.low), "high": _said(found.left.high), "least": _said(minimum)}


def plan(instalments: Sequence[Instalment], looked: Sequence[InstalmentView] = ()) -> SafeString:
    """A block per instalment, as high as its amount; how each stands when that is known."""
    if not instalments:
        return _NONE
    states = {one.number: one.state for one in looked}
    most = max(one.amount for one in instalments)
    step = WIDTH / len(instalments)
    tall = Scale(0, most, 4, 30)
    blocks = (
        (
            _STATE_CLASS.get(states.get(one.number, InstalmentState.COMING), "vd-fill-quiet"),
            round(at * step, 1),
            round(34 - tall(one.amount), 1),
            round(max(1.0, step - min(4, step / 4)), 1),
            tall(one.amount),
        )
        for at, one in enumerate(instalments)
    )
    return format_html(
        '<svg class="vd-chart" viewBox="0 0 {} 36" role="img"><title>{}</title>{}</svg>',
        WIDTH,
        _plan_in_words(instalments, states),
        format_html_join("", '<rect class="{}" x="{}" y="{}" width="{}" height="{}" rx="3"/>', blocks),
    )


def _plan_in_words(instalments: Sequence[Instalment], states: dict[int, InstalmentState]) -> str:
    paid = sum(1 for state in states.values() if state is InstalmentState.PAID)
    missed = sum(1 for state in states.values() if state is InstalmentState.MISSED)
    said = _("%(count)s termijnen.") % {"count": len(instalments)}
    if states:
        said += " " + _("%(paid)s betaald, %(missed)s niet gekomen.") % {"paid": paid, "missed": missed}
    return said


def promised(months: Sequence[MonthOfInstalments]) -> SafeString:
    """Per month what was promised (hollow) and what came in (full). Nothing when nothing was ever promised."""
    most = max((max(one.promised, one.received) for one in months), default=0)
    if not most:
        return _NONE
    step = WIDTH / len(months)
    tall = Scale(0, most, 0, 110)
    bars = (
        (
            round(at * step + 1, 1), round(120 - tall(one.promised), 1), round(step * 0.8, 1), tall(one.promised),
            round(at * step + 1 + step * 0.2, 1), round(120 - tall(one.received), 1), round(step * 0.4, 1),
            tall(one.received),
        )
        for at, one in enumerate(months)
    )  # fmt: skip
    return format_html(
        '<svg class="vd-chart" viewBox="0 0 {} 144" role="img"><title>{}</title>{}'
        '<line class="vd-c-base" x1="0" x2="{}" y1="120" y2="120"/>{}{}</svg>',
        WIDTH,
        promised_in_words(months),
        format_html_join(
            "",
            '<rect class="vd-fill-quiet" x="{0}" y="{1}" width="{2}" height="{3}"/>'
            '<rect class="vd-fill-strong" x="{4}" y="{5}" width="{6}" height="{7}"/>',
            bars,
        ),
        WIDTH,
        format_html('<text x="0" y="140">{}</text>', short_month(months[0].month)),
        format_html('<text x="{}" y="140" text-anchor="end">{}</text>', WIDTH, short_month(months[-1].month)),
    )


def promised_in_words(months: Sequence[MonthOfInstalments]) -> str:
    """The last whole month in one sentence; the year in the second."""
    if not any(one.promised or one.received for one in months):
        return _("Er is nog niets beloofd.")
    last = months[-2] if len(months) > 1 else months[-1]
    return _(
        "In %(month)s kwam %(received)s binnen van %(promised)s. In %(count)s maanden %(all)s van %(of)s."
    ) % {
        "month": month(last.month),
        "received": whole_euros(last.received),
        "promised": whole_euros(last.promised),
        "count": len(months),
        "all": whole_euros(sum(one.received for one in months)),
        "of": whole_euros(sum(one.promised for one in months)),
    }
