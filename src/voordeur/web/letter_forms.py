"""What people fill in about letters: texts, the head, arrival, a message. The deeds are in `actions`."""

from typing import Any
from uuid import UUID, uuid4

from django import forms
from django.utils.translation import gettext_lazy as _

from voordeur.actions.edit_text import LONGEST_TEXT
from voordeur.actions.letter_arrival import LONGEST_PROOF
from voordeur.core.short_messages import MessageKind, MessageRoute
from voordeur.web import labels
from voordeur.web.case_forms import day_field

_FILL_IN = {"required": _("Vul dit in.")}


def _line(label: Any, most: int, **more: Any) -> forms.CharField:
    return forms.CharField(label=label, max_length=most, error_messages=_FILL_IN, **more)


class TextForm(forms.Form):
    """The text of a letter in both languages."""

    nl = _line(_("Nederlands"), LONGEST_TEXT, widget=forms.Textarea(attrs={"rows": 22, "lang": "nl"}))
    en = _line(_("Engels"), LONGEST_TEXT, widget=forms.Textarea(attrs={"rows": 22, "lang": "en"}))


class StartForm(forms.Form):
    """From when a text counts."""

    start = day_field(_("Vanaf welke dag?"))


class HeadForm(forms.Form):
    """What every letter says about the landlord, and where help is."""

    name = _line(_("Naam van de corporatie"), 120)
    street = _line(_("Straat en nummer"), 120)
    town = _line(_("Postcode en plaats"), 120)
    iban = _line(_("Rekeningnummer (IBAN)"), 42)
    registration = _line(_("Registratienummer incassodienst (mag leeg)"), 40, required=False)
    phone = _line(_("Telefoonnummer voor huurders"), 24)
    hours_nl = _line(_("Wanneer jullie er zijn, een zin in het Nederlands"), 160)
    hours_en = _line(_("Dezelfde zin in het Engels"), 160)
    municipality = _line(_("Gemeente"), 80)
    help_desk = _line(_("Loket voor hulp bij schulden"), 80)
    help_phone = _line(_("Telefoonnummer van het loket"), 24)
    object_at = _line(_("Waar een huurder op internet nee zegt"), 120)


class ArrivalForm(forms.Form):
    """When a letter arrived, and how we know."""

    arrived = day_field(_("Op welke dag kwam de brief aan?"))
    proof = _line(
        _("Hoe weten we dat?"),
        LONGEST_PROOF,
        help_text=_("Bijvoorbeeld: ontvangstbewijs, zelf in de bus gedaan."),
    )


class MessageForm(forms.Form):
    """One SMS or e-mail. The key is made with the page: sending the page twice sends one message."""

    key = forms.UUIDField(widget=forms.HiddenInput)
    kind = forms.ChoiceField(label=_("Welk bericht?"))
    route = forms.ChoiceField(label=_("Hoe?"), widget=forms.RadioSelect)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("initial", {"key": uuid4(), "route": MessageRoute.SMS})
        super().__init__(*args, **kwargs)
        for name, family in (("kind", "message"), ("route", "message_route")):
            field = self.fields[name]
            assert isinstance(field, forms.ChoiceField)
            field.choices = labels.choices(family)

    def chosen(self) -> tuple[MessageKind, MessageRoute, UUID]:
        """What was filled in. Only when valid."""
        given = self.cleaned_data
        return MessageKind(given["kind"]), MessageRoute(given["route"]), given["key"]
