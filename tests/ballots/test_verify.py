"""`sanpo audit verify`, the page of the log and /readyz name the ballot that somebody changed in the database."""

from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text

from asgi import COMPONENTS
from participation.cli import run
from proposals.ballots.actions import cast, close_ballot
from proposals.ballots.counting.files import read_published
from proposals.ballots.counting import tally
from tests.ballots.scene import Scene
from tests.ballots.test_closing import drop_guards
from tests.support.databases import on_sqlite

pytestmark = on_sqlite


@pytest.fixture
def verify(settings: Any, monkeypatch: Any, capsys: Any) -> Any:
    """Run the command; its exit code and what it complained of."""
    monkeypatch.setenv("SANPO_DATA", str(settings.data))
    monkeypatch.setenv("SANPO_DATABASE_URL", settings.database_url)

    def call(*arguments: str) -> tuple[int, str]:
        with pytest.raises(SystemExit) as left:
            run(COMPONENTS, arguments)
            raise SystemExit(0)
        return int(left.value.code or 0), capsys.readouterr().err

    return call


def test_a_changed_ballot_is_named_by_the_command_the_page_and_the_probe(
        scene: Scene, client: Any, verify: Any, deliver: Any, clock: Any, tmp_path: Path) -> None:
    ballot = scene.ballot("equal_shares", self_publishing=True)
    for number, voter in enumerate(scene.voters(12)):
        scene.do(cast, voter, ballot, ["bench"] if number % 3 else ["garden", "lamps"])
    scene.do(close_ballot, scene.desk, ballot, reason="All have voted.")
    deliver()
    deliver()
    assert verify("audit", "verify") == (0, "")
    file = tmp_path / "park.json"
    file.write_text(client.get("/ballots/park-1/ballots.json").html)
    read = read_published(file.read_text())
    assert tally(read.ballots, read.options, read.rules).to_json() == read.result
    assert verify("tally", str(file)) == (0, "")
    drop_guards(scene)
    scene.db.write(lambda session: session.execute(text("UPDATE ballot_counted SET choice = '[\"bench\"]'")))
    named = f"ballot park-1 (number {ballot}): a counted ballot is not the one that was sealed"
    assert verify("audit", "verify") == (1, f"sanpo: the audit log does not hold: {named}\n")
    clock.advance(minutes=11)
    deliver()
    assert named in client.get("/audit").text
    assert named in client.get("/readyz").html
