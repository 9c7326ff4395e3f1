"""A fair draw with quotas that anybody can repeat: see docs/draw.md."""
