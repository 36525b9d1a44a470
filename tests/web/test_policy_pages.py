"""The policy on the screens: read by many, written by one, refused when it cannot be, tried before it counts."""

from datetime import timedelta
from typing import Any, ClassVar

import pytest
from django.urls import reverse

from tests.web.conftest import As
from tests.web.factories import TODAY, Town
from tests.web.test_cases import text_of
from voordeur.actions.edit_policy import begin_draft
from voordeur.actions.nightly import nightly
from voordeur.actions.policy_now import policy_now, policy_of
from voordeur.adapters.policy_file import read_policy
from voordeur.adapters.rules import shipped_policies
from voordeur.core.ladders import DelayMode, Level
from voordeur.core.policy import Action
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
    return reverse("policy_part", args=[version.pk, "regel", names(version).index(name)])


def answers(page: Any) -> dict[str, str]:
    """The form of a part as it stands, as a browser would send it."""
    given = page.context["given"]
    values = {name: given.form.initial.get(name, field.initial) for name, field in given.form.fields.items()}
    sent = {name: value for name, value in values.items() if value not in (None, False, [], "")}
    for lines in filter(None, (given.when, given.unless)):
        sent[f"{lines.prefix}-TOTAL_FORMS"] = str(lines.total_form_count())
        sent[f"{lines.prefix}-INITIAL_FORMS"] = str(lines.initial_form_count())
        for at, line in enumerate(lines.forms):
            for name in line.fields:
                value = (line.initial or {}).get(name)
                sent[f"{lines.prefix}-{at}-{name}"] = "" if value is None else str(value)
    return sent


def filled(client: Any, address: str, **changes: Any) -> Any:
    """Send the form of a part with other answers where they are named."""
    return client.post(address, answers(client.get(address)) | changes)


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
            reverse("policy_part", args=[draft.pk, "regel", 0]),
            reverse("policy_add", args=[draft.pk, "blokkade"]),
            reverse("policy_title", args=[draft.pk]),
            reverse("policy_arrange", args=[draft.pk, "regel", 0, "weg"]),
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
        client.post(page, values | {"limits.small_amount": "75,00", "limits.silence_days": "60"})
        draft.refresh_from_db()
        limits = policy_of(draft.text).limits
        assert (limits.small_amount, limits.silence_days) == (75_00, 60)

    @pytest.mark.parametrize(
        ("name", "value"), [("limits.small_amount", "veel"), ("limits.habit_percent", "140")]
    )
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
        client.post(reverse("policy_arrange", args=[draft.pk, "regel", 1, "omhoog"]))
        assert names(draft)[:2] == [second, first]
        client.post(reverse("policy_arrange", args=[draft.pk, "regel", 0, "omlaag"]))
        assert names(draft)[:2] == [first, second]
        client.post(reverse("policy_arrange", args=[draft.pk, "regel", 1, "weg"]))
        assert names(draft)[:2] == [first, third]

    def test_another_word_moves_nothing(self, small_town: Town, as_user: As, draft: PolicyVersion) -> None:
        before = names(draft)
        client = as_user(small_town.administrator)
        assert (
            client.post(reverse("policy_arrange", args=[draft.pk, "regel", 1, "opzij"])).status_code == GONE
        )
        assert (
            client.post(reverse("policy_arrange", args=[draft.pk, "regel", 999, "weg"])).status_code == GONE
        )
        assert names(draft) == before

    def test_keeps_the_last_rule_that_always_holds(
        self, small_town: Town, as_user: As, draft: PolicyVersion
    ) -> None:
        last = len(names(draft)) - 1
        client = as_user(small_town.administrator)
        answer = client.post(reverse("policy_arrange", args=[draft.pk, "regel", last, "weg"]))
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
        answer = filled(client, place(draft, "klein-bedrag-lang-open"), **{"when-1-value": "90"})
        assert answer["Location"] == reverse("policy_draft", args=[draft.pk])
        assert "Zo lang staat er iets open: minstens 90 dagen" in text_of(client.get(answer["Location"]))

    @pytest.mark.parametrize(
        ("changes", "field"),
        [
            ({"when-0-fact": "in_arrears", "when-0-op": ">=", "when-0-value": "3"}, "op"),
            ({"when-0-fact": "days_overdue", "when-0-op": ">=", "when-0-value": ""}, "value"),
            ({"when-0-fact": "no_such_fact"}, "fact"),
        ],
    )
    def test_with_a_condition_that_cannot_be_is_refused_at_its_field(
        self, changes: dict[str, str], field: str, small_town: Town, as_user: As, draft: PolicyVersion
    ) -> None:
        before = draft.text
        answer = filled(as_user(small_town.administrator), place(draft, "klein-bedrag-lang-open"), **changes)
        assert answer.status_code == OPEN
        assert field in answer.context["given"].when.forms[0].errors
        draft.refresh_from_db()
        assert draft.text == before

    def test_without_words_is_refused(self, small_town: Town, as_user: As, draft: PolicyVersion) -> None:
        answer = filled(as_user(small_town.administrator), place(draft, "klein-bedrag-lang-open"), en="")
        assert set(answer.context["form"].errors) == {"en"}

    def test_that_is_not_there_has_no_page(self, small_town: Town, as_user: As, draft: PolicyVersion) -> None:
        assert (
            as_user(small_town.administrator)
            .get(reverse("policy_part", args=[draft.pk, "regel", 999]))
            .status_code
            == GONE
        )


