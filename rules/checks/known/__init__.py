"""Checks over the records of this package."""
