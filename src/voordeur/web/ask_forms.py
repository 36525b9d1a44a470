"""What staff fill in about something that a tenant asked on the own page."""

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from voordeur.actions.answer_ask import LONGEST_WORDS
from voordeur.core.contacts import DayPart
from voordeur.store import queries
from voordeur.store.models import TenantAsk
from voordeur.web import figures
from voordeur.web.case_forms import choices, day_field
from voordeur.web.guard import StaffRequest


class PlanAskForm(forms.Form):
    """Who does it, and when."""

    who = forms.ChoiceField(label=_("Wie doet het?"), error_messages={"required": _("Kies er een.")})
    day = day_field(_("Op welke dag?"))
    part = forms.ChoiceField(
        label=_("Welk deel van de dag? (mag leeg)"), required=False, widget=forms.RadioSelect
    )

    def __init__(self, *args: Any, people: list[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        parts = choices((one.value, one.words) for one in DayPart)
        self._list("who", [(str(pk), name) for pk, name in people])
        self._list("part", [("", _("maakt niet uit")), *parts])

    def _list(self, name: str, found: list[tuple[str, Any]]) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)
        field.choices = found

    def plan(self) -> dict[str, Any]:
        """What was filled in, as the action takes it. Only when valid."""
        given = self.cleaned_data
        part = DayPart(given["part"]) if given["part"] else None
        return {"who": int(given["who"]), "day": given["day"], "part": part}


class AnswerForm(forms.Form):
    """An answer that the tenant reads."""

    answer = forms.CharField(
        label=_("Of antwoord met een zin. De huurder leest die op de eigen pagina."), max_length=LONGEST_WORDS,
        widget=forms.Textarea(attrs={"rows": 2}),
    )  # fmt: skip


def plan_form(request: StaffRequest, row: TenantAsk, today: date) -> PlanAskForm:
    """The form, with what the tenant asked filled in: on the day they would like, or today when that has passed."""
    day = max(row.day, today) if row.day else today
    people = queries.people_near(row.tenancy_id, today)
    own = request.user.pk if request.user.pk in dict(people) else None
    first = {"who": own, "day": day, "part": row.part}
    return PlanAskForm(figures.posted(request), initial=first, people=people)
