"""What happens in moderation. The words of reports and reasons are private parts; the log holds who, what and when."""

from dataclasses import dataclass

from participation.events import Fact


@dataclass(frozen=True, kw_only=True)
class ThingReported(Fact):
    TYPE = "moderation.reported"
    AUDITED = True

    reported_id: int
    ground: str


@dataclass(frozen=True, kw_only=True)
class ReportsDismissed(Fact):
    TYPE = "moderation.dismissed"
    AUDITED = True

    reported_id: int


@dataclass(frozen=True, kw_only=True)
class ThingHidden(Fact):
    TYPE = "moderation.hidden"
    AUDITED = True

    hidden_id: int
    ground: str


@dataclass(frozen=True, kw_only=True)
class ThingRestored(Fact):
    TYPE = "moderation.restored"
    AUDITED = True

    restored_id: int


@dataclass(frozen=True, kw_only=True)
class HidingAppealed(Fact):
    TYPE = "moderation.appealed"
    AUDITED = True

    appealed_id: int


@dataclass(frozen=True, kw_only=True)
class AppealRejected(Fact):
    TYPE = "moderation.appeal_rejected"
    AUDITED = True

    appealed_id: int
