"""The home page: the portal's own words around the blocks that components bring."""

from dataclasses import dataclass
from typing import Any

from participation.web import Context, shared_page


@dataclass(frozen=True)
class Block:
    """A part of the page: its template and what that is given as `view`."""

    template: str
    view: Any


@dataclass(frozen=True)
class Home:
    blocks: tuple[Block, ...]
    can_propose: bool


def home(ctx: Context) -> Any:
    """The first page; a component whose block has nothing to show answers None and is left out."""
    return shared_page(ctx, "portal/home.html", _home)


def _home(ctx: Context) -> Home:
    registry = ctx.services.registry
    shown = ((block.template, block.view(ctx.session, ctx.now, ctx.locale)) for block in registry.home)
    blocks = tuple(Block(template, view) for template, view in shown if view is not None)
    return Home(blocks, can_propose="proposal" in registry.kinds)
