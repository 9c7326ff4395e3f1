"""What happens to the links between voices and what they led to."""

from dataclasses import dataclass

from participation.events import Fact
from participation.policy import N_


@dataclass(frozen=True, kw_only=True)
class VoiceLinked(Fact):
    TYPE = "voice.linked"
    AUDITED = True
    SAYS = N_("A voice was named as what something came from")
    target_id: int
    source_id: int


@dataclass(frozen=True, kw_only=True)
class VoiceUnlinked(Fact):
    TYPE = "voice.unlinked"
    AUDITED = True
    SAYS = N_("A voice is no longer named as what something came from")
    target_id: int
    source_id: int


EVENTS = (VoiceLinked, VoiceUnlinked)
