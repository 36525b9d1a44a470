"""Measurements, side by side; `make bench` runs them. See docs/performance.md."""
