"""All settings, in one file: every choice is an environment variable with a safe default.

VOORDEUR_VAR         folder for the database file and uploads            (default: ./var)
DATABASE_URL         sqlite:///path or postgresql://user:pw@host/name    (default: SQLite in VOORDEUR_VAR)
VOORDEUR_SECRET_KEY  signs sessions; made once and kept in VOORDEUR_VAR when absent
VOORDEUR_FIELD_KEYS  encrypts notes, income and contact data: name:key, the newest first, comma separated;
                     made once and kept in VOORDEUR_VAR when absent
VOORDEUR_BACKUP_KEYS encrypts backups; written, made and kept likewise. Keep a copy away from this machine
VOORDEUR_BACKUPS     folder in which backups are put; `voordeur doctor --deploy` looks how old they are
VOORDEUR_SECRET_KEY_BEFORE  the key before the last change: what it signed stays valid
VOORDEUR_HOSTS       host names this server answers to, comma separated  (default: 127.0.0.1,localhost)
VOORDEUR_HTTPS       1 when served over HTTPS: secure cookies and HSTS   (default: 0)
VOORDEUR_DEBUG       1 for Django's debug pages, never in production      (default: 0)
VOORDEUR_TODAY       a fixed day (YYYY-MM-DD) instead of today, for demonstrations and tests

Messages
VOORDEUR_MESSAGES         how SMS and e-mail leave: console, file (in VOORDEUR_VAR/messages) or http (default: console)
VOORDEUR_MESSAGES_URL     address of the gateway for http: https, or this machine
VOORDEUR_MESSAGES_TOKEN   our token there

Map
VOORDEUR_TILES            address of map tiles with {z}, {x} and {y}, https; absent: our own drawing of the streets
VOORDEUR_TILES_BY         who made those tiles, to be shown with them
VOORDEUR_NAVIGATION       what a door opens on a phone: an address with {latitude} and {longitude}
                          (default: geo:{latitude},{longitude}, the phone's own navigation)

Signing in
VOORDEUR_PROXIES          trusted proxies in front, to know who is calling (default: 1 with HTTPS, else 0)
VOORDEUR_SECOND_FACTOR    roles that need a passkey or code, comma separated; `all`  (default: none)
VOORDEUR_SESSION_IDLE     minutes without a click until signed out                (default: 30)
VOORDEUR_SESSION_HOURS    hours after which everybody signs in anew               (default: 12)
VOORDEUR_SESSIONS         places in which one person is signed in at once         (default: 5)
VOORDEUR_OIDC_ISSUER      address of the OpenID Connect provider, as in its discovery document; absent: none
VOORDEUR_OIDC_CLIENT      our client id there
VOORDEUR_OIDC_SECRET      our client secret there
VOORDEUR_OIDC_NAME        its name on the button                                  (default: je organisatie)
VOORDEUR_OIDC_STRONG      1 when the provider itself asks for a second factor     (default: 0)
"""

import base64
import contextlib
import os
import secrets
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

VAR = Path(os.environ.get("VOORDEUR_VAR", "var")).resolve()
DEBUG = os.environ.get("VOORDEUR_DEBUG") == "1"
HTTPS = os.environ.get("VOORDEUR_HTTPS") == "1"
TODAY = os.environ.get("VOORDEUR_TODAY") or None
HOUR, MINUTE = 3600, 60


def _secret(variable: str, name: str, made: str) -> str:
    """What the environment says, else what the file `name` in VAR holds; `made` is kept there the first time."""
    given = os.environ.get(variable)
    if given:
        return given
    kept = VAR / name
    if not kept.exists():
        VAR.mkdir(parents=True, exist_ok=True)
        draft = VAR / f"{name}.{secrets.token_hex(4)}"
        draft.touch(mode=0o600)
        draft.write_text(made)
        with contextlib.suppress(FileExistsError):  # another process was first: then its secret counts
            os.link(draft, kept)
        draft.unlink()
    return kept.read_text()


def _first_key() -> str:
    """A key ring with one new key, as `adapters/encryption.py` reads it."""
    return f"k1:{base64.urlsafe_b64encode(secrets.token_bytes(32)).decode()}"


