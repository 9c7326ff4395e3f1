"""Playing the story: each scene through the action of the product, at its own moment."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import datetime
from pathlib import Path

from sqlalchemy.orm import Session

from consortium.council.actions import load_council
from consortium.council.shape import read_council
from consortium.demo import amending, authoring, consenting, consulting, desk, frame, measuring, members, people
from consortium.demo import serving, voices
from consortium.demo.balloting import VERBS as BALLOT_VERBS
from consortium.demo.gathering import VERBS as GROUP_VERBS
from consortium.demo.gathering import group_scenes
from consortium.demo.challenging import VERBS as CHALLENGE_VERBS
from consortium.demo.challenging import challenge_scenes
from consortium.demo.events import DemoPlayed
from consortium.demo.piloting import VERBS as PILOT_VERBS
from consortium.demo.piloting import pilot_scenes
from consortium.demo.mapping import VERBS as MAP_VERBS
from consortium.demo.improving import VERBS as IMPROVEMENT_VERBS
from consortium.demo.reporting import REPORT_VERBS, report_scenes
from consortium.demo.segmenting import VERBS as QUARTER_VERBS
from consortium.demo.segmenting import segment_scenes
from consortium.demo.sharing import VERBS as DATASET_VERBS
from consortium.demo.sharing import dataset_scenes
from consortium.demo.stage import Stage, Turn
from consortium.demo.story import COUNCIL_FILE, Story
from consortium.demo.surveying import VERBS as SURVEY_VERBS
from consortium.demo.timeline import midnight, moments, scenes_of
from consortium.demo.workshop_day import VERBS as DAY_VERBS
from consortium.demo.workshops import VERBS as WORKSHOP_VERBS
from participation.component import Registry
from participation.events import record
from participation.web.i18n import ZONE
from rules.checks.library import checks_of

VERBS: Mapping[str, Callable[[Turn], None]] = {
    "arrive": people.arrive,
    "announce": frame.announce,
    "draft": authoring.draft,
    "publish": authoring.publish,
    "invite": authoring.invite,
    "join": authoring.join,
    "edit": authoring.edit,
    "withdraw": authoring.withdraw,
    "amend": amending.amend,
    "decide": amending.decide,
    "comment": voices.comment,
    "edit_comment": voices.edit,
    "like": voices.like,
    "publish_version": desk.publish_version,
    "call": consulting.call,
    "opine": consulting.opine,
    "like_voice": consulting.like_voice,
    "respond": consulting.respond,
    "measure": measuring.measure,
    "support": voices.support,
    "follow": voices.follow,
    "answer": desk.answer,
    "merge": desk.merge,
    "hide": desk.hide,
    "report_comment": desk.report_comment,
    "hide_comment": desk.hide_comment,
    **members.VERBS,
    **REPORT_VERBS,
    **GROUP_VERBS,
    **serving.VERBS,
    **consenting.VERBS,
    **QUARTER_VERBS,
    **PILOT_VERBS,
    **DATASET_VERBS,
    **CHALLENGE_VERBS,
    **SURVEY_VERBS,
    **IMPROVEMENT_VERBS,
    **MAP_VERBS,
    **BALLOT_VERBS,
    **WORKSHOP_VERBS,
    **DAY_VERBS,
}


def play(
    session: Session,
    story: Story,
    registry: Registry,
    now: datetime,
    tick: Callable[[int], None],
    *,
    secret: bytes = b"",
    uploads: Path | None = None,
) -> None:
    """Load the council file, then play every scene, all before the day of `now`; `tick(1)` is called after each.

    Raises:
        Refused, Conflict: the story does what the product forbids.
    """
    today = now.astimezone(ZONE).date()
    reports = report_scenes(story.organisations, today)
    quarters = segment_scenes(story.quarters, story.services, today)
    met = group_scenes(story.groups)
    shared = [*dataset_scenes(story.datasets), *challenge_scenes(story.challenges), *pilot_scenes(story.pilots)]
    scenes = sorted([*scenes_of(story), *met, *reports, *quarters, *shared], key=lambda scene: scene.day)
    council = read_council(COUNCIL_FILE, checks_of(registry))
    frame_only = replace(council, documents=())  # the documents are published by scenes, each version on its day
    load_council(session, frame_only, registry, now=midnight(today, scenes[0].day))
    stage = Stage(session, story, registry, today, secret=secret, uploads=uploads)
    for entry in council.documents:
        stage.documents[entry.slug] = members.with_earlier(entry, story.earlier.get(entry.slug, ()), today)
    for moment, scene in moments(scenes, today):
        VERBS[scene.verb](Turn(stage, scene.who, scene.on, scene.detail, moment))
        tick(1)
    record(session, DemoPlayed(scenes=len(scenes)), actor=None, now=now)
