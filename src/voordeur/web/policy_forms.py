"""The policy as forms over its data: numbers, and rules with conditions chosen from the list of facts."""

from collections.abc import Iterator, Sequence
from dataclasses import fields
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from voordeur.core.conditions import Condition, FactKind, Op
from voordeur.core.fact_catalogue import comparisons, fact_catalogue
from voordeur.core.limits import MONEY_LIMITS, Limits
from voordeur.core.money import decimal_string
from voordeur.core.policy import Action, Policy, Rule
from voordeur.web.case_forms import choices, day_field
from voordeur.web.templatetags.voordeur import said

SPARE = 2
"""Empty lines for conditions under those that are there."""
MOST_CONDITIONS = 20


class NumbersForm(forms.Form):
    """Every number of the policy that has a note, with its meaning and source."""

    def __init__(self, *args: Any, policy: Policy, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in (one.name for one in fields(Limits) if one.name in policy.notes):
            self.fields[name] = _number(policy, name)


def _number(policy: Policy, name: str) -> forms.Field:
    note, value = policy.notes[name], getattr(policy.limits, name)
    label, source = said(note.words), note.source
    if name in MONEY_LIMITS:
        text = decimal_string(value).replace(".", ",")
        return forms.CharField(max_length=12, initial=text, label=label, help_text=source)
    return forms.IntegerField(min_value=0, max_value=9_999, initial=value, label=label, help_text=source)


class RuleForm(forms.Form):
    """What a rule advises, and in which words."""

    action = forms.ChoiceField(label=_("Wat is het advies?"))
    nl = forms.CharField(
        label=_("Waarom, in het Nederlands"), max_length=400, widget=forms.Textarea(attrs={"rows": 2})
    )
    en = forms.CharField(
        label=_("Waarom, in het Engels"), max_length=400, widget=forms.Textarea(attrs={"rows": 2})
    )
    source = forms.CharField(label=_("Waar komt dat vandaan?"), max_length=400)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["action"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = choices((one.value, one.words) for one in Action)

    @staticmethod
    def of(rule: Rule) -> dict[str, Any]:
        """What stands there now."""
        return {
            "action": rule.action.value,
            "nl": rule.reason.nl,
            "en": rule.reason.en,
            "source": rule.source,
        }


class ConditionForm(forms.Form):
    """One condition: a fact, how it is compared, and with what. A line without a fact is left out."""

    fact = forms.ChoiceField(label=_("Feit"), required=False)
    op = forms.ChoiceField(label=_("Vergelijking"), required=False)
    value = forms.DecimalField(label=_("Getal"), required=False, min_value=0, max_value=9_999_999)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, found in (("fact", _facts()), ("op", _ops())):
            field = self.fields[name]
            assert isinstance(field, forms.ChoiceField)
            field.choices = found

    def clean(self) -> dict[str, Any]:
        """A number needs a number, yes and no need none."""
        given = super().clean() or {}
        entry = next((one for one in fact_catalogue() if one.name == given.get("fact")), None)
        if entry is None:
            return given
        if given.get("op") not in {op.value for op, _words in comparisons(entry)}:
            self.add_error("op", _("Deze vergelijking past niet bij dit feit."))
        if entry.kind is FactKind.NUMBER and given.get("value") is None:
            self.add_error("value", _("Vul een getal in."))
        return given

    def text(self) -> str:
        """The condition as the policy writes it; empty for a line without a fact."""
        given = self.cleaned_data
        if not given.get("fact"):
            return ""
        value = given["value"]
        return str(Condition(given["fact"], Op(given["op"]), 1.0 if value is None else float(value)))

    @staticmethod
    def of(condition: Condition) -> dict[str, Any]:
        """What stands there now."""
        plain = condition.op not in (Op.IS, Op.IS_NOT)
        value = f"{condition.value:g}" if plain and isinstance(condition.value, int | float) else None
        return {"fact": condition.fact, "op": condition.op.value, "value": value}


def _facts() -> list[tuple[str, Any]]:
    """The facts under their headings."""
    groups: dict[str, list[tuple[str, str]]] = {}
    for entry in fact_catalogue():
        unit = f" ({said(entry.unit)})" if said(entry.unit) else ""
        groups.setdefault(said(entry.group), []).append((entry.name, said(entry.words) + unit))
    return [("", "–"), *groups.items()]


def _ops() -> list[tuple[str, str]]:
    seen: dict[str, str] = {"": "–"}
    for entry in fact_catalogue():
        seen |= {op.value: said(words) for op, words in comparisons(entry)}
    return list(seen.items())


ConditionFormSet = forms.formset_factory(
    ConditionForm, extra=SPARE, max_num=MOST_CONDITIONS, absolute_max=MOST_CONDITIONS
)


def rule_forms(posted: Any, rule: Rule) -> tuple[RuleForm, Any]:
    """The form of a rule, and the lines of its conditions with a few empty ones."""
    form = RuleForm(posted, initial=RuleForm.of(rule))
    if posted is not None:
        return form, ConditionFormSet(posted)
    return form, ConditionFormSet(initial=[ConditionForm.of(one) for one in rule.when])


def rule_data(form: RuleForm, lines: Sequence[ConditionForm]) -> dict[str, Any]:
    """The rule as data, as far as a form changes it."""
    when = list(_texts(lines))
    return {**form.cleaned_data, "when": when}


def _texts(lines: Sequence[ConditionForm]) -> Iterator[str]:
    for line in lines:
        text = line.text()
        if text:
            yield text


class LiveForm(forms.Form):
    """From when, and why."""

    start = day_field(_("Vanaf welke dag?"))
    note = forms.CharField(
        label=_("Waarom deze verandering?"), max_length=400, widget=forms.Textarea(attrs={"rows": 2})
    )
