"""The form with somebody's hours for visits: a line per weekday, an empty line is a free day."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from voordeur.actions.set_hours import DayHours
from voordeur.core.clock import in_clock
from voordeur.core.planning import Mode
from voordeur.store.queries import Hours
from voordeur.web.forms import ClockField
from voordeur.web.templatetags.voordeur import language, weekday_name

_MONDAY = date(2026, 11, 23)
"""Any Monday: only the names of the days are taken from it."""
WEEK = range(7)


class HoursForm(forms.Form):
    """Hours, breaks and travelling of a week, and where one starts."""

    start = forms.CharField(
        label=_("Adres waar je begint (mag leeg)"),
        required=False,
        max_length=120,
        help_text=_("Een woning bij de wijkpost, zoals Molenstraat 14. Leeg: het midden van de wijk."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        modes = [(one.value, one.words.in_language(language())) for one in Mode]
        for at in WEEK:
            name = weekday_name(_MONDAY + timedelta(days=at))
            self.fields[f"first_{at}"] = ClockField(label=_("%(day)s van") % {"day": name})
            self.fields[f"last_{at}"] = ClockField(label=_("%(day)s tot") % {"day": name})
            self.fields[f"break_first_{at}"] = ClockField(label=_("%(day)s pauze van") % {"day": name})
            self.fields[f"break_last_{at}"] = ClockField(label=_("%(day)s pauze tot") % {"day": name})
            self.fields[f"mode_{at}"] = forms.ChoiceField(
                label=_("%(day)s hoe") % {"day": name}, choices=modes, required=False
            )

    def lines(self) -> Iterator[tuple[str, list[forms.BoundField]]]:
        """The name of each weekday with its fields."""
        for at in WEEK:
            names = (f"first_{at}", f"last_{at}", f"break_first_{at}", f"break_last_{at}", f"mode_{at}")
            yield weekday_name(_MONDAY + timedelta(days=at)), [self[name] for name in names]

    def clean(self) -> dict[str, Any]:
        """A day has a beginning and an end, or neither."""
        given: dict[str, Any] = super().clean() or {}
        for at in WEEK:
            if f"first_{at}" in self.errors or f"last_{at}" in self.errors:
                continue
            first, last = given.get(f"first_{at}"), given.get(f"last_{at}")
            if (first is None) != (last is None):
                missing = f"first_{at}" if first is None else f"last_{at}"
                self.add_error(missing, _("Vul begin en einde in, of geen van beide."))
        return given

    def days(self) -> list[DayHours]:
        """What was filled in, as the action takes it. Only when valid."""
        given = self.cleaned_data
        return [
            DayHours(
                at, given[f"first_{at}"], given[f"last_{at}"], Mode(given[f"mode_{at}"] or Mode.BICYCLE),
                given[f"break_first_{at}"], given[f"break_last_{at}"],
            )
            for at in WEEK
            if given[f"first_{at}"] is not None
        ]  # fmt: skip

    @staticmethod
    def of(hours: Hours) -> dict[str, Any]:
        """What stands there now."""
        found: dict[str, Any] = {"start": hours.start}
        found |= {f"mode_{at}": Mode.BICYCLE.value for at in WEEK}
        for line in hours.lines:
            at = line.weekday
            found[f"mode_{at}"] = line.mode
            for name in ("first", "last", "break_first", "break_last"):
                minute = getattr(line, name)
                found[f"{name}_{at}"] = "" if minute is None else in_clock(minute)
        return found
