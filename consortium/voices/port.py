"""What packages declare whose things name voices.

Hook `voice_targets`: a function without arguments that returns, by kind of subject, who may name the voices of one:
`may(session, actor, subject_id, now) -> Verdict`, the same as who may change it. The list of voices and the way to
link one then stand on the page of every such subject by themselves.
"""

from collections.abc import Callable, Mapping
from datetime import datetime

from sqlalchemy.orm import Session

from participation.component import Registry
from participation.policy import Actor, Verdict

TARGETS = "voice_targets"
MayName = Callable[[Session, Actor, int, datetime], Verdict]


def targets_of(registry: Registry) -> Mapping[str, MayName]:
    """Who may name voices, by kind of subject."""
    return {kind: may for hook in registry.hooks(TARGETS) for kind, may in hook().items()}
