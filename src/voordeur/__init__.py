"""Voordeur: from a rent ledger to a person at the door."""

__version__ = "0.1.0"