class TestAWholePolicy:
    """An administrator writes all of it in the browser: rules with exceptions and ladders, blocks, order, numbers."""

    RULE: ClassVar[dict[str, Any]] = {
        "name": "tweede-brief", "action": "letter", "nl": "De eerste brief hielp niet.",
        "en": "The first letter did not help.", "source": "Besluit van het bestuur.", "trust": "choice",
        "when-0-fact": "personal_attempts", "when-0-op": ">=", "when-0-value": "2",
        "when-TOTAL_FORMS": "1", "when-INITIAL_FORMS": "0",
        "unless-0-fact": "spoken", "unless-0-op": "is", "unless-0-group": "1",
        "unless-1-fact": "months_owed", "unless-1-op": "<=", "unless-1-value": "0.5", "unless-1-group": "1",
        "unless-2-fact": "promise_open", "unless-2-op": "is", "unless-2-group": "3",
        "unless-TOTAL_FORMS": "3", "unless-INITIAL_FORMS": "0",
    }  # fmt: skip
    LADDER: ClassVar[dict[str, str]] = {
        "ladder": "brieven", "number": "1", "days": "14", "mode": "end_of_month", "from_amount": "75,00",
    }  # fmt: skip

    def added(self, client: Any, draft: PolicyVersion, part: str, values: dict[str, Any]) -> Any:
        answer = client.post(reverse("policy_add", args=[draft.pk, part]), values)
        draft.refresh_from_db()
        return answer

    def test_gets_a_new_rule_with_exceptions_and_a_ladder_that_comes_back_in_the_form(
        self, small_town: Town, as_user: As, draft: PolicyVersion
    ) -> None:
        client = as_user(small_town.administrator)
        answer = self.added(client, draft, "regel", self.RULE | self.LADDER | {"priority": "2"})
        assert answer.status_code == ELSEWHERE, answer.context["form"].errors
        rule = policy_of(draft.text).rules[0]
        assert [" and ".join(map(str, group)) for group in rule.unless] == [
            "spoken and months_owed <= 0.5", "promise_open",
        ]  # fmt: skip
        assert (rule.ladder, rule.level, rule.priority) == (
            "brieven", Level(1, DelayMode.END_OF_MONTH, 14, 75_00), 2,
        )  # fmt: skip
        page = text_of(client.get(answer["Location"]))
        assert "Zoveel maanden huur staan open: hoogstens 0,5 maanden huur" in page
        assert (
            "trede 1 van “brieven”: 14 dagen na de vervaldag, en dan het einde van die maand, vanaf" in page
        )
        before = draft.text
        assert filled(client, place(draft, "tweede-brief")).status_code == ELSEWHERE
        draft.refresh_from_db()
        assert policy_of(draft.text) == policy_of(before)

    def test_loses_an_exception_and_a_level_when_they_are_emptied(
        self, small_town: Town, as_user: As, draft: PolicyVersion
    ) -> None:
        client = as_user(small_town.administrator)
        self.added(client, draft, "regel", self.RULE | self.LADDER)
        emptied = {f"unless-{at}-fact": "" for at in range(3)} | dict.fromkeys(self.LADDER, "")
        assert filled(client, place(draft, "tweede-brief"), **emptied).status_code == ELSEWHERE
        draft.refresh_from_db()
        rule = policy_of(draft.text).rules[0]
        assert (rule.unless, rule.level, rule.ladder) == ((), None, "")

    @pytest.mark.parametrize(
        ("changes", "field"),
        [
            ({"ladder": "brieven", "days": "14"}, "number"),
            ({"days": "14"}, "ladder"),
            ({"name": "bezoek"}, "__all__"),
            ({"name": "Met spaties!"}, "name"),
            ({"when-0-fact": ""}, "__all__"),
        ],
    )
    def test_refuses_a_rule_that_cannot_be_and_keeps_what_was_filled_in(
        self, changes: dict[str, str], field: str, small_town: Town, as_user: As, draft: PolicyVersion
    ) -> None:
        """Half a level, a name that is there already, and a letter before anybody tried to speak."""
        before = draft.text
        answer = self.added(as_user(small_town.administrator), draft, "regel", self.RULE | changes)
        assert answer.status_code == OPEN
        assert field in answer.context["form"].errors
        assert answer.context["form"]["source"].value() == "Besluit van het bestuur."
        assert draft.text == before

    def test_gives_more_lines_without_saving(
        self, small_town: Town, as_user: As, draft: PolicyVersion
    ) -> None:
        before = draft.text
        answer = self.added(as_user(small_town.administrator), draft, "regel", self.RULE | {"more": "unless"})
        assert answer.status_code == OPEN
        assert len(answer.context["given"].unless.forms) == 5
        assert answer.context["given"].unless.forms[1]["fact"].value() == "months_owed"
        assert draft.text == before

    def test_gets_a_block_and_a_place_in_the_order_and_moves_them(
        self, small_town: Town, as_user: As, draft: PolicyVersion
    ) -> None:
        client = as_user(small_town.administrator)
        made = {
            "name": "weekend",
            "nl": "Even rust.",
            "en": "A rest.",
            "source": "Bestuur.",
            "trust": "choice",
        }
        made |= {"when-0-fact": "contacts_in_window", "when-0-op": ">=", "when-0-value": "2"}
        made |= {"when-TOTAL_FORMS": "1", "when-INITIAL_FORMS": "0"}
        block = made | {"actions": ["visit", "call"]}
        assert self.added(client, draft, "blokkade", block).status_code == ELSEWHERE
        assert self.added(client, draft, "volgorde", made).status_code == ELSEWHERE
        policy = policy_of(draft.text)
        assert set(policy.blocks[0].actions) == {Action.VISIT, Action.CALL}
        assert policy.order[0].name == "weekend"
        client.post(reverse("policy_arrange", args=[draft.pk, "blokkade", 0, "omlaag"]))
        client.post(reverse("policy_arrange", args=[draft.pk, "volgorde", 0, "weg"]))
        draft.refresh_from_db()
        assert [one.name for one in policy_of(draft.text).blocks][1] == "weekend"
        assert policy_of(draft.text).order[0].name != "weekend"

    def test_a_block_that_always_holds_is_refused(
        self, small_town: Town, as_user: As, draft: PolicyVersion
    ) -> None:
        made = {"name": "altijd", "nl": "Nooit.", "en": "Never.", "source": "Bestuur.", "trust": "choice"}
        made |= {"actions": ["visit"], "when-TOTAL_FORMS": "0", "when-INITIAL_FORMS": "0"}  # type: ignore[dict-item]
        answer = self.added(as_user(small_town.administrator), draft, "blokkade", made)
        assert "Deze blokkade geldt altijd." in text_of(answer)

    def test_takes_another_contact_budget_hours_and_minutes_and_says_that_they_are_our_own(
        self, small_town: Town, as_user: As, draft: PolicyVersion
    ) -> None:
        client = as_user(small_town.administrator)
        page = reverse("policy_draft", args=[draft.pk])
        values = {name: one.initial for name, one in client.get(page).context["form"].fields.items()}
        client.post(page, values | {"contact_window": "14", "minutes.visit": "55", "hours.door": "20"})
        draft.refresh_from_db()
        policy = policy_of(draft.text)
        assert policy.contact_window is not None
        assert policy.window_days == 14
        assert (policy.minutes[Action.VISIT].value, policy.hours["door"].value) == (55, 20)
        assert policy.contact_window.note.source == "Eigen keuze van de corporatie; was 7."
        assert policy.minutes[Action.CALL].note.source.startswith("Eigen schatting"), (
            "not changed: keeps its source"
        )

    def test_is_renamed_and_taken_along_as_a_file_that_reads_back(
        self, small_town: Town, as_user: As, draft: PolicyVersion
    ) -> None:
        client = as_user(small_town.administrator)
        client.post(reverse("policy_title", args=[draft.pk]), {"nl": "Ons beleid", "en": "Our policy"})
        kept = client.get(reverse("policy_file", args=[draft.pk]))
        assert kept["Content-Disposition"] == 'attachment; filename="standaard-1.toml"'
        read, problems = read_policy(kept.content.decode())
        assert problems == []
        assert read is not None
        assert read.title.nl == "Ons beleid"

    def test_another_part_is_not_there(self, small_town: Town, as_user: As, draft: PolicyVersion) -> None:
        client = as_user(small_town.administrator)
        assert client.get(reverse("policy_add", args=[draft.pk, "wet"])).status_code == GONE
        assert client.get(reverse("policy_part", args=[draft.pk, "blokkade", 99])).status_code == GONE


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
        assert client.post(reverse("policy_arrange", args=[letter.pk, "regel", 0, "weg"])).status_code == GONE
        assert client.post(reverse("policy_drop", args=[letter.pk])).status_code == GONE
