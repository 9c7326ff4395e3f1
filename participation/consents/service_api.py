"""What services ask, with their own keys: may I use this, what has changed, who is this."""

from typing import Any

from sqlalchemy import select

from participation.consents.access import service_of_token, use_link_code
from participation.consents.feed import LARGEST, as_json, events_after
from participation.consents.forms import LinkForm
from participation.consents.models import ConsentPurpose, ConsentService
from participation.consents.queries import Check, check, checks
from participation.policy import N_
from participation.web import Context, Invalid, NotFound, Response, get, json_answer, post
from participation.web.describing import FLAG, MOMENT, NUMBER, TEXT, Doc, list_of, maybe, record_of
from participation.web.errors import Unauthorized
from participation.web.reading import storable
from participation.web.templating import with_query

AT_ONCE = 1_000  # subjects
KEY_NEEDED = N_("This needs the key of a service, which its organisation makes at /consents/services.")


def check_consent(ctx: Context) -> Response:
    """May the calling service use the data of this subject for this purpose now? Ask before each use; never keep it."""
    service_id = caller(ctx)
    subject, purpose = ctx.query.get("subject", ""), ctx.query.get("purpose", "")
    missing = [name for name, value in (("subject", subject), ("purpose", purpose)) if not value]
    if missing:
        raise Invalid({name: ctx._(N_("Please fill this in.")) for name in missing})
    found = check(ctx.session, service_id, subject, purpose)
    if not found.granted and not _is_own(ctx, service_id, purpose):
        raise NotFound
    return json_answer(_said(found))


def check_many(ctx: Context) -> Response:
    """The same question for up to 1,000 subjects at once, answered in their order: before a mailing, for example."""
    service_id, given = caller(ctx), ctx.json if isinstance(ctx.json, dict) else {}
    purpose, subjects = given.get("purpose"), given.get("subjects")
    errors = {}
    if not isinstance(purpose, str) or not purpose.strip():
        errors["purpose"] = ctx._(N_("Please fill this in."))
    if not isinstance(subjects, list) or not all(isinstance(each, str) and each for each in subjects):
        errors["subjects"] = ctx._(N_("A list of texts is needed here."))
    elif not 0 < len(subjects) <= AT_ONCE:
        errors["subjects"] = ctx._(N_("Between 1 and %(most)s subjects can be asked for at once."), most=AT_ONCE)
    if errors:
        raise Invalid(errors)
    asked = [storable(subject) for subject in subjects]
    found = checks(ctx.session, service_id, set(asked), purpose)
    if not _is_own(ctx, service_id, purpose):
        raise NotFound
    items = [{"subject": subject, **_said(found[subject])} for subject in asked]
    return json_answer({"items": items, "total": len(items), "next": None})


def _said(found: Check) -> dict[str, Any]:
    since = found.since.isoformat() if found.since else None
    return {"granted": found.granted, "since": since, "receipt": found.receipt}


def feed(ctx: Context) -> Response:
    """What people gave and withdrew since the event with the number `after`, the oldest first; without gaps."""
    service_id = caller(ctx)
    after, at_once = _number(ctx, "after", 0), min(_number(ctx, "per_page", LARGEST), LARGEST) or LARGEST
    events = events_after(ctx.session, service_id, after, at_once)
    newest = ctx.session.scalar(select(ConsentService.last_number).where(ConsentService.id == service_id)) or 0
    left = max(newest - after, 0)
    following = None
    if len(events) < left and events:
        more = with_query(ctx.query.multi_items(), after=events[-1].number)
        following = ctx.settings.base_url + ctx.url_path + more
    return json_answer({"items": [as_json(event) for event in events], "total": left, "next": following})


def link(ctx: Context) -> Response:
    """What the person is called who made this code at /consents; each code works once."""
    service_id = caller(ctx)
    code = LinkForm.read_json(ctx.json, ctx._).ensure()["code"]
    subject = use_link_code(ctx.session, service_id, code, secret=ctx.services.secret, now=ctx.now)
    return json_answer({"subject": subject})


def caller(ctx: Context) -> int:
    """The service that calls.

    Raises:
        Unauthorized: no key, one that does not work, or one of a person.
    """
    found = service_of_token(ctx.session, ctx.cookies["bearer"]) if "bearer" in ctx.cookies else None
    if found is None:
        raise Unauthorized(KEY_NEEDED)
    return found


def _is_own(ctx: Context, service_id: int, purpose: str) -> bool:
    wanted = (ConsentPurpose.key == purpose, ConsentPurpose.service_id == service_id)
    return ctx.session.scalar(select(ConsentPurpose.id).where(*wanted)) is not None


def _number(ctx: Context, name: str, default: int) -> int:
    text = ctx.query.get(name, "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else default


EVENT: dict[str, Any] = record_of(
    number=NUMBER,
    type=TEXT,
    purpose=TEXT,
    version=NUMBER,
    subject=maybe(TEXT),
    at=MOMENT,
    receipt=TEXT,
)
CHECK = record_of(granted=FLAG, since=maybe(MOMENT), receipt=maybe(TEXT))
CHECKED = record_of(subject=TEXT, granted=FLAG, since=maybe(MOMENT), receipt=maybe(TEXT))
MANY = {"purpose": TEXT, "subjects": {"type": "array", "items": TEXT, "minItems": 1, "maxItems": AT_ONCE}}
ASKED = {"subject": "What the person is called at the calling service", "purpose": "Key of the purpose"}
SINCE = {"after": "Number of the last event that was read", "per_page": "Events at once, at most 100"}
OPTIONS: dict[str, Any] = {"api": True, "own_keys": True}
ROUTES = (
    get("/api/v1/consent-checks", check_consent, **OPTIONS, doc=Doc(CHECK, query=ASKED, signed_in=True)),
    post(
        "/api/v1/consent-checks",
        check_many,
        **OPTIONS,
        reads=True,
        doc=Doc(list_of(CHECKED), more_body=MANY, signed_in=True),
    ),
    get("/api/v1/consent-events", feed, **OPTIONS, doc=Doc(list_of(EVENT), query=SINCE, signed_in=True)),
    post(
        "/api/v1/consent-links",
        link,
        **OPTIONS,
        limit="consent_link",
        doc=Doc(record_of(subject=TEXT), LinkForm, signed_in=True),
    ),
)
