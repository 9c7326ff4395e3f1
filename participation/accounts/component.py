"""What accounts bring."""

from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from participation.accounts import api, events
from participation.accounts.figures import account_figures
from participation.accounts.identities import forget_attempts
from participation.accounts.models import (
    VERIFICATIONS,
    Authenticator,
    Identity,
    OidcAttempt,
    OneTimeToken,
    Passkey,
    RecoveryCode,
    RegisterEntry,
)
from participation.accounts.pages import (
    desk,
    factors,
    joining,
    me,
    own,
    providers,
    second_step,
    security,
    signing_in,
    taking_part,
    waiting,
)
from participation.accounts.tokens import forget_dead
from participation.component import Component, Job, LateCommand, Limit, MenuItem
from participation.policy import N_
from participation.services import Services
from participation.settings import SettingsError

DESK = ("secretariat", "administrator")
PAGES = (api, joining, waiting, signing_in, second_step, taking_part, me, own, security, factors, providers, desk)
DAY, HOUR, QUARTER = timedelta(days=1), timedelta(hours=1), timedelta(minutes=15)


def tidy(services: Services, now: datetime) -> None:
    """Forget what has run out."""

    def work(session: Session) -> None:
        forget_dead(session, now)
        forget_attempts(session, now)

    services.db.write(work, wake=False)


def check_providers(services: Services) -> None:
    """Refuse to start when a claim is to confirm what nothing knows.

    Raises:
        SettingsError: names the variable.
    """
    for provider in services.settings.oidc:
        unknown = [kind for kind, _claim in provider.claims if kind not in VERIFICATIONS]
        if unknown:
            variable = f"SANPO_OIDC_{provider.name.upper()}_CLAIMS"
            raise SettingsError(f"{variable} must map {', '.join(VERIFICATIONS)}, not {unknown[0]!r}")


ACCOUNTS = Component(
    name="accounts",
    models=(Authenticator, RecoveryCode, Passkey, OneTimeToken, Identity, OidcAttempt, RegisterEntry),
    routes=tuple(route for pages in PAGES for route in pages.ROUTES),
    events=events.EVENTS,
    jobs=(Job("accounts", tidy, every=HOUR),),
    # SECURITY.md 3f; a city's offices share one address, so the limits by network are the wide ones
    limits={
        "sign_in_both": Limit(5, QUARTER),
        "sign_in_account": Limit(10, HOUR),
        "sign_in_known": Limit(10, QUARTER),
        "sign_in_network": Limit(100, HOUR),
        "second_factor": Limit(5, QUARTER),
        "second_factor_day": Limit(30, DAY),
        "mail_address": Limit(3, HOUR),
        "mail_network": Limit(30, HOUR),
        "prove": Limit(5, HOUR),
        "export": Limit(5, HOUR),
        "token": Limit(300, HOUR),
    },
    menu=(
        MenuItem("desk-accounts", N_("Accounts"), "/admin/accounts", place="desk", order=70, roles=DESK),
        MenuItem("desk-register", N_("Registers"), "/admin/register", place="desk", order=71, roles=DESK),
    ),
    commands=(
        LateCommand("account", "participation.accounts.commands:account"),
        LateCommand("token", "participation.accounts.commands:token"),
    ),
    hooks={
        "services": check_providers,
        "signed_out": taking_part.keep_what_was_sent,
        "figures": account_figures,
    },
)
