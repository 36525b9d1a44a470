"""Registers the screens with Django; no models here."""

from django.apps import AppConfig


class WebConfig(AppConfig):
    """Templates and static files of the screens."""

    name = "voordeur.web"
    label = "web"
