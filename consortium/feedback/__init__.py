"""Feedback on services in two taps, with or without an account; its figures are always counted from its rows."""
