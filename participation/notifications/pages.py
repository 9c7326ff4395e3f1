"""Pages of following and notices."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from participation.notifications import actions, following, queries, wording
from participation.notifications.forms import PaceForm
from participation.policy import N_, Verdict, ensure, signed_in
from participation.subjects import Subject
from participation.web import Context, NotFound, Response, delete, fragment, get, page, post, put, redirect
from participation.web.paging import Pager, make_pager, read_paging

FOLLOWED_KINDS = (
    "proposal", "process", "document", "service", "dataset", "challenge", "pilot", "working_group", "backlog", "survey",
    "workshop", "poster", "kpi",
)  # fmt: skip


@dataclass(frozen=True)
class FollowBox:
    """The button on a thing's page."""

    subject_id: int
    following: bool
    count: int
    may: Verdict


@dataclass(frozen=True)
class NoticeLine:
    id: int
    says: str
    at: datetime
    read: bool


@dataclass(frozen=True)
class NoticeList:
    lines: list[NoticeLine]
    pager: Pager
    unread: int


@dataclass(frozen=True)
class FollowedThing:
    id: int
    title: str
    url: str
    kind: str


def follow_box(ctx: Context, subject: Any) -> FollowBox | None:
    """The block on pages of things that can be followed."""
    if subject.kind not in FOLLOWED_KINDS or not subject.visible:
        return None
    followed = following.is_following(ctx.session, ctx.actor, subject.id)
    return FollowBox(subject.id, followed, subject.followers_count, following.may_follow(ctx.actor, subject))


def follow(ctx: Context) -> Response:
    return _follow(ctx, following.follow, N_("You will be told what becomes of it."))


def unfollow(ctx: Context) -> Response:
    return _follow(ctx, following.unfollow, N_("You will not be told of it any more."))


def _follow(ctx: Context, action: Any, message: str) -> Response:
    subject = ctx.session.get(Subject, ctx.path["id"])
    if subject is None or subject.kind not in FOLLOWED_KINDS or not subject.visible:
        raise NotFound
    action(ctx.session, ctx.actor, subject, now=ctx.now)
    ctx.session.refresh(subject)
    if ctx.htmx:
        return fragment(ctx, "notifications/_follow.html", follow_box(ctx, subject))
    ctx.say("ok", ctx._(message))
    back = "/me" if ctx.form.get("back") == "me" else ctx.services.registry.kinds[subject.kind].path(subject.id)
    return redirect(ctx, back)


def notices(ctx: Context) -> Response:
    ensure(signed_in(ctx.actor))
    paging = read_paging(ctx.query)
    rows, total = queries.notices_of(ctx.session, ctx.actor, paging)
    lines = [NoticeLine(row.id, _says(ctx, row), row.at, row.read) for row in rows]
    return page(ctx, "notifications/notices.html", NoticeList(lines, make_pager(paging, total), ctx.actor.unread))


def open_notice(ctx: Context) -> Response:
    """POST: mark as read and go to what it is about."""
    notice = actions.read_notice(ctx.session, ctx.actor, ctx.path["id"], now=ctx.now)
    wanted = queries.notice_select().where(type(notice).id == notice.id)
    (row,) = queries.notice_rows(ctx.session, wanted)
    return redirect(ctx, wording.link(ctx.services.registry, row))


def read_all(ctx: Context) -> Response:
    actions.read_all(ctx.session, ctx.actor, now=ctx.now)
    ctx.say("ok", ctx._(N_("All marked as read.")))
    return redirect(ctx, "/me/notices")


def settings(ctx: Context) -> Response:
    ensure(signed_in(ctx.actor))
    direct, followed = queries.preference_of(ctx.session, ctx.actor.id or 0)
    form = PaceForm.filled({"direct": direct, "followed": followed}, ctx._)
    return page(ctx, "notifications/settings.html", None, form=form)


def save_settings(ctx: Context) -> Response:
    ensure(signed_in(ctx.actor))
    form = PaceForm.read(ctx.form, ctx._)
    if not form.ok:
        return page(ctx, "notifications/settings.html", None, form=form, status=422)
    actions.set_pace(ctx.session, ctx.actor.id or 0, **form.values)
    ctx.say("ok", ctx._(N_("Saved. It holds for everything that you are told from now on.")))
    return redirect(ctx, "/me/notifications")


def followed_block(ctx: Context) -> list[FollowedThing] | None:
    """What a person follows, on their own page."""
    kinds = ctx.services.registry.kinds
    rows = queries.followed_by(ctx.session, ctx.actor)
    return [FollowedThing(r.id, r.title, kinds[r.kind].path(r.id), ctx._(kinds[r.kind].label)) for r in rows] or None


def _says(ctx: Context, row: queries.NoticeRow) -> str:
    return wording.says(ctx.services.registry, row, ctx.locale)


ROUTES = (
    put("/subjects/{id:int}/follow", follow),
    delete("/subjects/{id:int}/follow", unfollow),
    get("/me/notices", notices),
    post("/me/notices/{id:int}", open_notice),
    post("/me/notices/read", read_all),
    get("/me/notifications", settings),
    put("/me/notifications", save_settings),
)
