"""What people fill in around the check on schemes. The questions themselves are read by `adapters.scheme_form`."""

from typing import Any

from django import forms
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from voordeur.core.schemes.follow_up import Step, TaskState
from voordeur.web.case_forms import EurosField, choices, day_field
from voordeur.web.templatetags.voordeur import language

STATES = tuple(TaskState)
_OWN = frozenset({"csrfmiddlewaretoken", "sealed", "key", "toestemming", "taal"})


def posted(request: HttpRequest) -> tuple[str, dict[str, list[str]]]:
    """The sealed talk, and what was filled in on the screen."""
    fields = {str(name): list(map(str, values)) for name, values in request.POST.lists() if name not in _OWN}
    return request.POST.get("sealed", ""), fields


def paper_language(request: HttpRequest) -> str:
    """In which language the tenant reads; else that of the screen."""
    chosen = request.POST.get("taal", "")
    return chosen if chosen in ("nl", "en") else language()


def states_of(chosen: str) -> tuple[TaskState, ...]:
    """The state that a list asks for; none for what is open."""
    return (TaskState(chosen),) if chosen in set(TaskState) else ()


class AmountsForm(forms.Form):
    """Of which day the amounts are shown."""

    dag = day_field(_("Op welke dag?"))


class FollowForm(forms.Form):
    """What became of a scheme."""

    state = forms.ChoiceField(label=_("Wat is er gebeurd?"), widget=forms.RadioSelect)
    state_on = day_field(_("Op welke dag?"))
    granted = EurosField(
        label=_("Toegekend: hoeveel per maand?"),
        required=False,
        help_text=_("Alleen als het is toegekend."),
        widget=forms.TextInput(attrs={"inputmode": "decimal"}),
    )
    since = day_field(_("Toegekend: vanaf welke dag?"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["state"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = choices((one.value, one.words) for one in TaskState)

    def step(self) -> Step:
        """What was filled in. Only when valid."""
        given = self.cleaned_data
        return Step(TaskState(given["state"]), given["state_on"], given["granted"] or None, given["since"])
