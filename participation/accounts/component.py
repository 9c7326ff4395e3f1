"""What accounts bring."""

from datetime import datetime, timedelta

from participation.accounts import commands, events
from participation.accounts.models import Identity, OidcAttempt, OneTimeToken, RegisterEntry
from participation.accounts.pages import joining, me, signing_in, taking_part, waiting
from participation.accounts.tokens import forget_dead
from participation.component import Component, Job, Limit
from participation.services import Services

HOUR, QUARTER = timedelta(hours=1), timedelta(minutes=15)


def tidy(services: Services, now: datetime) -> None:
    """Forget what has run out."""
    services.db.write(lambda session: forget_dead(session, now), wake=False)


ACCOUNTS = Component(
    name="accounts",
    models=(OneTimeToken, Identity, OidcAttempt, RegisterEntry),
    routes=(*joining.ROUTES, *waiting.ROUTES, *signing_in.ROUTES, *taking_part.ROUTES, *me.ROUTES),
    events=events.EVENTS,
    jobs=(Job("accounts", tidy, every=HOUR),),
    # SECURITY.md 3f; a city's offices share one address, so the limits by network are the wide ones
    limits={
        "sign_in_both": Limit(5, QUARTER),
        "sign_in_account": Limit(10, HOUR),
        "sign_in_known": Limit(10, QUARTER),
        "sign_in_network": Limit(100, HOUR),
        "mail_address": Limit(3, HOUR),
        "mail_network": Limit(30, HOUR),
        "token": Limit(300, HOUR),
    },
    commands=commands.COMMANDS,
    hooks={"signed_out": taking_part.keep_what_was_sent},
)
