"""What may be kept no longer goes, provably and nowhere to be found again; what is needed stays."""

import hashlib
import json
import os
import random
from collections import Counter
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from threading import Barrier, Thread

import pytest
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib.sessions.models import Session
from django.db import connection, connections
from pytest_django import Settings
from typer.testing import CliRunner

from tests.actions.databases import rows_of_test_database
from tests.actions.old_town import LONG_AGO, RECENT, OldTown, at, diary, log_details, old_town
from tests.actions.test_backup import NOW, raw_files, still_at_work_elsewhere, unpacked
from tests.actions.town import TODAY
from voordeur.actions import retain, wipe
from voordeur.actions.audit import write_line
from voordeur.actions.backup import SUFFIX, backup
from voordeur.actions.retain import due, erase, old_backups
from voordeur.actions.verify_audit import verify
from voordeur.adapters.retention_rules import load_retention
from voordeur.cli import app
from voordeur.core.problems import Refused
from voordeur.core.retention import Holdback
from voordeur.store.models import (
    AuditLine,
    AuditPayload,
    BankLine,
    Case,
    Contact,
    Entry,
    ImportRun,
    RetentionRun,
    RightsRequest,
    SchemeCheck,
    SentLetter,
    Standing,
    Tenancy,
    Tenant,
    Unassessed,
    User,
)
from voordeur.store.queries import DueRule, last_runs
from voordeur.store.queries import retention as queries_retention

pytestmark = pytest.mark.django_db(transaction=True)
HOUSEHOLD = {"wishes", "diary", "bank", "payers", "ledger", "tenants", "tenancies"}
"""Rules that the case of a household that has left keeps from it."""


@pytest.fixture
def old() -> OldTown:
    return old_town()


