"""A small city with something of every kind in every state, and everybody who might try to get at it."""
import pickle
import shutil
import sqlite3
from contextlib import closing
from datetime import timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy.engine import make_url

from asgi import COMPONENTS
from consortium.backlog.actions import ItemText, move_item, open_item
from consortium.backlog.helping import say_helped
from consortium.backlog.models import Helped, ItemState
from consortium.feedback.actions import Words, give_feedback
from consortium.segments.actions import hand_in
from consortium.segments.hiding import Figure
from consortium.segments.models import Dimension
from consortium.segments.quarters import Quarter
from consortium.services import actions as catalogue
from consortium.services.models import ServiceState
from consortium.services.queries import whole_service
from consortium.voices.actions import link_voice
from participation.accounts.tokens import Purpose, issue
from participation.app import make_services
from participation.comments.actions import write_comment
from participation.component import compose
from participation.consents import actions as consents
from participation.consents.access import hash_key, make_token
from participation.consents.models import PurposeVersion, VersionState, Way
from participation.consents.queries import services as consent_services
from participation.consents.webhooks import set_webhook
from participation.db import Localized
from participation.kpis.actions import define_kpi, enter_measurement, kpi_by_key, set_target
from participation.kpis.port import Aim, Reading
from participation.moderation.actions import appeal, hide_thing, report_thing
from participation.moderation.models import Ground
from participation.notifications.models import Notice
from participation.notifications.unsubscribing import unsubscribe_url
from participation.organisations.actions import LABEL, appoint
from participation.organisations.models import MandateInvitation, MandateRole
from participation.policy import ANONYMOUS, Actor
from participation.services import Services
from participation.settings import from_environment
from participation.signed import seal
from participation.spaces.models import Area, Category, Phase, Process
from participation.subjects import Subject, create_subject
from participation.web.csrf import csrf_token
from participation.web.routing import Route
from participation.worker import Worker
from proposals.amending.actions import suggest
from proposals.models import Proposal, ProposalAuthor, State
from rules.documents import actions as documents
from rules.documents import writing
from rules.documents.models import Kind, Stage
from rules.documents.stages import today
from rules.opinions import actions as opinions
from rules.opinions.cases import case_by_id
from rules.checks.reporting.actions import submit
from rules.checks.reporting.queries import asked_of_everybody
from rules.opinions.voices.queries import voice_of
from tests.consents.scene import WORDS
from tests.membership.scene import Council
from tests.proposals.scene import Scene
from tests.rules.conftest import Desk
from tests.security.answering import make_challenge
from tests.security.balloting import make_ballots
from tests.security.gathering import make_group, make_meetings
from tests.security.mapping import make_maps
from tests.security.offering import make_dataset
from tests.security.panelling import make_draws
from tests.security.piloting import make_pilots
from tests.security.surveying import make_survey
from tests.services.scene import description
from tests.signing.scene import Table
from tests.support.application import SECRET, People
from tests.support.client import BASE_URL, Client
from tests.support.clock import START, TestClock
from tests.support.databases import locked

ROLES = ("anonymous", "citizen", "author", "manager", "secretariat", "administrator", "auditor")
LONG_AGO = timedelta(days=80)  # before the fiscal year ended that is reported on
STATES = ("draft", "published", "hidden", "withdrawn")
ROUTES: tuple[Route, ...] = tuple(route for component in COMPONENTS for route in component.routes)
REGISTRY = compose(COMPONENTS)
LIVING = {"services", "scene", "person", "db", "clock", "browsers", "_kept"}  # of this test; all else is of the city


def name_of(route: Route) -> str:
    """How the tables of these tests name a route."""
    return f"{route.method} {route.path}"


