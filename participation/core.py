"""The core's own manifest: its tables, probes and the serving commands."""

from datetime import timedelta

from participation import health, media, press, serving
from participation.accounts.models import Account, ApiToken, RoleGrant, SignIn, Verification
from participation.component import Component, Job
from participation.events import Event, EventPrivate
from participation.idempotency import StoredAnswer, forget_answers
from participation.subjects import Subject
from participation.web.limits import forget_passed
from participation.worker import FailedDelivery

CORE = Component(
    name="core",
    models=(
        Subject,
        Event,
        EventPrivate,
        FailedDelivery,
        Account,
        RoleGrant,
        Verification,
        SignIn,
        ApiToken,
        StoredAnswer,
    ),
    routes=(*health.ROUTES, *media.ROUTES),
    jobs=(
        *media.JOBS,
        *press.JOBS,
        Job("stored-answers", forget_answers, every=timedelta(hours=1)),
        Job("limits", forget_passed, every=timedelta(hours=1)),
    ),
    commands=serving.COMMANDS,
)
