"""What happens to light voices; that one was sent, the opinion's own event says."""

from dataclasses import dataclass

from participation.events import Fact


@dataclass(frozen=True, kw_only=True)
class VoiceLiked(Fact):
    TYPE = "voice.liked"

    voice_id: int


@dataclass(frozen=True, kw_only=True)
class VoiceLikeWithdrawn(Fact):
    TYPE = "voice.like_withdrawn"

    voice_id: int


EVENTS = (VoiceLiked, VoiceLikeWithdrawn)
