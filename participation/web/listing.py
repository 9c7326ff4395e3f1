"""A list as the API answers it: a page of it, how many there are, and where it goes on."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any, TypeVar

from starlette.responses import Response

from participation.web.answers import json_answer
from participation.web.context import Context
from participation.web.facets import LONGEST, fits_words
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


def narrowed(
    ctx: Context, rows: Iterable[T], *, words: Callable[[T], Iterable[str]],
    fields: Mapping[str, Callable[[T], object]], sorts: Mapping[str, Callable[[T], Any]],
) -> list[T]:  # fmt: skip
    """The rows that hold every word of `q` and of which each of the `fields` is what the address asks for, in the order
    of `sort`; as they came where it names none of `sorts`."""
    asked = ctx.query.get("q", "")[:LONGEST]
    wanted = {name: value for name in fields if (value := ctx.query.get(name))}
    found = [
        row for row in rows
        if all(str(fields[name](row)) == value for name, value in wanted.items()) and fits_words(asked, words(row))
    ]  # fmt: skip
    order = sorts.get(ctx.query.get("sort", ""))
    return sorted(found, key=order) if order else found


def soonest(at: datetime | None) -> tuple[bool, str]:
    """A key that puts the earliest moment first, and last what has none."""
    return at is None, at.isoformat() if at else ""
