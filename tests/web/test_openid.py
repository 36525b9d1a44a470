"""Signing in at a real OpenID provider, and everything that somebody in between could try."""

import time
from collections.abc import Callable, Iterator
from typing import Any
from urllib.parse import parse_qs, parse_qsl, urlencode, urlsplit

import jwt
import pytest
import requests
from allauth.socialaccount.models import SocialAccount
from cryptography.hazmat.primitives.asymmetric import rsa
from django.test import Client
from django.urls import reverse
from pytest_django import Settings

from tests.web.factories import PASSWORD, Town
from tests.web.identity_provider import CLIENT, SECRET, Claims, Person, Provider, running
from voordeur.actions.sign_in import link_identity
from voordeur.settings import content_security_policy, openid_provider
from voordeur.store.models import AuditLine, User

SUB = "7f3a-marit"
STRANGER = rsa.generate_private_key(public_exponent=65537, key_size=2048)


@pytest.fixture
def provider(settings: Settings) -> Iterator[Provider]:
    """A provider that knows Marit and calls her an administrator; and our settings that name it."""
    with running() as one:
        told = {
            "email": "beheer@example.org",
            "email_verified": True,
            "roles": ["administrator"],
            "groups": ["all"],
        }
        one.people[SUB] = Person(SUB, told)
        one.redirect_uris.append("http://testserver" + reverse("oidc_callback"))
        settings.OIDC_ISSUER = one.issuer
        settings.SOCIALACCOUNT_PROVIDERS = openid_provider(one.issuer, CLIENT, SECRET)
        settings.CONTENT_SECURITY_POLICY = content_security_policy(one.issuer)
        yield one


@pytest.fixture
def linked(provider: Provider, small_town: Town) -> Town:
    """Marit's account is bound to her number at the provider."""
    link_identity(small_town.administrator, small_town.manager.pk, SUB)
    return small_town


def leave(client: Client) -> str:
    """The address at the provider to which our button leads."""
    answer = client.post(reverse("oidc_login"), {"next": "/ik/"})
    assert answer.status_code == 302
    return str(answer["Location"])


def consent(address: str, sub: str = SUB) -> str:
    """What somebody does at the provider; the address of ours to which they come back."""
    answer = requests.post(address, data={"sub": sub}, allow_redirects=False, timeout=5)
    assert answer.status_code == 302, answer.text
    return str(answer.headers["Location"])


def back(client: Client, address: str, **other: str) -> Any:
    """Come back, with the answer as it is or with something else in it."""
    told = dict(parse_qsl(urlsplit(address).query)) | other
    return client.get(reverse("oidc_callback"), told)


def signed_in(client: Client) -> bool:
    return "_auth_user_id" in client.session


def test_somebody_who_is_linked_is_in_with_the_role_of_here(linked: Town, provider: Provider) -> None:
    client = Client()
    answer = back(client, consent(leave(client)))
    assert (answer.status_code, answer["Location"]) == (302, "/ik/")
    assert client.session["_auth_user_id"] == str(linked.manager.pk)
    marit = User.objects.get(pk=linked.manager.pk)
    assert (marit.role, marit.email, marit.first_name) == ("neighbourhood_manager", "", "Marit")
    assert list(marit.neighbourhoods.all()) == [linked.molenkwartier]
    assert client.get(reverse("staff")).status_code == 403
    assert AuditLine.objects.get(action="sign_in", actor=marit).data["means"] == ["socialaccount"]


def test_nothing_that_the_provider_tells_is_kept(linked: Town, provider: Provider) -> None:
    client = Client()
    back(client, consent(leave(client)))
    assert SocialAccount.objects.get().extra_data == {}
    assert "example.org" not in str(dict(client.session))


def test_we_ask_for_no_more_than_who_it_is_with_pkce_state_and_nonce(
    linked: Town, provider: Provider
) -> None:
    asked = parse_qs(urlsplit(leave(Client())).query)
    assert asked["scope"] == ["openid"]
    assert asked["response_type"] == ["code"]
    assert asked["code_challenge_method"] == ["S256"]
    assert len(asked["code_challenge"][0]) == 43
    assert len(asked["nonce"][0]) >= 43
    assert len(asked["state"][0]) >= 16
    assert "secret" not in asked


