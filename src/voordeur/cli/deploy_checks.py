"""The checks of `voordeur doctor --deploy`: every setting that is too weak for work with real people.

Each check looks at the settings as Django has them, whatever environment they came from. Limits are those of OWASP
ASVS 4.0.3 level 2 where it names one; docs/security.md says which.
"""

import stat
import time
from pathlib import Path
from urllib.parse import urlsplit

from django.conf import settings

from voordeur.cli.finding import Check, Finding
from voordeur.core.access import Role
from voordeur.core.words import Words
from voordeur.store import queries

_KEY_CHARACTERS, _KEY_VARIETY = 50, 5  # as Django's own check of a secret key
_YEAR = 365 * 24 * 3600
_IDLE_MOST, _ABSOLUTE_MOST = 30 * 60, 12 * 3600  # seconds; ASVS 3.3.2
_BACKUP_OLDEST = 26 * 3600  # seconds: every night, and two hours late
_SHARED_TENANTS = frozenset({"common", "organizations", "consumers"})


def _finding(fine: bool, good: tuple[str, str], bad: tuple[str, str], cure: tuple[str, str]) -> Finding:
    return Finding(fine, Words(*(good if fine else bad)), Words(*cure))


def _debug() -> Finding:
    return _finding(
        not settings.DEBUG,
        ("Foutpagina’s laten niets zien van de binnenkant", "Error pages show nothing of the inside"),
        (
            "VOORDEUR_DEBUG staat aan: foutpagina’s laten gegevens zien",
            "VOORDEUR_DEBUG is on: error pages show data",
        ),
        ("Haal VOORDEUR_DEBUG weg.", "Remove VOORDEUR_DEBUG."),
    )


def _today() -> Finding:
    return _finding(
        settings.TODAY is None,
        ("De dag komt van de klok", "The day comes from the clock"),
        (
            "VOORDEUR_TODAY zet de dag vast: achterstanden kloppen niet",
            "VOORDEUR_TODAY fixes the day: arrears are wrong",
        ),
        ("Haal VOORDEUR_TODAY weg.", "Remove VOORDEUR_TODAY."),
    )


def _demo() -> Finding:
    return _finding(
        not (Path(settings.VAR) / "demo").exists(),
        ("Er is geen verzonnen stad", "There is no made-up town"),
        (
            "Hier staat de demo, met één wachtwoord voor iedereen",
            "The demo is here, with one password for everybody",
        ),
        (
            "Gebruik voor echt werk een andere map (VOORDEUR_VAR).",
            "Use another folder (VOORDEUR_VAR) for real work.",
        ),
    )


def _secret_key() -> Finding:
    key = settings.SECRET_KEY
    strong = len(key) >= _KEY_CHARACTERS and len(set(key)) >= _KEY_VARIETY
    return _finding(
        strong,
        ("De geheime sleutel is lang genoeg", "The secret key is long enough"),
        ("De geheime sleutel is te raden", "The secret key can be guessed"),
        (
            "Haal VOORDEUR_SECRET_KEY weg: dan maakt Voordeur er zelf een. Of kies minstens 50 willekeurige tekens.",
            "Remove VOORDEUR_SECRET_KEY: Voordeur then makes one. Or take at least 50 random characters.",
        ),
    )


def _keys() -> Finding:
    rings = [getattr(settings, name, "") for name in ("FIELD_KEYS", "BACKUP_KEYS")]
    apart = all(rings) and len({ring.partition(":")[2] for ring in rings}) == len(rings)
    return _finding(
        apart,
        ("Gegevens en back-ups hebben elk een eigen sleutel", "Data and backups have a key each"),
        ("Gegevens en back-ups hebben geen eigen sleutel", "Data and backups do not have a key each"),
        (
            "Geef VOORDEUR_FIELD_KEYS en VOORDEUR_BACKUP_KEYS elk een andere sleutel.",
            "Give VOORDEUR_FIELD_KEYS and VOORDEUR_BACKUP_KEYS different keys.",
        ),
    )


