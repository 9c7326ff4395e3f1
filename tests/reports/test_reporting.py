"""Writing, handing in and reviewing: who may, and what the board says of it."""
from collections.abc import Callable

from sqlalchemy import select
from sqlalchemy.orm import Session

from participation.events import Event
from participation.mail.models import Mail
from participation.notifications.models import Notice
from participation.organisations.models import MandateRole
from participation.policy import ANONYMOUS, Actor, Refused
from participation.web import NotFound
from rules.checks.port import State
from rules.checks.reporting.actions import review, submit
from rules.checks.reporting.models import ReportState, ReportStep, SelfReport
from rules.checks.reporting.notices import DECIDED, SAYS
from tests.reports.scene import TEXT, Reporting

ACCEPTED, RETURNED = ReportState.ACCEPTED, ReportState.RETURNED


def test_a_report_is_due_late_waiting_and_kept_by_records_and_clock(reporting: Reporting) -> None:
    seen = []
    for month, day in ((3, 31), (4, 1), (6, 30), (7, 1)):
        reporting.go(2026, month, day)
        seen.append(reporting.state)
    assert seen == [State.NOT_APPLICABLE, State.DUE, State.DUE, State.BROKEN]
    number = reporting.submit()
    assert reporting.state == State.BROKEN  # late until it is accepted
    reporting.decide(number, RETURNED, "人数を書いてください。")
    assert reporting.state == State.BROKEN
    reporting.submit()
    reporting.decide(number, ACCEPTED)
    assert reporting.state == State.KEPT
    reporting.go(2027, 4, 1)
    assert reporting.state == State.DUE  # the next year's


def test_what_came_in_time_waits_without_being_broken(reporting: Reporting) -> None:
    reporting.go(2026, 6, 30)
    number = reporting.submit()
    reporting.go(2026, 8, 1)
    states = [reporting.state]
    reporting.decide(number, RETURNED, "人数を書いてください。")
    states.append(reporting.state)
    reporting.go(2026, 8, 16)
    states.append(reporting.state)
    assert states == [State.DUE, State.DUE, State.BROKEN]


def test_a_missing_year_stays_broken_while_the_next_one_is_open(reporting: Reporting) -> None:
    reporting.go(2027, 4, 2)
    number = reporting.submit(year=2026)
    reporting.decide(number, ACCEPTED)
    states = [reporting.state]
    reporting.go(2027, 7, 1)
    assert [*states, reporting.state] == [State.BROKEN, State.KEPT]


def test_who_joined_after_the_year_is_told_of_the_first_report(reporting: Reporting) -> None:
    reporting.go(2026, 4, 2)
    newcomer = reporting.newcomer()
    finding = reporting.board.find()[newcomer.id]
    assert finding.state == State.NOT_APPLICABLE
    assert "fiscal year 2026, which can be handed in from Apr 1, 2027" in finding.says.to("en")


def test_each_state_opens_what_it_should_to_whom_it_should(reporting: Reporting) -> None:
    """Role by state: w may write and hand in, d may decide; nobody else may do anything."""
    reporting.go(2026, 5, 1)
    person, desk = reporting.table.council.person, reporting.table.council.desk
    stranger = reporting.newcomer()
    people = {"representative": reporting.who, "secretariat": desk, "nobody": ANONYMOUS, "citizen": person(),
              "signatory": reporting.table.council.again(Actor(id=reporting.who.id - 1)),
              "another member": reporting.table.council.appoint(stranger, MandateRole.REPRESENTATIVE),
              "auditor": person(roles=("auditor",)), "administrator": person(roles=("administrator",))}
    found = {"draft": rights(reporting, people, reporting.save())}
    number = reporting.submit()
    found["submitted"] = rights(reporting, people, number)
    reporting.decide(number, RETURNED, "人数を。")
    found["returned"] = rights(reporting, people, number)
    reporting.submit()
    reporting.decide(number, ACCEPTED)
    found["accepted"] = rights(reporting, people, number)
    assert found == {"draft": {"representative": "w"}, "submitted": {"secretariat": "d"},
                     "returned": {"representative": "w"}, "accepted": {}}


def rights(reporting: Reporting, people: dict[str, Actor], number: int) -> dict[str, str]:
    """What each of them may do now; every attempt is undone."""
    asked, answers = reporting.asked(), {}
    for name, who in people.items():
        write = done(reporting, lambda s, now, who=who: submit(s, who, asked, TEXT, [], now=now))
        decide = done(reporting, lambda s, now, who=who: review(s, who, number, ACCEPTED, "", now=now))
        if write or decide:
            answers[name] = "w" * write + "d" * decide
    return answers


def done(reporting: Reporting, work: Callable[..., object]) -> bool:
    def attempt(session: Session, now: object) -> None:
        work(session, now)
        raise Undone
    try:
        reporting.do(attempt)
    except (Refused, NotFound):  # a draft is not there for anybody but its writers
        return False
    except Undone:
        return True
    raise AssertionError("an attempt ends in one of three ways")


class Undone(Exception):
    """Ends a transaction without keeping it."""


def test_there_is_one_report_for_a_year_and_every_step_stays(reporting: Reporting) -> None:
    reporting.go(2026, 5, 1)
    assert reporting.save() == reporting.save(text="書きかけ") == (number := reporting.submit())
    reporting.decide(number, RETURNED, "人数を書いてください。")
    reporting.submit()
    steps = reporting.table.ask(lambda s: s.execute(
        select(ReportStep.to_state, ReportStep.text, ReportStep.reason, ReportStep.actor_id).order_by(ReportStep.id)
    ).all())
    desk, who = reporting.table.council.desk.id, reporting.who.id
    assert [tuple(row) for row in steps] == [
        ("submitted", TEXT, "", who), ("returned", "", "人数を書いてください。", desk), ("submitted", TEXT, "", who)]
    facts = reporting.table.ask(lambda s: s.scalars(
        select(Event.type).where(Event.type.like("rule.report_%")).order_by(Event.id)).all())
    assert facts == ["rule.report_submitted", "rule.report_reviewed", "rule.report_submitted"]
    assert reporting.table.ask(lambda s: s.scalars(select(SelfReport.state)).all()) == ["submitted"]


def test_representatives_are_reminded_once_at_each_mark_and_told_of_the_review(
        reporting: Reporting, deliver: Callable[[], int]) -> None:
    for month, day in ((4, 1), (4, 2), (6, 1), (6, 2), (6, 24), (6, 30), (7, 1), (7, 20)):
        reporting.go(2026, month, day)
        deliver()
        deliver()
    number = reporting.submit()
    reporting.decide(number, RETURNED, "人数を書いてください。")
    deliver()
    mine = select(Notice.params).where(Notice.account_id == reporting.who.id, Notice.type.like("rule.report_%"))
    said = [each["what"] for each in reporting.table.ask(lambda s: s.scalars(mine.order_by(Notice.id)).all())]
    assert said == [SAYS[-1], SAYS[30], SAYS[7], SAYS[1], SAYS[0], DECIDED[RETURNED]]
    mails = select(Mail.text).where(Mail.recipient == reporting.who.email).order_by(Mail.id)
    assert "人数を書いてください。" in reporting.table.ask(lambda s: s.scalars(mails).all())[-1]
