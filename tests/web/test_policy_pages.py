"""The policy on the screens: read by many, written by one, refused when it cannot be, tried before it counts."""

from datetime import timedelta
from typing import Any

import pytest
from django.urls import reverse

from tests.web.conftest import As
from tests.web.factories import TODAY, Town
from tests.web.test_cases import text_of
from voordeur.actions.edit_policy import begin_draft
from voordeur.actions.nightly import nightly
from voordeur.actions.policy_now import policy_now, policy_of
from voordeur.adapters.rules import shipped_policies
from voordeur.store.models import AuditLine, PolicyVersion, Standing

OPEN, NO, GONE, ELSEWHERE = 200, 403, 404, 302


@pytest.fixture
def draft(small_town: Town) -> PolicyVersion:
    """A copy of the policy that comes with Voordeur."""
    return begin_draft(small_town.administrator, shipped="standaard")


def names(version: PolicyVersion) -> list[str]:
    """The rules in their order."""
    version.refresh_from_db()
    return [rule.name for rule in policy_of(version.text).rules]


def place(version: PolicyVersion, name: str) -> str:
    """Where one rule is edited."""
    return reverse("policy_rule", args=[version.pk, names(version).index(name)])


def filled(client: Any, address: str, **changes: str) -> Any:
    """Send the form of a rule as it stands, with other answers where they are named."""
    context = client.get(address).context
    values = dict(context["form"].initial)
    lines = context["lines"]
    values |= {
        "form-TOTAL_FORMS": str(lines.total_form_count()),
        "form-INITIAL_FORMS": str(lines.initial_form_count()),
    }
    for at, line in enumerate(lines.forms):
        for name in ("fact", "op", "value"):
            given = (line.initial or {}).get(name)
            values[f"form-{at}-{name}"] = "" if given is None else str(given)
    return client.post(address, values | changes)


class TestWhoMay:
    def test_read_it(self, small_town: Town, as_user: As) -> None:
        people = (small_town.manager, small_town.consultant, small_town.chief, small_town.administrator)
        assert [as_user(one).get(reverse("policy")).status_code for one in people] == [NO, OPEN, OPEN, OPEN]

    def test_only_the_administrator_sees_drafts_to_open_and_buttons(
        self, small_town: Town, as_user: As, draft: PolicyVersion
    ) -> None:
        theirs = as_user(small_town.chief).get(reverse("policy")).content.decode()
        own = as_user(small_town.administrator).get(reverse("policy")).content.decode()
        link = reverse("policy_draft", args=[draft.pk])
        assert "Maak een ontwerp" in own
        assert link in own
        assert "Maak een ontwerp" not in theirs
        assert link not in theirs

    def test_write_it(self, small_town: Town, as_user: As, draft: PolicyVersion) -> None:
        pages = [
            reverse("policy_begin"),
            reverse("policy_draft", args=[draft.pk]),
            reverse("policy_rule", args=[draft.pk, 0]),
            reverse("policy_arrange", args=[draft.pk, 0, "weg"]),
            reverse("policy_trial", args=[draft.pk]),
            reverse("policy_drop", args=[draft.pk]),
        ]
        before = names(draft)
        for user in (small_town.manager, small_town.consultant, small_town.chief):
            assert {as_user(user).post(page).status_code for page in pages} == {NO}
        assert names(draft) == before

    def test_a_version_that_is_not_there_has_no_page(self, small_town: Town, as_user: As) -> None:
        client = as_user(small_town.administrator)
        for page in ("policy_draft", "policy_trial"):
            assert client.get(reverse(page, args=[999])).status_code == GONE