def _files() -> Finding:
    """Nobody else on this machine reads the folder, what is in it, or the keys."""
    folder = Path(settings.VAR)
    seen = [folder, *sorted(folder.glob("*"))] if folder.exists() else []
    open_to_others = [
        path.name for path in seen if stat.S_IMODE(path.stat().st_mode) & 0o077 and not path.is_symlink()
    ]
    closed = bool(seen) and stat.S_IMODE(folder.stat().st_mode) & 0o077 == 0
    names = ", ".join(open_to_others[:5])
    return _finding(
        closed or not open_to_others,
        ("Alleen dit account leest de map met gegevens", "Only this account reads the folder with data"),
        (f"Anderen op deze machine lezen mee: {names}", f"Others on this machine can read: {names}"),
        ("Doe: chmod -R go= op de map VOORDEUR_VAR.", "Run chmod -R go= on the folder VOORDEUR_VAR."),
    )


def _hosts() -> Finding:
    hosts = [host.strip() for host in settings.ALLOWED_HOSTS]
    only_here = all(host in ("127.0.0.1", "localhost", "[::1]") for host in hosts)
    wild = any(host in ("*", "") or host.startswith(".") for host in hosts)
    return _finding(
        not wild and not only_here,
        ("Deze server antwoordt alleen op zijn eigen naam", "This server answers only to its own name"),
        (
            "VOORDEUR_HOSTS noemt geen vaste naam van deze server",
            "VOORDEUR_HOSTS names no fixed name of this server",
        ),
        ("Zet er precies de naam waarmee collega’s inloggen.", "Give exactly the name that colleagues use."),
    )


def _https() -> Finding:
    return _finding(
        settings.HTTPS and settings.SECURE_SSL_REDIRECT,
        ("Alles gaat over HTTPS", "Everything goes over HTTPS"),
        (
            "Zonder HTTPS kan iemand op het netwerk meelezen",
            "Without HTTPS somebody on the network can read along",
        ),
        (
            "Zet een proxy met een certificaat ervoor en VOORDEUR_HTTPS=1.",
            "Put a proxy with a certificate in front and set VOORDEUR_HTTPS=1.",
        ),
    )


def _hsts() -> Finding:
    return _finding(
        settings.SECURE_HSTS_SECONDS >= _YEAR,
        ("Browsers onthouden een jaar dat het HTTPS is (HSTS)", "Browsers remember HTTPS for a year (HSTS)"),
        (
            "Browsers onthouden niet dat het HTTPS is (HSTS)",
            "Browsers do not remember that it is HTTPS (HSTS)",
        ),
        ("Zet VOORDEUR_HTTPS=1.", "Set VOORDEUR_HTTPS=1."),
    )


def _cookies() -> Finding:
    safe = (
        settings.SESSION_COOKIE_SECURE
        and settings.CSRF_COOKIE_SECURE
        and settings.SESSION_COOKIE_HTTPONLY
        and settings.SESSION_COOKIE_SAMESITE in ("Lax", "Strict")
        and settings.SESSION_COOKIE_NAME.startswith("__Host-")
    )
    return _finding(
        safe,
        ("Cookies gaan alleen over HTTPS en alleen naar ons", "Cookies go over HTTPS only, and only to us"),
        ("Cookies kunnen worden afgekeken of geplaatst door anderen", "Cookies can be seen or set by others"),
        ("Zet VOORDEUR_HTTPS=1.", "Set VOORDEUR_HTTPS=1."),
    )


def _content_policy() -> Finding:
    sources = [source for rule in settings.CONTENT_SECURITY_POLICY["DIRECTIVES"].values() for source in rule]
    strict = not any("unsafe" in source or "*" in source for source in sources)
    return _finding(
        strict and "csp.middleware.CSPMiddleware" in settings.MIDDLEWARE,
        ("Vreemde scripts worden niet uitgevoerd (CSP)", "Foreign scripts are not run (CSP)"),
        ("De CSP laat vreemde scripts toe", "The CSP lets foreign scripts in"),
        (
            "Haal unsafe en * uit CONTENT_SECURITY_POLICY.",
            "Take unsafe and * out of CONTENT_SECURITY_POLICY.",
        ),
    )