@pytest.fixture(autouse=True)
def quick(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Only where the files are looked at they are really written anew."""
    if "really_wiped" not in request.fixturenames:
        monkeypatch.setattr(retain, "wipe_erased", lambda: None)


@pytest.fixture
def really_wiped(monkeypatch: pytest.MonkeyPatch) -> None:
    """The database files are written anew, however long the tests beside this one write on the same server."""
    monkeypatch.setattr(wipe, "WAIT_SECONDS", 600)


def counts(rules: list[DueRule]) -> dict[str, int]:
    return {one.rule.name: one.due for one in rules if one.due}


def sealed_traces(tenancy: int) -> list[bytes]:
    """What stands encrypted of a household in the database."""
    columns = (
        ("store_tenant", "phone"), ("store_tenant", "email"), ("store_contact", "agreed"),
        ("store_sentletter", "pdf"), ("store_sentletter", "proof"), ("store_sentmessage", '"to"'),
        ("store_sentmessage", "said"),
    )  # fmt: skip
    with connection.cursor() as cursor:
        found = []
        for table, column in columns:
            cursor.execute(f"SELECT {column} FROM {table} WHERE tenancy_id = %s", [tenancy])
            found += [str(value).encode() for (value,) in cursor.fetchall()]
    assert len(found) == len(columns)
    assert all(one.startswith(b"v1:") for one in found)
    return found


@pytest.mark.usefixtures("really_wiped")
def test_what_is_gone_is_in_no_file_and_in_no_later_backup(old: OldTown, tmp_path: Path) -> None:
    traces = [*sealed_traces(old.left.pk), f"NL00YPEL{old.left.pk:010}".encode(), b"B. Veldhuizer"]
    files, earlier = raw_files(), unpacked(backup(tmp_path, NOW).path)
    assert all(trace in files and trace in earlier for trace in traces)
    assert b"Ypelaar;500" in earlier  # an upload that nobody decided on
    done = erase(old.officer, TODAY)
    assert done.wiped
    files, later = raw_files(), unpacked(backup(tmp_path, NOW).path)
    assert [trace for trace in traces if trace in files or trace in later] == []
    assert b"Ypelaar;500" not in later
    assert not Tenancy.objects.filter(pk=old.left.pk).exists()
    assert verify().problems == ()


def test_the_dry_run_says_exactly_what_erasing_does_and_changes_nothing(old: OldTown) -> None:
    before = rows_of_test_database()
    said = counts(due(old.officer, TODAY))
    assert rows_of_test_database() == before
    assert set(said) == {rule.name for rule in load_retention() if rule.is_carried_out} - {
        "sessions",
        "staff",
    }
    done = erase(old.officer, TODAY)
    assert {run.rule: run.count for run in done.runs} == said
    assert counts(due(old.officer, TODAY)) == {}


def test_of_a_case_that_runs_nothing_is_touched(old: OldTown) -> None:
    before = of_household(old.running)
    held = {one.rule.name: dict(one.held) for one in due(old.officer, TODAY)}
    assert {name for name in HOUSEHOLD if Holdback.RUNNING_CASE in held[name]} == HOUSEHOLD
    erase(old.officer, TODAY)
    assert of_household(old.running) == before
    Case.objects.filter(tenancy=old.running).update(state="in_court")
    held = {one.rule.name: dict(one.held) for one in due(old.officer, TODAY)}
    assert held["tenants"] == {Holdback.COURT_FILE: 1}


BY_CONSENT = frozenset({"store_schemecheck", "store_schemetask"})
"""Kept because the tenant said yes, for as long as was said then: a case that runs does not make that longer."""


def test_what_is_kept_by_consent_goes_when_its_term_is_over_though_a_case_runs(old: OldTown) -> None:
    assert SchemeCheck.objects.filter(tenancy=old.running).count() == 1
    erase(old.officer, TODAY)
    assert SchemeCheck.objects.filter(tenancy=old.running).count() == 0


def of_household(tenancy: Tenancy) -> dict[str, list[tuple[object, ...]]]:
    """Every row that belongs to a household, as it stands in the database."""
    found = {}
    for table, rows in rows_of_test_database().items():
        with connection.cursor() as cursor:
            columns = [one.name for one in connection.introspection.get_table_description(cursor, table)]
        if "tenancy_id" in columns and table not in BY_CONSENT:
            place = columns.index("tenancy_id")
            found[table] = [row for row in rows if row[place] == tenancy.pk]
    assert sum(bool(rows) for rows in found.values()) >= 14
    return found


def test_the_second_time_there_is_nothing_to_do(old: OldTown) -> None:
    assert erase(old.officer, TODAY).count > 20
    rows = {table: len(rows) for table, rows in rows_of_test_database().items()}
    again = erase(old.officer, TODAY)
    assert (again.runs, again.wiped) == ((), False)
    after = {table: len(rows) for table, rows in rows_of_test_database().items()}
    assert after == rows | {"store_auditline": rows["store_auditline"] + 1}


def test_the_proof_names_no_person_and_can_be_checked_with_an_older_backup(old: OldTown) -> None:
    gone = list(Tenant.objects.filter(tenancy=old.left).values_list("pk", flat=True))
    erase(old.officer, TODAY)
    proof = RetentionRun.objects.get(rule="tenants")
    assert proof.digest == hashlib.sha256("".join(f"store.Tenant:{pk}\n" for pk in gone).encode()).hexdigest()
    assert (proof.count, proof.counts, proof.by) == (1, {"store.Tenant": 1}, old.officer)
    assert (proof.months, proof.fate, proof.oldest, proof.day) == (24, "erase", LONG_AGO, TODAY)
    assert proof.held == {"running_case": 1}
    assert proof.wiped is not None
    lines = AuditLine.objects.filter(action="run_retention")
    assert {frozenset(line.data) for line in lines} == {frozenset({"rule", "count", "day"})}
    assert {line.data["rule"] for line in lines} == {run.rule for run in RetentionRun.objects.all()}
    assert [line.subject for line in lines if line.subject] == []
    newest = last_runs(3)
    assert len(newest) == 3
    assert newest[0].by == "fatima"


def test_details_in_the_log_go_and_the_log_stays_whole(old: OldTown) -> None:
    kept = log_details(LONG_AGO, f"tenancy:{old.running.pk}")
    gone = log_details(LONG_AGO, f"tenancy:{old.left.pk}")
    lines = AuditLine.objects.count()
    erase(old.officer, TODAY)
    assert AuditPayload.objects.filter(pk=kept).exists()
    assert not AuditPayload.objects.filter(pk=gone).exists()
    assert AuditLine.objects.count() > lines
    assert verify().problems == ()


def test_notes_lose_their_words_before_the_contact_goes(old: OldTown) -> None:
    day = TODAY - timedelta(days=400)
    said = diary(old.town, old.town.oudshoven, day, None)
    erase(old.officer, TODAY)
    said.refresh_from_db()
    assert (said.agreed, said.reached, said.day) == ("", False, day)


def test_answers_of_a_check_on_schemes_go_before_its_result(old: OldTown) -> None:
    day = TODAY - timedelta(days=400)
    diary(old.town, old.town.oudshoven, day, None)
    diary(old.town, old.town.oudshoven, TODAY - timedelta(days=100), None)
    erase(old.officer, TODAY)
    kept = {one.day: one for one in SchemeCheck.objects.filter(tenancy=old.town.oudshoven)}
    assert (kept[day].answers, kept[day].tasks.count()) == ("", 1)
    assert kept[TODAY - timedelta(days=100)].answers
    assert SchemeCheck.objects.filter(tenancy=old.left).count() == 0


def test_a_payment_of_nobody_loses_its_payer_and_keeps_its_amount(old: OldTown) -> None:
    erase(old.officer, TODAY)
    [line] = BankLine.objects.filter(state=BankLine.State.NOT_RENT, booked=date(2025, 1, 2))
    assert (line.iban, line.name, line.remittance, line.amount) == ("", "", "", 500_00)
    assert BankLine.objects.filter(state=BankLine.State.UNKNOWN).exclude(name="").count() == 3
    assert BankLine.objects.get(state=BankLine.State.NOT_RENT, booked=RECENT).name


def test_a_file_that_nobody_decided_on_is_thrown_away(old: OldTown) -> None:
    folder = Path(settings.UPLOADS)
    waiting = set(ImportRun.objects.filter(state=ImportRun.State.READ).values_list("pk", flat=True))
    names = {f"{pk}.csv" for pk in waiting}
    assert names <= {path.name for path in folder.iterdir()}
    erase(old.officer, TODAY)
    assert not names & {path.name for path in folder.iterdir()}
    assert (
        set(ImportRun.objects.filter(state=ImportRun.State.CANCELLED).values_list("pk", flat=True)) == waiting
    )


def test_what_a_former_tenant_owes_keeps_the_file(old: OldTown) -> None:
    Standing.objects.filter(tenancy=old.left).update(balance=1)
    erase(old.officer, TODAY)
    assert SentLetter.objects.filter(tenancy=old.left).exists()
    assert Entry.objects.filter(tenancy=old.left).count() == 2
    Standing.objects.filter(tenancy=old.left).update(balance=0)
    Unassessed.objects.create(tenancy=old.left)  # not known how it stands
    assert dict(rule_named(old, "ledger").held)[Holdback.FORMER_DEBT] == 3


def rule_named(old: OldTown, name: str) -> DueRule:
    return next(one for one in due(old.officer, TODAY) if one.rule.name == name)


def test_a_request_that_waits_for_its_answer_keeps_everything_of_the_household(old: OldTown) -> None:
    RightsRequest.objects.create(
        tenancy=old.left, kind="access", way="letter", received=TODAY, person="Ypelaar", recorded=at(TODAY)
    )
    before = of_household(old.left)
    erase(old.officer, TODAY)
    assert of_household(old.left) == before
    assert dict(rule_named(old, "tenants").held) == {Holdback.RUNNING_CASE: 1, Holdback.OPEN_REQUEST: 1}
    RightsRequest.objects.update(closed_on=TODAY, state="granted")
    erase(old.officer, TODAY)
    assert not Tenant.objects.filter(tenancy=old.left).exists()
    assert Tenancy.objects.filter(pk=old.left.pk).exists()  # the answer itself is kept for two years


def test_sessions_go_a_month_after_they_ended(old: OldTown) -> None:
    for number, ended in enumerate((TODAY - timedelta(days=31), TODAY - timedelta(days=30))):
        Session.objects.create(session_key=f"k{number}", session_data="", expire_date=at(ended))
        UserSession.objects.create(
            user=old.officer, ip="127.0.0.1", user_agent="", session_key=f"k{number}", last_seen_at=at(ended)
        )
    assert rule_named(old, "sessions").due == 2
    erase(old.officer, TODAY)
    assert [one.session_key for one in Session.objects.all()] == ["k1"]
    assert [one.session_key for one in UserSession.objects.all()] == ["k1"]


def test_who_left_long_ago_has_no_name_any_more_and_the_log_still_says_which_account(old: OldTown) -> None:
    gone = User.objects.create(
        username="ypke", first_name="Ypke", last_name="Zwolsman", email="y@example.org", role="consultant",
        is_active=False, last_login=at(LONG_AGO), password="hash",
    )  # fmt: skip
    Authenticator.objects.create(user=gone, type="totp", data={})
    line = write_line(gone, "test")
    User.objects.filter(pk=old.town.manager.pk).update(
        last_login=at(LONG_AGO)
    )  # long ago, and still a colleague
    erase(old.officer, TODAY)
    gone.refresh_from_db()
    assert (gone.username, gone.first_name, gone.last_name, gone.email) == (f"oud-{gone.pk}", "", "", "")
    assert not Authenticator.objects.exists()
    assert AuditLine.objects.get(pk=line.pk).actor == gone
    assert User.objects.get(pk=old.town.manager.pk).username == "marit"
    assert erase(old.officer, TODAY).runs == ()


def test_a_file_whose_run_is_over_is_thrown_away_even_when_a_worker_died_before_it_could(
    old: OldTown,
) -> None:
    folder = Path(settings.UPLOADS)
    booked = ImportRun.objects.filter(state=ImportRun.State.BOOKED).values_list("pk", flat=True)
    (folder / "somebody-elses.csv").touch()
    erase(old.officer, TODAY)
    left = {path.name for path in folder.iterdir()}
    assert not left & {f"{pk}.csv" for pk in booked}
    assert "somebody-elses.csv" in left


def test_backups_past_their_term_are_named_and_stay(tmp_path: Path, settings: Settings) -> None:
    assert old_backups(TODAY) == 0
    settings.BACKUPS = str(tmp_path)
    for days in (10, 89, 90, 91, 400):
        made = tmp_path / f"{days}{SUFFIX}"
        made.touch()
        when = at(TODAY - timedelta(days=days)).timestamp()
        os.utime(made, (when, when))
    assert old_backups(TODAY) == 2
    assert len(list(tmp_path.iterdir())) == 5


def test_half_a_ledger_is_never_erased(old: OldTown) -> None:
    """A bank line that still waits for somebody points to one entry: all entries of the household stay."""
    BankLine.objects.filter(tenancy=old.left).update(state=BankLine.State.PROPOSED)
    erase(old.officer, TODAY)
    assert Entry.objects.filter(tenancy=old.left).count() == 2
    assert dict(rule_named(old, "ledger").held)[Holdback.NEEDED] == 2
    assert Tenancy.objects.filter(pk=old.left.pk).exists()


def test_a_closed_case_goes_from_under_a_younger_one(old: OldTown) -> None:
    younger = Case.objects.create(
        tenancy=old.town.oudshoven, number="2026-0009", previous=old.old_case, opened_on=RECENT,
        overdue_since=RECENT, since=RECENT, state="closed", closed_on=RECENT,
    )  # fmt: skip
    erase(old.officer, TODAY)
    younger.refresh_from_db()
    assert younger.previous is None


@pytest.mark.parametrize("seed", range(3))
def test_whatever_terms_and_order_somebody_chooses_nothing_is_torn_apart(
    old: OldTown, seed: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Then what is needed waits for a later run; the dry run still tells what happens, and the runs come to an end."""
    dice = random.Random(seed)
    rules = [
        replace(one, months=dice.choice((1, 24, 84, 150)), days=0) if one.is_carried_out else one
        for one in load_retention()
    ]
    dice.shuffle(rules)
    monkeypatch.setattr(retain, "load_retention", lambda: tuple(rules))
    monkeypatch.setattr(queries_retention, "load_retention", lambda: tuple(rules))
    before = of_household(old.running)
    for _ in range(len(rules)):
        said = counts(due(old.officer, TODAY))
        assert {run.rule: run.count for run in erase(old.officer, TODAY).runs} == said
        if not said:
            break
    assert said == {}
    assert of_household(old.running) == before
    connection.check_constraints()


def test_only_the_privacy_officer_erases_and_never_ahead_of_the_day(old: OldTown) -> None:
    for member in (old.town.manager, old.town.consultant, old.town.administrator):
        for deed in (due, erase):
            with pytest.raises(Refused) as refused:
                deed(member, TODAY)
            assert refused.value.problems[0].code == "not-allowed"
    with pytest.raises(Refused) as refused:
        erase(old.officer, TODAY + timedelta(days=1))
    assert refused.value.problems[0].code == "not-yet"
    assert not RetentionRun.objects.exists()


@contextmanager
def waiting_at_most(milliseconds: int) -> Iterator[None]:
    """SQLite waits shorter for others than it does at work."""
    if connection.vendor != "sqlite":
        yield
        return
    usual = busy_timeout()
    busy_timeout(milliseconds)
    try:
        yield
    finally:
        busy_timeout(usual)


def busy_timeout(milliseconds: int | None = None) -> int:
    """Milliseconds that this connection to SQLite waits for others; sets it when one is given."""
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA busy_timeout" + (f" = {milliseconds}" if milliseconds is not None else ""))
        return int(cursor.fetchone()[0])


@pytest.mark.usefixtures("really_wiped")
def test_when_somebody_still_reads_the_wiping_is_taken_up_the_next_time(
    old: OldTown, monkeypatch: pytest.MonkeyPatch
) -> None:
    reader = still_at_work_elsewhere()
    with monkeypatch.context() as hasty:
        hasty.setattr(wipe, "WAIT_SECONDS", 1)
        with closing(reader), pytest.raises(Refused) as refused, waiting_at_most(100):
            erase(old.officer, TODAY)
    assert refused.value.problems[0].code == "still-read"
    assert RetentionRun.objects.filter(wiped=None).exists()
    again = erase(old.officer, TODAY)
    assert (again.runs, again.wiped) == ((), True)
    assert not RetentionRun.objects.filter(wiped=None).exists()


def test_two_who_erase_at_once_do_not_both_prove_the_same_rows(old: OldTown) -> None:
    for number in range(200):
        Session.objects.create(session_key=f"oud-{number}", session_data="x", expire_date=at(LONG_AGO))
    said, failed = counts(due(old.officer, TODAY)), list[BaseException]()
    start = Barrier(2)

    def press() -> None:
        try:
            start.wait(20)
            erase(old.officer, TODAY)
        except BaseException as error:
            failed.append(error)
        finally:
            connections.close_all()

    people = [Thread(target=press) for _ in range(2)]
    for one in people:
        one.start()
    for one in people:
        one.join(60)
    assert failed == []
    proven: Counter[str] = Counter()
    for rule, count in RetentionRun.objects.values_list("rule", "count"):
        proven[rule] += count
    assert said["sessions"] == 200
    assert dict(proven) == said


def test_a_rule_that_fails_leaves_nothing_half_done(old: OldTown, monkeypatch: pytest.MonkeyPatch) -> None:
    def fails(*words: object) -> None:
        raise RuntimeError("the power goes")

    monkeypatch.setattr(retain, "_prove", fails)
    before = rows_of_test_database()
    with pytest.raises(RuntimeError):
        erase(old.officer, TODAY)
    assert rows_of_test_database() == before


def test_the_command_shows_first_and_erases_on_command(old: OldTown, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("voordeur.cli.start._started", True)
    run = CliRunner()
    looked = run.invoke(app, ["retention", "--json"])
    assert {one["rule"]: one["due"] for one in json.loads(looked.stdout)}["tenants"] == 1
    said = run.invoke(app, ["retention"]).stdout
    assert "+ 1: Er loopt een zaak." in said
    assert "er is niets veranderd" in said
    assert run.invoke(app, ["retention", "--erase"]).exit_code == 2
    assert run.invoke(app, ["retention", "--erase", "--as", "tarek"]).exit_code == 2
    assert run.invoke(app, ["retention", "--erase", "--as", "nobody"]).exit_code == 2
    assert run.invoke(app, ["retention", "--day", "gisteren"]).exit_code == 2
    assert Tenant.objects.filter(tenancy=old.left).exists()
    done = run.invoke(app, ["retention", "--erase", "--as", "fatima"])
    assert "rijen gewist of anoniem" in done.stdout
    assert not Contact.objects.filter(tenancy=old.left).exists()
