"""What checks bring."""

from datetime import timedelta

from participation.component import Component, Limit, MenuItem, SubjectBlock
from participation.policy import N_
from rules.checks import api, blocks, pages
from rules.checks.library import wrong_key

CHECKS = Component(
    name="checks",
    routes=(*pages.ROUTES, *api.ROUTES),
    limits={"board_table": Limit(20, timedelta(minutes=5))},
    menu=(
        MenuItem(
            "board", N_("How rules are kept"), "/rules/board", place="footer", group=N_("Everybody can check"), order=65
        ),
    ),
    subject_blocks=(SubjectBlock("rules/checks/_articles.html", blocks.of_organisation, order=6),),
    hooks={"rule_checks": lambda: "rules.checks.known", "version_blocks": blocks.of_rule, "article_check": wrong_key},
)
