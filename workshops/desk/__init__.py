"""The organisers' pages of a workshop."""
