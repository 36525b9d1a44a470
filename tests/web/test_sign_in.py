"""Signing in and staying in: lock-out, second step, recovery codes, sessions. Each as somebody would try it."""

import time
from datetime import timedelta
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret, hotp_value
from allauth.usersessions.models import UserSession
from django.conf import settings as current
from django.core.cache import cache
from django.test import Client
from django.urls import reverse
from pytest_django import Settings

from tests.web.conftest import As
from tests.web.factories import PASSWORD, Town
from voordeur.actions.sign_in import closed_at, unlock
from voordeur.core.problems import Refused
from voordeur.store.models import AuditLine, User

WRONG = "mis geraden wachtwoord"


def enter(username: str, password: str = PASSWORD, client: Client | None = None) -> Any:
    """The form as somebody fills it in."""
    client = client or Client()
    cache.clear()  # the limit per address is tested apart
    return client.post(reverse("account_login"), {"login": username, "password": password})


def signed_in(client: Client) -> bool:
    return "_auth_user_id" in client.session


def code_now(secret: str, steps: int = 0) -> str:
    """What the app shows now, or some half minutes away."""
    return f"{hotp_value(secret, int(time.time()) // 30 + steps):06}"


def with_app(user: User) -> str:
    """Somebody with an app that makes codes; its secret."""
    secret = generate_totp_secret()
    TOTP.activate(user, secret)
    return secret


class TestLockOut:
    def test_the_sixth_guess_is_not_looked_at_even_when_it_is_right(self, small_town: Town) -> None:
        for _ in range(5):
            assert "horen niet bij elkaar" in enter("marit", WRONG).content.decode()
        right = enter("marit")
        assert "Te vaak geprobeerd" in right.content.decode()
        assert not signed_in(right.client)

    def test_a_name_that_does_not_exist_closes_in_the_same_way(self, small_town: Town) -> None:
        answers = [[enter(name, WRONG).content for _ in range(6)] for name in ("marit", "bestaatniet")]
        known, unknown = (
            [_bare(page, name) for page in pages] for pages, name in zip(answers, NAMES, strict=True)
        )
        assert known == unknown

    def test_capitals_make_no_other_account(self, small_town: Town) -> None:
        for name in ("marit", "Marit", "MARIT", "mARIT", "mariT"):
            enter(name, WRONG)
        assert "Te vaak geprobeerd" in enter("marit").content.decode()

    def test_others_are_not_kept_out(self, small_town: Town) -> None:
        for _ in range(6):
            enter("marit", WRONG)
        assert signed_in(enter("tarek").client)

    def test_it_opens_again_by_itself(self, small_town: Town) -> None:
        for _ in range(5):
            enter("marit", WRONG)
        last = AuditLine.objects.filter(action="sign_in_failed").latest("at").at
        assert closed_at("marit", last + timedelta(minutes=14)) is not None
        assert closed_at("marit", last + timedelta(minutes=16)) is None

    def test_the_administrator_opens_it(self, small_town: Town, as_user: As) -> None:
        for _ in range(5):
            enter("marit", WRONG)
        page = reverse("staff_change", args=[small_town.manager.pk])
        administrator = as_user(small_town.administrator)
        assert "Gesloten tot" in administrator.get(page).content.decode()
        answer = administrator.post(reverse("member_unlock", args=[small_town.manager.pk]), follow=True)
        assert "weer open om in te loggen" in answer.content.decode()
        assert signed_in(enter("marit").client)
        assert AuditLine.objects.filter(action="unlock_sign_in", actor=small_town.administrator).count() == 1

    @pytest.mark.parametrize("deed", ["unlock", "second_factors", "sign_out", "identity"])
    def test_nobody_else_may(self, deed: str, small_town: Town, as_user: As) -> None:
        for user in (small_town.manager, small_town.consultant, small_town.chief):
            answer = as_user(user).post(reverse(f"member_{deed}", args=[small_town.manager.pk]))
            assert answer.status_code == 403

    def test_an_account_that_does_not_exist_cannot_be_opened(self, small_town: Town, as_user: As) -> None:
        answer = as_user(small_town.administrator).post(reverse("member_unlock", args=[999_999]))
        assert answer.status_code == 404

    def test_the_log_knows_no_names_and_no_addresses(self, small_town: Town) -> None:
        enter("marit", WRONG)
        enter("marit")
        lines = AuditLine.objects.filter(subject__startswith="login:")
        assert [line.action for line in lines.order_by("id")] == ["sign_in_failed", "sign_in"]
        assert "marit" not in str(list(lines.values()))
        assert "127.0.0.1" not in str(list(lines.values()))

    def test_one_address_that_tries_many_accounts_is_slowed_down(self, small_town: Town) -> None:
        statuses = [
            Client().post(reverse("account_login"), {"login": f"naam{number}", "password": WRONG}).status_code
            for number in range(31)
        ]
        assert statuses[0] == 200
        assert statuses[-1] == 429

    def test_an_address_in_a_header_is_not_believed(self, small_town: Town) -> None:
        """Without a proxy in front everybody could pretend to be somebody else each time."""
        for number in range(31):
            answer = Client().post(
                reverse("account_login"),
                {"login": "x", "password": "y"},
                headers={"X-Forwarded-For": f"192.0.2.{number}"},
            )
        assert answer.status_code == 429


