"""Measurements, side by side; `make bench` runs them. See docs/measurements.md."""
