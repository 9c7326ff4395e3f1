"""The number of members over time: the same in the drawing, its sentence and the table."""
import re
from datetime import timedelta

from consortium.membership.actions import decide
from consortium.membership.growth import growth
from consortium.membership.models import Stage
from tests.signing.conftest import desk, table
from tests.signing.scene import Table
from tests.support.client import Client
from tests.support.databases import on_sqlite

__all__ = ["desk", "table"]


def test_each_month_counts_those_who_were_members_at_its_end(table: Table) -> None:
    """Began on 1 June: one joins in June, two in July; one is suspended in August; a version of August ends all."""
    assert table.ask(growth, table.clock()) is None
    table.rule(days=[table.today])
    first, who = table.member()
    table.sign(first, who)
    table.clock.advance(days=40)
    for _ in range(2):
        table.sign(*table.member())
    table.clock.advance(days=30)
    table.council.do(decide, table.council.desk, first.id, Stage.SUSPENDED, "no report")
    table.next_version(table.today)
    table.clock.advance(days=75)
    points = table.ask(growth, table.clock()).points
    assert [(point.day.isoformat()[:7], point.count) for point in points] == [
        ("2026-06", 1), ("2026-07", 3), ("2026-08", 2), ("2026-09", 2), ("2026-10", 0)]


@on_sqlite
def test_the_drawing_says_what_the_table_says(table: Table, client: Client) -> None:
    table.rule(days=[table.today])
    table.sign(*table.member())
    table.clock.advance(days=400)
    table.sign(*table.member())
    page = client.open("/organisations")
    rows = re.findall(r'<tr><th scope="row">.*?</th><td class="num">(\d+)</td></tr>', page.html)
    drawn = re.search(r'<polyline class="actual" points="([^"]+)"', page.html)[1].split()
    assert (rows[0], rows[-1], len(rows)) == ("1", "2", len(drawn))
    assert "会員数: 2026-06 は 1、2027-07 は 2。" in page.text
    assert table.ask(growth, table.clock() + timedelta(days=4000)).points[-1].count == 2


@on_sqlite
def test_a_members_page_lists_what_is_to_do(table: Table, client: Client) -> None:
    table.rule(days=[table.today])
    found, who = table.member()
    assert client.get(f"{found.path}/dashboard").location.startswith("/sign-in")
    assert client.sign_in(table.council.desk).get(f"{found.path}/dashboard").status == 403
    page = client.sign_in(who).open(f"{found.path}/dashboard")
    assert "確認する条 2" in page.text and ("進む", f"{found.path}/rules/participation") in page.links
    table.sign(found, who)
    assert "いま、することはありません" in client.open(f"{found.path}/dashboard").text
    table.next_version(table.today)
    page = client.open(f"{found.path}/dashboard")
    assert "確認する条 1" in page.text and "更新が必要" in page.text