NAMES = ("marit", "bestaatniet")


def _bare(page: bytes, name: str) -> str:
    text = page.decode().replace(f'value="{name}"', 'value="…"')
    return "\n".join(line for line in text.splitlines() if "csrfmiddlewaretoken" not in line)


class TestTheAppWithCodes:
    def test_the_password_alone_is_not_enough(self, small_town: Town) -> None:
        secret = with_app(small_town.manager)
        answer = enter("marit")
        assert answer["Location"] == reverse("mfa_authenticate")
        client = answer.client
        assert not signed_in(client)
        assert client.get(reverse("today")).status_code == 302
        assert client.post(reverse("mfa_authenticate"), {"code": code_now(secret)})["Location"] == "/"
        assert signed_in(client)
        assert AuditLine.objects.get(action="sign_in").data["means"] == ["password", "totp"]

    def test_a_code_works_once(self, small_town: Town) -> None:
        secret = with_app(small_town.manager)
        code = code_now(secret)
        first, second = enter("marit").client, enter("marit").client
        first.post(reverse("mfa_authenticate"), {"code": code})
        answer = second.post(reverse("mfa_authenticate"), {"code": code})
        assert signed_in(first)
        assert not signed_in(second)
        assert "klopt niet" in answer.content.decode()

    def test_an_old_code_works_no_more(self, small_town: Town) -> None:
        secret = with_app(small_town.manager)
        client = enter("marit").client
        client.post(reverse("mfa_authenticate"), {"code": code_now(secret, -3)})
        assert not signed_in(client)

    def test_guessing_codes_closes_the_account(self, small_town: Town) -> None:
        secret = with_app(small_town.manager)
        client = enter("marit").client
        for number in range(5):
            client.post(reverse("mfa_authenticate"), {"code": f"00000{number}"})
        answer = client.post(reverse("mfa_authenticate"), {"code": code_now(secret)})
        assert "Te vaak geprobeerd" in answer.content.decode()
        assert not signed_in(client)

    def test_its_secret_cannot_be_read_in_the_database(self, small_town: Town) -> None:
        secret = with_app(small_town.manager)
        assert secret not in str(Authenticator.objects.get().data)

    def test_setting_it_up_asks_the_password_again_and_ends_other_sessions(
        self, small_town: Town, django_capture_on_commit_callbacks: Any
    ) -> None:
        elsewhere, here = enter("marit").client, enter("marit").client
        page = reverse("mfa_activate_totp")
        asked = here.get(page)
        assert asked["Location"].startswith(reverse("account_reauthenticate"))
        here.post(asked["Location"], {"password": PASSWORD})
        secret = here.get(page).context["form"].secret
        with django_capture_on_commit_callbacks(execute=True):
            answer = here.post(page, {"code": code_now(secret)})
        assert answer["Location"] == reverse("mfa_view_recovery_codes")
        assert signed_in(here)
        assert not signed_in(elsewhere)

    def test_the_administrator_takes_it_away_when_a_telephone_is_lost(
        self, small_town: Town, as_user: As
    ) -> None:
        with_app(small_town.manager)
        client = as_user(small_town.administrator)
        client.post(reverse("member_second_factors", args=[small_town.manager.pk]))
        assert signed_in(enter("marit").client)
        line = AuditLine.objects.get(action="drop_second_factors")
        assert (line.actor, line.data) == (small_town.administrator, {"taken": 1})

    def test_but_not_the_own_one(self, small_town: Town, as_user: As) -> None:
        with_app(small_town.administrator)
        own = reverse("member_second_factors", args=[small_town.administrator.pk])
        assert as_user(small_town.administrator).post(own).status_code == 409
        assert Authenticator.objects.count() == 1


