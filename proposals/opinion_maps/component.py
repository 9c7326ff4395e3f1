"""What opinion maps bring."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from participation.component import (
    Component,
    Feature,
    HomeBlock,
    Intent,
    LateCommand,
    Limit,
    MenuItem,
    SubjectBlock,
    SubjectKind,
)
from participation.notifications.subscribers import note_waves
from participation.policy import N_, Actor
from participation.web.errors import NotFound
from proposals.opinion_maps import api, casting, desk, desk_import, exporting, pages
from proposals.opinion_maps.events import EVENTS
from proposals.opinion_maps.finding import map_document, readable_maps
from proposals.opinion_maps.labels import VOTES
from proposals.opinion_maps.models import (
    OpinionMap,
    OpinionParticipant,
    OpinionResult,
    OpinionStatement,
    OpinionVote,
)
from proposals.opinion_maps.notices import opinion_map_rules, whoever_votes_follows
from proposals.opinion_maps.personal import erase_account, export_account
from proposals.opinion_maps.renewing import JOBS


def vote_by_mail(ctx: Any, actor: Actor, payload: Mapping[str, Any]) -> str:
    """A vote that was begun signed-out."""
    slug, number, value = payload.get("slug"), payload.get("number"), VOTES.get(str(payload.get("vote")))
    if not isinstance(slug, str) or not isinstance(number, int) or value is None:
        raise NotFound
    casting.vote(ctx.session, actor, slug, number, value, now=ctx.now)
    return f"/opinion-maps/{slug}#voting"


OPINION_MAPS = Component(
    name="opinion_maps",
    models=(OpinionMap, OpinionStatement, OpinionParticipant, OpinionVote, OpinionResult),
    events=EVENTS,
    routes=(*pages.ROUTES, *desk_import.ROUTES, *desk.ROUTES, *exporting.ROUTES, *api.ROUTES),
    features=(Feature("opinion_map", N_("Opinion maps")),),
    intents={"opinion_vote": Intent(N_("your opinion on a statement"), vote_by_mail)},
    subscriptions={
        **{kind: (note_waves,) for kind in opinion_map_rules()},
        "opinion_map.joined": (whoever_votes_follows,),
    },
    limits={
        "opinion_vote": Limit(600, timedelta(minutes=10)),
        "opinion_export": Limit(30, timedelta(minutes=5)),
        "opinion_import": Limit(20, timedelta(hours=1)),
        "add_statement": Limit(20, timedelta(hours=1)),
    },
    menu=(
        MenuItem(
            "opinion_maps", N_("Opinion maps"), "/opinion-maps", place="footer", group=N_("Take part"), order=34
        ),
        *desk.MENU,
    ),
    jobs=JOBS,
    home=(HomeBlock("proposals/opinion_maps/_home.html", pages.open_now, order=11),),
    subject_kinds=(
        SubjectKind(
            "opinion_map",
            N_("Opinion map"),
            lambda map_id: f"/opinion-maps/by-id/{map_id}",
            document=map_document,
            readable=readable_maps,
            comment_feature="comment",
        ),
        SubjectKind(
            "opinion_statement",
            N_("Statement of an opinion map"),
            lambda statement_id: f"/opinion-maps/statements/{statement_id}",
        ),
    ),
    subject_blocks=(SubjectBlock("proposals/opinion_maps/_in_process.html", pages.in_process, order=22),),
    hooks={
        "notices": opinion_map_rules,
        "export_account": export_account,
        "erase_account": erase_account,
    },
    commands=(
        LateCommand("opinion-map", "proposals.opinion_maps.commands:opinion_map"),
        LateCommand("opinion-map-import", "proposals.opinion_maps.import_command:opinion_map_import"),
    ),
)
