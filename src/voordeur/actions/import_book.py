"""Book a run: one transaction, in which everything of the file counts from then on, or nothing does."""

from datetime import date
from uuid import UUID

from django.db import connection, transaction

from voordeur.actions.audit import write_line
from voordeur.actions.import_bank import book_bank, read_bank
from voordeur.actions.import_registers import book_registers
from voordeur.actions.same_money import pair_sightings
from voordeur.store.bulk import among, chunks
from voordeur.store.models import ImportRun, StagedEntry, Tenancy

State = ImportRun.State
_AT_ONCE = 5_000


def book_run(run_id: UUID, today: date) -> ImportRun:
    """Book one run and mark what it touched as unassessed. Booking a booked run does nothing."""
    with transaction.atomic():
        run = ImportRun.objects.select_for_update().get(pk=run_id)
        if run.state == State.BOOKED:
            return run
        touched = _book(run, today)
        mark_unassessed(touched)
        run.state = State.BOOKED
        run.save()
        write_line(
            run.user,
            "book_import",
            subject=f"import:{run.pk}",
            data={
                "kind": run.kind,
                "new": run.rows_new,
                "known": run.rows_known,
                "refused": run.rows_refused,
            },
        )
    return run


def _book(run: ImportRun, today: date) -> set[int]:
    if run.kind == "bank":
        return book_bank(run, read_bank(run), today, lambda _: None)
    if run.kind == "ledger":
        return _book_ledger(run, today)
    return book_registers(run)


def mark_unassessed(tenancies: set[int]) -> None:
    """Their standing no longer holds; the next assessment makes it anew."""
    with connection.cursor() as cursor:
        for some in chunks(sorted(tenancies), _AT_ONCE):
            cursor.execute(
                f"INSERT INTO store_unassessed (tenancy_id) SELECT id FROM store_tenancy WHERE {among('id', some)}"
                " ON CONFLICT DO NOTHING"
            )


_INSERT = """
INSERT INTO store_entry (tenancy_id, date, known, due, kind, component, amount, period, sequence, source, key,
                         description, reason, run_id)
SELECT t.id, s.date, COALESCE(s.known, CASE WHEN st.tenancy_id IS NULL THEN s.date ELSE CAST(%s AS date) END),
       s.due, s.kind, s.component, s.amount, s.period, s.sequence, 1,
       s.key || CASE WHEN s.nth > 1 THEN '-' || s.nth ELSE '' END, s.description, '', s.run_id
FROM (SELECT staged.*, ROW_NUMBER() OVER (PARTITION BY key ORDER BY row) AS nth
      FROM store_stagedentry staged WHERE run_id = %s) s
JOIN store_tenancy t ON t.key = s.tenancy_key
LEFT JOIN store_standing st ON st.tenancy_id = t.id
WHERE s.nth = 1 OR NOT s.own_number  -- a numbered row that stands twice was taken off the stage already
ORDER BY t.id, s.date
ON CONFLICT (key) DO NOTHING
"""
_NEW_TENANCIES = """
INSERT INTO store_tenancy (key, method, mandate, payment_reference)
SELECT DISTINCT tenancy_key, 'unknown', '', '' FROM store_stagedentry WHERE run_id = %s
ON CONFLICT (key) DO NOTHING
"""
_REFER = """
UPDATE store_entry SET {field}_id = named.id
FROM store_stagedentry s JOIN store_entry named ON named.key = s.{field}_key
WHERE store_entry.key = s.key AND s.run_id = %s AND s.{field}_key <> ''
"""


def _book_ledger(run: ImportRun, today: date) -> set[int]:
    """Move the staged rows of a run into the ledger. A row that is there already is left as it is.

    `known` is what the file says; without that a row of a tenancy we follow already became known today, and
    of a tenancy that is new to us on its own day, since nobody can say better.
    """
    run_id = run.pk.hex if connection.vendor == "sqlite" else run.pk
    day = today.isoformat()
    with connection.cursor() as cursor:
        if run.mapping.get("new_tenancies"):
            cursor.execute(_NEW_TENANCIES, [run_id])
        if connection.vendor == "sqlite":
            cursor.execute(_INSERT.replace("CAST(%s AS date)", "%s"), [day, run_id])
        else:
            cursor.execute(_INSERT, [day, run_id])
        run.rows_new = cursor.rowcount
        for field in ("designates", "reverses", "claim"):
            cursor.execute(_REFER.format(field=field), [run_id])
    staged = StagedEntry.objects.filter(run=run)
    run.rows_known = staged.count() - run.rows_new
    keys = staged.values("tenancy_key").distinct()
    touched = (
        set(Tenancy.objects.filter(key__in=keys).values_list("pk", flat=True)) if run.rows_new else set()
    )
    pair_sightings(sorted(touched))
    staged.delete()
    return touched
