"""The text of a letter that counts on a day: the newest that an administrator put live, else the one of Voordeur."""

from datetime import date

from voordeur.adapters.letter_texts import load_text
from voordeur.core.letter_clauses import LetterKind
from voordeur.core.words import Words
from voordeur.store.models import TextVersion


def text_now(kind: LetterKind, on: date) -> tuple[TextVersion | None, Words]:
    """The version (None: the text that comes with Voordeur) and its words. One query."""
    live = TextVersion.objects.filter(kind=kind, live_from__lte=on).order_by("-live_from", "-pk").first()
    return (None, load_text(kind)) if live is None else (live, Words(live.nl, live.en))
