"""What is filled in at the privacy officer's desk, and by who opens a file in an emergency."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from voordeur.actions.handle_request import LONGEST_WORDS, Asked, RequestWay
from voordeur.actions.keep_wish import LANGUAGES
from voordeur.core.emergency import SHORTEST_REASON, Judgement
from voordeur.core.rights import IdentityCheck, ProcessingGround, RequestKind
from voordeur.store.models import TenantCorrection
from voordeur.store.queries.log import LogSearch
from voordeur.store.queries.privacy import TenantData, Whereabouts
from voordeur.web import labels
from voordeur.web.case_forms import choices, day_field
from voordeur.web.templatetags.voordeur import said

_CHOOSE = {"required": _("Kies er een."), "invalid_choice": _("Kies er een uit de lijst.")}
_EMPTY = {"required": _("Vul dit in.")}
_POSTCODE = {"required": _("Vul de postcode in."), "invalid": _("Schrijf een postcode als 1234 AB.")}
_NUMBER = {
    "required": _("Vul het huisnummer in."),
    "invalid": _("Alleen het nummer; de toevoeging staat apart."),
}
ALL_TENANTS = "all"
_PATTERN = r"^\s*\d{4}\s*[A-Za-z]{2}\s*$"


def _text(label: Any, rows: int, **more: Any) -> forms.CharField:
    widget = forms.Textarea(attrs={"rows": rows})
    return forms.CharField(
        label=label, widget=widget, max_length=LONGEST_WORDS, error_messages=_EMPTY, **more
    )


def _set(form: forms.Form, name: str, options: Any) -> None:
    field = form.fields[name]
    assert isinstance(field, forms.ChoiceField)
    field.choices = list(options)


class RequestForm(forms.Form):
    """A request that came in."""

    kind = forms.ChoiceField(
        label=_("Wat wordt er gevraagd?"), widget=forms.RadioSelect, error_messages=_CHOOSE
    )
    way = forms.ChoiceField(label=_("Hoe kwam het binnen?"), widget=forms.RadioSelect, error_messages=_CHOOSE)
    received = day_field(_("Op welke dag kwam het binnen?"), help_text=_("Vanaf deze dag telt de maand."))
    person = forms.CharField(label=_("Wie vraagt dit?"), max_length=120, error_messages=_EMPTY)
    key = forms.CharField(
        label=_("Contractnummer"),
        max_length=64,
        required=False,
        help_text=_("Weet je dat niet? Vul dan postcode en huisnummer in."),
    )
    postcode = forms.RegexField(_PATTERN, label=_("Postcode"), required=False, error_messages=_POSTCODE)
    number = forms.IntegerField(label=_("Huisnummer"), required=False, min_value=1, error_messages=_NUMBER)
    addition = forms.CharField(label=_("Toevoeging (mag leeg)"), max_length=12, required=False)
    said = _text(_("Wat is precies de vraag? (mag leeg)"), 4, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _set(
            self,
            "kind",
            [(one.value, f"{_capital(said(one.words))} ({said(one.article)})") for one in RequestKind],
        )
        _set(self, "way", [(one.value, labels.of("request_way", one.value)) for one in RequestWay])

    def clean(self) -> dict[str, Any]:
        """A number of an agreement, or a whole address."""
        given = super().clean() or {}
        if not given.get("key") and not (given.get("postcode") and given.get("number")) and not self.errors:
            self.add_error("key", _("Vul het contractnummer in, of postcode en huisnummer."))
        return given

    def where(self) -> Whereabouts:
        """Which household. Only when valid."""
        given = self.cleaned_data
        return Whereabouts(given["key"], given["postcode"], given["number"], given["addition"])

    def asked(self) -> Asked:
        """What is asked. Only when valid."""
        given = self.cleaned_data
        kind, way = RequestKind(given["kind"]), RequestWay(given["way"])
        return Asked(kind, way, given["received"], given["person"], given["said"])


class IdentifyForm(forms.Form):
    """Which tenant asks, where several rent, and how we know."""

    who = forms.ChoiceField(
        label=_("Welke huurder vraagt dit?"), widget=forms.RadioSelect, error_messages=_CHOOSE
    )
    how = forms.ChoiceField(label=_("Hoe weet je dat?"), widget=forms.RadioSelect, error_messages=_CHOOSE)

    def __init__(self, *args: Any, people: Sequence[TenantData], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if len(people) > 1:
            named = [(str(one.id), one.name) for one in people]
            _set(self, "who", [*named, (ALL_TENANTS, _("allemaal samen"))])
        else:
            del self.fields["who"]
        _set(self, "how", choices((one.value, one.words) for one in IdentityCheck))


class ExtendForm(forms.Form):
    """Two months more."""

    reason = _text(
        _("Waarom duurt het langer?"), 3, help_text=_("Zo, met deze reden, heb je het vandaag laten weten.")
    )


class AnswerForm(forms.Form):
    """What was answered."""

    answer = _text(_("Wat heb je geantwoord?"), 4, help_text=_("Bij nee: de reden, en dat een klacht kan."))


class GoOnForm(forms.Form):
    """On which ground contact goes on."""

    ground = forms.ChoiceField(label=_("Op welke grond?"), widget=forms.RadioSelect, error_messages=_CHOOSE)
    reason = _text(_("Waarom weegt dat hier zwaarder?"), 3)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _set(self, "ground", choices((one.value, one.words) for one in ProcessingGround))


class CorrectForm(forms.Form):
    """What is right about a tenant."""

    name = forms.CharField(label=_("Naam"), max_length=120, error_messages=_EMPTY)
    phone = forms.CharField(label=_("Telefoon (mag leeg)"), max_length=24, required=False)
    email = forms.EmailField(
        label=_("E-mail (mag leeg)"),
        required=False,
        error_messages={"invalid": _("Dit is geen e-mailadres.")},
    )
    language = forms.ChoiceField(label=_("Taal"), error_messages=_CHOOSE)

    def __init__(self, *args: Any, of: TenantData, **kwargs: Any) -> None:
        kwargs["initial"] = {"name": of.name, "phone": of.phone, "email": of.email, "language": of.language}
        super().__init__(*args, **kwargs)
        known = [(code, labels.of("language", code)) for code in LANGUAGES]
        _set(self, "language", known if of.language in LANGUAGES else [(of.language, of.language), *known])

    def told(self) -> dict[TenantCorrection.Datum, str]:
        """The new values. Only when valid."""
        return {datum: self.cleaned_data[datum.value] for datum in TenantCorrection.Datum}


class JudgeForm(forms.Form):
    """What the privacy officer thinks of an emergency."""

    judgement = forms.ChoiceField(
        label=_("Wat vind je ervan?"), widget=forms.RadioSelect, error_messages=_CHOOSE
    )
    remark = _text(_("Toelichting (mag leeg)"), 3, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _set(self, "judgement", choices((one.value, one.words) for one in Judgement))


class EmergencyForm(forms.Form):
    """Which home, and what is going on."""

    postcode = forms.RegexField(_PATTERN, label=_("Postcode"), error_messages=_POSTCODE)
    number = forms.IntegerField(label=_("Huisnummer"), min_value=1, error_messages=_NUMBER)
    addition = forms.CharField(label=_("Toevoeging (mag leeg)"), max_length=12, required=False)
    reason = _text(
        _("Wat is er aan de hand?"),
        3,
        min_length=SHORTEST_REASON,
        help_text=_("De privacy officer leest dit. Schrijf alleen op wat nodig is."),
    )
    reason.error_messages["min_length"] = _("Schrijf in een hele zin op wat er gebeurt.")


class LogForm(forms.Form):
    """What of the log somebody wants to see."""

    contract = forms.CharField(label=_("Contractnummer"), max_length=64, required=False)
    wie = forms.ChoiceField(label=_("Collega"), required=False, error_messages=_CHOOSE)
    van = day_field(_("Van (mag leeg)"), required=False)
    tot = day_field(_("Tot en met (mag leeg)"), required=False)

    def __init__(self, *args: Any, people: list[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _set(self, "wie", [("", "–"), *((str(pk), name) for pk, name in people)])

    def search(self) -> LogSearch:
        """What was asked; nothing when it cannot be understood."""
        if not self.is_valid():
            return LogSearch()
        given = self.cleaned_data
        member = int(given["wie"]) if given["wie"] else None
        return LogSearch(given["contract"], member, given["van"], given["tot"])


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
