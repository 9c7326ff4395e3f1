"""What checks bring."""

from participation.component import Component

CHECKS = Component(name="checks", hooks={"rule_checks": lambda: "rules.checks.known"})
