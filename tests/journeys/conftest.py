"""The demo city on a real server, for a real browser. Loaded once per run, copied for every test file."""
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.support.browser import Visitor
from tests.support.databases import locked
from tests.support.mailbox import Mailbox, open_mailbox
from tests.support.server import Server

PASSWORD = "sanpo-kobe-demo"


@dataclass(frozen=True)
class DemoCity:
    server: Server
    mailbox: Mailbox

    @property
    def url(self) -> str:
        return self.server.url

    def sign_in(self, visitor: Visitor, who: str = "citizen") -> None:
        """Through the form, as WHO@demo.example."""
        page = visitor.open("/sign-in")
        page.locator("input[name=email]").fill(f"{who}@demo.example")
        page.locator("input[name=password]").fill(PASSWORD)
        page.locator("input[name=password]").press("Enter")
        page.wait_for_url(lambda url: "/sign-in" not in url)


@pytest.fixture(scope="session")
def demo_data(run_folder: Path) -> Path:
    """A data folder with the demo in it; to be copied, never served."""
    folder = run_folder / "demo"
    with locked(run_folder, "demo"):
        if not folder.exists():
            draft = run_folder / "demo-draft"
            draft.mkdir()
            Server(draft, {}).sanpo("demo", "--no-serve")
            (draft / "data").rename(folder)
    return folder


@pytest.fixture(scope="module")
def city(demo_data: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[DemoCity]:
    """The demo city, served; what one test of a file changes, the next ones see."""
    folder = tmp_path_factory.mktemp("city")
    shutil.copytree(demo_data, folder / "data")
    with open_mailbox() as mailbox:
        server = Server(folder, {"SANPO_SMTP_URL": mailbox.url}).start()
        yield DemoCity(server, mailbox)
        server.stop()
