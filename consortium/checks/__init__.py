"""Checks over the records of the council: services, feedback, improvements, pilots, data (docs/checks.md)."""
