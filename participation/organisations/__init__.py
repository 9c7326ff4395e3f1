"""Organisations and who acts for them: known to every package, because proposals, rules and pilots all ask."""

from participation.organisations.numbers import check_digit, is_corporate_number

__all__ = ["check_digit", "is_corporate_number"]
