"""A whole run on a small city with real servers: everything is measured and held against its target."""
import json

import pytest

from asgi import COMPONENTS
from consortium.bench.targets import Target, targets
from participation.cli import run
from tests.support.databases import on_sqlite
from tests.support.server import Server


@on_sqlite
def test_a_run_measures_every_target_and_leaves_nobody_signed_in(tmp_path, database_url):
    size = ("--accounts", "70", "--proposals", "30", "--supports", "200", "--comments", "90")
    environment = {"SANPO_DATABASE_URL": database_url, "SANPO_DATA": str(tmp_path)}
    console = Server(tmp_path, environment)  # a process for each command: who writes owns the folder
    console.sanpo("bench", "seed", *size)
    short = ("--seconds", "0.2", "--drawn-from", "60")
    shown = console.sanpo("bench", "run", *short, "--json", str(tmp_path / "run.json"))
    found = json.loads((tmp_path / "run.json").read_text())
    assert found["wrong_counters"] == []
    assert not [page for page in found["pages"].values() if "refused" in page]
    assert len(targets(found)) == 33
    assert all(page["sent"] > 0 for page in found["pages"].values())
    assert "civic-bench mix" in shown and "list, anonymous, warm, of bare Starlette" in shown


def test_a_target_is_met_from_the_right_side():
    assert Target("ratio", 0.3, 0.3, "x", at_least=True).met
    assert not Target("ratio", 0.3, 0.29, "x", at_least=True).met
    assert Target("time", 50, 50, "ms").met
    assert not Target("time", 50, 50.1, "ms").met


@on_sqlite
def test_nothing_is_measured_on_an_empty_database(capsys, monkeypatch, tmp_path, database_url):
    monkeypatch.setenv("SANPO_DATA", str(tmp_path))
    monkeypatch.setenv("SANPO_DATABASE_URL", database_url)
    with pytest.raises(SystemExit):
        run(COMPONENTS, ("bench", "run"))
    assert "run `sanpo bench seed` first" in capsys.readouterr().err
