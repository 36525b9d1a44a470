"""`voordeur doctor --deploy` names every weak setting, and nothing when all is well."""

import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.db import connection
from pytest_django import Settings

from tests.web.factories import colleague
from voordeur.cli.deploy_checks import DEPLOY_CHECKS
from voordeur.cli.doctor import CHECKS
from voordeur.cli.finding import Finding, carried_out
from voordeur.core.access import Role
from voordeur.settings import openid_provider
from voordeur.store.append_only import unlocked
from voordeur.store.models import User

pytestmark = pytest.mark.django_db


@pytest.fixture
def safe(settings: Settings, tmp_path: Path) -> Settings:
    """Settings with which colleagues may be let in."""
    var, backups = tmp_path / "var", tmp_path / "backups"
    var.mkdir(mode=0o700)
    backups.mkdir()
    (backups / "2026-11-22.backup").write_bytes(b"x")
    settings.VAR, settings.BACKUPS, settings.TODAY, settings.DEBUG = var, str(backups), None, False
    settings.SECRET_KEY = "".join(chr(33 + number) for number in range(60))
    settings.FIELD_KEYS, settings.BACKUP_KEYS = "k1:een", "k1:ander"
    settings.ALLOWED_HOSTS = ["voordeur.example.org"]
    settings.HTTPS = settings.SECURE_SSL_REDIRECT = True
    settings.SECURE_HSTS_SECONDS = 31_536_000
    settings.SESSION_COOKIE_SECURE = settings.CSRF_COOKIE_SECURE = True
    settings.SESSION_COOKIE_NAME = "__Host-sessionid"
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
    settings.SECOND_FACTOR_ROLES = frozenset({"administrator"})
    settings.OIDC_STRONG = True
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    shared = "django.core.cache.backends.db.DatabaseCache"
    settings.CACHES = {"default": {"BACKEND": shared, "LOCATION": "voordeur_cache"}}
    call_command("createcachetable")
    colleague("beheer", "Joris Steenhuis", Role.ADMINISTRATOR)
    colleague("tweede", "Anne Molendijk", Role.ADMINISTRATOR)
    return settings


def weak() -> list[str]:
    """What the doctor finds wrong, in English."""
    return [finding.seen.en for finding in carried_out(DEPLOY_CHECKS) if not finding.fine]


def test_it_has_nothing_to_say_when_all_is_well(safe: Settings) -> None:
    assert weak() == []


@pytest.mark.parametrize(
    ("name", "value", "said"),
    [
        ("DEBUG", True, "VOORDEUR_DEBUG is on"),
        ("TODAY", "2026-11-23", "VOORDEUR_TODAY fixes the day"),
        ("SECRET_KEY", "short", "secret key can be guessed"),
        ("SECRET_KEY", "a" * 80, "secret key can be guessed"),
        ("FIELD_KEYS", "k1:ander", "do not have a key each"),
        ("BACKUP_KEYS", "", "do not have a key each"),
        ("ALLOWED_HOSTS", ["*"], "no fixed name"),
        ("ALLOWED_HOSTS", [".example.org"], "no fixed name"),
        ("ALLOWED_HOSTS", ["127.0.0.1", "localhost"], "no fixed name"),
        ("SECURE_SSL_REDIRECT", False, "Without HTTPS"),
        ("SECURE_HSTS_SECONDS", 3600, "(HSTS)"),
        ("SESSION_COOKIE_SECURE", False, "Cookies can be seen"),
        ("CSRF_COOKIE_SECURE", False, "Cookies can be seen"),
        ("SESSION_COOKIE_HTTPONLY", False, "Cookies can be seen"),
        ("SESSION_COOKIE_SAMESITE", "None", "Cookies can be seen"),
        ("SESSION_COOKIE_NAME", "sessionid", "Cookies can be seen"),
        (
            "CONTENT_SECURITY_POLICY",
            {"DIRECTIVES": {"script-src": ["'unsafe-inline'"]}},
            "lets foreign scripts in",
        ),
        ("CONTENT_SECURITY_POLICY", {"DIRECTIVES": {"default-src": ["*"]}}, "lets foreign scripts in"),
        ("MIDDLEWARE", [], "lets foreign scripts in"),
        ("ALLAUTH_TRUSTED_PROXY_COUNT", 0, "one address"),
        ("SESSION_IDLE", 3600, "last too long"),
        ("SESSION_ABSOLUTE", 24 * 3600, "last too long"),
        ("PASSWORD_HASHERS", ["django.contrib.auth.hashers.MD5PasswordHasher"], "kept too weakly"),
        ("AUTH_PASSWORD_VALIDATORS", [], "kept too weakly"),
        ("SECOND_FACTOR_ROLES", frozenset(), "Administrators need no second factor"),
        (
            "SECOND_FACTOR_ROLES",
            frozenset({"administrator", "adminstrator"}),
            "Administrators need no second factor",
        ),
        ("OIDC_STRONG", False, "Without a second factor: 2"),
        ("OIDC_ISSUER", "http://login.example.org", "half set up"),
        ("OIDC_ISSUER", "https://login.microsoftonline.com/common/v2.0", "half set up"),
        ("EMAIL_BACKEND", "django.core.mail.backends.console.EmailBackend", "goes nowhere"),
        ("EMAIL_HOST", "mail.example.org", "unencrypted"),
        ("BACKUPS", None, "No backup was found"),
        ("CACHES", {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}, "counts apart"),
    ],
)
def test_it_names_what_is_weak_and_nothing_else(name: str, value: Any, said: str, safe: Settings) -> None:
    setattr(safe, name, value)
    found = weak()
    assert len(found) == 1, found
    assert said in found[0]


