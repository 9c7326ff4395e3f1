"""Pages and fragments of comments."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from participation.comments import actions, queries
from participation.comments.forms import CommentForm
from participation.comments.models import Comment
from participation.comments.policy import may_comment, may_edit
from participation.component import Intent
from participation.policy import ALLOWED, N_, Actor, Refused, Verdict, ensure
from participation.spaces.queries import open_features
from participation.subjects import Subject
from participation.web import Context, NotFound, Response, fragment, get, page, patch, post, put, redirect, with_query
from participation.web.paging import read_page
from participation.web.routing import delete


Parameters = tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Card:
    """One comment as it is shown; equal ones look the same, whoever reads them."""

    comment: queries.CommentView
    signed_in: bool
    may_answer: bool
    answer_url: str
    answer_swap: str


@dataclass(frozen=True)
class Talk:
    """The region of comments on a subject's page."""

    threads: queries.Threads
    may: Verdict
    path: str
    form: CommentForm
    signed_in: bool
    reply_to: int | None = None

    def cards(self, parameters: Parameters) -> tuple[tuple[Card, tuple[Card, ...]], ...]:
        """Each thread's first comment, and the answers to it."""
        threads, may_answer = self.threads, bool(self.may) or self.may.kind == "sign_in"
        here = f"{self.path}{with_query(parameters, reply='')}"
        swap = f"/subjects/{threads.on_id}/comments?comments={threads.sort}&comments_page={threads.page}&reply="

        def card(comment: queries.CommentView) -> Card:
            if comment.root_id is not None or comment.gone or not may_answer:
                return Card(comment, self.signed_in, False, "", "")
            return Card(comment, self.signed_in, True, f"{here}{comment.id}#comment-form", f"{swap}{comment.id}")

        return tuple((card(first), tuple(map(card, first.replies))) for first in threads.threads)


def comments_block(ctx: Context, subject: Any) -> Talk | None:
    """The block for subject pages; nothing where the kind has no comments."""
    kind = ctx.services.registry.kinds.get(subject.kind)
    if kind is None or kind.comment_feature is None:
        return None
    reply_to = ctx.query.get("reply", "")
    usable = reply_to.isascii() and reply_to.isdigit() and len(reply_to) < 16
    return talk(ctx, subject, reply_to=int(reply_to) if usable else None)


def talk(ctx: Context, subject: Any, *, reply_to: int | None = None, form: CommentForm | None = None) -> Talk:
    """Threads in the order and page that the address asks for, with the form, filled as it was typed."""
    kind = ctx.services.registry.kinds.get(subject.kind)
    process_id = subject.id if subject.kind == "process" else subject.space_id
    features = getattr(subject, "features", None)  # some pages know already what the current phases open
    if features is None:
        features = open_features(ctx.session, process_id, ctx.now)
    threads = queries.threads_on(
        ctx.session,
        ctx.actor,
        subject,
        sort=ctx.query.get("comments", "helpful"),
        page=read_page(ctx.query, "comments_page", largest=1000),
    )
    state = kind.state_for_comments(ctx.session, subject) if kind else ALLOWED
    verdict = may_comment(ctx.actor, subject, kind, features, state)
    path = kind.path(subject.id) if kind else "/"
    return Talk(threads, verdict, path, form or CommentForm.filled({}, ctx._), ctx.actor.signed_in, reply_to)


def write(ctx: Context) -> Response:
    """POST: add a comment. What was typed comes back when it cannot be used."""
    subject = _public_subject(ctx, ctx.path["id"])
    form = CommentForm.read(ctx.form, ctx._)
    if not form.ok:
        view = talk(ctx, subject, reply_to=form.values.get("parent_id"), form=form)
        if ctx.htmx:
            return fragment(ctx, "comments/_talk.html", view, status=422)
        return page(ctx, "comments/retry.html", view, status=422)
    comment = actions.write_comment(
        ctx.session,
        ctx.actor,
        subject,
        body=form.values["body"],
        alignment=form.values["alignment"],
        parent_id=form.values["parent_id"],
        registry=ctx.services.registry,
        now=ctx.now,
    )
    if ctx.htmx:
        ctx.session.refresh(subject)
        return fragment(ctx, "comments/_talk.html", talk_after(ctx, subject))
    ctx.say("ok", ctx._(N_("Your comment is published.")))
    return redirect(ctx, f"/comments/{comment.id}")


def write_by_mail(ctx: Context, actor: Actor, payload: Mapping[str, Any]) -> str:
    """A comment that was begun signed-out."""
    subject_id = payload.get("id")
    if not isinstance(subject_id, int):
        raise NotFound
    values = CommentForm.read(payload, ctx._).ensure()
    subject = _public_subject(ctx, subject_id)
    registry = ctx.services.registry
    comment = actions.write_comment(ctx.session, actor, subject, **values, registry=registry, now=ctx.now)
    return f"/comments/{comment.id}"


