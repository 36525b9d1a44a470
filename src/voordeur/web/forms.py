"""What people fill in. Fields and their checks; the deeds are in `actions`."""

from collections.abc import Iterable, Sequence
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from voordeur.core.clock import to_minute
from voordeur.store.queries import Member, NeighbourhoodName
from voordeur.web import labels


class DayInput(forms.DateInput):
    """The browser's own date field."""

    input_type = "date"

    def __init__(self) -> None:
        super().__init__(format="%Y-%m-%d")


class ClockField(forms.CharField):
    """A moment of the day as people write it; cleaned to minutes after midnight, empty to None."""

    widget = forms.TimeInput(attrs={"type": "time", "step": 300})

    def __init__(self, **more: Any) -> None:
        super().__init__(required=False, **more)

    def clean(self, value: Any) -> Any:
        """Minutes, or None."""
        text = super().clean(value)
        if not text:
            return None
        minute = to_minute(text)
        if minute is None:
            raise forms.ValidationError(_("Dit is geen tijd. Schrijf bijvoorbeeld 9:30."))
        return minute


class DayForm(forms.Form):
    """How it stood on a day, as known on a day."""

    op = forms.DateField(
        label=_("Op welke dag?"),
        widget=DayInput(),
        error_messages={"required": _("Vul een dag in."), "invalid": _("Deze dag bestaat niet.")},
    )
    bekend = forms.DateField(
        label=_("Met wat we wisten op (mag leeg)"),
        widget=DayInput(),
        required=False,
        error_messages={"invalid": _("Deze dag bestaat niet.")},
    )

    def asked(self) -> dict[str, str]:
        """The days as they stand in the address of the page."""
        return {name: str(self.data[name]) for name in self.fields if self.data.get(name)}


class ManyFiles(forms.ClearableFileInput):
    """A file field that takes several files."""

    allow_multiple_selected = True


class FilesField(forms.FileField):
    """One or more uploaded files."""

    def clean(self, data: Any, initial: Any = None) -> "list[UploadedFile[Any]]":
        """Every file is checked as one file is; none at all is answered as a field without a file is."""
        files = data if isinstance(data, list | tuple) else [data]
        return [super(FilesField, self).clean(one, initial) for one in files or [None]]


class UploadForm(forms.Form):
    """The files to read in."""

    chosen = FilesField(
        label=_("Kies een of meer bestanden"),
        help_text=_(
            "CSV of Excel van huurgrootboek, contracten, woningen of wijken; CAMT.053 of MT940 van de bank."
        ),
        widget=ManyFiles(attrs={"accept": ".csv,.txt,.xlsx,.xls,.ods,.xml,.940,.sta,.mt940,.swi,.zip"}),
        error_messages={
            "required": _("Kies eerst een bestand."),
            "empty": _("Dit bestand is leeg. Maak de uitvoer opnieuw."),
        },
    )


class MemberForm(forms.Form):
    """What a colleague does, where, and how many visits fit in a week."""

    role = forms.ChoiceField(label=_("Rol"), choices=lambda: labels.choices("role"))
    neighbourhoods = forms.MultipleChoiceField(
        label=_("Wijken"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Alleen voor wijkbeheerders: die zien alleen hun eigen wijken."),
    )
    weekly_visits = forms.IntegerField(
        label=_("Bezoeken per week"),
        min_value=0,
        max_value=100,
        initial=10,
        help_text=_("Hoeveel deuren er in een week passen."),
    )
    active = forms.BooleanField(
        label=_("Dit account is open"),
        required=False,
        initial=True,
        help_text=_("Uit: kan niet meer inloggen."),
    )

    def __init__(self, *args: Any, places: Iterable[NeighbourhoodName], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["neighbourhoods"]
        assert isinstance(field, forms.MultipleChoiceField)
        field.choices = [(str(place.id), place.name) for place in places]

    @staticmethod
    def of(member: Member) -> dict[str, Any]:
        """What stands there now."""
        return {
            "role": member.role,
            "neighbourhoods": [str(place) for place in member.neighbourhoods],
            "weekly_visits": member.weekly_visits,
            "active": member.active,
        }


class NewMemberForm(MemberForm):
    """A new colleague."""

    username = forms.RegexField(
        r"^[\w.@+-]+$",
        label=_("Gebruikersnaam"),
        max_length=150,
        error_messages={"invalid": _("Gebruik letters, cijfers, punt of streepje, zonder spaties.")},
    )
    first_name = forms.CharField(label=_("Voornaam"), max_length=150)
    last_name = forms.CharField(label=_("Achternaam"), max_length=150)
    field_order: Sequence[str] = (
        "first_name", "last_name", "username", "role", "neighbourhoods", "weekly_visits",
    )  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        del self.fields["active"]


class HeaderForm(forms.Form):
    """The row with the column names."""

    row = forms.IntegerField(min_value=1, max_value=1000)


class ProfileForm(forms.Form):
    """A name for the way a file was read."""

    name = forms.CharField(label=_("Naam voor deze indeling"), max_length=80)
