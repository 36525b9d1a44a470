"""What we keep of the check on schemes, as it is told to whoever asks: part of `store/holdings_parts.py`."""

import json

from django.db.models import Q

from voordeur.core.schemes.follow_up import TaskState
from voordeur.core.schemes.household import Scheme
from voordeur.core.schemes.sentences import ABOUT
from voordeur.core.words import Words
from voordeur.store import models
from voordeur.store.holdings_told import HoldingsPart, Told, coded, money, plain, role

_BY = ("by", "Collega", "Colleague")


def _tenancy(tenancy: models.Tenancy) -> Q:
    return Q(tenancy=tenancy)


SCHEME_PARTS: tuple[HoldingsPart, ...] = (
    HoldingsPart(
        models.SchemeCheck, _tenancy, Words("Regelingen-check", "Check on schemes"),
        (
            plain("day", "Dag", "Day"), plain("consent_on", "U vond dat goed op", "You agreed on"),
            plain("language", "Taal", "Language"), plain("known", "Wat wij al wisten", "What we knew already"),
            Told("answers", Words("Wat u antwoordde", "What you answered"), ("answers",),
                 lambda row: json.loads(row.answers) if row.answers else None),
            money("low", "Per maand, minstens", "A month, at least"),
            money("high", "Per maand, hoogstens", "A month, at most"),
            plain("until", "Geldt tot en met", "Holds until"), role(*_BY),
            plain("recorded", "Opgeschreven", "Written down"),
        ),
        frozenset({"id", "tenancy"}), ("day", "recorded"),
    ),
    HoldingsPart(
        models.SchemeTask, _tenancy, Words("Regelingen om aan te vragen", "Schemes to apply for"),
        (
            coded("scheme", "Regeling", "Scheme", {one.value: ABOUT[one].title for one in Scheme}),
            coded("state", "Stand", "State", {one.value: one.words for one in TaskState}),
            plain("state_on", "Sinds", "Since"),
            money("low", "Per maand, minstens", "A month, at least"),
            money("high", "Per maand, hoogstens", "A month, at most"),
            plain("apply_by", "Aanvragen uiterlijk", "Apply at the latest"),
            money("granted", "Toegekend per maand", "Granted a month"), plain("since", "Vanaf", "From"), role(*_BY),
        ),
        frozenset({"id", "tenancy", "check_of"}), ("state_on", "pk"),
    ),
)  # fmt: skip