class TestRecoveryCodes:
    def test_one_works_exactly_once(self, small_town: Town) -> None:
        with_app(small_town.manager)
        codes = RecoveryCodes.activate(small_town.manager).get_unused_codes()
        assert len(set(codes)) == 10
        first, second = enter("marit").client, enter("marit").client
        first.post(reverse("mfa_authenticate"), {"code": codes[3]})
        second.post(reverse("mfa_authenticate"), {"code": codes[3]})
        assert (signed_in(first), signed_in(second)) == (True, False)
        second.post(reverse("mfa_authenticate"), {"code": codes[4]})
        assert signed_in(second)

    def test_they_are_shown_once(self, small_town: Town) -> None:
        with_app(small_town.manager)
        codes = RecoveryCodes.activate(small_town.manager).get_unused_codes()
        client = enter("marit").client
        client.post(reverse("mfa_authenticate"), {"code": codes[0]})
        page = reverse("mfa_view_recovery_codes")
        client.post(client.get(page)["Location"], {"password": PASSWORD})
        assert codes[5] in client.get(page).content.decode()
        assert codes[5] not in client.get(page).content.decode()


class TestSessions:
    def test_a_key_from_before_signing_in_is_worth_nothing(self, small_town: Town) -> None:
        """Session fixation: somebody plants a session key and waits until its owner signs in."""
        client = Client()
        client.get(reverse("account_login"))
        session = client.session
        session["planted"] = True
        session.save()
        client.cookies[current.SESSION_COOKIE_NAME] = str(session.session_key)
        enter("marit", client=client)
        assert signed_in(client)
        assert client.session.session_key != session.session_key
        thief = Client()
        thief.cookies[current.SESSION_COOKIE_NAME] = str(session.session_key)
        assert thief.get(reverse("today")).status_code == 302

    @pytest.mark.parametrize(("what", "limit"), [("seen", "SESSION_IDLE"), ("began", "SESSION_ABSOLUTE")])
    def test_it_ends_after_a_while(self, what: str, limit: str, small_town: Town) -> None:
        client = enter("marit").client
        _age(client, what, getattr(current, limit) - 30)
        assert client.get(reverse("today")).status_code == 200
        _age(client, what, getattr(current, limit) + 30)
        answer = client.get(reverse("today"))
        assert answer["Location"].startswith(reverse("account_login"))
        assert not signed_in(client)

    def test_clicking_keeps_it_alive_but_not_forever(self, small_town: Town) -> None:
        client = enter("marit").client
        _age(client, "seen", current.SESSION_IDLE - 30)
        client.get(reverse("today"))
        assert time.time() - client.session["seen"] < 5
        _age(client, "began", current.SESSION_ABSOLUTE + 30)
        client.get(reverse("today"))
        assert not signed_in(client)

    def test_what_the_phone_app_does_by_itself_is_no_click(self, small_town: Town) -> None:
        """An open app has contact every minute: it must not keep the other screens open with nobody there."""
        client = enter("marit").client
        _age(client, "seen", current.SESSION_IDLE - 30)
        assert client.post("/veld/contact/", "{}", content_type="application/json").status_code == 200
        assert time.time() - client.session["seen"] > current.SESSION_IDLE - 60
        _age(client, "seen", current.SESSION_IDLE + 30)
        client.post("/veld/contact/", "{}", content_type="application/json")
        assert not signed_in(client)

    def test_signing_out_ends_it_on_the_server(self, small_town: Town) -> None:
        client = enter("marit").client
        key = client.cookies[current.SESSION_COOKIE_NAME].value
        client.post(reverse("account_logout"))
        client.cookies[current.SESSION_COOKIE_NAME] = key
        assert client.get(reverse("today")).status_code == 302

    def test_the_oldest_of_too_many_ends(self, small_town: Town) -> None:
        clients = [enter("marit").client for _ in range(current.SESSIONS_MOST + 1)]
        assert [signed_in(client) for client in clients] == [False] + [True] * current.SESSIONS_MOST

    def test_somebody_sees_where_and_signs_out_everywhere_else(self, small_town: Town) -> None:
        elsewhere, here = enter("marit").client, enter("marit").client
        other = enter("tarek").client
        page = here.get(reverse("usersessions_list")).content.decode()
        assert page.count("ingelogd op") == 2
        here.post(reverse("usersessions_list"))
        assert [signed_in(client) for client in (elsewhere, here, other)] == [False, True, True]

    def test_the_administrator_signs_somebody_out(self, small_town: Town, as_user: As) -> None:
        client = enter("marit").client
        as_user(small_town.administrator).post(reverse("member_sign_out", args=[small_town.manager.pk]))
        assert not signed_in(client)
        assert not UserSession.objects.filter(user=small_town.manager).exists()

    @pytest.mark.parametrize("how", ["closed", "new_password"])
    def test_a_change_by_the_administrator_works_at_once(
        self, how: str, small_town: Town, as_user: As
    ) -> None:
        client = enter("marit").client
        if how == "closed":
            User.objects.filter(pk=small_town.manager.pk).update(is_active=False)
        else:
            as_user(small_town.administrator).post(reverse("staff_password", args=[small_town.manager.pk]))
        assert client.get(reverse("today")).status_code == 302

    def test_a_new_password_also_opens_a_closed_account(self, small_town: Town, as_user: As) -> None:
        for _ in range(5):
            enter("marit", WRONG)
        page = as_user(small_town.administrator).post(reverse("staff_password", args=[small_town.manager.pk]))
        assert signed_in(enter("marit", page.context["secret"]).client)


