"""Rules as checks: each article says how its keeping is seen, and the board shows what is found (docs/checks.md)."""
