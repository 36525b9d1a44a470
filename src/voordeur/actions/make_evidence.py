"""The evidence file of a case: made from what is kept, taken along as PDF or JSON, approved by a person."""

from dataclasses import dataclass, replace
from datetime import date

from django.db import transaction

from voordeur.actions import case_book
from voordeur.actions.audit import write_line
from voordeur.actions.decide import decide
from voordeur.actions.keep_agreement import valid_agreement
from voordeur.actions.letter_contents import addressee, charge_words, open_charges
from voordeur.actions.reach_tenancy import check_reach, purpose_in_log
from voordeur.adapters.evidence_file import print_evidence
from voordeur.core.access import Deed
from voordeur.core.cases import Case, Event, EventKind, fold
from voordeur.core.evidence import EvidenceData, EvidenceFile, StatementLine, fingerprint, to_json
from voordeur.core.evidence_steps import evidence_file
from voordeur.core.problems import Problem, Refused
from voordeur.core.words import Words
from voordeur.store.models import Case as CaseRow
from voordeur.store.models import LetterHead, SentLetter, Standing, Tenancy, User

SHORT = 16
"""Signs of the fingerprint by which a file is named in the case."""
_OF_A_CONTACT = 8


@dataclass(frozen=True, slots=True)
class Evidence:
    """The file of one case on one day."""

    file: EvidenceFile
    fingerprint: str
    """sha256 of the JSON, which the PDF shows too."""
    number: str
    open: bool
    """The case still runs: it can be approved."""


@transaction.atomic
def show_evidence(user: User, tenancy_id: int, today: date) -> Evidence:
    """The evidence file of the newest case of a tenancy; Refused when there never was one. Leaves a line."""
    made = _make(user, tenancy_id, today)
    _look(user, "see_evidence", tenancy_id, made)
    return made


@transaction.atomic
def take_evidence(user: User, tenancy_id: int, today: date, form: str, language: str) -> tuple[str, bytes]:
    """File name and bytes, as `pdf` or `json`. The same data and day give the same bytes."""
    made = _make(user, tenancy_id, today)
    content = to_json(made.file) if form == "json" else print_evidence(made.file, language)
    _look(user, "take_evidence", tenancy_id, made)
    return f"bewijsdossier-{made.number}.{form}", content


@transaction.atomic
def approve_evidence(user: User, tenancy_id: int, seen: str, today: date) -> None:
    """A person read this file and finds it right. Refused when it changed since: `seen` is its fingerprint."""
    check_reach(user, Deed.DECIDE_CASE, tenancy_id, today)
    made = _make(user, tenancy_id, today)
    if made.fingerprint != seen:
        raise Refused(
            Problem(
                "evidence-changed",
                Words("Het dossier is veranderd sinds je het las.", "The file changed since you read it."),
                Words("Lees het opnieuw en keur het dan goed.", "Read it again and approve it then."),
            )
        )
    event = Event(EventKind.BUNDLE_APPROVED, today, evidence=f"evidence:{seen[:SHORT]}")
    decide(user, tenancy_id, event, today)


def _look(user: User, action: str, tenancy_id: int, made: Evidence) -> None:
    write_line(
        user, action, subject=f"tenancy:{tenancy_id}", purpose=purpose_in_log(user),
        data={"sha256": made.fingerprint},
    )  # fmt: skip


def _make(user: User, tenancy_id: int, today: date) -> Evidence:
    check_reach(user, Deed.SEE_EVIDENCE, tenancy_id, today)
    row = CaseRow.objects.filter(tenancy=tenancy_id).select_related("tenancy__home").order_by("-pk").first()
    if row is None:
        raise Refused(
            Problem(
                "no-case",
                Words("Er is geen zaak.", "There is no case."),
                Words("Zonder zaak is er geen bewijsdossier.", "Without a case there is no evidence file."),
            )
        )
    book = case_book.read(row, today)
    case = fold(replace(event, evidence=_readable(event.evidence)) for event in book.case.history)
    file = evidence_file(case, book.law, _data(row, case, today))
    return Evidence(file, fingerprint(file), row.number, row.closed_on is None)


def _readable(evidence: str) -> str:
    """A line of the diary by the first signs of its id: enough to find it, short enough to read out."""
    kind, colon, number = evidence.partition(":")
    return f"{kind}:{number[:_OF_A_CONTACT]}" if colon and kind == "contact" else evidence


def _data(row: CaseRow, case: Case, today: date) -> EvidenceData:
    head = LetterHead.objects.order_by("-pk").first()
    asked = case.first_signal.day if case.first_signal else today
    return EvidenceData(
        reference=row.number,
        made_on=today,
        landlord=head.name if head else "–",
        tenant=", ".join(row.tenancy.tenants.order_by("pk").values_list("name", flat=True)) or "–",
        address=_address(row.tenancy),
        statement=_open(row.tenancy_id, asked),
        statement_on=asked,
        now=_open(row.tenancy_id, today) if asked != today else (),
        rent=_rent(row.tenancy, today),
        agreement=valid_agreement(asked),
        documents=_documents(row),
        people=_people(case),
    )


def _open(tenancy: int, on: date) -> tuple[StatementLine, ...]:
    return tuple(
        StatementLine(one.due, charge_words(one), one.outstanding) for one in open_charges(tenancy, on)
    )


def _rent(tenancy: Tenancy, today: date) -> int:
    """What is charged a month now: by the ledger, else by the tenancy file. 0 when the tenancy is over."""
    if tenancy.end is not None and tenancy.end < today:
        return 0
    charged = Standing.objects.filter(tenancy=tenancy).values_list("current_rent", flat=True).first()
    return charged or tenancy.rent or 0


def _address(tenancy: Tenancy) -> str:
    to = addressee(tenancy)
    if to is not None:
        return ", ".join(filter(None, (to.street, to.town)))
    return tenancy.home.address if tenancy.home else tenancy.key


def _documents(row: CaseRow) -> dict[str, str]:
    """Every letter that went out in this case, with the hash of its file."""
    letters = SentLetter.objects.filter(case=row).exclude(sha256="").values_list("pk", "sha256")
    return {f"letter:{pk}": sha256 for pk, sha256 in letters}


def _people(case: Case) -> dict[str, str]:
    accounts = {
        one.id for event in case.history for one in (event.by, event.second) if one and one.id.isdigit()
    }
    return {str(user.pk): str(user) for user in User.objects.filter(pk__in=accounts)}
