"""What is filled in about an arrangement: a short budget, the terms, how the tenant agreed, a mandate, an end."""

from datetime import date, timedelta
from typing import Any
from uuid import UUID, uuid4

from django import forms
from django.utils.translation import gettext_lazy as _

from voordeur.actions.agree_arrangement import Consent
from voordeur.actions.change_arrangement import LONGEST_REASON
from voordeur.actions.propose_arrangement import Proposal
from voordeur.adapters.arrangement_rules import load_arrangement_rules
from voordeur.core.arrangements.budget import Cost, CostKind, HouseholdBudget, Income, IncomeKind
from voordeur.core.arrangements.schedule import first_pay_day
from voordeur.core.arrangements.values import EndReason, Rhythm, Step, Terms
from voordeur.core.contacts import Channel
from voordeur.core.schemes.household import Span
from voordeur.store.queries.arrangements import Table
from voordeur.web.case_forms import EurosField, choices, day_field
from voordeur.web.templatetags.voordeur import amount

INCOMES = (0, 1, 2)
_SMALL = {"inputmode": "decimal", "autocomplete": "off"}


def euros_field(label: Any, **more: Any) -> EurosField:
    """An amount as people write it."""
    return EurosField(label=label, required=False, widget=forms.TextInput(attrs=_SMALL), **more)