def _proxies() -> Finding:
    return _finding(
        not settings.HTTPS or settings.ALLAUTH_TRUSTED_PROXY_COUNT >= 1,
        ("Het adres van wie er belt is bekend", "The address of who is calling is known"),
        (
            "Achter de proxy lijkt iedereen één adres te hebben",
            "Behind the proxy everybody seems to have one address",
        ),
        (
            "Zet VOORDEUR_PROXIES op het aantal proxies ervoor.",
            "Set VOORDEUR_PROXIES to the number of proxies.",
        ),
    )


def _sessions() -> Finding:
    short = settings.SESSION_IDLE <= _IDLE_MOST and settings.SESSION_ABSOLUTE <= _ABSOLUTE_MOST
    return _finding(
        short,
        ("Wie weggaat, wordt vanzelf uitgelogd", "Whoever walks away is signed out"),
        ("Sessies duren te lang", "Sessions last too long"),
        (
            "Zet VOORDEUR_SESSION_IDLE op hoogstens 30 en VOORDEUR_SESSION_HOURS op hoogstens 12.",
            "Set VOORDEUR_SESSION_IDLE to 30 and VOORDEUR_SESSION_HOURS to 12 at most.",
        ),
    )


def _passwords() -> Finding:
    strong = (
        settings.PASSWORD_HASHERS[0].endswith("Argon2PasswordHasher")
        and len(settings.AUTH_PASSWORD_VALIDATORS) >= 2
    )
    return _finding(
        strong,
        ("Wachtwoorden zijn lang en worden met Argon2 bewaard", "Passwords are long and kept with Argon2"),
        (
            "Wachtwoorden worden te zwak bewaard of te kort toegelaten",
            "Passwords are kept too weakly or may be too short",
        ),
        (
            "Herstel PASSWORD_HASHERS en AUTH_PASSWORD_VALIDATORS.",
            "Restore PASSWORD_HASHERS and AUTH_PASSWORD_VALIDATORS.",
        ),
    )


def _second_factor() -> Finding:
    roles = settings.SECOND_FACTOR_ROLES
    unknown = roles - {role.value for role in Role} - {"all"}
    return _finding(
        bool(roles & {"all", Role.ADMINISTRATOR.value}) and not unknown,
        ("Beheerders werken met een tweede stap", "Administrators work with a second factor"),
        ("Een tweede stap is niet verplicht voor beheerders", "Administrators need no second factor"),
        (
            "Zet VOORDEUR_SECOND_FACTOR=all, of noem de rollen: " + ", ".join(Role),
            "Set VOORDEUR_SECOND_FACTOR=all, or name the roles: " + ", ".join(Role),
        ),
    )


def _without_second_factor() -> Finding:
    roles = settings.SECOND_FACTOR_ROLES
    asked = {role.value for role in Role} if "all" in roles else set(roles)
    bare = queries.without_second_factor(asked)
    return _finding(
        bare == 0 or settings.OIDC_STRONG,
        ("Wie een tweede stap nodig heeft, heeft die", "Whoever needs a second factor has one"),
        (
            f"Zonder tweede stap: {bare} accounts die hem nodig hebben",
            f"Without a second factor: {bare} accounts that need one",
        ),
        (
            "Vraag deze collega’s om in te loggen en hem in te stellen.",
            "Ask these colleagues to sign in and set it up.",
        ),
    )


def _administrators() -> Finding:
    number = queries.open_administrators()
    return _finding(
        number >= 2,
        (f"Beheerders: {number}", f"Administrators: {number}"),
        (
            f"Beheerders: {number}. Raakt die buitengesloten, dan kan niemand helpen",
            f"Administrators: {number}. Locked out, nobody can help",
        ),
        ("Maak een tweede: voordeur add-staff", "Make a second one: voordeur add-staff"),
    )


