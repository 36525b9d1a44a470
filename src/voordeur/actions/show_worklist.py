"""Today's list outside the screens: for the command line, without names."""

from voordeur.actions.audit import write_line
from voordeur.core.access import Role
from voordeur.core.money import decimal_string
from voordeur.core.problems import Problem, Refused
from voordeur.core.words import Words
from voordeur.store import queries
from voordeur.store.models import User


def show_worklist(manager: str, language: str) -> list[dict[str, object]]:
    """Visits of one manager (by user name) or of everybody, most urgent first. Refused for an unknown manager.

    Rows hold neighbourhood, address, action, overdue (euros as a decimal string), days and the reason in words.
    """
    if manager:
        member = User.objects.filter(
            username=manager, role=Role.NEIGHBOURHOOD_MANAGER, is_active=True
        ).first()
        if member is None:
            raise Refused(_no_manager())
        places = list(member.neighbourhoods.values_list("pk", flat=True))
    else:
        places = [place.id for place in queries.neighbourhoods()]
    write_line(None, "show_worklist", data={"neighbourhoods": len(places)})
    return [_row(door, language) for door in queries.all_visits(places)]


def _row(door: queries.Door, language: str) -> dict[str, object]:
    return {
        "neighbourhood": door.neighbourhood,
        "address": door.address,
        "action": door.title.in_language(language),
        "overdue": decimal_string(door.overdue),
        "days": door.days,
        "reason": f"{door.reason.in_language(language)} {door.advice.in_language(language)}".strip(),
    }


def _no_manager() -> Problem:
    return Problem(
        code="no-such-manager",
        message=Words("Deze wijkbeheerder kennen we niet.", "There is no such neighbourhood manager."),
        cure=Words("Gebruik de naam waarmee die inlogt.", "Use the name that they sign in with."),
    )
