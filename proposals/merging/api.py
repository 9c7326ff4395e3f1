"""Merging over the API."""

from participation.policy import N_
from participation.web import Context, Invalid, Response, json_answer, post
from participation.web.describing import NUMBER, TEXT, Doc, record_of
from participation.web.fields import Integer, Text
from participation.web.forms import Form
from proposals.merging.actions import merge


class ApiMergeForm(Form):
    into = Integer(N_("Into which proposal"), min=1, max=2**63 - 1)
    reason = Text(N_("Reason"), min=5, max=500, lines=True)


def create(ctx: Context) -> Response:
    """`{into, reason}` -> the proposal that both are now, and its supports."""
    form = ApiMergeForm.read_json(ctx.json, ctx._)
    if not form.ok:
        raise Invalid(form.errors)
    into, reason = form.values["into"], form.values["reason"]
    count = merge(ctx.session, ctx.actor, ctx.path["id"], into, reason=reason, now=ctx.now)
    address = f"{ctx.settings.base_url}/proposals/{into}"
    return json_answer({"merged_into": {"id": into, "url": address, "supports_count": count}})


MERGED = record_of(merged_into=record_of(id=NUMBER, url=TEXT, supports_count=NUMBER))
DOC = Doc(MERGED, ApiMergeForm, signed_in=True)
ROUTES = (post("/api/v1/proposals/{id:int}/merge", create, api=True, doc=DOC),)
