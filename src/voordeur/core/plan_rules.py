"""The numbers with which visits are planned, as they were read from `rules/planning.toml`."""

from collections.abc import Mapping
from dataclasses import dataclass

from voordeur.core.planning import Mode, Way
from voordeur.core.policy import Note


@dataclass(frozen=True, slots=True)
class PlanRules:
    """Speeds, minutes, and what a visit is worth. What each number means and where it comes from is in `notes`."""

    walking_kmh: int
    bicycle_kmh: int
    car_kmh: int
    bicycle_extra: int
    """Minutes per ride."""
    car_extra: int
    detour_percent: int
    visit_minutes: int
    second_visit_minutes: int
    appointment_minutes: int
    asked: int
    """Worth, in minutes of travel, as are the next four."""
    step: int
    late_day: int
    late_most: int
    later_day: int
    look_back_days: int
    chance_percent: int
    own_lean: int
    """Attempts."""
    place_lean: int
    evening_tries: int
    pair_months: int
    most_doors: int
    pin_slack: int
    """Minutes."""
    notes: Mapping[str, Note]

    def way(self, mode: Mode) -> Way:
        """How somebody who travels so gets around."""
        kmh, extra = {
            Mode.FOOT: (self.walking_kmh, 0),
            Mode.BICYCLE: (self.bicycle_kmh, self.bicycle_extra),
            Mode.CAR: (self.car_kmh, self.car_extra),
        }[mode]
        return Way(kmh, self.walking_kmh, self.detour_percent, extra)

    def worth(self, places_below: int, days_late: int) -> int:
        """What a visit that the policy asks for is worth, in minutes of travel.

        `places_below`: how many places the order of the policy has below that of this household; `days_late`: days
        past the day on which this household's rent is expected.
        """
        late = min(max(days_late, 0) * self.late_day, self.late_most)
        return self.asked + self.step * max(places_below, 0) + late
