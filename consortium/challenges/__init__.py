"""Challenges that a city posts, what members offer for them, and how coordinators bring both together in a pilot."""
