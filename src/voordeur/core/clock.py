"""Moments of the day as minutes after midnight: how they are read and how they are said."""

from voordeur.core.words import Words


def in_clock(minute: int) -> str:
    """`09:40` for 580. Minutes after midnight."""
    return f"{minute // 60:02}:{minute % 60:02}"


def to_minute(text: str) -> int | None:
    """580 for `9:40`, `09.40` or `0940`; None when it is no moment of a day."""
    hour, mark, minute = text.strip().replace(".", ":").partition(":")
    if not mark and len(hour) in (3, 4):
        hour, minute = hour[:-2], hour[-2:]
    if not (hour.isascii() and hour.isdigit()) or len(hour) > 2:
        return None
    if minute and not (minute.isascii() and minute.isdigit() and len(minute) == 2):
        return None
    found = int(hour) * 60 + int(minute or 0)
    return found if found < 24 * 60 and int(minute or 0) < 60 else None


def in_hours(minutes: int) -> Words:
    """`8 uur en 20 minuten` and `8 hours and 20 minutes`."""
    hours, rest = divmod(minutes, 60)
    parts_nl, parts_en = [], []
    if hours:
        parts_nl.append(f"{hours} uur")
        parts_en.append(f"{hours} hour{'' if hours == 1 else 's'}")
    if rest or not hours:
        parts_nl.append(f"{rest} {'minuut' if rest == 1 else 'minuten'}")
        parts_en.append(f"{rest} minute{'' if rest == 1 else 's'}")
    return Words(" en ".join(parts_nl), " and ".join(parts_en))
