"""The personal link that the demo leaves beside its database, for its sign-in page; others have none."""

from pathlib import Path

from django.conf import settings

from voordeur.core.personal_links import LENGTH


def leave(code: str) -> None:
    """Keep the code of a made-up tenant where `shown_code` finds it."""
    kept = _file()
    kept.parent.mkdir(parents=True, exist_ok=True)
    kept.touch(mode=0o600)
    kept.write_text(code)


def shown_code() -> str:
    """The code that the demo left last; empty for every installation that is no demo."""
    kept = _file()
    code = kept.read_text().strip() if kept.is_file() else ""
    return code if len(code) == LENGTH else ""


def _file() -> Path:
    return Path(settings.VAR) / "demo" / "own_page"