def database(url: str) -> dict[str, Any]:
    """Django's DATABASES entry for a database URL. ValueError for anything but SQLite and PostgreSQL."""
    parts = urlsplit(url)
    if parts.scheme == "sqlite":
        return {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": unquote(parts.path.removeprefix("/")) or ":memory:",
            "OPTIONS": {
                "transaction_mode": "IMMEDIATE",
                "timeout": 30,
                "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA foreign_keys=ON;"
                " PRAGMA cache_size=-65536; PRAGMA wal_autocheckpoint=16384;",
            },
        }
    if parts.scheme in ("postgresql", "postgres"):
        options = dict(parse_qsl(parts.query))
        return {
            "ENGINE": "django.db.backends.postgresql",
            "NAME": unquote(parts.path.removeprefix("/")),
            "USER": unquote(parts.username or ""),
            "PASSWORD": unquote(parts.password or ""),
            "HOST": options.pop("host", parts.hostname or ""),
            "PORT": str(parts.port or ""),
            "OPTIONS": options,
            "CONN_MAX_AGE": 60,
            "CONN_HEALTH_CHECKS": True,
        }
    raise ValueError("DATABASE_URL starts with sqlite:/// or postgresql://")


def openid_provider(issuer: str, client: str, secret: str) -> dict[str, Any]:
    """What allauth needs to know of the identity provider; nothing when there is none. Always with PKCE."""
    if not issuer:
        return {}
    app = {
        "provider_id": OIDC_ID,
        "name": OIDC_NAME,
        "client_id": client,
        "secret": secret,
        "settings": {"server_url": issuer, "oauth_pkce_enabled": True, "scope": ["openid"]},
    }
    return {"openid_connect": {"APPS": [app]}}


def _origin(address: str) -> str:
    parts = urlsplit(address)
    return f"{parts.scheme}://{parts.netloc}"


def content_security_policy(issuer: str, tiles: str = "") -> dict[str, Any]:
    """Nothing inline, nothing from elsewhere but map tiles where an address for them is set.

    The button to the identity provider is a form that ends up there.
    """
    elsewhere, drawn = ([_origin(address)] if address else [] for address in (issuer, tiles))
    return {
        "DIRECTIVES": {
            "default-src": ["'self'"],
            "img-src": ["'self'", "data:", *drawn],
            "object-src": ["'none'"],
            "base-uri": ["'none'"],
            "form-action": ["'self'", *elsewhere],
            "frame-ancestors": ["'none'"],
        }
    }


SECRET_KEY = _secret("VOORDEUR_SECRET_KEY", "secret_key", secrets.token_urlsafe(50))
SECRET_KEY_FALLBACKS = list(filter(None, [os.environ.get("VOORDEUR_SECRET_KEY_BEFORE")]))
FIELD_KEYS = _secret("VOORDEUR_FIELD_KEYS", "field_keys", _first_key())
BACKUP_KEYS = _secret("VOORDEUR_BACKUP_KEYS", "backup_keys", _first_key())
ALLOWED_HOSTS = os.environ.get("VOORDEUR_HOSTS", "127.0.0.1,localhost").split(",")
DATABASES = {"default": database(os.environ.get("DATABASE_URL") or f"sqlite:////{VAR / 'voordeur.sqlite3'}")}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
UPLOADS = VAR / "uploads"
BACKUPS = os.environ.get("VOORDEUR_BACKUPS") or None
CREDITOR_ID = os.environ.get("VOORDEUR_CREDITOR_ID", "").replace(" ", "").upper()
"""Incassant-ID with which the bank knows us; without it no direct debit file can be made."""
SCHEME_RULES = (
    os.environ.get("VOORDEUR_SCHEMES") or None
)  # folder with amounts of one's own: municipalities, funds
MESSAGES = os.environ.get("VOORDEUR_MESSAGES") or "console"
MESSAGES_URL = os.environ.get("VOORDEUR_MESSAGES_URL", "")
TILES = os.environ.get("VOORDEUR_TILES", "")
TILES_BY = os.environ.get("VOORDEUR_TILES_BY", "")
NAVIGATION = os.environ.get("VOORDEUR_NAVIGATION") or "geo:{latitude},{longitude}"
MESSAGES_TOKEN = os.environ.get("VOORDEUR_MESSAGES_TOKEN", "")

INSTALLED_APPS = [
    "voordeur.store",
    "voordeur.web",
    "voordeur.field",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django_htmx",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "allauth.usersessions",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "voordeur.web.headers.Headers",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "voordeur.field.sign_out.PhoneDayEnds",
    "voordeur.web.sessions.SessionLimits",
    "voordeur.web.upload_limits.UploadLimits",
    "voordeur.web.second_factor.SecondFactor",
]
ROOT_URLCONF = "voordeur.web.urls"
WSGI_APPLICATION = "voordeur.web.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "django.template.context_processors.i18n",
            ],
        },
    }
]