class TestADraft:
    def test_begins_as_a_copy(self, small_town: Town, as_user: As) -> None:
        client = as_user(small_town.administrator)
        answer = client.post(reverse("policy_begin"), {"shipped": "brief-eerst"})
        version = PolicyVersion.objects.get()
        assert answer["Location"] == reverse("policy_draft", args=[version.pk])
        assert "Een ontwerp. Er verandert niets tot het ingaat." in text_of(client.get(answer["Location"]))
        client.post(reverse("policy_begin"), {"version": str(version.pk)})
        assert PolicyVersion.objects.order_by("-pk")[0].number == 2

    def test_of_nothing_is_refused(self, small_town: Town, as_user: As) -> None:
        answer = as_user(small_town.administrator).post(reverse("policy_begin"), {"shipped": "../../etc"})
        assert answer.status_code == GONE
        assert not PolicyVersion.objects.exists()

    def test_takes_other_numbers(self, small_town: Town, as_user: As, draft: PolicyVersion) -> None:
        client = as_user(small_town.administrator)
        page = reverse("policy_draft", args=[draft.pk])
        form = client.get(page).context["form"]
        values = {name: field.initial for name, field in form.fields.items()}
        client.post(page, values | {"small_amount": "75,00", "silence_days": "60"})
        draft.refresh_from_db()
        limits = policy_of(draft.text).limits
        assert (limits.small_amount, limits.silence_days) == (75_00, 60)

    @pytest.mark.parametrize(("name", "value"), [("small_amount", "veel"), ("habit_percent", "140")])
    def test_says_at_the_field_that_a_number_cannot_be(
        self, name: str, value: str, small_town: Town, as_user: As, draft: PolicyVersion
    ) -> None:
        client = as_user(small_town.administrator)
        page = reverse("policy_draft", args=[draft.pk])
        form = client.get(page).context["form"]
        values = {field: one.initial for field, one in form.fields.items()}
        before = draft.text
        answer = client.post(page, values | {name: value})
        assert set(answer.context["form"].errors) == {name}
        draft.refresh_from_db()
        assert draft.text == before

    def test_moves_rules_and_takes_them_out(
        self, small_town: Town, as_user: As, draft: PolicyVersion
    ) -> None:
        client = as_user(small_town.administrator)
        first, second, third, *_ = names(draft)
        client.post(reverse("policy_arrange", args=[draft.pk, 1, "omhoog"]))
        assert names(draft)[:2] == [second, first]
        client.post(reverse("policy_arrange", args=[draft.pk, 0, "omlaag"]))
        assert names(draft)[:2] == [first, second]
        client.post(reverse("policy_arrange", args=[draft.pk, 1, "weg"]))
        assert names(draft)[:2] == [first, third]

    def test_another_word_moves_nothing(self, small_town: Town, as_user: As, draft: PolicyVersion) -> None:
        before = names(draft)
        client = as_user(small_town.administrator)
        assert client.post(reverse("policy_arrange", args=[draft.pk, 1, "opzij"])).status_code == GONE
        assert client.post(reverse("policy_arrange", args=[draft.pk, 999, "weg"])).status_code == GONE
        assert names(draft) == before

    def test_keeps_the_last_rule_that_always_holds(
        self, small_town: Town, as_user: As, draft: PolicyVersion
    ) -> None:
        last = len(names(draft)) - 1
        client = as_user(small_town.administrator)
        answer = client.post(reverse("policy_arrange", args=[draft.pk, last, "weg"]))
        assert answer.status_code == 409
        assert len(names(draft)) == last + 1

    def test_is_thrown_away(self, small_town: Town, as_user: As, draft: PolicyVersion) -> None:
        as_user(small_town.administrator).post(reverse("policy_drop", args=[draft.pk]))
        assert not PolicyVersion.objects.exists()
        assert AuditLine.objects.filter(action="drop_policy").count() == 1


