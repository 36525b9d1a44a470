"""What the screens read: typed answers, one file per question. The only way to a person.

Every function takes what the reader may see (neighbourhoods, a page) as an argument; `voordeur.core.access` decides
who may ask before it is called. Answers are frozen; no query hides in an attribute.
"""

from voordeur.store.queries.arrears import SORTS, ArrearsLine, ArrearsPage, arrears_page
from voordeur.store.queries.cases import (
    AgreementLine,
    CaseFile,
    agreement,
    agreements,
    case_file,
    has_wish,
    people_near,
    place,
    wish,
)
from voordeur.store.queries.day_plan import DayStop, day_stops
from voordeur.store.queries.desk import STEPS, Desk, DeskPage, desk, desk_step, works_for
from voordeur.store.queries.imports import RunView, all_runs, last_run, one_run, refused_rows
from voordeur.store.queries.overall import money_is_old, newest_assessment, tenancy_numbers
from voordeur.store.queries.payments import OpenPayment, PaymentPage, open_payment, open_payments
from voordeur.store.queries.policies import Version, policy_version, policy_versions
from voordeur.store.queries.portfolio import (
    NeighbourhoodLine,
    OfficeWork,
    Portfolio,
    TrendPoint,
    office_work,
    portfolio,
)
from voordeur.store.queries.problems import ProblemGroup, ProblemLine, problem_groups
from voordeur.store.queries.reach import named_neighbourhoods, own_neighbourhoods, sees
from voordeur.store.queries.retention import DueRule, RunLine, due_now, last_runs
from voordeur.store.queries.search import MOST_FOUND, Found, find
from voordeur.store.queries.sign_in import (
    SignInMeans,
    has_other_second_factor,
    open_administrators,
    sign_in_means,
    without_second_factor,
)
from voordeur.store.queries.staff import (
    Member,
    NeighbourhoodName,
    member,
    members,
    neighbourhood_ids,
    neighbourhoods,
)
from voordeur.store.queries.streets import Street, streets
from voordeur.store.queries.team import (
    Load,
    SecondOpinion,
    cases_without_owner,
    team_load,
    waiting_for_second,
)
from voordeur.store.queries.team_week import Hours, TeamWeek, team_week, working_hours_of
from voordeur.store.queries.tenancy import Look, Note, SignalView, StandingView, TenancyFile, tenancy_file
from voordeur.store.queries.week_plan import CoverNote, WeekDay, WeekPlan, WeekStop, week_plan
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
    "STEPS",
    "VISITS",
    "AgreementLine",
    "ArrearsLine",
    "ArrearsPage",
    "CaseFile",
    "CoverNote",
    "DayStop",
    "Desk",
    "DeskPage",
    "Door",
    "DueRule",
    "Found",
    "Hours",
    "Load",
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
    "RunLine",
    "RunView",
    "SecondOpinion",
    "SignInMeans",
    "SignalView",
    "StandingView",
    "Street",
    "TeamWeek",
    "TenancyFile",
    "TrendPoint",
    "Version",
    "WeekDay",
    "WeekPlan",
    "WeekStop",
    "WorkList",
    "agreement",
    "agreements",
    "all_runs",
    "all_visits",
    "arrears_page",
    "case_file",
    "cases_without_owner",
    "day_stops",
    "desk",
    "desk_step",
    "due_now",
    "find",
    "has_other_second_factor",
    "has_wish",
    "last_run",
    "last_runs",
    "member",
    "members",
    "money_is_old",
    "named_neighbourhoods",
    "neighbourhood_ids",
    "neighbourhoods",
    "newest_assessment",
    "office_lists",
    "office_work",
    "one_run",
    "open_administrators",
    "open_payment",
    "open_payments",
    "own_neighbourhoods",
    "people_near",
    "place",
    "policy_version",
    "policy_versions",
    "portfolio",
    "problem_groups",
    "refused_rows",
    "rounds",
    "sees",
    "sign_in_means",
    "streets",
    "team_load",
    "team_week",
    "tenancy_file",
    "tenancy_numbers",
    "waiting_for_second",
    "week_plan",
    "wish",
    "without_second_factor",
    "work_list",
    "working_hours_of",
    "works_for",
]
