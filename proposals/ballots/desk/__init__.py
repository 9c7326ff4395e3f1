"""Preparing ballots: the pages of the secretariat."""