class TestARule:
    @pytest.mark.parametrize("shipped", shipped_policies())
    def test_as_it_stands_can_be_sent_back_unchanged(
        self, shipped: str, small_town: Town, as_user: As
    ) -> None:
        """Every rule survives its own form: no condition is lost or rewritten on the way, "0 times" neither."""
        draft = begin_draft(small_town.administrator, shipped=shipped)
        client = as_user(small_town.administrator)
        before = policy_of(draft.text)
        for name in [rule.name for rule in before.rules]:
            answer = filled(client, place(draft, name))
            assert answer.status_code == ELSEWHERE, (name, answer.context["form"].errors)
        draft.refresh_from_db()
        assert policy_of(draft.text) == before

    def test_takes_another_condition(self, small_town: Town, as_user: As, draft: PolicyVersion) -> None:
        client = as_user(small_town.administrator)
        answer = filled(client, place(draft, "klein-bedrag-lang-open"), **{"form-1-value": "90"})
        assert answer["Location"] == reverse("policy_draft", args=[draft.pk])
        assert "Zo lang staat er iets open: minstens 90 dagen" in text_of(client.get(answer["Location"]))

    @pytest.mark.parametrize(
        ("changes", "field"),
        [
            ({"form-0-fact": "in_arrears", "form-0-op": ">=", "form-0-value": "3"}, "op"),
            ({"form-0-fact": "days_overdue", "form-0-op": ">=", "form-0-value": ""}, "value"),
            ({"form-0-fact": "no_such_fact"}, "fact"),
        ],
    )
    def test_with_a_condition_that_cannot_be_is_refused_at_its_field(
        self, changes: dict[str, str], field: str, small_town: Town, as_user: As, draft: PolicyVersion
    ) -> None:
        before = draft.text
        answer = filled(as_user(small_town.administrator), place(draft, "klein-bedrag-lang-open"), **changes)
        assert answer.status_code == OPEN
        assert field in answer.context["lines"].forms[0].errors
        draft.refresh_from_db()
        assert draft.text == before

    def test_without_words_is_refused(self, small_town: Town, as_user: As, draft: PolicyVersion) -> None:
        answer = filled(as_user(small_town.administrator), place(draft, "klein-bedrag-lang-open"), en="")
        assert set(answer.context["form"].errors) == {"en"}

    def test_that_is_not_there_has_no_page(self, small_town: Town, as_user: As, draft: PolicyVersion) -> None:
        assert (
            as_user(small_town.administrator).get(reverse("policy_rule", args=[draft.pk, 999])).status_code
            == GONE
        )


class TestTheTrialAndAfter:
    def test_a_trial_shows_who_moves_and_changes_nothing(self, small_town: Town, as_user: As) -> None:
        letter = begin_draft(small_town.administrator, shipped="brief-eerst")
        before = list(Standing.objects.order_by("pk").values_list("pk", "action"))
        page = as_user(small_town.administrator).get(reverse("policy_trial", args=[letter.pk]))
        assert "Nu: Eerst persoonlijk contact. Straks: Eerst een brief." in text_of(page)
        assert page.context["trial"].moved > 0
        assert list(Standing.objects.order_by("pk").values_list("pk", "action")) == before

    def test_a_draft_without_a_change_moves_nobody(
        self, small_town: Town, as_user: As, draft: PolicyVersion
    ) -> None:
        page = as_user(small_town.administrator).get(reverse("policy_trial", args=[draft.pk]))
        assert page.context["trial"].moved == 0
        assert "Geen enkel huishouden krijgt een andere stap." in text_of(page)

    def test_a_day_that_has_passed_is_refused_at_its_field(
        self, small_town: Town, as_user: As, draft: PolicyVersion
    ) -> None:
        yesterday = (TODAY - timedelta(days=1)).isoformat()
        answer = as_user(small_town.administrator).post(
            reverse("policy_trial", args=[draft.pk]), {"start": yesterday, "note": "Proef geslaagd."}
        )
        assert set(answer.context["form"].errors) == {"start"}
        assert policy_now(TODAY).name == "standaard"

    def test_live_it_makes_the_lists_and_can_no_longer_change(self, small_town: Town, as_user: As) -> None:
        letter = begin_draft(small_town.administrator, shipped="brief-eerst")
        client = as_user(small_town.administrator)
        promised = client.get(reverse("policy_trial", args=[letter.pk])).context["trial"]
        live = {"start": TODAY.isoformat(), "note": "Besluit van het bestuur."}
        answer = client.post(reverse("policy_trial", args=[letter.pk]), live)
        assert answer["Location"] == reverse("policy")
        assert "brief-eerst 1 Joris Steenhuis 23 november 2026 Besluit van het bestuur." in text_of(
            client.get(reverse("policy"))
        )
        before = dict(Standing.objects.values_list("pk", "action"))
        nightly(TODAY)
        after = dict(Standing.objects.values_list("pk", "action"))
        assert sum(before[pk] != after[pk] for pk in before) == promised.moved
        page = text_of(client.get(reverse("policy_draft", args=[letter.pk])))
        assert "kan niet meer veranderen." in page
        assert "Haal weg" not in page
        assert client.post(reverse("policy_arrange", args=[letter.pk, 0, "weg"])).status_code == GONE
        assert client.post(reverse("policy_drop", args=[letter.pk])).status_code == GONE
