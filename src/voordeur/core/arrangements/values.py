"""The values of a payment arrangement: its terms, its instalments, what happens to it, and the numbers it runs by."""

from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from datetime import date
from enum import StrEnum

from voordeur.core.case_values import Setting
from voordeur.core.words import Words


class Rhythm(StrEnum):
    """How often an instalment falls due."""

    WEEKLY = "weekly"
    FORTNIGHTLY = "fortnightly"
    FOUR_WEEKLY = "four_weekly"
    MONTHLY = "monthly"

    @property
    def words(self) -> Words:
        """`elke week`."""
        return _RHYTHM_WORDS[self]


_RHYTHM_WORDS = {
    Rhythm.WEEKLY: Words("elke week", "every week"),
    Rhythm.FORTNIGHTLY: Words("elke twee weken", "every two weeks"),
    Rhythm.FOUR_WEEKLY: Words("elke vier weken", "every four weeks"),
    Rhythm.MONTHLY: Words("elke maand", "every month"),
}


@dataclass(frozen=True, slots=True)
class Step:
    """From the instalment after the first `after` regular ones, the amount is another one (rising steps)."""

    after: int
    amount: int
    """Cents."""


@dataclass(frozen=True, slots=True)
class Terms:
    """What somebody proposes: how much, how often, from when. All amounts are cents."""

    total: int
    amount: int
    """Of a regular instalment."""
    rhythm: Rhythm
    first: date
    """The planned day of the first regular instalment; the others follow from it."""
    lump: int = 0
    """Paid first, in one go."""
    lump_on: date | None = None
    steps: tuple[Step, ...] = ()


@dataclass(frozen=True, slots=True)
class Instalment:
    """One instalment. `due` is the planned day, or the first day after it on which banks work."""

    number: int
    due: date
    amount: int
    """Cents."""
    planned: date | None = None
    """The planned day, where it is another one than `due`."""


class ArrangementState(StrEnum):
    """How an arrangement stands. Made from its events and from the payments; never set by hand."""

    PROPOSED = "proposed"
    AGREED = "agreed"
    LIVE = "live"
    AT_RISK = "at_risk"
    BREACHED = "breached"
    RECOVERED = "recovered"
    COMPLETED = "completed"
    ENDED = "ended"

    @property
    def words(self) -> Words:
        """The state as people say it."""
        return _STATE_WORDS[self]

    @property
    def runs(self) -> bool:
        """True between agreeing and the end: also while there is trouble."""
        return self in RUNNING

    @property
    def kept(self) -> bool:
        """True while it is being kept: nobody goes there for money."""
        return self in KEPT


S = ArrangementState
RUNNING = frozenset({S.AGREED, S.LIVE, S.AT_RISK, S.BREACHED, S.RECOVERED})
KEPT = frozenset({S.AGREED, S.LIVE, S.RECOVERED})
_STATE_WORDS = {
    S.PROPOSED: Words("voorgesteld", "proposed"),
    S.AGREED: Words("afgesproken", "agreed"),
    S.LIVE: Words("loopt goed", "being kept"),
    S.AT_RISK: Words("dreigt mis te gaan", "at risk"),
    S.BREACHED: Words("niet nagekomen", "not kept"),
    S.RECOVERED: Words("weer bij", "caught up"),
    S.COMPLETED: Words("helemaal betaald", "paid in full"),
    S.ENDED: Words("gestopt", "ended"),
}


class ArrangementEventKind(StrEnum):
    """What can happen to an arrangement, besides money."""

    PROPOSED = "proposed"
    AGREED = "agreed"
    RESCHEDULED = "rescheduled"
    """The rest is spread anew; what was paid and what happened stays."""
    CONTACTED = "contacted"
    """Somebody tried to speak with the household: at the door or by telephone."""
    ENDED = "ended"
    DECLINED = "declined"
    """A proposal that was not agreed on."""


class EndReason(StrEnum):
    """Why an arrangement ended before it was paid."""

    NOT_KEPT = "not_kept"
    TENANT_ASKED = "tenant_asked"
    DEBT_HELP = "debt_help"
    REPLACED = "replaced"
    MISTAKE = "mistake"

    @property
    def words(self) -> Words:
        """The reason in words."""
        return _END_WORDS[self]


_END_WORDS = {
    EndReason.NOT_KEPT: Words("niet nagekomen", "not kept"),
    EndReason.TENANT_ASKED: Words("op verzoek van de huurder", "at the request of the tenant"),
    EndReason.DEBT_HELP: Words("schuldhulp neemt het over", "debt help takes over"),
    EndReason.REPLACED: Words("er kwam een andere regeling", "another arrangement came in its place"),
    EndReason.MISTAKE: Words("het was een vergissing", "it was a mistake"),
}


@dataclass(frozen=True, slots=True)
class ArrangementEvent:
    """One thing that happened. Agreeing and rescheduling carry the instalments from that day on."""

    kind: ArrangementEventKind
    day: date
    instalments: tuple[Instalment, ...] = ()
    reason: EndReason | None = None
    sequence: int = 0
    """Order within one day."""

    @property
    def order(self) -> tuple[date, int, str]:
        """It depends on the event alone, so the order in which events come in does not matter."""
        return (self.day, self.sequence, self.kind)


@dataclass(frozen=True, slots=True, kw_only=True)
class ArrangementRules:
    """The numbers an arrangement is made and watched by; `sources` says where each comes from."""

    minimum_month: int
    """Cents a month below which there is no arrangement but help."""
    longest_months: int
    longest_small_months: int
    """The longest arrangement for a debt of at most one month's rent."""
    most_rents: int
    """A debt of more months' rent than this is too large for an arrangement between two parties."""
    first_within_days: int
    again_months: int
    most_again: int
    """So many earlier arrangements within `again_months` are possible; after that help comes first."""
    tolerance_days: int
    """An instalment that is not there so many days after its due day is missed."""
    rent_tolerance_days: int
    small_cents: int
    """A shortage up to this is none."""
    breach_misses: int
    """So many instalments missed at the same time is a breach; fewer is a conversation."""
    contact_first: bool
    """Nothing counts as a breach before somebody tried to speak with the household."""
    pay_after_days: int
    """An instalment falls due so many days after the income comes in."""
    living_first: int
    living_partner: int
    living_child: int
    """Cents a month for food, clothes and the rest of daily life: the tenant, a partner, each child."""
    sources: Mapping[str, Setting] = field(default_factory=dict)


NUMBERS_OF_AN_ARRANGEMENT = tuple(one.name for one in fields(ArrangementRules) if one.name != "sources")
