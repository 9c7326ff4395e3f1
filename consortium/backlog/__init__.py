"""Improvements of services: what users said, what becomes of it, and whether it helped."""