def test_the_address_bar_cannot_add_to_what_we_ask(linked: Town, provider: Provider) -> None:
    extra = urlencode(
        {"scope": "offline_access", "auth_params": "prompt=none&nonce=mine", "process": "connect"}
    )
    answer = Client().post(reverse("oidc_login") + "?" + extra)
    asked = parse_qs(urlsplit(answer["Location"]).query)
    assert asked["scope"] == ["openid"]
    assert "prompt" not in asked
    assert asked["nonce"] != ["mine"]


def test_a_stranger_gets_a_number_and_no_account(small_town: Town, provider: Provider) -> None:
    """Also with the verified e-mail address of an administrator."""
    User.objects.filter(pk=small_town.administrator.pk).update(email="beheer@example.org")
    before = User.objects.count()
    client = Client()
    answer = back(client, consent(leave(client)))
    assert answer.status_code == 403
    assert SUB in answer.content.decode()
    assert not signed_in(client)
    assert (User.objects.count(), SocialAccount.objects.count()) == (before, 0)


def test_a_closed_account_stays_closed(linked: Town, provider: Provider) -> None:
    User.objects.filter(pk=linked.manager.pk).update(is_active=False)
    client = Client()
    assert back(client, consent(leave(client)))["Location"] == reverse("account_inactive")
    assert not signed_in(client)


def test_the_same_number_at_another_issuer_is_somebody_else(
    linked: Town, provider: Provider, settings: Settings
) -> None:
    SocialAccount.objects.update(uid=f"{SUB}@https://login.example.org/other")
    client = Client()
    assert back(client, consent(leave(client))).status_code == 403
    assert not signed_in(client)


class TestLinkingOnesOwnAccount:
    def test_asks_the_password_again_and_then_binds_the_subject(
        self, small_town: Town, provider: Provider
    ) -> None:
        client = Client()
        client.force_login(small_town.manager)
        asked = client.post(reverse("oidc_login"), {"next": "/ik/"})
        assert asked["Location"].startswith(reverse("account_reauthenticate"))
        onward = client.post(asked["Location"], {"password": PASSWORD})
        assert onward["Location"].startswith(provider.issuer)
        back(client, consent(onward["Location"]))
        assert SocialAccount.objects.get().user == small_town.manager

    def test_is_refused_when_the_number_is_of_somebody_else(self, linked: Town, provider: Provider) -> None:
        client = Client()
        client.force_login(linked.consultant)
        asked = client.post(reverse("oidc_login"), {"next": "/ik/"})
        onward = client.post(asked["Location"], {"password": PASSWORD})
        answer = back(client, consent(onward["Location"]))
        assert "al bij iemand anders" in answer.content.decode()
        assert SocialAccount.objects.get().user == linked.manager


