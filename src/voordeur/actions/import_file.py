"""A file comes in: received, read, decided on by a person, booked. Each step can be stopped and taken up again.

Reading stages the good rows outside the ledger and keeps the problems; booking is one transaction, so that an
interrupted import leaves everything or nothing. What was touched is then assessed anew.
"""

import hashlib
from collections.abc import Iterable
from datetime import date, timedelta
from pathlib import Path
from uuid import UUID, uuid4

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from voordeur.actions.audit import write_line
from voordeur.actions.follow import follow_unassessed
from voordeur.actions.guard import NOT_FOUND, check
from voordeur.actions.import_book import book_run
from voordeur.actions.import_read import read_run
from voordeur.adapters.mapping import Profile, from_data, profile_from, profile_toml
from voordeur.core.access import Deed
from voordeur.core.problems import Problem, Refused
from voordeur.core.words import Words
from voordeur.store.bulk import in_bulk
from voordeur.store.models import ImportProblem, ImportRun, MappingProfile, StagedEntry, User

State = ImportRun.State
LARGEST = 1024 * 1024 * 1024
"""Bytes: a file of a million rows is about 100 MB."""
MOST_A_DAY = 200
"""Files that one person sends in 24 hours: a month of bank statements is about 20."""
_GIVEN_UP_AFTER = timedelta(minutes=2)
"""A run that nobody has touched for so long has lost its worker."""


def receive(user: User | None, file_name: str, chunks: Iterable[bytes]) -> ImportRun:
    """Keep an uploaded file under a name of our own; Refused when it is empty, too large or one too many today."""
    check(user, Deed.IMPORT)
    _check_count(user)
    run_id = uuid4()
    folder = Path(settings.UPLOADS)
    folder.mkdir(parents=True, exist_ok=True)
    name = Path(file_name.replace("\\", "/")).name[:160] or "bestand"
    kept = folder / f"{run_id}{_ending(name)}"
    digest, size = hashlib.sha256(), 0
    with kept.open("wb") as out:
        for chunk in chunks:
            size += len(chunk)
            if size > LARGEST:
                break
            digest.update(chunk)
            out.write(chunk)
    if not 0 < size <= LARGEST:
        kept.unlink()
        raise Refused(_too_large(name) if size else _empty(name))
    with transaction.atomic():
        run = ImportRun.objects.create(
            id=run_id,
            user=user,
            file_name=name,
            path=str(kept),
            digest=digest.hexdigest(),
            state=State.UPLOADED,
        )
        write_line(user, "receive_file", subject=f"import:{run.pk}", data={"bytes": size})
    return run


def _check_count(user: User | None) -> None:
    """Refused beyond MOST_A_DAY; the command line has no such limit."""
    since = timezone.now() - timedelta(days=1)
    if user is None or ImportRun.objects.filter(user=user, created__gt=since).count() < MOST_A_DAY:
        return
    raise Refused(
        Problem(
            code="too-many-files",
            message=Words(
                f"Je stuurde in 24 uur al {MOST_A_DAY} bestanden.",
                f"You sent {MOST_A_DAY} files in 24 hours already.",
            ),
            cure=Words(
                "Ga morgen verder, of laat de beheerder ze inlezen met `voordeur import`.",
                "Go on tomorrow, or have the administrator read them with `voordeur import`.",
            ),
            fatal=True,
        )
    )


def _ending(name: str) -> str:
    """The ending of a file name, if it is a plain one: it tells a spreadsheet reader what to expect."""
    ending = Path(name).suffix.lower()
    return ending if ending[1:].isalnum() and len(ending) <= 6 else ""


def read(run_id: UUID, today: date) -> ImportRun:
    """Recognise the file, stage its good rows, keep its problems: afterwards the preview is ready (READ)."""
    run = ImportRun.objects.get(pk=run_id)
    _forget_rows(run)
    run.state = State.READING
    run.rows_read = run.rows_refused = 0
    run.save()
    with in_bulk():
        read_run(run, today)
    run.save()
    return run


def choose_mapping(user: User | None, run_id: UUID, profile: Profile) -> None:
    """Say how the columns are to be read; the file is read again with that."""
    run = _own_run(user, run_id, State.READ, State.FAILED)
    with transaction.atomic():
        run.mapping = {"profile_toml": profile_toml(profile)}
        run.state = State.UPLOADED
        run.save()
        write_line(user, "choose_mapping", subject=f"import:{run.pk}")


def choose_header(user: User | None, run_id: UUID, row: int) -> None:
    """Say on which row (from 1) the column names stand; the file is read again with that."""
    run = _own_run(user, run_id, State.READ)
    with transaction.atomic():
        run.mapping = {"header_row_chosen": max(1, row)}
        run.state = State.UPLOADED
        run.save()
        write_line(user, "choose_header", subject=f"import:{run.pk}")


def accept_new_tenancies(user: User | None, run_id: UUID) -> None:
    """Agree that a ledger brings tenancies that we do not know yet: they are made when it is booked."""
    run = _own_run(user, run_id, State.READ)
    with transaction.atomic():
        run.mapping["new_tenancies"] = True
        run.state = State.UPLOADED
        run.save()
        write_line(user, "accept_new_tenancies", subject=f"import:{run.pk}")


