"""Registers the store with Django."""

from django.apps import AppConfig


class StoreConfig(AppConfig):
    """The one app that owns the schema."""

    name = "voordeur.store"
    label = "store"
