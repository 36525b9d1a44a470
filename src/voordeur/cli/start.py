"""Starts Django for the commands that need the database, and brings the database up to date."""

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager

import typer

from voordeur.core.problems import Refused

_started = False


def start(*, migrate: bool = True) -> None:
    """Set Django up; with `migrate` the tables are made or brought up to date first (nothing happens if they are)."""
    global _started
    if _started:
        return
    import django
    from django.apps import apps
    from django.core.management import call_command

    os.umask(0o077)  # the database, uploads and what the demo writes are for this user alone
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "voordeur.settings")
    if not apps.ready:
        django.setup()
    if migrate:
        from django.conf import settings

        settings.VAR.mkdir(parents=True, exist_ok=True)
        call_command("migrate", verbosity=0)
        call_command("createcachetable", verbosity=0)
    _started = True


def language() -> str:
    """`nl` or `en`: the language of the terminal (VOORDEUR_LANGUAGE, else LANG); Dutch unless it says English."""
    wanted = os.environ.get("VOORDEUR_LANGUAGE") or os.environ.get("LC_ALL") or os.environ.get("LANG") or "nl"
    return "en" if wanted.lower().startswith("en") else "nl"


@contextmanager
def refusals_in_words() -> Iterator[None]:
    """A Refused action ends the command with its Problems on stderr and exit code 2, without a stack trace."""
    try:
        yield
    except Refused as refused:
        for problem in refused.problems:
            print(problem.line(language()), file=sys.stderr)
        raise typer.Exit(2) from None
