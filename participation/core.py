"""The core's own manifest: its tables, probes and the serving commands."""

from participation import health, media, serving
from participation.accounts.models import Account, ApiToken, RoleGrant, SignIn, Verification
from participation.component import Component
from participation.events import Event, EventPrivate
from participation.subjects import Subject
from participation.worker import FailedDelivery

CORE = Component(
    name="core",
    models=(Subject, Event, EventPrivate, FailedDelivery, Account, RoleGrant, Verification, SignIn, ApiToken),
    routes=(*health.ROUTES, *media.ROUTES),
    jobs=media.JOBS,
    commands=serving.COMMANDS,
)
