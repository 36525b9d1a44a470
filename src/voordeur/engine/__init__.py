"""The arithmetic of `core/ledger.py` for millions of tenancies: one compiled pass over Arrow columns."""
