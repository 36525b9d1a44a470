"""Letters and messages of a household, the cases that wait for a letter, and the versions of the texts."""

from dataclasses import dataclass
from datetime import date, datetime

from voordeur.core.letter_clauses import TITLES, LetterKind
from voordeur.core.words import Words
from voordeur.store.models import Case, LetterHead, SentLetter, SentMessage, TextVersion


@dataclass(frozen=True, slots=True)
class LetterLine:
    """One letter, without what it says."""

    id: int
    tenancy: int
    kind: LetterKind
    language: str
    day: date
    state: str
    route: str
    total: int
    fee: int
    expected_on: date
    sent_on: date | None
    delivered_on: date | None
    proof: str
    sha256: str
    by: str
    text: int
    """Version of the text; 0: the one that comes with Voordeur."""
    failure: tuple[Words, ...]

    @property
    def title(self) -> Words:
        """What kind of letter it is."""
        return TITLES[self.kind]


def letters_of(tenancy_id: int) -> tuple[LetterLine, ...]:
    """All letters of a tenancy, newest first."""
    rows = (
        SentLetter.objects.filter(tenancy=tenancy_id)
        .defer("pdf")
        .select_related("made_by", "sent_by", "text")
    )
    return tuple(_line(row) for row in rows.order_by("-pk"))


def one_letter(letter_id: int) -> LetterLine | None:
    """One letter."""
    row = (
        SentLetter.objects.filter(pk=letter_id)
        .defer("pdf")
        .select_related("made_by", "sent_by", "text")
        .first()
    )
    return _line(row) if row else None


def _line(row: SentLetter) -> LetterLine:
    return LetterLine(
        row.pk, row.tenancy_id, LetterKind(row.kind), row.language, row.day, row.state, row.route, row.total, row.fee,
        row.expected_on, row.sent_on, row.delivered_on, row.proof, row.sha256, str(row.sent_by or row.made_by),
        row.text.number if row.text else 0, tuple(Words(one["nl"], one["en"]) for one in row.failure),
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class MessageLine:
    """One SMS or e-mail."""

    kind: str
    route: str
    made: datetime
    by: str
    sent: bool | None
    said: str


def messages_of(tenancy_id: int) -> tuple[MessageLine, ...]:
    """All messages of a tenancy, newest first."""
    rows = SentMessage.objects.filter(tenancy=tenancy_id).select_related("by").order_by("-pk")
    return tuple(MessageLine(one.kind, one.route, one.made, str(one.by), one.sent, one.said) for one in rows)


@dataclass(frozen=True, slots=True)
class WaitingLine:
    """A case whose next step is a letter."""

    tenancy: int
    address: str
    number: str
    reason: Words
    overdue: int
    days: int


MOST_WAITING = 200


def waiting_for_letter() -> tuple[tuple[WaitingLine, ...], int]:
    """The open cases whose next step is a letter, most urgent first, and how many there are."""
    found = Case.objects.filter(closed_on=None, tenancy__standing__action="letter")
    rows = found.select_related("tenancy__home", "tenancy__standing").order_by(
        "-tenancy__standing__urgency", "pk"
    )
    lines = tuple(
        WaitingLine(
            row.tenancy_id, row.tenancy.home.address if row.tenancy.home else row.tenancy.key, row.number,
            Words(row.tenancy.standing.advice_nl, row.tenancy.standing.advice_en), row.tenancy.standing.overdue,
            row.tenancy.standing.days_overdue,
        )
        for row in rows[:MOST_WAITING]
    )  # fmt: skip
    return lines, found.count()


@dataclass(frozen=True, slots=True)
class TextLine:
    """One version of the text of a kind of letter."""

    id: int
    kind: LetterKind
    number: int
    nl: str
    en: str
    by: str
    changed: datetime
    live_from: date | None

    @property
    def draft(self) -> bool:
        """True while it can be changed."""
        return self.live_from is None

    @property
    def words(self) -> Words:
        """The text in both languages."""
        return Words(self.nl, self.en)

    @property
    def title(self) -> Words:
        """What kind of letter it is for."""
        return TITLES[self.kind]


def text_versions() -> tuple[TextLine, ...]:
    """All versions of all texts, newest first."""
    return tuple(_text(row) for row in TextVersion.objects.select_related("made_by").order_by("-pk"))


def text_version(version: int) -> TextLine | None:
    """One version."""
    row = TextVersion.objects.select_related("made_by").filter(pk=version).first()
    return _text(row) if row else None


def _text(row: TextVersion) -> TextLine:
    return TextLine(
        row.pk, LetterKind(row.kind), row.number, row.nl, row.en, str(row.made_by or ""), row.changed, row.live_from
    )  # fmt: skip


def letter_head_now() -> dict[str, str]:
    """What every letter says about the landlord; empty while nobody filled it in."""
    row = LetterHead.objects.order_by("-pk").first()
    if row is None:
        return {}
    names = [one.name for one in LetterHead._meta.fields if one.name not in ("id", "made", "made_by")]
    return {name: getattr(row, name) for name in names}
