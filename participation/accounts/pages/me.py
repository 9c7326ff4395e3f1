"""A person's own page: who they are here, and what other components know of their doings."""

from dataclasses import dataclass
from typing import Any

from participation.accounts.policy import may_change_own
from participation.policy import ensure
from participation.web import Context, get, page


@dataclass(frozen=True)
class Block:
    template: str
    view: Any


@dataclass(frozen=True)
class Overview:
    blocks: tuple[Block, ...]


def me(ctx: Context) -> Any:
    ensure(may_change_own(ctx.actor))
    shown = ((block.template, block.view(ctx)) for block in ctx.services.registry.me_blocks)
    return page(ctx, "accounts/me.html", Overview(tuple(Block(name, view) for name, view in shown if view is not None)))


ROUTES = (get("/me", me),)
