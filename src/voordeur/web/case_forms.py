"""What people fill in about a case: a contact, a wish, something planned, a step. The deeds are in `actions`."""

import re
from collections.abc import Callable, Iterable, Sequence
from datetime import date
from typing import Any
from uuid import UUID, uuid4

from django import forms
from django.utils.translation import gettext_lazy as _

from voordeur.actions.keep_wish import LANGUAGES
from voordeur.actions.record_contact import LONGEST_WORDS, Said
from voordeur.core.case_table import Row
from voordeur.core.case_words import HOLD_WORDS
from voordeur.core.cases import Answer, HoldReason
from voordeur.core.contacts import Channel, ContactException, ContactOutcome, DayPart, Wish
from voordeur.core.money import parse_euros
from voordeur.core.problems import Problem, Refused
from voordeur.core.words import Words
from voordeur.web import labels
from voordeur.web.forms import ClockField, DayInput
from voordeur.web.templatetags.voordeur import language, said

_WRONG_DAY = {"required": _("Vul een dag in."), "invalid": _("Deze dag bestaat niet.")}
_CHOOSE = {"required": _("Kies er een."), "invalid_choice": _("Kies er een uit de lijst.")}


def day_field(label: Any, **more: Any) -> forms.DateField:
    """A day, with the browser's own date field."""
    return forms.DateField(label=label, widget=DayInput(), error_messages=_WRONG_DAY, **more)


class EurosField(forms.CharField):
    """An amount in euros as people write it; cleaned to cents, empty to 0."""

    default_error_messages = {"euros": _("Dit is geen bedrag. Schrijf bijvoorbeeld 125,50.")}

    def clean(self, value: Any) -> int:
        """Cents."""
        text = super().clean(value)
        if not text:
            return 0
        cents = parse_euros(text)
        if cents is None or cents < 0:
            raise forms.ValidationError(self.error_messages["euros"])
        return cents


def choices(words: Iterable[tuple[str, Words]]) -> list[tuple[str, str]]:
    """Codes with their words in the language of the reader."""
    return [(code, text.in_language(language())) for code, text in words]


