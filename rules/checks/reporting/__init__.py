"""Yearly reports of members on how they keep an article, and their review by the secretariat (docs/checks.md)."""
