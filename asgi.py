"""Composition root: the components of the product, the application by name, the command line."""

import gc
from typing import Any

gc.disable()  # what is imported stays for good: the collector's walks through it took a fifth of the start
from consortium.backlog.component import BACKLOG
from consortium.bench.component import BENCH
from consortium.challenges.component import CHALLENGES
from consortium.council.component import COUNCIL
from consortium.datasets.component import DATASETS
from consortium.demo.component import DEMO
from consortium.feedback.component import FEEDBACK
from consortium.groups.component import GROUPS
from consortium.membership.component import MEMBERSHIP
from consortium.outcomes.component import OUTCOMES
from consortium.pilots.component import PILOTS
from consortium.segments.component import SEGMENTS
from consortium.services.component import SERVICES
from consortium.voices.component import VOICES
from participation.accounts.component import ACCOUNTS
from participation.audit.component import AUDIT
from participation.backup.component import BACKUP
from participation.cli import run
from participation.comments.component import COMMENTS
from participation.consents.component import CONSENTS
from participation.core import CORE
from participation.kpis.component import KPIS
from participation.mail.component import MAIL
from participation.meetings.component import MEETINGS
from participation.openapi.component import OPENAPI
from participation.portal.component import PORTAL
from participation.moderation.component import MODERATION
from participation.notifications.component import NOTIFICATIONS
from participation.organisations.component import ORGANISATIONS
from participation.search.component import SEARCH
from participation.serving import application
from participation.spaces.component import SPACES
from participation.surveys.component import SURVEYS
from proposals.ballots.component import BALLOTS
from proposals.component import PROPOSALS
from proposals.opinion_maps.component import OPINION_MAPS
from rules.checks.component import CHECKS
from rules.documents.component import DOCUMENTS
from rules.opinions.component import OPINIONS
from rules.checks.reporting.component import REPORTS
from rules.signing.component import SIGNING
from workshops.boards.component import BOARDS
from workshops.calls.component import CALLS
from workshops.component import WORKSHOPS
from workshops.draw.component import DRAW
from workshops.panels.component import PANELS
from workshops.records.component import RECORDS

COMPONENTS = [
    CORE,
    PORTAL,
    SPACES,
    MAIL,
    ACCOUNTS,
    AUDIT,
    COMMENTS,
    MODERATION,
    NOTIFICATIONS,
    ORGANISATIONS,
    CONSENTS,
    KPIS,
    MEETINGS,
    SURVEYS,
    PROPOSALS,
    OPINION_MAPS,
    BALLOTS,
    DOCUMENTS,
    OPINIONS,
    SIGNING,
    CHECKS,
    REPORTS,
    SEARCH,
    OPENAPI,
    BACKUP,
    WORKSHOPS,
    CALLS,
    BOARDS,
    RECORDS,
    DRAW,
    PANELS,
    COUNCIL,
    MEMBERSHIP,
    SERVICES,
    FEEDBACK,
    VOICES,
    BACKLOG,
    PILOTS,
    OUTCOMES,
    GROUPS,
    SEGMENTS,
    DATASETS,
    CHALLENGES,
    DEMO,
    BENCH,
]
gc.freeze()  # and no later walk passes through it either
gc.enable()


def app() -> Any:
    """Application factory, one per worker process."""
    return application(COMPONENTS)


def main() -> None:
    """The `sanpo` command."""
    run(COMPONENTS)


if __name__ == "__main__":
    main()