def test_a_provider_without_a_secret_is_half_set_up(safe: Settings) -> None:
    safe.OIDC_ISSUER = "https://login.example.org/tenant"
    safe.SOCIALACCOUNT_PROVIDERS = openid_provider(safe.OIDC_ISSUER, "voordeur", "")
    assert weak() == ["Identity provider: unsafe or half set up"]


def test_a_remote_database_needs_a_sealed_line(safe: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    entry = {"ENGINE": "django.db.backends.postgresql", "HOST": "db.example.org", "OPTIONS": {}}
    monkeypatch.setitem(safe.DATABASES, "default", entry)
    assert [said for said in weak() if "elsewhere" in said]
    entry["OPTIONS"] = {"sslmode": "verify-full"}
    assert not [said for said in weak() if "elsewhere" in said]


def test_a_folder_that_others_can_read(safe: Settings) -> None:
    safe.VAR.chmod(0o755)
    (safe.VAR / "secret_key").write_text("x")
    (safe.VAR / "secret_key").chmod(0o644)
    assert weak() == ["Others on this machine can read: var, secret_key"]


def test_a_folder_with_the_demo(safe: Settings) -> None:
    (safe.VAR / "demo").mkdir()
    assert weak() == ["The demo is here, with one password for everybody"]


def test_an_old_backup(safe: Settings) -> None:
    backup = next(Path(safe.BACKUPS).iterdir())
    two_days_ago = backup.stat().st_mtime - 48 * 3600
    os.utime(backup, (two_days_ago, two_days_ago))
    assert weak() == ["The newest backup is 48 hours old"]


def test_one_administrator_is_too_few(safe: Settings) -> None:
    User.objects.filter(username="tweede").update(is_active=False)
    assert weak() == ["Administrators: 1. Locked out, nobody can help"]


def test_a_log_without_its_lock_is_named() -> None:
    assert any("slot" in one.seen.nl.lower() and one.fine for one in carried_out(CHECKS))
    with unlocked(connection):
        (found,) = [one for one in carried_out(CHECKS) if "slot" in one.seen.nl.lower()]
        assert not found.fine
        assert "verify-audit --lock" in found.cure.nl


def test_a_check_that_breaks_hides_no_other() -> None:
    def broken() -> Finding:
        raise OSError("/secret/path")

    found = list(carried_out([broken, DEPLOY_CHECKS[0]]))
    assert [finding.fine for finding in found] == [False, True]
    assert "secret" not in found[0].seen.en


@pytest.mark.parametrize(
    ("language", "said"), [("nl", "Zonder HTTPS kan iemand"), ("en", "Without HTTPS somebody on the network")]
)
def test_the_command_says_so_in_the_language_of_the_reader(
    language: str, said: str, ready_database: dict[str, str]
) -> None:
    told = doctor(ready_database | {"VOORDEUR_LANGUAGE": language}, "--deploy")
    assert told.returncode == 1
    assert said in told.stdout
    assert "Traceback" not in told.stdout + told.stderr


def test_https_makes_every_setting_that_depends_on_it_safe(ready_database: dict[str, str]) -> None:
    safe = {"VOORDEUR_HTTPS": "1", "VOORDEUR_HOSTS": "voordeur.example.org", "VOORDEUR_LANGUAGE": "en"}
    told = doctor(ready_database | safe, "--deploy").stdout
    kept = (
        "over HTTPS only, and only to us",
        "HTTPS for a year",
        "Everything goes over HTTPS",
        "only to its own name",
    )
    for good in kept:
        assert any(line.startswith("✓") and good in line for line in told.splitlines())


def doctor(environment: dict[str, str], *words: str) -> subprocess.CompletedProcess[str]:
    """The command as a person types it, on a database that has its tables."""
    run = [sys.executable, "-m", "voordeur.cli"]
    subprocess.run([*run, "worker", "--once"], env=environment, check=True)
    return subprocess.run(
        [*run, "doctor", *words], env=environment, capture_output=True, text=True, check=False
    )
