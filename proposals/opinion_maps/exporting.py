"""A closed map in the four tables of Polis's export, under numbers that lead to no account.

People are numbered in an order that only the map's secret gives. Times are cut to the hour, and rows stand in the order
of statements and numbers: when a vote was given cannot be laid beside what else somebody did at that moment.
"""

import hashlib
import hmac
from datetime import datetime
from itertools import groupby
from typing import Any

from sqlalchemy import bindparam, select

from participation.policy import ensure
from participation.subjects import Subject
from participation.web import Context, Response, get
from participation.web.csv import csv_stream
from proposals.opinion_maps.models import (
    OpinionMap,
    OpinionParticipant,
    OpinionResult,
    OpinionStatement,
    OpinionVote,
    StatementState,
)
from proposals.opinion_maps.pages import read
from proposals.opinion_maps.places import unpack
from proposals.opinion_maps.policy import may_export
from proposals.opinion_maps.queries import SHOWN, MapView

MODERATED = {StatementState.ACCEPTED: 1, StatementState.WAITING: 0, StatementState.DECLINED: -1}
CODES = {1: 1, -1: 2, 0: 3}
WORDS = ("", 1, -1, 0)  # by code; "" is no vote
_COLUMNS = (
    select(OpinionStatement.number)
    .join(Subject, Subject.id == OpinionStatement.id)
    .where(
        OpinionStatement.map_id == bindparam("map"),
        select(OpinionVote.vote).where(OpinionVote.statement_id == OpinionStatement.id).exists(),
        *SHOWN,
    )
    .order_by(OpinionStatement.number)
)


def votes(ctx: Context) -> Response:
    """timestamp, datetime, comment-id, voter-id, vote: the last vote of each person on each statement."""
    view = _closed(ctx)
    number = _numbers(ctx, view)
    heads = ("timestamp", "datetime", "comment-id", "voter-id", "vote")
    lines = (
        (*_times(_hour(at)), said, who, vote)
        for said, rows in groupby(_votes(ctx, view), lambda row: row[0])
        for who, vote, at in sorted((number[row[1]], row[2], row[3]) for row in rows)
    )
    return csv_stream(f"{view.slug}-votes", heads, lines)


def comments(ctx: Context) -> Response:
    """The statements that everybody could read; who wrote one stays with the site."""
    view = _closed(ctx)
    rows = ctx.session.execute(
        select(OpinionStatement, Subject.title)
        .join(Subject, Subject.id == OpinionStatement.id)
        .where(OpinionStatement.map_id == view.id, *SHOWN)
        .order_by(OpinionStatement.number)
    )
    heads = ("timestamp", "datetime", "comment-id", "author-id", "agrees", "disagrees", "moderated", "comment-body")
    lines = (
        (*_times(_hour(each.created_at)), each.number, "", each.agree, each.disagree,
         MODERATED[StatementState(each.state)], title)
        for each, title in rows
    )  # fmt: skip
    return csv_stream(f"{view.slug}-comments", heads, lines)


def participants(ctx: Context) -> Response:
    """One line for each participant, with the group of the last map and a column for each statement."""
    view = _closed(ctx)
    number, columns = _numbers(ctx, view), list(ctx.session.scalars(_COLUMNS, {"map": view.id}))
    place = {column: at for at, column in enumerate(columns)}
    said = {who: bytearray(len(columns)) for who in number}  # a byte a vote: these tables are as long as cities
    for statement, who, vote, _at in _votes(ctx, view):
        said[who][place[statement]] = CODES[vote]
    places = ctx.session.scalar(select(OpinionResult.places).where(OpinionResult.map_id == view.id)) or b""
    group = {who: place[0] for who, place in unpack(places).items()}
    heads = ("participant", "group-id", "n-comments", "n-votes", "n-agree", "n-disagree", *map(str, columns))
    lines = (
        (number[who], group.get(who, ""), "", len(columns) - said[who].count(0), said[who].count(CODES[1]),
         said[who].count(CODES[-1]), *(WORDS[code] for code in said[who]))
        for who in sorted(number, key=lambda who: number[who])
    )  # fmt: skip
    return csv_stream(f"{view.slug}-participants-votes", heads, lines)


def summary(ctx: Context) -> Response:
    """What the map asked, and how much came."""
    view = _closed(ctx)
    figures = ctx.session.scalar(select(OpinionResult.figures).where(OpinionResult.map_id == view.id)) or {}
    lines = (
        ("topic", view.question.to("ja")),
        ("url", ctx.settings.base_url + view.path),
        ("voters", view.participants),
        ("voters-in-conv", figures.get("placed", 0)),
        ("comments", len(figures.get("statements", ()))),
        ("groups", len(figures.get("groups", ()))),
        ("conversation-description", view.intro.to("ja")),
    )
    return csv_stream(f"{view.slug}-summary", ("key", "value"), lines)


def _closed(ctx: Context) -> MapView:
    view = read(ctx)
    ensure(may_export(ctx.actor, view.standing))
    return view


def _votes(ctx: Context, view: MapView) -> Any:
    """(statement, participant, vote, at) of the statements that everybody can read, in the order of these."""
    wanted = (
        select(OpinionStatement.number, OpinionVote.participant_id, OpinionVote.vote, OpinionVote.at)
        .join(OpinionStatement, OpinionStatement.id == OpinionVote.statement_id)
        .join(Subject, Subject.id == OpinionStatement.id)
        .where(OpinionStatement.map_id == view.id, *SHOWN)
        .order_by(OpinionStatement.number)
    )
    return ctx.session.connection().execution_options(yield_per=10_000).execute(wanted)


def _numbers(ctx: Context, view: MapView) -> dict[int, int]:
    """For each participant the number in these tables: the same in all four of them."""
    key = (ctx.session.scalar(select(OpinionMap.secret).where(OpinionMap.id == view.id)) or "").encode()
    people = ctx.session.scalars(select(OpinionParticipant.id).where(OpinionParticipant.map_id == view.id))
    ordered = sorted(people, key=lambda who: hmac.digest(key, f"export {who}".encode(), hashlib.sha256))
    return {who: number for number, who in enumerate(ordered)}


def _hour(at: datetime) -> datetime:
    return at.replace(minute=0, second=0, microsecond=0)


def _times(at: datetime) -> tuple[int, str]:
    """Milliseconds since 1970 (UTC), and the same in words."""
    return int(at.timestamp()) * 1000, at.strftime("%Y-%m-%d %H:%M UTC")


ROUTES = tuple(
    get(f"/opinion-maps/{{slug}}/{name}.csv", table, limit="opinion_export")
    for name, table in
    (("votes", votes), ("comments", comments), ("participants-votes", participants), ("summary", summary))
)  # fmt: skip