class TestSomebodyInBetween:
    """Each is refused by us, on a page that says nothing about why, and nobody is signed in."""

    def refused(self, client: Client, answer: Any) -> None:
        assert answer.status_code == 401
        assert "Inloggen lukte niet" in answer.content.decode()
        assert not signed_in(client)

    def test_a_state_that_we_never_gave(self, linked: Town, provider: Provider) -> None:
        client = Client()
        self.refused(client, back(client, consent(leave(client)), state="0123456789abcdef"))

    def test_the_state_of_another_browser(self, linked: Town, provider: Provider) -> None:
        """Somebody sends a colleague the address with which they themselves would be signed in."""
        ready = consent(leave(Client()))
        victim = Client()
        self.refused(victim, back(victim, ready))

    def test_the_same_answer_twice(self, linked: Town, provider: Provider) -> None:
        client = Client()
        ready = consent(leave(client))
        back(client, ready)
        client.logout()
        self.refused(client, back(client, ready))

    def test_no_code_but_an_error(self, linked: Town, provider: Provider) -> None:
        client = Client()
        state = parse_qs(urlsplit(leave(client)).query)["state"][0]
        self.refused(client, client.get(reverse("oidc_callback"), {"state": state, "error": "access_denied"}))

    def test_a_code_of_another_conversation(self, linked: Town, provider: Provider) -> None:
        """PKCE: the provider sees that whoever brings the code did not ask for it."""
        stolen = parse_qs(urlsplit(consent(leave(Client()))).query)["code"][0]
        client = Client()
        self.refused(client, back(client, consent(leave(client)), code=stolen))
        assert provider.refused == ["invalid_grant"]

    def test_another_provider_that_answers(self, linked: Town, provider: Provider) -> None:
        """RFC 9207: mix-up of two providers."""
        provider.answered_issuer = "https://login.example.org"
        client = Client()
        self.refused(client, back(client, consent(leave(client))))

    def test_the_issuer_beside_the_code_may_be_the_right_one(self, linked: Town, provider: Provider) -> None:
        provider.answered_issuer = provider.issuer
        client = Client()
        assert back(client, consent(leave(client))).status_code == 302

    def test_a_description_of_another_issuer(self, linked: Town, provider: Provider) -> None:
        provider.described_issuer = "https://login.example.org"
        client = Client()
        self.refused(client, client.post(reverse("oidc_login")))

    def test_a_provider_that_is_away(self, linked: Town, provider: Provider, settings: Settings) -> None:
        settings.OIDC_ISSUER = "http://localhost:9"
        settings.SOCIALACCOUNT_PROVIDERS = openid_provider("http://localhost:9", CLIENT, SECRET)
        client = Client()
        self.refused(client, client.post(reverse("oidc_login")))

    @pytest.mark.parametrize(
        "bent",
        [
            {"iss": "https://login.example.org"},
            {"aud": "another-client"},
            {"aud": [CLIENT, "another-client"]},
            {"aud": [CLIENT, "another-client"], "azp": "another-client"},
            {"azp": "another-client"},
            {"nonce": "of another conversation"},
            {"nonce": None},
            {"exp": int(time.time()) - 3600},
            {"iat": int(time.time()) - 3600},
            {"iat": int(time.time()) + 3600},
            {"sub": None},
            {"exp": None},
            {"sub": "x" * 300},
        ],
        ids=lambda bent: "-".join(bent),
    )
    def test_a_token_whose_claims_do_not_fit(self, bent: Claims, linked: Town, provider: Provider) -> None:
        def bend(claims: Claims) -> Claims:
            return {name: value for name, value in (claims | bent).items() if value is not None}

        provider.bend = bend
        client = Client()
        self.refused(client, back(client, consent(leave(client))))

    @pytest.mark.parametrize(
        "sign", ["strange_key", "strange_kid", "nothing", "our_secret", "no_kid", "rubbish"]
    )
    def test_a_token_that_the_provider_did_not_sign(
        self, sign: str, linked: Town, provider: Provider
    ) -> None:
        provider.sign = SIGNERS[sign]
        client = Client()
        self.refused(client, back(client, consent(leave(client))))


SIGNERS: dict[str, Callable[[Claims], str]] = {
    "strange_key": lambda claims: jwt.encode(claims, STRANGER, "RS256", headers={"kid": "k1"}),
    "strange_kid": lambda claims: jwt.encode(claims, STRANGER, "RS256", headers={"kid": "k2"}),
    "nothing": lambda claims: jwt.encode(claims, None, "none", headers={"kid": "k1"}),
    "our_secret": lambda claims: jwt.encode(claims, SECRET.ljust(32), "HS256", headers={"kid": "k1"}),
    "no_kid": lambda claims: jwt.encode(claims, STRANGER, "RS256"),
    "rubbish": lambda claims: "a.b.c",
}


def test_without_a_provider_there_is_no_button_and_no_address(small_town: Town) -> None:
    client = Client()
    assert "organisatie/" not in client.get(reverse("account_login")).content.decode()
    assert client.post(reverse("oidc_login")).status_code == 404
    assert client.get(reverse("oidc_callback")).status_code == 404


def test_the_button_may_lead_to_the_provider_and_nowhere_else(provider: Provider, db: None) -> None:
    policy = content_security_policy("https://login.example.org/tenant/v2.0")["DIRECTIVES"]
    assert policy["form-action"] == ["'self'", "https://login.example.org"]
    assert content_security_policy("")["DIRECTIVES"]["form-action"] == ["'self'"]
