"""What happens in moderation. The words of reports and reasons are private parts; the log holds who, what and when."""

from dataclasses import dataclass

from participation.events import Fact
from participation.policy import N_


@dataclass(frozen=True, kw_only=True)
class ThingReported(Fact):
    TYPE = "moderation.reported"
    AUDITED = True
    SAYS = N_("Somebody reported a contribution")

    reported_id: int
    ground: str


@dataclass(frozen=True, kw_only=True)
class ReportsDismissed(Fact):
    TYPE = "moderation.dismissed"
    AUDITED = True
    SAYS = N_("The reports about a contribution were dismissed")

    reported_id: int


@dataclass(frozen=True, kw_only=True)
class ThingHidden(Fact):
    TYPE = "moderation.hidden"
    AUDITED = True
    SAYS = N_("A contribution was hidden")

    hidden_id: int
    ground: str


@dataclass(frozen=True, kw_only=True)
class ThingRestored(Fact):
    TYPE = "moderation.restored"
    AUDITED = True
    SAYS = N_("A hidden contribution was shown again")

    restored_id: int


@dataclass(frozen=True, kw_only=True)
class HidingAppealed(Fact):
    TYPE = "moderation.appealed"
    AUDITED = True
    SAYS = N_("Somebody appealed against the hiding of their contribution")

    appealed_id: int


@dataclass(frozen=True, kw_only=True)
class AppealRejected(Fact):
    TYPE = "moderation.appeal_rejected"
    AUDITED = True
    SAYS = N_("An appeal against the hiding of a contribution was rejected")

    appealed_id: int