class World:
    """`world.people["author"]`, `world.values(state)` (what stands in addresses), `world.send(role, route, state)`."""

    def __init__(self, services: Services, scene: Scene, person: People) -> None:
        self.services, self.scene, self.person = services, scene, person
        self.db, self.clock = services.db, scene.clock
        self.people: dict[str, Actor] = {}
        self.things: dict[tuple[str, str], int | str] = {}
        self.browsers: dict[str, Client] = {}
        self.tokens: dict[str, str] = {}  # by role; "service" is a key of a service
        self._kept = sqlite3.connect(":memory:", check_same_thread=False)

    def make(self) -> None:
        """Found the city: people, things, and what the worker does of them."""
        self._make_people()
        self._make_things()
        self.tokens |= {role: self.person.token(actor) for role, actor in self.people.items()}
        Worker(self.services).step(self.clock())

    def keep(self, folder: Path) -> None:
        """Everything of the city, for `take`. SQLite only."""
        facts = {name: value for name, value in vars(self).items() if name not in LIVING}
        facts["next_number"] = self.person.next_number
        with closing(self._open()) as live:
            live.execute("VACUUM INTO ?", (str(folder / "city.sqlite3"),))
        (folder / "facts").write_bytes(pickle.dumps(facts))

    def take(self, folder: Path) -> None:
        """The city that was kept there, instead of making it once more."""
        facts = pickle.loads((folder / "facts").read_bytes())
        self.person.next_number = facts.pop("next_number")
        vars(self).update(facts)
        with closing(sqlite3.connect(folder / "city.sqlite3")) as city:
            city.backup(self._kept)
        self.restore()
        shutil.copytree(folder / "data" / "search", self.services.settings.data / "search", dirs_exist_ok=True)

    def enter(self, client: Client) -> None:
        """A browser for everybody, signed in. What is there now is what `restore` goes back to."""
        self.browsers = {role: client.another() for role in ROLES}
        for role, actor in self.people.items():
            self.browsers[role].sign_in(actor)
        if self.services.db.sqlite:
            with closing(self._open()) as live:
                live.backup(self._kept)

    def csrf(self, role: str) -> str:
        """The token that this role's pages hold now."""
        key = self.browsers[role].cookies.get("__Host-sid")
        return csrf_token(self.services.secret, key) if key else ""

    def _open(self) -> sqlite3.Connection:
        path = Path(make_url(self.services.settings.database_url).database or "")
        return sqlite3.connect(path, timeout=10)

    def restore(self) -> None:
        """Back to how it began. On SQLite only: tests that need it say `@on_sqlite`."""
        assert self.services.db.sqlite
        with closing(self._open()) as live:
            live.execute("PRAGMA synchronous=OFF")
            self._kept.backup(live)

    def _make_people(self) -> None:
        self.elsewhere = self.scene.process()
        self.process = self.scene.process()
        self.people = {
            "citizen": self.person("Citizen"), "author": self.person("Author", verifications=("resident",)),
            "manager": self.person("Manager", roles=(("manager", "process", self.elsewhere),)),
            "secretariat": self.person("Secretary", roles=("secretariat",)),
            "administrator": self.person("Admin", roles=("administrator",)),
            "auditor": self.person("Auditor", roles=("auditor",))}
        self.target = self.person("Target", roles=("auditor",), verifications=("resident",))
        self.other = self.person("Other", email="other@example.test")

    def _make_things(self) -> None:
        self.now = self.clock()
        self.db.write(self._make_frame)
        for state in STATES:
            self._make_state(state)
        self.other_proposal = self.scene.proposal(self.other, process=self.process, title="Another seat")
        # Something that waits for its own invitation, and the links that were mailed to somebody.
        self.db.write(lambda s: s.add(ProposalAuthor(
            proposal_id=self.things["proposal", "published"], account_id=self.people["citizen"].id,
            invited_at=self.now)))
        keys = {"sign-up": (Purpose.SIGN_UP, "new@example.test"), "sign-in": (Purpose.SIGN_IN, "x@example.test"),
                "reset": (Purpose.RESET, "y@example.test")}
        for what, (purpose, email) in keys.items():
            self.things["key", what] = self.db.write(
                lambda s, p=purpose, e=email: issue(s, p, self.now, email=e, account_id=self.other.id))
        self.things["amendment", ""] = self.scene.do(
            suggest, self.people["citizen"], self.things["proposal", "published"], title="A seat in the shade",
            body="Old people wait long in the sun.", reason="It is hot here.")
        notice = Notice(account_id=self.other.id, event_id=1, type="comment.written", direct=True, at=self.now)
        self.db.write(lambda s: s.add(notice))
        self.things["notice", ""] = notice.id
        self.others_key = "0" * 16
        self._make_documents()
        self._make_organisation()
        self._make_kpis()
        self._make_consents()
        make_group(self)
        make_meetings(self)
        make_ballots(self)
        make_maps(self)
        make_draws(self)
        url = unsubscribe_url(self.services, self.other.id, "followed", self.now)
        self.things["token", ""] = url.rsplit("/", 1)[1]

    def _make_documents(self) -> None:
        """A vision with a published draft and a version that is being written, and a rule in force."""
        secretary, body = self.people["secretariat"], {"heading": {"ja": "目的"}, "body": {"ja": "よいまちに。"}}
        for slug, kind, whom in (("vision", Kind.VISION, None), ("participation", Kind.RULE, "organisation")):
            day = today(self.now - LONG_AGO) if kind == Kind.RULE else None
            self.things["document", slug] = self.scene.do(
                documents.create_document, secretary, kind=kind, slug=slug, title={"ja": "文書"}, applies_to=whom)
            check = {"kind": "self_report", "per": "year"} if kind == Kind.RULE else None
            for _ in range(2 if check else 1):
                self.scene.do(writing.add_section, secretary, slug, **body, check=check)
            self.db.write(lambda s, slug=slug, day=day: documents.publish(
                s, secretary, slug, stage=Stage.DRAFT, registry=REGISTRY, in_force_from=day, now=self.now) and None)
        self.scene.do(documents.open_version, secretary, "vision")
        self._make_opinion(secretary)

    def _make_opinion(self, secretary: Actor) -> None:
        """An open public comment on the vision, with a formal opinion and a light voice of the author."""
        words = opinions.Words(body="もっと公園を。", section="s1", formal=True, name="灘 花", address="灘区1")

        def write(session: Any) -> tuple[int, int, int, str, int]:
            times = {"opens_at": self.now, "closes_at": self.now + timedelta(days=30)}
            number = opinions.call_public_comment(session, secretary, "vision", 1, contact={"ja": "企画課"}, **times,
                                                  now=self.now)
            case = case_by_id(session, number)
            sent = opinions.send_opinion(session, self.people["author"], case, words, base_url=BASE_URL, now=self.now)
            light = opinions.send_opinion(session, self.people["author"], case, opinions.Words(body="よい公園です。"),
                                          base_url=BASE_URL, now=self.now)
            voice = voice_of(session, light.id)
            assert voice is not None
            return number, sent.group_id, sent.id, sent.receipt, voice.id
        found = self.db.write(write)
        self.things |= {(name, ""): value for name, value in
                        zip(("public comment", "group", "opinion", "receipt", "voice"), found, strict=True)}

    def _make_organisation(self) -> None:
        """Public; the author founded it, and the citizen is asked to sign for it."""
        council = Council(self.db, TestClock(self.now - LONG_AGO), self.person)
        found = council.organisation(self.people["author"])
        self.things["organisation", ""], self.things["organisation", "slug"] = found.id, found.slug
        council.do(appoint, council.desk, found.id, self.people["author"].id, MandateRole.SIGNATORY)
        self.people["author"] = council.again(self.people["author"])
        table = Table(council, Desk(self.db, self.clock, self.person))
        self.things["certificate", ""], _ = table.sign(found, self.people["author"])
        self._make_report()
        self._make_service(found.id)
        make_pilots(self, found.id)
        row = MandateInvitation(organisation_id=found.id, email=self.people["citizen"].email, role="signatory",
                                invited_by_id=self.other.id, invited_at=self.now)
        self.db.write(lambda s: s.add(row))
        self.things["mandate", ""] = seal(self.services.secret, LABEL, row.id, self.now)

    def _make_consents(self) -> None:
        """A service of the author's organisation that asks for data; the author agreed."""
        secretary = self.people["secretariat"]
        values = {"key": "bus", "controller_id": self.things["organisation", ""], "name": {"ja": "バス"}}
        service = self.scene.do(consents.enter_service, secretary, values)
        version = self.scene.do(consents.draft_purpose, secretary, service, "watch", WORDS)

        def agree(session: Any) -> str:
            drafted = session.get_one(PurposeVersion, version.id)
            consents.move_version(session, secretary, drafted, VersionState.PUBLISHED, now=self.now)
            secret, author = self.services.secret, self.people["author"]
            return consents.grant(session, author, "watch", secret=secret, way=Way.PAGE, now=self.now).code
        self.things["consent", ""] = self.db.write(agree)
        about = (secretary, self.db.write(lambda s: consent_services(s, "bus"))[0])
        key = self.tokens["service"] = self.scene.do(make_token, *about, "tests")
        self.things["service token", ""] = hash_key(key).hex()
        self.scene.do(set_webhook, *about, "https://192.0.2.7/hook", secret=self.services.secret)

    def _make_service(self, organisation_id: int) -> None:
        """In the catalogue, run by the author's organisation."""
        author = self.people["author"]
        said = description(owners=[organisation_id], category_id=1)
        row = self.db.write(lambda s: s.merge(catalogue.enter_service(
            s, author, said, state=ServiceState.RUNNING, since=self.now.date(), now=self.now)))
        self.db.write(lambda s: catalogue.publish_service(s, author, row.id, now=self.now))
        self.things["service", ""], self.things["service", "slug"] = row.id, row.slug

        def tap(session: Any) -> tuple[int, int]:
            line = whole_service(session, row.slug).line
            said = give_feedback(session, ANONYMOUS, line, 4, Words(body="早い"), locale="ja", now=self.now)
            return said.id, said.subject_id
        make_dataset(self, row.id)
        make_challenge(self)
        make_survey(self)
        told, self.things["service", "quarter"] = Quarter(2025, 4), "2025-Q4"
        self.db.write(lambda s: hand_in(s, author, whole_service(s, row.slug).line, told,
                                        [Figure(Dimension.TOTAL, "", 40, 4.0)], now=self.now) and None)
        given, self.things["feedback", ""] = self.db.write(tap)
        self._make_backlog(author, row.slug)
        self.db.write(lambda s: link_voice(s, author, row.id, self.things["feedback", ""], now=self.now))
        self.things["feedback", "token"] = seal(self.services.secret, "feedback", given, self.now)

    def _make_backlog(self, author: Actor, slug: str) -> None:
        """Two improvements to work with, and one that is released and did not help."""
        text = ItemText(title="もっと早く", body="")
        for place in ("", "other", "released"):
            self.things["backlog", place] = self.db.write(lambda s: open_item(
                s, author, whole_service(s, slug).line, text, locale="ja", now=self.now).id)
        released = self.things["backlog", "released"]
        for to in ("triaged", "planned", "in_progress", "released"):
            self.db.write(lambda s, to=to: move_item(
                s, author, released, ItemState(to), release_note="早くなりました。", now=self.now))
        said = (self.people["citizen"], released, Helped.NO, "まだ遅い")
        self.things["backlog", "outcome"] = self.db.write(lambda s: say_helped(s, *said, now=self.now).subject_id)

    def _make_kpis(self) -> None:
        """One that is entered, with a figure, and one that is computed."""
        desk = self.people["secretariat"]
        for key, source in (("visitors", ""), ("people", "accounts")):
            kpi = self.scene.do(define_kpi, desk, key, {"name": Localized(ja="来街者"), "source": source})
            self.scene.do(set_target, desk, kpi, 2030, Aim(Decimal(10)))
            self.things["kpi", source] = kpi.id
            self.things["key", "figure" if source else "kpi"] = key
        read = Reading(year=2025, value=Decimal(3), citation="Report", url="https://example.jp/report")
        self.db.write(lambda s: enter_measurement(s, desk, kpi_by_key(s, "visitors"), read, now=self.now) and None)

    def _make_report(self) -> None:
        """The organisation's report on the second article was handed in; that on the first one is asked for."""
        def write(session: Any) -> int:
            asked = {each.article.key: each for each in asked_of_everybody(session, REGISTRY, self.now)}
            return submit(session, self.people["author"], asked["a2"], "We taught.", [], now=self.now).id
        self.things["yearly report", ""] = self.db.write(write)

    def _make_frame(self, session: Any) -> None:
        session.add(Area(key="nada", name={"ja": "灘"}, lat=34.7, lng=135.2))
        session.add(Category(key="transport", name={"ja": "交通"}))
        draft = create_subject(session, "process", title="Unborn", now=self.now)
        session.add(Process(id=draft.id, slug="unborn", title={"ja": "未公開"}, updated_at=self.now))
        session.flush()
        later = Phase(process_id=self.process, title={"ja": "次"}, starts_at=self.now + timedelta(days=9), position=1)
        session.add(later)
        session.flush()
        self.things["phase", ""], self.things["process", "draft"] = later.id, draft.id

    def _make_state(self, state: str) -> None:
        author, secretary = self.people["author"], self.people["secretariat"]
        place = State.DRAFT if state == "draft" else State.PUBLISHED
        proposal = self.scene.proposal(author, state=place, process=self.process, title=f"A seat, {state}",
                                       at=self.now - timedelta(hours=2))
        self.things["proposal", state] = self.things["subject", state] = proposal
        if state == "draft":
            return

        def talk(session: Any) -> int:
            subject = session.get(Subject, proposal)
            comment = write_comment(session, author, subject, body=f"Yes, {state}", alignment=None, parent_id=None,
                                    registry=REGISTRY, now=self.now)
            session.flush()
            said = session.get(Subject, comment.id)
            if state != "withdrawn":
                report_thing(session, self.other, said, ground=Ground.SPAM, words="look", now=self.now)
            if state == "hidden":
                for thing in (said, subject):
                    hide_thing(session, secretary, thing, ground=Ground.SPAM, reason="advertising", now=self.now)
                appeal(session, author, said, words="please", now=self.now)
            return comment.id
        self.things["comment", state] = self.db.write(talk)
        if state == "withdrawn":
            self.scene.set(Proposal, proposal, state=State.WITHDRAWN)


