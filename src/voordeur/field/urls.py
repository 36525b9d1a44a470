"""Addresses of the phone app, all below /veld/: its service worker, its key and its storage reach no further."""

from django.urls import URLPattern, path

from voordeur.field import python_bundle, views

urlpatterns: list[URLPattern] = [
    path("", views.app, name="field"),
    path("werker.js", views.worker, name="field_worker"),
    path("app.webmanifest", views.manifest, name="field_manifest"),
    path("woorden.json", views.words, name="field_words"),
    path("python-werker.js", python_bundle.python_worker, name="python_worker"),
    path("python-<slug:digest>.zip", python_bundle.python_bundle, name="python_bundle"),
    path("begin/", views.begin, name="field_begin"),
    path("contact/", views.contact, name="field_contact"),
    path("klaar/", views.end, name="field_end"),
    path("zoek/", views.search, name="field_search"),
]