AUTH_USER_MODEL = "store.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
ACCOUNT_ADAPTER = "voordeur.web.accounts.Accounts"
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_LOGOUT_REDIRECT_URL = "/"
ACCOUNT_REAUTHENTICATION_TIMEOUT = 10 * MINUTE
ACCOUNT_SESSION_REMEMBER = False  # the cookie goes with the browser
# Per account the log decides (core/lockout.py); these slow down one address that tries many accounts.
ACCOUNT_RATE_LIMITS = {
    "login": "30/m/ip",
    "login_failed": "20/m/ip",
    "reauthenticate": "10/m/user",
    "own_page": "30/m/ip",  # opening a tenant's personal link, right or wrong
}
ALLAUTH_TRUSTED_PROXY_COUNT = int(os.environ.get("VOORDEUR_PROXIES") or (1 if HTTPS else 0))
# Shared by all processes: a code that was used in one is used in all. Made by `voordeur` when it starts.
CACHES = {"default": {"BACKEND": "django.core.cache.backends.db.DatabaseCache", "LOCATION": "voordeur_cache"}}

MFA_ADAPTER = "voordeur.web.accounts.SecondFactors"
MFA_SUPPORTED_TYPES = ["webauthn", "totp", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_WEBAUTHN_USER_VERIFICATION = (
    "required"  # a passkey is two factors: the device, and the finger or PIN that opens it
)
MFA_TOTP_ISSUER = "Voordeur"
MFA_TOTP_TOLERANCE = 1  # half a minute of clock difference to either side
MFA_RECOVERY_CODES_SHOW_ONCE = True
MFA_FORMS = {
    "authenticate": "voordeur.web.accounts.CodeForm",
    "reauthenticate": "voordeur.web.accounts.CodeAgainForm",
}
SECOND_FACTOR_ROLES = frozenset(filter(None, os.environ.get("VOORDEUR_SECOND_FACTOR", "").split(",")))

SESSION_IDLE = int(os.environ.get("VOORDEUR_SESSION_IDLE") or 30) * MINUTE
SESSION_ABSOLUTE = int(os.environ.get("VOORDEUR_SESSION_HOURS") or 12) * HOUR
SESSIONS_MOST = int(os.environ.get("VOORDEUR_SESSIONS") or 5)

OIDC_ID = "oidc"
OIDC_ISSUER = os.environ.get("VOORDEUR_OIDC_ISSUER", "").rstrip("/")
OIDC_NAME = os.environ.get("VOORDEUR_OIDC_NAME", "")
OIDC_STRONG = os.environ.get("VOORDEUR_OIDC_STRONG") == "1"
SOCIALACCOUNT_ADAPTER = "voordeur.web.openid.Identities"
SOCIALACCOUNT_STORE_TOKENS = False
SOCIALACCOUNT_REAUTHENTICATION_REQUIRED = True
SOCIALACCOUNT_PROVIDERS = openid_provider(
    OIDC_ISSUER, os.environ.get("VOORDEUR_OIDC_CLIENT", ""), os.environ.get("VOORDEUR_OIDC_SECRET", "")
)

LANGUAGE_CODE = "nl"
LANGUAGES = [("nl", "Nederlands"), ("en", "English")]
LOCALE_PATHS = [Path(__file__).parent / "locale"]
TIME_ZONE = "Europe/Amsterdam"
USE_TZ = True

STATIC_URL = "static/"
STATIC_ROOT = VAR / "static"
WHITENOISE_USE_FINDERS = True
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
FILE_UPLOAD_HANDLERS = ["django.core.files.uploadhandler.TemporaryFileUploadHandler"]

SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
_PREFIX = (
    "__Host-" if HTTPS else ""
)  # browsers then refuse a cookie that another host or plain HTTP tries to set
SESSION_COOKIE_NAME = f"{_PREFIX}sessionid"
CSRF_COOKIE_NAME = f"{_PREFIX}csrftoken"
OWN_PAGE_COOKIE = f"{_PREFIX}mijn"  # the browser in which a tenant opened a personal link
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_AGE = SESSION_ABSOLUTE
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
SECURE_SSL_REDIRECT = HTTPS
SECURE_HSTS_SECONDS = 31_536_000 if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = HTTPS
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if HTTPS else None
CSRF_TRUSTED_ORIGINS = [f"https://{host}" for host in ALLOWED_HOSTS] if HTTPS else []
CONTENT_SECURITY_POLICY = content_security_policy(OIDC_ISSUER, TILES)
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "handlers": {"console": {"class": "logging.StreamHandler"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
}