@pytest.fixture(scope="session")
def kept_city(run_folder: Path, sqlite_template: Path) -> Path:
    """The city, made once for the whole run, on the first day of the test clock."""
    folder = run_folder / "city"
    with locked(run_folder, "city"):
        if not (folder / "facts").exists():
            (folder / "data").mkdir(parents=True)
            shutil.copyfile(sqlite_template, folder / "data" / "sanpo.sqlite3")
            clock = TestClock(START)
            services = make_services(from_environment({
                "SANPO_DATA": str(folder / "data"), "SANPO_BASE_URL": BASE_URL, "SANPO_SECRET_KEY": SECRET}),
                COMPONENTS, clock=clock)
            person = People(services, clock)
            made = World(services, Scene(services.db, clock, person), person)
            made.make()
            made.keep(folder)
            services.db.close()
    return folder


@pytest.fixture
def world(request: pytest.FixtureRequest, services: Services, db: Any, clock: Any, person: People,
          client: Client) -> World:
    found = World(services, Scene(db, clock, person), person)
    if services.db.sqlite:
        found.take(request.getfixturevalue("kept_city"))
    else:
        found.make()
    found.enter(client)
    return found


__all__ = ["BASE_URL", "ROLES", "ROUTES", "STATES", "World", "kept_city", "name_of", "world"]
