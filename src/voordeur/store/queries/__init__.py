"""What the screens read: typed answers, one file per question. The only way to a person.

Every function takes what the reader may see (neighbourhoods, a page) as an argument; `voordeur.core.access` decides
who may ask before it is called. Answers are frozen; no query hides in an attribute.
"""

from voordeur.store.queries.arrears import SORTS, ArrearsLine, ArrearsPage, arrears_page
from voordeur.store.queries.imports import RunView, all_runs, last_run, one_run, refused_rows
from voordeur.store.queries.overall import money_is_old, newest_assessment, tenancy_numbers
from voordeur.store.queries.payments import OpenPayment, PaymentPage, open_payment, open_payments
from voordeur.store.queries.portfolio import (
    NeighbourhoodLine,
    OfficeWork,
    Portfolio,
    TrendPoint,
    office_work,
    portfolio,
)
from voordeur.store.queries.problems import ProblemGroup, ProblemLine, problem_groups
from voordeur.store.queries.search import MOST_FOUND, Found, find
from voordeur.store.queries.staff import (
    Member,
    NeighbourhoodName,
    member,
    members,
    neighbourhood_ids,
    neighbourhoods,
)
from voordeur.store.queries.tenancy import Look, Note, SignalView, StandingView, TenancyFile, tenancy_file
from voordeur.store.queries.worklist import (
    CONTACTS,
    NO_STEP,
    OFFICE,
    VISITS,
    Door,
    OfficeList,
    PaidOff,
    Round,
    WorkList,
    all_visits,
    office_lists,
    rounds,
    work_list,
)

__all__ = [
    "CONTACTS",
    "MOST_FOUND",
    "NO_STEP",
    "OFFICE",
    "SORTS",
    "VISITS",
    "ArrearsLine",
    "ArrearsPage",
    "Door",
    "Found",
    "Look",
    "Member",
    "NeighbourhoodLine",
    "NeighbourhoodName",
    "Note",
    "OfficeList",
    "OfficeWork",
    "OpenPayment",
    "PaidOff",
    "PaymentPage",
    "Portfolio",
    "ProblemGroup",
    "ProblemLine",
    "Round",
    "RunView",
    "SignalView",
    "StandingView",
    "TenancyFile",
    "TrendPoint",
    "WorkList",
    "all_runs",
    "all_visits",
    "arrears_page",
    "find",
    "last_run",
    "member",
    "members",
    "money_is_old",
    "neighbourhood_ids",
    "neighbourhoods",
    "newest_assessment",
    "office_lists",
    "office_work",
    "one_run",
    "open_payment",
    "open_payments",
    "portfolio",
    "problem_groups",
    "refused_rows",
    "rounds",
    "tenancy_file",
    "tenancy_numbers",
    "work_list",
]
