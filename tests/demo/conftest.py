"""The demo, loaded once for the whole run; every test gets a copy of its own."""
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from consortium.demo.loading import Outcome, load_demo
from participation.app import create_app, make_services
from participation.services import Services
from participation.settings import from_environment
from tests.support.application import SECRET, People
from tests.support.client import BASE_URL, Client, Loop
from tests.support.clock import START, TestClock
from tests.support.databases import locked


def open_folder(folder: Path, clock: TestClock) -> Services:
    from asgi import COMPONENTS
    return make_services(from_environment({
        "SANPO_DATA": str(folder), "SANPO_BASE_URL": BASE_URL, "SANPO_SECRET_KEY": SECRET,
        "SANPO_RATE_LIMITS": "off"}), COMPONENTS, clock=clock)


@pytest.fixture(scope="session")
def loaded_folder(run_folder: Path, sqlite_template: Path) -> Path:
    """A data folder into which the demo was loaded on the first day of the test clock."""
    folder = run_folder / "demo-loaded"
    with locked(run_folder, "demo-loaded"):
        if not (folder / "ready").exists():
            folder.mkdir()
            shutil.copyfile(sqlite_template, folder / "sanpo.sqlite3")
            services = open_folder(folder, TestClock(START))
            assert load_demo(services) is Outcome.LOADED
            services.db.close()
            (folder / "ready").touch()
    return folder


@pytest.fixture
def demo(loaded_folder: Path, tmp_path: Path, clock: TestClock) -> Iterator[Services]:
    """The loaded demo, for this test alone."""
    folder = tmp_path / "data"
    shutil.copytree(loaded_folder, folder)
    services = open_folder(folder, clock)
    yield services
    services.db.close()


@pytest.fixture
def reader(demo: Services, clock: TestClock, loop: Loop) -> Iterator[Client]:
    """A browser without JavaScript on the loaded demo."""
    made = Client(create_app(demo), loop)
    made.people = People(demo, clock)
    yield made
    made.close()
