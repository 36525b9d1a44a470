"""All that is kept of one household, and who looked: for the answer to a request (GDPR art. 15). Reads only."""

from datetime import date
from typing import Any

from voordeur.adapters.retention_rules import load_retention
from voordeur.core.access import Purpose, Role
from voordeur.core.holdings import Held, HeldPart, Holdings, raw
from voordeur.core.log_words import in_words as done_in_words
from voordeur.core.register import PURPOSE_WORDS, ROLE_WORDS, said_term
from voordeur.core.retention import Fate
from voordeur.core.words import Words
from voordeur.store.holdings_others import LEFT_OUT, WHOLE, Asker, asker_of, hides_details, left_out
from voordeur.store.holdings_parts import PARTS
from voordeur.store.holdings_told import NOTHING, HoldingsPart, in_words
from voordeur.store.models import AuditLine, LetterHead, Tenancy

LOOKS = "auditline"
"""Name of the part with who looked and who did what."""
_LOOKS_TITLE = Words("Wie keek en wie wat deed", "Who looked and who did what")
_MOMENT, _WHO = Words("Moment", "Moment"), Words("Wie", "Who")
_WHAT, _WHY = Words("Wat", "What"), Words("Waarvoor", "What for")
_DETAILS = Words("Bijzonderheden", "Details")
_COLUMNS = ("at", "role", "action", "purpose")
_SYSTEM = Words("het systeem zelf", "the system itself")
_TENANT = Words("u zelf, op uw eigen pagina", "you yourself, on your own page")


def holdings(tenancy_id: int, made_on: date, tenant: int | None = None) -> Holdings:
    """Everything, in one order: the same data on the same day give the same answer. Two queries a table at most.

    `tenant`: who of the tenants asks; what is only about the others is left out. None: all of them together.
    """
    tenancy = Tenancy.objects.select_related("home").get(pk=tenancy_id)
    head = LetterHead.objects.order_by("-pk").first()
    home, asker = tenancy.home, asker_of(tenancy, tenant)
    people = tenancy.tenants.order_by("pk").values_list("name", flat=True)
    return Holdings(
        made_on=made_on,
        landlord=head.name if head else "",
        reference=tenancy.key,
        address=", ".join(filter(None, (home.address, f"{home.postcode} {home.town}".strip())))
        if home
        else "",
        people=(asker.name,) if asker else tuple(people),
        parts=(*(_part(part, tenancy, asker) for part in PARTS), _looks(tenancy, asker)),
        shared=asker is not None,
    )


def count_of_holdings(tenancy_id: int) -> tuple[tuple[Words, int], ...]:
    """(what, how many records) of everything that is there, without opening any of it."""
    tenancy = Tenancy.objects.get(pk=tenancy_id)
    counts = [(part.title, part.model._default_manager.filter(part.of(tenancy)).count()) for part in PARTS]
    counts.append((_LOOKS_TITLE, AuditLine.objects.filter(subject=f"tenancy:{tenancy_id}").count()))
    return tuple((title, count) for title, count in counts if count)


def _part(part: HoldingsPart, tenancy: Tenancy, asker: Asker | None) -> HeldPart:
    rows = part.model._default_manager.filter(part.of(tenancy)).order_by(*part.order)
    joins = [told.name for told in part.told if told.joins]
    found = rows.select_related(*joins) if joins else rows
    told = [(row, left_out(row, asker)) for row in found]
    records = tuple(_record(part, row, hidden) for row, hidden in told if hidden != WHOLE)
    return HeldPart(part.name, part.title, _why(part.model._meta.label), records, part.columns)


def _record(part: HoldingsPart, row: Any, hidden: frozenset[str]) -> tuple[Held, ...]:
    record = []
    for told in part.told:
        if told.name in hidden:
            record.append(Held(told.name, told.label, LEFT_OUT.en, LEFT_OUT))
            continue
        value = told.take(row)
        record.append(Held(told.name, told.label, told.keep(value), told.say(value)))
    return tuple(record)


def _why(label: str) -> Words:
    """The ground and the term by the retention table: of the rule by which the records themselves go."""
    rules = [rule for rule in load_retention() if label in rule.tables]
    rule = min(rules, key=lambda one: one.fate is not Fate.ERASE, default=None)
    if rule is None:
        return NOTHING
    return Words(
        f"{rule.basis.nl} Bewaartermijn: {said_term(rule, 'nl')}.",
        f"{rule.basis.en} Kept for: {said_term(rule, 'en')}.",
    )


def _looks(tenancy: Tenancy, asker: Asker | None) -> HeldPart:
    """The lines of the log about this household: what work somebody does, not who it is."""
    rows = (
        AuditLine.objects.filter(subject=f"tenancy:{tenancy.pk}")
        .select_related("actor", "payload")
        .order_by("pk")
    )
    return HeldPart(
        LOOKS, _LOOKS_TITLE, _why("store.AuditLine"), tuple(_look(row, asker) for row in rows), _COLUMNS
    )


def _nobody(row: AuditLine) -> Words:
    """Who did it when no account did: the tenant on the own page, or the program."""
    return _TENANT if row.purpose == Purpose.OWN else _SYSTEM


def _look(row: AuditLine, asker: Asker | None) -> tuple[Held, ...]:
    role = row.actor.role if row.actor else ""
    details = getattr(row, "payload", None)
    said = "" if details is None or hides_details(row, asker) else details.content
    return (
        Held("at", _MOMENT, raw(row.at), in_words(row.at)),
        Held("role", _WHO, role, ROLE_WORDS[Role(role)] if role in set(Role) else _nobody(row)),
        Held("action", _WHAT, row.action, done_in_words(row.action)),
        Held("purpose", _WHY, row.purpose, PURPOSE_WORDS[Purpose(row.purpose)] if row.purpose else NOTHING),
        Held("details", _DETAILS, said, in_words(said)),
    )
