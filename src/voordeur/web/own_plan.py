"""A plan on the tenant's own page: chosen, looked at, sent; and its instalments as blocks. Deeds are in `actions`."""

from collections.abc import Sequence

from django.http import HttpRequest
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from voordeur.actions.plan_on_own_page import Preview, preview, propose_plan
from voordeur.actions.tenant_link import Visit
from voordeur.actions.today import today
from voordeur.core.arrangements.watching import InstalmentState
from voordeur.store.queries.arrangements import InstalmentView
from voordeur.web.case_forms import done
from voordeur.web.own_forms import PlanForm
from voordeur.web.templatetags.voordeur import language

SEND = "stuur"
"""What the second button says; the first only shows the schedule."""
_WIDE, _HIGH, _GAP, _LOWEST = 326, 24, 5, 8
_MOST_BLOCKS = 26


def previewed(request: HttpRequest, here: Visit, form: PlanForm) -> Preview | None:
    """The schedule of what was filled in; None while nothing was, or while it cannot be read."""
    return preview(here, form.wished(), today()) if request.method == "POST" and form.is_valid() else None


def sent(request: HttpRequest, here: Visit, form: PlanForm, shown: Preview | None) -> bool:
    """Keep the proposal, when it was seen first and nothing is against it."""
    if shown is None or shown.problems or request.POST.get("stap") != SEND:
        return False
    key = form.cleaned_data["key"]
    return done(form, lambda: propose_plan(here, form.wished(), key, language(), today()))


def blocks(instalments: Sequence[InstalmentView]) -> SafeString:
    """A block per instalment, as high as it is large; filled: paid, thick edge: the next. Nothing when there are many.

    The same stands in words and in the table of all days.
    """
    if not 1 < len(instalments) <= _MOST_BLOCKS:
        return SafeString("")
    width = (_WIDE - _GAP * (len(instalments) - 1)) / len(instalments)
    most = max(one.amount for one in instalments)
    coming = next((one.number for one in instalments if one.state is not InstalmentState.PAID), 0)
    drawn = [
        (
            "now" if one.number == coming else "paid" if one.state is InstalmentState.PAID else "later",
            f"{at * (width + _GAP) + 1:.2f}",
            f"{_HIGH - 1 - high:.2f}",
            f"{width - 2:.2f}",
            f"{high - 1:.2f}",
        )
        for at, one in enumerate(instalments)
        for high in [max(_LOWEST, (_HIGH - 2) * one.amount / most)]
    ]
    rows = format_html_join(
        "",
        '<rect class="vd-own__block vd-own__block--{}" x="{}" y="{}" width="{}" height="{}" rx="3"/>',
        drawn,
    )
    said = _("%(paid)s van %(n)s delen betaald") % {
        "paid": sum(one.state is InstalmentState.PAID for one in instalments), "n": len(instalments)
    }  # fmt: skip
    return format_html(
        '<svg class="vd-own__blocks" viewBox="0 0 {} {}" role="img" aria-label="{}">{}</svg>',
        _WIDE,
        _HIGH,
        said,
        rows,
    )
