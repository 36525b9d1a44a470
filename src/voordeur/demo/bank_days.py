"""On which days banks book: no weekends, no days on which the European payment system is closed."""

from datetime import date, timedelta

from voordeur.core.calendar import easter

_DAY = timedelta(days=1)


def closed(year: int) -> frozenset[date]:
    """Days besides weekends on which TARGET is closed (European Central Bank)."""
    sunday = easter(year)
    return frozenset(
        {
            date(year, 1, 1),
            sunday - 2 * _DAY,
            sunday + _DAY,
            date(year, 5, 1),
            date(year, 12, 25),
            date(year, 12, 26),
        }
    )


class BankDays:
    """Booking days for a stretch of time, looked up instead of worked out: the town asks a million times."""

    def __init__(self, first: date, last: date) -> None:
        self._first = first.toordinal()
        holidays = frozenset[date]().union(*(closed(year) for year in range(first.year, last.year + 2)))
        self._open: list[date] = []
        upcoming = last + 15 * _DAY
        for at in range(upcoming.toordinal(), self._first - 1, -1):
            day = date.fromordinal(at)
            if day.weekday() < 5 and day not in holidays:
                upcoming = day
            self._open.append(upcoming)
        self._open.reverse()

    def on_or_after(self, day: date) -> date:
        """The first booking day on or after `day`."""
        return self._open[day.toordinal() - self._first]

    def after(self, day: date) -> date:
        """The first booking day after `day`."""
        return self._open[day.toordinal() - self._first + 1]

    def before(self, day: date) -> date:
        """The last booking day before `day`."""
        day -= _DAY
        while self.on_or_after(day) != day:
            day -= _DAY
        return day