class TermsForm(forms.Form):
    """How much, how often, from when. All of it may change while people talk."""

    amount = euros_field(_("Bedrag per keer"))
    rhythm = forms.ChoiceField(label=_("Hoe vaak?"))
    first = day_field(_("Eerste keer"))
    lump = euros_field(_("Eerst in één keer (mag leeg)"))
    lump_on = day_field(_("Op welke dag?"), required=False)
    step_after = forms.IntegerField(
        label=_("Na zo veel keer een ander bedrag (mag leeg)"), required=False, min_value=1, max_value=100
    )
    step_amount = euros_field(_("Welk bedrag dan?"))

    def __init__(self, *args: Any, left: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._left = left
        self.fields["rhythm"].choices = choices((one.value, one.words) for one in Rhythm)  # type: ignore[attr-defined]

    @property
    def total(self) -> int:
        """Cents to be paid."""
        return self._left

    def terms(self) -> Terms:
        """What was filled in; more than all of it at a time is all of it. Only when valid."""
        given = self.cleaned_data
        later = given["step_after"] and given["step_amount"]
        steps = [Step(given["step_after"], min(given["step_amount"], self.total))] if later else []
        return Terms(
            total=self.total,
            amount=min(given["amount"], self.total),
            rhythm=Rhythm(given["rhythm"]),
            first=given["first"],
            lump=given["lump"],
            lump_on=(given["lump_on"] or given["first"]) if given["lump"] else None,
            steps=tuple(steps),
        )


class ArrangementForm(TermsForm):
    """The whole talk on one page: what comes in, what goes out, what is agreed."""

    key = forms.UUIDField(widget=forms.HiddenInput)
    partner = forms.BooleanField(label=_("Met een partner"), required=False)
    children = forms.IntegerField(label=_("Kinderen thuis"), required=False, min_value=0, max_value=15)
    living = euros_field(_("Leefgeld per maand (leeg: het bedrag van het beleid)"))
    name = forms.CharField(label=_("Wie ging akkoord?"), required=False, max_length=120)
    channel = forms.ChoiceField(label=_("Waar was dat?"), required=False)
    language = forms.ChoiceField(label=_("Taal van de afspraak"), required=False)

    def __init__(self, *args: Any, table: Table, today: date, **kwargs: Any) -> None:
        start = table.pay_day or 1
        first = first_pay_day(today, min(max(start, 1), 31), load_arrangement_rules())
        initial = {
            "key": uuid4(), "rhythm": Rhythm.MONTHLY.value, "first": first, "language": table.language,
            "cost_housing": amount(table.rent) if table.rent else "", "channel": Channel.PHONE.value,
        }  # fmt: skip
        super().__init__(*args, left=table.open, initial=initial, **kwargs)
        self._add_incomes()
        self._add_costs()
        self.fields["channel"].choices = [  # type: ignore[attr-defined]
            (Channel.PHONE.value, _("Aan de telefoon")), (Channel.APPOINTMENT.value, _("Op kantoor")),
            (Channel.VISIT.value, _("Aan tafel, thuis")),
        ]  # fmt: skip
        self.fields["language"].choices = [("nl", _("Nederlands")), ("en", _("Engels"))]  # type: ignore[attr-defined]

    def _add_incomes(self) -> None:
        kinds = [("", "–"), *choices((one.value, one.words) for one in IncomeKind)]
        for at in INCOMES:
            self.fields[f"income_{at}_kind"] = forms.ChoiceField(
                label=_("Waarvan?"), choices=kinds, required=False
            )
            self.fields[f"income_{at}_low"] = euros_field(_("Netto per maand"))
            self.fields[f"income_{at}_high"] = euros_field(_("tot (bij een schatting)"))
            self.fields[f"income_{at}_day"] = forms.IntegerField(
                label=_("Komt op de"), required=False, min_value=1, max_value=31
            )

    def _add_costs(self) -> None:
        for kind, words in choices((one.value, one.words) for one in CostKind):
            self.fields[f"cost_{kind}"] = euros_field(words)
            self.fields[f"cost_{kind}_high"] = euros_field(_("tot (bij een schatting)"))

    @property
    def income_rows(self) -> list[tuple[Any, ...]]:
        """The fields of each source of income: kind, amount, up to, day."""
        return [
            tuple(self[f"income_{at}_{part}"] for part in ("kind", "low", "high", "day")) for at in INCOMES
        ]

    @property
    def cost_rows(self) -> list[tuple[Any, Any]]:
        """The fields of each cost."""
        return [(self[f"cost_{kind.value}"], self[f"cost_{kind.value}_high"]) for kind in CostKind]

    def budget(self) -> HouseholdBudget | None:
        """What was said about money; None when nothing was filled in about income (a zero is something).

        Only when valid.
        """
        given = self.cleaned_data
        incomes = [
            Income(
                IncomeKind(given[f"income_{at}_kind"] or IncomeKind.OTHER),
                self._span(f"income_{at}_low", f"income_{at}_high"),
                pay_day=given[f"income_{at}_day"],
            )
            for at in INCOMES
            if (self[f"income_{at}_low"].value() or "").strip()
        ]
        if not incomes:
            return None
        costs = [
            Cost(kind, self._span(f"cost_{kind.value}", f"cost_{kind.value}_high"))
            for kind in CostKind
            if given[f"cost_{kind.value}"] or given[f"cost_{kind.value}_high"]
        ]
        living = Span(given["living"], given["living"]) if given["living"] else None
        return HouseholdBudget(tuple(incomes), tuple(costs), given["partner"], given["children"] or 0, living)

    def _span(self, low: str, high: str) -> Span:
        first, last = self.cleaned_data[low], self.cleaned_data[high]
        return Span(first, max(first, last))

    def proposal(self) -> Proposal:
        """What goes to the action. Only when valid."""
        return Proposal(
            UUID(str(self.cleaned_data["key"])),
            self.terms(),
            "office",
            self.cleaned_data["language"],
            self.budget(),
        )

    def consent(self) -> Consent:
        """How the tenant agreed in this talk. Only when valid."""
        given = self.cleaned_data
        return Consent(
            "spoken",
            given["name"],
            language=given["language"],
            channel=Channel(given["channel"] or Channel.PHONE),
        )


class SpreadForm(TermsForm):
    """Spread what is left anew."""

    @classmethod
    def fresh(cls, today: date, terms: dict[str, Any]) -> dict[str, Any]:
        """What stands there at first: as it was, from four weeks on."""
        return {
            "amount": amount(terms.get("amount", 0)),
            "rhythm": terms.get("rhythm", Rhythm.MONTHLY.value),
            "first": today + timedelta(days=28),
        }


class EndForm(forms.Form):
    """Why it ends."""

    reason = forms.ChoiceField(label=_("Waarom stopt deze regeling?"), widget=forms.RadioSelect)
    said = forms.CharField(
        label=_("Wat is er gebeurd?"), max_length=LONGEST_REASON, widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Schrijf niets op over gezondheid."),
    )  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        reasons = [one for one in EndReason if one is not EndReason.REPLACED]
        self.fields["reason"].choices = choices((one.value, one.words) for one in reasons)  # type: ignore[attr-defined]


class MandateForm(forms.Form):
    """Leave to collect."""

    iban = forms.CharField(
        label=_("Rekeningnummer (IBAN)"), max_length=42, widget=forms.TextInput(attrs={"autocomplete": "off"})
    )
    holder = forms.CharField(label=_("Op naam van"), max_length=70)


class CollectForm(forms.Form):
    """Up to which day instalments are collected."""

    until = day_field(_("Termijnen tot en met"))
