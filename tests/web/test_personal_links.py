"""What somebody with bad intentions tries with a personal link. docs/security.md names these tests as evidence."""

import logging
import re
from datetime import timedelta

import pytest
from django.conf import settings
from django.db import connection
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django import Settings

from tests.web.conftest import As
from tests.web.factories import TODAY, Town
from tests.web.own_page_town import ENTRANCE, PAGES, Phone, link_for, phone, settle_head
from voordeur.actions import tenant_link
from voordeur.core.personal_links import SIGNS, Handed, spell
from voordeur.store.models import AuditLine, Case, RightsRequest, TenantAsk, TenantLink, Wish

NOBODYS = "0" * 28


@pytest.fixture
def town(small_town: Town) -> Town:
    """The small town, with a landlord at the head of its letters."""
    settle_head(small_town)
    return small_town


@pytest.fixture
def opened(town: Town) -> Phone:
    """The telephone of the household in parts, with its page open."""
    one = phone()
    assert one.open(link_for(town, town.in_parts)).status_code == 302
    return one


def later(monkeypatch: pytest.MonkeyPatch, how_long: timedelta) -> None:
    """The clock of the program goes on."""
    then = timezone.now() + how_long
    monkeypatch.setattr("django.utils.timezone.now", lambda: then)


class TestOneTime:
    def test_the_button_opens_the_page_and_looking_at_the_address_does_not(self, town: Town) -> None:
        """A scanner of e-mail fetches what stands in a message; it gets the entrance, and the link still opens."""
        code, scanner, tenant = link_for(town, town.in_parts), phone(), phone()
        for address in (ENTRANCE, f"{ENTRANCE}?code={code}", f"{ENTRANCE}?{code}"):
            for method in (scanner.client.get, scanner.client.head, scanner.client.options):
                method(address)
        assert TenantLink.objects.get().opened is None
        assert not scanner.is_in
        assert tenant.open(code)["Location"] == reverse("own_page")
        assert tenant.is_in

    def test_a_second_browser_is_refused_in_friendly_words(self, town: Town) -> None:
        code, first, second = link_for(town, town.in_parts), phone(), phone()
        first.open(code)
        answer = second.open(code)
        assert answer.status_code == 409
        assert "al geopend, op een ander apparaat" in answer.content.decode()
        assert "bel ons voor een nieuwe link" in answer.content.decode()
        assert (first.is_in, second.is_in, second.key) == (True, False, "")

    def test_the_same_browser_opens_it_again(self, town: Town) -> None:
        code, one = link_for(town, town.in_parts), phone()
        one.open(code)
        assert one.open(code).status_code == 302
        assert one.is_in

    def test_a_key_that_was_replaced_is_worth_nothing(self, town: Town) -> None:
        """Replay: every opening gives the browser another key."""
        code, one, thief = link_for(town, town.in_parts), phone(), phone()
        one.open(code)
        thief.client.cookies[settings.OWN_PAGE_COOKIE] = one.key
        assert thief.is_in
        one.open(code)
        assert (one.is_in, thief.is_in) == (True, False)

    def test_a_key_that_somebody_else_chose_is_not_taken_over(self, town: Town) -> None:
        """Session fixation: what the browser brings along is never the key it gets."""
        code, one = link_for(town, town.in_parts), phone()
        one.client.cookies[settings.OWN_PAGE_COOKIE] = "chosen-by-an-attacker"
        one.open(code)
        assert one.key not in ("", "chosen-by-an-attacker")
        other = phone()
        other.client.cookies[settings.OWN_PAGE_COOKIE] = "chosen-by-an-attacker"
        assert not other.is_in


