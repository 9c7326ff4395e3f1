"""A computed figure is what its records say, at the end of each year and now."""
from datetime import UTC, datetime, timedelta

from hypothesis import given, settings
from hypothesis import strategies as some
from sqlalchemy import select

from participation.accounts.models import Account
from participation.kpis.queries import figures, moments_of
from participation.kpis.years import Calendar, end_of, year_of
from tests.kpis.scene import Desk
from tests.support.client import Client
from tests.support.databases import on_sqlite

DAY = timedelta(days=1)


def test_a_fiscal_year_ends_on_the_last_of_march_in_japan() -> None:
    last = datetime(2025, 3, 31, 14, 59, 59, 999999, tzinfo=UTC)
    assert end_of(2024, Calendar.FISCAL) == last and end_of(2024, Calendar.CALENDAR).isoformat()[:10] == "2024-12-31"
    assert (year_of(last, Calendar.FISCAL), year_of(last + timedelta(microseconds=1), Calendar.FISCAL)) == (2024, 2025)
    assert moments_of(Calendar.FISCAL, 2025, last) == {} and moments_of(Calendar.FISCAL, 2024, last)[2024] == last


@settings(max_examples=40, deadline=None, database=None, derandomize=True)
@given(some.lists(some.tuples(some.integers(0, 900), some.none() | some.integers(0, 900)), max_size=12),
       some.lists(some.integers(-5, 950), min_size=1, max_size=6, unique=True))
def _accounts_equal_their_records(desk: Desk, lives: list[tuple[int, int | None]], asked: list[int]) -> None:
    start = datetime(2023, 1, 1, tzinfo=UTC)
    known = figures(desk.services.registry)["accounts"]

    def work(session) -> None:
        session.query(Account).filter(Account.name == "life").delete()
        for number, (began, lived) in enumerate(lives):
            ended = None if lived is None else start + (began + lived) * DAY
            session.add(Account(name="life", ref=f"life{number:028}", created_at=start + began * DAY, erased_at=ended))
        session.flush()
        moments = [start + each * DAY for each in sorted(asked)]
        answers = known.at(session, moments)
        rows = session.execute(select(Account.created_at, Account.erased_at)).all()
        for moment, answer in zip(moments, answers, strict=True):
            there = sum(made <= moment and (gone is None or gone > moment) for made, gone in rows)
            assert answer == (there if min(made for made, _ in rows) <= moment else None)
            assert sum(count for _, count in known.records(session, moment)) == (answer or 0)
    desk.do(work)


def test_accounts_equal_their_records_at_any_moment(desk: Desk) -> None:
    _accounts_equal_their_records(desk)


@on_sqlite
def test_members_equal_their_records_and_lead_to_them(council, desk: Desk, client: Client) -> None:
    desk.kpi("members", source="organisations_member")
    council.organisation()
    view = desk.view("members")
    known = figures(desk.services.registry)["organisations_member"]
    with desk.db.read() as session:
        moments = [desk.clock() - 400 * DAY, desk.clock()]
        answers = known.at(session, moments)
        assert answers[0] is None, "before the first application there is no figure"
        assert answers[1] == len(list(known.records(session, moments[1])))
    year = view.terms.running
    page = client.open("/kpis/members")
    records = f"/kpis/members/records.csv?year={year}"
    assert f'href="{records}"' in page.html and 'href="/organisations?standing=member"' in page.html
    table = client.get(records)
    assert table.response.text.lstrip("\ufeff").splitlines()[0] == '"corporate_number","name","path"'
    assert len(table.response.text.splitlines()) - 1 == answers[1]
    wrong = [client.get(f"/kpis/members/records.csv{query}").status for query in ("?year=1999", "", "?year=x")]
    assert wrong == [404, 404, 404]
