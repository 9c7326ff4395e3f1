"""How pilots are seen from elsewhere: the rule board, the KPIs, notices, the register's filters."""
from collections.abc import Callable
from datetime import UTC, datetime

from sqlalchemy import select

from consortium.demo.piloting import pilot_scenes
from consortium.demo.story import read_story
from consortium.pilots import actions, reporting
from consortium.pilots.calendar import months_later, next_report
from consortium.pilots.figures import started_counts, started_records
from consortium.pilots.models import PilotState
from consortium.voices.actions import link_voice
from participation.notifications.following import follow
from participation.notifications.models import Notice
from participation.subjects import Subject
from rules.checks.port import State
from tests.checks.scene import Board
from tests.pilots.scene import S, Trial
from tests.support.client import Client
from tests.support.databases import on_sqlite

NAME = "pilots_have_release_plan_and_report"


def test_a_report_is_due_every_month_until_the_period_ends() -> None:
    start, end = datetime(2026, 1, 31, tzinfo=UTC).date(), datetime(2026, 4, 15, tzinfo=UTC).date()
    assert months_later(start, 1).isoformat() == "2026-02-28"
    assert [next_report(start, written, end) for written in range(3)] == [
        months_later(start, 1), months_later(start, 2), None]


@on_sqlite
def test_the_rule_board_asks_for_reports_of_pilots_that_were_started(trial: Trial) -> None:
    board = Board(trial.catalogue.table)
    board.rule({"kind": "computed", "name": NAME}, slug="pilots")
    idle, _ = trial.catalogue.member()
    running = trial.pilot(S.RUNNING)

    def states() -> tuple[State, State]:
        place = next(n for n, each in enumerate(board.articles()) if each.rule == "pilots")
        found = board.find(place)
        return found[trial.lead.id].state, found[idle.id].state
    assert states() == (State.KEPT, State.NOT_APPLICABLE)
    trial.clock.advance(days=40)
    assert states()[0] == State.DUE
    trial.clock.advance(days=30)
    assert states()[0] == State.BROKEN
    for _ in range(2):
        trial.do(reporting.report, trial.person, running.id, reporting.Words(done="毎日走りました。"), {})
    assert states()[0] == State.KEPT


@on_sqlite
def test_started_pilots_are_counted_from_the_step_on_which_they_began(trial: Trial) -> None:
    before = trial.clock()
    trial.clock.advance(days=1)
    running, _, ended = trial.pilot(S.RUNNING), trial.pilot(S.APPROVED), trial.pilot(S.ENDED)
    assert trial.ask(started_counts, [before, trial.clock()]) == [None, 2]
    assert [row[0] for row in trial.ask(started_records, trial.clock())] == [running.id, ended.id]


@on_sqlite
def test_notices_go_to_reviewers_the_lead_and_those_whose_voices_it_answers(
        trial: Trial, deliver: Callable[[], int]) -> None:
    speaker, reader = trial.catalogue.person("Speaker", locale="en"), trial.catalogue.person("Reader")
    words = trial.db.write(lambda s: _proposal(s, speaker.id, trial.clock()))
    pilot = trial.pilot(S.DRAFT)
    trial.do(link_voice, trial.person, pilot.id, words)

    def told() -> set[int]:
        deliver()
        rows = trial.ask(lambda s: [(notice.id, notice.account_id) for notice in s.scalars(select(Notice))])
        fresh = {who for number, who in rows if number not in seen}
        seen.update(number for number, _ in rows)
        return fresh & {trial.desk.id, trial.person.id, speaker.id, reader.id}
    seen: set[int] = set()
    told()
    trial.move(pilot.id, S.SUBMITTED)
    assert told() == {trial.desk.id}
    trial.move(pilot.id, S.RETURNED)
    assert told() == {trial.person.id}
    trial.move(pilot.id, S.SUBMITTED)
    trial.move(pilot.id, S.APPROVED)
    assert told() == {trial.desk.id, trial.person.id, speaker.id}
    trial.do(follow, reader, trial.ask(lambda s: s.get_one(Subject, pilot.id)))
    trial.do(actions.move_pilot, trial.person, pilot.id, S.RUNNING)
    assert told() == {reader.id, speaker.id}, "whoever does a step is not told of it"
    trial.clock.advance(days=35)
    deliver()  # the job finds what is due; what it says is handed on afterwards
    assert trial.person.id in told(), "the report is due"


def _proposal(session, author_id, now) -> int:
    subject = Subject(kind="proposal", title="坂の上にも足を", author_id=author_id, created_at=now, published_at=now)
    session.add(subject)
    session.flush()
    return subject.id


@on_sqlite
def test_the_same_filters_make_the_list_the_table_the_map_and_the_api(trial: Trial, client: Client) -> None:
    trial.pilot(S.RUNNING, lat=34.65, lng=135.13, place="坂の上公園")
    trial.pilot(S.ENDED)
    trial.pilot(S.SUBMITTED)
    found = {query: (
        client.open(f"/pilots?{query}").text.count("坂の上まで小さな車で送ります。"),
        client.open(f"/pilots.csv?{query}").html.count("坂の送迎カート"),
        client.api("GET", f"/pilots?{query}").json()["total"]) for query in ("", "state=ended", "q=公園", "year=1999")}
    assert found == {"": (2, 2, 2), "state=ended": (1, 1, 1), "q=公園": (1, 1, 1), "year=1999": (0, 0, 0)}
    points = client.get("/pilots/map.json").json()["features"]
    assert [each["geometry"]["coordinates"] for each in points] == [[135.13, 34.65]]
    assert "坂の上公園" in client.open("/pilots?view=map").text


def test_the_demo_shows_pilots_in_every_state() -> None:
    last: dict[str, str] = {each["key"]: PilotState.DRAFT for each in read_story().pilots}
    for scene in sorted(pilot_scenes(read_story().pilots), key=lambda scene: scene.day):
        if scene.verb == "move_pilot":
            last[scene.on] = scene.detail["to"]
    assert (len(last), set(last.values())) == (12, set(PilotState))