def _provider() -> Finding:
    parts = urlsplit(settings.OIDC_ISSUER)
    local = parts.hostname in ("localhost", "127.0.0.1")
    shared = _SHARED_TENANTS & set(parts.path.split("/"))
    apps = settings.SOCIALACCOUNT_PROVIDERS.get("openid_connect", {}).get("APPS", [])
    known = all(app["client_id"] and app["secret"] for app in apps)
    fine = not settings.OIDC_ISSUER or (parts.scheme == "https" and not local and not shared and known)
    return _finding(
        fine,
        (
            "Inlogdienst: veilig ingesteld, of niet in gebruik",
            "Identity provider: set up safely, or not in use",
        ),
        ("Inlogdienst: onveilig of half ingesteld", "Identity provider: unsafe or half set up"),
        (
            "VOORDEUR_OIDC_ISSUER begint met https en noemt jullie eigen organisatie; geef ook _CLIENT en _SECRET.",
            "VOORDEUR_OIDC_ISSUER starts with https and names your own tenant; give _CLIENT and _SECRET too.",
        ),
    )


def _database_line() -> Finding:
    entry = settings.DATABASES["default"]
    local = entry["ENGINE"].endswith("sqlite3") or entry.get("HOST", "") in (
        "",
        "localhost",
        "127.0.0.1",
        "::1",
    )
    local = local or str(entry.get("HOST", "")).startswith("/")
    sealed = entry.get("OPTIONS", {}).get("sslmode") in ("require", "verify-ca", "verify-full")
    return _finding(
        local or sealed,
        ("De weg naar de database is besloten", "The way to the database is closed to others"),
        (
            "De database is elders en de weg erheen is niet versleuteld",
            "The database is elsewhere and the way there is open",
        ),
        ("Zet ?sslmode=verify-full achter DATABASE_URL.", "Add ?sslmode=verify-full to DATABASE_URL."),
    )


def _cache() -> Finding:
    backend = settings.CACHES["default"]["BACKEND"]
    shared = not backend.endswith(("LocMemCache", "DummyCache"))
    if shared:
        from django.core.cache import cache

        cache.set("doctor", "y", 60)
        shared = cache.get("doctor") == "y"
    return _finding(
        shared,
        ("Een code werkt één keer, in alle processen", "A code works once, in all processes"),
        (
            "Elk proces telt apart: een code werkt vaker dan één keer",
            "Each process counts apart: a code works more than once",
        ),
        (
            "Herstel CACHES; doe daarna een opdracht die schrijft.",
            "Restore CACHES; then run any command that writes.",
        ),
    )


def _backup() -> Finding:
    folder = Path(settings.BACKUPS) if settings.BACKUPS else None
    kept = [path for path in folder.rglob("*") if path.is_file()] if folder and folder.is_dir() else []
    newest = max((path.stat().st_mtime for path in kept), default=0.0)
    hours = int((time.time() - newest) // 3600)
    old = (f"De nieuwste back-up is {hours} uur oud", f"The newest backup is {hours} hours old")
    none = ("Er is geen back-up gevonden", "No backup was found")
    return _finding(
        bool(kept) and time.time() - newest <= _BACKUP_OLDEST,
        old,
        old if kept else none,
        (
            "Maak elke nacht een back-up, en zet VOORDEUR_BACKUPS op de map waar hij komt.",
            "Make a backup every night, and set VOORDEUR_BACKUPS to the folder where it goes.",
        ),
    )


def _mail() -> Finding:
    real = settings.EMAIL_BACKEND.endswith("smtp.EmailBackend")
    local = settings.EMAIL_HOST in ("localhost", "127.0.0.1")
    sealed = settings.EMAIL_USE_TLS or settings.EMAIL_USE_SSL
    return _finding(
        real and (local or sealed),
        ("E-mail gaat versleuteld of via deze machine", "E-mail goes encrypted or by way of this machine"),
        ("E-mail gaat onversleuteld, of gaat nergens heen", "E-mail goes unencrypted, or goes nowhere"),
        (
            "Zet EMAIL_USE_TLS of EMAIL_USE_SSL aan, of gebruik een mailserver op deze machine.",
            "Turn on EMAIL_USE_TLS or EMAIL_USE_SSL, or use a mail server on this machine.",
        ),
    )


DEPLOY_CHECKS: tuple[Check, ...] = (
    _debug, _today, _demo, _secret_key, _keys, _files, _hosts, _https, _hsts, _cookies, _content_policy, _proxies,
    _sessions, _passwords, _second_factor, _without_second_factor, _administrators, _provider, _database_line,
    _cache, _backup, _mail,
)  # fmt: skip
