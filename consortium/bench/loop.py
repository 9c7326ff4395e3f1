"""The consortium's loop at the size of the bulk data: a service that many gave feedback on, with a long list of
improvements; a purpose that many agreed to; KPIs with computed figures. Written by the first run, through the actions
where a row has rules of its own."""

import json
from datetime import datetime, timedelta
from decimal import Decimal
from random import Random
from typing import Any

from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from consortium.bench.board import fill_board
from consortium.bench.scenarios import Scenario, different, same
from consortium.bench.visitors import ANYBODY, Visitor
from consortium.bench.words import writers
from consortium.feedback.models import AgeBand, Feedback
from consortium.services.actions import Description, enter_service, publish_service
from consortium.services.models import Service, ServiceState
from participation.accounts.models import Account
from participation.accounts.sessions import actor_of_account
from participation.consents import actions as consents
from participation.consents import make_token
from participation.consents.models import ConsentEvent, VersionState, Way
from participation.consents.queries import services as asking_services
from participation.db import Localized
from participation.kpis.actions import define_kpi, set_target
from participation.kpis.models import Kind
from participation.kpis.port import Aim, Calendar, Comparator
from participation.organisations.actions import enter_organisation
from participation.policy import Actor
from participation.services import Services
from participation.web.i18n import ZONE

KEY = "bench-service"
MARKS, CONSENTS, YEARS, CLIENTS, AT_ONCE = 5_000, 500, 10, 16, 100
SECRETARIAT = frozenset({("secretariat", "platform", 0)})


def make_loop(services: Services) -> None:
    """All of it, unless it is there from an earlier run."""

    def write(session: Session) -> None:
        if session.scalar(select(Service.id).where(Service.slug == KEY)) is None:
            now = services.clock()
            people = session.scalars(select(Account.id).order_by(Account.id).limit(MARKS)).all()
            desk = Actor(id=people[0], name="bench", ref="bench", roles=SECRETARIAT)
            controller = _organisation(session, desk, now)
            service = _service(session, desk, controller, now)
            marks = [_mark(service, person, place, now) for place, person in enumerate(people)]
            session.execute(insert(Feedback), marks)
            fill_board(session, service, desk.id, now)
            _purpose(session, desk, controller, now)
            for person in people[:CONSENTS]:
                who = actor_of_account(session, person)
                consents.grant(session, who, KEY, secret=services.secret, way=Way.PAGE, now=now)
            _kpi(session, desk, now)

    services.db.write(write)


def consent_key(services: Services) -> str:
    """A key with which the service asks."""

    def write(session: Session) -> str:
        now, found = services.clock(), asking_services(session, KEY)[0]
        first = session.scalars(select(Account.id).order_by(Account.id).limit(1)).one()
        desk = Actor(id=first, name="bench", ref="bench", roles=SECRETARIAT)
        return make_token(session, desk, found, f"bench {now:%Y-%m-%d %H:%M:%S}", now=now)

    return services.db.write(write)


def subjects(session: Session) -> tuple[str, ...]:
    """What those who agreed are called at the service."""
    names = session.scalars(select(ConsentEvent.subject).where(ConsentEvent.subject.is_not(None)).distinct())
    return tuple(str(name) for name in names)


def _organisation(session: Session, desk: Actor, now: datetime) -> int:
    values = dict.fromkeys(("corporate_number",)) | dict.fromkeys(("address", "website", "description"), "")
    return enter_organisation(session, desk, {**values, "name": Localized(ja="Bench"), "kind": "city"}, now=now).id


def _service(session: Session, desk: Actor, owner: int, now: datetime) -> int:
    said = Description(
        name=Localized(ja="Bench service"),
        summary=Localized(),
        description=Localized(ja=writers(Random(5))["ja"].text(20)),
        for_whom=Localized(),
        category_id=1,
        channels=["web"],
        website="",
        api_url="",
        api_docs="",
        owners=[owner],
        areas=[],
        data=[],
    )
    since = (now - timedelta(days=800)).astimezone(ZONE).date()
    row = enter_service(session, desk, said, state=ServiceState.RUNNING, since=since, now=now)
    row.slug = KEY
    publish_service(session, desk, row.id, now=now)
    return row.id


def _mark(service_id: int, account_id: int, place: int, now: datetime) -> dict[str, Any]:
    at = now - timedelta(days=place % 360)
    return {
        "service_id": service_id,
        "account_id": account_id,
        "satisfaction": place % 5 + 1,
        "area_id": place % 9 + 1,
        "age_band": list(AgeBand)[place % len(AgeBand)],
        "month": f"{at.astimezone(ZONE):%Y-%m}",
        "at": at,
    }


def _purpose(session: Session, desk: Actor, controller: int, now: datetime) -> None:
    values = {"key": KEY, "controller_id": controller, "name": Localized(ja="Bench service")}
    text = Localized(ja="Bench")
    words = dict.fromkeys(("title", "summary", "reason", "retention", "effect"), text)
    words |= {"categories": ["contact"], "retention_days": 30, "third_parties": Localized()}
    asking = consents.enter_service(session, desk, values, now=now)
    version = consents.draft_purpose(session, desk, asking, KEY, words, now=now)
    consents.move_version(session, desk, version, VersionState.PUBLISHED, now=now)


def _kpi(session: Session, desk: Actor, now: datetime) -> None:
    """The costliest figure that there is: all accounts, at the end of each of the last years."""
    values = {"name": Localized(ja="Bench"), "unit": Localized(), "note": Localized(), "kind": Kind.OUTPUT,
              "calendar": Calendar.FISCAL, "comparator": Comparator.AT_LEAST, "source": "accounts"}  # fmt: skip
    kpi = define_kpi(session, desk, KEY, values, now=now)
    for year in range(now.year - YEARS + 1, now.year + 1):
        set_target(session, desk, kpi, year, Aim(Decimal(year), None), now=now)


def pages_of_the_loop(person: Visitor) -> dict[str, str]:
    """One request for each kind of page."""
    service, kpi = f"/services/{KEY}", f"/kpis/{KEY}"
    return {
        "service": ANYBODY.get(service),
        "service_in": person.get(service),
        "backlog": ANYBODY.get(f"{service}/backlog"),
        "backlog_in": person.get(f"{service}/backlog"),
        "kpi": ANYBODY.get(kpi),
        "kpi_in": person.get(kpi),
    }


def loop_scenarios(services: Services, person: Visitor) -> list[Scenario]:
    """The pages, warm and signed in, and the checks of a service: another person each time."""
    labels = {"service": "service, anonymous, warm", "service_in": "service, signed in",
              "backlog": "5,000 improvements, anonymous, warm", "backlog_in": "5,000 improvements, signed in",
              "kpi": "KPI, anonymous, warm", "kpi_in": "KPI, signed in"}  # fmt: skip
    pages = [same(key, labels[key], CLIENTS, request) for key, request in pages_of_the_loop(person).items()]
    caller = Visitor(token=consent_key(services))
    with services.db.read() as session:
        names = subjects(session)
    path = f"/api/v1/consent-checks?purpose={KEY}&subject="
    ask = lambda n: caller.call("GET", path + names[n % len(names)])  # noqa: E731
    many = json.dumps({"purpose": KEY, "subjects": [names[n % len(names)] for n in range(AT_ONCE)]})
    at_once = caller.call("POST", "/api/v1/consent-checks", many)
    return [
        *pages,
        different("consent_check", "consent check of a service", CLIENTS, ask),
        same("consent_checks", f"{AT_ONCE} consent checks at once", CLIENTS, at_once),
    ]
