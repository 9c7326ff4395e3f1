"""One's own consents: a switch for each purpose, grouped by service, with history and receipts."""

from dataclasses import dataclass

from participation.component import MeBlock
from participation.consents.actions import grant, withdraw
from participation.consents.labels import KINDS, WAYS
from participation.consents.models import EventKind, Way
from participation.consents.policy import may_decide_own
from participation.consents.queries import (
    PurposeView,
    SaidView,
    ServiceView,
    Standing,
    history,
    published_purposes,
    standings,
)
from participation.consents.receipts import Receipt, as_json, receipt_of
from participation.policy import N_, ensure
from participation.web import Context, NotFound, Response, delete, fragment, get, json_answer, page, put, redirect

GIVEN = N_("Switched on. You can switch it off again at any time.")
TAKEN_BACK = N_("Switched off. From this moment on the service may not use these data for this any more.")


@dataclass(frozen=True)
class Row:
    """A purpose before a person, and what a switch has just changed."""

    view: PurposeView
    standing: Standing
    said: str = ""


@dataclass(frozen=True)
class Group:
    service: ServiceView
    rows: tuple[Row, ...]
    url: str  # of the service's own page; "" where no component knows one


@dataclass(frozen=True)
class OwnPage:
    groups: tuple[Group, ...]
    asking: int  # how many purposes ask again


@dataclass(frozen=True)
class HistoryPage:
    items: tuple[SaidView, ...]
    kinds: dict[str, str]
    ways: dict[str, str]


@dataclass(frozen=True)
class ReceiptPage:
    receipt: Receipt
    given: bool
    way: str


def rows_of(ctx: Context) -> tuple[Row, ...]:
    """Every published purpose with what this person said; two queries."""
    views = published_purposes(ctx.session)
    held = standings(ctx.session, ctx.actor.id or 0, views)
    return tuple(Row(view, held[view.key]) for view in views)


def own(ctx: Context) -> Response:
    """What asks again stands first, then what is on; a service's purposes stay together."""
    ensure(may_decide_own(ctx.actor))
    rows = sorted(rows_of(ctx), key=lambda row: (not row.standing.asks_again, not row.standing.on))
    by_service: dict[str, list[Row]] = {}
    for row in rows:
        by_service.setdefault(row.view.service.key, []).append(row)
    urls = service_urls(ctx, list(by_service))
    groups = tuple(Group(each[0].view.service, tuple(each), urls.get(key, "")) for key, each in by_service.items())
    return page(ctx, "consents/own.html", OwnPage(groups, sum(row.standing.asks_again for row in rows)))


def service_urls(ctx: Context, keys: list[str]) -> dict[str, str]:
    """The pages of services by key, from the components that know them (hook `service_pages`)."""
    found: dict[str, str] = {}
    for hook in ctx.services.registry.hooks("service_pages"):
        found |= hook(ctx.session, keys)
    return found


def give(ctx: Context) -> Response:
    text = str(ctx.form.get("version", ""))
    number = int(text) if text.isascii() and text.isdigit() and len(text) < 9 else 0
    grant(
        ctx.session, ctx.actor, ctx.path["key"], secret=ctx.services.secret, way=Way.PAGE, now=ctx.now, number=number
    )
    return _switched(ctx, ctx._(GIVEN))


def take_back(ctx: Context) -> Response:
    withdraw(ctx.session, ctx.actor, ctx.path["key"], way=Way.PAGE, now=ctx.now)
    return _switched(ctx, ctx._(TAKEN_BACK))


def _switched(ctx: Context, said: str) -> Response:
    key = ctx.path["key"]
    row = next((row for row in rows_of(ctx) if row.view.key == key), None)
    if ctx.htmx and row is not None:
        return fragment(ctx, "consents/_purpose.html", None, row=Row(row.view, row.standing, said))
    ctx.say("ok", said)
    return redirect(ctx, f"/consents#purpose-{key}")


def whole_history(ctx: Context) -> Response:
    ensure(may_decide_own(ctx.actor))
    kinds = {str(kind): ctx._(label) for kind, label in KINDS.items()}
    ways = {str(way): ctx._(label) for way, label in WAYS.items()}
    return page(ctx, "consents/history.html", HistoryPage(history(ctx.session, ctx.actor.id or 0), kinds, ways))


def show_receipt(ctx: Context) -> Response:
    found = _receipt(ctx)
    given, way = found.event.kind == EventKind.GRANTED, ctx._(WAYS[Way(found.event.way)])
    return page(ctx, "consents/receipt.html", ReceiptPage(found, given, way))


def download_receipt(ctx: Context) -> Response:
    found = _receipt(ctx)
    answer = json_answer(as_json(found, ctx.settings.base_url))
    answer.headers["content-disposition"] = f'attachment; filename="consent-{found.event.code}.json"'
    return answer


def _receipt(ctx: Context) -> Receipt:
    ensure(may_decide_own(ctx.actor))
    found = receipt_of(ctx.session, ctx.actor.id or 0, ctx.path["code"])
    if found is None:
        raise NotFound
    return found


def asking_again(ctx: Context) -> int | None:
    """For one's own page: how many purposes ask again."""
    return sum(row.standing.asks_again for row in rows_of(ctx)) or None


ME_BLOCKS = (MeBlock("consents/_asking.html", asking_again, order=3),)
ROUTES = (
    get("/consents", own),
    get("/consents/history", whole_history),
    put("/consents/purposes/{key}/consent", give, limit="consent"),
    delete("/consents/purposes/{key}/consent", take_back, limit="consent"),
    get("/consents/receipts/{code}", show_receipt),
    get("/consents/receipts/{code}/receipt.json", download_receipt),
)
