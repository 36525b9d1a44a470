"""Registers the screens with Django; no models here."""

from django.apps import AppConfig


class WebConfig(AppConfig):
    """Templates and static files of the screens."""

    name = "voordeur.web"
    label = "web"

    def ready(self) -> None:
        """Whoever signs in, by whatever way, begins a session with its hours written in it."""
        from voordeur.web import sessions  # noqa: F401 - connects what happens when somebody signs in
