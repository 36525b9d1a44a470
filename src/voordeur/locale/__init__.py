"""Translations of the screens; the source language is Dutch. `python -m voordeur.locale` keeps up."""