class ContactForm(forms.Form):
    """One contact. The `id` is made with the page: sending the page twice keeps one contact."""

    id = forms.UUIDField(widget=forms.HiddenInput)
    channel = forms.ChoiceField(label=_("Hoe?"), widget=forms.RadioSelect, error_messages=_CHOOSE)
    day = day_field(_("Op welke dag?"))
    part = forms.ChoiceField(
        label=_("Welk deel van de dag?"), widget=forms.RadioSelect, required=False, error_messages=_CHOOSE
    )
    outcome = forms.ChoiceField(label=_("Wat kwam eruit?"), widget=forms.RadioSelect, error_messages=_CHOOSE)
    incoming = forms.BooleanField(label=_("De huurder zocht zelf contact"), required=False)
    help_told = forms.BooleanField(label=_("Ik heb verteld welke schuldhulp er is"), required=False)
    objects = forms.BooleanField(
        label=_("De huurder wil niet dat wij iets doorgeven aan de gemeente"), required=False
    )
    agreed = forms.CharField(
        label=_("Wat spraken jullie af? (mag leeg)"),
        required=False,
        max_length=LONGEST_WORDS,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Schrijf niets op over gezondheid."),
    )
    promise_until = day_field(_("Belofte: uiterlijk op welke dag komt het geld? (mag leeg)"), required=False)
    promise_amount = EurosField(
        label=_("Hoeveel? Leeg is alles wat te laat is."),
        required=False,
        widget=forms.TextInput(attrs={"inputmode": "decimal"}),
    )
    exception = forms.ChoiceField(label=_("Waarom mocht dit contact toch?"), required=False)

    AGAINST = "against_wish"

    def __init__(self, *args: Any, wished: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        channels = [one for one in Channel if one is not Channel.LETTER]
        _choose(self, "channel", [(one.value, labels.of("channel", one.value)) for one in channels])
        _choose(self, "part", choices((one.value, one.words) for one in DayPart))
        _choose(self, "outcome", [(one.value, labels.of("outcome", one.value)) for one in ContactOutcome])
        if wished:
            grounds = choices((one.value, one.words) for one in ContactException)
            _choose(self, "exception", [("", "–"), *grounds, (self.AGAINST, str(_("Dit had niet gemogen.")))])
        else:
            del self.fields["exception"]

    def said(self) -> Said:
        """What was filled in. Only when valid."""
        given = self.cleaned_data
        outcome, ground = ContactOutcome(given["outcome"]), given.get("exception", "")
        lawful = ground and ground != self.AGAINST
        return Said(
            id=UUID(str(given["id"])),
            day=given["day"],
            channel=Channel(given["channel"]),
            outcome=outcome,
            part=DayPart(given["part"]) if given["part"] else None,
            reached=outcome not in (ContactOutcome.NO_ANSWER, ContactOutcome.CARD_LEFT),
            incoming=given["incoming"],
            help_told=given["help_told"],
            agreed=given["agreed"],
            objects=given["objects"],
            promise_until=given["promise_until"],
            promise_amount=given["promise_amount"],
            exception=ContactException(ground) if lawful else None,
            against_wish=ground == self.AGAINST,
        )

    @staticmethod
    def fresh(today: date, part: DayPart, channel: str) -> dict[str, Any]:
        """What stands there at first."""
        return {"id": uuid4(), "day": today, "part": part.value, "channel": channel}


class WishForm(forms.Form):
    """How the tenant wants to be spoken to; everything may be left open."""

    channels = forms.MultipleChoiceField(
        label=_("Alleen zo (niets gekozen: alles mag)"), required=False, widget=forms.CheckboxSelectMultiple
    )
    parts = forms.MultipleChoiceField(
        label=_("Bellen en langsgaan alleen dan (niets gekozen: altijd)"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    language = forms.ChoiceField(label=_("In welke taal?"), error_messages=_CHOOSE)
    leave_alone_until = day_field(_("Met rust laten tot en met (mag leeg)"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _choose(
            self, "channels", choices((one.value, one.words) for one in Channel if one is not Channel.OTHER)
        )
        _choose(self, "parts", choices((one.value, one.words) for one in DayPart))
        _choose(self, "language", [(code, labels.of("language", code)) for code in LANGUAGES])

    def wish(self) -> dict[str, Any]:
        """What was filled in, as the action takes it. Only when valid."""
        given = self.cleaned_data
        return {
            "channels": frozenset(Channel(one) for one in given["channels"]),
            "parts": frozenset(DayPart(one) for one in given["parts"]),
            "language": given["language"],
            "leave_alone_until": given["leave_alone_until"],
        }

    @staticmethod
    def of(wish: Wish | None) -> dict[str, Any]:
        """What stands there now."""
        if wish is None:
            return {"language": "nl"}
        return {
            "channels": [one.value for one in wish.channels],
            "parts": [one.value for one in wish.parts],
            "language": wish.language,
            "leave_alone_until": wish.leave_alone_until,
        }


class PlanForm(forms.Form):
    """A visit or a call on somebody's list."""

    channel = forms.ChoiceField(label=_("Wat?"), widget=forms.RadioSelect, error_messages=_CHOOSE)
    day = day_field(_("Op welke dag?"))
    part = forms.ChoiceField(
        label=_("Welk deel van de dag? (mag leeg)"), required=False, widget=forms.RadioSelect
    )
    at = ClockField(label=_("Om hoe laat? (mag leeg)"))
    who = forms.ChoiceField(label=_("Wie doet het?"), error_messages=_CHOOSE)
    exception = forms.ChoiceField(label=_("Waarom mag dit, tegen de wens van de huurder in?"), required=False)

    def __init__(
        self, *args: Any, people: Sequence[tuple[int, str]], wished: bool = False, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        personal = (Channel.VISIT, Channel.PHONE, Channel.APPOINTMENT)
        _choose(self, "channel", [(one.value, labels.of("channel", one.value)) for one in personal])
        parts = choices((one.value, one.words) for one in DayPart)
        _choose(self, "part", [("", str(_("maakt niet uit"))), *parts])
        _choose(self, "who", [(str(pk), name) for pk, name in people])
        if wished:
            _choose(
                self, "exception", [("", "–"), *choices((one.value, one.words) for one in ContactException)]
            )
        else:
            del self.fields["exception"]

    def plan(self) -> dict[str, Any]:
        """What was filled in, as the action takes it. Only when valid."""
        given = self.cleaned_data
        ground = given.get("exception", "")
        return {
            "channel": Channel(given["channel"]),
            "day": given["day"],
            "who": int(given["who"]),
            "part": DayPart(given["part"]) if given["part"] else None,
            "at": given["at"],
            "exception": ContactException(ground) if ground else None,
        }


class StepForm(forms.Form):
    """What a step of the case asks of whoever takes it. The table of the law says which fields there are."""

    reason = forms.CharField(
        label=_("Waarom?"), widget=forms.Textarea(attrs={"rows": 3}), max_length=2_000, required=False,
        help_text=_("Wat hier staat is later bewijs. Schrijf niets op over gezondheid."),
    )  # fmt: skip
    evidence = forms.CharField(
        label=_("Waar ligt het bewijs?"), max_length=160, required=False,
        help_text=_("Bijvoorbeeld het nummer van de brief of van het bericht."),
    )  # fmt: skip
    delivered = day_field(
        _("Op welke dag komt de brief aan?"), required=False,
        help_text=_("Vandaag als je hem zelf afgeeft. Per post is hij een paar dagen onderweg."),
    )  # fmt: skip
    offer = forms.BooleanField(
        label=_("De brief biedt aan de gegevens door te geven en zegt hoe je nee zegt"), required=False
    )
    help_told = forms.BooleanField(label=_("De brief zegt welke schuldhulp er is"), required=False)
    all_claims = forms.BooleanField(label=_("Eén brief voor alles wat open staat"), required=False)
    doubted = forms.BooleanField(
        label=_("De rechter kan het huurverhogingsbeding oneerlijk vinden: reken na wat er dan open staat"),
        required=False,
    )
    affordable = forms.BooleanField(
        label=_("We hebben bekeken wat dit huishouden kan betalen"), required=False
    )
    until = day_field(_("Tot en met welke dag?"), required=False)
    hold = forms.ChoiceField(label=_("Waarom ligt de zaak stil?"), required=False)
    owner = forms.ChoiceField(label=_("Wie let erop?"), required=False)
    answer = forms.ChoiceField(label=_("Wat meldt de gemeente?"), required=False)
    amount = EurosField(label=_("Om welk bedrag gaat het?"), required=False)
    eviction_day = day_field(_("Op welke dag?"), required=False)
    overrules = forms.MultipleChoiceField(
        label=_("Afwijken van onze eigen afspraken"), required=False, widget=forms.CheckboxSelectMultiple,
        help_text=_("Dat doe je met een collega samen, met een reden."),
    )  # fmt: skip

    _ASKED = {
        "reason": ("reason",),
        "reason_or_consent": ("reason",),
        "evidence": ("evidence",),
        "arrival": ("delivered",),
        "all_claims": ("all_claims",),
        "affordable": ("affordable",),
        "last_day": ("until",),
        "pause_length": ("until",),
        "respite_length": ("until",),
        "hold_named": ("hold", "owner", "reason"),
        "hold_length": ("until",),
        "answer": ("answer",),
        "part_disputed": ("amount",),
        "eviction_announced": ("eviction_day",),
    }
    """Per thing that the table asks for, the fields that bring it."""

    def __init__(
        self,
        *args: Any,
        row: Row,
        people: Sequence[tuple[int, str]],
        house: Sequence[tuple[str, Words]] = (),
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        asked = {name for ask in row.asks for name in self._ASKED.get(ask.name, ())}
        if row.kind.value == "reminder_sent":
            asked |= {"offer", "help_told"}
        if row.kind.value == "clause_judged":
            asked |= {"doubted"}
        if row.kind.value == "released":
            asked |= {"reason", "evidence"}
        if house:
            asked |= {"overrules", "reason"}
        for name in [name for name in self.fields if name not in asked]:
            del self.fields[name]
        self._fill(people, house)

    def _fill(self, people: Sequence[tuple[int, str]], house: Sequence[tuple[str, Words]]) -> None:
        lists = {
            "hold": choices((one.value, HOLD_WORDS[one]) for one in HoldReason),
            "owner": [(str(pk), name) for pk, name in people],
            "answer": [(one.value, labels.of("answer", one.value)) for one in Answer],
            "overrules": choices(house),
        }
        for name, found in lists.items():
            if name in self.fields:
                _choose(self, name, found)

    def into(self) -> dict[str, Any]:
        """The details of the event that were filled in."""
        given = {name: value for name, value in self.cleaned_data.items() if value not in (None, "", [])}
        if "hold" in given:
            given["hold"] = HoldReason(given["hold"])
        if "answer" in given:
            given["answer"] = Answer(given["answer"])
        if "overrules" in given:
            given["overrules"] = tuple(given["overrules"])
        return given


def _choose(form: forms.Form, name: str, found: Sequence[tuple[str, Any]]) -> None:
    field = form.fields[name]
    assert isinstance(field, forms.ChoiceField)
    field.choices = list(found)


class CoverForm(forms.Form):
    """Who is away, who stands in, from when until when."""

    absent = forms.ChoiceField(label=_("Wie is er niet?"), error_messages=_CHOOSE)
    cover = forms.ChoiceField(label=_("Wie neemt waar?"), error_messages=_CHOOSE)
    first = day_field(_("Eerste dag"))
    last = day_field(_("Laatste dag"))

    def __init__(self, *args: Any, people: Sequence[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("absent", "cover"):
            _choose(self, name, [("", "–"), *((str(pk), name_) for pk, name_ in people)])

    def chosen(self) -> dict[str, Any]:
        """What was filled in, as the action takes it. Only when valid."""
        given = self.cleaned_data
        return {**given, "absent": int(given["absent"]), "cover": int(given["cover"])}


class AgreementForm(forms.Form):
    """What was agreed with a municipality."""

    municipality = forms.CharField(
        label=_("Gemeente"), max_length=80, error_messages={"required": _("Vul de gemeente in.")}
    )
    first = day_field(_("Eerste dag"))
    last = day_field(_("Laatste dag (mag leeg)"), required=False)
    floor = EurosField(label=_("Meld pas vanaf dit bedrag (mag leeg)"), required=False)


class EndForm(forms.Form):
    """The last day of something that runs."""

    last = day_field(_("Laatste dag"))


def done(form: forms.Form, deed: Callable[[], object]) -> bool:
    """Do it when the form is right; what is refused stands in the form then. True when it was done."""
    if not form.is_valid():
        return False
    try:
        deed()
    except Refused as refusal:
        add_problems(form, refusal.problems)
        return False
    return True


def add_problems(form: forms.Form, problems: Iterable[Problem]) -> None:
    """Put what an action refused at the field it is about; else above the form.

    A column may be a path, as in a policy: `limits.small_amount value`.
    """
    for problem in problems:
        words = [*problem.column.split(" ")[:1], *reversed(re.split(r"[ .]", problem.column))]
        name = next((word for word in words if word in form.fields), None)
        form.add_error(name, f"{said(problem.message)} {said(problem.cure)}")
