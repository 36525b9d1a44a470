"""An administrator writes the texts of letters: a draft first, checked at every change, then live from a day on."""

from datetime import date

from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from voordeur.actions.audit import write_line
from voordeur.actions.guard import NOT_FOUND, check
from voordeur.actions.text_now import text_now
from voordeur.adapters.letter_texts import load_word_lists
from voordeur.adapters.letters import render
from voordeur.core.access import Deed
from voordeur.core.correspondence import check_text
from voordeur.core.letter_clauses import LetterKind
from voordeur.core.letter_sample import sample
from voordeur.core.problems import Problem, Refused
from voordeur.core.words import Words
from voordeur.store.models import LetterHead, TextVersion, User

LONGEST_TEXT = 6_000


@transaction.atomic
def begin_text(user: User, kind: LetterKind, today: date) -> TextVersion:
    """A draft to work on: a copy of the text that counts today."""
    check(user, Deed.EDIT_TEXT)
    _, words = text_now(kind, today)
    highest = TextVersion.objects.filter(kind=kind).aggregate(Max("number"))["number__max"] or 0
    now = timezone.now()
    row = TextVersion.objects.create(
        kind=kind, number=highest + 1, nl=words.nl, en=words.en, made_by=user, made=now, changed=now
    )
    write_line(user, "begin_text", subject=f"text:{row.pk}", data={"kind": kind})
    return row


@transaction.atomic
def change_text(user: User, version: int, nl: str, en: str) -> list[Problem]:
    """Keep other words in a draft; what reads badly in them. Refused when a clause of the law got lost.

    A text that has no page left on paper is refused too: both languages are set with made-up data.
    """
    check(user, Deed.EDIT_TEXT)
    row = _draft(version)
    words = Words(_plain(nl), _plain(en))
    remarks = _checked(LetterKind(row.kind), words)
    row.nl, row.en, row.changed = words.nl, words.en, timezone.now()
    row.save(update_fields=["nl", "en", "changed"])
    write_line(user, "change_text", subject=f"text:{row.pk}")
    return remarks


@transaction.atomic
def put_text_live(user: User, version: int, start: date, today: date) -> None:
    """From day `start` this text counts. It can no longer be changed: a new text is a new draft."""
    check(user, Deed.EDIT_TEXT)
    row = _draft(version)
    if start < today:
        raise Refused(
            Problem(
                "day-passed",
                Words("Deze dag is al voorbij.", "That day has passed."),
                Words("Kies vandaag of een latere dag.", "Choose today or a later day."),
                column="start",
            )
        )
    _checked(LetterKind(row.kind), Words(row.nl, row.en))
    row.live_from, row.live_by = start, user
    row.save(update_fields=["live_from", "live_by"])
    write_line(user, "put_text_live", subject=f"text:{row.pk}", data={"start": start.isoformat()})


@transaction.atomic
def drop_text(user: User, version: int) -> str:
    """Throw a draft away. The kind of letter it was for."""
    check(user, Deed.EDIT_TEXT)
    row = _draft(version)
    write_line(user, "drop_text", subject=f"text:{row.pk}")
    row.delete()
    return row.kind


def remarks_on(kind: LetterKind, words: Words) -> list[Problem]:
    """What reads badly in a text, sentence by sentence."""
    return [one for one in check_text(kind, words.nl, words.en, load_word_lists()) if not one.fatal]


def preview_text(user: User, kind: LetterKind, words: Words, language: str) -> bytes:
    """The letter with made-up people and amounts, as PDF."""
    check(user, Deed.EDIT_TEXT)
    return render(kind, sample(kind), words, language)


@transaction.atomic
def keep_head(user: User, **values: str) -> LetterHead:
    """What every letter says about the landlord from now on; letters that were made before stay as they were."""
    check(user, Deed.EDIT_TEXT)
    row = LetterHead.objects.create(
        made_by=user, made=timezone.now(), **{name: value.strip() for name, value in values.items()}
    )
    write_line(user, "keep_letter_head", subject=f"letter_head:{row.pk}")
    return row


def _checked(kind: LetterKind, words: Words) -> list[Problem]:
    """Refused for what may not be kept; else what reads badly."""
    if max(len(words.nl), len(words.en)) > LONGEST_TEXT:
        raise Refused(
            Problem(
                "too-long",
                Words("De tekst past niet op één bladzijde.", "The text does not fit on one page."),
                Words("Maak de tekst korter.", "Make the text shorter."),
                fatal=True,
            )
        )
    found = check_text(kind, words.nl, words.en, load_word_lists())
    fatal = [one for one in found if one.fatal]
    if fatal:
        raise Refused(fatal)
    for language in ("nl", "en"):
        render(kind, sample(kind), words, language)
    return found


def _draft(version: int) -> TextVersion:
    row = TextVersion.objects.select_for_update().filter(pk=version, live_from=None).first()
    if row is None:
        raise Refused(NOT_FOUND)
    return row


def _plain(text: str) -> str:
    """Line ends as the program writes them; browsers send their own."""
    return text.replace("\r\n", "\n").replace("\r", "\n").strip() + "\n"