def book(user: User | None, run_id: UUID, *, good_rows_only: bool = False, force: bool = False) -> None:
    """Put a run in line to be booked. Refused while rows are wrong, unless only the good rows are wanted."""
    run = _own_run(user, run_id, State.READ)
    if run.preview.get("doubts"):
        raise Refused(_not_certain())
    fatal = list(run.problems.filter(fatal=True))
    if fatal and not (force and run.preview.get("forcible")):
        raise Refused([as_problem(row) for row in fatal])
    if run.rows_refused and not good_rows_only:
        raise Refused(_rows_wrong(run.rows_refused))
    with transaction.atomic():
        run.state, run.forced = State.QUEUED, force
        run.save()
        write_line(user, "order_booking", subject=f"import:{run.pk}", data={"forced": force})


def cancel(user: User | None, run_id: UUID) -> None:
    """Stop before booking: nothing was booked, and the file is thrown away."""
    run = _own_run(user, run_id, State.READ, State.UPLOADED, State.FAILED)
    with transaction.atomic():
        _forget_rows(run)
        run.state = State.CANCELLED
        run.save()
        write_line(user, "cancel_import", subject=f"import:{run.pk}")
    _throw_away(run)


def carry_out(run_id: UUID, today: date) -> ImportRun:
    """What a worker does with the next run: read it, or book it and assess what it touched."""
    run = ImportRun.objects.get(pk=run_id)
    if run.state in (State.UPLOADED, State.READING):
        return read(run_id, today)
    if run.state in (State.QUEUED, State.BOOKING):
        ImportRun.objects.filter(pk=run_id).update(state=State.BOOKING, updated=timezone.now())
        with in_bulk():
            run = book_run(run_id, today)
            _throw_away(run)
            follow_unassessed(today)
    return run


def next_run() -> UUID | None:
    """The next run a worker should take: waiting, or left behind by a worker that died."""
    waiting = ImportRun.objects.filter(state__in=[State.UPLOADED, State.QUEUED])
    left = ImportRun.objects.filter(
        state__in=[State.READING, State.BOOKING], updated__lt=timezone.now() - _GIVEN_UP_AFTER
    )
    return (waiting | left).order_by("created").values_list("pk", flat=True).first()


def save_profile(user: User | None, run_id: UUID, name: str) -> MappingProfile:
    """Keep the way this file was read, for the next file with the same columns."""
    check(user, Deed.IMPORT)
    run = ImportRun.objects.filter(pk=run_id).first()
    if run is None or not run.mapping.get("columns"):
        raise Refused(NOT_FOUND)
    profile = profile_from(from_data(run.mapping), name[:80])
    with transaction.atomic():
        kept, _ = MappingProfile.objects.update_or_create(
            name=name[:80], defaults={"toml": profile_toml(profile), "saved_by": user}
        )
        write_line(user, "save_profile", subject=f"profile:{kept.pk}")
    return kept


def _own_run(user: User | None, run_id: UUID, *states: str) -> ImportRun:
    check(user, Deed.IMPORT)
    run = ImportRun.objects.filter(pk=run_id).first()
    if run is None:
        raise Refused(NOT_FOUND)
    if run.state not in states:
        raise Refused(_too_late())
    return run


def _forget_rows(run: ImportRun) -> None:
    StagedEntry.objects.filter(run=run).delete()
    ImportProblem.objects.filter(run=run).delete()


def _throw_away(run: ImportRun) -> None:
    if run.state in (State.BOOKED, State.CANCELLED):
        Path(run.path).unlink(missing_ok=True)


def as_problem(row: ImportProblem) -> Problem:
    """A kept problem as a value again."""
    return Problem(
        code=row.code,
        message=Words(row.message_nl, row.message_en),
        cure=Words(row.cure_nl, row.cure_en),
        row=row.row,
        column=row.column,
        value=row.value,
        fatal=row.fatal,
    )


def _too_large(name: str) -> Problem:
    return Problem(
        code="file-too-large",
        message=Words("Dit bestand is groter dan 1 GB.", "This file is larger than 1 GB."),
        cure=Words("Deel het in stukken, bijvoorbeeld per jaar.", "Split it, for instance by year."),
        source=name,
        fatal=True,
    )


def _empty(name: str) -> Problem:
    return Problem(
        code="file-empty",
        message=Words("Dit bestand is leeg.", "This file is empty."),
        cure=Words(
            "Maak de uitvoer opnieuw en kies dat bestand.", "Make the export again and choose that file."
        ),
        source=name,
        fatal=True,
    )


def _not_certain() -> Problem:
    return Problem(
        code="mapping-not-certain",
        message=Words(
            "We weten niet zeker hoe we dit bestand moeten lezen.", "We are not sure how to read this file."
        ),
        cure=Words("Kies eerst wat de kolommen betekenen.", "First say what the columns mean."),
    )


def _rows_wrong(count: int) -> Problem:
    return Problem(
        code="rows-wrong",
        message=Words(f"{count} regels kloppen nog niet.", f"{count} rows are not right yet."),
        cure=Words(
            "Verbeter het bestand, of lees alleen de goede regels in.",
            "Mend the file, or import the good rows only.",
        ),
    )


def _too_late() -> Problem:
    return Problem(
        code="import-moved-on",
        message=Words("Dit bestand is al een stap verder.", "This file has moved on already."),
        cure=Words("Ververs de pagina.", "Reload the page."),
    )