class TestGuessing:
    def test_a_code_is_140_unpredictable_bits_and_never_twice(self, town: Town) -> None:
        codes = {link_for(town, town.in_parts) for _ in range(50)}
        assert len(codes) == 50
        assert all(len(code) == 28 and set(code) <= set(SIGNS) for code in codes)
        assert len(SIGNS) ** 28 == 2**140

    def test_a_code_that_is_nearly_right_is_as_wrong_as_any(self, town: Town) -> None:
        code, one = link_for(town, town.in_parts), phone()
        near = ("1" if code[0] != "1" else "2") + code[1:]
        for wrong in (near, NOBODYS, code[:-1], code + "0", "", "x", "%00", "' OR 1=1 --", "é" * 28):
            answer = one.open(wrong)
            assert answer.status_code == 409
            assert "Deze link kennen wij niet" in answer.content.decode()
        assert TenantLink.objects.get().opened is None

    def test_only_keyed_hashes_are_kept_and_a_guess_is_looked_up_by_its_hash(self, town: Town) -> None:
        """Neither the code nor the key of a browser is in any table; so no comparison tells how much was right."""
        code, one = link_for(town, town.in_parts), phone()
        one.open(code)
        key = one.key
        for table in connection.introspection.table_names():
            with connection.cursor() as cursor:
                cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")
                kept = repr(cursor.fetchall())
            assert code not in kept, table
            assert key not in kept, table
        row = TenantLink.objects.get()
        assert len(row.code_hash) == len(row.browser_hash or "") == 64

    def test_another_secret_makes_other_hashes_and_the_one_before_still_counts(
        self, town: Town, settings: Settings
    ) -> None:
        code = link_for(town, town.in_parts)
        before, settings.SECRET_KEY = settings.SECRET_KEY, "another secret of this installation"
        assert phone().open(code).status_code == 409
        settings.SECRET_KEY_FALLBACKS = [before]
        assert phone().open(code).status_code == 302

    def test_who_keeps_guessing_is_not_looked_at_for_a_while_even_when_right(
        self, town: Town, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        code, guesser = link_for(town, town.in_parts), phone()
        for _ in range(10):
            assert guesser.open(NOBODYS).status_code == 409
        answer = guesser.open(code)
        assert answer.status_code == 429
        assert "te vaak een verkeerde link" in answer.content.decode()
        elsewhere = phone().open(code, REMOTE_ADDR="198.51.100.7")
        assert elsewhere.status_code == 302
        later(monkeypatch, timedelta(minutes=16))
        assert guesser.open(NOBODYS).status_code == 409

    def test_one_address_that_asks_very_often_is_slowed_down(self, town: Town) -> None:
        code, one = link_for(town, town.in_parts), phone()
        said = [one.open(code).status_code for _ in range(31)]
        assert said == [302] * 30 + [429]

    def test_an_address_in_a_header_is_not_believed(self, town: Town) -> None:
        one = phone()
        for at in range(10):
            one.open(NOBODYS, HTTP_X_FORWARDED_FOR=f"203.0.113.{at}")
        assert one.open(NOBODYS, HTTP_X_FORWARDED_FOR="203.0.113.99").status_code == 429


class TestHouseNumber:
    """A link that went by message asks for it: a number or an address may be somebody else's by now."""

    def test_a_stranger_does_not_get_in_and_the_link_ends(self, town: Town) -> None:
        code, stranger, tenant = link_for(town, town.in_parts, Handed.SMS), phone(), phone()
        asked = stranger.open(code)
        assert asked.status_code == 200
        assert "Uw huisnummer" in asked.content.decode()
        assert TenantLink.objects.get().opened is None
        for number in ("1", "2"):
            assert "hoort niet bij deze link" in stranger.open(code, number).content.decode()
        assert "te vaak niet goed" in stranger.open(code, "3").content.decode()
        assert "te vaak niet goed" in tenant.open(code, "31").content.decode()
        assert (stranger.is_in, tenant.is_in) == (False, False)

    @pytest.mark.parametrize("number", ["31", " 31 ", "31-B", "31 hs", "031"])
    def test_the_tenant_does(self, number: str, town: Town) -> None:
        one = phone()
        assert one.open(link_for(town, town.in_parts, Handed.SMS), number).status_code == 302

    def test_who_holds_a_code_shown_in_person_is_not_asked(self, town: Town) -> None:
        assert phone().open(link_for(town, town.in_parts)).status_code == 302

    def test_back_in_the_same_browser_it_stands_for_the_code(
        self, opened: Phone, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        opened.send("own_close")
        assert not opened.is_in
        assert "Welkom terug" in opened.see("own_entrance").content.decode()
        assert opened.open("", "30").status_code == 409
        assert opened.open("", "31").status_code == 302
        assert opened.is_in
        assert phone().open("", "31").status_code == 409


class TestTheEnd:
    def test_a_link_expires(self, town: Town, settings: Settings) -> None:
        code, one = link_for(town, town.in_parts), phone()
        settings.TODAY = (TODAY + timedelta(days=31)).isoformat()
        answer = one.open(code)
        assert answer.status_code == 409
        assert "te oud" in answer.content.decode()
        settings.TODAY = (TODAY + timedelta(days=30)).isoformat()
        assert one.open(code).status_code == 302

    def test_it_expires_while_somebody_is_looking(self, opened: Phone, settings: Settings) -> None:
        settings.TODAY = (TODAY + timedelta(days=31)).isoformat()
        assert not opened.is_in
        assert opened.send("own_contact", kind="call").status_code == 302
        assert not TenantAsk.objects.exists()

    def test_idle_it_closes_and_after_two_hours_in_any_case(
        self, opened: Phone, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        began = TenantLink.objects.get().began
        assert began is not None
        for minutes, is_in in ((15, True), (30, True), (45, True), (60, True), (75, True), (90, True), (105, True),
                               (119, True), (121, False)):  # fmt: skip
            monkeypatch.setattr("django.utils.timezone.now", lambda: began + timedelta(minutes=minutes))  # noqa: B023
            assert opened.is_in is is_in, minutes

    def test_left_alone_for_a_while_it_is_closed(
        self, opened: Phone, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        later(monkeypatch, timedelta(minutes=21))
        assert not opened.is_in

    def test_a_newer_link_ends_the_one_before_also_where_it_is_open(self, town: Town, opened: Phone) -> None:
        newer = link_for(town, town.in_parts)
        assert not opened.is_in
        assert phone().open(newer).status_code == 302
        assert TenantLink.objects.filter(revoked=None).count() == 1

    def test_staff_end_it_at_once(self, town: Town, opened: Phone, as_user: As) -> None:
        as_user(town.manager).post(reverse("tenant_link_revoke", args=[town.in_parts.pk]))
        assert not opened.is_in

    def test_the_tenant_throws_it_away(self, town: Town) -> None:
        code, one = link_for(town, town.in_parts), phone()
        one.open(code)
        one.send("own_close", link="weg")
        assert not one.is_in
        assert "gooide deze link weg" in one.open(code).content.decode()

    def test_what_is_revoked_says_so_and_opens_nothing(self, town: Town, as_user: As) -> None:
        code = link_for(town, town.in_parts)
        link_for(town, town.in_parts)
        assert "U kreeg na deze link een nieuwe" in phone().open(code).content.decode()


class TestOthers:
    def test_a_link_opens_its_own_household_only(self, town: Town, opened: Phone) -> None:
        """No address of these pages has a number in it: there is nothing to change into somebody else's."""
        other = phone()
        other.open(link_for(town, town.first_door))
        assert "618,40" in opened.see("own_page").content.decode()
        assert "618,40" not in other.see("own_page").content.decode()
        assert all(re.search(r"\d", reverse(name)) is None for name in PAGES)

    @pytest.mark.parametrize("what", ["cut", "longer", "other case", "empty", "of a session"])
    def test_a_key_that_was_changed_opens_nothing(
        self, what: str, opened: Phone, town: Town, as_user: As
    ) -> None:
        key = opened.key
        changed = {
            "cut": key[:-1], "longer": key + "A", "other case": key.swapcase(), "empty": "",
            "of a session": as_user(town.manager).cookies[settings.SESSION_COOKIE_NAME].value,
        }[what]  # fmt: skip
        other = phone()
        other.client.cookies[settings.OWN_PAGE_COOKIE] = changed
        assert not other.is_in

    def test_a_tenant_is_no_member_of_staff_and_the_other_way_round(
        self, town: Town, opened: Phone, as_user: As
    ) -> None:
        assert opened.see("desk")["Location"].startswith(reverse("account_login"))
        staff = as_user(town.consultant)
        for name in PAGES:
            assert staff.get(reverse(name))["Location"] == ENTRANCE

    def test_a_manager_makes_none_for_another_neighbourhood(self, town: Town, as_user: As) -> None:
        client = as_user(town.manager)
        assert client.post(reverse("tenant_link", args=[town.elsewhere.pk])).status_code == 404
        assert not TenantLink.objects.exists()


class TestFormsAndHeaders:
    def test_no_form_works_without_its_token(self, town: Town) -> None:
        strict = Phone(Client(enforce_csrf_checks=True))
        code = link_for(town, town.in_parts)
        assert strict.open(code).status_code == 403
        token = (
            strict.client.get(ENTRANCE)
            .content.decode()
            .split('csrfmiddlewaretoken" value="')[1]
            .split('"')[0]
        )
        assert strict.client.post(ENTRANCE, {"code": code, "csrfmiddlewaretoken": token}).status_code == 302
        for name in ("own_contact", "own_known", "own_no", "own_close"):
            assert strict.send(name, kind="call", ask="access").status_code == 403
        assert not TenantAsk.objects.exists()
        assert not RightsRequest.objects.exists()

    def test_the_key_is_out_of_reach_of_scripts_and_other_sites(self, opened: Phone) -> None:
        cookie = opened.client.cookies[settings.OWN_PAGE_COOKIE]
        assert (cookie["httponly"], cookie["samesite"], cookie["path"], cookie["domain"]) == (
            True,
            "Strict",
            "/",
            "",
        )

    def test_over_https_it_is_secure_and_bound_to_this_host(self, town: Town, settings: Settings) -> None:
        settings.HTTPS, settings.OWN_PAGE_COOKIE = True, "__Host-mijn"
        one = phone()
        one.open(link_for(town, town.in_parts))
        assert one.client.cookies["__Host-mijn"]["secure"] is True

    @pytest.mark.parametrize("name", [*PAGES, "own_entrance"])
    def test_every_page_is_kept_nowhere_and_found_by_nobody(self, name: str, opened: Phone) -> None:
        for one in (opened, phone()):
            answer = one.see(name)
            assert "no-store" in answer["Cache-Control"]
            assert "noindex" in answer["X-Robots-Tag"]
            assert answer["Referrer-Policy"] == "same-origin"
            assert answer["X-Frame-Options"] == "DENY"
            assert "default-src 'self'" in answer["Content-Security-Policy"]

    @pytest.mark.parametrize("where", ["https://evil.example", "//evil.example", "/\\evil.example"])
    def test_nobody_is_led_to_another_site(self, where: str, town: Town) -> None:
        one = phone()
        answer = one.client.post(
            f"{ENTRANCE}?next={where}", {"code": link_for(town, town.in_parts), "next": where}
        )
        assert answer["Location"] == reverse("own_page")
        answer = one.client.post(reverse("set_language"), {"language": "en", "next": where})
        assert answer["Location"] == "/"

    def test_everything_comes_from_this_host(self, opened: Phone) -> None:
        for name in PAGES:
            page = opened.see(name).content.decode()
            assert re.findall(r'(?:src|href|action)="(?:https?:)?//', page) == []


class TestWhatIsSeenAndKept:
    def test_the_entrance_tells_of_nobody(self, town: Town) -> None:
        code, one = link_for(town, town.in_parts, Handed.SMS), phone()
        for page in (one.see("own_entrance"), one.open(code), one.open(code, "1"), one.open(NOBODYS)):
            text = page.content.decode()
            assert "Woonstichting De Linde" in text
            for secret in (
                "Oudshoven",
                "Wilgenhof",
                "618,40",
                "318,40",
                "huurachterstand",
                town.in_parts.key,
            ):
                assert secret not in text

    def test_no_page_names_the_tenant_or_the_address(self, opened: Phone) -> None:
        for name in PAGES:
            text = opened.see(name).content.decode()
            for secret in ("Oudshoven", "Wilgenhof", "1234 AB"):
                assert secret not in text, name

    def test_the_log_tells_what_the_tenant_did_and_knows_no_code_and_no_key(self, town: Town) -> None:
        code, one = link_for(town, town.in_parts), phone()
        phone().open(NOBODYS)
        one.open(code)
        phone().open(code)
        one.send("own_contact", kind="call", part="evening")
        one.see("own_known")
        lines = AuditLine.objects.filter(subject=f"tenancy:{town.in_parts.pk}", purpose="own").order_by("pk")
        assert list(lines.values_list("action", flat=True)) == [
            "open_own_page", "refuse_own_page", "ask_contact", "see_own_holdings"
        ]  # fmt: skip
        assert {line.actor for line in lines} == {None}
        assert {line.data["link"] for line in lines} == {TenantLink.objects.get().pk}
        said = repr(list(AuditLine.objects.values_list("subject", "data", "action")))
        for secret in (code, spell(code), one.key, "127.0.0.1"):
            assert secret not in said

    def test_nothing_of_it_is_in_the_logs_of_the_server(
        self, town: Town, caplog: pytest.LogCaptureFixture
    ) -> None:
        code, one = link_for(town, town.in_parts), phone()
        with caplog.at_level(logging.DEBUG):
            one.open(code)
            phone().open(code)
            one.see("own_page")
            Phone(Client(enforce_csrf_checks=True)).open(code)
        assert "CSRF" in caplog.text
        for secret in (code, spell(code), one.key):
            assert secret not in caplog.text

    def test_staff_see_the_code_once(self, town: Town, as_user: As) -> None:
        client, address = as_user(town.manager), reverse("tenant_link", args=[town.in_parts.pk])
        page = client.post(address).content.decode()
        code = re.search(r"(?:[0-9A-Z]{4}-){6}[0-9A-Z]{4}", page)
        assert code is not None
        assert "no-store" in client.get(address)["Cache-Control"]
        assert code[0] not in client.get(address).content.decode()
        assert phone().open(code[0].lower()).status_code == 302
        assert "Geopend op" in client.get(address).content.decode()


def test_the_page_of_a_visit_is_only_of_a_visit(town: Town) -> None:
    """No key, no page; and a key of a link that was erased is no key."""
    assert tenant_link.visit("", timezone.now(), TODAY) is None
    one = phone()
    one.open(link_for(town, town.in_parts))
    TenantLink.objects.all().delete()
    assert not one.is_in
    assert not Wish.objects.exists()
    assert Case.objects.filter(tenancy=town.in_parts, closed_on=None).exists()
