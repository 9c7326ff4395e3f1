"""The API's description: for programs at /api/v1/openapi.json, for people at /api."""

from dataclasses import dataclass
from typing import Any

from participation.component import Component, MenuItem
from participation.openapi.document import document
from participation.policy import N_
from participation.release import release
from participation.web import Context, Response, get, json_answer, page
from participation.web.describing import Doc


@dataclass(frozen=True)
class Guide:
    """Operations by component, and the address that examples use."""

    groups: dict[str, list[tuple[str, str, dict[str, Any]]]]
    base_url: str


def show_json(ctx: Context) -> Response:
    """This description, for programs."""
    return json_answer(_document(ctx))


def show_page(ctx: Context) -> Response:
    groups: dict[str, list[tuple[str, str, dict[str, Any]]]] = {}
    for path, operations in _document(ctx)["paths"].items():
        for method, operation in operations.items():
            groups.setdefault(operation["tags"][0], []).append((method.upper(), path, operation))
    return page(ctx, "openapi/guide.html", Guide(groups, ctx.settings.base_url))


def _document(ctx: Context) -> dict[str, Any]:
    return document(ctx.services.registry, ctx.settings.base_url, release())


OPENAPI = Component(
    name="openapi",
    routes=(
        get("/api", show_page, cached=True),
        get("/api/v1/openapi.json", show_json, api=True, doc=Doc({"type": "object"})),
    ),
    menu=(MenuItem("api", N_("API"), "/api", place="footer", group=N_("Everybody can check"), order=90),),
)
