"""A list as the API answers it: a page of it, how many there are, and where it goes on."""

from collections.abc import Callable, Sequence
from typing import Any, TypeVar

from starlette.responses import Response

from participation.web.answers import json_answer
from participation.web.context import Context
from participation.web.paging import read_paging
from participation.web.templating import with_query

T = TypeVar("T")


def json_page(ctx: Context, rows: Sequence[T], shape: Callable[[T], Any]) -> Response:
    """`{"items", "total", "next"}` of INTERFACE: the asked page of `rows`, each put into its shape; `next` keeps the
    filters of the address."""
    paging = read_paging(ctx.query)
    end = paging.offset + paging.per_page
    address = ctx.settings.base_url + ctx.url_path + with_query(ctx.query.multi_items(), page=paging.page + 1)
    items = [shape(row) for row in rows[paging.offset : end]]
    return json_answer({"items": items, "total": len(rows), "next": address if end < len(rows) else None})
