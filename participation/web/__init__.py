"""The web: the only place that knows HTTP, headers and htmx. Packages import from here."""

from starlette.responses import Response

from participation.web.answers import if_changed, json_answer, redirect, redirect_outside, safe_path
from participation.web.blocks import subject_blocks
from participation.web.context import Context
from participation.web.errors import BadRequest, Conflict, HttpProblem, Invalid, NotFound, TooMany
from participation.web.limits import network_of, take_cell
from participation.web.routing import Route, delete, get, patch, post, put
from participation.web.templating import fragment, page, render, shared_page, with_query

__all__ = [
    "BadRequest",
    "Conflict",
    "Context",
    "HttpProblem",
    "Invalid",
    "NotFound",
    "Response",
    "Route",
    "TooMany",
    "delete",
    "fragment",
    "get",
    "if_changed",
    "json_answer",
    "network_of",
    "page",
    "patch",
    "post",
    "put",
    "redirect",
    "redirect_outside",
    "render",
    "safe_path",
    "shared_page",
    "take_cell",
    "subject_blocks",
    "with_query",
]
