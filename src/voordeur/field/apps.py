"""Registers the phone app with Django; no models here."""

from django.apps import AppConfig


class FieldConfig(AppConfig):
    """Templates and static files of the phone app."""

    name = "voordeur.field"
    label = "field"
