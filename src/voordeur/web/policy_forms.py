"""The policy as forms over its data: its name, its numbers, and the day on which it begins to count."""

from collections.abc import Iterator
from dataclasses import fields
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from voordeur.core.limits import MONEY_LIMITS, Limits
from voordeur.core.money import decimal_string
from voordeur.core.policy import Note, Policy
from voordeur.web.case_forms import day_field
from voordeur.web.templatetags.voordeur import said


class TitleForm(forms.Form):
    """What the policy is called."""

    nl = forms.CharField(label=_("Naam, in het Nederlands"), max_length=120)
    en = forms.CharField(label=_("Naam, in het Engels"), max_length=120)

    @staticmethod
    def of(policy: Policy) -> dict[str, Any]:
        """What stands there now."""
        return {"nl": policy.title.nl, "en": policy.title.en}


class NumbersForm(forms.Form):
    """Every number of the policy that has a note, with its meaning and source; names are paths of the policy file."""

    def __init__(self, *args: Any, policy: Policy, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for path, value, note in numbers(policy):
            self.fields[path] = _number(path, value, note)


def numbers(policy: Policy) -> Iterator[tuple[str, int, Note]]:
    """(path in the policy file, number, its meaning and source): limits, contact budget, minutes, hours."""
    for name in (one.name for one in fields(Limits) if one.name in policy.notes):
        yield f"limits.{name}", getattr(policy.limits, name), policy.notes[name]
    if policy.contact_window is not None:
        yield "contact_window", policy.contact_window.value, policy.contact_window.note
    for action, one in policy.minutes.items():
        yield f"minutes.{action.value}", one.value, one.note
    for place, one in policy.hours.items():
        yield f"hours.{place}", one.value, one.note


def _number(path: str, value: int, note: Note) -> forms.Field:
    label, source = said(note.words), note.source
    if path.removeprefix("limits.") in MONEY_LIMITS:
        text = decimal_string(value).replace(".", ",")
        return forms.CharField(max_length=12, initial=text, label=label, help_text=source)
    return forms.IntegerField(min_value=0, max_value=9_999, initial=value, label=label, help_text=source)


class LiveForm(forms.Form):
    """From when, and why."""

    start = day_field(_("Vanaf welke dag?"))
    note = forms.CharField(
        label=_("Waarom deze verandering?"), max_length=400, widget=forms.Textarea(attrs={"rows": 2})
    )
