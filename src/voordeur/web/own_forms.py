"""What a tenant fills in on the own page. The deeds are in `actions.ask_on_own_page`."""

from datetime import date
from typing import Any
from uuid import uuid4

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from voordeur.actions.ask_on_own_page import LONGEST_WORDS, Asked
from voordeur.actions.plan_on_own_page import Start, Wished
from voordeur.core.arrangements.values import Rhythm
from voordeur.core.contacts import DayPart
from voordeur.core.rights import RequestKind
from voordeur.core.tenant_asks import AskKind
from voordeur.web.case_forms import EurosField, choices
from voordeur.web.forms import DayInput
from voordeur.web.templatetags.voordeur import language


class AskForm(forms.Form):
    """To be rung or visited: how, when, and what it is about."""

    kind = forms.ChoiceField(
        label=_("Wat wilt u?"), widget=forms.RadioSelect, error_messages={"required": _("Kies er een.")}
    )
    day = forms.DateField(
        label=_("Op welke dag? (mag leeg)"), required=False, widget=DayInput(),
        error_messages={"invalid": _("Deze dag bestaat niet.")},
    )  # fmt: skip
    part = forms.ChoiceField(label=_("Welk deel van de dag?"), required=False, widget=forms.RadioSelect)
    words = forms.CharField(
        label=_("Wilt u iets vertellen? (mag leeg)"), required=False, max_length=LONGEST_WORDS,
        widget=forms.Textarea(attrs={"rows": 3}), help_text=_("Schrijf niets over uw gezondheid."),
    )  # fmt: skip
    only_so = forms.BooleanField(
        label=_("Neem voortaan alleen zo contact met mij op, en op dit deel van de dag."), required=False
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._list(
            "kind", [(AskKind.CALL.value, _("Bel mij")), (AskKind.VISIT.value, _("Kom bij mij langs"))]
        )
        parts = choices((one.value, one.words) for one in DayPart)
        self._list("part", [("", _("maakt niet uit")), *parts])

    def _list(self, name: str, found: list[tuple[str, Any]]) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)
        field.choices = found

    def asked(self) -> Asked:
        """What was filled in. Only when valid."""
        given = self.cleaned_data
        day: date | None = given["day"]
        part = DayPart(given["part"]) if given["part"] else None
        return Asked(AskKind(given["kind"]), day, part, given["words"], given["only_so"], language())


class PlanForm(forms.Form):
    """A plan: how much each time, how often, from when. The key is made with the page."""

    key = forms.UUIDField(widget=forms.HiddenInput)
    amount = EurosField(
        label=_("Hoeveel kunt u per keer betalen?"), widget=forms.TextInput(attrs={"inputmode": "decimal"})
    )
    rhythm = forms.ChoiceField(label=_("Hoe vaak?"), widget=forms.RadioSelect)
    first = forms.DateField(
        label=_("Op welke dag betaalt u de eerste keer?"), widget=DayInput(),
        help_text=_("Kies een dag waarop u geld krijgt, of de dag erna."),
        error_messages={"required": _("Vul een dag in."), "invalid": _("Deze dag bestaat niet.")},
    )  # fmt: skip

    def __init__(self, data: QueryDict | None, start: Start) -> None:
        first = {"key": uuid4(), "rhythm": Rhythm.MONTHLY.value, "first": start.first}
        super().__init__(data, initial=first)
        rhythm = self.fields["rhythm"]
        assert isinstance(rhythm, forms.ChoiceField)
        rhythm.choices = choices((one.value, one.words) for one in Rhythm)

    def clean_amount(self) -> int:
        """Cents; nothing is no plan."""
        cents: int = self.cleaned_data["amount"]
        if cents <= 0:
            raise forms.ValidationError(_("Vul een bedrag in."))
        return cents

    def wished(self) -> Wished:
        """What was chosen. Only when valid."""
        given = self.cleaned_data
        return Wished(given["amount"], Rhythm(given["rhythm"]), given["first"])


class ChangeForm(forms.Form):
    """Why another arrangement, in the tenant's own words."""

    words = forms.CharField(
        label=_("Wat lukt wel?"), max_length=LONGEST_WORDS, widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Bijvoorbeeld: 40 euro per maand, na de 25e. Schrijf niets over uw gezondheid."),
        error_messages={"required": _("Hier staat nog niets.")},
    )  # fmt: skip

    def asked(self) -> Asked:
        """What was filled in. Only when valid."""
        return Asked(AskKind.CHANGE, words=self.cleaned_data["words"], language=language())


class WordsForm(forms.Form):
    """Ask for everything that is kept, or say what is wrong, in the tenant's own words."""

    ask = forms.ChoiceField(
        choices=[(RequestKind.ACCESS.value, ""), (RequestKind.CORRECTION.value, "")], widget=forms.HiddenInput
    )
    words = forms.CharField(
        label=_("Wat klopt er niet?"), max_length=LONGEST_WORDS, required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )  # fmt: skip

    def clean(self) -> dict[str, Any]:
        """Who says that something is wrong, says what."""
        given = super().clean() or {}
        if given.get("ask") == RequestKind.CORRECTION and not given.get("words"):
            self.add_error("words", str(_("Hier staat nog niets.")))
        return given

    def kind(self) -> RequestKind:
        """What is asked. Only when valid."""
        return RequestKind(self.cleaned_data["ask"])

    def said(self) -> str:
        """What is wrong. Only when valid."""
        return str(self.cleaned_data["words"])