INTENTS = {"comment": Intent(N_("your comment"), write_by_mail)}


def talk_after(ctx: Context, subject: Subject) -> Talk:
    """The region with the newest first, so that a person sees what they just wrote."""
    kind = ctx.services.registry.kinds[subject.kind]
    threads = queries.threads_on(ctx.session, ctx.actor, subject, sort="newest")
    return Talk(threads, Verdict(), kind.path(subject.id), CommentForm.filled({}, ctx._), ctx.actor.signed_in)


def show_region(ctx: Context) -> Response:
    """GET: the region alone, for sorting, paging and answering in place; without htmx the subject's page."""
    subject = _public_subject(ctx, ctx.path["id"])
    kind = ctx.services.registry.kinds[subject.kind]
    if not ctx.htmx:
        return redirect(ctx, f"{kind.path(subject.id)}?{ctx.query}#comments")
    return fragment(ctx, "comments/_talk.html", comments_block(ctx, subject))


def find(ctx: Context) -> Response:
    """The permanent address of a comment: the page of its subject on which it stands."""
    comment = _comment(ctx)
    subject = _public_subject(ctx, comment.on_id)
    number = queries.page_of(ctx.session, comment)
    kind = ctx.services.registry.kinds[subject.kind]
    return redirect(ctx, f"{kind.path(subject.id)}?comments=oldest&comments_page={number}#comment-{comment.id}")


def edit(ctx: Context) -> Response:
    comment = _comment(ctx)
    ensure(may_edit(ctx.actor, comment, ctx.session.get_one(Subject, comment.id)))
    form = CommentForm.filled({"body": comment.body, "alignment": comment.alignment}, ctx._)
    return page(ctx, "comments/edit.html", queries.comment_view(ctx.session, ctx.actor, comment.id), form=form)


def save(ctx: Context) -> Response:
    comment = _comment(ctx)
    form = CommentForm.read(ctx.form, ctx._)
    if not form.ok:
        view = queries.comment_view(ctx.session, ctx.actor, comment.id)
        ensure(may_edit(ctx.actor, comment, ctx.session.get_one(Subject, comment.id)))
        return page(ctx, "comments/edit.html", view, form=form, status=422)
    actions.edit_comment(ctx.session, ctx.actor, comment, body=form.values["body"], now=ctx.now)
    ctx.say("ok", ctx._(N_("Your comment is changed. The earlier text stays visible in its history.")))
    return redirect(ctx, f"/comments/{comment.id}")


def withdraw(ctx: Context) -> Response:
    comment = _comment(ctx)
    actions.withdraw_comment(ctx.session, ctx.actor, comment, now=ctx.now)
    ctx.say("ok", ctx._(N_("Your comment is withdrawn.")))
    return redirect(ctx, f"/comments/{comment.id}")


def history(ctx: Context) -> Response:
    comment = _comment(ctx)
    view = queries.comment_view(ctx.session, ctx.actor, comment.id)
    if view is None or view.gone:
        raise NotFound
    return page(ctx, "comments/history.html", view, versions=queries.history_of(ctx.session, comment.id))


def like(ctx: Context) -> Response:
    return _after_like(ctx, actions.like_comment)


def unlike(ctx: Context) -> Response:
    return _after_like(ctx, actions.withdraw_like)


def _after_like(ctx: Context, action: Any) -> Response:
    comment = _comment(ctx)
    action(ctx.session, ctx.actor, comment, now=ctx.now)
    if ctx.htmx:
        ctx.session.expire(comment)
        return fragment(ctx, "comments/_like.html", queries.comment_view(ctx.session, ctx.actor, comment.id))
    return redirect(ctx, f"/comments/{comment.id}")


def _comment(ctx: Context) -> Comment:
    comment = ctx.session.get(Comment, ctx.path["id"])
    if comment is None:
        raise NotFound
    return comment


def _public_subject(ctx: Context, subject_id: int) -> Subject:
    subject = ctx.session.get(Subject, subject_id)
    if subject is None or not subject.visible:
        raise NotFound
    kind = ctx.services.registry.kinds.get(subject.kind)
    if kind is not None and kind.may_see is not None and not kind.may_see(ctx.session, ctx.actor, subject_id):
        raise NotFound
    if kind is None or kind.comment_feature is None:
        raise Refused(Verdict("forbidden", N_("This cannot be commented on.")))
    return subject


ROUTES = (
    get("/subjects/{id:int}/comments", show_region),
    post("/subjects/{id:int}/comments", write, limit="comment", intent="comment"),
    get("/comments/{id:int}", find),
    get("/comments/{id:int}/edit", edit),
    patch("/comments/{id:int}", save, limit="comment"),
    delete("/comments/{id:int}", withdraw),
    get("/comments/{id:int}/history", history),
    put("/comments/{id:int}/like", like, limit="like"),
    delete("/comments/{id:int}/like", unlike, limit="like"),
)
