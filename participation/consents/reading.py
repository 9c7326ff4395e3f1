"""What data is asked for, for everybody to read: each purpose with every version that was ever published."""

from dataclasses import dataclass

from participation.component import MenuItem
from participation.consents.queries import PurposeView, published_purposes, versions_of
from participation.consents.wording import text_of
from participation.consents.models import ConsentPurpose, ConsentService
from participation.policy import N_
from participation.web import Context, NotFound, Response, get, page


@dataclass(frozen=True)
class PurposeList:
    items: tuple[PurposeView, ...]


@dataclass(frozen=True)
class PurposePage:
    shown: PurposeView
    versions: tuple[PurposeView, ...]
    current: bool


def index(ctx: Context) -> Response:
    return page(ctx, "consents/purposes.html", PurposeList(published_purposes(ctx.session)))


def show(ctx: Context) -> Response:
    versions = versions_of(ctx.session, ctx.path["key"])
    wanted = ctx.path.get("number")
    shown = next((view for view in versions if wanted in (None, view.version.number)), None)
    if shown is None:
        raise NotFound
    return page(ctx, "consents/purpose.html", PurposePage(shown, versions, shown.version.state == "published"))


def text(ctx: Context) -> Response:
    """The canonical text, byte by byte as it was hashed."""
    versions = versions_of(ctx.session, ctx.path["key"])
    shown = next((view for view in versions if view.version.number == ctx.path["number"]), None)
    if shown is None:
        raise NotFound
    purpose = ctx.session.get_one(ConsentPurpose, shown.version.purpose_id)
    service = ctx.session.get_one(ConsentService, purpose.service_id)
    return Response(text_of(service, purpose, shown.version), media_type="application/json")


MENU = (
    MenuItem(
        "purposes",
        N_("What data is asked for"),
        "/consents/purposes",
        place="footer",
        group=N_("Everybody can check"),
        order=75,
    ),
)
ROUTES = (
    get("/consents/purposes", index, cached=True),
    get("/consents/purposes/{key}", show),
    get("/consents/purposes/{key}/{number:int}", show),
    get("/consents/purposes/{key}/{number:int}/text.json", text),
)