def _age(client: Client, what: str, seconds: float) -> None:
    session = client.session
    session[what] = time.time() - seconds
    session.save()


class TestARoleThatNeedsASecondStep:
    @pytest.fixture(autouse=True)
    def _required(self, settings: Settings) -> None:
        settings.SECOND_FACTOR_ROLES = frozenset({"administrator"})

    def test_opens_nothing_else_until_there_is_one(self, small_town: Town) -> None:
        client = enter("beheer").client
        for page in ("home", "staff", "imports", "usersessions_list", "account_change_password"):
            assert client.get(reverse(page))["Location"] == reverse("mfa_index")
        assert client.post(reverse("staff_password", args=[small_town.manager.pk]))["Location"] == reverse(
            "mfa_index"
        )
        assert "werk je met een tweede stap" in client.get(reverse("mfa_index")).content.decode()

    def test_opens_everything_with_one(self, small_town: Town) -> None:
        secret = with_app(small_town.administrator)
        client = enter("beheer").client
        client.post(reverse("mfa_authenticate"), {"code": code_now(secret)})
        assert client.get(reverse("staff")).status_code == 200

    def test_other_roles_work_on(self, small_town: Town) -> None:
        assert enter("marit").client.get(reverse("today")).status_code == 200

    def test_the_last_one_cannot_be_taken_away(self, small_town: Town) -> None:
        secret = with_app(small_town.administrator)
        client = enter("beheer").client
        client.post(reverse("mfa_authenticate"), {"code": code_now(secret)})
        page = reverse("mfa_deactivate_totp")
        client.post(client.get(page)["Location"], {"password": PASSWORD})
        assert "Voeg eerst een andere toe" in client.get(page).content.decode()
        client.post(page)
        assert Authenticator.objects.filter(type="totp").exists()

    def test_no_page_of_an_unknown_address_either(self, small_town: Town) -> None:
        assert enter("beheer").client.get("/bestaat-niet/")["Location"] == reverse("mfa_index")


def test_an_unlock_by_somebody_without_the_right_is_refused_in_the_action_too(small_town: Town) -> None:
    with pytest.raises(Refused):
        unlock(small_town.consultant, small_town.manager.pk)
